// What is wrong with one sheet stops nothing else: what can be printed is, and the rest is named, with the reason and what
// is left of it from earlier.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { see } from './pdf.js';
import { runIn } from './program.js';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'servicebook-partial-'));
});
afterAll(() => rm(root, { recursive: true }));

/** The example of `init` with these services in the place of its own, by file name. */
async function office(name: string, services: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(root, name);
  await cp(join(import.meta.dirname, '../templates/init'), join(folder, 'content'), { recursive: true });
  await rm(join(folder, 'content/services'), { recursive: true });
  await cp(join(import.meta.dirname, '../templates/init/services'), join(folder, 'content/services'), {
    recursive: true,
    filter: (path) => !/\.\w+$/.test(path),
  });
  const book = join(folder, 'content/handbook.yaml');
  // Its categories name the services of the example.
  await writeFile(book, (await readFile(book, 'utf8')).replace(/^服務類別:\n(?:[ -].*\n)*/m, ''));
  for (const [file, text] of Object.entries(services)) await write(folder, file, text);
  return folder;
}
const write = (folder: string, file: string, text: string) => writeFile(join(folder, 'content/services', file), text);
const service = (name: string, more = ''): string =>
  `名稱: ${name}\n摘要: 任何人都可以申請，當場辦理。\n應備證件: 無\n規費: 免費\n辦理時限: 3 日\n審核權責: 主任\n${more || STEPS}`;
const STEPS =
  '申請程序:\n  - {開始: 提出, 權責: 申請人}\n  - {步驟: 審查, 權責: 承辦員}\n  - {結束: 領件, 權責: 申請人}\n';
const without = (key: string, text: string): string => text.replace(new RegExp(`^${key}:.*\n`, 'm'), '');
const files = async (folder: string, sub = 'out'): Promise<string[]> =>
  (await readdir(join(folder, sub), { recursive: true }).catch(() => [])).filter((file) => /\.\w+$/.test(file)).sort();

const CHARTS_OF_A = ['mmd', 'pdf', 'png', 'svg'].map((kind) => `flowcharts/a.${kind}`);

type Report = {
  version: number;
  exitCode: number;
  upToDate: boolean;
  draft: boolean;
  total: { files: number; pages: number; size: number };
  files: { file: string; output: string; size: number; pages: number | null; sheets: number | null }[];
  leftOut: {
    file: string | null;
    output: string;
    service: string | null;
    why: string;
    message: string;
    older: { file: string; state: string }[];
  }[];
  skipped: { output: string; message: string }[];
  findings: { of: string; file: string; line: number | null; rule: string; severity: string }[];
};
async function build(folder: string, ...args: string[]): Promise<{ code: number; report: Report; err: string }> {
  const { code, out, err } = await runIn(folder, 'build', ...args, '--format', 'json');
  return { code, err, report: JSON.parse(out) as Report };
}
const leftOut = (report: Report) => report.leftOut.map(({ file, why }) => [file, why]);

