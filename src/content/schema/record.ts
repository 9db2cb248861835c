// Reads groups of keys and lists of them into located records, with the sources of each fact: one declaration gives type, reader and documentation.
import { languageNamed } from '../../core/language.js';
import { nearest } from '../../core/nearest.js';
import type { Say, Span } from '../../core/source.js';
import { LONGEST_FIELD } from '../bounds.js';
import { KEYS } from '../keys.js';
import { asArticle, citationOf, lawOf } from './citation.js';
import { readVersions, versionsIn, wordsOf } from './prose.js';
import { date, text } from './scalars.js';
import {
  attempt,
  type Citation,
  FAULT,
  type Fields,
  isTooLong,
  isUnconfirmed,
  KIND,
  type Located,
  type Reading,
  type RecordOf,
  type Shape,
  type Translator,
  translateAs,
  translated,
  type Unconfirmed,
  withinBounds,
  wrongType,
} from './schema.js';
import { type Entry, isEmpty, pieces, quote, saysUnconfirmed, type Tree } from './tree.js';

/**
 * A list; a single value may stand for a list of one, and with `split` one line of text for several (書記官、執行員).
 * Placeholders in it vanish, faults in it fall out alone.
 */
export const list = <T, O extends boolean>(item: Shape<T, O>, { split = false } = {}): Shape<readonly T[], O> => ({
  open: item.open,
  expected: { zh: `清單（每項為${item.expected.zh}）`, en: `a list (each ${item.expected.en})` },
  written: { kind: 'list', of: item },
  ...(item.fields ? { fields: item.fields } : {}),
  translate: (values, translator, at) =>
    values.map((value) => item.translate?.(value, translator, placeOf(value) ?? at) ?? value),
  read(tree, reading) {
    const written = withinBounds(tree.kind === 'list' ? tree.items : [tree], reading);
    const trees = split
      ? written.flatMap((each): Tree[] =>
          each.kind === 'scalar' && each.text.length <= LONGEST_FIELD && !saysUnconfirmed(each.text)
            ? pieces(each.text, each.span).map((piece) => ({ kind: 'scalar', ...piece, text: unquoted(piece.text) }))
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

/** 「夫、妻之一方」 is one name with a mark in it. */
const unquoted = (text: string): string => /^「([^「」]*、[^「」]*)」$/.exec(text)?.[1] ?? text;

/** A group with free names (branch labels, shared documents): name and value, in order. */
export type Named<T> = {
  readonly label: string;
  readonly at: { readonly self: Span; readonly label: Span };
  readonly value: T;
};
export const named = <T, O extends boolean>(item: Shape<T, O>): Shape<readonly Named<T>[], true> => ({
  open: true,
  expected: KIND.map,
  written: { kind: 'named', of: item },
  translate: (values, translator) =>
    values.map(({ label, at, value }) => ({
      label: translator.text(label, at.label),
      at,
      value: item.translate?.(value, translator, at.self) ?? value,
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
  written: { kind: 'later', shape },
  read: (tree, reading) => shape().read(tree, reading),
  translate: (value, translator, at) => shape().translate?.(value, translator, at) ?? value,
});

export type RecordOptions = {
  expected: Say;
  /** The shorthand that reads this record when it is written as one line of text. */
  short?: string;
  /** The field that a bare list stands for. */
  listAs?: string | ((items: readonly Tree[]) => string);
  /** Fields of which one must be there. */
  either?: readonly string[];
  /** The field that a line of text above keys stands for, where it is not that shorthand: Markdown's 「- 簽證」. */
  headAs?: string;
  /** The name of this record among the values that a translator translates in a way of its own. */
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
    written: {
      kind: 'record',
      short: options.short !== undefined,
      listed: options.listAs !== undefined,
      ...(options.either ? { either: options.either } : {}),
    },
    ...(options.listAs ? { listed: true } : {}),
    translate(value, translator, at) {
      const said = translateFields(fields, value, translator, at);
      return options.value ? translateAs(translator, options.value, said, at) : said;
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
      if (tree.kind === 'scalar') return lineOf(tree, options, reading) as RecordOf<F> | typeof FAULT;
      if (tree.kind === 'list') {
        if (!options.listAs) return wrongType(tree, options.expected, reading);
        const key = typeof options.listAs === 'string' ? options.listAs : options.listAs(tree.items);
        return readFields(
          { kind: 'map', entries: [{ key, keySpan: tree.span, value: tree }], span: tree.span },
          fields,
          spellings,
          reading,
        ) as RecordOf<F>;
      }
      const { short } = tree;
      const isVersion = ({ key }: Entry): boolean =>
        short !== undefined && !spellings.has(key) && languageNamed(key) !== undefined;
      const line = short && headOf(this, short, options, tree.entries, spellings, reading);
      if (line !== undefined && typeof line !== 'object') return line;
      const entries = tree.entries.filter((entry) => !isVersion(entry));
      const value = readFields({ ...tree, entries }, fields, spellings, reading, line);
      if (areStrange(options, line, entries, spellings)) return FAULT;
      const whole = line ? { ...line, ...value } : value;
      needOne(options.either ?? [], whole, fields, reading);
      const words = line && wordsOf(line);
      const others = tree.entries.filter(isVersion).flatMap(({ key, value: version }) => {
        const language = languageNamed(key);
        return language === undefined || language === 'zh' ? [] : [{ language, tree: version }];
      });
      if (words !== undefined) readVersions(others, words, reading);
      return whole as RecordOf<F>;
    },
  };
}

/** What one line of text says of a record. */
function lineOf(
  tree: Tree & { kind: 'scalar' },
  { short, expected }: RecordOptions,
  reading: Reading,
): object | typeof FAULT {
  const shorthand = short ? reading.shorthands[short] : undefined;
  if (!shorthand) return wrongType(tree, expected, reading);
  if (isTooLong(tree, reading)) return FAULT;
  if (saysUnconfirmed(tree.text)) reading.unconfirmed(tree.span);
  const value = attempt(() => shorthand(tree.text.trim(), tree.span), tree.span, reading);
  return value === FAULT ? FAULT : { ...(value as object), at: { self: tree.span }, cited: {}, unread: [] };
}

/** Nothing of a record could be read, which is told; that it declares nothing is no second finding. */
const areStrange = (
  { short }: RecordOptions,
  line: object | undefined,
  entries: readonly Entry[],
  spellings: ReadonlyMap<string, string>,
): boolean =>
  short !== undefined &&
  line === undefined &&
  entries.length > 0 &&
  entries.every(({ key }) => !spellings.has(key) && !SOURCE_KEYS.has(key));

/** What the line of text above some keys says: its shorthand, or one field that it stands for. */
function headOf<T>(
  shape: Shape<T>,
  short: { text: string; span: Span },
  { headAs }: RecordOptions,
  entries: readonly Entry[],
  spellings: ReadonlyMap<string, string>,
  reading: Reading,
): (Located<Record<string, unknown>> & object) | typeof FAULT | undefined {
  const tree: Tree = { kind: 'scalar', ...short };
  const said = entries.some(({ key }) => spellings.get(key) === headAs);
  if (headAs !== undefined && !said) {
    // Only where it is no line of the shorthand: that is tried in silence.
    const tried = shape.read(tree, { ...reading, report: () => undefined, unconfirmed: () => undefined });
    if (tried === FAULT) {
      const { text, span } = short;
      return { [headAs]: text.replace(/[：:]$/, ''), at: { self: span, [headAs]: span }, cited: {}, unread: [] };
    }
  }
  return shape.read(tree, reading) as (Located<Record<string, unknown>> & object) | typeof FAULT | undefined;
}

/** That one of several fields is there, where there are any. */
function needOne(
  names: readonly string[],
  value: Located<Record<string, unknown>>,
  fields: Fields,
  reading: Reading,
): void {
  if (names.length === 0 || names.some((name) => name in value || value.unread.includes(name))) return;
  const [first = ''] = names;
  const keys = names.map((name) => KEYS[name]?.[0] ?? name);
  const shape = fields[first]?.shape as Shape<unknown>;
  reading.report(
    'missing-key',
    value.at.self,
    {
      zh: `缺少「${keys.join('」或「')}」，應寫${shape.expected.zh}。`,
      en: `${names.map((name) => `"${KEYS[name]?.[0]}" (${name})`).join(' or ')} is missing; expected ${shape.expected.en}.`,
    },
    { zh: `加上一行「${keys[0]}: …」。`, en: `Add a line "${keys[0]}: …".` },
  );
}

const isInChinese = ({ key }: Entry): boolean => languageNamed(key) === 'zh';

/** Where a value was written, if it says so. */
function placeOf(value: unknown): Span | undefined {
  const at = typeof value === 'object' && value !== null && 'at' in value ? (value.at as { self?: Span }) : undefined;
  return at?.self;
}

function translateFields<T extends object>(fields: Fields, value: T, translator: Translator, at: Span): T {
  const self = placeOf(value) ?? at;
  const places = (value as { at?: Record<string, Span> }).at ?? {};
  const said: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  for (const [field, { shape }] of Object.entries(fields)) {
    const given = said[field];
    if (given !== undefined && (shape.translate || isUnconfirmed(given)))
      said[field] = translated(shape, given, translator, places[field] ?? self);
  }
  const cited = (value as { cited?: Record<string, readonly Citation[]> }).cited;
  if (cited)
    said.cited = Object.fromEntries(
      Object.entries(cited).map(([field, list]) => [field, list.map((each) => translator.citation(each))]),
    );
  return said as T;
}

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
  /** What a line above the keys has said already. */
  given: object = {},
): Located<Record<string, unknown>> {
  const value: Record<string, unknown> = {};
  const at: Record<string, Span> = { self: tree.span };
  const cited: Record<string, Citation[]> = {};
  const unread: string[] = [];
  let checked: string | undefined;
  let mistyped = false;
  for (const entry of tree.entries) {
    const field = spellings.get(entry.key);
    if (field === undefined) {
      const common = SOURCE_KEYS.get(entry.key);
      if (common === 'source') cited.self = readCitations(entry.value, reading);
      else if (common === 'checked') checked = readChecked(entry.value, reading);
      else {
        const meant = unknownKey(entry, spellings, reading);
        if (meant === undefined) mistyped = true;
        else if (!unread.includes(meant)) unread.push(meant);
      }
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
  unread.push(...missingIn(fields, { ...given, ...value }, { at, unread, mistyped, span: tree.span }, reading));
  if (checked !== undefined) for (const citation of Object.values(cited).flat()) citation.checked ??= checked;
  // In the order of the schema: what is gathered from a record does not tell in which order its keys were written.
  const order = ['self', ...Object.keys(fields)];
  return Object.assign(inOrder(value, order), {
    at: inOrder(at, order),
    cited: inOrder(cited, order),
    unread: order.filter((field) => unread.includes(field) && !(field in value)),
  }) as unknown as Located<Record<string, unknown>>;
}

/** The required fields that are not there, each told, but where what is missing stands under a key that is told already. */
function missingIn(
  fields: Fields,
  value: object,
  {
    at,
    unread,
    mistyped,
    span,
  }: { at: Readonly<Record<string, Span>>; unread: readonly string[]; mistyped: boolean; span: Span },
  reading: Reading,
): readonly string[] {
  const missing = requiredIn(fields).filter((field) => !(field in value) && !unread.includes(field));
  for (const field of missing) {
    if (mistyped && !(field in at)) continue;
    const key = KEYS[field]?.[0] ?? field;
    const shape = fields[field]?.shape as Shape<unknown>;
    reading.report(
      'missing-key',
      at[field] ?? span,
      {
        zh: `缺少「${key}」，應寫${shape.expected.zh}。`,
        en: `"${key}" (${field}) is missing; expected ${shape.expected.en}.`,
      },
      { zh: `加上一行「${key}: …」。`, en: `Add a line "${key}: …".` },
    );
  }
  return missing;
}

function inOrder<T>(values: Readonly<Record<string, T>>, order: readonly string[]): Record<string, T> {
  const ordered: Record<string, T> = {};
  for (const field of order) if (field in values) ordered[field] = values[field] as T;
  return ordered;
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

const pick = <T extends Record<string, string | undefined>>(values: T): Partial<Record<keyof T, string>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<
    Record<keyof T, string>
  >;

/** A provision or page as a value of its own (legal basis). */
export const citation = (): Shape<Citation, false> => ({
  open: false,
  expected: { zh: '法規與條次（例如 行政執行法第9條）或網址', en: 'a law with its article, or an address' },
  fields: CITATION,
  written: { kind: 'record', short: true, listed: false },
  translate: (value, translator) => translator.citation(value),
  read(tree, reading) {
    if (isEmpty(tree)) return undefined;
    if (tree.kind === 'scalar' && saysUnconfirmed(tree.text.trim())) reading.unconfirmed(tree.span);
    return readCitations(tree, reading)[0] ?? FAULT;
  },
});

/** Tells of a key that is none; the field that was probably meant. */
function unknownKey(entry: Entry, spellings: ReadonlyMap<string, string>, reading: Reading): string | undefined {
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
    return spellings.get(plain);
  }
  const { candidates, all } = keysToTell(spellings);
  const near = nearest(entry.key, candidates);
  reading.report(
    'unknown-key',
    entry.keySpan,
    { zh: `不認得「${quote(entry.key)}」這個項目。`, en: `Unknown key "${quote(entry.key)}".` },
    near ? { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` } : all,
    near ? { span: entry.keySpan, text: near } : undefined,
  );
  return near && spellings.get(near);
}

type KeysToTell = { candidates: readonly string[]; all: Say };
const TO_TELL = new WeakMap<ReadonlyMap<string, string>, KeysToTell>();

/** What a key may have been meant for, and all that may stand there: put together once, for there may be 60,000 of them. */
function keysToTell(spellings: ReadonlyMap<string, string>): KeysToTell {
  const told = TO_TELL.get(spellings);
  if (told) return told;
  // What the program alone sets has no name in Chinese, and is nothing to write.
  const fields = [...new Set(spellings.values())].filter((field) => KEYS[field]);
  const made: KeysToTell = {
    candidates: [...spellings.keys(), ...SOURCE_KEYS.keys()],
    all: {
      zh: `這裡可用的項目：${fields.map((field) => KEYS[field]?.[0]).join('、')}。`,
      en: `Keys that may stand here: ${fields.join(', ')}.`,
    },
  };
  TO_TELL.set(spellings, made);
  return made;
}
