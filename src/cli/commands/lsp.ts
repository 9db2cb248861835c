// `servicebook lsp`: what an editor starts to show the findings of lint while somebody types.
import type { Command } from 'commander';
import type { Terminal } from '../../core/terminal.js';
import type { Streams } from '../../editor/language-server.js';

export default function lsp(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('lsp')
    .summary(zh ? '供編輯器使用：邊寫邊檢查' : 'for editors: lint while somebody types')
    .option('--stdio', zh ? '經標準輸入與輸出（一律如此）' : 'over standard input and output (always so)')
    .addHelpText(
      'after',
      zh
        ? '\n由編輯器啟動，不必自己執行。VS Code 裝隨附的擴充套件即可；其他編輯器設定語言伺服器的指令為「servicebook lsp --stdio」，用於 yaml 與 markdown。'
        : '\nStarted by an editor. VS Code takes the extension; in others the command of the language server is "servicebook lsp --stdio", for yaml and markdown.',
    )
    .action(async () => {
      const { serve } = await import('../../editor/language-server.js');
      await serve(terminal.streams() as Streams, terminal.lang, terminal.env);
    });
}
