// Which characters can be printed: the fonts that come with the program and those an office puts beside its content.

import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FontFile } from '../content/attached-files.js';
import type { Content } from '../content/read.js';
import { commentsOf } from '../content/syntax/yaml-explained.js';
import { reportDeceptions } from '../core/deceptive-characters.js';
import type { Fault } from '../core/diagnostic.js';
import { compiledFile } from '../core/program-files.js';
import type { Say, Source, Span } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { FontOutlines, type FontTable, type FontTables, subsetOf, type Unfit, unfitIn } from './font-subset.js';

/** A font that a page is given: the family it goes by, a weight or a range of them, and its file. */
export type Face = {
  family: string;
  weight: string;
  /** Absolute. */
  file: string;
  /** Of what is in the file. */
  digest: string;
  /** Of a font of an office: what it prints, and what alone is left of it; a font of the program prints all it has. */
  characters?: readonly number[];
};

/** What the fonts of an office make of its content. */
export type OfficeFonts = {
  /** The family that has the characters which the fonts of the program lack; `undefined` without fonts. */
  family?: string;
  /** The names that the fonts themselves go by; nothing is printed by them. */
  named: readonly string[];
  faces: readonly Face[];
  faults: readonly Fault[];
};

/** One bit a code point. */
type Coverage = Uint8Array;

const CODE_POINTS = 0x110000;
const has = (coverage: Coverage, code: number): boolean => (((coverage[code >> 3] ?? 0) >> (code & 7)) & 1) === 1;
const put = (coverage: Coverage, code: number): void => {
  coverage[code >> 3] = (coverage[code >> 3] ?? 0) | (1 << (code & 7));
};

// ------------------------------------------------------------------------------------------ fonts of the program

const require = createRequire(import.meta.url);

const PACKAGES = [
  ['noto-sans-tc', 'NotoSansTC', 'Noto Sans TC'],
  ['noto-serif-tc', 'NotoSerifTC', 'Noto Serif TC'],
  ['noto-sans-thai', 'NotoSansThai', 'Noto Sans Thai'],
] as const;
/** Those that are printed with. */
const WEIGHTS = [
  [400, 'Regular'],
  [500, 'Medium'],
  [600, 'SemiBold'],
  [700, 'Bold'],
  [900, 'Black'],
] as const;

/** The families that come with the program. */
export const FAMILIES: readonly string[] = PACKAGES.map(([, , family]) => family);

/** The folder of a family. Throws UserError when its package is not installed. */
function folderOf(name: string, family: string): string {
  try {
    return dirname(require.resolve(`@expo-google-fonts/${name}/package.json`));
  } catch {
    throw new UserError({
      zh: `缺少字型 ${family}：npm 套件 @expo-google-fonts/${name} 沒有安裝。請在安裝本程式的地方重新執行 npm install。`,
      en: `The font ${family} is missing: the npm package @expo-google-fonts/${name} is not installed. Run npm install again where this program is installed.`,
    });
  }
}

/** The folders of the fonts that come with the program, by family. */
export const shippedFolders = (): { family: string; folder: string }[] =>
  PACKAGES.map(([name, , family]) => ({ family, folder: folderOf(name, family) }));

/** The fonts of the program as faces of a page, for browsers that are not told of them otherwise. Throws UserError where one is gone. */
export function shippedFaces(): Face[] {
  const faces = PACKAGES.flatMap(([name, stem, family]) => {
    const folder = folderOf(name, family);
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return WEIGHTS.map(([weight, style]) => ({
      family,
      weight: String(weight),
      file: join(folder, `${weight}${style}`, `${stem}_${weight}${style}.ttf`),
      digest: `${name}-${version}-${weight}`,
    }));
  });
  const missing = faces.flatMap(({ file }) => (existsSync(file) ? [] : [file]));
  if (missing.length > 0)
    throw new UserError({
      zh: `缺少字型檔：${missing.join('、')}。請在安裝本程式的地方重新執行 npm ci。`,
      en: `Font files are missing: ${missing.join(', ')}. Run npm ci again where this program is installed.`,
    });
  return faces;
}

