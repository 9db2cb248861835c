// The handbook as it is said in the languages of a sheet: texts by their translations, times, sums, roles and provisions
// of law put together anew. What has no translation stays Chinese and is marked so.
import { type Flow, roleText } from '../content/procedure.js';
import { bookShape } from '../content/schema/book.js';
import type { Money, Rate } from '../content/schema/fee.js';
import type { Handbook, Translation } from '../content/schema/model.js';
import { officeShape } from '../content/schema/office.js';
import { type Duration, type Role, stepShape } from '../content/schema/procedure.js';
import { known, type Shape, type Translator, translated } from '../content/schema/schema.js';
import { type Service, serviceShape } from '../content/schema/service.js';
import { saysUnconfirmed } from '../content/schema/tree.js';
import { eachLine, PER, YEARLY } from '../content/translatable.js';
import { isChinese, type Language, lacking, localeOf, pairOf } from '../core/language.js';
import type { Span } from '../core/source.js';
import { dayIn, type Languages, type Word, type Words, wordIn } from './words.js';

/** The whole book in these languages. Ids, and all that refers to them, stay as they are. */
export function inLanguages(handbook: Handbook, translator: Translator): Handbook {
  const { office, book, services, chapters } = handbook;
  return {
    ...handbook,
    office: said(officeShape, office, translator, office.at.self),
    book: said(bookShape, book, translator, book.at.self),
    services: services.map((service) => said(serviceShape, service, translator, service.at.self) as Service),
    chapters: chapters.map((chapter) => {
      const { title, prose } = chapter;
      return {
        ...chapter,
        title: translator.text(title, prose.span),
        prose: { ...prose, markdown: translator.prose(prose.markdown, prose.span) },
      };
    }),
  };
}

/** A procedure whose ways are found already, since they are found by its Chinese words. */
export function flowInLanguages(flow: Flow, translator: Translator): Flow {
  const nodes = flow.nodes.map((node) => {
    const step = said(stepShape, node.step, translator, node.span);
    const limit = known(step.limit);
    return {
      ...node,
      step,
      text: node.text === '' ? '' : translator.text(node.text, node.span),
      actors: known(step.actor) ?? [],
      ...(limit ? { limit } : {}),
    };
  });
  const edges = flow.edges.map((edge) =>
    edge.label === undefined ? edge : { ...edge, label: translator.text(edge.label, edge.span) },
  );
  const spokenEdge = new Map(flow.edges.map((edge, i) => [edge, edges[i] ?? edge]));
  const start = nodes.find(({ id }) => id === flow.start?.id);
  return {
    nodes,
    edges,
    out: new Map([...flow.out].map(([id, list]) => [id, list.map((edge) => spokenEdge.get(edge) ?? edge)])),
    faults: flow.faults,
    ...(start ? { start } : {}),
  };
}

const said = <T>(shape: Shape<T>, value: T, translator: Translator, at: Span): T =>
  translated(shape, value, translator, at) as T;

/** Into one language, or into two of them side by side. */
export function translatorOf(handbook: Handbook, words: Words, { lang, second }: Languages): Translator {
  const first = textsIn(handbook, words, lang);
  const other = second === undefined ? undefined : textsIn(handbook, words, second);
  /** What is said in one way in each language. */
  const each = (textIn: (language: LanguageTexts) => string): string =>
    other ? pairOf(textIn(first), textIn(other), other.language) : textIn(first);
  const foreign = foreignMoney(handbook);
  return {
    text: (zh, at) => each(({ text }) => text(zh, at)),
    prose: (zh, at) => each((language) => proseIn(zh, at, language)),
    citation: ({ law, article, title, ...rest }) => ({
      ...rest,
      ...(law === undefined ? {} : { law: each(({ text }) => text(law, rest.span)) }),
      ...(article === undefined ? {} : { article: each((language) => articleIn(article, rest.span, language)) }),
      ...(title === undefined ? {} : { title: each(({ text }) => text(title, rest.span)) }),
    }),
    values: {
      duration: (value: Duration, at: Span): Duration => ({
        ...value,
        printed: each((language) => durationIn(value, at, language)),
      }),
      money(value: Money, at: Span): Money {
        const sum = each((language) => sumIn(value, at, language, foreign.has(at.source.path)));
        if (value.per === undefined || !value.printed.startsWith(value.per)) return { ...value, printed: sum };
        // What it is for each of stays a part of its own, so that outputs can tell it from the sum.
        const per = each((language) => perIn(value.per ?? '', at, language));
        const gap = each(({ language }) =>
          language !== 'zh' || /^\s/.test(value.printed.slice(value.per?.length)) ? ' ' : '',
        );
        return { ...value, printed: `${per}${gap}${sum}`, per };
      },
      per: (zh: string, at: Span): string => each((language) => perIn(zh, at, language)),
      rate: (value: Rate, at: Span): Rate => ({
        ...value,
        printed: each(({ lookup }) => lookup(value.printed, at) ?? rateIn(value)),
      }),
      day: (iso: string): string => each(({ language }) => dayIn(language, iso).replace(/^民國/, '')),
      dates: (zh: string, at: Span): string => each((language) => datesIn(zh, at, language)),
      role: (value: Role, at: Span): Role => ({ ...value, written: each((language) => roleIn(value, at, language)) }),
    },
  };
}

