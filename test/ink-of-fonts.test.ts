// Where a TrueType font in a PDF has its ink, as its own tables tell it.
import { PDFContext } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { type Font, readFont, readMap, SQUARE } from '../src/pdf/fonts.js';

/** Two glyphs: the first has no outline, the second one from (100, -200) to (600, 700) of 1000 units. */
function fontFile({ long = true, without = '' } = {}): Uint8Array {
  const head = Buffer.alloc(54);
  head.writeUInt16BE(1000, 18);
  head.writeInt16BE(long ? 1 : 0, 50);
  const loca = Buffer.alloc(long ? 12 : 6);
  for (const [i, at] of [0, 0, 12].entries()) long ? loca.writeUInt32BE(at, 4 * i) : loca.writeUInt16BE(at / 2, 2 * i);
  const glyf = Buffer.alloc(12);
  for (const [i, n] of [1, 100, -200, 600, 700].entries()) glyf.writeInt16BE(n, 2 * i);
  const tables = Object.entries({ head, loca, glyf }).filter(([name]) => name !== without);
  const file = [Buffer.alloc(12 + 16 * tables.length)];
  file[0]?.writeUInt16BE(tables.length, 4);
  let at = file[0]?.length ?? 0;
  for (const [i, [name, bytes]] of tables.entries()) {
    file[0]?.write(name, 12 + 16 * i, 'latin1');
    file[0]?.writeUInt32BE(at, 12 + 16 * i + 8);
    file.push(bytes);
    at += bytes.length;
  }
  return Buffer.concat(file);
}

function fontOf(file: Uint8Array | undefined, map?: Uint8Array): Font {
  const context = PDFContext.create();
  const stream = (bytes: Uint8Array) => context.register(context.flateStream(bytes));
  const font = context.obj({
    Type: 'Font',
    Subtype: 'CIDFontType2',
    DW: 500,
    FontDescriptor: file ? { FontFile2: stream(file) } : {},
    ...(map ? { CIDToGIDMap: stream(map) } : {}),
  });
  return readFont(context.obj({ Type: 'Font', Subtype: 'Type0', DescendantFonts: [font] }), () => undefined);
}

test.each<[string, string[]]>([
  ['<01> <02> <0061>', ['a', 'b']],
  ['<01> <02> <00660069>', ['fi', 'fj']],
  ['<01> <02> <D840DC00>', ['\u{20000}', '\u{20001}']],
  ['<01> <02> [<0078> <00790079>]', ['x', 'yy']],
])('a range of codes is told character by character: %s', (range, texts) => {
  expect([...readMap(`1 beginbfrange\n${range}\nendbfrange`)]).toEqual(texts.map((text, i) => [i + 1, text]));
});

const ALL = [0, SQUARE[1], 0.5, SQUARE[3]];
test.each<[string, Font, number, readonly number[] | undefined]>([
  ['is that of its outline', fontOf(fontFile()), 1, [0.1, -0.2, 0.6, 0.7]],
  ['is that of its outline, found by half its place', fontOf(fontFile({ long: false })), 1, [0.1, -0.2, 0.6, 0.7]],
  [
    'is that of the glyph that a code stands for',
    fontOf(fontFile(), Uint8Array.of(0, 0, 0, 0, 0, 1)),
    2,
    [0.1, -0.2, 0.6, 0.7],
  ],
  ['is none where a glyph has no outline', fontOf(fontFile(), Uint8Array.of(0, 0, 0, 0, 0, 1)), 1, undefined],
  ['may be anywhere in the em where the font has no such glyph', fontOf(fontFile()), 9, SQUARE],
  // Nothing is taken to be blank that could be read on paper.
  ['may be anywhere in its width in a file that cannot be read', fontOf(Uint8Array.of(1, 2, 3)), 1, ALL],
  ['may be anywhere without the sizes', fontOf(fontFile({ without: 'head' })), 1, ALL],
  ['may be anywhere without the places', fontOf(fontFile({ without: 'loca' })), 1, ALL],
  ['may be anywhere without the outlines', fontOf(fontFile({ without: 'glyf' })), 1, ALL],
  ['may be anywhere in a font that is not in the file', fontOf(undefined), 1, ALL],
])('%s', (_, font, code, ink) => expect(font.drawn(code).ink).toEqual(ink));
