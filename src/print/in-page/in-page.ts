// What runs in the browser: compiled to one script, which a page is given when it is first asked for one of these. Arguments
// and answers are what JSON can hold.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import * as book from './book.js';
import { drawCharts, startMermaid } from './charts.js';
import { type Fit, fitBoxes, levelBoxes, showBoxes } from './fit.js';
import * as laidOut from './laid-out.js';
import { familiesRefused, loadFonts, pngOf, seenOf, stampPages } from './sheet.js';
import { trimSvg } from './trim.js';
import { isTypeRound, roundType } from './type-sizes.js';

const scripts = {
  ...book,
  ...laidOut,
  drawCharts,
  startMermaid,
  trimSvg,
  showBoxes,
  fitBoxes: (fit: Fit, part?: readonly [number, number]) => fitBoxes(fit, document, part),
  levelBoxes: (least: number) => levelBoxes(least, document),
  countBoxes: () => document.querySelectorAll('.fit').length,
  familiesRefused,
  loadFonts,
  pngOf,
  seenOf,
  stampPages,
  isTypeRound,
  roundType: () => roundType(document),
  fontsReady: () => document.fonts.ready.then(() => undefined),
  /** Lays out what was hidden until its type was round. */
  reveal: async () => {
    document.querySelector('[data-unseen]')?.remove();
    // A font is loaded when something is first laid out in it.
    document.documentElement.getBoundingClientRect();
    await document.fonts.ready;
  },
  isBlank: () => document.querySelector('span')?.getBoundingClientRect().width === 0,
};

export type InPage = typeof scripts;

(globalThis as unknown as { servicebook: InPage }).servicebook = scripts;
