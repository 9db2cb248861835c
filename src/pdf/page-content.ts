// What the pages of a PDF show: follows their operators to every character, its ink, its size, its tag and what cuts it.
import { setImmediate } from 'node:timers/promises';
import { inflateSync } from 'node:zlib';
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFFlateStream,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFPageLeaf,
  PDFRawStream,
  PDFStream,
  PDFString,
} from '@cantoo/pdf-lib';
import {
  type Box,
  colourOf,
  type Ink,
  isUpright,
  type Paint,
  type Rgb,
  type Ring,
  type Unseen,
  unseenOf,
} from './ink.js';

export type { Box } from './ink.js';
/** [a b c d e f] of ISO 32000, 8.3.3: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
/** A character and the middle of the square it stands in. */
export type Glyph = { text: string; x: number; y: number };
/** Characters of one line and one size. */
export type Run = {
  glyphs: Glyph[];
  /** pt, on paper. */
  size: number;
  /** All ink together. */
  box: Box;
  /** A glyph that no font has is among them. */
  missing: boolean;
  /** A frame on the page, smaller than the page, cuts some of the ink away, or all. */
  cut: boolean;
  /** What the tags call it: read aloud, passed over, or neither. */
  spoken: Spoken;
};
export type Spoken = 'tagged' | 'artifact' | 'untagged';
export type Leaf = {
  /** 1-based. */
  page: number;
  /** What is seen of the page; where it is to be trimmed, what is left of it. */
  box: Box;
  runs: Run[];
  /** The words of marked content, by its number; none for what is but drawn. */
  words: Map<number, string>;
  /** Texts that nobody sees, in the colour of their ground, covered, or set to be invisible. */
  unseen: { why: Unseen; text: string }[];
  /** Every character that is seen, in the order of the content. */
  seen: string;
  /** Something is painted, or written, that is neither tagged nor passed over. */
  loose: boolean;
};

/** pt that rounding may take. */
export const TOLERANCE = 0.05;

export const holds = (outer: Box, inner: Box, tolerance = TOLERANCE): boolean =>
  inner[0] >= outer[0] - tolerance &&
  inner[1] >= outer[1] - tolerance &&
  inner[2] <= outer[2] + tolerance &&
  inner[3] <= outer[3] + tolerance;

/** The pages in order. Throws where a page cannot be read. */
export function readLeaves(pdf: PDFDocument): Leaf[] {
  const fonts = new Map<PDFDict, Font>();
  return pdf.getPages().map(({ node }, index) => readLeaf(node, index + 1, fonts));
}

