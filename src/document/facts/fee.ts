// The fee of a service as it is printed: in a few words, or every fact of it as a row.

import { OURS } from '../../content/answer/fee.js';
import type { Sum } from '../../content/answer/person.js';
import type { Fee, FeeLine, Money, Rate, Refund, Surcharge } from '../../content/schema/fee.js';
import { isUnconfirmed, known } from '../../content/schema/schema.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import { citationText } from '../words.js';
import {
  amongWords,
  basisText,
  clauses,
  dayText,
  listed,
  type Open,
  plain,
  printed,
  type Wording,
  worded,
} from './text.js';

export type FeeRow = {
  kind: 'line' | 'more' | 'surcharge' | 'discount' | 'exemption' | 'other';
  item: string;
  amount: string;
  per: string;
  note: string;
};

/** 免費, 每份 100 元, 每 2 小時 20 元起等 3 項, 待確認. */
export function feeBrief(context: Wording, fee: Open<Fee>): string {
  if (fee === undefined) return context.word('undeclared');
  if (isUnconfirmed(fee) || isUnconfirmed(fee.free) || isUnconfirmed(fee.lines)) return context.word('unconfirmed');
  const lines = fee.lines ?? [];
  if (fee.free) return lines.length > 0 ? context.word('free-but', lines.length) : context.word('free');
  const [first] = lines;
  if (!first) return context.word('undeclared');
  const texts = lines.map((line) => lineBrief(context, line));
  const sure = texts.filter((text) => !saysUnconfirmed(text));
  const [text] = sure;
  if (text === undefined) return context.word('unconfirmed');
  if (lines.length === 1) return text;
  if (sure.length < lines.length)
    return context.word('partly-unconfirmed', context.word('and-others', text, lines.length));
  const sums = lines.map((line) => known(line.amount)?.amount);
  const least = sums[0] !== undefined && sums.every((sum) => sum !== undefined && sum >= (sums[0] as number));
  const equal = sums.every((sum) => sum === sums[0]);
  const up = least && !equal && known(lines[0]?.amount)?.open !== true;
  return context.word('and-others', up ? context.word('and-up', text) : text, lines.length);
}

function lineBrief(context: Wording, line: FeeLine): string {
  if (line.amount !== undefined) return moneyText(line.amount, line.per);
  if (line.rate !== undefined) return rateText(context, line.rate, line.base);
  if (line.formula !== undefined) return printed(line.formula);
  const tiers = line.tiers;
  if (isUnconfirmed(tiers)) return tiers.unconfirmed;
  const first = tiers?.[0];
  if (first) {
    const text =
      first.amount === undefined ? rateText(context, first.rate, line.base) : moneyText(first.amount, line.per);
    return isUnconfirmed(first.amount ?? first.rate) || known(first.amount)?.open ? text : context.word('and-up', text);
  }
  return line.item ?? line.note ?? '';
}

/** 每份 100 元, without saying 每份 twice. */
const moneyText = (money: Open<Money>, per = ''): string => {
  const text = printed(money);
  if (money === undefined || isUnconfirmed(money)) return text;
  const unit = per || (money.per ?? '');
  return unit === '' || text.includes(unit) ? text : `${unit} ${text}`;
};

/** The sum alone, where its unit has a column of its own. */
const sumText = (money: Open<Money>): string => {
  const text = printed(money);
  const per = known(money)?.per;
  return per && text.startsWith(per) ? text.slice(per.length).trim() : text;
};
const rateText = (context: Wording, rate: Open<Rate>, base: string | undefined): string =>
  base && known(rate) ? context.word('rate-of', base, printed(rate)) : printed(rate);

/** The currency of a fee where it is not Taiwan's. */
export function currencyOf(fee: Open<Fee>): string | undefined {
  const currency = known(fee)?.currency;
  const ours = currency === undefined || saysUnconfirmed(currency) || /^(新?[臺台]幣|NT\$|TWD)/.test(currency);
  return ours ? undefined : currency;
}

