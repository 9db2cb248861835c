import { describe, expect, test } from 'vitest';
import { toldFeeRows } from '../src/document/facts/fee.js';
import { authorityHeadline, deadlineHeadline, documentsHeadline, feeHeadline } from '../src/document/headlines.js';
import cards from '../src/outputs/cards.js';
import hall from '../src/outputs/hall.js';
import leaflets from '../src/outputs/leaflets.js';
import notices from '../src/outputs/notices.js';
import posters from '../src/outputs/posters/posters.js';
import { kitFor, type Options, plain } from './outputs/kit.js';

/** A service from what an author would write; what is left out is plain. */
function read(written: string, options?: Options) {
  const fields: Record<string, string> = {
    應備證件: '無',
    規費: '免費',
    辦理時限: '3 日',
    審核權責: '分署長',
  };
  const rest = Object.entries(fields)
    .filter(([key]) => !new RegExp(`^${key}:`, 'm').test(written))
    .map(([key, value]) => `${key}: ${value}`);
  const kit = kitFor({ 'services/x.yaml': ['名稱: 聲明異議', written, ...rest].join('\n') }, options);
  const service = kit.selected[0];
  if (!service) throw new Error('no service');
  return { kit, service };
}
const STAGES = '階段: [{名稱: 報告書, 期限: 3 日, 起算: 聲明}, {名稱: 核定, 期限: 7 日, 起算: 聲明}]';

describe('the deadline in large words answers when one hears', () => {
  test.each([
    ['辦理時限: 3 工作日', '3 工作日'],
    [`辦理時限: {計算方式: 同一起算, ${STAGES}}`, '7 日'],
    [`辦理時限: {計算方式: 同一起算, ${STAGES}, 法定: {期限: 7 日, 起算: 聲明}}`, '法定 7 日'],
    [`辦理時限: {計算方式: 接續起算, ${STAGES}}`, '10 日'],
    ['辦理時限: {階段: [{名稱: 甲, 期限: 1 日}, {名稱: 乙, 期限: 2 日}]}', '3 日'],
    ['辦理時限: {計算方式: 接續, 階段: [{名稱: 甲, 期限: 1 工作日}, {名稱: 乙, 期限: 2 日}]}', '1 工作日＋2 日'],
    ['辦理時限: {階段: [{名稱: 甲, 期限: 14 日, 起算: 公告}, {名稱: 乙, 期限: 10 日, 起算: 減價}]}', '各階段 10–14 日'],
    ['辦理時限: {依案件: [{案件: 一般, 期限: 3 日}, {案件: 會勘, 期限: 7 日}]}', '3–7 日（2 種案件）'],
    [
      '辦理時限: {依案件: [{案件: 一般, 期限: 3 日}, {案件: 會勘, 期限: 待確認}]}',
      '3 日（2 種案件），其餘請洽承辦單位',
    ],
    ['辦理時限: {依管道: [{管道: 臨櫃, 期限: 1 小時}, {管道: 郵寄, 期限: 3 日}]}', '1 小時–3 日（2 種申請方式）'],
    ['辦理時限: {目標: 30 分鐘}', '30 分鐘（目標）'],
    ['辦理時限: {法定期限: 30 日}', '法定 30 日'],
    ['辦理時限: {期限: 待確認, 法定期限: 30 日}', '法定 30 日'],
    ['辦理時限: 隨到隨辦', '隨到隨辦'],
    ['辦理時限: 待確認', '請洽承辦單位'],
    ['辦理時限: {階段: [{名稱: 甲, 期限: 1 日}, {名稱: 乙, 期限: 待確認}]}', '請洽承辦單位'],
    // It binds who applies, not the office.
    ['申請人: 義務人\n辦理時限: {法定期限: {期限: 10 日, 起算: 義務人接受執行命令後}}', '請洽承辦單位'],
    ['申請期間: 收到命令後10日內\n辦理時限: {法定期限: 10 日}', '請洽承辦單位'],
    ['申請人: 受執行命令的第三人\n辦理時限: {法定期限: {期限: 10 日, 起算: 第三人收受執行命令後}}', '請洽承辦單位'],
    ['申請人: 義務人\n辦理時限: {法定期限: {期限: 10 日, 起算: 第三人收受執行命令後}}', '法定 10 日'],
    [
      `辦理時限: {計算方式: 同一起算, ${STAGES}}\n申請程序: [{開始: 聲明}, {步驟: 決定, 權責: 執行署, 時限: 30 日}]`,
      '7 日，執行署 30 日',
    ],
    ['子項目: [{名稱: 甲, 辦理時限: 5 日}, {名稱: 乙}]', '3–5 日，2 項'],
  ])('%s is %s', (written, text) => {
    const { kit, service } = read(written);
    expect(deadlineHeadline(kit, service)).toEqual({ text, asked: text === '請洽承辦單位' });
  });
});

