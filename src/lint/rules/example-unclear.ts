// A worked example can be computed: what it names is there, and nothing that is needed is left out.
import { judged } from '../../content/answer/examples.js';
import { record } from '../example-records.js';
import type { Rule } from '../rule.js';

const SERVICE = `${record({ 應備證件: '[申請書, {名稱: 委任書, 條件: 委託他人時}]' })}申請方式: [臨櫃, 郵寄]\n`;
const example = (fields: string): string => `${SERVICE}情境:\n  - {名稱: 本人到場, ${fields}}\n`;

export default {
  severity: 'error',
  why: {
    zh: '情境寫了內容裡沒有的申請方式、情形或證件，就算不出答案，也證明不了什麼。',
    en: 'An example that names a channel, a condition or a document that is not there comes to no answer and proves nothing.',
  },
  good: [{ text: example('申請方式: 臨櫃, 應備證件: 申請書, 規費: 免費') }],
  bad: [
    { text: example('申請方式: 傳真, 應備證件: 申請書'), at: '傳真' },
    { text: example('應備證件: 身分證'), at: '身分證' },
    { text: example('情形: [未成年人], 應備證件: 申請書'), at: '[未成年人]' },
  ],
  check({ services }, report) {
    for (const service of services)
      for (const { faults } of judged(service)) for (const { at, say } of faults) report({ span: at, message: say });
  },
} satisfies Rule;
