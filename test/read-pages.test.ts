import { PDFContext, type PDFDocument, PDFName, PDFPageLeaf, type PDFRef } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { readPages } from '../src/pdf/read-pages.js';

type Entries = Record<string, unknown>;
/** A drawing that a page or another drawing may draw by its name. */
type Drawing = { content: string; entries?: Entries; drawings?: Record<string, Drawing> };
type Page = { drawings?: Record<string, Drawing>; looks?: Entries; properties?: Entries; entries?: Entries };

/** What a page of 200 × 100 pt shows; its fonts are half an em wide, `F` of single bytes and `C` of pairs. */
function read(content: string, { drawings = {}, looks = {}, properties = {}, entries = {} }: Page = {}) {
  const context = PDFContext.create();
  const obj = (value: unknown) => context.obj(value as Record<string, never>);
  const fonts = {
    F: { Type: 'Font', Subtype: 'Type1', FirstChar: 0, Widths: Array.from({ length: 256 }, () => 500) },
    C: { Type: 'Font', Subtype: 'Type0', DescendantFonts: [{ Subtype: 'CIDFontType0', DW: 500 }] },
  };
  const resourcesOf = (inner: Record<string, Drawing>): object => ({
    Font: fonts,
    ExtGState: looks,
    Properties: properties,
    XObject: Object.fromEntries(Object.entries(inner).map(([name, each]) => [name, drawn(each)])),
  });
  const drawn = (each: Drawing): PDFRef => {
    const stream = context.flateStream(each.content, { Type: 'XObject', Subtype: 'Form' });
    const own = { BBox: [0, 0, 200, 100], Resources: resourcesOf(each.drawings ?? {}), ...each.entries };
    for (const [name, value] of Object.entries(own)) stream.dict.set(PDFName.of(name), obj(value));
    return context.register(stream);
  };
  const node = PDFPageLeaf.withContextAndParent(context, context.nextRef());
  const all = {
    MediaBox: [0, 0, 200, 100],
    Contents: context.register(context.flateStream(content)),
    Resources: resourcesOf(drawings),
    ...entries,
  };
  for (const [name, value] of Object.entries(all)) node.set(PDFName.of(name), obj(value));
  const [page] = readPages({ getPages: () => [{ node }] } as unknown as PDFDocument);
  if (!page) throw new Error('there is one page');
  return page;
}
const text = (inside: string) => `BT /F 10 Tf ${inside} ET\n`;
/** Each run as its text, and the place of each character to a tenth of a pt. */
const lines = (content: string, page: Page = {}) =>
  read(content, page).runs.map(({ glyphs }) =>
    glyphs.map(({ text: one, x, y }) => `${one} ${x.toFixed(1)} ${y.toFixed(1)}`),
  );

describe('a character stands where its operators put it', () => {
  // The middle of a character of 10 pt: 2.5 pt to the right of where it begins, 3.8 pt above the line.
  test.each<[string, string[][]]>([
    ['20 50 Td (ab) Tj', [['a 22.5 53.8', 'b 27.5 53.8']]],
    ['20 50 Td 2 Tc (ab) Tj', [['a 22.5 53.8', 'b 29.5 53.8']]],
    ['20 50 Td 3 Tw (a b) Tj', [['a 22.5 53.8', '  25.0 50.0', 'b 35.5 53.8']]],
    ['20 50 Td 50 Tz (ab) Tj', [['a 22.5 53.8', 'b 25.0 53.8']]],
    ['20 50 Td 4 Ts (a) Tj', [['a 22.5 57.8']]],
    ['20 50 Td [(a) -500 (b)] TJ', [['a 22.5 53.8', 'b 32.5 53.8']]],
    ['20 50 Td [(a) -1300 (b)] TJ', [['a 22.5 53.8'], ['b 40.5 53.8']]],
    ['20 50 Td (a) Tj 0 -12 TD (b) Tj T* (c) Tj', [['a 22.5 53.8'], ['b 22.5 41.8'], ['c 22.5 29.8']]],
    ["20 50 Td 12 TL (a) Tj (b) '", [['a 22.5 53.8'], ['b 22.5 41.8']]],
    ['20 50 Td 12 TL (a) Tj 1 2 (bc) "', [['a 22.5 53.8'], ['b 22.5 41.8', 'c 29.5 41.8']]],
    ['2 0 0 2 20 50 Tm (a) Tj', [['a 25.0 57.6']]],
    ['20 50 Td (a) Tj ET BT 60 50 Td (b) Tj', [['a 22.5 53.8'], ['b 62.5 53.8']]],
  ])('%s', (inside, expected) => {
    expect(lines(text(inside))).toEqual(expected);
  });
  test('in the matrices of the page and of drawings, and back outside of them', () => {
    const drawings = { X: { content: text('(a) Tj'), entries: { Matrix: [1, 0, 0, 1, 30, 0] } } };
    const content = `q 1 0 0 1 0 40 cm /X Do Q ${text('(b) Tj')}`;
    expect(lines(content, { drawings })).toEqual([['a 32.5 43.8'], ['b 2.5 3.8']]);
  });
  test('and has the size that it has on paper', () => {
    const sizes = (content: string, entries: Entries = {}) => read(content, { entries }).runs.map(({ size }) => size);
    expect(sizes(text('(ab) Tj'))).toEqual([10]);
    expect(sizes(`0.5 0 0 0.5 0 0 cm ${text('(ab) Tj')}`)).toEqual([5]);
    expect(sizes(text('(ab) Tj'), { UserUnit: 2 })).toEqual([20]);
  });
});

