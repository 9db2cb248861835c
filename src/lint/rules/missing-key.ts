// A required key that was not written.
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '缺少必要的項目，這一筆資料就不完整。',
    en: 'A required key is missing.',
  },
  good: [{ text: '名稱: 檔案應用\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n' }],
  bad: [
    {
      text: '名稱: 檔案應用\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n救濟:\n  - 期限: 30 日內\n',
      at: '期限: 30 日內',
    },
  ],
} satisfies Rule;
