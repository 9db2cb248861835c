// How long something that was looked up or confirmed still counts: until which day, and after which time it is looked at again.
import type { Duration } from './schema/procedure.js';
import { isoDay } from './schema/scalars.js';

/** Fees are reviewed at least every three years (規費法第11條); a handbook that says nothing else is held to that. */
export const USUAL_PERIOD: Duration = { most: 3, unit: 'year', printed: '三年' };

/** The last day (ISO) on which something looked up on `day` still counts. Working days depend on the calendar: `undefined`. */
export function validUntil(day: string, { most, unit }: Duration): string | undefined {
  const date = new Date(`${day}T00:00:00Z`);
  const [year, month, of] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const months = unit === 'year' ? most * 12 : unit === 'month' ? most : 0;
  const days = unit === 'week' ? most * 7 : unit === 'day' ? most : 0;
  if (months === 0 && days === 0) return undefined;
  // 31 January and a month is the last day of February.
  const last = new Date(Date.UTC(year, month + months + 1, 0)).getUTCDate();
  return isoDay(new Date(Date.UTC(year, month + months, (months > 0 ? Math.min(of, last) : of) + days)));
}
