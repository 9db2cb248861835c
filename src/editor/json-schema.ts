// The JSON Schema of a content file, for editors that know YAML: keys in Chinese and English, choices, what each is for.
// What it refuses lint refuses; what it lets through lint may still find wrong, for most values have a short form of their own.
import { KEYS } from '../content/keys.js';
import { documented } from '../content/schema/model.js';
import type { Field, Fields, Shape, Written } from '../content/schema/schema.js';
import { LANGUAGE_NAMES, LANGUAGES, UNCONFIRMED_WORDS } from '../core/language.js';
import type { Say } from '../core/source.js';

type Json = { readonly [key: string]: unknown };

/** Said once and meant everywhere. YAML makes numbers and truths of what an author means as text: 0912, true. */
const COMMON_WAYS: Readonly<Record<string, Json>> = {
  line: { type: ['string', 'number', 'boolean', 'null'] },
  lines: { type: 'array', items: { type: ['string', 'number', 'boolean', 'null'] } },
  unconfirmed: { type: 'string', pattern: `^(${UNCONFIRMED_WORDS})` },
};
const ref = (name: string): Json => ({ $ref: `#/definitions/${name}` });
const [LINE, LINES, UNCONFIRMED, VERSIONS, WRAPPED] = ['line', 'lines', 'unconfirmed', 'versions', 'wrapped'].map(
  ref,
) as [Json, Json, Json, Json, Json];

/** Keys any group may have beside its own, and where its facts come from. */
const COMMON: Readonly<Record<string, Say>> = {
  source: { zh: '來源：法規與條次，或網址', en: 'where it comes from: a law with its article, or an address' },
  checked: { zh: '查核日', en: 'when the source was looked at last' },
  value: { zh: '值，與來源、查核日並列時', en: 'the value, beside its source' },
};

const said = ({ zh, en }: Say): string => `${zh}\n\n${en}`;

/** The JSON Schema (draft 7) of `service`, `office` or `book`. */
export function jsonSchemaOf(file: keyof typeof documented): Json {
  const definitions = new Definitions();
  const whole = definitions.keysOf(undefined, documented[file], file);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: TITLES[file],
    ...whole,
    definitions: definitions.all,
  };
}

/** The groups and fields met so far. Each is written once, under the path where it was met first, and meant by that name elsewhere. */
class Definitions {
  readonly all: Record<string, Json> = { ...COMMON_WAYS, versions: versions(), wrapped: wrapped() };
  readonly #names = new Map<Fields, string>();

  /** A group of keys, with every spelling of each. */
  keysOf(written: Group | undefined, fields: Fields, path: string): Json {
    const values = new Map<string, Spelled>();
    for (const [key, field] of Object.entries(fields)) {
      const name = `${path}.${key}`;
      this.all[name] = this.#fieldOf(field, name);
      for (const spelling of spellingsOf(key))
        values.set(spelling, { offered: isOffered(spelling, key), value: ref(name) });
    }
    for (const [spelling, value] of commonOf(written)) if (!values.has(spelling)) values.set(spelling, value);
    // The usual Chinese spelling and the English one are offered; the others are understood.
    const [offered, others] = [true, false].map((isOf) => [...values].filter(([, each]) => each.offered === isOf)) as [
      [string, Spelled][],
      [string, Spelled][],
    ];
    const patterns = others.map(([spelling, { value }]): [string, Json] => [`^${spelling}$`, value]);
    if (written?.others) patterns.push([written.others, {}]);
    const required = Object.entries(fields)
      .filter(([, field]) => field.required && !written?.short)
      .map(([key]) => oneOf(spellingsOf(key)));
    return {
      type: 'object',
      properties: Object.fromEntries(offered.map(([spelling, { value }]) => [spelling, value])),
      patternProperties: Object.fromEntries(patterns),
      additionalProperties: false,
      ...(required.length > 0 ? { allOf: required } : {}),
    };
  }

