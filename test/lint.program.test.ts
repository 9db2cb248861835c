// How lint is told what matters: sets, settings, exceptions, single rules, fixes and baselines.
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AROUND } from '../src/lint/rule-docs.js';
import { BOOK, SERVICE } from './office.js';
import { runIn } from './program.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'servicebook-lint-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** 身份 is 身分 in official writing: a warning, an error when strict, and mended by --fix. */
const WRONG = SERVICE.replace('名稱: 檔案應用', '名稱: 檔案應用\n摘要: 身份查驗');
const CHAPTER = '---\n標題: 服務台\n---\n\n請出示身份證件。\n';

async function put(files: Record<string, string>): Promise<void> {
  const { 'services/other.yaml': _, ...around } = AROUND;
  const all = { ...around, 'services/a.yaml': WRONG, ...files };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, 'content', path)), { recursive: true });
    await writeFile(join(folder, 'content', path), text);
  }
}
const text = (path: string) => readFile(join(folder, 'content', path), 'utf8');
async function lint(...args: string[]) {
  const { code, out, err } = await runIn(folder, 'lint', '--format', 'json', ...args);
  const found = out.startsWith('[')
    ? (JSON.parse(out) as { file: string; line: number; column: number; rule: string; severity: string }[])
    : [];
  return {
    code,
    out,
    err,
    found: found.map((each) => `${each.severity} ${each.rule} ${each.file}:${each.line}:${each.column}`),
  };
}

describe('the strict set', () => {
  test('makes errors of the warnings that matter', async () => {
    await put({});
    expect(await lint()).toMatchObject({ code: 0, found: ['warn official-characters content/services/a.yaml:2:5'] });
    expect(await lint('--strict')).toMatchObject({
      code: 1,
      found: ['error official-characters content/services/a.yaml:2:5'],
    });
  });
  test('is also asked for in handbook.yaml', async () => {
    await put({ 'handbook.yaml': `${BOOK}從嚴檢查: 是\n` });
    expect((await lint()).code).toBe(1);
  });
});

describe('settings in handbook.yaml', () => {
  const settings = (...lines: string[]) => ({
    'handbook.yaml': `${BOOK}章次: [desk.md]\n檢查規則:\n${lines.map((line) => `  - ${line}\n`).join('')}`,
    'chapters/desk.md': CHAPTER,
  });
  const both = ['chapters/desk.md:5:4', 'services/a.yaml:2:5'];
  test('turn a rule off, or to another level', async () => {
    await put(settings('{規則: official-characters, 等級: 關閉}'));
    expect((await lint()).found).toEqual([]);
    await put(settings('{規則: official-characters, 等級: 錯誤}'));
    expect(await lint()).toMatchObject({ code: 1, found: both.map((at) => `error official-characters content/${at}`) });
    await put(settings('{rule: official-characters, level: warn}'));
    expect((await lint('--strict')).code).toBe(0);
  });
  test.each(['chapters/', 'chapters', 'chapters/desk.md', 'chapters/*.md', '**/*.md', 'chapters/d?sk.md'])(
    'hold in %s alone',
    async (path) => {
      await put(settings(`{規則: official-characters, 等級: 關閉, 路徑: "${path}"}`));
      expect((await lint()).found).toEqual(['warn official-characters content/services/a.yaml:2:5']);
    },
  );
  test('the later one wins', async () => {
    await put(
      settings('{規則: official-characters, 等級: 關閉}', '{規則: official-characters, 等級: 錯誤, 路徑: services/}'),
    );
    expect((await lint()).found).toEqual(['error official-characters content/services/a.yaml:2:5']);
  });
  test('a level that there is none, and a rule', async () => {
    await put(settings('{規則: official-charakters, 等級: 關閉}', '{規則: numerals, 等級: 停用}'));
    const { found, code } = await lint();
    expect(code).toBe(1);
    expect(found.filter((each) => each.startsWith('error'))).toEqual([
      'error rule-setting content/handbook.yaml:6:10',
      'error wrong-type content/handbook.yaml:7:24',
    ]);
  });
});

