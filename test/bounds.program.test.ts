// Nothing that content may hold keeps lint from ending: it is read within seconds, or refused with a sentence and a place.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { AROUND } from '../src/lint/rule-docs.js';
import { SERVICE as BARE, DECLARED as SERVICE } from './office.js';
import { runIn } from './program.js';

const BLANKS = ' '.repeat(60_000);
const MEGABYTE = 1024 * 1024 - 10_000;
/** About a megabyte of these words. */
const much = (words: string): string => words.repeat(Math.floor(MEGABYTE / Buffer.byteLength(words)));
const lines = (count: number, line: (i: number) => string): string =>
  `${Array.from({ length: count }, (_, i) => line(i)).join('\n')}\n`;

const service = (text: string) => ({ 'services/a.yaml': text });
const chapter = (text: string) => ({
  'handbook.yaml': `${AROUND['handbook.yaml']}章次: [a.md]\n`,
  'chapters/a.md': text,
});
const markdown = (section: string) => ({
  'services/a.md': `# 閱覽檔案\n\n## 應備證件\n\n無\n\n## 規費\n\n免費\n\n## 辦理時限\n\n3 工作日\n\n## 審核權責\n\n分署長\n\n${section}\n`,
});

type Found = { file: string; line: number; column: number; rule: string; message: string; hint: string | null };
const roots: string[] = [];
afterAll(() => Promise.all(roots.map((root) => rm(root, { recursive: true }))));

async function lint(files: Record<string, string>, ...args: string[]) {
  const root = await mkdtemp(join(tmpdir(), 'servicebook-bounds-'));
  roots.push(root);
  const { 'services/other.yaml': _, ...around } = AROUND;
  for (const [path, text] of Object.entries({ ...around, ...files })) {
    await mkdir(dirname(join(root, 'content', path)), { recursive: true });
    await writeFile(join(root, 'content', path), text);
  }
  const before = process.cpuUsage();
  const done = await runIn(root, 'lint', '--no-cache', ...args);
  const { user, system } = process.cpuUsage(before);
  return { ...done, seconds: (user + system) / 1e6 };
}
async function findings(files: Record<string, string>): Promise<Found[]> {
  const { code, out, seconds } = await lint(files, '--format', 'json');
  expect(code).toBeLessThan(2);
  // What it takes is a second or two; a machine under test is slower.
  expect(seconds).toBeLessThan(5);
  return JSON.parse(out).findings as Found[];
}
const placed = (found: readonly Found[]): string[] =>
  found.filter(({ rule }) => rule === 'out-of-bounds').map(({ file, line }) => `${file}:${line}`);

describe('sixty thousand blanks are refused at their line', () => {
  test.each([
    ['an item of 應備證件', SERVICE.replace('應備證件: 無', `應備證件:\n  - "甲${BLANKS}乙"`), 3],
    ['a bracket of one', SERVICE.replace('應備證件: 無', `應備證件:\n  - "甲（${BLANKS}2${BLANKS}x）"`), 3],
    ['辦理時限', SERVICE.replace('3 工作日', `"3${BLANKS}工作日"`), 4],
    ['份數', SERVICE.replace('應備證件: 無', `應備證件:\n  - {名稱: 甲, 份數: "1${BLANKS}x"}`), 3],
    ['來源', `${SERVICE}來源: "甲${BLANKS}第"\n`, 7],
    ['a step', `${BARE}申請程序:\n  - 開始: 收件\n  - "甲${BLANKS}（乙x"\n`, 8],
    ['規費', SERVICE.replace('免費', `"每${BLANKS}份 100 元"`), 3],
  ])('in %s', async (_, text, line) => {
    expect(placed(await findings(service(text)))).toEqual([`content/services/a.yaml:${line}`]);
  });
  test('and as many in lines of a block', async () => {
    const block = `|\n${lines(300, () => `  ${' '.repeat(200)}x`)}`;
    for (const text of [SERVICE.replace('3 工作日', block), SERVICE.replace('應備證件: 無', `應備證件:\n  - ${block}`)])
      expect(placed(await findings(service(text)))).toHaveLength(1);
  });
});