/** A fee in the currency it names: what is written as 370 元 of it is 370 港元. */
export function inCurrency(fee: Open<Fee>): Open<Fee> {
  const currency = currencyOf(fee);
  if (currency === undefined) return fee;
  const inIt = <T>(value: T): T => {
    if (Array.isArray(value)) return value.map(inIt) as T;
    if (typeof value !== 'object' || value === null) return value;
    if ('amount' in value && typeof value.amount === 'number' && 'printed' in value) {
      const { printed: text, currency: ours } = value as unknown as Money;
      const own =
        ours !== undefined || text.includes(currency)
          ? text
          : text.replace(/\s*(?:新?[臺台]幣)?(?<![美歐日港加澳])[元圓]整?/, ` ${currency}`);
      return { ...value, printed: own };
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, key === 'at' || key === 'cited' ? inner : inIt(inner)]),
    ) as T;
  };
  return inIt(fee);
}

/**
 * The same on paper: what is added, let off or begins with the second is told as such, in the currency and unit it is in.
 * Stamps keep `feeRows`, so that older papers are still read.
 */
export function toldFeeRows(context: Wording, fee: Open<Fee>): FeeRow[] {
  const lines = known(known(fee)?.lines) ?? [];
  const surcharges = known(known(fee)?.surcharges) ?? [];
  let line: FeeLine | undefined;
  let at = 0;
  let added = 0;
  const says: Wording = {
    word: (key, ...values) =>
      key === 'except' && SAYS_WHAT.test(String(values[0]))
        ? context.word('except-so', ...values)
        : context.word(key, ...values),
  };
  return feeRows(says, inCurrency(fee)).map((row) => {
    if (row.kind === 'line') {
      line = lines[at++];
      const [general, exact] = [begunText(context, line?.begun), begunWords(context, line, row.per)];
      return { ...row, note: general === '' ? row.note : row.note.replace(general, exact) };
    }
    if (row.kind === 'surcharge') return { ...row, amount: addedText(context, row, surcharges[added++]?.amount) };
    if (row.kind !== 'more' || line === undefined) return row;
    const nth = known(line.fromNth);
    const unit = /^每\s*([^\d\s]{1,3})$/.exec(row.per)?.[1];
    if (nth && row.item === worded(context, 'from-nth', 'further', nth.nth) && unit !== undefined && unit !== '份')
      return { ...row, item: context.word('from-nth-of', known(nth.nth) ?? '', unit) };
    const counted = /[（(]\s*([^（）()]{1,6})\s*[）)]\s*$/.exec(line.base ?? '')?.[1] ?? tierUnit(line);
    // What begins at nothing has no lower end.
    const item = /^0\D/.test(row.item) && line.tiers !== undefined ? fromNothing(context, line, row.item) : row.item;
    return counted === undefined
      ? { ...row, item }
      : {
          ...row,
          item: item.replace(/\d[\d,.]*/g, (n) =>
            counted === DOLLARS ? context.word('dollars', n) : context.word('tier-unit', n, counted),
          ),
        };
  });
}

/** 未滿 50 for 0 以上未滿 50. */
const fromNothing = (context: Wording, { tiers }: FeeLine, item: string): string => {
  const tier = known(tiers)?.find(({ from, below }) => from === 0 && tierRange(context, from, below) === item);
  return tier?.below === undefined ? item : tierRange(context, undefined, tier.below);
};

/** An exception that says what holds for it: 仍應繳納. */
const SAYS_WHAT = /[仍應須照]|不適用|不予|不得|另計|除外/;

/** 不足 2 小時以 2 小時計 of what is charged 每 2 小時; of a unit in other words 不足一單位以一單位計. */
export function begunWords(context: Wording, line: FeeLine | undefined, per = perOf(line)): string {
  const { begun } = line ?? {};
  const [, count, unit] = /^每\s*(\d[\d,.]*)?\s*([^\d\s\p{Pe}]+)$/u.exec(per) ?? [];
  if (unit === undefined || typeof begun !== 'string') return begunText(context, begun);
  return context.word(
    `begun-${begun}-of`,
    count === undefined ? `${unit.startsWith('半') ? '' : '一'}${unit}` : ` ${count} ${unit}`,
  );
}
const perOf = (line: FeeLine | undefined): string => line?.per ?? known(line?.amount)?.per ?? '';

