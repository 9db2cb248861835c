// Reads values of one piece: texts, names, numbers, dates, words of a closed set, and what a domain language says in one line.
import type { Say, Span } from '../../core/source.js';
import { FIRST_YEAR, figure, LARGEST_COUNT, LAST_YEAR, LONGEST_FIELD } from '../bounds.js';
import { faultOfId } from './id.js';
import { translatable } from './prose.js';
import { attempt, FAULT, isTooLong, type Reading, type Shape, translateAs, Unreadable, wrongType } from './schema.js';
import { isEmpty, isPlaceholder, quote, saysUnconfirmed } from './tree.js';

const scalar = <T, Open extends boolean>(
  open: Open,
  expected: Say,
  take: (text: string, span: Span, reading: Reading) => T | typeof FAULT,
  longest = LONGEST_FIELD,
): Shape<T, Open> => ({
  open,
  expected,
  read(tree, reading) {
    if (isEmpty(tree)) return undefined;
    if (tree.kind !== 'scalar') return wrongType(tree, expected, reading);
    if (isTooLong(tree, reading, longest)) return FAULT;
    const read = attempt(() => ({ value: take(tree.text.trim(), tree.span, reading) }), tree.span, reading);
    if (read === FAULT) return FAULT;
    return read.value === FAULT ? wrongType(tree, expected, reading) : (read.value as T);
  },
});

/** A line or a paragraph of plain text that is the same in every language: an address, the name of a file. */
export const verbatim = (longest = LONGEST_FIELD): Shape<string, false> => ({
  ...scalar(
    false,
    { zh: '一段文字', en: 'text' },
    (value, span, reading) => {
      if (saysUnconfirmed(value)) reading.unconfirmed(span);
      return value;
    },
    longest,
  ),
  translate: (value, translator, at) => (saysUnconfirmed(value) ? translator.text(value, at) : value),
});

/** A line or a paragraph of plain text. */
export const text = (): Shape<string, false> => {
  const plain = verbatim();
  return translatable({ ...plain, translate: (value, translator, at) => translator.text(value, at) }, (value) => value);
};

/** A text with a short domain language of its own that needs no translation where it keeps to it: 每份, 每 2 小時. */
export const measure = (name: string): Shape<string, false> => ({
  ...text(),
  translate: (value, translator, at) => translateAs(translator, name, value, at),
});

/** The days of a month, February with its 29th: every year has its own. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** 1130301, 113/3/1 and 3/1 as they are typed: year, if any, month and day. */
const TYPED =
  /(?<![\d/.])(?:(\d{2,3})([/.])(\d{1,2})\2(\d{1,2})|(\d{3})(\d{2})(\d{2})|(\d{1,2})\/(\d{1,2}))(?![\d/.])/g;
/** The same as they are printed: 113年3月1日至5月31日. */
const datesPrinted = (value: string): string =>
  value
    .replace(TYPED, (_, y1, _sign, m1, d1, y2, m2, d2, m3, d3) => {
      const year = y1 ?? y2;
      return `${year === undefined ? '' : `${Number(year)}年`}${Number(m1 ?? m2 ?? m3)}月${Number(d1 ?? d2 ?? d3)}日`;
    })
    .replace(/(日)\s*[-~～–—]\s*(?=\d)/g, '$1至');

/** A text of dates in which each is one there is: 每年 3 月 1 日前, 115年3月1日至5月31日, 1150301-1150531. */
export const dates = (): Shape<string, false> => {
  const plain = measure('dates');
  return {
    ...plain,
    read(tree, reading) {
      const value = plain.read(tree, reading);
      if (typeof value !== 'string') return value;
      const there = (month: number, day: number): boolean => day >= 1 && day <= (DAYS[month - 1] ?? 0);
      const written = [
        ...[...value.matchAll(/(\d{1,2})\s*月\s*(\d{1,2})\s*日/g)].map(([text, m, d]) => ({ text, m, d })),
        ...[...value.matchAll(TYPED)].map((found) => ({
          text: found[0],
          m: found[3] ?? found[6] ?? found[8],
          d: found[4] ?? found[7] ?? found[9],
        })),
      ];
      const wrong = written.find(({ m, d }) => !there(Number(m), Number(d)))?.text;
      if (wrong === undefined) return datesPrinted(value);
      const start = tree.span.source.text.indexOf(wrong, tree.span.start);
      const found = start !== -1 && start < tree.span.end;
      reading.report(
        'wrong-type',
        found ? { ...tree.span, start, end: start + wrong.length } : tree.span,
        { zh: `沒有「${wrong}」這一天。`, en: `There is no such day: "${wrong}".` },
        {
          zh: '例如「每年 3 月 1 日前」「3 月 1 日至 5 月 31 日」。',
          en: 'For example 每年 3 月 1 日前, 3 月 1 日至 5 月 31 日.',
        },
      );
      return FAULT;
    },
  };
};

