// One service in the book: its title, the four facts at a glance, its sections, sub-services and chart.

import { renderSVG } from 'uqr';
import { isUnconfirmed, known } from '../../content/schema/schema.js';
import type { Service, Variant } from '../../content/schema/service.js';
import { type Html, html, trusted } from '../../core/html.js';
import { inColour } from '../../document/category-mark.js';
import type { Chart } from '../../document/context.js';
import { authorityHeadline, deadlineHeadline, documentsHeadline, feeHeadline } from '../../document/headlines.js';
import { phrasesOf } from '../../document/line-breaking.js';
import { chineseNumber, mark } from '../../document/words.js';
import { chartFit, chartHtml, type Fit, stepNotes, stepTable, type Yield, yieldOf } from './chart-pages.js';

import { type BookContext, type Entry, type Leaf, numeral } from './context.js';
import { sourcesHtml } from './laws.js';
import { proseCell } from './prose.js';
import { anchor, categoriesOf, chartOf, endOf, numberOf, pageNote, serviceLink, wholeOf } from './references.js';
import { applyRows, askRows, factSections, noteSections, type Section } from './service-facts.js';
import { type FactRow, factRow, factTable, heading, itemsRow, marked, phrased } from './tables.js';

export function servicesPart(context: BookContext): { body: Html; entries: Entry[]; leaves: Leaf[] } | undefined {
  if (context.services.length === 0) return undefined;
  const categories = categoriesOf(context);
  const entries: Entry[] = [];
  const leaves: Leaf[] = [];
  categories.forEach(({ name, mark: ofCategory, services }, c) => {
    services.forEach((service, i) => {
      const number = numberOf(context, service);
      const chart = context.charts.get(service.id);
      const turned = chart && chartFit(context, chart, anchor(service))?.turned;
      entries.push({ id: anchor(service), number, title: service.name, ...(name && i === 0 ? { group: name } : {}) });
      leaves.push({
        name: anchor(service),
        head: `${number}${service.name}`,
        ...(categories.length > 1 ? { tab: c, ...(ofCategory ? { mark: ofCategory } : {}) } : {}),
        ...(turned ? { turned: [turned] } : {}),
        body: serviceHtml(context, service, name, i === 0),
      });
    });
  });
  return {
    entries,
    leaves,
    // On a screen they stand before all else.
    body: context.medium === 'paper' ? servicesByCategory(context) : html``,
  };
}

/** Every service under its category, with its page. */
export const servicesByCategory = (context: BookContext): Html =>
  html`<div class="opener">${categoriesOf(context).map(
    ({ name, note, mark: ofCategory, services }, c) =>
      html`<section${context.medium === 'paper' && inColour(ofCategory)}>${
        name &&
        html`<p class="opener-category"><span class="tab">${context.medium === 'paper' && ofCategory?.sign}${
          context.lang === 'zh' ? chineseNumber(c + 1) : c + 1
        }</span>${name}</p>`
      }${note && html`<p class="opener-note">${marked(note)}</p>`}<ul>${services.map(
        (service) =>
          html`<li class="row"><a class="line" href="#${anchor(service)}"><span class="numeral">${numberOf(context, service)}</span><span class="entry">${service.name}</span></a>${
            context.medium === 'paper' && html`<span class="leader"></span>${context.pageOf(anchor(service))}`
          }</li>`,
      )}</ul></section>`,
  )}</div>`;

/** The four declared facts, grasped in ten seconds. */
function strip(context: BookContext, service: Service, entry: Service | Variant = service): Html {
  const facts = [
    ['documents', documentsHeadline(context, entry)],
    ['fee', feeHeadline(context, entry)],
    ['deadline', deadlineHeadline(context, service, entry)],
    ['authority', authorityHeadline(context, entry)],
  ] as const;
  return html`<dl class="strip">${facts.map(
    ([word, { text, asked }]) =>
      html`<div><dt>${context.word(word)}</dt><dd${asked ? html` class="asked"` : text.length > 9 && html` class="long"`}>${marked(text)}</dd></div>`,
  )}</dl>`;
}

/** Sections that stay with the head of a service. */
const ASKED = 1;

