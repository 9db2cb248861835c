// Figures and ways of prose that a field of the same service denies: how often a time is extended, how many times a charge
// is multiplied, per what it is charged, how long another agency takes, until when to apply, how to pay.
import { compareDurations } from '../../content/duration.js';
import { roleText, stepsWithin } from '../../content/procedure.js';
import type { Office } from '../../content/schema/office.js';
import type { Duration, Step, TimeUnit } from '../../content/schema/procedure.js';
import { known } from '../../content/schema/schema.js';
import type { Service } from '../../content/schema/service.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import type { Say, Span } from '../../core/source.js';
import { narrow } from '../wording/width.js';
import { numberOf, quantitiesIn } from './quantities.js';

/** What a field declares against a sentence: `said` in words of the field, and where. */
export type Denial = {
  readonly written: string;
  readonly start: number;
  readonly field: Say;
  readonly said: string;
  readonly at: Span;
};

/** What one clause denies; the clause is in half-width figures, and as long as what was written. */
type Judge = (clause: string, service: Service, office: Office) => Denied | undefined;
type Denied = Omit<Denial, 'start'> & { readonly at1: number };

const N = '(\\d+|[一二兩三四五六七八九十百]+)';

/** 延長二次 beside 次數 1. */
const PROLONGED = new RegExp(`(?:延長|展延|展期)[^，。；、\\d]{0,6}?${N}\\s*次(?!日)`);
const prolonged: Judge = (clause, { deadline: written }) => {
  const match = PROLONGED.exec(clause);
  const prolong = known(known(written)?.prolong);
  const times = known(prolong?.times);
  if (!match || !prolong || times === undefined || numberOf(match[1] ?? '') === times) return undefined;
  return {
    written: match[0],
    at1: match.index,
    field: { zh: '可延長的次數', en: 'number of extensions' },
    said: `${times} 次`,
    at: prolong.at.times ?? prolong.at.self,
  };
};

/** 彩色以 2 倍計收 beside 彩色為 5 倍. */
const TIMES = new RegExp(`${N}\\s*倍`);
const multiplied: Judge = (clause, { fee: written }) => {
  const match = TIMES.exec(clause);
  if (!match) return undefined;
  const said = (known(known(written)?.lines) ?? []).flatMap(({ times, at }) => {
    const [, what = '', n = ''] =
      /^(\S{2,8}?)(?:者|的)?\s*(?:為|以|按)?\s*(\d+|[一二兩三四五六七八九十]+)\s*倍/.exec(narrow(times ?? '')) ?? [];
    return what !== '' && clause.includes(what)
      ? [{ n: numberOf(n), times: times ?? '', at: at.times ?? at.self }]
      : [];
  });
  const [first] = said;
  if (!first || said.some(({ n }) => n === numberOf(match[1] ?? ''))) return undefined;
  return {
    written: match[0],
    at1: match.index,
    field: { zh: '倍數', en: 'multiple' },
    said: first.times,
    at: first.at,
  };
};

/** 每小時 20 元 beside 20 元 for 每 2 小時. */
const RATED = /每\s*(\d+|[一二兩三四五六七八九十半]+)?\s*個?\s*(小時|分鐘|日|天|月|年)[^，。；\d]{0,6}?(\d[\d,]*)\s*元/;
const RATE = /^每?\s*(\d+|[一二兩三四五六七八九十半]+)?\s*個?\s*(小時|分鐘|日|天|月|年)$/;
const rateOf = (n: string | undefined, unit: string): string =>
  `${n === undefined ? 1 : numberOf(n)} ${unit.replace('天', '日')}`;
const rated: Judge = (clause, { fee: written }) => {
  const match = RATED.exec(clause);
  if (!match) return undefined;
  const lines = (known(known(written)?.lines) ?? []).flatMap(({ item, per, amount, at }) => {
    const money = known(amount);
    const [whole, n, unit = ''] = RATE.exec(narrow(per ?? money?.per ?? '').trim()) ?? [];
    return money && whole !== undefined
      ? [
          {
            item,
            money,
            per: rateOf(n, unit),
            said: `${money.printed}（${per ?? money.per}）`,
            at: at.per ?? at.amount ?? at.self,
          },
        ]
      : [];
  });
  const named = lines.filter(({ item }) => item !== undefined && clause.includes(item));
  const about = (named.length > 0 ? named : lines.length === 1 ? lines : []).filter(
    ({ money }) => money.amount === numberOf(match[3] ?? ''),
  );
  const own = rateOf(match[1], match[2] ?? '');
  const [first] = about;
  if (!first || about.some(({ per }) => per === own)) return undefined;
  return {
    written: match[0],
    at1: match.index,
    field: { zh: '計費單位', en: 'unit of charge' },
    said: first.said,
    at: first.at,
  };
};

const stepsOf = (service: Service): Step[] =>
  (known(service.procedure) ?? []).flatMap((step) => [step, ...stepsWithin(step)]);
