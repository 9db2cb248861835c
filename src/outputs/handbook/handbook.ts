// The handbook: one book of all services as a PDF with contents, heads and page numbers, and as one HTML file.
import type { Nodes } from 'mdast';
import { renderSVG } from 'uqr';
import { piecesOf } from '../../charts/split.js';
import { chinese } from '../../content/keys.js';
import { stepTexts } from '../../content/procedure.js';
import type { PartName, RequiredDocument, Service, Chapter as TextFile, Variant } from '../../content/schema/model.js';
import {
  isUnconfirmed,
  known,
  type Prose,
  saysOnlyUnconfirmed,
  saysUnconfirmed,
  type Unconfirmed,
} from '../../content/schema/schema.js';
import { parseMarkdown } from '../../content/syntax/markdown.js';
import { type Html, html, join, sealed, trusted } from '../../core/html.js';
import { isChinese, plainOf } from '../../core/language.js';
import { UserError } from '../../core/source.js';
import { declaration, printedCode, type Stamp, stampOf } from '../../document/declaration.js';
import {
  authorityBrief,
  authorityRows,
  citationsIn,
  clauses,
  type DeadlineRow,
  deadlineBrief,
  deadlineRows,
  documentDetails,
  documentGroups,
  documentHtml,
  documentName,
  documentsBrief,
  type FeeRow,
  feeBrief,
  feeRows,
  formName,
  marked as markedText,
  rolesWithNotes,
  type SourceRow,
  sourceRows,
  standardTiles,
  stepRows,
} from '../../document/facts.js';
import { fullWidthsOf, phrasesOf } from '../../document/line-breaking.js';
import {
  type Appendix,
  type Chart,
  chineseNumber,
  citationText,
  type Drawing,
  formalNumber,
  type Kit,
  localeOf,
  mark,
  type Output,
  type PaperSize,
  type Sheet,
} from '../../document/sheet.js';

/** What is printed of the content. */
const SHOWS = [
  'summary',
  'category',
  'documents',
  'fee',
  'deadline',
  'authority',
  'steps',
  'unit',
  'applicant',
  'representation',
  'window',
  'channels',
  'place',
  'hours',
  'contact',
  'own-deputy',
  'rest',
  'chart.note',
  'office.name',
  'office.parent',
  'office.english',
  'office.address',
  'office.hours',
  'office.telephone',
  'office.fax',
  'office.email',
  'office.url',
  'office.standards',
  'office.standard-notes',
  'office.floors',
  'office.units',
  'office.deputies',
  'office.rest',
  'book.title',
  'book.url',
  'book.chapters',
  'book.rest',
] as const;

export default {
  summary: { zh: '服務手冊：A4 或 A5 印本與單一檔案網頁', en: 'The handbook: A4 or A5 for print, and one HTML file' },
  declares: { of: 'all', shows: SHOWS },
  papers: ['A4', 'A5'],
  oneTongue: true,
  folds: true,
  render(kit) {
    const stamp = stampOf(kit, {
      sheet: 'handbook',
      id: 'handbook',
      shows: SHOWS,
      subject: { services: 'all', charts: 'all' },
    });
    const screen: Sheet = {
      kind: 'text',
      file: 'handbook.html',
      text: sealed(bookHtml(kit, 'screen', stamp), declaration(stamp)),
    };
    if (kit.onScreen) return [screen];
    return [
      {
        kind: 'page',
        file: 'handbook.pdf',
        html: bookHtml(kit, 'paper', stamp),
        date: kit.date,
        declares: declaration(stamp),
        expects: [
          ...kit.services.map(({ name }) => plainOf(name)),
          ...[...kit.charts.values()].flatMap(({ flow }) => (flow ? stepTexts(flow) : [])),
        ],
        numbered: true,
        ...appendixOf(kit),
      },
      screen,
    ];
  },
} satisfies Output;

type Medium = 'paper' | 'screen';

/** The pages of the book, in mm; `inner` is the margin where they are bound. */
type Format = { name: string; width: number; height: number; margins: Margins };
type Margins = NonNullable<PaperSize['book']>;

/** What a page of the book is made with. */
type Press = {
  kit: Kit;
  medium: Medium;
  format: Format;
  /** A word of the handbook's own. */
  say: (key: string, ...values: (string | number)[]) => string;
  /** The page number of an element, with the link that lets the press find it. Nothing on a screen. */
  pageOf: (id: string) => Html;
};

/** A line of the contents. `group` stands before the first service of a category. */
type Entry = { id: string; number: string; title: string; group?: string };

/** A part of the book that starts on a page of its own. `head`: what the running head says beside the part. */
type Leaf = { name: string; head: string; tab?: number; body: Html; turned?: Turned[] };
/** Another paper within a leaf, for a chart: `name` of the page and its size. `tabbed`: it has the edge of the book. */
type Turned = { name: string; size: Omit<Format, 'name'>; tabbed: boolean };
type Chapter = Entry & { entries: Entry[]; leaves: Leaf[] };

// ---------------------------------------------------------------- the book

function bookHtml(kit: Kit, medium: Medium, stamp: Stamp): Html {
  const press: Press = {
    kit,
    medium,
    format: formatOf(kit),
    say: (key, ...values) => kit.word(`handbook.${key}`, ...values),
    pageOf: (id) =>
      medium === 'paper' ? html`<a class="page-ref" href="#${id}" data-page-of="${id}">000</a>` : html``,
  };
  if (medium === 'paper') refuseTooLarge(press);
  const chapters = chaptersOf(press);
  const style = [
    kit.template('base.css', {}),
    kit.template('handbook/book.css', {}),
    kit.template(`handbook/${medium}.css`, {}),
    ...(medium === 'paper' ? [formatStyle(press), pageRules(press, chapters)] : []),
  ];
  const body = join(
    [
      cover(press),
      medium === 'paper' && html`${footRules(press)}${blankLeaf(press)}${innerTitle(press)}`,
      approvalPage(press),
      contents(press, chapters),
      html`<main>${chapters.map((chapter) => html`${medium === 'paper' && blankLeaf(press, chapter.id)}${chapterHtml(chapter)}`)}</main>`,
      colophon(press, stamp),
      medium === 'paper' && formsBehind(kit).length > 0 && blankLeaf(press, ''),
      medium === 'paper' && placesAsked(press, chapters),
    ],
    '\n',
  );
  return kit.template('handbook/book.html', {
    lang: kit.tag,
    title: [kit.handbook.office.name, kit.handbook.book.title].filter(Boolean).join(' '),
    style: join(style, '\n'),
    medium,
    body,
  });
}

const chapterHtml = (chapter: Chapter): Html =>
  html`<section class="chapter" aria-labelledby="${chapter.id}">${chapter.leaves.map(({ name, body }, i) => {
    const ends = i === 0 && endsOnPage(chapter);
    return html`<div class="leaf" style="page: ${name}"${ends && html` data-begin="${chapter.id}" data-end="${endOf(chapter)}"`}>${body}${
      ends && html`<span id="${endOf(chapter)}"></span>`
    }</div>`;
  })}</section>\n`;

/** After a chart on another paper, the mark of the end would stand alone on a page of the book. */
const endsOnPage = ({ leaves }: Chapter): boolean => (leaves[0]?.turned ?? []).length === 0;

/** An empty page; before the element `recto` only where that would begin on a left page. */
const blankLeaf = ({ say }: Press, recto?: string): Html =>
  html`<div class="blank"${recto !== undefined && html` data-recto="${recto}" hidden`}><p>${say('blank')}</p></div>`;

/** Links that nobody sees: the press learns from them where the ends of the services and their charts landed. */
const placesAsked = ({ kit }: Press, chapters: readonly Chapter[]): Html =>
  html`<div hidden>${[
    ...kit.services.flatMap((service) => [endOf(service), chartOf(service)]),
    ...chapters.filter(endsOnPage).map(endOf),
  ].map((id) => html`<a href="#${id}"></a>`)}</div>`;

/** The usual order, for a book that does not say. */
const USUAL: readonly (PartName | 'chapters')[] = [
  'office',
  'standards',
  'charts',
  'summary',
  'chapters',
  'services',
  'fees',
  'offices',
  'documents',
  'forms',
  'laws',
  'unconfirmed',
  'revisions',
];

type PartMaker = (
  press: Press,
  chapter: Entry,
) => { body: Html; turned?: Turned[]; entries?: Entry[]; leaves?: Leaf[] } | undefined;
const MAKERS: Readonly<Record<PartName, PartMaker>> = {
  office: officePart,
  standards: standardsPart,
  charts: chartsPart,
  summary: summaryPart,
  services: servicesPart,
  fees: feesPart,
  offices: relatedOfficesPart,
  documents: documentsPart,
  forms: formsPart,
  laws: lawsPart,
  unconfirmed: unconfirmedPart,
  revisions: revisionsPart,
};

