// Files other than PDFs keep what they declare, and stay what they are.
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { trusted } from '../src/core/html.js';
import { sealed } from '../src/core/sealed.js';
import {
  declaredInFile,
  drawingDeclaring,
  mermaidDeclaring,
  pngDeclaring,
} from '../src/document/declaration-in-file.js';
import { svgElement } from '../src/document/drawing.js';

const DECLARES = '{"servicebook":2,"a":"<b>&\\u0001 \'x\' 甲--></metadata>%%"}';
/** The smallest picture: one white pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg==',
  'base64',
);

describe('what is kept in a file is read back', () => {
  test.each([
    ['a drawing', Buffer.from(drawingDeclaring(svgElement('svg', {}, svgElement('title', {}, '甲')), DECLARES))],
    ['a chart as text', Buffer.from(mermaidDeclaring('flowchart TB\n  a --> b', DECLARES))],
    ['a picture', pngDeclaring(PNG, DECLARES)],
    [
      'a page',
      Buffer.from(sealed(trusted('<!doctype html><html lang="zh"><head><title>甲</title></head></html>'), DECLARES)),
    ],
  ])('from %s', (_, bytes) => {
    expect(declaredInFile(bytes)).toBe(DECLARES);
  });
  test('and the same declaration gives the same bytes', () => {
    expect(pngDeclaring(PNG, DECLARES).equals(pngDeclaring(PNG, DECLARES))).toBe(true);
  });
  test('and nothing from other files', () => {
    for (const bytes of [
      PNG,
      PNG.subarray(0, 20),
      Buffer.from(''),
      Buffer.from('flowchart TB\n%% servicebooks {}'),
      Buffer.from('<svg></svg>'),
    ])
      expect(declaredInFile(bytes)).toBeUndefined();
    const bomb = pngDeclaring(PNG, '甲'.repeat(40_000_000));
    expect(declaredInFile(bomb)).toBeUndefined();
  });
});

test('a picture with a declaration is still the picture', () => {
  const png = pngDeclaring(PNG, DECLARES);
  const chunks: [string, Buffer][] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12)
    chunks.push([png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at))]);
  expect(chunks.map(([kind]) => kind)).toEqual(['IHDR', 'iTXt', 'IDAT', 'IEND']);
  expect(inflateSync(chunks[2]?.[1] ?? '')).toEqual(Buffer.from([0, 255]));
});
