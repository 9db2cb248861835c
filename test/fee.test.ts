import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LARGEST_AMOUNT, LARGEST_QUANTITY } from '../src/content/bounds.js';
import { charges, readFee, readFeeLine, tierFaults } from '../src/content/fee.js';
import { amountOf, readFormula, readMoney, readQuantity, readRate } from '../src/content/money.js';
import { parse } from '../src/content/parse.js';
import { Unreadable } from '../src/content/schema/schema.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { contentOf } from './office.js';

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

describe('an amount as clerks write it', () => {
  test.each([
    ['30元起', { amount: 30, open: true }],
    ['18.5–370 元', { amount: 18.5, most: 370 }],
    ['每件 18.5 至 370 元', { amount: 18.5, most: 370, per: '每件' }],
    ['新臺幣 1,000', { amount: 1000 }],
    ['1,000 新臺幣', { amount: 1000 }],
    ['1,000 元整', { amount: 1000 }],
    ['20 元/頁', { amount: 20, per: '每頁' }],
    ['每千元 8 元', { amount: 8, per: '每千元' }],
    ['港幣 370 元', { amount: 370, currency: '港元' }],
    ['370 港元', { amount: 370, currency: '港元' }],
    ['US$100', { amount: 100, currency: '美元' }],
    ['免規費', { amount: 0 }],
  ])('%s', (text, expected) => expect(readMoney(text)).toMatchObject(expected));
  test('a foreign sum is no sum of ours', () => expect(readMoney('100 元')).not.toHaveProperty('currency'));
  test.each([
    ['一萬五元', '五', '10,005', '15,000'],
    ['三百五元', '五', '305', '350'],
    ['1,5 元', ',', '100 元', '每份 100 元'],
    ['370–18.5 元', '18.5', '100 元', '每份 100 元'],
    ['100 公斤', '公', '100 元', '每份 100 元'],
  ])('%s is refused at %s, with two right ones', (text, sign, one, other) => {
    try {
      readMoney(text);
      expect.unreachable();
    } catch (error) {
      const { stop, hint, say } = error as Unreadable;
      expect(text.slice(stop?.at)).toMatch(new RegExp(`^${sign.replace('.', '\\.')}`));
      expect(say.zh).toContain(`「${sign[0]}」`);
      expect(hint?.zh).toContain(one);
      expect(hint?.zh).toContain(other);
    }
  });
  test('a number alone asks for its unit', () => {
    expect(() => readMoney('1000')).toThrow(Unreadable);
    try {
      readMoney('1000');
    } catch (error) {
      expect((error as Unreadable).hint?.zh).toContain('「1000 元」');
    }
  });
});

describe('a fee in one line', () => {
  test.each([
    ['工本費30元', { lines: [{ item: '工本費', amount: { amount: 30 } }] }],
    ['謄本每張 20 元', { lines: [{ item: '謄本', amount: { amount: 20, per: '每張' } }] }],
    ['每份100元（含郵資）', { lines: [{ amount: { amount: 100 }, note: '含郵資' }] }],
    ['100 元，低收入戶免收', { lines: [{}], exemptions: [{ who: '低收入戶', extent: '免收' }] }],
    ['100 元，網路 8 折', { lines: [{}], discounts: [{ channel: ['網路'], extent: '8 折' }] }],
    ['100 元，急件加倍', { lines: [{}], surcharges: [{ item: '急件', times: '加倍' }] }],
    ['100 元；急件加收 300 元', { lines: [{}], surcharges: [{ item: '急件', amount: { amount: 300 } }] }],
    ['低收入戶免收；其他人 100 元', { lines: [{ item: '其他人' }], exemptions: [{ who: '低收入戶' }] }],
    ['低收入戶免收', undefined],
    ['普通件 100 元，急件 300 元', { lines: [{ item: '普通件' }, { item: '急件', amount: { amount: 300 } }] }],
    ['每張100元、每頁2元', { lines: [{ per: '每張' }, { per: '每頁', amount: { amount: 2 } }] }],
    ['每筆 500 元；第 2 筆起每筆 300 元', { lines: [{ per: '每筆', fromNth: { nth: 2 } }] }],
    ['首份 100 元，加印每份 20 元', { lines: [{ per: '每份', fromNth: { nth: 2, amount: { amount: 20 } } }] }],
    ['第 1 張 20 元，第 2 張起每張 15 元', { lines: [{ per: '每張', amount: { amount: 20 } }] }],
    ['每份 100 元（第 2 份起每份 20 元）', { lines: [{ fromNth: { nth: 2, amount: { amount: 20 } } }] }],
    ['每月 100 元，未滿 1 個月以 1 個月計，最高 500 元', { lines: [{ begun: 'whole', most: { amount: 500 } }] }],
    ['100 元，另收郵資 28 元', { lines: [{}], surcharges: [{ item: '郵資', amount: { amount: 28 } }] }],
    ['100元外加郵資', { lines: [{}], surcharges: [{ item: '外加郵資' }] }],
    ['免收工本費', { free: true, note: '免收工本費' }],
    ['無須繳費。', { free: true }],
    ['10 英鎊', { lines: [{ amount: { amount: 10, currency: '英鎊' } }] }],
    ['10 新加坡幣', { lines: [{ amount: { amount: 10, currency: '新加坡元' } }] }],
    ['10 加幣', { lines: [{ amount: { amount: 10, currency: '加元' } }] }],
    ['100元~500元', { lines: [{ amount: { amount: 100, most: 500 } }] }],
    ['每筆 500 元，第 2 筆起每筆 300 元', { lines: [{ fromNth: { nth: 2, amount: { amount: 300 } } }] }],
    ['1,000 元，第 2 張起每張 15 元', { lines: [{ amount: { amount: 1000 }, fromNth: { nth: 2 } }] }],
  ])('%s', (text, expected) => {
    if (expected === undefined) expect(() => readFee(text, SPAN)).toThrow(Unreadable);
    else expect(readFee(text, SPAN)).toMatchObject(expected);
  });
});

