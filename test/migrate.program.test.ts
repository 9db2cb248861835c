// The format of content: what is later than the program is one sentence, what is earlier is brought up and otherwise left alone.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { FORMAT } from '../src/content/format-version.js';
import { type Migration, migrated } from '../src/content/migrate.js';
import { yamlTree } from '../src/content/syntax/yaml.js';
import { contentOf } from './office.js';
import { runIn } from './program.js';

const LATER = FORMAT + 1;
let root: string;
const roots: string[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'servicebook-migrate-'));
  roots.push(root);
  await cp(join(import.meta.dirname, '../templates/init'), join(root, 'content'), { recursive: true });
});
afterAll(async () => {
  for (const each of roots) await rm(each, { recursive: true });
});
const book = () => join(root, 'content/handbook.yaml');
const edit = async (change: (text: string) => string): Promise<string> => {
  const text = change(await readFile(book(), 'utf8'));
  await writeFile(book(), text);
  return text;
};
/** handbook.yaml as it was before it named its format. */
const unnamed = (text: string) => text.replace(/^格式: .*\n/m, '');

test('an example office and the shipped book name the format', async () => {
  for (const file of ['templates/init/handbook.yaml', 'content/handbook.yaml'])
    expect(await readFile(join(import.meta.dirname, '..', file), 'utf8')).toMatch(new RegExp(`^格式: ${FORMAT}$`, 'm'));
});

describe('content of a later format', () => {
  const commands: string[][] = [
    ['lint'],
    ['lint', '--format', 'json'],
    ['build', 'notices', '--no-cache'],
    ['preview', '--no-open', '--port', '0'],
    ['stale', 'content/office.yaml'],
    ['new', 'another'],
    ['migrate'],
    ['migrate', '--dry-run'],
  ];
  test.each(commands.map((args) => [args.join(' ')]))('is one sentence with its place to %s', async (line) => {
    const text = await edit((was) => was.replace(/^格式: .*/m, `格式: ${LATER}`));
    const { code, out, err } = await runIn(root, ...line.split(' '));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const said = err
      .trim()
      .split('\n')
      .filter((line) => line.includes('格式'));
    expect(said).toEqual([
      `錯誤：content/handbook.yaml:2:5：內容的格式是 ${LATER}，這個版本的 servicebook 只認得到 ${FORMAT}。請更新 servicebook；內容沒有更動。`,
    ]);
    expect(await readFile(book(), 'utf8')).toBe(text);
  });
  test.each([`format: ${LATER}`, `"格式": '${LATER}'`, `格式: ${LATER}   # 由程式寫`, `格式: ２`])(
    'is seen however it is written: %s',
    async (line) => {
      await edit((was) => `${unnamed(was)}${line}\n新的項目: {看不懂: 1}\n`);
      const { code, err } = await runIn(root, 'lint');
      expect(code).toBe(2);
      expect(err).toMatch(/^錯誤：content\/handbook\.yaml:\d+:\d+：內容的格式是 2，/);
      expect(err.trim().split('\n')).toHaveLength(1);
    },
  );
});

test.each(['新版', '1.5', '-1', '[1]'])('a format of %s is no number, and lint says so', async (format) => {
  await edit((was) => was.replace(/^格式: .*/m, `格式: ${format}`));
  expect(await runIn(root, 'lint')).toMatchObject({
    code: 1,
    out: expect.stringContaining('content/handbook.yaml:2:'),
  });
});

