// What a sheet declares, fact by fact and in no language, and the short code that stands for it: an old sheet is told.
import { hash } from 'node:crypto';
import {
  authorityBrief,
  authorityRows,
  clauses,
  deadlineBrief,
  deadlineRows,
  documentDetails,
  documentName,
  documentsBrief,
  feeBrief,
  feeRows,
  formName,
  rolesWithNotes,
  standardTiles,
  stepRows,
  withoutBasis,
} from './facts.js';
import { flowOf } from './flow.js';
import type { RequiredDocument, Service, Variant } from './model.js';
import type { Kit } from './render.js';
import { isUnconfirmed, known, type Unconfirmed } from './shape.js';

/** What a fact is about. `rest` and `chapter` say only that a long text is another one. */
export const TOPICS = [
  'documents',
  'fee',
  'deadline',
  'authority',
  'steps',
  'ways',
  'office',
  'chapter',
  'rest',
] as const;
export type Topic = (typeof TOPICS)[number];

/**
 * One declared fact: what it is about, of which sub-service, its name and what is said of it; for a step also where it
 * leads. The program's own words stand in it as tokens (`wordToken`), so that no change of words makes a sheet old.
 */
export type Fact = readonly [topic: Topic, of: string, name: string, text: string, next?: string];
/** The facts of one service; with an empty id those of the office. */
export type Section = { readonly id: string; readonly name: string; readonly facts: readonly Fact[] };

/** What the code of a sheet stands for. `id`: a service, or the sheet's own name (hall, handbook). */
export type Stamp = {
  readonly id: string;
  readonly edition: string;
  /** ISO date of the edition. */
  readonly date: string;
  readonly draft: boolean;
  readonly sections: readonly Section[];
};

/**
 * The stamp of a sheet. `id`: the service's or chart's for a sheet of that, else the sheet's own name: `hall` and
 * `handbook` declare all services, others `services`, and where there are none the office.
 */
export function stampOf(kit: Kit, id: string, services: readonly Service[] = []): Stamp {
  // Whatever the language of the sheet, it declares what is written.
  const { handbook, services: all } = kit.written;
  return {
    id,
    edition: handbook.book.edition ?? '',
    date: kit.date,
    draft: kit.draft,
    sections: sectionsOf(
      { ...kit, handbook, services: all, word: wordToken },
      id,
      services.flatMap((service) => all.find((each) => each.id === service.id) ?? []),
    ),
  };
}

/** What the same sheet would declare today: of a sheet of several services, those that are still there. */
export const stampLike = (kit: Kit, { id, sections }: Stamp): Stamp =>
  stampOf(
    kit,
    id,
    kit.services.filter((service) => sections.some((section) => section.id === service.id)),
  );

// ---------------------------------------------------------------- words as tokens

const OPEN = '\u0001';
const NEXT = '\u0002';
const CLOSE = '\u0003';

/** A printed word of the program by its key, and what is filled in. */
export const wordToken = (key: string, ...values: readonly (string | number)[]): string =>
  `${OPEN}${[key, ...values].join(NEXT)}${CLOSE}`;

/** The text with every token put in words; tokens may stand within tokens. */
export function inWords(text: string, word: (key: string, ...values: string[]) => string): string {
  const open: string[][] = [['']];
  const add = (piece: string): void => {
    const top = open[open.length - 1] as string[];
    top[top.length - 1] += piece;
  };
  for (const c of text) {
    if (c === OPEN) open.push(['']);
    else if (c === NEXT) open[open.length - 1]?.push('');
    else if (c === CLOSE && open.length > 1) {
      const [key = '', ...values] = open.pop() as string[];
      add(word(key, ...values));
    } else add(c);
  }
  return open.flat().join('');
}

/** Where a step leads, with the numbers of the steps put as `of` says. */
export const renumbered = (next: string, of: (number: number) => number): string =>
  next.replace(STEP_TOKEN, (token) => token.replace(/\d+/g, (digits) => String(of(Number(digits)))));
const STEP_TOKEN = new RegExp(`${OPEN}to-steps?${NEXT}(?:[^${OPEN}${CLOSE}]|${OPEN}list-comma${CLOSE})*${CLOSE}`, 'g');

// ---------------------------------------------------------------- facts

