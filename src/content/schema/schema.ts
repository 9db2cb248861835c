// Reading a written tree (YAML or Markdown alike) into typed, located values: one declaration gives type, reader and documentation.
import { closest, distance } from 'fastest-levenshtein';
import { DOUBT, plainOf, TONGUE_NAMES, TONGUES, type Tongue, tongueNamed } from '../../core/language.js';
import type { Fix, Say, Span } from '../../core/source.js';
import {
  breachOfProse,
  FIRST_YEAR,
  figure,
  LARGEST_COUNT,
  LAST_YEAR,
  LONGEST_FIELD,
  MOST_ITEMS,
  tooLongField,
  tooManyItems,
} from '../bounds.js';
import { KEYS } from '../keys.js';
import { faultOfId } from './id.js';

/** What an author wrote, whatever the notation. Plain scalars keep their text: `0912` stays `0912`. */
export type Tree =
  | { kind: 'scalar'; text: string; span: Span }
  | { kind: 'list'; items: Tree[]; span: Span }
  /** `short`: a line of text that stands before the keys (Markdown: the item above a nested list of keys). */
  | { kind: 'map'; entries: Entry[]; span: Span; short?: { text: string; span: Span } };
export type Entry = { key: string; keySpan: Span; value: Tree };

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
  translated(zh: string, tongue: Tongue, text: string): void;
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
  ) {
    super(say.en);
  }
}

const FAULT = Symbol('fault');
type Outcome<T> = T | undefined | typeof FAULT;

/** `Open`: the whole value may be 待確認. (Text is never open: there 待確認 is simply its text.) */
export type Shape<T, Open extends boolean = boolean> = {
  readonly open: Open;
  /** What is expected here, for messages: 「一段文字」. */
  readonly expected: Say;
  /** Set on records: their fields, for documentation and for `new`. */
  readonly fields?: Fields;
  /** The text is Markdown: a section of a Markdown file is handed over as it stands. */
  readonly markdown?: true;
  /** `undefined`: nothing written. */
  read(tree: Tree, reading: Reading): Outcome<T>;
  /** The value in another voice, where it is one of words. `at`: where it was written. */
  speak?(value: T, voice: Voice, at: Span): T;
};

/** How what was written in Chinese is said: by a language of print, or by who only listens. */
export type Voice = {
  text(zh: string, at: Span): string;
  /** Markdown. */
  prose(zh: string, at: Span): string;
  citation(citation: Citation): Citation;
  /** Values with a domain language of their own, by the name of their shorthand or record. */
  values: Readonly<Record<string, ((value: never, at: Span) => unknown) | undefined>>;
};
const speakAs = <T>(voice: Voice, name: string, value: T, at: Span): T =>
  (voice.values[name] as ((value: T, at: Span) => T) | undefined)?.(value, at) ?? value;

/** A value in another voice; what is 待確認 is said as such. */
export const spoken = <T>(shape: Shape<T>, value: T | Unconfirmed, voice: Voice, at: Span): T | Unconfirmed =>
  isUnconfirmed(value)
    ? { unconfirmed: voice.text(value.unconfirmed, at) }
    : (shape.speak?.(value, voice, at) ?? value);
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

/** The signs of `tongue.ts` may stand before and behind it. */
const UNCONFIRMED = new RegExp(`^[\uFDD0-\uFDEF]?(${DOUBT})(?=$|[\\s（(：:，,。\uFDD0-\uFDEF])`, 'i');
/** 待確認 alone, without a word on why. */
const BARE_UNCONFIRMED = new RegExp(`^(${DOUBT})$`, 'i');
export const saysUnconfirmed = (text: string): boolean => UNCONFIRMED.test(text);
export const saysOnlyUnconfirmed = (text: string): boolean => BARE_UNCONFIRMED.test(plainOf(text));

/** Words people leave behind instead of a value. They declare nothing. */
const PLACEHOLDER =
  /^(todo|tbd|tba|fixme|n\/?a|null|nil|x{2,}|[-—–_.…?？*＊○◯〇]+|待補|待填|待定|未定|略|同上|填寫|請填寫)$/i;
export function isPlaceholder(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '') return true;
  // None is long but a row of marks.
  const first = trimmed.charCodeAt(0);
  return (trimmed.length < 7 || first < 0x3100 || first > 0xff00) && PLACEHOLDER.test(trimmed);
}

