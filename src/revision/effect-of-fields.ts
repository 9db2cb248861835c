// Conditions, bounds, lists and records on both sides of a change: which way they weigh for the citizen.
import type { Duration } from '../content/schema/procedure.js';
import { isUnconfirmed, type Unconfirmed } from '../content/schema/schema.js';
import { saysUnconfirmed } from '../content/schema/tree.js';
import {
  both,
  EITHER,
  HEAVIER,
  LIGHTER,
  moreIsLighter,
  NEUTRAL,
  openMinutes,
  opposite,
  type Weight,
  weightOfText,
  weightOfTime,
} from './effect-of-text.js';
import { alike, folded, likenessOf } from './folded.js';
import { type Item, plainOf, textOf } from './meaning.js';

/** One entry of a field on the two sides; without one it came or went. */
export type Change = { readonly before?: Item; readonly after?: Item };
export const ofText = ({ before, after }: Change): Weight => weightOfText(before?.text ?? '', after?.text ?? '');
/** What is good for the citizen to have: losing it is heavier. */
export const ofGood = (change: Change): Weight => (!change.before ? LIGHTER : !change.after ? HEAVIER : NEUTRAL);
/** What is asked of him. */
export const ofDemand = (change: Change): Weight => opposite(ofGood(change));
export const valuesOf = <T>({ before, after }: Change): [T | undefined, T | undefined] => [
  before?.value as T | undefined,
  after?.value as T | undefined,
];

// ---------------------------------------------------------------- conditions, bounds and lists

/**
 * A condition that comes, goes or changes. `demand`: under it something is asked, so that without it more are asked;
 * `good`: under it something is given.
 */
export function ofNarrowing(before: string | undefined, after: string | undefined, of: 'demand' | 'good'): Weight {
  const [old, fresh] = [folded(before ?? ''), folded(after ?? '')];
  if (old === fresh || saysUnconfirmed(old) || saysUnconfirmed(fresh)) return NEUTRAL;
  const narrower = old === '' ? true : fresh === '' ? false : undefined;
  if (narrower !== undefined) return narrower === (of === 'demand') ? LIGHTER : HEAVIER;
  // The same said in other words; else other people are meant.
  const isAlike = alike(likenessOf(old), likenessOf(fresh)) >= 0.7;
  const words = weightOfText(old, fresh);
  return isAlike && !words.heavier && !words.lighter ? NEUTRAL : EITHER;
}

/** Those it holds for: none named is all. */
export function ofAudience(
  before: readonly string[] | Unconfirmed | undefined,
  after: readonly string[] | Unconfirmed | undefined,
  of: 'demand' | 'good',
): Weight {
  if (isUnconfirmed(before) || isUnconfirmed(after)) return NEUTRAL;
  const [old, fresh] = [new Set((before ?? []).map(folded)), new Set((after ?? []).map(folded))];
  const more = old.size > 0 && (fresh.size === 0 || [...fresh].some((each) => !old.has(each)));
  const fewer = fresh.size > 0 && (old.size === 0 || [...old].some((each) => !fresh.has(each)));
  const weight: Weight = { heavier: more, lighter: fewer };
  return of === 'demand' ? weight : opposite(weight);
}

/** A bound that is heavier the less, or the more, it is; none is none. */
export function ofBound(
  before: Duration | Unconfirmed | undefined,
  after: Duration | Unconfirmed | undefined,
  heavier: 'less' | 'more',
): Weight {
  if (isUnconfirmed(before) || isUnconfirmed(after)) return NEUTRAL;
  if (!before || !after) return before ? LIGHTER : after ? HEAVIER : NEUTRAL;
  const weight = weightOfTime(before, after);
  return heavier === 'more' ? weight : opposite(weight);
}

export type Sense = 'text' | 'narrows' | 'widens' | 'demand' | 'good' | 'list' | 'hours' | 'audience';
/** The fields of a record that both sides have, each in its sense. */
export function ofRecord(change: Change, senses: Readonly<Record<string, Sense>>): Weight {
  const [old, fresh] = valuesOf<Record<string, unknown>>(change);
  if (!old || !fresh) return NEUTRAL;
  return both(
    ...Object.entries(senses).map(([field, sense]): Weight => {
      const [was, is] = [old[field], fresh[field]];
      if (JSON.stringify(plainOf(was) ?? null) === JSON.stringify(plainOf(is) ?? null)) return NEUTRAL;
      if (isUnconfirmed(was) || isUnconfirmed(is)) return NEUTRAL;
      const [before, after] = [textOf(was), textOf(is)];
      switch (sense) {
        case 'narrows':
          return ofNarrowing(before, after, 'good');
        case 'widens':
          return ofNarrowing(before, after, 'demand');
        case 'demand':
          return was === undefined || was === false ? HEAVIER : is === undefined || is === false ? LIGHTER : EITHER;
        case 'list':
          return ofListed(was, is);
        case 'hours':
          return ofOpening(before, after);
        case 'good':
          return opposite(before === '' ? HEAVIER : after === '' ? LIGHTER : timesOrEither(before, after));
        case 'audience':
          return alike(likenessOf(folded(before)), likenessOf(folded(after))) < 0.6
            ? EITHER
            : weightOfText(before, after);
        default:
          return weightOfText(before, after);
      }
    }),
  );
}

export const ofListed = (was: unknown, is: unknown): Weight => {
  const names = (value: unknown): Set<string> =>
    new Set((Array.isArray(value) ? value : []).map((each) => folded(textOf(each))));
  const [before, after] = [names(was), names(is)];
  return {
    heavier: [...after].some((each) => !before.has(each)),
    lighter: [...before].some((each) => !after.has(each)),
  };
};

/** A text that may say for how long: longer is more. */
const timesOrEither = (before: string, after: string): Weight => {
  const number = (text: string): string | undefined =>
    /[\d零一二兩三四五六七八九十]+\s*(個?工作[日天]|個月|[日天月年週]|小時|分鐘)/.exec(text)?.[0];
  const [old, fresh] = [number(before), number(after)];
  if (old === undefined || fresh === undefined) return EITHER;
  return weightOfText(old, fresh);
};

export function ofOpening(before: string, after: string): Weight {
  const [old, fresh] = [openMinutes(before), openMinutes(after)];
  if (old === undefined || fresh === undefined || old === fresh) return EITHER;
  return moreIsLighter(old, fresh);
}
