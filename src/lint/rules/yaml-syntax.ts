// A file that is not well-formed.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '檔案的寫法有誤，後面的內容都無法讀取。',
    en: 'The file cannot be read beyond this place.',
  },
  good: [{ text: RECORD }],
  bad: [{ text: '名稱: 檔案應用\n\t規費: 免費\n', at: '\t' }],
} satisfies Rule;