describe('marked content', () => {
  const marked = (mark: string, inside: string) => `${mark} BDC ${text(inside)} EMC\n`;
  const told = (content: string, page: Page = {}) => {
    const { runs, words, loose } = read(content, page);
    return { words: Object.fromEntries(words), spoken: runs.map(({ spoken }) => spoken), loose };
  };
  test.each<[string, string, ReturnType<typeof told>]>([
    ['without a tag', text('(a) Tj'), { words: {}, spoken: ['untagged'], loose: true }],
    ['with a number', marked('/P <</MCID 3>>', '(a) Tj'), { words: { 3: 'a' }, spoken: ['tagged'], loose: false }],
    ['that shows nothing', marked('/P <</MCID 3>>', ''), { words: { 3: '' }, spoken: [], loose: false }],
    ['that is passed over', marked('/Artifact <<>>', '(a) Tj'), { words: {}, spoken: ['artifact'], loose: false }],
    [
      'with what is meant instead, once',
      marked('/P <</MCID 0 /ActualText (fee)>>', '(ab) Tj (c) Tj'),
      { words: { 0: 'fee' }, spoken: ['tagged'], loose: false },
    ],
    [
      'with UTF-16 instead',
      marked('/P <</MCID 0 /ActualText <FEFF8CBB>>>', '(a) Tj'),
      { words: { 0: '費' }, spoken: ['tagged'], loose: false },
    ],
    [
      'after an end too many',
      `EMC ${marked('/P <</MCID 1>>', '(a) Tj')}`,
      { words: { 1: 'a' }, spoken: ['tagged'], loose: false },
    ],
    [
      'in a tag without a number',
      `/P <</MCID 1>> BDC ${marked('/Span <<>>', '(a) Tj')} EMC`,
      { words: { 1: 'a' }, spoken: ['tagged'], loose: false },
    ],
    [
      'a rule beside it',
      `0 0 9 9 re f ${marked('/P <</MCID 1>>', '(a) Tj')}`,
      { words: { 1: 'a' }, spoken: ['tagged'], loose: true },
    ],
  ])('%s', (_, content, expected) => {
    expect(told(content)).toEqual(expected);
  });
  test('by a name in the resources', () => {
    const properties = { M: { MCID: 5, ActualText: PDFName.of('no text') } };
    expect(told(marked('/P /M', '(a) Tj'), { properties })).toEqual({
      words: { 5: 'a' },
      spoken: ['tagged'],
      loose: false,
    });
  });
  test('of a drawing: the page has it around it, its own numbers are another count, and its ends are its own', () => {
    const X = { content: `EMC ${text('(a) Tj')} ${marked('/P <</MCID 7>>', '(b) Tj')}` };
    const all = told('/P <</MCID 0>> BDC /X Do EMC', { drawings: { X } });
    expect(all).toEqual({ words: { 0: 'ab' }, spoken: ['tagged'], loose: false });
    expect(told('/X Do', { drawings: { X: { content: marked('/P <</MCID 7>>', '(b) Tj') } } }).words).toEqual({});
  });
});

