// Which fact of a service stands on which paper, and what must then be read on it. An output says it in its own file
// (`tells`), `docs/facts.md` is made of that, and a build proves it from the text of each paper it has printed.

import { roleText } from '../content/procedure.js';
import type { FeeLine } from '../content/schema/fee.js';
import type { Role } from '../content/schema/procedure.js';
import { type Citation, isUnconfirmed, known } from '../content/schema/schema.js';
import type { RequiredDocument, Service, Variant } from '../content/schema/service.js';
import { saysUnconfirmed } from '../content/schema/tree.js';
import { plainOf, secondOf, splitUnconfirmed } from '../core/language.js';
import type { Say } from '../core/source.js';
import type { RenderContext } from './context.js';
import { choiceWord, formName, toldDocumentDetails } from './facts/documents.js';
import { begunWords, inCurrency } from './facts/fee.js';
import { type BookWording, dayText } from './facts/text.js';
import type { Owed } from './sheet.js';
import { numberInBook } from './way.js';

/** Words, content, and what is read in Markdown: a text for each paragraph and item. */
type Teller = BookWording & Pick<RenderContext, 'lang'> & { proseTexts(markdown: string): string[] };

/** Whole: word for word. Short: in few words, with where the rest is. Handbook: it is there, and the paper says where. */
export type Telling = 'whole' | 'short' | 'handbook';

/**
 * The kinds of facts, in the order of a citizen's questions, with the fields of a service that belong to each. A field
 * that is not named belongs to the kind that names the record it stands in.
 */
export const FACT_KINDS = {
  summary: { label: { zh: '一句話說明', en: 'summary' }, fields: ['summary'] },
  applicant: {
    label: { zh: '申請人、委託代理、申請資格', en: 'applicant, representation, eligibility' },
    fields: ['applicant', 'representation', 'eligibility'],
  },
  preconditions: { label: { zh: '先備事項', en: 'preconditions' }, fields: ['preconditions'] },
  'your-terms': {
    label: { zh: '您的期限：申請期間、補正期限', en: 'the applicant’s own dates' },
    fields: ['window', 'deadline.correction'],
  },
  channels: { label: { zh: '申請方式', en: 'channels' }, fields: ['channels.name'] },
  'channel-details': {
    label: { zh: '各申請方式的地點、時間、網址', en: 'where, when and how of each channel' },
    fields: ['channels'],
  },
  place: { label: { zh: '辦理地點、時間', en: 'place and hours' }, fields: ['place', 'hours'] },
  documents: { label: { zh: '應備證件及其形式、份數', en: 'documents, their form and copies' }, fields: ['documents'] },
  conditions: {
    label: { zh: '證件、規費的條件與免附', en: 'conditions of documents and fees, waivers' },
    fields: [
      ...['condition', 'applicants', 'channel', 'waived'].flatMap((key) => [
        `documents.items.${key}`,
        `documents.items.oneOf.${key}`,
      ]),
      'fee.lines.condition',
      'fee.lines.channel',
      'documents.beside',
    ],
  },
  'document-notes': {
    label: { zh: '證件的說明與書表', en: 'notes and forms of documents' },
    fields: [
      'documents.note',
      'documents.items.note',
      'documents.like',
      'documents.items.where',
      'documents.items.oneOf.where',
      'documents.items.form',
      'documents.items.oneOf.note',
      'documents.items.oneOf.form',
    ],
  },
  fee: { label: { zh: '規費', en: 'fee' }, fields: ['fee'] },
  'fee-changes': {
    label: { zh: '加收、優惠、減免', en: 'surcharges, discounts, exemptions' },
    fields: ['fee.surcharges', 'fee.discounts', 'fee.exemptions'],
  },
  payment: {
    label: { zh: '繳費與退費', en: 'payment and refund' },
    fields: ['fee.payment', 'fee.refund', 'fee.currency', 'fee.note'],
  },
  deadline: {
    label: { zh: '辦理時限', en: 'deadline' },
    fields: ['deadline'],
  },
  stages: { label: { zh: '分段時限', en: 'limits of the stages' }, fields: ['deadline.stages'] },
  'deadline-notes': {
    label: { zh: '時限的起算、延長與說明', en: 'start, extension and notes of the deadline' },
    fields: [
      'deadline.from',
      'deadline.note',
      'total',
      'deadline.counting',
      'deadline.stages.from',
      'deadline.stages.actor',
      'deadline.stages.statutory',
      'deadline.stages.note',
      'deadline.correction.restart',
      'deadline.correction.note',
      'deadline.prolong',
      'deadline.statutory.from',
      'deadline.statutory.note',
    ],
  },
  authority: {
    label: { zh: '審核權責：核定', en: 'who decides' },
    fields: ['authority.decide', 'authority.stages.decide'],
  },
  'authority-chain': {
    label: { zh: '擬辦、審核、會辦', en: 'who prepares, reviews and countersigns' },
    fields: ['authority'],
  },
  result: { label: { zh: '辦理結果與交付', en: 'result and delivery' }, fields: ['result'] },
  remedies: { label: { zh: '不服之救濟', en: 'remedies' }, fields: ['remedies'] },
  notes: { label: { zh: '注意事項', en: 'notes' }, fields: ['notes'] },
  forms: { label: { zh: '書表', en: 'forms' }, fields: ['forms'] },
  status: { label: { zh: '辦理狀態：停辦、暫停、季節', en: 'status: ceased, paused, in season' }, fields: ['status'] },
  terms: {
    label: {
      zh: '俗稱、可代理的人、到場次數、申訴、承辦確認',
      en: 'other names, agents, visits, complaints, confirmation',
    },
    fields: ['aliases', 'agents', 'visits', 'complaints', 'confirmed'],
  },
  unit: { label: { zh: '承辦單位', en: 'unit in charge' }, fields: ['unit'] },
  contact: { label: { zh: '洽詢', en: 'contact' }, fields: ['contact'] },
  deputy: { label: { zh: '代理人', en: 'deputy' }, fields: ['contact.deputy'] },
  related: { label: { zh: '相關服務', en: 'related services' }, fields: ['related'] },
  basis: {
    label: { zh: '法令依據', en: 'legal basis' },
    fields: [
      'basis',
      ...[
        'fee',
        'fee.lines',
        'fee.discounts',
        'fee.exemptions',
        'deadline',
        'deadline.statutory',
        'deadline.stages',
        'authority',
        'remedies',
        'documents.items',
        'documents.beside',
        'documents.items.oneOf',
        'fee.surcharges',
        'fee.refund',
      ].map((record) => `${record}.basis`),
    ],
  },
} as const satisfies Record<string, { label: Say; fields: readonly string[] }>;
export type FactKind = keyof typeof FACT_KINDS;

