// A written procedure becomes a graph: nodes, labelled edges, and questions about it.

import { plainOf } from '../core/language.js';
import { nearest } from '../core/nearest.js';
import type { Say, Span } from '../core/source.js';
import { MOST_STEPS } from './bounds.js';
import type { Handbook } from './schema/model.js';
import { isAtHand } from './schema/model.js';
import type { Duration, Role, Step, StepKind } from './schema/procedure.js';
import { STEP_KINDS } from './schema/procedure.js';
import { isUnconfirmed, known } from './schema/schema.js';
import type { Service } from './schema/service.js';

/** `fork` and `join` are the two bars of a parallel part; every other node is a written step. */
export type FlowNode = {
  /** `n1`, `n2` … in the order of writing. */
  id: string;
  kind: StepKind | 'fork' | 'join';
  text: string;
  /** 1-based number in the step table; bars have none. */
  number?: number;
  actors: readonly Role[];
  limit?: Duration;
  /** The time limit is written as 待確認. */
  limitOpen: boolean;
  step: Step;
  span: Span;
};
export type FlowEdge = { from: string; to: string; label?: string; span: Span };
export type FlowFault = { rule: 'unknown-reference' | 'step-text'; span: Span; message: Say; hint?: Say };
export type Flow = {
  nodes: readonly FlowNode[];
  edges: readonly FlowEdge[];
  /** The edges by the node they leave. */
  out: ReadonlyMap<string, readonly FlowEdge[]>;
  /** Where the procedure begins: the written start, else the first step. */
  start?: FlowNode;
  faults: readonly FlowFault[];
};

/** A drawn or drawable procedure of the book: a service's, or a chart of `handbook.yaml`. `mermaid`: the author drew it. */
export type Procedure = {
  id: string;
  name: string;
  flow: Flow;
  mermaid?: string;
  at: Span;
  /** Whose it is; the charts of the book are nobody's. */
  service?: Service;
};

/** The flow of each service that has one. */
export const flowsOf = (procedures: readonly Procedure[]): Map<Service, Flow> =>
  new Map(procedures.flatMap(({ service, flow }) => (service ? [[service, flow] as const] : [])));

/** Every procedure of the files at hand, services first, in the order of reading. Services without one are left out. */
export function proceduresOf(handbook: Handbook): Procedure[] {
  const all: Procedure[] = [];
  const add = (
    owner: { procedure?: unknown; mermaid?: string; at: { self: Span; [field: string]: Span } },
    id: string,
    name: string,
    service?: Service,
  ): void => {
    const steps = known(owner.procedure) as readonly Step[] | undefined;
    if (!steps?.length && owner.mermaid === undefined) return;
    all.push({
      id,
      name,
      flow: flowOf(steps ?? []),
      ...(owner.mermaid === undefined ? {} : { mermaid: owner.mermaid }),
      at: owner.at.procedure ?? owner.at.mermaid ?? owner.at.self,
      ...(service ? { service } : {}),
    });
  };
  for (const service of handbook.services) add(service, service.id, service.name, service);
  if (isAtHand(handbook, handbook.book))
    for (const chart of known(handbook.book.charts) ?? []) add(chart, chart.id ?? '', chart.name ?? '');
  return all;
}

/** Builds the graph of a procedure. Never throws: what cannot be resolved is a fault and leaves no edge. */
export function flowOf(procedure: readonly Step[]): Flow {
  const written = nodesOf(procedure);
  const { nodes } = written;
  const { edges, faults } = edgesOf(procedure, written);
  callEndAndStart(procedure, written, edges);
  const start = nodes.find((node) => node.kind === 'start') ?? nodes[0];
  const out = new Map<string, FlowEdge[]>();
  for (const edge of edges) {
    const others = out.get(edge.from);
    if (others) others.push(edge);
    else out.set(edge.from, [edge]);
  }
  return { nodes, edges, out, faults: [...written.faults, ...faults], ...(start ? { start } : {}) };
}

/** The nodes of a procedure before they are linked: where each step is entered, and where a parallel part is joined. */
type Nodes = {
  nodes: FlowNode[];
  entries: Map<Step, FlowNode>;
  joins: Map<Step, FlowNode>;
  /** By the id of its step, and by its text: the first of several. */
  byName: Map<string, FlowNode>;
  byText: Map<string, FlowNode>;
  faults: FlowFault[];
};