describe('the fee in large words', () => {
  test.each([
    ['規費: 免費', '免費'],
    ['規費: 每份 100 元', '每份 100 元'],
    ['規費: [影印：每頁 2 元, 光碟：每片 40 元]', '2–40 元，2 項'],
    ['規費: [影印：每頁 2 元, 彩色：每頁 10 元]', '每頁 2–10 元，2 項'],
    ['規費: [甲：1000 元, 乙：10 元, 丙：50 元]', '10–1,000 元，3 項'],
    ['規費: {明細: [{項目: 甲, 金額: 待確認}, {項目: 乙, 金額: 待確認}, {項目: 丙, 金額: 20 元}]}', '請洽承辦單位'],
    ['規費: {明細: [{項目: 甲, 金額: 20 元}, {項目: 乙, 金額: 待確認}]}', '20 元，另 1 項請洽承辦單位'],
    ['規費: 待確認', '請洽承辦單位'],
    ['規費: {幣別: 港元, 明細: [{項目: 護照, 金額: 370 元, 單位: 每本}]}', '每本 370 港元'],
    ['規費: 待確認\n子項目: [{名稱: 甲, 規費: 77 元}, {名稱: 乙, 規費: 88 元}]', '77–88 元，2 項'],
    ['規費: 10 元\n子項目: [{名稱: 甲}, {名稱: 乙, 規費: 免費}]', '0–10 元，2 項'],
    ['規費: 10 元\n子項目: [{名稱: 甲, 規費: 待確認}, {名稱: 乙, 規費: 20 元}]', '10–20 元，2 項，另 1 項請洽承辦單位'],
    ['規費: 2,000 元\n子項目: [{名稱: 寄存, 規費: 500 元}]', '500–2,000 元，2 項'],
    [
      '規費: {明細: [{項目: 超商, 金額: 待確認}, {項目: 匯票, 金額: 30 元}]}\n子項目: [{名稱: 甲}, {名稱: 乙, 規費: 30 元}]',
      '請洽承辦單位',
    ],
  ])('%s is %s', (written, text) => {
    const { kit, service } = read(written);
    expect(feeHeadline(kit, service)).toEqual({ text, asked: text === '請洽承辦單位' });
  });
  test('and in English', () => {
    const { kit, service } = read('規費: [甲：1000 元, 乙：10 元]', { lang: 'en' });
    expect(feeHeadline(kit, service).text).toBe('NT$10–1,000, 2 items');
  });
});

describe('the documents in large words say how many everybody needs', () => {
  test.each([
    ['應備證件: 無', '無'],
    ['應備證件: [申請書]', '1 項'],
    ['應備證件: [申請書, 身分證, 委託他人時：委任狀]', '2 項，另視情形 1 項'],
    ['應備證件: [自然人：身分證, 公司：登記資料]', '視情形 2 項'],
    ['應備證件: 待確認', '請洽承辦單位'],
    ['應備證件: 待確認\n子項目: [{名稱: 甲, 應備證件: [申請書]}, {名稱: 乙, 應備證件: [申請書, 照片]}]', '1–2 項'],
  ])('%s is %s', (written, text) => {
    const { kit, service } = read(written);
    expect(documentsHeadline(kit, service).text).toBe(text);
  });
});

test('who decides is asked for where nobody knows it', () => {
  const { kit, service } = read('審核權責: 待確認（層級未公開）');
  expect(authorityHeadline(kit, service)).toEqual({ text: '請洽承辦單位', asked: true });
});

const UNKNOWN = '應備證件: 待確認\n規費: 待確認\n辦理時限: 待確認\n審核權責: 待確認';
const STAGED = `規費: 10 元\n辦理時限: {計算方式: 同一起算, ${STAGES}}`;

