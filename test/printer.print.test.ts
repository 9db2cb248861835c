import { execFileSync } from 'node:child_process';
import type { EventEmitter } from 'node:events';
import { mkdtemp, open, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { createServer as createNetServer, type Server as NetServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, PDFString } from '@cantoo/pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import puppeteer, { type Browser } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOf } from '../src/core/cache.js';
import { trusted } from '../src/core/html.js';
import { UserError } from '../src/core/terminal.js';
import { svgElement, svgOf, svgText } from '../src/document/drawing.js';
import type { Diagram, Drawing, File, Sheet } from '../src/document/sheet.js';
import { DiagramError } from '../src/print/diagrams.js';
import type { Settled } from '../src/print/in-page/book.js';
import { openPrinter, type Printer, type PrinterOptions } from '../src/print/printer.js';
import { readTemplates } from '../src/theme/templates.js';

/** The web sockets that puppeteer speaks through. */
const { WebSocketServer } = createRequire(createRequire(import.meta.url).resolve('puppeteer'))('ws') as {
  WebSocketServer: new (options: { port: number; host: string }) => NetServer;
};

const chart = (await readTemplates(false)).chart.theme;
const options: PrinterOptions = { env: process.env, root: process.getuid?.() === 0, chart };
let printer: Printer;
beforeAll(async () => {
  printer = await openPrinter(options);
}, 60_000);
afterAll(() => printer.close());

type PageSheet = Extract<Sheet, { kind: 'page' }>;
const page = (body: string, more: Partial<PageSheet> & { css?: string } = {}): PageSheet => ({
  kind: 'page',
  file: 'test.pdf',
  date: '2026-11-23',
  declares: '',
  numbered: false,
  ...more,
  html: trusted(`<!doctype html><html lang="zh-Hant"><head><title>戶籍謄本</title><style>
@page{size:A4;margin:20mm}body{font-family:'Noto Sans TC'}h1,h2{break-before:page}${more.css ?? ''}
</style></head><body>${body}</body></html>`),
});

/** The words of each page, as a reader's search would find them. */
async function textOf({ bytes }: File): Promise<string[]> {
  const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let n = 1; n <= pdf.numPages; n += 1) {
    const { items } = await (await pdf.getPage(n)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
  }
  return pages;
}

async function fontsOf({
  bytes,
}: File): Promise<{ name: string; kind: string; embedded: boolean; unicode: boolean }[]> {
  const pdf = await PDFDocument.load(bytes);
  const fonts = [];
  for (const [, object] of pdf.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict) || object.get(PDFName.of('Type')) !== PDFName.of('Font')) continue;
    const kind = object.get(PDFName.of('Subtype'))?.toString() ?? '';
    if (kind.startsWith('/CIDFont')) continue;
    const inner = object.lookupMaybe(PDFName.of('DescendantFonts'), PDFArray)?.lookup(0, PDFDict);
    fonts.push({
      name: object.get(PDFName.of('BaseFont'))?.toString().slice(8) ?? '',
      kind: `${kind}${inner?.get(PDFName.of('Subtype')) ?? ''}`,
      embedded: inner?.lookup(PDFName.of('FontDescriptor'), PDFDict).has(PDFName.of('FontFile2')) ?? false,
      unicode: object.has(PDFName.of('ToUnicode')),
    });
  }
  // A family asked for by two names is embedded twice.
  const distinct = new Map(fonts.map((font) => [JSON.stringify(font), font]));
  return [...distinct.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
const trueType = (name: string) => ({ name, kind: '/Type0/CIDFontType2', embedded: true, unicode: true });

describe('a printed page', () => {
  test('holds its sheet size, also two sizes in one file', async () => {
    const css = '@page wide{size:A3 landscape}.wide{page:wide}';
    const { bytes, pages } = await printer.print(page('<p>甲</p><p class="wide">乙</p>', { css }));
    const sizes = (await PDFDocument.load(bytes)).getPages().map((each) => each.getSize());
    const millimetres = sizes.map(({ width, height }) =>
      [width, height].map((points) => Math.round((points / 72) * 25.4)),
    );
    expect(pages).toBe(2);
    expect(millimetres).toEqual([
      [210, 297],
      [420, 297],
    ]);
  });

  test('embeds every font as TrueType with its characters, never as Type 3', async () => {
    const body =
      '<p>戶籍謄本〔①〕＿｜→<b>粗體</b></p><p style="font-family:\'Noto Serif TC\'">宋體</p><p style="font-family:sans-serif">無</p>';
    expect(await fontsOf(await printer.print(page(body)))).toEqual([
      trueType('NotoSansTC-Bold'),
      trueType('NotoSansTC-Regular'),
      trueType('NotoSerifTC-Regular'),
    ]);
  });

  test('names the characters that no font has', async () => {
    // A private-use character: no font of any machine has it. 𡘙 lies outside the basic plane and is in ours.
    const { missing } = await printer.print(page('<h1>林\u{f8f0}堃</h1><p>堃喆𡘙峯〔①〕□✓</p>'));
    expect(missing).toEqual(['\u{f8f0}']);
    expect((await printer.print(page('<p>堃喆𡘙峯〔①〕□✓→｜●◎△▲(\\0)</p>'))).missing).toBeUndefined();
  });

  test('is named, dated, tagged and in Chinese, and has bookmarks', async () => {
    const { bytes } = await printer.print(page('<h1>第一章</h1><h2>戶籍</h2><p>甲</p>'));
    const loaded = await PDFDocument.load(bytes, { updateMetadata: false });
    const { catalog, context } = loaded;
    expect(loaded.getTitle()).toBe('戶籍謄本');
    expect([loaded.getCreator(), loaded.getProducer()]).toEqual(['servicebook', 'servicebook']);
    expect(loaded.getCreationDate()).toEqual(new Date('2026-11-23T00:00:00Z'));
    expect(catalog.lookup(PDFName.of('Lang'), PDFString).decodeText()).toBe('zh-Hant');
    expect(catalog.lookup(PDFName.of('MarkInfo'), PDFDict).toString()).toContain('/Marked true');
    expect(catalog.has(PDFName.of('StructTreeRoot'))).toBe(true);
    expect(catalog.getViewerPreferences()?.getDisplayDocTitle()).toBe(true);
    expect(context.lookup(catalog.get(PDFName.of('Metadata')))).toBeInstanceOf(PDFRawStream);
    const outline = await (await getDocument({ data: bytes.slice(), verbosity: 0 }).promise).getOutline();
    expect(outline.map(({ title, items }) => [title, items.map((each: { title: string }) => each.title)])).toEqual([
      ['第一章', ['戶籍']],
    ]);
  });

  test('is the same bytes each time, also side by side with others', async () => {
    const sheet = page('<h1 id="a">甲</h1><p><a href="#a">見</a></p><table><tr><th>乙</th></tr></table>');
    const others = [1, 2, 3].map((n) => printer.print(page(`<p>${n}</p>`)));
    const twice = await Promise.all([printer.print(sheet), printer.print(sheet), ...others]);
    const again = await printer.print(sheet);
    expect(Buffer.compare(twice[0]?.bytes ?? new Uint8Array(), again.bytes)).toBe(0);
    expect(Buffer.compare(twice[1]?.bytes ?? new Uint8Array(), again.bytes)).toBe(0);
  });

  test('is the same bytes whatever was set before it', async () => {
    // Chromium makes one font of 16.79 and 16.80 px, of 8.11 and 8.10, and so on, and keeps the first.
    const set = (size: string, more = '') => page(`<p>國${more}</p>`, { css: `p{font-size:${size}}` });
    const drawn = (scale: number) =>
      page(`<p>字</p><svg viewBox="0 0 100 100" width="${100 * scale}"><text y="50" font-size="16">國</text></svg>`);
    const fitted = (most: number) =>
      page('<p class="fit">國</p>', {
        css: '.fit{width:50mm;height:30mm;font-size:calc(var(--fit)*16px)}',
        fit: { least: 0.5, most },
      });
    // A shorthand with a variable hides its size.
    const hidden = (size: string) =>
      page('<p>國</p>', { css: `:root{--f:'Noto Sans TC'}p{font:400 ${size}/1.5 var(--f)}` });
    const logo = (size: string) =>
      page(
        `<p>字</p><img alt="" src="data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 50 50"><text y="30" font-size="${size}" font-family="Noto Sans TC">國</text></svg>`)}" width="50" height="50">`,
      );
    const sheets = [
      ...[set('16.8px'), set('16.805px'), set('smaller', '<small>字</small>'), drawn(1.05), drawn(1.0503)],
      ...[fitted(1.05), fitted(1.0503), hidden('16.8px'), hidden('16.805px'), logo('16.8px'), logo('16.805px')],
    ];
    const inOrder = async (order: readonly PageSheet[]) => {
      const one = await openPrinter({ ...options, pages: 1 });
      const printed = new Map<PageSheet, string>();
      for (const each of order) printed.set(each, digestOf((await one.print(each)).bytes));
      await one.close();
      return sheets.map((each) => printed.get(each));
    };
    const first = await inOrder(sheets);
    expect(await inOrder([...sheets].reverse())).toEqual(first);
    const evens = [...sheets.filter((_, i) => i % 2 === 1), ...sheets.filter((_, i) => i % 2 === 0)];
    expect(await inOrder(evens)).toEqual(first);
  });

  test('without lang or title is our own mistake', async () => {
    const bare = { ...page(''), html: trusted('<!doctype html><title>甲</title>') };
    await expect(printer.print(bare)).rejects.toThrow('test.pdf: the page has no lang');
  });
});

