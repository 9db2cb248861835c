// What papers for citizens must say of a service, beside its four facts: whether it is on offer, whom to ask, where more is told.
import { expect, test } from 'vitest';
import { parse } from '../../src/content/parse.js';
import { parseMarkdown } from '../../src/content/syntax/markdown.js';
import type { Output } from '../../src/document/output.js';
import cards from '../../src/outputs/cards.js';
import hall from '../../src/outputs/hall.js';
import leaflets from '../../src/outputs/leaflets.js';
import notices from '../../src/outputs/notices.js';
import posters from '../../src/outputs/posters/posters.js';
import { BOOK, contentOf, OFFICE } from '../office.js';
import { kitFor, plain } from './kit.js';

const REST = '名稱: 測試\n規費: 免費\n辦理時限: 3 日\n審核權責: 分署長\n';
const PAPERS: readonly [string, Output][] = [
  ['notices', notices],
  ['posters', posters],
  ['cards', cards],
  ['leaflets', leaflets],
  ['hall', hall],
];

const htmlOf = (output: Output, yaml: string, more: Record<string, string> = {}): string =>
  output
    .render(kitFor({ 'services/x.yaml': yaml, ...more }, { copies: 1 }))
    .map((sheet) => (sheet.kind === 'page' ? sheet.html.toString() : ''))
    .join('\n');

test.each(PAPERS)('%s say before the facts that a service is not on offer', (_, output) => {
  const text = plain(
    htmlOf(output, `${REST}應備證件: 無\n辦理狀態: {狀態: 停辦, 原因: 業務移撥}\n`).replace(/<svg[\s\S]*?<\/svg>/g, ''),
  );
  const last = text.lastIndexOf('停辦：業務移撥');
  expect(last).toBeGreaterThan(-1);
  expect(text.slice(last)).toContain('免費');
  expect(text.slice(last)).toContain('3 日');
});

test.each(PAPERS)('%s leave the documents of sub-services to these, and ask for none', (_, output) => {
  const yaml = REST.replace(
    '規費: 免費\n',
    '子項目:\n  - {名稱: 甲, 規費: 77 元, 應備證件: 身分證}\n  - {名稱: 乙, 規費: 88 元, 應備證件: [身分證, 印章]}\n',
  );
  const text = plain(htmlOf(output, yaml));
  // Whom to ask in general stands on the back of a leaflet; on the board of the hall where there is no unit.
  expect(
    text.replace('洽公資訊範例分署機關戳章（地址、電話、辦公時間）請洽承辦單位', '').replaceAll('請洽詢一、', '一、'),
  ).not.toMatch(/請洽|未載明/);
});

test('a leaflet names the unit to ask for each service where the office tells neither address nor telephone', () => {
  const text = plain(
    htmlOf(leaflets, `${REST}應備證件: 無\n承辦單位: 執行一科\n聯絡: {電話: 02-2345-6789, 分機: "123"}\n`, {
      'office.yaml': OFFICE,
    }),
  );
  expect(text).toContain('執行一科');
  expect(text).toMatch(/02-2345-6789・[^・]*123/);
});

test.each([
  ['notices', notices],
  ['cards', cards],
  ['leaflets', leaflets],
] as const)('%s that leave facts to the handbook bear its address as a code, where it has one', (_, output) => {
  const url = 'https://example.org/handbook.pdf';
  const yaml = `${REST}應備證件: 無\n`;
  expect(htmlOf(output, yaml, { 'handbook.yaml': `${BOOK}網址: ${url}\n` })).toContain(`aria-label="${url}"`);
  expect(htmlOf(output, yaml)).not.toContain('code book');
});

test('a tier that begins at nothing has no lower end', () => {
  const yaml = REST.replace(
    '規費: 免費',
    '規費: [{項目: 光碟, 級距: [{以上: 0, 未滿: 50 MB, 金額: 1000 元}, {以上: 50 MB, 金額: 2000 元}]}]',
  );
  for (const output of [notices, posters, cards, leaflets]) {
    const text = plain(htmlOf(output, `${yaml}應備證件: 無\n`));
    expect(text).toContain('未滿 50 MB');
    expect(text).not.toMatch(/(?<!5)0 MB 以上/);
  }
});

test('no word of another script is torn in the title of a poster', () => {
  const html = htmlOf(posters, `${REST.replace('測試', '身分證（Personalausweis）')}應備證件: 無\n`);
  expect(/<h1[\s\S]*?<\/h1>/.exec(html)?.[0]).toContain('（Personalausweis）');
});

test.each([
  ['無期限', '不定期限'],
  ['1 個月又 15 日', '1 個月又 15 日'],
])('a limit of %s', (written, printed) => {
  for (const [, output] of PAPERS) {
    const text = plain(htmlOf(output, `${REST.replace('3 日', written)}應備證件: 無\n`));
    expect(text).toContain(printed);
    expect(text).not.toMatch(/不定期限：(?!\S)|：是/);
  }
});

test('a poster says who decides on sub-services, and how long each takes', () => {
  const yaml = `名稱: 測試\n應備證件: 無\n規費: 免費\n子項目:\n  - {名稱: 甲, 辦理時限: 14 日, 審核權責: 分署長}\n  - {名稱: 乙, 辦理時限: 7 日, 審核權責: 書記官}\n  - {名稱: 丙, 辦理時限: 即辦即取, 審核權責: 書記官}\n`;
  for (const output of [posters, hall, cards]) {
    const text = plain(htmlOf(output, yaml));
    expect(text).toContain('隨到隨辦或 7–14 日');
    expect(text).toContain('分署長、書記官');
    // No unit is named.
    expect(text.replace('請洽詢一、', '')).not.toContain('請洽');
  }
});

test('limits of which one has no end are those of cases', () => {
  const yaml =
    '---\n名稱: 測試\n應備證件: 無\n規費: 免費\n審核權責: 分署長\n---\n\n## 辦理時限\n\n- 臨櫃：30 分鐘\n- 人工登記簿：無期限\n';
  const [page] = notices.render(kitFor({ 'services/x.md': yaml }, { copies: 1 }));
  const text = page?.kind === 'page' ? plain(page.html.toString()) : '';
  expect(text).toContain('臨櫃 30 分鐘');
  expect(text).toContain('人工登記簿 不定期限');
  expect(text).not.toContain('請洽');
});

test('a way that goes on where another does does not go back, and 結束 is no step', () => {
  const yaml = `${REST}應備證件: 無
申請程序:
  - 開始: 填寫申請書（申請人）
  - 判斷: 申請哪一類？
    權責: 申請人
    分支:
      第一類: 領件
      第二類: 領件
      資料不符: [駁回並說明理由（書記官）, {步驟: 結束, 接: 完}]
  - {步驟: 繳費領件, 編號: 領件, 權責: 申請人}
  - {結束: 結束, 編號: 完}
`;
  const text = plain(htmlOf(notices, yaml));
  expect(text).toContain('第二類：接「繳費領件」');
  expect(text).not.toContain('回到');
});

test.each(['詳見網站', '[身分證, 請見申請須知]', '詳如公告'])('%s is no document', (written) => {
  const { faults } = parse(contentOf({ 'services/x.yaml': `${REST}應備證件: ${written}\n` }), parseMarkdown);
  expect(faults.map(({ rule }) => rule)).toContain('wrong-type');
});
test.each(['[規定之申請書]', '[網站列印之申請表, 說明書]'])('%s is', (written) => {
  const { faults } = parse(contentOf({ 'services/x.yaml': `${REST}應備證件: ${written}\n` }), parseMarkdown);
  expect(faults).toEqual([]);
});
