// How a book is set before it is printed: its sections, what is set closer, its blank leaves and its page numbers.

/** Where something was printed: its page, 1-based, and how far down from the upper margin, in points. */
type Place = { page: number; top: number };

/** A part of a book as it was settled: its text by its digest, points down the page where it began, and how it was set. */
export type SettledPart = { text: string; top: number; set: string; yields: Record<string, string> };

/**
 * How a part may be set to take fewer pages, or whole spreads: its lines closer; the notes on a chart with the text; what
 * may come later on a page of its own.
 */
export type Setting = 'closer' | 'noted' | 'apart';

/** How a book was settled: its parts by the ids of their ends, and what `arrange` wrote and showed. */
export type Settled = {
  parts: Record<string, SettledPart>;
  pages: Record<string, string>;
  blanks: string[];
  fresh: string[];
  totals: string[];
};

/** Divides a book into sections, all about as long and none over `most` leaves; says how many. */
export function divide(most: number): number {
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
  let section = 0;
  for (const each of units) {
    if (each.classList.contains('leaf')) {
      section = Math.floor((passed * number) / leaves);
      passed += 1;
    }
    each.setAttribute('data-section', String(section));
  }
  for (const each of around) {
    const inside = [...each.querySelectorAll<HTMLElement>('[data-section]')].map(({ dataset }) => dataset.section);
    each.setAttribute('data-sections', [...new Set(inside)].join(' '));
  }
  return number;
}

