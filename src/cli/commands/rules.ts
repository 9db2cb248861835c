// `servicebook rules --markdown`: the page of all rules, for the manual.
import type { Command } from 'commander';
import { loadFolder } from '../../core/program-files.js';
import { type Terminal, UserError } from '../../core/terminal.js';
import type { Rule } from '../../lint/rule.js';

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
      const all = await loadFolder<Rule>('lint/rules');
      const [{ parseMarkdown }, { hintsOf, rulesPage }] = await Promise.all([
        import('../../content/syntax/markdown.js'),
        import('../../lint/rule-docs.js'),
      ]);
      terminal.out(rulesPage(all, hintsOf(all, parseMarkdown), terminal.lang));
    });
}
