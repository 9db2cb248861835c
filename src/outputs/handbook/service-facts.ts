// What is told of a service at length, and which of it stands in a line or in a section of its own.

import { isWaivedForAll } from '../../content/answer/evaluate.js';
import { isUnconfirmed, known, type Unconfirmed } from '../../content/schema/schema.js';
import type { Service, Variant } from '../../content/schema/service.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import { type Html, html, join } from '../../core/html.js';
import type { RenderContext } from '../../document/context.js';
import { authorityBrief, authorityRows, rolesWithNotes } from '../../document/facts/authority.js';
import { type DeadlineRow, deadlineBrief, deadlineRows } from '../../document/facts/deadline.js';
import {
  besideText,
  choiceWord,
  documentGroups,
  documentHtml,
  documentName,
  documentRemarks,
  formName,
  likeText,
  toldDocumentDetails,
  waivedText,
} from '../../document/facts/documents.js';
import { type FeeRow, toldFeeRows } from '../../document/facts/fee.js';
import { sourceRows } from '../../document/facts/sources.js';
import { serviceTerms } from '../../document/facts/terms.js';
import { clauses, printed } from '../../document/facts/text.js';
import { mark } from '../../document/words.js';
import type { BookContext } from './context.js';
import { formHtml } from './forms.js';
import { proseCell } from './prose.js';
import { saysMore } from './record.js';
import {
  addressCell,
  type Column,
  type FactRow,
  factRow,
  factTable,
  type Item,
  itemsRow,
  listCell,
  marked,
  table,
  textRow,
} from './tables.js';

export type Section = [title: string, body: Html | undefined];

/** What an applicant asks first: until when, who may apply, what has to be so before, how and where. */
export function applyRows(context: BookContext, entry: Service | Variant): (FactRow | undefined)[] {
  return [
    ...termRows(context, entry, 'before'),
    textRow(context.bookWord('window'), entry.window),
    listRow(context, 'applicant', entry.applicant, ({ who = '', joint, condition, note }) =>
      withAside(context, who, known(joint) === true ? context.word('joint') : undefined, condition, note),
    ),
    textRow(context.bookWord('representation'), entry.representation),
    factRow(context.bookWord('eligibility'), proseCell(context, entry.eligibility)),
    listRow(context, 'preconditions', entry.preconditions, (text) => withAside(context, text)),
    listRow(context, 'channels', entry.channels, ({ name = '', place, hours, url, note }) => {
      const { text, html: told } = withAside(context, name, place, hours, note);
      return url ? { text: `${text} ${url}`, html: html`${told} ${addressCell(url)}` } : { text, html: told };
    }),
    textRow(context.bookWord('place'), entry.place),
    textRow(context.bookWord('service-hours'), entry.hours),
    textRow(context.word('fee'), feeLine(context, entry)),
    textRow(context.word('deadline'), deadlineLine(context, entry)),
    // Where there is a chart, it stands with that.
    entry.id !== undefined && context.charts.has(entry.id)
      ? undefined
      : textRow(context.word('total'), printed(entry.total) || undefined),
  ];
}

/** What an applicant asks next: who decides, what he receives, whom to ask. */
export function askRows(context: BookContext, entry: Service | Variant): (FactRow | undefined)[] {
  return [
    listRow(context, 'result', entry.result, ({ name = '', validity, delivery, note }) =>
      withAside(
        context,
        name,
        validity && context.word('field', context.bookWord('validity'), validity),
        delivery && context.word('field', context.bookWord('delivery'), delivery),
        note,
      ),
    ),
    textRow(context.word('authority'), authorityLine(context, entry)),
    textRow(context.bookWord('in-charge'), rolesWithNotes(context, entry.unit) || undefined),
    contactRow(context, entry),
    factRow(
      context.bookWord('form-row'),
      isUnconfirmed(entry.forms) ? mark(entry.forms) : listCell((entry.forms ?? []).map((id) => formHtml(context, id))),
    ),
    ...termRows(context, entry, 'after'),
  ];
}

const termRows = (context: BookContext, entry: Service | Variant, which: 'before' | 'after'): (FactRow | undefined)[] =>
  serviceTerms(context, entry, which).map(({ label, texts: [only, ...more] }) =>
    more.length === 0
      ? textRow(label, only)
      : factRow(label, listCell([only ?? '', ...more].map((text) => marked(text)))),
  );

/** A text, and in brackets what is to be known of it. */
function withAside(context: BookContext, text: string, ...more: (string | undefined)[]): Item {
  const given = more.filter((each) => each !== undefined && each !== '');
  if (given.length === 0) return { text, html: marked(text) };
  const beside = context.word('brackets', given.join(context.word('clause-comma')));
  return { text: `${text}${beside}`, html: html`${marked(text)}<span class="aside">${marked(beside)}</span>` };
}

const listRow = <T>(
  context: BookContext,
  key: string,
  list: readonly T[] | Unconfirmed | undefined,
  item: (each: T) => Item,
): FactRow | undefined =>
  isUnconfirmed(list)
    ? factRow(context.bookWord(key), mark(list))
    : itemsRow(context.bookWord(key), (list ?? []).map(item), context.word('clause-comma'));

