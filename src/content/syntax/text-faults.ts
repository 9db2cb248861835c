// What is wrong with a text whatever its notation: what is beyond bounds, codes that would be printed as they stand, and what deceives.
import { mayDeceive, undeceived, undeceivedIn } from '../../core/deceptive-characters.js';
import type { Fix } from '../../core/diagnostic.js';
import type { Say, Source, Span } from '../../core/source.js';
import type { Breach } from '../bounds.js';
import { KEYS } from '../keys.js';
import { quote, type Tree } from '../schema/tree.js';

/** Reports a fault of notation: YAML syntax, a section that cannot be read. */
export type ReportFault = (rule: string, span: Span, message: Say, hint?: Say, fix?: Fix) => void;

/** Tells what lies beyond the bounds of a text, in the words of `bounds.ts`. */
export function tellBreach(source: Source, { start, end, message, hint }: Breach, report: ReportFault): void {
  report('out-of-bounds', { source, start, end }, message, hint);
}

/** A backslash and a letter that were meant as a code, and are not one where they stand; no piece of a path on Windows. */
const CODE = /(?<![A-Za-z]:[\w\\.-]{0,60})(?<!\\)\\[nrt]/;

/** Tells the codes that a reader will see as they are written: only between double quotes are they codes. */
export function tellCodes(tree: Tree, report: ReportFault): void {
  if (!CODE.test(tree.span.source.text)) return;
  const visit = (each: Tree): void => {
    if (each.kind === 'list') each.items.forEach(visit);
    if (each.kind === 'map')
      for (const { key, keySpan, value } of each.entries) {
        tell(key, keySpan);
        // In a chart it is a break of lines.
        if (key !== 'mermaid' && !KEYS.mermaid?.includes(key)) visit(value);
      }
    if (each.kind === 'scalar') tell(each.text, each.span);
  };
  const tell = (text: string, span: Span): void => {
    const code = CODE.exec(text)?.[0];
    if (code !== undefined) reportCode(code, span, report);
  };
  visit(tree);
}

/** A "#" behind a blank begins a remark, which is not printed; with a blank behind it too it was meant as one. */
const REMARK = /[ \t]+#(?![\s#!])[^\n]*/y;

