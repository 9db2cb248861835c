// `servicebook migrate [DIR]`: content of an earlier format is brought to the newest; comments and layout stay as they are.
import type { Command } from 'commander';
import { type Terminal, UserError, visible } from '../../core/terminal.js';

export default function migrate(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('migrate')
    .argument('[dir]', zh ? '內容資料夾（未寫則同 --content）' : 'content folder (that of --content when omitted)')
    .summary(zh ? '把舊格式的內容改成現在的格式，註解與排版不變' : 'bring content of an earlier format to the newest')
    .option('--content <dir>', zh ? '內容資料夾' : 'content folder', 'content')
    .option('--dry-run', zh ? '只列出會改什麼，不寫入檔案' : 'print what would change, write nothing')
    .addHelpText(
      'after',
      zh
        ? '\n範例：\n  servicebook migrate --dry-run\n  servicebook migrate\n\n結束碼：0 已改好或不必改、1 內容有語法錯誤，沒有更動、2 無法讀取或寫入，或內容的格式比這個版本新'
        : '\nExamples:\n  servicebook migrate --dry-run\n  servicebook migrate\n\nExit code: 0 done or nothing to do, 1 the content has faults of syntax and was left as it is, 2 it cannot be read or written, or is of a later format',
    )
    .action(async (dir: string | undefined, { content: folder, dryRun }: { content: string; dryRun?: boolean }) => {
      const [{ migrated }, { read }, { replaceText }] = await Promise.all([
        import('../../content/migrate.js'),
        import('../../content/read.js'),
        import('../../content/rewrite.js'),
      ]);
      const content = read(dir ?? folder, terminal.cwd);
      const { texts, what, to, faults } = migrated(content);
      if (faults.length > 0) {
        const { toldFindings } = await import('../../lint/told-findings.js');
        terminal.err(
          toldFindings(
            faults.map((fault) => ({ ...fault, severity: 'error' as const })),
            terminal.lang,
          ),
        );
        throw new UserError(
          {
            zh: '這些檔案要先改正才能改格式；沒有更動任何檔案。',
            en: 'These files must be fixed first; nothing was changed.',
          },
          1,
        );
      }
      if (texts.size === 0) {
        terminal.out(
          zh
            ? `內容已經是現在的格式（${to}），沒有更動。\n`
            : `The content is of the newest format (${to}) already; nothing was changed.\n`,
        );
        return;
      }
      const before = new Map(
        [content.office, content.book, ...content.services, ...content.chapters, ...content.translations].flatMap(
          (source) => (source ? [[source.path, source.text]] : []),
        ),
      );
      if (dryRun) {
        const { patchOf } = await import('../../lint/patch.js');
        for (const [path, text] of texts) terminal.out(patchOf(path, before.get(path) ?? '', text));
      } else for (const [path, text] of texts) await replaceText(terminal.cwd, path, text);
      const done = what.map((each) => each[terminal.lang]).join(zh ? '；' : '; ');
      const files = [...texts.keys()].map((path) => visible(path)).join(zh ? '、' : ', ');
      terminal.err(
        dryRun
          ? zh
            ? `會更動：${files}（${done}）。沒有寫入任何檔案。\n`
            : `Would change ${files} (${done}). Nothing was written.\n`
          : zh
            ? `已更動：${files}（${done}）。\n`
            : `Changed ${files} (${done}).\n`,
      );
    });
}
