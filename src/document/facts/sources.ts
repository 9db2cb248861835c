// The laws and pages that a written record rests on, as they are printed.

import type { Citation } from '../../content/schema/schema.js';
import { citationText } from '../words.js';

/** Every citation in a written record, however deep: its sources, those of its fields and its legal bases. */
export function citationsIn(record: unknown): Citation[] {
  const found: Citation[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const each of value) visit(each);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'at' || key === 'span' || key === 'source' || key === 'unread') continue;
      if (key === 'basis') for (const each of (inner ?? []) as Citation[]) found.push(each);
      else if (key === 'cited')
        for (const each of Object.values(inner as Record<string, Citation[]>).flat()) found.push(each);
      else visit(inner);
    }
  };
  visit(record);
  return found;
}

/** The law of a citation; one that is cited without an article is known by how laws are called. */
export const lawOf = ({ law, title, url }: Citation): string | undefined =>
  law ?? (url === undefined && title !== undefined && NAMED_AS_LAW.test(title) ? title : undefined);
const NAMED_AS_LAW = /^[^「」，。；：（）\s]{2,40}(法|律|條例|通則|規程|規則|細則|辦法|綱要|標準|準則|要點)$/;

export type SourceRow = { text: string; url?: string; checked?: string };

/** The provisions and pages a record rests on, each once, in the order of writing. */
export function sourceRows(record: unknown): SourceRow[] {
  const rows = new Map<string, SourceRow>();
  for (const citation of citationsIn(record)) {
    const text = citationText(citation);
    const row = rows.get(text) ?? { text };
    if (citation.url && citation.url !== text) row.url ??= citation.url;
    if (citation.checked) row.checked ??= citation.checked;
    rows.set(text, row);
  }
  return [...rows.values()];
}
