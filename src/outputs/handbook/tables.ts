// Headings, cells and tables of the book, and how text stands in them: which words stay on one line.

import { saysUnconfirmed } from '../../content/schema/tree.js';
import { type Html, html, join, trusted } from '../../core/html.js';
import { isChinese } from '../../core/language.js';
import { marked as markedText } from '../../document/facts/text.js';
import { fullWidthsOf, phrasesOf } from '../../document/line-breaking.js';
import { mark } from '../../document/words.js';

export const heading = (level: number, text: Html | string, { id, cls }: { id?: string; cls?: string } = {}): Html =>
  html`${trusted(`<h${level}`)}${cls && html` class="${cls}"`}${id && html` id="${id}"`}>${text}${trusted(`</h${level}>`)}`;

/** What stays on one line: 「每 2 小時」「100 元起」「第 12 條第 1 項」, and 「份數：待確認」. */
const KEPT =
  /((?:每\s?)?\d[\d,.]*(?:[–-]\d+)?\s?(?:元起|元|分鐘|小時|工作日|個月|日|天|週|年|項|份|張|頁|次|件)|(?:第\s?\d+(?:-\d+)?\s?[條項款點號期版頁](?:之\s?\d+)?){1,3}|[\p{L}\d]{1,6}：待確認)/u;

/** Text as it is printed: 待確認 marked, numbers with their units; a line ends between words. */
export function marked(text: string): Html {
  if (saysUnconfirmed(text)) return mark(text);
  const parts = text.split(KEPT).flatMap((part, i) => (i % 2 === 1 ? [part] : phrasesOf(part)));
  return phrased(parts, markedText);
}

/** Phrases that stay whole. Chromium fails to print a tagged page with many `<wbr>`, so each has an element. */
export const phrased = (phrases: readonly string[], show = (phrase: string): Html => html`${phrase}`): Html =>
  phrases.length < 2
    ? join(phrases.map(show))
    : join(
        phrases.map((phrase) =>
          // An address, or what no dictionary knows, may be longer than a column; Latin words end at their spaces.
          fullWidthsOf(phrase) > 8 || !isChinese(phrase)
            ? show(phrase)
            : html`<span class="kept">${show(phrase)}</span>`,
        ),
      );

export const textCell = (text: string | undefined): Html | undefined => (text === undefined ? undefined : marked(text));

export function addressCell(url: string | undefined): Html | undefined {
  if (url === undefined) return undefined;
  return /^https?:\/\//.test(url) ? html`<a class="address" href="${url}">${url}</a>` : marked(url);
}

/** What may stand in a line with others: its text tells how long it is. */
export type Item = { text: string; html: Html };

/** In full-width characters: what stands in a line of the facts. */
const LINE = 36;

/** One after the other, each with the comma behind it: no line begins with that. The blank behind a comma is where a line may end. */
export function inLine(parts: readonly Html[], comma: string): Html {
  const sign = comma.trimEnd();
  return html`${parts.map((part, i) => {
    const isLast = i === parts.length - 1;
    return html`<span class="item">${part}${!isLast && sign}</span>${!isLast && comma.slice(sign.length)}`;
  })}`;
}

/** Few and short ones stand in one line, with `comma` between them; else each has its own. */
export function itemsRow(label: string, items: readonly Item[], comma: string): FactRow | undefined {
  const width = fullWidthsOf(items.map(({ text }) => text).join(comma));
  const parts = items.map((item) => item.html);
  return factRow(
    label,
    parts.length > 1 && width <= LINE ? inLine(parts, comma) : listCell(parts),
    fullWidthsOf(label) <= SHORT.label && width <= SHORT.value,
  );
}

/** A list of one is no list. */
export function listCell(items: readonly Html[]): Html | undefined {
  if (items.length === 0) return undefined;
  return items.length === 1 ? items[0] : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

/** A fact and its label. `short`: another may stand beside it. */
export type FactRow = { label: string; value: Html; short: boolean };

/** In full-width characters: what leaves room for another fact beside it. */
const SHORT = { label: 5, value: 13 };

export const factRow = (label: string, value: Html | undefined, short = false): FactRow | undefined =>
  value === undefined || value.toString() === '' ? undefined : { label, value, short };

/** A fact that is one text. */
export const textRow = (label: string, text: string | undefined): FactRow | undefined =>
  factRow(
    label,
    textCell(text),
    text !== undefined && fullWidthsOf(label) <= SHORT.label && fullWidthsOf(text) <= SHORT.value,
  );

/** `beside`: short facts that follow one another stand two in a row. */
export function factTable(
  rows: readonly (FactRow | undefined)[],
  cls = 'facts',
  { beside = false } = {},
): Html | undefined {
  const given = rows.filter((row) => row !== undefined);
  if (given.length === 0) return undefined;
  const lines: (readonly FactRow[])[] = [];
  for (let i = 0; i < given.length; i += 1) {
    const [row, next] = [given[i] as FactRow, given[i + 1]];
    const pair = beside && row.short && next?.short;
    lines.push(pair ? [row, next] : [row]);
    if (pair) i += 1;
  }
  const across = lines.some((line) => line.length > 1);
  return html`<table class="${cls}${across && ' beside'}"><tbody>${lines.map(
    (line) =>
      html`<tr>${line.map(
        ({ label, value }) =>
          html`<th scope="row">${label}</th><td${across && line.length === 1 && html` colspan="3"`}>${value}</td>`,
      )}</tr>`,
  )}</tbody></table>`;
}

export type Column = { label: string; cls?: string };
type Body = { label?: Html | string; rows: readonly (readonly (Html | string)[])[] };

/** A table whose empty columns are left out. The first cell of a row is its head. */
export function table(columns: readonly Column[], bodies: readonly Body[], cls = ''): Html | undefined {
  const rows = bodies.flatMap((body) => body.rows);
  if (rows.length === 0) return undefined;
  const kept = columns.map((_, i) => i === 0 || rows.some((row) => String(row[i] ?? '') !== ''));
  const shown = columns.filter((_, i) => kept[i]);
  return html`<table class="grid ${cls}"><thead><tr>${shown.map(
    (column) => html`<th scope="col"${column.cls && html` class="${column.cls}"`}>${column.label}</th>`,
  )}</tr></thead>${bodies
    .filter((body) => body.rows.length > 0)
    .map(
      (body) =>
        html`<tbody>${
          body.label !== undefined &&
          html`<tr class="group"><th scope="rowgroup" colspan="${shown.length}">${body.label}</th></tr>`
        }${body.rows.map(
          (row) =>
            html`<tr>${columns.map((column, i) => {
              const cell = row[i];
              if (!kept[i] || cell === undefined) return undefined;
              const content = typeof cell === 'string' ? marked(cell) : cell;
              const name = column.cls && html` class="${column.cls}"`;
              // On a narrow screen a cell stands below the others, with the head of its column beside it.
              const label = html` data-label="${column.label}"`;
              // The last cell of a row that says less goes on to the edge.
              const across = i === row.length - 1 ? kept.slice(i).filter(Boolean).length : 1;
              const span = across > 1 && html` colspan="${across}"`;
              return i === 0
                ? html`<th scope="row"${name}${span}>${content}</th>`
                : html`<td${name}${span}${label}>${content}</td>`;
            })}</tr>`,
        )}</tbody>`,
    )}</table>`;
}
