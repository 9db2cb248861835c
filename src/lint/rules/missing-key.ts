// A required key that was not written.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '缺少必要的項目，這一筆資料就不完整。',
    en: 'A required key is missing.',
  },
  good: [{ text: RECORD }],
  bad: [
    {
      text: `${RECORD}救濟:\n  - 期限: 30 日內\n`,
      at: '期限: 30 日內',
    },
  ],
} satisfies Rule;
