// Folders below the output folder, held fast while a build writes: what lies there may have been planted, and no link is
// followed.
import { closeSync, constants, existsSync, fstatSync, lstatSync, openSync } from 'node:fs';
import type * as nodeFs from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../core/terminal.js';
import { codeOf, explain } from './write-faults.js';

/** The calls of the file system that can fail halfway; a test puts a full disk or a locked file in their place. */
export type FileSystem = Pick<typeof nodeFs, 'mkdir' | 'writeFile' | 'rename'>;

/** How the folder is named in which a build stages its files. */
export const STAGING = /^\.servicebook-[0-9a-f-]{36}$/;

/** A real folder that is held fast: whatever is put in its place meanwhile, `at` names what is in this one. */
export type HeldFolder = { at(name: string): string; close(): void; readonly dev: number; readonly ino: number };

/** Linux names by it what an open folder holds. Elsewhere a folder is named by its path once it was looked at. */
const HANDLES = '/proc/self/fd';
const held = existsSync(HANDLES) && constants.O_DIRECTORY !== undefined;

/** Throws ELOOP or ENOTDIR where a link, or something else, is in the place of a folder. */
export function openFolder(path: string): HeldFolder {
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

/** Whether what is at this path is that folder still. */
export const isFolder = (path: string, { dev, ino }: HeldFolder): boolean => {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.dev === dev && found.ino === ino;
};

/** The last part of a path with `/`. */
export const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1);

/**
 * The folder in which a file has its place, from those that are open. `make`: it is made where it is not there, else it is
 * `undefined`. Throws UserError where a link or a file is in its way.
 */
export async function folderFor(
  file: string,
  folders: Map<string, HeldFolder>,
  folder: string,
  make: FileSystem | undefined,
): Promise<HeldFolder | undefined> {
  let [at, path] = [folders.get('') as HeldFolder, ''];
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
    at = folders.get(path) as HeldFolder;
  }
  return at;
}

const aLink = (link: string, file: string): UserError =>
  new UserError({
    zh: `無法寫入 ${file}：${link} 是連結，可能通往輸出資料夾以外的地方。請移除這個連結，或以 --out 指定其他資料夾。`,
    en: `Cannot write ${file}: ${link} is a link and may lead out of the output folder. Remove the link, or choose another folder with --out.`,
  });

/** Throws UserError where a folder is in the place of a file; `named`: the file as it is told. */
export function refuseFolder(place: string, named: string): void {
  if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory())
    throw new UserError({
      zh: `無法寫入 ${named}：那裡已有同名的資料夾。請移走它，或以 --out 指定其他資料夾。`,
      en: `Cannot write ${named}: a folder of that name is there. Move it away, or choose another folder with --out.`,
    });
}

/** Relative, with `/`, and never out of the folder or into the staging folder of a build. */
export function isInside(file: string): boolean {
  const parts = file.split('/');
  return !file.includes('\\') && parts.every((part) => !['', '.', '..'].includes(part) && !STAGING.test(part));
}
