// What lint says of a piece of content, laid over the smallest office and book that are in order.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openProject } from '../src/build/project.js';
import type { Diagnostic } from '../src/core/diagnostic.js';
import type { Example, Rule } from '../src/lint/rule.js';
import { AROUND } from '../src/lint/rule-docs.js';

export async function lintExample(
  { file = 'services/example.yaml', text, also = {} }: Example,
  rules: ReadonlyMap<string, Rule>,
  strict = false,
): Promise<readonly Diagnostic[]> {
  const root = await mkdtemp(join(tmpdir(), 'servicebook-rules-'));
  try {
    for (const [path, content] of Object.entries({ ...AROUND, ...also, [file]: text })) {
      await mkdir(dirname(join(root, 'content', path)), { recursive: true });
      await writeFile(join(root, 'content', path), content);
    }
    return (await openProject({ folder: 'content', cwd: root }, { rules, ...(strict ? { strict } : {}) }).lint())
      .diagnostics;
  } finally {
    await rm(root, { recursive: true });
  }
}
