// A content file in the hands of its author, written anew: whole or not at all.
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { UserError } from '../core/source.js';

/** Whole or not at all, and with the byte order mark the file had. Throws UserError where it cannot be written. */
export async function replaceText(shown: string, text: string): Promise<void> {
  const path = await realpath(shown);
  const mark = (await readFile(path)).subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? '\uFEFF' : '';
  const making = `${path}.servicebook-new`;
  try {
    await writeFile(making, mark + text, { mode: (await stat(path)).mode });
    await rename(making, path);
  } catch (error) {
    await rm(making, { force: true });
    throw new UserError({
      zh: `無法寫入 ${path}：${(error as Error).message}。原來的檔案沒有更動。`,
      en: `Cannot write ${path}: ${(error as Error).message}. The file is as it was.`,
    });
  }
}
