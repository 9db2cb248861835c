// Fees as clerks write them in a line (免費；每份 100 元，第 2 份起每份 20 元；低收入戶免收；急件加倍；網路 8 折).

import type { Say, Span } from '../core/source.js';
import { BY_CHANNEL, halfWidth, partOf } from './duration.js';
import { FREE, readMoney, readRate } from './money.js';
import type { FeeLine } from './schema/fee.js';
import { countOf } from './schema/scalars.js';
import { known, stopped, type Unreadable } from './schema/schema.js';
import { lastBracket } from './schema/tree.js';

const EXAMPLES: Say = {
  zh: '例如「免費」「100 元」「每份 100 元，第 2 份起每份 20 元」「影印：每頁 2 元」「標的金額千分之一」。',
  en: 'For example 免費, 100 元, 每份 100 元，第 2 份起每份 20 元, 影印：每頁 2 元, 標的金額千分之一.',
};
const unreadable = (text: string, at = 0): Unreadable =>
  stopped('unreadable-fee', text, at, { zh: '要繳多少', en: 'fee' }, { zh: '金額', en: 'a sum' }, EXAMPLES);

const located = <T extends object>(fields: T, span: Span) => ({ ...fields, at: { self: span }, cited: {}, unread: [] });

/** What a charge is called, where it stands before its sum without a colon: 工本費30元, 謄本每張 20 元. */
const NAMED =
  /^([^\d\s，,：:；;每約共計]{1,16}[費金款稅證書本圖照片印])\s*((?:每|新|[臺台]|NT|US|HK|\$|[\d０-９零一二兩三四五六七八九十百千萬壹貳參肆伍陸柒捌玖拾]).*)$/i;
/** 「自第 2 份起每份 20 元」 alone. */
const NTH = /^自?第\s*([^，,；;]{1,12}?)\s*(份|張|件|頁|次|筆|冊|本|人|戶|年|月|日|小時|個月)起[，,]?\s*(\S.*)$/;

/** 「第 2 筆起每筆 300 元」. */
export function readNth(written: string): Record<string, unknown> {
  const text = written.trim();
  const parts = NTH.exec(text);
  if (!parts)
    throw stopped(
      'unreadable-fee',
      text,
      0,
      { zh: '從第幾份起', en: 'charge from the nth on' },
      { zh: '金額', en: 'a sum' },
      {
        zh: '例如「第 2 份起每份 20 元」「第 2 筆起每筆 300 元」。',
        en: 'For example 第 2 份起每份 20 元, 第 2 筆起每筆 300 元.',
      },
    );
  const nth = countOf(halfWidth(parts[1] ?? ''));
  // What holds from the first on is the amount itself.
  if (!(nth >= 2)) throw unreadable(text, text.indexOf(parts[1] ?? ''));
  return { nth, amount: partOf(text, parts[3] ?? '', readMoney) };
}

/** 「影印：每頁 2 元」「每份 100 元，第 2 份起每份 20 元」「標的金額千分之一」「工本費30元」. */
export function readFeeLine(written: string, span: Span): Record<string, unknown> {
  const whole = written.trim();
  if (written.length > 300) throw unreadable(whole, 300);
  const named = /^([^：:]{1,30})[：:]\s*(\S.*)$/.exec(whole);
  const remark = lastBracket(named?.[2] ?? whole);
  const text = remark?.before ?? named?.[2] ?? whole;
  const note = remark ? { note: remark.inside } : {};
  const rated = /^(.*?)[的之]?\s*((?:百|千|萬)分之.+|[\d.]+\s*[%‰])$/.exec(halfWidth(text));
  if (rated?.[2])
    return {
      ...(named ? { item: named[1]?.trim() } : {}),
      ...(rated[1] ? { base: rated[1].trim() } : {}),
      rate: partOf(whole, rated[2], readRate),
      ...note,
    };
  const again = /^(.+?)[，,；;]\s*(自?第.{1,14}?起.+)$/.exec(text);
  const first = again?.[1] ?? text;
  const calls = named ? undefined : NAMED.exec(first);
  const money = partOf(whole, calls?.[2] ?? first, readMoney);
  const item = named?.[1]?.trim() ?? calls?.[1]?.trim();
  const { per } = money;
  return {
    ...(item === undefined ? {} : { item }),
    amount: money,
    ...(per ? { per } : {}),
    ...(again ? { fromNth: located(partOf(whole, again[2] ?? '', readNth), span) } : {}),
    ...note,
  };
}

// ---------------------------------------------------------------- what is added or let off

const LET_OFF =
  /^(.+?)[，,]?\s*(免[收費繳徵]|免予收費|免納|減半(?:收費|計收)?|半價|減收\s*\S.*|減免\s*\S+|打?\s*[\d０-９一二三四五六七八九.]{1,4}\s*折(?:優惠|計收)?)$/;
const ADDED =
  /^(.+?)[，,]?\s*(?:(加倍(?:收費)?|加收\s*(?:[\d０-９一二三四五六七八九十兩半]+\s*倍)|按?\s*[\d０-９一二三四五六七八九十兩]+\s*倍(?:收費|計收)?)|(?:加收|另收|另加|加)\s*(\S.*))$/;

