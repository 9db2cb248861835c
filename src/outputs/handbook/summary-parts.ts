// The parts that tell one thing of all services: the summary, the fees, and what is not confirmed yet.

import { known } from '../../content/schema/schema.js';
import type { Service } from '../../content/schema/service.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import { type Html, html } from '../../core/html.js';
import { rolesWithNotes } from '../../document/facts/authority.js';
import { type FeeRow, toldFeeRows } from '../../document/facts/fee.js';
import { authorityHeadline, deadlineHeadline, feeHeadline } from '../../document/headlines.js';
import type { BookContext } from './context.js';
import { doubtsIn, saysMore } from './record.js';
import { anchor, categoriesOf, pageNote, serviceLink } from './references.js';
import { feeCells, feeColumns, isBare } from './service-facts.js';
import { table } from './tables.js';

export function summaryPart(context: BookContext): { body: Html } | undefined {
  const body = table(
    [
      { label: context.bookWord('service'), cls: 'service' },
      { label: context.bookWord('in-charge'), cls: 'unit' },
      { label: context.bookWord('short-deadline'), cls: 'limit' },
      { label: context.word('fee'), cls: 'fee' },
      { label: context.bookWord('decider'), cls: 'decider' },
      { label: context.bookWord('page'), cls: 'page' },
    ],
    categoriesOf(context).map(({ name, services }) => ({
      ...(name ? { label: name } : {}),
      rows: services.map((service) => [
        serviceLink(context, service),
        rolesWithNotes(context, service.unit),
        deadlineHeadline(context, service).text,
        feeHeadline(context, service).text,
        authorityHeadline(context, service).text,
        context.pageOf(anchor(service)),
      ]),
    })),
    'summary',
  );
  return body && { body };
}

export function feesPart(context: BookContext): { body: Html } | undefined {
  if (context.services.length === 0) return undefined;
  const sums = (service: Service): FeeRow[] => toldFeeRows(context, service.fee).filter((row) => row.kind !== 'other');
  /** The only word of a fee that has no sum: 免費 or 待確認. */
  const wordOf = (service: Service): string | undefined => {
    const [only, ...more] = sums(service);
    const bare = only !== undefined && more.length === 0 && isBare(context, only);
    return bare && known(service.fee)?.lines === undefined ? only.amount : undefined;
  };
  const free = context.services.filter((service) => wordOf(service) === context.word('free'));
  const unknown = context.services.filter((service) => saysUnconfirmed(wordOf(service) ?? ''));
  const charged = context.services.filter(
    (service) => !free.includes(service) && !unknown.includes(service) && sums(service).length > 0,
  );
  const grid = table(
    feeColumns(context),
    charged.map((service) => ({
      label: html`${serviceLink(context, service)}${pageNote(context, service)}`,
      rows: feeCells(sums(service)),
    })),
    'fees',
  );
  const named = (title: string, services: readonly Service[]): Html | false =>
    services.length > 0 &&
    html`<p class="table-title">${title}</p><ul class="columns">${services.map(
      (service) => html`<li>${serviceLink(context, service)} ${pageNote(context, service)}</li>`,
    )}</ul>`;
  return {
    body: html`${grid}${named(context.bookWord('free-services'), free)}${named(context.bookWord('unknown-fees'), unknown)}`,
  };
}

/** Of a working copy alone: the list is for whoever finds it out. */
export function unconfirmedPart(context: BookContext): { body: Html } | undefined {
  if (!context.workingCopy) return undefined;
  const { office, book } = context.handbook;
  // What is merely 待確認 is named in one line for each place; what says more has a line of its own.
  const rowsOf = (record: unknown): string[][] => {
    const rows = new Map<string, { within: string; fields: string[]; text: string }>();
    for (const { within, field, text } of doubtsIn(context, record)) {
      const more = saysMore(text) ? text : '';
      const key = more === '' ? within : `${within}/${field}/${text}`;
      const row = rows.get(key) ?? { within, fields: [], text: more };
      row.fields.push(field);
      rows.set(key, row);
    }
    // Neighbours that lack the same are named together: 單位 › 服務台、秘書室：電話.
    const lines = new Map<string, { before: string; places: string[]; fields: string; text: string }>();
    for (const { within, fields, text } of rows.values()) {
      const path = within.split(' › ');
      const [before, place] = [path.slice(0, -1).join(' › '), path.at(-1) ?? ''];
      const names = [...new Set(fields)].join(context.word('list-comma'));
      const key = before === '' || text !== '' ? `${within}|${names}|${text}` : `${before}|${names}`;
      const line = lines.get(key) ?? { before, places: [], fields: names, text };
      line.places.push(place);
      lines.set(key, line);
    }
    return [...lines.values()].map(({ before, places, fields, text }) => {
      const place = [before, places.join(context.word('list-comma'))].filter((part) => part !== '').join(' › ');
      const named = place === '' ? fields : context.word('field', place, fields);
      return text === '' ? [named] : [named, text];
    });
  };
  const body = table(
    [{ label: context.bookWord('field-name'), cls: 'field' }, { label: context.bookWord('as-written') }],
    [
      { label: context.bookWord('general'), rows: [...rowsOf(office), ...rowsOf(book)] },
      ...context.services.map((service) => ({
        label: html`${serviceLink(context, service)}${pageNote(context, service)}`,
        rows: rowsOf(service),
      })),
    ],
    'doubts',
  );
  return body && { body };
}
