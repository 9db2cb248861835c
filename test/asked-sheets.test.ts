// What is asked about: files, folders and codes as they are typed, each with its answer.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, askAbout } from '../src/build/stale.js';
import { UserError } from '../src/core/terminal.js';
import { printedCode, readDeclaration } from '../src/document/declaration.js';
import { mermaidDeclaring } from '../src/document/declaration-in-file.js';
import { AROUND } from '../src/lint/rule-docs.js';
import notices from '../src/outputs/notices.js';
import { finishPdf } from '../src/pdf/finish.js';
import { kitFor } from './outputs/kit.js';

const OFFICE = AROUND['office.yaml'] ?? '';
const BOOK = AROUND['handbook.yaml'] ?? '';
const SERVICE = AROUND['services/other.yaml'] ?? '';
const files = { 'office.yaml': OFFICE, 'handbook.yaml': BOOK, 'services/archives.yaml': SERVICE };

const declares = (content: Record<string, string>): string => {
  const [sheet] = notices.render(kitFor(content));
  if (sheet?.kind !== 'page') throw new Error('no page');
  return sheet.declares;
};
const NOW = declares(files);
const DEARER = declares({ ...files, 'services/archives.yaml': SERVICE.replace('免費', '每件 7 元') });
const ELSEWHERE = declares({
  ...files,
  'office.yaml': OFFICE.replace('範例分署', '別處分署')
    .replace(/電話: 00-0000-0000/, '電話: 09-9999-9999')
    .replace('範例市範例路1號', '別市別路9號'),
});
const codeOf = (declared: string): string => {
  const stamp = readDeclaration(declared);
  if (stamp === undefined || stamp === 'newer') throw new Error('no stamp');
  return printedCode(stamp);
};
const text = (declared: string): string => mermaidDeclaring('flowchart TB\n', declared);
async function pdfOf(declared: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.addPage();
  pdf.setTitle('甲');
  pdf.catalog.set(PDFName.of('Lang'), PDFString.of('zh'));
  return (await finishPdf(pdf, { file: 'a.pdf', date: '2026-11-23', source: '', declares: declared })).bytes;
}

const root = mkdtempSync(join(tmpdir(), 'servicebook-asked-'));
const write = (path: string, bytes: string | Uint8Array): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), bytes);
};
beforeAll(async () => {
  for (const [path, written] of Object.entries(files)) write(`content/${path}`, written);
  write('now.mmd', text(NOW));
  write('then.mmd', text(DEARER));
  write('elsewhere.mmd', text(ELSEWHERE));
  write('now.pdf', await pdfOf(NOW));
  write('none.pdf', await (await PDFDocument.create()).save());
  write('broken.pdf', '%PDF-1.7\nxref\n0 1\ntrailer\n<<');
  write('locked.pdf', '%PDF-1.7\nxref\n0 1\ntrailer\n<</Encrypt');
  write('no.pdf', 'words');
  write('words.txt', 'words');
  write('newer.mmd', text(NOW).replace(/"servicebook":\d+/, '"servicebook":99'));
  write('out/b.mmd', text(NOW));
  write('out/a.txt', text(NOW));
  write('out/sub/C.MMD', text(DEARER));
  write('out/.hidden/d.mmd', text(NOW));
  write('out/.e.mmd', text(NOW));
  symlinkSync(join(root, 'now.mmd'), join(root, 'out/f.mmd'));
  mkdirSync(join(root, 'empty'));
});
afterAll(() => rmSync(root, { recursive: true }));

const ask = async (sheets: readonly string[], lang: 'zh' | 'en' = 'zh') =>
  (
    await askAbout(sheets, {
      content: 'content',
      cwd: root,
      env: { XDG_CACHE_HOME: join(root, 'cache') },
      lang,
    })
  ).answers;
/** What is asked about, and its state, or in English why it has none. */
const inShort = (answer: Answer): [string, string] => [
  answer.input,
  'foreign' in answer ? answer.foreign.en : answer.verdict.state,
];
const short = async (...sheets: string[]) => (await ask(sheets)).map(inShort);