/** What the fonts of the program can print: as it was compiled, else as the fonts say. */
let shippedCoverage: Coverage | undefined;

/** What the fonts of the program can print, one bit a code point. Reads them. */
export function coverageOfShipped(): Coverage {
  const coverage = new Uint8Array(CODE_POINTS / 8);
  tellShipped((code) => put(coverage, code));
  return coverage;
}

/** Tells each character of the program's fonts, its glyph, and the tables of its font that are wanted. Reads them. */
export function tellShipped(
  tell: (code: number, glyph: number, family: string, tables: FontTables) => void,
  wanted: readonly string[] = TABLES,
): void {
  for (const [name, stem, family] of PACKAGES) {
    const file = join(folderOf(name, family), '400Regular', `${stem}_400Regular.ttf`);
    const told = (tables: FontTables) => eachGlyph(tables, (code, glyph) => tell(code, glyph, family, tables));
    const wrong = withTables(file, told, wanted);
    if (wrong !== undefined) throw new Error(`${file}: ${wrong.en}`);
  }
}

// ------------------------------------------------------------------------------------------- fonts of an office

/** What is asked of a content: its texts and its fonts. */
type Written = Pick<Content, 'office' | 'book' | 'services' | 'chapters' | 'translations' | 'templates' | 'fonts'>;

/**
 * Looks through every text for characters that no font has, each told once a file, and makes the fonts of the office
 * into faces. What is wrong with a font is a fault of its file. Content may come from a stranger, and nobody can tell by
 * looking at a file whether its 5 is drawn as a 6: a font of an office prints what no font of the program has, and nothing
 * else, whatever it is called.
 */
export function officeFonts(content: Partial<Written>): OfficeFonts {
  const faults: Fault[] = [];
  const fonts = (content.fonts ?? []).flatMap((file) => {
    const read = fontsRead.get(file) ?? readFont(file);
    fontsRead.set(file, read);
    if (!('message' in read)) return [{ ...read, file }];
    faults.push({ rule: 'font-file', span: { source: { path: file.path, text: '' }, start: 0, end: 0 }, ...read });
    return [];
  });
  const sources = textsOf(content);
  shippedCoverage ??= compiledFile('characters') ?? coverageOfShipped();
  const shipped = shippedCoverage;
  const needed = fonts.map(() => new Set<number>());
  for (const source of sources) {
    for (const [code, { start, end, times }] of lackingIn(source, shipped)) {
      const at = fonts.findIndex(({ coverage }) => has(coverage, code));
      if (at === -1)
        faults.push({ rule: 'character-without-font', span: { source, start, end }, ...lacks(code, times) });
      else needed[at]?.add(code);
    }
  }
  if (fonts.length === 0) return { named: [], faces: [], faults };
  const all = createHash('sha256');
  for (const { digest } of fonts) all.update(digest);
  const family = `office ${all.digest('hex').slice(0, 12)}`;
  const faces = fonts.flatMap(({ file, digest }, i): Face[] => {
    const wanted = [...(needed[i] ?? [])].sort((a, b) => a - b);
    const { fit, unfit } = fitIn(file.file, wanted);
    if (unfit.size > 0)
      faults.push({
        rule: 'font-file',
        span: { source: { path: file.path, text: '' }, start: 0, end: 0 },
        ...lies(unfit),
      });
    if (fit.length === 0) return [];
    const of = createHash('sha256').update(`${digest} ${fit.join()}`).digest('hex');
    // One face for every weight: bold made up from it would not be type that a print shop takes.
    return [{ family, weight: '1 1000', file: file.file, digest: of, characters: fit }];
  });
  return { family, named: [...new Set(fonts.flatMap(({ families }) => families))], faces, faults };
}

