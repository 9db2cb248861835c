// A service is open when the office is, and hours do not deny their own pause.

import { isAtHand } from '../../content/schema/model.js';
import { known } from '../../content/schema/schema.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import type { Say, Span } from '../../core/source.js';
import { OFFICE, RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';
import { narrow } from '../wording/width.js';

const also = { 'office.yaml': `${OFFICE}辦公時間: 週一至週五 8:30–12:30、13:30–17:30\n` };
const WEEK = '一二三四五六日';
const DAYS = /(?:週|星期|禮拜)([一二三四五六日天])\s*(?:(?:至|到|~|～|–|-)\s*(?:週|星期|禮拜)?([一二三四五六日天]))?/g;
const CLOCK = /(上午|中午|下午|晚上)?\s*(\d{1,2})\s*(?::\s*(\d{2})|[時點](?:\s*(\d{1,2})\s*分)?)/g;
/** Hours of some days or by appointment are an exception that is meant. */
const SPECIAL = /延長|預約|輪值|除外|例外|夜間|假日加/;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '服務寫週六受理，機關週六不上班；寫中午不休息，時間卻中斷一小時：民眾照著來，門是關的。',
    en: 'A service on Saturdays in an office that is closed then, or no pause at noon and yet an hour between: people come to a closed door.',
  },
  good: [
    { text: `${RECORD}辦理時間: 週一至週五 9:00–12:00\n`, also },
    { text: `${RECORD}辦理時間: 每週三延長至晚上 8 時\n`, also },
    { text: `${RECORD}辦理時間: 每月第一個星期二下午 3 時\n`, also },
    { file: 'office.yaml', text: `${OFFICE}辦公時間: 週一至週五 8:30–17:30，中午不休息\n` },
  ],
  bad: [
    { text: `${RECORD}辦理時間: 週六 9:00–12:00\n`, also, at: '週六' },
    { text: `${RECORD}辦理時間: 週一至週五 8:00–12:00\n`, also, at: '週一至週五 8:00' },
    { file: 'office.yaml', text: `${OFFICE}辦公時間: 週一至週五 8:30–12:30、13:30–17:30，中午不休息\n`, at: '週一' },
  ],
  check(handbook, report) {
    const { office } = handbook;
    const tell = (span: Span, message: Say): void =>
      report({ span, message, hint: { zh: '查對後改正其中一處。', en: 'Verify and fix one of the two.' } });
    const own = (hours: string | undefined, span: Span): void => {
      if (hours === undefined || !/中午不(?:休息|打烊|停)/.test(hours) || gapAtNoon(clocksIn(hours)) === undefined)
        return;
      tell(span, {
        zh: `這裡寫中午不休息，時間卻在中午中斷：「${hours}」。`,
        en: `This says that there is no pause at noon, but the hours have one: "${hours}".`,
      });
    };
    if (isAtHand(handbook, office)) own(office.hours, office.at.hours ?? office.at.self);
    for (const service of handbook.services)
      for (const { hours, at } of [service, ...(known(service.channels) ?? [])]) {
        own(hours, at.hours ?? at.self);
        if (hours === undefined || office.hours === undefined || SPECIAL.test(hours)) continue;
        const beyond = [hours, office.hours].some(saysUnconfirmed) ? undefined : beyondOf(hours, office.hours);
        if (beyond !== undefined)
          tell(at.hours ?? at.self, {
            zh: `這裡有「${beyond}」，機關的辦公時間卻是「${office.hours}」。`,
            en: `This has "${beyond}", but the office is open "${office.hours}".`,
          });
      }
  },
} satisfies Rule;

const daysIn = (text: string): Set<string> => {
  const found = new Set<string>();
  for (const [, first = '', last] of text.replaceAll('天', '日').matchAll(DAYS)) {
    const from = WEEK.indexOf(first);
    for (let i = from; i <= Math.max(from, WEEK.indexOf(last ?? first)); i += 1) found.add(WEEK.charAt(i));
  }
  return found;
};
/** Minutes of the day. 下午 behind it holds until another half is named. */
function clocksIn(written: string): { minutes: number; said: string }[] {
  let half = '';
  return [...narrow(written).matchAll(CLOCK)].map(([said, named, hour = '', m1, m2]) => {
    half = named ?? half;
    const h = Number(hour) + ((half === '下午' || half === '晚上') && Number(hour) < 12 ? 12 : 0);
    return { minutes: h * 60 + Number(m1 ?? m2 ?? 0), said: said.trim() };
  });
}
/** The minute at which a pause begins that falls on noon. */
function gapAtNoon(clocks: readonly { minutes: number }[]): number | undefined {
  if (clocks.length !== 4) return undefined;
  const [, end, again] = clocks.map(({ minutes }) => minutes);
  return end !== undefined && again !== undefined && end >= 11 * 60 && end < again && again <= 15 * 60
    ? end
    : undefined;
}

/** What of the hours of a service lies beyond those of the office: a weekday, or a time before it opens or after it closes. */
function beyondOf(hours: string, ofOffice: string): string | undefined {
  const [days, open] = [daysIn(hours), daysIn(ofOffice)];
  const closed = open.size === 0 ? undefined : [...days].find((day) => !open.has(day));
  if (closed !== undefined) return `星期${closed}`;
  const [own, theirs] = [clocksIn(hours), clocksIn(ofOffice).map(({ minutes }) => minutes)];
  if (theirs.length < 2 || own.length < 2) return undefined;
  return own.find(({ minutes }) => minutes < Math.min(...theirs) || minutes > Math.max(...theirs))?.said;
}