describe('what is not seen', () => {
  const unseen = (content: string, page: Page = {}) =>
    read(content, page).unseen.map((each) => `${each.why} ${each.text}`);
  const middle = text('50 50 Td (ab) Tj');
  test.each<[string, string, string[]]>([
    ['black on white is seen', middle, []],
    ['white on white', `1 g ${middle}`, ['ground ab']],
    ['white on black is seen', `0 g 0 0 200 100 re f 1 g ${middle}`, []],
    ['white beside the black', `0 g 0 0 40 100 re f 1 g ${middle}`, ['ground ab']],
    ['white by red, green and blue', `1 1 1 rg ${middle}`, ['ground ab']],
    ['no ink of a press', `0 0 0 0 k ${middle}`, ['ground ab']],
    ['white of a space by name', `/DeviceGray cs 1 sc ${middle}`, ['ground ab']],
    ['what a space of its own calls 1 cannot be told', `/Own cs 1 sc ${middle}`, []],
    ['covered', `${middle} 0.5 g 0 0 200 100 re f`, ['covered ab']],
    ['covered by half is seen', `${middle} 0.5 g 0 0 55 100 re f`, ['covered a']],
    ['covered within a clip of its size', `${middle} 0 0 200 100 re W n 0.5 g 0 0 200 100 re f`, ['covered ab']],
    [
      'covered within a clip of another form cannot be told',
      `${middle} 0 50 m 100 0 l 200 50 l 100 100 l h W n 0.5 g 0 0 200 100 re f`,
      [],
    ],
    ['a broad line over it', `${middle} 40 w 0 53 m 200 53 l S`, ['covered ab']],
    ['a line over it that leaves its edges', `${middle} 6 w 0 53 m 200 53 l S`, []],
    ['a thin line over it', `${middle} 2 w 0 53 m 200 53 l S`, []],
    ['set to be invisible', `3 Tr ${middle}`, ['invisible ab']],
    ['filled with white and outlined in black cannot be told', `1 g 2 Tr ${middle}`, []],
    ['outlined in white', `1 G 1 Tr ${middle}`, ['ground ab']],
  ])('%s', (_, content, expected) => {
    expect(unseen(content)).toEqual(expected);
  });
  test('a text that nearly all shines through, also by the look of the group it is in', () => {
    const looks = { Faint: { ca: 0.1 }, Mixed: { BM: 'Multiply' } };
    const X = { content: middle, entries: { Group: { S: 'Transparency' } } };
    expect(unseen(`/Faint gs ${middle}`, { looks })).toEqual(['ground ab']);
    expect(unseen('/Faint gs /X Do', { looks, drawings: { X } })).toEqual(['ground ab']);
    expect(unseen('/X Do', { looks, drawings: { X } })).toEqual([]);
    expect(unseen(`/Mixed gs 1 g ${middle}`, { looks })).toEqual([]);
  });
  test('is in no text that is seen, nor is what lies outside of the page', () => {
    expect(read(`${middle} 1 g ${text('50 20 Td (cd) Tj')}`).seen).toBe('ab');
    expect(read(`${middle} ${text('300 20 Td (cd) Tj')}`).seen).toBe('ab');
  });
});

describe('what a frame cuts', () => {
  const cut = (content: string, page: Page = {}) => read(content, page).runs.map((run) => run.cut);
  test.each<[string, string, boolean]>([
    ['a frame around it', '40 40 60 30 re W n', false],
    ['a frame that takes the half pt that rounding takes', '50.5 40 60 30 re W n', false],
    ['a frame that takes more', '51 40 60 30 re W n', true],
    ['the second of two frames', '40 40 60 30 re W n 0 0 200 52 re W n', true],
    ['a frame that was restored', 'q 0 0 9 9 re W n Q', false],
  ])('%s', (_, frame, expected) => {
    expect(cut(`${frame} ${text('50 50 Td (ab) Tj')}`)).toEqual([expected]);
  });
  test('also where the frame is that of a drawing, or cuts the last character alone', () => {
    const X = { content: text('50 50 Td (ab) Tj'), entries: { BBox: [40, 40, 57, 70] } };
    expect(cut('/X Do', { drawings: { X } })).toEqual([true]);
  });
});

test('a glyph that the font lacks is told of its run, wherever it stands in it', () => {
  const missing = (shown: string) => read(`BT /C 10 Tf 20 50 Td ${shown} Tj ET`).runs.map((run) => run.missing);
  expect([missing('<00010002>'), missing('<00010000>'), missing('<00000001>')]).toEqual([[false], [true], [true]]);
});

test('a drawing that draws itself is drawn once', () => {
  const inner: Drawing = { content: text('(a) Tj') };
  const X: Drawing = { content: '/Y Do /Y Do', drawings: { Y: inner } };
  expect(read('/X Do', { drawings: { X } }).seen).toBe('aa');
  const context = PDFContext.create();
  const own = context.nextRef();
  const resources = context.obj({ XObject: { X: own }, Font: { F: { Type: 'Font', Subtype: 'Type1' } } });
  const stream = context.flateStream(`${text('(a) Tj')} /X Do`, {
    Type: 'XObject',
    Subtype: 'Form',
    Resources: resources,
  });
  context.assign(own, stream);
  const node = PDFPageLeaf.withContextAndParent(context, context.nextRef());
  node.set(PDFName.of('MediaBox'), context.obj([0, 0, 200, 100]));
  node.set(PDFName.of('Contents'), context.register(context.flateStream('/X Do')));
  node.set(PDFName.of('Resources'), resources);
  expect(readPages({ getPages: () => [{ node }] } as unknown as PDFDocument)[0]?.seen).toBe('a');
});
