import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { languagesNamed } from '../src/build/compile.js';
import { LANGUAGES, type Language, unconfirmedIn } from '../src/core/language.js';
import { codeOf, stampOf } from '../src/document/declaration.js';
import type { Output } from '../src/document/output.js';
import handbook from '../src/outputs/handbook/handbook.js';
import notices from '../src/outputs/notices.js';
import posters from '../src/outputs/posters/posters.js';
import { readTemplates } from '../src/theme/templates.js';
import { BOOK, OFFICE } from './office.js';
import { kitFor } from './outputs/kit.js';

const SERVICE = `名稱: {中文: 分期繳納, 英文: Payment by instalments}
申請人: 義務人
承辦單位: 執行一科
應備證件:
  - {名稱: {中文: 戶籍謄本, 英文: Household transcript}, 形式: 影本, 份數: 2, 核發期限: 3 個月內}
  - 委託他人時：委任書
規費: [每份 100 元，第 2 份起每份 20 元, {項目: 閱覽, 金額: 20 元, 單位: 每 2 小時}]
辦理時限: {期限: 3 工作日, 起算: 收件之次日, 法定: {期限: 1 日, 依據: 行政執行法第9條第1項}}
審核權責: 分署長
申請程序:
  - {開始: {中文: 提出申請（義務人）, 英文: Apply (obligor)}, 編號: 申請}
  - {判斷: {中文: 齊備？, 英文: Complete?}, 權責: 執行一科書記官, 分支: {是: 核准, 否: 申請}}
  - {結束: 核准, 時限: 待確認}
`;
const CONTENT = {
  'office.yaml': `${OFFICE}英文名稱: Example Branch\n`,
  'handbook.yaml': BOOK,
  'services/instalments.yaml': SERVICE,
  'translations/en.yaml':
    '義務人: Obligor\n執行一科: First Section\n書記官: Clerk\n分署長: Director\n是: yes\n否: no\n核准: Approval\n收件之次日: the day after receipt\n',
};
const pageOf = (
  output: Output,
  options: { lang: Language; second?: Language },
  content: Record<string, string> = CONTENT,
): string => {
  const page = output.render(kitFor(content, options)).find(({ file }) => file.endsWith('instalments.pdf'));
  if (page?.kind !== 'page') throw new Error('no page');
  return page.html.toString().replace(/<style>[\s\S]*?<\/style>/g, '');
};
/** The handbook for the web. */
const bookIn = (lang: Language): string => {
  const page = handbook.render(kitFor(CONTENT, { lang })).find(({ file }) => file === 'handbook.html');
  if (page?.kind !== 'text') throw new Error('no book');
  return page.text.toString().replace(/<style>[\s\S]*?<\/style>/g, '');
};
/** The words of a page, and words to look for, whatever elements and spaces part them. */
const words = (page: string): string => page.replace(/<[^>]*>/g, '').replace(/\s+/g, '');
/** Chinese that is not marked as such. */
const unmarked = (page: string): string[] =>
  page
    .replace(/<span class="untranslated" lang="zh-Hant">.*?<\/span>/g, '')
    .replace(/<[^>]*>/g, '\n')
    .match(/\p{Script=Han}+/gu) ?? [];

describe('a sheet in English', () => {
  const poster = pageOf(posters, { lang: 'en' });
  test('says everything in English, and Chinese only where a translation is missing', () => {
    expect(poster).toContain('<html lang="en">');
    expect(unmarked(poster)).toEqual([]);
    expect(poster).toContain('<span class="untranslated" lang="zh-Hant">委任書</span>');
  });
  test('puts times, sums, units of charge and roles together anew', () => {
    for (const text of [
      '3 working days',
      '1 day',
      'per copy NT$100',
      'NT$20',
      'per 2 hours',
      'issued within 3 months',
      'Example Branch',
    ])
      expect(words(poster)).toContain(words(text));
  });
  test('finds the way between steps by their Chinese words, and tells who does them', () => {
    const book = words(bookIn('en'));
    expect(book).toContain(words('Clerk, First Section'));
    expect(book).toContain(words('yes → step 3'));
    expect(book).toContain(words('no → step 1'));
    expect(words(poster)).toContain(words('Apply Obligor'));
  });
  test('says what is to be confirmed in its own words', () => {
    expect(poster).toContain('<span class="unconfirmed">to be confirmed</span>');
  });
});

describe('a sheet in two languages', () => {
  const notice = pageOf(notices, { lang: 'zh', second: 'en' });
  test('says each thing in Chinese and then in English', () => {
    expect(notice).toContain('<html lang="zh-Hant">');
    expect(notice).toContain('戶籍謄本 <span class="second" lang="en">Household transcript</span>');
    expect(words(notice)).toContain(words('每份 100 元 per copy NT$100'));
    expect(words(notice)).toContain(words('3 個月內核發'));
  });
  test('says once, and marks, what has no translation', () => {
    expect(notice).toMatch(/<span class="untranslated" lang="zh-Hant">(?:<[^>]*>|[^<])*?委任書/);
    // Once in each copy.
    expect(notice.match(/委任書/g)).toHaveLength(2);
  });
  test('has its boxes to tick once', () => {
    const alone = pageOf(notices, { lang: 'zh' });
    expect(notice.match(/class="box"/g)?.length).toBe(alone.match(/class="box"/g)?.length);
  });
  test('leaves no sign of how two languages are held in one text, and no tag open', () => {
    for (const output of [notices, posters]) {
      const page = pageOf(output, languagesNamed('en,th'));
      expect(page).not.toMatch(/[\uFDD0-\uFDEF]/);
      const open: string[] = [];
      for (const [, end, name] of page.matchAll(/<(\/?)([a-z0-9]+)[^>]*?>/g))
        if (!/^(meta|w?br|path|doctype|rect)$/.test(name ?? ''))
          end ? expect(open.pop()).toBe(name) : open.push(name ?? '');
      expect(open).toEqual([]);
    }
  });
});

