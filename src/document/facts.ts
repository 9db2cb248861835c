// A service's declared facts as they are printed: documents, fee, deadline, authority, steps and sources in words.
import { exits, type Flow, type FlowNode, roleText } from '../content/procedure.js';
import type {
  Authority,
  Deadline,
  Duration,
  Fee,
  FeeLine,
  Money,
  Rate,
  RequiredDocument,
  Role,
  Service,
} from '../content/schema/model.js';
import { type Citation, isUnconfirmed, known, saysUnconfirmed, type Unconfirmed } from '../content/schema/schema.js';
import { type Html, html, join } from '../core/html.js';
import { eachTongue, splitDoubts } from '../core/language.js';
import type { Kit } from './context.js';
import { citationText, mark } from './words.js';

/** What a service and each of its sub-services declare. */
export type Declared = Pick<Service, 'documents' | 'fee' | 'deadline' | 'authority'>;

type Open<T> = T | Unconfirmed | undefined;
type Texts = readonly (string | undefined | false)[];

const present = (texts: Texts): string[] => texts.filter((text): text is string => !!text);
const listed = (kit: Kit, texts: Texts): string => present(texts).join(kit.word('list-comma'));
/** Clauses in one line; a full stop before the separator falls away. */
export const clauses = (kit: Kit, texts: Texts): string =>
  present(texts)
    .map((text, i, all) => (i < all.length - 1 ? eachTongue(text, (each) => each.replace(/[。；;.]$/, '')) : text))
    .join(kit.word('clause-comma'));
const amongWords = (kit: Kit, list: Open<readonly string[]>): string =>
  isUnconfirmed(list) ? list.unconfirmed : listed(kit, list ?? []);

/** The author's words for a value with a domain language of its own. */
const printed = (value: Open<{ readonly printed: string }>): string =>
  value === undefined ? '' : isUnconfirmed(value) ? value.unconfirmed : value.printed;
const plain = (value: Open<string | number>): string =>
  value === undefined ? '' : isUnconfirmed(value) ? value.unconfirmed : String(value);
/** 「3 個月」→「3 個月內核發」; 待確認 keeps its text, with the name of what is not known before it. */
const worded = (
  kit: Kit,
  word: string,
  unknown: string,
  value: Open<string | number | { readonly printed: string }>,
): string => {
  if (value === undefined) return '';
  if (isUnconfirmed(value)) return kit.word('field', kit.word(unknown), value.unconfirmed);
  const text = typeof value === 'object' ? value.printed : String(value);
  return saysUnconfirmed(text) ? kit.word('field', kit.word(unknown), text) : kit.word(word, text);
};
const basisText = (kit: Kit, basis: readonly Citation[] | undefined): string =>
  basis && basis.length > 0 ? kit.word('field', kit.word('basis'), listed(kit, basis.map(citationText))) : '';

/** Text with every 待確認 in it marked, wherever in the text it stands. */
export function marked(text: string): Html {
  if (saysUnconfirmed(text)) return mark(text);
  return join(splitDoubts(text).map((part) => mark(part)));
}

/** A record without its legal bases, which are for the handbook. */
export function withoutBasis<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutBasis) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      key === 'basis' ? [] : [[key, key === 'at' ? inner : withoutBasis(inner)]],
    ),
  ) as T;
}

// ---------------------------------------------------------------- documents

export type DocumentGroup = { label?: string; documents: RequiredDocument[] };

/** The documents by condition: those always needed first, then each condition in the order of writing. */
export function documentGroups(_kit: Kit, { documents }: Pick<Declared, 'documents'>): DocumentGroup[] {
  const groups = new Map<string, RequiredDocument[]>([['', []]]);
  for (const document of known(known(documents)?.items) ?? []) {
    const condition = document.condition ?? '';
    groups.set(condition, [...(groups.get(condition) ?? []), document]);
  }
  return [...groups]
    .filter(([, list]) => list.length > 0)
    .map(([label, list]) => (label === '' ? { documents: list } : { label, documents: list }));
}

