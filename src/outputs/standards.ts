// The service standards for the wall: what is promised, each as a numeral that is read from afar.

import { known, type Unconfirmed } from '../content/schema/schema.js';
import { type Html, html, join } from '../core/html.js';
import type { Kit } from '../document/context.js';
import { standardTiles } from '../document/facts/standards.js';
import type { Output } from '../document/output.js';
import { numeral, officePoster, paragraph, sourcesOf, WALL_PAPERS } from '../document/wall-sheet.js';

/** What is printed of the content. */
const SHOWS = ['office.name', 'office.standards', 'office.standard-notes', 'book.url'] as const;

export default {
  summary: { zh: '服務標準海報', en: 'Poster of the service standards' },
  declares: { of: 'office', shows: SHOWS },
  papers: WALL_PAPERS,
  wall: true,
  needs: { zh: 'office.yaml 的「服務標準」', en: '服務標準 in office.yaml' },
  render(kit) {
    const tiles = tilesOf(kit);
    if (tiles.length === 0) return [];
    return [
      officePoster(kit, 'standards', {
        shows: SHOWS,
        title: say(kit, 'title'),
        body: html`<dl class="standards">${tiles}</dl>${more(kit)}`,
      }),
    ];
  },
} satisfies Output;

const say = (kit: Kit, key: string): string => kit.word(`standards.${key}`);

/** One tile a promise; the telephone's two, seconds and rings, are one. */
function tilesOf(kit: Kit): Html[] {
  const values = new Map(standardTiles(kit).map(({ standard, value }) => [standard as string, value]));
  const tile = (key: string, parts: readonly Html[]): Html[] =>
    parts.length === 0
      ? []
      : [
          html`<div data-block="${say(kit, key)}"${parts.length > 1 && html` class="double"`}><dt>${say(kit, key)}</dt><dd>${join(
            parts,
            html` <span class="or">${say(kit, 'or')}</span> `,
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
    ...tile('telephone', [...value('answer'), ...value('rings', say(kit, 'rings'))]),
    ...tile('complaint', value('complaint')),
  ];
}

function more(kit: Kit): Html {
  const standards = known(kit.handbook.office.standards);
  const notes = standards?.notes;
  return html`${notes && html`<div class="notes" data-block="${kit.word('remark')}">${kit.prose(notes.markdown)}</div>`}${paragraph('basis', sourcesOf(kit, standards))}`;
}
