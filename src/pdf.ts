// What is read from and written into a PDF that Chromium made: pages of links, empty boxes, metadata, a stable order.
import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import {
  ParseSpeeds,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFString,
} from 'pdf-lib';
import { escapeText } from './html.js';

export type { PDFDocument } from 'pdf-lib';

export const loadPdf = (bytes: Uint8Array): Promise<PDFDocument> =>
  PDFDocument.load(bytes, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest });

/** True when something in the file shows the empty box of a character that no font has. */
export const hasEmptyBox = (pdf: PDFDocument): boolean =>
  pdf.context.enumerateIndirectObjects().some(([, object]) => object instanceof PDFRawStream && showsEmptyBox(object));

/** For each page, whether it shows an empty box. */
export const pagesWithEmptyBox = (pdf: PDFDocument): boolean[] =>
  pdf.getPages().map((page) => {
    const content = page.node.Contents();
    return content instanceof PDFRawStream && showsEmptyBox(content);
  });

/**
 * True when a text in this content stream shows glyph 0, the empty box. Chromium writes glyphs as pairs of bytes, in
 * `<hex>` or `(literal)` strings; strings that begin with FEFF are the text beside them, not glyphs.
 */
function showsEmptyBox(stream: PDFRawStream): boolean {
  const entries = stream.dict.toString();
  if (!entries.includes('/FlateDecode') || /\/(Length1|Image|XML)\b/.test(entries)) return false;
  const content = inflateSync(stream.contents).toString('latin1');
  if (!/T[jJ]\b/.test(content)) return false;
  for (const [, hex, literal] of content.matchAll(/<([0-9A-Fa-f]+)>|\(((?:\\.|[^\\)])*)\)/gs)) {
    const glyphs = hex ?? Buffer.from(unescapeLiteral(literal ?? ''), 'latin1').toString('hex');
    if (/^feff/i.test(glyphs)) continue;
    for (let at = 0; at + 4 <= glyphs.length; at += 4) if (glyphs.startsWith('0000', at)) return true;
  }
  return false;
}

