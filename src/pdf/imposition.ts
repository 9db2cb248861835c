// Makes another file of the pages of a finished PDF: folded into a booklet, cut into tiles, trimmed by a print shop, or some alone.
import {
  Duplex,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNull,
  PDFRawStream,
  PDFRef,
  PDFString,
  PrintScaling,
} from '@cantoo/pdf-lib';
import { UserError } from '../core/terminal.js';
import { contentOf, type Edit, edited, operatorsOf, row } from './content-stream.js';
import { importer } from './copy.js';
import { type Extent, excerpt } from './excerpt.js';
import { type Finished, finishPdf, loadPdf } from './finish.js';
import { type Box, type Matrix, times, UNIT } from './geometry.js';
import { flateStream, infoOf, textAt } from './objects.js';
import { pageAsDrawing } from './page-drawing.js';
import { type Frame, frameOf, type PageSize } from './page-frame.js';
import { PURPOSE, prove } from './preflight/preflight.js';
import { readPages } from './read-pages.js';

/** mm to pt. */
const MM = 72 / 25.4;
const RESOURCES = PDFName.of('Resources');
const CONTENTS = PDFName.of('Contents');

/** What is made of a finished sheet. Sizes in mm: of the unfolded sheet of a booklet, of the paper of tiles. */
export type Imposition =
  | { kind: 'booklet'; width: number; height: number }
  | { kind: 'tiles'; width: number; height: number }
  | { kind: 'print-shop' }
  | ({ kind: 'excerpt'; name: string } & Extent);

/**
 * What is to be made of a finished sheet besides: a file beside it, `posters/hall.pdf` → `posters/hall-tiles.pdf`. All
 * that is seen of the sheet must be seen in it. Faults that the sheet has itself, its own or of forms behind it, are told
 * of the sheet.
 */
export async function imposed(
  { file, date, bytes, declares }: { file: string; date: string; bytes: Uint8Array; declares: string },
  further: Imposition,
): Promise<Finished & { file: string; pages: number }> {
  const pdf = await loadPdf(bytes);
  const contents = readPages(pdf);
  let shown = contents.map(({ seen }) => seen);
  const told = new Set(prove(pdf, {}, contents).faults.map(({ rule }) => rule));
  const made = await (() => {
    switch (further.kind) {
      case 'booklet':
        return booklet(pdf, { width: further.width * MM, height: further.height * MM });
      case 'tiles':
        return tiles(pdf, further);
      case 'print-shop':
        return forPrintShop(pdf);
      case 'excerpt': {
        const [first, last] = excerpt(pdf, further);
        shown = shown.slice(first, last + 1);
        infoOf(pdf)?.set(PDFName.of(PURPOSE), PDFName.of('excerpt'));
        return pdf;
      }
    }
  })();
  const beside = file.replace(/(\.pdf)?$/i, `-${further.kind === 'excerpt' ? further.name : further.kind}.pdf`);
  const source = [...new Set(shown.join(''))].join('');
  const { bytes: written, faults } = await finishPdf(made, {
    file: beside,
    date,
    source,
    declares,
    expected: { shown },
  });
  return {
    file: beside,
    pages: made.getPageCount(),
    bytes: written,
    faults: faults.filter(({ rule }) => !told.has(rule)),
  };
}

type Drawn = { frame: Frame; drawing: PDFRef };

/** An empty file with the name and language of another, and that one's pages as drawings to be placed in it. */
async function drawn(from: PDFDocument, purpose: string): Promise<{ made: PDFDocument; pages: Drawn[] }> {
  const made = await PDFDocument.create({ updateMetadata: false });
  const { context } = made;
  const copy = importer(from.context, context);
  const info = copy(infoOf(from) ?? PDFNull);
  if (info instanceof PDFDict) {
    info.set(PDFName.of(PURPOSE), PDFName.of(purpose));
    context.trailerInfo.Info = context.register(info);
  }
  const lang = textAt(from.catalog, 'Lang');
  if (lang !== undefined) made.catalog.set(PDFName.of('Lang'), PDFString.of(lang));
  made.catalog.getOrCreateViewerPreferences().setPrintScaling(PrintScaling.None);
  const pages = from.getPages().map(({ node }) => {
    const frame = frameOf(node);
    return { frame, drawing: pageAsDrawing(node, frame, context, copy, true) };
  });
  return { made, pages };
}

