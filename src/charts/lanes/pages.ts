// A chart too tall for its sheet goes on to further ones: it is parted between rows, and what leads across has a mark with
// a letter on either side. No line is cut.
import { type Arranged, arranged } from './arrange.js';
import { type Alike, LEADING, type Placed } from './geometry.js';
import type { Measure } from './measure.js';
import { placed } from './place.js';
import type { ChartLine, ChartPlan, ChartStep, LaneWords } from './plan.js';
import { routed } from './route.js';

/** One sheet of a chart: what it shows, and where. */
export type ChartSheet = { plan: ChartPlan; placed: Placed };

type Room = { width: number; height: number; columns: number };

/** About how high a mark is with the gap below it, in px. */
const MARK = LEADING + 12 + 20;

/**
 * The chart on as few sheets as can be, each at most `height` px high; undefined where it is too wide, or where not even a step
 * with its marks fits a sheet.
 */
export function sheetsOf(
  plan: ChartPlan,
  words: LaneWords,
  measure: Measure,
  { width, height, columns }: Room,
  total?: string,
): ChartSheet[] | undefined {
  const whole = arranged(plan, columns);
  const one = placed(plan, whole, { width, words, measure, total });
  if (!one.fits) return undefined;
  if (one.placed.height <= height) return [{ plan, placed: one.placed }];
  for (let less = 0; less < height / 2; ) {
    const breaks = breaksOf(plan, one.placed, height - less);
    if (!breaks) return undefined;
    const sheets = parted(plan, whole, one.alike, breaks, words, measure, width, total);
    if (!sheets) return undefined;
    const over = Math.max(...sheets.map((sheet) => sheet.placed.height - height));
    if (over <= 0) return sheets;
    less += Math.max(over, 8);
  }
  return undefined;
}

/** The steps at which sheets begin: as few sheets as can be, then as few marks, then as even as can be. */
function breaksOf({ steps, lines }: ChartPlan, whole: Placed, height: number): number[] | undefined {
  const edges = [whole.head, ...whole.rules, whole.height];
  const room = height - whole.head;
  type Way = { starts: number[]; cost: number };
  const ways: (Way | undefined)[] = [{ starts: [], cost: 0 }];
  for (let end = 1; end <= steps.length; end += 1) {
    for (let start = end - 1; start >= 0; start -= 1) {
      const before = ways[start];
      if (!before) continue;
      const inside = (i: number): boolean => i >= start && i < end;
      const out = new Set(lines.filter(({ from, to }) => inside(from) && !inside(to)).map(({ to }) => to)).size;
      const into = new Set(lines.filter(({ from, to }) => !inside(from) && inside(to)).map(({ to }) => to)).size;
      const tall = (edges[end] as number) - (edges[start] as number) + (out + into) * MARK;
      if (tall > room) {
        if (start < end - 1) break;
        continue;
      }
      const cost = before.cost + 1000 + (out + into) * 10 + (tall / room) ** 2;
      const best = ways[end];
      if (!best || cost < best.cost) ways[end] = { starts: [...before.starts, start], cost };
    }
  }
  return ways[steps.length]?.starts;
}

