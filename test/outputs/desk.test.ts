// The papers of the counter, before they are printed: what stands on them and what they leave to a pen.
import { describe, expect, test } from 'vitest';
import type { Output } from '../../src/document/output.js';
import audit from '../../src/outputs/audit.js';
import badges from '../../src/outputs/badges.js';
import cards from '../../src/outputs/cards.js';
import complaints from '../../src/outputs/complaints.js';
import deputies from '../../src/outputs/deputies.js';
import leaflets from '../../src/outputs/leaflets.js';
import meeting from '../../src/outputs/meeting.js';
import opinion from '../../src/outputs/opinion.js';
import practices from '../../src/outputs/practices.js';
import roster from '../../src/outputs/roster.js';
import satisfaction from '../../src/outputs/satisfaction.js';
import symposium from '../../src/outputs/symposium.js';
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
const ALL = {
  audit,
  badges,
  cards,
  complaints,
  deputies,
  leaflets,
  meeting,
  opinion,
  practices,
  roster,
  satisfaction,
  symposium,
  telephone,
};

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
  test('have a panel a service, the fourth on the flap; a panel that none takes is for notes', () => {
    const one = pages(leaflets)[0];
    expect(one?.text).toContain('class="fit services of-1"');
    expect(one?.words).toContain('我的紀錄');
    expect(one?.fit?.rather?.map(({ named }) => named)).toEqual(['panels', 'fuller']);
    const four = ['a', 'b', 'c', 'd'].map((id) => [
      `services/${id}.yaml`,
      CONTENT['services/archives.yaml'].replace('檔案應用', `服務${id}`),
    ]);
    const book = DESK['handbook.yaml'].replace('服務: [instalments]', '服務: [a, b, c, d]');
    const all = pages(leaflets, { ...DESK, ...Object.fromEntries(four), 'handbook.yaml': book });
    const [first] = all;
    expect(all.filter(({ file }) => file.includes('category-1'))).toHaveLength(1);
    expect(first?.text).toMatch(/<div class="panel flap fit" data-name="服務d"><article>/);
    expect(first?.text.match(/<article>/g)).toHaveLength(4);
    expect(first?.words).toContain('引導至承辦單位5 分鐘內');
    expect(first?.words).not.toContain('我的紀錄');
  });
  test('stand on the colour of their category, and have room for a stamp where the office has not said how it is reached', () => {
    const [one] = pages(leaflets);
    expect(one?.text).toMatch(/<main class="whole" style="--accent: #\w{6}">/);
    expect(one?.text).toContain('<div class="band">');
    expect(one?.words).toContain('機關戳章（地址、電話、辦公時間）');
    const reached = { ...DESK, 'office.yaml': DESK['office.yaml'].replace('電話: 待確認', '電話: (02)2345-6789') };
    expect(pages(leaflets, reached)[0]?.words).not.toContain('機關戳章');
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
    expect(text.match(/class="badge fit/g)).toHaveLength(10);
    for (const word of ['執行一科', '秘書室', '服務台', '書記官', '分署長']) expect(words).toContain(word);
    expect(text.match(/class="name empty"/g)).toHaveLength(10);
    expect(text.match(/class="photo"/g)).toHaveLength(10);
  });
  test('are of the staff and the volunteers where they are listed, and of who stands in', () => {
    const staff = Array.from({ length: 11 }, (_, i) => `{姓名: 同仁${i}, 單位: 執行一科, 職稱: 書記官}`).join(', ');
    const office = `${DESK['office.yaml']}同仁: [${staff}]\n志工: [{名稱: 王志工, 時段: 週一}]\n`;
    const { text, words } = page(badges, { ...DESK, 'office.yaml': office });
    expect(text.match(/<section class="badges">/g)).toHaveLength(2);
    // Twelve people, and four of each kind to be written in.
    expect(text.match(/class="name empty"/g)).toHaveLength(8);
    expect(text.match(/class="badge fit deputy"/g)).toHaveLength(4);
    expect(text.match(/class="badge fit volunteer"/g)).toHaveLength(5);
    expect(words).toContain('志工相片王志工');
    expect(words).toMatch(/同仁10執行一科書記官/);
  });
  test.each([
    [8, 10],
    [9, 20],
    [10, 20],
  ])('of %i people leave one at least for who stands in and for a volunteer: %i', (people, count) => {
    const staff = Array.from({ length: people }, (_, i) => `{姓名: 同仁${i}}`).join(', ');
    const { text } = page(badges, { ...DESK, 'office.yaml': `${DESK['office.yaml']}同仁: [${staff}]\n` });
    expect(text.match(/class="badge fit/g)).toHaveLength(count);
    expect(text).toContain('class="badge fit volunteer"');
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
    // Which kind, and whether a reply is wanted; two slips.
    expect(boxes(text)).toBe(2 * 4);
    expect(words).toContain('是否需要回復');
  });
});

describe('what people are told of their personal data', () => {
  test.each([
    ['opinion', opinion],
    ['meeting', meeting],
    ['satisfaction', satisfaction],
  ])("stands on the form in the office's words, or there is room for it: %s", (_, output) => {
    expect(page(output).words).toContain('個人資料保護法第 8 條告知事項由機關填寫或加蓋');
    const told = { ...DESK, 'office.yaml': `${DESK['office.yaml']}個資告知: 為回復您的意見而蒐集。\n` };
    expect(page(output, told).words).toContain('個人資料保護法第 8 條告知事項為回復您的意見而蒐集。');
    expect(page(output, told).words).not.toContain('由機關填寫或加蓋');
  });
});

describe('forms of the office', () => {
  test('the roster has the declared duty with the volunteers, or each half of a working day', () => {
    expect(page(roster).text.match(/<td class="when">/g)).toHaveLength(10 + 4);
    const office = `${DESK['office.yaml']}輪值表: [{時段: 週一上午, 對象: [王一, 李二], 櫃台: 1 號}]\n志工: [{名稱: 甲隊, 時段: 週二, 職掌: 引導}]\n`;
    const { words, text } = page(roster, { ...DESK, 'office.yaml': office });
    expect(words).toContain('週一上午王一、李二1 號');
    expect(words).toContain('甲隊週二引導');
    expect(text.match(/<td class="who">/g)).toHaveLength(1);
  });
  test('the register says by when each complaint is answered', () => {
    expect(page(complaints).words).toContain('應回復日（6 日內）');
    const bare = { ...DESK, 'office.yaml': DESK['office.yaml'].replace(', 陳情回復時限: 6 日', '') };
    expect(page(complaints, bare).words).toContain('應回復日回復日期');
  });
  test('the meeting invites the offices that the book names; agenda and record are of one size', () => {
    const { words, text, fit } = page(symposium);
    expect(words).toContain('法務部行政執行署');
    expect(text.match(/<section class="fit leaf"/g)).toHaveLength(2);
    expect(fit).toMatchObject({ alike: true });
    expect(words).toContain('交換工作心得與經驗');
  });
  test('a good practice may be for any category of services', () => {
    expect(page(practices).words).toContain('繳款檔案服務台電話服務');
  });
  test('people are asked what they can judge of the promises, five answers each', () => {
    const { words, text } = page(satisfaction);
    expect(words).toContain('引導至承辦單位（5 分鐘內）');
    expect(words).not.toContain('電話鈴響');
    // Three promises, manner, and three more; whether a reply is wanted; two slips.
    expect(boxes(text)).toBe(2 * (7 * 5 + 2));
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
    // Nine items over eight audits, with how many were kept and who looked.
    expect(words.match(/　月　日/g)).toHaveLength(8);
    expect(text.match(/<td class="audit">/g)).toHaveLength(8 * (9 + 2));
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
    // A box for each document; whether a reply is wanted.
    expect(boxes(text)).toBe(2 + 2);
  });
  test('is not made where there is no such service', () => {
    expect(pages(meeting, CONTENT)).toEqual([]);
  });
});
