// What is said against a PDF, each beside a file that differs in one thing and of which nothing is said. No browser: the
// files are made by hand.
import { PDFBool, type PDFDict, PDFDocument, PDFHexString, PDFName, type PDFPage, PDFString } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import type { UserError } from '../src/core/terminal.js';
import { finishPdf, loadPdf } from '../src/pdf/finish.js';
import type { Box } from '../src/pdf/geometry.js';
import type { PageContent, Run } from '../src/pdf/page-content.js';
import type { PreflightFault } from '../src/pdf/preflight/fault.js';
import { linesOf } from '../src/pdf/preflight/fault.js';
import { fontFaults } from '../src/pdf/preflight/fonts.js';
import { linkFaults } from '../src/pdf/preflight/links.js';
import { boxFaults } from '../src/pdf/preflight/page-boxes.js';
import { obstacles } from '../src/pdf/preflight/pdf-ua.js';
import { factsUnread, PURPOSE, preflight, prove } from '../src/pdf/preflight/preflight.js';
import { tagFaults } from '../src/pdf/preflight/structure.js';
import { missingTexts, textFaults } from '../src/pdf/preflight/text.js';
import { longFaults, nameFaults, sizeFaults } from '../src/pdf/preflight/whole-file.js';
import { readPages } from '../src/pdf/read-pages.js';
import { readStructure } from '../src/pdf/structure.js';
import { handmadeBook } from './forms.js';

const name = (text: string) => PDFName.of(text);
const empty = (pages = 1): Promise<PDFDocument> =>
  PDFDocument.create({ updateMetadata: false }).then((pdf) => {
    for (let i = 0; i < pages; i += 1) pdf.addPage([200, 100]);
    return pdf;
  });
const put = (pdf: PDFDocument, dict: PDFDict, entries: object): void => {
  for (const [key, value] of Object.entries(entries))
    if (value === undefined) dict.delete(name(key));
    else dict.set(name(key), pdf.context.obj(value as never));
};
const said = (faults: Iterable<PreflightFault>) =>
  [...faults].map(({ rule, page, text, message }) => ({
    rule,
    ...(page && { page }),
    ...(text && { text }),
    en: message.en,
    zh: message.zh,
  }));
const rulesOf = (faults: Iterable<PreflightFault>) => [...faults].map(({ rule }) => rule);

describe('what a file says of itself', () => {
  const XMP = '<x><dc:title><rdf:Alt><rdf:li xml:lang="x-default">手冊</rdf:li></rdf:Alt></dc:title></x>';
  async function file({ title = '手冊', shown = true, lang = '"zh-Hant-TW"', xmp = XMP as string | null } = {}) {
    const pdf = await empty();
    if (title) pdf.setTitle(title);
    if (lang) pdf.catalog.set(name('Lang'), PDFString.of(lang));
    if (xmp !== null) pdf.catalog.set(name('Metadata'), pdf.context.register(pdf.context.stream(xmp)));
    put(pdf, pdf.catalog, { ViewerPreferences: { DisplayDocTitle: shown ? PDFBool.True : PDFBool.False } });
    return pdf;
  }
  test('title, language and metadata are there', async () => {
    expect(said(nameFaults(await file()))).toEqual([]);
  });
  test.each([
    ['no title', { title: '' }, 'title', '檔案沒有標題；', 'The file has no title;'],
    ['a title of blanks', { title: '  ' }, 'title', '檔案沒有標題；', 'The file has no title;'],
    [
      'a title that is not shown',
      { shown: false },
      'title',
      '檔案有標題，視窗卻顯示檔名',
      'The file has a title but shows its file name',
    ],
    [
      'no language',
      { lang: '' },
      'language',
      '檔案沒有寫明語言（Lang）；',
      'The file does not say its language (Lang);',
    ],
    [
      'no metadata',
      { xmp: null },
      'metadata',
      '檔案的 XMP 詮釋資料沒有標題',
      'The XMP metadata of the file has no title',
    ],
    [
      'metadata with an empty title',
      { xmp: XMP.replace('手冊', ' ') },
      'metadata',
      '檔案的 XMP 詮釋資料沒有標題',
      'The XMP metadata of the file has no title',
    ],
  ])('%s', async (_, change, rule, zh, en) => {
    expect(said(nameFaults(await file(change)))).toEqual([
      {
        rule,
        zh: expect.stringMatching(`^${zh.replace(/[()]/g, '\\$&')}`),
        en: expect.stringMatching(`^${en.replace(/[()]/g, '\\$&')}`),
      },
    ]);
  });
  test('20 MB are mailed, and one byte more is advised against', () => {
    expect(said(sizeFaults(new Uint8Array(20_000_000)))).toEqual([]);
    const [fault, ...more] = sizeFaults(new Uint8Array(20_000_001));
    expect(more).toEqual([]);
    expect(fault).toMatchObject({ rule: 'file-size', advice: true });
    expect(fault?.message).toEqual({
      zh: '檔案有 20.0 MB；最多 20 MB 才方便寄送與下載。請縮小圖片或分成幾個檔案。',
      en: 'The file has 20.0 MB; at most 20 MB can be mailed and fetched easily. Make its pictures smaller or split it.',
    });
  });
  test('ten pages need no bookmarks, and eleven do, unless there are some', async () => {
    expect(said(longFaults(await empty(10)))).toEqual([]);
    const long = await empty(11);
    expect([...longFaults(long)]).toMatchObject([
      {
        rule: 'bookmarks',
        advice: true,
        message: { en: expect.stringContaining('11 pages and no bookmarks; beyond 10 pages') },
      },
    ]);
    put(long, long.catalog, { Outlines: { First: { Title: 'a' } } });
    expect(said(longFaults(long))).toEqual([]);
  });
});

