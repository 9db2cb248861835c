// A font written anew with a few characters of another: their outlines and widths, and nothing that could put another
// glyph in the place of one, move it or bend it (OpenType: GSUB, GPOS, kern, instructions). ISO/IEC 14496-22.

/** Of a font, by the names of its tables. */
/** The bytes of a table, as Node reads them; named here, so that who compiles against the API needs no types of Node. */
export interface FontTable extends Uint8Array {
  readUInt8(at: number): number;
  readInt8(at: number): number;
  readUInt16BE(at: number): number;
  readInt16BE(at: number): number;
  readUInt32BE(at: number): number;
  subarray(start?: number, end?: number): FontTable;
}
export type FontTables = ReadonlyMap<string, FontTable>;

type Point = { x: number; y: number; on: boolean };
/** A glyph in units of its font. `contours`: none of a blank. */
type Glyph = { contours: Point[][]; advance: number };

/** Why a character of a font is not printed with it. */
export type Unfit = 'blank' | 'outside' | 'broken';

/** Points of a glyph, parts of a glyph, and parts within one another, at most. */
const MOST_POINTS = 20_000;
const MOST_PARTS = 200;
const DEEPEST = 8;

/**
 * em around its own square that a glyph may reach into, and how wide it may be: what lies elsewhere would be read with
 * the text beside it. `over`: what stands over a letter has no width and lies behind itself.
 */
const ROUND = { side: 0.15, below: -0.6, above: 1.4, least: 0.15, most: 1.6, over: 1.2 };

export class FontOutlines {
  readonly em: number;
  readonly #glyphs: number;
  #left = 0;

  /** Throws RangeError, here and below, where the font leads beyond its end. */
  constructor(private readonly tables: FontTables) {
    this.em = this.#table('head').readUInt16BE(18);
    this.#glyphs = this.#table('maxp').readUInt16BE(4);
    if (this.em < 16 || this.em > 16384) throw new RangeError('em');
  }

  #table(name: string): FontTable {
    const table = this.tables.get(name);
    if (!table) throw new RangeError(name);
    return table;
  }

  /** Throws RangeError for one that cannot be read. */
  glyph(id: number): Glyph {
    this.#left = MOST_PARTS;
    const metrics = this.#table('hhea').readUInt16BE(34);
    const advance = this.#table('hmtx').readUInt16BE(4 * Math.min(id, metrics - 1));
    const contours = this.#contours(id, 0);
    if (contours.flat().some(({ x, y }) => Math.abs(x) > 32_000 || Math.abs(y) > 32_000)) throw new RangeError('place');
    return { contours, advance };
  }

  #contours(id: number, depth: number): Point[][] {
    this.#left -= 1;
    if (id >= this.#glyphs || depth > DEEPEST || this.#left < 0) throw new RangeError('glyph');
    const loca = this.#table('loca');
    const long = this.#table('head').readInt16BE(50) === 1;
    const [start, end] = [id, id + 1].map((i) => (long ? loca.readUInt32BE(4 * i) : 2 * loca.readUInt16BE(2 * i)));
    const glyf = this.#table('glyf');
    if (start === undefined || end === undefined || end > glyf.length || start > end) throw new RangeError('loca');
    if (start === end) return [];
    const glyph = glyf.subarray(start, end);
    const count = glyph.readInt16BE(0);
    return count < 0 ? this.#parts(glyph, depth) : simple(glyph, count);
  }

  /** A glyph that is put together from others. */
  #parts(glyph: FontTable, depth: number): Point[][] {
    const contours: Point[][] = [];
    let at = 10;
    for (let more = true; more; ) {
      const [flags, id] = [glyph.readUInt16BE(at), glyph.readUInt16BE(at + 2)];
      at += 4;
      // By points that are laid on one another: nobody draws so.
      if ((flags & 2) === 0) throw new RangeError('points');
      const word = (flags & 1) !== 0;
      const [dx, dy] = word
        ? [glyph.readInt16BE(at), glyph.readInt16BE(at + 2)]
        : [glyph.readInt8(at), glyph.readInt8(at + 1)];
      at += word ? 4 : 2;
      const read = (i: number): number => glyph.readInt16BE(at + 2 * i) / 16384;
      let [a, b, c, d] = [1, 0, 0, 1];
      if (flags & 0x08) [a, d, at] = [read(0), read(0), at + 2];
      else if (flags & 0x40) [a, d, at] = [read(0), read(1), at + 4];
      else if (flags & 0x80) [a, b, c, d, at] = [read(0), read(1), read(2), read(3), at + 8];
      const scaled = (flags & 0x1800) === 0x0800;
      const [mx, my] = scaled ? [dx * Math.hypot(a, b), dy * Math.hypot(c, d)] : [dx, dy];
      for (const contour of this.#contours(id, depth + 1))
        contours.push(
          contour.map(({ x, y, on }) => ({ x: Math.round(a * x + c * y + mx), y: Math.round(b * x + d * y + my), on })),
        );
      more = (flags & 0x20) !== 0;
    }
    return contours;
  }
}

