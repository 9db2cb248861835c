// `servicebook rules --markdown`: the page of all rules, for the manual.
import type { Command } from 'commander';
import type { Rule } from '../check.js';
import { hintsOf, rulesPage } from '../manual.js';
import { loadFolder } from '../read.js';
import { type Terminal, UserError } from '../source.js';

export default function rules(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('rules')
    .summary(zh ? '輸出全部檢查規則的說明頁' : 'print the page of all rules')
    .option('--markdown', zh ? '以 Markdown 輸出' : 'as Markdown')
    .addHelpText(
      'after',
      zh
        ? '\n範例：\n  servicebook rules --markdown > RULES.zh-TW.md'
        : '\nExample:\n  servicebook rules --markdown > RULES.md',
    )
    .action(async ({ markdown }: { markdown?: boolean }) => {
      if (!markdown)
        throw new UserError({
          zh: '請加上 --markdown；在終端機看規則請用「servicebook explain」。',
          en: 'Add --markdown; to read the rules in a terminal use "servicebook explain".',
        });
      const all = await loadFolder<Rule>(new URL('../rules/', import.meta.url));
      const { parseMarkdown } = await import('../prose.js');
      terminal.out(rulesPage(all, hintsOf(all, parseMarkdown), terminal.lang));
    });
}
