// What of strangers' PDF forms is let into a book: nothing that is not drawn, and no file made to harm.
import { deflateSync } from 'node:zlib';
import {
  PDFArray,
  PDFContext,
  PDFCrossRefStream,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  type PDFPage,
  PDFPageLeaf,
  type PDFRef,
  PDFString,
  StandardFonts,
} from '@cantoo/pdf-lib';
import { describe, expect, test, vi } from 'vitest';
import { UserError } from '../src/core/terminal.js';
import { appendForms } from '../src/pdf/append-forms.js';
import { textOfStream } from '../src/pdf/content-stream.js';
import { declaredIn, loadPdf } from '../src/pdf/finish.js';
import { type Form, pagesOfForms } from '../src/pdf/open-form.js';
import { readPages } from '../src/pdf/read-pages.js';
import { tryForm } from '../src/pdf/try-form.js';

const name = (text: string) => PDFName.of(text);

/** How long this process has worked, all its threads together, in ms; other programs do not count. */
function worked(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

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
            T: PDFString.of('name-of-a-clerk'),
            M: PDFString.of('D:20260101'),
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
          note({
            Subtype: 'Widget',
            FT: 'Tx',
            T: PDFString.of('f'),
            M: PDFString.of(''),
            V: file(),
            Opt: [file()],
            TI: spec(),
          }),
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
    expect(bytes).not.toMatch(/name-of-a-clerk|D:20260101/);
    expect(bytes).toContain('0 0 9 9 re f');
  });
});

describe('what reviewers left on a form', () => {
  const SECRET = 'not-for-the-public';
  const KINDS = `Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink Redact`;
  const commented = () =>
    untagged(async (page, pdf) => {
      const { context, catalog } = pdf;
      page.drawText('SEEN', { x: 20, y: 200 });
      const form = pdf.getForm();
      for (const each of ['shown', 'hidden', 'unseen'])
        form.createTextField(each).addToPage(page, { x: 20, y: 100, width: 50, height: 20 });
      const [shown, hidden, unseen] = form.getFields().map(({ acroField: { dict } }) => dict);
      const drawing = context.register(
        context.stream(`BT (${SECRET}) Tj ET`, { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 9, 9] }),
      );
      const told = { Contents: PDFString.of(SECRET), Subj: PDFString.of(SECRET), RC: PDFString.of(SECRET) };
      const note = (more: Record<string, unknown>) =>
        context.register(
          context.obj({ Type: 'Annot', Rect: [0, 0, 9, 9], ...told, AP: { N: drawing }, ...more } as never),
        );
      const notes = KINDS.split(' ').map((Subtype) => note({ Subtype }));
      const popup = note({ Subtype: 'Popup', Parent: notes[0] });
      const link = context.register(
        context.obj({
          Subtype: 'Link',
          Rect: [0, 0, 9, 9],
          A: { S: 'URI', URI: PDFString.of('https://example.org/') },
          Popup: popup,
          IRT: notes[0],
        } as never),
      );
      for (const each of [...notes, popup, link]) page.node.Annots()?.push(each);
      const kid = (dict: PDFDict | undefined) => dict?.lookup(name('Kids'), PDFArray).lookup(0, PDFDict);
      shown?.set(name('Popup'), popup);
      kid(shown)?.set(name('IRT'), notes[1] as PDFRef);
      for (const [dict, flags] of [
        [hidden, 2],
        [unseen, 32],
      ] as const) {
        dict?.set(name('V'), PDFString.of(SECRET));
        kid(dict)?.set(name('F'), PDFNumber.of(flags));
      }
      const bare = context.register(
        context.obj({ FT: 'Tx', T: PDFString.of('nowhere'), V: PDFString.of(SECRET) } as never),
      );
      catalog.lookup(name('AcroForm'), PDFDict).lookup(name('Fields'), PDFArray).push(bare);
      const element = (kids: unknown, more = {}) =>
        context.register(context.obj({ Type: 'StructElem', S: 'Annot', Pg: page.ref, K: kids, ...more } as never));
      const tags = element([element({ Type: 'OBJR', Obj: notes[0] }, { Alt: PDFString.of(SECRET) })], {
        S: 'P',
        ActualText: PDFString.of(SECRET),
        ID: PDFString.of(SECRET),
      });
      catalog.set(name('StructTreeRoot'), context.register(context.obj({ Type: 'StructTreeRoot', K: [tags] })));
    });

  test('does not reach the book, nor do fields that nobody sees; links and fields do', async () => {
    const form = await commented();
    const bytes = await whole(await (await append([form])).save());
    expect(await whole(form.bytes)).toContain(SECRET);
    expect(bytes).not.toContain(SECRET);
    expect(bytes).not.toContain(Buffer.from(SECRET).toString('hex').toUpperCase());
    expect([...bytes.matchAll(/\/Subtype \/(\w+)/g)].map(([, kind]) => kind)).toEqual(
      expect.arrayContaining(['Link', 'Widget']),
    );
    expect(bytes).not.toMatch(new RegExp(`/Subtype /(${KINDS.replaceAll(' ', '|')}|Popup)\\b|/(Popup|IRT)\\b`));
    const pdf = await loadPdf(await (await append([form])).save());
    expect(
      pdf
        .getForm()
        .getFields()
        .map((field) => field.getName()),
    ).toEqual(['shown']);
  });
  test('is counted', async () => {
    expect(await tryForm((await commented()).bytes)).toEqual({ comments: KINDS.split(' ').length });
  });
});

