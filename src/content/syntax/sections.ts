// A Markdown file in the form of a record: front matter, headings that are keys, lists and tables that are values.
import type { Heading, List, ListItem, Nodes, Root, RootContent, Table } from 'mdast';
import { LANGUAGE_NAMES, type Language, languageNamed } from '../../core/language.js';
import type { Source, Span } from '../../core/source.js';
import { breachOfProse } from '../bounds.js';
import { chinese, KEYS } from '../keys.js';
import { type Entry, lastBracket, namesCondition, type Tree } from '../schema/tree.js';
import { headingsMeant } from './headings.js';
import { honest, type ReportFault, tellBreach, tellMarkdownCodes } from './text-faults.js';
import { yamlTree } from './yaml.js';

type MapTree = Tree & { kind: 'map' };

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
  ...Object.values(LANGUAGE_NAMES).flatMap((names) => [...names]),
]);
// 「無：→ 3」 is the branch of a decision far more often than the key of a document list.
SPELLINGS.delete('無');
// 「通知申請人：核准函」 is what a step says.
SPELLINGS.delete('通知申請人');
const ONE_OF = new Set(KEYS.oneOf);
/** 「擇二」, 「任選 2 項」. */
const SOME_OF = /^(?:下列)?(?:擇|任選)\s*(?:[二兩三四五六七八九]|\d{1,2})\s*項?$/;
const BRANCHES = chinese('branches');
/** 「文件齊備？」, also with who decides: 「文件齊備？（書記官）」. */
const DECISION = /[？?]\s*(?:（[^（）]*）|\([^()]*\))?$/;

/**
 * A Markdown file in the form of a record: front matter, `# name`, then a `## key` for each field.
 * `isProse` tells which keys take their section as it stands, `fieldsBehind` which keys may follow the list of a section.
 */
export function markdownTree(
  source: Source,
  parse: (text: string) => Root,
  isProse: (key: string) => boolean,
  report: ReportFault,
  fieldsBehind: (key: string) => ReadonlySet<string> = () => new Set(),
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
  const notation = new Sections(source, isProse, report, fieldsBehind);
  entries.push(
    ...notation.entriesOf(
      headingsMeant(
        parse(source.text).children.filter((node) => node.type !== 'yaml'),
        source,
        (heading) => SPELLINGS.has(inLanguage(plain(heading).trim()).key),
        report,
      ),
      1,
    ),
  );
  return honest(source, { kind: 'map', entries, span: { source, start: 0, end: source.text.length } });
}

