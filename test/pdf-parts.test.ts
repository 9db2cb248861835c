// Bookmarks, parts and edges of a PDF, and what a stranger's may cost, on files made by hand.
import { type PDFName as Name, type PDFDict, PDFDocument, PDFName, type PDFPage, type PDFRef } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { judgeSize, Refusal } from '../src/pdf/admission.js';
import { addBookmarks, type Bookmark, bookmarksInOrder, chainMarks } from '../src/pdf/bookmarks.js';
import { contentOf } from '../src/pdf/content-stream.js';
import { judgeCost } from '../src/pdf/cost.js';
import { BLEED, forPrintShop, MARGIN, OVERLAP, tiles, tilingOf } from '../src/pdf/imposition.js';
import { dictAt, numberAt, textAt } from '../src/pdf/objects.js';

const MM = 72 / 25.4;
const name = (text: string): Name => PDFName.of(text);
const close = (numbers: readonly number[]) => numbers.map((each) => expect.closeTo(each, 1));
const refused = (work: () => unknown): string | undefined => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.say.en;
    throw error;
  }
  return undefined;
};

describe('the size of a page', () => {
  test.each([
    [72, 72],
    [4800, 4800],
    [595, 842],
  ])('%i × %i pt is one', (width, height) => {
    expect(refused(() => judgeSize({ width, height }, 1))).toBeUndefined();
  });
  test.each([
    [71, 842, '25 × 297'],
    [842, 71, '297 × 25'],
    [595, 4801, '210 × 1694'],
    [4801, 595, '1694 × 210'],
  ])('%i × %i pt is none', (width, height, mm) => {
    expect(refused(() => judgeSize({ width, height }, 7))).toBe(
      `has a page 7 of ${mm} mm; a side has 25 to 1693 mm. Make it anew for an ordinary paper such as A4.`,
    );
  });
});