function nodesOf(procedure: readonly Step[]): Nodes {
  const all: Nodes = {
    nodes: [],
    entries: new Map(),
    joins: new Map(),
    byName: new Map(),
    byText: new Map(),
    faults: [],
  };
  const { nodes, entries, joins, byName, byText, faults } = all;
  let number = 0;

  const add = (kind: FlowNode['kind'], text: string, step: Step): FlowNode => {
    const node: FlowNode = {
      id: `n${nodes.length + 1}`,
      kind,
      text,
      actors: known(step.actor) ?? [],
      limitOpen: isUnconfirmed(step.limit),
      step,
      span: step.at[kind] ?? step.at.self,
    };
    const limit = known(step.limit);
    if (limit) node.limit = limit;
    if (kind !== 'fork' && kind !== 'join') node.number = ++number;
    nodes.push(node);
    return node;
  };

  const enter = (steps: readonly Step[]): void => {
    for (const step of steps) {
      // What is cut off is told by far-too-many-steps.
      if (nodes.length >= MOST_STEPS) return;
      const ways = known(step.parallel);
      const kinds = STEP_KINDS.filter((kind) => step[kind] !== undefined);
      const kind = kinds[0];
      if (ways && kinds.length === 0) {
        entries.set(step, add('fork', '', step));
        for (const way of ways) enter(way);
        joins.set(step, add('join', '', step));
        continue;
      }
      if (kinds.length !== 1 && step.unread.length === 0) faults.push(notOneText(step, kinds));
      if (kind === undefined) continue;
      const node = add(kind, step[kind] ?? '', step);
      entries.set(step, node);
      if (step.id) byName.set(step.id, node);
      if (!byText.has(node.text)) byText.set(node.text, node);
      for (const branch of known(step.branches) ?? []) enter(known(branch.value.steps) ?? []);
    }
  };
  enter(procedure);
  return all;
}

const notOneText = (step: Step, kinds: readonly StepKind[]): FlowFault => ({
  rule: 'step-text',
  span: step.at.self,
  message:
    kinds.length > 0
      ? {
          zh: `一個步驟同時寫了${kinds.length}種內容，只能有一種。`,
          en: `A step has ${kinds.length} texts (${kinds.join(', ')}); it may have one.`,
        }
      : { zh: '這個步驟沒有內容。', en: 'This step has no text.' },
  hint: {
    zh: '每個步驟寫「開始」「步驟」「判斷」「文件」「子程序」「結束」其中之一。',
    en: 'Give one of start, step, decision, document, subprocess, end.',
  },
});

/** How the nodes follow one another: in the order of writing, by branches, ways side by side, and references. */
function edgesOf(procedure: readonly Step[], nodes: Nodes): { edges: FlowEdge[]; faults: FlowFault[] } {
  const { entries, joins } = nodes;
  const edges: FlowEdge[] = [];
  const faults: FlowFault[] = [];
  const target = (name: string, span: Span): FlowNode | undefined => {
    const node = nodes.byName.get(name) ?? nodes.byText.get(name);
    if (!node) faults.push(noSuchStep(name, span, nodes));
    return node;
  };
  const link = (from: FlowNode, to: FlowNode | undefined, span: Span, label?: string): void => {
    if (to) edges.push({ from: from.id, to: to.id, ...(label ? { label } : {}), span });
  };
  const entryOf = (steps: readonly Step[]): FlowNode | undefined => {
    for (const step of steps) {
      const node = entries.get(step);
      if (node) return node;
    }
    return undefined;
  };

  const connect = (steps: readonly Step[], after: FlowNode | undefined): void => {
    for (const [i, step] of steps.entries()) {
      const node = entries.get(step);
      if (!node) continue;
      const following = entryOf(steps.slice(i + 1)) ?? after;
      const join = joins.get(step);
      if (join) {
        for (const way of known(step.parallel) ?? []) {
          link(node, entryOf(way), node.span);
          connect(way, join);
        }
        follow(join, step, following);
        continue;
      }
      const branches = known(step.branches) ?? [];
      for (const { label, at, value } of branches) {
        const onward = value.next === undefined ? following : target(value.next, value.at.next ?? value.at.self);
        const own = known(value.steps) ?? [];
        const first = entryOf(own);
        link(node, first ?? onward, at.label, label);
        if (first) connect(own, onward);
      }
      follow(node, step, branches.length === 0 ? following : undefined);
    }
  };
  const follow = (node: FlowNode, step: Step, following: FlowNode | undefined): void => {
    const links = known(step.next);
    if (links)
      for (const { to, label, at } of links)
        link(node, to === undefined ? undefined : target(to, at.to ?? at.self), at.self, label);
    else if (node.kind !== 'end' && step.next === undefined) link(node, following, node.span);
  };
  connect(procedure, undefined);
  return { edges, faults };
}

