// Where everything of a chart stands on its sheet: rows from top to bottom, boxes, lines and the words on them.
import { type Across, type Area, acrossOf, BESIDE, type Spot } from './across.js';
import type { Arranged } from './arrange.js';
import {
  type Alike,
  type Box,
  LEADING,
  PAD,
  type Placed,
  type PlacedLane,
  type PlacedLine,
  type PlacedStep,
  type PlacedText,
  type Side,
  TIP,
  TYPE,
} from './geometry.js';
import type { Measure } from './measure.js';
import type { ChartPlan, ChartStep, LaneWords } from './plan.js';
import { type Route, UNIT } from './route.js';

/** Between rows in px: below a step; above one, with room for the head of an arrow; between lines. */
const BELOW = 6;
const ABOVE = 12;
const TRACK = 12;

/** How wide words on lines may be, in full-width characters, and how many px of half a step's width that is worth. */
const LABELS = [
  [7, 0],
  [5, 4],
  [4, 9],
  [3, 16],
  [2, 30],
] as const;

type Asked = {
  width: number;
  words: LaneWords;
  measure: Measure;
  total?: string | undefined;
  alike?: Alike | undefined;
};

/** Places a chart in a width. `fits`: whether that is wide enough. */
export function placed(
  plan: ChartPlan,
  arranged: Arranged,
  asked: Asked,
): { placed: Placed; fits: boolean; alike: Alike } {
  const sides = asked.alike?.sides ?? sidesOf(plan, asked);
  const room = asked.width - widthOf(sides);
  let found: { across: Across; worth: number } | undefined;
  // Words on lines are set narrower where that leaves the steps more room.
  const longest = Math.max(0, ...plan.lines.map(({ label }) => asked.measure.word(label ?? '', TYPE)));
  for (const [most, less] of LABELS) {
    if (found && most * TYPE < longest) break;
    const across = acrossOf(plan, arranged, asked, room, most * TYPE);
    const worth = Math.min(...across.half) * (across.right <= room ? 1 : 0.01) + Math.max(...across.half) - less;
    if (!found || worth > found.worth) found = { across, worth };
    if (across.isWide) break;
  }
  const { across } = found as { across: Across };
  return {
    placed: laidDown(plan, arranged, asked, sides, across),
    fits: across.right <= room,
    alike: { ...across, sides },
  };
}

const widthOf = (sides: readonly Side[]): number => sides.reduce((sum, { width }) => sum + width, 0);

/** A row from top to bottom: its step stands in the middle. */
type Row = { top: number; middle: number; bottom: number };
/** `gapAt`: px of a track between rows; `rules`: where rows meet. */
type Rows = { rows: readonly Row[]; gapAt: ReadonlyMap<number, number>; rules: readonly number[]; end: number };
/** A text beside the lanes, in the row of its step. */
type Cell = { side: Side; lines: readonly string[] };

