// `servicebook counter`: the case of whoever stands at the counter, asked for and printed on a page of this machine.
import type { Command } from 'commander';
import type { Terminal } from '../../core/terminal.js';
import type { CounterAsked } from '../../preview/run-counter.js';
import { addOptions, CONTENT, type Worded } from '../options.js';

const OPTIONS: readonly Worded[] = [
  CONTENT,
  { flags: '--port <number>', say: { zh: '連接埠', en: 'port' } },
  { flags: '--no-open', say: { zh: '不要自動打開瀏覽器', en: 'do not open a browser' } },
  { flags: '--copies <number>', say: { zh: '告知單印幾聯', en: 'copies of the notice' }, choices: ['1', '2'] },
  { flags: '--browser <path>', say: { zh: '用這個瀏覽器編印', en: 'print with this browser' } },
];

export default function counter(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  const command = program
    .command('counter')
    .summary(zh ? '櫃台：問幾題，印出這個人的一次告知單' : 'ask at the counter, and print the notice of that case');
  addOptions(command, OPTIONS, terminal.lang)
    .addHelpText(
      'after',
      zh
        ? '\n網頁只有這台電腦看得到。回答不寫進檔案、網址或紀錄，換下一位就消失。\n\n範例：\n  servicebook counter\n  servicebook counter --port 8001 --no-open\n\n按 Ctrl-C 結束。'
        : '\nOnly this computer can see the page. Answers are written into no file, address or log, and are gone with the next person.\n\nExamples:\n  servicebook counter\n  servicebook counter --port 8001 --no-open\n\nCtrl-C ends it.',
    )
    .action(async (_: unknown, self: Command) => {
      // Loaded late: the help of every command passes here.
      const { runCounter } = await import('../../preview/run-counter.js');
      await runCounter(self.optsWithGlobals() satisfies CounterAsked, terminal);
    });
}
