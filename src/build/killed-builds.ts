// What killed builds left in an output folder: known by a register that only this user can write, finished or removed.
import { lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import * as nodeFs from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { kill, pid } from 'node:process';
import { digestOf, isOurs, readPlain } from '../core/cache.js';
import {
  folderFor,
  type HeldFolder,
  isFolder,
  isInside,
  nameOf,
  openFolder,
  refuseFolder,
  STAGING,
} from './held-folder.js';
import { codeOf } from './write-faults.js';

/** A staging folder of which nobody can tell whether its build is still at work is left for so long (ms). */
const STALE = 3_600_000;

/** A file on its way: what it is called in the staging folder, its bytes by their digest, and the name of what was there. */
export type Move = { file: string; fresh: string; digest: string; old: string };
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

/** What is known of a staging folder that this program has just made. */
export const entryOf = (out: string, { dev, ino }: HeldFolder): Entry => ({
  out,
  dev,
  ino,
  host: hostname(),
  pid,
  since: performance.timeOrigin,
});

export type Register = {
  all(): { name: string; entry: Entry; at: number }[];
  put(name: string, entry: Entry): void;
  drop(name: string): void;
};

/** One file a staging folder, in a folder that only this user can write. Where it cannot be written, nothing is known later. */
export function registerIn(folder: string | undefined): Register {
  const stages = folder === undefined ? '' : join(folder, 'stages');
  const placeOf = (name: string): string => join(stages, `${name.replace(/^\.servicebook-/, '')}.json`);
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return stages === '' ? undefined : work();
    } catch {
      return undefined;
    }
  };
  return {
    all: () =>
      (attempt(() => (isOurs(stages, 'folder') ? readdirSync(stages) : [])) ?? []).flatMap((file) => {
        const name = `.servicebook-${file.replace(/\.json$/, '')}`;
        const entry = attempt(() => JSON.parse(String(readPlain(join(stages, file)))) as Entry);
        return entry && STAGING.test(name) ? [{ name, entry, at: statSync(join(stages, file)).mtimeMs }] : [];
      }),
    put: (name, entry) =>
      attempt(() => {
        mkdirSync(stages, { recursive: true, mode: 0o700 });
        writeFileSync(`${placeOf(name)}.part`, JSON.stringify(entry), { mode: 0o600, flush: true });
        renameSync(`${placeOf(name)}.part`, placeOf(name));
      }),
    drop: (name) => attempt(() => rmSync(placeOf(name), { force: true })),
  };
}

/** Finishes or removes what killed builds left in this folder; says which names are not known to be theirs. */
export async function sweep(root: HeldFolder, out: string, register: Register): Promise<string[]> {
  const known = new Map(register.all().map((each) => [each.name, each]));
  const strangers: string[] = [];
  const there = readdirSync(root.at('.')).filter((name) => STAGING.test(name));
  for (const name of there) {
    const { entry, at = 0 } = known.get(name) ?? {};
    let making: HeldFolder | undefined;
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
async function finish(root: HeldFolder, making: HeldFolder, moving: readonly Move[]): Promise<boolean> {
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
export function empty(root: HeldFolder, name: string, making: HeldFolder): void {
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

/** Two names of one file, files of equal bytes, or nothing at either place. */
function areEqual(a: string, b: string): boolean {
  const [one, other] = [a, b].map((path) => lstatSync(path, { throwIfNoEntry: false }));
  if (!one || !other) return one === other;
  if (one.ino === other.ino && one.dev === other.dev) return true;
  const [left, right] = [readPlain(a), readPlain(b)];
  return left !== undefined && right !== undefined && left.equals(right);
}