function serviceHtml(context: BookContext, service: Service, category: string | undefined, first: boolean): Html {
  const level = category === undefined ? 2 : 3;
  const chart = context.charts.get(service.id);
  const fit = chart && chartFit(context, chart, anchor(service));
  const variants = known(service.variants) ?? [];
  const beside = context.medium === 'paper' && context.format.name === 'A4';
  const all: Section[] = [
    ...factSections(context, service),
    [
      context.bookWord('whom-to-ask'),
      factTable([...askRows(context, service), relatedRow(context, service)], 'facts', {
        beside,
      }),
    ],
    ...noteSections(context, service),
    [
      context.bookWord('variants'),
      isUnconfirmed(service.variants)
        ? mark(service.variants)
        : variants.length > 0
          ? html`<p class="aside">${context.bookWord('variant-like')}</p>${variants.map((variant, i) => variantHtml(context, service, variant, i + 1, level + 2))}`
          : undefined,
    ],
    [context.bookWord('basis'), sourcesHtml(context, service)],
    [
      context.bookWord('findings'),
      context.workingCopy && service.findings
        ? html`<div class="prose findings">${proseCell(context, service.findings)}</div>`
        : undefined,
    ],
  ];
  const sections = all
    .filter(([, body]) => body !== undefined && body.toString() !== '')
    .map(([title, body]) => section(title, body, level + 1));
  // Where no chart stands opposite the facts, they may go on there.
  const [facts, further] = chart ? [sections, []] : [sections.slice(0, ASKED), sections.slice(ASKED)];
  const whole = html`<span id="${wholeOf(service)}"></span>`;
  const untold = chart && fit && chart.onSheets ? stepNotes(context, chart) : undefined;
  // Opposite the facts.
  const chartSection =
    chart &&
    section(
      context.bookWord('procedure'),
      html`${chartHtml(context, chart, fit)}${stepsBelow(context, chart, fit, untold)}${whole}`,
      level + 1,
      {
        id: chartOf(service),
        ...(fit?.turned ? { page: fit.turned.name } : {}),
        yields: yieldOf(context, chart, fit, endOf(service)),
      },
    );
  const kicker =
    category === undefined
      ? undefined
      : first
        ? heading(2, category, { cls: 'category' })
        : html`<p class="category">${category}</p>`;
  const code = context.medium === 'paper' && codeOf(context, service);
  return html`<article class="service"${
    context.medium === 'paper'
      ? html` data-begin="${anchor(service)}" data-end="${endOf(service)}" data-beside="${chartOf(service)}" data-whole="${wholeOf(service)}"`
      : html` data-also="${(known(service.aliases) ?? []).join('\n')}"`
  }>${code}${kicker}${heading(
    level,
    html`<span class="numeral">${numberOf(context, service)}</span>${phrased(phrasesOf(service.name))}`,
    { id: anchor(service), cls: 'service-title' },
  )}${service.summary && html`<p class="summary">${marked(service.summary)}</p>`}${strip(context, service)}${context.medium === 'screen' && listHtml(context, service)}${factTable(
    applyRows(context, service),
    'facts',
    { beside },
  )}${facts}${untold && html`<div class="noted-here">${section(context.bookWord('step-notes'), untold, level + 1)}</div>`}${further.length > 0 && html`<div class="later">${further}</div>`}<span id="${endOf(service)}"></span>${chartSection ?? whole}</article>`;
}

/** Where the script of the page asks its questions. */
const listHtml = (context: BookContext, service: Service): Html =>
  html`<details class="mine" data-of="${anchor(service)}" hidden><summary>${context.bookWord('my-list-start')}</summary></details>`;

/** The way from the paper to the same service in the handbook on the web, where the book has an address. */
function codeOf(context: BookContext, service: Service): Html | undefined {
  const { url } = context.handbook.book;
  if (url === undefined || !/^https?:\/\//.test(url)) return undefined;
  const address = `${url.replace(/#.*$/, '')}#${anchor(service)}`;
  return html`<figure class="code" role="img" aria-label="${context.bookWord('code', service.name, address)}">${trusted(
    renderSVG(address, { ecc: 'M', border: 0 }),
  )}</figure>`;
}

/**
 * The steps in words below a chart: those that it does not tell; or all on a page of their own, opposite, where the service
 * does not take whole spreads otherwise.
 */
const stepsBelow = (context: BookContext, chart: Chart, fit: Fit | undefined, untold: Html | undefined): Html =>
  fit && chart.onSheets
    ? html`${untold && html`<div class="untold"><p class="table-title">${context.bookWord('step-notes')}</p>${untold}</div>`}<div class="later">${stepTable(context, chart, context.bookWord('step-table'))}</div>`
    : html`${stepTable(context, chart)}`;

/** A section of a service. `page`: where it needs another paper. */
const section = (
  title: string,
  body: Html | undefined,
  level: number,
  { id, page, yields }: { id?: string; page?: string; yields?: Yield | undefined } = {},
): Html =>
  html`<section class="part ${id ? 'opposite' : 'beside'}${page && ' turned'}"${id && html` id="${id}"`}${page && html` style="page: ${page}"`}${
    yields &&
    html` data-yields="${yields.after}" data-tall="${yields.tall}" data-least="${yields.least}" data-room="${yields.room}"`
  }>${heading(level, title)}<div>${body}</div></section>\n`;

function relatedRow(context: BookContext, { related }: Service): FactRow | undefined {
  const label = context.bookWord('related');
  if (isUnconfirmed(related)) return factRow(label, mark(related));
  const services = (related ?? []).flatMap((id) => context.services.find((service) => service.id === id) ?? []);
  return itemsRow(
    label,
    services.map((service) => ({
      text: `${numberOf(context, service)}${service.name}　　　　　`,
      html: html`${serviceLink(context, service)} ${pageNote(context, service)}`,
    })),
    context.word('clause-comma'),
  );
}

function variantHtml(context: BookContext, service: Service, variant: Variant, n: number, level: number): Html {
  const own = Object.fromEntries(
    Object.entries(variant).filter(([key, value]) => value !== (service as Record<string, unknown>)[key]),
  ) as Variant;
  const declares =
    own.documents !== undefined || own.fee !== undefined || own.deadline !== undefined || own.authority !== undefined;
  // One of the sub-services, and not the range of all of them.
  const { variants: _, ...shared } = service;
  const effective = { ...shared, ...own } as Variant;
  const parts = [...factSections(context, own), ...noteSections(context, own)].filter(
    ([, body]) => body !== undefined && body.toString() !== '',
  );
  return html`<section class="variant${parts.length < 2 && ' short'}">${heading(level, html`<span class="numeral">${numeral(context, 4, n)}</span>${marked(variant.name ?? '')}`)}${
    own.summary && html`<p class="variant-summary">${marked(own.summary)}</p>`
  }${declares && strip(context, service, effective)}${factTable([...applyRows(context, own), ...askRows(context, own)])}${parts.map(
    ([title, body]) => html`<p class="table-title">${title}</p>${body}`,
  )}</section>`;
}
