// Reads the objects of a PDF by name: dictionaries, arrays, names, numbers, texts, and the trees made of them.
import { deflateSync } from 'node:zlib';
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFStream,
  PDFString,
} from '@cantoo/pdf-lib';

/** A compressed stream. The library's own compressor is written in JavaScript and takes several times as long. */
export const flateStream = (
  context: PDFContext,
  content: Uint8Array | string,
  dict: Parameters<PDFContext['stream']>[1] = {},
): ReturnType<PDFContext['stream']> =>
  context.stream(deflateSync(typeof content === 'string' ? Buffer.from(content, 'latin1') : content), {
    ...dict,
    Filter: 'FlateDecode',
  });

// References are followed by all of these. What is there but is of another kind is as if it were not there.

export const valueAt = (dict: PDFDict | undefined, name: string): PDFObject | undefined =>
  dict?.lookup(PDFName.of(name));

/** A dictionary, or the one that a stream begins with: a reader of PDFs asks for entries and not which of the two it is. */
export const dictOf = (object: PDFObject | undefined): PDFDict | undefined =>
  object instanceof PDFStream ? object.dict : object instanceof PDFDict ? object : undefined;

export const dictAt = (dict: PDFDict | undefined, name: string): PDFDict | undefined => dictOf(valueAt(dict, name));

/** The dictionaries among the entries, streams too. */
export const dictsIn = (dict: PDFDict | undefined): PDFDict[] =>
  (dict?.values() ?? []).flatMap((each) => dictOf(dict?.context.lookup(each)) ?? []);

export const arrayAt = (dict: PDFDict | undefined, name: string): PDFArray | undefined => {
  const found = valueAt(dict, name);
  return found instanceof PDFArray ? found : undefined;
};

/** What stands in the array of this name, as it is written: references are references. */
export const listAt = (dict: PDFDict | undefined, name: string): PDFObject[] => arrayAt(dict, name)?.asArray() ?? [];

/** What stands in an array, or the one thing that stands in its place, references followed. */
export const eachAt = (dict: PDFDict | undefined, name: string): (PDFObject | undefined)[] => {
  const found = valueAt(dict, name);
  return found instanceof PDFArray ? found.asArray().map((_, i) => found.lookup(i)) : [found];
};

/** A name without its slash, or nothing. */
export const nameAt = (dict: PDFDict | undefined, name: string): string => {
  const found = valueAt(dict, name);
  return found instanceof PDFName ? found.decodeText() : '';
};

export const numberAt = (dict: PDFDict | undefined, name: string): number | undefined => {
  const found = valueAt(dict, name);
  return found instanceof PDFNumber ? found.asNumber() : undefined;
};

/** The numbers of an array; `otherwise` for what is none. */
export const numbersIn = (array: PDFArray | undefined, otherwise = 0): number[] =>
  (array?.asArray() ?? []).map((_, i) => {
    const found = array?.lookup(i);
    return found instanceof PDFNumber ? found.asNumber() : otherwise;
  });

export const isText = (value: unknown): value is PDFString | PDFHexString =>
  value instanceof PDFString || value instanceof PDFHexString;

export const textAt = (dict: PDFDict | undefined, name: string): string | undefined => {
  const found = valueAt(dict, name);
  return isText(found) ? found.decodeText() : undefined;
};

/** The dictionary under this name, made where there is none. */
export const needDict = (dict: PDFDict, name: string): PDFDict => {
  const found = dictAt(dict, name);
  if (found) return found;
  const fresh = dict.context.obj({});
  dict.set(PDFName.of(name), fresh);
  return fresh;
};

export const needArray = (dict: PDFDict, name: string): PDFArray => {
  const found = arrayAt(dict, name);
  if (found) return found;
  const fresh = dict.context.obj([]);
  dict.set(PDFName.of(name), fresh);
  return fresh;
};

/** The information of the file: title, dates, who made it. */
export const infoOf = ({ context }: PDFDocument): PDFDict | undefined =>
  dictOf(context.lookup(context.trailerInfo.Info));

/**
 * What each name of a place stands for, from both lists: the catalog's /Dests, and the tree under /Names, which says it
 * last.
 */
export function namedPlaces({ catalog }: PDFDocument): Map<string, PDFObject> {
  const named = new Map<string, PDFObject>();
  for (const [name, value] of dictAt(catalog, 'Dests')?.entries() ?? []) named.set(name.decodeText(), value);
  for (const [name, value] of pairsOf(dictAt(dictAt(catalog, 'Names'), 'Dests'), 'Names'))
    if (isText(name)) named.set(name.decodeText(), value);
  return named;
}

// ----------------------------------------------------------------------------------------------------------- trees

/** Name trees and number trees (ISO 32000, 7.9.6 and 7.9.7) are read whatever their shape, and written balanced. */
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
    const flat = arrayAt(node, list);
    for (let i = 0; flat && i + 1 < flat.size(); i += 2) {
      const key = flat.lookup(i);
      if (key) pairs.push([key, flat.get(i + 1)]);
    }
    for (const kid of listAt(node, 'Kids').toReversed()) {
      const found = node.context.lookup(kid);
      if (found instanceof PDFDict) waiting.push(found);
    }
  }
  return pairs;
}

/** How many pairs the lowest nodes hold, and how many nodes the others: a reader of a book of thousands opens but three. */
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
