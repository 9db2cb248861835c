// A paper that an office goes on writing: paragraphs and tables, whatever program will open them.

/** A piece of a line in one type. */
export type Run = { readonly text: string; readonly underlined?: boolean; readonly bold?: boolean };
export type ParagraphStyle = 'title' | 'heading' | 'text' | 'item' | 'head';
export type Paragraph = { readonly style: ParagraphStyle; readonly runs: readonly Run[] };
/** `widths`: shares of the width of the text. A cell is a list of paragraphs; the head is repeated on every page. */
export type Table = {
  readonly widths: readonly number[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly (readonly Paragraph[])[])[];
};
export type Block = { readonly paragraph: Paragraph } | { readonly table: Table } | { readonly pageBreak: true };
/** Lengths in mm, sizes in points. `margin`: top, right, bottom, left. `leading`: lines are so many times their size apart. */
export type Look = {
  readonly width: number;
  readonly height: number;
  readonly margin: readonly [number, number, number, number];
  readonly font: string;
  readonly sizes: Readonly<Record<ParagraphStyle, number>>;
  readonly leading: number;
};
/** `foot`: what stands below each page before and behind its number: 第 and 頁. */
export type OfficeDocument = {
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly look: Look;
  readonly foot: readonly [string, string];
};

/** What XML 1.0 does not allow in a text: control characters, halves of pairs, noncharacters. */
const NOT_IN_XML = /(?![\t\n\r])\p{Cc}(?<![\u0080-\u009f])|\p{Cs}|[\ufffe\uffff]/gu;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text in XML: what that cannot hold falls out, the rest is escaped. */
export const xmlText = (text: string): string =>
  text.replace(NOT_IN_XML, '').replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
