// The one-time notices: what the counter hands over so that nobody has to come a third time.

import { isUnconfirmed, known } from '../content/schema/schema.js';
import type { RequiredDocument, Service, Variant } from '../content/schema/service.js';
import { saysUnconfirmed } from '../content/schema/tree.js';
import { type Html, html, join } from '../core/html.js';
import { plainOf, splitUnconfirmed } from '../core/language.js';
import type { RenderContext } from '../document/context.js';
import {
  BOX,
  blank,
  blanks,
  choice,
  counterSheet,
  head,
  lines,
  pageHtml,
  replyWanted,
} from '../document/counter-sheet.js';
import { type Stamp, stampOfService } from '../document/declaration.js';
import {
  alternativeName,
  besideTexts,
  choiceWord,
  documentGroups,
  documentName,
  documentRemarks,
  formName,
  likeText,
  toldDocumentDetails,
  waivedText,
} from '../document/facts/documents.js';
import { totalTexts } from '../document/facts/fee.js';
import { statusText } from '../document/facts/terms.js';
import { clauses, marked as markedText } from '../document/facts/text.js';
import type { Output } from '../document/output.js';
import { forCitizens, openLine, unknownParts } from '../document/quiet.js';
import { telling } from '../document/told-facts.js';
import {
  aside,
  notesHtml,
  rowHtml,
  type ToldRow,
  termRows,
  timeRows,
  toldRows,
  wayRows,
} from '../document/told-rows.js';
import { widthOf } from '../document/wall-sheet.js';
import { numberInBook, wayHtml, wayOf } from '../document/way.js';
import { wordsUnder } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = [
  'summary',
  'documents',
  'fee',
  'deadline',
  'deadline-headline',
  'authority',
  'your-terms',
  'variant-ways',
  'deadline-start',
  'service-terms',
  'unit',
  'applicant',
  'representation',
  'window',
  'channels',
  'own-place',
  'hours',
  'contact',
  'unit-place',
  'own-deputy',
  'told-rest',
  'laws',
  'way',
  'office.address',
  'office.fax',
  'office.name',
  'office.visits',
  'office.privacy',
  'book.url',
] as const;
const WITHOUT_PRIVACY = SHOWS.filter((facet) => facet !== 'office.privacy');
/** What sheets of the formats before it printed, the latest first. */
const BEFORE = [
  WITHOUT_PRIVACY,
  WITHOUT_PRIVACY.filter((facet) => facet !== 'unit-place'),
  WITHOUT_PRIVACY.filter((facet) => facet !== 'unit-place' && facet !== 'book.url'),
  [
    'documents',
    'fee-charges',
    'deadline-limits',
    'deadline-headline',
    'variant-briefs',
    'your-terms',
    'variant-ways',
    'deadline-start',
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
  ],
  [
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
  ],
] as const;

export default {
  summary: {
    zh: '一次告知單：每項服務一份，機關與民眾各一聯',
    en: 'One-time notices: one for each service, in two copies',
  },
  subServices: true,
  declares: { of: 'service', shows: SHOWS, before: BEFORE },
  tells: telling('whole', { related: 'handbook' }),
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
          ],
        },
      });
    }),
} satisfies Output;

/**
 * The body is 10.5 pt where `--fit` is 1: not above 12 pt, where a form looks like a poster. Both copies go side by side
 * on one sheet where 9 pt is enough for it; otherwise each has its own, and goes on to another page where it must.
 */
const TYPE = 10.5;
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
/** The same within prose. */
const LINE_TO_FILL = '＿'.repeat(6);

function copiesOf(context: RenderContext, service: Service, stamp: Stamp): Html[] {
  const copies = context.copies > 1 ? ['copy-of-office', 'copy-of-citizen'] : [undefined];
  const body = bodyHtml(context, service);
  const open = openLine(context, [service], TOPICS);
  return copies.map((copy) =>
    pageHtml(context, {
      stamp,
      name: service.name,
      head: head(context, {
        kind: word(context, 'notice'),
        subject: service.name,
        ...(copy ? { label: word(context, copy) } : {}),
      }),
      body,
      told: context.word('desk.service-id', service.id),
      points: true,
      open,
    }),
  );
}

