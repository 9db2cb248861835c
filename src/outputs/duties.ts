// Which unit to ask, for the wall: each unit of the office, where it is, how it is reached and what it is for.

import { isUnconfirmed, known } from '../content/schema/schema.js';
import { saysUnconfirmed } from '../content/schema/tree.js';
import { type Html, html } from '../core/html.js';
import type { RenderContext } from '../document/context.js';
import type { Output } from '../document/output.js';
import { forCitizens } from '../document/quiet.js';
import { marked, officePoster, phrased, WALL_PAPERS } from '../document/wall-sheet.js';
import { mark, wordsUnder } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = ['office.name', 'office.units', 'book.url'] as const;

export default {
  summary: { zh: '各單位職掌海報：要找哪個單位', en: 'Poster of the units: which to ask for what' },
  declares: { of: 'office', shows: SHOWS },
  papers: WALL_PAPERS,
  wall: true,
  needs: { zh: 'office.yaml「單位」的「職掌」', en: '職掌 of the 單位 in office.yaml' },
  render(whole) {
    const context = forCitizens(whole);
    const units = unitsOf(context);
    if (units.length === 0) return [];
    return [
      officePoster(context, 'duties', {
        shows: SHOWS,
        title: word(context, 'title'),
        body: html`<dl class="duties">${units}</dl>`,
      }),
    ];
  },
} satisfies Output;

const word = wordsUnder('duties');

/** Those that say what they are for; a name alone tells nobody where to go. */
function unitsOf(context: RenderContext): Html[] {
  const { units } = context.handbook.office;
  if (isUnconfirmed(units)) return [html`<div><dd>${mark(units)}</dd></div>`];
  return (known(units) ?? []).flatMap(({ name = '', floor, telephone, extension, duties }) => {
    if (duties === undefined) return [];
    const reached = [
      telephone && context.word('field', word(context, 'telephone'), telephone),
      extension && word(context, 'extension', extension),
    ].filter((text): text is string => typeof text === 'string' && text !== '' && !saysUnconfirmed(text));
    const at = floor !== undefined && !saysUnconfirmed(floor) && floor;
    return [
      html`<div data-block="${name}"><dt>${phrased(name)}${at && html` <span class="floor">${marked(at)}</span>`}</dt><dd>${marked(duties)}${reached.map(
        (text) => html`<span class="reached">${marked(text)}</span>`,
      )}</dd></div>`,
    ];
  });
}
