import { expect, test } from 'vitest';
import { excerptsOf } from '../../src/content/parse.js';
import { diagnose } from '../../src/lint/engine.js';
import type { Rule } from '../../src/lint/rule.js';
import dayWord from '../../src/lint/rules/mixed-day-word.js';
import deadlineTerm from '../../src/lint/rules/mixed-deadline-term.js';
import { contentOf, SERVICE } from '../office.js';

const rules = new Map<string, Rule>([
  ['mixed-day-word', dayWord],
  ['mixed-deadline-term', deadlineTerm],
]);
/** What is found in services of these texts, each with what it should be. */
const found = (...texts: string[]): string[] =>
  diagnose(excerptsOf(contentOf(Object.fromEntries(texts.map((text, i) => [`services/s${i}.yaml`, text])))), rules).map(
    ({ span, message }) => {
      const written = span.source.text.slice(span.start, span.end);
      return `${written}→${/多?寫「([^」]+)」，應/.exec(message.zh)?.[1]}`;
    },
  );
const summary = (text: string): string => `${SERVICE}摘要: ${text}\n`;

test('天 is a finding only beside 日', () => {
  expect(found(summary('3天內補正，5 日內辦畢'))).toEqual(['天→日']);
  expect(found(summary('三天內補正，五日內辦畢'))).toEqual(['天→日']);
  expect(found(summary('3天內補正，5 天內辦畢'))).toEqual([]);
  expect(found(summary('每天受理，第 2 天起，天數另計，5 日內辦畢'))).toEqual([]);
  expect(found(summary('3天內補正，11月23日起'))).toEqual([]);
});
test('and 日 may stand in another file', () => {
  expect(found(summary('3天內補正'), summary('5 日內辦畢'))).toEqual(['天→日']);
});
test('工作天 and 工作日 are another pair', () => {
  expect(found(summary('5 工作天'))).toEqual(['工作天→工作日']);
  expect(found(`${SERVICE.replace('3 工作日', '3 日')}摘要: 5 個工作天\n`)).toEqual([]);
});
test('of the names of a deadline the one used most stays, whatever file it stands in', () => {
  expect(found(summary('處理期限自收件起算，處理期限得延長，辦理期限另計。'))).toEqual(['辦理期限→處理期限']);
  expect(found(summary('處理期限自收件起算'), summary('辦理期限得延長，辦理期限另計'))).toEqual(['處理期限→辦理期限']);
});
