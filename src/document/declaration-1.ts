// What a sheet of format 1 declared: kept as it was, for such sheets hang on walls. Nothing in it is changed any more.

import { flowOf } from '../content/procedure.js';
import { isUnconfirmed, known, type Unconfirmed } from '../content/schema/schema.js';
import type { RequiredDocument, Service, Variant } from '../content/schema/service.js';
import {
  authorityBrief,
  authorityRows,
  clauses,
  deadlineBrief,
  deadlineRows,
  digest,
  documentDetails,
  documentName,
  documentsBrief,
  type Fact,
  feeBrief,
  feeRows,
  rolesWithNotes,
  type Section,
  standardTiles,
  stepRows,
  type Topic,
  type Written,
  withRemark,
  wordToken,
} from './declared-facts.js';
import { formName } from './facts/documents.js';

/**
 * `id`: the service's or chart's for a sheet of that, else the sheet's own name: `hall` and `handbook` declare all
 * services, others `services`, and where there are none the office.
 */
export function sectionsOfFormat1(context: Written, id: string, services: readonly Service[]): Section[] {
  const service = context.services.find((each) => each.id === id);
  if (service) return [sectionOf(context, service)];
  const charts = (known(context.handbook.book.charts) ?? []).map((chart) => ({
    id: chart.id ?? '',
    name: chart.name ?? '',
    facts: procedureFacts(context, chart, ''),
  }));
  const shown = charts.filter((chart) => chart.id === id);
  if (shown.length > 0) return [...shown, officeSection(context)];
  if (id === 'hall') return [...context.services.map((each) => briefSection(each)), ...charts, officeSection(context)];
  if (id !== 'handbook')
    return services.length > 0 ? services.map((each) => sectionOf(context, each)) : [officeSection(context, id)];
  const chapters = context.handbook.chapters.map(
    ({ title, prose }): Fact => ['chapter', '', title, digest(prose.markdown)],
  );
  const office = officeSection(context);
  return [
    ...context.services.map((each) => {
      const { facts, ...section } = sectionOf(context, each);
      return { ...section, facts: [...facts, ['rest', '', '', digest(restOf(each))] satisfies Fact] };
    }),
    ...charts,
    { ...office, facts: [...office.facts, ...chapters] },
  ];
}

const sectionOf = (context: Written, service: Service): Section => ({
  id: service.id,
  name: service.name,
  facts: [
    ...declaredFacts(context, service, ''),
    ...(known(service.variants) ?? []).flatMap((variant) => declaredFacts(context, variant, variant.name ?? '')),
    ...wayFacts(context, service),
  ],
});

/** What the overview shows of a service. */
const briefSection = (service: Service): Section => ({
  id: service.id,
  name: service.name,
  facts: [
    ['documents', '', '', documentsBrief(service)],
    ['fee', '', '', feeBrief(service.fee)],
    ['deadline', '', '', deadlineBrief(service.deadline)],
    ['authority', '', '', authorityBrief(service.authority)],
    ['ways', '', wordToken('unit'), rolesWithNotes(service.unit)],
  ],
});

function declaredFacts(context: Written, entry: Service | Variant, of: string): Fact[] {
  const { documents, fee, deadline, authority } = entry;
  const facts: Fact[] = [];
  const add = (topic: Topic, name: string, text: string): void => {
    facts.push([topic, of, name, text]);
  };
  if (isUnconfirmed(documents)) add('documents', '', documents.unconfirmed);
  else if (documents) {
    const { items, none, note } = documents;
    if (isUnconfirmed(items)) add('documents', '', items.unconfirmed);
    else if (items) for (const each of items) add('documents', documentName(each), documentText(context, each));
    if (none !== undefined)
      add('documents', '', isUnconfirmed(none) ? none.unconfirmed : none ? wordToken('none') : '');
    if (note !== undefined) add('documents', wordToken('remark'), note);
  }
  for (const { item, per, amount, note } of feeRows(fee))
    add('fee', item, withRemark([per, amount].filter(Boolean).join(' '), note));
  for (const { label, limit, note } of deadlineRows(deadline)) add('deadline', label, withRemark(limit, note));
  for (const { stage, note, ...chain } of authorityRows(authority)) {
    const acts = (['prepare', 'review', 'countersign', 'decide'] as const).filter((act) => chain[act] !== '');
    const text = acts.map((act) => `${wordToken(act)} ${chain[act]}`).join(wordToken('list-comma'));
    add('authority', stage, withRemark(text, note));
  }
  return [...facts, ...procedureFacts(context, entry, of)];
}