describe('what drawing a page costs', () => {
  /** The first page of a file, drawn so; `with`: its resources. */
  async function cost(
    content: string,
    resources: (pdf: PDFDocument) => object = () => ({}),
    notes?: (pdf: PDFDocument) => unknown[],
  ) {
    const pdf = await PDFDocument.create({ updateMetadata: false });
    const { node } = pdf.addPage();
    if (notes) node.set(name('Annots'), pdf.context.obj(notes(pdf) as never));
    const held = pdf.context.obj(resources(pdf) as never) as unknown as PDFDict;
    return refused(() => judgeCost([{ node, content, resources: held }]));
  }
  const drawing = (pdf: PDFDocument, text: string, more: object = {}): PDFRef =>
    pdf.context.register(pdf.context.stream(text, { Subtype: 'Form', ...more } as never));
  const image = (side: number) => (pdf: PDFDocument) => ({
    XObject: { I: pdf.context.register(pdf.context.stream('', { Subtype: 'Image', Width: side, Height: side })) },
  });
  const much = /^draws far too much/;
  test('a page of text and lines is nothing', async () => {
    expect(await cost('q 0 0 m 1 1 l S Q BT (text) Tj ET')).toBeUndefined();
  });
  test('a drawing that is drawn over and over counts as often', async () => {
    const held = (pdf: PDFDocument) => ({ XObject: { X: drawing(pdf, 'f '.repeat(1000)) } });
    expect(await cost('/X Do '.repeat(100), held)).toBeUndefined();
    expect(await cost('/X Do '.repeat(4000), held)).toMatch(much);
  });
  test('so does a pattern, a mask, a drawn letter, and how a note looks', async () => {
    const long = 'f '.repeat(1000);
    const often = (text: string) => text.repeat(4000);
    expect(await cost(often('/P scn '), (pdf) => ({ Pattern: { P: drawing(pdf, long) } }))).toMatch(much);
    expect(await cost(often('/P SCN '), (pdf) => ({ Pattern: { P: drawing(pdf, long) } }))).toMatch(much);
    expect(await cost(often('/G gs '), (pdf) => ({ ExtGState: { G: { SMask: { G: drawing(pdf, long) } } } }))).toMatch(
      much,
    );
    const font = (Subtype: string) => (pdf: PDFDocument) => ({
      Font: { F: { Subtype, CharProcs: { a: drawing(pdf, 'f'), b: drawing(pdf, long) } } },
    });
    expect(await cost(`/F 1 Tf ${often('(a) Tj ')}`, font('Type3'))).toMatch(much);
    expect(await cost(`/F 1 Tf ${often('(a) Tj ')}`, font('Type1'))).toBeUndefined();
    const notes = (pdf: PDFDocument) => {
      const look = drawing(pdf, long);
      return Array.from({ length: 4000 }, (_, i) => ({ AP: i % 2 ? { N: look } : { N: { On: look } } }));
    };
    expect(await cost('', undefined, notes)).toMatch(much);
    expect(await cost('', undefined, (pdf) => notes(pdf).slice(0, 100))).toBeUndefined();
  });
  test('a scanned page is let in, and a thousand of them on one page are not', async () => {
    expect(await cost('/I Do', image(5000))).toBeUndefined();
    expect(await cost('/I Do '.repeat(2000), image(5000))).toMatch(much);
  });
  test('what draws itself has no end', async () => {
    const held = (pdf: PDFDocument) => {
      const ref = pdf.context.nextRef();
      const own = { Subtype: 'Form', Resources: { XObject: { X: ref } } };
      pdf.context.assign(ref, pdf.context.stream('/X Do', own as never));
      return { XObject: { X: ref } };
    };
    expect(await cost('/X Do', held)).toMatch(/^has a drawing that draws itself/);
    expect(await cost('/Y Do', held)).toBeUndefined();
  });
  test.each([
    ['q ', 'Q '],
    ['/P BMC ', 'EMC '],
    ['/P <<>> BDC ', 'EMC '],
  ])('a thousand %s within one another are too deep when one comes on top', async (open, close) => {
    expect(await cost(open.repeat(1000))).toBeUndefined();
    expect(await cost(open.repeat(1001))).toMatch(/^holds lists within lists/);
    expect(await cost(`${open}${close}`.repeat(1001))).toBeUndefined();
    expect(await cost(`${close.repeat(10)}${open.repeat(1001)}`)).toMatch(/^holds lists within lists/);
  });
  test('twenty thousand notes, and no more', async () => {
    const notes = (n: number) => () => Array.from({ length: n }, () => ({}));
    expect(await cost('', undefined, notes(20_000))).toBeUndefined();
    expect(await cost('', undefined, notes(20_001))).toMatch(/^has more than 20000 notes and fields/);
  });
});

describe('bookmarks', () => {
  type Told = { title: string; count?: number; kids: Told[] };
  function told(parent: PDFDict | undefined): Told[] {
    const all: Told[] = [];
    for (let item = dictAt(parent, 'First'); item; item = dictAt(item, 'Next')) {
      const count = numberAt(item, 'Count');
      all.push({ title: textAt(item, 'Title') ?? '', ...(count === undefined ? {} : { count }), kids: told(item) });
    }
    return all;
  }
  const leaf = (title: string, more: Partial<Bookmark> = {}): Bookmark => ({ title, open: false, kids: [], ...more });
  test('of forms come last, below one of their own, closed unless they are open', async () => {
    const pdf = await PDFDocument.create();
    const dest = pdf.context.obj([1, 'XYZ']);
    addBookmarks(pdf, leaf('一', { kids: [leaf('甲', { dest }), leaf('乙', { kids: [leaf('丙')] })] }));
    addBookmarks(pdf, leaf('二', { open: true, kids: [leaf('丁')] }));
    const root = dictAt(pdf.catalog, 'Outlines');
    expect(told(root)).toEqual([
      {
        title: '一',
        count: -2,
        kids: [
          { title: '甲', kids: [] },
          { title: '乙', count: -1, kids: [{ title: '丙', kids: [] }] },
        ],
      },
      { title: '二', count: 1, kids: [{ title: '丁', kids: [] }] },
    ]);
    expect(numberAt(root, 'Count')).toBe(5);
    expect(dictAt(dictAt(root, 'First'), 'First')?.get(name('Dest'))).toBe(dest);
    expect(dictAt(dictAt(root, 'Last'), 'Prev')).toBe(dictAt(root, 'First'));
    expect(dictAt(dictAt(root, 'Last'), 'Parent')).toBe(root);
  });
  test('stand below the last one of a higher level, however they hung before', async () => {
    const pdf = await PDFDocument.create();
    addBookmarks(pdf, leaf('x', { kids: [leaf('y'), leaf('z')] }));
    const marks = bookmarksInOrder(pdf);
    expect(marks.map(({ item, level }) => `${textAt(item, 'Title')} ${level}`)).toEqual(['x 1', 'y 1', 'z 1']);
    const heading = pdf.context.obj({ S: 'H2' });
    marks[1]?.item.set(name('SE'), heading);
    const again = bookmarksInOrder(pdf);
    expect(again.map(({ level }) => level)).toEqual([1, 2, 1]);
    chainMarks(pdf, again);
    const root = dictAt(pdf.catalog, 'Outlines');
    expect(told(root)).toEqual([
      { title: 'x', count: 1, kids: [{ title: 'y', kids: [] }] },
      { title: 'z', kids: [] },
    ]);
    expect(numberAt(root, 'Count')).toBe(3);
    expect(() =>
      chainMarks(
        pdf,
        again.map((mark) => ({ ...mark, level: 0 })),
      ),
    ).toThrow('a bookmark has a level of 0');
  });
});

