// What all sheets for the wall share: type that is read from where people stand, a head, and the stamp of the edition.
import { renderSVG } from 'uqr';
import { type Citation, isUnconfirmed, type Unconfirmed } from '../content/schema/schema.js';
import { saysOnlyUnconfirmed, saysUnconfirmed } from '../content/schema/tree.js';
import { type Html, html, join, trusted } from '../core/html.js';
import { hasSigns, plainOf, secondOf } from '../core/language.js';
import type { Say } from '../core/source.js';
import { setFirst } from '../core/two-languages.js';
import type { RenderContext } from './context.js';
import { declaration, printedCode, type Stamp, scannedText, stampOf } from './declaration.js';
import { standardTiles } from './facts/standards.js';
import { marked as markedText } from './facts/text.js';
import { phrasesOf } from './line-breaking.js';
import { loudness } from './quiet.js';
import type { About, Paper, Sheet } from './sheet.js';
import type { Facet } from './shown-facts.js';
import { citationText, mark } from './words.js';

/**
 * From how far the title and the four facts are to be read, in metres; the rest is for who has stepped up to three
 * eighths of it. A character is at least 1/200 of the distance: the 木 of a type of 10 mm is 9 mm high, what Japan's
 * guideline for signs in public transport (移動等円滑化整備ガイドライン) asks for up to 2 m, and 1/200 is 17 minutes of
 * arc, above the 16 that ISO 9241-303 holds for the least. The head and the foot are the office's own and have the
 * size of the paper.
 */
const DISTANCE: Readonly<Record<string, number>> = { A4: 1.4, A3: 2, A2: 2.5, A1: 3, A0: 5 };
const NEAR = 3 / 8;
/** The smallest type in mm that is read from so many metres. */
export const typeFor = (distance: number): number => (distance * 1000) / 200;
/** A millimetre of A3 on this paper, `--u` of the style sheet. */
export const unitOf = ({ width, height }: Paper): number => Math.min(width, height) / 297;
const distanceOf = ({ distance }: Pick<RenderContext, 'distance'>, paper: Paper): number =>
  distance ?? DISTANCE[paper.name] ?? 2 * Math.sqrt(unitOf(paper));
/** The smallest text, 1rem, in mm on A3 where `--fit` is 1. The style sheet has it so. */
const SMALLEST = 4;
/** mm. 8 pt, below which nothing is printed from however near it is read. */
const LEAST = 2.83;
/** The smallest text at its smallest, in mm. */
export const smallestOf = (context: Pick<RenderContext, 'distance'>, paper: Paper): number =>
  Math.max(typeFor(distanceOf(context, paper) * NEAR), LEAST);
/** `--fit` at which 1rem is as small as it may be. */
const leastOf = (context: Pick<RenderContext, 'distance'>, paper: Paper): number =>
  smallestOf(context, paper) / (SMALLEST * unitOf(paper));
export const isWide = ({ width, height }: Paper): boolean => width > height;

const metres = (distance: number): string => String(Number(distance.toFixed(2)));
const millimetres = (size: number): string => String(Number(size.toFixed(1)));
const turned = (paper: Paper): Say =>
  isWide(paper)
    ? { zh: `${paper.name} 橫式`, en: `${paper.name} landscape` }
    : { zh: `${paper.name} 直式`, en: paper.name };

/** The rule of the type's size on this paper, in a sentence. */
export function legibilityOf(context: RenderContext, paper: Paper): Say {
  const far = distanceOf(context, paper);
  const [large, small] = [millimetres(typeFor(far)), millimetres(smallestOf(context, paper))];
  return {
    zh: `字高不小於觀看距離的 1/200：${paper.name} 從 ${metres(far)} 公尺看，大字至少 ${large} mm；走近到 ${metres(far * NEAR)} 公尺看的其他文字至少 ${small} mm。`,
    en: `Type is at least 1/200 of the viewing distance: ${paper.name} is read from ${metres(far)} m, so large type is at least ${large} mm; all else, for who has stepped up to ${metres(far * NEAR)} m, at least ${small} mm.`,
  };
}