describe('an error in one service', () => {
  let folder: string;
  const names = Array.from({ length: 15 }, (_, i) => `s${String(i + 1).padStart(2, '0')}`);
  beforeAll(async () => {
    folder = await office('fifteen', {
      ...Object.fromEntries(names.map((name, i) => [`${name}.yaml`, service(`第 ${i + 1} 項服務`)])),
      'bad.yaml': without('規費', service('缺規費的服務')),
    });
  });

  test('holds back its notice alone; fifteen others are written, the one is named, exit code 1', {
    timeout: 120_000,
  }, async () => {
    const { code, out, err } = await runIn(folder, 'build', 'notices');
    expect(code, err).toBe(1);
    expect(await files(folder)).toEqual(names.map((name) => `notices/${name}.pdf`));
    expect(err).toMatch(/content\/services\/bad\.yaml:1:1: 錯誤 fee-declared/);
    expect(out).toMatch(/沒有編印 1 份：\ncontent\/services\/bad\.yaml 有 1 個錯誤\n {2}out\/notices\/bad\.pdf\n/);
    expect(out).toContain('已編印 15 個檔案');
    expect(out).toContain('--force');
    // Of the others nothing is doubtful.
    expect((await see(await readFile(join(folder, 'out/notices/s01.pdf')))).texts.join('')).not.toContain('草案');
  });
  test('is never taken for a build that has nothing to do', { timeout: 120_000 }, async () => {
    const again = await runIn(folder, 'build', 'notices');
    expect([again.code, again.out.includes('沒有編印 1 份')]).toEqual([1, true]);
  });
  test('holds back what speaks of all, each named, and nothing of the office alone', { timeout: 120_000 }, async () => {
    const { code, report } = await build(
      folder,
      'handbook',
      'hall',
      'leaflets',
      'cards',
      'audit',
      'deputies',
      'opinion',
      'standards',
    );
    expect(code).toBe(1);
    expect(report.leftOut.every(({ why }) => why === 'findings')).toBe(true);
    expect(
      report.leftOut
        .map(({ file }) => file)
        .filter((file) => !file?.includes('leaflets/'))
        .sort(),
    ).toEqual([
      'out/counter/audit.pdf',
      'out/counter/cards.pdf',
      'out/counter/deputies.pdf',
      'out/handbook.html',
      'out/handbook.pdf',
      'out/posters/hall.pdf',
    ]);
    // The leaflet that holds it, and no other.
    expect(report.leftOut.filter(({ output }) => output === 'leaflets')).toHaveLength(1);
    expect(report.files.map(({ file }) => file)).toEqual(
      expect.arrayContaining(['out/counter/opinion.pdf', 'out/posters/standards.pdf']),
    );
  });
  test('is no matter where nothing that was asked for speaks of it', { timeout: 120_000 }, async () => {
    const { code, report } = await build(folder, 'notices', '--service', 's01', '--out', 'one');
    expect([code, report.leftOut, report.files.map(({ file }) => file)]).toEqual([0, [], ['one/notices/s01.pdf']]);
    expect(report.findings).toContainEqual(
      expect.objectContaining({ of: 'content', file: 'content/services/bad.yaml', rule: 'fee-declared', line: 1 }),
    );
  });
  test('--force prints all of it as a draft', { timeout: 120_000 }, async () => {
    const { code, report } = await build(folder, 'notices', '--service', 's01', 'bad', '--force', '--out', 'forced');
    expect([code, report.draft, report.leftOut]).toEqual([0, true, []]);
    for (const name of ['s01', 'bad'])
      expect((await see(await readFile(join(folder, `forced/notices/${name}.pdf`)))).texts.join('')).toContain('草案');
  });
});

describe('what an earlier build left', () => {
  test('goes where it is the own paper of a service that cannot be printed; a handbook stays and is told to be older', {
    timeout: 240_000,
  }, async () => {
    const folder = await office('earlier', { 'a.yaml': service('甲項'), 'b.yaml': service('乙項') });
    const args = ['notices', 'posters', 'handbook', 'hall', 'leaflets', 'flowcharts'];
    const first = await build(folder, ...args);
    expect([first.code, first.report.leftOut]).toEqual([0, []]);
    await writeFile(join(folder, 'out/notices/other.pdf'), 'of another program');
    await writeFile(join(folder, 'out/notices/b-tiles.pdf'), 'of another program');
    const before = await files(folder);
    await write(folder, 'b.yaml', without('審核權責', service('乙項')));
    const { code, report } = await build(folder, ...args);
    expect(code).toBe(1);
    const older = Object.fromEntries(
      report.leftOut.map(({ file, older: list }) => [file, list.map(({ file: of, state }) => `${of} ${state}`)]),
    );
    expect(older).toMatchObject({
      'out/notices/b.pdf': ['out/notices/b.pdf removed'],
      'out/posters/b.pdf': ['out/posters/b.pdf removed'],
      'out/handbook.pdf': ['out/handbook.pdf stays'],
      'out/handbook.html': ['out/handbook.html stays'],
      'out/posters/hall.pdf': ['out/posters/hall.pdf stays'],
    });
    expect(await files(folder)).toEqual(before.filter((file) => !/^(notices|posters|flowcharts)\/b\.\w+$/.test(file)));
    // In words, and only once.
    const { out } = await runIn(folder, 'build', ...args);
    expect(out).toMatch(/out\/handbook\.pdf {2}留著的是先前編印的舊檔\n/);
    expect(out).toMatch(/out\/notices\/b\.pdf\n/);
    // Mended, everything is current again.
    await write(folder, 'b.yaml', service('乙項'));
    expect((await build(folder, ...args)).code).toBe(0);
    expect(await files(folder)).toEqual(before);
  });
  test('stays where it is not of this program, or another sheet of it', { timeout: 120_000 }, async () => {
    const folder = await office('foreign', { 'a.yaml': service('甲項'), 'b.yaml': service('乙項') });
    expect((await build(folder, 'notices', '--service', 'a')).code).toBe(0);
    // Under the name of b: a file of others, and a notice of a.
    await writeFile(join(folder, 'out/notices/b.pdf'), 'mine');
    await write(folder, 'b.yaml', without('規費', service('乙項')));
    const { report } = await build(folder, 'notices');
    expect(report.leftOut[0]?.older).toEqual([{ file: 'out/notices/b.pdf', state: 'stays' }]);
    expect(await readFile(join(folder, 'out/notices/b.pdf'), 'utf8')).toBe('mine');
    await cp(join(folder, 'out/notices/a.pdf'), join(folder, 'out/notices/b.pdf'));
    expect((await build(folder, 'notices')).report.leftOut[0]?.older).toEqual([
      { file: 'out/notices/b.pdf', state: 'stays' },
    ]);
  });
  test('goes without any memory of it where a PDF says whose it is', { timeout: 120_000 }, async () => {
    const folder = await office('elsewhere', { 'a.yaml': service('甲項'), 'b.yaml': service('乙項') });
    expect((await build(folder, 'notices', '--out', 'there')).code).toBe(0);
    // As a folder that was copied from another machine.
    await cp(join(folder, 'there'), join(folder, 'out'), { recursive: true });
    await write(folder, 'b.yaml', without('規費', service('乙項')));
    const { report } = await build(folder, 'notices');
    expect(report.leftOut[0]?.older).toEqual([{ file: 'out/notices/b.pdf', state: 'removed' }]);
    expect(await files(folder)).toEqual(['notices/a.pdf']);
  });
});

