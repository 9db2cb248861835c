// What a mended file looks like beside the old one, as a patch. A mend changes a line where it stands, so lines are held
// against each other by their number; only where their number has changed are they looked for.
import { formatPatch, type StructuredPatchHunk, structuredPatch } from 'diff';

/** Lines around a change that stay the same. */
const CONTEXT = 2;
/** How long lines are looked for, in ms: of two files with nothing in common it takes minutes. */
const PATIENCE = 1_000;
/** What `patch` and git write below a last line that does not end. */
const UNENDED = '\\ No newline at end of file';

/**
 * The patch that makes `to` of `from`: `git apply` and `patch -p1` take it from where `path` is named, whatever the ends of
 * its lines.
 */
export function patchOf(path: string, from: string, to: string): string {
  const [old, fresh] = [linesOf(from), linesOf(to)];
  const options = { context: CONTEXT, timeout: PATIENCE };
  const hunks =
    old.length === fresh.length
      ? hunksOf(old, fresh)
      : (structuredPatch(path, path, from, to, undefined, undefined, options)?.hunks ?? [wholeHunk(old, fresh)]);
  const within = !/^(?:\/|\.\.\/|[A-Za-z]:)/.test(path);
  return formatPatch({
    oldFileName: within ? `a/${path}` : path,
    newFileName: within ? `b/${path}` : path,
    oldHeader: undefined,
    newHeader: undefined,
    hunks,
  });
}

/** Each with the mark of a line that does not end, where it is the last. */
function linesOf(text: string): string[] {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  return last === '' ? lines : [...lines, `${last}\n${UNENDED}`];
}

const wholeHunk = (old: readonly string[], fresh: readonly string[]): StructuredPatchHunk => ({
  oldStart: 1,
  oldLines: old.length,
  newStart: 1,
  newLines: fresh.length,
  lines: [...old.map((line) => `-${line}`), ...fresh.map((line) => `+${line}`)].flatMap((line) => line.split('\n')),
});

/** The changes among as many lines, those that are near one another together. */
function hunksOf(old: readonly string[], fresh: readonly string[]): StructuredPatchHunk[] {
  const changed = old.flatMap((line, i) => (line === fresh[i] ? [] : [i]));
  const groups: number[][] = [];
  for (const i of changed) {
    const group = groups.at(-1);
    if (group && i - (group.at(-1) ?? 0) <= 2 * CONTEXT + 1) group.push(i);
    else groups.push([i]);
  }
  return groups.map((group) => {
    const start = Math.max(0, (group[0] ?? 0) - CONTEXT);
    const end = Math.min(old.length, (group.at(-1) ?? 0) + CONTEXT + 1);
    const lines: string[] = [];
    for (let i = start; i < end; ) {
      if (old[i] === fresh[i]) {
        lines.push(` ${old[i]}`);
        i += 1;
        continue;
      }
      let to = i;
      while (to < end && old[to] !== fresh[to]) to += 1;
      for (const line of old.slice(i, to)) lines.push(`-${line}`);
      for (const line of fresh.slice(i, to)) lines.push(`+${line}`);
      i = to;
    }
    return {
      oldStart: start + 1,
      oldLines: end - start,
      newStart: start + 1,
      newLines: end - start,
      lines: lines.flatMap((line) => line.split('\n')),
    };
  });
}
