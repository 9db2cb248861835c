// What is text in a source: the author's own words, words of others in quotation marks, and all else, taken from the
// syntax tree of the file. Wording rules speak of the author's words alone.
import type { ListItem, Nodes, Root, RootContent } from 'mdast';
import { breachOfProse } from '../../content/bounds.js';
import { KEYS } from '../../content/keys.js';
import type { Handbook } from '../../content/schema/model.js';
import { yamlValues } from '../../content/syntax/yaml-values.js';
import type { Source } from '../../core/source.js';

/** The author's own words. */
export const TEXT = 0;
/** Words of somebody else, in quotation marks or in a quotation of Markdown. */
const QUOTED = 1;
/** No words of the office: keys, signs, comments, code, addresses, names of laws and sources. */
export const OTHER = 2;

export type Zones = {
  /** The kind of each place of the source. */
  readonly kinds: Uint8Array;
  /** Where texts begin, in the order of writing, and the keys each stands below, the innermost last. */
  readonly texts: { readonly start: number; readonly keys: readonly string[] }[];
};

const spellings = (...names: string[]): string[] => names.flatMap((name) => [name, ...(KEYS[name] ?? [])]);
const SPELLINGS: ReadonlySet<string> = new Set(spellings(...Object.keys(KEYS)));
/** Whether a word is a key in one of its spellings. */
export const isKey = (word: string): boolean => SPELLINGS.has(word);

/**
 * Keys whose values are names of laws and files, addresses and the like: not the office's own words. Ids are words: a
 * step is referred to by its id or its text, and what is mended in one place must be mended in the other.
 */
const NAMING = new Set(
  spellings(
    'basis',
    'source',
    'laws',
    'law',
    'article',
    'url',
    'file',
    'mermaid',
    'checked',
    'paths',
    'good',
    'bad',
    'avoid',
  ),
);
/** Texts that are not written for citizens. */
const INTERNAL = new Set(spellings('findings', 'change', 'revisions', 'duties'));

export const isMarkdown = ({ path }: Source): boolean => /\.md$/i.test(path);

/** What was read of a source, for all that ask. */
const read = new WeakMap<Source, Zones>();

/** The zones of a source. They cost a reading of it, so they are asked for only where something was seen in it. */
export function zonesOf(source: Source, { parseMarkdown }: Pick<Handbook, 'parseMarkdown'>): Zones {
  const before = read.get(source);
  if (before) return before;
  const { text } = source;
  const zones: Zones = { kinds: new Uint8Array(text.length).fill(OTHER), texts: [] };
  if (!isMarkdown(source)) markYaml(source, zones);
  // Of a text beyond the bounds nobody makes a tree.
  else if (parseMarkdown && !breachOfProse(text)) markMarkdown(source, parseMarkdown(text), zones);
  else markParagraphs(source, zones);
  read.set(source, zones);
  return zones;
}

