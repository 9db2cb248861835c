// Logo and seal: what can be printed, and what is said of the rest.
import { describe, expect, test } from 'vitest';
import type { Output } from '../src/document/output.js';
import badges from '../src/outputs/badges.js';
import hall from '../src/outputs/hall.js';
import handbook from '../src/outputs/handbook/handbook.js';
import leaflets from '../src/outputs/leaflets.js';
import notices from '../src/outputs/notices.js';
import posters from '../src/outputs/posters.js';
import { picturesIn } from '../src/theme/images.js';
import { kitFor } from './outputs/kit.js';
import { CONTENT } from './outputs/sheets.js';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string, 'latin1')));
const of = (name: string, content: Uint8Array | string) =>
  picturesIn([
    { name, path: `content/images/${name}`, bytes: typeof content === 'string' ? Buffer.from(content) : content },
  ]);

/** 3 × 2 pixels; only what is looked at is true. */
const png = (width = 3, end = 'IEND\0\0\0\0') =>
  bytes([0x89], 'PNG\r\n\x1a\n', '\0\0\0\rIHDR', [0, 0, width >> 8, width & 255, 0, 0, 0, 2], '\0'.repeat(21), end);
const jpeg = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 2, 0, 3, 1, 1, 0x11, 0, 0xff, 0xd9]);
const svg = (inner: string) =>
  `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20">${inner}</svg>`;

describe('a picture', () => {
  test.each([
    ['a.png', png(), 'png'],
    ['a.jpg', jpeg, 'jpeg'],
  ])('%s is taken with its size', (name, content, kind) => {
    const { pictures, faults } = of(name, content);
    expect(faults).toEqual([]);
    expect(pictures.get(name)).toMatchObject({
      width: 3,
      height: 2,
      address: expect.stringContaining(`data:image/${kind};base64,`),
    });
  });
  test('in SVG is written anew, well-formed', () => {
    const { pictures, faults } = of(
      'a.svg',
      svg('<linearGradient id="g"/><circle cx=15 cy=10 r=9 fill="url(#g)"><title>甲</title></circle><br>'),
    );
    expect(faults).toEqual([]);
    const text = Buffer.from(pictures.get('a.svg')?.address.split(',')[1] ?? '', 'base64').toString();
    expect(text).toContain('<circle cx="15" cy="10" r="9" fill="url(#g)"><title>甲</title></circle>');
    expect(text).toContain('xmlns="http://www.w3.org/2000/svg"');
  });
  test.each([
    ['a.png', png(3, 'cut off here'), '不完整'],
    ['a.png', png(5000), '5000 × 2 像素'],
    ['a.jpg', jpeg.subarray(0, 20), '不完整'],
    ['a.png', 'GIF89a', '不是 PNG'],
    ['a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', '沒有寫明大小'],
    ['a.svg', svg('<script>alert(1)</script>'), '<script>'],
    ['a.svg', svg('<g onload="alert(1)"/>'), 'onLoad'],
    ['a.svg', svg('<image href="file:///etc/passwd"/>'), 'href'],
    ['a.svg', svg('<use xlink:href="https://example.org/a.svg#a"/>'), 'xLinkHref'],
    ['a.svg', svg('<rect fill="url(https://example.org/a)"/>'), 'fill'],
    ['a.svg', svg('<style>rect { fill: url(//example.org/a) }</style>'), 'url()'],
    ['a.svg', svg('<foreignObject/>'), 'foreignobject'],
  ])('%s that cannot be printed, or would load something, is told', (name, content, said) => {
    const { pictures, faults } = of(name, content);
    expect(pictures.size).toBe(0);
    expect(faults.map(({ rule }) => rule)).toEqual(['image-file']);
    expect(faults[0]?.message.zh).toContain(said);
  });
});