describe('page numbers in the contents', () => {
  const chapters = Array.from({ length: 40 }, (_, n) => `s${n}`);
  const contents = chapters
    .map((id) => `<li><a href="#${id}">第 ${id} 章 <span data-page-of="${id}"></span></a></li>`)
    .join('');
  const body = chapters.map((id) => `<h2 id="${id}">標題${id}</h2><p style="height:200mm"></p><p>尾</p>`).join('');

  test('are the pages on which the chapters stand', async () => {
    const file = await printer.print(page(`<ol style="list-style:none">${contents}</ol>${body}`, { numbered: true }));
    const pages = await textOf(file);
    const listed = [
      ...pages
        .slice(0, 2)
        .join('')
        .matchAll(/第 (s\d+) 章 (\d+)/g),
    ].map(([, id, number]) => [id, Number(number)]);
    expect(listed).toHaveLength(40);
    for (const [id, number] of listed) expect(pages[Number(number) - 1]).toContain(`標題${id}`);
  });

  test('are right also when writing them moves the chapters', async () => {
    // Empty, the numbers take no room; written, each fills a line and the contents grow by a page.
    const css = 'span:not(:empty){display:block;height:12mm}';
    const file = await printer.print(
      page(`<ol style="list-style:none">${contents}</ol>${body}`, { numbered: true, css }),
    );
    const pages = await textOf(file);
    const last = /第 s39 章\s*(\d+)/.exec(pages.join(''))?.[1];
    expect(pages[Number(last) - 1]).toContain('標題s39');
  });

  test('that lead nowhere are our own mistake', async () => {
    const sheet = page('<p data-page-of="gone"></p>', { numbered: true });
    await expect(printer.print(sheet)).rejects.toThrow('no link leads to #gone');
  });
});

