// The size at which the text of a sheet just fills it: one search, run by the press and by a preview alike.
//
// The functions that run there are handed to browsers as their own text, so they name nothing outside themselves.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

import { counted, type Say } from '../core/source.js';
import type { Sheet } from '../document/sheet.js';

export type Fit = NonNullable<Extract<Sheet, { kind: 'page' }>['fit']>;
/** What does not fit, and its three longest blocks, in lines of the smallest text. */
export type Overflow = { name: string; lines: number; blocks: { name: string; lines: number }[] };

/**
 * Runs in a browser. Finds the largest `--fit` at which every `.fit` element of a document holds its content, to a
 * hundredth of the range: the same for all, or for each its own. Says what flows on, and what is too long and may not.
 * `part`: where each has its own, those from the first number on and before the second alone.
 */
export function fitBoxes(
  { least, most, flows, apart, rather }: Fit,
  sheet: Document = document,
  part?: readonly [number, number],
): { boxes: number; flowing: boolean; long: Overflow[] } {
  const root = sheet.documentElement;
  const all = [...sheet.querySelectorAll<HTMLElement>('.fit')].slice(...(part ?? []));
  type Search = { target: HTMLElement; boxes: HTMLElement[]; good: number; bad: number };
  const holds = ({ boxes }: Search) =>
    boxes.every((box) => box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth);
  /** All are measured at once: each change of a size lays the page out anew. Those that do not hold even at `low`. */
  const settle = (searches: Search[], low: number, high: number): Search[] => {
    const at = (n: number) => String(low + ((high - low) / 128) * n);
    const tried = (some: Search[], n: (search: Search) => number): Search[] => {
      for (const each of some) each.target.style.setProperty('--fit', at(n(each)));
      return some.filter((each) => !holds(each));
    };
    let open = tried(searches, () => 128);
    const long = tried(open, () => 0);
    open = open.filter((each) => !long.includes(each));
    for (let round = 0; round < 7; round += 1) {
      const middle = ({ good, bad }: Search) => (good + bad) >> 1;
      const failed = tried(open, middle);
      for (const each of open) each[failed.includes(each) ? 'bad' : 'good'] = middle(each);
    }
    tried(open, ({ good }) => good);
    return long;
  };
  const search = (target: HTMLElement, boxes: HTMLElement[]): Search => ({ target, boxes, good: 0, bad: 128 });
  if (all.length === 0) return { boxes: 0, flowing: false, long: [] };
  // A style sheet that spreads what there is over its box does not do so while it is measured: all would be as high as the box.
  root.classList.add('measured');
  const done = (flowing: boolean, tooMuch: Overflow[]) => {
    root.classList.remove('measured');
    return { boxes: all.length, flowing, long: tooMuch };
  };
  for (const layout of rather ?? []) {
    root.classList.add(layout.named);
    if (settle([search(root, all)], layout.least, layout.most).length === 0) return done(false, []);
    root.classList.remove(layout.named);
  }
  const long = settle(apart ? all.map((box) => search(box, [box])) : [search(root, all)], least, most);
  if (!flows) {
    const line = Number.parseFloat(getComputedStyle(root).lineHeight) || 16;
    const overflow = (box: HTMLElement): Overflow => {
      const blocks = [...box.querySelectorAll<HTMLElement>('[data-block]')].map((block) => ({
        name: block.dataset.block ?? '',
        lines: Math.round(block.getBoundingClientRect().height / line),
      }));
      return {
        name: box.dataset.name ?? '',
        lines: Math.ceil((box.scrollHeight - box.clientHeight) / line),
        blocks: blocks.sort((one, other) => other.lines - one.lines).slice(0, 3),
      };
    };
    return done(
      false,
      long.flatMap(({ boxes }) => boxes.map(overflow)),
    );
  }
  for (const { target } of long) {
    target.style.removeProperty('--fit');
    target.classList.add('flows');
  }
  return done(long.length > 0, []);
}

