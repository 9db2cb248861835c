// One service in the book: its title, the four facts at a glance, its sections, sub-services and chart.

import { renderSVG } from 'uqr';
import type { Service, Variant } from '../../content/schema/model.js';
import { isUnconfirmed, known } from '../../content/schema/schema.js';
import { type Html, html, trusted } from '../../core/html.js';
import { authorityBrief } from '../../document/facts/authority.js';
import { deadlineBrief } from '../../document/facts/deadline.js';
import { documentsBrief } from '../../document/facts/documents.js';
import { feeBrief } from '../../document/facts/fee.js';
import { phrasesOf } from '../../document/line-breaking.js';
import { chineseNumber, mark } from '../../document/words.js';
import { chartFit, chartHtml, stepTable, type Yield, yieldOf } from './chart-pages.js';
import { type Entry, type Leaf, numeral, type Press } from './context.js';
import { sourcesHtml } from './laws.js';
import { proseCell } from './prose.js';
import { anchor, categoriesOf, chartOf, endOf, numberOf, pageNote, serviceLink } from './references.js';
import { factRows, factSections, noteSections, type Section } from './service-facts.js';
import { factRow, factTable, heading, marked, phrased } from './tables.js';

export function servicesPart(press: Press): { body: Html; entries: Entry[]; leaves: Leaf[] } | undefined {
  const { kit } = press;
  if (kit.services.length === 0) return undefined;
  const categories = categoriesOf(press);
  const entries: Entry[] = [];
  const leaves: Leaf[] = [];
  categories.forEach(({ name, services }, c) => {
    services.forEach((service, i) => {
      const number = numberOf(press, service);
      const chart = kit.charts.get(service.id);
      const turned = chart && chartFit(press, chart, anchor(service))?.turned;
      entries.push({ id: anchor(service), number, title: service.name, ...(name && i === 0 ? { group: name } : {}) });
      leaves.push({
        name: anchor(service),
        head: `${number}${service.name}`,
        ...(categories.length > 1 ? { tab: c } : {}),
        ...(turned ? { turned: [turned] } : {}),
        body: serviceHtml(press, service, name, i === 0),
      });
    });
  });
  return {
    entries,
    leaves,
    body: html`<div class="opener">${categories.map(
      ({ name, note, services }, c) =>
        html`<section>${
          name &&
          html`<p class="opener-category"><span class="tab">${
            kit.lang === 'zh' ? chineseNumber(c + 1) : c + 1
          }</span>${name}</p>`
        }${note && html`<p class="opener-note">${marked(note)}</p>`}<ul>${services.map(
          (service) =>
            html`<li class="row"><a class="line" href="#${anchor(service)}"><span class="numeral">${numberOf(press, service)}</span><span class="entry">${service.name}</span></a>${
              press.medium === 'paper' && html`<span class="leader"></span>${press.pageOf(anchor(service))}`
            }</li>`,
        )}</ul></section>`,
    )}</div>`,
  };
}

/** The four declared facts, grasped in ten seconds. */
function strip({ kit }: Press, entry: Service | Variant): Html {
  const facts = [
    ['documents', documentsBrief(kit, entry)],
    ['fee', feeBrief(kit, entry.fee)],
    ['deadline', deadlineBrief(kit, entry.deadline)],
    ['authority', authorityBrief(kit, entry.authority)],
  ] as const;
  return html`<dl class="strip">${facts.map(
    ([word, text]) =>
      html`<div><dt>${kit.word(word)}</dt><dd${text.length > 9 && html` class="long"`}>${
        text === kit.word('undeclared') ? html`<span class="unconfirmed">${text}</span>` : marked(text)
      }</dd></div>`,
  )}</dl>`;
}