describe('a book', () => {
  const long = (mm: number) => `<p style="height:${mm}mm;margin:0"></p>`;
  test('gets blank leaves so that what should begins on a right page, and none where it does so anyway', async () => {
    const parts = ['a', 'b', 'c', 'd'];
    const links = parts.map((id) => `<a href="#${id}">${id}<i data-page-of="${id}">0</i></a>`).join(' ');
    const css = '@page{size:148mm 210mm;margin:10mm}h1,.blank{break-before:page;margin:0}.blank[hidden]{display:none}';
    const part = (id: string, mm: number) =>
      `<div class="blank" data-recto="${id}" hidden>空</div><h1 id="${id}">部${id}</h1>${long(mm)}`;
    // a takes one page, b two, c one.
    const body = `${links}${part('a', 50)}${part('b', 300)}${part('c', 50)}${part('d', 50)}`;
    const total = '<p data-pages="共 000 頁">共 000 頁</p>';
    const pages = await textOf(await printer.print(page(body + total, { numbered: true, css })));
    expect(pages.map((text) => /空|部./.exec(text)?.[0] ?? '')).toEqual([
      '',
      '空',
      '部a',
      '空',
      '部b',
      '',
      '部c',
      '空',
      '部d',
    ]);
    expect(pages[0]?.replace(/\s/g, '')).toBe('a3b5c7d9');
    expect(pages[8]).toContain('共 9 頁');
  });
  test('is set closer where that saves a page of few lines, and only there', async () => {
    const css =
      '@page{size:148mm 210mm;margin:10mm}section{break-before:page}.line{height:10mm;margin:0}.closer .line{height:9mm}';
    // A page holds 19 lines of 10 mm or 21 of 9 mm.
    const service = (id: string, lines: number) =>
      `<a href="#${id}"></a><a href="#${id}-end"></a><section data-begin="${id}" data-end="${id}-end"><h1 id="${id}" style="margin:0;height:9mm;font-size:12px">始${id}</h1>${'<p class="line">甲</p>'.repeat(lines)}<span id="${id}-end">終</span></section>`;
    const body = `${service('a', 18)}${service('b', 23)}${service('c', 10)}`;
    const pages = await textOf(await printer.print(page(body, { numbered: true, css })));
    // b takes two pages anyway, so its lines keep their distance: 18 and 5.
    expect(pages.filter((text) => text.trim() !== '').map((text) => text.match(/甲/g)?.length)).toEqual([
      18, 18, 5, 10,
    ]);
  });
});

describe('a text fitted to its sheet', () => {
  const css =
    '.fit{box-sizing:border-box;width:100mm;height:60mm;overflow:hidden;font-size:calc(var(--fit)*10mm);line-height:1.2;margin:0}';
  const poster = (text: string) =>
    page(`<p class="fit">${text}</p>`, { css, file: 'poster.pdf', fit: { least: 0.5, most: 3 } });
  const sizeOf = async (file: File) => {
    const pdf = await getDocument({ data: file.bytes.slice(), verbosity: 0 }).promise;
    const { items } = await (await pdf.getPage(1)).getTextContent();
    const first = items.find((item) => 'str' in item && item.str !== '');
    return first && 'height' in first ? (first.height / 72) * 25.4 : 0;
  };

  test('is as large as allowed when short, and smaller when long', async () => {
    expect(await sizeOf(await printer.print(poster('短')))).toBeCloseTo(30, 0);
    const long = await sizeOf(await printer.print(poster('字'.repeat(40))));
    expect(long).toBeGreaterThan(9);
    expect(long).toBeLessThan(12);
  });

  test('that does not fit at the least size is a sentence with the name of the sheet', async () => {
    const error = await printer.print(poster('字'.repeat(400))).catch((reason: unknown) => reason);
    if (!(error instanceof UserError)) throw new Error('it was printed');
    expect(error.exitCode).toBe(1);
    expect(error.say.zh).toBe(
      'poster.pdf：文字太多，放不進這張紙，縮到最小字級仍多出約 18 行。請刪減文字、改用較大的紙張，或把較少人用到的內容移到手冊。',
    );
    expect(error.say.en).toContain('too long');
  });

  test('apart from others is as large as its own box allows, flows on alone, and is named when it may not', async () => {
    const boxes = (fit: Partial<PageSheet['fit']>) =>
      page(['短', '長'.repeat(400)].map((text) => `<p class="fit" data-name="${text[0]}紙">${text}</p>`).join(''), {
        css: `${css}.fit.flows{height:auto;font-size:4mm}`,
        fit: { least: 0.5, most: 3, apart: true, ...fit },
      });
    const printed = await printer.print(boxes({ flows: true }));
    expect(await sizeOf(printed)).toBeCloseTo(30, 0);
    expect((await textOf(printed)).join('').match(/長/g)).toHaveLength(400);
    const error = await printer.print(boxes({})).catch((reason: unknown) => reason);
    expect(error instanceof UserError && error.say.zh).toContain('「長紙」文字太多');
  });

  test('is set closer where all of it fits so', async () => {
    const two = (text: string) =>
      page(`<p class="fit">${text}</p><p class="fit">${text}</p>`, {
        css: `${css}.fit{break-after:page}.closer .fit{break-after:auto;height:30mm}`,
        fit: { least: 0.5, most: 3, rather: [{ named: 'closer', least: 1, most: 1 }] },
      });
    expect(await textOf(await printer.print(two('短')))).toHaveLength(1);
    expect(await textOf(await printer.print(two('長'.repeat(60))))).toHaveLength(2);
  });
});