/** Shows this section alone, its first page with the number `start`. */
export function showSection(index: number, start: number): void {
  const lead = start % 2 === 0;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`[data-section]:not([data-section="${index}"]), [data-sections]:not([data-sections~="${index}"]) {
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
 * How often a section, and the styles in the book, which say what stands in the margins, have been
 * found to say something else than before. The book itself would take longer to hand over than to compare.
 */
export function changesOf(index: number): { text: number; style: number } {
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
  return { text: changes(`[data-section="${index}"]`), style: changes('body style') };
}

type PartNow = {
  begin: string;
  end: string;
  text: string;
  /** Its settings, with a space between. */
  set: string;
  /** `--yield` of what has one, by id. */
  yields: Record<string, string>;
  /** Ids of what may yield. */
  inside: string[];
};

/**
 * `structure`: what a book is made of, whatever it says: its style, and the ids of its parts and of
 * the places its numbers name. `parts`: those that may be set closer, and how they are. The rest is what `arrange` did.
 */
export function bookOf(): Omit<Settled, 'parts'> & { structure: string[]; parts: PartNow[] } {
  const all = (selector: string, within: ParentNode = document) => [...within.querySelectorAll<HTMLElement>(selector)];
  const named = all(
    '[data-begin][data-end],[data-recto],[data-verso],[data-runs],[data-page-of],[data-pages],[data-yields]',
  ).map(({ id, dataset: { begin, end, whole, recto, verso, runs, pageOf, pages, yields } }) =>
    [yields === undefined ? '' : id, begin, end, whole, recto, verso, runs, pageOf, pages].join(' '),
  );
  return {
    structure: [document.head.innerHTML, ...named],
    parts: all('[data-begin][data-end]').map((part) => ({
      begin: part.dataset.begin ?? '',
      end: part.dataset.end ?? '',
      text: part.outerHTML,
      set: settingsOf(part),
      yields: Object.fromEntries(
        all('[data-yields]', part).flatMap(({ id, style }) => {
          const factor = style.getPropertyValue('--yield');
          return factor ? [[id, factor]] : [];
        }),
      ),
      inside: all('[data-yields]', part).map(({ id }) => id),
    })),
    pages: Object.fromEntries(all('[data-page-of]').map((each) => [each.dataset.pageOf ?? '', each.textContent ?? ''])),
    blanks: all('[data-recto],[data-verso]').flatMap((each) => (each.hidden ? [] : beforeOf(each))),
    fresh: all('[data-runs].fresh').map(({ dataset }) => dataset.runs ?? ''),
    totals: all('[data-pages]').map(({ textContent }) => textContent ?? ''),
  };
}

/** Sets these parts as they were and all others as they are made; with `pages` the rest as well. */
export function setAs({ parts, pages, blanks, fresh, totals }: Pick<Settled, 'parts'> & Partial<Settled>): void {
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
  for (const part of all('[data-begin][data-end]')) setPart(part, parts[part.dataset.end ?? '']?.set ?? '');
  for (const element of all('[data-yields]')) {
    const part = element.closest<HTMLElement>('[data-begin][data-end]');
    const factor = parts[part?.dataset.end ?? '']?.yields[element.id];
    if (factor === undefined) element.style.removeProperty('--yield');
    else element.style.setProperty('--yield', factor);
  }
  if (!pages) return;
  for (const blank of all('[data-recto],[data-verso]')) blank.hidden = !blanks?.includes(beforeOf(blank));
  for (const chapter of all('[data-runs]'))
    chapter.classList.toggle('fresh', fresh?.includes(chapter.dataset.runs ?? '') === true);
  for (const number of all('[data-page-of]'))
    number.textContent = pages[number.dataset.pageOf ?? ''] ?? number.textContent;
  for (const [i, total] of all('[data-pages]').entries()) total.textContent = totals?.[i] ?? total.textContent;
}

/**
 * Each `[data-yields]` that begins the page after the text it follows is set smaller where that
 * brings it below the text: `data-tall` mm and a heading of 22 mm with the room around both, on a page with `data-room`
 * mm between its margins, at least by the factor `data-least`. Says which, by their ids.
 */
export function setSmaller(places: Record<string, Place>): string[] {
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

const beforeOf = ({ dataset: { recto, verso } }: HTMLElement): string => recto ?? verso ?? '';

const settingsOf = ({ classList }: HTMLElement): string =>
  (['closer', 'noted', 'apart'] as const).filter((setting) => classList.contains(setting)).join(' ');

function setPart({ classList }: HTMLElement, settings: string): void {
  classList.remove('closer', 'noted', 'apart');
  classList.add(...settings.split(' ').filter(Boolean));
}

/** How many pages a part takes: that all of it ends on, where it says so, else that its text does. */
const pagesOf = ({ dataset: { begin = '', end = '', whole } }: HTMLElement, places: Record<string, Place>): number =>
  (places[whole ?? end]?.page ?? 0) - (places[begin]?.page ?? 0) + 1;

/**
 * Sets so each `[data-begin][data-end]` that it may help: with `data-whole`, which is to take whole spreads, one that takes
 * an odd number of pages; `closer` also one that ends a few lines down a page with nothing `data-beside` it. Says which, by
 * the ids of their ends.
 */
export function setSo(setting: Setting, places: Record<string, Place>, nearlyEmpty: number): string[] {
  const set: string[] = [];
  const needs = { closer: '*', noted: '.noted-here', apart: '.later' }[setting];
  for (const element of document.querySelectorAll<HTMLElement>('[data-begin][data-end]')) {
    const { begin = '', end = '', beside = '', whole } = element.dataset;
    const [from, to] = [places[begin], places[end]];
    if (!from || !to || element.classList.contains(setting) || !element.querySelector(needs)) continue;
    const odd = whole !== undefined && pagesOf(element, places) % 2 === 1;
    const spills = to.page !== from.page && to.page !== places[beside]?.page && to.top <= nearlyEmpty;
    if (!odd && !(spills && setting === 'closer')) continue;
    element.classList.add(setting);
    set.push(end);
  }
  return set;
}

/**
 * What was set so and takes no fewer pages, or with `apart` no whole spreads, is set as before. Says which, by the ids of
 * the places that tell how long they are.
 */
export function undoInVain(
  setting: Setting,
  set: string[],
  before: Record<string, Place>,
  after: Record<string, Place>,
): string[] {
  const undone: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>(`.${setting}`)) {
    if (!set.includes(element.dataset.end ?? '')) continue;
    const [was, is] = [pagesOf(element, before), pagesOf(element, after)];
    if (setting === 'apart' ? is % 2 === 0 : is < was) continue;
    element.classList.remove(setting);
    const { begin = '', end = '', beside = '', whole = '' } = element.dataset;
    undone.push(begin, end, beside, whole);
  }
  return undone;
}

/**
 * Shows the blank leaf before each `[data-recto]` that would begin on a left page, and before each `[data-verso]` that
 * would on a right one, unless the `[data-runs]` that precedes that can begin a page of its own instead; and writes the
 * page of its element into each `[data-page-of]` and the number of pages into each `[data-pages]`; `forms`: the pages of
 * each form behind the book. True when anything had to be changed.
 */
export function arrange(places: Record<string, Place>, count: number, file: string, forms: readonly number[]): boolean {
  let changed = false;
  // Pages before which a blank leaf is put or taken away, in the numbers of the print that was made.
  const moves: { page: number; by: number }[] = [];
  const moved = (page: number) => page + moves.reduce((sum, each) => sum + (each.page <= page ? each.by : 0), 0);
  for (const blank of document.querySelectorAll<HTMLElement>('[data-recto],[data-verso]')) {
    // The last leaf stands before the forms, which are no elements.
    const id = beforeOf(blank);
    const page = id === '' ? count + 1 : places[id]?.page;
    if (page === undefined) continue;
    // A leaf that was shown has been counted already.
    const shown = !blank.hidden;
    if ((moved(page) % 2 === 1) === (blank.dataset.recto !== undefined)) continue;
    const chapter = document.querySelector(`[data-runs="${CSS.escape(id)}"]:not(.fresh)`);
    if (chapter && !shown) {
      chapter.classList.add('fresh');
      moves.push({ page, by: 1 });
      changed = true;
      continue;
    }
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