function simple(glyph: FontTable, count: number): Point[][] {
  const ends = Array.from({ length: count }, (_, i) => glyph.readUInt16BE(10 + 2 * i));
  const points = (ends.at(-1) ?? -1) + 1;
  if (points > MOST_POINTS || ends.some((end, i) => i > 0 && end <= (ends[i - 1] ?? 0))) throw new RangeError('points');
  let at = 12 + 2 * count + glyph.readUInt16BE(10 + 2 * count);
  const flags: number[] = [];
  while (flags.length < points) {
    const flag = glyph.readUInt8(at++);
    const times = flag & 8 ? glyph.readUInt8(at++) + 1 : 1;
    for (let i = 0; i < times && flags.length < points; i += 1) flags.push(flag);
  }
  const places = (short: number, same: number): number[] => {
    let place = 0;
    return flags.map((flag) => {
      if (flag & short) place += flag & same ? glyph.readUInt8(at++) : -glyph.readUInt8(at++);
      else if (!(flag & same)) {
        place += glyph.readInt16BE(at);
        at += 2;
      }
      return place;
    });
  };
  const [xs, ys] = [places(2, 16), places(4, 32)];
  return ends.map((end, i) => {
    const start = i === 0 ? 0 : (ends[i - 1] ?? 0) + 1;
    return flags.slice(start, end + 1).map((flag, k) => ({
      x: xs[start + k] ?? 0,
      y: ys[start + k] ?? 0,
      on: (flag & 1) === 1,
    }));
  });
}

const boxOf = (contours: readonly Point[][]): [number, number, number, number] => {
  const points = contours.flat();
  const of = (pick: (...numbers: number[]) => number, axis: 'x' | 'y'): number =>
    points.reduce((most, point) => pick(most, point[axis]), points[0]?.[axis] ?? 0);
  return [of(Math.min, 'x'), of(Math.min, 'y'), of(Math.max, 'x'), of(Math.max, 'y')];
};

/** Why a glyph of a font may not stand for a character; nothing where it may. `over`: it stands over a letter. */
export function unfitIn(outlines: FontOutlines, id: number, over: boolean): Unfit | undefined {
  try {
    const { contours, advance } = outlines.glyph(id);
    const [left, bottom, right, top] = boxOf(contours).map((each) => each / outlines.em) as [
      number,
      number,
      number,
      number,
    ];
    // A dot at the origin is ink to nobody.
    if (contours.length === 0 || right - left < 0.01 || top - bottom < 0.01) return 'blank';
    const width = advance / outlines.em;
    const within =
      right <= width + ROUND.side &&
      left >= (over ? -ROUND.over : -ROUND.side) &&
      bottom >= ROUND.below &&
      top <= ROUND.above &&
      width <= ROUND.most &&
      (over || width >= ROUND.least);
    return within ? undefined : 'outside';
  } catch (error) {
    if (error instanceof RangeError) return 'broken';
    throw error;
  }
}

// ----------------------------------------------------------------------------------------------------------- writing

/** The font with these characters alone; `ids`: the glyph of each code point. Throws RangeError for one that is broken. */
export function subsetOf(tables: FontTables, ids: ReadonlyMap<number, number>): Uint8Array {
  const outlines = new FontOutlines(tables);
  const codes = [...ids.keys()].sort((a, b) => a - b);
  // The first stands for what there is not.
  const glyphs: Glyph[] = [
    { contours: [], advance: outlines.em },
    ...codes.map((code) => outlines.glyph(ids.get(code) ?? 0)),
  ];
  const drawn = glyphs.map(({ contours }) => written(contours));
  const loca = Buffer.alloc(4 * (drawn.length + 1));
  let at = 0;
  for (const [i, { length }] of drawn.entries()) {
    at += length;
    loca.writeUInt32BE(at, 4 * (i + 1));
  }
  const hmtx = Buffer.alloc(4 * glyphs.length);
  for (const [i, { advance, contours }] of glyphs.entries()) {
    hmtx.writeUInt16BE(advance, 4 * i);
    hmtx.writeInt16BE(boxOf(contours)[0], 4 * i + 2);
  }
  const copy = (name: string, least: number): Buffer => {
    const table = tables.get(name);
    if (!table || table.length < least) throw new RangeError(name);
    return Buffer.from(table);
  };
  const [head, hhea] = [copy('head', 54), copy('hhea', 36)];
  head.writeUInt32BE(0, 8);
  head.writeInt16BE(1, 50);
  hhea.writeUInt16BE(glyphs.length, 34);
  const post = Buffer.alloc(32);
  post.writeUInt32BE(0x00030000, 0);
  const os2 = tables.get('OS/2');
  return file({
    ...(os2 ? { 'OS/2': os2 } : {}),
    cmap: cmapOf(codes),
    glyf: Buffer.concat(drawn),
    head,
    hhea,
    hmtx,
    loca,
    maxp: maxpOf(glyphs),
    name: copy('name', 6),
    post,
  });
}

