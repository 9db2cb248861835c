// The yearly review in words: part by part, for the terminal, for other programs, and as a paper for the meeting.
import type { Service } from '../content/schema/service.js';
import { placeOf, type Span } from '../core/source.js';
import { visible } from '../core/terminal.js';
import type { Block, Paragraph } from '../office-files/document.js';
import type { Burden, BurdenReport, Lookup, Proposal } from './burden.js';
import type { Due, LimitDue, ServiceDue } from './due.js';
import type { LinkFault } from './links.js';

/** `today`: ISO. `links`: those that do not answer; none where nobody asked. */
export type Review = {
  readonly title: string;
  readonly today: string;
  readonly due: Due;
  readonly burden: BurdenReport;
  readonly links?: readonly LinkFault[];
};
/** `word`: a word of the review by its key, filled in. `day`: a day as it is printed. */
export type Wording = {
  readonly word: (key: string, ...values: (string | number)[]) => string;
  readonly day: (iso: string) => string;
  readonly number: (n: number) => string;
  /** Where something stands, as it is told. */
  readonly place: (span: Span) => string;
};

/** `todo`: what stands in it has to be done; the others are to be discussed. `widths`: shares of the width. */
type Part = {
  readonly id: string;
  readonly todo: boolean;
  readonly note?: string;
  readonly head: readonly string[];
  readonly widths: readonly number[];
  readonly rows: readonly (readonly string[])[];
};

/** What has to be done. */
export const isDue = ({ due, links = [] }: Review): boolean =>
  due.sources.some(({ until }) => until !== undefined) ||
  due.services.some(({ why }) => why === 'overdue' || why === 'pause-ended') ||
  links.length > 0;

// ---------------------------------------------------------------- parts

function partsOf({ due, burden, links }: Review, wording: Wording): Part[] {
  const table = tableIn(wording);
  return [
    ...dueParts(due, wording, table),
    ...(links === undefined ? [] : [linksPart(links, wording, table)]),
    ...burdenParts(burden, wording, table),
    ...jointParts(burden, wording, table),
  ];
}

const tableIn =
  ({ word }: Wording): MakeTable =>
  (id, todo, columns, rows, note) => ({
    id,
    todo,
    head: columns.map(([key]) => word(key)),
    widths: columns.map(([, width]) => width),
    rows,
    ...(note === undefined ? {} : { note }),
  });

function dueParts(due: Due, wording: Wording, table: MakeTable): Part[] {
  const { word, place } = wording;
  return [
    table(
      'sources',
      true,
      [
        ['source', 46],
        ['state', 28],
        ['where', 26],
      ],
      due.sources.map(({ name, url, checked, until, cited, at }) => [
        url === undefined || url === name ? name : `${name}\n${url}`,
        [
          checked === undefined || until === undefined ? word('never-checked') : word('overdue', wording.day(until)),
          ...(cited > 0 ? [word('cited', cited)] : []),
        ].join(word('list-comma')),
        place(at),
      ]),
    ),
    table(
      'services',
      true,
      SERVICE_STATE,
      grouped(due.services, (each) => stateOf(each, wording)).map(([state, all]) => [
        all.map(({ service }) => service.name).join(word('list-comma')),
        state,
        all.length > 1 ? '' : all.map(({ at }) => place(at)).join(''),
      ]),
    ),
    table(
      'ungrounded',
      true,
      [
        ['service', 30],
        ['document', 70],
      ],
      grouped(due.documents, ({ service }) => service.name).map(([name, all]) => [
        name,
        all.map((each) => word('at-place', each.name, place(each.at))).join('\n'),
      ]),
    ),
    table(
      'limits',
      true,
      SERVICE_STATE,
      due.limits.map((each) => [each.service.name, limitText(each, wording), place(each.at)]),
    ),
  ];
}

const linksPart = (links: readonly LinkFault[], wording: Wording, table: MakeTable): Part =>
  table(
    'links',
    true,
    [
      ['source', 50],
      ['state', 24],
      ['where', 26],
    ],
    links.map((fault) => [fault.url, linkText(fault, wording), wording.place(fault.at)]),
  );

/** Those of which the same is said, together, in the order of the first. */
function grouped<T>(all: readonly T[], of: (one: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const each of all) groups.set(of(each), [...(groups.get(of(each)) ?? []), each]);
  return [...groups];
}

const SERVICE_STATE = [
  ['service', 28],
  ['state', 46],
  ['where', 26],
] as const;

