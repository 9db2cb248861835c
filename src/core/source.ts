// Where a fact was written: sources, spans, lines and columns; and a sentence in the two languages of the program.

/** One sentence in the two languages of the program. */
export type Say = { zh: string; en: string };

/** The languages of terminal and reports. */
export type Lang = keyof Say;

/** One content file as read. `path` is what is printed: relative to the working directory, with `/`. */
export type Source = { readonly path: string; readonly text: string };

/** A half-open range of UTF-16 offsets into `source.text`. */
export type Span = { readonly source: Source; readonly start: number; readonly end: number };

/** Where the lines of a source begin: counted once, however many places are asked for. */
const linesOf = new WeakMap<Source, readonly number[]>();

function lineStartsOf(source: Source): readonly number[] {
  const known = linesOf.get(source);
  if (known) return known;
  const starts = [0];
  for (let next = source.text.indexOf('\n'); next !== -1; next = source.text.indexOf('\n', next + 1))
    starts.push(next + 1);
  linesOf.set(source, starts);
  return starts;
}

/** 1-based line and column (UTF-16 units) of an offset; `lineStart` and `lineEnd` are the offsets of that line. */
export function placeOf(
  source: Source,
  offset: number,
): { line: number; column: number; lineStart: number; lineEnd: number } {
  const at = Math.max(0, Math.min(offset, source.text.length));
  const starts = lineStartsOf(source);
  // The last line that begins at or before the place.
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  const lineStart = starts[low] ?? 0;
  const next = starts[low + 1];
  return {
    line: low + 1,
    column: at - lineStart + 1,
    lineStart,
    lineEnd: next === undefined ? source.text.length : next - 1,
  };
}
