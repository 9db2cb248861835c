// What one person is answered: which documents, how much, by when, and what is to be asked next.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answer } from '../src/content/answer/answer.js';
import { combinationsOf, valuesOf, withValue } from '../src/content/answer/combinations.js';
import { decimalOf, digitsOf, plus, rounded, times } from '../src/content/answer/decimal.js';
import { type Given, personOf } from '../src/content/answer/given.js';
import { keyOfQuestion, type Person } from '../src/content/answer/person.js';
import { replayed } from '../src/content/answer/replayed.js';
import { parse } from '../src/content/parse.js';
import type { Service } from '../src/content/schema/service.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { contentOf } from './office.js';
import { randomService } from './random-service.js';

function serviceOf(yaml: string): Service {
  const handbook = parse(contentOf({ 'services/one.yaml': `名稱: 檔案應用\n${yaml}` }), parseMarkdown);
  const service = handbook.services.find(({ id }) => id === 'one');
  if (!service) throw new Error(JSON.stringify(handbook.faults.map(({ message }) => message.en)));
  return service;
}
const names = (service: Service, person: Person): string[] =>
  answer(service, person).documents.map(({ document }) => document.name ?? '');
const asked = (service: Service, person: Person = {}): string[] => answer(service, person).questions.map(keyOfQuestion);
/** 100, 18.5–370, 30+, or why there is no sum. */
const total = (yaml: string, person: Person = {}): string => {
  const { totals, reason } = answer(serviceOf(`規費:\n${yaml}`), person).fee;
  return totals.length === 0
    ? String(reason)
    : totals
        .map(
          ({ amount, most, open, currency }) =>
            `${amount}${most === undefined ? '' : `–${most}`}${open ? '+' : ''}${currency === '新臺幣' ? '' : ` ${currency}`}`,
        )
        .join(' ');
};

describe('documents', () => {
  const service = serviceOf(`申請方式: [臨櫃, 網路]
申請人: [本國法人, 團體, 一般民眾]
應備證件:
  - 申請書
  - {名稱: 委任書, 條件: 委託他人時}
  - {名稱: 電子憑證, 管道: [網路]}
  - {名稱: 代表人資料, 條件: 法人或團體申請時}
  - {名稱: 低收入戶證明, 條件: 低收入戶}
`);
  test('are those whose conditions hold', () => {
    const person: Person = {
      applicant: '團體',
      representation: '代理人',
      channel: '網路',
      conditions: { 低收入戶: false },
    };
    expect(names(service, person)).toEqual(['申請書', '委任書', '電子憑證', '代表人資料']);
    expect(asked(service, person)).toEqual([]);
    expect(names(service, { ...person, applicant: '一般民眾', representation: '本人', channel: '臨櫃' })).toEqual([
      '申請書',
    ]);
  });
  test('that depend on an answer make it asked, a choice before a condition', () => {
    expect(asked(service)).toEqual(['applicant', 'representation', 'channel', 'condition 低收入戶']);
    expect(answer(service, {}).questions[0]).toMatchObject({ answers: ['本國法人', '團體', '一般民眾'] });
  });
  test('of another channel ask nothing about their condition', () => {
    const two = serviceOf(
      '申請方式: [臨櫃, 網路]\n應備證件:\n  - {名稱: 印章, 管道: [臨櫃], 條件: 未簽名}\n  - 申請書\n',
    );
    expect(asked(two)).toEqual(['channel']);
    expect(asked(two, { channel: '網路' })).toEqual([]);
    expect(asked(two, { channel: '臨櫃' })).toEqual(['condition 未簽名']);
  });
  test('of a condition that only begins like a channel are asked for in its own words', () => {
    const two = serviceOf(
      '申請方式: [書面, 電話]\n應備證件:\n  - {名稱: 陳情書, 條件: 以書面陳情時}\n  - {名稱: 收據, 條件: 書面通知補正者}\n',
    );
    expect(asked(two, { channel: '電話' })).toEqual(['condition 書面通知補正者']);
    expect(names(two, { channel: '書面', conditions: { 書面通知補正者: false } })).toEqual(['陳情書']);
  });
  test('that agents bring are theirs alone', () => {
    const two = serviceOf(
      '應備證件: 無\n可代理的人: [{對象: 配偶, 應備證件: [戶口名簿]}, {對象: 律師, 應備證件: [委任狀]}]\n',
    );
    expect(names(two, { representation: '律師' })).toEqual(['委任狀']);
    expect(answer(two, { representation: '本人' }).documentsReason).toBe('none-needed');
  });
  test('of a sub-service stand in place of those of the service', () => {
    const two = serviceOf('應備證件: [申請書]\n子項目:\n  - {名稱: 新領, 應備證件: [照片]}\n  - 名稱: 補發\n');
    expect(asked(two)).toEqual(['variant']);
    expect(names(two, { variant: '新領' })).toEqual(['照片']);
    expect(names(two, { variant: '補發' })).toEqual(['申請書']);
  });
  test('that the office looks up are told as such, those of somebody else are not asked for', () => {
    const two = serviceOf('應備證件:\n  - {名稱: 戶籍謄本, 免附: 由本機關查詢}\n  - {名稱: 印鑑, 免附: 已建檔者}\n');
    expect(answer(two, { conditions: { 已建檔者: true } }).documents).toMatchObject([{ waived: '由本機關查詢' }]);
    expect(names(two, { conditions: { 已建檔者: false } })).toEqual(['戶籍謄本', '印鑑']);
  });
  test.each([
    ['應備證件: 無', 'none-needed'],
    ['應備證件: 待確認', 'unconfirmed'],
    ['規費: 免費', 'undeclared'],
    ['應備證件: [{名稱: 印章, 條件: 未簽名}]', 'asked'],
  ])('%s: there are none, and why', (yaml, reason) => {
    expect(answer(serviceOf(yaml), {})).toMatchObject({ documents: [], documentsReason: reason });
  });
});

