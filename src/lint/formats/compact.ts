// One finding a line, as editors and grep read it: file:line:column: severity rule: message.
import { visible } from '../../core/terminal.js';
import { type Format, notesOf, rangeOf, sentenceOf } from '../report.js';

export default {
  summary: { zh: '一行一個問題', en: 'one finding a line' },
  print(report, lang) {
    const lines = report.findings.map((each) => {
      const { line, column } = rangeOf(each.span);
      const severity = each.severity === 'error' ? 'error' : 'warning';
      return `${visible(each.span.source.path)}:${line}:${column}: ${severity} ${each.rule}: ${sentenceOf(each, lang)}\n`;
    });
    const notes = notesOf(report).map(({ name, path, say }) => `${visible(path)}:1:1: note ${name}: ${say[lang]}\n`);
    return [...lines, ...notes].join('');
  },
} satisfies Format;
