import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cacheOf, cacheSizeOf, openMemory, openStore } from '../src/core/cache.js';
import { refusalOf } from '../src/core/machine.js';

let room: string;
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'cache-test-'));
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (found: Uint8Array | undefined) => found && new TextDecoder().decode(found);
const entries = () => readdirSync(join(room, 'made')).map((name) => join(room, 'made', name));

test('a store gives back what was put under a key, also to another run, and nothing under another key', () => {
  openStore(join(room, 'made')).put('a', bytes('甲'));
  const store = openStore(join(room, 'made'));
  expect([text(store.get('a')), store.get('b')]).toEqual(['甲', undefined]);
  store.put('a', bytes('乙'));
  expect(text(store.get('a'))).toBe('乙');
  expect(entries()).toHaveLength(1);
});

test('an entry that was cut off, altered or put under the name of another is as good as none', () => {
  const store = openStore(join(room, 'made'));
  store.put('a', bytes('some text'));
  const [place = ''] = entries();
  const whole = readFileSync(place);
  for (const broken of [whole.subarray(0, -1), Buffer.concat([whole, Buffer.from('x')]), whole.subarray(0, 10), '']) {
    writeFileSync(place, broken);
    expect(store.get('a')).toBeUndefined();
  }
  store.put('b', bytes('other'));
  const other = entries().find((path) => path !== place) ?? '';
  writeFileSync(other, whole);
  expect(store.get('b')).toBeUndefined();
});

test.runIf(process.platform !== 'win32')('what lies in the place of an entry and is no file is not waited for', () => {
  const store = openStore(join(room, 'made'));
  store.put('a', bytes('text'));
  const [place = ''] = entries();
  rmSync(place);
  const pipes = [place, join(room, 'memory')];
  execFileSync('mkfifo', pipes);
  // Whoever waits for a pipe hears nothing for three seconds, and is then let go.
  const writers = pipes.map((pipe) => spawn('sh', ['-c', 'sleep 3 > "$0"', pipe], { detached: true }));
  const began = Date.now();
  expect([store.get('a'), openMemory(join(room, 'memory'), '1').get('b')]).toEqual([undefined, undefined]);
  expect(Date.now() - began).toBeLessThan(2500);
  for (const { pid } of writers) if (pid) process.kill(-pid, 'SIGKILL');
  store.put('a', bytes('text'));
  expect(text(store.get('a'))).toBe('text');
});

test('what was used longest ago goes first, and only when there is too much', () => {
  const store = openStore(join(room, 'made'));
  for (const [i, key] of ['a', 'b', 'c', 'd'].entries()) {
    store.put(key, bytes(key.repeat(1000)));
    for (const path of entries()) if (text(readFileSync(path))?.endsWith(key)) utimesSync(path, i + 1, i + 1);
  }
  expect(text(store.get('a'))).toHaveLength(1000);
  store.trim(1_000_000);
  expect(entries()).toHaveLength(4);
  // a was read just now; b and c are the oldest, and it is emptied to three quarters.
  store.trim(4100);
  expect(['a', 'b', 'c', 'd'].map((key) => store.get(key) !== undefined)).toEqual([true, false, false, true]);
});

test('a memory does not grow by what it knows, and what grew is written anew', () => {
  const path = join(room, 'memory');
  const run = (key: string): void => {
    const memory = openMemory<boolean>(path, '1');
    memory.put(key, memory.get(key) ?? true);
    memory.save();
  };
  run('a');
  const size = statSync(path).size;
  run('a');
  expect(statSync(path).size).toBe(size);
  appendFileSync(path, readFileSync(path, 'utf8').replace('["1"', '').repeat(5));
  openMemory(path, '1').save();
  expect(statSync(path).size).toBeGreaterThan(size);
  run('a');
  expect(statSync(path).size).toBe(size);
});

test('a folder that cannot be made costs nothing but the memory', () => {
  writeFileSync(join(room, 'made'), 'a file');
  const store = openStore(join(room, 'made'));
  store.put('a', bytes('甲'));
  store.trim(0);
  expect(store.get('a')).toBeUndefined();
});

