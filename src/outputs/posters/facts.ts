// The rows of the four facts: what to bring, what it costs, how long it takes, who decides.

import { isUnconfirmed, known } from '../../content/schema/schema.js';
import type { RequiredDocument, Service } from '../../content/schema/service.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import { type Html, html } from '../../core/html.js';
import { type AuthorityRow, authorityBrief, authorityRows } from '../../document/facts/authority.js';
import type { DeadlineRow } from '../../document/facts/deadline.js';
import {
  besideText,
  type Declared,
  documentGroups,
  documentHtml,
  formName,
  likeText,
} from '../../document/facts/documents.js';
import { type FeeRow, toldFeeRows } from '../../document/facts/fee.js';
import { withoutBasis } from '../../document/facts/text.js';
import {
  authorityHeadline,
  deadlineHeadline,
  documentsHeadline,
  feeHeadline,
  type Headline,
  officeLimits,
} from '../../document/headlines.js';
import { marked, paragraph, phrased, saysMore, widthOf } from '../../document/wall-sheet.js';
import { type Context, type Row, row } from './rows.js';

/** Fee, deadline and authority; those of which nobody knows anything yet are one line together. */
export function answers(context: Context, service: Service): Row[] {
  const all = [
    {
      label: context.word('fee'),
      headline: feeHeadline(context, service),
      detail: fees(context, service),
    },
    { label: context.word('deadline'), headline: deadlineHeadline(context, service), detail: limits(context, service) },
    {
      label: context.word('authority'),
      headline: authorityHeadline(context, service),
      detail: deciders(context, service),
    },
  ];
  const open = all.filter(({ headline, detail }) => headline.asked && detail.toString() === '');
  const told = all
    .filter((each) => !open.includes(each))
    .map(({ label, headline, detail }) => fact(label, headline, detail));
  const [first] = open;
  if (!first) return told;
  const label = open.map((each) => each.label).join(context.word('list-comma'));
  return [...told, row(label, html`<p class="main">${phrased(first.headline.text)}</p>`, { cls: 'fact together' })];
}

function fact(label: string, { text: brief, asked }: Headline, detail: Html): Row {
  if (asked) return row(label, html`<p class="main">${phrased(brief)}</p>${detail}`, { cls: 'fact' });
  const words = phrased(brief);
  return row(label, html`<p class="value" style="--characters: ${longestIn(words).toFixed(2)}">${words}</p>${detail}`, {
    cls: 'fact',
  });
}

/** Width in characters of the longest piece that no line may end in; of a second language, which breaks at its blanks, nothing is said. */
const longestIn = (words: Html): number =>
  Math.max(
    1,
    ...words
      .toString()
      .split(/<wbr>|<span class="second"|(?<!\d) (?!\d|[^<]*<\/span>)/)
      .slice(0, 40)
      .map((piece) => widthOf(piece.replace(/^[^<]*>|<[^>]*>/g, ''))),
  );

/** What to bring; how many that is stands below the question. */
export function papers(context: Context, service: Service): Row {
  const [label, headline] = [context.word('documents'), documentsHeadline(context, service)];
  const list = documents(context, service);
  return list.toString() === '' || headline.asked || known(service.documents)?.none === true
    ? fact(label, headline, list)
    : row(label, list, {
        cls: 'fact',
        ...((known(known(service.documents)?.items)?.length ?? 0) > SEEN ? { count: headline.text } : {}),
      });
}

/** So many documents are counted at a glance. */
const SEEN = 3;

export function documents(context: Context, entry: Declared): Html {
  const { documents } = entry;
  if (isUnconfirmed(documents))
    return html`${saysMore(documents.unconfirmed) && paragraph('note', documents.unconfirmed)}`;
  const groups = documentGroups(documents === undefined ? {} : { documents });
  return html`${groups.map(
    ({ label, documents: list }) =>
      html`<div class="group">${label !== undefined && html`<h3>${marked(label)}</h3>`}<ul class="documents">${list.map((each) => html`<li>${documentHtml(context, once(context, each))}</li>`)}</ul></div>`,
  )}${paragraph('note', likeText(context, entry))}${paragraph('note', besideText(context, entry))}${paragraph('note', documents?.note)}`;
}

/** The form of a document that bears the form's name needs no second mention. */
function once(context: Context, document: RequiredDocument): RequiredDocument {
  if (document.form === undefined || formName(context, document.form) !== document.name) return document;
  const { form: _, ...rest } = document;
  return rest;
}

/** The service beside its sub-services, where one of them declares the same. */
const itselfOf = (
  context: Context,
  { variants }: Service,
  key: 'fee' | 'deadline' | 'authority',
): string | undefined =>
  known(variants)?.some((each) => each[key] !== undefined) ? context.word('posters.itself') : undefined;

