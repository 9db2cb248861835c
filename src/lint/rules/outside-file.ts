// A link that leads out of the content folder.
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '內容可能來自他人，程式不讀內容資料夾以外的檔案。',
    en: 'Content may come from a stranger; nothing outside the folder is read.',
  },
  good: [{ text: '名稱: 檔案應用\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n' }],
  bad: [],
} satisfies Rule;