describe('an exception beside its place', () => {
  const summary = (line: string) => ({ 'services/a.yaml': WRONG.replace('摘要: 身份查驗', line) });
  test.each([
    ['behind it', '摘要: 身份查驗 # 略過 official-characters：引用原文'],
    ['above it', '# 略過 official-characters：引用原文\n摘要: 身份查驗'],
    ['above another comment', '# 略過 official-characters：引用原文\n# 見來函\n摘要: 身份查驗'],
    ['in English', '摘要: 身份查驗 # servicebook-ignore official-characters: quoted'],
  ])('%s', async (_, line) => {
    await put(summary(line));
    expect((await lint('--strict')).found).toEqual([]);
  });
  test('in Markdown, and it is no HTML', async () => {
    await put({
      'services/a.yaml': SERVICE,
      'handbook.yaml': `${BOOK}章次: [desk.md]\n`,
      'chapters/desk.md': CHAPTER.replace('請出', '<!-- 略過 official-characters：引用原文 -->\n請出'),
    });
    expect((await lint('--strict')).found).toEqual([]);
  });
  test('in front matter', async () => {
    await put({
      'services/a.yaml': SERVICE,
      'services/b.md':
        '---\n摘要: 身份查驗 # 略過 official-characters：引用\n規費: 免費\n辦理時限: 隨到隨辦\n審核權責: 分署長\n---\n\n# 查詢\n\n## 應備證件\n\n無\n',
    });
    expect((await lint('--strict')).found).toEqual([]);
  });
  test('holds for its own place and rule only', async () => {
    await put(summary('摘要: 身份查驗 # 略過 numerals：引用原文'));
    expect((await lint()).found).toEqual([
      'warn official-characters content/services/a.yaml:2:5',
      'warn unused-suppression content/services/a.yaml:2:10',
    ]);
  });
  test('is no exception inside a text', async () => {
    await put(summary('摘要: "身份查驗 # 略過 official-characters：引用"'));
    expect((await lint()).found[0]).toBe('warn official-characters content/services/a.yaml:2:6');
  });
});

describe('--rule', () => {
  test('runs one rule and says nothing of the others', async () => {
    await put({ 'services/a.yaml': WRONG.replace('規費: 免費\n', '') });
    expect((await lint('--rule', 'official-characters')).found).toEqual([
      'warn official-characters content/services/a.yaml:2:5',
    ]);
    expect((await lint('--rule', 'fee-declared')).code).toBe(1);
  });
  test('that does not exist', async () => {
    await put({});
    expect(await lint('--rule', 'official-character')).toMatchObject({ code: 2, out: '' });
    expect((await lint('--rule', 'official-character')).err).toContain('是不是要寫「official-characters」？');
  });
});

describe('--fix', () => {
  test('mends what does not change the meaning; twice equals once; the rest is reported', async () => {
    await put({ 'services/b.yaml': SERVICE.replace('規費: 免費\n', '').replace('檔案應用', '身份查驗') });
    const once = await lint('--fix');
    expect(once.found).toEqual(['error fee-declared content/services/b.yaml:1:1']);
    expect(once.err).toContain('已改 2 個檔案');
    expect(await text('services/a.yaml')).toBe(WRONG.replace('身份', '身分'));
    expect((await lint('--fix')).err).toContain('已改 0 個檔案');
    expect(await text('services/a.yaml')).toBe(WRONG.replace('身份', '身分'));
    expect(await readdir(join(folder, 'content/services'))).toEqual(['a.yaml', 'b.yaml']);
  });
  test('keeps the byte order mark and the line ends', async () => {
    await put({ 'services/a.yaml': `\uFEFF${WRONG.replaceAll('\n', '\r\n')}` });
    await lint('--fix');
    expect(await text('services/a.yaml')).toBe(`\uFEFF${WRONG.replace('身份', '身分').replaceAll('\n', '\r\n')}`);
  });
  test('writes through no link that somebody laid beside the file', async () => {
    await put({ 'services/a.yaml': WRONG });
    const outside = join(folder, 'outside');
    await writeFile(outside, 'theirs');
    await symlink(outside, join(folder, 'content/services/a.yaml.servicebook-new'));
    await lint('--fix');
    expect(await text('services/a.yaml')).toBe(WRONG.replace('身份', '身分'));
    expect(await readFile(outside, 'utf8')).toBe('theirs');
  });
  test('leaves proposals to their author', async () => {
    const near = WRONG.replace('摘要: 身份查驗', '摘耍: 查驗');
    await put({ 'services/a.yaml': near });
    expect((await lint('--fix')).found).toEqual(['error unknown-key content/services/a.yaml:2:1']);
    expect(await text('services/a.yaml')).toBe(near);
  });
  test('leaves alone what is passed over', async () => {
    const passed = WRONG.replace('身份查驗', '身份查驗 # 略過 official-characters：引用原文');
    await put({ 'services/a.yaml': passed });
    await lint('--fix');
    expect(await text('services/a.yaml')).toBe(passed);
  });
  test('--fix-dry-run prints a diff and writes nothing', async () => {
    await put({});
    const { out, code } = await lint('--fix-dry-run');
    expect(code).toBe(0);
    expect(out).toContain('--- content/services/a.yaml\n+++ content/services/a.yaml\n');
    expect(out).toContain('\n-摘要: 身份查驗\n+摘要: 身分查驗\n');
    expect(await text('services/a.yaml')).toBe(WRONG);
  });
});

