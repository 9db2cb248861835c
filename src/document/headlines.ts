// The few large words of a fact: what it costs, when one hears, how much to bring, who decides. Each is an answer that holds
// for whoever reads it; what differs is a range, and what nobody knows yet is to be asked for, never the name of a stage.

import { isWaivedForAll } from '../content/answer/evaluate.js';
import { leastMinutes, usualMinutes } from '../content/duration.js';
import { flowOf, roleText } from '../content/procedure.js';
import type { Deadline } from '../content/schema/deadline.js';
import type { Fee, FeeLine, Money } from '../content/schema/fee.js';
import type { Duration } from '../content/schema/procedure.js';
import { isUnconfirmed, known } from '../content/schema/schema.js';
import type { RequiredDocument, Service, Variant } from '../content/schema/service.js';
import { saysUnconfirmed } from '../content/schema/tree.js';
import { authorityBrief } from './facts/authority.js';
import { type DeadlineRow, deadlineBrief, toldDeadlineRows } from './facts/deadline.js';
import { documentGroups } from './facts/documents.js';
import { currencyOf, feeBrief, inCurrency } from './facts/fee.js';
import { type Open, printed, type Wording } from './facts/text.js';

/** `asked`: nobody knows it yet, and it is set no larger than other text. */
export type Headline = { readonly text: string; readonly asked: boolean };

type Entry = Service | Variant;
const told = (text: string): Headline => ({ text, asked: false });
const ask = (context: Wording): Headline => ({ text: context.word('ask'), asked: true });
/** What is written in one word that says nothing: 待確認, 未載明. */
const orAsk = (context: Wording, text: string): Headline =>
  saysUnconfirmed(text) || text === context.word('undeclared') ? ask(context) : told(text);

/**
 * Where the sub-services declare it, what holds for each of them, and for the service itself where it is known: papers tell
 * it beside theirs. Else what the service itself declares.
 */
function entriesOf(entry: Entry, key: 'documents' | 'fee' | 'deadline' | 'authority'): readonly Entry[] {
  const variants = 'variants' in entry ? (known(entry.variants) ?? []) : [];
  if (!variants.some((variant) => variant[key] !== undefined)) return [entry];
  const all = variants.map((variant) =>
    variant[key] === undefined ? ({ ...variant, [key]: entry[key] } as Variant) : variant,
  );
  const itself =
    known(entry[key] as object | undefined) !== undefined && variants.every((variant) => variant[key] !== undefined);
  return itself ? [{ ...entry, variants: [] } as Entry, ...all] : all;
}

/** 「77–88 元，2 項」: of several, what holds for all of them. */
function together<T>(
  context: Wording,
  answers: readonly (T | undefined)[],
  rangeOf: (answers: readonly T[]) => string,
): Headline {
  const sure = answers.filter((answer) => answer !== undefined);
  if (sure.length === 0) return ask(context);
  const text = rangeOf(sure);
  const open = answers.length - sure.length;
  return told(open > 0 ? context.word('others-asked', text, open) : text);
}

// ---------------------------------------------------------------- documents

/** 4 項, 4 項，另視情形 2 項, 無, 請洽承辦單位. */
export function documentsHeadline(context: Wording, entry: Entry): Headline {
  const counted = entriesOf(entry, 'documents').map(countOf);
  const open = counted.some((count) => count?.open === true);
  return together(context, counted, (counts) => {
    const range = (of: 'always' | 'sometimes'): string => {
      const numbers = counts.map((count) => count[of]);
      return rangeText(Math.min(...numbers), Math.max(...numbers));
    };
    const [always, sometimes] = [range('always'), range('sometimes')];
    if (always === '0' && sometimes === '0') return context.word('none');
    const sum =
      sometimes === '0'
        ? context.word('pieces', always)
        : always === '0'
          ? context.word('pieces-if', sometimes)
          : context.word('pieces-and-if', always, sometimes);
    return open ? context.word('partly-asked', sum) : sum;
  });
}

/**
 * What everybody brings, by name, and how many more in some cases alone. Nothing where a name would say too little: where
 * sub-services ask for others, where there is a choice, where somebody need not bring it, and where not all is known.
 */
