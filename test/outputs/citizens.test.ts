// Papers for citizens are quiet about what nobody knows: no mark, no reason, one line at the foot.
import { describe, expect, test } from 'vitest';
import type { Output } from '../../src/document/output.js';
import cards from '../../src/outputs/cards.js';
import hall from '../../src/outputs/hall.js';
import leaflets from '../../src/outputs/leaflets.js';
import notices from '../../src/outputs/notices.js';
import posters from '../../src/outputs/posters/posters.js';
import { BOOK, OFFICE } from '../office.js';
import { kitFor, type Options, plain } from './kit.js';

const SERVICE = `名稱: 領取證書
申請人: 義務人
應備證件:
  - {名稱: 申請書, 形式: 待確認, 份數: 待確認}
  - {名稱: 身分證, 說明: 待確認（各機關不一）}
規費: {明細: [{項目: 手續費, 金額: 待確認, 說明: 由代收機構收取}, {項目: 影印, 金額: 2 元, 單位: 每頁}]}
辦理時限: 待確認（日數未公開）
審核權責: 分署長
申請方式: [臨櫃, {名稱: 線上, 說明: 待確認（尚未開辦）}]
辦理時間: 待確認（他分署為9時至17時）
地點: 一樓
申請程序:
  - 開始: 提出申請（申請人）
  - 結束: 待確認身分後發還（書記官）
子項目: [{名稱: 信用卡, 摘要: 待確認（公布不一）}, {名稱: 郵寄, 摘要: 寄回。}]
聯絡: {單位: 秘書室, 電話: 待確認}
`;
const CONTENT = {
  'office.yaml': OFFICE,
  'handbook.yaml': `${BOOK}服務類別: [{名稱: 證書, 編號: papers, 服務: [a]}]\n`,
  'services/a.yaml': SERVICE,
};
const wordsOf = (output: Output, options?: Options): string =>
  output
    .render(kitFor(CONTENT, options))
    .map((sheet) => (sheet.kind === 'page' ? plain(sheet.html.toString()) : ''))
    .join('\n');

/** Output, and the line at its foot. */
const LINES: [string, Output, string][] = [
  ['posters', posters, '待確認：應備證件、正本或影本、份數、規費、辦理時限、申請方式、時間、電話'],
  ['cards', cards, '待確認：應備證件、正本或影本、份數、規費、辦理時限'],
  ['leaflets', leaflets, '待確認：應備證件、規費、辦理時限、申請方式、時間、電話'],
  ['hall', hall, '待確認：應備證件、規費、辦理時限、時間、電話'],
  ['notices', notices, '待確認：應備證件、正本或影本、份數、規費、辦理時限、申請方式、時間、電話'],
];

describe.each(LINES)('%s', (_, output, line) => {
  test('name what is open in one line, and say nothing else of it', () => {
    const words = wordsOf(output);
    expect(words).toContain(line);
    expect(words.replaceAll(line, '').replaceAll('待確認身分後發還', '')).not.toMatch(/待確認|未公開|不一|尚未開辦/);
    expect(words).not.toContain('他分署');
  });
  test('as a working copy mark every place, without the line', () => {
    const words = wordsOf(output, { workingCopy: true });
    expect(words).not.toContain('待確認：應備證件');
    expect(words).toContain('工作本');
  });
  test('say the same in English', () => {
    expect(wordsOf(output, { lang: 'en' })).toMatch(/to be confirmed: Required documents, /);
  });
});

test('an ordinary sentence with the word in it stays as it is', () => {
  for (const output of [posters, leaflets, notices]) expect(wordsOf(output)).toContain('待確認身分後發還');
});
test('what is not known is asked for where it stands, and is no way to apply', () => {
  const words = wordsOf(posters);
  expect(words).toMatch(/手續費 ?由代收機構收取 ?請洽承辦單位/);
  expect(words).not.toContain('線上');
  expect(words).not.toContain('信用卡');
  expect(words).toContain('寄回。');
  expect(wordsOf(posters, { workingCopy: true })).toContain('線上（待確認（尚未開辦））');
});
test('what is known needs no line', () => {
  const known = { ...CONTENT, 'office.yaml': `${OFFICE}地址: 某路1號\n電話: 02-1\n辦公時間: 8時至17時\n` };
  const content = {
    ...known,
    'services/a.yaml': '名稱: 甲\n應備證件: 無\n規費: 免費\n辦理時限: 3 日\n審核權責: 分署長\n',
  };
  for (const [, output] of LINES) {
    const [sheet] = output.render(kitFor(content));
    expect(sheet?.kind === 'page' && plain(sheet.html.toString())).not.toContain('待確認');
  }
});
