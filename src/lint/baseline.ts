// What a report found earlier, so that only what is new is reported.
import { createHash } from 'node:crypto';
import { relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../core/diagnostic.js';
import { placeOf } from '../core/source.js';
import { UserError } from '../core/terminal.js';

/** The form in which a baseline is written and read. */
const VERSION = 1;

/** How often each finding stands in the content; the names are of `fingerprint`. */
export type Baseline = { version: typeof VERSION; findings: Readonly<Record<string, number>> };

/** What a finding is, wherever its line has moved to: rule, file, and the line it stands in. */
function fingerprint({ rule, span }: Diagnostic, cwd: string): string {
  const { lineStart, lineEnd } = placeOf(span.source, span.start);
  const line = span.source.text.slice(lineStart, lineEnd).trim();
  const hash = createHash('sha256').update(`${line}\0${span.source.text.slice(span.start, span.end)}`);
  // The same however the folder was typed.
  const path = relative(cwd, resolve(cwd, span.source.path)).split(sep).join('/');
  return `${path} ${rule} ${hash.digest('hex').slice(0, 16)}`;
}

export function baselineOf(diagnostics: readonly Diagnostic[], cwd: string): Baseline {
  const findings: Record<string, number> = {};
  for (const print of diagnostics.map((each) => fingerprint(each, cwd))) findings[print] = (findings[print] ?? 0) + 1;
  return { version: VERSION, findings };
}

export const isBaseline = (value: unknown): value is Baseline =>
  typeof value === 'object' &&
  value !== null &&
  (value as Baseline).version === VERSION &&
  typeof (value as Baseline).findings === 'object' &&
  (value as Baseline).findings !== null;

/** The findings that are not in the baseline, or more often than there. */
export function notIn({ findings }: Baseline, diagnostics: readonly Diagnostic[], cwd: string): Diagnostic[] {
  const left = new Map(Object.entries(findings));
  return diagnostics.filter((each) => {
    const print = fingerprint(each, cwd);
    const count = left.get(print) ?? 0;
    left.set(print, count - 1);
    return count <= 0;
  });
}

/** Throws UserError for what a later version of the program wrote: its findings may be named otherwise. `file`: as it was typed. */
export function refuseLaterBaseline(value: unknown, file: string): void {
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
  if (typeof version !== 'number' || !(version > VERSION)) return;
  throw new UserError({
    zh: `「${file}」是較新版本的 servicebook 寫的（格式 ${version}），這個版本只認得到 ${VERSION}。請更新 servicebook，或用 --write-baseline 重寫一份。`,
    en: `"${file}" was written by a later version of servicebook (format ${version}), and this one knows formats up to ${VERSION}. Update servicebook, or write it anew with --write-baseline.`,
  });
}
