// The slip for the opinion box: two on a sheet, to be cut.

import { isUnconfirmed, known } from '../content/schema/schema.js';
import { type Html, html } from '../core/html.js';
import type { RenderContext } from '../document/context.js';
import { blank, blanks, choices, lines, officeSlip, privacyNotice, replyWanted } from '../document/counter-sheet.js';
import { marked } from '../document/facts/text.js';
import type { Output } from '../document/output.js';
import { wordsUnder } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = [
  'office.name',
  'office.complaint',
  'office.address',
  'office.telephone',
  'office.email',
  'office.privacy',
] as const;
/** What sheets of the format before it printed. */
const BEFORE = SHOWS.filter((facet) => facet !== 'office.privacy');

export default {
  summary: { zh: '便民意見箱的意見單（A5，一張 A4 兩份）', en: 'Slips for the opinion box (A5, two on A4)' },
  declares: { of: 'office', shows: SHOWS, before: [BEFORE] },
  papers: ['A4', 'A5'],
  render(context) {
    return [
      officeSlip(context, 'opinion', {
        shows: SHOWS,
        title: word(context, 'title'),
        kind: word(context, 'box'),
        body: slipHtml(context),
        fit: { least: (context.second === undefined ? 9 : 8.5) / 10.5, most: 1, flows: true },
      }),
    ];
  },
} satisfies Output;

const word = wordsUnder('opinion');

function slipHtml(context: RenderContext): Html {
  const { office } = context.handbook;
  const answer = known(office.standards)?.complaint;
  const by =
    answer === undefined
      ? undefined
      : isUnconfirmed(answer)
        ? context.word('field', context.word('standard-complaint'), answer.unconfirmed)
        : word(context, 'answered', answer.printed);
  const reached = (['address', 'telephone', 'email'] as const).flatMap((key) =>
    office[key]
      ? [html`<span>${marked(context.word('field', word(context, `office-${key}`), office[key]))}</span>`]
      : [],
  );
  return html`<div><p>${word(context, 'welcome')}</p>${choices([word(context, 'kind-opinion'), word(context, 'kind-report')])}</div>${blanks([blank(word(context, 'about'), 6)])}<section class="words"><h2>${word(context, 'words')}</h2>${lines(
    context.second === undefined ? 6 : 2,
  )}</section>${blanks([
    blank(word(context, 'name'), 3),
    blank(context.word('desk.telephone'), 3),
    blank(word(context, 'address'), 6),
    blank(context.word('desk.date'), 6, context.word('desk.roc-date')),
  ])}${replyWanted(context)}${privacyNotice(context)}<div class="more">${by && html`<p>${marked(by)}</p>`}${reached.length > 0 && html`<p class="reached">${reached}</p>`}</div>`;
}
