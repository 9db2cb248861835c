// What is no longer in force is no source.

import { isAtHand } from '../../content/schema/model.js';
import { known } from '../../content/schema/schema.js';
import type { Span } from '../../core/source.js';
import { citationsOf } from '../citations.js';
import { HANDBOOK, RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

const REPEALED = /已?(?:廢止|停止適用|失效|廢除)/;

export default {
  severity: 'warn',
  why: {
    zh: '已廢止的規定不能當作現在的依據；只供參考的，改寫在查證說明。',
    en: 'What was repealed is no ground for what holds today; what is only of interest belongs in 查證說明 (findings).',
  },
  good: [{ text: `${RECORD}申請人: {值: 本人, 來源: 高雄分署須知第3點}\n` }],
  bad: [
    { text: `${RECORD}申請人: {值: 本人, 來源: 高雄分署舊須知（已廢止）}\n`, at: '高雄分署' },
    {
      file: 'handbook.yaml',
      text: `${HANDBOOK}法規清單: [{名稱: 檔案閱覽要點, 說明: 110 年停止適用}]\n`,
      at: '{名稱: 檔案閱覽要點',
    },
  ],
  check(handbook, report) {
    const tell = (name: string, span: Span): void =>
      report({
        span,
        message: { zh: `「${name}」已不適用，不能當作來源。`, en: `"${name}" no longer holds; it is no source.` },
        hint: { zh: '改引現行規定；沒有的改為待確認。', en: 'Cite what holds now; where there is none, write 待確認.' },
      });
    for (const { citation } of citationsOf(handbook)) {
      const name = [citation.title, citation.law, citation.article].filter(Boolean).join('');
      if (REPEALED.test(name) && !/廢止(?:許可|登記|處分|申請)/.test(name)) tell(name, citation.span);
    }
    if (!isAtHand(handbook, handbook.book)) return;
    for (const { name = '', note = '', at } of known(handbook.book.laws) ?? [])
      if (REPEALED.test(`${name} ${note}`)) tell(name, at.self);
  },
} satisfies Rule;