function chaptersOf(press: Press): Chapter[] {
  const { kit, say } = press;
  const { book, chapters: texts } = kit.handbook;
  const wanted: { title: string; make: PartMaker }[] = [];
  const addText = (text: (typeof texts)[number] | undefined, title?: string): void => {
    if (text) wanted.push({ title: title ?? text.title, make: (p, chapter) => textPart(p, chapter, text) });
  };
  const addPart = (part: PartName, title?: string): void => {
    wanted.push({ title: title ?? say(`part-${part}`), make: MAKERS[part] });
  };
  const parts = known(book.parts);
  for (const part of parts ?? []) {
    const name = known(part.part);
    if (name) addPart(name, part.title);
    else
      addText(
        texts.find(({ file }) => file === part.file || file === `${part.file}.md`),
        part.title,
      );
  }
  if (!parts)
    for (const part of USUAL) {
      if (part === 'chapters') for (const text of texts) addText(text);
      else addPart(part);
    }
  const made: Chapter[] = [];
  for (const { title, make } of wanted) {
    const n = made.length + 1;
    const entry: Entry = { id: `part-${n}`, number: numeral(press, 1, n), title };
    const part = make(press, entry);
    if (!part) continue;
    made.push({
      ...entry,
      entries: part.entries ?? [],
      leaves: [
        {
          name: `part-${n}`,
          head: '',
          body: html`${chapterTitle(entry)}${part.body}`,
          ...(part.turned ? { turned: part.turned } : {}),
        },
        ...(part.leaves ?? []),
      ],
    });
  }
  return made;
}

const chapterTitle = ({ id, number, title }: Entry): Html =>
  html`<h1 class="chapter-title" id="${id}"><span class="numeral">${number}</span>${phrased(phrasesOf(title))}</h1>`;

/** 壹、 一、 （一） 1. in Chinese; 1. in English. */
function numeral({ kit, say }: Press, level: 1 | 2 | 3 | 4, n: number): string {
  const digits = kit.lang !== 'zh' || level === 4 ? String(n) : level === 1 ? formalNumber(n) : chineseNumber(n);
  return say(`numbering-${level}`, digits);
}

const heading = (level: number, text: Html | string, { id, cls }: { id?: string; cls?: string } = {}): Html =>
  html`${trusted(`<h${level}`)}${cls && html` class="${cls}"`}${id && html` id="${id}"`}>${text}${trusted(`</h${level}>`)}`;

// ---------------------------------------------------------------- paper

const cssText = (text: string): string =>
  `"${text.replace(/[\p{Cc}\p{Cf}"\\<>&]/gu, (c) => `\\${(c.codePointAt(0) ?? 0).toString(16)} `)}"`;

/** A running head has the room between 草案 and the edge, 7 mm less than half the text, for characters of 8 pt. */
function shortened(text: string, { width, margins }: Format): string {
  const most = Math.floor(((width - margins.inner - margins.outer) / 2 - 7) / 2.83);
  return [...text].length > most ? `${[...text].slice(0, most - 1).join('')}…` : text;
}

const footText = (kit: Kit): string =>
  [kit.handbook.book.title, kit.handbook.book.edition, kit.day(kit.date)].filter(Boolean).join(kit.word('between'));

/** The foot of every page. The press puts the number of pages, forms that follow the book included, for 000. */
function footRules({ kit, say }: Press): Html {
  const foot = cssText(footText(kit));
  const [before = '', between = '', after = ''] = say('page-of', '\n', '\n').split('\n').map(cssText);
  const pages = `${before} counter(page) ${between} "000" ${after}`;
  const rules = `@page :right { @bottom-left { content: ${foot} } @bottom-right { content: ${pages} } }
@page :left { @bottom-left { content: ${pages} } @bottom-right { content: ${foot} } }`;
  return html`<style data-pages="${rules}">${trusted(rules)}</style>`;
}

/** The format of the book: what `@page` cannot take from the tokens, and what the style sheets take from the paper. */
function formatStyle({ kit, format }: Press): Html {
  const { width, height, margins } = format;
  // A little less than there is: Chromium rounds a sheet to whole px, and a page of exactly its height flows over.
  const block = height - margins.top - margins.bottom - 3;
  const style = `@page { size: ${width}mm ${height}mm; }
${marginRules('', margins)}
${tabRules('', margins)}
:root { --page: ${height}mm; --block: ${block}mm; --k: ${round(width / 210)}; }`;
  return html`${trusted(style)}${format.name === 'A5' && html`\n${kit.template('handbook/a5.css', {})}`}`;
}

function formatOf(kit: Kit): Format {
  const { name, width, height, book } = kit.paper('A4');
  if (!book) throw new Error(`templates/papers.yaml gives no margins for a book on ${name}`);
  // A book stands upright, whichever way posters are turned.
  return { name, width: Math.min(width, height), height: Math.max(width, height), margins: book };
}

const round = (n: number): number => Number(n.toFixed(3));

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

/** Heads and thumb tabs: a named page for each part and service, because Chromium knows no `string-set`. */
function pageRules({ kit, say, format }: Press, chapters: readonly Chapter[]): Html {
  const rules = [`@page contents { @top-left { content: ${cssText(say('contents'))} } }`];
  if (kit.draft) rules.push(`@page { @top-center { content: ${cssText(kit.word('draft'))} } }`);
  // Below one another, 17 mm each on A4; as many as go on a sheet, then the next stands at the top again.
  const step = (17 * format.height) / 297;
  for (const chapter of chapters)
    for (const { name, head, tab, turned = [] } of chapter.leaves) {
      const left = cssText(`${chapter.number}${chapter.title}`);
      const boxes = `@top-left { content: ${left} } @top-right { content: ${cssText(shortened(head, format))} }`;
      rules.push(`@page ${name} { ${boxes} }`);
      for (const { name: own, size } of turned)
        rules.push(
          `@page ${own} { size: ${size.width}mm ${size.height}mm; ${boxes} }`,
          marginRules(own, size.margins),
          tabRules(own, size.margins),
        );
      if (tab === undefined) continue;
      const label = cssText(kit.lang === 'zh' ? chineseNumber(tab + 1) : String(tab + 1));
      const tabBox = `content: ${label}; margin-top: ${round((tab % 12) * step)}mm;`;
      for (const own of [name, ...turned.filter(({ tabbed }) => tabbed).map((each) => each.name)])
        rules.push(`@page ${own}:right { @right-top { ${tabBox} } }`, `@page ${own}:left { @left-top { ${tabBox} } }`);
    }
  return trusted(rules.join('\n'));
}

/** CSS px to mm. */
const MM = 25.4 / 96;
/** Text in a drawing is 16 px, 12 pt: 9 pt is the size of the tables, below 8 pt nobody reads it. */
const MOST = 9 / 12;
const LEAST = 8 / 12;
/** In mm: the heading over a chart, and the line that says it goes on. */
const HEADING = 14;
const GOES_ON = 8;

/** How a chart stands in the book: whole or in pieces, and on which sheet where the page of the book does not hold it. */
type Fit = { scale: number; pieces: readonly Drawing[]; turned?: Turned };
/** Room for a chart, in mm. */
type Room = { width: number; height: number };

/** The sheets of their own that charts of a book may stand on, in the order in which they are tried. */
function sheetsFor({ width, height, margins }: Format): { suffix: string; room: Room; turned: Omit<Turned, 'name'> }[] {
  const { top, outer, bottom, inner } = margins;
  const narrow = { top: top * 0.72, outer: outer * 0.9, bottom: bottom * 0.67, inner: inner * 0.85 };
  const sheet = (suffix: string, size: Omit<Format, 'name'>, tabbed = false) => ({
    suffix,
    room: roomIn(size, HEADING + 5),
    turned: { size, tabbed },
  });
  return [
    sheet('full', { width, height, margins: narrow }, true),
    sheet('wide', { width: height, height: width, margins }),
    // Two pages side by side: folded once, it is as high as the book.
    sheet('foldout', { width: width * 2, height, margins }),
  ];
}

/** What the margins leave, less `taken` mm of its height. */
const roomIn = ({ width, height, margins }: Omit<Format, 'name'>, taken: number): Room => ({
  width: width - margins.inner - margins.outer,
  height: height - margins.top - margins.bottom - taken,
});

/**
 * `taken`: height in mm that headings take above the chart. Whole on the page of the book, on one turned or folded out;
 * else in pieces on such pages; undefined where not even those hold it at a size that can be read.
 */
