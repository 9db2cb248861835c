// A whole content is mended: round after round, until nothing changes.
import type { Content } from '../content/read.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { Source } from '../core/source.js';
import { mended } from './fix.js';
import type { Rule } from './rule.js';

/** One mend may lay bare another, and two might undo each other for ever. */
const ROUNDS = 10;

/** The texts that rules which may fix make of a content that was judged, and the judgement on them; `judge` judges a content with such texts. Writes nothing. */
export async function fixedContent<Judged extends { diagnostics: readonly Diagnostic[] }>(
  first: Judged,
  rules: ReadonlyMap<string, Pick<Rule, 'mends'>>,
  judge: (texts: ReadonlyMap<string, string>) => Promise<Judged>,
): Promise<{ texts: ReadonlyMap<string, string>; last: Judged }> {
  let last = first;
  let texts: ReadonlyMap<string, string> = new Map();
  for (let round = 0; round < ROUNDS; round += 1) {
    const more = mended(last.diagnostics, (rule) => rules.get(rule)?.mends === true);
    if (more.size === 0) break;
    texts = new Map([...texts, ...more]);
    last = await judge(texts);
  }
  return { texts, last };
}

/** The files of a content whose text is judged. */
export const sourcesIn = ({ office, book, services, chapters, translations }: Content): Source[] =>
  [office, book, ...services, ...chapters, ...translations].filter((each) => each !== undefined);

/** The files of a content that these texts make another. */
export const changesIn = (
  content: Content,
  texts: ReadonlyMap<string, string>,
): { path: string; from: string; to: string }[] =>
  sourcesIn(content).flatMap(({ path, text }) => {
    const to = texts.get(path) ?? text;
    return to === text ? [] : [{ path, from: text, to }];
  });