describe('Markdown that its readers take too long over is refused', () => {
  test.each([
    ['asterisks', '*a_'.repeat(10_000)],
    ['asterisks in lines of one paragraph', '*a_*a_*a_*a_*a_\n'.repeat(2_000)],
    ['brackets of links', '[a]('.repeat(10_000)],
    ['brackets in lines of one paragraph', '[a]([a]([a](\n'.repeat(2_000)],
    ['a list a thousand deep', lines(1_000, (i) => `${'  '.repeat(i)}- a`)],
    ['a list a hundred deep', lines(100, (i) => `${'  '.repeat(i)}- a`)],
    ['a list ten thousand deep in one line', `${'- '.repeat(10_000)}a`],
    ['ten thousand quotations', '>'.repeat(10_000)],
    ['a hundred quotations in each line', `${'> '.repeat(100)}a\n`.repeat(100)],
    ['headings with a line below', 'a\n=\n'.repeat(10_000)],
    ['items', '- a\n'.repeat(10_000)],
    ['a megabyte of plain text', much('本署為民服務，應備證件如下。\n\n')],
    ['a megabyte of bold type', much('**本署**為**民**服務\n\n')],
  ])('%s', async (_, text) => {
    expect(placed(await findings(chapter(text)))).toEqual([expect.stringMatching(/^content\/chapters\/a\.md:\d+$/)]);
    const notes = `${SERVICE}注意事項: |\n${text.replace(/^/gm, '  ')}\n`;
    const inYaml = (await findings(service(notes))).filter(({ file }) => file === 'content/services/a.yaml');
    // Indented, a megabyte is more than that.
    expect(inYaml.map(({ rule }) => rule).join()).toMatch(/out-of-bounds|^file-too-large$/);
  });
  test('at the paragraph that is too much, in YAML too', async () => {
    const signs = '*a_ *b_ *c_ *d_\n'.repeat(200);
    expect(placed(await findings(chapter(`甲\n\n乙\n\n${signs}`)))).toEqual(['content/chapters/a.md:5']);
    const notes = `${SERVICE}注意事項: |\n  甲\n\n  乙\n\n${signs.replace(/^(?=.)/gm, '  ')}`;
    expect(placed(await findings(service(notes)))).toEqual(['content/services/a.yaml:12']);
  });
  test('in a service written in Markdown', async () => {
    expect(placed(await findings(markdown(`## 注意事項\n\n${'*a_'.repeat(10_000)}`)))).toEqual([
      'content/services/a.md:21',
    ]);
    expect(
      placed(await findings(markdown(`## 申請程序\n\n${lines(400, (i) => `${'  '.repeat(i)}- 甲`)}`))),
    ).toHaveLength(1);
  });
  test('and what an office writes is not', async () => {
    const page = `# 服務台\n\n${'本署為**民服務**，詳見[網頁](https://example.org/a)。\n\n- 甲\n  - 乙\n    1. 丙\n\n> 引文\n\n| 項目 | 金額 |\n|---|---|\n| 影印 | 2 元 |\n\n'.repeat(100)}`;
    expect(placed(await findings(chapter(page)))).toEqual([]);
  });
});

