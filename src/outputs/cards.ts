// The counter cards: what to bring and what it costs, large enough for who stands before the counter.

import { isUnconfirmed, known } from '../content/schema/schema.js';
import type { Service, Variant } from '../content/schema/service.js';
import { type Html, html } from '../core/html.js';
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
const WITHOUT_ADDRESS = SHOWS.filter((facet) => facet !== 'book.url');
const BEFORE = ['documents', 'fee', 'deadline-brief', 'authority-brief', 'office.name'] as const;

export default {
  summary: {
    zh: '櫃台立牌（A5，一張 A4 兩份）：每項服務的應備證件與規費',
    en: 'Counter cards (A5, two on A4): documents and fee of each service',
  },
  subServices: true,
  declares: { of: 'services', shows: SHOWS, before: [WITHOUT_ADDRESS, BEFORE] },
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
        // What is too long even so goes on to a second card.
        fit: { least: LEAST, most: MOST, flows: true, apart: true },
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

/** A card is read across a counter, from 0.6 m; its type is 4 mm where `--fit` is 1. */
const LEAST = typeFor(0.6) / 4;
const MOST = 1.6;

const word = wordsUnder('cards');

function cardHtml(context: RenderContext, service: Service, open: string | undefined): Html {
  const variants = (known(service.variants) ?? []).flatMap((variant) => {
    const also = alsoHtml(context, service, variant);
    return variant.documents !== undefined || variant.fee !== undefined || also ? [{ variant, also }] : [];
  });
  return pageHtml(context, {
    stamp: stampOfService(context, 'cards', service, SHOWS),
    name: service.name,
    head: head(context, { subject: service.name }),
    body: html`${paragraph('note', statusText(context, service.status) || undefined)}${documents(context, service, declaredBelow(service))}${fees(context, service)}${alsoHtml(context, service, service)}${
      variants.length > 0 && html`<p class="note">${context.word('handbook.variant-like')}</p>`
    }${variants.map(
      ({ variant, also }) =>
        html`<section class="variant"><h2>${variant.name}</h2>${variant.documents !== undefined && documents(context, variant)}${
          variant.fee !== undefined && fees(context, variant)
        }${also}</section>`,
    )}`,
    points: true,
    told: `${context.word('desk.service-id', service.id)}${context.word('between')}${context.word('in-book', `${numberInBook(context, service)}${service.name}`)}`,
    open,
  });
}

const declaredBelow = ({ variants }: Service): boolean =>
  (known(variants) ?? []).some(({ documents }) => documents !== undefined);

/** By when, who decides, and where; of a sub-service what it declares of its own. */
function alsoHtml(context: RenderContext, service: Service, entry: Service | Variant): Html | false {
  const own = (fact: 'deadline' | 'authority'): boolean => entry === service || entry[fact] !== undefined;
  const terms = yourTerms(context, service, entry);
  const preconditions = known(entry.preconditions) ?? [];
  const status = entry === service ? '' : statusText(context, entry.status);
  const rows = [
    status !== '' && [context.word('status'), status],
    own('deadline') && [context.word('deadline'), deadlineHeadline(context, service, entry).text],
    terms.length > 0 && [context.word('your-term'), terms.join(context.word('clause-comma'))],
    own('authority') && [context.word('authority'), authorityHeadline(context, entry).text],
    preconditions.length > 0 && [
      context.word('handbook.preconditions'),
      preconditions.join(context.word('clause-comma')),
    ],
    entry !== service && entry.place !== undefined && [context.word('posters.place'), entry.place],
  ].filter((row) => row !== false);
  return (
    rows.length > 0 &&
    html`<dl class="also">${rows.map(([label = '', text = '']) => html`<div><dt>${label}</dt><dd>${marked(text)}</dd></div>`)}</dl>`
  );
}

/** What nobody knows yet is no larger than other text. */
const large = ({ text, asked }: Headline): Html => html`<p class="${asked ? 'asked' : 'large'}">${marked(text)}</p>`;

function documents(context: RenderContext, entry: Pick<Declared, 'documents'>, ofVariants = false): Html {
  const { documents: declared } = entry;
  const section = (body: Html): Html =>
    html`<section class="documents"><h2>${context.word('documents')}</h2>${body}</section>`;
  // What only the sub-services declare stands with each of them.
  if (declared === undefined && ofVariants) return html``;
  if (declared === undefined || isUnconfirmed(declared) || isUnconfirmed(declared.items)) {
    const open = isUnconfirmed(declared) ? declared : known(declared)?.items;
    const more = isUnconfirmed(open) && saysMore(open.unconfirmed) && html`<p class="note">${mark(open)}</p>`;
    return section(html`${large({ text: context.word('ask'), asked: true })}${more}`);
  }
  const groups = documentGroups(entry);
  let number = 0;
  return section(
    html`${groups.length === 0 && html`<p class="large">${context.word('none')}</p>`}${groups.map(
      ({ label, documents: list }) =>
        html`${label !== undefined && html`<h3>${marked(label)}</h3>`}<ol>${list.map(
          (each) => html`<li><span class="number">${++number}</span><div>${documentHtml(context, each)}</div></li>`,
        )}</ol>`,
    )}${paragraph('note', likeText(context, entry))}${paragraph('note', besideText(context, entry))}${paragraph('note', declared.note)}`,
  );
}

function fees(context: RenderContext, entry: Service | Variant): Html {
  const { fee } = entry;
  const brief = feeHeadline(context, entry);
  /** What the large words have said, and no more. */
  const told = ({ item, per, amount, note }: FeeRow): boolean =>
    note === '' && item === context.word('fee') && [per, amount, [per, amount].join(' ')].includes(brief.text);
  const rows = toldFeeRows(context, withoutBasis(fee)).filter(
    (row) => !told(row) && (row.item !== context.word('fee') || saysMore(row.amount + row.note)),
  );
  return html`<section class="fees"><h2>${context.word('fee')}</h2>${large(brief)}${
    rows.length > 0 &&
    html`<table><tbody>${rows.map(
      ({ kind, item, per, amount, note }) =>
        html`<tr class="${kind}"><th scope="row">${marked(item)}</th><td>${marked([per, amount].filter(Boolean).join(' '))}${
          note !== '' && html`<span class="note">${marked(note)}</span>`
        }</td></tr>`,
    )}</tbody></table>`
  }</section>`;
}
