// What lint takes a sentence to say, and what the fields of a service bear out or deny of it.
import { describe, expect, test } from 'vitest';
import { parse } from '../src/content/parse.js';
import type { Handbook } from '../src/content/schema/model.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { claimsIn, TOPICS, type Topic } from '../src/lint/prose/claims.js';
import { reportContradictions } from '../src/lint/prose/contradictions.js';
import { denialsIn } from '../src/lint/prose/denials.js';
import { factsOfService } from '../src/lint/prose/facts.js';
import { quantitiesIn } from '../src/lint/prose/quantities.js';
import { contentOf, OFFICE } from './office.js';

function handbookOf(yaml: string, more: Record<string, string> = {}): Handbook {
  const handbook = parse(contentOf({ 'services/one.yaml': `名稱: 檔案應用\n${yaml}`, ...more }), parseMarkdown);
  expect(handbook.faults.map(({ message }) => message.en)).toEqual([]);
  return handbook;
}
const serviceOf = (handbook: Handbook) => {
  const [service] = handbook.services;
  if (!service) throw new Error('no service');
  return service;
};

describe('a quantity', () => {
  const quantities = (text: string) =>
    quantitiesIn(text).map(({ value, unit, per }) => `${value} ${unit}${per ? ` per ${per}` : ''}`);
  test.each<[string, string[]]>([
    ['1 小時 30 分鐘', ['90 minute']],
    ['1 小時30分鐘內', ['90 minute']],
    ['1 小時，30 分鐘', ['1 hour', '30 minute']],
    ['2 日 30 分鐘', ['2 day', '30 minute']],
    ['半小時', ['30 minute']],
    ['半日', ['1 halfday']],
    ['3 至 5 個工作日', ['5 workday']],
    ['一式二份', ['2 份']],
    ['每頁 3 元', ['3 元 per 頁']],
    ['十二萬元', ['120000 元']],
    ['１０日', ['10 day']],
    ['第 3 日', []],
    ['115年3月1日', []],
    ['一次告知', []],
    ['45 年十二月', []],
    ['3 日內完成，逾期不受理', ['3 day']],
    ['3 日期', []],
  ])('%s', (text, found) => expect(quantities(text)).toEqual(found));
});

test('what fields declare is a number with its unit', () => {
  const facts = factsOfService(
    serviceOf(
      handbookOf(`辦理時限: 3 工作日
應備證件: [{名稱: 申請書, 份數: 2}]
規費: [{項目: 影印, 金額: 2 元, 單位: 每頁}]
申請程序:
  - {步驟: 繳費, 規費: 100 元, 時限: 1 日, 權責: 書記官}
  - 結束: 通知
`),
    ),
  );
  expect(facts.map(({ topic, value, unit, per, of }) => [topic, value, unit, per, of])).toEqual([
    ['deadline', 3, 'workday', undefined, undefined],
    ['copies', 2, '份', undefined, '申請書'],
    ['fee', 2, '元', '頁', '影印'],
    ['deadline', 1, 'day', undefined, '書記官'],
    ['fee', 100, '元', undefined, undefined],
  ]);
});

test('a time in a discount stands on the line of its words', () => {
  const [fact] = factsOfService(
    serviceOf(handbookOf('規費:\n  優惠:\n    - 申請方式: [臨櫃]\n      減免內容: 3 日內繳納者減半\n')),
  );
  expect([fact?.value, fact?.unit, fact?.line]).toEqual([3, 'day', 5]);
});

