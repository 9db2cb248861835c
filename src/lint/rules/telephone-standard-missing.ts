// An office with service standards has one for the telephone.

import { known } from '../../content/schema/schema.js';
import { OFFICE_WITH_STANDARDS } from '../example-records.js';
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
  whole({ handbook }, report) {
    const standards = known(handbook.office.standards);
    if (!standards || standards.answer !== undefined || standards.rings !== undefined) return;
    const at = handbook.office.at.standards ?? handbook.office.at.self;
    report({
      span: at,
      message: {
        zh: '服務標準沒有寫電話接聽的標準。',
        en: 'The service standards say nothing on the telephone.',
      },
      hint: { zh: '加上「電話接聽時限、電話鈴響」。', en: 'Add answer or rings.' },
    });
  },
} satisfies Rule;