test('what a form does not draw, and what its writer noted beside what it draws, stays behind', async () => {
  const SECRET = 'draft-of-another-letter';
  const note = `% ${SECRET}\n`;
  const form = await untagged((page, pdf) => {
    const { context } = pdf;
    const stream = (text: string, more: object) => context.register(context.flateStream(text, more as never));
    const picture = (said: string, more = {}) =>
      stream(said, { Subtype: 'Image', Width: 1, Height: 1, ColorSpace: 'DeviceGray', BitsPerComponent: 8, ...more });
    const inner = stream(`${note}(% seen) pop 0 0 4 4 re f ${note}`, { Subtype: 'Form', BBox: [0, 0, 9, 9] });
    const drawing = stream(`${note}/Inner Do`, {
      Subtype: 'Form',
      BBox: [0, 0, 9, 9],
      Resources: { XObject: { Inner: inner, Left: picture(SECRET) } },
    });
    const pattern = { PatternType: 1, PaintType: 1, TilingType: 1, BBox: [0, 0, 9, 9], XStep: 9, YStep: 9 };
    page.node.set(
      name('Resources'),
      context.obj({
        XObject: { Shown: drawing, Photo: picture('seen', { SMask: picture('mask') }), Left: picture(SECRET) },
        Pattern: { Shown: stream(`${note}0 0 5 5 re f`, pattern), Left: stream(SECRET, pattern) },
      } as never),
    );
    const content = `/Shown Do ${note}/Pattern cs /Shown scn /Photo Do (5 % seen) pop`;
    page.node.set(name('Contents'), context.register(context.flateStream(content)));
  });
  const pdf = await append([form]);
  const streams = pdf.context.enumerateIndirectObjects().flatMap(([, each]) => textOfStream(each));
  expect(streams.join('\n')).not.toContain(SECRET);
  for (const kept of ['(5 % seen) pop', '(% seen) pop 0 0 4 4 re f', '0 0 5 5 re f', 'mask', '/Inner Do'])
    expect(streams.some((each) => each.includes(kept))).toBe(true);
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
  /** `endstream` stands in the midst of it, as it is (RFC 1951, 3.2.4). */
  const endingEarly = (): Buffer => {
    const said = Buffer.from('endstream endobj');
    const stored = Buffer.from([0, said.length, 0, ~said.length & 255, 255]);
    return Buffer.concat([Buffer.from([0x78, 0x9c]), stored, said, zipped(1).subarray(2)]);
  };
  /** Its last bytes are of no kind that Flate has. */
  const broken = (): Buffer => Buffer.concat([zipped(1).subarray(0, -16), Buffer.alloc(40, 255)]);
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
    [
      'objects that unpack to much by two steps',
      () =>
        streamed(
          '/Type/ObjStm/N 9/First 9/Filter[/ASCIIHexDecode/FlateDecode]',
          Buffer.from(zipped(1).toString('hex')),
        ),
      '不是完整的 PDF',
    ],
    [
      'a content that unpacks to much between its steps',
      () =>
        streamed(
          '/Filter[/ASCIIHexDecode/FlateDecode/ASCIIHexDecode]',
          Buffer.from(deflateSync(Buffer.alloc(80_000_000, ' '), { level: 9 }).toString('hex')),
        ),
      '展開後大得不像',
    ],
    ['a content that seems to end early', () => streamed('/Filter/FlateDecode', endingEarly()), '展開後大得不像'],
    ['a content that is broken at its end', () => streamed('/Filter/FlateDecode', broken()), '展開後大得不像'],
    ['lists within lists', () => many('3 0 R', 1, `3 0 obj ${'['.repeat(100_000)} endobj`), '層層相套'],
    [
      'records within records',
      () => many('3 0 R', 1, `${LEAF} 5 0 obj ${'<</A'.repeat(1000)} 1${'>>'.repeat(1000)} endobj`),
      '層層相套',
    ],
  ])('because of %s is a sentence, within seconds', async (_, bytes, said) => {
    const form = { title: 'a', file: 'bomb.pdf', bytes: bytes() };
    const start = worked();
    const { say } = await refusal(form);
    expect(say.zh).toContain(`書表 bomb.pdf`);
    expect(say.zh).toContain(said);
    expect(worked() - start).toBeLessThan(15_000);
  });
});

