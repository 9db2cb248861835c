// A chart given as Mermaid text that cannot be drawn.
import type { Rule } from '../rule.js';

const chart = (line: string): string =>
  `名稱: 檔案應用\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n流程圖: |\n  flowchart TD\n    ${line}\n`;

/** Found while reading (see drawable). */
export default {
  severity: 'error',
  why: {
    zh: 'Mermaid 讀不懂的流程圖畫不出來，整份文件就印不成。',
    en: 'A chart that Mermaid cannot read is not drawn, and the papers that show it are not printed.',
  },
  good: [{ text: chart('a[提出] --> b[審查]') }],
  bad: [
    { text: chart('a[提出] --> end'), at: 'a[提出] --> end' },
    { text: chart('a[提出 --> b'), at: 'a[提出 --> b' },
  ],
} satisfies Rule;
