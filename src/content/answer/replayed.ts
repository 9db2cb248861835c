// What was answered so far, question by question: each answer is taken where its question is asked, and falls away where
// another answer has made it needless.
import { halfWidth } from '../duration.js';
import { amountOf } from '../money.js';
import type { Service } from '../schema/service.js';
import { answer } from './answer.js';
import { withValue } from './combinations.js';
import { LARGEST_QUANTITY, restNo } from './given.js';
import { type Answer, keyOfQuestion, type Person, type Question } from './person.js';

/** `key`: of the question; `value`: a name, `yes` or `no`, or a number as it was written. */
export type Reply = { readonly key: string; readonly value: string };
/** For every condition and whatever else may be none: it does not hold, there is none. */
const REST: Reply = { key: 'rest', value: 'no' };

export type Replayed = {
  readonly person: Person;
  readonly answer: Answer;
  /** In the order in which they were asked. */
  readonly taken: readonly { readonly question: Question; readonly reply: Reply }[];
  /** An answer to the question that is asked next, which cannot be one. */
  readonly refused?: Reply;
};

/** Pure; never throws, whatever the replies are. `known`: what is known before anything is asked. */
export function replayed(service: Service, replies: readonly Reply[], known: Person = {}): Replayed {
  const rest = replies.some(({ key }) => key === REST.key);
  const taken: { question: Question; reply: Reply }[] = [];
  let person = known;
  for (;;) {
    const found = answer(service, person);
    const [next] = found.questions;
    if (!next) return { person, answer: found, taken };
    const reply = replies.find(({ key }) => key === keyOfQuestion(next));
    const value = reply && valueIn(next, reply);
    if (reply && value !== undefined) {
      taken.push({ question: next, reply });
      person = withValue(person, next, value);
      continue;
    }
    const whole = rest && mayRest(next) ? restNo(service, person) : person;
    if (whole === person) return { person, answer: found, taken, ...(reply ? { refused: reply } : {}) };
    person = whole;
  }
}

/** Whether "none of the rest" answers it. */
export const mayRest = (question: Question): boolean =>
  question.kind === 'condition' || (question.kind === 'quantity' && question.optional);

function valueIn(question: Question, { value }: Reply): string | number | boolean | undefined {
  if (question.kind === 'condition') return value === 'yes' ? true : value === 'no' ? false : undefined;
  if (question.kind !== 'quantity') return question.answers.includes(value) ? value : undefined;
  const number = amountOf(halfWidth(value.trim()));
  return !Number.isFinite(number) || number < 0 || number > LARGEST_QUANTITY || (number === 0 && !question.optional)
    ? undefined
    : number;
}
