// The engine in the page: which questions were answered so far, which is next, and what holds.
import { evaluated } from '../../../content/answer/evaluate.js';
import { type Answer, keyOfQuestion, type Person, type Question } from '../../../content/answer/person.js';
import type { ServiceRules } from './rules.js';

/** What was answered, by the key of the question: a name, yes or no, or a number. */
export type Replies = ReadonlyMap<string, string>;

export type Asked = {
  readonly answer: Answer;
  readonly person: Person;
  /** Those that were answered, in order, and the next. */
  readonly questions: readonly Question[];
};

const links = new WeakMap<object, Map<string, never>>();

/** What holds for a person; `place`: where the service stands, as any value. */
export function answerIn({ variants, made }: ServiceRules, person: Person): Answer {
  const [only] = variants;
  const variant = variants.length === 1 ? only : variants.find((name) => name === person.variant);
  const ready = made[variant === undefined ? 0 : variants.indexOf(variant) + 1];
  if (!ready) throw new Error('no rules');
  if (!links.has(ready)) links.set(ready, new Map(ready.links) as Map<string, never>);
  const { variant: _, ...rest } = person;
  return evaluated(
    { ...ready, links: links.get(ready) ?? new Map() },
    variant === undefined ? rest : { ...rest, variant },
    { names: variants, at: ready.entry.at.self },
  );
}

/** Answers are taken where their question is asked; those that another has made needless fall away. */
export function asked(rules: ServiceRules, replies: Replies, date: string): Asked {
  let person: Person = { date };
  const questions: Question[] = [];
  for (;;) {
    const answer = answerIn(rules, person);
    const [next] = answer.questions;
    if (!next) return { answer, person, questions };
    questions.push(next);
    const reply = replies.get(keyOfQuestion(next));
    if (reply === undefined) return { answer, person, questions };
    person = withReply(person, next, reply);
  }
}

function withReply(person: Person, question: Question, reply: string): Person {
  if (question.kind === 'condition')
    return { ...person, conditions: { ...person.conditions, [question.text]: reply === 'yes' } };
  if (question.kind === 'quantity')
    return { ...person, quantities: { ...person.quantities, [question.text]: Number(reply) } };
  return { ...person, [question.kind]: reply };
}