describe('the boxes of a page', () => {
  const boxes = async (entries: object, parent: object = {}) => {
    const pdf = await empty();
    const [page] = pdf.getPages() as [PDFPage];
    put(pdf, page.node, { MediaBox: [0, 0, 200, 100], ...entries });
    const holder = page.node.Parent();
    if (holder) put(pdf, holder, parent);
    return said(boxFaults(pdf));
  };
  const stating = (en: string, zh: string) => [
    { rule: 'page-box', page: 1, en: expect.stringContaining(en), zh: expect.stringContaining(zh) },
  ];
  test.each([
    ['the media box alone', {}],
    ['one within the other', { BleedBox: [0, 0, 200, 100], TrimBox: [10, 10, 190, 90] }],
    ['corners the other way round', { TrimBox: [190, 90, 10, 10] }],
    ['out by what rounding takes', { TrimBox: [-0.04, 0, 200.04, 100] }],
  ])('%s', async (_, entries) => {
    expect(await boxes(entries)).toEqual([]);
  });
  test('a size may be that of all pages, and there must be one', async () => {
    expect(await boxes({ MediaBox: undefined }, { MediaBox: [0, 0, 200, 100] })).toEqual([]);
    expect(await boxes({ MediaBox: undefined })).toEqual(
      stating('The page does not say its size (MediaBox)', '這一頁沒有寫紙張大小（MediaBox）'),
    );
  });
  test('where it is trimmed is its own, not that of all pages', async () => {
    expect(await boxes({}, { TrimBox: [-10, 0, 200, 100] })).toEqual([]);
  });
  test.each(['MediaBox', 'CropBox', 'BleedBox', 'TrimBox', 'ArtBox'])(
    '%s without height, or of three numbers',
    async (box) => {
      for (const wrong of [
        [0, 0, 200, 0],
        [0, 0, 200],
        [0, 0, 200, 100, 5],
      ])
        expect(await boxes({ [box]: wrong })).toEqual(
          stating(`The ${box} of the page is empty or wrong`, `這一頁的 ${box} 是空的或寫錯`),
        );
    },
  );
  test.each<[string, object, string]>([
    ['CropBox', { CropBox: [0, 0, 200, 101] }, 'MediaBox'],
    ['BleedBox', { BleedBox: [-1, 0, 200, 100] }, 'MediaBox'],
    ['ArtBox', { ArtBox: [0, -1, 200, 100], BleedBox: [0, 0, 200, 100] }, 'MediaBox'],
    ['TrimBox', { TrimBox: [0, 0, 201, 100] }, 'MediaBox'],
    ['TrimBox', { TrimBox: [0, 0, 200, 100], BleedBox: [5, 5, 195, 95] }, 'BleedBox'],
  ])('%s beyond what holds it: %j', async (inner, entries, outer) => {
    expect(await boxes(entries)).toEqual(
      stating(`The ${inner} of the page reaches beyond its ${outer}`, `這一頁的 ${inner} 超出 ${outer}`),
    );
  });
});

