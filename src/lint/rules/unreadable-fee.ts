// A fee that cannot be read.
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '金額要寫明數目與單位，民眾才知道要繳多少。',
    en: 'A fee needs an amount.',
  },
  good: [{ text: '名稱: 檔案應用\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n' }],
  bad: [{ text: '名稱: 檔案應用\n應備證件: 無\n規費: 看情況\n辦理時限: 3 工作日\n審核權責: 分署長\n', at: '看情況' }],
} satisfies Rule;
