// A step has one kind and one text.
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'error',
  why: {
    zh: '沒有內容的步驟，圖上會出現空白的方塊。',
    en: 'A step without a text would be an empty box.',
  },
  good: [
    {
      text: withSteps('  - 提出申請書\n  - 結束: 通知申請人\n'),
    },
  ],
  bad: [
    {
      text: withSteps('  - 提出申請書\n  - 權責: 書記官\n  - 結束: 通知申請人\n'),
      at: '權責: 書記官',
    },
    {
      text: withSteps('  - 提出申請書\n  - {步驟: 審核, 判斷: 通過？}\n  - 結束: 通知申請人\n'),
      at: '{步驟: 審核',
    },
  ],
  check(_handbook, report, procedures) {
    for (const { flow } of procedures)
      for (const { rule, span, message, hint } of flow.faults)
        if (rule === 'step-text') report({ span, message, ...(hint ? { hint } : {}) });
  },
} satisfies Rule;
