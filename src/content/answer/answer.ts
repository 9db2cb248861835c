// The answer for one person: what of a service holds for who asks, with every unknown left unknown, and what to ask next.
import type { Span } from '../../core/source.js';
import { exits, type Flow, type FlowNode, flowOf, roleText } from '../procedure.js';
import { isUnconfirmed, known } from '../schema/schema.js';
import type { RequiredDocument, Service, Variant } from '../schema/service.js';
import { saysUnconfirmed } from '../schema/tree.js';
import { Asking, type Choices, choicesOf, type Links, restrictionsOf, sameName } from './conditions.js';
import { feeOf } from './fee.js';
import { limitOf } from './limit.js';
import {
  type Answer,
  type AskedDocument,
  type OwnStep,
  type Person,
  type Reason,
  SELF,
  type Warning,
} from './person.js';

/** A service as one of its sub-services has it: what that says stands in place of what the service says. */
export function entryOf(service: Service, variant: string | undefined): Service {
  const own = variant === undefined ? undefined : (known(service.variants) ?? []).find(({ name }) => name === variant);
  if (!own) return service;
  const { at, cited: _, unread: __, name: ___, ...fields } = own as Variant & { name?: string };
  return { ...service, ...fields, at: { ...service.at, ...at, self: service.at.self } };
}

/** What may be answered to the questions of a service, of one of its sub-services where that is known. */
export function choicesIn(service: Service, variant?: string): Choices {
  const entry = entryOf(service, variant);
  return { ...choicesOf(entry, restrictionsOf(entry)), variant: variantsOf(service) };
}

const variantsOf = (service: Service): string[] =>
  (known(service.variants) ?? []).flatMap(({ name }) => (name === undefined ? [] : [name]));

/** The sub-service that is meant: the only one, else the one that was chosen. */
export function variantOf(service: Service, { variant }: Person): string | undefined {
  const names = variantsOf(service);
  return names.length === 1 ? names[0] : names.find((name) => name === variant);
}

/** What of a service, or of one of its sub-services, does not depend on who asks. */
type Prepared = {
  readonly entry: Service;
  readonly choices: Choices;
  readonly links: Links;
  readonly steps: readonly OwnStep[];
};

const prepared = new WeakMap<Service, Map<string | undefined, Prepared>>();

function preparedFor(service: Service, variant: string | undefined): Prepared {
  const all = prepared.get(service) ?? new Map<string | undefined, Prepared>();
  prepared.set(service, all);
  const before = all.get(variant);
  if (before) return before;
  const entry = entryOf(service, variant);
  const made = { entry, choices: choicesIn(service, variant), links: new Map(), steps: stepsOf(entry) };
  all.set(variant, made);
  return made;
}

/**
 * What holds for a person of whom this is known. Pure; never throws on content. `person` names choices of the service: what
 * is none of them is as if it were not known (`personOf` tells it).
 */
export function answer(service: Service, person: Person): Answer {
  const variants = variantsOf(service);
  const variant = variantOf(service, person);
  const { entry, choices, links, steps } = preparedFor(service, variant);
  const asking = new Asking({ ...person, ...(variant === undefined ? {} : { variant }) }, choices, links);
  if (variants.length > 1 && variant === undefined)
    asking.ask({ kind: 'variant', answers: variants, at: service.at.variants ?? service.at.self });
  const told = documentsOf(entry, asking);
  const fee = feeOf(entry, asking);
  const limit = limitOf(entry, asking);
  return {
    questions: asking.questions,
    waiting: asking.waiting,
    ...told,
    fee,
    limit,
    ...(entry.authority === undefined ? {} : { authority: entry.authority }),
    ...placeOf(entry, asking),
    steps,
    warnings: warningsOf(entry, asking),
    decidedBy: asking.decidedBy,
  };
}

// ---------------------------------------------------------------- documents

type Told = Pick<Answer, 'documents' | 'beside' | 'documentsReason' | 'documentsUnconfirmed'>;

