// Content judged file by file: what was found in a file that has not changed is remembered.

import type { Answers } from '../content/author-chart.js';
import type { Verdict, Verdicts } from '../content/form-files.js';
import { mayEmbed, readerOf } from '../content/parse.js';
import type { Content } from '../content/read.js';
import type { Handbook } from '../content/schema/model.js';
import { known } from '../content/schema/schema.js';
import { keyOf, type Memory } from '../core/cache.js';
import type { Fault, Fix } from '../core/diagnostic.js';
import type { Say, Source, Span } from '../core/source.js';
import { type Judged, judge } from './engine.js';
import type { Entry, Mention, Rule } from './rule.js';

/** Office and book, and what was found in every file of a content, the frame first. */
export type Inspection = { frame: Handbook; judged: Judged[]; memory?: Pick<Memory<Packed>, 'save'> | undefined };
/** `of`: what is remembered, findings or forms. */
export type MemoryFor = (beside: string, of: 'lint' | 'forms') => Memory<Packed | Verdict> | undefined;

/** Files judged at once: enough for rules to run warm, and so few that their trees never grow old (npm run bench). */
const AT_ONCE = 16;

/**
 * `memoryFor` opens the memory of what was judged beside the same office and book. It is not asked when only some rules
 * are run: what it keeps is what all of them find.
 */
export async function inspect(
  content: Content,
  rules: ReadonlyMap<string, Rule>,
  { only, memoryFor }: { only?: ReadonlySet<string> | undefined; memoryFor?: MemoryFor | undefined } = {},
): Promise<Inspection> {
  const { services, chapters, ...around } = content;
  const { office, book, formFiles, images, translations, faults } = around;
  const imageFiles = images?.map(({ name }) => name);
  const memory = only
    ? undefined
    : (memoryFor?.(keyOf(JSON.stringify([office, book, formFiles, imageFiles, translations])), 'lint') as
        | Memory<Packed>
        | undefined);
  // What could not be read as text is the frame's to tell, and no text of the frame stands for it.
  const whole = faults.length === 0 && office && book;
  const files: File[] = [
    { kind: 'frame', sources: whole ? [office, book, ...translations] : [] },
    ...services.map((source) => ({ kind: 'service' as const, sources: [source] })),
    ...chapters.map((source) => ({ kind: 'chapter' as const, sources: [source] })),
  ];
  for (const file of files) {
    if (!memory || file.sources.length === 0) continue;
    file.key = [file.kind, ...file.sources.map(({ path, text }) => `${path} ${keyOf(text)}`)].join(' ');
    const known = memory.get(file.key);
    if (known) file.judged = unpacked(known, file.sources);
  }

  const fresh = files.filter(({ judged }) => judged === undefined);
  // The Markdown parser is loaded only where something needs it.
  const needed = [office, book, ...fresh.flatMap(({ sources }) => sources)].some(
    (source) => source && (/\.md$/i.test(source.path) || mayEmbed(source.text)),
  );
  const reader = readerOf(around, needed ? (await import('../content/syntax/markdown.js')).parseMarkdown : undefined);
  for (let i = 0; i < fresh.length; i += AT_ONCE) {
    const some = fresh.slice(i, i + AT_ONCE);
    const excerpts = await chartsTried(
      some.map(({ kind, sources: [source] }) => (kind === 'frame' ? reader.frame : reader[kind](source as Source))),
    );
    for (const [k, judged] of judge(excerpts, rules, only).entries()) {
      const file = some[k] as File;
      file.judged = judged;
      // Of an office that could not be read there is no place to remember.
      if (file.key !== undefined && (file.kind !== 'frame' || judged.sources.length === file.sources.length))
        memory?.put(file.key, packed(judged, file.sources));
    }
  }
  const verdicts = content.forms && !only ? (memoryFor?.('', 'forms') as Memory<Verdict> | undefined) : undefined;
  const toTry = !only || only.has('form-file');
  const [frame = reader.frame] = toTry ? await formsTried([reader.frame], content, verdicts) : [];
  const save = (): void => {
    memory?.save();
    verdicts?.save();
  };
  return { frame, judged: files.map(({ judged }) => judged as Judged), ...(memory ? { memory: { save } } : {}) };
}

