// What handbook.html answers with for one person by itself: the rules of every service made ready for the engine, what their
// words mean, and how all that it may say is printed.

import { entryOf, preparedFor, variantsOf } from '../../content/answer/answer.js';
import { OWN_WORDS } from '../../content/answer/person.js';
import { linkOf, readRelief, readRounding, readTimes, saysUnconfirmed, unitOf } from '../../content/answer/words.js';
import { known } from '../../content/schema/schema.js';
import type { Service } from '../../content/schema/service.js';
import { type Html, html, trusted } from '../../core/html.js';
import { plainOf } from '../../core/language.js';
import { documentTexts } from '../../document/facts/documents.js';
import type { BookContext } from './context.js';
import type { Rules, ServiceRules, ToldDocument } from './in-page/rules.js';
import { anchor } from './references.js';

/** What the engine reads of a service; of a record anywhere in it, all but where it was written and on what authority. */
const READ = `name applicant representation agents channels place hours documents fee deadline status window
  preconditions`.split(/\s+/);
const UNREAD = new Set(['cited', 'unread', 'source', 'basis', 'span']);

/** The rules as data in the page, which runs nothing of it. */
export function rulesHtml(context: BookContext): Html {
  // A sign that ends a script is written in another way.
  const json = JSON.stringify(rulesOf(context), inJson).replaceAll('<', '\\u003c');
  return html`<script type="application/json" id="rules">${trusted(json)}</script>`;
}

/** Exact numbers have no place of their own in JSON. */
const inJson = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

function rulesOf(context: BookContext): Rules {
  const places = new Map<object, number>();
  const texts = new Set<string>(['免收']);
  /** A record and its parts, each with a number for its place; every text is noted. */
  const numbered = (value: unknown): unknown => {
    if (typeof value === 'string') texts.add(value);
    if (Array.isArray(value)) return value.map(numbered);
    if (typeof value !== 'object' || value === null) return value;
    const own = Object.entries(value).flatMap(([key, each]) =>
      key === 'at' || UNREAD.has(key) ? [] : [[key, numbered(each)] as const],
    );
    return Object.fromEntries('at' in value ? [...own, ['at', { self: placeOf(value) }]] : own);
  };
  const placeOf = (record: object): number => {
    const place = places.get(record) ?? places.size + 1;
    places.set(record, place);
    return place;
  };
  const printed = new Map(context.services.map((service) => [service.id, service]));
  const documents: Record<number, ToldDocument> = {};
  const said: Record<string, string> = {};
  const services = context.written.services.map((service): [string, ServiceRules] => {
    const shown = printed.get(service.id) ?? service;
    const variants = variantsOf(service);
    const made = [undefined, ...variants].map((variant, i) => {
      const { entry, choices, steps, whole } = preparedFor(service, variant);
      const parts = Object.fromEntries(READ.flatMap((key) => pairIn(entry, key)));
      const read = { ...(numbered(parts) as object), at: { self: placeOf(entry) } } as unknown as Service;
      const own = entryOf(shown, i === 0 ? undefined : variantsOf(shown)[i - 1]);
      noteDocuments(context, entry, own, placeOf, documents);
      noteTexts(entry, own, said);
      const conditions = [...textsWithin(read)];
      for (const { zh, language, text } of context.handbook.translations)
        if (language === context.lang && conditions.includes(zh)) said[zh] ??= text;
      const links = conditions.flatMap((text) => {
        const link = linkOf(text, choices);
        return link ? [[text, link] as const] : [];
      });
      const { at: _, ...limit } = whole;
      return { entry: read, choices, links, steps, whole: limit };
    });
    noteTexts(variants, variantsOf(shown), said);
    noteTexts(stepTexts(service), stepTexts(shown), said);
    return [anchor(service), { name: plainOf(shown.name), variants, made }];
  });
  const table = <T>(read: (text: string) => T | undefined): Record<string, T> =>
    Object.fromEntries(
      [...texts].flatMap((text) => {
        const meant = read(text);
        return meant === undefined ? [] : [[text, meant] as const];
      }),
    );
  return {
    date: context.date,
    services: Object.fromEntries(services),
    meant: {
      unknown: [...texts].filter(saysUnconfirmed),
      unit: table(unitOf),
      times: table(readTimes),
      rounding: table(readRounding),
      relief: table(readRelief),
    },
    documents,
    said: { ...ownWords(context), ...said },
    words: wordsOf(context),
    ...(context.lang === 'zh' ? {} : { foreign: true }),
  };
}

