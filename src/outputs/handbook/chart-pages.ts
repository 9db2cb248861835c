// How a chart stands in the book: whole or in pieces, on a page of the book or on a sheet of its own; and the steps of a
// chart as a table.

import { piecesOf } from '../../charts/split.js';
import { known } from '../../content/schema/schema.js';
import { type Html, html, join } from '../../core/html.js';
import { isChinese, tagOf } from '../../core/language.js';
import { UserError } from '../../core/terminal.js';
import type { Chart } from '../../document/context.js';
import { drawingHtml, type SvgElement } from '../../document/drawing.js';
import { stepRows } from '../../document/facts/steps.js';
import { printed } from '../../document/facts/text.js';
import { type Drawing, MM_PER_PX } from '../../document/sheet.js';
import { type BookContext, type Entry, type Format, numeral, type Turned } from './context.js';
import { round } from './page-styles.js';
import { bookChart } from './references.js';
import { heading, marked, table } from './tables.js';

/** Text in a drawing is 16 px, 12 pt. A chart of ours is laid out for its page, with type of 9.5 pt on each. */
const OWN = 9.5 / 12;
/** One that Mermaid drew is made smaller: 9 pt is the size of the tables, below 8 pt nobody reads it. */
const MOST = 9 / 12;
const LEAST = 8 / 12;

/** In mm: the heading over a chart, and the line that says it goes on. */
const HEADING = 14;
const GOES_ON = 8;

/** How a chart stands in the book: whole or in pieces, and on which sheet where the page of the book does not hold it. */
export type Fit = { scale: number; pieces: readonly Drawing[]; turned?: Turned };

/** Room for a chart, in mm. */
type Room = { width: number; height: number };

/**
 * `taken`: height in mm that headings take above the chart. Whole on the page of the book, on one turned or folded out;
 * else in pieces on such pages; undefined where not even those hold it at a size that can be read.
 */
function fitOf({ format }: BookContext, chart: Chart, leaf: string, taken: number): Fit | undefined {
  if (chart.onSheets) return ownFit(format, chart.onSheets, leaf, taken);
  const { drawing } = chart;
  const width = drawing.width * MM_PER_PX;
  const height = drawing.height * MM_PER_PX;
  const own = { suffix: '', room: roomIn(format, taken + 4), turned: undefined };
  const sheets = sheetsFor(format);
  const named = ({ suffix, turned }: { suffix: string; turned: Omit<Turned, 'name'> | undefined }) =>
    turned ? { turned: { ...turned, name: `${leaf}-${suffix}` } } : {};
  const [full, ...larger] = sheets;
  const whole = (sheet: typeof own | (typeof sheets)[number]): Fit | undefined => {
    const scale = Math.min(MOST, sheet.room.width / width, sheet.room.height / height);
    return scale >= LEAST ? { scale, pieces: [drawing], ...named(sheet) } : undefined;
  };
  const divided = (sheet: typeof own | (typeof sheets)[number]): Fit | undefined => {
    const scale = Math.min(MOST, sheet.room.width / width);
    if (scale < LEAST) return undefined;
    const pieces = piecesOf(drawing, (sheet.room.height - GOES_ON) / MM_PER_PX / scale);
    return pieces && { scale, pieces, ...named(sheet) };
  };
  for (const sheet of [own, ...sheets.slice(0, 2)]) {
    const fit = whole(sheet);
    if (fit) return fit;
  }
  // Tall charts go on to the next page; only wide ones are folded out, or on to as few turned pages as can be.
  const folded = larger.slice(1);
  for (const fit of [
    ...[own, ...(full ? [full] : [])].map(divided),
    ...folded.map(whole),
    ...larger.map(divided).sort((a, b) => (a?.pieces.length ?? 0) - (b?.pieces.length ?? 0)),
  ])
    if (fit) return fit;
  return undefined;
}

/**
 * A chart of ours on as few pages as can be: in lanes on the page of the book, on one with narrow margins, on one turned; else in
 * columns, which need less width, on the page of the book.
 */
function ownFit(
  format: Format,
  onSheets: NonNullable<Chart['onSheets']>,
  leaf: string,
  taken: number,
): Fit | undefined {
  const own = { suffix: '', room: roomIn(format, taken + 4), turned: undefined };
  const [full, wide] = sheetsFor(format);
  let best: Fit | undefined;
  for (const { sheet, form } of [
    { sheet: own, form: 'lanes' },
    { sheet: full, form: 'lanes' },
    { sheet: wide, form: 'lanes' },
    { sheet: own, form: 'columns' },
  ] as const) {
    // Upright lanes are never given up for columns, but turned pages are.
    if (!sheet || (form === 'columns' && best && best.turned?.name !== `${leaf}-${wide?.suffix}`)) continue;
    const px = (mm: number): number => Math.floor(mm / MM_PER_PX / OWN);
    const pieces = onSheets({ width: px(sheet.room.width), height: px(sheet.room.height - GOES_ON) }, form);
    if (!pieces || (best && best.pieces.length <= pieces.length)) continue;
    const turned = sheet.turned && { ...sheet.turned, name: `${leaf}-${sheet.suffix}` };
    best = { scale: OWN, pieces, ...(turned ? { turned } : {}) };
    if (pieces.length === 1) break;
  }
  return best;
}