describe('a baseline', () => {
  test('leaves only what is new, wherever the old has moved to', async () => {
    await put({});
    expect((await lint('--write-baseline', 'known.json')).err).toContain('已把 1 個問題記到 known.json');
    expect((await lint('--baseline', 'known.json')).found).toEqual([]);
    await put({ 'services/a.yaml': `# 一行註解\n${WRONG}` });
    expect((await lint('--baseline', 'known.json')).found).toEqual([]);
    await put({ 'services/a.yaml': WRONG.replace('身份查驗', '身份查驗\n地點: 身份查驗處') });
    expect((await lint('--baseline', 'known.json')).found).toEqual([
      'warn official-characters content/services/a.yaml:3:5',
    ]);
  });
  test('counts: the same finding twice is one more', async () => {
    const line = '注意事項: |\n  身份\n  身份\n';
    await put({ 'services/a.yaml': SERVICE + line.replace('  身份\n  身份', '  身份') });
    await lint('--write-baseline', 'known.json');
    await put({ 'services/a.yaml': SERVICE + line });
    expect((await lint('--baseline', 'known.json')).found).toHaveLength(1);
  });
  test('is written over another one, and over nothing else', async () => {
    await put({});
    for (const earlier of ['', '{"version":1,"findings":{}}', '{"version":9,"findings":{}}']) {
      await writeFile(join(folder, 'known.json'), earlier);
      expect((await lint('--write-baseline', 'known.json')).code).toBe(0);
    }
    const refused = await lint('--write-baseline', 'content/office.yaml');
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('沒有更動')]);
    expect(await text('office.yaml')).toContain('名稱: ');
  });
  test('that is none', async () => {
    await put({});
    expect(await lint('--baseline', 'nothing.json')).toMatchObject({ code: 2 });
    await writeFile(join(folder, 'odd.json'), '[]');
    expect((await lint('--baseline', 'odd.json')).err).toContain('不是 --write-baseline 寫出的檔案');
  });
});

describe('explain', () => {
  const explain = (...args: string[]) => runIn(folder, 'explain', ...args);
  test('lists all rules, errors first', async () => {
    const { out, code } = await explain();
    expect(code).toBe(0);
    expect(out).toMatch(/^authority-declared +錯誤\n/);
    expect(out).toMatch(/^official-characters +警告，從嚴時為錯誤，可用 --fix 自動改正$/m);
  });
  test('says why, shows both examples and how to mend', async () => {
    const { out } = await explain('fee-declared');
    for (const word of ['fee-declared（錯誤）', '會被指出的寫法：', '正確的寫法：', '怎麼改：'])
      expect(out).toContain(word);
    expect((await explain('fee-declared', '--ui-lang', 'en')).out).toContain('How to fix: ');
  });
  test('a rule that does not exist', async () => {
    expect(await explain('fee-declare')).toMatchObject({ code: 2, out: '' });
  });
});