describe('a fee', () => {
  const copy = (n: number): Person => ({ quantities: { 影印: n } });
  test('is exact', () => {
    expect(digitsOf(plus(decimalOf(0.1), decimalOf(0.2)))).toBe('0.3');
    expect(digitsOf(times(decimalOf(0.7000000000000001), decimalOf(3)))).toBe('2.1');
    expect(total('  明細: [{項目: 影印, 金額: 7 角, 單位: 每頁}]\n', copy(3))).toBe('2.1');
  });
  test('of tenths that are multiplied has no more digits than it must', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 0, max: 9999 }), (tenths, n) => {
        const product = BigInt(tenths) * BigInt(n);
        expect(digitsOf(times(decimalOf(tenths / 10), decimalOf(n)))).toBe(
          `${product / 10n}${product % 10n === 0n ? '' : `.${product % 10n}`}`,
        );
      }),
    );
  });
  test.each([
    ['half-up', '2.5', '3'],
    ['down', '2.9', '2'],
    ['up', '2.1', '3'],
  ] as const)('is rounded %s', (how, n, to) => {
    expect(digitsOf(rounded(decimalOf(Number(n)), how))).toBe(to);
  });
  test('is added up by lines, each by its unit', () => {
    const yaml = '  明細: [{項目: 影印, 金額: 2 元, 單位: 每頁}, {項目: 處理費, 金額: 50 元}]\n';
    expect(total(yaml, copy(10))).toBe('70');
    expect(total(yaml, copy(0))).toBe('50');
    expect(total(yaml)).toBe('asked');
  });
  test('of a unit that has only begun is counted as the content says, else it is no number', () => {
    const yaml = '  明細: [{項目: 影印, 金額: 20 元, 單位: 每 2 小時}]\n';
    expect(total(yaml, copy(4))).toBe('40');
    expect(total(yaml, copy(3))).toBe('unconfirmed');
    expect(total(yaml.replace('}', ', 不足一單位: 以一單位計}'), copy(3))).toBe('40');
    expect(total(yaml.replace('}', ', 不足一單位: 不計}'), copy(3))).toBe('20');
    expect(total(yaml.replace('}', ', 不足一單位: 按比例計}'), copy(3))).toBe('30');
  });
  test('from the second on is another', () => {
    const yaml = '  明細: [{項目: 影印, 金額: 100 元, 單位: 每份, 續份: 第 2 份起每份 20 元}]\n';
    expect([1, 2, 3].map((n) => total(yaml, copy(n)))).toEqual(['100', '120', '140']);
  });
  test('of which some cost five times as much asks how many', () => {
    const service = serviceOf('規費:\n  明細: [{項目: 影印, 金額: 2 元, 單位: 每頁, 倍數: 彩色為5倍}]\n');
    expect(asked(service, copy(10))).toEqual(['quantity 影印：彩色']);
    const person = { quantities: { 影印: 10, '影印：彩色': 3 } };
    expect(answer(service, person).fee.totals).toEqual([{ amount: '44', currency: '新臺幣' }]);
  });
  test('by tiers, by a rate with its least and most, by a formula', () => {
    const tiers =
      '  明細: [{項目: 影印, 計費基礎: 坪數, 級距: [{未滿: 10, 金額: 100 元}, {以上: 10, 金額: 300 元}]}]\n';
    expect(total(tiers, { quantities: { 坪數: 9 } })).toBe('100');
    expect(total(tiers, { quantities: { 坪數: 10 } })).toBe('300');
    const rate = '  明細: [{計費基礎: 標的金額, 費率: 千分之七, 最低: 100 元, 最高: 5,000 元}]\n';
    expect([1000, 100_001, 9_000_000].map((n) => total(rate, { quantities: { 標的金額: n } }))).toEqual([
      '100',
      '700.007',
      '5000',
    ]);
    expect(total('  明細: [{計算式: 人數 × 筆數 × 20 元}]\n', { quantities: { 人數: 2, 筆數: 3 } })).toBe('120');
  });
  test('of a later tier with a rate is no number: nobody said whether it is on the whole', () => {
    const yaml = '  明細: [{項目: 影印, 計費基礎: 價額, 級距: [{未滿: 1000, 費率: 1%}, {以上: 1000, 費率: 0.5%}]}]\n';
    expect(total(yaml, { quantities: { 價額: 500 } })).toBe('5');
    expect(total(yaml, { quantities: { 價額: 2000 } })).toBe('unconfirmed');
  });
  test('may be a frame, open above, and in several currencies', () => {
    expect(total('  明細: [{項目: 影印, 金額: 18.5–370 元}, {項目: 乙, 金額: 1 元}]\n')).toBe('19.5–371');
    expect(total('  明細: [{項目: 影印, 金額: 30 元起}]\n')).toBe('30+');
    expect(total('  明細: [{項目: 甲, 金額: 10 美元}, {項目: 乙, 金額: 1 元}]\n')).toBe('10 美元 1');
  });
  test('is raised for the urgent and lowered for those it is let off', () => {
    const yaml =
      '  明細: [{項目: 謄本, 金額: 100 元}]\n  加收: [急件加倍]\n  減免: [低收入戶免收, 學生減半]\n  優惠: [{申請方式: [網路], 減免內容: 8 折}]\n';
    const when = (conditions: Record<string, boolean>, channel = '臨櫃'): string =>
      total(yaml, { channel, conditions: { 急件: false, 低收入戶: false, 學生: false, ...conditions } });
    expect(when({})).toBe('100');
    expect(when({ 急件: true })).toBe('200');
    expect(when({ 急件: true, 學生: true })).toBe('100');
    expect(when({ 低收入戶: true })).toBe('0');
    expect(when({ 低收入戶: true, 學生: true, 急件: true })).toBe('0');
    expect(when({}, '網路')).toBe('80');
    // Whether one is taken off the other nobody said.
    expect(when({ 學生: true }, '網路')).toBe('unconfirmed');
  });
  test('has no sum where a relief cannot be read, or is by the piece', () => {
    const fee = (relief: string) =>
      total(`  明細: [{項目: 謄本, 金額: 100 元}]\n  減免: [${relief}]\n`, { conditions: { 學生: true } });
    expect(fee('{對象: 學生, 減免內容: 酌予減收}')).toBe('unconfirmed');
    expect(fee('{對象: 學生, 減免內容: 減收 20 元}')).toBe('80');
  });
  test('of which one charge has no name is let off by name where the name is', () => {
    const fee = (charged: string) =>
      total(`  明細: [{金額: 100 元}, {項目: 影印, 金額: 10 元}]\n  減免: [{對象: 學生, 減免內容: 免收${charged}}]\n`, {
        conditions: { 學生: true },
      });
    expect(fee(', 適用項目: [影印]')).toBe('100');
    expect(fee(', 適用項目: [郵費]')).toBe('110');
    expect(fee('')).toBe('0');
    expect(fee(', 除外: 影印')).toBe('10');
  });
  test('is never made of an unknown', () => {
    expect(total('  明細: [{項目: 甲, 金額: 100 元}, {項目: 乙, 金額: 待確認}]\n')).toBe('unconfirmed');
    expect(
      total('  明細: [{項目: 甲, 金額: 100 元}]\n  加收: [{項目: 郵費, 說明: 實支}]\n', { conditions: { 郵費: true } }),
    ).toBe('unconfirmed');
    expect(
      total('  明細: [{項目: 甲, 金額: 100 元}]\n  加收: [{項目: 郵費, 說明: 實支}]\n', {
        conditions: { 郵費: false },
      }),
    ).toBe('100');
    expect(answer(serviceOf('規費: 待確認（未公開）'), {}).fee).toMatchObject({
      reason: 'unconfirmed',
      unconfirmed: '待確認（未公開）',
    });
  });
  test('that does not hold on the day is left out', () => {
    const yaml = '  明細: [{項目: 甲, 金額: 100 元}, {項目: 乙, 金額: 5 元, 迄日: 2026-12-31}]\n';
    expect(total(yaml, { date: '2026-12-31' })).toBe('105');
    expect(total(yaml, { date: '2027-01-01' })).toBe('100');
  });
});

