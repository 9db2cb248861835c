// The laws and pages that the content cites: as legal basis, and as the sources of facts.
import { type Handbook, isAtHand } from '../content/schema/model.js';
import type { Citation } from '../content/schema/schema.js';

/** A provision or page as it was cited: as legal basis or as the source of a fact, and whether for a fee. */
export type Cited = { readonly citation: Citation; readonly basis: boolean; readonly ofFee: boolean };

/** Fields below which nothing is cited. */
const BARE = new Set(['at', 'span', 'source', 'unread', 'actor', 'limit', 'amount', 'next', 'titles']);
const cited = new WeakMap<Handbook, readonly Cited[]>();

/** Every citation of the files at hand once, in the order of writing. */
export function citationsOf(handbook: Handbook): readonly Cited[] {
  const before = cited.get(handbook);
  if (before) return before;
  const found = new Map<Citation, Cited>();
  const visit = (value: unknown, ofFee: boolean): void => {
    if (Array.isArray(value)) {
      for (const each of value) if (typeof each === 'object' && each !== null) visit(each, ofFee);
      return;
    }
    for (const key in value as object) {
      if (BARE.has(key)) continue;
      const inner = (value as Record<string, unknown>)[key];
      if (typeof inner !== 'object' || inner === null) continue;
      if (key === 'basis') {
        if (Array.isArray(inner))
          for (const each of inner as Citation[]) found.set(each, { citation: each, basis: true, ofFee });
      } else if (key === 'cited') {
        for (const field in inner)
          for (const each of (inner as Record<string, readonly Citation[]>)[field] ?? [])
            if (!found.has(each)) found.set(each, { citation: each, basis: false, ofFee: ofFee || field === 'fee' });
      } else visit(inner, ofFee || key === 'fee');
    }
  };
  const all: Cited[] = [];
  const { office, book, services } = handbook;
  const frame = [office, book].filter((record) => isAtHand(handbook, record));
  for (const record of [...frame, ...services]) {
    found.clear();
    visit(record, false);
    for (const each of [...found.values()].sort((a, b) => a.citation.span.start - b.citation.span.start))
      all.push(each);
  }
  cited.set(handbook, all);
  return all;
}

/** The law a citation names, with or without an article; a page's title is none. */
export function lawOf({ law, title }: Citation): string | undefined {
  const name = (law ?? title)?.replace(/[「」『』《》\s]/g, '');
  if (!name) return undefined;
  return law !== undefined || LAW.test(name) ? name : undefined;
}
const LAW =
  /^[\u4e00-\u9fff（）、]{0,40}(?<![方作做說看手寫用想無合違依])(法|條例|細則|辦法|要點|規則|規程|準則|通則|收費標準|注意事項)$/;
