// Reads fonts: for each code the text it stands for, how wide it is, and where its ink is.
import { PDFArray, type PDFDict, PDFNumber, type PDFObject, PDFRawStream, PDFStream } from '@cantoo/pdf-lib';
import { latin1, textOfStream, unpacked } from './content-stream.js';
import type { Box } from './geometry.js';
import { arrayAt, dictAt, dictOf, eachAt, listAt, nameAt, numberAt, numbersIn, valueAt } from './objects.js';

/** In em. `ink`: nothing for a blank; the em square where the font does not tell. */
export type Drawn = { text: string; width: number; ink: Box | undefined; missing: boolean; isSpace: boolean };
export type Font = {
  bytes: 1 | 2;
  /** Written downwards. */
  vertical: boolean;
  drawn(code: number): Drawn;
};

/** As Noto's and every CJK font's em square, from the baseline. */
export const SQUARE: Box = [0, -0.12, 1, 0.88];

/** Told how much it takes to read something. Throws where that is too much. */
export type Spend = (work: number) => void;

export function readFont(dict: PDFDict, spend: Spend): Font {
  const composite = nameAt(dict, 'Subtype') === 'Type0';
  const font = (composite && dictOf(eachAt(dict, 'DescendantFonts')[0])) || dict;
  const vertical = composite && nameAt(dict, 'Encoding').endsWith('-V');
  const map = valueAt(dict, 'ToUnicode');
  const texts = map instanceof PDFStream ? readMap(textOfStream(map), spend) : new Map<number, string>();
  const widths = composite ? widthsOf(font, spend) : simpleWidths(font, spend);
  const ink = composite && nameAt(font, 'Subtype') === 'CIDFontType2' ? readInk(font, spend) : undefined;
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
function* blocksOf(map: string): Generator<{ kind: 'char' | 'range'; body: string }> {
  const begin = /beginbf(char|range)/g;
  for (let found = begin.exec(map); found; found = begin.exec(map)) {
    const end = map.indexOf('endbf', begin.lastIndex);
    if (end === -1) return;
    yield { kind: found[1] === 'char' ? 'char' : 'range', body: map.slice(begin.lastIndex, end) };
    begin.lastIndex = end;
  }
}

/** Code → text of a ToUnicode map; ISO 32000, 9.10.3. */
export function readMap(map: string, spend: Spend = () => {}): Map<number, string> {
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
  const items = listAt(font, 'W').map((each) => font.context.lookup(each));
  const number = (found: PDFObject | undefined): number => (found instanceof PDFNumber ? found.asNumber() : 0);
  let left = MOST_CODES;
  spend(items.length);
  for (let i = 0; i < items.length; ) {
    const first = number(items[i]);
    const next = items[i + 1];
    if (next instanceof PDFArray) {
      for (const [k, width] of numbersIn(next).entries()) widths.set(first + k, width);
      i += 2;
    } else {
      for (let code = Math.max(0, first); code <= number(next) && code < 65536 && left > 0; code += 1, left -= 1)
        widths.set(code, number(items[i + 2]));
      i += 3;
    }
  }
  const usual = numberAt(font, 'DW') ?? 1000;
  return (code) => (widths.get(code) ?? usual) / 1000;
}

function simpleWidths(font: PDFDict, spend: Spend): (code: number) => number {
  const widths = numbersIn(arrayAt(font, 'Widths'));
  spend(widths.length);
  const first = numberAt(font, 'FirstChar') ?? 0;
  const missing = numberAt(dictAt(font, 'FontDescriptor'), 'MissingWidth') ?? (widths.length > 0 ? 0 : 500);
  const [scale = 0.001] = nameAt(font, 'Subtype') === 'Type3' ? numbersIn(arrayAt(font, 'FontMatrix')) : [];
  return (code) => (widths[code - first] ?? missing) * scale;
}

/** The ink of each glyph as its outline in the embedded TrueType font says; nothing when the font cannot be read. */
function readInk(font: PDFDict, spend: Spend): ((code: number) => Box | undefined) | undefined {
  const stream = valueAt(dictAt(font, 'FontDescriptor'), 'FontFile2');
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
    const names = valueAt(font, 'CIDToGIDMap');
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
