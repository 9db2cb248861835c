import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  type PDFString,
} from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { trusted } from '../src/core/html.js';
import { appendForms } from '../src/pdf/append-forms.js';
import { bookmarksInOrder } from '../src/pdf/bookmarks.js';
import { loadPdf } from '../src/pdf/finish.js';
import { booklet, imposed } from '../src/pdf/imposition.js';
import { namedPlaces } from '../src/pdf/objects.js';
import { type Form, pagesOfForms } from '../src/pdf/open-form.js';
import { preflight } from '../src/pdf/preflight/preflight.js';
import { readAloud } from '../src/pdf/read-aloud.js';
import { readPages } from '../src/pdf/read-pages.js';
import { openPrinter, type Printer } from '../src/print/printer.js';
import { readTemplates } from '../src/theme/templates.js';
import {
  append as appended,
  bookmarksOf,
  dictOf,
  elements,
  fillable,
  finish,
  name,
  notesOf,
  parentsOf,
  pieces,
  tagsOf,
  text,
  untagged,
  wayUp,
  whole,
} from './forms.js';
import { see } from './pdf.js';

const chart = (await readTemplates(false)).chart.theme;
let printer: Printer;
let book: Uint8Array;
let tagged: Form;
beforeAll(async () => {
  printer = await openPrinter({ env: process.env, root: process.getuid?.() === 0, chart });
  book = await print(
    '為民服務手冊',
    '<h1 id="a">手冊一</h1><p><a href="#b">到手冊二</a></p><table><tr><th>甲<td>乙</table><h1 id="b">手冊二</h1><p><a href="#a">回手冊一</a></p>',
  );
  tagged = {
    title: '聲明異議狀',
    file: 'objection.pdf',
    bytes: await print(
      '異議',
      '<h1 id="a">書表一</h1><p><a href="#b">到書表二</a></p><p><a href="https://example.org/">網站</a></p><table><tr><th>丙<th>丁<tr><td>一<td>二</table><h1 id="b">書表二</h1><p><a href="#a">回書表一</a></p>',
    ),
  };
}, 60_000);
afterAll(() => printer.close());

async function print(title: string, body: string, css = ''): Promise<Uint8Array> {
  const html = `<!doctype html><html lang="zh-Hant"><head><title>${title}</title><style>
@page{size:A4;margin:20mm}body{font-family:'Noto Sans TC'}h1{break-before:page}${css}</style></head><body>${body}</body></html>`;
  const sheet = {
    kind: 'page',
    file: 'x.pdf',
    date: '2026-11-23',
    numbered: false,
    declares: '',
    html: trusted(html),
  } as const;
  return (await printer.print(sheet)).bytes;
}

const append = (forms: readonly Form[]) => appended(forms, book);

