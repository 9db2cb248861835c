// No service needs more visits than the office promises.

import { known } from '../../content/schema/schema.js';
import { visitsIn } from '../../content/visits.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '本機關承諾最多跑幾趟；流程裡民眾要到場的次數不能更多。',
    en: 'The office promises how often anybody has to come; the flow may not ask for more.',
  },
  good: [
    {
      text: withSteps(`  - 到場申請（申請人）
  - 核定（分署長）
  - 到場領取（申請人）
  - 結束: 歸檔
`),
    },
  ],
  bad: [
    {
      text: withSteps(`  - 到場申請（申請人）
  - 審核（書記官）
  - 到場補正（申請人）
  - 核定（分署長）
  - 到場領取（申請人）
  - 結束: 歸檔
`),
      at: '到場領取',
    },
  ],
  check(handbook, report, procedures) {
    const most = known(known(handbook.office.standards)?.visits);
    if (typeof most !== 'number') return;
    const parties = known(handbook.office.parties) ?? [];
    for (const { flow, name, service } of procedures) {
      if (!service) continue;
      const visits = visitsIn(flow, parties);
      const first = visits[most];
      if (!first) continue;
      report({
        span: first.span,
        message: {
          zh: `「${name}」要民眾到場${visits.length}次（${visits.map(({ text }) => text).join('、')}），本機關承諾最多${most}次。`,
          en: `"${name}" makes people come ${visits.length} times (${visits.map(({ text }) => text).join(', ')}); the office promises ${most} at most.`,
        },
        hint: { zh: '改以郵寄、電話或線上辦理其中一次。', en: 'Let one of them be done by mail, telephone or online.' },
      });
    }
  },
} satisfies Rule;
