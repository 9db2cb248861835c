// Content of an earlier format becomes content of this one: only what must change is changed, comments and layout stay.

import type { Fault, Fix } from '../core/diagnostic.js';
import type { Say, Source } from '../core/source.js';
import { FORMAT, formatIn } from './format-version.js';
import { chinese, KEYS } from './keys.js';
import type { Content } from './read.js';
import { yamlTree } from './syntax/yaml.js';

/**
 * What brings content from the format before `to` to it. `mends` are places in its files, none overlapping another; the
 * number in handbook.yaml is seen to here.
 */
export type Migration = { to: number; what: Say; mends(content: Content): Fix[] };

/** In the order of `to`, one for each format after the first. */
const MIGRATIONS: readonly Migration[] = [];

/** `texts`: the new text of each file that changes, by path; `what` was done. `faults` stand against it. */
export type Migrated = {
  from: number;
  to: number;
  texts: ReadonlyMap<string, string>;
  what: readonly Say[];
  faults: readonly Fault[];
};

/** Content brought to the newest format, or to that of `migrations`. Content that is of it already has no `texts`. */
export function migrated(content: Content, migrations: readonly Migration[] = MIGRATIONS): Migrated {
  const newest = Math.max(FORMAT, ...migrations.map(({ to }) => to));
  const { book } = content;
  const { format: from, span } = book ? formatIn(book) : { format: 1, span: undefined };
  const faults = faultsIn(content);
  const none = { from, to: newest, texts: new Map(), what: [], faults };
  if (!book || faults.length > 0 || (span && from >= newest)) return none;
  let now = content;
  const what: Say[] = [];
  for (const migration of migrations.filter(({ to }) => to > from)) {
    const mends = migration.mends(now);
    if (mends.length > 0) what.push(migration.what);
    now = withMends(now, mends);
  }
  now = withMends(now, [writesFormat(now.book as Source, newest)]);
  what.push(
    span
      ? { zh: `格式改為 ${newest}`, en: `the format is now ${newest}` }
      : { zh: `寫明格式：${newest}`, en: `the format is written down: ${newest}` },
  );
  const before = new Map(sourcesIn(content).map(({ path, text }) => [path, text]));
  return {
    ...none,
    texts: new Map(
      sourcesIn(now).flatMap(({ path, text }) => (text === before.get(path) ? [] : [[path, text] as const])),
    ),
    what,
  };
}

/** What keeps a file from being read: such content is left as it is. */
function faultsIn({ book, office, services, translations, faults }: Content): Fault[] {
  const found: Fault[] = [...faults];
  for (const source of [book, office, ...services.filter(({ path }) => !/\.md$/i.test(path)), ...translations])
    if (source)
      yamlTree(source, (rule, span, message, hint) => {
        if (rule === 'yaml-syntax') found.push({ rule, span, message, ...(hint ? { hint } : {}) });
      });
  const unread = book && formatIn(book).unread;
  if (unread)
    found.push({
      rule: 'wrong-type',
      span: unread,
      message: { zh: '這裡不是格式的號碼，看不出是哪一版的內容。', en: 'This is no number of a format.' },
      hint: { zh: `寫成「格式: ${FORMAT}」，或刪去這一行。`, en: `Write "格式: ${FORMAT}", or delete the line.` },
    });
  return found;
}

/** The number where it stands, or a line of its own before the first key of the file, in the language of that key. */
function writesFormat(book: Source, format: number): Fix {
  const { span } = formatIn(book);
  if (span) return { span, text: String(format) };
  const tree = yamlTree(book, () => undefined);
  const first = tree?.kind === 'map' ? tree.entries[0] : undefined;
  const at = first?.keySpan.start ?? book.text.length;
  const key = first && first.key in KEYS ? 'format' : chinese('format');
  const lineStart = book.text.lastIndexOf('\n', at - 1) + 1;
  const isBlock = book.text.slice(lineStart, at).trim() === '';
  const end = book.text.includes('\r\n') ? '\r\n' : '\n';
  const indent = book.text.slice(lineStart, at);
  return {
    span: { source: book, start: at, end: at },
    text: isBlock ? `${key}: ${format}${end}${indent}` : `${key}: ${format}, `,
  };
}

const sourcesIn = ({ office, book, services, chapters, translations }: Content): Source[] =>
  [office, book, ...services, ...chapters, ...translations].filter((each) => each !== undefined);

function withMends(content: Content, mends: readonly Fix[]): Content {
  const mended = (source: Source): Source => {
    const own = mends
      .filter(({ span }) => span.source.path === source.path)
      .toSorted((one, other) => other.span.start - one.span.start);
    const text = own.reduce(
      (whole, { span, text: put }) => whole.slice(0, span.start) + put + whole.slice(span.end),
      source.text,
    );
    return own.length === 0 ? source : { ...source, text };
  };
  const { office, book, services, chapters, translations } = content;
  return {
    ...content,
    ...(office ? { office: mended(office) } : {}),
    ...(book ? { book: mended(book) } : {}),
    services: services.map(mended),
    chapters: chapters.map(mended),
    translations: translations.map(mended),
  };
}
