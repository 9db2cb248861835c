// Markdown: text to tree, tree to clean Html. The only door to unified.
import type { ElementContent, Nodes as HastNodes, Root as HastRoot } from 'hast';
import { defaultSchema, sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import type { Nodes, Root } from 'mdast';
import { toHast } from 'mdast-util-to-hast';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { type Html, trusted } from './html.js';

const parser = unified()
  .use(remarkParse)
  .use(remarkFrontmatter, ['yaml'])
  .use(remarkGfm, { singleTilde: false })
  .use(remarkCjkFriendly)
  .freeze();

/** The syntax tree of a Markdown text; positions carry offsets into it. */
export const parseMarkdown = (text: string): Root => parser.parse(text);

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
 * Markdown as Html that is safe to print. Raw HTML and pictures are left out (lint says so). `headingShift` moves
 * headings down so that they stand below the heading of the part they are in.
 */
export function proseHtml(markdown: string, headingShift = 0): Html {
  const tree = parseMarkdown(markdown);
  joinTexts(tree);
  const hast = sanitize(toHast(tree), SCHEMA) as HastRoot;
  if (headingShift > 0) shiftHeadings(hast, headingShift);
  return trusted(toHtml(hast));
}

function joinTexts(node: Nodes): void {
  if (node.type === 'text') node.value = joinLines(node.value);
  if ('children' in node) for (const child of node.children) joinTexts(child);
}

function shiftHeadings(node: HastNodes, by: number): void {
  if (node.type === 'element' && /^h[1-6]$/.test(node.tagName))
    node.tagName = `h${Math.min(6, Number(node.tagName[1]) + by)}`;
  if ('children' in node) for (const child of node.children as ElementContent[]) shiftHeadings(child, by);
}
