// A right text beside a wrong one, one step apart: each bad example with one change, of which nothing is said.
import { describe, expect, test } from 'vitest';
import { loadFolder } from '../../src/core/program-files.js';
import type { Example, Rule } from '../../src/lint/rule.js';
import { lintExample } from '../lint-example.js';

const rules = await loadFolder<Rule>('lint/rules');

/** `example`: which of the bad ones, from 0. What is changed stands in its text or in a file beside it, once. */
const BESIDE: [rule: string, example: number, from: string, to: string][] = [
  ['chapter-not-in-book', 0, '[guide.md, 各項服務]', '[guide.md, other.md, 各項服務]'],
  ['contact-missing', 0, '名稱: 檔案應用\n', '名稱: 檔案應用\n聯絡: {電話: 00-0000-0000}\n'],
  ['cycle-without-exit', 0, '接: fix}', '接: ok}'],
  ['dead-end', 0, '[通知補正]', '[結束：通知補正]'],
  ['decision-branches', 1, '齊備？', '審查是否齊備'],
  ['deputy-missing', 0, '名稱: 檔案應用\n', '名稱: 檔案應用\n聯絡: {代理人: 同股書記官}\n'],
  ['duplicate-title', 1, '標題: 服務台\n---\n\n再', '標題: 電話總機\n---\n\n再'],
  ['flow-start-end', 1, '{開始: 另行申請}', '{步驟: 另行申請}'],
  ['implicit-join', 0, '[{步驟: 查對資料, 接: ok}]', '[查對資料]'],
  ['limit-over-statutory', 1, '期限: 2 個月', '期限: 30 日'],
  ['markdown-section', 0, '- 請先打電話。', '## 摘要\n\n請先打電話。'],
  ['mixed-deadline-term', 1, '作業期限', '處理期限'],
  ['other-office-step', 0, '權責: 戶政所}', '權責: 戶政所, 時限: 3 日}'],
  ['raw-html', 0, '<script>alert(1)</script>', '再辦理。'],
  ['service-in-no-category', 0, '服務: [other]', '服務: [other, example]'],
  ['sources-disagree', 0, '金額: 30 元', '金額: 20 元'],
  ['sources-disagree', 1, '名稱: 檔案法, 網址: "https://example.org/2"', '名稱: 規費法, 網址: "https://example.org/2"'],
  ['too-many-steps', 0, '  - 審核第30項\n  - 審核第31項\n  - 結束', '  - 結束'],
  ['unknown-reference', 4, 'nowhere', '提出申請書'],
  ['unlabelled-branch', 0, '{到: more}', '{到: more, 標示: 不確定}'],
  ['unsafe-link', 0, '../../secret.txt', 'https://example.org/secret.txt'],
  ['visits-over-standard', 0, '到場領取（申請人）', '寄送文件（書記官）'],
  ['step-text', 1, '{步驟: 審核, 判斷: 通過？}', '{步驟: 審核}'],
  ['wrong-type', 0, '[甲, 乙]', '申訴'],
];

describe.each(BESIDE)('%s %i', (id, n, from, to) => {
  test(`${JSON.stringify(from)} as ${JSON.stringify(to)}`, async () => {
    const example = rules.get(id)?.bad[n];
    if (!example) throw new Error('there is no such example');
    const { text, also = {} } = example;
    const holding = [text, ...Object.values(also)].filter((each) => each.includes(from));
    expect(holding).toHaveLength(1);
    const changed = (each: string) => each.replace(from, () => to);
    const right: Example = {
      ...example,
      text: changed(text),
      also: Object.fromEntries(Object.entries(also).map(([path, each]) => [path, changed(each)])),
    };
    expect(await lintExample(right, rules)).toEqual([]);
  });
});
