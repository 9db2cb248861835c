// Files reach the output folder whole and together, or not at all: staged beside their places, then renamed.
import { randomUUID } from 'node:crypto';
import * as nodeFs from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { File } from './render.js';
import { type Say, UserError } from './source.js';

/** The calls of the file system that can fail halfway; a test puts a full disk or a locked file in their place. */
export type FileSystem = Pick<typeof nodeFs, 'mkdir' | 'writeFile' | 'rename'>;

/**
 * Files on their way into one folder. `add` in any order, also side by side; then `commit` or `discard`, once.
 * Until `commit` nothing outside the hidden staging folder has changed; files that were not added are never touched.
 */
export type Stage = {
  add(file: File): Promise<void>;
  /** The bytes of the plain file that is at this place now; `undefined` when there is none, or something else. */
  peek(file: string): Promise<Uint8Array | undefined>;
  /** With the commit the plain file at this place goes. */
  remove(file: string): void;
  /** Puts every file in its place and returns their paths in order. A failure puts the old files back. */
  commit(): Promise<string[]>;
  /** Forgets what was added. May be called at any time, also after `commit`. */
  discard(): Promise<void>;
};

const STAGING = /^\.servicebook-[0-9a-f-]{36}$/;
/** A staging folder that nothing was added to for so long belongs to a build that was killed. */
const STALE = 3_600_000;
/** In a staging folder whose files are being moved: their list, as JSON. */
const JOURNAL = 'journal';

export async function openStage(folder: string, fs: FileSystem = nodeFs): Promise<Stage> {
  const root = resolve(folder);
  const making = join(root, `.servicebook-${randomUUID()}`);
  let created = false;
  try {
    created = await makeFolder(root, fs);
    await sweep(root);
    await fs.mkdir(making, { mode: 0o700 });
  } catch (error) {
    throw explain(error, folder);
  }
  /** By the name on a disk that does not tell A from a. */
  const staged = new Map<string, string>();
  const removed: string[] = [];
  let over = false;

  const discard = async (): Promise<void> => {
    over = true;
    await nodeFs.rm(making, { recursive: true, force: true });
    // Only an empty folder can be removed so: a build that made nothing leaves nothing.
    if (created) await nodeFs.rmdir(root).catch(() => undefined);
  };

  return {
    discard,

    async add({ file, bytes }) {
      if (over) throw new Error(`${file} was added to a stage that is over`);
      if (!isInside(file)) throw new Error(`${file} is not a path inside the output folder`);
      if (staged.has(file.toLowerCase())) throw new Error(`two outputs make ${file}`);
      staged.set(file.toLowerCase(), file);
      try {
        const fresh = join(making, 'new', file);
        await makeFolder(dirname(fresh), fs);
        if (!(await takeEqual(join(root, file), fresh, bytes)))
          await fs.writeFile(fresh, bytes, { flag: 'wx', flush: true });
      } catch (error) {
        if (over) throw new Error(`${file} was added to a stage that is over`);
        throw explain(error, join(folder, file));
      }
    },

    async peek(file) {
      if (!isInside(file)) throw new Error(`${file} is not a path inside the output folder`);
      try {
        await checkPlace(root, file, folder);
        const place = join(root, file);
        return (await nodeFs.lstat(place)).isFile() ? await nodeFs.readFile(place) : undefined;
      } catch {
        return undefined;
      }
    },

    remove(file) {
      if (!isInside(file)) throw new Error(`${file} is not a path inside the output folder`);
      removed.push(file);
    },

    async commit() {
      if (over) throw new Error('the stage is over');
      over = true;
      const files = [...staged.values()].sort();
      const undo: (() => Promise<void>)[] = [];
      try {
        // Everything that can be known to be in the way is found before the first file moves.
        for (const file of files) await checkPlace(root, file, folder);
        // A second name for each old file lets a rename replace it in one step: no reader finds it missing.
        const existed: boolean[] = [];
        for (const file of files)
          try {
            const old = join(making, 'old', file);
            await makeFolder(dirname(join(root, file)), fs);
            await nodeFs.mkdir(dirname(old), { recursive: true });
            existed.push(await keep(join(root, file), old));
          } catch (error) {
            throw explain(error, join(folder, file));
          }
        // From here on the next build can finish what this one does not.
        await nodeFs.writeFile(join(making, JOURNAL), JSON.stringify(files), { flush: true });
        undo.push(() => nodeFs.rm(join(making, JOURNAL), { force: true }));
        for (const [i, file] of files.entries()) {
          const place = join(root, file);
          try {
            await fs.rename(join(making, 'new', file), place);
            undo.push(() =>
              existed[i] ? nodeFs.rename(join(making, 'old', file), place) : nodeFs.rm(place, { force: true }),
            );
          } catch (error) {
            // Another build took this one for dead and has moved the file.
            if (codeOf(error) !== 'ENOENT' || (await isThere(join(making, 'new', file))))
              throw explain(error, join(folder, file));
          }
        }
        // Moved into the staging folder, with which it goes, so that it can come back.
        for (const file of removed)
          try {
            await checkPlace(root, file, folder);
            const [place, old] = [join(root, file), join(making, 'old', file)];
            await nodeFs.mkdir(dirname(old), { recursive: true });
            await fs.rename(place, old);
            undo.push(() => nodeFs.rename(old, place));
          } catch (error) {
            if (codeOf(error) !== 'ENOENT') throw explain(error, join(folder, file));
          }
        return files.map((file) => join(folder, file));
      } catch (error) {
        // The journal goes first: what is being put back must not be finished.
        for (const back of [...undo.slice(0, 1), ...undo.slice(1).reverse()]) await back();
        throw error;
      } finally {
        await discard();
      }
    },
  };
}

