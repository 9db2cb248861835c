// A chart in layers laid out: boxes, lines that branch between the layers, and the words on them; from top to bottom or from
// left to right.
import { type Box, LEADING, PAD, type Placed, type PlacedLine, type PlacedText, TIP, TYPE } from '../lanes/geometry.js';
import type { Measure } from '../lanes/measure.js';
import type { ChartPlan } from '../lanes/plan.js';
import { type Run, tracksOf } from '../lanes/tracks.js';
import { across, type Layered, layered } from './order.js';

/** `lies`: from left to right. Widths in full-width characters: of a box, and of a word on a line. */
export type LayerStyle = { lies: boolean; box: number; label: number };

const TRACK = 14;
/** Between a layer and the lines behind it; before the next one, with room for the head of an arrow. */
const BEHIND = 10;
const BEFORE = 16;
/** Between boxes of a layer, and between a line and what stands beside it. */
const APART = 22;
const BESIDE = 5;

/** A text and its size, along the layers and across them. */
type Sized = { lines: readonly string[]; long: number; wide: number };
/** In which area of a gap a word stands: behind the layer, or before the next. */
type Label = Sized & { line: number; knot: number; gap: number };

export function inLayers(plan: ChartPlan, measure: Measure, { lies, box, label }: LayerStyle): Placed {
  const sized = (text: string, most: number, padX: number, padY: number): Sized => {
    const lines = measure.lines(text, most * TYPE, TYPE);
    const width = Math.max(...lines.map((line) => measure.width(line, TYPE))) + 2 * padX;
    const height = lines.length * LEADING + 2 * padY;
    const [even, high] = [width + (width % 2), height + (height % 2)];
    return lies ? { lines, long: even, wide: high } : { lines, long: high, wide: even };
  };
  const boxes = plan.steps.map(({ text, kind }) =>
    sized(text, box, PAD.side + 3 + (kind === 'decision' ? TIP : 0), PAD.end + (kind === 'document' ? 4 : 2)),
  );
  const graph = layered(plan.steps.length, plan.lines);
  const labels = plan.lines.flatMap(({ label: text }, line): Label[] => {
    const first = graph.links.find((link) => link.line === line);
    if (!text || !first) return [];
    return [{ ...sized(text, label, 0, 0), line, knot: first.to, gap: (graph.knots[first.to]?.layer ?? 1) - 1 }];
  });
  // Words stand beside the line that enters a step: behind it on the page, above it where the chart lies.
  const beside = (knot: number): number =>
    Math.max(0, ...labels.filter((each) => each.knot === knot).map(({ wide }) => wide + 2 * BESIDE));
  const half = (knot: number): number => {
    const step = graph.knots[knot]?.step;
    return step === undefined ? 0 : (boxes[step] as Sized).wide / 2;
  };
  const apart = (one: number, other: number): number => {
    const between = half(one) + APART + half(other);
    return Math.ceil(
      Math.max(between, lies ? beside(other) + (half(one) > 0 ? BESIDE : 2 * BESIDE) : beside(one) + BESIDE),
    );
  };
  const at = across(graph, apart);
  return drawnUp(plan, graph, at, boxes, labels, lies);
}

/** Where layers begin and end along the chart; where each track between them runs. */
type Along = { starts: number[]; ends: number[]; tracks: ReadonlyMap<string, number>; behind: number[]; end: number };

function drawnUp(
  plan: ChartPlan,
  graph: Layered,
  cross: readonly number[],
  boxes: readonly Sized[],
  labels: readonly Label[],
  lies: boolean,
): Placed {
  const { knots } = graph;
  const widest = Math.max(
    ...knots.map(({ step }, i) => (cross[i] as number) + (step === undefined ? 0 : (boxes[step] as Sized).wide / 2)),
  );
  const backs = plan.lines.flatMap((_, line) => (graph.links.some((link) => link.line === line) ? [] : [line]));
  const channel = (line: number): number => widest + APART + backs.indexOf(line) * TRACK;
  const along = alongOf(plan, graph, cross, boxes, labels, backs, channel);
  const middle = (knot: number): number => {
    const layer = (knots[knot] as Layered['knots'][number]).layer;
    return ((along.starts[layer] as number) + (along.ends[layer] as number)) / 2;
  };
  const steps = plan.steps.map((_, step) => {
    const { long, wide, lines } = boxes[step] as Sized;
    return {
      step,
      along: middle(step) - Math.floor(long / 2),
      cross: (cross[step] as number) - wide / 2,
      long,
      wide,
      lines,
    };
  });
  const lines = plan.lines.map(({ from, to }, line): { line: number; points: [number, number][] } => {
    const [out, into] = [steps[from], steps[to]] as [(typeof steps)[number], (typeof steps)[number]];
    const points: [number, number][] = [[out.along + out.long, cross[from] as number]];
    if (backs.includes(line)) {
      const [down, up] = [along.tracks.get(`out ${from} ${knots[from]?.layer}`), along.tracks.get(`back ${line}`)] as [
        number,
        number,
      ];
      points.push([down, cross[from] as number], [down, channel(line)], [up, channel(line)], [up, cross[to] as number]);
    }
    for (const link of graph.links) {
      if (link.line !== line) continue;
      const [a, b] = [cross[link.from] as number, cross[link.to] as number];
      const track = along.tracks.get(`out ${link.from} ${knots[link.from]?.layer}`) as number;
      if (a !== b) points.push([track, a], [track, b]);
    }
    points.push([into.along, cross[to] as number]);
    return { line, points };
  });
  const texts = labels.map((label) => labelAt(label, along, graph, cross, lies));
  return turned(steps, lines, texts, along.end, lies);
}

