import { describe, expect, test } from 'vitest';
import { amountOf, readFee, readFeeLine, readMoney, readQuantity, readRate, tierFaults } from '../src/content/fee.js';
import { Unreadable } from '../src/content/schema/schema.js';

const SPAN = { file: 'services/a.yaml', start: 0, end: 0 } as never;
const line = (text: string) => readFeeLine(text, SPAN);

test.each([
  ['1,500', 1500],
  ['一千五百', 1500],
  ['壹仟伍佰', 1500],
  ['1 萬 5 千', 15_000],
  ['3萬', 30_000],
  ['十二', 12],
  ['二十', 20],
  ['一百零五', 105],
  ['１００', 100],
  ['2 億 3,000 萬', 230_000_000],
  ['3 萬 500', 30_500],
  ['二十萬三千零五', 203_005],
  ['一百一十五', 115],
  ['0.5', 0.5],
])('the number %s', (text, expected) => expect(amountOf(text)).toBe(expected));
test.each([
  '',
  '約百',
  'x',
  '元',
  '1.2.3',
  '千'.repeat(40),
  '1,00',
  '1,0000',
  '10000,000',
  ',5',
  '一百五',
  '1 萬 5',
  '一千萬億',
  '五百三千',
])('「%s」 is no number', (text) => expect(amountOf(text)).toBeNaN());

describe('an amount', () => {
  test.each([
    ['100 元', 100, undefined],
    ['新臺幣 1,000 元整', 1000, undefined],
    ['NT$30', 30, undefined],
    ['每份 100 元', 100, '每份'],
    ['每 2 小時 20 元', 20, '每 2 小時'],
    ['免費', 0, undefined],
    ['免收', 0, undefined],
    ['3 角', 0.3, undefined],
    ['壹佰元', 100, undefined],
  ])('%s', (text, amount, per) => {
    const money = readMoney(text);
    expect(money.amount).toBeCloseTo(amount);
    expect(money.per).toBe(per);
    expect(money.printed).toBe(text);
  });
  test.each([
    '',
    '100',
    '依規定',
    '元',
    '一些錢',
    '100 公斤',
    'x'.repeat(100),
    '1,00 元',
    '每份100元第2份起20元',
    '每份一百元，第二份二十元',
  ])('「%s」 is none', (text) => expect(() => readMoney(text)).toThrow(Unreadable));
});

test.each([
  ['1‰', 0.001],
  ['0.1%', 0.001],
  ['千分之一', 0.001],
  ['百分之二', 0.02],
  ['每百元 7 角', 0.007],
  ['每千元 8 元', 0.008],
])('the rate %s', (text, share) => expect(readRate(text).share).toBeCloseTo(share, 10));
test('no rate', () => expect(() => readRate('一成')).toThrow(Unreadable));
test('a quantity with its unit', () => expect(readQuantity('3 萬元')).toBe(30_000));

describe('one line of a fee', () => {
  test.each(['每份 100 元，第 0 份起 20 元', '每份 100 元，第 1 份起 20 元'])('%s is none', (text) =>
    expect(() => line(text)).toThrow(Unreadable),
  );
  test('named', () =>
    expect(line('影印：每頁 2 元')).toMatchObject({ item: '影印', amount: { amount: 2, per: '每頁' } }));
  test('from the nth copy', () =>
    expect(line('每份 100 元，第 2 份起每份 20 元')).toMatchObject({
      amount: { amount: 100 },
      fromNth: { nth: 2, amount: { amount: 20 } },
    }));
  test('a share of a base', () =>
    expect(line('標的金額千分之一')).toMatchObject({ base: '標的金額', rate: { share: 0.001 } }));
  test('free is said, in whatever word', () => {
    expect(readFee('免費', SPAN)).toEqual({ free: true });
    expect(readFee('不徵收執行費', SPAN)).toEqual({ free: true, note: '不徵收執行費' });
  });
  test('several in one line', () => expect(readFee('每份 100 元；影印：每頁 2 元', SPAN).lines).toHaveLength(2));
  test('what is no fee says how one looks', () => {
    expect(() => readFee('依規定收取', SPAN)).toThrow(Unreadable);
    expect(() => readFee('x'.repeat(400), SPAN)).toThrow(Unreadable);
  });
});

test('tiers that leave a hole or overlap', () => {
  expect(tierFaults([{ from: 0, below: 10 }, { from: 10 }])).toEqual([]);
  expect(tierFaults([{ from: 0, below: 10 }, { from: 11 }])).toEqual([{ kind: 'gap', index: 1 }]);
  expect(tierFaults([{ from: 0, below: 10 }, { from: 9 }])).toEqual([{ kind: 'overlap', index: 1 }]);
  expect(tierFaults([{ from: 0 }, { from: 9 }])).toEqual([{ kind: 'overlap', index: 1 }]);
});
