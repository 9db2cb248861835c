// A choice of more than three is not taken in at a glance.

import { exits } from '../../content/procedure.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',

  why: {
    zh: '一個判斷分成四條以上的路，讀的人要回頭找；拆成兩個判斷較清楚。',
    en: 'More than three ways out of one step are hard to follow; two decisions read better.',
  },
  good: [
    {
      text: withSteps(`  - 提出申請書
  - 判斷: 哪一種？
    分支: {甲: [結束：甲案], 乙: [結束：乙案], 丙: [結束：丙案]}
`),
    },
  ],
  bad: [
    {
      text: withSteps(`  - 提出申請書
  - 判斷: 哪一種？
    分支: {甲: [結束：甲案], 乙: [結束：乙案], 丙: [結束：丙案], 丁: [結束：丁案]}
`),
      at: '哪一種？',
    },
  ],
  check(_handbook, report, procedures) {
    for (const { flow, name } of procedures)
      for (const node of flow.nodes) {
        const ways = exits(flow, node);
        if (ways.length <= 3 || node.kind === 'fork') continue;
        report({
          span: node.span,
          message: {
            zh: `「${name}」的「${node.text}」之後有${ways.length}條路，應在三條以內。`,
            en: `${ways.length} ways lead out of "${node.text}" of "${name}"; three are enough for one step.`,
          },
          hint: { zh: '拆成兩個判斷。', en: 'Split it into two decisions.' },
        });
      }
  },
} satisfies Rule;
