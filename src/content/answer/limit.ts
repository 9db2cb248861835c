// By when it is done for one person: the limit of the case and channel, else of the office, its stages, the law, or a target.

import type { Span } from '../../core/source.js';
import { addDurations, compareDurations } from '../duration.js';
import type { Deadline } from '../schema/deadline.js';
import type { Duration } from '../schema/procedure.js';
import { isUnconfirmed, known, type Unconfirmed } from '../schema/schema.js';
import type { Service } from '../schema/service.js';
import { type Asking, one } from './conditions.js';
import type { LimitAnswer } from './person.js';
import { saysUnconfirmed } from './words.js';

type Own = {
  limit?: Duration | Unconfirmed;
  immediate?: boolean | Unconfirmed;
  open?: string;
  at: { self: Span; [field: string]: Span };
};

/** `whole`: what is set for everybody. */
export function limitOf({ deadline, at }: Service, whole: LimitAnswer, asking: Asking): LimitAnswer {
  if (deadline === undefined) return whole;
  asking.decides(at.deadline);
  if (isUnconfirmed(deadline)) return whole;
  const found = ownLimit(deadline, asking) ?? whole;
  asking.decides(found.at);
  const from = deadline.from === undefined ? {} : { from: deadline.from };
  return withExtra({ ...from, ...found }, deadline, asking);
}

const unconfirmed = (value: Unconfirmed, at: Span | undefined): LimitAnswer => ({
  extra: [],
  reason: 'unconfirmed',
  unconfirmed: value.unconfirmed,
  ...(at ? { at } : {}),
});

/** What is set for the case and the channel of this person, where anything is. */
function ownLimit({ byCase, byChannel }: Deadline, asking: Asking): LimitAnswer | undefined {
  for (const list of [byCase, byChannel]) if (isUnconfirmed(list)) return unconfirmed(list, undefined);
  const all = [...(known(byCase) ?? []), ...(known(byChannel) ?? [])];
  const fitting: { own: Own; narrow: number }[] = [];
  for (const each of all) {
    const holds = asking.holds({ case: each.case, channel: one(each.channel), at: each.at });
    if (holds === undefined) return { extra: [], reason: 'asked' };
    if (holds)
      fitting.push({ own: each, narrow: Number(each.case !== undefined) + Number(each.channel !== undefined) });
  }
  const narrow = Math.max(0, ...fitting.map((each) => each.narrow));
  const [first, ...others] = fitting.filter((each) => each.narrow === narrow);
  if (!first) return undefined;
  // Of two that hold at once the stricter binds, where they can be compared.
  let best = first.own;
  for (const { own } of others) {
    const [a, b] = [known(best.limit), known(own.limit)];
    if (a && b && compareDurations(b, a) === -1) best = own;
  }
  return limitFrom(best, 'case');
}

function limitFrom({ limit, immediate, open, at }: Own, of: NonNullable<LimitAnswer['of']>): LimitAnswer {
  const unknown = [immediate, limit].find(isUnconfirmed);
  if (unknown) return unconfirmed(unknown, at.self);
  if (immediate === true) return { immediate, of, extra: [], at: at.self };
  if (limit !== undefined && !isUnconfirmed(limit)) return { limit, of, extra: [], at: at.self };
  return openFor(open ?? '', at.open ?? at.self);
}

const openFor = (why: string, at: Span): LimitAnswer =>
  saysUnconfirmed(why)
    ? unconfirmed({ unconfirmed: why }, at)
    : { extra: [], reason: 'open', ...(why === '' || why === '是' || why === 'yes' ? {} : { why }), at };

/** What is set for everybody, or why nothing is. */
export function wholeLimit({ deadline, at: places }: Service): LimitAnswer {
  if (deadline === undefined) return { extra: [], reason: 'undeclared' };
  return isUnconfirmed(deadline) ? unconfirmed(deadline, places.deadline) : limitForAll(deadline);
}