function bodyHtml(context: RenderContext, service: Service): Html {
  const visits = known(context.handbook.office.standards)?.visits;
  const status = statusText(context, service.status);
  return html`${status !== '' && html`<p class="status">${marked(context, status)}</p>`}${service.summary && html`<p class="summary">${marked(context, service.summary)}</p>`}${
    typeof visits === 'number' &&
    html`<p class="more promise">${word(context, 'promise', context.word('visits-of', visits))}</p>`
  }${blanks([
    blank(word(context, 'case-number'), 3),
    blank(word(context, 'date'), 3, context.handed ? context.day(context.handed.day) : context.word('desk.roc-date')),
    blank(context.word('desk.applicant'), 2),
    blank(context.word('desk.telephone'), 2),
    blank(context.word('desk.clerk'), 2),
  ])}${yourCase(context)}${documents(context, service)}${sum(context)}${facts(context, service)}${notes(context, service)}${next(context, service)}${end(context, service)}`;
}

/** Which case this notice is for. */
function yourCase(context: RenderContext): Html | false {
  const { handed } = context;
  if (!handed || handed.who.length === 0) return false;
  const who = handed.who
    .map(({ text, count }) => (count ? `${text} ${count.number} ${count.unit}`.trimEnd() : text))
    .join(context.word('clause-comma'));
  return html`<p class="more your-case">${context.word('field', word(context, 'your-case'), who)}</p>`;
}

/** What it comes to for this person, and by when it is done where the calendar says so. */
function sum(context: RenderContext): Html | false {
  const { handed } = context;
  if (!handed) return false;
  const totals = totalTexts(context, handed.totals);
  return html`<section><dl><div><dt>${word(context, 'total')}</dt><dd>${totals.length > 0 ? totals.join(context.word('list-comma')) : TO_FILL}</dd></div>${
    handed.done !== undefined &&
    html`<div><dt>${word(context, 'done-by')}</dt><dd>${context.day(handed.done)}</dd></div>`
  }</dl></section>`;
}

/** What the clerk adds by hand, by when it is to be brought, and who told whom. */
function end(context: RenderContext, service: Service): Html {
  const correction = known(known(known(service.deadline)?.correction)?.limit);
  const restarts = known(known(known(service.deadline)?.correction)?.restart) === true;
  const by = correction ? word(context, 'correct-by-limit', correction.printed) : word(context, 'correct-by');
  return html`<section class="end">${blanks([blank(word(context, 'other-missing'), 6)])}${lines(1)}${blanks([
    blank(by, 6, context.handed?.bring ? context.day(context.handed.bring) : word(context, 'correct-by-text')),
    ...(restarts ? [blank(word(context, 'counted-anew'), 6, context.word('desk.roc-date'))] : []),
  ])}${personal(context)}<div class="signatures"><p>${word(context, 'signed-clerk')}</p><p>${word(context, 'signed-applicant')}</p></div></section>`;
}

/** Whether a reply is wanted, and what people are told of their personal data; where the office has not written it, a line to write on. */
function personal(context: RenderContext): Html {
  const { privacy } = context.handbook.office;
  const label = context.word('desk.privacy');
  const short = context.word('desk.privacy-short');
  return privacy === undefined || saysUnconfirmed(privacy)
    ? context.second === undefined
      ? html`<div class="blanks"><div class="of-3">${replyWanted(context)}</div>${blank(short, 3)}</div>`
      : html`${replyWanted(context)}${blanks([blank(short, 6)])}`
    : html`${replyWanted(context)}<p class="more">${marked(context, context.word('field', label, privacy))}</p>`;
}

// ---------------------------------------------------------------- documents

function documents(context: RenderContext, service: Service): Html {
  const own = table(context, service, context.word('documents'));
  const others = (known(service.variants) ?? [])
    .filter((variant) => variant.documents !== undefined)
    .map((variant) => {
      const key = service.documents === undefined ? 'documents-of-variant' : 'documents-instead';
      return table(context, variant, word(context, key, variant.name ?? ''));
    });
  return html`${own}${others}`;
}