function fitOf({ format }: Press, { drawing }: Chart, leaf: string, taken: number): Fit | undefined {
  const width = drawing.width * MM;
  const height = drawing.height * MM;
  const own = { suffix: '', room: roomIn(format, taken + 4), turned: undefined };
  const sheets = sheetsFor(format);
  const named = ({ suffix, turned }: { suffix: string; turned: Omit<Turned, 'name'> | undefined }) =>
    turned ? { turned: { ...turned, name: `${leaf}-${suffix}` } } : {};
  const [full, ...larger] = sheets;
  const whole = (sheet: typeof own | (typeof sheets)[number]): Fit | undefined => {
    const scale = Math.min(MOST, sheet.room.width / width, sheet.room.height / height);
    return scale >= LEAST ? { scale, pieces: [drawing], ...named(sheet) } : undefined;
  };
  const divided = (sheet: typeof own | (typeof sheets)[number]): Fit | undefined => {
    const scale = Math.min(MOST, sheet.room.width / width);
    if (scale < LEAST) return undefined;
    const pieces = piecesOf(drawing, (sheet.room.height - GOES_ON) / MM / scale);
    return pieces && { scale, pieces, ...named(sheet) };
  };
  for (const sheet of [own, ...sheets.slice(0, 2)]) {
    const fit = whole(sheet);
    if (fit) return fit;
  }
  // Tall charts go on to the next page; only wide ones are folded out, or on to as few turned pages as can be.
  const folded = larger.slice(1);
  for (const fit of [
    ...[own, ...(full ? [full] : [])].map(divided),
    ...folded.map(whole),
    ...larger.map(divided).sort((a, b) => (a?.pieces.length ?? 0) - (b?.pieces.length ?? 0)),
  ])
    if (fit) return fit;
  return undefined;
}

/** Throws for the charts that no sheet of the book holds, all at once. */
function refuseTooLarge(press: Press): void {
  const { kit, format } = press;
  const large = [...kit.charts.values()].filter((chart) => !fitOf(press, chart, chart.id, HEADING));
  if (large.length === 0) return;
  const names = (between: string, before: string, after: string): string =>
    large.map(({ id, title }) => `${before}${title}${after}（${id}）`).join(between);
  throw new UserError(
    {
      zh: `${names('、', '「', '」')}的流程圖太大，以 8 pt 的字印在 ${format.name} 手冊最大的摺頁上仍放不下。請把程序分成幾個階段，各寫成一項服務或用「子程序」代表，或減少並列的分支；用 Mermaid 文字畫的圖請改寫成申請程序。`,
      en: `The chart of ${names(', ', '“', '”')} is too large: at 8 pt it fits not even the fold-out of the ${format.name} book. Split the procedure into stages, each a service of its own or a subprocess, or have fewer branches side by side; write a chart given as Mermaid text as a procedure.`,
    },
    1,
  );
}

function chartHtml({ medium, say }: Press, { drawing }: Chart, fit: Fit | undefined): Html {
  const figure = ({ svg, width, height }: Drawing): Html => {
    const size =
      medium === 'screen' || !fit
        ? `max-width: ${width}px`
        : `width: calc(${(width * MM * fit.scale).toFixed(1)}mm * var(--yield, 1)); height: calc(${(height * MM * fit.scale).toFixed(1)}mm * var(--yield, 1))`;
    return html`<figure class="chart" style="${size}">${trusted(svg)}</figure>`;
  };
  if (medium === 'screen' || !fit) return figure(drawing);
  const { pieces } = fit;
  return join(
    pieces.map(
      (piece, i) =>
        html`<div class="piece">${i > 0 && html`<p class="goes-on">${say('chart-continued')}</p>`}${figure(piece)}${
          i < pieces.length - 1 && html`<p class="goes-on">${say('chart-goes-on')}</p>`
        }</div>`,
    ),
  );
}

// ---------------------------------------------------------------- front and back

