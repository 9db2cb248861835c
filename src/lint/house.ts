// An office's own rules, written as data in handbook.yaml: its words, and what it requires of fields. Each brings a right and
// a wrong example, which are tried before it judges.
import { KEYS } from '../content/keys.js';
import { readerOf } from '../content/parse.js';
import type { Book } from '../content/schema/book.js';
import type { Handbook } from '../content/schema/model.js';
import { isUnconfirmed, known } from '../content/schema/schema.js';
import type { Service } from '../content/schema/service.js';
import type { Say, Span } from '../core/source.js';

export type Term = NonNullable<ReturnType<typeof termsOf>>[number];
export type Requirement = NonNullable<ReturnType<typeof requirementsOf>>[number];
export const termsOf = ({ terms }: Book) => known(terms) ?? [];
export const requirementsOf = ({ requirements }: Book) => known(requirements) ?? [];

/** Where in a text a word stands that is not to be used, and which it is. What is part of the right word is none. */
export function avoidedIn(
  text: string,
  { use = '', avoid }: Pick<Term, 'use' | 'avoid'>,
): { word: string; index: number }[] {
  return (known(avoid) ?? []).flatMap((word) => {
    const found: { word: string; index: number }[] = [];
    for (let at = text.indexOf(word); word !== '' && at !== -1; at = text.indexOf(word, at + word.length)) {
      const inside =
        use.includes(word) &&
        Array.from(use, (_, i) => i).some((i) => use.startsWith(word, i) && text.startsWith(use, at - i));
      if (!inside) found.push({ word, index: at });
    }
    return found;
  });
}

// ---------------------------------------------------------------- fields by their path

type Rec = { readonly at: { readonly self: Span; readonly [field: string]: Span }; readonly [field: string]: unknown };
/** A value that a path leads to, or the place where there is none. */
type Value = { readonly value: unknown; readonly span: Span };

const isRecord = (value: unknown): value is Rec =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'at' in value;

/** The name of the field of a record that a word stands for; `undefined` where no field is called so. */
function fieldOf(word: string, record: Rec): string | undefined {
  const names = Object.keys(KEYS).filter((name) => name === word || KEYS[name]?.includes(word));
  return names.find((name) => record[name] !== undefined || record.at[name] !== undefined) ?? names[0];
}

/** Whether every part of a path is a key at all. */
export const unknownPart = (path: string): string | undefined =>
  path
    .split('.')
    .map((part) => part.trim())
    .find((part) => KEYS[part] === undefined && !Object.values(KEYS).some((words) => words.includes(part)));

/** What stands at a path in a record; of lists what stands in each item. */
function valuesAt(record: Rec, path: readonly string[]): Value[] {
  const [first, ...rest] = path;
  if (first === undefined) return [{ value: record, span: record.at.self }];
  const field = fieldOf(first, record);
  const value = field === undefined ? undefined : record[field];
  const span = (field === undefined ? undefined : record.at[field]) ?? record.at.self;
  if (rest.length === 0 || value === undefined) return [{ value, span }];
  if (Array.isArray(value))
    return value.flatMap((each) => (isRecord(each) ? valuesAt(each, rest) : [{ value: undefined, span }]));
  // A group of which a list is the most common: 應備證件.名稱 is that of each document.
  if (isRecord(value)) {
    const inner = rest[0] === undefined ? undefined : fieldOf(rest[0], value);
    const listed = value.items ?? value.lines;
    if (inner !== undefined && value[inner] === undefined && Array.isArray(listed))
      return listed.flatMap((each) => (isRecord(each) ? valuesAt(each, rest) : []));
    return valuesAt(value, rest);
  }
  return [{ value: undefined, span }];
}

const listIn = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value)
    ? value
    : isRecord(value) && Array.isArray(value.items ?? value.lines)
      ? ((value.items ?? value.lines) as unknown[])
      : undefined;
const isGiven = (value: unknown): boolean => value !== undefined && listIn(value)?.length !== 0;