export function namesAlways(entry: Entry): { names: readonly string[]; sometimes: number } | undefined {
  const [only, ...others] = entriesOf(entry, 'documents');
  if (only === undefined || others.length > 0) return undefined;
  const { like, beside } = known(only.documents) ?? {};
  const count = countOf(only);
  if (count === undefined || count.open || like !== undefined || beside !== undefined) return undefined;
  const always = documentGroups(only)
    .flatMap((group) => group.documents)
    .filter((document) => isForAll(document) && !isWaivedForAll(document));
  const names = always.flatMap(({ name, oneOf, waived }) =>
    name === undefined || oneOf !== undefined || waived !== undefined ? [] : [name],
  );
  return names.length < always.length ? undefined : { names, sometimes: count.sometimes };
}

const isForAll = ({ condition, applicants, channel }: RequiredDocument): boolean =>
  condition === undefined && applicants === undefined && channel === undefined;

/** How many everybody needs, and how many in some cases alone; `open`: there are more, and nobody knows which. */
type DocumentCount = { always: number; sometimes: number; open?: boolean };

/** Nothing where no document is known. */
function countOf({ documents }: Entry): DocumentCount | undefined {
  const items = known(known(documents)?.items);
  if (items === undefined) return known(documents)?.none === true ? { always: 0, sometimes: 0 } : undefined;
  const isOpen = ({ name, oneOf }: RequiredDocument): boolean => isUnconfirmed(oneOf) || saysUnconfirmed(name ?? '');
  const sure = items.filter((item) => !isOpen(item));
  if (sure.length === 0) return undefined;
  const asked = documentGroups({ documents })
    .flatMap((group) => group.documents)
    .filter((document) => !isWaivedForAll(document) && !isOpen(document));
  const sometimes = asked.filter((document) => !isForAll(document)).length;
  return { always: asked.length - sometimes, sometimes, open: sure.length < items.length };
}

const figure = (n: number): string => n.toLocaleString('en-US');
const rangeText = (least: number, most: number): string =>
  least === most ? figure(least) : `${figure(least)}–${figure(most)}`;

// ---------------------------------------------------------------- fee

/** 免費, 每份 100 元, 10–1,000 元，5 項, 請洽承辦單位. */
export function feeHeadline(context: Wording, entry: Entry): Headline {
  const fees = entriesOf(entry, 'fee').map(({ fee }) => fee);
  const [only] = fees;
  if (fees.length === 1) return ofFee(context, only);
  // What most would pay first is not known, and some sub-service has no fee of its own: a sum would mislead.
  const [first] = known(known(entry.fee)?.lines) ?? [];
  if (first !== undefined && isOpen(first) && fees.includes(entry.fee)) return ask(context);
  const charges = fees.map(chargesOf);
  return together(context, charges, (sure) => chargesText(context, sure.flat(), sure.length));
}

function ofFee(context: Wording, fee: Open<Fee>): Headline {
  const brief = feeBrief(context, inCurrency(fee));
  const lines = known(known(fee)?.lines) ?? [];
  if (lines.length === 0 || known(fee)?.free === true) return orAsk(context, brief);
  const [first] = lines;
  if (first === undefined || isOpen(first)) return ask(context);
  if (lines.length === 1 && first.tiers === undefined) return orAsk(context, brief);
  const charges = lines.map((line) => lineCharges(line, currencyOf(fee)));
  // What is asked for is counted by itself.
  const sureLines = { ...(fee as Fee), lines: lines.filter((line) => !isOpen(line)) };
  const sureBrief = feeBrief(context, inCurrency(sureLines));
  return together(context, charges, (sure) => chargesText(context, sure.flat(), sure.length, sureBrief));
}

/** One sum that may be asked for; a share of something has none. */
type Charge = { amount: number | undefined; most?: number; open?: boolean; per: string; currency: string | undefined };

function chargesOf(fee: Open<Fee>): Charge[] | undefined {
  const declared = known(fee);
  if (declared?.free === true) return [{ amount: 0, per: '', currency: undefined }];
  const lines = known(declared?.lines);
  if (lines === undefined || lines.some(isOpen)) return undefined;
  return lines.flatMap((line) => lineCharges(line, currencyOf(fee)) ?? []);
}

const isOpen = ({ amount, rate, tiers }: FeeLine): boolean => isUnconfirmed(amount ?? rate ?? tiers);

