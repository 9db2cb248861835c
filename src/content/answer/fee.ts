// The fee of one person: each line that applies, what is added and let off, and the exact sum, or why there is none.
import type { Span } from '../../core/source.js';
import { holdsOn } from '../in-force.js';
import type { Fee, FeeLine, Money, Rate, Surcharge } from '../schema/fee.js';
import { isUnconfirmed, known, type Unconfirmed } from '../schema/schema.js';
import type { Service } from '../schema/service.js';
import { type Asking, ascending } from './conditions.js';
import {
  compare,
  type Decimal,
  decimalOf,
  digitsOf,
  dividedBy,
  goesInto,
  greatest,
  least,
  negative,
  plus,
  rounded,
  times,
  ZERO,
} from './decimal.js';
import { countName } from './fee-words.js';
import type { Charge, FeeAnswer, Sum, Unpriced } from './person.js';
import { readRelief, readRounding, readTimes, saysUnconfirmed, unitOf } from './words.js';

type Open<T> = T | Unconfirmed | undefined;

/** The usual currency of a fee. */
export const OURS = '新臺幣';

/** From `least` to `most`; without `most` it is open above. */
type Frame = { readonly least: Decimal; readonly most?: Decimal };
type Priced = { readonly frame: Frame; readonly currency: string } | { readonly why: Unpriced; readonly text: string };
type Working = Charge & { readonly frame?: Frame; readonly currency: string };

const exact = (n: Decimal): Frame => ({ least: n, most: n });
const mapped = ({ least: low, most }: Frame, by: (n: Decimal) => Decimal): Frame => ({
  least: by(low),
  ...(most === undefined ? {} : { most: by(most) }),
});
const added = (a: Frame, b: Frame): Frame => ({
  least: plus(a.least, b.least),
  ...(a.most === undefined || b.most === undefined ? {} : { most: plus(a.most, b.most) }),
});

function sumOf({ least: low, most }: Frame, currency: string): Sum {
  if (most === undefined) return { amount: digitsOf(low), open: true, currency };
  const [first, last] = compare(low, most) <= 0 ? [low, most] : [most, low];
  return {
    amount: digitsOf(first),
    ...(compare(first, last) === 0 ? {} : { most: digitsOf(last) }),
    currency,
  };
}

/** What a person pays by what is known; every unknown stays one. */
export function feeOf({ fee, at }: Service, asking: Asking): FeeAnswer {
  if (fee === undefined) return { charges: [], totals: [], reason: 'undeclared' };
  asking.decides(at.fee);
  const unknown = isUnconfirmed(fee)
    ? fee
    : [fee.free, fee.lines, fee.surcharges, fee.discounts, fee.exemptions].find(isUnconfirmed);
  if (isUnconfirmed(fee) || unknown) return { charges: [], totals: [], reason: 'unconfirmed', ...unknown };
  const work = new Reckoning(fee, asking);
  const charges = work.charges();
  if (work.isOpen) return { charges, totals: [], reason: 'asked' };
  if (charges.length === 0) {
    if (fee.free === true) return { charges, totals: [{ amount: '0', currency: OURS }], reason: 'free' };
    // That nothing which is declared applies does not say that it is free.
    return { charges, totals: [], reason: known(fee.lines) === undefined ? 'undeclared' : 'none-applies' };
  }
  const unpriced = charges.find((each) => each.unpriced);
  if (unpriced) {
    const { why, text } = unpriced.unpriced as { why: Unpriced; text: string };
    return { charges, totals: [], reason: 'unconfirmed', ...(why === 'unconfirmed' ? { unconfirmed: text } : {}) };
  }
  return { charges, totals: work.totals() };
}

class Reckoning {
  readonly currency: string;
  /** Whether something waits for an answer. */
  isOpen = false;
  readonly #charges: Working[] = [];

  constructor(
    readonly fee: Fee,
    readonly asking: Asking,
  ) {
    const own = fee.currency;
    this.currency = own === undefined || saysUnconfirmed(own) || /^(新?[臺台]幣|NT\$|TWD)/.test(own) ? OURS : own;
  }

