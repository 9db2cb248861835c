// The papers of the counter, before they are printed: what stands on them and what they leave to a pen.
import { describe, expect, test } from 'vitest';
import type { Output } from '../../src/document/output.js';
import audit from '../../src/outputs/audit.js';
import badges from '../../src/outputs/badges.js';
import cards from '../../src/outputs/cards.js';
import deputies from '../../src/outputs/deputies.js';
import leaflets from '../../src/outputs/leaflets.js';
import meeting from '../../src/outputs/meeting.js';
import opinion from '../../src/outputs/opinion.js';
import telephone from '../../src/outputs/telephone.js';
import { kitFor, type Options, plain } from './kit.js';
import { CONTENT, HOSTILE } from './sheets.js';

const OFFICE = CONTENT['office.yaml'];
const DESK = {
  ...CONTENT,
  'office.yaml': `${OFFICE}職務代理人: [{姓名: 書記官, 單位: 執行一科, 代理人: 待確認}]
電話禮貌: [{情形: 轉接, 用語: ["幫您轉接，請稍後"], 說明: 告知分機}, {情形: 結束, 用語: [再見, 謝謝]}]
考核項目: [{項目: 識別證, 標準: 佩戴識別證}]
`,
  'services/meet-the-head.yaml': `名稱: 首長與民有約
承辦單位: 秘書室
應備證件: [申請書, 委託他人時：委任書]
規費: 免費
辦理時限: 待確認
審核權責: 分署長
聯絡: {單位: 秘書室, 代理人: 待確認}
`,
};
const pages = (output: Output, content: Record<string, string> = DESK, options?: Options) =>
  output.render(kitFor(content, options)).map((sheet) => {
    if (sheet.kind !== 'page') throw new Error('expected a page');
    return { ...sheet, text: sheet.html.toString(), words: plain(sheet.html.toString()) };
  });
function page(output: Output, content?: Record<string, string>, options?: Options) {
  const [first, ...more] = pages(output, content, options);
  if (!first || more.length > 0) throw new Error('expected one sheet');
  return first;
}
const boxes = (text: string): number => text.match(/class="box"/g)?.length ?? 0;
const ALL = { audit, badges, cards, deputies, leaflets, meeting, opinion, telephone };

describe.each(Object.entries(ALL))('%s', (_, output) => {
  test('bears office, edition, date and a code that can be typed in', () => {
    for (const { words, text } of pages(output)) {
      expect(words).toMatch(/範例分署・初版　民國115年11月23日/);
      expect(words).toMatch(/查驗碼：[0-9A-Z]{4}-[0-9A-Z]{4}/);
      expect(text).toMatch(/class="code" role="img"[^>]*><svg/);
    }
  });
  test('is marked as a draft when it is one', () => {
    for (const { words } of pages(output)) expect(words).not.toContain('草案');
    for (const { words } of pages(output, DESK, { draft: true })) expect(words).toContain('草案');
  });
  test('speaks English when asked', () => {
    for (const { text } of pages(output, DESK, { lang: 'en' })) expect(text).toContain('<html lang="en">');
  });
  test('shows text as text', () => {
    const hostile = "'<b>x</b><script>alert(1)</script>'";
    const content = {
      ...DESK,
      'services/bad.yaml': HOSTILE,
      'office.yaml': `${DESK['office.yaml'].replace('告知分機', hostile).replace('佩戴識別證', hostile)}同仁: [{姓名: ${hostile}}]\n`,
    };
    for (const { text } of pages(output, content)) expect(text).not.toMatch(/<img|<script|<b>/);
  });
});

describe('counter cards', () => {
  test('are one a service, each with the code of its service', () => {
    const { text, words } = page(cards);
    expect(text.match(/<section class="fit leaf"/g)).toHaveLength(3);
    expect(new Set(words.match(/查驗碼：\S{9}/g)).size).toBe(3);
    for (const word of ['申請書', '委託他人時', '每份 100 元', '影印', '3 工作日', '分署長'])
      expect(words).toContain(word);
  });
  test('leave out of what nothing is known, which is listed; a working copy has it', () => {
    expect(cards.unknown(kitFor(DESK))).toEqual([{ service: 'unknown', name: '領取證書' }]);
    expect(page(cards, DESK, { workingCopy: true }).words).toContain('領取證書');
  });
  test('tell what a sub-service has of its own: limit, authority, window and place', () => {
    const service = `${CONTENT['services/archives.yaml']}子項目: [{名稱: 急件, 辦理時限: 1 日, 審核權責: 書記官, 申請期間: 上班日上午, 地點: 三樓}]\n`;
    const { words } = page(cards, { ...DESK, 'services/archives.yaml': service });
    expect(words).toMatch(/急件辦理時限1 日您的期限上班日上午審核權責書記官地點三樓/);
  });
  test('are a series in one size, each on the colour of its category with its sign and name', () => {
    const { text, fit, words } = page(cards);
    expect(fit).toMatchObject({ apart: true, alike: true });
    expect(text.match(/<section class="fit leaf"[^>]* style="--accent: (#\w{6})"/g)).toHaveLength(2);
    expect(text.match(/<p class="category"><svg class="sign"/g)).toHaveLength(2);
    expect(words).toMatch(/繳款分期繳納應備證件/);
    expect(text.match(/<div class="head banded"/g)).toHaveLength(3);
  });
  test('say in one row for what all nobody knows more than whom to ask', () => {
    const unknown = '名稱: 問清楚\n應備證件: [甲]\n規費: 待確認\n辦理時限: 待確認\n審核權責: 待確認\n';
    expect(page(cards, { ...DESK, 'services/asked.yaml': unknown }).words).toContain(
      '規費、辦理時限、審核權責請洽承辦單位',
    );
  });
  test('are A5, side by side on A4 unless asked otherwise', () => {
    expect(page(cards).text).toContain('<main class="pairs">');
    expect(page(cards, DESK, { paper: 'A5' }).text).toContain('<main class="single">');
  });
});

