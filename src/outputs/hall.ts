// The board of the service hall: where to go for every service, what to bring, how long it takes, what it costs and who decides.

import { isUnconfirmed, known, type Unconfirmed } from '../content/schema/schema.js';
import type { Service, Variant } from '../content/schema/service.js';
import { saysUnconfirmed } from '../content/schema/tree.js';
import { type Html, html } from '../core/html.js';
import { hasSigns } from '../core/language.js';
import { type CategoryMark, categoryMarks, inColour } from '../document/category-mark.js';
import type { RenderContext } from '../document/context.js';
import { stampOf } from '../document/declaration.js';
import { rolesWithNotes } from '../document/facts/authority.js';
import { reachedAt } from '../document/facts/contact.js';
import { statusText } from '../document/facts/terms.js';
import {
  authorityHeadline,
  deadlineHeadline,
  documentsHeadline,
  feeHeadline,
  type Headline,
  namesAlways,
} from '../document/headlines.js';
import type { Output } from '../document/output.js';
import { forCitizens, openLine } from '../document/quiet.js';
import { telling } from '../document/told-facts.js';
import { isWide, marked, phrased, standardList, wallSheet, widthOf } from '../document/wall-sheet.js';
import { numberInBook } from '../document/way.js';
import { mark, wordsUnder } from '../document/words.js';

const PAPERS = ['A1', 'A0'];

/** What is printed of the content. */
const SHOWS = [
  'category',
  'unit',
  'floor',
  'status',
  'documents-always',
  'documents-headline',
  'fee-headline',
  'deadline-headline',
  'authority-brief',
  'variant-briefs',
  'office.name',
  'office.address',
  'office.hours',
  'office.telephone',
  'office.standards',
  'office.floors',
  'book.title',
  'book.url',
] as const;
/** What sheets of the formats before it printed, the latest first: the duties of the units stood there, and no names of documents. */
const WITH_DUTIES = [
  'category',
  'unit',
  'status',
  'documents-headline',
  'fee-headline',
  'deadline-headline',
  'authority-brief',
  'variant-briefs',
  'office.name',
  'office.address',
  'office.hours',
  'office.telephone',
  'office.standards',
  'office.floors',
  'office.duties',
  'book.title',
  'book.url',
] as const;
const WITHOUT_STATUS = WITH_DUTIES.filter((facet) => facet !== 'status' && facet !== 'variant-briefs');
const BEFORE = [
  'category',
  'unit',
  'documents-brief',
  'fee-brief',
  'deadline-brief',
  'authority-brief',
  'office.name',
  'office.address',
  'office.hours',
  'office.telephone',
  'office.standards',
  'office.floors',
  'office.duties',
  'book.title',
  'book.url',
] as const;

export default {
  summary: { zh: '大廳總覽：全部服務一張', en: 'Hall overview: all services on one sheet' },
  declares: { of: 'all', shows: SHOWS, before: [WITH_DUTIES, WITHOUT_STATUS, BEFORE] },
  tells: telling('handbook', {
    status: 'whole',
    documents: 'short',
    fee: 'short',
    deadline: 'short',
    authority: 'short',
    unit: 'short',
  }),
  papers: PAPERS,
  wall: true,
  render(whole) {
    const context = forCitizens(whole);
    const paper = context.paper('A1');
    const { title: book } = context.handbook.book;
    return [
      wallSheet(context, paper, {
        stamp: stampOf(context, { sheet: 'hall', id: 'hall', shows: SHOWS, subject: { services: 'all' } }),
        title: word(context, 'title'),
        css: 'hall/hall.css',
        body: html`<div class="title"><h1>${word(context, 'title')}</h1></div>${services(context, isWide(paper))}${below(context, isWide(paper))}`,
        told: word(context, 'count', context.services.length),
        more: book && word(context, 'more', book),
        open: openLine(whole, whole.services, TOPICS),
        most: MOST,
        layouts: ['names'],
        band: { colour: undefined },
        // More services than one sheet holds go on to a second; none is left out.
        flows: context.sheets,
        papers: PAPERS,
      }),
    ];
  },
} satisfies Output;

/** A table of few services is not blown up until its words break. */
const MOST = 1.7;
const word = wordsUnder('hall');
const TOPICS = ['documents', 'fee', 'deadline', 'authority', 'place', 'hours', 'telephone'] as const;

// ---------------------------------------------------------------- the services

type Group = { readonly category: CategoryMark | undefined; readonly list: readonly Service[] };

function groupsOf(context: RenderContext): Group[] {
  const marks = categoryMarks(context);
  const categories = known(context.handbook.book.categories) ?? [];
  const of = (ids: readonly string[] | Unconfirmed | undefined): Service[] =>
    context.services.filter(({ id }) => (known(ids) ?? []).includes(id));
  const placed = new Set(categories.flatMap(({ services: ids }) => known(ids) ?? []));
  return [
    ...categories.map(({ services: ids }, i) => ({ category: marks[i], list: of(ids) })),
    { category: undefined, list: context.services.filter(({ id }) => !placed.has(id)) },
  ].filter(({ list }) => list.length > 0);
}

/**
 * Where to go stands first: who comes in looks for a counter. A category is a band above its services; on a lying sheet
 * (`wide`), which is short of lines, it stands beside them.
 */
