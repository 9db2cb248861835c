// A fee that cannot be read.
import { RECORD, record } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '金額要寫明數目與單位，民眾才知道要繳多少。',
    en: 'A fee needs an amount.',
  },
  good: [{ text: RECORD }],
  bad: [{ text: record({ 規費: '看情況' }), at: '看情況' }],
} satisfies Rule;
