// The schema of a fee: sums, shares and formulas, what is charged, added and let off, how it is paid and paid back.
import { kindOf } from '../fee-clauses.js';
import { chinese, KEYS } from '../keys.js';
import { duration } from './procedure.js';
import { citation, list, record } from './record.js';
import { choice, count, day, flag, measure, shorthand, text } from './scalars.js';
import { doc, type Fields, type RecordOf, type Shape } from './schema.js';
import { type Entry, listMeant, pieces, type Tree } from './tree.js';

/**
 * A sum: value in units of the fee's currency, `per` such as 每份. `most`: the end of a frame that begins with `amount`;
 * `open`: it begins with `amount` and nothing says where it ends (30 元起). `currency` where it is not Taiwan's.
 * `printed` is the author's text.
 */
export type Money = {
  readonly amount: number;
  readonly most?: number;
  readonly open?: true;
  readonly per?: string;
  readonly currency?: string;
  readonly printed: string;
};
const money = (examples?: readonly [string, string]): Shape<Money, true> =>
  shorthand('money', doc('金額（例如 100 元）', 'an amount such as 100 元'), examples);
/** 人數 × 筆數 × 20 元: what is multiplied, of each part that is added. Quantities have a name, numbers are numbers. */
export type Formula = { readonly sum: readonly (readonly (string | number)[])[]; readonly printed: string };
/** A share of a base: 1‰ is 0.001. */
export type Rate = { readonly share: number; readonly printed: string };