// --------------------------------------------------------------------------------------------------------- booklet

/**
 * The book, two pages side by side on sheets of `sheet` (pt), to be printed on both sides, flipped on the short edge,
 * folded and stapled in the fold. Every two pages of the result are one sheet of paper, the outermost first. A page is
 * centred in its half, turned when it fits better so, made smaller when it is larger and never larger. A fold-out or a
 * form, which fits no half but the whole sheet, leaves its place empty and follows at full size on a sheet of its own, to be
 * laid in. `creep` (pt) is what each leaf moves towards the fold against the one around it, since the inner ones stick out.
 *
 * Tags, bookmarks, links and fields are dropped: they tell an order of reading that the sheet does not have. Fields and
 * notes that would be printed are drawn. Title, language and dates are kept; `finishPdf` may follow.
 */
export async function booklet(
  book: PDFDocument,
  sheet: PageSize,
  { creep = 0 }: { creep?: number } = {},
): Promise<PDFDocument> {
  const { made, pages } = await drawn(book, 'booklet');
  const { context } = made;
  made.catalog.getOrCreateViewerPreferences().setDuplex(Duplex.DuplexFlipShortEdge);
  const half = sheet.width / 2;
  const count = Math.ceil(pages.length / 4) * 4;
  // Chromium rounds a sheet to whole CSS px, 0.75 pt: so much too much is cut from the rim, not scaled.
  const shrink = (w: number, h: number): number =>
    w <= half + 1 && h <= sheet.height + 1 ? 1 : Math.min(half / w, sheet.height / h);
  const fits = (w: number, h: number): boolean => w <= sheet.width + 1 && h <= sheet.height + 1;
  // Larger than the rest: a book of large pages is made smaller as a whole.
  const usual = (pages[0]?.frame.width ?? 0) * (pages[0]?.frame.height ?? 0) * 1.1;
  const isFoldout = ({ frame: { width, height } }: Drawn): boolean =>
    width * height > usual &&
    Math.max(shrink(width, height), shrink(height, width)) < 1 &&
    (fits(width, height) || fits(height, width));
  for (let front = 1; front <= count / 2; front += 1) {
    // Front and back of leaf i (0: outermost) hold (n-2i, 1+2i) and (2+2i, n-1-2i): the lesser is right, then left.
    const pair = front % 2 === 1 ? [count + 1 - front, front] : [front, count + 1 - front];
    const shift = Math.floor((front - 1) / 2) * creep;
    const node = made.addPage([sheet.width, sheet.height]).node;
    const drawings = context.obj({});
    let content = '';
    for (const [side, number] of pair.entries()) {
      const page = pages[number - 1];
      if (!page || isFoldout(page)) continue;
      const { width, height } = page.frame;
      const turned = shrink(height, width) > shrink(width, height);
      const scale = turned ? shrink(height, width) : shrink(width, height);
      const [w, h] = turned ? [height * scale, width * scale] : [width * scale, height * scale];
      const left = side * half + (half - w) / 2 + (side === 0 ? shift : -shift);
      const bottom = (sheet.height - h) / 2;
      // Turned, a page has its head at the left, as in any book.
      const place: Matrix = turned ? [0, scale, -scale, 0, left + w, bottom] : [scale, 0, 0, scale, left, bottom];
      const name = `Page${number}`;
      drawings.set(PDFName.of(name), page.drawing);
      content += `q ${row([side * half, 0, half, sheet.height])} re W n ${row(place)} cm /${name} Do Q\n`;
    }
    node.set(RESOURCES, context.obj({ XObject: drawings }));
    node.set(CONTENTS, context.register(flateStream(context, content)));
  }
  for (const { frame, drawing } of pages.filter(isFoldout)) {
    const node = made.addPage([sheet.width, sheet.height]).node;
    node.set(RESOURCES, context.obj({ XObject: { Page: drawing } }));
    const [x, y] = [sheet.width / 2, sheet.height / 2];
    const place: Matrix = fits(frame.width, frame.height)
      ? [1, 0, 0, 1, x - frame.width / 2, y - frame.height / 2]
      : [0, 1, -1, 0, x + frame.height / 2, y - frame.width / 2];
    node.set(CONTENTS, context.register(flateStream(context, `q ${row(place)} cm /Page Do Q\n`)));
    // Its back is empty.
    made.addPage([sheet.width, sheet.height]);
  }
  return made;
}

