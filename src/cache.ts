// What is kept between runs: a folder that only this user can write and that may be deleted at any time.
import { hash, randomUUID } from 'node:crypto';
import {
  accessSync,
  appendFileSync,
  constants as fsConstants,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir, platform, tmpdir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** A folder that only this user can write: what lies in it may be trusted and executed. `temporary`: for this run alone. */
export type Room = { path: string; temporary: boolean };

/** True when nobody but us (and root) can have put this here. Windows has no such bits and keeps profiles apart. */
export function isOurs(path: string, kind: 'folder' | 'file'): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found || (kind === 'folder' ? !found.isDirectory() : !found.isFile())) return false;
  return platform() === 'win32' || (found.uid === userInfo().uid && (found.mode & 0o022) === 0);
}

/** `servicebook` in XDG_CACHE_HOME or ~/.cache, made when it is not there; `undefined` where it cannot be had. */
export function lastingRoom(env: Environment): Room | undefined {
  const caches =
    env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : join(env.HOME || homedir(), '.cache');
  const path = join(caches, 'servicebook');
  try {
    // Not recursive: a home that does not exist is not made, and Node's recursive mkdir can hang (/proc).
    for (const folder of [caches, path]) makeFolder(folder);
    accessSync(path, fsConstants.W_OK);
    return isOurs(path, 'folder') ? { path, temporary: false } : undefined;
  } catch {
    return undefined;
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** A home that cannot be written is no fault: a folder for this run does the same, only slower. */
export const openRoom = (env: Environment): Room =>
  lastingRoom(env) ?? { path: mkdtempSync(join(tmpdir(), 'servicebook-')), temporary: true };

/** A name for a text: equal text, equal name. */
export const keyOf = (text: string): string => hash('sha256', text, 'base64url');

export const digestOf = (bytes: Uint8Array): string => hash('sha256', bytes, 'base64url');

/** What this program was compiled from; `undefined` when it runs from its source, which may change under our eyes. */
export function programId(): string | undefined {
  try {
    return readFileSync(new URL('./id', import.meta.url), 'utf8');
  } catch {
    return undefined;
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
  const used = new Map<string, T>();
  const fresh: [string, T][] = [];
  try {
    // Written by adding at the end: a list without its last bracket. What was cut off is no JSON.
    const [first, ...values] = JSON.parse(`${readFileSync(path, 'utf8')}]`) as [string, ...[string, T][]];
    if (first === edition) kept = new Map(values);
  } catch {
    // There is none yet.
  }
  return {
    get(key) {
      const value = kept?.get(key);
      if (value !== undefined) used.set(key, value);
      return value;
    },
    put(key, value) {
      used.set(key, value);
      fresh.push([key, value]);
    },
    save() {
      if (fresh.length === 0) return;
      const text = (values: Iterable<[string, T]>): string =>
        Array.from(values, (each) => `,\n${JSON.stringify(each)}`).join('');
      if (kept && kept.size <= 2 * used.size) return addTo(path, text(fresh));
      writeWhole(path, `[${JSON.stringify(edition)}${text(used)}`);
    },
  };
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
        const entry = readFileSync(place);
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
          rmSync(each.path, { force: true });
          size -= each.size;
        }
      } catch {
        // There is none yet.
      }
    },
  };
}
