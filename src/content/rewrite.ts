// A content file in the hands of its author, written anew: whole or not at all.
import { readFile, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { refusalOf } from '../core/machine.js';
import { UserError } from '../core/terminal.js';
import { putInPlace } from '../core/write-file.js';

/**
 * Whole or not at all, and with the byte order mark the file had. `shown`: its path from `cwd`, as it is named to the user.
 * Throws UserError where it cannot be written.
 */
export async function replaceText(cwd: string, shown: string, text: string): Promise<void> {
  const path = await realpath(resolve(cwd, shown));
  const mark = (await readFile(path)).subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? '\uFEFF' : '';
  try {
    await putInPlace(path, mark + text, (await stat(path)).mode);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Without the name of the file that was to take its place.
    const why = refusalOf({ code }) ?? { zh: `${message}。`, en: `${message}.` };
    throw new UserError({
      zh: `無法寫入 ${shown}：${why.zh}原來的檔案沒有更動。`,
      en: `Cannot write ${shown}: ${why.en} The file is as it was.`,
    });
  }
}
