// A content file without content.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '空白的檔案沒有任何內容可以印。',
    en: 'An empty file declares nothing.',
  },
  good: [{ text: RECORD }],
  bad: [{ text: '\n' }],
} satisfies Rule;