// ----------------------------------------------------------------------------------------------------------- tiles

/** mm. Office printers leave up to 5 unprinted; the rest holds marks and plan. */
const RIM = 5;
export const MARGIN = 10;
/** mm that two tiles both show, so that one can be pasted onto the other. */
export const OVERLAP = 10;

/** How a sheet is cut: pages of `paper` (mm, turned when fewer do), in rows from the top. `step`: from tile to tile. */
export function tilingOf(
  sheet: PageSize,
  paper: PageSize,
): { width: number; height: number; columns: number; rows: number; step: PageSize } {
  const ways = [paper, { width: paper.height, height: paper.width }].map(({ width, height }) => {
    const step = { width: width - 2 * MARGIN - OVERLAP, height: height - 2 * MARGIN - OVERLAP };
    const count = (whole: number, each: number): number => Math.max(1, Math.ceil((whole - OVERLAP - 0.5) / each));
    return { width, height, step, columns: count(sheet.width, step.width), rows: count(sheet.height, step.height) };
  });
  const [one, other] = ways as [(typeof ways)[0], (typeof ways)[0]];
  return other.columns * other.rows < one.columns * one.rows ? other : one;
}

/**
 * Every page cut into pages of an office printer at full size, row by row. Each shows its part inside margins of
 * `MARGIN` and `OVERLAP` of its right and lower neighbours. Corner marks tell where to cut, ticks where the neighbour's
 * edge will lie, a plan in the lower margin which part it is.
 */
export async function tiles(sheet: PDFDocument, paper: PageSize): Promise<PDFDocument> {
  const { made, pages } = await drawn(sheet, 'tiles');
  const [first] = pages;
  if (first && first.frame.width * first.frame.height <= paper.width * paper.height * MM * MM * 1.01)
    throw new UserError({
      zh: `海報的紙張不比 --tile 的紙張大，不必分張。請用 --paper 選較大的海報，例如 --paper A1 --tile A3。`,
      en: `The poster is no larger than the paper of --tile, so there is nothing to cut. Choose a larger poster with --paper, such as --paper A1 --tile A3.`,
    });
  for (const { frame, drawing } of pages) {
    const tiling = tilingOf({ width: frame.width / MM, height: frame.height / MM }, paper);
    const [width, height] = [tiling.width * MM, tiling.height * MM];
    const [margin, overlap] = [MARGIN * MM, OVERLAP * MM];
    const inner = { width: width - 2 * margin, height: height - 2 * margin };
    for (let y = 0; y < tiling.rows; y += 1)
      for (let x = 0; x < tiling.columns; x += 1) {
        const node = made.addPage([width, height]).node;
        node.set(RESOURCES, made.context.obj({ XObject: { Page: drawing } }));
        // Of the sheet, the point that lies on the upper left corner of the part.
        const left = x * tiling.step.width * MM;
        const top = frame.height - y * tiling.step.height * MM;
        const place = [1, 0, 0, 1, margin - left, height - margin - top];
        const shows = {
          width: Math.min(inner.width, frame.width - left),
          height: Math.min(inner.height, top),
        };
        const clip = [margin, height - margin - shows.height, shows.width, shows.height];
        const joins = {
          left: x > 0 ? overlap : 0,
          right: x < tiling.columns - 1 ? overlap : 0,
          top: y > 0 ? overlap : 0,
          bottom: y < tiling.rows - 1 ? overlap : 0,
        };
        const content = `q ${row(clip)} re W n ${row(place)} cm /Page Do Q
/Artifact BMC
q 0 G 0 g 0.5 w
${marksOf(clip as [number, number, number, number], joins)}
${planOf(x, y, tiling, width - margin)}
Q
EMC
`;
        node.set(CONTENTS, made.context.register(flateStream(made.context, content)));
      }
  }
  return made;
}

