// A content folder becomes the files of an output folder: read, parse, check, draw, render, print, write, in this order.
// What cannot be printed stops nothing else; everything that was done, and was not, is in the result.
import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { pdfsListed, readForm } from '../content/form-files.js';
import { type Content, read } from '../content/read.js';
import type { Handbook } from '../content/schema/model.js';
import { digestOf, type Kept, lastingRoom } from '../core/cache.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { Say } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { svgElement } from '../document/drawing.js';
import { type Holds, holdsOf, speaksOf } from '../document/held-back.js';
import type { Output } from '../document/output.js';
import { type About, type Diagram, type Drawing, isLong, type Sheet } from '../document/sheet.js';
import type { PreflightFault } from '../pdf/preflight/fault.js';
import type { BrowserOptions } from '../print/browser.js';
import type { Printed } from '../print/print-sheet.js';
import { ABREAST, openKept, openWorkshop, remark, verdictsIn, type Workshop } from './cached-printer.js';
import {
  type Asked,
  allOutputs,
  distanceOf,
  editionOf,
  outputsNamed,
  partNamed,
  type Rendered,
  refuseNothing,
  rendered,
  tonguesNamed,
} from './compile.js';
import { type Left, leftIn, type Made, type Older } from './left-out.js';
import { openStage, type Stage } from './output-folder.js';
import { refusePlace } from './output-place.js';
import { sourceOf } from './up-to-date.js';

/** What is asked for, as a person would write it. Folders may be relative to `cwd`. */
export type BuildOptions = {
  cwd: string;
  content: string;
  out: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Whether this user is root, in whose hands the browser has no sandbox. */
  root: boolean;
  /** Names of outputs; all of them when there are none. */
  outputs?: readonly string[];
  /** Ids of the services that are given posters, notices and charts; all when left out. */
  services?: readonly string[];
  paper?: string;
  landscape?: boolean;
  /** 「3」, "2.5 m". */
  distance?: string;
  /** 「en」, 「zh,en」; Chinese when left out. */
  lang?: string;
  sheets?: boolean;
  copies?: 1 | 2;
  mono?: boolean;
  booklet?: boolean;
  tile?: string;
  printShop?: boolean;
  /** 「2/4」. */
  shard?: string;
  /** Everything that can be printed, in spite of errors and faults, marked as a draft. */
  force?: boolean;
  /** Use what was made before; true when left out. */
  cache?: boolean;
  /** Path of the browser that prints, or the address of one that runs elsewhere. */
  browser?: string;
  browserEndpoint?: string;
  signal?: AbortSignal;
  /** Gathers what is to be undone at once where the program ends before this has. */
  leaving?: Set<() => void>;
  progress?: (at: Progress) => void;
  /** Told what is to be known of this machine before a browser is opened. */
  remark?: (say: Say) => void;
  /** Told once all files are in place and nothing is amiss: from what they were made, for whoever wants to know it again. */
  whole?: (origin: Origin) => void;
};

export type Progress =
  | { step: 'read' }
  | { step: 'draw'; charts: number }
  /** `n`: 1-based. */
  | { step: 'print'; n: number; of: number; file: string };

/** `content`, `out` and `browser`, where one was named, are absolute; `from` names everything the files were made from. */
export type Origin = { kept: Kept; content: string; out: string; browser: string | undefined; from: string };

/** A file that is in place. Paths are relative to the output folder, with `/`; `size` in bytes, `digest` SHA-256 in base64url. */
export type BuiltFile = {
  file: string;
  output: string;
  size: number;
  digest: string;
  /** Of PDFs. */
  pages?: number;
  /** Sheets of the same paper, where what should hang as one takes more. */
  sheets?: number;
};

/**
 * What was asked for and is not there as it should be. `file` is left out where an output as a whole is refused.
 * `findings`: errors in its content · `too-long`: it does not fit its paper, or its chart does not · `faults`: what was
 * printed is not right · `template`: the office's own templates show it otherwise than content has it, which is not printed
 * for a draft either · `chart`: a chart of it cannot be drawn · `same-name`: another file has its name · `program`: our own
 * fault.
 */