test('nothing in a page runs, and nothing is fetched', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('secret');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const site = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const folder = await mkdtemp(join(tmpdir(), 'printer-test-'));
  await writeFile(join(folder, 'secret.html'), '<p>secret</p>');
  const file = await printer.print(
    page(`<p id="p">still</p><script>document.getElementById('p').textContent='ran'</script>
<img src="x" onerror="document.getElementById('p').textContent='ran'"><svg onload="document.getElementById('p').textContent='ran'"></svg>
<img src="${site}/img"><iframe src="${site}/frame"></iframe><iframe src="file://${folder}/secret.html"></iframe>
<object data="file://${folder}/secret.html"></object><link rel="stylesheet" href="${site}/css"><link rel="preconnect" href="${site}">
<iframe srcdoc="<script>parent.document.getElementById('p').textContent='ran'</script>"></iframe>
<style>@import url(${site}/import);p{background:url(${site}/background)}@font-face{font-family:x;src:url(${site}/font)}p{font-family:x}</style>
<meta http-equiv="refresh" content="0;url=${site}/refresh"><a href="javascript:void 0">j</a>`),
  );
  const text = (await textOf(file)).join('');
  server.close();
  await rm(folder, { recursive: true });
  expect(asked).toEqual([]);
  expect(text).toContain('still');
  expect(text).not.toContain('ran');
  expect(text).not.toContain('secret');
});

const flow = `flowchart TB
  n1(["1. 申請人提出申請<br/>（臨櫃、郵寄或線上）"])
  n2["2. 收件並核對文件<br/>〔戶政事務所・30 分鐘〕"]
  n3{"3. 文件<br/>齊備？"}:::decision
  n4["4. 通知補正"]
  n5[["5. 簽會"]]
  n6@{ shape: doc, label: "核發謄本" }
  n7(["結案"])
  n1 --> n2
  n2 --> n3
  n3 -->|"否"| n4
  n4 -->|"補正後重送"| n2
  n3 -->|"是"| n5
  n5 --> n6
  n6 --> n7
`;
const ours = (id: string): Diagram => ({ id, title: '申請 <戶籍> 謄本', mermaid: flow, given: false });
const given = (id: string, mermaid: string): Diagram => ({ id, title: '作者的圖', mermaid, given: true });
const draw = async (diagram: Diagram): Promise<Drawing> => {
  const [drawing] = await printer.draw([diagram]);
  if (!drawing) throw new Error('nothing was drawn');
  return drawing;
};
const idsOf = ({ tree }: Drawing) => [...svgOf(tree).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? '');

