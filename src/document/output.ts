// What an output is: which papers it is printed on, what it shows of the content, and how it makes its sheets.

import type { Say } from '../core/source.js';
import type { RenderContext } from './context.js';
import type { Sheet } from './sheet.js';
import type { Declares } from './shown-facts.js';
import type { Tells } from './told-facts.js';

export type Output = {
  summary: Say;
  /** The papers it can be printed on, the usual one first; none for files without paper. */
  papers: readonly string[];
  /** It hangs on the wall: it can be landscape too, and read from a distance that is asked for. */
  wall?: true;
  /** It is printed in one language at a time. */
  oneLanguage?: true;
  /** It can be folded into a booklet. */
  folds?: true;
  /** A sub-service can have a sheet of its own, and has one where it asks for other documents. */
  subServices?: true;
  /** What its sheets show of the content. */
  declares: Declares;
  /** How much of each kind of fact stands on a paper about services; every build proves it. */
  tells?: Tells;
  /** Where in the content it finds what it prints; without that it has no sheets. */
  needs?: Say;
  render(context: RenderContext): Sheet[];
  /** Services of which nothing is known that it would tell: what is not printed for them, by its file where that is its own. */
  unknown?(context: RenderContext): readonly { service: string; name: string; file?: string }[];
};
