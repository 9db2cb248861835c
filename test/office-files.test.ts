// ODT and DOCX: what is in them can be read by any XML reader, and the same paper is the same bytes.
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { OfficeDocument } from '../src/office-files/document.js';
import { docxOf } from '../src/office-files/docx.js';
import { odtOf } from '../src/office-files/odt.js';
import { PAPER } from './office/paper.js';

const filesIn = (bytes: Uint8Array): Map<string, string> =>
  new Map(Object.entries(unzipSync(bytes)).map(([name, each]) => [name, strFromU8(each)]));
/** Tags that are not closed where they were opened. */
function unclosed(xml: string): string[] {
  const open: string[] = [];
  for (const [, close, name = '', alone] of xml.matchAll(/<(\/?)([\w:-]+)[^>]*?(\/?)>/g)) {
    if (alone === '/') continue;
    if (close === '') open.push(name);
    else if (open.pop() !== name) return [name];
  }
  return open;
}

describe.each([
  ['ODT', odtOf, 'content.xml'],
  ['DOCX', docxOf, 'word/document.xml'],
] as const)('%s', (_, write, body) => {
  test('is well-formed in every part, and the same bytes each time', () => {
    for (const [name, xml] of filesIn(write(PAPER))) if (name !== 'mimetype') expect(unclosed(xml), name).toEqual([]);
    expect(write(PAPER)).toEqual(write(structuredClone(PAPER)));
  });
  test('holds every text, escaped, and nothing that XML cannot', () => {
    const evil: OfficeDocument = {
      ...PAPER,
      title: 'a & b',
      blocks: [{ paragraph: { style: 'text', runs: [{ text: '<甲> & "乙"\u0000\u0001\ud800\uffff 臺' }] } }],
    };
    const xml = filesIn(write(evil)).get(body) ?? '';
    expect(xml).toContain('&lt;甲&gt; &amp; &quot;乙&quot; 臺');
    for (const sign of ['\u0000', '\u0001', '\uffff']) expect(xml).not.toContain(sign);
  });
  test('underlines what is underlined', () => {
    const xml = filesIn(write(PAPER)).get(body) ?? '';
    expect(xml).toMatch(/(text:style-name="underlined">|<w:u w:val="single"\/><\/w:rPr><w:t xml:space="preserve">)30</);
  });
});

test('an ODT begins with its type, stored as it is, so that it is known without being unpacked', () => {
  expect(strFromU8(odtOf(PAPER).subarray(30, 30 + 8 + 39))).toBe('mimetypeapplication/vnd.oasis.opendocument.text');
});
