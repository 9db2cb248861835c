// Approval: what is put on record, what prints 草案 from then on, and what is refused.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { openProject } from '../src/build/project.js';
import { known } from '../src/content/schema/schema.js';
import { runIn } from './program.js';
import { BOOK, OFFICE } from './revision/books.js';

const root = mkdtempSync(join(tmpdir(), 'servicebook-approve-'));
afterAll(() => rmSync(root, { recursive: true }));

const SERVICE = {
  名稱: '閱覽卷宗',
  承辦單位: '承辦股',
  應備證件: ['身分證明文件'],
  規費: { 明細: [{ 項目: '閱覽', 金額: '20 元', 依據: '規費法第10條' }] },
  辦理時限: { 期限: '7 日', 說明: '待確認' },
  審核權責: '分署長',
  聯絡: { 單位: '承辦股', 電話: '00-0000-0000', 代理人: '待確認' },
};
let folder = '';
let n = 0;
const git = (...args: string[]): void => {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
    cwd: folder,
    stdio: 'ignore',
  });
};
const file = (name: string): string => join(folder, 'content', name);
const commit = (): void => {
  git('add', '.');
  git('commit', '-qm', 'a');
};
const edit = (name: string, from: string, to: string): void => {
  const text = readFileSync(file(name), 'utf8');
  expect(text).toContain(from);
  writeFileSync(file(name), text.replace(from, to));
};
beforeEach(() => {
  n += 1;
  folder = join(root, String(n));
  mkdirSync(file('services'), { recursive: true });
  mkdirSync(file('chapters'), { recursive: true });
  writeFileSync(file('office.yaml'), stringify(OFFICE));
  writeFileSync(
    file('handbook.yaml'),
    stringify({ ...BOOK, 修訂沿革: [{ 版次: '初版', 日期: '115年11月23日', 修訂內容: '訂定' }] }),
  );
  writeFileSync(file('services/a.yaml'), stringify(SERVICE));
  writeFileSync(file('chapters/a.md'), '# 前言\n\n第一段。\n\n第二段。\n');
  git('init', '-q');
  commit();
});
const approve = (...more: string[]) =>
  runIn(folder, 'approve', '--by', '分署長', '--number', '甲字第1號', '--date', '115年12月1日', ...more);
const state = () => openProject({ folder: 'content', cwd: folder }).refresh();

describe('what was approved', () => {
  test('is on record and is no draft any more, 待確認 or not; the book tells who approved it', async () => {
    expect((await state()).draft).toBe(true);
    const { code, out } = await approve('--effective', '116年1月1日');
    expect([code, out]).toEqual([0, expect.stringContaining('已登錄核定：初版，分署長，2026-12-01，甲字第1號。')]);
    const { draft, handbook } = await state();
    expect(draft).toBe(false);
    expect(handbook.book.approval).toMatchObject({ approver: '分署長', date: '2026-12-01', number: '甲字第1號' });
    expect(handbook.book.effective).toBe('2027-01-01');
  });
  test.each([
    ['a fee', 'services/a.yaml', '20 元', '30 元', '閱覽卷宗（規費）'],
    ['a paragraph', 'chapters/a.md', '第二段。', '第三段。', '前言'],
    ['the name of a unit', 'office.yaml', '秘書室', '秘書科', '範例分署（單位）'],
    ['the edition', 'handbook.yaml', '版次: 初版\n日', '版次: 二版\n日', '手冊（版次）'],
  ])('is a draft again where %s differs, and --final says where', async (_, name, from, to, where) => {
    await approve();
    edit(name, from, to);
    expect((await state()).draft).toBe(true);
    const { code, err } = await runIn(folder, 'build', 'posters', '--final', '--no-cache');
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(`與核定的初版（甲字第1號）不同，--final 不印：${where}。`),
    ]);
  });
  test('is the same however it is written, and again when a change is taken back', async () => {
    await approve();
    writeFileSync(file('services/a.yaml'), stringify(Object.fromEntries(Object.entries(SERVICE).reverse())));
    expect((await state()).draft).toBe(false);
    edit('services/a.yaml', '20 元', '30 元');
    expect((await state()).draft).toBe(true);
    edit('services/a.yaml', '30 元', '20 元');
    expect((await state()).draft).toBe(false);
  });
  test('is what diff begins with', async () => {
    await approve();
    commit();
    edit('services/a.yaml', '20 元', '30 元');
    commit();
    expect((await runIn(folder, 'diff')).out).toMatch(/^核定的初版（甲字第1號，\w{7}） → content\n/);
    expect((await runIn(folder, 'diff')).out).toContain('【加重】');
  });
  test('is followed by a second one, and the first stays on record', async () => {
    await approve();
    edit('services/a.yaml', '20 元', '10 元');
    commit();
    expect((await approve()).code).toBe(0);
    const { approvals } = JSON.parse(readFileSync(file('approvals.json'), 'utf8')) as { approvals: object[] };
    expect(approvals.map((each) => 'facts' in each)).toEqual([false, true]);
    expect((await state()).draft).toBe(false);
  });
});

