import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { laidOut } from '../src/charts/lanes/lanes.js';
import { openMeasure } from '../src/charts/lanes/measure.js';
import type { Flow } from '../src/content/procedure.js';
import { faultsIn, flows, WORDS } from './lane-charts.js';

const measure = openMeasure();
const chartOf = (flow: Flow, width: number, height: number) =>
  laidOut(flow, WORDS, measure, { written: flow, clients: [], formsOf: () => '', width, height });
const wide = 4000;

describe('generated flows', () => {
  test('on one sheet', () => {
    fc.assert(
      fc.property(flows(50, 8), (flow) => {
        const sheets = chartOf(flow, wide, 1e6);
        expect(sheets).toHaveLength(1);
        expect(sheets?.flatMap((sheet) => faultsIn(sheet, measure))).toEqual([]);
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});
void join;
