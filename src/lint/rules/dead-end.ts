// A step from which nothing follows although it is no end.

import { exits, reached } from '../../content/procedure.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'error',
  why: {
    zh: '走到這一步就沒有下文，民眾不知道接下來會怎樣。',
    en: 'The procedure stops here without an end; nobody knows what follows.',
  },
  good: [
    {
      text: withSteps(
        '  - 提出申請書\n  - 判斷: 齊備？\n    分支:\n      是: ok\n      否: [結束：通知補正]\n  - {結束: 通知申請人, 編號: ok}\n',
      ),
    },
  ],
  bad: [
    {
      text: withSteps('  - 提出申請書\n  - 判斷: 齊備？\n    分支:\n      是: [結束：發給]\n      否: [通知補正]\n'),
      at: '通知補正',
    },
  ],
  check(_handbook, report, procedures) {
    for (const { flow, name } of procedures) {
      if (!flow.nodes.some((node) => node.kind === 'end')) continue;
      const seen = reached(flow);
      for (const node of flow.nodes) {
        if (node.kind === 'end' || node.kind === 'decision' || !seen.has(node.id) || exits(flow, node).length > 0)
          continue;
        if (node.step.next !== undefined || node.step.branches !== undefined || node.step.unread.length > 0) continue;
        report({
          span: node.span,
          message: {
            zh: `「${name}」的程序走到「${node.text}」就斷了，後面沒有步驟，也不是結束。`,
            en: `The procedure of "${name}" stops at "${node.text}": nothing follows and it is no end.`,
          },
          hint: {
            zh: '寫成「結束: …」，或加上「接: 步驟編號」。',
            en: 'Write it as "end: …" or add "next: <step id>".',
          },
        });
      }
    }
  },
} satisfies Rule;
