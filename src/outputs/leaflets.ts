// The leaflets: A4 folded in three, one for each category of services, a panel a service: its four facts in short, and how it
// goes.

import { isUnconfirmed, known } from '../content/schema/schema.js';
import type { RequiredDocument, Service, Variant } from '../content/schema/service.js';
import { saysUnconfirmed } from '../content/schema/tree.js';
import { type Html, html } from '../core/html.js';
import { type CategoryMark, categoryMarks, inColour } from '../document/category-mark.js';
import type { RenderContext } from '../document/context.js';
import { blank, blanks, counterSheet, foot, marks, lines as ruled } from '../document/counter-sheet.js';
import { stampOf } from '../document/declaration.js';
import { rolesWithNotes } from '../document/facts/authority.js';
import {
  alternativeName,
  besideTexts,
  choiceWord,
  documentGroups,
  documentName,
  toldDocumentDetails,
  waivedText,
} from '../document/facts/documents.js';
import { chargeText, toldFeeRows } from '../document/facts/fee.js';
import { standardTiles } from '../document/facts/standards.js';
import { statusText } from '../document/facts/terms.js';
import { listed, withoutBasis } from '../document/facts/text.js';
import {
  authorityHeadline,
  deadlineHeadline,
  documentsHeadline,
  feeHeadline,
  yourTerms,
} from '../document/headlines.js';
import type { Output } from '../document/output.js';
import { asWritten, forCitizens, openLine } from '../document/quiet.js';
import type { Sheet } from '../document/sheet.js';
import { telling } from '../document/told-facts.js';
import { marked, saysMore, widthOf } from '../document/wall-sheet.js';
import { numberInBook, wayHtml, wayOf } from '../document/way.js';
import { mark, wordsUnder } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = [
  'summary',
  'status',
  'contact',
  'document-terms',
  'fee-charges',
  'fee-headline',
  'your-terms',
  'deadline-headline',
  'authority-brief',
  'variant-briefs',
  'unit',
  'channel-names',
  'way',
  'office.name',
  'office.address',
  'office.hours',
  'office.telephone',
  'office.fax',
  'office.email',
  'office.url',
  'office.floors',
  'office.standards',
  'book.categories',
  'book.url',
] as const;
/** What sheets of the formats before it printed, the latest first. */
const WITHOUT_CONTACT = SHOWS.filter((facet) => !['status', 'contact', 'book.url'].includes(facet));
const BEFORE = [
  'summary',
  'document-lines',
  'fee-lines',
  'deadline-brief',
  'authority-brief',
  'variant-briefs',
  'unit',
  'channel-names',
  'step-texts',
  'office.name',
  'office.address',
  'office.hours',
  'office.telephone',
  'office.fax',
  'office.email',
  'office.url',
  'office.floors',
  'office.standards',
  'book.categories',
] as const;

export default {
  summary: {
    zh: '摺頁（A4 橫式三摺，雙面）：每個服務類別一份',
    en: 'Leaflets (A4 folded in three, both sides): one for each category of services',
  },
  declares: { of: 'categories', shows: SHOWS, before: [WITHOUT_CONTACT, BEFORE] },
  tells: telling('handbook', {
    status: 'whole',
    summary: 'short',
    unit: 'short',
    channels: 'short',
    documents: 'whole',
    conditions: 'whole',
    fee: 'whole',
    'fee-changes': 'whole',
    preconditions: 'whole',
    'your-terms': 'short',
    deadline: 'short',
    authority: 'whole',
  }),
  papers: ['A4'],
  oneLanguage: true,
  render(whole) {
    const context = forCitizens(whole);
    return categoriesOf(context).flatMap((category) => leafletsOf(context, category, whole));
  },
} satisfies Output;

/**
 * Panels of a letter fold, in mm: the one that lies inside is 1.5 mm narrower than the two that cover it, or it would
 * crease. Outside it is the left panel, and the front is the right one; inside it is the right panel.
 */
const WIDE = 99.5;
const NARROW = 98;
const PAPER = { width: 2 * WIDE + NARROW, height: 210 };
/** Type is 9.5 pt where `--fit` is 1: at reading distance never below 8.5 pt. */
const TYPE = 9.5;
const LEAST = 8.5 / TYPE;
const MOST = 12 / TYPE;

