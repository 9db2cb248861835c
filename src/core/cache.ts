// What is kept between runs: a folder that only this user can write and that may be deleted at any time.

import { hash, randomUUID } from 'node:crypto';
import {
  accessSync,
  appendFileSync,
  closeSync,
  constants as fsConstants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir, hostname, platform, tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { compiledFile } from './program-files.js';
import type { Say } from './source.js';
import { UserError } from './terminal.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** A folder that only this user can write: what lies in it may be trusted and executed. `temporary`: for this run alone. */
export type CacheFolder = { path: string; temporary: boolean };

/** Where things are kept: `folder` when there is a place for them, `told` when it is not the place that was meant. */
export type Cache = { folder?: CacheFolder; told?: Say };

/** Of whoever runs this; a user id need not have a name. Windows has none. */
const ourId = (): number | undefined => process.getuid?.();

/** True when nobody but us (and root) can have put this here. Windows has no such bits and keeps profiles apart. */
export function isOurs(path: string, kind: 'folder' | 'file'): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found || (kind === 'folder' ? !found.isDirectory() : !found.isFile())) return false;
  return platform() === 'win32' || (found.uid === ourId() && (found.mode & 0o022) === 0);
}

/**
 * `servicebook` in XDG_CACHE_HOME or ~/.cache, made when it is not there. Where that cannot be had or trusted, a folder of
 * this user's in the temporary folder does instead, as long as that lasts: a user id without a name or a home, as in
 * containers, has a cache too.
 */
export function cacheOf(env: Environment): Cache {
  const asked = env.XDG_CACHE_HOME;
  const relative = asked !== undefined && asked !== '' && !isAbsolute(asked);
  const home = homeOf(env);
  const caches = asked && !relative ? asked : home && join(home, '.cache');
  const meant = caches && join(caches, 'servicebook');
  const why = caches && meant ? keepIn([caches, meant]) : NO_HOME;
  const misread: Say | undefined = relative
    ? {
        zh: `環境變數 XDG_CACHE_HOME 是「${asked}」，應為絕對路徑（例如 /var/cache/office）`,
        en: `XDG_CACHE_HOME is "${asked}" and must be an absolute path (such as /var/cache/office)`,
      }
    : undefined;
  if (meant && !why)
    return {
      folder: { path: meant, temporary: false },
      ...(misread ? { told: { zh: `${misread.zh}；改用 ${meant}。`, en: `${misread.en}; ${meant} is used.` } } : {}),
    };
  const reason: Say = {
    zh: `${misread ? `${misread.zh}；` : ''}${why?.zh}`,
    en: `${misread ? `${misread.en}; ` : ''}${why?.en}`,
  };
  const instead = join(temporaryFolder(env), `servicebook-${ourId() ?? 'cache'}`);
  // On Windows the temporary folder is the user's own; elsewhere that of all, where only what bears our id is ours.
  if (!keepIn([instead]))
    return {
      folder: { path: instead, temporary: false },
      told: { zh: `${reason.zh}；改用 ${instead}。`, en: `${reason.en}; ${instead} is used.` },
    };
  return {
    told: {
      zh: `${reason.zh}；沒有快取，每次都要全部重做。`,
      en: `${reason.en}; there is no cache, and everything is made anew each time.`,
    },
  };
}

const NO_HOME: Say = {
  zh: '這個使用者沒有家目錄，也沒有用環境變數 XDG_CACHE_HOME 指定快取資料夾',
  en: 'This user has no home, and XDG_CACHE_HOME names no cache folder',
};

/** The folder of `cacheOf`, without a word. */
export const lastingFolder = (env: Environment): CacheFolder | undefined => cacheOf(env).folder;

/** TMPDIR, TEMP or TMP as Node reads them, of this environment. */
export const temporaryFolder = (env: Environment): string =>
  (platform() === 'win32' ? env.TEMP || env.TMP : env.TMPDIR || env.TMP || env.TEMP) || tmpdir();

/** Absolute; a user id without a name has none unless HOME names it. */
export function homeOf(env: Environment): string | undefined {
  try {
    const home = env.HOME || homedir();
    return isAbsolute(home) ? home : undefined;
  } catch {
    return undefined;
  }
}

