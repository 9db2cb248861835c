// The overview for the service hall: every service with its four facts, the standards as numerals, the overall chart.

import { isUnconfirmed, known, type Unconfirmed } from '../content/schema/schema.js';
import type { Service, Variant } from '../content/schema/service.js';
import { saysUnconfirmed } from '../content/schema/tree.js';
import { type Html, html } from '../core/html.js';
import type { Chart, RenderContext } from '../document/context.js';
import { stampOf } from '../document/declaration.js';
import { drawingHtml } from '../document/drawing.js';
import { rolesWithNotes } from '../document/facts/authority.js';
import { statusText } from '../document/facts/terms.js';
import { authorityHeadline, deadlineHeadline, documentsRange, feeHeadline } from '../document/headlines.js';
import type { Output } from '../document/output.js';
import { forCitizens, openLine } from '../document/quiet.js';
import { MM_PER_PX, type Paper } from '../document/sheet.js';
import { telling } from '../document/told-facts.js';
import {
  innerOf,
  isWide,
  marked,
  phrased,
  smallestOf,
  standardList,
  unitOf,
  wallSheet,
  widthOf,
} from '../document/wall-sheet.js';
import { numberInBook } from '../document/way.js';
import { mark, wordsUnder } from '../document/words.js';

const PAPERS = ['A1', 'A0'];