/** How a span's text is quoted in a message. */
export const quote = (text: string): string => {
  const line = text.trim().split('\n')[0] ?? '';
  return line.length > 24 ? `${line.slice(0, 24)}…` : line;
};

const KIND: Record<Tree['kind'], Say> = {
  scalar: { zh: '一段文字', en: 'text' },
  list: { zh: '一份清單（- 開頭的各項）', en: 'a list' },
  map: { zh: '一組「名稱: 內容」', en: 'a group of keys' },
};

function wrongType(tree: Tree, expected: Say, reading: Reading): typeof FAULT {
  const there =
    tree.kind === 'scalar' ? { zh: `「${quote(tree.text)}」`, en: `"${quote(tree.text)}"` } : KIND[tree.kind];
  reading.report('wrong-type', tree.span, {
    zh: `這裡寫的是${there.zh}，應為${expected.zh}。`,
    en: `This is ${there.en}; expected ${expected.en}.`,
  });
  return FAULT;
}

/** Whether a text is longer than a field may be; then that is told, and what is beyond is not read. */
function isTooLong({ text, span }: { text: string; span: Span }, reading: Reading, most = LONGEST_FIELD): boolean {
  if (text.length <= most) return false;
  const { message, hint } = tooLongField(text.length, most);
  reading.report('out-of-bounds', span, message, hint);
  return true;
}

/** The entries of a list as far as a list may go; that there are more is told. */
function withinBounds<T extends { span: Span }>(items: readonly T[], reading: Reading): readonly T[] {
  const beyond = items[MOST_ITEMS];
  if (!beyond) return items;
  const { message, hint } = tooManyItems(items.length, MOST_ITEMS);
  reading.report('out-of-bounds', beyond.span, message, hint);
  return items.slice(0, MOST_ITEMS);
}

const isEmpty = (tree: Tree): boolean =>
  tree.kind === 'scalar'
    ? isPlaceholder(tree.text)
    : tree.kind === 'list'
      ? tree.items.length === 0
      : tree.entries.length === 0;

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
  speak: (value, voice, at) => (saysUnconfirmed(value) ? voice.text(value, at) : value),
});

/** A line or a paragraph of plain text. */
export const text = (): Shape<string, false> => {
  const plain = verbatim();
  return translatable({ ...plain, speak: (value, voice, at) => voice.text(value, at) }, (value) => value);
};

/** A text with a short domain language of its own that needs no translation where it keeps to it: 每份, 每 2 小時. */
export const measure = (name: string): Shape<string, false> => ({
  ...text(),
  speak: (value, voice, at) => speakAs(voice, name, value, at),
});

/** Text in Markdown, kept with the span it was written at, so that faults in it have a place. */
export type Prose = { readonly markdown: string; readonly span: Span };
export const prose = (): Shape<Prose, false> => translatable(plainProse, ({ markdown }) => markdown);
const plainProse: Shape<Prose, false> = {
  open: false,
  markdown: true,
  speak: (value, voice, at) => ({ ...value, markdown: voice.prose(value.markdown, at) }),
  expected: { zh: '一段文字', en: 'text' },
  read(tree, reading) {
    if (isEmpty(tree)) return undefined;
    const lines = tree.kind === 'list' ? tree.items : [tree];
    if (tree.kind === 'map' || lines.some((line) => line.kind !== 'scalar'))
      return wrongType(tree, { zh: '一段文字或一份文字清單', en: 'text or a list of texts' }, reading);
    const texts = lines.map((line) => {
      const value = line.kind === 'scalar' ? line.text.trim() : '';
      if (saysUnconfirmed(value)) reading.unconfirmed(line.span);
      return value;
    });
    const value = {
      markdown: tree.kind === 'list' ? texts.map((t) => `- ${t}`).join('\n') : (texts[0] ?? ''),
      span: tree.span,
    };
    const breach = breachOfProse(value.markdown);
    if (breach) {
      reading.report('out-of-bounds', placeIn(value, breach.start, breach.end), breach.message, breach.hint);
      return FAULT;
    }
    reading.prose(value);
    return value;
  },
};

