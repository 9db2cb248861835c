import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileSystem } from '../src/build/held-folder.js';
import { openStage as openStageIn } from '../src/build/output-folder.js';
import { digestOf } from '../src/core/cache.js';
import { UserError } from '../src/core/terminal.js';

let out: string;
let room: string;
beforeEach(async () => {
  out = await fs.mkdtemp(join(tmpdir(), 'write-test-'));
  room = await fs.mkdtemp(join(tmpdir(), 'write-room-'));
});
afterEach(() => Promise.all([out, room].map((folder) => fs.rm(folder, { recursive: true, force: true }))));

const openStage = (folder: string, calls?: FileSystem) =>
  openStageIn(folder, { register: room, ...(calls ? { fs: calls } : {}) });

const file = (name: string, text: string) => ({ file: name, bytes: new TextEncoder().encode(text) });
const read = (name: string) => fs.readFile(join(out, name), 'utf8');
const failing = (code: string) => Object.assign(new Error(code), { code });

async function userError(doing: Promise<unknown>): Promise<UserError> {
  const error = await doing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw new Error(`not a UserError: ${String(error)}`);
  return error;
}

test('files appear at commit, in their folders, and no staging folder stays', async () => {
  const stage = await openStage(out);
  await Promise.all([stage.add(file('book.pdf', 'book')), stage.add(file('charts/a.svg', 'chart'))]);
  expect((await fs.readdir(out)).filter((name) => !name.startsWith('.'))).toEqual([]);
  expect(await stage.commit()).toEqual([join(out, 'book.pdf'), join(out, 'charts/a.svg')]);
  expect(await fs.readdir(out)).toEqual(['book.pdf', 'charts']);
  expect(await read('charts/a.svg')).toBe('chart');
});

test('an old file is replaced and a file of others is not touched', async () => {
  await fs.writeFile(join(out, 'book.pdf'), 'old');
  await fs.writeFile(join(out, 'notes.txt'), 'mine');
  const stage = await openStage(out);
  await stage.add(file('book.pdf', 'new'));
  await stage.commit();
  expect([await read('book.pdf'), await read('notes.txt')]).toEqual(['new', 'mine']);
});

test('a file that is what it should be stays, and comes back when another build replaces it before the commit', async () => {
  await fs.writeFile(join(out, 'a.pdf'), 'same');
  await fs.writeFile(join(out, 'b.pdf'), 'same');
  const { ino, mtimeMs } = await fs.stat(join(out, 'a.pdf'));
  const written: string[] = [];
  const stage = await openStage(out, {
    ...fs,
    writeFile: (path, ...rest) => {
      written.push(String(path));
      return fs.writeFile(path, ...rest);
    },
  });
  for (const name of ['a.pdf', 'b.pdf']) await stage.add(file(name, 'same'));
  await fs.writeFile(join(out, 'other'), 'else');
  await fs.rename(join(out, 'other'), join(out, 'b.pdf'));
  await stage.commit();
  expect(written).toEqual([]);
  expect(await fs.stat(join(out, 'a.pdf'))).toMatchObject({ ino, mtimeMs });
  expect([await read('a.pdf'), await read('b.pdf')]).toEqual(['same', 'same']);
  expect(await fs.readdir(out)).toEqual(['a.pdf', 'b.pdf']);
});

test('a folder that was moved, removed or replaced meanwhile is told as the user named it, and nothing is written', async () => {
  const folder = join(out, 'built');
  const away = (path: string) => fs.rename(path, join(out, 'away'));
  for (const [change, named] of [
    [() => away(folder), 'out/built'],
    [() => away(folder).then(() => fs.mkdir(folder)), 'out/built'],
    [() => fs.rm(folder, { recursive: true }), 'out/built/b.pdf'],
    [() => fs.rm(join(folder, 'notices'), { recursive: true }), 'out/built/notices/a.pdf'],
  ] as const) {
    await fs.mkdir(join(folder, 'notices'), { recursive: true });
    const stage = await openStageIn(folder, { register: room, shown: 'out/built' });
    await stage.add(file('notices/a.pdf', 'new'));
    await change();
    const { say, exitCode } = await userError(stage.add(file('b.pdf', 'new')).then(() => stage.commit()));
    expect([say.zh.replaceAll('\\', '/'), exitCode]).toEqual([
      `無法寫入 ${named}：資料夾在編印時被移走、刪除或換掉了。沒有寫入任何檔案，請再編印一次。`,
      2,
    ]);
    await stage.discard();
    const found = await fs.readdir(out, { recursive: true });
    expect(found.filter((name) => /pdf$|servicebook/.test(name))).toEqual([]);
    for (const name of await fs.readdir(out)) await fs.rm(join(out, name), { recursive: true });
  }
});