function cover({ kit, say }: Press): Html {
  const { office, book } = kit.handbook;
  const [year, month] = kit.date.split('-').map(Number);
  const when =
    kit.lang === 'zh'
      ? say('republic', kit.day(kit.date).replace(/\d+日$/, ''))
      : new Intl.DateTimeFormat(localeOf(kit.lang), { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
          Date.UTC(year ?? 0, (month ?? 1) - 1),
        );
  const approver = known(book.approval)?.approver;
  return kit.template('handbook/cover.html', {
    logo: kit.picture('logo'),
    parent: office.parent,
    office: office.name,
    title: book.title,
    subtitle: book.subtitle,
    draft:
      kit.draft && html`<p class="stamp"><strong>${kit.word('draft')}</strong><span>${say('draft-why')}</span></p>`,
    edition: marked(book.edition ?? ''),
    approver: approver && marked(kit.word('field', say('approver'), approver)),
    date: when,
  });
}

/** 書名頁: what the cover says, plainly, on the first right page. */
function innerTitle({ kit, say }: Press): Html {
  const { office, book } = kit.handbook;
  return html`<section class="inner-title"><p class="inner-name">${book.title}</p>${
    book.subtitle && html`<p class="subtitle">${book.subtitle}</p>`
  }<p class="inner-edition">${marked(book.edition ?? '')}</p><p class="inner-office">${
    office.parent && html`<span class="cover-parent">${office.parent}</span>`
  }${office.name}${say('made') !== '' && html`<span class="inner-made">${say('made')}</span>`}</p></section>`;
}

const factRow = (label: string, value: Html | undefined): Html | undefined =>
  value === undefined || value.toString() === ''
    ? undefined
    : html`<tr><th scope="row">${label}</th><td>${value}</td></tr>`;

function factTable(rows: readonly (Html | undefined)[], cls = 'facts'): Html | undefined {
  const given = rows.filter((row) => row !== undefined);
  return given.length === 0 ? undefined : html`<table class="${cls}"><tbody>${given}</tbody></table>`;
}

function approvalPage(press: Press): Html {
  const { kit, say } = press;
  const { office, book } = kit.handbook;
  const approval = known(book.approval);
  const day = (value: string | Unconfirmed | undefined): Html | undefined =>
    value === undefined ? undefined : isUnconfirmed(value) ? mark(value) : html`${kit.day(value)}`;
  return html`<section class="approval"><h1 class="front-title">${say('approval-page')}</h1>${factTable([
    factRow(say('book-title'), textCell(book.title)),
    factRow(say('publisher'), textCell(office.name)),
    factRow(say('edition'), textCell(book.edition)),
    factRow(say('edition-date'), day(book.date)),
    factRow(say('approver'), isUnconfirmed(book.approval) ? mark(book.approval) : textCell(approval?.approver)),
    factRow(say('approval-date'), day(approval?.date)),
    factRow(say('approval-number'), textCell(approval?.number)),
    factRow(say('effective'), day(book.effective)),
  ])}${!kit.draft && kit.picture('seal')}${kit.draft && html`<p class="stamp"><strong>${kit.word('draft')}</strong><span>${say('draft-why')}</span></p>`}<p>${kit.legend}</p></section>`;
}

function contents(press: Press, chapters: readonly Chapter[]): Html {
  const line = (entry: Entry): Html =>
    html`<a class="line" href="#${entry.id}"><span class="numeral">${entry.number}</span><span class="entry">${entry.title}</span></a>${
      press.medium === 'paper' && html`<span class="leader"></span>${press.pageOf(entry.id)}`
    }`;
  return html`<nav class="contents" aria-labelledby="contents"><h1 class="front-title" id="contents">${press.say('contents')}</h1><ol>${chapters.map(
    (chapter) =>
      html`<li><div class="row chapter-row">${line(chapter)}</div>${
        chapter.entries.length > 0 &&
        html`<ol>${chapter.entries.map(
          (entry) =>
            html`<li>${entry.group && html`<p class="group">${entry.group}</p>`}<div class="row">${line(entry)}</div></li>`,
        )}</ol>`
      }</li>`,
  )}${press.medium === 'paper' && appendixLines(press)}</ol></nav>`;
}

/** The forms behind the book, in the contents. */
function appendixLines(press: Press): Html | false {
  const { kit, say } = press;
  const forms = formsBehind(kit);
  const line = (number: string, title: string, form: number): Html =>
    html`<span class="line"><span class="numeral">${number}</span><span class="entry">${title}</span></span><span class="leader"></span>${formPage(form)}`;
  return (
    forms.length > 0 &&
    html`<li><div class="row chapter-row">${line(say('appendix'), say('appendix-forms'), 0)}</div><ol>${forms.map(
      ({ title }, i) => html`<li><div class="row">${line(numeral(press, 2, i + 1), title, i)}</div></li>`,
    )}</ol></li>`
  );
}

function colophon({ kit, say }: Press, stamp: Stamp): Html {
  const { office, book } = kit.handbook;
  const approval = known(book.approval);
  return html`<footer class="colophon">${factTable(
    [
      factRow(say('book-title'), textCell(book.title)),
      factRow(say('publisher'), textCell(office.name)),
      factRow(say('address'), textCell(office.address)),
      factRow(say('telephone'), textCell(office.telephone)),
      factRow(say('url'), addressCell(book.url ?? office.url)),
      factRow(
        say('edition'),
        textCell([book.edition, kit.draft && kit.word('draft')].filter(Boolean).join(kit.word('between'))),
      ),
      factRow(say('edition-date'), textCell(kit.day(kit.date))),
      factRow(say('approver'), textCell(approval?.approver)),
      factRow(say('approval-number'), textCell(approval?.number)),
      factRow(kit.word('check-code-label'), html`${printedCode(stamp)}`),
    ],
    'facts plain',
  )}</footer>`;
}

// ---------------------------------------------------------------- cells and tables

/** What stays on one line: 「每 2 小時」「100 元起」「第 12 條第 1 項」, and 「份數：待確認」. */
const KEPT =
  /((?:每\s?)?\d[\d,.]*(?:[–-]\d+)?\s?(?:元起|元|分鐘|小時|工作日|個月|日|天|週|年|項|份|張|頁|次|件)|(?:第\s?\d+(?:-\d+)?\s?[條項款點號期版頁](?:之\s?\d+)?){1,3}|[\p{L}\d]{1,6}：待確認)/u;

/** Text as it is printed: 待確認 marked, numbers with their units; a line ends between words. */
function marked(text: string): Html {
  if (saysUnconfirmed(text)) return mark(text);
  const parts = text.split(KEPT).flatMap((part, i) => (i % 2 === 1 ? [part] : phrasesOf(part)));
  return phrased(parts, markedText);
}

/** Phrases that stay whole. Chromium fails to print a tagged page with many `<wbr>`, so each has an element. */
const phrased = (phrases: readonly string[], say = (phrase: string): Html => html`${phrase}`): Html =>
  phrases.length < 2
    ? join(phrases.map(say))
    : join(
        phrases.map((phrase) =>
          // An address, or what no dictionary knows, may be longer than a column; Latin words end at their spaces.
          fullWidthsOf(phrase) > 8 || !isChinese(phrase) ? say(phrase) : html`<span class="kept">${say(phrase)}</span>`,
        ),
      );

const textCell = (text: string | undefined): Html | undefined => (text === undefined ? undefined : marked(text));

function addressCell(url: string | undefined): Html | undefined {
  if (url === undefined) return undefined;
  return /^https?:\/\//.test(url) ? html`<a class="address" href="${url}">${url}</a>` : marked(url);
}

/** A list of one is no list. */
function listCell(items: readonly Html[]): Html | undefined {
  if (items.length === 0) return undefined;
  return items.length === 1 ? items[0] : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

/** Prose with its links to services and chapters of this book. */
const proseOf = ({ kit }: Press, markdown: string): Html =>
  kit.prose(markdown, (id) => {
    const service = kit.services.find((each) => each.id === id);
    if (service) return `#${anchor(service)}`;
    return kit.handbook.chapters.some(({ file }) => stem(file) === id) ? `#c-${id}` : undefined;
  });
const stem = (file: string): string => file.replace(/\.md$/i, '');

/** Prose inside a section: its headings, whatever their depth, begin at `level`. */
function proseCell(press: Press, prose: Prose | undefined, level = 5): Html | undefined {
  if (!prose) return undefined;
  const { markdown } = prose;
  if (saysUnconfirmed(markdown) && !markdown.includes('\n')) return mark(markdown);
  const headings = parseMarkdown(markdown).children.filter((node) => node.type === 'heading');
  const top = headings.reduce((least, { depth }) => Math.min(least, depth), 6);
  let text = markdown;
  for (const { depth, position } of headings.reverse()) {
    const at = position?.start.offset ?? 0;
    if (text[at] === '#')
      text = text.slice(0, at) + '#'.repeat(Math.min(6, depth - top + level)) + text.slice(at + depth);
  }
  return proseOf(press, text);
}

type Column = { label: string; cls?: string };
type Body = { label?: Html | string; rows: readonly (readonly (Html | string)[])[] };

/** A table whose empty columns are left out. The first cell of a row is its head. */
function table(columns: readonly Column[], bodies: readonly Body[], cls = ''): Html | undefined {
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
              // The last cell of a row that says less goes on to the edge.
              const across = i === row.length - 1 ? kept.slice(i).filter(Boolean).length : 1;
              const span = across > 1 && html` colspan="${across}"`;
              return i === 0
                ? html`<th scope="row"${name}${span}>${content}</th>`
                : html`<td${name}${span}>${content}</td>`;
            })}</tr>`,
        )}</tbody>`,
    )}</table>`;
}

// ---------------------------------------------------------------- chapters in Markdown

const plainText = (node: Nodes): string =>
  'value' in node ? node.value : 'children' in node ? node.children.map(plainText).join('') : '';

/** Headings get their official number and an id; what stands between them is printed as written. */
function textPart(press: Press, { id }: Entry, { file, prose }: TextFile): { body: Html; entries: Entry[] } {
  const { markdown } = prose;
  const counts = [0, 0, 0];
  const parts: Html[] = [html`<span id="c-${stem(file)}"></span>`];
  const entries: Entry[] = [];
  let from = 0;
  const flush = (to: number): void => {
    const piece = markdown.slice(from, to);
    if (piece.trim() !== '') parts.push(html`<div class="prose">${proseOf(press, piece)}</div>`);
  };
  for (const node of parseMarkdown(markdown).children) {
    if (node.type !== 'heading' || node.depth > 4) continue;
    flush(node.position?.start.offset ?? from);
    from = node.position?.end.offset ?? from;
    const level = Math.max(0, node.depth - 2);
    counts[level] = (counts[level] ?? 0) + 1;
    counts.fill(0, level + 1);
    const title = plainText(node);
    const numbered = /^([零一二三四五六七八九十百]+、|（[零一二三四五六七八九十百]+）|\d+[.、])/.test(title);
    const number = numbered ? '' : numeral(press, (level + 2) as 2 | 3 | 4, counts[level] ?? 1);
    const own = `${id}-${counts.slice(0, level + 1).join('-')}`;
    parts.push(
      heading(level + 2, html`<span class="numeral">${number}</span>${phrased(phrasesOf(title))}`, { id: own }),
    );
    if (level === 0) entries.push({ id: own, number, title });
  }
  flush(markdown.length);
  return { body: join(parts, '\n'), entries };
}

// ---------------------------------------------------------------- parts the program makes

function officePart(press: Press): { body: Html } | undefined {
  const { kit, say } = press;
  const { office } = kit.handbook;
  const units = (known(office.units) ?? []).map((unit) => [
    unit.name ?? '',
    unit.duties ?? '',
    unit.floor ?? '',
    [unit.telephone, unit.extension && say('extension-of', unit.extension)].filter(Boolean).join(' '),
  ]);
  const floors = (known(office.floors) ?? []).map(({ floor, note }) => [floor ?? '', note ?? '']);
  const deputies = (known(office.deputies) ?? []).map(({ name, unit, deputy }) => [
    name ?? '',
    unit ?? '',
    deputy ?? '',
  ]);
  const sections: [string, Html | undefined][] = [
    [
      say('units'),
      table(
        [{ label: say('unit') }, { label: say('duties') }, { label: say('floor') }, { label: say('telephone') }],
        [{ rows: units }],
        'office',
      ),
    ],
    [say('floors'), table([{ label: say('floor') }, { label: say('place-there') }], [{ rows: floors }], 'office')],
    [
      say('deputies'),
      table([{ label: say('post') }, { label: say('unit') }, { label: say('deputy') }], [{ rows: deputies }], 'office'),
    ],
  ];
  let n = 0;
  return {
    body: html`${factTable([
      factRow(say('office-name'), textCell(office.name)),
      factRow(
        say('english'),
        office.english === undefined ? undefined : html`<span lang="en">${marked(office.english)}</span>`,
      ),
      factRow(say('parent'), textCell(office.parent)),
      factRow(say('address'), textCell(office.address)),
      factRow(say('hours'), textCell(office.hours)),
      factRow(say('telephone'), textCell(office.telephone)),
      factRow(say('fax'), textCell(office.fax)),
      factRow(say('email'), textCell(office.email)),
      factRow(say('url'), addressCell(office.url)),
    ])}${sections.map(([title, body]) => {
      if (!body) return undefined;
      n += 1;
      return html`${heading(2, html`<span class="numeral">${numeral(press, 2, n)}</span>${title}`)}${body}`;
    })}${office.notes && html`<div class="prose">${proseCell(press, office.notes, 2)}</div>`}`,
  };
}

function standardsPart(press: Press): { body: Html } | undefined {
  const { kit } = press;
  const standards = kit.handbook.office.standards;
  if (standards === undefined) return undefined;
  if (isUnconfirmed(standards)) return { body: html`<p>${mark(standards)}</p>` };
  const tiles = standardTiles(kit);
  return {
    body: html`${tiles.length > 0 && html`<dl class="standards">${tiles.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${mark(value)}</dd></div>`)}</dl>`}${
      standards.notes && html`<div class="prose">${proseCell(press, standards.notes, 2)}</div>`
    }`,
  };
}

