// The program for other programs: what its commands do, as functions. Whatever is wrong with content is a value that is
// returned; what was asked for and cannot be done is a UserError.

import type { Content } from '../content/read.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { PrintJob } from './compile.js';
import { openProject, type Place } from './project.js';
import type { BuildOptions as AllOptions, BuildResult } from './result.js';

export type { Handbook } from '../content/schema/model.js';
export type { Service } from '../content/schema/service.js';
export type { Diagnostic, Severity } from '../core/diagnostic.js';
export { placeOf, type Say, type Source, type Span } from '../core/source.js';
export { UserError } from '../core/terminal.js';
export type { BuildResult, BuiltFile, LeftOut } from './result.js';
export type { Content, PrintJob };

export type CompileOptions = {
  /** A relative folder is looked up here, and the paths in findings are relative to it; the working directory if omitted. */
  cwd?: string;
  /** Ids of the services that are to be printed; all if omitted. */
  services?: readonly string[];
  /** Black and white only. */
  mono?: boolean;
};

/**
 * Reads a content folder, or takes a content that was read before, and judges it: the handbook, and everything that is
 * wrong with it. `draft` tells that values are missing or wrong. Throws UserError for a folder or a service that is not
 * there.
 */
export async function compile(what: string | Content, options: CompileOptions = {}): Promise<PrintJob> {
  const { servicesNamed } = await import('./compile.js');
  const { cwd = process.cwd(), services, mono } = options;
  const compilation = await openProject(placeOf(what, cwd), { mono }).refresh();
  return { ...compilation, selected: servicesNamed(compilation.handbook, services) };
}

export type LintOptions = {
  /** As for `compile`. */
  cwd?: string;
  /** Ids of the rules that are to judge; all if omitted. */
  rules?: readonly string[];
  /** The warnings that matter are errors. */
  strict?: boolean;
};

/** `content` as it was read. */
export type Linted = { diagnostics: Diagnostic[]; content: Content };

/**
 * Judges a content folder, or a content that was read before: every finding, sorted by file and place. Loads nothing that
 * prints. Throws UserError for a folder or a rule that is not there.
 */
export async function lint(what: string | Content, options: LintOptions = {}): Promise<Linted> {
  const { cwd = process.cwd(), strict, rules: only } = options;
  return openProject(placeOf(what, cwd), { strict, only }).lint();
}

const placeOf = (what: string | Content, cwd: string): Place =>
  typeof what === 'string' ? { folder: what, cwd } : what;

/** `content` and `out`: folders, relative to `cwd`. What is left out is as for the command; the environment is the process's own. */
export type BuildOptions = Pick<AllOptions, 'content' | 'out'> & Partial<AllOptions>;

/**
 * Prints what can be printed into the output folder, and tells what was done and what was not. Throws UserError when the
 * work cannot be done at all: no such folder, no such output, no browser, no room on the disk.
 */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const printing = await import('./run.js');
  const here = { cwd: process.cwd(), env: process.env, root: process.getuid?.() === 0 };
  // As they are, and not what they give now: who asks for the signal is no longer ended by the system alone.
  const asked = Object.getOwnPropertyDescriptors(options) as PropertyDescriptorMap;
  return printing.build(Object.defineProperties(here, asked) as typeof here & BuildOptions);
}
