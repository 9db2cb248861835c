// The terminal the program speaks to, the mistakes of its user, and how a stranger’s text is shown so that nothing in it commands.
import type { Lang, Say } from './source.js';

/** What the program may know of the world it was started in. Only `cli/main.ts` makes one. */
export type Terminal = {
  /** Whatever is not seen in the text is shown by its code (`harmless`); `painted`: what colours it is let through. */
  out(text: string, painted?: boolean): void;
  /** Text as it is, such as lines that command the CI that reads them; nothing in it is a stranger’s but what was made harmless. */
  commands(text: string): void;
  /** Standard input and output themselves (streams of Node), for who speaks a protocol. */
  streams(): { input: unknown; output: unknown };
  err(text: string): void;
  /** Progress may be rewritten in place. */
  readonly live: boolean;
  /** What goes to `out` may be coloured: a person reads it on a terminal that can. */
  readonly colour: boolean;
  /** `--quiet`: nothing but what was asked for and errors. */
  readonly quiet: boolean;
  /** One line on what the program does and what it found, to `err`; nothing unless `--verbose` asks for it. */
  detail(text: () => Say): void;
  readonly lang: Lang;
  /** The arguments as they were given. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly root: boolean;
  /**
   * Aborted when the user presses Ctrl-C, or the program is told to end. Who asks for it, or has something in `leaving`, ends
   * in order; any other command is ended at once.
   */
  readonly signal: AbortSignal;
  /** What is to be undone at once, without waiting for anything, where the program ends before its end. */
  readonly leaving: Set<() => void>;
  /** The exit code when nothing is thrown. */
  exitCode: number;
};

// ---------------------------------------------------------------- what is shown of strangers' texts

const UNSEEN = String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]`;
const ANY_UNSEEN = new RegExp(UNSEEN, 'gu');
/** Line ends and tabs are the program's own. */
const UNSEEN_BUT_LINES = new RegExp(`(?![\\n\\t]|\\r\\n)${UNSEEN}`, 'gu');
/** What is not certainly seen: other than ASCII, the usual Chinese characters and their punctuation. Quick to look for. */
const PERHAPS_UNSEEN = /[^\n\t -~\u3000-\u3020\u4e00-\u9fff\uff01-\uff9f]/;
/** Begins a line that is to be written over the one before. */
const OVER = '\r\u001b[K';
const PAINT = new RegExp(`(${OVER[1]}\\[\\d{1,2}m)`);

/** As JSON writes them, so that a report in JSON stays what it is. */
const inCodes = (characters: string): string =>
  Array.from({ length: characters.length }, (_, i) => characters.charCodeAt(i))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');

/** A stranger's text on one line, with everything in it to be seen: 「甲\u202e乙」, "a\u000ab.yaml". */
export const visible = (text: string): string =>
  PERHAPS_UNSEEN.test(text) || /[\n\t]/.test(text) ? text.replace(ANY_UNSEEN, inCodes) : text;

const withLines = (text: string): string =>
  PERHAPS_UNSEEN.test(text) ? text.replace(UNSEEN_BUT_LINES, inCodes) : text;

/**
 * A text for a terminal or a log, in which nothing commands either: what is not seen stands there by its code, and no
 * line begins as the commands of a CI do (`::error`, `##[error]`, `##vso[…]`).
 */
export function harmless(text: string, painted = false): string {
  if (text.startsWith(OVER)) return OVER + harmless(text.slice(OVER.length));
  const seen = painted
    ? text
        .split(PAINT)
        .map((part, i) => (i % 2 === 1 ? part : withLines(part)))
        .join('')
    : withLines(text);
  const parted = seen.includes('::') ? seen.replace(/^([^\S\n]*):(?=:)/gm, '$1\\u003a') : seen;
  return parted.includes('##') ? parted.replace(/##(?=\[|[a-z]+\[)/gi, '#\\u0023') : parted;
}

/** How many, in English: 1 file, 2 files. Chinese needs no such thing. */
export const counted = (n: number, one: string, several = `${one}s`): string => `${n} ${n === 1 ? one : several}`;

/** A mistake of the user that is not in content (flag, folder, browser): printed as a sentence, never as a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
  constructor(
    readonly say: Say,
    /** 1: the work was done and found wanting; 2: the work could not be done. */
    readonly exitCode: 1 | 2 = 2,
  ) {
    super(say.en);
  }
}
