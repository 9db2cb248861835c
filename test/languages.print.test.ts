// Sheets in other languages as they come out of the printer: what they hold, on how many pages, in which fonts.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compile } from '../src/build/api.js';
import { type CachedPrinter, openCachedPrinter } from '../src/build/cached-printer.js';
import { languagesNamed, outputsNamed, sheetsOf } from '../src/build/compile.js';
import { type Content, read } from '../src/content/read.js';
import { readTemplates } from '../src/theme/templates.js';
import { BOOK, contentOf, OFFICE } from './office.js';
import { see } from './pdf.js';

let printer: CachedPrinter;
beforeAll(async () => {
  const { chart } = await readTemplates(false);
  printer = openCachedPrinter({ env: process.env, root: process.getuid?.() === 0, chart: chart.theme });
});
afterAll(() => printer.close());

async function printed(content: Content, lang: string, output: string, services?: string[]) {
  const languages = languagesNamed(lang);
  const asked = {
    outputs: await outputsNamed([output], { languages }),
    languages,
    mono: false,
    sheets: false,
    ...(services ? { services } : {}),
  };
  const [sheet] = await sheetsOf(await compile(content, asked), asked, (diagrams) => printer.draw(diagrams));
  if (!sheet) throw new Error('no sheet');
  const [file] = await printer.make(sheet);
  if (!file) throw new Error('no file');
  return { ...(await see(file.bytes)), missing: file.missing ?? [] };
}

const SERVICE = `名稱: {中文: 變更地址, en: Change of address, vi: Thay đổi địa chỉ, id: Perubahan alamat, th: การเปลี่ยนที่อยู่}
應備證件: [{名稱: {中文: 申請書, en: Application form, vi: Đơn đăng ký, id: Formulir permohonan, th: แบบคำขอ}, 形式: 正本}]
規費: 每份 100 元
辦理時限: 3 工作日
審核權責: 分署長
`;
const content = contentOf({ 'office.yaml': OFFICE, 'handbook.yaml': BOOK, 'services/address.yaml': SERVICE });

test('the longest bilingual notice is two leaves a copy, and says everything in both languages', async () => {
  const all = read('content', join(import.meta.dirname, '..'));
  const shipped = { ...all, services: all.services.filter(({ path }) => path.endsWith('/archives.md')) };
  const { texts, sizes, lang } = await printed(shipped, 'zh,en', 'notices');
  expect(lang).toBe('zh-Hant');
  expect(sizes).toEqual(Array(8).fill([210, 297]));
  for (const text of [texts.slice(0, 4), texts.slice(4)].map((copy) => copy.join('')))
    for (const words of [
      '檔案應用申請Applicationfortheuseofarchives',
      '名稱、事務所及代表人資料',
      'Name,officeandparticularsoftherepresentative',
      'Signatureoftheclerk',
    ])
      expect(text).toContain(words);
}, 120_000);

test.each([
  ['en', 'en', 'Changeofaddress', '3workingdays'],
  ['vi', 'vi', 'Thayđổiđịachỉ', '3ngàylàmviệc'],
  ['id', 'id', 'Perubahanalamat', '3harikerja'],
  // This reader passes over what Chromium says a mark above a mark stands for (ActualText): no such word is asked for.
  ['th', 'th', 'ต้นฉบับ', '3วัน'],
  ['zh,th', 'zh-Hant', '變更地址การเปล', '3工作日3วัน'],
])(
  'a poster in %s says so, can be read and searched, and has its fonts as TrueType',
  async (asked, tag, name, limit) => {
    const { texts, fonts, lang, missing } = await printed(content, asked, 'posters');
    const text = texts.join('').normalize();
    expect(lang).toBe(tag);
    expect(text).toContain(name);
    expect(text).toContain(limit);
    expect(missing).toEqual([]);
    for (const font of fonts)
      expect(font).toMatchObject({
        embedded: true,
        unicode: true,
        kind: expect.stringMatching(/TrueType|CIDFontType2/),
      });
  },
  60_000,
);
