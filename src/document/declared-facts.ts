// How the stamp of a sheet words what the content says: in tokens, in no language. This wording is never changed, for what
// was printed years ago is compared with it. What papers print is worded in `facts.ts`, and may be worded anew at any time.
import { hash } from 'node:crypto';
import { exits, type Flow, type FlowNode, roleText } from '../content/procedure.js';
import type {
  Authority,
  Deadline,
  Duration,
  Fee,
  FeeLine,
  Handbook,
  Money,
  Rate,
  RequiredDocument,
  Role,
  Service,
} from '../content/schema/model.js';
import { isUnconfirmed, known, saysUnconfirmed, type Unconfirmed } from '../content/schema/schema.js';

/** The content as it was written. */
export type Written = { readonly handbook: Handbook; readonly services: readonly Service[] };

/** What a fact is about. Of `chapter`, `rest` and `book` a long text is kept as a digest: it says only that it is another one. */
export const TOPICS = [
  'summary',
  'documents',
  'fee',
  'deadline',
  'authority',
  'steps',
  'ways',
  'office',
  'chapter',
  'rest',
  'book',
] as const;
export type Topic = (typeof TOPICS)[number];

/**
 * One declared fact: what it is about, of which sub-service, its name and what is said of it; for a step also where it
 * leads. The program's own words stand in it as tokens (`wordToken`), so that no change of words makes a sheet old.
 */
export type Fact = readonly [topic: Topic, of: string, name: string, text: string, next?: string];
/** The facts of one service; with an empty id those of the office. */
export type Section = { readonly id: string; readonly name: string; readonly facts: readonly Fact[] };

export const withRemark = (text: string, note: string): string =>
  note === '' ? text : text === '' ? note : `${text}${wordToken('brackets', note)}`;

/** Stands for a long text. */
export const digest = (text: string): string => hash('sha256', text, 'base64url').slice(0, 8);

// ---------------------------------------------------------------- words as tokens

const OPEN = '\u0001';
const NEXT = '\u0002';
const CLOSE = '\u0003';

/** A printed word of the program by its key, and what is filled in. */
export const wordToken = (key: string, ...values: readonly (string | number)[]): string =>
  `${OPEN}${[key, ...values].join(NEXT)}${CLOSE}`;

/** The text with every token put in words; tokens may stand within tokens. */
export function inWords(text: string, word: (key: string, ...values: string[]) => string): string {
  const open: string[][] = [['']];
  const add = (piece: string): void => {
    const top = open[open.length - 1] as string[];
    top[top.length - 1] += piece;
  };
  for (const c of text) {
    if (c === OPEN) open.push(['']);
    else if (c === NEXT) open[open.length - 1]?.push('');
    else if (c === CLOSE && open.length > 1) {
      const [key = '', ...values] = open.pop() as string[];
      add(word(key, ...values));
    } else add(c);
  }
  return open.flat().join('');
}

/** Where a step leads, with the numbers of the steps put as `of` says. */
export const renumbered = (next: string, of: (number: number) => number): string =>
  next.replace(STEP_TOKEN, (token) => token.replace(/\d+/g, (digits) => String(of(Number(digits)))));
const STEP_TOKEN = new RegExp(`${OPEN}to-steps?${NEXT}(?:[^${OPEN}${CLOSE}]|${OPEN}list-comma${CLOSE})*${CLOSE}`, 'g');

// ---------------------------------------------------------------- the words between

/** What a service and each of its sub-services declare. */
export type Declared = Pick<Service, 'documents' | 'fee' | 'deadline' | 'authority'>;

type Open<T> = T | Unconfirmed | undefined;
type Texts = readonly (string | undefined | false)[];

const present = (texts: Texts): string[] => texts.filter((text): text is string => !!text);
const listed = (texts: Texts): string => present(texts).join(wordToken('list-comma'));
/** Clauses in one line; a full stop before the separator falls away. */
export const clauses = (texts: Texts): string =>
  present(texts)
    .map((text, i, all) => (i < all.length - 1 ? text.replace(/[。；;.]$/, '') : text))
    .join(wordToken('clause-comma'));
