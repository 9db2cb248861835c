// What is written where a user said or beside the content, and what git is asked: nothing of a stranger's leads it elsewhere.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { commitOf, contentsOf, filesAt } from '../src/core/git.js';
import { UserError } from '../src/core/terminal.js';
import { makeFolder, notWritten, writeBeside, writeNamed } from '../src/core/write-file.js';

const root = mkdtempSync(join(tmpdir(), 'servicebook-written-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const at = (name: string): string => join(root, name);

describe('where a user said', () => {
  test('a file is written', async () => {
    await writeNamed(at('report.txt'), '甲');
    await writeNamed(at('report.txt'), new Uint8Array([0x62]));
    expect(readFileSync(at('report.txt'), 'utf8')).toBe('b');
  });
  test('where no folder can be made it is told, and not tried without end', async () => {
    writeFileSync(at('file'), '');
    await expect(makeFolder(at('file/in/it'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    if (existsSync('/proc/self'))
      await expect(makeFolder('/proc/none/in/it')).rejects.toMatchObject({ code: 'ENOENT' });
    expect([await makeFolder(at('new/one')), await makeFolder(at('new/one'))]).toEqual([true, false]);
    const told = notWritten(Object.assign(new Error('?'), { code: 'ENOENT' }), 'none/a.json');
    expect(told instanceof UserError && told.say.zh).toBe('無法寫入 none/a.json：那裡不能建立資料夾。請換一個地方。');
    const ours = new TypeError('ours');
    expect(notWritten(ours, 'a')).toBe(ours);
  });
  test('a pipe that nobody reads is told, and not waited for', async () => {
    execFileSync('mkfifo', [at('unread')]);
    await expect(writeNamed(at('unread'), '甲')).rejects.toSatisfy(
      (error) => error instanceof UserError && error.say.en.includes('a pipe that nobody reads'),
    );
  });
  test('a pipe that somebody reads gets all of it, more than it holds at once', async () => {
    execFileSync('mkfifo', [at('read')]);
    const text = '甲'.repeat(100_000);
    // Opened for both, it is there before anybody writes; then the reader alone is left.
    const kept = await open(at('read'), 'r+');
    const reading = readFile(at('read'), 'utf8');
    await writeNamed(at('read'), text);
    await kept.close();
    expect(await reading).toBe(text);
  });
});

describe('beside the content', () => {
  test('a link is replaced, and what it leads to stays as it is', async () => {
    writeFileSync(at('outside.txt'), 'theirs');
    mkdirSync(at('content'));
    symlinkSync(at('outside.txt'), at('content/approvals.json'));
    await writeBeside(at('content/approvals.json'), 'ours');
    expect(readFileSync(at('outside.txt'), 'utf8')).toBe('theirs');
    expect(readFileSync(at('content/approvals.json'), 'utf8')).toBe('ours');
  });
  test('a folder that is a link is written into by nobody', async () => {
    mkdirSync(at('elsewhere'));
    symlinkSync(at('elsewhere'), at('content/.schema'));
    await expect(writeBeside(at('content/.schema/service.json'), '{}')).rejects.toThrow(UserError);
    expect(existsSync(at('elsewhere/service.json'))).toBe(false);
  });
});

test('git fetches nothing that its repository lacks, whatever its configuration would run for that', async () => {
  const folder = at('repository');
  mkdirSync(folder);
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  git('init', '-q');
  writeFileSync(join(folder, 'office.yaml'), '名稱: 甲\n');
  git('add', '.');
  git('commit', '-qm', 'first');
  const place = { folder, env: process.env };
  const commit = (await commitOf(place, 'HEAD')) ?? '';
  const files = await filesAt(place, commit);
  expect((await contentsOf(place, files)).map(String)).toEqual(['名稱: 甲\n']);

  const [{ blob = '' } = {}] = files;
  rmSync(join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)), { force: true });
  const ran = at('ran');
  for (const [key, value] of [
    ['core.repositoryformatversion', '1'],
    ['extensions.partialClone', 'origin'],
    ['remote.origin.url', `ext::touch ${ran}`],
    ['remote.origin.promisor', 'true'],
    ['protocol.ext.allow', 'always'],
  ] as const)
    git('config', key, value);
  await expect(contentsOf(place, files)).rejects.toThrow(UserError);
  expect(existsSync(ran)).toBe(false);
  // Asked as anybody would ask it, git runs what is named there.
  expect(() => git('cat-file', '-p', blob)).toThrow();
  expect(existsSync(ran)).toBe(true);
});
