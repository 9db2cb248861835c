// What of the links, notes and bookmarks of a form stays: places in the form itself, and addresses.
import { PDFArray, type PDFContext, PDFDict, PDFName, PDFNumber, type PDFObject, PDFRef } from '@cantoo/pdf-lib';
import type { Bookmark } from './bookmarks.js';
import { staysBehind } from './copy.js';
import { dictAt, isText, listAt, nameAt, namedPlaces, numberAt, textAt, valueAt } from './objects.js';
import type { OpenedForm } from './open-form.js';

/** Names of destinations in a form, and what each leads to. */
export type Destinations = { named: Map<string, PDFObject>; pages: PDFRef[] };

export function destinationsIn({ pdf, pages }: OpenedForm): Destinations {
  return { named: namedPlaces(pdf), pages: pages.map(({ ref }) => ref) };
}

/** The place itself, `[page, /XYZ …]`, of a place or of its name: names would have to be unique in the whole book. */
function destinationOf(
  context: PDFContext,
  value: PDFObject | undefined,
  { named, pages }: Destinations,
): PDFArray | undefined {
  let found = context.lookup(value);
  if (isText(found) || found instanceof PDFName) found = context.lookup(named.get(found.decodeText()));
  if (found instanceof PDFDict) found = valueAt(found, 'D');
  if (!(found instanceof PDFArray) || found.size() === 0) return undefined;
  const first = found.get(0);
  const page = first instanceof PDFNumber ? pages[first.asNumber()] : first;
  if (!(page instanceof PDFRef) || !pages.includes(page)) return undefined;
  return context.obj([page, ...found.asArray().slice(1)]);
}

/** Leaves of a note, field or bookmark a place in the form or an address to go to. False when it leads nowhere. */
export function cleanActions(dict: PDFDict, destinations: Destinations): boolean {
  const { context } = dict;
  const action = dictAt(dict, 'A');
  const kind = nameAt(action, 'S');
  const dest = destinationOf(context, dict.get(PDFName.of('Dest')), destinations);
  for (const name of ['A', 'AA', 'PA', 'Dest']) dict.delete(PDFName.of(name));
  const place =
    dest ?? (kind === 'GoTo' ? destinationOf(context, action?.get(PDFName.of('D')), destinations) : undefined);
  if (place) {
    // A field may go somewhere by an action alone.
    if (nameAt(dict, 'Subtype') === 'Widget') dict.set(PDFName.of('A'), context.obj({ S: 'GoTo', D: place }));
    else dict.set(PDFName.of('Dest'), place);
    return true;
  }
  const address = valueAt(action, 'URI');
  if (kind !== 'URI' || !isText(address) || !/^(https?|mailto|tel):/i.test(address.decodeText())) return false;
  dict.set(PDFName.of('A'), context.obj({ S: 'URI', URI: address }));
  return true;
}

/** Kinds of notes that are part of a form: where one goes, what one fills in. */
const KINDS = new Set(['Link', 'Widget']);
/** What somebody has written or marked on a finished page (ISO 32000, 12.5.6.2), and what was once a part of it. */
const COMMENTS = new Set(
  'Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink Redact'.split(
    ' ',
  ),
);
/** Flags of a note: it is neither seen nor printed; it is printed; it is not seen on a screen. */
const [HIDDEN, PRINTED, UNSEEN] = [2, 4, 32];
const isHidden = (note: PDFDict): boolean => {
  const flags = numberAt(note, 'F') ?? 0;
  return (flags & HIDDEN) !== 0 || ((flags & UNSEEN) !== 0 && (flags & PRINTED) === 0);
};

const ABOUT_THE_AUTHOR = ['T', 'M', 'CreationDate', 'NM'];

/**
 * Takes from the pages what may not stay. `notes`: those that stay, and the pages they are on; `comments`: how many
 * comments of reviewers were taken.
 */
export function cleanNotes(
  { pdf: { context }, pages }: OpenedForm,
  destinations: Destinations,
): { notes: Map<PDFRef, PDFRef>; comments: number } {
  const kept = new Map<PDFRef, PDFRef>();
  let comments = 0;
  for (const { node, ref: page } of pages) {
    const notes: PDFRef[] = [];
    for (const each of listAt(node, 'Annots')) {
      const note = context.lookup(each);
      const kind = note instanceof PDFDict ? nameAt(note, 'Subtype') : '';
      if (COMMENTS.has(kind)) comments += 1;
      if (!(note instanceof PDFDict) || !KINDS.has(kind) || staysBehind(note) || isHidden(note)) continue;
      const ref = each instanceof PDFRef ? each : context.register(note);
      if (kept.has(ref)) continue;
      if (!cleanActions(note, destinations) && kind === 'Link') continue;
      // Who wrote a note, and when, is of no concern to who reads it. The name of a field is another thing.
      if (kind !== 'Widget') for (const name of ABOUT_THE_AUTHOR) note.delete(PDFName.of(name));
      note.set(PDFName.of('P'), page);
      kept.set(ref, page);
      notes.push(ref);
    }
    node.delete(PDFName.of('Annots'));
    if (notes.length > 0) node.set(PDFName.of('Annots'), context.obj(notes));
  }
  return { notes: kept, comments };
}

/** Bookmarks of a form; those beyond are left behind. */
const MOST_BOOKMARKS = 2000;

export function bookmarksOf({ pdf: { catalog, context } }: OpenedForm, destinations: Destinations): Bookmark[] {
  const seen = new Set<PDFDict>();
  const read = (parent: PDFDict | undefined, depth: number): Bookmark[] => {
    const marks: Bookmark[] = [];
    if (depth > 20) return marks;
    for (let item = dictAt(parent, 'First'); item && !seen.has(item); item = dictAt(item, 'Next')) {
      if (seen.size >= MOST_BOOKMARKS) break;
      seen.add(item);
      cleanActions(item, destinations);
      const kids = read(item, depth + 1);
      const dest = destinationOf(context, item.get(PDFName.of('Dest')), destinations);
      if (dest || kids.length > 0) marks.push({ title: textAt(item, 'Title') ?? '', dest, open: false, kids });
    }
    return marks;
  };
  return read(dictAt(catalog, 'Outlines'), 0);
}
