// Brings the tags of a form below one section of the book.
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFObject,
  PDFRef,
  PDFStream,
  type PDFString,
} from '@cantoo/pdf-lib';
import { arrayAt, dictAt, dictOf, eachAt, isText, listAt, nameAt, numberAt, textAt, valueAt } from './objects.js';
import type { FormPage, OpenedForm } from './open-form.js';
import { holdsText, settle } from './page-drawing.js';
import { kidsOf, standardRole } from './structure.js';

/** Of a structure element: its role, its parent, its content, its page. */
const S = PDFName.of('S');
const P = PDFName.of('P');
const K = PDFName.of('K');
const PG = PDFName.of('Pg');

/**
 * The tags of one form. `owners`: for each page or drawing the elements of its marked content by MCID, for each note
 * its element. `named`: the elements that have an ID.
 */
type Structure = {
  section: PDFRef;
  owners: Map<PDFRef, PDFRef | Map<number, PDFRef>>;
  named: PDFRef[];
  namespaces: PDFRef[];
};

/** Chromium nests a few dozen elements; `finishPdf` walks them by recursion. */
const DEEPEST = 1000;
/** Elements of a form; the tags of what is beyond are left behind. */
const MOST_ELEMENTS = 50_000;
/** Pieces of all pages; the tree lists every number up to the greatest of each. */
const MOST_PIECES = 500_000;
/** Attributes that classes bring to the elements. */
const MOST_ATTRIBUTES = 100_000;
const MOST_CLASSES = 32;

/**
 * Brings a form's tags below one `Sect`. The tree of elements is believed, the table from content to elements is made
 * anew from it. Roles say what they stand for in the form's map, so that the book needs none; the attributes
 * of classes become the elements' own; IDs get the prefix. Content that no element has becomes one.
 */
export function cleanStructure(form: OpenedForm, prefix: string, notes: ReadonlyMap<PDFRef, PDFRef>): Structure {
  const { pdf, pages } = form;
  const { context } = pdf;
  for (const [, object] of context.enumerateIndirectObjects())
    for (const name of ['StructParent', 'StructParents']) dictOf(object)?.delete(PDFName.of(name));
  const root = dictAt(pdf.catalog, 'StructTreeRoot');
  const section = context.register(PDFNull);
  const elements = new Elements(form, prefix, notes);
  const kids = root ? kidsOf(root).flatMap((kid) => elements.keep(kid, section, undefined, 0) ?? []) : [];
  const notesOn = new Map<PDFRef, PDFRef[]>(pages.map(({ ref }) => [ref, []]));
  for (const [note, page] of notes) notesOn.get(page)?.push(note);
  for (const [index, page] of pages.entries()) {
    if (elements.tagged.has(page.ref)) page.content = settle(page.content, page.resources, false).content;
    else {
      const whole = tagWhole(
        page,
        pages.length > 1 ? `${form.title} ${index + 1}/${pages.length}` : form.title,
        section,
      );
      kids.push(whole);
      elements.owners.set(page.ref, new Map([[0, whole]]));
    }
    for (const note of notesOn.get(page.ref) ?? []) {
      if (elements.owners.has(note)) continue;
      const element = tagNote(context, note, page.ref, section);
      kids.push(element);
      elements.owners.set(note, element);
    }
  }

  const top = context.obj({ Type: 'StructElem', S: 'Sect', T: PDFHexString.fromText(form.title), K: kids });
  const lang = textAt(pdf.catalog, 'Lang');
  if (lang) top.set(PDFName.of('Lang'), PDFHexString.fromText(lang));
  context.assign(section, top);
  const namespaces = listAt(root, 'Namespaces').filter((each): each is PDFRef => each instanceof PDFRef);
  return { section, owners: elements.owners, named: elements.named, namespaces };
}

