// Files reach the output folder whole and together, or not at all: staged beside their places, then renamed. What lies in
// that folder may have been planted there: nothing in it is believed, and no link in it is followed.
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import * as nodeFs from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { kill, pid } from 'node:process';
import { digestOf, isOurs, readPlain } from '../core/cache.js';
import type { Say } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import type { File } from '../document/sheet.js';

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
  /** The same at once, where the program ends before its end; what is being put in its place is left to the next build. */
  abandon(): void;
  /** Names in the folder that look like a staging folder and are not known to be one: they are left alone. */
  readonly strangers: readonly string[];
};

const STAGING = /^\.servicebook-[0-9a-f-]{36}$/;
/** A staging folder of which nobody can tell whether its build is still at work is left for so long (ms). */
const STALE = 3_600_000;

/**
 * `shown`: the folder as the user named it. `room`: a folder that only this user can write, where it stands which staging folders are ours and what they are about to
 * move: only by that can what a killed build left be told from what somebody planted.
 */
export async function openStage(
  path: string,
  { room, fs = nodeFs, shown: folder = path }: { room?: string | undefined; fs?: FileSystem; shown?: string } = {},
): Promise<Stage> {
  const name = `.servicebook-${randomUUID()}`;
  let created = false;
  let real = '';
  let root: Folder | undefined;
  let making: Folder | undefined;
  let strangers: string[] = [];
  const register = registerIn(room);
  try {
    created = await makeFolder(path, fs);
    // Where the folder itself is, is the user's to say.
    real = realpathSync(path);
    root = openFolder(real);
    strangers = await sweep(root, real, register);
    await fs.mkdir(root.at(name), { mode: 0o700 });
    making = openFolder(root.at(name));
    register.put(name, entryOf(real, making));
  } catch (error) {
    making?.close();
    root?.close();
    throw explain(error, folder);
  }
  const [home, staging] = [root, making];
  /** By the name on a disk that does not tell A from a. `fresh`: what it is called in the staging folder. */
  const staged = new Map<string, { file: string; fresh: string; digest: string }>();
  const removed: string[] = [];
  let over = false;
  let open = true;
  /** The folders below the output folder, by path. */
  const folders = new Map<string, Folder>([['', home]]);
  const folderOf = (file: string, make?: FileSystem): Promise<Folder | undefined> =>
    folderFor(file, folders, folder, make);

  /** Files are being put in their places. */
  let committing = false;
  const abandon = (): void => {
    over = true;
    if (!open || committing) return;
    open = false;
    empty(home, name, staging);
    register.drop(name);
    for (const each of folders.values()) each.close();
    try {
      // Only an empty folder can be removed so: a build that made nothing leaves nothing.
      if (created) rmdirSync(real);
    } catch {
      // It is not empty.
    }
  };
  const discard = async (): Promise<void> => {
    committing = false;
    abandon();
  };

  return {
    discard,
    abandon,
    strangers,

    async add({ file, bytes }) {
      if (over) throw new Error(`${file} was added to a stage that is over`);
      if (!isInside(file)) throw new Error(`${file} is not a path inside the output folder`);
      if (staged.has(file.toLowerCase())) throw new Error(`two outputs make ${file}`);
      const fresh = `${staged.size}.new`;
      staged.set(file.toLowerCase(), { file, fresh, digest: digestOf(bytes) });
      try {
        const place = await folderOf(file).catch(() => undefined);
        if (!(place && (await takeEqual(place.at(nameOf(file)), staging.at(fresh), bytes))))
          await fs.writeFile(staging.at(fresh), bytes, { flag: 'wx', flush: true });
      } catch (error) {
        if (over) throw new Error(`${file} was added to a stage that is over`);
        throw explain(error, join(folder, file), GONE);
      }
    },

    async peek(file) {
      if (!isInside(file)) throw new Error(`${file} is not a path inside the output folder`);
      const place = await folderOf(file).catch(() => undefined);
      return place && readPlain(place.at(nameOf(file)));
    },

    remove(file) {
      if (!isInside(file)) throw new Error(`${file} is not a path inside the output folder`);
      removed.push(file);
    },

    async commit() {
      if (over) throw new Error('the stage is over');
      over = true;
      const files = [...staged.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
      const undo: (() => Promise<void>)[] = [];
      try {
        // What was moved away and what came to its place since are not what was named.
        if (!isFolder(real, home)) throw new UserError(sayOf(folder, GONE));
        // Everything that can be known to be in the way is found before the first file moves.
        for (const { file } of files) {
          const place = await folderOf(file);
          if (place) refuseFolder(place.at(nameOf(file)), join(folder, file));
        }
        const moves: (Move & { place: string; existed: boolean })[] = [];
        for (const [i, { file, fresh, digest }] of files.entries())
          try {
            const place = ((await folderOf(file, fs)) as Folder).at(nameOf(file));
            // A second name for each old file lets a rename replace it in one step: no reader finds it missing.
            const old = `${i}.old`;
            moves.push({ file, fresh, digest, old, place, existed: await keep(place, staging.at(old)) });
          } catch (error) {
            throw explain(error, join(folder, file), GONE);
          }
        // From here on the next build can finish what this one does not.
        committing = true;
        const moving = moves.map(({ file, fresh, digest, old }) => ({ file, fresh, digest, old }));
        register.put(name, { ...entryOf(real, staging), moving });
        undo.push(async () => register.put(name, entryOf(real, staging)));
        for (const { file, fresh, old, place, existed } of moves)
          try {
            await fs.rename(staging.at(fresh), place);
            undo.push(() => (existed ? nodeFs.rename(staging.at(old), place) : nodeFs.rm(place, { force: true })));
          } catch (error) {
            // Another build took this one for dead and has moved the file.
            if (codeOf(error) !== 'ENOENT' || isThere(staging.at(fresh)))
              throw explain(error, join(folder, file), GONE);
          }
        // Moved into the staging folder, with which it goes, so that it can come back.
        for (const [i, file] of removed.entries())
          try {
            const place = await folderOf(file);
            if (!place || !readPlain(place.at(nameOf(file)))) continue;
            const [from, gone] = [place.at(nameOf(file)), staging.at(`${i}.gone`)];
            await fs.rename(from, gone);
            undo.push(() => nodeFs.rename(gone, from));
          } catch (error) {
            if (codeOf(error) !== 'ENOENT') throw explain(error, join(folder, file), GONE);
          }
        return files.map(({ file }) => join(folder, file));
      } catch (error) {
        // What is being put back must not be finished: that goes first.
        for (const back of [...undo.slice(0, 1), ...undo.slice(1).reverse()]) await back().catch(() => undefined);
        throw error;
      } finally {
        await discard();
      }
    },
  };
}

// ---------------------------------------------------------------- folders

/** A real folder that is held fast: whatever is put in its place meanwhile, `at` names what is in this one. */
type Folder = { at(name: string): string; close(): void; readonly dev: number; readonly ino: number };

/** Linux names by it what an open folder holds. Elsewhere a folder is named by its path once it was looked at. */
const HANDLES = '/proc/self/fd';
const held = existsSync(HANDLES) && constants.O_DIRECTORY !== undefined;

/** Throws ELOOP or ENOTDIR where a link, or something else, is in the place of a folder. */
function openFolder(path: string): Folder {
  if (!held) {
    const found = lstatSync(path);
    if (!found.isDirectory()) throw Object.assign(new Error(`${path} is no folder`), { code: 'ENOTDIR' });
    return { at: (name) => join(path, name), close: () => undefined, dev: found.dev, ino: found.ino };
  }
  const fd = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  const { dev, ino } = fstatSync(fd);
  let open = true;
  return {
    at: (name) => `${HANDLES}/${fd}/${name}`,
    close: () => {
      if (open) closeSync(fd);
      open = false;
    },
    dev,
    ino,
  };
}

const isFolder = (path: string, { dev, ino }: Folder): boolean => {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.dev === dev && found.ino === ino;
};

const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1);

