// Fees as clerks write them (免費、每份 100 元，第 2 份起每份 20 元、千分之一).

import type { Span } from '../core/source.js';
import { figure, LARGEST_AMOUNT, LARGEST_QUANTITY, LARGEST_SHARE } from './bounds.js';
import { halfWidth } from './duration.js';
import { countOf, wholeNumber } from './schema/scalars.js';
import { known, Unreadable } from './schema/schema.js';
import type { FeeLine, Money, Rate } from './schema/service.js';

const unreadable = (text: string): Unreadable =>
  new Unreadable(
    'unreadable-fee',
    {
      zh: `「${text.slice(0, 40)}」讀不出要繳多少，應寫「免費」或金額。`,
      en: `"${text.slice(0, 40)}" is no fee; expected 免費 or an amount.`,
    },
    {
      zh: '例如「免費」「100 元」「每份 100 元」「每份 100 元，第 2 份起每份 20 元」「標的金額千分之一」。',
      en: 'For example 免費, 100 元, 每份 100 元, 每份 100 元，第 2 份起每份 20 元, 標的金額千分之一.',
    },
  );

/** The number, where it lies within what such a number may be. */
function bounded(n: number, most: number, written: string, example: string): number {
  if (n <= most) return n;
  throw new Unreadable(
    'out-of-bounds',
    {
      zh: `「${written.slice(0, 40)}」太大，最多 ${most === LARGEST_SHARE ? '100%' : figure(most)}。`,
      en: `"${written.slice(0, 40)}" is too much; it may be ${most === LARGEST_SHARE ? '100%' : figure(most)}.`,
    },
    { zh: `例如「${example}」。`, en: `For example ${example}.` },
  );
}

const FORMAL: Record<string, string> = {
  壹: '一',
  貳: '二',
  參: '三',
  叁: '三',
  肆: '四',
  伍: '五',
  陸: '六',
  柒: '七',
  捌: '八',
  玖: '九',
  拾: '十',
  佰: '百',
  仟: '千',
  億: '億',
  兩: '二',
  〇: '零',
};
const SMALL: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };
const LARGE: Record<string, number> = { 萬: 10_000, 億: 100_000_000 };

/** Commas part thousands: 1,00 is 100 or 1,000, and nobody knows which. */
const PARTED = /\d,(?!\d{3}(?!\d))|(?<!\d),|\d{4},|\.\d+,/;
/** 一百五 is 105 to one and 150 to another; so is 1 萬 5. Units go down: 千百十, 億 before 萬. */
const UNSURE = /[百千萬億][\d一二三四五六七八九]$|百[^萬億]*[百千]|千[^萬億]*千|十[^萬億]*[十百千]|萬.*[萬億]|億.*億/;

/** A number in digits, in Chinese, or mixed: 1,500、一千五百、壹仟伍佰、1 萬 5 千、3萬. NaN where it is none, or more than one. */
export function amountOf(written: string): number {
  const digitsOnly = halfWidth(written).replace(/\s/g, '');
  if (PARTED.test(digitsOnly)) return Number.NaN;
  const text = digitsOnly.replace(/,/g, '').replace(/[壹貳參叁肆伍陸柒捌玖拾佰仟兩〇]/g, (c) => FORMAL[c] ?? c);
  if (text === '' || text.length > 30 || UNSURE.test(text)) return Number.NaN;
  let total = 0;
  let section = 0;
  let digits = '';
  const take = (): number => {
    const value = digits === '' ? 1 : /^\d+(\.\d+)?$/.test(digits) ? Number(digits) : wholeNumber(digits);
    digits = '';
    return value;
  };
  for (const c of text) {
    const small = SMALL[c];
    const large = LARGE[c];
    if (small !== undefined) section += take() * small;
    else if (large !== undefined) {
      total += (section + (digits === '' && section > 0 ? 0 : take())) * large;
      section = 0;
    } else if (/[\d.一二三四五六七八九]/.test(c)) digits += c;
    else if (c !== '零') return Number.NaN;
  }
  return total + section + (digits === '' ? 0 : take());
}

const FREE = /^(免費|免收|不收費|免繳納|免繳|無|free)$/i;

/** 「每份 100 元」「新臺幣 1,000 元」「NT$30」「3 角」「免費」. Throws Unreadable (`unreadable-fee`). */
export function readMoney(written: string): Money {
  if (written.length > 80) throw unreadable(written);
  const printed = written.trim();
  if (FREE.test(printed)) return { amount: 0, printed };
  const plain = halfWidth(printed).replace(/\s+/g, ' ');
  const parts =
    /^(?:(每.*?)\s*)?(?:新臺幣|新台幣|臺幣|台幣|NT\$|NTD|TWD|US\$|USD|\$)?\s*([\d.,零〇一二兩三四五六七八九十百千萬億壹貳參叁肆伍陸柒捌玖拾佰仟\s]+?)\s*(元整|元|圓|角|分|美元|歐元|日圓)?$/i.exec(
      plain,
    );
  const currency = /NT\$|NTD|TWD|US\$|USD|\$/i.test(plain);
  const stated = amountOf(parts?.[2] ?? '') * (parts?.[3] === '角' ? 0.1 : parts?.[3] === '分' ? 0.01 : 1);
  if (!parts || Number.isNaN(stated) || (!parts[3] && !currency)) throw unreadable(written);
  // 「每份 100 元第 2 份起 20 元」 without its comma is two amounts, and the first is no unit.
  if (/[\d一二三四五六七八九兩]\s*[元圓角]|起|[，,；;]/.test(parts[1] ?? '')) throw unreadable(written);
  const amount = bounded(stated, LARGEST_AMOUNT, written, '每份 100 元');
  return { amount, ...(parts[1] ? { per: parts[1].trim() } : {}), printed };
}