function lineCharges(line: FeeLine, currency: string | undefined): Charge[] | undefined {
  if (isOpen(line)) return undefined;
  const { amount, per, tiers } = line;
  const charge = (money: Open<Money>): Charge => {
    const sum = known(money);
    return {
      amount: sum?.amount,
      ...(sum?.most === undefined ? {} : { most: sum.most }),
      ...(sum?.open ? { open: true } : {}),
      per: per ?? sum?.per ?? '',
      currency: sum?.currency ?? currency,
    };
  };
  return tiers === undefined ? [charge(amount)] : (known(tiers) ?? []).map((tier) => charge(tier.amount));
}

/** 「每份 10–1,000 元，5 項」. `otherwise`: where a share of something is among them. */
function chargesText(context: Wording, charges: readonly Charge[], count: number, otherwise?: string): string {
  const amounts = charges.flatMap(({ amount }) => amount ?? []);
  if (amounts.length < charges.length || amounts.length === 0) return otherwise ?? context.word('kinds', String(count));
  const ends = charges.map(({ amount = 0, most }) => most ?? amount);
  const [least, most] = [Math.min(...amounts), Math.max(...ends)];
  // Sums of several currencies have no range, and what only begins somewhere has no end.
  if (new Set(charges.filter(({ amount }) => amount !== 0).map(({ currency }) => currency)).size > 1)
    return context.word('kinds', String(count));
  if (most === 0) return context.word('free');
  const currency = charges.find((charge) => charge.currency !== undefined)?.currency;
  const sum =
    currency === undefined
      ? context.word('dollars', rangeText(least, most))
      : context.word('money-in', rangeText(least, most), currency);
  const open = charges.some((charge) => charge.open === true && charge.amount === most);
  const units = new Set(charges.map(({ per }) => per));
  const [per = ''] = units.size === 1 ? units : [''];
  const told = [per, sum].filter((part) => part !== '').join(' ');
  const text = open ? context.word('and-up', told) : told;
  return count > 1 ? context.word('of-items', text, count) : text;
}

// ---------------------------------------------------------------- deadline

/** When one hears: 3 工作日, 法定 10 日, 3–7 日（2 種案件）, 30 分鐘（目標）, 請洽承辦單位. */
export function deadlineHeadline(context: Wording, service: Service, entry: Entry = service): Headline {
  const entries = entriesOf(entry, 'deadline');
  const answers = entries.map((each) => answerOf(context, service, each.deadline));
  const [only] = answers;
  if (entries.length > 1)
    return together(context, answers, (sure) => {
      const times = sure.flatMap(({ time }) => time ?? []);
      const texts = [...new Set(sure.map(({ text }) => text))];
      const others = [...new Set(sure.flatMap(({ text, time }) => (time === undefined ? [text] : [])))];
      const span = times.length > 0 ? timesText(context, times) : '';
      const atOnce = others.length === 1 && others[0] === context.word('immediate') && span !== '';
      const text = atOnce
        ? context.word('at-once-or', span)
        : [...(span === '' ? [] : [span]), ...others].join(context.word('list-comma'));
      return texts.length > 1 ? context.word('of-items', text, sure.length) : text;
    });
  if (only === undefined) return ask(context);
  const further = furtherOf(service, entry);
  return told(
    further === undefined ? only.text : context.word('then-office', only.text, further.office, further.limit),
  );
}

type Answer = { text: string; time?: Duration };

function answerOf(context: Wording, service: Service, of: Open<Deadline>): Answer | undefined {
  const deadline = known(of);
  if (deadline === undefined) return undefined;
  const { immediate, limit, stages, byCase, byChannel, target, statutory } = deadline;
  if (immediate === true) return { text: context.word('immediate') };
  const own = known(limit);
  if (own !== undefined) return { text: own.printed, time: own };
  const lawful = isApplicants(service, deadline) ? undefined : known(known(statutory)?.limit);
  const byLaw = lawful && { text: context.word('lawful', lawful.printed), time: lawful };
  if (limit !== undefined) return byLaw;
  if (known(stages) !== undefined) return ofStages(context, deadline, lawful) ?? byLaw;
  const cases = known(byCase);
  const list = cases ?? known(byChannel);
  if (list !== undefined) return ofCases(context, cases === undefined ? 'of-channels' : 'of-cases', list);
  const aim = known(target);
  if (aim !== undefined) return { text: context.word('target-of', aim.printed), time: aim };
  if (byLaw !== undefined) return byLaw;
  const { statutory: _, ...rest } = deadline;
  const brief = orAsk(context, deadlineBrief(context, rest as Deadline));
  return brief.asked ? undefined : { text: brief.text };
}

