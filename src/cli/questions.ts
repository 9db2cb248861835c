// Questions on the terminal: one line each is the answer, an empty one leaves it open. A pipe answers as a keyboard does.
import { createInterface } from 'node:readline';
import type { Say } from '../core/source.js';
import { type Terminal, UserError } from '../core/terminal.js';

export type Question = {
  readonly key: string;
  readonly ask: Say;
  /** What is wrong with an answer, with a right example. */
  readonly wrong?: (answer: string) => Say | undefined;
};
type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** Whether somebody sits there to be asked. */
export const isAsked = (terminal: Terminal): boolean =>
  terminal.live && (terminal.streams().input as Input | undefined)?.isTTY === true;

/** The answers by the key of their question; what is not answered is left out. Of a keyboard a wrong answer is asked for again. */
export async function answersTo(terminal: Terminal, questions: readonly Question[]): Promise<Map<string, string>> {
  const { lang, signal } = terminal;
  const input = terminal.streams().input as Input;
  const reader = createInterface({ input, terminal: false });
  const close = (): void => reader.close();
  signal.addEventListener('abort', close);
  const lines = reader[Symbol.asyncIterator]();
  const answers = new Map<string, string>();
  try {
    for (const { key, ask, wrong } of questions)
      for (;;) {
        terminal.err(`${ask[lang]}${lang === 'zh' ? '：' : ': '}`);
        const { value, done } = await lines.next();
        signal.throwIfAborted();
        if (done) return answers;
        const answer = String(value).trim();
        const fault = answer === '' ? undefined : wrong?.(answer);
        if (fault && input.isTTY !== true) throw new UserError(fault);
        if (fault) terminal.err(`${fault[lang]}\n`);
        else {
          if (input.isTTY !== true) terminal.err('\n');
          if (answer !== '') answers.set(key, answer);
          break;
        }
      }
    return answers;
  } finally {
    signal.removeEventListener('abort', close);
    reader.close();
  }
}
