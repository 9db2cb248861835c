// Where a word of the tables is right as it is: in the name of an office, a unit, a title or a law.
import type { Book } from '../../content/schema/book.js';
import type { Handbook } from '../../content/schema/model.js';
import { known } from '../../content/schema/schema.js';

/** The names of an office and a book are the same beside each of its files. */
const named = new WeakMap<Book, readonly string[]>();

/** The names of office and book for which `mayHoldWord` is true. */
export function namesOf(handbook: Handbook, mayHoldWord: (name: string) => boolean): readonly string[] {
  const before = named.get(handbook.book);
  if (before) return before;
  const { office, book } = handbook;
  const lists = [office.units, office.offices, book.laws].flatMap(
    (list) => known<readonly { name?: string; short?: string }[] | undefined>(list as never) ?? [],
  );
  const names = [
    office.name,
    office.short,
    office.parent,
    ...(known(office.titles) ?? []),
    ...lists.flatMap(({ name, short }) => [name, short]),
  ].filter((name): name is string => name !== undefined && mayHoldWord(name));
  named.set(handbook.book, names);
  return names;
}

/** Whether the word at `place` is part of one of the names. */
export function inName(text: string, place: number, word: string, names: readonly string[]): boolean {
  return names.some((name) => {
    for (let at = name.indexOf(word); at !== -1; at = name.indexOf(word, at + 1))
      if (text.startsWith(name, place - at)) return true;
    return false;
  });
}

/** Whether what stands before `place` is the beginning of a law's title, as in 「身份…條例第3條」. */
export const inTitle = (text: string, place: number): boolean =>
  /^[\u4e00-\u9fff]{0,20}?(法|條例|細則|辦法|要點|規則|規程|準則|標準|注意事項|須知)(第\s*[\d一二三四五六七八九十百]|[」』》])/.test(
    text.slice(place, place + 28),
  );
