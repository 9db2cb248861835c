// `servicebook build`: what may be asked for, and how a build is told of.
import type { Command } from 'commander';
import { type Began, progressOf, timesOf } from '../../build/progress.js';
import type { Origin } from '../../build/result.js';
import { loadFolder } from '../../core/program-files.js';
import { type Terminal, UserError } from '../../core/terminal.js';
import type { Output } from '../../document/output.js';
import { addOptions, CONTENT, LANDSCAPE, PRINT_LANG, SHEETS, type Worded } from '../options.js';
import { formatOption } from '../program.js';
import { progressLine } from '../progress-line.js';

type Options = {
  content: string;
  out: string;
  service?: string[];
  chapter?: string[];
  paper?: string;
  landscape?: boolean;
  distance?: string;
  lang?: string;
  browser?: string;
  force?: boolean;
  sheets?: boolean;
  copies?: '1' | '2';
  workingCopy?: boolean;
  mono?: boolean;
  browserEndpoint?: string;
  shard?: string;
  booklet?: boolean;
  tile?: string;
  printShop?: boolean;
  cache: boolean;
  format: 'text' | 'json';
};

const OPTIONS: readonly Worded[] = [
  CONTENT,
  { flags: '--out <dir>', say: { zh: '輸出資料夾', en: 'output folder' }, preset: 'out' },
  {
    flags: '--service <id...>',
    say: {
      zh: '只編印這些服務的海報、告知單與流程圖；手冊另存這些服務的頁',
      en: 'posters, notices and charts of these services only; of the handbook their pages beside it',
    },
  },
  {
    flags: '--chapter <title...>',
    say: {
      zh: '手冊的這幾章也另存一份，頁碼不變（handbook-<章>.pdf）；--service 對手冊亦同',
      en: 'these chapters of the handbook also as files of their own, with the page numbers of the book (handbook-<chapter>.pdf); so does --service for the handbook',
    },
  },
  {
    flags: '--paper <size>',
    say: {
      zh: '手冊（A4、A5）或海報（A4、A3、A2、A1…）的紙張',
      en: 'paper of the handbook (A4, A5) or posters (A4, A3, A2, A1 …)',
    },
  },
  LANDSCAPE,
  {
    flags: '--distance <metres>',
    say: {
      zh: '民眾離海報幾公尺看；字級不小於距離的 1/200（未寫則 A3 為 2、A1 為 3）',
      en: 'from how many metres posters are read; type is at least 1/200 of it (2 on A3, 3 on A1 when omitted)',
    },
  },
  SHEETS,
  {
    flags: '--copies <number>',
    say: { zh: '一次告知單印幾聯：1（只有民眾聯）或 2', en: 'copies of each notice: 1 (the citizen’s) or 2' },
    choices: ['1', '2'],
  },
  {
    flags: '--working-copy',
    say: {
      zh: '工作本，僅供同仁：標出每一處待確認，印查證說明與待確認事項',
      en: 'a working copy for staff: every 待確認 marked, with the notes on checking and the list of what is open',
    },
  },
  {
    flags: '--booklet',
    say: {
      zh: '手冊另存對摺裝訂的小冊（handbook-booklet.pdf；未寫 --paper 則為 A5）',
      en: 'the handbook also as a booklet to fold (handbook-booklet.pdf; A5 unless --paper is given)',
    },
  },
  {
    flags: '--tile <size>',
    say: {
      zh: '海報另存可用辦公室印表機分張列印再拼貼的檔案（-tiles.pdf），例如 A3',
      en: 'posters also in parts for an office printer (-tiles.pdf), such as A3',
    },
  },
  {
    flags: '--print-shop',
    say: {
      zh: '海報另存送印刷廠的檔案（-print-shop.pdf）：出血、裁切線、單色黑',
      en: 'posters also for a print shop (-print-shop.pdf): bleed, crop marks, pure black',
    },
  },
  PRINT_LANG,
  { flags: '--mono', say: { zh: '只用黑與白，給黑白雷射印表機', en: 'black and white only, for a laser printer' } },
  {
    flags: '--browser <path>',
    say: { zh: '用這個 Chrome、Chromium 或 Edge 編印', en: 'print with this Chrome, Chromium or Edge' },
  },
  {
    flags: '--browser-endpoint <url>',
    say: {
      zh: '在別處執行的瀏覽器上編印（ws://… 或 http://…）',
      en: 'print on a browser that runs elsewhere (ws://… or http://…)',
    },
  },
  {
    flags: '--shard <I/N>',
    say: {
      zh: '只編印 N 份中的第 I 份，各份可在不同機器上編印',
      en: 'only part I of N, so that machines can share the work',
    },
  },
  {
    flags: '--no-cache',
    say: { zh: '不用先前編印留下的檔案，全部重新編印', en: 'print everything anew, use nothing that was kept' },
  },
  {
    flags: '--final',
    say: {
      zh: '只印已核定的內容；有任何一項與核定的不同就不印',
      en: 'print only what was approved; where anything differs from it, nothing',
    },
  },
  {
    flags: '--as-of <date>',
    say: {
      zh: '照這一天適用的規費編印，例如 116年1月1日（未寫則為版次的日期）',
      en: 'with the fees of this day, such as 2027-01-01 (that of the edition when omitted)',
    },
  },
  {
    flags: '--force',
    say: { zh: '有錯誤仍編印，每頁印上「草案」', en: 'print in spite of errors, marked as a draft' },
  },
];

