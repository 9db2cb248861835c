// What a paper may show of the content, each a facet by name: an output lists its own, and a stamp says which they were.

import { flowOf } from '../content/procedure.js';
import { type Citation, isUnconfirmed, known, type Unconfirmed } from '../content/schema/schema.js';
import type { RequiredDocument, Service } from '../content/schema/service.js';
import {
  authorityBrief,
  authorityRows,
  besideTokens,
  choiceToken,
  clauses,
  deadlineBrief,
  deadlineRows,
  digest,
  documentDetails,
  documentName,
  documentsBrief,
  type Fact,
  feeBrief,
  feePaid,
  feeRows,
  headlinesOf,
  placeTokens,
  rolesWithNotes,
  type Section,
  statusToken,
  stepRows,
  termsOf,
  totalText,
  type Written,
  wayLines,
  withRemark,
  wordToken,
  yourTerms,
} from './declared-facts.js';
import { citationsIn, listOf, way, without, worded, written } from './facet.js';
import { reachedAt, unitPlace } from './facts/contact.js';
import { type Declared, formName } from './facts/documents.js';
import { lawOf } from './facts/sources.js';
import { namesAlways } from './headlines.js';
import { OF_OFFICE } from './office-facets.js';
import type { WayLine } from './way.js';

type OfService = (content: Written, service: Service) => Fact[];

// ---------------------------------------------------------------- of a service

