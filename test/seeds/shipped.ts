// One fault put into the book of the tests, and what is found then: file, text, what it becomes, 「rule → the text it points at」.
/** So many steps in a row, each its own. */
const steps = (n: number): string =>
  Array.from({ length: n }, (_, i) => `  - {步驟: 審查終止原因之${i + 1}, 權責: 承辦股}`).join('\n');

const OBJECTION = 'services/objection.yaml';
const WALKIN = 'services/walk-in-payment.yaml';
const PETITION = 'services/petition.md';
const INSTALMENTS = 'services/instalments.yaml';
const FILES = 'services/case-file-access.yaml';
const DESK = 'chapters/10-service-desk.md';
const RELEASE = 'services/release-of-seizure.yaml';
const GARNISHEE = 'services/garnishee.yaml';
const ENQUIRY = 'services/enquiry.md';

/** File, text, what it becomes, findings. */
export const TABLE: [string, string, string, ...string[]][] = [
  // What must be declared
  [
    WALKIN,
    '審核權責: 待確認（公開資料僅載承辦股、書記官及出納）\n',
    '',
    'authority-declared → 名稱: 到場洽辦及現場繳款',
    'translation-unused → 待確認（公開資料僅載承辦股、書記官及出納）',
  ],
  [OBJECTION, '規費: 待確認', '規費: ""', 'fee-declared → ""'],
  [OBJECTION, '規費: 待確認', '規費: TODO', 'fee-declared → TODO'],
  [RELEASE, '辦理時限: 待確認', '辦理時限: []', 'deadline-declared → []'],
  // Keys, types, references
  [OBJECTION, '規費: 待確認', '規廢: 待確認', 'unknown-key → 規廢'],
  [OBJECTION, '承辦單位: 承辦股', '承辦單位: 承辨股', 'unknown-reference → 承辨股'],
  [
    OBJECTION,
    '相關服務: [walk-in-payment, exit-restriction]',
    '相關服務: [walkin-payment, exit-restriction]',
    'unknown-reference → walkin-payment',
  ],
  [OBJECTION, '書表: [objection-form]', '書表: [objection-from]', 'unknown-reference → objection-from'],
  [OBJECTION, '無理由: 送分案', '無理由: 送分按', 'unknown-reference → 送分按', 'unreachable-step → 異議書送分案'],
  [OBJECTION, '權責: 主任行政執行官}', '權責: 主任執行官}', 'unknown-reference → 主任執行官'],
  [
    OBJECTION,
    '期限: 3 日, 起算: 聲明異議, 權責: 書記官}',
    '期限: 很快, 起算: 聲明異議, 權責: 書記官}',
    'unreadable-duration → 很快',
  ],
  [FILES, '金額: 20 元', '金額: 依規定', 'unreadable-fee → 依規定'],
  [FILES, '次數: 1}', '次數: 一些}', 'wrong-type → 一些'],
  [OBJECTION, '摘要: 對執行命令', '摘要: 對執行命令\n摘要: 對執行命令', 'duplicate-key → 摘要'],
  [OBJECTION, '名稱: 聲明異議\n', '名稱: "聲明異議\n', 'yaml-syntax → "聲明異議'],
  [
    PETITION,
    '編號: petition',
    '編號: objection',
    'duplicate-id → objection',
    'unknown-reference → petition',
    'unknown-reference → petition',
  ],
  [PETITION, '## 注意事項', '## 注意事向', 'unknown-key → 注意事向'],
  ['handbook.yaml', '  - 40-telephone.md\n', '', 'chapter-not-in-book → 電話禮貌'],
  [
    'handbook.yaml',
    '  - 40-telephone.md',
    '  - 41-telephone.md',
    'chapter-not-in-book → 電話禮貌',
    'unknown-reference → 41-telephone.md',
  ],
  ['handbook.yaml', '[petition, meet-the-head]', '[petition]', 'service-in-no-category → 首長與民有約'],
  ['handbook.yaml', '版次: 初版\n', '', 'missing-key → 格式: 1'],
  // Flows
  [
    OBJECTION,
    '  - {步驟: 核轉, 權責: 主任行政執行官}',
    '  - {步驟: 核轉, 權責: 主任行政執行官, 接: 送分案}',
    'unreachable-step → 異議有無理由？',
  ],
  [
    OBJECTION,
    '        - {結束: 執行終結時歸檔, 權責: 書記官}',
    '        - {步驟: 執行終結時歸檔, 權責: 書記官}',
    'dead-end → 執行終結時歸檔',
  ],
  [OBJECTION, '{步驟: 核轉, 權責: 主任行政執行官}', '{步驟: 核轉}', 'step-without-actor → 核轉'],
  [
    OBJECTION,
    '{步驟: 核轉, 權責: 主任行政執行官}',
    '{步驟: 主任行政執行官, 權責: 主任行政執行官}',
    'step-not-action → 主任行政執行官',
  ],
  [
    OBJECTION,
    '{步驟: 核轉, 權責: 主任行政執行官}',
    '{步驟: 核轉, 權責: [{說明: 視案件而定}]}',
    'unnamed-lane → {說明: 視案件而定}',
  ],
  [WALKIN, '      無疑義: 繳款\n', '', 'decision-branches → 對案件有無疑義？'],
  [
    WALKIN,
    '{步驟: 商議繳納方式（命供擔保）, 權責: 承辦股, 接: 繳款}',
    '{步驟: 商議繳納方式（命供擔保）, 權責: 承辦股, 接: [繳款, 結案]}',
    'implicit-split → 商議繳納方式（命供擔保）',
  ],
  [
    WALKIN,
    '{步驟: 商議繳納方式（命供擔保）, 權責: 承辦股, 接: 繳款}',
    '{步驟: 商議繳納方式（命供擔保）, 權責: 承辦股, 接: [{到: 繳款, 標示: 可}, {到: 繳款, 標示: 可}]}',
    'duplicate-edge → {到: 繳款, 標示: 可}',
  ],
  [
    INSTALMENTS,
    '      否:\n        - {結束: 不予核准並通知義務人, 權責: 承辦股}\n      是: 酌情核准分期',
    '      否: 酌情核准分期\n      是: 酌情核准分期',
    'superfluous-decision → 移送機關同意並已提供擔保？',
  ],
  [
    PETITION,
    '6. 結束：結案（秘書室）\n',
    '6. 結案（秘書室）→ 5\n',
    'flow-start-end → 1. 開始：以書面、電話或到場陳情（陳情人）',
  ],
  [
    OBJECTION,
    '  - {步驟: 核轉, 權責: 主任行政執行官}',
    '  - 並行:\n      - [{步驟: 核轉, 權責: 主任行政執行官, 接: 送分案}]\n      - [{步驟: 登記, 權責: 書記官}]\n      - [{步驟: 調卷, 權責: 書記官}]',
    'implicit-join → 送分案',
  ],
  [
    OBJECTION,
    '  - {步驟: 核轉, 權責: 主任行政執行官}',
    '  - 並行:\n      - [{步驟: 核轉, 權責: 主任行政執行官}, {結束: 附卷, 權責: 書記官}]\n      - [{步驟: 登記, 權責: 書記官}]',
    'parallel-split-without-join → 並行:',
  ],
  [RELEASE, '  - {步驟: 審查終止原因, 權責: 承辦股}', steps(30), 'too-many-steps → 陳明理由並檢附文件申請'],
  [RELEASE, '  - {步驟: 審查終止原因, 權責: 承辦股}', steps(50), 'far-too-many-steps → 陳明理由並檢附文件申請'],
  [
    OBJECTION,
    '        - {步驟: 附理由駁回並發回卷宗, 權責: 行政執行署}\n        - {結束: 執行終結時歸檔, 權責: 書記官}',
    '        - {步驟: 附理由駁回並發回卷宗, 編號: 駁回, 權責: 行政執行署}\n        - {步驟: 歸檔, 權責: 書記官, 接: 駁回}',
    'cycle-without-exit → 附理由駁回並發回卷宗',
  ],
  [
    GARNISHEE,
    '        - {步驟: 通知移送機關, 權責: 承辦股}\n',
    '        - 判斷: 是否在職？\n          權責: 承辦股\n          接: [{到: 通知, 標示: 是}, {到: 通知, 標示: 否}, {到: 終了, 標示: 否}]\n        - {結束: 終了, 權責: 承辦股}\n        - {步驟: 通知移送機關, 編號: 通知, 權責: 承辦股}\n',
    'equal-branch-labels → {到: 終了, 標示: 否}',
  ],
  [
    GARNISHEE,
    '        - {步驟: 通知移送機關, 權責: 承辦股}\n',
    '        - 判斷: 是否在職？\n          權責: 承辦股\n          接: [{到: 通知, 標示: 是}, {到: 終了, 標示: 否}, {到: 另案}]\n        - {結束: 終了, 權責: 承辦股}\n        - {結束: 另案, 權責: 承辦股}\n        - {步驟: 通知移送機關, 編號: 通知, 權責: 承辦股}\n',
    'unlabelled-branch → {到: 另案}',
  ],
  [RELEASE, '      無原因:\n', '      情形不明: 通知\n      無原因:\n', 'too-many-ways → 有無終止執行的原因？'],
  [
    RELEASE,
    '  - {步驟: 審查終止原因, 權責: 承辦股}',
    '  - {步驟: 受理, 權責: 承辦股}\n  - {步驟: 到場補正, 權責: 申請人}\n  - {步驟: 登記, 權責: 承辦股}\n  - {步驟: 到場說明, 權責: 申請人}\n  - {步驟: 審查, 權責: 承辦股}\n  - {步驟: 到場領取, 權責: 申請人}\n  - {步驟: 審查終止原因, 權責: 承辦股}',
    'visits-over-standard → 到場領取',
  ],
  // Record against flow
  [PETITION, '- 期限：6 日', '- 期限：3 日', 'stage-times-exceed-deadline → 3 日'],
  [
    OBJECTION,
    '核定: 分署長}\n    - {階段: 無理由者',
    '核定: 執行二科}\n    - {階段: 無理由者',
    'authority-not-in-flow → 執行二科',
  ],
  [FILES, '收件: [申請書]', '收件: [申請書, 戶籍謄本]', 'document-not-declared → 戶籍謄本'],
  [RELEASE, '收件: [申請書, 有關證明文件]', '收件: [申請書]', 'document-not-received → 有關證明文件'],
  [
    RELEASE,
    '收件: [申請書, 有關證明文件]}\n  - {步驟: 審查終止原因, 權責: 承辦股}',
    '收件: [申請書]}\n  - {步驟: 審查終止原因, 權責: 承辦股, 收件: [有關證明文件]}',
    'document-asked-late → 審查終止原因',
  ],
  [FILES, '閱覽並繳納費用', '閱覽', 'payment-step-missing → 明細:'],
  [
    WALKIN,
    '{步驟: 製作繳款單, 權責: 移送機關}',
    '{步驟: 收取手續費, 權責: 移送機關}',
    'payment-step-without-fee → 收取手續費',
  ],
  [
    'office.yaml',
    '    簡稱: 移案機關\n    電話: 以通知書所載為準\n',
    '    簡稱: 移案機關\n',
    'other-office-step → 由移送機關說明',
    'other-office-step → 移案機關製作繳款單',
    'other-office-step → 移案機關說明',
    'other-office-step → 移送機關10日內起訴並證明？',
    'other-office-step → 補正文件',
    'other-office-step → 製作繳款單',
  ],
  // The office's own standards
  [WALKIN, '  目標: 30 分鐘', '  目標: 45 分鐘', 'counter-over-standard → 45 分鐘'],
  [PETITION, '- 期限：6 日', '- 期限：10 日', 'complaint-over-standard → 10 日'],
  [
    'office.yaml',
    '  電話接聽時限: {值: 10 秒, 來源: 本分署為民服務注意事項第貳點八、（二）1}\n  電話鈴響: {值: 3 聲, 來源: 本分署為民服務注意事項第貳點八、（二）1}\n',
    '',
    'telephone-standard-missing → 引導時限: {值: 5 分鐘, 來源: 本分署為民服務注意事項第貳點二、（二）}',
  ],
  [
    'office.yaml',
    '  引導時限: {值: 5 分鐘, 來源: 本分署為民服務注意事項第貳點二、（二）}\n  臨櫃辦畢時限: {值: 30 分鐘, 來源: 本分署為民服務注意事項第貳點二、（二）}\n',
    '',
    'waiting-standard-missing → 陳情回復時限: {值: 6 日, 來源: 本分署為民服務注意事項第貳點七、（一）}',
  ],
  // Law and money
  [
    FILES,
    '  來源: {名稱: 法務部及所屬機關提供政府資訊收費規定, 網址: "https://law.moj.gov.tw/LawClass/LawAll.aspx?pcode=I0020027", 查核日: 2024-10-11}\n',
    '',
    'fee-without-basis → 明細:',
  ],
  [OBJECTION, '法令依據: [行政執行法第9條,', '法令依據: [行政執行法,', 'basis-without-article → 行政執行法'],
  [
    OBJECTION,
    '行政執行法施行細則第17條]\n注意',
    '行政執行法施行細則第17條, 規費法第11條]\n注意',
    'law-not-listed → 規費法',
  ],
  [OBJECTION, '  法定: {期限: 10 日,', '  期限: 12 日\n  法定: {期限: 10 日,', 'limit-over-statutory → 12 日'],
  [
    FILES,
    '{對象: 學術研究或公益用途, 減免內容: 減半, 除外: 郵遞費}',
    '{對象: 任何人, 減免內容: 免收}',
    'exemption-cancels-all → 任何人',
  ],
  [
    FILES,
    '查核日: 2024-10-11',
    '查核日: 2021-10-11',
    'fee-basis-too-old → {名稱: 法務部及所屬機關提供政府資訊收費規定, 網址: "https://law.moj.gov.tw/LawClass/LawAll.aspx?pcode=I0020027", 查核日: 2021-10-11}',
  ],
  // Wording
  [OBJECTION, '身分證明文件及附件', '身份證明文件及附件', 'official-characters → 身份'],
  [DESK, '設置服務台', '设置服務台', 'simplified-characters → 设'],
  [DESK, '誠懇虛心、辦事勤快', '誠懇虛心,辦事勤快', 'halfwidth-punctuation → ,'],
  [DESK, '## 服務態度', '## 服務態度。', 'title-punctuation → 。'],
  [DESK, '本分署設置服務台', '本行政執行處設置服務台', 'old-agency-name → 行政執行處'],
  [PETITION, '- 期限：6 日', '- 期限：6 天', 'mixed-day-word → 天'],
  [DESK, '本分署彙整為民服務', '本分署自１１５年起彙整為民服務', 'numerals → １１５'],
  [DESK, '本分署彙整為民服務', '依第九八條，本分署彙整為民服務', 'official-terms → 第九八'],
  ['handbook.yaml', '日期: 115年11月23日\n生效日', '日期: 100年11月23日\n生效日', 'edition-not-later → 100年11月23日'],
  // Privacy
  [DESK, '本分署彙整為民服務', 'A123456789 本分署彙整為民服務', 'national-id → A123456789'],
  [DESK, '本分署彙整為民服務', '0912-345-678 本分署彙整為民服務', 'mobile-number → 0912-345-678'],
  [DESK, '本分署彙整為民服務', 'someone@gmail.com 本分署彙整為民服務', 'private-email → someone@gmail.com'],
  // The page
  [DESK, '本分署彙整為民服務', '見[聲明異議](#objektion)。本分署彙整為民服務', 'dead-link → #objektion'],
  [DESK, '本分署彙整為民服務', '<b>本分署</b>彙整為民服務', 'raw-html → <b>', 'raw-html → </b>'],
  [DESK, '本分署彙整為民服務', '**「好」、「快」。**本分署彙整為民服務'.replace('**本', '** 本'), ''],
  [ENQUIRY, '# 案件查詢及改期', '# 聲明異議', 'duplicate-title → 聲明異議', 'translation-unused → 案件查詢及改期'],
  // Exceptions
  [OBJECTION, '規費: 待確認', '規費: 待確認 # 略過 numerals：引用', 'unused-suppression → # 略過 numerals：引用'],
  [OBJECTION, '規費: 待確認', '規費: 待確認 # 略過 numerals', 'suppression → # 略過 numerals'],
  ['handbook.yaml', '\n章次:', '\n檢查規則: [{規則: numeral, 等級: 關閉}]\n章次:', 'rule-setting → numeral'],
];