describe('fonts', () => {
  const EMBEDDED = { FontFile2: { Length: 0 } };
  const TRUE_TYPE = {
    Type: 'Font',
    Subtype: 'TrueType',
    BaseFont: 'ABCDEF+Kai',
    ToUnicode: {},
    FontDescriptor: EMBEDDED,
  };
  const WHOLE = {
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: 'ABCDEF+Kai',
    ToUnicode: {},
    DescendantFonts: [{ Subtype: 'CIDFontType2', FontDescriptor: EMBEDDED }],
  };
  const found = async (font: object, resources = (of: object): object => ({ Font: { F1: of } })) => {
    const pdf = await empty(2);
    const [, page] = pdf.getPages() as [PDFPage, PDFPage];
    put(pdf, page.node, { Resources: resources(font) });
    return said(fontFaults(pdf));
  };
  const one = (rule: string, en: string, zh: string, text = 'Kai') => [
    { rule, page: 2, text, en: expect.stringContaining(en), zh: expect.stringContaining(zh) },
  ];
  test.each([
    ['TrueType', TRUE_TYPE],
    ['TrueType of many characters', WHOLE],
  ])('%s, whole', async (_, font) => {
    expect(await found(font)).toEqual([]);
  });
  test('of another format', async () => {
    expect(await found({ ...TRUE_TYPE, Subtype: 'Type1' })).toEqual(
      one('font-type', 'embedded as Type1, which print shops refuse', '字型的格式是 Type1，印刷廠不收'),
    );
    expect(await found({ ...WHOLE, DescendantFonts: [{ Subtype: 'CIDFontType0', FontDescriptor: EMBEDDED }] })).toEqual(
      one('font-type', 'embedded as CFF (CIDFontType0)', '字型的格式是 CFF (CIDFontType0)'),
    );
    expect(
      await found({ ...TRUE_TYPE, Subtype: 'Type3', FontDescriptor: undefined, BaseFont: undefined, Name: 'Drawn' }),
    ).toEqual(one('font-type', 'embedded as Type 3', '字型的格式是 Type 3', 'Drawn'));
  });
  test.each(['FontFile', 'FontFile2', 'FontFile3'])('embedded as %s', async (file) => {
    expect(await found({ ...TRUE_TYPE, FontDescriptor: { [file]: {} } })).toEqual([]);
  });
  test('not embedded', async () => {
    expect(await found({ ...TRUE_TYPE, FontDescriptor: {} })).toEqual(
      one('font-embedded', 'The font is not embedded', '字型沒有嵌入檔案'),
    );
  });
  test('without its characters', async () => {
    expect(await found({ ...TRUE_TYPE, ToUnicode: undefined })).toEqual(
      one('font-unicode', 'The font has no table of characters (ToUnicode)', '字型沒有文字對照（ToUnicode）'),
    );
  });
  test('the name is told without the six letters of a subset, and no other', async () => {
    const wrong = { ...TRUE_TYPE, ToUnicode: undefined };
    expect(await found({ ...wrong, BaseFont: 'ABCDE+Kai' })).toMatchObject([{ text: 'ABCDE+Kai' }]);
    expect(await found({ ...wrong, BaseFont: 'Kai+ABCDEF+' })).toMatchObject([{ text: 'Kai+ABCDEF+' }]);
  });
  test.each<[string, (font: object) => object]>([
    ['a form within the page', (font) => ({ XObject: { X: { Resources: { Font: { F: font } } } } })],
    [
      'a pattern within a form',
      (font) => ({ XObject: { X: { Resources: { Pattern: { P: { Resources: { Font: { F: font } } } } } } } }),
    ],
  ])('that of %s', async (_, resources) => {
    expect(await found({ ...TRUE_TYPE, ToUnicode: undefined }, resources)).toMatchObject([{ rule: 'font-unicode' }]);
  });
});

