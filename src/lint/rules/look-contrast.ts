// A colour of the office's own look in which text could not be read by everyone.
import type { Rule } from '../rule.js';

/** Found while reading (see look). */
export default {
  severity: 'error',
  why: {
    zh: '海報要從遠處看清楚，也要讓視力不佳的人看清楚：文字與紙的對比應有 7:1 以上（WCAG 2.2 第 1.4.6 點），在淺底色上應有 4.5:1 以上。',
    en: 'A poster is read from afar, and by people who see badly: text needs a contrast of 7:1 on paper (WCAG 2.2, 1.4.6), and of 4.5:1 on a light ground.',
  },
  good: [{ file: 'templates/樣式.yaml', text: "主色: '#1b3a6b'\n底色: '#eaf1f0'\n" }],
  bad: [
    { file: 'templates/樣式.yaml', text: "主色: '#3b82f6'\n", at: "'#3b82f6'" },
    { file: 'templates/樣式.yaml', text: "底色: '#777777'\n", at: "'#777777'" },
  ],
} satisfies Rule;
