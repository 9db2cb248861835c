// Rules beside their edges: for each the last that is right and the first that is wrong, with the sentence that is told.
import { describe, expect, test } from 'vitest';
import { loadFolder } from '../../src/core/program-files.js';
import { HANDBOOK, RECORD, record, withSteps } from '../../src/lint/example-records.js';
import type { Rule } from '../../src/lint/rule.js';
import { lintExample } from '../lint-example.js';

const rules = await loadFolder<Rule>('lint/rules');
/** Where a rule finds something, by the text there. */
const found = async (rule: string, text: string, also: Record<string, string> = {}, file?: string): Promise<string[]> =>
  (await lintExample({ text, also, ...(file ? { file } : {}) }, rules))
    .filter((each) => each.rule === rule)
    .map(({ span }) => span.source.text.slice(span.start, span.end));
const told = async (rule: string, text: string, also: Record<string, string> = {}) =>
  (await lintExample({ text, also }, rules))
    .filter((each) => each.rule === rule)
    .map(({ message, hint }) => [message.en, hint?.en]);

describe('limit-over-statutory', () => {
  const limit = (fields: string) => found('limit-over-statutory', record({ 辦理時限: `{${fields}}` }));
  test.each<[string, string[]]>([
    ['期限: 30 日, 法定: {期限: 30 日, 依據: 檔案法第19條}', []],
    ['期限: 31 日, 法定: {期限: 30 日, 依據: 檔案法第19條}', ['31 日']],
    ['期限: 31 日, 起算: 收件, 法定: {期限: 30 日, 起算: 收件, 依據: 檔案法第19條}', ['31 日']],
    ['期限: 31 日, 起算: 補正, 法定: {期限: 30 日, 起算: 收件, 依據: 檔案法第19條}', []],
    ['期限: 31 日, 起算: 補正, 法定: {期限: 30 日, 依據: 檔案法第19條}', ['31 日']],
    ['期限: 31 日, 法定: {期限: 30 日, 起算: 收件, 依據: 檔案法第19條}', ['31 日']],
    [
      '依管道: [{管道: 臨櫃, 期限: 1 日}, {管道: 郵寄, 期限: 31 日}], 法定: {期限: 30 日, 依據: 檔案法第19條}',
      ['31 日'],
    ],
    ['期限: 31 日', []],
    ['期限: 待確認, 法定: {期限: 30 日, 依據: 檔案法第19條}', []],
  ])('%s', async (fields, at) => expect(await limit(fields)).toEqual(at));
});

describe('source-too-old', () => {
  const old = (checked: string, cycle: string) =>
    found('source-too-old', `名稱: {值: 甲, 來源: 檔案法第5條, 查核日: ${checked}}\n${record({ 名稱: undefined })}`, {
      'handbook.yaml': `${HANDBOOK}複查週期: ${cycle}\n`,
    });
  // The edition is of 2026-11-23.
  test.each([
    ['2025-11-23', '1 年', 0],
    ['2025-11-22', '1 年', 1],
    ['2026-10-23', '1 個月', 0],
    ['2026-10-22', '1 個月', 1],
    ['2026-11-09', '2 週', 0],
    ['2026-11-08', '2 週', 1],
    ['2026-11-13', '10 日', 0],
    ['2026-11-12', '10 日', 1],
    ['2020-01-01', '10 工作日', 0],
  ])('looked up on %s, for %s', async (checked, cycle, n) => expect(await old(checked, cycle)).toHaveLength(n));
});

describe('unknown-reference', () => {
  test('tells what there is, or that there is nothing', async () => {
    const form = (also: Record<string, string> = {}) =>
      told('unknown-reference', record({ 應備證件: '[{名稱: 申請書, 書表: nowhere}]' }), also);
    expect(await form()).toEqual([['There is no form "nowhere".', 'Known: (none).']]);
    const two = { 'handbook.yaml': `${HANDBOOK}書表:\n  - {編號: f1, 名稱: 申請書}\n  - {編號: f2, 名稱: 委任書}\n` };
    expect(await form(two)).toEqual([['There is no form "nowhere".', 'Known: f1, f2.']]);
    expect(await told('unknown-reference', record({ 應備證件: '[{名稱: 申請書, 書表: f1}]' }), two)).toEqual([]);
    expect(await told('unknown-reference', record({ 應備證件: '[{名稱: 申請書, 書表: f3}]' }), two)).toEqual([
      ['There is no form "f3".', expect.stringMatching(/^Did you mean "f[12]"\?$/)],
    ]);
  });
});