describe('links', () => {
  /** A file of three pages whose first holds this link. */
  async function faults(entries: (pdf: PDFDocument) => object, { text = '', subtype = 'Link' } = {}) {
    const pdf = await empty(3);
    const [page] = pdf.getPages() as [PDFPage];
    put(pdf, page.node, { Annots: [{ Subtype: subtype, Rect: [10, 10, 50, 30], ...entries(pdf) }] });
    const contents = readPages(pdf);
    const glyphs = [...text]
      .map((c, i) => ({ text: c, x: 20 + i, y: 20 }))
      .concat({ text: '外', x: 60, y: 20 }, { text: '上', x: 20, y: 31 });
    (contents[0] as PageContent).runs.push({ ...RUN, glyphs } as unknown as Run);
    return said(linkFaults(pdf, contents));
  }
  const to = (page: number) => (pdf: PDFDocument) => ({ Dest: [pdf.getPages()[page - 1]?.ref, 'Fit'] });
  const uri = (address: string) => () => ({ A: { S: 'URI', URI: PDFString.of(address) } });
  test.each<[string, (pdf: PDFDocument) => object]>([
    ['a page', to(3)],
    ['a page by an action', (pdf) => ({ A: { S: 'GoTo', D: to(2)(pdf).Dest } })],
    ['https', uri('https://example.org/a?b#c')],
    ['http', uri('http://example.org')],
    ['mail', uri('mailto:a@example.org')],
    ['a telephone', uri('tel:+886-2-1234-5678')],
  ])('to %s', async (_, entries) => {
    expect(await faults(entries)).toEqual([]);
  });
  test.each([
    'javascript:alert(1)//https://a.tw',
    'https:',
    'https:///a',
    'https://a b',
    'example.org',
    'mailto:a',
    'mailto:a b@c',
    'tel:',
    'tel:abc',
    'file:///etc/passwd',
    '1https://a.tw',
  ])('not to %s', async (address) => {
    expect(await faults(uri(address))).toEqual([
      {
        rule: 'link-address',
        page: 1,
        text: address,
        en: expect.stringContaining(`The address of the link, "${address}", is not valid`),
        zh: expect.stringContaining(`連結的網址「${address}」不對`),
      },
    ]);
  });
  test('what it does must be to lead', async () => {
    expect(await faults(() => ({ A: { S: 'Launch' } }), { text: '開啟' })).toEqual([
      {
        rule: 'link-address',
        page: 1,
        text: '開啟',
        en: expect.stringContaining('The link does "Launch"'),
        zh: expect.stringContaining('連結做的是「Launch」'),
      },
    ]);
  });
  test('a place that is not there', async () => {
    const none = { rule: 'dead-link', page: 1, text: '見附錄' };
    expect(await faults(() => ({ Dest: PDFString.of('gone') }), { text: '見附錄' })).toEqual([
      {
        ...none,
        en: 'The link leads to a place "gone" that is not in the file; every link must lead somewhere. Correct or remove it.',
        zh: expect.stringContaining('連結指到的地方「gone」不在這個檔案裡'),
      },
    ]);
    expect(await faults(() => ({ Dest: 'gone' }), { text: '見附錄' })).toMatchObject([
      { ...none, en: expect.stringContaining('"gone"') },
    ]);
    expect(await faults(() => ({}), { text: '見附錄' })).toMatchObject([
      { ...none, en: expect.stringContaining('a place that is not') },
    ]);
    expect(await faults(() => ({ Dest: [7, 'Fit'] }), { text: '見附錄' })).toMatchObject([none]);
  });
  test('a place by its name, as a list and as more about it', async () => {
    const named = (place: (pdf: PDFDocument) => unknown) => (pdf: PDFDocument) => {
      put(pdf, pdf.catalog, { Dests: { here: place(pdf) } });
      return { Dest: 'here' };
    };
    expect(await faults(named((pdf) => to(2)(pdf).Dest))).toEqual([]);
    expect(await faults(named((pdf) => ({ D: to(2)(pdf).Dest })))).toEqual([]);
    expect(await faults(named(() => ({})))).toMatchObject([{ rule: 'dead-link' }]);
  });
  test('the number that is read is that of the page, also in wide digits', async () => {
    expect(await faults(to(3), { text: '3' })).toEqual([]);
    expect(await faults(to(3), { text: '３' })).toEqual([]);
    expect(await faults(to(3), { text: '第2條' })).toEqual([]);
    expect(await faults(to(3), { text: '2' })).toEqual([
      {
        rule: 'page-number',
        page: 1,
        text: '2',
        en: 'The page number says 2, its link leads to page 3; they must be the same. Print the file again.',
        zh: '目錄寫第 2 頁，連結卻到第 3 頁；頁碼要是連結到的那一頁。請重新編印。',
      },
    ]);
  });
  test('a note that is no link leads nowhere', async () => {
    expect(await faults(() => ({}), { subtype: 'Text' })).toEqual([]);
  });
  test('bookmarks, wherever they hang', async () => {
    const pdf = await empty();
    const dest = [pdf.getPages()[0]?.ref, 'Fit'];
    const title = (text: string) => ({ Title: PDFHexString.fromText(text) });
    put(pdf, pdf.catalog, {
      Outlines: {
        First: {
          ...title('一'),
          Dest: dest,
          First: { ...title('二'), Dest: PDFString.of('gone') },
          Next: { ...title('三'), Next: { ...title('四'), A: { S: 'GoTo' } } },
        },
      },
    });
    expect(
      said(linkFaults(pdf, readPages(pdf)))
        .map(({ rule, text }) => [rule, text])
        .sort(),
    ).toEqual([
      ['dead-link', '二'],
      ['dead-link', '四'],
    ]);
  });
});

const RUN: Run = { glyphs: [], size: 10, box: [10, 10, 50, 20], missing: false, cut: false, spoken: 'tagged' };
const PAGE: PageContent = {
  page: 3,
  box: [0, 0, 200, 100],
  runs: [],
  words: new Map(),
  unseen: [],
  seen: '',
  loose: false,
};
const run = (text: string, more: Partial<Run> = {}): Run => ({
  ...RUN,
  glyphs: [...text].map((c) => ({ text: c })) as Run['glyphs'],
  ...more,
});
const texts = (...runs: Run[]) => said(textFaults({ ...PAGE, runs }));

