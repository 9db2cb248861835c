// What the model can say is read from YAML and Markdown alike, and stands on the notice and in the handbook.
import { describe, expect, test } from 'vitest';
import { parse } from '../src/content/parse.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import cards from '../src/outputs/cards.js';
import handbook from '../src/outputs/handbook/handbook.js';
import notices from '../src/outputs/notices.js';
import { contentOf } from './office.js';
import { kitFor, plain } from './outputs/kit.js';
import { SAID, withRest } from './said.js';

const MARKDOWN = `# 護照

## 應備證件
- 戶籍謄本
  - 取得處：戶政事務所
  - 剩餘效期：6 個月
  - 依據：戶籍法第5條
- 擇二
  - 身分證
  - 駕照
  - 健保卡
- 沒有相片的證件（2 種）
- 相片（2 張）
- 另須：
  - 本人親自到場
  - 由戶政事務所核轉
    - 條件：委託他人時

## 規費
- 工本費30元
- 護照：每本 1,300 元，第 2 本起每本 900 元
- 倉租：每月 18.5–370 元
  - 不足一單位：以一單位計
  - 最高：5,000 元
  - 適用機關：臺北館
  - 迄日：130年12月31日
- 簽證
  - 計算式：人數 × 筆數 × 20 元
- 舊制：7 元
  - 迄日：100年12月31日
- 加收：
  - 急件
    - 倍數：2
    - 適用項目：護照、簽證
    - 單位：每件
    - 條件：3 日內取件
    - 管道：臨櫃
    - 最高：900 元
- 減免：
  - 低收入戶免收
  - 學生減半
    - 適用項目：護照
    - 最高：100 元
- 優惠：網路 8 折
- 繳費方式：
  - 現金
    - 管道：臨櫃
  - 信用卡
    - 管道：網路
- 退費：
  - 郵資不退
    - 情形：申請人撤回
    - 退還：全額
    - 扣除：郵資
  - 其他情形不退費

## 辦理時限
- 依案件：
  - 一般：3 日
    - 管道：網路
  - 會勘
    - 不定期限：視會勘結果
- 不計入：補正、會辦
- 逾期效果：視為核准
- 達標率：95%
- 實績：97%（114 年）

## 申請期間
每年 3 月 1 日前

## 申請人
- 夫妻
  - 共同申請：是

## 可代理的人
- 配偶
- 律師
  - 條件：受委任時
  - 應備證件：委任狀

## 洽辦次數
1 次

## 申訴電話
02-2345-6789

## 承辦確認
執行一科，115年11月1日

## 辦理狀態
季節：每年 3 月至 5 月

## 審核權責
分署長
`;

/** The words of the notice, the handbook and the card, without blanks. */
function papersOf(
  file: string,
  written: string,
  around: Record<string, string> = {},
): Record<'notice' | 'book' | 'card', string> {
  const kit = kitFor({ ...around, [file]: written }, { copies: 1 });
  const words = (sheets: readonly { kind: string }[]): string =>
    sheets
      .map((sheet) => ('html' in sheet ? plain(String(sheet.html)) : 'text' in sheet ? plain(String(sheet.text)) : ''))
      .join('')
      .replace(/\s/g, '');
  return {
    notice: words(notices.render(kit)),
    book: words(handbook.render(kit as never)),
    card: words(cards.render(kit)),
  };
}

const ON_PAPER = [
  '取得處：戶政事務所',
  '效期尚有6個月以上',
  '任選2項',
  '不同的2種',
  '2張',
  '委託他人時：由戶政事務所核轉',
  '本人親自到場',
  '工本費',
  '自第2本起',
  '18.5–370元',
  '不足一月以一月計',
  '最高收5,000元',
  '限臺北館',
  '至130年12月31日止',
  '人數×筆數×20元',
  '2倍',
  '適用：護照、簽證；3日內取件；限臨櫃；以900元為限',
  '低收入戶',
  '適用：護照；以100元為限',
  '8折',
  '臨櫃：現金；網路：信用卡',
  '申請人撤回：退還全額；扣除郵資',
  '其他情形不退費',
  '一般（網路）',
  '不定期限',
  '視會勘結果',
  '補正、會辦',
  '視為核准',
  '95%',
  '97%',
  '114年',
  '每年3月1日前',
  '律師（受委任時；帶委任狀）',
  '最多1次',
  '02-2345-6789',
  '執行一科（115年11月1日）',
  '季節辦理：每年3月至5月',
];