function laidDown(
  plan: ChartPlan,
  arranged: Arranged,
  { measure, total }: Asked,
  sides: readonly Side[],
  across: Across,
): Placed {
  const { at, half, right, spots } = across;
  const left = widthOf(sides.filter((side) => side.left));
  const width = right + widthOf(sides);
  const x = (place: number): number => left + (at.get(place) ?? 0);
  const lanes = lanesOf(plan, arranged, measure, left, across);
  const head = 12 + LEADING * Math.max(1, ...[...lanes, ...sides].map(({ lines }) => lines.length));
  const texts = plan.steps.map(({ text, kind }, i) => {
    const wide = half[arranged.columns[i] as number] as number;
    return measure.lines(text, 2 * (wide - PAD.side - (kind === 'decision' ? TIP : 0)), TYPE);
  });
  const heights = plan.steps.map((step, i) => heightOf(step, texts[i] as readonly string[]));
  const cells = plan.steps.map((step) =>
    sides.flatMap((side): Cell[] => {
      const text = side.of(step);
      return text === '' ? [] : [{ side, lines: measure.lines(text, side.width - 12, TYPE) }];
    }),
  );
  const { rows, gapAt, rules, end } = rowsOf(heights, cells, spots, arranged.routed.gaps, head);
  const steps = plan.steps.map((_, step): PlacedStep => {
    const column = arranged.columns[step] as number;
    const [wide, high] = [half[column] as number, heights[step] as number];
    const [middle, { middle: level }] = [x((2 * column + 1) * UNIT), rows[step] as Row];
    return { step, x: middle - wide, y: level - high / 2, width: 2 * wide, height: high, lines: texts[step] ?? [] };
  });
  const y = (place: number): number => {
    const row = Math.round(place / UNIT / 4);
    const part = place / UNIT - 4 * row;
    const step = steps[row] as PlacedStep;
    return gapAt.get(place) ?? step.y + (step.height * (part + 1)) / 2;
  };
  const lines = arranged.routed.routes.map((route, line): PlacedLine => {
    const { from, to } = plan.lines[line] as ChartPlan['lines'][number];
    const points = pointsOf(route, x, y, steps[from] as Box, steps[to] as Box);
    const spot = spots.find((each) => each.line === line);
    return spot ? { line, points, label: labelAt(spot, x, rows, half) } : { line, points };
  });
  const beside = sidesAt(sides, left + right);
  const said = total ? measure.lines(total, width - 16, TYPE) : [];
  const row = { x: 0, y: end + 4, width, height: said.length * LEADING + 10, lines: said };
  return {
    width,
    height: end + 5 + (total ? row.height : 0),
    head,
    lanes,
    sides: beside.map(({ x: from, side }) => ({ x: from, width: side.width, lines: side.lines })),
    steps,
    lines,
    cells: cells.flatMap((some, i) => some.map((cell) => cellAt(cell, rows[i] as Row, beside))),
    rules,
    ...(total ? { total: row } : {}),
  };
}

function lanesOf(plan: ChartPlan, { lanes }: Arranged, measure: Measure, left: number, across: Across): PlacedLane[] {
  const edges = [...across.dividers, across.right];
  return lanes
    .filter((lane, i) => lane !== lanes[i - 1])
    .map((lane, i) => {
      const [from, to] = [edges[i] as number, edges[i + 1] as number];
      const lines = measure.lines(plan.lanes[lane] ?? '', (to - from) / BOLD - 8, TYPE);
      return { lane, x: left + from, width: to - from, lines };
    });
}
/** The bold face of the heads is so much wider than the one that is measured. */
const BOLD = 1.04;

/** As high as what it holds: its step, the cells beside the lanes, the words on its lines. */
function rowsOf(
  heights: readonly number[],
  cells: readonly (readonly Cell[])[],
  spots: readonly Spot[],
  gaps: readonly number[],
  head: number,
): Rows {
  const wordsIn = (area: Area, row: number): number => {
    const lines = spots.filter((spot) => spot.area === area && spot.row === row).map(({ text }) => text.length);
    return lines.length === 0 ? 0 : Math.max(...lines) * LEADING + 4;
  };
  const rows: Row[] = [];
  const gapAt = new Map<number, number>();
  const rules: number[] = [];
  let y = head;
  for (let row = 0; row <= heights.length; row += 1) {
    // The gap above this row: words below the last step, lines, words above this one.
    const tracks = gaps[row] ?? 0;
    const isLast = row === heights.length;
    y += row === 0 ? 0 : Math.max(BELOW, wordsIn('below', row - 1));
    for (let t = 0; t < tracks; t += 1) gapAt.set((4 * row - 2) * UNIT + t, y + t * TRACK + 2);
    y += tracks > 0 ? (tracks - 1) * TRACK + 4 : 0;
    y += isLast ? 2 : Math.max(ABOVE, wordsIn('above', row));
    if (isLast) break;
    if (row > 0) rules.push(y - 5);
    const own = Math.max(heights[row] as number, ...(cells[row] ?? []).map(({ lines }) => lines.length * LEADING)) / 2;
    const middle = y + Math.ceil(Math.max(own, wordsIn('over', row)));
    rows.push({ top: y, middle, bottom: middle + Math.ceil(Math.max(own, wordsIn('under', row))) });
    y = (rows[row] as Row).bottom;
  }
  return { rows, gapAt, rules, end: y };
}

