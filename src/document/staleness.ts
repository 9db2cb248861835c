// Whether a sheet is current: its stamp then and now, and what has changed between them, fact by fact and in words.
import { diffArrays } from 'diff';
import { chinese } from '../content/keys.js';
import { known } from '../content/schema/schema.js';
import { type Language, languageName } from '../core/language.js';
import type { Say } from '../core/source.js';
import type { RenderContext } from './context.js';
import {
  factSigns,
  isOfAnotherOffice,
  isSameId,
  type Stamp,
  stampLike,
  stampOf,
  stampOfFormat1,
  type TypedCode,
} from './declaration.js';
import { type Fact, inWords, renumbered, type Section, type Topic, wordToken } from './declared-facts.js';
import type { Output } from './output.js';

/** What is known of a sheet from its file, or from the code on it. */
export type Verdict = {
  /** `elsewhere`: the sheet is another office's, and nothing here is compared with it. */
  state: 'current' | 'outdated' | 'removed' | 'elsewhere';
  id: string;
  /** Whose it is, where it is another office's. */
  office?: string;
  /** The service, or the sheet's own id; of a code alone that fits nothing, nothing is known. */
  name?: string;
  edition?: string;
  /** ISO date of the sheet's edition. */
  date?: string;
  draft: boolean;
  /** The sheet is a draft and the book is none any more. */
  final: boolean;
  changes: Change[];
  revisions: Revision[];
};
export type Revision = { edition: string; date?: string; change: string };

/** The outputs whose sheets may be asked about, by id: what each is called, and what it shows. */
export type Outputs = ReadonlyMap<string, { readonly name: string; readonly declares: Output['declares'] }>;

/** `then` is what the file says of itself. */
export function verdictOn(context: RenderContext, then: Stamp, outputs: Outputs, word: Word): Verdict {
  const own = then.sections.find(({ id }) => id === then.id);
  const head = {
    ...sheetOf(context, then),
    name: plain(titleOf(context, then.id) ?? own?.name ?? nameOf(context, then, outputs) ?? then.id),
    edition: plain(then.edition),
  };
  if (isOfAnotherOffice(context, then)) {
    const office = then.format === 1 ? (then.sections.find(({ id }) => id === '')?.name ?? '') : then.office.name;
    return { ...head, state: 'elsewhere', office: plain(office), final: false, changes: [], revisions: [] };
  }
  if (own && then.id !== '' && titleOf(context, then.id) === undefined)
    return { ...head, state: 'removed', changes: [] };
  const changes = changesBetween(then, stampLike(context, then), word);
  return { ...head, state: changes.length > 0 || head.final ? 'outdated' : 'current', changes };
}

export function verdictOnCode(context: RenderContext, typed: TypedCode, outputs: Outputs): Verdict {
  const found = firstOf(candidates(context, typed, outputs), (stamp) => factSigns(stamp) === typed.facts);
  const ids = [...context.services.map(({ id }) => id), ...chartIds(context), ...outputs.keys()];
  const meant = found?.id ?? ids.find((id) => typed.id !== undefined && isSameId(id, typed.id));
  const sheet = sheetOf(context, { id: meant ?? typed.id ?? '', date: typed.date ?? '', draft: typed.draft });
  const name = found ? nameOf(context, found, outputs) : meant && (titleOf(context, meant) ?? outputs.get(meant)?.name);
  return {
    ...sheet,
    ...(meant === undefined ? {} : { name: name ?? meant }),
    state: found && !sheet.final ? 'current' : meant === undefined && typed.id !== undefined ? 'removed' : 'outdated',
    changes: [],
  };
}

