import { describe, expect, test } from 'vitest';
import { parse } from '../src/content/parse.js';
import { flowOf } from '../src/content/procedure.js';
import { isUnconfirmed, known } from '../src/content/schema/schema.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { contentOf, OFFICE, SERVICE } from './office.js';

const handbookOf = (files: Record<string, string>) => parse(contentOf(files), parseMarkdown);
const service = (text: string, file = 'services/a.yaml') => {
  const handbook = handbookOf({ [file]: text });
  expect(handbook.faults).toEqual([]);
  const [first] = handbook.services;
  if (!first) throw new Error('no service');
  return first;
};
const faults = (text: string, file = 'services/a.yaml') =>
  handbookOf({ [file]: text }).faults.map(
    ({ rule, span }) => `${rule} 「${span.source.text.slice(span.start, span.end)}」`,
  );

describe('short forms are complete', () => {
  test('four lines declare a service', () => {
    expect(service(SERVICE)).toMatchObject({
      id: 'a',
      name: '檔案應用',
      documents: { none: true },
      fee: { free: true },
      deadline: { limit: { most: 3, unit: 'workday', printed: '3 工作日' } },
      authority: { decide: [{ titles: ['分署長'] }] },
    });
  });
  test('隨到隨辦 is a deadline', () => {
    expect(service(SERVICE.replace('3 工作日', '隨到隨辦')).deadline).toMatchObject({ immediate: true });
  });
  test('a document says its kind, number and age in brackets', () => {
    expect(service(SERVICE.replace('無', '[委託他人時：委任書（正本，2 份，3 個月內核發）]')).documents).toMatchObject({
      items: [
        { name: '委任書', kind: 'original', copies: 2, condition: '委託他人時', fresh: { most: 3, unit: 'month' } },
      ],
    });
  });
  test('brackets that say something else stay in the name', () => {
    expect(service(SERVICE.replace('無', '[委任書（狀）]')).documents).toMatchObject({
      items: [{ name: '委任書（狀）' }],
    });
  });
  test('authority names who prepares, reviews and decides in one line', () => {
    expect(
      service(SERVICE.replace('審核權責: 分署長', '審核權責: 書記官擬辦、秘書室會辦、分署長核定')).authority,
    ).toMatchObject({
      prepare: [{ titles: ['書記官'] }],
      countersign: [{ unit: '秘書室' }],
      decide: [{ titles: ['分署長'] }],
    });
  });
});

