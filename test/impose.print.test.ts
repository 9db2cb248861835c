// Booklets are in assemble.test.ts; here are tiles, the print shop, and what is written beside a printed sheet.
import { readFile } from 'node:fs/promises';
import {
  decodePDFRawStream,
  PDFDocument,
  PDFName,
  type PDFPage,
  PDFRawStream,
  PDFString,
  StandardFonts,
} from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { trusted } from '../src/core/html.js';
import { UserError } from '../src/core/terminal.js';
import { loadPdf } from '../src/pdf/finish.js';
import { BLEED, forPrintShop, imposed, MARGIN, OVERLAP, tiles, tilingOf } from '../src/pdf/imposition.js';
import type { PageContent } from '../src/pdf/page-content.js';
import { preflight } from '../src/pdf/preflight/preflight.js';
import { readPages } from '../src/pdf/read-pages.js';
import type { Printed } from '../src/print/print-sheet.js';
import { openPrinter, type Printer } from '../src/print/printer.js';
import type { ChartTheme } from '../src/theme/chart-theme.js';

const MM = 72 / 25.4;
const A3 = { width: 297, height: 420 };
/** A sheet (mm) with a mark every 30 mm that says where it is. */
async function sheetOf(width: number, height: number): Promise<PDFDocument> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.setTitle('海報');
  pdf.catalog.set(PDFName.of('Lang'), PDFString.of('zh-Hant'));
  const page = pdf.addPage([width * MM, height * MM]);
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let x = 5; x < width - 5; x += 30)
    for (let y = 5; y < height - 5; y += 30) page.drawText(`${x},${y}`, { x: x * MM, y: y * MM, size: 9, font });
  return loadPdf(await pdf.save());
}
const contentOf = (page: PDFPage): string => {
  const found = page.node.Contents();
  return found instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(found).decode()).toString('latin1') : '';
};
/** Where each mark begins, in mm from the lower left. */
const marksOf = ({ runs }: PageContent) =>
  runs.map(({ glyphs, box: [x, y] }) => ({ text: glyphs.map(({ text }) => text).join(''), x: x / MM, y: y / MM }));

describe('tiles', () => {
  test('an A1 poster becomes eight pages of A3, a poster in landscape as many', () => {
    const pages = ({ columns, rows, width }: ReturnType<typeof tilingOf>) => [columns, rows, width];
    expect(pages(tilingOf({ width: 594, height: 841 }, A3))).toEqual([2, 4, 420]);
    expect(pages(tilingOf({ width: 841, height: 594 }, A3))).toEqual([4, 2, 297]);
    expect(pages(tilingOf({ width: 297, height: 420 }, { width: 210, height: 297 }))).toEqual([2, 2, 210]);
  });

  test('join to a tenth of a millimetre, and show every mark', async () => {
    const sheet = await sheetOf(594, 841);
    const [whole] = readPages(sheet).map(marksOf);
    const tiling = tilingOf({ width: 594, height: 841 }, A3);
    const made = await loadPdf(await (await tiles(sheet, A3)).save());
    const shown = new Map<string, number>();
    for (const [i, leaf] of readPages(made).entries()) {
      const [column, row] = [i % tiling.columns, Math.floor(i / tiling.columns)];
      for (const { text, x, y } of marksOf(leaf)) {
        const at = whole?.find((mark) => mark.text === text);
        // What lies on the lower left corner of the part.
        const left = column * tiling.step.width;
        const bottom = 841 - row * tiling.step.height - (tiling.height - 2 * MARGIN);
        expect(Math.abs(x - MARGIN + left - (at?.x ?? 0))).toBeLessThan(0.1);
        expect(Math.abs(y - MARGIN + bottom - (at?.y ?? 0))).toBeLessThan(0.1);
        const within = x > MARGIN && x < tiling.width - MARGIN && y > MARGIN && y < tiling.height - MARGIN;
        if (within) shown.set(text, (shown.get(text) ?? 0) + 1);
      }
    }
    expect([...shown.keys()].sort()).toEqual(whole?.map(({ text }) => text).sort());
  });

  test('overlap by what is said, and leave the rim of an office printer empty', async () => {
    const tiling = tilingOf({ width: 594, height: 841 }, A3);
    expect(tiling.step.width + 2 * MARGIN + OVERLAP).toBe(tiling.width);
    expect(MARGIN).toBeGreaterThan(5);
    const made = await loadPdf(await (await tiles(await sheetOf(594, 841), A3)).save());
    expect(made.getPageCount()).toBe(8);
    for (const page of made.getPages()) {
      const { width, height } = page.getSize();
      const content = contentOf(page);
      const [, ...clip] = /^q ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re W n/.exec(content) ?? [];
      const [x = 0, y = 0, w = 0, h = 0] = clip.map(Number);
      expect(Math.min(x, y, width - x - w, height - y - h)).toBeGreaterThan(MARGIN * MM - 0.01);
      const points = [...content.matchAll(/([\d.]+) ([\d.]+) [ml]\b/g)].map(([, a, b]) => [Number(a), Number(b)]);
      expect(points.length).toBeGreaterThan(16);
      for (const [px = 0, py = 0] of points)
        expect(Math.min(px, py, width - px, height - py)).toBeGreaterThan(5 * MM - 0.1);
      // The plan: one cell of eight is filled.
      expect([content.match(/re B/g)?.length, content.match(/re S/g)?.length]).toEqual([1, 7]);
    }
  });

  test('a sheet no larger than a tile is refused with a sentence', async () => {
    await expect(tiles(await sheetOf(297, 420), A3)).rejects.toBeInstanceOf(UserError);
  });
});

