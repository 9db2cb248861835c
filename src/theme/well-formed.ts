// Whether a picture in XML is well-formed (XML 1.0, and its namespaces), told in our own words where it is not: what is
// not is drawn as a broken picture, or as half of one.
import type { Say } from '../core/source.js';

/** Where a text stops being XML, and what is wrong there. */
export type Slip = { start: number; end: number; say: Say };

const NAME = String.raw`[\p{L}_][\p{L}\p{M}\p{N}_.\u{B7}-]*(?::[\p{L}_][\p{L}\p{M}\p{N}_.\u{B7}-]*)?`;
const START = new RegExp(`<(${NAME})`, 'uy');
const ATTRIBUTE = new RegExp(String.raw`\s+(${NAME})\s*=\s*("[^"<]*"|'[^'<]*')`, 'uy');
const START_ENDS = /\s*(\/?)>/y;
const END = new RegExp(String.raw`</(${NAME})\s*>`, 'uy');
const DOCTYPE = /<!DOCTYPE\b[^<>[\]]*(?:\[[^\]]*\])?\s*>/y;
/** `&` that begins no reference to a character. */
const LOOSE = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/i;

const at = (pattern: RegExp, text: string, from: number): RegExpExecArray | null => {
  pattern.lastIndex = from;
  return pattern.exec(text);
};

type Open = { name: string; start: number; prefixes: readonly string[] };

/** The first slip of a text that is to be one element, with whatever may stand around it. */
export function slipIn(text: string): Slip | undefined {
  const open: Open[] = [];
  let roots = 0;
  let from = text.startsWith('\uFEFF') ? 1 : 0;
  while (from < text.length) {
    const next = text.startsWith('<', from) ? markupAt(text, from, open) : textAt(text, from, open.length > 0);
    if ('say' in next) return next;
    if (next.root && roots > 0)
      return slip(from, next.to, { zh: '一個檔案只能有一個最外層的元素', en: 'there is a second outermost element' });
    if (next.root) roots += 1;
    from = next.to;
  }
  const left = open.at(-1);
  if (left)
    return slip(left.start, left.start + left.name.length + 1, {
      zh: `<${left.name}> 沒有結束，缺少 </${left.name}>`,
      en: `<${left.name}> is not closed; </${left.name}> is missing`,
    });
  return undefined;
}

/** Behind what was read; `root`: an outermost element has begun. */
type Read = { to: number; root?: boolean };

function textAt(text: string, from: number, inside: boolean): Read | Slip {
  const found = text.indexOf('<', from);
  const to = found === -1 ? text.length : found;
  const piece = text.slice(from, to);
  if (!inside && piece.trim() !== '')
    return slip(from, to, { zh: '最外層的元素之外不能有文字', en: 'text stands outside the outermost element' });
  const loose = LOOSE.exec(piece);
  return loose ? looseAt(from + loose.index) : { to };
}

const looseAt = (start: number): Slip =>
  slip(start, start + 1, {
    zh: '「&」要寫成 &amp;，也不能用沒有定義的名稱',
    en: 'an "&" is written &amp;, and no name stands behind it that is not defined',
  });

function markupAt(text: string, from: number, open: Open[]): Read | Slip {
  for (const [begin, end] of [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
  ] as const) {
    if (!text.startsWith(begin, from)) continue;
    const close = text.indexOf(end, from + begin.length);
    if (close !== -1) return { to: close + end.length };
    return slip(from, from + begin.length, { zh: `「${begin}」沒有結束`, en: `"${begin}" has no end` });
  }
  const doctype = at(DOCTYPE, text, from);
  if (doctype && open.length === 0) return { to: from + doctype[0].length };
  const end = at(END, text, from);
  return end ? closeAt(end, open) : startAt(text, from, open);
}

function closeAt({ index, 0: whole, 1: name = '' }: RegExpExecArray, open: Open[]): Read | Slip {
  const last = open.pop();
  if (last?.name === name) return { to: index + whole.length };
  return slip(index, index + whole.length, {
    zh: last ? `這裡應該是 </${last.name}>，卻是 </${name}>` : `</${name}> 沒有開頭`,
    en: last ? `</${last.name}> was expected here, not </${name}>` : `</${name}> was never opened`,
  });
}

function startAt(text: string, from: number, open: Open[]): Read | Slip {
  const start = at(START, text, from);
  if (!start)
    return slip(from, from + 1, { zh: '「<」後面不是元素的名稱', en: 'no name of an element stands behind this "<"' });
  const [whole, name = ''] = start;
  const names: string[] = [];
  let to = from + whole.length;
  for (let found = at(ATTRIBUTE, text, to); found; found = at(ATTRIBUTE, text, to)) {
    const [{ length }, attribute = '', value = ''] = found;
    const loose = LOOSE.exec(value);
    if (loose) return looseAt(to + length - value.length + loose.index);
    if (names.includes(attribute))
      return slip(to, to + length, {
        zh: `<${name}> 的屬性 ${attribute} 寫了兩次`,
        en: `<${name}> has the attribute ${attribute} twice`,
      });
    if (names.length > MOST_ATTRIBUTES)
      return slip(from, to, { zh: `<${name}> 的屬性太多`, en: `<${name}> has too many attributes` });
    names.push(attribute);
    to += length;
  }
  const ends = at(START_ENDS, text, to);
  if (!ends)
    return slip(from, to, {
      zh: `<${name}> 這個標籤寫得不完整：屬性要寫成 名稱="值"，最後要有 >`,
      en: `the tag <${name}> is not whole: an attribute is written name="value", and the tag ends with >`,
    });
  const prefixes = [
    ...(open.at(-1)?.prefixes ?? ['xml', 'xmlns']),
    ...names.flatMap((each) => (each.startsWith('xmlns:') ? [each.slice('xmlns:'.length)] : [])),
  ];
  const strange = [name, ...names]
    .map((each) => each.split(':'))
    .find(([prefix = '', local]) => local !== undefined && !prefixes.includes(prefix))?.[0];
  if (strange !== undefined)
    return slip(from, to, {
      zh: `用了「${strange}:」，但沒有宣告 xmlns:${strange}`,
      en: `"${strange}:" is used and xmlns:${strange} is not declared`,
    });
  const root = open.length === 0;
  if (ends[1] === '') open.push({ name, start: from, prefixes });
  return { to: to + ends[0].length, root };
}

/** No element of a drawing has so many; each is held against the others. */
const MOST_ATTRIBUTES = 200;

const slip = (start: number, end: number, say: Say): Slip => ({ start, end, say });