describe('content that names no format', () => {
  test('is read as of the first', async () => {
    await edit(unnamed);
    expect(await runIn(root, 'lint')).toMatchObject({ code: 0 });
  });
  test('is brought up by one line, and every other byte stays', async () => {
    const was = await edit((text) => `\uFEFF# 註解\r\n\r\n${unnamed(text).replaceAll('\n', '\r\n')}# 末行`);
    const dry = await runIn(root, 'migrate', '--dry-run');
    expect(dry).toMatchObject({ code: 0, out: expect.stringContaining(`+格式: ${FORMAT}`) });
    expect(dry.out.split('\n').filter((line) => /^[-+][^-+]/.test(line))).toHaveLength(1);
    expect(await readFile(book(), 'utf8')).toBe(was);
    const { code, err } = await runIn(root, 'migrate');
    expect({ code, err }).toEqual({ code: 0, err: '已更動：content/handbook.yaml（寫明格式：1）。\n' });
    const now = await readFile(book(), 'utf8');
    expect(now).toContain('\r\n格式: 1\r\n書名:');
    expect(now.replace(`格式: ${FORMAT}\r\n`, '')).toBe(was);
    // A second time there is nothing to do.
    expect(await runIn(root, 'migrate')).toMatchObject({ code: 0, out: expect.stringContaining('沒有更動') });
    expect(await readFile(book(), 'utf8')).toBe(now);
    expect(await runIn(root, 'lint')).toMatchObject({ code: 0 });
  });
  test.each([
    ['title: 甲\nedition: 初版\n', 'format: 1\ntitle: 甲\nedition: 初版\n'],
    ['---\n書名: 甲\n', '---\n格式: 1\n書名: 甲\n'],
    ['{書名: 甲, 版次: 初版}\n', '{格式: 1, 書名: 甲, 版次: 初版}\n'],
    ['# 只有註解\n  書名: 甲\n  版次: 初版\n', '# 只有註解\n  格式: 1\n  書名: 甲\n  版次: 初版\n'],
  ])('however it is laid out: %j', (before, after) => {
    const { texts } = migrated(contentOf({ 'handbook.yaml': before }));
    expect(texts.get('content/handbook.yaml')).toBe(after);
  });
  test.each(['', '[1]', '-1', '{a: 1}'])('of a number that is none, %j, is told so and left alone', (written) => {
    const { texts, faults } = migrated(contentOf({ 'handbook.yaml': `格式: ${written}\n書名: 甲\n` }));
    expect([texts.size, faults]).toMatchObject([0, [{ rule: 'wrong-type' }]]);
  });
  test('in a folder that is named, or that is not there', async () => {
    await edit(unnamed);
    expect(await runIn(root, 'migrate', 'elsewhere')).toMatchObject({ code: 2 });
    expect(await runIn(root, 'migrate', 'content')).toMatchObject({ code: 0 });
    expect(await readFile(book(), 'utf8')).toContain(`格式: ${FORMAT}\n`);
  });
  test('and has faults of syntax is told so and left alone', async () => {
    const was = await edit((text) => `${unnamed(text)}書名: [\n`);
    const { code, err } = await runIn(root, 'migrate');
    expect(code).toBe(1);
    expect(err).toMatch(/content\/handbook\.yaml:\d+:\d+/);
    expect(err).toContain('沒有更動任何檔案');
    expect(await readFile(book(), 'utf8')).toBe(was);
  });
});

describe('a format to come', () => {
  /** 應備文件 is to be written 應備證件. */
  const renaming: Migration = {
    to: 2,
    what: { zh: '應備文件改為應備證件', en: '應備文件 is now 應備證件' },
    mends: ({ services }) =>
      services.flatMap((source) => {
        const tree = yamlTree(source, () => undefined);
        return (tree?.kind === 'map' ? tree.entries : [])
          .filter(({ key }) => key === '應備文件')
          .map(({ keySpan }) => ({ span: keySpan, text: '應備證件' }));
      }),
  };
  const again: Migration = { to: 3, what: { zh: '丙', en: 'c' }, mends: () => [] };
  const OLD = '# 應備文件: 註解不動\n名稱:   甲   # 空白也不動\n應備文件: 無\n';
  const content = contentOf({ 'handbook.yaml': '格式: 1 # 由程式寫\n書名: 甲\n', 'services/a.yaml': OLD });
  test('changes what it says and the number, in order, and nothing else', () => {
    const { texts, what, from, to } = migrated(content, [renaming, again]);
    expect({ from, to }).toEqual({ from: 1, to: 3 });
    expect(Object.fromEntries(texts)).toEqual({
      'content/handbook.yaml': '格式: 3 # 由程式寫\n書名: 甲\n',
      'content/services/a.yaml': '# 應備文件: 註解不動\n名稱:   甲   # 空白也不動\n應備證件: 無\n',
    });
    expect(what.map(({ zh }) => zh)).toEqual(['應備文件改為應備證件', '格式改為 3']);
  });
  test('is not gone through twice', () => {
    const done = contentOf({ 'handbook.yaml': '格式: 3\n書名: 甲\n', 'services/a.yaml': OLD });
    expect(migrated(done, [renaming, again])).toMatchObject({ what: [], faults: [] });
    expect(migrated(done, [renaming, again]).texts.size).toBe(0);
  });
});

test('a baseline of a later program is one sentence', async () => {
  await writeFile(join(root, 'known.json'), '{"version": 3, "findings": {}, "more": 1}');
  expect(await runIn(root, 'lint', '--baseline', 'known.json')).toMatchObject({
    code: 2,
    err: expect.stringContaining('「known.json」是較新版本的 servicebook 寫的（格式 3），這個版本只認得到 2。'),
  });
  await writeFile(join(root, 'known.json'), '{"version": 2, "findings": {}}');
  expect(await runIn(root, 'lint', '--baseline', 'known.json')).toMatchObject({ code: 0 });
});
