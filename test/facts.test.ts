import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from '../src/content/parse.js';
import { flowOf } from '../src/content/procedure.js';
import { known } from '../src/content/schema/schema.js';
import type { Service } from '../src/content/schema/service.js';
import { parseMarkdown, proseHtml } from '../src/content/syntax/markdown.js';
import { plainYaml } from '../src/content/syntax/yaml.js';
import { contextOf, type RenderContext } from '../src/document/context.js';
import { authorityBrief, authorityRows } from '../src/document/facts/authority.js';
import { deadlineBrief, deadlineRows } from '../src/document/facts/deadline.js';
import { documentDetails, documentGroups, documentHtml, documentsBrief } from '../src/document/facts/documents.js';
import { feeBrief, feeRows, toldFeeRows } from '../src/document/facts/fee.js';
import { sourceRows } from '../src/document/facts/sources.js';
import { stepRows } from '../src/document/facts/steps.js';
import { clauses, marked } from '../src/document/facts/text.js';
import { BOOK, contentOf } from './office.js';

const TEMPLATES = join(import.meta.dirname, '../templates');
const words: Record<'zh' | 'en', Record<string, string>> = { zh: {}, en: {} };
for (const path of readdirSync(TEMPLATES, { recursive: true }).map(String)) {
  if (!path.endsWith('words.yaml')) continue;
  const prefix = path === 'words.yaml' ? '' : `${dirname(path)}.`;
  const entries = plainYaml(readFileSync(join(TEMPLATES, path), 'utf8')) as Record<string, { zh: string; en: string }>;
  for (const [key, { zh, en }] of Object.entries(entries)) {
    words.zh[prefix + key] = zh;
    words.en[prefix + key] = en;
  }
}

/** A service from what an author would write, and the kit it is printed with. */
function read(written: string, files: Record<string, string> = {}): { service: Service; kit: RenderContext } {
  const handbook = parse(contentOf({ 'services/x.yaml': `名稱: 檔案應用\n${written}\n`, ...files }), parseMarkdown);
  expect(handbook.faults).toEqual([]);
  const service = handbook.services.find(({ id }) => id === 'x');
  if (!service) throw new Error('no service was read');
  const kit = contextOf({
    handbook,
    selected: handbook.services,
    charts: new Map(),
    templates: { files: new Map(), words, papers: {}, scripts: new Map() },
    draft: false,
    lang: 'zh',
    prose: proseHtml,
  });
  return { service, kit };
}
const plain = (markup: unknown): string => String(markup).replace(/<[^>]*>/g, '');

test('every word stands in both languages with the same holes', () => {
  const holes = (text: string): string[] => [...new Set(text.match(/\{\d\}/g))].sort();
  for (const [key, zh] of Object.entries(words.zh)) {
    expect(words.en[key], key).toBeTypeOf('string');
    expect(holes(words.en[key] ?? ''), key).toEqual(holes(zh));
  }
});

describe('documents', () => {
  test.each([
    ['應備證件: 無', '無'],
    ['應備證件: 待確認', '待確認'],
    ['應備證件: [身分證（正本）, 申請書]', '2 項'],
    ['應備證件: [待確認]', '待確認'],
    ['申請人: 任何人', '未載明'],
  ])('%s is %s in brief', (written, brief) => {
    const { service, kit } = read(written);
    expect(documentsBrief(kit, service)).toBe(brief);
  });

  test.each([
    ['{名稱: 戶籍謄本, 形式: 正本, 份數: 1, 核發期限: 3 個月}', '正本、1 份、3 個月內核發'],
    ['{名稱: 身分證, 形式: 驗正本收影本}', '驗正本收影本'],
    ['{名稱: 身分證, 形式: 待確認, 份數: 待確認}', '正本或影本：待確認、份數：待確認'],
    ['{名稱: 委任狀, 適用申請人: 受託人, 管道: [臨櫃, 郵寄], 裝訂順序: 2}', '限受託人、限臨櫃、郵寄、裝訂順序 2'],
    ['{名稱: 電子謄本, 形式: 電子檔}', '電子檔'],
    ['{名稱: 申請書}', ''],
  ])('%s has the details %s', (written, details) => {
    const { service, kit } = read(`應備證件: [${written}]`);
    const [group] = documentGroups(service);
    expect(group?.documents.map((document) => documentDetails(kit, document))).toEqual([details]);
  });

  test('are grouped by condition, those always needed first', () => {
    const { service } = read('應備證件: [委託他人時：委任狀, 申請書, 法人：登記證明, 委託他人時：代理人身分證]');
    expect(documentGroups(service).map(({ label, documents }) => [label, documents.map(({ name }) => name)])).toEqual([
      [undefined, ['申請書']],
      ['委託他人時', ['委任狀', '代理人身分證']],
      ['法人', ['登記證明']],
    ]);
  });

  test('print alternatives, 免附, form and note', () => {
    const { service, kit } = read(
      '應備證件: [{名稱: 收入證明, 擇一: [扣繳憑單（影本）, 薪資單], 說明: 近一年}, {名稱: 戶籍資料, 免附: 由本分署查詢}, {名稱: 申請書, 書表: f1}]',
      { 'handbook.yaml': `${BOOK}書表: [{編號: f1, 名稱: 閱覽申請書}]\n` },
    );
    const texts = documentGroups(service)[0]?.documents.map((document) => plain(documentHtml(kit, document)));
    expect(texts).toEqual([
      '收入證明 擇一扣繳憑單（影本）薪資單近一年',
      '戶籍資料 免附免附：由本分署查詢',
      '申請書書表：閱覽申請書',
    ]);
  });
});

