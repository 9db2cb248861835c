// The branches have been 行政執行分署 since 2012.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';
import { wordingsOf } from '../wording/scan.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '行政執行處自 101 年 1 月 1 日起改制為行政執行分署（行政院 100.12.16 院臺規字第 1000109431 號公告），寫舊名民眾會找不到。',
    en: 'The former 行政執行處 became the branches 行政執行分署 on 1 January 2012; the old name leads nowhere.',
  },
  good: [
    { text: `${RECORD}摘要: 向本分署申請；行政執行處分另有規定。\n` },
    { text: `${RECORD}摘要: 法條所稱「行政執行處」，現為行政執行分署（原行政執行處）。\n` },
    { text: `${RECORD}法令依據: [行政執行處辦案期限規則第3條]\n` },
  ],
  bad: [{ text: `${RECORD}摘要: 向行政執行處申請。\n`, at: '行政執行處' }],
  check(handbook, report) {
    for (const { span, written } of wordingsOf(handbook)['old-office'])
      report({
        span,
        message: {
          zh: `「${written}」是改制前的名稱，應寫現在的「行政執行分署」。`,
          en: `"${written}" is the name before 2012; expected 行政執行分署.`,
        },
        hint: {
          zh: '寫機關現在的名稱（例如「法務部行政執行署臺北分署」）；引述舊文請加引號「」。',
          en: 'Give the present name; put quoted words in 「」.',
        },
      });
  },
} satisfies Rule;
