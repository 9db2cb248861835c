// What of the book answers to a few letters, the best first. Chinese has no spaces: what is not found whole is looked for by its pairs of
// letters, so that 「分期付款」 finds 「分期繳納」.

export type Sought = {
  readonly id: string;
  readonly title: string;
  /** What people call it. */
  readonly also: readonly string[];
  readonly summary: string;
  readonly documents: readonly string[];
  /** All of it. */
  readonly text: string;
};

/** `excerpt`: what stands before the place, the place, what stands behind it; none where the title says it. */
export type Found = {
  readonly sought: Sought;
  readonly where: 'title' | 'also' | 'summary' | 'documents' | 'in';
  readonly excerpt?: readonly [string, string, string];
};

/** Full-width letters are their usual ones, capitals small. Letters stay one for one, so that places are those of the text. */
const plain = (text: string): string =>
  text.replace(/[Ａ-Ｚａ-ｚ０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).toLowerCase();

const VALUE = { title: 100, also: 90, summary: 50, documents: 40, in: 20 } as const;
/** Letters shown on either side of a place. */
const AROUND = 14;
/** Of the pairs of letters of what is sought, so many must be there. */
const SHARE = 0.3;

export function foundIn(all: readonly Sought[], said: string): Found[] {
  const words = plain(said).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const ranked = all.flatMap((sought) => {
    const hits = words.map((word) => bestOf(sought, (text) => text.indexOf(word), word.length));
    const [first] = hits;
    if (first && hits.every((hit) => hit !== undefined))
      return [{ ...first, value: Math.min(...hits.map((hit) => hit?.value ?? 0)) }];
    return [];
  });
  const found = ranked.length > 0 ? ranked : all.flatMap((sought) => nearlyIn(sought, words.join('')) ?? []);
  return found.sort((a, b) => b.value - a.value).map(({ value: _, ...rest }) => rest);
}

type Ranked = Found & { readonly value: number };

/** The place that says most of a thing. */
function bestOf(sought: Sought, placeIn: (text: string) => number, length: number): Ranked | undefined {
  const places = [
    ['title', [sought.title]],
    ['also', sought.also],
    ['summary', [sought.summary]],
    ['documents', sought.documents],
    ['in', [sought.text]],
  ] as const;
  for (const [where, texts] of places)
    for (const text of texts) {
      const at = placeIn(plain(text));
      if (at === -1) continue;
      // A title that is no more than what is sought stands before one that holds it.
      const value = VALUE[where] + (where === 'title' ? (10 * length) / text.length : 0);
      return { sought, where, value, ...(where === 'title' ? {} : { excerpt: excerptOf(text, at, length) }) };
    }
  return undefined;
}

function nearlyIn(sought: Sought, said: string): Ranked | undefined {
  const pairs = [...said].slice(1).map((c, i) => `${[...said][i]}${c}`);
  const there = pairs.filter((pair) => bestOf(sought, (text) => text.indexOf(pair), pair.length));
  if (pairs.length === 0 || there.length / pairs.length < SHARE) return undefined;
  const hits = there.flatMap((pair) => bestOf(sought, (text) => text.indexOf(pair), pair.length) ?? []);
  const [best] = hits.sort((a, b) => b.value - a.value);
  return best && { ...best, value: hits.reduce((sum, { value }) => sum + value, 0) / pairs.length };
}

const excerptOf = (text: string, at: number, length: number): readonly [string, string, string] => [
  `${at > AROUND ? '…' : ''}${text.slice(Math.max(0, at - AROUND), at)}`,
  text.slice(at, at + length),
  `${text.slice(at + length, at + length + AROUND)}${at + length + AROUND < text.length ? '…' : ''}`,
];
