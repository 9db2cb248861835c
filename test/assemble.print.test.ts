import { deflateSync } from 'node:zlib';
import {
  decodePDFRawStream,
  degrees,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  PDFRef,
  PDFString,
  StandardFonts,
} from '@cantoo/pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { trusted } from '../src/core/html.js';
import { UserError } from '../src/core/terminal.js';
import { appendForms } from '../src/pdf/append-forms.js';
import { finishPdf, loadPdf } from '../src/pdf/finish.js';
import { booklet } from '../src/pdf/imposition.js';
import { type Form, pagesOfForms } from '../src/pdf/open-form.js';
import type { PageSize } from '../src/pdf/page-frame.js';
import { openPrinter, type Printer } from '../src/print/printer.js';
import { readTemplates } from '../src/theme/templates.js';
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

const SOURCE = '<html>手冊一二';
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

const name = (text: string) => PDFName.of(text);

/** A page of each size for the running foot, as wide as the page is seen. */
async function stampsFor(sizes: readonly PageSize[]): Promise<PDFDocument> {
  const stamp = await PDFDocument.create({ updateMetadata: false });
  const font = await stamp.embedFont(StandardFonts.Helvetica);
  for (const [index, { width, height }] of sizes.entries())
    stamp.addPage([width, height]).drawText(`foot${index + 1}`, { x: width / 2, y: 12, size: 9, font });
  return loadPdf(await stamp.save());
}

async function append(forms: readonly Form[], into: Uint8Array = book): Promise<PDFDocument> {
  const pdf = await loadPdf(into);
  await appendForms(pdf, forms, { bookmark: '書表', stamp: await stampsFor(await pagesOfForms(forms)) });
  return pdf;
}
const finish = async (pdf: PDFDocument) =>
  (await finishPdf(pdf, { file: 'book.pdf', date: '2026-11-23', source: SOURCE })).bytes;

/** A form by pdf-lib: without tags, with `draw` on one page of 200 × 300 pt. */
async function untagged(draw: (page: PDFPage, pdf: PDFDocument) => void | Promise<void>): Promise<Form> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const page = pdf.addPage([200, 300]);
  await draw(page, pdf);
  return { title: '委任書', file: 'mandate.pdf', bytes: await pdf.save({ updateFieldAppearances: false }) };
}

const contentOf = (page: PDFPage): string => {
  const found = page.node.Contents();
  const streams = found instanceof PDFArray ? found.asArray().map((each) => page.doc.context.lookup(each)) : [found];
  return streams
    .map((each) =>
      each instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(each).decode()).toString('latin1') : '',
    )
    .join('\n');
};

/** Every role on the way from an element up to the root; undefined where the way is broken. */
function wayUp(pdf: PDFDocument, element: PDFObject | undefined): string[] | undefined {
  const roles: string[] = [];
  for (let ref = element; roles.length < 100; ) {
    const found = pdf.context.lookup(ref);
    if (!(found instanceof PDFDict)) return undefined;
    if (found.get(name('Type')) === name('StructTreeRoot')) return roles;
    roles.push(found.lookup(name('S'), PDFName).decodeText());
    const parent = found.get(name('P'));
    // The parent must know the child.
    const above = pdf.context.lookup(parent);
    const kids = above instanceof PDFDict ? above.lookup(name('K')) : undefined;
    const listed = kids instanceof PDFArray ? kids.asArray() : above instanceof PDFDict ? [above.get(name('K'))] : [];
    if (!listed.includes(ref)) return undefined;
    ref = parent;
  }
  return undefined;
}

/** Every piece of every page by way of the table from content to elements: page (1-based), MCID, roles up to the root. */
function pieces(pdf: PDFDocument): { page: number; mcid: number; way: string[] | undefined }[] {
  const owners = parentsOf(pdf);
  return pdf.getPages().flatMap((page, index) => {
    const own = owners.get(page.node.lookupMaybe(name('StructParents'), PDFNumber)?.asNumber() ?? -1);
    const listed = pdf.context.lookup(own);
    return [...contentOf(page).matchAll(/\/MCID\s+(\d+)/g)].map(([, digits]) => {
      const mcid = Number(digits);
      const element = listed instanceof PDFArray && mcid < listed.size() ? listed.get(mcid) : undefined;
      return { page: index + 1, mcid, way: wayUp(pdf, element) };
    });
  });
}

function parentsOf(pdf: PDFDocument): Map<number, PDFObject> {
  const tree = pdf.catalog.lookup(name('StructTreeRoot'), PDFDict).lookup(name('ParentTree'), PDFDict);
  const numbers = tree.lookup(name('Nums'), PDFArray).asArray();
  const parents = new Map<number, PDFObject>();
  for (let i = 0; i < numbers.length; i += 2) {
    const key = numbers[i];
    const value = numbers[i + 1];
    if (!(key instanceof PDFNumber) || !value) throw new Error('not a number tree');
    expect(parents.has(key.asNumber())).toBe(false);
    parents.set(key.asNumber(), value);
  }
  return parents;
}

