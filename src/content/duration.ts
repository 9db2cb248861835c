// Lengths of time as clerks write them (3 工作日、30 分鐘、4–5 天、半日) and how they compare.

import type { Say, Span } from '../core/source.js';
import { figure, LONGEST_TIME } from './bounds.js';
import { citationOf } from './schema/citation.js';
import type { Duration, TimeUnit } from './schema/procedure.js';
import { countOf, wholeNumber } from './schema/scalars.js';
import { type Citation, stopped, Unreadable } from './schema/schema.js';
import { lastBracket } from './schema/tree.js';

const UNITS: readonly (readonly [TimeUnit, RegExp])[] = [
  ['second', /^(秒鐘|秒|seconds?)$/i],
  ['minute', /^(分鐘|分|minutes?|min)$/i],
  ['hour', /^(個小時|小時|個鐘頭|鐘頭|時|hours?)$/i],
  ['workday', /^(個工作日|個工作天|工作日|工作天|個上班日|上班日|working days?|workdays?)$/i],
  ['halfday', /^(個半日|個半天|half[- ]days?)$/i],
  ['week', /^(個星期|個禮拜|星期|週|周|weeks?)$/i],
  ['month', /^(個月|月|months?)$/i],
  ['year', /^(年|years?)$/i],
  ['day', /^(個日曆天|日曆天|日|天|days?)$/i],
];

/** Full-width digits and signs to half-width: ３０ → 30. */
export const halfWidth = (text: string): string =>
  text.replace(
    /[０-９．，％]/g,
    (c) => ({ '．': '.', '，': ',', '％': '%' })[c] ?? String.fromCharCode(c.charCodeAt(0) - 0xfee0),
  );

const EXAMPLES: Say = {
  zh: '例如「30 分鐘」「2 小時」「1 小時 30 分」「半日」「3 日」「3 工作日」「4–5 天」「2 個月」；當場辦好寫「隨到隨辦」。',
  en: 'For example 30 分鐘, 2 小時, 1 小時 30 分, 半日, 3 日, 3 工作日, 4–5 天, 2 個月; 隨到隨辦 when it is done at once.',
};
const unreadable = (text: string, at = 0): Unreadable =>
  stopped(
    'unreadable-duration',
    text.trim(),
    at,
    { zh: '多久', en: 'length of time' },
    { zh: '單位（例如「日」）', en: 'its unit, such as 日,' },
    EXAMPLES,
  );

const tooLong = (text: string, most: number, unit: string): Unreadable =>
  new Unreadable(
    'out-of-bounds',
    {
      zh: `「${text.slice(0, 40)}」太長，最多 ${figure(most)} ${unit}。`,
      en: `"${text.slice(0, 40)}" is too long; it may be ${figure(most)} ${unit}.`,
    },
    { zh: '例如「30 日」「3 工作日」「2 個月」。', en: 'For example 30 日, 3 工作日, 2 個月.' },
  );

const numberOf = (text: string): number => (/^\d+\.\d+$/.test(text) ? Number(text) : wholeNumber(text));

const NUMBER = '[\\d.,]+|[零一二三四五六七八九十百兩]+';
const RANGE = '–|—|-|~|～|至|到';
// A page that only compares durations carries none of this.
const AT = {
  number: /* @__PURE__ */ new RegExp(`\\s*(${NUMBER})`, 'y'),
  range: /* @__PURE__ */ new RegExp(`\\s*(${RANGE})`, 'y'),
  unit: /\s*((?:個半|working |half[- ])?[^\d\s零一二三四五六七八九十百兩–—\-~～至到又]+)/iy,
  and: /\s*(又|零)/y,
};
/** The day on which it is asked for. */
const SAME_DAY = /^(當|同|即)(日|天)$/;
/** The day after it. */
const NEXT_DAY = /^(?:隔|次|翌)(?:一?個?(工作)?[日天])$/;
/** Half of one, whatever it is of: 半小時, 半個月; and one and a half: 一個半小時, 兩年半. */
const HALF = /^半\s*個?(?!日|天)(\S+)$/;
const AND_HALF = /^([一二三四五六七八九十兩]+|\d+)\s*(?:個半\s*(?![日天])(\S+)|(年|日|天|小時)半)$/;
/** Minutes of the units that add up whatever the calendar; months of those of a year. */
const ADDS_UP: Partial<Record<TimeUnit, { unit: TimeUnit; of: number }>> = {
  second: { unit: 'second', of: 1 },
  minute: { unit: 'second', of: 60 },
  hour: { unit: 'second', of: 3600 },
  month: { unit: 'month', of: 1 },
  year: { unit: 'month', of: 12 },
};