const word = wordsUnder('leaflets');

/** Of what is told in short it is said at the foot that nobody knows it. */
const TOPICS = ['documents', 'fee', 'deadline', 'authority', 'channels', 'place', 'hours', 'telephone'] as const;

// ---------------------------------------------------------------- which leaflets

type Category = { id: string; name: string; mark?: CategoryMark | undefined; services: readonly Service[] };

/** The categories that hold a service asked for; services in no category come last. */
function categoriesOf(context: RenderContext): Category[] {
  const named = known(context.handbook.book.categories) ?? [];
  const placed = new Set(named.flatMap(({ services }) => known(services) ?? []));
  const all = categoryMarks(context);
  const ofBook = named.map(({ id, name, services }, i) => ({
    id: id ?? `category-${i + 1}`,
    name: name ?? '',
    mark: all[i],
    services: context.services.filter((service) => (known(services) ?? []).includes(service.id)),
  }));
  const rest = context.services.filter(({ id }) => !placed.has(id));
  const title = named.length > 0 ? word(context, 'others') : (context.handbook.book.title ?? '');
  return [...ofBook, { id: named.length > 0 ? 'others' : 'services', name: title, services: rest }].filter(
    ({ services }) => services.some((service) => context.selected.includes(service)),
  );
}

/** Lines of the smallest type that the panels inside hold, with room to spare; characters of a line beside its label. */
const LINES = 115;
const ACROSS = 23;
/** Services of which each has a panel inside; one more has the flap, where each is short enough for a panel. */
const INSIDE = 3;

/** What one leaflet would not hold goes on to another of the same category. A service is never torn in two. */
function leafletsOf(context: RenderContext, { id, name, mark, services }: Category, whole: RenderContext): Sheet[] {
  const parts: Service[][] = [];
  let used = LINES;
  for (const service of services) {
    const count = linesOf(context, service);
    const current = parts[parts.length - 1] ?? [];
    const onFlap = current.length === INSIDE && [...current, service].every((each) => fitsAPanel(context, each));
    if (!onFlap && (current.length >= INSIDE || used + count > LINES)) {
      parts.push([]);
      used = 0;
    }
    parts[parts.length - 1]?.push(service);
    used += onFlap ? LINES : count;
  }
  // One that cannot be read has a length nobody knows: where the others begin may change with it.
  const unread = services.filter((service) => context.handbook.unread.includes(service.id));
  return parts.map((part, i) => {
    const file = i === 0 ? id : `${id}-${i + 1}`;
    const title = parts.length > 1 ? word(context, 'part', name, i + 1, parts.length) : name;
    const stamp = stampOf(context, {
      sheet: 'leaflets',
      id: `leaflet-${file}`,
      shows: SHOWS,
      subject: { category: id, ...(parts.length > 1 ? { services: part.map((service) => service.id) } : {}) },
    });
    return counterSheet(context, {
      file: `leaflets/${file}.pdf`,
      stamp,
      about: { of: [...part, ...unread].map((service) => service.id) },
      title,
      css: 'leaflets/leaflet.css',
      mark,
      body: [
        html`<section class="side outside">${folds([NARROW, NARROW + WIDE])}${front(context, title, part, mark)}${back(context, part, part.length > INSIDE, foot(context, stamp, { open: openLine(whole, asWritten(whole, part), TOPICS), points: true }))}${
          part.length > INSIDE
            ? panel('flap', part[INSIDE]?.name ?? '', serviceHtml(context, part[INSIDE] as Service))
            : flap(context)
        }</section>`,
        html`<section class="side inside">${folds([WIDE, 2 * WIDE])}<div class="fit services of-${Math.min(part.length, INSIDE)}" data-name="${title}">${part
          .slice(0, INSIDE)
          .map((service) => serviceHtml(context, service))}${part.length < INSIDE && mine(context)}</div></section>`,
      ],
      // A panel a service where each has room on its own; else they follow one another, and tell more where there is room.
      fit: {
        least: LEAST,
        most: MOST,
        apart: true,
        rather: ['panels', 'fuller'].map((named) => ({ named, least: LEAST, most: MOST })),
      },
    });
  });
}