describe('a form with tags', () => {
  test('stands behind the book, page by page, with its stamp', async () => {
    const { texts, sizes, lang, title } = await see(await finish(await append([tagged])));
    expect(texts.map((each) => each.slice(0, 3))).toEqual(['手冊一', '手冊二', '書表一', '書表二']);
    expect(texts.map((each) => /foot\d/.exec(each)?.[0])).toEqual([undefined, undefined, 'foot1', 'foot2']);
    expect(sizes).toEqual([...Array(4)].map(() => [210, 297]));
    expect([lang, title]).toEqual(['zh-Hant', '為民服務手冊']);
  });

  test('is one section of the book, and each of its pieces leads to an element', async () => {
    const before = pieces(await loadPdf(book));
    const pdf = await loadPdf(await finish(await append([tagged])));
    const all = pieces(pdf);
    expect(all.filter(({ page }) => page <= 2)).toEqual(before);
    const own = all.filter(({ page }) => page > 2);
    expect(own.length).toBe(pieces(await loadPdf(tagged.bytes)).length);
    expect(new Set(own.map(({ page }) => page))).toEqual(new Set([3, 4]));
    for (const { way } of own) expect(way?.slice(-3)).toEqual(['Div', 'Sect', 'Document']);
    const [sect, ...more] = elements(pdf, 'Sect');
    expect(more).toEqual([]);
    expect([text(sect, 'T'), text(sect, 'Lang')]).toEqual(['聲明異議狀', 'zh-Hant']);
    expect(elements(pdf, 'Document')).toHaveLength(1);
  });

  test('leaves the tags of the book as they were', async () => {
    const bytes = await finish(await append([tagged]));
    for (const page of [1, 2]) expect(await tagsOf(bytes, page)).toBe(await tagsOf(book, page));
    expect(await tagsOf(bytes, 3)).toContain('"role":"H1"');
    expect(await tagsOf(bytes, 3)).toContain('"role":"TH"');
  });

  test('keeps the heads of its tables apart from those of the book', async () => {
    for (const finished of [true, false]) {
      const made = await append([tagged, { ...tagged, title: '另一份' }]);
      const pdf = await loadPdf(finished ? await finish(made) : await made.save());
      const heads = elements(pdf, 'TH');
      const ids = heads.map((head) => text(head, 'ID'));
      expect(ids).toHaveLength(5);
      expect(new Set(ids).size).toBe(5);
      const headers = elements(pdf, 'TD').map((cell) => {
        const found = cell.lookup(name('A'));
        const each = found instanceof PDFArray ? found.asArray() : [found];
        return each.flatMap((one) => {
          const attributes = pdf.context.lookup(one, PDFDict).lookupMaybe(name('Headers'), PDFArray);
          return (attributes?.asArray() ?? []).map((id) => (id as PDFString).decodeText());
        });
      });
      expect(headers).toEqual([[ids[0]], [ids[1]], [ids[2]], [ids[3]], [ids[4]]]);
      const tree = pdf.catalog.lookup(name('StructTreeRoot'), PDFDict).lookup(name('IDTree'), PDFDict);
      const leaf = tree.lookupMaybe(name('Kids'), PDFArray)?.lookup(0, PDFDict) ?? tree;
      const listed = leaf.lookup(name('Names'), PDFArray).asArray();
      expect(listed.filter((each) => each instanceof PDFRef).map((ref) => pdf.context.lookup(ref))).toHaveLength(5);
    }
  });

  test('gets its links answered by its own pages, and the book by the book', async () => {
    const { links } = await see(await finish(await append([tagged, { ...tagged, title: '另一份' }])));
    expect(links.map(({ from, to, words }) => [from, to, words])).toEqual([
      [1, 2, '到手冊二'],
      [2, 1, '回手冊一'],
      [3, 4, '到書表二'],
      [4, 3, '回書表一'],
      [5, 6, '到書表二'],
      [6, 5, '回書表一'],
    ]);
    const pdf = await append([tagged]);
    expect(
      notesOf(pdf)
        .flatMap(({ note }) => note.lookup(name('A'))?.toString() ?? '')
        .join(),
    ).toContain('example.org');
  });

  test('has notes whose elements are found by number', async () => {
    const pdf = await loadPdf(await finish(await append([tagged])));
    const parents = parentsOf(pdf);
    const own = notesOf(pdf).filter(({ page }) => page > 2);
    expect(own).toHaveLength(3);
    expect(elements(pdf, 'Link')).toHaveLength(2 + 3);
    for (const { note, ref } of own) {
      const element = parents.get(note.lookup(name('StructParent'), PDFNumber).asNumber());
      expect(wayUp(pdf, element)?.[0]).toBe('Link');
      expect(pdf.context.lookup(element, PDFDict).toString() + elementText(pdf, element)).toContain(ref.toString());
    }
    const { note } = notesOf(pdf)[0] ?? {};
    expect(parents.has(note?.lookup(name('StructParent'), PDFNumber).asNumber() ?? -1)).toBe(
      parentsOf(await loadPdf(book)).has(note?.lookup(name('StructParent'), PDFNumber).asNumber() ?? -1),
    );
  });

  test('is bookmarked below one bookmark, its own below it', async () => {
    const before = await bookmarksOf(book);
    const bytes = await finish(await append([tagged, { ...tagged, title: '另一份' }]));
    expect(before.length).toBe(2);
    expect(await bookmarksOf(bytes)).toEqual([
      ...before,
      [0, '書表', 3],
      [1, '聲明異議狀', 3],
      [2, '書表一', 3],
      [2, '書表二', 4],
      [1, '另一份', 5],
      [2, '書表一', 5],
      [2, '書表二', 6],
    ]);
    const outlines = (await loadPdf(bytes)).catalog.lookup(name('Outlines'), PDFDict);
    expect(outlines.lookup(name('Count'), PDFNumber).asNumber()).toBe(2 + 3);
  });
});

