// Worked examples held against what is computed, what of a service they reach, and proposals for what they do not.
import type { Say, Span } from '../../core/source.js';
import { halfWidth } from '../duration.js';
import { readMoney } from '../money.js';
import { known, Unreadable } from '../schema/schema.js';
import type { Example, Service } from '../schema/service.js';
import { pieces } from '../schema/tree.js';
import { answer } from './answer.js';
import { combinationsOf } from './combinations.js';
import { decimalOf, digitsOf } from './decimal.js';
import { OURS } from './fee.js';
import { type Given, type GivenField, personOf } from './given.js';
import { documentInWords, documentsInWords, feeInWords, limitInWords, nameInWords, UNKNOWN } from './in-words.js';
import { type Answer, CHOICE_NAMES, type Person, type Question, SELF } from './person.js';

export type ExampleField = 'documents' | 'fee' | 'limit';
/** What an example expects that is not what comes out. `decides`: where the content says so. */
export type Difference = {
  readonly field: ExampleField;
  readonly expected: string;
  readonly computed: string;
  readonly at: Span;
  readonly decides: Span;
};
export type Judgement = {
  readonly example: Example;
  /** Why it cannot be computed. */
  readonly faults: readonly { readonly at: Span; readonly say: Say }[];
  readonly differences: readonly Difference[];
  /** What is computed; none where it cannot be. */
  readonly person?: Person;
  readonly answer?: Answer;
};

/** Every worked example of a service, computed. */
export const judged = (service: Service): Judgement[] =>
  (known(service.examples) ?? []).map((example) => judgeExample(service, example));

/** 「影印 3 頁」「影印=3」「影印：3」. */
const QUANTITY = /^(.+?)\s*(?:[=＝:：]\s*|\s+)([\d０-９.,，零一二兩三四五六七八九十百千萬]+\s*\S{0,4})$/;

/** What an example says of who asks. */
function givenIn(example: Example): Given {
  const { variant, applicant, representation, channel, case: of, date } = example;
  const day = known(date);
  return {
    ...(variant === undefined ? {} : { variant }),
    ...(applicant === undefined ? {} : { applicant }),
    ...(representation === undefined ? {} : { representation }),
    ...(channel === undefined ? {} : { channel }),
    ...(of === undefined ? {} : { case: of }),
    conditions: known(example.conditions) ?? [],
    quantities: (known(example.quantities) ?? []).map((written) => {
      const [, name = written, number = ''] = QUANTITY.exec(written) ?? [];
      return { name, number };
    }),
    ...(day === undefined ? {} : { date: day }),
    closed: true,
  };
}

function judgeExample(service: Service, example: Example): Judgement {
  const { at } = example;
  const { person, faults } = personOf(service, givenIn(example));
  const place = (field: GivenField): Span => at[field] ?? at.self;
  if (faults.length > 0)
    return { example, differences: [], faults: faults.map(({ field, say }) => ({ at: place(field), say })) };
  const found = answer(service, person);
  const [open] = found.questions;
  if (open) return { example, differences: [], faults: [{ at: at.self, say: missing(open) }] };
  const unknown = unknownDocuments(service, example);
  if (unknown) return { example, differences: [], faults: [unknown] };
  const differences = [documentsDiffer, feeDiffers, limitDiffers].flatMap(
    (differ) => differ(service, example, found) ?? [],
  );
  return { example, faults: [], differences, person, answer: found };
}

function missing(question: Question): Say {
  if (question.kind === 'quantity')
    return {
      zh: `還不能計算：缺少數量「${question.text}」，例如「數量: ${question.text} 1 ${question.unit}」。`.replace(
        / 」/,
        '」',
      ),
      en: `It cannot be computed: how many of "${question.text}" is missing; write "數量: ${question.text} 1 ${question.unit}".`,
    };
  const field = question.kind === 'condition' ? question.text : CHOICE_NAMES[question.kind].zh;
  const answers = 'answers' in question ? question.answers : [];
  return {
    zh: `還不能計算：缺少「${field}」，可選：${answers.map((name) => `「${name}」`).join('')}。`,
    en: `It cannot be computed: "${field}" (${question.kind}) is missing; choose ${answers.map((name) => `"${name}"`).join(', ')}.`,
  };
}

