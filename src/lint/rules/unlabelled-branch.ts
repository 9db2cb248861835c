// Every way out of a decision says when it is taken.

import { exits } from '../../content/procedure.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '判斷的每一條路都要寫條件，少寫一條，讀的人就不知道什麼時候走那裡。',
    en: 'A way out of a decision without a label leaves open when it is taken.',
  },
  good: [
    {
      text: withSteps(`  - 提出申請書
  - 判斷: 齊備？
    接: [{到: ok, 標示: 是}, {到: no, 標示: 否}]
  - {結束: 通知補正, 編號: no}
  - {結束: 通知申請人, 編號: ok}
`),
    },
  ],
  bad: [
    {
      text: withSteps(`  - 提出申請書
  - 判斷: 齊備？
    接: [{到: ok, 標示: 是}, {到: no, 標示: 否}, {到: more}]
  - {結束: 通知補正, 編號: no}
  - {結束: 另案處理, 編號: more}
  - {結束: 通知申請人, 編號: ok}
`),
      at: '{到: more}',
    },
  ],
  check(_handbook, report, procedures) {
    for (const { flow, name } of procedures)
      for (const node of flow.nodes) {
        const ways = exits(flow, node);
        // Fewer than two labels is the business of decision-branches.
        if (node.kind !== 'decision' || ways.filter(({ label }) => label).length < 2) continue;
        for (const { label, span } of ways)
          if (!label)
            report({
              span,
              message: {
                zh: `「${name}」的判斷「${node.text}」有一條路沒有寫條件。`,
                en: `One way out of "${node.text}" of "${name}" has no label.`,
              },
              hint: { zh: '加上「標示: …」，寫明什麼情形走這條路。', en: 'Add 標示 (label): when is this way taken?' },
            });
      }
  },
} satisfies Rule;