const notesOf = (pdf: PDFDocument) =>
  pdf.getPages().flatMap((page, index) =>
    (page.node.Annots()?.asArray() ?? []).map((ref) => ({
      page: index + 1,
      ref,
      note: pdf.context.lookup(ref, PDFDict),
    })),
  );

/** Elements of this role, in order of reading. */
function elements(pdf: PDFDocument, role: string): PDFDict[] {
  const found: PDFDict[] = [];
  const visit = (value: PDFObject | undefined): void => {
    const each = pdf.context.lookup(value);
    if (each instanceof PDFArray) for (const kid of each.asArray()) visit(kid);
    if (!(each instanceof PDFDict) || each.has(name('Obj')) || each.has(name('MCID'))) return;
    if (each.get(name('S')) === name(role)) found.push(each);
    visit(each.get(name('K')));
  };
  visit(pdf.catalog.lookup(name('StructTreeRoot'), PDFDict).get(name('K')));
  return found;
}
const text = (dict: PDFDict | undefined, key: string) => dict?.lookup(name(key), PDFString, PDFHexString).decodeText();

/** Bookmarks as [depth, title, page], by another reader. */
async function bookmarksOf(bytes: Uint8Array): Promise<[number, string, number][]> {
  const file = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  type Item = { title: string; dest: string | { num: number; gen: number }[]; items: Item[] };
  const list = async (items: Item[], depth: number): Promise<[number, string, number][]> => {
    const found: [number, string, number][] = [];
    for (const { title, dest, items: inner } of items) {
      const place = typeof dest === 'string' ? await file.getDestination(dest) : dest;
      found.push([depth, title, place?.[0] ? (await file.getPageIndex(place[0])) + 1 : 0]);
      found.push(...(await list(inner, depth + 1)));
    }
    return found;
  };
  return list(((await file.getOutline()) ?? []) as Item[], 0);
}

