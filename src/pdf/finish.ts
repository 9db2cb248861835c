// What is read from and written into a PDF that Chromium made: pages of links, empty boxes, metadata, a stable order.
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { inflateSync } from 'node:zlib';
import {
  ParseSpeeds,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFString,
} from '@cantoo/pdf-lib';
import { escapeText } from '../core/html.js';
import { type Edit, edited, hasPredictor, latin1, operatorsOf, unpacked } from './content-stream.js';
import { blocksOf } from './fonts.js';
import { numberAt, type Pair, pairsOf, treeOf } from './objects.js';
import type { PageContent } from './page-content.js';
import type { Expected, PreflightFault } from './preflight/fault.js';
import { prove } from './preflight/preflight.js';
import { sizeFaults } from './preflight/whole-file.js';
import { readPagesInTurn } from './read-pages.js';
import { ownersOf, readStructure } from './structure.js';

export type { PDFDocument } from '@cantoo/pdf-lib';

export const loadPdf = (bytes: Uint8Array): Promise<PDFDocument> =>
  PDFDocument.load(bytes, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest });

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

export type Finish = { file: string; date: string; source: string; declares?: string; expected?: Expected };
/** A PDF as it is written, and all that the preflight finds in it. */
export type Finished = { bytes: Uint8Array; faults: PreflightFault[] };

/**
 * Names the file, mends its tags, makes it depend on the input alone and proves it. Changed in place: copying pages into
 * a new document would drop the tags. `source` is what was printed; it stands for the file in /ID. `declares`: kept in the
 * file. The file says that it is PDF/UA where the preflight sees nothing against it.
 */
export async function finishPdf(
  pdf: PDFDocument,
  { file, date, source, declares, expected = {} }: Finish,
): Promise<Finished> {
  const title = pdf.getTitle();
  const lang = pdf.catalog.lookupMaybe(PDFName.of('Lang'), PDFString, PDFHexString)?.decodeText();
  if (!title || !lang) throw new Error(`${file}: the page has no ${title ? 'lang' : 'title'}`);
  const day = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  pdf.setTitle(title, { showInWindowTitleBar: true });
  pdf.setCreator(PRODUCER);
  pdf.setProducer(PRODUCER);
  pdf.setCreationDate(day);
  pdf.setModificationDate(day);
  const { context } = pdf;
  const id = PDFHexString.of(createHash('sha256').update(`${file}\n${date}\n${source}`).digest('hex').slice(0, 32));
  context.trailerInfo.ID = context.obj([id, id]);
  if (declares !== undefined) keepDeclared(pdf, declares, day);
  tellCharacters(pdf, new Set(source));
  tellFigures(pdf);
  tellLists(pdf);
  tellArtifacts(pdf);
  const contents = await readPagesInTurn(pdf);
  await setImmediate();
  tellLinks(pdf, contents);
  // Chromium 147 says so itself; others may not.
  for (const { node } of pdf.getPages())
    if (node.has(PDFName.of('StructParents')) && !node.has(TABS)) node.set(TABS, PDFName.of('S'));
  const describe = (accessible: boolean): void => {
    const about = new TextEncoder().encode(xmpOf(title, lang, day, accessible));
    const metadata = context.stream(about, { Type: 'Metadata', Subtype: 'XML' });
    const ref = pdf.catalog.get(METADATA);
    if (ref instanceof PDFRef) context.assign(ref, metadata);
    else pdf.catalog.set(METADATA, context.register(metadata));
  };
  describe(false);
  const { faults, accessible } = prove(pdf, expected, contents);
  if (accessible) describe(true);
  await setImmediate();
  renumber(pdf);
  const bytes = await pdf.save({
    addDefaultPage: false,
    updateFieldAppearances: false,
    objectsPerTick: PER_TICK,
  });
  return { bytes, faults: [...sizeFaults(bytes), ...faults] };
}

/** After so many objects the program hears whether it is to end. */
const PER_TICK = 5000;
const METADATA = PDFName.of('Metadata');

