// `servicebook matrix SERVICE`: every case of a service with its answer, to be looked through and signed.
import { type Command, Option } from 'commander';
import type { Terminal } from '../../core/terminal.js';

type Options = { content: string; format: 'html' | 'csv' };

export default function matrix(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('matrix')
    .argument('<service>', zh ? '服務編號或名稱' : 'id or name of a service')
    .summary(zh ? '輸出每一種情形的應備證件、規費與期限' : 'print every case with its documents, fee and limit')
    .option('--content <dir>', zh ? '內容資料夾' : 'content folder', 'content')
    .addOption(
      new Option('--format <format>', zh ? '網頁（html）或試算表（csv）' : 'a page (html) or a spreadsheet (csv)')
        .choices(['html', 'csv'])
        .default('html'),
    )
    .addHelpText(
      'after',
      zh
        ? '\n超過 500 種時依兩兩組合選取，並在表上註明。\n\n範例：\n  servicebook matrix objection > objection.html\n  servicebook matrix archives --format csv > archives.csv'
        : '\nAbove 500 cases a pairwise choice is printed, and says so.\n\nExamples:\n  servicebook matrix objection > objection.html\n  servicebook matrix archives --format csv > archives.csv',
    )
    .action(async (name: string, { content, format }: Options) => {
      const [{ matrixCsv, matrixPage }, { openProject }, { serviceNamed }] = await Promise.all([
        import('../../build/matrix.js'),
        import('../../build/project.js'),
        import('../../build/service-named.js'),
      ]);
      const { handbook } = await openProject({ folder: content, cwd: terminal.cwd }).read();
      const service = serviceNamed(name, handbook.services);
      // A mark at the head of a spreadsheet's file is not seen, and must not stand there by its code.
      if (format === 'csv') terminal.commands(matrixCsv(service, terminal.lang));
      else terminal.out(matrixPage(service, handbook, terminal.lang));
    });
}