/** 正本、1 份、3 個月內核發. Empty when only the name is declared. */
export function documentDetails(kit: Kit, document: RequiredDocument): string {
  const { kind, copies, fresh, applicants, channel, order } = document;
  return listed(kit, [
    kind === undefined
      ? ''
      : isUnconfirmed(kind)
        ? kit.word('field', kit.word('document-kind'), kind.unconfirmed)
        : kit.word(`kind-${kind}`),
    worded(kit, 'copies-of', 'copies', copies),
    worded(
      kit,
      'issued-within',
      'issued',
      isUnconfirmed(fresh)
        ? fresh
        : fresh && eachTongue(fresh.printed, (text) => text.replace(/(之)?內(核發.*)?$/, '')),
    ),
    applicants === undefined ? '' : kit.word('only-applicants', amongWords(kit, applicants)),
    channel === undefined ? '' : kit.word('only-channel', amongWords(kit, channel)),
    worded(kit, 'filing-order', 'filing', order),
  ]);
}

/** The name of a document; a choice without a name of its own is 「下列擇一」. */
export const documentName = (kit: Kit, document: RequiredDocument): string =>
  document.name ?? (document.oneOf === undefined ? '' : kit.word('one-of'));

/** Everything declared of one document: name, details, alternatives, 免附, form, note. */
export function documentHtml(kit: Kit, document: RequiredDocument): Html {
  const { oneOf, waived, note, form } = document;
  const details = documentDetails(kit, document);
  const alternatives = known(oneOf) ?? [];
  const name = documentName(kit, document);
  return html`<span class="document-name">${marked(name)}</span>${
    details !== '' && html`<span class="document-details">${marked(kit.word('brackets', details))}</span>`
  }${
    document.name !== undefined && oneOf !== undefined && html` <span class="tag">${kit.word('one-of')}</span>`
  }${waived !== undefined && html` <span class="tag">${kit.word('waived')}</span>`}${
    isUnconfirmed(oneOf) && html` ${mark(oneOf)}`
  }${
    alternatives.length > 0 &&
    html`<ul class="alternatives">${alternatives.map((each) => html`<li>${documentHtml(kit, each)}</li>`)}</ul>`
  }${waived !== undefined && html`<span class="document-note">${marked(kit.word('waived-by', waived))}</span>`}${
    form !== undefined && html`<span class="document-note">${kit.word('form-of', formName(kit, form))}</span>`
  }${note !== undefined && html`<span class="document-note">${marked(note)}</span>`}`;
}

/** The title of a form of the book; its id when the book does not list it (lint says so). */
export function formName(kit: Kit, form: string): string {
  return (known(kit.handbook.book.forms) ?? []).find(({ id }) => id === form)?.name ?? form;
}

/** 4 項, 無, 待確認. */
export function documentsBrief(kit: Kit, { documents }: Pick<Declared, 'documents'>): string {
  if (documents === undefined) return kit.word('undeclared');
  if (isUnconfirmed(documents) || isUnconfirmed(documents.items) || isUnconfirmed(documents.none))
    return kit.word('unconfirmed');
  const items = documents.items ?? [];
  if (items.length === 0) return kit.word(documents.none === true ? 'none' : 'undeclared');
  const first = items.length === 1 ? items[0]?.name : undefined;
  if (first && saysUnconfirmed(first)) return kit.word('unconfirmed');
  return kit.word('pieces', items.length);
}

// ---------------------------------------------------------------- fee

export type FeeRow = {
  kind: 'line' | 'more' | 'surcharge' | 'discount' | 'exemption' | 'other';
  item: string;
  amount: string;
  per: string;
  note: string;
};