// ---------------------------------------------------------------- what is expected

const plain = (text: string): string =>
  halfWidth(text)
    .replace(/\s+/g, '')
    .replace(/[()]/g, (c) => (c === '(' ? '（' : '）'));
const bare = (text: string): string => plain(text).replace(/（[^（）]*）$/, '');

/** The names of all documents that a service may ask for. */
function allNames(service: Service): string[] {
  const entries = [service, ...(known(service.variants) ?? [])];
  const asked = entries.flatMap((entry) => known(known(entry.documents)?.items) ?? []);
  const agents = entries
    .flatMap((entry) => known(entry.agents) ?? [])
    .flatMap(({ documents }) => known(documents) ?? []);
  return [
    ...asked.flatMap(({ name, oneOf }) => [
      ...(name === undefined ? [] : [name]),
      ...(known(oneOf) ?? []).flatMap((each) => each.name ?? []),
      ...(name === undefined && known(oneOf) ? [(known(oneOf) ?? []).map((each) => each.name ?? '').join('或')] : []),
    ]),
    ...agents,
  ];
}

/** Documents that an example names and no case of the service asks for. */
function unknownDocuments(service: Service, { documents, at }: Example): { at: Span; say: Say } | undefined {
  const names = allNames(service);
  const others = new Set(['無', UNKNOWN, '未載明']);
  for (const written of known(documents) ?? []) {
    const name = bare(written);
    const parts = name.replace(/擇\d+項$/, '').split('或');
    if (others.has(plain(written)) || names.some((each) => plain(each) === name || plain(each) === plain(written)))
      continue;
    if (parts.every((part) => names.some((each) => plain(each) === part))) continue;
    return {
      at: at.documents ?? at.self,
      say: {
        zh: `「${service.name}」沒有「${written}」這項證件，可寫：${[...new Set(names)].map((each) => `「${each}」`).join('') || '「無」'}。`,
        en: `"${service.name}" asks for no "${written}"; write ${[...new Set(names)].map((each) => `"${each}"`).join(', ') || '無'}.`,
      },
    };
  }
  return undefined;
}

function documentsDiffer(service: Service, { documents, at }: Example, found: Answer): Difference | undefined {
  const expected = known(documents);
  if (expected === undefined) return undefined;
  const computed = documentsInWords(found);
  // With brackets all is held against it; a bare name is held against the name.
  const left =
    found.documents.length > 0
      ? found.documents.map((asked) => ({
          whole: plain(documentInWords(asked)),
          name: plain(nameInWords(asked)),
          at: asked.document.at.self,
        }))
      : computed.map((text) => ({
          whole: plain(text),
          name: plain(text),
          at: service.at.documents ?? service.at.self,
        }));
  let decides: Span | undefined;
  for (const written of expected) {
    const said = plain(written);
    const index = left.findIndex(({ whole, name }) => said === whole || said === name);
    if (index !== -1) left.splice(index, 1);
    else decides ??= left.find(({ name }) => name === bare(written))?.at ?? service.at.documents ?? service.at.self;
  }
  if (decides === undefined && left.length === 0) return undefined;
  return {
    field: 'documents',
    expected: expected.join('、'),
    computed: computed.join('、'),
    at: at.documents ?? at.self,
    decides: decides ?? left[0]?.at ?? service.at.documents ?? service.at.self,
  };
}

function feeDiffers(service: Service, { fee, at }: Example, found: Answer): Difference | undefined {
  if (fee === undefined) return undefined;
  const computed = feeInWords(found.fee);
  if (sameFee(fee, found, computed)) return undefined;
  const [charge] = found.fee.charges;
  return {
    field: 'fee',
    expected: fee,
    computed,
    at: at.fee ?? at.self,
    decides: charge?.at ?? service.at.fee ?? service.at.self,
  };
}

