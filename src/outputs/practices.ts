// The sheet of a good practice: what another office or an enterprise does well, put down for the colleagues to learn from.

import { html } from '../core/html.js';
import { categoryMarks } from '../document/category-mark.js';
import type { RenderContext } from '../document/context.js';
import { blank, blanks, choices, counterSheet, head, lines, pageHtml, ruledTable } from '../document/counter-sheet.js';
import { stampOf } from '../document/declaration.js';
import type { Output } from '../document/output.js';
import { wordsUnder } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = ['office.name', 'book.categories'] as const;

export default {
  summary: { zh: '優質服務作法觀摩單（A4）', en: 'Sheet of a good practice (A4)' },
  declares: { of: 'office', shows: SHOWS },
  papers: ['A4'],
  oneLanguage: true,
  render(context) {
    const stamp = stampOf(context, { sheet: 'practices', id: 'practices', shows: SHOWS });
    return [
      counterSheet(context, {
        file: 'counter/practices.pdf',
        stamp,
        about: { of: [] },
        title: word(context, 'title'),
        css: 'practices/practices.css',
        body: pageHtml(context, {
          stamp,
          name: word(context, 'title'),
          head: head(context, { subject: word(context, 'title') }),
          body: sheetHtml(context),
        }),
        fit: { least: 9 / 10.5, most: 1, flows: true },
      }),
    ];
  },
} satisfies Output;

const word = wordsUnder('practices');

function sheetHtml(context: RenderContext) {
  const categories = categoryMarks(context).map(({ name }) => name);
  const section = (key: string, count: number) =>
    html`<section><h2>${word(context, key)}</h2>${lines(count)}</section>`;
  return html`${blanks([
    blank(word(context, 'name'), 4),
    blank(word(context, 'number'), 2),
    blank(word(context, 'from'), 4),
    blank(context.word('desk.date'), 2),
  ])}${choices(['enterprise', 'office', 'colleague'].map((key) => word(context, key)))}${section('problem', 3)}${section('practice', 5)}${section('effect', 3)}<section><h2>${word(
    context,
    'where',
  )}</h2>${choices([...categories, word(context, 'desk'), word(context, 'telephone')])}${lines(2)}</section><section><h2>${word(
    context,
    'seen',
  )}</h2>${ruledTable(
    ['unit', 'reader', 'opinion'].map((key) => [key, word(context, key)]),
    Array.from({ length: READERS }, () => []),
  )}</section><div class="signatures"><p>${word(context, 'signed-giver')}</p><p>${word(context, 'signed-clerk')}</p><p>${word(context, 'signed-decider')}</p></div>`;
}
/** Units that a sheet goes round. */
const READERS = 4;