test.each([
  ['人數 × 筆數 × 20 元', [['人數', '筆數', 20]]],
  ['100 元 ＋ 頁數 × 2 元', [[100], ['頁數', 2]]],
  ['基本費 100 元 + 公斤 * 3 元', [[100], ['公斤', 3]]],
])('the formula %s', (text, sum) => expect(readFormula(text).sum).toEqual(sum));
test.each(['20 元', '隨便', '人數 × ', '人數 ＝ 3', ''])('「%s」 is no formula', (text) =>
  expect(() => readFormula(text)).toThrow(Unreadable),
);
test.each([
  ['50 MB', 50],
  ['1,000 公斤', 1000],
])('the quantity %s', (text, n) => expect(readQuantity(text)).toBe(n));

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

describe('what is free', () => {
  test.each(['免費', '免收', '不收費', '免繳納', '免繳', '無', 'free', 'FREE', ' 免費 '])('%s', (text) =>
    expect(readFee(text, SPAN)).toEqual({ free: true }),
  );
  test.each(['不得免費', '原則免收', '免費停車', '免收但須繳郵資', '無法計算'])('「%s」 is not', (text) => {
    expect(() => readFee(text, SPAN)).toThrow(Unreadable);
    expect(() => readMoney(text)).toThrow(Unreadable);
  });
  test.each([
    ['不徵收執行費', true],
    ['亦不徵收執行費', false],
    ['不徵收執行費用', false],
    ['不徵收費', false],
  ])('「%s」: %s', (text, free) => {
    if (free) expect(readFee(text, SPAN)).toEqual({ free: true, note: text });
    else expect(() => readFee(text, SPAN)).toThrow(Unreadable);
  });
});

/** A number as it is said: 三十萬五千零二. */
function spelled(n: number): string {
  const digits = '零一二三四五六七八九';
  const below = (rest: number, places: readonly (readonly [number, string])[]): string => {
    let text = '';
    let left = rest;
    let gap = false;
    for (const [size, unit] of places) {
      const count = Math.floor(left / size);
      left %= size;
      if (count === 0) gap = text !== '';
      else {
        text += `${gap ? '零' : ''}${count < 10 ? digits[count] : below(count, SMALL)}${unit}`;
        gap = false;
      }
    }
    return text;
  };
  const SMALL = [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const;
  return below(n, [[100_000_000, '億'], [10_000, '萬'], ...SMALL]);
}

describe('any number', () => {
  const number = fc.integer({ min: 1, max: 9_999_999_999 });
  test('in words is what it says', () => {
    expect(spelled(350)).toBe('三百五十');
    expect(spelled(30_502)).toBe('三萬零五百零二');
    fc.assert(
      fc.property(number, (n) => {
        expect(amountOf(spelled(n))).toBe(n);
      }),
    );
  });
  test('in digits, with its thousands parted or not', () => {
    fc.assert(
      fc.property(number, (n) => {
        expect(amountOf(String(n))).toBe(n);
        expect(amountOf(n.toLocaleString('en-US'))).toBe(n);
      }),
    );
  });
  test('of 萬 and digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), fc.integer({ min: 1, max: 9 }), (n, thousands) => {
        expect(amountOf(`${n} 萬`)).toBe(n * 10_000);
        expect(amountOf(`${n} 萬 ${thousands} 千`)).toBe(n * 10_000 + thousands * 1000);
      }),
    );
  });
  test.each([
    ['三百萬', 3_000_000],
    ['十萬', 100_000],
    ['百元', Number.NaN],
    ['一百五十', 150],
    ['一百零五', 105],
  ])('%s', (text, expected) => expect(amountOf(text)).toEqual(expected));
});

