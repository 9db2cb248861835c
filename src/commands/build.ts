// `servicebook build`: read, parse, check, draw, render, print, write, in this order and little else.
import { existsSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { compile } from '../api.js';
import type { BrowserOptions } from '../browser.js';
import { note, sourceOf } from '../built.js';
import { digestOf, lastingRoom } from '../cache.js';
import { type Asked, distanceOf, formsListed, outputsNamed, partNamed, sheetsOf, tonguesNamed } from '../edition.js';
import type { PreflightFault } from '../preflight.js';
import { loadFolder, readForms } from '../read.js';
import { isLong, type Output, type Sheet } from '../render.js';
import { type Format, type Lang, type Terminal, UserError } from '../source.js';
import { ABREAST, openKept, openWorkshop, remark } from '../workshop.js';
import { openStage } from '../write.js';

type Options = {
  content: string;
  out: string;
  service?: string[];
  paper?: string;
  landscape?: boolean;
  distance?: string;
  lang?: string;
  browser?: string;
  force?: boolean;
  sheets?: boolean;
  copies?: '1' | '2';
  mono?: boolean;
  browserEndpoint?: string;
  shard?: string;
  booklet?: boolean;
  tile?: string;
  printShop?: boolean;
  cache: boolean;
};

export default async function build(program: Command, terminal: Terminal): Promise<void> {
  const zh = terminal.lang === 'zh';
  const helps = terminal.args.some((arg) => ['-h', '--help', 'help'].includes(arg));
  const outputs = helps ? await loadFolder<Output>(new URL('../outputs/', import.meta.url)) : new Map<string, Output>();
  const list = [...outputs].map(([name, { summary }]) => `  ${name.padEnd(12)} ${summary[terminal.lang]}\n`).join('');
  program
    .command('build')
    .argument('[outputs...]', zh ? '要編印的項目（未寫則全部）' : 'what to make (everything when omitted)')
    .summary(zh ? '編印手冊、海報、一次告知單與流程圖' : 'make the handbook, posters, notices and flowcharts')
    .option('--content <dir>', zh ? '內容資料夾' : 'content folder', 'content')
    .option('--out <dir>', zh ? '輸出資料夾' : 'output folder', 'out')
    .option(
      '--service <id...>',
      zh ? '只編印這些服務的海報、告知單與流程圖' : 'posters, notices and charts of these services only',
    )
    .option(
      '--paper <size>',
      zh
        ? '手冊（A4、A5）或海報（A4、A3、A2、A1…）的紙張'
        : 'paper of the handbook (A4, A5) or posters (A4, A3, A2, A1 …)',
    )
    .option('--landscape', zh ? '海報橫式（未寫則直式）' : 'posters with the long side lying')
    .option(
      '--distance <metres>',
      zh
        ? '民眾離海報幾公尺看；字級不小於距離的 1/200（未寫則 A3 為 2、A1 為 3）'
        : 'from how many metres posters are read; type is at least 1/200 of it (2 on A3, 3 on A1 when omitted)',
    )
    .option(
      '--sheets',
      zh
        ? '放不下一張的海報接到第二張（本來就會；handbook.yaml 寫「續頁: 否」時用）'
        : 'a poster too long for one sheet goes on to a second (it does, unless handbook.yaml says 續頁: 否)',
    )
    .addOption(
      new Option(
        '--copies <number>',
        zh ? '一次告知單印幾聯：1（只有民眾聯）或 2' : 'copies of each notice: 1 (the citizen’s) or 2',
      ).choices(['1', '2']),
    )
    .option(
      '--booklet',
      zh
        ? '手冊另存對摺裝訂的小冊（handbook-booklet.pdf；未寫 --paper 則為 A5）'
        : 'the handbook also as a booklet to fold (handbook-booklet.pdf; A5 unless --paper is given)',
    )
    .option(
      '--tile <size>',
      zh
        ? '海報另存可用辦公室印表機分張列印再拼貼的檔案（-tiles.pdf），例如 A3'
        : 'posters also in parts for an office printer (-tiles.pdf), such as A3',
    )
    .option(
      '--print-shop',
      zh
        ? '海報另存送印刷廠的檔案（-print-shop.pdf）：出血、裁切線、單色黑'
        : 'posters also for a print shop (-print-shop.pdf): bleed, crop marks, pure black',
    )
    .option(
      '--lang <lang>',
      zh
        ? '列印的語言：zh、en、vi、id、th；印兩種語言寫成 zh,en'
        : 'language of print: zh, en, vi, id, th; two of them as in zh,en',
    )
    .option('--mono', zh ? '只用黑與白，給黑白雷射印表機' : 'black and white only, for a laser printer')
    .option(
      '--browser <path>',
      zh ? '用這個 Chrome、Chromium 或 Edge 編印' : 'print with this Chrome, Chromium or Edge',
    )
    .option(
      '--browser-endpoint <url>',
      zh ? '在別處執行的瀏覽器上編印（ws://…）' : 'print on a browser that runs elsewhere (ws://…)',
    )
    .option(
      '--shard <I/N>',
      zh ? '只編印 N 份中的第 I 份，各份可在不同機器上編印' : 'only part I of N, so that machines can share the work',
    )
    .option(
      '--no-cache',
      zh ? '不用先前編印留下的檔案，全部重新編印' : 'print everything anew, use nothing that was kept',
    )
    .option('--force', zh ? '有錯誤仍編印，每頁印上「草案」' : 'print in spite of errors, marked as a draft')
    .addHelpText(
      'after',
      zh
        ? `\n編印的項目：\n${list}\n範例：\n  servicebook build\n  servicebook build handbook\n  servicebook build handbook --booklet\n  servicebook build posters hall --paper A1 --tile A3\n  servicebook build notices posters --service objection instalments`
        : `\nWhat can be made:\n${list}\nExamples:\n  servicebook build\n  servicebook build handbook\n  servicebook build handbook --booklet\n  servicebook build posters hall --paper A1 --tile A3\n  servicebook build notices posters --service objection instalments`,
    )
    .action(async (names: string[], _: unknown, command: Command) => {
      const options: Options = command.optsWithGlobals();
      const progress = progressOn(terminal);
      const out = resolve(terminal.cwd, options.out);
      const browser: BrowserOptions = {
        ...(options.browser ? { browser: resolve(terminal.cwd, options.browser) } : {}),
        ...(options.browserEndpoint ? { endpoint: options.browserEndpoint } : {}),
        env: terminal.env,
        root: terminal.root,
      };
      const inPart = partNamed(options.shard);
      await remark(browser, terminal);
      const made = epochOf(terminal.env.SOURCE_DATE_EPOCH);
      const kept = await openKept(options.cache ? lastingRoom(terminal.env) : undefined, browser);
      const content = resolve(terminal.cwd, options.content);
      const from = kept && existsSync(content) ? sourceOf(kept.by, content, terminal) : '';

      const distance = distanceOf(options.distance);
      const { paper, landscape } = options;
      const tongues = tonguesNamed(options.lang);
      const more = {
        ...(options.booklet ? { booklet: true } : {}),
        ...(options.tile ? { tile: options.tile } : {}),
        ...(options.printShop ? { printShop: true } : {}),
      };
      const asked: Asked = {
        outputs: await outputsNamed(names, {
          tongues,
          ...(paper ? { paper } : {}),
          ...(landscape ? { landscape } : {}),
          ...(distance ? { distance } : {}),
          ...more,
        }),
        ...more,
        ...(options.service ? { services: options.service } : {}),
        ...(paper ? { paper } : {}),
        ...(landscape ? { landscape } : {}),
        ...(distance ? { distance } : {}),
        tongues,
        mono: options.mono === true,
        sheets: options.sheets === true,
        ...(options.copies ? { copies: options.copies === '1' ? 1 : 2 } : {}),
      };

      progress.at(zh ? '讀取並檢查內容' : 'Reading and checking the content');
      const checked = await compile(options.content, { cwd: terminal.cwd, ...asked });
      const listed = asked.outputs.has('handbook') ? formsListed(checked.handbook) : [];
      const edition = { ...checked, forms: readForms(options.content, terminal.cwd, listed) };
      const errors = edition.diagnostics.filter(({ severity }) => severity === 'error');
      if (errors.length > 0) {
        const text = (await import('../formats/text.js')).default satisfies Format;
        progress.done();
        terminal.err(text.print(errors, terminal.lang));
        if (!options.force)
          throw new UserError(
            {
              zh: `內容有 ${errors.length} 個錯誤，沒有編印任何檔案。改正後再編印，或用 --force 印出草案。`,
              en: `The content has ${errors.length} errors; nothing was printed. Mend them, or print a draft with --force.`,
            },
            1,
          );
      }

      const stage = await openStage(out);
      const workshop = openWorkshop({ ...browser, kept, made, chart: edition.templates.chart.theme });
      const close = (): void => void workshop.close();
      terminal.signal.addEventListener('abort', close);
      try {
        const all = await sheetsOf(edition, asked, (diagrams) => {
          progress.at(zh ? `繪製 ${diagrams.length} 張流程圖` : `Drawing ${diagrams.length} charts`);
          return workshop.draw(diagrams);
        });
        const sheets = all.filter(({ file }) => inPart(file));
        const missing = new Set<string>();
        const faults: (PreflightFault & { file: string })[][] = [];
        const written: Written[][] = [];
        // Side by side: while one page is laid out, another is written. The first failure stops all. Books take longest and
        // come first, then what else is long; of these there is but one at a time, for the memory they take.
        const rank = (sheet: Sheet): number => (sheet.kind === 'page' && sheet.numbered ? 0 : isLong(sheet) ? 1 : 2);
        const waiting = [...sheets.entries()].sort(([, a], [, b]) => rank(a) - rank(b));
        let long = false;
        const take = (): [number, Sheet] | undefined => {
          const at = waiting.findIndex(([, sheet]) => !long || !isLong(sheet));
          return at === -1 ? undefined : waiting.splice(at, 1)[0];
        };
        let started = 0;
        const printer = async (): Promise<void> => {
          for (let next = take(); next !== undefined; next = take()) {
            if (terminal.signal.aborted) throw new Error('interrupted');
            const [i, sheet] = next;
            started += 1;
            progress.at(
              zh
                ? `編印 ${started}/${sheets.length}　${sheet.file}`
                : `Printing ${started}/${sheets.length}  ${sheet.file}`,
            );
            if (isLong(sheet)) long = true;
            const files = await workshop.make(sheet).catch((error: unknown) => {
              waiting.length = 0;
              throw error;
            });
            if (isLong(sheet)) long = false;
            for (const file of files) {
              for (const character of file.missing ?? []) missing.add(character);
              await stage.add(file);
            }
            faults[i] = files.flatMap(({ file, faults = [] }) => faults.map((fault) => ({ file, ...fault })));
            written[i] = files.map(({ file, bytes, pages }) => ({
              file,
              size: bytes.length,
              pages,
              digest: digestOf(bytes),
            }));
          }
        };
        await Promise.all(Array.from({ length: ABREAST }, printer));
        if (terminal.signal.aborted) throw new Error('interrupted');
        progress.done();
        if (missing.size > 0)
          terminal.err(
            zh
              ? `沒有字型可以印「${[...missing].join('')}」，這些字會是空白方框。請安裝含有這些字的 TrueType 字型（例如全字庫正楷體）。\n`
              : `No font has ${[...missing].join(' ')}; they print as empty boxes. Install a TrueType font that has them.\n`,
          );
        const found = faults.flat();
        if (found.length > 0) {
          const { linesOf } = await import('../preflight.js');
          terminal.err(linesOf(found, terminal.lang));
          if (!options.force)
            throw new UserError(
              {
                zh: `印好的檔案有 ${found.length} 個問題，沒有寫出任何檔案。改正後再編印，或用 --force 照樣寫出。`,
                en: `The printed files have ${found.length} faults; nothing was written. Mend them, or write the files all the same with --force.`,
              },
              1,
            );
        }
        await stage.commit();
        const said = summaryOf(
          written.flat(),
          isAbsolute(options.out) ? options.out : relative(terminal.cwd, out) || '.',
          edition.draft,
          edition.handbook.unconfirmed.length,
          terminal.lang,
        );
        terminal.out(said);
        // Of faults the user is reminded each time; and a content that was changed meanwhile is not what was printed.
        if (kept && errors.length + found.length + missing.size === 0 && from === sourceOf(kept.by, content, terminal))
          note(kept.store, terminal, { content, out, browser: browser.browser, from, files: written.flat(), said });
      } finally {
        progress.done();
        terminal.signal.removeEventListener('abort', close);
        await stage.discard();
        await workshop.close();
      }
    });
}

type Written = { file: string; size: number; pages: number | undefined; digest: string };

/** The day that SOURCE_DATE_EPOCH names (seconds since 1970, reproducible-builds.org), ISO. */
function epochOf(seconds: string | undefined): string | undefined {
  if (seconds === undefined || seconds === '') return undefined;
  const time = new Date(/^\d{1,11}$/.test(seconds) ? Number(seconds) * 1000 : Number.NaN);
  if (Number.isNaN(time.getTime()) || time.getUTCFullYear() > 9999)
    throw new UserError({
      zh: `環境變數 SOURCE_DATE_EPOCH 是「${seconds}」，應為 1970 年起的秒數。`,
      en: `The environment variable SOURCE_DATE_EPOCH is "${seconds}"; expected seconds since 1970.`,
    });
  return time.toISOString().slice(0, 10);
}

/** One line that is rewritten on a terminal, plain lines otherwise. */
function progressOn(terminal: Terminal): { at(text: string): void; done(): void } {
  let open = false;
  return {
    at(text) {
      if (terminal.quiet) return;
      if (terminal.live) terminal.err(`\r\u001b[K${text}…`);
      else terminal.err(`${text}\n`);
      open = terminal.live;
    },
    done() {
      if (open) terminal.err('\r\u001b[K');
      open = false;
    },
  };
}

function summaryOf(
  written: readonly Written[],
  folder: string,
  draft: boolean,
  unconfirmed: number,
  lang: Lang,
): string {
  const zh = lang === 'zh';
  const size = (bytes: number): string =>
    bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  const lines = written.map(
    ({ file, size: bytes, pages }) =>
      `  ${folder}/${file}  ${pages === undefined ? '' : zh ? `${pages} 頁  ` : `${pages} ${pages === 1 ? 'page' : 'pages'}  `}${size(bytes)}`,
  );
  const total = written.reduce((sum, each) => sum + each.size, 0);
  const pages = written.reduce((sum, each) => sum + (each.pages ?? 0), 0);
  return `${lines.join('\n')}\n${zh ? `已編印 ${written.length} 個檔案，共 ${pages} 頁，${size(total)}。` : `${written.length} files, ${pages} pages, ${size(total)}.`}${
    draft
      ? zh
        ? `內容有 ${unconfirmed} 處待確認，各頁印有「草案」。`
        : ` ${unconfirmed} values are still 待確認: every page is marked as a draft.`
      : ''
  }\n`;
}