/** 每份 100 元, without saying 每份 twice. */
const moneyText = (money: Open<Money>, per = ''): string => {
  const text = printed(money);
  if (money === undefined || isUnconfirmed(money)) return text;
  const unit = per || (money.per ?? '');
  return unit === '' || text.includes(unit) ? text : `${unit} ${text}`;
};
/** The sum alone, where its unit has a column of its own. */
const sumText = (money: Open<Money>): string => {
  const text = printed(money);
  const per = known(money)?.per;
  return per && text.startsWith(per) ? text.slice(per.length).trim() : text;
};
const rateText = (kit: Kit, rate: Open<Rate>, base: string | undefined): string =>
  base && known(rate) ? kit.word('rate-of', base, printed(rate)) : printed(rate);

function lineBrief(kit: Kit, line: FeeLine): string {
  if (line.amount !== undefined) return moneyText(line.amount, line.per);
  if (line.rate !== undefined) return rateText(kit, line.rate, line.base);
  const tiers = line.tiers;
  if (isUnconfirmed(tiers)) return tiers.unconfirmed;
  const first = tiers?.[0];
  if (first) {
    const text = first.amount === undefined ? rateText(kit, first.rate, line.base) : moneyText(first.amount, line.per);
    return isUnconfirmed(first.amount ?? first.rate) ? text : kit.word('and-up', text);
  }
  return line.item ?? line.note ?? '';
}

/** 免費, 每份 100 元, 每 2 小時 20 元起等 3 項, 待確認. */
export function feeBrief(kit: Kit, fee: Open<Fee>): string {
  if (fee === undefined) return kit.word('undeclared');
  if (isUnconfirmed(fee) || isUnconfirmed(fee.free) || isUnconfirmed(fee.lines)) return kit.word('unconfirmed');
  const lines = fee.lines ?? [];
  if (fee.free) return lines.length > 0 ? kit.word('free-but', lines.length) : kit.word('free');
  const [first] = lines;
  if (!first) return kit.word('undeclared');
  const texts = lines.map((line) => lineBrief(kit, line));
  const sure = texts.filter((text) => !saysUnconfirmed(text));
  const [text] = sure;
  if (text === undefined) return kit.word('unconfirmed');
  if (lines.length === 1) return text;
  if (sure.length < lines.length) return kit.word('partly-unconfirmed', kit.word('and-others', text, lines.length));
  const sums = lines.map((line) => known(line.amount)?.amount);
  const least = sums[0] !== undefined && sums.every((sum) => sum !== undefined && sum >= (sums[0] as number));
  const equal = sums.every((sum) => sum === sums[0]);
  return kit.word('and-others', least && !equal ? kit.word('and-up', text) : text, lines.length);
}

function tierRange(kit: Kit, from: Open<number>, below: Open<number>): string {
  const number = (value: Open<number>): string =>
    typeof value === 'number' ? value.toLocaleString('en-US') : plain(value);
  if (from !== undefined && below !== undefined) return kit.word('tier-between', number(from), number(below));
  if (below !== undefined) return kit.word('tier-below', number(below));
  return from === undefined ? '' : kit.word('tier-from', number(from));
}