function table(context: RenderContext, entry: Service | Variant, title: string): Html {
  const { documents } = entry;
  if (documents === undefined) return html``;
  if (isUnconfirmed(documents) || isUnconfirmed(documents.items))
    return html`<section><h2>${title}</h2><p>${context.workingCopy && html`${markedText(context.word('unconfirmed'))} `}${word(context, 'documents-open')}</p>${lines(2)}</section>`;
  const groups = documentGroups(entry);
  if (groups.length === 0)
    return html`<section><h2>${title}</h2><p>${word(context, 'none-needed')}</p>${likeHtml(context, entry)}${besideHtml(context, entry)}${noteHtml(context, documents.note)}</section>`;
  let number = 0;
  /** A condition has a row of its own as wide as the sheet, unless it is short and stands before the name of one document. */
  const rows = groups.map(({ label, documents: group }) => {
    const condition = label === undefined ? undefined : choice(marked(context, label));
    const above = condition !== undefined && (group.length > 1 || widthOf(label ?? '') > BEFORE_NAME);
    return html`${above && html`<tr class="group"><td colspan="6">${condition}</td></tr>`}${group.map((each) =>
      row(context, each, ++number, above ? undefined : condition),
    )}`;
  });
  return html`<section><h2>${title}</h2><table><thead><tr><th class="number" scope="col">${word(context, 'order')}</th><th scope="col">${context.word(
    'documents',
  )}</th><th class="details" scope="col">${word(context, 'form-and-copies')}</th><th class="tick" scope="col">${word(context, 'brought')}</th><th class="tick" scope="col">${word(context, 'missing')}</th><th class="reason" scope="col">${word(context, 'reason')}</th></tr></thead><tbody>${rows}</tbody></table>${likeHtml(context, entry)}${besideHtml(context, entry)}${noteHtml(context, documents.note)}</section>`;
}

const noteHtml = (context: RenderContext, note: string | undefined): Html | undefined =>
  note === undefined ? undefined : html`<p class="more">${marked(context, note)}</p>`;

/** Characters of a condition for which there is room before the name of a document. */
const BEFORE_NAME = 8;

/** Of which other service the list is. */
function likeHtml(context: RenderContext, entry: Service | Variant): Html | undefined {
  const like = likeText(context, entry);
  return like === undefined ? undefined : html`<p class="more">${marked(context, like)}</p>`;
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
  const found = context.handed?.found.get(document.at.self);
  const notes = clauses(context, [
    ...documentRemarks(context, document, 'place'),
    // Why it is not known is for the staff.
    note && !context.workingCopy ? unknownParts(note).join('') : note,
    form && context.word('form-of', formName(context, form)),
  ]);
  return html`<tr><td class="number">${number}</td><td>${condition && html`<span class="condition">${condition}</span>`}${marked(context, documentName(context, document))}${
    document.name !== undefined &&
    oneOf !== undefined &&
    html` <span class="tag">${choiceWord(context, document)}</span>`
  }${
    alternatives.length > 0 &&
    html`<ul class="alternatives">${alternatives.map((each) => html`<li>${BOX}${marked(context, alternativeName(context, each))}${details(context, each)}</li>`)}</ul>`
  }${waived && html`<span class="document-waived">${marked(context, waivedText(context, document))}</span>`}${
    notes !== '' && html`<span class="document-note">${marked(context, notes)}</span>`
  }</td><td class="details">${marked(context, toldDocumentDetails(context, document))}</td><td class="tick">${tick(context, 'brought', found && found.missing === undefined)}</td><td class="tick">${tick(context, 'missing', found?.missing !== undefined)}</td><td class="reason">${found?.missing}</td></tr>`;
}

const tick = (context: RenderContext, key: 'brought' | 'missing', ticked: boolean | undefined): Html =>
  ticked ? html`<span class="box ticked" role="img" aria-label="${word(context, key)}"></span>` : BOX;

const details = (context: RenderContext, document: RequiredDocument): Html | false => {
  const text = [toldDocumentDetails(context, document, true), ...documentRemarks(context, document, 'place')]
    .filter((part) => part !== '')
    .join(context.word('clause-comma'));
  return text !== '' && html`${marked(context, context.word('brackets', text))}`;
};

