// Levels of rules by file, comments that answer for findings, and what a standard or a declaration is, beside their edges.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../src/content/parse.js';
import type { Handbook } from '../src/content/schema/model.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { loadFolder } from '../src/core/program-files.js';
import { citationsOf } from '../src/lint/citations.js';
import { levelsOf } from '../src/lint/levels.js';
import type { Rule } from '../src/lint/rule.js';
import { isSuppression } from '../src/lint/suppressions.js';
import { lintExample } from './lint-example.js';
import { contentOf, DECLARED, OFFICE } from './office.js';

const rules = await loadFolder<Rule>('lint/rules');

/** The levels of a book with these settings; its folder is `content`, or the working folder. */
function levelsWith(
  settings: readonly object[],
  {
    strict = false,
    off,
    suppressions,
    at = 'content/handbook.yaml',
  }: { strict?: boolean; off?: ReadonlySet<string>; suppressions?: boolean; at?: string } = {},
) {
  const span = { source: { path: at, text: 'numeral' }, start: 0, end: 7 };
  const book = { rules: settings.map((each) => ({ ...each, at: { self: span } })), at: { self: span } };
  return levelsOf({ book } as unknown as Handbook, rules, { strict, off, suppressions });
}

describe('files that a setting is for', () => {
  const fits = (pattern: string, path: string): boolean =>
    levelsWith([{ rule: 'numerals', level: 'off', paths: [pattern] }]).levels('numerals', `content/${path}`).off !==
    undefined;
  test.each([
    ['chapters/', 'chapters/a.md', true],
    ['chapters', 'chapters/a.md', true],
    ['chapters', 'chapters', true],
    ['chapters', 'chapters.md', false],
    ['chap', 'chapters/a.md', false],
    ['./chapters', 'chapters/a.md', true],
    ['/chapters', 'chapters/a.md', true],
    [' chapters ', 'chapters/a.md', true],
    ['services/a.yaml', 'services/a.yaml', true],
    ['services/a.yaml', 'services/a_yaml', false],
    ['services/a.yaml', 'x/services/a.yaml', false],
    ['services/*.md', 'services/a.md', true],
    ['services/*.md', 'services/.md', true],
    ['services/*.md', 'services/a.yaml', false],
    ['services/*.md', 'services/b/a.md', false],
    ['*', 'services/a.md', true],
    ['*.yaml', 'handbook.yaml', true],
    ['*.yaml', 'services/a.yaml', false],
    ['**/a.yaml', 'a.yaml', true],
    ['**/a.yaml', 'services/a.yaml', true],
    ['**/a.yaml', 'services/b/a.yaml', true],
    ['**/a.yaml', 'services/b.yaml', false],
    ['services/**', 'services/b/a.md', true],
    ['services/?.md', 'services/a.md', true],
    ['services/?.md', 'services/ab.md', false],
    ['services/?.md', 'services/.md', false],
    ['services?a.md', 'services/a.md', false],
    ['***', 'services/a.md', true],
  ])('%j and %s: %s', (pattern, path, yes) => expect(fits(pattern, path)).toBe(yes));
  test('any pattern is as the same regular expression', () => {
    const piece = fc.constantFrom('a', 'b', '.', '/', '*', '**', '**/', '?');
    const pattern = fc.array(piece, { minLength: 1, maxLength: 6 }).map((each) => each.join(''));
    const path = fc
      .array(fc.constantFrom('a', 'b', '.', '/'), { minLength: 1, maxLength: 8 })
      .map((each) => each.join(''));
    fc.assert(
      fc.property(pattern, path, (glob, file) => {
        fc.pre(!/^\.?\/|\/$/.test(glob));
        const written = glob.replace(/\*{2,}\/?|\*|\?|\./g, (sign) =>
          sign.startsWith('**') ? '.*' : sign === '*' ? '[^/]*' : sign === '?' ? '[^/]' : '\\.',
        );
        expect(fits(glob, file)).toBe(new RegExp(`^${written}(?:/.*)?$`).test(file));
      }),
      { numRuns: 500 },
    );
  });
  test('a row of stars is tried once', () => {
    expect(fits(`${'*a'.repeat(40)}b`, 'a'.repeat(2000))).toBe(false);
  });
  test('in the working folder paths are as they stand', () => {
    const { levels } = levelsWith([{ rule: 'numerals', level: 'off', paths: ['chapters'] }], { at: 'handbook.yaml' });
    expect(levels('numerals', 'chapters/a.md').off).toBeDefined();
  });
});

