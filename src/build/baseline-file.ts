// The file of findings that are known already: read for a report, and written only over its like.
import { readFile, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Diagnostic } from '../core/diagnostic.js';
import { UserError } from '../core/terminal.js';
import { notWritten } from '../core/write-file.js';
import { type Baseline, baselineOf, isBaseline, refuseOtherVersion, shrunk } from '../lint/baseline.js';

/** What came of writing it: how many findings it holds, how many left it, and how many were found and not taken in. */
export type Written = { held: number; gone: number; unknown: number };

/**
 * Over an earlier baseline: what is found no more goes out, and what is new comes in only with `grow`. `named`: the file as
 * the user typed it; `root`: the content folder as its paths are shown.
 */
export async function writeBaseline(
  named: string,
  diagnostics: readonly Diagnostic[],
  { cwd, root, grow }: { cwd: string; root: string; grow: boolean },
): Promise<Written> {
  const file = resolve(cwd, named);
  await refuseOtherFile(file, named);
  const now = baselineOf(diagnostics, root);
  const earlier = await earlierAt(file);
  const { baseline, gone, unknown } = earlier ? shrunk(earlier, now) : { baseline: now, gone: 0, unknown: 0 };
  const whole = grow ? now : baseline;
  const left = grow ? 0 : unknown;
  await writeFile(file, `${JSON.stringify(whole, null, 2)}\n`).catch((error: unknown) => {
    throw notWritten(error, named);
  });
  return { held: diagnostics.length - left, gone, unknown: left };
}

/** The baseline that is there already; none where another version wrote it. */
async function earlierAt(file: string): Promise<Baseline | undefined> {
  const read = parsed(await readFile(file, 'utf8').catch(() => ''));
  return isBaseline(read) ? read : undefined;
}

export async function readBaseline(file: string, cwd: string): Promise<Baseline> {
  const path = resolve(cwd, file);
  const text = (await stat(path).catch(() => undefined))?.isFile()
    ? await readFile(path, 'utf8').catch(() => undefined)
    : undefined;
  if (text === undefined) throw new UserError({ zh: `找不到檔案「${file}」。`, en: `There is no file "${file}".` });
  const read = parsed(text);
  refuseOtherVersion(read, file);
  if (isBaseline(read)) return read;
  throw new UserError({
    zh: `「${file}」不是 --write-baseline 寫出的檔案。`,
    en: `"${file}" was not written by --write-baseline.`,
  });
}

/** What is there and is no such file is not written over: it may be content. */
async function refuseOtherFile(file: string, named: string): Promise<void> {
  const info = await stat(file).catch(() => undefined);
  const text = info?.isFile() && info.size > 0 ? await readFile(file, 'utf8').catch(() => '') : undefined;
  if (!info || (info.isFile() && info.size === 0) || (text !== undefined && isBaselineText(text))) return;
  throw new UserError({
    zh: `「${named}」已經在那裡，而且不是 --write-baseline 寫出的檔案，沒有更動。請寫另一個檔名，例如 --write-baseline baseline.json。`,
    en: `"${named}" is there already and was not written by --write-baseline; it was not touched. Name another file, such as --write-baseline baseline.json.`,
  });
}

/** A later version wrote another number. */
function isBaselineText(text: string): boolean {
  const read = parsed(text);
  return typeof read === 'object' && read !== null && 'version' in read && 'findings' in read;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
