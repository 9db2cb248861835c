// The shipped book under its own lint: clean but for 待確認, and not one declaration can go missing unseen.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { read } from '../src/content/read.js';
import { loadFolder } from '../src/core/program-files.js';
import { placeOf } from '../src/core/source.js';
import type { Rule } from '../src/lint/rule.js';
import { lintAround } from './book-lint.js';

const content = read('content', join(import.meta.dirname, '..'));
const rules = await loadFolder<Rule>('lint/rules');
const lint = lintAround(content, rules);
const found = (services: typeof content.services) =>
  lint({ ...content, services }).filter(({ rule }) => rule !== 'unconfirmed');

test('the shipped book has no fault', () => {
  expect(content.services.length).toBeGreaterThanOrEqual(16);
  expect(content.services.filter(({ path }) => path.endsWith('.md')).length).toBeGreaterThanOrEqual(4);
  expect(found(content.services)).toEqual([]);
});

const DECLARED = {
  應備證件: 'documents-declared',
  規費: 'fee-declared',
  辦理時限: 'deadline-declared',
  審核權責: 'authority-declared',
} as const;
/** A service without one of its keys, whether it stands in YAML or under a heading. */
const without = (text: string, key: string): string =>
  text
    .replace(new RegExp(`^${key}:.*\\n(^(?: |-).*\\n|^\\n(?= ))*`, 'm'), '')
    .replace(new RegExp(`^## ${key}\\n[\\s\\S]*?(?=^## |(?![\\s\\S]))`, 'm'), '');

test.each(
  content.services.flatMap(({ path }) => Object.entries(DECLARED).map(([key, rule]) => [path, key, rule] as const)),
)('%s without %s', (path, key, rule) => {
  const broken = content.services.map((service) =>
    service.path === path ? { ...service, text: without(service.text, key) } : service,
  );
  const source = broken.find((service) => service.path === path);
  expect(source?.text).not.toBe(content.services.find((service) => service.path === path)?.text);
  // Its worked examples, which then come to another answer, are tested by themselves.
  const errors = found(broken).filter(
    ({ severity, rule: each }) => severity === 'error' && !each.startsWith('example-'),
  );
  expect(errors.map((each) => each.rule)).toEqual([rule]);
  // It points at the name of the service: the first line, or the title of the page.
  const [error] = errors;
  if (!error || !source) throw new Error('no error');
  const { line } = placeOf(source, error.span.start);
  expect(source.text.split('\n')[line - 1]).toMatch(/^(名稱|編號|# |---)/);
});
