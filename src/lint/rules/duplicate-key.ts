// A key given twice, also once in Chinese and once in English.
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '同一項寫兩次，不知道以哪一個為準。',
    en: 'Of two values nobody knows which one holds.',
  },
  good: [{ text: '名稱: 檔案應用\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n' }],
  bad: [
    {
      text: '名稱: 檔案應用\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n規費: 每份 100 元\n',
      at: '規費: 每份',
    },
    {
      text: '名稱: 檔案應用\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\nfee: 每份 100 元\n',
      at: 'fee',
    },
  ],
} satisfies Rule;
