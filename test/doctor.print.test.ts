// The doctor tells of a machine what is wrong with it, and what mends it.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import doctor from '../src/cli/commands/doctor.js';
import type { Lang } from '../src/core/source.js';
import type { Terminal } from '../src/core/terminal.js';

let room: string;
beforeAll(() => {
  room = mkdtempSync(join(tmpdir(), 'servicebook-doctor-'));
});
afterAll(() => rmSync(room, { recursive: true, force: true }));

type Report = { ok: boolean; checks: { check: string; state: string; message: string; mend: string | null }[] };

async function asked(
  args: readonly string[],
  env: Record<string, string> = {},
  { lang = 'en', root = process.getuid?.() === 0 }: { lang?: Lang; root?: boolean } = {},
): Promise<{ said: string; exitCode: number }> {
  let said = '';
  const terminal = {
    out: (text: string) => {
      said += text;
    },
    err: () => undefined,
    lang,
    args,
    cwd: room,
    env: { ...process.env, ...env },
    root,
    exitCode: 0,
  } as unknown as Terminal;
  const program = new Command().exitOverride();
  doctor(program, terminal);
  await program.parseAsync(['doctor', ...args], { from: 'user' });
  return { said, exitCode: terminal.exitCode };
}
const stateOf = (said: string, check: string) =>
  (JSON.parse(said) as Report).checks.find((each) => each.check === check);

test('a machine that prints has nothing wrong, and tells its versions and its browser', async () => {
  const { said, exitCode } = await asked(['--format', 'json']);
  const { ok, checks } = JSON.parse(said) as Report;
  expect([ok, exitCode]).toEqual([true, 0]);
  expect(checks.map(({ check }) => check)).toEqual(['versions', 'temporary', 'cache', 'fonts', 'browser', 'sandbox']);
  expect(stateOf(said, 'versions')?.message).toMatch(new RegExp(`^servicebook \\d.*Node ${process.versions.node}`));
  expect(stateOf(said, 'browser')?.message).toMatch(/Chrome.* \d+\./);
  expect(stateOf(said, 'fonts')?.message).toBe('Noto Sans TC, Noto Serif TC, Noto Sans Thai');
}, 60_000);

test('in Chinese each part has a line, and what is wrong a line with the mend', async () => {
  const { said, exitCode } = await asked([], { TMPDIR: join(room, 'missing') }, { lang: 'zh' });
  expect(exitCode).toBe(1);
  expect(said).toContain(`［有問題］暫存資料夾：暫存資料夾 ${room}/missing 不存在。`);
  expect(said).toMatch(/\n {4}改正：用環境變數 TMPDIR/);
  expect(said).toContain('［正常］字型：Noto Sans TC、Noto Serif TC、Noto Sans Thai');
});

test('a browser that is not there is named, whichever way it was asked for', async () => {
  for (const [args, env] of [
    [['--browser', 'nowhere/chrome'], {}],
    [[], { PUPPETEER_EXECUTABLE_PATH: join(room, 'nowhere/chrome') }],
  ] as const) {
    const { said, exitCode } = await asked([...args, '--format', 'json'], env);
    expect(exitCode).toBe(1);
    const found = stateOf(said, 'browser');
    expect([found?.state, found?.message.includes(`${room}/nowhere/chrome`)]).toEqual(['wrong', true]);
    expect(found?.mend).toMatch(/--browser <path>/);
    expect(stateOf(said, 'temporary')?.state).toBe('ok');
  }
});

test('a cache that cannot be used is told with the mend', async () => {
  writeFileSync(join(room, 'file'), '');
  mkdirSync(join(room, 'open'));
  chmodSync(join(room, 'open'), 0o777);
  for (const [cache, why] of [
    [join(room, 'file'), 'what it lies in is no folder'],
    [join(room, 'open'), 'others may write'],
    ['relative', 'must be an absolute path'],
  ]) {
    const { said, exitCode } = await asked(['--format', 'json', '--browser', 'none'], {
      XDG_CACHE_HOME: cache as string,
      TMPDIR: room,
      HOME: room,
    });
    const found = stateOf(said, 'cache');
    expect([exitCode, found?.state]).toEqual([1, 'wrong']);
    expect(found?.message).toContain(why);
    expect(found?.mend).toContain('XDG_CACHE_HOME');
  }
});

test('a size of the cache that is no number is mended where it was set', async () => {
  const { said } = await asked(['--format', 'json', '--browser', 'none'], {
    XDG_CACHE_HOME: join(room, 'sized'),
    SERVICEBOOK_CACHE_SIZE: 'x',
  });
  expect(stateOf(said, 'cache')).toMatchObject({
    state: 'wrong',
    mend: expect.stringContaining('SERVICEBOOK_CACHE_SIZE=200'),
  });
});

test('run as root, the sandbox is a warning with the cure', async () => {
  const { said } = await asked(['--format', 'json', '--browser', 'none'], {}, { root: true });
  const found = stateOf(said, 'sandbox');
  expect([found?.state, found?.message.includes('no sandbox')]).toEqual(['warning', true]);
  expect(found?.mend).toContain('runAsUser');
});