/** A fact at length: what it is of, how much, and what to know. */
type Line = { label: string; value: string; note: string; inner?: boolean; below?: boolean };

/**
 * The lines that say more than the large words above them. `itself`: what the service is called in a line that no
 * sub-service shares, for then the large words tell of them all.
 */
function lines(field: string, words: string, all: readonly Line[], itself?: string): Html {
  const brief = itself === undefined ? words : '';
  const left = all.flatMap((line): Line[] => {
    // 待確認 with its reason is a remark on the large word.
    if (line.label === field && saysUnconfirmed(line.value) && saysMore(line.value))
      return [{ label: '', value: '', note: [line.value, line.note].filter(Boolean).join(' ') }];
    const told = line.value === '' || brief.includes(line.value) || !saysMore(line.value);
    if (!told || line.inner || (line.label !== field && !(line.value !== '' && brief.includes(line.label))))
      return [line];
    return line.note === '' ? [] : [{ label: '', value: '', note: line.note }];
  });
  if (left.length === 0) return html``;
  return html`<ul class="lines">${left.map(({ label, value, note, inner, below }) => {
    // A short note stands in the line itself.
    const within = !below && label !== '' && value !== '' && widthOf(label + value + note) <= 20;
    return html`<li${inner && html` class="inner"`}>${
      (label !== '' || value !== '') &&
      html`<div class="line">${
        label !== '' &&
        html`<span class="label">${marked(label === field ? (itself ?? label) : label)}${within && note !== '' && html` <span class="aside">${marked(note)}</span>`}</span>`
      }${value !== '' && html` <span class="amount">${marked(value)}</span>`}</div>`
    }${!within && paragraph('note', note)}</li>`;
  })}</ul>`;
}

function fees(context: Context, service: Service): Html {
  const line = ({ kind, item, amount, per, note }: FeeRow): Line => ({
    label: item,
    value: [per, amount].filter(Boolean).join(' '),
    note,
    ...(kind === 'more' ? { inner: true } : {}),
    // An exception is read behind what it is an exception from.
    ...(kind === 'exemption' ? { below: true } : {}),
  });
  const rows = toldFeeRows(context, withoutBasis(service.fee));
  const remark = rows.find(({ kind, item }) => kind === 'other' && item === context.word('remark'));
  return lines(
    context.word('fee'),
    feeHeadline(context, service).text,
    [
      ...rows.filter((row) => row !== remark && !(context.brief && row.kind === 'other')).map(line),
      ...(remark ? [{ label: context.word('fee'), value: '', note: remark.note }] : []),
    ],
    itselfOf(context, service, 'fee'),
  );
}

function limits(context: Context, service: Service): Html {
  const { deadline } = service;
  const field = context.word('deadline');
  const brief = deadlineHeadline(context, service).text;
  /** What the large words say of the deadline itself needs no name of its own. */
  const itself = ({ kind, label, limit }: DeadlineRow): boolean =>
    kind === 'open' ||
    (kind === 'target' && brief.includes(limit)) ||
    (kind === 'other' && label === context.word('remark'));
  return lines(
    field,
    brief,
    officeLimits(context, service, withoutBasis(deadline))
      .filter(({ kind }) => kind !== 'correction' && !(context.brief && kind === 'stage'))
      .filter((row) => row.kind !== 'other' || row.label !== context.word('counting'))
      .map((row) => ({
        label: itself(row) ? field : row.label,
        value: row.limit,
        note: row.kind === 'stage' ? '' : row.note,
      })),
    itselfOf(context, service, 'deadline'),
  );
}

function deciders(context: Context, service: Service): Html {
  const { authority } = service;
  const field = context.word('authority');
  const line = ({ stage, note, ...chain }: AuthorityRow): Line => {
    const acts = (['prepare', 'review', 'countersign', 'decide'] as const).filter(
      (act) => chain[act] !== '' && (act === 'decide' || !context.brief),
    );
    const alone = acts.length === 1 && acts[0] === 'decide';
    return {
      label: stage || field,
      value: alone
        ? chain.decide
        : acts.map((act) => `${context.word(act)} ${chain[act]}`).join(` ${context.word('posters.then')} `),
      note,
    };
  };
  const brief = authorityBrief(context, authority);
  const itself = itselfOf(context, service, 'authority');
  return lines(
    field,
    brief,
    authorityRows(context, withoutBasis(authority)).map((row) => {
      const { label, ...rest } = line(row);
      return itself === undefined && label === field && !brief.includes(rest.value)
        ? { label: '', ...rest }
        : { label, ...rest };
    }),
    itself,
  );
}