/** Every sheet of today that may bear the code: as each output declares its own, then as they were in format 1. */
function* candidates(context: RenderContext, typed: TypedCode, outputs: Outputs): Generator<Stamp> {
  const services = context.services.map(({ id }) => id);
  const charts = chartIds(context);
  const categories = [
    ...(known(context.handbook.book.categories) ?? []).map(({ id }, i) => id ?? `category-${i + 1}`),
    'others',
    'services',
  ];
  const shown = [...outputs].flatMap(
    ([
      sheet,
      {
        declares: { of, shows, before = [] },
      },
    ]) => [shows, ...before].map((each) => ({ sheet, of, shows: each })),
  );
  for (const { sheet, of, shows } of shown) {
    if (of === 'service' || of === 'services')
      for (const id of services) yield stampOf(context, { sheet, id, shows, subject: { services: [id] } });
    if (of === 'services') {
      yield stampOf(context, { sheet, id: sheet, shows, subject: { services: 'all' } });
      for (const id of services) yield stampOf(context, { sheet, id: sheet, shows, subject: { services: [id] } });
    }
    if (of === 'charts')
      for (const id of [...charts, ...services]) {
        const drawn = services.includes(id) ? { services: [id], charts: [id] } : { charts: [id] };
        for (const subject of [drawn, { services: [id], charts: [id] }]) {
          yield stampOf(context, { sheet, id, shows, subject });
          yield stampOf(context, { sheet, id, shows: shows.filter((facet) => facet !== 'office.standards'), subject });
        }
      }
    if (of === 'categories')
      for (const category of categories)
        yield stampOf(context, { sheet, id: `leaflet-${category}`, shows, subject: { category } });
    if (of === 'office') yield stampOf(context, { sheet, id: sheet, shows });
    if (of === 'all')
      for (const drawn of [{ charts: 'all' as const }, { charts: charts.slice(0, 1) }, {}])
        yield stampOf(context, { sheet, id: sheet, shows, subject: { services: 'all', ...drawn } });
  }
  const own = typed.id === undefined || services.some((id) => isSameId(id, typed.id ?? '')) ? [] : [typed.id];
  const members = (known(context.handbook.book.categories) ?? []).map(({ services: of }) =>
    context.services.filter(({ id }) => known(of)?.includes(id)),
  );
  const names = [...outputs.keys(), ...categories.map((id) => `leaflet-${id}`), ...own];
  for (const id of [...services, ...charts, ...names]) yield stampOfFormat1(context, id);
  for (const id of names)
    for (const of of [context.services, ...members, ...context.services.map((one) => [one])])
      yield stampOfFormat1(context, id, of);
}

function firstOf<T>(all: Iterable<T>, fits: (one: T) => boolean): T | undefined {
  for (const one of all) if (fits(one)) return one;
  return undefined;
}

const chartIds = (context: RenderContext): string[] =>
  (known(context.handbook.book.charts) ?? []).flatMap(({ id }) => id ?? []);
/** A service or a chart of the book by name. */
const titleOf = (context: RenderContext, id: string): string | undefined =>
  context.services.find((service) => service.id === id)?.name ??
  (known(context.handbook.book.charts) ?? []).find((chart) => chart.id === id)?.name;
/** How a sheet is called today. */
function nameOf(context: RenderContext, stamp: Stamp, outputs: Outputs): string | undefined {
  const sheet = stamp.format === 1 ? stamp.id : stamp.sheet;
  return titleOf(context, stamp.id) ?? outputs.get(/^leaflet-/.test(sheet) ? 'leaflets' : sheet)?.name;
}

const sheetOf = (context: RenderContext, { id, date, draft }: Pick<Stamp, 'id' | 'date' | 'draft'>) => ({
  id: plain(id),
  draft,
  final: draft && !context.draft,
  ...(date ? { date } : {}),
  revisions: date ? revisionsSince(context, date) : [],
});

/** 修訂沿革 after this day. */
const revisionsSince = (context: RenderContext, day: string): Revision[] =>
  (known(context.handbook.book.revisions) ?? []).flatMap(({ edition = '', date, change = '' }) => {
    const on = known(date);
    return on !== undefined && on > day ? [{ edition, date: on, change }] : [];
  });

/** What comes from a file goes to a terminal: nothing in it may steer that. */
const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();

// ---------------------------------------------------------------- what has changed

/** `section`: the name of the service, or of the office. `name`: what exactly, where the topic has more than one. */
export type Change = {
  section: string;
  topic: Topic | 'service' | 'translation';
  of: string;
  name: string;
  kind: 'added' | 'removed' | 'changed' | 'moved';
  before?: string;
  after?: string;
};

type Word = (key: string, ...values: string[]) => string;

