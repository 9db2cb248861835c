// The handbook against the rules: faults of reading and findings of rules become one sorted report.
import { type Procedure, proceduresOf } from './flow.js';
import type { Handbook } from './model.js';
import { type Diagnostic, type Fault, inOrder, type Say, type Severity } from './source.js';

/** A piece of content that shows a rule: `text` is a service file unless `file` says otherwise. */
export type Example = {
  file?: string;
  text: string;
  /** Other files the example needs, by path: an office.yaml of its own, a chapter. */
  also?: Readonly<Record<string, string>>;
  /** In a bad example: the text at which the finding stands. */
  at?: string;
};

export type Found = Omit<Fault, 'rule'>;

/** One lint rule. Its file name is its id. Rules without `check` are found while reading. */
export type Rule = {
  severity: Severity;
  /** Why it matters, for a clerk. */
  why: Say;
  good: readonly Example[];
  bad: readonly Example[];
  check?(handbook: Handbook, report: (found: Found) => void, procedures: readonly Procedure[]): void;
};

/** All findings, sorted by file and place, none twice. */
export function check(handbook: Handbook, rules: ReadonlyMap<string, Rule>): Diagnostic[] {
  const found: Diagnostic[] = [];
  const severityOf = (id: string): Severity => {
    const rule = rules.get(id);
    if (!rule) throw new Error(`no rule file for ${id}`);
    return rule.severity;
  };
  for (const fault of handbook.faults) found.push({ ...fault, severity: severityOf(fault.rule) });
  const procedures = proceduresOf(handbook);
  for (const [id, rule] of rules)
    rule.check?.(handbook, (each) => found.push({ ...each, rule: id, severity: rule.severity }), procedures);
  found.sort(inOrder);
  return found.filter((each, i) => i === 0 || inOrder(found[i - 1] as Diagnostic, each) !== 0);
}
