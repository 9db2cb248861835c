// Boxes and matrices in the space of a page, in pt.
import type { PDFArray } from '@cantoo/pdf-lib';
import { numbersIn } from './objects.js';

export type Box = readonly [left: number, bottom: number, right: number, top: number];
/** [a b c d e f] of ISO 32000, 8.3.3: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const UNIT: Matrix = [1, 0, 0, 1, 0, 0];
/** Where nothing cuts. */
export const ALL: Box = [-1e6, -1e6, 1e6, 1e6];
/** pt that rounding may take. */
export const TOLERANCE = 0.05;

/** First what `b` does, then what `a` does. */
export const times = (a: Matrix, b: Matrix): Matrix => [
  a[0] * b[0] + a[2] * b[1],
  a[1] * b[0] + a[3] * b[1],
  a[0] * b[2] + a[2] * b[3],
  a[1] * b[2] + a[3] * b[3],
  a[0] * b[4] + a[2] * b[5] + a[4],
  a[1] * b[4] + a[3] * b[5] + a[5],
];

export const onto = (m: Matrix, x: number, y: number): [number, number] => [
  m[0] * x + m[2] * y + m[4],
  m[1] * x + m[3] * y + m[5],
];

export function invert([a, b, c, d, e, f]: Matrix): Matrix {
  const area = a * d - b * c;
  return [d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area];
}

/** The box around a box that a matrix turns. */
export function turned(m: Matrix, [left, bottom, right, top]: Box): Box {
  // Written out: this runs for every character of a book.
  const [a, b, c, d, e, f] = m;
  const [x1, x2, x3, x4] = [a * left, a * right, c * bottom, c * top];
  const [y1, y2, y3, y4] = [b * left, b * right, d * bottom, d * top];
  return [
    Math.min(x1, x2) + Math.min(x3, x4) + e,
    Math.min(y1, y2) + Math.min(y3, y4) + f,
    Math.max(x1, x2) + Math.max(x3, x4) + e,
    Math.max(y1, y2) + Math.max(y3, y4) + f,
  ];
}

/** The box around both. */
export const union = (a: Box, b: Box): Box => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
];

/** What both have; where they do not meet, a box that ends before it begins. */
export const overlap = (a: Box, b: Box): Box => [
  Math.max(a[0], b[0]),
  Math.max(a[1], b[1]),
  Math.min(a[2], b[2]),
  Math.min(a[3], b[3]),
];

export const isArea = ([left, bottom, right, top]: Box): boolean => left < right && bottom < top;

/** They have more than a line or a point in common. */
export const meets = (a: Box, b: Box): boolean => isArea(overlap(a, b));

export const holds = (outer: Box, inner: Box, tolerance = TOLERANCE): boolean =>
  inner[0] >= outer[0] - tolerance &&
  inner[1] >= outer[1] - tolerance &&
  inner[2] <= outer[2] + tolerance &&
  inner[3] <= outer[3] + tolerance;

/** The box between two opposite corners, any two. */
export const boxBetween = (x1: number, y1: number, x2: number, y2: number): Box => [
  Math.min(x1, x2),
  Math.min(y1, y2),
  Math.max(x1, x2),
  Math.max(y1, y2),
];

/** The box that four numbers of a PDF tell; nothing where there are fewer. What is no number is 0. */
export function boxIn(array: PDFArray | undefined): Box | undefined {
  const [a, b, c, d] = numbersIn(array);
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  return boxBetween(a, b, c, d);
}

/** The matrix that six numbers of a PDF tell; where one is wanting, that of no change. */
export function matrixIn(array: PDFArray | undefined): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbersIn(array);
  return [a, b, c, d, e, f];
}
