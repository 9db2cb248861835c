// The ways of a parallel part come together again.

import { stepsWithin } from '../../content/procedure.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '分開同時進行的事，要在某一步會合，才知道什麼時候全部做完。',
    en: 'What is split into parallel ways must come together, or nobody knows when all is done.',
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
      - [查對資料, 結束：歸檔]
      - [通知業務單位]
  - 審核
  - 結束: 通知申請人
`),
      at: '並行',
    },
  ],
  check(_handbook, report, procedures) {
    for (const { flow, name } of procedures)
      for (const fork of flow.nodes) {
        if (fork.kind !== 'fork') continue;
        const join = flow.nodes.find(({ kind, step }) => kind === 'join' && step === fork.step);
        const steps = new Set(stepsWithin(fork.step));
        const ends = flow.nodes.some(({ kind, step }) => kind === 'end' && steps.has(step));
        const arriving = flow.edges.filter(({ to }) => to === join?.id).length;
        if (arriving >= 2 || !ends) continue;
        report({
          span: fork.step.at.self,
          message: {
            zh: `「${name}」的並行沒有會合：各條路各自結束。`,
            en: `The parallel ways of "${name}" do not come together: they end one by one.`,
          },
          hint: { zh: '把「結束」移到並行之後。', en: 'Move the end behind the parallel part.' },
        });
      }
  },
} satisfies Rule;