/** Makes these folders, each in the one before; says why not, or why the last is not to be trusted, without a stop at the end. */
function keepIn(folders: readonly string[]): Say | undefined {
  const path = folders.at(-1) ?? '';
  try {
    // Not recursive: a home that does not exist is not made, and Node's recursive mkdir can hang (/proc).
    for (const each of folders) makeFolder(each);
    const found = lstatSync(path);
    if (!found.isDirectory())
      return {
        zh: `快取資料夾 ${path} 不是資料夾；請移開它`,
        en: `The cache folder ${path} is no folder; move it away`,
      };
    if (platform() !== 'win32') {
      if (found.uid !== ourId())
        return {
          zh: `快取資料夾 ${path} 屬於別的使用者，不能信任；請用環境變數 XDG_CACHE_HOME 指定自己的資料夾`,
          en: `The cache folder ${path} belongs to another user and is not trusted; name one of your own with XDG_CACHE_HOME`,
        };
      const open = (found.mode & 0o022) !== 0 ? path : openAbove(path);
      if (open !== undefined)
        return {
          zh: `快取資料夾 ${path} 不能信任，因為別的使用者可以改動 ${open}；請執行 chmod go-w ${open}，或用環境變數 XDG_CACHE_HOME 指定別的資料夾`,
          en: `The cache folder ${path} is not trusted, for others may write to ${open}; run chmod go-w ${open}, or name another folder with XDG_CACHE_HOME`,
        };
    }
    accessSync(path, fsConstants.W_OK | fsConstants.X_OK);
    return undefined;
  } catch (error) {
    const { code, path: at = path } = error as NodeJS.ErrnoException;
    const why = ((): Say => {
      switch (code) {
        case 'ENOTDIR':
        case 'EEXIST':
          return { zh: '它的上層不是資料夾', en: 'what it lies in is no folder' };
        case 'ENOENT':
          return { zh: `${at} 的上層資料夾不存在`, en: `the folder that ${at} lies in does not exist` };
        case 'EROFS':
          return { zh: '所在的磁碟唯讀', en: 'its disk is read-only' };
        case 'ENOSPC':
        case 'EDQUOT':
          return { zh: '所在的磁碟已滿', en: 'its disk is full' };
        case 'EACCES':
        case 'EPERM':
          return { zh: '沒有寫入權限', en: 'it may not be written' };
        default:
          return { zh: String(code), en: String(code) };
      }
    })();
    return {
      zh: `快取資料夾 ${path} 無法使用：${why.zh}；請用環境變數 XDG_CACHE_HOME 指定別的資料夾`,
      en: `The cache folder ${path} cannot be used: ${why.en}; name another folder with XDG_CACHE_HOME`,
    };
  }
}

/**
 * The folder above `path` in which somebody else could put another in its place: one that others may write, unless it is
 * sticky (/tmp), or that is another's. The root folder is whose it will; in a user namespace that is nobody.
 */
function openAbove(path: string): string | undefined {
  for (const start of new Set([path, realpathSync(path)]))
    for (let above = dirname(start), below = start; above !== below; below = above, above = dirname(above)) {
      const { mode, uid } = statSync(above);
      const others = (mode & 0o022) !== 0 && (mode & 0o1000) === 0;
      const anothers = uid !== 0 && uid !== ourId() && dirname(above) !== above;
      if (others || anothers) return above;
    }
  return undefined;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** The name of this run of the program: its machine, for those that share a disk know nothing of each other, and its process. */
export async function runName(): Promise<string> {
  const { pid } = await import('node:process');
  return `${machineName()}-${pid}`;
}

const machineName = (): string =>
  keyOf(hostname())
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 8);