/**
 * How a sheet's type may grow and shrink, and what is said when it cannot be small enough. `flows`: whether it goes on to
 * a second sheet, left out where it never can; `papers`: what it may be printed on; `layouts`: classes of its style sheet
 * that are tried first, in order.
 */
function fitOf(
  context: RenderContext,
  paper: Paper,
  {
    title,
    most,
    flows,
    papers,
    layouts = [],
  }: { title: string; most: number; flows?: boolean; papers: readonly string[]; layouts?: readonly string[] },
): Page['fit'] {
  const least = leastOf(context, paper);
  // A paper helps that leaves the text a greater share of the sheet: A3 is read from further than A4.
  const larger = papers
    .map(context.paperNamed)
    .filter((other) => leastOf(context, other) < least * 0.97 && unitOf(other) > unitOf(paper))
    .sort((one, other) => unitOf(one) - unitOf(other))[0];
  const nearer = metres(Math.max(0.5, Math.floor(distanceOf(context, paper) * 7.5) / 10));
  const rule = legibilityOf(context, paper);
  const { zh, en } = turned(paper);
  return {
    least,
    most: Math.max(most, least),
    rather: layouts.map((named) => ({ named, least, most: Math.max(most, least) })),
    flows: flows === true,
    what: { zh: `「${plainOf(title)}」放不進 ${zh}`, en: `"${plainOf(title)}" does not fit ${en}` },
    help: {
      zh: `可以：刪減這些文字，或把較少人用到的內容移到手冊${larger ? `；改用 ${larger.name}（--paper ${larger.name}）` : ''}${flows === undefined ? '' : '；讓它接到第二張（刪去 handbook.yaml 的「續頁: 否」，或這次加上 --sheets）'}；民眾站得較近時寫明距離（--distance ${nearer}）。${rule.zh}`,
      en: `Shorten these texts or move what few readers need to the handbook${larger ? `; choose a larger paper (--paper ${larger.name})` : ''}${flows === undefined ? '' : '; let it go on to a second sheet (take "續頁: 否" out of handbook.yaml, or add --sheets this time)'}; or say so where readers stand closer (--distance ${nearer}). ${rule.en}`,
    },
  };
}

/** Around a sheet, in mm of A3; below one of several there is room for its number. */
const MARGINS = { top: 15, side: 18, numbered: 17 };
/** Room between the margins, in mm of A3. */
export const innerOf = (paper: Paper): number => paper.width / unitOf(paper) - 2 * MARGINS.side;

type Page = Extract<Sheet, { kind: 'page' }>;
type Band = { readonly colour: string | undefined };

/**
 * A sheet for the wall. `right`: what its head says beside the title; `told` and `more`: its foot, see there; `most` and
 * `flows`: see `fitOf`; `expects`: what must be read on it.
 */
export const wallSheet = (
  context: RenderContext,
  paper: Paper,
  {
    stamp,
    about,
    title,
    css,
    right,
    body,
    told,
    more,
    open,
    expects = [],
    band,
    ...fit
  }: {
    stamp: Stamp;
    about?: About;
    title: string;
    css: string;
    right?: Html | undefined;
    body: Html;
    told?: string;
    more?: string | undefined;
    /** What of it nobody knows yet. */
    open?: string | undefined;
    expects?: readonly string[];
    most: number;
    flows?: boolean;
    papers: readonly string[];
    layouts?: readonly string[];
    /** Its head and title stand in white on this colour, or on that of the look. */
    band?: Band;
  },
): Page => ({
  kind: 'page',
  ...(about ? { about } : {}),
  file: `posters/${stamp.id}.pdf`,
  html: sheetHtml(context, paper, {
    title: [title, context.handbook.office.name].filter(Boolean).join(context.word('between')),
    css: [css, ...loudness(context)],
    head: head(context, title, right),
    body,
    foot: foot(context, { stamp, told, more, open, office: band === undefined }),
    ...(band === undefined ? {} : { band }),
  }),
  date: context.date,
  declares: declaration(stamp),
  expects,
  numbered: false,
  fit: fitOf(context, paper, { title, ...fit }),
});

