// 待確認 is allowed, but never forgotten: each one is a warning, and the edition is a draft.
import { RECORD, record } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  why: {
    zh: '「待確認」的內容民眾不能信賴；還有待確認的版本，每一頁都會印上「草案」。',
    en: 'A citizen cannot rely on a value that is still 待確認; an edition that has one is marked as a draft on every page.',
  },
  good: [{ text: RECORD }],
  bad: [
    {
      text: record({ 規費: '待確認' }),
      at: '待確認',
    },
  ],
  check(handbook, report) {
    for (const span of handbook.unconfirmed)
      report({
        span,
        message: {
          zh: '這裡還是「待確認」，定稿前應查明。',
          en: 'This is still 待確認; find out before the edition is final.',
        },
        hint: { zh: '查明後改成確定的內容，並寫上「來源」。', en: 'Replace it by the value, with its source.' },
      });
  },
} satisfies Rule;
