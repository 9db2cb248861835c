// What an author wrote, whatever the notation, before anything is made of it: its pieces, its places, and what says nothing.
import { plainOf, UNCONFIRMED_WORDS } from '../../core/language.js';
import type { Span } from '../../core/source.js';
import { KEYS } from '../keys.js';

/** What an author wrote, whatever the notation. Plain scalars keep their text: `0912` stays `0912`. */
export type Tree =
  | { kind: 'scalar'; text: string; span: Span }
  | { kind: 'list'; items: Tree[]; span: Span }
  /** `short`: a line of text that stands before the keys (Markdown: the item above a nested list of keys). */
  | { kind: 'map'; entries: Entry[]; span: Span; short?: { text: string; span: Span } };
export type Entry = { key: string; keySpan: Span; value: Tree };

/** The signs of `language.ts` may stand before and behind it. */
const UNCONFIRMED = new RegExp(`^[\uFDD0-\uFDEF]?(${UNCONFIRMED_WORDS})(?=$|[\\s（(：:，,。\uFDD0-\uFDEF])`, 'i');
/** 待確認 alone, without a word on why. */
const BARE_UNCONFIRMED = new RegExp(`^(${UNCONFIRMED_WORDS})$`, 'i');
export const saysUnconfirmed = (text: string): boolean => UNCONFIRMED.test(text);
export const saysOnlyUnconfirmed = (text: string): boolean => BARE_UNCONFIRMED.test(plainOf(text));

/** Words people leave behind instead of a value. They declare nothing. */
const PLACEHOLDER =
  /^(todo|tbd|tba|fixme|n\/?a|null|nil|x{2,}|[-—–_.…?？*＊○◯〇~～]+|待補|待填|待定|未定|略|同上|填寫|請填寫|[如詳見]附[件表]|詳[如見]附[件表]|如附)$/i;
export function isPlaceholder(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '') return true;
  // None is long but a row of marks.
  const first = trimmed.charCodeAt(0);
  return (trimmed.length < 7 || first < 0x3100 || first > 0xff00) && PLACEHOLDER.test(trimmed);
}

/** How a span's text is quoted in a message. */
export const quote = (text: string): string => {
  const line = text.trim().split('\n')[0] ?? '';
  return line.length > 24 ? `${line.slice(0, 24)}…` : line;
};

export const isEmpty = (tree: Tree): boolean =>
  tree.kind === 'scalar'
    ? isPlaceholder(tree.text)
    : tree.kind === 'list'
      ? tree.items.length === 0
      : tree.entries.length === 0;

/** Text in Markdown, kept with the span it was written at, so that faults in it have a place. */
export type Prose = { readonly markdown: string; readonly span: Span };

/** Where a piece of a text stands in its file; the whole text, where it is written there in another way. */
export function placeIn({ markdown, span }: Prose, from: number, to: number): Span {
  const lines = markdown.slice(0, from).split('\n');
  const line = (markdown.split('\n')[lines.length - 1] ?? '').trim();
  let start = span.source.text.indexOf(markdown, span.start);
  if (start !== -1 && start <= span.end) return { source: span.source, start: start + from, end: start + to };
  // A block of YAML is indented: its line is found by its number and its words.
  start = span.start;
  for (let n = 0; n < lines.length && start !== -1; n += 1) start = span.source.text.indexOf('\n', start) + 1 || -1;
  const end = start === -1 ? -1 : span.source.text.indexOf('\n', start);
  const written = start === -1 ? '' : span.source.text.slice(start, end === -1 ? undefined : end);
  if (line === '' || written.trim() !== line) return span;
  const at = start + written.indexOf(line);
  return { source: span.source, start: at, end: at + line.length };
}

/** The last （…） of a text, if the text ends with one: what stands before, and what is inside. */
export function lastBracket(text: string): { before: string; inside: string } | undefined {
  const parts = /[）)]$/.test(text) ? /[（(]([^（()）]*)[）)]$/.exec(text) : undefined;
  const before = text.slice(0, parts?.index ?? 0).trimEnd();
  return parts && before !== '' ? { before, inside: parts[1] ?? '' } : undefined;
}

