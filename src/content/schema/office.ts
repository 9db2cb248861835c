// The schema of office.yaml: the office, its units and people, and the standards of its service.
import { duration } from './procedure.js';
import { prose } from './prose.js';
import { list, record } from './record.js';
import { count, date, text, verbatim } from './scalars.js';
import { doc, type Fields, type RecordOf } from './schema.js';

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
const siteFields = {
  name: { shape: text(), doc: doc('據點名稱', 'name'), required: true },
  address: { shape: text(), doc: doc('地址', 'address') },
  floor: { shape: text(), doc: doc('樓層', 'floor') },
  desk: { shape: text(), doc: doc('櫃台或窗口', 'counter') },
  telephone: { shape: text(), doc: doc('電話', 'telephone') },
  fax: { shape: text(), doc: doc('傳真', 'fax') },
  hours: { shape: text(), doc: doc('服務時間', 'hours') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const volunteerFields = {
  name: { shape: text(), doc: doc('志工或志工隊', 'volunteer or group'), required: true },
  when: { shape: text(), doc: doc('什麼時候服務', 'when'), example: '週一至週五上午' },
  duties: { shape: text(), doc: doc('幫忙什麼', 'what they help with') },
} as const satisfies Fields;
const rosterFields = {
  when: { shape: text(), doc: doc('哪一天、哪個時段', 'when'), required: true, example: '週一上午' },
  who: { shape: list(text(), { split: true }), doc: doc('誰值勤', 'who'), required: true },
  desk: { shape: text(), doc: doc('哪個櫃台', 'at which counter') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const standardsFields = {
  guide: {
    shape: duration(['5 分鐘', '10 分鐘']),
    doc: doc('服務台引導至承辦單位的時限', 'time to be guided'),
    example: '5 分鐘',
  },
  counter: {
    shape: duration(['30 分鐘', '1 小時']),
    doc: doc('辦理到完成離處的時限', 'time at the counter'),
    example: '30 分鐘',
  },
  complaint: {
    shape: duration(['6 日', '3 工作日']),
    doc: doc('民眾陳情、抱怨回復的時限', 'time to answer a complaint'),
    example: '6 日',
  },
  answer: {
    shape: duration(['10 秒', '15 秒']),
    doc: doc('電話接聽的時限', 'time to answer the telephone'),
    example: '10 秒',
  },
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
const calendarFields = {
  effective: { shape: date(), doc: doc('從哪一天起的行事曆', 'first day it covers'), required: true },
  until: { shape: date(), doc: doc('到哪一天', 'last day it covers'), required: true },
  holidays: { shape: list(date()), doc: doc('週六、週日以外的放假日', 'days off besides Saturdays and Sundays') },
  workdays: { shape: list(date()), doc: doc('補行上班的日子', 'Saturdays and Sundays on which the office is open') },
} as const satisfies Fields;
export const officeFields = {
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
  map: {
    shape: image,
    doc: doc('地圖或交通圖，印在摺頁上', 'how to get there, printed on the leaflets'),
  },
  privacy: {
    shape: text(),
    doc: doc(
      '個人資料保護法第 8 條的告知事項，印在民眾填寫的表單上',
      'what people are told of their personal data, printed on the forms they fill in',
    ),
  },
  sites: {
    shape: list(record(siteFields, { expected: doc('服務據點', 'a branch'), short: 'named' })),
    doc: doc('服務據點：地址、樓層、櫃台、電話、傳真與時間', 'branches, with floor, counter, fax and hours'),
  },
  volunteers: {
    shape: list(record(volunteerFields, { expected: doc('志工', 'volunteers'), short: 'named' })),
    doc: doc('志工', 'volunteers'),
  },
  roster: {
    shape: list(record(rosterFields, { expected: doc('一個時段', 'a time on duty') })),
    doc: doc('服務台輪值表', 'who is on duty at the desk'),
  },
  floors: { shape: list(record(floorFields, { expected: doc('樓層', 'a floor') })), doc: doc('樓層配置', 'floors') },
  units: {
    shape: list(record(unitFields, { expected: doc('單位', 'a unit'), short: 'named' })),
    doc: doc('內部單位', 'units'),
  },
  titles: { shape: list(text()), doc: doc('職稱', 'titles') },
  calendar: {
    shape: record(calendarFields, { expected: doc('行事曆', 'the calendar') }),
    doc: doc('行事曆：放假與補行上班的日子，應寫來源', 'the calendar of days off, with its source'),
  },
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