function noSuchStep(name: string, span: Span, { byName, byText }: Nodes): FlowFault {
  const near = nearest(name, [...byName.keys(), ...byText.keys()]);
  return {
    rule: 'unknown-reference',
    span,
    message: { zh: `沒有編號或文字為「${name}」的步驟。`, en: `No step has the id or text "${name}".` },
    hint: near
      ? { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` }
      : {
          zh: '寫步驟的編號；若這是新的步驟，請寫成清單「- 步驟: …」。',
          en: 'Give a step id; write a new step as a list item "- step: …".',
        },
  };
}

/** Plain order needs no words for start and end: the last step written is the end when nothing is called one. */
function callEndAndStart(procedure: readonly Step[], { nodes, entries }: Nodes, edges: readonly FlowEdge[]): void {
  const last = entries.get(procedure[procedure.length - 1] ?? (undefined as never));
  if (
    last?.kind === 'step' &&
    !nodes.some((node) => node.kind === 'end') &&
    !edges.some((edge) => edge.from === last.id) &&
    last.step.next === undefined
  )
    last.kind = 'end';
  const [first] = nodes;
  if (first?.kind === 'step' && !nodes.some((node) => node.kind === 'start')) first.kind = 'start';
}

/** What the numbered steps say, in one language: whatever prints the flow must print each of these. */
export const stepTexts = (flow: Flow): string[] =>
  flow.nodes.flatMap(({ number, text }) => (number === undefined ? [] : [plainOf(text)]));

const NONE: readonly FlowEdge[] = [];
export const exits = (flow: Flow, node: { id: string }): readonly FlowEdge[] => flow.out.get(node.id) ?? NONE;

/** Nodes that can be reached from the start. */
export function reached(flow: Flow): Set<string> {
  const seen = new Set<string>();
  const open = flow.start ? [flow.start.id] : [];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const { to } of exits(flow, { id })) open.push(to);
  }
  return seen;
}

/**
 * The way from the start on which the weights of the nodes add up to most. Ways that lead back are not walked twice:
 * what a 補正 costs is counted once.
 */
export function longestWay(flow: Flow, weightOf: (node: FlowNode) => number): { weight: number; nodes: FlowNode[] } {
  const byId = new Map(flow.nodes.map((node) => [node.id, node]));
  const done = new Map<string, { weight: number; nodes: FlowNode[] }>();
  const open = new Set<string>();
  const from = (node: FlowNode): { weight: number; nodes: FlowNode[] } => {
    const known = done.get(node.id);
    if (known) return known;
    open.add(node.id);
    let best: { weight: number; nodes: FlowNode[] } = { weight: 0, nodes: [] };
    for (const { to } of exits(flow, node)) {
      const next = byId.get(to);
      if (!next || open.has(to)) continue;
      const way = from(next);
      if (way.weight > best.weight || best.nodes.length === 0) best = way;
    }
    open.delete(node.id);
    const way = { weight: weightOf(node) + best.weight, nodes: [node, ...best.nodes] };
    done.set(node.id, way);
    return way;
  };
  return flow.start ? from(flow.start) : { weight: 0, nodes: [] };
}

/** Nodes from which some end can be reached. */
export function ending(flow: Flow): Set<string> {
  const seen = new Set<string>();
  const open = flow.nodes.filter((node) => exits(flow, node).length === 0).map(({ id }) => id);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const edge of flow.edges) if (edge.to === id) open.push(edge.from);
  }
  return seen;
}

/** A step may name a document in short: 申請書 for 檔案應用申請書. */
export const sameDocument = (one: string, other: string): boolean => one.includes(other) || other.includes(one);

/** The steps of a parallel part, with those of its branches and of parts within it. */
export function stepsWithin({ parallel, branches }: Step): Step[] {
  const lists = [...(known(parallel) ?? []), ...(known(branches) ?? []).map(({ value }) => known(value.steps) ?? [])];
  return lists.flat().flatMap((step) => [step, ...stepsWithin(step)]);
}

export function roleText(role: Role): string {
  if (role.written) return role.written;
  return [role.office, role.unit, (known(role.titles) ?? []).join('、')].filter(Boolean).join('');
}