/** The sheets of their own that charts of a book may stand on, in the order in which they are tried. */
function sheetsFor({ width, height, margins }: Format): { suffix: string; room: Room; turned: Omit<Turned, 'name'> }[] {
  const { top, outer, bottom, inner } = margins;
  const narrow = { top: top * 0.72, outer: outer * 0.9, bottom: bottom * 0.67, inner: inner * 0.85 };
  const sheet = (suffix: string, size: Omit<Format, 'name'>, tabbed = false) => ({
    suffix,
    room: roomIn(size, HEADING + 5),
    turned: { size, tabbed },
  });
  return [
    sheet('full', { width, height, margins: narrow }, true),
    sheet('wide', { width: height, height: width, margins }),
    // Two pages side by side: folded once, it is as high as the book.
    sheet('foldout', { width: width * 2, height, margins }),
  ];
}

/** What the margins leave, less `taken` mm of its height. */
const roomIn = ({ width, height, margins }: Omit<Format, 'name'>, taken: number): Room => ({
  width: width - margins.inner - margins.outer,
  height: height - margins.top - margins.bottom - taken,
});

/** How the chart of a service stands below its heading; nothing on a screen. */
export const chartFit = (context: BookContext, chart: Chart, leaf: string): Fit | undefined =>
  context.medium === 'paper' ? fitOf(context, chart, leaf, HEADING) : undefined;

/**
 * A chart `tall` mm high that may be set smaller, by the factor `least`, to stand below the text that ends at the id
 * `after`, on a page that has `room` mm.
 */
export type Yield = { after: string; tall: number; least: number; room: number };

/** Only a whole chart on a page of the book may. */
export function yieldOf(
  { format }: BookContext,
  { drawing, onSheets }: Chart,
  fit: Fit | undefined,
  after: string,
): Yield | undefined {
  // One of ours has the smallest type it may have.
  if (onSheets || !fit || fit.turned || fit.pieces.length !== 1) return undefined;
  return {
    after,
    tall: round(drawing.height * MM_PER_PX * fit.scale),
    least: round(LEAST / fit.scale),
    room: round(roomIn(format, 0).height),
  };
}

/** Throws for the charts that no sheet of the book holds, all at once. */
export function refuseTooLarge(context: BookContext): void {
  const { format } = context;
  const large = [...context.charts.values()].filter((chart) => !fitOf(context, chart, chart.id, HEADING));
  if (large.length === 0) return;
  const names = (between: string, before: string, after: string): string =>
    large.map(({ id, title }) => `${before}${title}${after}（${id}）`).join(between);
  throw new UserError(
    {
      zh: `${names('、', '「', '」')}的流程圖太大，以 8 pt 的字印在 ${format.name} 手冊最大的摺頁上仍放不下。請把程序分成幾個階段，各寫成一項服務或用「子程序」代表，或減少並列的分支；用 Mermaid 文字畫的圖請改寫成申請程序。`,
      en: `The chart of ${names(', ', '“', '”')} is too large: at 8 pt it fits not even the fold-out of the ${format.name} book. Split the procedure into stages, each a service of its own or a subprocess, or have fewer branches side by side; write a chart given as Mermaid text as a procedure.`,
    },
    1,
  );
}

/** The same where every element whose own text is Chinese says so; for a page in another language. */
const chineseSaid = (node: SvgElement): SvgElement => ({
  ...node,
  properties: node.children.some((child) => child.type === 'text' && isChinese(child.value))
    ? { ...node.properties, lang: tagOf('zh') }
    : node.properties,
  children: node.children.map((child) => (child.type === 'text' ? child : chineseSaid(child))),
});