describe('as much as there may be, and no more', () => {
  const rule = (work: () => unknown): string | undefined => {
    try {
      work();
      return undefined;
    } catch (error) {
      return (error as Unreadable).rule;
    }
  };
  test('an amount', () => {
    expect(readMoney(`${LARGEST_AMOUNT} 元`).amount).toBe(LARGEST_AMOUNT);
    expect(rule(() => readMoney(`${LARGEST_AMOUNT + 1} 元`))).toBe('out-of-bounds');
  });
  test('a quantity', () => {
    expect(readQuantity(`${LARGEST_QUANTITY}`)).toBe(LARGEST_QUANTITY);
    expect(rule(() => readQuantity(`${LARGEST_QUANTITY + 1}`))).toBe('out-of-bounds');
  });
  test('a share', () => {
    expect(readRate('100%').share).toBe(1);
    expect(rule(() => readRate('100.1%'))).toBe('out-of-bounds');
    expect(rule(() => readRate('千分之零'))).toBe('unreadable-fee');
    expect(readRate('每萬元 7 元').share).toBeCloseTo(0.0007, 10);
    expect(readRate('萬分之五').share).toBeCloseTo(0.0005, 10);
  });
  test('a text', () => {
    const padded = (length: number): string => `100${' '.repeat(length - 4)}元`;
    expect(readMoney(padded(80)).amount).toBe(100);
    expect(rule(() => readMoney(padded(81)))).toBe('unreadable-fee');
  });
  test('small coins', () => {
    expect(readMoney('5 角').amount).toBeCloseTo(0.5);
    expect(readMoney('5 分').amount).toBeCloseTo(0.05);
  });
  test('a number needs its unit or its currency', () => {
    expect(readMoney('$30').amount).toBe(30);
    expect(rule(() => readMoney('30'))).toBe('unreadable-fee');
  });
});

test('what is charged from the second copy on begins with the second', () => {
  expect(line('每份 100 元，第 2 份起 20 元')).toMatchObject({ fromNth: { nth: 2 } });
  expect(line('每份 100 元，自第三份起，每份 20 元')).toMatchObject({ fromNth: { nth: 3, amount: { per: '每份' } } });
  expect(line('每份 100 元')).not.toHaveProperty('fromNth');
});

test('a line charges where an amount, a share or tiers of it are more than nothing', () => {
  const of = (fields: object) => charges(fields as never);
  expect(of({})).toBe(false);
  expect(of({ amount: { amount: 0 } })).toBe(false);
  expect(of({ amount: { amount: 0.1 } })).toBe(true);
  expect(of({ rate: { share: 0 } })).toBe(false);
  expect(of({ rate: { share: 0.001 } })).toBe(true);
  expect(of({ tiers: [] })).toBe(false);
  expect(of({ tiers: [{}] })).toBe(true);
  expect(of({ amount: { unconfirmed: '待確認' } })).toBe(false);
});

test('tiers are compared where both bounds are known, from the second on', () => {
  expect(tierFaults([])).toEqual([]);
  expect(tierFaults([{ from: 5, below: 10 }])).toEqual([]);
  expect(tierFaults([{ below: 10 }, {}])).toEqual([]);
  expect(tierFaults([{ below: 50 }, { from: 60, below: 100 }, { from: 99 }])).toEqual([
    { kind: 'gap', index: 1 },
    { kind: 'overlap', index: 2 },
  ]);
});