/**
 * Runs in a browser, before anything is laid out. Makes every font size that the styles of a document declare a multiple
 * of 1/32 px, never smaller than it was said. Chromium opens a font once for all sizes that are one after it has cut
 * them to hundredths in single precision; of some neighbours (16.79 and 16.80 px) that makes one, so that a sheet would
 * be set in the size of whichever was laid out first, perhaps in another sheet. Among multiples of 1/32 there are no such
 * neighbours. Text in a drawing keeps the size it is said to have, rather than one cut anew for each scale.
 * Says whether it found the sizes of all rules.
 */
export function roundType(sheet: Document = document): boolean {
  let all = true;
  const round = (style: CSSStyleDeclaration) => {
    const size = style.getPropertyValue('font-size');
    // A shorthand with a variable in it does not tell its parts.
    if (size === '') all &&= style.getPropertyValue('font') === '';
    else if (/^(smaller|larger)$/.test(size)) all = false;
    else if (/[\d(]/.test(size))
      style.setProperty('font-size', `round(up, ${size}, 0.03125px)`, style.getPropertyPriority('font-size'));
  };
  const visit = (rules: CSSRuleList) => {
    for (const rule of rules) {
      if ('style' in rule) round(rule.style as CSSStyleDeclaration);
      if ('cssRules' in rule) visit(rule.cssRules as CSSRuleList);
    }
  };
  for (const each of sheet.styleSheets)
    try {
      visit(each.cssRules);
    } catch {
      // One from elsewhere shows nothing of itself.
      all = false;
    }
  for (const each of sheet.querySelectorAll<HTMLElement | SVGElement>('[style*="font"]')) round(each.style);
  const drawn = sheet.createElement('style');
  drawn.textContent = 'svg text, svg tspan, svg textPath { text-rendering: geometricPrecision !important }';
  sheet.head.append(drawn);
  return all;
}

/** Runs in a browser. Whether all text that is laid out has a size as `roundType` makes them. */
export function isTypeRound(): boolean {
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const seen = new Set<Element>();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || seen.has(parent) || node.nodeValue?.trim() === '' || !parent.checkVisibility()) continue;
    seen.add(parent);
    const size = Number.parseFloat(getComputedStyle(parent).fontSize);
    // Told to six digits.
    if (Math.abs(size - Math.round(size * 32) / 32) > size * 1e-5) return false;
  }
  // Nobody can look into a picture.
  return ![...document.querySelectorAll('img,image')].some((each) => {
    const address = each.getAttribute('src') ?? each.getAttribute('href') ?? '';
    return (
      address.startsWith('data:image/svg') &&
      /<text/i.test(address.includes(';base64,') ? atob(address.split(',')[1] ?? '') : decodeURIComponent(address))
    );
  });
}

/** Why a sheet is refused and what would help. */
export function tooLong(file: string, long: readonly Overflow[], { what, help }: Fit): Say {
  const names = long.map(({ name }) => name).filter((name) => name !== '');
  const lines = long.reduce((most, each) => Math.max(most, each.lines), Number.NEGATIVE_INFINITY);
  const longest = long.flatMap(({ blocks }) => blocks);
  const told: Say = {
    zh: longest.map(({ name, lines: high }) => `「${name}」約 ${high} 行`).join('、'),
    en: longest.map(({ name, lines: high }) => `"${name}" (about ${counted(high, 'line')})`).join(', '),
  };
  const whose: Say = {
    zh: what?.zh ?? `${names.map((name) => `「${name}」`).join('')}文字太多，放不進這張紙`,
    en: what?.en ?? `the text${names.length > 0 ? ` (${names.join(', ')})` : ''} is too long for its sheet`,
  };
  const much: Say =
    lines > 0
      ? { zh: `縮到最小字級仍多出約 ${lines} 行`, en: `even at the smallest size by about ${counted(lines, 'line')}` }
      : { zh: '縮到最小字級仍有一行太寬', en: 'even at the smallest size a line is too wide' };
  return {
    zh: `${file}：${whose.zh}，${much.zh}。${longest.length > 0 ? `最長的是${told.zh}。` : ''}${help?.zh ?? '請刪減文字、改用較大的紙張，或把較少人用到的內容移到手冊。'}`,
    en: `${file}: ${whose.en}, ${much.en}. ${longest.length > 0 ? `Longest: ${told.en}. ` : ''}${help?.en ?? 'Shorten it, choose a larger paper, or move what few readers need to the handbook.'}`,
  };
}
