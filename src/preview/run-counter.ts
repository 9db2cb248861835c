// A counter from its start to its end: the content is read, served and followed until the program is told to end.
import { resolve } from 'node:path';
import { remark } from '../build/cached-printer.js';
import { dayOn } from '../build/case-notice.js';
import { memoriesIn, openProject } from '../build/project.js';
import { browserAsked, requestOf } from '../build/request.js';
import { lastingFolder } from '../core/cache.js';
import { type Terminal, UserError } from '../core/terminal.js';
import type { Printer } from '../print/printer.js';
import { readTemplates } from '../theme/templates.js';
import { counterPage, openCounter } from './counter.js';
import { filesOfPage, serveLocally } from './local-page.js';
import { portOf, untilEnded } from './until-ended.js';
import { follow } from './watch.js';

/** As a person would write it. */
export type CounterAsked = { content: string; port?: string; open?: boolean; copies?: '1' | '2'; browser?: string };

/** Serves the counter until the signal of the terminal. Throws UserError for what cannot be served at all. */
export async function runCounter(options: CounterAsked, terminal: Terminal): Promise<void> {
  const { cwd, env, root, lang, signal, leaving } = terminal;
  const port = portOf(options.port);
  const asked = {
    content: options.content,
    out: '',
    cwd,
    env,
    root,
    leaving,
    outputs: ['notices'],
    ...(options.browser === undefined ? {} : { browser: options.browser }),
    ...(options.copies === undefined ? {} : { copies: options.copies === '1' ? (1 as const) : (2 as const) }),
  };
  const request = await requestOf(asked);
  const browser = browserAsked(asked);
  await remark(browser, (say) => terminal.err(`${say[lang]}\n`));
  const templates = await readTemplates(false);
  let opening: Promise<Printer> | undefined;
  /** Without a cache: what is said of a person is kept nowhere. */
  const printer = (): Promise<Printer> => {
    opening ??= import('../print/printer.js').then(({ openPrinter }) =>
      openPrinter({ ...browser, chart: templates.chart.theme }),
    );
    return opening;
  };
  const memories = memoriesIn(lastingFolder(env), resolve(cwd, options.content));
  const project = openProject({ folder: options.content, cwd }, { memories });
  const counter = await openCounter({
    project,
    request,
    print: async (sheet) => (await printer()).print(sheet),
    lang,
    today: () => dayOn(new Date()),
    failed: (error) => {
      if (signal.aborted) return;
      // What a person was asked never stands in an error of reading the content.
      terminal.err(`${error instanceof UserError ? error.say[lang] : String(error)}\n`);
    },
  });
  // The first notice is there as soon as any other; where no browser starts, whoever prints is told.
  void printer().catch(() => undefined);
  const served = await serveLocally(counterPage(counter, filesOfPage('counter', templates, lang)), { lang, port });
  const unfollow = follow(resolve(cwd, options.content), () => void counter.refresh());
  try {
    await untilEnded(
      served,
      {
        name: 'counter',
        open: options.open,
        title: { zh: '櫃台', en: 'Counter' },
        told: {
          zh: '回答只在這台電腦的記憶體裡，換下一位就消失；按 Ctrl-C 結束。',
          en: 'Answers stay in the memory of this machine until the next person comes; Ctrl-C ends it.',
        },
      },
      terminal,
    );
  } finally {
    unfollow();
    // What lint found in the content; of persons nothing.
    project.remember();
    await served.close();
    await opening?.then(
      (opened) => opened.close(),
      () => undefined,
    );
  }
}
