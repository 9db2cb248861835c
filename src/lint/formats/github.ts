// What GitHub Actions takes for annotations beside the lines of a pull request, and the page of a run.
import { posix } from 'node:path';
import type { Lang } from '../../core/source.js';
import { addressOf, type Format, notesOf, type Report, rangeOf, sentenceOf, summaryOf } from '../report.js';

const message = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const command = (name: string, properties: Record<string, string | number>, text: string): string => {
  const given = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${name} ${given.join(',')}::${message(text)}\n`;
};

/** A page of a run holds 1 MB at most; who wants more reads the log. */
const MOST_ROWS = 200;
const cell = (text: string): string => text.replace(/[\\`*_[\]<>|&]/g, (c) => `&#${c.charCodeAt(0)};`);

function pageOf(report: Report, lang: Lang): string {
  const zh = lang === 'zh';
  const rows = report.findings.slice(0, MOST_ROWS).map((each) => {
    const { line, column } = rangeOf(each.span);
    const severity = each.severity === 'error' ? (zh ? '錯誤' : 'error') : zh ? '警告' : 'warning';
    return `| ${cell(posix.normalize(report.fromTop(each.span.source.path)))}:${line}:${column} | ${severity} | ${cell(each.rule)} | ${cell(sentenceOf(each, lang))} |`;
  });
  const left = report.findings.length - rows.length;
  return [
    zh ? '## 為民服務內容檢查' : '## Service handbook: lint',
    cell(summaryOf(report)[lang]),
    ...(rows.length > 0
      ? [
          [
            zh ? '| 位置 | 等級 | 規則 | 說明 |' : '| Place | Level | Rule | Message |',
            '| --- | --- | --- | --- |',
            ...rows,
          ].join('\n'),
        ]
      : []),
    ...(left > 0 ? [zh ? `另有 ${left} 個，見紀錄。` : `${left} more in the log.`] : []),
    ...notesOf(report)
      .filter(({ name }) => name === 'not-checked')
      .map(({ path, say }) => `${cell(report.fromTop(path))}${zh ? '：' : ': '}${cell(say[lang])}`),
    '',
  ].join('\n\n');
}

export default {
  summary: { zh: 'GitHub Actions 的註記與摘要', en: 'annotations and the summary of GitHub Actions' },
  commands: true,
  page: { variable: 'GITHUB_STEP_SUMMARY', print: pageOf },
  print(report, lang) {
    const found = report.findings.map((each) => {
      const { line, column, endLine, endColumn } = rangeOf(each.span);
      return command(
        each.severity === 'error' ? 'error' : 'warning',
        {
          file: report.fromTop(each.span.source.path),
          line,
          endLine,
          // Columns are taken within one line alone, and their end is the last character.
          ...(line === endLine ? { col: column, endColumn: Math.max(column, endColumn - 1) } : {}),
          title: `${each.rule} (${addressOf(each.rule, lang)})`,
        },
        sentenceOf(each, lang),
      );
    });
    const notes = notesOf(report).map(({ name, say, path }) =>
      command('notice', { file: report.fromTop(path), line: 1, title: name }, say[lang]),
    );
    return [...found, ...notes].join('');
  },
} satisfies Format;
