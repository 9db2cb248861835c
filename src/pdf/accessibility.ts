// What Chromium's tags lack for those who listen: figures, lists, what is but drawn, and words for links.
import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib';
import { type Edit, edited, latin1, type Operator, operatorsOf, unpacked } from './content-stream.js';
import { dictAt, flateStream, numberAt, textAt, valueAt } from './objects.js';
import type { PageContent } from './page-content.js';
import { kidsOf, ownersOf, readStructure } from './structure.js';

const KIDS = PDFName.of('K');
const PARENT = PDFName.of('P');
const ROLE = PDFName.of('S');
const FIGURE = PDFName.of('Figure');

/**
 * Chromium makes a figure of `<figure>` and another one of the picture in it, and only the picture has its words. The
 * outer one would be read aloud as a picture that nobody describes; it is a division.
 */
export function nestFigures(pdf: PDFDocument): void {
  const { context } = pdf;
  const spoken = (element: PDFDict): boolean => element.has(PDFName.of('Alt')) || element.has(PDFName.of('ActualText'));
  for (const [, picture] of context.enumerateIndirectObjects()) {
    if (!(picture instanceof PDFDict) || picture.get(ROLE) !== FIGURE || !spoken(picture)) continue;
    const outer = context.lookup(picture.get(PARENT));
    if (outer instanceof PDFDict && outer.get(ROLE) === FIGURE && !spoken(outer)) outer.set(ROLE, PDFName.of('Div'));
  }
}

/**
 * What stands in an item of a list beside its label is its body, and Chromium's emphasis a span: PDF 1.7 knows nothing
 * else in an item, and no Strong or Em.
 */
export function fixLists(pdf: PDFDocument): void {
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
  const tree = dictAt(pdf.catalog, 'StructTreeRoot');
  const strange = ['Strong', 'Em'].filter((role) => roles.has(role));
  if (tree && strange.length > 0)
    tree.set(PDFName.of('RoleMap'), context.obj(Object.fromEntries(strange.map((role) => [role, 'Span']))));
}

/**
 * Chromium tags rules and grounds as if they were words of the paragraph or table they belong to, and leaves running
 * heads and some strokes without any tag. Nobody reads a line aloud: what is but drawn and is no figure, and what has no
 * tag, is an artifact.
 */
