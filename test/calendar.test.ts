// On which day a time ends.
import { expect, test } from 'vitest';
import { lastDayOf, type OfficeCalendar } from '../src/content/answer/calendar.js';
import { readDuration } from '../src/content/duration.js';

/** Made up: a week with a holiday on Wednesday and a Saturday on which it is made up for. */
const CALENDAR: OfficeCalendar = {
  from: '2026-11-01',
  until: '2027-03-31',
  holidays: ['2026-11-25'],
  workdays: ['2026-11-28'],
};

test.each([
  // 2026-11-23 is a Monday; it does not count itself.
  ['2026-11-23', '1 工作日', '2026-11-24'],
  ['2026-11-23', '2 工作日', '2026-11-26'],
  ['2026-11-23', '4 工作日', '2026-11-28'],
  ['2026-11-23', '5 工作日', '2026-11-30'],
  ['2026-11-23', '3 日', '2026-11-26'],
  // On a holiday or a Sunday it moves on.
  ['2026-11-23', '2 日', '2026-11-26'],
  ['2026-11-23', '6 日', '2026-11-30'],
  ['2026-11-23', '1 週', '2026-11-30'],
  ['2026-12-31', '2 個月', '2027-03-01'],
  ['2027-01-29', '1 個月', '2027-03-01'],
  ['2026-12-01', '1 個月又 15 日', '2027-01-18'],
])('%s and %s: %s', (start, length, end) => {
  expect(lastDayOf(start, readDuration(length), CALENDAR)).toBe(end);
});

test.each([
  ['2026-11-23', '30 分鐘'],
  ['2026-11-23', '半日'],
  ['2027-03-30', '5 日'],
  ['2026-10-01', '5 日'],
])('%s and %s: no day is made up', (start, length) => {
  expect(lastDayOf(start, readDuration(length), CALENDAR)).toBeUndefined();
  expect(lastDayOf('2026-11-23', readDuration('3 日'), undefined)).toBeUndefined();
});