/** What has changed, in the order of today's sheet. `word`: the words of the language it is told in. */
function changesBetween(then: Stamp, now: Stamp, word: Word): Change[] {
  const words = (text: string): string => plain(inWords(text, word));
  const found: Change[] = [];
  const whole = (section: Section, kind: 'added' | 'removed'): void => {
    found.push({ section: words(section.name), topic: 'service', of: '', name: '', kind });
  };
  for (const section of then.sections) if (!now.sections.some(({ id }) => id === section.id)) whole(section, 'removed');
  for (const section of now.sections) {
    const before = then.sections.find(({ id }) => id === section.id);
    if (!before) {
      whole(section, 'added');
      continue;
    }
    const [old, fresh] = [words(before.name), words(section.name)];
    if (old !== fresh && section.id !== '')
      found.push({ section: fresh, topic: 'service', of: '', name: '', kind: 'changed', before: old, after: fresh });
    for (const change of factChanges(before.facts, section.facts))
      found.push({
        ...change,
        section: fresh,
        of: words(change.of),
        name: words(change.name),
        ...(change.before === undefined ? {} : { before: words(change.before) }),
        ...(change.after === undefined ? {} : { after: words(change.after) }),
      });
  }
  if (then.format === 2 && now.format === 2)
    for (const [language, said] of Object.entries(then.said))
      if (now.said[language as Language] !== said)
        found.push({
          section: '',
          topic: 'translation',
          of: '',
          name: languageName(language as Language),
          kind: 'changed',
        });
  return found;
}

type FactChange = Omit<Change, 'section'>;

/** A fact then and the same fact now; without the one it is new, without the other it is gone. */
type Pair = readonly [then: Fact | undefined, now: Fact | undefined];

const keyOf = ([topic, of, name]: Fact): string => JSON.stringify([topic, of, name]);

/** A fact that is named alike is the same fact; so is one that stands where another of its topic stood. */
function paired(before: readonly Fact[], after: readonly Fact[]): Pair[] {
  const pairs: Pair[] = [];
  const [old, fresh] = [[...before], [...after]];
  let gone: Fact[] = [];
  const settle = (come: readonly Fact[]): void => {
    const inPlace = gone.length === come.length && gone.every(([topic], i) => topic === come[i]?.[0]);
    if (inPlace) for (const [i, fact] of gone.entries()) pairs.push([fact, come[i]]);
    else {
      for (const fact of gone) pairs.push([fact, undefined]);
      for (const fact of come) pairs.push([undefined, fact]);
    }
    gone = [];
  };
  for (const part of diffArrays(before.map(keyOf), after.map(keyOf))) {
    if (part.removed) gone = old.splice(0, part.count);
    else if (part.added) settle(fresh.splice(0, part.count));
    else {
      settle([]);
      const same = fresh.splice(0, part.count);
      for (const fact of old.splice(0, part.count)) pairs.push([fact, same.shift()]);
    }
  }
  settle([]);
  return pairs;
}

function factChanges(before: readonly Fact[], after: readonly Fact[]): FactChange[] {
  const pairs = paired(before, after);
  const steps = stepNumbers(before, after, pairs);
  const isSame = (one: Fact, other: Fact): boolean => keyOf(one) === keyOf(other) && one[3] === other[3];
  const isGone = (fact: Fact): boolean => pairs.some(([then, now]) => then && !now && isSame(then, fact));
  const isNew = (fact: Fact): boolean => pairs.some(([then, now]) => now && !then && isSame(now, fact));
  return pairs.flatMap(([then, now]): FactChange[] => {
    const [topic, of, name] = (now ?? then) as Fact;
    const change = { topic, of, name };
    if (then && now) {
      const next = renumbered(then[4] ?? '', (n) => steps.get(`${of} ${n}`) ?? 0);
      if (isSame(then, now) && next === (now[4] ?? '')) return [];
      if (DIGESTS.has(topic)) return [{ ...change, kind: 'changed' }];
      if (then[2] !== name) return [{ ...change, name: '', kind: 'changed', before: full(then), after: full(now) }];
      const part = then[3] === now[3] ? 4 : 3;
      return [{ ...change, kind: 'changed', before: then[part] ?? '', after: now[part] ?? '' }];
    }
    if (then && isNew(then)) return [{ ...change, kind: 'moved' }];
    if (now && isGone(now)) return [];
    const kind = now ? 'added' : 'removed';
    if (DIGESTS.has(topic)) return [{ ...change, kind }];
    return [{ ...change, name: '', kind, [now ? 'after' : 'before']: full((now ?? then) as Fact) }];
  });
}