describe('text', () => {
  test('that is seen whole', () => {
    expect(texts(run('甲'))).toEqual([]);
  });
  test('without a font, and cut by its frame', () => {
    expect(texts(run(' 甲□ ', { missing: true }))).toEqual([
      {
        rule: 'missing-glyph',
        page: 3,
        text: '甲□',
        en: expect.stringContaining('A character that no font has'),
        zh: expect.stringContaining('有字沒有字型可印'),
      },
    ]);
    expect(texts(run('甲', { cut: true }))).toEqual([
      {
        rule: 'text-cut',
        page: 3,
        text: '甲',
        en: expect.stringContaining('does not fit the frame'),
        zh: expect.stringContaining('文字放不進所在的框'),
      },
    ]);
  });
  // Left, bottom, right, top: each edge for itself; rounding may take 0.05 pt.
  test.each<[string, Box, boolean]>([
    ['left', [-0.04, 10, 50, 20], false],
    ['left', [-0.06, 10, 50, 20], true],
    ['bottom', [10, -0.04, 50, 20], false],
    ['bottom', [10, -0.06, 50, 20], true],
    ['right', [10, 10, 200.04, 20], false],
    ['right', [10, 10, 200.06, 20], true],
    ['top', [10, 10, 50, 100.04], false],
    ['top', [10, 10, 50, 100.06], true],
  ])('at the %s edge: %j is cut: %s', (_, box, cut) => {
    expect(texts(run('甲', { box }))).toEqual(
      cut
        ? [
            {
              rule: 'text-outside',
              page: 3,
              text: '甲',
              en: expect.stringContaining('is cut by the edge of the page'),
              zh: expect.stringContaining('被紙張邊緣切到'),
            },
          ]
        : [],
    );
  });
  test.each<[Box]>([[[-40, 10, 0, 20]], [[200, 10, 240, 20]], [[10, -10, 50, 0]], [[10, 100, 50, 110]]])(
    'wholly outside: %j',
    (box) => {
      expect(texts(run('甲', { box }))).toMatchObject([
        {
          en: expect.stringContaining('lies wholly outside the page'),
          zh: expect.stringContaining('整段落在紙張之外'),
        },
      ]);
    },
  );
  test('from 8 pt on it is large enough; of several the smallest is told', () => {
    expect(texts(run('甲', { size: 7.95 }))).toEqual([]);
    expect(texts(run('乙', { size: 7.5 }), run('甲', { size: 6.126 }), run('丙', { size: 7 }))).toEqual([
      {
        rule: 'text-small',
        page: 3,
        text: '甲',
        en: expect.stringContaining(
          '3 texts on this page are too small, the smallest 6.13 pt; printed text must have at least 8 pt',
        ),
        zh: expect.stringContaining('這一頁有 3 段文字太小，最小的是 6.13 pt；印出來的字至少要 8 pt'),
      },
    ]);
  });
  test.each(['ground', 'covered', 'invisible'] as const)('that is not seen: %s', (why) => {
    const of = (...unseen: string[]) => said(textFaults({ ...PAGE, unseen: unseen.map((text) => ({ why, text })) }));
    const en = {
      ground: 'its colour is about that of its ground',
      covered: 'was painted over it',
      invisible: 'it is set to be invisible (Tr 3)',
    }[why];
    const zh = {
      ground: '字的顏色和底色幾乎一樣',
      covered: '被後來畫上的色塊或圖片蓋住',
      invisible: '設定為不顯示（例如 Tr 3）',
    }[why];
    expect(of(' ')).toEqual([]);
    expect(of(' 甲 ')).toEqual([
      {
        rule: 'text-unseen',
        page: 3,
        text: '甲',
        en: expect.stringMatching(/^A text on this page cannot be seen: /),
        zh: expect.stringContaining(`這一頁有 1 段文字看不見：${zh}`),
      },
    ]);
    expect(of('甲', '乙')).toMatchObject([
      { text: '甲', en: expect.stringContaining(`2 texts on this page cannot be seen: `) },
    ]);
    expect(of('甲')[0]?.en).toContain(en);
  });
  test('of forty characters is quoted whole, and of more the first thirty-nine', () => {
    const quoted = (n: number) => texts(run('𠮷'.repeat(n), { cut: true }))[0]?.text;
    expect(quoted(40)).toBe('𠮷'.repeat(40));
    expect(quoted(41)).toBe(`${'𠮷'.repeat(39)}…`);
  });
  test('that must be in the file, blanks and widths aside', () => {
    const missing = (seen: string, expected: Parameters<typeof missingTexts>[1]) =>
      said(missingTexts([{ ...PAGE, seen }], expected)).map(({ text, zh }) => [text, zh.slice(0, 8)]);
    expect(missing('甲 乙１', { texts: ['甲乙 1'] })).toEqual([]);
    expect(missing('乙甲', { texts: ['甲乙', '甲乙'] })).toEqual([['甲乙', '內容裡有這段文字']]);
    expect(missing('甲', { texts: ['甲乙'], shown: ['甲', '乙'] })).toEqual([['乙', '這段文字在頁面裡']]);
    expect(missing('甲乙', { shown: ['乙', '甲'] })).toEqual([]);
    expect(missing('甲', { shown: ['甲', '甲'] })).toEqual([['甲', '這段文字在頁面裡']]);
    expect(missing('甲', { shown: ['甲\u200b'] })).toEqual([]);
  });
  test('that is a short name must be read by itself, and not within another that is owed', () => {
    const of = { zh: '應備證件', en: 'documents' };
    const owed = [
      { of, text: '證明', alone: true as const },
      { of, text: '證明書影本' },
      { of, text: '請領證明書影本時' },
    ];
    const missing = (...shown: string[]) => factsUnread(shown, owed).map(({ text }) => text);
    expect(missing('請領證明書影本時，附證明書影本')).toEqual(['證明']);
    expect(missing('請領證明書影本時，附', '證明書影本', '及證明')).toEqual([]);
    expect(missing('請領證明書影本時，附證明書影本', '證明')).toEqual([]);
    expect(missing('附證明書影本', '請領證明書影')).toEqual(['請領證明書影本時']);
  });
  test('that holds at times alone must stand beside its condition', () => {
    const of = { zh: '條件', en: 'condition' };
    const missing = (shown: string[], within: number) =>
      factsUnread(shown, [{ of, text: '委任書', beside: { text: '委託他人時', within } }]).map(({ text }) => text);
    expect(missing(['委託他人時', '委任書'], 0)).toEqual([]);
    expect(missing(['委任書（', '委託他人時', '）'], 0)).toEqual([]);
    expect(missing(['委任書', '身分證', '委託他人時'], 3)).toEqual([]);
    expect(missing(['委任書', '身分證', '委託他人時'], 2)).toEqual(['委任書']);
    // One of several places is enough.
    expect(missing(['委任書', '甲'.repeat(50), '委託他人時', '委任書'], 2)).toEqual([]);
    expect(missing(['委任書'], 100)).toEqual(['委任書']);
    expect(missing(['委託他人時'], 100)).toEqual(['委任書']);
  });
});

