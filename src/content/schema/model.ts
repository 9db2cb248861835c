// Every shape content may have, declared once: types, readers, key tables and documentation follow from it.

import type { Root } from 'mdast';
import { TONGUE_NAMES, type Tongue } from '../../core/language.js';
import type { Fault, Say, Source, Span } from '../../core/source.js';
import { LONGEST_CHART } from '../bounds.js';
import {
  choice,
  citation,
  count,
  date,
  type Fields,
  fileId,
  flag,
  id,
  type Located,
  lazy,
  list,
  measure,
  type Named,
  named,
  type Prose,
  prose,
  type RecordOf,
  record,
  type Shape,
  shorthand,
  text,
  type Unconfirmed,
  verbatim,
} from './schema.js';

const doc = (zh: string, en: string): Say => ({ zh, en });

// ---------------------------------------------------------------- durations and roles

/** `day` is a calendar day (日、天), `workday` one on which offices are open. */
export type TimeUnit = 'second' | 'minute' | 'hour' | 'halfday' | 'day' | 'workday' | 'week' | 'month' | 'year';

/** A length of time, or a range. `printed` keeps the author's words: 「工作日」 is never inferred. */
export type Duration = {
  readonly least?: number;
  readonly most: number;
  readonly unit: TimeUnit;
  readonly printed: string;
};
const duration = (): Shape<Duration, true> =>
  shorthand('duration', doc('期間（例如 3 工作日、30 分鐘、4–5 天）', 'a length of time such as 3 工作日 or 30 分鐘'));