/** Between the part and what the printer leaves unprinted. */
const MARK = (MARGIN - RIM - 0.5) * MM;
const GAP = 0.5 * MM;

/** Lines at the corners of the part, and shorter ones where the edge of a neighbour will lie. */
function marksOf(
  [left, bottom, width, height]: readonly [number, number, number, number],
  joins: { left: number; right: number; top: number; bottom: number },
): string {
  const [right, top] = [left + width, bottom + height];
  const lines: [number, number, number, number][] = [];
  const upright = (x: number, from: number, length: number) => lines.push([x, from, x, from + length]);
  const level = (y: number, from: number, length: number) => lines.push([from, y, from + length, y]);
  for (const x of [left, right]) {
    upright(x, top + GAP, MARK);
    upright(x, bottom - GAP, -MARK);
  }
  for (const y of [bottom, top]) {
    level(y, right + GAP, MARK);
    level(y, left - GAP, -MARK);
  }
  for (const [x, join] of [
    [left + joins.left, joins.left],
    [right - joins.right, joins.right],
  ] as const)
    if (join > 0) {
      upright(x, top + GAP, MARK / 2);
      upright(x, bottom - GAP, -MARK / 2);
    }
  for (const [y, join] of [
    [bottom + joins.bottom, joins.bottom],
    [top - joins.top, joins.top],
  ] as const)
    if (join > 0) {
      level(y, right + GAP, MARK / 2);
      level(y, left - GAP, -MARK / 2);
    }
  return lines.map(([x1, y1, x2, y2]) => `${row([x1, y1])} m ${row([x2, y2])} l S`).join('\n');
}

/** The whole sheet, small, at the right of the lower margin; this tile is black. */
function planOf(x: number, y: number, { columns, rows, step }: ReturnType<typeof tilingOf>, right: number): string {
  const height = MARK / rows;
  const width = Math.min((height * step.width) / step.height, (40 * MM) / columns);
  const left = right - width * columns - MARK;
  const cells: string[] = [];
  for (let r = 0; r < rows; r += 1)
    for (let c = 0; c < columns; c += 1) {
      const cell = row([left + c * width, RIM * MM + (rows - 1 - r) * height, width, height]);
      cells.push(`${cell} re ${r === y && c === x ? 'B' : 'S'}`);
    }
  return cells.join('\n');
}

// ------------------------------------------------------------------------------------------------------ print shop

/** mm that a ground which touches the edge is printed beyond it, and what the marks take outside of that. */
export const BLEED = 3;
const SLUG = 9;
/** pt. Nearer to the edge than this, a ground touches it. */
const TOUCH = 1.5;

/**
 * The pages in place, with their tags: trimmed at what was the paper, `BLEED` beyond it, and marks to cut by outside.
 * A rectangle that touches the edge is drawn on into the bleed. Text and lines in the ink, a grey that is nearly black,
 * become pure black in a space of its own, so that they are printed with the black plate alone.
 */
