// A content file of more than 1 MB.
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '內容檔是手寫的文字；超過 1 MB 多半是放錯檔案。',
    en: 'Content is written by hand; more than 1 MB is a mistake.',
  },
  good: [{ text: '名稱: 檔案應用\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n' }],
  bad: [],
} satisfies Rule;
