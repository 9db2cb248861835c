// What was found in a file, in the form in which it is remembered between runs.
import type { Fault, Fix } from '../core/diagnostic.js';
import type { Say, Source, Span } from '../core/source.js';
import type { Judged } from './engine.js';
import type { Entry, Mention } from './rule.js';

/** In the source of this number among those of the file. */
type Place = readonly [start: number, end: number, source: number];
/** What was found in one file, in a form that JSON holds shortly and that is true of the same content wherever it is. */
export type Packed = readonly [
  faults: { rule: string; span: Place; message: Say; hint?: Say; fix?: { span: Place; text: string } }[],
  mentions: [rule: string, noted: { word: string; span: Place; also?: readonly string[] }[]][],
  entries: [kind: Entry['kind'], id: string, name?: string, atId?: Place, atName?: Place][],
  sources: number[],
  hasOpen: boolean,
  comments: Place[],
];

/** `of`: the sources of the file; a rule that judges it speaks of no other. */
export function packed(
  { faults, mentions, entries, sources, hasOpen, comments }: Judged,
  of: readonly Source[],
): Packed {
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
    hasOpen,
    comments.map(place),
  ];
}

export function unpacked(
  [faults, mentions, entries, sources, hasOpen, comments]: Packed,
  of: readonly Source[],
): Judged {
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
    hasOpen,
    comments: comments.map(span),
  };
}