const OF_SERVICE = {
  summary: (_, { summary }) => worded('summary', '', summary),
  category: ({ handbook }, { id }) =>
    (known(handbook.book.categories) ?? []).flatMap(({ name, services }) =>
      known(services)?.includes(id) ? worded('book', wordToken('category'), name) : [],
    ),
  documents: each(documentFacts),
  /** As a leaflet has room for: which, and in what form. */
  'document-lines': each(
    (_, { documents }, of) =>
      isUnconfirmed(documents) || isUnconfirmed(documents?.items) || (documents?.items ?? []).length === 0
        ? [['documents', of, '', documentsBrief({ ...(documents === undefined ? {} : { documents }) })]]
        : (documents?.items ?? []).map((one): Fact => {
            const among = listOf(one.oneOf, (other) => [documentName(other)]);
            return ['documents', of, documentName(one), clauses([one.condition, documentDetails(one), among])];
          }),
    'documents',
  ),
  fee: each((_, { fee }, of) =>
    feeRows(fee).map(({ item, per, amount, note }) => [
      'fee',
      of,
      item,
      withRemark([per, amount].filter(Boolean).join(' '), note),
    ]),
  ),
  deadline: each((_, { deadline }, of) =>
    deadlineRows(deadline).map(({ label, limit, note }) => ['deadline', of, label, withRemark(limit, note)]),
  ),
  authority: each((_, { authority }, of) =>
    authorityRows(authority).map(({ stage, note, ...chain }) => {
      const acts = (['prepare', 'review', 'countersign', 'decide'] as const).filter((act) => chain[act] !== '');
      const text = acts.map((act) => `${wordToken(act)} ${chain[act]}`).join(wordToken('list-comma'));
      return ['authority', of, stage, withRemark(text, note)];
    }),
  ),
  /** What is charged, without how it is paid. */
  'fee-charges': each((_, { fee }, of) =>
    feeRows(fee).flatMap(({ kind, item, per, amount, note }): Fact[] =>
      kind === 'other' ? [] : [['fee', of, item, withRemark([per, amount].filter(Boolean).join(' '), note)]],
    ),
  ),
  /** How it is paid and paid back, where a notice tells it. */
  'fee-paid': (_, { fee }) => feePaid(fee).map(({ item, note }): Fact => ['fee', '', item, note]),
  status: (_, { status }) => way('status', statusToken(status)),
  /** Whether it is on offer, who may act for whom, how often to come, whom to complain to, who confirmed it. */
  'service-terms': (_, service) =>
    termsOf(service).map(({ label, texts }): Fact => ['ways', '', label, texts.join(wordToken('list-comma'))]),
  /** By when it is done, and by when something missing is to be brought. */
  'deadline-limits': (_, { deadline }) =>
    deadlineRows(deadline).flatMap(({ kind, label, limit, note }): Fact[] =>
      kind === 'prolong' || kind === 'other'
        ? []
        : [['deadline', '', label, kind === 'correction' ? limit : withRemark(limit, note)]],
    ),
  'documents-brief': brief('documents', documentsBrief),
  'fee-brief': brief('fee', ({ fee }) => feeBrief(fee)),
  'fee-lines': each((_, { fee }, of) => {
    const rows = feeRows(fee).filter(({ kind }) => kind === 'line' || kind === 'more');
    return rows.length < 2
      ? [['fee', of, '', feeBrief(fee)]]
      : rows.map(({ item, per, amount }) => ['fee', of, item, [per, amount].filter(Boolean).join(' ')]);
  }, 'fee'),
  /** What everybody brings, where the hall names it. */
  'documents-always': (_, service) =>
    (namesAlways(service)?.names ?? []).map((name): Fact => ['documents', '', name, '']),
  'documents-headline': (_, service) => [['documents', '', '', headlinesOf(service).documents]],
  'fee-headline': (_, service) => [['fee', '', '', headlinesOf(service).fee]],
  'deadline-headline': (_, service) => [['deadline', '', '', headlinesOf(service).deadline]],
  'deadline-brief': brief('deadline', ({ deadline }) => deadlineBrief(deadline)),
  'authority-brief': brief('authority', ({ authority }) => authorityBrief(authority)),
  /** What sub-services declare of time and authority, where only that is printed. */
  'variant-briefs': (_, { variants }) =>
    (known(variants) ?? []).flatMap(({ name = '', deadline, authority }): Fact[] => [
      ...(deadline === undefined ? [] : [['deadline', name, '', deadlineBrief(deadline)] satisfies Fact]),
      ...(authority === undefined ? [] : [['authority', name, '', authorityBrief(authority)] satisfies Fact]),
    ]),
  'document-terms': each(
    (_, { documents }, of) =>
      isUnconfirmed(documents) || isUnconfirmed(documents?.items) || (documents?.items ?? []).length === 0
        ? [['documents', of, '', documentsBrief({ ...(documents === undefined ? {} : { documents }) })]]
        : (documents?.items ?? []).map((one): Fact => {
            const among = listOf(one.oneOf, (other) => [other.condition, documentName(other), documentDetails(other)]);
            const lines = one.oneOf === undefined && /擇一|任選/.test(one.name ?? '') && one.note;
            const text = clauses([one.condition, documentDetails(one), among, lines, one.waived]);
            return ['documents', of, documentName(one), text];
          }),
    'documents',
  ),
  way: (content, service) => [
    ...wayLines(content, service).flatMap(wayFacts),
    ...worded('steps', wordToken('total'), totalText(service)),
  ],
  /** The way as the author drew it, or that nobody knows it yet. */
  drawing: (content, { mermaid, procedure }) =>
    stepFacts(content, isUnconfirmed(procedure) ? { procedure } : mermaid === undefined ? {} : { mermaid }, '', false),
  'your-terms': (_, service) => yourTerms(service).map((text): Fact => ['deadline', '', wordToken('your-term'), text]),
  /** When and where, of those sub-services that say so. */
  'variant-ways': (_, { variants }) =>
    (known(variants) ?? []).flatMap(({ name = '', window, place }): Fact[] => [
      ...(window === undefined ? [] : [['ways', name, wordToken('window'), window] satisfies Fact]),
      ...(place === undefined ? [] : [['ways', name, wordToken('place'), place] satisfies Fact]),
    ]),
  /** From when the whole counts, where the first stage has a start of its own. */
  'deadline-start': (_, { deadline }) => {
    const { from, stages } = known(deadline) ?? {};
    return from === undefined || known(stages)?.[0]?.from === undefined
      ? []
      : [['deadline', '', wordToken('count-start'), from]];
  },
  /** Everything that is said of each step, with where it leads. */
  steps: each((content, entry, of) => stepFacts(content, entry, of, true)),
  /** What stands in the boxes of the chart. */
  chart: (content, service) => stepFacts(content, service, '', false),
  /** As many steps as a notice has room for. */
  'first-steps': (content, service) => {
    const steps = stepFacts(content, service, '', false).map(
      ([topic, of, name, text]): Fact => [topic, of, name, text],
    );
    const drawn = steps.filter(([topic]) => topic === 'steps');
    return drawn.length > 6
      ? [...drawn.slice(0, 6), ['steps', '', wordToken('posters.how'), String(drawn.length)]]
      : drawn;
  },
  'step-texts': (content, service) =>
    stepFacts(content, service, '', false).flatMap(([topic, of, name]): Fact[] =>
      topic === 'steps' ? [[topic, of, name, '']] : [],
    ),
  /** Whether there is a procedure at all. */
  procedure: (_, { procedure }) =>
    known(procedure) === undefined ? [] : [['steps', '', '', wordToken('posters.how')]],
  unit: (_, { unit }) => way('unit', rolesWithNotes(unit)),
  applicant: (_, { applicant }) =>
    way(
      'applicant',
      listOf(applicant, ({ who, joint, condition, note }) => [who, jointToken(joint), condition, note]),
    ),
  representation: (_, { representation }) => way('representation', representation),
  window: (_, { window }) => way('window', window),
  channels: (_, { channels }) =>
    way(
      'channels',
      listOf(channels, ({ name, place, hours, url, note }) => [name, place, hours, url, note]),
    ),
  'channel-names': (_, { channels }) =>
    way(
      'channels',
      listOf(channels, ({ name }) => [name]),
    ),
  place: ({ handbook: { office } }, { place }) => way('place', place ?? office.address),
  'own-place': (_, { place, unit }) => way('place', place ?? rolesWithNotes(unit)),
  hours: ({ handbook: { office } }, { hours }) => way('hours', hours ?? office.hours),
  /** Whom to ask; what the service does not say, the office does. */
  contact: ({ handbook: { office } }, service) =>
    contactFacts(service, ({ unit, telephone, extension, floor, note }) => [
      unit ?? rolesWithNotes(service.unit),
      telephone ?? office.telephone,
      extension,
      floor,
      note,
    ]),
  /** Where its unit is, where the office says it and the service does not. */
  'unit-place': ({ handbook: { office } }, service) => {
    const { floor, telephone, extension } = unitPlace(office, service);
    return way('contact', clauses([telephone, extension, floor]));
  },
  /** On which floor it is asked for. */
  floor: ({ handbook: { office } }, service) => way('contact', reachedAt(office, service).floor),
  'own-contact': (_, service) =>
    service.contact === undefined
      ? []
      : contactFacts(service, ({ unit, floor, telephone, extension, note }) => [
          unit,
          floor,
          telephone,
          extension,
          note,
        ]),
  telephone: ({ handbook: { office } }, service) =>
    contactFacts(service, ({ unit, telephone }) => [
      unit ?? rolesWithNotes(service.unit),
      telephone ?? office.telephone,
    ]),
  deputy: ({ handbook: { office } }, service) =>
    known(service.contact)?.deputy === undefined
      ? []
      : contactFacts(service, ({ unit, telephone, extension, deputy }) => [
          unit ?? rolesWithNotes(service.unit),
          telephone ?? office.telephone,
          extension,
          deputy && wordToken('field', wordToken('deputy'), deputy),
        ]),
  /** Who stands in for whom to ask, where the rest is told by `contact`. */
  'own-deputy': (_, { contact }) => way('deputy', known(contact)?.deputy),
  remedies: (_, { remedies }) =>
    way(
      'remedies',
      listOf(remedies, ({ remedy, limit, to }) => [remedy, limit, to]),
    ),
  /** What a poster says besides: preconditions, eligibility, notes, and what a sub-service has of its own. */
  mind: (_, { preconditions, eligibility, notes, variants }) => [
    [
      'rest',
      '',
      '',
      digest(
        written([
          preconditions,
          eligibility,
          notes,
          (known(variants) ?? []).map((variant) => without(variant, [...TOLD_OF_VARIANT, ...NOT_ON_POSTERS])),
        ]),
      ),
    ],
  ],
  /** Everything else that a citizen is told, in one. */
  'told-rest': (content, service) => {
    const { findings: _, related: __, examples: ___, ...told } = service;
    return [['rest', '', '', digest(restOf(content, told as Service))]];
  },
  /** On what laws the service rests. */
  laws: (_, service) => [['rest', '', wordToken('basis'), digest(written(lawsIn(service)))]],
  /** Everything else, in one, and on what law and page each fact rests. */
  rest: (content, service) => [
    ['rest', '', '', digest(restOf(content, service))],
    ['rest', '', wordToken('source'), digest(written(citationsIn(service)))],
  ],
} as const satisfies Record<string, OfService>;