/**
 * The folder in which a file has its place, from those that are open. `make`: it is made where it is not there, else it is
 * `undefined`. Throws UserError where a link or a file is in its way.
 */
async function folderFor(
  file: string,
  folders: Map<string, Folder>,
  folder: string,
  make: FileSystem | undefined,
): Promise<Folder | undefined> {
  let [at, path] = [folders.get('') as Folder, ''];
  for (const part of file.split('/').slice(0, -1)) {
    path = path === '' ? part : `${path}/${part}`;
    const known = folders.get(path);
    if (!known && make)
      await make.mkdir(at.at(part)).catch((error: unknown) => {
        if (codeOf(error) !== 'EEXIST') throw error;
      });
    try {
      at = known ?? openFolder(at.at(part));
    } catch (error) {
      if (codeOf(error) === 'ENOENT' && !make) return undefined;
      if (lstatSync(at.at(part), { throwIfNoEntry: false })?.isSymbolicLink())
        throw aLink(join(folder, path), join(folder, file));
      throw explain(error, join(folder, file));
    }
    folders.set(path, folders.get(path) ?? at);
    // Another file on its way opened it meanwhile.
    if (folders.get(path) !== at) at.close();
    at = folders.get(path) as Folder;
  }
  return at;
}

const aLink = (link: string, file: string): UserError =>
  new UserError({
    zh: `無法寫入 ${file}：${link} 是連結，可能通往輸出資料夾以外的地方。請移除這個連結，或以 --out 指定其他資料夾。`,
    en: `Cannot write ${file}: ${link} is a link and may lead out of the output folder. Remove the link, or choose another folder with --out.`,
  });

