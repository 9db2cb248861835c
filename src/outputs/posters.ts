// The posters: each service on one sheet that can be read from where people stand, its four facts largest.

import { isUnconfirmed, known } from '../content/schema/schema.js';
import type { RequiredDocument, Service, Variant } from '../content/schema/service.js';
import { saysUnconfirmed } from '../content/schema/tree.js';
import { type Html, html, join } from '../core/html.js';
import { firstOf, hasSigns, isChinese, plainOf } from '../core/language.js';
import { setFirst } from '../core/two-languages.js';
import type { RenderContext } from '../document/context.js';
import { stampOfService } from '../document/declaration.js';
import { drawingHtml } from '../document/drawing.js';
import { type AuthorityRow, authorityBrief, authorityRows, rolesWithNotes } from '../document/facts/authority.js';
import type { DeadlineRow } from '../document/facts/deadline.js';
import {
  besideText,
  type Declared,
  documentGroups,
  documentHtml,
  formName,
  likeText,
} from '../document/facts/documents.js';
import { type FeeRow, toldFeeRows } from '../document/facts/fee.js';
import { statusText } from '../document/facts/terms.js';
import { withoutBasis } from '../document/facts/text.js';
import {
  authorityHeadline,
  deadlineHeadline,
  documentsHeadline,
  feeHeadline,
  type Headline,
  officeLimits,
  yourTerms,
} from '../document/headlines.js';
import { fullWidthsOf, wrapLabel } from '../document/line-breaking.js';
import type { Output } from '../document/output.js';
import { asWritten, forCitizens, knowsNoFact, openLine } from '../document/quiet.js';
import { MM_PER_PX, type Paper, type Sheet } from '../document/sheet.js';
import { telling } from '../document/told-facts.js';
import { aside, each, notesHtml, rowHtml, termRows, timeRows, toldRows, wayRows } from '../document/told-rows.js';
import {
  innerOf,
  isWide,
  marked,
  paragraph,
  phrased,
  saysMore,
  smallestOf,
  unitOf,
  WALL_PAPERS,
  wallSheet,
  widthOf,
} from '../document/wall-sheet.js';
import { numberInBook, wayHtml, wayOf } from '../document/way.js';
import { mark } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = [
  'summary',
  'category',
  'documents',
  'fee',
  'deadline',
  'authority',
  'way',
  'drawing',
  'applicant',
  'your-terms',
  'variant-ways',
  'deadline-start',
  'representation',
  'window',
  'channels',
  'place',
  'hours',
  'contact',
  'mind',
  'office.name',
  'book.url',
] as const;
/** What sheets of the formats before it printed, the latest first: they named the book, and told no notes. */
const BEFORE = [
  [...SHOWS.filter((facet) => facet !== 'mind'), 'book.title'],
  [
    'summary',
    'category',
    'documents',
    'fee',
    'deadline',
    'authority',
    'chart',
    'applicant',
    'representation',
    'window',
    'channels',
    'place',
    'hours',
    'contact',
    'office.name',
    'book.title',
    'book.url',
  ],
] as const;

/** Notes on the result, remedies, forms and laws are in the handbook. */
const TELLS = telling('whole', {
  result: 'handbook',
  remedies: 'handbook',
  forms: 'handbook',
  deputy: 'handbook',
  'deadline-notes': 'short',
  related: 'handbook',
  basis: 'handbook',
});

export default {
  summary: { zh: '海報：每項服務一張', en: 'Posters: one sheet for each service' },
  subServices: true,
  declares: { of: 'service', shows: SHOWS, before: BEFORE },
  tells: TELLS,
  papers: WALL_PAPERS,
  wall: true,
  render(whole) {
    const context = forCitizens(whole);
    const paper = context.paper('A3');
    return context.selected.flatMap((service) =>
      isEmpty(context, service)
        ? []
        : [posterOf(context, service, paper, openLine(whole, asWritten(whole, [service])))],
    );
  },
  unknown(whole) {
    const context = forCitizens(whole);
    const empty = context.selected.filter((service) => isEmpty(context, service));
    return empty.map(({ id, name = id }) => ({ service: id, name, file: `posters/${id}.pdf` }));
  },
} satisfies Output;

/** Beyond this even a service of few words looks shouted. */
const MOST = 2.2;

