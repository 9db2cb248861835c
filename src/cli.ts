// Runs what was asked for and turns what escaped into an exit code. The only file that knows the process.
import { type Lang, type Terminal, UserError } from './source.js';

type Process = Pick<
  NodeJS.Process,
  'argv' | 'env' | 'stdout' | 'stderr' | 'cwd' | 'getuid' | 'once' | 'removeListener'
>;

/** Runs the program with the arguments of `process`; resolves to the exit code and never exits by itself. */
export async function main(process: Process): Promise<number> {
  const args = process.argv.slice(2);
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  // A reader that went away (| head) is no fault of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const terminal: Terminal = {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    // Asked late: to open the stream costs more than to find that there is nothing to do.
    get live() {
      return process.stderr.isTTY === true && !process.env.CI;
    },
    lang: languageOf(args, process.env),
    args,
    cwd: process.cwd(),
    env: process.env,
    root: process.getuid?.() === 0,
    signal: stop.signal,
    exitCode: 0,
  };
  try {
    // Before anything else is loaded: a build that has nothing to do is over at once.
    if (args[0] === 'build' && (await (await import('./built.js')).stands(terminal))) return 0;
    const { programFor } = await import('./program.js');
    await (await programFor(terminal, args[0])).parseAsync(args, { from: 'user' });
    return stop.signal.aborted ? 130 : terminal.exitCode;
  } catch (error) {
    if (stop.signal.aborted) {
      terminal.err(
        terminal.lang === 'zh' ? '已中斷，原有的檔案沒有更動。\n' : 'Interrupted; the files there are as they were.\n',
      );
      return 130;
    }
    if (isCommanders(error)) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UserError) {
      terminal.err(`${terminal.lang === 'zh' ? '錯誤：' : 'error: '}${error.say[terminal.lang]}\n`);
      return error.exitCode;
    }
    terminal.err(
      `${terminal.lang === 'zh' ? '程式本身發生錯誤（這是我們的問題，請回報）：' : 'This is a fault of the program itself; please report it:'}\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return 70;
  } finally {
    process.removeListener('SIGINT', interrupt);
    process.removeListener('SIGTERM', interrupt);
  }
}

/** `--lang` (zh or en first), else the locale. A date format would tell it as well, twenty times as slowly. */
function languageOf(args: readonly string[], env: NodeJS.ProcessEnv): Lang {
  const i = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const asked = i === -1 ? undefined : args[i]?.includes('=') ? args[i].slice(7) : args[i + 1];
  if (asked?.startsWith('zh')) return 'zh';
  if (asked?.startsWith('en')) return 'en';
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || new Intl.PluralRules().resolvedOptions().locale;
  return locale.startsWith('zh') ? 'zh' : 'en';
}

/** Help and version end the parsing with an error of their own; its class would have to be loaded to be known. */
const isCommanders = (error: unknown): error is { exitCode: number } =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