/** What an element holds, written out. */
const elementText = (pdf: PDFDocument, element: PDFObject | undefined): string => {
  const kids = pdf.context.lookup(element, PDFDict).lookup(name('K'));
  const listed = kids instanceof PDFArray ? kids.asArray() : [kids];
  return listed.map((each) => pdf.context.lookup(each)?.toString()).join();
};

describe('the same input', () => {
  test('gives the same bytes', async () => {
    const made = async () => Buffer.from(await finish(await append([tagged, await fillable('甲')])));
    expect(Buffer.compare(await made(), await made())).toBe(0);
    const folded = async () =>
      Buffer.from(await finish(await booklet(await loadPdf(book), { width: 842, height: 595 })));
    expect(Buffer.compare(await folded(), await folded())).toBe(0);
  });

  test('without forms changes nothing', async () => {
    const plain = await (await loadPdf(book)).save();
    expect(Buffer.compare(await (await append([])).save(), plain)).toBe(0);
  });
});

test('a stamp that the printer printed lets the page be seen', async () => {
  const form = await untagged((page) => page.drawText('WORDS', { x: 20, y: 200 }));
  const [size] = await pagesOfForms([form]);
  const stamp = await loadPdf(
    await print(
      '頁碼',
      '<footer>第 3 頁</footer>',
      `@page{size:${size?.width}pt ${size?.height}pt;margin:0}footer{position:absolute;bottom:5mm}`,
    ),
  );
  const pdf = await loadPdf(book);
  await appendForms(pdf, [form], { bookmark: '書表', stamp });
  const bytes = await finish(pdf);
  expect((await see(bytes)).texts[2]).toBe('WORDS第3頁');
  // Nothing but the words is drawn: no white sheet over the form.
  const drawings = dictOf(dictOf((await loadPdf(bytes)).getPage(2).node, 'Resources'), 'XObject');
  const footer = drawings.lookup(name('Footer'));
  if (!(footer instanceof PDFRawStream)) throw new Error('no footer');
  const content = Buffer.from(decodePDFRawStream(footer).decode()).toString('latin1');
  expect(content).not.toMatch(/\b(f|F|B|S|MCID)\b/);
});

test('a booklet keeps title and language, drops tags and bookmarks, and passes finishPdf', async () => {
  const folded = await booklet(await append([tagged]), { width: 841.89, height: 595.28 });
  const { texts, tagged: hasTags, bookmarks, lang, title } = await see(await finish(folded));
  expect([texts.length, hasTags, bookmarks, lang, title]).toEqual([2, false, [], 'zh-Hant', '為民服務手冊']);
  expect(texts[0]).toMatch(/書表二.*foot2.*手冊一/);
  expect(await whole(await folded.save())).toContain('/DuplexFlipShortEdge');
});

