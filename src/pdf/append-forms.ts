// Puts the forms of others behind a book: what pages, tags, fields, layers and bookmarks need to live on there.
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';
import { addBookmarks, type Bookmark } from './bookmarks.js';
import { fromLatin1, row } from './content-stream.js';
import { addCopied, certainly, importer } from './copy.js';
import { addFields, cleanFields, fitFields } from './form-fields.js';
import { bookmarksOf, cleanNotes, destinationsIn } from './form-notes.js';
import { cleanStructure } from './form-structure.js';
import { invert } from './geometry.js';
import { dictAt, dictOf, flateStream, listAt, nameAt, needArray, needDict } from './objects.js';
import { type Form, type FormPage, type OpenedForm, openForms } from './open-form.js';
import { pageAsDrawing } from './page-drawing.js';
import { frameOf, type PageSize, topOf } from './page-frame.js';
import { type OpenTags, openTags } from './structure.js';

/**
 * Appends every page of the forms to the book, in place. Each form becomes one `Sect` of the book's document with the
 * form's own tags below it; a page that has none is one paragraph or, where it shows no text, one figure. The bookmark
 * `bookmark` gets a child for each form, above the form's own bookmarks. Fields stay fillable. What runs, opens or
 * hides something (scripts, attachments, launch and submit actions, films, XFA) stays behind, and so do signatures,
 * comments of reviewers (`comments`: how many) and fields that nobody sees.
 *
 * `stamp` holds one page for each page of `pagesOfForms`, of that size: what is printed over it, as an artifact.
 * The book must be tagged. Throws UserError, naming each form that cannot be used.
 */
export async function appendForms(
  book: PDFDocument,
  forms: readonly Form[],
  { bookmark, stamp }: { bookmark: string; stamp: PDFDocument },
): Promise<{ comments: number }> {
  const opened = await openForms(forms);
  const frames = opened.flatMap(({ pages }) => pages.map(({ frame }) => frame));
  if (frames.length === 0) return { comments: 0 };
  const stamps = stampsOf(stamp, frames, book.context);
  const tags = openTags(book);
  const appended = opened.map((form) => append(book, form, tags, stamps.splice(0, form.pages.length)));
  const marks = appended.map(({ mark }) => mark);
  tags.close();
  // A copy: `finishPdf` renumbers what it meets, and may not meet one array twice.
  addBookmarks(book, { title: bookmark, dest: marks[0]?.dest?.clone(), open: true, kids: marks });
  return { comments: appended.reduce((sum, { comments }) => sum + comments, 0) };
}

/** The stamps as drawings of the book. Throws where they are not of the size of their pages. */
function stampsOf(stamp: PDFDocument, sizes: readonly PageSize[], into: PDFContext): PDFRef[] {
  const pages = stamp.getPages().map(({ node }) => ({ node, frame: frameOf(node) }));
  if (pages.length !== sizes.length) throw new Error(`${pages.length} stamps for ${sizes.length} pages of forms`);
  for (const [index, { width, height }] of sizes.entries()) {
    const { frame } = pages[index] ?? {};
    // Chromium rounds a sheet to whole CSS px, 0.75 pt.
    if (!frame || Math.abs(frame.width - width) > 1 || Math.abs(frame.height - height) > 1)
      throw new Error(`stamp ${index + 1} is not of the size of its page, ${width} × ${height} pt`);
  }
  const copy = importer(stamp.context, into);
  return pages.map(({ node, frame }) => pageAsDrawing(node, frame, into, copy));
}