/** Reads a length of time or a range. Throws Unreadable (`unreadable-duration`). */
export function readDuration(written: string): Duration {
  if (written.length > 60) throw unreadable(written, 60);
  const printed = written.trim();
  const lead = /^(最遲|至遲|最長|約)?\s*/.exec(printed)?.[0].length ?? 0;
  const plain = halfWidth(printed)
    .replace(/[（(][^（(）)]*[）)]$/, '')
    .trimEnd()
    .replace(/\s*(以內|之內|內)?\s*(為限|為止|完成|辦畢|辦結|辦妥)?$/, '');
  const text = plain.slice(lead);
  if (/^半個?(日|天)$/.test(text)) return { most: 1, unit: 'halfday', printed };
  if (SAME_DAY.test(text)) return { most: 1, unit: 'day', printed };
  const next = NEXT_DAY.exec(text);
  if (next) return { most: 1, unit: next[1] === undefined ? 'day' : 'workday', printed };
  const half = halfOf(text);
  if (half) return { ...half, printed };
  const read = lengthIn(text);
  if ('stop' in read) throw unreadable(printed, read.stop + lead);
  if (read.most > LONGEST_TIME[read.unit]) throw tooLong(written, LONGEST_TIME[read.unit], read.said);
  const { least, most, unit, days } = read;
  return { ...(least === undefined ? {} : { least }), most, unit, ...(days === undefined ? {} : { days }), printed };
}

/** 半小時 is 30 minutes, 半年 six months; a month and a half is 1.5 of them. */
function halfOf(text: string): Omit<Duration, 'printed'> | undefined {
  const [, whole = '', behind, before] = AND_HALF.exec(text) ?? [];
  const said = HALF.exec(text)?.[1] ?? behind ?? before;
  const unit = said === undefined ? undefined : unitOf(said);
  if (unit === undefined) return undefined;
  const most = (whole === '' ? 0 : numberOf(whole)) + 0.5;
  if (most === 0.5 && unit === 'hour') return { most: 30, unit: 'minute' };
  if (unit === 'year') return { most: most * 12, unit: 'month' };
  return most > 0 ? { most, unit } : undefined;
}

type Length = { least?: number; most: number; unit: TimeUnit; days?: number; said: string };
type Stop = { stop: number };
/** Takes what a pattern finds at the place that was come to. */
type Take = (pattern: RegExp) => { text: string; from: number } | undefined;
const unitOf = (said: string): TimeUnit | undefined => UNITS.find(([, words]) => words.test(said))?.[0];

/** 3 日, 4–5 天, 3 日至 5 日, 1 小時 30 分; where it cannot be read, at which sign. */
function lengthIn(text: string): Length | Stop {
  let at = 0;
  const take: Take = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found?.[1] === undefined) return undefined;
    at = pattern.lastIndex;
    return { text: found[1].trim(), from: at - found[1].length };
  };
  const first = take(AT.number);
  if (!first || !(numberOf(first.text) > 0)) return { stop: first?.from ?? 0 };
  // 「3 日至 5 日」 has its unit twice.
  const begins = at;
  const early = take(AT.unit);
  const range = take(AT.range);
  if (!range) at = begins;
  const second = range && take(AT.number);
  if (range && (!second || !(numberOf(second.text) > numberOf(first.text)))) return { stop: second?.from ?? at };
  const said = take(AT.unit);
  const unit = said && unitOf(said.text);
  if (!said || unit === undefined) return { stop: said?.from ?? text.length };
  if (range && early && unitOf(early.text) !== unit) return { stop: early.from };
  const one: Length = { most: numberOf((second ?? first).text), unit, said: said.text };
  if (at === text.length) return second ? { ...one, least: numberOf(first.text) } : one;
  const rest = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
  const both = second ? undefined : withMore(one, take);
  return both === undefined || at < text.length ? { stop: rest } : both;
}

/** 「1 小時 30 分」: what adds up whatever the calendar, the greater first; 「1 個月又 15 日」: months, and the days behind them. */
function withMore({ most, unit, said: whose }: Length, take: Take): Length | undefined {
  take(AT.and);
  const [more, said] = [take(AT.number), take(AT.unit)];
  const smaller = said && unitOf(said.text);
  const [whole, part] = [ADDS_UP[unit], smaller && ADDS_UP[smaller]];
  const value = numberOf(more?.text ?? '');
  if (!said || !whole || !(value > 0)) return undefined;
  if (smaller === 'day' && whole.unit === 'month' && value <= LONGEST_TIME.day)
    return { most, unit, days: value, said: whose };
  if (!part || whole.unit !== part.unit || part.of >= whole.of) return undefined;
  return { most: (most * whole.of) / part.of + value, unit: smaller as TimeUnit, said: said.text };
}

