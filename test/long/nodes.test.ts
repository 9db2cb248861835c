// The program on every line of Node that it promises to run on. npm's package `node` brings each.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'servicebook-nodes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  expect(status, `${command} ${args.join(' ')}: ${error ?? ''}\n${stdout}\n${stderr}`).toBe(0);
  return stdout;
}

/** The program of Node of one release, from npm. Its package is nothing but that file. */
function nodeOf(release: string): string {
  const home = join(folder, release);
  // Without its install step, which only links what is found here as well.
  run(
    'npm',
    ['install', '--ignore-scripts', '--prefix', home, `node-${process.platform}-${process.arch}@${release}`],
    folder,
  );
  return join(home, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin/node');
}

test('an older Node is told so in one sentence', () => {
  const { status, stderr } = spawnSync(nodeOf('18'), [join(ROOT, 'bin/servicebook.js'), 'lint'], { encoding: 'utf8' });
  expect(stderr).toMatch(
    /^servicebook 需要 Node\.js 20\.19 以上，這裡是 18\..*\nservicebook needs Node\.js 20\.19 or later.*\n$/,
  );
  expect(status).toBe(2);
});

describe.each(['20.19.0', '20', '22', '24'])('Node %s', (release) => {
  test('passes the tests', () => {
    const node = nodeOf(release);
    expect(run(node, ['--version'], folder)).toMatch(new RegExp(`^v${release.replaceAll('.', '\\.')}\\b`));
    const env = { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}`, NO_COLOR: '1' };
    const said = run(node, [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run'], ROOT, env);
    expect(said).toMatch(/Tests +\d+ passed/);
    expect(said).not.toMatch(/failed/);
  });
});