describe('a sentence beside the fields', () => {
  const TOPICS_ALL = Object.keys(TOPICS) as Topic[];
  /** What is contradicted: the words of the text. */
  function contradicted(yaml: string, sentence: string, office = OFFICE): string[] {
    const found: string[] = [];
    reportContradictions(
      handbookOf(`${yaml}注意事項: |\n  ${sentence}\n`, { 'office.yaml': office }),
      TOPICS_ALL,
      ({ span }) => found.push(span.source.text.slice(span.start, span.end)),
    );
    return found;
  }
  const FEE = '規費: {明細: [{項目: 謄本, 金額: 100 元}], 優惠: [{申請方式: [臨櫃], 減免內容: 3 日內繳納者減半}]}\n';
  test.each<[string, string, string[]]>([
    [FEE, '應繳納規費 100 元。', []],
    // A time that a discount names bears no sum out.
    [FEE, '應繳納規費 200 元。', ['200 元']],
    ['辦理時限: 3 日\n', '本分署於 3 日內辦結。', []],
    ['辦理時限: 3 日\n', '本分署於 5 日內辦結。', ['5 日']],
    ['辦理時限: 72 小時\n', '本分署於 3 日內辦結。', []],
    ['辦理時限: 隨到隨辦\n', '本分署於 30 分鐘內辦結。', []],
    ['辦理時限: 隨到隨辦\n', '本分署於 2 日內辦結。', ['2 日']],
    ['辦理時限: 30 日\n', '本分署於 1 個月內辦結。', []],
    ['應備證件: [{名稱: 申請書, 份數: 2}]\n', '請備妥申請書 3 份。', ['3 份']],
    ['應備證件: [{名稱: 申請書, 份數: 2}]\n', '請備妥申請書 2 份。', []],
  ])('%s%s', (yaml, sentence, found) => expect(contradicted(yaml, sentence)).toEqual(found));

  const FLOORS = OFFICE.replace(
    '單位: [執行一科, 秘書室, 服務台]',
    '單位: [{名稱: 執行一科, 樓層: 3 樓}, {名稱: 服務台, 樓層: 1 樓}]',
  );
  test.each<[string, string[]]>([
    ['請至執行一科（3 樓）辦理。', []],
    ['請至 2 樓執行一科辦理。', ['2 樓']],
    // Of another room nothing is declared.
    ['請至 2 樓會議室辦理。', []],
  ])('%s', (sentence, found) => expect(contradicted('', sentence, FLOORS)).toEqual(found));
});

test('a sentence claims nothing of what is somebody else’s', () => {
  const topics = (text: string) => claimsIn(text).map(({ topic, written }) => `${topic} ${written}`);
  expect(topics('本分署於 5 日內辦結。')).toEqual(['deadline 5 日']);
  expect(topics('移送機關於 5 日內辦結。')).toEqual([]);
  expect(topics('逾 5 日者不受理。')).toEqual([]);
  expect(topics('不逾 5 日辦結。')).toEqual(['deadline 5 日']);
  expect(topics('罰鍰 100 元。')).toEqual([]);
  expect(topics('申請人到場後應先至服務台領取號碼牌並等候叫號，最多 3 次。')).toEqual([]);
});

test.each([
  ['辦理期限為法律規定之 30 日。', 'statutory 30 日'],
  ['請檢附 3 個月內核發之戶籍謄本。', 'fresh 3 個月'],
  ['引導時間為 1 小時。', 'guide 1 小時'],
  ['收件後 30 分鐘內辦畢離處。', 'counter 30 分鐘'],
  ['申請人到場最多 2 次。', 'visits 2 次'],
])('%s', (text, claim) => {
  expect(claimsIn(text).map(({ topic, written }) => `${topic} ${written}`)).toEqual([claim]);
});

