// Which of other people's PDFs are let in: files that can be opened without harm, of a size that can be worked with.
import { constants, inflateRawSync } from 'node:zlib';
import {
  decodePDFRawStream,
  PDFArray,
  type PDFContext,
  PDFDict,
  type PDFDocument,
  PDFName,
  type PDFObject,
  PDFObjectStreamParser,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFXRefStreamParser,
} from '@cantoo/pdf-lib';
import { Inflate } from 'fflate';
import type { Say } from '../core/source.js';
import { arrayAt, dictAt, dictOf, eachAt, listAt, nameAt, numberAt } from './objects.js';

/** Bytes that one stream, and all of a file together, may have when they are unpacked. */
const LARGEST_STREAM = 64 * 1024 * 1024;
const LARGEST_FILE = 256 * 1024 * 1024;
/** A form of more pages is another book. */
const MOST_PAGES = 500;
/** pt: an inch, and the sides of two sheets A0. */
const SHORTEST_SIDE = 72;
const LONGEST_SIDE = 4800;
/** Lists within lists; those who write PDFs nest a dozen. */
const DEEPEST = 200;
/** Objects in a file, and streams among them; a scanned form has some thousand. */
const MOST_OBJECTS = 200_000;
const MOST_STREAMS = 20_000;
/** Streams that are broken, or no streams but something that looks like one. */
const MOST_BROKEN = 1000;
/** Bytes of a text or a number, as it is written. */
const LONGEST_TOKEN = 1024 * 1024;
const ENDS = [...'()<>[]/%'].map((each) => each.charCodeAt(0));
/** Ways in which one stream is packed, one upon the other; there is no reason for more than two. */
const MOST_FILTERS = 8;

/** Why a PDF is not let in; the sentence goes on from the name of the file. */
export class Refusal extends Error {
  constructor(readonly say: Say) {
    super(say.en);
  }
}

export const TOO_MUCH = new Refusal({
  zh: '展開後大得不像一份書表，可能是損壞或惡意的檔案。請用原本的軟體重新輸出。',
  en: 'grows far too large when it is unpacked; it may be damaged or made to harm. Make it anew with the program that made it.',
});
export const TOO_DEEP = new Refusal({
  zh: '裡面的資料層層相套，無法讀取，可能是損壞或惡意的檔案。請用原本的軟體重新輸出。',
  en: 'holds lists within lists without end; it may be damaged or made to harm. Make it anew with the program that made it.',
});

// --------------------------------------------------------------------------------------------------------- opening

/** Throws Refusal for a file that would grow or nest without bounds while it is opened. Looks at the bytes alone. */
export function judgeBytes(bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let objects = 0;
  for (let at = file.indexOf(' obj'); at !== -1; at = file.indexOf(' obj', at + 4)) objects += 1;
  if (objects > MOST_OBJECTS) throw TOO_MUCH;
  let left = LARGEST_FILE;
  let [streams, broken] = [0, 0];
  for (let at = file.indexOf('stream'); at !== -1; at = file.indexOf('stream', at + 6)) {
    if (file.subarray(at - 3, at).toString('latin1') === 'end') continue;
    let from = at + 6;
    while (file[from] === 13 || file[from] === 10 || file[from] === 32) from += 1;
    streams += 1;
    // To the end of the file: where it ends is written in it, and `endstream` may stand in the midst of it.
    left -= unpackedSize(file.subarray(from), 0, () => {
      broken += 1;
    });
    if (left < 0 || streams > MOST_STREAMS || broken > MOST_BROKEN) throw TOO_MUCH;
  }
  // What a table of places says of its own size is believed by those who read it.
  for (let at = file.indexOf('/XRef'); at !== -1; at = file.indexOf('/XRef', at + 5)) {
    const start = Math.max(0, file.lastIndexOf('obj', at));
    const stop = file.indexOf('stream', at);
    const dict = file.subarray(start, stop === -1 ? at + 2000 : stop).toString('latin1');
    const lists = [...dict.matchAll(/\/Index\s*\[([^\]]*)\]/g)].map(([, list = '']) => list);
    const widths = /\/W\s*\[([^\]]*)\]/.exec(dict)?.[1] ?? '';
    if (
      `${lists.join(' ')} ${/\/Size\s+(\d+)/.exec(dict)?.[1] ?? ''}`
        .split(/\s+/)
        .some((each) => Number(each) > 8_388_607)
    )
      throw TOO_MUCH;
    if (widths.split(/\s+/).some((each) => Number(each) > 8)) throw TOO_MUCH;
  }
  if (nestingOf(file) > DEEPEST) throw TOO_DEEP;
}

