// Pages in the order in which they are folded.
import { decodePDFRawStream, degrees, PDFDocument, PDFRawStream, PDFString } from '@cantoo/pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, test } from 'vitest';
import { loadPdf } from '../src/pdf/finish.js';
import { booklet } from '../src/pdf/imposition.js';
import { contentOf, name } from './forms.js';

describe('a booklet', () => {
  const A4 = { width: 841.89, height: 595.28 };
  const A5: [number, number] = [419.53, 595.28];
  /** A book of pages that say their number in the middle. */
  const numbered = async (count: number, size: [number, number] = A5): Promise<PDFDocument> => {
    const pdf = await PDFDocument.create({ updateMetadata: false });
    pdf.setTitle('小冊');
    pdf.setCreationDate(new Date('2026-11-23T00:00:00Z'));
    pdf.catalog.set(name('Lang'), PDFString.of('zh-Hant'));
    for (let n = 1; n <= count; n += 1) {
      const page = pdf.addPage(size);
      page.drawText(String(n), { x: size[0] / 2, y: size[1] / 2, size: 10 });
    }
    return loadPdf(await pdf.save());
  };
  /** For each side of the sheets the words and where they stand, left to right. */
  const words = async (made: PDFDocument) => {
    const file = await getDocument({ data: await made.save({ addDefaultPage: false }), verbosity: 0 }).promise;
    const sides: { text: string; x: number; y: number; up: boolean; size: number }[][] = [];
    for (let n = 1; n <= file.numPages; n += 1) {
      const { items } = await (await file.getPage(n)).getTextContent();
      const found = items.flatMap((item) =>
        'str' in item && item.str.trim()
          ? [
              {
                text: item.str,
                x: item.transform[4] as number,
                y: item.transform[5] as number,
                up: item.transform[1] === 0,
                size: Math.hypot(item.transform[0], item.transform[1]),
              },
            ]
          : [],
      );
      sides.push(found.sort((a, b) => a.x - b.x));
    }
    return sides;
  };
  /** [left, right] of each side; 0 is blank. */
  const order = async (count: number) =>
    (await words(await booklet(await numbered(count), A4))).map((side) =>
      [0, 1].map((half) => Number(side.find(({ x }) => x > A4.width / 2 === (half === 1))?.text ?? 0)),
    );

  test('has its pages in the order in which a folded pile is read', async () => {
    expect(await order(1)).toEqual([
      [0, 1],
      [0, 0],
    ]);
    expect(await order(4)).toEqual([
      [4, 1],
      [2, 3],
    ]);
    expect(await order(5)).toEqual([
      [0, 1],
      [2, 0],
      [0, 3],
      [4, 5],
    ]);
    expect(await order(8)).toEqual([
      [8, 1],
      [2, 7],
      [6, 3],
      [4, 5],
    ]);
    expect(await order(13)).toEqual([
      [0, 1],
      [2, 0],
      [0, 3],
      [4, 13],
      [12, 5],
      [6, 11],
      [10, 7],
      [8, 9],
    ]);
  });

  test('is read from cover to end when the pile is folded', async () => {
    // Fold: leaf by leaf, the right half of a front is backed by the left half of its back.
    const sides = await order(16);
    const read: number[] = [];
    for (let i = 0; i < sides.length; i += 2) read.push(sides[i]?.[1] ?? 0, sides[i + 1]?.[0] ?? 0);
    for (let i = sides.length - 2; i >= 0; i -= 2) read.push(sides[i + 1]?.[1] ?? 0, sides[i]?.[0] ?? 0);
    expect(read).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
  });

  test('has sheets of the size asked for and pages of their own size, in the middle of their half', async () => {
    const made = await booklet(await numbered(4, [300, 400]), A4);
    for (const page of made.getPages()) expect(page.getSize()).toEqual(A4);
    for (const side of await words(made))
      for (const [half, { x, y, size }] of side.entries()) {
        expect(size).toBeCloseTo(10);
        expect(x).toBeCloseTo(A4.width * (half + 0.5) * 0.5, 0);
        expect(y).toBeCloseTo(A4.height / 2, 0);
      }
  });

  test('makes a larger page smaller and turns a wide one, within its half', async () => {
    const large = (await words(await booklet(await numbered(1, [841.89, 1190.55]), A4)))[0]?.[0];
    expect(large?.size).toBeCloseTo(5, 1);
    expect(large?.up).toBe(true);
    const wide = (await words(await booklet(await numbered(1, [595.28, 419.53]), A4)))[0]?.[0];
    expect([wide?.up, wide?.size]).toEqual([false, 10]);
    // Four times as wide as a half: turned and smaller.
    const fold = (await words(await booklet(await numbered(1, [1190.56, 420]), A4)))[0]?.[0];
    expect([fold?.up, Math.round(fold?.size ?? 0)]).toEqual([false, 5]);
    for (const each of [large, wide, fold]) expect(each?.x).toBeCloseTo(A4.width * 0.75, -1);
  });

  test('has a fold-out at full size on a sheet of its own, and keeps its place empty', async () => {
    const pdf = await numbered(4);
    pdf.getPage(1).setSize(839.04, 594.96);
    const sides = await words(await booklet(await loadPdf(await pdf.save()), A4));
    expect(sides.map((side) => side.map(({ text: each, size }) => [each, size]))).toEqual([
      [
        ['4', 10],
        ['1', 10],
      ],
      [['3', 10]],
      [['2', 10]],
      [],
    ]);
  });

  test('draws no page outside of its half, also when it moves towards the fold', async () => {
    for (const size of [A5, [300, 400], [2000, 300], [420.5, 595.9]] as [number, number][]) {
      const made = await booklet(await numbered(13, size), A4, { creep: 3 });
      for (const page of made.getPages()) {
        const drawn = [...contentOf(page).matchAll(/q ([\d.]+) 0 ([\d.]+) ([\d.]+) re W n (.*) cm \/Page(\d+) Do Q/g)];
        expect(drawn.length).toBe(contentOf(page).match(/ Do/g)?.length ?? 0);
        for (const [, left, width] of drawn) {
          expect([0, 420.945]).toContain(Number(left));
          expect(Number(width)).toBeCloseTo(420.945, 3);
        }
      }
    }
    const shifts = async (creep: number) =>
      (await words(await booklet(await numbered(8, [300, 400]), A4, { creep }))).map((side) => side.map(({ x }) => x));
    const [still, moved] = [await shifts(0), await shifts(2)];
    expect(moved.map((side, i) => side.map((x, j) => Math.round(x - (still[i]?.[j] ?? 0))))).toEqual([
      [0, 0],
      [0, 0],
      [2, -2],
      [2, -2],
    ]);
  });

  test('is turned and cropped as the page is seen, and shows what is in its fields', async () => {
    const pdf = await numbered(1, [300, 400]);
    const page = pdf.getPage(0);
    page.setCropBox(100, 150, 100, 100);
    page.setRotation(degrees(90));
    const field = pdf.getForm().createTextField('f');
    field.setText('filled');
    field.addToPage(page, { x: 110, y: 160, width: 60, height: 20 });
    const made = await booklet(await loadPdf(await pdf.save()), A4);
    const [side] = await words(made);
    expect(side?.map(({ text: each }) => each).sort()).toEqual(['1', 'filled']);
    expect(side?.every(({ up }) => !up)).toBe(true);
    const number = side?.find(({ text: each }) => each === '1');
    expect([number?.x, number?.y].map((each) => Math.round(each ?? 0))).toEqual([Math.round(A4.width * 0.75), 298]);
    expect(made.catalog.has(name('AcroForm'))).toBe(false);
  });

  test('draws a note within its rectangle, and none whose look has no size', async () => {
    const drawn = async (BBox: number[]) => {
      const pdf = await numbered(1, [300, 400]);
      const { context } = pdf;
      const look = context.register(context.stream('0 0 10 20 re f', { Type: 'XObject', Subtype: 'Form', BBox }));
      const note = { Type: 'Annot', Subtype: 'Stamp', Rect: [100, 100, 120, 140], F: 4, AP: { N: look } };
      pdf.getPage(0).node.set(name('Annots'), context.obj([context.register(context.obj(note))]));
      const made = await booklet(await loadPdf(await pdf.save()), A4);
      const streams = made.context
        .enumerateIndirectObjects()
        .flatMap(([, each]) =>
          each instanceof PDFRawStream ? [Buffer.from(decodePDFRawStream(each).decode()).toString('latin1')] : [],
        );
      return streams.flatMap((each) => /q (.*) cm \/Note0 Do Q/.exec(each)?.[1] ?? []);
    };
    // Twice as large, and moved to the corner of the rectangle.
    expect(await drawn([0, 0, 10, 20])).toEqual(['2 0 0 2 100 100']);
    expect(await drawn([5, 0, 15, 20])).toEqual(['2 0 0 2 90 100']);
    expect(await drawn([0, 0, 0, 20])).toEqual([]);
    expect(await drawn([0, 20, 10, 20])).toEqual([]);
  });

  test('keeps title and dates', async () => {
    const made = await booklet(await numbered(3), A4);
    expect([made.getTitle(), made.getCreationDate()?.toISOString()]).toEqual(['小冊', '2026-11-23T00:00:00.000Z']);
  });
});