function procedureFacts(
  context: Written,
  { procedure, mermaid }: Pick<Service, 'procedure' | 'mermaid'>,
  of: string,
): Fact[] {
  const drawn: Fact[] = mermaid === undefined ? [] : [['rest', of, wordToken('mermaid'), digest(mermaid)]];
  if (isUnconfirmed(procedure)) return [['steps', of, '', procedure.unconfirmed], ...drawn];
  const steps = stepRows(context, flowOf(procedure ?? [])).map(({ text, actors, limit, note, next }): Fact => {
    const told = clauses([actors, limit, note]);
    const leads = next.join(wordToken('list-comma'));
    return leads ? ['steps', of, text, told, leads] : ['steps', of, text, told];
  });
  return [...steps, ...drawn];
}

function documentText(context: Written, document: RequiredDocument): string {
  const { condition, waived, form, note, oneOf } = document;
  const others = isUnconfirmed(oneOf)
    ? [oneOf.unconfirmed]
    : (oneOf ?? []).map((each) => withRemark(documentName(each), documentText(context, each)));
  return clauses([
    condition,
    documentDetails(document),
    others.length > 0 && wordToken('field', wordToken('one-of'), others.join(wordToken('list-comma'))),
    waived === undefined ? '' : wordToken('waived-by', waived),
    form === undefined ? '' : wordToken('form-of', formName(context, form)),
    note,
  ]);
}

/** Who may apply, how, where, when and whom to ask: what the service does not say, the office does. */
function wayFacts(context: Written, service: Service): Fact[] {
  const { office } = context.handbook;
  const each = <T>(list: readonly T[] | Unconfirmed | undefined, texts: (one: T) => readonly (string | undefined)[]) =>
    isUnconfirmed(list)
      ? list.unconfirmed
      : (list ?? []).map((one) => clauses(texts(one))).join(wordToken('list-comma'));
  const contact = known(service.contact);
  const rows: [string, string | undefined][] = [
    ['unit', rolesWithNotes(service.unit)],
    ['applicant', each(service.applicant, ({ who, condition, note }) => [who, condition, note])],
    ['representation', service.representation],
    ['window', service.window],
    ['channels', each(service.channels, ({ name, place, hours, url, note }) => [name, place, hours, url, note])],
    ['place', service.place ?? office.address],
    ['hours', service.hours ?? office.hours],
    [
      'contact',
      isUnconfirmed(service.contact)
        ? service.contact.unconfirmed
        : clauses([
            contact?.unit,
            contact?.telephone ?? office.telephone,
            contact?.extension,
            contact?.floor,
            contact?.note,
          ]),
    ],
  ];
  return rows.flatMap(([key, text]): Fact[] => (text ? [['ways', '', wordToken(key), text]] : []));
}

type Add = (name: string, text: string | undefined) => void;

/** What the office declares; on the papers that print them also its manners on the telephone, its audit and its staff. */
function officeSection(context: Written, id?: string): Section {
  const { office } = context.handbook;
  const facts: Fact[] = [];
  const add: Add = (name, text) => {
    if (text) facts.push(['office', '', name, text]);
  };
  for (const key of ['name', 'parent', 'address', 'hours', 'telephone', 'fax', 'email', 'url'] as const)
    add(wordToken(key), office[key]);
  for (const { label, value } of standardTiles(context)) add(label, isUnconfirmed(value) ? value.unconfirmed : value);
  for (const key of ['principles', 'attitude'] as const) {
    const list = office[key];
    add(wordToken(key), isUnconfirmed(list) ? list.unconfirmed : list?.join(wordToken('list-comma')));
  }
  addWhereAndWho(office, add);
  addOfPaper(office, id, add);
  return { id: '', name: office.name ?? '', facts };
}

type Office = Written['handbook']['office'];

function addWhereAndWho(office: Office, add: Add): void {
  for (const { floor, note } of known(office.floors) ?? []) add(floor ?? '', note);
  for (const { name, floor, telephone, extension, duties } of known(office.units) ?? [])
    add(name ?? '', clauses([floor, telephone, extension, duties]));
  for (const { name, unit, deputy } of known(office.deputies) ?? [])
    add(withRemark(name ?? '', unit ?? ''), deputy && wordToken('field', wordToken('deputy'), deputy));
}

/** What this paper alone prints. */
function addOfPaper(office: Office, id: string | undefined, add: Add): void {
  if (id === 'telephone')
    for (const { situation, phrases, note } of known(office.courtesy) ?? [])
      add(situation ?? '', clauses([...(known(phrases) ?? []), note]));
  if (id === 'audit') for (const { item, standard } of known(office.checks) ?? []) add(item ?? '', standard);
  if (id === 'badges')
    for (const { name, unit, titles } of known(office.staff) ?? [])
      add(name ?? '', clauses([unit, ...(known(titles) ?? [])]));
}

/** What only the handbook prints of a service, in one text: everything but places in files and what is told apart. */
function restOf(service: Service): string {
  const told = new Set(
    'id name source documents fee deadline authority procedure mermaid unit applicant representation window channels place hours contact'.split(
      ' ',
    ),
  );
  return JSON.stringify(service, (key, value) => (told.has(key) || key === 'at' || key === 'span' ? undefined : value));
}