/** What a sheet for the wall may be printed on, the usual paper first. */
export const WALL_PAPERS = ['A3', 'A4', 'A2', 'A1', 'A0'];

/**
 * A sheet for the wall about the office, of the output `name`: its title above its body. Few words grow until they fill
 * the line.
 */
export const officePoster = (
  context: RenderContext,
  name: string,
  { shows, title, body }: { shows: readonly Facet[]; title: string; body: Html },
): Page =>
  wallSheet(context, context.paper('A3'), {
    stamp: stampOf(context, { sheet: name, id: name, shows }),
    about: { of: [] },
    title,
    css: `${name}/${name}.css`,
    body: html`<h1>${title}</h1>${body}`,
    told: context.word(`${name}.sheet`),
    most: 4,
    flows: context.sheets,
    papers: WALL_PAPERS,
  });

/** One sheet: what grows with `--fit` between a head and a foot that are the same on every sheet of a size. */
function sheetHtml(
  context: RenderContext,
  paper: Paper,
  {
    title,
    css,
    head,
    body,
    foot,
    band,
  }: { title: string; css: readonly string[]; head: Html; body: Html; foot: Html; band?: Band },
): Html {
  const { width, height } = paper;
  const unit = unitOf(paper);
  // 「第 2 張，共 3 張」, the numbers counted by the browser.
  const count = context
    .word('posters.sheet-of', '\0page\0', '\0pages\0')
    .split('\0')
    .map((part, i) => (i % 2 === 1 ? `counter(${part})` : JSON.stringify(part.replace(/[<\\]/g, ''))))
    .join(' ');
  const margin = [MARGINS.top, MARGINS.side, MARGINS.numbered].map((each) => `${(each * unit).toFixed(1)}mm`).join(' ');
  return context.template('sheet.html', {
    lang: context.tag,
    title,
    style: join([
      ...['base.css', 'posters/sheet.css', ...css].map((file) => context.template(file, {})),
      trusted(`@page { size: ${width}mm ${height}mm; margin: 0 }
@page flowing { margin: ${margin}; @bottom-center { content: ${count}; vertical-align: top; padding-top: ${(3 * unit).toFixed(1)}mm; font: 500 ${Math.max(4 * unit, LEAST).toFixed(2)}mm/1.2 "Noto Sans TC", sans-serif } }
:root { --unit: ${unit}; --width: ${width}; --height: ${height}; --inner: ${innerOf(paper)}; --far: ${typeFor(distanceOf(context, paper))}mm; --fit: ${leastOf(context, paper)}${band?.colour === undefined ? '' : `; --accent: ${band.colour}`} }`),
    ]),
    body: html`<div class="sheet${isWide(paper) && html` wide`}${band !== undefined && html` banded`}">${head}<main class="fit"><div class="fill">${body}</div></main>${foot}<div class="foot-room" aria-hidden="true">${foot}</div></div>`,
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
/** The same in large type: a line ends between words. The style sheet keeps each word whole. */
export const phrased = (text: string): Html =>
  saysUnconfirmed(text) || hasSigns(text)
    ? marked(text)
    : join(
        text.split(QUANTITY).map((part, i) => {
          if (i % 2 === 1) return html`<span class="kept">${part}</span>`;
          const end = part !== '' && !/[（「 ]$/.test(part) && html`<wbr>`;
          return html`${/待確認|待查證/.test(part) ? markedText(part) : join(phrasesOf(part), html`<wbr>`)}${end}`;
        }),
      );
/** 待確認 with words behind it says more than the word alone. */
export const saysMore = (text: string): boolean => !saysOnlyUnconfirmed(text);
export const paragraph = (cls: string, text: string | undefined): Html | false =>
  text !== undefined && text !== '' && html`<p class="${cls}">${marked(text)}</p>`;

/** Width of a text in characters: a full-width one is 1, a Latin one little more than half. */
export function widthOf(text: string): number {
  const width = (side: string): number =>
    [...side].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) < 0x2e80 ? 0.58 : 1), 0);
  // A second language stands below the first, smaller.
  return hasSigns(text) ? Math.max(width(plainOf(text)), 0.85 * width(plainOf(secondOf(text)))) : width(text);
}

