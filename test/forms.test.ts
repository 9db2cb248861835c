// Forms of others behind a book that no browser has printed: without tags, with tags of their own kind, and those refused.
import { deflateSync } from 'node:zlib';
import {
  decodePDFRawStream,
  degrees,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFNumber,
  PDFRawStream,
  type PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, test } from 'vitest';
import { UserError } from '../src/core/terminal.js';
import { Refusal } from '../src/pdf/admission.js';
import { appendForms } from '../src/pdf/append-forms.js';
import { finishPdf, loadPdf } from '../src/pdf/finish.js';
import { type Form, pagesOfForms, sizesOf } from '../src/pdf/open-form.js';
import {
  append as appended,
  bookmarksOf,
  contentOf,
  dictOf,
  elements,
  fillable,
  finish,
  handmadeBook,
  name,
  notesOf,
  parentsOf,
  pieces,
  stampsFor,
  text,
  untagged,
  wayUp,
  whole,
} from './forms.js';
import { see } from './pdf.js';

const book = await handmadeBook();
const append = (forms: readonly Form[]) => appended(forms, book);

describe('a form without tags', () => {
  test('is read as a paragraph when it shows text, and as a picture with its title when it shows none', async () => {
    const written = await untagged((page) => page.drawText('WORDS', { x: 20, y: 200 }));
    const drawn = await untagged((page) => page.drawRectangle({ x: 20, y: 200, width: 50, height: 50 }));
    const inside = await untagged(async (page, pdf) => {
      const inner = await PDFDocument.create();
      inner.addPage([100, 100]).drawText('INNER', { x: 10, y: 10 });
      const [drawing] = await pdf.embedPdf(await inner.save());
      if (drawing) page.drawPage(drawing);
    });
    const bytes = await finish(await append([written, { ...drawn, title: '略圖' }, inside]));
    const pdf = await loadPdf(bytes);
    const ways = pieces(pdf).filter(({ page }) => page > 2);
    expect(ways).toEqual([
      { page: 3, mcid: 0, way: ['P', 'Sect', 'Document'] },
      { page: 4, mcid: 0, way: ['Figure', 'Sect', 'Document'] },
      { page: 5, mcid: 0, way: ['P', 'Sect', 'Document'] },
    ]);
    expect(elements(pdf, 'Figure').map((each) => text(each, 'Alt'))).toEqual(['略圖']);
    expect((await see(bytes)).texts.slice(2)).toEqual(['WORDSfoot1', 'foot2', 'INNERfoot3']);
  });

  test('has no piece within another, whatever its content was marked with and left open', async () => {
    const form = await untagged((page, pdf) => {
      const { context } = pdf;
      page.node.set(name('StructParents'), PDFNumber.of(0));
      page.node.set(name('Resources'), context.obj({ Properties: { M: { MCID: 7 } } }));
      const content = `q 2 0 0 2 0 0 cm /P <</MCID 3>> BDC (a \\( (b) EMC ) Tj EMC /P /M BDC EMC EMC
/Artifact BMC BI /W 1 /H 1 /CS /G /BPC 8 ID \u0001 q q q EI EMC % q q
q /Span BMC 0 0 5 5 re f`;
      page.node.set(name('Contents'), context.register(context.stream(content)));
    });
    const pdf = await append([form]);
    const page = pdf.getPage(2);
    const content = contentOf(page);
    expect([...content.matchAll(/MCID (\d+)/g)].map(([, mcid]) => mcid)).toEqual(['0']);
    expect(content.match(/\/Artifact/g)).toHaveLength(1);
    expect(content).toContain('(a \\( (b) EMC ) Tj');
    expect(content).toContain('ID \u0001 q q q EI');
    const operators = content
      .replace('(a \\( (b) EMC ) Tj', '')
      .replace('q q q EI', '')
      .replace('% q q', '')
      .split(/\s+/);
    const count = (...words: string[]) => operators.filter((each) => words.includes(each)).length;
    expect(count('q')).toBe(count('Q'));
    expect(count('BDC', 'BMC')).toBe(count('EMC'));
    let depth = 0;
    const ends = operators.flatMap((each, at) => {
      depth += /^B[DM]C$/.test(each) ? 1 : each === 'EMC' ? -1 : 0;
      return each === 'EMC' && depth === 0 ? [at] : [];
    });
    // The piece and the stamp are all that stands side by side.
    expect([ends.length, depth]).toEqual([2, 0]);
    // The stamp is drawn in the page's own space, outside of every piece.
    const tail = content.slice(content.indexOf('/Artifact'));
    expect(tail.trim().split('\n')).toEqual([
      '/Artifact <</Type /Pagination /Subtype /Footer>> BDC',
      'q 1 0 0 1 0 0 cm /Footer Do Q',
      'EMC',
    ]);
  });

  test('stays fillable, under a name of its own', async () => {
    const bytes = await finish(await append([await fillable('甲'), await fillable('乙'), await fillable('丙')]));
    const pdf = await loadPdf(bytes);
    const form = pdf.getForm();
    expect(form.getFields().map((field) => field.getName())).toEqual([
      'name',
      'agree',
      'p4-name',
      'p4-agree',
      'p5-name',
      'p5-agree',
    ]);
    form.getTextField('p4-name').setText('Wang');
    form.getCheckBox('p5-agree').check();
    const again = await loadPdf(await pdf.save());
    expect(again.getForm().getTextField('p4-name').getText()).toBe('Wang');
    expect(again.getForm().getTextField('name').getText()).toBeUndefined();
    expect(again.getForm().getCheckBox('p5-agree').isChecked()).toBe(true);
    const file = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
    const seen = (await (await file.getPage(4)).getAnnotations()).filter(({ subtype }) => subtype === 'Widget');
    expect(seen.map(({ fieldName, readOnly }) => [fieldName, readOnly])).toEqual([
      ['p4-name', false],
      ['p4-agree', false],
    ]);
    // The font that a field is written in is found under the name the field knows.
    const fresh = await loadPdf(bytes);
    const fonts = dictOf(dictOf(dictOf(fresh.catalog, 'AcroForm'), 'DR'), 'Font');
    expect(fonts.keys().map((each) => each.decodeText())).toContain('p4-Helvetica');
    const used = ['name', 'p4-name', 'p5-name'].map((each) => {
      const appearance = fresh.getForm().getTextField(each).acroField.getDefaultAppearance();
      return /\/(\S+) [\d.]+ Tf/.exec(appearance ?? '')?.[1] ?? '';
    });
    expect(used).toEqual(['Helvetica', 'p4-Helvetica', 'p5-Helvetica']);
    for (const each of used) expect(fonts.lookup(name(each))).toBeInstanceOf(PDFDict);
    const parents = parentsOf(pdf);
    for (const { note } of notesOf(pdf).filter((each) => each.note.get(name('Subtype')) === name('Widget')))
      expect(wayUp(pdf, parents.get(note.lookup(name('StructParent'), PDFNumber).asNumber()))).toEqual([
        'Form',
        'Sect',
        'Document',
      ]);
  });

  test('brings nothing that runs, opens or hides', async () => {
    const form = await fillable('甲');
    expect(await whole(form.bytes)).toMatch(/JavaScript[\s\S]*XFA|XFA[\s\S]*JavaScript/);
    const pdf = await append([form]);
    const bytes = await whole(await pdf.save());
    expect(bytes).not.toMatch(
      /\/JS\b|JavaScript|javascript|Launch|GoToR|Rendition|EmbeddedFile|Filespec|OpenAction|\/AA\b|XFA|evil|alert/,
    );
    expect(bytes).not.toContain('a note');
    // Of two bookmarks, one ran a script.
    expect(await bookmarksOf(await finish(pdf))).toEqual([
      [0, '書表', 3],
      [1, '甲', 3],
      [2, 'mark', 3],
    ]);
    expect(
      notesOf(pdf)
        .filter(({ page }) => page === 3)
        .map(({ note }) => note.get(name('Subtype'))?.toString()),
    ).toEqual(['/Widget', '/Widget']);
  });

  test('is stamped at the foot as it is seen, turned or cropped', async () => {
    for (const turn of [0, 90, 180, 270]) {
      const form = await untagged((page) => {
        page.setCropBox(10, 20, 120, 240);
        page.setRotation(degrees(turn));
      });
      const sizes = await pagesOfForms([form]);
      expect(sizes).toEqual([turn % 180 === 0 ? { width: 120, height: 240 } : { width: 240, height: 120 }]);
      const file = await getDocument({ data: await finish(await append([form])), verbosity: 0 }).promise;
      const page = await file.getPage(3);
      const { items } = await page.getTextContent();
      const foot = items.find((item) => 'str' in item && item.str === 'foot1');
      if (!foot || !('transform' in foot)) throw new Error('no foot');
      const view = page.getViewport({ scale: 1 });
      const [x = 0, y = 0] = view.convertToViewportPoint(foot.transform[4], foot.transform[5]);
      const [ahead = 0, level = 0] = view.convertToViewportPoint(
        foot.transform[4] + foot.transform[0],
        foot.transform[5] + foot.transform[1],
      );
      const { width = 0, height = 0 } = sizes[0] ?? {};
      expect([x, y].map(Math.round)).toEqual([width / 2, height - 12]);
      // It is written from left to right.
      expect([Math.round(ahead - x), Math.round(level - y)]).toEqual([9, 0]);
    }
  });

  const layered = (layer: object, shown: (layer: PDFRef) => object, mark = (ref: PDFRef): PDFRef | object => ref) =>
    untagged((page, { context, catalog }) => {
      const ref = context.register(context.obj({ Type: 'OCG', Name: PDFString.of('draft'), ...layer }));
      page.node.set(name('Resources'), context.obj({ Properties: { L: mark(ref) } as never }));
      page.node.set(name('Contents'), context.register(context.stream('/OC /L BDC 0 0 9 9 re f EMC')));
      catalog.set(name('OCProperties'), context.obj({ OCGs: [ref], D: shown(ref) as never }));
    });
  test('keeps its layers, all of which are shown', async () => {
    const pdf = await loadPdf(await finish(await append([await layered({}, () => ({}))])));
    const layers = dictOf(pdf.catalog, 'OCProperties');
    expect(dictOf(layers, 'D').has(name('OFF'))).toBe(false);
    const used = dictOf(dictOf(pdf.getPage(2).node, 'Resources'), 'Properties').get(name('L'));
    expect(used).toBe(layers.lookup(name('OCGs'), PDFArray).get(0));
  });
  test('is refused with a layer that is off, now, in print, or while another is on', async () => {
    const hidden = [
      layered({}, (layer) => ({ OFF: [layer] })),
      layered({}, () => ({ BaseState: 'OFF' })),
      layered({}, (layer) => ({ BaseState: 'OFF', ON: [layer] })),
      layered({ Usage: { Print: { PrintState: 'OFF' } } }, (layer) => ({ AS: [{ Event: 'Print', OCGs: [layer] }] })),
      layered(
        {},
        () => ({}),
        (layer) => ({ Type: 'OCMD', OCGs: [layer], P: 'AllOff' }),
      ),
      layered(
        {},
        () => ({}),
        (layer) => ({ Type: 'OCMD', VE: ['Not', layer] }),
      ),
    ];
    for (const form of await Promise.all(hidden)) {
      const refused = await append([form]).then(
        () => 'let in',
        (error: Error) => error.message,
      );
      expect(refused).toMatch(/layers that are switched off/);
    }
  });

  test('keeps its own maps to characters, however they are written', async () => {
    // U+00A0 is a space to NFKC, and the book has spaces: a map of Chromium's, whose codes have two bytes, would be mended.
    const map = '1 beginbfrange\n<41> <42> <0061>\nendbfrange\n1 beginbfchar\n<43> <00A0>\nendbfchar\nend\n';
    const deflated = Buffer.from(deflateSync(map));
    const written: [string[], Buffer][] = [
      [[], Buffer.from(map)],
      [['FlateDecode'], deflated],
      [['ASCIIHexDecode'], Buffer.from(`${Buffer.from(map).toString('hex')}>`)],
      [['ASCIIHexDecode', 'FlateDecode'], Buffer.from(`${deflated.toString('hex')}>`)],
    ];
    const forms = written.map(([filters, bytes]) =>
      untagged((page, { context }) => {
        const stream = context.stream(new Uint8Array(bytes));
        const [only, ...more] = filters;
        if (only) stream.dict.set(name('Filter'), more.length > 0 ? context.obj(filters) : name(only));
        const font = { Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica', ToUnicode: context.register(stream) };
        page.node.set(name('Resources'), context.obj({ Font: { F: context.register(context.obj(font)) } }));
        page.node.set(name('Contents'), context.register(context.stream('BT /F 12 Tf 20 20 Td (ABCA) Tj ET')));
      }),
    );
    const pdf = await append(await Promise.all(forms));
    const { bytes, faults } = await finishPdf(pdf, { file: 'book.pdf', date: '2026-11-23', source: 'a b' });
    expect(faults.map(({ rule }) => rule)).not.toContain('missing-glyph');
    expect((await see(bytes)).texts.slice(2)).toEqual([1, 2, 3, 4].map((n) => `abafoot${n}`));
    for (const page of (await loadPdf(bytes)).getPages().slice(2)) {
      const font = dictOf(dictOf(dictOf(page.node, 'Resources'), 'Font'), 'F');
      const stream = font.lookup(name('ToUnicode'));
      if (!(stream instanceof PDFRawStream)) throw new Error('no map');
      expect(Buffer.from(decodePDFRawStream(stream).decode()).toString()).toBe(map);
    }
  });
});

describe('a form with tags of its own kind', () => {
  test('brings roles, classes and tags in any order below the book', async () => {
    const form = await untagged((page, pdf) => {
      const { context, catalog } = pdf;
      const inner = context.register(
        context.stream('/P <</MCID 0>> BDC 0 0 1 1 re f EMC', {
          Type: 'XObject',
          Subtype: 'Form',
          BBox: [0, 0, 9, 9],
          StructParents: 1,
        }),
      );
      page.node.set(name('StructParents'), PDFNumber.of(0));
      page.node.set(name('Resources'), context.obj({ XObject: { X: inner } }));
      page.node.set(
        name('Contents'),
        context.register(context.stream('/Kopf <</MCID 1>> BDC 0 0 9 9 re f EMC /P <</MCID 0>> BDC EMC /X Do')),
      );
      const root = context.nextRef();
      const part = context.nextRef();
      const head = context.obj({ Type: 'StructElem', S: 'Kopf', P: part, Pg: page.ref, K: [1], C: 'wide' });
      const body = context.obj({ Type: 'StructElem', S: 'Absatz', P: part, Pg: page.ref, K: { Type: 'MCR', MCID: 0 } });
      const drawn = context.obj({ S: 'P', P: part, K: { Type: 'MCR', Pg: page.ref, Stm: inner, MCID: 0 } });
      // Some makers write elements where references belong, and cycles.
      context.assign(
        part,
        context.obj({ Type: 'StructElem', S: 'Document', P: root, K: [context.register(head), body, drawn, part] }),
      );
      context.assign(
        root,
        context.obj({
          Type: 'StructTreeRoot',
          K: part,
          RoleMap: { Kopf: 'Titel', Titel: 'H1', Absatz: 'P', P: 'P' },
          ClassMap: { wide: { O: 'Layout', Placement: 'Block' } },
        }),
      );
      catalog.set(name('StructTreeRoot'), root);
    });
    const made = await append([form]);
    const pdf = await loadPdf(await finish(made));
    expect(pieces(pdf).filter(({ page }) => page === 3)).toEqual([
      { page: 3, mcid: 1, way: ['H1', 'Div', 'Sect', 'Document'] },
      { page: 3, mcid: 0, way: ['P', 'Div', 'Sect', 'Document'] },
    ]);
    expect(elements(pdf, 'H1').at(-1)?.lookup(name('A'))?.toString()).toContain('/Placement /Block');
    const parents = parentsOf(pdf);
    const drawing = dictOf(dictOf(pdf.getPage(2).node, 'Resources'), 'XObject').lookup(name('X'));
    const key = drawing instanceof PDFRawStream ? drawing.dict.lookup(name('StructParents'), PDFNumber).asNumber() : -1;
    const own = pdf.context.lookup(parents.get(key), PDFArray).get(0);
    expect(wayUp(pdf, own)).toEqual(['P', 'Div', 'Sect', 'Document']);
  });
});

describe('a form of two tables', async () => {
  /** Heads named 1 and 2, cells under them, and tags of a namespace of their own. */
  const form = await untagged((page, pdf) => {
    const { context, catalog } = pdf;
    page.node.set(name('StructParents'), PDFNumber.of(0));
    const content = [0, 1, 2].map((mcid) => `/X <</MCID ${mcid}>> BDC 0 ${mcid} 9 9 re f EMC`).join(' ');
    page.node.set(name('Contents'), context.register(context.stream(content)));
    const space = context.register(context.obj({ Type: 'Namespace', NS: PDFString.of('https://example.org/own') }));
    const [root, table] = [context.nextRef(), context.nextRef()];
    const element = (S: string, K: number, more: object) =>
      context.register(context.obj({ Type: 'StructElem', S, P: table, Pg: page.ref, K, ...more } as never));
    const heads = ['1', '2'].map((id, n) => element('TH', n, { ID: PDFString.of(id) }));
    const cell = element('TD', 2, { A: { O: 'Table', Headers: [PDFString.of('1'), PDFString.of('2')] }, NS: space });
    context.assign(table, context.obj({ Type: 'StructElem', S: 'Table', P: root, K: [...heads, cell] }));
    context.assign(root, context.obj({ Type: 'StructTreeRoot', K: table, Namespaces: [space] }));
    catalog.set(name('StructTreeRoot'), root);
  });
  const pdf = await loadPdf(await finish(await append([form, form])));

  test('has in the book heads of its own, each found by its cells', () => {
    const ids = elements(pdf, 'TH').map((head) => text(head, 'ID'));
    expect(new Set(ids).size).toBe(4);
    const headers = elements(pdf, 'TD').map((cell) =>
      (dictOf(cell, 'A').lookup(name('Headers'), PDFArray).asArray() as PDFString[]).map((id) => id.decodeText()),
    );
    expect(headers).toEqual([ids.slice(0, 2), ids.slice(2)]);
  });
  test('brings the namespaces of its tags', () => {
    const spaces = dictOf(pdf.catalog, 'StructTreeRoot').lookup(name('Namespaces'), PDFArray);
    expect(spaces.size()).toBe(2);
    for (const [n, cell] of elements(pdf, 'TD').entries()) {
      expect(dictOf(cell, 'NS').lookup(name('NS'), PDFString).decodeText()).toBe('https://example.org/own');
      expect(spaces.asArray()).toContain(cell.get(name('NS')));
      expect(spaces.lookup(n, PDFDict).has(name('NS'))).toBe(true);
    }
  });
});

test('what a form draws is not packed anew, unless other readers could not read it', async () => {
  const drawing = Buffer.from('0 0 9 9 re f\n'.repeat(200));
  const filled = (filters: string[], bytes: Uint8Array) =>
    untagged((page, { context }) => {
      const stream = context.stream(bytes, { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 9, 9] });
      stream.dict.set(name('Filter'), context.obj(filters));
      page.node.set(name('Resources'), context.obj({ XObject: { X: context.register(stream) } }));
      page.node.set(name('Contents'), context.register(context.stream('/X Do')));
    });
  const packed = async (filters: string[], bytes: Uint8Array) => {
    const pdf = await append([await filled(filters, bytes)]);
    const stream = dictOf(dictOf(pdf.getPage(2).node, 'Resources'), 'XObject').lookup(name('X'));
    if (!(stream instanceof PDFRawStream)) throw new Error('no drawing');
    expect(Buffer.from(decodePDFRawStream(stream).decode())).toEqual(drawing);
    return { filter: String(stream.dict.lookup(name('Filter'))), kept: Buffer.compare(stream.contents, bytes) === 0 };
  };
  const deflated = deflateSync(drawing, { level: 1 });
  expect(await packed(['FlateDecode'], deflated)).toMatchObject({ kept: true });
  const hex = Buffer.from(`${deflated.toString('hex')}>`);
  expect(await packed(['ASCIIHexDecode', 'FlateDecode'], hex)).toEqual({ filter: '/FlateDecode', kept: false });
});

