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
  test('lies with the services across the sheet', () => {
    const lying = sheet(CONTENT, { landscape: true }).text;
    expect(lying).toContain('@page { size: 841mm 594mm; margin: 0 }');
    expect(lying).toContain('class="below across"');
  });
  test('never sets type too small to be read: 1/200 of three eighths of 3 m', () => {
    // 1rem is 4 mm of A3 at --fit 1, twice that on A1.
    expect((fit?.least ?? 0) * 4 * (594 / 297)).toBeCloseTo((3000 * 3) / 8 / 200);
  });
  test('tells of every service by category where to go, then what to bring, how long, how much and who decides', () => {
    expect(rows(text)).toEqual([
      '到哪裡|辦什麼|應備證件|辦理時限|規費|審核權責|',
      '執行一科|一、分期繳納|2 項，另視情形 1 項|3 工作日|2–100 元，2 項|分署長|',
      '請洽詢|二、檔案應用|無|3 工作日|免費|分署長|',
      '請洽詢|三、領取證書|請洽承辦單位|',
    ]);
    expect(text.match(/<tbody style="--accent: #\w{6}">/g)).toHaveLength(2);
    expect(text.match(/<tr class="category"><th colspan="6" scope="rowgroup"><svg class="sign"/g)).toHaveLength(2);
  });
  test('names what everybody brings where that is short, and the floor where it is known', () => {
    const service = CONTENT['services/instalments.yaml'].replace('  - 擇一: [身分證, 護照]\n', '  - 收據\n');
    const office = CONTENT['office.yaml'].replace('單位: [執行一科,', '單位: [{名稱: 執行一科, 樓層: 3 樓},');
    const known = { ...CONTENT, 'services/instalments.yaml': service, 'office.yaml': office };
    expect(rows(sheet(known).text)[1]).toBe(
      '3 樓 執行一科|一、分期繳納|申請書、收據；另視情形 1 項|3 工作日|2–100 元，2 項|分署長|',
    );
  });
  test('says whom to ask for what is not known, without a mark', () => {
    expect(text).not.toMatch(/<td[^>]*><span class="unconfirmed">/);
  });
  test('has the standards as numerals', () => {
    for (const number of ['5', '30', '10', '3', '2', '6'])
      expect(text).toMatch(new RegExp(`<dd>${number}<span class="unit">`));
    expect(plain(text)).toContain('辦理到完成離處（目標）30分鐘內');
  });
  test('leaves the chart and the duties of the units to their own posters, and says so', () => {
    expect(text).not.toContain('<title>overall</title>');
    expect(plain(text)).toContain('流程及各單位職掌另有海報');
  });
  test('has names as large as the distance asks: 15 mm on A1, 25 mm on A0', () => {
    expect(text).toContain('--far: 15mm');
    expect(text).toMatch(/:is\(\.names, \.flows\) \{\s*--name: max\(1\.9rem, var\(--far\)\)/);
    expect(fit?.rather?.map(({ named }) => named)).toEqual(['names']);
    expect(sheet(CONTENT, { paper: 'A0' }).text).toContain('--far: 25mm');
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
      '請洽詢|一、檔案應用|無|3 工作日|免費|分署長|',
    );
  });
});
