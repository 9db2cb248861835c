// Checkstyle's XML, which Jenkins and many others read: findings file by file.
import type { Diagnostic } from '../../core/diagnostic.js';
import { type Format, notesOf, rangeOf, sentenceOf, xml } from '../report.js';

export default {
  summary: { zh: 'Checkstyle 的 XML', en: 'Checkstyle’s XML' },
  print(report, lang) {
    const byFile = new Map<string, string[]>();
    const add = (path: string, line: string): void => {
      byFile.set(path, [...(byFile.get(path) ?? []), line]);
    };
    const error = (
      { line, column }: { line: number; column: number },
      severity: string,
      message: string,
      rule: string,
    ) =>
      `    <error line="${line}" column="${column}" severity="${severity}" message="${xml(message)}" source="servicebook.${xml(rule)}"/>\n`;
    const level = ({ severity }: Diagnostic): string => (severity === 'error' ? 'error' : 'warning');
    for (const each of report.findings)
      add(each.span.source.path, error(rangeOf(each.span), level(each), sentenceOf(each, lang), each.rule));
    for (const { name, say, path } of notesOf(report))
      add(path, error({ line: 1, column: 1 }, 'info', say[lang], name));
    const files = [...byFile].map(
      ([path, lines]) => `  <file name="${xml(report.fromTop(path))}">\n${lines.join('')}  </file>\n`,
    );
    return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="10.0">\n${files.join('')}</checkstyle>\n`;
  },
} satisfies Format;
