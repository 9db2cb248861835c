// The words in which a fee says for how much it is charged, how often, how it is rounded, and what is let off.
import { halfWidth } from '../duration.js';
import { amountOf, readMoney, readRate } from '../money.js';
import type { Money } from '../schema/fee.js';
import { Unreadable } from '../schema/schema.js';
import { type Decimal, decimalOf, negative, plus, type Rounding } from './decimal.js';

/** 「每 2 小時」: two of 小時. */
export function unitOf(per: string): { unit: string; size: number } | undefined {
  const [, number = '', unit = ''] =
    /^每\s*([\d.,零一二兩三四五六七八九十百千萬]*)\s*(\S.*)$/.exec(halfWidth(per.trim())) ?? [];
  if (unit === '') return undefined;
  const size = number === '' ? 1 : amountOf(number);
  return Number.isNaN(size) || size <= 0 ? undefined : { unit: unit.trim(), size };
}

/** 「份」 is counted as 份數. */
export const countName = (unit: string): string => (unit === '' ? '數量' : `${unit}數`);

export function readRounding(text: string): { how: Rounding; scale: number } | undefined {
  const how = /四捨五入/.test(text)
    ? 'half-up'
    : /無條件捨去|捨去|不計|免計|去尾/.test(text)
      ? 'down'
      : /無條件進位|進位|進整|以一元計|一元計/.test(text)
        ? 'up'
        : undefined;
  if (how === undefined) return undefined;
  const place = /百元/.test(text) ? -2 : /十元|拾元/.test(text) ? -1 : /角以下|至角/.test(text) ? 1 : 0;
  // 「不足百元」「未滿十元」 speak of hundreds and tens; anything else that is not of 元 is not understood.
  return /千元|萬元/.test(text) ? undefined : { how, scale: place };
}

/** 「彩色為 5 倍」「加倍」「加收 1 倍」: when, and how many times. `adds`: the factor is what comes on top. */
export function readTimes(written: string): { when: string; factor: Decimal; adds?: true } | undefined {
  const text = halfWidth(written.trim());
  if (/^\d+(?:\.\d+)?$/.test(text)) return { when: '', factor: decimalOf(Number(text)) };
  const double = /^(.*?)[，,]?\s*(?:為|按|以|應)?\s*加倍(?:收費|計收)?$/.exec(text);
  if (double) return { when: (double[1] ?? '').trim(), factor: decimalOf(2) };
  const [, when = '', more, number = ''] =
    /^(.*?)[，,]?\s*(?:為|按|以|收)?\s*(加收|另收|加)?\s*([\d.]+|[一二兩三四五六七八九十]+)\s*倍(?:收費|計收|計)?$/.exec(
      text,
    ) ?? [];
  const factor = amountOf(number);
  if (number === '' || Number.isNaN(factor)) return undefined;
  return { when: when.trim(), factor: decimalOf(factor), ...(more ? { adds: true } : {}) };
}

/** 免收, 減半, 8 折, 減收 20 元, 減收三成; what is taken off. */
export function readRelief(written: string): { off: true } | { share: Decimal } | { money: Money } | undefined {
  const text = halfWidth(written.trim());
  if (/^(?:全部|全額|得|予以)?(?:免[收費繳徵納予]|免予|全免|免$)/.test(text)) return { off: true };
  if (/^(?:收費|按|依)?(?:減半|半價|減收(?:一半|半數|二分之一)|減徵(?:一半|半數|二分之一)|收取?半數|按半數)/.test(text))
    return { share: decimalOf(0.5) };
  const fold = /^(?:打|按|以)?\s*([\d.]+|[一二三四五六七八九]+)\s*折/.exec(text)?.[1];
  if (fold !== undefined) {
    const digits = fold.replace(/[一二三四五六七八九]/g, (c) => String('零一二三四五六七八九'.indexOf(c)));
    const n = Number(digits);
    const share = digits.includes('.') || n < 10 ? n / 10 : n / 100;
    return share > 0 && share < 1 ? { share: plus(decimalOf(1), negative(decimalOf(share))) } : undefined;
  }
  const [, off = ''] = /^(?:減收|減免|減徵|折減|折抵|優惠|折扣)\s*(\S.*)$/.exec(text) ?? [];
  const tenth = /^([一二三四五六七八九\d])成$/.exec(off)?.[1];
  if (tenth !== undefined) return { share: decimalOf(amountOf(tenth) / 10) };
  return read(() => ({ share: decimalOf(readRate(off).share) })) ?? read(() => ({ money: readMoney(off) }));
}

function read<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}
