// What else a service says than its four facts, a row each: who, how and where, what comes of it, and on what law.

import { renderSVG } from 'uqr';
import { isUnconfirmed, known, type Unconfirmed } from '../content/schema/schema.js';
import type { Service, Variant } from '../content/schema/service.js';
import { saysUnconfirmed } from '../content/schema/tree.js';
import { type Html, html, trusted } from '../core/html.js';
import type { RenderContext } from './context.js';
import { authorityRows, rolesWithNotes } from './facts/authority.js';
import { reachedAt } from './facts/contact.js';
import { toldDeadlineRows } from './facts/deadline.js';
import { formName } from './facts/documents.js';
import { chargeText, toldFeeRows } from './facts/fee.js';
import { citationsIn, lawOf } from './facts/sources.js';
import { serviceTerms } from './facts/terms.js';
import { clauses, marked, present, printed, withoutBasis } from './facts/text.js';
import { deadlineHeadline, officeLimits, yourTerms } from './headlines.js';
import { askedWithin } from './quiet.js';
import type { FactKind } from './told-facts.js';

/** A label, and what is said under it, a paragraph each. */
export type ToldRow = { readonly kind: FactKind; readonly label: string; readonly cells: readonly (Html | string)[] };

type Entry = Service | Variant;
type Texts = readonly (string | undefined | false)[];

/** The rows that the service or sub-service has something to say in. */
export function toldRows(context: RenderContext, entry: Entry): ToldRow[] {
  const { word } = context;
  const applicants = each(entry.applicant, ({ who, joint, condition, note }) =>
    aside(context, who, known(joint) === true && word('joint'), condition, note),
  );
  const results = each(entry.result, ({ name, validity, delivery, note }) =>
    aside(
      context,
      name,
      validity && word('field', word('handbook.validity'), validity),
      delivery && word('field', word('handbook.delivery'), delivery),
      note,
    ),
  );
  const remedies = each(entry.remedies, ({ remedy, limit, to, note }) => aside(context, remedy, limit, to, note));
  return [
    ...rowsIn([
      ['applicant', word('handbook.applicant'), applicants],
      ['applicant', word('handbook.representation'), [entry.representation]],
      ['applicant', word('handbook.eligibility'), [proseOf(context, entry.eligibility)]],
      ['preconditions', word('handbook.preconditions'), each(entry.preconditions, (text) => text)],
      ['authority-chain', word('authority'), authorityTexts(context, entry)],
      ['result', word('handbook.result'), results],
      ['remedies', word('handbook.remedies'), remedies],
      ['unit', word('handbook.in-charge'), [rolesWithNotes(context, entry.unit)]],
      ['forms', word('handbook.form-row'), formCells(context, entry)],
      ['basis', word('basis'), [lawsOf(context, entry)]],
    ]),
    ...termRows(context, entry, 'after'),
  ];
}

/** Whether it is on offer and who may act for whom; or whom to complain to, and who confirmed it. */
export const termRows = (context: RenderContext, entry: Entry, which: 'before' | 'after'): ToldRow[] =>
  serviceTerms(context, entry, which).map(({ label, texts }) => ({
    kind: label === context.word('status') ? 'status' : 'terms',
    label,
    cells: texts,
  }));

type Cells = readonly (Html | string | undefined | false)[];

/** Those that have something to say. */
const rowsIn = (rows: readonly (readonly [kind: FactKind, label: string, cells: Cells])[]): ToldRow[] =>
  rows.flatMap(([kind, label, cells]) => {
    const given = cells.filter((cell): cell is Html | string => !!cell);
    return given.length > 0 ? [{ kind, label, cells: given }] : [];
  });

