// Handbook and drawings to sheets: what an output is given (the kit) and what it gives back.
import type { Flow } from '../content/procedure.js';
import type { Handbook, Service } from '../content/schema/model.js';
import { type Citation, isUnconfirmed, known, saysUnconfirmed, type Unconfirmed } from '../content/schema/schema.js';
import { fill, type Html, html, inTongues } from '../core/html.js';
import { eachTongue, firstOf, isChinese, pairOf, plainOf, secondOf, type Tongue, tagOf } from '../core/language.js';
import { type Say, UserError } from '../core/source.js';
import type { Declares } from './shown-facts.js';

/** A sheet of paper in millimetres; `name` is the same whichever way it is turned. `book`: the margins of a book of such pages. */
export type PaperSize = {
  readonly width: number;
  readonly height: number;
  readonly book?: { readonly top: number; readonly outer: number; readonly bottom: number; readonly inner: number };
};
export type Paper = PaperSize & { readonly name: string };

/** A flow as Mermaid text, ready to be drawn. `given`: the author wrote the Mermaid text; it is drawn as it is. */
export type Diagram = {
  /** ASCII, unique in the build. */
  id: string;
  title: string;
  mermaid: string;
  given: boolean;
};

/** A drawn diagram. `width`, `height` in CSS px of the drawing at its natural size (text is 16 px there). */
export type Drawing = { id: string; svg: string; width: number; height: number };

/**
 * Of which services, and charts of the book, a sheet speaks, by id: it is the own paper of one, or holds these and no
 * others.
 */
export type About = { readonly service: string } | { readonly of: readonly string[] };

/**
 * What an office laid over the program's templates: the sheet without it, the files by their paths, and the facts that
 * these may not hide.
 */
export type LaidOver = { readonly plain: Html; readonly by: readonly string[]; readonly facts: string };

/**
 * What an output makes: a printed page, a picture of a drawing, or text. `file` is relative to the output folder, with `/`.
 * A sheet that does not say what it is about speaks of every service.
 */
export type Sheet = { about?: About; laid?: LaidOver } & (
  | {
      kind: 'page';
      file: string;
      /** A whole document, self-contained: no script, no address outside itself. Its own `@page` rule sets the paper. */
      html: Html;
      /** Date of the edition, ISO 8601 (2026-11-23): becomes the PDF's creation date, so that the same input gives the same bytes. */
      date: string;
      /** What it declares (`declaration` of its stamp), kept in the PDF: an outdated sheet can tell what has changed. */
      declares: string;
      /**
       * A book, printed until nothing moves:
       * `data-page-of="ID"` receives the 1-based page on which the element with that id landed;
       * `data-pages="TEXT"` holds TEXT with the number of pages for 000;
       * `data-recto="ID" hidden`, right before that element, is shown where it would begin on a left page;
       * `data-begin="ID" data-end="ID" data-beside="ID"` gets the class `closer` where that saves its last page from
       * holding but a few lines and nothing beside them.
       * `data-yields="ID" data-tall data-least data-room` gets `--yield`, the factor by which it is smaller, where that
       * brings it onto the page on which ID ends.
       * Only the places of ids that a link leads to are known.
       * Each element with the class `leaf` begins a page; a long book is printed in parts that begin with one.
       * With `appendix`, `data-form-page="I"` receives the page on which its form I (0-based) begins, and
       * `data-recto="" hidden` at the end is shown where the forms would begin on a left page.
       */
      numbered: boolean;
      /** What else is made of the printed sheet. */
      further?: readonly Further[];
      /** What must be read in the file, each as a whole: the names of services, the texts of steps. */
      expects?: readonly string[];
      /** Other people's PDFs that follow a numbered book, their pages counted on. */
      appendix?: Appendix;
      /**
       * When set, the press sets the CSS variable `--fit` on the root element to the largest value in [least, most] at
       * which no element with class `fit` is taller or wider than its box; with `apart` on each of these elements its own.
       * What does not fit even at `least` is the user's error, or with `flows` goes on to further pages: `--fit` unset, the
       * class `flows` on the root element (`apart`: on the element). The error begins with `what` is too long, or the
       * `data-name` of the element, names the longest `data-block="NAME"` and ends with what would `help`.
       * `rather`: layouts that are tried before, each with a class of its own on the root element: the first that holds
       * everything is taken.
       */
      fit?: {
        least: number;
        most: number;
        flows?: boolean;
        apart?: boolean;
        rather?: readonly { named: string; least: number; most: number }[];
        what?: Say;
        help?: Say;
      };
    }
  | {
      kind: 'picture';
      file: string;
      svg: string;
      format: 'svg' | 'png' | 'pdf';
      title: string;
      date: string;
      /** As of a page; kept in the drawing or picture. */
      declares: string;
      expects?: readonly string[];
    }
  | { kind: 'text'; file: string; text: string }
);

