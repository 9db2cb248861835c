// The structure of a file, its tags: read in the order in which they are read aloud, and added to.
import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFObject,
  PDFRef,
} from '@cantoo/pdf-lib';
import { arrayAt, dictAt, dictOf, isText, nameAt, needArray, numberAt, pairsOf, textAt } from './objects.js';
import type { PageContent } from './page-content.js';

const K = PDFName.of('K');

/** The number tree from content and notes to elements, as it is written; ISO 32000, 14.7.4.4. */
export function ownersOf({ catalog }: PDFDocument): Map<number, PDFObject> {
  const owners = new Map<number, PDFObject>();
  for (const [key, value] of pairsOf(dictAt(dictAt(catalog, 'StructTreeRoot'), 'ParentTree'), 'Nums'))
    if (key instanceof PDFNumber) owners.set(key.asNumber(), value);
  return owners;
}

/** Everything right in an element, in order, as it is written. */
export const kidsOf = (element: PDFDict): PDFObject[] =>
  arrayAt(element, 'K')?.asArray() ?? [element.get(K) ?? []].flat();

/** What a role of the file's own stands for, at last. */
export function standardRole(role: string, roles: PDFDict | undefined): string {
  let found = role;
  for (let step = 0; step < 20; step += 1) {
    const next = nameAt(roles, found);
    if (!next || next === found) break;
    found = next;
  }
  return found;
}

/** A structure element, in reading order; what is below it follows it with a greater depth. */
export type Element = {
  role: string;
  depth: number;
  page: number | undefined;
  /** What it says instead of a picture. */
  spoken: string;
  /** The words right in it. */
  words: string;
  /** The element right above it. */
  parent: Element | undefined;
  dict: PDFDict;
};

/** The elements in the order in which they are read aloud. `contents`: what the pages show. */
export function readStructure(pdf: PDFDocument, contents: readonly PageContent[]): Element[] {
  const { context, catalog } = pdf;
  const root = dictAt(catalog, 'StructTreeRoot');
  const roles = dictAt(root, 'RoleMap');
  const pages = new Map<PDFObject | undefined, number>(pdf.getPages().map(({ ref }, index) => [ref, index + 1]));
  const pageIn = (dict: PDFDict): number | undefined => pages.get(dict.get(PDFName.of('Pg')));
  const elements: Element[] = [];
  const seen = new Set<PDFDict>();
  type Waiting = { kid: PDFObject | undefined; depth: number; page: number | undefined; within: Element | undefined };
  for (const waiting: Waiting[] = [{ kid: root?.get(K), depth: 0, page: undefined, within: undefined }]; ; ) {
    const next = waiting.pop();
    if (!next) break;
    const { depth, page, within } = next;
    const kid = next.kid instanceof PDFRef ? context.lookup(next.kid) : next.kid;
    if (kid instanceof PDFArray) for (const each of kid.asArray().reverse()) waiting.push({ ...next, kid: each });
    if (kid instanceof PDFNumber && within) {
      within.page ??= page;
      if (page !== undefined) within.words += contents[page - 1]?.words.get(kid.asNumber()) ?? '';
    }
    if (!(kid instanceof PDFDict) || seen.has(kid)) continue;
    seen.add(kid);
    const own = pageIn(kid) ?? page;
    const kind = nameAt(kid, 'Type');
    if (kind === 'MCR') waiting.push({ kid: kid.get(PDFName.of('MCID')), depth, page: own, within });
    else if (kind === 'OBJR') {
      if (within) within.page ??= own;
    } else if (nameAt(kid, 'S')) {
      const element: Element = {
        role: standardRole(nameAt(kid, 'S'), roles),
        depth,
        page: pageIn(kid),
        spoken: textAt(kid, 'Alt')?.trim() || textAt(kid, 'ActualText')?.trim() || '',
        words: '',
        parent: within,
        dict: kid,
      };
      elements.push(element);
      waiting.push({ kid: kid.get(K), depth: depth + 1, page: own, within: element });
    }
  }
  return elements;
}

/** An element and all below it. */
export function below(elements: readonly Element[], index: number): Element[] {
  const depth = elements[index]?.depth ?? 0;
  let end = index + 1;
  while ((elements[end]?.depth ?? -1) > depth) end += 1;
  return elements.slice(index, end);
}

export type OpenTags = ReturnType<typeof openTags>;

/** The book's tags, to be added to. `close` writes the tables anew. Throws when the book has none. */
export function openTags(book: PDFDocument) {
  const { context, catalog } = book;
  const root = dictAt(catalog, 'StructTreeRoot');
  const documentRef = arrayAt(root, 'K')?.get(0) ?? root?.get(K);
  const document = context.lookup(documentRef);
  if (!root || !(document instanceof PDFDict) || !(documentRef instanceof PDFRef))
    throw new Error('the book has no tags');
  const kids = arrayAt(document, 'K') ?? context.obj([document.get(K) ?? []].flat());
  document.set(K, kids);
  const owners = ownersOf(book);
  // Chromium's own next key leaves out its links, which have keys of their own and no entry.
  let next = numberAt(root, 'ParentTreeNextKey') ?? 0;
  for (const key of owners.keys()) next = Math.max(next, key + 1);
  for (const [, object] of context.enumerateIndirectObjects()) {
    const dict = dictOf(object);
    if (dict)
      next = Math.max(next, (numberAt(dict, 'StructParent') ?? -1) + 1, (numberAt(dict, 'StructParents') ?? -1) + 1);
  }
  const named: PDFRef[] = [];
  return {
    /** A key that nothing has yet, for a page or a note. */
    take: (): number => next++,
    /** A reference to an element that stands right in the book's document. */
    add(element: PDFRef): void {
      context.lookup(element, PDFDict).set(PDFName.of('P'), documentRef);
      kids.push(element);
    },
    /** Under its key, the element of a note, or the elements of a page by the number of their content. */
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
    /** An element that has an ID. */
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
