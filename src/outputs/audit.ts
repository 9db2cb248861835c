// The audit sheets: what the office has promised, item by item, with room for what was found.

import { isUnconfirmed, known, type Unconfirmed } from '../content/schema/schema.js';
import { type Html, html } from '../core/html.js';
import type { Kit } from '../document/context.js';
import { blank, blanks, choice, choices, counterSheet, head, lines, pageHtml } from '../document/counter-sheet.js';
import { type Stamp, stampOf } from '../document/declaration.js';
import { authorityBrief } from '../document/facts/authority.js';
import { deadlineBrief } from '../document/facts/deadline.js';
import { documentsBrief } from '../document/facts/documents.js';
import { feeBrief } from '../document/facts/fee.js';
import { standardTiles } from '../document/facts/standards.js';
import { clauses, marked } from '../document/facts/text.js';
import type { Output } from '../document/output.js';
import { mark } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = [
  'documents-brief',
  'fee-brief',
  'deadline-brief',
  'authority-brief',
  'procedure',
  'office.name',
  'office.standards',
  'office.checks',
  'office.courtesy',
] as const;

export default {
  summary: {
    zh: '服務品質考核表（A4）：服務標準與各項服務的公開標示',
    en: 'Audit sheets (A4): the standards, and what is shown of each service',
  },
  declares: { of: 'all', shows: SHOWS },
  papers: ['A4'],
  oneTongue: true,
  render(kit) {
    const stamp = stampOf(kit, { sheet: 'audit', id: 'audit', shows: SHOWS, subject: { services: 'all' } });
    const found = items(kit);
    // Calls are put to the test at another time than the counter.
    const calls = found.filter(({ group }) => group === say(kit, 'group-courtesy'));
    const desk = found.filter((each) => !calls.includes(each));
    const sheets = [
      ...(desk.length > 0 ? [sheetHtml(kit, stamp, say(kit, 'standards'), standards(kit, desk))] : []),
      ...(calls.length > 0 ? [sheetHtml(kit, stamp, say(kit, 'group-courtesy'), standards(kit, calls))] : []),
      ...(kit.services.length > 0 ? [sheetHtml(kit, stamp, say(kit, 'services'), services(kit))] : []),
    ];
    if (sheets.length === 0) return [];
    return [
      counterSheet(kit, {
        file: 'counter/audit.pdf',
        stamp,
        title: say(kit, 'title'),
        css: 'audit/audit.css',
        body: sheets,
        fit: { least: 9 / 10.5, most: 1.1, flows: true, apart: true },
      }),
    ];
  },
} satisfies Output;

const say = (kit: Kit, key: string, ...values: string[]): string => kit.word(`audit.${key}`, ...values);

/** One sheet: who audits whom and when, a table, and who has signed. */
const sheetHtml = (kit: Kit, stamp: Stamp, part: string, table: Html): Html =>
  pageHtml(kit, {
    stamp,
    name: part,
    head: head(kit, { kind: part, subject: say(kit, 'title') }),
    body: html`${blanks([
      blank(kit.word('desk.date'), 3, kit.word('desk.roc-date')),
      blank(say(kit, 'audited'), 3),
    ])}${choices([say(kit, 'regular'), say(kit, 'irregular')])}${table}<section class="end"><h2>${say(
      kit,
      'improve',
    )}</h2>${lines(2)}<div class="signatures"><p>${say(kit, 'signed-auditor')}</p><p>${say(kit, 'signed-audited')}</p><p>${say(
      kit,
      'signed-decider',
    )}</p></div></section>`,
  });

type Item = { group: string; item: string; standard: string | Unconfirmed };

/** The declared standards, what else the office has itself looked at, and its manners on the telephone. */
function items(kit: Kit): Item[] {
  const { checks, courtesy } = kit.handbook.office;
  const open = <T>(
    group: string,
    list: readonly T[] | Unconfirmed | undefined,
    itemOf: (one: T) => Omit<Item, 'group'>,
  ) =>
    isUnconfirmed(list)
      ? [{ group, item: group, standard: list }]
      : (list ?? []).map((one) => ({ group, ...itemOf(one) }));
  return [
    ...standardTiles(kit).map(({ standard, label, value }) => ({
      group: say(kit, 'group-standards'),
      item: standard === 'rings' ? say(kit, 'rings') : label,
      standard: value,
    })),
    ...open(say(kit, 'group-checks'), checks, ({ item, standard }) => ({ item: item ?? '', standard: standard ?? '' })),
    ...open(say(kit, 'group-courtesy'), courtesy, ({ situation, phrases, note }) => ({
      item: situation ?? '',
      standard: clauses(kit, [
        isUnconfirmed(phrases)
          ? phrases.unconfirmed
          : (phrases ?? []).map((each) => kit.word('telephone.quoted', each)).join(''),
        note,
      ]),
    })),
  ];
}

function standards(kit: Kit, found: readonly Item[]): Html {
  const heads: [string, string][] = [
    ['number', say(kit, 'order')],
    ['item', say(kit, 'item')],
    ['standard', say(kit, 'standard')],
    ['tick', say(kit, 'kept')],
    ['tick', say(kit, 'not-kept')],
    ['score', say(kit, 'score')],
    ['found', say(kit, 'found')],
  ];
  const tick = html`<td class="tick">${choice('')}</td>`;
  let group = '';
  return html`<table class="items"><thead><tr>${heads.map(
    ([cls, text]) => html`<th class="${cls}" scope="col">${text}</th>`,
  )}</tr></thead><tbody>${found.map(({ group: of, item, standard }, i) => {
    const first = of !== group;
    group = of;
    return html`${first && html`<tr class="group"><th scope="colgroup" colspan="${heads.length}">${of}</th></tr>`}<tr><td class="number">${
      i + 1
    }</td><th class="item" scope="row">${marked(item)}</th><td class="standard">${
      isUnconfirmed(standard) ? mark(standard) : marked(standard)
    }</td>${tick}${tick}<td class="score"></td><td class="found"></td></tr>`;
  })}</tbody></table>`;
}

/** Whether what stands on the wall and on the counter is what the service declares; a fact a box. */
function services(kit: Kit): Html {
  const facts: [string, (service: Kit['services'][number]) => string][] = [
    ['documents', (service) => documentsBrief(kit, service)],
    ['fee', ({ fee }) => feeBrief(kit, fee)],
    ['deadline', ({ deadline }) => deadlineBrief(kit, deadline)],
    ['authority', ({ authority }) => authorityBrief(kit, authority)],
  ];
  return html`<p class="more">${say(kit, 'shown')}</p><table class="services"><thead><tr><th scope="col">${say(
    kit,
    'service',
  )}</th>${facts.map(([key]) => html`<th scope="col">${kit.word(key)}</th>`)}<th class="chart" scope="col">${say(kit, 'chart')}</th></tr></thead><tbody>${kit.services.map(
    (service) =>
      html`<tr><th class="item" scope="row">${service.name}</th>${facts.map(
        ([, textOf]) => html`<td>${choice(html`<span>${marked(textOf(service))}</span>`)}</td>`,
      )}<td>${known(service.procedure) !== undefined && choice('')}</td></tr>`,
  )}</tbody></table>`;
}