function serviceHtml(press: Press, service: Service, category: string | undefined, first: boolean): Html {
  const { kit, say } = press;
  const level = category === undefined ? 2 : 3;
  const chart = kit.charts.get(service.id);
  const fit = chart && chartFit(press, chart, anchor(service));
  const variants = known(service.variants) ?? [];
  const all: Section[] = [
    ...factSections(press, service),
    ...noteSections(press, service),
    [say('procedure'), chart && stepTable(press, chart)],
    [
      say('variants'),
      isUnconfirmed(service.variants)
        ? mark(service.variants)
        : variants.length > 0
          ? html`<p class="aside">${say('variant-like')}</p>${variants.map((variant, i) => variantHtml(press, service, variant, i + 1, level + 2))}`
          : undefined,
    ],
    [say('basis'), sourcesHtml(press, service)],
    [
      say('findings'),
      service.findings && html`<div class="prose findings">${proseCell(press, service.findings)}</div>`,
    ],
  ];
  const sections = all.filter(([, body]) => body !== undefined && body.toString() !== '');
  // Last, so that a tall chart leaves no hole in the text before it.
  const chartSection =
    chart &&
    section(press, say('chart'), chartHtml(press, chart, fit), sections.length + 1, level + 1, {
      id: chartOf(service),
      ...(fit?.turned ? { page: fit.turned.name } : {}),
      yields: yieldOf(press, chart, fit, endOf(service)),
    });
  const kicker =
    category === undefined
      ? undefined
      : first
        ? heading(2, category, { cls: 'category' })
        : html`<p class="category">${category}</p>`;
  const code = press.medium === 'paper' && codeOf(press, service);
  return html`<article class="service"${press.medium === 'paper' && html` data-begin="${anchor(service)}" data-end="${endOf(service)}" data-beside="${chartOf(service)}"`}>${code}${kicker}${heading(
    level,
    html`<span class="numeral">${numberOf(press, service)}</span>${phrased(phrasesOf(service.name))}`,
    { id: anchor(service), cls: 'service-title' },
  )}${service.summary && html`<p class="summary">${marked(service.summary)}</p>`}${strip(press, service)}${factTable([
    ...factRows(press, service),
    factRow(say('related'), relatedHtml(press, service)),
  ])}${sections.map(([title, body], i) => section(press, title, body, i + 1, level + 1))}<span id="${endOf(service)}"></span>${chartSection}</article>`;
}

/** The way from the paper to the same service in the handbook on the web, where the book has an address. */
function codeOf({ kit, say }: Press, service: Service): Html | undefined {
  const { url } = kit.handbook.book;
  if (url === undefined || !/^https?:\/\//.test(url)) return undefined;
  const address = `${url.replace(/#.*$/, '')}#${anchor(service)}`;
  return html`<figure class="code" role="img" aria-label="${say('code', service.name, address)}">${trusted(
    renderSVG(address, { ecc: 'M', border: 0 }),
  )}</figure>`;
}

/** A section of a service, the `n`th: （一）（二）. `page`: where it needs another paper. */
const section = (
  press: Press,
  title: string,
  body: Html | undefined,
  n: number,
  level: number,
  { id, page, yields }: { id?: string; page?: string; yields?: Yield | undefined } = {},
): Html =>
  html`<section class="part${page && ' turned'}"${id && html` id="${id}"`}${page && html` style="page: ${page}"`}${
    yields &&
    html` data-yields="${yields.after}" data-tall="${yields.tall}" data-least="${yields.least}" data-room="${yields.room}"`
  }>${heading(level, html`<span class="numeral">${numeral(press, 3, n)}</span>${title}`)}${body}</section>\n`;

function relatedHtml(press: Press, { related }: Service): Html | undefined {
  if (isUnconfirmed(related)) return mark(related);
  const services = (related ?? []).flatMap((id) => press.kit.services.find((service) => service.id === id) ?? []);
  if (services.length === 0) return undefined;
  return html`<ul class="bare">${services.map((service) => html`<li>${serviceLink(press, service)} ${pageNote(press, service)}</li>`)}</ul>`;
}

function variantHtml(press: Press, service: Service, variant: Variant, n: number, level: number): Html {
  const own = Object.fromEntries(
    Object.entries(variant).filter(([key, value]) => value !== (service as Record<string, unknown>)[key]),
  ) as Variant;
  const declares =
    own.documents !== undefined || own.fee !== undefined || own.deadline !== undefined || own.authority !== undefined;
  const effective = { ...service, ...own } as Variant;
  const parts = [...factSections(press, own), ...noteSections(press, own)].filter(
    ([, body]) => body !== undefined && body.toString() !== '',
  );
  return html`<section class="variant${parts.length < 2 && ' short'}">${heading(level, html`<span class="numeral">${numeral(press, 4, n)}</span>${marked(variant.name ?? '')}`)}${
    own.summary && html`<p class="variant-summary">${marked(own.summary)}</p>`
  }${declares && strip(press, effective)}${factTable(factRows(press, own))}${parts.map(
    ([title, body]) => html`<p class="table-title">${title}</p>${body}`,
  )}</section>`;
}
