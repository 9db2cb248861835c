// A link that leads out of the content folder.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '內容可能來自他人，程式不讀內容資料夾以外的檔案。',
    en: 'Content may come from a stranger; nothing outside the folder is read.',
  },
  good: [{ text: RECORD }],
  bad: [],
} satisfies Rule;