test('the sizes of a form are told, or why there are none', async () => {
  const form = await untagged((page) => page.setSize(100, 150));
  expect(await sizesOf(form)).toEqual([{ width: 100, height: 150 }]);
  const refused = await sizesOf({ ...form, bytes: form.bytes.slice(0, 99) });
  expect(refused instanceof Refusal && refused.say.en).toContain('is not a whole PDF');
});

describe('a form that cannot be used', async () => {
  const refusal = async (...forms: Form[]): Promise<UserError> => {
    const error = await pagesOfForms(forms).catch((reason: unknown) => reason);
    if (!(error instanceof UserError)) throw new Error(`not a UserError: ${String(error)}`);
    return error;
  };
  const sound = await untagged((page) => page.drawText('WORDS', { x: 20, y: 200 }));
  const encrypted = () =>
    untagged((_, { context }) => {
      context.trailerInfo.Encrypt = context.register(context.obj({ Filter: 'Standard', V: 1, R: 2 }));
    });

  test('because it is protected is a sentence with its name and the mend', async () => {
    const { say, exitCode } = await refusal(await encrypted());
    expect(say.zh).toBe('書表 mandate.pdf 有密碼或權限保護，無法放進手冊。請用原本的軟體另存一份沒有保護的 PDF。');
    expect(say.en).toContain('mandate.pdf is protected by a password');
    expect(exitCode).toBe(1);
  });

  test('because it is broken, cut off or no PDF is a sentence', async () => {
    const { bytes } = sound;
    for (const broken of [
      new Uint8Array(),
      new TextEncoder().encode('PK not a PDF'),
      bytes.slice(0, bytes.length / 2),
      bytes.slice(bytes.length / 2),
    ])
      expect((await refusal({ ...sound, bytes: broken })).say.en).toContain('mandate.pdf is not a whole PDF');
    const empty = await PDFDocument.create();
    expect((await refusal({ ...sound, bytes: await empty.save({ addDefaultPage: false }) })).say.zh).toContain(
      'mandate.pdf 不是完整的 PDF',
    );
  });

  test('because only Acrobat can draw it is a sentence', async () => {
    const form = await untagged((_, { catalog, context }) => catalog.set(name('NeedsRendering'), context.obj(true)));
    expect((await refusal(form)).say.en).toContain('dynamic XFA form');
  });

  test('is told together with all others, and nothing is appended', async () => {
    const bad = { ...sound, file: 'bad.pdf', bytes: new Uint8Array(9) };
    const { say } = await refusal(bad, sound, await encrypted());
    expect(say.en.split('\n').map((line) => /\w+\.pdf/.exec(line)?.[0])).toEqual(['bad.pdf', 'mandate.pdf']);
    const pdf = await loadPdf(book);
    const before = pdf.context.enumerateIndirectObjects().length;
    const stamp = await PDFDocument.create();
    await expect(appendForms(pdf, [sound, bad], { bookmark: '書表', stamp })).rejects.toBeInstanceOf(UserError);
    expect([pdf.getPageCount(), pdf.context.enumerateIndirectObjects().length]).toEqual([2, before]);
  });

  test('with stamps of another size or number is our own mistake', async () => {
    const stamp = await stampsFor([{ width: 100, height: 100 }]);
    const form = await untagged(() => undefined);
    const pdf = await loadPdf(book);
    await expect(appendForms(pdf, [form], { bookmark: 'b', stamp })).rejects.toThrow('not of the size of its page');
    await expect(appendForms(pdf, [form, form], { bookmark: 'b', stamp })).rejects.toThrow('1 stamps for 2 pages');
  });
});