/** Where a piece of a text stands in its file; the whole text, where it is written there in another way. */
export function placeIn({ markdown, span }: Prose, from: number, to: number): Span {
  const lines = markdown.slice(0, from).split('\n');
  const line = (markdown.split('\n')[lines.length - 1] ?? '').trim();
  let start = span.source.text.indexOf(markdown, span.start);
  if (start !== -1 && start <= span.end) return { source: span.source, start: start + from, end: start + to };
  // A block of YAML is indented: its line is found by its number and its words.
  start = span.start;
  for (let n = 0; n < lines.length && start !== -1; n += 1) start = span.source.text.indexOf('\n', start) + 1 || -1;
  const end = start === -1 ? -1 : span.source.text.indexOf('\n', start);
  const written = start === -1 ? '' : span.source.text.slice(start, end === -1 ? undefined : end);
  if (line === '' || written.trim() !== line) return span;
  const at = start + written.indexOf(line);
  return { source: span.source, start: at, end: at + line.length };
}

// ---------------------------------------------------------------- translations

/** What is written once for each language, `{中文: …, 英文: …}`: the Chinese, and the others. */
type Versions = { zh?: Tree; others: { tongue: Tongue; tree: Tree }[] };

function versionsIn(tree: Tree & { kind: 'map' }, reading: Reading): Versions {
  const versions: Versions = { others: [] };
  const seen = new Set<Tongue>();
  for (const entry of tree.entries) {
    const tongue = tongueNamed(entry.key);
    if (tongue === undefined) unknownTongue(entry, reading);
    else if (seen.has(tongue))
      reading.report('duplicate-key', entry.keySpan, {
        zh: `「${TONGUE_NAMES[tongue][0]}」已經寫過一次（各種寫法視為同一種語言），每種語言只能寫一次。`,
        en: `"${entry.key}" is given twice; give each language once.`,
      });
    else if (tongue === 'zh') versions.zh = entry.value;
    else versions.others.push({ tongue, tree: entry.value });
    if (tongue !== undefined) seen.add(tongue);
  }
  if (!versions.zh)
    reading.report(
      'missing-key',
      tree.span,
      { zh: '這裡只有譯文，沒有中文。', en: 'There are translations here, but no Chinese (zh).' },
      { zh: '加上一行「中文: …」。', en: 'Add a line "中文: …" (zh).' },
    );
  return versions;
}