describe('a limit', () => {
  const limit = (yaml: string, person: Person = {}): string => {
    const found = answer(serviceOf(`${yaml}`), person).limit;
    return found.immediate
      ? 'immediate'
      : (found.limit?.printed ?? String(found.reason)) + found.extra.map(({ printed }) => `+${printed}`).join('');
  };
  test('is that of the case and the channel, else that of the office', () => {
    const yaml =
      '申請方式: [臨櫃, 郵寄]\n辦理時限:\n  期限: 9 日\n  依案件: [{案件: 急件, 期限: 2 日}, {案件: 急件, 管道: 郵寄, 期限: 3 日}]\n';
    expect(limit(yaml)).toBe('asked');
    expect(limit(yaml, { case: '急件', channel: '臨櫃' })).toBe('2 日');
    expect(limit(yaml, { case: '急件', channel: '郵寄' })).toBe('3 日');
    expect(limit(yaml, { case: '其他' })).toBe('9 日');
  });
  test('of stages is the last of those that begin together, and the sum of those one after another', () => {
    const yaml = '辦理時限:\n  階段: [甲：3 日, 乙：7 日]\n  計算方式: 同一起算\n';
    expect(limit(yaml)).toBe('7 日');
    expect(limit(yaml.replace('同一起算', '接續'))).toBe('10 日');
  });
  test('grows where another office is asked', () => {
    const yaml =
      '辦理時限:\n  期限: 3 工作日\n  會辦加計: [{機關: 消防局, 期限: 2 工作日}, {案件: 會勘, 期限: 1 個月}]\n';
    expect(limit(yaml, { conditions: { 消防局: true, 會勘: true } })).toBe('5 工作日+1 個月');
    expect(limit(yaml, { conditions: { 消防局: false, 會勘: false } })).toBe('3 工作日');
    expect(limit(yaml)).toBe('asked');
  });
  test.each([
    ['辦理時限: 待確認', 'unconfirmed'],
    ['辦理時限: 隨到隨辦', 'immediate'],
    ['規費: 免費', 'undeclared'],
    ['辦理時限: {不定期限: 依法院進度}', 'open'],
    ['辦理時限: {期限: 待確認, 法定: 30 日}', 'unconfirmed'],
    ['辦理時限: {法定: 30 日}', '30 日'],
  ])('%s: %s', (yaml, said) => {
    expect(limit(yaml)).toBe(said);
  });
});

