import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LONGEST_TIME } from '../src/content/bounds.js';
import {
  addDurations,
  compareDurations,
  halfWidth,
  readCorrection,
  readDeadline,
  readDuration,
  readNamedLimit,
  readProlong,
  readStatutory,
} from '../src/content/duration.js';
import { parse } from '../src/content/parse.js';
import { Unreadable } from '../src/content/schema/schema.js';
import { contentOf } from './office.js';

const SPAN = { file: 'services/a.yaml', start: 0, end: 0 };
const of = (text: string) => {
  const { least, most, unit, days } = readDuration(text);
  return [...(least === undefined ? [] : [least]), most, unit, ...(days === undefined ? [] : [days])];
};

describe('a length of time', () => {
  test.each([
    ['30 分鐘', [30, 'minute']],
    ['30分', [30, 'minute']],
    ['10 秒', [10, 'second']],
    ['2 小時', [2, 'hour']],
    ['3 工作日', [3, 'workday']],
    ['3 個工作天', [3, 'workday']],
    ['15 日', [15, 'day']],
    ['15 日內', [15, 'day']],
    ['三天以內', [3, 'day']],
    ['十二個月', [12, 'month']],
    ['2 個月', [2, 'month']],
    ['半日', [1, 'halfday']],
    ['半天', [1, 'halfday']],
    ['1 週', [1, 'week']],
    ['1 年', [1, 'year']],
    ['1.5 小時', [1.5, 'hour']],
    ['３０ 分鐘', [30, 'minute']],
    ['4–5 天', [4, 5, 'day']],
    ['4~5 天', [4, 5, 'day']],
    ['4 至 5 日', [4, 5, 'day']],
    ['最遲 6 日', [6, 'day']],
    ['6 日（含例假日）', [6, 'day']],
    ['3 working days', [3, 'workday']],
    ['30 minutes', [30, 'minute']],
    ['當日', [1, 'day']],
    ['同日', [1, 'day']],
    ['1 小時 30 分', [90, 'minute']],
    ['2 時 15 分', [135, 'minute']],
    ['1 年 6 個月', [18, 'month']],
    ['1 個月又 15 日', [1, 'month', 15]],
    ['3 個月 15 日', [3, 'month', 15]],
    ['3 日至 5 日', [3, 5, 'day']],
  ])('%s', (text, expected) => expect(of(text)).toEqual(expected));

  test('keeps the words of its author for print', () =>
    expect(readDuration(' 3 個工作天 ').printed).toBe('3 個工作天'));

  test.each([
    '',
    '很快',
    '儘速',
    '3',
    '三',
    '日',
    '0 日',
    '-3 日',
    '5–4 天',
    '3 公斤',
    '3 公分',
    '3 前日',
    '3 日 2 小時',
    '待辦',
    '9'.repeat(80),
  ])('「%s」 is none, and says how one looks', (text) => {
    expect(() => readDuration(text)).toThrow(Unreadable);
    try {
      readDuration(text);
    } catch (error) {
      expect(error).toMatchObject({ rule: 'unreadable-duration' });
      expect((error as Unreadable).hint?.zh).toContain('30 分鐘');
    }
  });
});

