// Properties of everything that reads content: whatever it holds, nothing is thrown, nothing ends in an error of the
// program, and nothing takes long.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breachOfProse } from '../src/bounds.js';
import {
  addDurations,
  compareDurations,
  readCorrection,
  readDeadline,
  readDuration,
  readProlong,
  readStatutory,
} from '../src/duration.js';
import { amountOf, readFee, readFeeLine, readMoney, readQuantity, readRate } from '../src/fee.js';
import { ending, flowOf, longestWay, mermaidOf, reached } from '../src/flow.js';
import type { Duration } from '../src/model.js';
import { parse } from '../src/parse.js';
import { parseMarkdown, proseHtml } from '../src/prose.js';
import { known, Unreadable } from '../src/shape.js';
import { placeOf, type Source } from '../src/source.js';
import { contentOf } from './office.js';

const RUNS = { numRuns: 150 };
/** CPU seconds; most inputs take a hundredth. */
const LIMIT = 5;

/** The work done, or nothing where it was refused with a sentence. Anything else that is thrown is a fault of ours. */
function refusing<T>(work: () => T): T | undefined {
  const before = process.cpuUsage();
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    expect(error.say.zh && error.say.en).toBeTruthy();
    return undefined;
  } finally {
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(LIMIT);
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
const words = fc
  .array(fc.oneof(sign, fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 30 })
  .map((all) => all.join(''));
/** A few signs, over and over: what readers that try again and again take too long over. */
const repeated = fc
  .tuple(fc.array(sign, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 20_000 }), words)
  .map(([some, times, last]) => some.join('').repeat(Math.min(times, Math.ceil(60_000 / some.join('').length))) + last);
const written = fc.oneof({ weight: 3, arbitrary: words }, { weight: 1, arbitrary: repeated });

const SPAN = { source: { path: 'a.yaml', text: '' } as Source, start: 0, end: 0 };

describe('one line of a domain language', () => {
  test('of time is read or refused', () => {
    fc.assert(
      fc.property(written, (text) => {
        const read = refusing(() => readDuration(text));
        if (read) expect(read.most > 0 && Number.isFinite(read.most)).toBe(true);
        for (const reader of [readDeadline, readCorrection, readProlong, (each: string) => readStatutory(each, SPAN)])
          refusing(() => reader(text));
      }),
      RUNS,
    );
  });
  test('of money is read or refused', () => {
    fc.assert(
      fc.property(written, (text) => {
        expect(typeof amountOf(text)).toBe('number');
        for (const read of [
          refusing(() => readMoney(text))?.amount,
          refusing(() => readRate(text))?.share,
          refusing(() => readQuantity(text)),
        ])
          if (read !== undefined) expect(read >= 0 && Number.isFinite(read)).toBe(true);
        refusing(() => readFee(text, SPAN));
        refusing(() => readFeeLine(text, SPAN));
      }),
      RUNS,
    );
  });
  test('times that are compared answer the same the other way round', () => {
    const time = fc.record({
      most: fc.integer({ min: 1, max: 9_999 }),
      unit: fc.constantFrom('second', 'minute', 'hour', 'halfday', 'day', 'workday', 'week', 'month', 'year'),
      printed: fc.constant('x'),
    }) as fc.Arbitrary<Duration>;
    fc.assert(
      fc.property(time, time, (a, b) => {
        const [one, other] = [compareDurations(a, b), compareDurations(b, a)];
        expect(one === undefined ? undefined : 0 - one || 0).toBe(other === undefined ? undefined : other || 0);
        const sum = addDurations([a, b]);
        if (sum) expect(compareDurations(sum, a)).not.toBe(-1);
      }),
      RUNS,
    );
  });
});

/** Reads as lint and a build would, without a browser: no fault but has a place in its file, and both languages. */
function read(files: Record<string, string>): ReturnType<typeof parse> {
  const before = process.cpuUsage();
  const handbook = parse(contentOf(files), parseMarkdown);
  for (const { span, message } of handbook.faults) {
    expect(span.start >= 0 && span.start <= span.end && span.end <= span.source.text.length).toBe(true);
    expect(placeOf(span.source, span.start).line).toBeGreaterThan(0);
    expect(message.zh && message.en).toBeTruthy();
  }
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(LIMIT);
  return handbook;
}

test('a procedure of any steps becomes a chart, and its questions have answers', () => {
  const step = fc.constantFrom(
    '收件',
    '審查（書記官，3 日）',
    '{判斷: 齊備？, 分支: {是: 收件, 否: [補正]}}',
    '{判斷: 有無？, 分支: {有: 結束, 無: a}}',
    '{步驟: 甲, 編號: a, 接: b}',
    '{步驟: 乙, 編號: b, 接: a}',
    '{同時: [[甲, 乙], [丙]]}',
    '{結束: 領件}',
    '{開始: 提出}',
    '{}',
    '待確認',
    '{步驟: 甲, 判斷: 乙}',
    '{同時: [[{同時: [[甲], [{判斷: 乙？, 分支: {是: a}}]]}]]}',
    '{判斷: 空？, 分支: {}}',
    '{步驟: "a\\nb"}',
    '{接: 收件}',
  );
  const style = { direction: 'TB', numbered: true, boxWidth: 12, diamondWidth: 8, edgeWidth: 6 } as const;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const text = `名稱: 甲\n申請程序:\n${steps.map((each) => `  - ${each}\n`).join('')}`;
      const [service] = read({ 'services/a.yaml': text }).services;
      const flow = flowOf(known(service?.procedure) ?? []);
      const ids = new Set(flow.nodes.map(({ id }) => id));
      for (const { from, to } of flow.edges) expect(ids.has(from) && ids.has(to)).toBe(true);
      expect(reached(flow).size).toBeLessThanOrEqual(ids.size);
      expect(ending(flow).size).toBeLessThanOrEqual(ids.size);
      expect(longestWay(flow, () => 1).nodes.length).toBeLessThanOrEqual(ids.size);
      expect(mermaidOf(flow, style, { unconfirmed: '待確認', between: '・' })).toMatch(/^flowchart TB\n/);
    }),
    RUNS,
  );
}, 60_000);

test('Markdown within the bounds becomes HTML that loads nothing', () => {
  fc.assert(
    fc.property(written, (text) => {
      if (breachOfProse(text)) return;
      const html = String(refusing(() => proseHtml(text)));
      expect(html).not.toMatch(/<(script|img|iframe|style|link|object)\b/i);
    }),
    RUNS,
  );
}, 120_000);