function documentsOf(entry: Service, asking: Asking): Told {
  const { documents, at } = entry;
  const none = (documentsReason: Reason, unconfirmed?: string): Told => ({
    documents: [],
    beside: [],
    documentsReason,
    ...(unconfirmed === undefined ? {} : { documentsUnconfirmed: unconfirmed }),
  });
  asking.decides(at.documents);
  const agents = agentDocuments(entry, asking);
  if (documents === undefined) return agents.length > 0 ? { documents: agents, beside: [] } : none('undeclared');
  if (isUnconfirmed(documents)) return none('unconfirmed', documents.unconfirmed);
  const { items, beside: also, like } = documents;
  const unknown = [items, documents.none, also].find(isUnconfirmed);
  if (unknown) return none('unconfirmed', unknown.unconfirmed);
  let open = false;
  const found: AskedDocument[] = [];
  for (const document of known(items) ?? []) {
    const asked = askedDocument(document, asking);
    if (asked === 'open') open = true;
    else if (asked) found.push(asked);
  }
  const beside = (known(also) ?? []).flatMap((each) => {
    const holds = asking.holds(each);
    if (holds === undefined) open = true;
    if (holds) asking.decides(each.at.self);
    return holds && each.name !== undefined ? [each.name] : [];
  });
  const whole = [...found, ...agents];
  if (whole.length > 0) return { documents: whole, beside };
  const reason: Reason = open
    ? 'asked'
    : like !== undefined
      ? 'like'
      : documents.none === true
        ? 'none-needed'
        : (known(items) ?? []).length > 0
          ? 'none-applies'
          : 'undeclared';
  return { ...none(reason), beside };
}

/** The document as this person brings it; 'open' where an answer is missing, undefined where it is not asked of him. */
function askedDocument(document: RequiredDocument, asking: Asking): AskedDocument | 'open' | undefined {
  const { condition, applicants, channel, at, oneOf, choose, waived } = document;
  const holds = asking.holds({ condition, applicants, channel, at });
  if (holds === undefined) return 'open';
  if (!holds) return undefined;
  asking.decides(at.self);
  const waiver = waived === undefined ? undefined : waiverOf(waived, at.waived ?? at.self, asking);
  if (waiver === 'open') return 'open';
  if (waiver === 'off') return undefined;
  const because = condition === undefined ? {} : { because: condition };
  const looked = waiver === 'looked-up' && waived !== undefined ? { waived } : {};
  if (oneOf === undefined || isUnconfirmed(oneOf)) return { document, ...because, ...looked };
  const held = oneOf.map((each) => ({ each, its: asking.holds(each) }));
  if (held.some(({ its }) => its === undefined)) return 'open';
  const among = held.flatMap(({ each, its }) => (its ? [each] : []));
  if (among.length === 0 && document.name === undefined) return undefined;
  return { document, among, choose: choose ?? 1, ...because, ...looked };
}

/** 「由本分署查詢」 holds for everybody; 「已建檔者」 for these alone. */
export const isWaivedForAll = ({ waived }: Pick<RequiredDocument, 'waived'>): boolean =>
  waived !== undefined && /^[得可]?(由|本|經|機關|承辦)|查[詢調驗知得]|介接/.test(waived);

function waiverOf(waived: string, at: Span, asking: Asking): 'looked-up' | 'off' | 'open' | 'needed' {
  if (saysUnconfirmed(waived)) return 'needed';
  if (isWaivedForAll({ waived })) return 'looked-up';
  const holds = asking.is(waived, at);
  return holds === undefined ? 'open' : holds ? 'off' : 'needed';
}

/** What the agent brings of his own. */
function agentDocuments(entry: Service, asking: Asking): AskedDocument[] {
  const agents = known(entry.agents) ?? [];
  const bring = agents.filter((each) => (known(each.documents) ?? []).length > 0);
  if (bring.length === 0) return [];
  const { representation: answers } = asking.choices;
  const chosen = asking.person.representation;
  if (chosen === undefined && answers.length > 0)
    asking.ask({ kind: 'representation', answers, at: entry.at.agents ?? entry.at.self });
  return bring
    .filter(({ who }) => who === chosen)
    .flatMap(({ documents, at, cited, unread }) => {
      asking.decides(at.self);
      // Each has a place of its own, so that papers can tell it from the others.
      return (known(documents) ?? []).map((name) => {
        const own = { self: { ...at.self } };
        return { document: { name, at: own, cited, unread } };
      });
    });
}