/** The roles and pieces of a page as another reader tells them, without the numbers of objects. */
async function tagsOf(bytes: Uint8Array, page: number): Promise<string> {
  const file = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  return JSON.stringify(await (await file.getPage(page)).getStructTree()).replace(/"p\d+R_/g, '"');
}

/** All of a file that is not compressed away. */
const whole = async (bytes: Uint8Array) =>
  Buffer.from(await (await loadPdf(bytes)).save({ useObjectStreams: false })).toString('latin1');

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

/** A text field and a box to tick, with all that a stranger might hide in a file. */
const fillable = (title: string) =>
  untagged(async (page, pdf) => {
    page.drawText('NAME', { x: 20, y: 250, size: 12 });
    const form = pdf.getForm();
    form.createTextField('name').addToPage(page, { x: 20, y: 200, width: 100, height: 20 });
    form.createCheckBox('agree').addToPage(page, { x: 20, y: 150, width: 20, height: 20 });
    const { context, catalog } = pdf;
    const script = context.register(context.obj({ S: 'JavaScript', JS: PDFString.of('app.alert(1)') }));
    const launch = context.obj({ S: 'Launch', F: PDFString.of('evil.exe') });
    catalog.set(name('OpenAction'), script);
    catalog.set(name('AA'), context.obj({ WC: script }));
    page.node.set(name('AA'), context.obj({ O: script }));
    for (const field of form.getFields()) {
      field.acroField.dict.set(name('AA'), context.obj({ K: script, F: script, C: script }));
      field.acroField.dict.set(name('A'), context.obj({ S: 'JavaScript', JS: PDFString.of('app.alert(2)') }));
    }
    const notes = page.node.Annots();
    const note = (more: Record<string, PDFObject | string>) =>
      notes?.push(context.register(context.obj({ Type: 'Annot', Rect: [0, 0, 9, 9], ...more })));
    note({ Subtype: 'Link', A: launch });
    note({ Subtype: 'Link', A: script });
    note({ Subtype: 'Link', A: context.obj({ S: 'URI', URI: PDFString.of('javascript:alert(3)') }) });
    note({ Subtype: 'Link', A: context.obj({ S: 'GoToR', F: PDFString.of('evil.pdf'), D: [0, 'Fit'] }) });
    note({ Subtype: 'Screen', A: context.obj({ S: 'Rendition', JS: PDFString.of('app.alert(4)') }) });
    const file = context.register(
      context.obj({
        Type: 'Filespec',
        F: PDFString.of('evil.exe'),
        EF: { F: context.register(context.stream('MZ', { Type: 'EmbeddedFile' })) },
      }),
    );
    note({ Subtype: 'FileAttachment', FS: file });
    note({ Subtype: 'Text', Contents: PDFString.of('a note'), AA: context.obj({ E: script }), FS: file, X: script });
    const outlines = context.nextRef();
    const [runs, goes] = [context.nextRef(), context.nextRef()];
    const mark = { Parent: outlines, Title: PDFString.of('mark') };
    context.assign(runs, context.obj({ ...mark, A: script, Next: goes }));
    context.assign(goes, context.obj({ ...mark, A: { S: 'GoTo', D: [0, 'Fit'] }, Prev: runs }));
    context.assign(outlines, context.obj({ First: runs, Last: goes, Count: 2 }));
    catalog.set(name('Outlines'), outlines);
    await pdf.attach(new Uint8Array([1, 2, 3]), 'evil.bin');
    pdf.addJavaScript('main', 'app.alert(5)');
    const acroForm = dictOf(catalog, 'AcroForm');
    acroForm.set(name('XFA'), PDFString.of('<xdp>'));
    const font = await pdf.embedFont(StandardFonts.Helvetica);
    acroForm.set(name('DR'), context.obj({ Font: { Helvetica: font.ref, ZapfDingbats: font.ref } }));
  }).then((form) => ({ ...form, title, file: `${title}.pdf` }));
const dictOf = (dict: PDFDict, key: string) => dict.lookup(name(key), PDFDict);

describe('a form without tags', () => {
  test('is read as a paragraph when it shows text, and as a picture with its title when it shows none', async () => {
    const written = await untagged((page) => page.drawText('WORDS', { x: 20, y: 200 }));
    const drawn = await untagged((page) => page.drawRectangle({ x: 20, y: 200, width: 50, height: 50 }));
    const inside = await untagged(async (page, pdf) => {
      const inner = await PDFDocument.create();
      inner.addPage([100, 100]).drawText('INNER', { x: 10, y: 10 });
      const [drawing] = await pdf.embedPdf(await inner.save());
      if (drawing) page.drawPage(drawing);
    });
    const bytes = await finish(await append([written, { ...drawn, title: '略圖' }, inside]));
    const pdf = await loadPdf(bytes);
    const ways = pieces(pdf).filter(({ page }) => page > 2);
    expect(ways).toEqual([
      { page: 3, mcid: 0, way: ['P', 'Sect', 'Document'] },
      { page: 4, mcid: 0, way: ['Figure', 'Sect', 'Document'] },
      { page: 5, mcid: 0, way: ['P', 'Sect', 'Document'] },
    ]);
    expect(elements(pdf, 'Figure').map((each) => text(each, 'Alt'))).toEqual(['略圖']);
    expect((await see(bytes)).texts.slice(2)).toEqual(['WORDSfoot1', 'foot2', 'INNERfoot3']);
  });

  test('has no piece within another, whatever its content was marked with and left open', async () => {
    const form = await untagged((page, pdf) => {
      const { context } = pdf;
      page.node.set(name('StructParents'), PDFNumber.of(0));
      page.node.set(name('Resources'), context.obj({ Properties: { M: { MCID: 7 } } }));
      const content = `q 2 0 0 2 0 0 cm /P <</MCID 3>> BDC (a \\( (b) EMC ) Tj EMC /P /M BDC EMC EMC
/Artifact BMC BI /W 1 /H 1 /CS /G /BPC 8 ID \u0001 q q q EI EMC % q q
q /Span BMC 0 0 5 5 re f`;
      page.node.set(name('Contents'), context.register(context.stream(content)));
    });
    const pdf = await append([form]);
    const page = pdf.getPage(2);
    const content = contentOf(page);
    expect([...content.matchAll(/MCID (\d+)/g)].map(([, mcid]) => mcid)).toEqual(['0']);
    expect(content.match(/\/Artifact/g)).toHaveLength(1);
    expect(content).toContain('(a \\( (b) EMC ) Tj');
    expect(content).toContain('ID \u0001 q q q EI');
    const operators = content
      .replace('(a \\( (b) EMC ) Tj', '')
      .replace('q q q EI', '')
      .replace('% q q', '')
      .split(/\s+/);
    const count = (...words: string[]) => operators.filter((each) => words.includes(each)).length;
    expect(count('q')).toBe(count('Q'));
    expect(count('BDC', 'BMC')).toBe(count('EMC'));
    let depth = 0;
    const ends = operators.flatMap((each, at) => {
      depth += /^B[DM]C$/.test(each) ? 1 : each === 'EMC' ? -1 : 0;
      return each === 'EMC' && depth === 0 ? [at] : [];
    });
    // The piece and the stamp are all that stands side by side.
    expect([ends.length, depth]).toEqual([2, 0]);
    // The stamp is drawn in the page's own space, outside of every piece.
    const tail = content.slice(content.indexOf('/Artifact'));
    expect(tail.trim().split('\n')).toEqual([
      '/Artifact <</Type /Pagination /Subtype /Footer>> BDC',
      'q 1 0 0 1 0 0 cm /Footer Do Q',
      'EMC',
    ]);
  });

  test('stays fillable, under a name of its own', async () => {
    const bytes = await finish(await append([await fillable('甲'), await fillable('乙'), await fillable('丙')]));
    const pdf = await loadPdf(bytes);
    const form = pdf.getForm();
    expect(form.getFields().map((field) => field.getName())).toEqual([
      'name',
      'agree',
      'p4-name',
      'p4-agree',
      'p5-name',
      'p5-agree',
    ]);
    form.getTextField('p4-name').setText('Wang');
    form.getCheckBox('p5-agree').check();
    const again = await loadPdf(await pdf.save());
    expect(again.getForm().getTextField('p4-name').getText()).toBe('Wang');
    expect(again.getForm().getTextField('name').getText()).toBeUndefined();
    expect(again.getForm().getCheckBox('p5-agree').isChecked()).toBe(true);
    const file = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
    const seen = (await (await file.getPage(4)).getAnnotations()).filter(({ subtype }) => subtype === 'Widget');
    expect(seen.map(({ fieldName, readOnly }) => [fieldName, readOnly])).toEqual([
      ['p4-name', false],
      ['p4-agree', false],
    ]);
    // The font that a field is written in is found under the name the field knows.
    const fresh = await loadPdf(bytes);
    const fonts = dictOf(dictOf(dictOf(fresh.catalog, 'AcroForm'), 'DR'), 'Font');
    expect(fonts.keys().map((each) => each.decodeText())).toContain('p4-Helvetica');
    const used = ['name', 'p4-name', 'p5-name'].map((each) => {
      const appearance = fresh.getForm().getTextField(each).acroField.getDefaultAppearance();
      return /\/(\S+) [\d.]+ Tf/.exec(appearance ?? '')?.[1] ?? '';
    });
    expect(used).toEqual(['Helvetica', 'p4-Helvetica', 'p5-Helvetica']);
    for (const each of used) expect(fonts.lookup(name(each))).toBeInstanceOf(PDFDict);
    const parents = parentsOf(pdf);
    for (const { note } of notesOf(pdf).filter((each) => each.note.get(name('Subtype')) === name('Widget')))
      expect(wayUp(pdf, parents.get(note.lookup(name('StructParent'), PDFNumber).asNumber()))).toEqual([
        'Form',
        'Sect',
        'Document',
      ]);
  });

  test('brings nothing that runs, opens or hides', async () => {
    const form = await fillable('甲');
    expect(await whole(form.bytes)).toMatch(/JavaScript[\s\S]*XFA|XFA[\s\S]*JavaScript/);
    const pdf = await append([form]);
    const bytes = await whole(await pdf.save());
    expect(bytes).not.toMatch(
      /\/JS\b|JavaScript|javascript|Launch|GoToR|Rendition|EmbeddedFile|Filespec|OpenAction|\/AA\b|XFA|evil|alert/,
    );
    expect(bytes).not.toContain('a note');
    // Of two bookmarks, one ran a script.
    expect((await bookmarksOf(await finish(pdf))).slice(2)).toEqual([
      [0, '書表', 3],
      [1, '甲', 3],
      [2, 'mark', 3],
    ]);
    expect(
      notesOf(pdf)
        .filter(({ page }) => page === 3)
        .map(({ note }) => note.get(name('Subtype'))?.toString()),
    ).toEqual(['/Widget', '/Widget']);
  });

  test('is stamped at the foot as it is seen, turned or cropped', async () => {
    for (const turn of [0, 90, 180, 270]) {
      const form = await untagged((page) => {
        page.setCropBox(10, 20, 120, 240);
        page.setRotation(degrees(turn));
      });
      const sizes = await pagesOfForms([form]);
      expect(sizes).toEqual([turn % 180 === 0 ? { width: 120, height: 240 } : { width: 240, height: 120 }]);
      const file = await getDocument({ data: await finish(await append([form])), verbosity: 0 }).promise;
      const page = await file.getPage(3);
      const { items } = await page.getTextContent();
      const foot = items.find((item) => 'str' in item && item.str === 'foot1');
      if (!foot || !('transform' in foot)) throw new Error('no foot');
      const view = page.getViewport({ scale: 1 });
      const [x = 0, y = 0] = view.convertToViewportPoint(foot.transform[4], foot.transform[5]);
      const [ahead = 0, level = 0] = view.convertToViewportPoint(
        foot.transform[4] + foot.transform[0],
        foot.transform[5] + foot.transform[1],
      );
      const { width = 0, height = 0 } = sizes[0] ?? {};
      expect([x, y].map(Math.round)).toEqual([width / 2, height - 12]);
      // It is written from left to right.
      expect([Math.round(ahead - x), Math.round(level - y)]).toEqual([9, 0]);
    }
  });

  const layered = (layer: object, shown: (layer: PDFRef) => object, mark = (ref: PDFRef): PDFRef | object => ref) =>
    untagged((page, { context, catalog }) => {
      const ref = context.register(context.obj({ Type: 'OCG', Name: PDFString.of('draft'), ...layer }));
      page.node.set(name('Resources'), context.obj({ Properties: { L: mark(ref) } as never }));
      page.node.set(name('Contents'), context.register(context.stream('/OC /L BDC 0 0 9 9 re f EMC')));
      catalog.set(name('OCProperties'), context.obj({ OCGs: [ref], D: shown(ref) as never }));
    });
  test('keeps its layers, all of which are shown', async () => {
    const pdf = await loadPdf(await finish(await append([await layered({}, () => ({}))])));
    const layers = dictOf(pdf.catalog, 'OCProperties');
    expect(dictOf(layers, 'D').has(name('OFF'))).toBe(false);
    const used = dictOf(dictOf(pdf.getPage(2).node, 'Resources'), 'Properties').get(name('L'));
    expect(used).toBe(layers.lookup(name('OCGs'), PDFArray).get(0));
  });
  test('is refused with a layer that is off, now, in print, or while another is on', async () => {
    const hidden = [
      layered({}, (layer) => ({ OFF: [layer] })),
      layered({}, () => ({ BaseState: 'OFF' })),
      layered({}, (layer) => ({ BaseState: 'OFF', ON: [layer] })),
      layered({ Usage: { Print: { PrintState: 'OFF' } } }, (layer) => ({ AS: [{ Event: 'Print', OCGs: [layer] }] })),
      layered(
        {},
        () => ({}),
        (layer) => ({ Type: 'OCMD', OCGs: [layer], P: 'AllOff' }),
      ),
      layered(
        {},
        () => ({}),
        (layer) => ({ Type: 'OCMD', VE: ['Not', layer] }),
      ),
    ];
    for (const form of await Promise.all(hidden)) {
      const refused = await append([form]).then(
        () => 'let in',
        (error: Error) => error.message,
      );
      expect(refused).toMatch(/layers that are switched off/);
    }
  });

  test('keeps its own maps to characters, however they are written', async () => {
    // U+00A0 is a space to NFKC, and the book has spaces: a map of Chromium's, whose codes have two bytes, would be mended.
    const map = '1 beginbfrange\n<41> <42> <0061>\nendbfrange\n1 beginbfchar\n<43> <00A0>\nendbfchar\nend\n';
    const deflated = Buffer.from(deflateSync(map));
    const written: [string[], Buffer][] = [
      [[], Buffer.from(map)],
      [['FlateDecode'], deflated],
      [['ASCIIHexDecode'], Buffer.from(`${Buffer.from(map).toString('hex')}>`)],
      [['ASCIIHexDecode', 'FlateDecode'], Buffer.from(`${deflated.toString('hex')}>`)],
    ];
    const forms = written.map(([filters, bytes]) =>
      untagged((page, { context }) => {
        const stream = context.stream(new Uint8Array(bytes));
        const [only, ...more] = filters;
        if (only) stream.dict.set(name('Filter'), more.length > 0 ? context.obj(filters) : name(only));
        const font = { Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica', ToUnicode: context.register(stream) };
        page.node.set(name('Resources'), context.obj({ Font: { F: context.register(context.obj(font)) } }));
        page.node.set(name('Contents'), context.register(context.stream('BT /F 12 Tf 20 20 Td (ABCA) Tj ET')));
      }),
    );
    const pdf = await append(await Promise.all(forms));
    const { bytes, faults } = await finishPdf(pdf, { file: 'book.pdf', date: '2026-11-23', source: 'a b' });
    expect(faults.map(({ rule }) => rule)).not.toContain('missing-glyph');
    expect((await see(bytes)).texts.slice(2)).toEqual([1, 2, 3, 4].map((n) => `abafoot${n}`));
    for (const page of (await loadPdf(bytes)).getPages().slice(2)) {
      const font = dictOf(dictOf(dictOf(page.node, 'Resources'), 'Font'), 'F');
      const stream = font.lookup(name('ToUnicode'));
      if (!(stream instanceof PDFRawStream)) throw new Error('no map');
      expect(Buffer.from(decodePDFRawStream(stream).decode()).toString()).toBe(map);
    }
  });
});

describe('a form with tags of its own kind', () => {
  test('brings roles, classes and tags in any order below the book', async () => {
    const form = await untagged((page, pdf) => {
      const { context, catalog } = pdf;
      const inner = context.register(
        context.stream('/P <</MCID 0>> BDC 0 0 1 1 re f EMC', {
          Type: 'XObject',
          Subtype: 'Form',
          BBox: [0, 0, 9, 9],
          StructParents: 1,
        }),
      );
      page.node.set(name('StructParents'), PDFNumber.of(0));
      page.node.set(name('Resources'), context.obj({ XObject: { X: inner } }));
      page.node.set(
        name('Contents'),
        context.register(context.stream('/Kopf <</MCID 1>> BDC 0 0 9 9 re f EMC /P <</MCID 0>> BDC EMC /X Do')),
      );
      const root = context.nextRef();
      const part = context.nextRef();
      const head = context.obj({ Type: 'StructElem', S: 'Kopf', P: part, Pg: page.ref, K: [1], C: 'wide' });
      const body = context.obj({ Type: 'StructElem', S: 'Absatz', P: part, Pg: page.ref, K: { Type: 'MCR', MCID: 0 } });
      const drawn = context.obj({ S: 'P', P: part, K: { Type: 'MCR', Pg: page.ref, Stm: inner, MCID: 0 } });
      // Some makers write elements where references belong, and cycles.
      context.assign(
        part,
        context.obj({ Type: 'StructElem', S: 'Document', P: root, K: [context.register(head), body, drawn, part] }),
      );
      context.assign(
        root,
        context.obj({
          Type: 'StructTreeRoot',
          K: part,
          RoleMap: { Kopf: 'Titel', Titel: 'H1', Absatz: 'P', P: 'P' },
          ClassMap: { wide: { O: 'Layout', Placement: 'Block' } },
        }),
      );
      catalog.set(name('StructTreeRoot'), root);
    });
    const made = await append([form]);
    const pdf = await loadPdf(await finish(made));
    expect(pieces(pdf).filter(({ page }) => page === 3)).toEqual([
      { page: 3, mcid: 1, way: ['H1', 'Div', 'Sect', 'Document'] },
      { page: 3, mcid: 0, way: ['P', 'Div', 'Sect', 'Document'] },
    ]);
    expect(elements(pdf, 'H1').at(-1)?.lookup(name('A'))?.toString()).toContain('/Placement /Block');
    const parents = parentsOf(pdf);
    const drawing = dictOf(dictOf(pdf.getPage(2).node, 'Resources'), 'XObject').lookup(name('X'));
    const key = drawing instanceof PDFRawStream ? drawing.dict.lookup(name('StructParents'), PDFNumber).asNumber() : -1;
    const own = pdf.context.lookup(parents.get(key), PDFArray).get(0);
    expect(wayUp(pdf, own)).toEqual(['P', 'Div', 'Sect', 'Document']);
  });
});

describe('a form that cannot be used', () => {
  const refusal = async (...forms: Form[]): Promise<UserError> => {
    const error = await pagesOfForms(forms).catch((reason: unknown) => reason);
    if (!(error instanceof UserError)) throw new Error(`not a UserError: ${String(error)}`);
    return error;
  };
  const encrypted = () =>
    untagged((_, { context }) => {
      context.trailerInfo.Encrypt = context.register(context.obj({ Filter: 'Standard', V: 1, R: 2 }));
    });

  test('because it is protected is a sentence with its name and the mend', async () => {
    const { say, exitCode } = await refusal(await encrypted());
    expect(say.zh).toBe('書表 mandate.pdf 有密碼或權限保護，無法放進手冊。請用原本的軟體另存一份沒有保護的 PDF。');
    expect(say.en).toContain('mandate.pdf is protected by a password');
    expect(exitCode).toBe(1);
  });

  test('because it is broken, cut off or no PDF is a sentence', async () => {
    const { bytes } = tagged;
    for (const broken of [
      new Uint8Array(),
      new TextEncoder().encode('PK not a PDF'),
      bytes.slice(0, bytes.length / 2),
      bytes.slice(bytes.length / 2),
    ])
      expect((await refusal({ ...tagged, bytes: broken })).say.en).toContain('objection.pdf is not a whole PDF');
    const empty = await PDFDocument.create();
    expect((await refusal({ ...tagged, bytes: await empty.save({ addDefaultPage: false }) })).say.zh).toContain(
      'objection.pdf 不是完整的 PDF',
    );
  });

  test('because only Acrobat can draw it is a sentence', async () => {
    const form = await untagged((_, { catalog, context }) => catalog.set(name('NeedsRendering'), context.obj(true)));
    expect((await refusal(form)).say.en).toContain('dynamic XFA form');
  });

  test('is told together with all others, and nothing is appended', async () => {
    const bad = { ...tagged, file: 'bad.pdf', bytes: new Uint8Array(9) };
    const { say } = await refusal(bad, tagged, await encrypted());
    expect(say.en.split('\n').map((line) => /\w+\.pdf/.exec(line)?.[0])).toEqual(['bad.pdf', 'mandate.pdf']);
    const pdf = await loadPdf(book);
    const before = pdf.context.enumerateIndirectObjects().length;
    const stamp = await PDFDocument.create();
    await expect(appendForms(pdf, [tagged, bad], { bookmark: '書表', stamp })).rejects.toBeInstanceOf(UserError);
    expect([pdf.getPageCount(), pdf.context.enumerateIndirectObjects().length]).toEqual([2, before]);
  });

  test('with stamps of another size or number is our own mistake', async () => {
    const stamp = await stampsFor([{ width: 100, height: 100 }]);
    const form = await untagged(() => undefined);
    const pdf = await loadPdf(book);
    await expect(appendForms(pdf, [form], { bookmark: 'b', stamp })).rejects.toThrow('not of the size of its page');
    await expect(appendForms(pdf, [form, form], { bookmark: 'b', stamp })).rejects.toThrow('1 stamps for 2 pages');
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

describe('a booklet', () => {
  const A4 = { width: 841.89, height: 595.28 };
  const A5: [number, number] = [419.53, 595.28];
  /** A book of pages that say their number in the middle. */
  const numbered = async (count: number, size: [number, number] = A5): Promise<PDFDocument> => {
    const pdf = await PDFDocument.create({ updateMetadata: false });
    pdf.setTitle('小冊');
    pdf.setCreationDate(new Date('2026-11-23T00:00:00Z'));
    pdf.catalog.set(name('Lang'), PDFString.of('zh-Hant'));
    for (let n = 1; n <= count; n += 1) {
      const page = pdf.addPage(size);
      page.drawText(String(n), { x: size[0] / 2, y: size[1] / 2, size: 10 });
    }
    return loadPdf(await pdf.save());
  };
  /** For each side of the sheets the words and where they stand, left to right. */
  const words = async (made: PDFDocument) => {
    const file = await getDocument({ data: await made.save({ addDefaultPage: false }), verbosity: 0 }).promise;
    const sides: { text: string; x: number; y: number; up: boolean; size: number }[][] = [];
    for (let n = 1; n <= file.numPages; n += 1) {
      const { items } = await (await file.getPage(n)).getTextContent();
      const found = items.flatMap((item) =>
        'str' in item && item.str.trim()
          ? [
              {
                text: item.str,
                x: item.transform[4] as number,
                y: item.transform[5] as number,
                up: item.transform[1] === 0,
                size: Math.hypot(item.transform[0], item.transform[1]),
              },
            ]
          : [],
      );
      sides.push(found.sort((a, b) => a.x - b.x));
    }
    return sides;
  };
  /** [left, right] of each side; 0 is blank. */
  const order = async (count: number) =>
    (await words(await booklet(await numbered(count), A4))).map((side) =>
      [0, 1].map((half) => Number(side.find(({ x }) => x > A4.width / 2 === (half === 1))?.text ?? 0)),
    );

  test('has its pages in the order in which a folded pile is read', async () => {
    expect(await order(1)).toEqual([
      [0, 1],
      [0, 0],
    ]);
    expect(await order(4)).toEqual([
      [4, 1],
      [2, 3],
    ]);
    expect(await order(5)).toEqual([
      [0, 1],
      [2, 0],
      [0, 3],
      [4, 5],
    ]);
    expect(await order(8)).toEqual([
      [8, 1],
      [2, 7],
      [6, 3],
      [4, 5],
    ]);
    expect(await order(13)).toEqual([
      [0, 1],
      [2, 0],
      [0, 3],
      [4, 13],
      [12, 5],
      [6, 11],
      [10, 7],
      [8, 9],
    ]);
  });

  test('is read from cover to end when the pile is folded', async () => {
    // Fold: leaf by leaf, the right half of a front is backed by the left half of its back.
    const sides = await order(16);
    const read: number[] = [];
    for (let i = 0; i < sides.length; i += 2) read.push(sides[i]?.[1] ?? 0, sides[i + 1]?.[0] ?? 0);
    for (let i = sides.length - 2; i >= 0; i -= 2) read.push(sides[i + 1]?.[1] ?? 0, sides[i]?.[0] ?? 0);
    expect(read).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
  });

  test('has sheets of the size asked for and pages of their own size, in the middle of their half', async () => {
    const made = await booklet(await numbered(4, [300, 400]), A4);
    for (const page of made.getPages()) expect(page.getSize()).toEqual(A4);
    for (const side of await words(made))
      for (const [half, { x, y, size }] of side.entries()) {
        expect(size).toBeCloseTo(10);
        expect(x).toBeCloseTo(A4.width * (half + 0.5) * 0.5, 0);
        expect(y).toBeCloseTo(A4.height / 2, 0);
      }
  });

  test('makes a larger page smaller and turns a wide one, within its half', async () => {
    const large = (await words(await booklet(await numbered(1, [841.89, 1190.55]), A4)))[0]?.[0];
    expect(large?.size).toBeCloseTo(5, 1);
    expect(large?.up).toBe(true);
    const wide = (await words(await booklet(await numbered(1, [595.28, 419.53]), A4)))[0]?.[0];
    expect([wide?.up, wide?.size]).toEqual([false, 10]);
    // Four times as wide as a half: turned and smaller.
    const fold = (await words(await booklet(await numbered(1, [1190.56, 420]), A4)))[0]?.[0];
    expect([fold?.up, Math.round(fold?.size ?? 0)]).toEqual([false, 5]);
    for (const each of [large, wide, fold]) expect(each?.x).toBeCloseTo(A4.width * 0.75, -1);
  });

  test('has a fold-out at full size on a sheet of its own, and keeps its place empty', async () => {
    const pdf = await numbered(4);
    pdf.getPage(1).setSize(839.04, 594.96);
    const sides = await words(await booklet(await loadPdf(await pdf.save()), A4));
    expect(sides.map((side) => side.map(({ text: each, size }) => [each, size]))).toEqual([
      [
        ['4', 10],
        ['1', 10],
      ],
      [['3', 10]],
      [['2', 10]],
      [],
    ]);
  });

  test('draws no page outside of its half, also when it moves towards the fold', async () => {
    for (const size of [A5, [300, 400], [2000, 300], [420.5, 595.9]] as [number, number][]) {
      const made = await booklet(await numbered(13, size), A4, { creep: 3 });
      for (const page of made.getPages()) {
        const drawn = [...contentOf(page).matchAll(/q ([\d.]+) 0 ([\d.]+) ([\d.]+) re W n (.*) cm \/Page(\d+) Do Q/g)];
        expect(drawn.length).toBe(contentOf(page).match(/ Do/g)?.length ?? 0);
        for (const [, left, width] of drawn) {
          expect([0, 420.945]).toContain(Number(left));
          expect(Number(width)).toBeCloseTo(420.945, 3);
        }
      }
    }
    const shifts = async (creep: number) =>
      (await words(await booklet(await numbered(8, [300, 400]), A4, { creep }))).map((side) => side.map(({ x }) => x));
    const [still, moved] = [await shifts(0), await shifts(2)];
    expect(moved.map((side, i) => side.map((x, j) => Math.round(x - (still[i]?.[j] ?? 0))))).toEqual([
      [0, 0],
      [0, 0],
      [2, -2],
      [2, -2],
    ]);
  });

  test('is turned and cropped as the page is seen, and shows what is in its fields', async () => {
    const pdf = await numbered(1, [300, 400]);
    const page = pdf.getPage(0);
    page.setCropBox(100, 150, 100, 100);
    page.setRotation(degrees(90));
    const field = pdf.getForm().createTextField('f');
    field.setText('filled');
    field.addToPage(page, { x: 110, y: 160, width: 60, height: 20 });
    const made = await booklet(await loadPdf(await pdf.save()), A4);
    const [side] = await words(made);
    expect(side?.map(({ text: each }) => each).sort()).toEqual(['1', 'filled']);
    expect(side?.every(({ up }) => !up)).toBe(true);
    const number = side?.find(({ text: each }) => each === '1');
    expect([number?.x, number?.y].map((each) => Math.round(each ?? 0))).toEqual([Math.round(A4.width * 0.75), 298]);
    expect(made.catalog.has(name('AcroForm'))).toBe(false);
  });

  test('keeps title, language and dates, drops tags and bookmarks, and passes finishPdf', async () => {
    const made = await booklet(await numbered(3), A4);
    expect([made.getTitle(), made.getCreationDate()?.toISOString()]).toEqual(['小冊', '2026-11-23T00:00:00.000Z']);
    const folded = await booklet(await append([tagged]), A4);
    const { texts, tagged: hasTags, bookmarks, lang, title } = await see(await finish(folded));
    expect([texts.length, hasTags, bookmarks, lang, title]).toEqual([2, false, [], 'zh-Hant', '為民服務手冊']);
    expect(texts[0]).toMatch(/書表二.*foot2.*手冊一/);
    expect(await whole(await folded.save())).toContain('/DuplexFlipShortEdge');
  });
});