export type LeftOut = {
  output: string;
  file?: string;
  /** The service whose own paper it is. */
  service?: string;
  why: 'findings' | 'too-long' | 'faults' | 'template' | 'chart' | 'same-name' | 'program';
  /** A sentence on what is wrong and what would help. */
  because: Say;
  /** What an earlier build left in its place and beside it: taken away, or still there and older than the content. */
  older: readonly Older[];
};

/** What a build did. Plain values throughout. */
export type Built = {
  /** The output folder as it was named. */
  out: string;
  files: readonly BuiltFile[];
  leftOut: readonly LeftOut[];
  /** Outputs that are not made in the languages asked for. */
  skipped: readonly { output: string; because: Say }[];
  /** Everything that lint says of the content. */
  diagnostics: readonly Diagnostic[];
  /** What the proof of the printed files found, in those that were left out too. */
  faults: readonly (PreflightFault & { file: string })[];
  /** Characters that no font has. */
  missing: readonly string[];
  /** The files are marked as a draft. */
  draft: boolean;
  /** How many values of the content are still 待確認. */
  unconfirmed: number;
  /** What else is to be known. */
  remarks: readonly Say[];
  /** 0: all that was asked for is in place; 1: something is not; 70: for a fault of the program. */
  exitCode: 0 | 1 | 70;
};

/**
 * Prints what can be printed. Throws UserError when the work cannot be done at all: no such folder, no such output, no
 * browser, no room on the disk.
 */
export async function build(options: BuildOptions): Promise<Built> {
  const { cwd, env, signal, force = false } = options;
  const out = resolve(cwd, options.out);
  refusePlace(options.out, options.content, cwd);
  const browser: BrowserOptions = {
    ...(options.browser ? { browser: resolve(cwd, options.browser) } : {}),
    ...(options.browserEndpoint ? { endpoint: options.browserEndpoint } : {}),
    env,
    root: options.root,
    ...(options.leaving ? { leaving: options.leaving } : {}),
    ...(options.remark ? { tell: options.remark } : {}),
  };
  const inPart = partNamed(options.shard);
  if (options.remark) await remark(browser, options.remark);
  const made = epochOf(env.SOURCE_DATE_EPOCH);
  const room = lastingRoom(env);
  const kept = await openKept(options.cache === false ? undefined : room, browser);
  const content = resolve(cwd, options.content);
  const from = kept && existsSync(content) ? sourceOf(kept.by, content, { env }) : '';
  const asked = await askedIn(options);

  options.progress?.({ step: 'read' });
  const files = read(options.content, cwd);
  const checked = await editionOf(files, { ...asked, standIns: !force, verdicts: kept && verdictsIn(kept) });
  const errors = checked.diagnostics.filter(({ severity }) => severity === 'error');
  const root = relative(cwd, content).split(sep).join('/');
  const all = await allOutputs();
  const holds = holdsOf(force ? [] : errors, checked.handbook, { root, outputs: all, tongues: asked.tongues });
  const unconfirmed = checked.handbook.unconfirmed.length;
  const draft = force ? checked.draft : unconfirmed > 0;
  const forms = formsFor(files, asked, checked.handbook);
  const edition = { ...checked, draft, forms: forms.read };

  const left = leftIn(room, out);
  const stage = await openStage(out, { room: room?.path, shown: options.out });
  const workshop = openWorkshop({ ...browser, kept, made, chart: edition.templates.chart.theme });
  const close = (): void => void workshop.close();
  signal?.addEventListener('abort', close);
  options.leaving?.add(stage.abandon);
  try {
    const undrawn = new Map<string, Say>();
    const drawn = await rendered(edition, asked, async (diagrams) => {
      // Of a service that is held back no chart is needed, and it may be what is wrong with it.
      const open = diagrams.filter(({ id }) => !holds.services.has(id));
      if (open.length > 0) options.progress?.({ step: 'draw', charts: open.length });
      return drawEach(workshop, diagrams, open, undrawn, signal);
    });
    const { wanted, refused } = plan(drawn, { ...asked, holds, undrawn, inPart, forms: forms.refused });
    if (drawn.every(({ sheets }) => sheets.length === 0) && refused.length === 0) refuseNothing(asked);

    const printing = await print(wanted, workshop, stage, options);
    if (signal?.aborted) throw new Error('interrupted');
    const leftOut = [...refused, ...printing.leftOut];
    const told = await withOlder(
      leftOut,
      left,
      stage,
      printing.files,
      (made) => asked.outputs.has(made.output) && inPart(made.file),
    );
    await stage.commit();
    const gone = told.flatMap(({ older }) => older.filter(({ state }) => state === 'removed'));
    left.note(
      printing.files.map(({ about, ...file }) => ({ ...file, ...ownOf(about) })),
      gone.map(({ file }) => file),
    );
    const crashed = told.some(({ why }) => why === 'program');
    const built: Built = {
      out: options.out,
      files: printing.files.map(({ about: _, ...file }) => file),
      leftOut: told,
      skipped: skippedIn(options, asked, all),
      diagnostics: checked.diagnostics,
      faults: printing.faults,
      missing: printing.missing,
      draft,
      unconfirmed,
      remarks: stage.strangers.map((name) => strangerIn(options.out, name)),
      exitCode: crashed ? 70 : told.length > 0 ? 1 : 0,
    };
    // Of faults the user is reminded each time; and a content that was changed meanwhile is not what was printed.
    const clean =
      built.exitCode === 0 &&
      errors.length + printing.missing.length === 0 &&
      printing.faults.every(({ advice }) => advice);
    if (kept && clean && stage.strangers.length === 0 && from === sourceOf(kept.by, content, { env }))
      options.whole?.({ kept, content, out, browser: browser.browser, from });
    return built;
  } finally {
    signal?.removeEventListener('abort', close);
    await stage.discard();
    options.leaving?.delete(stage.abandon);
    await workshop.close();
  }
}

