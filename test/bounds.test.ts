// How much a text may hold: what lies just within a bound is read, what lies just beyond it is told where it stands.
import { describe, expect, test } from 'vitest';
import { breachOfProse, figure, LONGEST_LINE, LONGEST_PROSE } from '../src/content/bounds.js';

/** Where the first breach begins, and the figures that are told of it. */
const told = (text: string, from?: number) => {
  const breach = breachOfProse(text, from);
  return breach && { at: breach.start, figures: [...breach.message.en.matchAll(/[\d,]*\d/g)].map(([n]) => n) };
};

test('figures have commas from thousands on', () => {
  expect([0, 999, 1000, 36_500, 1_000_000].map(figure)).toEqual(['0', '999', '1,000', '36,500', '1,000,000']);
});

test('a text, from where it begins', () => {
  const line = `${'甲'.repeat(99)}\n`;
  const whole = line.repeat(LONGEST_PROSE / 100);
  expect(told(whole)).toBeUndefined();
  expect(told(`${whole}乙`)).toEqual({ at: 0, figures: ['50,001', '50,000'] });
  expect(told(`前言${whole}`, 2)).toBeUndefined();
  expect(told(`前言${whole}乙`, 2)).toMatchObject({ at: 2 });
});
test('a line', () => {
  expect(told(`甲\n${'乙'.repeat(LONGEST_LINE)}\n`)).toBeUndefined();
  expect(told(`甲\n${'乙'.repeat(LONGEST_LINE + 1)}\n`)).toMatchObject({ figures: ['5,001', '5,000'] });
});

test('headings, and lines below texts that make headings of them', () => {
  const headed = (n: number) => '# 甲\n'.repeat(n);
  expect(told(headed(3000))).toBeUndefined();
  expect(told(headed(3001))).toEqual({ at: 3000 * '# 甲\n'.length, figures: ['3,000'] });
  // A sign at the end of a line is none of a heading.
  expect(told('甲 #\n\n'.repeat(3001))).toBeUndefined();
  const ruled = (n: number) => '甲\n---\n\n'.repeat(n);
  expect(told(ruled(200))).toBeUndefined();
  expect(told(ruled(201))).toEqual({ at: 200 * '甲\n---\n\n'.length + 2, figures: ['200'] });
});

describe('what stands before the text of a line', () => {
  test.each([
    ['> ', 8],
    ['- ', 8],
    ['* ', 8],
    ['+ ', 8],
    ['1. ', 8],
    ['12) ', 8],
  ])('up to eight of %j', (sign, most) => {
    expect(told(`${sign.repeat(most)}甲\n`)).toBeUndefined();
    const column = String(sign.length * (most + 1));
    expect(told(`甲\n\n${sign.repeat(most + 1)}甲\n`)).toEqual({
      at: 3 + sign.length * (most + 1),
      figures: ['9', column, '8', '60'],
    });
  });
  test('is no sign where no blank follows', () => {
    for (const text of [
      '-'.repeat(9),
      '+'.repeat(9),
      '1.'.repeat(9),
      '1234567890. '.repeat(9),
      '- - - - - - - - **甲**',
    ])
      expect(told(`${text}\n`), text).toBeUndefined();
    expect(told(`${'- '.repeat(8)}-\n`)).toBeDefined();
    expect(told('- - - - - - - - 1.\n')).toBeDefined();
    expect(told('- - - - - - - - 1.2\n')).toBeUndefined();
  });
  test.each([
    ['blanks', ' '.repeat(60), ' '.repeat(61), '61'],
    ['tabs, to the next fourth column', '\t'.repeat(15), `${'\t'.repeat(15)} `, '61'],
    ['blanks and tabs', ` \t${' '.repeat(56)}`, ` \t${' '.repeat(57)}`, '61'],
    ['signs and blanks', `>${' '.repeat(59)}`, `>${' '.repeat(60)}`, '61'],
  ])('%s up to the sixtieth column', (_, within, beyond, column) => {
    expect(told(`${within}甲*\n`)).toBeUndefined();
    const found = told(`${beyond}甲*\n`);
    expect(found?.at).toBe(beyond.length);
    expect(found?.figures[1]).toBe(column);
  });
  test('does not matter in a line without text, or in a fence', () => {
    expect(told(`甲*\n${' '.repeat(80)}\n乙`)).toBeUndefined();
    expect(told(`\`\`\`\n${' '.repeat(80)}甲\n\`\`\`\n`)).toBeUndefined();
    expect(told(`~~~~\n~~~\n${' '.repeat(80)}甲\n~~~~\n`)).toBeUndefined();
    // A fence is closed by as many marks alone.
    expect(told(`\`\`\`\n\`\`\`\n${' '.repeat(80)}甲\n`)).toMatchObject({ at: 88 });
    expect(told(`\`\`\`\n\`\`\` 甲\n${' '.repeat(80)}甲\n`)).toBeUndefined();
    expect(told(`\`\`\`\n${'> '.repeat(9)}甲\n`)).toBeDefined();
  });
});

describe('signs of one paragraph', () => {
  const some = (n: number, sign = '*') => `${sign}甲`.repeat(n);
  test('up to a thousand', () => {
    expect(told(some(1000))).toBeUndefined();
    expect(told(some(1001))).toEqual({ at: 0, figures: ['1,000', '1,000'] });
    for (const sign of '*_~[]<!&`@|\\') expect(told(`乙${some(1001, sign)}`), sign).toBeDefined();
    for (const sign of '#.-()') expect(told(`乙${some(1001, sign)}`), sign).toBeUndefined();
  });
  test('an empty line begins another, at which it is told', () => {
    expect(told(`${some(600)}\n\n${some(600)}`)).toBeUndefined();
    expect(told(`${some(600)}\n${some(600)}`)).toMatchObject({ at: 0 });
    expect(told(`甲\n \n${some(600)}\n${some(600)}`)).toMatchObject({ at: 4 });
    expect(told(`${some(600)}\n>\n${some(600)}`)).toMatchObject({ at: 0 });
  });
  test('of a fence count as little as those of a table', () => {
    expect(told(`\`\`\`\n${some(2000)}\n`)).toBeUndefined();
    expect(told(Array.from({ length: 20 }, () => `|${some(100)}|`).join('\n'))).toBeUndefined();
    expect(told(`|${some(100)}|\n`.repeat(20) + some(600))).toBeDefined();
  });
});

describe('headings, items and quotations', () => {
  test.each([
    ['- 甲\n', 3000],
    ['# 甲\n', 3000],
    ['1. 甲\n', 3000],
    ['> - 甲\n', 1500],
  ])('%j up to %i', (line, most) => {
    expect(told(line.repeat(most))).toBeUndefined();
    expect(told(line.repeat(most + 1))).toEqual({ at: line.length * most, figures: ['3,000'] });
  });
  test('lines that make a heading of the one before', () => {
    for (const line of ['===', '---', '=  ']) {
      expect(told(`甲\n${line}\n\n`.repeat(200)), line).toBeUndefined();
      expect(told(`甲\n${line}\n\n`.repeat(201)), line).toEqual({ at: 200 * (4 + line.length) + 2, figures: ['200'] });
    }
    expect(told('甲\n=-=\n\n'.repeat(250))).toBeUndefined();
  });
  test('a sign within a line is none', () => {
    expect(told('甲 # 乙#\n\n'.repeat(3001))).toBeUndefined();
  });
});