/** About as many lines as a panel has at the smallest type, how it goes with them. */
const fitsAPanel = (context: RenderContext, service: Service): boolean =>
  linesOf(context, service) + stepLines(context, service) <= LINES / INSIDE;
const stepLines = (context: RenderContext, service: Service): number =>
  Math.ceil(widthOf(plainText(wayHtml(context, wayOf(context, service), { who: false }))) / ACROSS) + 2;
const plainText = (text: Html): string => text.toString().replace(/<[^>]*>/g, '');

function linesOf(context: RenderContext, service: Service): number {
  const texts = [...facts(context, service), ...variantFacts(context, service)].flatMap(([, lines]) => lines);
  const all = texts.reduce((sum, text) => sum + Math.ceil(widthOf(text) / ACROSS), 0);
  return 3 + Math.ceil(widthOf(service.summary ?? '') / (ACROSS + 5)) + all;
}

// ---------------------------------------------------------------- inside: the services

type Row = [label: string, lines: string[]];

function facts(context: RenderContext, service: Service, entry: Service | Variant = service): Row[] {
  const rows: Row[] = [];
  const status = entry === service ? '' : statusText(context, entry.status);
  if (status !== '') rows.push([context.word('status'), [status]]);
  if (entry.documents !== undefined) rows.push([context.word('documents'), documentLines(context, entry)]);
  const beside = besideTexts(context, entry);
  if (beside.length > 0) rows.push([context.word('beside'), beside]);
  if (entry.fee !== undefined) rows.push([context.word('fee'), feeLines(context, entry)]);
  if (entry.deadline !== undefined)
    rows.push([context.word('deadline'), [told(entry.deadline, deadlineHeadline(context, service, entry).text)]]);
  const preconditions = known(entry.preconditions) ?? [];
  if (preconditions.length > 0) rows.push([context.word('handbook.preconditions'), [...preconditions]]);
  const terms = yourTerms(context, service, entry);
  if (terms.length > 0) rows.push([context.word('your-term'), [terms.join(context.word('clause-comma'))]]);
  if (entry.authority !== undefined)
    rows.push([context.word('authority'), [told(entry.authority, authorityHeadline(context, entry).text)]]);
  return rows;
}

/** Sub-services: only what differs, under their names. */
const variantFacts = (context: RenderContext, service: Service): Row[] =>
  (known(service.variants) ?? []).flatMap((variant): Row[] => {
    const rows = facts(context, service, variant);
    return rows.length === 0
      ? []
      : [
          [
            variant.name ?? '',
            rows.map(([label, lines]) => context.word('field', label, lines.join(context.word('clause-comma')))),
          ],
        ];
  });

/** 待確認 with words behind it is told whole. */
const told = (value: unknown, brief: string): string =>
  isUnconfirmed(value as Service['fee']) && saysMore((value as { unconfirmed: string }).unconfirmed)
    ? (value as { unconfirmed: string }).unconfirmed
    : brief;

function documentLines(context: RenderContext, entry: Service | Variant): string[] {
  const groups = documentGroups(entry);
  if (groups.length === 0) {
    const { none, note } = known(entry.documents) ?? {};
    const brief = told(entry.documents, documentsHeadline(context, entry).text);
    // 「無（外國人除外）」 is more than none.
    return [known(none) === true && note !== undefined ? `${brief}${context.word('brackets', note)}` : brief];
  }
  const named = (document: RequiredDocument): string => {
    const details = listed(context, [toldDocumentDetails(context, document), waivedText(context, document)]);
    const among = (known(document.oneOf) ?? [])
      .map((each) => {
        const own = toldDocumentDetails(context, each, true);
        return `${alternativeName(context, each)}${own && context.word('brackets', own)}`;
      })
      .join(context.word('list-comma'));
    const own = documentName(context, document);
    const chosen = document.name !== undefined && document.oneOf !== undefined;
    const name = chosen ? `${own}${context.word('brackets', choiceWord(context, document))}` : own;
    return `${among === '' ? name : context.word('field', name, among)}${details && context.word('brackets', details)}`;
  };
  return groups.flatMap(({ label, documents }) =>
    label === undefined
      ? documents.map(named)
      : [context.word('field', label, documents.map(named).join(context.word('list-comma')))],
  );
}