describe('what is refused, with nothing written', () => {
  const refused = async (said: string, ...more: string[]): Promise<void> => {
    const { code, err } = await approve(...more);
    expect([code > 0, err]).toEqual([true, expect.stringContaining(said)]);
  };
  test('a content that is not committed', async () => {
    edit('services/a.yaml', '20 元', '30 元');
    await refused('內容有尚未提交的修改（content/services/a.yaml）');
  });
  test('a content with errors', async () => {
    edit('services/a.yaml', '20 元', '二元三');
    commit();
    await refused('個錯誤，不能核定');
  });
  test('a day that is none, a number that nobody knows', async () => {
    await refused('--effective 寫的是「後天」', '--effective', '後天');
    const { err } = await runIn(folder, 'approve', '--by', '分署長', '--number', '待確認', '--date', '115年12月1日');
    expect(err).toContain('--number 寫的是「待確認」');
  });
  test('what is approved already', async () => {
    await approve();
    await refused('這份內容已經核定：初版');
  });
  test('what is heavier for the citizen without a reason and its basis; with them it is approved', async () => {
    await approve();
    edit('services/a.yaml', '20 元', '30 元');
    commit();
    await refused('這些修正加重民眾的負擔，還沒有理由與依據：閱覽卷宗・規費。');
    edit(
      'handbook.yaml',
      '修訂內容: 訂定',
      '修訂內容: 訂定\n    修正理由: [{服務: a, 項目: 規費, 理由: 配合收費標準, 依據: 規費法第10條}]',
    );
    commit();
    expect(await approve()).toMatchObject({ code: 0 });
  });
  test('--final where nothing was ever approved', async () => {
    const { code, err } = await runIn(folder, 'build', 'posters', '--final', '--no-cache');
    expect([code, err]).toEqual([2, expect.stringContaining('還沒有核定紀錄')]);
  });
  test('a damaged record: every command that reads it says so, lint beside all else, and it stays as it is', async () => {
    await approve();
    const whole = readFileSync(file('approvals.json'), 'utf8');
    for (const [text, said] of [
      [whole.slice(0, -20), '不是 JSON'],
      ['[]', '不是核定紀錄'],
      [whole.replace(/("service a fee": ")(\w|-){4}/, '$1zzzz'), '內容被改過'],
      [whole.replace('"servicebook": 1', '"servicebook": 2'), '較新版本'],
      [whole.replace('甲字第1號', '').replace('"number": ""', '"other": ""'), '缺少「number」'],
      ['{"servicebook": 1, "approvals": [null]}', '第 1 筆缺少「edition」'],
    ] as const) {
      writeFileSync(file('approvals.json'), text);
      for (const args of [['diff'], ['build', 'posters', '--no-cache', '--final']]) {
        const { code, err } = await runIn(folder, ...args);
        expect([said, code, err]).toEqual([said, 2, expect.stringContaining(said)]);
      }
      const lint = await runIn(folder, 'lint');
      expect([said, lint.code, lint.err + lint.out]).toEqual([said, 1, expect.stringContaining(said)]);
      expect(readFileSync(file('approvals.json'), 'utf8')).toBe(text);
    }
  });
});

describe('a fee on its day', () => {
  const fees = async (asOf?: string) => {
    const { handbook } = await openProject({ folder: 'content', cwd: folder }, { asOf }).refresh();
    const lines = known(known(handbook.services[0]?.fee)?.lines) ?? [];
    return lines.map(({ amount }) => known(amount)?.printed);
  };
  beforeEach(() => {
    edit('services/a.yaml', '金額: 20 元', '金額: 20 元\n      迄日: 115年12月31日');
    edit(
      'services/a.yaml',
      '明細:\n',
      '明細:\n    - {項目: 閱覽, 金額: 25 元, 生效日: 116年1月1日, 依據: 規費法第10條}\n',
    );
    commit();
  });
  test('follows the date of the edition, or the day that is asked for, and never the clock', async () => {
    expect(await fees()).toEqual(['20 元']);
    expect(await fees('2027-01-01')).toEqual(['25 元']);
    expect(await fees('2026-12-31')).toEqual(['20 元']);
  });
  test('does not undo an approval when its day comes', async () => {
    await approve();
    const { draft } = await openProject({ folder: 'content', cwd: folder }, { asOf: '2027-01-01' }).refresh();
    expect(draft).toBe(false);
  });
  test('is a change on the day it is written', async () => {
    edit('services/a.yaml', '25 元', '27 元');
    expect((await runIn(folder, 'diff')).out).toContain('27 元');
  });
  test('a day that is none is told', async () => {
    const { code, err } = await runIn(folder, 'build', 'posters', '--as-of', '明天', '--no-cache');
    expect([code, err]).toEqual([2, expect.stringContaining('--as-of 寫的是「明天」')]);
  });
});