/** Names colours and sizes; none of it is printed. */
const LOOK = /^(樣式|look)\.ya?ml$/i;

function textsOf({ office, book, services, chapters, translations, templates }: Partial<Written>): Source[] {
  const all = [office, book, ...(services ?? []), ...(chapters ?? []), ...(translations ?? [])];
  return [
    ...all.filter((each) => each !== undefined),
    ...(templates ?? []).flatMap(({ name, source }) => (LOOK.test(name) ? [] : source)),
  ];
}

type Lacking = { start: number; end: number; times: number };
type Occurrence = { code: number; start: number; end: number };

/** What was found in a text that did not change holds. */
const lackingKnown = new WeakMap<Source, ReadonlyMap<number, Lacking>>();

/**
 * The characters of a text that no font of the program has, with where each first stands and how often it does; also
 * those that YAML or HTML write as escapes. Comments are not printed.
 */
function lackingIn(source: Source, shipped: Coverage): ReadonlyMap<number, Lacking> {
  const before = lackingKnown.get(source);
  if (before) return before;
  const lacking = new Map<number, Lacking>();
  lackingKnown.set(source, lacking);
  const found = [...lackingAsWritten(source.text, shipped), ...lackingInEscapes(source, shipped)];
  if (found.length === 0) return lacking;
  const isComment = within(/\.(ya?ml|md)$/i.test(source.path) ? commentsOf(source) : []);
  // What is told as another's look-alike is not told again.
  const deceptions: Span[] = [];
  reportDeceptions(source, ({ span }) => deceptions.push(span));
  const isTold = within(deceptions);
  for (const { code, start, end } of found.sort((a, b) => a.start - b.start)) {
    if (isComment(start, start + 1) || NOT_SEEN.test(String.fromCodePoint(code)) || isTold(start, end)) continue;
    const known = lacking.get(code);
    if (known) known.times += 1;
    else lacking.set(code, { start, end, times: 1 });
  }
  return lacking;
}

function lackingAsWritten(text: string, shipped: Coverage): Occurrence[] {
  const found: Occurrence[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x7f) continue;
    const code = text.codePointAt(i) ?? unit;
    const end = i + (code > 0xffff ? 2 : 1);
    if (!has(shipped, code)) found.push({ code, start: i, end });
    i = end - 1;
  }
  return found;
}

function lackingInEscapes({ text, path }: Source, shipped: Coverage): Occurrence[] {
  if (!/\.(ya?ml|md|html)$/i.test(path)) return [];
  const found: Occurrence[] = [];
  const escapes = /\.(md|html)$/i.test(path) ? /&#(?:x([\da-f]{1,6})|(\d{1,7}));/gi : YAML_ESCAPES;
  for (const { index, 0: written, ...parts } of text.matchAll(escapes)) {
    const code =
      escapes === YAML_ESCAPES
        ? codeOf(parts[1], parts[2], parts[3])
        : Number.parseInt(parts[1] ?? parts[2] ?? '', parts[1] ? 16 : 10);
    if (code < CODE_POINTS && !has(shipped, code)) found.push({ code, start: index, end: index + written.length });
  }
  return found;
}

/** Whether a place lies in one of some spans; both in the order of the text, asked from the front to the back. */
function within(spans: readonly Span[]): (start: number, end: number) => boolean {
  let i = 0;
  return (start, end) => {
    while (i < spans.length && (spans[i]?.end ?? 0) <= start) i += 1;
    const span = spans[i];
    return span !== undefined && span.start <= start && end <= span.end;
  };
}

/** `\uD842\uDFB7`, `\uE000`, `\U00020BB7`. */
const YAML_ESCAPES = /\\(?:u(d[89ab][\da-f]{2}\\ud[c-f][\da-f]{2})|u([\da-f]{4})|U([\da-f]{8}))/gi;

