// What a paper may show of the office and the book, each a facet by name.

import { isUnconfirmed, known, type Unconfirmed } from '../content/schema/schema.js';
import { clauses, digest, type Fact, standardTiles, type Written, withRemark, wordToken } from './declared-facts.js';
import { citationsIn, listOf, without, worded, written } from './facet.js';
import type { Standard } from './facts/standards.js';

type OfOffice = (content: Written) => Fact[];

export const OF_OFFICE = {
  ...plainFacets('office', ['name', 'parent', 'english', 'address', 'hours', 'telephone', 'fax', 'email', 'url']),
  'office.standards': standardFacts(),
  'office.calls': standardFacts('answer', 'rings'),
  'office.visits': standardFacts('visits'),
  'office.complaint': standardFacts('complaint'),
  'office.standard-notes': ({ handbook: { office } }) => {
    const standards = known(office.standards);
    if (!standards) return [];
    return [['rest', '', wordToken('standards'), digest(written([standards.notes, citationsIn(standards)]))]];
  },
  'office.principles': ({ handbook: { office } }) => declared('principles', wordsOf(office.principles)),
  'office.attitude': ({ handbook: { office } }) => declared('attitude', wordsOf(office.attitude)),
  'office.floors': ({ handbook: { office } }) =>
    rowsOf(wordToken('floors'), office.floors, ({ floor, note }) => [floor, note ?? '']),
  'office.units': ({ handbook: { office } }) =>
    rowsOf(wordToken('units'), office.units, ({ name, floor, telephone, extension, duties }) => [
      name,
      clauses([floor, telephone, extension, duties]),
    ]),
  /** Those that tell what they are for. */
  'office.duties': ({ handbook: { office } }) =>
    rowsOf(
      wordToken('units'),
      isUnconfirmed(office.units) ? office.units : office.units?.filter(({ duties }) => duties !== undefined),
      ({ name, floor, duties }) => [name, clauses([floor, duties])],
    ),
  'office.deputies': ({ handbook: { office } }) =>
    rowsOf(wordToken('deputies'), office.deputies, ({ name, unit, deputy }) => [
      withRemark(name ?? '', unit ?? ''),
      deputy ? wordToken('field', wordToken('deputy'), deputy) : '',
    ]),
  'office.courtesy': ({ handbook: { office } }) =>
    rowsOf(wordToken('courtesy'), office.courtesy, ({ situation, phrases, note }) => [
      situation,
      clauses([...(isUnconfirmed(phrases) ? [phrases.unconfirmed] : (phrases ?? [])), note]),
    ]),
  'office.checks': ({ handbook: { office } }) =>
    rowsOf(wordToken('checks'), office.checks, ({ item, standard }) => [item, standard ?? '']),
  /** Whose badges are printed: the staff, or the units and titles. */
  'office.badges': ({ handbook: { office } }) => {
    const people = known(office.staff) ?? [];
    if (people.length > 0)
      return rowsOf(wordToken('staff'), people, ({ name, unit, titles }) => [name, clauses([unit, wordsOf(titles)])]);
    return [
      ...rowsOf(wordToken('units'), known(office.units), ({ name }) => [name, '']),
      ...declared('titles', wordsOf(office.titles)),
    ];
  },
  'office.volunteer-names': ({ handbook: { office } }) =>
    rowsOf(wordToken('volunteers'), known(office.volunteers) ?? [], ({ name }) => [name, '']),
  'office.volunteers': ({ handbook: { office } }) =>
    rowsOf(wordToken('volunteers'), office.volunteers, ({ name, when, duties }) => [name, clauses([when, duties])]),
  'office.roster': ({ handbook: { office } }) =>
    rowsOf(wordToken('roster'), office.roster, ({ when, who, desk, note }) => [
      when,
      clauses([wordsOf(who), desk, note]),
    ]),
  'office.privacy': ({ handbook: { office } }) => declared('privacy', office.privacy),
  'office.related-names': ({ handbook: { office } }) =>
    rowsOf(wordToken('offices'), known(office.offices) ?? [], ({ name }) => [name, '']),
  'office.sources': ({ handbook: { office } }) => {
    const { principles = [], attitude = [] } = office.cited;
    const cited = written([principles, attitude]);
    return cited === '[[],[]]' ? [] : [['rest', '', wordToken('source'), digest(cited)]];
  },
  'office.rest': ({ handbook: { office } }) => [
    ['rest', '', wordToken('office'), digest(written(without(office, TOLD_OF_OFFICE)))],
  ],
  'book.title': ({ handbook: { book } }) => worded('book', wordToken('title'), book.title),
  'book.url': ({ handbook: { book } }) => worded('book', wordToken('url'), book.url),
  'book.categories': ({ handbook: { book } }) =>
    worded(
      'book',
      wordToken('categories'),
      listOf(book.categories, ({ name }) => [name]),
    ),
  'book.chapters': ({ handbook: { chapters } }) =>
    chapters.map(({ title, prose }) => ['chapter', '', title, digest(prose.markdown)]),
  /** Order, laws, forms, approval: what else of handbook.yaml the book prints. */
  'book.rest': ({ handbook: { book } }) =>
    PRINTED_OF_BOOK.flatMap((key): Fact[] =>
      book[key] === undefined ? [] : [['rest', '', wordToken(key), digest(written(book[key]))]],
    ),
} as const satisfies Record<string, OfOffice>;

const TOLD_OF_OFFICE =
  'name short parent english address hours telephone fax email url standards principles attitude floors units deputies courtesy checks staff titles parties logo seal map privacy'.split(
    ' ',
  );
const PRINTED_OF_BOOK = [
  'subtitle',
  'effective',
  'approval',
  'parts',
  'categories',
  'forms',
  'laws',
  'revisions',
] as const;

function plainFacets<
  const K extends 'name' | 'parent' | 'english' | 'address' | 'hours' | 'telephone' | 'fax' | 'email' | 'url',
>(_: 'office', keys: readonly K[]): Record<`office.${K}`, OfOffice> {
  return Object.fromEntries(
    keys.map((key): [string, OfOffice] => [`office.${key}`, ({ handbook: { office } }) => declared(key, office[key])]),
  ) as Record<`office.${K}`, OfOffice>;
}

function declared(key: string, text: string | undefined): Fact[] {
  return worded('office', wordToken(key), text);
}

function standardFacts(...only: Standard[]): OfOffice {
  return (content) =>
    standardTiles(content).flatMap(({ standard, label, value }): Fact[] =>
      only.length > 0 && !only.includes(standard)
        ? []
        : [['office', '', label, isUnconfirmed(value) ? value.unconfirmed : value]],
    );
}

function wordsOf(list: readonly string[] | Unconfirmed | undefined): string {
  return isUnconfirmed(list) ? list.unconfirmed : (list ?? []).join(wordToken('list-comma'));
}

/** A fact for each of a list, or its 待確認. */
function rowsOf<T>(
  label: string,
  list: readonly T[] | Unconfirmed | undefined,
  row: (one: T) => [name: string | undefined, text: string],
): Fact[] {
  if (isUnconfirmed(list)) return [['office', '', label, list.unconfirmed]];
  return (list ?? []).map((one): Fact => {
    const [name = '', text] = row(one);
    return ['office', '', name, text];
  });
}
