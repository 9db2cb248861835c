// Every paper of a build, asked after each kind of edit: it is outdated exactly where what can be read on it has changed.
import { describe, expect, test } from 'vitest';
import { compile } from '../src/build/api.js';
import { type BuildRequest, sheetsOf } from '../src/build/compile.js';
import { html } from '../src/core/html.js';
import { loadFolder } from '../src/core/program-files.js';
import { contextOf } from '../src/document/context.js';
import { codeOf, readCode, readDeclaration, type Stamp } from '../src/document/declaration.js';
import { declaredInFile } from '../src/document/declaration-in-file.js';
import { svgElement, svgOf } from '../src/document/drawing.js';
import type { Output } from '../src/document/output.js';
import type { Sheet } from '../src/document/sheet.js';
import { changeText, type Outputs, verdictOn, verdictOnCode, wordsIn } from '../src/document/staleness.js';
import { contentOf } from './office.js';
import { plain } from './outputs/kit.js';

const CONTENT: Readonly<Record<string, string>> = {
  'office.yaml': `名稱: 範例分署
上級機關: 範例署
地址: 臺北市中正區某路1號
辦公時間: 週一至週五 8 時至 17 時
電話: 02-1234-5678
傳真: 02-1234-0000
電子郵件: office@example.gov.tw
單位:
  - {名稱: 執行一科, 樓層: 1 樓, 分機: "101", 職掌: 收件}
  - 秘書室
職稱: [書記官, 分署長]
當事人: [義務人, 申請人]
樓層配置: [{樓層: 1 樓, 說明: 服務台}]
服務標準: {引導時限: 5 分鐘, 臨櫃辦畢時限: 30 分鐘, 電話接聽時限: 10 秒, 電話鈴響: 3 聲, 最多洽辦次數: 2 次, 陳情回復時限: 6 日}
服務要點: 好、快
服務態度: 和藹可親
職務代理人: [{姓名: 書記官, 單位: 執行一科, 代理人: 同科書記官}]
電話禮貌: [{情形: 轉接, 用語: [幫您轉接，請稍後], 說明: 告知分機}]
考核項目: [{項目: 識別證, 標準: 佩戴}]
同仁: [{姓名: 王小明, 單位: 執行一科, 職稱: 書記官}]
相關機關: [{名稱: 範例稅捐處, 電話: 02-2222-0000, 職掌: 稅款}]
`,
  'handbook.yaml': `書名: 為民服務手冊
版次: 初版
日期: 115年11月23日
章次: [01-preface.md, 機關簡介, 服務標準, 總流程圖, 服務項目一覽, 規費一覽, 各項服務, 相關機關, 應備證件索引, 書表清單, 法規一覽, 修訂沿革]
服務類別:
  - {編號: payment, 名稱: 繳款, 服務: [instalments]}
  - {編號: records, 名稱: 檔案, 服務: [archives]}
書表: [{編號: form-a, 名稱: 分期申請書, 說明: 正本}]
法規清單: [{名稱: 行政執行法, 網址: "https://example.gov.tw/law"}]
流程圖總覽:
  - {編號: overall, 名稱: 總流程, 說明: 先到服務台, 申請程序: [洽詢, {步驟: 辦理, 權責: 書記官}, 結束]}
修訂沿革: [{版次: 初版, 日期: 115年11月23日, 修訂內容: 訂定}]
`,
  'chapters/01-preface.md': '---\n標題: 前言\n---\n\n本書說明各項服務。\n',
  'services/instalments.yaml': `名稱: 分期繳納
摘要: 申請分期。
申請人: 義務人
承辦單位: 執行一科
應備證件:
  - {名稱: 申請書, 形式: 正本, 份數: 1, 書表: form-a}
  - 委託他人時：委任狀（正本）
  - {名稱: 身分文件, 擇一: [身分證, 護照]}
規費: {明細: [每份 100 元, {項目: 影印, 金額: 2 元, 單位: 每頁}], 繳費方式: [現金], 說明: 另計郵資}
辦理時限: {期限: 3 工作日, 起算: 收件之次日, 補正: 7 日}
審核權責: {擬辦: 書記官, 核定: 分署長}
申請方式: [臨櫃, {名稱: 郵寄, 說明: 掛號}]
地點: 服務台
聯絡: {單位: 執行一科, 分機: "101", 代理人: 副科長}
救濟: [{方式: 聲明異議, 期限: 10 日內}]
法令依據: 行政執行法第9條
注意事項: 請備妥證件。
辦理結果: 核准函
申請程序:
  - 開始: 提出申請（義務人）
  - {判斷: 證件齊備？, 權責: 書記官, 分支: {是: [{步驟: 核准, 說明: 當場發給}], 否: [{步驟: 通知補正, 接: 證件齊備？}]}}
  - 結束: 結案
子項目:
  - {名稱: 網路申辦, 規費: 免費}
`,
  'services/archives.yaml': `名稱: 檔案應用
應備證件: 無
規費: 免費
辦理時限: 隨到隨辦
審核權責: 分署長
`,
  'services/meet-the-head.yaml': `名稱: 首長有約
應備證件: 申請表
規費: 免費
辦理時限: 6 日
審核權責: 分署長
`,
};