function codeOf(pair: string | undefined, short: string | undefined, long: string | undefined): number {
  if (pair === undefined) return Number.parseInt(short ?? long ?? '', 16);
  const [high = 0, low = 0] = pair.split(/\\u/i).map((half) => Number.parseInt(half, 16));
  return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

/** What is never drawn, or is wrong for another reason: controls, marks of format, lone surrogates, no characters at all. */
const NOT_SEEN = /^[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Variation_Selector}\p{Noncharacter_Code_Point}]$/u;

const named = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;

function lacks(code: number, times: number): { message: Say; hint: Say } {
  const own = /^\p{Co}$/u.test(String.fromCodePoint(code));
  const shown = own ? named(code) : `${String.fromCodePoint(code)}（${named(code)}）`;
  const also = times > 1;
  return {
    message: {
      zh: `沒有字型可以印「${shown}」${own ? '，這是造字區的字' : ''}${also ? `；這個檔案裡有 ${times} 處` : ''}。`,
      en: `No font has ${own ? named(code) : `${String.fromCodePoint(code)} (${named(code)})`}${own ? ', a character of private use' : ''}${also ? `; it stands ${times} times in this file` : ''}.`,
    },
    hint: {
      zh: '把有這個字的字型檔（機關的造字檔、全字庫等，.ttf 或 .tte）放進內容資料夾的 fonts/，或改寫別的字。',
      en: 'Put a font file that has it (.ttf or .tte, such as the office’s own) into fonts/ of the content folder, or write another character.',
    },
  };
}

// ------------------------------------------------------------------------------------------------ reading a font

type Refused = { message: Say; hint: Say };

/** What is asked of a font file of an office: its characters, and under which families it goes. */
type Font = { coverage: Coverage; families: readonly string[]; digest: string };

/** A font of some ten MB is read once, however often a content that holds it is looked at. */
const fontsRead = new WeakMap<FontFile, Font | Refused>();

/** What is in a font file, or why it may not be printed with. */
function readFont({ file }: FontFile): Font | Refused {
  const coverage = new Uint8Array(CODE_POINTS / 8);
  let families: string[] = [];
  const wrong = withTables(file, (tables) => {
    const unfit = unfitFor(tables);
    if (unfit) return unfit;
    families = familiesIn(tables);
    return cover(tables, coverage);
  });
  if (wrong) return { message: wrong, hint: NEW_FILE };
  return { coverage, families, digest: createHash('sha256').update(readFileSync(file)).digest('hex') };
}

const NEW_FILE: Say = {
  zh: '請改放靜態 TrueType 字型檔（.ttf），例如全字庫正楷體或機關造字檔。',
  en: 'Put a static TrueType file (.ttf) there instead.',
};

const BROKEN: Say = {
  zh: '字型檔不完整或已損壞。',
  en: 'The font file is broken or cut off.',
};

type Tables = FontTables;

/** So much of a table is read at most: no table asked for here is as large. */
const LARGEST_TABLE = 16 * 1024 * 1024;
const TABLES = ['cmap', 'maxp', 'OS/2', 'name'];
/** Those that say how glyphs are drawn; a file has 64 MB at most. */
const OUTLINES = ['glyf', 'loca', 'head', 'hhea', 'hmtx'];
const NAMED_ALONE = ['glyf', 'loca', 'head', 'hhea', 'hmtx', 'fvar', 'COLR', 'CBDT', 'sbix', 'SVG '];

