// The notice of one case says what the engine answers: read back from what was printed.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { type CaseAsked, caseJob } from '../src/build/case-notice.js';
import { sheetsOf } from '../src/build/compile.js';
import { openProject } from '../src/build/project.js';
import { requestOf } from '../src/build/request.js';
import { personOf } from '../src/content/answer/given.js';
import { feeInWords } from '../src/content/answer/in-words.js';
import { narrowed } from '../src/content/answer/narrowed.js';
import { known } from '../src/content/schema/schema.js';
import { UserError } from '../src/core/terminal.js';
import { svgElement } from '../src/document/drawing.js';
import { openPrinter, type Printer } from '../src/print/printer.js';
import type { ChartTheme } from '../src/theme/chart-theme.js';
import { see } from './pdf.js';

const ROOT = join(import.meta.dirname, '..');
const chart = parseYaml(await readFile(join(ROOT, 'templates/chart.yaml'), 'utf8')) as ChartTheme;
const read = await openProject({ folder: 'content', cwd: ROOT }).refresh();
const request = await requestOf({
  content: 'content',
  out: '',
  cwd: ROOT,
  env: process.env,
  root: false,
  outputs: ['notices'],
});
let printer: Printer;
beforeAll(async () => {
  printer = await openPrinter({ env: process.env, root: process.getuid?.() === 0, chart });
}, 60_000);
afterAll(() => printer.close());

const asked = (more: Partial<CaseAsked>): CaseAsked => ({
  service: '',
  given: {},
  day: '2026-11-23',
  restNo: true,
  missing: [],
  ...more,
});
const jobFor = (id: string, more: Partial<CaseAsked>) => {
  const service = read.handbook.services.find((each) => each.id === id);
  if (!service) throw new Error(id);
  return { service, job: caseJob({ ...read, selected: [] }, service, asked(more)) };
};
async function textOf(id: string, more: Partial<CaseAsked>): Promise<string> {
  const [sheet] = await sheetsOf(jobFor(id, more).job, request, async (diagrams) =>
    diagrams.map(({ id: each }) => ({ id: each, tree: svgElement('svg', {}), width: 1, height: 1 })),
  );
  if (sheet?.kind !== 'page') throw new Error('no sheet');
  const { bytes, faults = [] } = await printer.print(sheet);
  expect(faults.filter(({ advice }) => !advice)).toEqual([]);
  return (await see(bytes)).texts.join('').replace(/\s+/g, '');
}

describe('the notice of one case', () => {
  test.each([
    ['objection', { given: { channel: '言詞' } }, ['聲明異議書']],
    [
      'archives',
      {
        given: {
          applicant: '團體',
          representation: '意定代理',
          quantities: [{ name: '複製（B4以下）', number: '10' }],
        },
      },
      ['關係證明文件', '郵寄處理費'],
    ],
    ['walk-in-payment', { given: { applicant: '義務人' } }, []],
  ] as const)('of %s holds its documents and its fee, and nothing that does not apply', async (id, more, without) => {
    const text = await textOf(id, more);
    const { service } = jobFor(id, more);
    const { person } = personOf(service, { ...more.given, closed: true });
    const { answer } = narrowed(service, person);
    for (const { document } of answer.documents) expect(text).toContain((document.name ?? '').replace(/\s/g, ''));
    if (answer.fee.totals.length > 0) expect(text).toContain(`應繳合計${feeInWords(answer.fee).replace(/\s/g, '')}`);
    for (const name of without) expect(text.split('接下來')[0]).not.toContain(name);
    expect(text).toContain('民國115年11月23日');
  });
  test('tells what is missing and why', async () => {
    const text = await textOf('instalments', {
      given: { conditions: ['公司申請時'] },
      missing: [{ name: '公司登記資料', reason: '已逾期' }],
    });
    expect(text).toContain('公司申請時');
    expect(text.split('已逾期').length).toBe(3); // once in each copy
  });
});

test('who acts and how much is ordered is said in English too', async () => {
  const given = {
    applicant: '團體',
    representation: '意定代理',
    quantities: [{ name: '複製（B4以下）', number: '10' }],
  };
  const { job } = jobFor('archives', { given });
  const sheets = await sheetsOf(job, { ...request, languages: { lang: 'en' } }, async () => []);
  const [own = ''] =
    /<p class="more your-case">.*?<\/p>/.exec(sheets.map((one) => 'html' in one && one.html).join('')) ?? [];
  expect(own).toContain('An appointed representative');
  expect(own).toMatch(/ 10 (?!頁)/);
  expect(own).not.toMatch(/\p{Script=Han}/u);
});

test('what is missing is ticked in the language of the sheet, and nobody is told of a waiver that is not his', () => {
  const given = { conditions: [] };
  const { service } = jobFor('case-intake', { given });
  const { service: own } = narrowed(service, personOf(service, { ...given, closed: true }).person);
  const items = known(known(own.documents)?.items) ?? [];
  expect(items.map(({ name }) => name)).toContain('義務人財產目錄');
  expect(items.map(({ waived }) => waived)).not.toContain('移送機關不知悉義務人財產者免附');
  const { handed } = jobFor('case-intake', { given, missing: [{ name: '義務人財產目錄', reason: '未附' }] }).job;
  expect([...(handed?.found ?? [])].map(([, found]) => found)).toEqual([{ missing: '未附' }]);
});

test.each([
  [{ given: {}, restNo: false }, '還要知道 --channel'],
  [{ given: { channel: '傳真' } }, '可選：「書面」「言詞」「郵寄或線上」'],
  [{ given: { channel: '言詞' }, missing: [{ name: '聲明異議書', reason: '' }] }, '可寫的證件：「身分證明文件及附件」'],
  [{ given: { channel: '書面', date: '115年2月30日' } }, '不是日期'],
])('%j is refused with what may be said', (more, said) => {
  expect.assertions(2);
  try {
    jobFor('objection', more);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).say.zh).toContain(said);
  }
});
