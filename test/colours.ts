// How far colours are apart, for every kind of eye, in tests.

export type Rgb = [number, number, number];
const channels = (hex: string): Rgb => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)) as Rgb;
const linear = (rgb: Rgb): Rgb =>
  rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)) as Rgb;
/** WCAG 2. */
export function contrastOf(one: Rgb, other: Rgb): number {
  const light = (rgb: Rgb): number => {
    const [r, g, b] = linear(rgb);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark = 0, bright = 0] = [light(one), light(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}
/** Machado, Oliveira, Fernandes 2009, severity 1, over linear light. */
export const SEEN_BY: Record<string, number[][]> = {
  everyone: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopes: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopes: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopes: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
function lab(hex: string, matrix: number[][]): number[] {
  const light = linear(channels(hex));
  const [r = 0, g = 0, b = 0] = matrix.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, share, i) => sum + share * (light[i] ?? 0), 0),
      ),
    ),
  );
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const [x, y, z] = [
    f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047),
    f(0.2126729 * r + 0.7151522 * g + 0.072175 * b),
    f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883),
  ] as [number, number, number];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

export const contrast = (one: string, other: string): number => contrastOf(channels(one), channels(other));
/** ΔE of 1976 between two colours as one kind of eye sees them. */
export const differenceOf = (one: string, other: string, who: string): number => {
  const matrix = SEEN_BY[who] ?? [];
  const [from, to] = [lab(one, matrix), lab(other, matrix)];
  return Math.hypot(...from.map((value, i) => value - (to[i] ?? 0)));
};
export const lightnessOf = (hex: string): number => lab(hex, SEEN_BY.everyone ?? [])[0] ?? 0;