/** Nothing to tell the hall: no fact, no way, nobody who may apply and no place to go. */
const isEmpty = (context: RenderContext, service: Service): boolean =>
  !context.workingCopy &&
  knowsNoFact(context, service) &&
  [service.applicant, service.channels, service.place, service.representation, service.variants].every(
    (each) => each === undefined,
  ) &&
  !context.charts.has(service.id);

function posterOf(context: RenderContext, service: Service, paper: Paper, open: string | undefined): Sheet {
  const { book } = context.handbook;
  const categories = known(book.categories) ?? [];
  const category = categories.find(({ services }) => known(services)?.includes(service.id))?.name;
  const word = (key: string, ...values: string[]): string => context.word(`posters.${key}`, ...values);
  return wallSheet(context, paper, {
    stamp: stampOfService(context, 'posters', service, SHOWS),
    about: { service: service.id },
    title: service.name,
    css: 'posters/poster.css',
    right: category,
    body: html`${title(context, service, paper)}${body(context, service, paper)}`,
    told: context.word('field', word('service-id'), service.id),
    more: context.word('in-book', `${numberInBook(context, service)}${service.name}`),
    open,
    expects: [plainOf(service.name)],
    most: MOST,
    flows: context.sheets,
    papers: WALL_PAPERS,
  });
}

/** As large as fits on one line, or on more when the name is long, parted where a reader would pause. */
function title(context: RenderContext, { name, summary, status }: Service, paper: Paper): Html {
  const line = isWide(paper) ? 16 : 10;
  const width = widthOf(name);
  const first = firstOf(name);
  const halves = [...first.matchAll(/(?<=[、，：）])(?!$)|(?<!^)(?=[及與或（])| /g)].map(({ index }) => [
    first.slice(0, index).trim(),
    first.slice(index).trim(),
  ]);
  const longer = (parts: readonly string[]): number => Math.max(...parts.map(widthOf));
  const [best] = halves.sort((one, other) => longer(one) - longer(other));
  const lines = Math.ceil(width / (line + 6));
  const parts =
    width <= line
      ? [first]
      : best && longer(best) <= width / 2 + 3 && lines <= 2
        ? best
        : wrapped(first, Math.max(2, lines));
  const characters = parts.length > 1 ? longer(parts) : width > line ? Math.ceil(width / 2) + 1 : width;
  return html`<div class="title"><h1${parts.length > 1 && html` class="two"`} style="--characters: ${Math.max(4, Math.min(characters, line + 6)).toFixed(2)}">${setFirst(name, () => join(parts, html`<br>`))}</h1>${paragraph('status', statusText(context, status))}${paragraph('summary', summary)}</div>`;
}

/** Chinese in about equal lines between words, none of which begins with 的; other languages break by themselves. */
function wrapped(name: string, lines: number): string[] {
  if (hasSigns(name) || !isChinese(name)) return [name];
  // No word of another script is torn.
  const longest = Math.max(...name.split(/[\s\p{sc=Han}]+/u).map(fullWidthsOf));
  const parts = wrapLabel(name, Math.max(Math.ceil(widthOf(name) / lines) + 1, Math.ceil(longest)));
  return parts.map((part, i) => {
    const own = i > 0 ? part.replace(/^[的之]/, '') : part;
    return own + (/^[的之]/.exec(parts[i + 1] ?? '')?.[0] ?? '');
  });
}

// ---------------------------------------------------------------- the columns

/** A block of the sheet and about how high it is in a column, in rem. */
type Block = { html: Html; height: number };
const block = (html: Html): Block => ({ html, height: heightOf(html) });
const sum = (heights: readonly number[]): number => heights.reduce((all, height) => all + height, 0);

/**
 * Two columns upright, three lying. The documents stand left, the other facts right of them; the steps have the last
 * column of a wide sheet, or lie below in columns of their own; who, how, where and whom to ask stand where there is
 * room. Documents longer than all else take the width of the sheet. The lowest sheet is taken; the height is a guess,
 * enough to tell which is the lower.
 */