/** What a paper about services tells of them: every kind of fact, so that none is forgotten. */
export type Tells = Readonly<Record<FactKind, Telling>>;

/** What an output tells: so much of every kind of fact, but of these. */
export const telling = (rest: Telling, but: Partial<Tells> = {}): Tells => ({
  ...(Object.fromEntries(Object.keys(FACT_KINDS).map((kind) => [kind, rest])) as Tells),
  ...but,
});

/** Of a service told in other ways: its name is in the head, its steps are a chart, what was looked up is for the staff. */
const ELSEWHERE = new Set([
  'id',
  'source',
  'at',
  'cited',
  'unread',
  'span',
  'name',
  'procedure',
  'mermaid',
  'findings',
  'examples',
  'variants',
]);

const KIND_OF = new Map<string, FactKind>(
  Object.entries(FACT_KINDS).flatMap(([kind, { fields }]) => fields.map((field) => [field, kind as FactKind] as const)),
);
/** The kind of a field by its path; the longest path that is named counts. */
export function kindOfField(path: string): FactKind | undefined {
  for (let of = path; of !== ''; of = of.includes('.') ? of.slice(0, of.lastIndexOf('.')) : '') {
    const kind = KIND_OF.get(of);
    if (kind !== undefined) return kind;
  }
  return undefined;
}

export type ToldFact = { readonly kind: FactKind; readonly path: string; readonly text: string };

/**
 * What a service and its sub-services say, a text each, as it must be read: the author's words, or for a number, a choice
 * and an id the printed word. What is 待確認 is left out: papers tell it in their own way.
 */
export const toldFacts = (context: Teller, service: Service): ToldFact[] =>
  [service, ...(known(service.variants) ?? [])].flatMap((entry: Service | Variant) => factsOf(context, entry));

const factsOf = (context: Teller, entry: Service | Variant): ToldFact[] =>
  Object.entries(entry).flatMap(([key, value]) =>
    ELSEWHERE.has(key)
      ? []
      : textsIn(context, key === 'fee' ? inCurrency(value as Service['fee']) : value, key, entry).flatMap(
          ({ path, text }) => {
            const kind = kindOfField(path);
            return kind === undefined || saysUnconfirmed(text) || saysToAsk(context, text)
              ? []
              : [{ kind, path, text }];
          },
        ),
  );

/** What some papers say of what nobody knows, where others have a blank. */
const saysToAsk = ({ word }: Teller, text: string): boolean => text === word('ask') || text === word('condition-open');

type Text = { path: string; text: string };

