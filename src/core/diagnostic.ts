// What is wrong with content: a fault, its severity, its fix, and the order of a report.
import type { Say, Span } from './source.js';

export type Severity = 'error' | 'warn';

/** A replacement that mends a finding: the text that belongs at `span`. */
export type Fix = { span: Span; text: string };

/** One fault in content. `message` says what is there, then what was expected; `hint` how to mend it. */
export type Diagnostic = Fault & { severity: Severity };

/** A fault before the rule it belongs to has given it a severity. */
export type Fault = {
  rule: string;
  span: Span;
  message: Say;
  hint?: Say;
  fix?: Fix;
};

/** Stable order of a report: file, place, rule. */
export function inOrder(a: Diagnostic, b: Diagnostic): number {
  return (
    compare(a.span.source.path, b.span.source.path) ||
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compare(a.rule, b.rule) ||
    compare(a.message.en, b.message.en)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