describe('an excerpt', () => {
  test('is the pages of a part with their numbers, bookmarks, tags and the links within it, and nothing else', async () => {
    const bytes = await print(
      '為民服務手冊',
      '<h1 id="a">手冊一</h1><p><a href="#b">二</a></p><h1 id="b">手冊二</h1><p><a href="#a">一</a> <a href="#d">續</a> <a href="#c">三</a></p><h2 id="d" style="break-before: page">手冊二續</h2><table><tr><th>甲<td>乙</table><p><a href="#b">二</a></p><h1 id="c">手冊三</h1><p><a href="#b">二</a></p>',
    );
    const made = async (extent: { begin: string; end?: string; next?: string }) =>
      imposed(
        { file: 'book.pdf', date: '2026-11-23', bytes, declares: '' },
        { kind: 'excerpt', name: 'two', ...extent },
      );
    const two = await made({ begin: 'b', next: 'c' });
    expect([two.file, two.pages, two.faults]).toEqual(['book-two.pdf', 2, []]);
    const pdf = await loadPdf(two.bytes);
    expect(pdf.catalog.lookup(name('PageLabels'), PDFDict).toString()).toMatch(/\/St 2\b/);
    expect(readPages(pdf).map(({ seen }) => seen.replace(/\s/g, ''))).toEqual([
      '手冊二一續三',
      expect.stringMatching(/^手冊二續甲乙二$/),
    ]);
    const titles = bookmarksInOrder(pdf).map(({ item }) => item.lookup(name('Title'), PDFHexString).decodeText());
    expect(titles).toEqual(['手冊二', '手冊二續']);
    const links = pdf.getPages().map(({ node }) => node.Annots()?.size() ?? 0);
    expect(links).toEqual([1, 1]);
    expect([...namedPlaces(pdf).keys()].sort()).toEqual(['b', 'd']);
    const ways = pieces(pdf).map(({ way }) => way);
    expect(ways.length).toBeGreaterThan(5);
    expect(ways).not.toContain(undefined);
    // Nothing of the other pages is left in the file.
    expect(Buffer.from(two.bytes).includes(Buffer.from('手冊三', 'utf16le').swap16())).toBe(false);
    expect((await made({ begin: 'b', end: 'd' })).pages).toBe(2);
    expect((await made({ begin: 'd', next: 'c' })).pages).toBe(1);
    expect((await made({ begin: 'c' })).pages).toBe(1);
    await expect(made({ begin: 'x' })).rejects.toThrow('no place "x"');
    // The part itself is judged as its sheet was, but for the headings above it.
    expect(await preflight((await made({ begin: 'd', next: 'c' })).bytes)).toEqual([]);
  });
});

describe('what a screen reader speaks', () => {
  test('is headings, lists, tables with their heads, links and figures in their order, with other languages', async () => {
    const pdf = await loadPdf(
      await print(
        '為民服務手冊',
        '<h1 id="a">手冊</h1><p>前 <a href="#b">手冊二</a> 後</p><p lang="en">Desk</p><ul><li>甲</li><li>乙</li></ul><table><tr><th>名<td>值</table><figure><svg role="img" aria-label="流程：一、二" width="9" height="9"><rect width="9" height="9"/></svg></figure><h2 id="b">手冊二</h2>',
        'h2{break-before:page}li{list-style:none}',
      ),
    );
    const spoken = readAloud(pdf, readPages(pdf), '（連結）{0}');
    expect(spoken.map(({ role, page, text, count, lang }) => [role, page, text, count, lang])).toEqual([
      ['H1', 1, '手冊', undefined, undefined],
      ['P', 1, '前 （連結）手冊二 後', undefined, undefined],
      ['P', 1, 'Desk', undefined, 'en'],
      ['L', undefined, '', 2, undefined],
      ['LBody', 1, '甲', undefined, undefined],
      ['LBody', 1, '乙', undefined, undefined],
      ['Table', undefined, '', 1, undefined],
      ['TH', 1, '名', undefined, undefined],
      ['TD', 1, '值', undefined, undefined],
      ['Figure', 1, '流程：一、二', undefined, undefined],
      ['H2', 2, '手冊二', undefined, undefined],
    ]);
  });
});
