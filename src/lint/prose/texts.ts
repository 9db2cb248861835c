// The texts of a service in which its author tells something in sentences, with their places; fields that are facts
// themselves are not among them.
import type { Service } from '../../content/schema/service.js';
import type { Source, Span } from '../../core/source.js';

/** `key`: the field it stands in. */
export type ProseText = { readonly text: string; readonly span: Span; readonly key: string };

/** Fields that declare, name or cite, what is written for the office itself, and worked examples, which have a rule of their own. */
const NO_PROSE = new Set(
  `at cited unread source id basis findings name aliases unit telephone extension floor hours url window limit from validity extent
   refunded deducted rounding base times formula per item period who titles written office actor law article title kind
   condition applicants channel channels.name related forms form receives services to label prepare review countersign
   decide mermaid deputy state by date complaints means charged onlyAt excluded case lapse examples`.split(/\s+/),
);
const texts = new WeakMap<Service, readonly ProseText[]>();

export function proseOf(service: Service): readonly ProseText[] {
  const before = texts.get(service);
  if (before) return before;
  const found = new Map<string, ProseText>();
  const add = (text: string, span: Span, key: string): void => {
    // Sub-services carry what their service says.
    if (text.length > 3) found.set(`${span.start} ${text}`, { text, span, key });
  };
  const visit = (value: unknown, span: Span, key: string): void => {
    if (typeof value === 'string') add(value, span, key);
    else if (Array.isArray(value)) for (const each of value) visit(each, span, key);
    else if (typeof value === 'object' && value !== null)
      visitRecord(value as Readonly<Record<string, unknown>>, span, key);
  };
  const visitRecord = (record: Readonly<Record<string, unknown>>, span: Span, key: string): void => {
    if (typeof record.markdown === 'string') {
      add(record.markdown, record.span as Span, key);
      return;
    }
    // A named value of a closed set: the ways of a decision.
    if ('value' in record && 'label' in record) visit(record.value, span, key);
    const at = record.at as Readonly<Record<string, Span>> | undefined;
    if (!at) return;
    for (const field in record) if (!NO_PROSE.has(field)) visit(record[field], at[field] ?? at.self ?? span, field);
  };
  visit(service, service.at.self, '');
  const all = [...found.values()];
  texts.set(service, all);
  return all;
}

/** Where a piece of a text stands in its file: a text of several lines is indented there. */
export function placeIn({ text, span }: Pick<ProseText, 'text' | 'span'>, start: number, end: number): Span {
  const { source } = span;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', start);
  const line = text.slice(lineStart, lineEnd === -1 ? text.length : lineEnd).trim();
  const indent = text.slice(lineStart).search(/\S/);
  const at = found(source, line, span) ?? found(source, text.slice(start, end), span);
  if (at === undefined) return span;
  const from = source.text.startsWith(line, at) ? at + start - lineStart - Math.max(0, indent) : at;
  return source.text.slice(from, from + end - start) === text.slice(start, end)
    ? { source, start: from, end: from + end - start }
    : span;
}

const found = (source: Source, words: string, { start, end }: Span): number | undefined => {
  const at = words === '' ? -1 : source.text.indexOf(words, start);
  return at === -1 || at >= Math.max(end, start + 1) ? undefined : at;
};
