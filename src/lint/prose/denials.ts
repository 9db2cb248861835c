// What prose says without a number and a field denies: 不收費 beside a charge, 隨到隨辦 beside ten days, 不受理郵寄 beside 郵寄.
import { charges } from '../../content/fee.js';
import { roleText } from '../../content/procedure.js';
import type { Office } from '../../content/schema/office.js';
import { isUnconfirmed, known } from '../../content/schema/schema.js';
import type { RequiredDocument, Service } from '../../content/schema/service.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import type { Say, Span } from '../../core/source.js';
import { narrow } from '../wording/width.js';
import { type Denial, figuresDenied } from './figures-denied.js';
import { numberOf } from './quantities.js';

type Declared = { readonly field: Say; readonly said: string; readonly at: Span };
/** A kind of statement, and what of a service denies it. `match`: the statement as found in a clause. */
type Kind = {
  readonly pattern: RegExp;
  /** It holds for some cases only, and so denies nothing, where one of these stands in the clause. */
  readonly unless?: RegExp;
  denies(service: Service, office: Office, match: RegExpExecArray): Declared | undefined;
};

const FIELD = {
  fee: { zh: '規費', en: 'fee' },
  documents: { zh: '應備證件', en: 'required documents' },
  deadline: { zh: '辦理時限', en: 'deadline' },
  representation: { zh: '代理申請', en: 'representation' },
  agents: { zh: '可代理的人', en: 'agents' },
  channels: { zh: '申請方式', en: 'channels' },
  telephone: { zh: '聯絡電話', en: 'telephone' },
  extension: { zh: '分機', en: 'extension' },
  hours: { zh: '辦理時間', en: 'hours' },
  window: { zh: '申請期間', en: 'window in which to apply' },
  visits: { zh: '最多要來幾次', en: 'visits at most' },
  decide: { zh: '核定', en: 'who decides' },
  unit: { zh: '承辦單位', en: 'unit in charge' },
  kind: { zh: '形式', en: 'original or copy' },
} as const satisfies Record<string, Say>;

/** Some cases only. */
const SOME = /者|時|如|若|倘|除|但|屬|情形|其中|部分|之[一二三]|低收入|免費[電諮]|第/;
const NOT = '(?:無須|無需|不須|不需|毋須|毋需|不必|不用|免)';
/** Ways to apply that are called by several names. */
const WAYS: readonly RegExp[] = [
  /線上|網路|官網|網站|APP|電子申辦/i,
  /郵寄|掛號|通訊|信函|郵遞|書面/,
  /臨櫃|現場|親自|到場|到本|當面|持送|服務台|櫃[台檯臺]/,
  /電話/,
  /傳真/,
  /電子郵件|e-?mail|電郵/i,
];
const wayOf = (name: string): RegExp | undefined => WAYS.find((way) => way.test(name));

const charging = (service: Service): Declared | undefined => {
  const fee = known(service.fee);
  const line = fee?.free === true ? undefined : (known(fee?.lines) ?? []).find(charges);
  if (!fee || !line || known(fee.discounts) || known(fee.exemptions)) return undefined;
  const [at, said] = [line.at.amount ?? line.at.self, known(line.amount)?.printed ?? line.item ?? ''];
  return { field: FIELD.fee, said, at };
};
const needed = (service: Service): Declared | undefined => {
  const documents = known(service.documents);
  const first = (known(documents?.items) ?? []).find(
    ({ condition, applicants, channel, waived }) => !condition && !applicants && !channel && !waived,
  );
  return first?.name ? { field: FIELD.documents, said: first.name, at: first.at.name ?? first.at.self } : undefined;
};
/** The office's own limit where it is days or more. */
const days = (service: Service): Declared | undefined => {
  const deadline = known(service.deadline);
  const limit = known(deadline?.limit);
  if (!deadline || !limit || deadline.immediate === true || /second|minute|hour/.test(limit.unit)) return undefined;
  return { field: FIELD.deadline, said: limit.printed, at: deadline.at.limit ?? deadline.at.self };
};
const represented = (service: Service): Declared | undefined => {
  const { representation, at } = service;
  const agents = known(service.agents);
  if (agents?.[0]) return { field: FIELD.agents, said: agents[0].who ?? '', at: at.agents ?? at.self };
  return representation !== undefined &&
    /^(?:可|得|是)|[得可](?:以)?(?:委任|委託|由代理)/.test(representation) &&
    !/不[得可]/.test(representation)
    ? { field: FIELD.representation, said: representation, at: at.representation ?? at.self }
    : undefined;
};
const channelsOf = (service: Service): { name: string; at: Span }[] =>
  (known(service.channels) ?? []).flatMap(({ name, at }) =>
    name && !saysUnconfirmed(name) ? [{ name, at: at.name ?? at.self }] : [],
  );
