// Whether a sheet on the wall is current: what `stale` answers to a file and to a typed code.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, declaration, type Stamp } from '../src/document/declaration.js';
import { finishPdf } from '../src/pdf/finish.js';
import type { Options } from './outputs/kit.js';
import { CONTENT, UNKNOWN } from './outputs/sheets.js';
import { stampFrom as stampIn } from './outputs/stamps.js';
import { runIn } from './program.js';

type Files = Record<string, string>;
const SURE: Files = Object.fromEntries(Object.entries(CONTENT).filter(([path]) => path !== 'services/unknown.yaml'));
SURE['office.yaml'] = SURE['office.yaml']?.replace('電話: 待確認', '電話: 02-1234-5678') ?? '';

let root: string;
let n = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'servicebook-stale-'));
});
afterAll(() => rm(root, { recursive: true }));

const stampFrom = (id: string, content = SURE, options: Options = {}): Stamp => stampIn(id, content, options);

/** A PDF as the printer finishes it, with one empty page. */
async function sheetOf(stamp: Stamp): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.addPage();
  pdf.setTitle('海報');
  pdf.setLanguage('zh-Hant');
  const declares = declaration(stamp);
  return (await finishPdf(pdf, { file: 'a.pdf', date: stamp.date, source: '', declares })).bytes;
}

