// A second edition of the shipped content beside the first: what is told of it in the comparison and to the public; and which papers of an office are to be printed anew.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { runIn } from './program.js';
import { BOOK, FULL, OFFICE } from './revision/books.js';
import { firstEdition, NUMBERS, secondEdition } from './revision/shipped.js';

const root = mkdtempSync(join(tmpdir(), 'servicebook-editions-'));
afterAll(() => rmSync(root, { recursive: true }));
beforeAll(() => {
  firstEdition(root);
  cpSync(join(root, 'content'), join(root, 'one'), { recursive: true });
  secondEdition(root);
  write('small', { a: FULL, b: { ...FULL, 名稱: '抄錄卷宗' }, c: { ...FULL, 名稱: '別的' } });
});
/** A small office, in a folder of its own. */
function write(folder: string, services: Readonly<Record<string, object>>): void {
  mkdirSync(join(root, folder, 'services'), { recursive: true });
  writeFileSync(join(root, folder, 'office.yaml'), stringify(OFFICE));
  writeFileSync(join(root, folder, 'handbook.yaml'), stringify(BOOK));
  for (const [id, service] of Object.entries(services))
    writeFileSync(join(root, folder, 'services', `${id}.yaml`), stringify(service));
}
const diff = async (...args: string[]): Promise<string> => {
  const { code, out, err } = await runIn(root, 'diff', ...args);
  expect([code, err]).toEqual([0, '']);
  return out;
};

describe('two editions of the shipped content', () => {
  test('what changed is told, each once and with what it means', async () => {
    const out = await diff('one', 'content');
    for (const said of [
      '→ 閱覽、抄錄（30 元；每 2 小時；不足一單位：以一單位計；自備手機、相機翻拍相同）【加重】',
      '- 到場應用時：審核通知書【減輕】',
      '→ 期限：12 日【減輕】',
      '服務「核發繳清證明」（新增）【減輕】',
      '服務「首長與民有約」（刪除）【加重】',
      '> 製作審查意見書',
      '→ 收取移送文件（權責：文書組）',
      '切實檢討改進，並公布結果。',
    ])
      expect(out).toContain(said);
  });
  test('the comparison table has three columns, the reasons and the numbers of the notes', async () => {
    const out = await diff('one', 'content', '--format', 'markdown');
    expect(out).toContain('| 修正規定 | 現行規定 | 說明 |');
    expect(out).toContain('（以下簡稱本手冊）於民國115年11月23日訂定，歷經一次修正，最近一次修正為民國116年3月1日。');
    expect(out).toContain('理由：收費標準已修正<br>依據：規費法第10條');
    expect(out).toContain('為配合收費標準修正，並簡化申請，爰修正本手冊');
    expect(NUMBERS).toHaveLength(2);
  });
});

describe('the bulletin', () => {
  test('tells people what was and what will be, from when, and that nobody has approved it', async () => {
    const out = await diff('one', 'content', '--bulletin');
    for (const said of [
      '法務部行政執行署○○分署服務異動公告（草案，尚未核定）',
      '自民國116年4月1日起，下列服務有變更：',
      '規費：原為「閱覽、抄錄（20 元；每 2 小時；不足一單位：以一單位計；自備手機、相機翻拍相同）」，改為「閱覽、抄錄（30 元；',
      '應備證件：取消「到場應用時：審核通知書」。',
      '核發繳清證明\n  新增這項服務。',
      '首長與民有約\n  不再提供這項服務。',
    ])
      expect(out).toContain(said);
    // What is the office's own is none of the public's; what nobody knows is not told as known.
    for (const other of ['服務類別', '待確認', '公布結果']) expect(out).not.toContain(other);
  });
  test('where nothing changes, it says so; it is no JSON', async () => {
    expect(await diff('small', 'small', '--bulletin')).toContain('對民眾沒有變更。');
    expect(await runIn(root, 'diff', 'small', 'small', '--bulletin', '--format', 'json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('異動公告沒有 json'),
    });
  });
});

describe('what is to be printed anew', () => {
  type Paper = { file: string; state: string; before?: string; after?: string };
  test('is every paper that says something else, with the codes at its foot, and no other', async () => {
    write('changed', { a: FULL, b: { ...FULL, 名稱: '抄錄卷宗', 規費: '每份 99 元' }, d: { ...FULL, 名稱: '新的' } });
    const papers = JSON.parse(await diff('small', 'changed', '--reprint', '--format', 'json')) as Paper[];
    const of = (file: string): Paper | undefined => papers.find((paper) => paper.file === file);
    const code = expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(of('posters/b.pdf')).toMatchObject({ state: 'outdated', before: code, after: code });
    expect(of('posters/c.pdf')).toMatchObject({ state: 'gone', before: code });
    expect(of('posters/d.pdf')).toMatchObject({ state: 'new', after: code });
    expect(of('handbook.pdf')).toMatchObject({ state: 'outdated' });
    expect(of('posters/a.pdf')).toBeUndefined();
    const { before = '', after = '' } = of('posters/b.pdf') ?? {};
    expect((await runIn(root, 'stale', '--content', 'changed', after)).code).toBe(0);
    expect((await runIn(root, 'stale', '--content', 'changed', `b-${before}`)).code).toBe(1);
  });
});
