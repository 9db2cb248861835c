// The schema of a service: required documents, fee, deadline, authority, and what else its file may say.
import type { Source } from '../../core/source.js';
import { LONGEST_CHART } from '../bounds.js';
import { duration, roles, stepList } from './procedure.js';
import { prose } from './prose.js';
import { citation, lazy, list, record } from './record.js';
import { choice, count, fileId, flag, id, measure, shorthand, text, verbatim } from './scalars.js';
import { doc, type Fields, type RecordOf, type Shape, type Unconfirmed } from './schema.js';

// ---------------------------------------------------------------- required documents

const KINDS = {
  original: ['正本'],
  copy: ['影本'],
  verified: ['驗正本收影本', '正本驗畢發還，收影本'],
  shown: ['驗正本', '正本驗畢發還', '出示正本'],
  either: ['正本或影本'],
  electronic: ['電子檔'],
} as const;
export type DocumentKind = keyof typeof KINDS;

const documentBase = {
  name: { shape: text(), doc: doc('證件名稱', 'name of the document'), example: '身分證明文件', required: false },
  kind: {
    shape: choice(KINDS),
    doc: doc('正本、影本、驗正本、驗正本收影本、正本或影本、電子檔', 'original, copy, …'),
    example: '正本',
  },
  copies: { shape: count(), doc: doc('份數', 'how many'), example: '1' },
  fresh: { shape: duration(), doc: doc('多久內核發，例如 3 個月', 'issued within'), example: '3 個月' },
  condition: { shape: text(), doc: doc('什麼情形才需要，例如 委託他人時', 'when it is needed'), example: '委託他人時' },
  applicants: { shape: list(text(), { split: true }), doc: doc('只有這些申請人需要', 'only for these applicants') },
  channel: { shape: list(text(), { split: true }), doc: doc('只有這些申請方式需要', 'only for these channels') },
  waived: {
    shape: text(),
    doc: doc('機關可查得而免附時，寫明由誰查', 'need not be filed because the office can look it up'),
  },
  form: { shape: id(), doc: doc('所附書表的編號', 'id of the form') },
  order: { shape: count(), doc: doc('裝訂順序', 'order of filing') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
export type RequiredDocument = RecordOf<typeof documentBase> & {
  readonly oneOf?: readonly RequiredDocument[] | Unconfirmed;
};
const documentFields = {
  ...documentBase,
  oneOf: {
    shape: lazy(true, doc('證件清單', 'documents'), (): Shape<readonly RequiredDocument[], true> => documentList),
    doc: doc('下列擇一即可', 'any one of these'),
  },
} as const satisfies Fields;
const documentItem = record(documentFields, {
  expected: doc('一項證件', 'a required document'),
  short: 'document',
}) as unknown as Shape<RequiredDocument, true>;
const documentList: Shape<readonly RequiredDocument[], true> = list(documentItem);
const documentsFields = {
  none: { shape: flag(), doc: doc('不需任何證件', 'no document is needed') },
  items: { shape: documentList, doc: doc('各項證件', 'the documents') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;

// ---------------------------------------------------------------- fee

/** A sum: value in units of the fee's currency, `per` such as 每份. `printed` is the author's text. */
export type Money = { readonly amount: number; readonly per?: string; readonly printed: string };
const money = (): Shape<Money, true> => shorthand('money', doc('金額（例如 100 元）', 'an amount such as 100 元'));
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
const nthFields = {
  nth: { shape: count(), doc: doc('第幾份起', 'from the nth'), example: '2' },
  amount: { shape: money(), doc: doc('金額', 'amount') },
} as const satisfies Fields;
const lineFields = {
  item: { shape: text(), doc: doc('收費項目名稱', 'what is charged'), example: '影印' },
  amount: { shape: money(), doc: doc('金額', 'amount'), example: '2 元' },
  per: { shape: measure('per'), doc: doc('計費單位：每份、每張、每頁、每 2 小時…', 'unit of charge'), example: '每頁' },
  fromNth: {
    shape: record(nthFields, { expected: doc('續份收費', 'charge from the nth') }),
    doc: doc('自第幾份起另計', 'from the nth copy'),
  },
  base: { shape: text(), doc: doc('級距或費率的計費基礎', 'what tiers or rate are counted on') },
  tiers: {
    shape: list(record(tierFields, { expected: doc('級距', 'a tier') })),
    doc: doc('依數量或價額分級', 'by tier of quantity or value'),
  },
  rate: {
    shape: shorthand<Rate>('rate', doc('費率（例如 1‰、千分之一）', 'a rate')),
    doc: doc('費率', 'rate'),
    example: '1‰',
  },
  rounding: { shape: text(), doc: doc('尾數如何處理', 'rounding') },
  least: { shape: money(), doc: doc('最低收費', 'minimum') },
  most: { shape: money(), doc: doc('最高收費', 'maximum') },
  times: { shape: text(), doc: doc('加倍收費，例如 彩色為 5 倍', 'multiple of the amount') },
  condition: { shape: text(), doc: doc('適用情形', 'when') },
  channel: { shape: list(text(), { split: true }), doc: doc('適用的申請方式', 'channels') },
  basis: { shape: list(citation()), doc: doc('收費依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
export type FeeLine = RecordOf<typeof lineFields>;
const surchargeFields = {
  item: { shape: text(), doc: doc('加收項目', 'surcharge') },
  perSaved: { shape: duration(), doc: doc('每提前多久', 'per time saved') },
  amount: { shape: money(), doc: doc('加收金額', 'amount') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const discountFields = {
  channel: { shape: list(text(), { split: true }), doc: doc('哪一種申請方式', 'channel') },
  extent: { shape: text(), doc: doc('優惠內容，例如 9 折、減收 20 元', 'extent'), required: true },
  basis: { shape: list(citation()), doc: doc('依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const exemptionFields = {
  who: { shape: text(), doc: doc('什麼人或什麼情形', 'who or when'), required: true },
  extent: { shape: text(), doc: doc('免收、減半…', 'extent'), example: '免收' },
  except: { shape: text(), doc: doc('不適用減免的例外', 'exceptions to the exemption') },
  basis: { shape: list(citation()), doc: doc('依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const feeFields = {
  free: { shape: flag(), doc: doc('免費', 'free of charge') },
  lines: {
    shape: list(record(lineFields, { expected: doc('一項收費', 'a fee line'), short: 'feeLine' })),
    doc: doc('各項收費', 'fee lines'),
  },
  surcharges: {
    shape: list(record(surchargeFields, { expected: doc('加收', 'a surcharge') })),
    doc: doc('加收（速件）', 'surcharges'),
  },
  discounts: {
    shape: list(record(discountFields, { expected: doc('優惠', 'a discount') })),
    doc: doc('優惠', 'discounts'),
  },
  exemptions: {
    shape: list(record(exemptionFields, { expected: doc('減免', 'an exemption') })),
    doc: doc('減免及其例外', 'exemptions'),
  },
  refund: { shape: text(), doc: doc('退費方式', 'refunds') },
  currency: { shape: text(), doc: doc('幣別；未寫為新臺幣', 'currency; New Taiwan dollar when omitted') },
  payment: { shape: list(text()), doc: doc('繳費方式', 'how to pay') },
  basis: { shape: list(citation()), doc: doc('收費依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
export type Fee = RecordOf<typeof feeFields>;

// ---------------------------------------------------------------- deadline

const stageFields = {
  name: { shape: text(), doc: doc('階段名稱', 'name of the stage'), required: true },
  limit: { shape: duration(), doc: doc('期限', 'limit'), required: true },
  from: { shape: text(), doc: doc('自何時起算', 'counted from') },
  actor: { shape: roles, doc: doc('由誰辦理', 'who') },
  statutory: { shape: flag(), doc: doc('是否為法定期限', 'whether the law sets it') },
  basis: { shape: list(citation()), doc: doc('依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const statutoryFields = {
  limit: { shape: duration(), doc: doc('期限', 'limit'), required: true },
  from: { shape: text(), doc: doc('自何時起算', 'counted from') },
  basis: { shape: list(citation()), doc: doc('依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const byChannelFields = {
  channel: { shape: text(), doc: doc('申請方式', 'channel'), required: true },
  limit: { shape: duration(), doc: doc('期限', 'limit'), required: true },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const byCaseFields = {
  case: { shape: text(), doc: doc('案件種類', 'kind of case'), required: true },
  limit: { shape: duration(), doc: doc('期限', 'limit'), required: true },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const extraFields = {
  office: { shape: text(), doc: doc('會辦機關', 'the other office') },
  case: { shape: text(), doc: doc('情形', 'when') },
  limit: { shape: duration(), doc: doc('加計時間', 'extra time'), required: true },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const correctionFields = {
  limit: { shape: duration(), doc: doc('補正期限', 'time to correct'), required: true },
  restart: { shape: flag(), doc: doc('補正後是否重新起算', 'whether the clock restarts') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const prolongFields = {
  limit: { shape: duration(), doc: doc('延長多久', 'by how much') },
  times: { shape: count(), doc: doc('可延長幾次', 'how often') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const deadlineFields = {
  immediate: { shape: flag(), doc: doc('隨到隨辦', 'done while you wait') },
  limit: { shape: duration(), doc: doc('本機關的期限', 'the office’s own limit'), example: '3 工作日' },
  target: { shape: duration(), doc: doc('努力目標', 'target') },
  from: { shape: text(), doc: doc('自何時起算，例如 收件之次日', 'counted from') },
  statutory: {
    shape: record(statutoryFields, { expected: doc('法定期限', 'the statutory limit'), short: 'statutory' }),
    doc: doc('法定期限', 'statutory limit'),
  },
  stages: {
    shape: list(record(stageFields, { expected: doc('一個階段', 'a stage') })),
    doc: doc('分段時限', 'stage limits'),
  },
  counting: {
    shape: choice({ together: ['同一起算'], successive: ['接續起算', '接續'] }),
    doc: doc('各階段同一起算，或接續起算', 'stages counted from one start, or one after another'),
  },
  byChannel: {
    shape: list(record(byChannelFields, { expected: doc('依申請方式的期限', 'a limit by channel') })),
    doc: doc('依申請方式', 'by channel'),
  },
  byCase: {
    shape: list(record(byCaseFields, { expected: doc('依案件的期限', 'a limit by case') })),
    doc: doc('依案件種類', 'by kind of case'),
  },
  extra: {
    shape: list(record(extraFields, { expected: doc('加計時間', 'extra time') })),
    doc: doc('會商其他機關時加計', 'extra time when another office is asked'),
  },
  correction: {
    shape: record(correctionFields, { expected: doc('補正期限', 'time to correct'), short: 'correction' }),
    doc: doc('補正', 'correction'),
  },
  prolong: {
    shape: record(prolongFields, { expected: doc('延長', 'extension'), short: 'prolong' }),
    doc: doc('延長', 'extension'),
  },
  open: { shape: text(), doc: doc('不定期限的理由', 'why there is no limit') },
  basis: { shape: list(citation()), doc: doc('依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
export type Deadline = RecordOf<typeof deadlineFields>;

// ---------------------------------------------------------------- authority

const chainFields = {
  stage: { shape: text(), doc: doc('階段名稱', 'stage') },
  prepare: { shape: roles, doc: doc('擬辦', 'who prepares') },
  review: { shape: roles, doc: doc('審核', 'who reviews') },
  countersign: { shape: roles, doc: doc('會辦', 'who countersigns') },
  decide: { shape: roles, doc: doc('核定', 'who decides') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const authorityFields = {
  prepare: chainFields.prepare,
  review: chainFields.review,
  countersign: chainFields.countersign,
  decide: chainFields.decide,
  stages: {
    shape: list(record(chainFields, { expected: doc('一個階段', 'a stage') })),
    doc: doc('分階段的權責', 'authority by stage'),
  },
  basis: { shape: list(citation()), doc: doc('依據（分層負責明細表）', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
export type Authority = RecordOf<typeof authorityFields>;

// ---------------------------------------------------------------- service

const applicantFields = {
  who: { shape: text(), doc: doc('對象', 'who'), required: true },
  condition: { shape: text(), doc: doc('條件', 'condition') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const channelFields = {
  name: { shape: text(), doc: doc('申請方式', 'channel'), required: true, example: '臨櫃' },
  place: { shape: text(), doc: doc('地點', 'place') },
  hours: { shape: text(), doc: doc('時間', 'hours') },
  url: { shape: verbatim(), doc: doc('網址', 'address') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const resultFields = {
  name: { shape: text(), doc: doc('發給什麼、有什麼效果', 'result'), required: true },
  validity: { shape: text(), doc: doc('效期', 'validity') },
  delivery: { shape: text(), doc: doc('如何交付', 'delivery') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const remedyFields = {
  remedy: { shape: text(), doc: doc('救濟方式', 'remedy'), required: true },
  limit: { shape: text(), doc: doc('期限', 'time limit') },
  to: { shape: text(), doc: doc('受理機關', 'to whom') },
  basis: { shape: list(citation()), doc: doc('依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const contactFields = {
  unit: { shape: text(), doc: doc('單位', 'unit') },
  telephone: { shape: text(), doc: doc('電話', 'telephone') },
  extension: { shape: text(), doc: doc('分機', 'extension') },
  floor: { shape: text(), doc: doc('樓層', 'floor') },
  deputy: { shape: text(), doc: doc('代理人', 'deputy') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;

const entryFields = {
  name: { shape: text(), doc: doc('服務名稱', 'name of the service'), example: '聲明異議' },
  summary: { shape: text(), doc: doc('一句話說明', 'one sentence') },
  unit: { shape: roles, doc: doc('承辦單位', 'unit in charge') },
  applicant: {
    shape: list(record(applicantFields, { expected: doc('申請人', 'an applicant'), short: 'applicant' })),
    doc: doc('誰可以申請', 'who may apply'),
  },
  representation: { shape: text(), doc: doc('可否委託他人', 'representation') },
  eligibility: { shape: prose(), doc: doc('申請資格或事由', 'eligibility') },
  window: { shape: text(), doc: doc('何時可以申請', 'window in which to apply') },
  preconditions: { shape: list(text()), doc: doc('申請前須先完成', 'preconditions') },
  channels: {
    shape: list(record(channelFields, { expected: doc('申請方式', 'a channel'), short: 'channel' })),
    doc: doc('申請方式', 'channels'),
  },
  place: { shape: text(), doc: doc('辦理地點', 'place') },
  hours: { shape: text(), doc: doc('辦理時間', 'hours') },
  documents: {
    shape: record(documentsFields, {
      expected: doc('應備證件清單；不需要時寫「無」', 'a list of documents, or 無'),
      short: 'documents',
      listAs: 'items',
    }),
    doc: doc('應備證件；不需要時寫「無」', 'required documents, or 無'),
  },
  fee: {
    shape: record(feeFields, {
      expected: doc('規費（例如 免費、每份 100 元）', 'a fee such as 免費 or 每份 100 元'),
      short: 'fee',
      listAs: 'lines',
    }),
    doc: doc('規費；不收費時寫「免費」', 'fee, or 免費'),
  },
  deadline: {
    shape: record(deadlineFields, {
      expected: doc('辦理時限（例如 3 工作日、隨到隨辦）', 'a deadline such as 3 工作日 or 隨到隨辦'),
      short: 'deadline',
      listAs: 'stages',
    }),
    doc: doc('辦理時限', 'deadline'),
  },
  authority: {
    shape: record(authorityFields, {
      expected: doc('審核權責（例如 分署長）', 'the approving authority'),
      short: 'authority',
      listAs: 'stages',
    }),
    doc: doc('審核權責（擬辦、審核、會辦、核定）', 'approving authority'),
  },
  procedure: { shape: stepList, doc: doc('申請程序', 'procedure') },
  mermaid: { shape: verbatim(LONGEST_CHART), doc: doc('直接以 Mermaid 文字畫的流程圖', 'a chart as Mermaid text') },
  result: {
    shape: list(record(resultFields, { expected: doc('辦理結果', 'a result'), short: 'result' })),
    doc: doc('辦理結果與效期', 'result'),
  },
  remedies: {
    shape: list(record(remedyFields, { expected: doc('救濟方式', 'a remedy'), short: 'remedy' })),
    doc: doc('不服時的救濟', 'remedies'),
  },
  related: { shape: list(id()), doc: doc('相關服務的編號', 'ids of related services') },
  forms: { shape: list(id()), doc: doc('書表的編號', 'ids of forms') },
  basis: { shape: list(citation()), doc: doc('法令依據', 'legal basis') },
  contact: {
    shape: record(contactFields, { expected: doc('聯絡方式', 'contact'), short: 'contact' }),
    doc: doc('洽詢單位、電話', 'contact'),
  },
  notes: { shape: prose(), doc: doc('注意事項（可用 Markdown）', 'notes (Markdown)') },
  findings: { shape: prose(), doc: doc('資料查證說明（各來源不一致之處）', 'what the sources disagree on') },
} as const satisfies Fields;

const variantFields = { ...entryFields } as const satisfies Fields;
export type Variant = RecordOf<typeof variantFields>;
export const serviceFields = {
  id: {
    shape: fileId(),
    doc: doc('編號（英文）；未寫則用檔名', 'id; the file name when omitted'),
    example: 'objection',
  },
  ...entryFields,
  name: { ...entryFields.name, required: true },
  variants: {
    shape: list(record(variantFields, { expected: doc('子項目', 'a sub-service') })),
    doc: doc('子項目：只寫與本項不同之處', 'sub-services: only what differs'),
  },
} as const satisfies Fields;

/** A service: id and file are settled, variants carry the shared fields of their service. */
export type Service = Omit<RecordOf<typeof serviceFields>, 'id' | 'name'> & {
  readonly id: string;
  readonly name: string;
  readonly source: Source;
};
export const serviceShape = record(serviceFields, { expected: doc('一項服務', 'a service') });
