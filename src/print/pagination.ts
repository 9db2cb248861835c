// A book becomes one PDF: its pages are settled, and a long one is printed in sections that are bound.
import type { Page } from 'puppeteer';
import { keyOf } from '../core/cache.js';
import type { Section } from '../pdf/bind.js';
import type { PDFDocument } from '../pdf/finish.js';
import { type Place, placesOf } from '../pdf/printed.js';
import type { Setting, Settled, SettledPart } from './in-page/book.js';
import { clear, clearHeap, inPage, printPdf } from './page.js';

/** The upper part of a page, in points, that is too little for a page of its own: the head margin and a fifth of the text. */
const NEARLY_EMPTY = 210;

/** What is known of books that were settled earlier, by the name of their structure. */
export type Settlements = { get(key: string): Settled | undefined; put(key: string, settled: Settled): void };

/** A book to be settled: `html` is what it is before, `forms` the pages of each form behind it. */
type Book = { file: string; html: string; forms: readonly number[] };

/** A page as it was printed: every text that is laid out in it, and the fonts it is set in. */
export type Paper = { pdf: PDFDocument; shown: string[]; font: string };

/** A book as it was printed, in sections. */
export type Unbound = Omit<Paper, 'pdf'> & { sections: readonly Section[] };

/** The sections become one file, and are not to be used any more. */
export async function bound({ sections: [first, ...rest], ...seen }: Unbound): Promise<Paper> {
  if (!first) throw new Error('a book has no sections');
  if (rest.length > 0) (await import('../pdf/bind.js')).bindSections(first.pdf, rest);
  return { pdf: first.pdf, ...seen };
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
  let sections = await openSections(page, leaves);
  const before = await inPage(page, 'bookOf');
  const texts = new Map(before.parts.map(({ end, text }) => [end, keyOf(text)]));
  const key = keyOf(JSON.stringify([book.file, book.forms, before.structure]));
  const last = known?.get(key);
  if (!last || !(await settleAsBefore(page, sections, book, last, texts))) {
    if (last) {
      await page.setContent(html, { timeout: 0 });
      sections = await openSections(page, leaves);
    }
    await settleFromNothing(page, sections, book);
  }
  const { places, count } = await sections.lay({ tagged: true });
  if (await inPage(page, 'arrange', places, count, book.file, book.forms))
    throw new Error(`${book.file}: the pages lie otherwise with their tags`);
  if (known) {
    const { parts, pages, blanks, fresh, totals } = await inPage(page, 'bookOf');
    const settled = parts.map(({ begin, end, set, yields }): [string, SettledPart] => [
      end,
      { text: texts.get(end) ?? '', top: places[begin]?.top ?? -1, set, yields },
    ]);
    known.put(key, { parts: Object.fromEntries(settled), pages, blanks, fresh, totals });
  }
  return { sections: sections.printed(), ...(await sections.seen()) };
}

async function settleFromNothing(page: Page, sections: Sections, { file, forms }: Book): Promise<void> {
  let laid = await sections.lay();
  if ((await inPage(page, 'setSmaller', laid.places)).length > 0) laid = await sections.lay();
  let { places } = laid;
  let isStale = false;
  for (const setting of SETTINGS) {
    const set = await inPage(page, 'setSo', setting, places, NEARLY_EMPTY);
    if (set.length === 0) continue;
    laid = await sections.lay();
    const undone = await inPage(page, 'undoInVain', setting, set, places, laid.places);
    isStale = undone.length > 0;
    // How long a part is does not depend on the parts before it: one that was set in vain is as long as it was.
    const asBefore = undone.flatMap((id): [string, Place][] => (places[id] ? [[id, places[id]]] : []));
    places = { ...laid.places, ...Object.fromEntries(asBefore) };
  }
  if (isStale) laid = await sections.lay();
  for (let round = 1; await inPage(page, 'arrange', laid.places, laid.count, file, forms); round += 1) {
    if (round === 7) throw new Error(`${file}: page numbers do not settle`);
    laid = await sections.lay();
  }
}
const SETTINGS: readonly Setting[] = ['closer', 'noted', 'apart'];

/**
 * Sets a book as it was settled the last time. A part that says the same and begins as far down its page is set as it
 * was; whatever else wants to be set closer or smaller has to be tried, and then nothing is presumed: false.
 */
async function settleAsBefore(
  page: Page,
  sections: Sections,
  { file, forms }: Book,
  last: Settled,
  texts: ReadonlyMap<string, string>,
): Promise<boolean> {
  const same = Object.fromEntries(Object.entries(last.parts).filter(([end, { text }]) => texts.get(end) === text));
  const setting = { ...last, parts: same };
  await inPage(page, 'setAs', setting);
  for (let round = 1; round <= 3; round += 1) {
    const { places, count } = await sections.lay({ tagged: round === 1 });
    const { parts } = await inPage(page, 'bookOf');
    for (const { begin, end } of parts)
      if (same[end] && Math.abs((places[begin]?.top ?? -1) - same[end].top) > 0.01) return false;
    const of = new Map(parts.flatMap(({ end, inside }) => inside.map((id) => [id, end])));
    const wanted = [
      ...(await inPage(page, 'setSmaller', places)).map((id) => of.get(id) ?? ''),
      ...(await inPage(page, 'setSo', 'closer', places, NEARLY_EMPTY)),
    ];
    if (wanted.some((end) => !same[end])) return false;
    // What was tried in vain before is wanted again each time.
    await inPage(page, 'setAs', { parts: same });
    if (!(await inPage(page, 'arrange', places, count, file, forms))) return true;
  }
  return false;
}

// ---------------------------------------------------------------------------------------------------------- sections

/**
 * Leaves in a section at most. A page laid out takes the browser more than a megabyte, so a long book is printed in parts;
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

type Sections = {
  /**
   * Prints what lies elsewhere than before, as far as is known: what says something else, or begins on the other side.
   * With tags, all that is not printed so already.
   */
  lay(options?: { tagged?: boolean }): Promise<Laid>;
  /** What was laid with tags. */
  printed(): Section[];
  /** Every text that is laid out, and the fonts. */
  seen(): Promise<Omit<Paper, 'pdf'>>;
};

async function openSections(page: Page, leaves: number): Promise<Sections> {
  const number = await inPage(page, 'divide', leaves);
  const printed: Printed[] = [];
  // Chromium begins on the right: before a page on the left it is given one more, and that is taken away.
  const skipOf = (start: number): number => (start % 2 === 0 ? 1 : 0);

  const print = async (index: number, start: number, tagged: boolean): Promise<Printed> => {
    await inPage(page, 'showSection', index, start);
    const { text, style } = await inPage(page, 'changesOf', index);
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
    const section: Printed = {
      text,
      style,
      start,
      ...(tagged ? { pdf } : {}),
      places: Object.fromEntries(places),
      count: pdf.getPageCount() - skip,
    };
    printed[index] = section;
    return section;
  };

  const lay = async ({ tagged = false } = {}): Promise<Laid> => {
    const places: Record<string, Place> = {};
    let count = 0;
    for (let index = 0; index < number; index += 1) {
      const section = await print(index, count + 1, tagged);
      for (const [id, { page, top }] of Object.entries(section.places)) places[id] = { page: page + count, top };
      count += section.count;
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
        await inPage(page, 'showSection', index, 1);
        const seen = await inPage(page, 'seenOf');
        for (const text of seen.shown) shown.push(text);
        font = seen.font;
      }
      await page.emulateMediaType();
      return { shown, font };
    },
  };
}