const amongWords = (list: Open<readonly string[]>): string =>
  isUnconfirmed(list) ? list.unconfirmed : listed(list ?? []);

/** The author's words for a value with a domain language of its own. */
const printed = (value: Open<{ readonly printed: string }>): string =>
  value === undefined ? '' : isUnconfirmed(value) ? value.unconfirmed : value.printed;
const plain = (value: Open<string | number>): string =>
  value === undefined ? '' : isUnconfirmed(value) ? value.unconfirmed : String(value);
/** 「3 個月」→「3 個月內核發」; 待確認 keeps its text, with the name of what is not known before it. */
const worded = (word: string, unknown: string, value: Open<string | number | { readonly printed: string }>): string => {
  if (value === undefined) return '';
  if (isUnconfirmed(value)) return wordToken('field', wordToken(unknown), value.unconfirmed);
  const text = typeof value === 'object' ? value.printed : String(value);
  return saysUnconfirmed(text) ? wordToken('field', wordToken(unknown), text) : wordToken(word, text);
};

/** 正本、1 份、3 個月內核發. Empty when only the name is declared. */
export function documentDetails(document: RequiredDocument): string {
  const { kind, copies, fresh, applicants, channel, order } = document;
  return listed([
    kind === undefined
      ? ''
      : isUnconfirmed(kind)
        ? wordToken('field', wordToken('document-kind'), kind.unconfirmed)
        : wordToken(`kind-${kind}`),
    worded('copies-of', 'copies', copies),
    worded('issued-within', 'issued', isUnconfirmed(fresh) ? fresh : fresh?.printed.replace(/(之)?內(核發.*)?$/, '')),
    applicants === undefined ? '' : wordToken('only-applicants', amongWords(applicants)),
    channel === undefined ? '' : wordToken('only-channel', amongWords(channel)),
    worded('filing-order', 'filing', order),
  ]);
}

/** The name of a document; a choice without a name of its own is 「下列擇一」. */
export const documentName = (document: RequiredDocument): string =>
  document.name ?? (document.oneOf === undefined ? '' : wordToken('one-of'));

/** The title of a form of the book; its id when the book does not list it (lint says so). */
export function formName(kit: Written, form: string): string {
  return (known(kit.handbook.book.forms) ?? []).find(({ id }) => id === form)?.name ?? form;
}

