import { expect, test } from 'vitest';
import { excerptsOf } from '../../src/content/parse.js';
import { diagnose } from '../../src/lint/engine.js';
import { withSteps } from '../../src/lint/example-records.js';
import type { Rule } from '../../src/lint/rule.js';
import far from '../../src/lint/rules/far-too-many-steps.js';
import many from '../../src/lint/rules/too-many-steps.js';
import { contentOf } from '../office.js';

const rules = new Map<string, Rule>([
  ['too-many-steps', many],
  ['far-too-many-steps', far],
]);
const found = (steps: string): string[] =>
  diagnose(excerptsOf(contentOf({ 'services/a.yaml': withSteps(steps) })), rules).map(
    ({ rule, message }) => `${rule}: ${/有(\d+步)，應在 \d+ 步/.exec(message.zh)?.[0]}`,
  );
const steps = (count: number): string => `${'  - 審核\n'.repeat(count - 1)}  - 結束: 通知申請人\n`;

test.each([
  [30, []],
  [31, ['too-many-steps: 有31步，應在 30 步']],
  [50, ['too-many-steps: 有50步，應在 30 步']],
  [51, ['far-too-many-steps: 有51步，應在 50 步']],
])('of %d steps one rule speaks at the most', (count, expected) => {
  expect(found(steps(count))).toEqual(expected);
});
test('where parallel ways part and meet is no step', () => {
  expect(found(`  - 並行: [[甲], [乙]]\n${steps(28)}`)).toEqual([]);
  expect(found(`  - 並行: [[甲], [乙]]\n${steps(29)}`)).toEqual(['too-many-steps: 有31步，應在 30 步']);
});
