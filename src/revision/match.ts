// Which entry of one list is which of another: the same, then those of one name, then those most alike; and which of them
// changed their place. The answer is the same, mirrored, when the lists change sides.
import { hash } from 'node:crypto';
import { alike, type Likeness, likenessOf } from './folded.js';

export type Matchable = {
  /** Entries of different parts are never the same one. */
  readonly part: string;
  /** What it is known by among its neighbours. */
  readonly key: string;
  /** All that it says; equal where nothing has changed. */
  readonly same: string;
  /** Its text, for what has neither. */
  readonly text: string;
};
/** `moved`: it stands before another, or behind it, that it stood behind, or before. */
export type Match = { readonly before: number; readonly after: number; readonly moved: boolean };

/** Entries that are less alike are others: one left and one came. */
const ALIKE = 0.5;
/** Of longer lists only what has the same name is compared (pairs). */
const MOST_PAIRS = 400_000;

/** The pairs in the order of `before`; what is in none was taken away or added. */
export function matched(before: readonly Matchable[], after: readonly Matchable[]): Match[] {
  const partners = new Map<number, number>();
  const taken = new Set<number>();
  const pair = (i: number, j: number): void => {
    partners.set(i, j);
    taken.add(j);
  };
  for (const key of [
    (each: Matchable) => `${each.part}\0${each.same}`,
    (each: Matchable) => `${each.part}\0${each.key}`,
  ]) {
    const places = new Map<string, number[]>();
    for (const [j, each] of after.entries()) {
      if (taken.has(j)) continue;
      const others = places.get(key(each));
      if (others) others.push(j);
      else places.set(key(each), [j]);
    }
    for (const [i, each] of before.entries()) {
      if (partners.has(i)) continue;
      const j = places.get(key(each))?.shift();
      if (j !== undefined) pair(i, j);
    }
  }
  for (const [i, j] of mostAlike(before, after, partners, taken)) pair(i, j);
  return withMoves(
    [...partners].sort(([a], [b]) => a - b),
    before,
    after,
  );
}

/** What is left on both sides, the most alike first. */
function mostAlike(
  before: readonly Matchable[],
  after: readonly Matchable[],
  partners: ReadonlyMap<number, number>,
  taken: ReadonlySet<number>,
): [number, number][] {
  const left = [...before.keys()].filter((i) => !partners.has(i));
  const right = [...after.keys()].filter((j) => !taken.has(j));
  if (left.length * right.length === 0 || left.length * right.length > MOST_PAIRS) return [];
  const likeness = (list: readonly Matchable[], places: readonly number[]): Map<number, Likeness> =>
    new Map(places.map((place) => [place, likenessOf((list[place] as Matchable).text)]));
  const [ours, theirs] = [likeness(before, left), likeness(after, right)];
  const candidates: { i: number; j: number; score: number }[] = [];
  for (const i of left)
    for (const j of right) {
      if (before[i]?.part !== after[j]?.part) continue;
      const score = alike(ours.get(i) as Likeness, theirs.get(j) as Likeness);
      if (score >= ALIKE) candidates.push({ i, j, score });
    }
  // Of two that could take the same place the order is the same on both sides.
  candidates.sort(
    (a, b) => b.score - a.score || Math.abs(a.i - a.j) - Math.abs(b.i - b.j) || Math.min(a.i, a.j) - Math.min(b.i, b.j),
  );
  const found: [number, number][] = [];
  const [usedLeft, usedRight] = [new Set<number>(), new Set<number>()];
  for (const { i, j } of candidates) {
    if (usedLeft.has(i) || usedRight.has(j)) continue;
    usedLeft.add(i);
    usedRight.add(j);
    found.push([i, j]);
  }
  return found;
}

/**
 * The longest run of pairs in the same order on both sides stays, the others moved. Of several that are as long a weight
 * decides that does not know the sides.
 */
function withMoves(
  pairs: readonly (readonly [number, number])[],
  before: readonly Matchable[],
  after: readonly Matchable[],
): Match[] {
  const rising = pairs.every(([, j], at) => at === 0 || j > (pairs[at - 1]?.[1] ?? -1));
  if (rising) return pairs.map(([i, j]) => ({ before: i, after: j, moved: false }));
  const weights = pairs.map(
    ([i, j]) => 1 + weightOf(before[i] as Matchable, after[j] as Matchable) / (pairs.length + 1),
  );
  const best: { weight: number; from: number }[] = [];
  for (const [at, [, j]] of pairs.entries()) {
    let [weight, from] = [0, -1];
    for (let k = 0; k < at; k += 1)
      if ((pairs[k]?.[1] ?? 0) < j && (best[k]?.weight ?? 0) > weight) [weight, from] = [best[k]?.weight ?? 0, k];
    best.push({ weight: weight + (weights[at] ?? 1), from });
  }
  const stays = new Set<number>();
  let at = best.reduce((top, { weight }, k) => (weight > (best[top]?.weight ?? 0) ? k : top), 0);
  for (; at !== -1; at = best[at]?.from ?? -1) stays.add(at);
  return pairs.map(([i, j], k) => ({ before: i, after: j, moved: !stays.has(k) }));
}

/** From 0 to 1, of what both say. */
const weightOf = (one: Matchable, other: Matchable): number =>
  hash('sha256', [one.part, ...[one.same, other.same].sort()].join('\0'), 'buffer').readUInt32BE() / 2 ** 32;
