// The program for other programs: what its commands do, as functions. Whatever is wrong with content is a value that is
// returned; what was asked for and cannot be done is a UserError.

import { type Content, read } from '../content/read.js';
import type { Diagnostic } from '../core/diagnostic.js';
import { loadFolder } from '../core/program-files.js';
import { conclude } from '../lint/engine.js';
import { inspect, type MemoryFor } from '../lint/incremental.js';
import { type Rule, ruleNamed } from '../lint/rule.js';
import type { BuildOptions as AllOptions, Built } from './built.js';
import type { Edition } from './compile.js';

export type { Handbook } from '../content/schema/model.js';
export type { Service } from '../content/schema/service.js';
export type { Diagnostic, Severity } from '../core/diagnostic.js';
export { placeOf, type Say, type Source, type Span } from '../core/source.js';
export { UserError } from '../core/terminal.js';
export type { Built, BuiltFile, LeftOut } from './built.js';
export type { Content, Edition };

export type CompileOptions = {
  /** A relative folder is looked up here, and the paths in findings are relative to it; the working directory if omitted. */
  cwd?: string;
  /** Ids of the services that are to be printed; all if omitted. */
  services?: readonly string[];
  /** Black and white only. */
  mono?: boolean;
};

/**
 * Reads a content folder and judges it: the handbook, and everything that is wrong with it. `draft` tells that values are
 * missing or wrong. Throws UserError for a folder or a service that is not there.
 */
export async function compile(folder: string, options: CompileOptions = {}): Promise<Edition> {
  const { editionOf } = await import('./compile.js');
  const { cwd = process.cwd(), services, mono = false } = options;
  return editionOf(read(folder, cwd), { mono, ...(services ? { services } : {}) });
}

export type LintOptions = {
  /** As for `compile`. */
  cwd?: string;
  /** Ids of the rules that are to judge; all if omitted. */
  rules?: readonly string[];
  /** The warnings that matter are errors. */
  strict?: boolean;
  /** Opens what is remembered of the last time. */
  memoryFor?: MemoryFor | undefined;
};

/** `content` as it was read; `remember` keeps what was found, and is there where `memoryFor` had a place for it. */
export type Linted = { diagnostics: Diagnostic[]; content: Content; remember?: () => void };

/**
 * Judges a content folder, or a content that was read before and changed since: every finding, sorted by file and place.
 * Loads nothing that prints. Throws UserError for a folder or a rule that is not there.
 */
export async function lint(what: string | Content, options: LintOptions = {}): Promise<Linted> {
  const loading = loadFolder<Rule>('lint/rules');
  const { cwd = process.cwd(), strict, memoryFor } = options;
  const content = typeof what === 'string' ? await readWhole(what, cwd) : what;
  const rules = await loading;
  for (const id of options.rules ?? []) ruleNamed(id, rules);
  const only = options.rules && new Set(options.rules);
  const { frame, judged, memory } = await inspect(content, rules, { only, memoryFor });
  const diagnostics = conclude(frame, judged, rules, { ...(strict ? { strict } : {}), only });
  return { diagnostics, content, ...(memory ? { remember: () => memory.save() } : {}) };
}

/** The content, with what is wrong with its fonts and the templates it lays over the program's. */
async function readWhole(folder: string, cwd: string): Promise<Content> {
  const content = read(folder, cwd);
  if (!content.templates && !content.images) {
    const { officeFonts } = await import('../theme/fonts.js');
    const { faults } = officeFonts(content);
    return faults.length === 0 ? content : { ...content, faults: [...content.faults, ...faults] };
  }
  const { readTemplates, withFaults } = await import('../theme/templates.js');
  return withFaults(content, await readTemplates(false, content));
}

/** `content` and `out`: folders, relative to `cwd`. What is left out is as for the command; the environment is the process's own. */
export type BuildOptions = Pick<AllOptions, 'content' | 'out'> & Partial<AllOptions>;

/**
 * Prints what can be printed into the output folder, and tells what was done and what was not. Throws UserError when the
 * work cannot be done at all: no such folder, no such output, no browser, no room on the disk.
 */
export async function build(options: BuildOptions): Promise<Built> {
  const printing = await import('./run.js');
  return printing.build({ cwd: process.cwd(), env: process.env, root: process.getuid?.() === 0, ...options });
}