function wayFacts(line: WayLine): Fact[] {
  if (line.kind === 'step') return [['steps', '', line.text, clauses([line.who, line.limit])]];
  if (line.kind === 'back') return [['steps', '', line.text, wordToken('way-back', line.text)]];
  const labels = line.ways.map(({ label, onward }) => (onward ? `${label} ${wordToken('way-onward')}` : label));
  return [
    ['steps', '', line.question, labels.join(wordToken('list-comma'))],
    ...line.ways.flatMap(({ lines }) => lines.flatMap(wayFacts)),
  ];
}

function restOf({ handbook, services }: Written, service: Service): string {
  const { variants, ...own } = service;
  return written([
    without(own, TOLD_OF_SERVICE),
    (known(variants) ?? []).map((variant) => without(variant, TOLD_OF_VARIANT)),
    // Their names are printed in place of their ids.
    (known(service.forms) ?? []).map((id) => formName({ handbook }, id)),
    (known(service.related) ?? []).map((id) => services.find((one) => one.id === id)?.name ?? id),
  ]);
}
const TOLD_OF_VARIANT = 'name documents fee deadline authority procedure mermaid'.split(' ');
const NOT_ON_POSTERS = 'result remedies forms related findings basis'.split(' ');
const TOLD_OF_SERVICE = [
  ...TOLD_OF_VARIANT,
  ...'id source examples summary unit applicant representation window channels place hours contact'.split(' '),
];