function alongOf(
  plan: ChartPlan,
  { knots, links, layers }: Layered,
  cross: readonly number[],
  boxes: readonly Sized[],
  labels: readonly Label[],
  backs: readonly number[],
  channel: (line: number) => number,
): Along {
  type Bus = Run & { name: string };
  const buses = layers.map((): Map<string, Bus> => new Map());
  const first = new Map<string, Bus>();
  const bus = (layer: number, name: string): Bus => {
    const here = layer < 0 ? first : (buses[layer] as Map<string, Bus>);
    const known = here.get(name) ?? { name, lo: Number.POSITIVE_INFINITY, hi: Number.NEGATIVE_INFINITY, stubs: [] };
    here.set(name, known);
    return known;
  };
  const touch = (run: Bus, at: number, side: -1 | 1): void => {
    run.lo = Math.min(run.lo, at);
    run.hi = Math.max(run.hi, at);
    if (!run.stubs.some((stub) => stub.at === at && stub.side === side)) run.stubs.push({ at, side });
  };
  for (const { from, to } of links) {
    const layer = knots[from]?.layer ?? 0;
    const run = bus(layer, `out ${from} ${layer}`);
    touch(run, cross[from] as number, -1);
    touch(run, cross[to] as number, 1);
  }
  for (const line of backs) {
    const { from, to } = plan.lines[line] as ChartPlan['lines'][number];
    const [layer, above] = [knots[from]?.layer ?? 0, (knots[to]?.layer ?? 0) - 1];
    const away = bus(layer, `out ${from} ${layer}`);
    touch(away, cross[from] as number, -1);
    touch(away, channel(line), -1);
    const home = bus(above, `back ${line}`);
    touch(home, channel(line), 1);
    touch(home, cross[to] as number, 1);
  }
  const tracks = new Map<string, number>();
  const lay = (here: ReadonlyMap<string, Bus>, from: number): number => {
    const runs = [...here.values()];
    const found = tracksOf(runs);
    for (const [i, run] of runs.entries()) tracks.set(run.name, from + (found.tracks[i] as number) * TRACK);
    return found.count;
  };
  const [starts, ends, behind] = [[] as number[], [] as number[], [] as number[]];
  let at = 1;
  if (first.size > 0) at += BEHIND + (lay(first, at + BEHIND) - 1) * TRACK + BEFORE;
  for (const [layer, own] of layers.entries()) {
    const long = Math.max(
      0,
      ...own.map((knot) => knots[knot]?.step).map((step) => (step === undefined ? 0 : (boxes[step] as Sized).long)),
    );
    starts.push(at);
    at += long + (long % 2);
    ends.push(at);
    const here = buses[layer] as Map<string, Bus>;
    const longest = Math.max(0, ...labels.filter(({ gap }) => gap === layer).map((each) => each.long));
    if (here.size > 0) {
      const count = lay(here, at + BEHIND);
      at += BEHIND + (count - 1) * TRACK;
      behind.push(at);
      at += Math.max(BEFORE, longest > 0 ? longest + BESIDE + BEFORE - 4 : 0);
    } else behind.push(at);
  }
  return { starts, ends, tracks, behind, end: at };
}

/** Beside the line that enters the step, before the head of its arrow. */
function labelAt(
  { line, knot, gap, long, wide, lines }: Label,
  { behind }: Along,
  _graph: Layered,
  cross: readonly number[],
  lies: boolean,
) {
  const at = cross[knot] as number;
  return {
    line,
    along: (behind[gap] as number) + BESIDE,
    cross: lies ? at - BESIDE + 2 - wide : at + BESIDE,
    long,
    wide,
    lines,
  };
}

type Laid = { along: number; cross: number; long: number; wide: number; lines: readonly string[] };

/** From along and across to the page. */
function turned(
  steps: readonly (Laid & { step: number })[],
  lines: readonly { line: number; points: [number, number][] }[],
  labels: readonly (Laid & { line: number })[],
  end: number,
  lies: boolean,
): Placed {
  const crossOf = [...steps, ...labels].flatMap(({ cross, wide }) => [cross, cross + wide]);
  const points = lines.flatMap((line) => line.points.map(([, c]) => c));
  const least = Math.min(...crossOf, ...points) - 2;
  const most = Math.max(...crossOf, ...points) + 2;
  const box = ({ along, cross, long, wide }: Laid): Box =>
    lies
      ? { x: along, y: cross - least, width: long, height: wide }
      : { x: cross - least, y: along, width: wide, height: long };
  const words = new Map(
    labels.map((label): [number, PlacedText] => [label.line, { ...box(label), lines: label.lines }]),
  );
  const [width, height] = lies ? [end, most - least] : [most - least, end];
  return {
    width: width + 2,
    height: height + 2,
    head: 0,
    lanes: [],
    sides: [],
    steps: steps.map((step) => ({ step: step.step, ...box(step), lines: step.lines })),
    lines: lines.map(({ line, points: corners }): PlacedLine => {
      const label = words.get(line);
      const placed = corners.map(([a, c]): [number, number] => (lies ? [a, c - least] : [c - least, a]));
      return { line, points: placed, ...(label ? { label } : {}) };
    }),
    cells: [],
    rules: [],
  };
}