test('a discarded build leaves the previous files as they were', async () => {
  await fs.writeFile(join(out, 'book.pdf'), 'old');
  const stage = await openStage(out);
  await stage.add(file('book.pdf', 'new'));
  await stage.discard();
  expect(await fs.readdir(out)).toEqual(['book.pdf']);
  expect(await read('book.pdf')).toBe('old');
});

test('a build that makes nothing leaves no folder behind', async () => {
  const stage = await openStage(join(out, 'made'));
  await stage.discard();
  expect(await fs.readdir(out)).toEqual([]);
});

test('a commit that fails in the middle puts the old files back', async () => {
  await fs.writeFile(join(out, 'a.pdf'), 'old a');
  await fs.writeFile(join(out, 'b.pdf'), 'old b');
  const locked: typeof fs.rename = async (from, to) => {
    if (String(to).endsWith('b.pdf')) throw failing('EBUSY');
    return fs.rename(from, to);
  };
  const stage = await openStage(out, { ...fs, rename: locked });
  for (const name of ['a.pdf', 'b.pdf', 'c.pdf']) await stage.add(file(name, 'new'));
  const error = await userError(stage.commit());
  expect(error.say.en).toContain('b.pdf');
  expect(error.say.en).toContain('Close the PDF');
  expect(error.say.zh).toContain('請關閉');
  expect(await fs.readdir(out)).toEqual(['a.pdf', 'b.pdf']);
  expect([await read('a.pdf'), await read('b.pdf')]).toEqual(['old a', 'old b']);
});

/** A build that is killed when it comes to move the file of this name: it does nothing any more, nor tidies up. */
async function killedAt(name: string, text: string): Promise<void> {
  let arrived = (): void => undefined;
  const there = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const rename: typeof fs.rename = (from, to) => {
    if (!String(to).endsWith(name)) return fs.rename(from, to);
    arrived();
    return new Promise(() => undefined);
  };
  const stage = await openStage(out, { ...fs, rename });
  for (const each of ['a.pdf', 'b.pdf', 'c.pdf']) await stage.add(file(each, text));
  void stage.commit();
  await there;
}

test('what a build that was killed in the middle of its commit left is finished by the next one', async () => {
  await fs.writeFile(join(out, 'a.pdf'), 'old');
  await fs.writeFile(join(out, 'b.pdf'), 'old');
  await killedAt('b.pdf', 'new');
  expect([await read('a.pdf'), await read('b.pdf')]).toEqual(['new', 'old']);
  const stage = await openStage(out);
  expect(await Promise.all(['a.pdf', 'b.pdf', 'c.pdf'].map(read))).toEqual(['new', 'new', 'new']);
  await stage.discard();
  expect(await fs.readdir(out)).toEqual(['a.pdf', 'b.pdf', 'c.pdf']);
});

test('it is not finished once something else has come to one of the places', async () => {
  await fs.writeFile(join(out, 'c.pdf'), 'old');
  await killedAt('b.pdf', 'new');
  await fs.rm(join(out, 'c.pdf'));
  await fs.writeFile(join(out, 'c.pdf'), 'mine');
  const stage = await openStage(out);
  await stage.discard();
  expect(await read('c.pdf')).toBe('mine');
  await expect(read('b.pdf')).rejects.toThrow('ENOENT');
});

test('a build that another one takes for dead ends well', async () => {
  let go = (): void => undefined;
  const waits = new Promise<void>((resolve) => {
    go = resolve;
  });
  const slow = await openStage(out, {
    ...fs,
    rename: async (from, to) => {
      if (String(to).endsWith('b.pdf')) await waits;
      return fs.rename(from, to);
    },
  });
  for (const each of ['a.pdf', 'b.pdf']) await slow.add(file(each, 'new'));
  const committed = slow.commit();
  while (!(await read('a.pdf').catch(() => ''))) await new Promise((resolve) => setTimeout(resolve, 5));
  const other = await openStage(out);
  await other.add(file('b.pdf', 'newer'));
  await other.commit();
  go();
  await committed;
  expect(await read('b.pdf')).toBe('newer');
});

