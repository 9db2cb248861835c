// What a chapter says of a service by its name is what the service declares.
import { record } from '../example-records.js';
import { mentionsOf, reportOfServices } from '../prose/contradictions.js';
import type { Rule } from '../rule.js';

const text = record({ 名稱: '卷宗閱覽', 辦理時限: '10 日' });
const chapter = (words: string) => ({
  file: 'chapters/a.md',
  text: `---\n標題: 服務台\n---\n\n${words}\n`,
  also: { 'services/b.yaml': text },
});

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '章節提到某項服務的天數、金額、份數，與那項服務自己的欄位不同，同一本書就有兩個答案。',
    en: 'A chapter that gives other days, sums or copies of a service than the service itself makes the book contradict itself.',
  },
  good: [chapter('卷宗閱覽於收件後十日內核復。'), chapter('其他案件於收件後 12 日內核復。')],
  bad: [{ ...chapter('卷宗閱覽於收件後 12 日內核復。'), at: '12 日' }],
  mentions: mentionsOf,
  whole: reportOfServices,
} satisfies Rule;
