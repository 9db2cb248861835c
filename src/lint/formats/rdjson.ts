// What reviewdog reads (Reviewdog Diagnostic Format): a fix that changes no meaning becomes a suggestion in the pull request.
import { placeOf, type Span } from '../../core/source.js';
import { type Format, isMended, notesOf, sentenceOf } from '../report.js';

/** Lines from 1; columns from 1, in bytes of UTF-8, as that format counts. */
function rangeOf({ source, start, end }: Span) {
  const place = (offset: number) => {
    const { line, lineStart } = placeOf(source, offset);
    const before = source.text.slice(lineStart, Math.min(offset, source.text.length));
    return { line, column: new TextEncoder().encode(before).length + 1 };
  };
  return { start: place(start), end: place(Math.max(start, end)) };
}

export default {
  summary: { zh: '給 reviewdog', en: 'for reviewdog' },
  print(report, lang) {
    const found = report.findings.map((each) => ({
      message: sentenceOf(each, lang),
      location: { path: report.fromTop(each.span.source.path), range: rangeOf(each.span) },
      severity: each.severity === 'error' ? 'ERROR' : 'WARNING',
      code: { value: each.rule },
      // A suggestion stands in the file it is about.
      ...(each.fix && isMended(each, report.rules) && each.fix.span.source === each.span.source
        ? { suggestions: [{ range: rangeOf(each.fix.span), text: each.fix.text }] }
        : {}),
    }));
    const notes = notesOf(report).map(({ name, say, path }) => ({
      message: say[lang],
      location: { path: report.fromTop(path) },
      severity: 'INFO',
      code: { value: name },
    }));
    return `${JSON.stringify({ source: { name: 'servicebook' }, diagnostics: [...found, ...notes] }, null, 2)}\n`;
  },
} satisfies Format;
