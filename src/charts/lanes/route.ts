// How the lines of a chart run on its grid: one step a row, columns with channels between them. Every line leaves and enters in
// the middle of a side; none runs through a step, and two share a part only where they join.
import { type Run, tracksOf } from './tracks.js';

/**
 * Steps in rows from the top, each in a column. A line that goes `ahead` leaves a decision below, the others at its sides;
 * every other step is left where it is best.
 */
export type Grid = {
  /** The column of each row's step, from 0. */
  columns: readonly number[];
  count: number;
  decides: readonly boolean[];
  lines: readonly { from: number; to: number; ahead: boolean }[];
};

/**
 * The corners of a line as `x0, y0, x1, y1 …`. A column c is at (2c + 1) · UNIT, track t of the channel left of it at
 * 2c · UNIT + t; the middle of row r at 4r · UNIT, its upper and lower edge one UNIT away, track t of the gap below at
 * (4r + 2) · UNIT + t.
 */
export type Route = readonly number[];
export const UNIT = 64;

/** `channels`, `gaps`: how many tracks each has, the channel left of column 0 and the gap above row 0 first. */
export type Routed = {
  routes: readonly Route[];
  channels: readonly number[];
  gaps: readonly number[];
  crossings: number;
  /** The lower, the better. */
  cost: number;
};

/** What is to be avoided, by weight. */
const OVERLAP = 100_000;
const CROSSING = 60;
const BEND = 10;
const SHARED_SIDE = 30;
/** A line that costs less crosses nothing, or hardly anything. */
const FREE = 55;
const COLUMN = 4;
const ROW = 1;

/** What is laid again comes out cheaper, but hardly by more than this. */
const GIVEN_UP = 1.2;

/** A part of a line: `at` is where it stands, `lo` to `hi` how far it runs. */
type Part = { upright: boolean; at: number; lo: number; hi: number };
type Candidate = {
  route: Route;
  /** What it costs by itself. */
  own: number;
  leaves: Side;
  enters: Side;
  /** As far as it reaches. */
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Made when it is first asked for: most candidates never are. */
  parts: readonly Part[] | undefined;
};
/** 0 above or below, else the left or the right side. */
type Side = -1 | 0 | 1;

function partsOf(route: Route): Part[] {
  const parts: Part[] = [];
  for (let i = 0; i + 3 < route.length; i += 2) {
    const x = route[i] as number;
    const y = route[i + 1] as number;
    const z = route[i + 2] as number;
    const w = route[i + 3] as number;
    if (x === z) parts.push({ upright: true, at: x, lo: Math.min(y, w), hi: Math.max(y, w) });
    else parts.push({ upright: false, at: y, lo: Math.min(x, z), hi: Math.max(x, z) });
  }
  return parts;
}

/**
 * The ways that a line may take, in the small numbers of the grid (UNIT = 1, no tracks). `far`: those with more corners, that
 * are worth a look only where the others cross something.
 */
function waysOf(
  { columns, decides }: Grid,
  free: Free,
  { from, to, ahead }: Grid['lines'][number],
  far: boolean,
): Route[] {
  const [c, d] = [columns[from] as number, columns[to] as number];
  const [x, z, y, w] = [2 * c + 1, 2 * d + 1, 4 * from, 4 * to];
  const isDown = to > from;
  const ways: Route[] = [];
  const below = !decides[from] || ahead;
  const beside = !decides[from] || !ahead;
  const straight = isDown && free(c, from, to);
  if (far) {
    if (below && straight && c !== d && to > from + 1) ways.push([x, y + 1, x, w - 2, z, w - 2, z, w - 1]);
    for (let k = 2 * Math.min(c, d); k <= 2 * Math.max(c, d) + 2; k += 2) {
      if (below) ways.push([x, y + 1, x, y + 2, k, y + 2, k, w, z, w]);
      if (below && to !== from + 1) ways.push([x, y + 1, x, y + 2, k, y + 2, k, w - 2, z, w - 2, z, w - 1]);
      if (beside) ways.push([x, y, k, y, k, w - 2, z, w - 2, z, w - 1]);
    }
    return ways;
  }
  if (below && straight) ways.push(c === d ? [x, y + 1, x, w - 1] : [x, y + 1, x, w, z, w]);
  if (isDown && c !== d && free(d, from, to)) {
    if (below) ways.push([x, y + 1, x, y + 2, z, y + 2, z, w - 1]);
    if (beside) ways.push([x, y, z, y, z, w - 1]);
  }
  if (beside && to !== from)
    for (let k = 2 * Math.min(c, d); k <= 2 * Math.max(c, d) + 2; k += 2) ways.push([x, y, k, y, k, w, z, w]);
  return ways;
}

