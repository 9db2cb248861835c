// The program as it is started: arguments in, text and exit code out.
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runIn, runWith } from './program.js';

let root: string;
let folder: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'servicebook-cli-'));
  await cp(join(import.meta.dirname, '../templates/init'), join(root, 'office/content'), { recursive: true });
});
afterAll(() => rm(root, { recursive: true }));
let n = 0;
beforeEach(async () => {
  folder = join(root, `run${n++}`);
  await cp(join(root, 'office'), folder, { recursive: true });
});

const run = (...args: string[]) => runIn(folder, ...args);
const service = (name: string) => join(folder, 'content/services', name);

describe('help and version', () => {
  test('--help shows every command with examples and exits 0', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const word of ['build', 'lint', 'init', 'new', '範例']) expect(out).toContain(word);
  });
  test('--ui-lang en speaks English', async () => {
    expect((await run('--help', '--ui-lang', 'en')).out).toContain('Examples:');
  });
  test('the help of every command is in one language', async () => {
    const commands = [...(await run('--help')).out.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(
      ([, name]) => name ?? '',
    );
    expect(commands).toContain('build');
    for (const command of commands) {
      expect((await run(command, '--help', '--ui-lang', 'zh')).out).not.toMatch(
        /\((default|choices)|[Ee]xit code|Example/,
      );
      expect((await run(command, '--help', '--ui-lang', 'en')).out).not.toMatch(/[或、，。]|結束碼|範例/);
    }
  });
  test('--version prints the version of the package', async () => {
    const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../package.json'), 'utf8')) as {
      version: string;
    };
    expect((await run('--version')).out.trim()).toBe(version);
  });
});

describe('mistakes at the keyboard get a sentence and exit code 2', () => {
  test.each([
    [['lintt'], '沒有「lintt」這個指令。是不是要用「lint」？'],
    [['bulid'], '沒有「bulid」這個指令。是不是要用「build」？'],
    [['help', 'nosuch'], '沒有「nosuch」這個指令。可用的指令：approve、'],
    [['schema', 'servce'], '參數「<file>」不能寫「servce」，可用：service、office、handbook。是不是要寫「service」？'],
    [['approve', '--date', '116年3月1日'], '少了選項「--by <name>」'],
    [['build', '--browser', ''], '選項「--browser」之後是空的'],
    [['init', ''], '「init」之後有一個參數是空的'],
    [['lint', '--format', 'text:a', '--format', 'json:./a'], '兩種格式不能寫到同一個檔案「a」'],
    [['lint', '--formta', 'json'], '不認得選項「--formta」。是不是要用「--format」？'],
    [['lint', '--format', 'jsn'], '沒有「jsn」這種報告格式'],
    ...[['build'], ['doctor'], ['stale', 'a.pdf'], ['check', 'a.pdf']].map((command): [string[], string] => [
      [...command, '--format', 'jsn'],
      '選項「--format」不能寫「jsn」，可用：text、json。是不是要寫「json」？',
    ]),
    [['lint', '--content', 'nowhere'], '找不到內容資料夾「nowhere」'],
    [['lint', 'README.md'], '「README.md」不在內容資料夾「content」裡'],
    [['lint', '--format', 'text', '--format', 'json'], '只有一種格式可以印在畫面上'],
    [['lint', '--format', 'sarif:content/a.sarif'], '報告不能寫進內容資料夾'],
    [['lint', '--max-warnings', 'few'], '--max-warnings 之後要寫數目'],
    [['lint', '--grow'], '--grow 要與 --write-baseline 一起用'],
    [['lint', '--off', 'yaml-syntax'], '不能關閉、降級或略過'],
    [['lint', '--off', 'national-di'], '是不是要寫「national-id」'],
    [['build', 'postres'], '沒有「postres」這個編印項目。是不是要寫「posters」？'],
    [['build', 'posters', '--paper', 'B5'], '不能印在「B5」上'],
    [
      ['build', 'notices', '--landscape'],
      '--landscape 只用於張貼的項目：courtesy、duties、hall、overall、posters、standards',
    ],
    [['build', 'posters', '--distance', 'far'], '看不懂觀看距離「far」，請寫公尺數'],
    [['build', '--service', 'certificat'], '沒有編號為「certificat」的服務。是不是要寫「certificate」？'],
    [['build', '--copies', '3'], '選項「--copies」不能寫「3」，可用：1、2。用「servicebook build --help」看說明。'],
    [['build', '--lang', 'fr'], '沒有「fr」這種語言'],
    [['new', '變更地址'], '服務編號「變更地址」應由英文小寫字母'],
    [['new', 'certificate'], '已經存在，沒有更動'],
    [['init'], '已經存在，沒有更動任何檔案'],
  ])('%j', async (args, sentence) => {
    const { code, err } = await run(...args);
    expect(err).toContain(sentence);
    expect(err).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });
});

