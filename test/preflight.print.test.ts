// Each rule of the preflight: the smallest change to a good file that breaks it, and the good file that keeps it.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFString,
  StandardFonts,
} from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { trusted } from '../src/core/html.js';
import { UserError } from '../src/core/terminal.js';
import { AROUND } from '../src/lint/rule-docs.js';
import { loadPdf } from '../src/pdf/finish.js';
import type { Expected, PreflightRule } from '../src/pdf/preflight/fault.js';
import { preflight } from '../src/pdf/preflight/preflight.js';
import { readPages } from '../src/pdf/read-pages.js';
import { openPrinter, type Printer } from '../src/print/printer.js';
import type { ChartTheme } from '../src/theme/chart-theme.js';
import { runIn } from './program.js';

const chart = parse(await readFile(new URL('../templates/chart.yaml', import.meta.url), 'utf8')) as ChartTheme;
const GOOD = `<h1 id="a">服務</h1><p>甲 <a href="#b">2</a> <a href="https://example.org/">網站</a></p>
<svg width="40" height="40" role="img" aria-label="圓"><circle cx="20" cy="20" r="9"/></svg>
<table><tr><th scope="col">證件<th scope="col">份數<tr><td>申請書<td>1</table>
<ol><li>一<li>二</ol><h2 id="b" style="break-before:page">規費</h2><p>免費 <a href="#a">回前頁</a></p>`;
let printer: Printer;
let good: Uint8Array;
beforeAll(async () => {
  printer = await openPrinter({ env: process.env, root: process.getuid?.() === 0, chart });
  good = await printed(GOOD);
}, 60_000);
afterAll(() => printer.close());

async function printed(body: string, css = ''): Promise<Uint8Array> {
  const html = trusted(`<!doctype html><html lang="zh-Hant"><head><title>手冊</title><style>
@page{size:A5;margin:15mm}body{margin:0;font:11pt 'Noto Sans TC'}${css}</style></head><body>${body}</body></html>`);
  return (await printer.print({ kind: 'page', file: 'x.pdf', date: '2026-11-23', numbered: false, declares: '', html }))
    .bytes;
}

const name = (text: string) => PDFName.of(text);
const dictAt = (dict: PDFDict, key: string) => dict.lookup(name(key), PDFDict);
/** The good file after a change. */
async function changed(change: (pdf: PDFDocument) => unknown): Promise<Uint8Array> {
  const pdf = await loadPdf(good);
  await change(pdf);
  return pdf.save({ addDefaultPage: false, updateFieldAppearances: false });
}
const dictsOf = (pdf: PDFDocument, is: (dict: PDFDict) => boolean): PDFDict[] =>
  pdf.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) => (object instanceof PDFDict && is(object) ? object : []));
