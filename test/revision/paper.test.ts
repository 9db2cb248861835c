// 修正總說明 and 修正對照表: what stands in which column, what is underlined, and what was done to each provision.
import { describe, expect, test } from 'vitest';
import { readTexts } from '../../src/content/read.js';
import { plainYaml } from '../../src/content/syntax/yaml.js';
import { TEMPLATES } from '../../src/core/program-files.js';
import type { Block, Paragraph } from '../../src/office-files/document.js';
import { compare } from '../../src/revision/compare.js';
import { papersOf } from '../../src/revision/paper.js';
import { bookWith, editionOf } from './books.js';

const words = plainYaml((await readTexts(TEMPLATES)).get('revision/words.yaml') ?? '') as Record<
  string,
  { zh: string }
>;
const word = (key: string, ...values: (string | number)[]): string =>
  (words[key]?.zh ?? `?${key}`).replace(/\{(\d)\}/g, (_, n: string) => String(values[Number(n)]));

const FIRST = { 版次: '初版', 日期: '115年11月23日', 修訂內容: '訂定' };

const service = (fields: object) => ({ services: { a: { 名稱: '閱覽卷宗', ...fields } } });
const papers = (before: object, after: object, book = bookWith(FIRST)) =>
  papersOf(compare(editionOf(before), editionOf(after)), book, { word, day: (iso) => iso }, [1, 1, 1]);

/** A paragraph as text, what is underlined between _ and _. */
const told = ({ runs }: Paragraph): string =>
  runs.map(({ text, underlined }) => (underlined ? `_${text}_` : text)).join('');
const rowsOf = (blocks: readonly Block[]): string[][] =>
  blocks.flatMap((block) =>
    'table' in block ? block.table.rows.map((cells) => cells.map((cell) => cell.map(told).join('\n'))) : [],
  );
const textOf = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => ('paragraph' in block ? [told(block.paragraph)] : []));

describe('the table', () => {
  test('has its three columns', () => {
    const { table } = papers(service({ 規費: '免費' }), service({ 規費: '100 元' }));
    expect(table.flatMap((block) => ('table' in block ? block.table.head : []))).toEqual([
      '修正規定',
      '現行規定',
      '說明',
    ]);
    expect(textOf(table)).toEqual(['「手冊」修正對照表']);
  });
  test('underlines what differs, whole numbers at a time', () => {
    const fee = (sum: string) => service({ 規費: { 明細: [{ 項目: '影印', 金額: sum }] } });
    const book = bookWith(FIRST, {
      ...FIRST,
      版次: '二版',
      修正理由: [{ 服務: 'a', 項目: '規費', 理由: '配合收費標準', 依據: '規費法第10條' }],
    });
    expect(rowsOf(papers(fee('12 元'), fee('15 元'), book).table)).toEqual([
      [
        '閱覽卷宗　規費\n影印（_15_ 元）',
        '閱覽卷宗　規費\n影印（_12_ 元）',
        '修正。\n理由：配合收費標準\n依據：規費法第10條',
      ],
    ]);
  });
  test('says what was added, deleted, moved and left alone', () => {
    const [[after, before, why] = []] = rowsOf(
      papers(
        service({ 應備證件: ['甲證明', '乙文件', '己名冊', '丙契約'] }),
        service({ 應備證件: ['丙契約', '甲證明', '己名冊', '丁執照'] }),
      ).table,
    );
    expect(after).toBe('閱覽卷宗　應備證件\n（一）丙契約\n（二）甲證明\n（三）己名冊\n（四）_丁執照_');
    expect(before).toBe('閱覽卷宗　應備證件\n（一）甲證明\n（二）_乙文件_\n（三）己名冊\n（四）丙契約');
    expect(why?.split('\n')).toEqual([
      '現行（四）移列為（一）。',
      '刪除現行（二）。',
      '（四）新增。',
      '其餘未修正。',
      '（加重民眾負擔，理由及依據尚未寫明）',
    ]);
  });
  test('has a whole service in one row, new or gone', () => {
    const one = { services: { a: { 名稱: '甲', 規費: '免費' } } };
    expect(rowsOf(papers({}, one).table)).toEqual([['_甲_\n_名稱_\n_甲_\n_規費_\n_免費：是_', '', '本項新增。']]);
    const [[after, before, why] = []] = rowsOf(papers(one, {}).table);
    expect([after, before, why?.split('\n')[0]]).toEqual([
      '（刪除）',
      '_甲_\n_名稱_\n_甲_\n_規費_\n_免費：是_',
      '本項刪除。',
    ]);
  });
  test('tells of a long field only what is around its changes', () => {
    const steps = (last: string) =>
      service({ 注意事項: [...Array.from({ length: 12 }, (_, i) => `- 第${i + 1}則。`), `- ${last}`].join('\n') });
    const [[after] = []] = rowsOf(papers(steps('請準時到場辦理。'), steps('請提早到場辦理。')).table);
    expect(after).toBe('閱覽卷宗　注意事項\n（（一）至（十二）未修正）\n（十三）請_提早_到場辦理。');
  });
  test('says that nothing was revised', () => {
    expect(textOf(papers(service({}), service({})).table)).toEqual(['「手冊」修正對照表', '兩個版本相同，沒有修正。']);
  });
});

describe('the explanation', () => {
  test('names the book, its first issue, how often it was amended, the purpose, and the points with their place', () => {
    const book = bookWith(FIRST, {
      ...FIRST,
      版次: '二版',
      日期: '116年1月1日',
      修正目的: '為簡化申請文件',
      修正理由: [{ 服務: 'a', 理由: '簡併應備證件', 依據: '行政程序法第1條' }],
    });
    expect(textOf(papers(service({ 應備證件: ['甲', '乙'] }), service({ 應備證件: ['甲'] }), book).general)).toEqual([
      '「手冊」修正總說明',
      '手冊（以下簡稱本手冊）於2026-11-23訂定，歷經一次修正，最近一次修正為2027-01-01。',
      '為簡化申請文件，爰修正本手冊，其修正要點說明如下：',
      '一、簡併應備證件。（閱覽卷宗）',
    ]);
  });
  test('leaves open what nobody has said', () => {
    const [, , purpose, point] = textOf(
      papers(service({ 應備證件: ['甲', '乙'] }), service({ 應備證件: ['甲'] })).general,
    );
    expect(purpose).toContain('修正目的請寫在');
    expect(point).toBe('一、修正應備證件。（閱覽卷宗）');
  });
});
