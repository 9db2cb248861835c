// The day on which a time ends, by the office's calendar; where that does not reach, the length alone is told.
import type { Duration } from '../schema/procedure.js';
import { isoDay } from '../schema/scalars.js';

/**
 * When the office is open, ISO days: `from` to `until` are known; of these Saturdays and Sundays are closed but for `workdays`
 * (補行上班), and `holidays` are closed too.
 */
export type OfficeCalendar = {
  readonly from: string;
  readonly until: string;
  readonly holidays: readonly string[];
  readonly workdays: readonly string[];
};

const DAY = 86_400_000;
const timeOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayOf = (time: number): string => isoDay(new Date(time));

function isOpen(day: string, { holidays, workdays }: OfficeCalendar): boolean {
  if (workdays.includes(day)) return true;
  const weekday = new Date(timeOf(day)).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.includes(day);
}

const covers = ({ from, until }: OfficeCalendar, day: string): boolean => from <= day && day <= until;

/**
 * The last day of a time that begins on `start`, an ISO day that does not count itself (行政程序法第48條第2項). A last day on which
 * the office is closed moves on to the next on which it is open (the same, paragraph 4). Undefined where the time is shorter
 * than days, or the calendar does not reach.
 */
export function lastDayOf(
  start: string,
  { most, unit, days = 0 }: Duration,
  calendar: OfficeCalendar | undefined,
): string | undefined {
  if (!calendar || !covers(calendar, start) || !Number.isInteger(most)) return undefined;
  const end = unit === 'workday' ? afterWorkdays(start, most, calendar) : afterDays(start, most, unit);
  let day = end === undefined ? undefined : dayOf(timeOf(end) + days * DAY);
  while (day !== undefined && covers(calendar, day) && !isOpen(day, calendar)) day = dayOf(timeOf(day) + DAY);
  return day !== undefined && covers(calendar, day) ? day : undefined;
}

function afterWorkdays(start: string, count: number, calendar: OfficeCalendar): string | undefined {
  let day = start;
  for (let left = count; left > 0; ) {
    day = dayOf(timeOf(day) + DAY);
    if (!covers(calendar, day)) return undefined;
    if (isOpen(day, calendar)) left -= 1;
  }
  return day;
}

function afterDays(start: string, most: number, unit: Duration['unit']): string | undefined {
  if (unit === 'day') return dayOf(timeOf(start) + most * DAY);
  if (unit === 'week') return dayOf(timeOf(start) + most * 7 * DAY);
  const months = unit === 'month' ? most : unit === 'year' ? most * 12 : undefined;
  if (months === undefined) return undefined;
  // A month ends on the day before that of its beginning, which is the day after `start`: the same day of the month, or its last.
  const [year = 0, month = 1, date = 1] = start.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month - 1 + months, Math.min(date, lastOfMonth)));
}
