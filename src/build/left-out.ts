// What earlier builds left in an output folder, and what becomes of it where this one cannot make it anew: the own paper of
// a single service must not look current and goes; what speaks of many stays, and is told to be older.
import { type CacheFolder, digestOf, keyOf, openStore } from '../core/cache.js';
import type { Stage } from './output-folder.js';

/** A file that a build made: of which output, and of which service it is the own paper. */
export type Made = { file: string; digest: string; output: string; service?: string };

/** A sheet that was not made, and of which service it is the own paper. No `file`: all that the output makes. */
export type Unmade = { output: string; file?: string; service?: string };

/** A file that is there from earlier: it is taken away with the commit, or stays. */
export type Older = { file: string; state: 'removed' | 'stays' };

/** @internal */
export type Left = {
  /** What was left of a sheet, but for files that were made anew. What is to go is handed to the stage. */
  of(sheet: Unmade, stage: Stage, isMade: (file: string) => boolean): Promise<Older[]>;
  /** The files of single services that were made earlier and that this answers for. */
  made(isOne: (made: Made) => boolean): Made[];
  /** Remembers what is there now; what was made earlier and is not named stays remembered. */
  note(made: readonly Made[], gone: readonly string[]): void;
};

/** Of the form in which it is remembered; what is of another is as good as nothing. */
const VERSION = 1;

/** What is remembered of a folder (absolute), in `folder`, that of the cache; without one every file must speak for itself. @internal */
export function leftIn(folder: CacheFolder | undefined, out: string): Left {
  const store = folder && openStore(`${folder.path}/made`);
  const key = keyOf(JSON.stringify(['left', VERSION, out]));
  const bytes = store?.get(key);
  const known = new Map<string, Made>(
    bytes ? (JSON.parse(Buffer.from(bytes).toString()) as Made[]).map((made) => [made.file, made]) : [],
  );

  return {
    async of({ output, file, service }, stage, isMade) {
      const named =
        file === undefined
          ? [...known.values()].filter((made) => made.output === output).map((made) => made.file)
          : [file, ...(/\.pdf$/i.test(file) ? FURTHER.map((kind) => file.replace(/\.pdf$/i, `-${kind}.pdf`)) : [])];
      const older: Older[] = [];
      for (const each of named) {
        const found = isMade(each) ? undefined : await stage.peek(each);
        if (!found) continue;
        const ours =
          service !== undefined &&
          (digestOf(found) === known.get(each)?.digest || (await isOf(output, service, found)));
        if (ours) stage.remove(each);
        if (ours || each === file || file === undefined) older.push({ file: each, state: ours ? 'removed' : 'stays' });
      }
      return older;
    },
    made: (isOne) => [...known.values()].filter(isOne),
    note(made, gone) {
      for (const file of gone) known.delete(file);
      for (const { file, digest, output, service } of made)
        known.set(file, { file, digest, output, ...(service === undefined ? {} : { service }) });
      const text = JSON.stringify([...known.values()].sort((a, b) => (a.file < b.file ? -1 : 1)));
      if (text !== (bytes && Buffer.from(bytes).toString())) store?.put(key, Buffer.from(text));
    },
  };
}

/** What may stand beside a PDF that was made of it. */
const FURTHER = ['booklet', 'tiles', 'print-shop'] as const;

/** Whether a file says of itself that this output made it for this service. */
async function isOf(output: string, service: string, bytes: Uint8Array): Promise<boolean> {
  const [{ declaredInFile }, { readDeclaration }] = await Promise.all([
    import('../document/declaration-in-file.js'),
    import('../document/declaration.js'),
  ]);
  const declared = declaredInFile(Buffer.from(bytes)) ?? (await declaredInPdf(bytes)) ?? '';
  const stamp = readDeclaration(declared);
  if (stamp === undefined || stamp === 'newer') return false;
  return stamp.id === service && (stamp.format === 1 || stamp.sheet === output);
}

async function declaredInPdf(bytes: Uint8Array): Promise<string | undefined> {
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== '%PDF-') return undefined;
  const { declaredIn, loadPdf } = await import('../pdf/finish.js');
  try {
    return declaredIn(await loadPdf(bytes));
  } catch {
    return undefined;
  }
}