describe('what the applicant does', () => {
  const steps = (label: string, applicant = '', decided = '文件齊備？') =>
    answer(
      serviceOf(`${applicant}申請程序:
  - {開始: 提出申請（義務人）}
  - 判斷: ${decided}
    權責: 書記官
    分支:
      是: [{步驟: 審查, 權責: 書記官, 接: end}]
      ${label}: [{步驟: 補正（義務人）, 接: end}]
  - {結束: 通知, 編號: end}
`),
      {},
    ).steps.map(({ text, when }) => [text, ...when].join(' | '));
  test('is told with what was decided, where the answer alone says nothing', () => {
    expect(steps('否')).toEqual(['提出申請', '補正 | 文件齊備：否']);
    expect(steps('No')).toEqual(['提出申請', '補正 | 文件齊備：No']);
    expect(steps('欠缺委任書')).toEqual(['提出申請', '補正 | 欠缺委任書']);
  });
  test('is nothing that the office does', () => {
    const begun = answer(
      serviceOf(
        '申請程序:\n  - {開始: 收件, 權責: 書記官}\n  - {步驟: 補正（申請人）}\n  - {結束: 通知, 權責: 書記官}\n',
      ),
      {},
    );
    expect(begun.steps.map(({ text }) => text)).toEqual(['補正']);
  });
});

