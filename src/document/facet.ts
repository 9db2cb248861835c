// What facets are made of: a fact for a text, a list in a line, a value as it was written.
import { isUnconfirmed, type Unconfirmed } from '../content/schema/schema.js';
import { clauses, type Fact, type Topic, wordToken } from './declared-facts.js';

export const worded = (topic: Topic, name: string, text: string | undefined): Fact[] =>
  text ? [[topic, '', name, text]] : [];
export const way = (key: string, text: string | undefined): Fact[] => worded('ways', wordToken(key), text);

/** Each of a list in clauses, or its 待確認. */
export function listOf<T>(
  list: readonly T[] | Unconfirmed | undefined,
  texts: (one: T) => readonly (string | undefined | false)[],
): string {
  return isUnconfirmed(list)
    ? list.unconfirmed
    : (list ?? []).map((one) => clauses(texts(one))).join(wordToken('list-comma'));
}

/**
 * A value as its author wrote it, whatever the program makes of it: keys in order, durations and sums of money by their
 * text, without places in files.
 */
export function written(value: unknown): string {
  const plain = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(plain);
    if (typeof one !== 'object' || one === null) return one;
    if ('printed' in one) return one.printed;
    if ('markdown' in one) return one.markdown;
    return Object.fromEntries(
      Object.entries(one)
        .filter(([key, inner]) => inner !== undefined && !SILENT.includes(key) && !isEmpty(inner))
        .map(([key, inner]) => [key, plain(inner)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  };
  return JSON.stringify(plain(value)) ?? '';
}
const SILENT = ['at', 'span', 'unread', 'source', 'cited', 'basis'];
const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

export function without(record: object, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

/** Every citation in a record, however deep, in the order of writing. */
export function citationsIn(record: unknown): unknown[] {
  if (typeof record !== 'object' || record === null) return [];
  return Object.entries(record).flatMap(([key, value]) =>
    key === 'at' || key === 'span' || (key === 'source' && !Array.isArray(record))
      ? []
      : key === 'basis'
        ? [value]
        : key === 'cited'
          ? Object.values(value as object)
          : citationsIn(value),
  );
}