describe('what would be drawn without end', () => {
  type Drawings = Readonly<Record<string, PDFRef>>;
  const drawn =
    (content: string, make: (context: PDFContext) => { drawings?: Drawings; [kind: string]: unknown } = () => ({})) =>
    (page: PDFPage): void => {
      const { context } = page.node;
      const { drawings = {}, ...resources } = make(context);
      page.node.set(name('Contents'), context.register(context.flateStream(content)));
      page.node.set(name('Resources'), context.obj({ XObject: drawings, ...(resources as Record<string, never>) }));
    };
  const drawing = (context: PDFContext, content: string, inside: Drawings = {}, more: Record<string, never> = {}) =>
    context.flateStream(content, {
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, 99, 99],
      Resources: { XObject: inside, ...more },
    });
  const itself = (context: PDFContext, draws = '/X Do /X Do'): PDFRef => {
    const stream = drawing(context, draws);
    const ref = context.register(stream);
    stream.dict.set(name('Resources'), context.obj({ XObject: { X: ref }, Pattern: { X: ref } }));
    return ref;
  };
  /** Each draws the one before so many times. */
  const nested = (context: PDFContext, depth: number, times: number): PDFRef => {
    let ref = context.register(drawing(context, '0 0 9 9 re f'));
    for (let i = 0; i < depth; i += 1) ref = context.register(drawing(context, '/X Do '.repeat(times), { X: ref }));
    return ref;
  };
  const font = (context: PDFContext, glyph: PDFRef, resources = {}) => ({
    Type: 'Font',
    Subtype: 'Type3',
    FontBBox: [0, 0, 1, 1],
    FontMatrix: [1, 0, 0, 1, 0, 0],
    CharProcs: { a: glyph },
    Resources: context.obj(resources),
  });

  test.each<[string, (page: PDFPage) => void, string]>([
    ['a drawing of itself', drawn('/X Do', (context) => ({ drawings: { X: itself(context) } })), '畫出自己'],
    [
      'drawings of many drawings',
      drawn('/X Do', (context) => ({ drawings: { X: nested(context, 12, 10) } })),
      '一再重複',
    ],
    [
      'drawings within drawings',
      drawn('/X Do', (context) => ({ drawings: { X: nested(context, 60, 1) } })),
      '層層相套',
    ],
    ['states within states', drawn('q '.repeat(100_000)), '層層相套'],
    ['marks within marks', drawn('/Span BMC '.repeat(100_000)), '層層相套'],
    [
      'a pattern of itself',
      drawn('/Pattern cs /X scn', (context) => ({ Pattern: { X: itself(context, '/X scn') } })),
      '畫出自己',
    ],
    [
      'a mask of many drawings',
      drawn('/L gs', (context) => ({ ExtGState: { L: { SMask: { S: 'Alpha', G: nested(context, 8, 10) } } } })),
      '一再重複',
    ],
    [
      'glyphs of many drawings',
      drawn('/F 9 Tf (aaaaaaaaaaaa) Tj', (context) => ({ Font: { F: font(context, nested(context, 6, 10)) } })),
      '一再重複',
    ],
    [
      'a large picture, drawn again and again',
      drawn('/X Do '.repeat(2000), (context) => ({
        drawings: {
          X: context.register(context.stream('', { Subtype: 'Image', Width: 9000, Height: 9000 })),
        },
      })),
      '一再重複',
    ],
    [
      'a note of many drawings',
      (page) => {
        const { context } = page.node;
        const note = { Subtype: 'Stamp', Rect: [0, 0, 9, 9], AP: { N: nested(context, 12, 10) } };
        page.node.set(name('Annots'), context.obj([note]));
      },
      '一再重複',
    ],
    [
      'notes without number',
      (page) => page.node.set(name('Annots'), page.node.context.obj(Array.from({ length: 20_001 }, () => null))),
      '20000 個',
    ],
  ])('because of %s is refused with a sentence, at once', async (_, make, said) => {
    const form = await untagged(make);
    const start = worked();
    const { say } = await refusal(form);
    expect(say.zh).toContain('書表 mandate.pdf');
    expect(say.zh).toContain(said);
    expect(worked() - start).toBeLessThan(10_000);
  });

  test('a letterhead that every page draws, and a drawing that lists itself and does not draw itself, are let in', async () => {
    const form = await untagged((page, pdf) => {
      const head = nested(pdf.context, 3, 10);
      const listed = itself(pdf.context, '0 0 9 9 re f');
      const draw = drawn('q /X Do Q /Y Do', () => ({ drawings: { X: head, Y: listed } }));
      draw(page);
      for (let i = 0; i < 20; i += 1) draw(pdf.addPage([200, 300]));
    });
    expect((await append([form])).getPageCount()).toBe(22);
  });
});