describe('deadline in brief', () => {
  test.each([
    ['辦理時限: 3 日', '3 日'],
    ['辦理時限: {法定: 待確認}', '待確認'],
    ['辦理時限: {不定期限: 依法院進度}', '不定期限'],
    ['辦理時限: {目標: 30 分鐘}', '30 分鐘（目標）'],
    ['辦理時限: {隨到隨辦: 待確認}', '待確認'],
    ['申請人: 任何人', '未載明'],
  ])('%s is %s', (written, brief) => {
    const { service, kit } = read(written);
    expect(deadlineBrief(kit, service.deadline)).toBe(brief);
  });
});

describe('fee', () => {
  test.each([
    ['規費: 免費', '免費'],
    ['規費: 待確認', '待確認'],
    ['規費: 每份 100 元', '每份 100 元'],
    ['規費: [影印：每頁 2 元, 光碟：每片 40 元]', '每頁 2 元起等 2 項'],
    ['規費: [光碟：每片 40 元, 影印：每頁 2 元]', '每片 40 元等 2 項'],
    ['規費: {明細: [{項目: 閱覽, 金額: 20 元, 單位: 每 2 小時}]}', '每 2 小時 20 元'],
    ['規費: {明細: [{項目: 登記費, 費率: 1‰, 計費基礎: 申報地價}]}', '申報地價之1‰'],
    ['規費: {明細: [{級距: [{未滿: 10000, 金額: 100 元}, {以上: 10000, 金額: 200 元}]}]}', '100 元起'],
    ['規費: {明細: [{項目: 影印, 金額: 待確認}]}', '待確認'],
    ['規費: {明細: [{項目: 手續費, 金額: 待確認}, {項目: 匯票, 金額: 30 元}]}', '30 元等 2 項（部分待確認）'],
    ['規費: {免費: 是, 明細: [{項目: 郵資, 金額: 28 元}]}', '免費，另計 1 項'],
    ['申請人: 任何人', '未載明'],
  ])('%s is %s in brief', (written, brief) => {
    const { service, kit } = read(written);
    expect(feeBrief(kit, service.fee)).toBe(brief);
  });

  test.each([
    ['[{未滿: 50 MB, 金額: 100 元}, {以上: 50 MB, 金額: 200 元}]', ['未滿50MB', '50MB以上']],
    ['[{未滿: 1 萬元, 金額: 100 元}, {以上: 1 萬元, 金額: 200 元}]', ['未滿10,000元', '10,000元以上']],
    ['[{未滿: 50, 金額: 100 元}, {以上: 50, 金額: 200 元}]', ['未滿50', '50以上']],
  ])('by tiers %s says of what', (tiers, items) => {
    const { service, kit } = read(`規費: {明細: [{項目: 檔案, 級距: ${tiers}}]}`);
    expect(
      toldFeeRows(kit, service.fee).flatMap(({ kind, item }) => (kind === 'more' ? [item.replaceAll(' ', '')] : [])),
    ).toEqual(items);
  });

  test('is printed with every field it has', () => {
    const { service, kit } = read(`規費:
  明細:
    - {項目: 謄本, 金額: 100 元, 單位: 每份, 續份: {第幾份起: 2, 金額: 20 元}, 適用條件: 臨櫃申請, 倍數: 彩色為 5 倍}
    - {項目: 登記費, 費率: 1‰, 計費基礎: 申報地價, 尾數: 不足 1 元捨去, 最低: 50 元, 最高: 待確認, 管道: 網路}
    - {項目: 影印, 單位: 每頁, 級距: [{未滿: 10, 金額: 2 元}, {以上: 10, 未滿: 10000, 金額: 1 元}, {以上: 10000, 費率: 1‰}]}
  加收: [{項目: 速件, 每提前: 1 日, 金額: 50 元}]
  優惠: [{管道: 網路, 減免內容: 9 折}]
  減免: [{對象: 低收入戶, 減免內容: 免收, 除外: 影印費, 依據: 規費法第12條}]
  退費: 不退費
  繳費方式: [現金, 匯票]
  幣別: 美元
  依據: 規費法第10條
  說明: 郵資另計`);
    expect(
      feeRows(kit, service.fee).map(({ kind, item, amount, per, note }) => [kind, item, amount, per, note].join('|')),
    ).toEqual([
      'line|謄本|100 元|每份|臨櫃申請；彩色為 5 倍',
      'more|自第 2 份起|20 元|每份|',
      'line|登記費|申報地價之1‰||限網路；不足 1 元捨去；最低收 50 元；最高收費：待確認',
      'line|影印|分級計收|每頁|',
      'more|未滿 10|2 元|每頁|',
      'more|10 以上未滿 10,000|1 元|每頁|',
      'more|10,000 以上|1‰|每頁|',
      'surcharge|速件|50 元|每提前 1 日|',
      'discount|優惠（網路）|9 折||',
      'exemption|低收入戶|免收||但影印費除外；依據：規費法第12條',
      'other|繳費方式|||現金、匯票',
      'other|退費|||不退費',
      'other|幣別|||美元',
      'other|說明|||郵資另計',
      'other|依據|||規費法第10條',
    ]);
  });

  test('says 每份 once', () => {
    const { service, kit } = read('規費: 每份 100 元，第 2 份起每份 20 元');
    expect(feeRows(kit, service.fee).map(({ amount, per }) => `${per} ${amount}`)).toEqual([
      '每份 100 元',
      '每份 20 元',
    ]);
  });
});

