// What a case is told in words, the examples that are proposed for a service, and a service as it is for one person.
import { describe, expect, test } from 'vitest';
import { answer } from '../src/content/answer/answer.js';
import { digitsOf } from '../src/content/answer/decimal.js';
import { exampleYaml, judged, proposed, targetsOf, unreached } from '../src/content/answer/examples.js';
import { readRelief, readRounding, readTimes, unitOf } from '../src/content/answer/fee-words.js';
import { combinedFaults, personOf } from '../src/content/answer/given.js';
import { documentsInWords, feeInWords, limitInWords } from '../src/content/answer/in-words.js';
import { narrowed } from '../src/content/answer/narrowed.js';
import type { Person } from '../src/content/answer/person.js';
import { parse } from '../src/content/parse.js';
import type { Service } from '../src/content/schema/service.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { contentOf } from './office.js';

function serviceOf(yaml: string): Service {
  const handbook = parse(contentOf({ 'services/one.yaml': `名稱: 檔案應用\n${yaml}` }), parseMarkdown);
  const service = handbook.services.find(({ id }) => id === 'one');
  if (!service) throw new Error(JSON.stringify(handbook.faults.map(({ message }) => message.en)));
  return service;
}

describe('words of a fee', () => {
  const share = (text: string): number | string | undefined => {
    const relief = readRelief(text);
    if (!relief) return undefined;
    if ('off' in relief) return 'all';
    if ('money' in relief) return relief.money.printed;
    return Number(digitsOf(relief.share));
  };
  test.each([
    ['免收', 'all'],
    ['全額免繳', 'all'],
    ['減半', 0.5],
    ['減收二分之一', 0.5],
    ['8 折', 0.2],
    ['八五折', 0.15],
    ['減免 12.5%', 0.125],
    ['9.5折', 0.05],
    ['減收三成', 0.3],
    ['減收 1成', 0.1],
    ['減收 20%', 0.2],
    ['減收 20 元', '20 元'],
    ['酌予減收', undefined],
    ['0 折', undefined],
  ])('%s takes off %s', (text, off) => expect(share(text)).toBe(off));
  test.each([
    ['每 2 小時', { unit: '小時', size: 2 }],
    ['每份', { unit: '份', size: 1 }],
    ['每十頁', { unit: '頁', size: 10 }],
    ['每 0 頁', undefined],
    ['按件', undefined],
  ])('%s', (text, unit) => expect(unitOf(text)).toEqual(unit));
  test.each([
    ['四捨五入', { how: 'half-up', scale: 0 }],
    ['未滿十元不計', { how: 'down', scale: -1 }],
    ['不足百元進整', { how: 'up', scale: -2 }],
    ['角以下四捨五入', { how: 'half-up', scale: 1 }],
    ['未滿千元不計', undefined],
    ['實支', undefined],
  ])('%s', (text, rounding) => expect(readRounding(text)).toEqual(rounding));
  test.each([
    ['彩色為 5 倍', '彩色', undefined],
    ['急件加倍', '急件', undefined],
    ['夜間加收 1 倍', '夜間', true],
    ['2', '', undefined],
    ['1.25', '', undefined],
  ])('%s', (text, when, adds) => expect(readTimes(text)).toMatchObject({ when, ...(adds ? { adds } : {}) }));
});

describe('an answer in words', () => {
  const told = (yaml: string, person: Person = {}): string => {
    const { fee, limit, ...rest } = answer(serviceOf(yaml), person);
    return [documentsInWords({ fee, limit, ...rest }).join('、'), feeInWords(fee), limitInWords(limit)].join(' | ');
  };
  test.each([
    ['辦理時限: 隨到隨辦\n規費: 免費\n應備證件: 無', '無 | 免費 | 隨到隨辦'],
    ['辦理時限: {期限: 15 日, 起算: 收件之次日}\n規費: 1300 元', '未載明 | 1,300 元 | 自收件之次日起 15 日'],
    ['辦理時限: {目標: 30 分鐘}\n規費: 待確認\n應備證件: 待確認', '待確認 | 待確認 | 30 分鐘（目標）'],
    ['辦理時限: {法定: 30 日}\n規費: 18.5–370 元', '未載明 | 18.5–370 元 | 30 日（法定）'],
    ['辦理時限: {不定期限: 依法院進度}\n規費: 30 元起', '未載明 | 30 元起 | 不定期限'],
    [
      '應備證件: [{名稱: 委任書, 形式: 正本, 份數: 1, 核發期限: 3 個月內}]',
      '委任書（正本、1 份、3 個月內核發） | 未載明 | 未載明',
    ],
    ['應備證件: [{擇一: [身分證, 護照]}]', '身分證或護照 | 未載明 | 未載明'],
    ['規費: [{項目: 閱覽, 金額: 40 元}, {項目: 郵費, 金額: 待確認}]', '未載明 | 待確認；閱覽 40 元 | 未載明'],
    // What takes one stage is known without being told how stages are counted; what takes two is not.
    ['辦理時限: {階段: [審查：3 日]}', '未載明 | 未載明 | 3 日'],
    ['辦理時限: {階段: [審查：3 日, 核定：5 日]}', '未載明 | 未載明 | 未載明'],
  ])('%s', (yaml, words) => expect(told(yaml)).toBe(words));
});

test('all that is wrong with a person is told, a sentence a line', () => {
  const { faults } = personOf(serviceOf('申請方式: [書面, 電話]\n'), { channel: '傳真', case: '急件' });
  expect(faults).toHaveLength(2);
  const said = combinedFaults(faults);
  expect(said.zh.split('\n')).toEqual(faults.map(({ say }) => say.zh));
  expect(said.en.split('\n')).toEqual(faults.map(({ say }) => say.en));
});

