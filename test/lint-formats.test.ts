// Reports for machines, each held against the schema or the rules of who reads it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { validate as validateRd } from '@umbrelladocs/rdformat-validator';
import { Ajv } from 'ajv';
import Draft4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../src/core/diagnostic.js';
import checkstyle from '../src/lint/formats/checkstyle.js';
import compact from '../src/lint/formats/compact.js';
import github from '../src/lint/formats/github.js';
import gitlab from '../src/lint/formats/gitlab.js';
import html from '../src/lint/formats/html.js';
import json from '../src/lint/formats/json.js';
import junit from '../src/lint/formats/junit.js';
import rdjson from '../src/lint/formats/rdjson.js';
import sarif from '../src/lint/formats/sarif.js';
import text from '../src/lint/formats/text.js';
import type { Report } from '../src/lint/report.js';
import { summaryOf } from '../src/lint/report.js';
import type { Rule } from '../src/lint/rule.js';
import type { PassedOver } from '../src/lint/suppressions.js';

const A = { path: 'office/content/services/甲 乙.yaml', text: '名稱: 甲\n規費: 身份\n  - 說明: 𠀀身份\n' };
const B = { path: 'office/content/chapters/b.md', text: '---\n標題: 乙\n---\n\n## 費用\n\n第一行\n第二行\n' };
const find = (source: typeof A, marked: string, more: Partial<Diagnostic> = {}): Diagnostic => {
  const start = source.text.indexOf(marked, (more.span?.start ?? -1) + 1);
  const { span: _, ...rest } = more;
  return {
    rule: 'terms',
    severity: 'error',
    span: { source, start, end: start + marked.length },
    message: { zh: '100% 錯：a,b\n::error::假', en: 'wrong: 100%, <b>&"\'\u202e' },
    ...rest,
  };
};
const first = find(A, '身份');
const safe: Diagnostic = { ...first, fix: { span: first.span, text: '身分' }, hint: { zh: '改寫', en: 'write so' } };
const second = find(A, '身份', {
  span: first.span,
  rule: 'other',
  severity: 'warn',
  fix: { span: first.span, text: '?' },
});
const long = find(B, '第一行\n第二行', { severity: 'warn' });
const passed: PassedOver = { ...find(B, '費用', { rule: 'other' }), by: 'comment', reason: '引用原文' };
const off: PassedOver = { ...find(A, '名稱', { rule: 'other' }), by: 'setting', reason: '' };

const why = { zh: '為什麼', en: 'why' };
const rules = new Map<string, Rule>([
  ['terms', { severity: 'error', mends: true, why, good: [], bad: [] }],
  ['other', { severity: 'warn', why, good: [], bad: [] }],
]);
const report: Report = {
  findings: [safe, second, long],
  passedOver: [passed, off],
  unchecked: [B.path],
  files: ['office/content/handbook.yaml', A.path, B.path],
  rules,
  root: 'office/content',
  version: '1.2.3',
  fromTop: (path) => `top/${path}`,
};
const EMPTY: Report = { ...report, findings: [], passedOver: [], unchecked: [] };

test('the summary counts what --fix mends, what is passed over and what was not checked', () => {
  expect(summaryOf(report)).toEqual({
    zh: '3 個檔案：1 個錯誤、2 個警告；--fix 可改 1 個；略過 2 個（註解 1、設定 1）；1 個檔案沒有檢查完。',
    en: '3 files: 1 error, 2 warnings; --fix mends 1; 2 passed over (1 by comments, 1 by settings); 1 file not checked to the end.',
  });
  expect(summaryOf(EMPTY).zh).toBe('3 個檔案：0 個錯誤、0 個警告。');
});

test('for people: a file that was not checked to its end says so', () => {
  expect(text.print(report, 'zh')).toContain(`${B.path}：這個檔案有讀不出來的地方，其餘內容沒有檢查`);
  expect(text.print(EMPTY, 'zh')).toBe('');
});