/** Makes of a page that has no tags one paragraph, or one figure where it shows no text; `alt`: what that shows. */
function tagWhole(page: FormPage, alt: string, section: PDFRef): PDFRef {
  const { context } = page.node;
  const settled = settle(page.content, page.resources, true);
  const role = settled.text || holdsText(page.resources) ? 'P' : 'Figure';
  const element = context.obj({ Type: 'StructElem', S: role, P: section, Pg: page.ref, K: 0 });
  if (role === 'Figure') {
    element.set(PDFName.of('Alt'), PDFHexString.fromText(alt));
    element.set(PDFName.of('A'), context.obj({ O: 'Layout', BBox: [...page.frame.box] }));
  }
  page.content = `/${role} <</MCID 0>> BDC\n${settled.content}\nEMC`;
  return context.register(element);
}

/** An element around a link or a field that has none. */
function tagNote(context: PDFContext, note: PDFRef, page: PDFRef, section: PDFRef): PDFRef {
  const role = nameAt(dictOf(context.lookup(note)), 'Subtype') === 'Widget' ? 'Form' : 'Link';
  const object = context.obj({ Type: 'OBJR', Obj: note, Pg: page });
  return context.register(context.obj({ Type: 'StructElem', S: role, P: section, Pg: page, K: object }));
}

/** The elements of a form that are kept, each once, within bounds. */
class Elements {
  readonly owners: Structure['owners'] = new Map();
  readonly named: PDFRef[] = [];
  /** Pages of which some content has an element. */
  readonly tagged = new Set<PDFRef>();
  readonly #context: PDFContext;
  readonly #roles: PDFDict | undefined;
  readonly #classes: PDFDict | undefined;
  readonly #pages: ReadonlySet<PDFRef>;
  readonly #prefix: string;
  readonly #notes: ReadonlyMap<PDFRef, PDFRef>;
  readonly #seen = new Set<PDFObject>();
  readonly #attributed = new Set<PDFDict>();
  #spelt = 0;
  /** Of each page or drawing the greatest number of its pieces, and how many numbers are left for all. */
  readonly #greatest = new Map<PDFRef, number>();
  #spare = MOST_PIECES;

  constructor({ pdf, pages }: OpenedForm, prefix: string, notes: ReadonlyMap<PDFRef, PDFRef>) {
    const root = dictAt(pdf.catalog, 'StructTreeRoot');
    this.#context = pdf.context;
    this.#roles = dictAt(root, 'RoleMap');
    this.#classes = dictAt(root, 'ClassMap');
    this.#pages = new Set(pages.map(({ ref }) => ref));
    this.#prefix = prefix;
    this.#notes = notes;
  }