function body(context: RenderContext, service: Service, paper: Paper): Html {
  const count = isWide(paper) ? 3 : 2;
  const papers = block(
    fact(context.word('documents'), documentsHeadline(context, service), documents(context, service)),
  );
  const facts = [
    fact(context.word('fee'), feeHeadline(context, service), fees(context, service)),
    fact(context.word('deadline'), deadlineHeadline(context, service), limits(context, service)),
    fact(context.word('authority'), authorityHeadline(context, service), deciders(context, service)),
  ].map(block);
  const others = ways(context, service).map(block);
  const how = steps(context, service, paper);
  const below = html`${variants(context, service)}${mind(context, service)}`;

  const layouts: { html: Html; height: number }[] = [];
  const offer = (above: Block | undefined, first: Block[], last: Block[], under: Block | undefined): void => {
    const best = columned(count, first, facts, last, others);
    layouts.push({
      html: html`${above && html`<div class="broad">${above.html}</div>`}${best.html}${under?.html}${below}`,
      height: best.height + (under?.height ?? 0) + (above ? above.height / count + 2 : 0),
    });
  };
  if (count === 3 && how.beside) offer(undefined, [papers], [how.beside], undefined);
  offer(undefined, [papers], [], how.below);
  if (papers.height > 40) offer(papers, [], [], how.below);
  // Columns read more easily than bands: a band must save a tenth.
  const lowest = layouts.reduce((one, other) => (other.height < one.height * 0.9 ? other : one));
  return lowest.html;
}

/**
 * Tries every way to part the blocks between `count` columns: `first` left, `last` right, `others` anywhere, `facts` in
 * their order to the right of `first`, or anywhere where that saves a sixth.
 */
function columned(
  count: number,
  first: readonly Block[],
  facts: readonly Block[],
  last: readonly Block[],
  others: readonly Block[],
): Block {
  const choices = (length: number): number[][] =>
    length === 0
      ? [[]]
      : choices(length - 1).flatMap((rest) => Array.from({ length: count }, (_, column) => [...rest, column]));
  const left = first.length > 0 ? 1 : 0;
  const inOrder = (columns: readonly number[]): boolean =>
    columns.every((column, i) => column >= (columns[i - 1] ?? left));
  let best: { columns: Block[][]; height: number; weight: number } | undefined;
  for (const places of choices(facts.length))
    for (const free of choices(others.length)) {
      const columns = Array.from({ length: count }, (_, column) => [
        ...(column === 0 ? first : []),
        ...facts.filter((_, i) => places[i] === column),
        ...(column === count - 1 ? last : []),
        ...others.filter((_, i) => free[i] === column),
      ]);
      const height = Math.max(...columns.map((column) => sum(column.map((each) => each.height))));
      const weight = inOrder(places) ? height : height * 1.2;
      if (best === undefined || weight < best.weight - 0.01) best = { columns, height, weight };
    }
  if (!best) throw new Error('no columns');
  return {
    height: best.height,
    html: html`<div class="facts">${best.columns.map((column) => html`<div class="column">${column.map((each) => each.html)}</div>`)}</div>`,
  };
}

/** About how high a block is in a column, in rem. */
function heightOf(block: Html): number {
  const text = (part: string): string => part.replace(/^[^>]*>|<[^>]*>/g, '');
  return sum(
    block
      .toString()
      .split(/<(?=h2|h3|li|p|span class="document-note"|figure)/)
      .filter((part) => text(part) !== '')
      .map((part) => {
        const [room, line, space] = HEIGHTS.find(([start]) => part.startsWith(start))?.[1] ?? [29, 1.42, 0];
        return Math.ceil(widthOf(text(part)) / room) * line + space;
      }),
  );
}
/** Characters in a line, height of a line and the space about them, by how an element opens. */
const HEIGHTS: readonly [string, [number, number, number]][] = [
  ['h2', [25, 1.55, 1.1]],
  ['h3', [29, 1.4, 0.7]],
  ['p class="value short', [8, 4.3, 0]],
  ['p class="value middle', [10, 3.6, 0]],
  ['p class="value', [12, 3.25, 0]],
  ['p class="text', [24, 1.54, 0.5]],
  ['li class="', [99, 0, 0]],
  ['li><span class="document-name', [24, 1.59, 0.32]],
  ['li><div', [27, 1.57, 0.44]],
  ['li', [27, 1.57, 0.15]],
];

// ---------------------------------------------------------------- the four facts

function fact(label: string, { text: brief, asked }: Headline, detail: Html): Html {
  if (asked)
    return html`<section class="fact" data-block="${label}"><h2>${label}</h2><p class="asked">${phrased(brief)}</p>${detail}</section>`;
  const width = widthOf(brief);
  const size = width <= 7 ? 'short' : width <= 12 ? 'middle' : 'long';
  const words = phrased(brief);
  return html`<section class="fact" data-block="${label}"><h2>${label}</h2><p class="value ${size}" style="--characters: ${longestIn(words).toFixed(2)}">${words}</p>${detail}</section>`;
}

