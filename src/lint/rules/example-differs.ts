// What a worked example expects is what comes out.
import { type ExampleField, judged } from '../../content/answer/examples.js';
import { placeOf, type Say } from '../../core/source.js';
import { record } from '../example-records.js';
import type { Rule } from '../rule.js';

const SERVICE = record({ 規費: '[{項目: 影印, 金額: 2 元, 單位: 每頁}]', 應備證件: '[{名稱: 申請書, 份數: 1}]' });
const example = (expected: string): string =>
  `${SERVICE}情境:\n  - {名稱: 影印三頁, 數量: 影印 3 頁, 應備證件: 申請書（1 份）, ${expected}}\n`;

const FIELDS: Readonly<Record<ExampleField, Say>> = {
  documents: { zh: '應備證件', en: 'documents' },
  fee: { zh: '規費', en: 'fee' },
  limit: { zh: '期限', en: 'time limit' },
};

export default {
  severity: 'error',
  why: {
    zh: '情境是承辦人員親手寫下的正確答案；和內容算出來的不同，兩者必有一個是錯的，民眾會被告知錯的那一個。',
    en: 'A worked example is the answer that somebody who knows wrote down. Where the content comes to another, one of the two is wrong, and people are told the wrong one.',
  },
  good: [{ text: example('規費: 6 元, 期限: 3 工作日') }],
  bad: [
    { text: example('規費: 8 元, 期限: 3 工作日'), at: '8 元' },
    { text: example('規費: 6 元, 期限: 5 工作日'), at: '5 工作日' },
    { text: example('規費: 6 元').replace('申請書（1 份）', '申請書（2 份）'), at: '申請書（2 份）' },
  ],
  check({ services }, report) {
    for (const service of services)
      for (const { example: of, differences } of judged(service))
        for (const { field, expected, computed, at, decides } of differences) {
          const { line } = placeOf(decides.source, decides.start);
          const name = of.name ?? '';
          const what = FIELDS[field];
          report({
            span: at,
            message: {
              zh: `情境「${name}」的${what.zh}寫的是「${expected}」，依內容算出「${computed}」，由第 ${line} 行決定。`,
              en: `The example "${name}" gives "${expected}" as its ${what.en}; the content comes to "${computed}", decided in line ${line}.`,
            },
            hint: {
              zh: '核對依據，改情境或改內容。',
              en: 'Look at the source, and change the example or the content.',
            },
          });
        }
  },
} satisfies Rule;
