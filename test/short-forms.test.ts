// What clerks write in short, and what then stands on the notice: read whole, with nothing lost of it, or one finding.
import { describe, expect, test } from 'vitest';
import { excerptsOf, parse } from '../src/content/parse.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { loadFolder } from '../src/core/program-files.js';
import { documentsHeadline, feeHeadline } from '../src/document/headlines.js';
import type { Output } from '../src/document/output.js';
import { diagnose } from '../src/lint/engine.js';
import type { Rule } from '../src/lint/rule.js';
import cards from '../src/outputs/cards.js';
import leaflets from '../src/outputs/leaflets.js';
import notices from '../src/outputs/notices.js';
import posters from '../src/outputs/posters/posters.js';
import { contentOf, OFFICE } from './office.js';
import { kitFor, plain } from './outputs/kit.js';
import { withRest } from './said.js';

const rules = await loadFolder<Rule>('lint/rules');
const office = OFFICE.replace(
  '單位: [執行一科,',
  '地址: 範例路1號\n電話: 00-0000-0000\n單位: [{名稱: 執行一科, 樓層: 3 樓, 分機: "301"},',
);
const service = (written: string) => ({ 'office.yaml': office, 'services/a.yaml': withRest(written) });
const paper = (output: Output, files: Record<string, string>): string => {
  const [page] = output.render(kitFor(files, { copies: 1 }));
  if (page?.kind !== 'page') throw new Error('no page');
  return plain(page.html.toString()).replace(/\s+/g, '');
};
const errorsIn = (files: Record<string, string>): string[] =>
  diagnose(excerptsOf(contentOf(files), parseMarkdown), rules).flatMap(({ rule, severity, span }) =>
    severity === 'error' ? [`${rule} ${span.source.text.slice(span.start, span.end)}`] : [],
  );

test.each([
  ['規費: {臨櫃: 100 元, 線上: 50 元}', ['臨櫃100元', '線上50元']],
  ['規費: |\n  每份 100 元\n  第 2 份起每份 20 元', ['每份100元', '自第2份起每份20元']],
  ['規費: |\n  項目\t金額\t單位\n  證書\t100 元\t每份', ['證書每份100元']],
  ['規費: 每月 500 元，不足一月以一月計，最高 6,000 元', ['每月500元', '最高收6,000元']],
  ['規費: 免費，但郵資自付', ['免費', '郵資自付']],
  ['規費: 現場免費；郵寄 50 元', ['現場免費', '郵寄50元']],
  ['應備證件: 無（本人親自到場）', ['不需任何證件。', '本人親自到場']],
  ['應備證件: 身分證、健保卡（擇一）', ['1擇一身分證健保卡']],
  ['應備證件: [申請書, 下列文件擇一：身分證（正本）、健保卡]', ['1申請書2擇一身分證（正本）健保卡']],
  ['應備證件: 申請書、身分證、健保卡（擇一）', ['1申請書、身分證、健保卡（擇一）']],
  ['應備證件: [{名稱: 光碟片, 份數: 2 片}]', ['光碟片2片']],
  ['規費: {明細: [100 元], 加收: [郵資另計]}', ['100元', '郵資另計']],
  ['應備證件: [戶口名簿（正本）或戶籍謄本（3 個月內）]', ['1戶口名簿（正本）或戶籍謄本（3個月內）']],
  ['應備證件: [身分證（正本，驗畢發還；影本 1 份）]', ['1身分證（正本，驗畢發還；影本1份）']],
  ['規費: {明細: [{項目: 彩色影印, 金額: 每頁 10 元, 倍數: 5}]}', ['每頁10元（5倍）']],
  ['應備證件: {一般: [申請書], 委託他人時: [委託書, 身分證]}', ['1申請書', '委託他人時2委託書3身分證']],
  ['應備證件: [{擇一: [[健保卡, 戶籍謄本], 護照]}]', ['健保卡及戶籍謄本']],
  ['應備證件: [{名稱: 護照, 剩餘效期: 6 個月以上}]', ['效期尚有6個月以上']],
  ['應備證件: |\n  *申請書（正本）\n  *身分證', ['1申請書正本', '2身分證']],
  ['辦理時限: 書面審查 3 日、現場會勘 7 日', ['10日書面審查3日現場會勘7日']],
  [
    '辦理時限: {期限: 15 日, 延長: 得延長一次 15 日, 補正: 應於 7 日內補正}',
    ['得延長15日（以1次為限）', '補正：7日內'],
  ],
  ['辦理時限: {期限: 15 日, 延長: 必要時得延長 15 日，以一次為限}', ['得延長15日（以1次為限）']],
  [
    '申請方式: 臨櫃（3 樓）、郵寄、線上（https://example.gov.tw/a）',
    ['臨櫃（3樓）郵寄線上（https://example.gov.tw/a）'],
  ],
  ['申請方式: [{方式: 臨櫃, 地點: 3 樓, 時間: 週一至週五}]', ['臨櫃（3樓；週一至週五）']],
  ['承辦單位: 執行一科', ['執行一科；電話：00-0000-0000；分機301；樓層：3樓']],
  ['注意事項: |\n  尺寸 5*3*2 公分。', ['尺寸5*3*2公分']],
  ['注意事項: |\n  請看註[^1]。\n\n  [^1]: 依檔案法', ['註依檔案法']],
])('%s', (written, told) => {
  const files = service(written);
  expect(errorsIn(files)).toEqual([]);
  const notice = paper(notices, files);
  for (const text of told) expect(notice).toContain(text);
});

