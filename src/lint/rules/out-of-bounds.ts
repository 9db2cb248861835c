// More than content may hold: a line, a field or a text too long, lists too deep, numbers nobody means.
import { record } from '../example-records.js';
import type { Rule } from '../rule.js';

const service = (deadline: string): string => record({ 辦理時限: deadline });

/** Found while reading (see bounds). */
export default {
  severity: 'error',
  why: {
    zh: '多到不合常理的，多半是打錯或貼錯；印出來也沒有人看得完，還會讓檢查停不下來。',
    en: 'What is more than anyone means is a slip or a wrong paste; nobody reads it, and checking it would never end.',
  },
  good: [{ text: service('30 日') }],
  bad: [{ text: service('999999999999 日'), at: '999999999999 日' }],
} satisfies Rule;