/** A value in the author's words. */
function wordsOf({ value, span }: Value): string {
  if (typeof value === 'string') return value;
  const text = isRecord(value) ? value.at.self : span;
  return text.source.text
    .slice(text.start, text.end)
    .replace(/^["']|["']$/g, '')
    .trim();
}
const allWords = (each: Value): string[] => {
  const list = listIn(each.value);
  return list ? list.map((value) => wordsOf({ value, span: each.span })) : [wordsOf(each)];
};
/** 臨櫃 in 「{名稱: 臨櫃, 說明: …}」 too. */
const isOneOf = (words: string, list: readonly string[]): boolean =>
  list.some(
    (each) =>
      words === each ||
      new RegExp(`[:：{,]\\s*["']?${each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}["']?\\s*[,}]`).test(`${words},`),
  );

/** What a service does against a requirement: where, and what is there. */
export function breaches(service: Service, requirement: Requirement): { span: Span; there: Say; expected: Say }[] {
  const record = service as unknown as Rec;
  const { field = '', given } = requirement;
  const condition = known(given);
  if (condition && !holds(record, condition)) return [];
  const [present, most, among] = [known(requirement.present), known(requirement.most), known(requirement.among)];
  return valuesAt(
    record,
    field.split('.').map((part) => part.trim()),
  ).flatMap((each) => {
    const { value, span } = each;
    if (isUnconfirmed(value)) return [];
    const there = isGiven(value)
      ? {
          zh: `「${wordsOf(each).split('\n')[0]?.slice(0, 30)}」`,
          en: `"${wordsOf(each).split('\n')[0]?.slice(0, 30)}"`,
        }
      : { zh: '沒有寫', en: 'nothing' };
    if (present === true && !isGiven(value))
      return [{ span, there, expected: { zh: '必須寫', en: 'it must be given' } }];
    if (present === false && isGiven(value))
      return [{ span, there, expected: { zh: '不得寫', en: 'it must not be given' } }];
    if (!isGiven(value)) return [];
    const size = listIn(value)?.length ?? (typeof value === 'number' ? value : undefined);
    if (most !== undefined && size !== undefined && size > most)
      return [
        { span, there: { zh: `${size}`, en: `${size}` }, expected: { zh: `最多 ${most}`, en: `${most} at most` } },
      ];
    const other = among && allWords(each).find((words) => !isOneOf(words, among));
    if (other !== undefined)
      return [
        {
          span,
          there: { zh: `「${other}」`, en: `"${other}"` },
          expected: { zh: `只能是${among?.join('、')}`, en: `one of ${among?.join(', ')}` },
        },
      ];
    return [];
  });
}

function holds(record: Rec, { field = '', is, present }: { field?: string; is?: unknown; present?: unknown }): boolean {
  const values = valuesAt(
    record,
    field.split('.').map((part) => part.trim()),
  );
  const list = known(is as readonly string[] | undefined);
  return values.some((each) => {
    if (present === true && !isGiven(each.value)) return false;
    if (present === false && isGiven(each.value)) return false;
    return list === undefined || (isGiven(each.value) && allWords(each).some((words) => isOneOf(words, list)));
  });
}

/** An example of a requirement as the service it stands for; `undefined` where it cannot be read. */
export function exampleService({ office }: Handbook, fields: string): Service | undefined {
  const { source } = office.at.self;
  const reader = readerOf({
    ...(source.path === '' ? {} : { office: source }),
    formFiles: [],
    translations: [],
    faults: [],
  });
  const lines = /^\s*(?:名稱|name)\s*:/m.test(fields) ? fields : `名稱: 例\n${fields}`;
  const read = reader.service({ path: 'services/example.yaml', text: `${lines}\n` });
  return read.faults.some(({ rule }) => rule === 'yaml-syntax' || rule === 'unknown-key' || rule === 'wrong-type')
    ? undefined
    : read.services[0];
}
