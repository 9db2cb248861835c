// A decision leads to more than one place.

import { exits } from '../../content/procedure.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '不管怎麼判斷都到同一步，這個判斷就是多餘的。',
    en: 'A decision whose ways all lead to the same step decides nothing.',
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
  ],
  bad: [
    {
      text: withSteps(`  - 提出申請書
  - 判斷: 齊備？
    分支: {是: ok, 否: ok}
  - {結束: 通知申請人, 編號: ok}
`),
      at: '齊備？',
    },
  ],
  check(_handbook, report, procedures) {
    for (const { flow, name } of procedures)
      for (const node of flow.nodes) {
        const ways = exits(flow, node);
        if (node.kind !== 'decision' || ways.length < 2 || new Set(ways.map(({ to }) => to)).size > 1) continue;
        report({
          span: node.span,
          message: {
            zh: `「${name}」的判斷「${node.text}」每條路都到同一步。`,
            en: `Every way out of "${node.text}" of "${name}" leads to the same step.`,
          },
          hint: {
            zh: '刪去這個判斷，或補上漏掉的步驟。',
            en: 'Delete the decision, or add the steps that are missing.',
          },
        });
      }
  },
} satisfies Rule;