function services(context: RenderContext, wide: boolean): Html | false {
  const groups = groupsOf(context);
  const grouped = groups.length > 1;
  const facts = ['documents', 'deadline', 'fee', 'authority'].map((key) => context.word(key));
  const heads = [word(context, 'go'), word(context, 'service'), ...facts];
  return (
    groups.length > 0 &&
    html`<table><colgroup>${grouped && wide && html`<col class="beside">`}${COLUMNS.map((cls) => html`<col class="${cls}">`)}</colgroup><thead><tr>${grouped && wide && html`<td></td>`}${heads.map(
      (text) => html`<th scope="col">${phrased(text)}</th>`,
    )}</tr></thead>${groups.map(({ category, list }) => {
      const name = category?.name ?? word(context, 'others');
      return html`<tbody${inColour(category)}>${again(heads, grouped ? html`${category?.sign}${marked(name)}` : undefined)}${
        grouped &&
        !wide &&
        html`<tr class="category"><th colspan="${COLUMNS.length}" scope="rowgroup">${category?.sign}${marked(name)}</th></tr>`
      }${list.map((service, i) => {
        const beside =
          grouped &&
          wide &&
          i === 0 &&
          html`<th class="beside" scope="rowgroup" rowspan="${list.length}">${category?.sign}${phrased(name)}</th>`;
        return html`<tr>${beside}${row(context, service)}</tr>`;
      })}</tbody>`;
    })}</table>`
  );
}
const COLUMNS = ['go', 'name', 'documents', 'deadline', 'fee', 'authority'] as const;

/** What stands above the rows of a category on each sheet where they go on to another; seen there alone. */
const again = (heads: readonly string[], category: Html | undefined): Html =>
  html`<tr class="again">${heads.map((text, i) => html`<th scope="col" class="${COLUMNS[i]}">${i === 1 && category !== undefined ? category : phrased(text)}</th>`)}</tr>`;

function row(context: RenderContext, service: Service): Html {
  const status = [service, ...(known(service.variants) ?? [])].flatMap((entry: Service | Variant) => {
    const text = statusText(context, entry.status);
    return text === '' ? [] : [entry === service ? text : context.word('field', entry.name ?? '', text)];
  });
  const { floor } = reachedAt(context.handbook.office, service);
  const unit = rolesWithNotes(context, service.unit) || (known(service.contact)?.unit ?? '');
  const go = html`${floor && html`<span class="floor">${marked(floor)}</span> `}${unit && html`<span class="unit-name">${marked(unit)}</span>`}`;
  const facts = [
    documentsText(context, service),
    deadlineHeadline(context, service),
    feeHeadline(context, service),
    authorityHeadline(context, service),
  ];
  const nowhere = floor === undefined && unit === '';
  // In two languages each has its own.
  const number = numberInBook(context, service);
  const name = hasSigns(service.name)
    ? phrased(`${number}${service.name}`)
    : html`<span class="number">${number}</span>${phrased(service.name)}`;
  return html`<td class="go${nowhere && html` asked`}">${nowhere ? word(context, 'ask-where') : go}</td><th scope="row">${name}${status.map(
    (text) => html`<span class="status">${marked(text)}</span>`,
  )}</th>${cellsOf(context, facts)}`;
}

/** What is to be asked for is said once for columns that stand beside each other. */
function cellsOf(context: RenderContext, facts: readonly Headline[]): Html[] {
  const cells: Html[] = [];
  for (let i = 0; i < facts.length; ) {
    const { text, asked } = facts[i] as Headline;
    let span = 1;
    while (asked && facts[i + span]?.asked) span += 1;
    cells.push(
      asked
        ? html`<td class="asked"${span > 1 && html` colspan="${span}"`}>${marked(word(context, 'ask'))}</td>`
        : html`<td${widthOf(text) > LONG && html` class="long"`}>${marked(text)}</td>`,
    );
    i += span;
  }
  return cells;
}
/** Characters of a fact that stands in a few lines in its column. */
const LONG = 12;

/** What everybody brings by name, where that is short and whole; else how many, and the poster says which. */
function documentsText(context: RenderContext, service: Service): Headline {
  const headline = documentsHeadline(context, service);
  const always = namesAlways(service);
  if (headline.asked || !always || always.names.length === 0) return headline;
  const names = always.names.join(context.word('list-comma'));
  if (widthOf(names) > NAMED || names.includes('；')) return headline;
  return {
    text: always.sometimes === 0 ? names : word(context, 'and-if', names, always.sometimes),
    asked: false,
  };
}
/** Characters of the names of documents that a row of the board has room for. */
const NAMED = 24;

// ---------------------------------------------------------------- the standards; where and when

/** What the office promises, and where and when it is open. */
function below(context: RenderContext, wide: boolean): Html | false {
  const [promised, about] = [standardList(context), places(context)];
  if (!promised && about.length === 0) return false;
  return html`<div class="below${about.length === 0 && html` alone`}${wide && html` across`}">${promised}${about.length > 0 && html`<div class="about">${about}</div>`}</div>`;
}

/** Where and when, and what is on which floor. */
function places(context: RenderContext): Html[] {
  const { office } = context.handbook;
  const block = (key: string, lines: readonly Html[]): Html[] => {
    const label = word(context, key);
    return lines.length === 0
      ? []
      : [html`<section class="way ${key}" data-block="${label}"><h2>${label}</h2><ul>${lines}</ul></section>`];
  };
  const line = (key: string, text: string | undefined): Html[] =>
    text && !saysUnconfirmed(text) ? [html`<li>${marked(context.word('field', word(context, key), text))}</li>`] : [];
  const floors = isUnconfirmed(office.floors)
    ? [html`<li>${mark(office.floors)}</li>`]
    : (office.floors ?? []).map(
        ({ floor, note }) => html`<li><span class="floor">${marked(floor ?? '')}</span> ${marked(note ?? '')}</li>`,
      );
  return [
    ...block('where', [
      ...line('address', office.address),
      ...line('hours', office.hours),
      ...line('telephone', office.telephone),
    ]),
    ...block('floors', floors),
  ];
}
