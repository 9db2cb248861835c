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
import { type Html, idOf, trusted } from './html.js';

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
 * Markdown as Html that is safe to print. Raw HTML and pictures are left out (lint says so). `placeOf`: the address of
 * what `[…](#id)` names in this document; a link that leads nowhere here is printed as its words.
 */
export function proseHtml(markdown: string, placeOf?: (id: string) => string | undefined): Html {
  const tree = parseMarkdown(markdown);
  joinTexts(tree);
  const hast = sanitize(toHast(tree), SCHEMA) as HastRoot;
  leadLinks(hast, placeOf ?? (() => undefined));
  return trusted(toHtml(hast));
}

function joinTexts(node: Nodes): void {
  if (node.type === 'text') node.value = joinLines(node.value);
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
