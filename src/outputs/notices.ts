// The one-time notices: what the counter hands over so that nobody has to come a third time.

import { isUnconfirmed, known } from '../content/schema/schema.js';
import type { RequiredDocument, Service, Variant } from '../content/schema/service.js';
import { saysUnconfirmed } from '../content/schema/tree.js';
import { type Html, html, join } from '../core/html.js';
import { plainOf, splitUnconfirmed } from '../core/language.js';
import type { RenderContext } from '../document/context.js';
import { BOX, blank, blanks, choice, counterSheet, head, lines, pageHtml } from '../document/counter-sheet.js';
import { type Stamp, stampOfService } from '../document/declaration.js';
import { rolesWithNotes } from '../document/facts/authority.js';
import {
  alternativeName,
  besideTexts,
  documentGroups,
  documentName,
  documentRemarks,
  formName,
  toldDocumentDetails,
  waivedText,
} from '../document/facts/documents.js';
import { toldFeeRows } from '../document/facts/fee.js';
import { serviceTerms } from '../document/facts/terms.js';
import { clauses, marked as markedText, printed, withoutBasis } from '../document/facts/text.js';
import { authorityHeadline, deadlineHeadline, officeLimits, yourTerms } from '../document/headlines.js';
import type { Output } from '../document/output.js';
import { openLine } from '../document/quiet.js';
import { widthOf } from '../document/wall-sheet.js';
import { numberInBook, wayHtml, wayOf } from '../document/way.js';
import { wordsUnder } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = [
  'documents',
  'fee-charges',
  'deadline-limits',
  'deadline-headline',
  'variant-briefs',
  'your-terms',
  'variant-ways',
  'deadline-start',
  'service-terms',
  'fee-paid',
  'window',
  'channel-names',
  'own-place',
  'hours',
  'remedies',
  'contact',
  'office.address',
  'way',
  'office.name',
  'office.visits',
] as const;
/** What sheets printed before they told how one pays. */
const BEFORE_PAID = SHOWS.filter((facet) => facet !== 'fee-paid');
/** What sheets of the format before it printed. */
const BEFORE = [
  'documents',
  'fee-charges',
  'deadline-limits',
  'window',
  'channel-names',
  'own-place',
  'hours',
  'remedies',
  'own-contact',
  'first-steps',
  'office.name',
  'office.visits',
] as const;

export default {
  summary: {
    zh: '一次告知單：每項服務一份，機關與民眾各一聯',
    en: 'One-time notices: one for each service, in two copies',
  },
  declares: { of: 'service', shows: SHOWS, before: [BEFORE_PAID, BEFORE] },
  papers: ['A4'],
  render: (context) =>
    context.selected.map((service) => {
      const stamp = stampOfService(context, 'notices', service, SHOWS);
      return counterSheet(context, {
        file: `notices/${service.id}.pdf`,
        stamp,
        about: { service: service.id },
        title: `${word(context, 'notice')}${context.word('between')}${service.name}`,
        css: 'notices/notice.css',
        body: copiesOf(context, service, stamp),
        expects: [plainOf(service.name)],
        fit: {
          least: 9 / TYPE,
          most: MOST,
          flows: true,
          rather: [
            ...(context.copies > 1 ? [{ named: 'halves', least: 9 / TYPE, most: 1 }] : []),
            { named: 'whole', least: 9 / TYPE, most: MOST },
            { named: 'brief', least: LEAST, most: 10 / TYPE },
          ],
        },
      });
    }),
} satisfies Output;

/**
 * The body is 10.5 pt where `--fit` is 1: not above 12 pt, where a form looks like a poster. Both copies go side by side
 * on one sheet where 9 pt is enough for it; otherwise each has its own, set closer and without the steps, which are in the
 * handbook, where that saves it from going on to another page. Never below 8 pt.
 */
const TYPE = 10.5;
const LEAST = 8 / TYPE;
const MOST = 12 / TYPE;

const word = wordsUnder('notices');

