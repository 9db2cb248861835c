// Quotes of a word processor around a value, which YAML takes for a part of it.
import { RECORD, record } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Found while reading (see content/syntax). */
export default {
  severity: 'warn',
  strict: 'error',
  mends: true,
  why: {
    zh: '文書軟體會把引號改成彎的「“ ”」。YAML 只認半形的直引號，彎的會當成文字印出來。',
    en: 'Word processors turn quotes into curly ones. YAML knows straight quotes only, and curly ones are printed.',
  },
  good: [
    { text: record({ 應備證件: '"身分證"' }) },
    { text: record({ 應備證件: '身分證（俗稱“小卡”）' }) },
    { text: `${RECORD}摘要: "“紅單”"\n` },
  ],
  bad: [
    { text: record({ 應備證件: '“身分證”' }), at: '“身分證”' },
    { text: `${RECORD}摘要: ‘紅單’\n`, at: '‘紅單’' },
  ],
} satisfies Rule;