describe('the level of a rule', () => {
  const PATH = 'content/a.yaml';
  const warn = [...rules].find(([, rule]) => rule.severity === 'warn' && rule.strict === 'error')?.[0] ?? '';
  const error =
    [...rules].find(([, rule]) => rule.severity === 'error' && (rule.check || rule.whole) && !rule.guarded)?.[0] ?? '';
  const fixed = 'yaml-syntax';
  const guarded = [...rules].find(([, rule]) => rule.guarded && rule.severity === 'error')?.[0];
  test('is that of its set', () => {
    expect(levelsWith([]).levels(warn, PATH)).toEqual({ severity: 'warn' });
    expect(levelsWith([], { strict: true }).levels(warn, PATH)).toEqual({ severity: 'error' });
    expect(() => levelsWith([]).levels('none', PATH)).toThrow('no rule file for none');
  });
  test('is that of the last setting that fits', () => {
    const settings = [
      { rule: warn, level: 'error' },
      { rule: warn, level: 'off', paths: ['b.yaml'], note: '引用' },
    ];
    const { levels, faults } = levelsWith(settings);
    expect(faults).toEqual([]);
    expect(levels(warn, PATH)).toEqual({ severity: 'error' });
    expect(levels(warn, 'content/b.yaml')).toEqual({ severity: 'warn', off: { by: 'setting', reason: '引用' } });
    expect(levelsWith([...settings].reverse()).levels(warn, 'content/b.yaml')).toEqual({ severity: 'error' });
    expect(levelsWith(settings).levels(error, PATH)).toEqual({ severity: 'error' });
  });
  test('may be switched off at the keyboard, whatever the book says', () => {
    expect(levelsWith([{ rule: warn, level: 'error' }], { off: new Set([warn]) }).levels(warn, PATH)).toEqual({
      severity: 'warn',
      off: { by: 'option', reason: '' },
    });
  });
  test('is not made less by content that is not trusted to', () => {
    const lower = [
      { rule: error, level: 'warn' },
      { rule: warn, level: 'off' },
      { rule: warn, level: 'error', paths: ['b.yaml'] },
    ];
    const { levels, faults } = levelsWith(lower, { suppressions: false });
    expect(faults).toEqual([]);
    expect([levels(error, PATH), levels(warn, PATH), levels(warn, 'content/b.yaml')]).toEqual([
      { severity: 'error' },
      { severity: 'warn' },
      { severity: 'error' },
    ]);
    expect(levelsWith(lower).levels(error, PATH)).toEqual({ severity: 'warn' });
  });
  test('of a rule that is not there, or that points at what cannot be read, is a fault', () => {
    const said = (settings: readonly object[]) =>
      levelsWith(settings).faults.map(({ rule, message, fix }) => [rule, message.en, fix?.text]);
    expect(said([{ rule: 'numeral', level: 'off' }])).toEqual([
      ['rule-setting', 'There is no rule "numeral".', 'numerals'],
    ]);
    expect(said([{ rule: fixed, level: 'warn' }])).toEqual([
      ['rule-setting', expect.stringContaining(fixed), undefined],
    ]);
    if (guarded) {
      expect(said([{ rule: guarded, level: 'off' }])).toHaveLength(1);
      expect(said([{ rule: guarded, level: 'error' }])).toEqual([]);
    }
    expect(said([{ rule: warn }, { level: 'off' }])).toEqual([]);
  });
});

