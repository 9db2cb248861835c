// What is said of slips in YAML and Markdown: a place from where to where, and every sentence, in a golden file.
// `npx vitest run test/slips.test.ts -u` writes it anew; read every sentence that changes.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { parse } from '../src/content/parse.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { shown } from './finding.js';
import { contentOf } from './office.js';

const RECORD = '名稱: 甲\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n';
const IN_YAML = [
  '摘要: "甲',
  "摘要: '甲",
  '摘要: [甲, 乙',
  '摘要: {電話: 1',
  '摘要: 甲]',
  '摘要: 甲"乙"',
  '摘要: "甲"乙',
  '摘要: "甲" "乙"',
  "摘要: '甲'乙'",
  '摘要:甲',
  '摘要:\u3000甲',
  '摘要：甲',
  '摘要 甲',
  '\t摘要: 甲',
  '摘要:\n\t- 甲',
  '  摘要: 甲',
  '摘要: 甲\n  乙: 丙',
  '聯絡:\n  單位: 甲\n 電話: 乙',
  '摘要: 甲: 乙',
  '摘要: !甲 乙',
  '摘要: !!js/function 甲',
  '摘要: &甲 乙',
  '摘要: *甲',
  '摘要: @甲',
  '摘要: `甲`',
  '摘要: %甲',
  '摘要: 甲 #乙',
  '摘要: "甲\\q乙"',
  '---\n摘要: 甲\n---\n摘要: 乙',
  '? 摘要\n: 甲',
  '摘要: 甲\n摘要: 乙',
  'summary: 甲\n摘要: 乙',
  '摘要: 提出\\n審核',
  '摘要: **甲**',
  '摘要: |\n甲',
  '[甲, 乙]: 丙',
  '聯絡: 甲\n聯絡人: 乙',
];
const HEAD = '# 甲\n\n## 應備證件\n\n無\n\n## 規費\n\n免費\n\n## 辦理時限\n\n3 工作日\n\n## 審核權責\n\n分署長\n\n';
const IN_MARKDOWN = [
  '##摘要\n\n甲\n',
  '## 摘腰\n\n甲\n',
  '## 摘要\n\n甲\n\n## 摘要\n\n乙\n',
  '### 摘要\n\n甲\n',
  '# 乙\n',
  '## 申請程序\n\n1. 提出申請書\n2. 結束：通知\n\n又一段\n',
  '## 申請程序\n\n- 提出申請書\n  - 審核\n',
  '## 申請程序\n\n| 步驟 | 權責 |\n| --- | --- |\n| 提出 | 申請人 |\n',
  '## 申請程序\n\n```mermaid\nflowchart TB\n  a[甲 --> b\n```\n',
  '## 摘要\n\n<b>甲</b>\n',
  '## 摘要\n\n| 甲 |\n| --- |\n| 乙 | 丙 |\n',
  '## 聯絡\n\n甲\n',
];

test('are what the golden file says', async () => {
  const told = [
    ...IN_YAML.map((slip) => [slip, { 'services/a.yaml': `${RECORD}${slip}\n` }] as const),
    ...IN_MARKDOWN.map((slip) => [slip, { 'services/a.md': `${HEAD}${slip}` }] as const),
    ['---\n名稱: 甲\n', { 'services/a.md': '---\n名稱: 甲\n' }] as const,
    ['---\n名稱: 甲', { 'chapters/a.md': '---\n標題: 甲\n\n文字\n' }] as const,
  ].map(([slip, files]) => ({
    slip: slip.replace(/[\t\u3000]/g, (c) => (c === '\t' ? '→' : '＿')),
    found: parse(contentOf(files), parseMarkdown).faults.map(({ rule, ...found }) => ({ rule, ...shown(found) })),
  }));
  await expect(stringify(told, { lineWidth: 0, aliasDuplicateObjects: false })).toMatchFileSnapshot(
    join(import.meta.dirname, 'golden/slips.yaml'),
  );
});