/** What is done while one waits. */
const AT_ONCE =
  /^(隨到隨[辦收審]|即到即辦|當場(?:辦理|辦畢|辦結|發給|核發|完成)|即辦即取|即辦|隨辦隨取|立等可取|立即(?:辦理)?|immediate)$/i;
export const isAtOnce = (text: string): boolean => AT_ONCE.test(text.trim());
/** 無期限, 不限期: there is none. */
const ENDLESS = /^(?:無(?:一定|固定)?期限|不定期限?|不限(?:期限?|時間)|沒有期限|無限期)$/;

type Cases = { byCase: object[] } | { byChannel: object[] } | { stages: object[] };
/** What kinds of cases are called; what is called otherwise, without a colon, is a stage: 收件 1 日、審查 3 日. */
export const CASE_NAME = /(案件|案|(?<![收補退領送])件|者|類|型|時|戶)$/;
export const isEndless = (text: string): boolean => ENDLESS.test(text.trim());

type Limits = {
  immediate?: true;
  open?: string;
  limit?: Duration;
  target?: Duration;
  from?: string;
  note?: string;
  prolong?: object;
};
/** 「7 日，必要時得延長 7 日」「15 日，得延長 1 次」. */
const PROLONGED = /^(.+?)[，,；;]\s*((?:必要時|但)?得?(?:再)?延長\s*(?:至)?\s*(\S.*))$/;

/**
 * The one-line forms of a service's 辦理時限: 隨到隨辦, a duration, 「自收件之次日起 15 日內」, 「30 分鐘（目標）」, and those
 * of cases or channels: 「一般案件：9 日；特殊案件：30 日」.
 */
