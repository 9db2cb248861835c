// PDFs beside their edges: the boxes of a page, and where what is clicked in a form may lead.
import { type PDFArray, PDFDict, PDFDocument, PDFName, type PDFObject, PDFString } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { cleanActions, type Destinations } from '../src/pdf/form-notes.js';
import { boxFaults } from '../src/pdf/preflight/page-boxes.js';

const name = (text: string) => PDFName.of(text);
type Written = Readonly<Record<string, unknown>>;

describe('the boxes of a page', () => {
  /** What is told of a page of 100 × 200 with these boxes. */
  async function told(boxes: Record<string, readonly number[]>): Promise<string[]> {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage([100, 200]);
    for (const [box, numbers] of Object.entries(boxes)) page.node.set(name(box), pdf.context.obj([...numbers]));
    return [...boxFaults(pdf)].map(({ rule, page: n, message }) => `${rule} ${n} ${message.en.split(';')[0]}`);
  }
  const beyond = (box: string, outer: string) => [`page-box 1 The ${box} of the page reaches beyond its ${outer}`];
  test.each<[Record<string, readonly number[]>, string[]]>([
    [{}, []],
    [{ CropBox: [0, 0, 100, 200] }, []],
    [{ CropBox: [100, 200, 0, 0] }, []],
    [{ CropBox: [-1, 0, 100, 200] }, beyond('CropBox', 'MediaBox')],
    [{ CropBox: [0, 0, 100, 201] }, beyond('CropBox', 'MediaBox')],
    [{ TrimBox: [10, 10, 90, 190] }, []],
    [{ TrimBox: [10, 10, 101, 190] }, beyond('TrimBox', 'MediaBox')],
    [{ BleedBox: [5, 5, 95, 195], TrimBox: [5, 5, 95, 195] }, []],
    [{ BleedBox: [5, 5, 95, 195], TrimBox: [4, 5, 95, 195] }, beyond('TrimBox', 'BleedBox')],
    [{ BleedBox: [5, 5, 95, 195], ArtBox: [4, 5, 95, 195] }, []],
    [{ ArtBox: [0, 0, 0, 10] }, ['page-box 1 The ArtBox of the page is empty or wrong']],
    [{ ArtBox: [0, 0, 10] }, ['page-box 1 The ArtBox of the page is empty or wrong']],
    [{ MediaBox: [0, 0, 0, 0] }, ['page-box 1 The MediaBox of the page is empty or wrong']],
  ])('%j', async (boxes, faults) => expect(await told(boxes)).toEqual(faults));
  test('the size may be that of all pages', async () => {
    const pdf = await PDFDocument.create();
    const { node } = pdf.addPage([100, 200]);
    const size = node.get(name('MediaBox'));
    node.delete(name('MediaBox'));
    const faults = () => [...boxFaults(pdf)].map(({ message }) => message.en);
    expect(faults()).toEqual([expect.stringMatching(/^The page does not say its size/)]);
    pdf.context.lookup(node.get(name('Parent')), PDFDict).set(name('MediaBox'), size as PDFArray);
    expect(faults()).toEqual([]);
    // A trimmed size is a page's own.
    pdf.context.lookup(node.get(name('Parent')), PDFDict).set(name('TrimBox'), pdf.context.obj([0, 0, 900, 900]));
    expect(faults()).toEqual([]);
  });
});

describe('where what is clicked leads', async () => {
  const pdf = await PDFDocument.create();
  const pages = [pdf.addPage().ref, pdf.addPage().ref];
  const [first, second] = pages as [(typeof pages)[0], (typeof pages)[0]];
  const other = pdf.context.register(pdf.context.obj({}));
  const { context } = pdf;
  const destinations: Destinations = {
    named: new Map([
      ['here', context.obj([second, 'Fit']) as PDFObject],
      ['wrapped', context.obj({ D: [first, 'Fit'] }) as PDFObject],
    ]),
    pages,
  };
  const cleaned = (written: Written) => {
    const dict = context.obj(written as never) as unknown as PDFDict;
    const leads = cleanActions(dict, destinations);
    return [leads, dict.toString().replace(/\s+/g, ' ')];
  };
  const to = (ref: unknown, how = '/Fit') => `/Dest [ ${ref} ${how} ]`;
  test.each<[string, Written, string]>([
    ['a page', { Dest: [second, 'Fit'] }, to(second)],
    ['a page by its number', { Dest: [1, 'Fit'] }, to(second)],
    ['a name', { Dest: 'here' }, to(second)],
    ['a text', { Dest: PDFString.of('here') }, to(second)],
    ['a name that stands for a group', { Dest: 'wrapped' }, to(first)],
    ['an action', { A: { S: 'GoTo', D: [first, 'Fit'] } }, to(first)],
  ])('%s', (_, written, expected) => {
    const [leads, dict] = cleaned(written);
    expect(leads).toBe(true);
    expect(dict).toContain(expected);
    expect(dict).not.toContain('/A ');
  });
  test('of a field by an action', () => {
    expect(cleaned({ Subtype: 'Widget', Dest: [second, 'Fit'] })[1]).toMatch(/\/A <<[^>]*\/S \/GoTo/);
  });
  test.each(['https://a.tw', 'HTTP://a.tw', 'mailto:a@a.tw', 'tel:02'])('to %s', (address) => {
    const [leads, dict] = cleaned({ A: { S: 'URI', URI: PDFString.of(address), Next: { S: 'Launch' } } });
    expect([leads, dict]).toEqual([true, expect.stringContaining(`(${address})`)]);
    expect(dict).not.toContain('Launch');
  });
  test.each<[string, Written]>([
    ['another file', { A: { S: 'GoToR', D: [first, 'Fit'] } }],
    ['a program', { A: { S: 'Launch', URI: PDFString.of('https://a.tw') } }],
    ['a script', { A: { S: 'URI', URI: PDFString.of('javascript:1') } }],
    ['an address that hides another', { A: { S: 'URI', URI: PDFString.of('x https://a.tw') } }],
    ['a page of none', { Dest: [other, 'Fit'] }],
    ['a number of none', { Dest: [2, 'Fit'] }],
    ['a name of none', { Dest: 'nowhere' }],
    ['nothing', { Dest: [] }],
    ['scripts of its own', { AA: { E: { S: 'JavaScript' } }, PA: { S: 'URI' } }],
  ])('not to %s', (_, written) => {
    const [leads, dict] = cleaned(written);
    expect(leads).toBe(false);
    expect(dict).not.toMatch(/\/(A|AA|PA|Dest) /);
  });
});
