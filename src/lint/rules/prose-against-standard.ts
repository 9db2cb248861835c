// What prose says of the office's service is what the office declares.
import { RECORD } from '../example-records.js';
import { reportContradictions } from '../prose/contradictions.js';
import type { Rule } from '../rule.js';

const chapter = (text: string) => ({ file: 'chapters/a.md', text: `---\n標題: 服務台\n---\n\n${text}\n` });

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '章節說等候最多幾分鐘、電話響幾聲、最多跑幾趟、哪一樓，與 office.yaml 的服務標準、單位不同，讀者不知道該信哪一個。',
    en: 'A chapter that gives other minutes, rings, visits or floors than office.yaml leaves the reader with two answers.',
  },
  good: [
    chapter('民眾洽辦，最慢五分鐘內引導至承辦單位；辦理到完成離處，以30分鐘為目標，最多兩次辦妥。'),
    chapter('等候逾八分鐘者，服務人員應主動說明。電話轉接不超過一次。'),
    { text: `${RECORD}摘要: 委託他人申請的，另附委任書一份。\n` },
  ],
  bad: [
    { ...chapter('民眾到服務台洽辦，等候最多八分鐘。'), at: '八分鐘' },
    { ...chapter('電話於十五秒內接聽。'), at: '十五秒' },
    { ...chapter('一次告知，最多三次即可辦妥。'), at: '三次' },
  ],
  check(handbook, report) {
    reportContradictions(handbook, ['guide', 'counter', 'complaint', 'answer', 'rings', 'visits', 'floor'], report);
  },
} satisfies Rule;
