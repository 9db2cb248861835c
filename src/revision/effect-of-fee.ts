// What a change of a fee means for who pays it: charges, additions, what is let off or paid back.
import type { FeeLine, Money, Rate, Surcharge } from '../content/schema/fee.js';
import { isUnconfirmed, known, type Unconfirmed } from '../content/schema/schema.js';
import {
  type Change,
  ofAudience,
  ofDemand,
  ofGood,
  ofNarrowing,
  ofRecord,
  ofText,
  valuesOf,
} from './effect-of-fields.js';
import {
  both,
  EITHER,
  HEAVIER,
  LIGHTER,
  moreIsHeavier,
  moreIsLighter,
  NEUTRAL,
  opposite,
  type Weight,
  weightOfText,
} from './effect-of-text.js';
import { folded } from './folded.js';
import { plainOf, textOf } from './meaning.js';

// ---------------------------------------------------------------- fee

export function ofFee(part: string, change: Change): Weight {
  const { before, after } = change;
  switch (part) {
    case 'free': {
      const [old, fresh] = valuesOf<boolean>(change);
      return ofGood({ ...(old && before ? { before } : {}), ...(fresh && after ? { after } : {}) });
    }
    case 'lines':
      return before && after ? weightOfLine(before.value as FeeLine, after.value as FeeLine) : ofDemand(change);
    case 'surcharges':
      return before && after ? weightOfCharge(before.value as Surcharge, after.value as Surcharge) : ofDemand(change);
    case 'discounts':
      return both(ofGood(change), ofExtent(change, ['extent']));
    case 'exemptions':
      return both(ofGood(change), ofExtent(change, ['extent', 'who']), exceptions(change));
    case 'refund':
      return both(
        ofGood(change),
        ofExtent(change, ['situation', 'refunded']),
        ofRecord(change, { deducted: 'demand' }),
      );
    case 'payment':
      return both(ofGood(change), ofRecord(change, { note: 'text', means: 'audience' }), channelsOf(change, 'good'));
    case 'currency':
      return EITHER;
    default:
      return ofText(change);
  }
}

const channelsOf = (change: Change, of: 'demand' | 'good'): Weight => {
  const [old, fresh] = valuesOf<{ channel?: readonly string[] }>(change);
  return old && fresh ? ofAudience(old.channel, fresh.channel, of) : NEUTRAL;
};
const exceptions = (change: Change): Weight => ofRecord(change, { except: 'demand', condition: 'narrows' });

/** What is let off or paid back: what it is and under what condition. */
function ofExtent(change: Change, fields: readonly string[]): Weight {
  const [old, fresh] = valuesOf<Record<string, unknown>>(change);
  if (!old || !fresh) return NEUTRAL;
  const money = (field: string): Weight =>
    ofMoney(old[field] as Money | undefined, fresh[field] as Money | undefined, 'good');
  return both(
    ofRecord(change, { condition: 'narrows', note: 'text' }),
    channelsOf(change, 'good'),
    money('most'),
    ...fields.map((field): Weight => {
      const [before, after] = [textOf(old[field]), textOf(fresh[field])];
      if (folded(before) === folded(after)) return NEUTRAL;
      const off = (text: string): number | undefined =>
        /免|全額/.test(text) ? 100 : /減半|半價|五折/.test(text) ? 50 : discountIn(text);
      const [was, is] = [off(before), off(after)];
      return was === undefined || is === undefined ? EITHER : moreIsLighter(was, is);
    }),
  );
}

