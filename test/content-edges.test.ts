// Values beside those that the other tests of content read: where one way to write ends and the next begins.
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readNamedLimit } from '../src/content/duration.js';
import { decode, isPlain } from '../src/content/encoding.js';
import { readSurcharge } from '../src/content/fee.js';
import { pdfsListed, readForm, withFormsTried } from '../src/content/form-files.js';
import { amountOf, readFormula, readMoney, readQuantity, readRate } from '../src/content/money.js';
import { parse } from '../src/content/parse.js';
import { type Content, pdfsIn, withTexts } from '../src/content/read.js';
import { blankService, keyTable } from '../src/content/scaffold.js';
import { Unreadable } from '../src/content/schema/schema.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { digestOf } from '../src/core/cache.js';
import type { Source } from '../src/core/source.js';
import { UserError } from '../src/core/terminal.js';
import { contentOf, SERVICE } from './office.js';

const refusal = (work: () => unknown): { zh: string; en: string; hint: string; at: number | undefined } => {
  try {
    work();
  } catch (error) {
    if (error instanceof Unreadable) return { ...error.say, hint: error.hint?.zh ?? '', at: error.stop?.at };
    throw error;
  }
  throw new Error('it was read');
};

describe('a number that two people read as two', () => {
  test.each([
    ['一百五', '寫成「105」或「150」。'],
    ['一萬五', '寫成「10,005」或「15,000」。'],
    ['1 萬 5', '寫成「10,005」或「15,000」。'],
    ['三億二', '寫成「300,000,002」或「320,000,000」。'],
    ['兩千三', '寫成「2,003」或「2,300」。'],
  ])('%s is refused with both', (written, hint) => {
    expect(amountOf(written)).toBeNaN();
    expect(refusal(() => readQuantity(written)).hint).toBe(hint);
    expect(refusal(() => readMoney(`${written}元`)).hint).toBe(hint.replaceAll('」', ' 元」'));
  });
  test('and in English', () => {
    try {
      readMoney('一百五元');
    } catch (error) {
      expect((error as Unreadable).hint?.en).toBe('Write 105 元 or 150 元.');
    }
  });
  test.each([
    ['三百五十', 350],
    ['三百五十萬', 3_500_000],
    ['一百零五', 105],
    ['十五', 15],
    ['二萬零五', 20_005],
    ['一億', 100_000_000],
    ['五百萬', 5_000_000],
    ['十萬', 100_000],
    ['零', 0],
    ['〇', 0],
    ['兩千', 2000],
    ['參佰', 300],
    ['1,234,567', 1_234_567],
    ['1.25', 1.25],
    ['2.5 萬', 25_000],
  ])('%s is %i', (written, n) => expect(amountOf(written)).toBe(n));
  test.each(['1,2345', '1,234,56', '12345,678', '1.5,000', ',100', '百千', '五十十', '一千二千', '1.2.3', '一二', '.'])(
    '%s is none',
    (written) => expect(amountOf(written)).toBeNaN(),
  );
});

