// A length of time that cannot be read.
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '期間要寫明數目與單位，程式才能核對各階段的時限。',
    en: 'A length of time needs a number and a unit.',
  },
  good: [{ text: '名稱: 檔案應用\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n' }],
  bad: [{ text: '名稱: 檔案應用\n應備證件: 無\n規費: 免費\n辦理時限: 很快\n審核權責: 分署長\n', at: '很快' }],
} satisfies Rule;
