// Exact decimal numbers: a fee is added up without the rounding of binary fractions.

/** `units` of 10^-`scale`: 18.5 is 185 of scale 1. */
export type Decimal = { readonly units: bigint; readonly scale: number };

export const ZERO: Decimal = { units: 0n, scale: 0 };

/** A number as it was written: what reading made of 0.1 × 7 is 0.7 again. Numbers of content have 15 digits at most. */
export function decimalOf(n: number): Decimal {
  const sound = Number(n.toPrecision(15));
  const text = Math.abs(sound) >= 1e-6 && Math.abs(sound) < 1e21 ? String(sound) : sound.toFixed(15);
  const [whole = '0', fraction = ''] = text.split('.');
  return trimmed({ units: BigInt(whole + fraction), scale: fraction.length });
}

/** Without zeros at its end, so that equal numbers are equal values. */
function trimmed({ units, scale }: Decimal): Decimal {
  let [n, s] = [units, scale];
  while (s > 0 && n % 10n === 0n) {
    n /= 10n;
    s -= 1;
  }
  return { units: n, scale: s };
}

const atScale = ({ units, scale }: Decimal, to: number): bigint => units * 10n ** BigInt(to - scale);

export function plus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return trimmed({ units: atScale(a, scale) + atScale(b, scale), scale });
}

export const negative = ({ units, scale }: Decimal): Decimal => ({ units: -units, scale });
export const times = (a: Decimal, b: Decimal): Decimal =>
  trimmed({ units: a.units * b.units, scale: a.scale + b.scale });

export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const scale = Math.max(a.scale, b.scale);
  const [x, y] = [atScale(a, scale), atScale(b, scale)];
  return x < y ? -1 : x > y ? 1 : 0;
}

export const least = (a: Decimal, b: Decimal): Decimal => (compare(a, b) <= 0 ? a : b);
export const greatest = (a: Decimal, b: Decimal): Decimal => (compare(a, b) >= 0 ? a : b);

/** How often `size` goes into `n`, neither below zero, and whether a part is left. */
export function goesInto(n: Decimal, size: Decimal): { whole: Decimal; rest: boolean } {
  const scale = Math.max(n.scale, size.scale);
  const [x, y] = [atScale(n, scale), atScale(size, scale)];
  return { whole: { units: x / y, scale: 0 }, rest: x % y !== 0n };
}

/** `n` shared out exactly; undefined where the quotient has no end within nine decimals. */
export function dividedBy(n: Decimal, by: Decimal): Decimal | undefined {
  const scale = Math.max(n.scale, by.scale);
  const [x, y] = [atScale(n, scale) * 10n ** 9n, atScale(by, scale)];
  return y === 0n || x % y !== 0n ? undefined : trimmed({ units: x / y, scale: 9 });
}

export type Rounding = 'half-up' | 'down' | 'up';

/** To `scale` decimals; -1 is to tens. For numbers that are not below zero. */
export function rounded(n: Decimal, how: Rounding, scale = 0): Decimal {
  if (n.scale <= scale) return n;
  const step = 10n ** BigInt(n.scale - scale);
  const [whole, rest] = [n.units / step, n.units % step];
  const up = how === 'up' ? rest > 0n : how === 'half-up' && rest * 2n >= step;
  const units = whole + (up ? 1n : 0n);
  return trimmed(scale < 0 ? { units: units * 10n ** BigInt(-scale), scale: 0 } : { units, scale });
}

/** 1300, 18.5: plain digits. */
export function digitsOf({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const sign = units < 0n ? '-' : '';
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
