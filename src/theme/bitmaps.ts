// PNG and JPEG read as far as it takes to know their size and that they are whole: a viewer draws what is left of a
// broken one, and paper shows half a seal.
import { crc32, inflateSync } from 'node:zlib';

/**
 * `isSound` reads all of the picture, whose size is to be judged before. `bare`: a sound one without what is not seen of it:
 * who took it, where and with what, remarks, smaller copies, further frames, whatever lies behind its end.
 */
export type Bitmap = {
  kind: 'png' | 'jpeg';
  width: number;
  height: number;
  isSound: () => boolean;
  bare: () => Uint8Array;
};

export const bitmapIn = (bytes: Uint8Array): Bitmap | undefined => pngIn(bytes) ?? jpegIn(bytes);

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, i) => bytes[i] === byte);
const broken = (kind: Bitmap['kind']): Bitmap => ({
  kind,
  width: 0,
  height: 0,
  isSound: () => false,
  bare: () => new Uint8Array(),
});

// ------------------------------------------------------------------------------------------------------------- PNG

/** `whole`: with its length, its name and its checksum. */
type Chunk = { type: string; data: Uint8Array; whole: Uint8Array };
/** How many numbers a pixel has, and the bits that one may have, by colour type; ISO 15948, 11.2.2. */
const COLOURS: Readonly<Record<number, { samples: number; bits: readonly number[] }>> = {
  0: { samples: 1, bits: [1, 2, 4, 8, 16] },
  2: { samples: 3, bits: [8, 16] },
  3: { samples: 1, bits: [1, 2, 4, 8] },
  4: { samples: 2, bits: [8, 16] },
  6: { samples: 4, bits: [8, 16] },
};
/** Adam7: where the pixels of each pass begin, and how far they stand apart; ISO 15948, 8.2. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function pngIn(bytes: Uint8Array): Bitmap | undefined {
  if (!startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Signature, IHDR and IEND take so much.
  if (bytes.length < 45) return broken('png');
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  return { kind: 'png', width, height, isSound: () => isSoundPng(bytes, width, height), bare: () => barePng(bytes) };
}

function isSoundPng(bytes: Uint8Array, width: number, height: number): boolean {
  const chunks = chunksOf(bytes);
  const [head] = chunks ?? [];
  if (!chunks || head?.type !== 'IHDR' || head.data.length !== 13 || chunks.at(-1)?.type !== 'IEND') return false;
  const [bits = 0, colour = 0, compression, filter, interlace = 0] = head.data.subarray(8);
  const known = COLOURS[colour];
  if (!known?.bits.includes(bits) || compression !== 0 || filter !== 0 || interlace > 1) return false;
  if (colour === 3 && !chunks.some(({ type }) => type === 'PLTE')) return false;
  const rows = (interlace === 1 ? PASSES : [[0, 0, 1, 1] as const]).flatMap(([x, y, across, down]) => {
    const columns = Math.ceil((width - x) / across);
    const lines = Math.ceil((height - y) / down);
    const length = 1 + Math.ceil((columns * known.samples * bits) / 8);
    return columns > 0 && lines > 0 ? [{ length, lines }] : [];
  });
  const size = rows.reduce((sum, { length, lines }) => sum + length * lines, 0);
  const packed = Buffer.concat(chunks.flatMap(({ type, data }) => (type === 'IDAT' ? [data] : [])));
  try {
    return isFiltered(inflateSync(packed, { maxOutputLength: size }), size, rows);
  } catch {
    // No zlib, another checksum, cut off, or more than the picture has pixels.
    return false;
  }
}

/** Each line begins with one of five filters, and no line is missing. */
function isFiltered(pixels: Uint8Array, size: number, rows: readonly { length: number; lines: number }[]): boolean {
  if (pixels.length !== size) return false;
  let at = 0;
  for (const { length, lines } of rows)
    for (let line = 0; line < lines; line += 1, at += length) if ((pixels[at] ?? 5) > 4) return false;
  return true;
}

/** What has a part in how the picture looks; ISO 15948, 11.3. */
const SEEN = new Set('IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP pHYs'.split(' '));

const barePng = (bytes: Uint8Array): Uint8Array =>
  Buffer.concat([
    bytes.subarray(0, 8),
    ...(chunksOf(bytes) ?? []).flatMap(({ type, whole }) => (SEEN.has(type) ? [whole] : [])),
  ]);

/** Up to IEND; nothing where one is cut off or its checksum is another. */
function chunksOf(bytes: Uint8Array): Chunk[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    if (at + 12 + length > bytes.length) return undefined;
    const named = bytes.subarray(at + 4, at + 8 + length);
    if (crc32(named) !== view.getUint32(at + 8 + length)) return undefined;
    const type = String.fromCharCode(...named.subarray(0, 4));
    chunks.push({ type, data: named.subarray(4), whole: bytes.subarray(at, at + 12 + length) });
    if (type === 'IEND') return chunks;
    at += 12 + length;
  }
  return undefined;
}