describe('the folder of the cache', () => {
  const inTmp = (more: Record<string, string> = {}) => cacheOf({ TMPDIR: room, ...more });
  const instead = () => ({ path: join(room, `servicebook-${process.getuid?.()}`), temporary: false });

  test('is the one that is named, without a word', () => {
    expect(inTmp({ XDG_CACHE_HOME: join(room, 'kept') })).toEqual({
      folder: { path: join(room, 'kept/servicebook'), temporary: false },
    });
    expect(inTmp({ HOME: room })).toEqual({ folder: { path: join(room, '.cache/servicebook'), temporary: false } });
  });

  test('named by a path that is not absolute is the one at home, and that is told', () => {
    const { folder: found, told } = inTmp({ XDG_CACHE_HOME: 'kept', HOME: room });
    expect(found?.path).toBe(join(room, '.cache/servicebook'));
    expect(told?.en).toBe(
      `XDG_CACHE_HOME is "kept" and must be an absolute path (such as /var/cache/office); ${found?.path} is used.`,
    );
    expect(told?.zh).toContain('絕對路徑');
  });

  test('of a user without a name or a home is in the temporary folder', () => {
    const { homedir, userInfo } = os;
    const nobody = (): never => {
      throw new Error('A system error occurred: uv_os_get_passwd returned ENOENT');
    };
    Object.assign(os, { homedir: nobody, userInfo: nobody });
    syncBuiltinESMExports();
    try {
      const { folder: found, told } = inTmp();
      expect(found).toEqual(instead());
      expect(told?.en).toMatch(/^This user has no home/);
      expect(inTmp({ HOME: room })).toEqual({ folder: { path: join(room, '.cache/servicebook'), temporary: false } });
    } finally {
      Object.assign(os, { homedir, userInfo });
      syncBuiltinESMExports();
    }
  });

  test.each<[string, () => Record<string, string>, RegExp]>([
    [
      'that is a file',
      () => {
        writeFileSync(join(room, 'servicebook'), '');
        return { XDG_CACHE_HOME: room };
      },
      /is no folder; move it away/,
    ],
    [
      'that lies in a file',
      () => {
        writeFileSync(join(room, 'file'), '');
        return { XDG_CACHE_HOME: join(room, 'file') };
      },
      /what it lies in is no folder/,
    ],
    [
      'that others may write',
      () => {
        mkdirSync(join(room, 'servicebook'));
        chmodSync(join(room, 'servicebook'), 0o777);
        return { XDG_CACHE_HOME: room };
      },
      /is not trusted, for others may write to .*\/servicebook; run chmod go-w/,
    ],
    [
      'whose parent others may write',
      () => {
        mkdirSync(join(room, 'open'));
        chmodSync(join(room, 'open'), 0o777);
        return { XDG_CACHE_HOME: join(room, 'open') };
      },
      /others may write to .*\/open; run chmod go-w/,
    ],
    [
      'that a link leads to where others may write',
      () => {
        mkdirSync(join(room, 'open'));
        mkdirSync(join(room, 'open/inner'));
        chmodSync(join(room, 'open'), 0o777);
        symlinkSync(join(room, 'open/inner'), join(room, 'link'));
        return { XDG_CACHE_HOME: join(room, 'link') };
      },
      /others may write to .*\/open; run chmod go-w/,
    ],
    [
      'that is a link',
      () => {
        mkdirSync(join(room, 'elsewhere'));
        symlinkSync(join(room, 'elsewhere'), join(room, 'servicebook'));
        return { XDG_CACHE_HOME: room };
      },
      /is no folder/,
    ],
  ])('%s is not used; that is told, and one of our own in the temporary folder is', (_, made, why) => {
    const { folder: found, told } = inTmp(made());
    expect(found).toEqual(instead());
    expect(told?.en).toMatch(why);
    expect(told?.en).toMatch(new RegExp(`; ${found?.path} is used\\.$`));
    expect(told?.en).not.toContain('\n');
  });

  test("of another owner's is not used", () => {
    mkdirSync(join(room, 'servicebook'), { mode: 0o700 });
    const other = vi.spyOn(process, 'getuid').mockReturnValue(54321);
    try {
      expect(inTmp({ XDG_CACHE_HOME: room }).told?.en).toContain('belongs to another user');
    } finally {
      other.mockRestore();
    }
  });

  test('is missing only where the temporary folder is no better', () => {
    const { folder: found, told } = cacheOf({ XDG_CACHE_HOME: '/nonexistent/a', TMPDIR: join(room, 'missing') });
    expect(found).toBeUndefined();
    expect(told?.en).toMatch(/there is no cache, and everything is made anew each time\.$/);
    expect(readdirSync(room)).toEqual([]);
  });
});

test('how much is kept is told in MB', () => {
  expect(cacheSizeOf({})).toBe(512 * 1024 * 1024);
  expect(cacheSizeOf({ SERVICEBOOK_CACHE_SIZE: '100' })).toBe(100 * 1024 * 1024);
  expect(cacheSizeOf({ SERVICEBOOK_CACHE_SIZE: '0' })).toBe(0);
  for (const wrong of ['1 GB', '-1', 'many'])
    expect(() => cacheSizeOf({ SERVICEBOOK_CACHE_SIZE: wrong })).toThrow(`SERVICEBOOK_CACHE_SIZE is "${wrong}"`);
});

test('what the machine refuses is a sentence with the path, also inside another error', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', path: '/a/b' });
  expect(refusalOf(full)?.en).toBe(
    '/a/b: the disk is full and nothing more can be written. Free some space and try again.',
  );
  expect(refusalOf(new Error('failed', { cause: full }))?.zh).toContain('磁碟已滿');
  expect(refusalOf(new TypeError('x is not a function'))).toBeUndefined();
  expect(refusalOf(undefined)).toBeUndefined();
});