function heightOf({ kind }: ChartStep, lines: readonly string[]): number {
  const text = lines.length * LEADING + 2 * PAD.end;
  // Even, so that the middle of a side is a whole number.
  return text + (text % 2) + (kind === 'document' ? 6 : 0);
}

/** The corners in px; a line begins and ends at the edges of its steps. */
function pointsOf(
  route: Route,
  x: (place: number) => number,
  y: (place: number) => number,
  from: Box,
  to: Box,
): [number, number][] {
  const points: [number, number][] = [];
  for (let i = 0; i < route.length; i += 2) points.push([x(route[i] as number), y(route[i + 1] as number)]);
  const clip = (point: [number, number] | undefined, next: [number, number] | undefined, box: Box): void => {
    if (!point || !next || point[1] !== next[1]) return;
    point[0] = next[0] > point[0] ? box.x + box.width : box.x;
  };
  clip(points[0], points[1], from);
  clip(points.at(-1), points.at(-2), to);
  return points;
}

function labelAt(
  { text, width, side, area, row, anchor }: Spot,
  x: (place: number) => number,
  rows: readonly Row[],
  half: readonly number[],
): PlacedText {
  const { middle, bottom, top } = rows[row] as Row;
  const inRow = area === 'over' || area === 'under';
  const edge = inRow ? (half[(anchor / UNIT - 1) / 2] ?? 0) : 0;
  const height = text.length * LEADING;
  const start = x(anchor) + side * (edge + BESIDE);
  const y = { over: middle - height - 2, under: middle + 3, below: bottom + 2, above: top - height - 2 }[area];
  return { x: side > 0 ? start : start - width, y, width, height, lines: text };
}

// ------------------------------------------------------------------------------------------ beside the lanes

/** The columns beside the lanes: the number of a step on the left; its forms and its time limit, where any has one. */
function sidesOf({ steps }: ChartPlan, { words, measure }: Asked): Side[] {
  const side = (left: boolean, title: string, of: Side['of'], most: number): Side[] => {
    const texts = steps.map(of).filter(Boolean);
    if (texts.length === 0) return [];
    const wide = Math.max(2 * TYPE, ...texts.map((text) => measure.width(text, TYPE)));
    const words = [title, ...texts].map((text) => measure.word(text, TYPE));
    const width = Math.max(Math.min(wide, most * TYPE), ...words);
    return [{ left, width: width + 14, lines: measure.lines(title, width + 8, TYPE), of }];
  };
  return [
    ...side(true, words.number, ({ number }) => (number === undefined ? '' : String(number)), 3),
    ...side(true, words.actor, ({ actor }) => actor, 6),
    ...side(false, words.forms, ({ forms }) => forms, 6),
    ...side(false, words.limit, ({ limit }) => limit, 5.5),
  ];
}

/** Those on the left stand there, the others from `right` on. */
function sidesAt(sides: readonly Side[], right: number): { x: number; side: Side }[] {
  let [before, behind] = [0, right];
  return sides.map((side) => {
    const x = side.left ? before : behind;
    if (side.left) before += side.width;
    else behind += side.width;
    return { x, side };
  });
}

function cellAt({ side, lines }: Cell, { middle }: Row, beside: readonly { x: number; side: Side }[]): PlacedText {
  const height = lines.length * LEADING;
  const x = beside.find((each) => each.side === side)?.x ?? 0;
  return { x, y: middle - height / 2, width: side.width, height, lines };
}
