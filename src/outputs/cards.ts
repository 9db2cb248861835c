// The counter cards: what to bring and what it costs, large enough for who stands before the counter.

import { isUnconfirmed, known } from '../content/schema/schema.js';
import type { Service, Variant } from '../content/schema/service.js';
import { type Html, html } from '../core/html.js';
import { categoryMarkOf } from '../document/category-mark.js';
import type { RenderContext } from '../document/context.js';
import { counterSheet, head, layoutOf, pageHtml } from '../document/counter-sheet.js';
import { stampOf, stampOfService } from '../document/declaration.js';
import { besideText, type Declared, documentGroups, documentHtml, likeText } from '../document/facts/documents.js';
import { type FeeRow, toldFeeRows } from '../document/facts/fee.js';
import { statusText } from '../document/facts/terms.js';
import { withoutBasis } from '../document/facts/text.js';
import { authorityHeadline, deadlineHeadline, feeHeadline, type Headline, yourTerms } from '../document/headlines.js';
import type { Output } from '../document/output.js';
import { asWritten, forCitizens, knowsNoFact, openLine } from '../document/quiet.js';
import { telling } from '../document/told-facts.js';
import { marked, paragraph, saysMore, typeFor } from '../document/wall-sheet.js';
import { numberInBook } from '../document/way.js';
import { mark, wordsUnder } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = [
  'category',
  'status',
  'documents',
  'fee',
  'deadline-headline',
  'your-terms',
  'authority-brief',
  'variant-briefs',
  'variant-ways',
  'office.name',
  'book.url',
] as const;
/** What sheets of the format before it printed. */
const WITHOUT_CATEGORY = SHOWS.filter((facet) => facet !== 'category');
const WITHOUT_ADDRESS = WITHOUT_CATEGORY.filter((facet) => facet !== 'book.url');
const BEFORE = ['documents', 'fee', 'deadline-brief', 'authority-brief', 'office.name'] as const;

export default {
  summary: {
    zh: '櫃台立牌（A5，一張 A4 兩份）：每項服務的應備證件與規費',
    en: 'Counter cards (A5, two on A4): documents and fee of each service',
  },
  subServices: true,
  declares: { of: 'services', shows: SHOWS, before: [WITHOUT_CATEGORY, WITHOUT_ADDRESS, BEFORE] },
  tells: telling('handbook', {
    status: 'whole',
    documents: 'whole',
    conditions: 'whole',
    'document-notes': 'whole',
    fee: 'whole',
    'fee-changes': 'whole',
    payment: 'whole',
    'your-terms': 'short',
    preconditions: 'whole',
    deadline: 'short',
    authority: 'whole',
  }),
  papers: ['A4', 'A5'],
  render(whole) {
    const context = forCitizens(whole);
    const shown = context.selected.filter((service) => !isEmpty(context, service));
    if (shown.length === 0) return [];
    return [
      counterSheet(context, {
        file: 'counter/cards.pdf',
        stamp: stampOf(context, {
          sheet: 'cards',
          id: 'cards',
          shows: SHOWS,
          subject: {
            services: shown.length === context.services.length ? 'all' : shown.map(({ id }) => id),
          },
        }),
        about: { of: shown.map(({ id }) => id) },
        title: word(context, 'card'),
        css: 'cards/card.css',
        layout: layoutOf(context),
        body: shown.map((service) => cardHtml(context, service, openLine(whole, asWritten(whole, [service]), TOPICS))),
        // One size for the whole series; what is too long even so goes on to a second card.
        fit: {
          least: context.second === undefined ? LEAST : LEAST_OF_TWO,
          most: MOST,
          flows: true,
          apart: true,
          alike: true,
        },
      }),
    ];
  },
  unknown(whole) {
    const context = forCitizens(whole);
    const empty = context.selected.filter((service) => isEmpty(context, service));
    return empty.map(({ id, name = id }) => ({ service: id, name }));
  },
} satisfies Output;

/** Nothing to tell before the counter. */
const isEmpty = (context: RenderContext, service: Service): boolean =>
  !context.workingCopy && knowsNoFact(context, service) && service.variants === undefined;

const TOPICS = ['documents', 'kind', 'copies', 'fee', 'deadline', 'authority'] as const;

/** A card is read across a counter, from 0.7 m; its type is 4 mm where `--fit` is 1, the smallest 3 mm or more. */
const LEAST = typeFor(0.7) / 4;
/** In two languages from 0.6 m. */
const LEAST_OF_TWO = typeFor(0.6) / 4;
const MOST = 1.3;

const word = wordsUnder('cards');

function cardHtml(context: RenderContext, service: Service, open: string | undefined): Html {
  const mark = categoryMarkOf(context, service);
  const variants = (known(service.variants) ?? []).flatMap((variant) => {
    const rows = rowsOf(context, service, variant);
    return rows.length > 0 ? [{ variant, rows }] : [];
  });
  return pageHtml(context, {
    stamp: stampOfService(context, 'cards', service, SHOWS),
    name: service.name,
    mark,
    head: head(context, { subject: service.name, category: mark, banded: true }),
    body: html`<div class="card">${paragraph('status', statusText(context, service.status) || undefined)}${together(context, rowsOf(context, service, service)).map(rowHtml)}${
      variants.length > 0 && html`<p class="note">${context.word('handbook.variant-like')}</p>`
    }${variants.map(
      ({ variant, rows }) =>
        html`<section class="variant"><h2>${variant.name}</h2>${together(context, rows).map(rowHtml)}</section>`,
    )}</div>`,
    points: true,
    told: `${context.word('desk.service-id', service.id)}${context.word('between')}${context.word('in-book', `${numberInBook(context, service)}${service.name}`)}`,
    open,
  });
}

