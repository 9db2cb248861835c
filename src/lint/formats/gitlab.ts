// What GitLab shows in a merge request (Code Quality): an array of issues.
import { type Format, identified, nameFrom, notesOf, rangeOf, sentenceOf } from '../report.js';

export default {
  summary: { zh: 'GitLab 的 Code Quality 報告', en: 'a Code Quality report for GitLab' },
  print(report, lang) {
    const issues = identified(report.findings, report.root).map((each) => {
      const { line, endLine } = rangeOf(each.span);
      return {
        description: sentenceOf(each, lang),
        check_name: each.rule,
        fingerprint: each.fingerprint,
        severity: each.severity === 'error' ? 'major' : 'minor',
        location: { path: report.fromTop(each.span.source.path), lines: { begin: line, end: endLine } },
      };
    });
    const notes = notesOf(report).map(({ name, say, path }) => ({
      description: say[lang],
      check_name: name,
      fingerprint: nameFrom(name, path),
      severity: 'info',
      location: { path: report.fromTop(path), lines: { begin: 1 } },
    }));
    return `${JSON.stringify([...issues, ...notes], null, 2)}\n`;
  },
} satisfies Format;
