// Numbers and dates of horizontal documents are written in Arabic numerals, half-width.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';
import { wordingsOf } from '../wording/scan.js';

export default {
  severity: 'warn',
  strict: 'error',
  mends: true,
  why: {
    zh: '公文書橫式書寫，日期、時間與統計數字用阿拉伯數字（行政院 93.9.17 院臺秘字第 0930089122 號函）；全形數字與「二０」這種混合寫法讀不出、也搜尋不到。',
    en: 'Horizontal documents write dates, times and quantities in Arabic numerals (Executive Yuan, 2004); full-width digits and mixtures such as 二０ cannot be searched.',
  },
  good: [
    { text: `${RECORD}摘要: 自民國 115 年 1 月 1 日起，五年內申請，一式二份，○○分署受理。\n` },
    { text: `${RECORD}摘要: 原文為「中華民國一百零五年」。\n` },
  ],
  bad: [
    { text: `${RECORD}摘要: 於１５日內補正。\n`, at: '１５' },
    { text: `${RECORD}摘要: 於二０日內補正。\n`, at: '二０' },
    { text: `${RECORD}摘要: 自民國一○五年一月一日起。\n`, at: '一○五年一月一日' },
  ],
  check(handbook, report) {
    for (const { span, written, right, fix } of wordingsOf(handbook).numerals)
      report({
        span,
        message: {
          zh: `這裡寫「${written}」，數字應寫${right === undefined ? '同一種' : `阿拉伯數字「${right}」`}。`,
          en: `This says "${written}"; expected ${right === undefined ? 'one kind of numerals' : `Arabic numerals: "${right}"`}.`,
        },
        hint:
          right === undefined
            ? { zh: '改成「20」或「二十」。', en: 'Write 20 or 二十.' }
            : { zh: '引述法規原文請加引號「」。', en: 'Put the words of a law in 「」.' },
        ...(fix === undefined ? {} : { fix: { span, text: fix } }),
      });
  },
} satisfies Rule;
