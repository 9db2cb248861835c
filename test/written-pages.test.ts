// The pages that the program writes of itself are what it says: keys, facts and papers, rules.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { factsPage } from '../src/build/facts-page.js';
import { keyTable } from '../src/content/scaffold.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { loadFolder } from '../src/core/program-files.js';
import type { Rule } from '../src/lint/rule.js';
import { hintsOf, rulesPage } from '../src/lint/rule-docs.js';

const textOf = (page: string): string => readFileSync(join(import.meta.dirname, '..', page), 'utf8');

describe('docs/keys.zh-TW.md', () => {
  test.each(['service', 'office', 'book'] as const)('lists every key of %s', (file) => {
    const table = new RegExp(`<!-- 項目表：${file} -->\\n([\\s\\S]*?)<!-- /項目表 -->`).exec(
      textOf('docs/keys.zh-TW.md'),
    )?.[1];
    expect(table, `run: node test/manual.js`).toBe(`\n${keyTable(file)}\n`);
  });
});

test('docs/facts.md is what the outputs declare', async () => {
  expect(textOf('docs/facts.md'), 'run: node test/manual.js').toBe(await factsPage());
});

test('the pages of the rules are what the rules say, in either language', async () => {
  const rules = await loadFolder<Rule>('lint/rules');
  const hints = hintsOf(rules, parseMarkdown);
  for (const [lang, name] of [
    ['zh', 'RULES.zh-TW.md'],
    ['en', 'RULES.md'],
  ] as const) {
    const page = textOf(name);
    expect(page, 'run: npm run compile && node test/manual.js').toBe(rulesPage(rules, hints, lang));
    for (const id of rules.keys()) expect(page).toContain(`## ${id}\n\n`);
    for (const rule of rules.values()) expect(page).toContain(rule.why[lang]);
  }
});
