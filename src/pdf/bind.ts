// Puts PDFs behind a book, its own quires and other people's: what pages, tags, fields and bookmarks need to live on there.
import {
  decodePDFRawStream,
  EncryptedPDFError,
  ParseSpeeds,
  PDFArray,
  PDFBool,
  type PDFContext,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFObject,
  PDFPage,
  PDFPageLeaf,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFString,
} from '@cantoo/pdf-lib';
import { type Say, UserError } from '../core/source.js';
import {
  A_PAGE,
  isDrawn,
  isResource,
  judgeBytes,
  judgeObjects,
  judgeSize,
  pagesIn,
  Refusal,
  placeOf as standingOf,
  TOO_MUCH,
} from './admission.js';
import { contentOf, fromLatin1, hasPredictor, latin1, operatorsOf, rounded, row } from './content-stream.js';
import { judgeCost } from './cost.js';
import { invert, type Matrix } from './geometry.js';
import {
  arrayAt,
  dictAt,
  isText,
  nameAt,
  namedPlaces,
  needArray,
  needDict,
  numberAt,
  pairsOf,
  textAt,
  valueAt,
} from './objects.js';

/** A PDF that is not ours. `file` is what the user is told, `title` what the reader reads. */
export type Form = { title: string; file: string; bytes: Uint8Array };

/** What a reader sees of a page, upright, in pt. */
export type PageSize = { width: number; height: number };

/** The size of every page of the forms, in order. Throws UserError, naming each form that cannot be used. */
export async function pagesOfForms(forms: readonly Form[]): Promise<PageSize[]> {
  const opened = await openForms(forms);
  return opened.flatMap(({ pages }) => pages.map(({ frame: { width, height } }) => ({ width, height })));
}

/**
 * Appends every page of the forms to the book, in place. Each form becomes one `Sect` of the book's document with the
 * form's own tags below it; a page that has none is one paragraph or, where it shows no text, one figure. The bookmark
 * `bookmark` gets a child for each form, above the form's own bookmarks. Fields stay fillable. What runs, opens or
 * hides something (scripts, attachments, launch and submit actions, films, XFA) stays behind, and so do signatures.
 *
 * `stamp` holds one page for each page of `pagesOfForms`, of that size: what is printed over it, as an artifact.
 * The book must be tagged. Throws UserError, naming each form that cannot be used.
 */
export async function appendForms(
  book: PDFDocument,
  forms: readonly Form[],
  { bookmark, stamp }: { bookmark: string; stamp: PDFDocument },
): Promise<void> {
  const opened = await openForms(forms);
  const frames = opened.flatMap(({ pages }) => pages.map(({ frame }) => frame));
  if (frames.length === 0) return;
  const stamps = stamp.getPages().map((page) => ({ leaf: page.node, frame: frameOf(page.node) }));
  if (stamps.length !== frames.length) throw new Error(`${stamps.length} stamps for ${frames.length} pages of forms`);
  for (const [index, { width, height }] of frames.entries()) {
    const { frame } = stamps[index] ?? {};
    // Chromium rounds a sheet to whole CSS px, 0.75 pt.
    if (!frame || Math.abs(frame.width - width) > 1 || Math.abs(frame.height - height) > 1)
      throw new Error(`stamp ${index + 1} is not of the size of its page, ${width} × ${height} pt`);
  }

  const { context } = book;
  const tags = openTags(book);
  const copyStamp = importer(stamp.context, context);
  const waiting = stamps.map(({ leaf, frame }) => pageAsDrawing(leaf, frame, context, copyStamp));
  const marks: Bookmark[] = [];

  for (const form of opened) {
    // The page a form begins on tells its names from those of the book and of every other form.
    const prefix = `p${book.getPageCount() + 1}-`;
    const places = placesOf(form);
    const notes = cleanNotes(form, places);
    const fields = cleanFields(form, places, notes);
    const structure = cleanStructure(form, prefix, notes);
    const own = bookmarksOf(form, places);
    const footers = form.pages.map((page) => cleanPage(form.pdf.context, page));
    fitFields(book, form, fields, prefix);
    const keys = [...structure.owners].map(([holder, owner]) => ({ key: tags.take(), holder, owner }));
    for (const { key, holder, owner } of keys) {
      const found = form.pdf.context.lookup(holder);
      const dict = found instanceof PDFStream ? found.dict : found;
      if (dict instanceof PDFDict)
        dict.set(owner instanceof PDFRef ? STRUCT_PARENT : STRUCT_PARENTS, PDFNumber.of(key));
    }

    const copy = importer(
      form.pdf.context,
      context,
      form.pages.map(({ ref }) => ref),
      { strangers: true },
    );
    const copied = certainly(copy, form.file);
    for (const [index, { ref }] of form.pages.entries()) {
      const leaf = addCopied(book, copied(ref));
      const drawing = waiting.shift();
      const footer = footers[index];
      if (!drawing || !footer) throw new Error(`${form.file}: page ${index + 1} has no stamp`);
      leaf.lookup(RESOURCES, PDFDict).lookup(X_OBJECT, PDFDict).set(footer, drawing);
    }
    tags.add(copied(structure.sect));
    for (const { key, owner } of keys) tags.own(key, owner instanceof PDFRef ? copied(owner) : owner, copied);
    for (const ref of structure.named) tags.name(copied(ref));
    tags.addNamespaces(structure.namespaces.flatMap((ref) => copy(ref) ?? []));
    addFields(
      book,
      form,
      fields.flatMap((ref) => copy(ref) ?? []),
      copy,
    );
    addLayers(book, form, copied);
    const translate = (mark: Bookmark): Bookmark => {
      const dest = mark.dest && copy(mark.dest);
      return { ...mark, dest: dest instanceof PDFArray ? dest : undefined, kids: mark.kids.map(translate) };
    };
    const first = form.pages[0];
    const dest = first && topOf(context, copied(first.ref), first.frame);
    marks.push({ title: form.title, dest, open: false, kids: own.map(translate) });
  }
  tags.close();
  // A copy: `finishPdf` renumbers what it meets, and may not meet one array twice.
  addBookmarks(book, { title: bookmark, dest: marks[0]?.dest?.clone(), open: true, kids: marks });
}

/** A part of a book, printed by Chromium from the same page as the others: its PDF without the first `skip` pages. */
export type Quire = { pdf: PDFDocument; skip: number };

/**
 * Appends the quires of a book to the first of them, in place, as if all had been printed at once. Links may lead from
 * one to another: Chromium writes the name of what they lead to. Each must be tagged, and is not to be used any more.
 */