describe('deadline', () => {
  test.each([
    ['辦理時限: 隨到隨辦', '隨到隨辦'],
    ['辦理時限: 3 工作日', '3 工作日'],
    ['辦理時限: 待確認', '待確認'],
    ['辦理時限: {期限: 待確認, 法定期限: 30 日}', '待確認（法定 30 日）'],
    ['辦理時限: {法定期限: 30 日}', '法定 30 日'],
    ['辦理時限: {目標: 2 日}', '2 日（目標）'],
    ['辦理時限: {階段: [{名稱: 引導, 期限: 5 分鐘}, {名稱: 辦畢, 期限: 30 分鐘}]}', '引導 5 分鐘、辦畢 30 分鐘'],
    ['辦理時限: {階段: [{名稱: 甲, 期限: 1 日}, {名稱: 乙, 期限: 待確認}, {名稱: 丙, 期限: 3 日}]}', '甲 1 日等 3 項'],
    ['辦理時限: {依案件: [{案件: 一般, 期限: 3 日}, {案件: 會勘, 期限: 待確認}]}', '一般 3 日、會勘 待確認'],
    ['辦理時限: {依管道: [{管道: 臨櫃, 期限: 1 日}]}', '臨櫃 1 日'],
    ['辦理時限: {不定期限: 依法院排程}', '不定期限'],
    ['申請人: 任何人', '未載明'],
  ])('%s is %s in brief', (written, brief) => {
    const { service, kit } = read(written);
    expect(deadlineBrief(kit, service.deadline)).toBe(brief);
  });

  test('is printed with every field it has', () => {
    const { service, kit } = read(`辦理時限:
  期限: 3 工作日
  起算: 收件之次日
  目標: 2 工作日
  階段: [{名稱: 初審, 期限: 1 日, 權責: 書記官, 法定: 是}, {名稱: 核定, 期限: 待確認}]
  計算方式: 接續起算
  依管道: [{管道: 網路, 期限: 5 日}]
  依案件: [{案件: 會勘, 期限: 7 日, 說明: 另約時間}]
  會辦加計: [{機關: 執行署, 期限: 5 日}]
  補正: {期限: 7 日, 重新起算: 是}
  延長: {期限: 30 日}
  法定期限: {期限: 2 個月, 依據: 行政程序法第51條}
  依據: 本分署訂定
  說明: 假日順延`);
    expect(deadlineRows(kit, service.deadline).map(({ label, limit, note }) => [label, limit, note].join('|'))).toEqual(
      [
        '辦理時限|3 工作日|自收件之次日起算',
        '目標|2 工作日|',
        '初審|1 日|權責單位：書記官；法定期限',
        '核定|待確認|',
        '計算方式||各階段接續起算',
        '網路|5 日|',
        '會勘|7 日|另約時間',
        '會商執行署|加計 5 日|',
        '補正|7 日|補正後重新起算',
        '得延長|30 日|',
        '法定期限|2 個月|依據：行政程序法第51條',
        '說明||假日順延',
        '依據||本分署訂定',
      ],
    );
  });

  test('counts a target from its start', () => {
    const { service, kit } = read('辦理時限: {目標: 30 分鐘, 起算: 到場}');
    expect(deadlineRows(kit, service.deadline)).toMatchObject([
      { label: '目標', limit: '30 分鐘', note: '自到場起算' },
    ]);
  });

  test.each([
    ['{期限: 3 日, 目標: 2 日, 起算: 到場}', ['limit']],
    ['{隨到隨辦: 是, 起算: 到場}', ['limit']],
    ['{隨到隨辦: 是, 期限: 3 日, 起算: 到場}', ['limit']],
    ['{期限: 3 日, 階段: [{名稱: 甲, 期限: 1 日}], 起算: 到場}', ['limit']],
    ['{目標: 2 日, 階段: [{名稱: 甲, 期限: 1 日}], 起算: 到場}', ['target']],
    ['{階段: [{名稱: 甲, 期限: 1 日}, {名稱: 乙, 期限: 1 日}], 起算: 到場}', ['stage']],
    ['{階段: 待確認, 起算: 到場}', ['other']],
    ['{法定期限: 30 日, 起算: 到場}', ['other']],
  ])('%s tells its start once, in the first row that can', (written, kinds) => {
    const { service, kit } = read(`辦理時限: ${written}`);
    const told = deadlineRows(kit, service.deadline).filter(({ note }) => note.includes('到場'));
    expect(told.map(({ kind }) => kind)).toEqual(kinds);
  });

  test('without a limit gives the reason', () => {
    const { service, kit } = read('辦理時限: {不定期限: 依法院排程}');
    expect(deadlineRows(kit, service.deadline)).toMatchObject([{ label: '不定期限', limit: '', note: '依法院排程' }]);
  });
});

