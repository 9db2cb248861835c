// Markdown: text to tree, tree to clean Html. The only door to unified.
import type { ElementContent, Nodes as HastNodes, Root as HastRoot } from 'hast';
import { defaultSchema, sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import type { Nodes, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import { toHast } from 'mdast-util-to-hast';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { undeceived } from '../../core/deceptive-characters.js';
import { type Html, idOf, trusted } from '../../core/html.js';
import { splitSigns, splitUnconfirmed } from '../../core/language.js';

const parser = unified()
  .use(remarkParse)
  .use(remarkFrontmatter, ['yaml'])
  .use(remarkGfm, { singleTilde: false })
  .use(remarkCjkFriendly)
  .freeze();

/** The syntax tree of a Markdown text; positions carry offsets into it. */
export function parseMarkdown(text: string): Root {
  const root = parser.parse(text);
  if (/\d[*_]|[*_]\d/.test(text)) keepSigns(root, text);
  return root;
}

/** 「5*3*2 公分」: what stands between two figures is a sign, and begins or ends no emphasis. */
function keepSigns(node: Nodes, text: string): void {
  if (!('children' in node)) return;
  node.children = (node.children as RootContent[]).flatMap((child): RootContent[] => {
    keepSigns(child, text);
    const [start, end] = [child.position?.start.offset, child.position?.end.offset];
    if ((child.type !== 'emphasis' && child.type !== 'strong') || start === undefined || end === undefined)
      return [child];
    const marks = text.slice(start, start + (child.type === 'strong' ? 2 : 1));
    const between = (from: number): boolean =>
      /\d/.test(text.charAt(from - 1)) && /\d/.test(text.charAt(from + marks.length));
    if (!between(start) && !between(end - marks.length)) return [child];
    const sign = (from: number): RootContent => {
      const point = (offset: number) => ({ line: 1, column: 1, offset });
      return { type: 'text', value: marks, position: { start: point(from), end: point(from + marks.length) } };
    };
    return [sign(start), ...child.children, sign(end - marks.length)];
  }) as typeof node.children;
}

const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{20000}-\u{3ffff}]/u;

/** A line break between two Chinese characters is no space: such lines are joined. */
export const joinLines = (text: string): string =>
  text.replace(/(\S)[ \t]*\r?\n[ \t]*(\S)/gu, (whole, before: string, after: string) =>
    WIDE.test(before) && WIDE.test(after) ? before + after : whole,
  );

/** What a stranger's Markdown may become: no script, no style, no frame, no address but the web's, no pictures. */
const SCHEMA = {
  ...defaultSchema,
  tagNames: (defaultSchema.tagNames ?? []).filter((name) => !['img', 'picture', 'source', 'input'].includes(name)),
  protocols: { ...defaultSchema.protocols, href: ['http', 'https', 'mailto', 'tel'] },
  clobberPrefix: 'md-',
};

/**
 * Markdown as Html that is safe to print. Raw HTML and pictures are left out (lint says so). `placeOf`: the address of
 * what `[…](#id)` names in this document; a link that leads nowhere here is printed as its words.
 */
export function proseHtml(markdown: string, placeOf?: (id: string) => string | undefined): Html {
  const hast = cleaned(markdown);
  leadLinks(hast, placeOf ?? (() => undefined));
  markDoubts(hast);
  keepTogether(hast);
  return trusted(toHtml(hast));
}

/** The tree of what may be printed of a Markdown text. */
function cleaned(markdown: string): HastRoot {
  const tree = parseMarkdown(markdown);
  linesAsMeant(tree);
  joinTexts(tree);
  const hast = toHast(tree, { footnoteLabel: WIDE.test(markdown) ? '註' : 'Notes' });
  withoutWaysBack(hast);
  return sanitize(hast, SCHEMA) as HastRoot;
}

/** On paper nobody goes back from a note by its arrow. */
function withoutWaysBack(node: HastNodes): void {
  if (!('children' in node)) return;
  node.children = (node.children as ElementContent[]).filter(
    (child) => child.type !== 'element' || child.properties.dataFootnoteBackref === undefined,
  );
  for (const child of node.children) withoutWaysBack(child);
}

/** What is read in a Markdown text, a text for each paragraph, item and cell. */
export function proseTexts(markdown: string): string[] {
  const texts: string[] = [];
  const read = (node: HastNodes): string => {
    if (node.type === 'text') return node.value;
    if (!('children' in node)) return '';
    const said = (node.children as HastNodes[]).map(read).join('');
    if (node.type !== 'element' || !BLOCKS.has(node.tagName)) return said;
    texts.push(said.trim());
    return '';
  };
  read(cleaned(markdown));
  return texts.filter((text) => text !== '');
}

/** What a clerk begins an item with: 一、 （一） 1、 (1) ① *. */
const ITEM =
  /^[ \t]*(?:[一二三四五六七八九十]{1,3}、|\d{1,2}、|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]|[①-⑳]|\*(?=[^\s*]))/u;

