// What an editor offers and explains at a place of a file: keys, choices, and the names that the office itself has declared.

import { chinese, KEYS } from '../content/keys.js';
import { documented, type Handbook } from '../content/schema/model.js';
import { STEP_KINDS } from '../content/schema/procedure.js';
import { type Field, type Fields, known } from '../content/schema/schema.js';
import type { Lang } from '../core/source.js';
import { type Cursor, cursorIn, type FileKind, fieldNamed, fieldsUnder, itemOf, keyAt } from './cursor.js';

/** `insert` stands in place of what was typed of the word; `replaces`: how much that is, where an editor cannot tell. */
export type Offer = {
  label: string;
  kind: 'key' | 'choice' | 'name';
  detail: string;
  explained: string;
  insert: string;
  replaces?: number;
};

/** What a file of this path within the content folder is; a chapter is none of them. */
export const kindOf = (path: string): FileKind | undefined =>
  /^office\.ya?ml$/i.test(path)
    ? 'office'
    : /^handbook\.ya?ml$/i.test(path)
      ? 'book'
      : /^services\/[^/]+\.(ya?ml|md)$/i.test(path)
        ? 'service'
        : undefined;

export function offersAt(
  kind: FileKind,
  path: string,
  text: string,
  offset: number,
  handbook: Handbook | undefined,
  lang: Lang,
): Offer[] {
  if (/\.md$/i.test(path)) {
    const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
    if (/^##[ \t]*[^#\s]*$/.test(line)) return keysOf(documented[kind], lang, (key) => key);
    if (!inHead(text, offset)) return namesFor(line, handbook);
  }
  const cursor = cursorIn(text, offset);
  if (!cursor) return [];
  const fields = fieldsUnder(kind, cursor.around);
  if (cursor.key !== undefined) {
    const found = fields && fieldNamed(fields, cursor.key);
    return found ? valuesOf(found.name, found.field, { path, text, handbook, lang }) : [];
  }
  // An item of a list: the keys of a group, or a value of the field that holds the list.
  const holder = holderOf(kind, cursor);
  const values = holder ? valuesOf(holder.name, holder.field, { path, text, handbook, lang }) : [];
  return [...(fields ? keysOf(fields, lang, (key) => `${key}: `) : []), ...values];
}

function holderOf(kind: FileKind, { around }: Cursor): { name: string; field: Field } | undefined {
  const last = around.at(-1);
  const fields = last === undefined ? undefined : fieldsUnder(kind, around.slice(0, -1));
  return fields && fieldNamed(fields, last ?? '');
}

const inHead = (text: string, offset: number): boolean => {
  const end = text.startsWith('---') ? text.indexOf('\n---', 3) : -1;
  return end !== -1 && offset <= end;
};

/** Keys that the program itself sets have no Chinese name. */
const keysOf = (fields: Fields, lang: Lang, insert: (key: string) => string): Offer[] =>
  Object.entries(fields)
    .filter(([name]) => KEYS[name])
    .flatMap(([name, { doc, example, required }]) =>
      [chinese(name), name].map((key): Offer => {
        const needed = required ? (lang === 'zh' ? '（必填）' : ' (required)') : '';
        return {
          label: key,
          kind: 'key',
          detail: doc[lang] + needed,
          explained: explainedOf(name, { doc, example }, lang),
          insert: insert(key),
        };
      }),
    );

const explainedOf = (name: string, { doc, example }: Pick<Field, 'doc' | 'example'>, lang: Lang): string =>
  [
    doc[lang],
    ...(example === undefined ? [] : [`${lang === 'zh' ? '例如' : 'For example'} \`${example}\``]),
    [...(KEYS[name] ?? []), name].map((key) => `\`${key}\``).join(lang === 'zh' ? '、' : ', '),
  ].join('\n\n');

/** Fields that name what is declared elsewhere, by what they name. */
const NAMING: Readonly<Record<string, 'units' | 'services' | 'steps' | 'laws' | 'forms' | 'applicants' | 'channels'>> =
  {
    unit: 'units',
    units: 'units',
    actor: 'units',
    prepare: 'units',
    review: 'units',
    countersign: 'units',
    decide: 'units',
    authority: 'units',
    titles: 'units',
    deputy: 'units',
    related: 'services',
    services: 'services',
    like: 'services',
    next: 'steps',
    to: 'steps',
    receives: 'steps',
    basis: 'laws',
    source: 'laws',
    law: 'laws',
    statutory: 'laws',
    form: 'forms',
    forms: 'forms',
    applicants: 'applicants',
    channel: 'channels',
  };

type Beside = { path: string; text: string; handbook: Handbook | undefined; lang: Lang };

function valuesOf(name: string, { shape, example }: Field, { path, text, handbook, lang }: Beside): Offer[] {
  const { written } = itemOf(shape);
  const offer = (label: string, kind: Offer['kind'], detail: string): Offer => ({
    label,
    kind,
    detail,
    explained: '',
    insert: label,
  });
  const choices =
    written?.kind === 'words' ? written.words.flatMap(([usual = '']) => [offer(usual, 'choice', '')]) : [];
  const examples = example === undefined ? [] : [offer(example, 'choice', lang === 'zh' ? '例如' : 'for example')];
  const what = NAMING[name];
  const names = what === 'steps' ? stepsIn(text) : what && handbook ? declaredIn(handbook, what, path) : [];
  return [...choices, ...names.map(({ label, detail }) => offer(label, 'name', detail)), ...examples];
}

const STEP_KEYS = ['id', ...STEP_KINDS].flatMap((name) => [name, ...(KEYS[name] ?? [])]).join('|');
const STEP = new RegExp(
  `^[ \\t]*-[ \\t]+([^:{\\n（(]+?)[ \\t]*(?:[（(].*)?$|(?:^[ \\t]*-[ \\t]+|[{,][ \\t]*|^[ \\t]+)(?:${STEP_KEYS})[ \\t]*:[ \\t]*([^,}\\n（(]+)`,
  'gm',
);

/** The steps of the procedure in a file, which need not be whole: somebody is writing it. */
function stepsIn(text: string): Declared[] {
  const procedure =
    new RegExp(
      `^(?:procedure|${(KEYS.procedure ?? []).join('|')})[ \\t]*:[\\s\\S]*?(?=^[^\\s#-]|$(?![\\s\\S]))`,
      'm',
    ).exec(text)?.[0] ?? '';
  const found = [...procedure.matchAll(STEP)].map(([, bare, keyed]) => (bare ?? keyed ?? '').trim());
  return [...new Set(found)].filter(Boolean).map((label) => ({ label, detail: '' }));
}

type Declared = { label: string; detail: string };

function declaredIn(handbook: Handbook, what: (typeof NAMING)[string], path: string): Declared[] {
  const { office, book, services } = handbook;
  const service = services.find(({ source }) => source.path.endsWith(path));
  const plain = (labels: readonly (string | undefined)[]): Declared[] =>
    [...new Set(labels)].flatMap((label) => (label ? [{ label, detail: '' }] : []));
  switch (what) {
    case 'units':
      return [
        ...(known(office.units) ?? []).flatMap(({ name, duties }) =>
          name ? [{ label: name, detail: duties ?? '' }] : [],
        ),
        ...plain([...(known(office.titles) ?? []), ...(known(office.parties) ?? [])]),
        ...(known(office.offices) ?? []).flatMap(({ name, short }) => plain([short ?? name])),
      ];
    case 'services':
      return services.map(({ id, name }) => ({ label: id, detail: name }));
    case 'laws':
      return (known(book.laws) ?? []).flatMap(({ name, note }) => (name ? [{ label: name, detail: note ?? '' }] : []));
    case 'forms':
      return (known(book.forms) ?? []).flatMap(({ id, name }) => (id ? [{ label: id, detail: name ?? '' }] : []));
    case 'applicants':
      return plain((known(service?.applicant) ?? []).map(({ who }) => who));
    case 'channels':
      return plain((known(service?.channels) ?? []).map((channel) => (channel as { name?: string }).name));
    case 'steps':
      return [];
    default:
      return [];
  }
}

/** In running text: names that begin as the text before the cursor ends, by two characters at least. */
function namesFor(line: string, handbook: Handbook | undefined): Offer[] {
  if (!handbook) return [];
  const all = [
    ...declaredIn(handbook, 'units', ''),
    ...declaredIn(handbook, 'laws', ''),
    ...handbook.services.map(({ id, name }) => ({ label: name, detail: id })),
  ];
  return all.flatMap(({ label, detail }): Offer[] => {
    let replaces = label.length - 1;
    while (replaces > 1 && !line.endsWith(label.slice(0, replaces))) replaces -= 1;
    return replaces < 2 ? [] : [{ label, kind: 'name', detail, explained: '', insert: label, replaces }];
  });
}

/** What a key or a name at a place says, in Markdown, and where it stands. */
export function explainedAt(
  kind: FileKind,
  path: string,
  text: string,
  offset: number,
  handbook: Handbook | undefined,
  lang: Lang,
): { text: string; start: number; end: number } | undefined {
  const markdown = /\.md$/i.test(path) && !inHead(text, offset);
  const place = markdown ? headingAt(text, offset) : keyAt(text, offset);
  if (place) {
    const fields = fieldsUnder(kind, place.around);
    const found = fields && fieldNamed(fields, place.key);
    return found ? { text: explainedOf(found.name, found.field, lang), start: place.start, end: place.end } : undefined;
  }
  return handbook && nameAt(text, offset, handbook);
}

function headingAt(
  text: string,
  offset: number,
): { key: string; around: readonly string[]; start: number; end: number } | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset);
  const [, marks = '', key = ''] =
    /^(#+[ \t]+)(\S.*?)[ \t#]*$/.exec(text.slice(lineStart, newline === -1 ? undefined : newline)) ?? [];
  return key === ''
    ? undefined
    : { key, around: [], start: lineStart + marks.length, end: lineStart + marks.length + key.length };
}

/** A service by its id, or a law, where it is named in a line. */
function nameAt(
  text: string,
  offset: number,
  { services, book }: Handbook,
): { text: string; start: number; end: number } | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset);
  const line = text.slice(lineStart, newline === -1 ? undefined : newline);
  const told = [
    ...services.map(({ id, name, summary }) => ({ word: id, say: [name, summary].filter(Boolean).join('\n\n') })),
    ...(known(book.laws) ?? []).map(({ name = '', short, url, note }) => ({
      word: name,
      say: [short ? `${name}（${short}）` : name, note, url].filter(Boolean).join('\n\n'),
    })),
  ].sort((a, b) => b.word.length - a.word.length);
  for (const { word, say } of told) {
    if (word === '') continue;
    for (let at = line.indexOf(word); at !== -1; at = line.indexOf(word, at + 1)) {
      const start = lineStart + at;
      const bare = !/[a-z0-9-]/.test(`${line[at - 1] ?? ' '}`) && !/[a-z0-9-]/.test(`${line[at + word.length] ?? ' '}`);
      if (offset >= start && offset <= start + word.length && (bare || /\p{Script=Han}/u.test(word)))
        return { text: say, start, end: start + word.length };
    }
  }
  return undefined;
}