test('compact: one line each, nothing folded, nothing that begins a line of its own', () => {
  const many = Array.from({ length: 300 }, () => safe);
  expect(
    compact
      .print({ ...EMPTY, findings: many }, 'zh')
      .trim()
      .split('\n'),
  ).toHaveLength(300);
  const lines = compact.print(report, 'en').trim().split('\n');
  expect(lines[0]).toBe(`${A.path}:2:5: error terms: wrong: 100%, <b>&"'\\u202e write so`);
  expect(lines).toHaveLength(5);
  expect(lines[3]).toContain('note passed-over: 2 passed over');
  expect(lines[4]).toContain('note not-checked');
});

describe('json', () => {
  const said = JSON.parse(json.print(report, 'zh'));
  test('an object of a version, with counts, addresses, fixes and what is passed over', () => {
    expect(said).toMatchObject({
      version: 1,
      program: '1.2.3',
      counts: {
        files: 3,
        errors: 1,
        warnings: 2,
        fixable: 1,
        passedOver: { comment: 1, setting: 1, option: 0 },
        unchecked: 1,
      },
      unchecked: [B.path],
    });
    expect(said.findings[0]).toMatchObject({
      file: A.path,
      line: 2,
      column: 5,
      endLine: 2,
      endColumn: 7,
      rule: 'terms',
      severity: 'error',
      hint: '改寫',
      address: 'RULES.zh-TW.md#terms',
      record: '甲 乙',
      field: 'fee',
      fix: { file: A.path, line: 2, column: 5, text: '身分', safe: true },
    });
    expect(said.findings[1].fix.safe).toBe(false);
    expect(said.findings[2]).toMatchObject({ record: 'chapters/b.md', field: 'fee', fix: null, hint: null });
    expect(said.passedOver[0]).toMatchObject({ by: 'comment', reason: '引用原文', rule: 'other' });
  });
  test('a fingerprint stays when lines move, and is another for each finding', () => {
    const moved = { ...A, text: `# 一行\n\n${A.text}` };
    const there = {
      ...safe,
      span: { ...safe.span, source: moved, start: first.span.start + 6, end: first.span.end + 6 },
    };
    const [print] = JSON.parse(json.print({ ...EMPTY, findings: [there] }, 'zh')).findings;
    expect(print.fingerprint).toBe(said.findings[0].fingerprint);
    const twice = JSON.parse(json.print({ ...EMPTY, findings: [safe, { ...safe }] }, 'zh')).findings;
    expect(new Set(twice.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(2);
  });
});

describe('sarif', () => {
  const require = createRequire(import.meta.url);
  const schema = JSON.parse(
    readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
  );
  const ajv = new Draft4.default({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const isSarif = ajv.compile(schema);
  const problems = (value: unknown) => (isSarif(value) ? [] : isSarif.errors);
  const said = JSON.parse(sarif.print(report, 'zh'));
  const [run] = said.runs;

  test('keeps to the schema of 2.1.0, also where nothing was found', () => {
    expect(problems(said)).toEqual([]);
    expect(problems(JSON.parse(sarif.print(EMPTY, 'en')))).toEqual([]);
    expect(problems({ ...said, version: '2.0.0' })).not.toEqual([]);
    expect(problems({ ...said, runs: [{ ...run, results: [{ ruleId: 'a' }] }] })).not.toEqual([]);
  });
  test('places, rules, fixes', () => {
    expect(run.columnKind).toBe('utf16CodeUnits');
    const [one] = run.results;
    expect(run.tool.driver.rules[one.ruleIndex].id).toBe('terms');
    expect(one.locations[0].physicalLocation).toEqual({
      artifactLocation: {
        uri: `top/office/content/services/${encodeURIComponent('甲 乙.yaml')}`,
        uriBaseId: 'SRCROOT',
      },
      region: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 7 },
    });
    expect(one.fixes[0].artifactChanges[0].replacements).toEqual([
      {
        deletedRegion: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 7 },
        insertedContent: { text: '身分' },
      },
    ]);
    // 𠀀 is two units.
    expect(run.results[1].locations[0].physicalLocation.region).toMatchObject({ startLine: 3, startColumn: 11 });
  });
  test('what is passed over is there, with its reason; a file that was not checked is a notification', () => {
    const over = run.results.filter((each: { suppressions?: unknown }) => each.suppressions);
    expect(over.map(({ suppressions }: { suppressions: unknown }) => suppressions)).toEqual([
      [{ kind: 'inSource', status: 'accepted', justification: '引用原文' }],
      [{ kind: 'external', status: 'accepted' }],
    ]);
    expect(run.invocations[0].executionSuccessful).toBe(false);
    expect(run.invocations[0].toolExecutionNotifications).toHaveLength(1);
  });
});

test('rdjson: valid, bytes for columns, a safe fix as a suggestion', async () => {
  const said = JSON.parse(rdjson.print(report, 'zh'));
  const judged = await validateRd(JSON.stringify(said), { strictMode: true, allowExtraFields: false });
  expect(judged.errors).toEqual([]);
  expect((await validateRd('{"diagnostics":[{"severity":"BAD"}]}')).valid).toBe(false);
  expect(said.diagnostics[0]).toMatchObject({
    severity: 'ERROR',
    location: {
      path: `top/${A.path}`,
      range: { start: { line: 2, column: 9 }, end: { line: 2, column: 15 } },
    },
    suggestions: [{ range: { start: { line: 2, column: 9 } }, text: '身分' }],
  });
  // What only its author can decide is no suggestion.
  expect(said.diagnostics[1].suggestions).toBeUndefined();
  expect(said.diagnostics[1].location.range.start).toEqual({ line: 3, column: 17 });
  expect(said.diagnostics.slice(3).map(({ severity }: { severity: string }) => severity)).toEqual(['INFO', 'INFO']);
});

describe('github', () => {
  const lines = github.print(report, 'zh').trim().split('\n');
  test('one command a line; nothing in a text ends it or begins another', () => {
    expect(lines).toHaveLength(5);
    for (const line of lines)
      expect(line).toMatch(/^::(error|warning|notice) [a-zA-Z]+=[^,:\r\n]*(,[a-zA-Z]+=[^,:\r\n]*)*::[^\r\n]*$/);
    expect(lines[0]).toBe(
      `::error file=top/${A.path},line=2,endLine=2,col=5,endColumn=6,title=terms (RULES.zh-TW.md#terms)::100%25 錯：a,b\\u000a::error::假改寫`,
    );
  });
  test('columns within one line alone', () => {
    expect(lines[2]).toContain('line=7,endLine=8,title=');
    expect(lines[2]).not.toContain('col=');
  });
  test('the page of the run: a table in which no text is markup', () => {
    const page = github.page.print(report, 'en');
    expect(github.page.variable).toBe('GITHUB_STEP_SUMMARY');
    expect(page).toContain('| Place | Level | Rule | Message |\n| --- | --- | --- | --- |\n| ');
    expect(page.match(/^\| top\//gm)).toHaveLength(3);
    expect(page).not.toContain('<b>');
    expect(github.page.print({ ...EMPTY, findings: Array.from({ length: 500 }, () => safe) }, 'en')).toContain(
      '300 more',
    );
  });
});

test('gitlab: every issue has what Code Quality asks for, under a fingerprint of its own', () => {
  const issues = JSON.parse(gitlab.print(report, 'zh')) as Record<string, unknown>[];
  const isIssue = new Ajv().compile({
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', pattern: '^[0-9a-f]{32}$' },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', pattern: '^(?!\\./|/)' },
          lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } },
        },
      },
    },
  });
  for (const issue of issues) expect(isIssue(issue), JSON.stringify(issue)).toBe(true);
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(5);
  expect(issues.map(({ severity }) => severity)).toEqual(['major', 'minor', 'minor', 'info', 'info']);
  expect(gitlab.print(EMPTY, 'zh')).toBe('[]\n');
});