/** Lines that are items stay lines, and lines with tabs, as a spreadsheet pastes them, are a table. */
function linesAsMeant(node: Nodes): void {
  if (!('children' in node)) return;
  if (node.type === 'paragraph') {
    node.children = node.children.flatMap((child) => (child.type === 'text' ? itemLines(child.value) : [child]));
    return;
  }
  for (const [i, child] of node.children.entries()) {
    const table = child.type === 'paragraph' ? pastedTable(child) : undefined;
    if (table) (node.children as RootContent[])[i] = table;
    else linesAsMeant(child);
  }
}

function itemLines(text: string): PhrasingContent[] {
  const parts: string[] = [];
  for (const line of text.split('\n'))
    if (parts.length === 0 || ITEM.test(line)) parts.push(line);
    else parts.push(`${parts.pop()}\n${line}`);
  return parts.flatMap((value, i): PhrasingContent[] => [
    ...(i > 0 ? [{ type: 'break' } as const] : []),
    // A star without its blank is that of a list.
    { type: 'text', value: value.replace(/^[ \t]*\*(?=[^\s*])/, '・') },
  ]);
}

/** Two lines or more with as many tabs each; the first is the head. */
function pastedTable({ children: [only, ...others] }: Paragraph): RootContent | undefined {
  if (only?.type !== 'text' || others.length > 0) return undefined;
  const rows = only.value.split('\n').map((line) => line.trim().split('\t'));
  const width = rows[0]?.length ?? 0;
  if (rows.length < 2 || width < 2 || rows.some((row) => row.length !== width)) return undefined;
  return {
    type: 'table',
    children: rows.map((row) => ({
      type: 'tableRow',
      children: row.map((value) => ({ type: 'tableCell', children: [{ type: 'text', value: value.trim() }] })),
    })),
  };
}

function joinTexts(node: Nodes): void {
  // What was written in a code, &#x202e;, is read only now. The signs between two languages are ours.
  if (node.type === 'text')
    node.value = splitSigns(joinLines(node.value))
      .map((part, i) => (i % 2 === 1 ? part : undeceived(part)))
      .join('');
  if ('children' in node) for (const child of node.children) joinTexts(child);
}

function leadLinks(node: HastNodes, placeOf: (id: string) => string | undefined): void {
  if (node.type === 'element' && node.tagName === 'a') {
    const { href } = node.properties;
    if (typeof href === 'string' && href.startsWith('#')) {
      const place = placeOf(idOf(href));
      if (place === undefined) node.tagName = 'span';
      node.properties = place === undefined ? {} : { href: place };
    }
  }
  if ('children' in node) for (const child of node.children as ElementContent[]) leadLinks(child, placeOf);
}

/** Where 待確認 is only spoken of: in a heading, in a code. */
const SPOKEN_OF = new Set(['code', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

/** 待確認 in a sentence is marked as everywhere else; 「待確認」 and 待確認事項 only speak of it. */
function markDoubts(node: HastNodes): void {
  if (!('children' in node) || (node.type === 'element' && SPOKEN_OF.has(node.tagName))) return;
  const children = node.children as ElementContent[];
  node.children = children.flatMap((child): ElementContent[] => {
    markDoubts(child);
    if (child.type !== 'text') return [child];
    return splitUnconfirmed(child.value).flatMap((value, i, parts): ElementContent[] => {
      if (value === '') return [];
      const spokenOf = parts[i - 1]?.endsWith('「') || /^的?事項/.test(parts[i + 1] ?? '');
      return [i % 2 === 1 && !spokenOf ? spanned('unconfirmed', value) : { type: 'text', value }];
    });
  });
}

/** A number and its unit, a provision of a law: what stays on one line. */
const QUANTITY =
  /(\d[\d,.]{0,20}(?:[–-]\d{1,20})?\s?(?:元起|元|萬元|分鐘|小時|工作日|個月|日內|日|天|週|年|項|份|張|頁|次|件|倍)|第\s?\d+(?:-\d+)?\s?[條項款點號期版頁](?:之\s?\d+)?)/u;
/** The end of a paragraph that is never alone on a line: two characters with their punctuation. */
const TAIL = /([\p{L}\d]{2}[^\p{L}\d\s]{0,3})$/u;
const BLOCKS = new Set(['p', 'li', 'td', 'th', 'dd', 'dt', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

/** Wraps what stays on one line, in Chinese text, into `<span class="kept">`. */
function keepTogether(node: HastNodes): void {
  if (!('children' in node)) return;
  const block = node.type === 'element' && BLOCKS.has(node.tagName);
  const children = node.children as ElementContent[];
  node.children = children.flatMap((child, i): ElementContent[] => {
    if (child.type !== 'text') {
      keepTogether(child);
      return [child];
    }
    if (!WIDE.test(child.value)) return [child];
    const last = block && i === children.length - 1;
    return child.value.split(QUANTITY).flatMap((part, n, parts): ElementContent[] => {
      if (n % 2 === 1) return [kept(part)];
      const [before = '', tail] = last && n === parts.length - 1 ? part.split(TAIL) : [part];
      return [...(before ? [{ type: 'text', value: before } as const] : []), ...(tail ? [kept(tail)] : [])];
    });
  });
}

const kept = (value: string): ElementContent => spanned('kept', value);

const spanned = (name: string, value: string): ElementContent => ({
  type: 'element',
  tagName: 'span',
  properties: { className: [name] },
  children: [{ type: 'text', value }],
});