/** The range of what cases or channels take, with how many there are. */
function ofCases(
  context: Wording,
  word: string,
  list: readonly { readonly limit?: Open<Duration>; readonly open?: string; readonly immediate?: Open<boolean> }[],
): Answer | undefined {
  const times = list.flatMap(({ limit }) => known(limit) ?? []);
  const endless = list.some(({ limit, open }) => limit === undefined && open !== undefined);
  const atOnce = list.filter(({ immediate }) => immediate === true).length;
  const said = [
    ...(atOnce > 0 ? [context.word('immediate')] : []),
    ...(times.length > 0 ? [timesText(context, times)] : []),
  ];
  if (said.length === 0) return endless ? { text: context.word('no-limit') } : undefined;
  const span = said.length === 1 ? (said[0] as string) : context.word('at-once-or', said[1] as string);
  const text = endless ? context.word('or-no-limit', span) : span;
  const unknown = list.some(
    ({ limit, open, immediate }) => known(limit) === undefined && open === undefined && immediate !== true,
  );
  const range = list.length === 1 ? text : context.word(word, text, list.length);
  return { text: unknown ? context.word('partly-asked', range) : range };
}

/** The longest of stages that begin at once, the sum of those that follow one another. */
function ofStages(context: Wording, { stages, counting }: Deadline, lawful: Duration | undefined): Answer | undefined {
  const list = known(stages) ?? [];
  const times = list.flatMap(({ limit }) => known(limit) ?? []);
  // A stage of unknown length may be the longest.
  if (times.length === 0 || times.length < list.length) return undefined;
  const starts = new Set(list.map(({ from }) => from));
  const atOnce = counting === 'together' || (counting === undefined && starts.size === 1 && !starts.has(undefined));
  if (atOnce || times.length === 1) {
    const longest = times.reduce((one, other) => (usualMinutes(other) > usualMinutes(one) ? other : one));
    const isLawful = lawful !== undefined && usualMinutes(lawful) === usualMinutes(longest);
    return { text: isLawful ? context.word('lawful', longest.printed) : longest.printed, time: longest };
  }
  const inTurn = counting === 'successive' || (starts.size === 1 && starts.has(undefined));
  return {
    text: inTurn ? sumText(context, times) : context.word('of-stages', timesText(context, times)),
  };
}

/** 3–7 日, 1 日–2 個月. */
function timesText(context: Wording, times: readonly Duration[]): string {
  const least = times.reduce((one, other) => (leastMinutes(other) < leastMinutes(one) ? other : one));
  const most = times.reduce((one, other) => (usualMinutes(other) > usualMinutes(one) ? other : one));
  if (leastMinutes(least) === usualMinutes(most)) return most.printed;
  if (least.unit !== most.unit || (least.days ?? most.days) !== undefined) return `${least.printed}–${most.printed}`;
  return context.word(`unit-${most.unit}`, `${figure(least.least ?? least.most)}–${figure(most.most)}`);
}

/** 5 日; 3 工作日＋30 日 where days and working days cannot be added. */
function sumText(context: Wording, durations: readonly Duration[]): string {
  const times = durations.flatMap((time): Duration[] =>
    time.days === undefined ? [time] : [time, { most: time.days, unit: 'day', printed: '' }],
  );
  const units = [...new Set(times.map(({ unit }) => unit))];
  return units
    .map((unit) => {
      const of = times.filter((time) => time.unit === unit);
      const total = (end: 'least' | 'most'): number => of.reduce((sum, time) => sum + (time[end] ?? time.most), 0);
      return context.word(`unit-${unit}`, rangeText(total('least'), total('most')));
    })
    .join('＋');
}