/** The same, page by page: between two of them the program hears whether it is to end. */
export async function readLeavesInTurn(pdf: PDFDocument): Promise<Leaf[]> {
  const fonts = new Map<PDFDict, Font>();
  const leaves: Leaf[] = [];
  for (const { node } of pdf.getPages()) {
    await setImmediate();
    leaves.push(readLeaf(node, leaves.length + 1, fonts));
  }
  return leaves;
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

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** Rows of differences, which pdf-lib does not undo. Pictures and tables have them, text does not. */
export function hasPredictor({ dict }: PDFRawStream): boolean {
  const found = dict.lookup(PDFName.of('DecodeParms'));
  const each = found instanceof PDFArray ? found.asArray().map((one) => dict.context.lookup(one)) : [found];
  return each.some((one) => one instanceof PDFDict && numberIn(one, 'Predictor', 1) > 1);
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

// --------------------------------------------------------------------------------------------------------- objects

const at = (dict: PDFDict | undefined, name: string): PDFObject | undefined => dict?.lookup(PDFName.of(name));
const dictIn = (dict: PDFDict | undefined, name: string): PDFDict | undefined => {
  const found = at(dict, name);
  return found instanceof PDFStream ? found.dict : found instanceof PDFDict ? found : undefined;
};
const numberIn = (dict: PDFDict | undefined, name: string, otherwise: number): number => {
  const found = at(dict, name);
  return found instanceof PDFNumber ? found.asNumber() : otherwise;
};
const numbersIn = (dict: PDFDict | undefined, name: string): number[] => {
  const found = at(dict, name);
  return found instanceof PDFArray
    ? found.asArray().map((each) => {
        const one = dict?.context.lookup(each);
        return one instanceof PDFNumber ? one.asNumber() : 0;
      })
    : [];
};

// ---------------------------------------------------------------------------------------------------------- fonts

/** In em. `ink`: nothing for a blank; the em square where the font does not tell. */
type Drawn = { text: string; width: number; ink: Box | undefined; missing: boolean; isSpace: boolean };
type Font = {
  bytes: 1 | 2;
  /** Written downwards. */
  vertical: boolean;
  drawn(code: number): Drawn;
};

/** As Noto's and every CJK font's em square, from the baseline. */
const SQUARE: Box = [0, -0.12, 1, 0.88];

/** Told how much it takes to read something. Throws where that is too much. */
type Spend = (work: number) => void;

function readFont(dict: PDFDict, spend: Spend): Font {
  const composite = dict.get(PDFName.of('Subtype')) === PDFName.of('Type0');
  const found = composite ? at(dict, 'DescendantFonts') : undefined;
  const inner = found instanceof PDFArray ? found.lookup(0) : undefined;
  const font = inner instanceof PDFDict ? inner : dict;
  const encoding = at(dict, 'Encoding');
  const vertical = composite && encoding instanceof PDFName && encoding.decodeText().endsWith('-V');
  const map = at(dict, 'ToUnicode');
  const texts = map instanceof PDFStream ? readMap(textOfStream(map), spend) : new Map<number, string>();
  const widths = composite ? widthsOf(font, spend) : simpleWidths(font, spend);
  const ink = composite && at(font, 'Subtype') === PDFName.of('CIDFontType2') ? readInk(font, spend) : undefined;
  const known = new Map<number, Drawn>();
  return {
    bytes: composite ? 2 : 1,
    vertical,
    drawn(code) {
      const before = known.get(code);
      if (before) return before;
      const missing = composite && code === 0;
      const text = missing ? '□' : (texts.get(code) ?? (composite ? '\u{FFFD}' : String.fromCharCode(code)));
      const width = widths(code);
      const blank = !missing && !/\P{White_Space}/u.test(text);
      const box = blank ? undefined : ink ? ink(code) : ([0, SQUARE[1], width, SQUARE[3]] as const);
      const drawn = { text, width, ink: box, missing, isSpace: !composite && code === 32 };
      known.set(code, drawn);
      return drawn;
    },
  };
}

/** Characters that a font tells of: as many as two bytes name, some of them twice. */
const MOST_CODES = 200_000;
/** What one glyph stands for, ligatures and all, in UTF-16. */
const LONGEST_TEXT = 64;

/** The lists of a ToUnicode map, of characters or of ranges. */
export function* blocksOf(map: string): Generator<{ kind: 'char' | 'range'; body: string }> {
  const begin = /beginbf(char|range)/g;
  for (let found = begin.exec(map); found; found = begin.exec(map)) {
    const end = map.indexOf('endbf', begin.lastIndex);
    if (end === -1) return;
    yield { kind: found[1] === 'char' ? 'char' : 'range', body: map.slice(begin.lastIndex, end) };
    begin.lastIndex = end;
  }
}

/** Code → text of a ToUnicode map; ISO 32000, 9.10.3. */
function readMap(map: string, spend: Spend): Map<number, string> {
  spend(map.length / 8);
  const texts = new Map<number, string>();
  let left = MOST_CODES;
  const read = (hex: string): string => {
    if (hex.length > 4 * LONGEST_TEXT) return '';
    const bytes = Buffer.from(hex, 'hex');
    return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : '';
  };
  for (const { kind, body } of blocksOf(map)) {
    const words = body.match(/<[0-9A-Fa-f\s]*>|\[[^[\]]*\]/g) ?? [];
    const hex = (word: string): string => word.replace(/[^0-9A-Fa-f]/g, '');
    if (kind === 'char')
      for (let i = 0; i + 1 < words.length; i += 2)
        texts.set(Number.parseInt(hex(words[i] ?? ''), 16), read(hex(words[i + 1] ?? '')));
    else
      for (let i = 0; i + 2 < words.length; i += 3) {
        const [from = 0, to = 0] = [words[i], words[i + 1]].map((word) => Number.parseInt(hex(word ?? ''), 16));
        const target = words[i + 2] ?? '';
        const listed = target.startsWith('[') ? (target.match(/<[^<>]*>/g) ?? []) : undefined;
        const first = listed ? '' : read(hex(target));
        const last = first.codePointAt(first.length - 1) ?? 0;
        for (let code = from; code <= to && code - from < 65536 && left > 0; code += 1, left -= 1)
          texts.set(
            code,
            listed
              ? read(hex(listed[code - from] ?? ''))
              : first.length > 1 && first.codePointAt(0) !== undefined && [...first].length === 1
                ? String.fromCodePoint((first.codePointAt(0) ?? 0) + code - from)
                : first.slice(0, -1) + String.fromCharCode(last + code - from),
          );
      }
  }
  return texts;
}

/** W and DW of a CID font, in em; ISO 32000, 9.7.4.3. */
function widthsOf(font: PDFDict, spend: Spend): (code: number) => number {
  const widths = new Map<number, number>();
  const list = at(font, 'W');
  const items = list instanceof PDFArray ? list.asArray().map((each) => font.context.lookup(each)) : [];
  const number = (found: PDFObject | undefined): number => (found instanceof PDFNumber ? found.asNumber() : 0);
  let left = MOST_CODES;
  spend(items.length);
  for (let i = 0; i < items.length; ) {
    const first = number(items[i]);
    const next = items[i + 1];
    if (next instanceof PDFArray) {
      for (const [k, each] of next.asArray().entries()) widths.set(first + k, number(font.context.lookup(each)));
      i += 2;
    } else {
      for (let code = Math.max(0, first); code <= number(next) && code < 65536 && left > 0; code += 1, left -= 1)
        widths.set(code, number(items[i + 2]));
      i += 3;
    }
  }
  const usual = numberIn(font, 'DW', 1000);
  return (code) => (widths.get(code) ?? usual) / 1000;
}

function simpleWidths(font: PDFDict, spend: Spend): (code: number) => number {
  const widths = numbersIn(font, 'Widths');
  spend(widths.length);
  const first = numberIn(font, 'FirstChar', 0);
  const missing = numberIn(dictIn(font, 'FontDescriptor'), 'MissingWidth', widths.length > 0 ? 0 : 500);
  const [scale = 0.001] = at(font, 'Subtype') === PDFName.of('Type3') ? numbersIn(font, 'FontMatrix') : [];
  return (code) => (widths[code - first] ?? missing) * scale;
}

/** The ink of each glyph as its outline in the embedded TrueType font says; nothing when the font cannot be read. */
function readInk(font: PDFDict, spend: Spend): ((code: number) => Box | undefined) | undefined {
  const stream = at(dictIn(font, 'FontDescriptor'), 'FontFile2');
  if (!(stream instanceof PDFRawStream)) return undefined;
  const bytes = unpacked(stream);
  spend(bytes.length / 64);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const tables = new Map<string, number>();
    for (let i = 0; i < view.getUint16(4); i += 1) {
      const entry = 12 + 16 * i;
      tables.set(latin1(bytes.subarray(entry, entry + 4)), view.getUint32(entry + 8));
    }
    const [head, loca, glyf] = ['head', 'loca', 'glyf'].map((name) => tables.get(name));
    if (head === undefined || loca === undefined || glyf === undefined) return undefined;
    const em = view.getUint16(head + 18);
    const long = view.getInt16(head + 50) === 1;
    const offset = (glyph: number): number =>
      long ? view.getUint32(loca + 4 * glyph) : 2 * view.getUint16(loca + 2 * glyph);
    const names = at(font, 'CIDToGIDMap');
    const map = names instanceof PDFRawStream ? unpacked(names) : undefined;
    return (code) => {
      const glyph = map ? ((map[2 * code] ?? 0) << 8) | (map[2 * code + 1] ?? 0) : code;
      try {
        const start = offset(glyph);
        if (offset(glyph + 1) <= start) return undefined;
        const [left = 0, bottom = 0, right = 0, top = 0] = [2, 4, 6, 8].map(
          (place) => view.getInt16(glyf + start + place) / em,
        );
        return [left, bottom, right, top];
      } catch {
        return SQUARE;
      }
    };
  } catch {
    return undefined;
  }
}

// ----------------------------------------------------------------------------------------------------------- pages

const times = (a: Matrix, b: Matrix): Matrix => [
  a[0] * b[0] + a[2] * b[1],
  a[1] * b[0] + a[3] * b[1],
  a[0] * b[2] + a[2] * b[3],
  a[1] * b[2] + a[3] * b[3],
  a[0] * b[4] + a[2] * b[5] + a[4],
  a[1] * b[4] + a[3] * b[5] + a[5],
];
const onto = (m: Matrix, x: number, y: number): [number, number] => [
  m[0] * x + m[2] * y + m[4],
  m[1] * x + m[3] * y + m[5],
];
/** The box around a box that a matrix turns. */
function turned(m: Matrix, [left, bottom, right, top]: Box): Box {
  // Written out: this runs for every character of a book.
  const [a, b, c, d, e, f] = m;
  const [x1, x2, x3, x4] = [a * left, a * right, c * bottom, c * top];
  const [y1, y2, y3, y4] = [b * left, b * right, d * bottom, d * top];
  return [
    Math.min(x1, x2) + Math.min(x3, x4) + e,
    Math.min(y1, y2) + Math.min(y3, y4) + f,
    Math.max(x1, x2) + Math.max(x3, x4) + e,
    Math.max(y1, y2) + Math.max(y3, y4) + f,
  ];
}
const union = (a: Box, b: Box): Box => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
];
const overlap = (a: Box, b: Box): Box => [
  Math.max(a[0], b[0]),
  Math.max(a[1], b[1]),
  Math.min(a[2], b[2]),
  Math.min(a[3], b[3]),
];
const meets = (a: Box, b: Box): boolean => {
  const both = overlap(a, b);
  return both[0] < both[2] && both[1] < both[3];
};
const UNIT: Matrix = [1, 0, 0, 1, 0, 0];
/** Where nothing cuts. */
const ALL: Box = [-1e6, -1e6, 1e6, 1e6];

