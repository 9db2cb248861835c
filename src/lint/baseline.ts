// What a report found earlier, so that only what is new is reported: how many findings of each rule in each field of each record.
import type { Diagnostic } from '../core/diagnostic.js';
import { UserError } from '../core/terminal.js';
import { type Identity, identityOf } from './identity.js';

/** The form in which a baseline is written and read. */
const VERSION = 2;

/** Record, rule, field: how many. Sorted, so that a change of it can be reviewed. */
type Known = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;
export type Baseline = { version: typeof VERSION; findings: Known };

const nameOf = ({ record, rule, field }: Identity): string => JSON.stringify([record, rule, field]);

/** `root`: the content folder as its paths are shown. */
export function baselineOf(diagnostics: readonly Diagnostic[], root: string): Baseline {
  const counts = new Map<string, number>();
  for (const each of diagnostics) {
    const name = nameOf(identityOf(each, root));
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return fromCounts(counts);
}

function fromCounts(counts: ReadonlyMap<string, number>): Baseline {
  // A record may be called as anything an object has by itself.
  const findings: Record<string, Record<string, Record<string, number>>> = Object.create(null);
  for (const [name, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [record, rule, field] = JSON.parse(name) as [string, string, string];
    findings[record] ??= Object.create(null);
    const rules = findings[record] as Record<string, Record<string, number>>;
    rules[rule] ??= Object.create(null);
    (rules[rule] as Record<string, number>)[field] = count;
  }
  return { version: VERSION, findings };
}

const countsIn = ({ findings }: Baseline): Map<string, number> =>
  new Map(
    Object.entries(findings).flatMap(([record, rules]) =>
      Object.entries(rules).flatMap(([rule, fields]) =>
        Object.entries(fields).map(([field, count]) => [nameOf({ record, rule, field }), count] as const),
      ),
    ),
  );

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isBaseline = (value: unknown): value is Baseline =>
  isObject(value) &&
  value.version === VERSION &&
  isObject(value.findings) &&
  Object.values(value.findings).every(
    (rules) =>
      isObject(rules) &&
      Object.values(rules).every(
        (fields) => isObject(fields) && Object.values(fields).every((count) => Number.isSafeInteger(count)),
      ),
  );

/** The findings that are not in the baseline, or more often than there; and how many of it are found no more. */
export function notIn(
  baseline: Baseline,
  diagnostics: readonly Diagnostic[],
  root: string,
): { findings: Diagnostic[]; gone: number } {
  const left = countsIn(baseline);
  const findings = diagnostics.filter((each) => {
    const name = nameOf(identityOf(each, root));
    const count = left.get(name) ?? 0;
    if (count > 0) left.set(name, count - 1);
    return count <= 0;
  });
  return { findings, gone: [...left.values()].reduce((sum, count) => sum + Math.max(0, count), 0) };
}

/** What is left of an earlier baseline: of each finding no more than there was and than there is. `unknown`: how many are found that were not in it. */
export function shrunk(earlier: Baseline, now: Baseline): { baseline: Baseline; gone: number; unknown: number } {
  const [before, after] = [countsIn(earlier), countsIn(now)];
  const kept = new Map<string, number>();
  let gone = 0;
  let unknown = 0;
  for (const [name, count] of before) {
    const left = Math.min(count, after.get(name) ?? 0);
    gone += count - left;
    if (left > 0) kept.set(name, left);
  }
  for (const [name, count] of after) unknown += Math.max(0, count - (before.get(name) ?? 0));
  return { baseline: fromCounts(kept), gone, unknown };
}

/** Throws UserError for what another version of the program wrote: its findings are named otherwise. `file`: as it was typed. */
export function refuseOtherVersion(value: unknown, file: string): void {
  const version = isObject(value) ? value.version : undefined;
  if (typeof version !== 'number' || version === VERSION) return;
  if (version < VERSION)
    throw new UserError({
      zh: `「${file}」是較舊版本的 servicebook 寫的（格式 ${version}，現在是 ${VERSION}），記的是檔名與文字，不是服務與項目。請刪去它，再用 --write-baseline 重寫一份。`,
      en: `"${file}" was written by an earlier version of servicebook (format ${version}, now ${VERSION}), by file and text, not by service and field. Delete it and write it anew with --write-baseline.`,
    });
  throw new UserError({
    zh: `「${file}」是較新版本的 servicebook 寫的（格式 ${version}），這個版本只認得到 ${VERSION}。請更新 servicebook，或用 --write-baseline 重寫一份。`,
    en: `"${file}" was written by a later version of servicebook (format ${version}), and this one knows formats up to ${VERSION}. Update servicebook, or write it anew with --write-baseline.`,
  });
}
