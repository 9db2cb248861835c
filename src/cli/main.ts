// Runs what was asked for and turns what escaped into an exit code. The only file that knows the process.
// Not loaded late: where too many files are open, nothing can be.
import { refusalOf } from '../core/machine.js';
import type { Lang, Say } from '../core/source.js';
import { harmless, type Terminal, UserError } from '../core/terminal.js';

type Process = Pick<
  NodeJS.Process,
  'argv' | 'env' | 'stdout' | 'stderr' | 'cwd' | 'getuid' | 'on' | 'removeListener' | 'exit' | 'exitCode'
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
  const args = process.argv.slice(2);
  const stop = new AbortController();
  const leaving = new Set<() => void>();
  const leave = (): void => {
    for (const each of leaving) each();
  };
  process.on('exit', leave);
  let told = false;
  const tellInterrupted = (): void => {
    // A preview is meant to be ended so.
    if (!told && !args.includes('preview'))
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
  for (const signal of ENDING) process.on(signal, interrupt);
  // A reader that went away (| head), or a terminal that was closed, is no fault of ours; what could not be said is.
  let lost = false;
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (lost || stop.signal.aborted || !['ENOSPC', 'EDQUOT', 'EFBIG'].includes(error.code ?? '')) return;
    lost = true;
    process.exitCode = 2;
    terminal.err(
      terminal.lang === 'zh'
        ? '錯誤：標準輸出寫不進去（磁碟已滿）；檔案已照常寫出，但沒有說明。\n'
        : 'error: standard output cannot be written (the disk is full); the work was done but not told.\n',
    );
  });
  const { lang: asked, unknown } = languageAsked(args, process.env);
  const terminal: Terminal = {
    out: (text, painted) => void process.stdout.write(harmless(text, painted)),
    err: (text) => void process.stderr.write(harmless(text)),
    // Asked late: to open the stream costs more than to find that there is nothing to do.
    get live() {
      return process.stderr.isTTY === true && !process.env.CI;
    },
    get colour() {
      return isColoured(process);
    },
    quiet: hasFlag(args, '--quiet', '-q'),
    detail: (text) => {
      if (hasFlag(args, '--verbose')) terminal.err(`${text()[terminal.lang]}\n`);
    },
    lang: asked ?? languageOf(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG),
    args,
    cwd: process.cwd(),
    env: process.env,
    root: process.getuid?.() === 0,
    signal: stop.signal,
    leaving,
    exitCode: 0,
  };
  try {
    if (unknown) throw new UserError(unknown);
    // Before anything else is loaded: a build that has nothing to do is over at once.
    if (args.includes('build') && (await (await import('../build/up-to-date.js')).stands(terminal))) return 0;
    const { programFor } = await import('./program.js');
    await (await programFor(terminal, args[0])).parseAsync(args, { from: 'user' });
    return stop.signal.aborted ? 130 : lost ? 2 : terminal.exitCode;
  } catch (error) {
    if (stop.signal.aborted) {
      tellInterrupted();
      return 130;
    }
    if (isCommanders(error)) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UserError) {
      terminal.err(`${terminal.lang === 'zh' ? '錯誤：' : 'error: '}${error.say[terminal.lang]}\n`);
      return error.exitCode;
    }
    const refused = refusalOf(error);
    if (refused) {
      terminal.err(`${terminal.lang === 'zh' ? '錯誤：' : 'error: '}${refused[terminal.lang]}\n`);
      return 2;
    }
    terminal.err(
      `${terminal.lang === 'zh' ? '程式本身發生錯誤（這是我們的問題，請回報）：' : 'This is a fault of the program itself; please report it:'}\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return 70;
  } finally {
    // Told to end, it listens on: until it has ended it may be asked again.
    if (!stop.signal.aborted) for (const signal of ENDING) process.removeListener(signal, interrupt);
  }
}

/** The language of the terminal as `--ui-lang` or SERVICEBOOK_LANG names it, or what is wrong with that name. */
function languageAsked(args: readonly string[], env: NodeJS.ProcessEnv): { lang?: Lang; unknown?: Say } {
  const i = args.findIndex((arg) => arg === '--ui-lang' || arg.startsWith('--ui-lang='));
  const option = i === -1 ? undefined : args[i] === '--ui-lang' ? args[i + 1] : args[i]?.slice('--ui-lang='.length);
  const name = option ?? (i === -1 ? env.SERVICEBOOK_LANG : undefined);
  // An option without its value is told by who knows all options.
  if (name === undefined || (name === '' && i === -1)) return {};
  const [, lang] = /^(zh|en)(?:[-_.].*)?$/i.exec(name) ?? [];
  if (lang) return { lang: lang.toLowerCase() as Lang };
  const from =
    i === -1 ? { zh: '環境變數 SERVICEBOOK_LANG', en: 'The environment variable SERVICEBOOK_LANG' } : undefined;
  return {
    unknown: {
      zh: `${from?.zh ?? '--ui-lang'} 是畫面訊息的語言，應為 zh 或 en，不是「${name}」。${from ? '' : '列印的語言用 --lang。'}`,
      en: `${from?.en ?? '--ui-lang'} is the language of messages: zh or en, not "${name}".${from ? '' : ' The language of print is --lang.'}`,
    },
  };
}

/** A date format would tell the language as well, twenty times as slowly. */
const languageOf = (locale: string | undefined): Lang =>
  (locale || new Intl.PluralRules().resolvedOptions().locale).startsWith('zh') ? 'zh' : 'en';

/** Known before commander is loaded; what stands behind `--` is no flag. */
function hasFlag(args: readonly string[], ...names: string[]): boolean {
  const end = args.indexOf('--');
  return (end === -1 ? args : args.slice(0, end)).some((arg) => names.includes(arg));
}

/** no-color.org, and FORCE_COLOR as Node itself reads it. */
function isColoured({ stdout, env }: Pick<NodeJS.Process, 'stdout' | 'env'>): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return stdout.isTTY === true && env.TERM !== 'dumb';
}

/** Help and version end the parsing with an error of their own; its class would have to be loaded to be known. */
const isCommanders = (error: unknown): error is { exitCode: number } =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
