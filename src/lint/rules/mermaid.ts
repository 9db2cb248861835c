// A chart given as Mermaid text that cannot be drawn.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

const chart = (line: string): string => `${RECORD}流程圖: |\n  flowchart TD\n    ${line}\n`;

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
