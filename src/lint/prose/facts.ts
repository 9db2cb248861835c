// What the fields declare, in a form that prose can be held against and that travels from file to file.
import { roleText } from '../../content/procedure.js';
import type { Fee, FeeLine, Money } from '../../content/schema/fee.js';
import type { Office } from '../../content/schema/office.js';
import type { Duration, Step } from '../../content/schema/procedure.js';
import { known } from '../../content/schema/schema.js';
import type { RequiredDocument, Service, Variant } from '../../content/schema/service.js';
import { placeOf, type Span } from '../../core/source.js';
import type { Topic } from './claims.js';
import { quantitiesIn } from './quantities.js';

/** `of`: what it is about, the name of a document or of a charge. `place`: file and line in Chinese and English. */
export type Fact = {
  readonly topic: Topic;
  readonly value: number;
  readonly unit: string;
  readonly per?: string;
  readonly of?: string;
  readonly said: string;
  readonly path: string;
  readonly line: number;
};
export type Add = (
  topic: Topic,
  value: number,
  unit: string,
  said: string,
  span: Span,
  more?: { per?: string; of?: string },
) => void;

const collecting =
  (facts: Fact[]): Add =>
  (topic, value, unit, said, span, more = {}) => {
    const { line } = placeOf(span.source, span.start);
    facts.push({ topic, value, unit, said, ...more, path: span.source.path, line });
  };
const time = (add: Add, topic: Topic, limit: Duration | undefined, span: Span, of?: string): void => {
  if (limit) add(topic, limit.most, limit.unit, limit.printed, span, of === undefined ? {} : { of });
};
/** Times in a text, as in the limit of a remedy: 處分送達次日起 30 日內. */
const timesIn = (add: Add, topic: Topic, text: string | undefined, span: Span, of?: string): void => {
  for (const { value, unit, start, end } of text === undefined ? [] : quantitiesIn(text))
    add(topic, value, unit, (text ?? '').slice(start, end), span, of === undefined ? {} : { of });
};

const STANDARDS = ['guide', 'counter', 'complaint', 'answer'] as const;
/** The office's own standards, and the floors of its units. */
export function factsOfOffice(office: Office): Fact[] {
  const facts: Fact[] = [];
  const add = collecting(facts);
  const standards = known(office.standards);
  if (standards) {
    for (const field of STANDARDS) time(add, field, known(standards[field]), standards.at[field] ?? standards.at.self);
    const [rings, visits] = [known(standards.rings), known(standards.visits)];
    if (rings !== undefined) add('rings', rings, '聲', `${rings} 聲`, standards.at.rings ?? standards.at.self);
    if (visits !== undefined) add('visits', visits, '次', `${visits} 次`, standards.at.visits ?? standards.at.self);
  }
  for (const { name, short, floor, at } of known(office.units) ?? []) {
    const at1 = floor === undefined ? undefined : quantitiesIn(floor).find(({ unit }) => unit === '樓');
    for (const of of at1 ? [name, short] : [])
      if (of) add('floor', at1?.value ?? 0, '樓', floor ?? '', at.floor ?? at.self, { of });
  }
  return facts;
}

const declared = new WeakMap<Service, readonly Fact[]>();
/** What a service and its sub-services declare. */
export function factsOfService(service: Service): readonly Fact[] {
  const before = declared.get(service);
  if (before) return before;
  const facts: Fact[] = [];
  declared.set(service, facts);
  const add = collecting(facts);
  for (const entry of [service, ...(known(service.variants) ?? [])]) {
    addDeadline(add, entry);
    for (const document of known(known(entry.documents)?.items) ?? []) addDocument(add, document);
    const fee = known(entry.fee);
    if (fee) addFee(add, fee);
    for (const step of known(entry.procedure) ?? []) addStep(add, step);
    for (const { validity, at } of known(entry.result) ?? [])
      timesIn(add, 'validity', validity, at.validity ?? at.self);
    for (const { limit, remedy, at } of known(entry.remedies) ?? [])
      timesIn(add, 'remedy', limit, at.limit ?? at.self, remedy);
    const visits = known(entry.visits);
    if (visits !== undefined) add('visits', visits, '次', `${visits} 次`, entry.at.visits ?? entry.at.self);
  }
  return facts;
}

