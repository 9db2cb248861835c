// What is handed to CI systems, run as they run it, as far as that goes without them.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runIn } from './program.js';

const ROOT = join(import.meta.dirname, '..');
const fileOf = (name: string) => parse(readFileSync(join(ROOT, name), 'utf8'));
const PROGRAM = join(ROOT, 'bin/servicebook.js');
let folder: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: folder, stdio: 'pipe' });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'servicebook-ci-'));
  await runIn(folder, 'init');
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'before');
  const service = join(folder, 'content/services/certificate.yaml');
  writeFileSync(service, `${readFileSync(service, 'utf8')}摘要: 身份查驗\n規非: 免費\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the action of GitHub: its steps, with what is given to it', () => {
  const action = fileOf('action.yml');
  expect(action.runs.using).toBe('composite');
  const given: Record<string, string> = { since: 'main', strict: 'true', sarif: 'lint.sarif', 'max-warnings': '0' };
  const inputs = Object.fromEntries(
    Object.entries(action.inputs as Record<string, { default: string }>).map(([name, each]) => [
      name,
      given[name] ?? each.default,
    ]),
  );
  const filled = (text: string): string =>
    text.replace(/\$\{\{ (?:inputs\.([\w-]+)|github\.action_path) \}\}/g, (_, name?: string) =>
      name ? (inputs[name] ?? '') : ROOT,
    );
  const steps = (
    action.runs.steps as { run?: string; shell?: string; env?: Record<string, string>; 'working-directory'?: string }[]
  ).filter(({ run }) => run);
  const page = join(folder, 'page.md');
  const ends = steps.map(({ run = '', shell, env = {}, 'working-directory': where }) => {
    expect(shell).toBe('bash');
    // Nothing that is given stands in a script.
    expect(run).not.toContain('${{');
    return spawnSync('bash', ['-e', '-o', 'pipefail', '-c', run], {
      cwd: where ? filled(where) : folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        GITHUB_ACTIONS: 'true',
        GITHUB_STEP_SUMMARY: page,
        ...Object.fromEntries(Object.entries(env).map(([key, value]) => [key, filled(value)])),
      },
    });
  });
  expect(ends.map(({ status }) => status)).toEqual([0, 1]);
  expect(ends[1]?.stdout).toMatch(/^::error file=content\/services\/certificate\.yaml,line=\d+/m);
  expect(ends[1]?.stdout).toContain('unknown-key');
  expect(readFileSync(page, 'utf8')).toContain('unknown-key');
  expect(JSON.parse(readFileSync(join(folder, 'lint.sarif'), 'utf8')).version).toBe('2.1.0');
});

test('the hooks of pre-commit: their entries, with the files that changed', () => {
  const hooks = fileOf('.pre-commit-hooks.yaml') as { id: string; entry: string; language: string; files: string }[];
  const changed = git('diff', '--name-only').toString().trim().split('\n');
  expect(changed).toEqual(['content/services/certificate.yaml']);
  const ends = hooks.map(({ id, entry, language, files }) => {
    expect([id.startsWith('servicebook-'), language]).toEqual([true, 'node']);
    expect(changed.every((path) => new RegExp(files).test(path))).toBe(true);
    const [program, ...args] = entry.split(' ');
    expect(program).toBe('servicebook');
    return spawnSync(process.execPath, [PROGRAM, ...args, ...changed, 'content/services/gone.yaml'], {
      cwd: folder,
      encoding: 'utf8',
    });
  });
  expect(ends.map(({ status }) => status)).toEqual([1, 1]);
  expect(readFileSync(join(folder, 'content/services/certificate.yaml'), 'utf8')).toContain('身分查驗');
});