export async function forPrintShop(pdf: PDFDocument): Promise<PDFDocument> {
  const { context } = pdf;
  for (const page of pdf.getPages()) {
    const { width, height } = page.getSize();
    const { x, y } = page.getMediaBox();
    const ref = page.node.get(CONTENTS);
    const content = grown(contentOf(page.node), [x, y, x + width, y + height]);
    const fresh = flateStream(
      context,
      Buffer.from(
        `q\n${content}\nQ\n/Artifact BMC\nq 0 G 0.5 w\n${cropMarks([x, y, x + width, y + height])}\nQ\nEMC\n`,
        'latin1',
      ),
    );
    if (ref instanceof PDFRef && context.lookup(ref) instanceof PDFRawStream) context.assign(ref, fresh);
    else page.node.set(CONTENTS, context.register(fresh));
    const [bleed, slug] = [BLEED * MM, SLUG * MM];
    page.setMediaBox(x - slug, y - slug, width + 2 * slug, height + 2 * slug);
    page.setBleedBox(x - bleed, y - bleed, width + 2 * bleed, height + 2 * bleed);
    page.setTrimBox(x, y, width, height);
  }
  return pdf;
}

/** Two lines at each corner, outside of the bleed. */
function cropMarks([left, bottom, right, top]: Box): string {
  const [from, length] = [(BLEED + 0.5) * MM, (SLUG - BLEED - 1.5) * MM];
  const lines: number[][] = [];
  for (const [x, way] of [
    [left, -1],
    [right, 1],
  ] as const)
    for (const y of [bottom, top]) lines.push([x + way * from, y, x + way * (from + length), y]);
  for (const [y, way] of [
    [bottom, -1],
    [top, 1],
  ] as const)
    for (const x of [left, right]) lines.push([x, y + way * from, x, y + way * (from + length)]);
  return lines.map(([x1 = 0, y1 = 0, x2 = 0, y2 = 0]) => `${row([x1, y1])} m ${row([x2, y2])} l S`).join('\n');
}

/** A colour that is printed as black: dark, and hardly coloured. */
const isInk = (colour: readonly number[]): boolean =>
  Math.max(...colour) <= 0.2 && Math.max(...colour) - Math.min(...colour) <= 0.06;

/** The content with rectangles at the edge drawn on into the bleed, and ink in black. */
function grown(content: string, [left, bottom, right, top]: Box): string {
  const edits: Edit[] = [];
  let matrix = UNIT;
  const saved: Matrix[] = [];
  for (const { name, operands, from, to } of operatorsOf(content)) {
    const numbers = operands.map(Number);
    if (name === 'q') saved.push(matrix);
    else if (name === 'Q') matrix = saved.pop() ?? matrix;
    else if (name === 'cm') {
      const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers;
      matrix = times(matrix, [a, b, c, d, e, f]);
    } else if ((name === 'rg' || name === 'RG') && numbers.length === 3 && isInk(numbers))
      edits.push({ from, to, text: name === 'rg' ? '0 g' : '0 G' });
    else if (name === 're' && matrix[1] === 0 && matrix[2] === 0) {
      // Also what Chromium clips the page by.
      const [x = 0, y = 0, w = 0, h = 0] = numbers;
      const [sx, , , sy, tx, ty] = matrix;
      const xs = [x, x + w].map((each) => each * sx + tx).sort((a, b) => a - b) as [number, number];
      const ys = [y, y + h].map((each) => each * sy + ty).sort((a, b) => a - b) as [number, number];
      const beyond = BLEED * MM;
      const [x1, x2] = [xs[0] <= left + TOUCH ? left - beyond : xs[0], xs[1] >= right - TOUCH ? right + beyond : xs[1]];
      const [y1, y2] = [ys[0] <= bottom + TOUCH ? bottom - beyond : ys[0], ys[1] >= top - TOUCH ? top + beyond : ys[1]];
      if (x1 === xs[0] && x2 === xs[1] && y1 === ys[0] && y2 === ys[1]) continue;
      edits.push({ from, to, text: `${row([(x1 - tx) / sx, (y1 - ty) / sy, (x2 - x1) / sx, (y2 - y1) / sy])} re` });
    }
  }
  return edited(content, edits);
}
