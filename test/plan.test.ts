// Which sheets of a build are printed: of two files that a disk may take for one, one is.
import { expect, test } from 'vitest';
import { plan } from '../src/build/plan.js';
import { UserError } from '../src/core/terminal.js';
import type { Sheet } from '../src/document/sheet.js';

const text = (file: string): Sheet => ({ kind: 'text', file, text: '' });
const planned = (files: readonly string[], inPart = (_: string) => true, undrawn: readonly string[] = []) => {
  const { wanted, refused } = plan([{ output: 'notices', sheets: files.map(text) }], {
    outputs: new Map([['notices', {}]]),
    inPart,
    holds: { services: new Set(), of: () => [] },
    undrawn: new Map(undrawn.map((id) => [id, { zh: `${id} 畫不出來`, en: `${id} cannot be drawn` }])),
    forms: undefined,
  });
  return {
    printed: wanted.map(({ sheet }) => sheet.file),
    left: refused.map(({ file, why, because }) => ({ file, why, because: because.en })),
  };
};

test('every sheet in its order', () => {
  expect(planned(['b.pdf', 'a.pdf'])).toEqual({ printed: ['b.pdf', 'a.pdf'], left: [] });
});
test('of names that differ in their letters’ size alone, the small one, wherever it stands', () => {
  for (const files of [
    ['ABC.pdf', 'abc.pdf'],
    ['abc.pdf', 'ABC.pdf'],
  ]) {
    const { printed, left } = planned(files);
    expect(printed).toEqual(['abc.pdf']);
    expect(left).toEqual([
      expect.objectContaining({
        file: 'ABC.pdf',
        why: 'same-name',
        because: expect.stringContaining('many disks take'),
      }),
    ]);
  }
});
test('of one name, the first; of two ways to write é, one', () => {
  expect(planned(['a.pdf', 'a.pdf']).left.map(({ because }) => because)).toEqual([
    expect.stringContaining('another paper is named a.pdf as well'),
  ]);
  expect(planned(['caf\u00e9.pdf', 'cafe\u0301.pdf']).printed).toEqual(['caf\u00e9.pdf']);
});
test('of other parts of a shared build nothing, not even that it is left out', () => {
  expect(planned(['a.pdf', 'A.pdf'], (file) => file === 'A.pdf')).toEqual({ printed: ['A.pdf'], left: [] });
});
test('what speaks of a chart that cannot be drawn is left out, with why', () => {
  expect(planned(['a.pdf'], undefined, ['x', 'y'])).toEqual({
    printed: [],
    left: [{ file: 'a.pdf', why: 'chart', because: 'x cannot be drawn y cannot be drawn' }],
  });
});
test('what hangs on the wall is planned as such, and nothing else', () => {
  const { wanted } = plan(
    ['posters', 'notices', 'none'].map((output) => ({ output, sheets: [text(`${output}.pdf`)] })),
    {
      outputs: new Map<string, { wall?: true }>([
        ['posters', { wall: true }],
        ['notices', {}],
      ]),
      inPart: () => true,
      holds: { services: new Set(), of: () => [] },
      undrawn: new Map(),
      forms: undefined,
    },
  );
  expect(wanted.map(({ wall }) => wall)).toEqual([true, false, false]);
});
test('forms that cannot be read hold back the handbook alone', () => {
  const { wanted, refused } = plan(
    ['handbook', 'notices'].map((output) => ({ output, sheets: [text(`${output}.pdf`)] })),
    {
      outputs: new Map(),
      inPart: () => true,
      holds: { services: new Set(), of: () => [] },
      undrawn: new Map(),
      forms: { zh: '壞了', en: 'broken' },
    },
  );
  expect(wanted.map(({ output }) => output)).toEqual(['notices']);
  expect(refused).toEqual([
    { output: 'handbook', file: 'handbook.pdf', why: 'faults', because: { zh: '壞了', en: 'broken' } },
  ]);
});
test('an output that is refused as a whole, and what nobody knows, are told; a file of another part is not', () => {
  const unknown = [
    { service: 'a', name: '甲', file: 'posters/a.pdf' },
    { service: 'b', name: '乙', file: 'posters/b.pdf' },
    { service: 'c', name: '丙' },
  ];
  const say = { zh: '太長', en: 'too long' };
  const { refused } = plan([{ output: 'posters', sheets: [], refused: new UserError(say, 1), unknown }], {
    outputs: new Map(),
    inPart: (file) => file !== 'posters/b.pdf',
    holds: { services: new Set(), of: () => [] },
    undrawn: new Map(),
    forms: undefined,
  });
  expect(refused).toMatchObject([
    { output: 'posters', file: 'posters/a.pdf', service: 'a', why: 'unknown' },
    { output: 'posters', why: 'too-long', because: say },
  ]);
  expect(refused).toHaveLength(2);
});
