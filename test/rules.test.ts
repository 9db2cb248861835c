import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { excerptsOf } from '../src/content/parse.js';
import { read } from '../src/content/read.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { loadFolder } from '../src/core/program-files.js';
import { diagnose } from '../src/lint/engine.js';
import { chartsTried, formsTried } from '../src/lint/incremental.js';
import type { Example, Rule } from '../src/lint/rule.js';
import { AROUND } from '../src/lint/rule-docs.js';
import { officeFonts } from '../src/theme/fonts.js';
import { readTemplates, withFaults } from '../src/theme/templates.js';

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
    const content = read(root, root);
    // Most examples have no templates of their own, and to read the program's takes long.
    const { templates = [], images = [] } = content;
    const own = templates.length + images.length > 0;
    const whole = withFaults(content, own ? await readTemplates(false, content) : officeFonts(content));
    const excerpts = await chartsTried(excerptsOf(whole, parseMarkdown));
    return diagnose(await formsTried(excerpts, content), rules);
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