/** What nobody knows yet is a line to write on; on a working copy it is marked. */
function marked(context: RenderContext, text: string): Html {
  if (context.workingCopy) return markedText(text);
  if (saysUnconfirmed(text)) return TO_FILL;
  return join(splitUnconfirmed(text).map((part, i) => (i % 2 === 1 ? TO_FILL : html`${part}`)));
}
const TOPICS = ['documents', 'kind', 'copies', 'fee', 'deadline', 'channels', 'place', 'hours', 'telephone'] as const;
const TO_FILL = html`<span class="to-fill"></span>`;

function copiesOf(context: RenderContext, service: Service, stamp: Stamp): Html[] {
  const copies = context.copies > 1 ? ['copy-of-office', 'copy-of-citizen'] : [undefined];
  return copies.map((copy) =>
    pageHtml(context, {
      stamp,
      name: service.name,
      head: head(context, {
        kind: word(context, 'notice'),
        subject: service.name,
        ...(copy ? { label: word(context, copy) } : {}),
      }),
      body: bodyHtml(context, service),
      told: context.word('desk.service-id', service.id),
      open: openLine(context, [service], TOPICS),
    }),
  );
}

function bodyHtml(context: RenderContext, service: Service): Html {
  const visits = known(context.handbook.office.standards)?.visits;
  return html`${
    typeof visits === 'number' &&
    html`<p class="more promise">${word(context, 'promise', context.word('visits-of', visits))}</p>`
  }${blanks([
    blank(word(context, 'case-number'), 3),
    blank(word(context, 'date'), 3, context.word('desk.roc-date')),
    blank(context.word('desk.applicant'), 2),
    blank(context.word('desk.telephone'), 2),
    blank(context.word('desk.clerk'), 2),
  ])}${documents(context, service)}${facts(context, service)}${next(context, service)}${end(context, service)}`;
}

/** What the clerk adds by hand, by when it is to be brought, and who told whom. */
function end(context: RenderContext, service: Service): Html {
  const correction = known(known(known(service.deadline)?.correction)?.limit);
  const by = correction ? word(context, 'correct-by-limit', correction.printed) : word(context, 'correct-by');
  return html`<section class="end">${blanks([blank(word(context, 'other-missing'), 6)])}${lines(1)}${blanks([
    blank(by, 6, word(context, 'correct-by-text')),
  ])}<div class="signatures"><p>${word(context, 'signed-clerk')}</p><p>${word(context, 'signed-applicant')}</p></div></section>`;
}

// ---------------------------------------------------------------- documents

function documents(context: RenderContext, service: Service): Html {
  const own = table(context, service, context.word('documents'));
  const others = (known(service.variants) ?? [])
    .filter((variant) => variant.documents !== undefined)
    .map((variant) => table(context, variant, word(context, 'documents-of-variant', variant.name ?? '')));
  return html`${own}${others}`;
}

function table(context: RenderContext, entry: Service | Variant, title: string): Html {
  const { documents } = entry;
  if (documents === undefined) return html``;
  if (isUnconfirmed(documents) || isUnconfirmed(documents.items))
    return html`<section><h2>${title}</h2><p>${context.workingCopy && html`${markedText(context.word('unconfirmed'))} `}${word(context, 'documents-open')}</p>${lines(2)}</section>`;
  const groups = documentGroups(entry);
  if (groups.length === 0)
    return html`<section><h2>${title}</h2><p>${word(context, 'none-needed')}</p>${besideHtml(context, entry)}</section>`;
  let number = 0;
  /** A condition has a row of its own before several documents, and stands before the name of a single one. */
  const rows = groups.map(({ label, documents: group }) => {
    const condition = label === undefined ? undefined : choice(marked(context, label));
    const above = group.length > 1 && condition !== undefined;
    return html`${above && html`<tr class="group"><td colspan="5">${condition}</td></tr>`}${group.map((each) =>
      row(context, each, ++number, above ? undefined : condition),
    )}`;
  });
  return html`<section><h2>${title}</h2><table><thead><tr><th class="number" scope="col">${word(context, 'order')}</th><th scope="col">${context.word(
    'documents',
  )}</th><th class="details" scope="col">${word(context, 'form-and-copies')}</th><th class="tick" scope="col">${word(context, 'brought')}</th><th class="tick" scope="col">${word(context, 'missing')}</th></tr></thead><tbody>${rows}</tbody></table>${besideHtml(context, entry)}${documents.note && html`<p class="more">${marked(context, documents.note)}</p>`}</section>`;
}

