// `servicebook build`: read, parse, check, draw, render, print, write, in this order and little else.
import { availableParallelism } from 'node:os';
import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { chartsOf } from '../charts.js';
import { check, type Rule } from '../check.js';
import type { Handbook, Service } from '../model.js';
import { bound, excerptsOf } from '../parse.js';
import { loadFolder, read } from '../read.js';
import { inBookOrder, kitOf, type Output } from '../render.js';
import { nearest } from '../shape.js';
import { type Format, type Lang, type Terminal, UserError } from '../source.js';
import { readTemplates } from '../templates.js';

type Options = {
  content: string;
  out: string;
  service?: string[];
  paper?: string;
  lang?: string;
  browser?: string;
  force?: boolean;
  sheets?: boolean;
  mono?: boolean;
};

/** Pages printed at once, at most: more cost memory and gain little, for all share one browser. */
const PRINTERS = 4;

export default function build(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
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
    .option('--paper <size>', zh ? '海報的紙張：A4、A3、A2、A1…' : 'paper of the posters: A4, A3, A2, A1 …')
    .option('--sheets', zh ? '放不下一張的海報接到第二張' : 'a poster too long for one sheet goes on to a second')
    .option('--mono', zh ? '只用黑與白，給黑白雷射印表機' : 'black and white only, for a laser printer')
    .option(
      '--browser <path>',
      zh ? '用這個 Chrome、Chromium 或 Edge 編印' : 'print with this Chrome, Chromium or Edge',
    )
    .option('--force', zh ? '有錯誤仍編印，每頁印上「草案」' : 'print in spite of errors, marked as a draft')
    .addHelpText(
      'after',
      zh
        ? '\n範例：\n  servicebook build\n  servicebook build handbook\n  servicebook build posters hall --paper A1\n  servicebook build notices posters --service objection instalments'
        : '\nExamples:\n  servicebook build\n  servicebook build handbook\n  servicebook build posters hall --paper A1\n  servicebook build notices posters --service objection instalments',
    )
    .action(async (names: string[], _: unknown, command: Command) => {
      const options: Options = command.optsWithGlobals();
      const progress = progressOn(terminal);
      const outputs = await chosenOutputs(names, options.paper);
      const printLang = printLangOf(options.lang);

      progress.at(zh ? '讀取內容' : 'Reading content');
      const content = read(options.content, terminal.cwd);
      const { parseMarkdown, proseHtml } = await import('../prose.js');
      const excerpts = excerptsOf(content, parseMarkdown);
      const handbook = bound(excerpts);
      const selected = chosenServices(handbook, options.service);

      progress.at(zh ? '檢查內容' : 'Checking');
      const rules = await loadFolder<Rule>(new URL('../rules/', import.meta.url));
      const errors = check(excerpts, rules).filter(({ severity }) => severity === 'error');
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
      const templates = await readTemplates(options.mono === true);
      const draft = handbook.unconfirmed.length > 0 || errors.length > 0;

      const { openPress } = await import('../press.js');
      const { openStage } = await import('../write.js');
      const stage = await openStage(resolve(terminal.cwd, options.out));
      const press = await openPress({
        ...(options.browser ? { browser: resolve(terminal.cwd, options.browser) } : {}),
        env: terminal.env,
        root: terminal.root,
        chart: templates.chart.theme,
      });
      const close = (): void => void press.close();
      terminal.signal.addEventListener('abort', close);
      try {
        const charts = await chartsOf(handbook, templates, printLang, (diagrams) => {
          progress.at(zh ? `繪製 ${diagrams.length} 張流程圖` : `Drawing ${diagrams.length} charts`);
          return press.draw(diagrams);
        });

        const kitFor = (output: Output) =>
          kitOf({
            handbook,
            selected,
            charts,
            templates,
            draft,
            lang: printLang,
            sheets: options.sheets === true,
            prose: proseHtml,
            ...(options.paper && output.papers.includes(options.paper) ? { paper: options.paper } : {}),
          });
        const sheets = [...outputs.values()].flatMap((output) => output.render(kitFor(output)));
        const missing = new Set<string>();
        const written: { file: string; size: number; pages?: number }[] = [];
        // Side by side: while one page is laid out, another is written. The first failure stops all.
        const waiting = [...sheets.entries()];
        let started = 0;
        const printer = async (): Promise<void> => {
          for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
            if (terminal.signal.aborted) throw new Error('interrupted');
            const [i, sheet] = next;
            started += 1;
            progress.at(
              zh
                ? `編印 ${started}/${sheets.length}　${sheet.file}`
                : `Printing ${started}/${sheets.length}  ${sheet.file}`,
            );
            const file = await press.print(sheet).catch((error: unknown) => {
              waiting.length = 0;
              throw error;
            });
            for (const character of file.missing ?? []) missing.add(character);
            await stage.add(file);
            written[i] = {
              file: file.file,
              size: file.bytes.length,
              ...(file.pages === undefined ? {} : { pages: file.pages }),
            };
          }
        };
        const printers = Math.max(1, Math.min(PRINTERS, availableParallelism()));
        await Promise.all(Array.from({ length: printers }, printer));
        if (terminal.signal.aborted) throw new Error('interrupted');
        await stage.commit();
        progress.done();
        if (missing.size > 0)
          terminal.err(
            zh
              ? `警告：沒有字型可以印「${[...missing].join('')}」，這些字會是空白方框。請安裝含有這些字的 TrueType 字型（例如全字庫正楷體）。\n`
              : `warning: no font has ${[...missing].join(' ')}; they print as empty boxes. Install a TrueType font that has them.\n`,
          );
        terminal.out(
          summaryOf(
            written,
            relative(terminal.cwd, resolve(terminal.cwd, options.out)) || '.',
            draft,
            handbook.unconfirmed.length,
            terminal.lang,
          ),
        );
      } finally {
        progress.done();
        terminal.signal.removeEventListener('abort', close);
        await stage.discard();
        await press.close();
      }
    });
}