  /** An element with all below it; nothing for what is none. `above`: the page of the element that it stands in. */
  keep(value: PDFObject, parent: PDFRef, above: PDFRef | undefined, depth: number): PDFRef | undefined {
    const element = this.#context.lookup(value);
    if (!(element instanceof PDFDict) || this.#seen.has(element)) return undefined;
    if (depth > DEEPEST || this.#seen.size > MOST_ELEMENTS) return undefined;
    if (!/^(StructElem)?$/.test(nameAt(element, 'Type'))) return undefined;
    this.#seen.add(element);
    const ref = value instanceof PDFRef ? value : this.#context.register(element);
    const named = this.named.length;
    if (!element.has(PDFName.of('NS'))) {
      const role = standardRole(nameAt(element, 'S'), this.#roles);
      // There is one document, the book.
      element.set(S, PDFName.of(role === 'Document' ? 'Div' : role || 'NonStruct'));
    }
    element.set(P, parent);
    element.delete(PDFName.of('AF'));
    const page = this.#pageAt(element) ?? above;
    if (page) element.set(PG, page);
    else element.delete(PG);
    this.#nameAnew(element, ref);
    const all = kidsOf(element);
    const kids = all.flatMap((kid) => this.#content(kid, ref, page, depth) ?? []);
    // What was a comment alone is told by no element either. A table keeps its cells.
    if (kids.length === 0 && all.length > 0 && !/^(TD|TH)$/.test(nameAt(element, 'S'))) {
      this.named.length = named;
      return undefined;
    }
    if (kids.length > 0) element.set(K, this.#context.obj(kids));
    else element.delete(K);
    return ref;
  }

  /** Gives the prefix to the element's ID, and to those that its attributes name. */
  #nameAnew(element: PDFDict, ref: PDFRef): void {
    const id = valueAt(element, 'ID');
    if (isText(id)) {
      element.set(PDFName.of('ID'), prefixed(id, this.#prefix));
      this.named.push(ref);
    }
    if (this.#spelt < MOST_ATTRIBUTES) this.#spelt += spellAttributes(element, this.#classes);
    for (const attributes of eachAt(element, 'A').flatMap((each) => dictOf(each) ?? [])) {
      if (this.#attributed.has(attributes)) continue;
      this.#attributed.add(attributes);
      const headers = arrayAt(attributes, 'Headers');
      for (const index of headers?.asArray().keys() ?? []) {
        const header = headers?.lookup(index);
        if (isText(header)) headers?.set(index, prefixed(header, this.#prefix));
      }
    }
  }

  /** What stands right in an element: a number of marked content, a note, a drawing, or another element. */
  #content(value: PDFObject, element: PDFRef, page: PDFRef | undefined, depth: number): PDFObject | undefined {
    const found = this.#context.lookup(value);
    if (found instanceof PDFNumber) return page && this.#own(page, page, found.asNumber(), element) ? found : undefined;
    if (!(found instanceof PDFDict) || this.#seen.has(found)) return undefined;
    const [mcid, object] = [numberAt(found, 'MCID'), found.get(PDFName.of('Obj'))];
    if (found.has(S) || (mcid === undefined && object === undefined)) return this.keep(value, element, page, depth + 1);
    if (mcid === undefined) return this.#ownObject(object, element) ? found : undefined;
    const on = this.#pageAt(found) ?? page;
    const drawing = found.get(PDFName.of('Stm'));
    const inDrawing = drawing instanceof PDFRef && this.#context.lookup(drawing) instanceof PDFStream;
    return on && this.#own(on, inDrawing ? drawing : on, mcid, element) ? found : undefined;
  }

  /** Writes down whose a piece of a page, or of a drawing (`holder`) on it, is. False for one that has an owner. */
  #own(page: PDFRef, holder: PDFRef, piece: number, element: PDFRef): boolean {
    const pieces = this.owners.get(holder) ?? new Map<number, PDFRef>();
    if (pieces instanceof PDFRef || pieces.has(piece)) return false;
    const before = this.#greatest.get(holder) ?? -1;
    if (!Number.isInteger(piece) || piece < 0 || piece - before > this.#spare) return false;
    this.#spare -= Math.max(0, piece - before);
    this.#greatest.set(holder, Math.max(piece, before));
    this.owners.set(holder, pieces.set(piece, element));
    this.tagged.add(page);
    return true;
  }

  #ownObject(object: PDFObject | undefined, element: PDFRef): boolean {
    if (!(object instanceof PDFRef) || this.owners.has(object)) return false;
    if (!this.#notes.has(object) && !(this.#context.lookup(object) instanceof PDFStream)) return false;
    this.owners.set(object, element);
    return true;
  }

  #pageAt(dict: PDFDict): PDFRef | undefined {
    const page = dict.get(PG);
    return page instanceof PDFRef && this.#pages.has(page) ? page : undefined;
  }
}

/** Writes the attributes of an element's classes into itself; its own come first and so prevail. How many these are. */
function spellAttributes(element: PDFDict, classes: PDFDict | undefined): number {
  const { context } = element;
  const listed = eachAt(element, 'C').slice(0, MOST_CLASSES);
  element.delete(PDFName.of('C'));
  const more = listed.flatMap((each) => {
    const value = each instanceof PDFName ? classes?.get(each) : undefined;
    const attributes = context.lookup(value);
    return attributes instanceof PDFArray ? attributes.asArray() : (value ?? []);
  });
  if (more.length === 0) return 0;
  const before = arrayAt(element, 'A')?.asArray() ?? element.get(PDFName.of('A')) ?? [];
  element.set(PDFName.of('A'), context.obj([before, more].flat()));
  return more.length;
}

const prefixed = (id: PDFString | PDFHexString, prefix: string): PDFHexString =>
  PDFHexString.of(
    Buffer.concat([Buffer.from(prefix, 'latin1'), id.asBytes()])
      .toString('hex')
      .toUpperCase(),
  );
