// Files reach the output folder whole and together, or not at all: staged beside their places, then renamed. What lies in
// that folder may have been planted there: nothing in it is believed, and no link in it is followed.
import { randomUUID } from 'node:crypto';
import { lstatSync, realpathSync, rmdirSync } from 'node:fs';
import * as nodeFs from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf, readPlain } from '../core/cache.js';
import { UserError } from '../core/terminal.js';
import { makeFolder } from '../core/write-file.js';
import type { File } from '../document/sheet.js';
import {
  type FileSystem,
  folderFor,
  type HeldFolder,
  isFolder,
  isInside,
  nameOf,
  openFolder,
  refuseFolder,
} from './held-folder.js';
import { empty, entryOf, type Move, type Register, registerIn, sweep } from './killed-builds.js';
import { codeOf, explain, GONE, sayOf } from './write-faults.js';

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

/**
 * `shown`: the folder as the user named it. `register`: a folder that only this user can write, in which it stands which
 * staging folders are ours and what they are about to move: only by that can what a killed build left be told from what
 * somebody planted.
 */
export async function openStage(
  path: string,
  {
    register: folder,
    fs = nodeFs,
    shown = path,
  }: { register?: string | undefined; fs?: FileSystem; shown?: string } = {},
): Promise<Stage> {
  const name = `.servicebook-${randomUUID()}`;
  let home: HeldFolder | undefined;
  let staging: HeldFolder | undefined;
  const register = registerIn(folder);
  try {
    const created = await makeFolder(path, fs);
    // Where the folder itself is, is the user's to say.
    const real = realpathSync(path);
    home = openFolder(real);
    const strangers = await sweep(home, real, register);
    await fs.mkdir(home.at(name), { mode: 0o700 });
    staging = openFolder(home.at(name));
    register.put(name, entryOf(real, staging));
    return new OutputStage({ name, real, shown, created, home, staging, register, fs, strangers });
  } catch (error) {
    staging?.close();
    home?.close();
    throw explain(error, shown);
  }
}

/**
 * `name`: of the staging folder. `real`: the output folder by its real path; `shown`: as the user named it; `created`: it was
 * not there before.
 */
type Opened = {
  name: string;
  real: string;
  shown: string;
  created: boolean;
  home: HeldFolder;
  staging: HeldFolder;
  register: Register;
  fs: FileSystem;
  strangers: readonly string[];
};

/** How what was done is undone, first to last. */
type Undo = (() => Promise<void>)[];

class OutputStage implements Stage {
  /** By the name on a disk that does not tell A from a. `fresh`: what it is called in the staging folder. */
  readonly #staged = new Map<string, { file: string; fresh: string; digest: string }>();
  readonly #removed: string[] = [];
  /** The folders below the output folder, by path. */
  readonly #folders: Map<string, HeldFolder>;
  /** Nothing more is taken. */
  #over = false;
  #open = true;
  /** Files are being put in their places. */
  #committing = false;

  constructor(private readonly opened: Opened) {
    this.#folders = new Map([['', opened.home]]);
  }

  get strangers(): readonly string[] {
    return this.opened.strangers;
  }

