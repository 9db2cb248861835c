// Offices answer on office telephones: a mobile number is somebody's own.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';
import { narrow } from '../wording/width.js';

const PATTERN = /(?<![\d.第-])(?:\+886[ -]?9\d{2}|09\d{2})[ -]?\d{3}[ -]?\d{3}(?!\d|[ ]?號)/g;

export default {
  severity: 'warn',
  strict: 'error',
  guarded: true,
  why: {
    zh: '行動電話多半是同仁或民眾個人的號碼；手冊上應留機關的電話與分機。',
    en: 'A mobile number is mostly somebody’s own; the book gives office telephones and extensions.',
  },
  good: [
    { text: `${RECORD}摘要: 依院臺秘字第0930089122號函及 0950804073 號函辦理。\n` },
    { text: `${RECORD}聯絡: {單位: 服務台, 電話: 02-1234-5678, 分機: "0912"}\n` },
    { text: `${RECORD}摘要: 文號 10909123456780 號，見 https://example.org/?id=0912345678 。\n` },
  ],
  bad: [
    { text: `${RECORD}聯絡: {單位: 服務台, 電話: 0912-345-678}\n`, at: '0912-345-678' },
    { text: `${RECORD}摘要: 請電 +886 912 345 678。\n`, at: '+886' },
    { text: `${RECORD}摘要: 電話/0912345678。\n`, at: '0912' },
    { text: `# 手機 ０９１２－３４５－６７８\n${RECORD}`, at: '０９１２' },
  ],
  check(handbook, report) {
    for (const source of handbook.sources)
      for (const match of narrow(source.text).matchAll(PATTERN)) {
        const start = match.index;
        if (/https?:\/\/\S*$/.test(source.text.slice(Math.max(0, start - 200), start))) continue;
        report({
          span: { source, start, end: start + match[0].length },
          message: {
            zh: `「${match[0]}」是行動電話，應寫機關的電話與分機。`,
            en: `"${match[0]}" is a mobile number; expected an office telephone and extension.`,
          },
          hint: {
            zh: '改寫承辦單位的電話；確為公務行動電話時，檢查的人用「servicebook lint --off mobile-number」。',
            en: 'Give the unit’s telephone; where it is a duty mobile, who lints uses "servicebook lint --off mobile-number".',
          },
        });
      }
  },
} satisfies Rule;
