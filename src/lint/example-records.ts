// The smallest office, book and service that are in order. The examples of the rules lay over them what they show.

const FIELDS = {
  名稱: '檔案應用',
  應備證件: '無',
  規費: '免費',
  辦理時限: '3 工作日',
  審核權責: '分署長',
  申請程序: '無須申請',
};

/** A service in order, but for the values given here as YAML; a field that is given as `undefined` is left out. */
export function record(other: { readonly [Field in keyof typeof FIELDS]?: string | undefined } = {}): string {
  return Object.entries({ ...FIELDS, ...other })
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => `${field}:${value === '' ? '' : ` ${value}`}\n`)
    .join('');
}

/** A service in order: it declares all that it must, and nothing else. */
export const RECORD = record();

/** A service in order with a procedure; `steps` are lines of YAML, indented by two blanks. */
export const withSteps = (steps: string): string => `${record({ 申請程序: undefined })}申請程序:\n${steps}`;

/** A `handbook.yaml` in order. */
export const HANDBOOK = '書名: 手冊\n版次: 初版\n日期: 2026-11-23\n';

/** An `office.yaml` in order, which promises nothing. */
export const OFFICE = `名稱: 範例分署
地址: 範例路1號
電話: 00-0000-0000
職稱: [書記官, 分署長]
當事人: [義務人, 申請人]
職務代理人: [{姓名: 書記官, 代理人: 同股書記官}]
`;

/** The same with the standards of its service. */
export const OFFICE_WITH_STANDARDS = `${OFFICE}服務標準: {引導時限: 5 分鐘, 臨櫃辦畢時限: 30 分鐘, 電話接聽時限: 10 秒, 最多洽辦次數: 2 次, 陳情回復時限: 6 日}
`;
