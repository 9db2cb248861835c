// Who acts has a name.

import { roleText } from '../../content/procedure.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '權責欄有寫，卻沒有單位、職稱或機關的名稱，流程圖上就是一條沒有名字的分工。',
    en: 'A lane of the chart without a name says nobody is responsible.',
  },
  good: [
    {
      text: withSteps(`  - {步驟: 提出申請書, 權責: 申請人}
  - 核定（分署長）
  - 結束: 通知申請人
`),
    },
  ],
  bad: [
    {
      text: withSteps(`  - {步驟: 提出申請書, 權責: [{說明: 視案件而定}]}
  - 核定（分署長）
  - 結束: 通知申請人
`),
      at: '{說明',
    },
  ],
  check(_handbook, report, procedures) {
    for (const { flow, name } of procedures)
      for (const node of flow.nodes)
        for (const role of node.actors)
          if (roleText(role) === '')
            report({
              span: role.at.self,
              message: {
                zh: `「${name}」的「${node.text}」寫了權責，卻沒有單位、職稱或機關。`,
                en: `"${node.text}" of "${name}" has an actor without unit, title or office.`,
              },
              hint: { zh: '補上「單位」或「職稱」。', en: 'Add 單位 (unit) or 職稱 (title).' },
            });
  },
} satisfies Rule;
