// Whether what is painted on a page is seen: the colour of each glyph against the ground it stands on, and what is painted
// over it afterwards.
import type { Box } from './geometry.js';

/** Red, green, blue from 0 to 1. */
export type Rgb = readonly [number, number, number];
/** A closed line, x and y by turns, in pt. */
export type Ring = number[];

/** An area that was filled. What cannot be told, a picture or a pattern, has no colour and judges nobody. */
export type Paint = {
  box: Box;
  rings: readonly Ring[];
  evenOdd: boolean;
  colour: Rgb | undefined;
  /** 1: nothing shines through. */
  alpha: number;
  /** It is known to hide all that lies under it. */
  hides: boolean;
  /** A picture: what it shows is not read. */
  picture: boolean;
};

/** A glyph as it was shown. `after`: how many areas had been painted by then. */
export type Ink = {
  text: string;
  /** What is left of it by clips and by the edge of the page. */
  box: Box;
  after: number;
  colour: Rgb | undefined;
  alpha: number;
  /** Set to be invisible (ISO 32000, 9.3.6), as the words under a scanned page are. */
  invisible: boolean;
};

export type Unseen = 'ground' | 'covered' | 'invisible';

/** Contrast (WCAG 2) below which nobody tells text from its ground; what is hard to read but seen is not judged here. */
const SEEN = 1.5;

/** For each glyph why it is not seen, and nothing for those that are. */
export function unseenOf(inks: readonly Ink[], paints: readonly Paint[]): (Unseen | undefined)[] {
  const found = new Array<Unseen | undefined>(inks.length).fill(undefined);
  const entries = [...paints.entries()];
  let left = MOST_POINTS;
  for (let from = 0; from < inks.length && left > 0; from += FEW) {
    const few = inks.slice(from, from + FEW);
    const near = entries.filter(([, { box }]) => few.some((ink) => touches(box, ink.box)));
    left -= 4 * paints.length + few.length * near.reduce((sum, [, { rings }]) => sum + pointsIn(rings), 0);
    for (const [i, ink] of few.entries()) found[from + i] = left > 0 ? judge(ink, near) : undefined;
  }
  if (found.every((each) => each === undefined)) return found;
  // A shadow or a halo below the text itself hides nothing.
  const seen = new Map<string, Ink[]>();
  const squareOf = ({ box: [left, bottom], text }: Ink, right = 0, up = 0): string =>
    `${Math.floor(left / NEAR) + right} ${Math.floor(bottom / NEAR) + up} ${text}`;
  for (const [i, ink] of inks.entries()) {
    if (found[i] !== undefined) continue;
    const square = squareOf(ink);
    const others = seen.get(square);
    if (!others) seen.set(square, [ink]);
    // A few of those that stand upon one another stand for all of them.
    else if (others.length < FEW) others.push(ink);
  }
  const near = (one: Ink, other: Ink): boolean =>
    Math.abs(one.box[0] - other.box[0]) < NEAR && Math.abs(one.box[1] - other.box[1]) < NEAR;
  return found.map((why, i) => {
    const ink = inks[i] as Ink;
    const hasTwin = (): boolean =>
      [-1, 0, 1].some((right) =>
        [-1, 0, 1].some((up) => seen.get(squareOf(ink, right, up))?.some((other) => near(ink, other))),
      );
    return why !== undefined && hasTwin() ? undefined : why;
  });
}
/** So many glyphs, neighbours mostly, are held against what is painted about them. */
const FEW = 32;
/** Corners of areas that the glyphs of a page are held against; a page full of both is not judged to its end. */
const MOST_POINTS = 10_000_000;
const pointsIn = (rings: readonly Ring[]): number => rings.reduce((sum, { length }) => sum + length / 2, 1);
/** A box that has no width or height touches what it lies in. */
const touches = (one: Box, other: Box): boolean =>
  one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
/** pt between a text and its shadow. */
const NEAR = 2;

function judge(
  { box, after, colour, alpha, invisible }: Ink,
  paints: readonly (readonly [number, Paint])[],
): Unseen | undefined {
  const points = pointsOf(box);
  if (points.length === 0) return undefined;
  const under: Paint[] = [];
  const over: Paint[] = [];
  for (const [i, paint] of paints) if (touches(paint.box, box)) (i < after ? under : over).push(paint);
  const all = (test: (x: number, y: number) => boolean): boolean => points.every(([x, y]) => test(x, y));
  if (invisible) {
    const scanned = [...under, ...over].some((paint) => paint.picture && all((x, y) => covers(paint, x, y)));
    return scanned ? undefined : 'invisible';
  }
  if (over.some((paint) => paint.hides && all((x, y) => covers(paint, x, y)))) return 'covered';
  if (colour === undefined) return undefined;
  const lost = all((x, y) => {
    const ground = groundAt(x, y, under);
    return ground !== undefined && contrastOf(blend(ground, colour, alpha), ground) < SEEN;
  });
  return lost ? 'ground' : undefined;
}

