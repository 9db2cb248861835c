// The table of deputies: who stands in for whom, so that nobody comes in vain.

import { isUnconfirmed, known } from '../content/schema/schema.js';
import { type Html, html } from '../core/html.js';
import type { Kit } from '../document/context.js';
import { counterSheet, head, pageHtml } from '../document/counter-sheet.js';
import { stampOf } from '../document/declaration.js';
import { rolesWithNotes } from '../document/facts/authority.js';
import { marked } from '../document/facts/text.js';
import type { Output } from '../document/output.js';
import { mark } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = ['deputy', 'office.name', 'office.deputies'] as const;

export default {
  summary: { zh: '職務代理人一覽表（A4）', en: 'Table of deputies (A4)' },
  declares: { of: 'all', shows: SHOWS },
  papers: ['A4'],
  oneTongue: true,
  needs: {
    zh: 'office.yaml 的「職務代理人」或服務「聯絡」的「代理人」',
    en: "職務代理人 (deputies) in office.yaml, or 代理人 (deputy) of a service's 聯絡",
  },
  render(kit) {
    const body = [posts(kit), services(kit)].filter((part) => part !== undefined);
    if (body.length === 0) return [];
    const stamp = stampOf(kit, { sheet: 'deputies', id: 'deputies', shows: SHOWS, subject: { services: 'all' } });
    return [
      counterSheet(kit, {
        file: 'counter/deputies.pdf',
        stamp,
        title: say(kit, 'title'),
        css: 'deputies/deputies.css',
        body: pageHtml(kit, {
          stamp,
          name: say(kit, 'title'),
          head: head(kit, { subject: say(kit, 'title') }),
          body: html`<p class="more">${say(kit, 'why')}</p>${body}`,
        }),
        fit: { least: 9 / 10.5, most: 1.15, flows: true },
      }),
    ];
  },
} satisfies Output;

const say = (kit: Kit, key: string, ...values: string[]): string => kit.word(`deputies.${key}`, ...values);

const table = (title: string, heads: readonly string[], rows: readonly (readonly string[])[]): Html =>
  html`<section><h2>${title}</h2><table><thead><tr>${heads.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead><tbody>${rows.map(
    ([first = '', ...rest]) =>
      html`<tr><th scope="row">${marked(first)}</th>${rest.map((text) => html`<td>${marked(text)}</td>`)}</tr>`,
  )}</tbody></table></section>`;

function posts(kit: Kit): Html | undefined {
  const { deputies } = kit.handbook.office;
  if (isUnconfirmed(deputies)) return html`<p>${mark(deputies)}</p>`;
  if (deputies === undefined || deputies.length === 0) return undefined;
  const inUnits = deputies.some(({ unit }) => unit !== undefined);
  const unitOf = (unit: string | undefined): string[] => (inUnits ? [unit ?? ''] : []);
  return table(
    say(kit, 'posts'),
    [say(kit, 'post'), ...unitOf(kit.word('desk.unit')), say(kit, 'deputy')],
    deputies.map(({ name, unit, deputy }) => [name ?? '', ...unitOf(unit), deputy ?? kit.word('undeclared')]),
  );
}

/** Whom to ask about each service, and who stands in; those that name nobody leave it to the table of posts. */
function services(kit: Kit): Html | undefined {
  const { office } = kit.handbook;
  const rows = kit.services.flatMap((service) => {
    const contact = known(service.contact);
    if (contact?.deputy === undefined) return [];
    const telephone = [contact.telephone ?? office.telephone, contact.extension].filter(Boolean).join(' ');
    return [[service.name, contact.unit ?? rolesWithNotes(kit, service.unit), telephone, contact.deputy]];
  });
  if (rows.length === 0) return undefined;
  const heads = [say(kit, 'service'), kit.word('desk.unit'), kit.word('desk.telephone'), say(kit, 'deputy')];
  return table(say(kit, 'services'), heads, rows);
}
