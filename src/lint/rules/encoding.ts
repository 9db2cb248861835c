// A content file in another encoding than UTF-8.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '只有 UTF-8 編碼的檔案，才不會印出亂碼。',
    en: 'Only UTF-8 is read without guessing.',
  },
  good: [{ text: RECORD }],
  bad: [],
} satisfies Rule;