// ---------------------------------------------------------------- one language

/** `lookup`: what is given for a text. `text`: that, or what else can be said for it. */
type LanguageTexts = { language: Language; lookup: Lookup; text: Translator['text']; word: Word };
type Lookup = (zh: string, at: Span) => string | undefined;

/** A translation given in the same file comes first, then any other, in the order of reading. */
function lookupOf({ office, book, translations }: Handbook, language: Language): Lookup {
  const own = new Map<string, Map<string, string>>();
  const all = new Map<string, string>();
  const add = (map: Map<string, string>, zh: string, text: string): void => {
    if (!map.has(zh)) map.set(zh, text);
  };
  for (const { zh, text, source } of translations.filter((each: Translation) => each.language === language)) {
    const file = own.get(source.path) ?? new Map<string, string>();
    own.set(source.path, file);
    add(file, zh, text);
    add(all, zh, text);
    // 「提出申請書（義務人）」: who and how long are read apart from the words.
    const words = /^(.+?)\s*[（(][^（）()]*[）)]$/.exec(zh)?.[1];
    if (words !== undefined) add(file, words, text.replace(/\s*[（(][^（）()]*[）)]$/, ''));
  }
  if (language === 'en' && office.english !== undefined) add(all, office.name ?? '', office.english);
  // A short name stands for the whole where it has no translation of its own.
  for (const { name, short } of [
    office,
    ...(known(office.units) ?? []),
    ...(known(office.offices) ?? []),
    ...(known(book.laws) ?? []),
  ]) {
    const text = all.get(name ?? '');
    if (text !== undefined && short !== undefined) add(all, short, text);
  }
  return (zh, at) => own.get(at.source.path)?.get(zh) ?? all.get(zh);
}

function textsIn(handbook: Handbook, words: Words, language: Language): LanguageTexts {
  const word = wordIn(words, { lang: language });
  if (language === 'zh') return { language, lookup: (zh) => zh, text: (zh) => zh, word };
  const lookup = lookupOf(handbook, language);
  const text = (zh: string, at: Span): string => {
    if (!isChinese(zh)) return zh;
    const found = lookup(zh, at);
    if (found !== undefined) return found;
    const rest = /^(?:待確認|待查證)\s*([\s\S]*)$/.exec(zh)?.[1];
    if (rest === undefined || !saysUnconfirmed(zh)) return lacking(zh);
    return [word('unconfirmed'), lacking(rest)].filter((part) => part !== '').join(' ');
  };
  return { language, lookup, text, word };
}

/** Markdown as a whole, or line by line; lines of one paragraph that have no translation are one text. */
const proseIn = (zh: string, at: Span, { lookup, text }: LanguageTexts): string =>
  lookup(zh, at) ?? eachLine(zh, (line) => text(line, at)).replace(/\uFDD3\n\uFDD2/g, '\n');