const strangerIn = (out: string, name: string): Say => ({
  zh: `${out}/${name} 不是這裡的編印留下的，沒有更動。如果沒有別的編印正在進行，請查看後移除。`,
  en: `${out}/${name} was not left by a build of yours here; it was not touched. Unless another build is at work, look at it and remove it.`,
});

// ---------------------------------------------------------------- what is asked for

async function askedIn(options: BuildOptions): Promise<Asked> {
  const { paper, landscape, services, copies } = options;
  const distance = distanceOf(options.distance);
  const tongues = tonguesNamed(options.lang);
  const more = {
    ...(options.booklet ? { booklet: true } : {}),
    ...(options.tile ? { tile: options.tile } : {}),
    ...(options.printShop ? { printShop: true } : {}),
  };
  const shape = {
    ...more,
    ...(paper ? { paper } : {}),
    ...(landscape ? { landscape } : {}),
    ...(distance ? { distance } : {}),
    tongues,
  };
  return {
    ...shape,
    outputs: await outputsNamed(options.outputs ?? [], shape),
    ...(services ? { services } : {}),
    mono: options.mono === true,
    sheets: options.sheets === true,
    ...(copies ? { copies } : {}),
  };
}

/** The day that SOURCE_DATE_EPOCH names (seconds since 1970, reproducible-builds.org), ISO. */
function epochOf(seconds: string | undefined): string | undefined {
  if (seconds === undefined || seconds === '') return undefined;
  const time = new Date(/^\d{1,11}$/.test(seconds) ? Number(seconds) * 1000 : Number.NaN);
  if (Number.isNaN(time.getTime()) || time.getUTCFullYear() > 9999)
    throw new UserError({
      zh: `環境變數 SOURCE_DATE_EPOCH 是「${seconds}」，應為 1970 年起的秒數。`,
      en: `The environment variable SOURCE_DATE_EPOCH is "${seconds}"; expected seconds since 1970.`,
    });
  return time.toISOString().slice(0, 10);
}