/** A text that repeats what is said elsewhere: 待確認 in it is none of its own. */
export const words = (): Shape<string, false> => scalar(false, { zh: '一段文字', en: 'text' }, (value) => value);

/** A name that other places refer to. */
export const id = (): Shape<string, false> => scalar(false, { zh: '一個名稱', en: 'a name' }, (value) => value);

/** The same where it becomes the name of files. */
export const fileId = (): Shape<string, false> => {
  const expected = { zh: '英文小寫字母、數字與「-」組成的編號', en: 'an id of a-z, 0-9 and "-"' };
  return {
    open: false,
    expected,
    read(tree, reading) {
      if (tree.kind !== 'scalar') return wrongType(tree, expected, reading);
      const written = tree.text.trim();
      const fault = faultOfId(written);
      // A word left behind, todo or null, is no id; 「..」 and 「--」 say something that no id can.
      if (written === '' || (!fault && isPlaceholder(written))) return undefined;
      if (!fault) return written;
      const there = { zh: `這裡寫的是「${quote(written)}」。`, en: `This is "${quote(written)}". ` };
      const message = { zh: there.zh + fault.message.zh, en: there.en + fault.message.en };
      reading.report(fault.rule, tree.span, message, fault.hint);
      return FAULT;
    },
  };
};

const TRUE = new Set(['是', '有', '可', 'true', 'yes']);
const FALSE = new Set(['否', '無', '不可', 'false', 'no']);
export const flag = (): Shape<boolean, true> => ({
  ...scalar(true, { zh: '「是」或「否」', en: '"yes" or "no"' }, (value) =>
    TRUE.has(value.toLowerCase()) ? true : FALSE.has(value.toLowerCase()) ? false : FAULT,
  ),
  written: { kind: 'words', words: [[...TRUE], [...FALSE]] },
});

const DIGITS = '零一二三四五六七八九';
/** Arabic or Chinese (〇–九百九十九) whole number; NaN where it is neither. 一百二 is 102 to one and 120 to another. */
export function wholeNumber(value: string): number {
  if (/^\d{1,3}(,\d{3})*$|^\d+$/.test(value)) return Number(value.replaceAll(',', ''));
  const hundreds = /^([一二兩三四五六七八九])百(?:零([一二三四五六七八九])|([一二三四五六七八九]十.?))?$/.exec(value);
  if (hundreds) return 100 * wholeNumber(hundreds[1] ?? '') + wholeNumber(hundreds[2] ?? hundreds[3] ?? '零');
  const tens = /^([一二三四五六七八九]?)十([一二三四五六七八九]?)$/.exec(value);
  if (tens) return (tens[1] ? DIGITS.indexOf(tens[1]) : 1) * 10 + (tens[2] ? DIGITS.indexOf(tens[2]) : 0);
  if (value === '兩' || value === '二') return 2;
  return value.length === 1 && DIGITS.includes(value) ? DIGITS.indexOf(value) : Number.NaN;
}

/** A whole number of things; NaN where it is none. Throws Unreadable for one that nobody has so many of. */
export function countOf(written: string): number {
  const n = wholeNumber(written);
  if (n > LARGEST_COUNT)
    throw new Unreadable(
      'out-of-bounds',
      {
        zh: `「${quote(written)}」太多，數目最多 ${figure(LARGEST_COUNT)}。`,
        en: `"${quote(written)}" is too many; a number may be ${figure(LARGEST_COUNT)}.`,
      },
      { zh: '例如「2」或「2 份」。', en: 'For example 2, or 2 份.' },
    );
  return n;
}

const halfWidthDigits = (text: string): string =>
  text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));

