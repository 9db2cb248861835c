// How a content stream paints at a moment: the state that its operators change, the path they draw, and the areas that
// come of it. ISO 32000, 8.4 and 8.5.
import { PDFArray, type PDFDict, PDFName, type PDFObject } from '@cantoo/pdf-lib';
import type { Font } from './fonts.js';
import { ALL, type Box, type Matrix, meets, onto, overlap, UNIT, union } from './geometry.js';
import { isUpright, type Paint, type Rgb, type Ring } from './ink.js';
import { dictAt, numberAt, valueAt } from './objects.js';

/** ISO 32000, 8.4 and 9.3. */
export type State = {
  ctm: Matrix;
  /** What of the paper is painted on, at most: the box around the clip. */
  clip: Box;
  font: Font | undefined;
  size: number;
  /** Width of characters against their height. */
  stretch: number;
  rise: number;
  characterGap: number;
  wordGap: number;
  leading: number;
  /** 3 and 7 show nothing. */
  mode: number;
  fill: Colour;
  stroke: Colour;
  /** Width of lines. */
  width: number;
  /** How much shows of the drawing that all this is part of. */
  through: number;
  /** What may be seen cannot be told: behind a mask, mixed with what is below, within a clip that is no rectangle. */
  veiled: boolean;
  clipped: boolean;
};

/** What fills or draws lines, nothing where it is a pattern or an ink without a known colour; how much of it shows. */
export type Colour = { readonly colour: Rgb | undefined; readonly alpha: number };

const BLACK: Rgb = [0, 0, 0];

/** As each page begins. */
export const START: State = {
  ctm: UNIT,
  clip: ALL,
  font: undefined,
  size: 0,
  stretch: 1,
  rise: 0,
  characterGap: 0,
  wordGap: 0,
  leading: 0,
  mode: 0,
  fill: { colour: BLACK, alpha: 1 },
  stroke: { colour: BLACK, alpha: 1 },
  width: 1,
  through: 1,
  veiled: false,
  clipped: false,
};

/** With what of an ExtGState concerns the ink; ISO 32000, 8.4.5. */
export function withLook(state: State, look: PDFDict | undefined): State {
  if (!look) return state;
  const plain = (found: PDFObject): boolean =>
    found instanceof PDFName && /^(Normal|Compatible|None)$/.test(found.decodeText());
  const veils = [valueAt(look, 'BM'), valueAt(look, 'SMask')].filter((each) => each !== undefined);
  return {
    ...state,
    fill: { ...state.fill, alpha: numberAt(look, 'ca') ?? state.fill.alpha },
    stroke: { ...state.stroke, alpha: numberAt(look, 'CA') ?? state.stroke.alpha },
    width: numberAt(look, 'LW') ?? state.width,
    veiled: veils.length === 0 ? state.veiled : !veils.every(plain),
  };
}

/** A group is painted as one, with what was set outside it. */
export const inGroup = (state: State): State => ({
  ...state,
  through: state.through * state.fill.alpha,
  fill: { ...state.fill, alpha: 1 },
  stroke: { ...state.stroke, alpha: 1 },
});

/** Whether the numbers of a colour space are those of grey, of red green blue, or of the inks of a press. */
export function isKnownSpace(space: string, resources: PDFDict | undefined): boolean {
  if (/^\/Device(Gray|RGB|CMYK)$/.test(space)) return true;
  const found = valueAt(dictAt(resources, 'ColorSpace'), space.slice(1));
  const kind = found instanceof PDFArray ? found.lookup(0) : found;
  return kind instanceof PDFName && /^(ICCBased|Cal(Gray|RGB)|Device(Gray|RGB|CMYK))$/.test(kind.decodeText());
}

// ----------------------------------------------------------------------------------------------------------- paths

type Six = readonly [number, number, number, number, number, number];

/** The path that is being drawn, in the space of the page. */
export class Path {
  readonly rings: Ring[] = [];
  #box: Box | undefined;

