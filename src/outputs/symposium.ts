// The meeting with the units concerned, where a matter is also another office's: its agenda, and what was agreed.

import { known } from '../content/schema/schema.js';
import { html } from '../core/html.js';
import type { RenderContext } from '../document/context.js';
import { blank, blanks, choices, counterSheet, head, lines, pageHtml, ruledTable } from '../document/counter-sheet.js';
import { stampOf } from '../document/declaration.js';
import type { Output } from '../document/output.js';
import { wordsUnder } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = ['office.name', 'office.related-names'] as const;

export default {
  summary: {
    zh: '便民服務座談會的議程與紀錄（A4）',
    en: 'Agenda and record of a meeting with the offices concerned (A4)',
  },
  declares: { of: 'office', shows: SHOWS },
  papers: ['A4'],
  oneLanguage: true,
  render(context) {
    const stamp = stampOf(context, { sheet: 'symposium', id: 'symposium', shows: SHOWS });
    const page = (part: 'agenda' | 'record', body: ReturnType<typeof html>) =>
      pageHtml(context, {
        stamp,
        name: word(context, part),
        head: head(context, { kind: word(context, part), subject: word(context, 'title') }),
        body,
      });
    return [
      counterSheet(context, {
        file: 'counter/symposium.pdf',
        stamp,
        about: { of: [] },
        title: word(context, 'title'),
        css: 'symposium/symposium.css',
        body: [page('agenda', agenda(context)), page('record', record(context))],
        fit: { least: 9 / 10.5, most: 1, flows: true, apart: true, alike: true },
      }),
    ];
  },
} satisfies Output;

const word = wordsUnder('symposium');

/** In this order; times and who speaks are written in. */
const ITEMS = ['arrival', 'opening', 'report', 'exchange', 'proposals', 'motions', 'closing'] as const;

const when = (context: RenderContext) => [
  blank(word(context, 'subject'), 6),
  blank(context.word('desk.date'), 3, context.word('desk.roc-date')),
  blank(word(context, 'hours'), 3),
  blank(word(context, 'place'), 3),
  blank(word(context, 'chair'), 3),
];

/** Whom to ask to come: the offices that the book names. */
function agenda(context: RenderContext) {
  const offices = (known(context.handbook.office.offices) ?? []).flatMap(({ name }) => (name ? [name] : []));
  return html`${blanks(when(context))}<section><h2>${word(context, 'invited')}</h2>${choices([...offices, word(context, 'other')])}${lines(1)}</section><section><h2>${word(
    context,
    'agenda',
  )}</h2>${ruledTable(
    [
      ['time', word(context, 'time')],
      ['item', word(context, 'item')],
      ['speaker', word(context, 'speaker')],
    ],
    ITEMS.map((item) => ['', word(context, item), '']),
  )}</section><section><h2>${word(context, 'proposals')}</h2>${ruledTable(
    [
      ['number', word(context, 'number')],
      ['case', word(context, 'case')],
      ['unit', word(context, 'unit')],
      ['remark', word(context, 'reason')],
    ],
    ['1', '2', '3', '4'].map((number) => [number]),
  )}</section><div class="signatures"><p>${word(context, 'signed-clerk')}</p><p>${word(context, 'signed-decider')}</p></div>`;
}

/** What was said and agreed, who sees to it by when, and what became of it. */
const record = (context: RenderContext) =>
  html`${blanks([...when(context), blank(word(context, 'taken-by'), 6)])}<section><h2>${word(context, 'present')}</h2>${lines(3)}</section><section><h2>${word(
    context,
    'said',
  )}</h2>${lines(6)}</section><section><h2>${word(context, 'agreed')}</h2>${ruledTable(
    (['number', 'case', 'decision', 'unit', 'by', 'done'] as const).map((key) => [key, word(context, key)]),
    ['1', '2', '3', '4', '5', '6'].map((number) => [number]),
  )}</section><div class="signatures"><p>${word(context, 'taken-by')}</p><p>${word(context, 'chair')}</p><p>${word(context, 'signed-decider')}</p></div>`;
