// What the pages of a stranger's PDF would cost whoever draws them, counted without drawing: what has no end, or next to
// none, is not let in. Who counts it meets all that is drawn.
import { PDFDict, type PDFObject, type PDFPageLeaf, PDFStream } from '@cantoo/pdf-lib';
import { Refusal, TOO_DEEP } from './admission.js';
import { bytesOf, operatorsOf, textOfStream } from './content-stream.js';
import { dictAt, listAt, nameAt, numberAt, valueAt } from './objects.js';
import { DRAWING } from './read-pages.js';

/** Operators and characters of a form, each as often as it is drawn; the map of a town has some hundred thousand. */
const MOST = 3_000_000;
/** Pixels that cost as much as an operator; a scanned page has some millions. */
const PIXELS = 10_000;
/** Bytes of content without an operator in them that cost as much as one. */
const BYTES = 32;
/** Drawings, patterns, glyphs and masks within one another, and what `q` or marked content opens within the same. */
const DEEPEST = 50;
const MOST_OPEN = 1000;
/** Notes and fields on all pages. */
const MOST_NOTES = 20_000;

const TOO_MUCH = new Refusal({
  zh: '要畫的東西多得不像一份書表（同樣的圖形一再重複），可能是損壞或惡意的檔案。請用原本的軟體重新輸出。',
  en: 'draws far too much, the same things again and again; it may be damaged or made to harm. Make it anew with the program that made it.',
});
const ENDLESS = new Refusal({
  zh: '裡有圖形畫出自己，永遠畫不完，可能是損壞或惡意的檔案。請用原本的軟體重新輸出。',
  en: 'has a drawing that draws itself and so never ends; it may be damaged or made to harm. Make it anew with the program that made it.',
});
const TOO_MANY_NOTES = new Refusal({
  zh: `有超過 ${MOST_NOTES} 個註解或欄位，可能是損壞或惡意的檔案。請用原本的軟體重新輸出。`,
  en: `has more than ${MOST_NOTES} notes and fields; it may be damaged or made to harm. Make it anew with the program that made it.`,
});

/** A page, its content as text and its resources. */
type Page = { node: PDFPageLeaf; content: string; resources: PDFDict };

/** What pages draw, fields included: pictures with their masks, and what is itself content (`written`). */
export type Drawn = { streams: ReadonlySet<PDFStream>; written: ReadonlySet<PDFStream> };

/**
 * What the pages draw. Throws Refusal where drawing them has no end or takes too long; any error for what is drawn and
 * cannot be read.
 */
export function judgeCost(pages: readonly Page[]): Drawn {
  const counter = new Counter();
  let all = 0;
  let notes = 0;
  for (const { node, content, resources } of pages) {
    all += counter.ofContent(content, resources, NOTHING);
    for (const each of listAt(node, 'Annots')) {
      notes += 1;
      if (notes > MOST_NOTES) throw TOO_MANY_NOTES;
      const note = node.context.lookup(each);
      const looks = note instanceof PDFDict ? valueAt(note, 'AP') : undefined;
      if (looks instanceof PDFDict)
        for (const look of looksIn(looks)) all += counter.ofStream(look, undefined, NOTHING);
      if (all > MOST) throw TOO_MUCH;
    }
    if (all > MOST) throw TOO_MUCH;
  }
  return counter;
}

/** The drawings that something stands within. */
type Within = ReadonlySet<PDFStream>;
const NOTHING: Within = new Set();

/** Counts each drawing once, however often it is drawn. `outer`: the resources of what draws it. */
class Counter implements Drawn {
  readonly streams = new Set<PDFStream>();
  readonly written = new Set<PDFStream>();
  /** One that has no resources of its own is another drawing with each that it is given. */
  readonly #known = new Map<PDFStream, Map<PDFDict | undefined, number>>();
  readonly #fonts = new Map<PDFDict, number>();
  #read = 0;

  ofStream(stream: PDFStream, outer: PDFDict | undefined, within: Within): number {
    if (within.has(stream)) throw ENDLESS;
    if (within.size > DEEPEST) throw TOO_DEEP;
    this.streams.add(stream);
    this.written.add(stream);
    const resources = dictAt(stream.dict, 'Resources') ?? outer;
    const costs = this.#known.get(stream) ?? new Map<PDFDict | undefined, number>();
    this.#known.set(stream, costs);
    const before = costs.get(resources);
    if (before !== undefined) return before;
    const cost = this.ofContent(textOfStream(stream), resources, new Set([...within, stream]));
    costs.set(resources, cost);
    return cost;
  }