/** Width in characters of the longest piece that no line may end in; of a second language, which breaks at its blanks, nothing is said. */
const longestIn = (words: Html): number =>
  Math.max(
    1,
    ...words
      .toString()
      .split(/<wbr>|<span class="second"|(?<!\d) (?!\d|[^<]*<\/span>)/)
      .slice(0, 40)
      .map((piece) => widthOf(piece.replace(/^[^<]*>|<[^>]*>/g, ''))),
  );

function documents(context: RenderContext, entry: Declared): Html {
  const { documents } = entry;
  if (isUnconfirmed(documents))
    return html`${saysMore(documents.unconfirmed) && paragraph('note', documents.unconfirmed)}`;
  const groups = documentGroups(documents === undefined ? {} : { documents });
  return html`${groups.map(
    ({ label, documents: list }) =>
      html`<div class="group">${
        (label !== undefined || groups.length > 1) && html`<h3>${marked(label ?? context.word('always-needed'))}</h3>`
      }<ul class="documents">${list.map((each) => html`<li>${documentHtml(context, once(context, each))}</li>`)}</ul></div>`,
  )}${paragraph('note', likeText(context, entry))}${paragraph('note', besideText(context, entry))}${paragraph('note', documents?.note)}`;
}

/** The form of a document that bears the form's name needs no second mention. */
function once(context: RenderContext, document: RequiredDocument): RequiredDocument {
  if (document.form === undefined || formName(context, document.form) !== document.name) return document;
  const { form: _, ...rest } = document;
  return rest;
}

/** A fact at length: what it is of, how much, and what to know. */
type Line = { label: string; value: string; note: string; inner?: boolean; below?: boolean };

/** The lines that say more than the large words above them. */
function lines(field: string, brief: string, all: readonly Line[]): Html {
  const left = all.flatMap((line): Line[] => {
    // 待確認 with its reason is a remark on the large word.
    if (line.label === field && saysUnconfirmed(line.value) && saysMore(line.value))
      return [{ label: '', value: '', note: [line.value, line.note].filter(Boolean).join(' ') }];
    const told = line.value === '' || brief.includes(line.value) || !saysMore(line.value);
    if (!told || line.inner || (line.label !== field && !(line.value !== '' && brief.includes(line.label))))
      return [line];
    return line.note === '' ? [] : [{ label: '', value: '', note: line.note }];
  });
  if (left.length === 0) return html``;
  return html`<ul class="lines">${left.map(({ label, value, note, inner, below }) => {
    // A short note stands in the line itself.
    const within = !below && label !== '' && value !== '' && widthOf(label + value + note) <= 20;
    return html`<li${inner && html` class="inner"`}>${
      (label !== '' || value !== '') &&
      html`<div class="line">${
        label !== '' &&
        html`<span class="label">${marked(label)}${within && note !== '' && html` <span class="aside">${marked(note)}</span>`}</span>`
      }${value !== '' && html` <span class="amount">${marked(value)}</span>`}</div>`
    }${!within && paragraph('note', note)}</li>`;
  })}</ul>`;
}

function fees(context: RenderContext, service: Service): Html {
  const line = ({ kind, item, amount, per, note }: FeeRow): Line => ({
    label: item,
    value: [per, amount].filter(Boolean).join(' '),
    note,
    ...(kind === 'more' ? { inner: true } : {}),
    // An exception is read behind what it is an exception from.
    ...(kind === 'exemption' ? { below: true } : {}),
  });
  const rows = toldFeeRows(context, withoutBasis(service.fee));
  const remark = rows.find(({ kind, item }) => kind === 'other' && item === context.word('remark'));
  return lines(context.word('fee'), feeHeadline(context, service).text, [
    ...rows.filter((row) => row !== remark).map(line),
    ...(remark ? [{ label: context.word('fee'), value: '', note: remark.note }] : []),
  ]);
}

