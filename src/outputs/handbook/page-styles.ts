// The paper of the book: the size of its pages, their margins, heads, feet and thumb tabs, as rules of `@page`.

import { type Html, html, trusted } from '../../core/html.js';
import type { CategoryMark } from '../../document/category-mark.js';
import type { RenderContext } from '../../document/context.js';
import { chineseNumber } from '../../document/words.js';
import type { BookContext, Format, Margins, Run } from './context.js';

/** The format of the book: what `@page` cannot take from the tokens, and what the style sheets take from the paper. */
export function formatStyle(context: BookContext): Html {
  const { width, height, margins } = context.format;
  // A little less than there is: Chromium rounds a sheet to whole px, and a page of exactly its height flows over.
  const block = height - margins.top - margins.bottom - 3;
  const style = `@page { size: ${width}mm ${height}mm; }
${marginRules('', margins)}
${tabRules('', margins)}
:root { --page: ${height}mm; --block: ${block}mm; --k: ${round(width / 210)}; }`;
  return html`${trusted(style)}${context.format.name === 'A5' && html`\n${context.template('handbook/a5.css', {})}`}`;
}

/** Margins of a page by its side; `name` is empty for every page. The cover has its own, and is on the right. */
const marginRules = (name: string, { top, outer, bottom, inner }: Margins): string => {
  const margin = (right: number, left: number): string =>
    `margin: ${[top, right, bottom, left].map((each) => `${round(each)}mm`).join(' ')};`;
  return `@page ${name}${name && ':right'} { ${margin(outer, inner)} }\n@page ${name}:left { ${margin(inner, outer)} }`;
};

/** A thumb tab 8 mm wide ends at the edge of the paper. */
const tabRules = (name: string, { outer }: Margins): string =>
  `@page ${name}:right { @right-top { margin-left: ${round(outer - 8)}mm; } }
@page ${name}:left { @left-top { margin-right: ${round(outer - 8)}mm; } }`;

export const round = (n: number): number => Number(n.toFixed(3));

/** Heads and thumb tabs: a named page for each part and service, because Chromium knows no `string-set`. */
export function pageRules(context: BookContext, runs: readonly Run[]): Html {
  const rules = [`@page contents { @top-left { content: ${cssText(context.bookWord('contents'))} } }`];
  if (context.marks.length > 0)
    rules.push(`@page { @top-center { content: ${cssText(context.marks.join(context.word('between')))} } }`);
  // Below one another, 17 mm each on A4; as many as go on a sheet, then the next stands at the top again.
  const step = (17 * context.format.height) / 297;
  for (const { name, left, head, tab, mark, turned = [] } of runs) {
    const boxes = `@top-left { content: ${cssText(left)} } @top-right { content: ${cssText(shortened(head, context.format))} }`;
    rules.push(`@page ${name} { ${boxes} }`);
    for (const { name: own, size } of turned)
      rules.push(
        `@page ${own} { size: ${size.width}mm ${size.height}mm; ${boxes} }`,
        marginRules(own, size.margins),
        tabRules(own, size.margins),
      );
    if (tab === undefined) continue;
    const label = cssText(context.lang === 'zh' ? chineseNumber(tab + 1) : String(tab + 1));
    const tabBox = `content: ${label}; margin-top: ${round((tab % 12) * step)}mm;${mark === undefined ? '' : ` ${markedTab(mark)}`}`;
    for (const own of [name, ...turned.filter(({ tabbed }) => tabbed).map((each) => each.name)])
      rules.push(`@page ${own}:right { @right-top { ${tabBox} } }`, `@page ${own}:left { @left-top { ${tabBox} } }`);
  }
  return trusted(rules.join('\n'));
}

/** The colour of a category, and its sign above the number. */
function markedTab({ colour, path }: CategoryMark): string {
  const sign = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="3mm" height="3mm"><path fill="#fff" d="${path}"/></svg>`;
  const picture = `background-image: url("data:image/svg+xml,${encodeURIComponent(sign)}"); background-repeat: no-repeat; background-position: center 2mm; background-size: 3mm 3mm; padding-top: 4mm;`;
  return colour === undefined ? picture : `background-color: ${colour}; ${picture}`;
}

/** A running head has the room between 草案 and the edge, 7 mm less than half the text, for characters of 8 pt. */
function shortened(text: string, { width, margins }: Format): string {
  const most = Math.floor(((width - margins.inner - margins.outer) / 2 - 7) / 2.83);
  return [...text].length > most ? `${[...text].slice(0, most - 1).join('')}…` : text;
}

const cssText = (text: string): string =>
  `"${text.replace(/[\p{Cc}\p{Cf}"\\<>&]/gu, (c) => `\\${(c.codePointAt(0) ?? 0).toString(16)} `)}"`;

export const footText = (context: RenderContext): string =>
  [context.handbook.book.title, context.handbook.book.edition, context.day(context.date)]
    .filter(Boolean)
    .join(context.word('between'));

/** The foot of every page. The printer puts the number of pages, forms that follow the book included, for 000. */
export function footRules(context: BookContext): Html {
  const foot = cssText(footText(context));
  const [before = '', between = '', after = ''] = context.bookWord('page-of', '\n', '\n').split('\n').map(cssText);
  const pages = `${before} counter(page) ${between} "000" ${after}`;
  const rules = `@page :right { @bottom-left { content: ${foot} } @bottom-right { content: ${pages} } }
@page :left { @bottom-left { content: ${pages} } @bottom-right { content: ${foot} } }`;
  return html`<style data-pages="${rules}">${trusted(rules)}</style>`;
}
