// A declared document is received in some step.

import { flowsOf, sameDocument } from '../../content/procedure.js';
import { known } from '../../content/schema/schema.js';
import { record } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',

  why: {
    zh: '要民眾帶來，流程卻沒有哪一步會收：不是多要了，就是流程漏寫。',
    en: 'It is asked for but no step receives it: it is not needed, or the flow forgets it.',
  },
  good: [
    {
      text: `${record({ 應備證件: '[申請書, 身分證]', 申請程序: undefined })}申請程序:\n  - {步驟: 收件, 收件: [申請書, 身分證]}\n  - 結束: 通知申請人\n`,
    },
    {
      text: `${record({ 應備證件: '[申請書, 身分證]', 申請程序: undefined })}申請程序:\n  - 收件\n  - 結束: 通知申請人\n`,
    },
  ],
  bad: [
    {
      text: `${record({ 應備證件: '[申請書, 身分證]', 申請程序: undefined })}申請程序:\n  - {步驟: 收件, 收件: [申請書]}\n  - 結束: 通知申請人\n`,
      at: '身分證',
    },
  ],
  check(handbook, report, procedures) {
    const flows = flowsOf(procedures);
    for (const service of handbook.services) {
      const received = (flows.get(service)?.nodes ?? []).flatMap(({ step }) => known(step.receives) ?? []);
      if (received.length === 0) continue;
      for (const { name, condition, channel, applicants, waived, at } of known(known(service.documents)?.items) ?? []) {
        // What only some bring may be received in a way the flow does not draw.
        if (name === undefined || condition || channel || applicants || waived) continue;
        if (received.some((each) => sameDocument(each, name))) continue;
        report({
          span: at.name ?? at.self,
          message: {
            zh: `「${service.name}」要備「${name}」，但流程沒有哪一步收這份證件。`,
            en: `"${service.name}" asks for "${name}", which no step of its flow receives.`,
          },
          hint: {
            zh: '在收件的步驟加上「收件: […]」，或刪去這項證件。',
            en: 'Name it under 收件 (receives) of a step, or ask for it no more.',
          },
        });
      }
    }
  },
} satisfies Rule;
