// A book becomes one PDF: its pages are settled, and a long one is printed in quires that are bound.
//
// DOM names are used only inside functions handed to `page.evaluate`, which run in the browser.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Page } from 'puppeteer';
import { keyOf } from '../core/cache.js';
import type { Quire } from '../pdf/bind.js';
import { loadPdf, type PDFDocument, type Place, placesOf } from '../pdf/finish.js';

/** The upper part of a page, in points, that is too little for a page of its own: the head margin and a fifth of the text. */
const NEARLY_EMPTY = 210;

/** A part of a book as it was settled: its text by its digest, points down the page where it began, and how it was set. */
type SettledPart = { text: string; top: number; closer: boolean; yields: Record<string, string> };

/** How a book was settled: its parts by the ids of their ends, and what `arrange` wrote and showed. */
export type Settled = {
  parts: Record<string, SettledPart>;
  pages: Record<string, string>;
  blanks: string[];
  totals: string[];
};

/** What is known of books that were settled earlier, by the name of their structure. */
export type Settlements = { get(key: string): Settled | undefined; put(key: string, settled: Settled): void };

/** A book to be settled: `html` is what it is before, `forms` the pages of each form behind it. */
type Book = { file: string; html: string; forms: readonly number[] };

/** Prints the page as a PDF; without tags it takes half the time, and every place is the same. */
export const printPdf = async (page: Page, { tagged = true } = {}): Promise<PDFDocument> =>
  loadPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged, outline: tagged, timeout: 0 }));

/** A page as it was printed: every text that is laid out in it, and the fonts it is set in. */
export type Paper = { pdf: PDFDocument; shown: string[]; font: string };

/** A book as it was printed, in quires. */
export type Unbound = Omit<Paper, 'pdf'> & { quires: readonly Quire[] };

/** The quires become one file, and are not to be used any more. */
export async function bound({ quires: [first, ...rest], ...seen }: Unbound): Promise<Paper> {
  if (!first) throw new Error('a book has no quires');
  if (rest.length > 0) (await import('../pdf/bind.js')).bindQuires(first.pdf, rest);
  return { pdf: first.pdf, ...seen };
}

/** Runs in the browser. Every text that is laid out, and the fonts it is set in. */
export function seenOf(): { shown: string[]; font: string } {
  const shown: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let parent: Element | null = null;
  let visible = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement !== parent) {
      parent = node.parentElement;
      visible =
        parent?.checkVisibility({ visibilityProperty: true }) === true && !parent.closest('title,desc,style,defs');
    }
    const text = node.nodeValue?.trim();
    if (visible && text) shown.push(text);
  }
  return { shown, font: getComputedStyle(document.body).fontFamily };
}

/** What a page has left behind is else thrown away when it is many times as much as the page. */
export async function clear(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
}

