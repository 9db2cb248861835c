// The domain languages of one line, by the names that the schemas use: a document, a step with who and how long, an authority.

import { nearest } from '../core/nearest.js';
import type { Span } from '../core/source.js';
import {
  BY_CHANNEL,
  halfWidth,
  partOf,
  readCorrection,
  readDeadline,
  readDuration,
  readNamedLimit,
  readProlong,
  readStatutory,
} from './duration.js';
import { readDiscount, readExemption, readFee, readFeeLine, readNth, readSurcharge } from './fee.js';
import { KEYS } from './keys.js';
import { readFormula, readMoney, readQuantity, readRate } from './money.js';
import { partNames } from './schema/book.js';
import type { Office } from './schema/office.js';
import { type Duration, type Role, STEP_KINDS, type Step, type StepKind } from './schema/procedure.js';
import { countOf, isoDate } from './schema/scalars.js';
import { known, type Shorthand, type Unconfirmed, Unreadable } from './schema/schema.js';
import { CHOSEN, type DocumentKind, ORIGINAL_AND_COPY, STATES } from './schema/service.js';
import { isPlaceholder, lastBracket, pieces, saysUnconfirmed } from './schema/tree.js';

/** A plain record made from one line of text, in the form of one that was written out. */
const located = <T extends object>(fields: T, span: Span) => ({ ...fields, at: { self: span }, cited: {}, unread: [] });

/** 「無」「免附」「無須檢附任何證件」. */
const NONE =
  /^(?:無|免|不用|(?:無|免|不)(?:需|須|必|用)?要?(?:檢?附|準備|攜帶|提供|檢具|出具)?(?:任何|其他)?(?:證件|文件|書件|資料|附件|書證)?|none)[。．]?$/;
const DOCUMENT_KINDS: Record<string, DocumentKind> = {
  正本: 'original',
  影本: 'copy',
  驗正本: 'shown',
  出示正本: 'shown',
  驗正本收影本: 'verified',
  正本或影本: 'either',
  正本及影本: 'both',
  正本與影本: 'both',
  電子檔: 'electronic',
};
const STEP_WORDS = new Map<string, StepKind>(
  STEP_KINDS.flatMap((kind) => [[kind, kind] as const, ...(KEYS[kind] ?? []).map((word) => [word, kind] as const)]),
);
const AUTHORITY_WORDS: Record<string, 'prepare' | 'review' | 'countersign' | 'decide'> = {
  擬辦: 'prepare',
  承辦: 'prepare',
  審核: 'review',
  核轉: 'review',
  會辦: 'countersign',
  核定: 'decide',
  決行: 'decide',
};

/** The pieces inside the last （…） of a text, and what stands before. */
function bracket(text: string): { before: string; inside: string[] } | undefined {
  const found = lastBracket(text);
  return found && { before: found.before, inside: found.inside.split(/[，,、；;]/).map((each) => each.trim()) };
}

/** Only what begins with a number can be a length of time: cheaper than asking in vain. */
const durationIn = (text: string): Duration | undefined =>
  /^[\d０-９零一二三四五六七八九十兩半]/.test(text) ? attempt(() => readDuration(text)) : undefined;

const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
};

/** A step's own words, and who and how long from the brackets behind them. */
type Duty = { words: string; actor?: readonly Role[]; limit?: Duration };

export const inFull = <T extends { readonly procedure?: readonly Step[] | Unconfirmed }>(
  owner: T,
  duty: DutyReader,
): T => {
  const steps = known(owner.procedure);
  return steps ? { ...owner, procedure: withDuties(steps, duty) } : owner;
};

/** 「開始: 提出申請書（申請人）」 written with its key says as much as the same text written alone. */
function withDuties(steps: readonly Step[], duty: DutyReader): Step[] {
  return steps.map((step) => {
    const kind = STEP_KINDS.find((each) => step[each] !== undefined);
    const { words, ...rest } = kind ? duty(step[kind] ?? '', step.at[kind] ?? step.at.self) : { words: '' };
    const branches = known(step.branches)?.map((branch) => {
      const own = known(branch.value.steps);
      return own ? { ...branch, value: { ...branch.value, steps: withDuties(own, duty) } } : branch;
    });
    const parallel = known(step.parallel)?.map((way) => withDuties(way, duty));
    if (!branches && !parallel && (!kind || words === step[kind])) return step;
    return {
      ...rest,
      ...step,
      ...(kind ? { [kind]: words } : {}),
      ...(branches ? { branches } : {}),
      ...(parallel ? { parallel } : {}),
    };
  });
}