describe('an SVG that would keep a browser busy for ever', () => {
  const nested = Array.from({ length: 30 }, (_, n) => `<g id="a${n + 1}"><use href="#a${n}"/><use href="#a${n}"/></g>`);
  test.each([
    ['nested use', svg(`<g id="a0"><rect width="1" height="1"/></g>${nested.join('')}<use href="#a30"/>`)],
    ['use of itself', svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>')],
    ['deep nesting', svg(`${'<g>'.repeat(50_000)}${'</g>'.repeat(50_000)}`)],
    ['nested use in codes', svg(`${nested.join('').replaceAll('#', '&#35;')}<g id="a0"/><use href="&#x23;a30"/>`)],
    ['a bracket within a value', svg(`${nested.join('').replaceAll('<use', '<use class=">"')}<use href="#a30"/>`)],
    ['deep nesting behind ends of nothing', svg('<g></x>'.repeat(10_000))],
    ['deep nesting behind false ends', svg('<g class="/>">'.repeat(10_000))],
    [
      'patterns of a style sheet',
      svg(
        `${Array.from({ length: 30 }, (_, n) => `<style>.c${n} { fill: url(#p${n}) }</style><pattern id="p${n + 1}"><rect class="c${n}"/><rect class="c${n}"/></pattern>`).join('')}<rect class="c30"/>`,
      ),
    ],
    ['a huge picture', svg('<rect width="1" height="1"/>'.repeat(100_000))],
  ])('%s is told at once', (_, content) => {
    const began = Date.now();
    const { pictures, faults } = of('a.svg', content);
    expect(pictures.size).toBe(0);
    expect(faults.map(({ rule }) => rule)).toEqual(['image-file']);
    expect(faults[0]?.message.zh).toContain('太複雜');
    // Five times what it may take.
    expect(Date.now() - began).toBeLessThan(10_000);
  });
  test('a character that deceives in its text is told', () => {
    const { faults } = of('a.svg', svg('<text y="9">應繳&#8238;002 元</text>'));
    expect(faults.map(({ rule, message }) => [rule, message.zh])).toEqual([
      ['image-file', expect.stringContaining('U+202E')],
    ]);
  });
  test('one that uses a part often, or a gradient, is taken', () => {
    const { faults } = of('a.svg', svg(`<g id="a"><rect width="1" height="1"/></g>${'<use href="#a"/>'.repeat(500)}`));
    expect(faults).toEqual([]);
  });
});

describe('logo and seal', () => {
  const office = `${CONTENT['office.yaml']}標誌: logo.svg\n印信: {檔案: seal.svg, 替代文字: 分署長印}\n`;
  const { pictures } = picturesIn(
    ['logo.svg', 'seal.svg'].map((name) => ({
      name,
      path: name,
      bytes: Buffer.from(svg('<circle cx="15" cy="10" r="9"/>')),
    })),
  );
  test('are pictures with words, and nothing where there is none', () => {
    const kit = kitFor({ ...CONTENT, 'office.yaml': office }, { pictures });
    expect(kit.picture('logo')?.toString()).toContain('alt="範例分署標誌"');
    expect(kit.picture('seal')?.toString()).toContain('alt="分署長印"');
    expect(kitFor(CONTENT).picture('logo')).toBeUndefined();
  });
  test('stand where they belong: the logo on the cover and every head, the seal on the approval of what is no draft', () => {
    const [logo, seal] = ['class="logo"', 'class="seal"'];
    const printed = (output: Output, draft: boolean): string =>
      output
        .render(kitFor({ ...CONTENT, 'office.yaml': office }, { pictures, draft }))
        .map((sheet) => (sheet.kind === 'page' ? sheet.html.toString() : ''))
        .join('');
    for (const output of [posters, hall, notices, leaflets, badges]) expect(printed(output, false)).toContain(logo);
    expect(printed(handbook, false)).toContain(logo);
    expect(printed(handbook, false)).toContain(seal);
    expect(printed(handbook, true)).not.toContain(seal);
  });
});