/** ISO 16684-1, and 5 of ISO 14289-1. */
function xmpOf(title: string, lang: string, day: Date, accessible: boolean): string {
  const stamp = day.toISOString().replace('.000', '');
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeText(title)}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>${escapeText(lang)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>${PRODUCER}</xmp:CreatorTool>
<xmp:CreateDate>${stamp}</xmp:CreateDate>
<xmp:ModifyDate>${stamp}</xmp:ModifyDate>
<pdf:Producer>${PRODUCER}</pdf:Producer>
</rdf:Description>${
    accessible
      ? '\n<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>'
      : ''
  }</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
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
    // An appended form's map has its filter in an array (append-forms.ts); it is not Chromium's and stays as it is.
    if (stream.dict.get(PDFName.of('Filter')) !== PDFName.FlateDecode || hasPredictor(stream)) continue;
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
  for (const { kind, body } of blocksOf(cmap)) {
    const words = [...body.matchAll(/<([0-9A-Fa-f]+)>/g)].map(([, hex]) => hex ?? '');
    if (kind === 'char')
      for (let i = 0; i + 1 < words.length; i += 2) pairs.push([words[i] ?? '', read(words[i + 1] ?? '')]);
    else
      for (let i = 0; i + 2 < words.length; i += 3) {
        const [from = 0, to = 0] = [words[i], words[i + 1]].map((word) => Number.parseInt(word ?? '', 16));
        const first = read(words[i + 2] ?? '').codePointAt(0) ?? 0;
        for (let glyph = from; glyph <= Math.min(to, 0xffff); glyph += 1)
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

/** Everything right in an element, in order. */
const kidsOf = (element: PDFDict): PDFObject[] => {
  const kids = element.lookup(KIDS);
  return kids instanceof PDFArray ? kids.asArray() : [element.get(KIDS) ?? []].flat();
};

/**
 * What stands in an item of a list beside its label is its body, and Chromium's emphasis a span: PDF 1.7 knows nothing
 * else in an item, and no Strong or Em.
 */
function tellLists(pdf: PDFDocument): void {
  const { context } = pdf;
  const owners = ownersOf(pdf);
  const roles = new Set<string>();
  for (const [ref, item] of context.enumerateIndirectObjects()) {
    if (!(item instanceof PDFDict) || !item.has(PARENT)) continue;
    const role = item.get(ROLE);
    if (role instanceof PDFName) roles.add(role.decodeText());
    if (role !== PDFName.of('LI')) continue;
    const kids = kidsOf(item);
    const roleIn = (kid: PDFObject): PDFObject | undefined => {
      const found = context.lookup(kid);
      return found instanceof PDFDict ? found.get(ROLE) : undefined;
    };
    const labels = kids.filter((kid) => roleIn(kid) === PDFName.of('Lbl'));
    const rest = kids.filter((kid) => !labels.includes(kid));
    if (rest.length === 0 || rest.every((kid) => roleIn(kid) === PDFName.of('LBody'))) continue;
    const body = context.obj({ Type: 'StructElem', S: 'LBody', P: ref, K: rest });
    const bodyRef = context.register(body);
    const page = item.get(PDFName.of('Pg'));
    if (page) body.set(PDFName.of('Pg'), page);
    let pieces = false;
    for (const kid of rest) {
      const found = context.lookup(kid);
      if (found instanceof PDFDict && found.has(ROLE)) found.set(PARENT, bodyRef);
      else pieces = true;
    }
    // What is written right in the item, Chromium's never.
    for (const each of pieces ? owners.values() : []) {
      const owned = context.lookup(each);
      if (!(owned instanceof PDFArray)) continue;
      for (const [i, owner] of owned.asArray().entries()) if (owner === ref) owned.set(i, bodyRef);
    }
    item.set(KIDS, context.obj([...labels, bodyRef]));
  }
  const tree = pdf.catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict);
  const strange = ['Strong', 'Em'].filter((role) => roles.has(role));
  if (tree && strange.length > 0)
    tree.set(PDFName.of('RoleMap'), context.obj(Object.fromEntries(strange.map((role) => [role, 'Span']))));
}

/**
 * Chromium tags rules and grounds as if they were words of the paragraph or table they belong to, and leaves running
 * heads and some strokes without any tag. Nobody reads a line aloud: what is but drawn and is no figure, and what has no
 * tag, is an artifact.
 */
function tellArtifacts(pdf: PDFDocument): void {
  const { context } = pdf;
  const owners = ownersOf(pdf);
  for (const { node, ref: page } of pdf.getPages()) {
    const ref = node.get(PDFName.of('Contents'));
    const stream = ref instanceof PDFRef ? context.lookup(ref) : undefined;
    const owned = context.lookup(owners.get(numberAt(node, 'StructParents') ?? -1));
    // A page of an appended form has a crop box (append-forms.ts), Chromium's never: the tags of its maker are left alone.
    if (node.has(PDFName.of('CropBox'))) continue;
    if (!(ref instanceof PDFRef) || !(stream instanceof PDFRawStream) || !(owned instanceof PDFArray)) continue;
    const content = latin1(unpacked(stream));
    const edits: Edit[] = [];
    for (const { piece, from, to } of markArtifacts(content, edits)) {
      const element = owned.lookup(piece);
      if (!(element instanceof PDFDict) || element.get(ROLE) === FIGURE) continue;
      const left = kidsOf(element).filter((kid) => {
        const found = context.lookup(kid);
        const number = found instanceof PDFDict ? found.lookup(PDFName.of('MCID')) : found;
        const own = found instanceof PDFDict ? found.get(PDFName.of('Pg')) : undefined;
        const here = (own ?? element.get(PDFName.of('Pg'))) === page;
        return !(number instanceof PDFNumber && number.asNumber() === piece && here);
      });
      if (left.length > 0) element.set(KIDS, context.obj(left));
      else element.delete(KIDS);
      owned.set(piece, PDFNull);
      edits.push({ from, to, text: ARTIFACT });
    }
    if (edits.length === 0) continue;
    // Not by Node's own deflate: its bytes differ from processor to processor.
    context.assign(ref, context.flateStream(Buffer.from(edited(content, edits), 'latin1')));
  }
}

const ARTIFACT = '/Artifact BMC';

/** Adds the edits that put all untagged painting into artifacts; returns the tagged pieces that show no text or picture. */
function markArtifacts(content: string, edits: Edit[]): { piece: number; from: number; to: number }[] {
  const drawn: { piece: number; from: number; to: number }[] = [];
  const marks: { piece: number | undefined; from: number; to: number; real: boolean }[] = [];
  /** Where the path or text began that is being written, and whether an artifact is open. */
  let path = -1;
  let text = -1;
  let shown = false;
  let open = false;
  const begin = (at: number): void => {
    if (!open) edits.push({ from: at, to: at, text: `${ARTIFACT}\n` });
    open = true;
  };
  const end = (at: number): void => {
    if (open) edits.push({ from: at, to: at, text: 'EMC\n' });
    open = false;
  };
  for (const { name, operands, from, to } of operatorsOf(content)) {
    if (name === 'BDC' || name === 'BMC') {
      const at = operands.indexOf('/MCID');
      if (marks.length === 0 && text === -1) end(from);
      // Part of this text is tagged, so the whole is no artifact.
      if (marks.length === 0 && at !== -1) shown = false;
      marks.push({ piece: at === -1 ? undefined : Number(operands[at + 1]), from, to, real: false });
      continue;
    }
    if (name === 'EMC') {
      const mark = marks.pop();
      if (mark?.piece !== undefined && !mark.real) drawn.push({ piece: mark.piece, from: mark.from, to: mark.to });
      continue;
    }
    const shows = /^(Tj|TJ|'|")$/.test(name);
    if (shows || /^(Do|ID|sh)$/.test(name)) for (const mark of marks) mark.real = true;
    if (marks.every(({ piece }) => piece === undefined)) shown ||= shows;
    if (name === 'ET') {
      if (marks.length === 0 && shown) begin(text);
      text = -1;
    }
    if (marks.length > 0) continue;
    if (name === 'BT') {
      text = from;
      shown = false;
    } else if (name === 'q' || name === 'Q') end(from);
    else if (name === 'm' || name === 're') path = path === -1 ? from : path;
    else if (name === 'n') path = -1;
    else if (/^([fFSs]|f\*|[Bb]\*?)$/.test(name)) {
      begin(path === -1 ? from : path);
      path = -1;
    } else if (name === 'Do' || name === 'sh' || name === 'BI') begin(from);
  }
  end(content.length);
  return drawn;
}

/** Each link says in words where it leads, and belongs to the element it stands in: who listens is told. */
function tellLinks(pdf: PDFDocument, contents: readonly PageContent[]): void {
  const { context } = pdf;
  const elements = readStructure(pdf, contents);
  for (const [index, { role, dict, depth }] of elements.entries()) {
    if (role !== 'Link') continue;
    let words = '';
    for (let i = index; i === index || (elements[i]?.depth ?? -1) > depth; i += 1) words += elements[i]?.words ?? '';
    for (const kid of kidsOf(dict)) {
      const found = context.lookup(kid);
      const note = found instanceof PDFDict ? found.lookup(PDFName.of('Obj')) : undefined;
      if (!(note instanceof PDFDict) || note.has(CONTENTS)) continue;
      const action = note.lookup(PDFName.of('A'));
      const address = action instanceof PDFDict ? action.lookup(PDFName.of('URI')) : undefined;
      const told = words.trim() || (address instanceof PDFString ? address.decodeText() : '');
      if (told) note.set(CONTENTS, PDFHexString.fromText(told));
    }
  }
}
const CONTENTS = PDFName.of('Contents');

const ID = PDFName.of('ID');
const KIDS = PDFName.of('K');
const PARENT = PDFName.of('P');
const ATTRIBUTES = PDFName.of('A');
const HEADERS = PDFName.of('Headers');

/** Chromium writes the tree from content to elements as one array, of a long book with hundreds of thousands of entries. */
function balance(tree: PDFDict): void {
  const name = PDFName.of('ParentTree');
  const owners = pairsOf(tree.lookupMaybe(name, PDFDict), 'Nums');
  const number = (key: PDFObject): number => (key instanceof PDFNumber ? key.asNumber() : 0);
  tree.set(
    name,
    treeOf(
      tree.context,
      owners.sort(([a], [b]) => number(a) - number(b)),
      'Nums',
    ),
  );
}

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
    const cells = [...named.values()].map(({ name, at }): Pair => [name, at]);
    tree.set(PDFName.of('IDTree'), treeOf(context, cells, 'Names'));
  }
  if (tree) balance(tree);

  const order = new Map<PDFRef, PDFRef>();
  const follow = (value: unknown): unknown[] => {
    if (value instanceof PDFDict) return value.values();
    if (value instanceof PDFArray) return value.asArray();
    return value instanceof PDFStream ? value.dict.values() : [];
  };
  const { Root, Info } = context.trailerInfo;
  for (const waiting: unknown[] = [Info, Root]; waiting.length > 0; ) {
    const value = waiting.pop();
    // One by one: the tree of a long book has more in one array than a call takes arguments.
    if (!(value instanceof PDFRef)) for (const each of follow(value).reverse()) waiting.push(each);
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