export function markArtifacts(pdf: PDFDocument): void {
  const { context } = pdf;
  const owners = ownersOf(pdf);
  const tagged = dictAt(pdf.catalog, 'StructTreeRoot') !== undefined;
  for (const { node, ref: page } of pdf.getPages()) {
    const ref = node.get(PDFName.of('Contents'));
    const stream = ref instanceof PDFRef ? context.lookup(ref) : undefined;
    const key = numberAt(node, 'StructParents');
    // An empty page under a running head has no part in the tags.
    const owned = key === undefined && tagged ? context.obj([]) : context.lookup(owners.get(key ?? -1));
    // A page of an appended form has a crop box (append-forms.ts), Chromium's never: the tags of its maker are left alone.
    if (node.has(PDFName.of('CropBox'))) continue;
    if (!(ref instanceof PDFRef) || !(stream instanceof PDFRawStream) || !(owned instanceof PDFArray)) continue;
    const content = latin1(unpacked(stream));
    const { edits, drawn } = new ArtifactFinder().read(content);
    for (const { piece, from, to } of drawn) {
      const element = owned.lookup(piece);
      if (!(element instanceof PDFDict) || element.get(ROLE) === FIGURE) continue;
      const left = kidsOf(element).filter((kid) => {
        const found = context.lookup(kid);
        const number = found instanceof PDFDict ? valueAt(found, 'MCID') : found;
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
    context.assign(ref, flateStream(context, Buffer.from(edited(content, edits), 'latin1')));
  }
}

const ARTIFACT = '/Artifact BMC';

type Piece = { piece: number; from: number; to: number };

/** Follows the content of a page, to tell what is but drawn from what is read aloud. */
class ArtifactFinder {
  /** Put all untagged painting into artifacts. */
  readonly edits: Edit[] = [];
  /** The tagged pieces that show no text or picture: their number, and where their operator stands. */
  readonly drawn: Piece[] = [];
  readonly #marks: { piece: number | undefined; from: number; to: number; real: boolean }[] = [];
  /** Where the path or text began that is being written; -1 outside of one. */
  #path = -1;
  #text = -1;
  /** Whether the text shows something without a tag. */
  #shown = false;
  /** Whether an artifact is open. */
  #open = false;

  read(content: string): this {
    for (const operator of operatorsOf(content)) {
      if (operator.name === 'BDC' || operator.name === 'BMC') this.#beginMark(operator);
      else if (operator.name === 'EMC') this.#endMark();
      else this.#paint(operator);
    }
    this.#end(content.length);
    return this;
  }

  #beginMark({ operands, from, to }: Operator): void {
    const at = operands.indexOf('/MCID');
    if (this.#marks.length === 0 && this.#text === -1) this.#end(from);
    // Part of this text is tagged, so the whole is no artifact.
    if (this.#marks.length === 0 && at !== -1) this.#shown = false;
    this.#marks.push({ piece: at === -1 ? undefined : Number(operands[at + 1]), from, to, real: false });
  }

  #endMark(): void {
    const mark = this.#marks.pop();
    if (mark?.piece !== undefined && !mark.real) this.drawn.push({ piece: mark.piece, from: mark.from, to: mark.to });
  }

  #paint({ name, from }: Operator): void {
    const shows = /^(Tj|TJ|'|")$/.test(name);
    if (shows || /^(Do|ID|sh)$/.test(name)) for (const mark of this.#marks) mark.real = true;
    if (shows && this.#marks.every(({ piece }) => piece === undefined)) this.#shown = true;
    const isMarked = this.#marks.length > 0;
    if (name === 'ET') {
      if (!isMarked && this.#shown) this.#begin(this.#text);
      this.#text = -1;
    } else if (!isMarked) this.#paintUnmarked(name, from);
  }

  #paintUnmarked(name: string, from: number): void {
    if (name === 'BT') {
      this.#text = from;
      this.#shown = false;
    } else if (name === 'q' || name === 'Q') this.#end(from);
    else if (name === 'm' || name === 're') this.#path = this.#path === -1 ? from : this.#path;
    else if (name === 'n') this.#path = -1;
    else if (/^([fFSs]|f\*|[Bb]\*?)$/.test(name)) {
      this.#begin(this.#path === -1 ? from : this.#path);
      this.#path = -1;
    } else if (name === 'Do' || name === 'sh' || name === 'BI') this.#begin(from);
  }

  #begin(at: number): void {
    if (!this.#open) this.edits.push({ from: at, to: at, text: `${ARTIFACT}\n` });
    this.#open = true;
  }

  #end(at: number): void {
    if (this.#open) this.edits.push({ from: at, to: at, text: 'EMC\n' });
    this.#open = false;
  }
}

/** Each link says in words where it leads, and belongs to the element it stands in: who listens is told. */
export function describeLinks(pdf: PDFDocument, contents: readonly PageContent[]): void {
  const { context } = pdf;
  const elements = readStructure(pdf, contents);
  for (const [index, { role, dict, depth }] of elements.entries()) {
    if (role !== 'Link') continue;
    let words = '';
    for (let i = index; i === index || (elements[i]?.depth ?? -1) > depth; i += 1) words += elements[i]?.words ?? '';
    for (const kid of kidsOf(dict)) {
      const found = context.lookup(kid);
      const note = found instanceof PDFDict ? valueAt(found, 'Obj') : undefined;
      if (!(note instanceof PDFDict) || note.has(CONTENTS)) continue;
      const told = words.trim() || textAt(dictAt(note, 'A'), 'URI');
      if (told) note.set(CONTENTS, PDFHexString.fromText(told));
    }
  }
}
const CONTENTS = PDFName.of('Contents');
