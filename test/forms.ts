// Forms put behind a book, and what is looked at in what comes of it.
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  type PDFRef,
  PDFString,
  StandardFonts,
} from '@cantoo/pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect } from 'vitest';
import { appendForms } from '../src/pdf/append-forms.js';
import { finishPdf, loadPdf } from '../src/pdf/finish.js';
import { type Form, pagesOfForms } from '../src/pdf/open-form.js';
import type { PageSize } from '../src/pdf/page-frame.js';

export const name = (text: string) => PDFName.of(text);

/** A page of each size for the running foot, as wide as the page is seen. */
export async function stampsFor(sizes: readonly PageSize[]): Promise<PDFDocument> {
  const stamp = await PDFDocument.create({ updateMetadata: false });
  const font = await stamp.embedFont(StandardFonts.Helvetica);
  for (const [index, { width, height }] of sizes.entries())
    stamp.addPage([width, height]).drawText(`foot${index + 1}`, { x: width / 2, y: 12, size: 9, font });
  return loadPdf(await stamp.save());
}

/** The book with the forms behind it, each page with its foot. */
export async function append(forms: readonly Form[], into: Uint8Array): Promise<PDFDocument> {
  const pdf = await loadPdf(into);
  await appendForms(pdf, forms, { bookmark: '書表', stamp: await stampsFor(await pagesOfForms(forms)) });
  return pdf;
}
export const finish = async (pdf: PDFDocument) =>
  (await finishPdf(pdf, { file: 'book.pdf', date: '2026-11-23', source: '<html>手冊一二' })).bytes;

/** A form by pdf-lib: without tags, with `draw` on one page of 200 × 300 pt. */
export async function untagged(draw: (page: PDFPage, pdf: PDFDocument) => void | Promise<void>): Promise<Form> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const page = pdf.addPage([200, 300]);
  await draw(page, pdf);
  return { title: '委任書', file: 'mandate.pdf', bytes: await pdf.save({ updateFieldAppearances: false }) };
}

export const contentOf = (page: PDFPage): string => {
  const found = page.node.Contents();
  const streams = found instanceof PDFArray ? found.asArray().map((each) => page.doc.context.lookup(each)) : [found];
  return streams
    .map((each) =>
      each instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(each).decode()).toString('latin1') : '',
    )
    .join('\n');
};

/** Every role on the way from an element up to the root; undefined where the way is broken. */
export function wayUp(pdf: PDFDocument, element: PDFObject | undefined): string[] | undefined {
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
export function pieces(pdf: PDFDocument): { page: number; mcid: number; way: string[] | undefined }[] {
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

export function parentsOf(pdf: PDFDocument): Map<number, PDFObject> {
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

export const notesOf = (pdf: PDFDocument) =>
  pdf.getPages().flatMap((page, index) =>
    (page.node.Annots()?.asArray() ?? []).map((ref) => ({
      page: index + 1,
      ref,
      note: pdf.context.lookup(ref, PDFDict),
    })),
  );

/** Elements of this role, in order of reading. */
export function elements(pdf: PDFDocument, role: string): PDFDict[] {
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
export const text = (dict: PDFDict | undefined, key: string) =>
  dict?.lookup(name(key), PDFString, PDFHexString).decodeText();

/** Bookmarks as [depth, title, page], by another reader. */
export async function bookmarksOf(bytes: Uint8Array): Promise<[number, string, number][]> {
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
export async function tagsOf(bytes: Uint8Array, page: number): Promise<string> {
  const file = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  return JSON.stringify(await (await file.getPage(page)).getStructTree()).replace(/"p\d+R_/g, '"');
}

/** All of a file that is not compressed away. */
export const whole = async (bytes: Uint8Array) =>
  Buffer.from(await (await loadPdf(bytes)).save({ useObjectStreams: false })).toString('latin1');

/** A text field and a box to tick, with all that a stranger might hide in a file. */
export const fillable = (title: string) =>
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
export const dictOf = (dict: PDFDict, key: string) => dict.lookup(name(key), PDFDict);

/** A tagged book of two pages, each one heading that draws this, as a printer could have made it; no browser has. */
export async function handmadeBook(
  draws = (n: number) => `BT /F 12 Tf 50 700 Td (BOOK${n}) Tj ET`,
): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const { context, catalog } = pdf;
  pdf.setTitle('Handbook');
  catalog.set(name('Lang'), PDFString.of('zh-Hant'));
  const [root, document] = [context.nextRef(), context.nextRef()];
  const rows: PDFRef[] = [];
  const heads = [0, 1].map((n) => {
    const { node, ref } = pdf.addPage([595, 842]);
    const content = draws(n + 1);
    const font = context.obj({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' });
    const fonts = / Tf /.test(content) ? { F: context.register(font) } : {};
    node.set(name('Resources'), context.obj({ Font: fonts }));
    node.set(name('StructParents'), PDFNumber.of(n));
    node.set(name('Contents'), context.register(context.flateStream(`/H1 <</MCID 0>> BDC ${content} EMC`)));
    const head = context.register(
      context.obj({ Type: 'StructElem', S: 'H1', P: document, Pg: ref, ID: PDFString.of(`h${n}`), K: 0 }),
    );
    rows.push(context.register(context.obj([head])));
    return head;
  });
  context.assign(document, context.obj({ Type: 'StructElem', S: 'Document', P: root, K: heads }));
  context.assign(
    root,
    context.obj({
      Type: 'StructTreeRoot',
      K: document,
      ParentTree: { Nums: rows.flatMap((row, n) => [PDFNumber.of(n), row]) } as never,
      ParentTreeNextKey: 2,
    }),
  );
  catalog.set(name('StructTreeRoot'), root);
  catalog.set(name('MarkInfo'), context.obj({ Marked: true }));
  return pdf.save({ addDefaultPage: false });
}
