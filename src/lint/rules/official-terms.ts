// The terms of law: 第九十八條, 處…罰鍰, 科…罰金.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';
import { wordingsOf } from '../wording/scan.js';

export default {
  severity: 'warn',
  mends: true,
  why: {
    zh: '引述法規時，條次與罰則的寫法應與法律一致，依行政院《文書處理手冊》附錄「法律統一用語表」。',
    en: 'Provisions and penalties are cited in the words of the law; the table of terms is an annex of the Executive Yuan’s manual of documents.',
  },
  good: [
    { text: `${RECORD}摘要: 依第九十八條及第一百十八條，處五千元以下罰鍰。\n` },
    { text: `${RECORD}摘要: 依第9條及第二、三條辦理，自公布日施行。\n` },
  ],
  bad: [
    { text: `${RECORD}摘要: 依第九八條辦理。\n`, at: '第九八' },
    { text: `${RECORD}摘要: 依第一百一十八條辦理。\n`, at: '第一百一十八' },
    { text: `${RECORD}摘要: 違反者處五千元以下之罰鍰。\n`, at: '處五千元以下之罰鍰' },
    { text: `${RECORD}摘要: 條文為「科五千元以下罰鍰」。\n`, at: '科五千元以下罰鍰' },
    { text: `${RECORD}摘要: 本規定自公布之日施行。\n`, at: '自公布之日施行' },
  ],
  check(handbook, report) {
    for (const { span, written, right = '', fix } of wordingsOf(handbook).terms)
      report({
        span,
        message: {
          zh: `這裡寫「${written}」，法律用語應寫「${right}」（法律統一用語表）。`,
          en: `This says "${written}"; laws say "${right}" (法律統一用語表).`,
        },
        hint: {
          zh: '引號內的條文請與全國法規資料庫的原文核對。',
          en: 'Compare a quoted provision with the official text.',
        },
        ...(fix === undefined ? {} : { fix: { span, text: fix } }),
      });
  },
} satisfies Rule;