describe('tags', () => {
  async function tagged(
    tags: object[],
    { marked = PDFBool.True, page = {} as object, text = true, spoken = 'tagged' as Run['spoken'] } = {},
  ) {
    const pdf = await empty(2);
    put(pdf, pdf.catalog, { MarkInfo: { Marked: marked }, StructTreeRoot: { K: tags } });
    const [, second] = pdf.getPages() as [PDFPage, PDFPage];
    for (const each of pdf.getPages()) put(pdf, each.node, { Tabs: 'S', StructParents: 0 });
    put(pdf, second.node, page);
    const contents = readPages(pdf);
    if (text) (contents[1] as PageContent).runs.push(run('甲', { spoken }));
    return said(tagFaults(pdf, contents, readStructure(pdf, contents)));
  }
  const h = (n: number) => ({ S: `H${n}` });
  test('headings that go down one by one, and up as far as they like', async () => {
    expect(await tagged([h(1), { S: 'H34' }, h(2), h(3), h(1), h(2), { S: 'H' }, { S: 'H12' }])).toEqual([]);
  });
  test.each([
    [
      [2],
      '第一個標題就是第 2 級；標題要一級一級往下。請改成第 1 級。',
      'The first heading has level 2; levels go down one by one. Make it level 1.',
    ],
    [
      [1, 3],
      '第 1 級標題之後是第 3 級；標題要一級一級往下。請改成第 2 級。',
      'A heading of level 1 is followed by one of level 3; levels go down one by one. Make it level 2.',
    ],
  ])('headings of levels %j', async (levels, zh, en) => {
    expect(await tagged(levels.map(h))).toEqual([{ rule: 'heading-level', zh, en }]);
  });
  test('a figure has words in its place', async () => {
    expect(await tagged([{ S: 'Figure', Alt: PDFString.of('a map') }])).toEqual([]);
    expect(await tagged([{ S: 'Figure' }])).toEqual([
      {
        rule: 'figure-alt',
        en: expect.stringContaining('The figure has no words in its place'),
        zh: expect.stringContaining('圖沒有替代文字'),
      },
    ]);
  });
  test('a table has a head', async () => {
    const table = (cell: string) => ({ S: 'Table', K: [{ S: 'TR', K: [{ S: cell }] }] });
    expect(await tagged([table('TH')])).toEqual([]);
    expect(await tagged([table('TD')])).toEqual([
      {
        rule: 'table-head',
        en: expect.stringContaining('The table has no header cell (TH)'),
        zh: expect.stringContaining('表格沒有標題格（TH）'),
      },
    ]);
  });
  test.each([
    ['no tags', [], {}],
    ['tags that are none', [h(1)], { marked: PDFBool.False }],
  ])('%s', async (_, tags, how) => {
    expect(await tagged(tags, how)).toEqual([
      {
        rule: 'tags-missing',
        en: expect.stringContaining('The file has no tags'),
        zh: expect.stringContaining('檔案沒有標籤（結構樹）'),
      },
    ]);
  });
  test('a page with text has a part in them, and one without needs none', async () => {
    const none = { StructParents: undefined, Tabs: undefined };
    expect(await tagged([h(1)], { page: none, text: false })).toEqual([]);
    expect(await tagged([h(1)], { page: none })).toEqual([
      {
        rule: 'page-untagged',
        page: 2,
        text: '甲',
        en: expect.stringContaining('The page shows text but has no part in the tags'),
        zh: expect.stringContaining('這一頁有文字，卻沒有連到標籤'),
      },
      {
        rule: 'tab-order',
        page: 2,
        en: expect.stringContaining('(Tabs must be S)'),
        zh: expect.stringContaining('（Tabs 要是 S）'),
      },
    ]);
    expect(await tagged([h(1)], { page: { Tabs: 'R' } })).toMatchObject([{ rule: 'tab-order' }]);
    // As an empty page under a running head.
    expect(await tagged([h(1)], { page: none, spoken: 'artifact' })).toEqual([]);
    expect(await tagged([h(1)], { page: none, spoken: 'untagged' })).toMatchObject([{ text: '甲' }, {}]);
  });
});