/** Per cent that are let off: 8 折 are 20, 減收 20 元 counts by its sum. */
function discountIn(text: string): number | undefined {
  const [, folds] = /([\d.]+)\s*折/.exec(text.normalize('NFKC')) ?? [];
  if (folds !== undefined) return 100 - Number(folds.length === 1 ? `${folds}0` : folds);
  const [, number] = /([\d.]+)\s*(?:%|元)/.exec(text.normalize('NFKC')) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** A sum in place of another; none where there was one leaves something else to be paid or nothing. */
export function ofMoney(
  before: Money | Unconfirmed | undefined,
  after: Money | Unconfirmed | undefined,
  of: 'demand' | 'good',
): Weight {
  if (isUnconfirmed(before) || isUnconfirmed(after)) return NEUTRAL;
  if (!before || !after) return before === after ? NEUTRAL : EITHER;
  const top = (money: Money): number => (money.open ? Number.POSITIVE_INFINITY : (money.most ?? money.amount));
  const weight = both(
    moreIsHeavier(before.amount, after.amount),
    moreIsHeavier(top(before), top(after)),
    before.currency === after.currency ? NEUTRAL : EITHER,
  );
  return of === 'demand' ? weight : opposite(weight);
}

export const ofRate = (before: Rate | Unconfirmed | undefined, after: Rate | Unconfirmed | undefined): Weight =>
  isUnconfirmed(before) || isUnconfirmed(after)
    ? NEUTRAL
    : before && after
      ? moreIsHeavier(before.share, after.share)
      : before === after
        ? NEUTRAL
        : EITHER;

const sameIn = (field: string, old: object, fresh: object): boolean =>
  JSON.stringify(plainOf((old as Record<string, unknown>)[field]) ?? null) ===
  JSON.stringify(plainOf((fresh as Record<string, unknown>)[field]) ?? null);
/** What differs in these fields cannot be set off: it may be either. */
const differs = (fields: readonly string[], old: object, fresh: object): Weight =>
  fields.every((field) => sameIn(field, old, fresh)) ? NEUTRAL : EITHER;

/** Units of one charge: what begins counts whole, in part or not at all. */
const BEGUN: Readonly<Record<string, number>> = { none: 0, share: 1, whole: 2 };

function weightOfLine(old: FeeLine, fresh: FeeLine): Weight {
  const [was, is] = [known(old.begun), known(fresh.begun)];
  return both(
    ofMoney(old.amount, fresh.amount, 'demand'),
    ofRate(old.rate, fresh.rate),
    unitOf(old) === unitOf(fresh) ? NEUTRAL : EITHER,
    ofNth(old, fresh),
    ofTiers(old, fresh),
    was === is ? NEUTRAL : moreIsHeavier(BEGUN[was ?? 'share'] ?? 1, BEGUN[is ?? 'share'] ?? 1),
    ofFloor(old.least, fresh.least),
    ofCeiling(old.most, fresh.most),
    differs(['formula', 'base', 'rounding', 'onlyAt'], old, fresh),
    weightOfText(old.times ?? '', fresh.times ?? ''),
    folded(old.times ?? '') === folded(fresh.times ?? '')
      ? NEUTRAL
      : old.times === undefined
        ? HEAVIER
        : fresh.times === undefined
          ? LIGHTER
          : ofMultiple(old.times, fresh.times),
    ofNarrowing(old.condition, fresh.condition, 'demand'),
    ofAudience(old.channel, fresh.channel, 'demand'),
    weightOfText(old.note ?? '', fresh.note ?? ''),
  );
}
const unitOf = ({ per, amount }: FeeLine): string => folded(per ?? known(amount)?.per ?? '');
const ofMultiple = (before: string, after: string): Weight => {
  const number = (text: string): number =>
    /加倍/.test(text) ? 2 : Number(/([\d.]+)\s*倍/.exec(text.normalize('NFKC'))?.[1]);
  const [old, fresh] = [number(before), number(after)];
  return Number.isNaN(old) || Number.isNaN(fresh) ? EITHER : moreIsHeavier(old, fresh);
};
const ofFloor = (before: FeeLine['least'], after: FeeLine['least']): Weight =>
  isUnconfirmed(before) || isUnconfirmed(after) ? NEUTRAL : moreIsHeavier(before?.amount ?? 0, after?.amount ?? 0);
const ofCeiling = (before: FeeLine['most'], after: FeeLine['most']): Weight =>
  isUnconfirmed(before) || isUnconfirmed(after)
    ? NEUTRAL
    : moreIsHeavier(before?.amount ?? Number.MAX_VALUE, after?.amount ?? Number.MAX_VALUE);

function ofNth(old: FeeLine, fresh: FeeLine): Weight {
  const [was, is] = [known(old.fromNth), known(fresh.fromNth)];
  if (!was || !is) return was || is ? EITHER : NEUTRAL;
  return both(ofMoney(was.amount, is.amount, 'demand'), differs(['nth'], was, is));
}

function ofTiers(old: FeeLine, fresh: FeeLine): Weight {
  if (sameIn('tiers', old, fresh)) return NEUTRAL;
  const [was, is] = [known(old.tiers) ?? [], known(fresh.tiers) ?? []];
  const bounds =
    was.length === is.length &&
    was.every((tier, i) => sameIn('from', tier, is[i] ?? {}) && sameIn('below', tier, is[i] ?? {}));
  if (!bounds) return EITHER;
  return both(
    ...was.map((tier, i) => both(ofMoney(tier.amount, is[i]?.amount, 'demand'), ofRate(tier.rate, is[i]?.rate))),
  );
}

const weightOfCharge = (old: Surcharge, fresh: Surcharge): Weight =>
  both(
    ofMoney(old.amount, fresh.amount, 'demand'),
    ofRate(old.rate, fresh.rate),
    ofCeiling(old.most, fresh.most),
    sameIn('times', old, fresh) ? NEUTRAL : ofMultiple(old.times ?? '', fresh.times ?? ''),
    differs(['per', 'perSaved', 'charged'], old, fresh),
    ofNarrowing(old.condition, fresh.condition, 'demand'),
    ofAudience(old.channel, fresh.channel, 'demand'),
    weightOfText(old.note ?? '', fresh.note ?? ''),
  );
