// Markdown in the book: whole chapters, whose headings are numbered, and prose within a section.

import type { Nodes } from 'mdast';
import type { Chapter as TextFile } from '../../content/schema/model.js';
import { type Prose, saysUnconfirmed } from '../../content/schema/tree.js';
import { parseMarkdown } from '../../content/syntax/markdown.js';
import { type Html, html, join } from '../../core/html.js';
import { phrasesOf } from '../../document/line-breaking.js';
import { mark } from '../../document/words.js';
import { type BookContext, type Entry, numeral } from './context.js';
import { anchor, chapterOf, headingOf, oneOf } from './references.js';
import { heading, phrased } from './tables.js';

/** Headings get their official number and an id; what stands between them is printed as written. */
export function textPart(context: BookContext, { id }: Entry, { prose }: TextFile): { body: Html; entries: Entry[] } {
  const { markdown } = prose;
  const counts = [0, 0, 0];
  const parts: Html[] = [];
  const ids = new Set<string>();
  const entries: Entry[] = [];
  let from = 0;
  const flush = (to: number): void => {
    const piece = markdown.slice(from, to);
    if (piece.trim() !== '') parts.push(html`<div class="prose">${proseOf(context, piece)}</div>`);
  };
  for (const node of parseMarkdown(markdown).children) {
    if (node.type !== 'heading' || node.depth > 4) continue;
    flush(node.position?.start.offset ?? from);
    from = node.position?.end.offset ?? from;
    const level = Math.max(0, node.depth - 2);
    counts[level] = (counts[level] ?? 0) + 1;
    counts.fill(0, level + 1);
    const title = plainText(node);
    const numbered = /^([零一二三四五六七八九十百]+、|（[零一二三四五六七八九十百]+）|\d+[.、])/.test(title);
    const number = numbered ? '' : numeral(context, (level + 2) as 2 | 3 | 4, counts[level] ?? 1);
    const own = oneOf(headingOf(id, title), ids);
    parts.push(
      heading(level + 2, html`<span class="numeral">${number}</span>${phrased(phrasesOf(title))}`, { id: own }),
    );
    if (level === 0) entries.push({ id: own, number, title });
  }
  flush(markdown.length);
  return { body: join(parts, '\n'), entries };
}

const plainText = (node: Nodes): string =>
  'value' in node ? node.value : 'children' in node ? node.children.map(plainText).join('') : '';

/** Prose with its links to services and chapters of this book. */
const proseOf = (context: BookContext, markdown: string): Html =>
  context.prose(markdown, (id) => {
    const service = context.services.find((each) => each.id === id);
    if (service) return `#${anchor(service)}`;
    return context.handbook.chapters.some(({ file }) => stem(file) === id) ? `#${chapterOf(id)}` : undefined;
  });
const stem = (file: string): string => file.replace(/\.md$/i, '');

/** Prose inside a section: its headings, whatever their depth, begin at `level`. */
export function proseCell(context: BookContext, prose: Prose | undefined, level = 5): Html | undefined {
  if (!prose) return undefined;
  const { markdown } = prose;
  if (saysUnconfirmed(markdown) && !markdown.includes('\n')) return mark(markdown);
  const headings = parseMarkdown(markdown).children.filter((node) => node.type === 'heading');
  const top = headings.reduce((least, { depth }) => Math.min(least, depth), 6);
  let text = markdown;
  for (const { depth, position } of headings.reverse()) {
    const at = position?.start.offset ?? 0;
    if (text[at] === '#')
      text = text.slice(0, at) + '#'.repeat(Math.min(6, depth - top + level)) + text.slice(at + depth);
  }
  return proseOf(context, text);
}