describe('steps', () => {
  test('unreachable-step tells the first of each run, however many there are', async () => {
    const lost = (steps: string) => found('unreachable-step', withSteps(steps));
    expect(await lost('  - {步驟: 提出, 接: ok}\n  - 甲\n  - 乙\n  - {結束: 通知, 編號: ok}\n')).toEqual(['甲']);
    expect(
      await lost('  - {步驟: 提出, 接: ok}\n  - {步驟: 甲, 接: ok}\n  - 乙\n  - {結束: 通知, 編號: ok}\n'),
    ).toEqual(['甲', '乙']);
    expect(
      await lost(
        '  - {步驟: 提出, 接: ok}\n  - {步驟: 甲, 編號: a}\n  - {步驟: 乙, 接: a}\n  - {結束: 通知, 編號: ok}\n',
      ),
    ).toHaveLength(1);
    expect(await lost('  - 提出\n  - 甲\n  - {結束: 通知}\n')).toEqual([]);
  });
  test('equal-branch-labels: two of one label to different places alone', async () => {
    const ways = (one: string, other: string) =>
      found(
        'equal-branch-labels',
        withSteps(
          `  - 提出申請書\n  - 判斷: 齊備？\n    接: [{到: ok, 標示: 是}, {到: ${other}, 標示: ${one}}]\n  - {結束: 通知補正, 編號: no}\n  - {結束: 通知申請人, 編號: ok}\n`,
        ),
      );
    expect(await ways('否', 'no')).toEqual([]);
    expect(await ways('是', 'ok')).toEqual([]);
    expect(await ways('是', 'no')).toHaveLength(1);
  });
});

describe('what a service declares', () => {
  test('fee-declared: free and a sum cannot both be', async () => {
    const fee = (text: string) => found('fee-declared', record({ 規費: text }));
    expect(await fee('{免費: 是, 明細: [{項目: 影印, 金額: 5 元}]}')).toHaveLength(1);
    expect(await fee('{明細: [{項目: 影印, 金額: 5 元}]}')).toEqual([]);
    expect(await fee('{免費: 否, 明細: [{項目: 影印, 金額: 5 元}]}')).toEqual([]);
    expect(await fee('{免費: 是}')).toEqual([]);
    expect(await found('fee-declared', record({ 規費: undefined }))).toHaveLength(1);
  });
  test('documents-declared says how', async () => {
    expect(await told('documents-declared', record({ 應備證件: undefined }))).toEqual([
      [
        expect.stringContaining('does not declare its'),
        'Write 無 when none is needed, 待確認 when it is not known yet.',
      ],
    ]);
    expect(await found('documents-declared', record({ 應備證件: '待確認' }))).toEqual([]);
  });
});

describe('payment-step-without-fee', () => {
  const step = (more: string) =>
    found(
      'payment-step-without-fee',
      withSteps(`  - 提出申請書\n  - {步驟: 審查, 權責: 書記官${more}}\n  - {結束: 通知}\n`),
    );
  test('a sum at a step is taken whatever the step is called, and no sum is none', async () => {
    expect(await step('')).toEqual([]);
    expect(await step(', 規費: 0 元')).toEqual([]);
    expect(await step(', 規費: 100 元')).toHaveLength(1);
  });
});

describe('duplicate-entry', () => {
  const twice = (documents: string) => found('duplicate-entry', record({ 應備證件: `[${documents}]` }));
  test('is one of the same name and kind; choices without a name are none', async () => {
    expect(await twice('申請書, 申請書')).toHaveLength(1);
    expect(await twice('{名稱: 身分證, 形式: 正本}, {名稱: 身分證, 形式: 影本}')).toEqual([]);
    const choice = '{擇一: [存摺, 謄本]}';
    expect(await twice(`{名稱: 身分證, 形式: 正本}, {名稱: 身分證, 形式: 影本}, ${choice}, ${choice}`)).toEqual([]);
  });
});

