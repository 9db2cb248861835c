// `servicebook diff` as it is called: between revisions and folders, in words and as JSON, and what it says of what it cannot do.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { runIn } from './program.js';
import { BOOK, FULL, OFFICE } from './revision/books.js';

const root = mkdtempSync(join(tmpdir(), 'servicebook-diff-'));
afterAll(() => rmSync(root, { recursive: true }));

const git = (folder: string, ...args: string[]): void => {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
    cwd: folder,
    stdio: 'ignore',
  });
};
/** A small office under git with one commit, `v1`. */
function office(name: string): string {
  const folder = join(root, name);
  mkdirSync(join(folder, 'content/services'), { recursive: true });
  writeFileSync(join(folder, 'content/office.yaml'), stringify(OFFICE));
  writeFileSync(join(folder, 'content/handbook.yaml'), stringify(BOOK));
  writeFileSync(join(folder, 'content/services/a.yaml'), stringify(FULL));
  git(folder, 'init', '-q');
  git(folder, 'add', '.');
  git(folder, 'commit', '-qm', 'one');
  git(folder, 'tag', 'v1');
  return folder;
}
const change = (folder: string, from: string, to: string): void => {
  const file = join(folder, 'content/services/a.yaml');
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
};

describe('between revisions', () => {
  const folder = office('revisions');
  change(folder, '20 元', '30 元');
  test('the last commit and what lies there now', async () => {
    const { code, out } = await runIn(folder, 'diff');
    expect(code).toBe(0);
    expect(out).toContain('content（有尚未提交的修改）');
    expect(out).toContain('~ 閱覽（20 元；每 2 小時）\n      → 閱覽（30 元；每 2 小時）【加重】');
    expect(out).toContain('1 處有變更；對民眾：加重 1、減輕 0、無影響 0。');
  });
  test('two commits, either way', async () => {
    git(folder, 'commit', '-qam', 'two');
    expect((await runIn(folder, 'diff', 'v1', 'HEAD')).out).toContain('【加重】');
    expect((await runIn(folder, 'diff', 'HEAD', 'v1')).out).toContain('【減輕】');
    const same = await runIn(folder, 'diff', '--exit-code');
    expect([same.code, same.out]).toEqual([0, expect.stringContaining('沒有變更。')]);
    expect((await runIn(folder, 'diff', 'v1', '--exit-code')).code).toBe(1);
  });
  test('as JSON', async () => {
    const { out } = await runIn(folder, 'diff', 'v1', '--format', 'json');
    const { subjects } = JSON.parse(out) as { subjects: unknown[] };
    expect(subjects).toEqual([
      {
        kind: 'service',
        mark: 'changed',
        renamed: false,
        moved: false,
        before: { id: 'a', name: '閱覽卷宗' },
        after: { id: 'a', name: '閱覽卷宗' },
        effect: 'heavier',
        fields: [
          {
            name: 'fee',
            label: '規費',
            effect: 'heavier',
            items: [
              {
                mark: 'changed',
                moved: false,
                effect: 'heavier',
                part: 'lines',
                before: '閱覽（20 元；每 2 小時）',
                after: '閱覽（30 元；每 2 小時）',
              },
            ],
          },
        ],
      },
    ]);
  });
  test('a folder beside a revision, and two folders without git', async () => {
    cpSync(join(folder, 'content'), join(root, 'copy'), { recursive: true });
    expect((await runIn(folder, 'diff', 'v1', '../copy')).out).toContain('【加重】');
    expect((await runIn(root, 'diff', 'revisions/content', 'copy')).out).toContain('沒有變更。');
  });
});

describe('what cannot be compared is told in a sentence', () => {
  const folder = office('wrong');
  test('a revision that is not there, and one that is an option in disguise', async () => {
    for (const name of ['v9', '--output=x', 'HEAD:content'])
      expect(await runIn(folder, 'diff', '--', name)).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining(`「${name}」不是資料夾，也不是 git 的版本。`),
      });
  });
  test('a folder that holds no content', async () => {
    const { code, err } = await runIn(folder, 'diff', '.');
    expect([code, err]).toEqual([2, expect.stringContaining('沒有 handbook.yaml')]);
  });
  test('a folder that is not under git', async () => {
    mkdirSync(join(root, 'bare'));
    cpSync(join(folder, 'content'), join(root, 'bare/content'), { recursive: true });
    const { code, err } = await runIn(join(root, 'bare'), 'diff');
    expect([code, err]).toEqual([2, expect.stringContaining('不在 git 的管理之下')]);
  });
  test('a machine without git', async () => {
    const { runWith } = await import('./program.js');
    const { code, err } = await runWith({ folder, env: { PATH: join(root, 'nothing') } }, 'diff');
    expect([code, err]).toEqual([2, expect.stringContaining('找不到 git')]);
  });
  test('a file that cannot be read: it is not taken for one that is gone', async () => {
    writeFileSync(join(folder, 'content/services/b.yaml'), '名稱: [\n');
    const { code, err } = await runIn(folder, 'diff');
    expect([code, err]).toEqual([2, expect.stringContaining('讀不出來的檔案：b')]);
  });
});