describe.each([
  ['YAML', 'services/x.yaml', withRest(SAID)],
  ['Markdown', 'services/x.md', MARKDOWN],
])('written in %s', (_, file, written) => {
  const papers = papersOf(file, written);
  test.each(ON_PAPER)('notice and handbook tell %s', (words) => {
    const found = (paper: string): boolean =>
      paper.includes(words) || paper.includes(words.replace('退還全額；扣除郵資', '退還全額；扣除郵資；郵資不退'));
    expect(found(papers.notice)).toBe(true);
    expect(found(papers.book)).toBe(true);
  });
  test('a price that no longer holds on the date of the edition is on no paper', () => {
    for (const paper of Object.values(papers)) expect(paper).not.toContain('舊制');
  });
  test('the card tells what is to be known before one comes', () => {
    expect(papers.card).toContain('季節辦理：每年3月至5月');
    expect(papers.card).toContain('另須：本人親自到場');
    expect(papers.card).toContain('取得處：戶政事務所');
  });
});

const faultsOf = (written: string) =>
  parse(contentOf({ 'services/x.yaml': withRest(written) }), parseMarkdown).faults.map(({ rule, span }) => [
    rule,
    span.source.text.slice(span.start, span.end),
  ]);

describe('what cannot be read whole is refused at its sign', () => {
  test.each([
    ['規費: 一萬五元', 'unreadable-fee', '五元'],
    ['規費: 1,5 元', 'unreadable-fee', ',5 元'],
    ['規費: {明細: [{金額: 1000}]}', 'unreadable-fee', '1000'],
    ['規費: {明細: [{費率: 1.2.3%}]}', 'unreadable-fee', '.3%'],
    ['規費: {明細: [{項目: 甲, 計算式: 人數 × }]}', 'unreadable-fee', '人數 ×'],
    ['辦理時限: 3 日 2 小時', 'unreadable-duration', '2 小時'],
    ['辦理時限: {依案件: [{案件: 一般}]}', 'missing-key', '{案件: 一般}'],
    ['申請期間: 每年 2 月 30 日前', 'wrong-type', '2 月 30 日'],
    ['辦理狀態: 也許', 'wrong-type', '也許'],
  ])('%s', (written, rule, at) => expect(faultsOf(written)).toEqual([[rule, at]]));
  test.each(['規費: 如附件', '應備證件: 詳附表'])('%s declares nothing', (written) => {
    const { services } = parse(contentOf({ 'services/x.yaml': withRest(written) }), parseMarkdown);
    const [service] = services;
    expect([service?.fee, service?.documents].filter((fact) => fact === undefined)).toHaveLength(1);
  });
});

test.each([
  ['應備證件: [{名稱: 戶籍謄本, 核發期限: 最近}]', '例如「3 個月」「6 個月」。'],
  ['辦理時限: {期限: 3 日, 補正: {期限: 儘速}}', '例如「7 日」「15 日」。'],
  ['規費: {明細: [{項目: 甲, 金額: 5 元, 最高: 若干}]}', '例如「900 元」「5,000 元」。'],
])('%s is refused with two right ones of that very field', (written, hint) => {
  const [fault] = parse(contentOf({ 'services/x.yaml': withRest(written) }), parseMarkdown).faults;
  expect(fault?.hint?.zh).toBe(hint);
});

describe('the documents of another service', () => {
  const book = (first: string, second: string) =>
    parse(
      contentOf({
        'services/a.yaml': withRest(first).replace('護照', '甲'),
        'services/b.yaml': withRest(second).replace('護照', '乙'),
      }),
      parseMarkdown,
    ).services.map(({ documents }) => (documents as { items?: { name: string }[] }).items?.map(({ name }) => name));
  test('are taken over, with one’s own behind them', () => {
    expect(book('應備證件: [申請書, 身分證]', '應備證件: {比照: a, 清單: [委任狀]}')).toEqual([
      ['申請書', '身分證'],
      ['申請書', '身分證', '委任狀'],
    ]);
  });
  test('end where two services name each other', () => {
    expect(book('應備證件: {比照: b, 清單: [甲證]}', '應備證件: {比照: a, 清單: [乙證]}')).toEqual([
      ['乙證', '甲證'],
      ['甲證', '乙證'],
    ]);
  });
});

