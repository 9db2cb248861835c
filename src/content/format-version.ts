// The format content is written in: handbook.yaml names it, and without a name it is of the first.

import { placeOf, type Source, type Span } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { KEYS } from './keys.js';
import { yamlTree } from './syntax/yaml.js';

/** The newest that this program reads. A change that older programs would misread makes a new one (`migrate.ts`). */
export const FORMAT = 1;

/** `span` is of the number; without it the format is not written down. `unread`: what stands there and is no number. */
export type WrittenFormat = { format: number; span?: Span; unread?: Span };

/** The format that handbook.yaml names; what is no number is told by lint. */
export function formatIn(book: Source): WrittenFormat {
  const spellings = ['format', ...(KEYS.format ?? [])];
  // Most often it is not there, and the file need not be read twice.
  if (!spellings.some((key) => book.text.includes(key))) return { format: 1 };
  const tree = yamlTree(book, () => undefined);
  const entry = tree?.kind === 'map' ? tree.entries.find(({ key }) => spellings.includes(key)) : undefined;
  const text = entry?.value.kind === 'scalar' ? entry.value.text.normalize('NFKC').trim() : '';
  if (!entry) return { format: 1 };
  const { span } = entry.value;
  return /^\d{1,6}$/.test(text) ? { format: Number(text), span } : { format: 1, unread: span };
}

/** Throws UserError where the content is of a later format than this program knows: everything else it said would be wrong. */
export function refuseLaterFormat(book: Source): void {
  const { format, span } = formatIn(book);
  if (format <= FORMAT || !span) return;
  const { line, column } = placeOf(span.source, span.start);
  throw new UserError({
    zh: `${book.path}:${line}:${column}：內容的格式是 ${format}，這個版本的 servicebook 只認得到 ${FORMAT}。請更新 servicebook；內容沒有更動。`,
    en: `${book.path}:${line}:${column}: the content is of format ${format}, and this version of servicebook knows formats up to ${FORMAT}. Update servicebook; nothing was changed.`,
  });
}