describe('a fee as clerks write it out', () => {
  const feeOf = (written: string) => {
    const text = `名稱: 甲\n應備證件: 無\n規費: ${written}\n辦理時限: 3 日\n審核權責: 分署長\n`;
    const { faults, services } = parse(contentOf({ 'services/a.yaml': text }));
    expect(faults).toEqual([]);
    return services[0]?.fee;
  };
  test.each([
    ['{金額: 100 元, 單位: 每份}', { lines: [{ amount: { amount: 100 }, per: '每份' }] }],
    ['{金額: 100 元, 加收: 急件加倍}', { lines: [{}], surcharges: [{ item: '急件' }] }],
    [
      '[護照：1,300 元, 急件加收 300 元, 低收入戶免收]',
      { lines: [{ item: '護照' }], surcharges: [{ item: '急件' }], exemptions: [{ who: '低收入戶' }] },
    ],
    [
      '{明細: [護照：1,300 元, 學生半價], 減免: 低收入戶半價、身心障礙者免費}',
      { lines: [{}], exemptions: [{ who: '低收入戶' }, { who: '身心障礙者', extent: '免費' }, { who: '學生' }] },
    ],
    ['{明細: [護照：1 元], 加收: 急件 300 元}', { surcharges: [{ item: '急件', amount: { amount: 300 } }] }],
    ['{明細: [護照：1 元], 加收: 速件每件加收 200 元}', { surcharges: [{ item: '速件', per: '每件' }] }],
    ['[{項目: 護照, 金額: 100 元, 續份: 每筆 300 元}]', { lines: [{ fromNth: { amount: { amount: 300 } } }] }],
  ])('%s', (written, expected) => expect(feeOf(written)).toMatchObject(expected));
});

describe('charges in a line', () => {
  const charged = (text: string) => {
    const { services, faults } = parse(contentOf({ 'services/a.yaml': `名稱: 甲\n規費: ${text}\n` }), parseMarkdown);
    expect(faults.map(({ message }) => message.en)).toEqual([]);
    const fee = services[0]?.fee as { lines?: { item?: string; amount?: { amount: number } }[] } | undefined;
    return fee?.lines?.map(({ item, amount }) => `${item ?? ''} ${amount?.amount}`);
  };
  test.each([
    ['普通件：100 元、急件：300 元', ['普通件 100', '急件 300']],
    ['普通件： 100 元、急件： 300 元', ['普通件 100', '急件 300']],
    ['普通件 100 元，急件 300 元', ['普通件 100', '急件 300']],
    ['普通件 1,000 元，急件 3,000 元', ['普通件 1000', '急件 3000']],
    ['首份 100 元，加印每份 20 元', [' 100']],
    ['首份 100 元，續份每份 20 元', [' 100']],
  ])('%s', (text, lines) => expect(charged(text)).toEqual(lines));
});

describe('a tier in a line', () => {
  const tiers = (...lines: string[]) => {
    const yaml = `名稱: 甲\n規費: {明細: [{項目: 登記費, 級距: [${lines.map((line) => `"${line}"`).join(', ')}]}]}\n`;
    const { services, faults } = parse(contentOf({ 'services/a.yaml': yaml }), parseMarkdown);
    const fee = services[0]?.fee as { lines?: { tiers?: Record<string, unknown>[] }[] } | undefined;
    const read = fee?.lines?.[0]?.tiers ?? [];
    return { faults: faults.length, tiers: read.map(({ at: _, cited: _c, unread: _u, ...tier }) => tier) };
  };
  test('is from where to where, and a sum or a rate', () => {
    expect(tiers('未滿 10,000 元：免費', '10,000 元以上未滿 50,000 元：200 元', '50,000 元以上：1‰')).toMatchObject({
      faults: 0,
      tiers: [
        { below: 10_000, amount: { amount: 0 } },
        { from: 10_000, below: 50_000, amount: { amount: 200 } },
        { from: 50_000, rate: { share: 0.001 } },
      ],
    });
    expect(tiers('未滿 10,000 元：千分之二').tiers).toMatchObject([{ below: 10_000, rate: { share: 0.002 } }]);
  });
  test('has 120 characters at most', () => {
    const line = (length: number) => `未滿 10 元：${' '.repeat(length - '未滿 10 元：2 元'.length)}2 元`;
    expect(tiers(line(120))).toMatchObject({ faults: 0, tiers: [{ below: 10, amount: { amount: 2 } }] });
    expect(tiers(line(121)).faults).toBe(1);
  });
});