describe('what would take long to bind', () => {
  const filled = (count: number, add: (pdf: PDFDocument) => void) =>
    untagged((_, pdf) => {
      for (let i = 1; i < count; i += 1) pdf.addPage([200, 300]);
      add(pdf);
    });
  test.each<[string, () => Promise<Form>, string | undefined]>([
    [
      'a field below ten thousand others',
      () =>
        filled(1, (pdf) => {
          const { context } = pdf;
          const refs: PDFRef[] = [];
          for (let i = 0; i < 10_000; i += 1) {
            const parent = refs.at(-1);
            const field = context.obj({ Subtype: 'Widget', FT: 'Tx', Rect: [0, 0, 9, 9], T: PDFString.of(`${i}`) });
            if (parent) field.set(name('Parent'), parent);
            refs.push(context.register(field));
          }
          pdf.getPage(0).node.set(name('Annots'), context.obj(refs));
        }),
      undefined,
    ],
    [
      'pieces numbered as high as can be',
      () =>
        filled(400, (pdf) => {
          const { context, catalog } = pdf;
          const root = context.nextRef();
          const elements = pdf
            .getPages()
            .map(({ ref }) => context.register(context.obj({ S: 'P', P: root, Pg: ref, K: 99_999 })));
          context.assign(root, context.obj({ Type: 'StructTreeRoot', K: elements }));
          catalog.set(name('StructTreeRoot'), root);
        }),
      undefined,
    ],
    [
      'a content drawn of one stream again and again',
      () =>
        filled(1, (pdf) => {
          const stream = pdf.context.register(pdf.context.flateStream(' '.repeat(1_000_000)));
          pdf.getPage(0).node.set(name('Contents'), pdf.context.obj(Array.from({ length: 10_000 }, () => stream)));
        }),
      '不是完整的 PDF',
    ],
    [
      'pages that share one long content',
      () =>
        filled(100, (pdf) => {
          const stream = pdf.context.register(pdf.context.flateStream(' '.repeat(2_000_000)));
          for (const { node } of pdf.getPages()) node.set(name('Contents'), stream);
        }),
      '展開後大得不像',
    ],
    [
      'a number of millions of digits',
      async () => {
        const { bytes, ...form } = await filled(1, () => undefined);
        return { ...form, bytes: Buffer.concat([bytes, Buffer.from(`\n99 0 obj ${'1'.repeat(20_000_000)} endobj`)]) };
      },
      '展開後大得不像',
    ],
    [
      'objects without number',
      async () => {
        const { bytes, ...form } = await filled(1, () => undefined);
        return { ...form, bytes: Buffer.concat([bytes, Buffer.from('\n99 0 obj 1 endobj'.repeat(1_000_000))]) };
      },
      '展開後大得不像',
    ],
  ])('%s is bound, or refused, at once', async (_, make, said) => {
    const form = await make();
    const start = worked();
    if (said === undefined) expect(await tryForm(form.bytes)).toEqual({});
    else expect((await refusal(form)).say.zh).toContain(said);
    expect(worked() - start).toBeLessThan(15_000);
  });
});