/** What is charged, added and let off, a line each with when and for whom; how it is paid is in the handbook. */
function feeLines(context: RenderContext, entry: Service | Variant): string[] {
  const { fee } = entry;
  const rows = toldFeeRows(context, withoutBasis(fee)).filter(({ kind }) => kind !== 'other');
  const [only] = rows;
  if (
    only === undefined ||
    (rows.length === 1 && only.kind === 'line' && only.note === '' && only.item === context.word('fee'))
  )
    return [
      told(
        fee,
        isUnconfirmed(fee) || only === undefined || saysUnconfirmed(only.amount)
          ? feeHeadline(context, entry).text
          : [only.per, only.amount].filter(Boolean).join(' '),
      ),
    ];
  return rows.map((row) => chargeText(context, row));
}

function serviceHtml(context: RenderContext, service: Service): Html {
  const row = ([label, lines]: Row, cls = ''): Html | false =>
    lines.some((line) => line !== '') &&
    html`<div${cls && html` class="${cls}"`}><dt>${label}</dt><dd>${lines.map((line) => html`<p>${marked(line)}</p>`)}</dd></div>`;
  const channels = isUnconfirmed(service.channels)
    ? service.channels.unconfirmed
    : (service.channels ?? []).map(({ name }) => name ?? '').join(context.word('list-comma'));
  const way = wayOf(context, service);
  const status = statusText(context, service.status);
  const rows = [
    ...[...facts(context, service), ...variantFacts(context, service)].map((each) => row(each)),
    row([word(context, 'unit'), [rolesWithNotes(context, service.unit)]]),
    row([word(context, 'channels'), [channels]], 'extra'),
    row([word(context, 'more'), [context.word('in-book', `${numberInBook(context, service)}${service.name}`)]]),
  ].filter((each) => each !== false);
  // A name never stands at the foot of a panel without anything below it; a long list may be torn.
  const held = (documentGroups(service)[0]?.documents.length ?? 0) > 6 ? 0 : 1;
  return html`<article><div class="facts"><div class="opening"><h2>${marked(service.name)}</h2>${
    status !== '' && html`<p class="status">${marked(status)}</p>`
  }${
    service.summary && html`<p class="summary">${marked(service.summary)}</p>`
  }${held > 0 && html`<dl>${rows.slice(0, held)}</dl>`}</div><dl>${rows.slice(held)}</dl></div>${
    way.length > 0 &&
    html`<section class="extra"><h3>${word(context, 'steps')}</h3>${wayHtml(context, way, { who: false })}</section>`
  }</article>`;
}

/** A panel that no service takes is for who carries the leaflet: whom he saw, when, and what he was told. */
const mine = (context: RenderContext): Html =>
  html`<aside class="mine"><h2>${word(context, 'mine')}</h2>${blanks([
    blank(word(context, 'case-number'), 6),
    blank(context.word('desk.unit'), 6),
    blank(context.word('desk.clerk'), 6),
    blank(context.word('desk.telephone'), 6),
    blank(word(context, 'come-again'), 6),
  ])}<h3>${word(context, 'remember')}</h3>${ruled(9)}</aside>`;

// ---------------------------------------------------------------- outside: flap, back and front

const panel = (cls: string, name: string, body: Html): Html =>
  html`<div class="panel ${cls} fit" data-name="${name}">${body}</div>`;

function front(
  context: RenderContext,
  title: string,
  services: readonly Service[],
  mark: CategoryMark | undefined,
): Html {
  const { office, book } = context.handbook;
  return panel(
    'front',
    title,
    html`<div class="band"><p class="office">${context.picture('logo')}${office.name}</p><div>${mark?.sign}<p class="kind">${word(context, 'kind')}</p><h1>${marked(title)}</h1></div></div>${context.marks.map(
      (each) => html`<p class="draft">${each}</p>`,
    )}<ul>${services.map(({ name }) => html`<li>${marked(name)}</li>`)}</ul><p class="edition">${context.word(
      'desk.edition',
      book.edition ?? '',
      context.day(context.date),
    )}</p>`,
  );
}

