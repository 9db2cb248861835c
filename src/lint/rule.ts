// What a lint rule is, and what is said of a rule that is not there.
import type { Procedure } from '../content/procedure.js';
import type { Handbook } from '../content/schema/model.js';
import type { Fault, Severity } from '../core/diagnostic.js';
import { nearest } from '../core/nearest.js';
import type { Say, Source, Span } from '../core/source.js';
import { UserError } from '../core/terminal.js';

/** A piece of content that shows a rule: `text` is a service file unless `file` says otherwise. */
export type Example = {
  file?: string;
  text: string;
  /** Other files the example needs, by path: an office.yaml of its own, a chapter. */
  also?: Readonly<Record<string, string>>;
  /** In a bad example: the text at which the finding stands. */
  at?: string;
};

export type Found = Omit<Fault, 'rule'>;

/** What a rule notes in one file, to be held against the other files: a word, and what else it needs to know of it. */
export type Mention = { readonly word: string; readonly span: Span; readonly also?: readonly string[] };

/** A service or chapter as the book sees it. One that could not be read has no name and no place. */
export type Entry = {
  readonly kind: 'service' | 'chapter';
  /** The service's id, or the file name of the chapter. */
  readonly id: string;
  readonly read?: { readonly name: string; readonly at: { readonly id: Span; readonly name: Span } };
};

/** The book as a whole, for what no single file can tell. */
export type Whole = {
  /** Office and book alone. */
  readonly handbook: Handbook;
  readonly entries: readonly Entry[];
  /** What the rule noted, in the order of the files. */
  readonly mentions: readonly Mention[];
  /** Every file that could be read. */
  readonly sources: readonly Source[];
};

/**
 * One lint rule. Its file name is its id. Rules without `check` and `whole` are found while reading.
 *
 * `check` sees one service, one chapter, or office and book alone, and speaks of no other file; so a file that has not
 * changed need not be looked at again. What takes several files to tell is noted by `mentions` and judged by `whole`.
 */
export type Rule = {
  /** `off`: found in the strict set alone. */
  severity: Severity | 'off';
  /** The severity in the strict set, where it is another. */
  strict?: Severity;
  /** What it finds harms people: nothing in the content switches it off or answers for it, only a flag on the command line. */
  guarded?: true;
  /** Its fixes never change the meaning, so `--fix` applies them; other fixes are proposals. */
  mends?: true;
  /** Why it matters, for a clerk. */
  why: Say;
  good: readonly Example[];
  bad: readonly Example[];
  check?: (handbook: Handbook, report: (found: Found) => void, procedures: readonly Procedure[]) => void;
  mentions?: (handbook: Handbook, procedures: readonly Procedure[]) => Mention[];
  whole?: (book: Whole, report: (found: Found) => void) => void;
};

/** A fault that keeps content from being read at all: without mending it there is nothing to print. */
export const isFixed = (rule: Rule): boolean =>
  !rule.check && !rule.whole && !rule.guarded && rule.severity === 'error';

/** The rule a user named at the keyboard. Throws UserError when there is none. */
export function ruleNamed(id: string, rules: ReadonlyMap<string, Rule>): Rule {
  const rule = rules.get(id);
  if (rule) return rule;
  const { message, hint } = missingRule(id, rules);
  throw new UserError({ zh: `${message.zh}${hint.zh}`, en: `${message.en} ${hint.en}` });
}

function missingRule(id: string, rules: ReadonlyMap<string, Rule>): { message: Say; hint: Say; near?: string } {
  const near = nearest(id, [...rules.keys()]);
  const message = { zh: `沒有「${id}」這條檢查規則。`, en: `There is no rule "${id}".` };
  if (near) return { message, near, hint: { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` } };
  return {
    message,
    hint: { zh: '用「servicebook explain」看全部規則。', en: 'See all rules with "servicebook explain".' },
  };
}

/** What is told of a rule that content names and that is not there, with what may have been meant. */
export function noSuchRule(
  id: string,
  rules: ReadonlyMap<string, Rule>,
  span: Span,
): Pick<Fault, 'message' | 'hint' | 'fix'> {
  const { near, ...said } = missingRule(id, rules);
  const writtenSo = span.source.text.slice(span.start, span.end) === id;
  return { ...said, ...(near && writtenSo ? { fix: { span, text: near } } : {}) };
}
/** What is told where content would change a rule that it may not change. */
export const cannotBeChanged = (id: string, { guarded }: Rule): Pick<Fault, 'message' | 'hint'> =>
  guarded ? onlyByOption(id) : unreadable(id);
const onlyByOption = (id: string): Pick<Fault, 'message' | 'hint'> => ({
  message: {
    zh: `「${id}」保護的是看不出問題的人，內容裡不能關閉、降級或略過。`,
    en: `"${id}" protects those who cannot see what is wrong; content cannot turn it off, lower it or pass over it.`,
  },
  hint: {
    zh: `改正它所指的地方；確定沒有問題時，檢查的人用「servicebook lint --off ${id}」。`,
    en: `Fix what it points at; who lints and is sure uses "servicebook lint --off ${id}".`,
  },
});
const unreadable = (id: string): Pick<Fault, 'message' | 'hint'> => ({
  message: {
    zh: `「${id}」指的是讀不出來的內容，不能關閉、降級或略過。`,
    en: `"${id}" is about content that cannot be read; it cannot be turned off, lowered or passed over.`,
  },
  hint: { zh: '改正它所指的地方。', en: 'Fix what it points at.' },
});