/** The PDF forms of the handbook; one that cannot be read is the handbook's misfortune alone. */
function formsFor(
  { formFiles, forms = [] }: Content,
  { outputs }: Asked,
  handbook: Handbook,
): { read: Map<string, Uint8Array>; refused?: Say } {
  const read = new Map<string, Uint8Array>();
  const refused: Say[] = [];
  const listed = outputs.has('handbook') ? new Set(pdfsListed(handbook)) : new Set<string>();
  for (const name of formFiles.filter((each) => listed.has(each))) {
    const file = forms.find((each) => each.name === name)?.file;
    const bytes = file === undefined ? undefined : readForm(file);
    const outside = { zh: '在內容資料夾之外，不予讀取。', en: 'lies outside the content folder and is not read.' };
    const say = handbook.formFaults?.get(name) ?? (bytes instanceof Uint8Array ? undefined : (bytes?.say ?? outside));
    if (bytes instanceof Uint8Array && !say) read.set(name, bytes);
    else if (say) refused.push({ zh: `書表檔 forms/${name} ${say.zh}`, en: `The form forms/${name} ${say.en}` });
  }
  return { read, ...(refused.length > 0 ? { refused: joined(refused) } : {}) };
}

/** With two languages and no list, what is made in one at a time is not made; it is said. */
function skippedIn(
  { outputs: named = [] }: BuildOptions,
  { tongues: { lang, second } }: Asked,
  all: ReadonlyMap<string, Output>,
): Built['skipped'] {
  if (second === undefined || named.length > 0) return [];
  return [...all].flatMap(([output, { oneTongue }]) =>
    oneTongue
      ? [
          {
            output,
            because: {
              zh: `一次印一種語言，請用 --lang ${lang} 或 --lang ${second} 另外編印`,
              en: `is printed in one language at a time; build it with --lang ${lang} or --lang ${second}`,
            },
          },
        ]
      : [],
  );
}

// ---------------------------------------------------------------- drawing

/** What stands where a chart could not be drawn; no sheet that holds it is printed. */
const NO_DRAWING = { tree: svgElement('svg', {}), width: 1, height: 1 };

/** Draws `open`; what cannot be drawn is in `undrawn`, by the id of its service or its own, and stops no other. */
async function drawEach(
  workshop: Workshop,
  diagrams: readonly Diagram[],
  open: readonly Diagram[],
  undrawn: Map<string, Say>,
  signal: AbortSignal | undefined,
): Promise<Drawing[]> {
  const drawings = new Map<string, Drawing>();
  const draw = async (some: readonly Diagram[]): Promise<void> => {
    if (some.length === 0) return;
    for (const drawing of await workshop.draw(some)) drawings.set(drawing.id, drawing);
  };
  try {
    await draw(open);
  } catch (error) {
    if (signal?.aborted || (error instanceof UserError && error.exitCode !== 1)) throw error;
    // Which of them is at fault shows when each is drawn alone.
    let failed = 0;
    for (const each of open)
      await draw([each]).catch((cause: unknown) => {
        if (signal?.aborted || (cause instanceof UserError && cause.exitCode !== 1)) throw cause;
        failed += 1;
        undrawn.set(each.id.replace(/-WIDE$/, ''), sayOf(cause, each));
      });
    if (failed === open.length && failed > 1 && !(error instanceof UserError)) throw error;
  }
  return diagrams.map(({ id }) => drawings.get(id) ?? { id, ...NO_DRAWING });
}

const sayOf = (error: unknown, { title, id }: Diagram): Say =>
  error instanceof UserError
    ? error.say
    : {
        zh: `流程圖「${title}」（${id}）畫不出來：${firstLineOf(error)}`,
        en: `The chart "${title}" (${id}) cannot be drawn: ${firstLineOf(error)}`,
      };