export function bindQuires(book: PDFDocument, quires: readonly Quire[]): void {
  const { context } = book;
  const tags = openTags(book);
  const destinations = needDict(book.catalog, 'Dests');
  const marks = bookmarksInOrder(book);
  for (const { pdf: quire, skip } of quires) {
    const pages = quire.getPages().slice(skip);
    const rows = new Map<number, PDFObject>();
    const root = dictAt(quire.catalog, 'StructTreeRoot');
    for (const [key, row] of pairsOf(dictAt(root, 'ParentTree'), 'Nums'))
      if (key instanceof PDFNumber) rows.set(key.asNumber(), row);
    const keys: { key: number; row: PDFObject | undefined }[] = [];
    const rekey = (dict: PDFDict, name: PDFName): void => {
      const old = numberAt(dict, name.decodeText());
      if (old === undefined) return;
      const key = tags.take();
      keys.push({ key, row: rows.get(old) });
      dict.set(name, PDFNumber.of(key));
    };
    for (const { node } of pages) {
      rekey(node, STRUCT_PARENTS);
      for (const note of node.Annots()?.asArray() ?? []) {
        const dict = quire.context.lookup(note);
        if (dict instanceof PDFDict) rekey(dict, STRUCT_PARENT);
      }
    }

    const refs = pages.map(({ ref }) => ref);
    const copy = importer(quire.context, context, refs);
    const copied = certainly(copy, 'a quire');
    for (const ref of refs) addCopied(book, copied(ref));
    const document = dictAt(root, 'K');
    for (const kid of arrayAt(document, 'K')?.asArray() ?? [document?.get(K)]) tags.add(copied(kid));
    for (const { key, row } of keys) {
      const owners = quire.context.lookup(row);
      if (owners instanceof PDFDict) tags.own(key, copied(row), copied);
      if (!(owners instanceof PDFArray)) continue;
      const known = owners
        .asArray()
        .flatMap((each, mcid): [number, PDFRef][] => (each instanceof PDFRef ? [[mcid, each]] : []));
      tags.own(key, new Map(known), copied);
    }
    for (const [, element] of pairsOf(dictAt(root, 'IDTree'), 'Names')) tags.name(copied(element));
    for (const [name, place] of dictAt(quire.catalog, 'Dests')?.entries() ?? []) {
      const fresh = copy(place);
      if (fresh) destinations.set(name, fresh);
    }
    for (const { level, item } of bookmarksInOrder(quire)) {
      const fresh = context.obj({});
      for (const name of ['Title', 'Dest', 'SE']) {
        const value = item.get(PDFName.of(name));
        const own = value && copy(value);
        if (own) fresh.set(PDFName.of(name), own);
      }
      marks.push({ level, item: fresh, ref: context.register(fresh) });
    }
  }
  tags.close();
  chainMarks(book, marks);
}

// ---------------------------------------------------------------------------------------------------------- names

const LANG = PDFName.of('Lang');
const RESOURCES = PDFName.of('Resources');
const X_OBJECT = PDFName.of('XObject');
const STRUCT_PARENT = PDFName.of('StructParent');
const STRUCT_PARENTS = PDFName.of('StructParents');
/** Of a structure element: its role, its parent, its content. */
const S = PDFName.of('S');
const P = PDFName.of('P');
const K = PDFName.of('K');
const PG = PDFName.of('Pg');

// --------------------------------------------------------------------------------------------------------- opening

type FormPage = { ref: PDFRef; leaf: PDFPageLeaf; frame: Frame; content: string; resources: PDFDict };
type Opened = Form & { pdf: PDFDocument; pages: FormPage[] };

/** The size of every page of a form, or why it cannot be used. */
export async function sizesOf(form: Form): Promise<PageSize[] | Refusal> {
  const opened = await openForm(form);
  if (opened instanceof Refusal) return opened;
  return opened.pages.map(({ frame: { width, height } }) => ({ width, height }));
}

/** Every fault is told at once, as lint does. */
async function openForms(forms: readonly Form[]): Promise<Opened[]> {
  const refused: Say[] = [];
  const opened: Opened[] = [];
  for (const form of forms) {
    const found = await openForm(form);
    if (found instanceof Refusal)
      refused.push({ zh: `書表 ${form.file} ${found.say.zh}`, en: `The form ${form.file} ${found.say.en}` });
    else opened.push(found);
  }
  if (refused.length > 0)
    throw new UserError({ zh: refused.map(({ zh }) => zh).join('\n'), en: refused.map(({ en }) => en).join('\n') }, 1);
  return opened;
}

/** Bytes of what all pages draw. */
const MOST_CONTENT = 128 * 1024 * 1024;

async function openForm(form: Form): Promise<Opened | Refusal> {
  try {
    judgeBytes(form.bytes);
    const pdf = await PDFDocument.load(form.bytes, {
      updateMetadata: false,
      parseSpeed: ParseSpeeds.Fastest,
      throwOnInvalidObject: true,
    });
    // Its pages say "please wait", and what should stand on them is drawn by Acrobat alone.
    if (pdf.catalog.lookup(PDFName.of('NeedsRendering')) === PDFBool.True)
      return new Refusal({
        zh: '是動態 XFA 表單，頁面內容只有 Acrobat 才畫得出來。請在 Acrobat 開啟後「列印成 PDF」，改用那個檔案。',
        en: 'is a dynamic XFA form, whose pages only Acrobat can draw. Open it in Acrobat, print it to a PDF and use that file.',
      });
    judgeObjects(pdf.context);
    const refs = pagesIn(pdf);
    mendStreams(pdf.context);
    const seen = new Set<PDFRef>();
    let written = 0;
    const pages = refs.map((ref, index): FormPage => {
      const node = pdf.context.lookup(ref);
      if (!(node instanceof PDFPageLeaf)) throw new Error('a page is not there');
      const own = seen.has(ref) ? pdf.context.register(node.clone()) : ref;
      seen.add(own);
      const leaf = pdf.context.lookup(own);
      if (!(leaf instanceof PDFPageLeaf)) throw new Error('a page is not there');
      const resources = (leaf.Resources() ?? pdf.context.obj({})).clone();
      const frame = frameOf(leaf);
      judgeSize(frame, index + 1);
      const content = contentOf(leaf);
      written += content.length;
      if (written > MOST_CONTENT) throw TOO_MUCH;
      return { ref: own, leaf, frame, content, resources };
    });
    if (pages.length === 0 || pages.length !== pdf.catalog.Pages().Count().asNumber())
      throw new Error('pages are missing');
    judgeCost(pages);
    return { ...form, pdf, pages };
  } catch (error) {
    if (error instanceof Refusal) return error;
    // Where even the objects are encrypted, they cannot be read far enough to say so.
    if (error instanceof EncryptedPDFError || Buffer.from(form.bytes).includes('/Encrypt'))
      return new Refusal({
        zh: '有密碼或權限保護，無法放進手冊。請用原本的軟體另存一份沒有保護的 PDF。',
        en: 'is protected by a password or by permissions and cannot go into the book. Save it without protection from the program that made it.',
      });
    return new Refusal({
      zh: '不是完整的 PDF 檔，可能已損壞。請重新下載，或用 PDF 閱讀器開啟後另存新檔。',
      en: 'is not a whole PDF; it may be damaged. Download it again, or open it in a PDF reader and save it as a new file.',
    });
  }
}

/**
 * Brings streams into the shape in which the press's own readers can read them: Flate alone, not behind ASCII85 and the
 * like. A map to characters gets its filter in an array, which tells it from Chromium's: those `finishPdf` mends.
 */
function mendStreams(context: PDFContext): void {
  const objects = context.enumerateIndirectObjects();
  const maps = new Set<unknown>();
  for (const [, object] of objects) if (object instanceof PDFDict) maps.add(object.get(PDFName.of('ToUnicode')));
  for (const [ref, object] of objects) {
    if (!(object instanceof PDFRawStream)) continue;
    const filter = object.dict.lookup(PDFName.of('Filter'));
    const filters = filter instanceof PDFArray ? filter.asArray().map((each) => context.lookup(each)) : [filter];
    const behind = filters.length > 1 && filters.includes(PDFName.FlateDecode) && filters.every(isByteFilter);
    const hasMap = maps.has(ref) && (!filter || filters.every(isByteFilter));
    if ((!behind && !hasMap) || hasPredictor(object)) continue;
    const fresh = context.flateStream(decodePDFRawStream(object).decode());
    for (const [name, value] of object.dict.entries())
      if (!/^\/(Length|Filter|DecodeParms)$/.test(name.asString())) fresh.dict.set(name, value);
    if (hasMap) fresh.dict.set(PDFName.of('Filter'), context.obj(['FlateDecode']));
    context.assign(ref, fresh);
  }
}