/** Tells the text behind a value that YAML takes for a remark, so that it is lost: 身分證 #正本. */
export function tellLostText(tree: Tree, report: ReportFault): void {
  const { text } = tree.span.source;
  if (!/[ \t]#[^\s#!]/.test(text)) return;
  const visit = (each: Tree): void => {
    if (each.kind === 'list') each.items.forEach(visit);
    if (each.kind === 'map') for (const { value } of each.entries) visit(value);
    // What is quoted has an end of its own.
    if (each.kind !== 'scalar' || each.text === '' || /["']/.test(text.charAt(each.span.start))) return;
    REMARK.lastIndex = each.span.end;
    const remark = REMARK.exec(text)?.[0].trim();
    if (remark === undefined) return;
    const start = text.indexOf('#', each.span.end);
    reportLost(remark, each.text, { ...each.span, start, end: start + remark.length }, report);
  };
  visit(tree);
}

/** Quotes of a word processor around a whole value: “身分證”. They are none to YAML, and would be printed. */
const CURLY = /^([“”„‟‘’‚])([^“”„‟‘’‚"]*)([“”‟‘’])$/;

/** Tells the curly quotes around a value that were meant as those of YAML. */
export function tellCurlyQuotes(tree: Tree, report: ReportFault): void {
  if (!/[“”‘’]/.test(tree.span.source.text)) return;
  const visit = (each: Tree): void => {
    if (each.kind === 'list') each.items.forEach(visit);
    if (each.kind === 'map') for (const { value } of each.entries) visit(value);
    if (each.kind !== 'scalar') return;
    const [, open, said = '', close] = CURLY.exec(each.text.trim()) ?? [];
    // Between quotes of YAML they are meant to be printed.
    if (open === undefined || /["']/.test(tree.span.source.text.charAt(each.span.start))) return;
    report(
      'curly-quote',
      each.span,
      {
        zh: `這裡的引號「${open}」「${close}」是彎的，不是 YAML 的引號，會照樣印出來。`,
        en: `The quotes ${open} and ${close} are curly: they are not those of YAML, and are printed.`,
      },
      {
        zh: `不用引號，直接寫 ${quote(said)}；一定要引號時用半形的 "${quote(said)}"；要印出引號用「${quote(said)}」。`,
        en: `Write ${quote(said)} without quotes, or with straight ones: "${quote(said)}"; quotes to be printed are 「${quote(said)}」.`,
      },
      { span: each.span, text: said },
    );
  };
  visit(tree);
}

function reportLost(remark: string, value: string, span: Span, report: ReportFault): void {
  const whole = `${value} ${remark}`.replaceAll('"', '');
  report(
    'text-after-hash',
    span,
    {
      zh: `空格後面的「#」是註解的開頭，「${remark}」不會印出來。`,
      en: `A "#" behind a blank begins a remark: "${remark}" is not printed.`,
    },
    {
      zh: `若要印出，整段加引號，例如 "${whole}"；若是註解，在 # 後面空一格。`,
      en: `If it is to be printed, put the whole text in quotes, as in "${whole}"; if it is a remark, put a blank behind the #.`,
    },
  );
}

/** The codes of Markdown, where nothing is such a code. */
export function tellMarkdownCodes(source: Source, report: ReportFault): void {
  let fence = false;
  for (const { 0: line, index } of source.text.matchAll(/[^\n]+/g)) {
    if (/^\s*(```|~~~)/.test(line)) fence = !fence;
    const plain = line.replace(/`[^`]*`/g, (code) => ' '.repeat(code.length));
    const code = fence ? undefined : CODE.exec(plain)?.[0];
    if (code !== undefined) reportCode(code, { source, start: index, end: index + line.length }, report);
  }
}

function reportCode(code: string, { source, start, end }: Span, report: ReportFault): void {
  const found = source.text.indexOf(code, start);
  const at = found === -1 || found > end ? { source, start, end } : { source, start: found, end: found + code.length };
  const what = code === '\\t' ? { zh: '空格', en: 'a space' } : { zh: '換行', en: 'a break of lines' };
  report(
    'backslash-code',
    at,
    {
      zh: `這裡的「${code}」會照樣印出來，不是${what.zh}。`,
      en: `This "${code}" is printed as it stands; it is not ${what.en}.`,
    },
    {
      zh: `刪去「${code}」；兩件事用「、」連接，例如「收件、審查」，或分成兩項。`,
      en: `Delete "${code}": join two things by "、", as in 收件、審查, or make two items of them.`,
    },
  );
}

/** A tree in which nothing deceives: what is said of it in the file is printed as it was meant. */
export function honest<T extends Tree | undefined>({ text }: Source, tree: T): T {
  if (tree === undefined || !mayDeceive(text)) return tree;
  const clean = (each: Tree, notation: 'markdown' | 'chart' = 'markdown'): Tree => {
    switch (each.kind) {
      case 'scalar':
        return { ...each, text: undeceivedIn(notation, each.text) };
      case 'list':
        return { ...each, items: each.items.map((item) => clean(item)) };
      case 'map':
        return {
          ...each,
          ...(each.short ? { short: { ...each.short, text: undeceivedIn('markdown', each.short.text) } } : {}),
          entries: each.entries.map((entry) => {
            const key = undeceived(entry.key);
            const chart = key === 'mermaid' || KEYS.mermaid?.includes(key);
            return { ...entry, key, value: clean(entry.value, chart ? 'chart' : 'markdown') };
          }),
        };
    }
  };
  return clean(tree) as T;
}
