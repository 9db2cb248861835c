// A chart from left to right: how wide its steps are, where columns and lines between them stand, and on which side of its line
// a word does.
import type { Arranged } from './arrange.js';
import { type Alike, NARROWEST, PAD, TIP, TYPE, WIDEST } from './geometry.js';
import type { Measure } from './measure.js';
import type { ChartPlan } from './plan.js';
import { type Route, UNIT } from './route.js';

/** Between steps and lines that stand side by side, in px. */
const APART = 12;
/** Between the line of two lanes and what stands beside it. */
const DIVIDER = 7;
/** Between a line and the word on it. */
export const BESIDE = 5;

/** Where a word stands: on which side of the place `anchor` of the grid, in which area of its row. */
export type Spot = {
  line: number;
  text: readonly string[];
  width: number;
  side: -1 | 1;
  area: Area;
  row: number;
  anchor: number;
};
/** Where a word may stand: above or below the line in its row, or in the gap below or above a row. */
export type Area = 'over' | 'under' | 'below' | 'above';
export type Across = {
  /** px of what stands at a place of the grid: a column's middle, a track. */
  at: ReadonlyMap<number, number>;
  /** Half the width of the steps of a column. */
  half: readonly number[];
  dividers: readonly number[];
  right: number;
  spots: readonly Spot[];
  /** How far each column stands from the one before, before room is spread. */
  least: readonly number[];
  wanted: readonly number[];
  narrowest: readonly number[];
  widest: number;
  /** Every step is as wide as it wants to be. */
  isWide: boolean;
};

/** A line in the order from left to right: `at` in the units of the grid. */
type Upright = { line: number; at: number; lo: number; hi: number };

function uprightsOf(routes: readonly Route[]): Upright[] {
  return routes.flatMap((route, line) => {
    const parts: Upright[] = [];
    for (let i = 0; i + 3 < route.length; i += 2) {
      const [x, y, z, w] = route.slice(i, i + 4) as [number, number, number, number];
      if (x === z) parts.push({ line, at: x, lo: Math.min(y, w), hi: Math.max(y, w) });
    }
    return parts;
  });
}

/** From where to where an area reaches, in the units of the grid. */
const reachOf = (area: Area, row: number): [number, number] => {
  const [lo, hi] = { over: [-1, 0], under: [0, 1], below: [1, 2], above: [-1.5, -1] }[area] as [number, number];
  return [(4 * row + lo) * UNIT, (4 * row + hi) * UNIT];
};

/** What is asked: how a text is measured, and what the sheets of one chart have in common. */
type Asked = { measure: Measure; alike?: Omit<Alike, 'sides'> | undefined };

/** The chart from left to right in so much room, with words on lines `labelMost` px wide at most. */
export function acrossOf(plan: ChartPlan, arranged: Arranged, asked: Asked, room: number, labelMost: number): Across {
  const { routes } = arranged.routed;
  const uprights = uprightsOf(routes);
  const columns = arranged.lanes.map((_, column) => column);
  const wanted = asked.alike?.wanted ?? columns.map((column) => wantedHalf(plan, arranged, asked.measure, column));
  const spread = (half: readonly number[], spots: readonly Spot[], extra: number): Sweep =>
    sweep(arranged, half, spots, uprights, asked.alike?.least, extra);
  const least = asked.alike?.narrowest ?? columns.map((column) => leastHalf(plan, arranged, asked.measure, column));
  const spots = spotsOf(plan, arranged, asked.measure, labelMost, (some) => spread(least, some, 0).right);
  // As wide as they want to be, if the room holds it; else all of them narrower alike.
  const atMost = (limit: number): number[] =>
    wanted.map((each, column) => Math.max(Math.min(each, limit), least[column] as number));
  let [low, high] = [
    Math.min(...least),
    Math.min(asked.alike?.widest ?? Number.POSITIVE_INFINITY, Math.max(...wanted)),
  ];
  if (spread(atMost(high), spots, 0).right <= room) low = high;
  while (high - low > 1) {
    const limit = (low + high) >> 1;
    if (spread(atMost(limit), spots, 0).right <= room) low = limit;
    else high = limit;
  }
  const half = atMost(low);
  let extra = 0;
  let result = spread(half, spots, 0);
  const middle = (column: number): number => result.at.get((2 * column + 1) * UNIT) ?? 0;
  const apart = columns.map((column) => middle(column) - middle(column - 1));
  for (let i = 0; i < 12 && result.right < room; i += 1) {
    const more = Math.floor((room - result.right) / (2 * columns.length));
    if (more === 0) break;
    extra += more;
    result = spread(half, spots, extra);
  }
  if (result.right < room) {
    result.at.set(endOf(arranged.lanes), room);
    result.right = room;
  }
  return {
    ...result,
    half,
    wanted,
    narrowest: least,
    spots,
    least: apart,
    isWide: half.every((each, i) => each === wanted[i]),
    widest: low,
  };
}

