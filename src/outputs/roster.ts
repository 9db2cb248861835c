// The roster of the service desk: who is on duty when, with the volunteers; days and names to be written in where none is declared.

import { isUnconfirmed, known } from '../content/schema/schema.js';
import { type Html, html } from '../core/html.js';
import type { RenderContext } from '../document/context.js';
import { blank, blanks, counterSheet, head, pageHtml, ruledTable } from '../document/counter-sheet.js';
import { stampOf } from '../document/declaration.js';
import { amongWords } from '../document/facts/text.js';
import type { Output } from '../document/output.js';
import { mark, wordsUnder } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = ['office.name', 'office.roster', 'office.volunteers'] as const;

export default {
  summary: { zh: '服務台輪值表（A4）：專人與志工', en: 'Roster of the service desk (A4): staff and volunteers' },
  declares: { of: 'office', shows: SHOWS },
  papers: ['A4'],
  oneLanguage: true,
  render(context) {
    const stamp = stampOf(context, { sheet: 'roster', id: 'roster', shows: SHOWS });
    return [
      counterSheet(context, {
        file: 'counter/roster.pdf',
        stamp,
        about: { of: [] },
        title: word(context, 'title'),
        css: 'roster/roster.css',
        body: pageHtml(context, {
          stamp,
          name: word(context, 'title'),
          head: head(context, { subject: word(context, 'title') }),
          body: html`${blanks([
            blank(word(context, 'period'), 3, word(context, 'from-to')),
            blank(word(context, 'kept-by'), 3),
          ])}<section><h2>${word(context, 'on-duty')}</h2>${duty(context)}</section>${volunteers(context)}<section><h2>${word(
            context,
            'changes',
          )}</h2>${ruledTable(
            changeColumns(context),
            Array.from({ length: CHANGES }, () => []),
          )}</section><div class="signatures"><p>${word(context, 'signed-desk')}</p><p>${word(context, 'signed-decider')}</p></div>`,
        }),
        fit: { least: 9 / 10.5, most: 1, flows: true },
      }),
    ];
  },
} satisfies Output;

const word = wordsUnder('roster');
/** Changes of duty that a sheet has room for. */
const CHANGES = 4;

const changeColumns = (context: RenderContext): [string, string][] =>
  (['when', 'instead-of', 'stands-in', 'agreed'] as const).map((key) => [key, word(context, key)]);

/** As the office has declared it; else each half of a working day, with room for both. */
function duty(context: RenderContext): Html {
  const { roster } = context.handbook.office;
  if (isUnconfirmed(roster)) return html`<p>${mark(roster)}</p>`;
  const declared = (roster ?? []).map(({ when = '', who, desk = '', note = '' }) => [
    when,
    amongWords(context, who),
    '',
    desk,
    '',
    note,
  ]);
  const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].flatMap((day) =>
    ['morning', 'afternoon'].map((half) => [word(context, 'half-day', word(context, day), word(context, half))]),
  );
  return ruledTable(
    (['when', 'who', 'volunteer', 'desk', 'stands-in', 'note'] as const).map((key) => [key, word(context, key)]),
    declared.length > 0 ? declared : days,
  );
}

/** Who helps, when, and with what. */
function volunteers(context: RenderContext): Html | false {
  const list = known(context.handbook.office.volunteers) ?? [];
  return (
    list.length > 0 &&
    html`<section><h2>${word(context, 'volunteers')}</h2>${ruledTable(
      (['volunteer', 'when', 'duties'] as const).map((key) => [key, word(context, key)]),
      list.map(({ name = '', when = '', duties = '' }) => [name, when, duties]),
    )}</section>`
  );
}
