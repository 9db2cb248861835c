// The table of deputies: who stands in for whom, so that nobody comes in vain.

import { isUnconfirmed, known } from '../content/schema/schema.js';
import { type Html, html } from '../core/html.js';
import type { RenderContext } from '../document/context.js';
import { counterSheet, head, pageHtml } from '../document/counter-sheet.js';
import { stampOf } from '../document/declaration.js';
import { rolesWithNotes } from '../document/facts/authority.js';
import { marked } from '../document/facts/text.js';
import type { Output } from '../document/output.js';
import { mark, wordsUnder } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = ['deputy', 'office.name', 'office.deputies'] as const;

export default {
  summary: { zh: '職務代理人一覽表（A4）', en: 'Table of deputies (A4)' },
  declares: { of: 'all', shows: SHOWS },
  papers: ['A4'],
  oneLanguage: true,
  needs: {
    zh: 'office.yaml 的「職務代理人」或服務「聯絡」的「代理人」',
    en: "職務代理人 (deputies) in office.yaml, or 代理人 (deputy) of a service's 聯絡",
  },
  render(context) {
    const body = [posts(context), services(context)].filter((part) => part !== undefined);
    if (body.length === 0) return [];
    const stamp = stampOf(context, { sheet: 'deputies', id: 'deputies', shows: SHOWS, subject: { services: 'all' } });
    return [
      counterSheet(context, {
        file: 'counter/deputies.pdf',
        stamp,
        title: word(context, 'title'),
        css: 'deputies/deputies.css',
        body: pageHtml(context, {
          stamp,
          name: word(context, 'title'),
          head: head(context, { subject: word(context, 'title') }),
          body: html`<p class="more">${word(context, 'why')}</p>${body}`,
        }),
        fit: { least: 9 / 10.5, most: 1, flows: true },
      }),
    ];
  },
} satisfies Output;

const word = wordsUnder('deputies');

const table = (title: string, heads: readonly string[], rows: readonly (readonly string[])[]): Html =>
  html`<section><h2>${title}</h2><table><thead><tr>${heads.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead><tbody>${rows.map(
    ([first = '', ...rest]) =>
      html`<tr><th scope="row">${marked(first)}</th>${rest.map((text) => html`<td>${marked(text)}</td>`)}</tr>`,
  )}</tbody></table></section>`;

function posts(context: RenderContext): Html | undefined {
  const { deputies } = context.handbook.office;
  if (isUnconfirmed(deputies)) return html`<p>${mark(deputies)}</p>`;
  if (deputies === undefined || deputies.length === 0) return undefined;
  const inUnits = deputies.some(({ unit }) => unit !== undefined);
  const unitOf = (unit: string | undefined): string[] => (inUnits ? [unit ?? ''] : []);
  return table(
    word(context, 'posts'),
    [word(context, 'post'), ...unitOf(context.word('desk.unit')), word(context, 'deputy')],
    deputies.map(({ name, unit, deputy }) => [name ?? '', ...unitOf(unit), deputy ?? context.word('undeclared')]),
  );
}

/** Whom to ask about each service, and who stands in; those that name nobody leave it to the table of posts. */
function services(context: RenderContext): Html | undefined {
  const { office } = context.handbook;
  const rows = context.services.flatMap((service) => {
    const contact = known(service.contact);
    if (contact?.deputy === undefined) return [];
    const telephone = [contact.telephone ?? office.telephone, contact.extension].filter(Boolean).join(' ');
    return [[service.name, contact.unit ?? rolesWithNotes(context, service.unit), telephone, contact.deputy]];
  });
  if (rows.length === 0) return undefined;
  const heads = [
    word(context, 'service'),
    context.word('desk.unit'),
    context.word('desk.telephone'),
    word(context, 'deputy'),
  ];
  return table(word(context, 'services'), heads, rows);
}