/** Node's own recursive mkdir never returns where a folder exists and refuses to hold another (/proc). True when made. */
async function makeFolder(path: string, fs: FileSystem, parentIsThere = false): Promise<boolean> {
  try {
    await fs.mkdir(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await nodeFs.stat(path).catch(() => undefined))?.isDirectory()) return false;
    if (codeOf(error) !== 'ENOENT' || parentIsThere) throw error;
    // Another file on its way may make the parent meanwhile, so whether it is there is no reason to give up.
    await makeFolder(dirname(path), fs);
    return makeFolder(path, fs, true);
  }
}

/** Relative, with `/`, and never out of the folder or into the staging folder of a build. */
function isInside(file: string): boolean {
  const parts = file.split('/');
  return !file.includes('\\') && parts.every((part) => !['', '.', '..'].includes(part) && !STAGING.test(part));
}

/**
 * Gives the file at `place` the name `fresh` as well, when these bytes are what is in it: most of an edition is as it was,
 * and to write and flush it anew takes longer than to look. Whatever comes to `place` meanwhile, these bytes are kept.
 */
async function takeEqual(place: string, fresh: string, bytes: Uint8Array): Promise<boolean> {
  try {
    const found = await nodeFs.lstat(place);
    if (!found.isFile() || found.size !== bytes.length || !(await nodeFs.readFile(place)).equals(bytes)) return false;
    await nodeFs.link(place, fresh);
    return true;
  } catch {
    // There is none, it may not be read, or the disk knows no second name.
    return false;
  }
}

/** Gives the file at `place`, if any, the name `old` as well. False when there is none. */
async function keep(place: string, old: string): Promise<boolean> {
  try {
    await nodeFs.link(place, old);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    // Some disks (exFAT, network shares) know no second name.
    await nodeFs.copyFile(place, old);
    return true;
  }
}

/** The place of a file is free or a plain file, and the folders on the way to it do not lead out through a link. */
async function checkPlace(root: string, file: string, folder: string): Promise<void> {
  const home = await nodeFs.realpath(root);
  const parts = file.split('/');
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const path = join(home, ...parts.slice(0, depth));
    const named = join(folder, ...parts.slice(0, depth));
    const found = await nodeFs.lstat(path).catch(() => undefined);
    if (!found) return;
    const last = depth === parts.length;
    if (last && found.isDirectory())
      throw new UserError({
        zh: `無法寫入 ${named}：那裡已有同名的資料夾。請移走它，或以 --out 指定其他資料夾。`,
        en: `Cannot write ${named}: a folder of that name is there. Move it away, or choose another folder with --out.`,
      });
    if (last || (found.isDirectory() && !found.isSymbolicLink())) continue;
    const real = await nodeFs.realpath(path).catch(() => undefined);
    const way = real === undefined ? '..' : relative(home, real);
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
      throw new UserError({
        zh: `無法寫入 ${join(folder, file)}：${named} 是通往輸出資料夾以外的連結。請移除這個連結，或以 --out 指定其他資料夾。`,
        en: `Cannot write ${join(folder, file)}: ${named} is a link that leads out of the output folder. Remove the link, or choose another folder with --out.`,
      });
  }
}

