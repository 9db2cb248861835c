import { expect, test } from 'vitest';
import { parse } from '../../src/content/parse.js';
import rule from '../../src/lint/rules/national-id.js';
import { contentOf, SERVICE } from '../office.js';

const found = (text: string): number => {
  let count = 0;
  rule.check(parse(contentOf({ 'services/a.yaml': `${SERVICE}摘要: ${text}\n` })), () => {
    count += 1;
  });
  return count;
};

test('numbers of citizens and of residents are found by their check digit', () => {
  for (const valid of ['A123456789', 'F131104093', 'A800000014']) expect(found(`字號 ${valid} 號`)).toBe(1);
  for (const invalid of ['A123456780', 'A323456789', 'XA123456789', 'A1234567890', 'a123456789'])
    expect(found(`字號 ${invalid} 號`)).toBe(0);
});

test('of all last digits exactly one is valid, whatever the letter', () => {
  for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')
    expect(Array.from({ length: 10 }, (_, digit) => found(`${letter}12345678${digit}`)).reduce((a, b) => a + b)).toBe(
      1,
    );
});