  reach(ctm: Matrix, x: number, y: number, begins = false): void {
    const [px, py] = onto(ctm, x, y);
    this.#hold(px, py);
    if (begins || this.rings.length === 0) this.rings.push([px, py]);
    else this.rings.at(-1)?.push(px, py);
  }

  rectangle(ctm: Matrix, x: number, y: number, width: number, height: number): void {
    this.reach(ctm, x, y, true);
    this.reach(ctm, x + width, y);
    this.reach(ctm, x + width, y + height);
    this.reach(ctm, x, y + height);
  }

  /** A curve, as a line through eight of its points. */
  bend(ctm: Matrix, ...points: Six): void {
    const ring = this.rings.at(-1);
    const [x0 = 0, y0 = 0] = ring?.slice(-2) ?? [];
    const [x1, y1] = onto(ctm, points[0], points[1]);
    const [x2, y2] = onto(ctm, points[2], points[3]);
    const [x3, y3] = onto(ctm, points[4], points[5]);
    for (let k = 1; k <= 8; k += 1) {
      const [t, u] = [k / 8, 1 - k / 8];
      const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
      const [x, y] = [a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3];
      ring?.push(x, y);
      this.#hold(x, y);
    }
  }

  /** A state in which nothing is painted outside of the path. */
  clip(state: State): State {
    if (!this.#box) return state;
    const [ring] = this.rings;
    const isRectangle = this.rings.length === 1 && ring?.length === 8 && isUpright(ring);
    return { ...state, clip: overlap(state.clip, this.#box), clipped: state.clipped || !isRectangle };
  }

  #hold(x: number, y: number): void {
    this.#box = this.#box ? union(this.#box, [x, y, x, y]) : [x, y, x, y];
  }
}

/** The corners of a box, turned by a matrix. */
export const ringOf = ([left, bottom, right, top]: Box, m: Matrix = UNIT): Ring =>
  [onto(m, left, bottom), onto(m, right, bottom), onto(m, right, top), onto(m, left, top)].flat();

/** pt. Narrower lines hide no text. */
const BROAD = 3;
/** pt. A line of no width is as thin as is drawn. */
const HAIR = 0.25;

/** How wide a line is on the page. */
const widthOf = ({ width, ctm }: State): number => width * Math.hypot(ctm[0], ctm[1]);

/** Whether lines are as broad as text. */
export const isBroad = (state: State): boolean => widthOf(state) >= BROAD;

/** The areas that lines cover, one for each stretch. */
export function* linesOf(rings: readonly Ring[], state: State): Generator<Ring> {
  const half = Math.max(HAIR, widthOf(state)) / 2;
  for (const ring of rings)
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ring.slice(i, i + 4);
      const long = Math.hypot(x2 - x1, y2 - y1) || 1;
      const [dx, dy] = [((y2 - y1) / long) * half, ((x1 - x2) / long) * half];
      yield [x1 + dx, y1 + dy, x2 + dx, y2 + dy, x2 - dx, y2 - dy, x1 - dx, y1 - dy];
    }
}

/** What may be told of a picture or a pattern: where it is. */
export const UNKNOWN: Colour = { colour: undefined, alpha: 1 };

/** An area as it is painted; nothing where none of it shows. `more`: what is known of it besides. */
export function painted(
  rings: readonly Ring[],
  { colour, alpha: own }: Colour,
  { through, clip, veiled, clipped }: State,
  more: Partial<Paint> = {},
): Paint | undefined {
  const alpha = own * through;
  let around: Box | undefined;
  for (const ring of rings)
    for (let i = 0; i + 1 < ring.length; i += 2) {
      const [x = 0, y = 0] = [ring[i], ring[i + 1]];
      around = around ? union(around, [x, y, x, y]) : [x, y, x, y];
    }
  if (!around || !meets(around, clip) || alpha <= 0) return undefined;
  // What is cut by a clip of another form than a rectangle may end anywhere.
  const known = !veiled && !clipped;
  return {
    box: overlap(around, clip),
    rings,
    evenOdd: false,
    colour: known ? colour : undefined,
    alpha,
    hides: known && colour !== undefined && alpha > 0.95,
    picture: false,
    ...more,
  };
}