function chartsPart(
  press: Press,
  { id, title: partTitle }: Entry,
): { body: Html; entries: Entry[]; turned: Turned[] } | undefined {
  const { kit, say } = press;
  const charts = (known(kit.handbook.book.charts) ?? []).flatMap((written) => {
    const chart = kit.charts.get(written.id ?? '');
    return chart ? [{ chart, note: written.note }] : [];
  });
  if (charts.length === 0) return undefined;
  const entries = charts.map(({ chart }, i) => ({
    id: `${id}-${i + 1}`,
    number: numeral(press, 2, i + 1),
    title: chart.title,
  }));
  const turned: Turned[] = [];
  const bodies = charts.map(({ chart, note }, i) => {
    const entry = entries[i] as Entry;
    const title = html`<span class="numeral">${entry.number}</span>${entry.title}`;
    // A single chart that is called like its part needs no second heading.
    const headed = charts.length > 1 || entry.title !== partTitle;
    const lead = note && html`<p class="lead">${marked(note)}</p>`;
    const steps = stepTable(press, chart, say('step-table'));
    // Part title, heading and lead in mm. A chart that cannot stand under them comes after its steps.
    const leaf = `${id}-${i + 1}`;
    const under = fitOf(press, chart, leaf, i === 0 ? 50 : 24);
    const stands = under && !under.turned && under.pieces.length === 1;
    const fit = stands ? under : fitOf(press, chart, leaf, 0);
    const drawn = chartHtml(press, chart, fit);
    if (fit?.turned) turned.push(fit.turned);
    return html`${headed && heading(2, title, { id: entry.id })}${lead}${
      stands
        ? html`${drawn}${steps}`
        : html`${steps}${fit?.turned ? html`<div style="page: ${fit.turned.name}">${drawn}</div>` : drawn}`
    }`;
  });
  return {
    entries: entries.filter(({ title }) => charts.length > 1 || title !== partTitle),
    turned,
    body: join(bodies),
  };
}

function stepTable({ kit, say }: Press, chart: Chart, caption?: string): Html | undefined {
  if (!chart.flow || chart.flow.nodes.length === 0) return undefined;
  const rows = stepRows(kit, chart.flow).map((step) => [
    String(step.number),
    html`${
      (step.kind === 'decision' || step.kind === 'subprocess' || step.kind === 'document') &&
      html`<span class="tag">${kit.word(`step-${step.kind}`)}</span> `
    }${marked(step.text)}${step.next.length > 0 && html`<ul class="next">${step.next.map((next) => html`<li>${next}</li>`)}</ul>`}`,
    step.actors,
    step.limit,
    step.note,
  ]);
  return html`${caption && html`<p class="table-title">${caption}</p>`}${table(
    [
      { label: say('step-number'), cls: 'number' },
      { label: say('step-text'), cls: 'text' },
      { label: say('step-actors'), cls: 'actors' },
      { label: say('step-limit'), cls: 'limit' },
      { label: say('step-note'), cls: 'note' },
    ],
    [{ rows }],
    'steps',
  )}`;
}

type Category = { name?: string; note?: string; services: Service[] };

/** The services by category, in the order of the book; those in none come last. */
function categoriesOf({ kit }: Press): Category[] {
  const listed = new Set<string>();
  const categories: Category[] = (known(kit.handbook.book.categories) ?? []).map((category) => {
    const ids = known(category.services) ?? [];
    const services = ids.flatMap((id) => kit.services.find((service) => service.id === id && !listed.has(id)) ?? []);
    for (const { id } of services) listed.add(id);
    return {
      ...(category.name ? { name: category.name } : {}),
      ...(category.note ? { note: category.note } : {}),
      services,
    };
  });
  const others = kit.services.filter(({ id }) => !listed.has(id));
  const named = categories.some((category) => category.name);
  if (others.length > 0)
    categories.push({ ...(named ? { name: kit.word('handbook.other-services') } : {}), services: others });
  return categories.filter((category) => category.services.length > 0);
}

/** An id in ASCII: the places of any other in a PDF are not found again. A draft may have one of the name of a file. */
const plainId = (id: string): string => id.replace(/[^\w-]/gu, (each) => `.${each.codePointAt(0)?.toString(16)}`);
const anchor = ({ id }: Service): string => `s-${plainId(id)}`;
/** Where the text of a service or a chapter ends, and where the chart of a service stands. */
const endOf = ({ id }: { id: string }): string => `e-${plainId(id)}`;
const chartOf = ({ id }: Service): string => `f-${plainId(id)}`;
const numberOf = (press: Press, service: Service): string => numeral(press, 2, press.kit.services.indexOf(service) + 1);
const serviceLink = (press: Press, service: Service): Html =>
  html`<a href="#${anchor(service)}">${marked(`${numberOf(press, service)}${service.name}`)}</a>`;
/** 第 12 頁, beside a link to a service. */
function pageNote(press: Press, service: Service): Html | false {
  if (press.medium === 'screen') return false;
  const [before, after] = press.say('page-number', '\n').split('\n');
  return html`<span class="at-page">${before}${press.pageOf(anchor(service))}${after}</span>`;
}

function summaryPart(press: Press): { body: Html } | undefined {
  const { kit, say } = press;
  const body = table(
    [
      { label: say('service'), cls: 'service' },
      { label: say('in-charge'), cls: 'unit' },
      { label: say('short-deadline'), cls: 'limit' },
      { label: kit.word('fee'), cls: 'fee' },
      { label: say('decider'), cls: 'decider' },
      { label: say('page'), cls: 'page' },
    ],
    categoriesOf(press).map(({ name, services }) => ({
      ...(name ? { label: name } : {}),
      rows: services.map((service) => [
        serviceLink(press, service),
        rolesWithNotes(kit, service.unit),
        deadlineBrief(kit, service.deadline),
        feeBrief(kit, service.fee),
        authorityBrief(kit, service.authority),
        press.pageOf(anchor(service)),
      ]),
    })),
    'summary',
  );
  return body && { body };
}

function feesPart(press: Press): { body: Html } | undefined {
  const { kit, say } = press;
  if (kit.services.length === 0) return undefined;
  const sums = (service: Service): FeeRow[] => feeRows(kit, service.fee).filter((row) => row.kind !== 'other');
  /** The only word of a fee that has no sum: 免費 or 待確認. */
  const wordOf = (service: Service): string | undefined => {
    const [only, ...more] = sums(service);
    const bare = only !== undefined && more.length === 0 && isBare(kit, only);
    return bare && known(service.fee)?.lines === undefined ? only.amount : undefined;
  };
  const free = kit.services.filter((service) => wordOf(service) === kit.word('free'));
  const unknown = kit.services.filter((service) => saysUnconfirmed(wordOf(service) ?? ''));
  const charged = kit.services.filter(
    (service) => !free.includes(service) && !unknown.includes(service) && sums(service).length > 0,
  );
  const grid = table(
    feeColumns(press),
    charged.map((service) => ({
      label: html`${serviceLink(press, service)}${pageNote(press, service)}`,
      rows: feeCells(sums(service)),
    })),
    'fees',
  );
  const named = (title: string, services: readonly Service[]): Html | false =>
    services.length > 0 &&
    html`<p class="table-title">${title}</p><ul class="columns">${services.map(
      (service) => html`<li>${serviceLink(press, service)} ${pageNote(press, service)}</li>`,
    )}</ul>`;
  return { body: html`${grid}${named(say('free-services'), free)}${named(say('unknown-fees'), unknown)}` };
}

function relatedOfficesPart({ kit, say }: Press): { body: Html } | undefined {
  const body = table(
    [
      { label: say('office'), cls: 'name' },
      { label: say('asked-for') },
      { label: say('telephone'), cls: 'telephone' },
      { label: say('address'), cls: 'address' },
      { label: say('url'), cls: 'url' },
    ],
    [
      {
        rows: (known(kit.handbook.office.offices) ?? []).map((office) => [
          office.name ?? '',
          office.duties ?? '',
          office.telephone ?? '',
          office.address ?? '',
          addressCell(office.url) ?? '',
        ]),
      },
    ],
    'offices',
  );
  return body && { body };
}

function formsPart(press: Press): { body: Html } | undefined {
  const { kit, say } = press;
  const users = new Map(kit.services.map((service) => [service, formsIn(service)]));
  const body = table(
    [
      { label: say('number'), cls: 'number' },
      { label: say('form') },
      { label: say('using') },
      { label: say('file'), cls: 'url' },
      { label: say('note') },
    ],
    [
      {
        rows: (known(kit.handbook.book.forms) ?? []).map((form, i) => [
          String(i + 1),
          form.name ?? '',
          join(
            kit.services
              .filter((service) => users.get(service)?.has(form.id ?? ''))
              .map((service) => serviceLink(press, service)),
            html`<br>`,
          ),
          formPlace(press, form.file) ?? (form.url === undefined ? (form.file ?? '') : (addressCell(form.url) ?? '')),
          form.note ?? '',
        ]),
      },
    ],
    'forms',
  );
  return body && { body };
}

/** The forms of the book that are there as PDF, in the order of the list; they stand behind the book. */
function formsBehind(kit: Kit): { title: string; file: string; bytes: Uint8Array }[] {
  const behind = new Map<string, { title: string; file: string; bytes: Uint8Array }>();
  for (const { name, file } of known(kit.handbook.book.forms) ?? []) {
    const bytes = file === undefined ? undefined : kit.forms.get(file);
    if (file !== undefined && bytes && !behind.has(file))
      behind.set(file, { title: name ?? file, file: `forms/${file}`, bytes });
  }
  return [...behind.values()];
}

/** The page on which a form behind the book begins; the press knows it. */
const formPage = (form: number): Html => html`<span class="page-ref" data-form-page="${form}">000</span>`;

