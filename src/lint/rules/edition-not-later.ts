// The edition that is printed is the newest of its history.

import { known } from '../../content/schema/schema.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import type { Rule } from '../rule.js';

const book = (edition: string, date: string): string =>
  `書名: 手冊\n版次: ${edition}\n日期: ${date}\n修訂沿革:\n  - {版次: 初版, 日期: 2025-01-01, 修訂內容: 全文訂定}\n  - {版次: 第二版, 日期: 2026-06-01, 修訂內容: 修正收費標準}\n`;

export default {
  severity: 'error',
  why: {
    zh: '封面的版次與日期印在每一頁；比修訂沿革舊，讀者手上的就不知是哪一版。',
    en: 'Edition and date stand on every page; older than the history, nobody knows which edition they hold.',
  },
  good: [
    { file: 'handbook.yaml', text: book('第二版', '2026-06-01') },
    { file: 'handbook.yaml', text: book('第二版', '2026-11-23') },
  ],
  bad: [
    { file: 'handbook.yaml', text: book('第二版', '2026-05-31'), at: '2026-05-31' },
    { file: 'handbook.yaml', text: book('初版', '2026-11-23'), at: '初版' },
  ],
  whole({ handbook }, report) {
    const { book: written } = handbook;
    const dated = (known(written.revisions) ?? []).flatMap(({ date, edition }) => {
      const day = known(date);
      return day === undefined ? [] : [{ day, edition }];
    });
    const [newest] = dated.reverse().toSorted((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
    const date = known(written.date);
    if (!newest) return;
    if (date !== undefined && date < newest.day)
      report({
        span: written.at.date ?? written.at.self,
        message: {
          zh: `編印日期 ${date} 早於修訂沿革最近一次的 ${newest.day}，不應更早。`,
          en: `The edition is dated ${date}, before the newest revision of ${newest.day}; expected no earlier date.`,
        },
        hint: { zh: '更新「日期」，或查對修訂沿革。', en: 'Update the date, or verify the history.' },
      });
    const { edition } = written;
    if (edition === undefined || newest.edition === undefined || saysUnconfirmed(edition)) return;
    if (edition !== newest.edition)
      report({
        span: written.at.edition ?? written.at.self,
        message: {
          zh: `版次是「${edition}」，修訂沿革最近一次是「${newest.edition}」，兩者應相同。`,
          en: `The edition is "${edition}" but the newest revision is "${newest.edition}"; they should be the same.`,
        },
        hint: {
          zh: '改「版次」，或在修訂沿革加上這一版的日期與修訂內容。',
          en: 'Change the edition, or add this edition to the history.',
        },
      });
  },
} satisfies Rule;
