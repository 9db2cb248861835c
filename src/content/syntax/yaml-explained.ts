// The slower parser of YAML, `yaml`, loaded only where it is needed: it says what is wrong with a text, and where its comments are.
import { createRequire } from 'node:module';
import type { Node } from 'yaml';
import type { Source, Span } from '../../core/source.js';
import { type Entry, quote, type Tree } from '../schema/tree.js';
import type { ReportFault } from './text-faults.js';
import { openedAt, type SyntaxFault, syntaxFault, unclosed } from './yaml-faults.js';

const require = createRequire(import.meta.url);
/** Loaded only where there is something to explain. */
const yaml = (): typeof import('yaml') => require('yaml');

/** A line that would be 「項目: 內容」 if its colon were of half width. */
export const WIDE_COLON = /^[ \t]*[^\s"'#|>：:-][^：:\n]*：.*$/m;

export type SpanOf = (from: number, to: number) => Span;

const endOfLine = (text: string, at: number): number => {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline;
};

export function reportTwice(key: string, span: Span, report: ReportFault): void {
  const said = quote(key);
  report(
    'duplicate-key',
    span,
    { zh: `「${said}」寫了兩次，每項只能寫一次。`, en: `"${said}" is given twice; give it once.` },
    { zh: '刪去其中一個。', en: 'Delete one of them.' },
  );
}

/** The tree as far as there is one, and what is wrong with the text. */
export function explained(whole: string, span: SpanOf, report: ReportFault): Tree | undefined {
  const { isAlias, isMap, isScalar, isSeq, parseDocument, visit } = yaml();
  const document = parseDocument(whole, {
    schema: 'failsafe',
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: true,
    keepSourceTokens: true,
  });
  const faults = [...document.errors, ...document.warnings];
  // One slip often breaks many lines after it: the first fault of syntax is the true one.
  const duplicates = faults.filter((fault) => fault.code === 'DUPLICATE_KEY');
  const first = faults.find((fault) => fault.code !== 'DUPLICATE_KEY');
  if (first) {
    // 「規費：免費」 as the last line is the key that lacks its colon.
    const line = whole.lastIndexOf('\n', first.pos[0] - 1) + 1;
    const wide = first.code === 'MISSING_CHAR' && WIDE_COLON.exec(whole.slice(line, first.pos[1]))?.index === 0;
    const fault = wide ? { code: 'BLOCK_AS_IMPLICIT_KEY' as const, pos: first.pos } : first;
    const opened = openedAt(whole, fault, (look) => visit(document, look));
    const at = opened ?? first.pos[0];
    const told: SyntaxFault =
      opened === undefined ? syntaxFault(fault, whole) : unclosed(whole.slice(opened, endOfLine(whole, opened)));
    const end = opened === undefined ? first.pos[1] : endOfLine(whole, opened);
    const [from, to] = told.at ?? [at, Math.min(end, at + 80)];
    report('yaml-syntax', span(from, to), told.message, told.hint);
    return undefined;
  }
  for (const fault of duplicates) {
    const key = /^["']?([^:"'\n]+)/.exec(whole.slice(fault.pos[0]))?.[1]?.trim() ?? '';
    reportTwice(key, span(fault.pos[0], fault.pos[0] + key.length), report);
  }
  let aliased = false;
  const convert = (node: Node | null | undefined, at: number): Tree => {
    if (isAlias(node)) {
      if (!aliased)
        report(
          'yaml-syntax',
          span(node.range?.[0] ?? 0, node.range?.[1] ?? 0),
          {
            zh: `這裡用了 YAML 的別名「*${node.source}」，本程式不接受別名。`,
            en: `This is a YAML alias ("*${node.source}"); aliases are not accepted.`,
          },
          {
            zh: '把內容直接寫出來；若「*」是文字的一部分，請用引號括起來。',
            en: 'Write the content itself; quote the text if "*" belongs to it.',
          },
        );
      aliased = true;
      return { kind: 'scalar', text: '', span: span(at, at) };
    }
    const [from, to] = node?.range ?? [at, at];
    if (isMap(node)) {
      const entries: Entry[] = [];
      const names = new Set<string>();
      for (const pair of node.items) {
        const key = pair.key as Node;
        const [keyFrom, keyTo] = key.range ?? [from, from];
        const name = isScalar(key) ? String(key.value) : '';
        if (names.size === names.add(name).size && duplicates.length > 0) continue;
        entries.push({ key: name, keySpan: span(keyFrom, keyTo), value: convert(pair.value as Node | null, keyTo) });
      }
      return { kind: 'map', entries, span: span(from, to) };
    }
    if (isSeq(node))
      return { kind: 'list', items: node.items.map((item) => convert(item as Node, from)), span: span(from, to) };
    return { kind: 'scalar', text: isScalar(node) ? String(node.value ?? '') : '', span: span(from, to) };
  };
  const tree = convert(document.contents as Node | null, 0);
  return aliased ? undefined : tree;
}

/** Where the comments of a file stand, `#` or `<!--` and all: those of YAML, of the front matter, of Markdown. */
export function commentsOf(source: Source): Span[] {
  const { path, text } = source;
  const markdown = /\.md$/i.test(path);
  const fence = markdown ? /^---\r?\n[\s\S]*?^---\s*$/m.exec(text) : undefined;
  const head = markdown ? (fence?.index === 0 ? fence[0] : '') : text;
  const found: Span[] = [];
  let at = 0;
  let scalar = false;
  const { Lexer } = yaml();
  for (const token of new Lexer().lex(head)) {
    // The lexer puts marks of its own between the pieces of text; \x1f says that a plain or block text follows.
    if (['\x02', '\x18', '\x1f'].includes(token)) {
      scalar = token === '\x1f';
      continue;
    }
    if (token.startsWith('#') && !scalar) found.push({ source, start: at, end: at + token.length });
    at += token.length;
    scalar = false;
  }
  for (let start = markdown ? text.indexOf('<!--', head.length) : -1; start !== -1; ) {
    const close = text.indexOf('-->', start + 4);
    if (close === -1) break;
    found.push({ source, start, end: close + 3 });
    start = text.indexOf('<!--', close + 3);
  }
  return found;
}
