// Chinese text has full-width punctuation.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';
import { wordingsOf } from '../wording/scan.js';

export default {
  severity: 'warn',
  strict: 'error',
  mends: true,
  why: {
    zh: '中文字之間用半形標點，印出來字距不齊，也不合公文標點用法。數字、時間、網址裡的半形符號不在此限。',
    en: 'Half-width marks between Chinese characters print unevenly and are not the punctuation of official documents. Numbers, times and addresses keep theirs.',
  },
  good: [
    { text: `${RECORD}摘要: 攜帶證件，向服務台申請（上午 8:30 起，電話 (02)1234-5678）。\n` },
    { text: `${RECORD}申請人: [義務人,利害關係人]\n聯絡: {單位: 服務台, 說明: 分機(101)}\n` },
    { file: 'chapters/a.md', text: '---\n標題: 服務台\n---\n\n見[法規](https://law.moj.gov.tw/)及 `甲:乙`。\n' },
  ],
  bad: [
    { text: `${RECORD}摘要: 攜帶證件,向服務台申請。\n`, at: ',向' },
    { text: `${RECORD}摘要: 證件是否齊備?\n`, at: '?' },
    { file: 'chapters/a.md', text: '---\n標題: 服務台\n---\n\n應注意: 先取號。\n', at: ': 先' },
  ],
  check(handbook, report) {
    for (const { span, written, right = '', fix } of wordingsOf(handbook).punctuation)
      report({
        span,
        message: {
          zh: `中文字之間用了半形「${written.trim()}」，應用全形「${right}」。`,
          en: `A half-width "${written.trim()}" stands in Chinese text; expected the full-width "${right}".`,
        },
        hint: {
          zh: '全形標點：，、；：？！（）；要並列幾項時用頓號「、」。',
          en: 'Full-width marks: ，、；：？！（）; items of a list take 、.',
        },
        ...(fix === undefined ? {} : { fix: { span, text: fix } }),
      });
  },
} satisfies Rule;