function limits(context: RenderContext, service: Service): Html {
  const { deadline } = service;
  const field = context.word('deadline');
  const brief = deadlineHeadline(context, service).text;
  /** What the large words say of the deadline itself needs no name of its own. */
  const itself = ({ kind, label, limit }: DeadlineRow): boolean =>
    kind === 'open' ||
    (kind === 'target' && brief.includes(limit)) ||
    (kind === 'other' && label === context.word('remark'));
  return lines(
    field,
    brief,
    officeLimits(context, service, withoutBasis(deadline))
      .filter((row) => row.kind !== 'correction')
      .filter((row) => row.kind !== 'other' || row.label !== context.word('counting'))
      .map((row) => ({
        label: itself(row) ? field : row.label,
        value: row.limit,
        note: row.kind === 'stage' ? '' : row.note,
      })),
  );
}

function deciders(context: RenderContext, { authority }: Declared): Html {
  const field = context.word('authority');
  const line = ({ stage, note, ...chain }: AuthorityRow): Line => {
    const acts = (['prepare', 'review', 'countersign', 'decide'] as const).filter((act) => chain[act] !== '');
    const alone = acts.length === 1 && acts[0] === 'decide';
    return {
      label: stage || field,
      value: alone
        ? chain.decide
        : acts.map((act) => `${context.word(act)} ${chain[act]}`).join(` ${context.word('posters.then')} `),
      note,
    };
  };
  const brief = authorityBrief(context, authority);
  return lines(
    field,
    brief,
    authorityRows(context, withoutBasis(authority)).map((row) => {
      const { label, ...rest } = line(row);
      return label === field && !brief.includes(rest.value) ? { label: '', ...rest } : { label, ...rest };
    }),
  );
}

// ---------------------------------------------------------------- how, where and whom to ask

/**
 * What who applies does and receives, as it stands in a column of their own, and below in all columns. A given Mermaid drawing has no steps; it is
 * shown where its text is not smaller than the rest.
 */
function steps(context: RenderContext, service: Service, paper: Paper): { beside?: Block; below?: Block } {
  const { procedure } = service;
  const chart = context.charts.get(service.id);
  const label = context.word('posters.how');
  const section = (cls: string, body: Html): Html =>
    html`<section class="${cls}" data-block="${label}"><h2>${label}</h2>${body}</section>`;
  const both = (body: Html) => {
    const beside = block(section('how', body));
    return { beside, below: { html: section('how below', body), height: beside.height / (isWide(paper) ? 3 : 2) } };
  };
  if (isUnconfirmed(procedure)) return both(html`<p class="note">${mark(procedure)}</p>`);
  if (!chart) return {};
  if (chart.flow) {
    const way = wayOf(context, service);
    return way.length > 0 ? both(wayHtml(context, way, { who: true })) : {};
  }
  const { width, height } = chart.drawing;
  const figure = (cls: string, room: { width: number; height: number }): Block | undefined => {
    const scale = Math.min(room.width / (width * MM_PER_PX), room.height / (height * MM_PER_PX), 2);
    if (16 * MM_PER_PX * scale * unitOf(paper) < smallestOf(context, paper)) return undefined;
    const size = `width: calc(${(width * MM_PER_PX * scale).toFixed(1)} * var(--u)); height: calc(${(height * MM_PER_PX * scale).toFixed(1)} * var(--u))`;
    // 1rem is 4u or so.
    return {
      html: section(cls, html`<figure class="chart" style="${size}">${drawingHtml(chart.drawing)}</figure>`),
      height: (height * MM_PER_PX * scale) / 4 + 2.5,
    };
  };
  const inner = innerOf(paper);
  const beside = isWide(paper) ? figure('how', { width: (inner - 24) / 3, height: 165 }) : undefined;
  const below = figure('how below', { width: inner, height: isWide(paper) ? 80 : 150 });
  return { ...(beside ? { beside } : {}), ...(below ? { below } : {}) };
}

/** Sub-services: all that each declares that differs. */
function variants(context: RenderContext, service: Service): Html {
  const { variants: list } = service;
  if (list === undefined) return html``;
  const rows = (each: Variant): Html[] =>
    [
      ...termRows(context, each, 'before'),
      ...timeRows(context, service, each),
      ...wayRows(context, undefined, each),
      ...toldRows(context, each).filter(({ kind }) => TELLS[kind] === 'whole'),
    ].map((row) => rowHtml(row, marked));
  return html`<section class="variants" data-block="${context.word('posters.variants')}"><h2>${context.word('posters.variants')}</h2>${
    isUnconfirmed(list)
      ? html`<p class="note">${mark(list)}</p>`
      : html`${list.some(differs) && html`<p class="note">${context.word('handbook.variant-like')}</p>`}<ul>${list.map(
          (each) =>
            html`<li><p class="text">${marked(each.name ?? '')}</p>${paragraph('note', each.summary)}<dl class="more">${rows(each)}</dl>${each.documents !== undefined && documents(context, each)}${notesHtml(context, each)}</li>`,
        )}</ul>`
  }</section>`;
}