test('a full disk is a sentence, and the old files stay', async () => {
  await fs.writeFile(join(out, 'book.pdf'), 'old');
  const stage = await openStage(out, { ...fs, writeFile: () => Promise.reject(failing('ENOSPC')) });
  const error = await userError(stage.add(file('book.pdf', 'new')));
  await stage.discard();
  expect(error.say).toEqual({
    zh: `無法寫入 ${join(out, 'book.pdf')}：磁碟已滿。請騰出空間後再試。`,
    en: `Cannot write ${join(out, 'book.pdf')}: the disk is full. Free some space and try again.`,
  });
  expect(error.exitCode).toBe(2);
  expect(await fs.readdir(out)).toEqual(['book.pdf']);
  expect(await read('book.pdf')).toBe('old');
});

test('a file where the output folder should be is a sentence', async () => {
  await fs.writeFile(join(out, 'occupied'), '');
  expect((await userError(openStage(join(out, 'occupied')))).say.en).toContain('is a file, not a folder');
  expect((await userError(openStage(join(out, 'occupied', 'deeper')))).say.zh).toContain('請移走該檔案');
});

test.runIf(process.platform === 'linux')('a folder that cannot be made is a sentence', async () => {
  expect((await userError(openStage('/proc/servicebook'))).say.en).toContain('/proc/servicebook');
});

test('a folder where a file should go is a sentence, and nothing moves', async () => {
  await fs.mkdir(join(out, 'b.pdf'));
  const stage = await openStage(out);
  await stage.add(file('a.pdf', 'new'));
  await stage.add(file('b.pdf', 'new'));
  expect((await userError(stage.commit())).say.en).toContain('b.pdf: a folder of that name is there');
  expect(await fs.readdir(out)).toEqual(['b.pdf']);
});

test('a link in the place of a folder is refused, whatever it leads to', async () => {
  const elsewhere = await fs.mkdtemp(join(tmpdir(), 'write-test-'));
  await fs.mkdir(join(out, 'real'));
  for (const target of [elsewhere, join(out, 'real'), join(out, 'nowhere')]) {
    await fs.symlink(target, join(out, 'charts'));
    const stage = await openStage(out);
    await stage.add(file('charts/a.svg', 'chart'));
    expect((await userError(stage.commit())).say.en).toContain(`${join(out, 'charts')} is a link`);
    expect(await stage.peek('charts/a.svg')).toBe(undefined);
    await fs.unlink(join(out, 'charts'));
  }
  expect([await fs.readdir(elsewhere), await fs.readdir(join(out, 'real')), await fs.readdir(out)]).toEqual([
    [],
    [],
    ['real'],
  ]);
  await fs.rm(elsewhere, { recursive: true });
});

test.runIf(process.platform === 'linux')(
  'a folder that becomes a link while files are put into it takes them along; nothing reaches what the link leads to',
  async () => {
    const elsewhere = await fs.mkdtemp(join(tmpdir(), 'write-test-'));
    await fs.writeFile(join(elsewhere, 'b.svg'), 'precious');
    await fs.mkdir(join(out, 'charts'));
    await fs.writeFile(join(out, 'charts/c.svg'), 'old');
    const swap: typeof fs.rename = async (from, to) => {
      if (String(to).endsWith('a.svg')) {
        await fs.rename(join(out, 'charts'), join(out, 'moved'));
        await fs.symlink(elsewhere, join(out, 'charts'));
      }
      return fs.rename(from, to);
    };
    const stage = await openStage(out, { ...fs, rename: swap });
    for (const name of ['a', 'b']) await stage.add(file(`charts/${name}.svg`, 'new'));
    stage.remove('charts/c.svg');
    await stage.commit();
    expect(await fs.readdir(elsewhere)).toEqual(['b.svg']);
    expect(await fs.readFile(join(elsewhere, 'b.svg'), 'utf8')).toBe('precious');
    expect(await fs.readdir(join(out, 'moved'))).toEqual(['a.svg', 'b.svg']);
    await fs.rm(elsewhere, { recursive: true });
  },
);

