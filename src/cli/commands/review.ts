// `servicebook review`: what has to be looked at once a year, and the burden on citizens as a paper for the meeting. Writes nothing
// but the file that is asked for.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { counted, type Terminal, UserError, visible } from '../../core/terminal.js';
import { notWritten, writeNamed } from '../../core/write-file.js';
import type { SheetFormat } from '../../office-files/spreadsheet.js';
import { REPORT_FORMATS, type ReportFormat, reportFormatOf, reportFormatOption } from '../report-format.js';

const FORMATS = [...REPORT_FORMATS, 'ods', 'xlsx', 'csv'] as const satisfies readonly (ReportFormat | SheetFormat)[];
type Options = {
  content: string;
  format?: ReportFormat | SheetFormat;
  out?: string;
  today?: string;
  online?: boolean;
  lang?: string;
  ask?: boolean;
  answers?: string[];
};

export default function mount(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('review')
    .summary(
      zh
        ? '年度檢討：該再查核的來源與服務、民眾的負擔、向其他機關的建議'
        : 'the yearly review: what to check again, the burden on citizens, proposals to other offices',
    )
    .option('--content <dir>', zh ? '內容資料夾' : 'content folder', 'content')
    .addOption(reportFormatOption(zh, FORMATS))
    .option('--out <file>', zh ? '寫到這個檔案' : 'write to this file')
    .option('--today <date>', zh ? '以哪一天為準；未寫即今天' : 'the day to judge by; today when omitted')
    .option(
      '--online',
      zh
        ? '也連線查看各網址是否還打得開（只有寫了才連線）'
        : 'ask every address whether it still answers; nothing is asked without it',
    )
    .option(
      '--lang <lang>',
      zh ? '文件的語言：zh 或 en（未寫則為 zh）' : 'language of the paper: zh or en (zh when omitted)',
    )
    .option(
      '--ask',
      zh
        ? '把每一處待確認寫成表格，一個單位一張，交給各單位填（--out 檔名 .ods、.xlsx、.csv，或資料夾加 --format）'
        : 'write every 待確認 into sheets to be answered, one for each unit (--out FILE.ods, .xlsx, .csv, or a folder with --format)',
    )
    .option(
      '--answers <files...>',
      zh ? '把填好的表格寫回內容' : 'put the answers of filled-in sheets into the content',
    )
    .addHelpText(
      'after',
      zh
        ? '\n結束碼：0 沒有到期的、1 有來源或服務到期、網址打不開，或有答案被退回、2 不能檢討\n\n範例：\n  servicebook review\n  servicebook review --out 檢討報告.odt\n  servicebook review --online --today 116年1月1日\n  servicebook review --ask --out 待確認.ods\n  servicebook review --answers 待確認.ods'
        : '\nExit code: 0 nothing is due, 1 a source or service is due, an address does not answer, or an answer was refused, 2 it cannot be done\n\nExamples:\n  servicebook review\n  servicebook review --out review.odt --lang en\n  servicebook review --online --today 2027-01-01\n  servicebook review --ask --out open.ods --lang en\n  servicebook review --answers open.ods',
    )
    .action(async (_: unknown, self: Command) => {
      // The language of print is read wherever it stands.
      const options = self.optsWithGlobals<Options>();
      const { out, online, today, content } = options;
      if (options.ask || options.answers) return sheets(options, terminal);
      const format = formatOf(options);
      const { reviewed } = await import('../../build/review.js');
      const { made, due } = await reviewed(
        { content, format, today, online: online === true, paperLang: langOf(options) },
        terminal,
      );
      if (out !== undefined)
        await writeNamed(resolve(terminal.cwd, out), made).catch((error: unknown) => {
          throw notWritten(error, out);
        });
      else if (typeof made === 'string') terminal.out(made);
      if (due) terminal.exitCode = 1;
    });
}

/** The sheets to be answered, or those that were. */
async function sheets(options: Options, terminal: Terminal): Promise<void> {
  const { content, out, format, ask, answers } = options;
  const zh = terminal.lang === 'zh';
  if (ask && answers)
    throw new UserError({ zh: '--ask 與 --answers 一次只能用一個。', en: 'Use --ask or --answers, one at a time.' });
  const { takeAnswers, writeAsked } = await import('../../build/asked.js');
  if (answers) {
    const { done, same, refused, texts } = await takeAnswers(content, answers, terminal);
    for (const { at, say } of refused)
      terminal.err(`${visible(at)}${zh ? '：' : ': '}${visible(say[terminal.lang])}\n`);
    terminal.out(
      zh
        ? `寫入 ${done} 個答案（${texts.size} 個檔案）${same > 0 ? `，${same} 個本來就是這樣` : ''}${refused.length > 0 ? `，退回 ${refused.length} 個` : ''}。\n`
        : `${counted(done, 'answer')} written into ${counted(texts.size, 'file')}${same > 0 ? `, ${same} there already` : ''}${refused.length > 0 ? `, ${refused.length} refused` : ''}.\n`,
    );
    if (refused.length > 0) terminal.exitCode = 1;
    return;
  }
  if (out === undefined)
    throw new UserError({
      zh: '--ask 要寫到檔案裡，請加上 --out，例如 --out 待確認.ods。',
      en: '--ask writes to a file; add --out, such as --out open.ods.',
    });
  const asked = format === 'ods' || format === 'xlsx' || format === 'csv' ? format : undefined;
  const { places, files } = await writeAsked({ content, out, format: asked, lang: langOf(options) }, terminal);
  terminal.out(
    zh
      ? places === 0
        ? '沒有待確認的內容。\n'
        : `${places} 處待確認：${files.map(visible).join('、')}\n`
      : places === 0
        ? 'Nothing is 待確認.\n'
        : `${counted(places, 'open place')}: ${files.map(visible).join(', ')}\n`,
  );
}

function langOf({ lang = 'zh' }: Options): 'zh' | 'en' {
  if (lang === 'zh' || lang === 'en') return lang;
  throw new UserError({
    zh: `--lang 寫的是「${lang}」；檢討報告的語言是 zh 或 en。`,
    en: `--lang is "${lang}"; the review is written in zh or en.`,
  });
}

function formatOf({ format, out }: Options): ReportFormat {
  if (format === 'ods' || format === 'xlsx' || format === 'csv')
    throw new UserError({
      zh: `${format} 是給各單位填的表格，要和 --ask 一起用。`,
      en: `${format} is for sheets to be answered; use it with --ask.`,
    });
  return reportFormatOf(format, out, { zh: '檢討報告', en: 'review' });
}