/** 4 項, 無, 待確認. */
export function documentsBrief({ documents }: Pick<Declared, 'documents'>): string {
  if (documents === undefined) return wordToken('undeclared');
  if (isUnconfirmed(documents) || isUnconfirmed(documents.items) || isUnconfirmed(documents.none))
    return wordToken('unconfirmed');
  const items = documents.items ?? [];
  if (items.length === 0) return wordToken(documents.none === true ? 'none' : 'undeclared');
  const first = items.length === 1 ? items[0]?.name : undefined;
  if (first && saysUnconfirmed(first)) return wordToken('unconfirmed');
  return wordToken('pieces', items.length);
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
const rateText = (rate: Open<Rate>, base: string | undefined): string =>
  base && known(rate) ? wordToken('rate-of', base, printed(rate)) : printed(rate);

function lineBrief(line: FeeLine): string {
  if (line.amount !== undefined) return moneyText(line.amount, line.per);
  if (line.rate !== undefined) return rateText(line.rate, line.base);
  const tiers = line.tiers;
  if (isUnconfirmed(tiers)) return tiers.unconfirmed;
  const first = tiers?.[0];
  if (first) {
    const text = first.amount === undefined ? rateText(first.rate, line.base) : moneyText(first.amount, line.per);
    return isUnconfirmed(first.amount ?? first.rate) ? text : wordToken('and-up', text);
  }
  return line.item ?? line.note ?? '';
}

/** 免費, 每份 100 元, 每 2 小時 20 元起等 3 項, 待確認. */
export function feeBrief(fee: Open<Fee>): string {
  if (fee === undefined) return wordToken('undeclared');
  if (isUnconfirmed(fee) || isUnconfirmed(fee.free) || isUnconfirmed(fee.lines)) return wordToken('unconfirmed');
  const lines = fee.lines ?? [];
  if (fee.free) return lines.length > 0 ? wordToken('free-but', lines.length) : wordToken('free');
  const [first] = lines;
  if (!first) return wordToken('undeclared');
  const texts = lines.map((line) => lineBrief(line));
  const sure = texts.filter((text) => !saysUnconfirmed(text));
  const [text] = sure;
  if (text === undefined) return wordToken('unconfirmed');
  if (lines.length === 1) return text;
  if (sure.length < lines.length) return wordToken('partly-unconfirmed', wordToken('and-others', text, lines.length));
  const sums = lines.map((line) => known(line.amount)?.amount);
  const least = sums[0] !== undefined && sums.every((sum) => sum !== undefined && sum >= (sums[0] as number));
  const equal = sums.every((sum) => sum === sums[0]);
  return wordToken('and-others', least && !equal ? wordToken('and-up', text) : text, lines.length);
}

function tierRange(from: Open<number>, below: Open<number>): string {
  const number = (value: Open<number>): string =>
    typeof value === 'number' ? value.toLocaleString('en-US') : plain(value);
  if (from !== undefined && below !== undefined) return wordToken('tier-between', number(from), number(below));
  if (below !== undefined) return wordToken('tier-below', number(below));
  return from === undefined ? '' : wordToken('tier-from', number(from));
}

function lineRows(line: FeeLine): FeeRow[] {
  const item = line.item ?? wordToken('fee');
  const per = line.per ?? known(line.amount)?.per ?? '';
  const tiers = line.tiers;
  const amount =
    line.amount !== undefined
      ? sumText(line.amount)
      : line.rate !== undefined
        ? rateText(line.rate, line.base)
        : isUnconfirmed(tiers)
          ? tiers.unconfirmed
          : '';
  const rows: FeeRow[] = [
    {
      kind: 'line',
      item,
      amount: amount || (tiers === undefined ? '' : wordToken('by-tier')),
      per,
      note: clauses([
        line.condition,
        line.channel === undefined ? '' : wordToken('only-channel', amongWords(line.channel)),
        line.base && line.rate === undefined ? wordToken('field', wordToken('fee-base'), line.base) : '',
        line.base && line.rate !== undefined && line.amount !== undefined
          ? wordToken('field', wordToken('fee-rate'), rateText(line.rate, line.base))
          : '',
        line.rounding,
        worded('at-least', 'least', line.least),
        worded('at-most', 'most', line.most),
        line.times,
        line.note,
      ]),
    },
  ];
  const nth = line.fromNth;
  if (isUnconfirmed(nth))
    rows.push({ kind: 'more', item: wordToken('further'), amount: nth.unconfirmed, per: '', note: '' });
  else if (nth)
    rows.push({
      kind: 'more',
      item: worded('from-nth', 'further', nth.nth) || wordToken('further'),
      amount: sumText(nth.amount),
      per: known(nth.amount)?.per ?? per,
      note: '',
    });
  for (const tier of known(tiers) ?? [])
    rows.push({
      kind: 'more',
      item: tierRange(tier.from, tier.below),
      amount: tier.amount === undefined ? printed(tier.rate) : sumText(tier.amount),
      per: known(tier.amount)?.per ?? per,
      note: tier.amount !== undefined && tier.rate !== undefined ? printed(tier.rate) : '',
    });
  return rows;
}

/** Every fact about the fee, a row each; `other` rows have no amount and their text in `note`. */
export function feeRows(fee: Open<Fee>): FeeRow[] {
  const row = (kind: FeeRow['kind'], item: string, amount: string, note = '', per = ''): FeeRow => ({
    kind,
    item,
    amount,
    per,
    note,
  });
  if (fee === undefined) return [];
  if (isUnconfirmed(fee)) return [row('line', wordToken('fee'), fee.unconfirmed)];
  const rows: FeeRow[] = [];
  /** A list of the fee, or its 待確認 as the only row. */
  const each = <T>(
    list: Open<readonly T[]>,
    kind: FeeRow['kind'],
    word: string,
    rowsOf: (entry: T) => FeeRow[],
  ): void => {
    if (isUnconfirmed(list)) rows.push(row(kind, wordToken(word), list.unconfirmed));
    else rows.push(...(list ?? []).flatMap(rowsOf));
  };
  if (isUnconfirmed(fee.free)) rows.push(row('line', wordToken('free'), fee.free.unconfirmed));
  else if (fee.free) rows.push(row('line', wordToken('fee'), wordToken('free')));
  each(fee.lines, 'line', 'fee', (line) => lineRows(line));
  each(fee.surcharges, 'surcharge', 'surcharge', ({ item, perSaved, amount, note }) => [
    row(
      'surcharge',
      item ?? wordToken('surcharge'),
      sumText(amount),
      note ?? '',
      worded('per-saved', 'saved', perSaved),
    ),
  ]);
  each(fee.discounts, 'discount', 'discount', ({ channel, extent, note }) => [
    row(
      'discount',
      channel === undefined ? wordToken('discount') : wordToken('discount-for', amongWords(channel)),
      extent ?? '',
      note ?? '',
    ),
  ]);
  each(fee.exemptions, 'exemption', 'exemption', ({ who, extent, except, note }) => [
    row(
      'exemption',
      who ?? wordToken('exemption'),
      extent ?? wordToken('exempt'),
      clauses([except === undefined ? '' : wordToken('except', except), note]),
    ),
  ]);
  const other = (word: string, text: string | undefined): void => {
    if (text) rows.push(row('other', wordToken(word), '', text));
  };
  other('payment', isUnconfirmed(fee.payment) ? fee.payment.unconfirmed : listed(fee.payment ?? []));
  other('refund', fee.refund);
  other('currency', fee.currency);
  other('remark', fee.note);
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
export function deadlineBrief(deadline: Open<Deadline>): string {
  if (deadline === undefined) return wordToken('undeclared');
  if (isUnconfirmed(deadline)) return wordToken('unconfirmed');
  const { immediate, limit, stages, byCase, byChannel, target, statutory, open } = deadline;
  if (immediate === true) return wordToken('immediate');
  const lawful = known(known(statutory)?.limit);
  if (limit !== undefined) {
    if (!isUnconfirmed(limit)) return limit.printed;
    return lawful ? wordToken('unconfirmed-lawful', lawful.printed) : wordToken('unconfirmed');
  }
  const several = (
    list: Open<readonly { readonly limit?: Open<Duration> }[]>,
    nameOf: (index: number) => string | undefined,
  ): string | undefined => {
    if (list === undefined) return undefined;
    if (isUnconfirmed(list)) return wordToken('unconfirmed');
    const texts = list.map(({ limit: each }, i) =>
      present([nameOf(i), isUnconfirmed(each) ? wordToken('unconfirmed') : printed(each)]).join(' '),
    );
    return texts.length <= 2 ? listed(texts) : wordToken('and-others', texts[0] ?? '', texts.length);
  };
  return (
    several(stages, (i) => known(stages)?.[i]?.name) ??
    several(byCase, (i) => known(byCase)?.[i]?.case) ??
    several(byChannel, (i) => known(byChannel)?.[i]?.channel) ??
    (target === undefined
      ? undefined
      : isUnconfirmed(target)
        ? wordToken('unconfirmed')
        : wordToken('target-of', target.printed)) ??
    (lawful ? wordToken('lawful', lawful.printed) : undefined) ??
    (isUnconfirmed(statutory) || isUnconfirmed(immediate) ? wordToken('unconfirmed') : undefined) ??
    (open === undefined ? undefined : wordToken(saysUnconfirmed(open) ? 'unconfirmed' : 'no-limit')) ??
    wordToken('undeclared')
  );
}

/** Every fact about the deadline, a row each; `open` and `other` rows have their text in `note`. */
export function deadlineRows(deadline: Open<Deadline>): DeadlineRow[] {
  if (deadline === undefined) return [];
  const rows: DeadlineRow[] = [];
  const row = (kind: DeadlineRow['kind'], label: string, limit: string, ...notes: Texts): void => {
    rows.push({ kind, label, limit, note: clauses(notes) });
  };
  if (isUnconfirmed(deadline)) {
    row('limit', wordToken('deadline'), deadline.unconfirmed);
    return rows;
  }
  const { immediate, limit, from, target, statutory, correction, prolong, stages, counting } = deadline;
  const counted = (text: string | undefined): string => worded('counted-from', 'count-start', text);
  if (isUnconfirmed(immediate)) row('limit', wordToken('immediate'), immediate.unconfirmed);
  else if (immediate) row('limit', wordToken('deadline'), wordToken('immediate'), limit === undefined && counted(from));
  if (limit !== undefined) row('limit', wordToken('deadline'), printed(limit), counted(from));
  const alone = limit === undefined && immediate !== true;
  if (target !== undefined) row('target', wordToken('target'), printed(target), alone && counted(from));
  const lists = <T>(
    list: Open<readonly T[]>,
    kind: DeadlineRow['kind'],
    word: string,
    add: (entry: T) => void,
  ): void => {
    if (isUnconfirmed(list)) row(kind, wordToken(word), list.unconfirmed);
    else (list ?? []).forEach(add);
  };
  const first = known(stages)?.[0];
  lists(stages, 'stage', 'stages', (stage) =>
    row(
      'stage',
      stage.name ?? wordToken('stage'),
      printed(stage.limit),
      counted(stage.from ?? (stage === first && alone && target === undefined ? from : undefined)),
      stage.actor === undefined ? '' : wordToken('field', wordToken('actor'), rolesWithNotes(stage.actor)),
      isUnconfirmed(stage.statutory)
        ? wordToken('field', wordToken('statutory'), stage.statutory.unconfirmed)
        : stage.statutory && wordToken('set-by-law'),
      stage.note,
    ),
  );
  if (counting !== undefined)
    row(
      'other',
      wordToken('counting'),
      '',
      isUnconfirmed(counting) ? counting.unconfirmed : wordToken(`counting-${counting}`),
    );
  lists(deadline.byChannel, 'channel', 'by-channel', ({ channel, limit: each, note }) =>
    row('channel', channel ?? '', printed(each), note),
  );
  lists(deadline.byCase, 'case', 'by-case', (each) => row('case', each.case ?? '', printed(each.limit), each.note));
  lists(deadline.extra, 'extra', 'extra', (each) =>
    row(
      'extra',
      each.office ? wordToken('extra-for', each.office) : wordToken('extra'),
      known(each.limit) ? wordToken('added', printed(each.limit)) : printed(each.limit),
      each.case,
      each.note,
    ),
  );
  if (isUnconfirmed(correction)) row('correction', wordToken('correction'), correction.unconfirmed);
  else if (correction)
    row(
      'correction',
      wordToken('correction'),
      printed(correction.limit),
      correction.restart === undefined
        ? ''
        : isUnconfirmed(correction.restart)
          ? wordToken('field', wordToken('restart'), correction.restart.unconfirmed)
          : wordToken(correction.restart ? 'restarts' : 'restarts-not'),
      correction.note,
    );
  if (isUnconfirmed(prolong)) row('prolong', wordToken('prolong'), prolong.unconfirmed);
  else if (prolong)
    row(
      'prolong',
      wordToken('prolong'),
      printed(prolong.limit),
      worded('times-most', 'prolong-times', prolong.times),
      prolong.note,
    );
  if (isUnconfirmed(statutory)) row('statutory', wordToken('statutory'), statutory.unconfirmed);
  else if (statutory)
    row('statutory', wordToken('statutory'), printed(statutory.limit), counted(statutory.from), statutory.note);
  if (deadline.open !== undefined) row('open', wordToken('no-limit'), '', deadline.open);
  const startUsed = !alone || target !== undefined || first !== undefined;
  if (from !== undefined && !startUsed) row('other', wordToken('count-start'), '', from);
  if (deadline.note !== undefined) row('other', wordToken('remark'), '', deadline.note);
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
export const rolesWithNotes = (roles: Open<readonly Role[]>): string =>
  roles === undefined
    ? ''
    : isUnconfirmed(roles)
      ? roles.unconfirmed
      : listed(
          roles.map((role) => `${roleText(role)}${role.note === undefined ? '' : wordToken('brackets', role.note)}`),
        );

/** Who decides: 分署長, 待確認. */
export function authorityBrief(authority: Open<Authority>): string {
  if (authority === undefined) return wordToken('undeclared');
  if (isUnconfirmed(authority) || isUnconfirmed(authority.stages)) return wordToken('unconfirmed');
  const deciders = [authority.decide, ...(authority.stages ?? []).map((stage) => stage.decide)].filter(
    (roles) => roles !== undefined,
  );
  if (deciders.length === 0) return wordToken('undeclared');
  const names = deciders.flatMap((roles) =>
    isUnconfirmed(roles)
      ? [wordToken('unconfirmed')]
      : roles.map((role) => (saysUnconfirmed(roleText(role)) ? wordToken('unconfirmed') : roleText(role))),
  );
  return listed([...new Set(names)]);
}

/** Who prepares, reviews, countersigns and decides: a row for the whole, or one a stage. */
export function authorityRows(authority: Open<Authority>): AuthorityRow[] {
  const empty: AuthorityRow = { stage: '', prepare: '', review: '', countersign: '', decide: '', note: '' };
  if (authority === undefined) return [];
  if (isUnconfirmed(authority)) return [{ ...empty, decide: authority.unconfirmed }];
  const chain = (
    part: Pick<Authority, 'prepare' | 'review' | 'countersign' | 'decide'>,
    stage: string,
    note: string,
  ) => ({
    stage,
    prepare: rolesWithNotes(part.prepare),
    review: rolesWithNotes(part.review),
    countersign: rolesWithNotes(part.countersign),
    decide: rolesWithNotes(part.decide),
    note,
  });
  const { stages } = authority;
  const note = authority.note ?? '';
  const rows: AuthorityRow[] = [];
  const own = chain(authority, '', note);
  if (own.prepare || own.review || own.countersign || own.decide || (stages === undefined && note !== ''))
    rows.push(own);
  if (isUnconfirmed(stages)) rows.push({ ...empty, stage: wordToken('stages'), decide: stages.unconfirmed });
  for (const stage of known(stages) ?? []) rows.push(chain(stage, stage.stage ?? '', stage.note ?? ''));
  if (note !== '' && rows[0] !== own) {
    const last = rows[rows.length - 1];
    if (last) last.note = clauses([last.note, note]);
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
export function stepRows(kit: Written, flow: Flow): StepRow[] {
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
            const target = wordToken(parallel ? 'to-steps' : 'to-step', to.join(wordToken('list-comma')));
            return label ? wordToken('branch-to', label, target) : wordToken('goes-to', target);
          });
    const services = (known(step.services) ?? []).map(
      (id) => kit.services.find((service) => service.id === id)?.name ?? id,
    );
    return [
      {
        number,
        kind,
        text: node.text,
        actors: rolesWithNotes(step.actor),
        limit: [
          printed(step.limit),
          step.from === undefined ? '' : wordToken('brackets', wordToken('counted-from', step.from)),
        ].join(''),
        note: clauses([
          step.note,
          step.receives === undefined ? '' : wordToken('field', wordToken('receives'), amongWords(step.receives)),
          step.forms === undefined
            ? ''
            : wordToken(
                'form-of',
                isUnconfirmed(step.forms) ? step.forms.unconfirmed : listed(step.forms.map((id) => formName(kit, id))),
              ),
          services.length > 0 && wordToken('see-service', listed(services)),
        ]),
        next,
      },
    ];
  });
}

// ---------------------------------------------------------------- sources

// ---------------------------------------------------------------- the office's standards

export type Standard = 'guide' | 'counter' | 'answer' | 'rings' | 'visits' | 'complaint';
export type StandardTile = { standard: Standard; label: string; value: string | Unconfirmed };

/** The office's service standards that it declares: what is promised and, in a few characters, how much. */
export function standardTiles(kit: Written): StandardTile[] {
  const standards = known(kit.handbook.office.standards);
  if (!standards) return [];
  const within = (value: Open<Duration>): Open<string> =>
    value === undefined || isUnconfirmed(value) ? value : wordToken('within', value.printed);
  const times = (word: string, value: Open<number>): Open<string> =>
    value === undefined || isUnconfirmed(value) ? value : wordToken(word, value);
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
    value === undefined ? [] : [{ standard, label: wordToken(`standard-${standard}`), value }],
  );
}