describe('YAML', () => {
  const deep = (open: string, close: string, n: number): string => `${open.repeat(n)}${close.repeat(n)}`;
  test.each([
    ['brackets', `${SERVICE}來源: ${deep('[', ']', 2_000)}\n`, 'out-of-bounds'],
    ['brackets that are never closed', `${SERVICE}來源: ${`${'['.repeat(1_000)}\n  `.repeat(100)}\n`, 'out-of-bounds'],
    ['braces', `${SERVICE}來源: ${`${'{a: '.repeat(500)}\n  `.repeat(20)}\n`, 'out-of-bounds'],
    ['dashes', `${SERVICE}來源:\n  ${'- '.repeat(2_000)}a\n`, 'out-of-bounds'],
    ['columns', `${SERVICE}來源:\n${lines(1_000, (i) => `${' '.repeat(i + 1)}a:`)}`, 'out-of-bounds'],
    ['brackets after a tag', `!x ${SERVICE}來源: ${'['.repeat(4_000)}\n`, 'out-of-bounds'],
    ['characters in a line', `${SERVICE}摘要: ${'甲'.repeat(300_000)}\n`, 'out-of-bounds'],
    ['characters in a text', `${SERVICE}摘要: |\n${lines(5_000, () => '  甲乙丙')}`, 'out-of-bounds'],
    ['items', `${SERVICE}書表:\n${lines(60_000, (i) => `  - a${i}`)}`, 'out-of-bounds'],
    ['anchors', `${lines(50_000, (i) => `k${i}: &a${i} x`)}${SERVICE}`, 'yaml-syntax'],
    [
      'aliases of aliases',
      `a: &a [x, x]\n${'bcdefgh'.replace(/./g, (c) => `${c}: &${c} [${`*${String.fromCharCode(c.charCodeAt(0) - 1)},`.repeat(9)}]\n`)}${SERVICE}`,
      'yaml-syntax',
    ],
    ['documents', '---\n'.repeat(200_000), 'yaml-syntax'],
    ['directives', '%a\n'.repeat(300_000), 'yaml-syntax'],
    ['lines in quotes', `${SERVICE}摘要: "${'a\n'.repeat(400_000)}`, 'yaml-syntax'],
    ['keys of one name', `${SERVICE}${'k: x\n'.repeat(100_000)}`, 'duplicate-key'],
    ['unknown keys', `${SERVICE}${lines(60_000, (i) => `k${i}: x`)}`, 'unknown-key'],
  ])('too many %s are told at their place', async (_, text, rule) => {
    const found = await findings(service(text));
    expect(found).toContainEqual(expect.objectContaining({ rule, file: 'content/services/a.yaml' }));
  });
  test.each([
    ['steps', `${SERVICE}申請程序:\n${lines(15_000, (i) => `  - {判斷: 有${i}？, 分支: {是: a, 否: b}}`)}`],
    ['branches', `${SERVICE}申請程序:\n  - 判斷: 甲？\n    分支:\n${lines(40_000, (i) => `      是${i}: 結束`)}`],
    ['persons nobody knows', SERVICE.replace('分署長', `\n  核定:\n${lines(30_000, (i) => `    - 官員${i}`)}`)],
    ['variants', `${SERVICE}子項目:\n${lines(9_000, (i) => `  - {名稱: 甲${i}, 申請程序: [收件, 審查, 結束]}`)}`],
    ['suppressions', `${lines(20_000, () => '# 略過 numerals：x')}${SERVICE}`],
  ])('%s without end are read in time', async (_, text) => {
    expect((await findings(service(text))).length).toBeGreaterThan(0);
  });
  test('of office and book is bounded like that of services', async () => {
    const office = `${AROUND['office.yaml']}樓層配置:\n${lines(30_000, (i) => `  - {樓層: ${i} 樓}`)}`;
    expect(placed(await findings({ 'office.yaml': office, ...service(SERVICE) }))).toEqual([
      'content/office.yaml:1011',
    ]);
    const book = `${AROUND['handbook.yaml']}檢查規則:\n${lines(9_000, () => '  - {規則: numerals, 等級: 警告, 檔案: "**a**a**"}')}`;
    expect(placed(await findings({ 'handbook.yaml': book, ...service(SERVICE) }))).toEqual([
      'content/handbook.yaml:1005',
    ]);
  });
  test('a pattern of stars is held against a long name in no time', async () => {
    const setting = `檢查規則:\n  - {規則: official-characters, 等級: 錯誤, 檔案: "${'**a'.repeat(60)}b"}\n`;
    const found = await findings({
      'handbook.yaml': `${AROUND['handbook.yaml']}${setting}`,
      [`services/${'a'.repeat(120)}.yaml`]: `${SERVICE}摘要: 身份\n`,
    });
    expect(found.map(({ rule }) => rule)).toContain('official-characters');
  });
});