/** Whether a run of this machine, as `runName` has it, is over. Of other machines nobody can tell. */
export async function isOver(run: string): Promise<boolean> {
  const [machine, owner] = run.split('-');
  if (machine !== machineName() || !/^\d+$/.test(owner ?? '')) return false;
  const { kill } = await import('node:process');
  try {
    kill(Number(owner), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** What is kept at most unless SERVICEBOOK_CACHE_SIZE says otherwise (MB): some dozen editions of a large book. */
const LARGEST_MB = 512;

/** How many bytes are kept at most. Throws UserError. */
export function cacheSizeOf({ SERVICEBOOK_CACHE_SIZE: asked }: Environment): number {
  if (asked !== undefined && asked !== '' && !/^\d{1,7}$/.test(asked))
    throw new UserError({
      zh: `環境變數 SERVICEBOOK_CACHE_SIZE 是「${asked}」，應為快取最多留幾 MB 的整數，例如 ${LARGEST_MB}；0 表示不留。`,
      en: `SERVICEBOOK_CACHE_SIZE is "${asked}"; expected how many MB the cache keeps at most, a whole number such as ${LARGEST_MB}; 0 keeps nothing.`,
    });
  return (asked ? Number(asked) : LARGEST_MB) * 1024 * 1024;
}

/** A name for a text: equal text, equal name. */
export const keyOf = (text: string): string => hash('sha256', text, 'base64url');

export const digestOf = (bytes: Uint8Array): string => hash('sha256', bytes, 'base64url');

/** What this program was compiled from; `undefined` when it runs from its source, which may change under our eyes. */
export const programId = (): string | undefined => compiledFile('id')?.toString();

/** The bytes of a plain file; nothing for a link and whatever else has this name. @internal */
export function readPlain(path: string): Buffer | undefined {
  let fd: number | undefined;
  try {
    // What waits for a writer (a pipe) is not waited for.
    fd = openSync(path, fsConstants.O_RDONLY | (fsConstants.O_NOFOLLOW ?? 0) | (fsConstants.O_NONBLOCK ?? 0));
    return fstatSync(fd).isFile() && lstatSync(path).isFile() ? readFileSync(fd) : undefined;
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/**
 * Values that JSON can hold, by key, kept in one file. What a run did not ask for is dropped once it is more than what it
 * asked for.
 */
export type Memory<T> = { get(key: string): T | undefined; put(key: string, value: T): void; save(): void };

/** Opens the memory in a file (absolute). One that is missing, broken or of another `edition` is empty. */
export function openMemory<T>(path: string, edition: string): Memory<T> {
  let kept: Map<string, T> | undefined;
  let rows = 0;
  const used = new Map<string, T>();
  const fresh: [string, T][] = [];
  try {
    // Written by adding at the end: a list without its last bracket. What was cut off is no JSON.
    const [first, ...values] = JSON.parse(`${readPlain(path)}]`) as [string, ...[string, T][]];
    if (first === edition) {
      kept = new Map(values);
      rows = values.length;
    }
  } catch {
    // There is none yet.
  }
  return {
    get(key) {
      const value = used.get(key) ?? kept?.get(key);
      if (value !== undefined) used.set(key, value);
      return value;
    },
    put(key, value) {
      used.set(key, value);
      if (kept?.get(key) !== value) fresh.push([key, value]);
    },
    save() {
      // Who asked for nothing does not know what is of use.
      const isLarge = used.size > 0 && rows > 2 * used.size;
      if (fresh.length === 0 && !isLarge) return;
      const text = (values: Iterable<[string, T]>): string =>
        Array.from(values, (each) => `,\n${JSON.stringify(each)}`).join('');
      const head = `[${JSON.stringify(edition)}`;
      // Another run may have begun another edition in its place.
      if (kept && !isLarge && beginsWith(path, head)) addTo(path, text(fresh));
      else writeWhole(path, `${head}${text(used)}`);
      rows = isLarge || !kept ? used.size : rows + fresh.length;
      kept ??= new Map();
      for (const [key, value] of fresh.splice(0)) kept.set(key, value);
    },
  };
}

function beginsWith(path: string, head: string): boolean {
  try {
    const fd = openSync(path, fsConstants.O_RDONLY | (fsConstants.O_NONBLOCK ?? 0));
    try {
      const bytes = Buffer.alloc(Buffer.byteLength(head));
      return readSync(fd, bytes) === bytes.length && bytes.toString() === head;
    } finally {
      closeSync(fd);
    }
  } catch {
    return false;
  }
}

/** A full disk costs the next run some time and this one nothing. */
function addTo(path: string, text: string): void {
  try {
    appendFileSync(path, text, { mode: 0o600 });
  } catch {
    rmSync(path, { force: true });
  }
}

function writeWhole(path: string, content: string | Uint8Array): void {
  const making = `${path}.${randomUUID()}`;
  try {
    writeFileSync(making, content, { mode: 0o600 });
    renameSync(making, path);
  } catch {
    rmSync(making, { force: true });
  }
}

/**
 * Bytes by key, each entry in a file of its own. Safe with several runs at once: an entry is put in its place whole, and
 * its digest is verified when it is read, so that one that is broken is as good as none.
 */
export type Store = {
  get(key: string): Uint8Array | undefined;
  put(key: string, bytes: Uint8Array): void;
  /** Removes what was used longest ago, once there is more than `largest` bytes. */
  trim(largest: number): void;
};

/** What was made earlier. `by` names the program and the machine, `browser` is the path of the one that would print. */
export type OpenCache = { store: Store; by: string; browser: string };

/** An entry that was used within this time is not marked as used again (ms). */
const LATELY = 3_600_000;
/** SHA-256 in base64url. */
const DIGEST = 43;

/** Opens the store in `folder` (absolute), which is made when something is put. */
export function openStore(folder: string): Store {
  const placeOf = (key: string): string => join(folder, hash('sha256', key, 'base64url'));
  const digestOf = (key: string, bytes: Uint8Array): string =>
    hash('sha256', Buffer.concat([Buffer.from(`${key}\n`), bytes]), 'base64url');
  return {
    get(key) {
      const place = placeOf(key);
      try {
        const entry = readPlain(place);
        if (!entry) return undefined;
        const bytes = entry.subarray(DIGEST);
        if (entry.toString('latin1', 0, DIGEST) !== digestOf(key, bytes)) return undefined;
        if (Date.now() - statSync(place).mtimeMs > LATELY) utimesSync(place, new Date(), new Date());
        return bytes;
      } catch {
        return undefined;
      }
    },
    put(key, bytes) {
      try {
        makeFolder(folder);
        writeWhole(placeOf(key), Buffer.concat([Buffer.from(digestOf(key, bytes)), bytes]));
      } catch {
        // No room for it costs the next run some time and this one nothing.
      }
    },
    trim(largest) {
      try {
        const entries = readdirSync(folder).flatMap((name) => {
          const found = statSync(join(folder, name), { throwIfNoEntry: false });
          return found ? [{ path: join(folder, name), size: found.size, used: found.mtimeMs }] : [];
        });
        let size = entries.reduce((sum, each) => sum + each.size, 0);
        if (size <= largest) return;
        // To well below the limit, so that not every run has to look for what is old.
        for (const each of entries.sort((a, b) => a.used - b.used)) {
          if (size <= largest * 0.75) break;
          rmSync(each.path, { recursive: true, force: true });
          size -= each.size;
        }
      } catch {
        // There is none yet.
      }
    },
  };
}
