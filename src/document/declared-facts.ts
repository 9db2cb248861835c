// What a stamp says of the content: the facts of a sheet, in tokens instead of words and so in no language. What was printed
// years ago is compared with it, so it never changes: `test/declared-facts.test.ts` holds it, field by field.
import { hash } from 'node:crypto';
import { type Flow, flowOf } from '../content/procedure.js';
import type { Deadline } from '../content/schema/deadline.js';
import type { Fee } from '../content/schema/fee.js';
import type { Handbook } from '../content/schema/model.js';
import type { Role } from '../content/schema/procedure.js';
import { known } from '../content/schema/schema.js';
import type { Authority, RequiredDocument, Service } from '../content/schema/service.js';
import * as authority from './facts/authority.js';
import * as deadline from './facts/deadline.js';
import * as documents from './facts/documents.js';
import * as fee from './facts/fee.js';
import * as standards from './facts/standards.js';
import * as steps from './facts/steps.js';
import * as terms from './facts/terms.js';
import { clauses as clausesIn, type Open, printed, type Texts, type Wording, withoutBasis } from './facts/text.js';
import * as headlines from './headlines.js';
import { type WayLine, wayIn } from './way.js';

/** The content as it was written. */
export type Written = { readonly handbook: Handbook; readonly services: readonly Service[] };

/** What a fact is about. Of `chapter`, `rest` and `book` a long text is kept as a digest: it says only that it is another one. */
export const TOPICS = [
  'summary',
  'documents',
  'fee',
  'deadline',
  'authority',
  'steps',
  'ways',
  'office',
  'chapter',
  'rest',
  'book',
] as const;
export type Topic = (typeof TOPICS)[number];

/**
 * One declared fact: what it is about, of which sub-service, its name and what is said of it; for a step also where it
 * leads. The program's own words stand in it as tokens (`wordToken`), so that no change of words makes a sheet old.
 */
export type Fact = readonly [topic: Topic, of: string, name: string, text: string, next?: string];
/** The facts of one service; with an empty id those of the office. */
export type Section = { readonly id: string; readonly name: string; readonly facts: readonly Fact[] };

export const withRemark = (text: string, note: string): string =>
  note === '' ? text : text === '' ? note : `${text}${wordToken('brackets', note)}`;

/** Stands for a long text. */
export const digest = (text: string): string => hash('sha256', text, 'base64url').slice(0, 8);

// ---------------------------------------------------------------- words as tokens

const OPEN = '\u0001';
const NEXT = '\u0002';
const CLOSE = '\u0003';

/** A printed word of the program by its key, and what is filled in. */
export const wordToken = (key: string, ...values: readonly (string | number)[]): string =>
  `${OPEN}${[key, ...values].join(NEXT)}${CLOSE}`;

/** The text with every token put in words; tokens may stand within tokens. */
export function inWords(text: string, word: (key: string, ...values: string[]) => string): string {
  const open: string[][] = [['']];
  const add = (piece: string): void => {
    const top = open[open.length - 1] as string[];
    top[top.length - 1] += piece;
  };
  for (const c of text) {
    if (c === OPEN) open.push(['']);
    else if (c === NEXT) open[open.length - 1]?.push('');
    else if (c === CLOSE && open.length > 1) {
      const [key = '', ...values] = open.pop() as string[];
      add(word(key, ...values));
    } else add(c);
  }
  return open.flat().join('');
}

/** Where a step leads, with the numbers of the steps put as `of` says. */
export const renumbered = (next: string, of: (number: number) => number): string =>
  next.replace(STEP_TOKEN, (token) => token.replace(/\d+/g, (digits) => String(of(Number(digits)))));
const STEP_TOKEN = new RegExp(`${OPEN}to-steps?${NEXT}(?:[^${OPEN}${CLOSE}]|${OPEN}list-comma${CLOSE})*${CLOSE}`, 'g');

// ---------------------------------------------------------------- facts in tokens

/*
 * Papers and stamps read a record in the same way: which rows it has, in which order, and what belongs in each. Its legal
 * bases are left out: what shows them declares them apart. Who words something anew on paper does it in
 * `templates/words.yaml`, which no stamp knows; whoever must change the rows themselves gives the stamps rows of their own.
 */
const TOKENS: Wording = { word: wordToken };