const lengthIn = (text: string): Duration | undefined => {
  const [first] = quantitiesIn(text);
  return first && /^(?:day|workday|week|month|year)$/.test(first.unit)
    ? { most: first.value, unit: first.unit as TimeUnit, printed: '' }
    : undefined;
};
const differ = (one: Duration, other: Duration): boolean =>
  compareDurations(one, other) === 1 || compareDurations(one, other) === -1;

/** 上級機關於 60 日內決定 beside a step of 行政執行署 that takes 30 日. */
const othersTime: Judge = (clause, service, office) => {
  if (!/內/.test(clause)) return undefined;
  const agencies = (known(office.offices) ?? []).flatMap(({ name, short }) =>
    [name, short].filter((each) => each !== undefined),
  );
  const superior = office.parent;
  const isSuperior = (name: string): boolean =>
    superior !== undefined && (superior.includes(name) || name.includes(superior));
  const match = new RegExp(
    `(${['上級機關', ...agencies].join('|')})(?:應|須|得|則)?(?:於|在)?(?:收受|收到|受理)?[^，。；\\d]{0,4}?(${N}\\s*個?(?:工作日|日|天|月|年))(?:以?內|之內)`,
  ).exec(clause);
  if (!match) return undefined;
  const [, who = '', written = ''] = match;
  const length = lengthIn(written);
  const own = stepsOf(service).flatMap(({ limit: told, actor, at }) => {
    const limit = known(told);
    const names = (known(actor) ?? []).map(roleText);
    return limit && names.some((name) => name === who || (who === '上級機關' && isSuperior(name)))
      ? [{ limit, at: at.limit ?? at.self }]
      : [];
  });
  const [first] = own;
  if (!length || !first || !own.every(({ limit }) => differ(limit, length))) return undefined;
  return {
    written,
    at1: match.index + match[0].indexOf(written),
    field: { zh: '步驟時限', en: 'time of its step' },
    said: first.limit.printed,
    at: first.at,
  };
};

/** 應於 20 日內聲明異議 beside 執行程序終結前, or beside 10 日內. */
const APPLYING = new RegExp(
  `(?:應|須|請|得)(?:於|自|在)?[^，。；\\d]{0,18}?(${N}\\s*個?(?:工作日|日|天|月|年))(?:以?內|之內)[^，。；]{0,4}?(提出申請|申請|聲明異議|提出異議)`,
);
const applying: Judge = (clause, { window: declared, name, at }) => {
  const match = APPLYING.exec(clause);
  if (!match || declared === undefined || saysUnconfirmed(declared)) return undefined;
  const [, written = '', , act = ''] = match;
  if (/第三人|債務人|債權人|法院|移送機關|上級|行政執行署|延長|補正|訴|再行|重新/.test(clause)) return undefined;
  if (!/申請/.test(act) && !name.includes(act)) return undefined;
  const length = lengthIn(written);
  const own = quantitiesIn(declared).flatMap(({ start, end }) => lengthIn(declared.slice(start, end)) ?? []);
  const bears =
    own.length > 0 ? own.some((each) => length && !differ(each, length)) : !/終結前|期滿前|屆滿前/.test(declared);
  if (!length || bears) return undefined;
  return {
    written,
    at1: match.index + match[0].indexOf(written),
    field: { zh: '申請期間', en: 'window in which to apply' },
    said: declared,
    at: at.window ?? at.self,
  };
};

/** 不收現金 beside 現金 among the ways to pay. */
const REFUSED = /(?:不收受?|不接受|不受理|不提供|無法以|不得以)(現金|信用卡|支票|匯票|匯款|電子支付|行動支付)/;
const paying: Judge = (clause, { fee: written }) => {
  const match = REFUSED.exec(clause);
  if (!match || /者|時|如|若|除|但|超商|郵局|銀行|線上|臨櫃|部分/.test(clause)) return undefined;
  const way = (known(known(written)?.payment) ?? []).find(({ means }) => means?.includes(match[1] ?? ''));
  if (!way) return undefined;
  return {
    written: match[0],
    at1: match.index,
    field: { zh: '繳費方式', en: 'ways to pay' },
    said: way.means ?? '',
    at: way.at.means ?? way.at.self,
  };
};

const JUDGES: readonly Judge[] = [prolonged, multiplied, rated, othersTime, applying, paying];
const ANY = /延長|展延|展期|倍|每|內|不收|不接受|不受理|不提供|無法以|不得以/;

/** What the figures and ways in a text deny of the service. */
export function figuresDenied(written: string, service: Service, office: Office): Denial[] {
  if (!ANY.test(written)) return [];
  const text = narrow(written);
  return [...text.matchAll(/[^，,。；;\n！？|]+/g)].flatMap(({ 0: clause, index }) =>
    JUDGES.flatMap((judge) => {
      const denied = judge(clause, service, office);
      if (!denied) return [];
      const { at1, ...denial } = denied;
      const start = index + at1;
      return [{ ...denial, written: written.slice(start, start + denial.written.length), start }];
    }),
  );
}