  charges(): Charge[] {
    const { fee, asking } = this;
    const lines = (known(fee.lines) ?? []).filter((line) => this.#inForce(line));
    for (const line of lines) {
      if (!this.#waits(this.#holds(line, line.at.self))) continue;
      asking.decides(line.at.self);
      this.#line(line, lines.length > 1);
    }
    for (const surcharge of (known(fee.surcharges) ?? []).filter((each) => this.#inForce(each)))
      this.#surcharge(surcharge);
    this.#reliefs();
    return this.#charges.map(({ frame, currency, ...charge }) =>
      frame === undefined || charge.unpriced ? charge : { ...charge, sum: sumOf(frame, currency) },
    );
  }

  totals(): Sum[] {
    const byCurrency = new Map<string, Frame>();
    for (const { frame, currency, off } of this.#charges) {
      if (!frame) continue;
      byCurrency.set(currency, added(byCurrency.get(currency) ?? exact(ZERO), off ? exact(ZERO) : frame));
    }
    return [...byCurrency].map(([currency, frame]) => sumOf(frame, currency));
  }

  /** The same; what is not known yet leaves the fee open. */
  #waits<T>(value: T): T {
    if (value === undefined) this.isOpen = true;
    return value;
  }

  #inForce(dated: Parameters<typeof holdsOn>[0]): boolean {
    const { date } = this.asking.person;
    return date === undefined || holdsOn(dated, date);
  }

  #holds(
    each: Pick<FeeLine, 'condition' | 'channel' | 'at'> & { onlyAt?: FeeLine['onlyAt'] },
    at: Span,
  ): boolean | undefined {
    const { onlyAt, ...rest } = each;
    const holds = this.asking.holds(rest);
    if (holds !== true || known(onlyAt) === undefined) return holds;
    return this.asking.is((known(onlyAt) as readonly string[]).join('、'), each.at.onlyAt ?? at);
  }

  // -------------------------------------------------------------- lines

