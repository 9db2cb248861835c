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

const BLANK = /[\0\t\n\f\r ]+|%[^\r\n]*/y;
const TOKEN = /<<|>>|<[^<>]*>|[[\]{}]|\/[^\0\t\n\f\r ()<>[\]{}/%]*|[^\0\t\n\f\r ()<>[\]{}/%]+/y;

/** Reads a content stream, a byte to a character, as far as telling operators apart takes; ISO 32000, 7.8.2. */
export function* operatorsOf(content: string): Generator<Operator> {
  let operands: string[] = [];
  let from = -1;
  const match = (pattern: RegExp, at: number): number => {
    pattern.lastIndex = at;
    return pattern.test(content) ? pattern.lastIndex : at;
  };
  for (let at = 0; at < content.length; ) {
    const after = match(BLANK, at);
    if (after > at) {
      at = after;
      continue;
    }
    let to = content[at] === '(' ? endOfString(content, at) : match(TOKEN, at);
    // A stray bracket.
    if (to === at) to += 1;
    const token = content.slice(at, to);
    if (from === -1) from = at;
    if (/^([A-Za-z]+[01]?\*?|['"])$/.test(token) && !/^(true|false|null)$/.test(token)) {
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

function endOfString(content: string, start: number): number {
  let depth = 0;
  for (let at = start; at < content.length; at += 1) {
    if (content[at] === '\\') at += 1;
    else if (content[at] === '(') depth += 1;
    else if (content[at] === ')') {
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

/** Numbers as a content stream writes them: without exponent. */
export const row = (numbers: readonly number[]): string => numbers.map((each) => String(rounded(each))).join(' ');
export const rounded = (number: number): number => Number(number.toFixed(4)) + 0;
