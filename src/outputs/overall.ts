// The charts of the book for the wall, each as large as its sheet: the way through the whole office.

import { known } from '../content/schema/schema.js';
import { type Html, html } from '../core/html.js';
import { hasSigns, isChinese, plainOf } from '../core/language.js';
import { UserError } from '../core/terminal.js';
import type { Chart, RenderContext } from '../document/context.js';
import { stampOf } from '../document/declaration.js';
import { drawingHtml } from '../document/drawing.js';
import { standardTiles } from '../document/facts/standards.js';
import type { Output } from '../document/output.js';
import { type Drawing, MM_PER_PX, type Paper } from '../document/sheet.js';
import {
  innerOf,
  isWide,
  legibilityOf,
  paragraph,
  smallestOf,
  standardList,
  unitOf,
  WALL_PAPERS,
  wallSheet,
  widthOf,
} from '../document/wall-sheet.js';

/** What is printed of the content. */
const SHOWS = ['chart', 'chart.note', 'office.name', 'office.standards', 'book.url'] as const;

export default {
  summary: { zh: '總流程圖海報', en: 'Poster of the overall chart' },
  declares: { of: 'charts', shows: SHOWS },
  papers: WALL_PAPERS,
  wall: true,
  needs: { zh: 'handbook.yaml 的「流程圖總覽」', en: '流程圖總覽 in handbook.yaml' },
  render: (context) =>
    (known(context.handbook.book.charts) ?? []).flatMap(({ id, note }) => {
      const chart = id === undefined ? undefined : context.charts.get(id);
      if (!chart) return [];
      const paper = paperFor(context, chart);
      // The standards stand below where the chart leaves them room.
      const promised = isLegible(context, chart, paper, true);
      return [
        wallSheet(context, paper, {
          stamp: stampOf(context, {
            sheet: 'overall',
            id: chart.id,
            shows: SHOWS.filter((facet) => promised || facet !== 'office.standards'),
            subject: { charts: [chart.id] },
          }),
          about: { of: [chart.id] },
          title: chart.title,
          css: 'overall/overall.css',
          body: html`<h1>${chart.title}</h1>${figure(context, chart, paper, promised)}${paragraph('note', note)}${promised && standardList(context)}`,
          told: context.word('overall.sheet'),
          most: 1.6,
          papers: WALL_PAPERS,
        }),
      ];
    }),
} satisfies Output;

/** About what head, title and foot take of the height, and a row of standards, in mm of A3: more in other languages than Chinese. */
function roomOf(context: RenderContext, { title }: Chart, paper: Paper): { around: number; row: number } {
  const lines = Math.ceil((widthOf(plainOf(title)) * 22) / innerOf(paper));
  const two = hasSigns(context.word('overall.sheet'));
  return { around: 94 + 26.4 * lines + (two ? 20 : 0), row: two || !isChinese(title) ? 38 : 27 };
}
/** Beyond this the boxes of a short procedure look blown up. */
const LARGEST = 3.4;

/** The drawing that can be largest on the sheet, and about how much larger than drawn, in mm of A3. */
function largest(
  context: RenderContext,
  chart: Chart,
  paper: Paper,
  standards: boolean,
): { drawing: Drawing; scale: number } {
  const { around, row } = roomOf(context, chart, paper);
  const rows = standards ? Math.ceil(standardTiles(context).length / (isWide(paper) ? 6 : 3)) : 0;
  const height = paper.height / unitOf(paper) - around - rows * row;
  const scaleOf = (drawing: Drawing): number =>
    Math.min(innerOf(paper) / (drawing.width * MM_PER_PX), height / (drawing.height * MM_PER_PX), LARGEST);
  const all = [chart.drawing, ...(isWide(paper) && chart.wide ? [chart.wide] : [])];
  return all
    .map((drawing) => ({ drawing, scale: scaleOf(drawing) }))
    .reduce((one, other) => (other.scale > one.scale ? other : one));
}
/** How high the text of the chart may be there, in mm. */
const textOf = (context: RenderContext, chart: Chart, paper: Paper, standards: boolean): number =>
  16 * MM_PER_PX * largest(context, chart, paper, standards).scale * unitOf(paper);
const isLegible = (context: RenderContext, chart: Chart, paper: Paper, standards = false): boolean =>
  textOf(context, chart, paper, standards) >= smallestOf(context, paper);

/** The paper asked for; where none was, the first from A3 on that the chart can be read on. */
function paperFor(context: RenderContext, chart: Chart): Paper {
  const own = ['A3', 'A2', 'A1'].find((name) => isLegible(context, chart, context.paperNamed(name))) ?? 'A0';
  const paper = context.paper(own);
  if (isLegible(context, chart, paper)) return paper;
  const larger = WALL_PAPERS.map(context.paperNamed).find((other) => isLegible(context, chart, other));
  const rule = legibilityOf(context, paper);
  const at = textOf(context, chart, paper, false);
  throw new UserError(
    {
      zh: `流程圖「${chart.title}」印在 ${paper.name} 上，字只有 ${at.toFixed(1)} mm 高，看不清楚。請${
        larger ? `改用 ${larger.name}（--paper ${larger.name}）、` : ''
      }改變紙張方向（--landscape）、縮短步驟的文字，或民眾站得較近時寫明距離（--distance）。${rule.zh}`,
      en: `On ${paper.name} the text of the chart "${chart.title}" is but ${at.toFixed(1)} mm high, too small to be read. ${
        larger ? `Choose a larger paper (--paper ${larger.name}), turn` : 'Turn'
      } the sheet (--landscape), shorten the steps, or say so where readers stand closer (--distance). ${rule.en}`,
    },
    1,
  );
}

/** It takes the room there is; the least it must have keeps its text legible. */
function figure(context: RenderContext, chart: Chart, paper: Paper, standards: boolean): Html {
  const { drawing } = largest(context, chart, paper, standards);
  const least = smallestOf(context, paper) / 16;
  const size = [drawing.width, drawing.height].flatMap((px) => [px * least, px * MM_PER_PX * LARGEST * unitOf(paper)]);
  const [minWidth, maxWidth, minHeight, maxHeight] = size.map((mm) => `${mm.toFixed(1)}mm`);
  return html`<figure class="chart" data-block="${chart.title}" style="min-width: ${minWidth}; max-width: ${maxWidth}; min-height: ${minHeight}; max-height: ${maxHeight}">${drawingHtml(drawing)}</figure>`;
}