describe('what is said of a person', () => {
  const service = serviceOf(
    '申請方式: [書面, 電話]\n應備證件:\n  - {名稱: 陳情書, 條件: 以書面陳情時}\n  - {名稱: 證明, 條件: 低收入戶}\n規費: [{項目: 影印, 金額: 2 元, 單位: 每頁}]\n',
  );
  const said = (given: Given): string =>
    personOf(service, given)
      .faults.map(({ say }) => say.zh)
      .join('\n');
  test('is refused with the choices where it is none of them', () => {
    expect(said({ channel: '傳真' })).toBe('「檔案應用」沒有「傳真」這個申請方式，可選：「書面」「電話」。');
    expect(said({ case: '急件' })).toContain('不分案件');
    expect(said({ conditions: ['中收入戶'] })).toContain('是不是「低收入戶」');
    expect(said({ date: '115年13月1日' })).toContain('不是日期');
    expect(said({ quantities: [{ name: '影印', number: '' }] })).toContain('要寫多少');
    expect(said({ quantities: [{ name: '影印', number: '0' }] })).toContain('要大於 0');
    expect(said({ quantities: [{ name: '照片', number: '2' }] })).toContain('可選：「影印」');
    expect(said({ quantities: [{ name: '影印', number: '9'.repeat(400) }] })).toContain('要寫多少');
    expect(said({ quantities: [{ name: '影印', number: '-3' }] })).toContain('要寫多少');
  });
  test('is refused where two things exclude each other', () => {
    expect(said({ channel: '電話', conditions: ['以書面陳情時'] })).toContain('互相排斥');
    expect(said({ conditions: ['低收入戶'], not: ['低收入戶'] })).toContain('不能同時');
    expect(said({ channel: '書面', not: ['以書面陳情時'] })).toContain('申請方式應為別的');
    expect(
      said({
        quantities: [
          { name: '影印', number: '2' },
          { name: '影印', number: '3' },
        ],
      }),
    ).toContain('兩個數量');
    const two = serviceOf(
      '申請方式: [書面, 電話]\n應備證件:\n  - {名稱: 甲, 條件: 以書面陳情時}\n  - {名稱: 乙, 條件: 以電話陳情時}\n',
    );
    const { faults } = personOf(two, { conditions: ['以書面陳情時', '以電話陳情時'] });
    expect(faults.map(({ say }) => say.zh)).toEqual(['「以電話陳情時」與「以書面陳情時」互相排斥；留下一個。']);
  });
  test('is taken where it is right', () => {
    expect(
      personOf(service, {
        channel: '電話',
        not: ['低收入戶'],
        quantities: [{ name: '影印', number: '３ 頁' }],
        date: '115年11月23日',
      }),
    ).toEqual({
      person: { channel: '電話', conditions: { 低收入戶: false }, quantities: { 影印: 3 }, date: '2026-11-23' },
      faults: [],
    });
  });
});

