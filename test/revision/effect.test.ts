// What a change means for the citizen, on changes that were labelled by hand. None that is heavier may be called neutral.
import { describe, expect, test } from 'vitest';
import { compare, heaviest } from '../../src/revision/compare.js';
import type { Effect } from '../../src/revision/effect.js';
import { editionOf, OFFICE } from './books.js';

type Fields = Readonly<Record<string, unknown>>;
type Labelled = readonly [what: string, before: Fields, after: Fields, effect: Effect];

const papers = (...items: unknown[]): Fields => ({ 應備證件: items });
const steps = (...middle: object[]): Fields => ({
  申請程序: [{ 開始: '提出申請', 權責: '申請人' }, ...middle, { 結束: '通知', 權責: '書記官' }],
});
const fee = (line: object): Fields => ({ 規費: { 明細: [{ 項目: '影印', ...line }] } });
const paper = (fields: object): Fields => papers({ 名稱: '身分證明文件', ...fields });
const limit = (fields: object): Fields => ({ 辦理時限: { 期限: '7 日', ...fields } });

const LABELLED: readonly Labelled[] = [
  // papers
  ['one more paper', papers('申請書'), papers('申請書', '戶籍謄本'), 'heavier'],
  ['one paper less', papers('申請書', '戶籍謄本'), papers('申請書'), 'lighter'],
  ['more copies', paper({ 份數: 1 }), paper({ 份數: 2 }), 'heavier'],
  ['fewer copies', paper({ 份數: 3 }), paper({ 份數: 1 }), 'lighter'],
  ['the original in place of a copy', paper({ 形式: '影本' }), paper({ 形式: '正本' }), 'heavier'],
  ['a copy in place of the original', paper({ 形式: '正本' }), paper({ 形式: '影本' }), 'lighter'],
  ['the original shown beside a copy', paper({ 形式: '影本' }), paper({ 形式: '驗正本收影本' }), 'heavier'],
  ['original or copy, where it was the original', paper({ 形式: '正本' }), paper({ 形式: '正本或影本' }), 'lighter'],
  ['to be of the last 3 months, not 6', paper({ 核發期限: '6 個月' }), paper({ 核發期限: '3 個月' }), 'heavier'],
  ['to be of the last 3 months, where it could be old', paper({}), paper({ 核發期限: '3 個月' }), 'heavier'],
  ['looked up by the office', paper({}), paper({ 免附: '由本分署查詢' }), 'lighter'],
  ['no longer looked up by the office', paper({ 免附: '由本分署查詢' }), paper({}), 'heavier'],
  ['only when someone else comes', paper({}), paper({ 條件: '委託他人時' }), 'lighter'],
  ['always, not only when someone else comes', paper({ 條件: '委託他人時' }), paper({}), 'heavier'],
  ['two papers for one', papers('國民身分證'), papers('國民身分證及戶口名簿'), 'heavier'],
  ['one of two papers for one', papers('國民身分證'), papers('國民身分證或健保卡'), 'lighter'],
  [
    'one more to choose from',
    papers({ 擇一: ['身分證', '護照'] }),
    papers({ 擇一: ['身分證', '護照', '駕照'] }),
    'lighter',
  ],
  [
    'one less to choose from',
    papers({ 擇一: ['身分證', '護照', '駕照'] }),
    papers({ 擇一: ['身分證', '護照'] }),
    'heavier',
  ],
  ['for all channels', paper({ 申請方式: ['臨櫃'] }), paper({}), 'heavier'],
  ['papers in another order', papers('甲證明', '乙文件'), papers('乙文件', '甲證明'), 'neutral'],
  ['a paper called 臺 and not 台', papers('台北市證明'), papers('臺北市證明'), 'neutral'],
  ['none any more', papers('申請書'), { 應備證件: '無' }, 'lighter'],
  // fee
  ['a higher fee', fee({ 金額: '2 元' }), fee({ 金額: '3 元' }), 'heavier'],
  ['a lower fee', fee({ 金額: '100 元' }), fee({ 金額: '80 元' }), 'lighter'],
  ['a fee where there was none', { 規費: '免費' }, { 規費: '100 元' }, 'heavier'],
  ['none where there was a fee', { 規費: '100 元' }, { 規費: '免費' }, 'lighter'],
  ['by the page, not by the copy', fee({ 金額: '2 元', 單位: '每份' }), fee({ 金額: '2 元', 單位: '每頁' }), 'heavier'],
  [
    'the poor pay too',
    { 規費: { 明細: ['100 元'], 減免: [{ 對象: '低收入戶', 減免內容: '免收' }] } },
    { 規費: { 明細: ['100 元'] } },
    'heavier',
  ],
  [
    'the poor pay nothing',
    { 規費: { 明細: ['100 元'] } },
    { 規費: { 明細: ['100 元'], 減免: [{ 對象: '低收入戶', 減免內容: '免收' }] } },
    'lighter',
  ],
  [
    'half, not nothing',
    { 規費: { 明細: ['100 元'], 減免: [{ 對象: '老人', 減免內容: '免收' }] } },
    { 規費: { 明細: ['100 元'], 減免: [{ 對象: '老人', 減免內容: '減半' }] } },
    'heavier',
  ],
  [
    'more for haste',
    { 規費: { 明細: ['100 元'], 加收: ['急件加收 300 元'] } },
    { 規費: { 明細: ['100 元'], 加收: ['急件加收 500 元'] } },
    'heavier',
  ],
  ['a higher ceiling', fee({ 金額: '2 元', 最高: '100 元' }), fee({ 金額: '2 元', 最高: '200 元' }), 'heavier'],
  [
    'one more way to pay',
    { 規費: { 明細: ['100 元'], 繳費方式: ['現金'] } },
    { 規費: { 明細: ['100 元'], 繳費方式: ['現金', '信用卡'] } },
    'lighter',
  ],
  [
    'one way less to pay',
    { 規費: { 明細: ['100 元'], 繳費方式: ['現金', '信用卡'] } },
    { 規費: { 明細: ['100 元'], 繳費方式: ['現金'] } },
    'heavier',
  ],
  ['a fee that is known now', { 規費: '待確認' }, { 規費: '100 元' }, 'neutral'],
  // deadline
  ['a longer wait', limit({}), limit({ 期限: '10 日' }), 'heavier'],
  ['a shorter wait', limit({}), limit({ 期限: '3 日' }), 'lighter'],
  ['working days for days', limit({}), limit({ 期限: '7 工作日' }), 'heavier'],
  ['not while you wait any more', { 辦理時限: '隨到隨辦' }, { 辦理時限: '1 日' }, 'heavier'],
  ['less time to correct', limit({ 補正: { 期限: '15 日' } }), limit({ 補正: { 期限: '7 日' } }), 'heavier'],
  ['more time to correct', limit({ 補正: { 期限: '7 日' } }), limit({ 補正: { 期限: '15 日' } }), 'lighter'],
  ['may be prolonged', limit({}), limit({ 延長: { 期限: '15 日' } }), 'heavier'],
  ['granted by silence no more', limit({ 逾期效果: '視為核准' }), limit({ 逾期效果: '視為駁回' }), 'heavier'],
  ['another office is asked', limit({}), limit({ 會辦加計: [{ 機關: '地政事務所', 期限: '5 日' }] }), 'heavier'],
  // who and how
  ['a channel less', { 申請方式: ['臨櫃', '郵寄'] }, { 申請方式: ['臨櫃'] }, 'heavier'],
  ['a channel more', { 申請方式: ['臨櫃'] }, { 申請方式: ['臨櫃', '線上'] }, 'lighter'],
  ['fewer may apply', { 申請人: ['義務人', '利害關係人'] }, { 申請人: ['義務人'] }, 'heavier'],
  ['more may apply', { 申請人: ['義務人'] }, { 申請人: ['義務人', '利害關係人'] }, 'lighter'],
  ['in person only', { 代理申請: '得委託他人辦理' }, { 代理申請: '不得委託他人，應親自辦理' }, 'heavier'],
  ['someone else may come', { 代理申請: '應親自辦理' }, { 代理申請: '得委託他人辦理' }, 'lighter'],
  ['open for a shorter time', { 辦理時間: '9:00–17:00' }, { 辦理時間: '9:00–16:00' }, 'heavier'],
  ['open for longer', { 辦理時間: '9:00–17:00' }, { 辦理時間: '8:00–17:00' }, 'lighter'],
  ['one more thing to have done before', {}, { 前置條件: ['繳清前案款項'] }, 'heavier'],
  ['suspended', {}, { 辦理狀態: '暫停辦理' }, 'heavier'],
  ['one more visit', { 最多洽辦次數: '1 次' }, { 最多洽辦次數: '2 次' }, 'heavier'],
  ['nothing to be done against it', { 救濟: ['聲明異議', '訴願'] }, { 救濟: ['聲明異議'] }, 'heavier'],
  ['another title of who decides', { 審核權責: '分署長' }, { 審核權責: '書記官' }, 'neutral'],
  ['another law', { 法令依據: ['行政執行法第9條'] }, { 法令依據: ['行政執行法第10條'] }, 'neutral'],
  ['another telephone', { 聯絡: { 電話: '00-0000-0000' } }, { 聯絡: { 電話: '00-0000-1111' } }, 'neutral'],
  // steps
  ['one more step for the applicant', steps(), steps({ 步驟: '到場說明', 權責: '申請人' }), 'heavier'],
  ['one step less for the applicant', steps({ 步驟: '到場說明', 權責: '申請人' }), steps(), 'lighter'],
  ['one more step within the office', steps(), steps({ 步驟: '登錄收文', 權責: '書記官' }), 'neutral'],
  [
    'a step takes longer',
    steps({ 步驟: '審查', 權責: '書記官', 時限: '1 日' }),
    steps({ 步驟: '審查', 權責: '書記官', 時限: '3 日' }),
    'heavier',
  ],
  [
    'less time for a step of the applicant',
    steps({ 步驟: '補正', 權責: '申請人', 時限: '7 日' }),
    steps({ 步驟: '補正', 權責: '申請人', 時限: '3 日' }),
    'heavier',
  ],
  [
    'paid at a step',
    steps({ 步驟: '收件', 權責: '書記官' }),
    steps({ 步驟: '收件', 權責: '書記官', 規費: '100 元' }),
    'heavier',
  ],
  // words
  [
    'a remark that binds',
    { 注意事項: '請準時到場。' },
    { 注意事項: '請準時到場。\n\n應攜帶正本，逾期不予受理。' },
    'heavier',
  ],
  ['a remark that frees', { 注意事項: '請準時到場。' }, { 注意事項: '請準時到場。\n\n得以線上方式辦理。' }, 'lighter'],
  ['a remark in other words', { 注意事項: '請準時到場。' }, { 注意事項: '請您準時到場。' }, 'neutral'],
  [
    'answers take longer, says a remark',
    { 注意事項: '本分署6日內回復。' },
    { 注意事項: '本分署10日內回復。' },
    'heavier',
  ],
];

