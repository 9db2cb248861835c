// The papers of the counter as they come out of the printer: what fits, what goes on, and what a pen finds there.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compile } from '../src/build/api.js';
import { sheetsOf } from '../src/build/compile.js';
import { UserError } from '../src/core/terminal.js';
import { svgElement } from '../src/document/drawing.js';
import type { Output } from '../src/document/output.js';
import audit from '../src/outputs/audit.js';
import badges from '../src/outputs/badges.js';
import cards from '../src/outputs/cards.js';
import deputies from '../src/outputs/deputies.js';
import leaflets from '../src/outputs/leaflets.js';
import meeting from '../src/outputs/meeting.js';
import notices from '../src/outputs/notices.js';
import opinion from '../src/outputs/opinion.js';
import telephone from '../src/outputs/telephone.js';
import { preflight } from '../src/pdf/preflight/preflight.js';
import { openPrinter, type Printer } from '../src/print/printer.js';
import type { ChartTheme } from '../src/theme/chart-theme.js';
import { BOOK, OFFICE } from './office.js';
import { kitFor, type Options } from './outputs/kit.js';
import { drawnOf, runsOf, type Seen, see } from './pdf.js';

const chart = parse(await readFile(new URL('../templates/chart.yaml', import.meta.url), 'utf8')) as ChartTheme;
let printer: Printer;
beforeAll(async () => {
  printer = await openPrinter({ env: process.env, root: process.getuid?.() === 0, chart });
}, 60_000);
afterAll(() => printer.close());

const LONG = '不動產拍定後繳納價金並申請核發權利移轉證書及點交相關作業程序併同辦理事項';
const CONTENT = {
  'office.yaml': `${OFFICE}地址: 臺北市中正區某路1號
電話: 待確認
服務標準: {引導時限: 5 分鐘, 電話接聽時限: 10 秒, 電話鈴響: 3 聲, 最多洽辦次數: 2 次, 陳情回復時限: 6 日}
職務代理人: [{姓名: 書記官, 代理人: 待確認}]
同仁:
  - {姓名: 王小明, 單位: 執行一科, 職稱: 書記官}
  - {姓名: 亞歷山大・阿布都拉・伊斯坎達爾, 單位: 法務及行政執行事務綜合協調服務中心, 職稱: [書記官, 分署長]}
電話禮貌: [{情形: 轉接, 用語: ["幫您轉接，請稍後"], 說明: 告知轉接分機號碼}]
考核項目: [{項目: 識別證, 標準: 佩戴識別證}]
`,
  'handbook.yaml': `${BOOK}服務類別: [{名稱: 繳款, 編號: payment, 服務: [short, long, again]}]\n`,
  'services/short.yaml': `名稱: 分期繳納
應備證件: [申請書（正本，1 份）, 身分證（驗正本）]
規費: 免費
辦理時限: 3 工作日
審核權責: 分署長
`,
  'services/long.yaml': `名稱: ${LONG}們用
應備證件:
${Array.from({ length: 40 }, (_, i) => `  - {名稱: 第${i + 1}種證明文件及其附件, 形式: 正本, 份數: 1${i < 20 ? '' : `, 條件: 情形${Math.floor(i / 5)}時`}}`).join('\n')}
規費:
${Array.from({ length: 14 }, (_, i) => `  - {項目: 第${i + 1}類收費, 金額: ${i + 1}00 元, 單位: 每份}`).join('\n')}
辦理時限: {期限: 30 日, 起算: 收件之次日}
審核權責: {擬辦: 書記官, 核定: 分署長}
`,
  'services/meet-the-head.yaml':
    '名稱: 首長與民有約\n應備證件: 待確認\n規費: 免費\n辦理時限: 待確認\n審核權責: 分署長\n',
};

const SHORT = { ...CONTENT, 'services/long.yaml': CONTENT['services/short.yaml'].replace('分期', '一次') };
type Printed = { bytes: Uint8Array; seen: Seen };
/** Every file of an output, printed; each must be fit to be published. */
async function printed(
  output: Output,
  options?: Options,
  content: Record<string, string> = CONTENT,
): Promise<Map<string, Printed>> {
  const files = await Promise.all(output.render(kitFor(content, options)).map((sheet) => printer.print(sheet)));
  const all = new Map<string, Printed>();
  for (const { file, bytes } of files) {
    expect((await preflight(bytes)).map(({ message }) => `${file} ${message.zh}`)).toEqual([]);
    all.set(file, { bytes, seen: await see(bytes) });
  }
  return all;
}
const one = async (output: Output, options?: Options, content: Record<string, string> = CONTENT): Promise<Printed> => {
  const [first, ...more] = (await printed(output, options, content)).values();
  if (!first || more.length > 0) throw new Error('expected one file');
  return first;
};
/** Squares of at least 4 mm with edges of their own. */
const boxes = async ({ bytes }: Printed): Promise<number> =>
  (await drawnOf(bytes)).filter(
    ({ stroked, width, height }) => stroked && Math.abs(width - height) < 0.05 && width >= 4 && width < 6,
  ).length;
