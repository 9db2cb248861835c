// What is kept between runs: a folder that only this user can write and that may be deleted at any time.
import { createHash, randomUUID } from 'node:crypto';
import {
  accessSync,
  constants as fsConstants,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
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

/** A name for a content: equal parts, equal name. */
export const keyOf = (...parts: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('base64url');
};

/** What this program was compiled from; `undefined` when it runs from its source, which may change under our eyes. */
export function programId(): string | undefined {
  try {
    return readFileSync(new URL('./id', import.meta.url), 'utf8');
  } catch {
    return undefined;
  }
}

/** Texts by key, kept in one file. Keys that a run did not ask for are dropped when it saves. */
export type Memory = { get(key: string): string | undefined; put(key: string, text: string): void; save(): void };

/** Opens the memory in a file (absolute). One that is missing, broken or of another `edition` is empty. */
export function openMemory(path: string, edition: string): Memory {
  const kept = new Map<string, string>();
  const used = new Map<string, string>();
  let fresh = false;
  try {
    const [first, ...lines] = readFileSync(path, 'utf8').split('\n');
    // A file that was cut off has no last line.
    if (first === edition && lines.pop() === '.')
      for (const line of lines) kept.set(line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1));
  } catch {
    // There is none yet.
  }
  return {
    get(key) {
      const text = kept.get(key);
      if (text !== undefined) used.set(key, text);
      return text;
    },
    put(key, text) {
      used.set(key, text);
      fresh = true;
    },
    save() {
      // A run that asked for nothing has nothing to say on what is worth keeping.
      if (used.size === 0 || (!fresh && used.size === kept.size)) return;
      const making = `${path}.${randomUUID()}`;
      try {
        const lines = [...used].map(([key, text]) => `${key} ${text}`);
        writeFileSync(making, [edition, ...lines, '.'].join('\n'), { mode: 0o600 });
        renameSync(making, path);
      } catch {
        // A full disk costs the next run some time and this one nothing.
        rmSync(making, { force: true });
      }
    },
  };
}