/** Reads the tables of a font that are asked for (those of outlines by name alone); says what is wrong with them. */
function withTables(
  file: string,
  ask: (tables: Tables) => Say | undefined,
  wanted: readonly string[] = TABLES,
): Say | undefined {
  const fd = openSync(file, 'r');
  try {
    const { size } = fstatSync(fd);
    const read = (at: number, length: number): Buffer => {
      const bytes = Buffer.alloc(length);
      if (at + length > size || readSync(fd, bytes, 0, length, at) !== length) throw new RangeError('cut off');
      return bytes;
    };
    const head = read(0, 12);
    const kind = head.toString('latin1', 0, 4);
    if (kind !== '\0\x01\0\0' && kind !== 'true') return kindRefused(kind);
    const tables = new Map<string, Buffer>();
    const count = head.readUInt16BE(4);
    const directory = read(12, count * 16);
    for (let i = 0; i < count; i += 1) {
      const name = directory.toString('latin1', i * 16, i * 16 + 4);
      const [at, length] = [directory.readUInt32BE(i * 16 + 8), directory.readUInt32BE(i * 16 + 12)];
      if (at + length > size) return BROKEN;
      if (wanted.includes(name)) {
        if (length > LARGEST_TABLE && !OUTLINES.includes(name)) return BROKEN;
        tables.set(name, read(at, length));
      } else if (NAMED_ALONE.includes(name)) tables.set(name, Buffer.alloc(0));
    }
    return ask(tables);
  } catch (error) {
    // Every read of a Buffer is checked: what leads beyond the end is no font.
    if (error instanceof RangeError) return BROKEN;
    throw error;
  } finally {
    closeSync(fd);
  }
}

function kindRefused(kind: string): Say {
  switch (kind) {
    case 'OTTO':
      return {
        zh: '這是 OpenType/CFF 字型，印刷廠不收（嵌入 PDF 會變成 Type 3）。',
        en: 'This is an OpenType/CFF font; print shops refuse it (it is embedded as Type 3).',
      };
    case 'ttcf':
      return {
        zh: '這是字型集合（TTC），請拆成單一字型檔。',
        en: 'This is a collection of fonts (TTC); a file holds one font.',
      };
    case 'wOFF':
    case 'wOF2':
      return { zh: '這是網頁字型（WOFF）。', en: 'This is a web font (WOFF).' };
    default:
      return { zh: '這不是 TrueType 字型檔。', en: 'This is no TrueType font.' };
  }
}

function unfitFor(tables: Tables): Say | undefined {
  if (tables.has('fvar'))
    return {
      zh: '這是可變字型，印刷廠不收（嵌入 PDF 會變成 Type 3）。',
      en: 'This is a variable font; print shops refuse it (it is embedded as Type 3).',
    };
  if (['COLR', 'CBDT', 'sbix', 'SVG '].some((name) => tables.has(name)))
    return { zh: '這是彩色字型，無法印刷。', en: 'This is a colour font, which cannot be printed.' };
  if (['glyf', 'loca', 'head', 'hhea', 'hmtx', 'cmap', 'maxp'].some((name) => !tables.has(name))) return BROKEN;
  const os2 = tables.get('OS/2');
  // fsType (OpenType, OS/2): 2 forbids to embed it, 0x200 allows but its bitmaps.
  if (os2 && os2.length >= 10 && (os2.readUInt16BE(8) & 0x0202) !== 0)
    return {
      zh: '這個字型的授權不許嵌入文件。',
      en: 'The licence of this font does not allow it to be embedded in documents.',
    };
  return undefined;
}

/** Puts in every character that the font draws (OpenType, cmap); says what is wrong with it. */
const cover = (tables: Tables, coverage: Coverage): Say | undefined => eachGlyph(tables, (code) => put(coverage, code));

/** Told of each character and its glyph, of the first table of the font that has it first. */
type Told = (code: number, glyph: number) => void;

