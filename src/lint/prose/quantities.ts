// Numbers with their units as they stand in prose: 最多八分鐘, 每頁 3 元, 一式二份, １０日內, 1 小時 30 分鐘.
import type { TimeUnit } from '../../content/schema/procedure.js';
import { countOf, digitsOf } from '../wording/numerals.js';
import { narrow } from '../wording/width.js';

/** `value`: the most of a range. `unit`: of time, or the counter as written. `per`: what stands behind 每, without blanks. */
export type Quantity = {
  readonly value: number;
  readonly unit: TimeUnit | Counter;
  readonly per?: string;
  readonly start: number;
  readonly end: number;
};
export type Counter = '元' | '份' | '次' | '聲' | '樓';

const TIME: Readonly<Record<string, TimeUnit>> = {
  秒: 'second',
  秒鐘: 'second',
  分: 'minute',
  分鐘: 'minute',
  小時: 'hour',
  鐘頭: 'hour',
  日: 'day',
  天: 'day',
  日曆天: 'day',
  工作日: 'workday',
  工作天: 'workday',
  上班日: 'workday',
  上班天: 'workday',
  週: 'week',
  周: 'week',
  星期: 'week',
  禮拜: 'week',
  月: 'month',
  年: 'year',
};
const COUNTERS: Readonly<Record<string, Counter>> = {
  元: '元',
  塊錢: '元',
  份: '份',
  次: '次',
  趟: '次',
  聲: '聲',
  響: '聲',
  樓: '樓',
};

const NUMERAL = '[〇○零一二兩三四五六七八九十百千萬]';
const NUMBER = `(?:\\d[\\d,]*(?:\\.\\d+)?(?:萬)?|${NUMERAL}+|半)`;
/** A number, perhaps of a range, with its unit; 個 where units have it. */
const PATTERN = new RegExp(
  `(${NUMBER})\\s*(?:個\\s*)?(?:(?:[至到~–-]|—)\\s*(${NUMBER})\\s*(?:個\\s*)?)?(工作日|工作天|上班日|上班天|日曆天|分鐘|秒鐘|小時|鐘頭|星期|禮拜|塊錢|秒|分|日|天|週|周|月|年|元|份|次|趟|聲|響|樓)`,
  'g',
);

/** A number in Arabic or Chinese numerals; NaN where it is none. */
export function numberOf(written: string): number {
  if (written === '半') return 0.5;
  const arabic = /^([\d,]+(?:\.\d+)?)(萬?)$/.exec(written);
  if (arabic) return Number(arabic[1]?.replaceAll(',', '')) * (arabic[2] ? 10_000 : 1);
  const plain = written.replaceAll('兩', '二');
  if (/^[〇○零一二三四五六七八九]+$/.test(plain)) return Number(digitsOf(plain));
  const parts = plain.split('萬').map(countOf);
  const below = parts.pop() ?? 0;
  return parts.reduce((sum, part) => sum + part, 0) * 10_000 + below;
}

const PER =
  /每\s*((?:[\d一二兩三半]+\s*)?(?:個)?[一-鿿]{1,3}?)\s*(?:的?(?:收費|收取|計收|酌收|費用|收|為|繳|以))?\s*(?:新[臺台]幣)?\s*$/;

/** Every number with a unit, in the order of writing. What is a date, an ordinal or a weekday is none. */
export function quantitiesIn(written: string): Quantity[] {
  const text = narrow(written);
  const found: Quantity[] = [];
  for (const { 0: whole, 1: first = '', 2: last, 3: said = '', index } of text.matchAll(PATTERN)) {
    const before = text.slice(Math.max(0, index - 14), index);
    if (/(?:第|[年月]|星期|禮拜|週|上|前|同|當|[\d.年第])\s*$/.test(before) && !/(?:以上|之前|以前)$/.test(before))
      continue;
    const end = index + whole.length;
    // 3月1日, 115年, 一天天, 三天兩頭, 一次告知, 一元化; a month without 個 is a date or a name.
    if (said === '月' && !/個/.test(whole)) continue;
    if (
      said === '年' &&
      (numberOf(last ?? first) > 50 || /^(?:度|\s*\d{1,2}\s*月|[一二三四五六七八九十]+月)/.test(text.slice(end)))
    )
      continue;
    if (/^(?:告知|一度|化|期|曆|報|本|性|流|線|夜|然|花|數|鐘|之[一二三四五六七八九])/.test(text.slice(end))) continue;
    if (said === '分' && !/\d\s*小?時?\s*$/.test(before) && /^(?:之|別|署|局|機|案|層|股|期|鐘)/.test(text.slice(end)))
      continue;
    const unit = TIME[said] ?? COUNTERS[said];
    const value = numberOf(last ?? first);
    if (unit === undefined || Number.isNaN(value)) continue;
    const per = unit === '元' ? PER.exec(before)?.[1]?.replace(/\s/g, '') : undefined;
    const joined = joinedWith(found.at(-1), { value, unit, start: index, end }, text);
    if (joined) found[found.length - 1] = joined;
    else found.push({ ...halves({ value, unit, start: index, end }), ...(per ? { per } : {}) });
  }
  return found;
}

/** 半小時 is 30 minutes, 半日 half a day. */
function halves(quantity: Quantity): Quantity {
  if (quantity.value !== 0.5) return quantity;
  if (quantity.unit === 'hour') return { ...quantity, value: 30, unit: 'minute' };
  return quantity.unit === 'day' ? { ...quantity, value: 1, unit: 'halfday' } : quantity;
}

/** 1 小時 30 分鐘 is one length of time. */
function joinedWith(before: Quantity | undefined, after: Quantity, text: string): Quantity | undefined {
  if (before?.unit !== 'hour' || after.unit !== 'minute' || text.slice(before.end, after.start).trim() !== '')
    return undefined;
  return { value: before.value * 60 + after.value, unit: 'minute', start: before.start, end: after.end };
}
