// What the model can say is read on the printed notice and in the printed handbook, whole and with nothing against it.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Output } from '../src/document/output.js';
import cards from '../src/outputs/cards.js';
import handbook from '../src/outputs/handbook/handbook.js';
import notices from '../src/outputs/notices.js';
import { preflight } from '../src/pdf/preflight/preflight.js';
import { openPrinter, type Printer } from '../src/print/printer.js';
import type { ChartTheme } from '../src/theme/chart-theme.js';
import { kitFor } from './outputs/kit.js';
import { see } from './pdf.js';
import { SAID, withRest } from './said.js';

const chart = parse(await readFile(new URL('../templates/chart.yaml', import.meta.url), 'utf8')) as ChartTheme;
let printer: Printer;
beforeAll(async () => {
  printer = await openPrinter({ env: process.env, root: process.getuid?.() === 0, chart });
}, 60_000);
afterAll(() => printer.close());

const STEPS = `
合計時限: 10 日
申請程序:
  - 開始: 提出申請（義務人）
  - {步驟: 審查並登錄, 權責: 書記官, 對外: 是, 時限: 3 日}
  - {步驟: 製發護照, 權責: 書記官, 民眾動作: 繳費, 規費: 100 元, 當場辦畢: 是}
  - 結束: 領取（義務人）
`;

/** The words of what an output prints, without blanks; each sheet must be fit to be published. */
async function wordsOn(output: Output, said = `${SAID}${STEPS}`): Promise<string> {
  const kit = kitFor({ 'services/x.yaml': withRest(said) }, { copies: 1 });
  const sheets = output.render(kit).filter(({ kind }) => kind === 'page');
  let words = '';
  for (const sheet of sheets) {
    const { bytes, file } = await printer.print(sheet);
    expect((await preflight(bytes)).map(({ message }) => `${file} ${message.zh}`)).toEqual([]);
    words += (await see(bytes)).texts.join('');
  }
  return words.replace(/\s/g, '');
}

const TOLD = [
  '取得處：戶政事務所',
  '不同的2種',
  '工本費',
  '18.5–370元',
  '人數×筆數×20元',
  '低收入戶',
  '臨櫃：現金；網路：信用卡',
  '申請人撤回',
  '視為核准',
  '每年3月1日前',
  '02-2345-6789',
  '季節辦理：每年3月至5月',
];
const TOLD_OF_STEPS = ['審查並登錄', '製發護照（申請人：繳費）', '合計10日'];

test.each([
  ['notice', notices],
  ['handbook', handbook],
] as const)(
  'the %s tells all of it',
  async (_, output) => {
    const words = await wordsOn(output);
    expect(TOLD.filter((each) => !words.includes(each))).toEqual([]);
    expect(words).not.toContain('舊制');
  },
  120_000,
);

test('the notice tells the steps that reach who applies', async () => {
  const words = await wordsOn(notices, STEPS);
  expect(TOLD_OF_STEPS.filter((each) => !words.includes(each))).toEqual([]);
}, 120_000);

test('the card tells what is to be brought, and whether one can come at all', async () => {
  const words = await wordsOn(cards);
  for (const each of ['季節辦理', '取得處：戶政事務所', '另須：本人親自到場']) expect(words).toContain(each);
}, 120_000);
