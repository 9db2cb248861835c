// The way through a service as short papers tell it: what the applicant does and receives, and what each decision means to
// him. Ways to choose from stand each by itself; what stays within the office is left out, and nothing is cut.

import { exits, type Flow, type FlowNode, flowOf, roleText } from '../content/procedure.js';
import type { Handbook } from '../content/schema/model.js';
import { known } from '../content/schema/schema.js';
import type { Service } from '../content/schema/service.js';
import { type Html, html, join } from '../core/html.js';
import type { RenderContext } from './context.js';
import { rolesWithNotes } from './facts/authority.js';
import { stepLimit } from './facts/steps.js';
import { marked, type Wording } from './facts/text.js';
import { chineseNumber } from './words.js';

/** A step, or a place where the way parts. `choice`: the applicant chooses; `together`: all of the ways are walked. */
export type WayLine =
  | { readonly kind: 'step'; readonly text: string; readonly who: string; readonly limit: string }
  /** A step that was told before. `onward`: in another way of the same fork, and nothing is done anew. */
  | { readonly kind: 'back'; readonly text: string; readonly onward: boolean }
  | {
      readonly kind: 'fork';
      readonly question: string;
      readonly of: 'choice' | 'decision' | 'together';
      readonly ways: readonly Way[];
    };
/** `onward`: the way goes on with the lines below the fork. */
type Way = { readonly label: string; readonly lines: readonly WayLine[]; readonly onward: boolean };

/** Where a step does not say it itself (對外): what an office does that reaches who applies: he is told, given, refused or granted something, or has to come. */
const REACHES =
  /向(?:當事|申請|本|委任|義務)人|通知|告知|說明|答[復覆]|[函回][復覆]|製?發給|[製核換補]發|發還|發回|退[還件案回]|交[付還給]|送達|寄[送發回達]|函送|轉送|移送|領取|繳[款費納]|收費|引導|陪同|駁回|不予|拒絕|核[准可]|准[許予駁]|許可|同意|酌情|撤銷|更正|廢止|終止|解除|停止|拍定|增價|抽籤|決定|提供|受理|採取|補正|商議|協商|約定|會勘|訪視|開標|開示|財產|承受|結案|送[^分核辦交達]{0,6}[署處局府院]|[Nn]otif|[Ii]nform|[Ii]ssue|[Rr]efus|[Gg]rant/;
/** What an office does within itself. */
const WITHIN =
  /^審[查核]|附卷|歸檔|存[查檔卷]|報結|分[案辦]|核轉|陳報|[簽擬](?:辦|陳|核|具|會)|列管|掛號|尾卷|造冊|登錄|建檔|會辦|會請|簽請|審查意見|報告書|收文|徵詢/;
/** 結束: says no more than that there is no more. */
const isBareEnd = ({ kind, text, actors, limit }: FlowNode): boolean =>
  kind === 'end' && actors.length === 0 && limit === undefined && /^(結束|完成|完畢|end|done)$/i.test(text.trim());
/** What reaches the applicant whatever else the step says. */
const SURELY = /通知|告知|發給|退[還件案回]|駁回|補正|發還/;
/** A question that asks which way one takes. */
const WHICH = /哪|何種|何者|擇一|選擇/;

/** The way of a service; empty where no procedure is declared. `written`: in Chinese, by which a step is judged. */
export function wayOf(context: RenderContext, service: Service): readonly WayLine[] {
  const flow = context.charts.get(service.id)?.flow;
  const written = context.written.services.find(({ id }) => id === service.id);
  return flow && written ? wayIn(context, flow, written, context.written.handbook) : [];
}

/** The same along a flow in any words. */
export function wayIn(context: Wording, flow: Flow, written: Service, handbook: Handbook): readonly WayLine[] {
  const steps = known(written.procedure);
  if (!flow.start || steps === undefined) return [];
  const walk = new Walk(context, flow, flowOf(steps), clientsOf(handbook, written));
  return settled(walk.lines(flow.start.id, new Set()), false);
}