/** Half of how wide they have to be: no word that is written in letters is broken. */
function leastHalf(plan: ChartPlan, { columns }: Arranged, measure: Measure, column: number): number {
  const words = plan.steps.flatMap(({ text, kind }, i) =>
    columns[i] === column ? [measure.word(text, TYPE) + (kind === 'decision' ? 2 * TIP : 0)] : [],
  );
  return Math.ceil(Math.max(NARROWEST * TYPE, ...words) / 2) + PAD.side;
}

/** Half of how wide the steps of a column want to be: their texts in two or three lines. */
function wantedHalf(plan: ChartPlan, { columns }: Arranged, measure: Measure, column: number): number {
  let most = NARROWEST * TYPE;
  for (const [i, { text, kind }] of plan.steps.entries()) {
    if (columns[i] !== column) continue;
    const whole = measure.width(text, TYPE);
    const tips = kind === 'decision' ? TIP : 0;
    const wide = whole <= 8 * TYPE ? whole : Math.max(8 * TYPE, Math.min(WIDEST * TYPE, Math.ceil(whole / 2) + TYPE));
    most = Math.max(most, wide + 2 * tips);
  }
  return Math.ceil(most / 2) + PAD.side;
}

/** The right edge of the lanes, behind every track. */
const endOf = (lanes: readonly number[]): number => 2 * lanes.length * UNIT + UNIT / 2;

type Sweep = { at: Map<number, number>; dividers: number[]; right: number };

/** What stands from left to right: columns of steps, tracks of lines, and the lines between lanes. */
type Standing = { kind: 'column' | 'track' | 'divider'; place: number; half: number };

function standingIn({ lanes, routed }: Arranged, half: readonly number[], extra: number): Standing[] {
  const all: Standing[] = [];
  for (let k = 0; k <= lanes.length; k += 1) {
    const tracks = routed.channels[k] ?? 0;
    const isBorder = lanes[k - 1] !== lanes[k];
    const split = k === 0 ? 0 : k === lanes.length ? tracks : Math.floor(tracks / 2);
    for (let t = 0; t <= tracks; t += 1) {
      const place = 2 * k * UNIT + t;
      if (t === split && isBorder)
        all.push({ kind: 'divider', place: k < lanes.length ? -1 - k : endOf(lanes), half: 0 });
      if (t < tracks) all.push({ kind: 'track', place, half: 0 });
    }
    if (k < lanes.length) all.push({ kind: 'column', place: (2 * k + 1) * UNIT, half: (half[k] as number) + extra });
  }
  return all;
}

/** Everything as far left as what stands before it allows. */
function sweep(
  arranged: Arranged,
  half: readonly number[],
  spots: readonly Spot[],
  uprights: readonly Upright[],
  apart: readonly number[] | undefined,
  extra: number,
): Sweep {
  const needs = needsOf(arranged, half, spots, uprights);
  const at = new Map<number, number>([[-1, 0]]);
  const dividers: number[] = [];
  let before: Standing | undefined;
  let x = 0;
  for (const each of standingIn(arranged, half, extra)) {
    const byBorder = before?.kind === 'divider' || each.kind === 'divider';
    if (before) x += before.half + (byBorder ? DIVIDER : APART) + each.half;
    for (const { from, by } of needs.get(each.place) ?? []) x = Math.max(x, (at.get(from) ?? 0) + by);
    if (each.kind === 'column' && apart) {
      const column = (each.place / UNIT - 1) / 2;
      x = Math.max(x, (at.get(each.place - 2 * UNIT) ?? 0) + (apart[column] ?? 0));
    }
    at.set(each.place, x);
    if (each.kind === 'divider') dividers.push(x);
    before = each;
  }
  return { at, dividers: dividers.slice(0, -1), right: x };
}

