// The record of approvals is what `servicebook approve` wrote.
import { HANDBOOK } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Found while reading (see approval in revision). */
export default {
  severity: 'error',
  why: {
    zh: '核定紀錄說明核定的是哪些內容；紀錄壞了，就不知道印出來的是不是核定的。',
    en: 'The record says what was approved; with a damaged one nobody knows whether what is printed was.',
  },
  good: [{ file: 'handbook.yaml', text: HANDBOOK }],
  bad: [
    {
      file: 'handbook.yaml',
      text: HANDBOOK,
      also: { 'approvals.json': '{"servicebook": 1, "approvals": [{"edition": "初版"}]}\n' },
      at: '{"servicebook"',
    },
  ],
} satisfies Rule;