describe('a step says who meets it', () => {
  const STEPS = `申請人: 義務人、利害關係人
合計時限: 10 日
申請程序:
  - 開始: 提出申請（利害關係人）
  - {步驟: 審查並登錄, 權責: 書記官, 對外: 是, 時限: 3 日}
  - {步驟: 通知會計室, 權責: 書記官, 對外: 否}
  - {步驟: 製發證書, 權責: 書記官, 民眾動作: 繳費, 規費: 100 元, 當場辦畢: 是}
  - 結束: 領取（利害關係人）`;
  const MD = `# 護照

## 應備證件
無

## 規費
免費

## 辦理時限
3 日

## 審核權責
分署長

## 申請人
義務人、利害關係人

## 合計時限
10 日

## 申請程序
1. 提出申請（利害關係人）
2. 審查並登錄（書記官，3 日）
   - 對外：是
3. 通知會計室（書記官）
   - 對外：否
4. 製發證書（書記官）
   - 民眾動作：繳費
   - 規費：100 元
   - 當場辦畢：是
5. 結束：領取（利害關係人）
`;
  const office = `名稱: 範例分署\n職稱: [書記官, 分署長]\n當事人: [利害關係人]\n`;
  test.each([
    ['YAML', 'services/x.yaml', withRest(STEPS)],
    ['Markdown', 'services/x.md', MD],
  ])('in %s', (_, file, written) => {
    const { notice, book } = papersOf(file, written, { 'office.yaml': office });
    // By its words the first would stay within the office, and the second reach the applicant.
    expect(notice).toContain('審查並登錄');
    expect(notice).not.toContain('通知會計室');
    expect(notice).toContain('製發證書（申請人：繳費）');
    expect(notice).toContain('合計10日');
    for (const words of ['通知會計室', '申請人：繳費；規費：100元', '當場辦畢', '合計10日'])
      expect(book).toContain(words);
  });
});

test('a limit says whom it binds, and is told to him alone', () => {
  const of = (limit: string) => papersOf('services/x.yaml', withRest(`辦理時限: ${limit}`)).notice;
  expect(of('{期限: 3 日, 法定: {期限: 10 日, 您的期限: 是}}')).toMatch(/辦理時限3日.*您的期限10日/);
  expect(of('{期限: 3 日, 法定: {期限: 10 日, 起算: 送達, 您的期限: 否}}')).not.toContain('您的期限');
  const staged = of('{階段: [{名稱: 繳費, 期限: 7 日, 您的期限: 是}, {名稱: 發證, 期限: 3 日}]}');
  expect(staged).toMatch(/您的期限繳費：7日/);
});

test('a name with 、 in it is one name within 「」', () => {
  const written = withRest('應備證件: [{名稱: 同意書, 適用申請人: 「夫、妻之一方」、子女}]');
  const [service] = parse(contentOf({ 'services/x.yaml': written }), parseMarkdown).services;
  expect((service?.documents as { items?: { applicants: string[] }[] } | undefined)?.items?.[0]?.applicants).toEqual([
    '夫、妻之一方',
    '子女',
  ]);
});

test('the handbook lists branches, volunteers and who is on duty at the desk', () => {
  const office = `名稱: 範例分署
職稱: [分署長]
服務據點: [{名稱: 東區服務站, 地址: 東路1號, 樓層: 2 樓, 櫃台: 5 號櫃台, 電話: 02-1, 傳真: 02-2, 服務時間: 週三}]
志工: [{姓名: 服務志工隊, 時段: 週一上午, 職掌: 引導}]
輪值表: [{時段: 週一上午, 對象: 甲書記官、乙書記官, 櫃台: 服務台}]
`;
  const { book } = papersOf('services/x.yaml', withRest(''), { 'office.yaml': office });
  for (const words of ['東區服務站東路1號2樓5號櫃台02-102-2週三', '服務志工隊週一上午引導', '甲書記官、乙書記官服務台'])
    expect(book).toContain(words);
});
