// The file of findings that are known already: read for a report, and written only over its like.
import { readFile, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Diagnostic } from '../core/diagnostic.js';
import { refusalOf } from '../core/machine.js';
import { UserError } from '../core/terminal.js';
import { type Baseline, baselineOf, isBaseline, refuseLaterBaseline } from '../lint/baseline.js';

/** `named`: the file as the user typed it. */
export async function writeBaseline(named: string, diagnostics: readonly Diagnostic[], cwd: string): Promise<void> {
  const file = resolve(cwd, named);
  await refuseOtherFile(file, named);
  const text = `${JSON.stringify(baselineOf(diagnostics, cwd), null, 2)}\n`;
  await writeFile(file, text).catch((error: NodeJS.ErrnoException) => {
    const why = refusalOf({ code: error.code }) ?? { zh: error.message, en: error.message };
    throw new UserError({
      zh: `無法寫入 ${named}：${why.zh}`,
      en: `Cannot write ${named}: ${why.en}`,
    });
  });
}

export async function readBaseline(file: string, cwd: string): Promise<Baseline> {
  const text = await readFile(resolve(cwd, file), 'utf8').catch(() => {
    throw new UserError({ zh: `找不到「${file}」。`, en: `There is no "${file}".` });
  });
  try {
    const read: unknown = JSON.parse(text);
    refuseLaterBaseline(read, file);
    if (isBaseline(read)) return read;
  } catch (error) {
    // What is no JSON is told below.
    if (error instanceof UserError) throw error;
  }
  throw new UserError({
    zh: `「${file}」不是 --write-baseline 寫出的檔案。`,
    en: `"${file}" was not written by --write-baseline.`,
  });
}

/** What is there and is no such file is not written over: it may be content. */
async function refuseOtherFile(file: string, named: string): Promise<void> {
  const info = await stat(file).catch(() => undefined);
  const text = info?.isFile() && info.size > 0 ? await readFile(file, 'utf8').catch(() => '') : undefined;
  if (!info || info.size === 0 || (text !== undefined && isBaselineText(text))) return;
  throw new UserError({
    zh: `「${named}」已經在那裡，而且不是 --write-baseline 寫出的檔案，沒有更動。請寫另一個檔名，例如 --write-baseline baseline.json。`,
    en: `"${named}" is there already and was not written by --write-baseline; it was not touched. Name another file, such as --write-baseline baseline.json.`,
  });
}

function isBaselineText(text: string): boolean {
  try {
    const read: unknown = JSON.parse(text);
    // A later version wrote another number.
    return typeof read === 'object' && read !== null && 'version' in read && 'findings' in read;
  } catch {
    return false;
  }
}