describe('the language of messages', () => {
  const asked = (env: Record<string, string>, ...args: string[]) => runWith({ folder, env }, 'lint', ...args);
  const ZH = '6 個檔案：0 個錯誤、0 個警告。\n';
  const EN = '6 files: 0 errors, 0 warnings.\n';
  test.each([
    [{}, [], ZH],
    [{ LC_ALL: 'en_US.UTF-8' }, [], EN],
    [{ SERVICEBOOK_LANG: 'en' }, [], EN],
    [{ SERVICEBOOK_LANG: 'en' }, ['--ui-lang', 'zh'], ZH],
    [{ SERVICEBOOK_LANG: 'zh_TW.UTF-8', LC_ALL: 'en_US.UTF-8' }, [], ZH],
    [{}, ['--ui-lang=en-GB'], EN],
  ] as const)('%j %j', async (env, args, line) => {
    expect(await asked(env, ...args)).toEqual({ code: 0, out: '', err: line });
  });
  test.each([
    [{}, ['--ui-lang', 'fr'], '--ui-lang 是畫面訊息的語言，應為 zh 或 en，不是「fr」'],
    [{}, ['--ui-lang', ''], '不是「」'],
    [{ SERVICEBOOK_LANG: 'Chinese' }, [], '環境變數 SERVICEBOOK_LANG 是畫面訊息的語言'],
    [{}, ['--ui-lang'], '選項「--ui-lang <lang>」之後要寫內容'],
  ] as const)('one that is unknown is told: %j %j', async (env, args, sentence) => {
    const { code, err } = await asked(env, ...args);
    expect(err).toContain(sentence);
    expect(code).toBe(2);
  });
  test('the language of print is another thing, and of no use to lint', async () => {
    const { code, err } = await asked({}, '--lang', 'en');
    expect(err).toContain('--lang 是列印的語言，lint 不列印');
    expect(code).toBe(2);
  });
  test('what is one is one in English', async () => {
    await writeFile(service('certificate.yaml'), '名稱: "甲\n');
    const { err } = await asked({}, '--ui-lang', 'en', 'content/services/certificate.yaml');
    expect(err).toBe('6 files: 1 error, 0 warnings; 1 file not checked to the end.\n');
  });
});

describe('how much is said', () => {
  beforeEach(async () => {
    const text = await readFile(service('certificate.yaml'), 'utf8');
    await writeFile(service('certificate.yaml'), text.replace('審核權責: 組長', '審核權責: 待確認'));
  });
  test('--quiet: lint tells errors alone, and nothing where there are none', async () => {
    expect((await run('lint')).out).toContain('unconfirmed');
    for (const args of [
      ['lint', '--quiet'],
      ['-q', 'lint'],
    ])
      expect(await run(...args)).toEqual({ code: 0, out: '', err: '' });
    await writeFile(service('hall-use.md'), '---\n規費: "\n---\n');
    const { out, err } = await run('lint', '-q');
    expect(out).not.toContain('unconfirmed');
    expect(out).toContain('content/services/hall-use.md:2:5: 錯誤 yaml-syntax');
    expect(out).not.toContain('empty-file');
    expect(err).toContain('個錯誤');
  });
  test('--verbose tells more', async () => {
    expect((await run('lint')).err).not.toContain('條規則');
    expect((await run('lint', '--verbose')).err).toMatch(/檢查了 \d+ 條規則/);
  });
});

describe('colour', () => {
  const coloured = async (isTTY: boolean, env: Record<string, string> = {}) => {
    await writeFile(service('certificate.yaml'), '名稱: "甲\n');
    return (await runWith({ folder, isTTY, env: { NO_COLOR: '', ...env } }, 'lint')).out.includes('\u001b[');
  };
  test.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { TERM: 'dumb' }, false],
    [false, { FORCE_COLOR: '1' }, true],
    [true, { FORCE_COLOR: '0' }, false],
  ] as const)('on a terminal %s, %j: %s', async (isTTY, env, is) => expect(await coloured(isTTY, env)).toBe(is));
});

