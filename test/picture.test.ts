// Logo and seal: what can be printed, and what is said of the rest.
import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Output } from '../src/document/output.js';
import badges from '../src/outputs/badges.js';
import hall from '../src/outputs/hall.js';
import handbook from '../src/outputs/handbook/handbook.js';
import leaflets from '../src/outputs/leaflets.js';
import notices from '../src/outputs/notices.js';
import posters from '../src/outputs/posters/posters.js';
import { picturesIn } from '../src/theme/images.js';
import { kitFor } from './outputs/kit.js';
import { CONTENT } from './outputs/sheets.js';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string, 'latin1')));
const of = (name: string, content: Uint8Array | string) =>
  picturesIn([
    { name, path: `content/images/${name}`, bytes: typeof content === 'string' ? Buffer.from(content) : content },
  ]);

/** 3 × 2 pixels of grey, unless something else is asked for. */
function png({
  width = 3,
  pixels = Buffer.alloc(2 * (width + 1)),
  packed = deflateSync(pixels),
  head = [8, 0, 0, 0, 0],
} = {}) {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const around = Buffer.alloc(8);
    around.writeUInt32BE(data.length);
    around.writeUInt32BE(crc32(named), 4);
    return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)]);
  };
  const size = Buffer.from([0, 0, width >> 8, width & 255, 0, 0, 0, 2]);
  return Buffer.concat([
    bytes([0x89], 'PNG\r\n\x1a\n'),
    chunk('IHDR', Buffer.concat([size, Buffer.from(head)])),
    chunk('IDAT', packed),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
/** The same with one byte changed. */
const spoilt = (whole: Buffer, at: number): Buffer => {
  const copy = Buffer.from(whole);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
};
/** 3 × 2 pixels; of the picture only where it begins and ends is true. */
const jpeg = bytes(
  [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xdb, 0, 3, 0, 0xff, 0xc0, 0, 11, 8, 0, 2, 0, 3, 1, 1, 0x11, 0],
  [0xff, 0xda, 0, 3, 0, 1, 2, 0xff, 0, 3, 0xff, 0xd0, 4, 0xff, 0xd9],
);
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
  test('leaves behind who made it, where and with what, and what lies behind its end', () => {
    const put = (name: string, content: Uint8Array): Buffer =>
      Buffer.from(of(name, content).pictures.get(name)?.address.split(',')[1] ?? '', 'base64');
    const whole = png();
    const told = Buffer.concat([Buffer.from('tEXt'), Buffer.from('Author\0secret')]);
    const sizes = Buffer.alloc(8);
    sizes.writeUInt32BE(told.length - 4);
    sizes.writeUInt32BE(crc32(told), 4);
    const text = Buffer.concat([sizes.subarray(0, 4), told, sizes.subarray(4)]);
    // Behind IHDR.
    const loud = Buffer.concat([whole.subarray(0, 33), text, whole.subarray(33), Buffer.from('secret')]);
    expect(put('a.png', loud).equals(whole)).toBe(true);

    const segment = (marker: number, ...data: (string | number[])[]): Uint8Array => {
      const inside = bytes(...data);
      return bytes([0xff, marker, 0, inside.length + 2], [...inside]);
    };
    /** Little-endian Exif of two entries: who, and how the picture is turned. */
    const exif = (turned: number): Uint8Array =>
      segment(
        0xe1,
        'Exif\0\0II*\0',
        [8, 0, 0, 0, 2, 0, 0x3b, 1, 2, 0, 4, 0, 0, 0],
        'sec\0',
        [0x12, 1, 3, 0],
        [1, 0, 0, 0, turned, 0, 0, 0],
      );
    const jfif = segment(0xe0, 'JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0]);
    const profile = segment(0xe2, 'ICC_PROFILE\0', [1, 1, 7]);
    const picture = jpeg.subarray(8);
    const made = (...parts: Uint8Array[]): Buffer => Buffer.concat([jpeg.subarray(0, 2), ...parts, picture]);
    const photograph = (turned: number) =>
      Buffer.concat([
        made(jfif, exif(turned), segment(0xfe, 'secret'), profile, segment(0xe2, 'MPF\0')),
        Buffer.from('secret'),
      ]);
    expect(put('a.jpg', photograph(1)).equals(made(jfif, profile))).toBe(true);
    const kept = segment(0xe1, 'Exif\0\0MM\0*', [0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]);
    expect(put('a.jpg', photograph(6)).equals(made(jfif, kept, profile))).toBe(true);
  });
  test('in SVG is written anew, well-formed', () => {
    const { pictures, faults } = of(
      'a.svg',
      svg(
        `<linearGradient id='g'/><circle cx = "15" cy="10" r="9" fill="url(#g)" ><title>甲 &#38; 乙</title></circle>`,
      ),
    );
    expect(faults).toEqual([]);
    const text = Buffer.from(pictures.get('a.svg')?.address.split(',')[1] ?? '', 'base64').toString();
    expect(text).toContain('<circle cx="15" cy="10" r="9" fill="url(#g)"><title>甲 &#x26; 乙</title></circle>');
    expect(text).toContain('xmlns="http://www.w3.org/2000/svg"');
  });
  test.each([
    ['a.png', png().subarray(0, -6), '不完整'],
    ['a.png', spoilt(png(), 29), '不完整'],
    ['a.png', spoilt(png(), 45), '不完整'],
    ['a.png', png({ pixels: Buffer.alloc(7) }), '不完整'],
    ['a.png', png({ pixels: Buffer.alloc(8, 9) }), '不完整'],
    ['a.png', png({ pixels: Buffer.alloc(50_000_000) }), '不完整'],
    ['a.png', png({ packed: Buffer.from('no zlib') }), '不完整'],
    ['a.png', png({ packed: deflateSync(Buffer.alloc(8)).subarray(0, -2) }), '不完整'],
    ['a.png', png({ head: [8, 3, 0, 0, 0] }), '不完整'],
    ['a.png', png({ head: [3, 0, 0, 0, 0] }), '不完整'],
    ['a.png', png({ width: 5000 }), '5000 × 2 像素'],
    ['a.jpg', jpeg.subarray(0, 20), '不完整'],
    ['a.jpg', jpeg.subarray(0, -2), '不完整'],
    ['a.jpg', bytes([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 2, 0, 3, 1, 1, 0x11, 0, 0xff, 0xd9]), '不完整'],
    ['a.png', 'GIF89a', '不是 PNG'],
    ['a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', '沒有寫明大小'],
    ['a.svg', svg('<script>alert(1)</script>'), '<script>'],
    ['a.svg', svg('<g onload="alert(1)"/>'), 'onLoad'],
    ['a.svg', svg('<image href="file:///etc/passwd"/>'), 'href'],
    [
      'a.svg',
      svg('<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://example.org/a.svg#a"/>'),
      'xLinkHref',
    ],
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

describe('an SVG that is not well-formed', () => {
  const head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20">\n';
  test.each([
    [`${head}<g>\n</svg>`, '</svg>', '這裡應該是 </g>'],
    [`${head}<g/>`, '<svg', '<svg> 沒有結束'],
    [`${head}<circle r=9/></svg>`, '<circle', '屬性要寫成'],
    [`${head}<circle r="9/></svg>`, '<circle', '屬性要寫成'],
    [`${head}<circle r="9"`, '<circle', '屬性要寫成'],
    [`${head}<circle r="9" r="8"/></svg>`, ' r="8"', '寫了兩次'],
    [`${head}<title>甲 & 乙</title></svg>`, '& 乙', '&amp;'],
    [`${head}<title>&nbsp;</title></svg>`, '&nbsp;', '&amp;'],
    [`${head}<title>a < b</title></svg>`, '< b', '不是元素的名稱'],
    [`${head}<!-- no end </svg>`, '<!--', '沒有結束'],
    [`${head}<use xlink:href="#a"/></svg>`, '<use', 'xmlns:xlink'],
    [`${head}</svg><svg/>`, '<svg/>', '最外層'],
    [`${head}</svg>\n乙`, '\n乙', '最外層'],
    [`<?xml version="1.0"?>\n<svg viewBox="0 0 30 20"></svg>`, '<svg', 'xmlns='],
    [`${head}<g><text y="9">分署</text></g></svg>`, '<text', '文字元素'],
  ])('%j is told at its place', (text, at, said) => {
    const { pictures, faults } = of('a.svg', text);
    expect(pictures.size).toBe(0);
    expect(faults.map(({ rule }) => rule)).toEqual(['image-file']);
    expect(faults[0]?.message.zh).toContain(said);
    const { span } = faults[0] ?? {};
    expect(span?.source.text.slice(span.start)).toBe(text.slice(text.lastIndexOf(at)));
  });
  test('what drawing programs write is', () => {
    const written = `\uFEFF<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<!-- made -->
<svg version="1.1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
\tviewBox="0 0 30 20"\t>
<style type="text/css"><![CDATA[ .a { fill: #000 } ]]></style>
<defs><path id="a" d="M0 0h9v9z"/></defs><use xlink:href="#a" class='a' /></svg>
`;
    expect(of('a.svg', written).faults).toEqual([]);
  });
  test('takes little time, whatever it is', () => {
    const began = Date.now();
    for (const text of [
      '<a '.repeat(200_000),
      '<a b="'.repeat(150_000),
      '&'.repeat(900_000),
      `<a${' b=""'.repeat(180_000)}`,
    ])
      expect(of('a.svg', `<svg>${text}`).faults).toHaveLength(1);
    expect(Date.now() - began).toBeLessThan(10_000);
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
    const { faults } = of('a.svg', svg('<title>應繳&#8238;002 元</title>'));
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