/** Clauses in one line; a full stop before the separator falls away. */
export const clauses = (texts: Texts): string => clausesIn(TOKENS, texts);

/** 正本、1 份、3 個月內核發. Empty when only the name is declared. */
export const documentDetails = (document: RequiredDocument): string => documents.documentDetails(TOKENS, document);
/** The name of a document; a choice without a name of its own is 「下列擇一」. */
export const documentName = (document: RequiredDocument): string => documents.documentName(TOKENS, document);
/** 擇一, 任選 2 項. */
export const choiceToken = (document: RequiredDocument): string => documents.choiceWord(TOKENS, document);
/** Where a document is to be had. */
export const placeTokens = (document: RequiredDocument): string[] =>
  documents.documentRemarks(TOKENS, document, 'place');
/** What is asked for beside documents. */
export const besideTokens = (entry: Pick<documents.Declared, 'documents'>): string[] =>
  documents.besideTexts(TOKENS, entry);
/** 4 項, 無, 待確認. */
export const documentsBrief = (entry: Pick<documents.Declared, 'documents'>): string =>
  documents.documentsBrief(TOKENS, entry);

/** 免費, 每份 100 元, 每 2 小時 20 元起等 3 項, 待確認. */
export const feeBrief = (of: Open<Fee>): string => fee.feeBrief(TOKENS, of);
/** Every fact about the fee, a row each. */
export const feeRows = (of: Open<Fee>): fee.FeeRow[] => fee.feeRows(TOKENS, withoutBasis(of));

/** How it is paid and paid back. */
export const feePaid = (of: Open<Fee>): fee.FeeRow[] => {
  const paid = [wordToken('payment'), wordToken('refund')];
  return feeRows(of).filter(({ kind, item }) => kind === 'other' && paid.includes(item));
};

/** 隨到隨辦, 3 工作日, 引導 5 分鐘、辦畢 30 分鐘, 不定期限, 待確認. */
export const deadlineBrief = (of: Open<Deadline>): string => deadline.deadlineBrief(TOKENS, of);
/** The large words of a service, with what its sub-services say. */
export const headlinesOf = (service: Service): Record<'documents' | 'fee' | 'deadline', string> => ({
  documents: headlines.documentsHeadline(TOKENS, service).text,
  fee: headlines.feeHeadline(TOKENS, withoutBasis(service)).text,
  deadline: headlines.deadlineHeadline(TOKENS, service).text,
});
/** Every fact about the deadline, a row each. */
export const deadlineRows = (of: Open<Deadline>): deadline.DeadlineRow[] =>
  deadline.deadlineRows(TOKENS, withoutBasis(of));

/** 書記官（限 3 萬元以下）、主任行政執行官. */
export const rolesWithNotes = (roles: Open<readonly Role[]>): string => authority.rolesWithNotes(TOKENS, roles);
/** Who decides: 分署長, 待確認. */
export const authorityBrief = (of: Open<Authority>): string => authority.authorityBrief(TOKENS, of);
/** Who prepares, reviews, countersigns and decides: a row for the whole, or one a stage. */
export const authorityRows = (of: Open<Authority>): authority.AuthorityRow[] =>
  authority.authorityRows(TOKENS, withoutBasis(of));

/** Whether it is on offer. */
export const statusToken = (status: Service['status']): string => terms.statusText(TOKENS, status);
/** What a service says of itself, a row each. */
export const termsOf = (service: Service): readonly { label: string; texts: readonly string[] }[] =>
  terms.serviceTerms(TOKENS, service, 'all');
/** What binds who applies. */
export const yourTerms = (service: Service): string[] => headlines.yourTerms(TOKENS, service);
/** How long the whole procedure takes, where it says so. */
export const totalText = ({ total }: Service): string => printed(total);
/** The way through a service as short papers tell it. */
export const wayLines = ({ handbook }: Written, service: Service): readonly WayLine[] =>
  wayIn(TOKENS, flowOf(known(service.procedure) ?? []), service, handbook);

/** The steps of a procedure in the order of writing. */
export const stepRows = (content: Written, flow: Flow): steps.StepRow[] =>
  steps.stepRows({ ...TOKENS, ...content }, flow);

/** The office's service standards that it declares. */
export const standardTiles = (content: Written): standards.StandardTile[] =>
  standards.standardTiles({ ...TOKENS, ...content });