describe('keys', () => {
  test('may be Chinese or English, both in one file', () => {
    expect(service('name: Files\n應備證件: 無\nfee: 免費\ndeadline: 3 工作日\n審核權責: 分署長\n')).toMatchObject({
      name: 'Files',
      fee: { free: true },
    });
  });
  test('the same key in both languages counts as twice', () => {
    expect(faults(`${SERVICE}fee: 免費\n`)).toEqual(['duplicate-key 「fee」']);
  });
  test('a near miss gets the right spelling', () => {
    const [fault] = handbookOf({ 'services/a.yaml': `${SERVICE}應備証件: 無\n` }).faults;
    expect(fault).toMatchObject({ rule: 'unknown-key', hint: { zh: '是不是要寫「應備證件」？' } });
  });
  test('__proto__ is an unknown key like any other', () => {
    expect(faults(`${SERVICE}__proto__: {polluted: 1}\n`)).toEqual(['unknown-key 「__proto__」']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('待確認', () => {
  test('is a value of any field, with its place', () => {
    const { services, unconfirmed } = handbookOf({
      'services/a.yaml': SERVICE.replace('免費', '待確認（各分署不一）').replace(
        '無',
        '[{名稱: 申請書, 份數: 待確認}]',
      ),
    });
    expect(services[0]?.fee).toEqual({ unconfirmed: '待確認（各分署不一）' });
    expect(known(services[0]?.documents)?.items).toMatchObject([{ copies: { unconfirmed: '待確認' } }]);
    expect(unconfirmed.map(({ source, start, end }) => source.text.slice(start, end))).toEqual([
      '待確認',
      '待確認（各分署不一）',
    ]);
  });
  test('is not the same as missing or empty', () => {
    expect(isUnconfirmed(service(SERVICE.replace('免費', '待確認')).fee)).toBe(true);
    expect(service(SERVICE.replace('免費', '""')).fee).toBeUndefined();
    expect(service(SERVICE.replace('免費', 'TODO')).fee).toBeUndefined();
  });
});

describe('sources', () => {
  test('stand in the record or around a value, with the day they were checked', () => {
    const { cited, documents } = service(
      `${SERVICE.replace('規費: 免費', '規費: {值: 免費, 來源: 行政執行法第25條, 查核日: 113年10月11日}').replace('無', '[{名稱: 申請書, 來源: [檔案法第17條 https://law.moj.gov.tw/x, {名稱: 分署網頁, 網址: "https://example.org"}]}]')}`,
    );
    expect(cited.fee).toMatchObject([{ law: '行政執行法', article: '第25條', checked: '2024-10-11' }]);
    expect(known(known(documents)?.items)?.[0]?.cited.self).toMatchObject([
      { law: '檔案法', article: '第17條', url: 'https://law.moj.gov.tw/x' },
      { title: '分署網頁', url: 'https://example.org' },
    ]);
  });
});

describe('roles are names of office.yaml', () => {
  test('unit and title may be written in one', () => {
    expect(service(SERVICE.replace('分署長', '秘書室書記官')).authority).toMatchObject({
      decide: [{ unit: '秘書室', titles: ['書記官'] }],
    });
  });
  test('another office may be named with a title of its own', () => {
    expect(service(SERVICE.replace('分署長', '執行署署長')).authority).toMatchObject({
      decide: [{ office: '執行署', titles: ['署長'] }],
    });
  });
  test('a slip gets the name it was meant to be', () => {
    const [fault] = handbookOf({ 'services/a.yaml': SERVICE.replace('分署長', '分署張') }).faults;
    expect(fault).toMatchObject({ rule: 'unknown-reference', hint: { zh: '是不是要寫「分署長」？' } });
  });
});

describe('a service in Markdown', () => {
  const text = `---
規費: 免費
辦理時限: 隨到隨辦
審核權責: 分署長
---

# 案件查詢

## 應備證件

- 傳繳通知書（影本）
- 委託他人時：委任書（正本，1 份）
  - 來源：行政程序法第24條
- 擇一：
  - 國民身分證
  - 健保卡

## 申請程序

1. 開始：打電話（義務人）
2. 查詢案件（書記官）
3. 案件相符？
   - 相符：→ 4
   - 不符：請補資料（書記官）→ 2
4. 結束：答復

## 注意事項

請備妥**案號**。
`;
  test('is the same model as in YAML', () => {
    expect(service(text, 'services/enquiry.md')).toMatchObject({
      id: 'enquiry',
      name: '案件查詢',
      fee: { free: true },
      documents: {
        items: [
          { name: '傳繳通知書', kind: 'copy' },
          {
            name: '委任書',
            condition: '委託他人時',
            copies: 1,
            cited: { self: [{ law: '行政程序法', article: '第24條' }] },
          },
          { oneOf: [{ name: '國民身分證' }, { name: '健保卡' }] },
        ],
      },
      notes: { markdown: '請備妥**案號**。' },
    });
  });
  test('a decision may name who decides, and a branch lead on without a step of its own', () => {
    const chartOf = (written: string) => flowOf(known(service(written, 'services/enquiry.md').procedure) ?? []);
    const named = chartOf(text.replace('案件相符？', '案件相符？（書記官）').replace('- 相符：→ 4', '- 相符 → 4'));
    const ways = ({ edges }: typeof named) => edges.map(({ from, to, label }) => [from, to, label]);
    expect(ways(named)).toContainEqual([expect.anything(), expect.anything(), '相符']);
    expect(ways(named)).toEqual(ways(chartOf(text)));
    expect(named.nodes.find(({ kind }) => kind === 'decision')).toMatchObject({ text: '案件相符？', actors: [{}] });
  });
  test('keeps exact places', () => {
    expect(
      faults(text.replace('書記官）\n3.', '書計官）\n3.').replace('## 注意事項', '## 注意事向'), 'services/enquiry.md'),
    ).toEqual(['unknown-key 「注意事向」']);
    expect(faults(text.replace('審核權責: 分署長', '審核權責: 分署張'), 'services/enquiry.md')).toEqual([
      'unknown-reference 「分署張」',
    ]);
  });
  test('facts may stand in a table', () => {
    const table = text
      .replace('規費: 免費\n', '')
      .replace(
        '## 注意事項',
        '## 規費\n\n| 項目 | 金額 | 單位 |\n| --- | --- | --- |\n| 影印 | 2 元 | 每頁 |\n| 閱覽 | 20 元 | 每 2 小時 |\n\n## 注意事項',
      );
    expect(service(table, 'services/enquiry.md').fee).toMatchObject({
      lines: [{ item: '影印', amount: { amount: 2 }, per: '每頁' }, { item: '閱覽' }],
    });
  });
  test('what holds for a whole table follows it', () => {
    const about = '- 依據：規費法第10條\n- 退費：不退還\n';
    const table = text
      .replace('規費: 免費\n', '')
      .replace('## 注意事項', `## 規費\n\n| 項目 | 金額 |\n| --- | --- |\n| 影印 | 2 元 |\n\n${about}\n## 注意事項`);
    expect(service(table, 'services/enquiry.md').fee).toMatchObject({
      lines: [{ item: '影印' }],
      basis: [{ law: '規費法', article: '第10條' }],
    });
    expect(faults(table.replace(about, '- 影印\n- 郵寄\n'), 'services/enquiry.md')).toEqual([
      'markdown-section 「- 影印\n- 郵寄」',
    ]);
  });
  test('under 法規 stands a law, its article apart', () =>
    expect(
      service(SERVICE.replace('規費: 免費', '規費: {明細: [100 元], 依據: {法規: 規費法施行細則, 條次: 3}}')).fee,
    ).toMatchObject({
      basis: [{ law: '規費法施行細則', article: '第3條' }],
    }));
});

describe('files that cannot be read are named, and nothing cascades', () => {
  test.each([
    ['tabs', '名稱: 甲\n\t規費: 免費\n', 'yaml-syntax'],
    ['an alias', '名稱: &a 甲\n摘要: *a\n', 'yaml-syntax'],
    ['an alias bomb', `a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n`, 'yaml-syntax'],
    ['a tag', '名稱: !!js/function "x"\n', 'yaml-syntax'],
    ['two documents', '名稱: 甲\n---\n名稱: 乙\n', 'yaml-syntax'],
    ['a list where a map belongs', '- 甲\n- 乙\n', 'wrong-type'],
    ['text where a map belongs', '甲\n', 'wrong-type'],
    ['nothing', '\n', 'empty-file'],
    ['an unclosed quote', '名稱: "甲\n', 'yaml-syntax'],
  ])('%s', (_, text, rule) => {
    expect(handbookOf({ 'services/a.yaml': text }).faults.map((fault) => fault.rule)).toEqual([rule]);
  });
  test.each([
    ['everywhere', '名稱：甲\n應備證件：無\n', '名稱: 甲'],
    ['in one line', '名稱: 甲\n應備證件：無\n規費: 免費\n', '應備證件: 無'],
    ['in the last line', '名稱: 甲\n應備證件: 無\n規費：免費\n', '規費: 免費'],
  ])('a colon of full width %s is told as such at its place, with an example', (_, text, right) => {
    const { faults: found } = handbookOf({ 'services/a.yaml': text });
    expect(found).toMatchObject([
      {
        rule: 'yaml-syntax',
        message: { zh: expect.stringContaining('全形「：」') },
        hint: { zh: expect.stringContaining(`「${right}」`) },
      },
    ]);
    expect(found.map(({ span }) => span.source.text.slice(span.start, span.end))).toEqual(['：']);
  });
  test('a mark of a heading without a space after it is one', () => {
    const { faults: found, services } = handbookOf({ 'services/a.md': '# 甲\n\n##應備證件\n無\n' });
    expect(found).toMatchObject([{ rule: 'markdown-form', fix: { text: ' ' } }]);
    expect(services).toMatchObject([{ documents: { none: true } }]);
  });
  test('a fault in one service leaves the others readable', () => {
    const { services, faults: found } = handbookOf({ 'services/a.yaml': '名稱: "甲\n', 'services/b.yaml': SERVICE });
    expect(services.map(({ id }) => id)).toEqual(['b']);
    expect(found).toHaveLength(1);
  });
  test('a list of chapters names files and parts', () => {
    const { faults: found } = handbookOf({
      'handbook.yaml': '書名: 手冊\n版次: 初版\n日期: 2026-11-23\n章次: [a.md, 服務項目一覽, 服務項目一欄]\n',
      'chapters/a.md': '# 甲\n\n文字\n',
    });
    expect(found).toMatchObject([{ rule: 'unknown-reference', hint: { zh: '是不是要寫「服務項目一覽」？' } }]);
  });
  test('names of the office serve in handbook.yaml too', () => {
    const { book, faults: found } = handbookOf({
      'office.yaml': OFFICE,
      'handbook.yaml':
        '書名: 手冊\n版次: 初版\n日期: 115年11月23日\n流程圖總覽: [{編號: overall, 名稱: 總圖, 申請程序: [開始：到場（義務人）, 結束：結案（書記官）]}]\n',
    });
    expect(found).toEqual([]);
    expect(book.date).toBe('2026-11-23');
    expect(known(book.charts)?.[0]?.procedure).toMatchObject([
      { start: '到場', actor: [{ written: '義務人' }] },
      { end: '結案', actor: [{ titles: ['書記官'] }] },
    ]);
  });
});

test('the pictures that are there are known by name, and those of no name are not', () => {
  const images = ['logo.svg', 'seal.png'].map((name) => ({
    name,
    path: `content/images/${name}`,
    bytes: new Uint8Array(),
  }));
  expect(parse({ ...contentOf({}), images }).imageFiles).toEqual(['logo.svg', 'seal.png']);
  expect(parse(contentOf({})).imageFiles).toEqual([]);
});

describe('a document in one line', () => {
  const documents = (text: string) => {
    const { services } = parse(contentOf({ 'services/a.yaml': `名稱: 甲\n應備證件: [${text}]\n` }));
    const [{ at, cited, unread, ...fields } = {} as never] = (
      known(services[0]?.documents) as never as { items: never[] }
    ).items as { at: object; cited: object; unread: object }[];
    return fields;
  };
  test.each([
    ['申請書', { name: '申請書' }],
    ['申請書（正本）', { name: '申請書', kind: 'original' }],
    ['申請書（2 份）', { name: '申請書', copies: 2 }],
    ['申請書（正本２份）', { name: '申請書', kind: 'original', copies: 2 }],
    ['申請書（二份，影本）', { name: '申請書', copies: 2, kind: 'copy' }],
    ['申請書（用印）', { name: '申請書（用印）' }],
    ['申請書（正本，用印，蓋章）', { name: '申請書', kind: 'original', note: '用印、蓋章' }],
    ['戶籍謄本（3 個月內核發）', { name: '戶籍謄本', fresh: { most: 3, unit: 'month', printed: '3 個月內' } }],
    ['委託他人時：委任書（正本）', { condition: '委託他人時', name: '委任書', kind: 'original' }],
    ['證件：', { name: '證件：' }],
  ])('%s', (text, expected) => expect(documents(text)).toEqual(expected));
});

describe('who decides', () => {
  const authority = (text: string) => {
    const { services, faults } = parse(contentOf({ 'services/a.yaml': `名稱: 甲\n審核權責: ${text}\n` }));
    const read = (services[0]?.authority ?? {}) as Record<string, { written: string }[]>;
    const roles = ['prepare', 'review', 'countersign', 'decide'].flatMap((key) =>
      (read[key] ?? []).map(({ written }) => `${key} ${written}`),
    );
    return [...roles, ...faults.map(({ rule }) => rule)].filter((each) => each !== 'missing-key');
  };
  test.each([
    ['分署長', ['decide 分署長']],
    ['書記官擬辦、分署長核定', ['prepare 書記官', 'decide 分署長']],
    [
      '書記官承辦、書記官核轉、秘書室會辦、分署長決行',
      ['prepare 書記官', 'review 書記官', 'countersign 秘書室', 'decide 分署長'],
    ],
    ['核定', ['unknown-reference']],
  ])('%s', (text, expected) => expect(authority(text)).toEqual(expected));
});

test('front matter that cannot be read is told, and not that the file is empty', () => {
  const rules = (text: string) =>
    parse(contentOf({ 'services/a.md': text }), parseMarkdown).faults.map(({ rule }) => rule);
  expect(rules('---\n編號: "a\n---\n')).toEqual(['yaml-syntax']);
  expect(rules('---\n---\n')).toEqual(['empty-file']);
});