/** 「1‰」「0.1%」「千分之一」「每百元 7 角」: the share of the base. */
export function readRate(written: string): Rate {
  if (written.length > 80) throw noRate(written);
  const { share, printed } = rateOf(written);
  return { share: bounded(share, LARGEST_SHARE, written, '千分之一'), printed };
}

function rateOf(written: string): Rate {
  const printed = written.trim();
  const plain = halfWidth(printed);
  const sign = /^(\d+(?:\.\d+)?)\s*(%|‰)$/.exec(plain);
  if (sign) return { share: Number(sign[1]) / (sign[2] === '%' ? 100 : 1000), printed };
  const part = /^(百|千|萬)分之\s*(.+)$/.exec(plain);
  const count = amountOf(part?.[2] ?? '');
  if (part && count > 0) return { share: count / ({ 百: 100, 千: 1000, 萬: 10_000 }[part[1] ?? ''] ?? 1), printed };
  const per = /^每\s*(百|千|萬)\s*元\s*(.+)$/.exec(plain);
  if (per?.[2])
    return { share: readMoney(per[2]).amount / ({ 百: 100, 千: 1000, 萬: 10_000 }[per[1] ?? ''] ?? 1), printed };
  throw noRate(written);
}

const noRate = (written: string): Unreadable =>
  new Unreadable(
    'unreadable-fee',
    { zh: `「${written.slice(0, 40)}」讀不出費率。`, en: `"${written.slice(0, 40)}" is no rate.` },
    { zh: '例如「1‰」「0.1%」「千分之一」「每百元 7 角」。', en: 'For example 1‰, 0.1%, 千分之一.' },
  );

/** 「10000」「3 萬元」「20 坪」: the number alone. */
export function readQuantity(written: string): number {
  const value = amountOf(written.trim().replace(/(元|坪|件|份|張|頁|筆|平方公尺|公里)$/, ''));
  if (Number.isNaN(value))
    throw new Unreadable(
      'unreadable-fee',
      { zh: `「${written.slice(0, 40)}」不是數目。`, en: `"${written.slice(0, 40)}" is no number.` },
      { zh: '例如「10000」或「1 萬元」。', en: 'For example 10000.' },
    );
  return bounded(value, LARGEST_QUANTITY, written, '10000');
}

const located = <T extends object>(fields: T, span: Span) => ({ ...fields, at: { self: span }, cited: {}, unread: [] });

/** 「影印：每頁 2 元」「每份 100 元，第 2 份起每份 20 元」「標的金額千分之一」. */
export function readFeeLine(written: string, span: Span): Record<string, unknown> {
  if (written.length > 300) throw unreadable(written);
  const named = /^([^：:]{1,30})[：:]\s*(\S.*)$/.exec(written.trim());
  const item = named ? { item: named[1]?.trim() } : {};
  const text = (named?.[2] ?? written.trim()).replace(/\s+/g, ' ');
  const rated = /^(.*?)[的之]?\s*((?:百|千|萬)分之.+|[\d.]+\s*[%‰])$/.exec(halfWidth(text));
  if (rated?.[2]) return { ...item, ...(rated[1] ? { base: rated[1].trim() } : {}), rate: readRate(rated[2]) };
  const again = /^(.+?)[，,；;] ?自?第 ?([^，,；;]{1,12}?) ?(?:份|張|件|頁|次)起[，,]? ?(\S.*)$/.exec(text);
  const money = readMoney(again?.[1] ?? text);
  const nth = again ? countOf(halfWidth(again[2] ?? '')) : undefined;
  // What holds from the first on is the amount itself.
  if (nth !== undefined && !(nth >= 2)) throw unreadable(written);
  const { per } = money;
  return {
    ...item,
    amount: money,
    ...(per ? { per } : {}),
    ...(again ? { fromNth: located({ nth, amount: readMoney(again[3] ?? '') }, span) } : {}),
  };
}

/** The one-line forms of a service's 規費. */
export function readFee(written: string, span: Span): Record<string, unknown> {
  const text = written.trim();
  if (FREE.test(text)) return { free: true };
  if (/^不徵收\S{1,12}費$/.test(text)) return { free: true, note: text };
  if (text.length > 300) throw unreadable(text);
  return { lines: text.split(/[；;]/).map((line) => located(readFeeLine(line, span), span)) };
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
export const charges = ({ amount, rate, tiers }: FeeLine): boolean =>
  (known(amount)?.amount ?? 0) > 0 || (known(rate)?.share ?? 0) > 0 || (known(tiers) ?? []).length > 0;
