import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Diagnostic } from '../src/core/diagnostic.js';
import { loadFolder } from '../src/core/program-files.js';
import { mended } from '../src/lint/fix.js';
import type { Example, Rule } from '../src/lint/rule.js';
import { AROUND } from '../src/lint/rule-docs.js';
import { shown } from './finding.js';
import { lintExample } from './lint-example.js';

const rules = await loadFolder<Rule>('lint/rules');
const GOLDEN = join(import.meta.dirname, 'golden/rules');

/** A rule that is off by itself is looked at in the strict set. */
const lint = (example: Example, { severity }: Pick<Rule, 'severity'>) =>
  lintExample(example, rules, severity === 'off');

/** The example with the fixes of its findings in it. */
function fixed(example: Example, found: readonly Diagnostic[]): Example {
  const { file = 'services/example.yaml', text, also } = example;
  const texts = mended(found, () => true);
  const after = (path: string, old: string) => texts.get(`content/${path}`) ?? old;
  const around = Object.fromEntries(
    Object.entries({ ...AROUND, ...also }).map(([path, old]) => [path, after(path, old)]),
  );
  return { file, text: after(file, text), also: around };
}

const startsWith = (text: string): RegExp => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);

test('every rule has its golden file, and every golden file its rule', () => {
  expect(readdirSync(GOLDEN).sort()).toEqual([...rules.keys()].map((id) => `${id}.yaml`).sort());
});

describe.each([...rules])('%s', (id, rule) => {
  test.each(rule.good.map((example) => [example.text, example] as const))('finds nothing in %j', async (_, example) => {
    expect(await lint(example, rule)).toEqual([]);
  });
  // `npx vitest run test/rules.test.ts -u` writes the golden file anew; read every sentence that changes.
  test('finds what its golden file says in each bad example', async () => {
    const told: object[] = [];
    for (const example of rule.bad) {
      const found = await lint(example, rule);
      expect(found).toEqual([
        expect.objectContaining({ rule: id, severity: rule.severity === 'off' ? rule.strict : rule.severity }),
      ]);
      const [finding] = found;
      if (example.at) expect(finding?.span.source.text.slice(finding.span.start)).toMatch(startsWith(example.at));
      // What its fix makes of it is in order, or shows what else was wrong.
      const then = finding?.fix ? (await lint(fixed(example, found), rule)).map(shown) : [];
      told.push(...found.map(shown), ...(then.length > 0 ? [{ then }] : []));
    }
    await expect(stringify(told, { lineWidth: 0, aliasDuplicateObjects: false })).toMatchFileSnapshot(
      join(GOLDEN, `${id}.yaml`),
    );
  });
});
