import { describe, expect, test } from 'vitest';
import standards from '../../src/outputs/standards.js';
import { OFFICE } from '../office.js';
import { kitFor, type Options, plain } from './kit.js';
import { CONTENT } from './sheets.js';

function sheet(content: Record<string, string>, options?: Options) {
  const [page] = standards.render(kitFor(content, options));
  if (page?.kind !== 'page') throw new Error('expected a page');
  return { ...page, text: page.html.toString() };
}
const tiles = (page: string): string[] =>
  [...page.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map(([, label, value]) => `${label} ${plain(value ?? '')}`);

describe('the poster of the service standards', () => {
  const { file, text } = sheet(CONTENT);

  test('has every standard as a numeral; seconds and rings are one', () => {
    expect(file).toBe('posters/standards.pdf');
    expect(tiles(text)).toEqual([
      '到服務台洽辦，引導至承辦單位 5分鐘內',
      '承辦單位辦理到完成離處（目標） 30分鐘內',
      '同一件事，最多洽辦 2次',
      '電話接聽 10秒內 或 鈴響 3聲內',
      '民眾抱怨，回復 6日內',
    ]);
  });
  test('leaves out what is not declared, and marks what is not known', () => {
    const some = `${OFFICE}服務標準: {引導時限: 待確認, 電話鈴響: 3 聲}\n`;
    const { text: page } = sheet({ 'office.yaml': some });
    expect(tiles(page)).toEqual(['到服務台洽辦，引導至承辦單位 待確認', '電話接聽 鈴響 3聲內']);
    expect(page).toContain('<span class="unconfirmed">待確認</span>');
  });
  test('says where they come from', () => {
    const sourced = `${OFFICE}服務標準: {引導時限: {值: 5 分鐘, 來源: 為民服務注意事項第2點}, 最多洽辦次數: {值: 2 次, 來源: 為民服務注意事項第3點}}\n`;
    expect(plain(sheet({ 'office.yaml': sourced }).text)).toContain('依據：為民服務注意事項範例分署');
  });
  test('is not there where no standard is declared', () => {
    expect(standards.render(kitFor({}))).toEqual([]);
  });
  test('lies too, and bears a code', () => {
    expect(sheet(CONTENT, { landscape: true, paper: 'A2' }).text).toContain('@page { size: 594mm 420mm; margin: 0 }');
    expect(text).toMatch(/class="code" role="img"[^>]*><svg/);
  });
});