test.runIf(process.platform === 'linux')(
  'a staging folder that becomes a link takes nothing from where it leads',
  async () => {
    const elsewhere = await fs.mkdtemp(join(tmpdir(), 'write-test-'));
    for (const name of ['0.new', '0.old']) await fs.writeFile(join(elsewhere, name), 'precious');
    const stage = await openStage(out);
    await stage.add(file('a.pdf', 'new'));
    const [staging = ''] = await fs.readdir(out);
    await fs.rename(join(out, staging), join(out, 'moved'));
    await fs.symlink(elsewhere, join(out, staging));
    await stage.commit();
    expect(await read('a.pdf')).toBe('new');
    expect((await fs.readdir(elsewhere)).sort()).toEqual(['0.new', '0.old']);
    expect((await fs.lstat(join(out, staging))).isSymbolicLink()).toBe(true);
    await fs.rm(elsewhere, { recursive: true });
  },
);

describe('a folder that is named like a staging folder and was planted', () => {
  const planted = '.servicebook-00000000-0000-0000-0000-000000000000';
  /** Everything below a folder, and what is in it. */
  const all = async (folder: string) =>
    Object.fromEntries(
      await Promise.all(
        (await fs.readdir(folder, { recursive: true, withFileTypes: true })).map(async (entry) => {
          const path = join(entry.parentPath, entry.name);
          return [path, entry.isFile() ? await fs.readFile(path, 'utf8') : entry.isSymbolicLink() ? 'link' : 'folder'];
        }),
      ),
    ) as Record<string, string>;
  const build = async () => {
    const stage = await openStage(out);
    await stage.add(file('book.pdf', 'book'));
    await stage.commit();
    return stage.strangers;
  };

  test('moves nothing from outside into the output folder, is left as it is, and is told', async () => {
    const outside = await fs.mkdtemp(join(tmpdir(), 'write-test-'));
    await fs.writeFile(join(outside, 'config'), 'token');
    await fs.mkdir(join(out, planted));
    await fs.writeFile(join(out, planted, 'journal'), '["config"]');
    await fs.symlink(outside, join(out, planted, 'new'));
    const longAgo = new Date(Date.now() - 7_200_000);
    await fs.utimes(join(out, planted), longAgo, longAgo);
    const [before, untouched] = [await all(outside), await all(join(out, planted))];
    expect(await build()).toEqual([planted]);
    expect([await all(outside), await all(join(out, planted))]).toEqual([before, untouched]);
    expect((await fs.readdir(out)).sort()).toEqual([planted, 'book.pdf']);
    await fs.rm(outside, { recursive: true });
  });
  test('nor does a link or a file of that name', async () => {
    const outside = await fs.mkdtemp(join(tmpdir(), 'write-test-'));
    await fs.writeFile(join(outside, '0.new'), 'token');
    await fs.symlink(outside, join(out, planted));
    await fs.writeFile(join(out, planted.replace('0', '1')), 'x');
    expect((await build()).toSorted()).toEqual([planted, planted.replace('0', '1')]);
    expect(await all(outside)).toEqual({ [join(outside, '0.new')]: 'token' });
    await fs.rm(outside, { recursive: true });
  });
  test('nor does one that took the place of a real one after its build was killed', async () => {
    await fs.writeFile(join(out, 'b.pdf'), 'old');
    await killedAt('b.pdf', 'new');
    const [staging = ''] = (await fs.readdir(out)).filter((name) => name.startsWith('.'));
    await fs.rename(join(out, staging), join(out, 'real'));
    await fs.cp(join(out, 'real'), join(out, staging), { recursive: true });
    expect(await build()).toEqual([staging]);
    expect(await read('b.pdf')).toBe('old');
  });
  test('nor are other bytes taken for those of a killed build', async () => {
    await fs.writeFile(join(out, 'b.pdf'), 'old');
    await killedAt('b.pdf', 'new');
    const [staging = ''] = (await fs.readdir(out)).filter((name) => name.startsWith('.'));
    for (const name of await fs.readdir(join(out, staging)))
      if (name.endsWith('.new')) await fs.writeFile(join(out, staging, name), 'planted');
    await build();
    expect(await read('b.pdf')).toBe('old');
  });
});

