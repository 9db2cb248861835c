// The office's logo and seal: PNG, JPEG or SVG made into pictures that a page holds itself, or what is wrong with them.
import type { Element } from 'hast';
import type { ImageFile } from '../content/attached-files.js';
import { reportDeceptions } from '../core/deceptive-characters.js';
import type { Fault } from '../core/diagnostic.js';
import type { Say, Source } from '../core/source.js';
import { bitmapIn } from './bitmaps.js';
import { judgeHtml, svgIn, svgText } from './overrides.js';
import { slipIn } from './well-formed.js';

/** `address` is a data: URL; `width` to `height` tells the shape. */
export type Picture = { readonly address: string; readonly width: number; readonly height: number };

/** Pixels on a side: more is a photograph, and makes every sheet heavy. */
const MOST = 4000;

/** The pictures of `images/` that can be printed, by name. */
export function picturesIn(images: readonly ImageFile[]): {
  pictures: ReadonlyMap<string, Picture>;
  faults: readonly Fault[];
} {
  const pictures = new Map<string, Picture>();
  const faults: Fault[] = [];
  for (const image of images) {
    const before = faults.length;
    const picture = pictureIn(image, (fault) => faults.push({ ...fault, rule: 'image-file' }));
    if (picture && faults.length === before) pictures.set(image.name, picture);
  }
  return { pictures, faults };
}

type Report = (fault: Fault) => void;
const dataUrl = (kind: string, from: Uint8Array): string =>
  `data:image/${kind};base64,${Buffer.from(from).toString('base64')}`;

function pictureIn({ path, bytes }: ImageFile, report: Report): Picture | undefined {
  const refuse = (message: Say, hint: Say): undefined => {
    report({ rule: 'image-file', span: { source: { path, text: '' }, start: 0, end: 0 }, message, hint });
    return undefined;
  };
  const bitmap = bitmapIn(bytes);
  if (!bitmap) {
    const text = new TextDecoder().decode(bytes);
    if (/<svg[\s>]/i.test(text))
      return bytes.length > LARGEST ? refuse(...INTRICATE) : drawingIn({ path, text }, report);
    return refuse(
      { zh: '不是 PNG、JPEG 或 SVG 圖檔。', en: 'This is no PNG, JPEG or SVG.' },
      { zh: '另存為 PNG 或 SVG。', en: 'Save it as PNG or SVG.' },
    );
  }
  const { kind, width, height } = bitmap;
  if (Math.max(width, height) > MOST)
    return refuse(
      {
        zh: `圖片有 ${width} × ${height} 像素，長寬應在 ${MOST} 以內。`,
        en: `The picture has ${width} × ${height} pixels; a side has at most ${MOST}.`,
      },
      { zh: '縮小後再存一次；標誌有 1000 像素就夠清楚。', en: 'Save it smaller; 1,000 pixels are enough.' },
    );
  if (width === 0 || height === 0 || !bitmap.isSound())
    return refuse(
      { zh: '圖檔不完整或已損壞。', en: 'The picture is broken or cut off.' },
      { zh: '用看圖程式打開確認，再重新存一次。', en: 'Open it with a viewer and save it again.' },
    );
  return { address: dataUrl(kind, bitmap.bare()), width, height };
}

// ------------------------------------------------------------------------------------------------------------- SVG

const INTRICATE: [message: Say, hint: Say] = [
  {
    zh: 'SVG 太複雜：太大、層層相套，或一再引用自己，瀏覽器畫不出來。',
    en: 'The SVG is too intricate: too large, nested too deeply, or made of itself again and again; a browser cannot draw it.',
  },
  {
    zh: '用繪圖程式簡化後重新匯出，或另存為 PNG。',
    en: 'Simplify it in the drawing program and export it again, or save it as PNG.',
  },
];

function drawingIn(source: Source, report: Report): Picture | undefined {
  const { text } = source;
  const refuse = (
    [message, hint]: readonly [Say, Say],
    [start, end]: readonly [number, number] = [0, 0],
  ): undefined => {
    report({ rule: 'image-file', span: { source, start, end }, message, hint });
    return undefined;
  };
  if ((text.match(/<[a-z]/gi)?.length ?? 0) > HEAVIEST || looksDeep(text)) return refuse(INTRICATE);
  const wrong = slipIn(text);
  if (wrong)
    return refuse(
      [
        { zh: `SVG 在這裡寫壞了：${wrong.say.zh}。`, en: `The SVG is not well-formed here: ${wrong.say.en}.` },
        {
          zh: '用繪圖程式重新匯出，或另存為 PNG。',
          en: 'Export it again from the drawing program, or save it as PNG.',
        },
      ],
      [wrong.start, wrong.end],
    );
  try {
    // What is weighed is what will be drawn: codes and quotes are read by then, however they were written.
    const svg = svgIn(text);
    if (svg && !isLight(svg)) return refuse(INTRICATE);
    if (svg && svg.properties.xmlns !== SVG) return refuse(NAMELESS, placeOf(svg));
    const words = svg && textIn(svg);
    if (words) return refuse(wordsIn(words.tagName), placeOf(words));
    judgeHtml(source, { tokens: new Map() }, report);
    reportDeceptions(source, report);
    const written = svg && svgText(svg);
    if (!written) return refuse(SIZELESS);
    const { width, height } = written;
    return { address: dataUrl('svg+xml', new TextEncoder().encode(written.text)), width, height };
  } catch (error) {
    // Nested so deeply that the parser itself runs out of stack.
    if (error instanceof RangeError) return refuse(INTRICATE);
    throw error;
  }
}

