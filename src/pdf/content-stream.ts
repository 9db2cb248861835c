// The bytes of what draws in a PDF: streams unpacked, their content told apart into operators, and written again.
import { inflateSync } from 'node:zlib';
import {
  decodePDFRawStream,
  PDFArray,
  PDFFlateStream,
  PDFName,
  type PDFObject,
  type PDFPageLeaf,
  PDFRawStream,
} from '@cantoo/pdf-lib';
import { dictOf, eachAt, numberAt } from './objects.js';

/** Bytes as text, a byte to a character, and back. */
export const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
export const fromLatin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

// ------------------------------------------------------------------------------------------------------- unpacking

/** Rows of differences, which pdf-lib does not undo. Pictures and tables have them, text does not. */
export function hasPredictor({ dict }: PDFRawStream): boolean {
  return eachAt(dict, 'DecodeParms').some((one) => (numberAt(dictOf(one), 'Predictor') ?? 1) > 1);
}

/** What a page draws, a byte to a character. Throws when it cannot be read. */
export function contentOf(page: PDFPageLeaf): string {
  const found = page.Contents();
  const streams = found instanceof PDFArray ? found.asArray().map((each) => page.context.lookup(each)) : [found];
  let content = '';
  for (const [i, stream] of streams.entries()) {
    content += i === 0 ? textOfStream(stream) : `\n${textOfStream(stream)}`;
    if (content.length > LARGEST_STREAM) throw new Error('a page has too much to draw');
  }
  return content;
}

/** Bytes that a stream may have when it is unpacked. */
const LARGEST_STREAM = 256 * 1024 * 1024;

/** A stream's bytes. Node's own inflate is ten times as fast as pdf-lib's, but wants a whole stream. */
export function unpacked(stream: PDFRawStream): Uint8Array {
  if (stream.dict.get(PDFName.of('Filter')) === PDFName.FlateDecode && !stream.dict.has(PDFName.of('DecodeParms')))
    try {
      return inflateSync(stream.contents, { maxOutputLength: LARGEST_STREAM });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw error;
      // Cut short: what is there can still be read.
    }
  return decodePDFRawStream(stream).decode();
}

/** A stream that draws or maps, a byte to a character; nothing where there is none. Throws when it cannot be read. */
export function textOfStream(stream: PDFObject | undefined): string {
  if (stream instanceof PDFFlateStream) return latin1(stream.getUnencodedContents());
  if (!(stream instanceof PDFRawStream)) return '';
  if (hasPredictor(stream)) throw new Error('a page is written in rows of differences');
  return latin1(unpacked(stream));
}

// ------------------------------------------------------------------------------------------------------- operators

/** An operator, its operands as they are written, and where both stand together. */
export type Operator = { name: string; operands: string[]; from: number; to: number };

/** What a character is in a content stream, by its code: blank, a delimiter, or part of a word. */
const BLANK = 1;
const DELIMITER = 2;
const KIND = new Uint8Array(256);
for (const char of '\0\t\n\f\r ') KIND[char.charCodeAt(0)] = BLANK;
for (const char of '()<>[]{}/%') KIND[char.charCodeAt(0)] = DELIMITER;
const code = (char: string): number => char.charCodeAt(0);
const [OPEN, CLOSE, LESS, GREATER, SLASH, PERCENT, BACKSLASH] = ['(', ')', '<', '>', '/', '%', '\\'].map(code);
const [LINE_FEED, RETURN] = ['\n', '\r'].map(code);

/**
 * Reads a content stream, a byte to a character, as far as telling operators apart takes; ISO 32000, 7.8.2. `onComment` is
 * told where each comment stands.
 */
