// The settings of the rules in handbook.yaml name rules that exist and may be set. Found while judging.
import { HANDBOOK, RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

const book = (setting: string) => ({
  file: 'handbook.yaml',
  text: `${HANDBOOK}檢查規則:\n  - ${setting}\n`,
  also: { 'services/example.yaml': RECORD },
});

export default {
  severity: 'error',
  why: {
    zh: '規則名稱寫錯，以為關掉的規則其實沒關；讀不出來的內容不能用關閉規則了事。',
    en: 'A mistyped name leaves the rule as it was; content that cannot be read is not fixed by turning a rule off.',
  },
  good: [book('{規則: long-sentence, 等級: 關閉}'), book('{規則: numerals, 等級: 錯誤, 路徑: chapters/}')],
  bad: [
    { ...book('{規則: long-sentense, 等級: 關閉}'), at: 'long-sentense' },
    { ...book('{規則: yaml-syntax, 等級: 關閉}'), at: 'yaml-syntax' },
    { ...book('{規則: national-id, 等級: 關閉}'), at: 'national-id' },
  ],
} satisfies Rule;