/** 「低收入戶免收」「中低收入戶減半」. */
export function readExemption(written: string): Record<string, unknown> {
  const [, who, extent] = LET_OFF.exec(written.trim()) ?? [];
  if (who === undefined) return { who: written.trim() };
  return { who: who.trim(), extent: extent?.trim() };
}

/** 「網路 8 折」「網路申請減收 20 元」. */
export function readDiscount(written: string): Record<string, unknown> {
  const [, channel, extent] = LET_OFF.exec(written.trim()) ?? [];
  if (channel === undefined) return { extent: written.trim() };
  return { channel: [channel.trim()], extent: extent?.trim() };
}

/** 「急件加倍」「急件加收 300 元」「速件：300 元」. */
export function readSurcharge(written: string): Record<string, unknown> {
  const text = written.trim();
  const [, item, times, more] = ADDED.exec(text) ?? [];
  if (item !== undefined && times !== undefined) return { item: item.trim(), times };
  const named = /^([^：:]{1,30})[：:]\s*(\S.*)$/.exec(text);
  const sum = more ?? named?.[2];
  if (sum === undefined)
    throw stopped(
      'unreadable-fee',
      text,
      text.length,
      { zh: '加收多少', en: 'surcharge' },
      { zh: '「加倍」或「加收」多少', en: 'how much is added' },
      {
        zh: '例如「急件加倍」「急件加收 300 元」「急件加收 50%」。',
        en: 'For example 急件加倍, 急件加收 300 元, 急件加收 50%.',
      },
    );
  const called = (item ?? named?.[1] ?? '').trim();
  return /[%‰]$|分之/.test(halfWidth(sum))
    ? { item: called, rate: partOf(text, sum, readRate) }
    : { item: called, amount: partOf(text, sum, readMoney) };
}

// ---------------------------------------------------------------- a fee

/** The one-line forms of a service's 規費: lines, and what is added to them or let off, parted by ；, the latter also by ，. */
export function readFee(written: string, span: Span): Record<string, unknown> {
  const text = written.trim();
  if (FREE.test(text)) return { free: true };
  if (/^不徵收\S{1,12}費$/.test(text)) return { free: true, note: text };
  if (text.length > 300) throw unreadable(text, 300);
  const lines: object[] = [];
  const more: Record<'surcharges' | 'discounts' | 'exemptions', object[]> = {
    surcharges: [],
    discounts: [],
    exemptions: [],
  };
  for (const line of text.split(/[；;]/)) {
    const { rest, clauses } = partedLine(line);
    for (const [kind, clause] of clauses) more[kind].push(located(READ[kind](clause), span));
    const kind = clauses.length === 0 ? kindOf(rest) : undefined;
    if (kind !== undefined) more[kind].push(located(READ[kind](rest), span));
    else if (rest !== '')
      lines.push(
        located(
          partOf(text, rest, (piece) => readFeeLine(piece, span)),
          span,
        ),
      );
  }
  // What is added or let off is no fee by itself.
  if (lines.length === 0) throw unreadable(text);
  return {
    lines,
    ...Object.fromEntries(Object.entries(more).filter(([, list]) => list.length > 0)),
  };
}

const READ = { surcharges: readSurcharge, discounts: readDiscount, exemptions: readExemption } as const;

/** 「100 元，低收入戶免收，急件加倍」: the line, and what is said of others behind it. */
function partedLine(line: string): { rest: string; clauses: [keyof typeof READ, string][] } {
  const clauses: [keyof typeof READ, string][] = [];
  let rest = line.trim();
  // A fee comes first; what alone would be one is none of these.
  for (;;) {
    const [, before = '', last = ''] = /^(.+)[，,](?!\d{3}(?!\d))\s*([^，,]+)$/.exec(rest) ?? [];
    const kind = kindOf(last);
    if (kind === undefined) break;
    clauses.unshift([kind, last]);
    rest = before.trim();
  }
  return { rest, clauses };
}

function kindOf(clause: string): keyof typeof READ | undefined {
  const text = clause.trim();
  if (text === '' || text.startsWith('第')) return undefined;
  if (LET_OFF.test(text)) return BY_CHANNEL.test(text) && !/免[收費繳徵]$/.test(text) ? 'discounts' : 'exemptions';
  return ADDED.test(text) && !/^每/.test(text) ? 'surcharges' : undefined;
}

/** Tiers that leave a hole or overlap: `index` is the tier that does not begin where the one before ends. */
export function tierFaults(
  tiers: readonly { from?: unknown; below?: unknown }[],
): { kind: 'gap' | 'overlap'; index: number }[] {
  const found: { kind: 'gap' | 'overlap'; index: number }[] = [];
  for (let index = 1; index < tiers.length; index += 1) {
    const end = tiers[index - 1]?.below;
    const start = tiers[index]?.from;
    if (typeof start !== 'number') continue;
    if (typeof end !== 'number') found.push({ kind: 'overlap', index });
    else if (end < start) found.push({ kind: 'gap', index });
    else if (end > start) found.push({ kind: 'overlap', index });
  }
  return found;
}

/** Whether a line takes money, as far as it is known. */
export const charges = ({ amount, rate, tiers, formula }: FeeLine): boolean =>
  (known(amount)?.most ?? known(amount)?.amount ?? 0) > 0 ||
  (known(rate)?.share ?? 0) > 0 ||
  (known(tiers) ?? []).length > 0 ||
  known(formula) !== undefined;