/** Bytes of a stream as far as it is Flate, also where Flate lies within Flate, up to where it is broken. */
function unpackedSize(packed: Uint8Array, depth: number, onBroken: () => void): number {
  // The first two bytes of zlib (RFC 1950): method 8, no dictionary, a multiple of 31. Who reads asks for no more.
  const [first = 0, second = 0] = packed;
  if ((first & 15) !== 8 || (second & 32) !== 0 || (first * 256 + second) % 31 !== 0) return 0;
  const body = packed.subarray(2);
  try {
    const whole = inflateRawSync(body, { maxOutputLength: LARGEST_STREAM, finishFlush: constants.Z_SYNC_FLUSH });
    return whole.length + (depth < 4 ? unpackedSize(whole, depth + 1, onBroken) : 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw TOO_MUCH;
  }
  onBroken();
  let size = 0;
  const inflate = new Inflate((part) => {
    size += part.length;
    if (size > LARGEST_STREAM) throw TOO_MUCH;
  });
  try {
    for (let at = 0; at < body.length; at += PIECE) inflate.push(body.subarray(at, at + PIECE));
  } catch (error) {
    if (error === TOO_MUCH) throw error;
  }
  return size;
}
/** Bytes that are unpacked in one go: a thousand times as many may come of them. */
const PIECE = 16 * 1024;

/**
 * How deep lists and dictionaries stand within one another; strings and streams hold none. Throws Refusal where one
 * string or number has no end.
 */
function nestingOf(file: Buffer): number {
  let [depth, deepest, token] = [0, 0, 0];
  for (let i = 0; i < file.length; i += 1) {
    const byte = file[i] ?? 0;
    token = byte > 0x20 && byte < 0x7f && !ENDS.includes(byte) ? token + 1 : 0;
    if (token > LONGEST_TOKEN) throw TOO_MUCH;
    // [ ] and << >>
    if (byte === 0x5b || (byte === 0x3c && file[i + 1] === 0x3c)) {
      depth += 1;
      if (byte === 0x3c) i += 1;
      deepest = Math.max(deepest, depth);
      if (deepest > DEEPEST) return deepest;
    } else if (byte === 0x5d || (byte === 0x3e && file[i + 1] === 0x3e)) {
      depth = Math.max(0, depth - 1);
      if (byte === 0x3e) i += 1;
    } else if (byte === 0x28) {
      i = endOfString(file, i);
    } else if (byte === 0x73 && file.subarray(i, i + 6).toString('latin1') === 'stream') {
      const end = file.indexOf('endstream', i);
      if (end === -1) return deepest;
      i = end + 8;
      depth = 0;
    }
  }
  return deepest;
}

/** A string ends with the bracket that was not opened in it. */
function endOfString(file: Buffer, start: number): number {
  let at = start;
  for (let open = 1; open > 0 && at < file.length; ) {
    at += 1;
    if (at - start > LONGEST_TOKEN) throw TOO_MUCH;
    if (file[at] === 0x5c) at += 1;
    else if (file[at] === 0x28) open += 1;
    else if (file[at] === 0x29) open -= 1;
  }
  return at;
}

/** Throws Refusal for what has been opened and cannot be worked with: what nests, grows, or is too much. */
export function judgeObjects(context: PDFContext): void {
  const objects = context.enumerateIndirectObjects();
  if (objects.length > MOST_OBJECTS) throw TOO_MUCH;
  let left = LARGEST_FILE;
  for (const [, object] of objects) {
    judgeDepth(object);
    if (object instanceof PDFRawStream && isPackedOddly(object)) left -= unpackedBySteps(object);
    if (left < 0) throw TOO_MUCH;
  }
}

/** What a stream unpacks to, every step of it counted: what lies between may be more than what comes out. */
function unpackedBySteps({ dict, contents }: PDFRawStream): number {
  const filters = filtersOf(dict);
  if (filters.length > MOST_FILTERS) throw TOO_DEEP;
  let bytes = contents;
  let all = 0;
  for (const filter of filters) {
    const step = decodePDFRawStream(PDFRawStream.of(dict.context.obj({ Filter: filter }), bytes)) as Unpacking;
    let size = 0;
    try {
      for (let more = step.getBytes(PIECE).length; more > 0; more = step.getBytes(PIECE).length) {
        size += more;
        if (all + size > LARGEST_STREAM) throw TOO_MUCH;
      }
      step.reset();
      bytes = step.decode();
    } catch (error) {
      if (error === TOO_MUCH) throw error;
      // Broken: whoever wants to read it will say so.
      return all + size;
    }
    all += size;
  }
  return all;
}
/** Unpacks as far as is asked for. */
type Unpacking = { getBytes(length: number): Uint8Array; reset(): void; decode(): Uint8Array };

function judgeDepth(object: PDFObject): void {
  const waiting: [PDFObject, number][] = [[object, 0]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [each, depth] = next;
    if (depth > DEEPEST) throw TOO_DEEP;
    const inner =
      each instanceof PDFArray
        ? each.asArray()
        : each instanceof PDFDict
          ? each.values()
          : each instanceof PDFStream
            ? each.dict.values()
            : [];
    for (const one of inner) if (one instanceof PDFArray || one instanceof PDFDict) waiting.push([one, depth + 1]);
  }
}

const filtersOf = (dict: PDFDict): string[] =>
  eachAt(dict, 'Filter').map((each) => (each instanceof PDFName ? each.decodeText() : ''));

/** Filters that may unpack to much, other than Flate alone, which is looked at in the file itself. */
function isPackedOddly({ dict }: PDFRawStream): boolean {
  const names = filtersOf(dict);
  if (names.some((each) => !/^(FlateDecode|LZWDecode|RunLengthDecode|ASCII85Decode|ASCIIHexDecode)$/.test(each)))
    return false;
  return names.length > 1 || /^(LZW|RunLength)/.test(names[0] ?? '');
}

// Streams of objects and of places are unpacked while a file is opened, before anyone can judge what they become: every file
// that is opened here is held to this, a form or one that lies in a folder. Nobody writes them other than as Flate.
const { forStream: objectsIn } = PDFObjectStreamParser;
PDFObjectStreamParser.forStream = (stream, shouldWait) => {
  refuseOddly(stream);
  refuseLarge(stream);
  return objectsIn(stream, shouldWait);
};
const { forStream: placesIn } = PDFXRefStreamParser;
PDFXRefStreamParser.forStream = (stream) => {
  refuseOddly(stream);
  // Objects are found where they lie, and no place is looked up; only what stands beside the places is wanted.
  const beside = stream.dict.clone();
  beside.delete(PDFName.of('Filter'));
  beside.set(PDFName.of('Index'), beside.context.obj([]));
  return placesIn(PDFRawStream.of(beside, new Uint8Array()));
};
/** Bytes of objects that the files being opened have unpacked to. */
const unpacked = new WeakMap<PDFContext, number>();
function refuseOddly(stream: PDFRawStream): void {
  if (isPackedOddly(stream) || (numberAt(stream.dict, 'N') ?? 0) > MOST_OBJECTS) throw TOO_MUCH;
}
function refuseLarge({ dict, contents }: PDFRawStream): void {
  const size = (unpacked.get(dict.context) ?? 0) + unpackedSize(contents, 4, () => undefined);
  unpacked.set(dict.context, size);
  if (size > LARGEST_STREAM) throw TOO_MUCH;
}

// ----------------------------------------------------------------------------------------------------------- pages

/** The pages of a file in their order. Throws Refusal where there is no end to them. */
export function pagesIn({ catalog, context }: PDFDocument): PDFRef[] {
  const pages: PDFRef[] = [];
  const root = catalog.get(PDFName.of('Pages'));
  const waiting: { ref: PDFObject | undefined; above: readonly PDFObject[] }[] = [{ ref: root, above: [] }];
  let seen = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { ref, above } = next;
    const node = context.lookup(ref);
    seen += 1;
    if (!(ref instanceof PDFRef) || !(node instanceof PDFDict)) continue;
    const kids = arrayAt(node, 'Kids');
    if (!kids) {
      pages.push(ref);
      if (pages.length > MOST_PAGES)
        throw new Refusal({
          zh: `超過 ${MOST_PAGES} 頁；一份書表最多 ${MOST_PAGES} 頁。請分成幾份，或只放需要填寫的頁。`,
          en: `has more than ${MOST_PAGES} pages; a form has at most ${MOST_PAGES}. Split it, or keep the pages that are filled in.`,
        });
      continue;
    }
    if (above.includes(ref) || above.length > 50 || seen > 4 * MOST_PAGES)
      throw new Refusal({
        zh: '的頁面彼此相套，數不出有幾頁，可能是損壞或惡意的檔案。請用原本的軟體重新輸出。',
        en: 'has pages within pages without end; it may be damaged or made to harm. Make it anew with the program that made it.',
      });
    for (const kid of kids
      .asArray()
      .slice(0, MOST_PAGES + 1)
      .reverse())
      waiting.push({ ref: kid, above: [...above, ref] });
  }
  return pages;
}