function addDeadline(add: Add, entry: Service | Variant): void {
  const deadline = known(entry.deadline);
  const place = (of: { at: { self: Span; [field: string]: Span } }, field = 'limit'): Span =>
    of.at[field] ?? of.at.self;
  time(add, 'deadline', known(entry.total), place(entry, 'total'));
  if (!deadline) return;
  time(add, 'deadline', known(deadline.limit), place(deadline));
  time(add, 'deadline', known(deadline.target), place(deadline, 'target'));
  const [statutory, correction, prolong] = [
    known(deadline.statutory),
    known(deadline.correction),
    known(deadline.prolong),
  ];
  if (statutory)
    for (const topic of ['statutory', 'deadline'] as const) time(add, topic, known(statutory.limit), place(statutory));
  if (correction) time(add, 'correction', known(correction.limit), place(correction));
  if (prolong) time(add, 'prolong', known(prolong.limit), place(prolong));
  for (const stage of known(deadline.stages) ?? []) time(add, 'deadline', known(stage.limit), place(stage), stage.name);
  for (const each of [...(known(deadline.byChannel) ?? []), ...(known(deadline.byCase) ?? [])])
    time(add, 'deadline', known(each.limit), place(each));
  for (const extra of known(deadline.extra) ?? []) time(add, 'deadline', known(extra.limit), place(extra));
  if (deadline.immediate === true && !known(deadline.limit))
    add('deadline', 0, 'day', '隨到隨辦', place(deadline, 'immediate'));
}

function addDocument(add: Add, document: RequiredDocument): void {
  const { name, at } = document;
  const of = name === undefined ? {} : { of: name };
  const copies = known(document.copies);
  if (copies !== undefined) add('copies', copies, '份', `${copies} 份`, at.copies ?? at.self, of);
  time(add, 'fresh', known(document.fresh), at.fresh ?? at.self, name);
  time(add, 'remaining', known(document.remaining), at.remaining ?? at.self, name);
  for (const each of known(document.oneOf) ?? []) addDocument(add, each);
}

function addFee(add: Add, fee: Fee): void {
  if (fee.free === true) add('fee', 0, '元', '免費', fee.at.free ?? fee.at.self);
  for (const line of known(fee.lines) ?? []) addLine(add, line);
  for (const each of known(fee.surcharges) ?? []) {
    sum(add, known(each.amount), each.at.amount ?? each.at.self, each.item, each.per);
    sum(add, known(each.most), each.at.most ?? each.at.self, each.item);
  }
  for (const { extent, at, most } of [...(known(fee.discounts) ?? []), ...(known(fee.exemptions) ?? [])]) {
    timesIn(add, 'fee', extent, at.extent ?? at.self);
    sum(add, known(most), at.most ?? at.self, undefined);
  }
  for (const { refunded, deducted, at } of known(fee.refund) ?? [])
    for (const text of [refunded, deducted]) timesIn(add, 'fee', text, at.self);
}

const sum = (add: Add, money: Money | undefined, span: Span, of: string | undefined, per?: string): void => {
  if (!money) return;
  const rate = (per ?? money.per)?.replace(/^每|\s/g, '');
  const more = { ...(of === undefined ? {} : { of }), ...(rate === undefined ? {} : { per: rate }) };
  add('fee', money.amount, '元', money.printed, span, more);
  if (money.most !== undefined) add('fee', money.most, '元', money.printed, span, more);
};

function addLine(add: Add, line: FeeLine): void {
  const { item, per, at } = line;
  sum(add, known(line.amount), at.amount ?? at.self, item, per);
  sum(add, known(line.least), at.least ?? at.self, item);
  sum(add, known(line.most), at.most ?? at.self, item);
  const nth = known(line.fromNth);
  if (nth) sum(add, known(nth.amount), at.fromNth ?? at.self, item, per);
  for (const tier of known(line.tiers) ?? []) sum(add, known(tier.amount), tier.at.amount ?? tier.at.self, item);
  for (const part of known(line.formula)?.sum ?? [])
    for (const n of part)
      if (typeof n === 'number')
        add('fee', n, '元', `${n} 元`, at.formula ?? at.self, item === undefined ? {} : { of: item });
  timesIn(add, 'fee', line.rounding, at.rounding ?? at.self);
}

function addStep(add: Add, step: Step): void {
  time(
    add,
    'deadline',
    known(step.limit),
    step.at.limit ?? step.at.self,
    (known(step.actor) ?? []).map(roleText).join('、'),
  );
  const fee = known(step.fee);
  if (fee) add('fee', fee.amount, '元', fee.printed, step.at.fee ?? step.at.self);
  for (const each of (known(step.parallel) ?? []).flat()) addStep(add, each);
  for (const { value } of known(step.branches) ?? []) for (const each of known(value.steps) ?? []) addStep(add, each);
}
