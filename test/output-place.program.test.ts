// Where the output folder may lie: nothing is written where it would harm content, program or history.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from '../src/build/api.js';
import { refusePlace } from '../src/build/output-place.js';
import { UserError } from '../src/core/terminal.js';
import { runIn } from './program.js';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'servicebook-place-'));
  for (const folder of ['book/content/services', 'book/content/out', 'book/.git', 'book/out/posters', 'elsewhere'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'book/a-file'), 'x');
  writeFileSync(join(root, 'book/out/letter.docx'), 'x');
  symlinkSync('content', join(root, 'book/link'));
  symlinkSync('a-file', join(root, 'book/link-to-file'));
  symlinkSync('out', join(root, 'book/link-to-out'));
});
afterAll(() => rmSync(root, { recursive: true }));

const refusal = (out: string, content = 'content', cwd = join(root, 'book')): string => {
  try {
    refusePlace(out, content, cwd);
    return '';
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `${error.exitCode} ${error.say.zh}`;
  }
};

describe('refused in a sentence', () => {
  test.each([
    ['content', '就是內容資料夾'],
    ['./content/', '就是內容資料夾'],
    ['link', '就是內容資料夾'],
    ['.', '裡有內容資料夾'],
    ['..', '裡有內容資料夾'],
    ['/', '裡有內容資料夾'],
    ['content/services', '內容資料夾的 services/ 裡'],
    ['content/forms/new', '內容資料夾的 forms/ 裡'],
    ['link/templates', '內容資料夾的 templates/ 裡'],
    ['.git', '.git/ 裡'],
    ['.git/hooks/new', '.git/ 裡'],
    ['a-file', '「a-file」是檔案'],
    ['a-file/new/newer', '「a-file」是檔案'],
    ['link-to-file', '是檔案'],
    ['', '名稱是空的'],
    [join(import.meta.dirname, '../templates/new'), '程式自己的 templates/ 裡'],
  ])('%s', (out, said) => {
    const sentence = refusal(out);
    expect(sentence).toMatch(/^2 /);
    expect(sentence).toContain(said);
  });
});

test.each(['out', 'out/posters', 'new/newer', 'link-to-out', '../elsewhere', 'content/out', 'content-out'])(
  'fine is %s, whatever lies in it',
  (out) => expect(refusal(out)).toBe(''),
);
test('also below the content folder one works in', () => {
  expect(refusal('out', '.', join(root, 'book/content'))).toBe('');
});

test('the command, its settings and the function for programs refuse alike, before anything is written', async () => {
  const cwd = join(root, 'book');
  const before = readdirSync(cwd, { recursive: true }).sort();
  await expect(build({ cwd, content: 'content', out: 'content' })).rejects.toThrow(UserError);
  const typed = await runIn(cwd, 'build', '--out', '.', '--ui-lang', 'zh');
  expect([typed.code, typed.err]).toEqual([2, expect.stringContaining('裡有內容資料夾「content」')]);
  expect(readdirSync(cwd, { recursive: true }).sort()).toEqual(before);
  writeFileSync(join(cwd, 'servicebook.yaml'), '輸出: content/forms\n');
  const set = await runIn(cwd, 'build', '--ui-lang', 'zh');
  rmSync(join(cwd, 'servicebook.yaml'));
  expect([set.code, set.err]).toEqual([2, expect.stringContaining('forms/ 裡')]);
  expect(readdirSync(cwd, { recursive: true }).sort()).toEqual(before);
});
