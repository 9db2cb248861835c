// YAML to a written tree with exact places: js-yaml reads what is well written, three times as fast as the parser that explains the rest.
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
import { parsable } from '../../core/deceptive-characters.js';
import type { Source, Span } from '../../core/source.js';
import { breachOfLines, DEEPEST_TREE, LONGEST_EXPLAINED, tooDeepTree } from '../bounds.js';
import type { Entry, Tree } from '../schema/tree.js';
import { honest, type ReportFault, tellBreach, tellCodes, tellCurlyQuotes, tellLostText } from './text-faults.js';
import { explained, reportTwice, type SpanOf, WIDE_COLON } from './yaml-explained.js';
import { syntaxFault } from './yaml-faults.js';

/** The plain value of a YAML text that belongs to the program (templates). Throws on faults: those are ours. */
export const plainYaml = (text: string): unknown => load(text, { schema: CORE_SCHEMA });

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
      const end = line.index + line[0].trimEnd().length;
      const told = syntaxFault({ code: 'MULTILINE_IMPLICIT_KEY', pos: [line.index, end] }, whole);
      report('yaml-syntax', span(...(told.at ?? ([line.index, end] as const))), told.message, told.hint);
      return undefined;
    }
    tellCodes(read, report);
    tellLostText(read, report);
    tellCurlyQuotes(read, report);
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
        const item = node(each, place);
        const before = items[items.length - 1];
        if (before && isParted(before, item)) joinTo(before, item);
        else items.push(item);
        continue;
      }
      const key = scalar(each, place);
      const before = entries[entries.length - 1]?.value;
      if (before && isParted(before, key)) {
        const nothing = node(next(), place);
        if (nothing.kind !== 'scalar' || nothing.text !== '') odd = true;
        joinTo(before, key);
        continue;
      }
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

/** 「{金額: 1,000 元}」: a comma between the digits of a sum parts its thousands, and no entries. */
function isParted(before: Tree, after: Tree): boolean {
  if (before.kind !== 'scalar' || after.kind !== 'scalar') return false;
  const { source, end } = before.span;
  const from = after.span.start;
  if (from !== end + 1 || source.text.charAt(end) !== ',') return false;
  // A sum has its currency before it, or its unit behind it.
  const sum = /^\d{3}(?!\d)\s*(?:[元圓]|,\d{3})/.test(source.text.slice(from, from + 12));
  const currency = /(?:NT\$|NTD|TWD|US\$|USD|\$|幣)\s*\d{1,3}(?:,\d{3})*$/i.test(before.text);
  return /(?:^|[^\d.])\d{1,3}(?:,\d{3})*$/.test(before.text) && (sum || (currency && /^\d{3}(?!\d)/.test(after.text)));
}

function joinTo(before: Tree, after: Tree): void {
  if (before.kind !== 'scalar' || after.kind !== 'scalar') return;
  before.text += `,${after.text}`;
  before.span = { ...before.span, end: after.span.end };
}

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
