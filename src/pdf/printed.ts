// What is read from a PDF as Chromium printed it: where its links lead, and which pages lack a character.
import { PDFArray, type PDFDocument, PDFNumber } from '@cantoo/pdf-lib';
import { bytesOf, contentOf, operatorsOf } from './content-stream.js';
import { dictAt } from './objects.js';

/** For each page, whether it shows glyph 0, the empty box. Chromium writes glyphs as pairs of bytes. */
export const pagesWithEmptyBox = (pdf: PDFDocument): boolean[] =>
  pdf.getPages().map(({ node }) => showsEmptyBox(contentOf(node)));

function showsEmptyBox(content: string): boolean {
  for (const { name, operands } of operatorsOf(content)) {
    if (name !== 'Tj' && name !== 'TJ') continue;
    for (const operand of operands) {
      const glyphs = /^[(<]/.test(operand) ? bytesOf(operand) : '';
      for (let at = 0; at + 1 < glyphs.length; at += 2) if (glyphs.startsWith('\0\0', at)) return true;
    }
  }
  return false;
}

/** Where an element begins: 1-based page, and points from the top of that page. */
export type Place = { page: number; top: number };

/** The place of every element that a link leads to, by id: the catalog's /Dests, name → [page, /XYZ left top zoom]. */
export function placesOf(pdf: PDFDocument): Record<string, Place> {
  const pages = new Map(pdf.getPages().map((page, index) => [page.ref.toString(), { page, number: index + 1 }]));
  const destinations = dictAt(pdf.catalog, 'Dests')?.entries() ?? [];
  const places: Record<string, Place> = {};
  for (const [name, value] of destinations) {
    const target = pdf.context.lookup(value, PDFArray);
    const on = pages.get(target.get(0).toString());
    const height = target.lookupMaybe(3, PDFNumber)?.asNumber() ?? 0;
    if (on) places[name.decodeText()] = { page: on.number, top: on.page.getHeight() - height };
  }
  return places;
}