describe('open-ended-document', () => {
  test('is told with its condition, where it has one', async () => {
    const said = async (document: string) =>
      (await told('open-ended-document', record({ 應備證件: `[${document}]` }))).map(([message]) => message);
    expect(await said('其他必要文件')).toEqual([expect.stringMatching(/^"其他必要文件" does not say/)]);
    const zh = (await lintExample({ text: record({ 應備證件: '[{名稱: 其他必要文件, 條件: 遺失時}]' }) }, rules)).find(
      ({ rule }) => rule === 'open-ended-document',
    );
    expect(zh?.message.zh).toMatch(/^「其他必要文件」（遺失時）沒有說是哪些文件/);
  });
});

describe('translation-differs', () => {
  const differs = (zh: string, en: string) =>
    found(
      'translation-differs',
      `名稱: 卷宗閱覽\n${record({ 名稱: undefined })}摘要: {中文: "${zh}", 英文: "${en}"}\n`,
    );
  test.each<[string, string, number]>([
    ['3 年內申請', 'Apply within 3 years', 0],
    ['3 年內申請', 'Apply within 3 months', 1],
    ['3 年內申請', 'Apply within 36 months', 0],
    ['5 工作日內辦畢', 'Done within 5 workdays', 0],
    ['5 工作日內辦畢', 'Done within 5workdays', 0],
    ['5 工作日內辦畢', 'Done within 5 working days', 0],
    ['5 工作日內辦畢', 'Done within 5 days', 1],
    ['10 萬元', '100,000 dollars', 0],
    ['10 萬元', '10,000 dollars', 1],
    ['備妥申請書 2 份', 'Bring 2 forms to room 7', 1],
    ['見[表](forms/a.pdf)', 'See the [form](forms/a.pdf)', 0],
    ['見[表](forms/a.pdf)', 'See the [form](forms/b.pdf)', 1],
    ['依第8條', 'Under Article 8', 0],
    ['依第8條', 'Under Article 9', 1],
    ['每週三開放', 'Open on Wednesdays', 0],
    ['每週三開放', 'Open on Thursdays', 1],
  ])('%s: %s', async (zh, en, n) => expect(await differs(zh, en)).toHaveLength(n));
  test('points at the first line of a translation of several', async () => {
    const also = { 'handbook.yaml': `${HANDBOOK}副標題: 3 日內辦畢\n` };
    const text = '3 日內辦畢: |\n  Done within\n  5 days\n';
    expect(await found('translation-differs', text, also, 'translations/en.yaml')).toEqual(['Done within']);
  });
});

describe('national-id', () => {
  test.each([
    ['A123456789', 1],
    ['A123456788', 0],
    ['a123456789', 0],
    ['A1234567890', 0],
    ['XA123456789', 0],
    ['A323456789', 0],
    ['A800000014', 1],
  ])('%s', async (id, n) => expect(await found('national-id', `${RECORD}摘要: 例如 ${id} 號。\n`)).toHaveLength(n));
});

describe('markdown-not-as-meant', () => {
  const chapter = (text: string) =>
    found('markdown-not-as-meant', `---\n標題: 服務台\n---\n\n${text}\n`, {}, 'chapters/a.md');
  test('rows of a table have as many cells as its head', async () => {
    expect(await chapter('| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 |')).toEqual([]);
    expect(await chapter('| 甲 | 乙 |\n| --- | --- |\n| 丙 |\n| 丁 | 戊 |')).toHaveLength(1);
    expect(await chapter('| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 | 戊 |')).toHaveLength(1);
    expect(await chapter('| 甲 | 乙 |\n| --- | --- |\n| 丙 \\| 丁 | 戊 |')).toEqual([]);
    expect(await chapter('| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 |\n\n| 甲 |\n| --- |\n| 丙 |')).toEqual([]);
  });
});

describe('form-unused', () => {
  test('what is there is listed, but for what tells of the folder', async () => {
    const files = (...names: string[]) =>
      lintExample({ text: RECORD, also: Object.fromEntries(names.map((name) => [`forms/${name}`, 'x'])) }, rules);
    const unused = async (...names: string[]) =>
      (await files(...names)).filter(({ rule }) => rule === 'form-unused').length;
    expect(await unused('a.odt')).toBe(1);
    expect(await unused('README.md')).toBe(0);
    expect(await unused('readme')).toBe(0);
    expect(await unused('my-readme.odt')).toBe(1);
    expect(await unused('readmes.odt')).toBe(1);
  });
});
