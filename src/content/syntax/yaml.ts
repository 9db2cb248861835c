// YAML and Markdown to one written tree with exact places. The only door to the two parsers of YAML: js-yaml reads what
// is well written, three times as fast; `yaml` reads the rest and says what is wrong with it.
import { createRequire } from 'node:module';
import {
  COLLECTION_STYLE,
  CORE_SCHEMA,
  EVENT_ID,
  type Event,
  getScalarValue,
  load,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from 'js-yaml';
import type { Heading, List, ListItem, Nodes, PhrasingContent, Root, RootContent, Table } from 'mdast';
import type { Node } from 'yaml';
import { mayDeceive, parsable, undeceived, undeceivedIn } from '../../core/deceptive-characters.js';
import { TONGUE_NAMES, type Tongue, tongueNamed } from '../../core/language.js';
import type { Say, Source, Span } from '../../core/source.js';
import { type Breach, breachOfLines, breachOfProse, DEEPEST_TREE, LONGEST_EXPLAINED, tooDeepTree } from '../bounds.js';
import { chinese, KEYS } from '../keys.js';
import { type Entry, lastBracket, quote, type Tree } from '../schema/tree.js';
import { openedAt, syntaxFault, unclosed } from './yaml-faults.js';

const require = createRequire(import.meta.url);
/** Loaded only where there is something to explain. */
const yaml = (): typeof import('yaml') => require('yaml');

/** Reports a fault of notation: YAML syntax, a section that cannot be read. */
export type ReportFault = (rule: string, span: Span, message: Say, hint?: Say) => void;

/** The plain value of a YAML text that belongs to the program (templates). Throws on faults: those are ours. */
export const plainYaml = (text: string): unknown => load(text, { schema: CORE_SCHEMA });

type MapTree = Tree & { kind: 'map' };

/** Tells what lies beyond the bounds of a text, in the words of `bounds.ts`. */
export function tellBreach(source: Source, { start, end, message, hint }: Breach, report: ReportFault): void {
  report('out-of-bounds', { source, start, end }, message, hint);
}

/** Reads `source.text` from `start` to `end` as YAML. `undefined`: nothing usable; the fault is reported. */
export function yamlTree(source: Source, report: ReportFault, start = 0, end = source.text.length): Tree | undefined {
  // What is missing at the end of a text is placed behind it by the parsers, and as long as the sign that is not there.
  const span = (from: number, to: number): Span => ({
    source,
    start: start + Math.min(from, end - start),
    end: start + Math.min(Math.max(from, to), end - start),
  });
  const whole = parsable(source.text.slice(start, end));
  if (whole.trim() === '') {
    report('empty-file', span(0, 0), { zh: '檔案是空的。', en: 'The file is empty.' });
    return undefined;
  }
  const breach = breachOfLines(source.text, start, end);
  if (breach) {
    tellBreach(source, breach, report);
    return undefined;
  }
  const read = wellWritten(whole, span);
  if ('kind' in read) {
    // Full-width colons throughout: to YAML the file is one text.
    const line = read.kind === 'scalar' ? WIDE_COLON.exec(whole) : null;
    if (line) {
      const { message, hint } = syntaxFault({ code: 'MULTILINE_IMPLICIT_KEY' });
      report('yaml-syntax', span(line.index, line.index + line[0].trimEnd().length), message, hint);
      return undefined;
    }
    tellCodes(read, report);
    return honest(source, read);
  }
  if (read.tooDeep) {
    const { message, hint } = tooDeepTree();
    report('out-of-bounds', span(read.at, read.at + 1), message, hint);
    return undefined;
  }
  if (whole.length <= LONGEST_EXPLAINED) return honest(source, explained(whole, span, report));
  // The other parser takes too long over what is so long and so wrong.
  if (read.twice !== undefined) {
    reportTwice(read.twice, span(read.at, read.at + read.twice.length), report);
    return undefined;
  }
  const { message, hint } = syntaxFault({ code: 'UNEXPECTED_TOKEN' });
  report('yaml-syntax', span(read.at, read.at + 1), message, hint);
  return undefined;
}

/** The tree of a part of a source as it is written, if it is written well; nothing is reported. */
export function wellWrittenTree(source: Source, start = 0, end = source.text.length): Tree | undefined {
  const span = (from: number, to: number): Span => ({ source, start: start + from, end: start + to });
  const read = wellWritten(parsable(source.text.slice(start, end)), span);
  return 'kind' in read ? read : undefined;
}

/** A line that would be 「項目: 內容」 if its colon were of half width. */
const WIDE_COLON = /^[ \t]*[^\s"'#|>：:-][^：:\n]*：.*$/m;

/** A backslash and a letter that were meant as a code, and are not one where they stand; no piece of a path on Windows. */
const CODE = /(?<![A-Za-z]:[\w\\.-]{0,60})(?<!\\)\\[nrt]/;

/** Tells the codes that a reader will see as they are written: only between double quotes are they codes. */
function tellCodes(tree: Tree, report: ReportFault): void {
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

/** The same in Markdown, where nothing is such a code. */
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
function honest<T extends Tree | undefined>({ text }: Source, tree: T): T {
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

type SpanOf = (from: number, to: number) => Span;

/** Where a text is not written well, as far as can be said in passing. */
type Oddity = { at: number; tooDeep?: true; twice?: string };

/** The tree of a text without faults, anchors, tags, directives or further documents; of any other, where it is so. */
function wellWritten(text: string, span: SpanOf): Tree | Oddity {
  let events: Event[];
  try {
    events = parseEvents(text, { maxDepth: DEEPEST_TREE });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const at = Math.min(error.mark?.position ?? 0, text.length);
    return /maxDepth/.test(error.reason) ? { at, tooDeep: true } : { at };
  }
  let odd = false;
  let twice: Oddity | undefined;
  let i = 0;
  /** Where the last thing that was read ends. */
  let place = 0;
  const next = (): Event | undefined => events[i++];
  const scalar = (event: Event | undefined, empty: number): Tree & { kind: 'scalar' } => {
    if (event?.type !== EVENT_ID.SCALAR || event.anchorStart !== -1 || event.tagStart !== -1) {
      odd = true;
      return { kind: 'scalar', text: '', span: span(0, 0) };
    }
    const { style, valueStart, valueEnd } = event;
    if (valueStart === -1) return { kind: 'scalar', text: '', span: span(empty, empty) };
    const block = style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
    const quoted = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
    // A block begins with its sign, a quotation with its mark; the values begin behind them.
    const from = block ? findSign(text, place, '|>') : quoted ? valueStart - 1 : valueStart;
    place = quoted ? valueEnd + 1 : valueEnd;
    return { kind: 'scalar', text: getScalarValue(text, event), span: span(from, place) };
  };
  const node = (event: Event | undefined, empty: number): Tree => {
    if (event?.type !== EVENT_ID.SEQUENCE && event?.type !== EVENT_ID.MAPPING) return scalar(event, empty);
    if (event.anchorStart !== -1 || event.tagStart !== -1) odd = true;
    const from = event.start;
    place = from;
    const items: Tree[] = [];
    const entries: Entry[] = [];
    const keys = new Set<string>();
    for (let each = next(); !odd && each?.type !== EVENT_ID.POP; each = next()) {
      if (event.type === EVENT_ID.SEQUENCE) {
        items.push(node(each, place));
        continue;
      }
      const key = scalar(each, place);
      if (key.span.start === key.span.end) odd = true;
      else if (keys.size === keys.add(key.text).size) {
        odd = true;
        twice = { at: key.span.start - span(0, 0).start, twice: key.text };
      }
      const value = node(next(), place);
      entries.push({ key: key.text, keySpan: key.span, value });
    }
    if (event.style === COLLECTION_STYLE.FLOW) place = findSign(text, place, ']}') + 1;
    const whole = span(from, place);
    return event.type === EVENT_ID.SEQUENCE
      ? { kind: 'list', items, span: whole }
      : { kind: 'map', entries, span: whole };
  };
  const document = next();
  if (document?.type !== EVENT_ID.DOCUMENT || document.directives.length > 0) return { at: 0 };
  const tree = node(next(), 0);
  return odd || next()?.type !== EVENT_ID.POP || i !== events.length ? (twice ?? { at: place }) : tree;
}

const endOfLine = (text: string, at: number): number => {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline;
};

/** Where the first of some signs stands after `place`, comments passed over. */
function findSign(text: string, place: number, signs: string): number {
  for (let i = place; i < text.length; i += 1) {
    const c = text.charAt(i);
    if (signs.includes(c)) return i;
    if (c === '#') {
      const end = text.indexOf('\n', i);
      if (end === -1) break;
      i = end;
    }
  }
  return place;
}

function reportTwice(key: string, span: Span, report: ReportFault): void {
  const said = quote(key);
  report(
    'duplicate-key',
    span,
    { zh: `「${said}」寫了兩次，每項只能寫一次。`, en: `"${said}" is given twice; give it once.` },
    { zh: '刪去其中一個。', en: 'Delete one of them.' },
  );
}

/** The tree as far as there is one, and what is wrong with the text. */
function explained(whole: string, span: SpanOf, report: ReportFault): Tree | undefined {
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
    const from = whole.lastIndexOf('\n', first.pos[0] - 1) + 1;
    const wide = first.code === 'MISSING_CHAR' && WIDE_COLON.exec(whole.slice(from, first.pos[1]))?.index === 0;
    const fault = wide ? { code: 'BLOCK_AS_IMPLICIT_KEY' as const, pos: first.pos } : first;
    const opened = openedAt(whole, fault, (look) => visit(document, look));
    const at = opened ?? first.pos[0];
    const { message, hint } = opened === undefined ? syntaxFault(fault, whole) : unclosed(whole.charAt(opened));
    const end = opened === undefined ? first.pos[1] : endOfLine(whole, opened);
    report('yaml-syntax', span(at, Math.min(end, at + 80)), message, hint);
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

/** Front matter and the tree of a Markdown file. `body` is the offset at which the text starts. */
export function frontMatter(source: Source, report: ReportFault): { head?: MapTree; body: number } {
  const fence = /^---[ \t]*\r?\n/.exec(source.text);
  if (!fence) return { body: 0 };
  const close = /^---[ \t]*(\r?\n|$)/m.exec(source.text.slice(fence[0].length));
  if (!close) {
    report(
      'yaml-syntax',
      { source, start: 0, end: 3 },
      { zh: '檔案開頭的「---」沒有結束的「---」。', en: 'The front matter opened by "---" is never closed.' },
      { zh: '在資料之後、正文之前加一行「---」。', en: 'Add a line "---" before the text.' },
    );
    return { body: source.text.length };
  }
  const end = fence[0].length + close.index;
  const body = end + close[0].length;
  if (source.text.slice(fence[0].length, end).trim() === '') return { body };
  const head = yamlTree(source, report, fence[0].length, end);
  if (head?.kind === 'map') return { head, body };
  if (head)
    report('wrong-type', head.span, {
      zh: '檔頭應為一組「項目: 內容」。',
      en: 'The front matter must be a group of keys.',
    });
  return { body };
}

/** Every spelling of every key: what makes 「來源：…」 in a nested list a key and not text. */
const SPELLINGS = new Set([
  ...Object.keys(KEYS),
  ...Object.values(KEYS).flat(),
  ...Object.values(TONGUE_NAMES).flatMap((names) => [...names]),
]);
// 「無：→ 3」 is the branch of a decision far more often than the key of a document list.
SPELLINGS.delete('無');
const ONE_OF = new Set(KEYS.oneOf);
const BRANCHES = chinese('branches');
/** 「文件齊備？」, also with who decides: 「文件齊備？（書記官）」. */
const DECISION = /[？?]\s*(?:（[^（）]*）|\([^()]*\))?$/;

/**
 * A Markdown file in the form of a record: front matter, `# name`, then a `## key` for each field.
 * `isProse` tells which keys take their section as it stands.
 */
export function markdownTree(
  source: Source,
  parse: (text: string) => Root,
  isProse: (key: string) => boolean,
  report: ReportFault,
): Tree | undefined {
  if (source.text.trim() === '') {
    report('empty-file', { source, start: 0, end: 0 }, { zh: '檔案是空的。', en: 'The file is empty.' });
    return undefined;
  }
  const breach = breachOfProse(source.text);
  if (breach) {
    tellBreach(source, breach, report);
    return undefined;
  }
  tellMarkdownCodes(source, report);
  const { head } = frontMatter(source, report);
  const entries: Entry[] = [...(head?.entries ?? [])];
  const notation = new Sections(source, isProse, report);
  entries.push(
    ...notation.entriesOf(
      headingsMeant(
        parse(source.text).children.filter((node) => node.type !== 'yaml'),
        source,
        report,
      ),
      1,
    ),
  );
  return honest(source, { kind: 'map', entries, span: { source, start: 0, end: source.text.length } });
}

/** 「名稱: 甲」 at the beginning of a text. */
const KEYED_LINE = /^[^\s:：#]{1,12}: /;

/** 「##應備證件」 is taken for the heading it was meant as, and told: what is below it is read all the same. */
function headingsMeant(blocks: readonly RootContent[], source: Source, report: ReportFault): RootContent[] {
  let headed = false;
  return blocks.flatMap((block): RootContent[] => {
    const start = block.position?.start.offset ?? 0;
    const written = block.type === 'paragraph' ? source.text.slice(start, block.position?.end.offset) : '';
    const [line = '', marks = '', heading = ''] = /^(#{1,6})([^\s#].*)/.exec(written) ?? [];
    if (block.type === 'heading') headed = true;
    // 「#1 號櫃台」 in a text is none.
    if (line === '' || (marks === '#' && headed)) return [block];
    const said = heading.trim();
    report(
      'markdown-section',
      { source, start, end: start + line.trimEnd().length },
      {
        zh: `「${marks}」後面沒有空格，這一行不是標題。`,
        en: `There is no space after "${marks}", so this is no heading.`,
      },
      { zh: `空一格，寫成「${marks} ${said}」。`, en: `Put one there: "${marks} ${said}".` },
    );
    headed = true;
    const point = (offset: number) => ({ line: 1, column: 1, offset });
    const at = (from: number, to: number) => ({ start: point(start + from), end: point(start + to) });
    const text = (value: string, from: number): PhrasingContent => ({
      type: 'text',
      value,
      position: at(from, from + value.length),
    });
    const meant: Heading = {
      type: 'heading',
      depth: marks.length as Heading['depth'],
      children: [text(said, marks.length)],
      position: at(0, line.length),
    };
    const rest = written.slice(line.length + 1);
    if (rest.trim() === '') return [meant];
    return [
      meant,
      { type: 'paragraph', children: [text(rest, line.length + 1)], position: at(line.length + 1, written.length) },
    ];
  });
}

class Sections {
  constructor(
    private readonly source: Source,
    private readonly isProse: (key: string) => boolean,
    private readonly report: ReportFault,
  ) {}

  private span(first: Nodes, last: Nodes = first): Span {
    return { source: this.source, start: first.position?.start.offset ?? 0, end: last.position?.end.offset ?? 0 };
  }

  /** The fields in a run of blocks: a heading of `level` names the record (or, deeper, its key). */
  entriesOf(blocks: RootContent[], level: number): Entry[] {
    const entries: Entry[] = [];
    let i = 0;
    for (; i < blocks.length; i += 1) {
      const block = blocks[i] as RootContent;
      if (block.type === 'heading' && block.depth === level) {
        entries.push({ key: chinese('name'), keySpan: this.span(block), value: this.scalarOf(block) });
        continue;
      }
      if (block.type === 'heading' && block.depth === level + 1) {
        let end = i + 1;
        while (end < blocks.length && !(blocks[end]?.type === 'heading' && (blocks[end] as Heading).depth <= level + 1))
          end += 1;
        const heading = plain(block).trim();
        const { key, tongue } = inTongue(heading);
        const keySpan = this.textSpan(block);
        const value = this.sectionOf(key, block, blocks.slice(i + 1, end), level + 1);
        const chinese = tongue && entries.find((entry) => entry.key === key);
        if (!tongue || !chinese || !addVersion(chinese, { key: tongue, keySpan, value }))
          entries.push({ key: heading, keySpan, value });
        i = end - 1;
        continue;
      }
      this.report(
        'markdown-section',
        this.span(block),
        {
          zh: '這段文字不在任何「## 項目」之下，不知道屬於哪一項。',
          en: 'This text stands under no "## key" heading.',
        },
        KEYED_LINE.test(plain(block))
          ? {
              zh: '這是「項目: 內容」的寫法：把檔名的 .md 改成 .yaml，或改寫成標題，例如「## 規費」。',
              en: 'These are lines of keys: rename the file from .md to .yaml, or write headings, such as "## 規費".',
            }
          : { zh: '在前面加上標題，例如「## 注意事項」。', en: 'Put a heading before it, such as "## 注意事項".' },
      );
    }
    return entries;
  }

  private sectionOf(key: string, heading: Heading, blocks: RootContent[], level: number): Tree {
    const first = blocks[0];
    const last = blocks[blocks.length - 1];
    if (!first || !last) return { kind: 'scalar', text: '', span: this.textSpan(heading) };
    const whole = this.span(first, last);
    if (this.isProse(key)) return { kind: 'scalar', text: this.source.text.slice(whole.start, whole.end), span: whole };
    if (first.type === 'heading') {
      const groups: RootContent[][] = [];
      for (const block of blocks) {
        if (block.type === 'heading' && block.depth === level + 1) groups.push([block]);
        else groups[groups.length - 1]?.push(block);
      }
      return {
        kind: 'list',
        items: groups.map((group) => ({
          kind: 'map',
          entries: this.entriesOf(group, level + 1),
          span: this.span(group[0] as RootContent, group[group.length - 1]),
        })),
        span: whole,
      };
    }
    const lists = blocks.filter((block) => block.type === 'list' || block.type === 'table');
    const other = blocks.filter((block) => block.type !== 'list' && block.type !== 'table');
    const list = lists[0];
    if (!list) return { kind: 'scalar', text: blocks.map(plain).join('\n').trim(), span: whole };
    const tree = list.type === 'table' ? this.tableOf(list) : this.listOf(list as List);
    // What holds for all of them may follow in a list of its own: 依據, 來源, 減免.
    const fields = lists[1]?.type === 'list' && tree.kind === 'list' ? this.listOf(lists[1]) : undefined;
    const about = fields?.kind === 'map' ? fields.entries : [];
    const stray = lists[fields?.kind === 'map' ? 2 : 1] ?? other.find((block) => block.type !== 'paragraph');
    if (stray)
      this.report(
        'markdown-section',
        this.span(stray),
        {
          zh: `「${key}」之下只能有一份清單或一個表格，以及說明文字。`,
          en: `"${key}" takes one list or table, and paragraphs.`,
        },
        { zh: '把兩份清單合成一份。', en: 'Join the lists.' },
      );
    const [from, to] = [other[0], other[other.length - 1]];
    if (from) {
      const span = this.span(from, to);
      const text = other.map(plain).join('\n').trim();
      about.push({ key: chinese('note'), keySpan: this.span(from), value: { kind: 'scalar', text, span } });
    }
    if (about.length === 0) return tree;
    if (tree.kind === 'map') return { ...tree, entries: [...tree.entries, ...about] };
    return {
      kind: 'map',
      entries: [
        { key: chinese(key === '規費' || key === 'fee' ? 'lines' : 'items'), keySpan: tree.span, value: tree },
        ...about,
      ],
      span: whole,
    };
  }

  /** The first row names the keys, every further row is one record. */
  private tableOf(table: Table): Tree {
    const [header, ...rows] = table.children;
    const keys = header?.children.map((cell) => ({ key: plain(cell).trim(), span: this.span(cell) })) ?? [];
    return {
      kind: 'list',
      span: this.span(table),
      items: rows.map((row) => ({
        kind: 'map',
        span: this.span(row),
        entries: row.children.flatMap((cell, i): Entry[] => {
          const text = plain(cell).trim();
          const name = keys[i];
          return text && name
            ? [{ key: name.key, keySpan: name.span, value: { kind: 'scalar', text, span: this.textSpan(cell) } }]
            : [];
        }),
      })),
    };
  }

  private listOf(list: List): Tree {
    const keyed = list.children.map((item) => this.keyOf(item));
    if (list.ordered !== true && keyed.every((key) => key !== undefined))
      return { kind: 'map', entries: list.children.map((item) => this.entryOf(item)), span: this.span(list) };
    return {
      kind: 'list',
      items: list.children.map((item, i) => this.itemOf(item, list.ordered ? (list.start ?? 1) + i : undefined)),
      span: this.span(list),
    };
  }

  /** 「來源：…」: the key an item begins with, if it is one. */
  private keyOf(item: ListItem): { name: string; rest: string } | undefined {
    const parts = /^([^：:（）()\s]{1,12})[：:]\s*([\s\S]*)$/.exec(headText(item));
    return parts?.[1] && SPELLINGS.has(parts[1]) ? { name: parts[1], rest: parts[2] ?? '' } : undefined;
  }

  private entryOf(item: ListItem): Entry {
    const key = this.keyOf(item);
    const head = item.children[0] as RootContent;
    const headSpan = this.textSpan(head);
    const nested = item.children.find((child) => child.type === 'list') as List | undefined;
    const name = key?.name ?? '';
    const keySpan = { source: this.source, start: headSpan.start, end: headSpan.start + name.length };
    const rest = key?.rest ?? '';
    const valueSpan = this.found(rest, keySpan.end, headSpan);
    const value: Tree =
      nested && !rest
        ? this.listOf(nested)
        : nested
          ? {
              kind: 'map',
              short: { text: rest, span: valueSpan },
              entries: nested.children.filter((each) => this.keyOf(each)).map((each) => this.entryOf(each)),
              span: this.span(item),
            }
          : { kind: 'scalar', text: rest, span: valueSpan };
    return { key: name, keySpan, value };
  }

  private itemOf(item: ListItem, number?: number): Tree {
    const head = item.children[0];
    const text = headText(item);
    const nested = item.children.find((child) => child.type === 'list') as List | undefined;
    const span = head ? this.textSpan(head) : this.span(item);
    const entries: Entry[] = [];
    if (number !== undefined)
      entries.push({ key: chinese('id'), keySpan: span, value: { kind: 'scalar', text: String(number), span } });
    if (nested) {
      if (ONE_OF.has(text.replace(/[：:]$/, '')))
        return {
          kind: 'map',
          entries: [{ key: chinese('oneOf'), keySpan: span, value: this.listOf(nested) }],
          span: this.span(item),
        };
      const branches: ListItem[] = [];
      const notes: ListItem[] = [];
      for (const each of nested.children) {
        if (this.keyOf(each)) entries.push(this.entryOf(each));
        else if (DECISION.test(text)) branches.push(each);
        else notes.push(each);
      }
      if (branches.length > 0)
        entries.push({
          key: BRANCHES,
          keySpan: span,
          value: { kind: 'map', entries: branches.map((each) => this.branchOf(each)), span: this.span(nested) },
        });
      if (notes.length > 0)
        entries.push({
          key: chinese('note'),
          keySpan: this.span(notes[0] as ListItem),
          value: { kind: 'scalar', text: notes.map((each) => plain(each)).join('；'), span: this.span(nested) },
        });
    }
    // 「補正文件（申請人）→ 3」: only a numbered item is a step that others can lead to.
    const goes = number === undefined ? undefined : leading(text, /→/g);
    const way = goes?.words ? goes : undefined;
    if (way) {
      const at = this.found(way.to, span.start + way.words.length, span);
      entries.push({ key: 'next', keySpan: at, value: { kind: 'scalar', text: way.to, span: at } });
    }
    const own = way?.words ?? text;
    return entries.length > 0
      ? { kind: 'map', short: { text: own, span }, entries, span: this.span(item) }
      : { kind: 'scalar', text: own, span };
  }

  /** 「有理由：撤銷執行行為 → 5」 or 「有理由 → 5」: label, an own first step, where it leads; a nested list carries it on. */
  private branchOf(item: ListItem): Entry {
    const head = item.children[0];
    const headSpan = head ? this.textSpan(head) : this.span(item);
    const text = headText(item);
    const colon = text.search(/[：:]/);
    // 「是 → 4」: no step of its own, so no colon either.
    const label = colon === -1 ? (leading(text, /→|回到/g)?.words ?? text) : text.slice(0, colon).trim();
    const rest = colon === -1 ? text.slice(label.length).trim() : text.slice(colon + 1).trim();
    const keySpan = { source: this.source, start: headSpan.start, end: headSpan.start + label.length };
    const goes = leading(rest, /→|回到/g);
    const words = goes?.words ?? rest;
    const to = goes?.to;
    const ends = to !== undefined && (KEYS.end?.includes(to) === true || to === 'end' || to === '結案');
    const at = (found: string): Span => this.found(found, headSpan.start, headSpan);
    const steps: Tree[] = [];
    if (words || ends) {
      const own = words || (to ?? '');
      steps.push({ kind: 'scalar', text: ends ? `${chinese('end')}：${own}` : own, span: at(own) });
    }
    const nested = item.children.find((child) => child.type === 'list') as List | undefined;
    if (nested) for (const each of nested.children) steps.push(this.itemOf(each));
    const value: Entry[] = [];
    if (steps.length > 0)
      value.push({ key: 'steps', keySpan: headSpan, value: { kind: 'list', items: steps, span: headSpan } });
    if (to !== undefined && !ends)
      value.push({ key: 'next', keySpan: headSpan, value: { kind: 'scalar', text: to, span: at(to) } });
    return { key: label, keySpan, value: { kind: 'map', entries: value, span: headSpan } };
  }

  private scalarOf(node: Nodes): Tree {
    return { kind: 'scalar', text: plain(node).trim(), span: this.textSpan(node) };
  }

  /** The span of a node's inside: a heading without its marks. */
  private textSpan(node: Nodes): Span {
    const children = 'children' in node ? node.children : [];
    const first = children[0];
    return first ? this.span(first as Nodes, children[children.length - 1] as Nodes) : this.span(node);
  }

  /** Where a piece of text stands after `from`, or the whole if marks in it hide the place. */
  private found(text: string, from: number, within: Span): Span {
    const start = text ? this.source.text.indexOf(text, from) : -1;
    return start === -1 || start > within.end ? within : { source: this.source, start, end: start + text.length };
  }
}

/** 「補正文件（申請人）→ 第 3 步」: the words before the first of some signs that leads to a step, and to which. */
function leading(text: string, signs: RegExp): { words: string; to: string } | undefined {
  for (const { 0: sign, index } of text.matchAll(signs)) {
    const words = text.slice(0, index).trim();
    if (words.includes('→')) return undefined;
    const name = text.slice(index + sign.length).trim();
    const to =
      name
        .replace(/^(?:第|步驟)/, '')
        .replace(/步$/, '')
        .trim() || name;
    if (to !== '' && !/[\s→]/.test(to)) return { words, to };
  }
  return undefined;
}

/** 「注意事項（英文）」: the section in another language. */
function inTongue(heading: string): { key: string; tongue?: Tongue } {
  const found = lastBracket(heading);
  const tongue = tongueNamed(found?.inside ?? '');
  return found && tongue && tongue !== 'zh' ? { key: found.before, tongue } : { key: heading };
}

/** `{中文: …, 英文: …}` of a text and its section in another language. False where the Chinese is no text. */
function addVersion(chinese: Entry, version: Entry): boolean {
  const { keySpan, value } = chinese;
  if (value.kind === 'map' && value.entries[0]?.key === 'zh') value.entries.push(version);
  else if (value.kind !== 'scalar') return false;
  else chinese.value = { kind: 'map', entries: [{ key: 'zh', keySpan, value }, version], span: value.span };
  return true;
}

const headText = (item: ListItem): string => {
  const head = item.children[0];
  return head && head.type !== 'list' ? plain(head).trim() : '';
};

/** Plain text of a node: emphasis is dropped, a link is its text followed by its address. */
function plain(node: Nodes): string {
  if (node.type === 'link') {
    const label = node.children.map(plain).join('');
    return label === node.url ? label : `${label} ${node.url}`;
  }
  if (node.type === 'break') return '\n';
  if ('value' in node && node.type !== 'html') return node.value;
  return 'children' in node ? node.children.map((child) => plain(child as Nodes)).join('') : '';
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
