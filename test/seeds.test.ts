// Faults put into an office that declares nearly everything, and right sentences put there: the first are found at their
// place and nothing else is, of the second nothing is said and nothing is changed.
import { describe, expect, test } from 'vitest';
import { excerptsOf } from '../src/content/parse.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import type { Diagnostic } from '../src/core/diagnostic.js';
import { loadFolder } from '../src/core/program-files.js';
import { diagnose } from '../src/lint/engine.js';
import type { Rule } from '../src/lint/rule.js';
import { contentOf, FULL, withSentence } from './seeds/base.js';
import { PROSE } from './seeds/prose.js';
import { RECORDS } from './seeds/records.js';
import { RIGHT_SENTENCES } from './seeds/right.js';
import { RIGHT, TRANSLATIONS } from './seeds/translations.js';

const rules = await loadFolder<Rule>('lint/rules');
const judged = (files: Readonly<Record<string, string>>): Diagnostic[] =>
  diagnose(excerptsOf(contentOf(files), parseMarkdown), rules);
/** 「rule → the text it points at」. */
const told = (found: readonly Diagnostic[]): string[] =>
  found.map(({ rule, span }) => `${rule} → ${span.source.text.slice(span.start, span.end).split('\n')[0]}`).sort();

test('the office itself is in order', () => {
  expect(told(judged(FULL))).toEqual([]);
});

describe('prose against fields', () => {
  const cases = PROSE.map(([where, sentence, ...expected]) => ({ where, sentence, expected }));
  test.each(cases)('$where: $sentence', ({ where, sentence, expected }) => {
    const found = judged(withSentence(where, sentence));
    expect(told(found)).toEqual(expected.toSorted());
    // Both places are said: the finding stands at one, and names the other by file and line.
    const against = found.find(({ rule }) => rule.startsWith('prose-against'));
    expect(against?.message.zh).toMatch(/content\/\S+\.yaml 第 \d+ 行/);
    expect(against?.message.en).toMatch(/content\/\S+\.yaml, line \d+/);
  });
});

describe('records against themselves', () => {
  test.each(RECORDS)('%s: 「%s」 → 「%s」', (file, from, to, ...expected) => {
    const text = FULL[file] ?? '';
    expect(text.split(from)).toHaveLength(2);
    expect(told(judged({ ...FULL, [file]: text.replace(from, () => to) }))).toEqual(expected.toSorted());
  });
});

describe('translations against the Chinese', () => {
  const withTranslation = (zh: string, en: string) => ({
    ...FULL,
    'handbook.yaml': `${FULL['handbook.yaml']}副標題: {中文: ${JSON.stringify(zh)}, 英文: ${JSON.stringify(en)}}\n`,
  });
  test.each(TRANSLATIONS)('%s: %s', (zh, en, rule) => {
    expect(judged(withTranslation(zh, en)).map((each) => each.rule)).toEqual([rule]);
  });
  test.each(RIGHT)('%s is %s', (zh, en) => {
    expect(told(judged(withTranslation(zh, en)))).toEqual([]);
  });
});

describe('right sentences', () => {
  test('there are three hundred, none twice', () => {
    expect(new Set(RIGHT_SENTENCES).size).toBe(RIGHT_SENTENCES.length);
    expect(RIGHT_SENTENCES.length).toBeGreaterThanOrEqual(300);
  });
  test.each(['permit', 'chapter'] as const)('are left alone where they stand in: %s', (where) => {
    const files = { ...FULL };
    const lines = RIGHT_SENTENCES.map((each) => (where === 'chapter' ? `\n${each}\n` : `  ${each}\n`)).join('\n');
    const path = where === 'chapter' ? 'chapters/10-desk.md' : `services/${where}.yaml`;
    files[path] += where === 'chapter' ? lines : `注意事項: |\n${lines}`;
    const found = judged(files);
    expect(told(found)).toEqual([]);
    expect(found.filter(({ fix }) => fix)).toEqual([]);
  });
});

test('more than two hundred and forty faults are seeded in all', async () => {
  const { TABLE } = await import('./seeds/shipped.js');
  expect(PROSE.length).toBeGreaterThanOrEqual(60);
  expect(TRANSLATIONS.length).toBeGreaterThanOrEqual(30);
  expect(TABLE.length + PROSE.length + RECORDS.length + TRANSLATIONS.length).toBeGreaterThanOrEqual(240);
});
