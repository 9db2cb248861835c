// What a page shows, as it is laid out: its texts, the lines of its boxes, the heads of its columns.
import type { Box, Drawn, Ground, LaidText } from '../../theme/laid-out.js';

/** Sets what is fitted in one of its ways, or as it was. */
export function setLayout(layout: string, on: boolean): void {
  if (layout === '') return;
  for (const each of [document.documentElement, ...document.querySelectorAll('.fit')])
    each.classList.toggle(layout, on);
}

/** The texts of the page that are seen; of what the printer fills in itself, page numbers, nothing. */
export function textsOf(): LaidText[] {
  const cells = new Map([...document.querySelectorAll('tbody > tr > *')].map((cell, i) => [cell, i]));
  const groups = new Map([...document.querySelectorAll('tr,dl > div,li,.fact')].map((group, i) => [group, i]));
  const places = new Map([...document.querySelectorAll('*')].map((each, i) => [each, i]));
  const range = document.createRange();
  const boxOf = ({ left, top, right, bottom }: DOMRect): Box => ({
    left: Math.round(left + scrollX),
    top: Math.round(top + scrollY),
    right: Math.round(right + scrollX),
    bottom: Math.round(bottom + scrollY),
  });
  const isSeen = (parent: Element): boolean => {
    if (parent.closest('title,desc,style,defs,[data-page-of],[data-pages],[data-form-page],[data-number],[data-total]'))
      return false;
    if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true }))
      return false;
    const style = getComputedStyle(parent);
    const ink = parent instanceof SVGElement ? style.fill : style.color;
    return (
      Number.parseFloat(style.fontSize) >= 1 &&
      !/^(transparent|none)$|[,/] ?0(?:\.0+)?\)$/.test(ink.replace(/^rgb\(.*/, ''))
    );
  };
  const texts: LaidText[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const text = node.nodeValue?.trim();
    if (!text || !parent || !isSeen(parent)) continue;
    range.selectNodeContents(node);
    const lines = [...range.getClientRects()].filter(
      ({ left, top, right, bottom }) =>
        right - left > 0.5 &&
        bottom - top > 0.5 &&
        right + scrollX > 0 &&
        bottom + scrollY > 0 &&
        left < 1e5 &&
        top < 1e7,
    );
    if (lines.length === 0) continue;
    const drawn = parent.closest('svg') !== null;
    const broken = lines.length > 1 && breaksNumber(node, range);
    range.selectNodeContents(node);
    const cell = cells.get(parent.closest('tbody > tr > *') ?? parent);
    const group = drawn ? undefined : groups.get(parent.closest('tr,dl > div,li,.fact') ?? parent);
    texts.push({
      text,
      all: boxOf(range.getBoundingClientRect()),
      lines: lines.map(boxOf),
      label: parent.closest('dt,th,caption,h1,h2,h3,h4,h5,h6') !== null,
      held:
        parent.closest('dl,table,ul,ol,h2,h3,h4,svg,.value,.fact,.unconfirmed,.draft,.tag') !== null &&
        parent.closest('nav') === null,
      drawn,
      ...(broken ? { broken: true as const } : {}),
      colour: drawn ? getComputedStyle(parent).fill : getComputedStyle(parent).color,
      place: places.get(parent) ?? 0,
      ...(cell === undefined ? {} : { cell }),
      ...(group === undefined ? {} : { group }),
    });
  }
  return texts;
}

/** Whether a number begins on one line and ends on another. */
function breaksNumber(node: Node, range: Range): boolean {
  for (const { 0: number, index } of (node.nodeValue ?? '').matchAll(/\p{Nd}[\p{Nd}.,]*\p{Nd}/gu)) {
    range.setStart(node, index);
    range.setEnd(node, index + number.length);
    const tops = [...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => top);
    if (Math.max(...tops) - Math.min(...tops) > 2) return true;
  }
  return false;
}

/** The shapes of charts and the numbers of lists, in their order. */
export function drawnOf(): Drawn[] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const known = new Map<string, boolean>();
  /** On white; what is nearly white or lets it shine through is not seen. */
  const isSeen = (colour: string): boolean => {
    const before = known.get(colour);
    if (before !== undefined || colour === 'none' || !canvas) return before ?? false;
    canvas.fillStyle = '#fff';
    canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0] = canvas.getImageData(0, 0, 1, 1).data;
    const seen = 0.2126 * r + 0.7152 * g + 0.0722 * b < 222;
    known.set(colour, seen);
    return seen;
  };
  const isThere = (each: Element): boolean =>
    each.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true });
  const items = [...document.querySelectorAll('li')].map((item) => {
    const { display, listStyleType } = getComputedStyle(item);
    const numbered = display === 'list-item' && !/^(none|disc|circle|square|disclosure.*)$/.test(listStyleType);
    return { text: item.textContent?.trim().slice(0, 40) ?? '', seen: numbered && isThere(item), width: 0 };
  });
  const shapes = [...document.querySelectorAll('svg')].flatMap((svg) => {
    const text = svg.querySelector('title,text')?.textContent?.trim() ?? '';
    return [...svg.querySelectorAll('path,rect,line,polyline,polygon,circle,ellipse,text')].map((shape) => {
      const { stroke, strokeWidth, fill } = getComputedStyle(shape);
      const width = stroke === 'none' ? 0 : Number.parseFloat(strokeWidth);
      const seen = (width > 0.1 && isSeen(stroke)) || isSeen(fill);
      return { text, seen: seen && isThere(shape), width };
    });
  });
  return [...items, ...shapes];
}

