// What names all that a build is made from looks at files alone: it comes to an end whatever lies among them.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sourceOf } from '../src/build/up-to-date.js';

const root = mkdtempSync(join(tmpdir(), 'servicebook-built-'));
afterAll(() => rmSync(root, { recursive: true }));

test.runIf(process.platform !== 'win32')(
  'a pipe or a device has no content, and a file in the place of a folder none',
  () => {
    const content = join(root, 'content');
    mkdirSync(content);
    writeFileSync(join(content, 'a.yaml'), '甲');
    const before = sourceOf('by', content, { env: {} });
    execFileSync('mkfifo', [join(content, 'pipe.yaml')]);
    symlinkSync('/dev/zero', join(content, 'zero.yaml'));
    symlinkSync('/dev/zero', join(root, 'servicebook.yaml'));
    const after = sourceOf('by', content, { env: {} });
    expect(after).not.toBe(before);
    expect(sourceOf('by', content, { env: {} })).toBe(after);
    expect(() => sourceOf('by', join(content, 'a.yaml'), { env: {} })).not.toThrow();
  },
);