function stateOf({ why, until }: ServiceDue, { word, day }: Wording): string {
  return word(`service-${why}`, until === undefined ? '' : day(until));
}
function limitText(due: LimitDue, { word }: Wording): string {
  if (due.why === 'shorter') return word('limit-shorter', due.limit, due.steps);
  return word(due.kind === 'limit' ? 'limit-never' : 'document-never', due.name);
}
const linkText = ({ why, status, said }: LinkFault, { word }: Wording): string =>
  why === 'status'
    ? word('link-status', status ?? '')
    : why === 'inner'
      ? word('link-refused')
      : word('link-failed', said ?? '');

type MakeTable = (
  id: string,
  todo: boolean,
  columns: readonly (readonly [key: string, width: number])[],
  rows: readonly (readonly string[])[],
  note?: string,
) => Part;

function burdenParts(burden: BurdenReport, wording: Wording, table: MakeTable): Part[] {
  const { word } = wording;
  const comma = word('list-comma');
  const each = <T>(of: (one: Burden) => readonly T[], row: (one: T, service: Service) => string[]): string[][] =>
    burden.services.flatMap((one) => of(one).map((thing) => row(thing, one.service)));
  return [
    table(
      'burden',
      false,
      [
        ['service', 24],
        ['documents', 12],
        ['copies', 11],
        ['lookups', 14],
        ['visits', 10],
        ['steps', 18],
        ['hands', 11],
      ],
      burden.services.map((one) => burdenCells(one, wording)),
      word('burden-note'),
    ),
    table(
      'candidates',
      false,
      [
        ['service', 28],
        ['document', 52],
        ['decided', 20],
      ],
      each(
        ({ lookups }) => lookups,
        ({ name, from }, service) => [service.name, word('could-be', name, holderOf(from, wording)), ''],
      ),
      word('candidates-note'),
    ),
    table(
      'twice',
      false,
      PROPOSED,
      each(
        ({ twice }) => twice,
        ({ name, why, where }, service) => [
          service.name,
          word(`twice-${why}`, name, where.map((text) => word('quoted', text)).join(comma)),
          '',
        ],
      ),
    ),
    table(
      'within',
      false,
      PROPOSED,
      burden.services.flatMap(({ service, steps: { within } }) =>
        within.length === 0 ? [] : [[service.name, within.join(comma), '']],
      ),
      word('within-note'),
    ),
  ];
}

/** What several services have in common, and what is to be proposed. */
function jointParts(burden: BurdenReport, wording: Wording, table: MakeTable): Part[] {
  const { word } = wording;
  const comma = word('list-comma');
  return [
    table(
      'shared',
      false,
      [
        ['document', 28],
        ['asked-by', 52],
        ['decided', 20],
      ],
      burden.shared.map(({ name, services }) => [name, services.map((service) => service.name).join(comma), '']),
    ),
    table(
      'overlaps',
      false,
      PROPOSED,
      burden.overlaps.map(({ one, other, documents, steps }) => [
        word('pair', one.name, other.name),
        [
          ...(documents.length > 0 ? [word('same-documents', documents.join(comma))] : []),
          ...(steps.length > 0 ? [word('same-steps', steps.join(comma))] : []),
        ].join('\n'),
        '',
      ]),
    ),
    table(
      'proposals',
      false,
      [
        ['service', 24],
        ['proposal', 56],
        ['decided', 20],
      ],
      burden.proposals.map((proposal) => [proposal.service.name, proposalText(proposal, wording), '']),
    ),
  ];
}

const PROPOSED = [
  ['service', 28],
  ['what', 52],
  ['decided', 20],
] as const;

function burdenCells(
  { service, documents, copies, lookups, waived, visits, steps }: Burden,
  wording: Wording,
): string[] {
  const { word } = wording;
  const range = (least: number, most: number): string => (least === most ? String(most) : word('range', least, most));
  return [
    service.name,
    documents ? range(documents.least, documents.most) : word('unknown'),
    copies ? (copies.open ? word('and-more', copies.most) : String(copies.most)) : word('unknown'),
    waived > 0 ? word('waived-too', lookups.length, waived) : String(lookups.length),
    visits.times === 0 && !visits.declared ? word('not-told') : word('times', visits.times),
    steps.all === 0 ? word('not-told') : word('of-steps', steps.own, steps.within.length, steps.all),
    String(steps.hands),
  ];
}

const holderOf = (from: Lookup['from'], { word }: Wording): string =>
  'holder' in from ? word(`holder-${from.holder}`) : 'own' in from ? word('holder-own', from.own) : from.where;