/** When one hears, by when one must come, and what it costs. */
export function timeRows(context: RenderContext, service: Service, entry: Service | Variant): ToldRow[] {
  const { fee, deadline } = entry;
  const charges = toldFeeRows(context, withoutBasis(fee)).map((row) =>
    row.kind === 'other' ? context.word('field', row.item, row.note) : chargeText(context, row),
  );
  const rows = officeLimits(context, service, withoutBasis(deadline));
  const limits = rows
    .filter(({ kind }) => kind !== 'correction')
    .map(({ label, limit, note }) =>
      limit === ''
        ? context.word('field', label, note)
        : `${label === context.word('deadline') ? '' : `${label} `}${limit}${note ? context.word('brackets', note.replace(/。$/, '')) : ''}`,
    );
  // The answer stands above the stages that lead to it; where the only limit binds who applies, nobody has given one yet.
  const staged = (known(known(deadline)?.stages)?.length ?? 0) > 1;
  const answered = rows.some(({ kind, limit }) => limit !== '' && kind !== 'correction' && kind !== 'prolong');
  const headline = deadline !== undefined && (staged || !answered) && deadlineHeadline(context, service, entry).text;
  const terms = entry === service || entry.window !== undefined || deadline !== undefined;
  return rowsIn([
    ['fee', context.word('fee'), charges],
    ['deadline', context.word('deadline'), [headline, ...limits]],
    ['deadline-notes', context.word('total'), [printed(entry.total)]],
    [
      'your-terms',
      context.word('your-term'),
      [
        ...(terms ? yourTerms(context, service, entry) : []),
        ...termNotes(context, service, deadline),
        ...correctionOf(context, entry),
      ],
    ],
  ]);
}

/** What is said of the limits that bind who applies, and not the office. */
function termNotes(context: RenderContext, service: Service, deadline: Service['deadline']): string[] {
  const told = withoutBasis(deadline);
  const ofOffice = new Set(officeLimits(context, service, told).map(({ kind, label }) => `${kind} ${label}`));
  return toldDeadlineRows(context, told).flatMap(({ kind, label, note }) =>
    note === '' || ofOffice.has(`${kind} ${label}`)
      ? []
      : [kind === 'statutory' ? note : context.word('field', label, note)],
  );
}

/** Whether the time begins anew when what was missing has come, and what else is said of it. */
function correctionOf(context: RenderContext, { deadline }: Service | Variant): string[] {
  const { restart, note } = known(known(deadline)?.correction) ?? {};
  return [
    known(restart) === undefined ? undefined : context.word(known(restart) ? 'restarts' : 'restarts-not'),
    note,
  ].filter((text) => text !== undefined && text !== '') as string[];
}

/** What is not known is no address to write to. */
const sureText = (text: string | undefined): string | undefined =>
  text === undefined || saysUnconfirmed(text) ? undefined : text;

/** How it is handed in, each way to be ticked; where, when, and whom to ask. `service`: the entry is it, no sub-service. */
export function wayRows(context: RenderContext, service: Service | undefined, entry: Service | Variant): ToldRow[] {
  const { office } = context.handbook;
  const named = (label: string, text: string | undefined): string | undefined =>
    text && context.word('field', label, text);
  const contact = known(entry.contact);
  const unit = service && rolesWithNotes(context, service.unit);
  const { telephone, extension, floor } = service ? reachedAt(office, service) : (contact ?? {});
  const asked = clauses(context, [
    isUnconfirmed(entry.contact) ? entry.contact.unconfirmed : (contact?.unit ?? unit),
    named(context.word('notices.telephone'), telephone),
    extension && context.word('notices.extension', extension),
    named(context.word('notices.fax'), service && sureText(office.fax)),
    named(context.word('notices.floor'), floor),
    named(context.word('handbook.deputy'), contact?.deputy),
    contact?.note,
  ]);
  return rowsIn([
    ['channels', context.word('notices.channels'), channelTexts(context, entry)],
    [
      'place',
      context.word('notices.place'),
      [entry.place ?? unit, service && named(context.word('notices.address'), sureText(office.address))],
    ],
    ['place', context.word('notices.hours'), [entry.hours ?? (service && office.hours)]],
    ['contact', context.word('notices.contact'), [asked]],
  ]);
}

/** Of a list each, or its 待確認. */
export const each = <T>(list: readonly T[] | Unconfirmed | undefined, textOf: (one: T) => string): string[] =>
  isUnconfirmed(list) ? [list.unconfirmed] : (list ?? []).map(textOf);

/** 承辦人（限本人；須事先登記）. */
export function aside(context: RenderContext, name: string | undefined, ...more: Texts): string {
  const text = clauses(context, more);
  return [name ?? '', text && context.word('brackets', text)].join('');
}

/** A channel with all that is said of it. */
const channelTexts = (context: RenderContext, { channels }: Entry): string[] =>
  each(
    isUnconfirmed(channels) || context.workingCopy ? channels : channels?.filter(isKnown),
    ({ name, place, hours, url, note }) => aside(context, name, place, hours, note, url),
  );

/** On a paper for citizens a way of which nobody knows whether it is open is none. */
const isKnown = ({ note }: { readonly note?: string }): boolean => note === undefined || !saysUnconfirmed(note);