/** Cuts 「甲、乙（丙、丁）」 at the marks outside brackets, with the place of every piece. */
export function pieces(written: string, span: Span, signs = '、，'): { text: string; span: Span }[] {
  const found: { text: string; span: Span }[] = [];
  const lead = span.source.text.startsWith(written, span.start) ? span.start : undefined;
  const cut = (from: number, to: number): void => {
    const piece = written.slice(from, to);
    const text = piece.trim();
    const start = (lead ?? 0) + from + piece.indexOf(text);
    if (text)
      found.push({ text, span: lead === undefined ? span : { source: span.source, start, end: start + text.length } });
  };
  let depth = 0;
  let from = 0;
  for (let i = 0; i < written.length; i += 1) {
    const c = written.charAt(i);
    if ('（(「'.includes(c)) depth += 1;
    else if ('）)」'.includes(c)) depth -= 1;
    else if (depth === 0 && signs.includes(c)) {
      cut(from, i);
      from = i + 1;
    }
  }
  cut(from, written.length);
  return found;
}

/** The mark before one of several lines as clerks number them: 一、 （一） 1、 1. ① • ☐ [ ]. */
const MARK =
  /^(?:[-*•・‧●]\s+|\*(?=[^\s*])|\[[ xX]\]\s*|[☐□■☑]\s*|[（(][一二三四五六七八九十\d]{1,3}[）)]\s*|[一二三四五六七八九十]{1,3}、\s*|\d{1,2}[、.．)]\s*(?!\d)|[①-⑳]\s*)/u;

/** 「未滿 14 歲時」「委託申請」: what tells when something is needed, above what that is. */
export const namesCondition = (text: string): boolean => /^(?!.*[：:]).{2,30}(時|者|情形|申請|辦理|案件)$/.test(text);

type Scalar = Tree & { kind: 'scalar' };
/** A text without the mark before it; of a task list with two. */
function unmarked(tree: Scalar): Scalar {
  const mark = MARK.exec(tree.text)?.[0];
  if (mark === undefined || mark.length === tree.text.length) return tree;
  const at = tree.span.source.text.indexOf(tree.text, tree.span.start);
  const start = at === -1 || at > tree.span.end ? tree.span.start : at + mark.length;
  return unmarked({ ...tree, text: tree.text.slice(mark.length), span: { ...tree.span, start } });
}

/** The lines of a text of several, each without its mark and with its place. */
export function linesOf(tree: Scalar): Scalar[] {
  const { source, end } = tree.span;
  let from = tree.span.start;
  return tree.text.split('\n').flatMap((written): Scalar[] => {
    const text = written.trim();
    if (text === '') return [];
    const found = source.text.indexOf(text, from);
    const at = found === -1 || found > end ? -1 : found;
    if (at !== -1) from = at + text.length;
    return [
      unmarked({ kind: 'scalar', text, span: at === -1 ? tree.span : { source, start: at, end: at + text.length } }),
    ];
  });
}

const SPELLINGS = new Set([...Object.keys(KEYS), ...Object.values(KEYS).flat()]);

/** A table pasted from a spreadsheet, its columns parted by tabs: the first row names the keys, a record in each of the others. */
function pastedRows({ text, span }: Scalar): Tree[] | undefined {
  const [head = [], ...rows] = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('\t').map((cell) => cell.trim()));
  if (rows.length === 0 || head.length < 2 || !head.every((key) => SPELLINGS.has(key))) return undefined;
  if (rows.some((row) => row.length > head.length)) return undefined;
  const { source, end } = span;
  let from = span.start;
  const spanOf = (cell: string): Span => {
    const at = source.text.indexOf(cell, from);
    if (at === -1 || at > end) return span;
    from = at + cell.length;
    return { source, start: at, end: from };
  };
  const keys = head.map((key) => ({ key, keySpan: spanOf(key) }));
  return rows.map((row): Tree => {
    const entries = row.flatMap((cell, i): Entry[] => {
      const key = keys[i];
      return cell === '' || !key ? [] : [{ ...key, value: { kind: 'scalar', text: cell, span: spanOf(cell) } }];
    });
    return { kind: 'map', entries, span: entries[0]?.value.span ?? span };
  });
}

/** A list as it was meant: the lines of a text are its items, and marks before them are none of their words. */
export function listMeant(tree: Tree): Tree {
  if (tree.kind === 'list')
    return { ...tree, items: tree.items.map((each) => (each.kind === 'scalar' ? unmarked(each) : each)) };
  if (tree.kind !== 'scalar' || !tree.text.trim().includes('\n')) return tree;
  const rows = tree.text.includes('\t') ? pastedRows(tree) : undefined;
  if (rows) return { kind: 'list', items: rows, span: tree.span };
  return { kind: 'list', items: linesOf(tree), span: tree.span };
}