export function readDeadline(written: string, span?: Span): Limits | Cases {
  const text = written.replace(/[。．]$/, '');
  if (isAtOnce(text)) return { immediate: true };
  if (isEndless(text)) return { open: '是' };
  const cases = span && casesIn(text, span);
  if (cases) return cases;
  const { before, inside } = bracket(text);
  if (inside === '目標') return { target: readDuration(before) };
  // 「隨到隨辦（約 10 分鐘）」「當場辦理，至遲 1 小時」.
  const [, once = '', more = ''] = /^([^，,（(]+)[，,（(]\s*(.+?)[）)]?$/.exec(text) ?? [];
  if (isAtOnce(once)) return { immediate: true, note: more };
  const [, first = '', , longer = ''] = PROLONGED.exec(text) ?? [];
  if (first !== '' && span)
    return {
      ...(readDeadline(first) as Limits),
      prolong: { ...partOf(text, longer, readProlong), at: { self: span }, cited: {}, unread: [] },
    };
  const counted =
    /^自?(.{2,30}?)(?:起算|起)[，,]?\s*(.+)$/.exec(text) ??
    /^(?:自|於)?(.{2,30}?後)[，,]?\s*([\d０-９零一二三四五六七八九十兩半].*)$/.exec(text);
  if (counted?.[1] && counted[2]) {
    const [, from, rest] = counted;
    return { limit: partOf(text, rest, readDuration), from };
  }
  return { limit: readDuration(text) };
}

/** 「一般案件：9 日；特殊案件：30 日」「臨櫃隨到隨辦、郵寄 3 日」: several limits, each with its name. */
function casesIn(text: string, span: Span): Cases | undefined {
  const split = (signs: RegExp): string[] => text.split(signs).map((part) => part.trim());
  const ways = [split(/[；;、，,]/), split(/[；;]/)];
  const colons = ways.find((each, i) => (each.length > 1 || i === 1) && each.every((part) => NAMED.test(part)));
  const parts =
    colons ?? [split(/[；;]/), split(/[；;，,、]/)].find((each) => each.length > 1 && each.every(namesLimit));
  if (!parts) return undefined;
  const named = parts.map((part) => ({ ...readNamedLimit(part, text), at: { self: span }, cited: {}, unread: [] }));
  if (named.every(({ name }) => BY_CHANNEL.test(name)))
    return { byChannel: named.map(({ name, ...rest }) => ({ channel: name, ...rest })) };
  if (!colons && named.every(({ name, immediate }) => !CASE_NAME.test(name) && !immediate)) return { stages: named };
  return { byCase: named.map(({ name, ...rest }) => ({ case: name, ...rest })) };
}

/** Whether a piece begins with a name and goes on with how long that takes. */
function namesLimit(part: string): boolean {
  try {
    return /^[^\d自]/.test(part) && !/^(得|必要|但|最遲|至遲|最長|約)/.test(part) && readNamedLimit(part).name !== '';
  } catch (error) {
    if (error instanceof Unreadable) return false;
    throw error;
  }
}

const NAMED = /^[^：:\d]{1,30}[：:]\s*\S/;
/** 「書面審查」「現場會勘」 are what the office does, no ways in. */
export const BY_CHANNEL =
  /^(網路|線上|臨櫃|郵寄|電話|傳真|行動|APP|超商|自動|電子|通訊|手機|現場|書面|掛號)(?!審|會勘|勘|查|調查|訪|檢)/i;

/** What a limit of its own is called, and how long it is, or that one waits for it. */
type NamedLimit = { name: string; limit?: Duration; immediate?: true; open?: string };
/** 「臨櫃隨到隨辦」. */
const NAMED_AT_ONCE = /^(\S.{0,28}?)\s*(隨到隨[辦收]|即辦即取|當場辦理|當場辦畢|當場發給|立等可取|隨辦隨取)$/;

/** 「一般案件：9 日」「臨櫃 1 小時」「臨櫃：隨到隨辦」: what, and how long. */
export function readNamedLimit(written: string, whole = written): NamedLimit {
  const text = written.trim().replace(/[。．]$/, '');
  const [, colon = '', rest = ''] = /^([^：:]{1,30})[：:]\s*(\S.*)$/.exec(text) ?? [];
  if (isAtOnce(rest)) return { name: colon.trim(), immediate: true };
  if (isEndless(rest)) return { name: colon.trim(), open: '是' };
  const once = colon === '' ? NAMED_AT_ONCE.exec(text)?.[1] : undefined;
  if (once !== undefined) return { name: once.trim(), immediate: true };
  const parts =
    /^([^：:]{1,30})[：:]\s*(\S.*)$/.exec(text) ??
    /^(\S.{0,28}?)\s*((?:最遲|至遲|最長|約)?\s*(?:[\d０-９]|[一二三四五六七八九十百兩]+\s*(?:個|日|天|小時|分|週|年)|半個?[日天年]|半個?小時|半個月|[當同]日).*)$/.exec(
      text,
    );
  if (!parts?.[1] || !parts[2])
    throw stopped(
      'unreadable-duration',
      text,
      text.length,
      { zh: '什麼要多久', en: 'limit with its name' },
      { zh: '期限', en: 'the limit' },
      { zh: '例如「一般案件：9 日」「臨櫃 1 小時」。', en: 'For example 一般案件：9 日, 臨櫃 1 小時.' },
    );
  return { name: parts[1].trim(), limit: partOf(whole, parts[2], readDuration) };
}

/** Reads a part of a text; what it says of where it stops holds for the whole. */
export function partOf<T>(whole: string, part: string, read: (part: string) => T): T {
  try {
    return read(part);
  } catch (error) {
    const offset = whole.indexOf(part);
    if (!(error instanceof Unreadable) || !error.stop || offset === -1) throw error;
    throw new Unreadable(error.rule, error.say, error.hint, { text: whole, at: offset + error.stop.at });
  }
}

/** The last bracket of a text and what stands before it. */
const bracket = (text: string): { before: string; inside?: string } => lastBracket(text) ?? { before: text };

/** 「30 日（檔案法第19條）」. */
export function readStatutory(text: string, span: Span): { limit: Duration; basis?: Citation[] } {
  const { before, inside } = bracket(text);
  return { limit: readDuration(before), ...(inside ? { basis: [citationOf(inside, span)] } : {}) };
}

/** 「7 日（重新起算）」. */
export function readCorrection(text: string): { limit: Duration; restart?: true } {
  const { before, inside } = bracket(text);
  const limit = before.replace(/^(?:應|須|請)?(?:於|在)?\s*(.+?)\s*補正$/, '$1');
  return { limit: partOf(text, limit, readDuration), ...(inside?.includes('起算') ? { restart: true } : {}) };
}

/** 「15 日，1 次」「得延長一次 15 日」「必要時得延長 15 日，以一次為限」. */
export function readProlong(text: string): { limit?: Duration; times?: number } {
  const found: { limit?: Duration; times?: number } = {};
  const said = text.replace(/^(?:必要時)?[，,]?得?(?:再)?延長\s*(?:至)?\s*(?=\S)/, '');
  const [, first, rest] = /^([\d一二兩三]{1,2}\s*次)[，,]?\s*(\S.*)$/.exec(said) ?? [];
  const parts = first === undefined || rest === undefined ? said.split(/[，,、]/) : [first, ...rest.split(/[，,、]/)];
  for (const piece of parts.map((each) => each.trim())) {
    const counted = /^(?:以|最多|至多)?\s*([\d一二兩三四五]{1,2})\s*次(?:為限)?$/.exec(piece)?.[1];
    const times = counted === undefined ? Number.NaN : countOf(counted);
    if (!Number.isNaN(times)) found.times = times;
    else found.limit = partOf(text, piece, readDuration);
  }
  return found;
}

/**
 * Bounds of one unit in minutes of the clock: a month has 28 to 31 days; a working day takes at least a day of the
 * calendar and, holidays unknown, has no upper bound; half a day is between one hour and a day of the clock.
 */
const BOUNDS: Record<TimeUnit, readonly [number, number]> = {
  second: [1 / 60, 1 / 60],
  minute: [1, 1],
  hour: [60, 60],
  halfday: [60, 1440],
  day: [1440, 1440],
  workday: [1440, Number.POSITIVE_INFINITY],
  week: [10080, 10080],
  month: [28 * 1440, 31 * 1440],
  year: [365 * 1440, 366 * 1440],
};

/** Minutes of the calendar that a unit usually takes: five working days are a week, a month has 30 days. */
const USUAL: Readonly<Record<TimeUnit, number>> = {
  second: 1 / 60,
  minute: 1,
  hour: 60,
  halfday: 720,
  day: 1440,
  workday: (1440 * 7) / 5,
  week: 10_080,
  month: 43_200,
  year: 525_600,
};
/** How long a time usually takes, at most and at least, to set times of several units in order (minutes). */
export const usualMinutes = ({ most, unit, days = 0 }: Duration): number => most * USUAL[unit] + days * USUAL.day;
export const leastMinutes = ({ least, most, unit, days = 0 }: Duration): number =>
  (least ?? most) * USUAL[unit] + days * USUAL.day;

/** Compares what two limits allow at most. `undefined`: it depends on the calendar (5 工作日 and 6 日). */
export function compareDurations(a: Duration, b: Duration): -1 | 0 | 1 | undefined {
  const [daysA, daysB] = [a.days ?? 0, b.days ?? 0];
  if (a.unit === b.unit && daysA === daysB) return a.most < b.most ? -1 : a.most > b.most ? 1 : 0;
  if (a.unit === b.unit && a.most === b.most) return daysA < daysB ? -1 : 1;
  // A year is twelve months whatever days they have.
  if (b.unit === 'year') return compareDurations(a, { ...b, most: b.most * 12, unit: 'month' });
  if (a.unit === 'year') return compareDurations({ ...a, most: a.most * 12, unit: 'month' }, b);
  const [leastA, mostA] = BOUNDS[a.unit].map((bound) => bound * a.most + daysA * 1440) as [number, number];
  const [leastB, mostB] = BOUNDS[b.unit].map((bound) => bound * b.most + daysB * 1440) as [number, number];
  if (mostA < leastB) return -1;
  if (leastA > mostB) return 1;
  return leastA === mostA && leastB === mostB && leastA === leastB ? 0 : undefined;
}

/** The sum of limits one after another, where their units allow one: clock units and days add up, others only with their like. */
export function addDurations(durations: readonly Duration[]): Duration | undefined {
  const [first, ...rest] = durations;
  if (!first) return undefined;
  if (durations.some(({ days }) => days !== undefined)) return rest.length === 0 ? first : undefined;
  if (rest.every((each) => each.unit === first.unit)) {
    const most = durations.reduce((sum, each) => sum + each.most, 0);
    return { most, unit: first.unit, printed: `${most} ${first.printed.replace(/^[\d.\s–—~～至到-]+/, '')}` };
  }
  if (!durations.every(({ unit }) => BOUNDS[unit][0] === BOUNDS[unit][1])) return undefined;
  const minutes = durations.reduce((sum, each) => sum + each.most * BOUNDS[each.unit][0], 0);
  // In the largest unit of which there are so many and no part: 90 日 and 36 小時 are 2196 小時.
  for (const [unit, size, word] of [
    ['day', 1440, '日'],
    ['hour', 60, '小時'],
  ] as const)
    if (minutes % size === 0) return { most: minutes / size, unit, printed: `${minutes / size} ${word}` };
  return { most: minutes, unit: 'minute', printed: `${minutes} 分鐘` };
}