export function chartHtml(context: BookContext, { drawing, title }: Chart, fit: Fit | undefined): Html {
  const figure = (drawn: Drawing): Html => {
    const { width, height } = drawn;
    const size =
      context.medium === 'screen' || !fit
        ? `width: ${width}px`
        : `width: calc(${(width * MM_PER_PX * fit.scale).toFixed(1)}mm * var(--yield, 1)); height: calc(${(height * MM_PER_PX * fit.scale).toFixed(1)}mm * var(--yield, 1))`;
    const said = context.medium === 'screen' && context.lang !== 'zh' ? { tree: chineseSaid(drawn.tree) } : drawn;
    return html`<figure class="chart" style="${size}">${drawingHtml(said)}</figure>`;
  };
  if (context.medium === 'screen' || !fit)
    return html`<p class="sign">${context.bookWord('chart-moves')}</p><div class="moved" role="group" aria-label="${title}">${figure(drawing)}</div>`;
  const { pieces } = fit;
  return join(
    pieces.map(
      (piece, i) =>
        html`<div class="piece">${i > 0 && html`<p class="goes-on">${context.bookWord('chart-continued')}</p>`}${figure(piece)}${
          i < pieces.length - 1 && html`<p class="goes-on">${context.bookWord('chart-goes-on')}</p>`
        }</div>`,
    ),
  );
}

export function chartsPart(
  context: BookContext,
  { id, title: partTitle }: Entry,
): { body: Html; entries: Entry[]; turned: Turned[] } | undefined {
  const charts = (known(context.handbook.book.charts) ?? []).flatMap((written) => {
    const chart = context.charts.get(written.id ?? '');
    return chart ? [{ chart, note: written.note }] : [];
  });
  if (charts.length === 0) return undefined;
  const entries = charts.map(({ chart }, i) => ({
    id: bookChart(chart.id),
    number: numeral(context, 2, i + 1),
    title: chart.title,
  }));
  const turned: Turned[] = [];
  const bodies = charts.map(({ chart, note }, i) => {
    const entry = entries[i] as Entry;
    const title = html`<span class="numeral">${entry.number}</span>${entry.title}`;
    // A single chart that is called like its part needs no second heading.
    const headed = charts.length > 1 || entry.title !== partTitle;
    const lead = note && html`<p class="lead">${marked(note)}</p>`;
    const steps = stepTable(context, chart, context.bookWord('step-table'));
    // Part title, heading and lead in mm. A chart that cannot stand under them comes after its steps.
    const leaf = `${id}-${i + 1}`;
    const under = fitOf(context, chart, leaf, i === 0 ? 50 : 24);
    const stands = under && !under.turned && under.pieces.length === 1;
    const fit = stands ? under : fitOf(context, chart, leaf, 0);
    const drawn = chartHtml(context, chart, fit);
    if (fit?.turned) turned.push(fit.turned);
    return html`${headed && heading(2, title, { id: entry.id })}${lead}${
      stands
        ? html`${drawn}${steps}`
        : html`${steps}${fit?.turned ? html`<div style="page: ${fit.turned.name}">${drawn}</div>` : drawn}`
    }`;
  });
  return {
    entries: entries.filter(({ title }) => charts.length > 1 || title !== partTitle),
    turned,
    body: join(bodies),
  };
}

export function stepTable(context: BookContext, chart: Chart, caption?: string): Html | undefined {
  if (!chart.flow || chart.flow.nodes.length === 0) return undefined;
  const total = printed(context.services.find(({ id }) => id === chart.id)?.total);
  const rows = stepRows(context, chart.flow).map((step) => [
    String(step.number),
    html`${
      (step.kind === 'decision' || step.kind === 'subprocess' || step.kind === 'document') &&
      html`<span class="tag">${context.word(`step-${step.kind}`)}</span> `
    }${marked(step.text)}${step.next.length > 0 && html`<ul class="next">${step.next.map((next) => html`<li>${next}</li>`)}</ul>`}`,
    step.actors,
    step.limit,
    step.note,
  ]);
  return html`${caption && html`<p class="table-title">${caption}</p>`}${table(
    [
      { label: context.bookWord('step-number'), cls: 'number' },
      { label: context.bookWord('step-text'), cls: 'text' },
      { label: context.bookWord('step-actors'), cls: 'actors' },
      { label: context.bookWord('step-limit'), cls: 'limit' },
      { label: context.bookWord('step-note'), cls: 'note' },
    ],
    [{ rows: total === '' ? rows : [...rows, ['', context.word('total'), '', total, '']] }],
    'steps',
  )}`;
}

/** What a chart of ours has no room for, step by step: what a duty is counted from, notes, and what all of it takes. */
export function stepNotes(context: BookContext, { id, flow }: Chart): Html | undefined {
  const total = printed(context.services.find((service) => service.id === id)?.total);
  const notes = (flow ? stepRows(context, flow) : []).flatMap(({ number, beside }) =>
    beside === '' ? [] : [html`<li value="${number}">${marked(beside)}</li>`],
  );
  if (notes.length === 0 && total === '') return undefined;
  return html`${notes.length > 0 && html`<ol class="step-notes">${notes}</ol>`}${
    total !== '' && html`<p class="small">${marked(context.word('field', context.word('total'), total))}</p>`
  }`;
}