async function chosenOutputs(names: readonly string[], paper: string | undefined): Promise<Map<string, Output>> {
  const all = await loadFolder<Output>(new URL('../outputs/', import.meta.url));
  for (const name of names)
    if (!all.has(name)) {
      const near = nearest(name, [...all.keys()]);
      throw new UserError({
        zh: `沒有「${name}」這個編印項目。${near ? `是不是要寫「${near}」？` : ''}可用：${[...all.keys()].join('、')}。`,
        en: `There is no output "${name}". ${near ? `Did you mean "${near}"? ` : ''}Outputs: ${[...all.keys()].join(', ')}.`,
      });
    }
  const chosen = new Map([...all].filter(([name]) => names.length === 0 || names.includes(name)));
  if (paper !== undefined && ![...chosen.values()].some((output) => output.papers.includes(paper))) {
    const papers = [...new Set([...chosen.values()].flatMap((output) => output.papers))].sort();
    throw new UserError({
      zh: `這些項目不能印在「${paper}」上，可用的紙張：${papers.join('、')}。`,
      en: `These outputs cannot be printed on "${paper}"; papers: ${papers.join(', ')}.`,
    });
  }
  return chosen;
}

function chosenServices(handbook: Handbook, ids: readonly string[] | undefined): Service[] {
  const all = inBookOrder(handbook);
  if (!ids) return all;
  const known = all.map((service) => service.id);
  for (const id of ids)
    if (!known.includes(id)) {
      const near = nearest(id, known);
      throw new UserError({
        zh: `沒有編號為「${id}」的服務。${near ? `是不是要寫「${near}」？` : `可用：${known.join('、')}。`}`,
        en: `There is no service "${id}". ${near ? `Did you mean "${near}"?` : `Services: ${known.join(', ')}.`}`,
      });
    }
  return all.filter((service) => ids.includes(service.id));
}

/** What is printed is Chinese unless English is asked for; the terminal's language has no say in it. */
function printLangOf(lang: string | undefined): Lang {
  if (lang === undefined || lang.startsWith('zh')) return 'zh';
  if (lang.startsWith('en')) return 'en';
  throw new UserError({
    zh: `沒有「${lang}」這種語言，可用：zh、en。`,
    en: `There is no language "${lang}"; use zh or en.`,
  });
}

/** One line that is rewritten on a terminal, plain lines otherwise. */
function progressOn(terminal: Terminal): { at(text: string): void; done(): void } {
  let open = false;
  return {
    at(text) {
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
  written: readonly { file: string; size: number; pages?: number }[],
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
