// The rows beside the four facts: how it goes, who, how, where and whom to ask, sub-services, and what to mind.

import { isUnconfirmed, known } from '../../content/schema/schema.js';
import type { Service, Variant } from '../../content/schema/service.js';
import { type Html, html } from '../../core/html.js';
import { hasSigns } from '../../core/language.js';
import type { RenderContext } from '../../document/context.js';
import { drawingHtml } from '../../document/drawing.js';
import { rolesWithNotes } from '../../document/facts/authority.js';
import { reachedAt } from '../../document/facts/contact.js';
import { documentsHeadline, yourTerms } from '../../document/headlines.js';
import { MM_PER_PX, type Paper } from '../../document/sheet.js';
import {
  aside,
  each,
  ITEM,
  notesHtml,
  proseOf,
  rowHtml,
  termRows,
  timeRows,
  toldRows,
  wayRows,
} from '../../document/told-rows.js';
import { innerOf, isWide, marked, paragraph, smallestOf, unitOf, widthOf } from '../../document/wall-sheet.js';
import { wayHtml, wayOf } from '../../document/way.js';
import { mark } from '../../document/words.js';
import { documents } from './facts.js';
import { type Context, type Row, row, TELLS, textOf } from './rows.js';

/** Characters. */
const A_FEW_LINES = 66;

/** What who applies does and receives. A given Mermaid drawing has no steps; it is shown where its text is not smaller than the rest. */
export function steps(context: Context, service: Service, paper: Paper): Row[] {
  const { procedure } = service;
  const chart = context.charts.get(service.id);
  const label = context.word('posters.how');
  if (isUnconfirmed(procedure)) return [row(label, html`<p class="note">${mark(procedure)}</p>`, { cls: 'how' })];
  if (!chart) return [];
  if (chart.flow) {
    const way = wayOf(context, service);
    if (way.length === 0) return [];
    const whole = wayHtml(context, way, { who: true });
    // A long one up to its first decision: all behind it hangs on that.
    const fork = way.findIndex(({ kind }) => kind !== 'step');
    if (!context.few || fork <= 0 || widthOf(textOf(whole)) <= A_FEW_LINES) return [row(label, whole, { cls: 'how' })];
    const more = paragraph('note', context.word('posters.then-see-book'));
    return [row(label, html`${wayHtml(context, way.slice(0, fork), { who: true })}${more}`, { cls: 'how' })];
  }
  const { width, height } = chart.drawing;
  const room = isWide(paper)
    ? { width: (innerOf(paper) - 12) / 2, height: 165 }
    : { width: innerOf(paper), height: 150 };
  const scale = Math.min(room.width / (width * MM_PER_PX), room.height / (height * MM_PER_PX), 2);
  if (16 * MM_PER_PX * scale * unitOf(paper) < smallestOf(context, paper)) return [];
  const size = `width: calc(${(width * MM_PER_PX * scale).toFixed(1)} * var(--u)); height: calc(${(height * MM_PER_PX * scale).toFixed(1)} * var(--u))`;
  return [
    row(label, html`<figure class="chart" style="${size}">${drawingHtml(chart.drawing)}</figure>`, {
      cls: 'how drawn',
    }),
  ];
}

/** Sub-services: all that each declares that differs. */
export function variants(context: Context, service: Service): Row[] {
  const { variants: list } = service;
  if (list === undefined) return [];
  const rows = (each: Variant): Html[] =>
    [
      ...termRows(context, each, 'before'),
      ...timeRows(context, service, each),
      ...wayRows(context, undefined, each),
      ...toldRows(context, each).filter(({ kind }) => TELLS[kind] === 'whole' || kind === 'authority-chain'),
    ].map((row) =>
      rowHtml(row, (text) =>
        marked(!context.workingCopy && text === context.word('unconfirmed') ? context.word('ask') : text),
      ),
    );
  return [
    row(
      context.word('posters.variants'),
      isUnconfirmed(list)
        ? html`<p class="note">${mark(list)}</p>`
        : html`${list.some(differs) && html`<p class="note">${context.word('handbook.variant-like')}</p>`}<ul>${list.map(
            (each) =>
              html`<li><p class="text">${marked(each.name ?? '')}</p>${paragraph('note', each.summary)}<dl class="more">${rows(each)}</dl>${each.documents !== undefined && documentsOf(context, each)}${notesHtml(context, each)}</li>`,
          )}</ul>`,
      { cls: 'variants' },
    ),
  ];
}

/** Its papers; that it asks for none is told too. */
function documentsOf(context: Context, each: Variant): Html {
  const list = documents(context, each);
  return list.toString() === '' || known(each.documents)?.none === true
    ? html`<p>${context.word('field', context.word('documents'), documentsHeadline(context, each).text)}</p>${list}`
    : list;
}

/** Whether it declares what stands in place of what its service declares. */
const differs = ({ documents, fee, deadline, authority }: Variant): boolean =>
  [documents, fee, deadline, authority].some((each) => each !== undefined);