describe('what cannot be read', () => {
  test('a service that is no YAML holds back what one with an error does, and its earlier papers go', {
    timeout: 240_000,
  }, async () => {
    const folder = await office('unread', { 'a.yaml': service('甲項'), 'b.yaml': service('乙項') });
    const args = ['notices', 'flowcharts', 'hall', 'standards'];
    expect((await build(folder, ...args)).code).toBe(0);
    await write(folder, 'b.yaml', '名稱: "乙\n');
    const { code, report } = await build(folder, ...args);
    expect(code).toBe(1);
    expect(
      leftOut(report)
        .map(([file]) => file)
        .sort(),
    ).toEqual([
      'out/flowcharts/b.mmd',
      'out/flowcharts/b.pdf',
      'out/flowcharts/b.png',
      'out/flowcharts/b.svg',
      'out/notices/b.pdf',
      'out/posters/hall.pdf',
    ]);
    expect(await files(folder)).toEqual([...CHARTS_OF_A, 'notices/a.pdf', 'posters/hall.pdf', 'posters/standards.pdf']);
  });
  test('handbook.yaml with a fault that speaks of everything: nothing is written', async () => {
    const folder = await office('book', { 'a.yaml': service('甲項') });
    await writeFile(join(folder, 'content/handbook.yaml'), '書名: "手冊\n');
    const { code, report } = await build(folder, 'notices', 'handbook');
    expect([code, report.files]).toEqual([1, []]);
    expect(leftOut(report).map(([file]) => file)).toEqual(
      expect.arrayContaining(['out/handbook.pdf', 'out/notices/a.pdf']),
    );
    expect(await readdir(folder)).toEqual(['content']);
  });
  test('a chapter holds back the handbook, an override the output it is for, a translation its language', {
    timeout: 240_000,
  }, async () => {
    const folder = await office('parts', { 'a.yaml': service('甲項') });
    const held = async (path: string, text: string, ...args: string[]) => {
      const file = join(folder, 'content', path);
      await cp(join(import.meta.dirname, '../templates/notices'), join(file, '..'), {
        recursive: true,
        filter: (from) => !/\.\w+$/.test(from),
      });
      await writeFile(file, text);
      const { report } = await build(folder, 'notices', 'posters', 'handbook', ...args);
      await rm(file);
      return [...new Set(report.leftOut.map(({ output }) => output))].sort();
    };
    expect(await held('chapters/bad.md', '')).toEqual(['handbook']);
    expect(await held('templates/notices/notice.css', 'p { background: url(http://a.b/c) }')).toEqual(['notices']);
    expect(await held('translations/en.yaml', '甲: [乙]')).toEqual([]);
    expect(await held('translations/en.yaml', '甲: [乙]', '--lang', 'en')).toEqual(['handbook', 'notices', 'posters']);
  });
});

