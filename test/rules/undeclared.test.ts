import { describe, expect, test } from 'vitest';
import { excerptsOf } from '../../src/content/parse.js';
import { diagnose } from '../../src/lint/engine.js';
import { record } from '../../src/lint/example-records.js';
import type { Rule } from '../../src/lint/rule.js';
import authority from '../../src/lint/rules/authority-declared.js';
import deadline from '../../src/lint/rules/deadline-declared.js';
import documents from '../../src/lint/rules/documents-declared.js';
import fee from '../../src/lint/rules/fee-declared.js';
import { contentOf } from '../office.js';

describe.each([
  ['應備證件', '無', documents, '{項目: []}'],
  ['規費', '免費', fee, '{明細: []}'],
  ['辦理時限', '3 日', deadline, '{說明: 甲}'],
  ['審核權責', '分署長', authority, '{擬辦: 書記官}'],
] as const)('%s', (field, value, rule: Rule, silent) => {
  const found = (text: string): string[] =>
    diagnose(excerptsOf(contentOf({ 'services/a.yaml': text })), new Map([['declared', rule]]), {
      only: new Set(['declared']),
    }).map(({ message }) => message.zh);
  const told = [`「檔案應用」沒有寫明${field}，每項服務都必須寫明。`];
  const variants = (...lines: string[]): string =>
    `${record({ [field]: undefined })}子項目:\n${lines.map((line, i) => `  - {名稱: 甲${i}${line}}\n`).join('')}`;

  test('is declared by a value or by 待確認', () => {
    expect(found(record({ [field]: value }))).toEqual([]);
    expect(found(record({ [field]: '待確認' }))).toEqual([]);
  });
  test('is not declared by silence, nor by what says nothing of it', () => {
    expect(found(record({ [field]: undefined }))).toEqual(told);
    expect(found(record({ [field]: '' }))).toEqual(told);
    expect(found(record({ [field]: silent }))).toEqual(told);
  });
  test('may be declared by every variant, not by some', () => {
    expect(found(variants(`, ${field}: ${value}`, `, ${field}: 待確認`))).toEqual([]);
    expect(found(variants(`, ${field}: ${value}`, ''))).toEqual(told);
  });
});