/** Who acts: an office, a unit in it, a title, as far as they are known. `written` is the author's text. */
const roleFields = {
  office: { shape: verbatim(), doc: doc('其他機關；本機關免寫', 'another office; omit for one’s own') },
  unit: { shape: verbatim(), doc: doc('單位，須列於 office.yaml', 'unit, listed in office.yaml'), example: '秘書室' },
  titles: {
    shape: list(verbatim()),
    doc: doc('職稱，須列於 office.yaml', 'title, listed in office.yaml'),
    example: '書記官',
  },
  written: { shape: verbatim(), doc: doc('原文（由程式填入）', 'text as written (set by the program)') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const role = record(roleFields, {
  expected: doc('權責單位或職稱（例如 秘書室、書記官）', 'a unit or title'),
  short: 'role',
  value: 'role',
});
const roles = list(role, { split: true });
export type Role = RecordOf<typeof roleFields>;

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

// ---------------------------------------------------------------- procedure

const KIND_OF_STEP = ['start', 'step', 'decision', 'document', 'subprocess', 'end'] as const;
export type StepKind = (typeof KIND_OF_STEP)[number];
/** The fields of a step that give its kind and its text at once: `判斷: 有無理由？`. */
export const STEP_KINDS: readonly StepKind[] = KIND_OF_STEP;

const linkFields = {
  to: { shape: id(), doc: doc('接到哪一步的編號', 'id of the step'), required: true },
  label: { shape: text(), doc: doc('線上的字', 'text on the line') },
} as const satisfies Fields;
const branchFields = {
  next: { shape: id(), doc: doc('接到哪一步的編號', 'id of the step it leads to') },
  steps: {
    shape: lazy(true, doc('步驟清單', 'steps'), (): Shape<readonly Step[], true> => stepList),
    doc: doc('這條路上的步驟', 'the steps of this way'),
  },
} as const satisfies Fields;
export type Branch = Located<{ readonly next?: string; readonly steps?: readonly Step[] | Unconfirmed }>;
const branch = record(branchFields, {
  expected: doc('步驟編號或步驟清單', 'a step id or steps'),
  short: 'branch',
  listAs: 'steps',
}) as unknown as Shape<Branch, true>;

const stepBase = {
  start: { shape: text(), doc: doc('開始', 'start') },
  step: { shape: text(), doc: doc('一個步驟', 'a step') },
  decision: { shape: text(), doc: doc('判斷（問句）', 'a decision') },
  document: { shape: text(), doc: doc('產生的文件', 'a document') },
  subprocess: { shape: text(), doc: doc('另有程序的步驟', 'a sub-procedure') },
  end: { shape: text(), doc: doc('結束', 'end') },
  id: { shape: id(), doc: doc('編號，供其他步驟接到這裡', 'id') },
  actor: { shape: roles, doc: doc('由誰做', 'who does it') },
  limit: { shape: duration(), doc: doc('多久', 'how long') },
  from: { shape: text(), doc: doc('自何時起算', 'counted from') },
  receives: { shape: list(text()), doc: doc('這一步收的證件', 'documents received') },
  forms: { shape: list(id()), doc: doc('這一步用的書表', 'forms used') },
  services: { shape: list(id()), doc: doc('子程序所指的服務編號', 'service this sub-procedure stands for') },
  note: { shape: text(), doc: doc('說明', 'note') },
  next: {
    shape: list(record(linkFields, { expected: doc('步驟編號', 'a step id'), short: 'link' })),
    doc: doc('接到哪一步', 'what comes next'),
  },
} as const satisfies Fields;
export type Step = RecordOf<typeof stepBase> & {
  readonly branches?: readonly Named<Branch>[] | Unconfirmed;
  readonly parallel?: readonly (readonly Step[])[] | Unconfirmed;
};
const stepFields = {
  ...stepBase,
  parallel: {
    shape: lazy(
      true,
      doc('各條並行的步驟', 'lists of steps'),
      (): Shape<readonly (readonly Step[])[], true> => list(stepList),
    ),
    doc: doc('同時進行的幾條路', 'ways that run side by side'),
  },
  branches: { shape: named(branch), doc: doc('分支：標示與去處', 'labelled branches') },
} as const satisfies Fields;
export const stepShape = record(stepFields, {
  expected: doc('一個步驟', 'a step'),
  short: 'step',
}) as unknown as Shape<Step, true>;
const stepList: Shape<readonly Step[], true> = list(stepShape);

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
const serviceFields = {
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

// ---------------------------------------------------------------- office

const unitFields = {
  name: { shape: text(), doc: doc('單位名稱', 'name'), required: true },
  short: { shape: text(), doc: doc('簡稱', 'short name') },
  floor: { shape: text(), doc: doc('樓層', 'floor') },
  telephone: { shape: text(), doc: doc('電話', 'telephone') },
  extension: { shape: text(), doc: doc('分機', 'extension') },
  duties: { shape: text(), doc: doc('職掌', 'duties') },
} as const satisfies Fields;
const deputyFields = {
  name: { shape: text(), doc: doc('職務或姓名', 'post or name'), required: true },
  unit: { shape: text(), doc: doc('單位', 'unit') },
  deputy: { shape: text(), doc: doc('代理人', 'deputy') },
} as const satisfies Fields;
const relatedOfficeFields = {
  name: { shape: text(), doc: doc('機關名稱', 'name'), required: true },
  short: { shape: text(), doc: doc('簡稱', 'short name') },
  telephone: { shape: text(), doc: doc('電話', 'telephone') },
  address: { shape: text(), doc: doc('地址', 'address') },
  url: { shape: verbatim(), doc: doc('網址', 'address on the web') },
  duties: { shape: text(), doc: doc('什麼事找這個機關', 'what to ask it') },
} as const satisfies Fields;
const floorFields = {
  floor: { shape: text(), doc: doc('樓層', 'floor'), required: true },
  note: { shape: text(), doc: doc('有哪些處所', 'what is there') },
} as const satisfies Fields;
const standardsFields = {
  guide: { shape: duration(), doc: doc('服務台引導至承辦單位的時限', 'time to be guided'), example: '5 分鐘' },
  counter: { shape: duration(), doc: doc('辦理到完成離處的時限', 'time at the counter'), example: '30 分鐘' },
  complaint: { shape: duration(), doc: doc('民眾陳情、抱怨回復的時限', 'time to answer a complaint'), example: '6 日' },
  answer: { shape: duration(), doc: doc('電話接聽的時限', 'time to answer the telephone'), example: '10 秒' },
  rings: { shape: count(), doc: doc('電話鈴響幾聲內接聽', 'rings before answering'), example: '3 聲' },
  visits: { shape: count(), doc: doc('最多洽辦次數', 'visits at most'), example: '2 次' },
  notes: { shape: prose(), doc: doc('其他服務標準', 'other standards') },
} as const satisfies Fields;
const staffFields = {
  name: { shape: text(), doc: doc('姓名', 'name'), required: true },
  unit: { shape: text(), doc: doc('單位', 'unit') },
  titles: { shape: list(text(), { split: true }), doc: doc('職稱', 'title'), example: '書記官' },
  extension: { shape: text(), doc: doc('分機', 'extension') },
} as const satisfies Fields;
const courtesyFields = {
  situation: { shape: text(), doc: doc('什麼情形', 'when'), required: true, example: '轉接' },
  phrases: {
    shape: list(text()),
    doc: doc('說什麼，例如「幫您轉接，請稍後」', 'what to say'),
    example: '[您好, 早安]',
  },
  note: { shape: text(), doc: doc('怎麼做', 'what to do') },
} as const satisfies Fields;
const checkFields = {
  item: { shape: text(), doc: doc('考核什麼', 'what is looked at'), required: true, example: '識別證' },
  standard: { shape: text(), doc: doc('應該怎麼樣', 'how it is to be'), required: true },
} as const satisfies Fields;
const imageFields = {
  file: {
    shape: text(),
    doc: doc('images/ 裡的檔名（PNG、JPEG 或 SVG）', 'file in images/'),
    required: true,
    example: 'logo.svg',
  },
  alt: { shape: text(), doc: doc('給看不到圖的人的說明', 'in words, for who cannot see it') },
} as const satisfies Fields;
const image = record(imageFields, {
  expected: doc('圖檔的檔名（例如 logo.svg）', 'a picture such as logo.svg'),
  short: 'image',
});
const officeFields = {
  name: { shape: text(), doc: doc('機關全銜', 'full name'), required: true },
  short: { shape: text(), doc: doc('簡稱', 'short name') },
  english: { shape: text(), doc: doc('英文名稱', 'English name') },
  parent: { shape: text(), doc: doc('上級機關', 'parent office') },
  address: { shape: text(), doc: doc('地址', 'address') },
  hours: { shape: text(), doc: doc('辦公時間', 'hours') },
  telephone: { shape: text(), doc: doc('總機', 'telephone') },
  fax: { shape: text(), doc: doc('傳真', 'fax') },
  email: { shape: verbatim(), doc: doc('電子郵件', 'e-mail') },
  url: { shape: verbatim(), doc: doc('網址', 'web address') },
  logo: {
    shape: image,
    doc: doc('機關標誌，印在封面與每張的上方', 'logo, on the cover and at the head of every sheet'),
  },
  seal: {
    shape: image,
    doc: doc('印信或核定章，印在核定頁；草案不印', 'seal, on the page of the approval; never on a draft'),
  },
  floors: { shape: list(record(floorFields, { expected: doc('樓層', 'a floor') })), doc: doc('樓層配置', 'floors') },
  units: {
    shape: list(record(unitFields, { expected: doc('單位', 'a unit'), short: 'named' })),
    doc: doc('內部單位', 'units'),
  },
  titles: { shape: list(text()), doc: doc('職稱', 'titles') },
  parties: {
    shape: list(text()),
    doc: doc('流程中本機關以外的人：義務人、拍定人…', 'people outside the office who act in procedures'),
  },
  deputies: {
    shape: list(record(deputyFields, { expected: doc('職務代理', 'a deputy') })),
    doc: doc('職務代理人', 'deputies'),
  },
  staff: {
    shape: list(record(staffFields, { expected: doc('一位同仁', 'a member of the staff'), short: 'named' })),
    doc: doc('同仁：印在識別證上', 'staff, for name badges'),
  },
  offices: {
    shape: list(record(relatedOfficeFields, { expected: doc('機關', 'an office'), short: 'named' })),
    doc: doc('相關機關', 'related offices'),
  },
  standards: {
    shape: record(standardsFields, { expected: doc('服務標準', 'service standards') }),
    doc: doc('服務標準', 'service standards'),
  },
  courtesy: {
    shape: list(record(courtesyFields, { expected: doc('一種情形', 'a situation') })),
    doc: doc('電話禮貌：什麼情形說什麼、怎麼做', 'manners on the telephone'),
  },
  checks: {
    shape: list(record(checkFields, { expected: doc('一個考核項目', 'something to be looked at') })),
    doc: doc('服務品質考核表上，服務標準以外的項目', 'what an audit looks at beside the standards'),
  },
  principles: {
    shape: list(text(), { split: true }),
    doc: doc('服務要點，印在海報上', 'what matters in serving people, printed on a poster'),
    example: '好、快、週到、公平',
  },
  attitude: {
    shape: list(text(), { split: true }),
    doc: doc('服務態度，印在海報上', 'how people are met, printed on a poster'),
    example: '和藹可親、平易近人',
  },
  notes: { shape: prose(), doc: doc('其他說明', 'notes') },
} as const satisfies Fields;
export type Office = RecordOf<typeof officeFields>;
export const officeShape = record(officeFields, { expected: doc('機關資料', 'the office') });

// ---------------------------------------------------------------- handbook.yaml

/** Parts of the book that the program makes, beside chapter files. */
const PARTS = {
  summary: ['服務項目一覽', '服務項目一覽表'],
  fees: ['規費一覽', '規費一覽表', '收費標準一覽'],
  services: ['各項服務'],
  charts: ['為民服務工作流程圖', '總流程圖'],
  standards: ['服務標準'],
  office: ['機關簡介'],
  offices: ['相關機關'],
  documents: ['應備證件索引', '證件索引'],
  forms: ['書表清單', '書表一覽'],
  laws: ['法規一覽', '法規目錄'],
  unconfirmed: ['待確認事項', '待確認事項一覽'],
  revisions: ['修訂沿革', '修正沿革'],
} as const;
export type PartName = keyof typeof PARTS;
export const partNames: Readonly<Record<PartName, readonly string[]>> = PARTS;

const partFields = {
  title: { shape: text(), doc: doc('章名；未寫則用檔案的標題或部分的名稱', 'title') },
  file: { shape: id(), doc: doc('chapters/ 裡的檔名', 'file in chapters/') },
  part: { shape: choice(PARTS), doc: doc('由程式編排的部分', 'a part the program makes') },
} as const satisfies Fields;
const categoryFields = {
  id: { shape: fileId(), doc: doc('編號（英文）：摺頁的檔名', 'id: the leaflet’s file name') },
  name: { shape: text(), doc: doc('類別名稱', 'name'), required: true },
  services: { shape: list(id()), doc: doc('服務編號，依序', 'service ids in order'), required: true },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const approvalFields = {
  approver: { shape: text(), doc: doc('核定機關或首長', 'who approved') },
  date: { shape: date(), doc: doc('核定日期', 'date') },
  number: { shape: text(), doc: doc('核定文號', 'document number') },
} as const satisfies Fields;
const revisionFields = {
  date: { shape: date(), doc: doc('日期', 'date') },
  edition: { shape: text(), doc: doc('版次', 'edition'), required: true },
  number: { shape: text(), doc: doc('文號', 'document number') },
  change: { shape: text(), doc: doc('修訂內容', 'what changed'), required: true },
} as const satisfies Fields;
const lawFields = {
  name: { shape: text(), doc: doc('法規名稱', 'name'), required: true },
  short: { shape: text(), doc: doc('簡稱', 'short name') },
  url: { shape: verbatim(), doc: doc('網址', 'address') },
  checked: { shape: date(), doc: doc('查核日', 'date checked') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const formFields = {
  id: { shape: id(), doc: doc('書表編號', 'id'), required: true },
  name: { shape: text(), doc: doc('書表名稱', 'name'), required: true },
  file: { shape: verbatim(), doc: doc('forms/ 裡的檔名', 'file in forms/') },
  url: { shape: verbatim(), doc: doc('下載網址', 'address') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const chartFields = {
  id: { shape: fileId(), doc: doc('編號（英文）', 'id'), required: true },
  name: { shape: text(), doc: doc('圖名', 'name'), required: true },
  procedure: { shape: stepList, doc: doc('程序', 'procedure') },
  mermaid: { shape: verbatim(LONGEST_CHART), doc: doc('Mermaid 文字', 'Mermaid text') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const settingFields = {
  rule: { shape: verbatim(), doc: doc('規則名稱，例如 long-sentence', 'name of the rule'), required: true },
  level: {
    shape: choice({ off: ['關閉'], warn: ['警告'], error: ['錯誤'] }),
    doc: doc('關閉、警告或錯誤', 'off, warn or error'),
    required: true,
  },
  paths: {
    shape: list(verbatim(), { split: true }),
    doc: doc('只用在這些檔案或資料夾；未寫則全部', 'only in these files or folders; everywhere when omitted'),
    example: 'chapters/',
  },
  note: { shape: text(), doc: doc('為什麼', 'why') },
} as const satisfies Fields;
const bookFields = {
  format: {
    shape: count(),
    doc: doc(
      '內容的格式，由程式寫；未寫即最早的格式',
      'format of the content, written by the program; the first when omitted',
    ),
    example: '1',
  },
  title: { shape: text(), doc: doc('書名', 'title'), required: true },
  subtitle: { shape: text(), doc: doc('副標題', 'subtitle') },
  edition: { shape: text(), doc: doc('版次', 'edition'), required: true },
  date: {
    shape: date(),
    doc: doc('編印日期；印在每一頁', 'date of the edition, printed on every page'),
    required: true,
  },
  effective: { shape: date(), doc: doc('生效日', 'effective date') },
  approval: {
    shape: record(approvalFields, { expected: doc('核定資料', 'the approval') }),
    doc: doc('核定', 'approval'),
  },
  parts: {
    shape: list(record(partFields, { expected: doc('章節檔名或部分名稱', 'a chapter file or part'), short: 'part' })),
    doc: doc('章次', 'order of chapters'),
  },
  categories: {
    shape: list(record(categoryFields, { expected: doc('服務類別', 'a category') })),
    doc: doc('服務類別及順序', 'categories of services'),
  },
  charts: {
    shape: list(record(chartFields, { expected: doc('流程圖', 'a chart') })),
    doc: doc('不屬單一服務的流程圖', 'charts of no single service'),
  },
  chartStyle: {
    shape: choice({ boxes: ['一般'], columns: ['三欄'] }),
    doc: doc(
      '權責與時限寫在框內（一般），或列在圖的兩側：權責單位｜作業流程｜作業期限（三欄）',
      'who and how long in the boxes, or in columns beside the chart',
    ),
    example: '三欄',
  },
  furtherSheets: {
    shape: flag(),
    doc: doc(
      '海報、大廳總覽放不下一張時接到第二張；寫「否」則不印，並說明怎麼辦',
      'a poster or hall overview too long for one sheet goes on to a second; with "no" it is not printed, and what would help is said',
    ),
    example: '否',
  },
  forms: { shape: list(record(formFields, { expected: doc('書表', 'a form') })), doc: doc('書表', 'forms') },
  laws: {
    shape: list(record(lawFields, { expected: doc('法規', 'a law'), short: 'named' })),
    doc: doc('本書引用的法規', 'laws the book cites'),
  },
  revisions: {
    shape: list(record(revisionFields, { expected: doc('修訂紀錄', 'a revision') })),
    doc: doc('修訂沿革', 'revision history'),
  },
  url: { shape: verbatim(), doc: doc('本書的網址', 'address of the book') },
  languages: {
    shape: list(choice(TONGUE_NAMES), { split: true }),
    doc: doc(
      '本書有哪些語言；檢查時會列出還沒有譯文的文字',
      'languages of the book: lint lists what is not translated',
    ),
    example: '[中文, 英文]',
  },
  reviewAfter: {
    shape: duration(),
    doc: doc('來源查核後多久應再查核', 'how long after it was checked a source is to be checked again'),
    example: '1 年',
  },
  strict: {
    shape: flag(),
    doc: doc('檢查時把要緊的警告當作錯誤', 'lint takes the warnings that matter for errors'),
  },
  rules: {
    shape: list(record(settingFields, { expected: doc('一條規則的等級', 'the level of a rule') })),
    doc: doc('個別檢查規則的等級', 'levels of single rules'),
  },
} as const satisfies Fields;
export type Book = RecordOf<typeof bookFields>;
export const bookShape = record(bookFields, { expected: doc('手冊資料', 'the book') });

/** A text of the content in another language. `source`: the file that says so. */
export type Translation = {
  readonly zh: string;
  readonly tongue: Tongue;
  readonly text: string;
  readonly source: Source;
};

/** A chapter in Markdown. `prose.span` starts where the text starts after the front matter. */
export type Chapter = { readonly file: string; readonly title: string; readonly prose: Prose; readonly source: Source };

/** A thing in Markdown that leads out of the text. */
export type Embedded = { readonly kind: 'html' | 'link' | 'image'; readonly target: string; readonly span: Span };

/**
 * What the office wrote: all of it, or an excerpt, which is one service or chapter beside the records of office and
 * book. `faults` are what reading found; `unconfirmed` every 待確認.
 */
export type Handbook = {
  readonly office: Office;
  readonly book: Book;
  /** The files it was read from, those that could be read. Beside an excerpt office and book only stand. */
  readonly sources: readonly Source[];
  readonly services: readonly Service[];
  readonly chapters: readonly Chapter[];
  /** Files that lie in `forms/`, by name. */
  readonly formFiles: readonly string[];
  /** What is wrong with those that the book lists, by name; the sentence goes on from it. */
  readonly formFaults?: ReadonlyMap<string, Say>;
  /** Pictures that lie in `images/`, by name. */
  readonly imageFiles: readonly string[];
  readonly faults: readonly Fault[];
  /** Ids of services that are there but could not be read: what refers to them is not at fault. */
  readonly unread: readonly string[];
  /** File names of chapters that could not be read. */
  readonly unreadChapters?: readonly string[];
  /** Raw HTML, links and pictures in Markdown, with their places. */
  readonly embedded: readonly Embedded[];
  readonly unconfirmed: readonly Span[];
  /** What is given in other languages; beside an excerpt only its own. */
  readonly translations: readonly Translation[];
  /** What reads Markdown into its syntax tree, wherever a file at hand is Markdown or holds some. */
  readonly parseMarkdown?: (text: string) => Root;
};

/** Whether a record belongs to the files at hand, and does not only stand beside them. */
export const isAtHand = ({ sources }: Handbook, { at }: { at: { readonly self: Span } }): boolean =>
  sources.includes(at.self.source);

/** For documentation: every file's fields. */
export const documented: Readonly<Record<'office' | 'book' | 'service', Fields>> = {
  office: officeFields,
  book: bookFields,
  service: serviceFields,
};
