// Handbook and drawings to sheets: what an output is given (the kit) and what it gives back.
import type { Html } from './html.js';

/** A sheet of paper in millimetres. */
export type Paper = { readonly name: string; readonly width: number; readonly height: number };

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

/** What an output makes: a printed page, a picture of a drawing, or text. `file` is relative to the output folder, with `/`. */
export type Sheet =
  | {
      kind: 'page';
      file: string;
      /** A whole document, self-contained: no script, no address outside itself. Its own `@page` rule sets the paper. */
      html: Html;
      /** Date of the edition, ISO 8601 (2026-11-23): becomes the PDF's creation date, so that the same input gives the same bytes. */
      date: string;
      /**
       * Elements with `data-page-of="ID"` receive the 1-based page number on which the element with that id landed.
       * The press prints, reads the numbers, prints again and proves that nothing moved.
       */
      numbered: boolean;
      /**
       * When set, the press sets the CSS variable `--fit` on the root element to the largest value in [least, most] at
       * which the element with class `fit` is not taller or wider than its box, and fails with `tooLong` below `least`.
       */
      fit?: { least: number; most: number };
    }
  | { kind: 'picture'; file: string; svg: string; format: 'svg' | 'png' | 'pdf'; title: string; date: string }
  | { kind: 'text'; file: string; text: string };

/** A file ready to be written. `pages` is set for PDFs. */
export type File = { file: string; bytes: Uint8Array; pages?: number };