test('a link in place of a file is replaced, not written through', async () => {
  await fs.writeFile(join(out, 'precious'), 'precious');
  await fs.symlink(join(out, 'precious'), join(out, 'book.pdf'));
  const stage = await openStage(out);
  await stage.add(file('book.pdf', 'new'));
  await stage.commit();
  expect([await read('precious'), await read('book.pdf')]).toEqual(['precious', 'new']);
});

test.each(['../escape', '/etc/escape', 'a/../../escape', 'a//b', ''])(
  'the path %j is our own mistake',
  async (name) => {
    const stage = await openStage(out);
    await expect(stage.add(file(name, 'x'))).rejects.toThrow('is not a path inside the output folder');
    await stage.discard();
  },
);

test('two outputs that make one file are our own mistake, also where A is a', async () => {
  const stage = await openStage(out);
  await stage.add(file('a.pdf', 'x'));
  await expect(stage.add(file('A.pdf', 'y'))).rejects.toThrow('two outputs make A.pdf');
  await stage.discard();
});

test('the staging folder of a killed build is removed at once, that of a running build is not', async () => {
  const running = await openStage(out);
  await running.add(file('a.pdf', 'running'));
  const [kept = ''] = await fs.readdir(out);
  // A process that is over left another.
  const killed = await openStage(out);
  await killed.add(file('b.pdf', 'new'));
  for (const name of await fs.readdir(join(room, 'stages'))) {
    const entry = join(room, 'stages', name);
    if (kept.includes(name.replace('.json', ''))) continue;
    const known = JSON.parse(await fs.readFile(entry, 'utf8')) as object;
    await fs.writeFile(entry, JSON.stringify({ ...known, pid: spawnSync(process.execPath, ['--version']).pid }));
  }
  expect(await fs.readdir(out)).toHaveLength(2);
  const stage = await openStage(out);
  expect(stage.strangers).toEqual([]);
  await stage.discard();
  expect(await fs.readdir(out)).toEqual([kept]);
  await running.commit();
  expect(await fs.readdir(out)).toEqual(['a.pdf']);
});

test('what a killed build is said to have left is moved to no place outside of its folder', async () => {
  const killed = await openStage(out);
  await killed.add(file('b.pdf', 'new'));
  const [staging = ''] = await fs.readdir(out);
  const [fresh = ''] = await fs.readdir(join(out, staging));
  const [name = ''] = await fs.readdir(join(room, 'stages'));
  const entry = join(room, 'stages', name);
  const known = JSON.parse(await fs.readFile(entry, 'utf8')) as object;
  const pid = spawnSync(process.execPath, ['--version']).pid;
  const outside = `${basename(out)}-outside.pdf`;
  const left = (place: string) => [{ file: place, fresh, digest: digestOf(Buffer.from('new')), old: '0.old' }];
  await fs.writeFile(entry, JSON.stringify({ ...known, pid, moving: left(`../${outside}`) }));
  await (await openStage(out)).discard();
  expect(await fs.readdir(join(out, '..'))).not.toContain(outside);
  expect(await fs.readdir(out)).toEqual([]);
});

test('what is to go goes with the commit, and comes back where it fails', async () => {
  for (const name of ['a.pdf', 'b.pdf']) await fs.writeFile(join(out, name), 'old');
  const locked: typeof fs.rename = async (from, to) => {
    if (String(from).endsWith('b.pdf')) throw failing('EBUSY');
    return fs.rename(from, to);
  };
  const failed = await openStage(out, { ...fs, rename: locked });
  for (const name of ['a.pdf', 'b.pdf']) failed.remove(name);
  await userError(failed.commit());
  expect(await fs.readdir(out)).toEqual(['a.pdf', 'b.pdf']);
  const stage = await openStage(out);
  stage.remove('a.pdf');
  stage.remove('none.pdf');
  await stage.commit();
  expect(await fs.readdir(out)).toEqual(['b.pdf']);
});

test('a folder that another build makes at the same moment is used', async () => {
  const mkdir = (async (path: string, options) => {
    if (path.endsWith('charts')) await fs.mkdir(path, options);
    return fs.mkdir(path, options);
  }) as typeof fs.mkdir;
  const stage = await openStage(out, { ...fs, mkdir });
  await stage.add(file('charts/a.svg', 'chart'));
  await stage.commit();
  expect(await read('charts/a.svg')).toBe('chart');
});
