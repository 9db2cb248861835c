import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeLinks, fixLists, markArtifacts, nestFigures } from '../src/pdf/accessibility.js';
import { restoreCharacters } from '../src/pdf/characters.js';
import { contentOf, latin1, operatorsOf, unpacked } from '../src/pdf/content-stream.js';
import { textAt } from '../src/pdf/objects.js';
import { settle } from '../src/pdf/page-drawing.js';
import { pagesWithEmptyBox, placesOf } from '../src/pdf/printed.js';
import { readPages } from '../src/pdf/read-pages.js';
import { renumber } from '../src/pdf/renumber.js';

const name = (text: string) => PDFName.of(text);
const obj = (context: PDFContext, entries: object) => context.obj(entries as Record<string, never>);

/** A file of one page that draws this; a tag for each of its pieces, by number, with this role. */
async function page(content: string, roles: string[] = [], more: Record<string, unknown> = {}) {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const { context, catalog } = pdf;
  const { node, ref } = pdf.addPage([200, 300]);
  node.set(name('Contents'), context.register(context.flateStream(content)));
  node.set(name('StructParents'), PDFNumber.of(0));
  node.set(name('Resources'), obj(context, { Font: { F: { Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' } } }));
  const root = context.nextRef();
  const elements = roles.map((S, K) => context.register(obj(context, { S, P: root, Pg: ref, K, ...more })));
  context.assign(
    root,
    obj(context, { K: elements, ParentTree: { Nums: [0, context.register(context.obj(elements))] } }),
  );
  catalog.set(name('StructTreeRoot'), root);
  const element = (i: number) => context.lookup(elements[i], PDFDict);
  const owners = () => context.lookup(root, PDFDict).lookup(name('ParentTree'), PDFDict).lookup(name('Nums'), PDFArray);
  return { pdf, element, elements, owners: () => String(owners().lookup(1)), written: () => contentOf(node) };
}

describe('what is but drawn is an artifact', () => {
  const rule = '0 0 9 1 re f\n';
  const text = (inside: string) => `BT /F 9 Tf ${inside} ET\n`;
  test.each<[string, string, string]>([
    ['a rule without a tag', rule, `/Artifact BMC\n${rule}EMC\n`],
    ['two rules, as one', rule + rule, `/Artifact BMC\n${rule}${rule}EMC\n`],
    ['up to what is saved', `${rule}q\nQ\n`, `/Artifact BMC\n${rule}EMC\nq\nQ\n`],
    ['a path that only clips is none', '0 0 9 1 re W n\n', '0 0 9 1 re W n\n'],
    ['one after a path that only clips', `0 0 9 1 re W n\n${rule}`, `0 0 9 1 re W n\n/Artifact BMC\n${rule}EMC\n`],
    ['text without a tag', text('(a) Tj'), `/Artifact BMC\n${text('(a) Tj')}EMC\n`],
    ['text that shows nothing is none', text(''), text('')],
    [
      'text that shows something before its tagged part is none',
      text('(a) Tj /P <</MCID 0>> BDC (b) Tj EMC'),
      text('(a) Tj /P <</MCID 0>> BDC (b) Tj EMC'),
    ],
    [
      'text of which a part is tagged is none',
      text('/P <</MCID 0>> BDC (a) Tj EMC'),
      text('/P <</MCID 0>> BDC (a) Tj EMC'),
    ],
    ['what is one already is left', `/Artifact BMC\n${rule}EMC\n`, `/Artifact BMC\n${rule}EMC\n`],
  ])('%s', async (_, content, expected) => {
    const { pdf, written, owners, elements } = await page(content, ['P']);
    markArtifacts(pdf);
    expect(written()).toBe(expected);
    expect(owners()).toBe(`[ ${elements[0]} ]`);
  });
  test('a tag around a rule goes, with its place in the tags; around text or in a figure it stays', async () => {
    const marked = (piece: number, inside: string) => `/X <</MCID ${piece}>> BDC\n${inside}EMC\n`;
    const content = marked(0, rule) + marked(1, text('(a) Tj')) + marked(2, rule);
    const { pdf, element, elements, written, owners } = await page(content, ['P', 'P', 'Figure']);
    markArtifacts(pdf);
    expect(written()).toBe(`/Artifact BMC\n${rule}EMC\n${marked(1, text('(a) Tj'))}${marked(2, rule)}`);
    expect([0, 1, 2].map((i) => String(element(i).get(name('K'))))).toEqual(['undefined', '1', '2']);
    expect(owners()).toBe(`[ null ${elements[1]} ${elements[2]} ]`);
  });
  test('a tag that names its pieces with their pages loses the piece of this page alone', async () => {
    const { pdf, element } = await page(`/X <</MCID 0>> BDC\n${rule}EMC\n`, ['P']);
    const { context } = pdf;
    const [here, there] = [pdf.getPage(0).ref, context.nextRef()];
    const piece = (MCID: number, Pg: PDFRef) => context.register(obj(context, { Type: 'MCR', MCID, Pg }));
    const [own, other, next] = [piece(0, here), piece(0, there), piece(1, here)];
    element(0).set(name('K'), context.obj([own, other, next]));
    markArtifacts(pdf);
    expect(String(element(0).get(name('K')))).toBe(String(context.obj([other, next])));
  });
  test('all of a page that has no part in the tags, as an empty one under a running head, if the file has tags', async () => {
    const head = text('(a) Tj');
    const { pdf, written } = await page(head, ['P']);
    pdf.getPage(0).node.delete(name('StructParents'));
    markArtifacts(pdf);
    expect(written()).toBe(`/Artifact BMC\n${head}EMC\n`);
    const untagged = await page(head, ['P']);
    untagged.pdf.getPage(0).node.delete(name('StructParents'));
    untagged.pdf.catalog.delete(name('StructTreeRoot'));
    markArtifacts(untagged.pdf);
    expect(untagged.written()).toBe(head);
  });
  test('a page of a form, which has a crop box, is left alone', async () => {
    const { pdf, written } = await page(rule, ['P']);
    pdf.getPage(0).setCropBox(0, 0, 9, 9);
    markArtifacts(pdf);
    expect(written()).toBe(rule);
  });
});

/** Roles with what is in them, `P(Span 3)`. */
function shape(context: PDFContext, value: PDFObject | undefined): string {
  const found = context.lookup(value);
  if (found instanceof PDFArray)
    return found
      .asArray()
      .map((each) => shape(context, each))
      .join(' ');
  if (!(found instanceof PDFDict)) return String(found ?? '');
  return `${found.lookup(name('S'), PDFName).decodeText()}(${shape(context, found.get(name('K')))})`;
}

describe('lists and figures', () => {
  const tags = async (
    build: (context: PDFContext, add: (S: string, K?: unknown, more?: object) => PDFRef) => PDFRef,
  ) => {
    const pdf = await PDFDocument.create({ updateMetadata: false });
    const { context, catalog } = pdf;
    const add = (S: string, K: unknown = [], more: object = {}): PDFRef => {
      const ref = context.register(obj(context, { S, K, P: PDFRef.of(99_999), ...more }));
      for (const kid of Array.isArray(K) ? K : [K])
        if (kid instanceof PDFRef) context.lookup(kid, PDFDict).set(name('P'), ref);
      return ref;
    };
    const top = build(context, add);
    catalog.set(name('StructTreeRoot'), context.register(obj(context, { K: top })));
    return { pdf, top, shape: () => shape(context, top) };
  };
  test('what stands beside the label of an item is its body', async () => {
    const found = await tags((_, add) =>
      add('L', [
        add('LI', [add('Lbl'), add('P'), add('L')]),
        add('LI', [add('Lbl'), add('LBody')]),
        add('LI', [add('P')]),
      ]),
    );
    fixLists(found.pdf);
    expect(found.shape()).toBe('L(LI(Lbl() LBody(P() L())) LI(Lbl() LBody()) LI(LBody(P())))');
    fixLists(found.pdf);
    expect(found.shape()).toBe('L(LI(Lbl() LBody(P() L())) LI(Lbl() LBody()) LI(LBody(P())))');
  });
  test('content right in an item belongs to the body', async () => {
    const { pdf, owners, elements } = await page('', ['LI']);
    fixLists(pdf);
    expect(shape(pdf.context, elements[0])).toBe('LI(LBody(0))');
    expect(owners()).not.toContain(String(elements[0]));
  });
  test('emphasis is mapped to a span, where there is some', async () => {
    const mapOf = async (role: string) => {
      const { pdf } = await tags((_, add) => add('P', [add(role)]));
      fixLists(pdf);
      return String(pdf.catalog.lookup(name('StructTreeRoot'), PDFDict).lookup(name('RoleMap')));
    };
    expect(await mapOf('Em')).toBe('<<\n/Em /Span\n>>');
    expect(await mapOf('Span')).toBe('undefined');
  });
  test.each([
    ['a figure around a figure that speaks', {}, { Alt: PDFString.of('map') }, 'Div(Figure())'],
    ['one that speaks itself', { Alt: PDFString.of('maps') }, { Alt: PDFString.of('map') }, 'Figure(Figure())'],
    ['one around a figure that does not speak', {}, {}, 'Figure(Figure())'],
  ])('%s', async (_, outer, inner, expected) => {
    const found = await tags((__, add) => add('Figure', add('Figure', [], inner), outer));
    nestFigures(found.pdf);
    expect(found.shape()).toBe(expected);
  });
});

test('a link says its words, else its address, and what it says already stays', async () => {
  const told = async (content: string, note: object) => {
    const { pdf, element } = await page(content, ['Link']);
    const link = pdf.context.register(obj(pdf.context, { Subtype: 'Link', ...note }));
    const object = obj(pdf.context, { Type: 'OBJR', Obj: link });
    element(0).set(name('K'), pdf.context.obj([0, object]));
    describeLinks(pdf, readPages(pdf));
    return textAt(pdf.context.lookup(link, PDFDict), 'Contents');
  };
  const words = '/Link <</MCID 0>> BDC BT /F 9 Tf ( Fees) Tj ET EMC';
  const A = { S: 'URI', URI: PDFString.of('https://example.org') };
  expect(await told(words, { A })).toBe('Fees');
  expect(await told('', { A })).toBe('https://example.org');
  expect(await told('', {})).toBeUndefined();
  expect(await told(words, { A, Contents: PDFString.of('known') })).toBe('known');
});

describe('characters that share a glyph', () => {
  const restored = async (map: string, text: string) => {
    const pdf = await PDFDocument.create({ updateMetadata: false });
    const ref = pdf.context.register(pdf.context.flateStream(`before\n${map}\nafter`));
    pdf.context.register(obj(pdf.context, { Type: 'Font', ToUnicode: ref }));
    restoreCharacters(pdf, new Set(text));
    const found = pdf.context.lookup(ref);
    return found instanceof PDFRawStream ? latin1(unpacked(found)) : '';
  };
  const radical = '1 beginbfchar\n<000A> <2F08>\nendbfchar';
  const written = '1 beginbfchar\n<000A> <4EBA>\nendbfchar';
  test.each([
    ['the one that was printed is written', radical, '申請人', written],
    ['a radical that was printed itself stays', radical, '申請人⼈', radical],
    ['one of which nothing was printed stays', radical, '申請', radical],
    [
      'of a range, each by itself',
      '1 beginbfrange\n<0009> <000A> <2F07>\nendbfrange',
      '人',
      `2 beginbfchar\n<0009> <2F07>\n<000A> <4EBA>\nendbfchar`,
    ],
    ['punctuation too', '1 beginbfchar\n<0001> <2012>\nendbfchar', '–', '1 beginbfchar\n<0001> <2013>\nendbfchar'],
  ])('%s', async (_, map, text, expected) => {
    expect((await restored(map, text)).replace(/\n+/g, '\n')).toBe(`before\n${expected}\nafter`);
  });
});

describe('as Chromium printed it', () => {
  test.each([
    ['<00010002> Tj', false],
    ['<00010000> Tj', true],
    ['<01000001> Tj', false],
    ['(\\000\\000) Tj', true],
    ['[<0001> 120 <0000>] TJ', true],
    ['/Span <</ActualText <FEFF0000>>> BDC <0001> Tj EMC', false],
    ['0 0 0 rg', false],
  ])('%s shows an empty box: %s', async (shown, expected) => {
    const { pdf } = await page(`BT ${shown} ET`);
    expect(pagesWithEmptyBox(pdf)).toEqual([expected]);
  });
  test('a place is told from the top of its page', async () => {
    const { pdf } = await page('');
    const second = pdf.addPage([200, 100]);
    const at = (top: number | null) => obj(pdf.context, [second.ref, 'XYZ', 0, top, 0] as unknown as object);
    pdf.catalog.set(name('Dests'), obj(pdf.context, { head: at(100), low: at(40), none: at(null) }));
    expect(placesOf(pdf)).toEqual({
      head: { page: 2, top: 0 },
      low: { page: 2, top: 60 },
      none: { page: 2, top: 100 },
    });
  });
});

test('a content that is settled closes what it opens and leaves what it did not', () => {
  const step = fc.constantFrom('q', 'Q', '/P <</MCID 1>> BDC', '/Artifact BMC', 'EMC', '(a) Tj');
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), fc.boolean(), (steps, unmarked) => {
      const { content, text } = settle(steps.join('\n'), undefined, unmarked);
      let [saved, marks, lowest] = [0, 0, 0];
      for (const { name: operator, operands } of operatorsOf(content)) {
        saved += operator === 'q' ? 1 : operator === 'Q' ? -1 : 0;
        marks += /^B[MD]C$/.test(operator) ? 1 : operator === 'EMC' ? -1 : 0;
        lowest = Math.min(lowest, saved, marks);
        if (unmarked && operands.some((each) => /^\/(MCID|Artifact)$/.test(each))) return false;
      }
      return saved === 0 && marks === 0 && lowest === 0 && text === steps.includes('(a) Tj');
    }),
  );
});

test('the same objects are the same file, in whatever order and under whatever names they were made', async () => {
  const COUNT = 6;
  const saved = async (order: readonly number[], prefix: string) => {
    const pdf = await PDFDocument.create({ updateMetadata: false });
    const { context, catalog } = pdf;
    const refs = new Map(order.map((i) => [i, context.nextRef()]));
    const root = context.nextRef();
    const ref = (i: number) => refs.get(i) as PDFRef;
    for (const i of order) {
      const head = {
        ID: PDFString.of(`${prefix}${i}`),
        A: { O: 'Table', Headers: [PDFString.of(`${prefix}${(i + 1) % COUNT}`)] },
      };
      context.assign(ref(i), obj(context, { S: 'TH', P: root, K: i, ...head }));
    }
    const elements = Array.from({ length: COUNT }, (_, i) => ref(i));
    context.assign(
      root,
      obj(context, {
        K: elements,
        ParentTree: {
          Nums: elements.flatMap((each, i) => [i, each]),
        },
      }),
    );
    catalog.set(name('StructTreeRoot'), root);
    context.register(context.obj(['nothing leads here']));
    renumber(pdf);
    return latin1(await pdf.save({ useObjectStreams: false, addDefaultPage: false }));
  };
  const first = await saved([0, 1, 2, 3, 4, 5], 'node');
  expect(first).not.toContain('nothing');
  expect(first.match(/cell00000\d/g)?.length).toBe(3 * COUNT);
  // In the order in which they are read aloud.
  expect([...first.matchAll(/ID \(cell0*(\d)\)/g)].map(([, number]) => number)).toEqual([...'123456']);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: COUNT }),
      fc.constantFrom('node', 'n', 'cell'),
      async (order, prefix) => (await saved(order, prefix)) === first,
    ),
    { numRuns: 30 },
  );
});