function textsIn(context: Teller, value: unknown, path: string, of: object): Text[] {
  if (value === undefined || isUnconfirmed(value)) return [];
  const named = namedBy(context, value, path, of);
  const texts = (list: readonly string[]): Text[] => list.flatMap((text) => (text === '' ? [] : [{ path, text }]));
  if (named !== undefined) return texts(named);
  if (Array.isArray(value)) return value.flatMap((each) => textsIn(context, each, path, of));
  if (typeof value !== 'object' || value === null) return texts([wordsFor(context, value, path)]);
  const written = writtenIn(context, value);
  if (written !== undefined) return texts(written);
  return Object.entries(value).flatMap(([inner, each]) =>
    SILENT.has(inner) ? [] : textsIn(context, each, `${path}.${inner}`, value),
  );
}

const DOCUMENT = /^documents\.items(\.oneOf)?\.(\w+)$/;

/** What an id stands for, and what is printed of how a document is to be. */
function namedBy(context: Teller, value: unknown, path: string, of: object): string[] | undefined {
  if (path === 'related')
    return (value as string[]).map((id) => context.services.find((each) => each.id === id)?.name ?? '');
  if (path === 'documents.like') return [context.services.find(({ id }) => id === value)?.name ?? ''];
  if (path === 'fee.lines.begun') return [begunWords(context, of as FeeLine)];
  if (path === 'forms') return (value as string[]).map((id) => formName(context, id));
  const key = DOCUMENT.exec(path)?.[2];
  if (key === 'form') return [formName(context, value as string)];
  const document = of as RequiredDocument;
  if (key === 'choose') return document.oneOf === undefined ? [] : [choiceWord(context, document)];
  if (key === undefined || !DETAILS.has(key)) return undefined;
  const { at, cited, unread, name } = document;
  const own = { at, cited, unread, ...(name === undefined ? {} : { name }), [key]: value };
  return [toldDocumentDetails(context, own, DOCUMENT.exec(path)?.[1] !== undefined)];
}
const DETAILS = new Set([
  'kind',
  'copies',
  'duplicates',
  'kinds',
  'fresh',
  'remaining',
  'applicants',
  'channel',
  'order',
]);

function wordsFor(context: Teller, value: unknown, path: string): string {
  const key = path.slice(path.lastIndexOf('.') + 1);
  if (typeof value === 'string') {
    if (key in CHOICES) return context.word(`${CHOICES[key]}-${value}`);
    if (DAYS.has(key)) return dayText(context, 'on-day', 'on-day', value);
    return key === 'open' && value === '是' ? '' : value;
  }
  if (typeof value === 'number')
    return key === 'times' ? context.word('times-most', value) : value.toLocaleString('en-US');
  return value === true && key in FLAGS ? context.word(FLAGS[key] as string) : '';
}

/** The words of a value that has a language of its own. */
function writtenIn(context: Teller, value: object): string[] | undefined {
  if ('markdown' in value) {
    // Each language is prose of its own: where one list ends another begins.
    const sides = new Set([plainOf(String(value.markdown)), plainOf(secondOf(String(value.markdown)))]);
    const texts = [...sides].flatMap((side) => context.proseTexts(side));
    return texts.filter((text) => splitUnconfirmed(text).length === 1);
  }
  if ('span' in value && ('law' in value || 'title' in value)) {
    const { law, article } = value as Citation;
    return law === undefined ? [] : [law, article ?? ''];
  }
  if ('written' in value) return [roleText(value as Role), (value as Role).note ?? ''];
  if (!('printed' in value)) return undefined;
  const { printed, per } = value as { printed: string; per?: string };
  return per === undefined || !printed.startsWith(per) ? [printed] : [per, printed.slice(per.length)];
}
const SILENT = new Set(['at', 'cited', 'unread', 'span', 'source']);
/** Choices, by what their words begin with. */
const CHOICES: Readonly<Record<string, string>> = { counting: 'counting', begun: 'begun', state: 'status' };
const DAYS = new Set(['effective', 'until', 'date']);
/** What is said where a flag is set. */
const FLAGS: Readonly<Record<string, string>> = {
  free: 'free',
  immediate: 'immediate',
  statutory: 'set-by-law',
  restart: 'restarts',
  joint: 'joint',
};

/** What holds only at times: the text, and a text of the condition under which it holds. */
type Held = { readonly text: string; readonly condition: string; readonly within: number };

/** By the list they stand in: what names a record, and what says when it holds. */
const CONDITIONAL: Readonly<Record<string, { named: readonly string[]; held: readonly string[] }>> = {
  'documents.items': { named: ['name'], held: ['condition', 'waived'] },
  'documents.items.oneOf': { named: ['name'], held: ['condition', 'waived'] },
  'documents.beside': { named: ['name'], held: ['condition'] },
  'fee.lines': { named: ['item', 'amount', 'rate'], held: ['condition', 'channel'] },
  'fee.surcharges': { named: ['item', 'amount', 'rate'], held: ['condition', 'channel'] },
  'fee.discounts': { named: ['extent'], held: ['condition', 'channel'] },
  'fee.exemptions': { named: ['who', 'extent'], held: ['condition'] },
  'deadline.byCase': { named: ['limit'], held: ['case', 'channel'] },
  'deadline.byChannel': { named: ['limit'], held: ['channel', 'case'] },
};
/** Letters that papers set between a record and its condition: labels, marks, how many. */
const LABELS = 60;

