// A value of another kind than its key takes.
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '內容的形式不對，就無法印成正確的表格。',
    en: 'Content of the wrong kind cannot be printed.',
  },
  good: [{ text: '名稱: 檔案應用\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n' }],
  bad: [
    {
      text: '名稱: 檔案應用\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n救濟:\n  - 方式: [甲, 乙]\n',
      at: '[甲, 乙]',
    },
  ],
} satisfies Rule;
