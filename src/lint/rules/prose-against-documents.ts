// The copies and ages of documents that prose gives are those that the fields declare.
import { record } from '../example-records.js';
import { reportContradictions } from '../prose/contradictions.js';
import type { Rule } from '../rule.js';

const RECORD = record({ 應備證件: '[{名稱: 申請書, 份數: 1}, {名稱: 戶籍謄本, 份數: 1, 核發期限: 3 個月}]' });

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '說明寫一式二份、欄位寫 1 份，民眾帶少了就要再跑一趟。',
    en: 'Two copies in a note and one in the field: who brings one has to come again.',
  },
  good: [
    { text: `${RECORD}注意事項: 請備妥申請書一份及三個月內核發之戶籍謄本一份。\n` },
    { text: `${RECORD}注意事項: 影印每份另計；本分署留存副本二份。\n` },
  ],
  bad: [
    { text: `${RECORD}注意事項: 請備妥申請書，一式二份。\n`, at: '二份' },
    { text: `${RECORD}注意事項: 請附六個月內核發的戶籍謄本。\n`, at: '六個月' },
  ],
  check(handbook, report) {
    reportContradictions(handbook, ['copies', 'fresh', 'remaining'], report);
  },
} satisfies Rule;