const isByteFilter = (filter: unknown): boolean =>
  filter instanceof PDFName && /^\/(Flate|LZW|ASCII85|ASCIIHex|RunLength)Decode$/.test(filter.asString());

// -------------------------------------------------------------------------------------------------------- geometry

type Box = { left: number; bottom: number; right: number; top: number };

/** `box` is seen of the page, in its own space; `upright` leads from there to pt from the lower left as it is seen. */
export type Frame = PageSize & { box: Box; rotate: number; upright: Matrix };

/** Throws when the page has no size. */
export function frameOf(page: PDFPageLeaf): Frame {
  const media = boxOf(page.MediaBox());
  const cropBox = page.CropBox();
  const crop = cropBox ? boxOf(cropBox) : media;
  const both = {
    left: Math.max(media.left, crop.left),
    bottom: Math.max(media.bottom, crop.bottom),
    right: Math.min(media.right, crop.right),
    top: Math.min(media.top, crop.top),
  };
  const box = both.left < both.right && both.bottom < both.top ? both : media;
  const { left, bottom, right, top } = box;
  const unit = numberAt(page, 'UserUnit') ?? 1;
  const width = (right - left) * unit;
  const height = (top - bottom) * unit;
  if (!(width > 0 && height > 0 && Number.isFinite(width * height))) throw new Error('a page has no size');
  const rotate = (((page.Rotate()?.asNumber() ?? 0) % 360) + 360) % 360;
  const u = unit;
  switch (rotate) {
    case 90:
      return { width: height, height: width, box, rotate, upright: [0, -u, u, 0, -bottom * u, right * u] };
    case 180:
      return { width, height, box, rotate, upright: [-u, 0, 0, -u, right * u, top * u] };
    case 270:
      return { width: height, height: width, box, rotate, upright: [0, u, -u, 0, top * u, -left * u] };
    default:
      return { width, height, box, rotate: 0, upright: [u, 0, 0, u, -left * u, -bottom * u] };
  }
}

/** Any two opposite corners. */
function boxOf(corners: PDFArray): Box {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [0, 1, 2, 3].map((i) => corners.lookup(i, PDFNumber).asNumber());
  return { left: Math.min(x1, x2), bottom: Math.min(y1, y2), right: Math.max(x1, x2), top: Math.max(y1, y2) };
}

/** The place of a page's upper left corner, at the reader's zoom. */
function topOf(context: PDFContext, page: PDFRef, { upright, height }: Frame): PDFArray {
  const [, , c, d, e, f] = invert(upright);
  return context.obj([page, 'XYZ', rounded(c * height + e), rounded(d * height + f), null]);
}

// --------------------------------------------------------------------------------------------------------- content

/**
 * The content, so that what follows it starts afresh: what it left open is closed. With `unmarked` its tags become
 * plain ones, since a tag may not stand within another.
 */
