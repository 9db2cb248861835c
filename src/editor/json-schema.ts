// The JSON Schema of a content file, for editors that know YAML: keys in Chinese and English, choices, what each is for.
// What it refuses lint refuses; what it lets through lint may still find wrong, for most values have a short form of their own.
import { KEYS } from '../content/keys.js';
import { documented } from '../content/schema/model.js';
import type { Field, Fields, Shape } from '../content/schema/schema.js';
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
  const names = new Map<Fields, string>();
  const definitions: Record<string, Json> = { ...COMMON_WAYS, versions: versions(), wrapped: wrapped() };

  const recordOf = (shape: Shape<unknown>, fields: Fields, path: string): Json => {
    const known = names.get(fields);
    const name = known ?? `${path}_`;
    if (known === undefined) {
      names.set(fields, name);
      definitions[name] = {};
      definitions[name] = keysOf(shape, fields, name);
    }
    return ref(name);
  };

  const keysOf = (shape: Shape<unknown>, fields: Fields, path: string): Json => {
    const written = shape.written?.kind === 'record' ? shape.written : undefined;
    const properties: Record<string, Json> = {};
    const values = new Map<string, { offered: boolean; value: Json }>();
    for (const [key, field] of Object.entries(fields)) {
      const name = `${path}.${key}`;
      definitions[name] = fieldOf(field, name);
      for (const spelling of spellingsOf(key))
        values.set(spelling, { offered: isOffered(spelling, key), value: ref(name) });
    }
    const others = new Map<string, Json>();
    for (const [key, doc] of Object.entries(COMMON))
      for (const spelling of spellingsOf(key))
        if (!values.has(spelling))
          values.set(spelling, { offered: isOffered(spelling, key), value: { description: said(doc) } });
    if (written?.short)
      for (const language of LANGUAGES)
        for (const name of [language, ...(LANGUAGE_NAMES[language] ?? [])])
          if (!values.has(name)) values.set(name, { offered: false, value: {} });
    // The usual Chinese spelling and the English one are offered; the others are understood.
    for (const [spelling, { offered, value }] of values)
      if (offered) properties[spelling] = value;
      else others.set(`^${spelling}$`, value);
    if (written?.others) others.set(written.others, {});
    const required = Object.entries(fields)
      .filter(([, field]) => field.required && !written?.short)
      .map(([key]) => oneOf(spellingsOf(key)));
    return {
      type: 'object',
      properties,
      patternProperties: Object.fromEntries(others),
      additionalProperties: false,
      ...(required.length > 0 ? { allOf: required } : {}),
    };
  };

  const fieldOf = ({ shape, doc, example }: Field, path: string): Json => {
    const value = { anyOf: waysOf(shape, path) };
    return {
      description: said(doc),
      ...value,
      ...(example === undefined ? {} : { examples: [example], defaultSnippets: [{ label: example, body: example }] }),
    };
  };

  /** Every way in which a value may be written; around any of them its source may stand. */
  const waysOf = (shape: Shape<unknown>, path: string): Json[] => {
    const { written } = shape;
    const open = shape.open ? [UNCONFIRMED] : [];
    switch (written?.kind) {
      case 'words':
        return [{ enum: written.words.flat().flatMap((word) => asYaml(word)) }, ...open, WRAPPED];
      case 'list': {
        const item = waysOf(written.of, path);
        const named = written.byName ? [{ type: 'object', additionalProperties: { anyOf: item } }] : [];
        return [{ type: 'array', items: { anyOf: item } }, ...item, ...named];
      }
      case 'named':
        return [{ type: 'object', additionalProperties: { anyOf: waysOf(written.of, path) } }, ...open];
      case 'later':
        return [LINE, { type: 'array' }, ...laterOf(written.shape(), path)];
      case 'record': {
        const group = shape.fields ? [recordOf(shape, shape.fields, path)] : [];
        const short = written.short ? [LINE] : open;
        return [...short, ...group, ...(written.listed ? listsIn(shape, path) : [])];
      }
      default:
        return [...TEXT_WAYS, ...(written?.versions ? [VERSIONS] : []), WRAPPED];
    }
  };

  /** A shape within itself is named once and meant again. */
  const laterOf = (shape: Shape<unknown>, path: string): Json[] => {
    const item = itemOf(shape);
    return item.fields && names.has(item.fields)
      ? [{ type: 'array', items: { anyOf: [LINE, { type: 'array' }, recordOf(item, item.fields, path)] } }]
      : [];
  };

  /** The lists that may stand for a group: those of its fields. */
  const listsIn = (shape: Shape<unknown>, path: string): Json[] =>
    Object.entries(shape.fields ?? {}).flatMap(
      ([
        key,
        {
          shape: { written },
        },
      ]) =>
        written?.kind === 'list'
          ? [{ type: 'array', items: { anyOf: [LINE, ...waysOf(written.of, `${path}.${key}`)] } }]
          : written?.kind === 'later'
            ? laterOf(written.shape(), `${path}.${key}`)
            : [],
    );

  const fields = documented[file];
  const whole = keysOf({ open: false, expected: { zh: '', en: '' }, read: () => undefined }, fields, file);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: TITLES[file],
    ...whole,
    definitions,
  };
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
