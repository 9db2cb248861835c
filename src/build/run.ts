// A content folder becomes the files of an output folder: read, parse, check, draw, render, print, write, in this order.
// What cannot be printed stops nothing else; everything that was done, and was not, is in the result.
import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { lastingFolder } from '../core/cache.js';
import { plainOf } from '../core/language.js';
import type { Say } from '../core/source.js';
import { holdsOf } from '../document/held-back.js';
import { dayAsked, isUnapproved, refuseUnapproved } from './approved.js';
import { openCache, openCachedPrinter, remark } from './cached-printer.js';
import {
  allOutputs,
  type BuildRequest,
  type PrintJob,
  partNamed,
  refuseNothing,
  rendered,
  servicesNamed,
  type Unknown,
  withStandIns,
} from './compile.js';
import { drawEach } from './draw.js';
import { formsFor } from './forms.js';
import { leftIn } from './left-out.js';
import { openStage, type Stage } from './output-folder.js';
import { refusePlace } from './output-place.js';
import { ownOf, plan } from './plan.js';
import { type Printing, printAll } from './printing.js';
import { memoriesIn, openProject, type Project } from './project.js';
import { browserAsked, epochOf, requestOf, skippedIn } from './request.js';
import type { BuildOptions, BuildResult, LeftOut } from './result.js';
import { sourceOf } from './up-to-date.js';
import { withOlder } from './with-older.js';

/**
 * Prints what can be printed. Throws UserError when the work cannot be done at all: no such folder, no such output, no
 * browser, no room on the disk. `open`: opens what draws and prints.
 */
export async function build(options: BuildOptions, open = openCachedPrinter): Promise<BuildResult> {
  const { cwd, env } = options;
  const [content, out] = [resolve(cwd, options.content), resolve(cwd, options.out)];
  refusePlace(options.out, options.content, cwd);
  const browser = browserAsked(options);
  const inPart = partNamed(options.shard);
  if (options.remark) await remark(browser, options.remark);
  const made = epochOf(env.SOURCE_DATE_EPOCH);
  const cacheFolder = lastingFolder(env);
  const cache = await openCache(options.cache === false ? undefined : cacheFolder, browser);
  const source = (): string => (cache && existsSync(content) ? sourceOf(cache.by, content, { env }) : '');
  const from = source();
  const asked = await requestOf(options);

  options.progress?.({ step: 'read' });
  const memories = options.cache === false ? undefined : memoriesIn(cacheFolder, content);
  const project = openProject(
    { folder: options.content, cwd },
    { mono: asked.mono, memories, asOf: dayAsked(options.asOf) },
  );
  const { job, holds, forms } = await judged(project, options, asked);

  // What was told to end while it read has nothing to begin; from here on there is something to undo.
  const { signal } = options;
  if (signal?.aborted) throw new Error('interrupted');
  const left = leftIn(cacheFolder, out);
  const stage = await openStage(out, { register: cacheFolder?.path, shown: options.out });
  const printer = open({ ...browser, cache, made, chart: job.templates.chart.theme });
  const close = (): void => void printer.close();
  signal?.addEventListener('abort', close);
  options.leaving?.add(stage.abandon);
  try {
    const undrawn = new Map<string, Say>();
    const drawn = await rendered(job, asked, async (diagrams) => {
      // Of a service that is held back no chart is needed, and it may be what is wrong with it.
      const open = diagrams.filter(({ id }) => !holds.services.has(id));
      if (open.length > 0) options.progress?.({ step: 'draw', charts: open.length });
      return drawEach(printer, diagrams, open, undrawn, signal);
    });
    const { wanted, refused } = plan(drawn, { ...asked, holds, undrawn, inPart, forms });
    if (drawn.every(({ sheets }) => sheets.length === 0) && refused.length === 0) refuseNothing(asked);

    const printing = await printAll(wanted, printer, stage, options);
    if (signal?.aborted) throw new Error('interrupted');
    const isAsked = (one: { output: string; file: string }): boolean =>
      asked.outputs.has(one.output) && inPart(one.file);
    const leftOut = await withOlder([...refused, ...printing.leftOut], left, stage, printing.files, isAsked);
    await stage.commit();
    const gone = leftOut.flatMap(({ older }) => older.filter(({ state }) => state === 'removed'));
    left.note(
      printing.files.map(({ about, ...file }) => ({ ...file, ...ownOf(about) })),
      gone.map(({ file }) => file),
    );
    const skipped = skippedIn(options, asked, await allOutputs());
    const remarks = drawn.flatMap(({ output, unknown = [] }) => silentOn(output, unknown));
    const built = builtOf(options, job, printing, leftOut, skipped, stage, remarks);
    // A content that was changed meanwhile is not what was printed.
    if (cache && isClean(built) && stage.strangers.length === 0 && from === source())
      options.whole?.({ cache, content, out, browser: browser.browser, from });
    return built;
  } finally {
    signal?.removeEventListener('abort', close);
    await stage.discard();
    options.leaving?.delete(stage.abandon);
    await printer.close();
  }
}