function lineRows(kit: Kit, line: FeeLine): FeeRow[] {
  const item = line.item ?? kit.word('fee');
  const per = line.per ?? known(line.amount)?.per ?? '';
  const tiers = line.tiers;
  const amount =
    line.amount !== undefined
      ? sumText(line.amount)
      : line.rate !== undefined
        ? rateText(kit, line.rate, line.base)
        : isUnconfirmed(tiers)
          ? tiers.unconfirmed
          : '';
  const rows: FeeRow[] = [
    {
      kind: 'line',
      item,
      amount: amount || (tiers === undefined ? '' : kit.word('by-tier')),
      per,
      note: clauses(kit, [
        line.condition,
        line.channel === undefined ? '' : kit.word('only-channel', amongWords(kit, line.channel)),
        line.base && line.rate === undefined ? kit.word('field', kit.word('fee-base'), line.base) : '',
        line.base && line.rate !== undefined && line.amount !== undefined
          ? kit.word('field', kit.word('fee-rate'), rateText(kit, line.rate, line.base))
          : '',
        line.rounding,
        worded(kit, 'at-least', 'least', line.least),
        worded(kit, 'at-most', 'most', line.most),
        line.times,
        line.note,
        basisText(kit, line.basis),
      ]),
    },
  ];
  const nth = line.fromNth;
  if (isUnconfirmed(nth))
    rows.push({ kind: 'more', item: kit.word('further'), amount: nth.unconfirmed, per: '', note: '' });
  else if (nth)
    rows.push({
      kind: 'more',
      item: worded(kit, 'from-nth', 'further', nth.nth) || kit.word('further'),
      amount: sumText(nth.amount),
      per: known(nth.amount)?.per ?? per,
      note: '',
    });
  for (const tier of known(tiers) ?? [])
    rows.push({
      kind: 'more',
      item: tierRange(kit, tier.from, tier.below),
      amount: tier.amount === undefined ? printed(tier.rate) : sumText(tier.amount),
      per: known(tier.amount)?.per ?? per,
      note: tier.amount !== undefined && tier.rate !== undefined ? printed(tier.rate) : '',
    });
  return rows;
}

/** Every fact about the fee, a row each; `other` rows have no amount and their text in `note`. */
export function feeRows(kit: Kit, fee: Open<Fee>): FeeRow[] {
  const row = (kind: FeeRow['kind'], item: string, amount: string, note = '', per = ''): FeeRow => ({
    kind,
    item,
    amount,
    per,
    note,
  });
  if (fee === undefined) return [];
  if (isUnconfirmed(fee)) return [row('line', kit.word('fee'), fee.unconfirmed)];
  const rows: FeeRow[] = [];
  /** A list of the fee, or its 待確認 as the only row. */
  const each = <T>(
    list: Open<readonly T[]>,
    kind: FeeRow['kind'],
    word: string,
    rowsOf: (entry: T) => FeeRow[],
  ): void => {
    if (isUnconfirmed(list)) rows.push(row(kind, kit.word(word), list.unconfirmed));
    else for (const entry of list ?? []) for (const each of rowsOf(entry)) rows.push(each);
  };
  if (isUnconfirmed(fee.free)) rows.push(row('line', kit.word('free'), fee.free.unconfirmed));
  else if (fee.free) rows.push(row('line', kit.word('fee'), kit.word('free')));
  each(fee.lines, 'line', 'fee', (line) => lineRows(kit, line));
  each(fee.surcharges, 'surcharge', 'surcharge', ({ item, perSaved, amount, note }) => [
    row(
      'surcharge',
      item ?? kit.word('surcharge'),
      sumText(amount),
      note ?? '',
      worded(kit, 'per-saved', 'saved', perSaved),
    ),
  ]);
  each(fee.discounts, 'discount', 'discount', ({ channel, extent, note, basis }) => [
    row(
      'discount',
      channel === undefined ? kit.word('discount') : kit.word('discount-for', amongWords(kit, channel)),
      extent ?? '',
      clauses(kit, [note, basisText(kit, basis)]),
    ),
  ]);
  each(fee.exemptions, 'exemption', 'exemption', ({ who, extent, except, note, basis }) => [
    row(
      'exemption',
      who ?? kit.word('exemption'),
      extent ?? kit.word('exempt'),
      clauses(kit, [except === undefined ? '' : kit.word('except', except), note, basisText(kit, basis)]),
    ),
  ]);
  const other = (word: string, text: string | undefined): void => {
    if (text) rows.push(row('other', kit.word(word), '', text));
  };
  other('payment', isUnconfirmed(fee.payment) ? fee.payment.unconfirmed : listed(kit, fee.payment ?? []));
  other('refund', fee.refund);
  other('currency', fee.currency);
  other('remark', fee.note);
  other('basis', listed(kit, (fee.basis ?? []).map(citationText)));
  return rows;
}