/** Mermaid is loaded only where a chart was given as its text. `answers`: what it answered before, which grows. */
export async function chartsTried(excerpts: readonly Handbook[], answers?: Answers): Promise<readonly Handbook[]> {
  const given = excerpts.some(
    ({ services, book }) =>
      services.some(({ mermaid }) => mermaid !== undefined) ||
      (known(book.charts) ?? []).some(({ mermaid }) => mermaid !== undefined),
  );
  return given ? (await import('../content/author-chart.js')).withChartsTried(excerpts, answers) : excerpts;
}

/** The excerpts, the frame first, with what is wrong with the forms. PDFs are looked at only where the book lists one. */
export async function formsTried(
  excerpts: readonly Handbook[],
  content: Content,
  before?: Verdicts,
): Promise<readonly Handbook[]> {
  const [frame, ...rest] = excerpts;
  const listed = known(frame?.book.forms)?.some(({ file }) => content.forms?.some(({ name }) => name === file));
  if (!frame || !listed) return excerpts;
  const { withFormsTried } = await import('../content/form-files.js');
  return [await withFormsTried(frame, content, before), ...rest];
}

/** What is judged and remembered by itself. The frame is office and book; without `sources` it is always judged anew. */
type File = { kind: 'frame' | 'service' | 'chapter'; sources: readonly Source[]; key?: string; judged?: Judged };

// ---------------------------------------------------------------- what is remembered

/** In the source of this number among those of the file. */
type Place = readonly [start: number, end: number, source: number];
/** What was found in one file, in a form that JSON holds shortly and that is true of the same content wherever it is. */
export type Packed = readonly [
  faults: { rule: string; span: Place; message: Say; hint?: Say; fix?: { span: Place; text: string } }[],
  mentions: [rule: string, noted: { word: string; span: Place; also?: readonly string[] }[]][],
  entries: [kind: Entry['kind'], id: string, name?: string, atId?: Place, atName?: Place][],
  sources: number[],
];

function packed({ faults, mentions, entries, sources }: Judged, of: readonly Source[]): Packed {
  const number = (source: Source): number => {
    const found = of.indexOf(source);
    if (found === -1) throw new Error(`judging ${of[0]?.path}, a rule speaks of ${source.path}`);
    return found;
  };
  const place = ({ source, start, end }: Span): Place => [start, end, number(source)];
  return [
    faults.map(({ span, fix, ...rest }) => ({
      ...rest,
      span: place(span),
      ...(fix ? { fix: { span: place(fix.span), text: fix.text } } : {}),
    })),
    [...mentions].map(([rule, noted]) => [rule, noted.map((each) => ({ ...each, span: place(each.span) }))]),
    entries.map(({ kind, id, read }) =>
      read ? [kind, id, read.name, place(read.at.id), place(read.at.name)] : [kind, id],
    ),
    sources.map(number),
  ];
}

function unpacked([faults, mentions, entries, sources]: Packed, of: readonly Source[]): Judged {
  const span = ([start, end, number]: Place): Span => ({ source: of[number] as Source, start, end });
  return {
    faults: faults.map(({ fix, ...rest }): Fault => {
      const mend: Fix | undefined = fix && { span: span(fix.span), text: fix.text };
      return { ...rest, span: span(rest.span), ...(mend ? { fix: mend } : {}) };
    }),
    mentions: new Map(
      mentions.map(([rule, noted]) => [rule, noted.map((each): Mention => ({ ...each, span: span(each.span) }))]),
    ),
    entries: entries.map(([kind, id, name, atId, atName]) =>
      name === undefined || !atId || !atName
        ? { kind, id }
        : { kind, id, read: { name, at: { id: span(atId), name: span(atName) } } },
    ),
    sources: sources.map((number) => of[number] as Source),
  };
}
