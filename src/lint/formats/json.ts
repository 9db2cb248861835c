// The report for programs: one object of a version that is told, lines and columns from 1, columns in UTF-16 units.
import type { Diagnostic } from '../../core/diagnostic.js';
import type { Lang } from '../../core/source.js';
import { addressOf, countsOf, type Format, identified, isMended, type Report, rangeOf } from '../report.js';

/** Raised when a field goes away or means something else; new fields come without. */
const VERSION = 1;

function toldOf(findings: readonly Diagnostic[], { root, rules }: Report, lang: Lang) {
  return identified(findings, root).map((each) => ({
    file: each.span.source.path,
    ...rangeOf(each.span),
    rule: each.rule,
    severity: each.severity,
    message: each.message[lang],
    hint: each.hint?.[lang] ?? null,
    address: addressOf(each.rule, lang),
    record: each.identity.record,
    field: each.identity.field,
    fix: each.fix
      ? {
          file: each.fix.span.source.path,
          ...rangeOf(each.fix.span),
          text: each.fix.text,
          safe: isMended(each, rules),
        }
      : null,
    fingerprint: each.fingerprint,
  }));
}

export default {
  summary: { zh: '給程式讀的 JSON', en: 'JSON for programs' },
  print(report, lang) {
    const passedOver = toldOf(report.passedOver, report, lang);
    const whole = {
      version: VERSION,
      program: report.version,
      counts: { files: report.files.length, ...countsOf(report), unchecked: report.unchecked.length },
      findings: toldOf(report.findings, report, lang),
      passedOver: passedOver.map((each, i) => ({
        ...each,
        by: report.passedOver[i]?.by,
        reason: report.passedOver[i]?.reason,
      })),
      unchecked: report.unchecked,
    };
    return `${JSON.stringify(whole, null, 2)}\n`;
  },
} satisfies Format;
