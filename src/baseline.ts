// What a report found earlier, so that only what is new is reported.
import { createHash } from 'node:crypto';
import { relative, resolve, sep } from 'node:path';
import { type Diagnostic, placeOf } from './source.js';

/** How often each finding stands in the content; the names are of `fingerprint`. */
export type Baseline = { version: 1; findings: Readonly<Record<string, number>> };

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
  return { version: 1, findings };
}

export const isBaseline = (value: unknown): value is Baseline =>
  typeof value === 'object' &&
  value !== null &&
  (value as Baseline).version === 1 &&
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
