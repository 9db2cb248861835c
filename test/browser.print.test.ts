// Where the browser comes from, and what is said when the machine does not let it run.
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../src/core/terminal.js';
import { openBrowser } from '../src/print/browser.js';
import { remarks, temporaryFault } from '../src/print/browser-faults.js';
import { writeFontsConf } from '../src/print/installed-fonts.js';

const root = process.getuid?.() === 0;
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'servicebook-browser-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const refused = (env: Record<string, string>): Promise<string> =>
  openBrowser({ env: { ...process.env, ...env }, root }).then(
    async (running) => {
      await running.close();
      return 'it ran';
    },
    (error) => (error instanceof UserError ? error.say.en : `no sentence: ${error}`),
  );

describe('the temporary folder', () => {
  test('that is missing or a file is told at once, before anything is unpacked', async () => {
    const cache = join(home, 'unused');
    expect(await refused({ TMPDIR: join(home, 'missing'), XDG_CACHE_HOME: cache })).toBe(
      `The temporary folder ${home}/missing does not exist. Name a folder that can be written with TMPDIR (on Windows TEMP).`,
    );
    await writeFile(join(home, 'file'), '');
    expect(await refused({ TMPDIR: join(home, 'file'), XDG_CACHE_HOME: cache })).toContain('is no folder');
    expect(await readdir(home)).not.toContain('unused');
  });

  test('with room and leave to write has no fault', () => {
    expect(temporaryFault({ TMPDIR: home })).toBeUndefined();
  });
});

test('run as root, it is said that there is no sandbox, and how to have one', () => {
  const said = (more: { root: boolean; endpoint?: string }) =>
    remarks({ env: { XDG_CACHE_HOME: home }, ...more }).map(({ en }) => en);
  expect(said({ root: true })).toEqual([expect.stringMatching(/no sandbox.*runAsUser/)]);
  expect(said({ root: false })).toEqual([]);
  expect(said({ root: true, endpoint: 'ws://elsewhere' })).toEqual([]);
});

describe.runIf(platform() !== 'win32')('a browser that hangs', () => {
  test.each([
    ['at once', 'exec sleep 60', 2],
    ['when it has told its version', 'case "$1" in --version) echo Chromium 1;; *) exec sleep 60;; esac', 4],
  ])('%s is started once more and then told, within its limit', async (when, does, starts) => {
    const browser = join(home, `hangs ${when}`);
    await writeFile(browser, `#!/bin/sh\necho >> '${browser}.starts'\n${does}\n`, { mode: 0o700 });
    const env = { ...process.env, XDG_CACHE_HOME: home };
    const told = await openBrowser({ browser, env, root, starting: 1000 }).catch((error: unknown) => error);
    expect(told instanceof UserError && told.say.en).toContain('does not answer within 1 s, nor did it when');
    expect((await readFile(`${browser}.starts`, 'utf8')).length).toBe(starts);
  });
});

test('where the cache has no room, the fonts are told to the browser from a folder of this run', async () => {
  const gone = { path: join(home, 'gone'), temporary: false };
  const conf = await writeFontsConf(gone, process.env, home);
  expect(dirname(conf)).toBe(home);
  expect(await readFile(conf, 'utf8')).toContain('<fontconfig>');
});

const EMBEDDED = platform() === 'linux' && arch() === 'x64';
describe.runIf(EMBEDDED)('the browser that comes with the program', () => {
  const program = async (): Promise<string> => {
    const room = join(home, 'servicebook');
    const [folder = ''] = (await readdir(room)).filter((name) => name.startsWith('chromium-'));
    return join(room, folder, 'chromium');
  };
  const works = async (): Promise<void> => {
    const running = await openBrowser({ env: { ...process.env, XDG_CACHE_HOME: home }, root });
    expect(running.path).toBe(await program());
    await running.close();
  };
  const damage = async (path: string, at: number): Promise<void> => {
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, at);
    closeSync(file);
  };

  test('is unpacked anew when it was damaged or a part of it is missing, and not when it is whole', async () => {
    await works();
    const path = await program();
    const whole = await stat(path);
    await works();
    expect((await stat(path)).ino).toBe(whole.ino);

    await damage(path, 100_000_000);
    await works();
    expect((await readFile(path)).subarray(100_000_000, 100_004_096).every((byte) => byte === 0x5a)).toBe(false);

    const [library = ''] = await readdir(join(path, '../lib'));
    await rm(join(path, '../lib', library));
    await works();
    expect(await readdir(join(path, '../lib'))).toContain(library);

    // Bytes that rot leave no time behind; that it does not start tells it.
    const { atime, mtime } = await stat(path);
    await damage(path, 0);
    await utimes(path, atime, mtime);
    await works();
  }, 120_000);
});