test('a telephone of the service has no extension of its unit, whose floor is told all the same', () => {
  const notice = paper(notices, service('承辦單位: 執行一科\n聯絡: {電話: 06-2134322}'));
  expect(notice).toContain('執行一科；電話：06-2134322；樓層：3樓');
  expect(notice).not.toContain('分機');
});

test.each([
  ['notices', notices],
  ['posters', posters],
  ['cards', cards],
  ['leaflets', leaflets],
])('%s tell for whom none is too little', (_, output) => {
  const told = paper(output, service('應備證件: 無須檢附證件（外國人除外）'));
  expect(told).toMatch(/(?:無|不需任何證件。)（?外國人除外/);
});

describe('of what is not known', () => {
  const headline = (written: string) => {
    const kit = kitFor(service(written));
    const [one] = kit.services;
    if (!one) throw new Error('no service');
    return { documents: documentsHeadline(kit, one), fee: feeHeadline(kit, one) };
  };
  test('a document is not counted as needed', () => {
    expect(headline('應備證件: [申請書, 待確認]').documents.text).toBe('1 項，其餘請洽承辦單位');
    expect(headline('應備證件: [待確認, 待確認]').documents.asked).toBe(true);
  });
  test('a condition leaves no document that all need', () => {
    const files = service('應備證件: [申請書, {名稱: 財力證明, 條件: 待確認}]');
    expect(paper(cards, files)).toContain('情形請洽承辦單位2財力證明');
    expect(headline('應備證件: [申請書, {名稱: 財力證明, 條件: 待確認}]').documents.text).toBe('1 項，另視情形 1 項');
  });
  test('a way that is free counts beside one that is not', () => {
    expect(headline('規費: 現場免費；郵寄 50 元').fee.text).toBe('0–50 元，2 項');
    expect(headline('規費: 臨櫃免費，郵寄 50 元').fee.text).toBe('0–50 元，2 項');
    expect(headline('規費: 100 元，低收入戶免收').fee.text).toBe('100 元');
  });
  test('sums of two currencies have no least', () => {
    expect(headline('規費: [{項目: 甲, 金額: 50 美金}, {項目: 乙, 金額: 100 人民幣}]').fee.text).toBe('2 項');
  });
});

test('a text that cannot be read is told once, whatever else could be said of it', () => {
  const found = diagnose(excerptsOf(contentOf(service('規費: 1,5 元')), parseMarkdown), rules);
  expect(
    found
      .filter(({ span }) => /^[\d,\s元]+$/.test(span.source.text.slice(span.start, span.end)))
      .map(({ rule }) => rule),
  ).toEqual(['unreadable-fee']);
});

test.each([
  ['應備證件: [{名稱: 切結書, 免附: 是}]', ['wrong-type 是']],
  ['規費用: 免費', ['unknown-key 規費用']],
  ['規費: {甲乙: 丙}', ['unknown-key 甲乙']],
  ['應備證件: [{名: 申請書, 形式: 正本}]', ['unknown-key 名']],
  ['申請人: [{誰: 義務人}]', ['unknown-key 誰']],
  ['辦理時限: {依案件: [一般案件]}', ['unreadable-duration 一般案件']],
])('a wrong key is one finding: %s', (written, found) => {
  expect(errorsIn(service(written))).toEqual(found);
});

test('an emphasis beside figures is one where it was meant as one', () => {
  const page = paper(notices, service('注意事項: 限 *3* 日內，**2** 份。'));
  expect(page).toContain('限3日內，2份。');
  expect(parse(contentOf(service('注意事項: 限 *3* 日內')), parseMarkdown).faults).toEqual([]);
});
