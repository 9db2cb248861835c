// How texts are compared: what differs in type alone (臺/台, ：/︰, full width, blanks) is the same text; and how alike two are.

/** Forms of one character that are told apart by the eye alone, and the one that stands for both. */
const VARIANTS: Readonly<Record<string, string>> = {
  臺: '台',
  羣: '群',
  裏: '裡',
  啓: '啟',
  衆: '眾',
  爲: '為',
  説: '說',
  税: '稅',
  産: '產',
  册: '冊',
  // Signs that NFKC takes for others, or leaves apart.
  '︰': ':',
  '∶': ':',
  '‧': '·',
  '•': '·',
  '・': '·',
  '“': '"',
  '”': '"',
  '「': '"',
  '」': '"',
  '『': '"',
  '』': '"',
  '〜': '~',
  '∼': '~',
};
const VARIANT = new RegExp(`[${Object.keys(VARIANTS).join('')}]`, 'g');

/** A text without what is a matter of type: equal for texts that say the same in the same words. */
export function folded(text: string): string {
  return text
    .replace(VARIANT, (sign) => VARIANTS[sign] ?? sign)
    .normalize('NFKC')
    .replace(/[‐-―−]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/ ?([^\x21-\x7e ]|[,;:()!?"]) ?/gu, '$1')
    .trim();
}

/** The pairs of neighbouring characters of a text, with how often each is there. */
function bigramsOf(text: string): Map<string, number> {
  const signs = [...text];
  const pairs = new Map<string, number>();
  for (let i = 0; i <= signs.length; i += 1) {
    const pair = `${signs[i - 1] ?? '\u0002'}${signs[i] ?? '\u0003'}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

/** What texts are compared with one another, each put apart once. */
export type Likeness = { readonly pairs: ReadonlyMap<string, number>; readonly total: number };
export const likenessOf = (text: string): Likeness => {
  const pairs = bigramsOf(text);
  let total = 0;
  for (const n of pairs.values()) total += n;
  return { pairs, total };
};
/** From 0 to 1, by the pairs of characters that two texts share (Dice); the same whichever comes first. */
export function alike(one: Likeness, other: Likeness): number {
  const [few, many] = one.pairs.size <= other.pairs.size ? [one, other] : [other, one];
  let shared = 0;
  for (const [pair, n] of few.pairs) shared += Math.min(n, many.pairs.get(pair) ?? 0);
  return (2 * shared) / (one.total + other.total);
}