// ---------------------------------------------------------------- deadline

export type DeadlineRow = {
  kind:
    | 'limit'
    | 'target'
    | 'statutory'
    | 'stage'
    | 'channel'
    | 'case'
    | 'extra'
    | 'correction'
    | 'prolong'
    | 'open'
    | 'other';
  label: string;
  limit: string;
  note: string;
};

/** 隨到隨辦, 3 工作日, 引導 5 分鐘、辦畢 30 分鐘, 不定期限, 待確認. */
export function deadlineBrief(kit: Kit, deadline: Open<Deadline>): string {
  if (deadline === undefined) return kit.word('undeclared');
  if (isUnconfirmed(deadline)) return kit.word('unconfirmed');
  const { immediate, limit, stages, byCase, byChannel, target, statutory, open } = deadline;
  if (immediate === true) return kit.word('immediate');
  const lawful = known(known(statutory)?.limit);
  if (limit !== undefined) {
    if (!isUnconfirmed(limit)) return limit.printed;
    return lawful ? kit.word('unconfirmed-lawful', lawful.printed) : kit.word('unconfirmed');
  }
  const several = (
    list: Open<readonly { readonly limit?: Open<Duration> }[]>,
    nameOf: (index: number) => string | undefined,
  ): string | undefined => {
    if (list === undefined) return undefined;
    if (isUnconfirmed(list)) return kit.word('unconfirmed');
    const texts = list.map(({ limit: each }, i) =>
      present([nameOf(i), isUnconfirmed(each) ? kit.word('unconfirmed') : printed(each)]).join(' '),
    );
    return texts.length <= 2 ? listed(kit, texts) : kit.word('and-others', texts[0] ?? '', texts.length);
  };
  return (
    several(stages, (i) => known(stages)?.[i]?.name) ??
    several(byCase, (i) => known(byCase)?.[i]?.case) ??
    several(byChannel, (i) => known(byChannel)?.[i]?.channel) ??
    (target === undefined
      ? undefined
      : isUnconfirmed(target)
        ? kit.word('unconfirmed')
        : kit.word('target-of', target.printed)) ??
    (lawful ? kit.word('lawful', lawful.printed) : undefined) ??
    (isUnconfirmed(statutory) || isUnconfirmed(immediate) ? kit.word('unconfirmed') : undefined) ??
    (open === undefined ? undefined : kit.word(saysUnconfirmed(open) ? 'unconfirmed' : 'no-limit')) ??
    kit.word('undeclared')
  );
}

