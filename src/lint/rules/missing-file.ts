// A file that should be there and is not.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '少了這個檔案，手冊無法編印。',
    en: 'The book needs this file.',
  },
  good: [{ text: RECORD }],
  bad: [],
} satisfies Rule;
