// Binds the sections of a book, each printed by itself, to one file, as if all had been printed at once.
import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFNumber, type PDFObject, PDFRef } from '@cantoo/pdf-lib';
import { bookmarksInOrder, chainMarks } from './bookmarks.js';
import { addCopied, certainly, importer } from './copy.js';
import { arrayAt, dictAt, dictOf, needDict, numberAt, pairsOf } from './objects.js';
import { openTags, ownersOf } from './structure.js';

/** A part of a book, printed by Chromium from the same page as the others: its PDF without the first `skip` pages. */
export type Section = { pdf: PDFDocument; skip: number };

/**
 * Appends the sections of a book to the first of them, in place, as if all had been printed at once. Links may lead from
 * one to another: Chromium writes the name of what they lead to. Each must be tagged, and is not to be used any more.
 */
export function bindSections(book: PDFDocument, sections: readonly Section[]): void {
  const { context } = book;
  const tags = openTags(book);
  const destinations = needDict(book.catalog, 'Dests');
  const marks = bookmarksInOrder(book);
  for (const { pdf: section, skip } of sections) {
    const pages = section.getPages().slice(skip);
    const root = dictAt(section.catalog, 'StructTreeRoot');
    const rows = ownersOf(section);
    const keys: { key: number; row: PDFObject | undefined }[] = [];
    const rekey = (dict: PDFDict, name: string): void => {
      const old = numberAt(dict, name);
      if (old === undefined) return;
      const key = tags.take();
      keys.push({ key, row: rows.get(old) });
      dict.set(PDFName.of(name), PDFNumber.of(key));
    };
    for (const { node } of pages) {
      rekey(node, 'StructParents');
      for (const note of node.Annots()?.asArray() ?? []) {
        const dict = dictOf(section.context.lookup(note));
        if (dict) rekey(dict, 'StructParent');
      }
    }

    const refs = pages.map(({ ref }) => ref);
    const copy = importer(section.context, context, refs);
    const copied = certainly(copy, 'a section');
    for (const ref of refs) addCopied(book, copied(ref));
    const document = dictAt(root, 'K');
    for (const kid of arrayAt(document, 'K')?.asArray() ?? [document?.get(PDFName.of('K'))]) tags.add(copied(kid));
    for (const { key, row } of keys) {
      const owners = section.context.lookup(row);
      if (owners instanceof PDFDict) tags.own(key, copied(row), copied);
      if (!(owners instanceof PDFArray)) continue;
      const known = owners
        .asArray()
        .flatMap((each, mcid): [number, PDFRef][] => (each instanceof PDFRef ? [[mcid, each]] : []));
      tags.own(key, new Map(known), copied);
    }
    for (const [, element] of pairsOf(dictAt(root, 'IDTree'), 'Names')) tags.name(copied(element));
    for (const [name, place] of dictAt(section.catalog, 'Dests')?.entries() ?? []) {
      const fresh = copy(place);
      if (fresh) destinations.set(name, fresh);
    }
    for (const { level, item } of bookmarksInOrder(section)) {
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