const firstLineOf = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';

// ---------------------------------------------------------------- planning

/** Before anyone has looked for what is left of it. */
type Unmade = Omit<LeftOut, 'older'>;
/** `wall`: it hangs as one. */
type Wanted = { output: string; wall: boolean; sheet: Sheet };

/** Which sheets are printed, and which are not and why. */
function plan(
  drawn: readonly Rendered[],
  {
    holds,
    undrawn,
    inPart,
    forms,
    outputs,
  }: {
    holds: Holds;
    undrawn: ReadonlyMap<string, Say>;
    inPart: (file: string) => boolean;
    forms: Say | undefined;
    outputs: Asked['outputs'];
  },
): { wanted: Wanted[]; refused: Unmade[] } {
  const wanted: Wanted[] = [];
  const refused: Unmade[] = [];
  for (const { output, sheets, refused: error } of drawn) {
    if (error) refused.push({ output, why: 'too-long', because: error.say });
    for (const sheet of sheets) {
      if (!inPart(sheet.file)) continue;
      const { file, about } = sheet;
      const errors = holds.of(output, about);
      const charts = [...undrawn].filter(([id]) => speaksOf(about, id)).map(([, say]) => say);
      const out = { output, file, ...ownOf(about) };
      if (errors.length > 0) refused.push({ ...out, why: 'findings', because: becauseOf(errors) });
      else if (charts.length > 0) refused.push({ ...out, why: 'chart', because: joined(charts) });
      else if (output === 'handbook' && forms) refused.push({ ...out, why: 'faults', because: forms });
      else wanted.push({ output, wall: outputs.get(output)?.wall === true, sheet });
    }
  }
  const { kept, same } = named(wanted);
  return { wanted: kept, refused: [...refused, ...same] };
}

const ownOf = (about: About | undefined): { service?: string } =>
  about && 'service' in about ? { service: about.service } : {};

const joined = (says: readonly Say[]): Say => ({
  zh: says.map(({ zh }) => zh).join(' '),
  en: says.map(({ en }) => en).join(' '),
});

/** Which files the errors stand in, and how many in each. */
function becauseOf(errors: readonly Diagnostic[]): Say {
  const counts = new Map<string, number>();
  for (const { span } of errors) counts.set(span.source.path, (counts.get(span.source.path) ?? 0) + 1);
  const each = [...counts];
  return {
    zh: each.map(([path, n]) => `${path} 有 ${n} 個錯誤`).join('、'),
    en: each.map(([path, n]) => `${n} ${n === 1 ? 'error' : 'errors'} in ${path}`).join(', '),
  };
}

/** Of files whose names a disk may take for one, the one that is named as files are, in small letters, or the first. */
function named(wanted: readonly Wanted[]): { kept: Wanted[]; same: Unmade[] } {
  const byName = new Map<string, Wanted[]>();
  for (const each of wanted) {
    const name = plainName(each.sheet.file);
    byName.set(name, [...(byName.get(name) ?? []), each]);
  }
  const kept: Wanted[] = [];
  const same: Unmade[] = [];
  for (const each of wanted) {
    const rivals = byName.get(plainName(each.sheet.file)) ?? [];
    const first = rivals.find(({ sheet }) => sheet.file === plainName(sheet.file)) ?? rivals[0];
    if (first === each || first === undefined) kept.push(each);
    else
      same.push({
        output: each.output,
        file: each.sheet.file,
        ...ownOf(each.sheet.about),
        ...sameName(each.sheet.file, first.sheet.file),
      });
  }
  return { kept, same };
}

/** As a disk sees a name that tells neither A from a nor two ways to write é. */
const plainName = (file: string): string => file.normalize('NFC').toLowerCase();

