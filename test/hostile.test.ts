// Properties of everything that reads content: whatever it holds, nothing is thrown, nothing ends in an error of the
// program, and nothing takes long.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mermaidOf } from '../src/charts/mermaid.js';
import { breachOfProse } from '../src/content/bounds.js';
import {
  addDurations,
  compareDurations,
  readCorrection,
  readDeadline,
  readDuration,
  readProlong,
  readStatutory,
} from '../src/content/duration.js';
import { readFee, readFeeLine } from '../src/content/fee.js';
import { amountOf, readMoney, readQuantity, readRate } from '../src/content/money.js';
import { parse } from '../src/content/parse.js';
import { ending, flowOf, longestWay, reached } from '../src/content/procedure.js';
import type { Duration } from '../src/content/schema/procedure.js';
import { known, Unreadable } from '../src/content/schema/schema.js';
import { parseMarkdown, proseHtml } from '../src/content/syntax/markdown.js';
import type { Source } from '../src/core/source.js';
import { expectSound, runs, soon, written } from './any-text.js';
import { contentOf } from './office.js';

const RUNS = runs(150);

/** The work done, or nothing where it was refused with a sentence. Anything else that is thrown is a fault of ours. */
function refusing<T>(work: () => T): T | undefined {
  return soon(() => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      expect(error.say.zh && error.say.en).toBeTruthy();
      return undefined;
    }
  });
}

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

/** Reads as lint and a build would, without a browser. */
function read(files: Record<string, string>): ReturnType<typeof parse> {
  const handbook = soon(() => parse(contentOf(files), parseMarkdown));
  expectSound(handbook.faults);
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
