// What of strangers' PDF forms is let into a book: nothing that is not drawn, and no file made to harm.
import { deflateSync } from 'node:zlib';
import { PDFDocument, PDFName, PDFNumber, type PDFPage, PDFString, StandardFonts } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { UserError } from '../src/core/source.js';
import { appendForms, type Form, pagesOfForms } from '../src/pdf/bind.js';
import { loadPdf } from '../src/pdf/finish.js';

const name = (text: string) => PDFName.of(text);

async function untagged(draw: (page: PDFPage, pdf: PDFDocument) => void | Promise<void>): Promise<Form> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  await draw(pdf.addPage([200, 300]), pdf);
  return { title: '委任書', file: 'mandate.pdf', bytes: await pdf.save({ updateFieldAppearances: false }) };
}

/** A book of one page, whose tags are empty. */
async function book(): Promise<PDFDocument> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.addPage([200, 300]);
  const { context, catalog } = pdf;
  const document = context.register(context.obj({ Type: 'StructElem', S: 'Document', K: [] }));
  catalog.set(name('StructTreeRoot'), context.register(context.obj({ Type: 'StructTreeRoot', K: document })));
  return loadPdf(await pdf.save());
}

async function append(forms: readonly Form[]): Promise<PDFDocument> {
  const stamp = await PDFDocument.create({ updateMetadata: false });
  const font = await stamp.embedFont(StandardFonts.Helvetica);
  for (const { width, height } of await pagesOfForms(forms))
    stamp.addPage([width, height]).drawText('foot', { size: 9, font });
  const pdf = await book();
  await appendForms(pdf, forms, { bookmark: '書表', stamp: await loadPdf(await stamp.save()) });
  return pdf;
}

const whole = async (bytes: Uint8Array) =>
  Buffer.from(await (await loadPdf(bytes)).save({ useObjectStreams: false })).toString('latin1');

async function refusal(...forms: Form[]): Promise<UserError> {
  const error = await pagesOfForms(forms).catch((each: unknown) => each);
  if (!(error instanceof UserError)) throw new Error(`no refusal: ${error}`);
  return error;
}

describe('a form', () => {
  test('brings no file, whatever it hangs on and however it calls itself', async () => {
    const SECRET = 'token-of-a-stranger';
    const form = await untagged((page, pdf) => {
      const { context, catalog } = pdf;
      const file = () => context.register(context.stream(`${SECRET} ${'x'.repeat(50)}`));
      const spec = () => context.register(context.obj({ F: PDFString.of(SECRET), EF: { F: file() } }));
      page.drawText('SEEN', { x: 20, y: 200 });
      const drawing = context.register(
        context.stream('0 0 9 9 re f', {
          Type: 'XObject',
          Subtype: 'Form',
          BBox: [0, 0, 9, 9],
          Ref: { F: spec(), Page: 0 },
          OPI: { '2.0': { F: spec() } },
          PieceInfo: { Private: file() },
          Metadata: file(),
          Unheard: file(),
          Resources: { XObject: { Post: context.register(context.stream(SECRET, { Subtype: 'PS' })), Bare: file() } },
        }),
      );
      const note = (more: Record<string, unknown>) =>
        context.register(
          context.obj({
            Type: 'Annot',
            Subtype: 'Text',
            Rect: [0, 0, 9, 9],
            Contents: PDFString.of('a note'),
            ...(more as Record<string, string>),
          }),
        );
      const popup = context.register(
        context.obj({ Subtype: 'Popup', Rect: [0, 0, 9, 9], Contents: file(), RC: file() }),
      );
      page.node.set(
        name('Annots'),
        context.obj([
          note({ FS: spec() }),
          note({ AF: [spec()] }),
          note({ EF: { F: file() } }),
          note({ F: spec(), AP: { N: { On: drawing, Off: file() } } }),
          note({ AP: { N: drawing }, MK: { I: file(), IX: spec() }, Popup: popup, IRT: spec() }),
          note({ OC: { Type: 'OCMD', OCGs: spec() }, Any: { Thing: [file()] }, ExData: { Data: file() } }),
          note({ Subtype: 'Widget', FT: 'Tx', T: PDFString.of('f'), V: file(), Opt: [file()], TI: spec() }),
        ]),
      );
      page.node.set(name('PieceInfo'), context.obj({ A: { Private: file() } }));
      page.node.set(name('Metadata'), file());
      page.node.set(name('AF'), context.obj([spec()]));
      page.node.Resources()?.set(name('XObject'), context.obj({ Fm: drawing, Bad: file() }));
      page.node.Resources()?.set(name('Properties'), context.obj({ P: { Any: file(), AF: spec() } }));
      page.node
        .Resources()
        ?.set(name('Font'), context.obj({ F0: { Type: 'Font', Any: file(), CharProcs: { a: spec() } } }));
      catalog.set(name('AF'), context.obj([spec()]));
      catalog.set(name('Names'), context.obj({ EmbeddedFiles: { Names: [PDFString.of('a'), spec()] } }));
      const ocg = context.register(
        context.obj({ Type: 'OCG', Name: PDFString.of('a'), Usage: { CreatorInfo: spec() }, Any: file() }),
      );
      catalog.set(name('OCProperties'), context.obj({ OCGs: [ocg], D: {} }));
      catalog.set(
        name('AcroForm'),
        context.obj({ Fields: [], DR: { Font: { Helv: { Type: 'Font', AF: spec() } }, Any: { B: file() } } }),
      );
    });
    expect(await whole(form.bytes)).toContain(SECRET);
    const bytes = await whole(await (await append([form])).save());
    expect(bytes).not.toContain(SECRET);
    expect(bytes).not.toMatch(/\/(FS|AF|EF|Ref|OPI|PieceInfo|Unheard|Any|Usage|ExData|PS)\b/);
    expect(bytes).toContain('a note');
    expect(bytes).toContain('0 0 9 9 re f');
  });
});

