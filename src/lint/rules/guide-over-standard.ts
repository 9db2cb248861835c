// Being guided takes no longer in a procedure than the office promises.

import { compareDurations } from '../../content/duration.js';
import { known } from '../../content/schema/schema.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

const steps = (limit: string): string =>
  withSteps(
    `  - 到場洽辦（申請人）\n  - {步驟: 引導至承辦單位, 權責: 服務台, 時限: ${limit}}\n  - 核定（分署長）\n  - 結束: 通知申請人\n`,
  );

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '服務標準說幾分鐘內引導，流程裡引導的步驟卻更久。',
    en: 'The standard says in how many minutes people are guided; the step of the procedure takes longer.',
  },
  good: [{ text: steps('5 分鐘') }],
  bad: [{ text: steps('10 分鐘'), at: '10 分鐘' }],
  check({ office }, report, procedures) {
    const standard = known(known(office.standards)?.guide);
    if (!standard) return;
    for (const { flow } of procedures)
      for (const { text, limit, step, span } of flow.nodes)
        if (limit && /引導/.test(text) && compareDurations(limit, standard) === 1)
          report({
            span: step.at.limit ?? span,
            message: {
              zh: `「${text}」要「${limit.printed}」，超過服務標準的「${standard.printed}」。`,
              en: `"${text}" takes ${limit.printed}; the standard is ${standard.printed}.`,
            },
            hint: { zh: '縮短時限，或改正服務標準。', en: 'Shorten it, or fix the standard.' },
          });
  },
} satisfies Rule;
