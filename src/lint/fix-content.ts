// A whole content is mended: round after round, until nothing changes.
import type { Content } from '../content/read.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { Source } from '../core/source.js';
import { mended } from './fix.js';
import type { Rule } from './rule.js';

/** One mend may lay bare another, and two might undo each other for ever. */
const ROUNDS = 10;

/** The content as it was judged, with the mends of all rules that may mend; `judge` judges what came out. Writes nothing. */
export async function fixedContent<Judged extends { diagnostics: readonly Diagnostic[]; content: Content }>(
  first: Judged,
  rules: ReadonlyMap<string, Pick<Rule, 'mends'>>,
  judge: (content: Content) => Promise<Judged>,
): Promise<Judged> {
  let now = first;
  for (let round = 0; round < ROUNDS; round += 1) {
    const texts = mended(now.diagnostics, (rule) => rules.get(rule)?.mends === true);
    if (texts.size === 0) break;
    now = await judge(withTexts(now.content, texts));
  }
  return now;
}

/** The files of a content whose text is judged. */
export const sourcesIn = ({ office, book, services, chapters, translations }: Content): Source[] =>
  [office, book, ...services, ...chapters, ...translations].filter((each) => each !== undefined);

/** The files whose text is another in `after`. */
export function changesBetween(before: Content, after: Content): { path: string; from: string; to: string }[] {
  const now = new Map(sourcesIn(after).map(({ path, text }) => [path, text]));
  return sourcesIn(before).flatMap(({ path, text }) => {
    const to = now.get(path) ?? text;
    return to === text ? [] : [{ path, from: text, to }];
  });
}

function withTexts(content: Content, texts: ReadonlyMap<string, string>): Content {
  const renew = (source: Source): Source => ({ ...source, text: texts.get(source.path) ?? source.text });
  return {
    ...content,
    ...(content.office ? { office: renew(content.office) } : {}),
    ...(content.book ? { book: renew(content.book) } : {}),
    services: content.services.map(renew),
    chapters: content.chapters.map(renew),
    translations: content.translations.map(renew),
  };
}