function refuseFolder(place: string, named: string): void {
  if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory())
    throw new UserError({
      zh: `無法寫入 ${named}：那裡已有同名的資料夾。請移走它，或以 --out 指定其他資料夾。`,
      en: `Cannot write ${named}: a folder of that name is there. Move it away, or choose another folder with --out.`,
    });
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

// ---------------------------------------------------------------- files

/**
 * Gives the file at `place` the name `fresh` as well, when these bytes are what is in it: most of an edition is as it was,
 * and to write and flush it anew takes longer than to look. Whatever comes to `place` meanwhile, these bytes are kept.
 */
async function takeEqual(place: string, fresh: string, bytes: Uint8Array): Promise<boolean> {
  const found = lstatSync(place, { throwIfNoEntry: false });
  if (found?.size !== bytes.length || !readPlain(place)?.equals(bytes)) return false;
  try {
    await nodeFs.link(place, fresh);
  } catch {
    // There is none any more, or the disk knows no second name.
    return false;
  }
  const { dev, ino } = lstatSync(fresh);
  if (dev === found.dev && ino === found.ino) return true;
  await nodeFs.unlink(fresh);
  return false;
}

/** Gives what is at `place`, if anything, the name `old` as well. False when there is nothing. */
async function keep(place: string, old: string): Promise<boolean> {
  try {
    await nodeFs.link(place, old);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    // Some disks (exFAT, network shares) know no second name, and of a link there may be none.
    const bytes = readPlain(place);
    if (bytes) await nodeFs.writeFile(old, bytes, { flag: 'wx' });
    else if (lstatSync(place).isSymbolicLink()) await nodeFs.symlink(await nodeFs.readlink(place), old);
    else throw error;
    return true;
  }
}

// ---------------------------------------------------------------- what killed builds left

/** A file on its way: what it is called in the staging folder, its bytes by their digest, and the name of what was there. */
type Move = { file: string; fresh: string; digest: string; old: string };
/** What is known of a staging folder: the output folder, which folder it is, who made it, and what is being moved. */
type Entry = {
  out: string;
  dev: number;
  ino: number;
  host: string;
  pid: number;
  /** When the process began (ms since 1970): a number that is given again is another's. */
  since: number;
  moving?: readonly Move[];
};

const entryOf = (out: string, { dev, ino }: Folder): Entry => ({
  out,
  dev,
  ino,
  host: hostname(),
  pid,
  since: performance.timeOrigin,
});

type Register = {
  all(): { name: string; entry: Entry; at: number }[];
  put(name: string, entry: Entry): void;
  drop(name: string): void;
};

/** One file a staging folder, in a folder that only this user can write. Where it cannot be written, nothing is known later. */
function registerIn(room: string | undefined): Register {
  const folder = room === undefined ? '' : join(room, 'stages');
  const placeOf = (name: string): string => join(folder, `${name.replace(/^\.servicebook-/, '')}.json`);
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return folder === '' ? undefined : work();
    } catch {
      return undefined;
    }
  };
  return {
    all: () =>
      (attempt(() => (isOurs(folder, 'folder') ? readdirSync(folder) : [])) ?? []).flatMap((file) => {
        const name = `.servicebook-${file.replace(/\.json$/, '')}`;
        const entry = attempt(() => JSON.parse(String(readPlain(join(folder, file)))) as Entry);
        return entry && STAGING.test(name) ? [{ name, entry, at: statSync(join(folder, file)).mtimeMs }] : [];
      }),
    put: (name, entry) =>
      attempt(() => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(`${placeOf(name)}.part`, JSON.stringify(entry), { mode: 0o600, flush: true });
        renameSync(`${placeOf(name)}.part`, placeOf(name));
      }),
    drop: (name) => attempt(() => rmSync(placeOf(name), { force: true })),
  };
}