describe.each([
  ['posters', posters],
  ['cards', cards],
  ['leaflets', leaflets],
  ['hall', hall],
])('%s', (_, output) => {
  const pages = (written: string): string =>
    output
      .render(read(written).kit)
      .map((page) => (page.kind === 'page' ? page.html.toString() : ''))
      .join('\n');
  test('never set 待確認 in large type', () => {
    const page = pages(`${UNKNOWN}\n申請期間: 3 月底前\n`);
    expect(plain(page)).toMatch(/請洽(承辦單位|詢)/);
    expect(page).not.toMatch(/class="(value|large)[^>]*>(<[^>]*>)*(待確認|請洽)/);
  });
  test('never make the name of a stage the deadline', () => {
    const page = plain(pages(STAGED));
    expect(page).toContain('7 日');
    expect(page).not.toMatch(/報告書 3 日(、|等)/);
  });
});

test.each([
  ['posters', posters],
  ['cards', cards],
  ['leaflets', leaflets],
  ['notices', notices],
])('%s tell what is added, let off and asked in which case as such', (_, output) => {
  const { kit } = read(`規費:
  幣別: 港元
  明細: [{項目: 護照, 金額: 1300 元, 適用條件: 成人}, {項目: 護照, 金額: 900 元, 適用條件: 未滿 14 歲, 管道: 郵寄}]
  加收: [{項目: 提前製發, 金額: 300 元}, {項目: 郵費, 說明: 實支}]
  減免: [{對象: 低收入戶, 除外: 郵資仍應繳納}, {對象: 學術研究, 減免內容: 減半, 除外: 郵遞費}]`);
  const text = output
    .render(kit)
    .map((page) => (page.kind === 'page' ? plain(page.html.toString()) : ''))
    .join('\n')
    .replace(/\s+/g, ' ');
  expect(text).toMatch(/提前製發 ?加收 300 港元/);
  expect(text).toMatch(/郵費 ?(?:實支 ?)?加收/);
  expect(text).toMatch(/減半.{0,2}但郵遞費除外/);
  expect(text).toMatch(/1300 港元.{0,3}成人|成人.{0,3}1300 港元/);
  expect(text).toMatch(/未滿 14 歲；限郵寄/);
  expect(text).not.toMatch(/\d 元/);
  expect(text).toMatch(/低收入戶 ?免收/);
  expect(text).toContain('但郵資仍應繳納');
  expect(text).not.toContain('不適用');
});

test('a unit begun is told by its own name and number', () => {
  const told = (written: string): string => {
    const { kit, service } = read(`規費: {明細: [{項目: 閱覽, 金額: 20 元, ${written}}]}`);
    return toldFeeRows(kit, service.fee)
      .map(({ note }) => note)
      .join();
  };
  expect(told('單位: 每 2 小時, 不足一單位: 以一單位計')).toBe('不足 2 小時以 2 小時計');
  expect(told('單位: 每月, 不足一單位: 不計')).toBe('不足一月不計');
  expect(told('單位: 每頁, 不足一單位: 按比例計, 最高: 90 元')).toMatch(/^不足一頁按比例計；/);
  expect(told('不足一單位: 以一單位計')).toBe('不足一單位以一單位計');
});

test('where nobody needs every document the hall does not say that there may be none of several', () => {
  const { kit, service } = read('應備證件: [超商繳款時：通知書, 以匯票繳款時：匯票]');
  expect(documentsHeadline(kit, service).text).toBe('視情形 2 項');
  const { kit: one, service: petition } = read('應備證件: [以書面陳情時：陳情書]');
  expect(documentsHeadline(one, petition).text).toBe('視情形 1 項');
});

test.each([
  ['posters', posters],
  ['cards', cards],
  ['leaflets', leaflets],
  ['notices', notices],
])('%s list what is not known beside what is', (_, output) => {
  const text = output
    .render(read('規費: {明細: [{項目: 超商手續費, 金額: 待確認}, {項目: 匯票手續費, 金額: 30 元}]}').kit)
    .map((page) => (page.kind === 'page' ? plain(page.html.toString()) : ''))
    .join('\n');
  // On a notice it is a line to write on.
  expect(text).toMatch(/超商手續費\s?(請洽承辦單位|匯票手續費)/);
  expect(text).toMatch(/匯票手續費\s?30 元/);
});

describe('documents on every paper', () => {
  const papers = { posters, cards, leaflets, notices };
  const on = (name: keyof typeof papers, written: string): string =>
    papers[name]
      .render(read(written).kit)
      .map((page) => (page.kind === 'page' ? plain(page.html.toString()) : ''))
      .join('\n');
  describe.each(Object.keys(papers) as (keyof typeof papers)[])('%s', (name) => {
    test('are counted in the unit they are written in', () => {
      const text = on(name, '應備證件: [{名稱: 相片, 份數: 2 張}, {名稱: 謄本, 份數: 3}, 戶籍謄本（正本，2 張）]');
      expect(text).toContain('2 張');
      expect(text).toContain('3 份');
      expect(text).not.toContain('2 份');
    });
    test('name for whom one is waived, and are not called waived for all', () => {
      const text = on(name, '應備證件: [{名稱: 清冊, 免附: 已建檔者}, {名稱: 戶籍資料, 免附: 由本分署查詢}]');
      expect(text).toContain('已建檔者免附');
      expect(text).toContain('免附：由本分署查詢');
      expect(text).not.toMatch(/清冊 ?免附/);
    });
    test('keep the condition of a choice and of what is chosen from', () => {
      expect(on(name, '應備證件: [{擇一: [委託他人時：雙方駕照, 委託他人時：雙方健保卡]}]')).toMatch(
        /委託他人時[\s\S]*雙方駕照/,
      );
      const text = on(name, '應備證件: [{擇一: [身分證, 未滿 14 歲時：戶口名簿]}]');
      expect(text).toContain('未滿 14 歲時：戶口名簿');
      expect(text).not.toContain('未滿 14 歲時：身分證');
    });
  });
});

describe('what binds who applies is his own term', () => {
  const GARNISHEE = `申請人: {值: [{對象: 受執行命令的第三人}]}
申請期間: 接受執行命令後10日內
辦理時限: {法定期限: {期限: 10 日, 起算: 第三人接受執行命令後}, 補正: {期限: 7 日}}`;
  test.each([
    ['posters', posters],
    ['cards', cards],
    ['leaflets', leaflets],
    ['notices', notices],
  ])('%s', (_, output) => {
    const text = output
      .render(read(GARNISHEE).kit)
      .map((page) => (page.kind === 'page' ? plain(page.html.toString()) : ''))
      .join('\n');
    expect(text).toMatch(/您的期限：?接受執行命令後10日內/);
    expect(text).toMatch(/補正：7 日/);
    expect(text).not.toMatch(/法定/);
    expect(text).toMatch(/辦理時限：?請洽承辦單位/);
  });
});

describe('a notice', () => {
  const notice = (written: string): string => {
    const [page] = notices.render(read(written).kit);
    return page?.kind === 'page' ? plain(page.html.toString()) : '';
  };
  test('tells from when the whole counts where its first stage has a start of its own', () => {
    const text = notice('辦理時限: {階段: [{名稱: 甲, 期限: 1 日, 起算: 收文}, {名稱: 乙, 期限: 2 日}], 起算: 到場}');
    expect(text).toContain('自收文起算');
    expect(text).toContain('自到場起算');
  });
  test('gives each way of asking its label', () => {
    const text = notice('聯絡: {單位: 執行一科, 電話: 02-2345-6789, 分機: 12, 樓層: 3 樓, 說明: 以通知書所載為準}');
    expect(text).toContain('執行一科；電話：02-2345-6789；分機 12；樓層：3 樓；以通知書所載為準');
  });
  test('has what each sub-service declares', () => {
    const text = notice(
      '規費: 待確認\n子項目: [{名稱: 甲, 規費: 77 元, 辦理時限: 3 日, 地點: 一樓, 申請期間: 三月前}, {名稱: 乙, 規費: 88 元}]',
    );
    expect(text).toMatch(/甲規費77 元辦理時限3 日您的期限三月前辦理地點一樓.*乙規費88 元/s);
  });
});

test('a notice gives the answer above the stages that lead to it', () => {
  const [page] = notices.render(read(`辦理時限: {計算方式: 同一起算, ${STAGES}}`).kit);
  expect(page?.kind === 'page' ? plain(page.html.toString()) : '').toMatch(/辦理時限7 日報告書 3 日/);
});

test('a poster tells when and where each sub-service is, not the unknown place of the whole', () => {
  const [page] = posters.render(
    read(
      '規費: 待確認\n子項目: [{名稱: 甲, 規費: 77 元, 地點: 一樓, 申請期間: 三月前}, {名稱: 乙, 規費: 88 元, 地點: 二樓}]',
    ).kit,
  );
  const text = page?.kind === 'page' ? plain(page.html.toString()) : '';
  expect(text).toContain('77–88 元，2 項');
  expect(text).toContain('地點：甲：一樓');
  expect(text).toMatch(/您的期限：?三月前/);
  expect(text).not.toContain('未載明');
});

test('a tier has its unit with each number', () => {
  const [page] = notices.render(
    read(
      '規費: {明細: [{項目: 檔案, 計費基礎: 檔案大小（MB）, 級距: [{未滿: 50, 金額: 1000 元}, {以上: 50, 金額: 2000 元}]}]}',
    ).kit,
  );
  const text = page?.kind === 'page' ? plain(page.html.toString()) : '';
  expect(text).toContain('未滿 50 MB 1000 元');
  expect(text).toContain('50 MB 以上 2000 元');
});

test('lines below 擇一 in Markdown are what is chosen from', () => {
  const kit = kitFor({
    'services/x.md':
      '---\n編號: x\n規費: 免費\n辦理時限: 3 日\n審核權責: 分署長\n---\n\n# 測試\n\n## 應備證件\n\n- 未滿 14 歲時：擇一\n  - 戶口名簿\n  - 健保卡\n',
  });
  for (const output of [notices, leaflets, cards, posters]) {
    const [page] = output.render(kit);
    const text = page?.kind === 'page' ? plain(page.html.toString()) : '';
    expect(text).toMatch(/未滿 14 歲時[\s\S]{0,8}擇一[\s\S]*戶口名簿[\s\S]*健保卡/);
  }
});
