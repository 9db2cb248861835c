// What is known of a person who asks for a service, what is still to be asked, and what an answer is made of.
import type { Say, Span } from '../../core/source.js';
import type { Duration } from '../schema/procedure.js';
import type { Unconfirmed } from '../schema/schema.js';
import type { Authority, RequiredDocument } from '../schema/service.js';

/** Words of the program among answers, beside those of the content. */
export const SELF = '本人';
export const AGENT = '代理人';
export const OTHER = '其他';
/** Answers in the program's own words, and a name for each. */
const OWN_ANSWERS: Readonly<Record<string, string>> = {
  [SELF]: 'self',
  [AGENT]: 'agent',
  [OTHER]: 'other',
  意定代理: 'appointed',
  法定代理: 'statutory',
};

/** What is counted by in many contents, and a name for each. */
const OWN_UNITS: Readonly<Record<string, string>> = {
  份: 'unit-copy',
  張: 'unit-sheet',
  頁: 'unit-page',
  件: 'unit-item',
  次: 'unit-time',
  人: 'unit-person',
  小時: 'unit-hour',
  日: 'unit-day',
  天: 'unit-day',
  月: 'unit-month',
  年: 'unit-year',
  元: 'unit-dollar',
};
/** Texts that the program can say in every language where the content does not, each with the name of the word. */
export const OWN_WORDS: Readonly<Record<string, string>> = { ...OWN_ANSWERS, ...OWN_UNITS };

/** What is known. Names are those of the content; what is left out is not known yet. */
export type Person = {
  /** Of the sub-services. */
  readonly variant?: string;
  readonly case?: string;
  readonly applicant?: string;
  /** 本人, or who acts for the applicant. */
  readonly representation?: string;
  readonly channel?: string;
  /** Conditions in their own words, and whether they hold. */
  readonly conditions?: Readonly<Record<string, boolean>>;
  /** What a fee is counted on, by its name: not below zero. */
  readonly quantities?: Readonly<Record<string, number>>;
  /** ISO day on which it is asked for; prices that do not hold on it are left out. */
  readonly date?: string;
};

/** The choices that are one of a list. */
export type ChoiceKind = 'variant' | 'applicant' | 'representation' | 'channel' | 'case';
export const CHOICE_KINDS: readonly ChoiceKind[] = ['variant', 'applicant', 'representation', 'channel', 'case'];
/** As users call them; in Chinese also the keys of a worked example. */
export const CHOICE_NAMES: Readonly<Record<ChoiceKind, Say>> = {
  variant: { zh: '子項目', en: 'sub-service' },
  applicant: { zh: '申請人', en: 'applicant' },
  representation: { zh: '代理', en: 'representation' },
  channel: { zh: '申請方式', en: 'channel' },
  case: { zh: '案件', en: 'case' },
};

/**
 * What is to be asked. `answers`: one of these names. A condition is answered by yes or no, a quantity by a number of
 * `unit`; `optional`: none is an answer too. `at`: what makes it asked.
 */
export type Question =
  | { readonly kind: ChoiceKind; readonly answers: readonly string[]; readonly at: Span }
  | { readonly kind: 'condition'; readonly text: string; readonly at: Span }
  | {
      readonly kind: 'quantity';
      readonly text: string;
      readonly unit: string;
      readonly optional: boolean;
      /** Numbers between which the price changes, for whoever tries all cases. */
      readonly samples: readonly number[];
      readonly at: Span;
    };

/** One question is one key: its kind, and what it asks where a kind asks several things. */
export const keyOfQuestion = (question: Question): string =>
  'text' in question ? `${question.kind} ${question.text}` : question.kind;

/** A document that this person brings. */
export type AskedDocument = {
  readonly document: RequiredDocument;
  /** Of a choice, those that are open to this person; `choose` of them. */
  readonly among?: readonly RequiredDocument[];
  readonly choose?: number | Unconfirmed;
  /** The office looks it up itself. */
  readonly waived?: string;
  /** The condition that holds. */
  readonly because?: string;
};

