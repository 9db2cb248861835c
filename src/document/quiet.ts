// What a paper for citizens says of what nobody knows yet: no mark and no reason, but whom to ask, and one line at its foot.

import { isUnconfirmed, known } from '../content/schema/schema.js';
import type { Service } from '../content/schema/service.js';
import { saysUnconfirmed } from '../content/schema/tree.js';
import { firstOf, pairOf, secondLanguageOf, secondOf, splitUnconfirmed } from '../core/language.js';
import type { RenderContext } from './context.js';
import { authorityHeadline, deadlineHeadline, documentsHeadline, feeHeadline, yourTerms } from './headlines.js';

/** Keys that say where a record was written, or hold a text of its own. */
const META = new Set(['at', 'cited', 'unread', 'source', 'span', 'markdown', 'findings', 'notes']);
/** Facts whose place stays: large words and rows say whom to ask. */
const FACTS = new Set(['documents', 'items', 'fee', 'free', 'deadline', 'authority']);
/** What stands in a row of its own, beside a name. */
const IN_ROWS = new Set(['amount', 'rate', 'tiers', 'limit']);
/** Lists of which an entry is not known where its note is not. */
const UNKNOWN_BY_NOTE = new Set(['channels', 'floors']);

/** The context without what nobody knows yet; a working copy keeps everything as it was written. */
export function forCitizens(context: RenderContext): RenderContext {
  if (context.workingCopy) return context;
  const made = QUIET.get(context) ?? quietly(context);
  QUIET.set(context, made);
  return made;
}
/** Every sheet of an output asks for the same. */
const QUIET = new WeakMap<RenderContext, RenderContext>();

function quietly(context: RenderContext): RenderContext {
  const quiet = quietIn(context);
  const services = new Map(context.services.map((service) => [service.id, quiet(service, '', '') as Service]));
  const own = (list: readonly Service[]): Service[] => list.flatMap(({ id }) => services.get(id) ?? []);
  return {
    ...context,
    handbook: {
      ...context.handbook,
      office: quiet(context.handbook.office, '', '') as RenderContext['handbook']['office'],
      services: own(context.handbook.services),
    },
    services: own(context.services),
    selected: own(context.selected),
  };
}

type Quiet = (value: unknown, key: string, list: string) => unknown;

/** A value without what is not known in it; nothing where that leaves nothing. `list`: the name of the list it stands in. */
function quietIn({ word }: Pick<RenderContext, 'word'>): Quiet {
  const quiet: Quiet = (value, key, list) => {
    if (isUnconfirmed(value)) {
      if (FACTS.has(key)) return { unconfirmed: word('unconfirmed') };
      return IN_ROWS.has(key) ? { unconfirmed: word('ask') } : undefined;
    }
    if (typeof value === 'string') {
      if (!saysUnconfirmed(value)) return askedWithin(value, word('ask'));
      // What holds only at times is not told as holding always.
      if (key === 'condition') return word('condition-open');
      // Of a document at least the name is known.
      return key === 'note' && list === 'items' ? word('ask') : undefined;
    }
    if (Array.isArray(value)) {
      const items = value.flatMap((each: unknown) => quiet(each, key, key) ?? []);
      return items.length === 0 && value.length > 0 ? undefined : items;
    }
    return typeof value === 'object' && value !== null ? quietRecord(value, list) : value;
  };
  const quietRecord = (record: object, list: string): object | undefined => {
    const { note, name } = record as { note?: unknown; name?: unknown };
    if (isOpen(name) || (UNKNOWN_BY_NOTE.has(list) && isOpen(note))) return undefined;
    const entries = Object.entries(record).flatMap(([key, inner]): [string, unknown][] => {
      if (META.has(key)) return [[key, inner]];
      const said = quiet(inner, key, list);
      return said === undefined ? [] : [[key, said]];
    });
    const says = entries.some(([key]) => key !== 'name' && !META.has(key));
    if (list === 'variants' && !says && entries.length < Object.keys(record).length) return undefined;
    return Object.fromEntries(entries);
  };
  return quiet;
}

