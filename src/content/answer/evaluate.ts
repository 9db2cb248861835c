// What holds for one person by what is known of him: the rules of a service, made ready, and his answers. It reads nothing but
// these, so that a page can run it.
import type { Span } from '../../core/source.js';
import { isUnconfirmed, known } from '../schema/schema.js';
import type { RequiredDocument, Service } from '../schema/service.js';
import { Asking } from './conditions.js';
import { feeOf } from './fee.js';
import { limitOf } from './limit.js';
import type { Choices, Links } from './links.js';
import {
  type Answer,
  type AskedDocument,
  type LimitAnswer,
  type OwnStep,
  type Person,
  type Reason,
  SELF,
  type Warning,
} from './person.js';
import { saysUnconfirmed } from './words.js';

/** What of a service, or of one of its sub-services, does not depend on who asks. */
export type Prepared = {
  readonly entry: Service;
  readonly choices: Choices;
  readonly links: Links;
  readonly steps: readonly OwnStep[];
  /** The limit that is set for everybody. */
  readonly whole: LimitAnswer;
};

/**
 * What holds for a person of whom this is known. `variants`: the names of the sub-services; `person.variant` is that which
 * `prepared` is of. Pure; never throws.
 */
export function evaluated(
  { entry, choices, links, steps, whole }: Prepared,
  person: Person,
  { names: variants, at }: { readonly names: readonly string[]; readonly at: Span },
): Answer {
  const asking = new Asking(person, choices, links);
  if (variants.length > 1 && person.variant === undefined) asking.ask({ kind: 'variant', answers: variants, at });
  const told = documentsOf(entry, asking);
  const fee = feeOf(entry, asking);
  const limit = limitOf(entry, whole, asking);
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

// ---------------------------------------------------------------- where, what to mind

function placeOf(entry: Service, asking: Asking): Pick<Answer, 'place' | 'hours'> {
  const channels = known(entry.channels) ?? [];
  const chosen = channels.find(({ name }) => name !== undefined && name === asking.person.channel);
  const only = channels.length === 1 ? channels[0] : undefined;
  const place = (chosen ?? only)?.place ?? entry.place;
  const hours = (chosen ?? only)?.hours ?? entry.hours;
  return { ...(place === undefined ? {} : { place }), ...(hours === undefined ? {} : { hours }) };
}

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