const smallest = async ({ bytes }: Printed): Promise<number> =>
  Math.min(...(await runsOf(bytes)).map(({ size }) => size));
const NAMES = Array.from({ length: 40 }, (_, i) => `第${i + 1}種證明文件及其附件`);

describe('one-time notices', () => {
  test('of a short service are both on one sheet, of a long one on sheets of their own, which tell what they are', async () => {
    const all = await printed(notices);
    const short = all.get('notices/short.pdf');
    const long = all.get('notices/long.pdf');
    if (!short || !long) throw new Error('no notice');
    expect(short.seen.sizes).toEqual([[297, 210]]);
    // Two boxes a document, and whether a reply is wanted.
    expect(await boxes(short)).toBe(2 * (2 * 2 + 2));
    // One for each of four conditions besides; on two copies.
    expect(await boxes(long)).toBe(2 * (40 * 2 + 4 + 2));
    const pages = long.seen.texts;
    expect(pages.length % 2).toBe(0);
    for (const page of pages) {
      expect(page).toContain('一次告知單');
      expect(page).toContain('查驗碼：');
    }
    for (const copy of [pages.slice(0, pages.length / 2), pages.slice(pages.length / 2)].map((each) => each.join('')))
      for (const word of [...NAMES, '第14類收費', '補正期限', '承辦人簽章']) expect(copy).toContain(word);
    expect(await smallest(long)).toBeGreaterThanOrEqual(7.95);
  });
  test('are one copy when asked', async () => {
    const short = (await printed(notices, { copies: 1 }, SHORT)).get('notices/short.pdf');
    expect(short?.seen.sizes).toEqual([[210, 297]]);
    expect(short?.seen.texts.join('')).not.toContain('存查聯');
  });
});

test('the notices of the shipped book take two leaves a copy at most in two languages', async () => {
  const languages = { lang: 'zh', second: 'en' } as const;
  const asked = { outputs: new Map([['notices', notices]]), languages, mono: false, sheets: false };
  const edition = await compile('content', { ...asked, cwd: join(import.meta.dirname, '..') });
  const sheets = await sheetsOf(edition, asked, async (diagrams) =>
    diagrams.map(({ id }) => ({ id, tree: svgElement('svg', {}), width: 300, height: 400 })),
  );
  const lengthOf = (sheet: (typeof sheets)[number]): number =>
    sheet.kind === 'page' ? sheet.html.toString().length : 0;
  const longest = sheets.toSorted((one, other) => lengthOf(other) - lengthOf(one)).slice(0, 6);
  expect(longest).toHaveLength(6);
  const pages = await Promise.all(longest.map(async (sheet) => (await printer.print(sheet)).pages));
  expect(Math.max(...pages.map((count) => count ?? 0))).toBeLessThanOrEqual(8);
});

describe('counter cards', () => {
  test('are two on a sheet, go on to another card when long, and are read from 0.6 m', async () => {
    const file = await one(cards);
    expect(new Set(file.seen.sizes.map(String))).toEqual(new Set(['297,210']));
    const text = file.seen.texts.join('');
    for (const word of [...NAMES, '第14類收費', '分期繳納', `${LONG}們用`]) expect(text).toContain(word);
    // Each half bears a code: one card, the long one in several parts, and one card more.
    const codes = text.match(/查驗碼：/g)?.length ?? 0;
    expect(codes).toBeGreaterThan(3);
    expect(Math.ceil(codes / 2)).toBe(file.seen.texts.length);
    expect((await smallest(file)) * (25.4 / 72)).toBeGreaterThanOrEqual(600 / 200 - 0.02);
    // A series in one size: the label of each row.
    const labels = (await runsOf(file.bytes)).filter(({ text }) => /^(應備證件|規費|辦理時限|審核權責)$/.test(text));
    expect(labels.length).toBeGreaterThan(8);
    expect(new Set(labels.map(({ size }) => size.toFixed(1))).size).toBe(1);
    // Nothing stands on the cut.
    for (const { left, right } of await runsOf(file.bytes)) expect(left > 151 || right < 146).toBe(true);
  });
  test('are A5 alone when asked', async () => {
    expect(new Set((await one(cards, { paper: 'A5' }, SHORT)).seen.sizes.map(String))).toEqual(new Set(['148,210']));
  });
});

