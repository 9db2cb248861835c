// A file of a kind that is not read.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'warn',
  why: {
    zh: '放在內容資料夾裡卻不會被讀取的檔案，容易誤以為已經生效。',
    en: 'A file that is not read may be taken for content.',
  },
  good: [{ text: RECORD }],
  bad: [{ file: 'services/notes.docx', text: 'x' }],
} satisfies Rule;
