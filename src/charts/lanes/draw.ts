// A chart that is laid out, as a drawing: boxes by the kind of a step (ISO 5807), lines with heads, the lanes behind them.
import { plainOf } from '../../core/language.js';
import { type SvgElement, svgElement } from '../../document/drawing.js';
import type { ChartLook } from '../../theme/chart-theme.js';
import {
  type Box,
  LEADING,
  type Placed,
  type PlacedLine,
  type PlacedStep,
  type PlacedText,
  TIP,
  TYPE,
} from './geometry.js';
import type { ChartPlan } from './plan.js';

/** A line of type stands so far below the middle of its line, in px. */
const BASELINE = 5.5;
/** Of a line within a lane, and of one that hands over to another. */
const STROKE = { within: 1.3, over: 2 };
const HEAD = { long: 9, half: 4.5 };

/** The drawing of a chart. `id`: of its root, ASCII; `says`: what it shows, in words. */
export function drawn(
  plan: ChartPlan,
  placed: Placed,
  look: ChartLook,
  named: { id: string; title: string; says: string },
): SvgElement {
  const { width, height, head } = placed;
  const ordered = [...placed.lines].sort((a, b) => weightOf(plan, a) - weightOf(plan, b));
  return svgElement(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      id: named.id,
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-labelledby': `${named.id}-title ${named.id}-desc`,
      'font-family': look.font,
      'font-size': TYPE,
      style: 'text-autospace: no-autospace; text-spacing-trim: space-all; font-kerning: none',
    },
    svgElement('title', { id: `${named.id}-title` }, plainOf(named.title)),
    svgElement('desc', { id: `${named.id}-desc` }, plainOf(named.says)),
    ...(head > 0 ? table(placed, look) : []),
    ...placed.cells.map((cell) => textIn(cell, look.ink)),
    ...ordered.map((line) => lineOf(plan, line, look)),
    ...placed.steps.map((step) => stepOf(plan, step, look)),
    ...placed.lines.flatMap(({ label }) => (label ? [labelOf(label, look)] : [])),
    ...(placed.total
      ? [svgElement('rect', { ...boxOf(placed.total), fill: look.head }), textIn(placed.total, look.ink, 700)]
      : []),
    ...(head > 0 ? [rule(frameOf(placed), look)] : []),
  );
}

const weightOf = ({ steps, lines }: ChartPlan, { line }: PlacedLine): number => {
  const { from, to } = lines[line] as ChartPlan['lines'][number];
  return steps[from]?.lane === steps[to]?.lane ? 0 : 1;
};

const boxOf = ({ x, y, width, height }: Box): Record<string, number> => ({ x, y, width, height });

const rule = (d: string, look: ChartLook, dash?: string): SvgElement =>
  svgElement('path', {
    fill: 'none',
    stroke: look.rule,
    'stroke-width': 1,
    ...(dash ? { 'stroke-dasharray': dash } : {}),
    d,
  });

const bottomOf = ({ total, height }: Placed): number => (total ? total.y : height - 1);

/** What stands behind the steps: the heads, and the lines between lanes and between rows. */
function table(placed: Placed, look: ChartLook): SvgElement[] {
  const { width, head, lanes, sides, rules } = placed;
  const bars = [...lanes, ...sides].map(({ x }) => x).filter((x) => x > 0);
  return [
    svgElement('rect', { x: 0.5, y: 0.5, width: width - 1, height: head, fill: look.head }),
    rule(rules.map((y) => `M0.5 ${y + 0.5}H${width - 0.5}`).join(''), look, '1 3'),
    rule(bars.map((x) => `M${x + 0.5} 0.5V${bottomOf(placed)}`).join(''), look),
    ...[...sides, ...lanes].map(({ x, width: wide, lines }) =>
      textIn({ x, y: 0, width: wide, height: head, lines }, look.ink, 700),
    ),
  ];
}

function frameOf(placed: Placed): string {
  const { width, height, head, total } = placed;
  const foot = total ? `M0.5 ${bottomOf(placed) + 0.5}H${width - 0.5}` : '';
  return `M0.5 0.5H${width - 0.5}V${height - 0.5}H0.5ZM0.5 ${head + 0.5}H${width - 0.5}${foot}`;
}

/** Lines of type in the middle of a box. */
function textIn({ x, y, width, height, lines }: PlacedText, fill: string, weight = 400): SvgElement {
  const first = y + height / 2 - ((lines.length - 1) * LEADING) / 2 + BASELINE;
  const middle = round(x + width / 2);
  return svgElement(
    'g',
    { 'text-anchor': 'middle', fill, ...(weight === 400 ? {} : { 'font-weight': weight }) },
    ...lines.map((line, i) => svgElement('text', { x: middle, y: round(first + i * LEADING) }, line)),
  );
}

