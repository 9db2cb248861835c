// Where files other than PDFs keep what they declare, so that they too can be asked: pages, drawings, pictures and charts
// as text. The same declaration gives the same bytes.
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { html } from '../core/html.js';
import { type SvgElement, svgOf } from './drawing.js';

/** A drawing: what is no picture stands last in it. */
export const drawingDeclaring = (tree: SvgElement, declares: string): string =>
  svgOf(tree, html`<metadata class="servicebook">${declares}</metadata>`);

/** Mermaid text: a comment at its end. */
export const mermaidDeclaring = (mermaid: string, declares: string): string =>
  `${mermaid.replace(/\n*$/, '\n')}%% servicebook ${declares}\n`;

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const KEYWORD = 'servicebook';

/** A picture: a compressed chunk iTXt behind its head (PNG, third edition, 11.3.3.4). */
export function pngDeclaring(png: Uint8Array, declares: string): Buffer {
  const head = PNG.length + 25;
  const text = deflateSync(Buffer.from(declares), { level: 9 });
  // Keyword; compressed, with deflate; no language and no translated keyword.
  const body = Buffer.concat([Buffer.from('iTXt'), Buffer.from(KEYWORD), Buffer.from([0, 1, 0, 0, 0]), text]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([png.subarray(0, head), length, body, check, png.subarray(head)]);
}

/** Largest text that is read back from a file anyone may have made, in bytes. */
const LARGEST = 64 * 1024 * 1024;

/** What a page, drawing, picture or chart declares, told by its bytes; `undefined` where it declares nothing. */
export function declaredInFile(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, PNG.length).equals(PNG)) return declaredInPng(bytes);
  if (bytes.length > LARGEST) return undefined;
  const text = bytes.toString('utf8');
  const meta = /^<!doctype html>/i.test(text) && /<meta name="servicebook" content="([^"]*)">/.exec(text)?.[1];
  if (meta) return asWritten(meta);
  const metadata = /<metadata class="servicebook">([^<]*)<\/metadata><\/svg>\s*$/.exec(text)?.[1];
  if (metadata !== undefined) return asWritten(metadata);
  return /(?:^|\n)%% servicebook ([^\n]*)\n?$/.exec(text)?.[1];
}

function declaredInPng(bytes: Buffer): string | undefined {
  for (let at = PNG.length; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const data = bytes.subarray(at + 8, at + 8 + length);
    const begin = `${KEYWORD}\0\u0001\0\0\0`;
    if (bytes.toString('latin1', at + 4, at + 8) === 'iTXt' && data.toString('latin1', 0, begin.length) === begin)
      try {
        return inflateSync(data.subarray(begin.length), { maxOutputLength: LARGEST }).toString('utf8');
      } catch {
        return undefined;
      }
    at += 12 + length;
  }
  return undefined;
}

const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
/** What `escapeText` was given. */
const asWritten = (text: string): string =>
  text.replace(/&(?:#(\d+)|(\w+));/g, (_, code?: string, name?: string) =>
    code === undefined ? (SIGNS[name ?? ''] ?? '') : String.fromCodePoint(Number(code)),
  );