/** Of these a digest is kept, which is nothing to read. */
const DIGESTS: ReadonlySet<Change['topic']> = new Set(['chapter', 'rest', 'translation']);

/** Name and what is said of it, in one. */
const full = ([, , name, text]: Fact): string =>
  name === '' || text === '' ? name || text : `${name}${wordToken('brackets', text)}`;

/** The new number of every old step that is still there, 1-based, by sub-service and old number. */
function stepNumbers(before: readonly Fact[], after: readonly Fact[], pairs: readonly Pair[]): Map<string, number> {
  const number = (facts: readonly Fact[], step: Fact): number =>
    facts.filter(([topic, of]) => topic === 'steps' && of === step[1]).indexOf(step) + 1;
  return new Map(
    pairs.flatMap(([then, now]) => (then && now ? [[`${then[1]} ${number(before, then)}`, number(after, now)]] : [])),
  );
}

// ---------------------------------------------------------------- in words

const TOPICS: Readonly<Record<Change['topic'], Say>> = {
  service: { zh: '服務名稱', en: 'Name' },
  translation: { zh: '譯文', en: 'Translation' },
  summary: { zh: '摘要', en: 'Summary' },
  book: { zh: '手冊資料', en: 'The book' },
  documents: { zh: '應備證件', en: 'Required documents' },
  fee: { zh: '規費', en: 'Fee' },
  deadline: { zh: '辦理時限', en: 'Time limit' },
  authority: { zh: '審核權責', en: 'Approving authority' },
  steps: { zh: '申請程序', en: 'Procedure' },
  ways: { zh: '申請與洽詢', en: 'Applying and asking' },
  office: { zh: '機關資料', en: 'The office' },
  chapter: { zh: '章節', en: 'Chapter' },
  rest: { zh: '其他說明', en: 'Other text' },
};

/** One change as a sentence without its service: 「規費：原「免費」，現「每份 100 元」」. */
export function changeText({ topic, of, name, kind, before = '', after = '' }: Change): Say {
  // What belongs to no topic is known by its own name.
  const { zh, en } = topic === 'rest' && name !== '' ? { zh: name, en: `"${name}"` } : TOPICS[topic];
  const [shown, meant] = name === zh ? ['', ''] : [name && `「${name}」`, name && ` "${name}"`];
  const label = { zh: `${of && `${of}：`}${zh}${shown}`, en: `${of && `${of}: `}${en}${meant}` };
  if (DIGESTS.has(topic)) {
    const what = {
      added: ['增列', 'is new'],
      removed: ['刪去', 'is gone'],
      changed: ['內容有更動', 'has changed'],
      moved: ['順序有更動', 'has moved'],
    };
    return { zh: `${label.zh}：${what[kind][0]}`, en: `${label.en} ${what[kind][1]}` };
  }
  if (topic === 'service' && kind !== 'changed')
    return kind === 'added'
      ? { zh: '新增的服務', en: 'a new service' }
      : { zh: '這項服務已刪去', en: 'this service is gone' };
  switch (kind) {
    case 'added':
      return { zh: `${label.zh}：增列「${after}」`, en: `${label.en}: new: "${after}"` };
    case 'removed':
      return { zh: `${label.zh}：刪去「${before}」`, en: `${label.en}: gone: "${before}"` };
    case 'moved':
      return { zh: `${label.zh}：順序有更動`, en: `${label.en}: the order has changed` };
    case 'changed':
      return {
        zh: `${label.zh}：${before ? `原「${before}」` : '原未載明'}，${after ? `現「${after}」` : '現未載明'}`,
        en: `${label.en}: ${before ? `was "${before}"` : 'was not stated'}, ${after ? `now "${after}"` : 'is not stated now'}`,
      };
  }
}

/** The words of facts in one language: those of templates/, else the names of keys. */
export const wordsIn =
  (words: Readonly<Record<string, string>>, lang: keyof Say) =>
  (key: string, ...values: string[]): string =>
    (words[key] ?? (lang === 'zh' ? chinese(key) : key)).replace(
      /\{(\d)\}/g,
      (_, i: string) => values[Number(i)] ?? '',
    );