/** Why there is nothing where something is looked for. */
export type Reason =
  | 'undeclared'
  | 'unconfirmed'
  | 'none-needed'
  | 'none-applies'
  | 'free'
  | 'open'
  /** It waits for an answer. */
  | 'asked'
  | 'like';

/** Why a charge is no number. */
export type Unpriced =
  | 'unconfirmed'
  | 'said-only'
  | 'part-of-unit'
  | 'rounding'
  | 'tiers'
  | 'several-reliefs'
  | 'unreadable';

/** Decimal digits: 1300, 18.5. `most` where it is a frame; `open` where nothing says where it ends. */
export type Sum = { readonly amount: string; readonly most?: string; readonly open?: true; readonly currency: string };

/** One line of the fee as it is for this person. */
export type Charge = {
  readonly kind: 'line' | 'surcharge' | 'discount' | 'exemption';
  /** In the words of the content; empty where the fee has no name of its own. */
  readonly item: string;
  /** How many of what. */
  readonly count?: { readonly number: string; readonly unit: string };
  /** A relief takes off: its amount is below zero. */
  readonly sum?: Sum;
  /** No number: why, and what the content says. */
  readonly unpriced?: { readonly why: Unpriced; readonly text: string };
  /** Let off as a whole. */
  readonly off?: true;
  readonly at: Span;
};

export type FeeAnswer = {
  readonly charges: readonly Charge[];
  /** One for each currency. None where a charge is no number, or an answer is missing. */
  readonly totals: readonly Sum[];
  /** Why there is no total. */
  readonly reason?: Reason;
  /** 待確認, as it is written. */
  readonly unconfirmed?: string;
};

export type LimitAnswer = {
  readonly immediate?: true;
  /** 隨到隨辦 where `immediate`; else how long at most. */
  readonly limit?: Duration;
  /** What the limit is: of this case, of the office, of all stages, of the law, or only aimed at. */
  readonly of?: 'case' | 'office' | 'stages' | 'law' | 'target';
  readonly from?: string;
  /** Time that comes on top and does not add up with the limit. */
  readonly extra: readonly Duration[];
  readonly reason?: Reason;
  readonly unconfirmed?: string;
  /** Why there is no limit. */
  readonly why?: string;
  readonly at?: Span;
};

/** What the applicant does. `when`: the ways of decisions that lead to it. */
export type OwnStep = { readonly text: string; readonly when: readonly string[]; readonly limit?: Duration };

export type WarningKind =
  | 'ceased'
  | 'paused'
  | 'seasonal'
  | 'window'
  | 'preconditions'
  | 'joint'
  | 'applicant'
  | 'agent'
  | 'representation'
  | 'correction'
  | 'lapse'
  | 'excluded'
  | 'exemption';
/** What to mind: of which kind, and the words of the content. */
export type Warning = { readonly kind: WarningKind; readonly text: string };

export type Answer = {
  /** The fewest to ask next, the first first; none where the answer is whole. */
  readonly questions: readonly Question[];
  /** Every place in the content that waits for an answer, by the key of its question. */
  readonly waiting: ReadonlyMap<string, ReadonlySet<Span>>;
  readonly documents: readonly AskedDocument[];
  /** What is asked for beside documents. */
  readonly beside: readonly string[];
  readonly documentsReason?: Reason;
  readonly documentsUnconfirmed?: string;
  readonly fee: FeeAnswer;
  readonly limit: LimitAnswer;
  readonly authority?: Authority | Unconfirmed;
  readonly place?: string;
  readonly hours?: string;
  readonly steps: readonly OwnStep[];
  readonly warnings: readonly Warning[];
  /** The places in the content that decided documents, fee and limit. */
  readonly decidedBy: readonly Span[];
};