/** Whom to ask: unit, floor, telephone, and who stands in. */
function contactRow(context: BookContext, entry: Service | Variant): FactRow | undefined {
  const contact = known(entry.contact);
  return factRow(
    context.bookWord('contact'),
    isUnconfirmed(entry.contact)
      ? mark(entry.contact)
      : contact &&
          join(
            [
              contact.unit,
              contact.floor && saysUnconfirmed(contact.floor)
                ? context.word('field', context.bookWord('floor'), contact.floor)
                : contact.floor,
              contact.telephone && context.word('field', context.bookWord('telephone'), contact.telephone),
              contact.extension && context.bookWord('extension-of', contact.extension),
              contact.deputy && context.word('field', context.bookWord('deputy'), contact.deputy),
              contact.note,
            ]
              .filter((text) => text !== undefined && text !== '')
              .map((text) => marked(text as string)),
            context.word('list-comma'),
          ),
  );
}

/** Documents, fee, deadline and authority at length, where the strip does not already say it all. */
export function factSections(context: BookContext, entry: Service | Variant): Section[] {
  return [
    [context.word('documents'), documentsHtml(context, entry)],
    [context.word('fee'), feeHtml(context, entry)],
    [context.word('deadline'), deadlineHtml(context, entry)],
    [context.word('authority'), authorityHtml(context, entry)],
  ];
}

export function noteSections(context: BookContext, entry: Service | Variant): Section[] {
  return [
    [context.bookWord('notes'), entry.notes && html`<div class="prose">${proseCell(context, entry.notes)}</div>`],
    [context.bookWord('remedies'), remediesHtml(context, entry)],
  ];
}