test('of a quantity that several charges turn on every turning point is tried, the least first', () => {
  const service = serviceOf(`規費:
  明細:
    - {項目: 甲, 計費基礎: 坪數, 級距: [{未滿: 100, 金額: 1 元}, {以上: 100, 金額: 2 元}]}
    - {項目: 乙, 計費基礎: 坪數, 級距: [{未滿: 20, 金額: 3 元}, {以上: 20, 金額: 4 元}]}
`);
  const [question] = answer(service, {}).questions;
  if (question?.kind !== 'quantity') throw new Error('no quantity is asked');
  const { samples } = question;
  expect(samples).toEqual([...samples].sort((a, b) => a - b));
  for (const bound of [20, 100]) {
    expect(samples.some((n) => n < bound)).toBe(true);
    expect(samples.some((n) => n >= bound)).toBe(true);
  }
  expect(Math.max(...samples)).toBeGreaterThanOrEqual(100);
});

describe('proposed examples', () => {
  const yaml = `申請人: [本國法人, 團體]
申請方式: [臨櫃, 網路]
應備證件:
  - 申請書
  - {名稱: 印章, 條件: 未簽名}
  - {名稱: "登記證: 影本", 申請人: [團體]}
規費:
  明細: [{項目: 影印, 金額: 2 元, 單位: 每頁}]
  減免: [低收入戶免收]
辦理時限: {期限: 5 日, 依管道: [{管道: 網路, 期限: 2 日}]}
`;
  const service = serviceOf(yaml);
  test('are held against what they turn on: conditions, charges, cases', () => {
    expect(targetsOf(service).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'document 印章（未簽名）',
      'document 登記證: 影本',
      'fee 影印',
      expect.stringMatching(/^fee 低收入戶/),
      'limit 網路',
    ]);
    expect(unreached(service)).toEqual(targetsOf(service));
  });
  test('reach all of it in as few cases as one sees, no case twice, and are right as YAML', () => {
    const cases = proposed(service);
    // One case of a poor group without a signature on the net turns on everything.
    expect(cases).toHaveLength(2);
    expect(cases[0]?.person).toMatchObject({
      applicant: '團體',
      channel: '網路',
      conditions: { 未簽名: true },
    });
    expect(new Set(cases.map(({ person }) => JSON.stringify(person))).size).toBe(2);
    const again = serviceOf(`${yaml}情境:\n${cases.map((each) => exampleYaml(service, each)).join('')}`);
    expect(judged(again).flatMap(({ faults, differences }) => [...faults, ...differences])).toEqual([]);
    expect(unreached(again)).toEqual([]);
    // What stands there is not proposed again, and is enough.
    expect(proposed(again)).toEqual([]);
    const three = proposed(again, 3);
    expect(three).toHaveLength(1);
    expect(cases.map(({ person }) => person)).not.toContainEqual(three[0]?.person);
  });
  test('that name a document nobody asks for are told all that are', () => {
    const wrong = serviceOf(
      '應備證件: [{名稱: 身分文件, 擇一: [身分證, 護照]}, {擇一: [存摺, 謄本]}]\n情境: [{名稱: 甲, 應備證件: [戶口名簿], 規費: 免費}]\n',
    );
    expect(judged(wrong).flatMap(({ faults }) => faults.map(({ say }) => say.zh))).toEqual([
      '「檔案應用」沒有「戶口名簿」這項證件，可寫：「身分文件」「身分證」「護照」「存摺」「謄本」「存摺或謄本」。',
    ]);
  });
  test('quote what YAML would read otherwise, and nothing else', () => {
    const written = exampleYaml(service, proposed(service)[0] as never);
    expect(written).toContain('      - 印章\n');
    expect(written).toContain('      - "登記證: 影本"\n');
    expect(written).toMatch(/^ {2}- 名稱: \S+、\S+/);
    expect(written).not.toContain('- "印章"');
  });
});

describe('a service for one person', () => {
  /** All of it but where it stands. */
  const facts = (value: unknown): string =>
    JSON.stringify(value, (key, each: unknown) => (key === 'at' ? undefined : each));
  const own = (yaml: string, person: Person): Service => narrowed(serviceOf(yaml), person).service;
  test('has of a choice what is open to him, and how many of it', () => {
    const yaml = `應備證件:
  - {擇一: [身分證, {名稱: 護照, 條件: 外國人}]}
  - {名稱: 財產證明, 擇幾: 2, 擇一: [存摺, 謄本, 股票]}
`;
    expect(own(yaml, { conditions: { 外國人: false } }).documents).toMatchObject({ items: [{ name: '身分證' }, {}] });
    const two = own(yaml, { conditions: { 外國人: true } }).documents as unknown as {
      items: { oneOf?: unknown; choose?: unknown }[];
    };
    expect(two.items[0]?.oneOf).toMatchObject([{ name: '身分證' }, { name: '護照' }]);
    expect(two.items[0]?.choose).toBe(1);
    expect(facts(two.items)).not.toContain('外國人');
    expect(two.items[1]?.choose).toBe(2);
  });
  test('has what else is required of him without its condition, and of nobody else', () => {
    const yaml =
      '應備證件:\n  項目: [申請書]\n  另須: [{名稱: 完成體檢, 條件: 首次申請}, {名稱: 預約, 條件: 團體參訪}]\n';
    const { documents } = own(yaml, { conditions: { 首次申請: true, 團體參訪: false } });
    expect(documents).toMatchObject({ beside: [{ name: '完成體檢' }] });
    expect(facts(documents)).not.toContain('首次申請');
  });
});