const mm = (pt: number): string => `${Math.round((pt * 25.4) / 72)}`;

/** Throws Refusal for a page on which nothing can be printed. `number`: 1-based. */
export function judgeSize({ width, height }: { width: number; height: number }, number: number): void {
  if (Math.min(width, height) >= SHORTEST_SIDE && Math.max(width, height) <= LONGEST_SIDE) return;
  throw new Refusal({
    zh: `第 ${number} 頁的大小是 ${mm(width)} × ${mm(height)} 公釐；邊長應在 ${mm(SHORTEST_SIDE)} 到 ${mm(LONGEST_SIDE)} 公釐之間。請以一般的紙張（例如 A4）重新輸出。`,
    en: `has a page ${number} of ${mm(width)} × ${mm(height)} mm; a side has ${mm(SHORTEST_SIDE)} to ${mm(LONGEST_SIDE)} mm. Make it anew for an ordinary paper such as A4.`,
  });
}

// ---------------------------------------------------------------------------------------------------------- layers

const HIDDEN = new Refusal({
  zh: '裡面有關閉或有時才顯示的圖層：看不到的內容會跟著手冊公布，也可能被打開或印出來。請用原本的軟體刪去不用的圖層、合併其餘圖層，再輸出一次。',
  en: 'holds layers that are switched off or shown at times alone: what nobody sees would be published with the book, and may be switched on or printed. Delete them in the program that made it, merge the others, and export it again.',
});