function documentsHtml(context: BookContext, entry: Service | Variant): Html | undefined {
  const { documents } = entry;
  if (isUnconfirmed(documents)) return saysMore(documents.unconfirmed) ? html`<p>${mark(documents)}</p>` : undefined;
  const [like, beside] = [likeText(context, entry), besideText(context, entry)];
  const note =
    (like || beside || documents?.note) &&
    html`${like && html`<p class="under">${like}</p>`}${beside && html`<p class="under">${marked(beside)}</p>`}${
      documents?.note && html`<p class="under">${marked(documents.note)}</p>`
    }`;
  const groups = documentGroups(entry);
  const grid = table(
    [
      { label: context.bookWord('document'), cls: 'name' },
      { label: context.bookWord('form-and-copies'), cls: 'kind' },
      { label: context.bookWord('note'), cls: 'note' },
    ],
    groups.map(({ label, documents: list }) => ({
      ...(label === undefined
        ? groups.length > 1
          ? { label: context.word('always-needed') }
          : {}
        : { label: marked(label) }),
      rows: list.map((document) => {
        const { oneOf, waived, form, note: own } = document;
        const alternatives = known(oneOf) ?? [];
        return [
          html`${marked(documentName(context, document))}${document.name !== undefined && oneOf !== undefined && html` <span class="tag">${choiceWord(context, document)}</span>`}${
            isWaivedForAll(document) && html` <span class="tag">${context.word('waived')}</span>`
          }${isUnconfirmed(oneOf) && html` ${mark(oneOf)}`}${
            alternatives.length > 0 &&
            html`<ul class="alternatives">${alternatives.map((each) => html`<li>${documentHtml(context, each, true)}</li>`)}</ul>`
          }`,
          toldDocumentDetails(context, document),
          join(
            [
              ...documentRemarks(context, document, 'all').map((text) => marked(text)),
              waived === undefined ? undefined : marked(waivedText(context, document)),
              form === undefined ? undefined : html`${context.word('form-of', formName(context, form))}`,
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

export const feeColumns = (context: BookContext): Column[] => [
  { label: context.word('item'), cls: 'item' },
  { label: context.word('amount'), cls: 'amount' },
  { label: context.word('per'), cls: 'per' },
  { label: context.bookWord('note'), cls: 'note' },
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

function feePlace(context: RenderContext, rows: readonly FeeRow[]): Place {
  const other = rows.filter((row) => row.kind === 'other');
  const [only, ...more] = rows.filter((row) => row.kind !== 'other');
  if (more.length > 0 || other.length > 2 || only?.kind === 'surcharge') return 'section';
  return other.length === 0 && (only === undefined || isBare(context, only)) ? 'strip' : 'line';
}

/** Nothing but what the strip says: 免費, or a sum, or 待確認. */
export const isBare = (context: RenderContext, { item, note, amount }: FeeRow): boolean =>
  note === '' && item === context.word('fee') && !saysMore(amount);

function feeLine(context: BookContext, { fee }: Service | Variant): string | undefined {
  const rows = toldFeeRows(context, fee);
  if (feePlace(context, rows) !== 'line') return undefined;
  return clauses(
    context,
    rows.map(({ kind, item, amount, per, note }) => {
      const text = `${[per, amount].filter(Boolean).join(' ')}${note && amount ? context.word('brackets', note) : note}`;
      return item === context.word('fee') || (kind === 'other' && item === context.word('remark'))
        ? text
        : context.word('field', item, text);
    }),
  );
}

/** 加收 20 元, 減半, 免收. */
const SAYS_KIND = /^(?:加收|另[加計收]|減|免|\S+ 折)|surcharge|\b(?:half|free|off|waived)\b/i;

function feeHtml(context: BookContext, { fee }: Service | Variant): Html | undefined {
  const rows = toldFeeRows(context, fee);
  if (rows.length === 0 || feePlace(context, rows) !== 'section') return undefined;
  const of = (...kinds: FeeRow['kind'][]): (Html | string)[][] =>
    feeCells(rows.filter((row) => kinds.includes(row.kind)));
  const [only, ...more] = rows.filter((row) => row.kind !== 'other');
  const told = only !== undefined && more.length === 0 && isBare(context, only);
  const kinds = (['surcharge', 'discount', 'exemption'] as const).map((kind) => ({
    kind,
    // One that says itself what it is needs no heading.
    alone: rows.filter((row) => row.kind === kind).every(({ amount }, i) => i === 0 && SAYS_KIND.test(amount)),
  }));
  const grid = table(
    feeColumns(context),
    [
      { rows: told ? [] : of('line', 'more') },
      ...kinds.map(({ kind, alone }) => ({
        ...(alone ? {} : { label: context.bookWord(`${kind}s`) }),
        rows: of(kind),
      })),
    ],
    'fees',
  );
  const other = rows.filter((row) => row.kind === 'other');
  return html`${grid}${factTable(
    other.map(({ item, note }) => factRow(item, marked(note))),
    'facts under',
  )}`;
}

function deadlinePlace(context: RenderContext, deadline: Service['deadline'], rows: readonly DeadlineRow[]): Place {
  const limits = rows.filter((row) => row.limit !== '');
  if (limits.length > 1 || rows.length > 3) return 'section';
  const [only] = rows;
  return rows.length === 0 ||
    (rows.length === 1 &&
      only?.note === '' &&
      (only.limit === deadlineBrief(context, deadline) || (saysUnconfirmed(only.limit) && !saysMore(only.limit))))
    ? 'strip'
    : 'line';
}

function deadlineLine(context: BookContext, { deadline }: Service | Variant): string | undefined {
  const rows = deadlineRows(context, deadline);
  if (deadlinePlace(context, deadline, rows) !== 'line') return undefined;
  return clauses(
    context,
    rows.map(({ label, limit, note }) => {
      const text = limit === '' ? note : `${limit}${note && context.word('brackets', note)}`;
      return label === context.word('deadline') || label === context.word('remark')
        ? text
        : context.word('field', label, text);
    }),
  );
}

function deadlineHtml(context: BookContext, { deadline }: Service | Variant): Html | undefined {
  const rows = deadlineRows(context, deadline);
  if (deadlinePlace(context, deadline, rows) !== 'section') return undefined;
  const grid = table(
    [
      { label: context.word('item'), cls: 'item' },
      { label: context.bookWord('limit'), cls: 'limit' },
      { label: context.bookWord('note'), cls: 'note' },
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
function authorityLine(context: BookContext, { authority }: Service | Variant): string | undefined {
  const [row, ...more] = authorityRows(context, authority);
  if (!row || more.length > 0 || row.stage !== '') return undefined;
  const told = !row.prepare && !row.review && !row.countersign && !row.note;
  if (
    told &&
    (row.decide === authorityBrief(context, authority) || (saysUnconfirmed(row.decide) && !saysMore(row.decide)))
  )
    return undefined;
  const chain = (['prepare', 'review', 'countersign', 'decide'] as const)
    .filter((key) => row[key] !== '')
    .map((key) => context.word('field', context.word(key), row[key]));
  return clauses(context, [...chain, row.note]);
}

function authorityHtml(context: BookContext, { authority }: Service | Variant): Html | undefined {
  const rows = authorityRows(context, authority);
  if (rows.length === 0 || (rows.length === 1 && rows[0]?.stage === '')) return undefined;
  return table(
    [
      { label: context.bookWord('stage'), cls: 'stage' },
      { label: context.word('prepare') },
      { label: context.word('review') },
      { label: context.word('countersign') },
      { label: context.word('decide'), cls: 'decide' },
      { label: context.bookWord('note'), cls: 'note' },
    ],
    [{ rows: rows.map((row) => [row.stage, row.prepare, row.review, row.countersign, row.decide, row.note]) }],
    'authority',
  );
}

function remediesHtml(context: BookContext, { remedies }: Service | Variant): Html | undefined {
  if (isUnconfirmed(remedies)) return html`<p>${mark(remedies)}</p>`;
  return table(
    [
      { label: context.bookWord('remedy'), cls: 'name' },
      { label: context.bookWord('limit'), cls: 'limit' },
      { label: context.bookWord('remedy-to'), cls: 'to' },
      { label: context.bookWord('note'), cls: 'note' },
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
                .join(context.word('list-comma')),
          ]
            .filter(Boolean)
            .join(context.word('clause-comma')),
        ]),
      },
    ],
    'remedies',
  );
}
