// Which of several names was meant by one with a slip in it.
import { closest, distance } from 'fastest-levenshtein';

/** The candidate that a typing slip may have meant, if one is near. */
export function nearest(written: string, candidates: readonly string[]): string | undefined {
  const near = candidates.filter((each) => mayBe(written, each));
  if (near.length === 0 || written.length > LONGEST_SLIP) return undefined;
  const best = closest(written, near);
  const slips = distance(written, best);
  return (slips <= slipsIn(written, best) || (slips === 2 && areSwapped(written, best))) &&
    slips < Math.min(written.length, best.length)
    ? best
    : undefined;
}
/** No name of anything is longer. */
const LONGEST_SLIP = 100;
/**
 * A slip changes a third of a word at most: nothing much shorter or longer is near, and nothing that shares fewer
 * characters. Quicker than a distance.
 */
function mayBe(written: string, meant: string): boolean {
  const least = Math.max(written.length, meant.length) - slipsIn(written, meant);
  if (written.length < least || meant.length < least) return false;
  let missed = written.length - least;
  for (let i = 0; i < written.length; i += 1)
    if (meant.indexOf(written.charAt(i)) === -1) {
      missed -= 1;
      if (missed < 0) return false;
    }
  return true;
}
/** Two neighbours have changed places: bulid for build. */
function areSwapped(written: string, meant: string): boolean {
  let i = 0;
  while (written[i] === meant[i]) i += 1;
  return written.slice(0, i) + written.charAt(i + 1) + written.charAt(i) + written.slice(i + 2) === meant;
}
const slipsIn = (written: string, meant: string): number =>
  Math.max(1, Math.floor(Math.max(written.length, meant.length) / 3));
