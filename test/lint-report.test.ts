// How findings are told: the report for people, the explanation of a rule, and which files a level is for.
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../src/core/diagnostic.js';
import type { Rule } from '../src/lint/rule.js';
import { explained, rulesPage, standing } from '../src/lint/rule-docs.js';
import { toldFindings } from '../src/lint/told-findings.js';

const source = (written: string, path = 'content/a.yaml') => ({ path, text: written });
function finding(written: string, start: number, end: number, more: Partial<Diagnostic> = {}): Diagnostic {
  const message = { zh: '這裡寫錯', en: 'wrong here' };
  return { rule: 'a-rule', severity: 'error', span: { source: source(written), start, end }, message, ...more };
}
const zh = (...found: Diagnostic[]) => toldFindings(found, 'zh');
const en = (...found: Diagnostic[]) => toldFindings(found, 'en');

describe('for people', () => {
  test('the place, the sentence, the line, what is marked in it, and what helps', () => {
    const one = finding('名稱: 甲\n規費: 身份\n', 10, 12, { hint: { zh: '改寫', en: 'write it so' } });
    expect(zh(one)).toBe('content/a.yaml:2:5: 錯誤 a-rule\n  這裡寫錯\n  2 | 規費: 身份\n    |       ^^^^\n  → 改寫\n');
    expect(en({ ...one, severity: 'warn' })).toBe(
      'content/a.yaml:2:5: warning a-rule\n  wrong here\n  2 | 規費: 身份\n    |       ^^^^\n  -> write it so\n',
    );
  });
  test('a place of no length, of several lines, and in an empty line', () => {
    expect(zh(finding('a: b\n', 3, 3))).toContain('\n  1 | a: b\n    |    ^\n');
    expect(zh(finding('a: b\nc: d\n', 0, 9))).toContain('\n  1 | a: b\n    | ^^^^\n');
    expect(zh(finding('a: b\n\n', 5, 5))).toBe('content/a.yaml:2:1: 錯誤 a-rule\n  這裡寫錯\n');
  });
  test('tabs are as wide before the mark as in the line; nothing that is not seen gets through', () => {
    const said = zh(finding('\t甲: 乙\r\n', 1, 2));
    const [, , line = '', mark = ''] = said.split('\n');
    expect(line.indexOf('甲')).toBe(mark.indexOf('^'));
    expect(said).not.toMatch(/[\t\r]/);
    expect(zh(finding('a: \u202eb\n', 4, 5))).not.toContain('\u202e');
  });
  test('colours where they are asked for', () => {
    const one = finding('a: b\n', 3, 4);
    expect(toldFindings([one], 'en', true)).toBe(
      '\u001b[1mcontent/a.yaml:1:4\u001b[22m: \u001b[31merror\u001b[39m a-rule\n  wrong here\n  1 | a: b\n    |    \u001b[31m^\u001b[39m\n',
    );
    expect(toldFindings([{ ...one, severity: 'warn' }], 'en', true)).toContain('\u001b[33mwarning\u001b[39m');
  });
  test('what is found over and over is told some times, then counted with its lines', () => {
    const written = Array.from({ length: 60 }, (_, i) => `k${i}: x\n`).join('');
    const places = [...written.matchAll(/x/g)].map(({ index }) => index);
    const message = (i: number) => ({ zh: `第 ${i} 個`, en: `number ${i}` });
    const all = (n: number) => places.slice(0, n).map((at, i) => finding(written, at, at + 1, { message: message(i) }));
    const told = (n: number) => zh(...all(n)).split('\n\n').length;
    const most = told(60);
    expect(told(most)).toBe(most);
    expect(told(most + 1)).toBe(most);
    expect(zh(...all(most))).not.toContain('另有');
    expect(zh(...all(most + 1))).toMatch(new RegExp(`\\n {2}a-rule 另有 1 處：第 ${most + 1} 行\\n$`));
    expect(en(...all(most + 1))).toMatch(new RegExp(`\\n {2}1 more of a-rule: line ${most + 1}\\n$`));
    expect(en(...all(most + 2))).toMatch(new RegExp(`\\n {2}2 more of a-rule: lines ${most + 1}, ${most + 2}\\n$`));
    expect(en(...all(60))).toMatch(new RegExp(`\\n {2}${60 - most} more of a-rule: lines ${most + 1}, .*, …\\n$`));
    expect(zh(...all(60))).toMatch(/、\d+… 行\n$/);
    // Another rule, severity or file is another matter.
    const others = all(most + 1).map((each, i) => (i < most ? each : { ...each, rule: 'other' }));
    expect(zh(...others)).not.toContain('另有');
  });
});