describe('authority', () => {
  test.each([
    ['審核權責: 分署長', '分署長'],
    ['審核權責: 待確認', '待確認'],
    ['審核權責: {擬辦: 書記官, 核定: 待確認}', '待確認'],
    ['審核權責: {階段: [{階段: 一般, 核定: 書記官}, {階段: 重大, 核定: 分署長}]}', '書記官、分署長'],
    ['審核權責: {擬辦: 書記官}', '未載明'],
    ['申請人: 任何人', '未載明'],
  ])('%s is %s in brief', (written, brief) => {
    const { service, kit } = read(written);
    expect(authorityBrief(kit, service.authority)).toBe(brief);
  });

  test('names everyone of the chain', () => {
    const { service, kit } = read('審核權責: {擬辦: 書記官, 會辦: 秘書室, 核定: 分署長, 說明: 重大案件}');
    expect(authorityRows(kit, service.authority)).toEqual([
      { stage: '', prepare: '書記官', review: '', countersign: '秘書室', decide: '分署長', note: '重大案件' },
    ]);
  });

  test('has a row for each stage', () => {
    const { service, kit } = read(
      '審核權責: {階段: [{階段: 一般, 核定: 書記官}, {階段: 重大, 核定: 分署長, 說明: 逾百萬元}]}',
    );
    expect(authorityRows(kit, service.authority)).toMatchObject([
      { stage: '一般', decide: '書記官', note: '' },
      { stage: '重大', decide: '分署長', note: '逾百萬元' },
    ]);
  });
});