function sameFee(written: string, { fee }: Answer, computed: string): boolean {
  const text = plain(written);
  if (text === plain(computed)) return true;
  if (fee.totals.length === 0) {
    // Where charges are written beside it, they are held against it too.
    return computed.startsWith(UNKNOWN) && text.startsWith(UNKNOWN) && !text.includes('；');
  }
  const sums = pieces(written, { source: { path: '', text: written }, start: 0, end: written.length });
  try {
    const money = sums.map((piece) => readMoney(piece.text));
    return (
      money.length === fee.totals.length &&
      money.every(({ amount, most, open, currency = OURS }, i) => {
        const total = fee.totals[i];
        return (
          total !== undefined &&
          digitsOf(decimalOf(amount)) === total.amount &&
          (most === undefined ? undefined : digitsOf(decimalOf(most))) === total.most &&
          open === total.open &&
          (amount === 0 || currency === total.currency)
        );
      })
    );
  } catch (error) {
    if (error instanceof Unreadable) return false;
    throw error;
  }
}

function limitDiffers(service: Service, { limit, at }: Example, found: Answer): Difference | undefined {
  if (limit === undefined) return undefined;
  const computed = limitInWords(found.limit);
  const said = plain(limit);
  const { from } = found.limit;
  const whole = plain(computed);
  const short = from === undefined ? whole : whole.replace(plain(`自${from}起`), '');
  if ([whole, short, bare(whole), bare(short)].includes(said) || (computed === UNKNOWN && said.startsWith(UNKNOWN)))
    return undefined;
  return {
    field: 'limit',
    expected: limit,
    computed,
    at: at.limit ?? at.self,
    decides: found.limit.at ?? service.at.deadline ?? service.at.self,
  };
}

// ---------------------------------------------------------------- what is reached

/** Something that only some cases turn on. */
export type Target = {
  readonly kind: 'document' | 'fee' | 'limit' | 'variant';
  readonly name: string;
  readonly at: Span;
};

/** Conditions, charges, cases and sub-services: what examples ought to reach. */
export function targetsOf(service: Service): Target[] {
  const found = new Map<Span, Target>();
  const add = (kind: Target['kind'], name: string | undefined, at: Span): void => {
    if (!found.has(at)) found.set(at, { kind, name: name ?? '', at });
  };
  for (const entry of [service, ...(known(service.variants) ?? [])]) {
    if (entry !== service) add('variant', entry.name, entry.at.self);
    for (const each of known(known(entry.documents)?.items) ?? [])
      if (each.condition !== undefined || each.applicants !== undefined || each.channel !== undefined)
        add(
          'document',
          `${each.name ?? ''}${each.condition === undefined ? '' : `（${each.condition}）`}`,
          each.at.self,
        );
    for (const { kind, name, at } of [...chargesIn(entry), ...limitsIn(entry)]) add(kind, name, at);
  }
  return [...found.values()];
}

type Entry = Pick<Service, 'fee' | 'deadline'>;
type Found = { readonly kind: Target['kind']; readonly name: string | undefined; readonly at: Span };

function chargesIn(entry: Entry): Found[] {
  const fee = known(entry.fee);
  const kind = 'fee';
  return [
    ...(known(fee?.lines) ?? []).map(
      ({ item, note, at }) => ({ kind, name: item ?? note ?? '規費', at: at.self }) as const,
    ),
    ...(known(fee?.surcharges) ?? []).map(
      ({ item, condition, at }) => ({ kind, name: item ?? condition, at: at.self }) as const,
    ),
    ...(known(fee?.discounts) ?? []).map(({ extent, at }) => ({ kind, name: extent, at: at.self }) as const),
    ...(known(fee?.exemptions) ?? []).map(({ who, at }) => ({ kind, name: who, at: at.self }) as const),
  ];
}

function limitsIn(entry: Entry): Found[] {
  const deadline = known(entry.deadline);
  const kind = 'limit';
  return [
    ...(known(deadline?.byCase) ?? []).map((each) => ({ kind, name: each.case, at: each.at.self }) as const),
    ...(known(deadline?.byChannel) ?? []).map(({ channel, at }) => ({ kind, name: channel, at: at.self }) as const),
    ...(known(deadline?.extra) ?? []).map(
      (each) => ({ kind, name: each.office ?? each.case, at: each.at.self }) as const,
    ),
  ];
}

/** The places that an answer turned on; a sub-service is one that was chosen. */
function reachedBy(service: Service, person: Person, { decidedBy }: Answer): Set<Span> {
  const variant = (known(service.variants) ?? []).find(({ name }) => name === person.variant);
  return new Set([...decidedBy, ...(variant ? [variant.at.self] : [])]);
}

