// The parts about the office: what it is, what it promises, other offices, and the editions of the book.

import { isUnconfirmed, known } from '../../content/schema/schema.js';
import { type Html, html } from '../../core/html.js';
import { standardTiles } from '../../document/facts/standards.js';
import { amongWords } from '../../document/facts/text.js';
import { mark } from '../../document/words.js';
import { type BookContext, numeral } from './context.js';
import { proseCell } from './prose.js';
import { addressCell, factRow, factTable, heading, marked, table, textRow } from './tables.js';

export function officePart(context: BookContext): { body: Html } | undefined {
  const { office } = context.handbook;
  const units = (known(office.units) ?? []).map((unit) => [
    unit.name ?? '',
    unit.duties ?? '',
    unit.floor ?? '',
    [unit.telephone, unit.extension && context.bookWord('extension-of', unit.extension)].filter(Boolean).join(' '),
  ]);
  const floors = (known(office.floors) ?? []).map(({ floor, note }) => [floor ?? '', note ?? '']);
  const deputies = (known(office.deputies) ?? []).map(({ name, unit, deputy }) => [
    name ?? '',
    unit ?? '',
    deputy ?? '',
  ]);
  const sections: [string, Html | undefined][] = [
    [
      context.bookWord('units'),
      table(
        [
          { label: context.bookWord('unit') },
          { label: context.bookWord('duties') },
          { label: context.bookWord('floor') },
          { label: context.bookWord('telephone') },
        ],
        [{ rows: units }],
        'office',
      ),
    ],
    [
      context.bookWord('floors'),
      table(
        [{ label: context.bookWord('floor') }, { label: context.bookWord('place-there') }],
        [{ rows: floors }],
        'office',
      ),
    ],
    [context.bookWord('sites'), sitesTable(context)],
    [context.bookWord('volunteers'), volunteersTable(context)],
    [context.bookWord('roster'), rosterTable(context)],
    [
      context.bookWord('deputies'),
      table(
        [
          { label: context.bookWord('post') },
          { label: context.bookWord('unit') },
          { label: context.bookWord('deputy') },
        ],
        [{ rows: deputies }],
        'office',
      ),
    ],
  ];
  let n = 0;
  return {
    body: html`${factTable([
      textRow(context.bookWord('office-name'), office.name),
      factRow(
        context.bookWord('english'),
        office.english === undefined ? undefined : html`<span lang="en">${marked(office.english)}</span>`,
      ),
      textRow(context.bookWord('parent'), office.parent),
      textRow(context.bookWord('address'), office.address),
      textRow(context.bookWord('hours'), office.hours),
      textRow(context.bookWord('telephone'), office.telephone),
      textRow(context.bookWord('fax'), office.fax),
      textRow(context.bookWord('email'), office.email),
      factRow(context.bookWord('url'), addressCell(office.url)),
    ])}${sections.map(([title, body]) => {
      if (!body) return undefined;
      n += 1;
      return html`${heading(2, html`<span class="numeral">${numeral(context, 2, n)}</span>${title}`)}${body}`;
    })}${office.notes && html`<div class="prose">${proseCell(context, office.notes, 2)}</div>`}`,
  };
}

/** Where else the office is: address, floor, counter, telephone, fax and hours of each branch. */
function sitesTable(context: BookContext): Html | undefined {
  const sites = known(context.handbook.office.sites) ?? [];
  return table(
    [
      { label: context.bookWord('site') },
      { label: context.bookWord('address') },
      { label: context.bookWord('floor') },
      { label: context.bookWord('desk') },
      { label: context.bookWord('telephone') },
      { label: context.bookWord('fax') },
      { label: context.bookWord('hours') },
    ],
    [
      {
        rows: sites.map(({ name = '', address, floor, desk, telephone, fax, hours, note }) => [
          note === undefined ? name : `${name}${context.word('brackets', note)}`,
          ...[address, floor, desk, telephone, fax, hours].map((text) => text ?? ''),
        ]),
      },
    ],
    'office',
  );
}

/** Who helps, when, and with what. */
function volunteersTable(context: BookContext): Html | undefined {
  return table(
    [
      { label: context.bookWord('volunteer') },
      { label: context.bookWord('when') },
      { label: context.bookWord('duties') },
    ],
    [
      {
        rows: (known(context.handbook.office.volunteers) ?? []).map(({ name, when, duties }) => [
          name ?? '',
          when ?? '',
          duties ?? '',
        ]),
      },
    ],
    'office',
  );
}

/** Who is on duty at the desk, and when. */
function rosterTable(context: BookContext): Html | undefined {
  const roster = known(context.handbook.office.roster) ?? [];
  return table(
    [
      { label: context.bookWord('when') },
      { label: context.bookWord('on-duty') },
      { label: context.bookWord('desk') },
      { label: context.bookWord('note') },
    ],
    [
      {
        rows: roster.map(({ when, who, desk, note }) => [when ?? '', amongWords(context, who), desk ?? '', note ?? '']),
      },
    ],
    'office',
  );
}

export function standardsPart(context: BookContext): { body: Html } | undefined {
  const standards = context.handbook.office.standards;
  if (standards === undefined) return undefined;
  if (isUnconfirmed(standards)) return { body: html`<p>${mark(standards)}</p>` };
  const tiles = standardTiles(context);
  return {
    body: html`${tiles.length > 0 && html`<dl class="standards">${tiles.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${mark(value)}</dd></div>`)}</dl>`}${
      standards.notes && html`<div class="prose">${proseCell(context, standards.notes, 2)}</div>`
    }`,
  };
}

export function relatedOfficesPart(context: BookContext): { body: Html } | undefined {
  const body = table(
    [
      { label: context.bookWord('office'), cls: 'name' },
      { label: context.bookWord('asked-for') },
      { label: context.bookWord('telephone'), cls: 'telephone' },
      { label: context.bookWord('address'), cls: 'address' },
      { label: context.bookWord('url'), cls: 'url' },
    ],
    [
      {
        rows: (known(context.handbook.office.offices) ?? []).map((office) => [
          office.name ?? '',
          office.duties ?? '',
          office.telephone ?? '',
          office.address ?? '',
          addressCell(office.url) ?? '',
        ]),
      },
    ],
    'offices',
  );
  return body && { body };
}

export function revisionsPart(context: BookContext): { body: Html } | undefined {
  const body = table(
    [
      { label: context.bookWord('edition'), cls: 'edition' },
      { label: context.bookWord('date'), cls: 'date' },
      { label: context.bookWord('approval-number'), cls: 'number' },
      { label: context.bookWord('change') },
    ],
    [
      {
        rows: (known(context.handbook.book.revisions) ?? []).map(({ date, edition, number, change }) => [
          edition ?? '',
          date === undefined ? '' : isUnconfirmed(date) ? date.unconfirmed : context.day(date),
          number ?? '',
          change ?? '',
        ]),
      },
    ],
    'revisions',
  );
  return body && { body };
}