/** Tells of every character that the font draws; says what is wrong with it. */
function eachGlyph(tables: Tables, tell: Told): Say | undefined {
  const cmap = tables.get('cmap');
  const glyphs = tables.get('maxp')?.readUInt16BE(4);
  if (!cmap || glyphs === undefined) return BROKEN;
  const seen = new Set<number>();
  for (let i = 0; i < cmap.readUInt16BE(2); i += 1) {
    const [platform, encoding] = [cmap.readUInt16BE(4 + i * 8), cmap.readUInt16BE(6 + i * 8)];
    const at = cmap.readUInt32BE(8 + i * 8);
    const unicode = (platform === 0 && encoding !== 5) || (platform === 3 && (encoding === 1 || encoding === 10));
    if (!unicode || seen.has(at)) continue;
    seen.add(at);
    const format = cmap.readUInt16BE(at);
    const wrong =
      format === 4 ? segments(cmap, at, glyphs, tell) : format === 12 ? groups(cmap, at, glyphs, tell) : undefined;
    if (wrong) return wrong;
  }
  return seen.size === 0
    ? { zh: '這個字型不是 Unicode 編碼。', en: 'The characters of this font are not in Unicode.' }
    : undefined;
}

/** Format 4: segments of the basic plane, in order. */
function segments(cmap: FontTable, at: number, glyphs: number, tell: Told): Say | undefined {
  const twice = cmap.readUInt16BE(at + 6) & ~1;
  const [ends, starts] = [at + 14, at + 16 + twice];
  let last = -1;
  for (let i = 0; i < twice; i += 2) {
    const [end, start] = [cmap.readUInt16BE(ends + i), cmap.readUInt16BE(starts + i)];
    // Each behind the other: else a file could ask for the whole plane over and over.
    if (start > end || start <= last) return BROKEN;
    last = end;
    const delta = cmap.readUInt16BE(starts + twice + i);
    const place = starts + 2 * twice + i;
    const offset = cmap.readUInt16BE(place);
    for (let code = start; code <= end; code += 1) {
      let glyph = code;
      if (offset !== 0) {
        const where = place + offset + 2 * (code - start);
        // The end mark, U+FFFF, often leads nowhere.
        glyph = where + 2 > cmap.length ? 0 : cmap.readUInt16BE(where);
        if (glyph === 0) continue;
      }
      const drawn = (glyph + delta) & 0xffff;
      if (drawn > 0 && drawn < glyphs) tell(code, drawn);
    }
  }
  return undefined;
}

/** Format 12: groups of all planes, in order. */
function groups(cmap: FontTable, at: number, glyphs: number, tell: Told): Say | undefined {
  const count = cmap.readUInt32BE(at + 12);
  let last = -1;
  for (let i = 0; i < count; i += 1) {
    const place = at + 16 + i * 12;
    const [start, end, glyph] = [cmap.readUInt32BE(place), cmap.readUInt32BE(place + 4), cmap.readUInt32BE(place + 8)];
    if (start > end || start <= last || end >= CODE_POINTS) return BROKEN;
    last = end;
    for (let code = start; code <= end; code += 1) {
      const drawn = glyph + code - start;
      if (drawn > 0 && drawn < glyphs) tell(code, drawn);
    }
  }
  return undefined;
}

/** The glyphs of these characters in a font, and the font itself, of which outlines are read too. */
function outlinesIn(file: string, characters: readonly number[]): { tables: Tables; ids: ReadonlyMap<number, number> } {
  const ids = new Map<number, number>();
  const wanted = new Set(characters);
  let read: Tables = new Map();
  withTables(
    file,
    (tables) => {
      read = tables;
      return eachGlyph(tables, (code, glyph) => {
        if (wanted.has(code) && !ids.has(code)) ids.set(code, glyph);
      });
    },
    [...TABLES, ...OUTLINES],
  );
  return { tables: read, ids };
}

/** Which of these characters a font draws as one draws a character, and why it does not the others. */
function fitIn(file: string, characters: readonly number[]): { fit: number[]; unfit: Map<number, Unfit> } {
  const unfit = new Map<number, Unfit>();
  if (characters.length === 0) return { fit: [], unfit };
  const { tables, ids } = outlinesIn(file, characters);
  try {
    const outlines = new FontOutlines(tables);
    for (const code of characters) {
      const why = unfitIn(outlines, ids.get(code) ?? 0, /^\p{M}$/u.test(String.fromCodePoint(code)));
      if (why) unfit.set(code, why);
    }
    const fit = characters.filter((code) => !unfit.has(code));
    if (fit.length > 0) subsetOf(tables, ids);
    return { fit, unfit };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { fit: [], unfit: new Map(characters.map((code) => [code, 'broken'])) };
  }
}

