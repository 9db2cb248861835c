// `servicebook approve`: records that the edition was approved, by whom, when and under which number. Writes one file.
import type { Command } from 'commander';
import type { Terminal } from '../../core/terminal.js';

type Options = { content: string; by: string; number: string; date: string; effective?: string };

export default function mount(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('approve')
    .summary(
      zh
        ? '登錄核定：誰、哪一天、文號；之後與核定的不同才印「草案」'
        : 'record an approval; from then on 草案 means that something differs from it',
    )
    .requiredOption('--by <name>', zh ? '核定的機關或首長，例如 分署長' : 'who approved, such as 分署長')
    .requiredOption('--number <number>', zh ? '核定文號' : 'the number of the document')
    .requiredOption('--date <date>', zh ? '核定日期，例如 116年3月1日' : 'the day of the approval, such as 2027-03-01')
    .option(
      '--effective <date>',
      zh ? '生效日（未寫則為核定日期）' : 'first day on which it holds (the day of the approval when omitted)',
    )
    .option('--content <dir>', zh ? '內容資料夾' : 'content folder', 'content')
    .addHelpText(
      'after',
      zh
        ? '\n內容要先提交到 git，也不能有錯誤。紀錄寫在內容資料夾的 approvals.json，請一併提交。\n\n範例：\n  servicebook approve --by 分署長 --number 行執秘字第11600000010號 --date 116年3月1日'
        : '\nThe content must be committed, and without errors. The record is approvals.json in the content folder; commit it too.\n\nExample:\n  servicebook approve --by 分署長 --number 行執秘字第11600000010號 --date 2027-03-01',
    )
    .action(async (options: Options) => {
      const { approve } = await import('../../build/approve.js');
      const done = await approve(options, terminal);
      terminal.out(`${done[terminal.lang]}\n`);
    });
}