/** Who comes to the office: those who may apply, and the parties that the office names. */
export const clientsOf = (handbook: Handbook, { applicant }: Service): readonly string[] => [
  ...(known(handbook.office.parties) ?? []),
  // 義務人、利害關係人: each of them, and both.
  ...(known(applicant) ?? []).flatMap(({ who = '' }) => [who, ...who.split('、')]),
];

const isOfClients = ({ actors }: FlowNode, clients: readonly string[]): boolean =>
  actors.some((actor) => clients.includes(roleText(actor)));

/** Whether a step surely stays within the office: it says so itself, or in words that say no more than what an office does with its files. */
export function staysWithin(node: FlowNode, start: string | undefined, clients: readonly string[]): boolean {
  if (node.id === start || isOfClients(node, clients) || node.step.client !== undefined) return false;
  return known(node.step.reaches) === false || (WITHIN.test(node.text) && !SURELY.test(node.text));
}

/** One walk along a flow; each step is told once. */
class Walk {
  readonly #shown = new Set<string>();
  readonly #nodes: ReadonlyMap<string, FlowNode>;
  readonly #written: ReadonlyMap<string, FlowNode>;

  constructor(
    private readonly context: Wording,
    private readonly flow: Flow,
    writtenFlow: Flow,
    private readonly clients: readonly string[],
  ) {
    this.#nodes = new Map(flow.nodes.map((node) => [node.id, node]));
    this.#written = new Map(writtenFlow.nodes.map((node) => [node.id, node]));
  }

  /** From a step, come to from `after`, until one of `stop`, the end, or a step that was told before. */
  lines(from: string, stop: ReadonlySet<string>, after?: string): WayLine[] {
    const lines: WayLine[] = [];
    let last = after;
    const walked = new Set<string>();
    for (let id: string | undefined = from; id !== undefined && !stop.has(id); ) {
      const node = this.#nodes.get(id);
      if (!node || walked.has(id)) break;
      walked.add(id);
      if (this.#shown.has(id)) {
        const again = last === undefined || this.#reach(id, new Set()).includes(last);
        if (!isBareEnd(node)) lines.push({ kind: 'back', text: node.text, onward: !again });
        break;
      }
      const out = exits(this.flow, node);
      if (out.length > 1 || node.kind === 'fork') {
        const { told, next } = this.#fork(node, stop);
        lines.push(...told);
        last = id;
        id = next;
        continue;
      }
      if (node.kind !== 'join' && this.#isTold(id)) {
        this.#shown.add(id);
        lines.push(this.#step(node));
      }
      last = id;
      id = out[0]?.to;
    }
    return lines;
  }

  #step(node: FlowNode): WayLine {
    const { step } = node;
    const from =
      step.from === undefined ? '' : this.context.word('brackets', this.context.word('counted-from', step.from));
    return {
      kind: 'step',
      text:
        step.client === undefined
          ? node.text
          : `${node.text}${this.context.word('brackets', this.context.word('client-does', step.client))}`,
      who: rolesWithNotes(this.context, step.actor),
      limit: stepLimit(this.context, step) === '' ? '' : `${stepLimit(this.context, step)}${from}`,
    };
  }

  /** Whether who applies does it or receives it. */
  #isTold(id: string): boolean {
    const node = this.#written.get(id);
    if (!node || isBareEnd(node)) return false;
    const said = known(node.step.reaches);
    if (said !== undefined) return said;
    if (node.id === this.flow.start?.id || this.#isClients(node) || node.step.client !== undefined) return true;
    if (SURELY.test(node.text)) return true;
    if (WITHIN.test(node.text)) return false;
    // Nobody is named: what nothing shows to be the office's own business is told.
    return node.actors.length === 0 ? true : REACHES.test(node.text);
  }

  #isClients = (node: FlowNode): boolean => isOfClients(node, this.clients);

