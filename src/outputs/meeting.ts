// The form with which citizens ask to meet the head of the office.

import { isUnconfirmed, known } from '../content/schema/schema.js';
import type { Service } from '../content/schema/service.js';
import { type Html, html } from '../core/html.js';
import type { RenderContext } from '../document/context.js';
import {
  blank,
  blanks,
  choice,
  counterSheet,
  head,
  lines,
  pageHtml,
  privacyNotice,
  replyWanted,
} from '../document/counter-sheet.js';
import { stampOfService } from '../document/declaration.js';
import { rolesWithNotes } from '../document/facts/authority.js';
import { documentGroups, documentHtml } from '../document/facts/documents.js';
import { marked } from '../document/facts/text.js';
import { authorityHeadline, deadlineHeadline, feeHeadline } from '../document/headlines.js';
import type { Output } from '../document/output.js';
import { asWritten, forCitizens, openLine } from '../document/quiet.js';
import { mark, wordsUnder } from '../document/words.js';

/** The service that this form asks for, by its id. */
const SERVICE = 'meet-the-head';

/** What is printed of the content. */
const SHOWS = [
  'documents',
  'fee-headline',
  'deadline-headline',
  'authority-brief',
  'channel-names',
  'place',
  'hours',
  'telephone',
  'office.name',
  'office.privacy',
] as const;
/** What sheets of the formats before it printed, the latest first. */
const WITHOUT_PRIVACY = SHOWS.filter((facet) => facet !== 'office.privacy');
const BEFORE = [
  'documents',
  'fee-brief',
  'deadline-brief',
  'authority-brief',
  'channel-names',
  'place',
  'hours',
  'telephone',
  'office.name',
] as const;

export default {
  summary: { zh: '首長與民有約申請表（A4）', en: 'Form to ask for a meeting with the head (A4)' },
  declares: { of: 'service', shows: SHOWS, before: [WITHOUT_PRIVACY, BEFORE] },
  papers: ['A4'],
  needs: { zh: '編號為 meet-the-head 的服務', en: 'a service with the id meet-the-head' },
  render(whole) {
    const context = forCitizens(whole);
    const service = context.services.find(({ id }) => id === SERVICE);
    if (!service) return [];
    const stamp = stampOfService(context, 'meeting', service, SHOWS);
    return [
      counterSheet(context, {
        file: 'counter/meeting.pdf',
        stamp,
        about: { service: service.id },
        title: word(context, 'title', service.name),
        css: 'meeting/meeting.css',
        body: pageHtml(context, {
          stamp,
          name: service.name,
          head: head(context, { subject: word(context, 'title', service.name) }),
          body: html`${applicant(context)}${facts(context, service)}${documents(context, service)}${officeUse(context)}`,
          told: context.word('desk.service-id', service.id),
          open: openLine(whole, asWritten(whole, [service]), TOPICS),
        }),
        fit: { least: 9 / 10.5, most: 1.1, flows: true },
      }),
    ];
  },
} satisfies Output;

const word = wordsUnder('meeting');
const TOPICS = [
  'documents',
  'kind',
  'copies',
  'fee',
  'deadline',
  'authority',
  'channels',
  'place',
  'hours',
  'telephone',
] as const;

const applicant = (context: RenderContext): Html =>
  html`${blanks([
    blank(word(context, 'name'), 3),
    blank(word(context, 'applied'), 3, context.word('desk.roc-date')),
    blank(context.word('desk.telephone'), 3),
    blank(word(context, 'email'), 3),
    blank(word(context, 'address'), 6),
    blank(word(context, 'case-number'), 6),
  ])}<section><h2>${word(context, 'matter')}</h2>${lines(3)}</section><section><h2>${word(context, 'before')}</h2>${lines(2)}</section>${replyWanted(context)}${privacyNotice(context)}`;

/** What the service declares. */
function facts(context: RenderContext, service: Service): Html {
  const { office } = context.handbook;
  const channels = isUnconfirmed(service.channels)
    ? service.channels.unconfirmed
    : (service.channels ?? []).map(({ name }) => name ?? '').join(context.word('list-comma'));
  const contact = known(service.contact);
  const rows: [string, string | undefined][] = [
    [word(context, 'channels'), channels],
    [word(context, 'place'), service.place ?? office.address],
    [word(context, 'hours'), service.hours ?? office.hours],
    [context.word('fee'), feeHeadline(context, service).text],
    [context.word('deadline'), deadlineHeadline(context, service).text],
    [context.word('authority'), authorityHeadline(context, service).text],
    [word(context, 'contact'), contact?.unit ?? rolesWithNotes(context, service.unit)],
    [context.word('desk.telephone'), contact?.telephone ?? office.telephone],
  ];
  return html`<dl>${rows.map(([label, text]) => text && html`<div><dt>${label}</dt><dd>${marked(text)}</dd></div>`)}</dl>`;
}

function documents(context: RenderContext, service: Service): Html {
  const { documents: declared } = service;
  const section = (body: Html): Html => html`<section><h2>${context.word('documents')}</h2>${body}</section>`;
  if (declared === undefined) return html``;
  const open = isUnconfirmed(declared) ? declared : declared.items;
  if (isUnconfirmed(open)) return section(html`<p>${context.workingCopy ? mark(open) : context.word('ask')}</p>`);
  const groups = documentGroups(service);
  return section(
    groups.length === 0
      ? html`<p>${context.word('none')}</p>`
      : html`<ul class="documents">${groups.flatMap(({ label, documents: list }) =>
          list.map(
            (each) =>
              html`<li>${choice(html`${label && context.word('field', label, '')}${documentHtml(context, each)}`)}</li>`,
          ),
        )}</ul>`,
  );
}

const officeUse = (context: RenderContext): Html =>
  html`<section class="office-use"><h2>${word(context, 'office-use')}</h2>${blanks([
    blank(word(context, 'received'), 3, context.word('desk.roc-date')),
    blank(context.word('desk.clerk'), 3),
    blank(word(context, 'arranged'), 6, context.word('desk.roc-date')),
    blank(word(context, 'outcome'), 6),
  ])}${lines(1)}<div class="signatures"><p>${word(context, 'signed-applicant')}</p><p>${word(context, 'signed-clerk')}</p><p>${word(
    context,
    'signed-decider',
  )}</p></div></section>`;