describe('a comment that answers for a finding', () => {
  /** Rules that find something in a service, by line. */
  const found = async (text: string, file = 'services/example.yaml') =>
    (await lintExample({ file, text }, rules))
      .filter(({ span }) => span.source.path === `content/${file}`)
      .map(({ rule, span }) => `${rule} ${span.source.text.slice(0, span.start).split('\n').length}`);
  const WRONG = '摘要: 核對來電者身份\n';
  test('stands behind its line or above it, over other comments and empty lines', async () => {
    expect(await found(DECLARED + WRONG)).toEqual(['official-characters 7']);
    for (const above of [
      '# 略過 official-characters：引用\n',
      '# servicebook-ignore official-characters: quoted\n',
      '## 略過 official-characters: 引用\n',
      '# 略過 official-characters：引用\n\n# 說明\n',
    ])
      expect(await found(DECLARED + above + WRONG), above).toEqual([]);
    expect(await found(`${DECLARED}摘要: 核對來電者身份 # 略過 official-characters：引用\n`)).toEqual([]);
  });
  test('answers for no other line and no other rule', async () => {
    expect(await found(`${DECLARED}# 略過 official-characters：引用\n承辦單位: 秘書室\n${WRONG}`)).toEqual([
      'unused-suppression 7',
      'official-characters 9',
    ]);
    expect(await found(`${DECLARED}# 略過 numerals：引用\n${WRONG}`)).toEqual([
      'unused-suppression 7',
      'official-characters 8',
    ]);
    expect(await found(`${DECLARED}承辦單位: 秘書室 # 略過 official-characters：引用\n${WRONG}`)).toEqual([
      'unused-suppression 7',
      'official-characters 8',
    ]);
    expect(await found(`${DECLARED}${WRONG}# 略過 official-characters：引用\n`)).toEqual([
      'official-characters 7',
      'unused-suppression 8',
    ]);
  });
  test('needs its reason and a rule that may be passed over', async () => {
    expect(await found(`${DECLARED}# 略過 official-characters\n${WRONG}`)).toEqual([
      'suppression 7',
      'official-characters 8',
    ]);
    expect(await found(`${DECLARED}# 略過 official-character：引用\n${WRONG}`)).toEqual([
      'suppression 7',
      'official-characters 8',
    ]);
    expect(await found(`${DECLARED}# 略過 yaml-syntax：引用\n`)).toEqual(['suppression 7']);
  });
  test('is one, or is not', () => {
    for (const yes of [
      '# 略過 a：b',
      '<!-- 略過 a：b -->',
      '<!-- servicebook-ignore a: b -->',
      '#略過 a',
      `# 略過 a：${'b'.repeat(900)}`,
    ])
      expect(isSuppression(yes), yes.slice(0, 30)).toBe(true);
    for (const no of [
      '略過 a：b',
      '# 不略過 a：b',
      '# 略過',
      '# 略過a',
      `# 略過 a：${'b'.repeat(1000)}`,
      '<!-- 略過 a b -->',
    ])
      expect(isSuppression(no), no.slice(0, 30)).toBe(false);
  });
});

describe('what is declared', () => {
  const rulesIn = async (text: string) =>
    (await lintExample({ text }, rules)).filter(({ rule }) => /-declared$/.test(rule)).map(({ rule }) => rule);
  const variants = (one: string, other: string) =>
    `${DECLARED.replace('規費: 免費\n', '')}子項目:\n  - {名稱: 甲${one}}\n  - {名稱: 乙${other}}\n`;
  test('by every variant, or by the service', async () => {
    expect(await rulesIn(DECLARED)).toEqual([]);
    expect(await rulesIn(DECLARED.replace('規費: 免費\n', ''))).toEqual(['fee-declared']);
    expect(await rulesIn(variants(', 規費: 免費', ', 規費: 待確認'))).toEqual([]);
    expect(await rulesIn(variants(', 規費: 免費', ''))).toEqual(['fee-declared']);
    expect(await rulesIn(variants('', ''))).toEqual(['fee-declared']);
    // What cannot be read has its own fault.
    expect(await rulesIn(DECLARED.replace('免費', '很多'))).toEqual([]);
  });
});

describe('citations', () => {
  test('each once, in the order of writing, with what they stand for; none of places', () => {
    const handbook = parse(
      contentOf({
        'office.yaml': `${OFFICE}電話: {值: 02-1234, 來源: 甲法第1條}\n`,
        'services/a.yaml':
          '名稱: 甲\n應備證件: 無\n規費: {值: 免費, 來源: [乙法第2條, 丙法第3條]}\n辦理時限: {期限: 3 日, 法定: {期限: 5 日, 依據: 丁法第4條}}\n審核權責: 分署長\n法令依據: [戊法第5條]\n',
      }),
      parseMarkdown,
    );
    expect(citationsOf(handbook).map(({ citation: { law }, basis, ofFee }) => [law, basis, ofFee])).toEqual([
      ['甲法', false, false],
      ['乙法', false, true],
      ['丙法', false, true],
      ['丁法', true, false],
      ['戊法', true, false],
    ]);
    expect(citationsOf(handbook)).toBe(citationsOf(handbook));
  });
});
