import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../src/cache.js';

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

test('a folder that cannot be made costs nothing but the memory', () => {
  writeFileSync(join(room, 'made'), 'a file');
  const store = openStore(join(room, 'made'));
  store.put('a', bytes('甲'));
  store.trim(0);
  expect(store.get('a')).toBeUndefined();
});