/** Whether the page of a sheet takes the browser some hundred megabytes: such sheets are not printed side by side. */
export const isLong = (sheet: Sheet): boolean => sheet.kind === 'page' && sheet.html.toString().length > 1_000_000;

/**
 * `bookmark` stands above those of the forms; `file` is what the user is told of a form. `stamp`: a whole document whose
 * `.form-page` is printed over every page of a form, with its number for `data-number`, the last for `data-total`.
 */
export type Appendix = {
  forms: readonly { title: string; file: string; bytes: Uint8Array }[];
  bookmark: string;
  stamp: Html;
};

/** A file beside a sheet's own, made of its pages. Sizes in mm: of the unfolded sheet of a booklet, of the paper of tiles. */
export type Further =
  | { kind: 'booklet'; width: number; height: number }
  | { kind: 'tiles'; width: number; height: number }
  | { kind: 'print-shop' };

/** A file ready to be written. `pages` is set for PDFs. */
export type File = { file: string; bytes: Uint8Array; pages?: number };

/** The language of a sheet, and a second one in which it says the same again. */
export type Tongues = { readonly lang: Tongue; readonly second?: Tongue | undefined };

/** Printed words by language, then by key. */
export type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;
/** A printed word; unknown words are our bug. `{0}`, `{1}` are filled in order, `{0:day|days}` by whether it is 1. */
export type Word = (key: string, ...values: (string | number)[]) => string;

/** Everything in `templates/`, read once. `files`: HTML and CSS by path; `words`: printed words by language. */
export type Templates = {
  readonly files: ReadonlyMap<string, string>;
  readonly words: Words;
  readonly papers: Readonly<Record<string, PaperSize>>;
  /** The office's own pictures by file name, as data: URLs. */
  readonly pictures?: ReadonlyMap<
    string,
    { readonly address: string; readonly width: number; readonly height: number }
  >;
};

/** A chart of the book: a service's (same id as the service) or one of `handbook.yaml`. */
export type Chart = {
  id: string;
  title: string;
  flow?: Flow;
  drawing: Drawing;
  /** From left to right, for a wide sheet; of the book's own charts only, and only when it was asked for. */
  wide?: Drawing;
  diagram: Diagram;
};

/** What an output is given. Everything here is pure: same kit, same sheets. */
export type Kit = {
  /** As it is printed: in the languages of the sheet. */
  readonly handbook: Handbook;
  /** The handbook as it was written and its services, in Chinese: what a sheet declares is the same in every language. */
  readonly written: { readonly handbook: Handbook; readonly services: readonly Service[] };
  /** All services in the order of the book; `selected` are those asked for with --service. */
  readonly services: readonly Service[];
  readonly selected: readonly Service[];
  readonly charts: ReadonlyMap<string, Chart>;
  /** The edition still has 待確認 or was forced past errors: 草案 stands on every page. */
  readonly draft: boolean;
  readonly lang: Tongue;
  /** The second language of a sheet in two; its texts have both (`tongue.ts`). */
  readonly second: Tongue | undefined;
  /** The language as HTML names it. */
  readonly tag: string;
  /** What does not fit one sheet of the wall goes on to another, rather than be refused. */
  readonly sheets: boolean;
  /** Of each notice: one for the citizen, or another for the office too. */
  readonly copies: 1 | 2;
  /** From how many metres a sheet of the wall is to be read, where that was asked for. */
  readonly distance: number | undefined;
  /** It is looked at, not printed: what has a version for screens leaves out the one for paper. */
  readonly onScreen: boolean;
  /** The PDF forms that go behind the handbook, by file name in `forms/`. */
  readonly forms: ReadonlyMap<string, Uint8Array>;
  /** ISO date of the edition. */
  readonly date: string;
  /** The paper asked for, else the output's own. */
  paper(fallback: string): Paper;
  /** The paper of this name; wider than high when landscape was asked for. */
  paperNamed(name: string): Paper;
  readonly word: Word;
  /** Fills `templates/<name>`; every slot given, every value used. */
  template(name: string, values: Readonly<Record<string, Html | string | number | undefined | false>>): Html;
  /** The office's logo or seal as a picture of that class; nothing where it has none. */
  picture(name: 'logo' | 'seal'): Html | undefined;
  /** Markdown from content as clean Html. */
  prose(markdown: string, placeOf?: (id: string) => string | undefined): Html;
  /** What is printed at the foot where Chinese stands for a missing translation; nobody sees it elsewhere. */
  readonly legend: Html;
  /** Date in the Republic's calendar, 民國115年11月23日 (English: 23 November 2026). */
  day(iso: string): string;
};