describe('a sum stops to be one at a sign that is shown', () => {
  test('by its number and itself, or by what is missing', () => {
    expect(refusal(() => readMoney('每份 1.2.3 元'))).toMatchObject({
      zh: '「每份 1.2.3 元」讀不出要繳多少，第 7 個字「.」讀不懂。',
      en: '"每份 1.2.3 元" is no sum of money: ".", its character 7, says nothing here.',
    });
    expect(refusal(() => readMoney('100'))).toMatchObject({
      zh: '「100」讀不出要繳多少，後面少了「元」。',
      en: '"100" is no sum of money: 元 is missing at its end.',
      hint: '是不是「100 元」？例如「100 元」「每份 100 元」「18.5–370 元」「30 元起」「免費」。',
    });
    // Signs are counted as people count them.
    expect(refusal(() => readRate('𠮷'))).toMatchObject({ zh: '「𠮷」讀不出費率，第 1 個字「𠮷」讀不懂。' });
  });
  test.each([
    // At the end something is missing; no sign is wrong.
    ['100', 0],
    ['每份 100', 0],
    ['1,00 元', 1],
    ['1.2.3 元', 3],
    ['100 元整元', 6],
    ['20–10 元', 3],
    ['20–20 元', 3],
    ['約 100 元', 0],
    ['每份', 0],
  ])('%s at %i', (written, at) => expect(refusal(() => readMoney(written)).at).toBe(at));
  test.each<[string, object]>([
    ['5 角', { amount: 0.5 }],
    ['5 分', { amount: 0.05 }],
    ['20–30 元', { amount: 20, most: 30 }],
    ['30 元起', { amount: 30, open: true }],
    ['30 元以上', { amount: 30, open: true }],
    ['100 元／份', { amount: 100, per: '每份', printed: '每份 100 元' }],
    ['100 元 / 份', { amount: 100, per: '每份', printed: '每份 100 元' }],
    ['US$5', { amount: 5, currency: '美元' }],
    ['5 美元', { amount: 5, currency: '美元' }],
    ['日幣 500 圓', { amount: 500, currency: '日圓' }],
    ['500 元人民幣', { amount: 500, currency: '人民幣' }],
    ['新臺幣 500 元正', { amount: 500 }],
    ['＄30', { amount: 30 }],
    ['100 TWD', { amount: 100 }],
    ['每 2 小時 20 元', { amount: 20, per: '每 2 小時' }],
    ['每人每次 20 元', { amount: 20, per: '每人每次' }],
    ['每百元 5 角', { amount: 0.5, per: '每百元' }],
  ])('%s is read', (written, expected) => {
    const { printed, ...read } = readMoney(written);
    const { printed: shown = written, ...rest } = expected as { printed?: string };
    expect(read).toEqual(rest);
    expect(printed).toBe(shown);
  });
  test.each(['免費', '免收', '無', '無需繳費', '無須繳費', 'free', 'FREE', '免規費'])('%s is free', (written) => {
    expect(readMoney(written).amount).toBe(0);
  });
  test.each(['不得免費', '免費。', '免費嗎', '無法計算', '皆免費', 'freely', '無需'])('%s is not', (written) => {
    expect(() => readMoney(written)).toThrow(Unreadable);
  });
  test('what is counted on from the second is told where it belongs', () => {
    expect(refusal(() => readMoney('每份 100 元，第 2 份起 20 元')).hint).toContain('寫在「續份」');
    expect(refusal(() => readMoney('每份 100 元，第 2 份 20 元')).hint).not.toContain('續份');
  });
});

describe('a rate, a formula', () => {
  test.each([
    ['1‰', 0.001],
    ['0.1%', 0.001],
    ['5 %', 0.05],
    ['１％', 0.01],
    ['千分之一', 0.001],
    ['百分之 2.5', 0.025],
    ['萬分之三', 0.0003],
    ['每百元 7 角', 0.007],
    ['每千元 1 元', 0.001],
    ['每萬元 2 元', 0.0002],
    ['100%', 1],
  ])('%s is %d', (written, share) => expect(readRate(written).share).toBeCloseTo(share, 10));
  test.each([
    ['5', 0],
    ['千分', 0],
    ['千分之', 0],
    ['千分之零', 3],
    ['5 成', 2],
    ['約 5%', 0],
  ])('%s is none from the sign %i on', (written, at) => expect(refusal(() => readRate(written)).at).toBe(at));
  test('more than all of it is too much', () => {
    expect(refusal(() => readRate('101%')).zh).toBe('「101%」太大，最多 100%。');
    expect(refusal(() => readRate('101%')).en).toBe('"101%" is too much; it may be 100%.');
  });
  test.each([
    ['人數 × 20 元', [['人數', 20]]],
    ['人數 * 筆數 ✕ 20', [['人數', '筆數', 20]]],
    ['頁數 x 2 元', [['頁數', 2]]],
    ['頁數乘以 2 元', [['頁數', 2]]],
    ['100 元 ＋ 頁數 × 2 元', [[100], ['頁數', 2]]],
    ['基本費 100 元 + 頁數 × 2 元', [[100], ['頁數', 2]]],
    ['頁數 × 1,000', [['頁數', 1000]]],
  ])('%s', (written, sum) => expect(readFormula(written)).toEqual({ sum, printed: written }));
  test.each([
    ['20 元', 0],
    ['人數 × ', 0],
    ['人數 ×', 0],
    ['× 20 元', 0],
    ['人數 × × 20', 4],
    ['人數 = 20', 0],
    ['人數 ＋ ', 0],
    ['人數 × 5 = 20', 5],
    ['甲'.repeat(17), 0],
  ])('%s is none at %i', (written, at) => expect(refusal(() => readFormula(written)).at).toBe(at));
});