/** Who may apply and what must come before, a row each, and what to mind. */
export function mind(context: Context, service: Service): Row[] {
  const rows = [
    // Whether it is on offer stands below the title.
    ...termRows(context, service, 'before').filter(({ kind }) => kind !== 'status'),
    ...toldRows(context, service).filter(({ kind }) => kind === 'preconditions' || kind === 'terms'),
  ].filter(({ kind }) => kind !== 'terms' || !context.few);
  const eligibility = proseOf(context, service.eligibility);
  const notes = context.few ? fewNotes(context, service) : notesHtml(context, service);
  return [
    ...rows.map(({ label, cells }) =>
      row(label, html`${cells.map((cell) => (typeof cell === 'string' ? html`<p>${marked(cell)}</p>` : cell))}`, {
        cls: 'mind',
      }),
    ),
    ...(eligibility ? [row(context.word('handbook.eligibility'), eligibility, { cls: 'mind' })] : []),
    ...(notes ? [row(context.word('handbook.notes'), notes, { cls: 'mind' })] : []),
  ];
}

/**
 * In few words: the notes that an office has set in bold, where each note is an item that stands by itself; else where the
 * notes are.
 */
function fewNotes(context: Context, service: Service): Html | undefined {
  const { notes } = service;
  if (notes === undefined) return undefined;
  const items = notes.markdown.split('\n').filter((line) => line.trim() !== '');
  const chosen = items.filter((line) => /^\S+ +(?:\*\*[^*]+\*\*|__[^_]+__)[。.]?\s*$/.test(line));
  const flat = !hasSigns(notes.markdown) && items.every((line) => ITEM.test(line) && !LEANS.test(line));
  if (flat && chosen.length > 0)
    return notesHtml(context, { ...service, notes: { ...notes, markdown: chosen.join('\n') } });
  return html`<p>${context.word('posters.see-book')}</p>`;
}
/** Goes on from the note before it. */
const LEANS = /^\S+ +(?:\*\*|__)?(?:但|惟|前|依[前上]|上[開述]|其|此|該|[Bb]ut |[Hh]owever)/;

/** Where one goes; what holds for a sub-service alone is not another's. */
function placesOf(context: RenderContext, { place, variants }: Service): (string | undefined)[] {
  const own = (known(variants) ?? []).flatMap((variant) =>
    variant.place === undefined ? [] : [context.word('field', variant.name ?? '', variant.place)],
  );
  return place === undefined && own.length > 0
    ? [context.handbook.office.address, ...own]
    : [place ?? context.handbook.office.address];
}

/** Who may apply, how, where and when, and whom to ask; what the service does not say, the office does. */
export function ways(context: Context, service: Service): Row[] {
  const { office } = context.handbook;
  const word = (key: string, ...values: string[]): string => context.word(`posters.${key}`, ...values);
  const named = (key: string, text: string | undefined): string | undefined =>
    text === undefined ? undefined : context.word('field', word(key), text);
  /** Names alone stand in one line. */
  const together = (texts: string[]): string[] =>
    texts.every((text) => widthOf(text) <= 12) ? [texts.join(context.word('list-comma'))] : texts;
  const cell = (key: string, texts: readonly (string | undefined)[]): Row[] => {
    const given = texts.filter((text) => text !== undefined && text !== '');
    if (given.length === 0) return [];
    return [
      row(
        word(key),
        html`<ul>${given.map((text) => html`<li${widthOf(text as string) > 20 && html` class="long"`}>${marked(text as string)}</li>`)}</ul>`,
        { cls: 'way' },
      ),
    ];
  };
  const contact = known(service.contact);
  const unit = rolesWithNotes(context, service.unit);
  const { telephone, extension, floor } = reachedAt(office, service);
  const called = [telephone, extension && word('extension-of', extension)].filter(Boolean).join(' ');
  return [
    ...cell('who', [
      ...together(
        each(service.applicant, ({ who, joint, condition, note }) =>
          aside(context, who, known(joint) === true && context.word('joint'), condition, note),
        ),
      ),
      service.representation && context.word('field', context.word('handbook.representation'), service.representation),
      ...yourTerms(context, service).map((text) => context.word('field', context.word('your-term'), text)),
    ]),
    ...cell(
      'channels',
      together(
        each(service.channels, ({ name, place, hours, url, note }) => aside(context, name, place, hours, note, url)),
      ),
    ),
    ...cell('where', [
      ...placesOf(context, service).map((text) => named('place', text)),
      named('hours', service.hours ?? office.hours),
    ]),
    ...cell('contact', [
      isUnconfirmed(service.contact) ? service.contact.unconfirmed : (contact?.unit ?? unit),
      named('in-charge', contact?.unit === undefined || contact.unit === unit || unit === '' ? undefined : unit),
      named('telephone', called || undefined),
      named('floor', floor),
      contact?.note,
    ]),
  ];
}
