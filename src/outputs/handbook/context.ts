// What every page of the book is made with, and the parts that the book is made of.

import { type Html, html } from '../../core/html.js';
import type { CategoryMark } from '../../document/category-mark.js';
import type { RenderContext } from '../../document/context.js';
import type { PaperSize } from '../../document/sheet.js';
import { chineseNumber, formalNumber, type Word } from '../../document/words.js';

export type Medium = 'paper' | 'screen';

/** The pages of the book, in mm; `inner` is the margin where they are bound. */
export type Format = { name: string; width: number; height: number; margins: Margins };
export type Margins = NonNullable<PaperSize['book']>;

/** What a page of the book is made with. */
export type BookContext = RenderContext & {
  readonly medium: Medium;
  readonly format: Format;
  /** A word of the handbook's own. */
  readonly bookWord: Word;
  /** The page number of an element, with the link that lets the printer find it. Nothing on a screen. */
  pageOf(id: string): Html;
};

export const bookContextOf = (context: RenderContext, medium: Medium): BookContext => ({
  ...context,
  medium,
  format: formatOf(context),
  bookWord: (key, ...values) => context.word(`handbook.${key}`, ...values),
  pageOf: (id) => (medium === 'paper' ? html`<a class="page-ref" href="#${id}" data-page-of="${id}">000</a>` : html``),
});

function formatOf(context: RenderContext): Format {
  const { name, width, height, book } = context.paper('A4');
  if (!book) throw new Error(`templates/papers.yaml gives no margins for a book on ${name}`);
  // A book stands upright, whichever way posters are turned.
  return { name, width: Math.min(width, height), height: Math.max(width, height), margins: book };
}

/** A line of the contents. `group` stands before the first service of a category. */
export type Entry = { id: string; number: string; title: string; group?: string };

/** A part of the book that starts on a page of its own. `head`: what the running head says beside the part; `mark`: of its thumb tab. */
export type Leaf = { name: string; head: string; tab?: number; mark?: CategoryMark; body: Html; turned?: Turned[] };

/** Another paper within a leaf, for a chart: `name` of the page and its size. `tabbed`: it has the edge of the book. */
export type Turned = { name: string; size: Omit<Format, 'name'>; tabbed: boolean };
export type Chapter = Entry & { entries: Entry[]; leaves: Leaf[] };

/** What begins on a page of its own and has its own heads: a service, a chapter, or chapters that follow one another. `ends`: ids whose
 * places the printer is asked for. */
export type Run = Leaf & { left: string; ends: readonly string[] };

/** 壹、 一、 （一） 1. in Chinese; 1. in English. */
export function numeral(context: BookContext, level: 1 | 2 | 3 | 4, n: number): string {
  const digits = context.lang !== 'zh' || level === 4 ? String(n) : level === 1 ? formalNumber(n) : chineseNumber(n);
  return context.bookWord(`numbering-${level}`, digits);
}