/** Whether it declares what stands in place of what its service declares. */
const differs = ({ documents, fee, deadline, authority }: Variant): boolean =>
  [documents, fee, deadline, authority].some((each) => each !== undefined);

/** What else is to be known of the service, and what to mind. */
function mind(context: RenderContext, service: Service): Html {
  const rows = [
    // Whether it is on offer stands below the title.
    ...termRows(context, service, 'before').filter(({ kind }) => kind !== 'status'),
    ...toldRows(context, service).filter(({ kind }) => kind === 'preconditions' || kind === 'terms'),
  ];
  const eligibility = service.eligibility && context.prose(service.eligibility.markdown);
  const notes = notesHtml(context, service);
  if (rows.length === 0 && !eligibility && !notes) return html``;
  const title = context.word('handbook.notes');
  return html`<section class="mind" data-block="${title}"><h2>${title}</h2><dl class="more">${rows.map((row) => rowHtml(row, marked))}${
    eligibility && html`<div><dt>${context.word('handbook.eligibility')}</dt><dd>${eligibility}</dd></div>`
  }</dl>${notes}</section>`;
}

/** Where one goes; what holds for a sub-service alone is not another's. */
function placesOf(context: RenderContext, { place, variants }: Service): (string | undefined)[] {
  const own = (known(variants) ?? []).flatMap((variant) =>
    variant.place === undefined ? [] : [context.word('field', variant.name ?? '', variant.place)],
  );
  return place === undefined && own.length > 0 ? own : [place ?? context.handbook.office.address];
}

/** Who may apply, how, where and when, and whom to ask; what the service does not say, the office does. */
function ways(context: RenderContext, service: Service): Html[] {
  const { office } = context.handbook;
  const word = (key: string, ...values: string[]): string => context.word(`posters.${key}`, ...values);
  const named = (key: string, text: string | undefined): string | undefined =>
    text === undefined ? undefined : context.word('field', word(key), text);
  /** Names alone stand in one line. */
  const together = (texts: string[]): string[] =>
    texts.every((text) => widthOf(text) <= 12) ? [texts.join(context.word('list-comma'))] : texts;
  const cell = (key: string, texts: readonly (string | undefined)[]): Html[] => {
    const given = texts.filter((text) => text !== undefined && text !== '');
    if (given.length === 0) return [];
    return [
      html`<section class="way" data-block="${word(key)}"><h2>${word(key)}</h2><ul>${given.map((text) => html`<li>${marked(text as string)}</li>`)}</ul></section>`,
    ];
  };
  const contact = known(service.contact);
  const unit = rolesWithNotes(context, service.unit);
  const telephone = [
    contact?.telephone ?? office.telephone,
    contact?.extension && word('extension-of', contact.extension),
  ]
    .filter(Boolean)
    .join(' ');
  return [
    ...cell('who', [
      ...together(
        each(service.applicant, ({ who, joint, condition, note }) =>
          aside(context, who, known(joint) === true && context.word('joint'), condition, note),
        ),
      ),
      service.representation,
      ...yourTerms(context, service).map((text) => context.word('field', context.word('your-term'), text)),
    ]),
    ...cell(
      'channels',
      together(
        each(service.channels, ({ name, place, hours, url, note }) => aside(context, name, place, hours, note, url)),
      ),
    ),
    ...cell('where', [
      ...placesOf(context, service).map((text) => named('place', text)),
      named('hours', service.hours ?? office.hours),
    ]),
    ...cell('contact', [
      isUnconfirmed(service.contact) ? service.contact.unconfirmed : (contact?.unit ?? unit),
      named('in-charge', contact?.unit === undefined || contact.unit === unit || unit === '' ? undefined : unit),
      named('telephone', telephone || undefined),
      named('floor', contact?.floor),
      contact?.note,
    ]),
  ];
}
