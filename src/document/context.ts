// What a sheet is rendered with: the content, its charts, the templates, and what was asked for.

import type { Sum } from '../content/answer/person.js';
import type { Flow } from '../content/procedure.js';
import type { Handbook } from '../content/schema/model.js';
import { isUnconfirmed, known } from '../content/schema/schema.js';
import type { Service } from '../content/schema/service.js';
import { fill, type Html, html } from '../core/html.js';
import { firstOf, type Language, pairOf, plainOf, secondOf, tagOf } from '../core/language.js';
import type { Span } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { languagesApart } from '../core/two-languages.js';
import type { Diagram, Drawing, Paper, PaperSize } from './sheet.js';
import { dayIn, type Languages, type Word, type Words, wordIn } from './words.js';

/** Everything in `templates/`, read once. `files`: HTML and CSS by path; `words`: printed words by language. */
export type Templates = {
  readonly files: ReadonlyMap<string, string>;
  readonly words: Words;
  readonly papers: Readonly<Record<string, PaperSize>>;
  /** What pages run in a browser, by the page. */
  readonly scripts: ReadonlyMap<string, string>;
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
  readonly drawing: Drawing;
  /** From left to right, for a wide sheet; of the book's own charts only. */
  readonly wide?: Drawing | undefined;
  /**
   * Of a chart that the program draws itself: on as few sheets as can be, each in so much room, in px of the drawing; undefined
   * where that does not hold it. In `lanes`, or in the `columns` 權責單位｜作業流程｜作業期限, which need less width.
   */
  onSheets?: (room: { width: number; height: number }, form: 'lanes' | 'columns') => readonly Drawing[] | undefined;
  diagram: Diagram;
};

/** A choice, a condition that holds, or what is ordered and how much of it. */
export type HandedTo = { readonly text: string; readonly count?: { readonly number: string; readonly unit: string } };

/** A notice that is handed to one person: what it says of him beside what the service says. */
export type Handed = {
  /** The choices and conditions of the case, a text each. */
  readonly who: readonly HandedTo[];
  /** ISO day on which it is handed over. */
  readonly day: string;
  /** What the fee comes to, in plain digits; none where a part of it is not known. */
  readonly totals: readonly Sum[];
  /** ISO days by which it is done, and what is missing is to be brought; none where the calendar does not reach. */
  readonly done?: string;
  readonly bring?: string;
  /** What was found of documents, by where each of them is declared. */
  readonly found: ReadonlyMap<Span, DocumentFound>;
};
/** A document was brought, or is missing, for a reason that may be empty. */
export type DocumentFound = { readonly brought: true; readonly missing?: never } | { readonly missing: string };

/** What an output is given. Everything here is pure: same context, same sheets. */
export type RenderContext = {
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
  /** For staff: every 待確認 is marked with its reason, and what is open and how facts were checked is listed. */
  readonly workingCopy: boolean;
  /** 草案, 工作本: what every page says of the state of the sheet. */
  readonly marks: readonly string[];
  readonly lang: Language;
  /** The second language of a sheet in two; its texts have both (`language.ts`). */
  readonly second: Language | undefined;
  /** The language as HTML names it. */
  readonly tag: string;
  /** What does not fit one sheet of the wall goes on to another, rather than be refused. */
  readonly sheets: boolean;
  /** Of each notice: one for the citizen, or another for the office too. */
  readonly copies: 1 | 2;
  /** The one case that a notice is for. */
  readonly handed: Handed | undefined;
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
  /** What the page of this name runs in a browser. */
  script(name: string): string;
  /** The office's logo, seal or map as a picture of that class; nothing where it has none. */
  picture(name: 'logo' | 'seal' | 'map'): Html | undefined;
  /** Markdown from content as clean Html. */
  prose(markdown: string, placeOf?: (id: string) => string | undefined): Html;
  /** What is printed at the foot where Chinese stands for a missing translation; nobody sees it elsewhere. */
  readonly legend: Html;
  /** Date in the Republic's calendar, 民國115年11月23日 (English: 23 November 2026). */
  day(iso: string): string;
};

export type RenderOptions = {
  handbook: Handbook;
  /** The handbook in Chinese, where it is printed in another language. */
  written?: Handbook;
  selected: readonly Service[];
  charts: ReadonlyMap<string, Chart>;
  templates: Templates;
  draft: boolean;
  workingCopy?: boolean;
  lang: Language;
  second?: Language | undefined;
  paper?: string;
  landscape?: boolean;
  sheets?: boolean;
  copies?: 1 | 2;
  handed?: Handed | undefined;
  distance?: number;
  onScreen?: boolean;
  prose: (markdown: string, placeOf?: (id: string) => string | undefined) => Html;
  forms?: ReadonlyMap<string, Uint8Array>;
};

export function contextOf({
  handbook,
  written = handbook,
  selected,
  charts,
  templates,
  draft,
  workingCopy = false,
  lang,
  second,
  paper,
  landscape = false,
  sheets = false,
  copies = 2,
  handed,
  distance,
  onScreen = false,
  prose,
  forms = new Map(),
}: RenderOptions): RenderContext {
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
    workingCopy,
    marks: [...(draft ? [word('draft')] : []), ...(workingCopy ? [word('working-copy')] : [])],
    lang,
    second,
    tag: tagOf(lang),
    // Asked for at the keyboard, it is so this time whatever the book says.
    sheets: sheets || handbook.book.furtherSheets !== false,
    copies,
    handed,
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
      return languagesApart(fill(name, text, values));
    },
    script(name) {
      const text = templates.scripts.get(name);
      if (text === undefined) throw new Error(`no script ${name}`);
      return text;
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

function proseIn({ second }: Languages, markdown: string, show: (text: string) => Html): Html {
  const [first, again] = [firstOf(markdown), secondOf(markdown)];
  if (second === undefined || plainOf(first) === plainOf(again)) return show(again);
  return html`${show(first)}<div class="second" lang="${tagOf(second)}">${show(again)}</div>`;
}