const has = (key: string, value: string) => (dict: PDFDict) => dict.get(name(key)) === name(value);
/** Every dictionary of that kind loses a key. */
const without = (is: (dict: PDFDict) => boolean, key: string) => (pdf: PDFDocument) => {
  const dicts = dictsOf(pdf, is).filter((dict) => dict.delete(name(key)));
  expect(dicts.length).toBeGreaterThan(0);
};
const links = (pdf: PDFDocument) => dictsOf(pdf, has('Subtype', 'Link'));
const described = (change: (xmp: string) => string) => (pdf: PDFDocument) => {
  const old = pdf.catalog.lookup(name('Metadata'));
  if (!(old instanceof PDFRawStream)) throw new Error('no XMP');
  const text = change(Buffer.from(old.contents).toString('utf8'));
  const fresh = pdf.context.stream(new TextEncoder().encode(text), { Type: 'Metadata', Subtype: 'XML' });
  pdf.catalog.set(name('Metadata'), pdf.context.register(fresh));
};
const CLAIM = '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>';
const claimed = described((xmp) =>
  xmp.replace(/<rdf:Description[^/]*pdfuaid[^/]*\/ns\/id\/"[^>]*\/>/, '').replace('</rdf:RDF>', `${CLAIM}</rdf:RDF>`),
);

type Broken = { bytes: Promise<Uint8Array>; expected?: Expected; page?: number; text?: string | RegExp };
const BROKEN: Record<PreflightRule, () => Broken> = {
  'font-type': () => ({
    bytes: changed((pdf) =>
      dictsOf(pdf, has('Subtype', 'CIDFontType2')).map((font) => font.set(name('Subtype'), name('CIDFontType0'))),
    ),
    page: 1,
    text: /NotoSansTC/,
  }),
  'font-embedded': () => ({ bytes: changed(without(has('Type', 'FontDescriptor'), 'FontFile2')), page: 1 }),
  'font-unicode': () => ({ bytes: changed(without(has('Subtype', 'Type0'), 'ToUnicode')), page: 1 }),
  'missing-glyph': () => ({ bytes: printed(`${GOOD}<p>林\u{f8f0}</p>`), page: 2, text: /□/ }),
  'text-unseen': () => ({ bytes: printed(`${GOOD}<p style="color:#fff">看不見</p>`), page: 2, text: '看不見' }),
  'text-missing': () => ({ bytes: Promise.resolve(good), expected: { texts: ['規費', '核定'] }, text: '核定' }),
  'fact-missing': () => ({
    bytes: Promise.resolve(good),
    expected: {
      owed: [
        { of: { zh: '規費', en: 'fee' }, text: '規費。' },
        { of: { zh: '審核權責', en: 'authority' }, text: '核定：' },
      ],
    },
    text: '核定：',
  }),
  'text-small': () => ({ bytes: printed(`${GOOD}<p style="font-size:7.5pt">註</p>`), page: 2, text: '註' }),
  'text-outside': () => ({
    bytes: printed(`${GOOD}<p style="position:relative;left:-2mm">印到紙外</p>`, '@page{margin:0}'),
    page: 2,
    text: '印到紙外',
  }),
  'text-cut': () => ({
    bytes: printed(`${GOOD}<p style="width:3.4em;white-space:nowrap;overflow:hidden">被框切掉</p>`),
    page: 2,
    text: '被框切掉',
  }),
  'page-number': () => ({ bytes: printed(GOOD.replace('#b">2', '#b">3')), page: 1, text: '3' }),
  'dead-link': () => ({
    bytes: changed((pdf) => dictAt(pdf.catalog, 'Dests').delete(name('b'))),
    page: 1,
    text: '2',
  }),
  'link-address': () => ({
    bytes: changed((pdf) => {
      for (const link of links(pdf))
        if (link.has(name('A'))) dictAt(link, 'A').set(name('URI'), PDFString.of('file:///etc/passwd'));
    }),
    page: 1,
    text: '網站',
  }),
  'page-box': () => ({ bytes: changed((pdf) => pdf.getPage(1).setTrimBox(-9, 0, 500, 500)), page: 2 }),
  'tags-missing': () => ({ bytes: changed((pdf) => pdf.catalog.delete(name('StructTreeRoot'))) }),
  'page-untagged': () => ({
    bytes: changed((pdf) => pdf.getPage(0).node.delete(name('StructParents'))),
    page: 1,
    text: '服務',
  }),
  'tab-order': () => ({ bytes: changed((pdf) => pdf.getPage(1).node.delete(name('Tabs'))), page: 2 }),
  'figure-alt': () => ({ bytes: changed(without(has('S', 'Figure'), 'Alt')), page: 1 }),
  'heading-level': () => ({ bytes: printed(GOOD.replaceAll('h2', 'h3')), page: 2, text: '規費' }),
  'table-head': () => ({
    bytes: changed((pdf) => dictsOf(pdf, has('S', 'TH')).map((cell) => cell.set(name('S'), name('TD')))),
    page: 1,
    text: /^證件/,
  }),
  title: () => ({ bytes: changed((pdf) => pdf.setTitle('')) }),
  language: () => ({ bytes: changed((pdf) => pdf.catalog.delete(name('Lang'))) }),
  metadata: () => ({ bytes: changed((pdf) => pdf.catalog.delete(name('Metadata'))) }),
  'ua-claim': () => ({
    bytes: changed((pdf) => {
      claimed(pdf);
      without(has('S', 'Figure'), 'Alt')(pdf);
    }),
  }),
  'file-size': () => ({
    bytes: changed((pdf) =>
      pdf.catalog.set(name('PieceInfo'), pdf.context.register(pdf.context.stream(new Uint8Array(20_000_000)))),
    ),
  }),
  bookmarks: () => ({ bytes: printed('<p style="break-after:page">甲</p>'.repeat(11)) }),
};

test('a good file has no faults, and says so of itself', { timeout: 20_000 }, async () => {
  expect(await preflight(good, { texts: ['申請 書', '免費'], shown: ['服務甲網站', '規費', '回前頁'] })).toEqual([]);
});

describe.each(Object.entries(BROKEN))('%s', (rule, make) => {
  test('is told of the file that breaks it', { timeout: 20_000 }, async () => {
    const { bytes, expected, page, text } = make();
    const faults = (await preflight(await bytes, expected)).filter((fault) => fault.rule === rule);
    expect(faults.length).toBeGreaterThan(0);
    const [fault] = faults;
    expect(fault?.page).toBe(page);
    if (text instanceof RegExp) expect(fault?.text).toMatch(text);
    else if (text !== undefined) expect(fault?.text).toBe(text);
    for (const said of [fault?.message.zh, fault?.message.en]) expect(said).toMatch(/[。.]$/);
  });
});

const rulesOf = async (bytes: Uint8Array, expected?: Expected) =>
  (await preflight(bytes, expected)).map(({ rule, page, text }) => [rule, page, text]);

describe('text is seen', () => {
  test('a character whose frame or page leaves none of it counts as missing', { timeout: 20_000 }, async () => {
    const cut = await printed('<h1>甲</h1><p style="height:2em;overflow:hidden">一段<br>二段<br>三段<br>四段</p>');
    expect(await rulesOf(cut, { shown: ['甲', '一段', '二段', '三段', '四段'] })).toContainEqual([
      'text-missing',
      undefined,
      '三段',
    ]);
  });
  test('what hangs over its frame without losing ink is not cut', { timeout: 20_000 }, async () => {
    // The em square is higher than the line; the ink is not.
    expect(
      await rulesOf(await printed('<h1>甲</h1><p style="line-height:1;overflow:hidden">戶籍謄本（申請）</p>')),
    ).toEqual([]);
  });
  test('a bracket may hang over the edge by its empty half', { timeout: 20_000 }, async () => {
    const body = '<h1>甲</h1><p style="position:absolute;left:-0.4em;top:40mm">（</p>';
    expect(await rulesOf(await printed(body, '@page{margin:0}'))).toEqual([]);
    expect(await rulesOf(await printed(body.replace('（', '乙'), '@page{margin:0}'))).toEqual([
      ['text-outside', 1, '乙'],
    ]);
  });
  test('a turned page and downward writing are read as they are seen', { timeout: 20_000 }, async () => {
    const body = '<h1>甲</h1><p style="writing-mode:vertical-rl;height:40mm">直排的文字（一）</p>';
    expect(await rulesOf(await printed(body), { texts: ['直排的文字（一）'] })).toEqual([]);
  });
});

describe('a printed file', () => {
  const claims = (bytes: Uint8Array) =>
    Buffer.from(bytes).toString('latin1').includes('<pdfuaid:part>1</pdfuaid:part>');
  test('says that it is PDF/UA where every check holds, and only there', { timeout: 20_000 }, async () => {
    expect(claims(good)).toBe(true);
    expect(claims(await printed(GOOD.replaceAll('h2', 'h3')))).toBe(false);
    expect(claims(await printed(`${GOOD}<p>林\u{f8f0}</p>`))).toBe(false);
  });
  test('has bodies in its lists, words on its links, and artifacts for rules and running heads', {
    timeout: 20_000,
  }, async () => {
    const css = '@page{@bottom-center{content:"頁 " counter(page);font:9pt "Noto Sans TC"}}p{border:1pt solid}';
    const bytes = await printed(`${GOOD}<p><strong>重要</strong></p>`, css);
    expect(claims(bytes)).toBe(true);
    const pdf = await loadPdf(bytes);
    expect(
      links(pdf)
        .map((link) => link.lookup(name('Contents'), PDFHexString).decodeText())
        .sort(),
    ).toEqual(['2', '回前頁', '網站']);
    const roles = dictsOf(pdf, (dict) => dict.has(name('P')) && dict.has(name('S'))).map((dict) =>
      String(dict.get(name('S'))),
    );
    expect(roles.filter((role) => role === '/LBody')).toHaveLength(2);
    expect(roles.filter((role) => role === '/Strong')).toHaveLength(1);
    const leaves = readPages(pdf);
    expect(leaves.map(({ loose }) => loose)).toEqual([false, false]);
    expect(
      leaves[0]?.runs
        .filter(({ spoken }) => spoken === 'artifact')
        .map(({ glyphs }) => glyphs.map(({ text }) => text).join('')),
    ).toEqual(['頁 1']);
  });
  test('is told by the printer of text that is on the page and not on paper', { timeout: 20_000 }, async () => {
    const html =
      trusted(`<!doctype html><html lang="zh-Hant"><title>手冊</title><body style="font-family:'Noto Sans TC'"><h1>甲</h1>
<p style="height:1em;line-height:1;overflow:hidden">看得到<br>看不到</p><p hidden>藏起來</p></body></html>`);
    const sheet = { kind: 'page', file: 'x.pdf', date: '2026-11-23', numbered: false, declares: '', html } as const;
    const { faults } = await printer.print({ ...sheet, expects: ['甲', '缺'] });
    expect(faults?.map(({ rule, text }) => [rule, text])).toEqual([
      ['text-missing', '缺'],
      ['text-missing', '看不到'],
    ]);
  });
});

describe('files that are not ours', () => {
  test('a file of another program is read to the end', async () => {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage([300, 300]);
    page.drawText('Form (A)', { x: 20, y: 20, size: 12, font: await pdf.embedFont(StandardFonts.Helvetica) });
    const faults = await rulesOf(await pdf.save(), { texts: ['Form (A)'] });
    expect(faults.map(([rule]) => rule)).toEqual([
      'title',
      'language',
      'metadata',
      'tags-missing',
      'font-type',
      'font-embedded',
      'font-unicode',
    ]);
  });
  test.each([
    ['no PDF', 'hello', /^這不是 PDF/],
    ['cut short', '%PDF-1.7\n1 0 obj<<', /損壞/],
    ['empty inside', '%PDF-1.7\ntrailer<<>>\n%%EOF', /損壞/],
  ])('%s is refused with a sentence', async (_, text, said) => {
    const refused = await preflight(new TextEncoder().encode(text)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UserError);
    expect((refused as UserError).say.zh).toMatch(said);
  });
  test('a locked file is refused with a sentence', async () => {
    const locked = await changed(({ context }) => {
      context.trailerInfo.Encrypt = context.register(context.obj({ Filter: 'Standard', V: 1 }));
    });
    const refused = await preflight(locked).catch((error: unknown) => error);
    expect((refused as UserError).say.zh).toMatch(/保護/);
  });
  test('loops in it end', async () => {
    const looped = await changed((pdf) => {
      const [first] = pdf.getPages();
      const root = dictAt(pdf.catalog, 'StructTreeRoot');
      dictAt(root, 'K').set(name('K'), root.get(name('K')) as PDFObject);
      const ref = pdf.context.nextRef();
      const own = pdf.context.stream('/Self Do', {
        Subtype: 'Form',
        BBox: [0, 0, 9, 9],
        Resources: { XObject: { Self: ref } },
      });
      pdf.context.assign(ref, own);
      first?.node.Resources()?.set(name('XObject'), pdf.context.obj({ Self: ref }));
      first?.node.set(name('Contents'), pdf.context.register(pdf.context.stream('q /Self Do Q')));
    });
    expect(await rulesOf(looped, { texts: ['甲'] })).toContainEqual(['text-missing', undefined, '甲']);
  });
});

test('a box within the page is right, one with bleed too', async () => {
  const trimmed = await changed((pdf) => {
    for (const page of pdf.getPages()) {
      page.setBleedBox(2, 2, 400, 580);
      page.setTrimBox(10, 10, 390, 560);
    }
  });
  expect(await rulesOf(trimmed)).toEqual([]);
});

describe('on the command line', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'servicebook-check-'));
    await mkdir(join(folder, 'out'));
    await writeFile(join(folder, 'out/good.pdf'), good);
    await writeFile(join(folder, 'bad.pdf'), await changed((pdf) => pdf.getPage(1).setTrimBox(-9, 0, 440, 600)));
    await writeFile(join(folder, 'cut.pdf'), good.subarray(0, 900));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const check = (...args: string[]) => runIn(folder, 'check', ...args);

  test('a folder without faults is 0', async () => {
    expect(await check('out')).toEqual({ code: 0, out: '', err: '1 個檔案：0 個問題。\n' });
  });
  test('with the content the handbook tells every service, an excerpt its own alone', async () => {
    const { 'services/other.yaml': other, ...around } = AROUND;
    await mkdir(join(folder, 'content/services'), { recursive: true });
    for (const [path, text] of Object.entries(around)) await writeFile(join(folder, 'content', path), text);
    await writeFile(join(folder, 'content/services/one.yaml'), `${other}`.replace(/^名稱: .*$/m, '名稱: 申請書'));
    await writeFile(join(folder, 'content/services/two.yaml'), `${other}`.replace(/^名稱: .*$/m, '名稱: 別的服務'));
    const texts = async (name: string) => {
      await writeFile(join(folder, `${name}.pdf`), good);
      const { out } = await check(`${name}.pdf`, '--content', 'content');
      return out;
    };
    expect(await texts('handbook')).toContain('別的服務');
    expect(await texts('handbook-one')).toBe('');
    expect(await texts('handbook-two')).toContain('別的服務');
  });
  test('a fault is 1, told with file, page and rule, as text and as JSON', async () => {
    const { code, out } = await check('out', 'bad.pdf');
    expect([code, out.split('：')[0]]).toEqual([1, 'bad.pdf:2: page-box']);
    const json = await check('bad.pdf', '--format', 'json');
    expect([json.code, JSON.parse(json.out)]).toEqual([
      1,
      [
        {
          file: 'bad.pdf',
          page: 2,
          rule: 'page-box',
          severity: 'error',
          text: null,
          message: expect.stringContaining('TrimBox'),
        },
      ],
    ]);
  });
  test('what is advice is a warning, and 0', async () => {
    await writeFile(join(folder, 'large.pdf'), await BROKEN['file-size']().bytes);
    const { code, out, err } = await check('large.pdf');
    expect([code, err]).toEqual([0, '1 個檔案：0 個問題、1 個提醒。\n']);
    expect(out).toMatch(/^large\.pdf: file-size（提醒）：檔案有 2\d\.\d MB/);
    const json = await check('large.pdf', 'bad.pdf', '--format', 'json');
    expect([json.code, JSON.parse(json.out).map(({ severity }: { severity: string }) => severity)]).toEqual([
      1,
      ['warning', 'error'],
    ]);
  });
  test('what cannot be checked is 2, and the others are checked all the same', async () => {
    const { code, out, err } = await check('bad.pdf', 'cut.pdf');
    expect([code, out.startsWith('bad.pdf:2')]).toEqual([2, true]);
    expect(err).toContain('cut.pdf：這個 PDF 檔已損壞');
    expect((await check('none.pdf')).code).toBe(2);
    expect((await check('out', '--format', 'jsonn')).err).toContain('是不是要寫「json」');
  });
  test('a build leaves out what has a fault, unless it is forced', { timeout: 60_000 }, async () => {
    const content = join(folder, 'content');
    await cp(join(import.meta.dirname, '../templates/init'), content, { recursive: true });
    const service = join(content, 'services/certificate.yaml');
    const text = await readFile(service, 'utf8');
    // No font has a character of the private use area.
    await writeFile(service, text.replace(/^(服務名稱|名稱): (.*)$/m, '$1: $2\u{f8f0}'));
    const build = (...more: string[]) =>
      runIn(folder, 'build', 'notices', '--service', 'certificate', '--no-cache', '--out', 'made', ...more);
    const { code, out, err } = await build();
    expect(code, err).toBe(1);
    expect(out).toMatch(/ {2}made\/notices\/certificate\.pdf\n[\s\S]*沒有編印任何檔案。.*--force/);
    await expect(readdir(join(folder, 'made'))).rejects.toThrow();
    const forced = await build('--force');
    expect(forced.code).toBe(0);
    expect(forced.err).toMatch(/沒有字型可以印「\u{f8f0}」[\s\S]*notices\/certificate\.pdf:1: missing-glyph「.*□/u);
    expect(await readdir(join(folder, 'made/notices'))).toEqual(['certificate.pdf']);
  });
});
