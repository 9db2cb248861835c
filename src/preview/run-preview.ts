// A preview from its start to its end: what is asked for is read, drawn, served and followed until the program is told to end.
import { spawn } from 'node:child_process';
import { platform } from 'node:os';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type CachedPrinter, openCache, openCachedPrinter, remark } from '../build/cached-printer.js';
import { languagesNamed, outputsNamed } from '../build/compile.js';
import { memoriesIn, openProject } from '../build/project.js';
import { read } from '../content/read.js';
import { lastingFolder } from '../core/cache.js';
import { type Terminal, UserError } from '../core/terminal.js';
import type { BrowserOptions } from '../print/browser.js';
import type { ChartTheme } from '../theme/chart-theme.js';
import { readTemplates } from '../theme/templates.js';
import { openPreview, type Preview } from './preview.js';
import { leadingFile, serve } from './server.js';
import { follow } from './watch.js';

/** As a person would write it. */
export type PreviewAsked = {
  content: string;
  port?: string;
  open?: boolean;
  paper?: string;
  landscape?: boolean;
  lang?: string;
  browser?: string;
  sheets?: boolean;
  mono?: boolean;
};

/** Shows the book until the signal of the terminal. Throws UserError for what cannot be shown at all. */
export async function runPreview(options: PreviewAsked, terminal: Terminal): Promise<void> {
  const { cwd, env, root, lang, signal } = terminal;
  const port = portOf(options.port);
  const asked = await requestOf(options);
  // A folder that is not there is a slip at the keyboard; one that goes away later is told on the page.
  read(options.content, cwd);
  const browser: BrowserOptions = {
    ...(options.browser ? { browser: resolve(cwd, options.browser) } : {}),
    env,
    root,
    leaving: terminal.leaving,
  };
  await remark(browser, (say) => terminal.err(`${say[lang]}\n`));
  const printers = await printersFor(browser);
  const memories = memoriesIn(lastingFolder(env), resolve(cwd, options.content));
  const project = openProject({ folder: options.content, cwd }, { mono: asked.mono, memories });
  const book = await openPreview({
    project,
    asked,
    draw: (diagrams, theme) => printers.of(theme).draw(diagrams),
    lang,
    failed: (error) => {
      if (signal.aborted) return;
      const said = error instanceof UserError ? error.say[lang] : error instanceof Error ? error.stack : String(error);
      terminal.err(`${said}\n`);
    },
  });
  try {
    await show(book, printers, { ...options, port }, terminal);
  } finally {
    book.close();
    project.remember();
    await printers.close();
  }
}

async function requestOf({ paper, landscape = false, lang, mono = false, sheets = false }: PreviewAsked) {
  const languages = languagesNamed(lang);
  const shape = { languages, ...(paper ? { paper } : {}) };
  const outputs = await outputsNamed([], { ...shape, ...(landscape ? { landscape } : {}) });
  return { outputs, ...shape, landscape, mono, sheets };
}

/** A printer for the look of the charts as it is now; another look needs another one. `last`: the one there is, or for `theme`. */
type Printers = {
  of(theme: ChartTheme): CachedPrinter;
  last(theme: ChartTheme): CachedPrinter;
  close(): Promise<void>;
};

async function printersFor(browser: BrowserOptions): Promise<Printers> {
  const cache = await openCache(lastingFolder(browser.env), browser);
  let now: { theme: ChartTheme; printer: CachedPrinter } | undefined;
  const of = (theme: ChartTheme): CachedPrinter => {
    if (now && isDeepStrictEqual(now.theme, theme)) return now.printer;
    void now?.printer.close();
    const printer = openCachedPrinter({ ...browser, cache, chart: theme });
    now = { theme, printer };
    return printer;
  };
  return {
    of,
    last: (theme) => now?.printer ?? of(theme),
    close: async () => now?.printer.close(),
  };
}

/** Serves the book and follows its files until the program is told to end. */
async function show(
  book: Preview,
  printers: Printers,
  { content, open, port }: { content: string; open?: boolean; port: number | undefined },
  { cwd, env, lang, signal, out }: Terminal,
): Promise<void> {
  // The page itself is the program's own, in colour.
  const templates = await readTemplates(false);
  const served = await serve(book, {
    templates,
    lang,
    ...(port === undefined ? {} : { port }),
    async print(file) {
      const sheet = book.sheetOf(file);
      return sheet && (await printers.last(templates.chart.theme).make(sheet))[0]?.bytes;
    },
  });
  const unfollow = follow(resolve(cwd, content), () => void book.refresh());
  out(
    lang === 'zh'
      ? `預覽：${served.url}\n存檔後網頁會自動更新；按 Ctrl-C 結束。\n`
      : `Preview: ${served.url}\nThe page follows every save; Ctrl-C ends it.\n`,
  );
  const leading = open !== false && canOpen(env) ? await leadingFile(served.onceUrl(), env) : undefined;
  if (leading) openInBrowser(leading.path, env);
  await new Promise<void>((end) => {
    if (signal.aborted) end();
    signal.addEventListener('abort', () => end(), { once: true });
  });
  unfollow();
  await leading?.remove();
  await served.close();
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new UserError({
    zh: `連接埠「${text}」應為 0 到 65535 的數字。`,
    en: `The port "${text}" must be a number from 0 to 65535.`,
  });
}

/** Whether there is a desktop that opens pages; where there is none, the address on the terminal is enough. */
const canOpen = (env: Terminal['env']): boolean =>
  !env.CI && (platform() !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY));

/** With what the desktop opens pages with. It is told of a file alone, for its arguments are for everybody to read. */
function openInBrowser(file: string, env: Terminal['env']): void {
  const [command = '', ...args] =
    platform() === 'darwin'
      ? ['open', file]
      : platform() === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', file]
        : ['xdg-open', file];
  const child = spawn(command, args, { stdio: 'ignore', detached: true, env });
  child.on('error', () => undefined);
  child.unref();
}
