// A step that no way leads to.

import { reached } from '../../content/procedure.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'error',
  why: {
    zh: '走不到的步驟不是多餘，就是漏了一條線。',
    en: 'A step that cannot be reached is superfluous, or an arrow is missing.',
  },
  good: [
    {
      text: withSteps('  - 提出申請書\n  - 審核\n  - 結束: 通知申請人\n'),
    },
  ],
  bad: [
    {
      text: withSteps('  - {步驟: 提出申請書, 接: ok}\n  - 審核\n  - {結束: 通知申請人, 編號: ok}\n'),
      at: '審核',
    },
  ],
  check(_handbook, report, procedures) {
    for (const { flow, name } of procedures) {
      const seen = reached(flow);
      const lost = flow.nodes.filter((node) => !seen.has(node.id) && node.kind !== 'join' && node.kind !== 'start');
      // Behind a lost step all is lost; the first of each run tells.
      const heads = lost.filter(
        (node) =>
          !flow.edges.some(
            (edge) => edge.to === node.id && lost.some((other) => other.id === edge.from && other !== node),
          ),
      );
      for (const node of heads.length > 0 ? heads : lost.slice(0, 1))
        report({
          span: node.span,
          message: {
            zh: `「${name}」的程序走不到「${node.text}」這一步。`,
            en: `No way of "${name}" leads to "${node.text}".`,
          },
          hint: {
            zh: '從前面的步驟或分支接過來，或刪去這一步。',
            en: 'Lead an earlier step or branch here, or delete it.',
          },
        });
    }
  },
} satisfies Rule;