/** Whether no step stands in a column between two rows. */
type Free = (column: number, from: number, to: number) => boolean;

function freeIn({ columns, count }: Grid): Free {
  /** How many steps stand in the column above a row. */
  const above = Array.from({ length: count }, (_, column) => {
    let steps = 0;
    return columns.map((each) => {
      const before = steps;
      if (each === column) steps += 1;
      return before;
    });
  });
  return (column, from, to) => {
    const counts = above[column] as number[];
    return (counts[to] as number) - (counts[from] as number) === (columns[from] === column ? 1 : 0);
  };
}

/** The cheapest first. */
function candidatesOf(grid: Grid, free: Free, line: Grid['lines'][number], far: boolean): Candidate[] {
  return waysOf(grid, free, line, far)
    .map((route): Candidate => {
      const last = route.length - 2;
      const [x, y, z, w] = [route[0], route[1], route[last], route[last + 1]] as [number, number, number, number];
      const leaves = y % 4 === 0 ? (Math.sign((route[2] as number) - x) as Side) : 0;
      const enters = w % 4 === 0 ? (Math.sign((route[last - 2] as number) - z) as Side) : 0;
      let [left, right, top, bottom] = [x, x, y, y];
      let own = (last / 2 - 1) * BEND;
      for (let i = 2; i <= last; i += 2) {
        const across = route[i] as number;
        const down = route[i + 1] as number;
        own +=
          (Math.abs(across - (route[i - 2] as number)) * COLUMN + Math.abs(down - (route[i - 1] as number)) * ROW) / 2;
        left = Math.min(left, across);
        right = Math.max(right, across);
        top = Math.min(top, down);
        bottom = Math.max(bottom, down);
      }
      return { route, own, leaves, enters, left, right, top, bottom, parts: undefined };
    })
    .sort((a, b) => a.own - b.own);
}

/** What a candidate costs beside one line that is laid already. */
function between(one: Candidate, a: Grid['lines'][number], other: Candidate, b: Grid['lines'][number]): number {
  if (one.left > other.right || other.left > one.right || one.top > other.bottom || other.top > one.bottom) return 0;
  one.parts ??= partsOf(one.route);
  other.parts ??= partsOf(other.route);
  const joins = a.to === b.to || a.from === b.from;
  let cost = atSides(one, a, other, b);
  for (const part of one.parts) for (const laid of other.parts) cost += meeting(part, laid, joins);
  return cost;
}

/** Two lines at one side of a step: both may leave it there, or both enter. */
function atSides(one: Candidate, a: Grid['lines'][number], other: Candidate, b: Grid['lines'][number]): number {
  let cost = 0;
  if (a.from === b.from && one.leaves !== 0 && one.leaves === other.leaves) cost += SHARED_SIDE;
  if (a.from === b.to && one.leaves !== 0 && one.leaves === other.enters) cost += OVERLAP;
  if (a.to === b.from && one.enters !== 0 && one.enters === other.leaves) cost += OVERLAP;
  return cost;
}

function meeting(part: Part, laid: Part, joins: boolean): number {
  if (part.upright !== laid.upright) {
    const crosses = laid.lo < part.at && part.at < laid.hi && part.lo < laid.at && laid.at < part.hi;
    return crosses ? CROSSING : 0;
  }
  // Between the columns and between the rows each has a track of its own.
  if (joins || !part.upright || part.at !== laid.at || part.at % 2 === 0) return 0;
  return part.lo < laid.hi && laid.lo < part.hi ? OVERLAP : 0;
}

/** Lays all lines, the short ones first, and then each again beside all others. `worst`: given up once it costs more. */
export function routed(grid: Grid, worst = Number.POSITIVE_INFINITY): Routed | undefined {
  const free = freeIn(grid);
  const { lines } = grid;
  const near = lines.map((line) => candidatesOf(grid, free, line, false));
  const far: (Candidate[] | undefined)[] = lines.map(() => undefined);
  const order = lines
    .map((_, i) => i)
    .sort((i, j) => {
      const [a, b] = [lines[i] as (typeof lines)[number], lines[j] as (typeof lines)[number]];
      return Math.abs(a.to - a.from) - Math.abs(b.to - b.from) || a.from - b.from || i - j;
    });
  const laid: (Candidate | undefined)[] = lines.map(() => undefined);
  const costs = lines.map(() => 0);
  const lay = (i: number): void => {
    const line = lines[i] as (typeof lines)[number];
    let least = Number.POSITIVE_INFINITY;
    const offer = (candidates: readonly Candidate[]): void => {
      for (const candidate of candidates) {
        if (candidate.own >= least) break;
        let cost = candidate.own;
        for (let j = 0; j < lines.length && cost < least; j += 1) {
          const other = laid[j];
          if (other && j !== i) cost += between(candidate, line, other, lines[j] as (typeof lines)[number]);
        }
        if (cost >= least) continue;
        least = cost;
        laid[i] = candidate;
      }
    };
    offer(near[i] as Candidate[]);
    if (least >= FREE) {
      far[i] ??= candidatesOf(grid, free, line, true);
      offer(far[i] as Candidate[]);
    }
    costs[i] = least;
  };
  let sum = 0;
  for (const i of order) {
    lay(i);
    sum += costs[i] as number;
    if (sum > worst * GIVEN_UP) return undefined;
  }
  for (let round = 0, changed = true; changed && round < 3; round += 1) {
    changed = false;
    for (const i of order) {
      const before = laid[i];
      lay(i);
      changed ||= laid[i] !== before;
    }
  }
  return onTracks(
    grid,
    laid.map((each) => (each as Candidate).route),
    laid.reduce((all, each) => all + (each as Candidate).own, 0),
  );
}