  /** What is told where the way parts, and the step where it goes on. */
  #fork(node: FlowNode, stop: ReadonlySet<string>): { told: WayLine[]; next: string | undefined } {
    this.#shown.add(node.id);
    const meeting = this.#meeting(node, stop);
    const beyond = new Set([...stop, ...(meeting === undefined ? [] : [meeting])]);
    const ways = exits(this.flow, node).map(({ label = '', to }): Way => {
      const onward = this.#reach(to, new Set([node.id])).some((id) => beyond.has(id));
      const lines = this.lines(to, beyond, node.id);
      return { label, lines: lines.length > 0 ? lines : this.#outcome(to, beyond), onward };
    });
    if (ways.every(({ lines }) => lines.length === 0)) return { told: [], next: meeting };
    const written = this.#written.get(node.id) ?? node;
    const of =
      node.kind === 'fork' ? 'together' : this.#isClients(written) && WHICH.test(written.text) ? 'choice' : 'decision';
    const fork = (all: readonly Way[]): WayLine => ({ kind: 'fork', question: node.text, of, ways: all });
    if (meeting !== undefined || of !== 'decision') return { told: [fork(ways)], next: meeting };
    // Where each ends by itself, the longest is the main one, told below the fork.
    const ending = ways.filter(({ lines }) => lines[lines.length - 1]?.kind !== 'back');
    const [main] = ending.sort((one, other) => sizeOf(other.lines) - sizeOf(one.lines));
    if (main === undefined || sizeOf(main.lines) <= 2) return { told: [fork(ways)], next: undefined };
    const others = ways.map((way) => (way === main ? { ...way, lines: [], onward: true } : way));
    return { told: [fork(others), ...main.lines], next: undefined };
  }

  /** The first step that most of the ways come to; none where each ends by itself. */
  #meeting(node: FlowNode, stop: ReadonlySet<string>): string | undefined {
    const reach = exits(this.flow, node).map(({ to }) => this.#reach(to, new Set([...stop, node.id])));
    let best: { id: string; count: number; at: number } | undefined;
    for (const ids of reach)
      for (const [at, id] of ids.entries()) {
        if (stop.has(id) || this.#shown.has(id)) continue;
        const count = reach.filter((other) => other.includes(id)).length;
        if (count < 2) continue;
        if (best === undefined || count > best.count || (count === best.count && at < best.at))
          best = { id, count, at };
      }
    return best?.id;
  }

  /** Every step that can be come to from one, the nearest first. */
  #reach(from: string, without: ReadonlySet<string>): string[] {
    const found: string[] = [];
    for (const open = [from]; open.length > 0; ) {
      const id = open.shift() as string;
      if (without.has(id) || found.includes(id)) continue;
      found.push(id);
      open.push(...exits(this.flow, { id }).map(({ to }) => to));
    }
    return found;
  }

