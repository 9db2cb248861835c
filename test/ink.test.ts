// Whether text shows: small PDFs of one page, each the smallest that hides a text, or only seems to.
import { PDFDocument, type PDFFont, PDFName, type PDFPage, rgb, StandardFonts } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { preflight } from '../src/pdf/preflight/preflight.js';

type Draw = (page: PDFPage, font: PDFFont, pdf: PDFDocument) => unknown;
/** What of a page that draws so is not seen, and why, in the words of the finding. */
async function unseenIn(draw: Draw): Promise<string[]> {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([300, 200]);
  await draw(page, await pdf.embedFont(StandardFonts.Helvetica), pdf);
  const faults = await preflight(await pdf.save({ useObjectStreams: false }));
  return faults.flatMap(({ rule, page: on, text, message }) =>
    rule === 'text-unseen' ? [`${on} ${text} ${/看不見：(.*?)；/.exec(message.zh)?.[1]}`] : [],
  );
}
/** Operators as they are written; `F` is the font. */
const written =
  (content: string): Draw =>
  (page, font, pdf) => {
    page.node.setFontDictionary(PDFName.of('F'), font.ref);
    page.node.set(PDFName.of('Contents'), pdf.context.register(pdf.context.flateStream(content)));
  };
const TEXT = 'BT /F 14 Tf 50 100 Td (Fee) Tj ET';
const grey = (value: number) => rgb(value, value, value);
const COVER = { x: 40, y: 90, width: 100, height: 40 };
/** The smallest PNG there is: one grey pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

describe('text that nobody sees is told', () => {
  const ground = 'Fee 字的顏色和底色幾乎一樣';
  const covered = 'Fee 被後來畫上的色塊或圖片蓋住';
  const invisible = 'Fee 設定為不顯示（例如 Tr 3）';
  test.each<[string, Draw, string]>([
    ['white on white', (page, font) => page.drawText('Fee', { x: 50, y: 100, font, color: grey(1) }), ground],
    ['nearly white on white', (page, font) => page.drawText('Fee', { x: 50, y: 100, font, color: grey(0.9) }), ground],
    [
      'in the colour of an area',
      (page, font) => {
        page.drawRectangle({ ...COVER, color: rgb(0.06, 0.29, 0.32) });
        page.drawText('Fee', { x: 50, y: 100, font, color: rgb(0.06, 0.3, 0.33) });
      },
      ground,
    ],
    ['that shines through wholly', (page, font) => page.drawText('Fee', { x: 50, y: 100, font, opacity: 0 }), ground],
    ['in white of the press', written(`0 0 0 0 k ${TEXT}`), ground],
    ['in white of a space of its own', written(`/DeviceRGB cs 1 1 1 sc ${TEXT}`), ground],
    ['outlined in white', written(`1 G 1 Tr ${TEXT}`), ground],
    [
      'white in a drawing of its own, black around it',
      (page, font, pdf) => {
        const form = pdf.context.register(
          pdf.context.flateStream(`1 g ${TEXT}`, { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 300, 200] }),
        );
        page.node.setXObject(PDFName.of('X'), form);
        written('0 g /X Do')(page, font, pdf);
      },
      ground,
    ],
    [
      'below a white area',
      (page, font) => {
        page.drawText('Fee', { x: 50, y: 100, font });
        page.drawRectangle({ ...COVER, color: grey(1) });
      },
      covered,
    ],
    ['below a black area of another form', written(`${TEXT} 0 g 30 80 m 200 80 l 200 140 l 30 150 l h f`), covered],
    ['below a broad line', written(`${TEXT} 40 w 1 G 20 105 m 200 105 l S`), covered],
    [
      'below a picture',
      async (page, font, pdf) => {
        page.drawText('Fee', { x: 50, y: 100, font });
        page.drawImage(await pdf.embedPng(PIXEL), COVER);
      },
      covered,
    ],
    ['set to be invisible', written(`3 Tr ${TEXT}`), invisible],
    ['used as a clip alone', written(`7 Tr ${TEXT}`), invisible],
  ])('%s', async (_, draw, why) => {
    expect(await unseenIn(draw)).toEqual([`1 ${why}`]);
  });
});

describe('text that is seen is not', () => {
  test.each<[string, Draw]>([
    ['black on white', (page, font) => page.drawText('Fee', { x: 50, y: 100, font })],
    ['quiet, but seen', (page, font) => page.drawText('Fee', { x: 50, y: 100, font, color: grey(0.7) })],
    [
      'white on dark',
      (page, font) => {
        page.drawRectangle({ ...COVER, color: rgb(0.06, 0.29, 0.32) });
        page.drawText('Fee', { x: 50, y: 100, font, color: grey(1) });
      },
    ],
    [
      'white on a dark disc',
      (page, font) => {
        page.drawCircle({ x: 60, y: 105, size: 25, color: grey(0) });
        page.drawText('7', { x: 56, y: 100, font, size: 14, color: grey(1) });
      },
    ],
    [
      'white on an area that is dark by two coats',
      (page, font) => {
        for (let i = 0; i < 2; i += 1) page.drawRectangle({ ...COVER, color: grey(0), opacity: 0.6 });
        page.drawText('Fee', { x: 50, y: 100, font, color: grey(1) });
      },
    ],
    [
      'white on a picture',
      async (page, font, pdf) => {
        page.drawImage(await pdf.embedPng(PIXEL), COVER);
        page.drawText('Fee', { x: 50, y: 100, font, color: grey(1) });
      },
    ],
    [
      'below a veil',
      (page, font) => {
        page.drawText('Fee', { x: 50, y: 100, font });
        page.drawRectangle({ ...COVER, color: rgb(1, 1, 0), opacity: 0.4 });
      },
    ],
    ['struck through', written(`${TEXT} 50 103 40 1 re f 1 w 40 104 m 100 104 l S`)],
    ['with its frame painted later', written(`${TEXT} 2 w 40 90 100 40 re S`)],
    ['in the hole of an area', written(`${TEXT} 1 g 0 0 300 200 re 40 90 100 40 re f*`)],
    ['beside the ground that ends before it', written(`0 g 0 0 45 200 re f 0 g ${TEXT}`)],
    ['outside the clip of what is painted later', written(`${TEXT} q 200 0 50 50 re W n 1 g 0 0 300 200 re f Q`)],
    ['with a white halo and a shadow', written(`1 G 3 w 1 Tr ${TEXT} 0 Tr 0 g ${TEXT}`)],
    ['in ink of a name that is not known', written(`/Spot cs 0 scn ${TEXT}`)],
    [
      'marked, as with a pen that mixes',
      (page, font, pdf) => {
        const look = pdf.context.obj({ BM: 'Multiply' });
        page.node.setExtGState(PDFName.of('M'), pdf.context.register(look));
        written(`${TEXT} /M gs 1 1 0 rg 40 90 100 40 re f`)(page, font, pdf);
      },
    ],
    [
      'read behind a scanned page',
      async (page, font, pdf) => {
        const image = await pdf.embedPng(PIXEL);
        await image.embed();
        page.node.setXObject(PDFName.of('I'), image.ref);
        written(`3 Tr ${TEXT} q 300 0 0 200 0 0 cm /I Do Q`)(page, font, pdf);
      },
    ],
  ])('%s', async (_, draw) => {
    expect(await unseenIn(draw)).toEqual([]);
  });
});