/** What is asked for beside documents, each with a box. */
function besideHtml(context: RenderContext, entry: Service | Variant): Html {
  const texts = besideTexts(context, entry);
  if (texts.length === 0) return html``;
  return html`<p class="more">${marked(context, context.word('field', context.word('beside'), ''))}${texts.map(
    (text) => html`${BOX}${marked(context, text)} `,
  )}</p>`;
}

function row(context: RenderContext, document: RequiredDocument, number: number, condition: Html | undefined): Html {
  const { oneOf, waived, form, note } = document;
  const alternatives = known(oneOf) ?? [];
  const notes = clauses(context, [
    ...documentRemarks(context, document, 'place'),
    note,
    form && context.word('form-of', formName(context, form)),
  ]);
  return html`<tr><td class="number">${number}</td><td>${condition && html`<span class="condition">${condition}</span>`}${marked(context, documentName(context, document))}${
    alternatives.length > 0 &&
    html`<ul class="alternatives">${alternatives.map((each) => html`<li>${BOX}${marked(context, alternativeName(context, each))}${details(context, each)}</li>`)}</ul>`
  }${waived && html`<span class="document-waived">${marked(context, waivedText(context, document))}</span>`}${
    notes !== '' && html`<span class="document-note">${marked(context, notes)}</span>`
  }</td><td class="details">${marked(context, toldDocumentDetails(context, document))}</td><td class="tick">${BOX}</td><td class="tick">${BOX}</td></tr>`;
}

const details = (context: RenderContext, document: RequiredDocument): Html | false => {
  const text = [toldDocumentDetails(context, document), ...documentRemarks(context, document, 'place')]
    .filter((part) => part !== '')
    .join(context.word('clause-comma'));
  return text !== '' && html`${marked(context, context.word('brackets', text))}`;
};

// ---------------------------------------------------------------- fee, deadline, place

type Add = (label: string, ...texts: (string | undefined)[]) => void;

/** What a sub-service declares of time, authority, window and place, a row each. */
function variantFacts(context: RenderContext, service: Service, variant: Variant, add: Add): void {
  const label = (key: string): string => context.word('field', variant.name ?? '', key);
  if (variant.deadline !== undefined)
    add(label(context.word('deadline')), deadlineHeadline(context, service, variant).text);
  if (variant.window !== undefined || variant.deadline !== undefined)
    add(label(context.word('your-term')), ...yourTerms(context, service, variant));
  if (variant.authority !== undefined) add(label(context.word('authority')), authorityHeadline(context, variant).text);
  if (variant.place !== undefined) add(label(word(context, 'place')), variant.place);
}

/** What is not known is no address to write to. */
const sureText = (text: string | undefined): string | undefined =>
  text === undefined || saysUnconfirmed(text) ? undefined : text;

/** Whom to ask, each way by its label. */
function contactFact(context: RenderContext, service: Service, add: Add): void {
  const contact = service.contact;
  const named = (key: string, text: string | undefined): string | undefined =>
    text && context.word('field', word(context, key), text);
  if (isUnconfirmed(contact)) add(word(context, 'contact'), contact.unconfirmed);
  else
    add(
      word(context, 'contact'),
      clauses(context, [
        contact?.unit ?? rolesWithNotes(context, service.unit),
        named('telephone', contact?.telephone ?? context.handbook.office.telephone),
        contact?.extension && word(context, 'extension', contact?.extension),
        named('floor', contact?.floor),
        contact?.note,
      ]),
    );
}

/** What is told of paying beside the charges. */
const PAID = ['payment', 'refund'] as const;

/** Facts of so many characters stand two in a row. */
const SHORT = 13;

