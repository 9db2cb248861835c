// What all papers of the counter share: pages of fixed boxes, blanks to write on, boxes to tick, a foot that tells the edition.
import { renderSVG } from 'uqr';
import { saysUnconfirmed } from '../content/schema/tree.js';
import { type Html, html, join, trusted } from '../core/html.js';
import { type CategoryMark, inColour } from './category-mark.js';
import type { RenderContext } from './context.js';
import { declaration, printedCode, type Stamp, scannedText, stampOf } from './declaration.js';
import { marked } from './facts/text.js';
import { loudness } from './quiet.js';
import type { About, Sheet } from './sheet.js';
import type { Facet } from './shown-facts.js';
import { widthOf } from './wall-sheet.js';

/** A sheet each, two A5 halves of a sheet to be cut, or A5 alone. */
type Layout = 'whole' | 'pairs' | 'single';
/** Halves of A4 where that is the paper, else A5 as it is. */
export const layoutOf = (context: RenderContext): Layout => (context.paper('A4').name === 'A5' ? 'single' : 'pairs');

type Page = Extract<Sheet, { kind: 'page' }>;

/**
 * A paper of the counter. `css`: its style sheet in `templates/`, beside the shared one; `body`: one page or several;
 * `mark`: of the category that all of it is about.
 */
export const counterSheet = (
  context: RenderContext,
  {
    file,
    stamp,
    about,
    title,
    css,
    layout = 'whole',
    body,
    fit,
    mark,
    expects = [],
  }: {
    file: string;
    stamp: Stamp;
    about?: About;
    title: string;
    css: string;
    layout?: Layout;
    body: Html | readonly Html[];
    fit: NonNullable<Page['fit']>;
    mark?: CategoryMark | undefined;
    expects?: readonly string[];
  },
): Page => ({
  kind: 'page',
  ...(about ? { about } : {}),
  file,
  html: context.template('sheet.html', {
    lang: context.tag,
    title: [title, context.handbook.office.name].filter(Boolean).join(context.word('between')),
    style: join(['base.css', 'desk/desk.css', css, ...loudness(context)].map((each) => context.template(each, {}))),
    body: html`<main class="${layout}"${inColour(mark)}>${body}</main>`,
  }),
  date: context.date,
  declares: declaration(stamp),
  expects,
  numbered: false,
  fit,
});

/**
 * A slip of the office, of the output `name`: twice on a sheet of A4 to be cut, or once on A5. `kind`: what its head says
 * above its title.
 */
export function officeSlip(
  context: RenderContext,
  name: string,
  {
    shows,
    title,
    kind,
    body,
    fit,
  }: { shows: readonly Facet[]; title: string; kind?: string; body: Html; fit: NonNullable<Page['fit']> },
): Page {
  const stamp = stampOf(context, { sheet: name, id: name, shows });
  const layout = layoutOf(context);
  const slip = pageHtml(context, {
    stamp,
    name: title,
    head: head(context, { ...(kind ? { kind } : {}), subject: title }),
    body,
  });
  return counterSheet(context, {
    file: `counter/${name}.pdf`,
    stamp,
    about: { of: [] },
    title,
    css: `${name}/${name}.css`,
    layout,
    body: layout === 'pairs' ? [slip, slip] : slip,
    fit,
  });
}

/**
 * What is fitted as one: a head, a body, a foot. Where the body is longer than its box it flows on, and head and foot
 * stand on each of its pages. `name` is told when it may not.
 */
export const pageHtml = (
  context: RenderContext,
  {
    stamp,
    name,
    head,
    body,
    told,
    open,
    points,
    mark,
  }: { stamp: Stamp; name: string; head: Html; body: Html; mark?: CategoryMark | undefined } & Told,
): Html =>
  html`<section class="fit leaf" data-name="${name}"${inColour(mark)}><header>${head}</header><div class="body">${body}</div><footer>${foot(context, stamp, { told, open, points })}</footer></section>`;

/**
 * The office, what kind of paper this is, its subject large; at the right 草案 and what else tells it from its like.
 * `category`: the sign and name of the category of its service; `banded`: it stands in white on its colour.
 */
export function head(
  context: RenderContext,
  {
    kind,
    subject,
    label,
    category,
    banded = false,
  }: { kind?: string; subject: string; label?: string; category?: CategoryMark | undefined; banded?: boolean },
): Html {
  const width = widthOf(subject);
  // A long subject breaks into two lines of about the same length.
  const characters = Math.ceil(width > 18 ? width / 2 + 1 : width);
  return html`<div class="head${banded && html` banded`}"><p class="office">${context.picture('logo')}${context.handbook.office.name}</p><div>${context.marks.map(
    (mark) => html`<p class="draft">${mark}</p>`,
  )}${label && html`<p class="label">${label}</p>`}${category && html`<p class="category">${category.sign}${marked(category.name)}</p>`}</div>${kind && html`<p class="kind">${kind}</p>`}<h1 style="--characters: ${characters}">${marked(subject)}</h1></div>`;
}