/** Runs `stale` where `content` is the content of today and `sheets` lie as files. */
async function stale(args: string[], content: Files = SURE, sheets: Record<string, Uint8Array | string> = {}) {
  const folder = join(root, String(n++));
  const files = Object.fromEntries(Object.entries(content).map(([path, text]) => [`content/${path}`, text]));
  for (const [path, bytes] of Object.entries({ ...files, ...sheets })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  return runIn(folder, 'stale', ...args);
}
/** What `stale` says today of a sheet of `id` printed before `change` was made to its file. */
async function afterwards(id: string, path: string, from: string | RegExp, to: string) {
  const now = { ...SURE, [path]: SURE[path]?.replace(from, to) ?? '' };
  expect(now[path]).not.toBe(SURE[path]);
  return stale(['a.pdf'], now, { 'a.pdf': await sheetOf(stampFrom(id)) });
}
const RICH = 'services/instalments.yaml';

describe('a file', () => {
  test('is current while nothing it declares has changed', async () => {
    const { code, out } = await stale(['a.pdf'], SURE, { 'a.pdf': await sheetOf(stampFrom('instalments')) });
    expect(out).toContain('a.pdf：現行。分期繳納');
    expect(code).toBe(0);
  });
  test.each([
    [
      'a document more',
      '  - 申請書（正本，1 份）',
      '  - 申請書（正本，1 份）\n  - 戶籍謄本（正本）',
      '應備證件：增列「戶籍謄本（正本）」',
    ],
    ['a document less', /\n {2}- 委託他人時.*/, '', '應備證件：刪去「委任狀（委託他人時；正本）」'],
    [
      'another kind of document',
      '申請書（正本，1 份）',
      '申請書（影本，1 份）',
      '應備證件「申請書」：原「正本、1 份」，現「影本、1 份」',
    ],
    ['another fee', '每份 100 元', '每份 120 元', '規費：原「每份 100 元」，現「每份 120 元」'],
    [
      'another deadline',
      '3 工作日',
      '5 工作日',
      '辦理時限：原「3 工作日（自收件之次日起算）」，現「5 工作日（自收件之次日起算）」',
    ],
    [
      'another authority',
      '核定: 分署長',
      '核定: 秘書室',
      '審核權責：原「擬辦 書記官、核定 分署長」，現「擬辦 書記官、核定 秘書室」',
    ],
    ['another step', '通知補正', '書面通知補正', '申請程序：原「通知補正（→ 步驟 2）'.slice(0, 11)],
    ['another place', '地點: 服務台', '地點: 2 樓服務台', '申請與洽詢「辦理地點」：原「服務台」，現「2 樓服務台」'],
  ])('is outdated by %s, and told so', async (_, from, to, said) => {
    const { code, out } = await afterwards('instalments', RICH, from, to);
    expect(out).toMatch(/：已過期。分期繳納，初版，.*；版次相同，內容已改\n/);
    expect(out).toContain(said);
    expect(out.trim().split('\n')).toHaveLength(2);
    expect(code).toBe(1);
  });
  test('is told of a step of the applicant’s put between', async () => {
    const { out } = await afterwards('instalments', RICH, '  - {判斷', '  - 到場說明（義務人）\n  - {判斷');
    expect(out.trim().split('\n').slice(1)).toEqual(['  申請程序：增列「到場說明（義務人）」']);
  });
  test('is told where the way now goes back to', async () => {
    const { out } = await afterwards('instalments', RICH, '接: 證件齊備？', '接: 提出申請');
    expect(out).toContain('申請程序：原「證件齊備？（回到「證件齊備？」）」，現「提出申請（回到「提出申請」）」');
  });
  test('of all services names the service that changed, came or went', async () => {
    const { 'services/archives.yaml': archives = '', ...rest } = SURE;
    const now = {
      ...rest,
      'services/new.yaml': archives,
      [RICH]: rest[RICH]?.replace('每份 100 元', '免費') ?? '',
      'handbook.yaml': SURE['handbook.yaml']?.replace('archives', 'new') ?? '',
    };
    const sheets = { 'hall.pdf': await sheetOf(stampFrom('hall')), 'book.pdf': await sheetOf(stampFrom('handbook')) };
    const { code, out } = await stale(['hall.pdf', 'book.pdf'], now, sheets);
    expect(code).toBe(1);
    expect(out).toContain('hall.pdf：已過期。大廳總覽');
    expect(out).toContain('book.pdf：已過期。服務手冊');
    expect(out.match(/分期繳納：規費：/g)?.length).toBeGreaterThanOrEqual(2);
    expect(out).toContain('這項服務已刪去');
    expect(out).toContain('新增的服務');
  });
  test('of a service that is gone is outdated', async () => {
    const { [RICH]: _, ...rest } = SURE;
    const now = {
      ...rest,
      'handbook.yaml': SURE['handbook.yaml']?.replace('[instalments]', '[archives]').replace(/.*檔案.*\n/, '') ?? '',
    };
    const { code, out } = await stale(['a.pdf'], now, { 'a.pdf': await sheetOf(stampFrom('instalments')) });
    expect(out).toContain('分期繳納');
    expect(out).toContain('現在的內容裡沒有這項服務');
    expect(code).toBe(1);
  });
  test('that was a draft is outdated once the book is none', async () => {
    const unsure = { ...SURE, 'services/unknown.yaml': UNKNOWN };
    const draft = { 'a.pdf': await sheetOf(stampFrom('instalments', SURE, { draft: true })) };
    expect(await stale(['a.pdf'], SURE, draft)).toMatchObject({
      code: 1,
      out: expect.stringContaining('這一張是草案，現在已有定稿'),
    });
    expect(await stale(['a.pdf'], unsure, draft)).toMatchObject({ code: 0, out: expect.stringContaining('草案') });
  });
  test('of an older edition with the same facts is current, and both editions are named', async () => {
    const now = {
      ...SURE,
      'handbook.yaml':
        SURE['handbook.yaml']?.replace(/版次: .*/, '版次: 第九版').replace(/日期: .*/, '日期: 120年1月5日') ?? '',
    };
    const { code, out } = await stale(['a.pdf'], now, { 'a.pdf': await sheetOf(stampFrom('instalments')) });
    expect(code).toBe(0);
    expect(out).toContain('內容沒有更動；現在的版次是第九版，民國120年1月5日');
  });
  test('that is not ours, or no PDF, is neither current nor outdated', async () => {
    const other = await PDFDocument.create();
    other.addPage();
    const sheets = { 'other.pdf': await other.save(), 'text.pdf': '不是 PDF' };
    const { code, out } = await stale(['other.pdf', 'text.pdf'], SURE, sheets);
    expect(code).toBe(2);
    expect(out).toContain('other.pdf：檔案裡沒有本程式的紀錄');
    expect(out).toContain('text.pdf：不是 PDF 檔');
  });
  test('of another office is told as such, and one of an office that was renamed is outdated', async () => {
    const sheets = { 'a.pdf': await sheetOf(stampFrom('instalments')), 'b.pdf': await sheetOf(stampFrom('opinion')) };
    const renamed = SURE['office.yaml']?.replace('名稱: 範例分署', '名稱: 範例北區分署') ?? '';
    const theirs = renamed.replace('某路1號', '某路9號').replace('02-1234-5678', '04-1111-2222');
    const { code, out } = await stale(['a.pdf', 'b.pdf'], { ...SURE, 'office.yaml': theirs }, sheets);
    expect(code).toBe(2);
    expect(out).toContain('a.pdf：這是別的機關「範例分署」的文件，不是「範例北區分署」的：分期繳納，初版');
    expect(out).toContain('b.pdf：這是別的機關「範例分署」的文件');
    expect(out).not.toContain('過期');
    const now = await stale(['a.pdf', 'b.pdf'], { ...SURE, 'office.yaml': renamed }, sheets);
    expect(now.code).toBe(1);
    expect(now.out).toContain('機關資料「名稱」：原「範例分署」，現「範例北區分署」');
    const asked = await stale(['a.pdf', '--format', 'json'], { ...SURE, 'office.yaml': theirs }, sheets);
    expect(JSON.parse(asked.out)).toMatchObject([{ state: 'elsewhere', office: '範例分署', changes: [] }]);
  });
  test('of an older form names the office too where it says so', async () => {
    const { 'posters/standards.pdf': sample } = (
      JSON.parse(await readFile(join(import.meta.dirname, 'samples/format-1.json'), 'utf8')) as {
        sheets: Record<string, { pdf: string }>;
      }
    ).sheets;
    const theirs = (SURE['office.yaml'] ?? '')
      .replace('範例分署', '別的機關')
      .replace('某路1號', '某路9號')
      .replace('02-1234-5678', '04-1111-2222');
    const sheets = { 'a.pdf': Buffer.from(sample?.pdf ?? '', 'base64') };
    expect(await stale(['a.pdf'], { ...SURE, 'office.yaml': theirs }, sheets)).toMatchObject({
      code: 2,
      out: expect.stringContaining('別的機關「範例分署」'),
    });
  });
  test('of a later version of the program asks for that version', async () => {
    const later = declaration(stampFrom('instalments')).replace('"servicebook":2', '"servicebook":3');
    const { code, out } = await stale(['a.mmd'], SURE, { 'a.mmd': `flowchart TB\n%% servicebook ${later}\n` });
    expect(code).toBe(2);
    expect(out).toContain('a.mmd：這個檔案是較新版本的 servicebook 編印的');
  });
  test('in a folder is found, and what else lies there is told once and changes nothing', async () => {
    const sheet = await sheetOf(stampFrom('instalments'));
    const sheets = {
      'out/a/b.pdf': sheet,
      'out/notes.txt': '筆記',
      'out/a/other.pdf': '不是 PDF',
      'out/.hidden/c.pdf': '',
    };
    const { code, out } = await stale(['out'], SURE, sheets);
    expect(out.trim().split('\n')).toEqual([
      expect.stringContaining('out/a/b.pdf：現行。分期繳納'),
      '另有 2 個檔案不是本程式編印的：out/a/other.pdf、out/notes.txt',
    ]);
    expect(code).toBe(0);
    const edited = { ...SURE, [RICH]: SURE[RICH]?.replace('每份 100 元', '免費') ?? '' };
    expect((await stale(['out'], edited, sheets)).code).toBe(1);
    expect(await stale(['out'], SURE, { 'out/.keep': '' })).toMatchObject({
      code: 2,
      err: expect.stringContaining('資料夾「out」裡沒有檔案'),
    });
  });
  test('may say what it likes: nothing of it steers the terminal', async () => {
    const stamp: Stamp = {
      ...stampFrom('instalments'),
      edition: '初版\u001b[2J',
      sections: [
        { id: 'instalments', name: '\u001b]0;x\u0007', facts: [['fee', '', '\u001b[31m', '\u0001'.repeat(9)]] },
      ],
    };
    const { code, out } = await stale(['a.pdf'], SURE, { 'a.pdf': await sheetOf(stamp) });
    expect(code).toBe(1);
    expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});

describe('a typed code', () => {
  const now = { ...SURE, [RICH]: SURE[RICH]?.replace('每份 100 元', '免費') ?? '' };
  const code = codeOf(stampFrom('instalments'));
  test('is found among the sheets of today, with the id or without', async () => {
    for (const args of [
      [code],
      [code.toLowerCase()],
      [`instalments-${code}`],
      ['instalments', code],
      [code.slice(0, 4), code.slice(4)],
    ])
      expect(await stale(args)).toMatchObject({ code: 0, out: expect.stringContaining('現行。分期繳納') });
    expect((await stale([codeOf(stampFrom('hall'))])).out).toContain('現行。大廳總覽');
  });
  test('of facts that have changed is outdated, and the revisions since are told', async () => {
    const book =
      SURE['handbook.yaml']?.replace(/版次: .*/, '版次: 第九版').replace(/日期: .*/, '日期: 120年1月5日') ?? '';
    const revised = {
      ...now,
      'handbook.yaml': `${book}修訂沿革: [{版次: 第九版, 日期: 120年1月5日, 修訂內容: 規費改為免費}]\n`,
    };
    const { code: exit, out } = await stale([`instalments-${code}`], revised);
    expect(exit).toBe(1);
    expect(out).toContain('已過期。分期繳納');
    expect(out).toContain('修訂沿革：民國120年1月5日，第九版，規費改為免費');
    expect((await stale([code], revised)).out).toContain('不是現行的任何一份文件');
  });
  test('of a service that is not there says so', async () => {
    expect(await stale([`gone-${code}`], now)).toMatchObject({
      code: 1,
      out: expect.stringContaining('現在的內容裡沒有這項服務'),
    });
  });
  test('with a slip in it is no answer at all', async () => {
    const slip = code.slice(0, 7) + (code[7] === '7' ? '8' : '7');
    for (const typed of [slip, 'instalments', 'no/such.pdf']) expect((await stale([typed])).code).toBe(2);
    expect((await stale(['no/such.pdf'])).out).toContain('找不到這個檔案');
  });
  test('is answered in English and as JSON', async () => {
    expect((await stale([code, '--ui-lang', 'en'])).out).toContain('current. 分期繳納');
    expect(JSON.parse((await stale([code, '--format', 'json'])).out)).toMatchObject([
      { state: 'current', id: 'instalments' },
    ]);
    expect((await stale([code, '--format', 'xml'])).code).toBe(2);
  });
});