describe('a limit with its name', () => {
  test.each([
    ['一般案件：9 日', '一般案件', '9 日'],
    [' 臨櫃 1 小時 ', '臨櫃', '1 小時'],
    ['網路最遲 3 日', '網路', '最遲 3 日'],
    ['郵寄約三日', '郵寄', '約三日'],
    ['臨櫃當日', '臨櫃', '當日'],
    ['會勘: 半日', '會勘', '半日'],
  ])('%s', (written, name, limit) =>
    expect(readNamedLimit(written)).toMatchObject({ name, limit: { printed: limit } }),
  );
  test.each(['9 日', '一般案件', '一般案件：'])('%j is none', (written) =>
    expect(() => readNamedLimit(written)).toThrow(Unreadable),
  );
});

describe('a surcharge', () => {
  test.each<[string, object]>([
    ['急件加倍', { item: '急件', times: '加倍' }],
    ['急件，加倍收費', { item: '急件', times: '加倍收費' }],
    ['急件加收 2 倍', { item: '急件', times: '加收 2 倍' }],
    ['急件按 3 倍計收', { item: '急件', times: '按 3 倍計收' }],
    ['急件加收 300 元', { item: '急件', amount: { amount: 300, printed: '300 元' } }],
    ['速件：300 元', { item: '速件', amount: { amount: 300, printed: '300 元' } }],
    ['急件加收 50%', { item: '急件', rate: { share: 0.5, printed: '50%' } }],
    ['急件另收百分之五', { item: '急件', rate: { share: 0.05, printed: '百分之五' } }],
  ])('%s', (written, expected) => expect(readSurcharge(written)).toEqual(expected));
  test('without how much is none', () => expect(() => readSurcharge('急件')).toThrow(Unreadable));
});

describe('bytes', () => {
  const words = (bytes: readonly number[] | Buffer): string => {
    const read = decode(Buffer.from(bytes as Buffer));
    return typeof read === 'string' ? `text ${read}` : read.message.en;
  };
  const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
  test.each<[string, readonly number[] | Buffer, RegExp]>([
    ['UTF-16 by its mark', [0xff, 0xfe, 0x32, 0x75], /UTF-16/],
    ['UTF-16 the other way round', [0xfe, 0xff, 0x75, 0x32], /UTF-16/],
    ['half a mark and its like', [0xff, 0xff, 0x32, 0x75], /no text|Big5|GBK/],
    ['UTF-16 without its mark', utf16('name: a\nfee: free\n'), /UTF-16/],
    ['UTF-8 with its mark', [0xef, 0xbb, 0xbf, 0x61], /^text a$/],
    ['UTF-8 that begins like its mark', [0xef, 0xbb, 0xbe], /^text ﻾|^text \ufefe/],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, ...Array(60).fill(0), ...Array(60).fill(0)]), /no text/],
    ['one zero in a text', Buffer.from('abc\0defghi'), /^text abc\0defghi$/],
    ['Big5', [0xa4, 0xa4, 0xa4, 0xe5], /Big5/],
    ['GBK', Buffer.from([0x81, 0x40, 0x81, 0x41]), /GBK/],
    ['neither', [0xff, 0xff, 0xff], /no text/],
    ['controls among what could be Big5', [0xa4, 0xa4, 0x01], /no text/],
    ['old line ends', Buffer.from('a\rb\rc'), /old Mac/],
    ['one stray line end', Buffer.from('a\rb\nc\n'), /^text/],
    ['line ends of Windows', Buffer.from('a\r\nb\r\n'), /^text/],
  ])('%s', (_, bytes, expected) => expect(words(bytes)).toMatch(expected));
  test('that need no look', () => {
    expect(isPlain('a\r\nb', 4)).toBe(true);
    for (const [text, longest] of [
      ['a\r\nb', 3],
      ['a\rb', 9],
      ['a\0', 9],
      ['\uFEFFa', 9],
      ['\uFFFD', 9],
    ] as const)
      expect(isPlain(text, longest), JSON.stringify(text)).toBe(false);
  });
});

