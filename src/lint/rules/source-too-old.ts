// What was looked up long ago is looked up again before the next edition.

import { USUAL_PERIOD, validUntil } from '../../content/review-period.js';
import { isAtHand } from '../../content/schema/model.js';
import { known } from '../../content/schema/schema.js';
import type { Span } from '../../core/source.js';
import { citationsOf } from '../citations.js';
import { HANDBOOK, RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

const checked = (day: string): string => `${RECORD}申請人: {值: 本人, 來源: "https://example.org/a", 查核日: ${day}}\n`;

const also = { 'handbook.yaml': `${HANDBOOK}複查週期: 1 年\n` };

export default {
  severity: 'warn',
  why: {
    zh: '法規與網頁會變；來源查核的日子太久，印出來的內容就可能已經不對。週期由 handbook.yaml 的「複查週期」決定，沒有寫的以三年計，算到編印日期為止。',
    en: 'Laws and pages change; what was looked up too long ago may be wrong by now. How long is for 複查週期 in handbook.yaml to say, three years where it says nothing, counted to the date of the edition.',
  },
  good: [{ text: checked('2023-11-23') }, { text: checked('2026-01-01'), also }],
  bad: [
    { text: checked('2025-01-01'), also, at: '"https' },
    { text: checked('2020-01-01'), at: '"https' },
  ],
  check(handbook, report) {
    const { date, reviewAfter } = handbook.book;
    const edition = known(date);
    const period = known(reviewAfter) ?? USUAL_PERIOD;
    if (edition === undefined || (reviewAfter !== undefined && period === USUAL_PERIOD)) return;
    const expect = (day: string | undefined, span: Span): void => {
      const until = day === undefined ? undefined : validUntil(day, period);
      if (until === undefined || until >= edition) return;
      report({
        span,
        message: {
          zh: `這個來源在 ${day} 查核，到編印日期 ${edition} 已超過${period.printed}，應再查核。`,
          en: `This source was checked on ${day}, longer than ${period.printed} before the edition of ${edition}; check it again.`,
        },
        hint: { zh: '查對來源現在的內容，再更新「查核日」。', en: 'Verify the source and update 查核日.' },
      });
    };
    // Without a period of its own the book is held to that of fees, which another rule tells for them.
    for (const { citation, ofFee } of citationsOf(handbook))
      if (!ofFee || period !== USUAL_PERIOD) expect(citation.checked, citation.span);
    if (isAtHand(handbook, handbook.book))
      for (const law of known(handbook.book.laws) ?? []) expect(known(law.checked), law.at.checked ?? law.at.self);
  },
} satisfies Rule;
