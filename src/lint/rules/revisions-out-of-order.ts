// The history of the book goes forward in time, what was approved takes effect afterwards, and nothing was checked in days to come.

import { isAtHand } from '../../content/schema/model.js';
import { known } from '../../content/schema/schema.js';
import type { Span } from '../../core/source.js';
import { citationsOf } from '../citations.js';
import { HANDBOOK, RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

const history = (second: string) => ({
  file: 'handbook.yaml',
  text: `${HANDBOOK.replace('初版', '第二版')}修訂沿革:\n  - {版次: 初版, 日期: 2025-06-01, 修訂內容: 全文訂定}\n  - {版次: 第二版, 日期: ${second}, 修訂內容: 修正收費標準}\n`,
});
const dated = (effective: string) => ({
  file: 'handbook.yaml',
  text: `${HANDBOOK}生效日: ${effective}\n核定: {核定機關: 分署長, 日期: 2026-11-20}\n`,
});

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '沿革前後顛倒、還沒核定就生效、查核日比編印日還晚：日期有一個是錯的，讀者就不知道哪一版有效。',
    en: 'A history out of order, effect before approval, a source checked after the edition: one of the dates is wrong, and nobody knows which version holds.',
  },
  good: [
    history('2026-06-01'),
    dated('2026-12-01'),
    { text: `${RECORD}申請人: {值: 本人, 來源: "https://example.org/a", 查核日: 2026-11-23}\n` },
  ],
  bad: [
    { ...dated('2026-11-01'), at: '2026-11-01' },
    { text: `${RECORD}申請人: {值: 本人, 來源: "https://example.org/a", 查核日: 2027-03-01}\n`, at: '"https' },
    {
      file: 'handbook.yaml',
      text: `${HANDBOOK.replace('初版', '第三版')}修訂沿革:\n  - {版次: 初版, 日期: 2025-06-01, 修訂內容: 全文訂定}\n  - {版次: 第二版, 日期: 2024-06-01, 修訂內容: 修正}\n  - {版次: 第三版, 日期: 2026-06-01, 修訂內容: 修正}\n`,
      at: '2024-06-01',
    },
  ],
  check(handbook, report) {
    const { book } = handbook;
    const edition = known(book.date);
    const newest =
      (known(book.revisions) ?? [])
        .flatMap(({ date }) => known(date) ?? [])
        .sort()
        .at(-1) ?? '';
    const later = (day: string | undefined, span: Span): void => {
      // Where the edition itself is older than its history, that is told.
      if (edition === undefined || day === undefined || day <= edition || edition < newest) return;
      report({
        span,
        message: {
          zh: `查核日 ${day} 在編印日期 ${edition} 之後，還沒有到。`,
          en: `Checked on ${day}, after the edition of ${edition}: that day is still to come.`,
        },
        hint: { zh: '改成實際查核的那一天。', en: 'Give the day on which it was really checked.' },
      });
    };
    for (const { citation } of citationsOf(handbook)) later(citation.checked, citation.span);
    if (!isAtHand(handbook, book)) return;
    for (const law of known(book.laws) ?? []) later(known(law.checked), law.at.checked ?? law.at.self);
    const [effective, approved] = [known(book.effective), known(known(book.approval)?.date)];
    if (effective !== undefined && approved !== undefined && effective < approved)
      report({
        span: book.at.effective ?? book.at.self,
        message: {
          zh: `生效日 ${effective} 早於核定日期 ${approved}，核定後才能生效。`,
          en: `It takes effect on ${effective}, before it was approved on ${approved}.`,
        },
        hint: { zh: '查對核定函，改正其中一個日期。', en: 'Verify the approval and fix one of the dates.' },
      });
    const days = (known(book.revisions) ?? []).flatMap(({ date, at }) => {
      const day = known(date);
      return day === undefined ? [] : [{ day, span: at.date ?? at.self }];
    });
    // Either the newest comes first or last: what goes against the way from first to last is out of order.
    const [first, last] = [days[0]?.day ?? '', days.at(-1)?.day ?? ''];
    const forward = first <= last;
    for (const [i, { day, span }] of days.entries()) {
      const before = days[i - 1]?.day;
      if (before === undefined || (forward ? before <= day : before >= day)) continue;
      report({
        span,
        message: {
          zh: `修訂沿革的順序不對：${day} 排在 ${before} 之後。`,
          en: `The history is out of order: ${day} follows ${before}.`,
        },
        hint: { zh: '依日期排列，或改正日期。', en: 'Put it in the order of dates, or fix the date.' },
      });
    }
  },
} satisfies Rule;
