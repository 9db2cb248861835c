// A page as a drawing that can be placed on another: its content made whole, its tags made plain, its notes drawn.
import { type PDFContext, PDFDict, PDFName, type PDFPageLeaf, type PDFRef, PDFStream } from '@cantoo/pdf-lib';
import { contentOf, type Edit, edited, fromLatin1, operatorsOf, rounded, row } from './content-stream.js';
import type { Importer } from './copy.js';
import { boxIn, type Matrix, matrixIn, turned } from './geometry.js';
import { arrayAt, dictAt, flateStream, listAt, nameAt, numberAt, valueAt } from './objects.js';
import type { Frame } from './page-frame.js';

const X_OBJECT = PDFName.of('XObject');

/**
 * The content, so that what follows it starts afresh: what it left open is closed. With `unmarked` its tags become
 * plain ones, since a tag may not stand within another.
 */
export function settle(
  content: string,
  resources: PDFDict | undefined,
  unmarked: boolean,
): { content: string; text: boolean } {
  const lists = dictAt(resources, 'Properties');
  const edits: Edit[] = [];
  let saved = 0;
  let lowest = 0;
  let marks = 0;
  let text = false;
  for (const { name, operands, from, to } of operatorsOf(content)) {
    if (name === 'q') saved += 1;
    if (name === 'Q') {
      saved -= 1;
      lowest = Math.min(lowest, saved);
    }
    if (/^(Tj|TJ|'|")$/.test(name)) text = true;
    if (name === 'BDC' || name === 'BMC') {
      marks += 1;
      const [tag, list = ''] = operands;
      const tagged = operands.includes('/MCID') || dictAt(lists, list.slice(1))?.has(PDFName.of('MCID'));
      if (unmarked && (tagged || tag === '/Artifact')) edits.push({ from, to, text: '/Span BMC' });
    }
    if (name === 'EMC') {
      if (marks === 0) edits.push({ from, to, text: '' });
      else marks -= 1;
    }
  }
  const opened = 'q '.repeat(1 - lowest);
  const closed = `${'EMC '.repeat(marks)}${'Q '.repeat(1 + saved - lowest)}`;
  return { content: `${opened}\n${edited(content, edits)}\n${closed}`, text };
}

/** Whether a page or drawing with these resources may show text by way of other drawings. */
export function holdsText(resources: PDFDict | undefined): boolean {
  const seen = new Set<PDFDict>();
  for (const waiting = [resources]; waiting.length > 0; ) {
    const drawings = dictAt(waiting.pop(), 'XObject');
    for (const each of drawings?.values() ?? []) {
      const drawing = drawings?.context.lookup(each);
      if (!(drawing instanceof PDFStream) || nameAt(drawing.dict, 'Subtype') !== 'Form' || seen.has(drawing.dict))
        continue;
      seen.add(drawing.dict);
      const inner = dictAt(drawing.dict, 'Resources');
      if ((dictAt(inner, 'Font')?.keys().length ?? 0) > 0) return true;
      waiting.push(inner);
    }
  }
  return false;
}

/** The page as a drawing that stands upright on its lower left corner, without tags; with `notes`, as it is printed. */
export function pageAsDrawing(
  page: PDFPageLeaf,
  { box, upright }: Frame,
  into: PDFContext,
  copy: Importer,
  notes = false,
): PDFRef {
  const resources = (page.Resources() ?? page.context.obj({})).clone();
  let { content } = settle(contentOf(page), resources, true);
  if (notes) content += drawNotes(page, resources);
  const drawing = flateStream(into, fromLatin1(content), {
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [...box],
    Matrix: upright.map(rounded),
    Resources: copy(resources) ?? into.obj({}),
  });
  const group = dictAt(page, 'Group');
  const copied = group && copy(group);
  if (copied) drawing.dict.set(PDFName.of('Group'), copied);
  return into.register(drawing);
}

/** Puts the appearance of each note that is printed into the resources; the operators that draw them. */
function drawNotes(page: PDFPageLeaf, resources: PDFDict): string {
  const drawings = dictAt(resources, 'XObject')?.clone() ?? page.context.obj({});
  resources.set(X_OBJECT, drawings);
  let content = '';
  for (const [index, each] of listAt(page, 'Annots').entries()) {
    const note = page.context.lookup(each);
    if (!(note instanceof PDFDict) || nameAt(note, 'Subtype') === 'Popup') continue;
    const flags = numberAt(note, 'F') ?? 0;
    // Bit 2 is hidden, bit 3 is printed; ISO 32000, table 165.
    if ((flags & 2) !== 0 || (flags & 4) === 0) continue;
    const states = dictAt(note, 'AP');
    const normal = valueAt(states, 'N');
    const ref = normal instanceof PDFDict ? normal.get(PDFName.of(nameAt(note, 'AS'))) : states?.get(PDFName.of('N'));
    const appearance = page.context.lookup(ref);
    const place = appearance instanceof PDFStream ? placeOfNote(note, appearance) : undefined;
    if (!ref || !place) continue;
    const name = PDFName.of(`Note${index}`);
    drawings.set(name, ref);
    content += `\nq ${row(place)} cm ${name} Do Q`;
  }
  return content;
}

/** ISO 32000, algorithm 8.1: the box of the appearance, as its matrix turns it, is laid over the note's rectangle. */
function placeOfNote(note: PDFDict, { dict }: PDFStream): Matrix | undefined {
  const [to, from] = [boxIn(arrayAt(note, 'Rect')), boxIn(arrayAt(dict, 'BBox'))];
  if (!to || !from) return undefined;
  const [left, bottom, right, top] = turned(matrixIn(arrayAt(dict, 'Matrix')), from);
  if (right <= left || top <= bottom) return undefined;
  const sx = (to[2] - to[0]) / (right - left);
  const sy = (to[3] - to[1]) / (top - bottom);
  return [sx, 0, 0, sy, to[0] - left * sx, to[1] - bottom * sy];
}