describe('leaflets', () => {
  test('are one a category, and one for what is in none', () => {
    expect(pages(leaflets).map(({ file }) => file)).toEqual([
      'leaflets/category-1.pdf',
      'leaflets/category-2.pdf',
      'leaflets/others.pdf',
    ]);
    const named = { ...DESK, 'handbook.yaml': DESK['handbook.yaml'].replace('名稱: 繳款,', '名稱: 繳款, 編號: pay,') };
    expect(pages(leaflets, named)[0]?.file).toBe('leaflets/pay.pdf');
  });
  test('tell the four facts of each service, where the office is and what it promises', () => {
    const words = pages(leaflets)[0]?.words ?? '';
    for (const word of [
      '委託他人時：委任狀',
      '影印 每頁 2 元',
      '3 工作日',
      '分署長',
      '某路1號',
      '引導至承辦單位5 分鐘內',
    ])
      expect(words).toContain(word);
  });
  test('are those of the services asked for', () => {
    const kit = kitFor(DESK);
    const selected = kit.services.filter(({ id }) => id === 'archives');
    expect(leaflets.render({ ...kit, selected }).map(({ file }) => file)).toEqual(['leaflets/category-2.pdf']);
  });
});

describe('telephone cards', () => {
  test('say how soon, what in which situation, and leave room for whose desk it is', () => {
    const { words } = page(telephone);
    expect(words).toMatch(
      /電話接聽10 秒內電話鈴響3 聲內轉接「幫您轉接，請稍後」告知分機結束「再見」「謝謝」本單位姓名分機代理人/,
    );
  });
  test('are not made where the office has not said what to say', () => {
    expect(pages(telephone, CONTENT)).toEqual([]);
  });
});

describe('badges', () => {
  test('are blank for each unit and title where no staff is listed; no name is made up', () => {
    const { text, words } = page(badges);
    expect(text.match(/class="badge fit"/g)).toHaveLength(10);
    for (const word of ['執行一科', '秘書室', '服務台', '書記官', '分署長']) expect(words).toContain(word);
    expect(text.match(/class="name empty"/g)).toHaveLength(10);
  });
  test('are of the staff where it is', () => {
    const staff = Array.from({ length: 11 }, (_, i) => `{姓名: 同仁${i}, 單位: 執行一科, 職稱: 書記官}`).join(', ');
    const { text, words } = page(badges, { ...DESK, 'office.yaml': `${DESK['office.yaml']}同仁: [${staff}]\n` });
    expect(text.match(/<section class="badges">/g)).toHaveLength(2);
    expect(/class="\w+ empty"/.exec(text)?.[0]).toBeUndefined();
    expect(words).toContain('執行一科書記官同仁10');
  });
});

describe('the table of deputies', () => {
  test('says who stands in, and what is not known', () => {
    const { words, text } = page(deputies);
    expect(words).toContain('書記官執行一科待確認');
    expect(words).toContain('首長與民有約秘書室待確認待確認');
    expect(text).toContain('<span class="unconfirmed">待確認</span>');
  });
  test('is not made where nobody is named', () => {
    expect(pages(deputies, CONTENT)).toEqual([]);
  });
});

describe('the slip for the opinion box', () => {
  test('offers the kinds, promises the answer and says where the office is', () => {
    const { words, text } = page(opinion);
    for (const word of ['提供意見', '檢舉不法', '6 日內回復', '某路1號', '電話：待確認']) expect(words).toContain(word);
    expect(boxes(text)).toBe(2 * 2);
  });
});

describe('audit sheets', () => {
  test('have an item for each declared standard, each check and each situation on the telephone', () => {
    const { words, text } = page(audit);
    for (const word of [
      '引導至承辦單位5 分鐘內',
      '電話鈴響接聽3 聲內',
      '民眾抱怨回復6 日內',
      '識別證佩戴識別證',
      '轉接「幫您轉接，請稍後」；告知分機',
    ])
      expect(words).toContain(word);
    expect(words).not.toContain('undefined');
    // 定期 and 不定期 on three sheets, two a row of nine items, four facts of four services and the chart of one.
    expect(boxes(text)).toBe(2 * 3 + 2 * 9 + 4 * 4 + 1);
  });
  test('are of the services alone where no standard is declared, and none where there is no service either', () => {
    const alone = page(audit, { 'services/a.yaml': CONTENT['services/archives.yaml'] });
    expect(alone.text.match(/<section class="fit leaf"/g)).toHaveLength(1);
    expect(pages(audit, {})).toEqual([]);
  });
});

describe('the form to meet the head', () => {
  test('has what the service declares, a box for each document and room for the office', () => {
    const { words, text } = page(meeting);
    expect(words).toContain('首長與民有約申請表');
    for (const word of ['洽談事項', '辦理時限請洽承辦單位', '委託他人時：委任書', '以下由機關填寫', '核定'])
      expect(words).toContain(word);
    expect(boxes(text)).toBe(2);
  });
  test('is not made where there is no such service', () => {
    expect(pages(meeting, CONTENT)).toEqual([]);
  });
});
