// What a laid-out chart is, and the sizes it is laid out in: whole px of the drawing.
import type { ChartStep } from './plan.js';

export type Box = { x: number; y: number; width: number; height: number };
export type PlacedText = Box & { lines: readonly string[] };
export type PlacedStep = PlacedText & { step: number };
export type PlacedLine = { line: number; points: readonly (readonly [x: number, y: number])[]; label?: PlacedText };
export type PlacedLane = { lane: number; x: number; width: number; lines: readonly string[] };

/** A chart laid out. Cells of the columns beside the lanes are in `cells`; `rules`: where rows meet. */
export type Placed = {
  width: number;
  height: number;
  head: number;
  lanes: readonly PlacedLane[];
  sides: readonly { x: number; width: number; lines: readonly string[] }[];
  steps: readonly PlacedStep[];
  lines: readonly PlacedLine[];
  cells: readonly PlacedText[];
  rules: readonly number[];
  total?: PlacedText;
};

/** A column beside the lanes. */
export type Side = { left: boolean; width: number; lines: readonly string[]; of: (step: ChartStep) => string };

/**
 * So that the sheets of one chart look alike: how wide half a step of each column wants to be and may be at most, how far
 * columns stand apart at least, and what stands beside the lanes.
 */
export type Alike = {
  wanted: readonly number[];
  narrowest: readonly number[];
  widest: number;
  least: readonly number[];
  sides: readonly Side[];
};

export const TYPE = 16;
export const LEADING = 20;
/** Between the text of a box and its edge: at the sides, above and below. */
export const PAD = { side: 7, end: 6 };
/** How far the tips of a decision reach. */
export const TIP = 10;
/** As wide as boxes grow, and as narrow as they may be, in full-width characters. */
export const WIDEST = 12;
export const NARROWEST = 4.5;