/** The laws among them, with their articles. */
const lawsIn = (service: Service): unknown[] =>
  citationsIn(service).flatMap((cited) =>
    (cited as readonly Citation[]).flatMap((each) => {
      const law = lawOf(each);
      return law === undefined ? [] : [[law, each.article ?? '']];
    }),
  );

/** A facet of the service and of each of its sub-services; with `declares` only of those that say it themselves. */
function each(
  factsOf: (content: Written, entry: Declared & Pick<Service, 'procedure' | 'mermaid'>, of: string) => Fact[],
  declares?: keyof Declared,
): OfService {
  return (content, service) => [
    ...factsOf(content, service, ''),
    ...(known(service.variants) ?? []).flatMap((variant) =>
      declares !== undefined && variant[declares] === undefined ? [] : factsOf(content, variant, variant.name ?? ''),
    ),
  ];
}

/** A fact of the service in few words. */
function brief(topic: keyof Declared, textOf: (entry: Declared) => string): OfService {
  return (_, service) => [[topic, '', '', textOf(service)]];
}

function documentFacts(content: Written, { documents }: Declared, of: string): Fact[] {
  const facts: Fact[] = [];
  const add = (name: string, text: string): void => {
    facts.push(['documents', of, name, text]);
  };
  if (isUnconfirmed(documents)) add('', documents.unconfirmed);
  else if (documents) {
    const { items, none, note } = documents;
    if (isUnconfirmed(items)) add('', items.unconfirmed);
    else if (items) for (const item of items) add(documentName(item), documentText(content, item));
    if (none !== undefined) add('', isUnconfirmed(none) ? none.unconfirmed : none ? wordToken('none') : '');
    for (const text of besideTokens({ documents })) add(wordToken('beside'), text);
    if (note !== undefined) add(wordToken('remark'), note);
  }
  return facts;
}

function documentText(content: Written, document: RequiredDocument): string {
  const { condition, waived, form, note, oneOf } = document;
  const others = isUnconfirmed(oneOf)
    ? [oneOf.unconfirmed]
    : (oneOf ?? []).map((one) => withRemark(documentName(one), documentText(content, one)));
  return clauses([
    condition,
    documentDetails(document),
    others.length > 0 && wordToken('field', choiceToken(document), others.join(wordToken('list-comma'))),
    ...placeTokens(document),
    waived === undefined ? '' : wordToken('waived-by', waived),
    form === undefined ? '' : wordToken('form-of', formName(content, form)),
    note,
  ]);
}

function stepFacts(
  content: Written,
  { procedure, mermaid }: Pick<Service, 'procedure' | 'mermaid'>,
  of: string,
  whole: boolean,
): Fact[] {
  const drawn: Fact[] = mermaid === undefined ? [] : [['rest', of, wordToken('mermaid'), digest(mermaid)]];
  if (isUnconfirmed(procedure)) return [['steps', of, '', procedure.unconfirmed], ...drawn];
  const steps = stepRows(content, flowOf(procedure ?? [])).map(({ text, actors, limit, note, next }): Fact => {
    const told = clauses(whole ? [actors, limit, note] : [actors, limit]);
    const leads = next.join(wordToken('list-comma'));
    return leads ? ['steps', of, text, told, leads] : ['steps', of, text, told];
  });
  return [...steps, ...drawn];
}