export type DutyReader = (words: string, span: Span) => Duty;

export function dutyReader(office?: Office): DutyReader {
  const role = roleReader(office);
  return (words, span) => {
    const brackets = bracket(words);
    const actors: Role[] = [];
    let limit: ReturnType<typeof readDuration> | undefined;
    const understood = brackets?.inside.every((piece) => {
      const time = durationIn(piece);
      if (time) limit = time;
      const who = time || !office ? undefined : attempt(() => role(piece, span));
      if (who) actors.push(located(who as object, span) as Role);
      return time !== undefined || who !== undefined;
    });
    if (!understood || !brackets) return { words };
    return { words: brackets.before, ...(actors.length > 0 ? { actor: actors } : {}), ...(limit ? { limit } : {}) };
  };
}

/** 「詳見網站」「如申請須知」: where the papers are named, and no paper. */
const ELSEWHERE =
  /^(?:請?[詳參逕]?[見閱如洽查]|詳細?請?[見閱如])[^，。；、（）]{0,12}(?:網站|官網|網頁|網址|須知|公告|簡章|規定|手冊|說明|承辦人員?|承辦單位|櫃台|服務台)(?:規定|所載|說明)?[。．]?$/;

/** 「身分證、健保卡（擇一）」: two of which one is enough; of more before 「（擇一）」 nobody can say how many it is said of. */
function chosenFrom(text: string, span: Span): Record<string, unknown> | undefined {
  const [, listed, before] = CHOSEN.exec(text) ?? [];
  const among = pieces(listed ?? before ?? '', span).flatMap((piece) => piece.text.split(/\s*或\s*/));
  if (listed === undefined ? among.length === 2 : among.length > 1)
    return { oneOf: among.map((each) => located(readDocument(each, span) as object, span)) };
  return before === undefined ? undefined : { name: text };
}

/** 「委託他人時：委任書（正本，1 份，3 個月內）」: when, what, its kind, how many, how fresh. */
const readDocument: Shorthand = (text, span) => {
  if (NONE.test(text))
    throw new Unreadable('wrong-type', {
      zh: `「${text}」應直接寫在「應備證件:」之後，不寫成清單。`,
      en: `Write "${text}" directly after the key, not as a list item.`,
    });
  const chosen = chosenFrom(text, span);
  if (chosen) return chosen;
  const prefixed = /^([^：:（(]{1,30})[：:]\s*(\S.*)$/.exec(text);
  const rest = prefixed?.[2] ?? text;
  if (ELSEWHERE.test(rest))
    throw new Unreadable(
      'wrong-type',
      {
        zh: `「${rest}」不是證件，只說別處寫了什麼；民眾要從這張紙就知道要帶什麼。`,
        en: `"${rest}" is no document but says where they are named; this very paper has to say what to bring.`,
      },
      {
        zh: '逐項寫出名稱，例如「申請書（正本，1 份）」「身分證（驗正本）」；還不知道的寫「待確認」，網址寫在「說明」。',
        en: 'Name each, such as 申請書（正本，1 份） or 身分證（驗正本）; what is not known is 待確認, an address goes into 說明 (note).',
      },
    );
  const fields: Record<string, unknown> = prefixed ? { condition: prefixed[1] } : {};
  const inside = lastBracket(rest);
  const both = inside && bothIn(inside.inside);
  if (inside && both) return { ...fields, name: inside.before, ...both };
  const brackets = bracket(rest);
  // 「戶口名簿（正本）或戶籍謄本（3 個月內）」: what is in the last brackets is said of the last alone.
  if (brackets && /[）)]\s*(?:或|及|和|與|、)/.test(brackets.before)) return { ...fields, name: rest };
  const others: string[] = [];
  let taken = 0;
  for (const piece of brackets?.inside ?? []) {
    const own = ofPiece(piece);
    // A second kind is another paper: what is in the brackets is said as it stands.
    if (own && Object.keys(own).some((key) => key in fields && key !== 'condition')) return { ...fields, name: rest };
    if (own && !('condition' in own && 'condition' in fields)) {
      Object.assign(fields, own);
      taken += 1;
    } else others.push(piece);
  }
  if (!brackets || taken === 0) return { ...fields, name: rest };
  return { ...fields, name: brackets.before, ...(others.length > 0 ? { note: others.join('、') } : {}) };
};