  async add({ file, bytes }: File): Promise<void> {
    const { fs, staging, shown } = this.opened;
    if (this.#over) throw new Error(`${file} was added to a stage that is over`);
    if (this.#staged.has(inside(file).toLowerCase())) throw new Error(`two outputs make ${file}`);
    const fresh = `${this.#staged.size}.new`;
    this.#staged.set(file.toLowerCase(), { file, fresh, digest: digestOf(bytes) });
    try {
      const place = await this.#folderOf(file).catch(() => undefined);
      if (!(place && (await takeEqual(place.at(nameOf(file)), staging.at(fresh), bytes))))
        await fs.writeFile(staging.at(fresh), bytes, { flag: 'wx', flush: true });
    } catch (error) {
      if (this.#over) throw new Error(`${file} was added to a stage that is over`);
      throw explain(error, join(shown, file), GONE);
    }
  }

  async peek(file: string): Promise<Uint8Array | undefined> {
    const place = await this.#folderOf(inside(file)).catch(() => undefined);
    return place && readPlain(place.at(nameOf(file)));
  }

  remove(file: string): void {
    this.#removed.push(inside(file));
  }

  async commit(): Promise<string[]> {
    const { real, home, shown, name, staging, register } = this.opened;
    if (this.#over) throw new Error('the stage is over');
    this.#over = true;
    const undo: Undo = [];
    try {
      // What was moved away and what came to its place since are not what was named.
      if (!isFolder(real, home)) throw new UserError(sayOf(shown, GONE));
      const moves = await this.#planMoves();
      // From here on the next build can finish what this one does not.
      this.#committing = true;
      const moving = moves.map(({ file, fresh, digest, old }) => ({ file, fresh, digest, old }));
      register.put(name, { ...entryOf(real, staging), moving });
      undo.push(async () => register.put(name, entryOf(real, staging)));
      await this.#move(moves, undo);
      await this.#moveAway(undo);
      return moves.map(({ file }) => join(shown, file));
    } catch (error) {
      // What is being put back must not be finished: that goes first.
      for (const back of [...undo.slice(0, 1), ...undo.slice(1).reverse()]) await back().catch(() => undefined);
      throw error;
    } finally {
      await this.discard();
    }
  }

  async discard(): Promise<void> {
    this.#committing = false;
    this.abandon();
  }

  readonly abandon = (): void => {
    const { home, name, staging, register, created, real } = this.opened;
    this.#over = true;
    if (!this.#open || this.#committing) return;
    this.#open = false;
    empty(home, name, staging);
    register.drop(name);
    for (const each of this.#folders.values()) each.close();
    try {
      // Only an empty folder can be removed so: a build that made nothing leaves nothing.
      if (created) rmdirSync(real);
    } catch {
      // It is not empty.
    }
  };

  #folderOf(file: string, make?: FileSystem): Promise<HeldFolder | undefined> {
    return folderFor(file, this.#folders, this.opened.shown, make);
  }

  /** Everything that can be known to be in the way is found before the first file moves. */
  async #planMoves(): Promise<(Move & { place: string; existed: boolean })[]> {
    const { fs, staging, shown } = this.opened;
    const files = [...this.#staged.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
    for (const { file } of files) {
      const place = await this.#folderOf(file);
      if (place) refuseFolder(place.at(nameOf(file)), join(shown, file));
    }
    const moves: (Move & { place: string; existed: boolean })[] = [];
    for (const [i, { file, fresh, digest }] of files.entries())
      try {
        const place = ((await this.#folderOf(file, fs)) as HeldFolder).at(nameOf(file));
        // A second name for each old file lets a rename replace it in one step: no reader finds it missing.
        const old = `${i}.old`;
        moves.push({ file, fresh, digest, old, place, existed: await keep(place, staging.at(old)) });
      } catch (error) {
        throw explain(error, join(shown, file), GONE);
      }
    return moves;
  }

  async #move(moves: readonly (Move & { place: string; existed: boolean })[], undo: Undo): Promise<void> {
    const { fs, staging, shown } = this.opened;
    for (const { file, fresh, old, place, existed } of moves)
      try {
        await fs.rename(staging.at(fresh), place);
        undo.push(() => (existed ? nodeFs.rename(staging.at(old), place) : nodeFs.rm(place, { force: true })));
      } catch (error) {
        // Another build took this one for dead and has moved the file.
        if (codeOf(error) !== 'ENOENT' || isThere(staging.at(fresh))) throw explain(error, join(shown, file), GONE);
      }
  }

  /** Moves what is to go into the staging folder, with which it goes, so that it can come back. */
  async #moveAway(undo: Undo): Promise<void> {
    const { fs, staging, shown } = this.opened;
    for (const [i, file] of this.#removed.entries())
      try {
        const place = await this.#folderOf(file);
        if (!place || !readPlain(place.at(nameOf(file)))) continue;
        const [from, gone] = [place.at(nameOf(file)), staging.at(`${i}.gone`)];
        await fs.rename(from, gone);
        undo.push(() => nodeFs.rename(gone, from));
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw explain(error, join(shown, file), GONE);
      }
  }
}

/** The path, which is one inside the output folder; else the fault is ours. */
function inside(file: string): string {
  if (!isInside(file)) throw new Error(`${file} is not a path inside the output folder`);
  return file;
}

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

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;