describe('a deadline in one line', () => {
  test.each(['隨到隨辦', '即到即辦', '當場辦理'])('%s', (text) =>
    expect(readDeadline(text)).toEqual({ immediate: true }),
  );
  test.each(['無期限', '不限期', '不定期限'])('%s', (text) => expect(readDeadline(text)).toEqual({ open: '是' }));
  test.each(['即辦即取', '立等可取', '當場辦畢'])('%s too', (text) =>
    expect(readDeadline(text)).toEqual({ immediate: true }),
  );
  test('of cases and channels by name', () => {
    expect(readDeadline('一般案件：9 日；特殊案件：30 日', SPAN as never)).toMatchObject({
      byCase: [
        { case: '一般案件', limit: { most: 9 } },
        { case: '特殊案件', limit: { most: 30 } },
      ],
    });
    expect(readDeadline('臨櫃：1 小時；網路：3 日', SPAN as never)).toMatchObject({
      byChannel: [{ channel: '臨櫃' }, { channel: '網路' }],
    });
  });
  test.each([
    ['臨櫃 1 小時', '臨櫃', 1],
    ['一般案件：9 日', '一般案件', 9],
    ['會勘案件十日', '會勘案件', 10],
  ])('a limit with its name: %s', (text, name, most) =>
    expect(readNamedLimit(text)).toMatchObject({ name, limit: { most } }),
  );
  test('counted from what comes before it', () =>
    expect(readDeadline('收件後 10 日內')).toMatchObject({ from: '收件後', limit: { most: 10 } }));
  test('counted from an event', () =>
    expect(readDeadline('自收件之次日起 15 日內')).toMatchObject({
      from: '收件之次日',
      limit: { most: 15, unit: 'day' },
    }));
  test('a target is not a limit', () =>
    expect(readDeadline('30 分鐘（目標）')).toEqual({ target: { most: 30, unit: 'minute', printed: '30 分鐘' } }));
  test('statutory, with its article', () => {
    const { limit, basis } = readStatutory('30 日（檔案法第19條）', SPAN as never);
    expect(limit).toMatchObject({ most: 30, unit: 'day' });
    expect(basis?.[0]).toMatchObject({ law: '檔案法', article: '第19條' });
  });
  test('correction that starts the time anew', () =>
    expect(readCorrection('7 日（重新起算）')).toMatchObject({ limit: { most: 7 }, restart: true }));
  test('extension and how often', () =>
    expect(readProlong('15 日，1 次')).toMatchObject({ limit: { most: 15, unit: 'day' }, times: 1 }));
});

describe('comparing', () => {
  const compared = (a: string, b: string) => compareDurations(readDuration(a), readDuration(b));
  test.each([
    ['30 分鐘', '1 小時', -1],
    ['60 分鐘', '1 小時', 0],
    ['24 小時', '1 日', 0],
    ['2 日', '30 小時', 1],
    ['1 週', '7 日', 0],
    ['5 工作日', '4 日', 1],
    ['5 工作日', '6 日', undefined],
    ['1 個月', '27 日', 1],
    ['1 個月', '30 日', undefined],
    ['1 個月', '32 日', -1],
    ['1 個月又 15 日', '2 個月', -1],
    ['1 個月又 15 日', '1 個月', 1],
    ['1 個月又 15 日', '45 日', undefined],
    ['1 個月又 15 日', '1 個月 16 日', -1],
    ['1 年', '12 個月', 0],
    ['13 個月', '1 年', 1],
    ['半日', '2 日', -1],
    ['半日', '30 分鐘', 1],
    ['4–5 天', '5 天', 0],
  ] as const)('%s and %s', (a, b, expected) => {
    expect(compared(a, b)).toBe(expected);
    expect(compared(b, a)).toBe(expected === undefined ? undefined : 0 - expected);
  });
});

describe('adding', () => {
  const sum = (...texts: string[]) => addDurations(texts.map(readDuration));
  test('one unit stays itself', () => expect(sum('3 工作日', '2 工作日')).toMatchObject({ most: 5, unit: 'workday' }));
  test('hours and minutes', () => expect(sum('1 小時', '30 分鐘')).toMatchObject({ most: 90, unit: 'minute' }));
  test('months with days behind them have none but their own', () => {
    expect(sum('1 個月又 15 日', '1 個月')).toBeUndefined();
    expect(sum('1 個月又 15 日')).toMatchObject({ most: 1, unit: 'month', days: 15 });
  });
  test('working days and days have no sum', () => expect(sum('3 工作日', '2 日')).toBeUndefined());
  test('nothing has none', () => expect(sum()).toBeUndefined());
});

test('full-width digits and signs', () => expect(halfWidth('１，０００．５％')).toBe('1,000.5%'));

const WORDS = {
  second: '秒',
  minute: '分鐘',
  hour: '小時',
  halfday: '個半日',
  day: '日',
  workday: '工作日',
  week: '週',
  month: '個月',
  year: '年',
} as const;
const UNITS = Object.keys(WORDS) as (keyof typeof WORDS)[];
const anyDuration = fc
  .constantFrom(...UNITS)
  .chain((unit) => fc.record({ unit: fc.constant(unit), n: fc.integer({ min: 1, max: LONGEST_TIME[unit] }) }))
  .map(({ unit, n }) => readDuration(`${n} ${WORDS[unit]}`));