/** What another office takes at the end of the way, where the procedure says it. */
function furtherOf(service: Service, entry: Entry): { office: string; limit: string } | undefined {
  if (entry.deadline === undefined || known(known(entry.deadline)?.limit) !== undefined) return undefined;
  const clients = new Set((known(service.applicant) ?? []).flatMap(({ who }) => who ?? []));
  const nodes = flowOf(known(service.procedure) ?? []).nodes.filter(
    ({ actors, limit }) =>
      limit !== undefined &&
      actors.some(({ office }) => office !== undefined) &&
      !actors.some((actor) => clients.has(roleText(actor))),
  );
  const last = nodes[nodes.length - 1];
  const office = last?.actors.find((actor) => actor.office !== undefined);
  return last?.limit && office ? { office: roleText(office), limit: last.limit.printed } : undefined;
}

// ---------------------------------------------------------------- the applicant's own term

/** Whether the statutory limit binds who applies, not the office: he received something, or his own window is as long. */
function isApplicants(service: Service, { statutory }: Deadline): boolean {
  const declared = known(statutory);
  const limit = known(declared?.limit);
  if (declared === undefined || limit === undefined) return false;
  const said = known(declared.yours);
  if (said !== undefined) return said;
  const who = (known(service.applicant) ?? []).flatMap(({ who: name }) => name ?? []);
  const from = declared.from ?? '';
  const named = who.some((name) => from !== '' && [...partsOf(name)].some((part) => from.startsWith(part)));
  if (named && /[接收][受獲到]|收受|送達|知悉/.test(from)) return true;
  const window = (service.window ?? '').replace(/\s/g, '');
  return window.includes(limit.printed.replace(/\s/g, ''));
}

/** 受執行命令的第三人: also called by its last word. */
const partsOf = (name: string): string[] => [name, ...name.split(/[的之]/).filter((part) => part.length > 1)];

/** What binds who applies: when to apply, by when to answer or to bring what is missing. */
export function yourTerms(context: Wording, service: Service, entry: Entry = service): string[] {
  const { deadline, window } = entry;
  const declared = known(deadline);
  const statutory = declared && isApplicants(service, declared) ? known(declared.statutory) : undefined;
  const limit = known(statutory?.limit)?.printed;
  const stages = (known(declared?.stages) ?? []).filter(({ yours }) => known(yours) === true);
  const isSaid = limit !== undefined && (window ?? '').replace(/\s/g, '').includes(limit.replace(/\s/g, ''));
  const start = statutory?.from && context.word('brackets', context.word('counted-from', statutory.from));
  const correction = known(declared?.correction);
  const bring = known(correction?.limit)?.printed;
  return [
    window,
    limit !== undefined && !isSaid ? `${limit}${start ?? ''}` : undefined,
    ...stages.map(({ name = '', limit: time, from }) =>
      context.word(
        'field',
        name,
        `${printed(time)}${from === undefined ? '' : context.word('brackets', context.word('counted-from', from))}`,
      ),
    ),
    bring === undefined ? undefined : context.word('field', context.word('correction'), bring),
  ].filter((text) => text !== undefined && text !== '') as string[];
}

/** What the office itself is bound to, a row each. */
export function officeLimits(context: Wording, service: Service, deadline: Open<Deadline>): DeadlineRow[] {
  const declared = known(deadline);
  const own = declared !== undefined && isApplicants(service, declared);
  const theirs = new Set(
    (known(declared?.stages) ?? []).flatMap(({ yours, name }) => (known(yours) === true ? [name] : [])),
  );
  return toldDeadlineRows(context, deadline).filter(
    ({ kind, label }) => !(own && kind === 'statutory') && !(kind === 'stage' && theirs.has(label)),
  );
}

// ---------------------------------------------------------------- authority

/** Who decides; 請洽承辦單位 where nobody knows it yet. */
export function authorityHeadline(context: Wording, entry: Entry): Headline {
  const variants = 'variants' in entry ? (known(entry.variants) ?? []) : [];
  const declared = [entry, ...variants].filter(({ authority }) => authority !== undefined);
  const answers = (declared.length > 0 ? declared : [entry]).map(({ authority }) =>
    orAsk(context, authorityBrief(context, authority)),
  );
  const sure = [...new Set(answers.flatMap(({ text, asked }) => (asked ? [] : [text])))];
  if (sure.length === 0) return ask(context);
  const text = sure.join(context.word('list-comma'));
  const open = answers.filter(({ asked }) => asked).length;
  return told(open > 0 ? context.word('others-asked', text, open) : text);
}
