// Files that are written besides what is printed: where a user said, or beside the content.
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from './terminal.js';

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