function unknownTongue({ key, keySpan }: Entry, reading: Reading): void {
  const near = nearest(
    key,
    TONGUES.flatMap((tongue) => [tongue, ...TONGUE_NAMES[tongue]]),
  );
  reading.report(
    'unknown-key',
    keySpan,
    { zh: `不認得「${quote(key)}」這種語言。`, en: `Unknown language "${quote(key)}".` },
    near
      ? { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` }
      : {
          zh: `可用的語言：${TONGUES.map((tongue) => TONGUE_NAMES[tongue][0]).join('、')}。`,
          en: `Languages: ${TONGUES.join(', ')}.`,
        },
    near ? { span: keySpan, text: near } : undefined,
  );
}

/** Of translations only the words are taken: what is 待確認 in them is so in the Chinese already. */
function readVersions(others: Versions['others'], zh: string, reading: Reading): void {
  for (const { tongue, tree } of others) {
    const read = plainProse.read(tree, { ...reading, unconfirmed: () => undefined });
    if (typeof read === 'object') reading.translated(zh, tongue, read.markdown);
  }
}

/** Text that may also be given in other languages: `{中文: 規費, 英文: Fee}`. */
function translatable<T>(shape: Shape<T, false>, wordsOf: (value: T) => string): Shape<T, false> {
  return {
    ...shape,
    read(tree, reading) {
      if (tree.kind !== 'map' || !tree.entries.some(({ key }) => tongueNamed(key))) return shape.read(tree, reading);
      const { zh, others } = versionsIn(tree, reading);
      const value = zh ? shape.read(zh, reading) : FAULT;
      if (value !== undefined && value !== FAULT) readVersions(others, wordsOf(value), reading);
      return value;
    },
  };
}

/** Fields that hold the words a record was written as in one line; the first that is there. */
const WORDS = 'name who remedy item start step decision document subprocess end written note'.split(' ');
const wordsOf = (record: object): string | undefined =>
  WORDS.map((field) => (record as Record<string, unknown>)[field]).find((value) => typeof value === 'string');

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
export const flag = (): Shape<boolean, true> =>
  scalar(true, { zh: '「是」或「否」', en: '"yes" or "no"' }, (value) =>
    TRUE.has(value.toLowerCase()) ? true : FALSE.has(value.toLowerCase()) ? false : FAULT,
  );

const DIGITS = '零一二三四五六七八九';
/** Arabic or Chinese (〇–九十九) whole number; NaN where it is neither. */
export function wholeNumber(value: string): number {
  if (/^\d{1,3}(,\d{3})*$|^\d+$/.test(value)) return Number(value.replaceAll(',', ''));
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

/** A whole number, with a counter if the author likes: 2, 2 份, 二份. */
export const count = (): Shape<number, true> =>
  scalar(true, { zh: '一個數目（例如 2 或 2 份）', en: 'a whole number' }, (value) => {
    const n = countOf(value.replace(/(?:份|張|件|頁|次|分鐘|秒|聲|日|年|樓|公分|人|個)$/, '').trim());
    return Number.isNaN(n) ? FAULT : n;
  });

/** An ISO date (2026-11-23) or one of the Republic (115年11月23日, 115.11.23); the value is ISO. */
export const date = (): Shape<string, true> =>
  scalar(
    true,
    { zh: '日期（例如 115年11月23日 或 2026-11-23）', en: 'a date such as 2026-11-23' },
    (value) => isoDate(value) ?? FAULT,
  );

function isoDate(value: string): string | undefined {
  const parts =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(value) ??
    /^(?:中華)?(?:民國)?\s*(\d{2,3})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*日?$/.exec(value);
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
  return scalar(
    true,
    { zh: `下列之一：${list.join('、')}`, en: `one of: ${Object.keys(spellings).join(', ')}` },
    (value) => values.get(value) ?? FAULT,
  );
};

/** The last （…） of a text, if the text ends with one: what stands before, and what is inside. */
export function lastBracket(text: string): { before: string; inside: string } | undefined {
  const parts = /[）)]$/.test(text) ? /[（(]([^（()）]*)[）)]$/.exec(text) : undefined;
  const before = text.slice(0, parts?.index ?? 0).trimEnd();
  return parts && before !== '' ? { before, inside: parts[1] ?? '' } : undefined;
}

/** Cuts 「甲、乙（丙、丁）」 at the marks outside brackets, with the place of every piece. */
export function pieces(written: string, span: Span): { text: string; span: Span }[] {
  const found: { text: string; span: Span }[] = [];
  const lead = span.source.text.startsWith(written, span.start) ? span.start : undefined;
  const cut = (from: number, to: number): void => {
    const piece = written.slice(from, to);
    const text = piece.trim();
    const start = (lead ?? 0) + from + piece.indexOf(text);
    if (text)
      found.push({ text, span: lead === undefined ? span : { source: span.source, start, end: start + text.length } });
  };
  let depth = 0;
  let from = 0;
  for (let i = 0; i < written.length; i += 1) {
    const c = written.charAt(i);
    if ('（(「'.includes(c)) depth += 1;
    else if ('）)」'.includes(c)) depth -= 1;
    else if (depth === 0 && '、，'.includes(c)) {
      cut(from, i);
      from = i + 1;
    }
  }
  cut(from, written.length);
  return found;
}

/**
 * A list; a single value may stand for a list of one, and with `split` one line of text for several (書記官、執行員).
 * Placeholders in it vanish, faults in it fall out alone.
 */
export const list = <T, O extends boolean>(item: Shape<T, O>, { split = false } = {}): Shape<readonly T[], O> => ({
  open: item.open,
  expected: { zh: `清單（每項為${item.expected.zh}）`, en: `a list (each ${item.expected.en})` },
  ...(item.fields ? { fields: item.fields } : {}),
  speak: (values, voice, at) => values.map((value) => item.speak?.(value, voice, placeOf(value) ?? at) ?? value),
  read(tree, reading) {
    const written = withinBounds(tree.kind === 'list' ? tree.items : [tree], reading);
    const trees = split
      ? written.flatMap((each): Tree[] =>
          each.kind === 'scalar' && each.text.length <= LONGEST_FIELD && !saysUnconfirmed(each.text)
            ? pieces(each.text, each.span).map((piece) => ({ kind: 'scalar', ...piece }))
            : [each],
        )
      : written;
    const values: T[] = [];
    let fault = false;
    for (const each of trees) {
      const value = item.read(each, reading);
      if (value === FAULT) fault = true;
      else if (value !== undefined) values.push(value);
    }
    if (values.length > 0) return values;
    return fault ? FAULT : undefined;
  },
});

/** A group with free names (branch labels, shared documents): name and value, in order. */
export type Named<T> = {
  readonly label: string;
  readonly at: { readonly self: Span; readonly label: Span };
  readonly value: T;
};
export const named = <T, O extends boolean>(item: Shape<T, O>): Shape<readonly Named<T>[], true> => ({
  open: true,
  expected: KIND.map,
  speak: (values, voice) =>
    values.map(({ label, at, value }) => ({
      label: voice.text(label, at.label),
      at,
      value: item.speak?.(value, voice, at.self) ?? value,
    })),
  read(tree, reading) {
    if (isEmpty(tree)) return undefined;
    if (tree.kind !== 'map') return wrongType(tree, KIND.map, reading);
    const values: Named<T>[] = [];
    for (const { key, value, keySpan } of withinBounds(
      tree.entries.map((entry) => ({ ...entry, span: entry.keySpan })),
      reading,
    )) {
      if (isTooLong({ text: key, span: keySpan }, reading)) continue;
      const read = item.read(value, reading);
      if (read !== undefined && read !== FAULT)
        values.push({ label: key, at: { self: value.span, label: keySpan }, value: read });
    }
    return values;
  },
});

/** A shape that refers to itself further down. */
export const lazy = <T, O extends boolean>(open: O, expected: Say, shape: () => Shape<T, O>): Shape<T, O> => ({
  open,
  expected,
  read: (tree, reading) => shape().read(tree, reading),
  speak: (value, voice, at) => shape().speak?.(value, voice, at) ?? value,
});

export type RecordOptions = {
  expected: Say;
  /** The shorthand that reads this record when it is written as one line of text. */
  short?: string;
  /** The field that a bare list stands for. */
  listAs?: string;
  /** The name of this record among the values a voice says in a way of its own. */
  value?: string;
  /** Whether the whole may be 待確認 (default true). */
  open?: boolean;
};

/** A closed group of keys. Unknown keys are faults; any key may be written in Chinese or English. */
export function record<const F extends Fields>(fields: F, options: RecordOptions): Shape<RecordOf<F>, true> {
  const spellings = spellingsOf(fields);
  return {
    open: true,
    expected: options.expected,
    fields,
    speak(value, voice, at) {
      const said = speakFields(fields, value, voice, at);
      return options.value ? speakAs(voice, options.value, said, at) : said;
    },
    read(tree, reading) {
      if (isEmpty(tree)) return undefined;
      if (options.short && tree.kind === 'map' && !spellings.has('zh') && tree.entries.some(isInChinese)) {
        const { zh, others } = versionsIn(tree, reading);
        const value = zh ? this.read(zh, reading) : FAULT;
        const words = typeof value === 'object' ? wordsOf(value) : undefined;
        if (words !== undefined) readVersions(others, words, reading);
        return value;
      }
      if (tree.kind === 'scalar') {
        const shorthand = options.short ? reading.shorthands[options.short] : undefined;
        if (!shorthand) return wrongType(tree, options.expected, reading);
        if (isTooLong(tree, reading)) return FAULT;
        if (saysUnconfirmed(tree.text)) reading.unconfirmed(tree.span);
        const value = attempt(() => shorthand(tree.text.trim(), tree.span), tree.span, reading);
        return value === FAULT
          ? FAULT
          : ({ ...(value as object), at: { self: tree.span }, cited: {}, unread: [] } as unknown as RecordOf<F>);
      }
      if (tree.kind === 'list') {
        if (!options.listAs) return wrongType(tree, options.expected, reading);
        const key = options.listAs;
        return readFields(
          { kind: 'map', entries: [{ key, keySpan: tree.span, value: tree }], span: tree.span },
          fields,
          spellings,
          reading,
        ) as RecordOf<F>;
      }
      if (!tree.short) return readFields(tree, fields, spellings, reading) as RecordOf<F>;
      const isVersion = ({ key }: Entry): boolean => !spellings.has(key) && tongueNamed(key) !== undefined;
      const entries = tree.entries.filter((entry) => !isVersion(entry));
      const value = readFields({ ...tree, entries }, fields, spellings, reading) as RecordOf<F>;
      const line = this.read({ kind: 'scalar', ...tree.short }, reading);
      if (typeof line !== 'object') return line;
      const others = tree.entries.filter(isVersion).flatMap(({ key, value: version }) => {
        const tongue = tongueNamed(key);
        return tongue === undefined || tongue === 'zh' ? [] : [{ tongue, tree: version }];
      });
      const words = wordsOf(line);
      if (words !== undefined) readVersions(others, words, reading);
      return { ...line, ...value };
    },
  };
}

const isInChinese = ({ key }: Entry): boolean => tongueNamed(key) === 'zh';

/** Where a value was written, if it says so. */
function placeOf(value: unknown): Span | undefined {
  const at = typeof value === 'object' && value !== null && 'at' in value ? (value.at as { self?: Span }) : undefined;
  return at?.self;
}

function speakFields<T extends object>(fields: Fields, value: T, voice: Voice, at: Span): T {
  const self = placeOf(value) ?? at;
  const places = (value as { at?: Record<string, Span> }).at ?? {};
  const said: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  for (const [field, { shape }] of Object.entries(fields)) {
    const given = said[field];
    if (given !== undefined && (shape.speak || isUnconfirmed(given)))
      said[field] = spoken(shape, given, voice, places[field] ?? self);
  }
  const cited = (value as { cited?: Record<string, readonly Citation[]> }).cited;
  if (cited)
    said.cited = Object.fromEntries(
      Object.entries(cited).map(([field, list]) => [field, list.map((each) => voice.citation(each))]),
    );
  return said as T;
}

function attempt<T>(work: () => T, span: Span, reading: Reading): T | typeof FAULT {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    reading.report(error.rule, span, error.say, error.hint);
    return FAULT;
  }
}

/** A value in one line of a domain language only (a duration, a sum of money): no long form. */
export const shorthand = <T>(name: string, expected: Say): Shape<T, true> => ({
  open: true,
  expected,
  speak: (value, voice, at) => speakAs(voice, name, value, at),
  read(tree, reading) {
    if (isEmpty(tree)) return undefined;
    const take = reading.shorthands[name];
    if (tree.kind !== 'scalar' || !take) return wrongType(tree, expected, reading);
    if (isTooLong(tree, reading)) return FAULT;
    return attempt(() => take(tree.text.trim(), tree.span) as T, tree.span, reading);
  },
});

const spellingsOf = (fields: Fields): Map<string, string> => {
  const spellings = new Map<string, string>();
  for (const field of Object.keys(fields))
    for (const word of [field, ...(KEYS[field] ?? [])]) spellings.set(word, field);
  return spellings;
};

/** Keys any record may have beside its own: where its facts come from. */
const SOURCE_KEYS = new Map(
  ['source', 'checked', 'value'].flatMap((key) => [key, ...(KEYS[key] ?? [])].map((word) => [word, key] as const)),
);

const required = new WeakMap<Fields, readonly string[]>();
function requiredIn(fields: Fields): readonly string[] {
  const names = required.get(fields) ?? Object.keys(fields).filter((field) => fields[field]?.required);
  required.set(fields, names);
  return names;
}

function readFields(
  tree: Tree & { kind: 'map' },
  fields: Fields,
  spellings: ReadonlyMap<string, string>,
  reading: Reading,
): Located<Record<string, unknown>> {
  const value: Record<string, unknown> = {};
  const at: Record<string, Span> = { self: tree.span };
  const cited: Record<string, Citation[]> = {};
  const unread: string[] = [];
  let checked: string | undefined;
  for (const entry of tree.entries) {
    const field = spellings.get(entry.key);
    if (field === undefined) {
      const common = SOURCE_KEYS.get(entry.key);
      if (common === 'source') cited.self = readCitations(entry.value, reading);
      else if (common === 'checked') checked = readChecked(entry.value, reading);
      else unknownKey(entry, spellings, reading);
      continue;
    }
    if (field in at) {
      reading.report(
        'duplicate-key',
        entry.keySpan,
        {
          zh: `「${entry.key}」已經寫過一次（中英文視為同一項），每項只能寫一次。`,
          en: `"${entry.key}" is given twice (Chinese and English count as one); give it once.`,
        },
        { zh: '刪去其中一個。', en: 'Delete one of them.' },
      );
      continue;
    }
    const { inner, sources } = unwrap(entry.value, reading);
    if (sources.length > 0) cited[field] = sources;
    at[field] = inner.span.start === inner.span.end ? entry.keySpan : inner.span;
    const read = readOpen(fields[field]?.shape as Shape<unknown>, inner, reading);
    if (read === FAULT) unread.push(field);
    else if (read !== undefined) value[field] = read;
  }
  for (const field of requiredIn(fields))
    if (!(field in value) && !unread.includes(field)) {
      const key = KEYS[field]?.[0] ?? field;
      const shape = fields[field]?.shape as Shape<unknown>;
      reading.report(
        'missing-key',
        at[field] ?? tree.span,
        {
          zh: `缺少「${key}」，應寫${shape.expected.zh}。`,
          en: `"${key}" (${field}) is missing; expected ${shape.expected.en}.`,
        },
        { zh: `加上一行「${key}: …」。`, en: `Add a line "${key}: …".` },
      );
      unread.push(field);
    }
  if (checked !== undefined) for (const citation of Object.values(cited).flat()) citation.checked ??= checked;
  return Object.assign(value, { at, cited, unread }) as unknown as Located<Record<string, unknown>>;
}

function readOpen(shape: Shape<unknown>, tree: Tree, reading: Reading): unknown {
  if (shape.open && tree.kind === 'scalar' && saysUnconfirmed(tree.text.trim())) {
    reading.unconfirmed(tree.span);
    return { unconfirmed: tree.text.trim() } satisfies Unconfirmed;
  }
  return shape.read(tree, reading);
}

/** `{值: …, 來源: …, 查核日: …}` around any value. */
function unwrap(tree: Tree, reading: Reading): { inner: Tree; sources: Citation[] } {
  if (tree.kind !== 'map') return { inner: tree, sources: [] };
  const value = tree.entries.find((entry) => SOURCE_KEYS.get(entry.key) === 'value');
  if (!value) return { inner: tree, sources: [] };
  let sources: Citation[] = [];
  let checked: string | undefined;
  for (const entry of tree.entries) {
    const key = SOURCE_KEYS.get(entry.key);
    if (key === 'source') sources = readCitations(entry.value, reading);
    else if (key === 'checked') checked = readChecked(entry.value, reading);
    else if (entry !== value) unknownKey(entry, SOURCE_KEYS, reading);
  }
  for (const source of sources) source.checked ??= checked;
  return { inner: value.value, sources };
}

function readChecked(tree: Tree, reading: Reading): string | undefined {
  const value = date().read(tree, reading);
  return typeof value === 'string' ? value : undefined;
}

const CITATION = {
  law: { shape: text(), doc: { zh: '法規名稱', en: 'name of the law' } },
  article: { shape: text(), doc: { zh: '條、項、款、點', en: 'article, paragraph' } },
  title: { shape: text(), doc: { zh: '網頁或文件名稱', en: 'title of the page or document' } },
  url: { shape: text(), doc: { zh: '網址', en: 'address' } },
  checked: { shape: date(), doc: { zh: '查核日', en: 'date checked' } },
} as const satisfies Fields;
const CITATION_SPELLINGS = spellingsOf(CITATION);

function readCitations(tree: Tree, reading: Reading): Citation[] {
  return withinBounds(tree.kind === 'list' ? tree.items : [tree], reading).flatMap((each) => {
    if (isEmpty(each)) return [];
    if (each.kind === 'scalar')
      return isTooLong(each, reading) ? [] : [citationOf(each.text.trim().replace(/\s{2,}/g, ' '), each.span)];
    if (each.kind === 'list') {
      wrongType(each, citation().expected, reading);
      return [];
    }
    const { law, article, title, url, checked } = readFields(each, CITATION, CITATION_SPELLINGS, reading) as Record<
      string,
      string | undefined
    >;
    return [
      {
        ...lawOf(law, each.span),
        ...(article ? { article: asArticle(article) } : {}),
        ...pick({ title, url, checked }),
        span: each.span,
      },
    ];
  });
}

/** Under 法規 a name without an article is a law too, not the title of a page. */
function lawOf(written: string | undefined, span: Span): Partial<Citation> {
  if (written === undefined) return {};
  const { title, ...cited } = citationOf(written, span);
  return { ...cited, ...(title ? { law: title } : {}) };
}

const pick = <T extends Record<string, string | undefined>>(values: T): Partial<Record<keyof T, string>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<
    Record<keyof T, string>
  >;
const asArticle = (article: string): string =>
  /^\d+(-\d+)?$/.test(article) ? `第${article.replace('-', '條之')}${article.includes('-') ? '' : '條'}` : article;

/** 「行政執行法第9條第1項 https://…」 or an address alone, or a title. */
export function citationOf(written: string, span: Span): Citation {
  const url = /https?:\/\/[^\s（）「」，、；。]+/.exec(written)?.[0];
  const words = written.replace(url ?? '', '').trim();
  // The article begins at the first 第 with a number behind it, and the law has a name before it.
  const article = /(?!^)(?:第\s*[0-9０-９一二三四五六七八九十百壹貳參肆伍陸柒捌玖拾])/.exec(words)?.index;
  const law = words
    .slice(0, article ?? 0)
    .trim()
    .replace(/^「/, '')
    .replace(/」$/, '')
    .trim();
  if (article !== undefined && law !== '')
    return { law, article: words.slice(article).trim(), ...(url ? { url } : {}), span };
  return { ...(words ? { title: words } : {}), ...(url ? { url } : {}), span };
}

/** A provision or page as a value of its own (legal basis). */
export const citation = (): Shape<Citation, false> => ({
  open: false,
  expected: { zh: '法規與條次（例如 行政執行法第9條）或網址', en: 'a law with its article, or an address' },
  fields: CITATION,
  speak: (value, voice) => voice.citation(value),
  read(tree, reading) {
    if (isEmpty(tree)) return undefined;
    if (tree.kind === 'scalar' && saysUnconfirmed(tree.text.trim())) reading.unconfirmed(tree.span);
    return readCitations(tree, reading)[0] ?? FAULT;
  },
});

function unknownKey(entry: Entry, spellings: ReadonlyMap<string, string>, reading: Reading): void {
  const plain = entry.key.trim();
  if (plain !== entry.key && (spellings.has(plain) || SOURCE_KEYS.has(plain))) {
    reading.report(
      'unknown-key',
      entry.keySpan,
      {
        zh: `「${plain}」的前面或後面有不是半形的空白（可能是全形空格），讀不出是這一項。`,
        en: `There is a blank that is no plain space beside "${plain}", so it is not taken for that key.`,
      },
      { zh: `刪去空白，寫成「${plain}: …」。`, en: `Delete it: "${plain}: …".` },
      { span: entry.keySpan, text: plain },
    );
    return;
  }
  const near = nearest(entry.key, [...spellings.keys(), ...SOURCE_KEYS.keys()]);
  // What the program alone sets has no name in Chinese, and is nothing to write.
  const fields = [...new Set(spellings.values())].filter((field) => KEYS[field]);
  const chinese = fields.map((field) => KEYS[field]?.[0]);
  reading.report(
    'unknown-key',
    entry.keySpan,
    { zh: `不認得「${quote(entry.key)}」這個項目。`, en: `Unknown key "${quote(entry.key)}".` },
    near
      ? { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` }
      : {
          zh: `這裡可用的項目：${chinese.join('、')}。`,
          en: `Keys that may stand here: ${fields.join(', ')}.`,
        },
    near ? { span: entry.keySpan, text: near } : undefined,
  );
}

/** The candidate that a typing slip may have meant, if one is near. */
export function nearest(written: string, candidates: readonly string[]): string | undefined {
  // A slip changes a third of a word at most, so nothing much shorter or longer is near.
  const near = candidates.filter((each) => Math.abs(each.length - written.length) <= slipsIn(written, each));
  if (near.length === 0 || written.length > LONGEST_SLIP) return undefined;
  const best = closest(written, near);
  const slips = distance(written, best);
  return slips <= slipsIn(written, best) && slips < Math.min(written.length, best.length) ? best : undefined;
}
/** No name of anything is longer. */
const LONGEST_SLIP = 100;
const slipsIn = (written: string, meant: string): number =>
  Math.max(1, Math.floor(Math.max(written.length, meant.length) / 3));