  #line(line: FeeLine, optional: boolean): void {
    const item = line.item ?? '';
    const counted = this.#waits(this.#counted(line, optional));
    if (!counted || counted.number === 0) return;
    const priced = this.#waits(this.#priceOf(line, counted));
    if (priced) this.#add({ kind: 'line', item, at: line.at.self }, counted, bounded(priced, line));
  }

  #add(charge: Pick<Working, 'kind' | 'item' | 'at'>, counted: Counted, priced: Priced): void {
    const count =
      counted.unit === '' || counted.number === undefined
        ? {}
        : { count: { number: digitsOf(decimalOf(counted.number)), unit: counted.unit } };
    this.#charges.push(
      'why' in priced
        ? { ...charge, ...count, unpriced: priced, currency: this.currency }
        : { ...charge, ...count, frame: priced.frame, currency: priced.currency },
    );
  }

  /** How much of a line is asked for: by its unit of charge, or by what it is counted on; undefined where that is not known. */
  #counted(line: FeeLine, optional: boolean): Counted | undefined {
    const per = line.per ?? known(line.amount)?.per;
    const unit = per === undefined ? undefined : unitOf(per);
    const tiers = known(line.tiers);
    if (unit === undefined && line.rate === undefined && tiers === undefined) return { unit: '', size: 1 };
    const onBase = unit === undefined;
    const name = onBase ? (line.base ?? line.item ?? '') : (line.item ?? '');
    const text = name === '' ? countName(unit?.unit ?? '') : name;
    const nth = known(known(line.fromNth)?.nth);
    const samples = [
      ...(optional ? [0] : []),
      unit?.size ?? 1,
      ...(unit && unit.size > 1 ? [unit.size + 1] : []),
      ...(nth === undefined ? [] : [nth, nth + 1]),
      ...(tiers ?? []).flatMap(({ from }) => (typeof from === 'number' && from > 0 ? [from] : [])),
    ];
    const number = this.asking.quantity({
      text,
      unit: unit?.unit ?? (onBase ? '元' : ''),
      optional,
      samples: ascending(samples),
      at: line.at.per ?? line.at.amount ?? line.at.self,
    });
    return number === undefined ? undefined : { number, unit: unit?.unit ?? '', size: unit?.size ?? 1 };
  }

  /** Undefined where an answer is missing. */
  #priceOf(line: FeeLine, counted: Counted): Priced | undefined {
    const { amount, formula, tiers, rate } = line;
    const unknown = unconfirmedAmong(amount, formula, tiers, rate, line.fromNth, line.begun, line.least, line.most);
    if (unknown) return unknown;
    const money = known(amount);
    const share = known(rate);
    const steps = known(tiers);
    if (money !== undefined) return this.#timesText(line, counted, unitPrice(line, money, counted, this.currency));
    if (steps !== undefined) return tierPrice(line, counted.number ?? 0, this.currency);
    if (share !== undefined)
      return {
        frame: exact(times(decimalOf(counted.number ?? 0), decimalOf(share.share))),
        currency: this.currency,
      };
    if (formula !== undefined && !isUnconfirmed(formula)) return this.#formula(line, formula);
    return { why: 'said-only', text: line.note ?? line.item ?? '' };
  }

  #formula(line: FeeLine, formula: { sum: readonly (readonly (string | number)[])[] }): Priced | undefined {
    let total = ZERO;
    for (const product of formula.sum) {
      let value = decimalOf(1);
      for (const factor of product) {
        const number =
          typeof factor === 'number'
            ? factor
            : this.asking.quantity({
                text: factor,
                unit: '',
                optional: true,
                samples: [1, 2],
                at: line.at.formula ?? line.at.self,
              });
        if (number === undefined) return undefined;
        value = times(value, decimalOf(number));
      }
      total = plus(total, value);
    }
    return { frame: exact(total), currency: this.currency };
  }

  /** 「彩色為 5 倍」: of how many it is so is asked. */
  #timesText(line: FeeLine, counted: Counted, priced: Priced): Priced | undefined {
    if (line.times === undefined || 'why' in priced) return priced;
    if (saysUnconfirmed(line.times)) return { why: 'unconfirmed', text: line.times };
    const read = readTimes(line.times);
    if (!read) return { why: 'unreadable', text: line.times };
    const all = { ...priced, frame: mapped(priced.frame, (n) => times(n, read.factor)) };
    if (read.when === '') return all;
    if (counted.number === undefined || counted.size !== 1 || line.fromNth !== undefined) {
      const holds = this.asking.is(read.when, line.at.times ?? line.at.self);
      return holds === undefined ? undefined : holds ? all : priced;
    }
    const text = `${line.item ?? ''}${line.item === undefined ? '' : '：'}${read.when}`;
    const some = this.asking.quantity({
      text,
      unit: counted.unit,
      optional: true,
      samples: [0, 1],
      at: line.at.times ?? line.at.self,
    });
    if (some === undefined) return undefined;
    // What comes on top of the price of those.
    const more = times(plus(read.factor, decimalOf(-1)), decimalOf(Math.min(some, counted.number)));
    const extra = mapped(frameOf(known(line.amount) as Money), (n) => times(n, more));
    return { ...priced, frame: added(priced.frame, extra) };
  }

  // -------------------------------------------------------------- what is added

  #surcharge(surcharge: Surcharge): void {
    const { item, condition, channel, at } = surcharge;
    const held = this.asking.holds(surcharge);
    // What is neither for a case nor for a channel is asked for by its name: 急件.
    const named = condition === undefined && channel === undefined && item !== undefined && !saysUnconfirmed(item);
    if (!this.#waits(held === true && named ? this.asking.is(item, at.item ?? at.self) : held)) return;
    this.asking.decides(at.self);
    const charge = { kind: 'surcharge', item: item ?? condition ?? '', at: at.self } as const;
    const counted = this.#waits(this.#surchargeCount(surcharge));
    if (!counted) return;
    const { most } = surcharge;
    const priced = unconfirmedAmong(most) ?? bounded(this.#surchargePrice(surcharge, counted), { most, at });
    this.#add(charge, counted, priced);
  }

  #surchargeCount({ per, perSaved, item, at }: Surcharge): Counted | undefined {
    const saved = known(perSaved);
    const unit = saved
      ? { unit: saved.printed.replace(/^[\d.\s]+/, ''), size: saved.most }
      : per === undefined
        ? undefined
        : unitOf(per);
    if (!unit) return { unit: '', size: 1 };
    const number = this.asking.quantity({
      text: item ?? countName(unit.unit),
      unit: unit.unit,
      optional: false,
      samples: [unit.size],
      at: at.perSaved ?? at.per ?? at.self,
    });
    return number === undefined ? undefined : { number, ...unit };
  }

  #surchargePrice(
    { amount, rate, times: multiple, charged, note, item, perSaved }: Surcharge,
    counted: Counted,
  ): Priced {
    const unknown = unconfirmedAmong(amount, rate, perSaved);
    if (unknown) return unknown;
    const units =
      counted.number === undefined ? decimalOf(1) : dividedBy(decimalOf(counted.number), decimalOf(counted.size));
    if (units === undefined || units.scale > 0) return { why: 'part-of-unit', text: item ?? '' };
    const money = known(amount);
    if (money !== undefined) return priceIn(money, (n) => times(n, units), this.currency);
    const share = known(rate) as Rate | undefined;
    const read = multiple === undefined ? undefined : readTimes(multiple);
    const factor = share
      ? decimalOf(share.share)
      : read?.when === ''
        ? read.adds
          ? read.factor
          : plus(read.factor, decimalOf(-1))
        : undefined;
    if (factor === undefined)
      return { why: multiple === undefined ? 'said-only' : 'unreadable', text: multiple ?? note ?? item ?? '' };
    const base = this.#chargedBy(charged, ['line']);
    const unpriced = base.find((each) => each.unpriced)?.unpriced;
    if (unpriced) return unpriced;
    const frames = base.flatMap(({ frame }) => frame ?? []);
    const currency = base[0]?.currency ?? this.currency;
    return { frame: mapped(frames.reduce(added, exact(ZERO)), (n) => times(times(n, factor), units)), currency };
  }

  /** The charges of which one of these names speaks; all of the kinds where none is named. */
  #chargedBy(charged: Open<readonly string[]>, kinds: readonly Charge['kind'][], except?: string): Working[] {
    const names = known(charged);
    const all = this.#charges.filter(({ kind }) => kinds.includes(kind));
    const speaksOf = (name: string, item: string): boolean =>
      item !== '' && (item.includes(name) || name.includes(item));
    const named = names === undefined ? all : all.filter(({ item }) => names.some((name) => speaksOf(name, item)));
    return except === undefined ? named : named.filter(({ item }) => !speaksOf(except, item));
  }

  // -------------------------------------------------------------- what is let off

  #reliefs(): void {
    const { fee, asking } = this;
    const reliefs: Relief[] = [];
    for (const each of (known(fee.discounts) ?? []).filter((one) => this.#inForce(one))) {
      if (this.#waits(asking.holds(each)))
        reliefs.push({ ...each, kind: 'discount', item: known(each.channel)?.join('、') ?? each.extent ?? '' });
    }
    for (const each of (known(fee.exemptions) ?? []).filter((one) => this.#inForce(one))) {
      const held = asking.holds(each);
      const who = each.who;
      const named = held === true && who !== undefined && !saysUnconfirmed(who);
      if (this.#waits(named ? asking.is(who, each.at.who ?? each.at.self) : held))
        reliefs.push({ extent: '免收', ...each, kind: 'exemption', item: who ?? '' });
    }
    // What is let off whole comes first: of it nothing more can be taken.
    const isWhole = ({ extent, most }: Relief): boolean =>
      most === undefined && 'off' in (readRelief(extent ?? '') ?? {});
    const taken: Span[] = [];
    for (const relief of [...reliefs.filter(isWhole), ...reliefs.filter((each) => !isWhole(each))]) {
      if (this.#isExcepted(relief)) continue;
      asking.decides(relief.at.self);
      const { kind, item, at } = relief;
      this.#add({ kind, item, at: at.self }, { unit: '', size: 1 }, this.#reliefOf(relief, taken));
    }
  }

  /** Whether the exception to a relief holds, where that is a case of its own and not one of the charges. */
  #isExcepted({ except, at }: Relief): boolean {
    if (except === undefined || saysUnconfirmed(except) || this.#names(except)) return false;
    return this.#waits(this.asking.is(except, at.except ?? at.self)) !== false;
  }

  /** What a relief takes off, as a sum below zero; what it lets off whole is marked so. */
  #reliefOf({ extent = '', except, charged, most, per }: Relief, taken: Span[]): Priced {
    const unknown = [
      extent,
      except ?? '',
      known(charged) === undefined && isUnconfirmed(charged) ? charged.unconfirmed : '',
    ].find(saysUnconfirmed);
    const open = unconfirmedAmong(most);
    if (open) return open;
    if (unknown !== undefined) return { why: 'unconfirmed', text: unknown };
    const read = readRelief(extent);
    if (!read || (per !== undefined && 'money' in read)) return { why: 'unreadable', text: extent };
    const of = this.#chargedBy(charged, ['line', 'surcharge'], except);
    const currency = of[0]?.currency ?? this.currency;
    if ('off' in read && most === undefined) {
      for (const each of of) this.#charges[this.#charges.indexOf(each)] = letOff(each);
      return { frame: exact(ZERO), currency };
    }
    const left = of.filter(({ off }) => !off);
    if (left.some(({ at }) => taken.includes(at))) return { why: 'several-reliefs', text: extent };
    taken.push(...left.map(({ at }) => at));
    const unpriced = left.find((each) => each.unpriced)?.unpriced;
    if (unpriced) return unpriced;
    const cap = known(most);
    const base = left.flatMap(({ frame }) => frame ?? []).reduce(added, exact(ZERO));
    const off = mapped(base, (n) => {
      const much =
        'money' in read ? least(decimalOf(read.money.amount), n) : 'share' in read ? times(n, read.share) : n;
      return negative(cap === undefined ? much : least(much, decimalOf(cap.amount)));
    });
    return { frame: off, currency };
  }

  /** Whether the fee has a charge of this name, in force for this person or not. */
  #names(name: string): boolean {
    return [...(known(this.fee.lines) ?? []), ...(known(this.fee.surcharges) ?? [])].some(
      ({ item }) => item !== undefined && (item.includes(name) || name.includes(item)),
    );
  }
}

/** The first that is 待確認, as the reason why there is no price. */
function unconfirmedAmong(...values: readonly unknown[]): Priced | undefined {
  const unknown = values.find(isUnconfirmed);
  return unknown && { why: 'unconfirmed', text: unknown.unconfirmed };
}

type Counted = { readonly number?: number; readonly unit: string; readonly size: number };
type Relief = {
  readonly kind: 'discount' | 'exemption';
  readonly item: string;
  readonly extent?: string;
  readonly except?: string;
  readonly charged?: Open<readonly string[]>;
  readonly most?: Open<Money>;
  readonly per?: string;
  readonly at: { readonly self: Span; readonly [field: string]: Span };
};

/** A charge that is let off whole is no unknown any more. */
function letOff({ unpriced: _, ...charge }: Working): Working {
  return { ...charge, frame: charge.frame ?? exact(ZERO), off: true };
}

const currencyOf = (money: Money, usual: string): string => money.currency ?? usual;
const frameOf = ({ amount, most, open }: Money): Frame =>
  open ? { least: decimalOf(amount) } : { least: decimalOf(amount), most: decimalOf(most ?? amount) };
const priceIn = (money: Money, by: (n: Decimal) => Decimal, currency: string): Priced => ({
  frame: mapped(frameOf(money), by),
  currency: currencyOf(money, currency),
});

/** The price of so many, the first ones and those from the nth. */
function unitPrice(line: FeeLine, money: Money, { number, size }: Counted, currency: string): Priced {
  if (number === undefined) return priceIn(money, (n) => n, currency);
  const { whole, rest } = goesInto(decimalOf(number), decimalOf(size));
  const begun = known(line.begun);
  let units: Decimal | undefined = whole;
  if (rest && begun === 'whole') units = plus(whole, decimalOf(1));
  else if (rest && begun === 'share') units = dividedBy(decimalOf(number), decimalOf(size));
  else if (rest && begun === undefined) return { why: 'part-of-unit', text: line.per ?? money.per ?? '' };
  if (units === undefined) return { why: 'rounding', text: line.per ?? '' };
  const nth = known(line.fromNth);
  const from = known(nth?.nth);
  const later = known(nth?.amount);
  if (nth === undefined) return priceIn(money, (n) => times(n, units), currency);
  if (from === undefined || later === undefined) {
    return unconfirmedAmong(nth.nth, nth.amount) ?? { why: 'unreadable', text: line.per ?? '' };
  }
  const first = least(units, decimalOf(from - 1));
  const others = plus(units, negative(first));
  return {
    frame: added(
      mapped(frameOf(money), (n) => times(n, first)),
      mapped(frameOf(later), (n) => times(n, others)),
    ),
    currency: currencyOf(money, currency),
  };
}

/** The tier in which a quantity lies. A rate of a later tier may mean the whole or only what is above: nobody said. */
function tierPrice(line: FeeLine, number: number, currency: string): Priced {
  const tiers = known(line.tiers) ?? [];
  const unknown = unconfirmedAmong(...tiers.flatMap(({ from, below, amount, rate }) => [from, below, amount, rate]));
  if (unknown) return unknown;
  const at = tiers.findIndex(
    ({ from, below }) => number >= (known(from) ?? 0) && number < (known(below) ?? Number.POSITIVE_INFINITY),
  );
  const tier = tiers[at];
  const money = known(tier?.amount);
  const rate = known(tier?.rate);
  if (money?.per !== undefined || line.per !== undefined) {
    const unit = unitOf(line.per ?? money?.per ?? '');
    if (money && unit) return unitPrice(line, money, { number, ...unit }, currency);
  }
  if (money && rate === undefined) return priceIn(money, (n) => n, currency);
  if (rate && money === undefined && tiers.every((each, i) => i >= at || known(each.rate)?.share === rate.share))
    return { frame: exact(times(decimalOf(number), decimalOf(rate.share))), currency };
  return { why: 'tiers', text: line.base ?? line.item ?? '' };
}

/** Within its least and most, and rounded as the line says. */
function bounded(priced: Priced, line: Partial<Pick<FeeLine, 'least' | 'most' | 'rounding' | 'at'>>): Priced {
  if ('why' in priced) return priced;
  const [low, high] = [known(line.least), known(line.most)];
  let frame = mapped(priced.frame, (n) => {
    const up = low === undefined ? n : greatest(n, decimalOf(low.amount));
    return high === undefined ? up : least(up, decimalOf(high.amount));
  });
  if (high !== undefined && frame.most === undefined) frame = { ...frame, most: decimalOf(high.amount) };
  const whole = (n: Decimal | undefined): boolean => n === undefined || n.scale === 0;
  if (line.rounding === undefined) return { ...priced, frame };
  const how = readRounding(line.rounding);
  if (how) return { ...priced, frame: mapped(frame, (n) => rounded(n, how.how, how.scale)) };
  return whole(frame.least) && whole(frame.most) ? { ...priced, frame } : { why: 'rounding', text: line.rounding };
}