/** Throws Refusal for a form of which anything is hidden by layers, now, on a screen or in print (ISO 32000, 8.11). */
export function judgeLayers({ catalog, context }: PDFDocument): void {
  const layers = dictAt(catalog, 'OCProperties');
  const shown = dictAt(layers, 'D');
  if (listAt(shown, 'OFF').length > 0 || /^(OFF|Unchanged)$/.test(nameAt(shown, 'BaseState'))) throw HIDDEN;
  for (const each of listAt(layers, 'OCGs')) {
    const usage = dictAt(dictOf(context.lookup(each)), 'Usage');
    const states = ['View', 'Print', 'Export'].map((use) => nameAt(dictAt(usage, use), `${use}State`));
    if (listAt(shown, 'AS').length > 0 && states.includes('OFF')) throw HIDDEN;
  }
  for (const [, object] of context.enumerateIndirectObjects()) judgeMembership(object);
}

/** What shows something only while a layer is off, or by an expression; wherever it is written. */
function judgeMembership(object: PDFObject): void {
  const waiting = [object];
  for (let each = waiting.pop(); each; each = waiting.pop()) {
    if (each instanceof PDFArray) waiting.push(...each.asArray());
    const dict = each instanceof PDFStream ? each.dict : each;
    if (!(dict instanceof PDFDict)) continue;
    if (nameAt(dict, 'Type') === 'OCMD' && (/Off$/.test(nameAt(dict, 'P')) || dict.has(PDFName.of('VE')))) throw HIDDEN;
    waiting.push(...dict.values());
  }
}
