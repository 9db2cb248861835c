// A parallel part is left through its end.

import { stepsWithin } from '../../content/procedure.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '並行的一條路自己跳出去，其他的路還沒做完，後面就不知道該不該等。',
    en: 'A way that leaves a parallel part on its own does not wait for the others.',
  },
  good: [
    {
      text: withSteps(`  - 提出申請書
  - 並行:
      - [查對資料]
      - [通知業務單位]
  - 審核
  - 結束: 通知申請人
`),
    },
  ],
  bad: [
    {
      text: withSteps(`  - 提出申請書
  - 並行:
      - [{步驟: 查對資料, 接: ok}]
      - [通知業務單位]
      - [調閱檔案]
  - {步驟: 審核, 編號: ok}
  - 結束: 通知申請人
`),
      at: 'ok}]',
    },
  ],
  check(_handbook, report, procedures) {
    for (const { flow, name } of procedures)
      for (const fork of flow.nodes) {
        if (fork.kind !== 'fork') continue;
        const steps = new Set(stepsWithin(fork.step));
        const inside = new Set(flow.nodes.filter(({ step }) => steps.has(step)).map(({ id }) => id));
        const join = flow.nodes.find(({ kind, step }) => kind === 'join' && step === fork.step);
        for (const { from, to, span } of flow.edges) {
          if (!inside.has(from) || inside.has(to) || to === join?.id || to === fork.id) continue;
          const node = flow.nodes.find(({ id }) => id === from);
          report({
            span,
            message: {
              zh: `「${name}」並行的「${node?.text}」直接接到並行以外的步驟，沒有等其他的路。`,
              en: `"${node?.text}" of "${name}" leaves its parallel part without waiting for the other ways.`,
            },
            hint: {
              zh: '刪去這個「接」，讓各條路做完再往下走；不必等的就不要寫在「並行」裡。',
              en: 'Drop this 接 (next) so that the ways join, or take the step out of the parallel part.',
            },
          });
        }
      }
  },
} satisfies Rule;