/** A whole number, with a counter if the author likes: 2, 2 份, 二份. */
export const count = (): Shape<number, true> =>
  scalar(true, { zh: '一個數目（例如 2 或 2 份）', en: 'a whole number' }, (value) => {
    const n = countOf(
      halfWidthDigits(value)
        .replace(/^(?:一式|1 ?式)\s*(?=\S)|^(?:最多|至多|各)\s*/, '')
        .replace(/(?:份|張|件|頁|冊|本|套|式|幅|組|枚|顆|片|支|聯|種|項|次|分鐘|秒|聲|日|年|樓|公分|人|個)$/, '')
        .trim(),
    );
    return Number.isNaN(n) ? FAULT : n;
  });

/** An ISO date (2026-11-23) or one of the Republic (115年11月23日, 115.11.23, 1151123); the value is ISO. */
export const date = (): Shape<string, true> =>
  scalar(
    true,
    { zh: '日期（例如 115年11月23日 或 2026-11-23）', en: 'a date such as 2026-11-23' },
    (value) => isoDate(value) ?? FAULT,
  );

/** The same where it is printed in a sentence. */
export const day = (): Shape<string, true> => ({
  ...date(),
  translate: (value, translator, at) => translateAs(translator, 'day', value, at),
});

export function isoDate(value: string): string | undefined {
  const parts =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(value) ??
    /^(?:中華)?(?:民國)?\s*(\d{2,3})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*日?$/.exec(value) ??
    // 1130101 of the Republic, 20240101 of the common era.
    /^(\d{3}|\d{4})(\d{2})(\d{2})$/.exec(value);
  if (!parts) return undefined;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const common = parts[1]?.length === 4 ? year : year + 1911;
  if (common < FIRST_YEAR || common > LAST_YEAR) return undefined;
  const date = new Date(Date.UTC(common, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? isoDay(date) : undefined;
}

/** The day of a time, in UTC. The first toISOString of a process costs more than reading an office. */
export const isoDay = (time: Date): string =>
  [time.getUTCFullYear(), time.getUTCMonth() + 1, time.getUTCDate()].map((n) => String(n).padStart(2, '0')).join('-');

/** One of a closed set of words. Each value has its spellings, the Chinese one first. */
export const choice = <const C extends Readonly<Record<string, readonly string[]>>>(
  spellings: C,
): Shape<keyof C & string, true> => {
  const values = new Map<string, keyof C & string>();
  for (const [value, words] of Object.entries(spellings)) for (const word of [value, ...words]) values.set(word, value);
  const list = Object.values(spellings).map((words) => words[0]);
  return {
    ...scalar(
      true,
      { zh: `下列之一：${list.join('、')}`, en: `one of: ${Object.keys(spellings).join(', ')}` },
      (value) => values.get(value) ?? FAULT,
    ),
    written: { kind: 'words', words: Object.entries(spellings).map(([value, words]) => [...words, value]) },
  };
};

/** What cannot be read is told with examples of the field itself, where it has its own. */
function withExamples<T>(work: () => T, examples: readonly [string, string] | undefined): T {
  try {
    return work();
  } catch (error) {
    // A hint that tells what may have been meant is better still.
    if (
      !(error instanceof Unreadable) ||
      error.rule === 'out-of-bounds' ||
      !examples ||
      !error.hint?.zh.startsWith('例如')
    )
      throw error;
    const hint: Say = {
      zh: `例如${examples.map((each) => `「${each}」`).join('')}。`,
      en: `For example ${examples.join(' or ')}.`,
    };
    throw new Unreadable(error.rule, error.say, hint, error.stop);
  }
}

/** A value in one line of a domain language only (a duration, a sum of money): no long form. */
export const shorthand = <T>(name: string, expected: Say, examples?: readonly [string, string]): Shape<T, true> => ({
  open: true,
  expected,
  translate: (value, translator, at) => translateAs(translator, name, value, at),
  read(tree, reading) {
    if (isEmpty(tree)) return undefined;
    const take = reading.shorthands[name];
    if (tree.kind !== 'scalar' || !take) return wrongType(tree, expected, reading);
    if (isTooLong(tree, reading)) return FAULT;
    return attempt(() => withExamples(() => take(tree.text.trim(), tree.span) as T, examples), tree.span, reading);
  },
});