export default async function mount(program: Command, terminal: Terminal): Promise<void> {
  const { lang } = terminal;
  const zh = lang === 'zh';
  // Only the help of this command lists them.
  const helps = terminal.args.includes('build') && terminal.args.some((arg) => ['-h', '--help', 'help'].includes(arg));
  const outputs = helps ? await loadFolder<Output>('outputs') : new Map<string, Output>();
  const list = [...outputs].map(([name, { summary }]) => `  ${name.padEnd(12)} ${summary[lang]}\n`).join('');
  const command = program
    .command('build')
    .argument('[outputs...]', zh ? '要編印的項目（未寫則全部）' : 'what to make (everything when omitted)')
    .summary(zh ? '編印手冊、海報、一次告知單與流程圖' : 'make the handbook, posters, notices and flowcharts');
  addOptions(command, OPTIONS, lang)
    .addOption(formatOption(zh))
    .addHelpText(
      'after',
      zh
        ? `\n編印的項目：\n${list}\n範例：\n  servicebook build\n  servicebook build handbook\n  servicebook build handbook --booklet\n  servicebook build posters hall --paper A1 --tile A3\n  servicebook build notices posters --service objection instalments\n\n結束碼：0 全部印好、1 有沒有編印的、2 無法編印`
        : `\nWhat can be made:\n${list}\nExamples:\n  servicebook build\n  servicebook build handbook\n  servicebook build handbook --booklet\n  servicebook build posters hall --paper A1 --tile A3\n  servicebook build notices posters --service objection instalments\n\nExit code: 0 all is made, 1 something is missing, 2 it could not be done`,
    )
    .action((names: string[], _: unknown, self: Command) => run(names, self.optsWithGlobals(), terminal));
}

async function run(
  names: string[],
  { copies, format, browserEndpoint, service, chapter, ...options }: Options,
  terminal: Terminal,
): Promise<void> {
  const { lang, cwd } = terminal;
  const json = format === 'json';
  const progress = progressLine(terminal);
  const began: Began = [];
  let origin: Origin | undefined;
  const [{ build }, { note }, { faultsText, refusalOf, reportOf, shownFolder, summaryOf, wrongIn }] = await Promise.all(
    [import('../../build/api.js'), import('../../build/up-to-date.js'), import('../../build/report.js')],
  );
  try {
    const built = await build({
      ...options,
      cwd,
      env: terminal.env,
      root: terminal.root,
      outputs: names,
      ...(service ? { services: service } : {}),
      ...(chapter ? { chapters: chapter } : {}),
      ...(copies ? { copies: copies === '1' ? 1 : 2 } : {}),
      ...(browserEndpoint ? { browserEndpoint } : {}),
      get signal() {
        return terminal.signal;
      },
      leaving: terminal.leaving,
      remark: (say) => terminal.err(`${say[lang]}\n`),
      progress: (at) => {
        if (began.at(-1)?.step !== at.step) began.push({ step: at.step, at: performance.now() });
        progress.at(progressOf(at, lang));
      },
      whole: (of) => {
        origin = of;
      },
    });
    progress.done();
    terminal.detail(() => timesOf(began, performance.now()));
    const folder = shownFolder(built.out, cwd);
    const report = json ? reportOf(built, folder, lang) : undefined;
    if (!json) terminal.err(await wrongIn(built, lang));
    const said = report ? `${JSON.stringify(report, null, 2)}\n` : summaryOf(built, folder, lang);
    terminal.out(said);
    terminal.exitCode = built.exitCode;
    if (origin) {
      const again = report ? { report } : { said: (await faultsText(built.faults, lang)) + said };
      note(terminal, origin, { files: built.files, ...again });
    }
  } catch (error) {
    if (json && error instanceof UserError)
      terminal.out(`${JSON.stringify(refusalOf(error.say, error.exitCode, lang), null, 2)}\n`);
    throw error;
  } finally {
    progress.done();
  }
}