/** By place, how far right of which other place it must stand, so that the words beside lines have room. */
function needsOf(
  { lanes }: Arranged,
  half: readonly number[],
  spots: readonly Spot[],
  uprights: readonly Upright[],
): Map<number, { from: number; by: number }[]> {
  const needs = new Map<number, { from: number; by: number }[]>();
  const need = (place: number, from: number, by: number): void => {
    const known = needs.get(place);
    if (known) known.push({ from, by });
    else needs.set(place, [{ from, by }]);
  };
  for (const spot of spots) {
    const { side, area, anchor, width } = spot;
    const inRow = area === 'over' || area === 'under';
    const by = (inRow ? (half[(anchor / UNIT - 1) / 2] ?? 0) : 0) + 2 * BESIDE + width;
    const next = neighbour(uprights, spot);
    if (side > 0) need(next ?? endOf(lanes), anchor, by);
    else need(anchor, next ?? -1, by);
    for (const other of spots) {
      const facing = side > 0 && other.side < 0 && anchor < other.anchor;
      if (facing && meet(spot, other, uprights)) need(other.anchor, anchor, width + other.width + 3 * BESIDE);
    }
  }
  return needs;
}

/** The place of the next line on the side of a word that runs through its area. */
function neighbour(uprights: readonly Upright[], { area, row, anchor, side }: Spot): number | undefined {
  const [lo, hi] = reachOf(area, row);
  let next: number | undefined;
  for (const part of uprights) {
    if (part.at === anchor || (part.at - anchor) * side < 0) continue;
    if (part.lo >= hi || part.hi <= lo) continue;
    if (next === undefined || (next - part.at) * side > 0) next = part.at;
  }
  return next;
}

/** Where each word stands: of the places near its decision the one that needs the least width. */
function spotsOf(
  plan: ChartPlan,
  { routed: { routes } }: Arranged,
  measure: Measure,
  most: number,
  widthWith: (spots: readonly Spot[]) => number,
): Spot[] {
  const spots: Spot[] = [];
  for (const [line, { from, label }] of plan.lines.entries()) {
    if (!label) continue;
    const route = routes[line] as Route;
    const text = measure.lines(label, most, TYPE);
    const width = Math.max(...text.map((each) => measure.width(each, TYPE)));
    const made = (area: Area, row: number, anchor: number, side: -1 | 1): Spot => ({
      line,
      text,
      width,
      side,
      area,
      row,
      anchor,
    });
    const places: Spot[] = [];
    const leaves = Math.sign((route[2] as number) - (route[0] as number)) as -1 | 0 | 1;
    const shares = plan.lines.some(
      (other, i) => i !== line && other.from === from && sideOf(routes[i] as Route) === leaves,
    );
    if (leaves === 0 && !shares)
      places.push(made('below', from, route[0] as number, 1), made('below', from, route[0] as number, -1));
    else if (!shares)
      places.push(
        ...(['over', 'under'] as const).map((area) => made(area, from, route[0] as number, leaves as -1 | 1)),
      );
    // Beside the first part that runs up or down, where others no longer run with it.
    for (let i = 2; i + 3 < route.length && places.length < 4; i += 2) {
      if (route[i] !== route[i + 2]) continue;
      const [y, w] = [route[i + 1] as number, route[i + 3] as number];
      const row = Math.floor((y / UNIT + 2) / 4);
      const area = w > y ? 'below' : 'above';
      if (!reaches(y, w, area, row)) continue;
      places.push(made(area, row, route[i] as number, 1), made(area, row, route[i] as number, -1));
      break;
    }
    let best: { spot: Spot; width: number } | undefined;
    for (const spot of places) {
      if (spots.some((other) => other.anchor === spot.anchor && other.side === spot.side && alongside(other, spot)))
        continue;
      const wide = widthWith([...spots, spot]);
      if (!best || wide < best.width) best = { spot, width: wide };
    }
    const chosen = best?.spot ?? places[0];
    if (chosen) spots.push(chosen);
  }
  return spots;
}

const sideOf = (route: Route): number => Math.sign((route[2] as number) - (route[0] as number));

const reaches = (y: number, w: number, area: Area, row: number): boolean => {
  const [lo, hi] = reachOf(area, row);
  return Math.min(y, w) <= lo && Math.max(y, w) >= hi;
};

/** Whether two words stand in one area. */
function alongside(one: Spot, other: Spot): boolean {
  const [a, b] = [reachOf(one.area, one.row), reachOf(other.area, other.row)];
  return a[0] < b[1] && b[0] < a[1];
}

/** Whether two words stand in one area with no line between them. */
function meet(left: Spot, right: Spot, uprights: readonly Upright[]): boolean {
  if (!alongside(left, right)) return false;
  const [lo, hi] = reachOf(left.area, left.row);
  return !uprights.some(
    ({ at, lo: top, hi: bottom }) => at > left.anchor && at < right.anchor && top < hi && bottom > lo,
  );
}
