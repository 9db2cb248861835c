// The sums that prose gives are those that the fee declares.
import { record } from '../example-records.js';
import { reportContradictions } from '../prose/contradictions.js';
import type { Rule } from '../rule.js';

const RECORD = record({
  規費: '{明細: [{項目: 影印, 金額: 2 元, 單位: 每頁}, {項目: 閱覽, 金額: 20 元, 單位: 每 2 小時}], 來源: "https://example.org/fees"}',
});

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '注意事項寫的金額與規費欄不同，櫃台就有兩種收法；寫免費而文字要收錢，也是一樣。',
    en: 'A note with another sum than the fee makes for two prices at one counter; so does a charge in a service declared free.',
  },
  good: [
    { text: `${RECORD}注意事項: 自費影印每頁二元，閱覽每2小時20元。\n` },
    { text: `${RECORD}注意事項: 違反者處新臺幣三千元以下罰鍰；保證金 5,000 元另計。\n` },
  ],
  bad: [
    { text: `${RECORD}注意事項: 自費影印每頁 3 元。\n`, at: '3 元' },
    { text: `${record()}摘要: 申請時繳納工本費五十元。\n`, at: '五十元' },
  ],
  check(handbook, report) {
    reportContradictions(handbook, ['fee'], report);
  },
} satisfies Rule;
