// Only a decision or a parallel part has several ways out.

import { exits } from '../../content/procedure.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '一般步驟後面有好幾條路，卻沒有寫條件，看不出是擇一還是都要做。',
    en: 'Several ways out of a plain step, not all labelled, leave open whether one or all of them are taken.',
  },
  good: [
    {
      text: withSteps(`  - 提出申請書
  - 判斷: 齊備？
    分支: {是: ok, 否: no}
  - {結束: 通知補正, 編號: no}
  - {結束: 通知申請人, 編號: ok}
`),
    },
    {
      text: withSteps(`  - {步驟: 提出申請書, 接: [{到: ok, 標示: 齊備}, {到: no, 標示: 不齊備}]}
  - {結束: 通知補正, 編號: no}
  - {結束: 通知申請人, 編號: ok}
`),
    },
  ],
  bad: [
    {
      text: withSteps(`  - {步驟: 提出申請書, 接: [ok, no]}
  - {結束: 通知補正, 編號: no}
  - {結束: 通知申請人, 編號: ok}
`),
      at: '提出申請書',
    },
  ],
  check(_handbook, report, procedures) {
    for (const { flow, name } of procedures)
      for (const node of flow.nodes) {
        if (node.kind === 'decision' || node.kind === 'fork') continue;
        const ways = exits(flow, node);
        if (ways.length < 2 || ways.every(({ label }) => label)) continue;
        report({
          span: node.span,
          message: {
            zh: `「${name}」的「${node.text}」之後有${ways.length}條路，看不出是擇一還是同時進行。`,
            en: `${ways.length} ways lead out of "${node.text}" of "${name}"; is one taken, or all?`,
          },
          hint: {
            zh: '擇一的寫成「判斷」，同時進行的寫成「並行」。',
            en: 'Write a decision (判斷) for one of them, 並行 (parallel) for all.',
          },
        });
      }
  },
} satisfies Rule;
