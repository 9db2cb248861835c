// A procedure begins somewhere and comes to an end.
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'error',
  why: {
    zh: '流程要有開始與結束，民眾才知道從哪裡辦起、怎樣算辦完。',
    en: 'A citizen must see where a procedure begins and when it is done.',
  },
  good: [
    {
      text: withSteps('  - 提出申請書\n  - 通知申請人\n'),
    },
  ],
  bad: [
    {
      text: withSteps('  - {步驟: 提出申請書, 編號: a}\n  - {步驟: 審核, 接: a}\n'),
      at: '- {步驟: 提出',
    },
    {
      text: withSteps('  - {開始: 提出申請書}\n  - {開始: 另行申請}\n  - 結束: 通知申請人\n'),
      at: '另行申請',
    },
  ],
  check(_handbook, report, procedures) {
    for (const { flow, name, at, mermaid } of procedures) {
      if (mermaid !== undefined && flow.nodes.length === 0) continue;
      const starts = flow.nodes.filter((node) => node.kind === 'start');
      if (flow.nodes.length > 0 && !flow.nodes.some((node) => node.kind === 'end'))
        report({
          span: at,
          message: { zh: `「${name}」的程序沒有結束。`, en: `The procedure of "${name}" has no end.` },
          hint: { zh: '把最後一步寫成「結束: …」。', en: 'Write the last step as "end: …".' },
        });
      if (flow.nodes.length > 0 && starts.length === 0)
        report({
          span: at,
          message: { zh: `「${name}」的程序沒有開始。`, en: `The procedure of "${name}" has no start.` },
          hint: { zh: '把第一步寫成「開始: …」。', en: 'Write the first step as "start: …".' },
        });
      for (const start of starts.slice(1))
        report({
          span: start.span,
          message: {
            zh: `「${name}」的程序有兩個以上的開始，只能有一個。`,
            en: `The procedure of "${name}" has more than one start.`,
          },
          hint: {
            zh: '把這一步改成「步驟: …」，或用「判斷」分成兩路。',
            en: 'Make it a step, or split the way by a decision.',
          },
        });
    }
  },
} satisfies Rule;
