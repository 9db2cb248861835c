// What a step collects is declared as a fee.

import { flowsOf } from '../../content/procedure.js';
import { known } from '../../content/schema/schema.js';
import { withSteps } from '../example-records.js';
import { collects } from '../payment.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '寫的是免費，流程卻有繳費的步驟：民眾來了才知道要付錢。',
    en: 'Free of charge, yet a step collects a fee: the citizen learns it at the counter.',
  },
  good: [
    {
      text: withSteps(`  - 提出申請書
  - 審核
  - 結束: 通知申請人
`),
    },
  ],
  bad: [
    {
      text: withSteps(`  - 提出申請書
  - 繳納規費
  - 結束: 通知申請人
`),
      at: '繳納規費',
    },
    { text: withSteps('  - 提出申請書\n  - 至出納繳交工本費\n  - 結束: 通知申請人\n'), at: '至出納繳交工本費' },
    { text: withSteps('  - 提出申請書\n  - 現場付費\n  - 結束: 通知申請人\n'), at: '現場付費' },
  ],
  check(handbook, report, procedures) {
    const flows = flowsOf(procedures);
    for (const service of handbook.services) {
      if (known(service.fee)?.free !== true) continue;
      for (const node of flows.get(service)?.nodes ?? [])
        if (collects(node))
          report({
            span: node.span,
            message: {
              zh: `「${service.name}」寫的是免費，流程卻有「${node.text}」。`,
              en: `"${service.name}" is declared free, but has the step "${node.text}".`,
            },
            hint: { zh: '在規費寫明金額，或改正這一步。', en: 'Declare the fee, or fix the step.' },
          });
    }
  },
} satisfies Rule;
