// The slip for the opinion box: two on a sheet, to be cut.

import { isUnconfirmed, known } from '../content/schema/schema.js';
import { type Html, html } from '../core/html.js';
import type { Kit } from '../document/context.js';
import { blank, blanks, choices, lines, officeSlip } from '../document/counter-sheet.js';
import { marked } from '../document/facts/text.js';
import type { Output } from '../document/output.js';

/** What is printed of the content. */
const SHOWS = ['office.name', 'office.complaint', 'office.address', 'office.telephone', 'office.email'] as const;

export default {
  summary: { zh: '便民意見箱的意見單（A5，一張 A4 兩份）', en: 'Slips for the opinion box (A5, two on A4)' },
  declares: { of: 'office', shows: SHOWS },
  papers: ['A4', 'A5'],
  render(kit) {
    return [
      officeSlip(kit, 'opinion', {
        shows: SHOWS,
        title: say(kit, 'title'),
        kind: say(kit, 'box'),
        body: slipHtml(kit),
        fit: { least: 9 / 10.5, most: 1, flows: true },
      }),
    ];
  },
} satisfies Output;

const say = (kit: Kit, key: string, ...values: string[]): string => kit.word(`opinion.${key}`, ...values);

function slipHtml(kit: Kit): Html {
  const { office } = kit.handbook;
  const answer = known(office.standards)?.complaint;
  const by =
    answer === undefined
      ? undefined
      : isUnconfirmed(answer)
        ? kit.word('field', kit.word('standard-complaint'), answer.unconfirmed)
        : say(kit, 'answered', answer.printed);
  const reached = (['address', 'telephone', 'email'] as const).flatMap((key) =>
    office[key] ? [html`<span>${marked(kit.word('field', say(kit, `office-${key}`), office[key]))}</span>`] : [],
  );
  return html`<div><p>${say(kit, 'welcome')}</p>${choices([say(kit, 'kind-opinion'), say(kit, 'kind-report')])}</div>${blanks([blank(say(kit, 'about'), 6)])}<section class="words"><h2>${say(kit, 'words')}</h2>${lines(
    kit.second === undefined ? 9 : 4,
  )}</section>${blanks([
    blank(say(kit, 'name'), 3),
    blank(kit.word('desk.telephone'), 3),
    blank(say(kit, 'address'), 6),
    blank(kit.word('desk.date'), 6, kit.word('desk.roc-date')),
  ])}<div class="more">${by && html`<p>${marked(by)}</p>`}${reached.length > 0 && html`<p class="reached">${reached}</p>`}</div>`;
}