const root = mkdtempSync(join(tmpdir(), 'servicebook-edges-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('a form file', () => {
  const place = (name: string): string => join(root, name);
  test('is read, or said why not', () => {
    writeFileSync(place('a.pdf'), 'abc');
    writeFileSync(place('empty.pdf'), '');
    writeFileSync(place('most.pdf'), '');
    truncateSync(place('most.pdf'), 50 * 1024 * 1024);
    writeFileSync(place('more.pdf'), '');
    truncateSync(place('more.pdf'), 50 * 1024 * 1024 + 1);
    mkdirSync(place('folder.pdf'), { recursive: true });
    expect(Buffer.from(readForm(place('a.pdf')) as Uint8Array).toString()).toBe('abc');
    const said = (name: string) => {
      const read = readForm(place(name));
      return read instanceof Uint8Array ? read.length : read.say?.en;
    };
    expect(said('most.pdf')).toBe(50 * 1024 * 1024);
    expect(said('more.pdf')).toMatch(/^has more than 50 MB/);
    expect(said('empty.pdf')).toMatch(/^is empty/);
    expect(said('folder.pdf')).toMatch(/^cannot be read/);
    expect(said('gone.pdf')).toMatch(/^cannot be read/);
  });
  const FORMS = 'forms: [{名稱: 甲, 檔案: a.pdf}, {名稱: 乙, 檔案: b.PDF}, {名稱: 丙, 檔案: c.odt}, {名稱: 丁}]';
  const book = () =>
    parse(
      contentOf({
        'handbook.yaml': `書名: 手冊\n版次: 初版\n日期: 2026-11-23\n${FORMS.replace('forms', '書表').replaceAll('檔案: c.odt', '檔案: c.odt')}\n`,
        'forms/a.pdf': '',
        'forms/b.PDF': '',
        'forms/c.odt': '',
      }),
      parseMarkdown,
    );
  test('is tried where the book lists it, and not again where it was tried before', async () => {
    const listed = pdfsListed(book());
    expect(listed).toEqual(['a.pdf', 'b.PDF']);
    writeFileSync(place('known.pdf'), 'known');
    const say = { zh: '壞了', en: 'is broken' };
    const asked: string[] = [];
    const verdicts = {
      get: (digest: string) => {
        asked.push(digest);
        return digest === digestOf(Buffer.from('known')) ? { say } : {};
      },
      put: () => undefined,
    };
    const forms = [
      { name: 'a.pdf', file: place('known.pdf'), size: 5, mtimeMs: 0 },
      { name: 'b.PDF', file: place('a.pdf'), size: 3, mtimeMs: 0 },
      { name: 'c.odt', file: place('known.pdf'), size: 5, mtimeMs: 0 },
    ];
    const tried = await withFormsTried(book(), { ...contentOf({}), forms }, verdicts);
    expect([...(tried.formFaults ?? [])]).toEqual([['a.pdf', say]]);
    expect(asked).toHaveLength(2);
    const gone = [{ name: 'b.PDF', file: place('gone.pdf'), size: 0, mtimeMs: 0 }];
    const other = await withFormsTried(book(), { ...contentOf({}), forms: gone }, verdicts);
    expect([...(other.formFaults ?? [])]).toEqual([
      ['b.PDF', { zh: expect.any(String), en: expect.stringMatching(/^cannot be read/) }],
    ]);
    const whole = book();
    expect((await withFormsTried(whole, contentOf({}), verdicts)).formFaults).toBeUndefined();
  });
});

describe('PDFs that are named', () => {
  const folder = join(root, 'pdfs');
  mkdirSync(join(folder, 'sub'), { recursive: true });
  mkdirSync(join(folder, 'none'));
  for (const name of ['b.pdf', 'a.PDF', 'c.txt', 'sub/d.pdf']) writeFileSync(join(folder, name), '');
  test('are themselves, and those of a folder by name, each once', async () => {
    expect(await pdfsIn(['pdfs/b.pdf', 'pdfs', 'pdfs/c.txt'], root)).toEqual([
      'pdfs/b.pdf',
      'pdfs/a.PDF',
      'pdfs/sub/d.pdf',
      'pdfs/c.txt',
    ]);
    expect(await pdfsIn([join(folder, 'b.pdf')], root)).toEqual([join(folder, 'b.pdf')]);
  });
  test.each([
    ['gone', '找不到「gone」。', 'There is no "gone".'],
    ['pdfs/none', '資料夾「pdfs/none」裡沒有 PDF 檔。', 'The folder "pdfs/none" holds no PDF.'],
  ])('%s', async (path, zh, en) => {
    await expect(pdfsIn([path], root)).rejects.toBeInstanceOf(UserError);
    await expect(pdfsIn([path], root)).rejects.toMatchObject({ say: { zh, en } });
  });
});

