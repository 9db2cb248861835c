// A fee is paid in some step.

import { charges } from '../../content/fee.js';
import { flowsOf } from '../../content/procedure.js';
import { known } from '../../content/schema/schema.js';
import { RECORD, record } from '../example-records.js';
import { pays } from '../payment.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',

  why: {
    zh: '要收規費，流程卻沒有繳費這一步，民眾不知道什麼時候、在哪裡繳。',
    en: 'A fee that no step collects leaves open when and where it is paid.',
  },
  good: [
    {
      text: `${record({ 規費: '每份 100 元', 申請程序: undefined })}申請程序:\n  - 提出申請書\n  - 繳納規費\n  - 結束: 發給影本\n`,
    },
    { text: `${RECORD}` },
  ],
  bad: [
    {
      text: `${record({ 規費: '每份 100 元', 申請程序: undefined })}申請程序:\n  - 提出申請書\n  - 審核\n  - 結束: 發給影本\n`,
      at: '每份 100 元',
    },
  ],
  check(handbook, report, procedures) {
    const flows = flowsOf(procedures);
    for (const service of handbook.services) {
      const flow = flows.get(service);
      const fee = known(service.fee);
      if (!flow || flow.nodes.length === 0 || !fee) continue;
      const charged = (known(fee.lines) ?? []).some(charges);
      if (!charged || flow.nodes.some(pays)) continue;
      report({
        span: service.at.fee ?? service.at.self,
        message: {
          zh: `「${service.name}」要收規費，但流程沒有繳費的步驟。`,
          en: `"${service.name}" takes a fee, but no step of its flow collects it.`,
        },
        hint: { zh: '在流程加上「繳納規費（出納）」之類的步驟。', en: 'Add the step in which it is paid.' },
      });
    }
  },
} satisfies Rule;
