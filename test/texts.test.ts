import { describe, expect, test } from 'vitest';
import { bound, excerptsOf, parse } from '../src/content/parse.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { textsIn } from '../src/content/translatable.js';
import { contentOf, SERVICE } from './office.js';

const read = (files: Record<string, string>) => parse(contentOf(files), parseMarkdown);
/** 「中文 → en: text」 of everything that is translated. */
const given = (files: Record<string, string>): string[] => {
  const { faults, translations } = read(files);
  expect(faults).toEqual([]);
  return translations.map(({ zh, language, text }) => `${zh} → ${language}: ${text}`);
};

describe('a text may be given in other languages', () => {
  test('beside the Chinese, under the names of the languages', () => {
    const text = `${SERVICE}摘要: {中文: 申請閱覽檔案。, 英文: Reading archives., vi: Đọc hồ sơ.}\n`;
    expect(given({ 'services/a.yaml': text })).toEqual([
      '申請閱覽檔案。 → en: Reading archives.',
      '申請閱覽檔案。 → vi: Đọc hồ sơ.',
    ]);
    expect(read({ 'services/a.yaml': text }).services[0]?.summary).toBe('申請閱覽檔案。');
  });
  test('wherever it stands: in lists, in one line for a whole record, in prose', () => {
    const text = `${SERVICE.replace('應備證件: 無', '應備證件: [{中文: 申請書（正本，1 份）, 英文: Application form}]')}
申請程序:
  - {開始: {中文: 提出申請, 英文: Apply}, 權責: 申請人}
  - {中文: 審查（書記官）, 英文: Examination}
注意事項:
  中文: |
    請攜帶證件。
  英文: |
    Bring your ID.
`;
    expect(given({ 'services/a.yaml': text })).toEqual([
      '申請書 → en: Application form',
      '提出申請 → en: Apply',
      '審查 → en: Examination',
      '請攜帶證件。 → en: Bring your ID.',
    ]);
  });
  test('in Markdown by a heading and by a key below the item', () => {
    const text = `---
規費: 免費
辦理時限: 6 日
審核權責: 分署長
---
# 陳情

## 應備證件

- 陳情書（正本，1 份）
  - 英文：Petition

## 注意事項

得不予處理。

## 注意事項（英文）

May be left aside.
`;
    expect(given({ 'services/a.md': text })).toEqual([
      '陳情書 → en: Petition',
      '得不予處理。 → en: May be left aside.',
    ]);
  });
  test('in a file of translations, where what is empty is still to be done', () => {
    expect(
      given({ 'translations/en.yaml': '檔案應用: Use of archives\n義務人:\n', 'translations/泰文.yaml': '' }),
    ).toEqual(['檔案應用 → en: Use of archives']);
  });
});

describe('a slip in a translation is told with its place', () => {
  const faultsIn = (files: Record<string, string>): string[] =>
    read(files).faults.map(
      ({ rule, span, message }) => `${rule} ${span.source.text.slice(span.start, span.end)} ${message.en}`,
    );
  test('a language nobody knows', () => {
    const [fault] = read({ 'services/a.yaml': `${SERVICE}摘要: {中文: 申請。, 英闻: Apply.}\n` }).faults;
    expect(fault?.rule).toBe('unknown-key');
    expect(fault?.hint?.zh).toBe('是不是要寫「英文」？');
  });
  test('translations of nothing', () => {
    expect(faultsIn({ 'services/a.yaml': `${SERVICE}摘要: {英文: Apply.}\n` })).toEqual([
      'missing-key {英文: Apply.} There are translations here, but no Chinese (zh).',
    ]);
  });
  test('a language given twice', () => {
    expect(faultsIn({ 'services/a.yaml': `${SERVICE}摘要: {中文: 申請。, 英文: Apply., en: File.}\n` })[0]).toMatch(
      /^duplicate-key en /,
    );
  });
  test('a file of translations that is named for no language', () => {
    expect(faultsIn({ 'translations/english.yaml': '檔案應用: Archives\n' })[0]).toMatch(/^unknown-file /);
  });
});

test('the texts to be translated are those a reader meets, each with its place', () => {
  const files = { 'services/a.yaml': `${SERVICE}注意事項: |\n  - 請攜帶證件。\n  - 12\n聯絡: {電話: 00-0000-0000}\n` };
  const [, service] = excerptsOf(contentOf(files), parseMarkdown);
  if (!service) throw new Error('no service');
  const texts = textsIn(service);
  expect(texts.map(({ zh }) => zh)).toEqual(['檔案應用', '請攜帶證件。']);
  for (const { zh, span } of texts) expect(span.source.text.slice(span.start, span.end)).toBe(zh);
  expect(bound([service]).translations).toEqual([]);
});
