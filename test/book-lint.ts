// Lint of one book with a change here and there: as in the program, what has not changed is read and judged once.
import { readerOf } from '../src/content/parse.js';
import type { Content } from '../src/content/read.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import type { Diagnostic } from '../src/core/diagnostic.js';
import type { Source } from '../src/core/source.js';
import { conclude, type Judged, judge } from '../src/lint/engine.js';
import type { Rule } from '../src/lint/rule.js';

/** What lint finds in the book after a change. Every file is read by what office and book say, so that these begin anew. */
export function lintAround(content: Content, rules: ReadonlyMap<string, Rule>): (changed: Content) => Diagnostic[] {
  const linter = ({ services: _, chapters: __, ...around }: Content) => {
    const reader = readerOf(around, parseMarkdown);
    const known = new Map<Source, readonly Judged[]>();
    const judged = (source: Source, read: (source: Source) => typeof reader.frame): readonly Judged[] => {
      const found = known.get(source) ?? judge([read(source)], rules);
      known.set(source, found);
      return found;
    };
    const frame = judge([reader.frame], rules);
    return ({ services, chapters }: Content): Diagnostic[] => {
      const files = [
        ...services.map((source) => judged(source, reader.service)),
        ...chapters.map((source) => judged(source, reader.chapter)),
      ];
      return conclude(reader.frame, [...frame, ...files.flat()], rules).diagnostics;
    };
  };
  const unchanged = linter(content);
  return (changed) =>
    (changed.office === content.office && changed.book === content.book ? unchanged : linter(changed))(changed);
}