const UNFIT: Readonly<Record<Unfit, Say>> = {
  blank: { zh: '是空白的', en: 'is blank' },
  outside: {
    zh: '畫到自己的字框外面，會和旁邊的字讀成別的',
    en: 'is drawn outside its own square, over the text beside it',
  },
  broken: { zh: '的外框讀不出來', en: 'has an outline that cannot be read' },
};

function lies(unfit: ReadonlyMap<number, Unfit>): Refused {
  const [[code, why] = [0, 'broken' as const]] = unfit;
  const more = unfit.size - 1;
  return {
    message: {
      zh: `字型裡的 ${named(code)}${UNFIT[why].zh}${more > 0 ? `；另有 ${more} 個字也不能用` : ''}。`,
      en: `In this font ${named(code)} ${UNFIT[why].en}${more > 0 ? `; ${more} more characters cannot be printed either` : ''}.`,
    },
    hint: {
      zh: '用造字程式在字框內重畫這個字，再存一次。',
      en: 'Draw the character anew within its square, and save the font again.',
    },
  };
}

/** The families that a font goes by, in whatever language (OpenType, name: 1 and 16, in Unicode). */
function familiesIn(tables: Tables): string[] {
  const name = tables.get('name');
  if (!name || name.length < 6) return [];
  const strings = name.readUInt16BE(4);
  const families = new Set<string>();
  for (let i = 0; i < name.readUInt16BE(2); i += 1) {
    const at = 6 + i * 12;
    const [platform, id] = [name.readUInt16BE(at), name.readUInt16BE(at + 6)];
    if ((platform !== 0 && platform !== 3) || (id !== 1 && id !== 16)) continue;
    const [length, offset] = [name.readUInt16BE(at + 8), name.readUInt16BE(at + 10)];
    const bytes = name.subarray(strings + offset, strings + offset + length);
    const family = bytes.length % 2 === 0 ? Buffer.from(bytes).swap16().toString('utf16le') : '';
    // A family of the program is always that of the program.
    if (/^[^"\\<>{};\p{C}]{1,80}$/u.test(family) && !FAMILIES.includes(family)) families.add(family);
  }
  return [...families];
}

/** The families of an installed font that may be printed with: static TrueType that may be embedded. None of any other. */
export function familiesOf(file: string): string[] {
  let families: string[] = [];
  const wrong = withTables(file, (tables) => {
    families = familiesIn(tables);
    return unfitFor(tables);
  });
  return wrong ? [] : families;
}

// --------------------------------------------------------------------------------------------------- for a page

/** Where a page finds a face: an address that no network answers. */
const ORIGIN = 'https://fonts.servicebook.invalid/';

/** The rules that give a page these faces. */
export const facesCss = (faces: readonly Face[]): string =>
  faces
    .map(
      ({ family, weight, digest, characters }) =>
        `@font-face{font-family:"${family}";font-weight:${weight};src:url(${ORIGIN}${digest})${characters ? `;unicode-range:${characters.map(named).join(',')}` : ''}}`,
    )
    .join('\n');

/** What a page is given of a face: of a font of an office the outlines of its characters alone. Throws where it is gone. */
export async function fontOf({ file, characters }: Face): Promise<Uint8Array> {
  if (!characters) return readFile(file);
  const { tables, ids } = outlinesIn(file, characters);
  return subsetOf(tables, ids);
}

/** The face that a page asks for by this address. */
export const faceAt = (faces: readonly Face[], address: string): Face | undefined =>
  address.startsWith(ORIGIN) ? faces.find(({ digest }) => address === `${ORIGIN}${digest}`) : undefined;
