// Every shell line of the manuals, in their order, in a fresh clone: what the next one needs, the last one has made.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'servicebook-readme-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The lines of the blocks marked `sh`. */
function linesOf(manual: string): string[] {
  const text = readFileSync(join(ROOT, manual), 'utf8');
  return [...text.matchAll(/^( *)```sh\n([\s\S]*?)^ *```$/gm)].flatMap(([, , body = '']) =>
    body
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );
}

const MANUALS = ['README.md', 'README.zh-TW.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)];

describe.each(MANUALS.filter((manual) => linesOf(manual).length > 0))('%s', (manual) => {
  const clone = join(folder, manual);
  const run = (line: string) =>
    spawnSync('bash', ['-c', line], {
      cwd: clone,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env: { ...process.env, CI: '1' },
    });
  test('is cloned', () => {
    const { status, stderr } = spawnSync('git', ['clone', '--quiet', ROOT, clone], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    // A reader of the pages behind the first two has followed those.
    if (manual.startsWith('docs/')) expect(run('npm ci && npm run compile').status).toBe(0);
  });
  test.each(linesOf(manual))('%s', async (line) => {
    // It runs until it is told to end.
    if (/ (?:preview|counter)\b/.test(line)) {
      const child = spawn('bash', ['-c', `exec ${line}`], { cwd: clone, env: { ...process.env, CI: '1' } });
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (text) => {
          said += text;
          if (/http:\/\//.test(said)) child.kill('SIGINT');
        });
      expect(await new Promise((resolve) => child.on('close', resolve)), said).toBe(130);
      return;
    }
    // All tests have runs of their own; one file shows that they start.
    const { status, stdout, stderr } = run(line.replace(/npm test\b/, 'npm test -- test/duration.test.ts'));
    // The papers of an example's code are not those of today, nor are those that were made before the guide adds a service;
    // a review may find what is due; and content under work may have warnings: taken for errors, or left when all is mended that can be.
    const fine = / stale | review | --strict| --fix-dry-run/.test(line) ? [0, 1] : [0];
    expect(fine, `${stdout}${stderr}`).toContain(status);
  });
});
