// What is told of a service at length, and which of it stands in a line or in a section of its own.

import type { Service, Variant } from '../../content/schema/model.js';
import { isUnconfirmed, known, saysUnconfirmed, type Unconfirmed } from '../../content/schema/schema.js';
import { type Html, html, join } from '../../core/html.js';
import type { Kit } from '../../document/context.js';
import { authorityBrief, authorityRows, rolesWithNotes } from '../../document/facts/authority.js';
import { type DeadlineRow, deadlineBrief, deadlineRows } from '../../document/facts/deadline.js';
import {
  documentDetails,
  documentGroups,
  documentHtml,
  documentName,
  formName,
} from '../../document/facts/documents.js';
import { type FeeRow, feeRows } from '../../document/facts/fee.js';
import { sourceRows } from '../../document/facts/sources.js';
import { clauses } from '../../document/facts/text.js';
import { mark } from '../../document/words.js';
import type { Press } from './context.js';
import { formHtml } from './forms.js';
import { proseCell } from './prose.js';
import { saysMore } from './record.js';
import { addressCell, type Column, factRow, factTable, listCell, marked, table, textCell } from './tables.js';

export type Section = [title: string, body: Html | undefined];

/** Who, when, where and how: what a service says in a line or two. */
export function factRows(press: Press, entry: Service | Variant): (Html | undefined)[] {
  const { kit, say } = press;
  const aside = (...texts: (string | undefined)[]): Html | false => {
    const given = texts.filter((text) => text !== undefined && text !== '');
    return (
      given.length > 0 &&
      html`<span class="aside">${marked(kit.word('brackets', given.join(kit.word('clause-comma'))))}</span>`
    );
  };
  const each = <T>(list: readonly T[] | Unconfirmed | undefined, cell: (item: T) => Html): Html | undefined =>
    isUnconfirmed(list) ? mark(list) : listCell((list ?? []).map(cell));
  const contact = known(entry.contact);
  return [
    factRow(say('in-charge'), textCell(rolesWithNotes(kit, entry.unit) || undefined)),
    factRow(
      say('applicant'),
      each(entry.applicant, ({ who, condition, note }) => html`${marked(who ?? '')}${aside(condition, note)}`),
    ),
    factRow(say('representation'), textCell(entry.representation)),
    factRow(say('eligibility'), proseCell(press, entry.eligibility)),
    factRow(say('window'), textCell(entry.window)),
    factRow(
      say('preconditions'),
      each(entry.preconditions, (text) => marked(text)),
    ),
    factRow(
      say('channels'),
      each(
        entry.channels,
        ({ name, place, hours, url, note }) =>
          html`${marked(name ?? '')}${aside(place, hours, note)}${url && html` ${addressCell(url)}`}`,
      ),
    ),
    factRow(say('place'), textCell(entry.place)),
    factRow(say('service-hours'), textCell(entry.hours)),
    factRow(kit.word('fee'), textCell(feeLine(press, entry))),
    factRow(kit.word('deadline'), textCell(deadlineLine(press, entry))),
    factRow(kit.word('authority'), textCell(authorityLine(press, entry))),
    factRow(
      say('result'),
      each(
        entry.result,
        ({ name, validity, delivery, note }) =>
          html`${marked(name ?? '')}${aside(
            validity && kit.word('field', say('validity'), validity),
            delivery && kit.word('field', say('delivery'), delivery),
            note,
          )}`,
      ),
    ),
    factRow(
      say('form-row'),
      each(entry.forms, (id) => formHtml(press, id)),
    ),
    factRow(
      say('contact'),
      isUnconfirmed(entry.contact)
        ? mark(entry.contact)
        : contact &&
            join(
              [
                contact.unit,
                contact.floor && saysUnconfirmed(contact.floor)
                  ? kit.word('field', say('floor'), contact.floor)
                  : contact.floor,
                contact.telephone && kit.word('field', say('telephone'), contact.telephone),
                contact.extension && say('extension-of', contact.extension),
                contact.deputy && kit.word('field', say('deputy'), contact.deputy),
                contact.note,
              ]
                .filter((text) => text !== undefined && text !== '')
                .map((text) => marked(text as string)),
              kit.word('list-comma'),
            ),
    ),
  ];
}

/** Documents, fee, deadline and authority at length, where the strip does not already say it all. */
export function factSections(press: Press, entry: Service | Variant): Section[] {
  const { kit } = press;
  return [
    [kit.word('documents'), documentsHtml(press, entry)],
    [kit.word('fee'), feeHtml(press, entry)],
    [kit.word('deadline'), deadlineHtml(press, entry)],
    [kit.word('authority'), authorityHtml(press, entry)],
  ];
}

