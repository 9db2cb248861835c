// The charts of a build: one that cannot be drawn stops no other.
import type { Say } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { svgElement } from '../document/drawing.js';
import type { Diagram, Drawing } from '../document/sheet.js';
import type { CachedPrinter } from './cached-printer.js';

/** What stands where a chart could not be drawn; no sheet that holds it is printed. */
const NO_DRAWING = { tree: svgElement('svg', {}), width: 1, height: 1 };

/** Draws `open`; what cannot be drawn is in `undrawn`, by the id of its service or its own, and stops no other. */
export async function drawEach(
  printer: CachedPrinter,
  diagrams: readonly Diagram[],
  open: readonly Diagram[],
  undrawn: Map<string, Say>,
  signal: AbortSignal | undefined,
): Promise<Drawing[]> {
  const drawings = new Map<string, Drawing>();
  const draw = async (some: readonly Diagram[]): Promise<void> => {
    if (some.length === 0) return;
    for (const drawing of await printer.draw(some)) drawings.set(drawing.id, drawing);
  };
  try {
    await draw(open);
  } catch (error) {
    if (signal?.aborted || (error instanceof UserError && error.exitCode !== 1)) throw error;
    // What names the charts at fault has tried them all, and one that does not end is not waited for again.
    const { DiagramError } = await import('../print/diagrams.js');
    if (error instanceof DiagramError) {
      for (const { id, say } of error.diagrams) undrawn.set(id, say);
      const rest = open.filter(({ id }) => !undrawn.has(id));
      if (rest.length < open.length) return drawEach(printer, diagrams, rest, undrawn, signal);
    }
    // Else which of them it is shows when each is drawn alone.
    let failed = 0;
    for (const each of open)
      await draw([each]).catch((cause: unknown) => {
        if (signal?.aborted || (cause instanceof UserError && cause.exitCode !== 1)) throw cause;
        failed += 1;
        undrawn.set(each.id, sayOf(cause, each));
      });
    if (failed === open.length && failed > 1 && !(error instanceof UserError)) throw error;
  }
  return diagrams.map(({ id }) => drawings.get(id) ?? { id, ...NO_DRAWING });
}

const sayOf = (error: unknown, { title, id }: Diagram): Say =>
  error instanceof UserError
    ? error.say
    : {
        zh: `流程圖「${title}」（${id}）畫不出來：${firstLineOf(error)}`,
        en: `The chart "${title}" (${id}) cannot be drawn: ${firstLineOf(error)}`,
      };

/** Of whatever was thrown, what it says in short. */
export const firstLineOf = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
