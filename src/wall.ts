// What all sheets for the wall share: type that is read from where people stand, a head, and the stamp of the edition.
import { renderSVG } from 'uqr';
import { marked as markedText } from './facts.js';
import { type Html, html, join, trusted } from './html.js';
import { type Kit, mark, type Paper } from './render.js';
import { saysUnconfirmed } from './shape.js';
import { printedCode, type Stamp, scannedText } from './stamp.js';

/**
 * From how far the title and the four facts are to be read, in metres; the rest is for who has stepped up to three
 * eighths of it. A character is at least 1/200 of the distance: the 木 of a type of 10 mm is 9 mm high, what Japan's
 * guideline for signs in public transport (移動等円滑化整備ガイドライン) asks for up to 2 m, and 1/200 is 17 minutes of
 * arc, above the 16 that ISO 9241-303 holds for the least.
 */
const DISTANCE: Readonly<Record<string, number>> = { A4: 1.4, A3: 2, A2: 2.5, A1: 3, A0: 4 };
const NEAR = 3 / 8;
/** The smallest type in mm that is read from so many metres. */
const typeFor = (distance: number): number => (distance * 1000) / 200;
const distanceOf = ({ name, width }: Paper): number => DISTANCE[name] ?? 2 * Math.sqrt(width / 297);
/** The smallest text, 1rem, in mm on A3 where `--fit` is 1. The style sheet has it so. */
export const SMALLEST = 4;
export const leastOf = (paper: Paper): number => typeFor(distanceOf(paper) * NEAR) / (SMALLEST * (paper.width / 297));

/** Around a sheet that flows on to a second, in mm of A3: top, sides, bottom. */
const MARGINS = [15, 18, 12];
/** One sheet: what grows with `--fit` between a head and a foot that are the same on every sheet of a size. */
export function sheetHtml(
  kit: Kit,
  paper: Paper,
  { title, css, head, body, foot }: { title: string; css: readonly string[]; head: Html; body: Html; foot: Html },
): Html {
  const { width, height } = paper;
  return kit.template('sheet.html', {
    lang: kit.lang === 'zh' ? 'zh-Hant' : 'en',
    title,
    style: join([
      ...['base.css', 'posters/sheet.css', ...css].map((file) => kit.template(file, {})),
      `@page { size: ${width}mm ${height}mm; margin: 0 }
@page flowing { margin: ${MARGINS.map((each) => `${((each * width) / 297).toFixed(1)}mm`).join(' ')} }
:root { --width: ${width}; --height: ${height}; --far: ${typeFor(distanceOf(paper))}mm; --fit: ${leastOf(paper)} }`,
    ]),
    body: html`<div class="sheet">${head}<main class="fit"><div class="fill">${body}</div></main>${foot}</div>`,
  });
}

// ---------------------------------------------------------------- words

/** 「每 2 小時」「100 元起」: a number and its unit stay on one line. */
const QUANTITY =
  /((?:每\s?)?\d[\d,.]*(?:[–-]\d+)?\s?(?:元起|元|秒|分鐘|小時|工作日|個月|日|天|週|年|項|份|張|頁|次|件|步驟)|步驟 \d+)/;
export const marked = (text: string): Html =>
  saysUnconfirmed(text)
    ? mark(text)
    : join(
        text
          .split(QUANTITY)
          .map((part, i) => (i % 2 === 1 ? html`<span class="kept">${part}</span>` : markedText(part))),
      );
/** 待確認 with words behind it says more than the word alone. */
export const saysMore = (text: string): boolean => !/^(待確認|待查證|unconfirmed|to be confirmed)$/i.test(text);
export const paragraph = (cls: string, text: string | undefined): Html | false =>
  text !== undefined && text !== '' && html`<p class="${cls}">${marked(text)}</p>`;

/** Width of a text in characters: a full-width one is 1, a Latin one little more than half. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) < 0x2e80 ? 0.58 : 1), 0);

// ---------------------------------------------------------------- head and foot

export const head = (kit: Kit, right: string | undefined): Html =>
  html`<header class="head"><p class="office">${kit.handbook.office.name}</p>${
    kit.draft && html`<p class="draft">${kit.word('draft')}</p>`
  }${paragraph('category', right)}</header>`;

/** Edition, date and what sheet this is, in words and in a code: an old sheet on the wall can be recognised. */
export function foot(kit: Kit, { stamp, told, more }: { stamp: Stamp; told: string; more?: string | undefined }): Html {
  const { office, book } = kit.handbook;
  const say = (key: string, ...values: string[]): string => kit.word(`posters.${key}`, ...values);
  const edition = [
    book.edition,
    kit.draft && kit.word('draft'),
    kit.word('field', say('date'), kit.day(kit.date)),
    told,
    kit.word('check-code', printedCode(stamp)),
  ];
  const address = book.url !== undefined && /^https?:\/\//.test(book.url) ? book.url : undefined;
  const code = address ?? scannedText(stamp);
  return html`<footer class="foot"><div><p class="foot-office">${office.name}</p><p>${marked(
    edition.filter((text) => text !== undefined && text !== false).join(kit.word('between')),
  )}</p>${more && html`<p>${more}</p>`}</div><div class="code" role="img" aria-label="${
    address ?? say('code')
  }">${trusted(renderSVG(code, { ecc: 'M', border: 2 }))}</div></footer>`;
}
