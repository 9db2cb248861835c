// What `servicebook notice` is given and cannot be: a sentence with the choices, exit code 2, and nothing printed. And that it
// prints the same where of the other services nothing but their names is read.
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jobFor } from '../src/build/case-notice.js';
import { sheetsOf } from '../src/build/compile.js';
import { type Compilation, openProject } from '../src/build/project.js';
import { requestOf } from '../src/build/request.js';
import { combinationsOf } from '../src/content/answer/combinations.js';
import { BOOK, contentOf, SERVICE } from './office.js';
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
  [['archives', '--quantity', '複製（A3）=兩張半'], '要寫多少'],
  [['nothing'], '可選：archives'],
])('%j', async (args, said) => {
  const { code, out, err } = await runIn(folder, 'notice', ...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(said);
  expect(await readdir(folder)).toEqual(['content']);
});

test('of the other services only the names are read, and the notice is the same', async () => {
  const request = await requestOf({
    content: 'content',
    out: '',
    cwd: folder,
    env: {},
    root: false,
    outputs: ['notices'],
  });
  const like = contentOf({
    'handbook.yaml': `${BOOK}服務類別:\n  - 名稱: 一般\n    服務: [c, b, a]\n`,
    'services/a.yaml': SERVICE.replace(/應備證件:.*/, '應備證件: {比照: b}').concat('相關服務: [c]\n'),
    'services/b.yaml': SERVICE.replace(/名稱:.*/, '名稱: 乙').replace(/應備證件:.*/, '應備證件: {比照: c}'),
    'services/c.yaml': SERVICE.replace(/名稱:.*/, '名稱: 丙').replace(/應備證件:.*/, '應備證件: [丙的書表]'),
  });
  for (const [place, ids] of [
    [like, ['a', 'c']],
    [{ folder: 'content', cwd: folder }, ['instalments', 'archives', 'auction-bidding']],
  ] as const) {
    const whole = await openProject(place).refresh();
    const own = openProject(place);
    for (const id of ids) {
      const told = await Promise.all(
        [
          whole,
          await own.refreshFor(
            () => id,
            () => undefined,
          ),
        ].map(async (compilation: Compilation) => {
          const service = compilation.handbook.services.find((each) => each.id === id);
          if (!service) throw new Error(id);
          const [{ person } = { person: {} }] = combinationsOf(service).all;
          const job = jobFor({ ...compilation, selected: [] }, service, person, '2026-11-23', new Map());
          const sheets = await sheetsOf(job, request, async () => []);
          return JSON.stringify(sheets.map((sheet) => ({ ...sheet, html: String('html' in sheet && sheet.html) })));
        }),
      );
      expect(told[1] === told[0], id).toBe(true);
      if (id === 'a') expect(told[1]?.includes('丙的書表')).toBe(true);
    }
    const { services } = (
      await own.refreshFor(
        () => ids[0],
        () => undefined,
      )
    ).handbook;
    expect(services.map(({ name }) => name)).toEqual(whole.handbook.services.map(({ name }) => name));
    expect(services.filter(({ fee, documents }) => fee ?? documents).length).toBeLessThan(4);
  }
});
