import { PDFArray, type PDFDict, PDFDocument, PDFName, PDFNumber } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { type Pair, pairsOf, treeOf } from '../src/pdf/objects.js';

const { context } = await PDFDocument.create();
const numbers = (count: number): Pair[] =>
  Array.from({ length: count }, (_, i) => [PDFNumber.of(i * 2), PDFNumber.of(i)]);
const plain = (pairs: readonly Pair[]) => pairs.map(([key, value]) => [String(key), String(value)]);
const listIn = (node: PDFDict, name: string): unknown[] | undefined =>
  node
    .lookupMaybe(PDFName.of(name), PDFArray)
    ?.asArray()
    .map((each) => context.lookup(each));

test.each([0, 1, 64, 65, 4096, 4097, 20_000])(
  'a number tree of %i pairs is balanced and is read as it was written',
  (count) => {
    const root = treeOf(context, numbers(count), 'Nums');
    expect(plain(pairsOf(root, 'Nums'))).toEqual(plain(numbers(count)));
    const depths = new Set<number>();
    const visit = (node: PDFDict, depth: number): [first: string, last: string] => {
      const [kids, pairs] = [listIn(node, 'Kids') as PDFDict[] | undefined, listIn(node, 'Nums')];
      expect(Math.max(kids?.length ?? 0, (pairs?.length ?? 0) / 2)).toBeLessThanOrEqual(64);
      expect([kids, pairs].filter((each) => each !== undefined)).toHaveLength(1);
      if (pairs) depths.add(depth);
      const within = (kids ?? []).map((kid) => visit(kid, depth + 1));
      const ends: [string, string] = kids
        ? [within[0]?.[0] ?? '', within.at(-1)?.[1] ?? '']
        : [String(pairs?.[0]), String(pairs?.at(-2))];
      // ISO 32000, tables 36 and 37: on every node but the root, its first and its last key.
      const limits = listIn(node, 'Limits')?.map(String);
      expect(limits).toEqual(depth === 0 ? undefined : ends);
      return ends;
    };
    visit(root, 0);
    expect(depths.size).toBe(1);
  },
);
