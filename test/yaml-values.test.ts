// Where the texts of a YAML file stand: to the character, below which keys, and the same whoever reads the file.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { yamlValues } from '../src/content/syntax/yaml-values.js';
import { record, runs, soon, written } from './any-text.js';

const source = (text: string) => ({ path: 'a.yaml', text });
/** Each text with the keys above it: 「a.b: text」. */
const values = (text: string, start?: number, end?: number): string[] =>
  yamlValues(source(text), start, end).map((each) => `${each.keys.join('.')}: ${text.slice(each.start, each.end)}`);

const TEXT = `甲: 一 # 註
乙: "二 # 不是註"
丙: '三'
丁: [四, {戊: 五, 己: "六"}]
庚:
  - 七
  - 辛: 八
    壬: |
      九
      # 十
    癸: >-
      末
"子": 一
  二
丑:
`;
const VALUES = [
  '甲: 一',
  '乙: 二 # 不是註',
  '丙: 三',
  '丁: 四',
  '丁.戊: 五',
  '丁.己: 六',
  '庚: 七',
  '庚.辛: 八',
  '庚.壬:       九\n      # 十\n',
  '庚.癸:       末\n',
  '子: 一\n  二',
];

test('of a file that is well written', () => {
  expect(values(TEXT).filter((each) => !each.endsWith(': '))).toEqual(VALUES);
});
test.each([
  ['an anchor', '寅: &a 三\n', '寅: 三'],
  ['a key twice', '甲: 三\n', '甲: 三'],
  ['a quotation that is not closed', '寅: "三', '寅: 三'],
  ['a bracket that is not closed', '寅: [三, 四', '寅: 三', '寅: 四'],
  ['a key that begins with a comma', ',寅: 三\n', ',寅: 三'],
  ['words that are no keys', '寅\n卯\n', ': 寅', ': 卯'],
])('of a file with %s, too', (_, more, ...last) => {
  expect(values(TEXT + more).filter((each) => !each.endsWith(': '))).toEqual([...VALUES, ...last]);
});
test('of a part of a file alone', () => {
  expect(values('---\n甲: 一\n---\n乙: 二\n', 4, 9)).toEqual(['甲: 一']);
  expect(values('---\n甲: &a 一\n---\n乙: 二\n', 4, 12)).toEqual(['甲: 一']);
});
test('both readers tell the same of known keys with any values', () => {
  fc.assert(
    fc.property(record, (text) => {
      // An anchor is nothing for the first of them.
      expect(values(`${text}寅: &a 三\n`).filter((each) => !each.endsWith(': '))).toEqual(
        values(`${text}寅: 三\n`).filter((each) => !each.endsWith(': ')),
      );
    }),
    runs(100),
  );
});
test('any text has its texts inside of it, in order', () => {
  fc.assert(
    fc.property(written, (text) => {
      let last = 0;
      for (const { start, end } of soon(() => yamlValues(source(text)))) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThanOrEqual(start);
        last = end;
      }
      expect(last).toBeLessThanOrEqual(text.length);
    }),
    runs(100),
  );
});
test.each(['[', 'a: '])('%j over and over takes no long time', (piece) => {
  soon(() => yamlValues(source(`甲: ${piece.repeat(100_000)}`)));
});
test('what is behind the longest line that may be is read no further, and what stands below it is', () => {
  const found = values(`甲: [${'一, '.repeat(300_000)}\n乙: 二\n`);
  expect(found.length).toBeLessThan(3000);
  expect(found.at(-1)).toContain('二');
});
