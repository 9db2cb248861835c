// Copies objects of one PDF into another with all they lead to, and leaves behind what leads out of the pages or does
// something.
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNull,
  type PDFObject,
  PDFPage,
  PDFPageLeaf,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from '@cantoo/pdf-lib';
import { A_PAGE, entryOf, isDrawn } from './known-entries.js';
import { nameAt } from './objects.js';

/** Brings an object and all it leads to into another file. Nothing for what stays behind. */
export type Importer = (object: PDFObject, under?: string) => PDFObject | undefined;

/** For what must not stay behind; throws, naming `whose` it is. */
export const certainly =
  (copy: Importer, whose: string) =>
  (ref: PDFObject | undefined): PDFRef => {
    const fresh = ref && copy(ref);
    if (!(fresh instanceof PDFRef)) throw new Error(`${whose}: ${ref} was not copied`);
    return fresh;
  };

/** Appends a page that was copied. */
export function addCopied(book: PDFDocument, ref: PDFRef): PDFPageLeaf {
  const page = book.context.lookup(ref);
  if (!(page instanceof PDFPageLeaf)) throw new Error(`${ref} is no page`);
  book.addPage(PDFPage.of(page, ref, book));
  return page;
}

/** Actions that do more than to go to a place. Those of notes and fields are gone by then; this is for the rest. */
const DOING =
  /^(JavaScript|Launch|GoToR|GoToE|GoToDp|Thread|SubmitForm|ResetForm|ImportData|Sound|Movie|Hide|Named|SetOCGState|Rendition|Trans|GoTo3DView|RichMediaExecute)$/;

/** What leads out of the pages into the rest of the file it comes from, or does something. */
export const staysBehind = (object: PDFObject): boolean => {
  const dict = object instanceof PDFStream ? object.dict : object;
  if (!(dict instanceof PDFDict)) return object === PDFNull;
  // A structure element has a role in S too, but it has a parent.
  if (DOING.test(nameAt(dict, 'S')) && !dict.has(PDFName.of('P'))) return true;
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
      const under = strangers ? entryOf(name.decodeText(), from.lookup(value), within) : name.decodeText();
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
