// What a schema is: how a written tree becomes a typed, located value, and what may be told while it is read.

import type { Fix } from '../../core/diagnostic.js';
import type { Language } from '../../core/language.js';
import type { Say, Span } from '../../core/source.js';
import { LONGEST_FIELD, MOST_ITEMS, tooLongField, tooManyItems } from '../bounds.js';
import { type Prose, quote, type Tree } from './tree.js';

/** 待確認: the author says that the value is not known yet. `unconfirmed` is the text as written. */
export type Unconfirmed = { readonly unconfirmed: string };

/** Where a fact comes from: a provision of law, or a page. `checked`: ISO date of the last look. */
export type Citation = { law?: string; article?: string; title?: string; url?: string; checked?: string; span: Span };

/** A record that knows where it and its fields were written, and on what authority. */
export type Located<T> = T & {
  /** `self`, and one span per field that was written (the key's span where the value is empty). */
  readonly at: { readonly self: Span; readonly [field: string]: Span };
  /** Sources of the record (`self`) and of single fields. */
  readonly cited: { readonly [field: string]: readonly Citation[] };
  /** Fields that were written but could not be read; their fault is already reported. */
  readonly unread: readonly string[];
};

/** What a reader may call while it reads. Everything that is found is collected, nothing is thrown. */
export type Reading = {
  report(rule: string, span: Span, message: Say, hint?: Say, fix?: Fix): void;
  unconfirmed(span: Span): void;
  /** A piece of Markdown was read. */
  prose(prose: Prose): void;
  /** A text was given in another language: what it is in Chinese, and what in the other. */
  translated(zh: string, language: Language, text: string): void;
  /** The domain languages by name: text to a plain value, or a sentence that says why not. */
  shorthands: Readonly<Record<string, Shorthand>>;
};
/** Reads the short form of a value. A thrown `Unreadable` becomes a diagnostic. */
export type Shorthand = (text: string, span: Span) => unknown;

export class Unreadable extends Error {
  constructor(
    readonly rule: string,
    readonly say: Say,
    readonly hint?: Say,
    /** Where in the text that was read its fault begins. */
    readonly stop?: { readonly text: string; readonly at: number },
  ) {
    super(say.en);
  }
}

/** What is read whole or not at all: it names the sign at which it cannot be read, or what is missing behind the last. */
export function stopped(rule: string, text: string, at: number, what: Say, missing: Say, hint: Say): Unreadable {
  const sign = [...text.slice(at)][0];
  const nth = [...text.slice(0, at)].length + 1;
  const say: Say =
    sign === undefined
      ? {
          zh: `「${quote(text)}」讀不出${what.zh}，後面少了${missing.zh}。`,
          en: `"${quote(text)}" is no ${what.en}: ${missing.en} is missing at its end.`,
        }
      : {
          zh: `「${quote(text)}」讀不出${what.zh}，第 ${nth} 個字「${sign}」讀不懂。`,
          en: `"${quote(text)}" is no ${what.en}: "${sign}", its character ${nth}, says nothing here.`,
        };
  return new Unreadable(rule, say, hint, { text, at: sign === undefined ? 0 : at });
}

export const FAULT = Symbol('fault');
type Outcome<T> = T | undefined | typeof FAULT;

/** `Open`: the whole value may be 待確認. (Text is never open: there 待確認 is simply its text.) */
export type Shape<T, Open extends boolean = boolean> = {
  readonly open: Open;
  /** What is expected here, for messages: 「一段文字」. */
  readonly expected: Say;
  /** Set on records: their fields, for documentation and for `new`. */
  readonly fields?: Fields;
  /** Set on groups of keys of which a list is the most common: where a list stands, its other keys may follow it. */
  readonly listed?: true;
  /** How a value is written, for editors and for what prints it; where this is left out, as a text. */
  readonly written?: Written;
  /** The text is Markdown: a section of a Markdown file is handed over as it stands. */
  readonly markdown?: true;
  /** `undefined`: nothing written. */
  read(tree: Tree, reading: Reading): Outcome<T>;
  /** The value translated, where it is one of words. `at`: where it was written. */
  translate?(value: T, translator: Translator, at: Span): T;
};

export type Written =
  /** `versions`: it may also be given once for each language. */
  | { kind: 'text'; versions?: true }
  /** A closed set: of each value its spellings, the usual one first. */
  | { kind: 'words'; words: readonly (readonly string[])[] }
  /** `byName`: a group whose names are those of its items may stand for the list. */
  | { kind: 'list'; of: Shape<unknown>; byName?: true }
  /** A group with free names. */
  | { kind: 'named'; of: Shape<unknown> }
  /** A shape that refers to itself further down. */
  | { kind: 'later'; shape: () => Shape<unknown> }
  /** Its keys are `fields`. `short`: one line may stand for it; `listed`: a list; `others`: what further keys look like. */
  | { kind: 'record'; short: boolean; listed: boolean; others?: string; either?: readonly string[] };

