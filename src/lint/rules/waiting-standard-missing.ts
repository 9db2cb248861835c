// An office with service standards has one for waiting.

import { OFFICE_WITH_STANDARDS } from '../example-records.js';
import { reportMissingStandard } from '../office-standards.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '到服務台多久會有人引導、多久辦完，應寫明並公開。',
    en: 'How soon somebody is guided and served is declared.',
  },
  good: [{ file: 'office.yaml', text: OFFICE_WITH_STANDARDS }],
  bad: [
    {
      file: 'office.yaml',
      text: OFFICE_WITH_STANDARDS.replace('引導時限: 5 分鐘, 臨櫃辦畢時限: 30 分鐘, ', ''),
      at: '{',
    },
  ],
  whole(book, report) {
    const hint = { zh: '加上「引導時限、臨櫃辦畢時限」。', en: 'Add guide or counter.' };
    reportMissingStandard(book, ['guide', 'counter'], { subject: { zh: '等候', en: 'waiting' }, hint }, report);
  },
} satisfies Rule;
