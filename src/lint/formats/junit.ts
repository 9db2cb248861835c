// JUnit's XML, which CI systems show as tests: a suite for each file, a test for each rule. An error fails its test, a warning is its output.

import { posix } from 'node:path';
import type { Diagnostic } from '../../core/diagnostic.js';
import { within } from '../identity.js';
import { type Format, grouped, rangeOf, sentenceOf, UNCHECKED, xml } from '../report.js';

export default {
  summary: { zh: 'JUnit 的 XML', en: 'JUnit’s XML' },
  print(report, lang) {
    const byFile = grouped(report.findings, ({ span }) => span.source.path);
    const passed = grouped(report.passedOver, ({ span }) => span.source.path);
    const paths = [...new Set([...report.files, ...byFile.keys(), ...report.unchecked])].sort();
    const told = (found: readonly Diagnostic[]): string =>
      found
        .map((each) => {
          const { line, column } = rangeOf(each.span);
          return xml(`${report.fromTop(each.span.source.path)}:${line}:${column}: ${sentenceOf(each, lang)}`);
        })
        .join('&#10;');
    let tests = 0;
    let failures = 0;
    const suites = paths.map((path) => {
      const found = grouped(byFile.get(path) ?? [], ({ rule }) => rule);
      const silent = grouped(passed.get(path) ?? [], ({ rule }) => rule);
      const classname = xml(within(path, report.root).replace(posix.extname(path), '').replaceAll('/', '.'));
      let failed = 0;
      let skipped = 0;
      const cases = [...report.rules.keys()].map((rule) => {
        const errors = (found.get(rule) ?? []).filter(({ severity }) => severity === 'error');
        const warnings = (found.get(rule) ?? []).filter(({ severity }) => severity !== 'error');
        const over = silent.get(rule);
        if (errors.length > 0) failed += 1;
        else if (over && warnings.length === 0) skipped += 1;
        const inside = [
          errors.length > 0
            ? `<failure type="error" message="${xml(sentenceOf(errors[0] as Diagnostic, lang))}">${told(errors)}</failure>`
            : over && warnings.length === 0
              ? `<skipped message="${xml(over.map(({ reason, by }) => reason || by).join('; '))}"/>`
              : '',
          warnings.length > 0 ? `<system-out>${told(warnings)}</system-out>` : '',
        ].join('');
        const open = `    <testcase classname="${classname}" name="${xml(rule)}"`;
        return inside === '' ? `${open}/>\n` : `${open}>${inside}</testcase>\n`;
      });
      tests += cases.length;
      failures += failed;
      const note = report.unchecked.includes(path) ? `    <system-err>${xml(UNCHECKED[lang])}</system-err>\n` : '';
      return `  <testsuite name="${xml(report.fromTop(path))}" tests="${cases.length}" failures="${failed}" errors="0" skipped="${skipped}">\n${cases.join('')}${note}  </testsuite>\n`;
    });
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="servicebook" tests="${tests}" failures="${failures}" errors="0">\n${suites.join('')}</testsuites>\n`;
  },
} satisfies Format;
