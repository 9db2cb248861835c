// The office that sentences are laid into: nearly every field is declared, and nothing is found in it.
import type { Content } from '../../src/content/read.js';

export const FULL: Readonly<Record<string, string>> = {
  'office.yaml': `名稱: 範例分署
簡稱: 本分署
地址: 範例市範例路1號
電話: 02-1234-5678
辦公時間: 週一至週五 上午 8:30 至下午 5:30
單位:
  - {名稱: 服務台, 樓層: 1 樓, 電話: 02-1234-5000}
  - {名稱: 執行一科, 樓層: 3 樓, 電話: 02-1234-5100}
  - {名稱: 執行二科, 樓層: 4 樓, 電話: 02-1234-5200}
  - {名稱: 秘書室, 樓層: 2 樓, 電話: 02-1234-5300}
職稱: [書記官, 行政執行官, 分署長]
當事人: [義務人, 利害關係人, 申請人]
職務代理人: [{姓名: 書記官, 代理人: 同股書記官}]
服務標準: {引導時限: 5 分鐘, 臨櫃辦畢時限: 30 分鐘, 陳情回復時限: 6 日, 電話接聽時限: 10 秒, 電話鈴響: 3 聲, 最多洽辦次數: 2 次}
`,
  'handbook.yaml': `書名: 手冊
版次: 初版
日期: 2026-11-23
章次: [10-desk.md, 各項服務]
書表: [{編號: permit-form, 名稱: 檔案應用申請書, 網址: "https://example.org/form"}]
法規清單: [檔案法, 行政程序法, 規費法, 行政執行法]
`,
  'services/permit.yaml': `名稱: 檔案應用
摘要: 閱覽、抄錄或複製本分署管有的檔案。
申請人: [義務人, 利害關係人]
代理申請: 可委託他人
承辦單位: 秘書室
申請期間: 每年 3 月 1 日至 5 月 31 日
申請方式: [臨櫃, {名稱: 郵寄, 說明: 掛號寄本分署}]
應備證件:
  - {名稱: 檔案應用申請書, 形式: 正本, 份數: 1, 書表: permit-form}
  - {名稱: 國民身分證, 形式: 影本, 份數: 2}
  - {名稱: 戶籍謄本, 形式: 正本, 份數: 1, 核發期限: 3 個月}
  - {名稱: 護照, 形式: 影本, 份數: 1, 剩餘效期: 6 個月, 條件: 外國人申請時}
  - {名稱: 委任書, 形式: 正本, 份數: 1, 條件: 委託他人時}
規費:
  明細:
    - {項目: 閱覽, 金額: 20 元, 單位: 每 2 小時}
    - {項目: 影印, 金額: 2 元, 單位: 每頁}
    - {項目: 證明書, 金額: 100 元, 單位: 每份}
  來源: "https://example.org/fees"
辦理時限:
  期限: 10 日
  起算: 收件之次日
  法定: {期限: 30 日, 依據: [檔案法第19條]}
  補正: 7 日
  延長: {期限: 15 日, 次數: 1}
審核權責: 分署長
申請程序:
  - {開始: 提出申請書並繳納費用, 權責: 義務人}
  - {步驟: 審查, 權責: 秘書室, 時限: 4 日}
  - {步驟: 核定, 權責: 分署長, 時限: 3 日}
  - {結束: 通知申請人, 權責: 秘書室}
辦理結果: {名稱: 審核通知書, 效期: 1 年}
救濟: {方式: 訴願, 期限: 處分送達次日起 30 日內, 受理機關: 法務部}
法令依據: [檔案法第17條, 檔案法第19條]
最多洽辦次數: 2 次
聯絡: {單位: 秘書室, 電話: 02-1234-5300, 分機: "311", 代理人: 執行一科}
`,
  'services/free.yaml': `名稱: 意見反映
摘要: 對本分署的服務提出意見。
申請方式: [臨櫃, 電話, 網路]
代理申請: 不可委託他人
應備證件: 無
規費: 免費
辦理時限: 隨到隨辦
審核權責: 分署長
申請程序: 無須申請
`,
  'chapters/10-desk.md': `---
標題: 服務台
---

本分署設置服務台，提供民眾諮詢服務。
`,
};

/** The office with a sentence in it: as a note of a service, or in the chapter. */
export type Where = 'permit' | 'free' | 'chapter';
export function withSentence(where: Where, sentence: string): Record<string, string> {
  const files = { ...FULL };
  const path = where === 'chapter' ? 'chapters/10-desk.md' : `services/${where}.yaml`;
  files[path] += where === 'chapter' ? `\n${sentence}\n` : `注意事項: |\n  ${sentence}\n`;
  return files;
}

export function contentOf(files: Readonly<Record<string, string>>): Content {
  const sources = Object.entries(files).map(([path, text]) => ({ path: `content/${path}`, text }));
  const below = (folder: string) => sources.filter(({ path }) => path.startsWith(`content/${folder}/`));
  const one = (name: string) =>
    sources.find(({ path }) => path === `content/${name}`) ?? { path: `content/${name}`, text: '' };
  return {
    office: one('office.yaml'),
    book: one('handbook.yaml'),
    services: below('services'),
    chapters: below('chapters'),
    translations: below('translations'),
    formFiles: [],
    faults: [],
  };
}
