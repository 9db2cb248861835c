// An office with service standards has one for the telephone.

import { OFFICE_WITH_STANDARDS } from '../example-records.js';
import { reportMissingStandard } from '../office-standards.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '電話多久要接，是民眾最先碰到的服務；標準應寫明並公開。',
    en: 'How soon the telephone is answered is the first service anybody meets; it is declared.',
  },
  good: [{ file: 'office.yaml', text: OFFICE_WITH_STANDARDS }],
  bad: [{ file: 'office.yaml', text: OFFICE_WITH_STANDARDS.replace('電話接聽時限: 10 秒, ', ''), at: '{' }],
  whole(book, report) {
    const hint = { zh: '加上「電話接聽時限、電話鈴響」。', en: 'Add answer or rings.' };
    reportMissingStandard(
      book,
      ['answer', 'rings'],
      { subject: { zh: '電話接聽', en: 'the telephone' }, hint },
      report,
    );
  },
} satisfies Rule;