test('what a sheet declares is the same in every language', () => {
  const kits = ['zh', 'en', 'vi'].map((lang) => kitFor(CONTENT, languagesNamed(lang)));
  expect(
    new Set(
      kits.map((kit) =>
        codeOf(
          stampOf(kit, {
            sheet: 'posters',
            id: 'instalments',
            shows: ['fee', 'documents'],
            subject: { services: 'all' },
          }),
        ),
      ),
    ).size,
  ).toBe(1);
});

test('fees in another currency are not taken for dollars of Taiwan', () => {
  const foreign = SERVICE.replace(/規費: .*/, '規費: {幣別: 美元, 明細: [{項目: 證書, 金額: 30 元}]}');
  expect(words(pageOf(posters, { lang: 'en' }, { ...CONTENT, 'services/instalments.yaml': foreign }))).not.toContain(
    'NT$',
  );
});

test.each([
  ['zh', '民國115年11月23日'],
  ['en', '23 November 2026'],
  ['vi', '23 tháng 11, 2026'],
  ['id', '23 November 2026'],
  ['th', '23 พฤศจิกายน ค.ศ. 2026'],
])('%s writes the day its own way', (lang, day) => {
  expect(kitFor(CONTENT, languagesNamed(lang)).day('2026-11-23')).toBe(day);
});

describe('--lang', () => {
  test.each([
    [undefined, { lang: 'zh' }],
    ['zh-TW', { lang: 'zh' }],
    ['en', { lang: 'en' }],
    ['zh,en', { lang: 'zh', second: 'en' }],
    ['越南文，英文', { lang: 'vi', second: 'en' }],
    ['en,en', { lang: 'en' }],
  ])('%s', (given, languages) => {
    expect(languagesNamed(given)).toEqual(languages);
  });
  test.each(['fr', 'zh,fr', '', 'zh,en,th'])('%j is refused', (given) => {
    expect(() => languagesNamed(given)).toThrow();
  });
});

describe('printed words', async () => {
  const { words: all } = await readTemplates(false);
  const others = LANGUAGES.filter((language) => language !== 'zh' && language !== 'en');
  /** Signs that are the same in English. */
  const SAME = ['list-comma', 'clause-comma', 'field', 'brackets', 'between', 'branch-to', 'goes-to'];
  test.each(others)('%s lacks few, which are printed in English', (language) => {
    const lacking = Object.keys(all.en ?? {}).filter((key) => all[language]?.[key] === all.en?.[key]);
    const share = lacking.filter((key) => !SAME.includes(key)).length / Object.keys(all.en ?? {}).length;
    expect(share, `not in languages/${language}.yaml: ${lacking.join(', ')}`).toBeLessThan(0.5);
  });
  test('say 待確認 as the head of their language does', () => {
    for (const language of LANGUAGES) expect(all[language]?.unconfirmed).toBe(unconfirmedIn(language));
  });
  test('fill in the same values in every language', () => {
    const holes = (text: string): string => [...new Set([...text.matchAll(/\{(\d)/g)].map(([, n]) => n))].sort().join();
    for (const language of LANGUAGES)
      for (const [key, text] of Object.entries(all.zh ?? {}))
        expect(`${language} ${key} ${holes(all[language]?.[key] ?? '')}`).toBe(`${language} ${key} ${holes(text)}`);
  });
});

describe('every built-in word of a paper', () => {
  const folder = join(import.meta.dirname, '../templates');
  const yamlIn = (path: string): Record<string, unknown> => parseYaml(readFileSync(join(folder, path), 'utf8'));
  /** What only the screen of the staff shows, and papers of the staff alone. */
  const ELSEWHERE = ['preview', 'revision', 'review'];
  const outputs = readdirSync(folder).filter(
    (name) => existsSync(join(folder, name, 'words.yaml')) && !ELSEWHERE.includes(name),
  );
  const words = [
    ...Object.entries(yamlIn('words.yaml')),
    ...outputs.flatMap((name) =>
      Object.entries(yamlIn(`${name}/words.yaml`)).map(([key, said]) => [`${name}.${key}`, said] as const),
    ),
  ] as [string, { zh: string; en: string }][];
  // Signs and numbers are the same in every language; how each says 待確認 stands at the head of its file.
  const said = words.filter(([key, { en }]) => /[A-Za-z]/.test(en.replace(/\{[^}]*\}/g, '')) && key !== 'unconfirmed');
  test.each(LANGUAGES.filter((language) => language !== 'zh' && language !== 'en'))(
    'is said in %s, with the holes of the Chinese',
    (language) => {
      const { words: own } = yamlIn(`languages/${language}.yaml`) as { words: Record<string, string> };
      expect(said.flatMap(([key]) => (key in own ? [] : [key]))).toEqual([]);
      const all = new Map(words);
      const holes = (text: string) => [...new Set(text.match(/\{\d/g))].sort();
      for (const [key, text] of Object.entries(own)) {
        const base = all.get(key);
        expect(base, `${key} is no word`).toBeDefined();
        expect(holes(text), key).toEqual(holes(base?.zh ?? ''));
      }
    },
  );
});