export function noteSections(press: Press, entry: Service | Variant): Section[] {
  const { say } = press;
  return [
    [say('notes'), entry.notes && html`<div class="prose">${proseCell(press, entry.notes)}</div>`],
    [say('remedies'), remediesHtml(press, entry)],
  ];
}

function documentsHtml(press: Press, entry: Service | Variant): Html | undefined {
  const { kit, say } = press;
  const { documents } = entry;
  if (isUnconfirmed(documents)) return saysMore(documents.unconfirmed) ? html`<p>${mark(documents)}</p>` : undefined;
  const note = documents?.note && html`<p class="under">${marked(documents.note)}</p>`;
  const groups = documentGroups(entry);
  let n = 0;
  const grid = table(
    [
      { label: say('order'), cls: 'number' },
      { label: say('document'), cls: 'name' },
      { label: say('form-and-copies'), cls: 'kind' },
      { label: say('note'), cls: 'note' },
    ],
    groups.map(({ label, documents: list }) => ({
      ...(label === undefined
        ? groups.length > 1
          ? { label: kit.word('always-needed') }
          : {}
        : { label: marked(label) }),
      rows: list.map((document) => {
        n += 1;
        const { oneOf, waived, form, note: own } = document;
        const alternatives = known(oneOf) ?? [];
        return [
          String(n),
          html`${marked(documentName(kit, document))}${document.name !== undefined && oneOf !== undefined && html` <span class="tag">${kit.word('one-of')}</span>`}${
            waived !== undefined && html` <span class="tag">${kit.word('waived')}</span>`
          }${isUnconfirmed(oneOf) && html` ${mark(oneOf)}`}${
            alternatives.length > 0 &&
            html`<ul class="alternatives">${alternatives.map((each) => html`<li>${documentHtml(kit, each)}</li>`)}</ul>`
          }`,
          documentDetails(kit, document),
          join(
            [
              waived === undefined ? undefined : marked(kit.word('waived-by', waived)),
              form === undefined ? undefined : html`${kit.word('form-of', formName(kit, form))}`,
              own === undefined ? undefined : marked(own),
            ].filter((part) => part !== undefined),
            html`<br>`,
          ),
        ];
      }),
    })),
    'documents',
  );
  return grid || note ? html`${grid}${note}` : undefined;
}

export const feeColumns = ({ kit, say }: Press): Column[] => [
  { label: kit.word('item'), cls: 'item' },
  { label: kit.word('amount'), cls: 'amount' },
  { label: kit.word('per'), cls: 'per' },
  { label: say('note'), cls: 'note' },
];
export const feeCells = (rows: readonly FeeRow[]): (Html | string)[][] =>
  rows.map(({ kind, item, amount, per, note }) => [
    kind === 'more' ? html`<span class="more">${marked(item)}</span>` : item,
    amount,
    per,
    note,
  ]);

/** Facts that the strip tells in full need no second place; those that take a line or two stand in the fact table. */
type Place = 'strip' | 'line' | 'section';

function feePlace(kit: Kit, rows: readonly FeeRow[]): Place {
  const other = rows.filter((row) => row.kind === 'other');
  const [only, ...more] = rows.filter((row) => row.kind !== 'other');
  if (more.length > 0 || other.length > 2 || only?.kind === 'surcharge') return 'section';
  return other.length === 0 && (only === undefined || isBare(kit, only)) ? 'strip' : 'line';
}

/** Nothing but what the strip says: 免費, or a sum, or 待確認. */
export const isBare = (kit: Kit, { item, note, amount }: FeeRow): boolean =>
  note === '' && item === kit.word('fee') && !saysMore(amount);

function feeLine(press: Press, { fee }: Service | Variant): string | undefined {
  const { kit } = press;
  const rows = feeRows(kit, fee);
  if (feePlace(kit, rows) !== 'line') return undefined;
  return clauses(
    kit,
    rows.map(({ kind, item, amount, per, note }) => {
      const text = `${[per, amount].filter(Boolean).join(' ')}${note && amount ? kit.word('brackets', note) : note}`;
      return item === kit.word('fee') || (kind === 'other' && item === kit.word('remark'))
        ? text
        : kit.word('field', item, text);
    }),
  );
}

