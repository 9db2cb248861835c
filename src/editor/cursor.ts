// What an author is writing at a place of a file, read from the text alone: it need not be whole yet.
import { KEYS } from '../content/keys.js';
import { documented } from '../content/schema/model.js';
import type { Field, Fields, Shape } from '../content/schema/schema.js';

/** Where the cursor stands: the keys around it, outermost first, and what is being written. */
export type Cursor = {
  /** Keys as they are spelled. */
  readonly around: readonly string[];
  /** The key whose value is being written; none where a key is, or an item of a list. */
  readonly key?: string;
  /** What stands before the cursor of the word it is in. */
  readonly typed: string;
};

const KEY = /^([ \t]*(?:-[ \t]+)*)(?:"([^"\n]*)"|'([^'\n]*)'|([^\s:#"'[{-][^:\n]*?))[ \t]*:(?=[ \t]|$)/;
const LEAD = /^[ \t]*(?:-(?:[ \t]+|$))*/;

/** `offset` in UTF-16 units. Undefined in a remark, and where nothing can be told. */
export function cursorIn(text: string, offset: number): Cursor | undefined {
  const lines = text.slice(0, offset).split('\n');
  const line = lines.pop() ?? '';
  if (/(^|\s)#/.test(line)) return undefined;
  const flow = openFlow(line);
  const start = flow ? line.slice(0, flow.at) : line;
  const [head = '', indentation = '', double, single, plain] = KEY.exec(start) ?? [];
  const key = double ?? single ?? plain;
  const lead = LEAD.exec(start)?.[0] ?? '';
  const indent = key === undefined ? lead.length : indentation.length;
  // Behind a dash one is deeper than the key that holds the list.
  const around = keysAbove(lines, lead.includes('-') ? Math.max(1, indent) : indent);
  if (flow) {
    const outer = key === undefined ? around : [...around, key];
    const inner = /^\s*([^:]+?)\s*:\s*(.*)$/s.exec(flow.text);
    return inner
      ? { around: outer, key: inner[1] ?? '', typed: inner[2] ?? '' }
      : { around: outer, typed: flow.text.trim() };
  }
  if (key === undefined) return { around, typed: start.slice(lead.length) };
  return { around, key, typed: line.slice(head.length).trim() };
}

/** The group or list in signs, `{単位: 甲, ` or `[甲, `, that is open at the end of a line. */
function openFlow(line: string): { at: number; text: string } | undefined {
  const open: number[] = [];
  let from = 0;
  for (let i = 0; i < line.length; i += 1) {
    const c = line[i];
    if (c === '{' || c === '[') open.push(i);
    else if (c === '}' || c === ']') open.pop();
    if (c === '{' || c === '[' || c === ',') from = i + 1;
  }
  const at = open[0];
  return at === undefined ? undefined : { at, text: line.slice(from).trimStart() };
}

/** The keys of lines above that are less deep, outermost first. */
function keysAbove(lines: readonly string[], indent: number): string[] {
  const keys: string[] = [];
  let depth = indent;
  for (let i = lines.length - 1; i >= 0 && depth > 0; i -= 1) {
    const [, before = '', double, single, plain] = KEY.exec(lines[i] ?? '') ?? [];
    const key = double ?? single ?? plain;
    if (key === undefined || before.length >= depth) continue;
    keys.unshift(key);
    // The dash before a key is what its list is held by.
    depth = before.includes('-') ? Math.max(1, before.indexOf('-')) : before.length;
  }
  return keys;
}

/** The key that a place stands in, and the keys around it. */
export function keyAt(
  text: string,
  offset: number,
): { key: string; around: readonly string[]; start: number; end: number } | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset);
  const line = text.slice(lineStart, newline === -1 ? undefined : newline);
  const [, before = '', double, single, plain] = KEY.exec(line) ?? [];
  const key = double ?? single ?? plain;
  if (key === undefined) return undefined;
  const start = lineStart + before.length;
  const end = start + key.length + (plain === undefined ? 2 : 0);
  if (offset < start || offset > end) return undefined;
  return { key, around: keysAbove(text.slice(0, lineStart).split('\n').slice(0, -1), before.length), start, end };
}

export type FileKind = keyof typeof documented;

/** What may be written under these keys: the fields of a group, or the shape of a value. */
export function fieldsUnder(kind: FileKind, around: readonly string[]): Fields | undefined {
  let fields: Fields | undefined = documented[kind];
  let free: Shape<unknown> | undefined;
  for (const key of around) {
    if (free) {
      fields = fieldsOf(free);
      free = undefined;
      continue;
    }
    const field: Field | undefined = fields && fieldNamed(fields, key)?.field;
    if (!field) {
      // A name of the author's own, in a list that may be written by names.
      continue;
    }
    const item = itemOf(field.shape);
    free = item.written?.kind === 'named' ? item.written.of : undefined;
    fields = free ? undefined : fieldsOf(item);
  }
  return free ? undefined : fields;
}

export function fieldNamed(fields: Fields, key: string): { name: string; field: Field } | undefined {
  const found = Object.entries(fields).findLast(([name]) => name === key || KEYS[name]?.includes(key));
  return found && { name: found[0], field: found[1] };
}

/** The keys of a group; where a list may stand for it, those of its items as well. */
function fieldsOf(shape: Shape<unknown>): Fields | undefined {
  const item = itemOf(shape);
  if (!item.fields || item.written?.kind !== 'record' || !item.written.listed) return item.fields;
  const within = Object.values(item.fields).map((field) => {
    const { kind } = field.shape.written ?? {};
    return kind === 'list' || kind === 'later' ? itemOf(field.shape).fields : undefined;
  });
  return Object.assign({}, ...within, item.fields) as Fields;
}

export function itemOf(shape: Shape<unknown>): Shape<unknown> {
  const { written } = shape;
  return written?.kind === 'list' ? itemOf(written.of) : written?.kind === 'later' ? itemOf(written.shape()) : shape;
}
