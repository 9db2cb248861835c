// The service standards for the wall: what is promised, each as a numeral that is read from afar.

import { known, type Unconfirmed } from '../content/schema/schema.js';
import { type Html, html, join } from '../core/html.js';
import type { RenderContext } from '../document/context.js';
import { standardTiles } from '../document/facts/standards.js';
import type { Output } from '../document/output.js';
import { numeral, officePoster, paragraph, sourcesOf, WALL_PAPERS } from '../document/wall-sheet.js';
import { wordsUnder } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = ['office.name', 'office.standards', 'office.standard-notes', 'book.url'] as const;

export default {
  summary: { zh: '服務標準海報', en: 'Poster of the service standards' },
  declares: { of: 'office', shows: SHOWS },
  papers: WALL_PAPERS,
  wall: true,
  needs: { zh: 'office.yaml 的「服務標準」', en: '服務標準 in office.yaml' },
  render(context) {
    const tiles = tilesOf(context);
    if (tiles.length === 0) return [];
    return [
      officePoster(context, 'standards', {
        shows: SHOWS,
        title: word(context, 'title'),
        body: html`<dl class="standards">${tiles}</dl>${more(context)}`,
      }),
    ];
  },
} satisfies Output;

const word = wordsUnder('standards');

/** One tile a promise; the telephone's two, seconds and rings, are one. */
function tilesOf(context: RenderContext): Html[] {
  const values = new Map(standardTiles(context).map(({ standard, value }) => [standard as string, value]));
  const tile = (key: string, parts: readonly Html[]): Html[] =>
    parts.length === 0
      ? []
      : [
          html`<div data-block="${word(context, key)}"${parts.length > 1 && html` class="double"`}><dt>${word(context, key)}</dt><dd>${join(
            parts,
            html` <span class="or">${word(context, 'or')}</span> `,
          )}</dd></div>`,
        ];
  const value = (key: string, before = ''): Html[] => {
    const given: string | Unconfirmed | undefined = values.get(key);
    if (given === undefined) return [];
    const number = numeral(typeof given === 'string' ? `${before}${given}` : given);
    return [html`<span class="value">${number}</span>`];
  };
  return [
    ...tile('guide', value('guide')),
    ...tile('counter', value('counter')),
    ...tile('visits', value('visits')),
    ...tile('telephone', [...value('answer'), ...value('rings', word(context, 'rings'))]),
    ...tile('complaint', value('complaint')),
  ];
}

function more(context: RenderContext): Html {
  const standards = known(context.handbook.office.standards);
  const notes = standards?.notes;
  return html`${notes && html`<div class="notes" data-block="${context.word('remark')}">${context.prose(notes.markdown)}</div>`}${paragraph('basis', sourcesOf(context, standards))}`;
}