/** Every fact about the deadline, a row each; `open` and `other` rows have their text in `note`. */
export function deadlineRows(kit: Kit, deadline: Open<Deadline>): DeadlineRow[] {
  if (deadline === undefined) return [];
  const rows: DeadlineRow[] = [];
  const row = (kind: DeadlineRow['kind'], label: string, limit: string, ...notes: Texts): void => {
    rows.push({ kind, label, limit, note: clauses(kit, notes) });
  };
  if (isUnconfirmed(deadline)) {
    row('limit', kit.word('deadline'), deadline.unconfirmed);
    return rows;
  }
  const { immediate, limit, from, target, statutory, correction, prolong, stages, counting } = deadline;
  const counted = (text: string | undefined): string => worded(kit, 'counted-from', 'count-start', text);
  if (isUnconfirmed(immediate)) row('limit', kit.word('immediate'), immediate.unconfirmed);
  else if (immediate) row('limit', kit.word('deadline'), kit.word('immediate'), limit === undefined && counted(from));
  if (limit !== undefined) row('limit', kit.word('deadline'), printed(limit), counted(from));
  const alone = limit === undefined && immediate !== true;
  if (target !== undefined) row('target', kit.word('target'), printed(target), alone && counted(from));
  const lists = <T>(
    list: Open<readonly T[]>,
    kind: DeadlineRow['kind'],
    word: string,
    add: (entry: T) => void,
  ): void => {
    if (isUnconfirmed(list)) row(kind, kit.word(word), list.unconfirmed);
    else (list ?? []).forEach(add);
  };
  const first = known(stages)?.[0];
  lists(stages, 'stage', 'stages', (stage) =>
    row(
      'stage',
      stage.name ?? kit.word('stage'),
      printed(stage.limit),
      counted(stage.from ?? (stage === first && alone && target === undefined ? from : undefined)),
      stage.actor === undefined ? '' : kit.word('field', kit.word('actor'), rolesWithNotes(kit, stage.actor)),
      isUnconfirmed(stage.statutory)
        ? kit.word('field', kit.word('statutory'), stage.statutory.unconfirmed)
        : stage.statutory && kit.word('set-by-law'),
      stage.note,
      basisText(kit, stage.basis),
    ),
  );
  if (counting !== undefined)
    row(
      'other',
      kit.word('counting'),
      '',
      isUnconfirmed(counting) ? counting.unconfirmed : kit.word(`counting-${counting}`),
    );
  lists(deadline.byChannel, 'channel', 'by-channel', ({ channel, limit: each, note }) =>
    row('channel', channel ?? '', printed(each), note),
  );
  lists(deadline.byCase, 'case', 'by-case', (each) => row('case', each.case ?? '', printed(each.limit), each.note));
  lists(deadline.extra, 'extra', 'extra', (each) =>
    row(
      'extra',
      each.office ? kit.word('extra-for', each.office) : kit.word('extra'),
      known(each.limit) ? kit.word('added', printed(each.limit)) : printed(each.limit),
      each.case,
      each.note,
    ),
  );
  if (isUnconfirmed(correction)) row('correction', kit.word('correction'), correction.unconfirmed);
  else if (correction)
    row(
      'correction',
      kit.word('correction'),
      printed(correction.limit),
      correction.restart === undefined
        ? ''
        : isUnconfirmed(correction.restart)
          ? kit.word('field', kit.word('restart'), correction.restart.unconfirmed)
          : kit.word(correction.restart ? 'restarts' : 'restarts-not'),
      correction.note,
    );
  if (isUnconfirmed(prolong)) row('prolong', kit.word('prolong'), prolong.unconfirmed);
  else if (prolong)
    row(
      'prolong',
      kit.word('prolong'),
      printed(prolong.limit),
      worded(kit, 'times-most', 'prolong-times', prolong.times),
      prolong.note,
    );
  if (isUnconfirmed(statutory)) row('statutory', kit.word('statutory'), statutory.unconfirmed);
  else if (statutory)
    row(
      'statutory',
      kit.word('statutory'),
      printed(statutory.limit),
      counted(statutory.from),
      statutory.note,
      basisText(kit, statutory.basis),
    );
  if (deadline.open !== undefined) row('open', kit.word('no-limit'), '', deadline.open);
  const startUsed = !alone || target !== undefined || first !== undefined;
  if (from !== undefined && !startUsed) row('other', kit.word('count-start'), '', from);
  if (deadline.note !== undefined) row('other', kit.word('remark'), '', deadline.note);
  if (deadline.basis?.length) row('other', kit.word('basis'), '', listed(kit, deadline.basis.map(citationText)));
  return rows;
}

// ---------------------------------------------------------------- authority

export type AuthorityRow = {
  /** Empty where the service is decided in one stage. */
  stage: string;
  prepare: string;
  review: string;
  countersign: string;
  decide: string;
  note: string;
};

/** 書記官（限 3 萬元以下）、主任行政執行官. */
export const rolesWithNotes = (kit: Kit, roles: Open<readonly Role[]>): string =>
  roles === undefined
    ? ''
    : isUnconfirmed(roles)
      ? roles.unconfirmed
      : listed(
          kit,
          roles.map((role) => `${roleText(role)}${role.note === undefined ? '' : kit.word('brackets', role.note)}`),
        );

