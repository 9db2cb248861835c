// What the content of an office becomes when it is read: the Handbook, whole or an excerpt of it.
import type { Root } from 'mdast';
import type { Fault } from '../../core/diagnostic.js';
import type { Language } from '../../core/language.js';
import type { Say, Source, Span } from '../../core/source.js';
import { type Book, bookFields } from './book.js';
import { type Office, officeFields } from './office.js';
import type { Fields } from './schema.js';
import { type Service, serviceFields } from './service.js';
import type { Prose } from './tree.js';

/** A text of the content in another language. `source`: the file that says so. */
export type Translation = {
  readonly zh: string;
  readonly language: Language;
  readonly text: string;
  readonly source: Source;
};

/** A chapter in Markdown. `prose.span` starts where the text starts after the front matter. */
export type Chapter = { readonly file: string; readonly title: string; readonly prose: Prose; readonly source: Source };

/** A thing in Markdown that leads out of the text. */
export type Embedded = { readonly kind: 'html' | 'link' | 'image'; readonly target: string; readonly span: Span };

/**
 * What the office wrote: all of it, or an excerpt, which is one service or chapter beside the records of office and
 * book. `faults` are what reading found; `unconfirmed` every 待確認.
 */
export type Handbook = {
  readonly office: Office;
  readonly book: Book;
  /** The files it was read from, those that could be read. Beside an excerpt office and book only stand. */
  readonly sources: readonly Source[];
  readonly services: readonly Service[];
  readonly chapters: readonly Chapter[];
  /** Files that lie in `forms/`, by name. */
  readonly formFiles: readonly string[];
  /** What is wrong with those that the book lists, by name; the sentence goes on from it. */
  readonly formFaults?: ReadonlyMap<string, Say>;
  /** How many comments of reviewers these hold, by name; none where there are none. */
  readonly formComments?: ReadonlyMap<string, number>;
  /** What was approved last, and in what the content differs from that. */
  readonly unapproved?: { readonly approved: string; readonly where: Say };
  /** Pictures that lie in `images/`, by name. */
  readonly imageFiles: readonly string[];
  readonly faults: readonly Fault[];
  /** Ids of services that are there but could not be read: what refers to them is not at fault. */
  readonly unread: readonly string[];
  /** File names of chapters that could not be read. */
  readonly unreadChapters?: readonly string[];
  /** Raw HTML, links and pictures in Markdown, with their places. */
  readonly embedded: readonly Embedded[];
  readonly unconfirmed: readonly Span[];
  /** What is given in other languages; beside an excerpt only its own. */
  readonly translations: readonly Translation[];
  /** What reads Markdown into its syntax tree, wherever a file at hand is Markdown or holds some. */
  readonly parseMarkdown?: (text: string) => Root;
};

/** Whether a record belongs to the files at hand, and does not only stand beside them. */
export const isAtHand = ({ sources }: Handbook, { at }: { at: { readonly self: Span } }): boolean =>
  sources.includes(at.self.source);

/** For documentation: every file's fields. */
export const documented: Readonly<Record<'office' | 'book' | 'service', Fields>> = {
  office: officeFields,
  book: bookFields,
  service: serviceFields,
};