export function* operatorsOf(content: string, onComment?: (from: number, to: number) => void): Generator<Operator> {
  let operands: string[] = [];
  let from = -1;
  for (let at = 0; at < content.length; ) {
    const first = content.charCodeAt(at);
    if (KIND[first] === BLANK) {
      at += 1;
      continue;
    }
    if (first === PERCENT) {
      const end = endOfComment(content, at);
      onComment?.(at, end);
      at = end;
      continue;
    }
    let to = endOfToken(content, at, first);
    const token = content.slice(at, to);
    if (from === -1) from = at;
    if (KIND[first] !== DELIMITER && isOperator(token, first)) {
      // The bytes of a picture follow, up to EI.
      if (token === 'ID') {
        const end = /[\0\t\n\f\r ]EI(?=[\0\t\n\f\r ]|$)/g;
        end.lastIndex = to;
        to = end.test(content) ? end.lastIndex : content.length;
      }
      yield { name: token, operands, from, to };
      operands = [];
      from = -1;
    } else operands.push(token);
    at = to;
  }
}

/** A word that is no number, name or constant. Most words are numbers. */
const isOperator = (token: string, first: number): boolean =>
  first > 57 || first === 34 || first === 39
    ? /^([A-Za-z]+[01]?\*?|['"])$/.test(token) && token !== 'true' && token !== 'false' && token !== 'null'
    : false;

function endOfComment(content: string, start: number): number {
  let at = start;
  while (at < content.length && content.charCodeAt(at) !== LINE_FEED && content.charCodeAt(at) !== RETURN) at += 1;
  return at;
}

/** Where a token that begins with this character ends; a stray bracket is one by itself. */
function endOfToken(content: string, start: number, first: number): number {
  if (KIND[first] !== DELIMITER || first === SLASH) {
    let at = start + 1;
    while (at < content.length && !KIND[content.charCodeAt(at)]) at += 1;
    return at;
  }
  if (first === OPEN) return endOfString(content, start);
  const next = content.charCodeAt(start + 1);
  if ((first === LESS || first === GREATER) && next === first) return start + 2;
  if (first !== LESS) return start + 1;
  for (let at = start + 1; at < content.length; at += 1) {
    if (content.charCodeAt(at) === GREATER) return at + 1;
    if (content.charCodeAt(at) === LESS) break;
  }
  return start + 1;
}

function endOfString(content: string, start: number): number {
  let depth = 0;
  for (let at = start; at < content.length; at += 1) {
    const char = content.charCodeAt(at);
    if (char === BACKSLASH) at += 1;
    else if (char === OPEN) depth += 1;
    else if (char === CLOSE) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return content.length;
}

/** The bytes of `(literal)` or `<hex>`, a byte to a character; ISO 32000, 7.3.4. */
export function bytesOf(token: string): string {
  if (token.startsWith('<')) {
    const hex = token.slice(1, -1).replace(/[^0-9A-Fa-f]/g, '');
    return Buffer.from(hex.length % 2 === 0 ? hex : `${hex}0`, 'hex').toString('latin1');
  }
  const inner = token.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  const controls: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '' };
  return inner.replace(/\\(\r\n|[0-7]{1,3}|.)/gs, (_, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8) & 255) : (controls[code] ?? code.trim()),
  );
}

// --------------------------------------------------------------------------------------------------------- writing

/** `text` is written in the place of what stands there. */
export type Edit = { from: number; to: number; text: string };

/** The content with its edits, which do not overlap, in any order. */
export function edited(content: string, edits: readonly Edit[]): string {
  let out = '';
  let written = 0;
  for (const { from, to, text } of edits.toSorted((a, b) => a.from - b.from)) {
    out += content.slice(written, from) + text;
    written = to;
  }
  return out + content.slice(written);
}

/** What is drawn, or mapped, without what its writer noted beside it. */
export function withoutComments(content: string): string {
  if (!content.includes('%')) return content;
  const comments: Edit[] = [];
  const operators = operatorsOf(content, (from, to) => void comments.push({ from, to, text: '' }));
  while (!operators.next().done);
  return edited(content, comments);
}

/** Numbers as a content stream writes them: without exponent. */
export const row = (numbers: readonly number[]): string => numbers.map((each) => String(rounded(each))).join(' ');
export const rounded = (number: number): number => Number(number.toFixed(4)) + 0;