function parted(
  plan: ChartPlan,
  whole: Arranged,
  { wanted, narrowest, sides }: Alike,
  starts: readonly number[],
  words: LaneWords,
  measure: Measure,
  width: number,
  total: string | undefined,
): ChartSheet[] | undefined {
  const letters = lettersOf(plan, starts);
  const parts = starts.map((start, i) => {
    const end = starts[i + 1] ?? plan.steps.length;
    const { plan: part, columns } = partOf(plan, whole, start, end, letters, words);
    const found = routed({
      columns,
      count: whole.lanes.length,
      decides: part.steps.map(({ kind }) => kind === 'decision'),
      lines: part.lines,
    });
    return { plan: part, arranged: { ...whole, columns, routed: found as NonNullable<typeof found> } };
  });
  const last = parts.length - 1;
  const asked = (i: number) => ({ width, words, measure, total: i === last ? total : undefined });
  // Each by itself first; then all as wide as the one that needs most.
  const free = { wanted, narrowest, sides, least: [], widest: Number.POSITIVE_INFINITY };
  const alone = parts.map((part, i) => placed(part.plan, part.arranged, { ...asked(i), alike: free }));
  const apart = whole.lanes.map((_, column) => Math.max(...alone.map(({ alike }) => alike.least[column] ?? 0)));
  const widest = Math.min(...alone.map(({ alike }) => alike.widest));
  const together = parts.map((part, i) =>
    placed(part.plan, part.arranged, { ...asked(i), alike: { wanted, narrowest, sides, least: apart, widest } }),
  );
  const sheets = together.every(({ fits }) => fits) ? together : alone;
  if (!sheets.every(({ fits }) => fits)) return undefined;
  return sheets.map((sheet, i) => ({ plan: (parts[i] as (typeof parts)[number]).plan, placed: sheet.placed }));
}

/** Ⓐ, Ⓑ … for the steps that are reached from another sheet, in their order. */
function lettersOf({ lines }: ChartPlan, starts: readonly number[]): Map<number, string> {
  const sheet = (step: number): number => starts.filter((start) => start <= step).length;
  const targets = [...new Set(lines.filter(({ from, to }) => sheet(from) !== sheet(to)).map(({ to }) => to))].sort(
    (a, b) => a - b,
  );
  return new Map(targets.map((to, i) => [to, i < 26 ? String.fromCodePoint(0x24b6 + i) : `(${i + 1})`]));
}

/** The steps from `start` to before `end`, with the marks of what leads there and away. */
function partOf(
  { lanes, first, steps, lines }: ChartPlan,
  { columns }: Arranged,
  start: number,
  end: number,
  letters: ReadonlyMap<number, string>,
  words: LaneWords,
): { plan: ChartPlan; columns: number[] } {
  const inside = (i: number): boolean => i >= start && i < end;
  const numbersOf = (some: readonly number[]): string =>
    [
      ...new Set(
        some.map((i) => steps[i]?.number ?? steps.slice(0, i).findLast(({ number }) => number !== undefined)?.number),
      ),
    ]
      .sort((a = 0, b = 0) => a - b)
      .join(words.comma);
  const mark = (kind: 'from' | 'to', target: number, others: readonly number[]): ChartStep => ({
    id: `${kind}-${target}`,
    kind,
    text: words[kind](letters.get(target) ?? '', numbersOf(others)),
    lane: (steps[target] as ChartStep).lane,
    actor: '',
    limit: '',
    forms: '',
  });
  const into = [...letters.keys()].filter(
    (to) => inside(to) && lines.some((line) => line.to === to && !inside(line.from)),
  );
  const away = [...letters.keys()].filter(
    (to) => !inside(to) && lines.some((line) => line.to === to && inside(line.from)),
  );
  const shown = [
    ...into.map((to) =>
      mark(
        'from',
        to,
        lines.filter((line) => line.to === to && !inside(line.from)).map(({ from }) => from),
      ),
    ),
    ...steps.slice(start, end),
    ...away.map((to) => mark('to', to, [to])),
  ];
  const at = (step: number): number =>
    inside(step) ? into.length + step - start : into.length + end - start + away.indexOf(step);
  const kept = lines.flatMap((line): ChartLine[] => {
    if (!inside(line.from)) return [];
    return [{ ...line, from: at(line.from), to: at(line.to) }];
  });
  const entering = into.map((to, i): ChartLine => ({ from: i, to: at(to), ahead: true }));
  return {
    plan: { lanes, first, steps: shown, lines: [...kept, ...entering] },
    columns: [
      ...into.map((to) => columns[to] as number),
      ...columns.slice(start, end),
      ...away.map((to) => columns[to] as number),
    ],
  };
}
