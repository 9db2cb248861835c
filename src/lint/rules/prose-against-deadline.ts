// The times that prose gives are those that the fields declare.
import { record } from '../example-records.js';
import { reportContradictions } from '../prose/contradictions.js';
import type { Rule } from '../rule.js';

const RECORD = record({ 辦理時限: '{期限: 10 日, 補正: 7 日}' });

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '注意事項、說明或章節寫的天數與辦理時限、補正、核發期限等欄位不同，民眾照哪一個都可能白跑。',
    en: 'Notes and chapters that give other days than the fields send people home for nothing.',
  },
  good: [
    { text: `${RECORD}注意事項: 收件後十日內辦結；應補正者於 7 日內補正。\n` },
    { text: `${RECORD}注意事項: 逾 30 日未領取者，予以歸檔。移送機關應於 20 日內答復。\n` },
  ],
  bad: [
    { text: `${RECORD}注意事項: 收件後十二日內辦結。\n`, at: '十二日' },
    { text: `${RECORD}摘要: 應於 14 日內補正。\n`, at: '14 日' },
  ],
  check(handbook, report) {
    const topics = ['deadline', 'correction', 'prolong', 'statutory', 'remedy', 'validity'] as const;
    reportContradictions(handbook, topics, report);
  },
} satisfies Rule;