/**
 * What else the foot says: `told` of the sheet, `open` what nobody knows yet; `points`: the sheet leaves facts to the
 * handbook, so that the address of the book stands there to be scanned.
 */
type Told = { told?: string | undefined; open?: string | undefined; points?: boolean | undefined };

/** Edition, date and what sheet this is, in words and in a code: an old sheet on a desk can be recognised. */
export function foot(context: RenderContext, stamp: Stamp, { told, open, points }: Told = {}): Html {
  const { office, book } = context.handbook;
  const word = (key: string, ...values: string[]): string => context.word(`desk.${key}`, ...values);
  const line = (texts: readonly (string | false | undefined)[]): Html =>
    html`<p>${join(
      texts.flatMap((text) => (text ? [html`<span>${text}</span>`] : [])),
      context.word('between'),
    )}</p>`;
  const edition = word('edition', book.edition ?? '', context.day(context.date));
  return html`<div class="foot"><div>${line([office.name, edition, ...context.marks])}${line([
    told,
    context.word('check-code', printedCode(stamp)),
  ])}${open && line([open])}${context.legend}</div>${points && bookCode(context)}<div class="code" role="img" aria-label="${word('code')}">${trusted(
    renderSVG(scannedText(stamp), { ecc: 'M', border: 0 }),
  )}</div></div>`;
}

/** The address of the handbook as a code, with its name below it. */
function bookCode(context: RenderContext): Html | undefined {
  const { url } = context.handbook.book;
  if (url === undefined || !/^https?:\/\//.test(url)) return undefined;
  const code = trusted(renderSVG(url, { ecc: 'M', border: 0 }));
  return html`<div class="code book"><span role="img" aria-label="${url}">${code}</span><span>${context.word('desk.book-code')}</span></div>`;
}

/** A box to tick: a drawn square of 4.2 mm. */
export const BOX = html`<span class="box"></span>`;

/** A choice to tick. */
export const choice = (text: Html | string): Html => html`<span class="choice">${BOX}${text}</span>`;

/** Choices in a row. */
export const choices = (texts: readonly string[]): Html =>
  html`<ul class="choices">${texts.map((text) => html`<li>${choice(text)}</li>`)}</ul>`;

/** A line to write on behind its label, `sixths` of the sheet wide. `text` stands on it: 年　月　日. */
export const blank = (label: string, sixths: 1 | 2 | 3 | 4 | 6, text = ''): Html =>
  html`<p class="blank of-${sixths}"><span>${label}</span><span>${text}</span></p>`;
export const blanks = (list: readonly Html[]): Html => html`<div class="blanks">${list}</div>`;

/** Whether who fills in a form wants to hear of it. */
export const replyWanted = (context: RenderContext): Html =>
  html`<div class="asks"><span>${context.word('desk.reply')}</span>${choices([context.word('desk.reply-yes'), context.word('desk.reply-no')])}</div>`;

/**
 * What people are to be told before they write down who they are (個人資料保護法第 8 條); where the office has not
 * written it, room to write or stamp it, with what it must say.
 */
export function privacyNotice(context: RenderContext): Html {
  const { privacy } = context.handbook.office;
  const told = privacy !== undefined && !saysUnconfirmed(privacy);
  return html`<section class="privacy${!told && html` open`}"><h2>${context.word('desk.privacy')}</h2><p>${
    told ? marked(privacy) : context.word('desk.privacy-items')
  }</p></section>`;
}

/** A table to be filled in by hand: its heads, and rows of what stands in them already. `cls`: a class for each column. */
export const ruledTable = (
  columns: readonly (readonly [cls: string, head: string])[],
  rows: readonly (readonly (Html | string)[])[],
): Html =>
  html`<table class="ruled"><thead><tr>${columns.map(([cls, text]) => html`<th class="${cls}" scope="col">${text}</th>`)}</tr></thead><tbody>${rows.map(
    (cells) =>
      html`<tr>${columns.map(([cls], i) => {
        const cell = cells[i] ?? '';
        return html`<td class="${cls}">${typeof cell === 'string' ? marked(cell) : cell}</td>`;
      })}</tr>`,
  )}</tbody></table>`;

/** Empty lines to write on. */
export const lines = (count: number): Html =>
  html`<div class="lines">${Array.from({ length: count }, () => html`<p></p>`)}</div>`;

const at = (point: readonly [number, number]): string => point.map((each) => Number(each.toFixed(2))).join(' ');
/** Thin lines that say where to cut or fold; `from`, `to` in mm from the sheet's top left corner. */
export const marks = (
  { width, height }: { width: number; height: number },
  list: readonly { from: readonly [number, number]; to: readonly [number, number] }[],
): Html =>
  html`<svg class="marks" aria-hidden="true" viewBox="0 0 ${width} ${height}" style="width:${width}mm;height:${height}mm"><path d="${list
    .map(({ from, to }) => `M${at(from)}L${at(to)}`)
    .join('')}"/></svg>`;
