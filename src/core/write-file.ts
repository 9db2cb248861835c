// Files that are written besides what is printed: where a user said, or beside the content.
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { refusalOf } from './machine.js';
import type { Say } from './source.js';
import { UserError, visible } from './terminal.js';

/**
 * Writes to a place that the user named: a file, or a pipe that somebody reads. Throws UserError for a pipe that nobody
 * reads, which would be waited for without end, and what the system says where it refuses.
 */
export async function writeNamed(path: string, content: string | Uint8Array): Promise<void> {
  const isPipe = await stat(path).then(
    (found) => found.isFIFO(),
    () => false,
  );
  if (!isPipe) return writeFile(path, content);
  const reader = await open(path, constants.O_WRONLY | constants.O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENXIO') throw error;
    throw new UserError({
      zh: `「${path}」是管線，另一頭沒有程式在讀；請先啟動讀它的程式，或改寫成檔名。`,
      en: `"${path}" is a pipe that nobody reads. Start what reads it first, or name a file.`,
    });
  });
  try {
    await writeFile(path, content);
  } finally {
    await reader.close();
  }
}

/**
 * Writes a file beside the content, whole or not at all. A link that lies there is replaced and not followed, for content
 * may come from a stranger; a folder that is a link throws UserError.
 */
export async function writeBeside(path: string, content: string): Promise<void> {
  const folder = dirname(path);
  if (!(await lstat(folder)).isDirectory())
    throw new UserError({
      zh: `「${folder}」不是資料夾，而是連結或檔案，不寫進去；請刪除或改名。`,
      en: `"${folder}" is a link or a file and no folder, so nothing is written there. Remove or rename it.`,
    });
  await putInPlace(path, content);
}

/**
 * Makes a folder and those above it that are missing; true when it was not there. Node's own recursive mkdir never returns
 * where a folder exists and refuses to hold another (/proc).
 */
export async function makeFolder(path: string, fs: { mkdir: typeof mkdir } = { mkdir }): Promise<boolean> {
  const make = async (parentIsThere: boolean): Promise<boolean> => {
    try {
      await fs.mkdir(path);
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST' && (await stat(path).catch(() => undefined))?.isDirectory()) return false;
      if (code !== 'ENOENT' || parentIsThere) throw error;
      // Another file on its way may make the parent meanwhile, so whether it is there is no reason to give up.
      await makeFolder(dirname(path), fs);
      return make(true);
    }
  };
  return make(false);
}

const CANNOT: Readonly<Record<string, Say>> = {
  ENOENT: { zh: '那裡不能建立資料夾。請換一個地方。', en: 'no folder can be made there. Choose another place.' },
  ENOTDIR: {
    zh: '路徑中有一段是檔案，不是資料夾。請換一個地方。',
    en: 'a part of the path is a file and no folder. Choose another place.',
  },
  EISDIR: { zh: '那是資料夾。請寫檔名。', en: 'it is a folder. Name a file.' },
  ENAMETOOLONG: { zh: '名稱太長。請縮短。', en: 'the name is too long. Shorten it.' },
  ELOOP: {
    zh: '路徑中的連結繞成一圈。請換一個地方。',
    en: 'links in the path lead in a circle. Choose another place.',
  },
};

/** What is told where a file or folder that the user named (`shown`) cannot be written; a fault of ours stays what it is. */
export function notWritten(error: unknown, shown: string): unknown {
  const { code, message } = (error ?? {}) as NodeJS.ErrnoException;
  if (error instanceof UserError || typeof code !== 'string') return error;
  const why = CANNOT[code === 'EEXIST' ? 'ENOTDIR' : code] ?? refusalOf({ code }) ?? { zh: message, en: message };
  return new UserError({
    zh: `無法寫入 ${visible(shown)}：${why.zh}`,
    en: `Cannot write ${visible(shown)}: ${why.en}`,
  });
}

/** Writes a file anew, whole or not at all, and with the rights that are given. A link at its place is replaced. */
export async function putInPlace(path: string, content: string, mode?: number): Promise<void> {
  // Of a name that nobody could have laid there before: a link would lead the text elsewhere.
  const making = join(dirname(path), `.servicebook-${randomUUID()}`);
  try {
    await writeFile(making, content, { mode, flag: 'wx' });
    await rename(making, path);
  } catch (error) {
    await rm(making, { force: true });
    throw error;
  }
}
