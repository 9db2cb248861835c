// Sheets for the wall in tests: made of content as the build makes them, printed, and measured on paper.
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { compile } from '../src/build/api.js';
import { type BuildRequest, outputsNamed, type PrintJob, sheetsOf } from '../src/build/compile.js';
import type { Content } from '../src/content/read.js';
import type { Drawing, Sheet } from '../src/document/sheet.js';
import type { Printer } from '../src/print/printer.js';

export type Way = { paper?: string; landscape?: boolean; sheets?: boolean; distance?: number; services?: string[] };
export async function asked(outputs: string, { services, sheets = false, ...way }: Way = {}): Promise<BuildRequest> {
  return {
    outputs: await outputsNamed(outputs.split(' '), {}),
    languages: { lang: 'zh' },
    mono: false,
    sheets,
    ...way,
    ...(services ? { services } : {}),
  };
}
/** Read and judged once. */
const editions = new Map<Content, Map<string, Promise<PrintJob>>>();
export function edition(of: Content, what: BuildRequest): Promise<PrintJob> {
  const key = (what.services ?? []).join(' ');
  const known = editions.get(of) ?? new Map<string, Promise<PrintJob>>();
  editions.set(of, known);
  const found = known.get(key) ?? compile(of, what);
  known.set(key, found);
  return found;
}
/** Drawn once, whatever the paper. */
const drawn = new Map<string, { mermaid: string; drawing: Drawing }>();
export type PageSheet = Extract<Sheet, { kind: 'page' }>;
export async function sheetsFor(printer: Printer, of: Content, outputs: string, way: Way = {}): Promise<PageSheet[]> {
  const what = await asked(outputs, way);
  const sheets = await sheetsOf(await edition(of, what), what, async (diagrams) => {
    const fresh = diagrams.filter(({ id, mermaid }) => drawn.get(id)?.mermaid !== mermaid);
    for (const [i, drawing] of (await printer.draw(fresh)).entries()) {
      const { id = '', mermaid = '' } = fresh[i] ?? {};
      drawn.set(id, { mermaid, drawing });
    }
    return diagrams.map(({ id }) => (drawn.get(id) as { drawing: Drawing }).drawing);
  });
  return sheets.filter((sheet) => sheet.kind === 'page');
}

export type Run = { text: string; size: number; left: number; right: number; top: number; bottom: number };
export type Printed = { width: number; height: number; runs: Run[] };
/** What stands on each page, in mm, measured in the PDF; `top` and `bottom` are those of the em box. */
export async function measured(bytes: Uint8Array): Promise<Printed[]> {
  const mm = (points: number): number => (points / 72) * 25.4;
  const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  const pages: Printed[] = [];
  for (let n = 1; n <= pdf.numPages; n += 1) {
    const each = await pdf.getPage(n);
    const { width, height } = each.getViewport({ scale: 1 });
    const runs = (await each.getTextContent()).items.flatMap((item): Run[] => {
      if (!('str' in item) || item.str.trim() === '') return [];
      const [, , c = 0, d = 0, x = 0, y = 0] = item.transform as number[];
      const size = mm(Math.hypot(c, d));
      const bottom = mm(height - y) + size * 0.12;
      return [{ text: item.str, size, left: mm(x), right: mm(x + item.width), top: bottom - size, bottom }];
    });
    pages.push({ width: mm(width), height: mm(height), runs });
  }
  return pages;
}

export const LEAST: Record<string, number> = { A4: 1.4, A3: 2, A2: 2.5, A1: 3, A0: 5 };
/** Faults of printed pages: too small to be read, over the edge, one text over another. */
export function faultsOf(pages: readonly Printed[], distance: number): string[] {
  const far = (distance * 1000) / 200;
  const near = far * (3 / 8);
  // Letters of a word may be set closer: TJ.
  // Of two signs beside each other the blank halves lie over one another: 「）。」.
  const isSign = ({ text }: Run): boolean => /^[、。，；：（）「」『』《》]$/.test(text.trim());
  const kerned = (one: Run, other: Run): number =>
    Math.abs(one.bottom - other.bottom) >= 0.01 ? 0.1 : isSign(one) && isSign(other) ? 0.55 : 0.3;
  const seen = (one: Run, other: Run): boolean =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) >
      kerned(one, other) * Math.min(one.size, other.size) + 0.01 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 0.25 * Math.min(one.size, other.size);
  return pages.flatMap(({ width, height, runs }, i) => [
    ...runs
      .filter(({ size }) => size < near * 0.985)
      .map(({ text, size }) => `${i + 1} small ${size.toFixed(2)} ${text}`),
    ...runs
      .filter(({ left, right, top, bottom }) => left < 5 || top < 5 || right > width - 5 || bottom > height - 5)
      .map(({ text }) => `${i + 1} edge ${text}`),
    ...runs.flatMap((one, j) =>
      runs.slice(j + 1).flatMap((other) => (seen(one, other) ? [`${i + 1} over ${one.text} | ${other.text}`] : [])),
    ),
  ]);
}
export const wordsOf = (pages: readonly Printed[]): string =>
  pages
    .flatMap(({ runs }) => runs.map(({ text }) => text))
    .join('')
    .replace(/\s/g, '');