describe('for the print shop', () => {
  /** The content of a page of 300 × 200 pt that says so, as it is printed. */
  async function printed(content: string): Promise<string[]> {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage([300, 200]);
    page.node.set(name('Contents'), pdf.context.register(pdf.context.stream(content)));
    const [made] = (await forPrintShop(pdf)).getPages() as [PDFPage];
    return contentOf(made.node).split('\n');
  }
  const [bleed, slug] = [BLEED * MM, 9 * MM];
  const rectangle = async (content: string): Promise<number[]> => {
    const found = /([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) re/.exec((await printed(content)).join('\n'));
    return found?.slice(1).map(Number) ?? [];
  };

  test('the paper is trimmed at what it was, with the bleed and the marks around it', async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage([300, 200]);
    const [page] = (await forPrintShop(pdf)).getPages() as [PDFPage];
    expect(page.getTrimBox()).toEqual({ x: 0, y: 0, width: 300, height: 200 });
    expect(page.getBleedBox()).toEqual({ x: -bleed, y: -bleed, width: 300 + 2 * bleed, height: 200 + 2 * bleed });
    expect(page.getMediaBox()).toEqual({ x: -slug, y: -slug, width: 300 + 2 * slug, height: 200 + 2 * slug });
  });
  test('marks stand at the corners, outside of the bleed and within the paper', async () => {
    const lines = (await printed(''))
      .filter((line) => / l S$/.test(line))
      .map((line) => line.match(/-?[\d.]+/g)?.map(Number) ?? []);
    expect(lines).toHaveLength(8);
    for (const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] of lines) {
      const along = y1 === y2 ? [x1, x2, 300] : [y1, y2, 200];
      const [from = 0, to = 0, end = 0] = along;
      expect(y1 === y2 ? [0, 200] : [0, 300]).toContainEqual(expect.closeTo(y1 === y2 ? y1 : x1, 1));
      const beyond = [from, to].map((each) => (each < 0 ? -each : each - end));
      expect(Math.min(...beyond)).toBeGreaterThan(bleed);
      expect(Math.max(...beyond)).toBeLessThan(slug);
    }
  });
  test.each<[string, number[]]>([
    ['0 0 300 200 re f', [-bleed, -bleed, 300 + 2 * bleed, 200 + 2 * bleed]],
    ['1.5 50 100 100 re f', [-bleed, 50, 101.5 + bleed, 100]],
    ['1.6 50 100 100 re f', [1.6, 50, 100, 100]],
    ['100 50 198.5 100 re f', [100, 50, 200 + bleed, 100]],
    ['100 50 198.4 100 re f', [100, 50, 198.4, 100]],
    ['100 1.5 50 50 re f', [100, -bleed, 50, 51.5 + bleed]],
    ['100 150 50 48.5 re f', [100, 150, 50, 50 + bleed]],
    ['100 150 50 48.4 re f', [100, 150, 50, 48.4]],
    ['150 50 -150 100 re f', [-bleed, 50, 150 + bleed, 100]],
  ])('%s reaches to the bleed where it touches the edge', async (content, box) => {
    expect(await rectangle(content)).toEqual(close(box));
  });
  test('also where the page is turned over or set otherwise, and not where it is slanted', async () => {
    // 2 × as large, from the upper edge down; the numbers stay those of the content.
    const [x = 0, y = 0, w = 0, h = 0] = await rectangle('q 2 0 0 -2 0 200 cm 0 0 150 100 re f Q');
    expect([x * 2, 200 - y * 2, (x + w) * 2, 200 - (y + h) * 2].sort((a, b) => a - b)).toEqual(
      close([-bleed, -bleed, 200 + bleed, 300 + bleed]),
    );
    expect(await rectangle('q 1 0.1 0 1 0 0 cm 0 0 300 200 re f Q')).toEqual([0, 0, 300, 200]);
    expect(await rectangle('q 1 0 0.1 1 0 0 cm 0 0 300 200 re f Q')).toEqual([0, 0, 300, 200]);
    expect(await rectangle('q 1 0 0 1 50 50 cm Q 0 50 100 100 re f')).toEqual(close([-bleed, 50, 100 + bleed, 100]));
    expect(await rectangle('q 1 0 0 1 50 50 cm 0 0 100 100 re f Q')).toEqual([0, 0, 100, 100]);
  });
  test.each([
    ['0.2 0.2 0.2 rg', '0 g'],
    ['0 0 0 RG', '0 G'],
    ['0.14 0.2 0.2 rg', '0 g'],
    ['0.13 0.2 0.2 rg', '0.13 0.2 0.2 rg'],
    ['0.21 0.21 0.21 rg', '0.21 0.21 0.21 rg'],
    ['1 0 0 rg', '1 0 0 rg'],
  ])('%s becomes %s: ink is printed by the black plate alone', async (from, to) => {
    expect(await printed(from)).toContain(to);
  });
});