/** 第 12 頁, where the form of this file stands behind the book. */
function formPlace({ kit, say, medium }: Press, file: string | undefined): Html | undefined {
  const at = formsBehind(kit).findIndex((form) => form.file === `forms/${file}`);
  if (medium === 'screen' || at === -1) return undefined;
  const [before, after] = say('page-number', '\n').split('\n');
  return html`<span class="at-page">${before}${formPage(at)}${after}</span>`;
}

function appendixOf(kit: Kit): { appendix?: Appendix } {
  const forms = formsBehind(kit);
  if (forms.length === 0) return {};
  const say = (key: string, ...values: string[]): string => kit.word(`handbook.${key}`, ...values);
  const [before, between, after] = say('page-of', '\n', '\n').split('\n');
  const stamp = kit.template('handbook/form.html', {
    lang: kit.lang === 'zh' ? 'zh-Hant' : 'en',
    title: say('appendix-forms'),
    style: kit.template('base.css', {}),
    foot: [footText(kit), kit.draft && kit.word('draft')].filter(Boolean).join(kit.word('between')),
    number: html`${before}<span data-number></span>${between}<span data-total></span>${after}`,
  });
  return { appendix: { forms, bookmark: `${say('appendix')}${kit.word('between')}${say('appendix-forms')}`, stamp } };
}

/** The name of a form, linked where it can be fetched. */
function formHtml(press: Press, id: string): Html {
  const { kit } = press;
  const form = (known(kit.handbook.book.forms) ?? []).find((each) => each.id === id);
  const place = formPlace(press, form?.file);
  if (place) return html`${formName(kit, id)}${place}`;
  const url = form?.url;
  return url && /^https?:/.test(url) ? html`<a href="${url}">${formName(kit, id)}</a>` : html`${formName(kit, id)}`;
}

/** The ids of the forms that a written record uses, in documents, steps or the service itself. */
function formsIn(record: unknown): Set<string> {
  const ids = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (META.has(key)) continue;
      if (key === 'form' && typeof inner === 'string') ids.add(inner);
      else if (key === 'forms' && Array.isArray(inner)) for (const id of inner) ids.add(String(id));
      else visit(inner);
    }
  };
  visit(record);
  return ids;
}
/** Keys that say where a record was written or how the book is arranged, not what is the case. */
const META = new Set(['at', 'cited', 'unread', 'source', 'span', 'parts']);

/** 「第31條、第9條第1項」 of several citations, each once and in the order of the law. */
function provisionsIn(articles: Iterable<string>): string[] {
  const each = [...articles].flatMap((article) => article.split(/、(?=第)/));
  return [...new Set(each)].sort(new Intl.Collator('zh-Hant', { numeric: true }).compare);
}

function lawsPart(press: Press): { body: Html } | undefined {
  const { kit, say } = press;
  const laws = new Map<
    string,
    { articles: Set<string>; services: Set<Service>; url?: string; note?: string; checked?: string }
  >();
  for (const law of known(kit.handbook.book.laws) ?? []) {
    const checked = known(law.checked);
    laws.set(law.name ?? '', {
      articles: new Set(),
      services: new Set(),
      ...(law.url ? { url: law.url } : {}),
      ...(law.note ? { note: law.note } : {}),
      ...(checked ? { checked } : {}),
    });
  }
  const shortNames = new Map(
    (known(kit.handbook.book.laws) ?? []).flatMap((law) =>
      law.short && law.name ? [[law.short, law.name] as const] : [],
    ),
  );
  for (const service of kit.services)
    for (const citation of citationsIn(service)) {
      if (!citation.law) continue;
      const name = shortNames.get(citation.law) ?? citation.law;
      const law = laws.get(name) ?? { articles: new Set<string>(), services: new Set<Service>() };
      if (citation.article) law.articles.add(citation.article);
      law.services.add(service);
      if (citation.url) law.url ??= citation.url;
      if (citation.checked) law.checked ??= citation.checked;
      laws.set(name, law);
    }
  const body = table(
    [{ label: say('law'), cls: 'law' }, { label: say('articles'), cls: 'articles' }, { label: say('services') }],
    [
      {
        rows: [...laws].map(([name, { articles, services, url, note, checked }]) => [
          html`${url && /^https?:/.test(url) ? html`<a href="${url}">${name}</a>` : name}${
            note && html`<span class="small">${marked(note)}</span>`
          }${checked && html`<span class="small">${say('checked', kit.day(checked))}</span>`}`,
          provisionsIn(articles).join(kit.word('list-comma')),
          html`<ul class="asking">${[...services].map((service) => html`<li>${serviceLink(press, service)} ${pageNote(press, service)}</li>`)}</ul>`,
        ]),
      },
    ],
    'laws',
  );
  return body && { body };
}

type Doubt = { within: string; field: string; text: string };

/** Every 待確認 in a written record, with the names of the fields that lead to it. */
function doubtsIn({ kit }: Press, record: unknown): Doubt[] {
  const found: Doubt[] = [];
  const named = (key: string): string => (kit.lang === 'zh' ? chinese(key) : key);
  const visit = (value: unknown, path: readonly string[]): void => {
    const add = (text: string): void =>
      void found.push({ within: path.slice(0, -1).join(' › '), field: path.at(-1) ?? '', text });
    if (isUnconfirmed(value)) add(value.unconfirmed);
    else if (typeof value === 'string') {
      if (saysUnconfirmed(value)) add(value);
    } else if (Array.isArray(value)) {
      value.forEach((each: unknown, i) => {
        const own = nameOf(each);
        visit(each, value.length === 1 && !own ? path : [...path, own ?? String(i + 1)]);
      });
    } else if (typeof value === 'object' && value !== null) {
      if ('markdown' in value && typeof value.markdown === 'string') {
        for (const line of value.markdown.split('\n')) visit(line.replace(/^\s*[-*]\s+/, ''), path);
        return;
      }
      for (const [key, inner] of Object.entries(value))
        if (!META.has(key) && key !== 'printed')
          visit(inner, ['value', 'written', 'name', 'items', 'lines'].includes(key) ? path : [...path, named(key)]);
    }
  };
  visit(record, []);
  return found;
}

const NAMES = [
  'label',
  'name',
  'item',
  'who',
  'channel',
  'case',
  'stage',
  'remedy',
  'start',
  'step',
  'decision',
  'document',
  'subprocess',
  'end',
];
function nameOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const key of NAMES) {
    const name = (value as Record<string, unknown>)[key];
    if (typeof name === 'string' && !saysUnconfirmed(name)) return name;
  }
  return undefined;
}

function unconfirmedPart(press: Press): { body: Html } | undefined {
  const { kit, say } = press;
  const { office, book } = kit.handbook;
  // What is merely 待確認 is named in one line for each place; what says more has a line of its own.
  const rowsOf = (record: unknown): string[][] => {
    const rows = new Map<string, { within: string; fields: string[]; text: string }>();
    for (const { within, field, text } of doubtsIn(press, record)) {
      const more = saysMore(text) ? text : '';
      const key = more === '' ? within : `${within}/${field}/${text}`;
      const row = rows.get(key) ?? { within, fields: [], text: more };
      row.fields.push(field);
      rows.set(key, row);
    }
    // Neighbours that lack the same are named together: 單位 › 服務台、秘書室：電話.
    const lines = new Map<string, { before: string; places: string[]; fields: string; text: string }>();
    for (const { within, fields, text } of rows.values()) {
      const path = within.split(' › ');
      const [before, place] = [path.slice(0, -1).join(' › '), path.at(-1) ?? ''];
      const names = [...new Set(fields)].join(kit.word('list-comma'));
      const key = before === '' || text !== '' ? `${within}|${names}|${text}` : `${before}|${names}`;
      const line = lines.get(key) ?? { before, places: [], fields: names, text };
      line.places.push(place);
      lines.set(key, line);
    }
    return [...lines.values()].map(({ before, places, fields, text }) => {
      const place = [before, places.join(kit.word('list-comma'))].filter((part) => part !== '').join(' › ');
      const named = place === '' ? fields : kit.word('field', place, fields);
      return text === '' ? [named] : [named, text];
    });
  };
  const body = table(
    [{ label: say('field-name'), cls: 'field' }, { label: say('as-written') }],
    [
      { label: say('general'), rows: [...rowsOf(office), ...rowsOf(book)] },
      ...kit.services.map((service) => ({
        label: html`${serviceLink(press, service)}${pageNote(press, service)}`,
        rows: rowsOf(service),
      })),
    ],
    'doubts',
  );
  return body && { body };
}

function revisionsPart({ kit, say }: Press): { body: Html } | undefined {
  const body = table(
    [
      { label: say('edition'), cls: 'edition' },
      { label: say('date'), cls: 'date' },
      { label: say('approval-number'), cls: 'number' },
      { label: say('change') },
    ],
    [
      {
        rows: (known(kit.handbook.book.revisions) ?? []).map(({ date, edition, number, change }) => [
          edition ?? '',
          date === undefined ? '' : isUnconfirmed(date) ? date.unconfirmed : kit.day(date),
          number ?? '',
          change ?? '',
        ]),
      },
    ],
    'revisions',
  );
  return body && { body };
}