/**
 * Every value that holds only at times, with its condition. Between them may stand what is said of all that holds under
 * the same one, as below a heading, and no more.
 */
function heldFacts(context: Teller, written: Service | Variant): Held[] {
  const entry = written.fee === undefined ? written : { ...written, fee: inCurrency(written.fee) };
  return Object.entries(CONDITIONAL).flatMap(([path, { named, held }]) => {
    const records = recordsAt(entry, path).filter((record) => !isUnconfirmed(record));
    const texts = records.map((record) => textsIn(context, record, path, entry));
    return records.flatMap((record) =>
      held.flatMap((key) => {
        const conditions = textsIn(context, record[key], `${path}.${key}`, record)
          .map(({ text }) => text)
          .filter((text) => !saysToAsk(context, text));
        const alike = records.flatMap((other, i) => (sameText(other[key], record[key]) ? (texts[i] ?? []) : []));
        const within = alike.reduce((sum, { text }) => sum + text.length, 0) + alike.length * LABELS;
        return conditions.flatMap((condition) =>
          named
            .flatMap((name) => textsIn(context, record[name], `${path}.${name}`, record))
            .map(({ text }) => ({ text, condition, within })),
        );
      }),
    );
  });
}

type AnyRecord = Readonly<Record<string, unknown>>;
const recordsAt = (entry: object, path: string): AnyRecord[] =>
  path.split('.').reduce<unknown[]>(
    (found, key) =>
      found.flatMap((each) => {
        const value = isUnconfirmed(each) ? undefined : (each as AnyRecord)[key];
        return value === undefined ? [] : value;
      }),
    [entry],
  ) as AnyRecord[];
const sameText = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Fields that name a record, and are printed as they are. */
const NAMING =
  /^(?:documents\.items(?:\.oneOf)?\.name|fee\.lines\.item|fee\.exemptions\.who|applicant\.who|channels\.name)$/;
/** 證明, 現金: names of so many characters stand in many a text. */
const SHORT_NAME = 4;

/** A text at what nobody knows yet in it: that is a blank on some papers, and on others says whom to ask. */
const sureParts = ({ word }: Teller, text: string): string[] =>
  splitUnconfirmed(text).flatMap((part, i) =>
    i % 2 === 1 ? [] : part.split(plainOf(word('ask'))).flatMap((each) => each.split(plainOf(secondOf(word('ask'))))),
  );

/** What must be read on a paper that tells this of a service, in each of its languages. */
export function owedBy(context: Teller, tells: Tells, service: Service): Owed[] {
  const owed = new Map<string, Owed>();
  const add = (of: Say, text: string, path = ''): void => {
    for (const side of [plainOf(text), plainOf(secondOf(text))])
      for (const each of sureParts(context, side)) {
        const alone = NAMING.test(path) && each.length <= SHORT_NAME;
        owed.set(each, { of, text: each, ...(alone || owed.get(each)?.alone ? { alone: true } : {}) });
      }
  };
  const together = ({ text, condition, within }: Held): void => {
    for (const side of [plainOf, (both: string): string => plainOf(secondOf(both))]) {
      const [one, other] = [side(text), side(condition)];
      if (one === '' || other === '' || [one, other].some((each) => sureParts(context, each).length > 1)) continue;
      const of = FACT_KINDS.conditions.label;
      owed.set(`${one}\n${other}`, { of, text: one, beside: { text: other, within: 2 * within } });
    }
  };
  const entries: (Service | Variant)[] = [service, ...(known(service.variants) ?? [])];
  const facts = entries.flatMap((entry) => {
    const told = factsOf(context, entry);
    const whole = told.filter(({ kind }) => tells[kind] === 'whole');
    if ((entry === service || whole.length > 0) && entry.name !== undefined && !saysUnconfirmed(entry.name))
      add({ zh: '名稱', en: 'name' }, entry.name);
    for (const { kind, text, path } of whole) add(FACT_KINDS[kind].label, text, path);
    if (tells.conditions === 'whole' && tells.deadline === 'whole')
      for (const each of heldFacts(context, entry)) together(each);
    return told;
  });
  // What is not told whole, the handbook tells under this number.
  if (facts.some(({ kind }) => tells[kind] !== 'whole'))
    add({ zh: '手冊的編號', en: 'number in the handbook' }, `${numberInBook(context, service)}${service.name}`);
  return [...owed.values()];
}
