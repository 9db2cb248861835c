// A legal basis names its article: the whole law is no answer.

import { saysUnconfirmed } from '../../content/schema/tree.js';
import { citationsOf, lawOf } from '../citations.js';
import { HANDBOOK, RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '只寫法規名稱，民眾要讀完整部法規才找得到依據；引用應寫到條（點）。',
    en: 'With the name alone a citizen must read the whole law; a citation gives the article.',
  },
  good: [
    { text: `${RECORD}法令依據: [檔案法第17條, 分層負責明細表]\n` },
    { text: `${RECORD}法令依據: [{法規: 檔案法, 條次: "17"}]\n` },
    {
      file: 'handbook.yaml',
      text: `${HANDBOOK}法規清單: [檔案法, {名稱: 規費法, 查核日: 2026-01-01}]\n`,
    },
  ],
  bad: [
    { text: `${RECORD}法令依據: [檔案法第17條, 規費法]\n`, at: '規費法' },
    { text: `${RECORD}摘要: {值: 申請閱覽檔案, 來源: 檔案法施行細則}\n`, at: '檔案法施行細則' },
    { text: `${RECORD}法令依據: [{法規: 檔案法}]\n`, at: '{法規' },
  ],
  check(handbook, report) {
    for (const { citation, basis } of citationsOf(handbook)) {
      const law = lawOf(citation);
      // A page with an address is found without an article; a legal basis is not.
      if (law === undefined || citation.article !== undefined || saysUnconfirmed(law)) continue;
      if (!basis && citation.url !== undefined) continue;
      report({
        span: citation.span,
        message: {
          zh: `引用「${law}」沒有寫條次，應寫到第幾條（點）。`,
          en: `"${law}" is cited without an article; expected the article.`,
        },
        hint: { zh: `寫成「${law}第○條第○項」。`, en: `Write "${law}第○條第○項".` },
      });
    }
  },
} satisfies Rule;