describe('a statement that a field denies', () => {
  const CONTACT = '聯絡: {電話: 02-2345-6789, 分機: "12"}\n';
  const WAYS = '申請方式: [臨櫃, 郵寄]\n';
  const denied = (yaml: string, text: string, office = '') => {
    const handbook = handbookOf(yaml, { 'office.yaml': `${OFFICE}${office}` });
    return denialsIn(text, serviceOf(handbook), handbook.office).map(({ written, field, said }) => [
      written,
      field.en,
      said,
    ]);
  };
  test.each<[yaml: string, text: string, found: string[][]]>([
    ['規費: 100 元\n', '本項不收費。', [['不收費', 'fee', '100 元']]],
    ['規費: 100 元\n', '低收入戶者，不收費。', []],
    ['規費: 免費\n', '本項不收費。', []],
    ['規費: 免費\n', '申請時應繳納規費。', [['應繳納規費', 'fee', '免費']]],
    ['應備證件: [申請書]\n', '無須檢附任何證件。', [['無須檢附任何證件', 'required documents', '申請書']]],
    ['應備證件: 無\n', '無須檢附任何證件。', []],
    ['應備證件: 無\n', '應檢附身分證影本。', [['應檢附身分證影本', 'required documents', '無']]],
    ['辦理時限: 10 日\n', '本項隨到隨辦。', [['隨到隨辦', 'deadline', '10 日']]],
    ['辦理時限: 30 分鐘\n', '本項隨到隨辦。', []],
    [WAYS, '本項不受理郵寄申請。', [['不受理郵寄', 'channels', '郵寄']]],
    [WAYS, '本項不受理傳真申請。', []],
    [WAYS, '可以傳真申請。', [['可以傳真申請', 'channels', '臨櫃、郵寄']]],
    [WAYS, '可以郵寄申請。', []],
    [CONTACT, '請洽 02-9999-9999。', [['洽 02-9999-9999', 'telephone', '02-2345-6789']]],
    [CONTACT, '請洽 02-2345-6789。', []],
    [CONTACT, '請撥分機 34。', [['分機 34', 'extension', '12']]],
    [CONTACT, '請撥分機 12。', []],
    [CONTACT, '分機表印於第 34 頁。', []],
    ['代理申請: 限本人申請\n', '不得委託他人。', []],
    ['代理申請: 得委託他人\n', '不得委託他人。', [['不得委託', 'representation', '得委託他人']]],
    ['最多洽辦次數: 1\n', '申請人無須到場。', [['無須到場', 'visits at most', '1 次']]],
    ['審核權責: {擬辦: 書記官, 核定: 分署長}\n', '本項由書記官核定。', [['由書記官核定', 'who decides', '分署長']]],
    ['審核權責: {擬辦: 書記官, 核定: 分署長}\n', '本項由分署長核定。', []],
    // Of who is no title of the office nothing is known.
    ['審核權責: {擬辦: 書記官, 核定: 分署長}\n', '本項由法院核定。', []],
    ['承辦單位: 執行一科\n', '向秘書室承辦。', [['向秘書室承辦', 'unit in charge', '執行一科']]],
    ['承辦單位: 執行一科\n', '由執行一科承辦。', []],
    [
      '應備證件: [{名稱: 身分證, 形式: 正本}]\n',
      '繳交身分證影本。',
      [['身分證影本', 'original or copy', '身分證：正本']],
    ],
    ['應備證件: [{名稱: 身分證, 形式: 正本}]\n', '繳交身分證正本。', []],
    [
      '申請期間: 3月1日至3月31日\n',
      '申請期間自 3月2日起。',
      [['3月2日', 'window in which to apply', '3月1日至3月31日']],
    ],
    ['申請期間: 3月1日至3月31日\n', '申請期間自 3月1日起。', []],
    ['申請期間: 3月1日至3月31日\n', '3月2日起受理申請。', [['3月2日', 'window in which to apply', '3月1日至3月31日']]],
    [
      '辦理時間: 上午 9:00–下午 5:00\n',
      '受理時間為上午 8:30 至下午 5 時。',
      [['上午 8:30', 'hours', '上午 9:00–下午 5:00']],
    ],
    ['辦理時間: 上午 9:00–下午 5:00\n', '受理時間為上午 9 時至下午 5 時。', []],
  ])('%s%s', (yaml, text, found) => expect(denied(yaml, text)).toEqual(found));

  test('says where the field stands', () => {
    const handbook = handbookOf('應備證件: [{名稱: 身分證, 形式: 正本}]\n');
    const [found] = denialsIn('繳交身分證影本。', serviceOf(handbook), handbook.office);
    expect(found?.at.source.text.slice(found.at.start, found.at.end)).toBe('正本');
  });
  test('is none where another telephone of the office is meant', () => {
    expect(denied(CONTACT, '請洽 02-8888-8888。', '電話: 02-8888-8888\n')).toEqual([]);
  });
});
