// A loop can be left.

import { ending, reached } from '../../content/procedure.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'error',

  why: {
    zh: '補正、退回的圈子要有出口，否則永遠辦不完。',
    en: 'A loop of corrections without a way out never ends.',
  },
  good: [
    {
      text: withSteps(`  - {步驟: 提出申請書, 編號: a}
  - 判斷: 齊備？
    分支: {是: ok, 否: a}
  - {結束: 通知申請人, 編號: ok}
`),
    },
  ],
  bad: [
    {
      text: withSteps(`  - 提出申請書
  - 判斷: 齊備？
    分支: {是: ok, 否: fix}
  - {步驟: 通知補正, 編號: fix}
  - {步驟: 等候補正, 接: fix}
  - {結束: 通知申請人, 編號: ok}
`),
      at: '通知補正',
    },
  ],
  check(_handbook, report, procedures) {
    for (const { flow, name } of procedures) {
      // Without any end at all it is flow-start-end that speaks.
      if (!flow.nodes.some(({ kind }) => kind === 'end')) continue;
      const seen = reached(flow);
      const out = ending(flow);
      const caught = flow.nodes.filter(({ id }) => seen.has(id) && !out.has(id));
      // One finding a loop: the step by which it is entered.
      const doors = caught.filter(({ id }) => flow.edges.some(({ from, to }) => to === id && out.has(from)));
      for (const node of doors.length > 0 ? doors : caught.slice(0, 1))
        report({
          span: node.span,
          message: {
            zh: `「${name}」走到「${node.text}」之後只會繞圈，到不了結束。`,
            en: `From "${node.text}" on "${name}" goes round in circles and reaches no end.`,
          },
          hint: { zh: '在圈子裡加一個判斷，或接到結束。', en: 'Add a decision to the loop, or lead it to an end.' },
        });
    }
  },
} satisfies Rule;