/** Who decides: 分署長, 待確認. */
export function authorityBrief(kit: Kit, authority: Open<Authority>): string {
  if (authority === undefined) return kit.word('undeclared');
  if (isUnconfirmed(authority) || isUnconfirmed(authority.stages)) return kit.word('unconfirmed');
  const deciders = [authority.decide, ...(authority.stages ?? []).map((stage) => stage.decide)].filter(
    (roles) => roles !== undefined,
  );
  if (deciders.length === 0) return kit.word('undeclared');
  const names = deciders.flatMap((roles) =>
    isUnconfirmed(roles)
      ? [kit.word('unconfirmed')]
      : roles.map((role) => (saysUnconfirmed(roleText(role)) ? kit.word('unconfirmed') : roleText(role))),
  );
  return listed(kit, [...new Set(names)]);
}

/** Who prepares, reviews, countersigns and decides: a row for the whole, or one a stage. */
export function authorityRows(kit: Kit, authority: Open<Authority>): AuthorityRow[] {
  const empty: AuthorityRow = { stage: '', prepare: '', review: '', countersign: '', decide: '', note: '' };
  if (authority === undefined) return [];
  if (isUnconfirmed(authority)) return [{ ...empty, decide: authority.unconfirmed }];
  const chain = (
    part: Pick<Authority, 'prepare' | 'review' | 'countersign' | 'decide'>,
    stage: string,
    note: string,
  ) => ({
    stage,
    prepare: rolesWithNotes(kit, part.prepare),
    review: rolesWithNotes(kit, part.review),
    countersign: rolesWithNotes(kit, part.countersign),
    decide: rolesWithNotes(kit, part.decide),
    note,
  });
  const { stages } = authority;
  const note = clauses(kit, [authority.note, basisText(kit, authority.basis)]);
  const rows: AuthorityRow[] = [];
  const own = chain(authority, '', note);
  if (own.prepare || own.review || own.countersign || own.decide || (stages === undefined && note !== ''))
    rows.push(own);
  if (isUnconfirmed(stages)) rows.push({ ...empty, stage: kit.word('stages'), decide: stages.unconfirmed });
  for (const stage of known(stages) ?? []) rows.push(chain(stage, stage.stage ?? '', stage.note ?? ''));
  if (note !== '' && rows[0] !== own) {
    const last = rows[rows.length - 1];
    if (last) last.note = clauses(kit, [last.note, note]);
  }
  return rows;
}

// ---------------------------------------------------------------- steps

export type StepRow = {
  /** 1-based, as in the chart. */
  number: number;
  kind: Exclude<FlowNode['kind'], 'fork' | 'join'>;
  text: string;
  actors: string;
  limit: string;
  note: string;
  /** Where the step leads, when that is not simply the next row: 「有理由 → 步驟 7」. */
  next: string[];
};

