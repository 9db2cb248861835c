// Sums of money, shares and quantities as clerks write them (新臺幣 1,000 元、18.5–370 元、30 元起、千分之一): read whole or refused.

import type { Say } from '../core/source.js';
import { figure, LARGEST_AMOUNT, LARGEST_QUANTITY, LARGEST_SHARE } from './bounds.js';
import { halfWidth } from './duration.js';
import type { Formula, Money, Rate } from './schema/fee.js';
import { wholeNumber } from './schema/scalars.js';
import { stopped, Unreadable } from './schema/schema.js';
import { quote } from './schema/tree.js';

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
  // Thirty signs and their commas; what is longer is no number, and takes long to look through.
  if (digitsOnly.length > 60) return Number.NaN;
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

/** Words that say that nothing is to be paid. */
export const FREE =
  /^(免費(?:辦理|申請|服務)?|(?:免|不|無[須需])予?[收徵繳](?:納|取|交|付)?(?:任何)?(?:規費|費用|費)?|免規費|無規費|無償|免|無|free)$/i;

const SUM_EXAMPLES: Say = {
  zh: '例如「100 元」「每份 100 元」「18.5–370 元」「30 元起」「免費」。',
  en: 'For example 100 元, 每份 100 元, 18.5–370 元, 30 元起, 免費.',
};
const OURS = '新[臺台]幣|[臺台]幣|NT\\$|NTD|TWD|NT|\\$';
/** Currencies that are not ours, by how they are called in print. */
const FOREIGN: readonly (readonly [string, string])[] = [
  ['美元', 'US\\$|USD|美金|美元'],
  ['港元', 'HK\\$|HKD|港幣|港元|港圓'],
  ['人民幣', 'CNY|RMB|人民幣'],
  ['日圓', 'JPY|¥|日幣|日圓|日元'],
  ['歐元', 'EUR|€|歐元'],
  ['英鎊', 'GBP|£|英鎊'],
  ['加元', 'CA\\$|CAD|加幣|加拿大幣|加元'],
  ['澳元', 'AU\\$|AUD|澳幣|澳元'],
  ['紐元', 'NZ\\$|NZD|紐幣|紐元'],
  ['新加坡元', 'S\\$|SGD|新加坡幣|新加坡元|星幣'],
  ['澳門元', 'MOP|澳門幣|澳門元'],
  ['韓元', 'KRW|₩|韓幣|韓元|韓圜'],
  ['泰銖', 'THB|฿|泰銖|泰幣'],
  ['越南盾', 'VND|₫|越南盾|越盾'],
  ['印尼盾', 'IDR|印尼盾'],
  ['披索', 'PHP|₱|菲律賓披索|披索|菲幣'],
  ['令吉', 'MYR|令吉|馬幣'],
  ['瑞士法郎', 'CHF|瑞士法郎|瑞郎'],
];
const CURRENCY = [...FOREIGN.map(([, words]) => words), OURS].join('|');
const UNIT = '元整|元正|元|圓整|圓|角|分';
const NUMBER =
  '[\\d.,零〇一二兩三四五六七八九十百千萬億壹貳參叁肆伍陸柒捌玖拾佰仟](?:[\\d.,\\s零〇一二兩三四五六七八九十百千萬億壹貳參叁肆伍陸柒捌玖拾佰仟]*[\\d.,零〇一二兩三四五六七八九十百千萬億壹貳參叁肆伍陸柒捌玖拾佰仟])?';
const RANGE = '–|—|-|~|～|至|到';
const sticky = (source: string): RegExp => new RegExp(`\\s*(${source})`, 'iy');
const AT = {
  currency: sticky(CURRENCY),
  number: sticky(NUMBER),
  range: sticky(RANGE),
  unit: sticky(UNIT),
  whole: sticky('整|正'),
  open: sticky('起|以上'),
  each: sticky('[/／每]\\s*[^\\d\\s，,；;。/／每起元]{1,6}'),
};
/** Where a sum may begin behind 「每…」. */
const SUM_AHEAD = new RegExp(
  `\\s*(?:(?:${CURRENCY})\\s*(?:${NUMBER})|(?:${NUMBER})\\s*(?:(?:${RANGE})\\s*(?:${NUMBER})\\s*)?(?:${UNIT}|${CURRENCY}))`,
  'iy',
);

type Sum = Omit<Money, 'per' | 'printed'> & { each?: string };
type Stop = { at: number; missing?: true };

/** 「每份 100 元」「新臺幣 1,000 元」「NT$30」「18.5–370 元」「30 元起」「免費」. Throws Unreadable (`unreadable-fee`). */
export function readMoney(written: string): Money {
  const printed = written.trim();
  if (written.length > 80) throw noSum(printed, { at: 80 });
  if (FREE.test(printed)) return { amount: 0, printed };
  const text = halfWidth(printed).replace(/＄/g, '$');
  let furthest: Stop = { at: 0 };
  for (const from of startsOf(text)) {
    const read = sumFrom(text, from);
    const per = text.slice(0, from).trim();
    if (!('at' in read)) {
      const { each, ...sum } = read;
      const unit = per || (each === undefined ? '' : `每${each}`);
      return {
        ...sum,
        ...(unit === '' ? {} : { per: unit }),
        // What it is for each of stands before the sum, so that it can be told apart.
        printed: each === undefined ? printed : `${unit} ${printed.slice(0, printed.search(/\s*[/／每]/))}`,
      };
    }
    if (read.at > furthest.at) furthest = read;
  }
  throw noSum(printed, furthest);
}