/** The same of this program: a long book leaves hundreds of megabytes that nobody asks for. */
export function clearHeap(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

// -------------------------------------------------------------------------------------------------------- settling

/** What is laid out before a print is thrown away: what is not seen on the screen is laid out anew for each. */
const ASLEEP = '<style>@media screen { body { display: none } }</style>';

/** What is printed of a book: the places in it and the number of its pages. */
type Laid = { places: Record<string, Place>; count: number };

/**
 * Prints until nothing moves: what nearly fits is set closer, blank leaves are put in, page numbers are written. Each of
 * these may move a line and with it a page; a book that does not settle is our fault. A book whose structure was settled
 * before is first set as it was then, and most often one print shows that this still holds. The page must not emulate a
 * medium.
 */
export async function printBook(
  page: Page,
  book: Book,
  { known, leaves = LEAVES }: { known?: Settlements | undefined; leaves?: number } = {},
): Promise<Unbound> {
  const html = book.html.replace('</head>', `${ASLEEP}</head>`);
  await page.setContent(html, { timeout: 0 });
  let quires = await openQuires(page, leaves);
  const before = await page.evaluate(bookOf);
  const texts = new Map(before.parts.map(({ end, text }) => [end, keyOf(text)]));
  const key = keyOf(JSON.stringify([book.file, book.forms, before.structure]));
  const last = known?.get(key);
  if (!last || !(await settleAsBefore(page, quires, book, last, texts))) {
    if (last) {
      await page.setContent(html, { timeout: 0 });
      quires = await openQuires(page, leaves);
    }
    await settleFromNothing(page, quires, book);
  }
  const { places, count } = await quires.lay({ tagged: true });
  if (await page.evaluate(arrange, places, count, book.file, book.forms))
    throw new Error(`${book.file}: the pages lie otherwise with their tags`);
  if (known) {
    const { parts, pages, blanks, totals } = await page.evaluate(bookOf);
    const settled = parts.map(({ begin, end, closer, yields }): [string, SettledPart] => [
      end,
      { text: texts.get(end) ?? '', top: places[begin]?.top ?? -1, closer, yields },
    ]);
    known.put(key, { parts: Object.fromEntries(settled), pages, blanks, totals });
  }
  return { quires: quires.printed(), ...(await quires.seen()) };
}

async function settleFromNothing(page: Page, quires: Quires, { file, forms }: Book): Promise<void> {
  let laid = await quires.lay();
  const first = laid.places;
  const smaller = await page.evaluate(setSmaller, first);
  const closer = await page.evaluate(setCloser, first, NEARLY_EMPTY);
  const set = smaller.length + closer.length > 0;
  for (let round = 1; ; round += 1) {
    const { places, count } = laid;
    const undone = set && round === 2 && (await page.evaluate(undoInVain, closer, first, places));
    const moved = await page.evaluate(arrange, places, count, file, forms);
    if (!moved && !undone && !(set && round === 1)) return;
    if (round === 7) throw new Error(`${file}: page numbers do not settle`);
    laid = await quires.lay();
  }
}

/**
 * Sets a book as it was settled the last time. A part that says the same and begins as far down its page is set as it
 * was; whatever else wants to be set closer or smaller has to be tried, and then nothing is presumed: false.
 */
async function settleAsBefore(
  page: Page,
  quires: Quires,
  { file, forms }: Book,
  last: Settled,
  texts: ReadonlyMap<string, string>,
): Promise<boolean> {
  const same = Object.fromEntries(Object.entries(last.parts).filter(([end, { text }]) => texts.get(end) === text));
  const setting = { ...last, parts: same };
  await page.evaluate(setAs, setting);
  for (let round = 1; round <= 3; round += 1) {
    const { places, count } = await quires.lay({ tagged: round === 1 });
    const { parts } = await page.evaluate(bookOf);
    for (const { begin, end } of parts)
      if (same[end] && Math.abs((places[begin]?.top ?? -1) - same[end].top) > 0.01) return false;
    const of = new Map(parts.flatMap(({ end, inside }) => inside.map((id) => [id, end])));
    const wanted = [
      ...(await page.evaluate(setSmaller, places)).map((id) => of.get(id) ?? ''),
      ...(await page.evaluate(setCloser, places, NEARLY_EMPTY)),
    ];
    if (wanted.some((end) => !same[end])) return false;
    // What was tried in vain before is wanted again each time.
    await page.evaluate(setAs, { parts: same });
    if (!(await page.evaluate(arrange, places, count, file, forms))) return true;
  }
  return false;
}

// ---------------------------------------------------------------------------------------------------------- quires

/**
 * Leaves in a quire at most. A page laid out takes the browser more than a megabyte, so a long book is printed in parts;
 * each print costs a look at the whole, so the parts are not small.
 */
const LEAVES = 60;

/**
 * A part of a book as it was printed: how often it, and the styles in the book, had changed before, and the number of
 * its first page. `pdf` where it has tags.
 */
type Printed = {
  text: number;
  style: number;
  start: number;
  pdf?: PDFDocument;
  places: Record<string, Place>;
  count: number;
};

type Quires = {
  /**
   * Prints what lies elsewhere than before, as far as is known: what says something else, or begins on the other side.
   * With tags, all that is not printed so already.
   */
  lay(options?: { tagged?: boolean }): Promise<Laid>;
  /** What was laid with tags. */
  printed(): Quire[];
  /** Every text that is laid out, and the fonts. */
  seen(): Promise<Omit<Paper, 'pdf'>>;
};

async function openQuires(page: Page, leaves: number): Promise<Quires> {
  const number = await page.evaluate(divide, leaves);
  const printed: Printed[] = [];
  // Chromium begins on the right: before a page on the left it is given one more, and that is taken away.
  const skipOf = (start: number): number => (start % 2 === 0 ? 1 : 0);

  const print = async (index: number, start: number, tagged: boolean): Promise<Printed> => {
    await page.evaluate(showQuire, index, start);
    const { text, style } = await page.evaluate(changesOf, index);
    const before = printed[index];
    if (before?.text === text && skipOf(before.start) === skipOf(start)) {
      const whole = before.pdf && before.start === start && before.style === style;
      if (whole || !tagged) return before;
    }
    const pdf = await printPdf(page, { tagged });
    const skip = skipOf(start);
    const places = Object.entries(placesOf(pdf)).map(([id, { page, top }]) => [id, { page: page - skip, top }]);
    if (number > 1) {
      await clear(page);
      clearHeap();
    }
    const quire: Printed = {
      text,
      style,
      start,
      ...(tagged ? { pdf } : {}),
      places: Object.fromEntries(places),
      count: pdf.getPageCount() - skip,
    };
    printed[index] = quire;
    return quire;
  };

  const lay = async ({ tagged = false } = {}): Promise<Laid> => {
    const places: Record<string, Place> = {};
    let count = 0;
    for (let index = 0; index < number; index += 1) {
      const quire = await print(index, count + 1, tagged);
      for (const [id, { page, top }] of Object.entries(quire.places)) places[id] = { page: page + count, top };
      count += quire.count;
    }
    return { places, count };
  };

  return {
    lay,
    printed: () => printed.flatMap(({ pdf, start }) => (pdf ? [{ pdf, skip: skipOf(start) }] : [])),
    async seen() {
      const shown: string[] = [];
      let font = '';
      await page.emulateMediaType('print');
      for (let index = 0; index < number; index += 1) {
        await page.evaluate(showQuire, index, 1);
        const seen = await page.evaluate(seenOf);
        for (const text of seen.shown) shown.push(text);
        font = seen.font;
      }
      await page.emulateMediaType();
      return { shown, font };
    },
  };
}

/** Runs in the browser. Divides a book into quires, all about as long and none over `most` leaves; says how many. */
function divide(most: number): number {
  const units: Element[] = [];
  const around: Element[] = [];
  const walk = (parent: Element) => {
    for (const each of parent.children) {
      if (each.localName === 'style') continue;
      if (!each.querySelector('.leaf')) units.push(each);
      else {
        around.push(each);
        walk(each);
      }
    }
  };
  walk(document.body);
  const leaves = units.filter(({ classList }) => classList.contains('leaf')).length;
  const number = Math.max(1, Math.ceil(leaves / most));
  let passed = 0;
  let quire = 0;
  for (const each of units) {
    if (each.classList.contains('leaf')) {
      quire = Math.floor((passed * number) / leaves);
      passed += 1;
    }
    each.setAttribute('data-quire', String(quire));
  }
  for (const each of around) {
    const inside = [...each.querySelectorAll<HTMLElement>('[data-quire]')].map(({ dataset }) => dataset.quire);
    each.setAttribute('data-quires', [...new Set(inside)].join(' '));
  }
  return number;
}

/** Runs in the browser. Shows this quire alone, its first page with the number `start`. */
function showQuire(index: number, start: number): void {
  const lead = start % 2 === 0;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`[data-quire]:not([data-quire="${index}"]), [data-quires]:not([data-quires~="${index}"]) {
  display: none !important;
}
@page :first { counter-set: page ${lead ? start - 1 : start} }`);
  document.adoptedStyleSheets = [sheet];
  document.querySelector('[data-lead]')?.remove();
  if (!lead) return;
  const empty = document.createElement('div');
  empty.dataset.lead = '';
  empty.style.cssText = 'height: 1px; break-after: page';
  document.body.prepend(empty);
}