describe('findings without end', () => {
  const text = `# 章\n\n${'身份佔用公佈,盡速天 部份\n'.repeat(20_000)}`;
  test('are all counted, and told once each with how many are left', async () => {
    const { out, err, seconds, code } = await lint(chapter(text));
    expect(seconds).toBeLessThan(10);
    expect(code).toBe(1);
    expect(err).toMatch(/(80|100|120)[\d,]{3,4} 個警告/);
    expect(out.length).toBeLessThan(3_000);
    expect(out).toContain('另有 19,999 處：第 4、5、6、7、8、9、10、11… 行');
  }, 20_000);
  test('are never folded for machines', async () => {
    const { out } = await lint(chapter(text), '--format', 'json');
    expect((JSON.parse(out).findings as Found[]).length).toBeGreaterThan(80_000);
  }, 20_000);
  test('of one rule in words that all differ are told so far as somebody reads', async () => {
    const { out, err, seconds } = await lint(service(`${SERVICE}${lines(60_000, (i) => `k${i}: 1`)}`));
    expect(seconds).toBeLessThan(5);
    expect(err).toContain('60000 個錯誤');
    expect(out.length).toBeLessThan(30_000);
    expect(out).toContain('unknown-key 另有 59,990 處：第 17、18');
  }, 20_000);
  test('what differs is not folded, and one more is told in the singular', async () => {
    const { out } = await lint(service(`${SERVICE}摘要: 身份\n前置條件: [身份, 公佈]\n`), '--ui-lang', 'en');
    expect(out.match(/official-characters/g)).toHaveLength(2);
    expect(out).toContain('1 more like this: line 8\n');
  });
});

describe('numbers nobody means are refused with a right example', () => {
  const deadline = (text: string) => SERVICE.replace('3 工作日', text);
  const fee = (text: string) => SERVICE.replace('免費', text);
  const record = (text: string) => SERVICE.replace('應備證件: 無', `應備證件:\n  - {名稱: 甲, ${text}}`);
  test.each([
    deadline('999999999999 日'),
    deadline('1–999999999999 日'),
    deadline('99999999 工作日'),
    deadline('101 年'),
    deadline('1201 個月'),
    deadline('{期限: 999999999999 分鐘}'),
    fee('999999999999 元'),
    fee('每份 100 元，第 99999999 份起每份 20 元'),
    fee('標的金額 101%'),
    fee('標的金額千分之一萬'),
    fee('{明細: [{項目: 甲, 級距: [{起: 0, 未滿: 999999999999999, 金額: 1 元}]}]}'),
    record('份數: 999999999999'),
    SERVICE.replace('無', '[委任書（正本，99999999 份）]'),
  ])('%j', async (text) => {
    const found = (await findings(service(text))).filter(({ rule }) => rule === 'out-of-bounds');
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toMatch(/最多 [\d,]+/);
    expect(found[0]?.hint).toMatch(/例如/);
  });
  test.each([
    ...['0x10 日', '1e9 日', 'NaN 日', 'Infinity 日', '-3 日', '.5 日', '1.2.3 日'].map(deadline),
    ...['0x10 元', '1e9 元', 'NaN 元', 'Infinity 元', '-3 元', '1.2.3%', '標的金額 1.2.3%'].map(fee),
    ...['0x10', '1e3', 'NaN', '-1', '1.5'].map((n) => record(`份數: ${n}`)),
    ...['9999-01-01', '0001-01-01', '2026-13-01', '2026-02-30', '999年1月1日', '1e3-01-01'].map(
      (day) => `${SERVICE}來源: {標題: 甲, 查核日: ${day}}\n`,
    ),
  ])('%j is no number or date', async (text) => {
    const found = await findings(service(text));
    expect(found.map(({ rule }) => rule).join()).toMatch(/^(unreadable-(duration|fee)|wrong-type)/);
  });
  test.each([deadline('36500 日'), deadline('1200 個月'), fee('10 億元'), fee('標的金額 100%'), record('份數: 9,999')])(
    '%j is the last that is not',
    async (text) => {
      expect(placed(await findings(service(text)))).toEqual([]);
    },
  );
});