function sectionsOf(kit: Kit, id: string, services: readonly Service[]): Section[] {
  const service = kit.services.find((each) => each.id === id);
  if (service) return [sectionOf(kit, service)];
  const charts = (known(kit.handbook.book.charts) ?? []).map((chart) => ({
    id: chart.id ?? '',
    name: chart.name ?? '',
    facts: procedureFacts(kit, chart, ''),
  }));
  const shown = charts.filter((chart) => chart.id === id);
  if (shown.length > 0) return [...shown, officeSection(kit)];
  if (id === 'hall') return [...kit.services.map((each) => briefSection(kit, each)), ...charts, officeSection(kit)];
  if (id !== 'handbook')
    return services.length > 0 ? services.map((each) => sectionOf(kit, each)) : [officeSection(kit, id)];
  const chapters = kit.handbook.chapters.map(
    ({ title, prose }): Fact => ['chapter', '', title, digest(prose.markdown)],
  );
  const office = officeSection(kit);
  return [
    ...kit.services.map((each) => {
      const { facts, ...section } = sectionOf(kit, each);
      return { ...section, facts: [...facts, ['rest', '', '', digest(restOf(each))] satisfies Fact] };
    }),
    ...charts,
    { ...office, facts: [...office.facts, ...chapters] },
  ];
}

const sectionOf = (kit: Kit, service: Service): Section => ({
  id: service.id,
  name: service.name,
  facts: [
    ...declaredFacts(kit, service, ''),
    ...(known(service.variants) ?? []).flatMap((variant) => declaredFacts(kit, variant, variant.name ?? '')),
    ...wayFacts(kit, service),
  ],
});

/** What the overview shows of a service. */
const briefSection = (kit: Kit, service: Service): Section => ({
  id: service.id,
  name: service.name,
  facts: [
    ['documents', '', '', documentsBrief(kit, service)],
    ['fee', '', '', feeBrief(kit, service.fee)],
    ['deadline', '', '', deadlineBrief(kit, service.deadline)],
    ['authority', '', '', authorityBrief(kit, service.authority)],
    ['ways', '', wordToken('unit'), rolesWithNotes(kit, service.unit)],
  ],
});

function declaredFacts(kit: Kit, entry: Service | Variant, of: string): Fact[] {
  const { documents, fee, deadline, authority } = entry;
  const facts: Fact[] = [];
  const add = (topic: Topic, name: string, text: string): void => {
    facts.push([topic, of, name, text]);
  };
  if (isUnconfirmed(documents)) add('documents', '', documents.unconfirmed);
  else if (documents) {
    const { items, none, note } = documents;
    if (isUnconfirmed(items)) add('documents', '', items.unconfirmed);
    else if (items) for (const each of items) add('documents', documentName(kit, each), documentText(kit, each));
    if (none !== undefined)
      add('documents', '', isUnconfirmed(none) ? none.unconfirmed : none ? wordToken('none') : '');
    if (note !== undefined) add('documents', wordToken('remark'), note);
  }
  for (const { item, per, amount, note } of feeRows(kit, withoutBasis(fee)))
    add('fee', item, withRemark([per, amount].filter(Boolean).join(' '), note));
  for (const { label, limit, note } of deadlineRows(kit, withoutBasis(deadline)))
    add('deadline', label, withRemark(limit, note));
  for (const { stage, note, ...chain } of authorityRows(kit, withoutBasis(authority))) {
    const acts = (['prepare', 'review', 'countersign', 'decide'] as const).filter((act) => chain[act] !== '');
    const text = acts.map((act) => `${wordToken(act)} ${chain[act]}`).join(wordToken('list-comma'));
    add('authority', stage, withRemark(text, note));
  }
  return [...facts, ...procedureFacts(kit, entry, of)];
}

function procedureFacts(kit: Kit, { procedure, mermaid }: Pick<Service, 'procedure' | 'mermaid'>, of: string): Fact[] {
  const drawn: Fact[] = mermaid === undefined ? [] : [['rest', of, wordToken('mermaid'), digest(mermaid)]];
  if (isUnconfirmed(procedure)) return [['steps', of, '', procedure.unconfirmed], ...drawn];
  const steps = stepRows(kit, flowOf(procedure ?? [])).map(({ text, actors, limit, note, next }): Fact => {
    const told = clauses(kit, [actors, limit, note]);
    const leads = next.join(wordToken('list-comma'));
    return leads ? ['steps', of, text, told, leads] : ['steps', of, text, told];
  });
  return [...steps, ...drawn];
}