describe('a rule explained', () => {
  const check = () => undefined;
  const rule: Rule = {
    severity: 'warn',
    strict: 'error',
    mends: true,
    why: { zh: '為什麼', en: 'why' },
    good: [{ text: 'a: 1\nb: 2\n' }],
    bad: [{ file: 'chapters/a.md', text: '# 甲\n', at: '甲' }],
    check,
  };
  test('how it stands', () => {
    expect([standing(rule, 'zh'), standing(rule, 'en')]).toEqual([
      '警告，從嚴時為錯誤，可用 --fix 自動改正',
      'warning, error when strict, fixed by --fix',
    ]);
    const plain: Rule = { severity: 'error', why: rule.why, good: [], bad: [] };
    expect([standing(plain, 'zh'), standing(plain, 'en')]).toEqual([
      '錯誤，不能關閉或略過',
      'error, cannot be turned off',
    ]);
    expect(standing({ ...plain, check }, 'zh')).toBe('錯誤');
    expect(standing({ ...plain, severity: 'warn' }, 'en')).toBe('warning');
  });
  test('on a terminal', () => {
    expect(explained('a-rule', rule, { zh: '改它', en: 'fix it' }, 'zh')).toBe(
      'a-rule（警告，從嚴時為錯誤，可用 --fix 自動改正）\n\n為什麼\n\n會被指出的寫法：\n  chapters/a.md\n    # 甲\n  問題在 「甲」\n\n正確的寫法：\n    a: 1\n    b: 2\n\n怎麼改：改它\n\n',
    );
    expect(explained('a-rule', { ...rule, bad: [], good: [] }, undefined, 'en')).toBe(
      'a-rule (warning, error when strict, fixed by --fix)\n\nwhy\n\n',
    );
    expect(explained('a-rule', rule, { zh: '改它', en: 'fix it' }, 'en')).toContain(
      '\n\nFound:\n  chapters/a.md\n    # 甲\n  at "甲"\n\nGood:\n    a: 1\n    b: 2\n\nHow to fix: fix it\n\n',
    );
  });
  test('as a page: errors first, then by name', () => {
    const rules = new Map([
      ['b', rule],
      ['z', { ...rule, severity: 'error' as const }],
      ['a', rule],
    ]);
    const page = rulesPage(rules, new Map([['a', { zh: '改它', en: 'fix it' }]]), 'en');
    expect(page).toContain(
      '| Rule | Level |\n| --- | --- |\n| [z](#z) | error, error when strict, fixed by --fix |\n| [a](#a) | warning, error when strict, fixed by --fix |\n| [b](#b) |',
    );
    expect(page).toContain(
      '\n\n## a\n\nwarning, error when strict, fixed by --fix. why\n\nFound:\n\n```markdown\n# chapters/a.md\n# 甲\n```\n\nGood:\n\n```yaml\na: 1\nb: 2\n```\n\nHow to fix: fix it\n\nRegulations in force: no finding.\n\n## b\n',
    );
    expect(rulesPage(rules, new Map(), 'zh')).toMatch(/^# 檢查規則\n\n這一頁由/);
    expect(rulesPage(rules, new Map(), 'zh')).toContain('| 規則 | 等級 |\n| --- | --- |\n| [z](#z) | 錯誤，');
    expect(page.endsWith('Regulations in force: no finding.\n\n')).toBe(true);
  });
});
