// A date, a time of day and a sum in a text can be: no 30 February, no 25:70, and the weekday of the date.

import { RECORD } from '../example-records.js';
import { numberOf } from '../prose/quantities.js';
import type { Rule } from '../rule.js';
import { narrow } from '../wording/width.js';
import { readingOf } from '../wording/zones.js';

const N = '(\\d{1,2}|[一二三四五六七八九十]{1,3})';
const YEAR = '(?:(\\d{4})|(?:(?:中華)?民國\\s*)?(\\d{2,3}|[〇○零一二三四五六七八九十百]{2,6}))';
/** 115年2月30日（星期一）, 2026-11-27 星期一, 2月30日. */
const DATE = new RegExp(
  `(?:${YEAR}\\s*年\\s*)?(?<![\\d一二三四五六七八九十])${N}\\s*月\\s*${N}\\s*日(?!內|以|間)|(?<!\\d)(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})(?!\\d)`,
  'g',
);
const WEEKDAY = /^\s*[（(]?\s*(?:星期|週|禮拜)?([一二三四五六日天])\s*[）)]|^\s*(?:星期|週|禮拜)([一二三四五六日天])/;
const CLOCK =
  /(上午|下午|晚上|中午|凌晨)\s*(\d{1,2})\s*(?:[:：]\s*(\d{2})|[時點]\s*(?:(\d{1,2})\s*分)?)|(?<![\d:：.])(\d{1,2})[:：](\d{2})(?![\d:：])|(\d{1,2})\s*時\s*(\d{1,2})\s*分(?!鐘)/g;
const SUM = /(?<![\d,.-])(\d{1,3}(?:,\d+)+)\s*元|[-－–]\s*(\d[\d,]*)\s*元/g;
/** No month has a sixth Tuesday, no year a fifth quarter. */
const NTH =
  /第\s*(\d+|[一二三四五六七八九十]+)\s*(?:個\s*)?(?:(?:星期|週|禮拜)[一二三四五六日天]|季(?![^，。\n]{0,2}[期刊]))/g;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const WEEK = '日一二三四五六';
const ENGLISH = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

type Fault = { readonly zh: string; readonly en: string };

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '沒有的日子、不對的星期、下午 70 分、每四位一撇的金額：讀者不是白跑，就是看錯錢。',
    en: 'A day that does not exist, another weekday, 25:70, a sum with its commas astray: people come in vain or misread the sum.',
  },
  good: [{ text: `${RECORD}摘要: 115年11月23日（星期一）上午 8:30 起受理，1,000 元，2 月 29 日亦同。\n` }],
  bad: [
    { text: `${RECORD}摘要: 115年2月29日截止。\n`, at: '115年2月29日' },
    { text: `${RECORD}摘要: 自 2026-11-27（星期一）起。\n`, at: '2026-11-27' },
    { text: `${RECORD}摘要: 下午 5 時 75 分截止收件。\n`, at: '下午 5 時 75 分' },
    { text: `${RECORD}摘要: 金額 1,00 元。\n`, at: '1,00 元' },
    { text: `${RECORD}摘要: 每月第六個星期二下午 3 時。\n`, at: '第六個星期二' },
    { text: `${RECORD}摘要: 上午 15 時開始。\n`, at: '上午 15 時' },
  ],
  check(handbook, report) {
    for (const source of handbook.sources) {
      const text = narrow(source.text);
      const isText = (place: number): boolean => readingOf(source, handbook).isText(place);
      for (const [pattern, judge] of JUDGES)
        for (const match of text.matchAll(pattern)) {
          const fault = judge(match, text.slice(match.index + match[0].length, match.index + match[0].length + 8));
          const lead = match[0].length - match[0].trimStart().length;
          if (!fault || !isText(match.index + lead)) continue;
          report({
            span: { source, start: match.index + lead, end: match.index + match[0].length },
            message: fault,
            hint: { zh: '查對後改正。', en: 'Verify and fix it.' },
          });
        }
    }
  },
} satisfies Rule;

const JUDGES: readonly (readonly [RegExp, (match: RegExpMatchArray, after: string) => Fault | undefined])[] = [
  [DATE, dateFault],
  [CLOCK, clockFault],
  [SUM, sumFault],
  [NTH, nthFault],
];

function dateFault(
  [written, common, era, m1 = '', d1 = '', y2, m2, d2]: RegExpMatchArray,
  after: string,
): Fault | undefined {
  const [month, day] = [numberOf(m2 ?? m1), numberOf(d2 ?? d1)];
  const year = y2 ? Number(y2) : common ? Number(common) : era ? numberOf(era) + 1911 : undefined;
  const none = { zh: `沒有「${written.trim()}」這一天。`, en: `There is no such day: "${written.trim()}".` };
  if (month < 1 || day < 1 || month > 12 || day > (DAYS[month - 1] ?? 0)) return none;
  if (year === undefined || year < 1912 || year > 2200) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1) return none;
  const [, inside, behind] = WEEKDAY.exec(after) ?? [];
  const said = (inside ?? behind)?.replace('天', '日');
  const right = WEEK.charAt(date.getUTCDay());
  return said === undefined || said === right
    ? undefined
    : {
        zh: `「${written.trim()}」是星期${right}，這裡寫星期${said}。`,
        en: `"${written.trim()}" is a ${ENGLISH[date.getUTCDay()]} (星期${right}); this says 星期${said}.`,
      };
}

function clockFault([written, half, h1, m1, m2, h3, m3, h4, m4]: RegExpMatchArray): Fault | undefined {
  const [hour, minute] = [Number(h1 ?? h3 ?? h4), Number(m1 ?? m2 ?? m3 ?? m4 ?? 0)];
  // 24:00 is midnight; 16:90 without a word of time may be a ratio, and is one where the first is beyond a day.
  if (half === undefined && h4 === undefined && hour > 24) return undefined;
  const wrong =
    minute > 59 || hour > 24 || (hour === 24 && minute > 0) || ((half === '上午' || half === '凌晨') && hour > 12);
  return wrong
    ? { zh: `沒有「${written.trim()}」這個時間。`, en: `There is no such time: "${written.trim()}".` }
    : undefined;
}

function sumFault([written, grouped, negative]: RegExpMatchArray): Fault | undefined {
  if (negative !== undefined && !/^[－–]|^-/.test(written)) return undefined;
  if (grouped !== undefined && /^\d{1,3}(?:,\d{3})+$/.test(grouped)) return undefined;
  if (negative !== undefined) return undefined;
  return {
    zh: `「${written}」的逗號不在千位，看不出是多少。`,
    en: `The commas of "${written}" do not mark thousands.`,
  };
}

function nthFault([written, n = '']: RegExpMatchArray): Fault | undefined {
  const most = /季$/.test(written) ? 4 : 5;
  if (numberOf(n) >= 1 && numberOf(n) <= most) return undefined;
  return most === 4
    ? { zh: `沒有「${written}」，一年只有四季。`, en: `There is no "${written}": a year has four quarters.` }
    : {
        zh: `沒有「${written}」，一個月最多五個。`,
        en: `There is no "${written}": a month has five of a weekday at most.`,
      };
}