/** Finishes or removes what killed builds left in this folder; says which names are not known to be theirs. */
async function sweep(root: Folder, out: string, register: Register): Promise<string[]> {
  const known = new Map(register.all().map((each) => [each.name, each]));
  const strangers: string[] = [];
  const there = readdirSync(root.at('.')).filter((name) => STAGING.test(name));
  for (const name of there) {
    const { entry, at = 0 } = known.get(name) ?? {};
    let making: Folder | undefined;
    try {
      making = entry?.out === out ? openFolder(root.at(name)) : undefined;
    } catch {
      // A link, or something else that came to its place.
    }
    if (!entry || !making || making.dev !== entry.dev || making.ino !== entry.ino) strangers.push(name);
    else if ((entry.moving && (await finish(root, making, entry.moving))) || isOver(entry, at)) {
      empty(root, name, making);
      register.drop(name);
    }
    making?.close();
  }
  // Of folders that are gone nothing need be known.
  for (const { name, entry } of known.values())
    if (entry.out === out && !there.includes(name) && isOver(entry, 0)) register.drop(name);
  return strangers;
}

/** Whether the build that made it is at work no more. On another machine that shows by its age (ms since 1970) alone. */
function isOver({ host, pid: who, since }: Entry, at: number): boolean {
  if (host !== hostname()) return Date.now() - at > STALE;
  if (who === pid) return since !== performance.timeOrigin;
  try {
    kill(who, 0);
    return Date.now() - at > 24 * STALE;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

/**
 * Moves the files that a killed build had no time to move, unless something else has come to a place since: half an edition
 * is of no use. False when that cannot be. A build that is still moving its files is helped, not hindered.
 */
async function finish(root: Folder, making: Folder, moving: readonly Move[]): Promise<boolean> {
  const folders = new Map([['', root]]);
  try {
    const waiting: (Move & { place: string })[] = [];
    for (const move of moving) {
      if (!isInside(move.file)) return false;
      const fresh = readPlain(making.at(move.fresh));
      if (!fresh) continue;
      const place = (await folderFor(move.file, folders, '', nodeFs))?.at(nameOf(move.file));
      if (place === undefined || digestOf(fresh) !== move.digest || !areEqual(place, making.at(move.old))) return false;
      refuseFolder(place, place);
      waiting.push({ ...move, place });
    }
    for (const { fresh, place } of waiting) await nodeFs.rename(making.at(fresh), place);
    return true;
  } catch {
    // They cannot be moved; the build that begins makes its own.
    return false;
  } finally {
    for (const [path, each] of folders) if (path !== '') each.close();
  }
}

/** Removes a staging folder with the files in it. What else lies there was not put there by us, and stays. */
function empty(root: Folder, name: string, making: Folder): void {
  for (const each of attemptList(making.at('.')))
    if (/^\d+\.(new|old|gone)$/.test(each)) rmSync(making.at(each), { force: true });
  try {
    if (isFolder(root.at(name), making)) rmdirSync(root.at(name));
  } catch {
    // It is gone, or something was put into it.
  }
}

function attemptList(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** Two names of one file, files of equal bytes, or nothing at either place. */
function areEqual(a: string, b: string): boolean {
  const [one, other] = [a, b].map((path) => lstatSync(path, { throwIfNoEntry: false }));
  if (!one || !other) return one === other;
  if (one.ino === other.ino && one.dev === other.dev) return true;
  const [left, right] = [readPlain(a), readPlain(b)];
  return left !== undefined && right !== undefined && left.equals(right);
}

const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
};

const NO_FOLDER: Say = {
  zh: '無法在那裡建立資料夾。請以 --out 指定其他資料夾。',
  en: 'no folder can be made there. Choose another folder with --out.',
};
/** Where a folder that was there is not. */
const GONE: Say = {
  zh: '資料夾在編印時被移走、刪除或換掉了。沒有寫入任何檔案，請再編印一次。',
  en: 'its folder was moved, removed or replaced while the build was at work. Nothing was written; build again.',
};

const sayOf = (path: string, { zh, en }: Say): Say => ({
  zh: `無法寫入 ${path}：${zh}`,
  en: `Cannot write ${path}: ${en}`,
});

/**
 * Turns an error of the file system into a sentence with the mend; anything else is ours and stays what it is. `missing`:
 * what it means that there is no such folder.
 */
function explain(error: unknown, path: string, missing: Say = NO_FOLDER): unknown {
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
    ENOENT: missing,
  };
  // Windows reports an open file as EPERM; elsewhere it is a protected one.
  why.EPERM = {
    zh: '檔案受保護，或正被其他程式使用。請關閉檢視器裡的 PDF 後再試。',
    en: 'it is protected, or another program is using it. Close the PDF in its viewer and try again.',
  };
  why.EEXIST = why.ENOTDIR;
  const say = why[codeOf(error)];
  if (!say) return error;
  return new UserError(sayOf(path, say));
}