const outputs = await loadFolder<Output>('outputs');
const named: Outputs = new Map([...outputs].map(([id, { summary, declares }]) => [id, { name: summary.zh, declares }]));

type Files = Readonly<Record<string, string>>;
const asked = (more: Partial<BuildRequest> = {}): BuildRequest => ({
  outputs,
  languages: { lang: 'zh' },
  mono: false,
  sheets: true,
  ...more,
});
async function built(content: Files, more: Partial<BuildRequest> = {}) {
  const wanted = asked(more);
  const edition = await compile(contentOf(content), wanted);
  expect(edition.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  // A drawing shows its text.
  const sheets = await sheetsOf(edition, wanted, async (diagrams) =>
    diagrams.map(({ id, title, mermaid }) => ({
      id,
      tree: svgElement('svg', {}, svgElement('title', {}, title), svgElement('text', {}, mermaid)),
      width: 300,
      height: 400,
    })),
  );
  const kit = contextOf({ ...edition, charts: new Map(), lang: 'zh', prose: () => html`` });
  return { sheets, kit, word: wordsIn(edition.templates.words.zh ?? {}, 'zh') };
}

/** What can be read on a sheet, but for the code, which says what is asked here. A chart as text has its drawing's title. */
function shown(sheet: Sheet, sheets: readonly Sheet[]): string {
  const drawing = sheets.find(({ file }) => file === sheet.file.replace(/\.mmd$/, '.svg'));
  const of = drawing ?? sheet;
  const text = of.kind === 'page' ? of.html.toString() : of.kind === 'picture' ? svgOf(of.drawing.tree) : of.text;
  return plain(text).replace(/[0-9A-Z]{4}-[0-9A-Z]{4}/g, (code) => (readCode(code) ? '' : code));
}
function stampIn(sheet: Sheet): Stamp {
  const stamp = readDeclaration(
    sheet.kind === 'text' ? (declaredInFile(Buffer.from(sheet.text)) ?? '') : sheet.declares,
  );
  if (stamp === undefined || stamp === 'newer') throw new Error(`${sheet.file} declares nothing`);
  return stamp;
}

const office = 'office.yaml';
const book = 'handbook.yaml';
const rich = 'services/instalments.yaml';
/** What is edited, and what every outdated paper then names. */
const EDITS: [what: string, file: string, from: string, to: string, named: RegExp][] = [
  ['a fee', rich, '每份 100 元', '每份 120 元', /規費.*120 元/],
  ['how a fee is paid', rich, '繳費方式: [現金]', '繳費方式: [匯款]', /規費.*匯款/],
  [
    'the fee of a sub-service',
    rich,
    '網路申辦, 規費: 免費',
    '網路申辦, 規費: 每份 50 元',
    /規費.*(?:50 元|原「0–100 元，2 項」)/,
  ],
  ['a document more', rich, '  - 委託', '  - 戶籍謄本（正本）\n  - 委託', /應備證件.*戶籍謄本|應備證件.*4 項|應備證件/],
  ['the kind of a document', rich, '委任狀（正本）', '委任狀（影本）', /應備證件.*影本/],
  ['an alternative document', rich, '[身分證, 護照]', '[身分證, 居留證]', /應備證件.*居留證/],
  ['the name of a form', book, '名稱: 分期申請書', '名稱: 分期繳納申請書', /分期繳納申請書|書表/],
  ['a deadline', rich, '期限: 3 工作日', '期限: 5 工作日', /辦理時限.*5 工作日/],
  ['the time to correct', rich, '補正: 7 日', '補正: 10 日', /辦理時限.*10 日/],
  ['an authority', rich, '核定: 分署長', '核定: 書記官', /審核權責.*書記官/],
  ['who prepares', rich, '擬辦: 書記官', '擬辦: 執行一科', /審核權責.*執行一科/],
  ['a step', rich, '提出申請', '提出書面申請', /申請程序.*書面/],
  ['a step more', rich, '  - 結束: 結案', '  - 歸檔（書記官）\n  - 結束: 結案', /申請程序.*歸檔|申請程序/],
  ['the note of a step', rich, '當場發給', '郵寄發給', /申請程序.*郵寄發給/],
  ['a label of the chart', rich, '是: [{', '齊備: [{', /申請程序.*齊備/],
  ['a chart of the book', book, '[洽詢,', '[服務台洽詢,', /申請程序.*服務台洽詢/],
  ['what is written below it', book, '先到服務台', '請先到服務台', /說明/],
  ['the telephone of the office', office, '電話: 02-1234-5678', '電話: 02-8765-4321', /02-8765-4321/],
  ['the fax of the office', office, '02-1234-0000', '02-1234-9999', /02-1234-9999/],
  ['the e-mail of the office', office, 'office@', 'service@', /service@/],
  ['the address of the office', office, '某路1號', '某路2號', /某路2號/],
  ['the hours of the office', office, '至 17 時', '至 18 時', /18 時/],
  ['the name of the office', office, '名稱: 範例分署', '名稱: 範例北區分署', /範例北區分署/],
  ['the office above', office, '上級機關: 範例署', '上級機關: 範例總署', /範例總署/],
  ['a floor', office, '說明: 服務台}', '說明: 服務中心}', /服務中心/],
  ['what a unit does', office, '職掌: 收件', '職掌: 收件與審查', /收件與審查/],
  ['a standard', office, '引導時限: 5 分鐘', '引導時限: 3 分鐘', /3 分鐘/],
  ['how soon the telephone is answered', office, '10 秒', '8 秒', /8 秒/],
  ['how often one must come', office, '最多洽辦次數: 2 次', '最多洽辦次數: 1 次', /1 次/],
  ['how soon a complaint is answered', office, '陳情回復時限: 6 日', '陳情回復時限: 5 日', /5 日/],
  ['the principles', office, '好、快', '好、快、公平', /公平/],
  ['the attitude', office, '和藹可親', '和藹可親、誠懇', /誠懇/],
  ['a deputy', office, '代理人: 同科書記官', '代理人: 資深書記官', /資深書記官/],
  ['the deputy of a service', rich, '代理人: 副科長', '代理人: 科長', /科長/],
  ['the manners on the telephone', office, '告知分機', '告知分機號碼', /告知分機號碼/],
  ['what an audit looks at', office, '標準: 佩戴', '標準: 佩戴於胸前', /佩戴於胸前/],
  ['the staff', office, '王小明', '李大華', /李大華/],
  ['another office', office, '職掌: 稅款', '職掌: 各項稅款', /機關/],
  ['a chapter', 'chapters/01-preface.md', '本書說明', '本手冊說明', /章節「前言」/],
  ['the title of a chapter', 'chapters/01-preface.md', '標題: 前言', '標題: 序', /章節/],
  ['the title of a service', rich, '名稱: 分期繳納', '名稱: 分期付款', /分期付款/],
  ['its summary', rich, '摘要: 申請分期', '摘要: 申請分期繳納', /摘要.*申請分期繳納/],
  ['the title of the book', book, '書名: 為民服務手冊', '書名: 便民服務手冊', /便民服務手冊/],
  ['the subtitle', book, '版次: 初版\n', '副標題: 應備證件與規費\n版次: 初版\n', /副標題：增列/],
  ['the approval', book, '版次: 初版\n', '核定: {核定機關: 分署長, 文號: 範字第1號}\n版次: 初版\n', /核定：增列/],
  ['a revision', book, '修訂內容: 訂定', '修訂內容: 全文訂定', /修訂沿革：內容有更動/],
  ['a category', book, '名稱: 繳款', '名稱: 繳款與分期', /繳款與分期/],
  ['the order of the chapters', book, '規費一覽, 各項服務', '各項服務, 規費一覽', /章次：內容有更動/],
  ['a form', book, '說明: 正本}', '說明: 正本一份}', /書表：內容有更動/],
  ['who may apply', rich, '申請人: 義務人', '申請人: 義務人或家屬', /義務人或家屬/],
  ['a way to apply', rich, '[臨櫃,', '[服務台臨櫃,', /服務台臨櫃/],
  ['the note of a way', rich, '說明: 掛號', '說明: 限時掛號', /限時掛號/],
  ['the place', rich, '地點: 服務台', '地點: 2 樓服務台', /2 樓服務台/],
  ['whom to ask', rich, '分機: "101"', '分機: "102"', /102/],
  ['a remedy', rich, '10 日內', '20 日內', /20 日內|其他說明/],
  ['a legal basis', rich, '行政執行法第9條', '行政執行法第10條', /(來源|依據)：內容有更動/],
  ['a note', rich, '請備妥證件', '請備妥所有證件', /其他說明/],
  ['a result', rich, '辦理結果: 核准函', '辦理結果: 核准通知', /其他說明/],
];

const before = await built(CONTENT);
const files = before.sheets.map((sheet) => sheet.file);

test('every file of a build is current after it, in every language and in black and white too', async () => {
  expect(new Set(files.map((file) => file.split('.').pop()))).toEqual(new Set(['pdf', 'svg', 'png', 'mmd', 'html']));
  expect(before.sheets.length).toBeGreaterThan(20);
  const others = await Promise.all([
    built(CONTENT, { mono: true }),
    built(CONTENT, { languages: { lang: 'en' } }),
    built(CONTENT, { services: ['archives'] }),
    built(CONTENT, { landscape: true, paper: 'A1' }),
  ]);
  for (const { sheets, kit, word } of [before, ...others])
    for (const sheet of sheets)
      expect(verdictOn(kit, stampIn(sheet), named, word), sheet.file).toMatchObject({ state: 'current', changes: [] });
});

test('and so is the code on every paper', () => {
  for (const sheet of before.sheets) {
    const typed = readCode(codeOf(stampIn(sheet)));
    if (!typed) throw new Error(sheet.file);
    expect(verdictOnCode(before.kit, typed, named), sheet.file).toMatchObject({ state: 'current' });
  }
});

test('what is set in handbook.yaml and printed nowhere makes no paper old', async () => {
  const settings = '續頁: 否\n從嚴檢查: 否\n複查週期: 1 年\n檢查規則: [{規則: long-sentence, 等級: 關閉}]\n格式: 1\n';
  const after = await built({ ...CONTENT, 'handbook.yaml': `${CONTENT['handbook.yaml']}${settings}` });
  for (const sheet of before.sheets)
    expect(verdictOn(after.kit, stampIn(sheet), named, after.word), sheet.file).toMatchObject({ state: 'current' });
});

test('new words of the program make no paper old', async () => {
  const other = { ...before.kit, word: () => '別的說法' };
  for (const sheet of before.sheets)
    expect(
      verdictOn(other, stampIn(sheet), named, () => '別的說法'),
      sheet.file,
    ).toMatchObject({ state: 'current' });
});

test('a translation that is written anew outdates the papers in that language, and no other', async () => {
  const translated = (fee: string) => ({
    ...CONTENT,
    'translations/en.yaml': `分期繳納: Paying by instalments\n另計郵資: ${fee}\n`,
  });
  const languages = { lang: 'en' } as const;
  const [then, now, chinese] = [
    await built(translated('postage is extra'), { languages }),
    await built(translated('plus postage'), { languages }),
    await built(translated('postage is extra')),
  ];
  const state = (sheets: readonly Sheet[], file: string) => {
    const sheet = sheets.find((each) => each.file === file);
    return sheet && verdictOn(now.kit, stampIn(sheet), named, now.word);
  };
  expect(state(then.sheets, 'posters/instalments.pdf')).toMatchObject({
    state: 'outdated',
    changes: [{ topic: 'translation', name: '英文' }],
  });
  expect(state(then.sheets, 'posters/archives.pdf')).toMatchObject({ state: 'current' });
  expect(state(chinese.sheets, 'posters/instalments.pdf')).toMatchObject({ state: 'current' });
});

/**
 * What a poster of many words leaves to the handbook, and the slips on satisfaction to the telephone cards: an old paper is
 * told all the same, though it would print alike.
 */
const TOLD_SHORT = new Map([
  ['how a fee is paid', 'posters/'],
  ['the name of a form', 'posters/'],
  ['who prepares', 'posters/'],
  ['a label of the chart', 'posters/'],
  ['the note of a way', 'posters/'],
  ['a note', 'posters/'],
  ['how soon the telephone is answered', 'counter/satisfaction'],
  ['how soon a complaint is answered', 'counter/satisfaction'],
]);

describe('after an edit of', () => {
  test.each(EDITS)('%s', async (what, file, from, to, telling) => {
    const text = CONTENT[file]?.replace(from, to) ?? '';
    expect(text).not.toBe(CONTENT[file]);
    const after = await built({ ...CONTENT, [file]: text });
    const wrong: string[] = [];
    let outdated = 0;
    for (const sheet of before.sheets) {
      const now = after.sheets.find((each) => each.file === sheet.file);
      const isOther = now === undefined || shown(now, after.sheets) !== shown(sheet, before.sheets);
      const { state, changes } = verdictOn(after.kit, stampIn(sheet), named, after.word);
      const said = changes.map((change) => `${change.section} ${changeText(change).zh}`);
      if (isOther) outdated += 1;
      const short = TOLD_SHORT.get(what);
      const isShort = short !== undefined && sheet.file.startsWith(short) && state === 'outdated';
      if (isOther !== (state === 'outdated') && !isShort) wrong.push(`${sheet.file} is ${state}: ${said.join('; ')}`);
      if (isOther && !said.some((each) => telling.test(each))) wrong.push(`${sheet.file} says ${said.join('; ')}`);
    }
    expect(wrong).toEqual([]);
    expect(outdated).toBeGreaterThan(0);
  });
});