type Contact = Exclude<NonNullable<Service['contact']>, Unconfirmed>;
function contactFacts(
  { contact }: Service,
  texts: (contact: Partial<Contact>) => (string | undefined | false)[],
): Fact[] {
  return way('contact', isUnconfirmed(contact) ? contact.unconfirmed : clauses(texts(contact ?? {})));
}

const jointToken = (joint: boolean | Unconfirmed | undefined): string => (known(joint) ? wordToken('joint') : '');
// ---------------------------------------------------------------- sections

/** What an output shows and of whom: all its sheets are declared by it, and an old one is compared with it. */
export type Declares = {
  /** Of a service each, of some services in one, of the charts, of a category each, of the office, or of all. */
  readonly of: 'service' | 'services' | 'charts' | 'categories' | 'office' | 'all';
  readonly shows: readonly Facet[];
  /** What its sheets showed before: such hang on walls, and are known by their code alone. */
  readonly before?: readonly (readonly Facet[])[];
};

export type ServiceFacet = keyof typeof OF_SERVICE;
export type OfficeFacet = keyof typeof OF_OFFICE;
/** `chart.note`: what is written below a chart of the book. */
export type Facet = ServiceFacet | OfficeFacet | 'chart.note';
export const isFacet = (name: string): name is Facet =>
  Object.hasOwn(OF_SERVICE, name) || Object.hasOwn(OF_OFFICE, name) || name === 'chart.note';

/** Of whom a sheet tells: one service, these services, all of them or those of a category, and the book's own charts. */
export type Subject = {
  services?: readonly string[] | 'all';
  /** A category's id, or its place as `category-2`; `others` are in none. */
  category?: string;
  charts?: readonly string[] | 'all';
};

/** What a sheet shows today: a section for each service and chart, and one for the office. */
export function sectionsShown(
  content: Written,
  { services, category, charts }: Subject,
  facets: readonly Facet[],
): Section[] {
  const { handbook } = content;
  const ofService = (Object.keys(OF_SERVICE) as ServiceFacet[]).filter((name) => facets.includes(name));
  const ofOffice = (Object.keys(OF_OFFICE) as OfficeFacet[]).filter((name) => facets.includes(name));
  const members = category === undefined ? undefined : inCategory(content, category);
  const shown = content.services.filter(
    ({ id }) =>
      (members === undefined || members.includes(id)) &&
      (services === 'all' || services?.includes(id) || (services === undefined && members !== undefined)),
  );
  const drawn = (known(handbook.book.charts) ?? []).filter(
    ({ id }) => charts === 'all' || (id !== undefined && charts?.includes(id)),
  );
  return [
    // A service of which nothing is shown is not on the sheet.
    ...shown.flatMap((service) => {
      const facts = ofService.flatMap((name) => OF_SERVICE[name](content, service));
      return facts.length === 0 && shown.length > 1 ? [] : [{ id: service.id, name: service.name, facts }];
    }),
    ...drawn.map((chart) => ({
      id: chart.id ?? '',
      name: chart.name ?? '',
      facts: [
        ...stepFacts(content, chart, '', facets.includes('steps')),
        ...(facets.includes('chart.note') ? worded('rest', wordToken('note'), chart.note && digest(chart.note)) : []),
      ],
    })),
    ...(ofOffice.length > 0
      ? [{ id: '', name: handbook.office.name ?? '', facts: ofOffice.flatMap((name) => OF_OFFICE[name](content)) }]
      : []),
  ];
}

/** Ids of the services of a category. */
function inCategory({ handbook, services }: Written, category: string): readonly string[] {
  const categories = known(handbook.book.categories) ?? [];
  const placed = new Set(categories.flatMap((one) => known(one.services) ?? []));
  const found = categories.find(({ id }, i) => (id ?? `category-${i + 1}`) === category);
  if (found) return known(found.services) ?? [];
  return ['others', 'services'].includes(category) ? services.flatMap(({ id }) => (placed.has(id) ? [] : [id])) : [];
}