/** What is to be printed of the content, and what of it is held back. */
async function judged(
  project: Project,
  { cwd, content, force = false, final = false }: BuildOptions,
  asked: BuildRequest,
): Promise<{ job: PrintJob; holds: ReturnType<typeof holdsOf>; forms: Say | undefined }> {
  const read = await project.refresh();
  project.remember();
  const handbook = force ? read.handbook : withStandIns(read.content, read.handbook);
  const selected = servicesNamed(handbook, asked.services);
  const errors = read.diagnostics.filter(({ severity }) => severity === 'error');
  const root = relative(cwd, resolve(cwd, content)).split(sep).join('/');
  const holds = holdsOf(force ? [] : errors, handbook, {
    root,
    outputs: await allOutputs(),
    languages: asked.languages,
  });
  const draft = force ? read.draft : isUnapproved(handbook.unconfirmed.length > 0, read.approval);
  if (final) await refuseUnapproved(read.content, read.approval, read.draft);
  const { read: forms, refused } = formsFor(read.content, asked, handbook);
  return { job: { ...read, handbook, selected, draft, forms }, holds, forms: refused };
}

function builtOf(
  { out }: BuildOptions,
  { diagnostics, draft, handbook }: PrintJob,
  { files, faults, missing }: Printing,
  leftOut: readonly LeftOut[],
  skipped: BuildResult['skipped'],
  { strangers }: Stage,
  remarks: readonly Say[],
): BuildResult {
  const crashed = leftOut.some(({ why }) => why === 'program');
  return {
    out,
    files: files.map(({ about: _, ...file }) => file),
    leftOut,
    skipped,
    diagnostics,
    faults,
    missing,
    draft,
    unconfirmed: handbook.unconfirmed.length,
    remarks: [...remarks, ...strangers.map((name) => strangerIn(out, name))],
    exitCode: crashed ? 70 : leftOut.some(({ why }) => why !== 'unknown') ? 1 : 0,
  };
}

/** Of what has no file of its own it is said which services are not in it. */
function silentOn(output: string, unknown: Unknown): Say[] {
  const names = unknown.flatMap(({ name, file }) => (file === undefined ? [plainOf(name)] : []));
  if (names.length === 0) return [];
  return [
    {
      zh: `${output} 沒有印 ${names.join('、')}：內容全部待確認；--working-copy 印出工作本。`,
      en: `${output} leaves out ${names.join(', ')}: nothing of them is known yet; --working-copy prints them for staff.`,
    },
  ];
}

/** Of faults the user is reminded each time. */
const isClean = ({ exitCode, diagnostics, missing, faults }: BuildResult): boolean =>
  exitCode === 0 &&
  diagnostics.every(({ severity }) => severity !== 'error') &&
  missing.length === 0 &&
  faults.every(({ advice }) => advice);

const strangerIn = (out: string, name: string): Say => ({
  zh: `${out}/${name} 不是這裡的編印留下的，沒有更動。如果沒有別的編印正在進行，請查看後移除。`,
  en: `${out}/${name} was not left by a build of yours here; it was not touched. Unless another build is at work, look at it and remove it.`,
});