/** Appends one form, a stamp to each of its pages; the bookmark that leads to it, and how many comments stayed behind. */
function append(
  book: PDFDocument,
  form: OpenedForm,
  tags: OpenTags,
  stamps: readonly PDFRef[],
): { mark: Bookmark; comments: number } {
  const { context } = form.pdf;
  // The page a form begins on tells its names from those of the book and of every other form.
  const prefix = `p${book.getPageCount() + 1}-`;
  const destinations = destinationsIn(form);
  const { notes, comments } = cleanNotes(form, destinations);
  const fields = cleanFields(form, destinations, notes);
  const structure = cleanStructure(form, prefix, notes);
  const own = bookmarksOf(form, destinations);
  const footers = form.pages.map((page) => cleanPage(context, page));
  fitFields(book, form, fields, prefix);
  const keys = [...structure.owners].map(([holder, owner]) => ({ key: tags.take(), holder, owner }));
  for (const { key, holder, owner } of keys) {
    const name = owner instanceof PDFRef ? 'StructParent' : 'StructParents';
    dictOf(context.lookup(holder))?.set(PDFName.of(name), PDFNumber.of(key));
  }

  const copy = importer(
    context,
    book.context,
    form.pages.map(({ ref }) => ref),
    { strangers: true },
  );
  const copied = certainly(copy, form.file);
  for (const [index, { ref }] of form.pages.entries()) {
    const node = addCopied(book, copied(ref));
    const [drawing, footer] = [stamps[index], footers[index]];
    if (!drawing || !footer) throw new Error(`${form.file}: page ${index + 1} has no stamp`);
    const resources = node.lookup(PDFName.of('Resources'), PDFDict);
    resources.lookup(PDFName.of('XObject'), PDFDict).set(footer, drawing);
  }
  tags.add(copied(structure.section));
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
  const [first] = form.pages;
  const dest = first && topOf(book.context, copied(first.ref), first.frame);
  return { mark: { title: form.title, dest, open: false, kids: own.map(translate) }, comments };
}

const PAGE_KEYS = /^\/(Type|MediaBox|CropBox|BleedBox|TrimBox|ArtBox|UserUnit|Group|StructParents|Annots)$/;

/** Leaves of a page what is drawn, and the place where its stamp is drawn. Returns that drawing's name. */
function cleanPage(context: PDFContext, { node, frame, content, resources }: FormPage): PDFName {
  const media = node.MediaBox();
  for (const name of node.keys()) if (!PAGE_KEYS.test(name.asString())) node.delete(name);
  const { box, rotate, upright } = frame;
  node.set(PDFName.of('MediaBox'), media);
  // Both are inherited from the tree of pages, and the book's is another.
  node.set(PDFName.of('CropBox'), context.obj([...box]));
  node.set(PDFName.of('Rotate'), PDFNumber.of(rotate));
  node.set(PDFName.of('Tabs'), PDFName.of('S'));
  const drawings = dictAt(resources, 'XObject')?.clone() ?? context.obj({});
  let name = 'Footer';
  while (drawings.has(PDFName.of(name))) name += '_';
  resources.set(PDFName.of('XObject'), drawings);
  node.set(PDFName.of('Resources'), resources);
  const stamped = `${content}
/Artifact <</Type /Pagination /Subtype /Footer>> BDC
q ${row(invert(upright))} cm /${name} Do Q
EMC
`;
  node.set(PDFName.of('Contents'), context.register(flateStream(context, fromLatin1(stamped))));
  return PDFName.of(name);
}

// ---------------------------------------------------------------------------------------------------------- layers

/** What a form has on layers is shown as it is there; one that hides any is not let in. */
function addLayers(book: PDFDocument, { pdf }: OpenedForm, copied: (ref: PDFRef) => PDFRef): void {
  const from = dictAt(pdf.catalog, 'OCProperties');
  const isLayer = (each: PDFObject): each is PDFRef => {
    const layer = pdf.context.lookup(each);
    return each instanceof PDFRef && layer instanceof PDFDict && nameAt(layer, 'Type') === 'OCG';
  };
  const layers = listAt(from, 'OCGs').filter(isLayer);
  if (layers.length === 0) return;
  const into = needDict(book.catalog, 'OCProperties');
  const order = needDict(into, 'D');
  for (const layer of layers) needArray(into, 'OCGs').push(copied(layer));
  for (const layer of layers) needArray(order, 'Order').push(copied(layer));
  if (!order.has(PDFName.of('Name'))) order.set(PDFName.of('Name'), PDFString.of('default'));
}
