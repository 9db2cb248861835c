// The terminal as commands know it: where they write, in which language and colour, and what they were asked.

import type { Lang, Say } from '../core/source.js';
import { harmless, type Terminal } from '../core/terminal.js';

/** What of a process is known. */
type Streams = Pick<NodeJS.Process, 'argv' | 'env' | 'stdin' | 'stdout' | 'stderr' | 'cwd' | 'getuid'>;

/** `wrong`: what is wrong with the language that was asked for, or where the program was started. */
export function terminalOf(
  streams: Streams,
  ending: Pick<Terminal, 'signal' | 'leaving'>,
): { terminal: Terminal; wrong?: Say } {
  const args = streams.argv.slice(2);
  const cwd = cwdOf(streams);
  const { lang: asked, unknown } = languageAsked(args, streams.env);
  const terminal: Terminal = {
    out: (text, painted) => void streams.stdout.write(harmless(text, painted)),
    streams: () => ({ input: streams.stdin, output: streams.stdout }),
    commands: (text) => void streams.stdout.write(text),
    err: (text) => void streams.stderr.write(harmless(text)),
    // Asked late: to open the stream costs more than to find that there is nothing to do.
    get live() {
      return streams.stderr.isTTY === true && !streams.env.CI;
    },
    get colour() {
      return isColoured(streams);
    },
    quiet: hasFlag(args, '--quiet', '-q'),
    detail: (text) => {
      if (hasFlag(args, '--verbose')) terminal.err(`${text()[terminal.lang]}\n`);
    },
    lang: asked ?? languageOf(streams.env.LC_ALL || streams.env.LC_MESSAGES || streams.env.LANG),
    args,
    cwd: cwd ?? '',
    env: streams.env,
    root: streams.getuid?.() === 0,
    get signal() {
      return ending.signal;
    },
    leaving: ending.leaving,
    exitCode: 0,
  };
  const wrong = cwd === undefined ? NOWHERE : unknown;
  return { terminal, ...(wrong ? { wrong } : {}) };
}

const NOWHERE: Say = {
  zh: '目前所在的資料夾已經移走或刪除。請切換到別的資料夾（cd）再試。',
  en: 'the folder you are in has been moved or removed. Go to another one (cd) and try again.',
};

function cwdOf(streams: Streams): string | undefined {
  try {
    return streams.cwd();
  } catch {
    return undefined;
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
