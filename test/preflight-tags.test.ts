import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { obstacles } from '../src/pdf/preflight/pdf-ua.js';
import { tagFaults } from '../src/pdf/preflight/structure.js';
import { readPages } from '../src/pdf/read-pages.js';
import { readStructure } from '../src/pdf/structure.js';

/** A tag, what is in it, and more of its entries. */
type Tag = [role: string, kids?: Tag[], more?: Record<string, unknown>];

/** What speaks against a file of one empty page with these tags, and the rules that its tags break. */
async function found(tags: Tag[], root: Record<string, unknown> = {}) {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const { context, catalog } = pdf;
  pdf.addPage().node.set(PDFName.of('Tabs'), PDFName.of('S'));
  const obj = (entries: object) => context.obj(entries as Record<string, never>);
  const written = ([role, kids = [], more = {}]: Tag): object =>
    obj({ S: role, K: kids.map((kid) => written(kid)), ...more });
  catalog.set(PDFName.of('MarkInfo'), obj({ Marked: true }));
  catalog.set(PDFName.of('StructTreeRoot'), obj({ K: tags.map((tag) => written(tag)), ...root }));
  const contents = readPages(pdf);
  const elements = readStructure(pdf, contents);
  return {
    roles: elements.map(({ role, depth }) => `${depth} ${role}`),
    against: obstacles(pdf, contents, elements, []).map(({ en }) => en),
    rules: [...tagFaults(pdf, contents, elements)].map(({ rule }) => rule),
  };
}
const inDocument = (...tags: Tag[]): Tag[] => [['Document', tags]];

describe('what a tag may stand in', () => {
  test.each<[string, Tag, string[]]>([
    ['a list of items', ['L', [['LI', [['Lbl'], ['LBody']]]]], []],
    ['a list of paragraphs', ['L', [['P']]], ['the tag P may not stand in L']],
    ['an item of text', ['LI', [['LBody']]], ['the tag LI may not stand in Document']],
    ['a body outside of an item', ['L', [['LBody']]], ['the tag LBody may not stand in L']],
    ['a list within a list', ['L', [['L', [['LI', [['LBody']]]]]]], []],
    ['rows in a part of a table', ['Table', [['TBody', [['TR', [['TD']]]]]]], []],
    ['cells right in a table', ['Table', [['TD']]], ['the tag TD may not stand in Table']],
    ['a tag of another standard', ['Aside'], ['the tag Aside is not a standard one']],
    ['a tag named as what every object has', ['constructor', [['P']]], ['the tag constructor is not a standard one']],
  ])('%s', async (_, tag, against) => {
    expect((await found(inDocument(tag))).against).toEqual(against);
  });
  test('a header cell says what it heads, among other attributes too', async () => {
    const table = (A: object): Tag[] => inDocument(['Table', [['TR', [['TH', [], { A }]]]]]);
    const none = ['a header cell does not say what it heads (Scope)'];
    expect((await found(table({ O: 'Table', Scope: 'Row' }))).against).toEqual([]);
    expect((await found(table([{ O: 'Layout' }, { O: 'Table', Scope: 'Row' }]))).against).toEqual([]);
    expect((await found(table({ O: 'Table' }))).against).toEqual(none);
  });
});

describe('roles', () => {
  test('stand for what the map of the file says, over several steps', async () => {
    const RoleMap = { Mine: 'Yours', Yours: 'P' };
    expect(await found(inDocument(['Mine']), { RoleMap })).toEqual({
      roles: ['0 Document', '1 P'],
      against: [],
      rules: [],
    });
  });
  test('that stand for one another, or for themselves, end', async () => {
    const RoleMap = { Mine: 'Yours', Yours: 'Mine', Own: 'Own' };
    const { against } = await found(inDocument(['Own']), { RoleMap });
    expect(against).toEqual(['the tag Own is not a standard one']);
    expect((await found(inDocument(['Mine']), { RoleMap })).against).toHaveLength(1);
  });
});

describe('headings, figures and tables', () => {
  const heading = (...levels: number[]): Tag[] => inDocument(...levels.map((level): Tag => [`H${level}`]));
  test.each<[Tag[], string[]]>([
    [heading(1, 2, 3, 1, 2), []],
    [heading(1, 3), ['heading-level']],
    [heading(2), ['heading-level']],
    [heading(1, 2, 4, 5, 7), ['heading-level']],
    [inDocument(['Figure', [], { Alt: PDFString.of('a map') }]), []],
    [inDocument(['Figure', [], { ActualText: PDFString.of('a map') }]), []],
    [inDocument(['Figure', [], { Alt: PDFString.of(' ') }]), ['figure-alt']],
    [inDocument(['Table', [['TR', [['TH'], ['TD']]]]]), []],
    [inDocument(['Table', [['TR', [['TD'], ['TD']]]], {}], ['TH']), ['table-head']],
    [[], ['tags-missing']],
  ])('%j: %j', async (tags, rules) => {
    expect((await found(tags)).rules).toEqual(rules);
  });
});

test('content without a tag speaks against it, an artifact does not', async () => {
  const drawn = async (around: (text: string) => string) => {
    const pdf = await PDFDocument.create({ updateMetadata: false });
    const page = pdf.addPage();
    const font = pdf.context.obj({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' });
    page.node.setFontDictionary(PDFName.of('F'), pdf.context.register(font));
    const content = pdf.context.flateStream(around('BT /F 12 Tf 50 50 Td (Fee) Tj ET'));
    page.node.set(PDFName.of('Contents'), pdf.context.register(content));
    return obstacles(pdf, readPages(pdf), [], []).map(({ en }) => en);
  };
  expect(await drawn((text) => text)).toEqual(['"Fee" on page 1 has no tag']);
  expect(await drawn((text) => `/Artifact BMC ${text} EMC`)).toEqual([]);
  expect(await drawn((text) => `/P <</MCID 0>> BDC ${text} EMC`)).toEqual(['content of page 1 is not in the tags']);
  expect(await drawn(() => '0 0 10 10 re f')).toEqual(['a drawing on page 1 has no tag']);
});