describe('a chart of ours', () => {
  test('keeps its labels as text and is small', async () => {
    const { tree, width, height } = await draw(ours('a'));
    const svg = svgOf(tree);
    for (const label of ['（臨櫃、郵寄或線上）', '〔戶政事務所・30', '補正後重送', '核發謄本'])
      expect(svg).toContain(label);
    expect(svg).not.toContain('foreignObject');
    expect(svg.length).toBeLessThan(20_000);
    expect(svg).toMatch(
      new RegExp(`^<svg [^>]*id="chart-a" width="${width}" height="${height}" viewBox="0 0 [^"]+" role="img"`),
    );
    expect(svg).toContain('<title>申請 &lt;戶籍&gt; 謄本</title>');
    expect(svg).not.toContain('max-width');
  });

  test('is the same each time, whatever was drawn before', async () => {
    const first = await draw(ours('a'));
    await draw(ours('b'));
    expect(await draw(ours('a'))).toEqual(first);
  });

  test('shares no id with another and styles nothing outside itself', async () => {
    const [a, b] = await printer.draw([ours('a'), ours('b')]);
    if (!a || !b) throw new Error('nothing was drawn');
    expect(idsOf(a).every((id) => /^chart-a([-_]|$)/.test(id))).toBe(true);
    expect(new Set([...idsOf(a), ...idsOf(b)]).size).toBe(idsOf(a).length + idsOf(b).length);
    const rules = /<style>(.*?)<\/style>/s.exec(svgOf(a.tree))?.[1] ?? '';
    for (const rule of rules.split('}').filter((each) => each.trim())) expect(rule.trim()).toMatch(/^#chart-a/);
    for (const [, id] of svgOf(a.tree).matchAll(/url\(#([^)]+)\)/g)) expect(idsOf(a)).toContain(id);
  });

  test('prints as TrueType text in a tagged PDF of its own size', async () => {
    const drawing = await draw(ours('a'));
    const { width, height } = drawing;
    const sheet = {
      kind: 'picture',
      declares: '',
      file: 'a.pdf',
      drawing,
      title: '申請謄本',
      date: '2026-11-23',
    } as const;
    const file = await printer.print({ ...sheet, format: 'pdf' });
    expect(await fontsOf(file)).toEqual([trueType('NotoSansTC-Regular')]);
    expect((await textOf(file)).join('')).toContain('補正後重送');
    const pdf = await PDFDocument.load(file.bytes);
    expect([file.pages, pdf.getTitle(), pdf.catalog.has(PDFName.of('StructTreeRoot'))]).toEqual([1, '申請謄本', true]);
    // 16 px of white on each side; 0.75 pt in a px; Chromium rounds a sheet to 1/300 inch.
    expect(Math.abs(pdf.getPage(0).getWidth() - (width + 32) * 0.75)).toBeLessThan(0.5);
    expect(Math.abs(pdf.getPage(0).getHeight() - (height + 32) * 0.75)).toBeLessThan(0.5);
  });

  test('becomes a PNG of three pixels a px, or a file of SVG', async () => {
    const drawing = await draw(ours('a'));
    const { width } = drawing;
    const sheet = { kind: 'picture', declares: '', file: 'a', drawing, title: '申請謄本', date: '2026-11-23' } as const;
    const png = Buffer.from((await printer.print({ ...sheet, format: 'png' })).bytes);
    expect(png.toString('latin1', 1, 4)).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe((width + 32) * 3);
    const text = new TextDecoder().decode((await printer.print({ ...sheet, format: 'svg' })).bytes);
    expect(text).toBe(`${svgOf(drawing.tree).replace('</svg>', '<metadata class="servicebook"></metadata></svg>')}\n`);
  });

  test('is a smaller PNG where it is too long for three pixels a px, and there to its end', async () => {
    const drawing = (height: number): Drawing => {
      const size = { width: 100, height };
      const foot = svgElement('rect', { y: height - 10, width: 100, height: 10 });
      return { id: 'a', ...size, tree: svgElement('svg', { xmlns: 'http://www.w3.org/2000/svg', ...size }, foot) };
    };
    const sheet = { kind: 'picture', declares: '', file: 'a', title: '甲', date: '2026-11-23', format: 'png' } as const;
    const [long, longer] = await Promise.all(
      [30_000, 29_990].map((high) => printer.print({ ...sheet, drawing: drawing(high) })),
    );
    const png = Buffer.from(long?.bytes ?? []);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([288, 65_535]);
    expect(png.equals(longer?.bytes ?? png)).toBe(false);
  });
});

describe("a stranger's diagram", () => {
  test('is drawn by Mermaid as it is, and the same each time', async () => {
    const sequence = given('s', 'sequenceDiagram\n participant A as 申請人\n A->>戶政: 送件\n 戶政-->>A: 補正通知');
    const [first, second] = await printer.draw([sequence, { ...sequence }]);
    expect(first && svgText(first.tree)).toContain('補正通知');
    expect(second).toEqual(first);
    expect(idsOf(first as Drawing).every((id) => /^chart-s([-_]|$)/.test(id))).toBe(true);
  });

  test('has its codes read, in labels of one line and of more, and ours as well; none that is not seen', async () => {
    const label = '甲#quot;乙#quot;#35;1#9829;#amp;';
    for (const { tree } of await printer.draw([
      given('c', `flowchart TB\n a["${label}"] --> b["${label}<br/>#amp;#35;8238;#8238;"]`),
      { ...given('d', `flowchart TB\n a["${label}"] -->|"${label}"| b["丙<br/>${label}"]`), given: false },
    ])) {
      const texts = [...svgOf(tree).matchAll(/>([^<>]+)</g)].map(([, text]) => text).join('');
      expect(texts.match(/甲"乙"#1♥&amp;/g)?.length).toBeGreaterThan(1);
      expect(texts).not.toMatch(/quot;|9829|\u202E/);
    }
  });

  test('that Mermaid cannot read is one sentence each, with title and id and no stack', async () => {
    const bad = [given('x', 'flowchart TB\n a[--> b'), given('y', 'nonsense'), ours('z')];
    const error = await printer.draw(bad).catch((reason: unknown) => reason);
    if (!(error instanceof DiagramError)) throw error;
    expect(error.diagrams.map(({ id }) => id)).toEqual(['x', 'y']);
    expect(error.say.en.split('\n')).toHaveLength(2);
    expect(error.say.en).toMatch(/^Mermaid cannot read the diagram "作者的圖" \(x\): Parse error on line \d/);
    expect(error.say.zh).not.toMatch(/\.m?js|https?:/);
    expect(error.exitCode).toBe(1);
  });

  test('can neither run nor fetch', async () => {
    const { tree } = await draw(
      given(
        'evil',
        `%%{init: {"securityLevel": "loose", "htmlLabels": true, "themeCSS": "* { background: url(http://127.0.0.1:9/x) }"}}%%
flowchart TB
  a["<img src=x onerror=alert(1)><script>alert(1)</script>甲"]
  a --> b
  click a "javascript:alert(1)"`,
      ),
    );
    const svg = svgOf(tree);
    expect(svg).toContain('甲');
    expect(svg).not.toMatch(/<script|<img|javascript:|127\.0\.0\.1|foreignObject/);
  });

  test('is laid out like every other chart, whatever layout it asks for', async () => {
    const chart = 'flowchart TB\n  a[甲] --> b{乙}\n  b --> c[丙]\n  c --> a';
    const [asked, plain] = await printer.draw([
      given('l', `---\nconfig:\n  layout: elk\n---\n${chart}`),
      given('l', chart),
    ]);
    expect(asked).toEqual(plain);
  });

  test('cannot show a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'printer-test-'));
    await writeFile(join(folder, 'a.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const picture = given('p', `flowchart TB\n  b@{ img: "file://${folder}/a.svg", w: 9, h: 9 }`);
    await expect(draw(picture)).rejects.toThrow('The diagram "作者的圖" (p) holds a picture that cannot be loaded');
    await rm(folder, { recursive: true });
  });
});

describe('the browser', () => {
  const refusal = async (more: Partial<PrinterOptions>): Promise<UserError> => {
    const error = await openPrinter({ ...options, ...more }).then(
      (opened) => opened.close(),
      (reason: unknown) => reason,
    );
    if (!(error instanceof UserError)) throw new Error(`not a UserError: ${String(error)}`);
    expect(error.exitCode).toBe(2);
    return error;
  };

  test('that does not exist is a sentence with the mend', async () => {
    const { say } = await refusal({ browser: '/no/such/chrome' });
    expect(say.en).toContain('named by --browser, /no/such/chrome, cannot be used: there is no such file');
    expect(say.zh).toContain('請安裝 Google Chrome');
  });

  test('of the environment that does not exist names the variable', async () => {
    const { say } = await refusal({ env: { ...process.env, PUPPETEER_EXECUTABLE_PATH: '/no/such/chrome' } });
    expect(say.en).toContain('named by PUPPETEER_EXECUTABLE_PATH');
  });

  test('that is another program is a sentence, also when it may not run', async () => {
    expect((await refusal({ browser: process.execPath })).say.en).toContain('it is not a Chromium browser');
    expect((await refusal({ browser: new URL(import.meta.url).pathname })).say.en).toContain('may not be executed');
  });

  test.runIf(process.platform === 'linux')('that lacks a library says which', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'printer-test-'));
    const browser = join(folder, 'chrome');
    const message = 'chrome: error while loading shared libraries: libnss3.so: cannot open shared object file';
    await writeFile(browser, `#!/bin/sh\necho "${message}" >&2\nexit 127\n`, { mode: 0o700 });
    expect((await refusal({ browser })).say.zh).toContain('系統缺少程式庫 libnss3.so');
    await rm(folder, { recursive: true });
  });

  const embedded = test.runIf(
    process.platform === 'linux' && process.arch === 'x64' && !process.env.PUPPETEER_EXECUTABLE_PATH,
  );

  embedded(
    'is unpacked once into a folder that only its user can write, by two builds at once',
    { timeout: 120_000 },
    async () => {
      const cache = await mkdtemp(join(tmpdir(), 'printer-test-'));
      const env = { ...process.env, XDG_CACHE_HOME: cache };
      const both = await Promise.all([openPrinter({ ...options, env }), openPrinter({ ...options, env })]);
      await Promise.all(both.map((each) => each.close()));
      const names = await readdir(join(cache, 'servicebook'));
      expect(names.filter((name) => /^(chromium|unpacking)-/.test(name))).toHaveLength(1);
      const folder = join(cache, 'servicebook', names.find((name) => name.startsWith('chromium-')) ?? '');
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
      // Half a program, as a full disk would leave it, is not run but unpacked again.
      await rm(join(folder, 'chromium'));
      await writeFile(join(folder, 'chromium'), '');
      await (await openPrinter({ ...options, env })).close();
      expect((await stat(join(folder, 'chromium'))).size).toBeGreaterThan(1e8);
      await rm(cache, { recursive: true });
    },
  );

  embedded('is not trusted where others can write', { timeout: 120_000 }, async () => {
    const cache = await mkdtemp(join(tmpdir(), 'printer-test-'));
    const elsewhere = await mkdtemp(join(tmpdir(), 'printer-test-'));
    await symlink(elsewhere, join(cache, 'servicebook'));
    const opened = await openPrinter({ ...options, env: { ...process.env, XDG_CACHE_HOME: cache } });
    expect((await opened.print(page('<p>甲</p>'))).pages).toBe(1);
    await opened.close();
    expect(await readdir(elsewhere)).toEqual([]);
    await Promise.all([rm(cache, { recursive: true }), rm(elsewhere, { recursive: true })]);
  });

  test('closes twice, and in the middle of a print', { timeout: 20_000 }, async () => {
    const opened = await openPrinter(options);
    const printing = opened.print(page('<p>甲</p>'.repeat(2000))).catch(() => 'stopped');
    await Promise.all([opened.close(), opened.close()]);
    expect(await printing).toBe('stopped');
  });
});

test('a book set as it was settled before is the same bytes as one settled from nothing, also where pages have moved', async () => {
  const kept = new Map<string, Settled>();
  const found: boolean[] = [];
  const known = {
    get: (key: string) => {
      found.push(kept.has(key));
      return kept.get(key);
    },
    put: (key: string, settled: Settled) => void kept.set(key, settled),
  };
  const book = (lines: number) =>
    page(
      `<p><a href="#a">甲</a> <span data-page-of="a"></span> <a href="#b">乙</a> <span data-page-of="b"></span></p>${[
        'a',
        'b',
      ]
        .map(
          (id) =>
            `<div data-recto="${id}" hidden style="break-before:page">空白</div><article data-begin="${id}" data-end="${id}z" data-beside=""><h1 id="${id}">${id}</h1>${'<p>一行字</p>'.repeat(id === 'a' ? lines : 30)}<span id="${id}z"></span></article><a href="#${id}z">末</a>`,
        )
        .join('')}`,
      { numbered: true, css: '.closer p{margin-block:0.8em}' },
    );
  const learning = await openPrinter({ ...options, known });
  try {
    // Three lines too many for a page, which set closer fit; one line more; a page more, so that the numbers move.
    for (const lines of [26, 27, 60]) {
      const [as, anew] = [await learning.print(book(lines)), await printer.print(book(lines))];
      expect([lines, Buffer.from(as.bytes).equals(Buffer.from(anew.bytes))]).toEqual([lines, true]);
    }
    expect(found).toEqual([false, true, true]);
  } finally {
    await learning.close();
  }
});

describe('a browser elsewhere', () => {
  /** Chromium with a port on this machine, as a pool would run it; `conf` is its fontconfig file. */
  async function start(conf: string): Promise<Browser> {
    const room = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'servicebook');
    const home = (await readdir(room)).find((name) => name.startsWith('chromium-')) ?? '';
    return puppeteer.launch({
      executablePath: join(room, home, 'chromium'),
      headless: 'shell',
      args: ['--font-render-hinting=none', ...(options.root ? ['--no-sandbox'] : [])],
      env: { ...process.env, FONTCONFIG_FILE: conf, LD_LIBRARY_PATH: join(room, home, 'lib') },
    });
  }
  const conf = (folders: string[]) =>
    `<fontconfig>${folders.map((folder) => `<dir>${folder}</dir>`).join('')}<cachedir>${tmpdir()}/fontcache</cachedir></fontconfig>`;
  let folder: string;
  let pool: Browser;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pool-'));
    const fonts = ['sans', 'serif'].map((name) =>
      join(import.meta.dirname, `../node_modules/@expo-google-fonts/noto-${name}-tc`),
    );
    await writeFile(join(folder, 'fonts.conf'), conf(fonts));
    // Without any font at all a Chromium prints nothing.
    const other = join(import.meta.dirname, '../node_modules/@expo-google-fonts/noto-sans-thai');
    await writeFile(join(folder, 'none.conf'), conf([other]));
    pool = await start(join(folder, 'fonts.conf'));
  }, 60_000);
  afterAll(async () => {
    await pool.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('prints the same, reaches nothing and is left running for others', async () => {
    const elsewhere = await openPrinter({ ...options, endpoint: pool.wsEndpoint() });
    const sheet = page('<h1 id="a">戶籍謄本</h1><p><a href="#a">見</a></p><img src="http://127.0.0.1:9/x.png">');
    const [here, there] = [await printer.print(sheet), await elsewhere.print(sheet)];
    expect(await textOf(there)).toEqual(await textOf(here));
    expect(await fontsOf(there)).toEqual(await fontsOf(here));
    expect(Buffer.from((await elsewhere.print(sheet)).bytes).equals(Buffer.from(there.bytes))).toBe(true);
    await elsewhere.close();
    expect(pool.connected).toBe(true);
    expect(pool.browserContexts()).toHaveLength(1);
  });

  test('is given every weight of our fonts', async () => {
    const bare = await start(join(folder, 'none.conf'));
    const elsewhere = await openPrinter({ ...options, endpoint: bare.wsEndpoint() });
    const fonts = await fontsOf(await elsewhere.print(page('<p>甲<b>乙</b><b style="font-weight:500">丙</b></p>')));
    await elsewhere.close();
    await bare.close();
    expect(fonts).toEqual(['Bold', 'Medium', 'Regular'].map((weight) => trueType(`NotoSansTC-${weight}`)));
  });

  test('that has no font at all is told, for it sets no text whatever it is handed', async () => {
    await writeFile(join(folder, 'empty.conf'), conf([]));
    const bare = await start(join(folder, 'empty.conf'));
    const told = await openPrinter({ ...options, endpoint: bare.wsEndpoint() }).catch((error: unknown) => error);
    await bare.close();
    expect(told instanceof UserError && [told.exitCode, told.say.en]).toEqual([
      2,
      expect.stringMatching(/^The machine .*ws:\/\/127\.0\.0\.1:\d+ has no font at all.*apt install fonts-dejavu-core/),
    ]);
  });

  test('is refused when it is not there, or has no address', async () => {
    const refusal = (endpoint: string) =>
      openPrinter({ ...options, endpoint }).then(
        () => '',
        (error: unknown) => (error instanceof UserError ? error.say.en : String(error)),
      );
    expect(await refusal('ws://127.0.0.1:9/devtools?token=secret')).toMatch(
      /^The browser at ws:\/\/127\.0\.0\.1:9 cannot be reached: (?!.*secret)/,
    );
    expect(await refusal('http://127.0.0.1:9')).toMatch(/^The browser at http:\/\/127\.0\.0\.1:9 cannot be reached: /);
    expect(await refusal('127.0.0.1:9')).toContain('ws://host:port');
  });

  test('that is another version is told', async () => {
    const said = await versionTold('HeadlessChrome/163.0.1.2');
    expect(said).toContain('is HeadlessChrome/163.0.1.2, the one that comes with this program Chromium 153');
    expect(await versionTold('HeadlessChrome/88.0.1.2')).toContain('take Chromium 140 or later');
  });

  /** What is said of a browser that calls itself so and answers nothing else: a relay in front of the pool. */
  async function versionTold(version: string): Promise<string> {
    let told = '';
    const relay = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await new Promise((done) => relay.once('listening', done));
    relay.on('connection', (socket) => {
      const client = socket as unknown as EventEmitter & { send(text: string): void; close(): void };
      client.on('message', (text) => {
        const { id, method } = JSON.parse(String(text));
        const answers: Record<string, object> = {
          'Browser.getVersion': { product: version, userAgent: '-' },
          'Target.getBrowserContexts': { browserContextIds: [] },
          'Target.setDiscoverTargets': {},
        };
        if (method === 'Target.createBrowserContext') client.close();
        else client.send(JSON.stringify({ id, result: answers[method] ?? {} }));
      });
    });
    const { port } = relay.address() as { port: number };
    const tell = ({ en }: { en: string }) => {
      told += en;
    };
    await openPrinter({ ...options, endpoint: `ws://127.0.0.1:${port}`, patience: 3000, tell }).catch(
      (error: unknown) => {
        told += error instanceof UserError ? error.say.en : String(error);
      },
    );
    relay.close();
    return told;
  }

  test('is found by its http address, and told when it stalls or dies', async () => {
    const http = `http://${new URL(pool.wsEndpoint()).host}`;
    const elsewhere = await openPrinter({ ...options, endpoint: http, patience: 2000 });
    const sheet = page('<p>甲</p>');
    await elsewhere.print(sheet);
    const pid = pool.process()?.pid ?? 0;
    process.kill(-pid, 'SIGSTOP');
    const stalled = await elsewhere.print(sheet).catch((error: unknown) => error);
    expect(stalled instanceof UserError && stalled.say.en).toMatch(
      /^The browser at http:\/\/127\.0\.0\.1:\d+ does not answer while printing test\.pdf/,
    );
    expect(stalled instanceof UserError && stalled.exitCode).toBe(2);
    const began = Date.now();
    await elsewhere.close();
    expect(Date.now() - began).toBeLessThan(5000);
    const asked = await openPrinter({ ...options, endpoint: http, patience: 1000 }).catch((error: unknown) => error);
    expect(asked instanceof UserError && asked.say.en).toContain('does not answer within 1 s');
    process.kill(-pid, 'SIGCONT');
    const again = await openPrinter({ ...options, endpoint: pool.wsEndpoint() });
    process.kill(-pid, 'SIGKILL');
    const ended = await again.print(page('<p>甲</p>'.repeat(5000))).catch((error: unknown) => error);
    await again.close();
    expect(ended instanceof UserError && ended.say.en).toContain('ended in the middle of printing test.pdf');
  });

  test('that takes the connection and never answers is told within its limit', async () => {
    const deaf = createNetServer(() => undefined);
    await new Promise<void>((done) => deaf.listen(0, '127.0.0.1', done));
    const { port } = deaf.address() as { port: number };
    for (const scheme of ['ws', 'http']) {
      const began = Date.now();
      const endpoint = `${scheme}://127.0.0.1:${port}/`;
      const told = await openPrinter({ ...options, endpoint, patience: 500 }).catch((error: unknown) => error);
      expect(told instanceof UserError && told.say.zh).toContain('0.5 秒內沒有回應');
      expect(Date.now() - began).toBeLessThan(5000);
    }
    deaf.close();
  });
});

describe('a browser of ours', () => {
  let temporary: string;
  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'desk-'));
  });
  afterAll(() => rm(temporary, { recursive: true, force: true }));
  const own = () => ({ ...options, env: { ...process.env, TMPDIR: temporary }, patience: 2000 });
  /** The browser that runs now, as its folder names it. */
  const pidOf = async (): Promise<number> => {
    for (;;) {
      const [name] = await readdir(temporary);
      const pid = name && Number(await readFile(join(temporary, name, 'pid'), 'utf8').catch(() => ''));
      if (pid) return pid;
      await new Promise((done) => setTimeout(done, 20));
    }
  };
  /** All processes of a browser; whoever takes over those that outlive it by a moment may bury them late. */
  const expectEnded = (pid: number) =>
    expect.poll(() => attempt(() => process.kill(-pid, 0)), { timeout: 3000 }).toMatch('ESRCH');
  const attempt = (work: () => void): string => {
    try {
      work();
      return 'there';
    } catch (error) {
      return String(error);
    }
  };
  const sheet = page('<p>甲</p>'.repeat(3000));

  test('that hangs or ends is opened anew once and the sheet printed again; then it is told', async () => {
    const whole = await printer.print(sheet);
    for (const signal of ['SIGSTOP', 'SIGKILL'] as const) {
      const one = await openPrinter(own());
      const first = await pidOf();
      process.kill(-first, signal);
      const printed = await one.print(sheet);
      expect(Buffer.from(printed.bytes).equals(Buffer.from(whole.bytes)), signal).toBe(true);
      process.kill(-(await pidOf()), signal);
      const told = await one.print(sheet).catch((error: unknown) => error);
      expect(told instanceof UserError && told.say.en).toMatch(
        signal === 'SIGSTOP'
          ? /^The browser does not answer while printing test\.pdf; nor did it when it was opened anew\./
          : /^The browser ended in the middle of printing test\.pdf; so it did when it was opened anew\./,
      );
      expect(told instanceof UserError && told.exitCode).toBe(2);
      await one.close();
      expect(await readdir(temporary), signal).toEqual([]);
      await expectEnded(first);
    }
  });

  test('that hangs or ends while its fonts are tried is told within its limit', async () => {
    // The browser asks for this font and waits: nobody writes into the pipe.
    const beside = await mkdtemp(join(tmpdir(), 'pipe-'));
    const pipe = join(beside, 'font.ttf');
    execFileSync('mkfifo', [pipe]);
    const faces = [{ family: '造字', weight: '400', file: pipe, digest: 'pipe' }];
    for (const [signal, why] of [
      ['SIGSTOP', 'was opened and does not answer within 1 s'],
      ['SIGKILL', 'ended as soon as it was opened'],
    ] as const) {
      const began = Date.now();
      const opening = openPrinter({ ...own(), chart: { ...chart, faces }, patience: 1000 }).catch((error) => error);
      const pid = await pidOf();
      const writing = await open(pipe, 'w');
      process.kill(-pid, signal);
      const told = await opening;
      await writing.close();
      expect(told instanceof UserError && [told.exitCode, told.say.en]).toEqual([2, expect.stringContaining(why)]);
      expect(Date.now() - began, signal).toBeLessThan(8000);
      expect(await readdir(temporary), signal).toEqual([]);
      await expectEnded(pid);
    }
    await rm(beside, { recursive: true });
  });

  test('that ends for want of its temporary folder is told so', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'desk-'));
    const one = await openPrinter({ ...own(), env: { ...process.env, TMPDIR: folder } });
    const [name = ''] = await readdir(folder);
    const pid = Number(await readFile(join(folder, name, 'pid'), 'utf8'));
    await rm(folder, { recursive: true, maxRetries: 20, retryDelay: 50 });
    process.kill(-pid, 'SIGKILL');
    const told = await one.print(sheet).catch((error: unknown) => error);
    await one.close();
    expect(told instanceof UserError && told.say.en).toMatch(/^The temporary folder .*desk-\w+ does not exist\./);
  });

  test('ends within its limit also when it was stopped', async () => {
    const one = await openPrinter({ ...own(), patience: 60_000 });
    const printing = one.print(sheet).catch((error: Error) => error.message);
    process.kill(-(await pidOf()), 'SIGSTOP');
    const began = Date.now();
    await one.close();
    expect(Date.now() - began).toBeLessThan(5000);
    expect(await printing).toBe('the printer is closed');
    expect(await readdir(temporary)).toEqual([]);
  });

  test('has its patience from the environment, which is told when it is no number', async () => {
    const env = { ...process.env, SERVICEBOOK_BROWSER_LIMIT: 'soon' };
    const told = await openPrinter({ ...options, env }).catch((error: unknown) => error);
    expect(told instanceof UserError && told.say.zh).toContain('SERVICEBOOK_BROWSER_LIMIT 是「soon」');
  });
});
