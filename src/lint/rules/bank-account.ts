// No bank account of a person stands in the book.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';
import { narrow } from '../wording/width.js';

const ACCOUNT =
  /(?:帳號|帳戶|戶頭|存簿|局號|匯款至|匯入|轉帳至|銀行)[^。；\n]{0,24}?(?<![\d.-])(\d(?:[ -]?\d){9,15})(?![\d-])/g;
/** Accounts of the state, and what is no account: telephones, numbers of letters and cases. */
const PUBLIC = /專戶|國庫|公庫|機關戶|302|分署戶|虛擬帳號|銷帳編號|繳款帳號|條碼/;

export default {
  severity: 'error',
  why: {
    zh: '個人帳號是個人資料，也會被拿去詐騙；要民眾匯款的，寫明機關專戶的戶名。',
    en: 'A person’s account is personal data and serves fraud; where people are to pay, name the official account.',
  },
  good: [
    { text: `${RECORD}摘要: 匯入國庫專戶（戶名範例分署 302 專戶），帳號 004-123-456-789。\n` },
    { text: `${RECORD}摘要: 銀行客服 02-2345-6789，帳號印在通知書上。\n` },
  ],
  bad: [
    { text: `${RECORD}摘要: 請匯款至王小明帳戶 0123-456-789012。\n`, at: '0123-456-789012' },
    { text: `# 退款帳號：００４１２３４５６７８９\n${RECORD}`, at: '００４１２３４５６７８９' },
  ],
  check(handbook, report) {
    for (const source of handbook.sources) {
      if (!/帳|戶頭|存簿|局號|匯|銀行/.test(source.text)) continue;
      for (const { 0: whole, 1: number = '', index } of narrow(source.text).matchAll(ACCOUNT)) {
        const start = index + whole.lastIndexOf(number);
        const around = source.text
          .slice(Math.max(0, index - 24), start + number.length + 16)
          .split('\n')
          .find((line) => line.includes(source.text.slice(start, start + number.length)));
        if (
          PUBLIC.test(around ?? '') ||
          /^0\d{1,3}[- ]\d{3,4}[- ]\d{3,4}$/.test(number) ||
          /https?:\S*$/.test(source.text.slice(Math.max(0, start - 200), start))
        )
          continue;
        report({
          span: { source, start, end: start + number.length },
          message: {
            zh: '這裡有一個銀行帳號，手冊裡不應有個人的帳號。',
            en: 'This is a bank account; expected none of a person.',
          },
          hint: {
            zh: '刪去；機關的帳號寫明「專戶」與戶名。',
            en: 'Delete it; of an official account say 專戶 and in whose name it is.',
          },
        });
      }
    }
  },
} satisfies Rule;
