// `servicebook explain [RULE]`: why a rule is there, what it finds and how to mend it.
import type { Command } from 'commander';
import type { Rule } from '../check.js';
import { explained, hintsOf, standing } from '../manual.js';
import { loadFolder } from '../read.js';
import { nearest } from '../shape.js';
import { type Terminal, UserError } from '../source.js';

export default function explain(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('explain')
    .argument('[rule]', zh ? '規則名稱；未寫則列出全部' : 'name of a rule; all are listed when omitted')
    .summary(zh ? '說明檢查規則：為什麼、例子、怎麼改' : 'explain a rule of lint: why, examples, how to mend')
    .addHelpText(
      'after',
      zh
        ? '\n範例：\n  servicebook explain\n  servicebook explain fee-without-basis'
        : '\nExamples:\n  servicebook explain\n  servicebook explain fee-without-basis',
    )
    .action(async (id: string | undefined) => {
      const rules = await loadFolder<Rule>(new URL('../rules/', import.meta.url));
      if (id === undefined) {
        const widest = Math.max(...[...rules.keys()].map((name) => name.length));
        for (const severity of ['error', 'warn'] as const)
          for (const [name, rule] of rules)
            if (rule.severity === severity) terminal.out(`${name.padEnd(widest)}  ${standing(rule, terminal.lang)}\n`);
        return;
      }
      const rule = rules.get(id);
      if (!rule) {
        const near = nearest(id, [...rules.keys()]);
        throw new UserError({
          zh: `沒有「${id}」這條檢查規則。${near ? `是不是要寫「${near}」？` : '用「servicebook explain」看全部規則。'}`,
          en: `There is no rule "${id}". ${near ? `Did you mean "${near}"?` : 'See all rules with "servicebook explain".'}`,
        });
      }
      const { parseMarkdown } = await import('../prose.js');
      terminal.out(explained(id, rule, hintsOf(rules, parseMarkdown).get(id), terminal.lang));
    });
}
