// A comment that passes over a finding that is no more is deleted. Found while judging.
import type { Rule } from '../rule.js';

const service = (summary: string): string =>
  `名稱: 檔案應用\n# 略過 official-characters：引用原機關的用字\n摘要: ${summary}\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n申請程序: 無須申請\n`;

export default {
  severity: 'warn',
  why: {
    zh: '問題已經改好，略過的註解卻還在：下次真的寫錯時，就不會有人發現。',
    en: 'The finding is gone but its comment stays: the next real one would pass unseen.',
  },
  good: [{ text: service('身份查驗') }],
  bad: [{ text: service('身分查驗'), at: '# 略過' }],
} satisfies Rule;