  /** How a way ends of which nothing reaches the applicant: its first step that is not the office's own business. */
  #outcome(from: string, stop: ReadonlySet<string>): WayLine[] {
    for (let id: string | undefined = from; id !== undefined && !stop.has(id); ) {
      const [node, written] = [this.#nodes.get(id), this.#written.get(id)];
      if (!node || !written || this.#shown.has(id)) return [];
      const out = exits(this.flow, node);
      if (out.length > 1) return [];
      if (node.number !== undefined && (known(written.step.reaches) ?? !WITHIN.test(written.text))) {
        this.#shown.add(id);
        return [this.#step(node)];
      }
      id = out[0]?.to;
    }
    return [];
  }
}

const sizeOf = (lines: readonly WayLine[]): number =>
  lines.reduce(
    (sum, line) => sum + (line.kind === 'fork' ? 3 + line.ways.reduce((all, way) => all + sizeOf(way.lines), 0) : 1),
    0,
  );

/** Without what leads to lines that there are not. `below`: whether more follows below the list. */
function settled(lines: readonly WayLine[], below: boolean): WayLine[] {
  const kept: WayLine[] = [];
  for (const line of [...lines].reverse()) {
    const more = below || kept.length > 0;
    if (line.kind !== 'fork') {
      kept.unshift(line);
      continue;
    }
    const ways = line.ways
      .map((way) => ({ ...way, lines: settled(way.lines, more && way.onward), onward: more && way.onward }))
      .filter((way) => way.lines.length > 0 || way.onward);
    const [only] = line.of === 'together' ? ways.filter((way) => way.lines.length > 0) : [];
    // Beside what nothing is told of, one way of several is no more than its steps.
    if (only && ways.every((way) => way === only || way.lines.length === 0)) kept.unshift(...only.lines);
    else if (ways.some((way) => way.lines.length > 0)) kept.unshift({ ...line, ways });
  }
  return kept;
}

// ---------------------------------------------------------------- on paper

/** The way as a numbered list. `who`: with who acts and how long it takes. */
export function wayHtml(context: RenderContext, lines: readonly WayLine[], { who }: { who: boolean }): Html {
  return html`<ol class="steps">${lines.map((line) =>
    line.kind === 'fork'
      ? html`<li class="fork">${marked(questionOf(context, line))}${waysHtml(context, line, who)}</li>`
      : html`<li>${lineHtml(context, line, who)}</li>`,
  )}</ol>`;
}

type Fork = Extract<WayLine, { kind: 'fork' }>;

const questionOf = (context: RenderContext, { question, of }: Fork): string => {
  if (of === 'together') return context.word('way-together');
  return of === 'choice' ? `${question}${context.word('brackets', context.word('way-choice'))}` : question;
};

function lineHtml(context: RenderContext, line: Exclude<WayLine, Fork>, who: boolean): Html {
  if (line.kind === 'back') return marked(context.word(line.onward ? 'way-same' : 'way-back', line.text));
  const aside = who ? [line.who, line.limit].filter((text) => text !== '').join(context.word('between')) : line.limit;
  return html`${marked(line.text)}${aside !== '' && html` <span class="who">${marked(aside)}</span>`}`;
}

function waysHtml(context: RenderContext, { of, ways }: Fork, who: boolean): Html {
  // Beside a way that ends, or one that says it goes on, each that goes on says so.
  const parted = ways.some((way) => !way.onward || way.lines.length === 0);
  return html`<ul class="ways">${ways.map(({ label, lines, onward }) => {
    // In their order: steps in a row are one sentence, a fork stands below what comes before it.
    const runs: Html[][] = [[]];
    const told: Html[] = [];
    const end = (): void => {
      const run = join(runs.pop() ?? [], context.word('clause-comma'));
      told.push(told.length === 0 ? ifHtml(context, of, label, run) : html`<div>${run}</div>`);
    };
    for (const line of lines)
      if (line.kind !== 'fork') {
        if (runs.length === 0) runs.push([]);
        runs[0]?.push(lineHtml(context, line, who));
      } else {
        if (runs.length > 0) end();
        told.push(html`<div class="fork">${marked(questionOf(context, line))}${waysHtml(context, line, who)}</div>`);
      }
    // A fork within says by itself which of its ways go on.
    const goesOn = onward && parted && lines[lines.length - 1]?.kind !== 'fork';
    if (goesOn || lines.length === 0) runs[0]?.push(html`${context.word('way-onward')}`);
    if (runs.length > 0) end();
    return html`<li>${told}</li>`;
  })}</ul>`;
}

/** 「若不同意，則…」; what one chooses is called by its name. */
function ifHtml(context: RenderContext, of: Fork['of'], label: string, then: Html): Html {
  if (label === '') return then;
  const key = of === 'choice' ? 'field' : /^[若如]/.test(label) ? 'way-so' : 'way-if';
  const [before = '', after = ''] = context.word(key, label, '\n').split('\n');
  return html`${marked(before)}${then}${after}`;
}

/** The number of a service in the handbook: 三、 */
export function numberInBook(context: Pick<RenderContext, 'services' | 'word' | 'lang'>, { id }: Service): string {
  const n = context.services.findIndex((service) => service.id === id) + 1;
  return context.word('handbook.numbering-2', context.lang === 'zh' ? chineseNumber(n) : String(n));
}
