// What differs within two texts, to be underlined: whole numbers and words, and no single characters that stay the same by chance.
import { diffArrays } from 'diff';

/** `same` parts stand in both texts, the others in one of them. */
export type Piece = { readonly text: string; readonly same: boolean };

/** A number or a Latin word is one sign: 10 is not 1 with a 0 behind it. */
const SIGN = /[\d０-９][\d０-９.,，．]*|[A-Za-z]+|[\s\S]/gu;
/** Between two differences a stretch that is shorter than this is no resting place for the eye (signs). */
const SHORTEST = 2;

/** Both texts in pieces. */
export function differencesIn(before: string, after: string): { before: Piece[]; after: Piece[] } {
  const changes = diffArrays(before.match(SIGN) ?? [], after.match(SIGN) ?? []);
  const sides: { before: Piece[]; after: Piece[] } = { before: [], after: [] };
  for (const [i, { value, added, removed }] of changes.entries()) {
    const text = value.join('');
    const between = i > 0 && i < changes.length - 1 && value.length < SHORTEST;
    const same = !added && !removed && !between;
    if (!added) add(sides.before, text, same);
    if (!removed) add(sides.after, text, same);
  }
  return sides;
}

function add(pieces: Piece[], text: string, same: boolean): void {
  const last = pieces.at(-1);
  if (last?.same === same) pieces[pieces.length - 1] = { text: last.text + text, same };
  else pieces.push({ text, same });
}