function settle(
  content: string,
  resources: PDFDict | undefined,
  unmarked: boolean,
): { content: string; text: boolean } {
  const lists = dictAt(resources, 'Properties');
  let out = '';
  let written = 0;
  let saved = 0;
  let lowest = 0;
  let marks = 0;
  let text = false;
  for (const { name, operands, from, to } of operatorsOf(content)) {
    let instead: string | undefined;
    if (name === 'q') saved += 1;
    if (name === 'Q') {
      saved -= 1;
      lowest = Math.min(lowest, saved);
    }
    if (/^(Tj|TJ|'|")$/.test(name)) text = true;
    if (name === 'BDC' || name === 'BMC') {
      marks += 1;
      const [tag, list = ''] = operands;
      const tagged = operands.includes('/MCID') || dictAt(lists, list.slice(1))?.has(PDFName.of('MCID'));
      if (unmarked && (tagged || tag === '/Artifact')) instead = '/Span BMC';
    }
    if (name === 'EMC') {
      if (marks === 0) instead = '';
      else marks -= 1;
    }
    if (instead === undefined) continue;
    out += content.slice(written, from) + instead;
    written = to;
  }
  out += content.slice(written);
  const opened = 'q '.repeat(1 - lowest);
  const closed = `${'EMC '.repeat(marks)}${'Q '.repeat(1 + saved - lowest)}`;
  return { content: `${opened}\n${out}\n${closed}`, text };
}

/** Whether a page or drawing with these resources may show text by way of other drawings. */
function holdsText(resources: PDFDict | undefined): boolean {
  const seen = new Set<PDFDict>();
  for (const waiting = [resources]; waiting.length > 0; ) {
    const drawings = dictAt(waiting.pop(), 'XObject');
    for (const each of drawings?.values() ?? []) {
      const drawing = drawings?.context.lookup(each);
      if (!(drawing instanceof PDFStream) || nameAt(drawing.dict, 'Subtype') !== 'Form' || seen.has(drawing.dict))
        continue;
      seen.add(drawing.dict);
      const inner = dictAt(drawing.dict, 'Resources');
      if ((dictAt(inner, 'Font')?.keys().length ?? 0) > 0) return true;
      waiting.push(inner);
    }
  }
  return false;
}

/** The page as a drawing that stands upright on its lower left corner, without tags; with `notes`, as it is printed. */
export function pageAsDrawing(
  page: PDFPageLeaf,
  { box, upright }: Frame,
  into: PDFContext,
  copy: Importer,
  notes = false,
): PDFRef {
  const resources = (page.Resources() ?? page.context.obj({})).clone();
  let { content } = settle(contentOf(page), resources, true);
  if (notes) content += drawNotes(page, resources);
  const drawing = into.flateStream(fromLatin1(content), {
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [box.left, box.bottom, box.right, box.top],
    Matrix: upright.map(rounded),
    Resources: copy(resources) ?? into.obj({}),
  });
  const group = dictAt(page, 'Group');
  const copied = group && copy(group);
  if (copied) drawing.dict.set(PDFName.of('Group'), copied);
  return into.register(drawing);
}

/** Puts the appearance of each note that is printed into the resources; the operators that draw them. */
function drawNotes(page: PDFPageLeaf, resources: PDFDict): string {
  const drawings = dictAt(resources, 'XObject')?.clone() ?? page.context.obj({});
  resources.set(X_OBJECT, drawings);
  let content = '';
  for (const [index, each] of (arrayAt(page, 'Annots')?.asArray() ?? []).entries()) {
    const note = page.context.lookup(each);
    if (!(note instanceof PDFDict) || nameAt(note, 'Subtype') === 'Popup') continue;
    const flags = numberAt(note, 'F') ?? 0;
    // Bit 2 is hidden, bit 3 is printed; ISO 32000, table 165.
    if ((flags & 2) !== 0 || (flags & 4) === 0) continue;
    const states = dictAt(note, 'AP');
    const normal = valueAt(states, 'N');
    const ref = normal instanceof PDFDict ? normal.get(PDFName.of(nameAt(note, 'AS'))) : states?.get(PDFName.of('N'));
    const appearance = page.context.lookup(ref);
    const rect = arrayAt(note, 'Rect');
    const bbox = appearance instanceof PDFStream ? arrayAt(appearance.dict, 'BBox') : undefined;
    if (!(appearance instanceof PDFStream) || !ref || rect?.size() !== 4 || bbox?.size() !== 4) continue;
    // ISO 32000, algorithm 8.1: the box as the matrix turns it is laid over the note's rectangle.
    const to = boxOf(rect);
    const from = boxOf(bbox);
    const own = arrayAt(appearance.dict, 'Matrix');
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] =
      own?.size() === 6 ? own.asArray().map((one) => (one instanceof PDFNumber ? one.asNumber() : 0)) : [];
    const corners = [from.left, from.right].flatMap((x) =>
      [from.bottom, from.top].map((y) => ({ x: a * x + c * y + e, y: b * x + d * y + f })),
    );
    const left = Math.min(...corners.map(({ x }) => x));
    const bottom = Math.min(...corners.map(({ y }) => y));
    const width = Math.max(...corners.map(({ x }) => x)) - left;
    const height = Math.max(...corners.map(({ y }) => y)) - bottom;
    if (width <= 0 || height <= 0) continue;
    const sx = (to.right - to.left) / width;
    const sy = (to.top - to.bottom) / height;
    const name = PDFName.of(`Note${index}`);
    drawings.set(name, ref);
    content += `\nq ${row([sx, 0, 0, sy, to.left - left * sx, to.bottom - bottom * sy])} cm ${name} Do Q`;
  }
  return content;
}

const PAGE_KEYS = /^\/(Type|MediaBox|CropBox|BleedBox|TrimBox|ArtBox|UserUnit|Group|StructParents|Annots)$/;

/** Leaves of a page what is drawn, and the place where its stamp is drawn. Returns that drawing's name. */
function cleanPage(context: PDFContext, { leaf, frame, content, resources }: FormPage): PDFName {
  const media = leaf.MediaBox();
  for (const name of leaf.keys()) if (!PAGE_KEYS.test(name.asString())) leaf.delete(name);
  const { box, rotate, upright } = frame;
  leaf.set(PDFName.of('MediaBox'), media);
  // Both are inherited from the tree of pages, and the book's is another.
  leaf.set(PDFName.of('CropBox'), context.obj([box.left, box.bottom, box.right, box.top]));
  leaf.set(PDFName.of('Rotate'), PDFNumber.of(rotate));
  leaf.set(PDFName.of('Tabs'), PDFName.of('S'));
  const drawings = dictAt(resources, 'XObject')?.clone() ?? context.obj({});
  let name = 'Footer';
  while (drawings.has(PDFName.of(name))) name += '_';
  resources.set(X_OBJECT, drawings);
  leaf.set(RESOURCES, resources);
  const stamped = `${content}
/Artifact <</Type /Pagination /Subtype /Footer>> BDC
q ${row(invert(upright))} cm /${name} Do Q
EMC
`;
  leaf.set(PDFName.of('Contents'), context.register(context.flateStream(fromLatin1(stamped))));
  return PDFName.of(name);
}

// ------------------------------------------------------------------------------------------------- links and notes

/** Names of places in a form, and what each leads to. */
type Places = { named: Map<string, PDFObject>; pages: PDFRef[] };

function placesOf({ pdf, pages }: Opened): Places {
  return { named: namedPlaces(pdf), pages: pages.map(({ ref }) => ref) };
}

/** The place itself, `[page, /XYZ …]`, of a place or of its name: names would have to be unique in the whole book. */
function placeOf(context: PDFContext, value: PDFObject | undefined, { named, pages }: Places): PDFArray | undefined {
  let found = context.lookup(value);
  if (isText(found) || found instanceof PDFName) found = context.lookup(named.get(found.decodeText()));
  if (found instanceof PDFDict) found = found.lookup(PDFName.of('D'));
  if (!(found instanceof PDFArray) || found.size() === 0) return undefined;
  const first = found.get(0);
  const page = first instanceof PDFNumber ? pages[first.asNumber()] : first;
  if (!(page instanceof PDFRef) || !pages.includes(page)) return undefined;
  return context.obj([page, ...found.asArray().slice(1)]);
}

/** Leaves of a note, field or bookmark a place in the form or an address to go to. False when it leads nowhere. */
function cleanActions(dict: PDFDict, places: Places): boolean {
  const { context } = dict;
  const action = dictAt(dict, 'A');
  const kind = nameAt(action, 'S');
  const dest = placeOf(context, dict.get(PDFName.of('Dest')), places);
  for (const name of ['A', 'AA', 'PA', 'Dest']) dict.delete(PDFName.of(name));
  const place = dest ?? (kind === 'GoTo' ? placeOf(context, action?.get(PDFName.of('D')), places) : undefined);
  if (place) {
    // A field may go somewhere by an action alone.
    if (nameAt(dict, 'Subtype') === 'Widget') dict.set(PDFName.of('A'), context.obj({ S: 'GoTo', D: place }));
    else dict.set(PDFName.of('Dest'), place);
    return true;
  }
  const address = action?.lookup(PDFName.of('URI'));
  if (kind !== 'URI' || !isText(address) || !/^(https?|mailto|tel):/i.test(address.decodeText())) return false;
  dict.set(PDFName.of('A'), context.obj({ S: 'URI', URI: address }));
  return true;
}

/** Kinds of notes that neither hold a file nor play anything. */
const NOTES = new Set(
  'Link Widget Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink Popup'.split(
    ' ',
  ),
);

const ABOUT_THE_AUTHOR = ['T', 'M', 'CreationDate', 'NM'];

/** Takes from the pages what may not stay; the notes that stay, and the pages they are on. */
function cleanNotes({ pdf: { context }, pages }: Opened, places: Places): Map<PDFRef, PDFRef> {
  const kept = new Map<PDFRef, PDFRef>();
  for (const { leaf, ref: page } of pages) {
    const notes: PDFRef[] = [];
    for (const each of arrayAt(leaf, 'Annots')?.asArray() ?? []) {
      const note = context.lookup(each);
      const kind = note instanceof PDFDict ? nameAt(note, 'Subtype') : '';
      if (!(note instanceof PDFDict) || !NOTES.has(kind) || staysBehind(note)) continue;
      const ref = each instanceof PDFRef ? each : context.register(note);
      if (kept.has(ref)) continue;
      if (!cleanActions(note, places) && kind === 'Link') continue;
      // Who wrote a note, and when, is of no concern to who reads it. The name of a field is another thing.
      if (kind !== 'Widget') for (const name of ABOUT_THE_AUTHOR) note.delete(PDFName.of(name));
      note.set(P, page);
      kept.set(ref, page);
      notes.push(ref);
    }
    leaf.delete(PDFName.of('Annots'));
    if (notes.length > 0) leaf.set(PDFName.of('Annots'), context.obj(notes));
  }
  return kept;
}

// ---------------------------------------------------------------------------------------------------------- fields

/** Takes scripts and signatures from the fields; the topmost ones, listed or found by their widgets. */
function cleanFields({ pdf }: Opened, places: Places, notes: ReadonlyMap<PDFRef, PDFRef>): PDFRef[] {
  const { context, catalog } = pdf;
  const roots = new Set<PDFRef>();
  /** Of widgets whose topmost field is known. */
  const climbed = new Set<PDFRef>();
  for (const each of arrayAt(dictAt(catalog, 'AcroForm'), 'Fields')?.asArray() ?? [])
    if (context.lookup(each) instanceof PDFDict) roots.add(each instanceof PDFRef ? each : context.register(each));
  for (const widget of notes.keys()) {
    let ref = widget;
    let field = context.lookup(ref);
    if (!(field instanceof PDFDict) || nameAt(field, 'Subtype') !== 'Widget') continue;
    let isNew = !climbed.has(ref);
    while (isNew && field instanceof PDFDict) {
      climbed.add(ref);
      const parent: PDFObject | undefined = field.get(PDFName.of('Parent'));
      const above: PDFObject | undefined = context.lookup(parent);
      if (!(parent instanceof PDFRef) || !(above instanceof PDFDict)) break;
      ref = parent;
      field = above;
      isNew = !climbed.has(ref);
    }
    if (isNew && field instanceof PDFDict && field.has(PDFName.of('T'))) roots.add(ref);
  }
  for (const field of fieldsBelow(context, roots)) {
    cleanActions(field, places);
    // A signature is one of another file.
    if (nameAt(field, 'FT') === 'Sig') for (const name of ['V', 'Lock', 'SV']) field.delete(PDFName.of(name));
  }
  return [...roots];
}

/** These fields and all below them. */
function fieldsBelow(context: PDFContext, roots: Iterable<PDFObject>): Set<PDFDict> {
  const fields = new Set<PDFDict>();
  for (const waiting = [...roots]; waiting.length > 0; ) {
    const field = context.lookup(waiting.pop());
    if (!(field instanceof PDFDict) || fields.has(field)) continue;
    fields.add(field);
    for (const kid of arrayAt(field, 'Kids')?.asArray() ?? []) waiting.push(kid);
  }
  return fields;
}

/** Gives the fields names and fonts that the book does not have yet, and what they had from their form as a whole. */
function fitFields(book: PDFDocument, { pdf, pages }: Opened, roots: readonly PDFRef[], prefix: string): void {
  const { context } = pdf;
  const form = dictAt(pdf.catalog, 'AcroForm');
  const fonts = dictAt(dictAt(form, 'DR'), 'Font');
  const taken = dictAt(dictAt(dictAt(book.catalog, 'AcroForm'), 'DR'), 'Font');
  const renamed = new Map<PDFName, PDFName>();
  for (const [name, font] of fonts?.entries() ?? []) {
    if (!taken?.has(name)) continue;
    const fresh = PDFName.of(`${prefix}${name.decodeText()}`);
    renamed.set(name, fresh);
    fonts?.delete(name);
    fonts?.set(fresh, font);
  }
  const bookFields = arrayAt(dictAt(book.catalog, 'AcroForm'), 'Fields')?.asArray() ?? [];
  const names = new Set(
    bookFields.map((each) => {
      const field = book.context.lookup(each);
      return field instanceof PDFDict ? textAt(field, 'T') : undefined;
    }),
  );
  for (const ref of roots) {
    const field = context.lookup(ref);
    if (!(field instanceof PDFDict)) continue;
    for (const name of ['DA', 'Q']) {
      const value = form?.get(PDFName.of(name));
      if (value && !field.has(PDFName.of(name))) field.set(PDFName.of(name), value);
    }
    const name = textAt(field, 'T') ?? '';
    if (names.has(name)) field.set(PDFName.of('T'), PDFHexString.fromText(`${prefix}${name}`));
  }
  if (renamed.size === 0) return;
  const notes = pages.flatMap(({ leaf }) => arrayAt(leaf, 'Annots')?.asArray() ?? []);
  // A default appearance is a piece of content, `/Helv 12 Tf 0 g`.
  for (const dict of fieldsBelow(context, [...roots, ...notes])) {
    const appearance = dict.lookup(PDFName.of('DA'));
    if (!isText(appearance)) continue;
    const tokens = latin1(appearance.asBytes()).split(/(\s+)/);
    const fresh = tokens.map((token) => {
      const name = token.startsWith('/') ? renamed.get(PDFName.of(token.slice(1))) : undefined;
      return name ? name.asString() : token;
    });
    dict.set(PDFName.of('DA'), PDFHexString.of(Buffer.from(fresh.join(''), 'latin1').toString('hex').toUpperCase()));
  }
}

function addFields(book: PDFDocument, { pdf }: Opened, fields: readonly PDFObject[], copy: Importer): void {
  if (fields.length === 0) return;
  const from = dictAt(pdf.catalog, 'AcroForm');
  const into = needDict(book.catalog, 'AcroForm');
  const list = needArray(into, 'Fields');
  for (const field of fields) list.push(field);
  const resources = needDict(into, 'DR');
  for (const [kind, value] of dictAt(from, 'DR')?.entries() ?? []) {
    const found = pdf.context.lookup(value);
    if (!(found instanceof PDFDict) || !isResource(kind.decodeText())) continue;
    const target = needDict(resources, kind.decodeText());
    for (const [name, each] of found.entries()) {
      const copied = target.has(name) ? undefined : copy(each, kind.decodeText());
      if (copied) target.set(name, copied);
    }
  }
  if (from?.lookup(PDFName.of('NeedAppearances')) === PDFBool.True)
    into.set(PDFName.of('NeedAppearances'), PDFBool.True);
}

// ---------------------------------------------------------------------------------------------------------- layers

/** Content on a layer that is switched off stays unseen. */
function addLayers(book: PDFDocument, { pdf }: Opened, copied: (ref: PDFRef) => PDFRef): void {
  const from = dictAt(pdf.catalog, 'OCProperties');
  const isLayer = (each: PDFObject): each is PDFRef => {
    const layer = pdf.context.lookup(each);
    return each instanceof PDFRef && layer instanceof PDFDict && nameAt(layer, 'Type') === 'OCG';
  };
  const layers = (arrayAt(from, 'OCGs')?.asArray() ?? []).filter(isLayer);
  if (layers.length === 0) return;
  const shown = dictAt(from, 'D');
  const listed = (name: string): Set<PDFObject> => new Set(arrayAt(shown, name)?.asArray());
  const on = listed('ON');
  const off = listed('OFF');
  const hidden = layers.filter((each) => off.has(each) || (nameAt(shown, 'BaseState') === 'OFF' && !on.has(each)));
  const into = needDict(book.catalog, 'OCProperties');
  const order = needDict(into, 'D');
  for (const layer of layers) needArray(into, 'OCGs').push(copied(layer));
  for (const layer of layers) needArray(order, 'Order').push(copied(layer));
  for (const layer of hidden) needArray(order, 'OFF').push(copied(layer));
  if (!order.has(PDFName.of('Name'))) order.set(PDFName.of('Name'), PDFString.of('default'));
}

// ------------------------------------------------------------------------------------------------------- structure

/**
 * The tags of one form. `owners`: for each page or drawing the elements of its marked content by MCID, for each note
 * its element. `named`: the elements that have an ID.
 */
type Structure = {
  sect: PDFRef;
  owners: Map<PDFRef, PDFRef | Map<number, PDFRef>>;
  named: PDFRef[];
  namespaces: PDFRef[];
};

/** Chromium nests a few dozen elements; `finishPdf` walks them by recursion. */
const DEEPEST = 1000;
/** Elements of a form; the tags of what is beyond are left behind. */
const MOST_ELEMENTS = 50_000;
/** Pieces of all pages; the tree lists every number up to the greatest of each. */
const MOST_PIECES = 500_000;
/** Attributes that classes bring to the elements. */
const MOST_ATTRIBUTES = 100_000;
const MOST_CLASSES = 32;
/** Bookmarks of a form; those beyond are left behind. */
const MOST_BOOKMARKS = 2000;

/**
 * Brings a form's tags below one `Sect`. The tree of elements is believed, the table from content to elements is made
 * anew from it. Roles say what they stand for in the form's map, so that the book needs none; the attributes
 * of classes become the elements' own; IDs get the prefix. Content that no element has becomes one.
 */
function cleanStructure(form: Opened, prefix: string, notes: ReadonlyMap<PDFRef, PDFRef>): Structure {
  const { pdf, pages } = form;
  const { context } = pdf;
  const root = dictAt(pdf.catalog, 'StructTreeRoot');
  const roles = dictAt(root, 'RoleMap');
  const classes = dictAt(root, 'ClassMap');
  const pageRefs = new Set(pages.map(({ ref }) => ref));
  const sect = context.register(PDFNull);
  const owners: Structure['owners'] = new Map();
  const named: PDFRef[] = [];
  const tagged = new Set<PDFRef>();
  const seen = new Set<PDFObject>();
  for (const [, object] of context.enumerateIndirectObjects()) {
    const dict = object instanceof PDFStream ? object.dict : object;
    if (dict instanceof PDFDict) for (const name of [STRUCT_PARENT, STRUCT_PARENTS]) dict.delete(name);
  }

  const greatest = new Map<PDFRef, number>();
  let spare = MOST_PIECES;
  const own = (holder: PDFRef, piece: number, element: PDFRef): boolean => {
    const pieces = owners.get(holder) ?? new Map<number, PDFRef>();
    if (pieces instanceof PDFRef || pieces.has(piece)) return false;
    const before = greatest.get(holder) ?? -1;
    if (!Number.isInteger(piece) || piece < 0 || piece - before > spare) return false;
    spare -= Math.max(0, piece - before);
    greatest.set(holder, Math.max(piece, before));
    owners.set(holder, pieces.set(piece, element));
    return true;
  };
  const pageAt = (dict: PDFDict): PDFRef | undefined => {
    const page = dict.get(PG);
    return page instanceof PDFRef && pageRefs.has(page) ? page : undefined;
  };
  const kidsAt = (dict: PDFDict): PDFObject[] => {
    const kids = dict.lookup(K);
    return kids instanceof PDFArray ? kids.asArray() : [dict.get(K) ?? PDFNull];
  };

  const piece = (value: PDFObject, element: PDFRef, page: PDFRef | undefined, depth: number): PDFObject | undefined => {
    const found = context.lookup(value);
    if (found instanceof PDFNumber) {
      if (!page || !own(page, found.asNumber(), element)) return undefined;
      tagged.add(page);
      return found;
    }
    if (!(found instanceof PDFDict) || seen.has(found)) return undefined;
    const mcid = numberAt(found, 'MCID');
    if (mcid !== undefined && !found.has(S)) {
      const drawing = found.get(PDFName.of('Stm'));
      const at = pageAt(found) ?? page;
      if (!at) return undefined;
      const inDrawing = drawing instanceof PDFRef && context.lookup(drawing) instanceof PDFStream;
      if (!own(inDrawing ? drawing : at, mcid, element)) return undefined;
      tagged.add(at);
      return found;
    }
    const object = found.get(PDFName.of('Obj'));
    if (object !== undefined && !found.has(S)) {
      const isNote = object instanceof PDFRef && notes.has(object);
      const isDrawing = object instanceof PDFRef && context.lookup(object) instanceof PDFStream;
      if (!(object instanceof PDFRef) || (!isNote && !isDrawing) || owners.has(object)) return undefined;
      owners.set(object, element);
      return found;
    }
    return visit(value, element, page, depth + 1);
  };

  const attributed = new Set<PDFDict>();
  let spelt = 0;
  const visit = (value: PDFObject, parent: PDFRef, above: PDFRef | undefined, depth: number): PDFRef | undefined => {
    const element = context.lookup(value);
    if (!(element instanceof PDFDict) || seen.has(element)) return undefined;
    if (depth > DEEPEST || seen.size > MOST_ELEMENTS) return undefined;
    if (!/^(StructElem)?$/.test(nameAt(element, 'Type'))) return undefined;
    seen.add(element);
    const ref = value instanceof PDFRef ? value : context.register(element);
    if (!element.has(PDFName.of('NS'))) {
      const role = roleOf(nameAt(element, 'S'), roles);
      // There is one document, the book.
      element.set(S, PDFName.of(role === 'Document' ? 'Div' : role || 'NonStruct'));
    }
    element.set(P, parent);
    element.delete(PDFName.of('AF'));
    const page = pageAt(element) ?? above;
    if (page) element.set(PG, page);
    else element.delete(PG);
    const id = element.lookup(PDFName.of('ID'));
    if (isText(id)) {
      element.set(PDFName.of('ID'), prefixed(id, prefix));
      named.push(ref);
    }
    if (spelt < MOST_ATTRIBUTES) spelt += spellAttributes(element, classes);
    for (const attributes of attributesOf(element)) {
      if (attributed.has(attributes)) continue;
      attributed.add(attributes);
      const headers = arrayAt(attributes, 'Headers');
      for (const [index, each] of headers?.asArray().entries() ?? []) {
        const header = context.lookup(each);
        if (isText(header)) headers?.set(index, prefixed(header, prefix));
      }
    }
    const kids = kidsAt(element).flatMap((kid) => piece(kid, ref, page, depth) ?? []);
    if (kids.length > 0) element.set(K, context.obj(kids));
    else element.delete(K);
    return ref;
  };

  const kids = root ? kidsAt(root).flatMap((kid) => visit(kid, sect, undefined, 0) ?? []) : [];
  const notesOn = new Map<PDFRef, PDFRef[]>(pages.map(({ ref }) => [ref, []]));
  for (const [note, page] of notes) notesOn.get(page)?.push(note);
  for (const [index, page] of pages.entries()) {
    const { ref, resources, frame } = page;
    const isTagged = tagged.has(ref);
    const settled = settle(page.content, resources, !isTagged);
    page.content = settled.content;
    if (!isTagged) {
      const text = settled.text || holdsText(resources);
      const element = context.obj({ Type: 'StructElem', S: text ? 'P' : 'Figure', P: sect, Pg: ref, K: 0 });
      if (!text) {
        const { left, bottom, right, top } = frame.box;
        const alt = pages.length > 1 ? `${form.title} ${index + 1}/${pages.length}` : form.title;
        element.set(PDFName.of('Alt'), PDFHexString.fromText(alt));
        element.set(PDFName.of('A'), context.obj({ O: 'Layout', BBox: [left, bottom, right, top] }));
      }
      page.content = `/${text ? 'P' : 'Figure'} <</MCID 0>> BDC\n${settled.content}\nEMC`;
      const whole = context.register(element);
      kids.push(whole);
      owners.set(ref, new Map([[0, whole]]));
    }
    for (const note of notesOn.get(ref) ?? []) {
      const dict = context.lookup(note);
      const kind = dict instanceof PDFDict ? nameAt(dict, 'Subtype') : 'Popup';
      if (owners.has(note) || kind === 'Popup') continue;
      const role = kind === 'Widget' ? 'Form' : kind === 'Link' ? 'Link' : 'Annot';
      const object = context.obj({ Type: 'OBJR', Obj: note, Pg: ref });
      const around = context.register(context.obj({ Type: 'StructElem', S: role, P: sect, Pg: ref, K: object }));
      kids.push(around);
      owners.set(note, around);
    }
  }

  const top = context.obj({ Type: 'StructElem', S: 'Sect', T: PDFHexString.fromText(form.title), K: kids });
  const lang = textAt(pdf.catalog, 'Lang');
  if (lang) top.set(LANG, PDFHexString.fromText(lang));
  context.assign(sect, top);
  const spaces = arrayAt(root, 'Namespaces')?.asArray() ?? [];
  return { sect, owners, named, namespaces: spaces.filter((each): each is PDFRef => each instanceof PDFRef) };
}

/** What a role of the form's own stands for, at last. */
function roleOf(role: string, roles: PDFDict | undefined): string {
  let found = role;
  for (let step = 0; step < 20; step += 1) {
    const next = nameAt(roles, found);
    if (!next || next === found) break;
    found = next;
  }
  return found;
}

function attributesOf(element: PDFDict): PDFDict[] {
  const found = element.lookup(PDFName.of('A'));
  const each = found instanceof PDFArray ? found.asArray().map((one) => element.context.lookup(one)) : [found];
  return each.flatMap((one) => (one instanceof PDFStream ? one.dict : one instanceof PDFDict ? one : []));
}

/** Writes the attributes of an element's classes into itself; its own come first and so prevail. How many these are. */
function spellAttributes(element: PDFDict, classes: PDFDict | undefined): number {
  const { context } = element;
  const found = element.lookup(PDFName.of('C'));
  element.delete(PDFName.of('C'));
  const listed = found instanceof PDFArray ? found.asArray().map((each) => context.lookup(each)) : [found];
  const more = listed.slice(0, MOST_CLASSES).flatMap((each) => {
    const value = each instanceof PDFName ? classes?.get(each) : undefined;
    const attributes = context.lookup(value);
    return attributes instanceof PDFArray ? attributes.asArray() : value ? [value] : [];
  });
  if (more.length === 0) return 0;
  const own = element.lookup(PDFName.of('A'));
  const before = own instanceof PDFArray ? own.asArray() : [element.get(PDFName.of('A')) ?? []].flat();
  element.set(PDFName.of('A'), context.obj([...before, ...more]));
  return more.length;
}

const prefixed = (id: PDFString | PDFHexString, prefix: string): PDFHexString =>
  PDFHexString.of(
    Buffer.concat([Buffer.from(prefix, 'latin1'), id.asBytes()])
      .toString('hex')
      .toUpperCase(),
  );

/** The book's tags, to be added to. `close` writes the tables anew. Throws when the book has none. */
function openTags(book: PDFDocument) {
  const { context, catalog } = book;
  const root = dictAt(catalog, 'StructTreeRoot');
  const first = root?.lookup(K);
  const documentRef = first instanceof PDFArray ? first.get(0) : root?.get(K);
  const document = context.lookup(documentRef);
  if (!root || !(document instanceof PDFDict) || !(documentRef instanceof PDFRef))
    throw new Error('the book has no tags');
  const own = document.lookup(K);
  const kids = own instanceof PDFArray ? own : context.obj([document.get(K) ?? []].flat());
  document.set(K, kids);
  const owners = new Map<number, PDFObject>();
  for (const [key, value] of pairsOf(dictAt(root, 'ParentTree'), 'Nums'))
    if (key instanceof PDFNumber) owners.set(key.asNumber(), value);
  // Chromium's own next key leaves out its links, which have keys of their own and no entry.
  let next = numberAt(root, 'ParentTreeNextKey') ?? 0;
  for (const key of owners.keys()) next = Math.max(next, key + 1);
  for (const [, object] of context.enumerateIndirectObjects()) {
    const dict = object instanceof PDFStream ? object.dict : object;
    if (!(dict instanceof PDFDict)) continue;
    next = Math.max(next, (numberAt(dict, 'StructParent') ?? -1) + 1, (numberAt(dict, 'StructParents') ?? -1) + 1);
  }
  const named: PDFRef[] = [];
  return {
    take: (): number => next++,
    add(sect: PDFRef): void {
      context.lookup(sect, PDFDict).set(P, documentRef);
      kids.push(sect);
    },
    own(key: number, owner: PDFRef | Map<number, PDFRef>, copied: (ref: PDFRef) => PDFRef): void {
      if (owner instanceof PDFRef) return void owners.set(key, owner);
      const row = context.obj([]);
      let last = -1;
      for (const mcid of owner.keys()) last = Math.max(last, mcid);
      for (let mcid = 0; mcid <= last; mcid += 1) {
        const element = owner.get(mcid);
        row.push(element ? copied(element) : PDFNull);
      }
      owners.set(key, context.register(row));
    },
    name: (element: PDFRef): void => void named.push(element),
    addNamespaces(spaces: readonly PDFObject[]): void {
      for (const each of spaces) needArray(root, 'Namespaces').push(each);
    },
    close(): void {
      const numbers = [...owners].sort(([a], [b]) => a - b).flatMap(([key, value]) => [PDFNumber.of(key), value]);
      root.set(PDFName.of('ParentTree'), context.register(context.obj({ Nums: numbers })));
      root.set(PDFName.of('ParentTreeNextKey'), PDFNumber.of(next));
      if (named.length === 0) return;
      const ids = pairsOf(dictAt(root, 'IDTree'), 'Names').flatMap(([id, element]) =>
        isText(id) ? { id, element } : [],
      );
      for (const element of named) {
        const id = context.lookup(element, PDFDict).lookup(PDFName.of('ID'));
        if (isText(id)) ids.push({ id, element });
      }
      ids.sort((a, b) => Buffer.compare(a.id.asBytes(), b.id.asBytes()));
      root.set(
        PDFName.of('IDTree'),
        context.register(context.obj({ Names: ids.flatMap(({ id, element }) => [id, element]) })),
      );
    },
  };
}

// ------------------------------------------------------------------------------------------------------- bookmarks

type Bookmark = { title: string; dest?: PDFArray; open: boolean; kids: Bookmark[] };

function bookmarksOf({ pdf: { catalog, context } }: Opened, places: Places): Bookmark[] {
  const seen = new Set<PDFDict>();
  const read = (parent: PDFDict | undefined, depth: number): Bookmark[] => {
    const marks: Bookmark[] = [];
    if (depth > 20) return marks;
    for (let item = dictAt(parent, 'First'); item && !seen.has(item); item = dictAt(item, 'Next')) {
      if (seen.size >= MOST_BOOKMARKS) break;
      seen.add(item);
      cleanActions(item, places);
      const kids = read(item, depth + 1);
      const dest = placeOf(context, item.get(PDFName.of('Dest')), places);
      if (dest || kids.length > 0) marks.push({ title: textAt(item, 'Title') ?? '', dest, open: false, kids });
    }
    return marks;
  };
  return read(dictAt(catalog, 'Outlines'), 0);
}

/** Makes a bookmark the last one below another or below the root. */
function chain(parent: PDFDict, ref: PDFRef): void {
  const { context } = parent;
  const before = parent.get(PDFName.of('Last'));
  if (before instanceof PDFRef) {
    context.lookup(before, PDFDict).set(PDFName.of('Next'), ref);
    context.lookup(ref, PDFDict).set(PDFName.of('Prev'), before);
  } else parent.set(PDFName.of('First'), ref);
  parent.set(PDFName.of('Last'), ref);
}

function addBookmarks(book: PDFDocument, mark: Bookmark): void {
  const { context, catalog } = book;
  if (!dictAt(catalog, 'Outlines'))
    catalog.set(PDFName.of('Outlines'), context.register(context.obj({ Type: 'Outlines' })));
  const rootRef = catalog.get(PDFName.of('Outlines'));
  const root = dictAt(catalog, 'Outlines');
  if (!(rootRef instanceof PDFRef) || !root) throw new Error('the book has its bookmarks where none can be added');
  const write = ({ title, dest, open, kids }: Bookmark, parent: PDFRef): PDFRef => {
    const item = context.obj({ Title: PDFHexString.fromText(title), Parent: parent });
    const ref = context.register(item);
    if (dest) item.set(PDFName.of('Dest'), dest);
    if (kids.length > 0) {
      for (const kid of kids) chain(item, write(kid, ref));
      // Of what is closed, the number that would be seen, below zero.
      item.set(PDFName.of('Count'), PDFNumber.of(open ? kids.length : -kids.length));
    }
    return ref;
  };
  chain(root, write(mark, rootRef));
  const shown = Math.max(0, numberAt(root, 'Count') ?? 0);
  root.set(PDFName.of('Count'), PDFNumber.of(shown + 1 + mark.kids.length));
}

/** A bookmark of Chromium's with the level of its heading. */
type Mark = { level: number; item: PDFDict; ref: PDFRef };

/** Chromium's bookmarks in the order of the text. */
function bookmarksInOrder({ catalog }: PDFDocument): Mark[] {
  const marks: Mark[] = [];
  const read = (parent: PDFDict | undefined): void => {
    for (let ref = parent?.get(PDFName.of('First')); ref instanceof PDFRef; ) {
      const item = catalog.context.lookup(ref, PDFDict);
      const heading = dictAt(item, 'SE');
      marks.push({ level: Number(/^H(\d)$/.exec(heading ? nameAt(heading, 'S') : '')?.[1] ?? 1), item, ref });
      read(item);
      ref = item.get(PDFName.of('Next'));
    }
  };
  read(dictAt(catalog, 'Outlines'));
  return marks;
}

/** Makes these the bookmarks of a book, all open: each stands below the last one of a higher level. */
function chainMarks({ catalog }: PDFDocument, marks: readonly Mark[]): void {
  const outlines = dictAt(catalog, 'Outlines');
  const rootRef = catalog.get(PDFName.of('Outlines'));
  if (!(rootRef instanceof PDFRef) || !outlines) throw new Error('the book has no bookmarks');
  const open: Mark[] = [{ level: 0, item: outlines, ref: rootRef }];
  for (const name of ['First', 'Last', 'Count']) outlines.delete(PDFName.of(name));
  for (const mark of marks) {
    for (const name of ['First', 'Last', 'Count', 'Prev', 'Next']) mark.item.delete(PDFName.of(name));
    while ((open.at(-1)?.level ?? 0) >= mark.level) open.pop();
    const parent = open.at(-1);
    if (!parent) throw new Error('a bookmark has a level of 0');
    mark.item.set(PDFName.of('Parent'), parent.ref);
    chain(parent.item, mark.ref);
    for (const { item } of open) item.set(PDFName.of('Count'), PDFNumber.of((numberAt(item, 'Count') ?? 0) + 1));
    open.push(mark);
  }
}

// --------------------------------------------------------------------------------------------------------- copying

/** Brings an object and all it leads to into another file. Nothing for what stays behind. */
export type Importer = (object: PDFObject, under?: string) => PDFObject | undefined;

/** For what must not stay behind; throws, naming `whose` it is. */
const certainly =
  (copy: Importer, whose: string) =>
  (ref: PDFObject | undefined): PDFRef => {
    const fresh = ref && copy(ref);
    if (!(fresh instanceof PDFRef)) throw new Error(`${whose}: ${ref} was not copied`);
    return fresh;
  };

/** Appends a page that was copied. */
function addCopied(book: PDFDocument, ref: PDFRef): PDFPageLeaf {
  const leaf = book.context.lookup(ref);
  if (!(leaf instanceof PDFPageLeaf)) throw new Error(`${ref} is no page`);
  book.addPage(PDFPage.of(leaf, ref, book));
  return leaf;
}

/** Actions that do more than to go to a place. Those of notes and fields are gone by then; this is for the rest. */
const DOING =
  /^(JavaScript|Launch|GoToR|GoToE|GoToDp|Thread|SubmitForm|ResetForm|ImportData|Sound|Movie|Hide|Named|SetOCGState|Rendition|Trans|GoTo3DView|RichMediaExecute)$/;

/** What leads out of the pages into the rest of the file it comes from, or does something. */
const staysBehind = (object: PDFObject): boolean => {
  const dict = object instanceof PDFStream ? object.dict : object;
  if (!(dict instanceof PDFDict)) return object === PDFNull;
  // A structure element has a role in S too, but it has a parent.
  if (DOING.test(nameAt(dict, 'S')) && !dict.has(P)) return true;
  return /^(Page|Pages|Catalog|StructTreeRoot|Filespec|EmbeddedFile)$/.test(nameAt(dict, 'Type'));
};

/**
 * Pages are copied only when they are among `pages`. References are followed by a queue: chains may be long. Of a
 * `strangers` file only what is known to be drawn, filled in or read out is copied.
 */
export function importer(
  from: PDFContext,
  into: PDFContext,
  pages: readonly PDFRef[] = [],
  { strangers = false } = {},
): Importer {
  const known = new Map(pages.map((ref) => [ref, into.nextRef()]));
  const waiting: [PDFRef, PDFObject, string | undefined][] = pages.map((ref) => [
    known.get(ref) ?? ref,
    from.lookup(ref) ?? PDFNull,
    A_PAGE,
  ]);
  const copyDict = (dict: PDFDict, skipped: RegExp | undefined, within: string | undefined): PDFDict => {
    const fresh =
      dict instanceof PDFPageLeaf ? PDFPageLeaf.fromMapWithContext(new Map(), into) : PDFDict.withContext(into);
    for (const [name, value] of dict.entries()) {
      if (skipped?.test(name.asString())) continue;
      const under = strangers ? standingOf(name.decodeText(), from.lookup(value), within) : name.decodeText();
      const copied = under === undefined ? undefined : copy(value, under);
      if (copied) fresh.set(name, copied);
    }
    return fresh;
  };
  const copyWhole = (object: PDFObject, within: string | undefined): PDFObject => {
    if (object instanceof PDFDict) return copyDict(object, undefined, within);
    // A stream with F has its bytes in another file.
    if (object instanceof PDFStream)
      return PDFRawStream.of(
        copyDict(object.dict, /^\/(Length|DL|F|FFilter|FDecodeParms|Metadata)$/, undefined),
        object.getContents(),
      );
    if (!(object instanceof PDFArray)) return object;
    const fresh = PDFArray.withContext(into);
    for (const each of object.asArray()) fresh.push(copy(each, within) ?? PDFNull);
    return fresh;
  };
  const leftBehind = (object: PDFObject, under: string | undefined): boolean =>
    staysBehind(object) || (strangers && object instanceof PDFStream && !isDrawn(object, under));
  const copy = (object: PDFObject, under: string | undefined): PDFObject | undefined => {
    if (!(object instanceof PDFRef)) return leftBehind(object, under) ? undefined : copyWhole(object, under);
    const before = known.get(object);
    if (before) return before;
    const found = from.lookup(object);
    if (!found || leftBehind(found, under)) return undefined;
    const fresh = into.nextRef();
    known.set(object, fresh);
    waiting.push([fresh, found, under]);
    return fresh;
  };
  return (object, under) => {
    const copied = copy(object, under);
    for (let next = waiting.pop(); next; next = waiting.pop()) into.assign(next[0], copyWhole(next[1], next[2]));
    return copied;
  };
}