/** What is printed of the content. */
const SHOWS = [
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
/** What sheets of the format before it printed, those that did not tell whether a service is on offer first. */
const WITHOUT_STATUS = SHOWS.filter((facet) => facet !== 'status' && facet !== 'variant-briefs');
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
  declares: { of: 'all', shows: SHOWS, before: [WITHOUT_STATUS, BEFORE] },
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
    const chart = isWide(paper) ? besideChart(context, paper) : belowChart(context, paper);
    return [
      wallSheet(context, paper, {
        stamp: stampOf(context, {
          sheet: 'hall',
          id: 'hall',
          shows: SHOWS,
          subject: { services: 'all', ...(chart ? { charts: [chart.id] } : {}) },
        }),
        title: word(context, 'title'),
        css: 'hall/hall.css',
        body: isWide(paper) ? lying(context, paper, chart) : upright(context, paper, chart),
        told: word(context, 'count', context.services.length),
        more: book && word(context, 'more', book),
        open: openLine(whole, whole.services, TOPICS),
        most: MOST,
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

function services(context: RenderContext): Html | false {
  const categories = known(context.handbook.book.categories) ?? [];
  const of = (ids: readonly string[] | Unconfirmed | undefined): Service[] =>
    context.services.filter(({ id }) => (known(ids) ?? []).includes(id));
  const placed = new Set(categories.flatMap(({ services: ids }) => known(ids) ?? []));
  const groups = [
    ...categories.map(({ name, services: ids }) => ({ name, list: of(ids) })),
    { name: undefined, list: context.services.filter(({ id }) => !placed.has(id)) },
  ].filter(({ list }) => list.length > 0);
  const grouped = groups.length > 1;
  const heads = [
    word(context, 'service'),
    ...['documents', 'fee', 'deadline', 'authority'].map((key) => context.word(key)),
  ];
  return (
    groups.length > 0 &&
    html`<table><colgroup>${grouped && html`<col class="category">`}<col class="name"><col class="documents"><col class="fee"><col class="deadline"><col class="authority"></colgroup><thead><tr>${grouped && html`<td></td>`}${heads.map(
      (text, i) => html`<th scope="col"${i === 0 && html` class="service"`}>${phrased(text)}</th>`,
    )}</tr></thead>${groups.map(
      ({ name, list }) =>
        html`<tbody>${again(heads, grouped ? (name ?? word(context, 'others')) : undefined)}${list.map((service, i) => {
          const category =
            grouped &&
            i === 0 &&
            html`<th class="category" scope="rowgroup" rowspan="${list.length}">${name ?? word(context, 'others')}</th>`;
          return html`<tr>${category}${row(context, service)}</tr>`;
        })}</tbody>`,
    )}</table>`
  );
}

/** What stands above the rows of a category on each sheet where they go on to another; seen there alone. */
const again = (heads: readonly string[], category: string | undefined): Html =>
  html`<tr class="again">${heads.map((text, i) => html`<th scope="col"${i === 0 && html` class="service"`}>${phrased(i === 0 ? (category ?? text) : text)}</th>`)}</tr>`;

function row(context: RenderContext, service: Service): Html {
  const status = [service, ...(known(service.variants) ?? [])].flatMap((entry: Service | Variant) => {
    const text = statusText(context, entry.status);
    return text === '' ? [] : [entry === service ? text : context.word('field', entry.name ?? '', text)];
  });
  const unit = rolesWithNotes(context, service.unit);
  const facts = [
    documentsRange(context, service),
    feeHeadline(context, service),
    deadlineHeadline(context, service),
    authorityHeadline(context, service),
  ];
  return html`<th scope="row">${phrased(`${numberInBook(context, service)}${service.name}`)}${unit && html` <span class="in-charge">${marked(unit)}</span>`}${status.map((text) => html`<span class="status">${marked(text)}</span>`)}</th>${facts.map(
    ({ text, asked }) =>
      html`<td${widthOf(text) > 12 && html` class="long"`}>${marked(asked ? word(context, 'ask') : text)}</td>`,
  )}`;
}

// ---------------------------------------------------------------- the chart, where and when

/** Room for the column beside the chart of an upright sheet, and for the chart of a lying one, in mm of A3. */
const BESIDE = 78;
const LYING = 155;

const title = (context: RenderContext): Html => html`<h1>${word(context, 'title')}</h1>`;

/** The services across the sheet; below them the chart, which grows with the text, and beside or below it where and when. */
function upright(context: RenderContext, paper: Paper, chart: Chart | undefined): Html {
  const about = html`<div class="about">${standardList(context)}${places(context)}</div>`;
  const above = html`${title(context)}${services(context)}`;
  if (!chart) return html`${above}<div class="below alone">${about}</div>`;
  return html`${above}<div class="below${takesWidth(chart, paper) && html` wide`}">${figure(chart)}${about}</div>`;
}

/** The chart has the width of the sheet to itself. */
const takesWidth = ({ drawing: { width, height } }: Chart, paper: Paper): boolean =>
  width * MM_PER_PX > (innerOf(paper) - BESIDE) * 1.1 && height < width * 0.6;

/** At the smallest type the whole chart must be on the sheet; one too wide for that is in the book. */
function belowChart(context: RenderContext, paper: Paper): Chart | undefined {
  const chart = overall(context);
  const room = innerOf(paper) - (chart && takesWidth(chart, paper) ? 0 : BESIDE);
  return chart && leastWidth(context, paper, chart) <= room * 1.35 ? chart : undefined;
}

/** The services left with where and when below them; the standards and the chart right of them. */
function lying(context: RenderContext, paper: Paper, shown: Chart | undefined): Html {
  const right = Math.max(0.36 * innerOf(paper), shown ? leastWidth(context, paper, shown) + 1 : 0).toFixed(1);
  const lists = html`<div class="about">${places(context)}</div>`;
  return html`<div class="halves"><div>${title(context)}${services(context)}${shown && lists}</div><div style="--right: ${right}">${standardList(context)}${
    shown ? figure(shown) : lists
  }</div></div>`;
}

function besideChart(context: RenderContext, paper: Paper): Chart | undefined {
  const chart = overall(context);
  return chart && leastWidth(context, paper, chart) <= LYING ? chart : undefined;
}

/** How wide a chart is at the smallest type, in mm of A3. */
const leastWidth = (context: RenderContext, paper: Paper, { drawing }: Chart): number =>
  ((drawing.width / 16) * smallestOf(context, paper)) / unitOf(paper);

function figure({ title, drawing }: Chart): Html {
  const { width, height } = drawing;
  const size = `width: ${(width / 16).toFixed(2)}rem; aspect-ratio: ${width} / ${height}`;
  return html`<section class="overall" data-block="${title}"><h2>${title}</h2><figure class="chart" style="${size}">${drawingHtml(drawing)}</figure></section>`;
}

const overall = (context: RenderContext): Chart | undefined => {
  const id = known(context.handbook.book.charts)?.[0]?.id;
  return id === undefined ? undefined : context.charts.get(id);
};

/** Where and when, the floors, which unit to ask. */
function places(context: RenderContext): Html {
  const { office } = context.handbook;
  const open = <T>(list: readonly T[] | Unconfirmed | undefined, text: (item: T) => Html): Html[] =>
    isUnconfirmed(list) ? [html`<li>${mark(list)}</li>`] : (list ?? []).map((item) => html`<li>${text(item)}</li>`);
  const block = (key: string, lines: readonly Html[]): Html | false => {
    const label = word(context, key);
    return (
      lines.length > 0 &&
      html`<section class="way ${key}" data-block="${label}"><h2>${label}</h2><ul>${lines}</ul></section>`
    );
  };
  const line = (key: string, text: string | undefined): Html[] =>
    text ? [html`<li>${marked(context.word('field', word(context, key), text))}</li>`] : [];
  // A name alone tells nobody where to go.
  const told = isUnconfirmed(office.units) ? office.units : office.units?.filter(({ duties }) => duties !== undefined);
  return html`${block('where', [...line('address', office.address), ...line('hours', office.hours), ...line('telephone', office.telephone)])}${block(
    'floors',
    open(
      office.floors,
      ({ floor, note }) => html`<span class="floor">${marked(floor ?? '')}</span> ${marked(note ?? '')}`,
    ),
  )}${block(
    'units',
    open(told, ({ name, floor, duties }) => {
      const at = floor !== undefined && !saysUnconfirmed(floor) && floor;
      return html`<span class="unit-name">${name}</span> ${marked([at, duties].filter(Boolean).join(context.word('clause-comma')))}`;
    }),
  )}`;
}