/** The service standards, each with its value; nothing where none is declared. */
export function standardList(context: RenderContext): Html | false {
  const tiles = standardTiles(context);
  return (
    tiles.length > 0 &&
    html`<dl class="standards">${tiles.map(
      ({ label, value }) => html`<div><dt>${label}</dt><dd>${numeral(value)}</dd></div>`,
    )}</dl>`
  );
}

/** 「30 分鐘內」: the number large, its unit beside it. */
export const numeral = (value: string | Unconfirmed): Html =>
  isUnconfirmed(value) ? mark(value) : setFirst(value, numeralOf);

function numeralOf(value: string): Html {
  const parts = /^(\D*?)\s*(\d[\d.,–-]*)\s*(.*)$/.exec(value);
  if (!parts) return mark(value);
  const [, before, number, after] = parts;
  return html`${before && html`<span class="unit">${before} </span>`}${number}${after && html`<span class="unit">${after}</span>`}`;
}

/** 依據：本分署為民服務注意事項: the laws that these fields of a record were taken from, or all; each once. */
export function sourcesOf(
  context: RenderContext,
  record: { readonly cited: Readonly<Record<string, readonly Citation[]>> } | undefined,
  ...fields: string[]
): string | undefined {
  const cited = Object.entries(record?.cited ?? {}).filter(([field]) => fields.length === 0 || fields.includes(field));
  const names = cited.flatMap(([, list]) => list.map((each) => each.law ?? citationText(each)));
  return names.length > 0
    ? context.word('field', context.word('basis'), [...new Set(names)].join(context.word('list-comma')))
    : undefined;
}

// ---------------------------------------------------------------- head and foot

/** `title`: what stands there on each sheet where there are several. */
const head = (context: RenderContext, title: string, right?: Html): Html =>
  html`<header class="head" style="--office: ${Math.max(1, widthOf(context.handbook.office.name ?? '')).toFixed(1)}"><div><p class="office">${context.picture('logo')}${context.handbook.office.name}</p><p class="running">${title}</p>${context.marks.map(
    (mark) => html`<p class="draft">${mark}</p>`,
  )}${right && html`<p class="category">${right}</p>`}</div></header>`;

/** Edition, date and what sheet this is, in words and in a code: an old sheet on the wall can be recognised. */
function foot(
  context: RenderContext,
  {
    stamp,
    told,
    more,
    open,
    office: named,
  }: {
    stamp: Stamp;
    told: string | undefined;
    more?: string | undefined;
    open?: string | undefined;
    /** Whether it names the office. */
    office: boolean;
  },
): Html {
  const { office, book } = context.handbook;
  const word = (key: string, ...values: string[]): string => context.word(`posters.${key}`, ...values);
  const edition = [
    book.edition,
    ...context.marks,
    context.word('field', word('date'), context.day(context.date)),
    told,
    context.word('check-code', printedCode(stamp)),
  ];
  const notes = [more, open].filter((text) => text !== undefined && text !== '');
  const address = book.url !== undefined && /^https?:\/\//.test(book.url) ? book.url : undefined;
  const code = address ?? scannedText(stamp);
  return html`<footer class="foot"><div><div class="told">${named && html`<p class="foot-office">${office.name}</p>`}<p>${marked(
    edition.filter((text) => text !== undefined).join(context.word('between')),
  )}</p>${notes.length > 0 && html`<p class="notes">${notes.map((text) => html`<span>${text}</span> `)}</p>`}${context.legend}</div><div class="code" role="img" aria-label="${
    address ?? word('code')
  }">${trusted(renderSVG(code, { ecc: 'M', border: 2 }))}</div></div></footer>`;
}
