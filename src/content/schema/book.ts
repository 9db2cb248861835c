// The schema of handbook.yaml: the book, its parts, categories, charts, forms, laws and settings.
import { LANGUAGE_NAMES } from '../../core/language.js';
import { LONGEST_CHART } from '../bounds.js';
import { duration, stepList } from './procedure.js';
import { citation, list, record } from './record.js';
import { choice, count, date, fileId, flag, id, text, verbatim } from './scalars.js';
import { doc, type Fields, type RecordOf } from './schema.js';

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
  documents: ['應備證件索引', '證件索引', '服務與證件索引', '索引'],
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
const reasonFields = {
  services: { shape: list(id(), { split: true }), doc: doc('哪些服務的編號', 'ids of the services it is about') },
  file: { shape: id(), doc: doc('哪一章的檔名', 'file of the chapter it is about') },
  item: { shape: text(), doc: doc('哪一項，例如 規費', 'which of their fields, such as 規費'), example: '規費' },
  reason: { shape: text(), doc: doc('為什麼修正', 'why'), required: true },
  basis: { shape: list(citation()), doc: doc('依據', 'legal basis') },
} as const satisfies Fields;
export type RevisionReason = RecordOf<typeof reasonFields>;
const revisionFields = {
  date: { shape: date(), doc: doc('日期', 'date') },
  edition: { shape: text(), doc: doc('版次', 'edition'), required: true },
  number: { shape: text(), doc: doc('文號', 'document number') },
  change: { shape: text(), doc: doc('修訂內容', 'what changed'), required: true },
  effective: { shape: date(), doc: doc('生效日', 'first day on which it holds') },
  purpose: {
    shape: text(),
    doc: doc('修正目的，印在修正總說明', 'purpose, printed in the explanation of the revision'),
  },
  reasons: {
    shape: list(record(reasonFields, { expected: doc('一項修正的理由', 'the reason of a change') })),
    doc: doc('逐項的修正理由與依據，印在修正對照表', 'why each was changed, printed in the comparison'),
  },
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
const termFields = {
  use: { shape: verbatim(), doc: doc('要用的詞', 'the word to use'), required: true, example: '申辦人' },
  avoid: {
    shape: list(verbatim(), { split: true }),
    doc: doc('不用的詞', 'words not to use'),
    required: true,
    example: '[申請者, 客戶]',
  },
  reason: { shape: verbatim(), doc: doc('為什麼', 'why'), required: true },
  good: { shape: verbatim(), doc: doc('寫對的一句，檢查時會試', 'a right sentence; lint tries it'), required: true },
  bad: { shape: verbatim(), doc: doc('寫錯的一句，檢查時會試', 'a wrong one; lint tries it'), required: true },
} as const satisfies Fields;
const FIELD_PATH = doc(
  '哪個欄位，一層一層以「.」連接，例如 聯絡.電話',
  'which field, its parts joined by ".", such as contact.telephone',
);
const givenFields = {
  field: { shape: verbatim(), doc: FIELD_PATH, required: true, example: '規費' },
  is: {
    shape: list(verbatim(), { split: true }),
    doc: doc('寫的是其中之一', 'where it is one of these'),
    example: '免費',
  },
  present: { shape: flag(), doc: doc('有寫（是）或沒寫（否）', 'where it is given (yes) or not (no)') },
} as const satisfies Fields;
const requirementFields = {
  field: { shape: verbatim(), doc: FIELD_PATH, required: true, example: '聯絡.電話' },
  given: {
    shape: record(givenFields, { expected: doc('一個條件', 'a condition') }),
    doc: doc('只在這種情形', 'only where this holds'),
  },
  present: { shape: flag(), doc: doc('必須寫（是），或不得寫（否）', 'must be given (yes), or must not (no)') },
  most: { shape: count(), doc: doc('最多幾項，或數目最多多少', 'so many items at most, or so great a number') },
  among: { shape: list(verbatim(), { split: true }), doc: doc('只能是這些之一', 'one of these only') },
  reason: { shape: verbatim(), doc: doc('為什麼', 'why'), required: true },
  good: {
    shape: verbatim(),
    doc: doc('寫對的欄位，檢查時會試', 'fields that are right; lint tries them'),
    required: true,
  },
  bad: {
    shape: verbatim(),
    doc: doc('寫錯的欄位，檢查時會試', 'fields that are wrong; lint tries them'),
    required: true,
  },
} as const satisfies Fields;
export const bookFields = {
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
      '每一權責單位一欄（一般），或全部步驟一欄、權責與時限列在兩側：權責單位｜作業流程｜作業期限（三欄）',
      'a lane for each unit, or all steps in one with who and how long beside it',
    ),
    example: '三欄',
  },
  begin: {
    shape: choice({ run: ['接排'], page: ['新頁'], recto: ['單頁'] }),
    doc: doc(
      '手冊各章從哪裡開始：接在前一章之後（接排）、另起一頁（新頁）、一律從右頁開始，並印書名頁（單頁）；未寫為接排',
      'where the chapters of the handbook begin: after the one before, on a new page, or always on the right, with a title page',
    ),
    example: '單頁',
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
    shape: list(choice(LANGUAGE_NAMES), { split: true }),
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
  terms: {
    shape: list(record(termFields, { expected: doc('一個用詞', 'a term') })),
    doc: doc(
      '本機關自己的用詞：要用與不用，附理由與例句',
      'the office’s own words: which to use and which not, with reason and examples',
    ),
  },
  requirements: {
    shape: list(record(requirementFields, { expected: doc('一條規定', 'a requirement') })),
    doc: doc(
      '本機關自己的規定：哪個欄位必填、最多、只能是，附理由與例子',
      'the office’s own requirements of fields, with reason and examples',
    ),
  },
} as const satisfies Fields;
export type Book = RecordOf<typeof bookFields>;
export const bookShape = record(bookFields, { expected: doc('手冊資料', 'the book') });