/** 加收 每份 100 元; 加收 alone where how much is said in other words. */
function addedText(context: Wording, { item, amount, note }: FeeRow, money: Open<Money>): string {
  if (amount === '' && !ADDS.test(item) && !ADDS.test(note)) return context.word('fee-added');
  if (amount === '' || saysUnconfirmed(amount)) return amount;
  const per = known(money)?.per;
  const sum = per === undefined || amount.includes(per) ? amount : `${per} ${amount}`;
  return /^[加另外]|倍/.test(amount) ? sum : context.word('surcharge-of', sum);
}

/** What says by itself that it is added. */
const ADDS = /[加另]|surcharge|added/i;

/** Bounds of tiers that are sums of ours. */
const DOLLARS = '元';

/** 「MB」 of `未滿: 50 MB`, as it is written in the file. */
function tierUnit({ tiers }: FeeLine): string | undefined {
  for (const { at } of known(tiers) ?? [])
    for (const span of [at.below, at.from]) {
      const text = span?.source.text.slice(span.start, span.end) ?? '';
      if (/[\d０-９萬千百]\s*[元圓]$/.test(text.trim())) return DOLLARS;
      const unit = /[\d萬千百]\s*([^\d\s,，.。元萬千百十]{1,6})$/.exec(text.trim())?.[1];
      if (unit !== undefined) return unit;
    }
  return undefined;
}

/** What it comes to, one text for each currency: 1,300 元, 18.5–370 元, 30 元起, 免費. */
export const totalTexts = (context: Wording, totals: readonly Sum[]): string[] =>
  totals.map(({ amount, most, open, currency }) => {
    const number = `${grouped(amount)}${most === undefined ? '' : `–${grouped(most)}`}`;
    if (amount === '0' && most === undefined && !open) return context.word('free');
    const text = currency === OURS ? context.word('dollars', number) : `${number} ${currency}`;
    return open ? context.word('and-up', text) : text;
  });
const grouped = (digits: string): string => digits.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));

/** A row in a line: 閱覽 每 2 小時 20 元（…）. What is charged is named where it is not the fee itself. */
export function chargeText(context: Wording, { item, per, amount, note }: FeeRow): string {
  const text = [item === context.word('fee') ? '' : item, per, amount].filter((part) => part !== '').join(' ');
  if (note === '') return text;
  // What stands in brackets behind 待確認 is why nobody knows it, and is left out of papers for citizens.
  return saysUnconfirmed(amount)
    ? `${text}${context.word('clause-comma')}${note}`
    : `${text}${context.word('brackets', note)}`;
}