/** The middle of a box and four around it; a stroke may be thin, so they stay well inside. */
function pointsOf([left, bottom, right, top]: Box): (readonly [number, number])[] {
  if (!(right > left && top > bottom)) return [];
  const at = (x: number, y: number): readonly [number, number] => [
    left + (right - left) * x,
    bottom + (top - bottom) * y,
  ];
  return [at(0.5, 0.5), at(0.15, 0.15), at(0.85, 0.15), at(0.15, 0.85), at(0.85, 0.85)];
}

/** White paper, and on it all that was painted up to now; nothing where that cannot be told. */
export function groundAt(x: number, y: number, under: readonly Paint[]): Rgb | undefined {
  let ground: Rgb | undefined = [1, 1, 1];
  for (const paint of under) {
    if (!covers(paint, x, y)) continue;
    ground =
      paint.colour === undefined
        ? undefined
        : paint.alpha >= 1
          ? paint.colour
          : ground && blend(ground, paint.colour, paint.alpha);
  }
  return ground;
}

/** Whether a point is inside; ISO 32000, 8.5.3.3. */
function covers({ box, rings, evenOdd }: Paint, x: number, y: number): boolean {
  if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) return false;
  let winding = 0;
  for (const ring of rings)
    for (let i = 0; i < ring.length; i += 2) {
      const next = i + 2 < ring.length ? i + 2 : 0;
      const y1 = ring[i + 1] ?? 0;
      const y2 = ring[next + 1] ?? 0;
      if (y1 <= y === y2 <= y) continue;
      const x1 = ring[i] ?? 0;
      if (x1 + ((y - y1) / (y2 - y1)) * ((ring[next] ?? 0) - x1) <= x) continue;
      winding += evenOdd || y2 > y1 ? 1 : -1;
    }
  return evenOdd ? winding % 2 === 1 : winding !== 0;
}

const blend = (ground: Rgb, [r, g, b]: Rgb, alpha: number): Rgb => [
  ground[0] + (r - ground[0]) * alpha,
  ground[1] + (g - ground[1]) * alpha,
  ground[2] + (b - ground[2]) * alpha,
];

/** Where on a level the edges of an area are. */
export function crossingsOf({ box, rings }: Paint, y: number): number[] {
  const found: number[] = [];
  for (const ring of rings)
    for (let i = 0; i < ring.length; i += 2) {
      const next = i + 2 < ring.length ? i + 2 : 0;
      const y1 = ring[i + 1] ?? 0;
      const y2 = ring[next + 1] ?? 0;
      if (y1 <= y === y2 <= y) continue;
      const x1 = ring[i] ?? 0;
      const x = x1 + ((y - y1) / (y2 - y1)) * ((ring[next] ?? 0) - x1);
      found.push(Math.min(box[2], Math.max(box[0], x)));
    }
  return found;
}

/** WCAG 2, 1.4.3. */
export function contrastOf(one: Rgb, other: Rgb): number {
  const [a, b] = [lightOf(one), lightOf(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
function lightOf(colour: Rgb): number {
  const [r = 0, g = 0, b = 0] = colour.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** A colour of so many numbers: grey, red green blue, or the four inks of a press. */
export function colourOf(numbers: readonly number[]): Rgb | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = numbers.map((each) => Math.min(1, Math.max(0, each)));
  if (numbers.length === 1) return [a, a, a];
  if (numbers.length === 3) return [a, b, c];
  if (numbers.length === 4) return [(1 - a) * (1 - d), (1 - b) * (1 - d), (1 - c) * (1 - d)];
  return undefined;
}

/** The four corners of a box that a matrix has turned lie square to the page. */
export const isUpright = ([x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0, x4 = 0, y4 = 0]: Ring): boolean => {
  const same = (one: number, other: number): boolean => Math.abs(one - other) < 0.01;
  return (
    (same(x1, x2) && same(y2, y3) && same(x3, x4) && same(y4, y1)) ||
    (same(y1, y2) && same(x2, x3) && same(y3, y4) && same(x4, x1))
  );
};
