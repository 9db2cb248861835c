// Makes a PDF of Chromium's the same each time it is printed: names and numbers in an order of the file's own.
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
  PDFStream,
  PDFString,
} from '@cantoo/pdf-lib';
import { arrayAt, dictAt, dictOf, eachAt, isText, type Pair, pairsOf, treeOf } from './objects.js';

/**
 * Chromium names the cells of a table's head by numbers it also hands out while painting, and orders objects by these
 * names: two prints of one page differ. Gives the names anew in the order of the structure tree, and the object
 * numbers in the order in which the file's own references lead to them.
 */
export function renumber({ catalog, context }: PDFDocument): void {
  const tree = dictAt(catalog, 'StructTreeRoot');
  if (tree) {
    nameCells(tree);
    balance(tree);
  }
  renumberObjects(context);
}

const ID = PDFName.of('ID');
const KIDS = PDFName.of('K');

function nameCells(tree: PDFDict): void {
  const { context } = tree;
  const named = new Map<string, { name: PDFString; at: PDFRef }>();
  const elements: PDFDict[] = [];
  const visit = (value: PDFObject | undefined): void => {
    const object = context.lookup(value);
    if (object instanceof PDFArray) for (const kid of object.asArray()) visit(kid);
    if (!(object instanceof PDFDict) || !object.has(PDFName.of('P'))) return;
    elements.push(object);
    const id = object.lookup(ID);
    if (isText(id) && value instanceof PDFRef) {
      const name = PDFString.of(`cell${String(named.size + 1).padStart(6, '0')}`);
      named.set(id.decodeText(), { name, at: value });
      object.set(ID, name);
    }
    visit(object.get(KIDS));
  };
  visit(tree.get(KIDS));
  for (const element of elements)
    for (const attributes of eachAt(element, 'A')) {
      const headers = arrayAt(dictOf(attributes), 'Headers');
      for (const [i, old] of headers?.asArray().entries() ?? [])
        if (isText(old)) headers?.set(i, named.get(old.decodeText())?.name ?? old);
    }
  if (named.size === 0) return;
  const cells = [...named.values()].map(({ name, at }): Pair => [name, at]);
  tree.set(PDFName.of('IDTree'), treeOf(context, cells, 'Names'));
}

/** Chromium writes the tree from content to elements as one array, of a long book with hundreds of thousands of entries. */
function balance(tree: PDFDict): void {
  const owners = pairsOf(dictAt(tree, 'ParentTree'), 'Nums');
  const number = (key: PDFObject): number => (key instanceof PDFNumber ? key.asNumber() : 0);
  const sorted = owners.sort(([a], [b]) => number(a) - number(b));
  tree.set(PDFName.of('ParentTree'), treeOf(tree.context, sorted, 'Nums'));
}

function renumberObjects(context: PDFContext): void {
  const { Root, Info } = context.trailerInfo;
  const order = orderFrom(context, [Info, Root]);
  const objects = context.enumerateIndirectObjects();
  for (const [ref] of objects) context.delete(ref);
  for (const [ref, object] of objects) {
    const fresh = order.get(ref);
    if (!fresh) continue;
    redirect(object, order);
    context.assign(fresh, object);
  }
  context.largestObjectNumber = order.size;
  context.trailerInfo.Root = order.get(Root as PDFRef);
  context.trailerInfo.Info = order.get(Info as PDFRef);
}

/** The new number of every object that these lead to, the last of them first. */
function orderFrom(context: PDFContext, roots: readonly (PDFObject | undefined)[]): Map<PDFRef, PDFRef> {
  const order = new Map<PDFRef, PDFRef>();
  for (const waiting = [...roots]; waiting.length > 0; ) {
    const value = waiting.pop();
    // One by one: the tree of a long book has more in one array than a call takes arguments.
    if (!(value instanceof PDFRef)) for (const each of within(value).reverse()) waiting.push(each);
    else if (!order.has(value)) {
      order.set(value, PDFRef.of(order.size + 1));
      waiting.push(context.lookup(value));
    }
  }
  return order;
}

const within = (object: PDFObject | undefined): PDFObject[] =>
  object instanceof PDFArray ? object.asArray() : (dictOf(object)?.values() ?? []);

/** Has every reference in an object lead to its new number. */
function redirect(object: PDFObject, order: ReadonlyMap<PDFRef, PDFRef>): void {
  if (object instanceof PDFStream) redirect(object.dict, order);
  else if (object instanceof PDFDict)
    for (const [key, old] of object.entries()) {
      const fresh = old instanceof PDFRef && order.get(old);
      if (fresh) object.set(key, fresh);
      else redirect(old, order);
    }
  else if (object instanceof PDFArray)
    for (const [i, old] of object.asArray().entries()) {
      const fresh = old instanceof PDFRef && order.get(old);
      if (fresh) object.set(i, fresh);
      else redirect(old, order);
    }
}