describe('notes in the tags', () => {
  /** What speaks against a file with this note, which the element of this role knows. */
  async function against(kind: string, role: string | undefined, more: object = {}) {
    const pdf = await empty();
    const [page] = pdf.getPages() as [PDFPage];
    const element = pdf.context.register(pdf.context.obj({ S: role ?? 'P' }));
    put(pdf, pdf.catalog, {
      MarkInfo: { Marked: true },
      StructTreeRoot: { K: [element], ParentTree: { Nums: [4, element] } },
    });
    put(pdf, page.node, { Tabs: 'S', Annots: [{ Subtype: kind, StructParent: role ? 4 : 5, ...more }] });
    const contents = readPages(pdf);
    return obstacles(pdf, contents, readStructure(pdf, contents), []).filter(({ en }) =>
      /note|link|description/.test(en),
    );
  }
  const words = { Contents: PDFString.of('where it leads') };
  test.each<[string, string, object]>([
    ['Link', 'Link', words],
    ['Widget', 'Form', words],
    ['Widget', 'Form', { TU: PDFString.of('Name') }],
    ['Widget', 'Form', { Parent: { TU: PDFString.of('Name') } }],
    ['Text', 'Annot', words],
    ['Popup', 'P', {}],
  ])('%s in %s that says what it is: %j', async (kind, role, more) => {
    expect(await against(kind, role, more)).toEqual([]);
  });
  test.each([
    ['Link', 'P'],
    ['Widget', 'Link'],
    ['Text', 'Link'],
    ['Link', undefined],
  ])('%s in %s', async (kind, role) => {
    expect(await against(kind, role, words)).toEqual([
      { zh: `有註解（${kind}）不在結構樹裡`, en: `a note (${kind}) is not in the tags` },
    ]);
  });
  test('that say nothing of themselves', async () => {
    expect(await against('Link', 'Link')).toEqual([
      { zh: '有連結沒有說明（Contents）', en: 'a link has no description (Contents)' },
    ]);
    expect(await against('Widget', 'Form')).toEqual([
      { zh: '有註解（Widget）沒有說明', en: 'a note (Widget) has no description' },
    ]);
    expect(await against('Text', 'Annot', { TU: PDFString.of('Name') })).toEqual([
      { zh: '有註解（Text）沒有說明', en: 'a note (Text) has no description' },
    ]);
  });
});

