// The fields of a form, so that they can be filled in behind a book: without scripts and signatures, with names and fonts
// of their own.
import {
  PDFBool,
  type PDFContext,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRef,
} from '@cantoo/pdf-lib';
import { latin1 } from './content-stream.js';
import type { Importer } from './copy.js';
import { cleanActions, type Destinations } from './form-notes.js';
import { isResource } from './known-entries.js';
import { arrayAt, dictAt, isText, listAt, nameAt, needArray, needDict, textAt, valueAt } from './objects.js';
import type { OpenedForm } from './open-form.js';

/**
 * Takes scripts, signatures and what nobody sees from the fields; the topmost ones, listed or found by their widgets.
 */
export function cleanFields(
  { pdf }: OpenedForm,
  destinations: Destinations,
  notes: ReadonlyMap<PDFRef, PDFRef>,
): PDFRef[] {
  const { context, catalog } = pdf;
  const roots = new Set<PDFRef>();
  /** Of widgets whose topmost field is known. */
  const climbed = new Set<PDFRef>();
  for (const each of listAt(dictAt(catalog, 'AcroForm'), 'Fields'))
    if (context.lookup(each) instanceof PDFDict) roots.add(each instanceof PDFRef ? each : context.register(each));
  for (const widget of notes.keys()) {
    let ref = widget;
    let field = context.lookup(ref);
    if (!(field instanceof PDFDict) || nameAt(field, 'Subtype') !== 'Widget') continue;
    let isNew = !climbed.has(ref);
    while (isNew && field instanceof PDFDict) {
      climbed.add(ref);
      const parent: PDFObject | undefined = field.get(PDFName.of('Parent'));
      const above: PDFObject | undefined = context.lookup(parent);
      if (!(parent instanceof PDFRef) || !(above instanceof PDFDict)) break;
      ref = parent;
      field = above;
      isNew = !climbed.has(ref);
    }
    if (isNew && field instanceof PDFDict && field.has(PDFName.of('T'))) roots.add(ref);
  }
  const fields = fieldsBelow(context, roots);
  /** Fields with a widget on a page: what another holds was hidden there, or never had a place. */
  const seen = new Set([...notes.keys()].map((note) => context.lookup(note)));
  // Those below come after those above.
  for (const field of [...fields].reverse()) {
    const kids = arrayAt(field, 'Kids');
    if (!kids) continue;
    const left = kids.asArray().filter((kid) => seen.has(context.lookup(kid)));
    field.set(PDFName.of('Kids'), context.obj(left));
    if (left.length > 0) seen.add(field);
  }
  for (const field of fields) {
    cleanActions(field, destinations);
    // A signature is one of another file.
    if (nameAt(field, 'FT') === 'Sig') for (const name of ['V', 'Lock', 'SV']) field.delete(PDFName.of(name));
  }
  return [...roots].filter((root) => seen.has(context.lookup(root)));
}

/** These fields and all below them. */
function fieldsBelow(context: PDFContext, roots: Iterable<PDFObject>): Set<PDFDict> {
  const fields = new Set<PDFDict>();
  for (const waiting = [...roots]; waiting.length > 0; ) {
    const field = context.lookup(waiting.pop());
    if (!(field instanceof PDFDict) || fields.has(field)) continue;
    fields.add(field);
    for (const kid of listAt(field, 'Kids')) waiting.push(kid);
  }
  return fields;
}

/** Gives the fields names and fonts that the book does not have yet, and what they had from their form as a whole. */
export function fitFields(
  book: PDFDocument,
  { pdf, pages }: OpenedForm,
  roots: readonly PDFRef[],
  prefix: string,
): void {
  const { context } = pdf;
  const form = dictAt(pdf.catalog, 'AcroForm');
  const fonts = dictAt(dictAt(form, 'DR'), 'Font');
  const taken = dictAt(dictAt(dictAt(book.catalog, 'AcroForm'), 'DR'), 'Font');
  const renamed = new Map<PDFName, PDFName>();
  for (const [name, font] of fonts?.entries() ?? []) {
    if (!taken?.has(name)) continue;
    const fresh = PDFName.of(`${prefix}${name.decodeText()}`);
    renamed.set(name, fresh);
    fonts?.delete(name);
    fonts?.set(fresh, font);
  }
  const bookFields = listAt(dictAt(book.catalog, 'AcroForm'), 'Fields');
  const names = new Set(
    bookFields.map((each) => {
      const field = book.context.lookup(each);
      return field instanceof PDFDict ? textAt(field, 'T') : undefined;
    }),
  );
  for (const ref of roots) {
    const field = context.lookup(ref);
    if (!(field instanceof PDFDict)) continue;
    for (const name of ['DA', 'Q']) {
      const value = form?.get(PDFName.of(name));
      if (value && !field.has(PDFName.of(name))) field.set(PDFName.of(name), value);
    }
    const name = textAt(field, 'T') ?? '';
    if (names.has(name)) field.set(PDFName.of('T'), PDFHexString.fromText(`${prefix}${name}`));
  }
  if (renamed.size === 0) return;
  const notes = pages.flatMap(({ node }) => listAt(node, 'Annots'));
  // A default appearance is a piece of content, `/Helv 12 Tf 0 g`.
  for (const dict of fieldsBelow(context, [...roots, ...notes])) {
    const appearance = valueAt(dict, 'DA');
    if (!isText(appearance)) continue;
    const tokens = latin1(appearance.asBytes()).split(/(\s+)/);
    const fresh = tokens.map((token) => {
      const name = token.startsWith('/') ? renamed.get(PDFName.of(token.slice(1))) : undefined;
      return name ? name.asString() : token;
    });
    dict.set(PDFName.of('DA'), PDFHexString.of(Buffer.from(fresh.join(''), 'latin1').toString('hex').toUpperCase()));
  }
}

export function addFields(book: PDFDocument, { pdf }: OpenedForm, fields: readonly PDFObject[], copy: Importer): void {
  if (fields.length === 0) return;
  const from = dictAt(pdf.catalog, 'AcroForm');
  const into = needDict(book.catalog, 'AcroForm');
  const list = needArray(into, 'Fields');
  for (const field of fields) list.push(field);
  const resources = needDict(into, 'DR');
  for (const [kind, value] of dictAt(from, 'DR')?.entries() ?? []) {
    const found = pdf.context.lookup(value);
    if (!(found instanceof PDFDict) || !isResource(kind.decodeText())) continue;
    const target = needDict(resources, kind.decodeText());
    for (const [name, each] of found.entries()) {
      const copied = target.has(name) ? undefined : copy(each, kind.decodeText());
      if (copied) target.set(name, copied);
    }
  }
  if (valueAt(from, 'NeedAppearances') === PDFBool.True) into.set(PDFName.of('NeedAppearances'), PDFBool.True);
}
