// In which order the lanes stand, and which steps stand aside in a wide lane: as lines cross least.
import type { ChartPlan } from './plan.js';
import { type Grid, type Routed, routed } from './route.js';

/** `lanes`: the lane of each column, from the left; `columns`: the column of each step. */
export type Arranged = { lanes: readonly number[]; columns: readonly number[]; routed: Routed };

/** With more lanes not every order is tried. */
const EVERY_ORDER = 6;
/** So many pairs of lines are looked at, at most, in all that is tried: 158 steps in every order of six lanes. */
const MOST_PAIRS = 3_000_000;

/** Every order in which the first stays the first. */
function* ordersOf(first: number, rest: readonly number[]): Generator<readonly number[]> {
  if (rest.length === 0) yield [first];
  for (const [i, next] of rest.entries())
    for (const order of ordersOf(next, rest.toSpliced(i, 1))) yield [first, ...order];
}

/** Columns for lanes in an order; `aside`: which steps stand in a second column of their lane. */
function gridOf(plan: ChartPlan, order: readonly number[], aside: readonly boolean[]): Omit<Arranged, 'routed'> & Grid {
  const lanes: number[] = [];
  const main: number[] = [];
  for (const lane of order) {
    main[lane] = lanes.push(lane) - 1;
    if (plan.steps.some((step, i) => step.lane === lane && aside[i])) lanes.push(lane);
  }
  return {
    lanes,
    columns: plan.steps.map(({ lane }, i) => (main[lane] as number) + (aside[i] ? 1 : 0)),
    count: lanes.length,
    decides: plan.steps.map(({ kind }) => kind === 'decision'),
    lines: plan.lines,
  };
}

/** The lines of a chart whose lanes stand in this order. */
export function arrangedIn(plan: ChartPlan, order: readonly number[], aside: readonly boolean[]): Arranged {
  const { lanes, columns, ...grid } = gridOf(plan, order, aside);
  return { lanes, columns, routed: routed({ ...grid, columns }) as Routed };
}

/** The order of the lanes in which lines cross least, then cost least; all orders are tried up to six lanes. */
function bestOrder(plan: ChartPlan, aside: readonly boolean[]): readonly number[] {
  const rest = plan.lanes.map((_, i) => i).filter((lane) => lane !== plan.first);
  let best: { order: readonly number[]; routed: Routed } | undefined;
  let tries = triesFor(plan);
  const offer = (order: readonly number[]): boolean => {
    if (best && tries <= 0) return false;
    tries -= 1;
    const { lanes: _, ...grid } = gridOf(plan, order, aside);
    const found = routed(grid, best?.routed.cost);
    if (!found || (best && !isBetter(found, best.routed))) return false;
    best = { order, routed: found };
    return true;
  };
  if (plan.lanes.length <= EVERY_ORDER) for (const order of ordersOf(plan.first, rest)) offer(order);
  else {
    offer([plan.first, ...rest]);
    // Each lane is taken out and put in elsewhere, until nothing gets better.
    for (let round = 0, changed = true; changed && round < 3; round += 1) {
      changed = false;
      for (const lane of rest)
        for (let place = 1; place <= rest.length; place += 1) {
          const others = (best?.order ?? []).filter((each) => each !== lane);
          if (offer(others.toSpliced(place, 0, lane))) changed = true;
        }
    }
  }
  return best?.order ?? [plan.first, ...rest];
}

const isBetter = (one: Routed, other: Routed): boolean =>
  one.crossings < other.crossings || (one.crossings === other.crossings && one.cost < other.cost);

/** A further column has to spare as many bends and crossings as this is worth. */
const COLUMN_COSTS = 12;

const triesFor = ({ steps }: ChartPlan): number => Math.ceil(MOST_PAIRS / Math.max(1, steps.length) ** 2);

/** `most`: how many columns there is room for. */
export function arranged(plan: ChartPlan, most: number): Arranged {
  let aside: readonly boolean[] = plan.steps.map(() => false);
  const order = bestOrder(plan, aside);
  let best = arrangedIn(plan, order, aside);
  for (const group of branchesOf(plan).slice(0, triesFor(plan) / 20)) {
    const tried = aside.map((is, i) => is || group.has(i));
    const found = arrangedIn(plan, order, tried);
    if (found.lanes.length > most || found.routed.crossings > best.routed.crossings) continue;
    const costs = (found.lanes.length - best.lanes.length) * COLUMN_COSTS;
    if (found.routed.cost + costs >= best.routed.cost) continue;
    [best, aside] = [found, tried];
  }
  return best;
}

/** The steps of each way that goes aside, lane by lane: those that only it leads to. */
function branchesOf({ steps, lines }: ChartPlan): Set<number>[] {
  const groups: Set<number>[] = [];
  for (const { from, to, ahead } of lines) {
    const others = lines.filter((line) => line.from === from);
    if (ahead || others.length < 2 || to <= from) continue;
    const way = new Set([to]);
    for (let i = to + 1; i < steps.length; i += 1) {
      const into = lines.filter((line) => line.to === i);
      if (into.length > 0 && into.every((line) => way.has(line.from))) way.add(i);
    }
    if (lines.some((line) => line.to === to && line.from !== from)) continue;
    for (const lane of new Set([...way].map((i) => steps[i]?.lane)))
      groups.push(new Set([...way].filter((i) => steps[i]?.lane === lane)));
  }
  return groups;
}
