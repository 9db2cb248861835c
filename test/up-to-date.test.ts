// A build that would leave the same again has nothing to do; one that would not is never told so.
import { lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { storeIn } from '../src/build/cached-printer.js';
import { note, sourceOf, stands } from '../src/build/up-to-date.js';
import { digestOf, lastingFolder, openStore } from '../src/core/cache.js';
import type { Terminal } from '../src/core/terminal.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'servicebook-up-to-date-'));
  mkdirSync(join(root, 'content/services'), { recursive: true });
  mkdirSync(join(root, 'out'));
  writeFileSync(join(root, 'content/services/a.yaml'), '名稱: 甲\n');
  writeFileSync(join(root, 'out/a.pdf'), 'printed');
});
afterEach(() => rmSync(root, { recursive: true }));

const ARGS = ['build', 'notices'];
function terminalOf(more: { args?: string[]; lang?: 'zh' | 'en' } = {}) {
  const said: string[] = [];
  const env = { XDG_CACHE_HOME: join(root, 'cache') };
  const terminal = {
    args: ARGS,
    cwd: root,
    lang: 'zh',
    env,
    root: false,
    out: (text: string) => said.push(text),
    ...more,
  };
  return { said, terminal: terminal as unknown as Terminal };
}
const opened = async (folder: Parameters<typeof storeIn>[0] | undefined) =>
  folder && { store: openStore(storeIn(folder)), by: 'this program', browser: '/browser' };

/** Notes a build of `out/a.pdf`, so long ago that the disk tells what was written since. */
async function build(how: object = { said: '已編印 1 個檔案。\n' }) {
  const { terminal } = terminalOf();
  const folder = lastingFolder(terminal.env);
  const cache = await opened(folder);
  if (!cache) throw new Error('no cache');
  const content = join(root, 'content');
  note(
    terminal,
    { cache, content, out: join(root, 'out'), browser: undefined, from: sourceOf('this program', content, terminal) },
    { files: [{ file: 'a.pdf', digest: digestOf(Buffer.from('printed')) }], ...(how as { said: string }) },
  );
}
async function again(more: Parameters<typeof terminalOf>[0] = {}): Promise<string | false> {
  const { said, terminal } = terminalOf(more);
  return (await stands(terminal, opened as never)) && said.join('');
}

test('the same again says what was said, and that nothing has changed', async () => {
  expect(await again()).toBe(false);
  await build();
  expect(await again()).toBe('已編印 1 個檔案。\n內容沒有變動，檔案都是最新的。\n');
});
test('a report for programs is given again, as up to date', async () => {
  await build({ report: { files: 1, upToDate: false } });
  expect(JSON.parse((await again()) || '')).toEqual({ files: 1, upToDate: true });
});
test('how much is told on the way makes no other build', async () => {
  await build();
  for (const args of [['-q'], ['--quiet'], ['--verbose'], ['--ui-lang', 'en'], ['--ui-lang=en']])
    expect(await again({ args: [...ARGS, ...args] })).not.toBe(false);
});
test.each([
  ['another output is asked for', { args: ['build', 'posters'] }],
  ['another option', { args: [...ARGS, '--mono'] }],
  ['nothing kept is to be used', { args: [...ARGS, '--no-cache'] }],
  ['another language is spoken', { lang: 'en' as const }],
])('not where %s', async (_, more) => {
  await build();
  expect(await again(more)).toBe(false);
});
test('not even its own note is read where nothing kept is to be used', async () => {
  const { terminal } = terminalOf({ args: [...ARGS, '--no-cache'] });
  const cache = await opened(lastingFolder(terminal.env));
  if (!cache) throw new Error('no cache');
  const content = join(root, 'content');
  const from = sourceOf('this program', content, terminal);
  note(terminal, { cache, content, out: join(root, 'out'), browser: undefined, from }, { files: [], said: '' });
  expect(await again({ args: [...ARGS, '--no-cache'] })).toBe(false);
});
test.each([
  [
    'a file of the content says another thing',
    () => writeFileSync(join(root, 'content/services/a.yaml'), '名稱: 乙\n'),
  ],
  ['a file has come', () => writeFileSync(join(root, 'content/services/b.yaml'), '')],
  [
    'a file has another name',
    () => renameSync(join(root, 'content/services/a.yaml'), join(root, 'content/services/b.yaml')),
  ],
  ['the settings beside the content are there', () => writeFileSync(join(root, 'servicebook.yaml'), '')],
  ['the content is gone', () => rmSync(join(root, 'content'), { recursive: true })],
  ['what was made is gone', () => rmSync(join(root, 'out/a.pdf'))],
  ['what was made is no file', () => rmSync(join(root, 'out/a.pdf')) ?? mkdirSync(join(root, 'out/a.pdf'))],
  ['what was made is longer', () => writeFileSync(join(root, 'out/a.pdf'), 'printed anew')],
  ['what was made is of the same length and another', () => writeFileSync(join(root, 'out/a.pdf'), 'painted')],
])('not where %s', async (_, change) => {
  await build();
  change();
  expect(await again()).toBe(false);
});
// Disks tell times in steps: what was written just before it was looked at may have been written again in the same step.
test.each([
  [50, false],
  [5000, true],
])('a file that was written %i ms before it was noted is trusted by its time: %s', async (ms, trusted) => {
  // Another content than the one that is noted; the disk tells nothing of it.
  writeFileSync(join(root, 'out/a.pdf'), 'painted');
  const now = vi.spyOn(Date, 'now').mockReturnValue(lstatSync(join(root, 'out/a.pdf')).ctimeMs + ms);
  await build();
  now.mockRestore();
  expect((await again()) !== false).toBe(trusted);
});
test('a hidden file is none of the content, and what was only touched is what it was', async () => {
  await build();
  writeFileSync(join(root, 'content/.note'), '');
  const past = new Date(Date.now() - 60_000);
  utimesSync(join(root, 'out/a.pdf'), past, past);
  expect(await again()).not.toBe(false);
});
test('nothing is noted of a build whose file is not there', async () => {
  rmSync(join(root, 'out/a.pdf'));
  await build();
  writeFileSync(join(root, 'out/a.pdf'), 'printed');
  expect(await again()).toBe(false);
});