// ---------------------------------------------------------------- where, what to do, what to mind

function placeOf(entry: Service, asking: Asking): Pick<Answer, 'place' | 'hours'> {
  const channels = known(entry.channels) ?? [];
  const chosen = channels.find(({ name }) => name !== undefined && name === asking.person.channel);
  const only = channels.length === 1 ? channels[0] : undefined;
  const place = (chosen ?? only)?.place ?? entry.place;
  const hours = (chosen ?? only)?.hours ?? entry.hours;
  return { ...(place === undefined ? {} : { place }), ...(hours === undefined ? {} : { hours }) };
}

/** Who asks, in the words of procedures. */
const ANYBODY = ['申請人', '民眾', '本人'];

function stepsOf(entry: Service): OwnStep[] {
  const flow = flowOf(known(entry.procedure) ?? []);
  if (flow.nodes.length === 0) return [];
  const whos = [
    ...ANYBODY,
    ...(known(entry.applicant) ?? []).flatMap(({ who }) => who ?? []),
    // Whoever begins it asks for it, unless a unit or a title of the office does.
    ...(flow.start?.actors ?? []).flatMap((role) =>
      role.unit === undefined && role.titles === undefined && role.office === undefined ? [roleText(role)] : [],
    ),
  ];
  const acts = (node: FlowNode): boolean => node.actors.some((role) => sameName(roleText(role), whos).length > 0);
  return flow.nodes.flatMap((node): OwnStep[] => {
    const text = node.kind === 'decision' || !acts(node) ? node.step.client : node.text;
    if (text === undefined || text === '') return [];
    return [{ text, when: waysTo(flow, node), ...(node.limit ? { limit: node.limit } : {}) }];
  });
}

/** The labels on the way from the start to a step, where there is but one way. */
function waysTo(flow: Flow, node: FlowNode): string[] {
  const labels: string[] = [];
  const seen = new Set<string>();
  for (let at = node.id; !seen.has(at); ) {
    seen.add(at);
    const into = flow.edges.filter(({ to }) => to === at);
    const [edge] = into;
    if (!edge || into.length > 1) break;
    if (edge.label !== undefined && exits(flow, { id: edge.from }).length > 1)
      labels.unshift(wayLabel(flow.nodes.find(({ id }) => id === edge.from)?.text ?? '', edge.label));
    at = edge.from;
  }
  return labels;
}

/** 「文件齊備：否」 for 否, which says nothing without what was decided. */
const wayLabel = (decided: string, label: string): string =>
  /^(?:是|否|有|無|Y|N|Yes|No)$/i.test(label.trim()) && decided !== ''
    ? `${decided.replace(/[？?]\s*$/, '')}：${label}`
    : label;

function warningsOf(entry: Service, { person }: Asking): Warning[] {
  const found: Warning[] = [];
  const warn = (kind: Warning['kind'], text: string | undefined): void => {
    if (text !== undefined) found.push({ kind, text });
  };
  const state = known(known(entry.status)?.state);
  if (state) warn(state, known(entry.status)?.reason ?? '');
  warn('window', entry.window);
  for (const text of known(entry.preconditions) ?? []) warn('preconditions', text);
  const applicant = (known(entry.applicant) ?? []).find(({ who }) => who === person.applicant);
  warn('applicant', applicant?.condition);
  if (applicant?.joint === true) warn('joint', applicant.who);
  const { representation } = person;
  if (representation !== undefined && representation !== SELF) {
    warn('representation', entry.representation);
    warn('agent', (known(entry.agents) ?? []).find(({ who }) => who === representation)?.condition);
  }
  const deadline = known(entry.deadline);
  const correction = known(deadline?.correction);
  warn('correction', known(correction?.limit)?.printed);
  warn('excluded', known(deadline?.excluded)?.join('、'));
  warn('lapse', deadline?.lapse);
  for (const { who = '', times } of known(known(entry.fee)?.exemptions) ?? [])
    if (times !== undefined && person.conditions?.[who] === true) warn('exemption', times);
  return found;
}
