// A text that YAML takes for a remark, so that it is not printed.
import { record } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Found while reading (see content/syntax). */
export default {
  severity: 'error',
  why: {
    zh: '在 YAML 裡，空格後面的「#」是註解的開頭，其後的文字不會印出來；民眾看到的就少了一段。',
    en: 'In YAML a "#" behind a blank begins a remark; what follows is not printed, and citizens would miss it.',
  },
  good: [
    { text: record({ 應備證件: '"身分證 #正本"' }) },
    { text: record({ 應備證件: '身分證#正本' }) },
    { text: record({ 應備證件: '身分證 # 正本或影本還在查' }) },
  ],
  bad: [
    { text: record({ 應備證件: '身分證 #正本' }), at: '#正本' },
    { text: record({ 應備證件: '{清單: [身分證, 申請書 #甲式\n    ]}' }), at: '#甲式' },
  ],
} satisfies Rule;
