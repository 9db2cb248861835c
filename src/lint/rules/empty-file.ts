// A content file without content.
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '空白的檔案沒有任何內容可以印。',
    en: 'An empty file declares nothing.',
  },
  good: [{ text: '名稱: 檔案應用\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n' }],
  bad: [{ text: '\n' }],
} satisfies Rule;