describe('what cannot be printed', () => {
  test('all of it is named in one run, each with what would help; everything else is written', {
    timeout: 240_000,
  }, async () => {
    const long = (n: number) =>
      `應備證件:\n${Array.from({ length: n }, (_, i) => `  - 第 ${i + 1} 號證明文件（正本，1 份）\n`).join('')}`;
    const folder = await office('misfits', {
      'a.yaml': service('甲項'),
      'b.yaml': service('乙項').replace('應備證件: 無\n', long(300)),
      'c.yaml': service('丙項').replace('應備證件: 無\n', long(310)),
      'd.yaml': service('丁\u{f8f0}項'),
    });
    const book = join(folder, 'content/handbook.yaml');
    await writeFile(book, `${await readFile(book, 'utf8')}續頁: 否\n`);
    const { code, report } = await build(folder, 'posters');
    expect(code).toBe(1);
    expect(report.files.map(({ file }) => file)).toEqual(['out/posters/a.pdf']);
    expect(leftOut(report)).toEqual([
      ['out/posters/d.pdf', 'findings'],
      ['out/posters/b.pdf', 'too-long'],
      ['out/posters/c.pdf', 'too-long'],
    ]);
    for (const { message } of report.leftOut.slice(1)) expect(message).toMatch(/應備證件.*請|可以/);
    expect(report.findings).toContainEqual(
      expect.objectContaining({ of: 'content', file: 'content/services/d.yaml', severity: 'error' }),
    );
    expect(await files(folder)).toEqual(['posters/a.pdf']);
  });
  test('a chart that Mermaid cannot read takes its own papers and those of all with it', {
    timeout: 120_000,
  }, async () => {
    const folder = await office('chart', {
      'a.yaml': service('甲項'),
      'b.yaml': service('乙項', '流程圖: |\n  graph TD\n    a[提出] --> end\n'),
    });
    const { code, report } = await build(folder, 'notices', 'flowcharts', 'hall', 'standards');
    expect(code).toBe(1);
    expect([...new Set(report.leftOut.map(({ file }) => file?.replace(/\.\w+$/, '')))].sort()).toEqual([
      'out/flowcharts/b',
      'out/notices/b',
      'out/posters/hall',
    ]);
    expect(await files(folder)).toEqual([...CHARTS_OF_A, 'notices/a.pdf', 'posters/standards.pdf']);
  });
  test("what an office's own template hides is not printed for a draft either", { timeout: 120_000 }, async () => {
    const folder = await office('hides', { 'a.yaml': service('甲項') });
    await mkdir(join(folder, 'content/templates/notices'), { recursive: true });
    const css = await readFile(join(import.meta.dirname, '../templates/notices/notice.css'), 'utf8');
    await writeFile(join(folder, 'content/templates/notices/notice.css'), `${css}\ndt { display: none }\n`);
    const { code, report } = await build(folder, 'notices', 'flowcharts', '--force');
    expect([code, leftOut(report)]).toEqual([1, [['out/notices/a.pdf', 'template']]]);
    expect(await files(folder)).toEqual(CHARTS_OF_A);
  });
  test('names that a disk takes for one: one is written, the other named', { timeout: 120_000 }, async () => {
    const folder = await office('case', { 'abc.yaml': service('甲項'), 'ABC.yaml': service('乙項') });
    const { code, report, err } = await build(folder, 'notices', '--force');
    expect([code, report.files.map(({ file }) => file)], err).toEqual([1, ['out/notices/abc.pdf']]);
    expect(leftOut(report)).toEqual([['out/notices/ABC.pdf', 'same-name']]);
    // A second time the file that is there is the one that was made.
    expect((await build(folder, 'notices', '--force')).report.leftOut[0]?.older).toEqual([]);
    expect(await files(folder)).toEqual(['notices/abc.pdf']);
  });
  test('two services of one id: one paper is written, and is there after a second build', {
    timeout: 120_000,
  }, async () => {
    const folder = await office('twins', { 'a.yaml': service('甲項'), 'b.yaml': `編號: a\n${service('乙項')}` });
    for (let run = 0; run < 2; run += 1) {
      const { report } = await build(folder, 'notices', '--force');
      expect(leftOut(report)).toEqual([['out/notices/a.pdf', 'same-name']]);
      expect(await files(folder)).toEqual(['notices/a.pdf']);
    }
  });
});

