// National ID numbers of real people do not belong in a book.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';
import { narrow } from '../wording/width.js';

const PATTERN = /(?<![A-Za-z0-9])[A-Z][1289]\d{8}(?![A-Za-z0-9])/g;
/** The number each letter stands for: A is 10; I, O, W, Z are out of order for reasons of history. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';

/** 內政部: weights 1 9 for the letter's two digits, 8 … 1 for the numbers, 1 for the check digit; a multiple of ten. */
function isNationalId(written: string): boolean {
  const letter = LETTERS.indexOf(written.charAt(0)) + 10;
  let sum = Math.floor(letter / 10) + (letter % 10) * 9 + Number(written.charAt(9));
  for (let i = 1; i <= 8; i += 1) sum += Number(written.charAt(i)) * (9 - i);
  return sum % 10 === 0;
}

export default {
  severity: 'error',
  guarded: true,
  why: {
    zh: '手冊公開發行，也留在版本紀錄裡；國民身分證統一編號是個人資料，不得出現，註解裡也不行。',
    en: 'The book is public and its history stays: a national ID number is personal data and may stand nowhere, not even in a comment.',
  },
  good: [
    { text: `${RECORD}摘要: 請填國民身分證統一編號（例如 A○○○○○○○○○）。\n` },
    { text: `${RECORD}摘要: 案號 A123456788，編號 XA123456789。\n` },
  ],
  bad: [
    { text: `${RECORD}摘要: 申請人身分證字號 A123456789。\n`, at: 'A123456789' },
    { text: `# 承辦人 F131104093\n${RECORD}`, at: 'F131104093' },
    { text: `# 承辦人 Ｆ１３１１０４０９３\n${RECORD}`, at: 'Ｆ１３１１' },
  ],
  check(handbook, report) {
    for (const source of handbook.sources)
      for (const match of narrow(source.text).matchAll(PATTERN)) {
        if (!isNationalId(match[0])) continue;
        const start = match.index;
        report({
          span: { source, start, end: start + match[0].length },
          message: {
            zh: '這是一個有效的身分證統一編號，手冊裡不應有個人資料。',
            en: 'This is a valid national ID number; expected no personal data here.',
          },
          hint: {
            zh: '刪去，或改寫成「A○○○○○○○○○」；已經提交過的，請告知個資保護窗口。',
            en: 'Delete it or write A○○○○○○○○○; if it was committed before, tell the privacy officer.',
          },
        });
      }
  },
} satisfies Rule;
