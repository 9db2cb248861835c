// Runs what was asked for and turns what escaped into an exit code. The only file that knows the process.
// Not loaded late: where too many files are open, nothing can be.
import { refusalOf } from '../core/machine.js';
import { type Terminal, UserError } from '../core/terminal.js';
import { terminalOf } from './terminal.js';

type Process = Pick<
  NodeJS.Process,
  'argv' | 'env' | 'stdin' | 'stdout' | 'stderr' | 'cwd' | 'getuid' | 'on' | 'removeListener' | 'exit' | 'exitCode'
>;

/** What ends a program from outside: Ctrl-C, a scheduler, a terminal that is closed. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** How long the work may take to end in order; then it is ended as it is. In ms. */
const ORDERLY = 1200;

/**
 * Runs the program with the arguments of `process`; resolves to the exit code, and exits by itself only when it was told to
 * end and something would not.
 */
export async function main(process: Process): Promise<number> {
  const stop = new AbortController();
  const leaving = new Leaving(() => listen());
  process.on('exit', () => {
    for (const each of leaving) each();
  });
  const { terminal, wrong } = terminalOf(process, {
    get signal() {
      listen();
      return stop.signal;
    },
    leaving,
  });
  const { tellInterrupted, listen, unlisten } = endWhenTold(process, terminal, stop);
  const output = watchOutput(process, terminal);
  try {
    if (wrong) throw new UserError(wrong);
    // Before anything else is loaded: a build that has nothing to do is over at once.
    if (terminal.args.includes('build') && (await (await import('../build/up-to-date.js')).stands(terminal))) return 0;
    const { programFor } = await import('./program.js');
    await (await programFor(terminal, terminal.args[0])).parseAsync(terminal.args, { from: 'user' });
    return stop.signal.aborted ? 130 : output.lost ? 2 : terminal.exitCode;
  } catch (error) {
    if (stop.signal.aborted) {
      tellInterrupted();
      return 130;
    }
    return failure(error, terminal);
  } finally {
    // Told to end, it listens on: until it has ended it may be asked again.
    if (!stop.signal.aborted) unlisten();
  }
}

/** What is to be undone; `begun` is told that there is something. */
class Leaving extends Set<() => void> {
  constructor(private readonly begun: () => void) {
    super();
  }
  override add(undo: () => void): this {
    this.begun();
    return super.add(undo);
  }
}

/**
 * Ends the work in order when the process is told to end, and at once when it is told again or would not. Until something
 * asks for that by `listen`, the system ends the process by itself, at once also where it only computes: who listens is
 * heard when a computation is over.
 */
function endWhenTold(
  process: Process,
  terminal: Terminal,
  stop: AbortController,
): { tellInterrupted: () => void; listen: () => void; unlisten: () => void } {
  let [told, listens] = [false, false];
  const tellInterrupted = (): void => {
    // A local page is meant to be ended so, and a language server speaks to a program.
    if (!told && !['preview', 'counter', 'lsp'].some((name) => terminal.args.includes(name)))
      terminal.err(
        terminal.lang === 'zh' ? '已中斷，原有的檔案沒有更動。\n' : 'Interrupted; the files there are as they were.\n',
      );
    told = true;
  };
  const endAtOnce = (): void => {
    tellInterrupted();
    process.exit(130);
  };
  const interrupt = (): void => {
    // Whoever asks twice does not want to wait.
    if (stop.signal.aborted) endAtOnce();
    stop.abort();
    setTimeout(endAtOnce, ORDERLY).unref();
  };
  return {
    tellInterrupted,
    listen: () => {
      if (listens) return;
      listens = true;
      for (const signal of ENDING) process.on(signal, interrupt);
    },
    unlisten: () => {
      for (const signal of ENDING) process.removeListener(signal, interrupt);
    },
  };
}

/** A reader that went away (| head), or a terminal that was closed, is no fault of ours; what could not be said is. */
function watchOutput(process: Process, terminal: Terminal): { readonly lost: boolean } {
  const output = { lost: false };
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (output.lost || terminal.signal.aborted || !['ENOSPC', 'EDQUOT', 'EFBIG'].includes(error.code ?? '')) return;
    output.lost = true;
    process.exitCode = 2;
    terminal.err(
      terminal.lang === 'zh'
        ? '錯誤：標準輸出寫不進去（磁碟已滿）；檔案已照常寫出，但沒有說明。\n'
        : 'error: standard output cannot be written (the disk is full); the work was done but not told.\n',
    );
  });
  return output;
}

/** Tells what escaped; returns the exit code. */
function failure(error: unknown, terminal: Terminal): number {
  const zh = terminal.lang === 'zh';
  if (isCommanders(error)) return error.exitCode === 0 ? 0 : 2;
  const said = error instanceof UserError ? error.say : refusalOf(error);
  if (said) {
    terminal.err(`${zh ? '錯誤：' : 'error: '}${said[terminal.lang]}\n`);
    return error instanceof UserError ? error.exitCode : 2;
  }
  terminal.err(
    `${zh ? '程式本身發生錯誤（這是我們的問題，請回報）：' : 'This is a fault of the program itself; please report it:'}\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return 70;
}

/** Help and version end the parsing with an error of their own; its class would have to be loaded to be known. */
const isCommanders = (error: unknown): error is { exitCode: number } =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
