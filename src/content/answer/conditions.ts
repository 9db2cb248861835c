// Whether what the content limits (to a channel, an applicant, a case, a condition in prose) holds for a person: yes, no, or
// not known yet, and then what has to be asked.
import type { Span } from '../../core/source.js';
import { isUnconfirmed, known, type Unconfirmed } from '../schema/schema.js';
import type { RequiredDocument, Service } from '../schema/service.js';
import { saysUnconfirmed } from '../schema/tree.js';
import {
  AGENT,
  CHOICE_KINDS,
  type ChoiceKind,
  keyOfQuestion,
  OTHER,
  type Person,
  type Question,
  SELF,
} from './person.js';

type Names = readonly string[] | Unconfirmed | undefined;

/** What limits a fact: all of it must hold. */
export type Restriction = {
  readonly applicants?: Names;
  readonly channel?: Names;
  readonly case?: string | undefined;
  readonly condition?: string | undefined;
  readonly at: { readonly self: Span; readonly [field: string]: Span };
};

/** The names among which a person is of one, by kind. */
export type Choices = Readonly<Record<ChoiceKind, readonly string[]>>;

/** What comes behind the name of a channel or an applicant where it only says that one applies so. */
const APPLIES =
  '(?:提出)?(?:申請|申辦|聲明異議|聲明|陳情|辦理|洽辦|繳款|繳納|繳費|提出|送件|投標|登記|報名|寄送|領取|領件)?(?:案件|案)?';
const LEAD = /^(?:如|若|倘|為|以|由|採|經|向|自)/;
const TAIL = /(?:的時候|時|者|之情形|情形)$/;

/** 「法定代理時」: a kind of agent of its own. */
const KIND_OF_AGENT = new RegExp(`^(?:由|經)?((?:意定|法定|訴訟|複)代理)(?:人)?${APPLIES}(?:時|者)$`);
/** 「委託他人時」「委任代理人時」「由代理人申請者」: whoever was asked to act. */
const SOMEBODY = new RegExp(
  `^(?:由)?(?:委託|委任|委由|授權)(?:他人|別人|代理人|親友|親屬)?(?:代為|代)?${APPLIES}(?:時|者)$|^(?:由)?代理人?(?:代為|代)?${APPLIES}(?:時|者)$|^(?:由)?他人代(?:為|理|辦)?${APPLIES}(?:時|者)$`,
);

const core = (condition: string): string => condition.trim().replace(TAIL, '').replace(LEAD, '').trim();

/** A name of the content that says the same as one of a list: exactly, else where the one is part of the other. */
export function sameName(name: string, choices: readonly string[]): readonly string[] {
  if (choices.includes(name)) return [name];
  return choices.filter((each) => each !== OTHER && each !== SELF && (each.includes(name) || name.includes(each)));
}

/** What a condition in prose says of a choice. `only`: it also asks for more, but holds for no other choice. */
type Link = { readonly kind: ChoiceKind; readonly names: readonly string[]; readonly only?: true };

export type Links = Map<string, Link | undefined>;

