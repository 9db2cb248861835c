// Name trees and number trees of a PDF (ISO 32000, 7.9.6 and 7.9.7): read whatever their shape, written balanced.
import { PDFArray, type PDFContext, PDFDict, PDFName, type PDFObject } from '@cantoo/pdf-lib';

type List = 'Names' | 'Nums';
/** A key as it is written, and what it stands for, a reference mostly. */
export type Pair = [key: PDFObject, value: PDFObject];

/** Pairs of a tree in its order. A node that stands in it twice is read once. */
export function pairsOf(root: PDFDict | undefined, list: List): Pair[] {
  const pairs: Pair[] = [];
  const seen = new Set<PDFDict>();
  for (const waiting = [root]; waiting.length > 0; ) {
    const node = waiting.pop();
    if (!node || seen.has(node)) continue;
    seen.add(node);
    const flat = node.lookup(PDFName.of(list));
    for (let i = 0; flat instanceof PDFArray && i + 1 < flat.size(); i += 2) {
      const key = flat.lookup(i);
      if (key) pairs.push([key, flat.get(i + 1)]);
    }
    const kids = node.lookup(PDFName.of('Kids'));
    for (const kid of kids instanceof PDFArray ? kids.asArray().toReversed() : []) {
      const found = node.context.lookup(kid);
      if (found instanceof PDFDict) waiting.push(found);
    }
  }
  return pairs;
}

/** How many pairs a leaf holds, and how many nodes a node: a reader of a book of thousands opens but three. */
const WIDTH = 64;

/** A tree of pairs that are sorted by their keys. */
export function treeOf(context: PDFContext, pairs: readonly Pair[], list: List): PDFDict {
  type Node = { dict: PDFDict; first: PDFObject; last: PDFObject };
  if (pairs.length <= WIDTH) return context.obj({ [list]: pairs.flat() });
  const grouped = <T>(all: readonly T[]): T[][] =>
    Array.from({ length: Math.ceil(all.length / WIDTH) }, (_, i) => all.slice(i * WIDTH, (i + 1) * WIDTH));
  const ends = <T>(group: readonly T[]): [T, T] => [group[0] as T, group.at(-1) as T];
  let nodes = grouped(pairs).map((group): Node => {
    const [[first], [last]] = ends(group);
    return { dict: context.obj({ Limits: [first, last], [list]: group.flat() }), first, last };
  });
  const kidsOf = (group: readonly Node[]): PDFObject[] => group.map(({ dict }) => context.register(dict));
  while (nodes.length > WIDTH)
    nodes = grouped(nodes).map((group): Node => {
      const [{ first }, { last }] = ends(group);
      return { dict: context.obj({ Limits: [first, last], Kids: kidsOf(group) }), first, last };
    });
  return context.obj({ Kids: kidsOf(nodes) });
}
