// A value of another kind than its key takes.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '內容的形式不對，就無法印成正確的表格。',
    en: 'Content of the wrong kind cannot be printed.',
  },
  good: [{ text: RECORD }],
  bad: [
    {
      text: `${RECORD}救濟:\n  - 方式: [甲, 乙]\n`,
      at: '[甲, 乙]',
    },
  ],
} satisfies Rule;