/** The steps of a procedure in the order of writing: the text alternative of its chart. */
export function stepRows(kit: Kit, flow: Flow): StepRow[] {
  const byId = new Map(flow.nodes.map((node) => [node.id, node]));
  /** Numbers of the steps an edge leads to: through the bars of a parallel part. */
  const numbers = (id: string, seen: ReadonlySet<string> = new Set()): number[] => {
    const node = byId.get(id);
    if (!node || seen.has(id)) return [];
    if (node.number !== undefined) return [node.number];
    return exits(flow, node).flatMap((edge) => numbers(edge.to, new Set([...seen, id])));
  };
  return flow.nodes.flatMap((node) => {
    const { kind, number, step } = node;
    if (number === undefined || kind === 'fork' || kind === 'join') return [];
    const out = exits(flow, node).map(({ to, label }) => ({
      label,
      to: numbers(to),
      parallel: byId.get(to)?.kind === 'fork',
    }));
    const [only] = out;
    const plainNext = out.length === 1 && !only?.label && only?.to.length === 1 && only.to[0] === number + 1;
    const next = plainNext
      ? []
      : out
          .filter(({ to }) => to.length > 0)
          .map(({ label, to, parallel }) => {
            const target = kit.word(parallel ? 'to-steps' : 'to-step', to.join(kit.word('list-comma')));
            return label ? kit.word('branch-to', label, target) : kit.word('goes-to', target);
          });
    const services = (known(step.services) ?? []).map(
      (id) => kit.services.find((service) => service.id === id)?.name ?? id,
    );
    return [
      {
        number,
        kind,
        text: node.text,
        actors: rolesWithNotes(kit, step.actor),
        limit: [
          printed(step.limit),
          step.from === undefined ? '' : kit.word('brackets', kit.word('counted-from', step.from)),
        ].join(''),
        note: clauses(kit, [
          step.note,
          step.receives === undefined ? '' : kit.word('field', kit.word('receives'), amongWords(kit, step.receives)),
          step.forms === undefined
            ? ''
            : kit.word(
                'form-of',
                isUnconfirmed(step.forms)
                  ? step.forms.unconfirmed
                  : listed(
                      kit,
                      step.forms.map((id) => formName(kit, id)),
                    ),
              ),
          services.length > 0 && kit.word('see-service', listed(kit, services)),
        ]),
        next,
      },
    ];
  });
}

// ---------------------------------------------------------------- sources

/** Every citation in a written record, however deep: its sources, those of its fields and its legal bases. */
export function citationsIn(record: unknown): Citation[] {
  const found: Citation[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const each of value) visit(each);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'at' || key === 'span' || key === 'source' || key === 'unread') continue;
      if (key === 'basis') for (const each of (inner ?? []) as Citation[]) found.push(each);
      else if (key === 'cited')
        for (const each of Object.values(inner as Record<string, Citation[]>).flat()) found.push(each);
      else visit(inner);
    }
  };
  visit(record);
  return found;
}

export type SourceRow = { text: string; url?: string; checked?: string };

/** The provisions and pages a record rests on, each once, in the order of writing. */
export function sourceRows(record: unknown): SourceRow[] {
  const rows = new Map<string, SourceRow>();
  for (const citation of citationsIn(record)) {
    const text = citationText(citation);
    const row = rows.get(text) ?? { text };
    if (citation.url && citation.url !== text) row.url ??= citation.url;
    if (citation.checked) row.checked ??= citation.checked;
    rows.set(text, row);
  }
  return [...rows.values()];
}

// ---------------------------------------------------------------- the office's standards

export type Standard = 'guide' | 'counter' | 'answer' | 'rings' | 'visits' | 'complaint';
export type StandardTile = { standard: Standard; label: string; value: string | Unconfirmed };

/** The office's service standards that it declares: what is promised and, in a few characters, how much. */
export function standardTiles(kit: Kit): StandardTile[] {
  const standards = known(kit.handbook.office.standards);
  if (!standards) return [];
  const within = (value: Open<Duration>): Open<string> =>
    value === undefined || isUnconfirmed(value) ? value : kit.word('within', value.printed);
  const times = (word: string, value: Open<number>): Open<string> =>
    value === undefined || isUnconfirmed(value) ? value : kit.word(word, value);
  const { guide, counter, answer, rings, visits, complaint } = standards;
  const tiles: [Standard, Open<string>][] = [
    ['guide', within(guide)],
    ['counter', within(counter)],
    ['answer', within(answer)],
    ['rings', times('rings-of', rings)],
    ['visits', times('visits-of', visits)],
    ['complaint', within(complaint)],
  ];
  return tiles.flatMap(([standard, value]) =>
    value === undefined ? [] : [{ standard, label: kit.word(`standard-${standard}`), value }],
  );
}