describe('a file', () => {
  test.each([
    ['now.mmd', 'current'],
    ['then.mmd', 'outdated'],
    ['elsewhere.mmd', 'elsewhere'],
    ['now.pdf', 'current'],
    ['./now.pdf', 'current'],
  ])('%s is %s', async (file, state) => {
    expect(await short(file)).toEqual([[file.replace('./', ''), state]]);
  });
  test.each([
    ['none.pdf', '檔案裡沒有本程式的紀錄', 'The file holds no record of this program'],
    ['words.txt', '檔案裡沒有本程式的紀錄', 'The file holds no record of this program'],
    ['broken.pdf', '這個 PDF 檔已損壞。', 'This PDF is broken.'],
    ['locked.pdf', '這個 PDF 檔設了保護', 'This PDF is encrypted'],
    ['no.pdf', '不是 PDF 檔，或檔案已損壞。', 'This is no PDF, or it is broken.'],
    ['newer.mmd', '這個檔案是較新版本的 servicebook 編印的', 'A newer version of servicebook made this file'],
  ])('%s is not ours, and why', async (file, zh, en) => {
    expect(await ask([file])).toEqual([
      { input: file, foreign: { zh: expect.stringMatching(`^${zh}`), en: expect.stringMatching(`^${en}`) } },
    ]);
  });
  test('is told what has changed since, in the words of its output', async () => {
    const [answer] = await ask(['then.mmd']);
    if (!answer || 'foreign' in answer) throw new Error('no verdict');
    expect(answer.verdict.changes).toMatchObject([
      { topic: 'fee', before: expect.stringContaining('7 元'), after: '免費' },
    ]);
    const [english] = await ask(['then.mmd'], 'en');
    if (!english || 'foreign' in english) throw new Error('no verdict');
    expect(english.verdict.changes).toMatchObject([{ topic: 'fee', after: expect.stringMatching(/free/i) }]);
  });
});

describe('a folder', () => {
  test('is each file in it and below, by name; what no build writes, is hidden or a link is not looked into', async () => {
    expect(await short('out')).toEqual([
      ['out/a.txt', expect.stringContaining('holds no record')],
      ['out/b.mmd', 'current'],
      ['out/sub/C.MMD', 'outdated'],
    ]);
    for (const answer of await ask(['out'])) expect(answer.beside).toBe(true);
    expect((await ask(['now.mmd']))[0]).not.toHaveProperty('beside');
  });
  test('is named from where the user stands', async () => {
    expect((await short('.')).map(([input]) => input)).toContain('out/b.mmd');
    expect((await short(join(root, 'out/sub')))[0]).toEqual(['out/sub/C.MMD', 'outdated']);
  });
  test('that is empty holds nothing to ask about', async () => {
    await expect(ask(['empty'])).rejects.toBeInstanceOf(UserError);
    await expect(ask(['empty'])).rejects.toMatchObject({
      say: { zh: '資料夾「empty」裡沒有檔案。', en: 'The folder "empty" holds no file.' },
    });
  });
});

describe('a code', () => {
  const [now, then] = [codeOf(NOW), codeOf(DEARER)];
  test('has its answer, as do several', async () => {
    expect(await short(now)).toEqual([[now, 'current']]);
    expect(await short(then, now, 'now.mmd')).toEqual([
      [then, 'outdated'],
      [now, 'current'],
      ['now.mmd', 'current'],
    ]);
  });
  test('may be typed in parts, and behind the id of its service', async () => {
    const [first, second] = now.split('-') as [string, string];
    expect(await short(first, second)).toEqual([[`${first} ${second}`, 'current']]);
    expect(await short('archives', first, second)).toEqual([[`archives ${first} ${second}`, 'current']]);
    expect(await short('archives', now)).toEqual([[`archives ${now}`, 'current']]);
    expect(await short(first, second, now)).toEqual([
      [`${first} ${second}`, 'current'],
      [now, 'current'],
    ]);
    // Of another service it is the code of none of its sheets.
    expect(await short(first)).toEqual([[first, expect.stringContaining('This is no file and no check code')]]);
  });
  test('a file of that name is the file', async () => {
    write(then, text(NOW));
    expect(await short(then)).toEqual([[then, 'current']]);
    rmSync(join(root, then));
  });
});

describe('what is neither', () => {
  test.each([
    ['gone.pdf', '找不到這個檔案。', 'There is no such file.'],
    ['out\\gone', '找不到這個檔案。', 'There is no such file.'],
    ['out/gone', '找不到這個檔案。', 'There is no such file.'],
    ['gone.html', '找不到這個檔案。', 'There is no such file.'],
  ])('%s is a file that is not there', async (typed, zh, en) => {
    expect(await ask([typed])).toEqual([{ input: typed, foreign: { zh, en } }]);
  });
  test.each([
    ['archives', '（服務編號「archives」之後要接查驗碼。）', ' (The code follows the service id "archives".)'],
    ['archivs', '（服務編號「archives」之後要接查驗碼。）', ' (The code follows the service id "archives".)'],
    ['ABCD-1234', '', ''],
  ])('%s is a slip, and what is near is named', async (typed, zh, en) => {
    expect(await ask([typed])).toEqual([
      {
        input: typed,
        foreign: {
          zh: `不是檔案，也不是正確的查驗碼；查驗碼是紙上頁尾的 8 個字，例如 7K3M-9QXR，請再對一次。${zh}`,
          en: `This is no file and no check code; a check code is the 8 signs at the foot of the paper, such as 7K3M-9QXR. Please compare them again.${en}`,
        },
      },
    ]);
  });
});

test('of a content that is not there nothing can be said', async () => {
  await expect(askAbout(['now.mmd'], { content: 'gone', cwd: root, env: {}, lang: 'zh' })).rejects.toBeInstanceOf(
    UserError,
  );
});
