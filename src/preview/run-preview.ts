// A preview from its start to its end: what is asked for is read, drawn, served and followed until the program is told to end.
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
import { serve } from './server.js';
import { portOf, untilEnded } from './until-ended.js';
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
  terminal: Terminal,
): Promise<void> {
  const { cwd, lang } = terminal;
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
  await untilEnded(
    served,
    {
      name: 'preview',
      open,
      title: { zh: '預覽', en: 'Preview' },
      told: {
        zh: '存檔後網頁會自動更新；按 Ctrl-C 結束。',
        en: 'The page follows every save; Ctrl-C ends it.',
      },
    },
    terminal,
  );
  unfollow();
  await served.close();
}
