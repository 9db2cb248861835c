// `servicebook check FILE…`: whether printed PDFs are fit for the printer and the web. Reads, and writes nothing.
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Procedure } from '../../content/procedure.js';
import type { Handbook } from '../../content/schema/model.js';
import type { Lang, Say } from '../../core/source.js';
import { counted, type Terminal, UserError } from '../../core/terminal.js';
import type { Expected, PreflightFault } from '../../pdf/preflight/fault.js';
import { formatOption } from '../program.js';

type Options = { content?: string; format: 'text' | 'json' };
type Found = PreflightFault & { file: string };

export default function check(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('check')
    .argument('<files...>', zh ? '要檢查的 PDF 檔，或放 PDF 檔的資料夾' : 'the PDFs, or folders that hold PDFs')
    .summary(zh ? '檢查印好的 PDF 能不能付印與公開' : 'check that printed PDFs are fit to be printed and published')
    .option(
      '--content <dir>',
      zh
        ? '內容資料夾；手冊要印出每項服務與每個步驟'
        : 'content folder; the handbook must print its every service and step',
    )
    .addOption(formatOption(zh))
    .addHelpText(
      'after',
      zh
        ? '\n檢查字型、字級、紙張邊緣、頁碼與連結、書籤、標籤與替代文字、標題與語言。\n\n範例：\n  servicebook check out/handbook.pdf\n  servicebook check out --content content\n  servicebook check out/posters/*.pdf --format json > report.json\n\n結束碼：0 沒有問題或只有提醒、1 有問題、2 無法檢查'
        : '\nChecks fonts, sizes of text, the edges of the paper, page numbers and links, bookmarks, tags and alternative texts, title and language.\n\nExamples:\n  servicebook check out/handbook.pdf\n  servicebook check out --content content\n  servicebook check out/posters/*.pdf --format json > report.json\n\nExit code: 0 no faults or warnings alone, 1 faults, 2 could not check',
    )
    .action(async (paths: string[], options: Options) => {
      const print = options.format === 'json' ? asJson : (await import('../../pdf/preflight/fault.js')).linesOf;
      const handbook =
        options.content === undefined
          ? undefined
          : (
              await (
                await import('../../build/project.js')
              )
                .openProject({ folder: options.content, cwd: terminal.cwd })
                .read()
            ).handbook;
      const files = await (await import('../../content/read.js')).pdfsIn(paths, terminal.cwd);
      const { preflight } = await import('../../pdf/preflight/preflight.js');
      const found: Found[] = [];
      const unread: Say[] = [];
      for (const file of files) {
        try {
          const bytes = await readFile(resolve(terminal.cwd, file));
          const faults = await preflight(bytes, handbook && (await expectedIn(handbook, file)));
          for (const fault of faults) found.push({ file, ...fault });
        } catch (error) {
          // The others are still worth checking.
          if (!(error instanceof UserError)) throw error;
          unread.push({ zh: `${file}：${error.say.zh}`, en: `${file}: ${error.say.en}` });
        }
      }
      terminal.out(print(found, terminal.lang));
      const checked = files.length - unread.length;
      const wrong = found.filter(({ advice }) => !advice).length;
      const warnings = found.length - wrong;
      terminal.err(
        zh
          ? `${checked} 個檔案：${wrong} 個問題${warnings === 0 ? '' : `、${warnings} 個提醒`}。\n`
          : `${counted(checked, 'file')}: ${counted(wrong, 'fault')}${warnings === 0 ? '' : `, ${counted(warnings, 'warning')}`}.\n`,
      );
      if (unread.length > 0)
        throw new UserError({
          zh: unread.map((each) => each.zh).join('\n'),
          en: unread.map((each) => each.en).join('\n'),
        });
      terminal.exitCode = wrong > 0 ? 1 : 0;
    });
}

const asJson = (found: readonly Found[], lang: Lang): string =>
  `${JSON.stringify(
    found.map(({ file, page, rule, advice, text, message }) => ({
      file,
      page: page ?? null,
      rule,
      severity: advice ? 'warning' : 'error',
      text: text ?? null,
      message: message[lang],
    })),
    null,
    2,
  )}\n`;

/** A handbook prints every service and every step, a chart its steps, a sheet with the id of a service that service; of others nothing is known. */
async function expectedIn(handbook: Handbook, file: string): Promise<Expected> {
  const { proceduresOf, stepTexts } = await import('../../content/procedure.js');
  const name = basename(file).replace(/\.pdf$/i, '');
  const stepsOf = (procedures: readonly Procedure[]): string[] => procedures.flatMap(({ flow }) => stepTexts(flow));
  const procedures = proceduresOf(handbook);
  if (basename(dirname(file)) === 'flowcharts') return { texts: stepsOf(procedures.filter(({ id }) => id === name)) };
  const names = handbook.services.flatMap((service) => service.name ?? []);
  if (name.startsWith('handbook')) return { texts: [...names, ...stepsOf(procedures)] };
  return { texts: handbook.services.flatMap((service) => (service.id === name ? (service.name ?? []) : [])) };
}
