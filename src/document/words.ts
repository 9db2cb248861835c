// Words, dates and numerals as they are printed, in one language or in two.

import { type Citation, isUnconfirmed, type Unconfirmed } from '../content/schema/schema.js';
import { saysUnconfirmed } from '../content/schema/tree.js';
import { type Html, html } from '../core/html.js';
import { firstOf, inEachLanguage, isChinese, type Language, localeOf, pairOf, secondOf } from '../core/language.js';

/** The language of a sheet, and a second one in which it says the same again. */
export type Languages = { readonly lang: Language; readonly second?: Language | undefined };

/** Printed words by language, then by key. */
export type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A printed word; unknown words are our bug. `{0}`, `{1}` are filled in order, `{0:day|days}` by whether it is 1. */
export type Word = (key: string, ...values: (string | number)[]) => string;

/** The words of one output or kind of sheet: `name` and a full stop stand before their keys. */
export const wordsUnder =
  (name: string) =>
  (context: { readonly word: Word }, key: string, ...values: (string | number)[]): string =>
    context.word(`${name}.${key}`, ...values);

export function wordIn(words: Words, { lang, second }: Languages): Word {
  const text = (language: Language, key: string): string => {
    const found = words[language]?.[key];
    if (found === undefined) throw new Error(`templates/words.yaml has no word "${key}" in ${language}`);
    return found;
  };
  if (second === undefined) return (key, ...values) => filled(text(lang, key), values);
  return (key, ...values) => {
    const [one, other] = [text(lang, key), text(second, key)].map((each) => each.split(/(\{[^}]*\})/)) as [
      string[],
      string[],
    ];
    // Where both have the same holes in the same order, each piece is a pair of its own, so that what is filled in can
    // be found in the whole.
    const alike = one.length === other.length && one.every((part, i) => i % 2 === 0 || part === other[i]);
    if (alike)
      return one.map((part, i) => (i % 2 ? filled(part, values) : pairOf(part, other[i] ?? '', second))).join('');
    const said = (side: (text: string) => string) => values.map((value) => side(String(value)));
    return pairOf(filled(one.join(''), said(firstOf)), filled(other.join(''), said(secondOf)), second);
  };
}

const HOLE = /\{(\d)(?::([^|}]*)\|([^}]*))?\}/g;
const filled = (text: string, values: readonly (string | number)[]): string =>
  text.replace(HOLE, (_, i: string, one?: string, many?: string) => {
    const value = String(values[Number(i)] ?? '');
    return one === undefined ? value : ((value === '1' ? one : many) ?? '');
  });

/** Text as it is printed; 待確認 is marked so that nobody overlooks it. */
export function mark(value: string | number | Unconfirmed | undefined): Html {
  if (value === undefined) return html``;
  const text = isUnconfirmed(value) ? value.unconfirmed : String(value);
  return saysUnconfirmed(text) ? html`<span class="unconfirmed">${text}</span>` : html`${text}`;
}

/** 行政執行法第9條第1項, or the title of the page it was read on. */
export function citationText({ law, article, title, url }: Citation): string {
  if (!law) return title ?? url ?? '';
  // Only in Chinese does the article follow the law without a comma.
  const comma = inEachLanguage(article ?? '', (text) => (text === '' || isChinese(text) ? '' : ', '));
  return `${law}${comma}${article ?? ''}`;
}

/** 民國115年11月23日, 23 November 2026. */
export function dayIn(language: Language, iso: string): string {
  const format =
    DAYS.get(language) ?? new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeZone: 'UTC' });
  DAYS.set(language, format);
  return format.format(new Date(`${iso}T00:00:00Z`));
}
/** Opening one takes forty times as long as asking it. */
const DAYS = new Map<Language, Intl.DateTimeFormat>();

/** 1 → 一, 12 → 十二, 34 → 三十四, 116 → 一百十六 (to 9999). */
export const chineseNumber = (n: number): string => inPlaces(n, PLAIN, PLAIN_PLACES);

/** 1 → 壹, 12 → 拾貳 (to 9999): the first level of an official outline. */
export const formalNumber = (n: number): string => inPlaces(n, FORMAL, FORMAL_PLACES);

/** As statutes number their articles: 十 without 一, 一百十六, 一百零三, 二千零十. */
function inPlaces(n: number, digits: readonly string[], places: readonly string[]): string {
  if (!Number.isInteger(n) || n < 0 || n > 9999) throw new RangeError(`${n} has no number in an outline`);
  let text = '';
  let gap = false;
  for (const [i, digit] of [...String(n)].map(Number).entries()) {
    const place = String(n).length - 1 - i;
    if (digit === 0) gap = text !== '';
    else {
      text += `${gap ? digits[0] : ''}${digit === 1 && place === 1 ? '' : digits[digit]}${places[place]}`;
      gap = false;
    }
  }
  return text || `${digits[0]}`;
}

const FORMAL = ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'];
const PLAIN = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** The places of a number: ones, tens, hundreds, thousands. */
const PLAIN_PLACES = ['', '十', '百', '千'];
const FORMAL_PLACES = ['', '拾', '佰', '仟'];
