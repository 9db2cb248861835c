// How texts of a fact are put together: lists, clauses, values with their words, and every 待確認 in them.

import type { Handbook } from '../../content/schema/model.js';
import { type Citation, isUnconfirmed, type Unconfirmed } from '../../content/schema/schema.js';
import type { Service } from '../../content/schema/service.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import { type Html, join } from '../../core/html.js';
import { inEachLanguage, splitUnconfirmed } from '../../core/language.js';
import { citationText, mark, type Word } from '../words.js';

/** What facts are put in words with: the words of a language, or tokens for them. */
export type Wording = { readonly word: Word };
/** The same with the content, for facts that name others of it: forms, services, standards. */
export type BookWording = Wording & { readonly handbook: Handbook; readonly services: readonly Service[] };

export type Open<T> = T | Unconfirmed | undefined;
export type Texts = readonly (string | undefined | false)[];

export const present = (texts: Texts): string[] => texts.filter((text): text is string => !!text);
export const listed = (context: Wording, texts: Texts): string => present(texts).join(context.word('list-comma'));

/** Clauses in one line; a full stop before the separator falls away. */
export const clauses = (context: Wording, texts: Texts): string =>
  present(texts)
    .map((text, i, all) => (i < all.length - 1 ? inEachLanguage(text, (each) => each.replace(/[。；;.]$/, '')) : text))
    .join(context.word('clause-comma'));
export const amongWords = (context: Wording, list: Open<readonly string[]>): string =>
  isUnconfirmed(list) ? list.unconfirmed : listed(context, list ?? []);

/** The author's words for a value with a domain language of its own. */
export const printed = (value: Open<{ readonly printed: string }>): string =>
  value === undefined ? '' : isUnconfirmed(value) ? value.unconfirmed : value.printed;
export const plain = (value: Open<string | number>): string =>
  value === undefined ? '' : isUnconfirmed(value) ? value.unconfirmed : String(value);

/** 「3 個月」→「3 個月內核發」; 待確認 keeps its text, with the name of what is not known before it. */
export const worded = (
  context: Wording,
  word: string,
  unknown: string,
  value: Open<string | number | { readonly printed: string }>,
): string => {
  if (value === undefined) return '';
  if (isUnconfirmed(value)) return context.word('field', context.word(unknown), value.unconfirmed);
  const text = typeof value === 'object' ? value.printed : String(value);
  return saysUnconfirmed(text) ? context.word('field', context.word(unknown), text) : context.word(word, text);
};

/** A day in a sentence: 至115年12月31日止. Where a language was chosen it is said in it already. */
export function dayText(context: Wording, word: string, unknown: string, day: Open<string>): string {
  if (day === undefined) return '';
  if (isUnconfirmed(day)) return context.word('field', context.word(unknown), day.unconfirmed);
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  return context.word(word, year === undefined ? day : `${Number(year) - 1911}年${Number(month)}月${Number(date)}日`);
}

/** 依據：規費法第10條; empty without one. */
export const basisText = (context: Wording, basis: readonly Citation[] | undefined): string =>
  basis && basis.length > 0
    ? context.word('field', context.word('basis'), listed(context, basis.map(citationText)))
    : '';

/** Text with every 待確認 in it marked, wherever in the text it stands. */
export function marked(text: string): Html {
  if (saysUnconfirmed(text)) return mark(text);
  return join(splitUnconfirmed(text).map((part) => mark(part)));
}

/** A record without its legal bases, which are for the handbook. */
export function withoutBasis<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutBasis) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      key === 'basis' ? [] : [[key, key === 'at' ? inner : withoutBasis(inner)]],
    ),
  ) as T;
}
