// The handbook against the rules: faults of reading and findings of rules become one sorted report, at the severities
// the book asks for and without what its author has answered for.
import { type Procedure, proceduresOf } from '../content/procedure.js';
import type { Handbook } from '../content/schema/model.js';
import { type Diagnostic, type Fault, inOrder } from '../core/diagnostic.js';
import type { Source, Span } from '../core/source.js';
import { levelsOf } from './levels.js';
import type { Entry, Mention, Rule } from './rule.js';
import { type PassedOver, suppressionsIn, withoutSuppressed } from './suppressions.js';

/** What was found in one excerpt, whatever the severities, and what is to be held against the other files. */
export type Judged = {
  readonly faults: readonly Fault[];
  readonly mentions: ReadonlyMap<string, readonly Mention[]>;
  readonly entries: readonly Entry[];
  readonly sources: readonly Source[];
  /** Something in it is 待確認. */
  readonly hasOpen: boolean;
  /** Comments that may answer for a finding. */
  readonly comments: readonly Span[];
};

export type LintOptions = {
  /** The strict set; what handbook.yaml says when left out. */
  strict?: boolean;
  /** Only these rules are run and reported. */
  only?: ReadonlySet<string> | undefined;
  /** These rules are switched off, whatever they find. */
  off?: ReadonlySet<string> | undefined;
  /** Whether content may pass over findings and lower rules; it may where this is left out. */
  suppressions?: boolean | undefined;
};

/** What lint says in the end. */
export type Conclusion = {
  diagnostics: Diagnostic[];
  /** What was found and is not told. */
  passedOver: PassedOver[];
  /** Paths of files that were not judged, or not to their end: something in them cannot be read. */
  unchecked: string[];
};

/** After a fault of these rules there is nothing to judge in its file. */
const STOPPING = new Set(['yaml-syntax', 'encoding', 'file-too-large', 'outside-file']);

/** All findings in a book, given as the excerpts it was read in, the frame first: sorted by file and place, none twice. */
export function diagnose(
  excerpts: readonly Handbook[],
  rules: ReadonlyMap<string, Rule>,
  options: LintOptions = {},
): Diagnostic[] {
  const [frame] = excerpts;
  if (!frame) throw new Error('a book of no excerpts');
  return conclude(frame, judge(excerpts, rules, options.only), rules, options).diagnostics;
}

/** What the rules find in each excerpt by itself. Rule by rule: what runs in one piece the engine soon runs fast. */
export function judge(
  excerpts: readonly Handbook[],
  rules: ReadonlyMap<string, Rule>,
  only?: ReadonlySet<string>,
): Judged[] {
  const judged = excerpts.map((excerpt) => ({
    faults: [...excerpt.faults],
    mentions: new Map<string, readonly Mention[]>(),
    entries: entriesOf(excerpt),
    sources: excerpt.sources,
    hasOpen: excerpt.unconfirmed.length > 0,
    comments: excerpt.sources.flatMap(suppressionsIn),
  }));
  const procedures = excerpts.map(proceduresOf);
  for (const [id, { check, mentions }] of rules) {
    if (only && !only.has(id)) continue;
    for (const [i, { faults, mentions: noted }] of judged.entries()) {
      const [excerpt, flows] = [excerpts[i] as Handbook, procedures[i] as Procedure[]];
      const isTold = ({ span }: { span: Span }): boolean => FOLLOWING.has(id) && excerpt.faults.some(isAt(span));
      check?.(excerpt, (found) => isTold(found) || faults.push({ ...found, rule: id }), flows);
      const found = mentions?.(excerpt, flows) ?? [];
      if (found.length > 0) noted.set(id, found);
    }
  }
  return judged;
}

/** What is said of a text that cannot be read is said once: these rules look at the same text. */
const FOLLOWING = new Set(['impossible-date']);
const UNREADABLE = /^(?:unreadable-|wrong-type$)/;
const isAt =
  (span: Span) =>
  (fault: Fault): boolean =>
    UNREADABLE.test(fault.rule) &&
    fault.span.source === span.source &&
    fault.span.start < span.end &&
    span.start < fault.span.end;

/** The services and chapters in an excerpt. */
export function entriesOf(excerpt: Handbook): Entry[] {
  return [
    ...excerpt.unread.map((id): Entry => ({ kind: 'service', id })),
    ...(excerpt.unreadChapters ?? []).map((id): Entry => ({ kind: 'chapter', id })),
    ...excerpt.services.map(({ id, name, at }): Entry => {
      return { kind: 'service', id, read: { name, at: { id: at.id ?? at.self, name: at.name ?? at.self } } };
    }),
    ...excerpt.chapters.map(({ file, title, source }): Entry => {
      const start = Math.max(0, source.text.indexOf(title));
      const at = { source, start, end: start + title.length };
      return { kind: 'chapter', id: file, read: { name: title, at: { id: at, name: at } } };
    }),
  ];
}

/** What was found file by file and what the whole book shows become the report. */
export function conclude(
  frame: Handbook,
  judged: readonly Judged[],
  rules: ReadonlyMap<string, Rule>,
  { strict = frame.book.strict === true, only, off, suppressions }: LintOptions = {},
): Conclusion {
  const found: Fault[] = judged.flatMap(({ faults }) => faults);
  const entries = judged.flatMap((each) => each.entries);
  const sources = judged.flatMap((each) => each.sources);
  const comments = judged.flatMap((each) => each.comments);
  for (const [id, rule] of rules) {
    if (!rule.whole || (only && !only.has(id))) continue;
    const mentions = judged.flatMap((each) => each.mentions.get(id) ?? []);
    rule.whole({ handbook: frame, entries, mentions, sources }, (each) => found.push({ ...each, rule: id }));
  }
  const { levels, faults } = levelsOf(frame, rules, { strict, off, suppressions });
  const silenced: PassedOver[] = [];
  const rated = [...found, ...faults].flatMap((fault): Diagnostic[] => {
    if (only && !only.has(fault.rule)) return [];
    const { severity, off: silent } = levels(fault.rule, fault.span.source.path);
    // What only the strict set looks for is told where it is asked for by its name.
    if (silent?.by === 'set') return only ? [{ ...fault, severity }] : [];
    if (silent) silenced.push({ ...fault, severity, ...silent });
    return silent ? [] : [{ ...fault, severity }];
  });
  const told = distinct(rated);
  const { left, passedOver } =
    suppressions === false ? { left: told, passedOver: [] } : withoutSuppressed(comments, rules, told, levels, only);
  return {
    diagnostics: left.sort(inOrder),
    passedOver: distinct([...silenced, ...passedOver]),
    unchecked: uncheckedIn(judged),
  };
}

/** In order, none twice. */
const distinct = <T extends Diagnostic>(found: T[]): T[] =>
  found.sort(inOrder).filter((each, i) => i === 0 || inOrder(found[i - 1] as T, each) !== 0);

function uncheckedIn(judged: readonly Judged[]): string[] {
  const paths = judged.flatMap(({ faults, entries }) => {
    const isUnread = entries.some(({ read }) => !read) && !faults.some(({ rule }) => STOPPING.has(rule));
    return faults
      .filter(
        ({ rule, span }) => isUnread || STOPPING.has(rule) || (rule === 'out-of-bounds' && isChapter(span.source)),
      )
      .map(({ span }) => span.source.path);
  });
  return [...new Set(paths)].filter((path) => path !== '').sort();
}
const isChapter = ({ path }: Source): boolean => /(^|\/)chapters\/[^/]+$/.test(path);