const SVG = 'http://www.w3.org/2000/svg';
const NAMELESS = [
  {
    zh: `<svg> 沒有寫 xmlns="${SVG}"，看圖程式不認得。`,
    en: `<svg> has no xmlns="${SVG}"; a viewer does not know it.`,
  },
  { zh: `改成 <svg xmlns="${SVG}" …>。`, en: `Write <svg xmlns="${SVG}" …>.` },
] as const;
const SIZELESS = [
  { zh: 'SVG 沒有寫明大小（viewBox）。', en: 'The SVG does not tell its size (viewBox).' },
  { zh: '用繪圖程式重新匯出。', en: 'Export it again from the drawing program.' },
] as const;
const wordsIn = (tag: string): readonly [Say, Say] => [
  {
    zh: `圖檔裡有文字元素 <${tag}>，印的時候沒有它的字型，會變成別的字。`,
    en: `The picture has text in it (<${tag}>), whose font is not there when it is printed; another would step in.`,
  },
  {
    zh: '在繪圖程式把文字轉為外框（Inkscape：「路徑」→「物件轉成路徑」）再匯出。',
    en: 'Turn the text into outlines in the drawing program (Inkscape: Path → Object to Path) and export it again.',
  },
];
/** Where the tag of an element begins in its file. */
const placeOf = ({ position, tagName }: Element): [start: number, end: number] => {
  const start = position?.start.offset ?? 0;
  return [start, start + tagName.length + 1];
};
/** The first element that shows text. */
const textIn = (element: Element): Element | undefined => {
  for (const child of element.children) {
    if (child.type !== 'element') continue;
    const found = /^(text|tspan|textpath|tref)$/i.test(child.tagName) ? child : textIn(child);
    if (found) return found;
  }
  return undefined;
};

/** What an SVG may be: bytes, elements within one another, and elements drawn, each as often as it is referred to. */
const LARGEST = 1_000_000;
const DEEPEST = 100;
const HEAVIEST = 20_000;

/** Whether elements seem nested too deeply, told from the tags at once: over what is, a parser takes long. */
function looksDeep(text: string): boolean {
  const open: string[] = [];
  for (const [, end, name = '', rest = ''] of text.matchAll(
    /<(\/?)([a-z][^\s/<>]*)((?:"[^"<]*"|'[^'<]*'|[^"'<>])*)>/gi,
  )) {
    if (end === '' && !rest.endsWith('/')) open.push(name);
    else if (end !== '' && open.at(-1) === name) open.pop();
    if (open.length > DEEPEST) return true;
  }
  return false;
}

/**
 * Whether an SVG is drawn soon: how deep it is and how many elements are drawn of it. What is referred to (`use`, a
 * pattern, a mask) counts each time; what refers to itself counts without end.
 */
function isLight(svg: Element): boolean {
  type Part = { id: string; own: number; refers: string[] };
  const root: Part = { id: '', own: 0, refers: [] };
  const parts = new Map([['', root]]);
  // What a style sheet refers to may be referred to by every element; gradients alone are never drawn again.
  const styled = new Set<string>();
  const gradients = new Set<string>();
  const open: { element: Element; depth: number; within: readonly Part[] }[] = [{ element: svg, depth: 1, within: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { element, depth, within } = next;
    if (depth > DEEPEST || root.own > HEAVIEST) return false;
    const { id } = element.properties;
    const part = typeof id === 'string' && id !== '' && !parts.has(id) ? { id, own: 0, refers: [] } : undefined;
    if (part) parts.set(part.id, part);
    if (part && /gradient$/i.test(element.tagName)) gradients.add(part.id);
    const named = part ? [...within, part] : within;
    const refers = Object.values(element.properties).flatMap((value) => referredTo(String(value)));
    for (const each of [root, ...named]) {
      each.own += 1;
      each.refers.push(...refers);
    }
    for (const child of element.children) {
      if (child.type === 'element') open.push({ element: child, depth: depth + 1, within: named });
      else if (child.type === 'text' && element.tagName === 'style')
        for (const to of referredTo(child.value)) styled.add(to);
    }
  }
  const everywhere = [...styled].filter((id) => !gradients.has(id));
  const known = new Map<string, number>();
  const weigh = (id: string, within: ReadonlySet<string>): number => {
    const part = parts.get(id);
    if (!part) return 0;
    if (within.has(id) || within.size > DEEPEST) return Number.POSITIVE_INFINITY;
    const before = known.get(id);
    if (before !== undefined) return before;
    const inside = new Set([...within, id]);
    const direct = part.refers.reduce((sum, to) => sum + weigh(to, inside), part.own);
    const all = everywhere
      .filter((to) => !inside.has(to))
      .reduce((sum, to) => sum + part.own * weigh(to, inside), direct);
    known.set(id, all);
    return all;
  };
  return weigh('', new Set()) <= HEAVIEST;
}

/** The parts that a value or a style sheet refers to by `#`, whichever way their names are coded. */
const referredTo = (text: string): string[] =>
  [...text.matchAll(/#([^"')\s]+)/g)].map(([, to = '']) => {
    const plain = to.replace(/\\([0-9a-f]{1,6})\s?/gi, (_, hex: string) => characterOf(Number.parseInt(hex, 16)));
    try {
      return decodeURIComponent(plain);
    } catch {
      return plain;
    }
  });
const characterOf = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '');