/** Of each cell of all bodies of tables the head under which most of it lies. */
export function headsOf(): string[] {
  return [...document.querySelectorAll('tbody > tr > *')].map((cell) => {
    const { left, right } = cell.getBoundingClientRect();
    let head = '';
    let most = 1;
    for (const each of cell.closest('table')?.querySelectorAll('thead tr:last-child > *') ?? []) {
      const box = each.getBoundingClientRect();
      const width = Math.min(right, box.right) - Math.max(left, box.left);
      if (width > most + 1) [head, most] = [each.textContent?.trim() ?? '', width];
    }
    return head;
  });
}

/** The upper and lower lines of boxes, and grounds that are as thin as a line. */
export function barsOf(): Box[] {
  const bars: Box[] = [];
  for (const each of document.body.querySelectorAll<HTMLElement>(':not(svg, svg *)')) {
    const style = getComputedStyle(each);
    const [upper, lower] = [Number.parseFloat(style.borderTopWidth), Number.parseFloat(style.borderBottomWidth)];
    const ground = !/^(?!rgb\().*[,/] ?0\)$/.test(style.backgroundColor);
    if (upper === 0 && lower === 0 && !ground) continue;
    for (const box of each.getClientRects()) {
      const { left, right } = { left: box.left + scrollX, right: box.right + scrollX };
      const { top, bottom } = { top: box.top + scrollY, bottom: box.bottom + scrollY };
      if (upper > 0) bars.push({ left, right, top, bottom: top + upper });
      if (lower > 0) bars.push({ left, right, top: bottom - lower, bottom });
      if (ground && bottom - top < 6 && bottom > top) bars.push({ left, right, top, bottom });
    }
  }
  return bars;
}

/** Every coloured ground, that of the window first. Rows and columns lie below all cells, also those that reach over them. */
export function groundsOf(): Ground[] {
  const all = [...document.querySelectorAll('*')];
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.setProperty('background-color', 'Canvas', 'important');
  const { scrollWidth: right, scrollHeight: bottom } = document.documentElement;
  const window: Ground = {
    ...{ place: 0, end: all.length, colour: getComputedStyle(probe).backgroundColor },
    box: { left: 0, top: 0, right, bottom },
  };
  probe.remove();
  const grounds = all.flatMap((each, place) => {
    const { backgroundColor: colour, display } = getComputedStyle(each);
    if (
      /^(?!rgb\().*[,/] ?0\)$/.test(colour) ||
      /^table-(row|column|header|footer)/.test(display) ||
      each.closest('svg')
    )
      return [];
    const end = place + each.querySelectorAll('*').length;
    return [...each.getClientRects()].map(({ left, top, right, bottom }) => ({
      ...{ place, end, colour },
      box: { left: left + scrollX, top: top + scrollY, right: right + scrollX, bottom: bottom + scrollY },
    }));
  });
  return [window, ...grounds];
}

/** Colours, however they are written, as red, green, blue and what hides, from 0 to 255. */
export function coloursOf(written: readonly string[]): [string, number[]][] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  return written.map((colour) => {
    if (!canvas) return [colour, []];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [colour, [...canvas.getImageData(0, 0, 1, 1).data]];
  });
}

/**
 * Runs in the browser, on what is stamped on forms. Whether it paints anything above its foot, over what a form says.
 * `foot`: mm from the lower edge.
 */
export function isOverForms(foot: number): boolean {
  const clear = /^(?!rgb\().*[,/] ?0\)$/;
  return [...document.querySelectorAll<HTMLElement>('.form-page')].some((page) => {
    const edge = page.getBoundingClientRect().bottom - (foot * 96) / 25.4;
    const paints = (each: Element): boolean => {
      const style = getComputedStyle(each);
      const borders = [style.borderTopWidth, style.borderRightWidth, style.borderBottomWidth, style.borderLeftWidth];
      return !clear.test(style.backgroundColor) || borders.some((width) => Number.parseFloat(width) > 0);
    };
    const range = document.createRange();
    const above = (each: Element): boolean => {
      range.selectNodeContents(each);
      const boxes = [...(paints(each) ? each.getClientRects() : []), ...range.getClientRects()];
      return boxes.some(({ top, bottom }) => bottom - top > 0.5 && top < edge);
    };
    return (
      [document.documentElement, document.body, page].some(paints) ||
      [...page.querySelectorAll('*')].some((each) =>
        paints(each) ? above(each) : each.childElementCount === 0 && above(each),
      )
    );
  });
}