/** 「名稱: 甲」 at the beginning of a text. */
const KEYED_LINE = /^[^\s:：#]{1,12}: /;

const isDocuments = (key: string): boolean => key === 'documents' || KEYS.documents?.includes(key) === true;
const isProcedure = (key: string): boolean => key === 'procedure' || KEYS.procedure?.includes(key) === true;
/** 「委託他人時另附：」 above a list: when what is in it is needed. */
const conditionIn = (text: string): string | undefined => {
  const said = text
    .trim()
    .replace(/[：:]$/, '')
    .replace(/[，,]?(?:另|須|需|應|請)*(?:檢?附|備|檢具|攜帶|準備)(?:下列)?(?:文件|證件)?$/, '');
  return namesCondition(said) ? said : undefined;
};

class Sections {
  /** The key of the section that is being read. */
  private section = '';

  constructor(
    private readonly source: Source,
    private readonly isProse: (key: string) => boolean,
    private readonly report: ReportFault,
    private readonly fieldsBehind: (key: string) => ReadonlySet<string>,
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
      // 「### 核發」 and a list of keys: a record below a heading of its own.
      if (level > 1 && block.type === 'list' && block.children.every((item) => this.keyOf(item))) {
        entries.push(...block.children.map((item) => this.entryOf(item)));
        continue;
      }
      if (block.type === 'heading' && block.depth === level + 1) {
        let end = i + 1;
        while (end < blocks.length && !(blocks[end]?.type === 'heading' && (blocks[end] as Heading).depth <= level + 1))
          end += 1;
        const heading = plain(block).trim();
        const { key, language } = inLanguage(heading);
        const keySpan = this.textSpan(block);
        const value = this.sectionOf(key, block, blocks.slice(i + 1, end), level + 1);
        const chinese = language && entries.find((entry) => entry.key === key);
        if (!language || !chinese || !addVersion(chinese, { key: language, keySpan, value }))
          entries.push({ key: heading, keySpan, value });
        i = end - 1;
        continue;
      }
      if (level === 1 && block.type === 'paragraph') {
        const keyed = this.linesOfKeys(block);
        if (keyed) {
          this.report(
            'markdown-form',
            this.span(block),
            {
              zh: '這裡是「項目：內容」的行：這裡當作項目，別的軟體會把它們當作一段內文。',
              en: 'These are lines of keys: here they are fields, to other programs they are one paragraph.',
            },
            {
              zh: '移到檔案開頭的「---」之間，或改寫成標題，例如「## 規費」；全是這種行的檔案，把 .md 改成 .yaml。',
              en: 'Move them between "---" at the head of the file, or write headings, such as "## 規費"; a file of nothing else is a .yaml.',
            },
          );
          entries.push(...keyed);
          continue;
        }
        // Below the title, before the first heading, stands what the service is.
        const opens = !blocks.slice(0, i).some((each) => each.type === 'heading' && each.depth > 1);
        if (opens && i > 0 && !KEYED_LINE.test(plain(block))) {
          addParagraph(entries, { key: chinese('summary'), keySpan: this.span(block), value: this.scalarOf(block) });
          continue;
        }
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

  /** 「應備證件：無」, a line each: as in the front matter. */
  private linesOfKeys(block: RootContent): Entry[] | undefined {
    const within = this.span(block);
    let from = within.start;
    const entries: Entry[] = [];
    for (const line of plain(block as Nodes).split('\n')) {
      const [, key = '', value = ''] = /^\s*([^：:（）()\s]{1,12})[：:]\s*(\S.*)$/.exec(line) ?? [];
      if (!SPELLINGS.has(key)) return undefined;
      const keySpan = this.found(key, from, within);
      const span = this.found(value.trim(), keySpan.end, within);
      entries.push({ key, keySpan, value: { kind: 'scalar', text: value.trim(), span } });
      from = span.end;
    }
    return entries;
  }

  private sectionOf(key: string, heading: Heading, blocks: RootContent[], level: number): Tree {
    const first = blocks[0];
    const last = blocks[blocks.length - 1];
    if (!first || !last) return { kind: 'scalar', text: '', span: this.textSpan(heading) };
    const whole = this.span(first, last);
    this.section = key;
    if (this.isProse(key)) return { kind: 'scalar', text: this.source.text.slice(whole.start, whole.end), span: whole };
    const grouped = isDocuments(key) ? this.groupsOf(blocks, whole) : undefined;
    if (grouped) return grouped;
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
    const { tree, behind } =
      list.type === 'table' ? { tree: this.tableOf(list), behind: [] } : this.partedList(key, list as List);
    // What holds for all of them may follow in a list of its own: 依據, 來源, 減免.
    const fields = lists[1]?.type === 'list' && tree.kind === 'list' ? this.listOf(lists[1]) : undefined;
    const about = [...behind, ...(fields?.kind === 'map' ? fields.entries : [])];
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

  /** Lists of documents, each below a heading or a line that says when they are needed. */
  private groupsOf(blocks: RootContent[], span: Span): Tree | undefined {
    const items: Tree[] = [];
    let below: { text: string; span: Span } | undefined;
    let conditions = 0;
    for (const block of blocks) {
      if (block.type === 'heading' || block.type === 'paragraph') {
        const text = block.type === 'heading' ? plain(block).trim() : conditionIn(plain(block));
        if (text === undefined || below) return undefined;
        below = { text, span: this.textSpan(block) };
        conditions += 1;
      } else if (block.type === 'list') {
        const value = this.listOf(block);
        if (below)
          items.push({
            kind: 'map',
            entries: [{ key: below.text, keySpan: below.span, value }],
            span: this.span(block),
          });
        else if (value.kind === 'list') items.push(...value.items);
        else return undefined;
        below = undefined;
      } else return undefined;
    }
    return conditions > 0 && below === undefined ? { kind: 'list', items, span } : undefined;
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
    const numbers = list.ordered && isProcedure(this.section) ? this.numbersOf(list) : undefined;
    return {
      kind: 'list',
      items: list.children.map((item, i) => this.itemOf(item, numbers?.[i])),
      span: this.span(list),
    };
  }

  /** The numbers that are written before the items (1. 2. 5.), where no two are the same; otherwise they count on. */
  private numbersOf(list: List): number[] {
    const written = list.children.map((item) =>
      Number(/^\d{1,6}/.exec(this.source.text.slice(item.position?.start.offset ?? 0))?.[0]),
    );
    const apart = new Set(written).size === written.length && written.every((n) => n > 0);
    return apart ? written : list.children.map((_, i) => (list.start ?? 1) + i);
  }

  /** A list, and the keys of its section that follow in it: 「- 減免：…」 behind the lines of a fee. */
  private partedList(section: string, list: List): { tree: Tree; behind: Entry[] } {
    const behind = this.fieldsBehind(section);
    const isKey = (item: ListItem): boolean => behind.has(this.keyOf(item)?.name ?? '');
    let first = list.children.length;
    while (first > 0 && isKey(list.children[first - 1] as ListItem)) first -= 1;
    if (first === 0 || first === list.children.length) return { tree: this.listOf(list), behind: [] };
    const [own, keyed] = [list.children.slice(0, first), list.children.slice(first)];
    return {
      tree: this.listOf({ ...list, children: own }),
      behind: keyed.map((item) => this.entryOf(item)),
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
      const choice = text.replace(/[：:]$/, '');
      if (ONE_OF.has(choice) || SOME_OF.test(choice))
        return {
          kind: 'map',
          entries: [{ key: ONE_OF.has(choice) ? chinese('oneOf') : choice, keySpan: span, value: this.listOf(nested) }],
          span: this.span(item),
        };
      if (isDocuments(this.section) && namesCondition(choice) && nested.children.every((each) => !this.keyOf(each)))
        return {
          kind: 'map',
          entries: [{ key: choice, keySpan: span, value: this.listOf(nested) }],
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
function inLanguage(heading: string): { key: string; language?: Language } {
  const found = lastBracket(heading);
  const language = languageNamed(found?.inside ?? '');
  return found && language && language !== 'zh' ? { key: found.before, language } : { key: heading };
}

/** A paragraph more of a text that has begun. */
function addParagraph(entries: Entry[], more: Entry): void {
  const before = entries[entries.length - 1];
  if (before?.key === more.key && before.value.kind === 'scalar' && more.value.kind === 'scalar')
    before.value = { ...before.value, text: `${before.value.text}${more.value.text}` };
  else entries.push(more);
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
