// What no author should write and some will: each prints well, or is refused with a sentence. One browser for all.
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../src/build/api.js';
import { outputsNamed, sheetsOf } from '../src/build/compile.js';
import { UserError } from '../src/core/terminal.js';
import type { PreflightFault } from '../src/pdf/preflight/fault.js';
import { openPrinter, type Printer } from '../src/print/printer.js';
import { readTemplates } from '../src/theme/templates.js';
import { BOOK, contentOf, OFFICE, SERVICE } from './office.js';
import { type Seen, see } from './pdf.js';

const outputs = await outputsNamed(['handbook'], {});
let printer: Printer;
beforeAll(async () => {
  const chart = (await readTemplates(false)).chart.theme;
  printer = await openPrinter({ env: process.env, root: process.getuid?.() === 0, chart });
}, 60_000);
afterAll(() => printer.close());

type Made = { bytes: Uint8Array; seen: Seen; faults: PreflightFault[]; missing: readonly string[] };

/** The printed handbook of these files. */
async function printed(
  files: Record<string, string>,
  { paper = 'A4', forms }: { paper?: string; forms?: ReadonlyMap<string, Uint8Array> } = {},
): Promise<Made> {
  const asked = { outputs, paper, landscape: false, languages: { lang: 'zh' }, mono: false, sheets: false } as const;
  const edition = await compile(contentOf(files), asked);
  const all = await sheetsOf({ ...edition, ...(forms ? { forms } : {}) }, asked, (diagrams) => printer.draw(diagrams));
  const sheet = all.find(({ kind }) => kind === 'page');
  if (!sheet) throw new Error('no handbook');
  const { bytes, missing = [], faults = [] } = await printer.print(sheet);
  return { bytes, seen: await see(bytes), faults: [...faults], missing };
}
/** Pages on which a text stands, 1-based. */
const pagesWith = ({ texts }: Seen, text: string): number[] =>
  texts.flatMap((page, i) => (page.includes(text) ? [i + 1] : []));
const steps = (count: number): string =>
  `申請程序:\n  - {開始: 提出申請, 權責: 申請人}\n${Array.from({ length: count - 2 }, (_, i) => `  - {步驟: 審查第${i + 2}項要件, 權責: 書記官, 時限: 1 日}`).join('\n')}\n  - {結束: 結案歸檔, 權責: 書記官}\n`;