/**
 * Runs in the browser. How often a quire, and the styles in the book, which say what stands in the margins, have been
 * found to say something else than before. The book itself would take longer to hand over than to compare.
 */
function changesOf(index: number): { text: number; style: number } {
  const kept = globalThis as unknown as { said?: Record<string, { what: string; changes: number }> };
  kept.said ??= {};
  const { said } = kept;
  const changes = (selector: string) => {
    const what = [...document.querySelectorAll(selector)].map(({ outerHTML }) => outerHTML).join();
    const last = said[selector];
    const next = last?.what === what ? last : { what, changes: (last?.changes ?? 0) + 1 };
    said[selector] = next;
    return next.changes;
  };
  return { text: changes(`[data-quire="${index}"]`), style: changes('body style') };
}

type PartNow = {
  begin: string;
  end: string;
  text: string;
  closer: boolean;
  /** `--yield` of what has one, by id. */
  yields: Record<string, string>;
  /** Ids of what may yield. */
  inside: string[];
};

/**
 * Runs in the browser. `structure`: what a book is made of, whatever it says: its style, and the ids of its parts and of
 * the places its numbers name. `parts`: those that may be set closer, and how they are. The rest is what `arrange` did.
 */
function bookOf(): Omit<Settled, 'parts'> & { structure: string[]; parts: PartNow[] } {
  const all = (selector: string, within: ParentNode = document) => [...within.querySelectorAll<HTMLElement>(selector)];
  const named = all('[data-begin][data-end],[data-recto],[data-page-of],[data-pages],[data-yields]').map(
    ({ id, dataset: { begin, end, recto, pageOf, pages, yields } }) =>
      [yields === undefined ? '' : id, begin, end, recto, pageOf, pages].join(' '),
  );
  return {
    structure: [document.head.innerHTML, ...named],
    parts: all('[data-begin][data-end]').map((part) => ({
      begin: part.dataset.begin ?? '',
      end: part.dataset.end ?? '',
      text: part.outerHTML,
      closer: part.classList.contains('closer'),
      yields: Object.fromEntries(
        all('[data-yields]', part).flatMap(({ id, style }) => {
          const factor = style.getPropertyValue('--yield');
          return factor ? [[id, factor]] : [];
        }),
      ),
      inside: all('[data-yields]', part).map(({ id }) => id),
    })),
    pages: Object.fromEntries(all('[data-page-of]').map((each) => [each.dataset.pageOf ?? '', each.textContent ?? ''])),
    blanks: all('[data-recto]').flatMap(({ hidden, dataset }) => (hidden ? [] : (dataset.recto ?? ''))),
    totals: all('[data-pages]').map(({ textContent }) => textContent ?? ''),
  };
}

