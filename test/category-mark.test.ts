// The colours and signs by which the services of a category are found on every paper.
import { describe, expect, test } from 'vitest';
import { trusted } from '../src/core/html.js';
import { CATEGORY_COLOURS, categoryMarkOf, categoryMarks, inColour } from '../src/document/category-mark.js';
import { contrast, differenceOf, lightnessOf, SEEN_BY } from './colours.js';
import { kitFor } from './outputs/kit.js';
import { CONTENT } from './outputs/sheets.js';

describe('the colours of categories', () => {
  test('are read on white, and white on them', () => {
    for (const colour of CATEGORY_COLOURS) expect(contrast(colour, '#ffffff'), colour).toBeGreaterThanOrEqual(7);
  });
  test('are told apart by everyone, and are other greys', () => {
    for (const [i, one] of CATEGORY_COLOURS.entries())
      for (const other of CATEGORY_COLOURS.slice(0, i)) {
        for (const who of Object.keys(SEEN_BY))
          expect(differenceOf(one, other, who), `${one} and ${other} for ${who}`).toBeGreaterThan(15);
        expect(Math.abs(lightnessOf(one) - lightnessOf(other)), `${one} and ${other} in grey`).toBeGreaterThan(3);
      }
  });
});

describe('the marks of categories', () => {
  const named = (count: number) =>
    kitFor({
      ...CONTENT,
      'handbook.yaml': `${CONTENT['handbook.yaml']?.replace(/^服務類別:[\s\S]*?(?=^\S)/m, '')}服務類別:\n${Array.from({ length: count }, (_, i) => `  - {名稱: 第${i}類, 服務: [${i === 1 ? 'archives' : 'instalments'}]}\n`).join('')}`,
    });
  test('are a colour and a sign each; with more categories than colours no two have both', () => {
    const marks = categoryMarks(named(40)).map(({ colour, sign }) => `${colour} ${sign}`);
    expect(new Set(marks).size).toBe(40);
  });
  test('of an office that prints in black have no colour, and give none', () => {
    const black = { ...named(2), template: () => trusted(':root { --accent: #000000 }') };
    expect(categoryMarks(black).map(({ colour }) => colour)).toEqual([undefined, undefined]);
    expect(String(inColour(categoryMarks(black)[0]))).toBe('');
    expect(String(inColour(categoryMarks(named(2))[0]))).toBe(` style="--accent: ${CATEGORY_COLOURS[0]}"`);
  });
  test('are those of the category a service stands in', () => {
    expect(categoryMarkOf(named(3), { id: 'archives' })).toMatchObject({ name: '第1類', colour: CATEGORY_COLOURS[1] });
    expect(categoryMarkOf(named(3), { id: 'nobody' })).toBeUndefined();
  });
});
