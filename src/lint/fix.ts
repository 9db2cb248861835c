// Fixes put into text: those that do not touch one another, from the last to the first.
import type { Diagnostic, Fix } from '../core/diagnostic.js';

/**
 * The text of each file after its fixes, by path; files without fixes are left out. Of fixes that overlap the first is
 * taken; the others may be found again in the mended text.
 */
export function mended(diagnostics: readonly Diagnostic[], mends: (rule: string) => boolean): Map<string, string> {
  const byFile = new Map<string, Fix[]>();
  for (const { rule, fix } of diagnostics) {
    if (!fix || !mends(rule)) continue;
    const { path } = fix.span.source;
    const fixes = byFile.get(path);
    if (fixes) fixes.push(fix);
    else byFile.set(path, [fix]);
  }
  return new Map([...byFile].map(([path, fixes]) => [path, apply(fixes)]));
}

function apply(fixes: readonly Fix[]): string {
  const text = fixes[0]?.span.source.text ?? '';
  const sorted = [...fixes].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let out = '';
  let at = 0;
  for (const { span, text: put } of sorted) {
    if (span.start < at) continue;
    out += text.slice(at, span.start) + put;
    at = span.end;
  }
  return out + text.slice(at);
}