// ---------------------------------------------------------------- the services

function servicesPart(press: Press): { body: Html; entries: Entry[]; leaves: Leaf[] } | undefined {
  const { kit } = press;
  if (kit.services.length === 0) return undefined;
  const categories = categoriesOf(press);
  const entries: Entry[] = [];
  const leaves: Leaf[] = [];
  categories.forEach(({ name, services }, c) => {
    services.forEach((service, i) => {
      const number = numberOf(press, service);
      const chart = kit.charts.get(service.id);
      const turned = chart && chartFit(press, service, chart)?.turned;
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

/** Which service asks for which document, by strokes. */
function documentsPart(press: Press): { body: Html } | undefined {
  const { kit, say } = press;
  const asked = new Map<string, Set<Service>>();
  const add = (document: RequiredDocument, service: Service): void => {
    const { name } = document;
    if (name && !saysUnconfirmed(name)) asked.set(name, (asked.get(name) ?? new Set()).add(service));
    for (const each of known(document.oneOf) ?? []) add(each, service);
  };
  for (const service of kit.services)
    for (const entry of [service, ...(known(service.variants) ?? [])])
      for (const document of known(known(entry.documents)?.items) ?? []) add(document, service);
  const order = new Intl.Collator(kit.lang === 'zh' ? 'zh-Hant-u-co-stroke' : kit.tag);
  const body = table(
    [{ label: say('document'), cls: 'name' }, { label: say('asking') }],
    [
      {
        rows: [...asked]
          .sort(([a], [b]) => order.compare(a, b))
          .map(([name, services]) => [
            name,
            html`<ul class="asking">${[...services].map((service) => html`<li>${serviceLink(press, service)} ${pageNote(press, service)}</li>`)}</ul>`,
          ]),
      },
    ],
    'documents-index',
  );
  return body && { body };
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

type Section = [title: string, body: Html | undefined];

const chartFit = (press: Press, service: Service, chart: Chart): Fit | undefined =>
  press.medium === 'paper' ? fitOf(press, chart, anchor(service), HEADING) : undefined;

function serviceHtml(press: Press, service: Service, category: string | undefined, first: boolean): Html {
  const { kit, say } = press;
  const level = category === undefined ? 2 : 3;
  const chart = kit.charts.get(service.id);
  const fit = chart && chartFit(press, service, chart);
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
      ...(fit && !fit.turned && fit.pieces.length === 1
        ? { yields: { after: endOf(service), height: chart.drawing.height * MM * fit.scale, least: LEAST / fit.scale } }
        : {}),
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

/** A chart `height` mm tall that may be set smaller, by the factor `least`, to stand below the text that ends at `after`. */
type Yield = { after: string; height: number; least: number };

/** A section of a service, the `n`th: （一）（二）. `page`: where it needs another paper. */
const section = (
  press: Press,
  title: string,
  body: Html | undefined,
  n: number,
  level: number,
  { id, page, yields }: { id?: string; page?: string; yields?: Yield } = {},
): Html =>
  html`<section class="part${page && ' turned'}"${id && html` id="${id}"`}${page && html` style="page: ${page}"`}${
    yields &&
    html` data-yields="${yields.after}" data-tall="${round(yields.height)}" data-least="${round(yields.least)}" data-room="${round(
      roomIn(press.format, 0).height,
    )}"`
  }>${heading(level, html`<span class="numeral">${numeral(press, 3, n)}</span>${title}`)}${body}</section>\n`;

/** Who, when, where and how: what a service says in a line or two. */
function factRows(press: Press, entry: Service | Variant): (Html | undefined)[] {
  const { kit, say } = press;
  const aside = (...texts: (string | undefined)[]): Html | false => {
    const given = texts.filter((text) => text !== undefined && text !== '');
    return (
      given.length > 0 &&
      html`<span class="aside">${marked(kit.word('brackets', given.join(kit.word('clause-comma'))))}</span>`
    );
  };
  const each = <T>(list: readonly T[] | Unconfirmed | undefined, cell: (item: T) => Html): Html | undefined =>
    isUnconfirmed(list) ? mark(list) : listCell((list ?? []).map(cell));
  const contact = known(entry.contact);
  return [
    factRow(say('in-charge'), textCell(rolesWithNotes(kit, entry.unit) || undefined)),
    factRow(
      say('applicant'),
      each(entry.applicant, ({ who, condition, note }) => html`${marked(who ?? '')}${aside(condition, note)}`),
    ),
    factRow(say('representation'), textCell(entry.representation)),
    factRow(say('eligibility'), proseCell(press, entry.eligibility)),
    factRow(say('window'), textCell(entry.window)),
    factRow(
      say('preconditions'),
      each(entry.preconditions, (text) => marked(text)),
    ),
    factRow(
      say('channels'),
      each(
        entry.channels,
        ({ name, place, hours, url, note }) =>
          html`${marked(name ?? '')}${aside(place, hours, note)}${url && html` ${addressCell(url)}`}`,
      ),
    ),
    factRow(say('place'), textCell(entry.place)),
    factRow(say('service-hours'), textCell(entry.hours)),
    factRow(kit.word('fee'), textCell(feeLine(press, entry))),
    factRow(kit.word('deadline'), textCell(deadlineLine(press, entry))),
    factRow(kit.word('authority'), textCell(authorityLine(press, entry))),
    factRow(
      say('result'),
      each(
        entry.result,
        ({ name, validity, delivery, note }) =>
          html`${marked(name ?? '')}${aside(
            validity && kit.word('field', say('validity'), validity),
            delivery && kit.word('field', say('delivery'), delivery),
            note,
          )}`,
      ),
    ),
    factRow(
      say('form-row'),
      each(entry.forms, (id) => formHtml(press, id)),
    ),
    factRow(
      say('contact'),
      isUnconfirmed(entry.contact)
        ? mark(entry.contact)
        : contact &&
            join(
              [
                contact.unit,
                contact.floor && saysUnconfirmed(contact.floor)
                  ? kit.word('field', say('floor'), contact.floor)
                  : contact.floor,
                contact.telephone && kit.word('field', say('telephone'), contact.telephone),
                contact.extension && say('extension-of', contact.extension),
                contact.deputy && kit.word('field', say('deputy'), contact.deputy),
                contact.note,
              ]
                .filter((text) => text !== undefined && text !== '')
                .map((text) => marked(text as string)),
              kit.word('list-comma'),
            ),
    ),
  ];
}

/** Documents, fee, deadline and authority at length, where the strip does not already say it all. */
function factSections(press: Press, entry: Service | Variant): Section[] {
  const { kit } = press;
  return [
    [kit.word('documents'), documentsHtml(press, entry)],
    [kit.word('fee'), feeHtml(press, entry)],
    [kit.word('deadline'), deadlineHtml(press, entry)],
    [kit.word('authority'), authorityHtml(press, entry)],
  ];
}

function noteSections(press: Press, entry: Service | Variant): Section[] {
  const { say } = press;
  return [
    [say('notes'), entry.notes && html`<div class="prose">${proseCell(press, entry.notes)}</div>`],
    [say('remedies'), remediesHtml(press, entry)],
  ];
}

function documentsHtml(press: Press, entry: Service | Variant): Html | undefined {
  const { kit, say } = press;
  const { documents } = entry;
  if (isUnconfirmed(documents)) return saysMore(documents.unconfirmed) ? html`<p>${mark(documents)}</p>` : undefined;
  const note = documents?.note && html`<p class="under">${marked(documents.note)}</p>`;
  const groups = documentGroups(kit, entry);
  let n = 0;
  const grid = table(
    [
      { label: say('order'), cls: 'number' },
      { label: say('document'), cls: 'name' },
      { label: say('form-and-copies'), cls: 'kind' },
      { label: say('note'), cls: 'note' },
    ],
    groups.map(({ label, documents: list }) => ({
      ...(label === undefined
        ? groups.length > 1
          ? { label: kit.word('always-needed') }
          : {}
        : { label: marked(label) }),
      rows: list.map((document) => {
        n += 1;
        const { oneOf, waived, form, note: own } = document;
        const alternatives = known(oneOf) ?? [];
        return [
          String(n),
          html`${marked(documentName(kit, document))}${document.name !== undefined && oneOf !== undefined && html` <span class="tag">${kit.word('one-of')}</span>`}${
            waived !== undefined && html` <span class="tag">${kit.word('waived')}</span>`
          }${isUnconfirmed(oneOf) && html` ${mark(oneOf)}`}${
            alternatives.length > 0 &&
            html`<ul class="alternatives">${alternatives.map((each) => html`<li>${documentHtml(kit, each)}</li>`)}</ul>`
          }`,
          documentDetails(kit, document),
          join(
            [
              waived === undefined ? undefined : marked(kit.word('waived-by', waived)),
              form === undefined ? undefined : html`${kit.word('form-of', formName(kit, form))}`,
              own === undefined ? undefined : marked(own),
            ].filter((part) => part !== undefined),
            html`<br>`,
          ),
        ];
      }),
    })),
    'documents',
  );
  return grid || note ? html`${grid}${note}` : undefined;
}

const feeColumns = ({ kit, say }: Press): Column[] => [
  { label: kit.word('item'), cls: 'item' },
  { label: kit.word('amount'), cls: 'amount' },
  { label: kit.word('per'), cls: 'per' },
  { label: say('note'), cls: 'note' },
];
const feeCells = (rows: readonly FeeRow[]): (Html | string)[][] =>
  rows.map(({ kind, item, amount, per, note }) => [
    kind === 'more' ? html`<span class="more">${marked(item)}</span>` : item,
    amount,
    per,
    note,
  ]);

/** Facts that the strip tells in full need no second place; those that take a line or two stand in the fact table. */
type Place = 'strip' | 'line' | 'section';

function feePlace(kit: Kit, rows: readonly FeeRow[]): Place {
  const other = rows.filter((row) => row.kind === 'other');
  const [only, ...more] = rows.filter((row) => row.kind !== 'other');
  if (more.length > 0 || other.length > 2 || only?.kind === 'surcharge') return 'section';
  return other.length === 0 && (only === undefined || isBare(kit, only)) ? 'strip' : 'line';
}
/** Nothing but what the strip says: 免費, or a sum, or 待確認. */
const isBare = (kit: Kit, { item, note, amount }: FeeRow): boolean =>
  note === '' && item === kit.word('fee') && !saysMore(amount);
/** 待確認 with words behind it says more than the strip does. */
const saysMore = (text: string): boolean => saysUnconfirmed(text) && !saysOnlyUnconfirmed(text);

function feeLine(press: Press, { fee }: Service | Variant): string | undefined {
  const { kit } = press;
  const rows = feeRows(kit, fee);
  if (feePlace(kit, rows) !== 'line') return undefined;
  return clauses(
    kit,
    rows.map(({ kind, item, amount, per, note }) => {
      const text = `${[per, amount].filter(Boolean).join(' ')}${note && amount ? kit.word('brackets', note) : note}`;
      return item === kit.word('fee') || (kind === 'other' && item === kit.word('remark'))
        ? text
        : kit.word('field', item, text);
    }),
  );
}

function feeHtml(press: Press, { fee }: Service | Variant): Html | undefined {
  const { kit, say } = press;
  const rows = feeRows(kit, fee);
  if (rows.length === 0 || feePlace(kit, rows) !== 'section') return undefined;
  const of = (...kinds: FeeRow['kind'][]): (Html | string)[][] =>
    feeCells(rows.filter((row) => kinds.includes(row.kind)));
  const [only, ...more] = rows.filter((row) => row.kind !== 'other');
  const told = only !== undefined && more.length === 0 && isBare(kit, only);
  const grid = table(
    feeColumns(press),
    [
      { rows: told ? [] : of('line', 'more') },
      { label: say('surcharges'), rows: of('surcharge') },
      { label: say('discounts'), rows: of('discount') },
      { label: say('exemptions'), rows: of('exemption') },
    ],
    'fees',
  );
  const other = rows.filter((row) => row.kind === 'other');
  return html`${grid}${factTable(
    other.map(({ item, note }) => factRow(item, marked(note))),
    'facts under',
  )}`;
}

function deadlinePlace(kit: Kit, deadline: Service['deadline'], rows: readonly DeadlineRow[]): Place {
  const limits = rows.filter((row) => row.limit !== '');
  if (limits.length > 1 || rows.length > 3) return 'section';
  const [only] = rows;
  return rows.length === 0 ||
    (rows.length === 1 &&
      only?.note === '' &&
      (only.limit === deadlineBrief(kit, deadline) || (saysUnconfirmed(only.limit) && !saysMore(only.limit))))
    ? 'strip'
    : 'line';
}

function deadlineLine({ kit }: Press, { deadline }: Service | Variant): string | undefined {
  const rows = deadlineRows(kit, deadline);
  if (deadlinePlace(kit, deadline, rows) !== 'line') return undefined;
  return clauses(
    kit,
    rows.map(({ label, limit, note }) => {
      const text = limit === '' ? note : `${limit}${note && kit.word('brackets', note)}`;
      return label === kit.word('deadline') || label === kit.word('remark') ? text : kit.word('field', label, text);
    }),
  );
}

function deadlineHtml({ kit, say }: Press, { deadline }: Service | Variant): Html | undefined {
  const rows = deadlineRows(kit, deadline);
  if (deadlinePlace(kit, deadline, rows) !== 'section') return undefined;
  const grid = table(
    [
      { label: kit.word('item'), cls: 'item' },
      { label: say('limit'), cls: 'limit' },
      { label: say('note'), cls: 'note' },
    ],
    [{ rows: rows.filter((row) => row.limit !== '').map(({ label, limit, note }) => [label, limit, note]) }],
    'limits',
  );
  const other = rows.filter((row) => row.limit === '');
  return html`${grid}${factTable(
    other.map(({ label, note }) => factRow(label, marked(note))),
    'facts under',
  )}`;
}

/** One stage is a line: 擬辦：書記官；核定：分署長. */
function authorityLine({ kit }: Press, { authority }: Service | Variant): string | undefined {
  const [row, ...more] = authorityRows(kit, authority);
  if (!row || more.length > 0 || row.stage !== '') return undefined;
  const told = !row.prepare && !row.review && !row.countersign && !row.note;
  if (told && (row.decide === authorityBrief(kit, authority) || (saysUnconfirmed(row.decide) && !saysMore(row.decide))))
    return undefined;
  const chain = (['prepare', 'review', 'countersign', 'decide'] as const)
    .filter((key) => row[key] !== '')
    .map((key) => kit.word('field', kit.word(key), row[key]));
  return clauses(kit, [...chain, row.note]);
}

function authorityHtml({ kit, say }: Press, { authority }: Service | Variant): Html | undefined {
  const rows = authorityRows(kit, authority);
  if (rows.length === 0 || (rows.length === 1 && rows[0]?.stage === '')) return undefined;
  return table(
    [
      { label: say('stage'), cls: 'stage' },
      { label: kit.word('prepare') },
      { label: kit.word('review') },
      { label: kit.word('countersign') },
      { label: kit.word('decide'), cls: 'decide' },
      { label: say('note'), cls: 'note' },
    ],
    [{ rows: rows.map((row) => [row.stage, row.prepare, row.review, row.countersign, row.decide, row.note]) }],
    'authority',
  );
}

function remediesHtml({ kit, say }: Press, { remedies }: Service | Variant): Html | undefined {
  if (isUnconfirmed(remedies)) return html`<p>${mark(remedies)}</p>`;
  return table(
    [
      { label: say('remedy'), cls: 'name' },
      { label: say('limit'), cls: 'limit' },
      { label: say('remedy-to'), cls: 'to' },
      { label: say('note'), cls: 'note' },
    ],
    [
      {
        rows: (remedies ?? []).map(({ remedy, limit, to, note, basis }) => [
          remedy ?? '',
          limit ?? '',
          to ?? '',
          [
            note,
            basis &&
              sourceRows({ basis })
                .map(({ text }) => text)
                .join(kit.word('list-comma')),
          ]
            .filter(Boolean)
            .join(kit.word('clause-comma')),
        ]),
      },
    ],
    'remedies',
  );
}

/** The laws a service rests on, each with its provisions in one line, and the pages its facts were read on. */
function sourcesHtml({ kit, say }: Press, service: Service): Html | undefined {
  const laws = new Map<string, { articles: Set<string>; url?: string; checked?: string }>();
  for (const { law, article, url, checked } of citationsIn(service)) {
    if (!law) continue;
    const row = laws.get(law) ?? { articles: new Set<string>() };
    if (article) row.articles.add(article);
    if (url) row.url ??= url;
    if (checked) row.checked ??= checked;
    laws.set(law, row);
  }
  const lawful = new Set(citationsIn(service).flatMap((citation) => (citation.law ? [citationText(citation)] : [])));
  // Only in Chinese do the articles follow the law without a comma.
  const apart = (articles: string): string => (articles === '' || isChinese(articles) ? articles : `, ${articles}`);
  const item = ({ text, url, checked }: SourceRow, more = ''): Html =>
    html`<li>${url && /^https?:/.test(url) ? html`<a href="${url}">${marked(text)}</a>` : (addressCell(text) ?? '')}${marked(more)}${
      checked && html`<span class="checked">${kit.word('brackets', say('checked', kit.day(checked)))}</span>`
    }</li>`;
  const provisions = [...laws].map(([text, { articles, ...row }]) =>
    item({ text, ...row }, apart(provisionsIn(articles).join(kit.word('list-comma')))),
  );
  const pages = sourceRows(service)
    .filter(({ text }) => !lawful.has(text))
    .map((row) => item(row));
  if (provisions.length + pages.length === 0) return undefined;
  const group = (label: string, items: readonly Html[]): Html | false =>
    items.length > 0 && html`<dt>${label}</dt><dd><ul>${items}</ul></dd>`;
  return html`<dl class="sources">${group(say('laws'), provisions)}${group(say('sources'), pages)}</dl>`;
}

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
