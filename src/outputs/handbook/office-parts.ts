// The parts about the office: what it is, what it promises, other offices, and the editions of the book.

import { isUnconfirmed, known } from '../../content/schema/schema.js';
import { type Html, html } from '../../core/html.js';
import { standardTiles } from '../../document/facts/standards.js';
import { mark } from '../../document/words.js';
import { numeral, type Press } from './context.js';
import { proseCell } from './prose.js';
import { addressCell, factRow, factTable, heading, marked, table, textCell } from './tables.js';

export function officePart(press: Press): { body: Html } | undefined {
  const { kit, say } = press;
  const { office } = kit.handbook;
  const units = (known(office.units) ?? []).map((unit) => [
    unit.name ?? '',
    unit.duties ?? '',
    unit.floor ?? '',
    [unit.telephone, unit.extension && say('extension-of', unit.extension)].filter(Boolean).join(' '),
  ]);
  const floors = (known(office.floors) ?? []).map(({ floor, note }) => [floor ?? '', note ?? '']);
  const deputies = (known(office.deputies) ?? []).map(({ name, unit, deputy }) => [
    name ?? '',
    unit ?? '',
    deputy ?? '',
  ]);
  const sections: [string, Html | undefined][] = [
    [
      say('units'),
      table(
        [{ label: say('unit') }, { label: say('duties') }, { label: say('floor') }, { label: say('telephone') }],
        [{ rows: units }],
        'office',
      ),
    ],
    [say('floors'), table([{ label: say('floor') }, { label: say('place-there') }], [{ rows: floors }], 'office')],
    [
      say('deputies'),
      table([{ label: say('post') }, { label: say('unit') }, { label: say('deputy') }], [{ rows: deputies }], 'office'),
    ],
  ];
  let n = 0;
  return {
    body: html`${factTable([
      factRow(say('office-name'), textCell(office.name)),
      factRow(
        say('english'),
        office.english === undefined ? undefined : html`<span lang="en">${marked(office.english)}</span>`,
      ),
      factRow(say('parent'), textCell(office.parent)),
      factRow(say('address'), textCell(office.address)),
      factRow(say('hours'), textCell(office.hours)),
      factRow(say('telephone'), textCell(office.telephone)),
      factRow(say('fax'), textCell(office.fax)),
      factRow(say('email'), textCell(office.email)),
      factRow(say('url'), addressCell(office.url)),
    ])}${sections.map(([title, body]) => {
      if (!body) return undefined;
      n += 1;
      return html`${heading(2, html`<span class="numeral">${numeral(press, 2, n)}</span>${title}`)}${body}`;
    })}${office.notes && html`<div class="prose">${proseCell(press, office.notes, 2)}</div>`}`,
  };
}

export function standardsPart(press: Press): { body: Html } | undefined {
  const { kit } = press;
  const standards = kit.handbook.office.standards;
  if (standards === undefined) return undefined;
  if (isUnconfirmed(standards)) return { body: html`<p>${mark(standards)}</p>` };
  const tiles = standardTiles(kit);
  return {
    body: html`${tiles.length > 0 && html`<dl class="standards">${tiles.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${mark(value)}</dd></div>`)}</dl>`}${
      standards.notes && html`<div class="prose">${proseCell(press, standards.notes, 2)}</div>`
    }`,
  };
}

export function relatedOfficesPart({ kit, say }: Press): { body: Html } | undefined {
  const body = table(
    [
      { label: say('office'), cls: 'name' },
      { label: say('asked-for') },
      { label: say('telephone'), cls: 'telephone' },
      { label: say('address'), cls: 'address' },
      { label: say('url'), cls: 'url' },
    ],
    [
      {
        rows: (known(kit.handbook.office.offices) ?? []).map((office) => [
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

export function revisionsPart({ kit, say }: Press): { body: Html } | undefined {
  const body = table(
    [
      { label: say('edition'), cls: 'edition' },
      { label: say('date'), cls: 'date' },
      { label: say('approval-number'), cls: 'number' },
      { label: say('change') },
    ],
    [
      {
        rows: (known(kit.handbook.book.revisions) ?? []).map(({ date, edition, number, change }) => [
          edition ?? '',
          date === undefined ? '' : isUnconfirmed(date) ? date.unconfirmed : kit.day(date),
          number ?? '',
          change ?? '',
        ]),
      },
    ],
    'revisions',
  );
  return body && { body };
}