/** A question and its answer. `asked`: nobody knows it yet, so that it says whom to ask and no more. */
type Row = { readonly label: string; readonly body: Html; readonly asked?: boolean };

const rowHtml = ({ label, body, asked }: Row): Html =>
  html`<section class="row${asked && html` open`}"><h2>${label}</h2><div>${body}</div></section>`;

/** What is to be asked for stands in one row below what is known. */
function together(context: RenderContext, rows: readonly Row[]): Row[] {
  const asked = rows.filter((row) => row.asked === true);
  const told = rows.filter((row) => row.asked !== true);
  const [first] = asked;
  if (!first) return told;
  const label = asked.map((row) => row.label).join(context.word('list-comma'));
  return [...told, { ...first, label, asked: true }];
}

/** What to bring, what it costs, by when, who decides, and where; of a sub-service what it declares of its own. */
function rowsOf(context: RenderContext, service: Service, entry: Service | Variant): Row[] {
  const own = (fact: 'deadline' | 'authority'): boolean => entry === service || entry[fact] !== undefined;
  const plain = (label: string, text: string): Row => ({ label, body: html`<p>${marked(text)}</p>` });
  const terms = yourTerms(context, service, entry);
  const preconditions = known(entry.preconditions) ?? [];
  const status = entry === service ? '' : statusText(context, entry.status);
  const limit = own('deadline') && deadlineHeadline(context, service, entry);
  const decider = own('authority') && authorityHeadline(context, entry);
  const withVariants = entry === service && declaredBelow(service);
  return [
    ...(status === '' ? [] : [plain(context.word('status'), status)]),
    // What only the sub-services declare stands with each of them.
    ...(entry.documents === undefined && (entry !== service || withVariants) ? [] : [documents(context, entry)]),
    ...(entry !== service && entry.fee === undefined ? [] : [fees(context, entry)]),
    ...(limit ? [large(context.word('deadline'), limit)] : []),
    ...(terms.length === 0 ? [] : [plain(context.word('your-term'), terms.join(context.word('clause-comma')))]),
    ...(decider ? [large(context.word('authority'), decider)] : []),
    ...(preconditions.length === 0
      ? []
      : [plain(context.word('handbook.preconditions'), preconditions.join(context.word('clause-comma')))]),
    ...(entry === service || entry.place === undefined ? [] : [plain(context.word('posters.place'), entry.place)]),
  ];
}

const declaredBelow = ({ variants }: Service): boolean =>
  (known(variants) ?? []).some(({ documents }) => documents !== undefined);

/** What nobody knows yet is no larger than other text. */
const large = (label: string, { text, asked }: Headline, below: Html | false = false): Row => ({
  label,
  body: html`<p class="${asked ? 'asked' : 'large'}">${marked(text)}</p>${below}`,
  ...(asked && below === false ? { asked } : {}),
});

function documents(context: RenderContext, entry: Pick<Declared, 'documents'>): Row {
  const { documents: declared } = entry;
  const label = context.word('documents');
  if (declared === undefined || isUnconfirmed(declared) || isUnconfirmed(declared.items)) {
    const open = isUnconfirmed(declared) ? declared : known(declared)?.items;
    const more = isUnconfirmed(open) && saysMore(open.unconfirmed) && html`<p class="note">${mark(open)}</p>`;
    return large(label, { text: context.word('ask'), asked: true }, more);
  }
  const groups = documentGroups(entry);
  let number = 0;
  const body = html`${groups.length === 0 && html`<p class="large">${context.word('none')}</p>`}${groups.map(
    ({ label: condition, documents: list }) =>
      html`<div class="group${condition !== undefined && html` held`}">${condition !== undefined && html`<h3>${marked(condition)}</h3>`}<ol>${list.map(
        (each) => html`<li><span class="number">${++number}</span><div>${documentHtml(context, each)}</div></li>`,
      )}</ol></div>`,
  )}${paragraph('note', likeText(context, entry))}${paragraph('note', besideText(context, entry))}${paragraph('note', declared.note)}`;
  return { label, body };
}

function fees(context: RenderContext, entry: Service | Variant): Row {
  const { fee } = entry;
  const brief = feeHeadline(context, entry);
  /** What the large words have said, and no more. */
  const told = ({ item, per, amount, note }: FeeRow): boolean =>
    note === '' && item === context.word('fee') && [per, amount, [per, amount].join(' ')].includes(brief.text);
  const rows = toldFeeRows(context, withoutBasis(fee)).filter(
    (row) => !told(row) && (row.item !== context.word('fee') || saysMore(row.amount + row.note)),
  );
  const more =
    rows.length > 0 &&
    html`<table><tbody>${rows.map(
      ({ kind, item, per, amount, note }) =>
        html`<tr class="${kind}"><th scope="row">${marked(item)}</th><td>${marked([per, amount].filter(Boolean).join(' '))}${
          note !== '' && html` <span class="note">${marked(note)}</span>`
        }</td></tr>`,
    )}</tbody></table>`;
  // Where each sum has its row, the large words say nothing more.
  if (more && rows.filter(({ kind }) => kind !== 'other').length > 1) return { label: context.word('fee'), body: more };
  return large(context.word('fee'), brief, more);
}