test('a form is tried as the build writes it: without streams of objects, which take the square of their number', async () => {
  const { bytes } = await untagged(() => undefined);
  const streams = vi.spyOn(PDFCrossRefStream, 'create');
  expect(await tryForm(bytes)).toEqual({});
  expect(streams).not.toHaveBeenCalled();
  await (await PDFDocument.create()).save();
  expect(streams).toHaveBeenCalledOnce();
  streams.mockRestore();
});

describe('any file that is opened, ours or not', () => {
  const holding = (dict: string, body: Uint8Array): Uint8Array => {
    const bytes = deflateSync(body, { level: 9 });
    return Buffer.concat([
      Buffer.from(
        `%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[]/Count 0>> endobj\n4 0 obj <<${dict}/Filter/FlateDecode/Length ${bytes.length}>>\nstream\n`,
      ),
      bytes,
      Buffer.from('\nendstream endobj\ntrailer <</Root 1 0 R/Size 9>>\n%%EOF\n'),
    ]);
  };
  test.each<[string, () => Uint8Array]>([
    ['objects that unpack to much', () => holding('/Type/ObjStm/N 1/First 10', Buffer.alloc(300_000_000, 32))],
    [
      'places that unpack to much',
      () => holding('/Type/XRef/Size 70000000/W[1 2 1]/Root 1 0 R', Buffer.alloc(280_000_000)),
    ],
    ['places without bytes', () => holding('/Type/XRef/Size 2000000000/W[0 0 0]/Root 1 0 R', Buffer.alloc(1))],
    [
      'a catalog that is a list',
      () => Buffer.from('%PDF-1.7\n1 0 obj [] endobj\ntrailer <</Root 1 0 R/Size 9>>\n%%EOF\n'),
    ],
  ])('%s', async (_, make) => {
    const bytes = make();
    const start = worked();
    const pdf = await loadPdf(bytes).catch(() => undefined);
    if (pdf) expect(declaredIn(pdf)).toBeUndefined();
    // Five times what was measured.
    expect(worked() - start).toBeLessThan(10_000);
  });
  test('keeps what objects in a stream, and the trailer beside places, say', async () => {
    const pdf = await PDFDocument.create({ updateMetadata: false });
    pdf.addPage();
    pdf.setTitle('題');
    const again = await loadPdf(await pdf.save({ useObjectStreams: true }));
    expect([again.getPageCount(), again.getTitle()]).toEqual([1, '題']);
  });
});

