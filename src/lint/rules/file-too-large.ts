// A content file of more than 1 MB.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '內容檔是手寫的文字；超過 1 MB 多半是放錯檔案。',
    en: 'Content is written by hand; more than 1 MB is a mistake.',
  },
  good: [{ text: RECORD }],
  bad: [],
} satisfies Rule;
