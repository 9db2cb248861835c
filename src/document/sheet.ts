// What an output makes: a page, a picture or a text, on which paper, and what else becomes of it.

import type { Html } from '../core/html.js';
import type { Say } from '../core/source.js';
import type { SvgElement } from './drawing.js';

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
export type Drawing = { id: string; tree: SvgElement; width: number; height: number };

/** CSS px, in which drawings are measured, to mm; text in a drawing is 16 px. */
export const MM_PER_PX = 25.4 / 96;

/**
 * A fact that a paper owes its reader: what it is, and the text that must be read. `beside`: what it holds for must be read
 * with no more than so many letters between them. `alone`: a short name, which must be read besides where it stands within
 * another text that is owed.
 */
export type Owed = {
  readonly of: Say;
  readonly text: string;
  readonly alone?: true;
  readonly beside?: { readonly text: string; readonly within: number };
};

/**
 * Of which services, and charts of the book, a sheet speaks, by id: it is the own paper of one, or holds these and no
 * others.
 */
export type About = { readonly service: string } | { readonly of: readonly string[] };

/**
 * What an office laid over the program's templates: the sheet without it, with what is stamped on its forms, the files by
 * their paths, and the facts that these may not hide.
 */
export type LaidOver = {
  readonly plain: Html;
  readonly stamp?: Html;
  readonly by: readonly string[];
  readonly facts: string;
};

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
       * `data-recto="ID" hidden` or `data-verso="ID" hidden`, right before that element, is shown where it would begin on a
       * left page, or on a right one; `data-runs="ID"` gets the class `fresh` instead, where it can begin a page itself;
       * `data-begin="ID" data-end="ID" data-beside="ID"` gets the class `closer` where that saves its last page from
       * holding but a few lines and nothing beside them; with `data-whole="ID"`, where all of it ends, also `noted` or
       * `apart`, where it takes whole spreads so.
       * `data-yields="ID" data-tall data-least data-room` gets `--yield`, the factor by which it is smaller, where that
       * brings it onto the page on which ID ends.
       * Only the places of ids that a link leads to are known.
       * Each element with the class `leaf` begins a page; a long book is printed in parts that begin with one.
       * With `appendix`, `data-form-page="I"` receives the page on which its form I (0-based) begins, and
       * `data-recto="" hidden` at the end is shown where the forms would begin on a left page.
       */
      numbered: boolean;
      /** What of it may be printed by itself. */
      parts?: readonly Part[];
      /** What else is made of the printed sheet. */
      further?: readonly Further[];
      /** What must be read in the file, each as a whole: the names of services, the texts of steps. */
      expects?: readonly string[];
      /** The facts of its services that it must tell. */
      owes?: readonly Owed[];
      /** Other people's PDFs that follow a numbered book, their pages counted on. */
      appendix?: Appendix;
      /**
       * When set, the printer sets the CSS variable `--fit` on the root element to the largest value in [least, most] at
       * which no element with class `fit` is taller or wider than its box; with `apart` on each of these elements its own,
       * and with `alike` that of the smallest on all: a series in one size, of which what goes on is set at `least`.
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
        alike?: boolean;
        rather?: readonly { named: string; least: number; most: number }[];
        what?: Say;
        help?: Say;
      };
    }
  | {
      kind: 'picture';
      file: string;
      drawing: Drawing;
      format: 'svg' | 'png' | 'pdf';
      title: string;
      date: string;
      /** As of a page; kept in the drawing or picture. */
      declares: string;
      expects?: readonly string[];
    }
  /** `owes`: of a page of HTML, as of one that is printed. */
  | { kind: 'text'; file: string; text: string; owes?: readonly Owed[] }
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

/**
 * A part of a book that may be printed by itself: its pages go from the place `begin` to the place `end`, or to where the
 * place `next` begins. `name`: its end of the file name; `called`: what else it may be asked for by.
 */
export type Part = {
  of: 'service' | 'chapter';
  name: string;
  called: readonly string[];
  begin: string;
  end?: string;
  next?: string;
};

/** A file beside a sheet's own, made of its pages. Sizes in mm: of the unfolded sheet of a booklet, of the paper of tiles. */
export type Further =
  | { kind: 'booklet'; width: number; height: number }
  | { kind: 'tiles'; width: number; height: number }
  | { kind: 'print-shop' }
  | ({ kind: 'excerpt' } & Part);

/** A file ready to be written. `pages` is set for PDFs. */
export type File = { file: string; bytes: Uint8Array; pages?: number };