/** Gives what runs between columns and between rows a track of its own, and counts what crosses then. */
function onTracks(grid: Grid, ways: readonly Route[], own: number): Routed {
  const { columns, count, lines } = grid;
  const routes = ways.map((way) => way.map((each) => each * UNIT));
  const channels = new Array<number>(count + 1).fill(0);
  const gaps = new Array<number>(columns.length + 1).fill(0);
  type Run_ = Run & { key: string; corners: { line: number; at: number }[] };
  const runs = new Map<string, Run_[]>();
  for (const [line, way] of ways.entries()) {
    for (let i = 0; i + 3 < way.length; i += 2) {
      const upright = way[i] === way[i + 2];
      const at = (upright ? way[i] : way[i + 1]) as number;
      if (upright ? at % 2 !== 0 : at % 4 === 0) continue;
      const place = `${upright} ${at}`;
      // Lines that end at one step in the same way run as one.
      const key = `${lines[line]?.to} ${way.slice(i + 2).join(' ')}`;
      const [own, other] = upright ? [1, 0] : [0, 1];
      const [start, end] = [way[i + own], way[i + 2 + own]] as [number, number];
      const stub = (from: number, corner: number): Run['stubs'] =>
        way[from] === undefined
          ? []
          : [{ at: way[corner + own] as number, side: (way[from + other] as number) > at ? 1 : -1 }];
      const stubs = [...stub(i - 2, i), ...stub(i + 4, i + 2)];
      const here = runs.get(place) ?? [];
      runs.set(place, here);
      const [lo, hi] = [Math.min(start, end), Math.max(start, end)];
      const corners = [i, i + 2].map((corner) => ({ line, at: corner + other }));
      const same = here.find((run) => run.key === key);
      if (same) {
        same.lo = Math.min(same.lo, lo);
        same.hi = Math.max(same.hi, hi);
        same.stubs.push(...stubs);
        same.corners.push(...corners);
      } else here.push({ key, lo, hi, stubs, corners });
    }
  }
  for (const [place, here] of runs) {
    const [upright, at] = place.split(' ');
    const { tracks, count: many } = tracksOf(here);
    for (const [i, { corners }] of here.entries())
      for (const { line, at: corner } of corners)
        (routes[line] as number[])[corner] = Number(at) * UNIT + (tracks[i] ?? 0);
    if (upright === 'true') channels[Number(at) / 2] = many;
    else gaps[(Number(at) + 2) / 4] = many;
  }
  const { crossings, overlaps } = meetings(routes, lines);
  return { routes, channels, gaps, crossings, cost: own + crossings * CROSSING + overlaps * OVERLAP };
}

/** How often lines cross, each place once, and how often two that do not join share a part. */
function meetings(routes: readonly Route[], lines: Grid['lines']): { crossings: number; overlaps: number } {
  const parts = routes.map(partsOf);
  const places = new Set<number>();
  let overlaps = 0;
  for (let i = 0; i < routes.length; i += 1) {
    for (let j = i + 1; j < routes.length; j += 1) {
      const joins = lines[i]?.to === lines[j]?.to || lines[i]?.from === lines[j]?.from;
      for (const one of parts[i] as Part[]) {
        for (const other of parts[j] as Part[]) {
          if (one.upright === other.upright) {
            if (one.at === other.at && !joins && one.lo < other.hi && other.lo < one.hi) overlaps += 1;
          } else if (other.lo < one.at && one.at < other.hi && one.lo < other.at && other.at < one.hi)
            places.add((one.upright ? one.at : other.at) * 1_000_000 + (one.upright ? other.at : one.at));
        }
      }
    }
  }
  return { crossings: places.size, overlaps };
}
