// The size at which the text of a sheet just fills it: one search, for what is printed and for a preview.
import type { Sheet } from '../../document/sheet.js';

export type Fit = NonNullable<Extract<Sheet, { kind: 'page' }>['fit']>;
/** What does not fit, and its three longest blocks, in lines of the smallest text. */
export type Overflow = { name: string; lines: number; blocks: { name: string; lines: number }[] };

/**
 * Finds the largest `--fit` at which every `.fit` element of a document holds its content, to a
 * hundredth of the range: the same for all, or for each its own. Says what flows on, and what is too long and may not.
 * `part`: where each has its own, those from the first number on and before the second alone.
 */
export function fitBoxes(
  { least, most, flows, apart, alike, rather }: Fit,
  sheet: Document,
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
  const tooLong = settle(apart ? all.map((box) => search(box, [box])) : [search(root, all)], least, most);
  // Before a sheet is parted or refused, its style sheet may set its large type and its gaps closer.
  for (const { target } of tooLong) target.classList.add('close');
  const long = settle(
    tooLong.map(({ target, boxes }) => search(target, boxes)),
    least,
    most,
  );
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
    target.classList.remove('close');
    target.style.removeProperty('--fit');
    target.classList.add('flows');
  }
  if (alike && part === undefined) levelBoxes(least, sheet);
  return done(long.length > 0, []);
}

/** Sets all boxes to the size of the smallest that holds its content; what goes on has it too. */
export function levelBoxes(least: number, sheet: Document): void {
  const boxes = [...sheet.querySelectorAll<HTMLElement>('.fit')];
  const sizes = boxes.flatMap((box) =>
    box.classList.contains('flows') ? [] : [Number(box.style.getPropertyValue('--fit'))],
  );
  const size = sizes.length === boxes.length ? Math.min(...sizes) : least;
  for (const box of boxes) box.style.setProperty('--fit', String(size));
}

/** Lays out these boxes and no others: each change of a size lays out all that is seen. */
export function showBoxes(from: number, to: number): void {
  for (const [i, box] of document.querySelectorAll<HTMLElement>('.fit').entries())
    if (i >= from && i < to) box.style.removeProperty('display');
    else box.style.setProperty('display', 'none', 'important');
}
