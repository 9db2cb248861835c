// The one-time notices: what the counter hands over so that nobody has to come a third time.
import { renderSVG } from 'uqr';
import {
  clauses,
  deadlineRows,
  documentDetails,
  documentGroups,
  documentName,
  feeRows,
  formName,
  marked,
  rolesWithNotes,
  stepRows,
  withoutBasis,
} from '../facts.js';
import { type Html, html, join, trusted } from '../html.js';
import type { RequiredDocument, Service, Variant } from '../model.js';
import { type Kit, mark, type Output } from '../render.js';
import { isUnconfirmed, known } from '../shape.js';
import { declaration, printedCode, type Stamp, scannedText, stampOf } from '../stamp.js';

export default {
  summary: { zh: '一次告知單：每項服務一份', en: 'One-time notices: one for each service' },
  papers: ['A4'],
  render: (kit) =>
    kit.selected.map((service) => {
      const stamp = stampOf(kit, service.id);
      return {
        kind: 'page',
        file: `notices/${service.id}.pdf`,
        html: noticeHtml(kit, service, stamp),
        date: kit.date,
        declares: declaration(stamp),
        numbered: false,
        fit: { least: LEAST, most: MOST, flows: true },
      };
    }),
} satisfies Output;

/** The body is 10.5 pt where `--fit` is 1: never below 9.5 pt, and not above 12 pt, where a form looks like a poster. What is longer goes on to a second page. */
const LEAST = 9.5 / 10.5;
const MOST = 12 / 10.5;
function noticeHtml(kit: Kit, service: Service, stamp: Stamp): Html {
  const say = (key: string, ...values: (string | number)[]): string => kit.word(`notices.${key}`, ...values);
  const { office } = kit.handbook;
  const visits = known(office.standards)?.visits;
  const body = html`<div class="sheet"><header><p class="office">${office.name}</p><h1><small>${say('notice')}</small>${service.name}</h1>${
    kit.draft && html`<p class="draft">${kit.word('draft')}</p>`
  }</header>${
    typeof visits === 'number' && html`<p class="promise">${say('promise', kit.word('visits-of', visits))}</p>`
  }${blanks(say)}${documents(kit, service)}${facts(kit, service)}${next(kit, service)}<section class="end"><p class="lines">${say('other-missing')}</p><p class="lines"></p><div class="signatures"><p>${say(
    'signed-clerk',
  )}</p><p>${say('signed-applicant')}</p></div>${foot(kit, stamp)}</section></div>`;
  return kit.template('sheet.html', {
    lang: kit.lang === 'zh' ? 'zh-Hant' : 'en',
    title: `${say('notice')}${kit.word('between')}${service.name}`,
    style: join([kit.template('base.css', {}), kit.template('notices/notice.css', {})]),
    body: html`<main class="fit">${body}</main>`,
  });
}

function blanks(say: (key: string) => string): Html {
  const blank = (key: string, wide: boolean, text = ''): Html =>
    html`<p class="blank ${wide ? 'wide' : ''}"><span>${say(key)}</span><span>${text}</span></p>`;
  return html`<section class="blanks">${blank('case-number', true)}${blank('date', true, say('roc-date'))}${blank('applicant', false)}${blank(
    'telephone',
    false,
  )}${blank('clerk', false)}</section>`;
}

// ---------------------------------------------------------------- documents

function documents(kit: Kit, service: Service): Html {
  const own = table(kit, service, kit.word('documents'));
  const others = (known(service.variants) ?? [])
    .filter((variant) => variant.documents !== undefined)
    .map((variant) => table(kit, variant, kit.word('notices.documents-of-variant', variant.name ?? '')));
  return html`${own}${others}`;
}

function table(kit: Kit, entry: Service | Variant, title: string): Html {
  const say = (key: string): string => kit.word(`notices.${key}`);
  const { documents } = entry;
  if (documents === undefined) return html``;
  if (isUnconfirmed(documents) || isUnconfirmed(documents.items))
    return html`<section><h2>${title}</h2><p>${mark(kit.word('unconfirmed'))} ${say('documents-open')}</p><div class="lines"></div><div class="lines"></div></section>`;
  const groups = documentGroups(kit, entry);
  if (groups.length === 0) return html`<section><h2>${title}</h2><p>${say('none-needed')}</p></section>`;
  let number = 0;
  const rows = groups.map(
    ({ label, documents: group }) =>
      html`${label !== undefined && html`<tr class="group"><td colspan="5">${label}</td></tr>`}${group.map((each) => row(kit, each, ++number))}`,
  );
  return html`<section><h2>${title}</h2><table><thead><tr><th class="number" scope="col">${say('order')}</th><th scope="col">${kit.word(
    'documents',
  )}</th><th class="details" scope="col">${say('form-and-copies')}</th><th class="tick" scope="col">${say('brought')}</th><th class="tick" scope="col">${say(
    'missing',
  )}</th></tr></thead><tbody>${rows}</tbody></table>${documents.note && html`<p class="more">${marked(documents.note)}</p>`}</section>`;
}

const BOX = html`<span class="box"></span>`;

