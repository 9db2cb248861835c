// What `servicebook notice` is given and cannot be: a sentence with the choices, exit code 2, and nothing printed.
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runIn } from './program.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'servicebook-notice-'));
  await symlink(join(import.meta.dirname, '../content'), join(folder, 'content'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  [['objection', '--channel', '書面', '--channel', '言詞'], '互相排斥'],
  [['objection', '--channel', '傳真'], '可選：「書面」「言詞」「郵寄或線上」'],
  [['objection', '--channel', '書面', '--date', '115年2月30日'], '不是日期'],
  [['objection', '--channel', '書面', '--missing', '護照'], '可寫的證件'],
  [['objection', '--channel', '書面', '--lang', 'xx'], '沒有「xx」這種語言'],
  [['objection', '--channel', '書面', '--missing', '聲明異議書=甲', '聲明異議書=乙'], '寫了兩次'],
  [['archives', '--quantity', '=3'], '沒有寫是什麼的數量'],
  [['nothing'], '可選：archives'],
])('%j', async (args, said) => {
  const { code, out, err } = await runIn(folder, 'notice', ...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(said);
  expect(await readdir(folder)).toEqual(['content']);
});
