// The answer for one person: what of a service holds for who asks, with every unknown left unknown, and what to ask next.
import { exits, type Flow, type FlowNode, flowOf, roleText } from '../procedure.js';
import { known } from '../schema/schema.js';
import type { Service, Variant } from '../schema/service.js';
import { choicesOf, restrictionsOf } from './choices.js';
import { sameName } from './conditions.js';
import { evaluated, type Prepared } from './evaluate.js';
import { wholeLimit } from './limit.js';
import type { Choices } from './links.js';
import type { Answer, OwnStep, Person } from './person.js';

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

export const variantsOf = (service: Service): string[] =>
  (known(service.variants) ?? []).flatMap(({ name }) => (name === undefined ? [] : [name]));

/** The sub-service that is meant: the only one, else the one that was chosen. */
export function variantOf(service: Service, { variant }: Person): string | undefined {
  const names = variantsOf(service);
  return names.length === 1 ? names[0] : names.find((name) => name === variant);
}

const prepared = new WeakMap<Service, Map<string | undefined, Prepared>>();

/** Made once for each service and sub-service. */
export function preparedFor(service: Service, variant: string | undefined): Prepared {
  const all = prepared.get(service) ?? new Map<string | undefined, Prepared>();
  prepared.set(service, all);
  const before = all.get(variant);
  if (before) return before;
  const entry = entryOf(service, variant);
  const made = {
    entry,
    choices: choicesIn(service, variant),
    links: new Map(),
    steps: stepsOf(entry),
    whole: wholeLimit(entry),
  };
  all.set(variant, made);
  return made;
}

/**
 * What holds for a person of whom this is known. Pure; never throws on content. `person` names choices of the service: what
 * is none of them is as if it were not known (`personOf` tells it).
 */
export function answer(service: Service, person: Person): Answer {
  const variant = variantOf(service, person);
  const known = { ...person, ...(variant === undefined ? {} : { variant }) };
  return evaluated(preparedFor(service, variant), variant === undefined ? withoutVariant(known) : known, {
    names: variantsOf(service),
    at: service.at.variants ?? service.at.self,
  });
}

/** A name that is none of the sub-services is not known. */
const withoutVariant = ({ variant: _, ...rest }: Person): Person => rest;

// ---------------------------------------------------------------- what the applicant does

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
