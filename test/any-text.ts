// Any text, for what is to hold of all: in YAML, in Markdown and in the languages of times and fees, signs that mean
// something come thick and in the wrong places.
import fc from 'fast-check';
import { expect } from 'vitest';
import { KEYS } from '../src/content/keys.js';
import type { Fault } from '../src/core/diagnostic.js';
import { placeOf } from '../src/core/source.js';

/** The same texts each time, and a text that fails is told as it is: making a large one small takes minutes. */
export const runs = (numRuns: number): { seed: number; numRuns: number; endOnFailure: true } => ({
  seed: 20261127,
  numRuns,
  endOnFailure: true,
});
/** CPU seconds for one text; most take a hundredth. */
const LIMIT = 5;

/** The work done, if it did not take long. */
export function soon<T>(work: () => T): T {
  const before = process.cpuUsage();
  try {
    return work();
  } finally {
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(LIMIT);
  }
}

/** Every finding has a place inside its file, and its sentences in both languages. */
export function expectSound(findings: readonly Fault[]): void {
  for (const { span, message, hint } of findings) {
    expect(span.start >= 0 && span.start <= span.end && span.end <= span.source.text.length).toBe(true);
    expect(placeOf(span.source, span.start).line).toBeGreaterThan(0);
    expect(message.zh && message.en).toBeTruthy();
    if (hint) expect(hint.zh && hint.en).toBeTruthy();
  }
}

const SIGNS = [
  ...'-:#?!&*[]{}|>\'"%@`,._~()<>\\/+=$^;',
  ...'：，、。（）「」『』→？！；',
  ...[
    '\n',
    '\n  ',
    '\n- ',
    '\n  - ',
    ' ',
    '\t',
    '\r\n',
    '\u3000',
    '---\n',
    '...',
    '\u0001',
    '\uFEFF',
    '\uFDD0',
    '\uD800',
    '\u202E',
  ],
  ...[
    '**',
    '](',
    '![',
    '<!--',
    '-->',
    '<a ',
    '```',
    '| - ',
    '# ',
    '## ',
    '1. ',
    '> ',
    '[^a]: ',
    'http://',
    'www.',
    'a@b.c',
    '&amp;',
  ],
  ...[
    '待確認',
    '無',
    '免費',
    '每份',
    '元',
    '日',
    '工作日',
    '第',
    '條',
    '分之',
    '千',
    '萬',
    '億',
    '起',
    '份',
    '目標',
    '次',
    '半',
    '至',
    '自',
    '申請人',
    '書記官',
    '結束',
    '回到',
  ],
  ...[
    '0',
    '1',
    '9',
    '９',
    '999999999999',
    '1e9',
    '0x1F',
    'NaN',
    '-1',
    '.5',
    '1,000',
    '一',
    '十',
    '○',
    'end',
    '__proto__',
    'constructor',
    'toString',
    'null',
    '~',
    'true',
  ],
];
const sign = fc.constantFrom(...SIGNS);
export const words = fc
  .array(fc.oneof(sign, fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 30 })
  .map((all) => all.join(''));
/** A few signs, over and over: what readers that try again and again take too long over. */
const repeated = fc
  .tuple(fc.array(sign, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 20_000 }), words)
  .map(([some, times, last]) => some.join('').repeat(Math.min(times, Math.ceil(60_000 / some.join('').length))) + last);
export const written = fc.oneof({ weight: 3, arbitrary: words }, { weight: 1, arbitrary: repeated });

const names = Object.entries(KEYS).flatMap(([key, spellings]) => [key, ...spellings]);
const key = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: words });
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    words,
    fc.array(tie('tree'), { maxLength: 5 }),
    fc.array(fc.tuple(key, tie('tree')), { maxLength: 6 }).map((pairs) => new Map(pairs as [string, unknown][])),
  ),
}));
/** As YAML in one line; texts are quoted, so that each reaches the reader of its field. */
const yaml = (value: unknown): string =>
  value instanceof Map
    ? `{${[...value].map(([name, each]) => `${JSON.stringify(name)}: ${yaml(each)}`).join(', ')}}`
    : Array.isArray(value)
      ? `[${value.map(yaml).join(', ')}]`
      : JSON.stringify(value);
/** Known keys with any values: these reach the readers of the fields. */
export const record = fc
  .array(fc.tuple(fc.constantFrom(...names), tree), { maxLength: 8 })
  .map((fields) => fields.map(([name, value]) => `${name}: ${yaml(value)}\n`).join(''));
