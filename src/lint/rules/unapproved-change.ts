// What differs from what was approved is printed as 草案: which services and which of their fields.
import { HANDBOOK } from '../example-records.js';
import type { Rule } from '../rule.js';

/** A record of an approval of which nothing is left: its digest is that of no facts. */
const APPROVALS = `{"servicebook": 1, "approvals": [{"edition": "初版", "dated": "2026-11-23", "by": "分署長", "number": "甲字第1號",
"date": "2026-12-01", "commit": "", "digest": "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", "facts": {}}]}
`;

export default {
  severity: 'warn',
  why: {
    zh: '規定經核定才生效，修正時亦同。與核定的內容不同時，每一張都印「草案」，直到再核定（servicebook approve）。',
    en: 'The rules take effect once they are approved, and so do changes. Whatever differs from what was approved is printed as a draft until it is approved again (servicebook approve).',
  },
  good: [{ file: 'handbook.yaml', text: HANDBOOK }],
  bad: [{ file: 'handbook.yaml', text: HANDBOOK, also: { 'approvals.json': APPROVALS }, at: '初版' }],
  whole({ handbook }, report) {
    const { unapproved, book } = handbook;
    if (!unapproved) return;
    report({
      span: book.at.edition ?? book.at.self,
      message: {
        zh: `與核定的${unapproved.approved}不同，印出來是草案：${unapproved.where.zh}。`,
        en: `It differs from ${unapproved.approved} as it was approved, and is printed as a draft: ${unapproved.where.en}.`,
      },
      hint: {
        zh: '「servicebook diff」列出改了什麼；核定後執行「servicebook approve」。',
        en: '"servicebook diff" lists what changed; once it is approved run "servicebook approve".',
      },
    });
  },
} satisfies Rule;