/** A text at every 待確認 in it, which stand at the odd places, without the reasons in brackets behind them. */
export const unknownParts = (text: string): string[] =>
  splitUnconfirmed(text).map((part, i) =>
    i % 2 === 1 || i === 0 ? part : part.replace(/^\s?(?:（[^（）]*）|\([^()]*\))/, ''),
  );

/** 票據種類請洽承辦單位 for 票據種類待確認（各分署不一）: whom to ask, where something within a sentence is not known. */
export function askedWithin(text: string, ask: string): string {
  const said = (side: string, what: string): string =>
    unknownParts(side)
      .map((part, i) => (i % 2 === 1 ? what : part))
      .join('');
  if (splitUnconfirmed(text).length === 1) return text;
  const second = secondLanguageOf(text);
  return second === undefined
    ? said(text, firstOf(ask))
    : pairOf(said(firstOf(text), firstOf(ask)), said(secondOf(text), secondOf(ask)), second);
}

const isOpen = (value: unknown): boolean =>
  isUnconfirmed(value) || (typeof value === 'string' && saysUnconfirmed(value));

// ---------------------------------------------------------------- the line at the foot

/** What a paper shows of a service, of which it says what is not known. */
export type Topic = keyof typeof NAMES;
const NAMES = {
  documents: 'documents',
  kind: 'document-kind',
  copies: 'copies',
  fee: 'fee',
  deadline: 'deadline',
  authority: 'authority',
  applicant: 'desk.applicant',
  channels: 'posters.channels',
  place: 'posters.place',
  hours: 'posters.hours',
  telephone: 'posters.telephone',
} as const;
const ALL = Object.keys(NAMES) as readonly Topic[];

/** 待確認：規費、份數; nothing where all is known, and on a working copy, whose marks say it at the place. */
export function openLine(
  context: RenderContext,
  services: readonly Service[],
  topics: readonly Topic[] = ALL,
): string | undefined {
  if (context.workingCopy) return undefined;
  const open = new Set(services.flatMap((service) => openTopics(context, service)));
  const names = topics.filter((topic) => open.has(topic)).map((topic) => context.word(NAMES[topic]));
  return names.length === 0
    ? undefined
    : context.word('field', context.word('unconfirmed'), names.join(context.word('list-comma')));
}

function openTopics({ handbook: { office } }: RenderContext, service: Service): Topic[] {
  const found: Topic[] = [];
  const visit = (value: unknown, topic: Topic): void => {
    if (isOpen(value)) found.push(topic);
    else if (Array.isArray(value)) for (const each of value) visit(each, topic);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value))
        if (!META.has(key)) visit(inner, topic === 'documents' && (key === 'kind' || key === 'copies') ? key : topic);
  };
  const entries: readonly Readonly<Partial<Record<Topic, unknown>>>[] = [service, ...(known(service.variants) ?? [])];
  for (const entry of entries)
    for (const topic of ['documents', 'fee', 'deadline', 'authority', 'applicant', 'channels'] as const)
      visit(entry[topic], topic);
  visit(service.place ?? office.address, 'place');
  visit(service.hours ?? office.hours, 'hours');
  visit(
    isUnconfirmed(service.contact) ? service.contact : (service.contact?.telephone ?? office.telephone),
    'telephone',
  );
  return found;
}

/** The same services as they were written, with all that is not known. */
export const asWritten = ({ services }: RenderContext, list: readonly Service[]): Service[] =>
  services.filter(({ id }) => list.some((each) => each.id === id));

/** The style sheet that makes every 待確認 plain to see. */
export const loudness = ({ workingCopy }: Pick<RenderContext, 'workingCopy'>): string[] =>
  workingCopy ? ['working-copy.css'] : [];

// ---------------------------------------------------------------- nothing to say

/** Whether none of the four facts is known, nor a term of the applicant's. `context`: for citizens. */
export const knowsNoFact = (context: RenderContext, service: Service): boolean =>
  documentsHeadline(context, service).asked &&
  feeHeadline(context, service).asked &&
  deadlineHeadline(context, service).asked &&
  authorityHeadline(context, service).asked &&
  yourTerms(context, service).length === 0;
