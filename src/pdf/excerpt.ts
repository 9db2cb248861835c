// Some pages of a finished book as a file of their own: they keep their numbers, heads and tags, and links within them.
import { PDFArray, type PDFDict, type PDFDocument, PDFName, PDFNumber, type PDFObject, PDFRef } from '@cantoo/pdf-lib';
import { bookmarksInOrder, chainMarks } from './bookmarks.js';
import { dictAt, dictOf, isText, nameAt, namedPlaces, numberAt, pairsOf, treeOf } from './objects.js';
import { kidsOf, ownersOf } from './structure.js';

/** Which pages: from the place named `begin` to the page of the place `end`, or to where the place `next` begins. */
export type Extent = { begin: string; end?: string; next?: string };

const K = PDFName.of('K');
/** A place that lies higher than this share of its page is the first thing on it. */
const TOP = 0.93;

/**
 * Takes every other page out of the book, in place, and all that leads there. Returns the indices of the first and the last
 * that are left. Throws when it has no such place.
 */
export function excerpt(pdf: PDFDocument, extent: Extent): readonly [number, number] {
  const places = new Map([...namedPlaces(pdf)].map(([name, value]) => [name, placeOf(pdf, value)]));
  const [first, last] = pagesOf(pdf, extent, places);
  const kept = new Set(pdf.getPages().flatMap(({ ref }, i) => (i >= first && i <= last ? [ref] : [])));
  for (let i = pdf.getPageCount() - 1; i >= 0; i -= 1) if (i < first || i > last) pdf.removePage(i);
  const stays = (name: string): boolean => {
    const page = places.get(name)?.page;
    return page !== undefined && page >= first && page <= last;
  };
  const links = leaveLinks(pdf, stays);
  leaveTags(pdf, kept, links);
  const dests = dictAt(pdf.catalog, 'Dests');
  for (const [name] of dests?.entries() ?? []) if (!stays(name.decodeText())) dests?.delete(name);
  if (dictAt(pdf.catalog, 'Outlines'))
    chainMarks(
      pdf,
      bookmarksInOrder(pdf).filter(({ item }) => {
        const dest = item.lookup(PDFName.of('Dest'));
        if (dest instanceof PDFName) return stays(dest.decodeText());
        return dest instanceof PDFArray && dest.get(0) instanceof PDFRef && kept.has(dest.get(0) as PDFRef);
      }),
    );
  const labels = pdf.context.obj({ Nums: [0, { S: 'D', St: first + 1 }] });
  pdf.catalog.set(PDFName.of('PageLabels'), labels);
  return [first, last];
}

type Place = { page: number; top: number };

/** `page`: its index, −1 where it leads to none. `top`: as a share of the height of the page, from below. */
function placeOf(pdf: PDFDocument, value: PDFObject): Place {
  const dest = pdf.context.lookup(value);
  const array = dest instanceof PDFArray ? dest : undefined;
  const page = pdf.getPages().findIndex(({ ref }) => ref === array?.get(0));
  const y = array?.lookup(3);
  const height = page < 0 ? 1 : pdf.getPage(page).getHeight();
  return { page, top: y instanceof PDFNumber ? y.asNumber() / height : 1 };
}

function pagesOf(pdf: PDFDocument, { begin, end, next }: Extent, places: ReadonlyMap<string, Place>): [number, number] {
  const at = (name: string): Place => {
    const place = places.get(name);
    if (!place || place.page < 0) throw new Error(`the book has no place "${name}"`);
    return place;
  };
  const first = at(begin).page;
  if (end !== undefined) return [first, at(end).page];
  if (next === undefined) return [first, pdf.getPageCount() - 1];
  const { page, top } = at(next);
  return [first, Math.max(first, top > TOP ? page - 1 : page)];
}

/** Takes away the links that lead to other pages; their words stay. Returns what is gone. */
function leaveLinks(pdf: PDFDocument, stays: (name: string) => boolean): Set<PDFObject> {
  const gone = new Set<PDFObject>();
  for (const { node } of pdf.getPages()) {
    const notes = node.Annots();
    const left = notes?.asArray().filter((note) => {
      const dest = dictOf(pdf.context.lookup(note))?.lookup(PDFName.of('Dest'));
      const name = dest instanceof PDFName || isText(dest) ? dest.decodeText() : undefined;
      if (name === undefined || stays(name)) return true;
      gone.add(note);
      return false;
    });
    if (!notes || !left || left.length === notes.size()) continue;
    if (left.length === 0) node.delete(PDFName.of('Annots'));
    else node.set(PDFName.of('Annots'), pdf.context.obj(left));
  }
  return gone;
}