/**
 * Where and when, and whom to ask: the office, and the unit of each service. Where the office has not said how it is
 * reached there is room for its stamp. `full`: a service stands on the flap, and what the office promises here.
 */
function back(context: RenderContext, services: readonly Service[], full: boolean, stamp: Html): Html {
  const { office } = context.handbook;
  const keys = ['address', 'hours', 'telephone', 'fax', 'email', 'url'] as const;
  const rows = keys.flatMap((key) => (office[key] ? [[word(context, key), office[key]] as const] : []));
  const floors = isUnconfirmed(office.floors)
    ? [html`<li>${mark(office.floors)}</li>`]
    : (office.floors ?? []).map(({ floor, note }) => html`<li>${marked([floor, note].filter(Boolean).join(' '))}</li>`);
  const reached = office.address !== undefined && office.telephone !== undefined;
  return panel(
    'back',
    word(context, 'where'),
    html`<h2>${word(context, 'where')}</h2><p class="office">${office.name}</p><dl>${rows.map(
      ([label, text]) => html`<div><dt>${label}</dt><dd>${marked(text)}</dd></div>`,
    )}</dl>${!reached && html`<p class="stamped">${word(context, 'stamped')}</p>`}${context.picture('map')}${askHtml(context, services, office.telephone !== undefined)}${floors.length > 0 && html`<h2>${word(context, 'floors')}</h2><ul>${floors}</ul>`}${full && promises(context)}<footer>${stamp}</footer>`,
  );
}

/** Whom to ask about which services, each unit once; `reached`: the office itself has a telephone. */
function askHtml(context: RenderContext, services: readonly Service[], reached: boolean): Html | undefined {
  const asked = new Map<string, string[]>();
  for (const service of services) {
    const contact = known(service.contact);
    const texts = [
      contact?.unit ?? rolesWithNotes(context, service.unit),
      contact?.telephone &&
        !saysUnconfirmed(contact.telephone) &&
        context.word('field', context.word('notices.telephone'), contact.telephone),
      contact?.extension && context.word('notices.extension', contact.extension),
    ].filter((text): text is string => typeof text === 'string' && text !== '' && !saysUnconfirmed(text));
    const text = texts.join(context.word('between'));
    if (text !== '') asked.set(text, [...(asked.get(text) ?? []), service.name]);
  }
  if (asked.size === 0) return reached ? undefined : html`<p>${marked(context.word('ask'))}</p>`;
  return html`<h2>${word(context, 'whom')}</h2><ul class="asked">${[...asked].map(
    ([text, names]) =>
      html`<li><span class="whom">${marked(text)}</span>${asked.size > 1 && html`<span class="of">${marked(names.join(context.word('list-comma')))}</span>`}</li>`,
  )}</ul>`;
}

/** What the office promises, and what else it does. */
function flap(context: RenderContext): Html {
  const categories = categoryMarks(context);
  return panel(
    'flap',
    word(context, 'promise'),
    html`${promises(context)}${
      categories.length > 1 &&
      html`<h2>${word(context, 'categories')}</h2><ul class="categories">${categories.map(
        (each) => html`<li${inColour(each)}>${each.sign}${marked(each.name)}</li>`,
      )}</ul>`
    }`,
  );
}

function promises(context: RenderContext): Html | false {
  const tiles = standardTiles(context);
  return (
    tiles.length > 0 &&
    html`<h2>${word(context, 'promise')}</h2><dl class="promises">${tiles.map(
      ({ label, value }) => html`<div><dt>${label}</dt><dd>${mark(value)}</dd></div>`,
    )}</dl>`
  );
}

/** Short lines at the upper and lower edge where it is folded. */
const folds = (at: readonly number[]): Html =>
  marks(
    PAPER,
    at.flatMap((x) => [
      { from: [x, 2] as const, to: [x, 6] as const },
      { from: [x, PAPER.height - 6] as const, to: [x, PAPER.height - 2] as const },
    ]),
  );