describe('replies', () => {
  const service = serviceOf(
    '申請方式: [書面, 電話]\n應備證件:\n  - {名稱: 陳情書, 條件: 以書面陳情時}\n  - {名稱: 證明, 條件: 低收入戶}\n  - {名稱: 切結書, 條件: 遺失時}\n規費: [{項目: 影印, 金額: 2 元, 單位: 每頁}]\n',
  );
  const reply = (key: string, value: string) => ({ key, value });
  test('are taken where they are asked for, in the order of the questions', () => {
    const {
      person,
      taken,
      answer: found,
    } = replayed(service, [reply('condition 遺失時', 'no'), reply('channel', '電話'), reply('no such', '1')]);
    expect(taken.map(({ reply: each }) => each.key)).toEqual(['channel']);
    expect(person).toEqual({ channel: '電話' });
    expect(found.questions[0]).toMatchObject({ kind: 'condition', text: '低收入戶' });
  });
  test('that cannot be answers are told', () => {
    expect(replayed(service, [reply('channel', '傳真')]).refused).toEqual(reply('channel', '傳真'));
    const whole = [reply('channel', '電話'), reply('rest', 'no'), reply('quantity 影印', '0')];
    expect(replayed(service, whole).refused?.value).toBe('0');
  });
  test('"none of the rest" answers every condition', () => {
    const { person, answer: found } = replayed(service, [
      reply('channel', '書面'),
      reply('rest', 'no'),
      reply('quantity 影印', '３'),
    ]);
    expect(found.questions).toEqual([]);
    expect(person).toEqual({
      channel: '書面',
      conditions: { 低收入戶: false, 遺失時: false },
      quantities: { 影印: 3 },
    });
  });
});

describe('every combination', () => {
  test('is found, those that nothing tells apart once', () => {
    const service = serviceOf(
      '申請方式: [臨櫃, 網路]\n應備證件:\n  - {名稱: 印章, 管道: [臨櫃], 條件: 未簽名}\n  - 申請書\n',
    );
    expect(combinationsOf(service).all.map(({ person }) => person)).toEqual([
      { channel: '臨櫃', conditions: { 未簽名: true } },
      { channel: '臨櫃', conditions: { 未簽名: false } },
      { channel: '網路' },
    ]);
  });
  test('above 500 holds every two answers that go together', () => {
    const yaml = Array.from({ length: 10 }, (_, i) => `  - {名稱: 證件${i}, 條件: 情形${i}}`).join('\n');
    const { all, pairwise } = combinationsOf(serviceOf(`應備證件:\n${yaml}\n`));
    expect(pairwise).toBe(true);
    expect(all.length).toBeLessThan(20);
    for (let a = 0; a < 10; a += 1)
      for (let b = a + 1; b < 10; b += 1)
        for (const [x, y] of [
          [true, true],
          [true, false],
          [false, true],
          [false, false],
        ])
          expect(
            all.some(({ person }) => person.conditions?.[`情形${a}`] === x && person.conditions?.[`情形${b}`] === y),
          ).toBe(true);
  });
  test('answered in any order comes to the same', () => {
    const { yaml } = randomService(77, 0.3, 2);
    const service = parse(contentOf({ 'services/one.yaml': yaml }), parseMarkdown).services.find(
      ({ id }) => id === 'one',
    ) as Service;
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), (choices) => {
        let person: Person = {};
        for (let i = 0; ; i += 1) {
          const { questions } = answer(service, person);
          if (questions.length === 0) break;
          const question = questions[(choices[i % 60] ?? 0) % questions.length] as (typeof questions)[number];
          const values = valuesOf(question);
          const value = values[(choices[(i + 1) % 60] ?? 0) % values.length] as (typeof values)[number];
          person = withValue(person, question, value);
        }
        expect(answer(service, person)).toEqual(answer(service, structuredClone(person)));
        expect(answer(service, person).questions).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
