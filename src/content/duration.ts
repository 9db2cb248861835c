// Lengths of time as clerks write them (3 工作日、30 分鐘、4–5 天、半日) and how they compare.

import type { Span } from '../core/source.js';
import { figure, LONGEST_TIME } from './bounds.js';
import { citationOf } from './schema/citation.js';
import type { Duration, TimeUnit } from './schema/procedure.js';
import { countOf, wholeNumber } from './schema/scalars.js';
import { type Citation, Unreadable } from './schema/schema.js';
import { lastBracket } from './schema/tree.js';

const UNITS: readonly (readonly [TimeUnit, RegExp])[] = [
  ['second', /^(秒鐘|秒|seconds?)$/i],
  ['minute', /^(分鐘|分|minutes?|min)$/i],
  ['hour', /^(個小時|小時|個鐘頭|hours?)$/i],
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

const unreadable = (text: string): Unreadable =>
  new Unreadable(
    'unreadable-duration',
    {
      zh: `「${text.slice(0, 40)}」讀不出多久，應寫明數目與單位。`,
      en: `"${text.slice(0, 40)}" is no length of time; expected a number with a unit.`,
    },
    {
      zh: '例如「30 分鐘」「2 小時」「半日」「3 日」「3 工作日」「4–5 天」「2 個月」；當場辦好寫「隨到隨辦」。',
      en: 'For example 30 分鐘, 2 小時, 半日, 3 日, 3 工作日, 4–5 天, 2 個月; 隨到隨辦 when it is done at once.',
    },
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

/** Reads a length of time or a range. Throws Unreadable (`unreadable-duration`). */
export function readDuration(written: string): Duration {
  if (written.length > 60) throw unreadable(written);
  const printed = written.trim();
  const plain = halfWidth(printed)
    .replace(/[（(][^（(）)]*[）)]$/, '')
    .replace(/^(最遲|至遲|最長|約)/, '')
    .replace(/(以內|之內|內|為限|為止)$/, '')
    .trim();
  if (/^半(日|天)$/.test(plain)) return { most: 1, unit: 'halfday', printed };
  const parts =
    /^([\d.,]+|[零一二三四五六七八九十兩]+)(?:\s*(?:–|—|-|~|～|至|到)\s*([\d.,]+|[零一二三四五六七八九十兩]+))?\s*([^\d\s].*)$/.exec(
      plain,
    );
  const unit = UNITS.find(([, words]) => words.test(parts?.[3]?.trim() ?? ''))?.[0];
  const first = numberOf(parts?.[1] ?? '');
  const second = parts?.[2] === undefined ? undefined : numberOf(parts[2]);
  if (!unit || !(first > 0) || (second !== undefined && !(second > first))) throw unreadable(written);
  if ((second ?? first) > LONGEST_TIME[unit]) throw tooLong(written, LONGEST_TIME[unit], parts?.[3]?.trim() ?? '');
  return second === undefined ? { most: first, unit, printed } : { least: first, most: second, unit, printed };
}

/** The one-line forms of a service's 辦理時限: 隨到隨辦, a duration, 「自收件之次日起 15 日內」, 「30 分鐘（目標）」. */
export function readDeadline(text: string): { immediate?: true; limit?: Duration; target?: Duration; from?: string } {
  if (/^(隨到隨辦|即到即辦|當場辦理|隨到隨收|immediate)$/i.test(text)) return { immediate: true };
  const { before, inside } = bracket(text);
  if (inside === '目標') return { target: readDuration(before) };
  const counted = /^自?(.{2,30}?)(?:起算|起)[，,]?\s*(.+)$/.exec(text);
  if (counted?.[1] && counted[2]) return { limit: readDuration(counted[2]), from: counted[1] };
  return { limit: readDuration(text) };
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
  return { limit: readDuration(before), ...(inside?.includes('起算') ? { restart: true } : {}) };
}

/** 「15 日，1 次」. */
export function readProlong(text: string): { limit?: Duration; times?: number } {
  const found: { limit?: Duration; times?: number } = {};
  for (const piece of text.split(/[，,、]/).map((each) => each.trim())) {
    const times = piece.endsWith('次') ? countOf(piece.slice(0, -1).trim()) : Number.NaN;
    if (!Number.isNaN(times)) found.times = times;
    else found.limit = readDuration(piece);
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

/** Compares what two limits allow at most. `undefined`: it depends on the calendar (5 工作日 and 6 日). */
export function compareDurations(a: Duration, b: Duration): -1 | 0 | 1 | undefined {
  if (a.unit === b.unit) return a.most < b.most ? -1 : a.most > b.most ? 1 : 0;
  // A year is twelve months whatever days they have.
  if (b.unit === 'year') return compareDurations(a, { ...b, most: b.most * 12, unit: 'month' });
  if (a.unit === 'year') return compareDurations({ ...a, most: a.most * 12, unit: 'month' }, b);
  const [leastA, mostA] = BOUNDS[a.unit].map((bound) => bound * a.most) as [number, number];
  const [leastB, mostB] = BOUNDS[b.unit].map((bound) => bound * b.most) as [number, number];
  if (mostA < leastB) return -1;
  if (leastA > mostB) return 1;
  return leastA === mostA && leastB === mostB && leastA === leastB ? 0 : undefined;
}

/** The sum of limits one after another, where their units allow one: clock units and days add up, others only with their like. */
export function addDurations(durations: readonly Duration[]): Duration | undefined {
  const [first, ...rest] = durations;
  if (!first) return undefined;
  if (rest.every((each) => each.unit === first.unit)) {
    const most = durations.reduce((sum, each) => sum + each.most, 0);
    return { most, unit: first.unit, printed: `${most} ${first.printed.replace(/^[\d.\s–—~～至到-]+/, '')}` };
  }
  if (!durations.every(({ unit }) => BOUNDS[unit][0] === BOUNDS[unit][1])) return undefined;
  const minutes = durations.reduce((sum, each) => sum + each.most * BOUNDS[each.unit][0], 0);
  return { most: minutes, unit: 'minute', printed: `${minutes} 分鐘` };
}
