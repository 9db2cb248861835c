// Whether what the content limits (to a channel, an applicant, a case, a condition in prose) holds for a person: yes, no, or
// not known yet, and then what has to be asked.
import type { Span } from '../../core/source.js';
import { isUnconfirmed, type Unconfirmed } from '../schema/schema.js';
import type { Choices, Link, Links } from './links.js';
import { CHOICE_KINDS, type ChoiceKind, keyOfQuestion, OTHER, type Person, type Question, SELF } from './person.js';
import { linkOf, saysUnconfirmed } from './words.js';

type Names = readonly string[] | Unconfirmed | undefined;

/** What limits a fact: all of it must hold. */
export type Restriction = {
  readonly applicants?: Names;
  readonly channel?: Names;
  readonly case?: string | undefined;
  readonly condition?: string | undefined;
  readonly at: { readonly self: Span; readonly [field: string]: Span };
};

/** A name of the content that says the same as one of a list: exactly, else where the one is part of the other. */
export function sameName(name: string, choices: readonly string[]): readonly string[] {
  if (choices.includes(name)) return [name];
  return choices.filter((each) => each !== OTHER && each !== SELF && (each.includes(name) || name.includes(each)));
}

/** Each number once. */
export const ascending = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);

// ---------------------------------------------------------------- asking

/** Answers by what is known of a person, and keeps what would have to be asked. */
export class Asking {
  readonly #open = new Map<string, Question>();
  /** Where each of them is waited for. */
  readonly #waiting = new Map<string, Set<Span>>();
  /** What the answer turned on so far. */
  readonly #decided = new Set<Span>();

  constructor(
    readonly person: Person,
    readonly choices: Choices,
    /** What conditions were found to be about; filled in as they are met. */
    readonly links: Links = new Map(),
  ) {}

  get questions(): Question[] {
    const rank = ({ kind }: Question): number => [...CHOICE_KINDS, 'condition', 'quantity'].indexOf(kind);
    return [...this.#open.values()].sort((a, b) => rank(a) - rank(b));
  }

  get decidedBy(): readonly Span[] {
    return [...this.#decided];
  }

  decides(...spans: readonly (Span | undefined)[]): void {
    for (const span of spans) if (span) this.#decided.add(span);
  }

  /** Every place that waits for an answer, by the key of its question. */
  get waiting(): ReadonlyMap<string, ReadonlySet<Span>> {
    return this.#waiting;
  }

  ask(question: Question): void {
    const key = keyOfQuestion(question);
    const places = this.#waiting.get(key) ?? new Set();
    this.#waiting.set(key, places.add(question.at));
    const before = this.#open.get(key);
    if (!before) this.#open.set(key, question);
    else if (before.kind === 'quantity' && question.kind === 'quantity')
      this.#open.set(key, {
        ...before,
        samples: ascending([...before.samples, ...question.samples]),
      });
  }

  /** Whether all of it holds; where that is not known, the first thing to ask is asked. */
  holds(restriction: Restriction): boolean | undefined {
    const parts = this.#partsOf(restriction);
    if (parts.some(({ holds }) => holds === false)) return false;
    const open = parts.find(({ holds }) => holds === undefined);
    if (!open) return true;
    open.ask();
    return undefined;
  }

  /** A condition in its own words. */
  is(condition: string, at: Span): boolean | undefined {
    return this.holds({ condition, at: { self: at } });
  }

  /** How many of it there are, where that is known. */
  quantity(question: Omit<Extract<Question, { kind: 'quantity' }>, 'kind'>): number | undefined {
    const given = this.person.quantities?.[question.text];
    if (given === undefined) this.ask({ kind: 'quantity', ...question });
    return given;
  }

  #partsOf(restriction: Restriction): { holds: boolean | undefined; ask: () => void }[] {
    const { applicants, channel, condition, at } = restriction;
    const parts = [
      ...this.#among('applicant', applicants, at.applicants ?? at.self),
      ...this.#among('channel', channel, at.channel ?? at.self),
      ...(restriction.case === undefined ? [] : this.#among('case', [restriction.case], at.case ?? at.self)),
    ];
    if (condition !== undefined && condition.trim() !== '')
      parts.push(...this.#conditions(condition, at.condition ?? at.self));
    return parts;
  }

  #among(kind: ChoiceKind, names: Names, at: Span): { holds: boolean | undefined; ask: () => void }[] {
    // To whom it is limited is not known: it is told to everybody.
    if (names === undefined || isUnconfirmed(names) || names.length === 0) return [];
    const fits = names.flatMap((name) => sameName(name, this.choices[kind]));
    return [this.#choice(kind, fits, at)];
  }

  #choice(kind: ChoiceKind, fits: readonly string[], at: Span): { holds: boolean | undefined; ask: () => void } {
    const answers = this.choices[kind];
    const chosen = this.person[kind];
    const ask = (): void => this.ask({ kind, answers, at });
    if (answers.length === 1) return { holds: fits.length > 0, ask };
    return { holds: chosen === undefined ? undefined : fits.includes(chosen), ask };
  }

  #conditions(condition: string, at: Span): { holds: boolean | undefined; ask: () => void }[] {
    const text = condition.trim();
    // When it is asked for is not known: it is told to everybody.
    if (saysUnconfirmed(text)) return [];
    const link = this.linked(text);
    const own = {
      holds: this.person.conditions?.[text],
      ask: (): void => this.ask({ kind: 'condition', text, at }),
    };
    if (!link) return [own];
    const linked = this.#choice(link.kind, link.names, at);
    return link.only ? [linked, own] : [linked];
  }

  /** The choice that a condition in prose is about. */
  linked(condition: string): Link | undefined {
    const text = condition.trim();
    if (!this.links.has(text)) this.links.set(text, linkOf(text, this.choices));
    return this.links.get(text);
  }
}

export const one = (name: string | undefined): string[] | undefined => (name === undefined ? undefined : [name]);
