// Every case of a service that its own words tell apart, each with its answer; where there are too many, every two answers together.
import type { Service } from '../schema/service.js';
import { answer } from './answer.js';
import { type Answer, keyOfQuestion, type Person, type Question } from './person.js';

export type Combination = { readonly person: Person; readonly answer: Answer };
export type Combinations = {
  readonly all: readonly Combination[];
  /** Every two answers that go together are in one of them, not every combination. */
  readonly pairwise: boolean;
};

/** Above so many a person cannot look through them. */
const MOST = 500;
const MANY = 8;

/** An answer to a question, as one of those that may be given. */
type Value = string | number | boolean;

/** What may be answered. A number stands for all of its kind. */
export const valuesOf = (question: Question): readonly Value[] =>
  question.kind === 'condition' ? [true, false] : question.kind === 'quantity' ? question.samples : question.answers;

/** The person with this answer too. */
export function withValue(person: Person, question: Question, value: Value): Person {
  if (question.kind === 'condition')
    return { ...person, conditions: { ...person.conditions, [question.text]: value === true } };
  if (question.kind === 'quantity')
    return { ...person, quantities: { ...person.quantities, [question.text]: Number(value) } };
  return { ...person, [question.kind]: String(value) };
}

/** All combinations of what the service asks, in the order of its questions. */
export function combinationsOf(service: Service, known: Person = {}, most = MOST): Combinations {
  const all: Combination[] = [];
  let tooMany = false;
  const walk = (person: Person): void => {
    if (all.length > most) tooMany = true;
    if (tooMany) return;
    const found = answer(service, person);
    const { questions } = found;
    const [next] = questions;
    // Answers of one question may settle another; where there are so many more, they do not bring it below.
    if (questions.reduce((product, each) => product * valuesOf(each).length, 1) > MANY * most) tooMany = true;
    if (tooMany) return;
    if (!next) all.push({ person, answer: found });
    else for (const value of valuesOf(next)) walk(withValue(person, next, value));
  };
  walk(known);
  return tooMany || all.length > most ? { all: pairs(service, known), pairwise: true } : { all, pairwise: false };
}

type Given = { readonly key: string; readonly value: Value };
/** An answer with its number: two numbers make one, in either order. */
type Numbered = Given & { readonly n: number };
const pairOf = (a: Numbered, b: Numbered): number => Math.min(a.n, b.n) * 65_536 + Math.max(a.n, b.n);

/** From questions to questions to the end, each answered as `choose` says. */
function walkTo(service: Service, known: Person, choose: (question: Question) => Value): Combination {
  let person = known;
  for (;;) {
    const found = answer(service, person);
    if (found.questions.length === 0) return { person, answer: found };
    // A sub-service has questions of its own: it is settled before anything else.
    const [first] = found.questions;
    for (const next of first?.kind === 'variant' ? [first] : found.questions)
      person = withValue(person, next, choose(next));
  }
}

/** Every question that may come, whatever is answered: each of its answers is tried once. */
export function everyQuestion(service: Service, known: Person = {}): ReadonlyMap<string, Question> {
  const questions = new Map<string, Question>();
  const open: (Given | undefined)[] = [undefined];
  for (const wish of open)
    walkTo(service, known, (question) => {
      const key = keyOfQuestion(question);
      const values = valuesOf(question);
      if (!questions.has(key)) {
        questions.set(key, question);
        open.push(...values.map((value) => ({ key, value })));
      }
      return wish?.key === key && values.includes(wish.value) ? wish.value : (values[0] as Value);
    });
  return questions;
}

/** Walks in a row that bring nothing new before single pairs are looked for, and of these in a row before the rest is given up. */
const IDLE = { walks: 4, pairs: 200 };

/** As few combinations as a greedy choice finds, in which two answers that go together stand together once. */
function pairs(service: Service, known: Person): Combination[] {
  const chosen: Combination[] = [];
  const covered = new Set<number>();
  const met = new Map<string, Numbered>();
  const numbered = (key: string, value: Value): Numbered => {
    const name = `${key}=${String(value)}`;
    const before = met.get(name) ?? { key, value, n: met.size };
    met.set(name, before);
    return before;
  };
  /** Answers with what is wished for, else with what stands together with most for the first time; whether that is new. */
  const walk = (wished: readonly Given[], turn: number): boolean => {
    const given: Numbered[] = [];
    const found = walkTo(service, known, (question) => {
      const key = keyOfQuestion(question);
      const values = valuesOf(question).map((value) => numbered(key, value));
      const wish = values.find(({ value }) => wished.some((each) => each.key === key && each.value === value));
      const gain = (value: Numbered): number => given.filter((each) => !covered.has(pairOf(each, value))).length;
      // Of equals another one each time.
      const turned = values.map((_, i) => values[(i + turn) % values.length] as Numbered);
      const chosen = wish ?? turned.reduce((best, each) => (gain(each) > gain(best) ? each : best));
      given.push(chosen);
      return chosen.value;
    });
    const together = given.flatMap((a, i) => given.slice(i + 1).map((b) => pairOf(a, b)));
    const isNew = together.some((pair) => !covered.has(pair)) || chosen.length === 0;
    if (isNew) chosen.push(found);
    for (const pair of together) covered.add(pair);
    return isNew;
  };
  for (let idle = 0, turn = 0; idle < IDLE.walks; turn += 1) idle = walk([], turn) ? 0 : idle + 1;
  const tried = new Set<number>();
  let idle = 0;
  for (let before = -1; before !== met.size && idle < IDLE.pairs; ) {
    before = met.size;
    const all = [...met.values()];
    for (const [i, a] of all.entries())
      for (const b of all.slice(i + 1)) {
        const pair = pairOf(a, b);
        if (idle >= IDLE.pairs || a.key === b.key || covered.has(pair) || tried.has(pair)) continue;
        tried.add(pair);
        walk([a, b], tried.size);
        idle = covered.has(pair) ? 0 : idle + 1;
      }
  }
  return chosen;
}