describe('any length of time', () => {
  test('is its number and its unit, also as a range that goes up', () => {
    fc.assert(
      fc.property(fc.constantFrom(...UNITS), fc.nat(), fc.nat(), (unit, one, other) => {
        const [a, b] = [1 + (one % LONGEST_TIME[unit]), 1 + (other % LONGEST_TIME[unit])];
        expect(of(`${a} ${WORDS[unit]}`)).toEqual([a, unit]);
        if (a < b) expect(of(`${a}–${b} ${WORDS[unit]}`)).toEqual([a, b, unit]);
        else expect(() => readDuration(`${a}–${b} ${WORDS[unit]}`)).toThrow(Unreadable);
      }),
    );
  });
  test.each(UNITS)('%s: the longest is read, one more is told', (unit) => {
    const most = LONGEST_TIME[unit];
    expect(of(`${most} ${WORDS[unit]}`)).toEqual([most, unit]);
    expect(() => readDuration(`${most + 1} ${WORDS[unit]}`)).toThrow(
      expect.objectContaining({ rule: 'out-of-bounds' }),
    );
    expect(() => readDuration(`1–${most + 1} ${WORDS[unit]}`)).toThrow(
      expect.objectContaining({ rule: 'out-of-bounds' }),
    );
  });
  test('of equal ends is no range, and a text has its length', () => {
    expect(() => readDuration('4–4 天')).toThrow(Unreadable);
    expect(of(`3${' '.repeat(58)}日`)).toEqual([3, 'day']);
    expect(() => readDuration(`3${' '.repeat(59)}日`)).toThrow(Unreadable);
  });
});

describe('comparing any two', () => {
  test('the other way round is the other answer', () => {
    fc.assert(
      fc.property(anyDuration, anyDuration, (a, b) => {
        const there = compareDurations(a, b);
        expect(compareDurations(b, a)).toBe(there === undefined ? undefined : 0 - there);
        expect(compareDurations(a, a)).toBe(0);
      }),
    );
  });
  const compared = (a: string, b: string) => compareDurations(readDuration(a), readDuration(b));
  test.each([
    ['1 個月', '28 日', undefined],
    ['1 個月', '31 日', undefined],
    ['1 工作日', '24 小時', undefined],
    ['1 工作日', '23 小時', 1],
    ['半日', '1 小時', undefined],
    ['半日', '59 分鐘', 1],
    ['半日', '1 日', undefined],
    ['半日', '25 小時', -1],
    ['2 年', '23 個月', 1],
    ['2 年', '25 個月', -1],
    ['60 秒', '1 分鐘', 0],
    ['59 秒', '1 分鐘', -1],
    ['1 年', '335 日', 1],
    ['1 年', '365 日', undefined],
  ] as const)('%s and %s', (a, b, expected) => expect(compared(a, b)).toBe(expected));
});

describe('adding any', () => {
  test('of one unit is the sum, whatever their order', () => {
    fc.assert(
      fc.property(fc.constantFrom(...UNITS), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (unit, ns) => {
        const sum = addDurations(ns.map((n) => readDuration(`${n} ${WORDS[unit]}`)));
        const most = ns.reduce((a, b) => a + b, 0);
        expect(sum).toEqual({ most, unit, printed: `${most} ${WORDS[unit]}` });
      }),
    );
  });
  test('of weeks and days is in days, of hours in hours; of months and days there is none', () => {
    const sum = (...texts: string[]) => addDurations(texts.map(readDuration));
    expect(sum('1 週', '1 日')).toEqual({ most: 8, unit: 'day', printed: '8 日' });
    expect(sum('2 日', '3 小時')).toEqual({ most: 51, unit: 'hour', printed: '51 小時' });
    expect(sum('1 小時', '30 分鐘')).toEqual({ most: 90, unit: 'minute', printed: '90 分鐘' });
    expect(sum('1 個月', '1 日')).toBeUndefined();
    expect(sum('1 日', '1 個月')).toBeUndefined();
    expect(sum('半日', '1 小時')).toBeUndefined();
  });
});

