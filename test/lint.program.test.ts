// How lint is told what matters: sets, settings, exceptions, single rules, fixes and baselines.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AROUND } from '../src/lint/rule-docs.js';
import { BOOK, DECLARED as SERVICE } from './office.js';
import { runIn, runWith } from './program.js';

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
  const found = out.startsWith('{')
    ? (JSON.parse(out).findings as { file: string; line: number; column: number; rule: string; severity: string }[])
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
        '---\n摘要: 身份查驗 # 略過 official-characters：引用\n規費: 免費\n辦理時限: 隨到隨辦\n審核權責: 分署長\n申請程序: 無須申請\n---\n\n# 查詢\n\n## 應備證件\n\n無\n',
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
  test('--fix-dry-run fails when something would remain', async () => {
    await put({ 'services/b.yaml': SERVICE.replace('檔案應用', '查詢').replace('規費: 免費', '規費: 待確認') });
    const left = await lint('--fix-dry-run');
    expect([left.code, left.err]).toEqual([1, '--fix 會改 1 個檔案，改完還有 1 個問題。\n']);
    expect((await lint('--fix-dry-run', '--max-warnings', '1')).code).toBe(0);
    expect((await lint('--fix-dry-run', '--quiet')).code).toBe(0);
  });
  test('--fix-dry-run prints a diff and writes nothing', async () => {
    await put({});
    const { out, code } = await lint('--fix-dry-run');
    expect(code).toBe(0);
    expect(out).toContain('--- a/content/services/a.yaml\n+++ b/content/services/a.yaml\n');
    expect(out).toContain('\n-摘要: 身份查驗\n+摘要: 身分查驗\n');
    expect(await text('services/a.yaml')).toBe(WRONG);
  });
});

