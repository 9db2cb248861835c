// The bookmarks of a book: those of its sections in their order, those of forms below one of their own.
import { type PDFArray, PDFDict, type PDFDocument, PDFHexString, PDFName, PDFNumber, PDFRef } from '@cantoo/pdf-lib';
import { dictAt, nameAt, numberAt } from './objects.js';

/** A bookmark of a form. `dest`: `[page, /XYZ …]`. */
export type Bookmark = { title: string; dest?: PDFArray; open: boolean; kids: Bookmark[] };

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

export function addBookmarks(book: PDFDocument, mark: Bookmark): void {
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
export type Mark = { level: number; item: PDFDict; ref: PDFRef };

/** Chromium's bookmarks in the order of the text. */
export function bookmarksInOrder({ catalog }: PDFDocument): Mark[] {
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
export function chainMarks({ catalog }: PDFDocument, marks: readonly Mark[]): void {
  const outlines = dictAt(catalog, 'Outlines');
  const rootRef = catalog.get(PDFName.of('Outlines'));
  if (!(rootRef instanceof PDFRef) || !outlines) throw new Error('the book has no bookmarks');
  const open: Mark[] = [{ level: 0, item: outlines, ref: rootRef }];
  for (const name of ['First', 'Last', 'Count']) outlines.delete(PDFName.of(name));
  for (const mark of marks) {
    for (const name of ['First', 'Last', 'Count', 'Prev', 'Next']) mark.item.delete(PDFName.of(name));
    while ((open.at(-1)?.level ?? -1) >= mark.level) open.pop();
    const parent = open.at(-1);
    if (!parent) throw new Error('a bookmark has a level of 0');
    mark.item.set(PDFName.of('Parent'), parent.ref);
    chain(parent.item, mark.ref);
    for (const { item } of open) item.set(PDFName.of('Count'), PDFNumber.of((numberAt(item, 'Count') ?? 0) + 1));
    open.push(mark);
  }
}
