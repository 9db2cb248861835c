// The last row of the steps says what the headline says; a step collects what the fee declares.

import { compareDurations } from '../../content/duration.js';
import { flowsOf } from '../../content/procedure.js';
import { known } from '../../content/schema/schema.js';
import { record, withSteps } from '../example-records.js';
import { factsOfService } from '../prose/facts.js';
import type { Rule } from '../rule.js';

const FEE = record({
  規費: '{明細: [{項目: 影印, 金額: 2 元, 單位: 每頁}], 來源: "https://example.org/fees"}',
  申請程序: undefined,
});
const paying = (sum: string): string =>
  `${FEE}申請程序:\n  - 提出申請書（申請人）\n  - {步驟: 繳納規費, 權責: 申請人, 規費: ${sum}}\n  - 核定（分署長）\n  - 結束: 通知申請人\n`;
const total = (time: string): string =>
  `${withSteps('  - 提出申請書（申請人）\n  - 核定（分署長）\n  - 結束: 通知申請人\n')}合計時限: ${time}\n`;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '步驟表最後的合計與辦理時限不同，或步驟收的金額不在規費裡，同一張紙上就有兩個數字。',
    en: 'A total beside another deadline, or a step that collects a sum the fee does not know: two figures on one sheet.',
  },
  good: [{ text: total('3 工作日') }, { text: paying('2 元') }],
  bad: [
    { text: total('5 工作日'), at: '5 工作日' },
    { text: paying('3 元'), at: '3 元' },
  ],
  check(handbook, report, procedures) {
    const flows = flowsOf(procedures);
    for (const service of handbook.services) {
      const [whole, limit] = [known(service.total), known(known(service.deadline)?.limit)];
      const compared = whole && limit ? compareDurations(whole, limit) : 0;
      if (whole && limit && compared !== 0 && compared !== undefined)
        report({
          span: service.at.total ?? service.at.self,
          message: {
            zh: `合計時限是「${whole.printed}」，辦理時限是「${limit.printed}」，應該一致。`,
            en: `The total is ${whole.printed}, the deadline ${limit.printed}; they should agree.`,
          },
          hint: { zh: '查對步驟，改正其中一個。', en: 'Verify the steps and fix one of them.' },
        });
      if (!known(service.fee)?.lines) continue;
      const charging = (flows.get(service)?.nodes ?? []).filter(({ step }) => known(step.fee));
      if (charging.length === 0) continue;
      // Without what the steps say themselves.
      const sums = factsOfService({ ...service, procedure: [] }).filter(({ topic }) => topic === 'fee');
      for (const { step, span } of charging) {
        const fee = known(step.fee);
        if (!fee || sums.length === 0 || sums.some(({ value }) => value === fee.amount)) continue;
        report({
          span: step.at.fee ?? span,
          message: {
            zh: `這一步收「${fee.printed}」，規費卻是「${sums.map(({ said }) => said).join('、')}」。`,
            en: `This step collects ${fee.printed}; the fee is ${sums.map(({ said }) => said).join(', ')}.`,
          },
          hint: { zh: '查對規費，改正其中一個。', en: 'Look the fee up and fix one of them.' },
        });
      }
    }
  },
} satisfies Rule;