describe('a form that is refused', () => {
  test.each([
    ['far too large', (page: PDFPage) => page.setSize(200_000, 300), '第 1 頁的大小是 70556 × 106 公釐'],
    ['far too small', (page: PDFPage) => page.setSize(10, 300), '第 1 頁的大小是 4 × 106 公釐'],
    ['large by its unit', (page: PDFPage) => page.node.set(name('UserUnit'), PDFNumber.of(1000)), '公釐'],
  ])('because a page is %s is a sentence', async (_, make, said) => {
    const { say } = await refusal(await untagged((page) => make(page)));
    expect(say.zh).toContain(`書表 mandate.pdf 第 1 頁的大小是`);
    expect(say.zh).toContain(said);
    expect(say.en).toContain('The form mandate.pdf has a page 1 of');
  });

  const many = (kids: string, count: number, more = '') =>
    new TextEncoder().encode(
      `%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[${kids}]/Count ${count}>> endobj\n${more}\ntrailer <</Root 1 0 R/Size 9>>\n%%EOF\n`,
    );
  const LEAF = '3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>> endobj';
  const zipped = (depth: number, size = 80_000_000): Buffer => {
    let bytes = deflateSync(Buffer.alloc(size), { level: 9 });
    for (let i = 1; i < depth; i += 1) bytes = deflateSync(bytes, { level: 9 });
    return bytes;
  };
  const streamed = (dict: string, bytes: Uint8Array): Uint8Array =>
    Buffer.concat([
      Buffer.from(
        `%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>> endobj\n4 0 obj <<${dict}/Length ${bytes.length}>>\nstream\n`,
      ),
      bytes,
      Buffer.from('\nendstream endobj\ntrailer <</Root 1 0 R/Size 9>>\n%%EOF\n'),
    ]);
  /** Runs of 128 zeros, two bytes each. */
  const runs = Buffer.alloc(2_000_000, Buffer.from([129, 0]));
  test.each<[string, () => Uint8Array, string]>([
    ['thousands of pages', () => many('3 0 R '.repeat(5000), 5000, LEAF), '超過 500 頁'],
    ['pages that hold themselves', () => many('2 0 R', 1), '頁面彼此相套'],
    [
      'pages shared without end',
      () =>
        many(
          '3 0 R 3 0 R',
          1,
          [3, 4, 5, 6, 7]
            .map((n) => `${n} 0 obj <</Type/Pages/Kids[${`${n + 1} 0 R `.repeat(9)}]/Count 9>> endobj`)
            .join('\n'),
        ),
      '頁面彼此相套',
    ],
    ['a content that unpacks to much', () => streamed('/Filter/FlateDecode', zipped(1)), '展開後大得不像'],
    ['zips within zips', () => streamed('/Filter[/FlateDecode/FlateDecode/FlateDecode]', zipped(3)), '展開後大得不像'],
    ['runs that unpack to much', () => streamed('/Filter/RunLengthDecode', runs), '展開後大得不像'],
    ['runs within a zip', () => streamed('/Filter[/FlateDecode/RunLengthDecode]', deflateSync(runs)), '展開後大得不像'],
    [
      'objects that unpack to much',
      () => streamed('/Type/ObjStm/N 9/First 9/Filter/FlateDecode', zipped(1)),
      '展開後大得不像',
    ],
    [
      'a table of millions of places',
      () => streamed('/Type/XRef/Size 9/W[1 1 1]/Index[0 2000000000]', Buffer.alloc(9)),
      '展開後大得不像',
    ],
    ['lists within lists', () => many('3 0 R', 1, `3 0 obj ${'['.repeat(100_000)} endobj`), '層層相套'],
    [
      'records within records',
      () => many('3 0 R', 1, `${LEAF} 5 0 obj ${'<</A'.repeat(1000)} 1${'>>'.repeat(1000)} endobj`),
      '層層相套',
    ],
  ])('because of %s is a sentence, within seconds', async (_, bytes, said) => {
    const form = { title: 'a', file: 'bomb.pdf', bytes: bytes() };
    const start = performance.now();
    const { say } = await refusal(form);
    expect(say.zh).toContain(`書表 bomb.pdf`);
    expect(say.zh).toContain(said);
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});