describe('for the print shop', () => {
  const GROUNDS = `q 0.24 0 0 -0.24 0 600 cm 0 0 1667 2500 re W* n
.1059 .1216 .1333 RG .1059 .1216 .1333 rg 100 100 50 50 re f
.0588 .2902 .3216 RG .0588 .2902 .3216 rg 0 0 1667 200 re f Q`;
  const shop = async () => {
    const pdf = await PDFDocument.create({ updateMetadata: false });
    const page = pdf.addPage([400, 600]);
    page.node.set(PDFName.of('Contents'), pdf.context.register(pdf.context.flateStream(GROUNDS)));
    const [made] = (await loadPdf(await (await forPrintShop(await loadPdf(await pdf.save()))).save())).getPages();
    if (!made) throw new Error('no page');
    return made;
  };

  test('is trimmed at its own size, with 3 mm of bleed and room for marks', async () => {
    const page = await shop();
    expect(page.getTrimBox()).toEqual({ x: 0, y: 0, width: 400, height: 600 });
    const bleed = page.getBleedBox();
    expect([bleed.x, bleed.y, bleed.width - 400, bleed.height - 600].map((each) => each / MM)).toEqual([
      expect.closeTo(-BLEED),
      expect.closeTo(-BLEED),
      expect.closeTo(2 * BLEED),
      expect.closeTo(2 * BLEED),
    ]);
    expect(page.getMediaBox().x).toBeLessThan(bleed.x - 3 * MM);
  });

  test('draws grounds at the edge on into the bleed, and leaves the others', async () => {
    const content = contentOf(await shop());
    const at = (top: number) => 600 - 0.24 * top;
    const boxes = [...content.matchAll(/(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) re/g)].map(([, ...four]) =>
      four.map(Number),
    );
    const [clip = [], small = [], ground = []] = boxes;
    const beyond = BLEED * MM;
    const edges = ([x = 0, y = 0, w = 0, h = 0]: number[]) =>
      [0.24 * Math.min(x, x + w), 0.24 * Math.max(x, x + w), at(Math.max(y, y + h)), at(Math.min(y, y + h))].map(
        (each) => Number(each.toFixed(2)),
      );
    const far = [-beyond, 400 + beyond, -beyond, 600 + beyond].map((each) => Number(each.toFixed(2)));
    expect(edges(clip)).toEqual(far);
    expect(small).toEqual([100, 100, 50, 50]);
    expect(edges(ground)).toEqual([far[0], far[1], at(200), far[3]]);
  });

  test('prints the ink with the black plate alone, and keeps colours', async () => {
    const content = contentOf(await shop());
    expect(content).toMatch(/0 G 0 g 100 100 50 50 re f/);
    expect(content).toContain('.0588 .2902 .3216 rg');
    expect(content).not.toMatch(/\.1059/);
  });

  test('has its marks outside of the bleed', async () => {
    const content = contentOf(await shop()).split('/Artifact BMC')[1] ?? '';
    const points = [...content.matchAll(/(-?[\d.]+) (-?[\d.]+) [ml]\b/g)].map(([, a, b]) => [Number(a), Number(b)]);
    expect(points).toHaveLength(16);
    for (const [x = 0, y = 0] of points) expect(Math.max(-x, x - 400, -y, y - 600)).toBeGreaterThan(BLEED * MM);
  });
});

describe('beside a printed sheet', () => {
  let printer: Printer;
  let printed: Printed;
  const given = () => ({ file: 'posters/a.pdf', date: '2026-11-23', declares: '', bytes: printed.bytes });
  beforeAll(async () => {
    const chart = parse(await readFile(new URL('../templates/chart.yaml', import.meta.url), 'utf8')) as ChartTheme;
    printer = await openPrinter({ env: process.env, root: process.getuid?.() === 0, chart });
    const html = trusted(`<!doctype html><html lang="zh-Hant"><head><title>海報</title><style>
@page{size:210mm 297mm;margin:0}body{margin:0;font:14pt 'Noto Sans TC';color:#1b1f22}h1{margin:0;padding:20mm 15mm;background:#dfeae9}p{margin:15mm}
</style></head><body><h1 id="a">分期繳納申請</h1>${'<p>應備證件、規費、時限及審核權責</p>'.repeat(9)}</body></html>`);
    printed = await printer.print({
      kind: 'page',
      file: 'posters/a.pdf',
      date: '2026-11-23',
      numbered: false,
      declares: '',
      html,
    });
  }, 60_000);
  afterAll(() => printer.close());

  test.each([
    [{ kind: 'tiles', width: 148, height: 210 }, 'posters/a-tiles.pdf', 4],
    [{ kind: 'print-shop' }, 'posters/a-print-shop.pdf', 1],
    [{ kind: 'booklet', width: 420, height: 297 }, 'posters/a-booklet.pdf', 2],
  ] as const)(
    '%o is one file without faults, the same each time',
    { timeout: 20_000 },
    async (further, file, pages) => {
      const one = await imposed(given(), further);
      expect([one.file, one.pages, one.faults]).toEqual([file, pages, []]);
      expect(Buffer.compare(one.bytes, (await imposed(given(), further)).bytes)).toBe(0);
      // Whoever checks the file alone finds no fault either.
      expect(await preflight(one.bytes, { texts: ['分期繳納申請'] })).toEqual([]);
    },
  );

  test('only the sheet for the print shop is still one to read aloud', async () => {
    const claims = async (further: Parameters<typeof imposed>[1]) =>
      Buffer.from((await imposed(given(), further)).bytes)
        .toString('latin1')
        .includes('pdfuaid:part');
    expect(await claims({ kind: 'print-shop' })).toBe(true);
    expect(await claims({ kind: 'booklet', width: 420, height: 297 })).toBe(false);
  });
});