  #recordOf(shape: Shape<unknown>, fields: Fields, path: string): Json {
    const known = this.#names.get(fields);
    if (known !== undefined) return ref(known);
    const name = `${path}_`;
    this.#names.set(fields, name);
    // Its place is taken before its fields are written, which may be groups themselves.
    this.all[name] = {};
    this.all[name] = this.keysOf(shape.written?.kind === 'record' ? shape.written : undefined, fields, name);
    return ref(name);
  }

  #fieldOf({ shape, doc, example }: Field, path: string): Json {
    return {
      description: said(doc),
      anyOf: this.#waysOf(shape, path),
      ...(example === undefined ? {} : { examples: [example], defaultSnippets: [{ label: example, body: example }] }),
    };
  }

  /** Every way in which a value may be written; around any of them its source may stand. */
  #waysOf(shape: Shape<unknown>, path: string): Json[] {
    const { written } = shape;
    const open = shape.open ? [UNCONFIRMED] : [];
    switch (written?.kind) {
      case 'words':
        return [{ enum: written.words.flat().flatMap((word) => asYaml(word)) }, ...open, WRAPPED];
      case 'list': {
        const item = this.#waysOf(written.of, path);
        const named = written.byName ? [{ type: 'object', additionalProperties: { anyOf: item } }] : [];
        return [{ type: 'array', items: { anyOf: item } }, ...item, ...named];
      }
      case 'named':
        return [{ type: 'object', additionalProperties: { anyOf: this.#waysOf(written.of, path) } }, ...open];
      case 'later':
        return [LINE, { type: 'array' }, ...this.#laterOf(written.shape(), path)];
      case 'record': {
        const group = shape.fields ? [this.#recordOf(shape, shape.fields, path)] : [];
        const short = written.short ? [LINE] : open;
        return [...short, ...group, ...(written.listed ? this.#listsIn(shape, path) : [])];
      }
      default:
        return [...TEXT_WAYS, ...(written?.versions ? [VERSIONS] : []), WRAPPED];
    }
  }

  /** A shape within itself is named once and meant again. */
  #laterOf(shape: Shape<unknown>, path: string): Json[] {
    const item = itemOf(shape);
    return item.fields && this.#names.has(item.fields)
      ? [{ type: 'array', items: { anyOf: [LINE, { type: 'array' }, this.#recordOf(item, item.fields, path)] } }]
      : [];
  }

  /** The lists that may stand for a group: those of its fields. */
  #listsIn({ fields }: Shape<unknown>, path: string): Json[] {
    return Object.entries(fields ?? {}).flatMap(([key, { shape }]) => {
      const { written } = shape;
      if (written?.kind === 'later') return this.#laterOf(written.shape(), `${path}.${key}`);
      if (written?.kind !== 'list') return [];
      return [{ type: 'array', items: { anyOf: [LINE, ...this.#waysOf(written.of, `${path}.${key}`)] } }];
    });
  }
}

type Group = Extract<Written, { kind: 'record' }>;
/** What stands under one spelling of a key. */
type Spelled = { readonly offered: boolean; readonly value: Json };

/** What any group may say beside its own keys; one that is a line in short may say that line in each language. */
function commonOf(written: Group | undefined): [string, Spelled][] {
  const common = Object.entries(COMMON).flatMap(([key, doc]) =>
    spellingsOf(key).map((spelling): [string, Spelled] => [
      spelling,
      { offered: isOffered(spelling, key), value: { description: said(doc) } },
    ]),
  );
  const languages = written?.short ? LANGUAGES.flatMap((each) => [each, ...(LANGUAGE_NAMES[each] ?? [])]) : [];
  return [...common, ...languages.map((name): [string, Spelled] => [name, { offered: false, value: {} }])];
}

const TITLES = { service: '一項服務', office: '機關資料', book: '手冊' } as const;
const TEXT_WAYS: readonly Json[] = [LINE, LINES];
/** A text once for each language. */
const versions = (): Json => ({
  type: 'object',
  properties: Object.fromEntries(
    LANGUAGES.flatMap((language) =>
      [language, ...(LANGUAGE_NAMES[language] ?? [])].map((name) => [name, { anyOf: TEXT_WAYS }]),
    ),
  ),
  additionalProperties: false,
});
/** `{值: …, 來源: …, 查核日: …}` around a value. */
const wrapped = (): Json => ({
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(COMMON).flatMap(([key, doc]) => spellingsOf(key).map((word) => [word, { description: said(doc) }])),
  ),
  allOf: [oneOf(spellingsOf('value'))],
  additionalProperties: false,
});
const isOffered = (spelling: string, key: string): boolean => spelling === KEYS[key]?.[0] || spelling === key;

/** 是 and true, as YAML reads them. */
const asYaml = (word: string): unknown[] =>
  word === 'true' ? [word, true] : word === 'false' ? [word, false] : [word];

function itemOf(shape: Shape<unknown>): Shape<unknown> {
  const { written } = shape;
  return written?.kind === 'list' ? itemOf(written.of) : written?.kind === 'later' ? itemOf(written.shape()) : shape;
}

/** The Chinese spellings, the usual one first, then the English one. */
function spellingsOf(key: string): string[] {
  return [...new Set([...(KEYS[key] ?? []), key])];
}

/** One of these keys must be there; the first is the one that is missed. */
function oneOf(keys: readonly string[]): Json {
  return { anyOf: keys.map((key) => ({ required: [key] })) };
}