// ---------------------------------------------------------------- every other fact

/** When, how much, how and where: what the service and each of its sub-services say, a row each. */
function facts(context: RenderContext, service: Service): Html {
  // Fees and limits that nobody knows yet are lines to write on; of the rest only what is known is told.
  const quiet = forCitizens(context);
  const told = quiet.services.find(({ id }) => id === service.id) ?? service;
  const variants = known(told.variants) ?? [];
  const which = variants.map(({ name, summary, status }) => aside(context, name, statusText(context, status), summary));
  const written = known(service.variants) ?? [];
  const rowsOf = (entry: Service | Variant): ToldRow[] => {
    const own = entry === told;
    const times = own ? service : (written.find(({ name }) => name === entry.name) ?? entry);
    return [
      // Whether it is on offer stands above all else.
      ...termRows(context, entry, 'before').filter(({ kind }) => kind !== 'status'),
      ...timeRows(context, service, times),
      ...(own ? wayRows(context, service, service) : wayRows(quiet, undefined, entry)).map(withBoxes(context)),
      ...toldRows(context, entry),
    ];
  };
  const first: ToldRow[] =
    which.length === 0 ? [] : [{ kind: 'channels', label: context.word('handbook.variants'), cells: which }];
  const below = variants.map((entry) => ({ name: entry.name ?? '', rows: rowsOf(entry) }));
  return html`<section>${pairsHtml(context, [...first.map(withBoxes(context)), ...rowsOf(told)])}</section>${below.map(
    ({ name, rows }) =>
      rows.length > 0 && html`<section><h2>${marked(context, name)}</h2>${pairsHtml(context, rows)}</section>`,
  )}`;
}

/** Rows below one another, two short ones beside each other. */
function pairsHtml(context: RenderContext, rows: readonly ToldRow[]): Html {
  const shown: Html[] = [];
  for (let i = 0; i < rows.length; ) {
    const two = rows.slice(i, i + 2);
    const row = two.length === 2 && two.every(isShort) ? two : two.slice(0, 1);
    shown.push(
      ...row.map((each) => rowHtml(each, (text) => marked(context, text), row.length > 1 ? 'short' : undefined)),
    );
    i += row.length;
  }
  return html`<dl>${shown}</dl>`;
}

/** Facts of so many characters stand two in a row. */
const SHORT = 15;
const isShort = ({ label, cells: [only, ...others] }: ToldRow): boolean =>
  typeof only === 'string' && others.length === 0 && widthOf(only) <= SHORT && widthOf(label) <= 6;

/** Each way with a box to tick; one alone is no choice. */
const withBoxes =
  (context: RenderContext) =>
  (row: ToldRow): ToldRow =>
    row.kind !== 'channels' || row.cells.length < 2
      ? row
      : {
          ...row,
          cells: [
            html`<ul class="choices">${row.cells.map(
              (cell) => html`<li>${choice(typeof cell === 'string' ? marked(context, cell) : cell)}</li>`,
            )}</ul>`,
          ],
        };

// ---------------------------------------------------------------- what happens next

/** The way of a complete application; each step with who takes it is in the handbook. */
function next(context: RenderContext, service: Service): Html {
  const way = wayOf(context, service);
  return html`${
    way.length > 0 &&
    html`<section class="next"><h2>${word(context, 'next')}</h2>${wayHtml(context, way, { who: true })}</section>`
  }<p class="more">${word(context, 'in-book', `${numberInBook(context, service)}${service.name}`)}</p>`;
}

/** What to mind, of the service and of each sub-service. */
function notes(context: RenderContext, service: Service): Html {
  const entries: (Service | Variant)[] = [service, ...(known(service.variants) ?? [])];
  return html`${entries.map((entry) => {
    const said = notesHtml(context, entry, LINE_TO_FILL);
    const title = context.word('handbook.notes');
    return (
      said &&
      html`<section class="mind"><h2>${entry === service ? title : context.word('field', entry.name ?? '', title)}</h2>${said}</section>`
    );
  })}`;
}