describe('a page is read in bounded time', () => {
  /** One page of a file that anyone may have made. */
  const read = (content: string, resources: Record<string, unknown> = {}) => {
    const context = PDFContext.create();
    const leaf = PDFPageLeaf.withContextAndParent(context, context.nextRef());
    leaf.set(name('MediaBox'), context.obj([0, 0, 500, 500]));
    leaf.set(name('Contents'), context.register(context.flateStream(content)));
    leaf.set(name('Resources'), context.obj(resources as Record<string, never>));
    const start = worked();
    const [page] = readPages({ getPages: () => [{ node: leaf }] } as unknown as PDFDocument);
    expect(worked() - start).toBeLessThan(10_000);
    return page;
  };
  const map = (said: string) => {
    const context = PDFContext.create();
    return { Type: 'Font', Subtype: 'TrueType', ToUnicode: context.flateStream(said) };
  };
  test.each([
    ['brackets that nothing closes', '< '.repeat(100_000)],
    ['a text in as many marks', `${'/Span BMC '.repeat(100_000)}${'(a) Tj '.repeat(100_000)}`],
    ['white upon white', `1 g ${'(a) Tj '.repeat(50_000)} 0 g ${'(a) Tj 1 0 Td '.repeat(50_000)}`],
    ['areas upon areas', `${'0 0 400 400 re f '.repeat(10_000)} ${'(a) Tj '.repeat(10_000)}`],
  ])('%s', (_, content) => {
    const font = { Type: 'Font', Subtype: 'TrueType' };
    expect(read(`BT /F 9 Tf 9 9 Td ${content}`, { Font: { F: font } })).toBeDefined();
  });
  test.each([
    ['ranges upon ranges', '1 beginbfrange <0000> <FFFF> <0041> endbfrange '.repeat(20_000)],
    ['lists that nothing closes', 'beginbfchar '.repeat(100_000)],
    ['arrays that nothing closes', `beginbfrange ${'['.repeat(300_000)} endbfrange`],
    ['a long text for every character', `beginbfrange <0000> <FFFF> <${'0041'.repeat(200_000)}> endbfrange`],
  ])('a map of %s', (_, said) => {
    expect(read('BT /F 9 Tf 9 9 Td (a) Tj', { Font: { F: map(said) } })).toBeDefined();
  });
  test('widths without end', () => {
    const widths = Array.from({ length: 30_000 }, () => [-2_000_000_000, 65_535, 500]).flat();
    const font = { Subtype: 'Type0', DescendantFonts: [{ Subtype: 'CIDFontType2', W: widths }] };
    expect(read('BT /F 9 Tf 9 9 Td (aa) Tj', { Font: { F: font } })).toBeDefined();
  });
  test('drawings of drawings are an error', () => {
    const context = PDFContext.create();
    let inner = context.flateStream('0 0 9 9 re f', { Subtype: 'Form' });
    for (let i = 0; i < 12; i += 1)
      inner = context.flateStream('/X Do '.repeat(10), { Subtype: 'Form', Resources: { XObject: { X: inner } } });
    expect(() => read('/X Do', { XObject: { X: inner } })).toThrow('without end');
  });
});