/** 「正本 1 份、影本 2 份」「正本及影本各 1 份」. */
function bothIn(inside: string): Record<string, unknown> | undefined {
  const [, copies, duplicates] = ORIGINAL_AND_COPY.exec(inside) ?? [];
  if (copies !== undefined && duplicates !== undefined)
    return { kind: 'original', copies: countOf(copies), duplicates: countOf(duplicates) };
  const [, each] = /^正本[及與和、]影本[，,]?各\s*([\d一二三四五六七八九十兩]+)\s*(?:份|張|件)$/.exec(inside) ?? [];
  return each === undefined ? undefined : { kind: 'both', copies: countOf(each) };
}

/** What a piece within the brackets says of a document: 影本 1 份, 3 個月內核發, 效期 6 個月以上, 委託他人時. */
function ofPiece(piece: string): Record<string, unknown> | undefined {
  // No kind of document with its number is longer.
  const counted =
    piece.length > 40
      ? null
      : /^(.*?)\s*(?:一式\s*)?([0-9０-９]+|[一二三四五六七八九十兩]+)\s*(份|張|件|頁|冊|本|套|幅|種)$/.exec(piece);
  const word = counted ? counted[1]?.trim() : piece;
  const kind = word ? DOCUMENT_KINDS[word] : undefined;
  const number = counted && (kind || !word) ? countOf(halfWidth(counted[2] ?? '')) : undefined;
  if (kind || number !== undefined)
    return {
      ...(kind ? { kind } : {}),
      ...(number === undefined ? {} : { [counted?.[3] === '種' ? 'kinds' : 'copies']: number }),
    };
  if (counted || piece.length > 80) return undefined;
  if (/^.{2,20}時(?:須?檢?附|才需要?)?$/.test(piece)) return { condition: piece.replace(/(?:須?檢?附|才需要?)$/, '') };
  const valid = /^效期(?:至少|尚有|須有|需有|仍有)*\s*(\S.*?)(?:以上)?$/.exec(piece)?.[1];
  const remaining = valid === undefined ? undefined : durationIn(valid);
  if (remaining) return { remaining };
  const fresh = durationIn(piece.replace(/^(?:最近|近)\s*/, '').replace(/(核發|申請|開立)(者|之.*)?$/, ''));
  return fresh && { fresh };
}

/** 「無」, 「無（本人親自到場）」, or the one document there is. */
const readDocuments: Shorthand = (text, span) => {
  if (NONE.test(text)) return { none: true };
  const remark = lastBracket(text);
  if (remark && NONE.test(remark.before)) return { none: true, note: remark.inside };
  return { items: [located(readDocument(text, span) as object, span)] };
};