const effectOf = (before: Parameters<typeof editionOf>[0], after: Parameters<typeof editionOf>[0]): Effect =>
  heaviest(compare(editionOf(before), editionOf(after)).subjects.map(({ effect }) => effect));
const service = (fields: Fields) => ({ services: { a: { 名稱: '甲', ...fields } } });

test('there are sixty of them, and more of each kind than five', () => {
  const of = (effect: Effect): number => LABELLED.filter(([, , , label]) => label === effect).length;
  expect(LABELLED.length).toBeGreaterThanOrEqual(60);
  expect([of('heavier'), of('lighter'), of('neutral')].every((n) => n > 5)).toBe(true);
});

describe('for the citizen it is', () => {
  test.each(LABELLED.map(([what, before, after, effect]) => ({ what, before, after, effect })))(
    '$effect: $what',
    ({ before, after, effect }) => {
      expect(effectOf(service(before), service(after))).toBe(effect);
    },
  );
  test('heavier: a service that is gone; lighter: one that came', () => {
    expect(effectOf(service({}), {})).toBe('heavier');
    expect(effectOf({}, service({}))).toBe('lighter');
  });
  test('heavier: the office takes more time to guide people, or is open for less', () => {
    const office = (fields: object) => ({ office: { ...OFFICE, ...fields } });
    expect(effectOf(office({}), office({ 服務標準: { 引導時限: '10 分鐘', 最多洽辦次數: '2 次' } }))).toBe('heavier');
    expect(effectOf(office({}), office({ 辦公時間: '週一至週五 9:00–17:00' }))).toBe('heavier');
    expect(effectOf(office({}), office({ 辦公時間: '週一至週五 8:00–17:30' }))).toBe('lighter');
  });
  test('heavier where one is worse off and another better', () => {
    expect(effectOf(service(paper({ 條件: '本人申請時' })), service(paper({ 條件: '法人申請時' })))).toBe('heavier');
  });
});