/** What no example reaches. */
export function unreached(service: Service, judgements: readonly Judgement[] = judged(service)): Target[] {
  const reached = new Set(
    judgements.flatMap(({ person, answer: found }) => (person && found ? [...reachedBy(service, person, found)] : [])),
  );
  return targetsOf(service).filter(({ at }) => !reached.has(at));
}

/** Cases that reach what no example does, as few as a greedy choice finds; at least enough for `least` examples in all. */
export function proposed(service: Service, least = 2): { person: Person; answer: Answer }[] {
  const judgements = judged(service);
  const open = new Set(unreached(service, judgements).map(({ at }) => at));
  const cases = combinationsOf(service).all.map((each) => ({
    ...each,
    reaches: reachedBy(service, each.person, each.answer),
  }));
  const taken = new Set(judgements.flatMap(({ person }) => (person ? [JSON.stringify(person)] : [])));
  const chosen: { person: Person; answer: Answer }[] = [];
  const gain = ({ reaches }: { reaches: Set<Span> }): number => [...reaches].filter((at) => open.has(at)).length;
  for (;;) {
    const rest = cases.filter(({ person }) => !taken.has(JSON.stringify(person)));
    const best = rest.reduce<(typeof rest)[number] | undefined>(
      (a, b) => (a === undefined || gain(b) > gain(a) ? b : a),
      undefined,
    );
    if (!best || (gain(best) === 0 && judgements.length + chosen.length >= least)) return chosen;
    chosen.push(best);
    taken.add(JSON.stringify(best.person));
    for (const at of best.reaches) open.delete(at);
  }
}

/** An example as YAML, to be looked through by hand: whatever is in it came from the content. */
export function exampleYaml(service: Service, { person, answer: found }: { person: Person; answer: Answer }): string {
  const text = (value: string): string =>
    /^[^\s\-?:,[\]{}#&*!|>'"%@`][^:#{}[\],&*'"]*$/.test(value) ? value : JSON.stringify(value);
  const { variant, applicant, representation, channel, case: of } = person;
  const conditions = Object.entries(person.conditions ?? {}).flatMap(([name, holds]) => (holds ? [name] : []));
  const units = unitsOf(service, person);
  const quantities = Object.entries(person.quantities ?? {}).flatMap(([name, n]) =>
    n === 0 ? [] : [`${name} ${n}${units.get(name) ? ` ${units.get(name)}` : ''}`],
  );
  const acts = representation === undefined || representation === SELF ? undefined : representation;
  const who = [variant, applicant, acts, channel, of, ...conditions, ...quantities].filter(
    (each) => each !== undefined,
  );
  const lines: [string, string | undefined][] = [
    ['名稱', who.join('、') || service.name],
    ['子項目', variant],
    ['申請人', applicant],
    ['代理', acts],
    ['申請方式', channel],
    ['案件', of],
  ];
  const list = (key: string, values: readonly string[]): string[] =>
    values.length === 0 ? [] : [`    ${key}:`, ...values.map((each) => `      - ${text(each)}`)];
  const [first, ...others] = lines.filter(([, value]) => value !== undefined) as [string, string][];
  return `${[
    `  - ${first?.[0]}: ${text(first?.[1] ?? '')}`,
    ...others.map(([key, value]) => `    ${key}: ${text(value)}`),
    ...list('情形', conditions),
    ...list('數量', quantities),
    ...list('應備證件', documentsInWords(found)),
    `    規費: ${text(feeInWords(found.fee))}`,
    `    期限: ${text(limitInWords(found.limit))}`,
  ].join('\n')}\n`;
}

/** The unit of each quantity that was asked for. */
function unitsOf(service: Service, { quantities: _, ...person }: Person): Map<string, string> {
  const units = new Map<string, string>();
  let bare: Person = person;
  for (;;) {
    const open = answer(service, bare).questions.find(({ kind }) => kind === 'quantity');
    if (open?.kind !== 'quantity' || units.has(open.text)) return units;
    units.set(open.text, open.unit);
    bare = { ...bare, quantities: { ...bare.quantities, [open.text]: 1 } };
  }
}