/** Prose in Markdown; `unknown`: what a paper for citizens says for what nobody knows yet within a sentence. */
export const proseOf = (context: RenderContext, of: Entry['notes'], unknown = context.word('ask')): Html | undefined =>
  of === undefined ? undefined : context.prose(context.workingCopy ? of.markdown : askedWithin(of.markdown, unknown));

/**
 * Notes in Markdown; on a paper for citizens without those that say nothing else than that something is not known yet,
 * where nothing else hangs on them: an item or a paragraph of one line that nothing goes on from.
 */
export function notesHtml(context: RenderContext, { notes }: Entry, unknown?: string): Html | undefined {
  if (notes === undefined || context.workingCopy) return proseOf(context, notes);
  const lines = notes.markdown.split('\n');
  const stands = (line: string, i: number): boolean => {
    const [before = '', after = ''] = [lines[i - 1], lines[i + 1]];
    const parts = (other: string): boolean => other.trim() === '' || ITEM.test(other);
    return (
      /[。！？）)\p{L}\p{N}]\s*$/u.test(line) &&
      parts(after) &&
      (ITEM.test(line) || (/^\S/.test(line) && parts(before)))
    );
  };
  const sure = lines.filter((line, i) => !saysUnconfirmed(line.replace(ITEM, '').trim()) || !stands(line, i));
  return sure.some((line) => line.trim() !== '')
    ? proseOf(context, { ...notes, markdown: sure.join('\n') }, unknown)
    : undefined;
}
/** What begins an item of a list that is in no other. */
export const ITEM = /^(?:[-*+]|\d+[.)]) /;

/** 「擬辦：書記官；核定：分署長」, a text for each stage. */
function authorityTexts(context: RenderContext, { authority }: Entry): string[] {
  return authorityRows(context, withoutBasis(authority)).map(({ stage, note, ...chain }) => {
    const acts = (['prepare', 'review', 'countersign', 'decide'] as const).flatMap((act) =>
      chain[act] === '' ? [] : [context.word('field', context.word(act), chain[act])],
    );
    const said = clauses(context, [...acts, note]);
    return stage === '' ? said : context.word('field', stage, said);
  });
}

/** Each form with where it is found, also to be scanned. */
function formCells(context: RenderContext, { forms }: Entry): (Html | string)[] {
  if (isUnconfirmed(forms)) return [forms.unconfirmed];
  const listed = known(context.handbook.book.forms) ?? [];
  return (forms ?? []).map((id) => {
    const form = listed.find((one) => one.id === id);
    const said = aside(context, formName(context, id), form?.url, form?.note);
    if (form?.url === undefined || !/^https?:\/\//.test(form.url)) return said;
    const code = trusted(renderSVG(form.url, { ecc: 'M', border: 0 }));
    return html`<p>${marked(said)}<span class="form-code" role="img" aria-label="${form.url}">${code}</span></p>`;
  });
}

/** Every law the service rests on, its articles behind it. */
function lawsOf(context: RenderContext, entry: Entry): string {
  const laws = new Map<string, string[]>();
  for (const citation of citationsIn(entry)) {
    const [law, { article }] = [lawOf(citation), citation];
    if (law === undefined) continue;
    const articles = laws.get(law) ?? [];
    if (article !== undefined && !articles.includes(article)) articles.push(article);
    laws.set(law, articles);
  }
  return clauses(
    context,
    [...laws].map(([law, articles]) =>
      present([law, articles.toSorted(inOrderOfLaw).join(context.word('list-comma'))]).join(''),
    ),
  );
}

/** 第9條, 第9條第1項, 第15條: by the numbers in them. */
function inOrderOfLaw(one: string, other: string): number {
  const [a = [], b = []] = [one, other].map((text) => (text.match(/\d+/g) ?? []).map(Number));
  for (const [i, n] of a.entries()) if (n !== b[i]) return b[i] === undefined ? 1 : n - b[i];
  return a.length - b.length;
}

/** A row as a term and its description; `mark`: how a text is set, and what nobody knows yet in it. */
export const rowHtml = ({ label, cells }: ToldRow, mark: (text: string) => Html, cls?: string): Html =>
  html`<div${cls && html` class="${cls}"`}><dt>${label}</dt><dd>${cells.map((cell) => (typeof cell === 'string' ? html`<p>${mark(cell)}</p>` : cell))}</dd></div>`;
