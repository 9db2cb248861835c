// A content file in another encoding than UTF-8.
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '只有 UTF-8 編碼的檔案，才不會印出亂碼。',
    en: 'Only UTF-8 is read without guessing.',
  },
  good: [{ text: '名稱: 檔案應用\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n' }],
  bad: [],
} satisfies Rule;
