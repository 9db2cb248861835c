// A text and its translation: the numbers, days, articles and links that both must have. What a language says in words of
// its own (three, first) is counted as said.
import type { Translation } from '../content/schema/model.js';
import type { Say, Span } from '../core/source.js';
import { numberOf } from './prose/quantities.js';
import { type Difference, negationDifference, orderDifference } from './translation-sense.js';
import { narrow } from './wording/width.js';

const WORDS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );
const ORDINALS = 'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');
const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
const TENS: Readonly<Record<string, number>> = {
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  ninety: 90,
  hundred: 100,
  once: 1,
  twice: 2,
  half: 30,
  both: 2,
  single: 1,
  a: 1,
  an: 1,
};

/** Every number that words of English say. */
function numbersInWords(text: string): Set<number> {
  const found = new Set<number>();
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
    for (const list of [WORDS, ORDINALS]) if (list.indexOf(word) > -1) found.add(list.indexOf(word));
    const more = TENS[word];
    if (more !== undefined) found.add(more);
    const month = MONTHS.findIndex((name) => name === word || (word.length === 3 && name.startsWith(word)));
    if (month !== -1) found.add(month + 1);
  }
  return found;
}

/** Addresses and what stands in code is no number of the text. */
const plain = (text: string): string => narrow(text).replace(/https?:\/\/[^\s)）」，。；]+|\]\([^)]*\)|`[^`]*`/g, ' ');
const figuresIn = (text: string): number[] =>
  [...plain(text).matchAll(/(?<![A-Za-z\d.])\d[\d,]*(?:\.\d+)?/g)].map(([written]) =>
    Number(
      written
        .replace(/,(?=\d{3})/g, '')
        .replace(/,+$/, '')
        .replaceAll(',', ''),
    ),
  );

/** Units with a number before them: in Chinese, and how English says each. */
const UNITS: readonly (readonly [zh: RegExp, en: RegExp, name: string])[] = [
  [/^個?(?:工作|上班)[日天]/, /^(?:[ -]?(?:working|business|work)[ -]?days?|[ -]?workdays?)/i, 'workday'],
  [/^個?(?:小時|鐘頭)/, /^[ -]?(?:hours?|hrs?)/i, 'hour'],
  [/^分鐘/, /^[ -]?(?:minutes?|mins?)/i, 'minute'],
  [/^秒/, /^[ -]?seconds?/i, 'second'],
  [/^個?(?:星期|禮拜)|^[週周]/, /^[ -]?weeks?/i, 'week'],
  [/^個月/, /^[ -]?months?/i, 'month'],
  [/^(?:日曆)?[日天](?!期|曆|報)/, /^[ -]?(?:calendar[ -])?days?/i, 'day'],
  [/^年(?!度|\s*\d)/, /^[ -]?years?/i, 'year'],
];
type Counted = { readonly n: number; readonly unit: string; readonly written: string };
const NUMERAL = /\d[\d,]*|[一二兩三四五六七八九十百]+/g;

/** Lengths of time as Chinese writes them; days of a month and years of an era are none. */
function timesInChinese(zh: string): Counted[] {
  const text = plain(zh);
  return [...text.matchAll(NUMERAL)].flatMap(({ 0: written, index }) => {
    if (/[月年第\d]\s*$/.test(text.slice(0, index))) return [];
    const after = text.slice(index + written.length).trimStart();
    const unit = UNITS.find(([pattern]) => pattern.test(after));
    const n = numberOf(written);
    if (!unit || (unit[2] === 'year' && n > 99)) return [];
    return [{ n, unit: unit[2], written: `${written}${unit[0].exec(after)?.[0] ?? ''}` }];
  });
}
function timesInEnglish(en: string): Counted[] {
  const text = plain(en);
  return [...text.matchAll(/\d[\d,]*|[a-z]+/gi)].flatMap(({ 0: written, index }) => {
    const n = /\d/.test(written) ? Number(written.replaceAll(',', '')) : [...numbersInWords(written)][0];
    const after = text.slice(index + written.length);
    const unit =
      n === undefined || /^(?:a|an|may|mar|second|once|half)$/i.test(written)
        ? undefined
        : UNITS.find(([, pattern]) => pattern.test(after));
    return unit && n !== undefined
      ? [{ n, unit: unit[2], written: `${written}${unit[1].exec(after)?.[0] ?? ''}` }]
      : [];
  });
}

/** 第9條 and Article 9, 第2項 and Paragraph 2. */
const AND = '(?:\\s*(?:,|and|or|to|through|-|–)\\s*)+';
const PARTS: readonly (readonly [zh: RegExp, en: RegExp])[] = [
  [
    /第\s*([\d一二三四五六七八九十百]+)\s*條/g,
    new RegExp(`(?:\\barticles?|\\barts?\\.|§)\\s*(\\d+(?:${AND}\\d+)*)`, 'gi'),
  ],
  [
    /第\s*([\d一二三四五六七八九十]+)\s*項/g,
    new RegExp(`(?:\\bparagraphs?|\\bparas?\\.)\\s*(\\d+(?:${AND}\\d+)*)`, 'gi'),
  ],
];
const numbersOf = (text: string, pattern: RegExp): number[] =>
  [...plain(text).matchAll(pattern)].flatMap(([, found = '']) =>
    /\d/.test(found) ? (found.match(/\d+/g) ?? []).map(Number) : [numberOf(found)],
  );

/** Days as 2026-11-23, of dates with a year: 115年11月23日, 23 November 2026. */
function daysInChinese(zh: string): string[] {
  return [...plain(zh).matchAll(/(\d{2,4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日/g)].map(
    ([, y = '', m, d]) => `${Number(y) + (y.length < 4 ? 1911 : 0)}-${Number(m)}-${Number(d)}`,
  );
}
function daysInEnglish(en: string): string[] {
  const text = plain(en);
  const month = (name = ''): number => MONTHS.findIndex((each) => each.startsWith(name.toLowerCase().slice(0, 3))) + 1;
  const name =
    '(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\.?';
  return [
    ...[...text.matchAll(new RegExp(`(\\d{1,2})(?:st|nd|rd|th)?\\s+${name},?\\s+(\\d{4})`, 'gi'))].map(
      ([, d, m, y]) => `${y}-${month(m)}-${Number(d)}`,
    ),
    ...[...text.matchAll(new RegExp(`${name}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})`, 'gi'))].map(
      ([, m, d, y]) => `${y}-${month(m)}-${Number(d)}`,
    ),
    ...[...text.matchAll(/(\d{4})[-/](\d{1,2})[-/](\d{1,2})/g)].map(([, y, m, d]) => `${y}-${Number(m)}-${Number(d)}`),
  ];
}

const ZH_WEEK = '日一二三四五六';
const weekdaysInChinese = (zh: string): number[] =>
  [...zh.matchAll(/(?:星期|週|禮拜)([一二三四五六日天])/g)].map(([, day = '']) =>
    ZH_WEEK.indexOf(day.replace('天', '日')),
  );
const weekdaysInEnglish = (en: string): number[] =>
  [...en.toLowerCase().matchAll(/\b(sun|mon|tues|wednes|thurs|fri|satur)days?\b/g)].map(([, day = '']) =>
    WEEKDAYS.findIndex((name) => name.startsWith(day)),
  );

const linksIn = (text: string): string[] =>
  [...text.matchAll(/https?:\/\/[^\s)）」，。；>]+|\]\(([^)\s]+)/g)].map(([whole, target]) =>
    (target ?? whole).replace(/[.,]$/, ''),
  );
/** A page of the same site in another language is the same page. */
const neutral = (link: string): string =>
  link
    .replace(/\/(?:en|eng|english|zh|tw|zh-tw|en-us)(?=\/|$)/gi, '')
    .replace(/[?&](?:lang|language|mp|l)=[^&#]*/gi, '')
    .replace(/^https?:\/\/(?:en|english|eng)\./i, 'https://');

const missing = <T>(from: readonly T[], among: readonly T[]): T | undefined =>
  from.find((each) => !among.includes(each));
const said = (list: readonly (string | number)[]): string => (list.length === 0 ? '—' : list.join(', '));

const KINDS = {
  link: { zh: '連結', en: 'link' },
  day: { zh: '日期', en: 'date' },
  weekday: { zh: '星期', en: 'weekday' },
  article: { zh: '條次', en: 'article' },
  time: { zh: '期間', en: 'length of time' },
  currency: { zh: '幣別', en: 'currency' },
  number: { zh: '數字', en: 'number' },
} as const satisfies Record<string, Say>;

/** The first thing that a translation has otherwise than its Chinese. */
export function differenceOf({
  zh,
  text,
  language,
}: Pick<Translation, 'zh' | 'text' | 'language'>): Difference | undefined {
  return (
    linkDifference(zh, text) ??
    (language === 'en' ? englishDifference(zh, text) : undefined) ??
    numberDifference(zh, text, language) ??
    (language === 'en' ? senseDifference(zh, text) : undefined)
  );
}

const senseDifference = (zh: string, text: string): Difference | undefined =>
  negationDifference(zh, text) ?? orderDifference(plain(zh), plain(text), timesInChinese, timesInEnglish);

function linkDifference(zh: string, text: string): Difference | undefined {
  const [ours, theirs] = [linksIn(zh).map(neutral), linksIn(text).map(neutral)];
  const wrong = missing(theirs, ours) ?? missing(ours, theirs);
  return wrong === undefined ? undefined : { what: KINDS.link, zh: said(linksIn(zh)), there: said(linksIn(text)) };
}

function englishDifference(zh: string, text: string): Difference | undefined {
  const [days, theirDays] = [daysInChinese(zh), daysInEnglish(text)];
  if (days.length > 0 && theirDays.length > 0 && (missing(days, theirDays) ?? missing(theirDays, days)) !== undefined)
    return { what: KINDS.day, zh: said(days), there: said(theirDays) };
  const [weekdays, theirs] = [weekdaysInChinese(zh), weekdaysInEnglish(text)];
  if (
    weekdays.length > 0 &&
    theirs.length > 0 &&
    (missing(weekdays, theirs) ?? missing(theirs, weekdays)) !== undefined
  )
    return {
      what: KINDS.weekday,
      zh: said(weekdays.map((day) => `星期${ZH_WEEK.charAt(day)}`)),
      there: said(theirs.map((day) => (WEEKDAYS[day] ?? '').replace(/^./, (c) => c.toUpperCase()))),
    };
  for (const [ours, other] of PARTS) {
    const [a, b] = [numbersOf(zh, ours), numbersOf(text, other)];
    if (a.length > 0 && b.length > 0 && (missing(a, b) ?? missing(b, a)) !== undefined)
      return { what: KINDS.article, zh: said(a), there: said(b) };
  }
  const [times, otherTimes] = [timesInChinese(zh), timesInEnglish(text)];
  const strange = otherTimes.find(({ n, unit }) => !times.some((each) => each.n === n && each.unit === unit));
  if (strange && times.length > 0 && !sameLength(strange, times))
    return { what: KINDS.time, zh: said(times.map(({ written }) => written)), there: strange.written };
  if (
    /\d\s*元|元整/.test(zh) &&
    !/美元|港元|日圓|歐元|人民幣/.test(zh) &&
    /US\$|USD|HK\$|€|EUR|¥|RMB|CNY|JPY/.test(text)
  )
    return { what: KINDS.currency, zh: '元', there: /US\$|USD|HK\$|€|EUR|¥|RMB|CNY|JPY/.exec(text)?.[0] ?? '' };
  return undefined;
}

/** 1 年 is 12 months, 24 小時 a day, 2 週 14 days, 半小時 30 minutes. */
const IN_SMALL: Readonly<Record<string, readonly [number, string]>> = {
  year: [12, 'month'],
  week: [7, 'day'],
  hour: [60, 'minute'],
  minute: [60, 'second'],
};
const sameLength = (one: Counted, others: readonly Counted[]): boolean =>
  others.some((other) => {
    const [big, small] = IN_SMALL[one.unit] ? [one, other] : [other, one];
    const [of, unit] = IN_SMALL[big.unit] ?? [0, ''];
    return unit === small.unit && big.n * of === small.n;
  });

/** 一年 is 12 months, 一日 24 hours: one figure a multiple of the other. */
const isMultiple = (n: number, own: number): boolean => own > 0 && [7, 12, 24, 60].includes(n / own);

/** A figure that only one of the two has. */
function numberDifference(zh: string, text: string, language: string): Difference | undefined {
  const [ours, theirs] = [figuresIn(zh), figuresIn(text)];
  const chinese = new Set(
    [...plain(zh).matchAll(/[〇○零一二兩三四五六七八九十百千萬]+/g)].map(([written]) => numberOf(written)),
  );
  if (/半/.test(zh)) for (const n of [30, 0.5]) chinese.add(n);
  const words = language === 'en' ? numbersInWords(text) : new Set<number>();
  const isOurs = (n: number): boolean =>
    ours.includes(n) ||
    chinese.has(n) ||
    ours.some(
      (own) => own + 1911 === n || own - 1911 === n || own * 10_000 === n || own + 12 === n || own - 12 === n,
    ) ||
    [...chinese].some((own) => own + 1911 === n || isMultiple(n, own)) ||
    ours.some((own) => isMultiple(n, own));
  const isTheirs = (n: number): boolean =>
    theirs.some((other) => isMultiple(other, n)) ||
    theirs.includes(n) ||
    words.has(n) ||
    theirs.some(
      (other) =>
        other === n + 1911 || other === n - 1911 || other === n * 10_000 || other === n + 12 || other === n - 12,
    );
  const strange = theirs.find((n) => !isOurs(n));
  if (strange !== undefined) return { what: KINDS.number, zh: said(ours), there: String(strange) };
  // Words of other languages are not known here: 二次 may be said without a figure.
  const lost = language === 'en' ? ours.find((n) => !isTheirs(n)) : undefined;
  return lost === undefined ? undefined : { what: KINDS.number, zh: String(lost), there: said(theirs) };
}

/** Where a translation is written. */
export function placeOfTranslation({ text, zh, source }: Translation): Span {
  const key = source.text.indexOf(zh);
  const at = source.text.indexOf(text, key === -1 ? 0 : key + zh.length);
  if (at !== -1) return { source, start: at, end: at + text.length };
  const first = text.split('\n')[0] ?? text;
  const line = source.text.indexOf(first, Math.max(0, key));
  if (line !== -1) return { source, start: line, end: line + first.length };
  return key === -1 ? { source, start: 0, end: 0 } : { source, start: key, end: key + zh.length };
}
