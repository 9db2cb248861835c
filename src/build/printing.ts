// The planned sheets become files of the output folder, or are left out each for itself.
import { digestOf } from '../core/cache.js';
import type { Say } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { type About, isLong } from '../document/sheet.js';
import type { PreflightFault } from '../pdf/preflight/fault.js';
import type { Printed } from '../print/print-sheet.js';
import { ABREAST, type CachedPrinter } from './cached-printer.js';
import { firstLineOf } from './draw.js';
import type { Stage } from './output-folder.js';
import { ownOf, plainName, sameName, type Wanted } from './plan.js';
import type { BuildOptions, BuiltFile, LeftOut, Unmade } from './result.js';
import { schedule } from './scheduler.js';

export type Printing = {
  files: (BuiltFile & { about?: About })[];
  leftOut: Unmade[];
  faults: (PreflightFault & { file: string })[];
  missing: string[];
};

/** Books take longest and come first, then what else is long. */
const rank = ({ sheet }: Wanted): number => (sheet.kind === 'page' && sheet.numbered ? 0 : isLong(sheet) ? 1 : 2);

/** Side by side: while one page is laid out, another is written. What the machine or the user stops, stops all. */
export async function printAll(
  wanted: readonly Wanted[],
  printer: CachedPrinter,
  stage: Stage,
  { signal, progress, force = false }: Pick<BuildOptions, 'signal' | 'progress' | 'force'>,
): Promise<Printing> {
  const names = new Map<string, string>();
  const crashes: unknown[] = [];
  let started = 0;
  const done = await schedule(wanted, {
    abreast: ABREAST,
    rank,
    isLong: ({ sheet }) => isLong(sheet),
    async work({ output, wall, sheet }) {
      if (signal?.aborted) throw new Error('interrupted');
      const { about, ...paper } = sheet;
      started += 1;
      progress?.({ step: 'print', n: started, of: wanted.length, file: sheet.file });
      return keep(await printer.make(paper), { output, wall, about, file: sheet.file }, stage, names, force);
    },
    failed({ output, wall, sheet: { about, file } }, error) {
      if (signal?.aborted || (error instanceof UserError && error.exitCode !== 1) || !isOfSheet(error)) throw error;
      if (!(error instanceof UserError)) crashes.push(error);
      return leftOutFor({ output, wall, about, file }, error);
    },
  });
  const [crash] = crashes;
  // Where nothing at all came out, it is more than the fault of a sheet.
  if (crash !== undefined && done.every(({ files }) => files.length === 0)) throw crash;
  return {
    files: done.flatMap(({ files }) => files),
    leftOut: done.flatMap(({ leftOut }) => leftOut),
    faults: done.flatMap(({ faults }) => faults),
    missing: [...new Set(done.flatMap(({ missing }) => missing))],
  };
}

/** Errors of the system (a full disk, too many open files) have a code; they are no sheet's fault. */
const isOfSheet = (error: unknown): boolean =>
  error instanceof UserError ||
  (error instanceof Error && !('code' in error) && !/Target|Protocol|closed/.test(`${error.name} ${error.message}`));

type Whose = { output: string; about: About | undefined; file: string; wall: boolean };

function leftOutFor({ output, about, file }: Whose, error: unknown): Printing {
  const [why, because]: [LeftOut['why'], Say] =
    error instanceof UserError
      ? ['too-long', error.say]
      : [
          'program',
          {
            zh: `程式本身發生錯誤（這是我們的問題，請回報）：${firstLineOf(error)}`,
            en: `a fault of the program itself; please report it: ${firstLineOf(error)}`,
          },
        ];
  const nameless = { zh: because.zh.replace(`${file}：`, ''), en: because.en.replace(`${file}: `, '') };
  return { files: [], leftOut: [{ output, file, ...ownOf(about), why, because: nameless }], faults: [], missing: [] };
}

/** The files of a sheet are staged together, or none of them. */
async function keep(
  printed: readonly Printed[],
  { output, about, file, wall }: Whose,
  stage: Stage,
  names: Map<string, string>,
  force: boolean,
): Promise<Printing> {
  const faults = printed.flatMap(({ file: of, faults = [] }) => faults.map((fault) => ({ file: of, ...fault })));
  const missing = printed.flatMap(({ missing = [] }) => missing);
  const nothing = { files: [], faults, missing };
  const whose = { output, file, ...ownOf(about) };
  const wrong = faults.filter(({ advice }) => !advice);
  // Who asks for a draft asks for what the content says, and no template may say otherwise.
  const otherwise = wrong.some(({ rule }) => /^override-/.test(rule));
  if (wrong.length > 0 && (!force || otherwise))
    return { ...nothing, leftOut: [{ ...whose, why: otherwise ? 'template' : 'faults', because: faultsOf(wrong) }] };
  const rival = printed.flatMap(({ file: each }) => names.get(plainName(each)) ?? [])[0];
  if (rival !== undefined) return { ...nothing, leftOut: [{ ...whose, ...sameName(file, rival) }] };
  for (const each of printed) names.set(plainName(each.file), each.file);
  for (const each of printed) await stage.add(each);
  return {
    files: printed.map(({ file: each, bytes, pages }) => ({
      file: each,
      output,
      size: bytes.length,
      digest: digestOf(bytes),
      ...(pages === undefined ? {} : { pages }),
      ...(wall && each === file && pages !== undefined && pages > 1 ? { sheets: pages } : {}),
      ...(about ? { about } : {}),
    })),
    leftOut: [],
    faults,
    missing,
  };
}

function faultsOf(faults: readonly PreflightFault[]): Say {
  const rules = [...new Set(faults.map(({ rule }) => rule))].join(', ');
  return {
    zh: `印好的檔案有 ${faults.length} 個問題（${rules}）`,
    en: `the printed file has ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'} (${rules})`,
  };
}
