// Fees are reviewed at least every three years; so is what the book says of them.

import { known } from '../../content/schema/schema.js';
import { citationsOf } from '../citations.js';
import { HANDBOOK, record } from '../example-records.js';
import type { Rule } from '../rule.js';

const RECORD = record({ 規費: undefined });

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '規費每三年至少應檢討一次（規費法第11條）；三年前查核的收費依據，金額可能已經不同。',
    en: 'Fees are reviewed at least every three years (Charges and Fees Act, art. 11); a basis looked up earlier may no longer hold.',
  },
  good: [
    { text: `${RECORD}規費: {值: 每份 100 元, 來源: "https://example.org/fees", 查核日: 2023-11-23}\n` },
    {
      text: `${RECORD}規費: 免費\n摘要: {值: 閱覽檔案, 來源: "https://example.org/a", 查核日: 2019-01-01}\n`,
      also: { 'handbook.yaml': `${HANDBOOK}複查週期: 10 年\n` },
    },
  ],
  bad: [
    { text: `${RECORD}規費: {值: 每份 100 元, 來源: "https://example.org/fees", 查核日: 2023-11-22}\n`, at: '"https' },
    {
      text: `${RECORD}規費: {明細: [{項目: 閱覽, 金額: 20 元}], 依據: [{法規: 收費標準, 條次: 第3條, 查核日: 2020-01-01}]}\n`,
      at: '{法規: 收費標準',
    },
  ],
  check(handbook, report) {
    const edition = known(handbook.book.date);
    if (edition === undefined) return;
    const oldest = `${Number(edition.slice(0, 4)) - 3}${edition.slice(4)}`;
    for (const { citation, ofFee } of citationsOf(handbook)) {
      if (!ofFee || citation.checked === undefined || citation.checked >= oldest) continue;
      report({
        span: citation.span,
        message: {
          zh: `收費依據在 ${citation.checked} 查核，距編印日期 ${edition} 已超過三年，應再查核。`,
          en: `This basis of a fee was checked on ${citation.checked}, more than three years before the edition of ${edition}; check it again.`,
        },
        hint: { zh: '查對現行收費標準，再更新「查核日」。', en: 'Verify the present tariff and update 查核日.' },
      });
    }
  },
} satisfies Rule;