/** Where the sum may begin: at once, or behind what it is for each of. */
function startsOf(text: string): number[] {
  if (!text.startsWith('每')) return [0];
  const starts: number[] = [];
  for (let from = 2; from < text.length; from += 1) {
    SUM_AHEAD.lastIndex = from;
    // 「每份 100 元第 2 份起 20 元」 without its comma is two amounts, and the first is no unit.
    if (/[\d一二三四五六七八九兩]\s*[元圓角]|起|[，,；;]/.test(text.slice(0, from))) break;
    if (SUM_AHEAD.test(text) && !/[\d.,]/.test(text.charAt(from - 1))) starts.push(from);
  }
  return starts;
}

function sumFrom(text: string, from: number): Sum | Stop {
  let at = from;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found?.[1];
  };
  let currency = take(AT.currency);
  const first = numberAt(text, at, take(AT.number));
  if ('at' in first) return first;
  let second: { value: number } | undefined;
  // 「100 元–500 元」 has its unit twice.
  const early = at;
  take(AT.unit);
  if (take(AT.range) === undefined) at = early;
  else {
    take(AT.currency);
    const start = at;
    const other = numberAt(text, start, take(AT.number));
    if ('at' in other) return other;
    if (!(other.value > first.value)) return { at: start + (/^\s*/.exec(text.slice(start))?.[0].length ?? 0) };
    second = other;
  }
  const unit = take(AT.unit);
  if (unit === undefined || currency === undefined) currency = take(AT.currency) ?? currency;
  const behind = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
  if (unit === undefined && currency === undefined)
    return { at: behind, ...(behind >= text.length ? { missing: true } : {}) };
  take(AT.whole);
  const open = take(AT.open) !== undefined;
  const each = take(AT.each)?.slice(1).trim();
  if (at < text.length) return { at: at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0) };
  const scale = unit === '角' ? 0.1 : unit === '分' ? 0.01 : 1;
  const foreign = FOREIGN.find(([, words]) => new RegExp(`^(?:${words})$`, 'i').test(currency ?? ''))?.[0];
  return {
    amount: bounded(first.value * scale, LARGEST_AMOUNT, text, '每份 100 元'),
    ...(second ? { most: bounded(second.value * scale, LARGEST_AMOUNT, text, '每份 100 元') } : {}),
    ...(open ? { open } : {}),
    ...(foreign === undefined ? {} : { currency: foreign }),
    ...(each === undefined || each === '' ? {} : { each }),
  };
}

function numberAt(text: string, from: number, number: string | undefined): { value: number } | Stop {
  const blanks = /^\s*/.exec(text.slice(from))?.[0].length ?? 0;
  if (number === undefined) return { at: from + blanks, ...(from + blanks >= text.length ? { missing: true } : {}) };
  const value = amountOf(number);
  return Number.isNaN(value) ? { at: from + blanks + stopOf(number) } : { value };
}

/** The sign of a number at which it is no number any more. */
function stopOf(number: string): number {
  for (const { index } of number.matchAll(/,/g))
    if (
      !/^,\d{3}(?!\d)/.test(number.slice(index)) ||
      !/(?<!\d)\d{1,3}$/.test(number.slice(0, index).replace(/\d,(?=\d{3}(,|$))/g, ''))
    )
      return index;
  const dots = [...number.matchAll(/\./g)];
  if (dots[1]) return dots[1].index;
  // 一百五: the last digit is of no rank.
  return Math.max(0, number.trimEnd().length - 1);
}

/** Longer than any sum that is written: nothing is guessed about it, for that takes the square of its length. */
const LONGEST_GUESSED = 200;

/** 一萬五: as it may have been meant, 10,005 or 15,000. */
function meantBy(printed: string): number[] {
  if (printed.length > LONGEST_GUESSED) return [];
  const [, before = '', unit = '', digit = ''] =
    /([\d零一二兩三四五六七八九十百千萬億.]*?([百千萬億]))\s*([\d一二三四五六七八九])\s*(?:元|圓|$)/.exec(printed) ??
    [];
  const base = amountOf(before);
  const rank = SMALL[unit] ?? LARGE[unit];
  if (digit === '' || rank === undefined || Number.isNaN(base)) return [];
  return [base + amountOf(digit), base + (amountOf(digit) * rank) / 10];
}

