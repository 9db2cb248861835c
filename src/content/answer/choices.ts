// The choices of a service: the names among which a person is of one, wherever the service limits anything by them.
import { known } from '../schema/schema.js';
import type { RequiredDocument, Service } from '../schema/service.js';
import { one, type Restriction, sameName } from './conditions.js';
import { type Choices, KIND_OF_AGENT, SOMEBODY } from './links.js';
import { AGENT, OTHER, SELF } from './person.js';
import { saysUnconfirmed } from './words.js';

type Names = Restriction['channel'];

/** What a service, or one sub-service of it, limits anything by. */
export function choicesOf(entry: Service, restrictions: readonly Restriction[]): Choices {
  const conditions = restrictions.flatMap(({ condition }) => (condition === undefined ? [] : [condition]));
  const named = (list: Names): readonly string[] => known(list) ?? [];
  const withMore = (own: readonly string[], mentioned: readonly string[], open: boolean): string[] => {
    const more = mentioned.filter((name) => sameName(name, own).length === 0);
    const all = [...new Set([...own, ...more])];
    return all.length > 0 && open ? [...all, OTHER] : all;
  };
  const applicants = (known(entry.applicant) ?? []).flatMap(({ who }) => (who === undefined ? [] : [who]));
  const channels = (known(entry.channels) ?? []).flatMap(({ name }) => (name === undefined ? [] : [name]));
  const mentionedCases = restrictions.flatMap((each) => each.case ?? []);
  const deadline = known(entry.deadline);
  const general = deadline?.limit ?? deadline?.immediate ?? deadline?.open ?? deadline?.target;
  return {
    variant: [],
    applicant: withMore(
      sure(applicants),
      restrictions.flatMap((each) => named(each.applicants)),
      applicants.length === 0,
    ),
    channel: withMore(
      sure(channels),
      restrictions.flatMap((each) => named(each.channel)),
      channels.length === 0,
    ),
    case: withMore([], mentionedCases, general !== undefined),
    representation: representationOf(entry, conditions, applicants),
  };
}

const sure = (names: readonly string[]): string[] => names.filter((name) => !saysUnconfirmed(name));

function representationOf(entry: Service, conditions: readonly string[], applicants: readonly string[]): string[] {
  // Where an agent is one of the applicants, who applies has said it already.
  if (applicants.some((who) => /^(?:.*的)?代理人$/.test(who))) return [];
  const agents = (known(entry.agents) ?? []).flatMap(({ who }) =>
    who === undefined || saysUnconfirmed(who) ? [] : [who],
  );
  const kinds = conditions.flatMap((condition) => KIND_OF_AGENT.exec(condition.trim())?.[1] ?? []);
  const all = [...new Set([...agents, ...kinds])];
  const somebody = conditions.some((condition) => SOMEBODY.test(condition.trim()));
  const told = entry.representation !== undefined && !/^(?:不得|不可|不能|限本人|須?本人)/.test(entry.representation);
  if (all.every((name) => name.startsWith('法定')) && (somebody || (all.length === 0 && told))) all.push(AGENT);
  return all.length === 0 ? [] : [SELF, ...all];
}

/** Everything in a service that limits something. */
export function restrictionsOf(entry: Service): Restriction[] {
  const documents = known(entry.documents);
  const fee = known(entry.fee);
  const deadline = known(entry.deadline);
  const inDocument = (document: RequiredDocument): Restriction[] => [
    document,
    ...(known(document.oneOf) ?? []).flatMap(inDocument),
  ];
  return [
    ...(known(documents?.items) ?? []).flatMap(inDocument),
    ...(known(documents?.beside) ?? []),
    ...(known(fee?.lines) ?? []),
    ...(known(fee?.surcharges) ?? []),
    ...(known(fee?.discounts) ?? []),
    ...(known(fee?.exemptions) ?? []),
    ...(known(deadline?.byCase) ?? []).map((each) => ({ ...each, channel: one(each.channel) })),
    ...(known(deadline?.byChannel) ?? []).map((each) => ({ ...each, channel: one(each.channel) })),
    ...(known(deadline?.extra) ?? []).map(({ case: condition, at }) => ({ condition, at })),
  ];
}
