// Fees as clerks write them in a line (免費；每份 100 元，第 2 份起每份 20 元；低收入戶免收；急件加倍；網路 8 折).

import type { Say, Span } from '../core/source.js';
import { BY_CHANNEL, halfWidth, partOf } from './duration.js';
import { ADDED, kindOf, LET_OFF } from './fee-clauses.js';
import { FREE, readMoney, readRate } from './money.js';
import type { FeeLine } from './schema/fee.js';
import { countOf } from './schema/scalars.js';
import { known, stopped, Unreadable } from './schema/schema.js';
import { lastBracket, quote } from './schema/tree.js';

const EXAMPLES: Say = {
  zh: '例如「免費」「100 元」「每份 100 元，第 2 份起每份 20 元」「影印：每頁 2 元」「標的金額千分之一」。',
  en: 'For example 免費, 100 元, 每份 100 元，第 2 份起每份 20 元, 影印：每頁 2 元, 標的金額千分之一.',
};
const unreadable = (text: string, at = 0): Unreadable =>
  stopped('unreadable-fee', text, at, { zh: '要繳多少', en: 'fee' }, { zh: '金額', en: 'a sum' }, EXAMPLES);

const located = <T extends object>(fields: T, span: Span) => ({ ...fields, at: { self: span }, cited: {}, unread: [] });

/**
 * What a charge is called, where it stands before its sum without a colon: 工本費30元, 謄本每張 20 元; with a blank between
 * the two, whatever it is called (普通件 100 元).
 */
const NAMED =
  /^([^\d\s，,：:；;每約共計]{1,16}[費金款稅證書本圖照片印件]|(?!最[高低]|新[臺台]幣|[臺台美港日歐加澳紐星韓泰馬菲]幣|人民幣|美金|英鎊|首[份張件]|加印|續[份張件]|[免依約共合計第每])[^\d\s，,：:；;$零一二兩三四五六七八九十百千萬壹貳參肆伍陸柒捌玖拾]{1,16}(?=\s))\s*((?:每|新|[臺台]|NT|US|HK|\$|[\d０-９零一二兩三四五六七八九十百千萬壹貳參肆伍陸柒捌玖拾]).*)$/i;
/** 「自第 2 份起每份 20 元」 alone; 「加印每份 20 元」「續份每份 20 元」 begin with the second. */
const FURTHER = /^(?:加印|續[份張件本筆]|其後|之後|次[份張件]起)[，,]?\s*(每\s*\S.*|[\d０-９].*)$/;
const NTH = /^自?第\s*([^，,；;]{1,12}?)\s*(份|張|件|頁|次|筆|冊|本|人|戶|年|月|日|小時|個月)起[，,]?\s*(\S.*)$/;

/** 「第 2 筆起每筆 300 元」. */
export function readNth(written: string): Record<string, unknown> {
  const text = written.trim();
  const parts = NTH.exec(text);
  const further = FURTHER.exec(text)?.[1];
  if (further !== undefined) return { nth: 2, amount: partOf(text, further, readMoney) };
  if (!parts && /^每/.test(text)) return { amount: readMoney(text) };
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
  const { rest, terms } = termsIn(text, whole);
  const again =
    AGAIN.exec(rest) ?? (NTH.test(remark?.inside ?? '') ? [rest, rest, (remark as { inside: string }).inside] : null);
  const first = again?.[1] ?? rest;
  const calls = named ? undefined : NAMED.exec(first);
  const sum = calls?.[2] ?? first;
  const start = again ? FIRST_OF.exec(sum) : null;
  const money = partOf(whole, start?.[2] ?? sum, readMoney);
  const item = named?.[1]?.trim() ?? calls?.[1]?.trim();
  const per = money.per ?? (start ? `每${start[1]}` : undefined);
  return {
    ...(item === undefined ? {} : { item }),
    amount: money,
    ...(per ? { per } : {}),
    ...(again ? { fromNth: located(partOf(whole, again[2] ?? '', readNth), span) } : {}),
    ...terms,
    ...(again?.[2] === remark?.inside ? {} : note),
  };
}