describe('texts in place of those of the files', () => {
  const source = (path: string): Source => ({ path, text: '舊' });
  const content: Content = {
    office: source('content/office.yaml'),
    services: [source('content/services/b.yaml')],
    chapters: [],
    translations: [],
    formFiles: [],
    templates: [{ name: 'a.css', source: source('content/templates/a.css') }],
    faults: [
      {
        rule: 'encoding',
        span: { source: source('content/services/a.yaml'), start: 0, end: 0 },
        message: { zh: '', en: '' },
      },
      {
        rule: 'encoding',
        span: { source: source('content/services/z.yaml'), start: 0, end: 0 },
        message: { zh: '', en: '' },
      },
    ],
  };
  const laid = (texts: Record<string, string>, root: string | undefined = 'content') =>
    withTexts(content, new Map(Object.entries(texts)), root);
  test('none: the same content', () => expect(laid({})).toBe(content));
  test('only those that are named are other', () => {
    const { office, services, templates, faults } = laid({
      'content/services/b.yaml': '新',
      'content/templates/a.css': '新',
    });
    expect(office).toBe(content.office);
    expect(services.map(({ text }) => text)).toEqual(['新']);
    expect(templates?.map(({ source: { text } }) => text)).toEqual(['新']);
    expect(faults).toHaveLength(2);
  });
  test('one that is not there yet stands in its place by name, and is at fault no more', () => {
    const { services, chapters, translations, book, faults } = laid({
      'content/services/a.yaml': '新',
      'content/services/sub/c.yaml': '新',
      'content/services/c.txt': '新',
      'content/chapters/d.md': '新',
      'content/chapters/d.yaml': '新',
      'content/translations/en.yaml': '新',
      'content/handbook.yaml': '新',
      'elsewhere/services/e.yaml': '新',
    });
    expect(services.map(({ path }) => path)).toEqual(['content/services/a.yaml', 'content/services/b.yaml']);
    expect(chapters.map(({ path }) => path)).toEqual(['content/chapters/d.md']);
    expect(translations.map(({ path }) => path)).toEqual(['content/translations/en.yaml']);
    expect(book?.path).toBe('content/handbook.yaml');
    expect(faults.map(({ span }) => span.source.path)).toEqual(['content/services/z.yaml']);
  });
  test('where the folder is not known none is added; in the working folder every path is below it', () => {
    expect(withTexts(content, new Map([['content/services/a.yaml', '新']])).services).toHaveLength(1);
    expect(laid({ 'services/a.yaml': '新' }, '.').services).toHaveLength(2);
    expect(laid({ 'services/a.yaml': '新' }).services).toHaveLength(1);
  });
});

test('a new service explains every field, and is in order but for what is open', () => {
  const text = blankService('新服務');
  // Each longer way that is shown can be taken over as it stands.
  for (const shown of [
    '  延長: {期限: 15 日, 次數: 1}',
    '    核發期限: 3 個月',
    '  - {項目: 閱覽, 金額: 20 元, 單位: 每 2 小時}',
    '  - 結束: 通知申請人',
  ])
    expect(text).toContain(`${shown}\n`);
  const { faults, services } = parse(contentOf({ 'services/a.yaml': text }), parseMarkdown);
  expect(faults).toEqual([]);
  expect(services[0]).toMatchObject({ name: '新服務' });
  const table = keyTable('service');
  expect(table).toMatch(/^\| 項目（可用的寫法） \| English \| 說明 \|\n\| --- \| --- \| --- \|\n/);
  expect(table).toMatch(/\n\| 名稱[^|]* \| `name` \| [^|]*（必填） \|\n/);
  expect(table).toMatch(/\n\| 　[^|]* \| `[a-zA-Z]+` \|/);
});

describe('a file of translations', () => {
  const faults = (path: string, text: string) =>
    parse(contentOf({ [`translations/${path}`]: text, 'services/a.yaml': SERVICE }), parseMarkdown).faults.map(
      ({ rule, message }) => `${rule}: ${message.en}`,
    );
  test.each([
    ['en.yaml', '書記官: Clerk\n'],
    ['en.yaml', ''],
    ['en.yaml', '\n\n'],
    ['en.yaml', '# 尚無譯文\n'],
    ['vi.yaml', '書記官: Thư ký\n分署長: ""\n'],
  ])('%s with %j is in order', (path, text) => expect(faults(path, text)).toEqual([]));
  test.each([
    ['en.yaml', '- 書記官\n', 'wrong-type: A file of translations holds lines of "Chinese: translation".'],
    ['en.yaml', '書記官\n', 'wrong-type: A file of translations holds lines of "Chinese: translation".'],
    ['en.yaml', '書記官: [Clerk]\n', 'wrong-type: The translation of "書記官" must be text.'],
    [
      'xx.yaml',
      '書記官: Clerk\n',
      'unknown-file: "xx" is no language; a file in translations/ is named for its language.',
    ],
    [
      'zh.yaml',
      '書記官: 書記官\n',
      'unknown-file: "zh" is no language; a file in translations/ is named for its language.',
    ],
  ])('%s with %j is not', (path, text, said) => expect(faults(path, text)).toEqual([said]));
});
