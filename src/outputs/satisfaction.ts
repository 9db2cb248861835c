// The slip on which people say how they were served: what the office has promised, and how it was kept.

import { isUnconfirmed } from '../content/schema/schema.js';
import { type Html, html } from '../core/html.js';
import type { RenderContext } from '../document/context.js';
import { BOX, blank, blanks, lines, officeSlip, privacyNotice, replyWanted } from '../document/counter-sheet.js';
import { standardTiles } from '../document/facts/standards.js';
import { amongWords, marked } from '../document/facts/text.js';
import type { Output } from '../document/output.js';
import { wordsUnder } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = ['office.name', 'office.standards', 'office.attitude', 'office.privacy'] as const;

export default {
  summary: {
    zh: '服務滿意度調查（A5，一張 A4 兩份）',
    en: 'Slips on how people were served (A5, two on A4)',
  },
  declares: { of: 'office', shows: SHOWS },
  papers: ['A4', 'A5'],
  render: (context) => [
    officeSlip(context, 'satisfaction', {
      shows: SHOWS,
      title: word(context, 'title'),
      body: slipHtml(context),
      fit: { least: (context.second === undefined ? 9 : 8.5) / 10.5, most: 1, flows: true },
    }),
  ],
} satisfies Output;

const word = wordsUnder('satisfaction');

/** From the best to the worst. */
const ANSWERS = ['very-good', 'good', 'fair', 'poor', 'very-poor'] as const;
/** What a visitor at the counter can judge of what is promised. */
const SEEN = new Set(['guide', 'counter', 'visits']);

function slipHtml(context: RenderContext): Html {
  return html`<p>${word(context, 'welcome')}</p>${blanks([
    blank(word(context, 'service'), 4),
    blank(context.word('desk.date'), 2),
  ])}<table class="answers"><thead><tr><th scope="col">${word(context, 'asked')}</th>${ANSWERS.map(
    (key) => html`<th class="answer" scope="col">${word(context, key)}</th>`,
  )}</tr></thead><tbody>${questions(context).map(
    (text) =>
      html`<tr><th scope="row">${marked(text)}</th>${ANSWERS.map(() => html`<td class="answer">${BOX}</td>`)}</tr>`,
  )}</tbody></table><section><h2>${word(context, 'words')}</h2>${lines(context.second === undefined ? 3 : 1)}</section>${replyWanted(context)}${blanks(
    [blank(word(context, 'name'), 3), blank(word(context, 'reach'), 3)],
  )}${privacyNotice(context)}`;
}

/** Each promise with its value, how people were met, and what every visitor meets. */
function questions(context: RenderContext): string[] {
  const promised = standardTiles(context).flatMap(({ standard, label, value }) =>
    SEEN.has(standard) ? [`${label}${isUnconfirmed(value) ? '' : context.word('brackets', value)}`] : [],
  );
  const { attitude } = context.handbook.office;
  const met = isUnconfirmed(attitude) || attitude === undefined ? '' : amongWords(context, attitude.slice(0, NAMED));
  const manner = word(context, 'manner');
  return [
    ...promised,
    met === '' ? manner : `${manner}${context.word('brackets', met)}`,
    ...['explained', 'found', 'whole'].map((key) => word(context, key)),
  ];
}
/** Words of how people are met that a row has room for. */
const NAMED = 4;