/** What is left of an element: something, nothing, or as before, where it held nothing. */
type Left = 'some' | 'nothing' | 'empty';

/** Leaves the tags of the pages that are kept, and the tables that lead from pages to tags and from names to them. */
function leaveTags(pdf: PDFDocument, kept: ReadonlySet<PDFRef>, gone: ReadonlySet<PDFObject>): void {
  const { context, catalog } = pdf;
  const root = dictAt(catalog, 'StructTreeRoot');
  if (!root) return;
  const dropped = new Set<PDFDict>();
  const isKept = (page: PDFObject | undefined): boolean => page instanceof PDFRef && kept.has(page);
  const leave = (element: PDFDict, within: PDFObject | undefined): Left => {
    const page = element.get(PDFName.of('Pg')) ?? within;
    const kids = kidsOf(element);
    const states = kids.map((kid): Left => {
      const found = context.lookup(kid);
      if (found instanceof PDFNumber) return isKept(page) ? 'some' : 'nothing';
      const dict = dictOf(found);
      if (!dict) return 'nothing';
      const kind = nameAt(dict, 'Type');
      if (kind === 'MCR') return isKept(dict.get(PDFName.of('Pg')) ?? page) ? 'some' : 'nothing';
      if (kind === 'OBJR')
        return isKept(dict.get(PDFName.of('Pg')) ?? page) && !gone.has(dict.get(PDFName.of('Obj')) as PDFObject)
          ? 'some'
          : 'nothing';
      return leave(dict, page);
    });
    const left: Left = states.includes('some') ? 'some' : states.includes('nothing') ? 'nothing' : 'empty';
    if (left === 'nothing') dropped.add(element);
    else if (states.includes('nothing')) element.set(K, context.obj(kids.filter((_, i) => states[i] !== 'nothing')));
    // A link that leads nowhere is text.
    const leads = kids.some((kid, i) => states[i] === 'some' && nameAt(dictOf(context.lookup(kid)), 'Type') === 'OBJR');
    if (nameAt(element, 'S') === 'Link' && states.includes('nothing') && !leads)
      element.set(PDFName.of('S'), PDFName.of('Span'));
    if (!isKept(element.get(PDFName.of('Pg')))) element.delete(PDFName.of('Pg'));
    return left;
  };
  for (const kid of kidsOf(root)) {
    const dict = dictOf(context.lookup(kid));
    if (dict) leave(dict, undefined);
  }
  const keys = new Set(
    pdf.getPages().flatMap(({ node }) => [
      numberAt(node, 'StructParents'),
      ...(node.Annots()?.asArray() ?? []).map((note) => {
        const dict = dictOf(context.lookup(note));
        return dict && numberAt(dict, 'StructParent');
      }),
    ]),
  );
  const owners = [...ownersOf(pdf)].filter(([key]) => keys.has(key)).sort(([a], [b]) => a - b);
  const rows = owners.map(([key, row]): [PDFNumber, PDFObject] => [PDFNumber.of(key), row]);
  root.set(PDFName.of('ParentTree'), context.register(treeOf(context, rows, 'Nums')));
  const names = pairsOf(dictAt(root, 'IDTree'), 'Names').filter(([, element]) => {
    const dict = dictOf(context.lookup(element));
    return dict && !dropped.has(dict) && isIn(dict, dropped);
  });
  if (names.length > 0) root.set(PDFName.of('IDTree'), context.register(treeOf(context, names, 'Names')));
  else root.delete(PDFName.of('IDTree'));
}

/** Whether none of the elements above one is dropped. */
function isIn(element: PDFDict, dropped: ReadonlySet<PDFDict>): boolean {
  for (let each: PDFDict | undefined = element; each; each = dictAt(each, 'P')) if (dropped.has(each)) return false;
  return true;
}
