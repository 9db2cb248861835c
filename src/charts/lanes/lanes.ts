// A procedure drawn in lanes, as official charts are: one step a row, whose lane it is in, how long it may take at the right.
import type { Flow } from '../../content/procedure.js';
import type { Drawing } from '../../document/sheet.js';
import type { ChartLook } from '../../theme/chart-theme.js';
import { drawn } from './draw.js';
import { TYPE } from './geometry.js';
import type { Measure } from './measure.js';
import { type ChartSheet, sheetsOf } from './pages.js';
import { type Asked, type LaneWords, planOf } from './plan.js';

/** So wide is a column to be where a lane may have a second one: seven characters in a box, and what runs beside it. */
const COLUMN = 7 * TYPE + 40;
/** With more lanes than `MOST_LANES` a chart needs a sheet that lies: of at least so many px, 210 mm where its type is 9.5 pt. */
const MOST_LANES = 6;
const LYING = 1000;
/** About what the columns beside the lanes take. */
const BESIDE = 90;

/** What is asked of a chart: as wide and as high as its sheet, in px of the drawing, whose type is 16 px. */
export type LaneRoom = { width: number; height: number };

/** The sheets of a chart laid out; undefined where so much room does not hold it. */
export function laidOut(
  flow: Flow,
  words: LaneWords,
  measure: Measure,
  asked: Asked & LaneRoom & { total?: string | undefined },
): ChartSheet[] | undefined {
  const plan = planOf(flow, words, asked);
  if (plan.lanes.length > MOST_LANES && asked.width < LYING) return undefined;
  const columns = Math.max(plan.lanes.length, Math.floor((asked.width - BESIDE) / COLUMN));
  return sheetsOf(plan, words, measure, { width: asked.width, height: asked.height, columns }, asked.total);
}

/** `id`: ASCII; `says`: what the chart shows, in words. */
export const drawingsOf = (
  sheets: readonly ChartSheet[],
  look: ChartLook,
  { id, title, says }: { id: string; title: string; says: string },
): Drawing[] =>
  sheets.map(({ plan, placed }, i) => {
    const part =
      sheets.length > 1 ? { id: `${id}-${i + 1}`, title: `${title} ${i + 1}/${sheets.length}` } : { id, title };
    return { id, tree: drawn(plan, placed, look, { ...part, says }), width: placed.width, height: placed.height };
  });
