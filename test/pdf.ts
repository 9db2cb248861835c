// What a reader's program sees in a PDF: words, page sizes, fonts, links, bookmarks.
import { PDFArray, PDFDict, PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';

export type Seen = {
  /** The words of each page, without spaces. */
  texts: string[];
  /** Width and height of each page in whole millimetres. */
  sizes: [number, number][];
  fonts: { name: string; kind: string; embedded: boolean; unicode: boolean }[];
  /** Links to places in the file: the page they stand on, the page they lead to (1-based), and their words. */
  links: { from: number; to: number; words: string }[];
  bookmarks: string[];
  title: string | undefined;
  lang: string | undefined;
  tagged: boolean;
};

export async function see(bytes: Uint8Array): Promise<Seen> {
  const file = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const texts: string[] = [];
  const links: Seen['links'] = [];
  for (let n = 1; n <= file.numPages; n += 1) {
    const page = await file.getPage(n);
    const { items } = await page.getTextContent();
    const runs = items.flatMap((item) =>
      'str' in item ? [{ text: item.str, x: item.transform[4] as number, y: item.transform[5] as number }] : [],
    );
    texts.push(
      runs
        .map(({ text }) => text)
        .join('')
        .replace(/\s/g, ''),
    );
    for (const note of (await page.getAnnotations()) as { subtype: string; dest?: unknown; rect: number[] }[]) {
      if (note.subtype !== 'Link' || !note.dest) continue;
      const dest = (typeof note.dest === 'string' ? await file.getDestination(note.dest) : note.dest) as
        | { num: number; gen: number }[]
        | null;
      if (!dest?.[0]) continue;
      const [left = 0, bottom = 0, right = 0, top = 0] = note.rect;
      const inside = runs.filter(({ x, y }) => x >= left - 1 && x <= right + 1 && y >= bottom - 1 && y <= top + 1);
      links.push({
        from: n,
        to: (await file.getPageIndex(dest[0])) + 1,
        words: inside
          .map(({ text }) => text)
          .join('')
          .replace(/\s/g, ''),
      });
    }
  }
  const flat = (items: { title: string; items: unknown[] }[]): string[] =>
    items.flatMap(({ title, items: inner }) => [title, ...flat(inner as { title: string; items: unknown[] }[])]);
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
  const lang = pdf.catalog.get(PDFName.of('Lang'))?.toString().replace(/[()]/g, '');
  return {
    texts,
    sizes: pdf
      .getPages()
      .map((page) => [Math.round((page.getWidth() / 72) * 25.4), Math.round((page.getHeight() / 72) * 25.4)]),
    fonts: fontsOf(pdf),
    links,
    bookmarks: flat((await file.getOutline()) ?? []),
    title: pdf.getTitle(),
    lang,
    tagged: pdf.catalog.has(PDFName.of('StructTreeRoot')),
  };
}

function fontsOf(pdf: PDFDocument): Seen['fonts'] {
  return pdf.context.enumerateIndirectObjects().flatMap(([, object]) => {
    if (!(object instanceof PDFDict) || object.get(PDFName.of('Type')) !== PDFName.of('Font')) return [];
    const kind = object.get(PDFName.of('Subtype'))?.toString() ?? '';
    if (kind.startsWith('/CIDFont')) return [];
    const inner = object.lookupMaybe(PDFName.of('DescendantFonts'), PDFArray)?.lookup(0, PDFDict);
    return [
      {
        name:
          object
            .get(PDFName.of('BaseFont'))
            ?.toString()
            .replace(/^\/[A-Z]{6}\+/, '') ?? '',
        kind: `${kind}${inner?.get(PDFName.of('Subtype')) ?? ''}`,
        embedded: inner?.lookup(PDFName.of('FontDescriptor'), PDFDict).has(PDFName.of('FontFile2')) ?? false,
        unicode: object.has(PDFName.of('ToUnicode')),
      },
    ];
  });
}

/** Text as it stands on a page: mm from the upper left corner, `size` in pt. */
export type Run = { page: number; text: string; left: number; right: number; bottom: number; size: number };
/** A drawn rectangle in mm, from its outer edges: a square to tick, a line to write on. */
export type Drawn = { page: number; left: number; top: number; width: number; height: number; stroked: boolean };

const MM = 25.4 / 72;

export async function runsOf(bytes: Uint8Array): Promise<Run[]> {
  const file = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const runs: Run[] = [];
  for (let n = 1; n <= file.numPages; n += 1) {
    const page = await file.getPage(n);
    const height = page.getViewport({ scale: 1 }).height;
    for (const item of (await page.getTextContent()).items)
      if ('str' in item && item.str.trim() !== '')
        runs.push({
          page: n,
          text: item.str,
          left: item.transform[4] * MM,
          right: (item.transform[4] + item.width) * MM,
          bottom: (height - item.transform[5]) * MM,
          size: item.height,
        });
  }
  return runs;
}

/** Every rectangle that is drawn with edges of its own, lines among them. */
export async function drawnOf(bytes: Uint8Array): Promise<Drawn[]> {
  const file = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const drawn: Drawn[] = [];
  for (let n = 1; n <= file.numPages; n += 1) {
    const page = await file.getPage(n);
    const { height: paper } = page.getViewport({ scale: 1 });
    const { fnArray, argsArray } = await page.getOperatorList();
    const kept: number[][] = [];
    let now = [1, 0, 0, 1, 0, 0];
    for (const [i, operator] of fnArray.entries()) {
      const args = argsArray[i];
      if (operator === OPS.save) kept.push(now);
      if (operator === OPS.restore) now = kept.pop() ?? now;
      if (operator === OPS.transform) now = product(now, args as number[]);
      if (operator !== OPS.constructPath) continue;
      const [how, [path], [x0, y0, x1, y1]] = args as [number, [ArrayLike<number>], number[]];
      const stroked = how === OPS.stroke;
      // A rectangle is a move, three or four lines and an end: 13 numbers.
      if (path.length !== 13 || (!stroked && how !== OPS.fill)) continue;
      const [a, d, e, f] = [now[0] ?? 0, now[3] ?? 0, now[4] ?? 0, now[5] ?? 0];
      const pen = stroked ? Math.abs(a) : 0;
      const [xs, ys] = [[x0 ?? 0, x1 ?? 0].map((x) => a * x + e), [y0 ?? 0, y1 ?? 0].map((y) => d * y + f)];
      drawn.push({
        page: n,
        stroked,
        left: (Math.min(...xs) - pen / 2) * MM,
        top: (paper - Math.max(...ys) - pen / 2) * MM,
        width: (Math.abs((xs[1] ?? 0) - (xs[0] ?? 0)) + pen) * MM,
        height: (Math.abs((ys[1] ?? 0) - (ys[0] ?? 0)) + pen) * MM,
      });
    }
  }
  return drawn;
}

const product = (m: number[], n: number[]): number[] => {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m;
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = n;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
};

/** A piece of a line that no gap interrupts: its page (1-based), left and right edge and baseline from the top in pt, size in pt. */
export type Line = { page: number; x: number; right: number; y: number; size: number; text: string };

/** The lines of a file as they are read, cell by cell; upright text only. */
export async function linesOf(bytes: Uint8Array): Promise<Line[]> {
  const file = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const lines: Line[] = [];
  for (let page = 1; page <= file.numPages; page += 1) {
    const seen = await file.getPage(page);
    const height = seen.view[3] ?? 0;
    let last: Line | undefined;
    for (const item of (await seen.getTextContent()).items) {
      if (!('str' in item) || item.str.trim() === '') continue;
      const [, , , size = 0, x = 0, y = 0] = item.transform as number[];
      const line = { page, x, right: x + item.width, y: height - y, size, text: item.str };
      // What is set apart by less than half a character is one line; punctuation may lose half its width.
      const apart = x - (last?.right ?? 0);
      const joins =
        last &&
        Math.abs(last.y - line.y) < 0.5 &&
        Math.abs(last.size - size) < 0.1 &&
        apart < size / 2 &&
        apart > -size;
      if (last && joins) {
        last.text += line.text;
        last.right = line.right;
      } else {
        last = line;
        lines.push(last);
      }
    }
  }
  return lines;
}
