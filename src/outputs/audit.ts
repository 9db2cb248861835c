// The audit sheets: what the office has promised, item by item, with room for what was found.

import { isUnconfirmed, known, type Unconfirmed } from '../content/schema/schema.js';
import { type Html, html } from '../core/html.js';
import type { RenderContext } from '../document/context.js';
import {
  blank,
  blanks,
  choice,
  choices,
  counterSheet,
  head,
  lines,
  pageHtml,
  ruledTable,
} from '../document/counter-sheet.js';
import { type Stamp, stampOf } from '../document/declaration.js';
import { standardTiles } from '../document/facts/standards.js';
import { clauses, marked } from '../document/facts/text.js';
import { authorityHeadline, deadlineHeadline, documentsHeadline, feeHeadline } from '../document/headlines.js';
import type { Output } from '../document/output.js';
import { mark, wordsUnder } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = [
  'documents-headline',
  'fee-headline',
  'deadline-headline',
  'authority-brief',
  'procedure',
  'office.name',
  'office.standards',
  'office.checks',
  'office.courtesy',
] as const;
/** What sheets of the format before it printed. */
const BEFORE = [
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
  declares: { of: 'all', shows: SHOWS, before: [BEFORE] },
  papers: ['A4'],
  oneLanguage: true,
  render(context) {
    const stamp = stampOf(context, { sheet: 'audit', id: 'audit', shows: SHOWS, subject: { services: 'all' } });
    const found = items(context);
    // Calls are put to the test at another time than the counter.
    const calls = found.filter(({ group }) => group === word(context, 'group-courtesy'));
    const desk = found.filter((each) => !calls.includes(each));
    const sheets = [
      ...(desk.length > 0 ? [sheetHtml(context, stamp, word(context, 'standards'), standards(context, desk))] : []),
      ...(calls.length > 0
        ? [sheetHtml(context, stamp, word(context, 'group-courtesy'), standards(context, calls))]
        : []),
      ...(context.services.length > 0 ? [sheetHtml(context, stamp, word(context, 'services'), services(context))] : []),
      ...(found.length > 0 ? [historyHtml(context, stamp, found)] : []),
    ];
    if (sheets.length === 0) return [];
    return [
      counterSheet(context, {
        file: 'counter/audit.pdf',
        stamp,
        title: word(context, 'title'),
        css: 'audit/audit.css',
        body: sheets,
        fit: { least: 9 / 10.5, most: 1, flows: true, apart: true, alike: true },
      }),
    ];
  },
} satisfies Output;

const word = wordsUnder('audit');

/** One sheet: who audits whom and when, a table, and who has signed. */
const sheetHtml = (context: RenderContext, stamp: Stamp, part: string, table: Html): Html =>
  pageHtml(context, {
    stamp,
    name: part,
    head: head(context, { kind: part, subject: word(context, 'title') }),
    body: html`${blanks([
      blank(context.word('desk.date'), 3, context.word('desk.roc-date')),
      blank(word(context, 'audited'), 3),
    ])}${choices([word(context, 'regular'), word(context, 'irregular')])}${table}<section class="end"><h2>${word(
      context,
      'improve',
    )}</h2>${lines(2)}<div class="signatures"><p>${word(context, 'signed-auditor')}</p><p>${word(context, 'signed-audited')}</p><p>${word(
      context,
      'signed-decider',
    )}</p></div></section>`,
  });

/** What several audits have found, beside one another: whether something gets better is seen at a glance. */
function historyHtml(context: RenderContext, stamp: Stamp, found: readonly Item[]): Html {
  const dates = Array.from({ length: AUDITS }, () => ['audit', word(context, 'audit-of')] as const);
  return pageHtml(context, {
    stamp,
    name: word(context, 'history'),
    head: head(context, { kind: word(context, 'history'), subject: word(context, 'title') }),
    body: html`${blanks([blank(word(context, 'audited'), 3), blank(word(context, 'year'), 3)])}<p class="more">${word(context, 'how')}</p><div class="history">${ruledTable(
      [['number', word(context, 'order')], ['item', word(context, 'item')], ...dates],
      [
        ...found.map(({ item }, i) => [String(i + 1), item]),
        ['', word(context, 'kept-of')],
        ['', word(context, 'auditor')],
      ],
    )}</div><div class="signatures"><p>${word(context, 'improve')}</p><p>${word(context, 'signed-decider')}</p></div>`,
  });
}
/** Audits that a sheet has a column for: two years of one a quarter. */
const AUDITS = 8;

type Item = { group: string; item: string; standard: string | Unconfirmed };

/** The declared standards, what else the office has itself looked at, and its manners on the telephone. */
function items(context: RenderContext): Item[] {
  const { checks, courtesy } = context.handbook.office;
  const open = <T>(
    group: string,
    list: readonly T[] | Unconfirmed | undefined,
    itemOf: (one: T) => Omit<Item, 'group'>,
  ) =>
    isUnconfirmed(list)
      ? [{ group, item: group, standard: list }]
      : (list ?? []).map((one) => ({ group, ...itemOf(one) }));
  return [
    ...standardTiles(context).map(({ standard, label, value }) => ({
      group: word(context, 'group-standards'),
      item: standard === 'rings' ? word(context, 'rings') : label,
      standard: value,
    })),
    ...open(word(context, 'group-checks'), checks, ({ item, standard }) => ({
      item: item ?? '',
      standard: standard ?? '',
    })),
    ...open(word(context, 'group-courtesy'), courtesy, ({ situation, phrases, note }) => ({
      item: situation ?? '',
      standard: clauses(context, [
        isUnconfirmed(phrases)
          ? phrases.unconfirmed
          : (phrases ?? []).map((each) => context.word('telephone.quoted', each)).join(''),
        note,
      ]),
    })),
  ];
}

function standards(context: RenderContext, found: readonly Item[]): Html {
  const heads: [string, string][] = [
    ['number', word(context, 'order')],
    ['item', word(context, 'item')],
    ['standard', word(context, 'standard')],
    ['tick', word(context, 'kept')],
    ['tick', word(context, 'not-kept')],
    ['score', word(context, 'score')],
    ['found', word(context, 'found')],
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
function services(context: RenderContext): Html {
  const facts: [string, (service: RenderContext['services'][number]) => string][] = [
    ['documents', (service) => documentsHeadline(context, service).text],
    ['fee', (service) => feeHeadline(context, service).text],
    ['deadline', (service) => deadlineHeadline(context, service).text],
    ['authority', (service) => authorityHeadline(context, service).text],
  ];
  return html`<p class="more">${word(context, 'shown')}</p><table class="services"><thead><tr><th scope="col">${word(
    context,
    'service',
  )}</th>${facts.map(([key]) => html`<th scope="col">${context.word(key)}</th>`)}<th class="chart" scope="col">${word(context, 'chart')}</th></tr></thead><tbody>${context.services.map(
    (service) =>
      html`<tr><th class="item" scope="row">${service.name}</th>${facts.map(
        ([, textOf]) => html`<td>${choice(html`<span>${marked(textOf(service))}</span>`)}</td>`,
      )}<td>${(known(service.procedure)?.length ?? 0) > 0 && choice('')}</td></tr>`,
  )}</tbody></table>`;
}
