// A length of time that cannot be read.
import { RECORD, record } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '期間要寫明數目與單位，程式才能核對各階段的時限。',
    en: 'A length of time needs a number and a unit.',
  },
  good: [{ text: RECORD }],
  bad: [{ text: record({ 辦理時限: '很快' }), at: '很快' }],
} satisfies Rule;