function documentText(kit: Kit, document: RequiredDocument): string {
  const { condition, waived, form, note, oneOf } = document;
  const others = isUnconfirmed(oneOf)
    ? [oneOf.unconfirmed]
    : (oneOf ?? []).map((each) => withRemark(documentName(kit, each), documentText(kit, each)));
  return clauses(kit, [
    condition,
    documentDetails(kit, document),
    others.length > 0 && wordToken('field', wordToken('one-of'), others.join(wordToken('list-comma'))),
    waived === undefined ? '' : wordToken('waived-by', waived),
    form === undefined ? '' : wordToken('form-of', formName(kit, form)),
    note,
  ]);
}

/** Who may apply, how, where, when and whom to ask: what the service does not say, the office does. */
function wayFacts(kit: Kit, service: Service): Fact[] {
  const { office } = kit.handbook;
  const each = <T>(list: readonly T[] | Unconfirmed | undefined, texts: (one: T) => readonly (string | undefined)[]) =>
    isUnconfirmed(list)
      ? list.unconfirmed
      : (list ?? []).map((one) => clauses(kit, texts(one))).join(wordToken('list-comma'));
  const contact = known(service.contact);
  const rows: [string, string | undefined][] = [
    ['unit', rolesWithNotes(kit, service.unit)],
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
        : clauses(kit, [
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

/** What the office declares; on the papers that print them also its manners on the telephone, its audit and its staff. */
function officeSection(kit: Kit, id?: string): Section {
  const { office } = kit.handbook;
  const facts: Fact[] = [];
  const add = (name: string, text: string | undefined): void => {
    if (text) facts.push(['office', '', name, text]);
  };
  for (const key of ['name', 'parent', 'address', 'hours', 'telephone', 'fax', 'email', 'url'] as const)
    add(wordToken(key), office[key]);
  for (const { label, value } of standardTiles(kit)) add(label, isUnconfirmed(value) ? value.unconfirmed : value);
  for (const key of ['principles', 'attitude'] as const) {
    const list = office[key];
    add(wordToken(key), isUnconfirmed(list) ? list.unconfirmed : list?.join(wordToken('list-comma')));
  }
  for (const { floor, note } of known(office.floors) ?? []) add(floor ?? '', note);
  for (const { name, floor, telephone, extension, duties } of known(office.units) ?? [])
    add(name ?? '', clauses(kit, [floor, telephone, extension, duties]));
  for (const { name, unit, deputy } of known(office.deputies) ?? [])
    add(withRemark(name ?? '', unit ?? ''), deputy && wordToken('field', wordToken('deputy'), deputy));
  if (id === 'telephone')
    for (const { situation, phrases, note } of known(office.courtesy) ?? [])
      add(situation ?? '', clauses(kit, [...(known(phrases) ?? []), note]));
  if (id === 'audit') for (const { item, standard } of known(office.checks) ?? []) add(item ?? '', standard);
  if (id === 'badges')
    for (const { name, unit, titles } of known(office.staff) ?? [])
      add(name ?? '', clauses(kit, [unit, ...(known(titles) ?? [])]));
  return { id: '', name: office.name ?? '', facts };
}

const withRemark = (text: string, note: string): string =>
  note === '' ? text : text === '' ? note : `${text}${wordToken('brackets', note)}`;

/** What only the handbook prints of a service, in one text: everything but places in files and what is told apart. */
function restOf(service: Service): string {
  const told = new Set(
    'id name source documents fee deadline authority procedure mermaid unit applicant representation window channels place hours contact'.split(
      ' ',
    ),
  );
  return JSON.stringify(service, (key, value) => (told.has(key) || key === 'at' || key === 'span' ? undefined : value));
}

const digest = (text: string): string => hash('sha256', text, 'base64url').slice(0, 8);

// ---------------------------------------------------------------- the code

/** Crockford's: no I, L, O, U. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Days are counted from here; 14 bits reach the year 2064. */
const FIRST_DAY = Date.UTC(2020, 0, 1);
const DAY = 24 * 60 * 60 * 1000;
const DRAFT = 1 << 14;

const signs = (n: number, length: number): string =>
  Array.from({ length }, (_, i) => SIGNS[(n >> (5 * (length - 1 - i))) & 31]).join('');
/** Finds one sign mistyped, or two neighbours that changed places; only 0 and Z count as one. */
const checkSign = (code: string): string =>
  SIGNS[[...code].reduce((sum, sign, i) => sum + (i + 1) * SIGNS.indexOf(sign), 0) % 31] as string;

/** Eight signs: three for the date of the edition and 草案, four for the facts, one against slips. */
export function codeOf({ id, date, draft, sections }: Stamp): string {
  const days = Math.round((Date.parse(`${date}T00:00:00Z`) - FIRST_DAY) / DAY);
  const code = signs((draft ? DRAFT : 0) | Math.max(0, Math.min(days, DRAFT - 1)), 3) + factSigns({ id, sections });
  return code + checkSign(code);
}

/** Four signs for what the sheet declares. */
export function factSigns({ id, sections }: Pick<Stamp, 'id' | 'sections'>): string {
  const text = JSON.stringify([id, sections.map(({ id: of, name, facts }) => [of, name, facts])]);
  return signs(hash('sha256', text, 'buffer').readUInt32BE() >>> 12, 4);
}

/** 7K3M-9QX2, as it is printed. */
export function printedCode(stamp: Stamp): string {
  const code = codeOf(stamp);
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** What a QR code says: servicebook:objection:初版:2026-11-23:7K3M9QX2. */
export const scannedText = (stamp: Stamp): string =>
  ['servicebook', stamp.id, stamp.edition, stamp.date, codeOf(stamp)].filter(Boolean).join(':');

/** A code someone typed or scanned. `date`: none where the edition has none. `facts`: what stands for the facts. */
export type TypedCode = { code: string; facts: string; id?: string; date?: string; draft: boolean };

/**
 * Reads a code as people type it: alone or behind the id of the service, in small or full-width letters, O for 0, I for
 * 1; or what a telephone reads from the sheet. `undefined` where it is none or a slip is in it.
 */
export function readCode(typed: string): TypedCode | undefined {
  const text = typed
    .normalize('NFKC')
    .replace(/[‐-―−ー_]/g, '-')
    .trim();
  const scanned = /^servicebook:(?:(.*?):)?.*?([0-9a-z]{8})$/i.exec(text);
  const [, id, first = '', last = ''] = scanned
    ? ['', scanned[1], scanned[2]]
    : (/^(?:([\w-]+?)[-\s:]+)?([0-9a-z]{4})[-\s]*([0-9a-z]{4})$/i.exec(text) ?? []);
  const code = alike(first + last);
  if (code.length !== 8 || [...code].some((sign) => !SIGNS.includes(sign))) return undefined;
  if (checkSign(code.slice(0, 7)) !== code[7]) return undefined;
  const head = [...code.slice(0, 3)].reduce((n, sign) => n * 32 + SIGNS.indexOf(sign), 0);
  const days = head & (DRAFT - 1);
  return {
    code,
    facts: code.slice(3, 7),
    draft: (head & DRAFT) !== 0,
    ...(id ? { id } : {}),
    ...(days > 0 ? { date: new Date(FIRST_DAY + days * DAY).toISOString().slice(0, 10) } : {}),
  };
}

const TWINS: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', U: 'V' };
const alike = (text: string): string => text.toUpperCase().replace(/[OILU]/g, (c) => TWINS[c] ?? c);
/** Whether someone may have meant this id: case, O and 0, I, L and 1 are not told apart. */
export const isSameId = (one: string, other: string): boolean => alike(one) === alike(other);

// ---------------------------------------------------------------- in the file

const EDITION_OF_FORMAT = 1;

/** The stamp as text, to be kept in the PDF. */
export const declaration = ({ id, edition, date, draft, sections }: Stamp): string =>
  JSON.stringify({
    servicebook: EDITION_OF_FORMAT,
    id,
    edition,
    date,
    draft,
    sections: sections.map((each) => [each.id, each.name, each.facts]),
  });

/** The stamp in a text that came from a file anyone may have made; `undefined` where it is not what we write. */
export function readDeclaration(text: string): Stamp | undefined {
  try {
    const { servicebook, id, edition, date, draft, sections } = JSON.parse(text) as Record<string, unknown>;
    if (servicebook !== EDITION_OF_FORMAT || typeof id !== 'string' || typeof edition !== 'string') return undefined;
    if (typeof date !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(date) || typeof draft !== 'boolean') return undefined;
    if (!Array.isArray(sections)) return undefined;
    return { id, edition, date, draft, sections: sections.map(readSection) };
  } catch {
    return undefined;
  }
}

function readSection(section: unknown): Section {
  const [id, name, facts] = section as unknown[];
  if (typeof id !== 'string' || typeof name !== 'string' || !Array.isArray(facts)) throw new TypeError();
  return { id, name, facts: facts.map(readFact) };
}

function readFact(fact: unknown): Fact {
  const [topic, ...texts] = fact as unknown[];
  if (!TOPICS.includes(topic as Topic) || texts.length < 3 || texts.length > 4) throw new TypeError();
  if (texts.some((each) => typeof each !== 'string')) throw new TypeError();
  return [topic, ...texts] as unknown as Fact;
}