const digits = (text: string): string => narrow(text).replace(/\D/g, '');

const KINDS: readonly Kind[] = [
  {
    pattern: new RegExp(
      `(?:免費|不收費|不收取?(?:任何)?(?:規費|費用)|免收(?:規費|費用|手續費)|${NOT}(?:繳納|繳交|繳|付)(?:任何)?(?:規費|費用|費))`,
    ),
    unless: new RegExp(`${SOME.source}|電話|停車|諮詢|代收|影印|[閱覽印製]|查詢|索取|減`),
    denies: charging,
  },
  {
    pattern:
      /(?:須|應|要|需|請)(?:先|另|再)?(?:繳納|繳交|支付|繳|付)(?:規費|費用|手續費|工本費|費)|酌收|收取(?:規費|費用|手續費|工本費)|(?:依|按)[^，]{0,8}收費/,
    unless: /元|不|免|無|罰|稅|執行費|移送|他機關|超商|郵局|銀行|逾期|者自行|欠/,
    denies: ({ fee: written, at }) => {
      const fee = known(written);
      return fee?.free === true && !known(fee.surcharges)
        ? { field: FIELD.fee, said: '免費', at: at.fee ?? at.self }
        : undefined;
    },
  },
  {
    pattern: new RegExp(`${NOT}(?:檢附|攜帶|備妥|準備|附具?|檢具|備)(?:任何|其他)?(?:證件|文件|書件|資料|證明)`),
    unless: new RegExp(`${SOME.source}|其他|再|另|已`),
    denies: needed,
  },
  {
    pattern:
      /(?<![無毋不])(?:應|須|請|需)(?:檢附|攜帶|備妥|備齊|出示|檢具|繳驗|填具|帶)[^，]{0,14}(?:證|書|影本|正本|印章|文件)/,
    unless: new RegExp(`${SOME.source}|領取|代理|委託|委任`),
    denies: ({ documents, at }) =>
      known(documents)?.none === true ? { field: FIELD.documents, said: '無', at: at.documents ?? at.self } : undefined,
  },
  {
    pattern: /隨到隨辦|即到即辦|當場辦畢|當場發給|立等可取|當日(?:辦畢|發給|取件|核發)/,
    unless: new RegExp(`${SOME.source}|非|不|無法|未能|儘量|可當場|得`),
    denies: days,
  },
  {
    pattern: /(?:無法|不能|非)(?:當場|立即|隨到)(?:辦畢|辦理|隨辦|發給|完成)/,
    unless: SOME,
    denies: ({ deadline: written, at }) =>
      known(written)?.immediate === true
        ? { field: FIELD.deadline, said: '隨到隨辦', at: at.deadline ?? at.self }
        : undefined,
  },
  {
    pattern:
      /(?:不得|不可|不能|不受理|不接受|恕不受理)(?:由他人)?(?:委託|委任|代理|代為|代辦)|(?:須|應|限|僅限)(?:由)?(?:申請人)?本人(?:親自)?(?:申請|辦理|到場)|限本人/,
    unless: SOME,
    denies: represented,
  },
  {
    pattern: /(?<!不)(?:得|可)(?:以|由)?(?:委託|委任)(?:他人|代理人|親友|家屬)|可由他人代/,
    unless: SOME,
    denies: ({ representation, at }) =>
      representation !== undefined && /^(?:否|不可|不得)|不[得可]|限本人|須本人/.test(representation)
        ? { field: FIELD.representation, said: representation, at: at.representation ?? at.self }
        : undefined,
  },
  {
    pattern:
      /(?:不受理|不接受|不得以|恕不受理|不開放|不提供|無法以|不能以)(?:以)?(郵寄|線上|網路|電話|傳真|電子郵件|臨櫃|現場|通訊)/,
    unless: SOME,
    denies: (service, _, [, name = '']) => {
      const way = wayOf(name);
      const channel = channelsOf(service).find((each) => way?.test(each.name));
      return channel && { field: FIELD.channels, said: channel.name, at: channel.at };
    },
  },
  {
    pattern:
      /(?:可|得|亦可|並可|也可|限)(?:以|透過|經由|利用)?(郵寄|線上|網路|傳真|電子郵件|臨櫃)(?:方式)?(?:提出)?(?:申請|辦理|送件)/,
    unless: new RegExp(`${SOME.source}|不`),
    denies: (service, _, [, name = '']) => {
      const way = wayOf(name);
      const channels = channelsOf(service);
      if (channels.length === 0 || channels.some((each) => way?.test(each.name) || wayOf(each.name) === undefined))
        return undefined;
      if (isUnconfirmed(service.channels)) return undefined;
      return {
        field: FIELD.channels,
        said: channels.map((each) => each.name).join('、'),
        at: service.at.channels ?? service.at.self,
      };
    },
  },
  {
    pattern: /(?:洽詢|洽|電話|請電|撥打?|聯絡)[^，\d]{0,10}(\(?0\d{1,2}\)?[- ]?\d{3,4}[- ]?\d{3,4})/,
    denies: ({ contact: written }, office, [, number = '']) => {
      const contact = known(written);
      const own = contact?.telephone;
      const others = [
        office.telephone,
        ...(known(office.units) ?? []).map(({ telephone }) => telephone),
        ...(known(office.offices) ?? []).map(({ telephone }) => telephone),
      ];
      if (!contact || !own || digits(own).length < 8) return undefined;
      if ([own, ...others].some((each) => each !== undefined && digits(each).startsWith(digits(number))))
        return undefined;
      return { field: FIELD.telephone, said: own, at: contact.at.telephone ?? contact.at.self };
    },
  },
  {
    pattern: /分機\s*[#＃]?\s*(\d{2,6})/,
    denies: ({ contact: written }, office, { 1: number = '', input }) => {
      const contact = known(written);
      const own = contact?.extension;
      // 服務台分機 101 is that of another unit.
      const others = (known(office.units) ?? []).flatMap(({ name }) => (name && name !== contact?.unit ? name : []));
      if (others.some((name) => input.includes(name))) return undefined;
      if (!contact || !own || !/\d/.test(own) || digits(own).includes(number)) return undefined;
      return { field: FIELD.extension, said: own, at: contact.at.extension ?? contact.at.self };
    },
  },
  {
    pattern: new RegExp(`${NOT}(?:親自)?(?:到場|前來|親自辦理)`),
    unless: SOME,
    denies: ({ visits, at }) => {
      const most = known(visits);
      return most ? { field: FIELD.visits, said: `${most} 次`, at: at.visits ?? at.self } : undefined;
    },
  },
  {
    pattern: /(?:由|陳|經|報)([^，。由陳經報]{2,10}?)(?:核定|決行|核准)/,
    denies: ({ authority: written, at }, office, [, who = '']) => {
      const authority = known(written);
      const titles = [
        ...(known(office.titles) ?? []),
        ...(known(office.units) ?? []).flatMap(({ name }) => name ?? []),
      ];
      const deciding = [
        ...(known(authority?.decide) ?? []),
        ...(known(authority?.stages) ?? []).flatMap(({ decide }) => known(decide) ?? []),
      ].map(roleText);
      if (
        !titles.includes(who) ||
        deciding.length === 0 ||
        deciding.some((each) => each.includes(who) || who.includes(each) || saysUnconfirmed(each))
      )
        return undefined;
      return { field: FIELD.decide, said: deciding.join('、'), at: authority?.at.decide ?? at.authority ?? at.self };
    },
  },
  {
    pattern: /承辦單位(?:為|是|：)?([^，。：為是]{2,8})|(?:由|向|洽)([^，。由向洽]{2,8}?)(?:承辦|受理)/,
    denies: ({ unit: written, contact, at }, office, [, one, other]) => {
      const who = one ?? other ?? '';
      const own = (known(written) ?? []).map(roleText);
      const names = (known(office.units) ?? []).flatMap(({ name }) => name ?? []);
      if (!names.includes(who) || own.length === 0 || own.some((each) => each.includes(who) || who.includes(each)))
        return undefined;
      if (known(contact)?.unit?.includes(who)) return undefined;
      return { field: FIELD.unit, said: own.join('、'), at: at.unit ?? at.self };
    },
  },
];

/** What a text says that a field of the service denies. */
export function denialsIn(text: string, service: Service, office: Office): Denial[] {
  const found: Denial[] = [];
  // Few texts say anything of the kind: most are done with before they are taken apart.
  const kinds = KINDS.filter(({ pattern }) => pattern.test(text));
  for (const { 0: clause, index } of kinds.length === 0 ? [] : text.matchAll(/[^，,。；;\n！？|]+/g)) {
    // What the clause before says may say for whom: 公益用途者，不收費.
    const lead = /[^，,。；;\n！？|]*[，,]$/.exec(text.slice(Math.max(0, index - 40), index))?.[0] ?? '';
    for (const { pattern, unless, denies } of kinds) {
      const match = pattern.exec(clause);
      if (!match || unless?.test((lead + clause).replace(/(?:^|(?<=[，,]))(?:申請|到場|辦理|洽辦)時/, ''))) continue;
      const declared = denies(service, office, match);
      if (declared) found.push({ written: match[0], start: index + match.index, ...declared });
    }
  }
  return [
    ...found,
    ...kindsDenied(text, service),
    ...datesDenied(text, service),
    ...figuresDenied(text, service, office),
    ...hoursDenied(text, service, office),
  ];
}

/** 申請書影本 beside an original. */
function kindsDenied(text: string, service: Service): Denial[] {
  if (!/[正影]本/.test(text)) return [];
  const all: readonly RequiredDocument[] = (known(known(service.documents)?.items) ?? []).flatMap((each) => [
    each,
    ...(known(each.oneOf) ?? []),
  ]);
  return all.flatMap(({ name, kind: written, at }) => {
    const kind = known(written);
    if (!name || name.length < 2 || (kind !== 'original' && kind !== 'copy')) return [];
    if (all.some((each) => each.name === name && each.at !== at)) return [];
    const [wrong, said] = kind === 'original' ? ['影本', '正本'] : ['正本', '影本'];
    const start = ['', '的', '之', '（']
      .map((joint) => text.indexOf(`${name}${joint}${wrong}`))
      .find((place) => place !== -1);
    if (start === undefined || /^(?:或|、|及|與)/.test(text.slice(start + name.length + 2, start + name.length + 4)))
      return [];
    const written1 = /^[^影正]*(?:影本|正本)/.exec(text.slice(start))?.[0] ?? name;
    return [{ written: written1, start, field: FIELD.kind, said: `${name}：${said}`, at: at.kind ?? at.self }];
  });
}

const DAY = /(\d{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日/g;
const daysIn = (text: string): { day: string; index: number; written: string }[] =>
  [...narrow(text).matchAll(DAY)].map(({ 0: written, 1: month = '', 2: day = '', index }) => ({
    day: `${numberOf(month)}-${numberOf(day)}`,
    index,
    written,
  }));

/** A day on which applications begin or end, beside the window that is declared. */
function datesDenied(text: string, { window: declared, at }: Service): Denial[] {
  const own = declared === undefined ? [] : daysIn(declared).map(({ day }) => day);
  if (own.length === 0) return [];
  return [...text.matchAll(/[^。；;\n]*(?:受理申請|受理期間|申請期[間限]|截止|開放申請|提出申請)[^。；;\n]*/g)].flatMap(
    ({ 0: sentence, index: from }) =>
      daysIn(sentence)
        .filter(({ day }) => !own.includes(day))
        .map(({ index, written }) => ({
          written,
          start: from + index,
          field: FIELD.window,
          said: declared ?? '',
          at: at.window ?? at.self,
        })),
  );
}

const CLOCK =
  /(上午|下午|中午|晚上)?\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?::|時|點)\s*(\d{2}(?!\d)分?|半|[一二三四五六七八九十]{1,3}分|)/g;
const clocksIn = (text: string): { minutes: number; index: number; written: string }[] =>
  [...narrow(text).matchAll(CLOCK)].map(({ 0: written, 1: half, 2: hour = '', 3: minute = '', index }) => {
    const h = numberOf(hour) + ((half === '下午' || half === '晚上') && numberOf(hour) < 12 ? 12 : 0);
    return {
      minutes: h * 60 + (minute === '' ? 0 : minute === '半' ? 30 : numberOf(minute.replace('分', ''))),
      index,
      written,
    };
  });

/** The hours of an office or of a service beside those that are declared. */
export function hoursDenied(
  text: string,
  service: Pick<Service, 'hours' | 'at'> | undefined,
  office: Office,
): Denial[] {
  const [declared, at] =
    service?.hours === undefined
      ? [office.hours, office.at.hours ?? office.at.self]
      : [service.hours, service.at.hours ?? service.at.self];
  // Hours that are not certain yet, with those of another office beside them, deny nothing.
  const own =
    declared === undefined || saysUnconfirmed(declared) ? [] : clocksIn(declared).map(({ minutes }) => minutes);
  if (own.length < 2) return [];
  return [...text.matchAll(/[^。；;\n]*(?:辦公|服務|受理|開放|辦理)時間[^。；;\n]*/g)].flatMap(
    ({ 0: sentence, index: from }) =>
      clocksIn(sentence)
        // 下午 5 時 may be written 5 時 behind 下午 1 時至.
        .filter(({ minutes }) => !own.includes(minutes) && !own.includes(minutes + 720))
        .map(({ index, written }) => ({
          written: written.trim(),
          start: from + index + (written.length - written.trimStart().length),
          field: FIELD.hours,
          said: declared ?? '',
          at,
        })),
  );
}
