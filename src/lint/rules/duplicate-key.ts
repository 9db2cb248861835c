// A key given twice, also once in Chinese and once in English.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '同一項寫兩次，不知道以哪一個為準。',
    en: 'Of two values nobody knows which one holds.',
  },
  good: [{ text: RECORD }],
  bad: [
    {
      text: `${RECORD}規費: 每份 100 元\n`,
      at: '規費: 每份',
    },
    {
      text: `${RECORD}fee: 每份 100 元\n`,
      at: 'fee',
    },
  ],
} satisfies Rule;
