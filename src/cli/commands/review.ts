// `servicebook review`: what has to be looked at once a year, and the burden on citizens as a paper for the meeting. Writes nothing
// but the file that is asked for.
import { extname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { ReviewFormat } from '../../build/review.js';
import { type Terminal, UserError } from '../../core/terminal.js';
import { notWritten, writeNamed } from '../../core/write-file.js';

const FORMATS = ['text', 'json', 'markdown', 'html', 'odt', 'docx', 'pdf'] as const satisfies readonly ReviewFormat[];
const ENDINGS: Readonly<Record<string, ReviewFormat>> = {
  '.txt': 'text',
  '.json': 'json',
  '.md': 'markdown',
  '.html': 'html',
  '.odt': 'odt',
  '.docx': 'docx',
  '.pdf': 'pdf',
};
type Options = {
  content: string;
  format?: ReviewFormat;
  out?: string;
  today?: string;
  online?: boolean;
  lang?: string;
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
    .addOption(
      new Option(
        '--format <format>',
        zh ? '格式；未寫則依 --out 的副檔名' : 'format; that of the ending of --out when omitted',
      ).choices(FORMATS),
    )
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
    .addHelpText(
      'after',
      zh
        ? '\n結束碼：0 沒有到期的、1 有來源或服務到期，或網址打不開、2 不能檢討\n\n範例：\n  servicebook review\n  servicebook review --out 檢討報告.odt\n  servicebook review --online --today 116年1月1日'
        : '\nExit code: 0 nothing is due, 1 a source or service is due or an address does not answer, 2 it cannot be done\n\nExamples:\n  servicebook review\n  servicebook review --out review.odt --lang en\n  servicebook review --online --today 2027-01-01',
    )
    .action(async (_: unknown, self: Command) => {
      // The language of print is read wherever it stands.
      const options = self.optsWithGlobals<Options>();
      const { out, online, today, content } = options;
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

function langOf({ lang = 'zh' }: Options): 'zh' | 'en' {
  if (lang === 'zh' || lang === 'en') return lang;
  throw new UserError({
    zh: `--lang 寫的是「${lang}」；檢討報告的語言是 zh 或 en。`,
    en: `--lang is "${lang}"; the review is written in zh or en.`,
  });
}

/** What was asked for, or what the file is called. */
function formatOf({ format, out }: Options): ReviewFormat {
  const chosen = format ?? (out === undefined ? 'text' : ENDINGS[extname(out).toLowerCase()]);
  if (chosen === undefined)
    throw new UserError({
      zh: `看不出「${out}」是什麼格式；副檔名可用：${Object.keys(ENDINGS).join('、')}，或以 --format 指定。`,
      en: `The ending of "${out}" names no format; use one of ${Object.keys(ENDINGS).join(', ')}, or --format.`,
    });
  if (out === undefined && (chosen === 'odt' || chosen === 'docx' || chosen === 'pdf'))
    throw new UserError({
      zh: `${chosen} 要寫到檔案裡，請加上 --out，例如 --out 檢討報告.${chosen}。`,
      en: `${chosen} is written to a file; add --out, such as --out review.${chosen}.`,
    });
  return chosen;
}
