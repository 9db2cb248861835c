// Faults put into the office of base.ts: file, text, what it becomes, 「rule → the text it points at」.
const PERMIT = 'services/permit.yaml';
const FREE = 'services/free.yaml';
const DESK = 'chapters/10-desk.md';
const OFFICE = 'office.yaml';
const BOOK = 'handbook.yaml';

export const RECORDS: readonly (readonly [file: string, from: string, to: string, ...found: string[]])[] = [
  // sums, limits and steps
  [
    PERMIT,
    '  起算: 收件之次日\n',
    '  階段: [{名稱: 收件, 期限: 4 日}, {名稱: 審核, 期限: 4 日}, {名稱: 准駁, 期限: 4 日}]\n',
    'stage-times-exceed-deadline → 10 日',
  ],
  [PERMIT, '  起算: 收件之次日\n', '  階段: [{名稱: 收件, 期限: 12 日}]\n', 'stage-times-exceed-deadline → 12 日'],
  [PERMIT, '  起算: 收件之次日\n', '  階段: [{名稱: 審查, 期限: 5 日, 權責: 秘書室}]\n', 'stage-against-step → 5 日'],
  [
    PERMIT,
    '  起算: 收件之次日\n',
    '  階段: [{名稱: 審查, 期限: 4 日, 權責: 執行一科}]\n',
    'stage-against-step → 執行一科',
  ],
  [PERMIT, '時限: 4 日}', '時限: 9 日}', 'stage-times-exceed-deadline → 10 日'],
  [PERMIT, '法定: {期限: 30 日', '法定: {期限: 7 日', 'limit-over-statutory → 10 日'],
  [PERMIT, '最多洽辦次數: 2 次\n', '最多洽辦次數: 2 次\n合計時限: 14 日\n', 'total-differs → 14 日'],
  [
    PERMIT,
    '  - {步驟: 核定, 權責: 分署長, 時限: 3 日}',
    '  - {步驟: 繳納證明書費, 權責: 義務人, 規費: 120 元}\n  - {步驟: 核定, 權責: 分署長, 時限: 3 日}',
    'total-differs → 120 元',
  ],
  [PERMIT, '承辦單位: 秘書室', '承辦單位: 執行二科', 'unit-not-in-flow → 執行二科', 'unit-not-in-flow → 秘書室'],
  [PERMIT, '聯絡: {單位: 秘書室', '聯絡: {單位: 執行二科', 'unit-not-in-flow → 執行二科'],
  [PERMIT, '申請人: [義務人, 利害關係人]', '申請人: [利害關係人]', 'applicant-not-in-flow → 提出申請書並繳納費用'],
  [PERMIT, '審核權責: 分署長', '審核權責: 行政執行官', 'authority-not-in-flow → 行政執行官'],
  [PERMIT, '書表: permit-form', '書表: power-form', 'unknown-reference → power-form', 'form-unused → permit-form'],
  [BOOK, '名稱: 檔案應用申請書,', '名稱: 委任書,', 'form-of-other-document → permit-form'],
  [
    FREE,
    '申請程序: 無須申請\n',
    '申請程序:\n  - {開始: 到場反映, 權責: 申請人}\n  - {步驟: 至出納繳交工本費, 權責: 申請人}\n  - {步驟: 登記, 權責: 分署長}\n  - {結束: 答復, 權責: 服務台}\n',
    'payment-step-without-fee → 至出納繳交工本費',
  ],
  [
    FREE,
    '申請程序: 無須申請\n',
    '申請程序:\n  - {開始: 到場反映, 權責: 申請人}\n  - {步驟: 登記並收費, 權責: 服務台}\n  - {結束: 答復, 權責: 分署長}\n',
    'payment-step-without-fee → 登記並收費',
  ],
  [
    FREE,
    '申請程序: 無須申請\n',
    '申請程序:\n  - {開始: 到場反映, 權責: 申請人}\n  - {步驟: 引導至承辦單位, 權責: 服務台, 時限: 15 分鐘}\n  - {結束: 答復, 權責: 分署長}\n',
    'guide-over-standard → 15 分鐘',
  ],
  [
    PERMIT,
    '{開始: 提出申請書並繳納費用, 權責: 義務人}',
    '{開始: 提出申請書, 權責: 義務人}',
    'payment-step-missing → 明細:',
  ],
  [
    FREE,
    '規費: 免費',
    '規費: {免費: 是, 明細: [{項目: 影印, 金額: 2 元, 單位: 每頁}]}',
    'fee-declared → {免費: 是, 明細: [{項目: 影印, 金額: 2 元, 單位: 每頁}]}',
    'fee-without-basis → {免費: 是, 明細: [{項目: 影印, 金額: 2 元, 單位: 每頁}]}',
  ],
  // names
  [PERMIT, '單位: 每頁}', '單位: 每頁, 管道: 網絡}', 'name-not-declared → 網絡'],
  [PERMIT, '條件: 委託他人時}', '條件: 委託他人時, 適用申請人: 拍定人}', 'name-not-declared → 拍定人'],
  [PERMIT, '條件: 委託他人時}', '條件: 委託他人時, 申請方式: 傳真}', 'name-not-declared → 傳真'],
  [PERMIT, '  補正: 7 日', '  依管道: [{管道: 線上, 期限: 5 日}]\n  補正: 7 日', 'name-not-declared → 線上'],
  [OFFICE, '代理人: 同股書記官', '代理人: 書記官', 'deputy-of-himself → 書記官'],
  // twice
  [
    PERMIT,
    '  - {名稱: 國民身分證, 形式: 影本, 份數: 2}',
    '  - {名稱: 國民身分證, 形式: 影本, 份數: 2}\n  - {名稱: 國民身分證, 形式: 影本, 份數: 2}',
    'duplicate-entry → 國民身分證',
  ],
  [
    PERMIT,
    '    - {項目: 影印, 金額: 2 元, 單位: 每頁}',
    '    - {項目: 影印, 金額: 2 元, 單位: 每頁}\n    - {項目: 影印, 金額: 5 元, 單位: 每頁}',
    'duplicate-entry → {項目: 影印, 金額: 5 元, 單位: 每頁}',
  ],
  [
    PERMIT,
    '  - {步驟: 審查, 權責: 秘書室, 時限: 4 日}',
    '  - {步驟: 審查, 權責: 秘書室, 時限: 2 日}\n  - {步驟: 審查, 權責: 秘書室, 時限: 2 日}',
    'duplicate-entry → 審查',
  ],
  [
    OFFICE,
    '  - {名稱: 服務台,',
    '  - {名稱: 秘書室, 樓層: 2 樓, 電話: 02-1234-5300}\n  - {名稱: 服務台,',
    'duplicate-entry → 秘書室',
  ],
  [BOOK, '[檔案法, 行政程序法,', '[檔案法, 行政程序法, 檔案法,', 'duplicate-entry → 檔案法'],
  [
    DESK,
    '本分署設置服務台，提供民眾諮詢服務。',
    '本分署設置服務台，提供民眾諮詢服務。\n\n志工於上午及下午協助引導民眾填寫表單。\n\n志工於上午及下午協助引導民眾填寫表單。',
    'duplicate-entry → 志工於上午及下午協助引導民眾填寫表單。',
  ],
  [
    BOOK,
    '章次: [10-desk.md, 各項服務]',
    '章次: [10-desk.md, 各項服務]\n服務類別: [{名稱: 申請, 服務: [permit, free]}, {名稱: 意見, 服務: [free]}]',
    'service-in-two-categories → free',
  ],
  [PERMIT, '最多洽辦次數: 2 次\n', '最多洽辦次數: 2 次\n相關服務: [permit]\n', 'related-to-itself → permit'],
  // laws and dates
  [PERMIT, '[檔案法第17條, 檔案法第19條]', '[檔案法第17條, 檔案法第191條]', 'impossible-article → 檔案法第191條'],
  [
    PERMIT,
    '[檔案法第17條, 檔案法第19條]',
    '[檔案法第17條第40項, 檔案法第19條]',
    'impossible-article → 檔案法第17條第40項',
  ],
  [
    DESK,
    '本分署設置服務台，提供民眾諮詢服務。',
    '依行政執行法第9條及第10條，並依規費法第100條辦理。',
    'impossible-article → 規費法第100條',
  ],
  [DESK, '本分署設置服務台，提供民眾諮詢服務。', '依訴願法第14條提起。', 'law-not-listed → 訴願法'],
  [
    PERMIT,
    '最多洽辦次數: 2 次\n',
    '最多洽辦次數: 2 次\n注意事項: 依民事訴訟費用法第3條辦理。\n',
    'law-not-listed → 民事訴訟費用法',
  ],
  [
    PERMIT,
    '"https://example.org/fees"',
    '{名稱: 收費公告, 網址: "http//example.org"}',
    'source-address → {名稱: 收費公告, 網址: "http//example.org"}',
  ],
  [
    PERMIT,
    '"https://example.org/fees"',
    '{名稱: 舊收費規定（已廢止）, 網址: "https://example.org/fees"}',
    'repealed-source → {名稱: 舊收費規定（已廢止）, 網址: "https://example.org/fees"}',
  ],
  [
    PERMIT,
    '"https://example.org/fees"',
    '{名稱: 收費公告, 網址: "https://example.org/fees", 查核日: 2027-11-27}',
    'revisions-out-of-order → {名稱: 收費公告, 網址: "https://example.org/fees", 查核日: 2027-11-27}',
  ],
  [
    PERMIT,
    '申請人: [義務人, 利害關係人]',
    '申請人: {值: [義務人, 利害關係人], 來源: "https://example.org/x", 查核日: 2020-01-01}',
    'source-too-old → "https://example.org/x"',
  ],
  [
    BOOK,
    '日期: 2026-11-23\n',
    '日期: 2026-11-23\n生效日: 2026-10-01\n核定: {核定機關: 分署長, 日期: 2026-11-01}\n',
    'revisions-out-of-order → 2026-10-01',
  ],
  [DESK, '提供民眾諮詢服務。', '自 2026-11-27（星期一）起提供諮詢。', 'impossible-date → 2026-11-27'],
  [DESK, '提供民眾諮詢服務。', '115年4月31日起提供諮詢。', 'impossible-date → 115年4月31日'],
  [DESK, '提供民眾諮詢服務。', '每日上午 8 時 65 分開門。', 'impossible-date → 上午 8 時 65 分'],
  [DESK, '提供民眾諮詢服務。', '影印押金 1,0000 元。', 'impossible-date → 1,0000 元'],
  // what cannot be told at once, what was left, what tells of people
  [PERMIT, '  - {名稱: 委任書,', '  - 其他必要文件\n  - {名稱: 委任書,', 'open-ended-document → 其他必要文件'],
  [
    PERMIT,
    '  - {名稱: 委任書,',
    '  - 其他經本分署要求之資料\n  - {名稱: 委任書,',
    'open-ended-document → 其他經本分署要求之資料',
  ],
  [PERMIT, '  - {名稱: 委任書,', '  - 足資證明之文件\n  - {名稱: 委任書,', 'open-ended-document → 足資證明之文件'],
  [DESK, '提供民眾諮詢服務。', 'TODO 補上位置圖。', 'placeholder-text → TODO'],
  [PERMIT, '最多洽辦次數: 2 次\n', '最多洽辦次數: 2 次\n注意事項: 請洽 XXXX 股。\n', 'placeholder-text → XXXX'],
  [DESK, '提供民眾諮詢服務。', '例如義務人王小明，113年度營所稅執字第12345號。', 'person-with-case → 王小明'],
  [DESK, '提供民眾諮詢服務。', '請匯款至帳戶 012-345678901234。', 'bank-account → 012-345678901234'],
  [
    DESK,
    '提供民眾諮詢服務。',
    '承辦人 ０９１２３４５６７８。',
    'mobile-number → ０９１２３４５６７８',
    'numerals → ０９１２３４５６７８',
  ],
  [
    DESK,
    '提供民眾諮詢服務。',
    '身分證字號 Ａ１２３４５６７８９。',
    'national-id → Ａ１２３４５６７８９',
    'numerals → １２３４５６７８９',
  ],
];
