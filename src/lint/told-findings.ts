// Findings for people: one finding, the line it stands in, and a caret that stands right under Chinese.
import { styleText } from 'node:util';
import { eastAsianWidth } from 'get-east-asian-width';
import { figure } from '../content/bounds.js';
import type { Diagnostic } from '../core/diagnostic.js';
import { type Lang, placeOf, type Say } from '../core/source.js';
import { visible } from '../core/terminal.js';

const TAB = 4;
const LONGEST = 120;

/** Columns a text takes on a terminal: a wide character takes two. */
export const columnsOf = (text: string): number => {
  let columns = 0;
  for (const c of text) columns += c === '\t' ? TAB : eastAsianWidth(c.codePointAt(0) ?? 0);
  return columns;
};

/** So many lines are named where what is said once was found more often. */
const NAMED = 8;

type Folded = [Diagnostic, ...Diagnostic[]];

/** What is said in the same words of one file, told once, where it was found first. */
function folded(diagnostics: readonly Diagnostic[]): Folded[] {
  const found = new Map<string, Folded>();
  for (const each of diagnostics) {
    const key = [each.severity, each.rule, each.span.source.path, each.message.zh].join('\n');
    const same = found.get(key);
    if (same) same.push(each);
    else found.set(key, [each]);
  }
  return [...found.values()];
}

/** So many findings of a rule are told of a file, in words of their own; who mends them will know the rest. */
const TOLD = 10;

/** What is told, and what of each rule and file is only counted, by the last finding that is told. */
function told(all: readonly Folded[]): { shown: Folded[]; besides: ReadonlyMap<Folded, Diagnostic[]> } {
  const shown: Folded[] = [];
  const besides = new Map<Folded, Diagnostic[]>();
  const kinds = new Map<string, { count: number; last: Folded }>();
  for (const each of all) {
    const [{ severity, rule, span }] = each;
    const key = [severity, rule, span.source.path].join('\n');
    const kind = kinds.get(key);
    if (kind && kind.count >= TOLD) {
      const rest = besides.get(kind.last) ?? [];
      rest.push(...each);
      besides.set(kind.last, rest);
      continue;
    }
    kinds.set(key, { count: (kind?.count ?? 0) + 1, last: each });
    shown.push(each);
  }
  return { shown, besides };
}

/** How often the same was found besides, and in which lines. */
function restOf(rest: readonly Diagnostic[], rule?: string): Say {
  const lines = [...new Set(rest.slice(0, 1000).map(({ span }) => placeOf(span.source, span.start).line))];
  const named = lines.slice(0, NAMED);
  const more = named.length < lines.length || rest.length > 1000;
  const count = figure(rest.length);
  return {
    zh: `${rule === undefined ? '' : `${rule} `}另有 ${count} 處：第 ${named.join('、')}${more ? '…' : ''} 行`,
    en: `${count} more ${rule === undefined ? 'like this' : `of ${rule}`}: line${named.length > 1 || more ? 's' : ''} ${named.join(', ')}${more ? ', …' : ''}`,
  };
}

/** Findings one after the other; of a rule that finds much in a file some are told and the others counted. `colour`: for a terminal. */
export function toldFindings(diagnostics: readonly Diagnostic[], lang: Lang, colour = false): string {
  const painted = (style: Parameters<typeof styleText>[0], text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const severity = { error: { zh: '錯誤', en: 'error' }, warn: { zh: '警告', en: 'warning' } };
  const { shown: all, besides } = told(folded(diagnostics));
  return all
    .map((each) => {
      const [{ rule, severity: level, span, message, hint }, ...rest] = each;
      const others = besides.get(each);
      const { line, column, lineStart, lineEnd } = placeOf(span.source, span.start);
      const tone = level === 'error' ? 'red' : 'yellow';
      const place = `${visible(span.source.path)}:${line}:${column}`;
      const head = `${painted('bold', place)}: ${painted(tone, severity[level][lang])} ${rule}\n  ${visible(message[lang])}`;
      const code = span.source.text.slice(lineStart, Math.min(lineEnd, lineStart + LONGEST)).replace(/\r$/, '');
      const shown = (from: number, to?: number): string =>
        visible(code.slice(from, to).replaceAll('\t', ' '.repeat(TAB)));
      const before = shown(0, span.start - lineStart);
      const marked = shown(span.start - lineStart, Math.max(span.start + 1, span.end) - lineStart);
      const gutter = String(line);
      const excerpt =
        code.trim() === '' || span.start - lineStart > LONGEST
          ? ''
          : `\n  ${gutter} | ${shown(0)}\n  ${' '.repeat(gutter.length)} | ${' '.repeat(columnsOf(before))}${painted(tone, '^'.repeat(Math.max(1, columnsOf(marked))))}`;
      const help = hint ? `\n  ${lang === 'zh' ? '→ ' : '-> '}${visible(hint[lang])}` : '';
      return `${head}${excerpt}${help}${rest.length > 0 ? `\n  ${restOf(rest)[lang]}` : ''}${others ? `\n  ${restOf(others, rule)[lang]}` : ''}\n`;
    })
    .join('\n');
}
