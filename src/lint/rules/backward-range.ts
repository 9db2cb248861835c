// A range goes from the lesser to the greater: 10 日至 30 日.

import { RECORD } from '../example-records.js';
import { numberOf } from '../prose/quantities.js';
import type { Rule } from '../rule.js';
import { narrow } from '../wording/width.js';
import { readingOf } from '../wording/zones.js';

const N = '(\\d[\\d,]*(?:\\.\\d+)?萬?|[一二兩三四五六七八九十百]+)';
const UNIT = '(個?工作日|個?工作天|個月|小時|分鐘|日|天|週|年|元|期|份|頁|張|件|次|人|歲|%|倍)';
/** The first unit may be left out. Behind 第, 月 or a date stands an ordinal, and behind 每月 a day of the month. */
const RANGE = new RegExp(
  `(?<![第點\\d.,/:月年週期一二三四五六七八九十百千萬至到~～–-]\\s{0,3})${N}\\s{0,3}${UNIT}?\\s{0,3}(?:至|到|~|～|–|-)\\s{0,3}${N}\\s{0,3}${UNIT}(?![\\d期])`,
  'g',
);
const ARTICLES =
  /第\s{0,3}(\d+|[一二三四五六七八九十百]+)\s{0,3}條(?:之\d+)?\s{0,3}(?:至|到|~|～|–|-)\s{0,3}第?\s{0,3}(\d+|[一二三四五六七八九十百]+)\s{0,3}條/g;
/** What falls: 由 30 日降至 10 日, days of months, and days that are counted back: 屆滿前 60 日至 30 日. */
const FALLS = /[由從自]\s*$|每月\s*$|前\s*$/;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '「30 日至 10 日」「第 9 條至第 5 條」前後顛倒，讀者不知道是打反了，還是其中一個數字錯了。',
    en: 'In "30 to 10 days" or "Articles 9 to 5" the ends are swapped, or one of them is wrong; a reader cannot tell which.',
  },
  good: [
    { text: `${RECORD}摘要: 距公告之日 10 日至 30 日，期限由 30 日至 10 日逐年縮短，每月 25 日至 5 日受理。\n` },
    {
      text: `${RECORD}摘要: 3 月 25 日至 5 日後，期滿前 60 日至 30 日，一點五倍至二倍，檔案法第17條至第19條，1 年至 6 個月。\n`,
    },
  ],
  bad: [
    { text: `${RECORD}摘要: 距公告之日 30 日至 10 日。\n`, at: '30 日至 10 日' },
    { text: `${RECORD}摘要: 減價拍賣以 50～20 元。\n`, at: '50～20 元' },
    { text: `${RECORD}摘要: 依檔案法第19條至第17條辦理。\n`, at: '第19條至第17條' },
  ],
  check(handbook, report) {
    for (const source of handbook.sources) {
      const text = narrow(source.text);
      const tell = (written: string, start: number): void => {
        if (!readingOf(source, handbook).isText(start)) return;
        report({
          span: { source, start, end: start + written.length },
          message: {
            zh: `「${written}」前大後小，範圍應由小寫到大。`,
            en: `"${written}" runs backwards; expected the lesser first.`,
          },
          hint: { zh: '查對兩個數字，再把小的寫在前面。', en: 'Verify both, then write the lesser first.' },
        });
      };
      for (const { 0: written, 1: first = '', 2: unit, 3: last = '', 4: own, index } of text.matchAll(RANGE))
        if (
          (unit === undefined || unit === own) &&
          numberOf(first) > numberOf(last) &&
          !FALLS.test(text.slice(Math.max(0, index - 4), index))
        )
          tell(written, index);
      for (const { 0: written, 1: first = '', 2: last = '', index } of text.matchAll(ARTICLES))
        if (numberOf(first) > numberOf(last)) tell(written, index);
    }
  },
} satisfies Rule;