/** Every fact about the fee, a row each; `other` rows have no amount and their text in `note`. */
export function feeRows(context: Wording, fee: Open<Fee>): FeeRow[] {
  const row = (kind: FeeRow['kind'], item: string, amount: string, note = '', per = ''): FeeRow => ({
    kind,
    item,
    amount,
    per,
    note,
  });
  if (fee === undefined) return [];
  if (isUnconfirmed(fee)) return [row('line', context.word('fee'), fee.unconfirmed)];
  const rows: FeeRow[] = [];
  /** A list of the fee, or its 待確認 as the only row. */
  const each = <T>(
    list: Open<readonly T[]>,
    kind: FeeRow['kind'],
    word: string,
    rowsOf: (entry: T) => FeeRow[],
  ): void => {
    if (isUnconfirmed(list)) rows.push(row(kind, context.word(word), list.unconfirmed));
    else for (const entry of list ?? []) for (const each of rowsOf(entry)) rows.push(each);
  };
  if (isUnconfirmed(fee.free)) rows.push(row('line', context.word('free'), fee.free.unconfirmed));
  else if (fee.free) rows.push(row('line', context.word('fee'), context.word('free')));
  each(fee.lines, 'line', 'fee', (line) => lineRows(context, line));
  each(fee.surcharges, 'surcharge', 'surcharge', (each) => [surchargeRow(context, each)]);
  each(fee.discounts, 'discount', 'discount', (each) => [
    row(
      'discount',
      each.channel === undefined
        ? context.word('discount')
        : context.word('discount-for', amongWords(context, each.channel)),
      each.extent ?? '',
      clauses(context, [
        ...heldTexts(context, { ...each, channel: undefined }),
        each.note,
        basisText(context, each.basis),
      ]),
      each.per,
    ),
  ]);
  each(fee.exemptions, 'exemption', 'exemption', (each) => [
    row(
      'exemption',
      each.who ?? context.word('exemption'),
      each.extent ?? context.word('exempt'),
      clauses(context, [
        each.except === undefined ? '' : context.word('except', each.except),
        ...heldTexts(context, each),
        each.note,
        basisText(context, each.basis),
      ]),
      each.per,
    ),
  ]);
  const other = (word: string, text: string | undefined): void => {
    if (text) rows.push(row('other', context.word(word), '', text));
  };
  other('payment', paymentText(context, fee.payment));
  if (isUnconfirmed(fee.refund)) other('refund', fee.refund.unconfirmed);
  else for (const refund of fee.refund ?? []) other('refund', refundText(context, refund));
  other('currency', fee.currency);
  other('remark', fee.note);
  other('basis', listed(context, (fee.basis ?? []).map(citationText)));
  return rows;
}

type Held = Pick<Surcharge, 'charged' | 'condition' | 'channel' | 'effective' | 'until'> & {
  readonly times?: string;
  readonly most?: Open<Money>;
};

/** For which charges, when, by which channel, how much at most, from and until when. */
function heldTexts(context: Wording, { charged, condition, channel, times, most, ...dates }: Held): string[] {
  return [
    charged === undefined ? '' : context.word('only-charged', amongWords(context, charged)),
    condition ?? '',
    channel === undefined ? '' : context.word('only-channel', amongWords(context, channel)),
    timesText(context, times),
    worded(context, 'not-over', 'not-over-label', most),
    ...validTexts(context, dates),
  ];
}

/** 加倍; 2 is 2 倍. */
const timesText = (context: Wording, times: string | undefined): string =>
  times === undefined ? '' : /^[\d.]+$/.test(times) ? context.word('times-of', times) : times;

/** From which day and until which a price holds. */
function validTexts(context: Wording, { effective, until }: Pick<Held, 'effective' | 'until'>): string[] {
  return [
    dayText(context, 'from-day', 'from-day-label', effective),
    dayText(context, 'until-day', 'until-day-label', until),
  ];
}

const begunText = (context: Wording, begun: FeeLine['begun']): string =>
  begun === undefined
    ? ''
    : isUnconfirmed(begun)
      ? context.word('field', context.word('begun'), begun.unconfirmed)
      : context.word(`begun-${begun}`);

function surchargeRow(context: Wording, surcharge: Surcharge): FeeRow {
  const { item, perSaved, amount, rate, times, per, note, basis } = surcharge;
  const told = amount !== undefined ? sumText(amount) : rate !== undefined ? printed(rate) : timesText(context, times);
  return {
    kind: 'surcharge',
    item: item ?? context.word('surcharge'),
    amount: told,
    note: clauses(context, [
      ...heldTexts(context, { ...surcharge, times: amount === undefined && rate === undefined ? undefined : times }),
      note,
      basisText(context, basis),
    ]),
    per: [worded(context, 'per-saved', 'saved', perSaved), per ?? ''].filter((text) => text !== '').join(' '),
  };
}

