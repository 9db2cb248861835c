// Content for the tests of posters, notices and the hall: plain, rich, unfinished and hostile services.
import { BOOK, OFFICE, SERVICE } from '../office.js';

const RICH = `名稱: 分期繳納
摘要: 申請分期。
申請人: 義務人
承辦單位: 執行一科
應備證件:
  - 申請書（正本，1 份）
  - 委託他人時：委任狀（正本）
  - 擇一: [身分證, 護照]
規費: [每份 100 元, 影印：每頁 2 元]
辦理時限: {期限: 3 工作日, 起算: 收件之次日}
審核權責: {擬辦: 書記官, 核定: 分署長}
申請方式: [臨櫃, 郵寄]
地點: 服務台
申請程序:
  - 開始: 提出申請（義務人）
  - {判斷: 證件齊備？, 權責: 書記官, 分支: {是: [核准], 否: [{步驟: 通知補正, 接: 證件齊備？}]}}
  - 結束: 結案
`;
export const UNKNOWN = `名稱: 領取證書
應備證件: 待確認
規費: 待確認
辦理時限: 待確認
審核權責: 待確認
`;
export const HOSTILE = `名稱: '<img src=x onerror=alert(1)>'
摘要: '<script>alert(1)</script>'
應備證件: ['<b>證件</b>']
規費: '每份 100 元'
辦理時限: 3 工作日
審核權責: 分署長
`;
export const CONTENT = {
  'office.yaml': `${OFFICE}地址: 臺北市中正區某路1號
電話: 待確認
服務標準: {引導時限: 5 分鐘, 臨櫃辦畢時限: 30 分鐘, 電話接聽時限: 10 秒, 電話鈴響: 3 聲, 最多洽辦次數: 2 次, 陳情回復時限: 6 日}
`,
  'handbook.yaml': `${BOOK}服務類別:
  - {名稱: 繳款, 服務: [instalments]}
  - {名稱: 檔案, 服務: [archives]}
流程圖總覽:
  - {編號: overall, 名稱: 總流程, 申請程序: [洽詢, 辦理, 結束]}
`,
  'services/archives.yaml': SERVICE,
  'services/instalments.yaml': RICH,
  'services/unknown.yaml': UNKNOWN,
};
