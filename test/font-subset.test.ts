// A font of an office prints what the shipped ones lack, as it is drawn there, and nothing else of it has a part in a print.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { FontOutlines, type FontTables, subsetOf, unfitIn } from '../src/theme/font-subset.js';
import { coverageOfShipped, fontOf, officeFonts } from '../src/theme/fonts.js';
import { readTemplates } from '../src/theme/templates.js';
import { fontWith } from './office-font.js';

const FONTS = join(import.meta.dirname, '../node_modules/@expo-google-fonts');
const LATIN = readFileSync(join(FONTS, 'noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf'));
const folder = mkdtempSync(join(tmpdir(), 'servicebook-subset-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function tablesOf(font: Buffer): Map<string, Buffer> {
  const tables = new Map<string, Buffer>();
  for (let i = 0; i < font.readUInt16BE(4); i += 1) {
    const at = 12 + 16 * i;
    const from = font.readUInt32BE(at + 8);
    tables.set(font.toString('latin1', at, at + 4), font.subarray(from, from + font.readUInt32BE(at + 12)));
  }
  return tables;
}
/** The characters of a font with one table of format 12. */
function codesOf(font: Buffer): number[] {
  const cmap = tablesOf(font).get('cmap') ?? Buffer.alloc(0);
  return Array.from({ length: cmap.readUInt32BE(24) }, (_, i) => cmap.readUInt32BE(28 + 12 * i));
}
const KEPT = ['OS/2', 'cmap', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'name', 'post'];
const GLYPHS = (tablesOf(LATIN).get('maxp') as Buffer).readUInt16BE(4);

describe('a font with a few characters of another', () => {
  const whole = tablesOf(LATIN);
  test('draws each as it was drawn, and holds nothing that puts another in its place, moves it or bends it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.integer({ min: 0xe000, max: 0xf8ff }), fc.integer({ min: 1, max: GLYPHS - 1 })), {
          selector: ([code]) => code,
          minLength: 1,
          maxLength: 20,
        }),
        (pairs) => {
          const made = Buffer.from(subsetOf(whole, new Map(pairs)));
          const tables = tablesOf(made);
          expect([...tables.keys()]).toEqual(KEPT);
          const codes = pairs.map(([code]) => code).sort((a, b) => a - b);
          expect(codesOf(made)).toEqual(codes);
          const [before, after] = [new FontOutlines(whole), new FontOutlines(tables)];
          const ids = new Map(pairs);
          for (const [i, code] of codes.entries()) expect(after.glyph(i + 1)).toEqual(before.glyph(ids.get(code) ?? 0));
        },
      ),
      { numRuns: 100 },
    );
  });
  test('that is bent at any place is broken, or holds what was asked for and no more', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('glyf', 'loca', 'head', 'hhea', 'hmtx', 'maxp'),
        fc.nat(),
        fc.uint8Array({ minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: GLYPHS - 1 }),
        (name, place, bytes, id) => {
          const bent = Buffer.from(whole.get(name) ?? '');
          bent.set(bytes.subarray(0, bent.length), place % Math.max(1, bent.length - bytes.length));
          const tables: FontTables = new Map([...whole, [name, bent]]);
          try {
            new FontOutlines(tables);
            unfitIn(new FontOutlines(tables), id, false);
            const made = Buffer.from(subsetOf(tables, new Map([[0xe000, id]])));
            expect(codesOf(made)).toEqual([0xe000]);
            expect([...tablesOf(made).keys()]).toEqual(KEPT);
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
  test('is refused a glyph that is blank, or drawn over what stands beside it', () => {
    const outlines = new FontOutlines(whole);
    const [first] = [...Array(GLYPHS).keys()].filter((id) => outlines.glyph(id).contours.length > 0 && id > 0);
    const moved = (dx: number) =>
      ({
        em: outlines.em,
        glyph: (id: number) => {
          const { contours, advance } = outlines.glyph(id);
          return { advance, contours: contours.map((each) => each.map((point) => ({ ...point, x: point.x + dx }))) };
        },
      }) as FontOutlines;
    const upright = [...Array(GLYPHS).keys()].find((id) => unfitIn(outlines, id, false) === undefined) ?? first ?? 1;
    expect(unfitIn(moved(0), upright, false)).toBeUndefined();
    expect(unfitIn(moved(-outlines.em * 2), upright, false)).toBe('outside');
    expect(unfitIn(moved(outlines.em * 2), upright, false)).toBe('outside');
    const blank = { em: 1000, glyph: () => ({ contours: [], advance: 1000 }) } as unknown as FontOutlines;
    expect(unfitIn(blank, 1, false)).toBe('blank');
    expect(unfitIn(outlines, GLYPHS + 9, false)).toBe('broken');
  });
});

describe('a font in fonts/ that draws figures, letters and common characters too', () => {
  const shipped = coverageOfShipped();
  const has = (code: number): boolean => (((shipped[code >> 3] ?? 0) >> (code & 7)) & 1) === 1;
  const codes = [...'0123456789ABC元角千百月，']
    .map((each) => each.codePointAt(0) ?? 0)
    .concat(0xe000, 0xe001, 0x20bb7);
  const file = join(folder, 'own.ttf');
  writeFileSync(file, fontWith(codes, 'OfficeKai'));
  const content = (text: string) => ({
    services: [{ path: 'services/a.yaml', text }],
    fonts: [{ path: 'fonts/own.ttf', name: 'own.ttf', file, size: 1, mtimeMs: 1 }],
  });
  test('prints none of them, whatever is written', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...codes), { maxLength: 30 }), (written) => {
        const text = `名稱: "${String.fromCodePoint(...written, 0x30)}"`;
        const { faces, faults } = officeFonts(content(text));
        const printed = faces.flatMap(({ characters }) => characters ?? []);
        expect(faults).toEqual([]);
        expect(printed.filter(has)).toEqual([]);
        expect(printed).toEqual([...new Set(written)].filter((code) => !has(code)).sort((a, b) => a - b));
        expect(faces.every(({ characters }) => characters !== undefined)).toBe(true);
      }),
      { numRuns: 12 },
    );
  });
  test('gives a page the characters it is wanted for alone', async () => {
    const { faces } = officeFonts(content('名稱: "5 元\\uE000"'));
    const [face] = faces;
    expect(faces).toHaveLength(1);
    expect(face && codesOf(Buffer.from(await fontOf(face)))).toEqual([0xe000]);
  });
  test('is no font to set a text in, whatever it is called', async () => {
    const style = (text: string) => ({ name: 'base.css', source: { path: 'content/templates/base.css', text } });
    const { faults } = await readTemplates(false, {
      ...content('名稱: 甲'),
      templates: [style('.fee { font-family: OfficeKai } dd { font: 12pt/1.5 "OfficeKai", serif }')],
    });
    expect(faults.map(({ rule, message }) => `${rule} ${message.zh}`)).toEqual([
      expect.stringMatching(/^template-override .*OfficeKai.*fonts\//),
      expect.stringMatching(/^template-override .*OfficeKai.*fonts\//),
    ]);
    expect(faults[0]?.message.en).toContain('prints only what the shipped fonts lack');
  });
});
