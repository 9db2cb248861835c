// What a reader sees of a page, upright: which part of the paper, how large, and how it is turned.
import type { PDFArray, PDFContext, PDFPageLeaf, PDFRef } from '@cantoo/pdf-lib';
import { rounded } from './content-stream.js';
import { type Box, boxIn, invert, isArea, type Matrix, overlap } from './geometry.js';
import { numberAt } from './objects.js';

/** What a reader sees of a page, upright, in pt. */
export type PageSize = { width: number; height: number };

/** `box` is seen of the page, in its own space; `upright` leads from there to pt from the lower left as it is seen. */
export type Frame = PageSize & { box: Box; rotate: number; upright: Matrix };

const NOWHERE: Box = [0, 0, 0, 0];

/** Throws when the page has no size. */
export function frameOf(page: PDFPageLeaf): Frame {
  const media = boxIn(page.MediaBox()) ?? NOWHERE;
  const both = overlap(media, boxIn(page.CropBox()) ?? media);
  const box = isArea(both) ? both : media;
  const [left, bottom, right, top] = box;
  const unit = numberAt(page, 'UserUnit') ?? 1;
  const width = (right - left) * unit;
  const height = (top - bottom) * unit;
  if (!(width > 0 && height > 0 && Number.isFinite(width * height))) throw new Error('a page has no size');
  const rotate = (((page.Rotate()?.asNumber() ?? 0) % 360) + 360) % 360;
  const u = unit;
  switch (rotate) {
    case 90:
      return { width: height, height: width, box, rotate, upright: [0, -u, u, 0, -bottom * u, right * u] };
    case 180:
      return { width, height, box, rotate, upright: [-u, 0, 0, -u, right * u, top * u] };
    case 270:
      return { width: height, height: width, box, rotate, upright: [0, u, -u, 0, top * u, -left * u] };
    default:
      return { width, height, box, rotate: 0, upright: [u, 0, 0, u, -left * u, -bottom * u] };
  }
}

/** The place of a page's upper left corner, at the reader's zoom. */
export function topOf(context: PDFContext, page: PDFRef, { upright, height }: Frame): PDFArray {
  const [, , c, d, e, f] = invert(upright);
  return context.obj([page, 'XYZ', rounded(c * height + e), rounded(d * height + f), null]);
}