describe('paths are those that were typed', () => {
  test.each(['content', './content', '../office-of-mine/content', 'ABSOLUTE'])('--content %s', async (typed) => {
    const there = join(folder, '../office-of-mine');
    await cp(folder, there, { recursive: true });
    for (const place of [folder, there]) await writeFile(join(place, 'content/services/a.yaml'), '名稱: "甲\n');
    const named = typed === 'ABSOLUTE' ? join(folder, 'content') : typed;
    const { out } = await run('lint', '--content', named);
    expect(out).toContain(`${named.replace(/^\.\//, '')}/services/a.yaml:1:5: `);
    // What is narrowed to is found however it is named.
    expect((await run('lint', '--content', named, join(named, 'services'))).code).toBe(1);
    expect(
      (await run('lint', '--content', named, join(folder, named === typed ? named : 'content', 'chapters'))).code,
    ).toBe(0);
    await rm(there, { recursive: true });
  });
  test('a baseline holds whichever way the folder was typed', async () => {
    await writeFile(service('a.yaml'), '名稱: "甲\n');
    expect((await run('lint', '--content', join(folder, 'content'), '--write-baseline', 'known.json')).code).toBe(0);
    expect((await run('lint', '--baseline', 'known.json')).code).toBe(0);
  });
});

describe('lint', () => {
  test('a clean office exits 0 and reports nothing', async () => {
    expect(await run('lint')).toEqual({ code: 0, out: '', err: '6 個檔案：0 個錯誤、0 個警告。\n' });
  });
  test.each([
    ['規費', 'fee-declared'],
    ['辦理時限', 'deadline-declared'],
    ['審核權責', 'authority-declared'],
    ['應備證件', 'documents-declared'],
  ])('a service without %s fails', async (key, rule) => {
    const text = await readFile(service('certificate.yaml'), 'utf8');
    await writeFile(service('certificate.yaml'), text.replace(new RegExp(`^${key}:.*\\n(^ .*\\n)*`, 'm'), ''));
    const { code, out } = await run('lint', '--format', 'json');
    expect(code).toBe(1);
    const found = (JSON.parse(out).findings as { file: string; rule: string; severity: string }[]).filter(
      (each) => each.severity === 'error',
    );
    expect(found).toMatchObject([{ file: 'content/services/certificate.yaml', rule, line: 2, column: 1 }]);
  });
  test('text stands a caret under wide characters', async () => {
    await writeFile(
      service('certificate.yaml'),
      (await readFile(service('certificate.yaml'), 'utf8')).replace('審核權責: 組長', '審核權責: 組員'),
    );
    const { out } = await run('lint');
    expect(out).toContain('  12 | 審核權責: 組員\n     |           ^^^^\n');
  });
  test('paths narrow the report', async () => {
    await writeFile(service('a.yaml'), '名稱: "甲\n');
    expect((await run('lint', 'content/services/certificate.yaml')).code).toBe(0);
    expect((await run('lint', 'content/services')).code).toBe(1);
  });
});

describe('new', () => {
  test('makes a service file that has only 待確認 left to say', async () => {
    expect((await run('new', 'address-change', '--title', '變更送達地址')).code).toBe(0);
    const { code, out } = await run('lint', 'content/services/address-change.yaml', '--format', 'json');
    expect(code).toBe(0);
    expect((JSON.parse(out).findings as { rule: string }[]).filter(({ rule }) => rule === 'unconfirmed')).toHaveLength(
      5,
    );
  });
  const ANSWERS =
    '變更地址\n義務人\n申請書（正本，1 份）、身分證（驗正本）\n免費\n3 工作日\n主任\n提出申請（申請人）→核定（主任）\n';
  const written = (name: string) => readFile(join(folder, `content/services/${name}`), 'utf8');
  test('writes what a pipe answers, a line each, and leaves open what it does not', async () => {
    const asked = await runWith({ folder, typed: ANSWERS }, 'new', 'address', '--ask');
    expect([asked.code, asked.err.match(/（例如|：/g)?.length ?? 0]).toEqual([0, expect.any(Number)]);
    expect(asked.err).toContain('多久辦好');
    expect(await written('address.yaml')).toMatch(/\n名稱: 變更地址\n[\s\S]*\n規費: 免費\n[\s\S]*\n申請程序: 提出申請/);
    expect((await run('lint', 'content/services/address.yaml')).err).not.toContain('錯誤 ');
    await runWith({ folder, typed: '改期\n' }, 'new', 'later', '--ask');
    expect(await written('later.yaml')).toMatch(/\n名稱: 改期\n[\s\S]*\n規費: 待確認\n/);
  });
  test('asks nobody where nobody sits, and again what it cannot read where somebody does', async () => {
    const silent = await runWith({ folder, typed: ANSWERS }, 'new', 'silent');
    expect([silent.code, silent.err]).toEqual([0, '']);
    const typed = ANSWERS.replace('免費', '看情況\n每份 100 元');
    const seated = await runWith({ folder, typed, isTTY: true, env: { CI: '' } }, 'new', 'seated');
    expect(seated.err).toContain('「看情況」讀不出要繳多少');
    expect(await written('seated.yaml')).toContain('\n規費: 每份 100 元\n');
    const piped = await runWith({ folder, typed }, 'new', 'piped', '--ask');
    expect([piped.code, piped.err]).toEqual([2, expect.stringContaining('「看情況」')]);
  });
  test.each([
    ['certificate', 'yaml', '名稱: 補發證明書'],
    ['suggestion', 'md', '# 補發證明書'],
  ])('is written as %s', async (like, ending, title) => {
    const made = `again-${ending}`;
    expect((await run('new', made, '--like', like, '--title', '補發證明書')).code).toBe(0);
    const text = await written(`${made}.${ending}`);
    expect(text).toContain(`${title}\n`);
    expect(text).not.toMatch(/^編號:/m);
    expect((await run('lint', `content/services/${made}.${ending}`)).err).not.toContain('錯誤 ');
  });
  test('as a service that is not there is refused, and --full explains every field', async () => {
    expect(await run('new', 'again', '--like', 'nobody')).toMatchObject({
      code: 2,
      err: expect.stringContaining('certificate'),
    });
    expect((await run('new', 'whole', '--full')).code).toBe(0);
    expect(await written('whole.yaml')).toContain('# 辦理結果:');
  });
});

