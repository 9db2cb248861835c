// Content judged file by file: what was found in a file that has not changed is remembered.
import { keyOf, type Memory } from './cache.js';
import { type Entry, type Judged, judge, type Mention, type Rule } from './check.js';
import type { Handbook } from './model.js';
import { mayEmbed, readerOf } from './parse.js';
import type { Content } from './read.js';
import type { Fault, Fix, Say, Source, Span } from './source.js';

/** Office and book, and what was found in every file of a content, the frame first. */
export type Inspection = { frame: Handbook; judged: Judged[] };

/** Files judged at once: enough for rules to run warm, and so few that their trees never grow old (npm run bench). */
const AT_ONCE = 16;

/** `memory` is not asked when only some rules are run: what it keeps is what all of them find. */
export async function inspect(
  { services, chapters, ...around }: Content,
  rules: ReadonlyMap<string, Rule>,
  { only, memory }: { only?: ReadonlySet<string> | undefined; memory?: Memory | undefined } = {},
): Promise<Inspection> {
  const { office, book, formFiles } = around;
  const beside = keyOf(JSON.stringify([office, book, formFiles]));
  const files = [
    ...services.map((source) => ({ source, kind: 'service' as const })),
    ...chapters.map((source) => ({ source, kind: 'chapter' as const })),
  ].map((file) => {
    const key = memory && !only ? keyOf(beside, file.kind, file.source.path, file.source.text) : undefined;
    return { ...file, key, known: key === undefined ? undefined : memory?.get(key) };
  });

  const fresh = files.filter(({ known }) => known === undefined);
  // The Markdown parser is loaded only where something needs it.
  const needed = [office, book, ...fresh.map(({ source }) => source)].some(
    (source) => source && (/\.md$/i.test(source.path) || mayEmbed(source.text)),
  );
  const reader = readerOf(around, needed ? (await import('./prose.js')).parseMarkdown : undefined);
  const judged = new Map<Source, Judged>();
  for (let i = 0; i < fresh.length; i += AT_ONCE) {
    const some = fresh.slice(i, i + AT_ONCE);
    const found = judge(
      some.map(({ kind, source }) => reader[kind](source)),
      rules,
      only,
    );
    for (const [k, { source, key }] of some.entries()) {
      judged.set(source, found[k] as Judged);
      if (key !== undefined) memory?.put(key, packed(found[k] as Judged, source));
    }
  }
  return {
    frame: reader.frame,
    judged: [
      ...judge([reader.frame], rules, only),
      ...files.map(({ source, known }) => judged.get(source) ?? unpacked(known ?? '', source)),
    ],
  };
}

// ---------------------------------------------------------------- as text

type Place = readonly [start: number, end: number];
type Packed = {
  faults: { rule: string; span: Place; message: Say; hint?: Say; fix?: { span: Place; text: string } }[];
  mentions: [rule: string, noted: { word: string; span: Place; also?: readonly string[] }[]][];
  entries: { kind: Entry['kind']; id: string; read?: { name: string; at: { id: Place; name: Place } } }[];
};

/** What was found in one file, as text that holds for this content wherever it is read again. */
function packed({ faults, mentions, entries }: Judged, source: Source): string {
  const place = ({ source: of, start, end }: Span): Place => {
    if (of !== source) throw new Error(`judging ${source.path}, a rule speaks of ${of.path}`);
    return [start, end];
  };
  return JSON.stringify({
    faults: faults.map(({ span, fix, ...rest }) => ({
      ...rest,
      span: place(span),
      ...(fix ? { fix: { span: place(fix.span), text: fix.text } } : {}),
    })),
    mentions: [...mentions].map(([rule, noted]) => [rule, noted.map((each) => ({ ...each, span: place(each.span) }))]),
    entries: entries.map(({ read, ...rest }) => ({
      ...rest,
      ...(read ? { read: { name: read.name, at: { id: place(read.at.id), name: place(read.at.name) } } } : {}),
    })),
  } satisfies Packed);
}

function unpacked(text: string, source: Source): Judged {
  const { faults, mentions, entries } = JSON.parse(text) as Packed;
  const span = ([start, end]: Place): Span => ({ source, start, end });
  return {
    faults: faults.map(({ fix, ...rest }): Fault => {
      const mend: Fix | undefined = fix && { span: span(fix.span), text: fix.text };
      return { ...rest, span: span(rest.span), ...(mend ? { fix: mend } : {}) };
    }),
    mentions: new Map(
      mentions.map(([rule, noted]) => [rule, noted.map((each): Mention => ({ ...each, span: span(each.span) }))]),
    ),
    entries: entries.map(({ read, ...rest }) => ({
      ...rest,
      ...(read ? { read: { name: read.name, at: { id: span(read.at.id), name: span(read.at.name) } } } : {}),
    })),
    sources: entries.some(({ read }) => read) ? [source] : [],
  };
}
