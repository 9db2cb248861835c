// What must hold of a chart in lanes, told from where its parts were placed; and flows made up to test that with.
import * as fc from 'fast-check';
import { type Box, TYPE } from '../src/charts/lanes/geometry.js';
import type { Measure } from '../src/charts/lanes/measure.js';
import type { ChartSheet } from '../src/charts/lanes/pages.js';
import type { LaneWords } from '../src/charts/lanes/plan.js';
import type { Flow, FlowEdge, FlowNode } from '../src/content/procedure.js';
import type { Span } from '../src/core/source.js';

export const WORDS: LaneWords = {
  number: '步驟',
  actor: '權責單位',
  limit: '作業期限',
  forms: '使用表單',
  unconfirmed: '待確認',
  comma: '、',
  flow: '作業流程',
  fork: '同時辦理',
  join: '全部完成',
  to: (letter: string, steps: string) => `${letter} 至步驟 ${steps}`,
  from: (letter: string, steps: string) => `${letter} 自步驟 ${steps}`,
};

type Part = { x: number; y: number; z: number; w: number };
const partsOf = (points: readonly (readonly [number, number])[]): Part[] =>
  points.slice(1).map(([z, w], i) => {
    const [x, y] = points[i] as readonly [number, number];
    return { x: Math.min(x, z), y: Math.min(y, w), z: Math.max(x, z), w: Math.max(y, w) };
  });
/** Whether a part of a line runs through the inside of a box. */
const runsThrough = ({ x, y, z, w }: Part, box: Box): boolean =>
  z > box.x && x < box.x + box.width && w > box.y && y < box.y + box.height;
const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
/** How near two parallel lines may come that do not join, in px. */
const NEAREST = 4;

/** What is wrong with a chart that is laid out; nothing if it is as it should be. */
export function faultsIn({ plan, placed }: ChartSheet, measure: Measure): string[] {
  const { steps, lines, lanes, width, height } = placed;
  const faults: string[] = [];
  const numbers = [
    ...steps.flatMap((step) => [step.x, step.y, step.width, step.height]),
    ...lines.flatMap(({ points }) => points.flat()),
  ];
  if (!numbers.every(Number.isInteger)) faults.push('a place is no whole px');

  for (const step of steps) {
    const { lane, text } = plan.steps[step.step] as (typeof plan.steps)[number];
    const own = lanes.find((each) => each.lane === lane);
    if (!own || step.x < own.x || step.x + step.width > own.x + own.width)
      faults.push(`${text} stands outside its lane`);
    if (steps.some((other) => other.step > step.step && overlap(step, other))) faults.push(`${text} stands on another`);
    if (step.y < placed.head || step.y + step.height > height) faults.push(`${text} stands outside the chart`);
    for (const line of step.lines)
      if ([...line].length > 1 && measure.width(line, TYPE) > step.width) faults.push(`${line} is wider than its box`);
  }

  const laid = lines.map(({ line, points, label }) => ({
    ...(plan.lines[line] as (typeof plan.lines)[number]),
    points,
    placedLabel: label,
    parts: partsOf(points),
  }));
  for (const [i, one] of laid.entries()) {
    const name = `${one.from + 1} → ${one.to + 1}`;
    const [from, to] = [steps[one.from], steps[one.to]] as [Box, Box];
    for (const { x, y, z, w } of one.parts) if (x !== z && y !== w) faults.push(`${name} is slanted`);
    if (!isMiddle(one.points[0], from)) faults.push(`${name} does not leave from the middle of a side`);
    if (!isMiddle(one.points.at(-1), to)) faults.push(`${name} does not enter in the middle of a side`);
    for (const step of steps)
      if (one.parts.some((part) => runsThrough(part, step))) faults.push(`${name} runs through ${step.step + 1}`);
    for (const [j, other] of laid.entries()) {
      const joins = one.from === other.from || one.to === other.to;
      if (j > i && !joins && one.parts.some((a) => other.parts.some((b) => areClose(a, b))))
        faults.push(`${name} shares a part with ${other.from + 1} → ${other.to + 1}`);
    }
    const label = one.placedLabel;
    if (!label) {
      if (one.label) faults.push(`${name} lost its word`);
      continue;
    }
    if (label.x < 0 || label.x + label.width > width) faults.push(`the word of ${name} stands outside the chart`);
    if (steps.some((step) => overlap(label, step))) faults.push(`the word of ${name} stands on a step`);
    for (const [j, other] of laid.entries()) {
      if (j > i && other.placedLabel && overlap(label, other.placedLabel))
        faults.push(`the word of ${name} stands on another`);
      if (other.parts.some((part) => runsThrough(part, label)))
        faults.push(`${other.from + 1} → ${other.to + 1} strikes the word of ${name}`);
    }
  }
  return faults;
}

function isMiddle(point: readonly [number, number] | undefined, { x, y, width, height }: Box): boolean {
  if (!point) return false;
  const [px, py] = point;
  const [middle, half] = [x + width / 2, y + height / 2];
  return (px === middle && (py === y || py === y + height)) || (py === half && (px === x || px === x + width));
}