/** Runs in the browser. Sets these parts as they were and all others as they are made; with `pages` the rest as well. */
function setAs({ parts, pages, blanks, totals }: Pick<Settled, 'parts'> & Partial<Settled>): void {
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
  for (const part of all('[data-begin][data-end]'))
    part.classList.toggle('closer', parts[part.dataset.end ?? '']?.closer === true);
  for (const element of all('[data-yields]')) {
    const part = element.closest<HTMLElement>('[data-begin][data-end]');
    const factor = parts[part?.dataset.end ?? '']?.yields[element.id];
    if (factor === undefined) element.style.removeProperty('--yield');
    else element.style.setProperty('--yield', factor);
  }
  if (!pages) return;
  for (const blank of all('[data-recto]')) blank.hidden = !blanks?.includes(blank.dataset.recto ?? '');
  for (const number of all('[data-page-of]'))
    number.textContent = pages[number.dataset.pageOf ?? ''] ?? number.textContent;
  for (const [i, total] of all('[data-pages]').entries()) total.textContent = totals?.[i] ?? total.textContent;
}

/**
 * Runs in the browser. Each `[data-yields]` that begins the page after the text it follows is set smaller where that
 * brings it below the text: `data-tall` mm and a heading of 22 mm with the room around both, on a page with `data-room`
 * mm between its margins, at least by the factor `data-least`. Says which, by their ids.
 */