const pairIn = (entry: Service, key: string): (readonly [string, unknown])[] => {
  const value = (entry as unknown as Record<string, unknown>)[key];
  return value === undefined ? [] : [[key, value] as const];
};

/** Every text in a record, and those that the engine puts together: of several offices, and when a price is multiplied. */
function* textsWithin(value: unknown): Generator<string> {
  if (typeof value === 'string') {
    yield value.trim();
    const when = readTimes(value)?.when;
    if (when) yield when;
  } else if (Array.isArray(value)) {
    if (value.every((each) => typeof each === 'string')) yield value.join('、');
    for (const each of value) yield* textsWithin(each);
  } else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) yield* textsWithin(each);
}

/** How each document is printed, by its place. */
function noteDocuments(
  context: BookContext,
  written: Service,
  shown: Service,
  placeOf: (record: object) => number,
  all: Record<number, ToldDocument>,
): void {
  const others = known(known(shown.documents)?.items) ?? [];
  for (const [i, document] of (known(known(written.documents)?.items) ?? []).entries()) {
    const other = others[i] ?? document;
    all[placeOf(document)] ??= documentTexts(context, other);
    const among = known(other.oneOf) ?? [];
    for (const [j, each] of (known(document.oneOf) ?? []).entries())
      all[placeOf(each)] ??= documentTexts(context, among[j] ?? each, true);
  }
}

/** Each text of the content and what stands for it in the language of the page, where that is another. */
function noteTexts(written: unknown, shown: unknown, said: Record<string, string>): void {
  if (typeof written === 'string' && typeof shown === 'string') {
    if (plainOf(shown) !== written) said[written] = plainOf(shown);
  } else if (typeof written === 'object' && written !== null && typeof shown === 'object' && shown !== null)
    for (const [key, value] of Object.entries(written))
      if (key !== 'at' && !UNREAD.has(key)) noteTexts(value, (shown as Record<string, unknown>)[key], said);
}

/** The procedure, whose steps the engine has gone through already. */
const stepTexts = ({ procedure, variants }: Service): unknown => ({
  procedure: known(procedure),
  variants: (known(variants) ?? []).map((each) => known(each.procedure)),
});

/** The program's own words among answers and units. */
const ownWords = (context: BookContext): Record<string, string> =>
  context.lang === 'zh'
    ? {}
    : Object.fromEntries(
        Object.entries(OWN_WORDS).map(([word, key]) => [word, plainOf(context.word(`counter.${key}`))]),
      );

const HOLE = '{0}';
const WORDS = `variant applicant representation channel case is-it-so how-many how-many-plain none-is-zero yes no asked
  unconfirmed documents documents-so-far none-needed one-of beside fee limit place steps warnings if warning-window warning-joint
  warning-correction warning-excluded`.split(/\s+/);

/** Words with a hole for what the page puts there. */
const wordsOf = (context: BookContext): Record<string, string> =>
  Object.fromEntries([
    ...WORDS.map((key) => [key, plainOf(context.word(`counter.${key}`, HOLE, '{1}'))]),
    ...[
      'free',
      'undeclared',
      'dollars',
      'and-up',
      'immediate',
      'counted-from',
      'target-of',
      'list-comma',
      'brackets',
    ].map((key) => [key, plainOf(context.word(key, HOLE))]),
    ['field', plainOf(context.word('field', HOLE, '{1}'))],
    ...['my-list', 'my-list-why', 'print-list'].map((key) => [key, plainOf(context.bookWord(key))]),
  ]);