describe('leaflets', () => {
  test('are two sides of A4, nothing on a fold; what one does not hold goes on to another', async () => {
    const again = CONTENT['services/long.yaml'].replace('名稱: ', '名稱: 再次');
    const all = await printed(leaflets, {}, { ...CONTENT, 'services/again.yaml': again });
    expect([...all.keys()].sort()).toEqual(['leaflets/others.pdf', 'leaflets/payment-2.pdf', 'leaflets/payment.pdf']);
    for (const { bytes, seen } of all.values()) {
      expect(seen.sizes).toEqual([
        [297, 210],
        [297, 210],
      ]);
      for (const { page, left, right, text } of await runsOf(bytes))
        for (const fold of page === 1 ? [98, 197.5] : [99.5, 199])
          expect(left > fold + 5 || right < fold - 5, text).toBe(true);
    }
    const long = all.get('leaflets/payment-2.pdf')?.seen.texts ?? [];
    for (const word of [...NAMES, '第14類收費']) expect(long[1]).toContain(word);
  });
  test('that cannot hold a service say which', async () => {
    const content = {
      ...CONTENT,
      'services/long.yaml': CONTENT['services/long.yaml'].replaceAll('種證明文件', `種${'很長的'.repeat(20)}證明文件`),
    };
    const error = await printed(leaflets, undefined, content).catch((reason: unknown) => reason);
    expect(error instanceof UserError && error.say.zh).toMatch(/^leaflets\/payment(-2)?\.pdf：.*繳款/);
  });
});

describe('what is filled in by hand', () => {
  test.each([
    ['opinion', opinion, 2 * 4],
    ['meeting', meeting, 2],
    ['audit', audit, 2 + 2 * (5 + 1) + (2 + 2) + (2 + 3 * 4)],
  ] as const)('has lines 8 mm apart and boxes to tick: %s', async (_, output, count) => {
    const file = await one(output);
    expect(await boxes(file)).toBe(count);
    const drawn = await drawnOf(file.bytes);
    const lines = drawn.filter(({ stroked, width, height }) => !stroked && height < 0.4 && width > 30);
    expect(lines.length).toBeGreaterThan(3);
  });
  test('the slip for the opinion box is ruled for a pen', async () => {
    const lines = (await drawnOf((await one(opinion)).bytes))
      .filter(({ left, width, height }) => left < 20 && height < 0.4 && width > 120)
      .map(({ top }) => top)
      .sort((a, b) => a - b);
    const apart = lines.slice(1).map((top, i) => top - (lines[i] ?? 0));
    expect(apart.length).toBeGreaterThan(7);
    // The rule of the head is thick and stands alone.
    for (const distance of apart.slice(1)) expect(distance).toBeGreaterThanOrEqual(8);
  });
});

describe('badges', () => {
  test('are of the staff, each inside its own card', async () => {
    const file = await one(badges);
    expect(file.seen.texts).toHaveLength(1);
    const runs = await runsOf(file.bytes);
    // Far larger than all else: it is read by who stands before it.
    const name = runs.filter(({ left, bottom, size }) => size > 20 && left < 105 && bottom < 62);
    expect(name.map(({ text }) => text).join('')).toBe('王小明');
    for (const { left, right } of name) expect(left > 19.4 && right < 105).toBe(true);
    const second = runs.filter(({ text, bottom }) => bottom < 62 && /亞歷|伊斯|綜合/.test(text));
    expect(second.length).toBeGreaterThan(0);
    for (const { left, right } of second) expect(left > 105 && right < 190.6).toBe(true);
  });
});

test('telephone cards and the table of deputies are fit to be published', async () => {
  expect((await one(telephone)).seen.texts.join('')).toMatch(/10秒內.*3聲內.*「幫您轉接，請稍後」.*告知轉接分機號碼/);
  expect((await one(deputies)).seen.texts.join('')).toContain('書記官待確認');
});