describe('xml', () => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    htmlEntities: true,
    isArray: (name) => /^(file|error|testsuite|testcase)$/.test(name),
  });
  test('checkstyle: files with their errors, attributes as its readers take them', () => {
    const said = checkstyle.print(report, 'en');
    expect(XMLValidator.validate(said)).toBe(true);
    const { checkstyle: all } = parser.parse(said);
    expect(all.file.map(({ name }: { name: string }) => name)).toEqual([
      `top/${A.path}`,
      `top/${B.path}`,
      'top/office/content/handbook.yaml',
    ]);
    expect(all.file[0].error[0]).toEqual({
      line: '2',
      column: '5',
      severity: 'error',
      message: 'wrong: 100%, <b>&"\'\\u202e write so',
      source: 'servicebook.terms',
    });
    const levels = all.file.flatMap(({ error }: { error: { severity: string }[] }) =>
      error.map(({ severity }) => severity),
    );
    for (const level of levels) expect(['ignore', 'info', 'warning', 'error']).toContain(level);
  });
  test('junit: a test for each file and rule; errors fail, warnings are told, what is passed over is skipped', () => {
    const said = junit.print(report, 'zh');
    expect(XMLValidator.validate(said)).toBe(true);
    const { testsuites } = parser.parse(said);
    expect(testsuites).toMatchObject({ tests: '6', failures: '1', errors: '0' });
    // What the schema of Jenkins' xUnit plugin asks of a suite and a case, and allows in it.
    for (const suite of testsuites.testsuite) {
      expect(Object.keys(suite)).toEqual(expect.arrayContaining(['name', 'tests', 'failures', 'errors', 'skipped']));
      expect(suite.testcase).toHaveLength(Number(suite.tests));
      for (const each of suite.testcase) {
        expect(each.name).toBeTruthy();
        for (const key of Object.keys(each))
          expect(['name', 'classname', 'failure', 'skipped', 'system-out']).toContain(key);
      }
    }
    const [, chapter, service] = ['handbook', 'chapters', 'services'].map((part) =>
      testsuites.testsuite.find(({ name }: { name: string }) => name.includes(part)),
    );
    expect(service).toMatchObject({ failures: '1', skipped: '0' });
    expect(service.testcase[0].failure).toMatchObject({ type: 'error' });
    expect(service.testcase[1]['system-out']).toContain(':3:11: ');
    expect(chapter).toMatchObject({ failures: '0', skipped: '1' });
    expect(chapter.testcase[1].skipped.message).toBe('引用原文');
    expect(chapter['system-err']).toContain('其餘內容沒有檢查');
  });
});