/** ISO 32000, 8.4 and 9.3. */
type State = {
  ctm: Matrix;
  /** What of the paper is painted on, at most: the box around the clip. */
  clip: Box;
  font: Font | undefined;
  size: number;
  /** Width of characters against their height. */
  stretch: number;
  rise: number;
  characterGap: number;
  wordGap: number;
  leading: number;
  /** 3 and 7 show nothing. */
  mode: number;
  /** What fills and what draws lines, nothing where it is a pattern or an ink without a known colour; how much of it shows. */
  fill: Colour;
  stroke: Colour;
  /** Width of lines. */
  width: number;
  /** How much shows of the drawing that all this is part of. */
  through: number;
  /** What may be seen cannot be told: behind a mask, mixed with what is below, within a clip that is no rectangle. */
  veiled: boolean;
  clipped: boolean;
};
type Colour = { readonly colour: Rgb | undefined; readonly alpha: number };
/**
 * Marked content we are in, with what holds of all around it. `piece`: its number in the structure; `instead`: what it
 * is read as.
 */
type Mark = { spoken: Spoken | undefined; piece: number | undefined; instead: { readonly text: string } | undefined };
const UNMARKED: Mark = { spoken: undefined, piece: undefined, instead: undefined };

/** Drawings within drawings. One that holds itself is not drawn again. */
const DEEPEST = 20;
/** Operators and characters of a page, each as often as it is drawn; a map of a town has some hundred thousand. */
const MOST_WORK = 3_000_000;
/** Operators that a drawing costs beside its own. */
export const DRAWING = 20;

