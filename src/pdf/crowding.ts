// Whether the text of a page can be read as what it says: no glyph lies over another, and nothing that is painted beside
// one looks like a further character. Told from ink, as it lies on paper, however it came there.
import type { Box } from './geometry.js';
import { contrastOf, crossingsOf, groundAt, type Ink, type Paint, type Rgb } from './ink.js';

/** A glyph with something over it or hard beside it. `key`: the same for the same glyphs on another print. */
export type Crowded = { why: 'over' | 'beside'; key: string; text: string };

/** A glyph with its size (pt) and the text of its line. */
export type Placed = Ink & { em: number; line: () => string };

/** em that glyphs may reach into one another beside (AV, To) and above each other. */
const INTO = 0.13;
const ONTO = 0.1;
/** The same of a glyph that is itself no wider or higher, a stop or a dash, in its own size. */
const MOST = 0.6;
/** em. What stands nearer to a character is read with it: figures stand about 0.1 em apart. */
const BESIDE = 0.2;
/** em. No broader is an upright stroke or a dot, 1 or a full stop; and a stroke that lies, a dash. */
const STROKE = 0.35;
const DASH = 1.5;
/** Where across the height of a glyph is looked for marks beside it; dashes lie about the middle. */
const LEVELS = [0.06, 0.2, 0.35, 0.5, 0.65, 0.8, 0.94];
const isMiddle = (level: number): boolean => level > 0.15 && level < 0.85;
/** Contrast (WCAG 2) from which a mark is seen. */
const SEEN = 1.3;
/** So much is told of a page; one that is full of it need not be looked at to its end. */
const ENOUGH = 500;
/** Side of the squares that glyphs are sorted into (pt), and how many of them a glyph fills at most. */
const SQUARE = 24;
const MOST_SQUARES = 400;

/** What of a page is crowded. `marks`: all that is painted, thin lines too, in order. */
export function crowdedIn(placed: readonly Placed[], marks: readonly Paint[]): Crowded[] {
  const seen = placed.filter(({ box, invisible, text }) => isArea(box) && !invisible && !COMBINING.test(text));
  return [...glyphsOver(seen), ...marksBeside(seen, marks)];
}
const isArea = ([left, bottom, right, top]: Box): boolean => right > left && top > bottom;
/** What stands over or under its letter, and may touch it. */
const COMBINING = /^[\p{M}\s]*$/u;

/** The squares of a page that a box lies in. */
function squaresOf([left, bottom, right, top]: Box): string[] {
  const squares: string[] = [];
  for (let x = Math.floor(left / SQUARE); x <= Math.floor(right / SQUARE); x += 1)
    for (let y = Math.floor(bottom / SQUARE); y <= Math.floor(top / SQUARE); y += 1) {
      squares.push(`${x} ${y}`);
      if (squares.length === MOST_SQUARES) return squares;
    }
  return squares;
}

function put<T>(into: Map<string, T[]>, squares: readonly string[], one: T): void {
  for (const square of squares) {
    const there = into.get(square);
    if (there) there.push(one);
    else into.set(square, [one]);
  }
}

function* glyphsOver(placed: readonly Placed[]): Generator<Crowded> {
  const lying = new Map<string, Placed[]>();
  let found = 0;
  for (const one of placed) {
    const squares = squaresOf(one.box);
    for (const other of new Set(squares.flatMap((square) => lying.get(square) ?? []))) {
      if (!isOver(one, other)) continue;
      yield { why: 'over', key: [one.text, other.text].sort().join(' '), text: one.line() };
      found += 1;
      if (found === ENOUGH) return;
    }
    put(lying, squares, one);
  }
}

function isOver(one: Placed, other: Placed): boolean {
  const [a, b] = [one.box, other.box];
  const [x, y] = [Math.min(a[2], b[2]) - Math.max(a[0], b[0]), Math.min(a[3], b[3]) - Math.max(a[1], b[1])];
  if (x <= 0 || y <= 0) return false;
  const em = Math.min(one.em, other.em);
  // The same once more at the same place is a shadow, or the halo around a text.
  const same = Math.abs(a[0] - b[0]) < em * 0.1 && Math.abs(a[1] - b[1]) < em * 0.1;
  if (same && one.text === other.text) return false;
  const [wide, high] = [Math.min(a[2] - a[0], b[2] - b[0]), Math.min(a[3] - a[1], b[3] - b[1])];
  return x > Math.min(em * INTO, wide * MOST) && y > Math.min(em * ONTO, high * MOST);
}

function* marksBeside(placed: readonly Placed[], marks: readonly Paint[]): Generator<Crowded> {
  const lying = new Map<string, number[]>();
  const broad: number[] = [];
  for (const [i, { box }] of marks.entries()) {
    const squares = squaresOf(box);
    if (squares.length === MOST_SQUARES) broad.push(i);
    else put(lying, squares, i);
  }
  let found = 0;
  for (const one of placed) {
    if (!/[\p{L}\p{N}]/u.test(one.text)) continue;
    const [left, bottom, right, top] = one.box;
    const reach = one.em * (BESIDE + DASH);
    const near = new Set([
      ...broad,
      ...squaresOf([left - reach, bottom, right + reach, top]).flatMap((square) => lying.get(square) ?? []),
    ]);
    // In the order in which they are painted.
    const there = [...near].sort((a, b) => a - b).flatMap((i) => marks[i] ?? []);
    if (there.length === 0 || !hasMark(one, there)) continue;
    yield { why: 'beside', key: one.text, text: one.line() };
    found += 1;
    if (found === ENOUGH) return;
  }
}

/** Whether something narrow that is no ground stands in a glyph, or hard before or behind it. */
function hasMark({ box: [left, bottom, right, top], em }: Placed, marks: readonly Paint[]): boolean {
  const [from, to] = [left - em * (BESIDE + DASH), right + em * (BESIDE + DASH)];
  const middle = (left + right) / 2;
  let lying = 0;
  for (const level of LEVELS) {
    const y = bottom + (top - bottom) * level;
    const across = marks.filter(({ box }) => y >= box[1] && y <= box[3]);
    if (across.length === 0) continue;
    // The first and the last reach further than is looked.
    const near = groundsOn(y, from, to, across)
      .slice(1, -1)
      .filter((ground) => ground.from < right + em * BESIDE && ground.to > left - em * BESIDE);
    if (near.some((ground) => ground.to - ground.from <= em * STROKE)) return true;
    if (isMiddle(level) && near.some((ground) => isDash(ground, em) && !(ground.from < middle && ground.to > middle)))
      lying += 1;
  }
  // What is as high as the glyph is a block, and not read.
  return lying > 0 && lying < LEVELS.filter(isMiddle).length;
}

type Ground = { from: number; to: number; colour: Rgb | undefined };
const isDash = ({ from, to }: Ground, em: number): boolean => to - from <= em * DASH;

/** The grounds on a level, told apart as the eye does. */
function groundsOn(y: number, from: number, to: number, across: readonly Paint[]): Ground[] {
  const ends = across.flatMap((mark) => crossingsOf(mark, y)).filter((x) => x > from && x < to);
  const grounds: Ground[] = [];
  let start = from;
  for (const end of [...new Set(ends), to].sort((a, b) => a - b)) {
    const colour = groundAt((start + end) / 2, y, across);
    const last = grounds.at(-1);
    if (last && isSame(last.colour, colour)) last.to = end;
    else grounds.push({ from: start, to: end, colour });
    start = end;
  }
  return grounds;
}
const isSame = (one: Rgb | undefined, other: Rgb | undefined): boolean =>
  one === undefined || other === undefined ? one === other : contrastOf(one, other) < SEEN;