/** A simple glyph, without instructions. */
function written(contours: readonly Point[][]): Buffer {
  if (contours.length === 0) return Buffer.alloc(0);
  const points = contours.flat();
  const head = Buffer.alloc(12 + 2 * contours.length);
  head.writeInt16BE(contours.length, 0);
  for (const [i, edge] of boxOf(contours).entries()) head.writeInt16BE(edge, 2 + 2 * i);
  let end = -1;
  for (const [i, { length }] of contours.entries()) {
    end += length;
    head.writeUInt16BE(end, 10 + 2 * i);
  }
  const flags = Buffer.from(points.map(({ on }) => (on ? 1 : 0)));
  const axis = (name: 'x' | 'y'): Buffer => {
    const places = Buffer.alloc(2 * points.length);
    for (const [i, point] of points.entries()) {
      const by = point[name] - (points[i - 1]?.[name] ?? 0);
      if (Math.abs(by) > 32_767) throw new RangeError('place');
      places.writeInt16BE(by, 2 * i);
    }
    return places;
  };
  const body = Buffer.concat([head, flags, axis('x'), axis('y')]);
  return Buffer.concat([body, Buffer.alloc(-body.length & 3)]);
}

/** One table of format 12, each character a group. */
function cmapOf(codes: readonly number[]): Buffer {
  const cmap = Buffer.alloc(28 + 12 * codes.length);
  for (const [i, value] of [0, 1, 3, 10].entries()) cmap.writeUInt16BE(value, 2 * i);
  cmap.writeUInt32BE(12, 8);
  cmap.writeUInt16BE(12, 12);
  cmap.writeUInt32BE(16 + 12 * codes.length, 16);
  cmap.writeUInt32BE(codes.length, 24);
  for (const [i, code] of codes.entries())
    for (const [k, value] of [code, code, i + 1].entries()) cmap.writeUInt32BE(value, 28 + 12 * i + 4 * k);
  return cmap;
}

function maxpOf(glyphs: readonly Glyph[]): Buffer {
  const maxp = Buffer.alloc(32);
  maxp.writeUInt32BE(0x00010000, 0);
  maxp.writeUInt16BE(glyphs.length, 4);
  maxp.writeUInt16BE(Math.max(...glyphs.map(({ contours }) => contours.flat().length)), 6);
  maxp.writeUInt16BE(Math.max(...glyphs.map(({ contours }) => contours.length)), 8);
  maxp.writeUInt16BE(2, 14);
  return maxp;
}

function file(tables: Readonly<Record<string, Uint8Array>>): Buffer {
  const names = Object.keys(tables).sort();
  const power = 2 ** Math.floor(Math.log2(names.length));
  const directory = Buffer.alloc(12 + 16 * names.length);
  directory.writeUInt32BE(0x00010000, 0);
  for (const [i, value] of [names.length, 16 * power, Math.log2(power), 16 * (names.length - power)].entries())
    directory.writeUInt16BE(value, 4 + 2 * i);
  const body: Uint8Array[] = [];
  let at = directory.length;
  for (const [i, name] of names.entries()) {
    const table = tables[name] ?? Buffer.alloc(0);
    const padded = Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
    let sum = 0;
    for (let k = 0; k < padded.length; k += 4) sum = (sum + padded.readUInt32BE(k)) >>> 0;
    directory.write(name, 12 + 16 * i, 'latin1');
    directory.writeUInt32BE(sum, 16 + 16 * i);
    directory.writeUInt32BE(at, 20 + 16 * i);
    directory.writeUInt32BE(table.length, 24 + 16 * i);
    body.push(padded);
    at += padded.length;
  }
  return Buffer.concat([directory, ...body]);
}
