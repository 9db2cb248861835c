// The report for machines: an array of findings with 1-based lines and columns (columns in UTF-16 units).
import type { Format } from '../../core/diagnostic.js';
import { placeOf } from '../../core/source.js';

export default {
  summary: { zh: '給程式讀的 JSON', en: 'JSON for programs' },
  print(diagnostics, lang) {
    const findings = diagnostics.map(({ rule, severity, span, message, hint }) => {
      const start = placeOf(span.source, span.start);
      const end = placeOf(span.source, span.end);
      return {
        file: span.source.path,
        line: start.line,
        column: start.column,
        endLine: end.line,
        endColumn: end.column,
        rule,
        severity,
        message: message[lang],
        hint: hint?.[lang] ?? null,
      };
    });
    return `${JSON.stringify(findings, null, 2)}\n`;
  },
} satisfies Format;