function proposalText(proposal: Proposal, { word }: Wording): string {
  switch (proposal.kind) {
    case 'lookup':
      return word('propose-lookup', proposal.name, proposal.basis.join(word('list-comma')));
    case 'limit':
      return word('propose-limit', proposal.own, proposal.law, proposal.basis.join(word('list-comma')));
    case 'unclear':
      return word('propose-unclear', `\n${plainLines(proposal.text)}`);
    case 'step':
      return word('propose-step', proposal.step, proposal.office);
  }
}
/** Markdown as plain lines: a link is its words. */
const plainLines = (markdown: string): string =>
  markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .split('\n')
    .map((line) => line.replace(/^\s*[-*]\s+/, '').trim())
    .filter((line) => line !== '')
    .join('\n');

// ---------------------------------------------------------------- written out

export function asText(review: Review, wording: Wording): string {
  const { word } = wording;
  const parts = partsOf(review, wording);
  const count = (todo: boolean): number =>
    parts.filter((part) => part.todo === todo && part.id !== 'burden').reduce((sum, { rows }) => sum + rows.length, 0);
  const lines = [word('title', review.title), word('on-day', wording.day(review.today)), ''];
  for (const { id, note, head, rows } of parts) {
    lines.push(word('count', word(id), rows.length));
    if (rows.length === 0) lines.push(`  ${word('none')}`);
    else if (id === 'burden') lines.push(`  ${head.join(' | ')}`);
    for (const row of rows)
      lines.push(
        `  ${row
          .filter((cell) => cell !== '')
          .map((cell) => visible(cell.replace(/\n/g, ' ')))
          .join(' | ')}`,
      );
    if (note !== undefined && rows.length > 0) lines.push(`  ${note}`);
    lines.push('');
  }
  lines.push(word('in-all', count(true), count(false)));
  return `${lines.join('\n')}\n`;
}

/** The paper, every part a table with room for what is decided; parts in which there is nothing say so. */
export function paperOf(review: Review, wording: Wording): Block[] {
  const { word, number } = wording;
  const paragraph = (style: Paragraph['style'], text: string): Paragraph => ({ style, runs: [{ text }] });
  return [
    { paragraph: paragraph('title', word('title', review.title)) },
    { paragraph: paragraph('text', `${word('on-day', wording.day(review.today))}${word('basis-of-review')}`) },
    ...partsOf(review, wording).flatMap(({ id, note, head, widths, rows }, i): Block[] => [
      { paragraph: paragraph('heading', word('point', number(i + 1), word(id))) },
      ...(note === undefined || rows.length === 0 ? [] : [{ paragraph: paragraph('text', note) }]),
      ...(rows.length === 0
        ? [{ paragraph: paragraph('text', word('none')) }]
        : [
            {
              table: {
                widths,
                head,
                rows: rows.map((row) => row.map((cell) => cell.split('\n').map((line) => paragraph('text', line)))),
              },
            },
          ]),
    ]),
  ];
}

/** For other programs: plain values, each with its place. */
export function asJson({ title, today, due, burden, links }: Review): string {
  const place = ({ source, start }: Span): { file: string; line: number; column: number } => {
    const { line, column } = placeOf(source, start);
    return { file: source.path, line, column };
  };
  const own = <T extends { readonly service: Service; readonly at: Span }>({ service, at, ...rest }: T) => ({
    service: service.id,
    ...rest,
    ...place(at),
  });
  const report = {
    title,
    today,
    sources: due.sources.map(({ at, ...rest }) => ({ ...rest, ...place(at) })),
    services: due.services.map(own),
    documents: due.documents.map(own),
    limits: due.limits.map(own),
    ...(links === undefined ? {} : { links: links.map(({ at, ...rest }) => ({ ...rest, ...place(at) })) }),
    burden: {
      services: burden.services.map(({ service, lookups, twice, ...rest }) => ({
        service: service.id,
        ...rest,
        lookups: lookups.map(({ at, ...each }) => ({ ...each, ...place(at) })),
        twice: twice.map(({ at, ...each }) => ({ ...each, ...place(at) })),
      })),
      shared: burden.shared.map(({ name, services }) => ({ name, services: services.map(({ id }) => id) })),
      overlaps: burden.overlaps.map(({ one, other, ...rest }) => ({ services: [one.id, other.id], ...rest })),
      proposals: burden.proposals.map(own),
    },
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