function readLeaf(node: PDFPageLeaf, page: number, fonts: Map<PDFDict, Font>): Leaf {
  const boxAt = (found: PDFArray | undefined): Box | undefined => {
    const [a, b, c, d] = (found?.asArray() ?? []).map((each) => {
      const one = node.context.lookup(each);
      return one instanceof PDFNumber ? one.asNumber() : 0;
    });
    if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
    return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
  };
  let box = boxAt(node.MediaBox()) ?? ([0, 0, 0, 0] as const);
  for (const inner of [node.CropBox(), node.TrimBox()].map(boxAt))
    if (inner && meets(box, inner)) box = overlap(box, inner);
  const unit = numberIn(node, 'UserUnit', 1);
  const leaf: Leaf = { page, box, runs: [], words: new Map(), unseen: [], seen: '', loose: false };
  /** `of`: the run, or what stands for one of invisible text. */
  const inks: (Ink & { of: object })[] = [];
  const paints: Paint[] = [];
  let last: { run: Run; matrix: Matrix; end: readonly [number, number] } | undefined;
  /** What stands for the text that is written now, and has been said. */
  let replaced: Mark['instead'];
  let left = MOST_WORK;
  const spend: Spend = (work) => {
    left -= work;
    if (left < 0) throw new Error('a page draws without end');
  };
  const texts = new Map<PDFStream, string>();

  const follow = (
    content: string,
    resources: PDFDict | undefined,
    start: State,
    around: Mark,
    within: readonly PDFStream[],
  ): void => {
    spend(content.length / 32);
    let state = start;
    const saved: State[] = [];
    const marks = [around];
    const mark = (): Mark => marks.at(-1) ?? around;
    let line: Matrix = UNIT;
    let pen: Matrix = UNIT;
    let path: Box | undefined;
    let rings: Ring[] = [];
    let clips = false;
    const fontsHere = dictIn(resources, 'Font');

    const spokenHere = (): Spoken => mark().spoken ?? 'untagged';
    const paint = (): void => {
      if (!leaf.loose && spokenHere() === 'untagged') leaf.loose = true;
    };
    const endPath = (): void => {
      if (clips && path) {
        const square = rings.length === 1 && rings[0]?.length === 8 && isUpright(rings[0]);
        state = { ...state, clip: overlap(state.clip, path), clipped: state.clipped || !square };
      }
      clips = false;
      path = undefined;
      rings = [];
    };
    const reach = (x: number, y: number, begins = false): void => {
      const [px, py] = onto(state.ctm, x, y);
      path = path ? union(path, [px, py, px, py]) : [px, py, px, py];
      if (begins || rings.length === 0) rings.push([px, py]);
      else rings.at(-1)?.push(px, py);
    };
    /** A curve, as a line through eight of its points. */
    const bend = (...points: readonly [number, number, number, number, number, number]): void => {
      const ring = rings.at(-1);
      const [x0 = 0, y0 = 0] = ring?.slice(-2) ?? [];
      const [[x1, y1], [x2, y2], [x3, y3]] = [0, 2, 4].map((i) =>
        onto(state.ctm, points[i] as number, points[i + 1] as number),
      ) as [[number, number], [number, number], [number, number]];
      for (let k = 1; k <= 8; k += 1) {
        const [t, u] = [k / 8, 1 - k / 8];
        const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
        const [x, y] = [a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3];
        ring?.push(x, y);
        path = path ? union(path, [x, y, x, y]) : [x, y, x, y];
      }
    };
    const paintArea = (area: readonly Ring[], { colour, alpha: own }: Colour, of: Partial<Paint> = {}): void => {
      const alpha = own * state.through;
      let around: Box | undefined;
      for (const ring of area)
        for (let i = 0; i + 1 < ring.length; i += 2) {
          const [x = 0, y = 0] = [ring[i], ring[i + 1]];
          around = around ? union(around, [x, y, x, y]) : [x, y, x, y];
        }
      if (!around || !meets(around, state.clip) || alpha <= 0) return;
      const hides = !state.veiled && !state.clipped && colour !== undefined && alpha > 0.95;
      paints.push({
        box: overlap(around, state.clip),
        rings: area,
        evenOdd: false,
        // A ground that is cut by a clip of another form may end anywhere.
        colour: state.veiled || state.clipped ? undefined : colour,
        alpha,
        hides,
        picture: false,
        ...of,
      });
    };
    const paintPath = (operator: string): void => {
      if (/^[fFBb]/.test(operator)) paintArea(rings, state.fill, { evenOdd: operator.endsWith('*') });
      if (!/^[sSBb]/.test(operator)) return;
      // Lines as broad as text: each stretch is an area.
      const broad = (state.width * Math.hypot(state.ctm[0], state.ctm[1])) / 2;
      if (broad < BROAD / 2) return;
      for (const ring of rings)
        for (let i = 0; i + 3 < ring.length; i += 2) {
          const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ring.slice(i, i + 4);
          const long = Math.hypot(x2 - x1, y2 - y1) || 1;
          const [dx, dy] = [((y2 - y1) / long) * broad, ((x1 - x2) / long) * broad];
          paintArea([[x1 + dx, y1 + dy, x2 + dx, y2 + dy, x2 - dx, y2 - dy, x1 - dx, y1 - dy]], state.stroke);
        }
    };
    const spaces = { fill: '/DeviceGray', stroke: '/DeviceGray' };
    const setColour = (what: 'fill' | 'stroke', colour: Rgb | undefined): void => {
      state = { ...state, [what]: { ...state[what], colour } };
    };
    /** `sc` and its like: in the space that was set, where its numbers are those of a known one. */
    const setInSpace = (what: 'fill' | 'stroke', numbers: readonly string[]): void =>
      setColour(what, isKnownSpace(spaces[what], resources) ? colourOf(numbers.map(Number)) : undefined);
    const setSpace = (what: 'fill' | 'stroke', space: string): void => {
      spaces[what] = space;
      setColour(what, isKnownSpace(space, resources) ? [0, 0, 0] : undefined);
    };
    const newLine = (x: number, y: number): void => {
      line = times(line, [1, 0, 0, 1, x, y]);
      pen = line;
    };
    const advance = (x: number, y: number): void => {
      pen = [pen[0], pen[1], pen[2], pen[3], pen[0] * x + pen[2] * y + pen[4], pen[1] * x + pen[3] * y + pen[5]];
    };

    const show = (bytes: string): void => {
      const { font, size: em } = state;
      if (!font || bytes === '') return;
      spend(bytes.length);
      const spoken = spokenHere();
      const { instead, piece } = mark();
      if (spoken === 'untagged') leaf.loose = true;
      const invisible = state.mode === 3 || state.mode === 7;
      const these = {};
      const { colour, alpha } = state.mode % 4 === 1 ? state.stroke : state.fill;
      const look = {
        // Filled and outlined: seen by either.
        colour: state.veiled || state.mode % 4 === 2 ? undefined : colour,
        alpha: alpha * state.through,
        invisible,
      };
      for (let i = 0; i + font.bytes <= bytes.length; i += font.bytes) {
        const code = font.bytes === 2 ? (bytes.charCodeAt(i) << 8) | bytes.charCodeAt(i + 1) : bytes.charCodeAt(i);
        const { text: own, width, ink, missing, isSpace } = font.drawn(code);
        let text = own;
        if (instead !== undefined && !missing) {
          text = replaced === instead ? '' : instead.text;
          spend(text.length);
          replaced = instead;
        }
        const matrix = times(state.ctm, pen);
        const gap = state.characterGap + (isSpace ? state.wordGap : 0);
        // A glyph that is written downwards has its origin above its middle; ISO 32000, 9.7.4.3.
        const [left, base] = font.vertical ? [(-width / 2) * em, -SQUARE[3] * em] : [0, state.rise];
        if (font.vertical) advance(0, -em - gap);
        else advance((width * em + gap) * state.stretch, 0);
        if (piece !== undefined) leaf.words.set(piece, (leaf.words.get(piece) ?? '') + text);
        const startsAt = onto(matrix, left, base);
        const endsAt = onto(matrix, left + width * em * state.stretch, base);
        const size = Math.hypot(matrix[2], matrix[3]) * Math.abs(em) * unit;
        const along =
          last &&
          last.run.spoken === spoken &&
          Math.abs(last.run.size - size) < 0.01 &&
          Math.abs(last.matrix[0] - matrix[0]) < 0.001 &&
          Math.abs(last.matrix[1] - matrix[1]) < 0.001 &&
          Math.hypot(startsAt[0] - last.end[0], startsAt[1] - last.end[1]) < (size / unit) * 1.2;
        if (!ink) {
          if (along && last && !invisible) {
            last.run.glyphs.push({ text: ' ', x: startsAt[0], y: startsAt[1] });
            last.end = endsAt;
          }
          continue;
        }
        const [inkLeft, inkBottom, inkRight, inkTop] = ink;
        const box = turned(matrix, [
          left + inkLeft * em * state.stretch,
          base + inkBottom * em,
          left + inkRight * em * state.stretch,
          base + inkTop * em,
        ]);
        const visible = overlap(overlap(box, state.clip), leaf.box);
        if (invisible) {
          inks.push({ ...look, of: these, text, box: visible, after: paints.length });
          continue;
        }
        const square = turned(matrix, [left, base + SQUARE[1] * em, left + width * em, base + SQUARE[3] * em]);
        const glyph: Glyph = { text, x: (square[0] + square[2]) / 2, y: (square[1] + square[3]) / 2 };
        // What the page's own edge cuts is told of the page.
        const cut = !holds(state.clip, overlap(box, leaf.box), CUT);
        if (along && last) {
          const { run } = last;
          run.glyphs.push(glyph);
          run.box = union(run.box, box);
          run.missing ||= missing;
          run.cut ||= cut;
          last.end = endsAt;
        } else {
          const run: Run = { glyphs: [glyph], size, box, missing, cut, spoken };
          leaf.runs.push(run);
          last = { run, matrix, end: endsAt };
        }
        inks.push({ ...look, of: last.run, text, box: visible, after: paints.length });
      }
    };

    for (const { name, operands } of operatorsOf(content)) {
      spend(1);
      const number = (i: number): number => Number(operands[i]) || 0;
      switch (name) {
        case 'q':
          saved.push(state);
          break;
        case 'Q':
          state = saved.pop() ?? state;
          break;
        case 'cm':
          state = {
            ...state,
            ctm: times(state.ctm, [number(0), number(1), number(2), number(3), number(4), number(5)]),
          };
          break;
        case 'm':
          reach(number(0), number(1), true);
          break;
        case 'l':
          reach(number(0), number(1));
          break;
        case 'c':
          bend(number(0), number(1), number(2), number(3), number(4), number(5));
          break;
        case 'v':
        case 'y':
          // The one control point that is written stands for both: near enough for what is inside.
          bend(number(0), number(1), number(name === 'v' ? 0 : 2), number(name === 'v' ? 1 : 3), number(2), number(3));
          break;
        case 're':
          reach(number(0), number(1), true);
          reach(number(0) + number(2), number(1));
          reach(number(0) + number(2), number(1) + number(3));
          reach(number(0), number(1) + number(3));
          break;
        case 'w':
          state = { ...state, width: number(0) };
          break;
        case 'g':
        case 'rg':
        case 'k':
          setColour('fill', colourOf(operands.map(Number)));
          break;
        case 'G':
        case 'RG':
        case 'K':
          setColour('stroke', colourOf(operands.map(Number)));
          break;
        case 'cs':
          setSpace('fill', operands[0] ?? '');
          break;
        case 'CS':
          setSpace('stroke', operands[0] ?? '');
          break;
        case 'sc':
        case 'scn':
          setInSpace('fill', operands);
          break;
        case 'SC':
        case 'SCN':
          setInSpace('stroke', operands);
          break;
        case 'gs':
          state = withLook(state, dictIn(dictIn(resources, 'ExtGState'), operands[0]?.slice(1) ?? ''));
          break;
        case 'W':
        case 'W*':
          clips = true;
          break;
        case 'n':
          endPath();
          break;
        case 'f':
        case 'F':
        case 'f*':
        case 'S':
        case 's':
        case 'B':
        case 'B*':
        case 'b':
        case 'b*':
          paint();
          paintPath(name);
          endPath();
          break;
        case 'sh':
          paint();
          paintArea([ringOf(overlap(state.clip, leaf.box))], { colour: undefined, alpha: 1 });
          break;
        case 'ID':
          paint();
          paintArea([ringOf([0, 0, 1, 1], state.ctm)], { colour: undefined, alpha: 1 }, { picture: true });
          break;
        case 'BT':
          line = UNIT;
          pen = UNIT;
          break;
        case 'Tf': {
          const dict = dictIn(fontsHere, operands[0]?.slice(1) ?? '');
          let font = dict && fonts.get(dict);
          if (dict && !font) {
            font = readFont(dict, spend);
            fonts.set(dict, font);
          }
          state = { ...state, font, size: number(1) };
          break;
        }
        case 'Tm':
          line = [number(0), number(1), number(2), number(3), number(4), number(5)];
          pen = line;
          break;
        case 'Td':
          newLine(number(0), number(1));
          break;
        case 'TD':
          state = { ...state, leading: -number(1) };
          newLine(number(0), number(1));
          break;
        case 'TL':
          state = { ...state, leading: number(0) };
          break;
        case 'T*':
          newLine(0, -state.leading);
          break;
        case 'Tc':
          state = { ...state, characterGap: number(0) };
          break;
        case 'Tw':
          state = { ...state, wordGap: number(0) };
          break;
        case 'Tz':
          state = { ...state, stretch: number(0) / 100 };
          break;
        case 'Ts':
          state = { ...state, rise: number(0) };
          break;
        case 'Tr':
          state = { ...state, mode: number(0) };
          break;
        case 'Tj':
          show(bytesOf(operands[0] ?? ''));
          break;
        case "'":
          newLine(0, -state.leading);
          show(bytesOf(operands[0] ?? ''));
          break;
        case '"':
          state = { ...state, wordGap: number(0), characterGap: number(1) };
          newLine(0, -state.leading);
          show(bytesOf(operands[2] ?? ''));
          break;
        case 'TJ':
          for (const each of operands)
            if (/^[(<]/.test(each)) show(bytesOf(each));
            else if (each !== '[' && each !== ']') {
              const by = (-(Number(each) || 0) / 1000) * state.size;
              if (state.font?.vertical) advance(0, by);
              else advance(by * state.stretch, 0);
            }
          break;
        case 'BMC':
        case 'BDC': {
          const own = markOf(operands, resources, within.length === 0);
          if (own.piece !== undefined && !leaf.words.has(own.piece)) leaf.words.set(own.piece, '');
          const { spoken, piece, instead } = mark();
          marks.push({
            spoken: own.spoken ?? spoken,
            piece: own.piece ?? piece,
            instead: own.instead ?? instead,
          });
          break;
        }
        case 'EMC':
          if (marks.length > 1) marks.pop();
          break;
        case 'Do': {
          const drawing = at(dictIn(resources, 'XObject'), operands[0]?.slice(1) ?? '');
          if (!(drawing instanceof PDFStream)) break;
          if (at(drawing.dict, 'Subtype') !== PDFName.of('Form')) {
            paint();
            const whole = !['SMask', 'Mask', 'ImageMask'].some((each) => at(drawing.dict, each) !== undefined);
            const hides = whole && !state.veiled && !state.clipped && state.fill.alpha > 0.95;
            paintArea([ringOf([0, 0, 1, 1], state.ctm)], { colour: undefined, alpha: 1 }, { picture: true, hides });
            break;
          }
          if (within.length > DEEPEST || within.includes(drawing)) break;
          const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbersIn(drawing.dict, 'Matrix');
          const ctm = times(state.ctm, [a, b, c, d, e, f]);
          const [left, bottom, right, top] = numbersIn(drawing.dict, 'BBox');
          const frame: Box =
            left === undefined || bottom === undefined || right === undefined || top === undefined
              ? ALL
              : turned(ctm, [
                  Math.min(left, right),
                  Math.min(bottom, top),
                  Math.max(left, right),
                  Math.max(bottom, top),
                ]);
          // A group is painted as one, with what was set outside it.
          const inGroup = dictIn(drawing.dict, 'Group')
            ? {
                ...state,
                through: state.through * state.fill.alpha,
                fill: { ...state.fill, alpha: 1 },
                stroke: { ...state.stroke, alpha: 1 },
              }
            : state;
          spend(DRAWING);
          const text = texts.get(drawing) ?? textOfStream(drawing);
          texts.set(drawing, text);
          follow(
            text,
            dictIn(drawing.dict, 'Resources') ?? resources,
            { ...inGroup, ctm, clip: overlap(state.clip, frame) },
            mark(),
            [...within, drawing],
          );
          break;
        }
      }
    }
  };

  const start: State = {
    ctm: UNIT,
    clip: ALL,
    font: undefined,
    size: 0,
    stretch: 1,
    rise: 0,
    characterGap: 0,
    wordGap: 0,
    leading: 0,
    mode: 0,
    fill: { colour: BLACK, alpha: 1 },
    stroke: { colour: BLACK, alpha: 1 },
    width: 1,
    through: 1,
    veiled: false,
    clipped: false,
  };
  follow(contentOf(node), node.Resources(), start, UNMARKED, []);
  const why = unseenOf(inks, paints);
  let seen = '';
  let before: object | undefined;
  for (const [i, { of, text, box: visible, invisible }] of inks.entries()) {
    const reason = why[i];
    const latest = leaf.unseen.at(-1);
    if (reason && latest && before === of && latest.why === reason) latest.text += text;
    else if (reason) leaf.unseen.push({ why: reason, text });
    else if (!invisible && visible[0] < visible[2] && visible[1] < visible[3]) seen += text;
    before = reason && of;
  }
  leaf.seen = seen;
  return leaf;
}

const BLACK: Rgb = [0, 0, 0];
/** pt. Narrower lines hide no text. */
const BROAD = 3;

/** The corners of a box, turned by a matrix. */
const ringOf = ([left, bottom, right, top]: Box, m: Matrix = UNIT): Ring =>
  [onto(m, left, bottom), onto(m, right, bottom), onto(m, right, top), onto(m, left, top)].flat();

/** Whether the numbers of a colour space are those of grey, of red green blue, or of the inks of a press. */
function isKnownSpace(space: string, resources: PDFDict | undefined): boolean {
  if (/^\/Device(Gray|RGB|CMYK)$/.test(space)) return true;
  const found = at(dictIn(resources, 'ColorSpace'), space.slice(1));
  const kind = found instanceof PDFArray ? found.lookup(0) : found;
  return kind instanceof PDFName && /^(ICCBased|Cal(Gray|RGB)|Device(Gray|RGB|CMYK))$/.test(kind.decodeText());
}

/** What of an ExtGState concerns the ink; ISO 32000, 8.4.5. */
function withLook(state: State, look: PDFDict | undefined): State {
  if (!look) return state;
  const [mode, mask] = [at(look, 'BM'), at(look, 'SMask')];
  const plain = (found: PDFObject): boolean =>
    found instanceof PDFName && /^(Normal|Compatible|None)$/.test(found.decodeText());
  const veils = [mode, mask].filter((each) => each !== undefined);
  return {
    ...state,
    fill: { ...state.fill, alpha: numberIn(look, 'ca', state.fill.alpha) },
    stroke: { ...state.stroke, alpha: numberIn(look, 'CA', state.stroke.alpha) },
    width: numberIn(look, 'LW', state.width),
    veiled: veils.length === 0 ? state.veiled : !veils.every(plain),
  };
}

/** pt of ink that a frame may take unseen: Chromium sets glyphs at whole px (0.75 pt), so the last may stand out by half. */
const CUT = 0.5;

function markOf([tag = '', ...list]: readonly string[], resources: PDFDict | undefined, ofPage: boolean): Mark {
  let piece: number | undefined;
  let instead: Mark['instead'];
  if (list[0]?.startsWith('/')) {
    const named = dictIn(dictIn(resources, 'Properties'), list[0].slice(1));
    const found = at(named, 'MCID');
    const text = at(named, 'ActualText');
    if (found instanceof PDFNumber) piece = found.asNumber();
    if (text instanceof PDFString || text instanceof PDFHexString) instead = { text: text.decodeText() };
  } else {
    const number = Number(list[list.indexOf('/MCID') + 1]);
    if (list.includes('/MCID') && Number.isInteger(number)) piece = number;
    const text = list.includes('/ActualText') ? list[list.indexOf('/ActualText') + 1] : undefined;
    if (text !== undefined) instead = { text: decodeText(bytesOf(text)) };
  }
  return {
    spoken: tag === '/Artifact' ? 'artifact' : piece !== undefined ? 'tagged' : undefined,
    // The numbers of a drawing's own pieces are not the page's.
    piece: ofPage ? piece : undefined,
    instead,
  };
}

/** A text string, a byte to a character: UTF-16 behind its mark, else one byte a character. */
const decodeText = (bytes: string): string =>
  bytes.startsWith('\u00FE\u00FF')
    ? Buffer.from(bytes.slice(2, bytes.length - (bytes.length % 2)), 'latin1')
        .swap16()
        .toString('utf16le')
    : bytes;
