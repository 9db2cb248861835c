// The posters: each service on one sheet that can be read from where people stand: a head of its category's colour, and a row
// a question.

import type { Service } from '../../content/schema/service.js';
import { type Html, html, join } from '../../core/html.js';
import { firstOf, hasSigns, isChinese, plainOf, secondOf } from '../../core/language.js';
import { setFirst } from '../../core/two-languages.js';
import { categoryMarkOf } from '../../document/category-mark.js';
import type { RenderContext } from '../../document/context.js';
import { stampOfService } from '../../document/declaration.js';
import { statusText } from '../../document/facts/terms.js';
import { fullWidthsOf, wrapLabel } from '../../document/line-breaking.js';
import type { Output } from '../../document/output.js';
import { asWritten, forCitizens, knowsNoFact, openLine } from '../../document/quiet.js';
import type { Paper, Sheet } from '../../document/sheet.js';
import { isWide, marked, paragraph, WALL_PAPERS, wallSheet, widthOf } from '../../document/wall-sheet.js';
import { numberInBook } from '../../document/way.js';
import { answers, papers } from './facts.js';
import { type Context, paired, TELLS, textOf } from './rows.js';
import { mind, steps, variants, ways } from './told.js';

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
const MOST = 2.6;

/** Nothing to tell the hall: no fact, no way, nobody who may apply and no place to go. */
const isEmpty = (context: RenderContext, service: Service): boolean =>
  !context.workingCopy &&
  knowsNoFact(context, service) &&
  [service.applicant, service.channels, service.place, service.representation, service.variants].every(
    (each) => each === undefined,
  ) &&
  !context.charts.has(service.id);

function posterOf(context: RenderContext, service: Service, paper: Paper, open: string | undefined): Sheet {
  const category = categoryMarkOf(context, service);
  const { rows, few } = body(context, service, paper);
  return wallSheet(context, paper, {
    stamp: stampOfService(context, 'posters', service, SHOWS),
    about: { service: service.id },
    title: service.name,
    css: 'posters/poster.css',
    right: category && html`${category.sign}${marked(category.name)}`,
    body: html`${title(context, service, paper, few)}${rows}`,
    more: context.word('in-book', `${numberInBook(context, service)}${service.name}`),
    open,
    expects: [plainOf(service.name)],
    most: MOST,
    layouts: ['whole', 'most', 'afar', 'halfway'],
    band: { colour: category?.colour },
    flows: context.sheets,
    papers: WALL_PAPERS,
  });
}

/** As large as fits on one line, or on more when the name is long, parted where a reader would pause; above `many` words less large. */
function title(context: RenderContext, { name, summary, status }: Service, paper: Paper, many: boolean): Html {
  const line = isWide(paper) ? 16 : many ? 14 : 10;
  const first = firstOf(name);
  const width = widthOf(plainOf(first));
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
  return html`<div class="title"><h1${parts.length > 1 && html` class="two"`} style="--characters: ${Math.max(4, Math.min(characters, line + 6)).toFixed(2)}">${setFirst(name, () => join(parts.map(hyphensKept), html`<br>`))}</h1>${paragraph('status', statusText(context, status))}${paragraph('summary', summary)}</div>`;
}

/** No short word of two (Wi-Fi) is parted at its hyphen. */
const hyphensKept = (text: string): Html =>
  join(
    text
      .split(/(?<![A-Za-z-])([A-Za-z]{1,8}-[A-Za-z]{1,8})(?![A-Za-z-])/)
      .map((part, i) => (i % 2 === 1 ? html`<span class="kept">${part}</span>` : html`${part}`)),
  );

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

// ---------------------------------------------------------------- the rows

/**
 * A row a question, in the order they are asked: what to bring, how it goes, what it costs, how long it takes, who
 * decides; then who, how, where and whom to ask, and what to mind. A lying sheet has two columns of them.
 */
function body(context: RenderContext, service: Service, paper: Paper): { rows: Html; few: boolean } {
  for (const brief of [false, true]) {
    const rows = rowsOf({ ...context, brief, few: false }, service, paper);
    if (widthOf(textOf(rows)) <= FULL) return { rows, few: false };
  }
  return { rows: rowsOf({ ...context, brief: true, few: true }, service, paper), few: true };
}
/** Characters that leave every text of a poster about as large as what matters most. */
const FULL = 255;

function rowsOf(context: Context, service: Service, paper: Paper): Html {
  const bring = papers(context, service);
  const how = steps(context, service, paper);
  const facts = answers(context, service);
  const others = ways(context, service);
  const below = [...variants(context, service), ...mind(context, service)];
  const all = [bring, ...how, ...facts, ...others, ...below];
  const style = html`--label: ${Math.max(4, ...all.map(({ label }) => longestWord(label))).toFixed(2)}`;
  if (!isWide(paper)) return html`<div class="rows" style="${style}">${paired(all)}</div>`;
  // Down one column and on in the next, parted where both are about as long.
  const lengths = all.map(({ html: row }) => linesOf(row));
  const sum = (some: readonly number[]): number => some.reduce((one, other) => one + other, 0);
  const uneven = (at: number): number => Math.abs(sum(lengths.slice(0, at)) - sum(lengths.slice(at)));
  const at = lengths.reduce((best, _, i) => (uneven(i + 1) < uneven(best) ? i + 1 : best), 1);
  const columns = [all.slice(0, at), all.slice(at)];
  return html`<div class="rows" style="${style}">${columns.map((rows) => html`<div class="column">${paired(rows)}</div>`)}</div>`;
}

/** About how many lines a row takes in a column of a lying sheet. */
const linesOf = (row: Html): number =>
  row
    .toString()
    .split(/<(?=li|p|h3|dd)/)
    .reduce((lines, part) => lines + Math.ceil(widthOf(part.replace(/^[^>]*>|<[^>]*>/g, '').trim()) / 16), 0.6);

/** Characters of what cannot be parted in a label. */
const longestWord = (label: string): number =>
  Math.max(
    ...[plainOf(label), plainOf(secondOf(label))].flatMap((side, i) =>
      side.split(' ').map((word) => (isChinese(word) ? 4 : widthOf(word) * 1.08 * (i === 0 ? 1 : 0.85))),
    ),
  );