function setSmaller(places: Record<string, Place>): string[] {
  const smaller: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>('[data-yields]')) {
    const { yields = '', tall, least, room } = element.dataset;
    const [text, own] = [places[yields], places[element.id]];
    if (!text || !own || own.page !== text.page + 1) continue;
    // Chromium tells places from the upper margin, not from the edge of the page.
    const left = Number(room) - (text.top * 25.4) / 72 - 22;
    const factor = left / Number(tall);
    if (factor >= 1 || factor < Number(least)) continue;
    element.style.setProperty('--yield', factor.toFixed(3));
    smaller.push(element.id);
  }
  return smaller;
}

/**
 * Runs in the browser. Sets closer each `[data-begin][data-end]` that ends a few lines down a page with nothing
 * `data-beside` it; says which, by the ids of their ends.
 */
function setCloser(places: Record<string, Place>, nearlyEmpty: number): string[] {
  const closer: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>('[data-begin][data-end]')) {
    const { begin = '', end = '', beside = '' } = element.dataset;
    const [from, to] = [places[begin], places[end]];
    if (!from || !to || to.page === from.page || to.page === places[beside]?.page || to.top > nearlyEmpty) continue;
    element.classList.add('closer');
    closer.push(end);
  }
  return closer;
}

/** Runs in the browser. What takes as many pages set closer as before is set as the rest; true when there is any. */
function undoInVain(closer: string[], before: Record<string, Place>, after: Record<string, Place>): boolean {
  let undone = false;
  for (const element of document.querySelectorAll<HTMLElement>('.closer')) {
    const { begin = '', end = '' } = element.dataset;
    const pages = (places: Record<string, Place>) => (places[end]?.page ?? 0) - (places[begin]?.page ?? 0);
    if (!closer.includes(end) || pages(after) < pages(before)) continue;
    element.classList.remove('closer');
    undone = true;
  }
  return undone;
}

/**
 * Runs in the browser. Shows the blank leaf before each `[data-recto]` that would begin on a left page, and writes the
 * page of its element into each `[data-page-of]` and the number of pages into each `[data-pages]`; `forms`: the pages of
 * each form behind the book. True when anything had to be changed.
 */
function arrange(places: Record<string, Place>, count: number, file: string, forms: readonly number[]): boolean {
  let changed = false;
  // Pages before which a blank leaf is put or taken away, in the numbers of the print that was made.
  const moves: { page: number; by: number }[] = [];
  const moved = (page: number) => page + moves.reduce((sum, each) => sum + (each.page <= page ? each.by : 0), 0);
  for (const blank of document.querySelectorAll<HTMLElement>('[data-recto]')) {
    // The last leaf stands before the forms, which are no elements.
    const id = blank.dataset.recto ?? '';
    const page = id === '' ? count + 1 : places[id]?.page;
    if (page === undefined) continue;
    // A leaf that was shown has been counted already.
    const shown = !blank.hidden;
    if (moved(page) % 2 === 1) continue;
    blank.hidden = shown;
    moves.push({ page, by: shown ? -1 : 1 });
    changed = true;
  }
  const write = (element: Element, text: string) => {
    if (element.textContent === text) return;
    element.textContent = text;
    changed = true;
  };
  for (const element of document.querySelectorAll('[data-page-of]')) {
    const id = element.getAttribute('data-page-of') ?? '';
    const place = places[id];
    if (!place) throw new Error(`${file}: no link leads to #${id}, so its page is not known`);
    write(element, String(moved(place.page)));
  }
  const own = count + moves.reduce((sum, each) => sum + each.by, 0);
  for (const element of document.querySelectorAll('[data-form-page]')) {
    const before = forms.slice(0, Number(element.getAttribute('data-form-page')));
    write(element, String(before.reduce((sum, pages) => sum + pages, own + 1)));
  }
  const total = String(forms.reduce((sum, pages) => sum + pages, own));
  for (const element of document.querySelectorAll('[data-pages]'))
    write(element, (element.getAttribute('data-pages') ?? '').replaceAll('000', total));
  return changed;
}
