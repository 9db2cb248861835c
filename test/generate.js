// Writes a generated office with N services, for measuring: about 60 lines a service, one chart of 8 steps each.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const OFFICE = `名稱: 範例分署
簡稱: 本分署
地址: 範例市範例路1號
電話: 00-0000-0000
單位: [執行一科, 執行二科, 秘書室, 服務台]
職稱: [書記官, 行政執行官, 分署長]
當事人: [義務人, 申請人]
職務代理人: [{姓名: 書記官, 代理人: 同股書記官}]
服務標準: {引導時限: 5 分鐘, 臨櫃辦畢時限: 30 分鐘, 陳情回復時限: 6 日, 電話接聽時限: 10 秒, 電話鈴響: 3 聲, 最多洽辦次數: 2 次}
`;

const service = (n) => `名稱: 第${n}號申請案件
摘要: 義務人就第${n}號事項向本分署提出申請，由承辦股審查後核定。
申請人:
  - 義務人
  - 對象: 利害關係人
    條件: 以主張或維護其法律上利益有必要者為限
承辦單位: 執行一科
應備證件:
  - 名稱: 申請書第${n}式
    形式: 正本
    份數: 1
    來源: 行政執行法第9條
  - 身分證明文件（驗正本收影本，1 份）
  - 委託他人時：委任書（正本，1 份）
  - 擇一:
      - 戶籍謄本（正本，1 份，3 個月內）
      - 國民身分證（影本，1 份）
規費:
  明細:
    - 項目: 閱覽
      金額: ${20 + (n % 5)} 元
      單位: 每 2 小時
    - 項目: 影印
      金額: 2 元
      單位: 每頁
  減免:
    - 對象: 低收入戶
      減免內容: 免收
  依據: [規費法第10條]
辦理時限:
  期限: ${5 + (n % 7)} 日
  起算: 收件之次日
  法定: {期限: 30 日, 依據: 行政執行法第9條}
  補正: {期限: 7 日, 重新起算: 是}
審核權責:
  擬辦: 書記官
  審核: 行政執行官
  核定: 分署長
申請程序:
  - 開始: 提出第${n}式申請書（義務人）
  - 審查申請書（書記官，1 日）
  - 判斷: 文件齊備？
    權責: 書記官
    分支:
      是: 擬具意見
      否:
        - 通知補正（書記官）
        - {步驟: 補正文件, 權責: 義務人, 接: 審查申請書}
  - {步驟: 製作審查意見, 編號: 擬具意見, 權責: 行政執行官, 時限: 2 日}
  - 核定准駁（分署長，1 日）
  - 繳納規費（義務人）
  - 結束: 書面通知申請人（書記官）
法令依據: [行政執行法第9條, 行政程序法第46條]
注意事項: |
  申請書應載明姓名、住址與聯絡電話，並簽名或蓋章。
聯絡: {單位: 執行一科, 電話: 00-0000-0000, 分機: "${100 + (n % 900)}"}
`;

/** Makes `folder` a content folder with `count` services. */
export function generate(folder, count) {
  mkdirSync(join(folder, 'services'), { recursive: true });
  const ids = Array.from({ length: count }, (_, i) => `s${String(i + 1).padStart(4, '0')}`);
  writeFileSync(join(folder, 'office.yaml'), OFFICE);
  writeFileSync(
    join(folder, 'handbook.yaml'),
    `書名: 為民服務手冊\n版次: 初版\n日期: 2026-11-23\n服務類別:\n  - 名稱: 申請\n    服務:\n${ids.map((id) => `      - ${id}\n`).join('')}法規清單: [行政執行法, 行政程序法, 規費法]\n`,
  );
  for (const [i, id] of ids.entries()) writeFileSync(join(folder, 'services', `${id}.yaml`), service(i + 1));
}
