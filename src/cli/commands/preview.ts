// `servicebook preview`: the book as it is being written, on a page of this machine, until Ctrl-C.
import { spawn } from 'node:child_process';
import { platform } from 'node:os';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Command } from 'commander';
import { type CachedPrinter, openCache, openCachedPrinter, remark } from '../../build/cached-printer.js';
import { outputsNamed, tonguesNamed } from '../../build/compile.js';
import { read } from '../../content/read.js';
import { lastingRoom } from '../../core/cache.js';
import { loadFolder } from '../../core/program-files.js';
import { type Terminal, UserError } from '../../core/terminal.js';
import type { Rule } from '../../lint/rule.js';
import { follow } from '../../preview/watch.js';
import type { ChartTheme } from '../../theme/chart-theme.js';
import { readTemplates } from '../../theme/templates.js';

type Options = {
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

export default function preview(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('preview')
    .summary(zh ? '邊寫邊看：存檔後網頁立刻更新' : 'watch the book while writing it')
    .option('--content <dir>', zh ? '內容資料夾' : 'content folder', 'content')
    .option('--port <number>', zh ? '連接埠' : 'port')
    .option('--no-open', zh ? '不要自動打開瀏覽器' : 'do not open a browser')
    .option('--paper <size>', zh ? '海報的紙張：A4、A3、A2、A1…' : 'paper of the posters: A4, A3, A2, A1 …')
    .option('--landscape', zh ? '海報橫式（未寫則直式）' : 'posters with the long side lying')
    .option(
      '--sheets',
      zh
        ? '放不下一張的海報接到第二張（本來就會；handbook.yaml 寫「續頁: 否」時用）'
        : 'a poster too long for one sheet goes on to a second (it does, unless handbook.yaml says 續頁: 否)',
    )
    .option(
      '--lang <lang>',
      zh
        ? '列印的語言：zh、en、vi、id、th；印兩種語言寫成 zh,en'
        : 'language of print: zh, en, vi, id, th; two of them as in zh,en',
    )
    .option('--mono', zh ? '只用黑與白' : 'black and white only')
    .option(
      '--browser <path>',
      zh ? '用這個 Chrome、Chromium 或 Edge 畫流程圖' : 'draw charts with this Chrome, Chromium or Edge',
    )
    .addHelpText(
      'after',
      zh
        ? '\n範例：\n  servicebook preview\n  servicebook preview --port 8000 --no-open\n\n網頁只有這台電腦看得到。按 Ctrl-C 結束。'
        : '\nExamples:\n  servicebook preview\n  servicebook preview --port 8000 --no-open\n\nOnly this computer can see the page. Ctrl-C ends it.',
    )
    .action(async (_: unknown, command: Command) => {
      const options: Options = command.optsWithGlobals();
      const { env, root, signal, lang } = terminal;
      const port = portOf(options.port);
      const tongues = tonguesNamed(options.lang);
      const asked = {
        outputs: await outputsNamed([], {
          tongues,
          ...(options.paper ? { paper: options.paper } : {}),
          ...(options.landscape ? { landscape: true } : {}),
        }),
        ...(options.paper ? { paper: options.paper } : {}),
        landscape: options.landscape === true,
        tongues,
        mono: options.mono === true,
        sheets: options.sheets === true,
      };
      // A folder that is not there is a slip at the keyboard; one that goes away later is told on the page.
      read(options.content, terminal.cwd);
      const browser = {
        ...(options.browser ? { browser: resolve(terminal.cwd, options.browser) } : {}),
        env,
        root,
        leaving: terminal.leaving,
      };
      await remark(browser, (say) => terminal.err(`${say[terminal.lang]}\n`));
      const kept = await openCache(lastingRoom(env), browser);
      let printer: { theme: ChartTheme; open: CachedPrinter } | undefined;
      /** Another look of the charts needs another printer. */
      const printerFor = (theme: ChartTheme): CachedPrinter => {
        if (printer && isDeepStrictEqual(printer.theme, theme)) return printer.open;
        void printer?.open.close();
        const open = openCachedPrinter({ ...browser, kept, chart: theme });
        printer = { theme, open };
        return open;
      };
      const failed = (error: unknown): void => {
        if (signal.aborted) return;
        const said =
          error instanceof UserError ? error.say[lang] : error instanceof Error ? error.stack : String(error);
        terminal.err(`${said}\n`);
      };
      // Loaded late: the help of every command passes here.
      const [{ openPreview }, { leadingFile, serve }] = await Promise.all([
        import('../../preview/preview.js'),
        import('../../preview/server.js'),
      ]);
      const book = await openPreview({
        folder: options.content,
        cwd: terminal.cwd,
        asked,
        rules: await loadFolder<Rule>('lint/rules'),
        draw: (diagrams, theme) => printerFor(theme).draw(diagrams),
        lang,
        failed,
      });
      try {
        // The page itself is the program's own, in colour.
        const templates = await readTemplates(false);
        const served = await serve(book, {
          templates,
          lang,
          ...(port === undefined ? {} : { port }),
          async print(file) {
            const sheet = book.sheetOf(file);
            return sheet && (await printerFor(printer?.theme ?? templates.chart.theme).make(sheet))[0]?.bytes;
          },
        });
        const unfollow = follow(resolve(terminal.cwd, options.content), () => void book.refresh());
        terminal.out(
          zh
            ? `預覽：${served.url}\n存檔後網頁會自動更新；按 Ctrl-C 結束。\n`
            : `Preview: ${served.url}\nThe page follows every save; Ctrl-C ends it.\n`,
        );
        const leading = options.open !== false && canOpen(env) ? await leadingFile(served.onceUrl(), env) : undefined;
        if (leading) openInBrowser(leading.path, env);
        await new Promise<void>((end) => {
          if (signal.aborted) end();
          signal.addEventListener('abort', () => end(), { once: true });
        });
        unfollow();
        await leading?.remove();
        await served.close();
      } finally {
        book.close();
        await printer?.open.close();
      }
    });
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