function areClose(a: Part, b: Part): boolean {
  const upright = a.x === a.z && b.x === b.z && Math.abs(a.x - b.x) < NEAREST && a.y < b.w && b.y < a.w;
  const level = a.y === a.w && b.y === b.w && Math.abs(a.y - b.y) < NEAREST && a.x < b.z && b.x < a.z;
  return upright || level;
}

/** How often the lines of a chart cross, each place once. */
export function crossingsIn({ placed }: ChartSheet): number {
  const places = new Set<string>();
  const parts = placed.lines.map(({ points }) => partsOf(points));
  for (const [i, one] of parts.entries())
    for (const other of parts.slice(i + 1))
      for (const a of one)
        for (const b of other) {
          const [upright, level] = a.x === a.z ? [a, b] : [b, a];
          if (level.y !== level.w || upright.x !== upright.z) continue;
          if (upright.x > level.x && upright.x < level.z && level.y > upright.y && level.y < upright.w)
            places.add(`${upright.x} ${level.y}`);
        }
  return places.size;
}

// -------------------------------------------------------------------------------------------------- flows made up

const NOWHERE: Span = { source: { path: '', text: '' }, start: 0, end: 0 };
type Made = { kind: FlowNode['kind']; text: string; lane: number; limit: boolean };
const TEXTS = [
  '核定',
  '審查申請事由及證明文件',
  '通知限期補正',
  '製作執行經過報告書',
  'Review',
  '停止執行並撤銷或更正執行行為',
  '移送機關同意並已提供擔保？',
];
const LABELS = ['是', '否', '有理由', '無理由', '實體爭議事項', '不合法且不能補正'];

const made = (lanes: number): fc.Arbitrary<Made> =>
  fc.record({
    kind: fc.constantFrom<FlowNode['kind']>('step', 'step', 'step', 'decision', 'document', 'subprocess'),
    text: fc.constantFrom(...TEXTS),
    lane: fc.nat(lanes - 1),
    limit: fc.boolean(),
  });

/** Flows of up to so many steps and lanes, with decisions of two to four ways, loops, and parallel parts. */
export const flows = (steps: number, lanes: number): fc.Arbitrary<Flow> =>
  fc
    .nat(lanes - 1)
    .chain((most) =>
      fc
        .tuple(
          fc.array(made(most + 1), { minLength: 2, maxLength: steps, size: 'max' }),
          fc.array(fc.nat(), { minLength: 4 * steps, maxLength: 4 * steps, size: 'max' }),
          fc.boolean(),
        )
        .map(([written, chance, parallel]) => flowFrom(written, chance, parallel)),
    );

function flowFrom(written: readonly Made[], chance: readonly number[], parallel: boolean): Flow {
  const last = written.length - 1;
  const bars = parallel && last >= 6;
  const kindOf = (i: number): FlowNode['kind'] => {
    if (i === 0) return 'start';
    if (i === last) return 'end';
    if (bars && i === 1) return 'fork';
    return bars && i === 5 ? 'join' : (written[i] as Made).kind;
  };
  const nodes = written.map(({ text, lane, limit }, i): FlowNode => {
    const kind = kindOf(i);
    const isBar = kind === 'fork' || kind === 'join';
    return {
      id: `n${i + 1}`,
      kind,
      text: isBar ? '' : text,
      ...(isBar ? {} : { number: i + 1 }),
      actors: isBar
        ? []
        : [{ written: `第${lane + 1}科`, at: { self: NOWHERE } } as unknown as FlowNode['actors'][number]],
      limitOpen: false,
      ...(limit && !isBar ? { limit: { most: 3, unit: 'day', printed: '3 日' } as const } : {}),
      step: { at: { self: NOWHERE }, unread: [] } as unknown as FlowNode['step'],
      span: NOWHERE,
    };
  });
  const edges: FlowEdge[] = [];
  const link = (from: number, to: number, label?: string): void => {
    edges.push({ from: `n${from + 1}`, to: `n${to + 1}`, ...(label ? { label } : {}), span: NOWHERE });
  };
  for (let i = 0; i < last; i += 1) {
    if (bars && i === 1) {
      link(1, 2);
      link(1, 3);
      link(1, 4);
    } else if (bars && i >= 2 && i <= 4) link(i, 5);
    else if (nodes[i]?.kind === 'decision') {
      const ways = 2 + ((chance[4 * i] ?? 0) % 3);
      const reach = (way: number): number => (chance[4 * i + way] ?? 0) % (last + 1);
      link(i, i + 1, LABELS[(chance[4 * i] ?? 0) % LABELS.length]);
      for (let way = 1; way < ways; way += 1) {
        const to = reach(way);
        link(i, to === i ? last : to, LABELS[reach(way) % LABELS.length]);
      }
    } else link(i, i + 1);
  }
  const out = new Map<string, FlowEdge[]>();
  for (const edge of edges) out.set(edge.from, [...(out.get(edge.from) ?? []), edge]);
  return { nodes, edges, out, faults: [], start: nodes[0] as FlowNode };
}
