// The structure of a file, its tags: adds to them.
import { PDFDict, type PDFDocument, PDFName, PDFNull, PDFNumber, type PDFObject, PDFRef } from '@cantoo/pdf-lib';
import { arrayAt, dictAt, dictOf, isText, nameAt, needArray, numberAt, pairsOf } from './objects.js';

const K = PDFName.of('K');

/** The number tree from content and notes to elements, as it is written; ISO 32000, 14.7.4.4. */
export function ownersOf({ catalog }: PDFDocument): Map<number, PDFObject> {
  const owners = new Map<number, PDFObject>();
  for (const [key, value] of pairsOf(dictAt(dictAt(catalog, 'StructTreeRoot'), 'ParentTree'), 'Nums'))
    if (key instanceof PDFNumber) owners.set(key.asNumber(), value);
  return owners;
}

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
