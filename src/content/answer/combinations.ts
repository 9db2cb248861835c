// Every case of a service that its own words tell apart, each with its answer; where there are too many, every two answers together.
import type { Span } from '../../core/source.js';
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

type Given = { readonly key: string; readonly question: Question; readonly value: Value };
/** An answer with its number: two numbers make one, in either order. */
type Numbered = Given & { readonly n: number };
const pairOf = (a: Numbered, b: Numbered): number => Math.min(a.n, b.n) * 65_536 + Math.max(a.n, b.n);

/** A sub-service has questions of its own: it is settled before anything else. */
function settledFirst(questions: readonly Question[]): readonly Question[] {
  const [first] = questions;
  return first?.kind === 'variant' ? [first] : questions;
}

/** From questions to questions to the end, each answered as `choose` says. */
function walkTo(service: Service, known: Person, choose: (question: Question) => Value): Combination {
  let person = known;
  for (;;) {
    const found = answer(service, person);
    if (found.questions.length === 0) return { person, answer: found };
    for (const next of settledFirst(found.questions)) person = withValue(person, next, choose(next));
  }
}

/** Answers that make a question be asked, each of them needed for it. */
type Need = readonly Given[];
/** So many ways to a question are looked for: a service of more is one that nobody wrote by hand. */
const MOST_WAYS = 4000;

type Way = { readonly given: Given; readonly needs: Need[] };

/**
 * Every answer that may be given, whatever else is answered, and all that can lead to its question. From what is open at the beginning
 * every place that waits for an answer is followed with each of its answers; of what then waits for the first time only
 * the answers count without which it would not.
 */
function waysTo(service: Service, known: Person): Way[] {
  const ways = new Map<string, Way>();
  const seen = new Set<string>();
  const open: Need[] = [[]];
  const answers = new Map<string, Answer>();
  const at = (need: Need): Answer => {
    const name = need.map(answerName).sort().join('\n');
    const before = answers.get(name);
    if (before) return before;
    const found = answer(
      service,
      need.reduce((person, { question, value }) => withValue(person, question, value), known),
    );
    answers.set(name, found);
    return found;
  };
  const places = new Map<Span, number>();
  const nameOf = (key: string, place: Span, need: Need): string => {
    if (!places.has(place)) places.set(place, places.size);
    const all = need.map(answerName).sort();
    return JSON.stringify([key, places.get(place), ...all]);
  };
  for (const need of open) {
    const found = at(need);
    for (const question of settledFirst(found.questions)) {
      const key = keyOfQuestion(question);
      for (const place of found.waiting.get(key) ?? []) {
        const least = need.reduce<Need>((rest, given) => {
          if (given.question.kind === 'variant') return rest;
          const without = rest.filter((each) => each !== given);
          return at(without).waiting.get(key)?.has(place) ? without : rest;
        }, need);
        const name = nameOf(key, place, least);
        if (seen.has(name) || seen.size >= MOST_WAYS) continue;
        seen.add(name);
        for (const value of valuesOf(question)) {
          // A sub-service may have other answers to the same question.
          const given = { key, question, value };
          const way = ways.get(answerName(given)) ?? { given, needs: [] };
          ways.set(answerName(given), way);
          way.needs.push(least);
          open.push([...least, given]);
        }
      }
    }
  }
  return [...ways.values()];
}

const answerName = ({ key, value }: Given): string => `${key}=${String(value)}`;

const asked = new WeakMap<Service, Map<string, ReadonlyMap<string, Question>>>();

/** Every question that may come, whatever is answered. Remembered, for all that is said of a person is held against it. */
export function everyQuestion(service: Service, known: Person = {}): ReadonlyMap<string, Question> {
  const all = asked.get(service) ?? new Map<string, ReadonlyMap<string, Question>>();
  asked.set(service, all);
  const name = JSON.stringify(known);
  const before = all.get(name);
  if (before) return before;
  const found = new Map(waysTo(service, known).map(({ given: { key, question } }) => [key, question]));
  // A program that serves many persons forgets the first of them.
  if (all.size > 100) all.clear();
  all.set(name, found);
  return found;
}

/** Walks in a row that bring nothing new before single pairs are looked for. */
const IDLE = 4;

/**
 * As few combinations as a greedy choice finds, in which every two answers that go together stand together once: they do
 * where a way to the one and a way to the other do not ask for different answers to the same question.
 */
function pairs(service: Service, known: Person): Combination[] {
  const chosen: Combination[] = [];
  const covered = new Set<number>();
  const numbers = new Map<string, number>();
  const numbered = (given: Given): Numbered => {
    const name = answerName(given);
    const n = numbers.get(name) ?? numbers.size;
    numbers.set(name, n);
    return { ...given, n };
  };
  /** Answers with what is wished for, else with what stands together with most for the first time; whether that is new. */
  const walk = (wished: readonly Given[], turn: number): boolean => {
    const given: Numbered[] = [];
    const found = walkTo(service, known, (question) => {
      const key = keyOfQuestion(question);
      const values = valuesOf(question).map((value) => numbered({ key, question, value }));
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
  for (let idle = 0, turn = 0; idle < IDLE; turn += 1) idle = walk([], turn) ? 0 : idle + 1;
  let turn = 0;
  const ways = waysTo(service, known).map(({ given, needs }) => ({ given: numbered(given), needs }));
  for (const [i, a] of ways.entries())
    for (const b of ways.slice(i + 1)) {
      if (a.given.key === b.given.key || covered.has(pairOf(a.given, b.given))) continue;
      turn += 1;
      const together = bothWays(a, b);
      if (together) walk(together, turn);
    }
  return chosen;
}

/** The answers that lead to both, with these; undefined where every way to the one is against every way to the other. */
function bothWays(a: Way, b: Way): Given[] | undefined {
  for (const one of a.needs)
    for (const other of b.needs) {
      const all = [...one, ...other, a.given, b.given];
      const values = new Map<string, Value>();
      if (
        all.every(({ key, value }) => (!values.has(key) || values.get(key) === value ? values.set(key, value) : false))
      )
        return all;
    }
  return undefined;
}