export type Output = {
  summary: Say;
  /** The papers it can be printed on, the usual one first; none for files without paper. */
  papers: readonly string[];
  /** It hangs on the wall: it can be landscape too, and read from a distance that is asked for. */
  wall?: true;
  /** It is printed in one language at a time. */
  oneTongue?: true;
  /** It can be folded into a booklet. */
  folds?: true;
  /** What its sheets show of the content. */
  declares: Declares;
  /** Where in the content it finds what it prints; without that it has no sheets. */
  needs?: Say;
  render(kit: Kit): Sheet[];
};

export type KitOptions = {
  handbook: Handbook;
  /** The handbook in Chinese, where it is printed in another language. */
  written?: Handbook;
  selected: readonly Service[];
  charts: ReadonlyMap<string, Chart>;
  templates: Templates;
  draft: boolean;
  lang: Tongue;
  second?: Tongue | undefined;
  paper?: string;
  landscape?: boolean;
  sheets?: boolean;
  copies?: 1 | 2;
  distance?: number;
  onScreen?: boolean;
  prose: (markdown: string, placeOf?: (id: string) => string | undefined) => Html;
  forms?: ReadonlyMap<string, Uint8Array>;
};

export function kitOf({
  handbook,
  written = handbook,
  selected,
  charts,
  templates,
  draft,
  lang,
  second,
  paper,
  landscape = false,
  sheets = false,
  copies = 2,
  distance,
  onScreen = false,
  prose,
  forms = new Map(),
}: KitOptions): Kit {
  const word = wordIn(templates.words, { lang, second });
  const paperNamed = (name: string): Paper => {
    const size = templates.papers[name];
    if (!size)
      throw new UserError({
        zh: `沒有「${name}」這種紙張，可用：${Object.keys(templates.papers).join('、')}。`,
        en: `There is no paper "${name}"; use one of ${Object.keys(templates.papers).join(', ')}.`,
      });
    const { width, height } = size;
    return landscape ? { ...size, name, width: height, height: width } : { ...size, name };
  };
  return {
    handbook,
    written: { handbook: written, services: inBookOrder(written) },
    services: inBookOrder(handbook),
    selected,
    charts,
    draft,
    lang,
    second,
    tag: tagOf(lang),
    // Asked for at the keyboard, it is so this time whatever the book says.
    sheets: sheets || handbook.book.furtherSheets !== false,
    copies,
    distance,
    onScreen,
    forms,
    date: typeof handbook.book.date === 'string' ? handbook.book.date : '1970-01-01',
    paper: (fallback) => paperNamed(paper ?? fallback),
    paperNamed,
    word,
    template(name, values) {
      const text = templates.files.get(name);
      if (text === undefined) throw new Error(`no template ${name}`);
      return inTongues(fill(name, text, values));
    },
    picture(name) {
      const image = known(handbook.office[name]);
      const picture = image?.file === undefined ? undefined : templates.pictures?.get(image.file);
      if (!picture) return undefined;
      const { address, width, height } = picture;
      const said = plainOf(firstOf(image?.alt ?? word(`${name}-of`, handbook.office.name ?? '')));
      return html`<img class="${name}" src="${address}" alt="${said}" style="aspect-ratio: ${width} / ${height}">`;
    },
    prose: (markdown, placeOf) => proseIn({ lang, second }, markdown, (text) => prose(text, placeOf)),
    legend: html`<span class="legend">${word('untranslated')}</span>`,
    day: (iso) => (second === undefined ? dayIn(lang, iso) : pairOf(dayIn(lang, iso), dayIn(second, iso), second)),
  };
}