describe('a baseline', () => {
  test('leaves only what is new, wherever the old has moved to', async () => {
    await put({});
    expect((await lint('--write-baseline', 'known.json')).err).toContain('已把 1 個問題記到 known.json');
    expect((await lint('--baseline', 'known.json')).found).toEqual([]);
    // By service and field: the file may be called otherwise, or lie elsewhere.
    await rm(join(folder, 'content/services/a.yaml'));
    await writeFile(join(folder, 'content/services/b.yaml'), WRONG.replace('名稱', '編號: a\n名稱'));
    expect((await lint('--baseline', 'known.json')).found).toEqual([]);
    await rm(join(folder, 'content/services/b.yaml'));
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
  test('only shrinks: what is gone goes out, what is new comes in with --grow alone', async () => {
    const known = async () => JSON.parse(await readFile(join(folder, 'known.json'), 'utf8'));
    await put({});
    await lint('--write-baseline', 'known.json');
    expect(await known()).toEqual({ version: 2, findings: { a: { 'official-characters': { summary: 1 } } } });
    await put({ 'services/a.yaml': WRONG.replace('身份查驗', '身分查驗\n地點: 身份查驗處') });
    const told = await lint('--baseline', 'known.json');
    expect(told.err).toContain('known.json 記下的問題有 1 個已經沒有了');
    const shrunk = await lint('--write-baseline', 'known.json');
    expect(shrunk.err).toContain('已把 0 個問題記到 known.json，刪去 1 個已經沒有的。\n1 個新的問題沒有記下');
    expect(await known()).toEqual({ version: 2, findings: {} });
    await lint('--write-baseline', 'known.json', '--grow');
    expect(await known()).toEqual({ version: 2, findings: { a: { 'official-characters': { place: 1 } } } });
    expect((await lint('--write-baseline', 'known.json', 'content/services')).code).toBe(2);
  });
  test('is written over another one, and over nothing else', async () => {
    await put({});
    for (const earlier of [
      '',
      '{"version":1,"findings":{}}',
      '{"version":2,"findings":{}}',
      '{"version":9,"findings":{}}',
    ]) {
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
    await writeFile(join(folder, 'odd.json'), '{"version":1,"findings":{"a b c":1}}');
    expect((await lint('--baseline', 'odd.json')).err).toContain('是較舊版本的 servicebook 寫的');
    await writeFile(join(folder, 'odd.json'), '{"version":2,"findings":{"a":{"b":{"c":"many"}}}}');
    expect((await lint('--baseline', 'odd.json')).code).toBe(2);
  });
});

describe('what content passes over', () => {
  const passed = { 'services/a.yaml': WRONG.replace('身份查驗', '身份查驗 # 略過 official-characters：引用原文') };
  const whole = async (...args: string[]) => JSON.parse((await lint(...args)).out);
  test('is counted, and told with its reason', async () => {
    await put(passed);
    expect((await lint()).err).toBe('3 個檔案：0 個錯誤、0 個警告；略過 1 個（註解 1）。\n');
    expect((await whole()).passedOver).toMatchObject([
      { rule: 'official-characters', by: 'comment', reason: '引用原文' },
    ]);
    await put({
      'services/a.yaml': WRONG,
      'handbook.yaml': `${BOOK}檢查規則: [{規則: official-characters, 等級: 關閉, 說明: 照錄}]\n`,
    });
    expect((await lint()).err).toContain('；略過 1 個（設定 1）。');
    expect((await whole()).passedOver).toMatchObject([{ by: 'setting', reason: '照錄' }]);
    await put({ 'services/a.yaml': WRONG });
    expect((await lint('--off', 'official-characters')).err).toContain('；略過 1 個（--off 1）。');
  });
  test('is told all the same with --no-suppressions', async () => {
    const at = ['warn official-characters content/services/a.yaml:2:5'];
    await put(passed);
    expect((await lint('--no-suppressions')).found).toEqual(at);
    await put({
      'services/a.yaml': WRONG,
      'handbook.yaml': `${BOOK}檢查規則: [{規則: official-characters, 等級: 關閉}]\n`,
    });
    expect((await lint('--no-suppressions')).found).toEqual(at);
    // What makes more of a rule still holds.
    await put({
      'services/a.yaml': WRONG,
      'handbook.yaml': `${BOOK}檢查規則: [{規則: official-characters, 等級: 錯誤}]\n`,
    });
    expect((await lint('--no-suppressions')).code).toBe(1);
  });
  const GUARDED = [
    ['national-id', 'A123456789', 'error'],
    ['mobile-number', '0912-345-678', 'warn'],
    ['deceptive-character', '每份 ٢٠٠ 元', 'error'],
  ] as const;
  test.each(GUARDED)('is never %s: only who lints switches it off', async (rule, text, severity) => {
    await put({
      'services/a.yaml': SERVICE.replace('名稱: 檔案應用', `名稱: 檔案應用\n摘要: ${text} # 略過 ${rule}：不要緊`),
      'handbook.yaml': `${BOOK}檢查規則: [{規則: ${rule}, 等級: 關閉, 說明: 不要緊}]\n`,
    });
    const { found } = await lint();
    expect(found).toContainEqual(expect.stringContaining(`${severity} ${rule} content/services/a.yaml:2:`));
    expect(found).toContainEqual(expect.stringContaining('error suppression content/services/a.yaml:2:'));
    expect(found).toContainEqual(expect.stringContaining('error rule-setting content/handbook.yaml'));
    expect((await lint('--off', rule)).found.some((each) => each.includes(rule))).toBe(false);
  });
});

describe('a file in which something cannot be read', () => {
  test('is told not to have been checked to its end', async () => {
    await put({ 'services/a.yaml': '名稱: "甲\n摘要: 身份\n' });
    const { out, err } = await runIn(folder, 'lint');
    expect(out).toContain('content/services/a.yaml：這個檔案有讀不出來的地方，其餘內容沒有檢查');
    expect(err).toContain('；1 個檔案沒有檢查完。');
    expect(JSON.parse((await lint()).out).unchecked).toEqual(['content/services/a.yaml']);
  });
});

describe('what fails, and where a report goes', () => {
  const read = (file: string) => readFile(join(folder, file), 'utf8');
  test('--max-warnings', async () => {
    await put({});
    expect([(await lint('--max-warnings', '1')).code, (await lint('--max-warnings', '0')).code]).toEqual([0, 1]);
  });
  test('several formats at once, each to its file', async () => {
    await put({});
    const names = ['compact', 'json', 'sarif', 'rdjson', 'github', 'gitlab', 'junit', 'checkstyle', 'html'];
    const asked = names.flatMap((name) => ['--format', `${name}:reports/lint.${name}`]);
    const { code, out } = await runIn(folder, 'lint', '--format', 'text', ...asked);
    expect(code).toBe(0);
    expect(out).toContain('content/services/a.yaml:2:5: 警告 official-characters');
    for (const name of names) expect(await read(`reports/lint.${name}`)).toContain('official-characters');
    expect(JSON.parse(await read('reports/lint.sarif')).runs[0].results).toHaveLength(1);
  });
  test('under GitHub Actions: annotations and a page, paths from the top of the repository', async () => {
    await put({ 'services/a.yaml': WRONG.replace('身份查驗', '身份%查驗') });
    await mkdir(join(folder, '.git'));
    const inside = join(folder, 'content');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder, 'page.md') };
    const { out } = await runWith({ folder: inside, env }, 'lint', '--content', '.');
    expect(out).toMatch(
      /^::warning file=content\/services\/a\.yaml,line=2,endLine=2,col=5,endColumn=6,title=official-characters/,
    );
    expect(await read('page.md')).toContain('| content/services/a.yaml:2:5 | 警告 |');
    // Whoever asks for another format gets that one.
    expect((await runWith({ folder, env }, 'lint', '--format', 'compact')).out).toMatch(/^content\/services/);
  });
  test('paths: what was deleted is no mistake, what is not content is one', async () => {
    await put({});
    const gone = await lint('content/services/gone.yaml');
    expect([gone.code, gone.found, gone.err]).toEqual([
      0,
      [],
      expect.stringContaining('沒有「content/services/gone.yaml」'),
    ]);
    expect((await lint('.')).found).toHaveLength(1);
    expect(await lint('elsewhere')).toMatchObject({ code: 2, out: '' });
  });
});

describe('--since', () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
      cwd: folder,
      stdio: 'pipe',
    });
  beforeEach(async () => {
    await put({ 'services/b.yaml': SERVICE.replace('檔案應用', '查詢') });
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-qm', 'before');
  });
  test('tells what is new, wherever the old has moved to', async () => {
    expect((await lint('--since', 'HEAD')).found).toEqual([]);
    await put({ 'services/a.yaml': `# 一行\n${WRONG}地點: 身份查驗處\n` });
    const fresh = await lint('--since', 'main');
    expect(fresh.found).toEqual([expect.stringMatching(/^warn official-characters content\/services\/a\.yaml:\d+:5$/)]);
    expect(fresh.err).toContain('3 個檔案'.replace('3', '4'));
  });
  test('tells what a change causes in another file', async () => {
    await put({ 'services/b.yaml': `${SERVICE.replace('檔案應用', '查詢')}相關服務: [a]\n` });
    git('add', '-A');
    git('commit', '-qm', 'related');
    await rm(join(folder, 'content/services/a.yaml'));
    expect((await lint('--since', 'HEAD')).found).toEqual([
      expect.stringMatching(/^error unknown-reference content\/services\/b\.yaml/),
    ]);
    // The file that is gone may be named all the same.
    expect((await lint('--since', 'HEAD', 'content/services/a.yaml')).code).toBe(0);
  });
  test('a revision in which there was no content: everything is new', async () => {
    git('checkout', '-q', '--orphan', 'empty');
    git('commit', '-q', '--allow-empty', '-m', 'empty', '--only');
    expect((await lint('--since', 'empty')).found).toHaveLength(1);
  });
  test('no such revision, no repository', async () => {
    expect(await lint('--since', 'no-such')).toMatchObject({
      code: 2,
      err: expect.stringContaining('版本庫裡沒有「no-such」'),
    });
    expect((await lint('--since', '--output=x')).code).toBe(2);
    await rm(join(folder, '.git'), { recursive: true });
    expect(await lint('--since', 'HEAD')).toMatchObject({ code: 2, err: expect.stringContaining('不在 git 版本庫裡') });
  });
});

describe('explain', () => {
  const explain = (...args: string[]) => runIn(folder, 'explain', ...args);
  test('lists all rules, errors first', async () => {
    const { out, code } = await explain();
    expect(code).toBe(0);
    expect(out).toMatch(/^approvals-file +錯誤，不能關閉或略過\nauthority-declared +錯誤\n/);
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