test('what has more than one sheet is told', { timeout: 120_000 }, async () => {
  const list = Array.from({ length: 300 }, (_, i) => `  - 第 ${i + 1} 號證明文件（正本，1 份）\n`).join('');
  const folder = await office('sheets', { 'a.yaml': service('甲項').replace('應備證件: 無\n', `應備證件:\n${list}`) });
  const args = ['posters'];
  const { code, report } = await build(folder, ...args);
  expect(code).toBe(0);
  const [poster] = report.files;
  expect(poster?.sheets).toBeGreaterThan(1);
  expect(poster?.sheets).toBe(poster?.pages);
  expect((await runIn(folder, 'build', ...args)).out).toContain(`一張放不下，接成 ${poster?.sheets} 張`);
});

test('two languages without a list: what exists in two is printed, and what does not is said', {
  timeout: 240_000,
}, async () => {
  const folder = await office('two', { 'a.yaml': service('甲項') });
  const { code, report } = await build(folder, '--lang', 'zh,en');
  expect(code).toBe(0);
  expect(report.files.map(({ output }) => output)).toEqual(expect.arrayContaining(['notices', 'posters', 'hall']));
  expect(report.skipped.map(({ output }) => output)).toEqual([
    'audit',
    'badges',
    'complaints',
    'deputies',
    'handbook',
    'leaflets',
    'practices',
    'roster',
    'symposium',
    'telephone',
  ]);
  const { out } = await runIn(folder, 'build', '--lang', 'zh,en');
  expect(out).toContain('沒有編印 handbook：一次印一種語言，請用 --lang zh 或 --lang en 另外編印。');
});

test('the report for programs is one object on stdout, also where there is nothing to do and where nothing can be done', {
  timeout: 120_000,
}, async () => {
  const folder = await office('json', { 'a.yaml': service('甲項') });
  const first = await runIn(folder, 'build', 'notices', '--format', 'json');
  const report = JSON.parse(first.out) as Report;
  expect(report).toMatchObject({ report: 'servicebook build', version: 1, exitCode: 0, upToDate: false, out: 'out' });
  expect(report.files).toEqual([
    { file: 'out/notices/a.pdf', output: 'notices', size: expect.any(Number), pages: expect.any(Number), sheets: null },
  ]);
  expect(report.total.size).toBe((await readFile(join(folder, 'out/notices/a.pdf'))).length);
  expect(first.err).toContain('編印 1/1');
  const refused = await runIn(folder, 'build', 'notices', '--content', 'nowhere', '--format', 'json');
  expect(refused.code).toBe(2);
  expect(JSON.parse(refused.out)).toMatchObject({
    version: 1,
    exitCode: 2,
    error: expect.stringContaining('nowhere'),
    files: [],
  });
});

test('an output folder that is a link out of where it is named is refused, with the way to mean it', async () => {
  const folder = await office('linked', { 'a.yaml': service('甲項') });
  const elsewhere = await mkdtemp(join(tmpdir(), 'servicebook-elsewhere-'));
  await symlink(elsewhere, join(folder, 'out'));
  const { code, err } = await runIn(folder, 'build', 'notices');
  expect([code, err]).toEqual([2, expect.stringContaining(`--out ${elsewhere}`)]);
  expect(await readdir(elsewhere)).toEqual([]);
  await rm(elsewhere, { recursive: true });
});

test('a folder planted in the output folder takes nothing out of its place, and is told', {
  timeout: 120_000,
}, async () => {
  const folder = await office('planted', { 'a.yaml': service('甲項') });
  const planted = join(folder, 'out/.servicebook-00000000-0000-0000-0000-000000000000');
  await mkdir(planted, { recursive: true });
  await mkdir(join(folder, '.git'));
  await writeFile(join(folder, '.git/config'), 'token');
  await writeFile(join(planted, 'journal'), '["config"]');
  await symlink('../../.git', join(planted, 'new'));
  const { code, out } = await runIn(folder, 'build', 'notices');
  expect(code).toBe(0);
  expect(out).toContain('out/.servicebook-00000000-0000-0000-0000-000000000000 不是這裡的編印留下的，沒有更動');
  expect(await readFile(join(folder, '.git/config'), 'utf8')).toBe('token');
  expect(await files(folder)).toEqual(['notices/a.pdf']);
  expect((await readdir(planted)).sort()).toEqual(['journal', 'new']);
});