/** The services in the order of the categories; those in no category come last, by id. */
export function inBookOrder(handbook: Handbook): Service[] {
  const categories = isUnconfirmed(handbook.book.categories) ? [] : (handbook.book.categories ?? []);
  const order = categories.flatMap(({ services }) => (isUnconfirmed(services) ? [] : (services ?? [])));
  const rank = (service: Service): number => (order.includes(service.id) ? order.indexOf(service.id) : order.length);
  return [...handbook.services].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

/** Text as it is printed; 待確認 is marked so that nobody overlooks it. */
export function mark(value: string | number | Unconfirmed | undefined): Html {
  if (value === undefined) return html``;
  const text = isUnconfirmed(value) ? value.unconfirmed : String(value);
  return saysUnconfirmed(text) ? html`<span class="unconfirmed">${text}</span>` : html`${text}`;
}

/** 行政執行法第9條第1項, or the title of the page it was read on. */
export function citationText({ law, article, title, url }: Citation): string {
  if (!law) return title ?? url ?? '';
  // Only in Chinese does the article follow the law without a comma.
  const comma = eachTongue(article ?? '', (text) => (text === '' || isChinese(text) ? '' : ', '));
  return `${law}${comma}${article ?? ''}`;
}

const FORMAL = ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'];
const PLAIN = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/** The places of a number: ones, tens, hundreds, thousands. */
const PLAIN_PLACES = ['', '十', '百', '千'];
const FORMAL_PLACES = ['', '拾', '佰', '仟'];

/** As statutes number their articles: 十 without 一, 一百十六, 一百零三, 二千零十. */
function inPlaces(n: number, digits: readonly string[], places: readonly string[]): string {
  if (!Number.isInteger(n) || n < 0 || n > 9999) throw new RangeError(`${n} has no number in an outline`);
  let text = '';
  let gap = false;
  for (const [i, digit] of [...String(n)].map(Number).entries()) {
    const place = String(n).length - 1 - i;
    if (digit === 0) gap = text !== '';
    else {
      text += `${gap ? digits[0] : ''}${digit === 1 && place === 1 ? '' : digits[digit]}${places[place]}`;
      gap = false;
    }
  }
  return text || `${digits[0]}`;
}
/** 1 → 一, 12 → 十二, 34 → 三十四, 116 → 一百十六 (to 9999). */
export const chineseNumber = (n: number): string => inPlaces(n, PLAIN, PLAIN_PLACES);
/** 1 → 壹, 12 → 拾貳 (to 9999): the first level of an official outline. */
export const formalNumber = (n: number): string => inPlaces(n, FORMAL, FORMAL_PLACES);

/** Where months and numbers are written as this language writes them. */
export const localeOf = (tongue: Tongue): string =>
  ({ zh: 'zh-TW', en: 'en-GB', vi: 'vi-VN', id: 'id-ID', th: 'th-TH-u-ca-gregory' })[tongue];

export function dayIn(tongue: Tongue, iso: string): string {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number);
  if (tongue === 'zh') return `民國${year - 1911}年${month}月${day}日`;
  return new Intl.DateTimeFormat(localeOf(tongue), { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${iso}T00:00:00Z`),
  );
}

// ---------------------------------------------------------------- words in one language or two

const HOLE = /\{(\d)(?::([^|}]*)\|([^}]*))?\}/g;
const filled = (text: string, values: readonly (string | number)[]): string =>
  text.replace(HOLE, (_, i: string, one?: string, many?: string) => {
    const value = String(values[Number(i)] ?? '');
    return one === undefined ? value : ((value === '1' ? one : many) ?? '');
  });

export function wordIn(words: Words, { lang, second }: Tongues): Word {
  const text = (tongue: Tongue, key: string): string => {
    const found = words[tongue]?.[key];
    if (found === undefined) throw new Error(`templates/words.yaml has no word "${key}" in ${tongue}`);
    return found;
  };
  if (second === undefined) return (key, ...values) => filled(text(lang, key), values);
  return (key, ...values) => {
    const [one, other] = [text(lang, key), text(second, key)].map((each) => each.split(/(\{[^}]*\})/)) as [
      string[],
      string[],
    ];
    // Where both have the same holes in the same order, each piece is a pair of its own, so that what is filled in can
    // be found in the whole.
    const alike = one.length === other.length && one.every((part, i) => i % 2 === 0 || part === other[i]);
    if (alike)
      return one.map((part, i) => (i % 2 ? filled(part, values) : pairOf(part, other[i] ?? '', second))).join('');
    const said = (side: (text: string) => string) => values.map((value) => side(String(value)));
    return pairOf(filled(one.join(''), said(firstOf)), filled(other.join(''), said(secondOf)), second);
  };
}

function proseIn({ second }: Tongues, markdown: string, show: (text: string) => Html): Html {
  const [first, again] = [firstOf(markdown), secondOf(markdown)];
  if (second === undefined || plainOf(first) === plainOf(again)) return show(again);
  return html`${show(first)}<div class="second" lang="${tagOf(second)}">${show(again)}</div>`;
}