const tierFields = {
  from: {
    shape: shorthand<number>('quantity', doc('起始數（例如 0）', 'a quantity')),
    doc: doc('以上（含）', 'from, inclusive'),
  },
  below: {
    shape: shorthand<number>('quantity', doc('終止數（例如 10000）', 'a quantity')),
    doc: doc('未滿（不含）', 'below, exclusive'),
  },
  amount: { shape: money(), doc: doc('金額', 'amount') },
  rate: { shape: shorthand<Rate>('rate', doc('費率（例如 1‰、千分之一）', 'a rate')), doc: doc('費率', 'rate') },
} as const satisfies Fields;
const tiers = list(record(tierFields, { expected: doc('級距', 'a tier') }));
/** 「未滿 10,000 元：免費」「10,000 元以上：1‰」「10,000 元以上未滿 50,000 元：200 元」: a tier in a line. */
const TIER = /^(?:(\S.{0,24}?)\s*以上)?[，,、]?\s*(?:未滿\s*(\S.{0,24}?))?\s*[：:]\s*(\S.*)$/;
const tierMeant = (tree: Tree): Tree => {
  if (tree.kind !== 'scalar' || tree.text.length > 120) return tree;
  const [, from, below, sum] = TIER.exec(tree.text.trim()) ?? [];
  if ((from ?? below) === undefined || sum === undefined) return tree;
  const { source, start, end } = tree.span;
  const entry = (key: string, text: string): Entry => {
    const at = source.text.indexOf(text, start);
    const span = at === -1 || at >= end ? tree.span : { source, start: at, end: at + text.length };
    return { key: chinese(key), keySpan: tree.span, value: { kind: 'scalar', text, span } };
  };
  return {
    kind: 'map',
    entries: [
      ...(from === undefined ? [] : [entry('from', from)]),
      ...(below === undefined ? [] : [entry('below', below)]),
      entry(/[%‰]|分之/.test(sum) ? 'rate' : 'amount', sum),
    ],
    span: tree.span,
  };
};
const tierList: typeof tiers = {
  ...tiers,
  read(written, reading) {
    const tree = listMeant(written);
    const items = tree.kind === 'list' ? tree.items : [tree];
    return tiers.read({ kind: 'list', items: items.map(tierMeant), span: tree.span }, reading);
  },
};
/** From which day and until which something holds. */
export const validFields = {
  effective: { shape: day(), doc: doc('自哪一天起適用', 'first day'), example: '115年1月1日' },
  until: { shape: day(), doc: doc('適用到哪一天', 'last day'), example: '115年12月31日' },
} as const satisfies Fields;
/** What a price, an addition or a relief may say of when it holds. */
const heldFields = {
  charged: { shape: list(text(), { split: true }), doc: doc('適用哪些收費項目', 'for which charges') },
  condition: { shape: text(), doc: doc('適用情形', 'when') },
  channel: { shape: list(text(), { split: true }), doc: doc('適用的申請方式', 'channels') },
  ...validFields,
} as const satisfies Fields;
const nthFields = {
  nth: { shape: count(), doc: doc('第幾份起', 'from the nth'), example: '2' },
  amount: { shape: money(), doc: doc('金額', 'amount') },
} as const satisfies Fields;
const lineFields = {
  item: { shape: text(), doc: doc('收費項目名稱', 'what is charged'), example: '影印' },
  amount: { shape: money(), doc: doc('金額', 'amount'), example: '2 元' },
  per: { shape: measure('per'), doc: doc('計費單位：每份、每張、每頁、每 2 小時…', 'unit of charge'), example: '每頁' },
  fromNth: {
    shape: record(nthFields, { expected: doc('續份收費', 'charge from the nth'), short: 'nth' }),
    doc: doc('自第幾份起另計', 'from the nth copy'),
  },
  formula: {
    shape: shorthand<Formula>(
      'formula',
      doc('計算式（例如 人數 × 筆數 × 20 元）', 'a formula such as 人數 × 筆數 × 20 元'),
    ),
    doc: doc('由幾個數量相乘、相加算出：人數 × 筆數 × 20 元', 'of named quantities: 人數 × 筆數 × 20 元'),
    example: '人數 × 筆數 × 20 元',
  },
  base: { shape: text(), doc: doc('級距或費率的計費基礎', 'what tiers or rate are counted on') },
  tiers: {
    shape: tierList,
    doc: doc('依數量或價額分級', 'by tier of quantity or value'),
  },
  rate: {
    shape: shorthand<Rate>('rate', doc('費率（例如 1‰、千分之一）', 'a rate')),
    doc: doc('費率', 'rate'),
    example: '1‰',
  },
  rounding: { shape: text(), doc: doc('尾數如何處理', 'rounding') },
  begun: {
    shape: choice({
      whole: ['以一單位計', '以一計', '計一單位'],
      none: ['不計', '免計'],
      share: ['按比例計', '比例計算'],
    }),
    doc: doc('不足一個計費單位（例如不足一個月）怎麼算', 'what a unit that has only begun counts for'),
    example: '以一單位計',
  },
  least: { shape: money(['20 元', '1,000 元']), doc: doc('最低收費', 'minimum') },
  most: { shape: money(['900 元', '5,000 元']), doc: doc('最高收費', 'maximum') },
  times: { shape: text(), doc: doc('加倍收費，例如 彩色為 5 倍', 'multiple of the amount') },
  condition: heldFields.condition,
  channel: heldFields.channel,
  onlyAt: { shape: list(text(), { split: true }), doc: doc('只有這些機關或據點這樣收', 'only at these offices') },
  effective: heldFields.effective,
  until: heldFields.until,
  basis: { shape: list(citation()), doc: doc('收費依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
export type FeeLine = RecordOf<typeof lineFields>;
const surchargeFields = {
  item: { shape: text(), doc: doc('加收項目', 'surcharge') },
  perSaved: { shape: duration(), doc: doc('每提前多久', 'per time saved') },
  amount: { shape: money(), doc: doc('加收金額', 'amount') },
  rate: {
    shape: shorthand<Rate>('rate', doc('費率（例如 50%）', 'a rate')),
    doc: doc('加收幾成', 'share'),
    example: '50%',
  },
  times: { shape: text(), doc: doc('倍數，例如 加倍、2 倍', 'multiple') },
  per: { shape: measure('per'), doc: doc('計費單位', 'unit of charge'), example: '每件' },
  most: { shape: money(['900 元', '5,000 元']), doc: doc('最高加收', 'maximum') },
  ...heldFields,
  basis: { shape: list(citation()), doc: doc('依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
export type Surcharge = RecordOf<typeof surchargeFields>;
const discountFields = {
  channel: { shape: list(text(), { split: true }), doc: doc('哪一種申請方式', 'channel') },
  extent: { shape: text(), doc: doc('優惠內容，例如 9 折、減收 20 元', 'extent'), required: true },
  charged: heldFields.charged,
  condition: heldFields.condition,
  per: { shape: measure('per'), doc: doc('計費單位', 'unit of charge'), example: '每件' },
  most: { shape: money(['900 元', '5,000 元']), doc: doc('最高減收', 'maximum') },
  effective: heldFields.effective,
  until: heldFields.until,
  basis: { shape: list(citation()), doc: doc('依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const exemptionFields = {
  who: { shape: text(), doc: doc('什麼人或什麼情形', 'who or when'), required: true },
  extent: { shape: text(), doc: doc('免收、減半…', 'extent'), example: '免收' },
  except: { shape: text(), doc: doc('不適用減免的例外', 'exceptions to the exemption') },
  ...heldFields,
  per: { shape: measure('per'), doc: doc('計算減免的單位', 'unit'), example: '每人' },
  times: { shape: text(), doc: doc('次數或倍數，例如 每年 1 次', 'how often, or a multiple') },
  most: { shape: money(['900 元', '5,000 元']), doc: doc('最高減免', 'maximum') },
  basis: { shape: list(citation()), doc: doc('依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const refundFields = {
  situation: { shape: text(), doc: doc('什麼情形', 'when'), example: '申請人撤回' },
  refunded: { shape: text(), doc: doc('退還多少', 'what is paid back'), example: '全額' },
  deducted: { shape: text(), doc: doc('扣除什麼', 'what is kept'), example: '已支出的郵資' },
  basis: { shape: list(citation()), doc: doc('依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
export type Refund = RecordOf<typeof refundFields>;
const paymentFields = {
  means: { shape: text(), doc: doc('怎麼繳，例如 現金、信用卡', 'how to pay'), required: true, example: '現金' },
  channel: { shape: list(text(), { split: true }), doc: doc('哪一種申請方式', 'for which channels') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
/** 「低收入戶半價、身心障礙者免費」: several in a line, where each piece says what is added or let off. */
function severalInLine<T>(item: Shape<T, true>): Shape<readonly T[], true> {
  const all = list(item);
  return {
    ...all,
    read(tree, reading) {
      const written = tree.kind === 'list' ? tree.items : [tree];
      const items = written.flatMap((each): Tree[] => {
        const cut = each.kind === 'scalar' ? pieces(each.text, each.span) : [];
        const several = cut.length > 1 && cut.every(({ text: piece }) => kindOf(piece) !== undefined);
        return several ? cut.map((piece) => ({ kind: 'scalar', ...piece })) : [each];
      });
      return all.read({ kind: 'list', items, span: tree.span }, reading);
    },
  };
}
const feeFields = {
  free: { shape: flag(), doc: doc('免費', 'free of charge') },
  lines: {
    shape: list(record(lineFields, { expected: doc('一項收費', 'a fee line'), short: 'feeLine', headAs: 'item' })),
    doc: doc('各項收費', 'fee lines'),
  },
  surcharges: {
    shape: severalInLine(
      record(surchargeFields, { expected: doc('加收', 'a surcharge'), short: 'surcharge', headAs: 'item' }),
    ),
    doc: doc('加收（速件）', 'surcharges'),
  },
  discounts: {
    shape: severalInLine(record(discountFields, { expected: doc('優惠', 'a discount'), short: 'discount' })),
    doc: doc('優惠', 'discounts'),
  },
  exemptions: {
    shape: severalInLine(record(exemptionFields, { expected: doc('減免', 'an exemption'), short: 'exemption' })),
    doc: doc('減免及其例外', 'exemptions'),
  },
  refund: {
    shape: list(record(refundFields, { expected: doc('退費', 'a refund'), short: 'refund' })),
    doc: doc('退費：什麼情形、退還多少、扣除什麼', 'refunds'),
  },
  currency: { shape: text(), doc: doc('幣別；未寫為新臺幣', 'currency; New Taiwan dollar when omitted') },
  payment: {
    shape: list(record(paymentFields, { expected: doc('繳費方式', 'a way to pay'), short: 'payment' })),
    doc: doc('繳費方式，各申請方式不同的分開寫', 'how to pay, by channel where that differs'),
  },
  basis: { shape: list(citation()), doc: doc('收費依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
export type Fee = RecordOf<typeof feeFields>;
const feeItem = record(feeFields, {
  expected: doc('規費（例如 免費、每份 100 元）', 'a fee such as 免費 or 每份 100 元'),
  short: 'fee',
  listAs: 'lines',
});

const spellings = (fields: Fields): Set<string> =>
  new Set(Object.keys(fields).flatMap((key) => [key, ...(KEYS[key] ?? [])]));
const OF_FEE = spellings(feeFields);
const OF_LINE = spellings(lineFields);
const isLines = (key: string): boolean => key === 'lines' || KEYS.lines?.includes(key) === true;

/**
 * As clerks write it: 「急件加收 300 元」「低收入戶免收」 in a list of charges is no charge of its own; {金額: 100 元, 單位: 每份}
 * is the only one.
 */
function asMeant(written: Tree): Tree {
  const tree = listMeant(written.kind === 'scalar' ? withLaterCopies(written) : written);
  if (tree.kind === 'list') {
    const entries = sorted(tree);
    return entries.length > 1 ? { kind: 'map', entries, span: tree.span } : tree;
  }
  if (tree.kind !== 'map') return tree;
  const priced = pricesIn(tree);
  if (priced) return priced;
  const lines = tree.entries.find(({ key }) => isLines(key));
  if (lines?.value.kind === 'list') {
    const [own, ...others] = sorted(lines.value, lines);
    if (own && others.length > 0)
      return {
        ...tree,
        entries: joined([...tree.entries.flatMap((entry) => (entry === lines ? [own] : [entry])), ...others]),
      };
  }
  const ofLine = tree.entries.filter(({ key }) => OF_LINE.has(key) && !OF_FEE.has(key));
  if (lines || ofLine.length === 0) return tree;
  const line: Tree = { kind: 'map', entries: ofLine, span: tree.span };
  return {
    ...tree,
    entries: [
      { key: chinese('lines'), keySpan: tree.span, value: { kind: 'list', items: [line], span: tree.span } },
      ...tree.entries.filter((entry) => !ofLine.includes(entry)),
    ],
  };
}

/** 「第 2 份起每份 20 元」 on a line of its own belongs to the charge above it. */
const withLaterCopies = (tree: Tree & { kind: 'scalar' }): Tree => ({
  ...tree,
  text: tree.text.replace(
    /[，,；;]?[ \t]*\r?\n[ \t]*(?=自?第\s*[\d一二三四五六七八九十]{1,3}\s*[^\s\d]{1,2}起)/g,
    '，',
  ),
});

/** {臨櫃: 100 元, 線上: 50 元}: a charge each. */
function pricesIn({ entries, span }: Tree & { kind: 'map' }): Tree | undefined {
  const items = entries.flatMap(({ key, value }): Tree[] =>
    !OF_FEE.has(key) && !OF_LINE.has(key) && value.kind === 'scalar' && /[元圓$]|免[費收]/.test(value.text)
      ? [{ kind: 'scalar', text: `${key}：${value.text.trim()}`, span: value.span }]
      : [],
  );
  return items.length > 0 && items.length === entries.length ? { kind: 'list', items, span } : undefined;
}

/** What was sorted out beside what stands under its own key. */
function joined(entries: readonly Entry[]): Entry[] {
  const found: Entry[] = [];
  for (const entry of entries) {
    const before = found.find(({ key }) => key === entry.key || KEYS[entry.key]?.includes(key));
    if (!before || entry.value.kind !== 'list') found.push(entry);
    else
      found[found.indexOf(before)] = {
        ...before,
        value: {
          kind: 'list',
          items: [...(before.value.kind === 'list' ? before.value.items : [before.value]), ...entry.value.items],
          span: before.value.span,
        },
      };
  }
  return found;
}

/** The charges of a list, and under keys of their own what is added or let off. */
function sorted(list: Tree & { kind: 'list' }, under?: Entry): Entry[] {
  const kinds = list.items.map((item) => (item.kind === 'scalar' ? kindOf(item.text) : undefined));
  return ([undefined, 'surcharges', 'discounts', 'exemptions'] as const).flatMap((kind): Entry[] => {
    const items = list.items.filter((_, i) => kinds[i] === kind);
    const at = items[0]?.span ?? list.span;
    if (items.length === 0) return [];
    const value: Tree = { kind: 'list', items, span: kind === undefined ? list.span : at };
    return [
      kind === undefined
        ? { key: under?.key ?? chinese('lines'), keySpan: under?.keySpan ?? list.span, value }
        : { key: kind, keySpan: at, value },
    ];
  });
}

export const fee: typeof feeItem = { ...feeItem, read: (tree, reading) => feeItem.read(asMeant(tree), reading) };