test('html: one page without script, in which no text is markup', () => {
  const said = html.print(report, 'en');
  expect(said).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(said).not.toMatch(/<script|<b>|src=|\u202e/);
  expect(said).toContain("default-src 'none'");
  expect(said).toContain('<mark>身份</mark>');
  expect(said).toContain('mended by --fix');
  expect(said).toContain('Reason: 引用原文');
  expect(html.print(EMPTY, 'zh')).toContain('沒有問題。');
});

describe('the page for people', () => {
  const shown = (more: Partial<Report>, lang: 'zh' | 'en' = 'en') => html.print({ ...report, ...more }, lang);
  test('shows the line of a finding with its place marked, once', () => {
    const source = { path: 'a.yaml', text: '名稱: 甲\n摘要: 身份不符者\n地點: 乙\n' };
    expect(shown({ findings: [find(source, '身份')], passedOver: [], unchecked: [] })).toContain(
      '<pre>摘要: <mark>身份</mark>不符者</pre>',
    );
  });
  test('says that nothing was found where nothing was, and then alone', () => {
    const nothing = 'Nothing was found.';
    expect(shown({ findings: [], passedOver: [], unchecked: [] })).toContain(nothing);
    expect(shown({ findings: [], passedOver: [], unchecked: [] }, 'zh')).toContain('沒有問題。');
    expect(shown({})).not.toContain(nothing);
  });
});

test('the summary on GitHub is a table with its head, in the language of the report', () => {
  expect(github.page.print(report, 'zh')).toMatch(/\n\| 位置 \| 等級 \| 規則 \| 說明 \|\n\| --- \|/);
  expect(github.page.print(report, 'en')).toMatch(/\n\| Place \| Level \| Rule \| Message \|\n\| --- \|/);
});