const AGAIN =
  /^(.+?)[，,；;]\s*(自?第.{1,14}?起.+|(?:加印|續[份張件本筆]|其後|之後|次[份張件]起)[，,]?\s*(?:每\s*\S.*|[\d０-９].*))$/;
/** 「首份 100 元」「第 1 張 20 元」: what the first of several costs. */
const FIRST_OF = /^(?:首|第\s*[1１一]\s*)(份|張|件|頁|次|筆|冊|本)\s*(\S.*)$/;

/** What stands before the last comma that parts no thousands, and behind it. */
const LAST_CLAUSE = /^(.+)[，,](?!\d{3}(?!\d))\s*((?:[^，,]|,(?=\d{3}(?!\d)))+)$/;

/** 「，最高 500 元」「，未滿 1 個月以 1 個月計」 behind a sum. */
function termsIn(text: string, whole: string): { rest: string; terms: Record<string, unknown> } {
  const terms: Record<string, unknown> = {};
  let rest = text;
  for (;;) {
    const [, before = '', last = ''] = LAST_CLAUSE.exec(rest) ?? [];
    const [, bound = '', sum = ''] = /^(最高|最多|上限|最低|至少)(?:為|收取?)?\s*(\S.*)$/.exec(last) ?? [];
    const begun = /^(?:未滿|不足|未足).{0,10}?(?:(以.{0,8}計|計一單位)|(不計|免計)|(按比例.{0,4}))$/.exec(last);
    if (bound !== '') terms[/低|少/.test(bound) ? 'least' : 'most'] = partOf(whole, sum, readMoney);
    else if (begun) terms.begun = begun[1] ? 'whole' : begun[2] ? 'none' : 'share';
    else return { rest, terms };
    rest = before.trim();
  }
}

// ---------------------------------------------------------------- what is added or let off

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
  // 「另收郵資 28 元」「外加手續費」 begin with the verb.
  const [, charge, behind] = /^(?:另收|另加|外加|加收)\s*([^\d\s每]{1,16}?)\s*((?:每|[\d０-９]).*)?$/.exec(text) ?? [];
  if (charge !== undefined && !/^[零一二兩三四五六七八九十百千萬]/.test(charge))
    return behind === undefined ? { item: text } : { item: charge, amount: partOf(text, behind, readMoney) };
  // 「郵資另計」「郵費實支」: what is added, and its sum in other words.
  if (/^\S{1,16}(?:另計|另付|自付|實支|核實計收)$/.test(text)) return { item: text };
  const [, item, times, more] = ADDED.exec(text) ?? [];
  if (item !== undefined && times !== undefined) return { item: item.trim(), times };
  const named = /^([^：:]{1,30})[：:]\s*(\S.*)$/.exec(text) ?? (more === undefined ? NAMED.exec(text) : null);
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
  // 「速件每件加收 200 元」: what it is for each of stands before the verb.
  const [, kind, each] = /^(.{1,16}?)(每\s*[^\d\s，,]{1,4})$/.exec((item ?? named?.[1] ?? '').trim()) ?? [];
  const called = kind ?? (item ?? named?.[1] ?? '').trim();
  return /[%‰]$|分之/.test(halfWidth(sum))
    ? { item: called, rate: partOf(text, sum, readRate), ...(each ? { per: each } : {}) }
    : { item: called, amount: partOf(text, sum, readMoney), ...(each ? { per: each } : {}) };
}

// ---------------------------------------------------------------- a fee