describe('the whole', () => {
  const refused = (bytes: Uint8Array) =>
    preflight(bytes).then(
      () => undefined,
      (error: UserError) => error.say,
    );
  test('a file that is none, is cut short, or is locked is not read', async () => {
    const bytes = await (await empty()).save();
    expect(await refused(bytes)).toBeUndefined();
    expect(await refused(Buffer.from('GIF89a'))).toEqual({ zh: '這不是 PDF 檔。', en: 'This is not a PDF.' });
    expect(await refused(bytes.subarray(0, bytes.length - 8))).toEqual({
      zh: expect.stringContaining('這個 PDF 檔已損壞'),
      en: expect.stringContaining('This PDF is damaged'),
    });
    const locked = await empty();
    locked.encrypt({ userPassword: 'a', ownerPassword: 'b' });
    expect(await refused(await locked.save({ useObjectStreams: false }))).toEqual({
      zh: expect.stringContaining('這個 PDF 檔設了保護'),
      en: expect.stringContaining('This PDF is encrypted'),
    });
  });
  test('pages that stand within one another, or in many places, have no end', async () => {
    const kids = (n: number) => `${n} 0 obj <</Type/Pages/Kids[${`${n + 1} 0 R `.repeat(9)}]/Count 9>> endobj\n`;
    const tree = Array.from({ length: 12 }, (_, i) => kids(i + 2)).join('');
    const leaf = '14 0 obj <</Type/Page/MediaBox[0 0 9 9]>> endobj\n';
    const file = `%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n${tree}${leaf}trailer <</Root 1 0 R/Size 15>>\n%%EOF\n`;
    expect(await refused(Buffer.from(file))).toMatchObject({ en: expect.stringContaining('more than can be read') });
  });
  test('what nobody reads on a screen needs no tags and no bookmarks, and tiles may cut text', async () => {
    const rules = async (purpose?: string) => {
      const pdf = await empty(11);
      if (purpose) {
        pdf.setSubject('');
        put(pdf, pdf.context.lookup(pdf.context.trailerInfo.Info) as PDFDict, { [PURPOSE]: purpose });
      }
      const contents = readPages(pdf);
      (contents[0] as PageContent).runs.push(
        run('甲', { cut: true }),
        run('乙', { size: 5 }),
        run('丙', { box: [-10, 10, 50, 20] }),
      );
      return rulesOf(prove(pdf, {}, contents).faults);
    };
    expect(await rules()).toEqual([
      'bookmarks',
      'title',
      'language',
      'metadata',
      'tags-missing',
      'text-cut',
      'text-outside',
      'text-small',
    ]);
    expect(await rules('booklet')).toEqual(['title', 'language', 'metadata', 'text-cut', 'text-outside', 'text-small']);
    expect(await rules('tiles')).toEqual(['title', 'language', 'metadata', 'text-small']);
  });
  test('is accessible where nothing speaks against it', async () => {
    const accessible = async (draws: string, change = (_: PDFDocument): void => undefined) => {
      const pdf = await loadPdf(await handmadeBook(() => draws));
      change(pdf);
      const { bytes } = await finishPdf(pdf, { file: 'a.pdf', date: '2026-11-23', source: '' });
      return prove(await loadPdf(bytes)).accessible;
    };
    const box = '0 0 9 9 re f';
    expect(await accessible(box)).toBe(true);
    // A font that is not in the file.
    expect(await accessible('BT /F 12 Tf 50 700 Td (A) Tj ET')).toBe(false);
    expect(await accessible(box, (pdf) => pdf.catalog.delete(name('StructTreeRoot')))).toBe(false);
    expect(await accessible(box, (pdf) => put(pdf, pdf.catalog, { MarkInfo: { Marked: true, Suspects: true } }))).toBe(
      false,
    );
    expect(
      await accessible(box, (pdf) => {
        put(pdf, pdf.context.lookup(pdf.context.trailerInfo.Info) as PDFDict, { [PURPOSE]: 'booklet' });
      }),
    ).toBe(false);
  });
  test('is told a line each, with its place, and advice as advice', () => {
    const message = { zh: '話', en: 'words' };
    expect(
      linesOf(
        [
          { file: 'a.pdf', rule: 'title', message },
          { file: 'b\u001b.pdf', page: 2, rule: 'file-size', advice: true, text: '甲', message },
        ],
        'zh',
      ),
    ).toBe(
      'a.pdf: title：話\nbU+001B.pdf:2: file-size（提醒）「甲」：話\n'.replace(
        'U+001B',
        linesOf([{ file: '\u001b', rule: 'title', message }], 'zh').split(':')[0] ?? '',
      ),
    );
    expect(linesOf([{ file: 'b.pdf', page: 2, rule: 'file-size', advice: true, text: '甲', message }], 'en')).toBe(
      'b.pdf:2: file-size (warning) "甲": words\n',
    );
  });
});
