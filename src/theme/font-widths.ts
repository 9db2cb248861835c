// How wide characters are, so that texts can be measured without a browser.
import { compiledFile } from '../core/program-files.js';
import { tellShipped } from './fonts.js';

/** Every character before this one has a width of its own; most behind it are as wide as they are high. */
export const FULL_WIDTH_FROM = 0x2e80;

/**
 * How wide the characters before `FULL_WIDTH_FROM` are in the sans serif of the program, in thousandths of its size; 0xffff for
 * those it lacks. As it was compiled, else as the fonts say.
 */
export function shippedAdvances(): Uint16Array {
  const compiled = compiledFile('advances');
  if (!compiled) return advancesOfShipped();
  const advances = new Uint16Array(compiled.length / 2);
  for (let i = 0; i < advances.length; i += 1) advances[i] = compiled.readUInt16LE(2 * i);
  return advances;
}

/** The same. Reads the fonts. */
export function advancesOfShipped(): Uint16Array {
  const advances = new Uint16Array(FULL_WIDTH_FROM).fill(0xffff);
  tellShipped(
    (code, glyph, family, tables) => {
      if (code >= FULL_WIDTH_FROM || advances[code] !== 0xffff || !family.includes('Sans')) return;
      const [head, hhea, hmtx] = ['head', 'hhea', 'hmtx'].map((table) => tables.get(table) as Buffer) as [
        Buffer,
        Buffer,
        Buffer,
      ];
      // The last width is that of all glyphs behind it (OpenType, hmtx).
      const at = Math.min(glyph, hhea.readUInt16BE(34) - 1);
      advances[code] = Math.round((hmtx.readUInt16BE(4 * at) * 1000) / head.readUInt16BE(18));
    },
    ['cmap', 'maxp', 'head', 'hhea', 'hmtx'],
  );
  return advances;
}