async function sweep(root: string): Promise<void> {
  for (const name of await nodeFs.readdir(root)) {
    if (!STAGING.test(name)) continue;
    const path = join(root, name);
    if (await finish(root, path)) continue;
    const newest = await Promise.all(
      [path, join(path, 'new')].map((each) => nodeFs.lstat(each).catch(() => undefined)),
    );
    if (newest.every((each) => !each || Date.now() - each.mtimeMs > STALE))
      await nodeFs.rm(path, { recursive: true, force: true });
  }
}

/**
 * Moves the files that a killed build had no time to move, unless something else has come to a place since: half an edition
 * is of no use. False when there is nothing to finish. A build that is still moving its files is helped, not hindered.
 */
async function finish(root: string, making: string): Promise<boolean> {
  try {
    const files = JSON.parse(await nodeFs.readFile(join(making, JOURNAL), 'utf8')) as string[];
    const waiting: string[] = [];
    for (const file of files) {
      if (!isInside(file)) return false;
      if (!(await isThere(join(making, 'new', file)))) continue;
      if (!(await areEqual(join(root, file), join(making, 'old', file)))) return false;
      await checkPlace(root, file, root);
      waiting.push(file);
    }
    for (const file of waiting) await nodeFs.rename(join(making, 'new', file), join(root, file));
    await nodeFs.rm(making, { recursive: true, force: true });
    return true;
  } catch {
    // It was not moving files yet, or they cannot be moved; the build that begins makes its own.
    return false;
  }
}

const isThere = async (path: string): Promise<boolean> =>
  (await nodeFs.lstat(path).catch(() => undefined)) !== undefined;

/** Two names of one file, files of equal bytes, or nothing at either place. */
async function areEqual(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([a, b].map((path) => nodeFs.lstat(path).catch(() => undefined)));
  if (!one || !other) return one === other;
  if (one.ino === other.ino && one.dev === other.dev) return true;
  if (!one.isFile() || !other.isFile() || one.size !== other.size) return false;
  return (await nodeFs.readFile(a)).equals(await nodeFs.readFile(b));
}

const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
};

/** Turns an error of the file system into a sentence with the mend; anything else is ours and stays what it is. */
function explain(error: unknown, path: string): unknown {
  const why: Record<string, Say | undefined> = {
    ENOSPC: { zh: '磁碟已滿。請騰出空間後再試。', en: 'the disk is full. Free some space and try again.' },
    EDQUOT: {
      zh: '已達磁碟配額。請騰出空間後再試。',
      en: 'your disk quota is used up. Free some space and try again.',
    },
    EACCES: {
      zh: '沒有寫入權限。請修改權限，或以 --out 指定其他資料夾。',
      en: 'writing is not permitted. Change the permissions, or choose another folder with --out.',
    },
    EROFS: {
      zh: '磁碟是唯讀的。請以 --out 指定其他資料夾。',
      en: 'the disk is read-only. Choose another folder with --out.',
    },
    EBUSY: {
      zh: '檔案正被其他程式使用。請關閉檢視器裡的 PDF 後再試。',
      en: 'another program is using it. Close the PDF in its viewer and try again.',
    },
    ENOTDIR: {
      zh: '路徑中有一段是檔案，不是資料夾。請移走該檔案，或以 --out 指定其他資料夾。',
      en: 'a part of the path is a file, not a folder. Move that file away, or choose another folder with --out.',
    },
    EISDIR: {
      zh: '那裡已有同名的資料夾。請移走它，或以 --out 指定其他資料夾。',
      en: 'a folder of that name is there. Move it away, or choose another folder with --out.',
    },
    ENAMETOOLONG: {
      zh: '路徑太長。請以 --out 指定較短的資料夾。',
      en: 'the path is too long. Choose a shorter folder with --out.',
    },
    ENOENT: {
      zh: '無法在那裡建立資料夾。請以 --out 指定其他資料夾。',
      en: 'no folder can be made there. Choose another folder with --out.',
    },
  };
  // Windows reports an open file as EPERM; elsewhere it is a protected one.
  why.EPERM = {
    zh: '檔案受保護，或正被其他程式使用。請關閉檢視器裡的 PDF 後再試。',
    en: 'it is protected, or another program is using it. Close the PDF in its viewer and try again.',
  };
  why.EEXIST = why.ENOTDIR;
  const say = why[codeOf(error)];
  if (!say) return error;
  return new UserError({ zh: `無法寫入 ${path}：${say.zh}`, en: `Cannot write ${path}: ${say.en}` });
}
