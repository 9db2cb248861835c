// How wide a text will be, and where its lines end: measured without a browser, from the widths in the program's fonts.
import { eastAsianWidth } from 'get-east-asian-width';
import { plainOf, secondOf } from '../../core/language.js';
import { labelLines } from '../../document/line-breaking.js';
import { FULL_WIDTH_FROM, shippedAdvances } from '../../theme/font-widths.js';

/** Latin letters of the bold faces are wider; another font of an office may be, too. In parts of the width. */
const SPARE = 1.06;

const NO_LETTERS = /[^\p{Script=Latin}\p{Script=Thai}\p{M}]+/u;

export type Measure = {
  /** Width of a text in px, set in `size` px, each of its languages in a line of its own. Rounded up. */
  width(text: string, size: number): number;
  /** Width of the longest word that is written in letters, which no line should break; 0 where all is Chinese. */
  word(text: string, size: number): number;
  /** The lines of a text, none wider than `most` px where its words allow it. */
  lines(text: string, most: number, size: number): readonly string[];
};

/** Measures, and remembers what it measured. */
export function openMeasure(): Measure {
  const advances = shippedAdvances();
  const widths = new Map<string, number>();
  const known = new Map<string, readonly string[]>();
  /** In em. */
  const em = (line: string): number => {
    const before = widths.get(line);
    if (before !== undefined) return before;
    let width = 0;
    for (const sign of line) {
      const code = sign.codePointAt(0) ?? 0;
      const advance = code < FULL_WIDTH_FROM ? (advances[code] ?? 0xffff) : 0xffff;
      width += advance === 0xffff ? (eastAsianWidth(code, { ambiguousAsWide: true }) * 1000) / 2 : advance * SPARE;
    }
    const rounded = Math.ceil(width) / 1000;
    widths.set(line, rounded);
    return rounded;
  };
  return {
    width: (text, size) => Math.ceil(Math.max(em(plainOf(text)), em(plainOf(secondOf(text)))) * size),
    word: (text, size) =>
      Math.ceil(Math.max(0, ...`${plainOf(text)} ${plainOf(secondOf(text))}`.split(NO_LETTERS).map(em)) * size),
    lines(text, most, size) {
      const key = `${most} ${size} ${text}`;
      const before = known.get(key);
      if (before) return before;
      const room = most / size;
      let found: readonly string[] = [];
      // Words are broken as if half-width signs were half an em, and most are a little wider.
      for (let wide = Math.ceil(room * 2) / 2; wide >= 1; wide -= 0.5) {
        found = labelLines(text, wide);
        if (found.every((line) => em(line) <= room)) break;
      }
      known.set(key, found);
      return found;
    },
  };
}
