import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openProject } from '../src/build/project.js';
import { loadFolder } from '../src/core/program-files.js';
import type { Example, Rule } from '../src/lint/rule.js';
import { AROUND } from '../src/lint/rule-docs.js';

const rules = await loadFolder<Rule>('lint/rules');

async function lint({ file = 'services/example.yaml', text, also = {} }: Example) {
  const root = await mkdtemp(join(tmpdir(), 'servicebook-rules-'));
  try {
    const files = {
      ...AROUND,
      ...also,
      [file]: text,
    };
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    }
    return (await openProject({ folder: root, cwd: root }, { rules }).lint()).diagnostics;
  } finally {
    await rm(root, { recursive: true });
  }
}

describe.each([...rules])('%s', (id, rule) => {
  test.each(rule.good.map((example) => [example.text, example] as const))('finds nothing in %j', async (_, example) => {
    expect(await lint(example)).toEqual([]);
  });
  test.each(rule.bad.map((example) => [example.text, example] as const))('finds %j', async (_, example) => {
    const found = await lint(example);
    expect(found.map((each) => each.rule)).toEqual([id]);
    const [finding] = found;
    if (!finding) throw new Error('nothing found');
    expect(finding.severity).toBe(rule.severity);
    if (example.at)
      expect(finding.span.source.text.slice(finding.span.start)).toSatisfy((text: string) =>
        text.startsWith(example.at ?? ''),
      );
    for (const say of [finding.message, finding.hint ?? { zh: '。', en: '.' }]) {
      expect(say.zh.length).toBeGreaterThan(0);
      expect(say.en.length).toBeGreaterThan(0);
    }
  });
});