describe('the handbook', () => {
  test('of sixty steps has its chart on as many pages as it takes, at 8 pt, each step once', async () => {
    const { seen, faults } = await printed({ 'services/long.yaml': `${SERVICE}${steps(60)}` });
    expect(faults).toEqual([]);
    const chart = [...pagesWith(seen, '（接次頁）'), ...pagesWith(seen, '（承前頁）')];
    expect(new Set(chart).size).toBeGreaterThan(2);
    const times = (n: number): number => seen.texts.join('').split(`審查第${n}項要件`).length - 1;
    // In the chart, and where that fills a spread, in the table of steps.
    expect([1, 2]).toContain(times(2));
    for (let n = 2; n < 60; n += 1) expect([n, times(n)]).toEqual([n, times(2)]);
    for (const size of seen.sizes) expect(size).toEqual([210, 297]);
  }, 60_000);

  test('in three columns goes on too, each page with the head of the columns', async () => {
    const { seen, faults } = await printed(
      {
        'handbook.yaml': `${BOOK}流程圖樣式: 三欄\n`,
        'services/long.yaml': `${SERVICE}${steps(24)}`,
      },
      { paper: 'A5' },
    );
    expect(faults).toEqual([]);
    for (const size of seen.sizes) expect(size).toEqual([148, 210]);
    const pages = new Set([...pagesWith(seen, '（接次頁）'), ...pagesWith(seen, '（承前頁）')]);
    expect(pages.size).toBeGreaterThan(1);
    for (const page of pages) expect(seen.texts[page - 1]).toContain('作業期限');
  }, 60_000);

  test('stresses a word of any text in bold, with no dot that is smaller than text may be', async () => {
    const stressed = await printed({
      'services/one.yaml': `${SERVICE}注意事項: |\n  本項須*親自*辦理，**不得**由*他人 in person*代理。\n`,
      'chapters/one.md':
        '---\n標題: 前言\n---\n\n請*務必*先來電，*Office* hours.\n\n> 引用*重點*。\n\n| *欄* | 二 |\n| --- | --- |\n| *值* | 三 |\n',
      'handbook.yaml': `${BOOK}章次: [one.md, 各項服務]\n`,
    });
    expect(stressed.faults).toEqual([]);
    expect(stressed.seen.texts.join('')).toContain('本項須親自辦理');
    for (const { name } of stressed.seen.fonts) expect(name).not.toMatch(/italic|oblique/i);
  }, 60_000);
  test('has no dots beside its characters and no slanted ones in any style sheet', async () => {
    for (const [path, text] of (await readTemplates(false)).files)
      expect(text, path).not.toMatch(/text-emphasis(-style)?:(?!\s*none)|font-style:\s*(italic|oblique)/);
  });

  test('with a chart too wide for any sheet is refused, and says what to do', async () => {
    const ways = Array.from(
      { length: 40 },
      (_, i) => `第${i + 1}類: [{步驟: 依第${i + 1}類規定辦理審查, 權責: 書記官}]`,
    );
    const wide = `申請程序:\n  - {開始: 收件, 權責: 書記官}\n  - {判斷: 屬於哪一類？, 權責: 書記官, 分支: {${ways.join(', ')}}}\n  - {結束: 結案, 權責: 書記官}\n`;
    const refused = await printed({ 'services/wide.yaml': `${SERVICE}${wide}` }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UserError);
    expect((refused as UserError).say.zh).toMatch(/「檔案應用」（wide）的流程圖太大.*分成幾個階段/);
  }, 60_000);

  test('has a title of three lines, forty documents and a text of many pages whole, on pages that are full', async () => {
    const title =
      '依法令規定申請閱覽抄錄複製本分署保管之行政執行案件卷宗及檔案資料並請求發給證明文件與更正其內容之服務項目';
    const documents = Array.from({ length: 40 }, (_, i) => `第${i + 1}號證明文件（正本，1 份）`);
    const notes = Array.from(
      { length: 90 },
      (_, i) => `第${i + 1}點：申請人應於期限內補正，逾期未補正者，本分署得不受理其申請，並以書面通知。`,
    );
    const { seen, faults } = await printed({
      'services/long.yaml': `${SERVICE.replace('檔案應用', title).replace(/^應備證件:.*$/m, `應備證件: [${documents.join(', ')}]`)}注意事項: |\n${notes.map((note) => `  - ${note}`).join('\n')}\n`,
    });
    expect(faults).toEqual([]);
    const text = seen.texts.join('');
    for (const [i] of documents.entries()) expect(text).toContain(`第${i + 1}號證明文件`);
    for (const [i] of notes.entries()) expect(text).toContain(`第${i + 1}點：`);
    const pages = pagesWith(seen, '點：申請人應於');
    expect(pages.length).toBeGreaterThan(2);
    // The head of the table stands on each of its pages.
    for (const page of pagesWith(seen, '號證明文件正本'))
      if (!seen.texts[page - 1]?.includes('索引')) expect(seen.texts[page - 1]).toContain('形式與份數');
    for (const page of pages.slice(0, -1)) expect(seen.texts[page - 1]?.length).toBeGreaterThan(400);
  }, 60_000);

  test('with parts that hold nothing has no chapter, page or line for them', async () => {
    const { seen, faults } = await printed({
      'handbook.yaml': `${BOOK}章次: [服務標準, 總流程圖, 各項服務, 相關機關, 書表清單, 待確認事項, 修訂沿革]\n`,
      'office.yaml': '名稱: 範例分署\n單位: [秘書室]\n職稱: [分署長]\n',
      'services/a.yaml': SERVICE,
    });
    expect(faults).toEqual([]);
    expect(seen.bookmarks.filter((mark) => /^[壹貳參肆伍陸]/.test(mark))).toEqual(['壹、各項服務']);
    for (const title of ['服務標準', '相關機關', '書表清單', '修訂沿革']) expect(pagesWith(seen, title)).toEqual([]);
  }, 60_000);

  test('prints rare characters in names, or says which no font has', async () => {
    const rare = ['堃', '喆', '𡘙', '𠮷', '𤭢'];
    const { seen, missing } = await printed({
      'office.yaml': OFFICE.replace('範例分署', `範例${rare.join('')}分署`),
      'services/a.yaml': SERVICE.replace('檔案應用', `${rare.join('')}檔案應用`),
    });
    const text = seen.texts.join('');
    for (const character of rare)
      expect([character, missing.includes(character) || text.includes(`${character}`)]).toEqual([character, true]);
    // These are in every Chinese font.
    expect(missing).not.toContain('堃');
    expect(missing).not.toContain('喆');
    expect(missing.filter((character) => !rare.includes(character))).toEqual([]);
  }, 60_000);

  test('has the forms behind it, and tells their pages in the contents and the list of forms', async () => {
    const form = async (pages: number): Promise<Uint8Array> => {
      const pdf = await PDFDocument.create();
      for (let i = 0; i < pages; i += 1)
        pdf.addPage([595, 842]).drawText(`Form ${i + 1} of ${pages}`, { x: 80, y: 600 });
      return pdf.save();
    };
    const files = {
      'handbook.yaml': `${BOOK}起頁: 單頁\n書表: [{編號: one, 名稱: 聲明異議書, 檔案: one.pdf}, {編號: two, 名稱: 委任書, 檔案: two.pdf}]\n`,
      'services/a.yaml': `${SERVICE}書表: [one, two]\n`,
      'forms/one.pdf': '',
      'forms/two.pdf': '',
    };
    const forms = new Map([
      ['one.pdf', await form(2)],
      ['two.pdf', await form(1)],
    ]);
    const { seen, faults } = await printed(files, { forms });
    expect(faults).toEqual([]);
    const last = seen.texts.length;
    const [first = 0] = pagesWith(seen, 'Form1of2');
    expect(first % 2).toBe(1);
    expect(pagesWith(seen, 'Form1of1')).toEqual([first + 2]);
    expect(last).toBe(first + 2);
    for (let page = first; page <= last; page += 1) expect(seen.texts[page - 1]).toContain(`頁${page}／${last}`);
    const contents = seen.texts.find((text) => text.includes('目次')) ?? '';
    expect(contents).toMatch(new RegExp(`附錄書表${first}`));
    expect(contents).toMatch(new RegExp(`聲明異議書${first}二、委任書${first + 2}`));
    expect(seen.texts.some((text) => text.includes('書表清單') && text.includes(`第${first + 2}頁`))).toBe(true);
    expect(seen.bookmarks.slice(-3)).toEqual(['附錄・書表', '聲明異議書', '委任書']);

    const broken = await printed(files, { forms: new Map([['one.pdf', new Uint8Array([37, 80, 68, 70])]]) }).catch(
      (error: unknown) => error,
    );
    expect(broken).toBeInstanceOf(UserError);
    expect((broken as UserError).say.zh).toContain('forms/one.pdf');
  }, 60_000);
});
