import { describe, expect, test } from 'vitest';
import hall from '../../src/outputs/hall.js';
import { kitFor, type Options, plain } from './kit.js';
import { CONTENT, HOSTILE } from './sheets.js';

function sheet(content: Record<string, string>, options?: Options) {
  const sheets = hall.render(kitFor(content, options));
  expect(sheets).toHaveLength(1);
  const [page] = sheets;
  if (page?.kind !== 'page') throw new Error('expected a page');
  return { ...page, text: page.html.toString() };
}
const rows = (page: string): string[] =>
  [...page.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) => plain((row ?? '').replace(/<\/t[hd]>/g, '|')));

describe('the hall', () => {
  const { file, text, fit } = sheet(CONTENT);

  test('is one A1 sheet that grows until it is full', () => {
    expect(file).toBe('posters/hall.pdf');
    expect(text).toContain('@page { size: 594mm 841mm; margin: 0 }');
    expect(fit?.most).toBeGreaterThan(fit?.least ?? Number.NaN);
    expect(sheet(CONTENT, { paper: 'A0' }).text).toContain('@page { size: 841mm 1189mm; margin: 0 }');
  });
  test('lies with the services left, standards and chart right', () => {
    const lying = sheet(CONTENT, { landscape: true }).text;
    expect(lying).toContain('@page { size: 841mm 594mm; margin: 0 }');
    expect(lying.indexOf('<table')).toBeLessThan(lying.indexOf('class="standards"'));
    expect(lying.indexOf('class="standards"')).toBeLessThan(lying.indexOf('<title>overall</title>'));
  });
  test('never sets type too small to be read: 1/200 of three eighths of 3 m', () => {
    // 1rem is 4 mm of A3 at --fit 1, twice that on A1.
    expect((fit?.least ?? 0) * 4 * (594 / 297)).toBeCloseTo((3000 * 3) / 8 / 200);
  });
  test('has every service by category, with its four facts', () => {
    expect(rows(text)).toEqual([
      '|服務項目及承辦單位|應備證件|規費|辦理時限|審核權責|',
      '繳款|一、分期繳納 執行一科|2–3 項|2–100 元，2 項|3 工作日|分署長|',
      '檔案|二、檔案應用|無|免費|3 工作日|分署長|',
      '其他|三、領取證書|請洽詢|請洽詢|請洽詢|請洽詢|',
    ]);
  });
  test('says whom to ask for what is not known, without a mark', () => {
    expect(text).not.toMatch(/<td[^>]*><span class="unconfirmed">/);
  });
  test('has the standards as numerals', () => {
    for (const number of ['5', '30', '10', '3', '2', '6'])
      expect(text).toMatch(new RegExp(`<dd>${number}<span class="unit">`));
    expect(plain(text)).toContain('辦理到完成離處（目標）30分鐘內');
  });
  test('has the overall chart, its text as large as the rest', () => {
    expect(text).toContain('<title>overall</title>');
    // 300 px wide at 16 px a character.
    expect(text).toContain('width: 18.75rem');
  });
  test('leaves a chart to the book that would be too wide to read', () => {
    expect(sheet(CONTENT, { size: { width: 4000, height: 900 } }).text).not.toContain('<title>overall</title>');
  });
  test('bears edition, date and a code', () => {
    expect(plain(text)).toContain('初版・編印日期：民國115年11月23日・共 3 項服務');
    expect(text).toMatch(/class="code" role="img"[^>]*><svg/);
  });
  test('is marked as a draft when it is one', () => {
    expect(text).not.toContain('class="draft"');
    expect(sheet(CONTENT, { draft: true }).text).toContain('<p class="draft">草案</p>');
  });
  test('speaks English when asked', () => {
    expect(plain(sheet(CONTENT, { lang: 'en' }).text)).toContain('All services at a glance');
  });
  test('shows text as text', () => {
    const { text: page } = sheet({ ...CONTENT, 'services/unknown.yaml': HOSTILE });
    expect(page).not.toMatch(/<img|<script|<b>/);
    expect(page.replaceAll('<wbr>', '')).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });
  test('stands without categories, standards, chart and services', () => {
    const { text: page } = sheet({});
    expect(page).not.toContain('<table');
    expect(page).not.toContain('class="standards"');
    expect(plain(page)).toContain('服務項目一覽');
    expect(rows(sheet({ 'services/a.yaml': CONTENT['services/archives.yaml'] }).text)[1]).toBe(
      '一、檔案應用|無|免費|3 工作日|分署長|',
    );
  });
});