/** ISO 32000, 7.3.4.2: `\ddd` is an octal byte, the letters are control characters, anything else is itself. */
function unescapeLiteral(text: string): string {
  const controls: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return text.replace(/\\([0-7]{1,3}|.)/gs, (_, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (controls[code] ?? code),
  );
}

/** Where an element begins: 1-based page, and points from the top of that page. */
export type Place = { page: number; top: number };

/** The place of every element that a link leads to, by id: the catalog's /Dests, name → [page, /XYZ left top zoom]. */
export function placesOf(pdf: PDFDocument): Record<string, Place> {
  const pages = new Map(pdf.getPages().map((page, index) => [page.ref.toString(), { page, number: index + 1 }]));
  const destinations = pdf.catalog.lookupMaybe(PDFName.of('Dests'), PDFDict)?.entries() ?? [];
  const places: Record<string, Place> = {};
  for (const [name, value] of destinations) {
    const target = pdf.context.lookup(value, PDFArray);
    const on = pages.get(target.get(0).toString());
    const height = target.lookupMaybe(3, PDFNumber)?.asNumber() ?? 0;
    if (on) places[name.decodeText()] = { page: on.number, top: on.page.getHeight() - height };
  }
  return places;
}

const PRODUCER = 'servicebook';

/**
 * Names the file and makes it depend on the input alone. Changed in place: copying pages into a new document would
 * drop the tags. `source` is what was printed; it stands for the file in /ID. `declares`: kept in the file.
 */
export function finishPdf(
  pdf: PDFDocument,
  file: string,
  date: string,
  source: string,
  declares?: string,
): Promise<Uint8Array> {
  const title = pdf.getTitle();
  const lang = pdf.catalog.lookupMaybe(PDFName.of('Lang'), PDFString, PDFHexString)?.decodeText();
  if (!title || !lang) throw new Error(`${file}: the page has no ${title ? 'lang' : 'title'}`);
  const day = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  pdf.setTitle(title, { showInWindowTitleBar: true });
  pdf.setCreator(PRODUCER);
  pdf.setProducer(PRODUCER);
  pdf.setCreationDate(day);
  pdf.setModificationDate(day);
  const stamp = day.toISOString().replace('.000', '');
  const about = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeText(title)}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>${escapeText(lang)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>${PRODUCER}</xmp:CreatorTool>
<xmp:CreateDate>${stamp}</xmp:CreateDate>
<xmp:ModifyDate>${stamp}</xmp:ModifyDate>
<pdf:Producer>${PRODUCER}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
  const { context } = pdf;
  const metadata = context.stream(new TextEncoder().encode(about), { Type: 'Metadata', Subtype: 'XML' });
  pdf.catalog.set(PDFName.of('Metadata'), context.register(metadata));
  if (declares !== undefined) keepDeclared(pdf, declares, day);
  const id = PDFHexString.of(createHash('sha256').update(`${file}\n${date}\n${source}`).digest('hex').slice(0, 32));
  context.trailerInfo.ID = context.obj([id, id]);
  tellCharacters(pdf, new Set(source));
  tellFigures(pdf);
  // Chromium 147 says so itself; others may not.
  for (const { node } of pdf.getPages())
    if (node.has(PDFName.of('StructParents')) && !node.has(TABS)) node.set(TABS, PDFName.of('S'));
  renumber(pdf);
  return pdf.save({
    addDefaultPage: false,
    updateFieldAppearances: false,
    objectsPerTick: Number.POSITIVE_INFINITY,
  });
}

const PIECES = PDFName.of('PieceInfo');
const OURS = PDFName.of(PRODUCER);

/** What the sheet declares, as data of this program: ISO 32000, 14.5. */
function keepDeclared({ catalog, context }: PDFDocument, declares: string, day: Date): void {
  const kept = context.register(context.flateStream(new TextEncoder().encode(declares)));
  const piece = { [PRODUCER]: context.obj({ LastModified: PDFString.fromDate(day), Private: kept }) };
  catalog.set(PIECES, context.obj(piece));
}

/** Largest text that is read back from a file anyone may have made, in bytes. */
const LARGEST = 64 * 1024 * 1024;

/** What `finishPdf` was given as `declares`; `undefined` where there is none. */
export function declaredIn({ catalog, context }: PDFDocument): string | undefined {
  const pieces = context.lookup(catalog.get(PIECES));
  const ours = pieces instanceof PDFDict ? context.lookup(pieces.get(OURS)) : undefined;
  const kept = ours instanceof PDFDict ? context.lookup(ours.get(PDFName.of('Private'))) : undefined;
  if (!(kept instanceof PDFRawStream)) return undefined;
  try {
    return inflateSync(kept.contents, { maxOutputLength: LARGEST }).toString('utf8');
  } catch {
    return undefined;
  }
}

/**
 * Characters that fonts draw with one glyph, wrong one first: the radicals supplement (Unicode's
 * EquivalentUnifiedIdeograph.txt; the Kangxi radicals are in NFKC) and punctuation.
 */
const TWINS = new Map(
  (
    '⺂乛⺃乚⺅亻⺉刂⺋㔾⺎兀⺏尣⺒巳⺔彑⺖忄⺗㣺⺘扌⺙攵⺚无⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺨犭⺪疋⺫罒⺬示⺭礻⺯糹⺰纟⺱罓⺲罒' +
    '⺶羊⺷羊⺹耂⺺肀⺼月⺾艹⺿艹⻀艹⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠' +
    '⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻲亀⻳龟∕／〜～‒–…⋯•‧·‧‵｀'
  )
    .match(/../gu)
    ?.map((pair) => [...pair] as [string, string]),
);

/**
 * Where two characters share a glyph, Chromium writes down the lower one: 人 is found and copied as the radical ⼈, and
 * a search for 申請人 finds nothing. Puts back the one that stands in the text that was printed.
 */
function tellCharacters(pdf: PDFDocument, text: ReadonlySet<string>): void {
  const meant = (found: string): string =>
    text.has(found)
      ? found
      : ([found.normalize('NFKC'), TWINS.get(found)].find((twin) => twin && text.has(twin)) ?? found);
  const { context } = pdf;
  const done = new Set<unknown>();
  for (const [, object] of context.enumerateIndirectObjects()) {
    const ref = object instanceof PDFDict ? object.get(PDFName.of('ToUnicode')) : undefined;
    const stream = ref instanceof PDFRef ? context.lookup(ref) : undefined;
    if (!(ref instanceof PDFRef) || !(stream instanceof PDFRawStream) || done.has(ref)) continue;
    done.add(ref);
    // An appended form's map has its filter in an array (assemble.ts); it is not Chromium's and stays as it is.
    if (stream.dict.get(PDFName.of('Filter')) !== PDFName.FlateDecode) continue;
    const cmap = inflateSync(stream.contents).toString('latin1');
    const pairs = cmapPairs(cmap);
    if (pairs.every(([, found]) => meant(found) === found)) continue;
    const hex = (found: string) => Buffer.from(found, 'utf16le').swap16().toString('hex').toUpperCase();
    const blocks: string[] = [];
    for (let i = 0; i < pairs.length; i += 100) {
      const lines = pairs.slice(i, i + 100).map(([glyph, found]) => `<${glyph}> <${hex(meant(found))}>`);
      blocks.push(`${lines.length} beginbfchar\n${lines.join('\n')}\nendbfchar\n`);
    }
    const first = cmap.search(/\d+ beginbf(char|range)/);
    const last = cmap.lastIndexOf('endbf');
    const rest = cmap.slice(cmap.indexOf('\n', last) + 1);
    context.assign(ref, context.flateStream(cmap.slice(0, first) + blocks.join('') + rest));
  }
}

/** [glyph as four hexadecimal digits, its text] of a ToUnicode map; ISO 32000, 9.10.3. */
function cmapPairs(cmap: string): [string, string][] {
  const read = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  const pairs: [string, string][] = [];
  for (const [, kind, body = ''] of cmap.matchAll(/beginbf(char|range)([\s\S]*?)endbf/g)) {
    const words = [...body.matchAll(/<([0-9A-Fa-f]+)>/g)].map(([, hex]) => hex ?? '');
    if (kind === 'char')
      for (let i = 0; i + 1 < words.length; i += 2) pairs.push([words[i] ?? '', read(words[i + 1] ?? '')]);
    else
      for (let i = 0; i + 2 < words.length; i += 3) {
        const [from = 0, to = 0] = [words[i], words[i + 1]].map((word) => Number.parseInt(word ?? '', 16));
        const first = read(words[i + 2] ?? '').codePointAt(0) ?? 0;
        for (let glyph = from; glyph <= to; glyph += 1)
          pairs.push([glyph.toString(16).toUpperCase().padStart(4, '0'), String.fromCodePoint(first + glyph - from)]);
      }
  }
  return pairs;
}

const TABS = PDFName.of('Tabs');
const ROLE = PDFName.of('S');
const FIGURE = PDFName.of('Figure');

/**
 * Chromium makes a figure of `<figure>` and another one of the picture in it, and only the picture has its words. The
 * outer one would be read aloud as a picture that nobody describes; it is a division.
 */
function tellFigures(pdf: PDFDocument): void {
  const { context } = pdf;
  const spoken = (element: PDFDict): boolean => element.has(PDFName.of('Alt')) || element.has(PDFName.of('ActualText'));
  for (const [, picture] of context.enumerateIndirectObjects()) {
    if (!(picture instanceof PDFDict) || picture.get(ROLE) !== FIGURE || !spoken(picture)) continue;
    const outer = context.lookup(picture.get(PARENT));
    if (outer instanceof PDFDict && outer.get(ROLE) === FIGURE && !spoken(outer)) outer.set(ROLE, PDFName.of('Div'));
  }
}

const ID = PDFName.of('ID');
const KIDS = PDFName.of('K');
const PARENT = PDFName.of('P');
const ATTRIBUTES = PDFName.of('A');
const HEADERS = PDFName.of('Headers');

/**
 * Chromium names the cells of a table's head by numbers it also hands out while painting, and orders objects by these
 * names: two prints of one page differ. Gives the names anew in the order of the structure tree, and the object
 * numbers in the order in which the file's own references lead to them.
 */
function renumber(pdf: PDFDocument): void {
  const { context } = pdf;
  const tree = pdf.catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict);
  const named = new Map<string, { name: PDFString; at: PDFRef }>();
  const elements: PDFDict[] = [];
  const visit = (value: unknown): void => {
    const object = value instanceof PDFRef ? context.lookup(value) : value;
    if (object instanceof PDFArray) for (const kid of object.asArray()) visit(kid);
    if (!(object instanceof PDFDict) || !object.has(PARENT)) return;
    elements.push(object);
    const id = object.lookup(ID);
    if ((id instanceof PDFString || id instanceof PDFHexString) && value instanceof PDFRef) {
      const name = PDFString.of(`cell${String(named.size + 1).padStart(6, '0')}`);
      named.set(id.decodeText(), { name, at: value });
      object.set(ID, name);
    }
    visit(object.get(KIDS));
  };
  if (tree) visit(tree.get(KIDS));
  for (const element of elements) {
    const attributes = element.lookup(ATTRIBUTES);
    for (const each of attributes instanceof PDFArray ? attributes.asArray() : [attributes]) {
      const of = each instanceof PDFRef ? context.lookup(each) : each;
      const headers = of instanceof PDFDict ? of.lookup(HEADERS) : undefined;
      if (!(headers instanceof PDFArray)) continue;
      for (const [i, old] of headers.asArray().entries())
        if (old instanceof PDFString || old instanceof PDFHexString)
          headers.set(i, named.get(old.decodeText())?.name ?? old);
    }
  }
  if (tree && named.size > 0) {
    const cells = [...named.values()];
    const limits = [cells[0]?.name, cells.at(-1)?.name];
    tree.set(
      PDFName.of('IDTree'),
      context.obj({ Kids: [context.obj({ Limits: limits, Names: cells.flatMap(({ name, at }) => [name, at]) })] }),
    );
  }

  const order = new Map<PDFRef, PDFRef>();
  const follow = (value: unknown): unknown[] => {
    if (value instanceof PDFDict) return value.values();
    if (value instanceof PDFArray) return value.asArray();
    return value instanceof PDFStream ? value.dict.values() : [];
  };
  const { Root, Info } = context.trailerInfo;
  for (const waiting: unknown[] = [Info, Root]; waiting.length > 0; ) {
    const value = waiting.pop();
    if (!(value instanceof PDFRef)) waiting.push(...follow(value).reverse());
    else if (!order.has(value)) {
      order.set(value, PDFRef.of(order.size + 1));
      waiting.push(context.lookup(value));
    }
  }
  const point = (value: unknown): void => {
    if (value instanceof PDFStream) point(value.dict);
    if (value instanceof PDFDict)
      for (const [key, old] of value.entries()) {
        const fresh = old instanceof PDFRef && order.get(old);
        if (fresh) value.set(key, fresh);
        else point(old);
      }
    if (value instanceof PDFArray)
      for (const [i, old] of value.asArray().entries()) {
        const fresh = old instanceof PDFRef && order.get(old);
        if (fresh) value.set(i, fresh);
        else point(old);
      }
  };
  const objects = context.enumerateIndirectObjects();
  for (const [ref] of objects) context.delete(ref);
  for (const [ref, object] of objects) {
    const fresh = order.get(ref);
    if (!fresh) continue;
    point(object);
    context.assign(fresh, object);
  }
  context.largestObjectNumber = order.size;
  context.trailerInfo.Root = order.get(Root as PDFRef);
  context.trailerInfo.Info = order.get(Info as PDFRef);
}
