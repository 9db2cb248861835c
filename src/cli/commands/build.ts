// `servicebook build`: what may be asked for, and how a build is told of.
import { isAbsolute, relative, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { build } from '../../build/api.js';
import type { Built, Origin, Progress } from '../../build/built.js';
import { refusalOf, reportOf, summaryOf } from '../../build/report.js';
import { note } from '../../build/up-to-date.js';
import type { Format } from '../../core/diagnostic.js';
import { loadFolder } from '../../core/program-files.js';
import type { Lang, Say } from '../../core/source.js';
import { type Terminal, UserError } from '../../core/terminal.js';
import type { Output } from '../../document/output.js';
import { formatOption } from '../program.js';

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
  format: 'text' | 'json';
};

export default async function mount(program: Command, terminal: Terminal): Promise<void> {
  const zh = terminal.lang === 'zh';
  const helps = terminal.args.some((arg) => ['-h', '--help', 'help'].includes(arg));
  const outputs = helps ? await loadFolder<Output>('outputs') : new Map<string, Output>();
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
      zh
        ? '在別處執行的瀏覽器上編印（ws://… 或 http://…）'
        : 'print on a browser that runs elsewhere (ws://… or http://…)',
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
    .addOption(formatOption(zh))
    .addHelpText(
      'after',
      zh
        ? `\n編印的項目：\n${list}\n範例：\n  servicebook build\n  servicebook build handbook\n  servicebook build handbook --booklet\n  servicebook build posters hall --paper A1 --tile A3\n  servicebook build notices posters --service objection instalments\n\n結束碼：0 全部印好、1 有沒有編印的、2 無法編印`
        : `\nWhat can be made:\n${list}\nExamples:\n  servicebook build\n  servicebook build handbook\n  servicebook build handbook --booklet\n  servicebook build posters hall --paper A1 --tile A3\n  servicebook build notices posters --service objection instalments\n\nExit code: 0 all is made, 1 something is missing, 2 it could not be done`,
    )
    .action(async (names: string[], _: unknown, command: Command) => {
      const { copies, format, browserEndpoint, service, ...options }: Options = command.optsWithGlobals();
      const json = format === 'json';
      const progress = progressOn(terminal);
      const began: { step: Progress['step']; at: number }[] = [];
      let origin: Origin | undefined;
      try {
        const built = await build({
          ...options,
          cwd: terminal.cwd,
          env: terminal.env,
          root: terminal.root,
          outputs: names,
          ...(service ? { services: service } : {}),
          ...(copies ? { copies: copies === '1' ? 1 : 2 } : {}),
          ...(browserEndpoint ? { browserEndpoint } : {}),
          signal: terminal.signal,
          leaving: terminal.leaving,
          remark: (say) => terminal.err(`${say[terminal.lang]}\n`),
          progress: (at) => {
            if (began.at(-1)?.step !== at.step) began.push({ step: at.step, at: performance.now() });
            progress.at(progressOf(at, terminal.lang));
          },
          whole: (of) => {
            origin = of;
          },
        });
        progress.done();
        terminal.detail(() => timesOf(began, performance.now()));
        const folder = shownFolder(built.out, terminal.cwd);
        const report = json ? reportOf(built, folder, terminal.lang) : undefined;
        if (!json) await tell(built, terminal);
        const said = report ? `${JSON.stringify(report, null, 2)}\n` : summaryOf(built, folder, terminal.lang);
        terminal.out(said);
        terminal.exitCode = built.exitCode;
        if (origin) {
          // What is but advice is said again with the rest.
          const advice =
            built.faults.length === 0
              ? ''
              : (await import('../../pdf/preflight/fault.js')).linesOf(built.faults, terminal.lang);
          const again = report ? { report } : { said: advice + said };
          note(terminal, origin, { files: built.files, ...again });
        }
      } catch (error) {
        if (json && error instanceof UserError)
          terminal.out(`${JSON.stringify(refusalOf(error.say, error.exitCode, terminal.lang), null, 2)}\n`);
        throw error;
      } finally {
        progress.done();
      }
    });
}

/** As the user typed it, with `/` where it is relative. */
const shownFolder = (out: string, cwd: string): string =>
  isAbsolute(out) ? out : relative(cwd, resolve(cwd, out)).replaceAll('\\', '/') || '.';

function progressOf(at: Progress, lang: Lang): string {
  const zh = lang === 'zh';
  switch (at.step) {
    case 'read':
      return zh ? '讀取並檢查內容' : 'Reading and checking the content';
    case 'draw':
      return zh ? `繪製 ${at.charts} 張流程圖` : `Drawing ${at.charts} ${at.charts === 1 ? 'chart' : 'charts'}`;
    case 'print':
      return zh ? `編印 ${at.n}/${at.of}　${at.file}` : `Printing ${at.n}/${at.of}  ${at.file}`;
  }
}

/** How long each part took: what begins later ends what was before. */
function timesOf(began: readonly { step: Progress['step']; at: number }[], end: number): Say {
  const names: { [step in Progress['step']]: Say } = {
    read: { zh: '讀取與檢查', en: 'reading and checking' },
    draw: { zh: '繪製流程圖', en: 'drawing charts' },
    print: { zh: '編印與檢查檔案', en: 'printing and checking files' },
  };
  const parts = began.map(({ step, at }, i) => ({
    name: names[step],
    time: `${(((began[i + 1]?.at ?? end) - at) / 1000).toFixed(1)} s`,
  }));
  return {
    zh: `用時：${parts.map(({ name, time }) => `${name.zh} ${time}`).join('、')}。`,
    en: `Time: ${parts.map(({ name, time }) => `${name.en} ${time}`).join(', ')}.`,
  };
}

/** What is wrong with the content and with what was printed, at length. */
async function tell({ diagnostics, faults, missing }: Built, terminal: Terminal): Promise<void> {
  const { lang } = terminal;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    const text = (await import('../../lint/formats/text.js')).default satisfies Format;
    terminal.err(text.print(errors, lang));
  }
  if (missing.length > 0)
    terminal.err(
      lang === 'zh'
        ? `沒有字型可以印「${missing.join('')}」，這些字會是空白方框。請安裝含有這些字的 TrueType 字型（例如全字庫正楷體）。\n`
        : `No font has ${missing.join(' ')}; they print as empty boxes. Install a TrueType font that has them.\n`,
    );
  if (faults.length > 0) terminal.err((await import('../../pdf/preflight/fault.js')).linesOf(faults, lang));
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