describe('init', () => {
  const made = async (name: string) => ({
    office: await readFile(join(folder, name, 'office.yaml'), 'utf8'),
    lint: await run('lint', '--strict', '--content', name),
  });
  test('speaks of the office by its options, in every file', async () => {
    const names = ['--name', '範例分署', '--units', '服務台、執行一科', '--head', '分署長'];
    expect((await run('init', 'ours', ...names)).code).toBe(0);
    const { office, lint } = await made('ours');
    expect(office).toMatch(
      /^名稱: 範例分署\n簡稱: 本分署\n[\s\S]*^單位: \[服務台, 執行一科\]\n職稱: \[承辦員, 組長, 分署長\]$/m,
    );
    expect([lint.code, lint.err]).toEqual([0, expect.stringContaining('0 個錯誤、0 個警告')]);
    for (const file of ['services/hall-use.yaml', 'services/suggestion.md', 'handbook.yaml', 'chapters/welcome.md'])
      expect(await readFile(join(folder, 'ours', file), 'utf8')).not.toMatch(/主任|受理組|秘書室|本中心/);
  });
  test('asks what a pipe answers; an empty line keeps the example', async () => {
    expect((await runWith({ folder, typed: '範例戶政事務所\n\n' }, 'init', 'theirs', '--ask')).code).toBe(0);
    const { office, lint } = await made('theirs');
    expect(office).toMatch(/^名稱: 範例戶政事務所\n簡稱: 本所\n[\s\S]*受理組/m);
    expect(lint.code).toBe(0);
    const wrong = await run('init', 'wrong', '--head', '主任: 甲');
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('「主任: 甲」不能當名稱')]);
  });
});

describe('build refuses', () => {
  test('a book with errors that speak of everything: nothing is written, exit code 1', async () => {
    await writeFile(join(folder, 'content/office.yaml'), '名稱: 甲分署\n名子: 乙\n');
    const { code, out, err } = await run('build');
    expect(code).toBe(1);
    expect(err).toContain('不認得「名子」');
    expect(out).toContain('沒有編印任何檔案');
    expect(await readdir(folder)).toEqual(['content']);
  });
});

test('a spreadsheet begins with its mark and has its line ends, and a text in it commands nothing', async () => {
  const text = await readFile(service('certificate.yaml'), 'utf8');
  await writeFile(service('certificate.yaml'), text.replace('條件: 委託他人時', '條件: "=委託\\u001b[31m他人時"'));
  const { out } = await run('matrix', 'certificate', '--format', 'csv');
  expect(out).toMatch(/^\ufeff"/);
  expect(out).toMatch(/"\r\n$/);
  expect(out).not.toContain('\u001b');
  // What is style in the page is no text in it.
  expect((await run('matrix', 'certificate')).out).toContain('<style>body{font:14px/1.5 "Noto Sans TC"');
});
