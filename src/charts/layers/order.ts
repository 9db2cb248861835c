// A chart in layers: how far from its beginning each step stands, and in which order those of a layer stand side by side.

/** A step, or (without one) a place where a line passes a layer. `layer` counts from the beginning. */
export type Knot = { layer: number; step: number | undefined };
/** From a knot to one in the next layer; `line`: of which line it is a part. */
export type Link = { from: number; to: number; line: number };
/** `layers`: knots by layer in their order. Lines that lead back have no links. */
export type Layered = { knots: readonly Knot[]; links: readonly Link[]; layers: readonly (readonly number[])[] };

type Line = { from: number; to: number };

/** The lines that lead back to a step that leads to them. */
function leadingBack(count: number, lines: readonly Line[]): Set<number> {
  const back = new Set<number>();
  const state = new Array<0 | 1 | 2>(count).fill(0);
  const visit = (step: number): void => {
    state[step] = 1;
    for (const [i, { from, to }] of lines.entries()) {
      if (from !== step) continue;
      if (state[to] === 1) back.add(i);
      else if (state[to] === 0) visit(to);
    }
    state[step] = 2;
  };
  for (let step = 0; step < count; step += 1) if (state[step] === 0) visit(step);
  return back;
}

/** Each step as far from the beginning as the longest way to it. */
function layersOf(count: number, lines: readonly Line[], back: ReadonlySet<number>): number[] {
  const layer = new Array<number>(count).fill(0);
  for (let round = 0, changed = true; changed && round <= count; round += 1) {
    changed = false;
    for (const [i, { from, to }] of lines.entries()) {
      const least = (layer[from] as number) + 1;
      if (back.has(i) || (layer[to] as number) >= least) continue;
      layer[to] = least;
      changed = true;
    }
  }
  return layer;
}

/** The steps in layers, with as few crossings as sorting by neighbours and exchanging neighbours reach. */
export function layered(count: number, lines: readonly Line[]): Layered {
  const back = leadingBack(count, lines);
  const layer = layersOf(count, lines, back);
  const knots: Knot[] = layer.map((each, step) => ({ layer: each, step }));
  const links: Link[] = [];
  for (const [line, { from, to }] of lines.entries()) {
    if (back.has(line)) continue;
    let last = from;
    for (let at = (layer[from] as number) + 1; at < (layer[to] as number); at += 1) {
      const knot = knots.push({ layer: at, step: undefined }) - 1;
      links.push({ from: last, to: knot, line });
      last = knot;
    }
    links.push({ from: last, to, line });
  }
  const layers: number[][] = Array.from({ length: Math.max(0, ...layer) + 1 }, () => []);
  for (const [i, each] of knots.entries()) (layers[each.layer] as number[]).push(i);
  return { knots, links, layers: inOrder(layers, links) };
}

/** How often links between two neighbouring layers cross. */
function crossingsOf(layers: readonly (readonly number[])[], links: readonly Link[]): number {
  const place = new Map(layers.flatMap((layer) => layer.map((knot, i) => [knot, i] as const)));
  const layerOf = new Map(layers.flatMap((layer, at) => layer.map((knot) => [knot, at] as const)));
  const at = (knot: number): number => place.get(knot) ?? 0;
  let crossings = 0;
  for (const [i, one] of links.entries())
    for (const other of links.slice(i + 1)) {
      if (layerOf.get(one.from) !== layerOf.get(other.from)) continue;
      if ((at(one.from) - at(other.from)) * (at(one.to) - at(other.to)) < 0) crossings += 1;
    }
  return crossings;
}