/** The keys that the text around a place stands below, the innermost last. */
function keysAt({ texts }: Zones, place: number): readonly string[] {
  let low = 0;
  let high = texts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((texts[middle]?.start ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return texts[low - 1]?.keys ?? [];
}

/** Whether what is written at a place is for the office itself. */
export const isInternal = (zones: Zones, place: number): boolean =>
  keysAt(zones, place).some((key) => INTERNAL.has(key));

// ---------------------------------------------------------------- YAML

function markYaml(source: Source, zones: Zones, from = 0, to = source.text.length): void {
  for (const { start, end, keys } of yamlValues(source, from, to)) {
    if (keys.some((key) => NAMING.has(key))) continue;
    zones.texts.push({ start, keys });
    zones.kinds.fill(TEXT, start, end);
    markInline(source.text, start, end, zones);
  }
}

/** Comments of Markdown; addresses, code, links' targets; quotations; titles of laws. Bounded: a stray mark costs little. */
const INLINE =
  /https?:\/\/[^\s（）「」，、；。<>"|]+|[\w.+-]{1,64}@[\w.-]{1,100}|`[^`\n]{0,300}`|\]\([^)\s]{0,300}(?:\s"[^"\n]{0,100}")?\)|(「[^「」]{0,300}(?:「[^「」]{0,300}」[^「」]{0,300}){0,8}」|『[^』]{0,300}』|“[^”]{0,300}”)|《[^》\n]{0,100}》|〈[^〉\n]{0,100}〉/g;

/** Marks what is not the author's own within one text. */
function markInline(source: string, start: number, end: number, { kinds }: Zones): void {
  const text = source.slice(start, end);
  for (let at = text.indexOf('<!--'); at !== -1; ) {
    const close = text.indexOf('-->', at);
    const behind = close === -1 ? text.length : close + 3;
    kinds.fill(OTHER, start + at, start + behind);
    at = text.indexOf('<!--', behind);
  }
  for (const { 0: found, 1: quotation, index } of text.matchAll(INLINE)) {
    const kind = quotation ? QUOTED : OTHER;
    for (let i = start + index; i < start + index + found.length; i += 1) kinds[i] = Math.max(kinds[i] ?? OTHER, kind);
  }
}

// ---------------------------------------------------------------- Markdown

const startOf = (node: Nodes): number => node.position?.start.offset ?? 0;
const endOf = (node: Nodes): number => node.position?.end.offset ?? 0;

function markMarkdown(source: Source, root: Root, zones: Zones): void {
  const { text } = source;
  const keyed = isRecord(source);
  let keys: readonly string[] = [];
  let naming = 0; // the level of the heading below which names stand; 0: of none
  let body = 0;
  for (const block of root.children) {
    if (block.type === 'yaml') {
      body = endOf(block);
      markYaml(source, zones, text.indexOf('\n') + 1, text.lastIndexOf('---', body));
      continue;
    }
    if (block.type === 'heading') {
      const title = titleOf(text, block);
      if (naming >= block.depth) naming = 0;
      if (keyed && isKey(title)) {
        keys = [title];
        if (naming === 0 && NAMING.has(title)) naming = block.depth;
        continue;
      }
    }
    if (naming === 0) markBlock(text, block, TEXT, keys, keyed, zones);
  }
  markInline(text, body, text.length, zones);
}

/** A service in Markdown is a record: its headings and list items may be keys. */
const isRecord = ({ path }: Source): boolean => /(^|\/)services\//.test(path);

function titleOf(text: string, heading: Nodes & { children: Nodes[] }): string {
  const [first] = heading.children;
  return first ? text.slice(startOf(first), endOf(heading.children.at(-1) ?? first)).trim() : '';
}

function markBlock(
  text: string,
  block: RootContent,
  kind: number,
  keys: readonly string[],
  keyed: boolean,
  zones: Zones,
): void {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
    case 'tableRow':
      zones.texts.push({ start: startOf(block), keys });
      zones.kinds.fill(kind, startOf(block), endOf(block));
      markParts(text, block, zones.kinds);
      break;
    case 'listItem':
      if (keyed) markItem(text, block, kind, keys, zones);
      else for (const child of block.children) markBlock(text, child, kind, keys, keyed, zones);
      break;
    case 'blockquote':
      for (const child of block.children) markBlock(text, child, QUOTED, keys, keyed, zones);
      break;
    case 'list':
    case 'table':
    case 'footnoteDefinition':
      for (const child of block.children) markBlock(text, child, kind, keys, keyed, zones);
      break;
  }
}

const ITEM_KEY = /([^：:（）()\s]{1,12})[：:]/y;

/** An item of a record: 「來源：…」 is a key with its value, and below it stand the keys of the items inside. */
function markItem(text: string, item: ListItem, kind: number, keys: readonly string[], zones: Zones): void {
  const [head] = item.children;
  ITEM_KEY.lastIndex = head?.type === 'paragraph' ? startOf(head) : text.length;
  const key = ITEM_KEY.exec(text)?.[1];
  if (key === undefined || !isKey(key)) {
    for (const child of item.children) markBlock(text, child, kind, keys, true, zones);
    return;
  }
  if (NAMING.has(key)) return;
  const value = ITEM_KEY.lastIndex;
  for (const child of item.children) markBlock(text, child, kind, [...keys, key], true, zones);
  zones.kinds.fill(OTHER, startOf(item), value);
}

/** Marks what is no text within a paragraph: code, HTML, pictures, the targets of links. */
function markParts(text: string, parent: Nodes, kinds: Uint8Array): void {
  if (!('children' in parent)) return;
  for (const node of parent.children) {
    if (!node.position) continue; // What was made of a plain address is found as one.
    const [start, end] = [startOf(node), endOf(node)];
    const last = 'children' in node ? node.children.at(-1) : undefined;
    if (node.type === 'inlineCode' || node.type === 'html' || node.type === 'footnoteReference')
      kinds.fill(OTHER, start, end);
    else if (node.type === 'image' || node.type === 'imageReference') kinds.fill(OTHER, start, end);
    else if (node.type === 'link' || node.type === 'linkReference')
      kinds.fill(OTHER, text.charAt(start) === '[' && last?.position ? endOf(last) : start, end);
    markParts(text, node, kinds);
  }
}

/**
 * A text of Markdown that is beyond the bounds, line by line: what is plainly a paragraph, up to the first code. Lists,
 * tables and quotations, and the sections of a record, can be told apart only where there is a tree.
 */
function markParagraphs(source: Source, zones: Zones): void {
  if (isRecord(source)) return;
  const { text } = source;
  const code = text.search(/^[ \t]*(?:```|~~~)/m);
  for (const { 0: line, index } of text.matchAll(/^[\p{L}「『（《〈【“].*$/gmu)) {
    if (code !== -1 && index > code) break;
    zones.kinds.fill(TEXT, index, index + line.length + 1);
  }
  markInline(text, 0, text.length, zones);
}

/** What a source says at its places, for rules that look at Markdown as written. */
export function readingOf(
  source: Source,
  handbook: Handbook,
): { isText(place: number): boolean; keyAt(place: number): string | undefined } {
  const zones = zonesOf(source, handbook);
  return {
    isText: (place) => (zones.kinds[place] ?? OTHER) !== OTHER,
    keyAt: (place) => keysAt(zones, place).at(-1),
  };
}
