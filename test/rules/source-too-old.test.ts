import { expect, test } from 'vitest';
import { parse } from '../../src/content/parse.js';
import type { Handbook } from '../../src/content/schema/model.js';
import rule from '../../src/lint/rules/source-too-old.js';
import { contentOf, SERVICE } from '../office.js';

/** Whether a source that was checked on `day` is too old for the edition of 2026-11-23. */
const tooOld = (day: string, most: number, unit: string): boolean => {
  const text = `${SERVICE}申請人: {值: 本人, 來源: "https://example.org/a", 查核日: ${day}}\n`;
  const read = parse(contentOf({ 'services/a.yaml': text }));
  const book = { ...read.book, reviewAfter: { most, unit, printed: `${most}` } };
  let found = false;
  rule.check({ ...read, book } as Handbook, () => {
    found = true;
  });
  return found;
};

test('a source is too old on the day after its time', () => {
  expect(tooOld('2025-11-23', 1, 'year')).toBe(false);
  expect(tooOld('2025-11-22', 1, 'year')).toBe(true);
  expect(tooOld('2026-05-23', 6, 'month')).toBe(false);
  expect(tooOld('2026-05-22', 6, 'month')).toBe(true);
  expect(tooOld('2026-10-24', 30, 'day')).toBe(false);
  expect(tooOld('2026-10-23', 30, 'day')).toBe(true);
});

test('a month from the last day of a long month ends with the short one', () => {
  expect(tooOld('2026-10-31', 1, 'month')).toBe(false);
  expect(tooOld('2024-02-29', 33, 'month')).toBe(false);
});

test('working days depend on the calendar and are not counted', () => {
  expect(tooOld('2020-01-01', 1, 'workday')).toBe(false);
});
