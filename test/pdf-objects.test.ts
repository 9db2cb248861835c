import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFNumber, PDFString } from '@cantoo/pdf-lib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edited, rounded, row } from '../src/pdf/content-stream.js';
import {
  type Box,
  boxIn,
  holds,
  invert,
  type Matrix,
  meets,
  onto,
  overlap,
  times,
  turned,
} from '../src/pdf/geometry.js';
import {
  arrayAt,
  dictAt,
  dictsIn,
  eachAt,
  listAt,
  nameAt,
  namedPlaces,
  needArray,
  needDict,
  numberAt,
  numbersIn,
  textAt,
  valueAt,
} from '../src/pdf/objects.js';

const pdf = await PDFDocument.create();
const { context } = pdf;
const list = context.obj([1, 2.5, 'Name']);
const dict = context.obj({ Number: 0, Name: 'A B', List: list, Dict: { Kind: 'inner' }, True: true });
dict.set(PDFName.of('Text'), PDFHexString.fromText('規費'));
dict.set(PDFName.of('Stream'), context.register(context.flateStream('q Q', { Kind: 'stream' })));
for (const name of ['Number', 'List', 'Dict'])
  dict.set(PDFName.of(`To${name}`), context.register(dict.get(PDFName.of(name)) ?? list));
dict.set(PDFName.of('Gone'), context.nextRef());

describe('what stands under a name', () => {
  test('is read where it is of the kind asked for, and else is as if it were not there', () => {
    expect([numberAt(dict, 'Number'), numberAt(dict, 'Name'), numberAt(dict, 'None')]).toEqual([
      0,
      undefined,
      undefined,
    ]);
    expect([nameAt(dict, 'Name'), nameAt(dict, 'Text'), nameAt(dict, 'None')]).toEqual(['A B', '', '']);
    expect([textAt(dict, 'Text'), textAt(dict, 'Name')]).toEqual(['規費', undefined]);
    expect([arrayAt(dict, 'List'), arrayAt(dict, 'Dict'), listAt(dict, 'Dict')]).toEqual([list, undefined, []]);
    expect(valueAt(undefined, 'Name')).toBeUndefined();
  });
  test('is followed through references, also to nowhere', () => {
    expect([numberAt(dict, 'ToNumber'), arrayAt(dict, 'ToList')]).toEqual([0, list]);
    expect(nameAt(dictAt(dict, 'ToDict'), 'Kind')).toBe('inner');
    expect([valueAt(dict, 'Gone'), dictAt(dict, 'Gone')]).toEqual([undefined, undefined]);
  });
  test('is a dictionary also where a stream begins with it', () => {
    expect(nameAt(dictAt(dict, 'Stream'), 'Kind')).toBe('stream');
    expect(dictsIn(dict).map((each) => nameAt(each, 'Kind'))).toEqual(['inner', 'stream', 'inner']);
  });
  test('is one thing or several', () => {
    expect(eachAt(dict, 'List')).toEqual(list.asArray());
    expect(eachAt(dict, 'Name')).toEqual([PDFName.of('A B')]);
    expect(eachAt(dict, 'None')).toEqual([undefined]);
  });
  test('are the numbers of an array, with another for what is none', () => {
    expect(numbersIn(list)).toEqual([1, 2.5, 0]);
    expect(numbersIn(list, 9)).toEqual([1, 2.5, 9]);
    expect(numbersIn(undefined)).toEqual([]);
  });
  test('is made where it is needed, once', () => {
    const fresh = context.obj({ Number: 1 });
    expect(needDict(fresh, 'Dict')).toBe(needDict(fresh, 'Dict'));
    expect(needArray(fresh, 'Number')).toBeInstanceOf(PDFArray);
    expect(fresh.get(PDFName.of('Dict'))).toBeInstanceOf(PDFDict);
  });
});

test('places are named in both lists, and the tree of names prevails', async () => {
  const file = await PDFDocument.create();
  const { catalog } = file;
  catalog.set(PDFName.of('Dests'), file.context.obj({ one: 1, both: 2 }));
  const names = file.context.obj([PDFString.of('both'), PDFNumber.of(3), PDFString.of('two'), PDFNumber.of(4)]);
  catalog.set(PDFName.of('Names'), file.context.obj({ Dests: { Kids: [{ Names: names }] } }));
  expect([...namedPlaces(file)].map(([name, value]) => `${name} ${value}`)).toEqual(['one 1', 'both 3', 'two 4']);
});

describe('a content stream is written', () => {
  test('with its edits in any order, and the rest as it was', () => {
    const edits = [
      { from: 7, to: 9, text: 'Z' },
      { from: 2, to: 2, text: '++' },
      { from: 0, to: 1, text: '' },
    ];
    expect(edited('0123456789', edits)).toBe('1++23456Z9');
    expect(edited('0123', [])).toBe('0123');
  });
  test('with numbers to four places, without exponent and without -0', () => {
    expect(row([1, -0.00001, 1e-7, 0.12345, 1 / 3])).toBe('1 0 0 0.1235 0.3333');
    expect(Object.is(rounded(-0.00001), 0)).toBe(true);
  });
});

describe('boxes and matrices', () => {
  const number = fc.integer({ min: -50, max: 50 });
  const matrix = fc
    .tuple(number, number, number, number, number, number)
    .filter(([a, b, c, d]) => a * d !== b * c) as fc.Arbitrary<Matrix>;
  const close = (one: readonly number[], other: readonly number[]) =>
    one.every((each, i) => Math.abs(each - (other[i] ?? Number.NaN)) < 1e-6);

  test('a matrix and its inverse lead back; two in one do what both do', () => {
    fc.assert(
      fc.property(matrix, matrix, number, number, (a, b, x, y) => {
        const [px, py] = onto(a, x, y);
        const [qx, qy] = onto(b, x, y);
        return close(onto(invert(a), px, py), [x, y]) && close(onto(times(a, b), x, y), onto(a, qx, qy));
      }),
    );
  });
  test('a box that is turned holds its corners, and touches each side with one of them', () => {
    fc.assert(
      fc.property(matrix, number, number, number, number, (m, x, y, width, height) => {
        const box: Box = [x, y, x + Math.abs(width), y + Math.abs(height)];
        const corners = [box[0], box[2]].flatMap((cx) => [box[1], box[3]].map((cy) => onto(m, cx, cy)));
        const [xs, ys] = [corners.map(([cx]) => cx), corners.map(([, cy]) => cy)];
        return close(turned(m, box), [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]);
      }),
    );
  });
  test.each<[Box, boolean, boolean]>([
    [[2, 2, 8, 8], true, true],
    [[-0.05, 0, 10, 10.05], true, true],
    [[-0.06, 0, 10, 10], true, false],
    [[10, 0, 20, 10], false, false],
    [[9.9, 0, 20, 10], true, false],
    [[2, 2, 2, 8], false, true],
  ])('%j beside [0, 0, 10, 10]: meets %s, held %s', (box, met, held) => {
    const page: Box = [0, 0, 10, 10];
    expect([meets(page, box), meets(box, page), holds(page, box)]).toEqual([met, met, held]);
  });
  test('what two boxes share, and a box by any two opposite corners', () => {
    expect(overlap([0, 0, 10, 10], [5, -5, 20, 5])).toEqual([5, 0, 10, 5]);
    expect(boxIn(context.obj([10, 0, 0, 20]))).toEqual([0, 0, 10, 20]);
    expect(boxIn(context.obj([10, 0, 0]))).toBeUndefined();
  });
});