function feeHtml(press: Press, { fee }: Service | Variant): Html | undefined {
  const { kit, say } = press;
  const rows = feeRows(kit, fee);
  if (rows.length === 0 || feePlace(kit, rows) !== 'section') return undefined;
  const of = (...kinds: FeeRow['kind'][]): (Html | string)[][] =>
    feeCells(rows.filter((row) => kinds.includes(row.kind)));
  const [only, ...more] = rows.filter((row) => row.kind !== 'other');
  const told = only !== undefined && more.length === 0 && isBare(kit, only);
  const grid = table(
    feeColumns(press),
    [
      { rows: told ? [] : of('line', 'more') },
      { label: say('surcharges'), rows: of('surcharge') },
      { label: say('discounts'), rows: of('discount') },
      { label: say('exemptions'), rows: of('exemption') },
    ],
    'fees',
  );
  const other = rows.filter((row) => row.kind === 'other');
  return html`${grid}${factTable(
    other.map(({ item, note }) => factRow(item, marked(note))),
    'facts under',
  )}`;
}

function deadlinePlace(kit: Kit, deadline: Service['deadline'], rows: readonly DeadlineRow[]): Place {
  const limits = rows.filter((row) => row.limit !== '');
  if (limits.length > 1 || rows.length > 3) return 'section';
  const [only] = rows;
  return rows.length === 0 ||
    (rows.length === 1 &&
      only?.note === '' &&
      (only.limit === deadlineBrief(kit, deadline) || (saysUnconfirmed(only.limit) && !saysMore(only.limit))))
    ? 'strip'
    : 'line';
}

function deadlineLine({ kit }: Press, { deadline }: Service | Variant): string | undefined {
  const rows = deadlineRows(kit, deadline);
  if (deadlinePlace(kit, deadline, rows) !== 'line') return undefined;
  return clauses(
    kit,
    rows.map(({ label, limit, note }) => {
      const text = limit === '' ? note : `${limit}${note && kit.word('brackets', note)}`;
      return label === kit.word('deadline') || label === kit.word('remark') ? text : kit.word('field', label, text);
    }),
  );
}

function deadlineHtml({ kit, say }: Press, { deadline }: Service | Variant): Html | undefined {
  const rows = deadlineRows(kit, deadline);
  if (deadlinePlace(kit, deadline, rows) !== 'section') return undefined;
  const grid = table(
    [
      { label: kit.word('item'), cls: 'item' },
      { label: say('limit'), cls: 'limit' },
      { label: say('note'), cls: 'note' },
    ],
    [{ rows: rows.filter((row) => row.limit !== '').map(({ label, limit, note }) => [label, limit, note]) }],
    'limits',
  );
  const other = rows.filter((row) => row.limit === '');
  return html`${grid}${factTable(
    other.map(({ label, note }) => factRow(label, marked(note))),
    'facts under',
  )}`;
}

/** One stage is a line: 擬辦：書記官；核定：分署長. */
function authorityLine({ kit }: Press, { authority }: Service | Variant): string | undefined {
  const [row, ...more] = authorityRows(kit, authority);
  if (!row || more.length > 0 || row.stage !== '') return undefined;
  const told = !row.prepare && !row.review && !row.countersign && !row.note;
  if (told && (row.decide === authorityBrief(kit, authority) || (saysUnconfirmed(row.decide) && !saysMore(row.decide))))
    return undefined;
  const chain = (['prepare', 'review', 'countersign', 'decide'] as const)
    .filter((key) => row[key] !== '')
    .map((key) => kit.word('field', kit.word(key), row[key]));
  return clauses(kit, [...chain, row.note]);
}

function authorityHtml({ kit, say }: Press, { authority }: Service | Variant): Html | undefined {
  const rows = authorityRows(kit, authority);
  if (rows.length === 0 || (rows.length === 1 && rows[0]?.stage === '')) return undefined;
  return table(
    [
      { label: say('stage'), cls: 'stage' },
      { label: kit.word('prepare') },
      { label: kit.word('review') },
      { label: kit.word('countersign') },
      { label: kit.word('decide'), cls: 'decide' },
      { label: say('note'), cls: 'note' },
    ],
    [{ rows: rows.map((row) => [row.stage, row.prepare, row.review, row.countersign, row.decide, row.note]) }],
    'authority',
  );
}

function remediesHtml({ kit, say }: Press, { remedies }: Service | Variant): Html | undefined {
  if (isUnconfirmed(remedies)) return html`<p>${mark(remedies)}</p>`;
  return table(
    [
      { label: say('remedy'), cls: 'name' },
      { label: say('limit'), cls: 'limit' },
      { label: say('remedy-to'), cls: 'to' },
      { label: say('note'), cls: 'note' },
    ],
    [
      {
        rows: (remedies ?? []).map(({ remedy, limit, to, note, basis }) => [
          remedy ?? '',
          limit ?? '',
          to ?? '',
          [
            note,
            basis &&
              sourceRows({ basis })
                .map(({ text }) => text)
                .join(kit.word('list-comma')),
          ]
            .filter(Boolean)
            .join(kit.word('clause-comma')),
        ]),
      },
    ],
    'remedies',
  );
}