/** What makes the text of a language of print, or of two, out of what was written in Chinese. One that only collects texts returns them as they are. */
export type Translator = {
  text(zh: string, at: Span): string;
  /** Markdown. */
  prose(zh: string, at: Span): string;
  citation(citation: Citation): Citation;
  /** Values with a domain language of their own, by the name of their shorthand or record. */
  values: Readonly<Record<string, ((value: never, at: Span) => unknown) | undefined>>;
};
export const translateAs = <T>(translator: Translator, name: string, value: T, at: Span): T =>
  (translator.values[name] as ((value: T, at: Span) => T) | undefined)?.(value, at) ?? value;

/** A value translated; what is 待確認 is said as such. */
export const translated = <T>(
  shape: Shape<T>,
  value: T | Unconfirmed,
  translator: Translator,
  at: Span,
): T | Unconfirmed =>
  isUnconfirmed(value)
    ? { unconfirmed: translator.text(value.unconfirmed, at) }
    : (shape.translate?.(value, translator, at) ?? value);
/** What a field is for, in the two languages of the program. */
export const doc = (zh: string, en: string): Say => ({ zh, en });
export type Field = { shape: Shape<unknown>; doc: Say; example?: string; required?: boolean };
export type Fields = Readonly<Record<string, Field>>;

/** The type of a field's value. */
export type Value<S> = S extends Shape<infer T, infer O> ? (O extends true ? T | Unconfirmed : T) : never;
export type RecordOf<F extends Fields> = Located<{ readonly [K in keyof F]?: Value<F[K]['shape']> }>;

export const isUnconfirmed = (value: unknown): value is Unconfirmed =>
  typeof value === 'object' && value !== null && 'unconfirmed' in value;

/** The value, unless it is missing or 待確認. */
export const known = <T>(value: T): Exclude<T, Unconfirmed | undefined> | undefined =>
  isUnconfirmed(value) ? undefined : (value as Exclude<T, Unconfirmed | undefined>);

export const KIND: Record<Tree['kind'], Say> = {
  scalar: { zh: '一段文字', en: 'text' },
  list: { zh: '一份清單（- 開頭的各項）', en: 'a list' },
  map: { zh: '一組「名稱: 內容」', en: 'a group of keys' },
};

export function wrongType(tree: Tree, expected: Say, reading: Reading): typeof FAULT {
  const there =
    tree.kind === 'scalar' ? { zh: `「${quote(tree.text)}」`, en: `"${quote(tree.text)}"` } : KIND[tree.kind];
  const message = {
    zh: `這裡寫的是${there.zh}，應為${expected.zh}。`,
    en: `This is ${there.en}; expected ${expected.en}.`,
  };
  const isText = tree.kind !== 'scalar' && expected.zh === '一段文字';
  reading.report('wrong-type', tree.span, message, isText ? ONE_LINE : undefined);
  return FAULT;
}

const ONE_LINE: Say = {
  zh: '寫成一行文字，不用括號與「- 」，例如「3 樓服務台」；有好幾行時寫在「|」之後。',
  en: 'Write it as text, without brackets and "- ", such as 3 樓服務台; several lines go behind "|".',
};

/** Whether a text is longer than a field may be; then that is told, and what is beyond is not read. */
export function isTooLong(
  { text, span }: { text: string; span: Span },
  reading: Reading,
  most = LONGEST_FIELD,
): boolean {
  if (text.length <= most) return false;
  const { message, hint } = tooLongField(text.length, most);
  reading.report('out-of-bounds', span, message, hint);
  return true;
}

/** The entries of a list as far as a list may go; that there are more is told. */
export function withinBounds<T extends { span: Span }>(items: readonly T[], reading: Reading): readonly T[] {
  const beyond = items[MOST_ITEMS];
  if (!beyond) return items;
  const { message, hint } = tooManyItems(items.length, MOST_ITEMS);
  reading.report('out-of-bounds', beyond.span, message, hint);
  return items.slice(0, MOST_ITEMS);
}

export function attempt<T>(work: () => T, span: Span, reading: Reading): T | typeof FAULT {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    reading.report(error.rule, placeOfStop(span, error.stop), error.say, error.hint);
    return FAULT;
  }
}

/** From the sign at fault to the end of what was read, where that stands in the file as it was read. */
function placeOfStop(span: Span, stop: Unreadable['stop']): Span {
  const start = stop && stop.at > 0 ? span.source?.text.slice(span.start, span.end).indexOf(stop.text) : -1;
  if (!stop || start === undefined || start === -1) return span;
  return { ...span, start: span.start + start + stop.at, end: span.start + start + stop.text.length };
}
