// One fault put into a book, and exactly what lint finds then: rule and place, and nothing else. The book is one of the
// tests' own: what a clerk confirms in the shipped one changes nothing here.
import { expect, test } from 'vitest';
import { type Content, read } from '../src/content/read.js';
import type { Diagnostic } from '../src/core/diagnostic.js';
import { loadFolder } from '../src/core/program-files.js';
import type { Source } from '../src/core/source.js';
import type { Rule } from '../src/lint/rule.js';
import { lintAround } from './book-lint.js';
import { TABLE } from './seeds/shipped.js';

const content = read('book', import.meta.dirname);
const rules = await loadFolder<Rule>('lint/rules');

/** Every finding but 待確認, as 「rule → the text it points at」. */
const lint = lintAround(content, rules);
const findings = (changed: Content): string[] =>
  lint(changed)
    .filter(({ rule }) => rule !== 'unconfirmed')
    .map(({ rule, span }: Diagnostic) => `${rule} → ${span.source.text.slice(span.start, span.end).split('\n')[0]}`);

function seeded(file: string, from: string, to: string): Content {
  let hits = 0;
  const renew = (source: Source): Source => {
    if (source.path !== `book/${file}`) return source;
    hits += source.text.split(from).length - 1;
    return { ...source, text: source.text.replace(from, () => to) };
  };
  const { office, book } = content;
  const changed = {
    ...content,
    ...(office ? { office: renew(office) } : {}),
    ...(book ? { book: renew(book) } : {}),
    services: content.services.map(renew),
    chapters: content.chapters.map(renew),
  };
  expect(hits, `${file} has 「${from}」 once`).toBe(1);
  return changed;
}

test.each(TABLE)('%s: 「%s」 → 「%s」', (file, from, to, ...expected) => {
  expect(findings(seeded(file, from, to)).sort()).toEqual(expected.filter((each) => each !== '').sort());
});
test('there are at least sixty, of as many kinds as there are rules to seed', () => {
  expect(TABLE.length).toBeGreaterThanOrEqual(60);
  const kinds = new Set(TABLE.flatMap(([, , , ...found]) => found.map((each) => each.split(' ')[0])));
  expect(kinds.size).toBeGreaterThanOrEqual(55);
});