function limitForAll(deadline: Deadline): LimitAnswer {
  const { immediate, limit, stages, counting, statutory, target, open, at } = deadline;
  if (isUnconfirmed(immediate)) return unconfirmed(immediate, at.immediate);
  if (immediate === true) return { immediate: true, of: 'office', extra: [], at: at.immediate ?? at.self };
  if (isUnconfirmed(limit)) return unconfirmed(limit, at.limit);
  if (limit !== undefined) return { limit, of: 'office', extra: [], at: at.limit ?? at.self };
  if (isUnconfirmed(stages) || isUnconfirmed(counting))
    return unconfirmed([stages, counting].find(isUnconfirmed) as Unconfirmed, at.stages);
  if (stages !== undefined && stages.length > 0) {
    const all = allStages(stages, counting, at.stages ?? at.self);
    if (all) return all;
  }
  if (isUnconfirmed(statutory)) return unconfirmed(statutory, at.statutory);
  if (statutory !== undefined) {
    if (isUnconfirmed(statutory.limit)) return unconfirmed(statutory.limit, at.statutory);
    if (statutory.limit !== undefined)
      return {
        limit: statutory.limit,
        of: 'law',
        extra: [],
        at: statutory.at.limit ?? statutory.at.self,
        ...(statutory.from === undefined ? {} : { from: statutory.from }),
      };
  }
  if (isUnconfirmed(target)) return unconfirmed(target, at.target);
  if (target !== undefined) return { limit: target, of: 'target', extra: [], at: at.target ?? at.self };
  if (open !== undefined) return openFor(open, at.open ?? at.self);
  return { extra: [], reason: 'undeclared' };
}

type Stages = Exclude<Deadline['stages'], Unconfirmed | undefined>;

/** The last of stages that begin together, or the sum of those that follow one another. */
function allStages(stages: Stages, counting: Deadline['counting'], at: Span): LimitAnswer | undefined {
  // A stage that binds the applicant is no limit of the office.
  const office = stages.filter(({ yours }) => yours !== true);
  const unknown = office.find(({ limit }) => isUnconfirmed(limit));
  if (unknown) return unconfirmed(unknown.limit as Unconfirmed, unknown.at.self);
  const limits = office.flatMap((stage) => {
    const limit = known(stage.limit);
    return limit ? [{ limit, stage }] : [];
  });
  const [first] = limits;
  if (!first || counting === undefined) {
    if (!first || limits.length > 1) return undefined;
    return { limit: first.limit, of: 'stages', extra: [], at: first.stage.at.limit ?? first.stage.at.self };
  }
  if (counting === 'successive') {
    const sum = addDurations(limits.map(({ limit }) => limit));
    return sum && { limit: sum, of: 'stages', extra: [], at };
  }
  let last = first;
  for (const each of limits) {
    const order = compareDurations(last.limit, each.limit);
    if (order === undefined) return undefined;
    if (order < 0) last = each;
  }
  return {
    limit: last.limit,
    of: 'stages',
    extra: [],
    at: last.stage.at.limit ?? last.stage.at.self,
    ...(last.stage.from === undefined ? {} : { from: last.stage.from }),
  };
}

/** With the time of other offices that have a say in this case. */
function withExtra(found: LimitAnswer, { extra }: Deadline, asking: Asking): LimitAnswer {
  if (isUnconfirmed(extra)) return { ...found, reason: 'unconfirmed', unconfirmed: extra.unconfirmed };
  if (found.limit === undefined && found.reason !== 'asked') return found;
  let answer = found;
  for (const each of extra ?? []) {
    const condition = each.case ?? each.office;
    const holds = condition === undefined ? true : asking.is(condition, each.at.case ?? each.at.office ?? each.at.self);
    if (holds === undefined) {
      answer = { ...answer, reason: 'asked' };
      continue;
    }
    if (!holds) continue;
    asking.decides(each.at.self);
    if (isUnconfirmed(each.limit)) return unconfirmed(each.limit, each.at.self);
    if (each.limit === undefined) continue;
    const { limit } = answer;
    const sum = limit === undefined ? undefined : addDurations([limit, each.limit]);
    answer = sum ? { ...answer, limit: sum } : { ...answer, extra: [...answer.extra, each.limit] };
  }
  if (answer.reason !== 'asked') return answer;
  // Until it is answered there is no limit to tell.
  const { limit: _, of: __, immediate: ___, ...open } = answer;
  return open;
}