/** The one-line forms of a service's 規費: lines, and what is added to them or let off, parted by ；, the latter also by ，. */
export function readFee(written: string, span: Span): Record<string, unknown> {
  const text = written.trim().replace(/[。．]$/, '');
  if (FREE.test(text)) return { free: true };
  // 「免費，但郵資自付」.
  const [, none = '', but = ''] = /^([^，,；;]{1,8})[，,；;]\s*((?:但|惟)\S.*)$/.exec(text) ?? [];
  if (FREE.test(none)) return { free: true, surcharges: [located({ item: but.slice(1) }, span)] };
  if (/^(?:不徵收|免徵收?|免收|不收)\S{1,12}費$/.test(text)) return { free: true, note: text };
  if (text.length > 300) throw unreadable(text, 300);
  const lines: object[] = [];
  const more: Record<'surcharges' | 'discounts' | 'exemptions', object[]> = {
    surcharges: [],
    discounts: [],
    exemptions: [],
  };
  for (const line of linesOf(text)) {
    const { rest, clauses } = partedLine(line);
    const free: object[] = [];
    const add = (kind: keyof typeof READ, clause: string): void => {
      const way = freeBy(clause);
      if (way === undefined) more[kind].push(located(READ[kind](clause), span));
      else free.push(located({ item: way, amount: readMoney('免費') }, span));
    };
    for (const [kind, clause] of clauses) add(kind, clause);
    const kind = clauses.length === 0 ? kindOf(rest) : undefined;
    if (kind !== undefined) add(kind, rest);
    else if (rest !== '')
      lines.push(
        located(
          partOf(text, rest, (piece) => readFeeLine(piece, span)),
          span,
        ),
      );
    lines.push(...free);
  }
  // What is added or let off is no fee by itself.
  if (lines.length === 0)
    throw new Unreadable(
      'unreadable-fee',
      {
        zh: `「${quote(text)}」只寫了加收或減免，沒有寫要繳多少。`,
        en: `"${quote(text)}" says what is added or let off, not what is paid.`,
      },
      {
        zh: `先寫金額，例如「100 元，${quote(text)}」。`,
        en: `Write the sum before it, such as 100 元，${quote(text)}.`,
      },
    );
  return {
    lines,
    ...Object.fromEntries(Object.entries(more).filter(([, list]) => list.length > 0)),
  };
}

/** The charges of a text: parted by ；, by 、 and ，too where each piece is a sum of its own (普通件 100 元，急件 300 元). */
function linesOf(text: string): string[] {
  const parted: string[] = [];
  for (const piece of text.split(/[；;]/)) {
    // 「每筆 500 元；第 2 筆起每筆 300 元」 is one charge.
    if (parted.length > 0 && NTH.test(piece.trim())) parted.push(`${parted.pop()}，${piece.trim()}`);
    else parted.push(piece);
  }
  return parted.flatMap((line) => {
    const pieces = line.split(/、|[，,](?!\d{3}(?!\d))/).map((piece) => piece.trim());
    return pieces.length > 1 && pieces.every(isCharge) ? pieces : [line];
  });
}

/** 「急件 300 元」「每頁 2 元」: a sum with its name or unit, and nothing that is added or let off. */
function isCharge(piece: string): boolean {
  if (freeBy(piece) !== undefined) return true;
  if (kindOf(piece) !== undefined || NTH.test(piece) || FURTHER.test(piece)) return false;
  const named = /^[^：:]{1,30}[：:]\s*(\S.*)$/.exec(piece)?.[1] ?? NAMED.exec(piece)?.[2];
  const sum = named ?? (/^每/.test(piece) ? piece : '');
  try {
    return sum !== '' && readMoney(sum).amount >= 0;
  } catch (error) {
    if (error instanceof Unreadable) return false;
    throw error;
  }
}

/** 「現場免費」 beside 「郵寄 50 元」: the price of that way, and nobody let off. */
const freeBy = (clause: string): string | undefined => {
  const way = /^(\S{1,12}?)(?:免[收繳徵]?費|免收)$/.exec(clause.trim())?.[1];
  return way !== undefined && BY_CHANNEL.test(way) ? way : undefined;
};

const READ = { surcharges: readSurcharge, discounts: readDiscount, exemptions: readExemption } as const;

/** 「100 元，低收入戶免收，急件加倍」: the line, and what is said of others behind it. */
function partedLine(line: string): { rest: string; clauses: [keyof typeof READ, string][] } {
  const clauses: [keyof typeof READ, string][] = [];
  // 「100 元外加郵資」 has no comma.
  let rest = line.trim().replace(/([元圓])\s*(?=(?:外加|另收|另加)[^\d\s])/, '$1，');
  // A fee comes first; what alone would be one is none of these.
  for (;;) {
    const [, before = '', last = ''] = LAST_CLAUSE.exec(rest) ?? [];
    const kind = kindOf(last);
    if (kind === undefined) break;
    clauses.unshift([kind, last]);
    rest = before.trim();
  }
  return { rest, clauses };
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