function facts(context: RenderContext, service: Service): Html {
  const rows: [string, string[]][] = [];
  const add: Add = (label, ...texts) => {
    const given = texts.filter((text): text is string => !!text);
    if (given.length > 0) rows.push([label, given]);
  };
  for (const { label, texts } of serviceTerms(context, service, 'before')) add(label, ...texts);
  const fee = (entry: Service | Variant): string[] =>
    toldFeeRows(context, withoutBasis(entry.fee))
      .filter(({ kind, item }) => kind !== 'other' || PAID.some((key) => item === context.word(key)))
      .map(({ kind, item, amount, per, note }) =>
        kind === 'other'
          ? context.word('field', item, note)
          : `${[item === context.word('fee') ? '' : item, per, amount].filter(Boolean).join(' ')}${note ? context.word('brackets', note) : ''}`,
      );
  add(context.word('fee'), ...fee(service));
  for (const variant of known(service.variants) ?? [])
    if (variant.fee !== undefined) add(word(context, 'fee-of-variant', variant.name ?? ''), ...fee(variant));
  const limits = officeLimits(context, service, withoutBasis(service.deadline))
    .filter(({ kind }) => kind !== 'correction' && kind !== 'prolong' && kind !== 'other')
    .map(
      ({ label, limit, note }) =>
        `${label === context.word('deadline') ? '' : `${label} `}${limit}${note ? context.word('brackets', note.replace(/。$/, '')) : ''}`,
    );
  // The answer stands above the stages that lead to it; where the only limit binds who applies, nobody has given one yet.
  const staged = (known(known(service.deadline)?.stages)?.length ?? 0) > 1;
  const answer = limits.length === 0 || staged ? [deadlineHeadline(context, service).text] : [];
  add(context.word('deadline'), ...answer, ...limits);
  add(context.word('your-term'), ...yourTerms(context, service));
  for (const variant of known(service.variants) ?? []) variantFacts(context, service, variant, add);
  const channels = known(service.channels) ?? [];
  add(
    word(context, 'channels'),
    channels
      .filter(({ note }) => context.workingCopy || note === undefined || !saysUnconfirmed(note))
      .map(({ name }) => name)
      .filter(Boolean)
      .join(context.word('list-comma')),
  );
  add(word(context, 'place'), service.place ?? rolesWithNotes(context, service.unit));
  add(word(context, 'hours'), service.hours ?? context.handbook.office.hours);
  add(
    word(context, 'remedies'),
    clauses(
      context,
      (known(service.remedies) ?? []).map(({ remedy, limit, to }) =>
        [remedy, limit, to].filter(Boolean).join(context.word('list-comma')),
      ),
    ),
  );
  contactFact(context, service, add);
  for (const { label, texts } of serviceTerms(context, service, 'after')) add(label, ...texts);
  add(word(context, 'address'), sureText(context.handbook.office.address));
  const short = ([, texts]: [string, string[]]): boolean => texts.length === 1 && widthOf(texts.join()) <= SHORT;
  const shown: Html[] = [];
  for (let i = 0; i < rows.length; ) {
    const two = rows.slice(i, i + 2);
    const row = two.length === 2 && two.every(short) ? two : two.slice(0, 1);
    shown.push(
      ...row.map(
        ([label, texts]) =>
          html`<div${row.length > 1 && html` class="short"`}><dt>${label}</dt><dd>${texts.map((text) => html`<p>${marked(context, text)}</p>`)}</dd></div>`,
      ),
    );
    i += row.length;
  }
  return html`<section><dl>${shown}</dl></section>`;
}

// ---------------------------------------------------------------- what happens next

/** The whole way in short; a notice too long for it says where in the handbook it stands. */
function next(context: RenderContext, service: Service): Html {
  if (known(service.procedure) === undefined && service.mermaid === undefined) return html``;
  const way = wayOf(context, service);
  const pointer = html`<p class="more${way.length > 0 && html` instead`}">${marked(
    context,
    word(context, 'steps-in-book', `${numberInBook(context, service)}${service.name}`),
  )}</p>`;
  return html`<section class="next"><h2>${word(context, 'next')}</h2>${way.length > 0 && wayHtml(context, way, { who: true })}${
    service.total !== undefined &&
    html`<p class="more">${marked(context, context.word('field', context.word('total'), printed(service.total)))}</p>`
  }${pointer}</section>`;
}