const round = (n: number): number => Math.round(n * 10) / 10;

function labelOf(label: PlacedText, look: ChartLook): SvgElement {
  return svgElement('g', {}, svgElement('rect', { ...boxOf(label), fill: '#ffffff' }), textIn(label, look.line, 500));
}

function lineOf(plan: ChartPlan, { line, points }: PlacedLine, look: ChartLook): SvgElement {
  const over = weightOf(plan, { line, points }) === 1;
  const { from } = plan.lines[line] as ChartPlan['lines'][number];
  const [first, second] = points as [readonly [number, number], readonly [number, number]];
  const [last, before] = [points.at(-1), points.at(-2)] as [readonly [number, number], readonly [number, number]];
  // Begins below the edge of its step, whose shape may bend there; the head of the arrow ends at the edge.
  const shaped = plan.steps[from]?.kind === 'document' && first[0] === second[0] ? 6 : 0;
  const [dx, dy] = [Math.sign(last[0] - before[0]), Math.sign(last[1] - before[1])];
  const path = points.map(([x, y], i) => {
    const [px, py] =
      i === 0
        ? [x, y - shaped]
        : i === points.length - 1
          ? [x - dx * (HEAD.long - 2), y - dy * (HEAD.long - 2)]
          : [x, y];
    return `${i === 0 ? 'M' : 'L'}${px} ${py}`;
  });
  const [x, y] = last;
  const wing = (side: 1 | -1): string =>
    `${round(x - dx * HEAD.long + dy * side * HEAD.half)} ${round(y - dy * HEAD.long + dx * side * HEAD.half)}`;
  return svgElement(
    'g',
    {},
    svgElement('path', {
      fill: 'none',
      stroke: look.line,
      'stroke-width': over ? STROKE.over : STROKE.within,
      'stroke-linejoin': 'round',
      d: path.join(''),
    }),
    svgElement('path', { fill: look.line, d: `M${x} ${y}L${wing(1)}L${wing(-1)}Z` }),
  );
}

function stepOf({ steps }: ChartPlan, placed: PlacedStep, look: ChartLook): SvgElement {
  const { x, y, width, height } = placed;
  const { kind } = steps[placed.step] as ChartPlan['steps'][number];
  const frame = { stroke: look.line, 'stroke-width': 1.3 };
  const [right, bottom, middle] = [x + width, y + height, y + height / 2];
  const shape = ((): SvgElement[] => {
    switch (kind) {
      case 'start':
      case 'end':
        return [svgElement('rect', { ...boxOf(placed), rx: Math.min(height / 2, 18), fill: look.end, ...frame })];
      case 'decision':
        return [
          svgElement('path', {
            d: `M${x} ${middle}L${x + TIP} ${y}H${right - TIP}L${right} ${middle}L${right - TIP} ${bottom}H${x + TIP}Z`,
            fill: look.ask,
            stroke: look.askLine,
            'stroke-width': 1.6,
          }),
        ];
      case 'document':
        return [
          svgElement('path', {
            d: `M${x} ${y}H${right}V${bottom - 4}C${x + width * 0.7} ${bottom - 12} ${x + width * 0.3} ${bottom + 6} ${x} ${bottom - 4}Z`,
            fill: '#ffffff',
            ...frame,
          }),
        ];
      case 'subprocess':
        return [
          svgElement('rect', { ...boxOf(placed), fill: look.box, ...frame }),
          svgElement('path', { d: `M${x + 5} ${y}V${bottom}M${right - 5} ${y}V${bottom}`, fill: 'none', ...frame }),
        ];
      case 'fork':
      case 'join':
        return [
          svgElement('rect', { ...boxOf(placed), fill: '#ffffff' }),
          svgElement('path', {
            d: `M${x} ${y + 1}H${right}M${x} ${bottom - 1}H${right}`,
            fill: 'none',
            stroke: look.line,
            'stroke-width': 2.4,
          }),
        ];
      case 'from':
      case 'to':
        return [
          svgElement('rect', {
            ...boxOf(placed),
            rx: height / 2,
            fill: '#ffffff',
            ...frame,
            'stroke-dasharray': '4 3',
          }),
        ];
      default:
        return [svgElement('rect', { ...boxOf(placed), fill: look.box, ...frame })];
    }
  })();
  const text = kind === 'document' ? { ...placed, height: height - 6 } : placed;
  return svgElement('g', {}, ...shape, textIn(text, look.ink));
}