const sameName = (file: string, other: string): Pick<Unmade, 'why' | 'because'> => ({
  why: 'same-name',
  because:
    file === other
      ? {
          zh: `另一份文件的檔名也是 ${other}；請給其中一項服務另一個編號`,
          en: `another paper is named ${other} as well; give one of the services another id`,
        }
      : {
          zh: `許多磁碟把 ${file} 與 ${other} 當作同一個檔案；請給其中一項服務另一個編號`,
          en: `many disks take ${file} and ${other} for one file; give one of the services another id`,
        },
});

/** With what is left of each from earlier, also of papers that a service which cannot be read no longer asks for. */
async function withOlder(
  leftOut: readonly Unmade[],
  left: Left,
  stage: Stage,
  files: readonly BuiltFile[],
  isAsked: (made: Made) => boolean,
): Promise<LeftOut[]> {
  const there = new Set([...files, ...leftOut].map(({ file }) => file));
  const broken = new Map(
    leftOut.flatMap((each) => (each.why === 'findings' && each.service ? [[each.service, each]] : [])),
  );
  const orphans = left
    .made((made) => made.service !== undefined && broken.has(made.service) && !there.has(made.file) && isAsked(made))
    .map(({ file, output, service }): Unmade => ({ ...(broken.get(service ?? '') as Unmade), output, file }));
  const all: LeftOut[] = [];
  const isMade = (file: string): boolean => files.some((made) => plainName(made.file) === plainName(file));
  for (const each of [...leftOut, ...orphans]) {
    if (all.some(({ file, because }) => file !== undefined && file === each.file && because.en === each.because.en))
      continue;
    const older = await left.of(each, stage, isMade);
    if (older.length > 0 || !orphans.includes(each)) all.push({ ...each, older });
  }
  return all;
}

// ---------------------------------------------------------------- printing

type Printing = {
  files: (BuiltFile & { about?: About })[];
  leftOut: Unmade[];
  faults: (PreflightFault & { file: string })[];
  missing: string[];
};

/**
 * Side by side: while one page is laid out, another is written. Books take longest and come first, then what else is
 * long; of these there is but one at a time, for the memory they take.
 */
async function print(
  wanted: readonly Wanted[],
  workshop: Workshop,
  stage: Stage,
  { signal, progress, force = false }: BuildOptions,
): Promise<Printing> {
  const rank = ({ sheet }: Wanted): number => (sheet.kind === 'page' && sheet.numbered ? 0 : isLong(sheet) ? 1 : 2);
  const waiting = [...wanted.entries()].sort(([, a], [, b]) => rank(a) - rank(b));
  let long = false;
  const take = (): [number, Wanted] | undefined => {
    const at = waiting.findIndex(([, { sheet }]) => !long || !isLong(sheet));
    return at === -1 ? undefined : waiting.splice(at, 1)[0];
  };
  const results: (Printing | undefined)[] = [];
  const names = new Map<string, string>();
  const crashes: unknown[] = [];
  let started = 0;
  const printer = async (): Promise<void> => {
    for (let next = take(); next !== undefined; next = take()) {
      if (signal?.aborted) throw new Error('interrupted');
      const [i, { output, wall, sheet }] = next;
      const { about, ...paper } = sheet;
      const { file } = sheet;
      const whose = { output, wall, about, file };
      started += 1;
      progress?.({ step: 'print', n: started, of: wanted.length, file });
      if (isLong(sheet)) long = true;
      try {
        const printed = await workshop.make(paper);
        results[i] = await keep(printed, whose, stage, names, force);
      } catch (error) {
        // What the machine or the user stops, stops all; what is the sheet's own fault stops that alone.
        if (signal?.aborted || (error instanceof UserError && error.exitCode !== 1) || !isOfSheet(error)) {
          waiting.length = 0;
          throw error;
        }
        if (!(error instanceof UserError)) crashes.push(error);
        results[i] = leftOutFor(whose, error);
      }
      if (isLong(sheet)) long = false;
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, printer));
  const done = results.flatMap((each) => each ?? []);
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