/** 現金、信用卡; by channel where that differs: 臨櫃：現金. */
function paymentText(context: Wording, payment: Fee['payment']): string {
  if (isUnconfirmed(payment)) return payment.unconfirmed;
  const by = (payment ?? []).some(({ channel }) => channel !== undefined);
  const texts = (payment ?? []).map(({ means = '', channel, note }) => {
    const text = note === undefined ? means : `${means}${context.word('brackets', note)}`;
    return channel === undefined ? text : context.word('field', amongWords(context, channel), text);
  });
  return by ? clauses(context, texts) : listed(context, texts);
}

/** 申請人撤回：退還全額，扣除郵資. */
function refundText(context: Wording, { situation, refunded, deducted, note, basis }: Refund): string {
  const text = clauses(context, [
    refunded === undefined ? '' : context.word('refunded', refunded),
    deducted === undefined ? '' : context.word('deducted', deducted),
    note,
    basisText(context, basis),
  ]);
  if (situation === undefined) return text;
  return text === '' ? situation : context.word('field', situation, text);
}

function lineRows(context: Wording, line: FeeLine): FeeRow[] {
  const item = line.item ?? context.word('fee');
  const per = perOf(line);
  const tiers = line.tiers;
  const amount =
    line.amount !== undefined
      ? sumText(line.amount)
      : line.rate !== undefined
        ? rateText(context, line.rate, line.base)
        : line.formula !== undefined
          ? printed(line.formula)
          : isUnconfirmed(tiers)
            ? tiers.unconfirmed
            : '';
  const rows: FeeRow[] = [
    {
      kind: 'line',
      item,
      amount: amount || (tiers === undefined ? '' : context.word('by-tier')),
      per,
      note: lineNote(context, line),
    },
  ];
  const nth = line.fromNth;
  if (isUnconfirmed(nth))
    rows.push({ kind: 'more', item: context.word('further'), amount: nth.unconfirmed, per: '', note: '' });
  else if (nth)
    rows.push({
      kind: 'more',
      item: worded(context, 'from-nth', 'further', nth.nth) || context.word('further'),
      amount: sumText(nth.amount),
      per: known(nth.amount)?.per ?? per,
      note: '',
    });
  for (const tier of known(tiers) ?? [])
    rows.push({
      kind: 'more',
      item: tierRange(context, tier.from, tier.below),
      amount: tier.amount === undefined ? printed(tier.rate) : sumText(tier.amount),
      per: known(tier.amount)?.per ?? per,
      note: tier.amount !== undefined && tier.rate !== undefined ? printed(tier.rate) : '',
    });
  return rows;
}

/** When a charge holds, what it is counted on, and within which bounds. */
const lineNote = (context: Wording, line: FeeLine): string =>
  clauses(context, [
    line.condition,
    line.channel === undefined ? '' : context.word('only-channel', amongWords(context, line.channel)),
    line.base && line.rate === undefined ? context.word('field', context.word('fee-base'), line.base) : '',
    line.base && line.rate !== undefined && line.amount !== undefined
      ? context.word('field', context.word('fee-rate'), rateText(context, line.rate, line.base))
      : '',
    line.formula !== undefined && line.amount !== undefined
      ? context.word('field', context.word('formula'), printed(line.formula))
      : '',
    line.rounding,
    begunText(context, line.begun),
    worded(context, 'at-least', 'least', line.least),
    worded(context, 'at-most', 'most', line.most),
    timesText(context, line.times),
    line.onlyAt === undefined ? '' : context.word('only-at', amongWords(context, line.onlyAt)),
    ...validTexts(context, line),
    line.note,
    basisText(context, line.basis),
  ]);

function tierRange(context: Wording, from: Open<number>, below: Open<number>): string {
  const number = (value: Open<number>): string =>
    typeof value === 'number' ? value.toLocaleString('en-US') : plain(value);
  if (from !== undefined && below !== undefined) return context.word('tier-between', number(from), number(below));
  if (below !== undefined) return context.word('tier-below', number(below));
  return from === undefined ? '' : context.word('tier-from', number(from));
}