describe('tiles', () => {
  test('parts that overlap show the whole sheet, each on its paper', async () => {
    const A4 = { width: 210, height: 297 };
    const sheet = await PDFDocument.create();
    sheet.addPage([420 * MM, 594 * MM]).drawText('x');
    const tiling = tilingOf({ width: 420, height: 594 }, A4);
    expect(tiling.columns * tiling.rows).toBeGreaterThan(4);
    const pages = (await tiles(sheet, A4)).getPages();
    expect(pages).toHaveLength(tiling.columns * tiling.rows);
    const places = pages.map(({ node }) => {
      const [, x = '', y = ''] =
        /q [-\d. ]+ re W n 1 0 0 1 ([-\d.]+) ([-\d.]+) cm \/Page Do Q/.exec(contentOf(node)) ?? [];
      return [Number(x), Number(y)] as const;
    });
    const step = (tiling.width - 2 * MARGIN - OVERLAP) * MM;
    expect(tiling.step.width * MM).toBeCloseTo(step, 1);
    for (let row = 0; row < tiling.rows; row += 1)
      for (let column = 0; column < tiling.columns; column += 1)
        expect(places[row * tiling.columns + column]).toEqual([
          expect.closeTo(MARGIN * MM - column * tiling.step.width * MM, 1),
          expect.closeTo((tiling.height - MARGIN) * MM - (594 * MM - row * tiling.step.height * MM), 1),
        ]);
    const [first, last] = [pages[0], pages.at(-1)].map((page) => page?.getSize());
    expect(first).toEqual(last);
    expect([first?.width, first?.height]).toEqual(close([tiling.width * MM, tiling.height * MM]));
  });
  test('a sheet no larger than the paper is not cut', async () => {
    const sheet = await PDFDocument.create();
    sheet.addPage([210 * MM, 297 * MM]).drawText('x');
    await expect(tiles(sheet, { width: 210, height: 297 })).rejects.toMatchObject({
      say: { en: expect.stringContaining('The poster is no larger than the paper of --tile') },
    });
  });
});