/** 「判斷：文件齊備？（書記官，1 日）」: its kind, its words, who and how long. */
const stepReader = (duty: DutyReader): Shorthand => {
  return (text, span) => {
    const prefixed = /^([^：:（(\s]{1,8})[：:]\s*(\S.*)$/.exec(text);
    const kind = prefixed ? STEP_WORDS.get(prefixed[1] ?? '') : undefined;
    const { words, ...rest } = duty(kind ? (prefixed?.[2] ?? '') : text, span);
    return { [kind ?? (/[？?]$/.test(words) ? 'decision' : 'step')]: words, ...rest };
  };
};

/** 「書記官擬辦、分署長核定」: who does what; one who stands alone decides. */
const authorityReader = (role: Shorthand): Shorthand => {
  return (text, span) => {
    const fields: Record<string, Role[]> = {};
    // 「書記官→科長→分署長」: who prepares, who reviews, who decides.
    const way = /→/.test(text) ? pieces(text, span, '→') : [];
    const written = way.length > 1 ? way : pieces(text, span);
    for (const [i, piece] of written.entries()) {
      const ending = Object.keys(AUTHORITY_WORDS).find(
        (word) => piece.text.endsWith(word) && piece.text.length > word.length,
      );
      const inTurn = i === 0 ? 'prepare' : i < written.length - 1 ? 'review' : 'decide';
      const key = ending ? (AUTHORITY_WORDS[ending] ?? 'decide') : way.length > 1 ? inTurn : 'decide';
      const who = ending ? piece.text.slice(0, -ending.length).trim() : piece.text;
      fields[key] = [...(fields[key] ?? []), located(role(who, piece.span) as object, piece.span) as Role];
    }
    return fields;
  };
};

/** A part of the book: the file of a chapter, or a part that the program makes. */
const readPart: Shorthand = (text) => {
  if (/\.md$/i.test(text)) return { file: text };
  const found = Object.entries(partNames).find(([name, words]) => name === text || words.includes(text));
  if (found) return { part: found[0] };
  const near = nearest(text, Object.values(partNames).flat());
  throw new Unreadable(
    'unknown-reference',
    {
      zh: `「${text}」不是章節檔（.md），也不是程式編排的部分。`,
      en: `"${text}" is neither a chapter file (.md) nor a part of the book.`,
    },
    near
      ? { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` }
      : {
          zh: `可用的部分：${Object.values(partNames)
            .map((words) => words[0])
            .join('、')}。`,
          en: `Parts: ${Object.keys(partNames).join(', ')}.`,
        },
  );
};

/** 「網路 3 日」, its name as the field is called. A stage has a length of time, or it is none. */
const named =
  (field: string): Shorthand =>
  (text) => {
    const { name, ...how } = readNamedLimit(text);
    return { [field]: name, ...(how.immediate && field === 'name' ? { limit: readDuration(text) } : how) };
  };

/** 「97%（114 年）」. */
const readAchieved: Shorthand = (text) => {
  const found = lastBracket(text);
  const share = partOf(text, found?.before ?? text, readRate);
  return { share, ...(found ? { period: found.inside } : {}) };
};

/** 「停辦」「停辦：業務已移撥」「季節（每年 3 月至 5 月）」. */
const readStatus: Shorthand = (text, span) => {
  const [, from, ceased] = /^自?(.{5,14}日)起(停辦|停止辦理|暫停(?:辦理)?)$/.exec(text) ?? [];
  const day = from === undefined ? undefined : isoDate(from.trim());
  if (day !== undefined) return { ...(readStatus(ceased ?? '', span) as object), effective: day };
  const [, word = '', more = ''] = /^([^：:（(\s]+?)(?:辦理)?\s*(?:[：:（(]\s*([\s\S]*?)[）)]?)?$/.exec(text) ?? [];
  const state = Object.entries(STATES).find(([name, words]) => name === word || words.includes(word))?.[0];
  if (state === undefined)
    throw new Unreadable(
      'wrong-type',
      {
        zh: `這裡寫的是「${text.slice(0, 24)}」，應為停辦、暫停或季節。`,
        en: `This is "${text.slice(0, 24)}"; expected 停辦 (ceased), 暫停 (paused) or 季節 (seasonal).`,
      },
      {
        zh: '例如「停辦：業務已移撥」「季節：每年 3 月至 5 月」。',
        en: 'For example 停辦：業務已移撥, 季節：每年 3 月至 5 月.',
      },
    );
  const reason = more.trim();
  return { state, ...(reason === '' ? {} : { reason: reason, at: { self: span, reason: span } }) };
};

/** 「受理組，電話 02-2345-6789 分機 123」: what is no unit and no number is a remark. */
const readContact: Shorthand = (text) => {
  const parts =
    /^(?:([^\d：:，,、\s（(]{2,16})[：:，,、\s]*)??(?:(?:聯絡|洽詢)?電話[：:]?\s*)?(\(?0\d{1,3}\)?[-\s]?\d{3,4}[-\s]?\d{3,4})(?:[，,]?\s*(?:#|＃|分機|轉)[：:]?\s*(\d{1,6}))?$/.exec(
      text,
    );
  if (!parts?.[2]) return { note: text };
  const [, unit, telephone, extension] = parts;
  return { ...(unit ? { unit } : {}), telephone, ...(extension ? { extension } : {}) };
};

/** 「臨櫃：1 樓服務台」「網路：https://…」: by what, and where. */
const readChannel: Shorthand = (text) => {
  const [, name = '', rest = ''] = /^([^：:（(]{2,12})[：:]\s*(\S.*)$/.exec(text) ?? [];
  if (!BY_CHANNEL.test(name)) return { name: text };
  return /^https?:\/\/\S+$/.test(rest) ? { name, url: rest } : { name, place: rest };
};

/** 「執行一科，115年11月23日」: who, and when. */
const readConfirmed: Shorthand = (text) => {
  const parts = /^(.+?)[，,、（(\s]\s*([\d年月日.\-/民國中華\s]{7,20})[）)]?$/.exec(text);
  const day = parts?.[2] === undefined ? undefined : isoDate(parts[2].trim());
  return day === undefined ? { by: text } : { by: parts?.[1]?.trim(), date: day };
};

/** The domain languages by the names that the schemas use. Without an office, roles are taken as written. */
export function shorthandsFor(office?: Office): Record<string, Shorthand> {
  const role = roleReader(office);
  return {
    role,
    document: readDocument,
    step: stepReader(dutyReader(office)),
    authority: authorityReader(role),
    documents: readDocuments,
    duration: readDuration,
    deadline: readDeadline,
    stage: named('name'),
    byChannel: named('channel'),
    byCase: named('case'),
    statutory: readStatutory,
    correction: readCorrection,
    prolong: readProlong,
    money: readMoney,
    rate: readRate,
    quantity: readQuantity,
    fee: readFee,
    feeLine: readFeeLine,
    nth: readNth,
    surcharge: readSurcharge,
    discount: readDiscount,
    exemption: readExemption,
    payment: (text) => ({ means: text }),
    refund: (text) => ({ note: text }),
    formula: readFormula,
    achieved: readAchieved,
    status: readStatus,
    confirmed: readConfirmed,
    branch: (text) => ({ next: text }),
    link: (text) => ({ to: text }),
    applicant: (text) => ({ who: text }),
    channel: readChannel,
    result: (text) => ({ name: text }),
    remedy: (text) => ({ remedy: text }),
    contact: readContact,
    named: (text) => ({ name: text }),
    image: (text) => ({ file: text }),
    part: readPart,
  };
}

/** 「執行一科書記官」: office, unit and title as `office.yaml` names them. A person outside stands there as 當事人. */
function roleReader(office?: Office): Shorthand {
  const longestFirst = (names: readonly string[]): string[] => [...names].sort((a, b) => b.length - a.length);
  const namesOf = (list: unknown): string[] =>
    Array.isArray(list)
      ? list.flatMap((each: { name?: string; short?: string }) =>
          [each.name, each.short].filter((name) => name !== undefined),
        )
      : [];
  const offices = [...namesOf(office?.offices), ...[office?.name, office?.short].filter((name) => name !== undefined)];
  const units = namesOf(office?.units);
  const titles = known(office?.titles) ?? [];
  const parties = known(office?.parties) ?? [];
  const [officesFirst, unitsFirst] = [longestFirst(offices), longestFirst(units)];
  return (text) => {
    if (!office || parties.includes(text) || saysUnconfirmed(text) || isPlaceholder(text)) return { written: text };
    const inOffice = officesFirst.find((name) => text.startsWith(name));
    const afterOffice = inOffice ? text.slice(inOffice.length) : text;
    const unit = unitsFirst.find((name) => afterOffice.startsWith(name));
    const afterUnit = unit ? afterOffice.slice(unit.length) : afterOffice;
    // In another office units and titles are not ours to know.
    const title =
      titles.includes(afterUnit) || (inOffice && inOffice !== office.name && inOffice !== office.short)
        ? afterUnit
        : undefined;
    if ((afterUnit === '' && (inOffice || unit)) || title)
      return {
        written: text,
        ...(inOffice ? { office: inOffice } : {}),
        ...(unit ? { unit } : {}),
        ...(title ? { titles: [title] } : {}),
      };
    const near = nearest(text, [...units, ...titles, ...offices, ...parties]);
    const some = titles[0] ?? units[0];
    throw new Unreadable(
      'unknown-reference',
      {
        zh: `「${text}」不是 office.yaml 裡的單位、職稱、相關機關或當事人。`,
        en: `"${text}" is no unit, title, related office or party of office.yaml.`,
      },
      near
        ? { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` }
        : {
            zh: `改成 office.yaml 裡的名稱${some ? `（例如「${some}」）` : ''}，或把它加進「單位」「職稱」「相關機關」「當事人」。`,
            en: `Use a name from office.yaml${some ? `, such as "${some}"` : ''}, or add it there.`,
          },
    );
  };
}
