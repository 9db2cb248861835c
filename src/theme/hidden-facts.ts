// Proves that the templates an office laid over the program's hide no fact: what a sheet shows without them, it shows.
//
// DOM names are used only in the function handed to `page.evaluate`, which runs in the browser.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Say } from '../core/source.js';

/**
 * Runs in the browser. The texts of the page that are seen, for each of these classes on what is fitted; of what the
 * press fills in itself, page numbers, nothing.
 */
export function readOf(layouts: readonly string[]): string[][] {
  const root = document.documentElement;
  const fitted = [root, ...document.querySelectorAll('.fit')];
  return layouts.map((layout) => {
    if (layout !== '') for (const each of fitted) each.classList.add(layout);
    const seen: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      const text = node.nodeValue?.trim();
      if (!text || !parent) continue;
      if (
        parent.closest('title,desc,style,defs,[data-page-of],[data-pages],[data-form-page],[data-number],[data-total]')
      )
        continue;
      if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true }))
        continue;
      const style = getComputedStyle(parent);
      const ink = parent instanceof SVGElement ? style.fill : style.color;
      if (
        Number.parseFloat(style.fontSize) < 1 ||
        /^(transparent|none)$|[,/] ?0(?:\.0+)?\)$/.test(ink.replace(/^rgb\(.*/, ''))
      )
        continue;
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()];
      const there = boxes.some(
        ({ left, top, right, bottom }) =>
          right - left > 0.5 &&
          bottom - top > 0.5 &&
          right + scrollX > 0 &&
          bottom + scrollY > 0 &&
          left < 1e5 &&
          top < 1e7,
      );
      if (there) seen.push(text);
    }
    if (layout !== '') for (const each of fitted) each.classList.remove(layout);
    return seen;
  });
}

const squeezed = (text: string): string => text.normalize('NFKC').replace(/\s/g, '');

/** What the services of a content say, in one text; each language by itself. */
export function factsOf(values: unknown): string {
  const found = new Set<string>();
  const waiting: unknown[] = [values];
  for (let each = waiting.pop(); waiting.length > 0 || each !== undefined; each = waiting.pop()) {
    if (typeof each === 'string') for (const part of each.split(/[\uFDD0-\uFDEF]/)) found.add(squeezed(part));
    else if (Array.isArray(each)) waiting.push(...each);
    else if (typeof each === 'object' && each !== null)
      for (const [key, value] of Object.entries(each)) if (!UNSAID.has(key)) waiting.push(value);
  }
  return [...found].join('\n');
}
/** Of what is read, where it stands and what it is called inside. */
const UNSAID = new Set(['at', 'span', 'source', 'cited', 'unread', 'id', 'url']);

const isFact = (text: string, facts: string): boolean => {
  const whole = squeezed(text);
  if (!/[\p{L}\p{N}]/u.test(whole)) return false;
  const parts = whole.split(/[（）()、，；：:;,。]/).filter((part) => part.length > 1 || /\p{N}/u.test(part));
  return [whole, ...parts].some((part) => facts.includes(part));
};

/** The facts that are seen without an office's own files and not, or less often, with them. */
export function hiddenIn(
  plain: readonly (readonly string[])[],
  own: readonly (readonly string[])[],
  facts: string,
): string[] {
  const hidden = new Set<string>();
  for (const [i, texts] of plain.entries()) {
    const left = new Map<string, number>();
    for (const text of own[i] ?? []) left.set(squeezed(text), (left.get(squeezed(text)) ?? 0) + 1);
    for (const text of texts) {
      const count = left.get(squeezed(text)) ?? 0;
      left.set(squeezed(text), count - 1);
      if (count <= 0 && isFact(text, facts)) hidden.add(text);
    }
  }
  return [...hidden];
}

/** One fault for all that a sheet's own files hide. */
export function hidingFault(
  hidden: readonly string[],
  by: readonly string[],
): { rule: 'override-hides'; text: string; message: Say } {
  const [first = ''] = hidden;
  const text = [...first].length > 40 ? `${[...first].slice(0, 39).join('')}…` : first;
  return {
    rule: 'override-hides',
    text,
    message: {
      zh: `機關自己的樣板 ${by.join('、')} 讓這${hidden.length > 1 ? ` ${hidden.length} 段內容` : '段內容'}看不到；內容寫明的事項都要印得出來。請改樣板，或改內容檔。`,
      en: `The office's own ${by.join(', ')} hides ${hidden.length > 1 ? `this and ${hidden.length - 1} more` : 'this'}; whatever the content declares must be seen. Change the template, or the content.`,
    },
  };
}

/** A fault of a sheet with files of the office's own says which: most often they are the cause. */
export const besides = <T extends { message: Say }>(fault: T, by: readonly string[]): T => ({
  ...fault,
  message: {
    zh: `${fault.message.zh}（這一份用了機關自己的樣板：${by.join('、')}）`,
    en: `${fault.message.en} (This sheet is made with the office's own ${by.join(', ')}.)`,
  },
});