function linkOf(condition: string, choices: Choices): Link | undefined {
  const agent = KIND_OF_AGENT.exec(condition.trim())?.[1];
  if (agent !== undefined) return { kind: 'representation', names: [agent] };
  if (SOMEBODY.test(condition.trim()))
    return {
      kind: 'representation',
      names: choices.representation.filter((name) => name !== SELF && !name.startsWith('法定')),
    };
  const said = core(condition);
  for (const kind of ['case', 'variant', 'channel', 'applicant'] as const) {
    const whole = piecesOf(said, choices[kind], kind);
    if (whole) return { kind, names: whole };
    const first = choices[kind].filter(
      (name) => name !== OTHER && new RegExp(`^${escaped(name)}${APPLIES}(?:後|[，,])`).test(said),
    );
    if (first.length > 0) return { kind, names: first, only: true };
  }
  return undefined;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** 「法人或團體申請」 of 本國法人 and 團體; undefined where a piece is none of them. */
function piecesOf(said: string, names: readonly string[], kind: ChoiceKind): string[] | undefined {
  if (names.length === 0 || said === '') return undefined;
  const whole = names.find((name) => said === name);
  if (whole !== undefined) return [whole];
  const found: string[] = [];
  for (const piece of said.split(/[或、]/)) {
    const plain = piece.trim();
    const fits = (name: string): boolean =>
      name !== OTHER &&
      (new RegExp(`^${escaped(name)}${APPLIES}$`).test(plain) ||
        (kind === 'applicant' &&
          plain.length > 1 &&
          name.endsWith(plain.replace(new RegExp(`^(.{2,}?)${APPLIES}$`), '$1'))));
    const one = names.filter(fits);
    if (one.length === 0) return undefined;
    found.push(...one);
  }
  return [...new Set(found)];
}

// ---------------------------------------------------------------- the choices of a service

/** What a service, or one sub-service of it, limits anything by. */
export function choicesOf(entry: Service, restrictions: readonly Restriction[]): Choices {
  const conditions = restrictions.flatMap(({ condition }) => (condition === undefined ? [] : [condition]));
  const named = (list: Names): readonly string[] => known(list) ?? [];
  const withMore = (own: readonly string[], mentioned: readonly string[], open: boolean): string[] => {
    const more = mentioned.filter((name) => sameName(name, own).length === 0);
    const all = [...new Set([...own, ...more])];
    return all.length > 0 && open ? [...all, OTHER] : all;
  };
  const applicants = (known(entry.applicant) ?? []).flatMap(({ who }) => (who === undefined ? [] : [who]));
  const channels = (known(entry.channels) ?? []).flatMap(({ name }) => (name === undefined ? [] : [name]));
  const mentionedCases = restrictions.flatMap((each) => each.case ?? []);
  const deadline = known(entry.deadline);
  const general = deadline?.limit ?? deadline?.immediate ?? deadline?.open ?? deadline?.target;
  return {
    variant: [],
    applicant: withMore(
      sure(applicants),
      restrictions.flatMap((each) => named(each.applicants)),
      applicants.length === 0,
    ),
    channel: withMore(
      sure(channels),
      restrictions.flatMap((each) => named(each.channel)),
      channels.length === 0,
    ),
    case: withMore([], mentionedCases, general !== undefined),
    representation: representationOf(entry, conditions, applicants),
  };
}

const sure = (names: readonly string[]): string[] => names.filter((name) => !saysUnconfirmed(name));

function representationOf(entry: Service, conditions: readonly string[], applicants: readonly string[]): string[] {
  // Where an agent is one of the applicants, who applies has said it already.
  if (applicants.some((who) => /^(?:.*的)?代理人$/.test(who))) return [];
  const agents = (known(entry.agents) ?? []).flatMap(({ who }) =>
    who === undefined || saysUnconfirmed(who) ? [] : [who],
  );
  const kinds = conditions.flatMap((condition) => KIND_OF_AGENT.exec(condition.trim())?.[1] ?? []);
  const all = [...new Set([...agents, ...kinds])];
  const somebody = conditions.some((condition) => SOMEBODY.test(condition.trim()));
  const told = entry.representation !== undefined && !/^(?:不得|不可|不能|限本人|須?本人)/.test(entry.representation);
  if (all.every((name) => name.startsWith('法定')) && (somebody || (all.length === 0 && told))) all.push(AGENT);
  return all.length === 0 ? [] : [SELF, ...all];
}

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
        samples: [...new Set([...before.samples, ...question.samples])].sort((a, b) => a - b),
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
  quantity(question: Extract<Question, { kind: 'quantity' }>): number | undefined {
    const given = this.person.quantities?.[question.text];
    if (given === undefined) this.ask(question);
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

/** Everything in a service that limits something. */
export function restrictionsOf(entry: Service): Restriction[] {
  const documents = known(entry.documents);
  const fee = known(entry.fee);
  const deadline = known(entry.deadline);
  const inDocument = (document: RequiredDocument): Restriction[] => [
    document,
    ...(known(document.oneOf) ?? []).flatMap(inDocument),
  ];
  return [
    ...(known(documents?.items) ?? []).flatMap(inDocument),
    ...(known(documents?.beside) ?? []),
    ...(known(fee?.lines) ?? []),
    ...(known(fee?.surcharges) ?? []),
    ...(known(fee?.discounts) ?? []),
    ...(known(fee?.exemptions) ?? []),
    ...(known(deadline?.byCase) ?? []).map((each) => ({ ...each, channel: one(each.channel) })),
    ...(known(deadline?.byChannel) ?? []).map((each) => ({ ...each, channel: one(each.channel) })),
    ...(known(deadline?.extra) ?? []).map(({ case: condition, at }) => ({ condition, at })),
  ];
}

export const one = (name: string | undefined): string[] | undefined => (name === undefined ? undefined : [name]);