describe('what stands beside a length of time', () => {
  test.each([
    ['3 日', { limit: { most: 3 } }],
    ['自收件起算 3 日', { limit: { most: 3 }, from: '收件' }],
    ['收件之次日起，3 日內', { limit: { most: 3 }, from: '收件之次日' }],
    ['3 日（目標）', { target: { most: 3 } }],
    ['3 日（含例假日）', { limit: { most: 3 } }],
  ])('%s', (text, expected) => {
    const read = readDeadline(text);
    expect(read).toMatchObject(expected);
    expect(Object.keys(read).sort()).toEqual(Object.keys(expected).sort());
  });
  test('only what says so begins anew', () => {
    expect(readCorrection('7 日')).not.toHaveProperty('restart');
    expect(readCorrection('7 日（含例假日）')).not.toHaveProperty('restart');
  });
  test('how often, how long, or both', () => {
    expect(readProlong('2 次')).toEqual({ times: 2 });
    expect(readProlong('15 日')).toMatchObject({ limit: { most: 15 } });
    expect(readProlong('15 日')).not.toHaveProperty('times');
  });
});

describe('a deadline as clerks write it', () => {
  const deadlineOf = (written: string) => {
    const text = `名稱: 甲\n應備證件: 無\n規費: 免費\n辦理時限: ${written}\n審核權責: 分署長\n`;
    const { faults, services } = parse(contentOf({ 'services/a.yaml': text }));
    expect(faults).toEqual([]);
    return services[0]?.deadline;
  };
  const channels = {
    byChannel: [
      { channel: '臨櫃', immediate: true },
      { channel: '郵寄', limit: { most: 3 } },
    ],
  };
  const cases = {
    byCase: [
      { case: '一般案件', limit: { most: 9 } },
      { case: '特殊案件', limit: { most: 30 } },
    ],
  };
  const stages = {
    stages: [
      { name: '收件', limit: { most: 1 } },
      { name: '審查', limit: { most: 3 } },
    ],
  };
  test.each([
    ['臨櫃：隨到隨辦；郵寄：3 日', channels],
    ['臨櫃：隨到隨辦、郵寄：3 日', channels],
    ['臨櫃隨到隨辦，郵寄 3 日', channels],
    ['[臨櫃：隨到隨辦, 郵寄 3 日]', channels],
    ['{臨櫃: 隨到隨辦, 郵寄: 3 日}', channels],
    ['{依管道: {臨櫃: 隨到隨辦, 郵寄: 3 日}}', channels],
    ['{依管道: [{管道: 臨櫃, 期限: 隨到隨辦}, 郵寄 3 日]}', channels],
    ['一般案件 9 日、特殊案件 30 日', cases],
    ['[一般案件 9 日, 特殊案件 30 日]', cases],
    ['{一般案件: 9 日, 特殊案件: 30 日}', cases],
    ['[{案件: 一般案件, 期限: 9 日}, {案件: 特殊案件, 期限: 30 日}]', cases],
    ['收件 1 日、審查 3 日', stages],
    ['[收件 1 日, 審查 3 日]', stages],
    ['{期限: 隨到隨辦}', { immediate: true }],
    ['立即', { immediate: true }],
    ['隨到隨辦（約 10 分鐘）', { immediate: true, note: '約 10 分鐘' }],
    ['7 日，必要時得延長 7 日', { limit: { most: 7 }, prolong: { limit: { most: 7 } } }],
    ['7 日，得延長 1 次', { limit: { most: 7 }, prolong: { times: 1 } }],
    ['3 個工作天內完成。', { limit: { most: 3, unit: 'workday' } }],
    ['一百二十日', { limit: { most: 120, unit: 'day' } }],
    ['半小時', { limit: { most: 30, unit: 'minute' } }],
    ['一個半小時', { limit: { most: 1.5, unit: 'hour' } }],
    ['半個月', { limit: { most: 0.5, unit: 'month' } }],
    ['次一工作日', { limit: { most: 1, unit: 'workday' } }],
  ])('%s', (written, expected) => expect(deadlineOf(written)).toMatchObject(expected));
  test('a stage takes a time', () => {
    const text = '名稱: 甲\n應備證件: 無\n規費: 免費\n辦理時限: {階段: [收件：隨到隨辦]}\n審核權責: 分署長\n';
    expect(parse(contentOf({ 'services/a.yaml': text })).faults).toMatchObject([{ rule: 'unreadable-duration' }]);
  });
});
