// `servicebook explain [RULE]`: why a rule is there, what it finds and how to mend it.
import type { Command } from 'commander';
import { loadFolder } from '../../core/program-files.js';
import type { Terminal } from '../../core/terminal.js';
import type { Rule } from '../../lint/rule.js';

export default function explain(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('explain')
    .argument('[rule]', zh ? '規則名稱；未寫則列出全部' : 'name of a rule; all are listed when omitted')
    .summary(zh ? '說明檢查規則：為什麼、例子、怎麼改' : 'explain a rule of lint: why, examples, how to fix it')
    .addHelpText(
      'after',
      zh
        ? '\n範例：\n  servicebook explain\n  servicebook explain fee-without-basis'
        : '\nExamples:\n  servicebook explain\n  servicebook explain fee-without-basis',
    )
    .action(async (id: string | undefined) => {
      const [{ ruleNamed }, { explained, hintsOf, standing }] = await Promise.all([
        import('../../lint/rule.js'),
        import('../../lint/rule-docs.js'),
      ]);
      const rules = await loadFolder<Rule>('lint/rules');
      if (id === undefined) {
        const widest = Math.max(...[...rules.keys()].map((name) => name.length));
        for (const severity of ['error', 'warn', 'off'] as const)
          for (const [name, rule] of rules)
            if (rule.severity === severity) terminal.out(`${name.padEnd(widest)}  ${standing(rule, terminal.lang)}\n`);
        return;
      }
      const rule = ruleNamed(id, rules);
      const { parseMarkdown } = await import('../../content/syntax/markdown.js');
      terminal.out(explained(id, rule, hintsOf(rules, parseMarkdown).get(id), terminal.lang));
    });
}
