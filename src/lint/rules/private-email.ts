// Mail to an office goes to the office.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

const PATTERN =
  /[\w.+-]{1,64}@(?:gmail\.com|googlemail\.com|yahoo\.com(?:\.tw)?|hotmail\.com(?:\.tw)?|outlook\.com(?:\.tw)?|live\.com|msn\.com|icloud\.com|me\.com|aol\.com|qq\.com|163\.com|126\.com|pchome\.com\.tw|(?:ms\d+\.|seed\.)?hinet\.net|proton(?:mail)?\.(?:com|me))(?![\w.-]*\w)/gi;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '公務往來應寄到機關信箱；個人信箱是個人資料，人員異動後也沒有人收。',
    en: 'Official mail goes to the office’s own address; a private one is personal data, and nobody reads it after a change of staff.',
  },
  good: [{ text: `${RECORD}摘要: 寄至 service@mail.moj.gov.tw 或 gmail@example.org。\n` }],
  bad: [
    { text: `${RECORD}摘要: 寄至 wang.daming@gmail.com 即可。\n`, at: 'wang.daming@gmail.com' },
    { text: `${RECORD}聯絡: {單位: 服務台, 說明: clerk@yahoo.com.tw}\n`, at: 'clerk@yahoo.com.tw' },
  ],
  check(handbook, report) {
    for (const source of handbook.sources) {
      if (!source.text.includes('@')) continue;
      for (const match of source.text.matchAll(PATTERN)) {
        const start = match.index;
        report({
          span: { source, start, end: start + match[0].length },
          message: {
            zh: `「${match[0]}」是個人信箱，應寫機關的電子郵件。`,
            en: `"${match[0]}" is a private mailbox; expected the office’s address.`,
          },
          hint: { zh: '改寫機關或單位的公務信箱。', en: 'Give the address of the office or unit.' },
        });
      }
    }
  },
} satisfies Rule;
