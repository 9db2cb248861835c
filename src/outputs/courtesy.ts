// How people are served, for the wall: the principles as large as the sheet allows, and the manners below them.

import { isUnconfirmed, type Unconfirmed } from '../content/schema/schema.js';
import { type Html, html } from '../core/html.js';
import type { RenderContext } from '../document/context.js';
import type { Output } from '../document/output.js';
import type { Paper } from '../document/sheet.js';
import { innerOf, isWide, officePoster, paragraph, sourcesOf, WALL_PAPERS, widthOf } from '../document/wall-sheet.js';
import { mark, wordsUnder } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = ['office.name', 'office.principles', 'office.attitude', 'office.sources', 'book.url'] as const;

export default {
  summary: { zh: '服務要點與服務態度海報', en: 'Poster of how people are served' },
  declares: { of: 'office', shows: SHOWS },
  papers: WALL_PAPERS,
  wall: true,
  needs: { zh: 'office.yaml 的「服務要點」或「服務態度」', en: '服務要點 or 服務態度 in office.yaml' },
  render(context) {
    const { principles, attitude } = context.handbook.office;
    const paper = context.paper('A3');
    const [first, second] = [words(principles), words(attitude)];
    if (first.length + second.length === 0) return [];
    const title = word(context, first.length > 0 ? 'title' : 'attitude');
    return [
      officePoster(context, 'courtesy', {
        shows: SHOWS,
        title,
        body: html`${large(first, paper)}${second.length > 0 && manners(context, second, paper, first.length > 0)}${paragraph(
          'basis',
          sourcesOf(context, context.handbook.office, 'principles', 'attitude'),
        )}`,
      }),
    ];
  },
} satisfies Output;

const word = wordsUnder('courtesy');

const words = (list: readonly string[] | Unconfirmed | undefined): string[] =>
  isUnconfirmed(list) ? [list.unconfirmed] : [...(list ?? [])];

/** As many in a row as the sheet is wide for: one size for all, that of the longest. */
function large(list: readonly string[], paper: Paper): Html | false {
  if (list.length === 0) return false;
  const longest = list.reduce((most, text) => Math.max(most, widthOf(text)), 1.4);
  const across = columnsFor(list.length, isWide(paper) ? 4 : 2, longest <= 6);
  const width = innerOf(paper) / across;
  return html`<ul class="principles" style="--across: ${across}; --most: ${((width * 0.8) / longest).toFixed(1)}">${list.map((text) => html`<li>${mark(text)}</li>`)}</ul>`;
}

function manners(context: RenderContext, list: readonly string[], paper: Paper, headed: boolean): Html {
  const longest = list.reduce((most, text) => Math.max(most, widthOf(text)), 0);
  const across = columnsFor(list.length, isWide(paper) ? 3 : 2, longest <= 13);
  const label = word(context, 'attitude');
  return html`<section class="attitude" data-block="${label}">${headed && html`<h2>${label}</h2>`}<ul style="--across: ${across}">${list.map((text) => html`<li>${mark(text)}</li>`)}</ul></section>`;
}

/** Rows of equal length where that can be. */
const columnsFor = (count: number, most: number, short: boolean): number =>
  !short
    ? 1
    : (Array.from({ length: most }, (_, i) => most - i).find((n) => n > 1 && count % n === 0) ?? Math.min(most, count));
