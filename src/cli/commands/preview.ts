// `servicebook preview`: the book as it is being written, on a page of this machine, until Ctrl-C.
import type { Command } from 'commander';
import type { Terminal } from '../../core/terminal.js';
import type { PreviewAsked } from '../../preview/run-preview.js';
import { addOptions, CONTENT, LANDSCAPE, PRINT_LANG, SHEETS, type Worded } from '../options.js';

const OPTIONS: readonly Worded[] = [
  CONTENT,
  { flags: '--port <number>', say: { zh: '連接埠', en: 'port' } },
  { flags: '--no-open', say: { zh: '不要自動打開瀏覽器', en: 'do not open a browser' } },
  {
    flags: '--paper <size>',
    say: { zh: '海報的紙張：A4、A3、A2、A1…', en: 'paper of the posters: A4, A3, A2, A1 …' },
  },
  LANDSCAPE,
  SHEETS,
  PRINT_LANG,
  { flags: '--mono', say: { zh: '只用黑與白', en: 'black and white only' } },
  {
    flags: '--browser <path>',
    say: { zh: '用這個 Chrome、Chromium 或 Edge 畫流程圖', en: 'draw charts with this Chrome, Chromium or Edge' },
  },
];

export default function preview(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  const command = program
    .command('preview')
    .summary(zh ? '邊寫邊看：存檔後網頁立刻更新' : 'watch the book while writing it');
  addOptions(command, OPTIONS, terminal.lang)
    .addHelpText(
      'after',
      zh
        ? '\n範例：\n  servicebook preview\n  servicebook preview --port 8000 --no-open\n\n網頁只有這台電腦看得到。按 Ctrl-C 結束。'
        : '\nExamples:\n  servicebook preview\n  servicebook preview --port 8000 --no-open\n\nOnly this computer can see the page. Ctrl-C ends it.',
    )
    .action(async (_: unknown, self: Command) => {
      // Loaded late: the help of every command passes here.
      const { runPreview } = await import('../../preview/run-preview.js');
      await runPreview(self.optsWithGlobals() satisfies PreviewAsked, terminal);
    });
}
