// The register of complaints and replies, with the day by which each is to be answered.

import { isUnconfirmed, known } from '../content/schema/schema.js';
import { html } from '../core/html.js';
import { blank, blanks, counterSheet, head, pageHtml, ruledTable } from '../document/counter-sheet.js';
import { stampOf } from '../document/declaration.js';
import type { Output } from '../document/output.js';
import { mark, wordsUnder } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = ['office.name', 'office.complaint'] as const;

export default {
  summary: { zh: '民眾陳情、抱怨及回復登記表（A4 橫式）', en: 'Register of complaints and replies (A4 lying)' },
  declares: { of: 'office', shows: SHOWS },
  papers: ['A4'],
  oneLanguage: true,
  render(context) {
    const stamp = stampOf(context, { sheet: 'complaints', id: 'complaints', shows: SHOWS });
    const limit = known(context.handbook.office.standards)?.complaint;
    const within = limit !== undefined && !isUnconfirmed(limit) ? limit.printed : undefined;
    const columns = COLUMNS.map((key): [string, string] => [
      key,
      key === 'due' && within !== undefined ? word(context, 'due-within', within) : word(context, key),
    ]);
    return [
      counterSheet(context, {
        file: 'counter/complaints.pdf',
        stamp,
        about: { of: [] },
        title: word(context, 'title'),
        css: 'complaints/complaints.css',
        body: pageHtml(context, {
          stamp,
          name: word(context, 'title'),
          head: head(context, { subject: word(context, 'title') }),
          body: html`${blanks([
            blank(word(context, 'period'), 2, word(context, 'year-month')),
            blank(context.word('desk.unit'), 2),
            blank(word(context, 'kept-by'), 2),
          ])}<p class="more">${
            isUnconfirmed(limit)
              ? mark(context.word('field', context.word('standard-complaint'), limit.unconfirmed))
              : within !== undefined && word(context, 'rule', within)
          }</p>${ruledTable(
            columns,
            Array.from({ length: ROWS }, (_, i) => [String(i + 1)]),
          )}<div class="signatures"><p>${word(context, 'signed-clerk')}</p><p>${word(context, 'signed-head')}</p><p>${word(context, 'signed-decider')}</p></div>`,
        }),
        fit: { least: 9 / 10.5, most: 1, flows: true },
      }),
    ];
  },
} satisfies Output;

const word = wordsUnder('complaints');
/** What a sheet has room for, 9 mm a line. */
const ROWS = 10;
const COLUMNS = [
  'number',
  'received',
  'channel',
  'who',
  'matter',
  'unit',
  'due',
  'answered',
  'days',
  'outcome',
] as const;
