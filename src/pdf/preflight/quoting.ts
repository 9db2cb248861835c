// How a fault quotes the text it is about.
import type { PDFDict } from '@cantoo/pdf-lib';
import { textAt } from '../objects.js';
import type { Run } from '../page-content.js';

/** What a run says. */
export const textOf = ({ glyphs }: Run): string =>
  glyphs
    .map(({ text }) => text)
    .join('')
    .trim();
/** As much of a text as finds the place. */
export const short = (text: string): string => ([...text].length > 40 ? `${[...text].slice(0, 39).join('')}…` : text);
/** Without what paper may set otherwise: blanks, and the width of characters. */
export const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '');

/** A text without the blanks around it; empty where there is none. */
export const wordsAt = (dict: PDFDict | undefined, name: string): string => textAt(dict, name)?.trim() ?? '';