function inOrder(start: readonly (readonly number[])[], links: readonly Link[]): readonly (readonly number[])[] {
  let best = start;
  let least = crossingsOf(start, links);
  let layers = start;
  for (let round = 0; round < 8 && least > 0; round += 1) {
    const down = round % 2 === 0;
    const sorted = layers.map((layer) => [...layer]);
    for (let i = 1; i < sorted.length; i += 1) {
      const at = down ? i : sorted.length - 1 - i;
      const beside = sorted[down ? at - 1 : at + 1] as number[];
      const middle = (knot: number): number => {
        const near = links.flatMap(({ from, to }) =>
          down && to === knot ? [from] : !down && from === knot ? [to] : [],
        );
        if (near.length === 0) return (sorted[at] as number[]).indexOf(knot);
        return near.reduce((sum, each) => sum + beside.indexOf(each), 0) / near.length;
      };
      const keys = new Map((sorted[at] as number[]).map((knot) => [knot, middle(knot)]));
      (sorted[at] as number[]).sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
    }
    layers = sorted;
    const crossings = crossingsOf(layers, links);
    if (crossings < least) [best, least] = [layers, crossings];
  }
  return exchanged(best, links, least);
}

function exchanged(
  start: readonly (readonly number[])[],
  links: readonly Link[],
  crossings: number,
): readonly (readonly number[])[] {
  const layers = start.map((layer) => [...layer]);
  let least = crossings;
  for (let round = 0, changed = true; changed && round < 8; round += 1) {
    changed = false;
    for (const layer of layers)
      for (let i = 0; i + 1 < layer.length; i += 1) {
        const [a, b] = [layer[i] as number, layer[i + 1] as number];
        [layer[i], layer[i + 1]] = [b, a];
        const found = crossingsOf(layers, links);
        if (found < least) [least, changed] = [found, true];
        else [layer[i], layer[i + 1]] = [a, b];
      }
  }
  return layers;
}

/**
 * Where the knots of each layer stand across it: each as near to what it is linked with as its neighbours allow. `apart`:
 * how far the middles of two neighbours stand apart at least. Whole numbers from 0.
 */
export function across({ knots, links, layers }: Layered, apart: (one: number, other: number) => number): number[] {
  const at = knots.map(() => 0);
  for (const layer of layers) {
    let x = 0;
    for (const [i, knot] of layer.entries()) {
      if (i > 0) x += apart(layer[i - 1] as number, knot);
      at[knot] = x;
    }
  }
  // The last rounds go down: what only one line leads to stands straight below.
  for (let round = 0; round < 24; round += 1) {
    const down = round % 2 === 0 || round > 20;
    for (const layer of down ? layers : layers.toReversed()) {
      const wishes = layer.map((knot) => {
        const near = links.flatMap(({ from, to }) =>
          to === knot && down ? [from] : from === knot && !down ? [to] : [],
        );
        const isPassing = knots[knot]?.step === undefined;
        if (near.length === 0) return { wish: at[knot] as number, weight: 0.1 };
        const sorted = near.map((each) => at[each] as number).sort((a, b) => a - b);
        const wish = ((sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number)) / 2;
        return { wish, weight: isPassing ? 4 : 1 };
      });
      for (const [i, x] of nearest(layer, wishes, apart).entries()) at[layer[i] as number] = x;
    }
  }
  const least = Math.min(...at);
  return at.map((x) => Math.round(x - least));
}

/** The places nearest to what is wished, in order and far enough apart: neighbours that would collide become one group. */
function nearest(
  layer: readonly number[],
  wishes: readonly { wish: number; weight: number }[],
  apart: (one: number, other: number) => number,
): number[] {
  type Group = { at: number; weight: number; sum: number; offsets: number[] };
  const groups: Group[] = [];
  for (const [i, { wish, weight }] of wishes.entries()) {
    let group: Group = { at: wish, weight, sum: wish * weight, offsets: [0] };
    for (;;) {
      const before = groups.at(-1);
      if (!before) break;
      const last = before.offsets.at(-1) as number;
      const first = i - group.offsets.length + 1;
      const gap = apart(layer[first - 1] as number, layer[first] as number);
      if (before.at + last + gap <= group.at) break;
      groups.pop();
      const shift = last + gap;
      const sum = before.sum + group.sum - shift * group.weight;
      const all = before.weight + group.weight;
      group = {
        at: sum / all,
        weight: all,
        sum,
        offsets: [...before.offsets, ...group.offsets.map((offset) => offset + shift)],
      };
    }
    groups.push(group);
  }
  return groups.flatMap(({ at, offsets }) => offsets.map((offset) => at + offset));
}