/** 「每年 3 月 1 日前」, 「每年 3 月 1 日至 5 月 31 日」. */
function datesIn(zh: string, at: Span, { language, lookup, text, word }: LanguageTexts): string {
  const found = lookup(zh, at);
  if (found !== undefined || language === 'zh') return found ?? zh;
  const [, month, day, to, otherMonth, otherDay] = YEARLY.exec(zh) ?? [];
  if (month === undefined || day === undefined) return text(zh, at);
  const said = (m: string, d: string): string =>
    new Intl.DateTimeFormat(localeOf(language), { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
      Date.UTC(2024, Number(m) - 1, Number(d)),
    );
  if (otherMonth !== undefined && otherDay !== undefined)
    return word('yearly-between', said(month, day), said(otherMonth, otherDay));
  return word(to === '前' ? 'yearly-before' : 'yearly-from', said(month, day));
}

/** 「3 工作日」: 3 working days. That it is what it takes at most is said by what it is a limit of. */
function durationIn({ least, most, unit, days, printed }: Duration, at: Span, { lookup, word }: LanguageTexts): string {
  const found = lookup(printed, at);
  if (found !== undefined) return found;
  if (/^[最至]?遲?\s*(當|同|即)[日天]/.test(printed)) return word('same-day');
  if (unit === 'halfday' && most === 1 && least === undefined) return word('half-a-day');
  const time = word(`unit-${unit}`, least === undefined ? most : `${least}–${most}`);
  return days === undefined ? time : `${time} ${word('unit-day', days)}`;
}

/** 每份, 每 2 小時. */
function perIn(zh: string, at: Span, { lookup, text, word }: LanguageTexts): string {
  const found = lookup(zh, at);
  if (found !== undefined) return found;
  const [, one, many, unit] = PER.exec(zh) ?? [];
  if (one !== undefined) return word(`per-${PER_WORDS[one]}`);
  if (many === undefined || unit === undefined) return text(zh, at);
  return word('per-many', word(`unit-${PER_WORDS[unit]}`, many));
}
const PER_WORDS: Readonly<Record<string, string>> = {
  份: 'copy',
  張: 'sheet',
  頁: 'page',
  件: 'item',
  次: 'time',
  人: 'person',
  分鐘: 'minute',
  小時: 'hour',
  日: 'day',
  天: 'day',
  週: 'week',
  月: 'month',
  個月: 'month',
  年: 'year',
};

/** A sum without what it is for each of. `foreign`: the service has a currency of its own, and its 元 is not Taiwan's. */
function sumIn(
  { amount, most, open, currency: own, per, printed }: Money,
  at: Span,
  { lookup, text, word }: LanguageTexts,
  foreign: boolean,
): string {
  const sum = (per !== undefined && printed.startsWith(per) ? printed.slice(per.length) : printed).trim();
  const found = lookup(sum, at);
  if (found !== undefined) return found;
  const ours =
    !foreign &&
    /^(?:新臺幣|新台幣|臺幣|台幣|NT\$|NTD|TWD)?[^美歐日]*(?:[元圓角分][整正]?|[\d,.]+(?:新?[臺台]幣|NT\$|NTD|TWD)?)(?:起|以上)?$/.test(
      sum,
    );
  if (amount === 0 && !/\d/.test(sum)) return word('free');
  if (!ours && own === undefined) return text(sum, at);
  const figures = [amount, ...(most === undefined ? [] : [most])].map((n) => n.toLocaleString('en-US')).join('–');
  const told = own === undefined ? word('dollars', figures) : word('money-in', figures, text(own, at));
  return open ? word('and-up', told) : told;
}

const foreignMoney = ({ services }: Handbook): Set<string> =>
  new Set(
    services
      .filter((service) => {
        const currency = known(service.fee)?.currency;
        return currency !== undefined && !/^(新?[臺台]幣|NT\$|TWD)/.test(currency);
      })
      .map(({ source }) => source.path),
  );

function rateIn({ share, printed }: Rate): string {
  if (!isChinese(printed)) return printed;
  return share < 0.01 ? `${Number((share * 1000).toFixed(6))}‰` : `${Number((share * 100).toFixed(6))}%`;
}

/** 「執行一科書記官」 where it has no translation: its parts, the smallest first. */
function roleIn(role: Role, at: Span, { lookup, text, word }: LanguageTexts): string {
  const written = roleText(role);
  const found = lookup(written, at);
  if (found !== undefined) return found;
  const titles = (known(role.titles) ?? []).map((title) => text(title, at)).join(word('list-comma'));
  const parts = [titles, ...[role.unit, role.office].flatMap((part) => (part ? [text(part, at)] : []))];
  const said = parts.filter((part) => part !== '').join(', ');
  return said === '' ? text(written, at) : said;
}

/** 第9條第1項: Article 9, paragraph 1. */
function articleIn(article: string, at: Span, { lookup, text, word }: LanguageTexts): string {
  const found = lookup(article, at);
  if (found !== undefined) return found;
  const [whole, number, of, paragraph, subparagraph] =
    /^第\s*(\d+(?:-\d+)?)\s*條(?:\s*之\s*(\d+))?(?:第\s*(\d+)\s*項)?(?:第\s*(\d+)\s*款)?$/.exec(article) ?? [];
  if (whole === undefined) return text(article, at);
  return [
    word('article', of === undefined ? (number ?? '') : `${number}-${of}`),
    paragraph && word('paragraph', paragraph),
    subparagraph && word('subparagraph', subparagraph),
  ]
    .filter(Boolean)
    .join(', ');
}