function noSum(printed: string, { at, missing }: Stop): Unreadable {
  const said = quote(printed);
  const meant = meantBy(printed);
  const again = /^(.+?)[，,；;]\s*自?第.+起/.test(printed.slice(0, LONGEST_GUESSED));
  const hint: Say =
    missing && at > 0
      ? { zh: `是不是「${said} 元」？${SUM_EXAMPLES.zh}`, en: `Is it "${said} 元"? ${SUM_EXAMPLES.en}` }
      : meant.length > 0
        ? {
            zh: `寫成${meant.map((n) => `「${figure(n)} 元」`).join('或')}。`,
            en: `Write ${meant.map((n) => `${figure(n)} 元`).join(' or ')}.`,
          }
        : again
          ? {
              zh: '第幾份起另計的，寫在「續份」，例如「續份: 第 2 份起每份 20 元」「續份: {第幾份起: 2, 金額: 20 元}」。',
              en: 'What holds from the second on belongs under 續份: 第 2 份起每份 20 元, or {第幾份起: 2, 金額: 20 元}.',
            }
          : SUM_EXAMPLES;
  return stopped(
    'unreadable-fee',
    printed,
    missing ? printed.length : at,
    { zh: '要繳多少', en: 'sum of money' },
    { zh: '「元」', en: '元' },
    hint,
  );
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

function noRate(written: string): Unreadable {
  const printed = written.trim();
  const sound = /^(?:\d+(?:\.\d+)?\s*|[百千萬](?:分(?:之\s*)?)?)/.exec(halfWidth(printed))?.[0] ?? '';
  return stopped(
    'unreadable-fee',
    printed,
    sound.length,
    { zh: '費率', en: 'rate' },
    { zh: '「%」或「‰」', en: '% or ‰' },
    { zh: '例如「1‰」「0.1%」「千分之一」「每百元 7 角」。', en: 'For example 1‰, 0.1%, 千分之一, 每百元 7 角.' },
  );
}

/** 「10000」「3 萬元」「20 坪」「50 MB」: the number alone. */
export function readQuantity(written: string): number {
  const printed = written.trim();
  const [, number = ''] = new RegExp(`^(${NUMBER})\\s*(?:[^\\d\\s.,，。；;（(]{1,8})?$`).exec(halfWidth(printed)) ?? [];
  const value = printed.length > 40 ? Number.NaN : amountOf(number);
  if (Number.isNaN(value)) {
    const sound = new RegExp(`^${NUMBER}`).exec(halfWidth(printed))?.[0] ?? '';
    const meant = meantBy(printed);
    throw stopped(
      'unreadable-fee',
      printed,
      number === '' ? sound.length : stopOf(number),
      { zh: '數目', en: 'number' },
      { zh: '數目', en: 'a number' },
      meant.length > 0
        ? {
            zh: `寫成${meant.map((n) => `「${figure(n)}」`).join('或')}。`,
            en: `Write ${meant.map(figure).join(' or ')}.`,
          }
        : { zh: '例如「10000」「1 萬元」「50 MB」。', en: 'For example 10000, 1 萬元, 50 MB.' },
    );
  }
  return bounded(value, LARGEST_QUANTITY, written, '10000');
}

/** 「人數 × 筆數 × 20 元」「基本費 100 元 ＋ 頁數 × 2 元」: names and numbers, multiplied and added. */
export function readFormula(written: string): Formula {
  const printed = written.trim();
  const sum: (string | number)[][] = [[]];
  const stop = (at: number): Unreadable =>
    stopped(
      'unreadable-fee',
      printed,
      at,
      { zh: '計算式', en: 'formula' },
      { zh: '要乘或要加的數量', en: 'what is multiplied or added' },
      {
        zh: '例如「人數 × 筆數 × 20 元」「100 元 ＋ 頁數 × 2 元」。',
        en: 'For example 人數 × 筆數 × 20 元, 100 元 ＋ 頁數 × 2 元.',
      },
    );
  if (printed.length > 120) throw stop(120);
  let at = 0;
  for (const piece of printed.split(/([×✕*＋+]|\s[xX]\s|乘以)/)) {
    const text = piece.trim();
    const start = at + piece.indexOf(text);
    at += piece.length;
    if (/^(?:[×✕*xX]|乘以)$/.test(text)) continue;
    if (/^[＋+]$/.test(text)) {
      sum.push([]);
      continue;
    }
    // 基本費 100 元: a sum with its name is that sum.
    const number = /^([^\d]*?)\s*([\d０-９.,，]+)\s*(元|圓)?$/.exec(text);
    const value = number ? amountOf(number[2] ?? '') : Number.NaN;
    if (!Number.isNaN(value)) sum[sum.length - 1]?.push(value);
    else if (/^[^\d\s=＝,，;；]{1,16}$/.test(text)) sum[sum.length - 1]?.push(text);
    else throw stop(text === '' ? (start >= printed.trimEnd().length ? printed.length : start) : start);
  }
  const quantities = sum.flat().filter((each) => typeof each === 'string');
  if (quantities.length === 0 || sum.some((part) => part.length === 0)) throw stop(0);
  // One name alone, 「依規定」, tells nobody what to pay.
  if (sum.flat().length === 1) throw stop(printed.length);
  return { sum, printed };
}