function row(kit: Kit, document: RequiredDocument, number: number): Html {
  const { oneOf, waived, form, note } = document;
  const alternatives = known(oneOf) ?? [];
  const notes = clauses(kit, [note, form && kit.word('form-of', formName(kit, form))]);
  return html`<tr><td class="number">${number}</td><td>${marked(documentName(kit, document))}${
    alternatives.length > 0 &&
    html`<ul class="alternatives">${alternatives.map((each) => html`<li>${BOX}${marked(documentName(kit, each))}${details(kit, each)}</li>`)}</ul>`
  }${waived && html`<span class="document-waived">${kit.word('waived-by', waived)}</span>`}${
    notes !== '' && html`<span class="document-note">${marked(notes)}</span>`
  }</td><td class="details">${marked(documentDetails(kit, document))}</td><td class="tick">${BOX}</td><td class="tick">${BOX}</td></tr>`;
}

const details = (kit: Kit, document: RequiredDocument): Html | false => {
  const text = documentDetails(kit, document);
  return text !== '' && html`${marked(kit.word('brackets', text))}`;
};

// ---------------------------------------------------------------- fee, deadline, place

function facts(kit: Kit, service: Service): Html {
  const say = (key: string, ...values: string[]): string => kit.word(`notices.${key}`, ...values);
  const rows: [string, string][] = [];
  const add = (label: string, text: string | undefined): void => {
    if (text) rows.push([label, text]);
  };
  const fee = (entry: Service | Variant): string =>
    feeRows(kit, withoutBasis(entry.fee))
      .filter(({ kind }) => kind !== 'other')
      .map(
        ({ item, amount, per, note }) =>
          `${[item === kit.word('fee') ? '' : item, per, amount].filter(Boolean).join(' ')}${note ? kit.word('brackets', note) : ''}`,
      )
      .join(kit.word('clause-comma'));
  add(kit.word('fee'), fee(service));
  for (const variant of known(service.variants) ?? [])
    if (variant.fee !== undefined) add(say('fee-of-variant', variant.name ?? ''), fee(variant));
  add(
    kit.word('deadline'),
    deadlineRows(kit, withoutBasis(service.deadline))
      .filter(({ kind }) => kind !== 'correction' && kind !== 'prolong' && kind !== 'other')
      .map(
        ({ label, limit, note }) =>
          `${label === kit.word('deadline') ? '' : `${label} `}${limit}${note ? kit.word('brackets', note.replace(/。$/, '')) : ''}`,
      )
      .join(kit.word('clause-comma')),
  );
  const correction = known(known(known(service.deadline)?.correction)?.limit);
  add(say('correct-by'), correction && say('correct-by-text', correction.printed));
  add(say('window'), service.window);
  const channels = known(service.channels) ?? [];
  add(
    say('channels'),
    channels
      .map(({ name }) => name)
      .filter(Boolean)
      .join(kit.word('list-comma')),
  );
  add(say('place'), service.place ?? rolesWithNotes(kit, service.unit));
  add(say('hours'), service.hours ?? kit.handbook.office.hours);
  add(
    say('remedies'),
    clauses(
      kit,
      (known(service.remedies) ?? []).map(({ remedy, limit, to }) =>
        [remedy, limit, to].filter(Boolean).join(kit.word('list-comma')),
      ),
    ),
  );
  const contact = service.contact;
  if (isUnconfirmed(contact)) add(say('contact'), contact.unconfirmed);
  else if (contact)
    add(
      say('contact'),
      [contact.unit, contact.floor, contact.telephone, contact.extension, contact.note]
        .filter(Boolean)
        .join(kit.word('list-comma')),
    );
  return html`<section><dl>${rows.map(([label, text]) => html`<dt>${label}</dt><dd>${marked(text)}</dd>`)}</dl></section>`;
}

// ---------------------------------------------------------------- what happens next

/** A counter's notice says the way in short; the whole chart stands in the handbook. */
const STEPS = 6;

function next(kit: Kit, service: Service): Html {
  const flow = kit.charts.get(service.id)?.flow;
  if (!flow) return html``;
  const rows = stepRows(kit, flow);
  const shown = rows.slice(0, STEPS);
  return html`<section><h2>${kit.word('notices.next')}</h2><ol class="steps">${shown.map(
    ({ text, actors, limit }) =>
      html`<li>${text}${(actors || limit) && marked(kit.word('brackets', [actors, limit].filter(Boolean).join(kit.word('list-comma'))))}</li>`,
  )}</ol>${rows.length > shown.length && html`<p class="more">${kit.word('notices.more-steps', rows.length)}</p>`}</section>`;
}

function foot(kit: Kit, stamp: Stamp): Html {
  const { office, book } = kit.handbook;
  const say = (key: string, ...values: string[]): string => kit.word(`notices.${key}`, ...values);
  const printed = say('edition', book.edition ?? '', kit.day(kit.date));
  return html`<footer><p>${join([office.name, printed, kit.draft && kit.word('draft')].filter(Boolean), kit.word('between'))}<br>${say(
    'service-id',
    stamp.id,
  )}${kit.word('between')}${kit.word('check-code', printedCode(stamp))}</p><div class="code" role="img" aria-label="${say('code')}">${trusted(
    renderSVG(scannedText(stamp), { ecc: 'M', border: 0 }),
  )}</div></footer>`;
}
