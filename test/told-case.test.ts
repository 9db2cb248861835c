// What the page of the counter is told of a case, in Chinese and in English.
import { expect, test } from 'vitest';
import { allOutputs, type PrintJob } from '../src/build/compile.js';
import type { Reply } from '../src/content/answer/replayed.js';
import { parse } from '../src/content/parse.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import type { Language } from '../src/core/language.js';
import { toldCase } from '../src/preview/told-case.js';
import { readTemplates } from '../src/theme/templates.js';
import { contentOf } from './office.js';

const handbook = parse(
  contentOf({
    'services/one.yaml': `名稱: {中文: 閱覽, 英文: Inspection}
申請方式: [臨櫃, {名稱: 郵寄}]
應備證件:
  - {名稱: 申請書, 形式: 正本, 份數: 1}
  - {名稱: 委任書, 條件: 代理時}
  - {名稱: 目錄, 免附: 已建檔者免附}
規費: [{項目: 影印, 金額: 2 元, 單位: 每頁}]
辦理時限: {目標: 30 分鐘, 起算: 收件}
審核權責: 分署長
申請程序: [{步驟: 送件, 權責: 申請人}, {判斷: 文件齊備？, 分支: {是: [{結束: 核定}], 否: [{結束: 補正, 權責: 申請人}]}}]
`,
  }),
  parseMarkdown,
);
const templates = await readTemplates(false);
const outputs = new Map([...(await allOutputs())].filter(([name]) => name === 'notices'));
const [service] = handbook.services;
if (!service) throw new Error(JSON.stringify(handbook.faults.map(({ message }) => message.en)));
const job = { handbook, templates, diagnostics: [], draft: false, selected: [] } as unknown as PrintJob;
const told = (lang: Language, ...replies: [string, string][]) =>
  toldCase(
    job,
    { outputs, languages: { lang }, mono: false, sheets: false },
    service,
    replies.map(([key, value]): Reply => ({ key, value })),
    '2026-11-23',
  ).told;

test('asks one question at a time, each answer in the words of the language', () => {
  expect(told('zh').question).toMatchObject({ label: '本人辦，還是有人代理？', kind: 'representation' });
  expect(told('en').service.name).toBe('Inspection');
  expect(told('en').question?.answers).toEqual([
    { value: '本人', label: 'In person' },
    { value: '代理人', label: 'A representative' },
  ]);
});

test('tells the sum with its lines, a target as a target, and whose waiver does not hold as what is brought', () => {
  const whole = told('zh', ['rest', 'no'], ['representation', '本人'], ['quantity 影印', '3']);
  expect(whole.question).toBeUndefined();
  expect(whole.fee).toEqual({ total: '6 元', lines: ['影印 × 3 頁 = 6 元'] });
  expect(whole.limit.total).toBe('自收件起 30 分鐘（目標）');
  expect(whole.documents.map(({ name, details, waived }) => [name, details, waived])).toEqual([
    ['申請書', '正本、1 份', false],
    ['目錄', '', false],
  ]);
  expect(whole.steps).toEqual(['送件', '若「文件齊備：否」：補正']);
});