// ------------------------------------------------------------------------------------------------------------ JPEG

/** Markers without a length behind them; ISO 10918-1, B.1.1.3. */
const ALONE = /^(1|d[0-8])$/;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

function jpegIn(bytes: Uint8Array): Bitmap | undefined {
  if (!startsWith(bytes, [0xff, 0xd8, 0xff])) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const { marker, at } of segmentsOf(bytes)) {
    if (!isFrame(marker) || at + 10 > bytes.length) continue;
    return {
      kind: 'jpeg',
      width: view.getUint16(at + 7),
      height: view.getUint16(at + 5),
      isSound: () => isSoundJpeg(bytes),
      bare: () => bareJpeg(bytes),
    };
  }
  return broken('jpeg');
}

/** Start of frame, without tables (C4), extensions (C8) and arithmetic conditions (CC). */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Frame, tables, at least one scan with something in it, and the end behind the last of them. */
function isSoundJpeg(bytes: Uint8Array): boolean {
  const segments = [...segmentsOf(bytes)];
  const markers = segments.map(({ marker }) => marker);
  const scans = segments.filter(({ marker }) => marker === START_OF_SCAN);
  return (
    markers.at(-1) === END_OF_IMAGE &&
    markers.filter(isFrame).length === 1 &&
    markers.includes(0xdb) &&
    scans.length > 0 &&
    scans.every(({ data }) => data > 0)
  );
}

/** A remark, and the marker of Exif. */
const [COMMENT, EXIF] = [0xfe, 0xe1];
/** What applications add and a viewer needs: density, the profile of the colours, how they are turned. */
const NEEDED: Readonly<Record<number, string>> = { 224: 'JFIF\0', 226: 'ICC_PROFILE\0', 238: 'Adobe' };

function bareJpeg(bytes: Uint8Array): Uint8Array {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [file.subarray(0, 2)];
  for (const { marker, at, end } of segmentsOf(bytes)) {
    const isAdded = marker === COMMENT || (marker >= 0xe0 && marker <= 0xef);
    const needed = NEEDED[marker];
    const turned = marker === EXIF ? orientationIn(file.subarray(at + 4, end)) : undefined;
    if (turned !== undefined) parts.push(exifOf(turned));
    else if (!isAdded || (needed !== undefined && file.toString('latin1', at + 4, at + 4 + needed.length) === needed))
      parts.push(file.subarray(at, end));
  }
  return Buffer.concat(parts);
}

/** How a picture is to be turned (2 to 8), from its Exif; `undefined` where it is not. */
function orientationIn(exif: Buffer): number | undefined {
  const tiff = exif.subarray(6);
  if (exif.toString('latin1', 0, 6) !== 'Exif\0\0' || tiff.length < 10) return undefined;
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const list = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let i = 0; i < short(list); i += 1) {
    const entry = list + 2 + 12 * i;
    if (entry + 12 > tiff.length) return undefined;
    const value = short(entry + 8);
    if (short(entry) === 0x0112) return value >= 2 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** Exif that tells nothing but how the picture is turned. */
function exifOf(orientation: number): Uint8Array {
  const entry = [1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  const tiff = [...Buffer.from('MM\0*'), 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0];
  return Buffer.from([0xff, EXIF, 0, tiff.length + 8, ...Buffer.from('Exif\0\0'), ...tiff]);
}

/**
 * From one marker to the next, as far as they follow upon each other. `at`: where it stands; `end`: behind it and the
 * picture that follows a scan, which has `data` bytes.
 */
function* segmentsOf(bytes: Uint8Array): Generator<{ marker: number; at: number; data: number; end: number }> {
  for (let at = 2; at + 1 < bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0;
    // A marker may have any number of FF before it.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const alone = marker === END_OF_IMAGE || ALONE.test(marker.toString(16));
    const length = alone ? 0 : ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const behind = at + 2 + length;
    if ((!alone && length < 2) || behind > bytes.length) return;
    const next = marker === START_OF_SCAN ? endOfScan(bytes, behind) : behind;
    yield { marker, at, data: next - behind, end: next };
    if (marker === END_OF_IMAGE) return;
    at = next;
  }
}

/** The marker behind a scan: FF that is no byte of the picture (FF00) and none of its restarts. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    const next = bytes[at + 1] ?? 0;
    if (bytes[at] === 0xff && next !== 0 && (next < 0xd0 || next > 0xd7) && next !== 0xff) return at;
  }
  return bytes.length;
}