  ofContent(content: string, resources: PDFDict | undefined, within: Within): number {
    const named = (kind: string, name = ''): PDFObject | undefined => valueAt(dictAt(resources, kind), name.slice(1));
    let cost = content.length / BYTES;
    this.#read += cost;
    let [saved, marks, character] = [0, 0, 1];
    for (const { name, operands } of operatorsOf(content)) {
      cost += 1;
      this.#read += 1;
      const last = operands.at(-1);
      if (name === 'q') saved += 1;
      else if (name === 'Q') saved = Math.max(0, saved - 1);
      else if (name === 'BMC' || name === 'BDC') marks += 1;
      else if (name === 'EMC') marks = Math.max(0, marks - 1);
      else if (name === 'Do') cost += this.#ofObject(named('XObject', last), resources, within);
      else if (/^scn$/i.test(name)) cost += this.#ofObject(named('Pattern', last), resources, within);
      else if (name === 'gs') cost += this.#ofLook(named('ExtGState', last), resources, within);
      else if (name === 'Tf') character = this.#ofFont(named('Font', operands[0]), resources, within);
      else if (/^(T[jJ]|['"])$/.test(name)) cost += character * lengthOf(operands);
      if (cost > MOST || this.#read > MOST) throw TOO_MUCH;
      if (saved > MOST_OPEN || marks > MOST_OPEN) throw TOO_DEEP;
    }
    return cost;
  }

  #ofObject(found: PDFObject | undefined, outer: PDFDict | undefined, within: Within): number {
    if (!(found instanceof PDFStream) || valueAt(found.dict, 'ShadingType') !== undefined) return 0;
    if (nameAt(found.dict, 'Subtype') === 'Image') {
      this.streams.add(found);
      for (const mask of [valueAt(found.dict, 'SMask'), valueAt(found.dict, 'Mask')])
        if (mask instanceof PDFStream) this.streams.add(mask);
      return Math.abs((numberAt(found.dict, 'Width') ?? 0) * (numberAt(found.dict, 'Height') ?? 0)) / PIXELS;
    }
    return DRAWING + this.ofStream(found, outer, within);
  }

  #ofLook(look: PDFObject | undefined, outer: PDFDict | undefined, within: Within): number {
    return look instanceof PDFDict ? this.#ofObject(valueAt(dictAt(look, 'SMask'), 'G'), outer, within) : 0;
  }

  /** The most that a character costs; those that are drawn (Type 3) alone cost more than one. */
  #ofFont(font: PDFObject | undefined, outer: PDFDict | undefined, within: Within): number {
    if (!(font instanceof PDFDict) || nameAt(font, 'Subtype') !== 'Type3') return 1;
    const before = this.#fonts.get(font);
    if (before !== undefined) return before;
    const resources = dictAt(font, 'Resources') ?? outer;
    const glyphs = streamsIn(dictAt(font, 'CharProcs')).map((glyph) => this.ofStream(glyph, resources, within));
    const most = glyphs.reduce((a, b) => Math.max(a, b), 1);
    this.#fonts.set(font, most);
    return most;
  }
}

/** Bytes of the texts among these operands. */
const lengthOf = (operands: readonly string[]): number =>
  operands.reduce((sum, each) => (/^[(<]/.test(each) ? sum + bytesOf(each).length : sum), 0);

const streamsIn = (dict: PDFDict | undefined): PDFStream[] =>
  (dict?.values() ?? []).flatMap((each) => {
    const found = dict?.context.lookup(each);
    return found instanceof PDFStream ? found : [];
  });

/** How a note looks at rest, pressed and pointed at, in each of its states. */
const looksIn = (looks: PDFDict): PDFStream[] =>
  ['N', 'R', 'D'].flatMap((name) => {
    const found = valueAt(looks, name);
    return found instanceof PDFStream ? found : found instanceof PDFDict ? streamsIn(found) : [];
  });
