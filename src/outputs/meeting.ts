// The form with which citizens ask to meet the head of the office.

import type { Service } from '../content/schema/model.js';
import { isUnconfirmed, known } from '../content/schema/schema.js';
import { type Html, html } from '../core/html.js';
import type { Kit } from '../document/context.js';
import { blank, blanks, choice, counterSheet, head, lines, pageHtml } from '../document/counter-sheet.js';
import { stampOfService } from '../document/declaration.js';
import { authorityBrief, rolesWithNotes } from '../document/facts/authority.js';
import { deadlineBrief } from '../document/facts/deadline.js';
import { documentGroups, documentHtml } from '../document/facts/documents.js';
import { feeBrief } from '../document/facts/fee.js';
import { marked } from '../document/facts/text.js';
import type { Output } from '../document/output.js';
import { mark } from '../document/words.js';

/** The service that this form asks for, by its id. */
const SERVICE = 'meet-the-head';

/** What is printed of the content. */
const SHOWS = [
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
  declares: { of: 'service', shows: SHOWS },
  papers: ['A4'],
  needs: { zh: '編號為 meet-the-head 的服務', en: 'a service with the id meet-the-head' },
  render(kit) {
    const service = kit.services.find(({ id }) => id === SERVICE);
    if (!service) return [];
    const stamp = stampOfService(kit, 'meeting', service, SHOWS);
    return [
      counterSheet(kit, {
        file: 'counter/meeting.pdf',
        stamp,
        about: { service: service.id },
        title: say(kit, 'title', service.name),
        css: 'meeting/meeting.css',
        body: pageHtml(kit, {
          stamp,
          name: service.name,
          head: head(kit, { subject: say(kit, 'title', service.name) }),
          body: html`${applicant(kit)}${facts(kit, service)}${documents(kit, service)}${officeUse(kit)}`,
          told: kit.word('desk.service-id', service.id),
        }),
        fit: { least: 9 / 10.5, most: 1.1, flows: true },
      }),
    ];
  },
} satisfies Output;

const say = (kit: Kit, key: string, ...values: string[]): string => kit.word(`meeting.${key}`, ...values);

const applicant = (kit: Kit): Html =>
  html`${blanks([
    blank(say(kit, 'name'), 3),
    blank(say(kit, 'applied'), 3, kit.word('desk.roc-date')),
    blank(kit.word('desk.telephone'), 3),
    blank(say(kit, 'email'), 3),
    blank(say(kit, 'address'), 6),
    blank(say(kit, 'case-number'), 6),
  ])}<section><h2>${say(kit, 'matter')}</h2>${lines(4)}</section><section><h2>${say(kit, 'before')}</h2>${lines(2)}</section>`;

/** What the service declares; what is not known yet is told, so that nobody waits for it in vain. */
function facts(kit: Kit, service: Service): Html {
  const { office } = kit.handbook;
  const channels = isUnconfirmed(service.channels)
    ? service.channels.unconfirmed
    : (service.channels ?? []).map(({ name }) => name ?? '').join(kit.word('list-comma'));
  const contact = known(service.contact);
  const rows: [string, string | undefined][] = [
    [say(kit, 'channels'), channels],
    [say(kit, 'place'), service.place ?? office.address],
    [say(kit, 'hours'), service.hours ?? office.hours],
    [kit.word('fee'), feeBrief(kit, service.fee)],
    [kit.word('deadline'), deadlineBrief(kit, service.deadline)],
    [kit.word('authority'), authorityBrief(kit, service.authority)],
    [say(kit, 'contact'), contact?.unit ?? rolesWithNotes(kit, service.unit)],
    [kit.word('desk.telephone'), contact?.telephone ?? office.telephone],
  ];
  return html`<dl>${rows.map(([label, text]) => text && html`<div><dt>${label}</dt><dd>${marked(text)}</dd></div>`)}</dl>`;
}

function documents(kit: Kit, service: Service): Html {
  const { documents: declared } = service;
  const section = (body: Html): Html => html`<section><h2>${kit.word('documents')}</h2>${body}</section>`;
  if (declared === undefined) return html``;
  if (isUnconfirmed(declared)) return section(html`<p>${mark(declared)}</p>`);
  if (isUnconfirmed(declared.items)) return section(html`<p>${mark(declared.items)}</p>`);
  const groups = documentGroups(service);
  return section(
    groups.length === 0
      ? html`<p>${kit.word('none')}</p>`
      : html`<ul class="documents">${groups.flatMap(({ label, documents: list }) =>
          list.map(
            (each) =>
              html`<li>${choice(html`${label && kit.word('field', label, '')}${documentHtml(kit, each)}`)}</li>`,
          ),
        )}</ul>`,
  );
}

const officeUse = (kit: Kit): Html =>
  html`<section class="office-use"><h2>${say(kit, 'office-use')}</h2>${blanks([
    blank(say(kit, 'received'), 3, kit.word('desk.roc-date')),
    blank(kit.word('desk.clerk'), 3),
    blank(say(kit, 'arranged'), 6, kit.word('desk.roc-date')),
    blank(say(kit, 'outcome'), 6),
  ])}${lines(1)}<div class="signatures"><p>${say(kit, 'signed-applicant')}</p><p>${say(kit, 'signed-clerk')}</p><p>${say(
    kit,
    'signed-decider',
  )}</p></div></section>`;