describe('steps', () => {
  const rowsOf = (written: string) => {
    const { service, kit } = read(written);
    return stepRows(kit, flowOf(known(service.procedure) ?? []));
  };

  test('say where they lead only when it is not the next row', () => {
    const rows = rowsOf(`申請程序:
  - 開始: 提出（申請人）
  - {判斷: 有無理由？, 權責: 書記官, 時限: 3 日, 分支: {有理由: [撤銷], 無理由: [{步驟: 函復, 編號: reply}]}}
  - 結束: 結案`);
    expect(rows.map(({ number, text, next }) => [number, text, ...next].join(' '))).toEqual([
      '1 提出',
      '2 有無理由？ 有理由 → 步驟 3 無理由 → 步驟 4',
      '3 撤銷 → 步驟 5',
      '4 函復',
      '5 結案',
    ]);
    expect(rows[1]).toMatchObject({ kind: 'decision', actors: '書記官', limit: '3 日' });
  });

  test('lead through the bars of a parallel part', () => {
    const rows = rowsOf('申請程序: [收件, {並行: [[查財產], [擬期數]]}, 核定]');
    expect(rows.map(({ text, next }) => [text, ...next].join(' '))).toEqual([
      '收件 → 步驟 2、3 同時進行',
      '查財產 → 步驟 4',
      '擬期數',
      '核定',
    ]);
  });

  test('keep 待確認 and what belongs to them', () => {
    const [row] = rowsOf(
      '申請程序: [{步驟: 收件, 權責: 待確認, 時限: 待確認, 起算: 收文, 收件: [申請書], 說明: 當場}]',
    );
    expect(row).toMatchObject({ actors: '待確認', limit: '待確認（自收文起算）', note: '當場；收件：申請書' });
  });
});

describe('sources', () => {
  test('are gathered from the whole service, each once', () => {
    const { service } = read(`來源: 行政執行法第9條
規費: {值: 免費, 來源: 行政執行法第25條 https://law.example/25, 查核日: 2026-01-02}
應備證件: [{名稱: 申請書, 來源: 行政執行法第9條}]
法令依據: [行政執行法第9條, https://page.example/]`);
    expect(sourceRows(service)).toEqual([
      { text: '行政執行法第9條' },
      { text: 'https://page.example/' },
      { text: '行政執行法第25條', url: 'https://law.example/25', checked: '2026-01-02' },
    ]);
  });
});

describe('text', () => {
  test('has every 待確認 in it marked', () => {
    expect(String(marked('正本、份數：待確認、限臨櫃'))).toBe(
      '正本、份數：<span class="unconfirmed">待確認</span>、限臨櫃',
    );
    expect(String(marked('待確認（各分署不一）'))).toBe('<span class="unconfirmed">待確認（各分署不一）</span>');
    expect(String(marked('<b>'))).toBe('&lt;b&gt;');
  });

  test('joins clauses without a full stop before the separator', () => {
    const { kit } = read('申請人: 任何人');
    expect(clauses(kit, ['不徵收。', undefined, '', '另計郵資。'])).toBe('不徵收；另計郵資。');
  });
});

describe('a fee whose parts are not known', () => {
  test.each([
    ['免費: 待確認', [['免費', '待確認']]],
    ['免費: 是', [['規費', '免費']]],
    ['明細: [{項目: 登記費, 費率: 千分之一, 計費基礎: 標的金額}]', [['登記費', '標的金額之千分之一']]],
    ['明細: [{項目: 登記費, 費率: 千分之一}]', [['登記費', '千分之一']]],
    ['明細: [{項目: 登記費, 費率: 待確認, 計費基礎: 標的金額}]', [['登記費', '待確認']]],
  ])('%s', (written, rows) => {
    const { service, kit } = read(`規費:\n  ${written}`);
    expect(feeRows(kit, service.fee).map(({ item, amount }) => [item, amount])).toEqual(rows);
  });
});

test('a way that leads nowhere, and bars that lead to one another, have no number', () => {
  const { kit } = read('規費: 免費');
  const node = (id: string, kind: string, number?: number) => ({ id, kind, text: id, number, actors: [], step: {} });
  const flow = (to: string) => ({
    nodes: [node('a', 'start', 1), node('f', 'fork'), node('j', 'join')],
    out: new Map([
      ['a', [{ from: 'a', to }]],
      ['f', [{ from: 'f', to: 'j' }]],
      ['j', [{ from: 'j', to: 'f' }]],
    ]),
  });
  for (const to of ['f', 'gone']) expect(stepRows(kit, flow(to) as never)).toMatchObject([{ number: 1, next: [] }]);
});
