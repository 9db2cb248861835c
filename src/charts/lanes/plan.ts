// A procedure as a chart in lanes: whose lane each step lies in, and which way out of a decision goes on.
import { type Flow, type FlowNode, roleText } from '../../content/procedure.js';
import { plainOf } from '../../core/language.js';

/** `from` and `to` are the round marks where lines go on from or to another page. */
export type ChartStep = {
  id: string;
  kind: FlowNode['kind'] | 'from' | 'to';
  /** What stands in the box; nothing in the mark of a join. */
  text: string;
  number?: number;
  lane: number;
  /** Who does it, where that stands beside the chart. */
  actor: string;
  limit: string;
  forms: string;
};

/** Between steps by their places in the list. `ahead`: the way that goes on, else one that goes aside. */
export type ChartLine = { from: number; to: number; ahead: boolean; label?: string };
type Written = ChartLine & { written: string };

/** Steps from top to bottom, one a row. */
export type ChartPlan = {
  lanes: readonly string[];
  /** The lane of who applies stands first. */
  first: number;
  steps: readonly ChartStep[];
  lines: readonly ChartLine[];
};

/** Printed words of a chart: the heads of its columns first. */
export type LaneWords = {
  number: string;
  actor: string;
  flow: string;
  limit: string;
  forms: string;
  unconfirmed: string;
  comma: string;
  /** In the bars of a parallel part: where it begins, and where all of it has to be done. */
  fork: string;
  join: string;
  /** In the mark of a line that goes on to another sheet, and of one that comes from there: its letter, and numbers of steps. */
  to: (letter: string, steps: string) => string;
  from: (letter: string, steps: string) => string;
};

/**
 * What a chart is told beside the flow: the same flow as it was written, by whose words a yes is known and who applies;
 * the forms of a step in words. `columns`: all steps in one lane, who acts beside them.
 */
export type Asked = {
  written: Flow;
  clients: readonly string[];
  formsOf: (node: FlowNode) => string;
  columns?: boolean;
};

export function planOf(flow: Flow, words: LaneWords, { written, clients, formsOf, columns = false }: Asked): ChartPlan {
  const lanes: string[] = [];
  const laneOf = (name: string): number => {
    const at = lanes.indexOf(name);
    return at === -1 ? lanes.push(name) - 1 : at;
  };
  const named = flow.nodes.map(({ actors }) => actors.map(roleText).filter(Boolean));
  const unnamed = named.every((names) => names.length === 0) ? words.flow : words.unconfirmed;
  const steps: ChartStep[] = [];
  for (const [i, node] of flow.nodes.entries()) {
    const names = named[i] as string[];
    const isBar = node.kind === 'fork' || node.kind === 'join';
    // A bar lies with the step before it, of whoever that is.
    const lane = columns
      ? laneOf(words.flow)
      : isBar && names.length === 0
        ? (steps[i - 1]?.lane ?? laneOf(unnamed))
        : laneOf(names[0] ?? unnamed);
    steps.push({
      id: node.id,
      kind: node.kind,
      text: isBar
        ? words[node.kind as 'fork' | 'join']
        : names.length > 1 && !columns
          ? `${node.text}〔${names.join(words.comma)}〕`
          : node.text,
      ...(node.number === undefined ? {} : { number: node.number }),
      lane,
      actor: columns ? names.join(words.comma) : '',
      limit: node.limit?.printed ?? (node.limitOpen ? words.unconfirmed : ''),
      forms: formsOf(node),
    });
  }
  const row = new Map(steps.map(({ id }, i) => [id, i]));
  const lines = new Map<string, Written>();
  for (const [i, { from, to, label }] of flow.edges.entries()) {
    const [start, end] = [row.get(from), row.get(to)];
    if (start === undefined || end === undefined) continue;
    const known = lines.get(`${from} ${to}`);
    const said = [known?.label, label].filter(Boolean).join(words.comma);
    // Several ways to one step are one line.
    lines.set(`${from} ${to}`, {
      from: start,
      to: end,
      ahead: true,
      written: known?.written ?? written.edges[i]?.label ?? '',
      ...(said ? { label: said } : {}),
    });
  }
  const isClient = ({ actors: [who] }: FlowNode): boolean => who !== undefined && clients.includes(roleText(who));
  const applies = written.nodes.findIndex(isClient);
  const begins = flow.nodes.findIndex(({ id }) => id === flow.start?.id);
  const first = steps[applies === -1 ? begins : applies]?.lane ?? 0;
  return { lanes, first, steps, lines: goingAhead(steps, [...lines.values()]) };
}

/** A label that says no: 否, 無理由, 不符, 未繳足, 全部拒絕, 可補正. */
const NO = /^(否|無|不|未|非|尚未|沒|逾|缺|no$|no[nt]? )|拒絕|駁回|退[回件還案]|補正|移轉|限制|不得/iu;

/** Out of each decision one line goes ahead: the only one that does not say no, else the one to the next step. */
function goingAhead(steps: readonly ChartStep[], lines: readonly Written[]): ChartLine[] {
  const out = new Map<number, Written[]>();
  for (const line of lines) out.set(line.from, [...(out.get(line.from) ?? []), line]);
  const ahead = new Set<Written>();
  for (const [from, ways] of out) {
    if (steps[from]?.kind !== 'decision') {
      for (const way of ways) ahead.add(way);
      continue;
    }
    const yes = ways.filter(({ written }) => !NO.test(plainOf(written)));
    const below = ways.find(({ to }) => to === from + 1);
    const later = ways.find(({ to }) => to > from);
    const [chosen] = [...(yes.length === 1 ? yes : []), below, later, ways[0]].filter(Boolean);
    if (chosen) ahead.add(chosen);
  }
  return lines.map(({ written: _, ...line }, i) => ({ ...line, ahead: ahead.has(lines[i] as Written) }));
}
