// What is asked for, and what is refused, before the notice of one case can be printed.
import { expect, test } from 'vitest';
import { compile } from '../src/build/api.js';
import { type CaseAsked, caseJob, dayOn, LONGEST_REASON, refuseFaulty } from '../src/build/case-notice.js';
import { UserError } from '../src/core/terminal.js';
import { contentOf, OFFICE } from './office.js';

const SERVICE = `名稱: 閱覽卷宗
申請方式: [臨櫃, 郵寄]
應備證件: [申請書, {名稱: 委任書, 條件: 委託他人時}, {名稱: 切結書, 條件: 遺失}, 身分證, {名稱: 回郵信封, 管道: [郵寄]}]
規費: {明細: [{項目: 影印, 金額: 2 元, 單位: 每頁}, {項目: 閱覽, 金額: 20 元}]}
辦理時限: {期限: 3 日, 依案件: [{案件: 急件, 期限: 1 日}], 補正: {期限: 5 日}}
審核權責: 分署長
`;
const CALENDAR = '行事曆: {生效日: 2026-01-01, 迄日: 2026-12-31}\n';
const job = await compile(contentOf({ 'services/one.yaml': SERVICE, 'office.yaml': `${OFFICE}${CALENDAR}` }));
const [service] = job.handbook.services;

const made = (more: Partial<CaseAsked> = {}) => {
  if (!service) throw new Error('no service');
  return caseJob(job, service, { service: 'one', given: {}, day: '2026-11-23', missing: [], ...more });
};
const refused = (more: Partial<CaseAsked>): string[] => {
  try {
    made(more);
  } catch (error) {
    if (error instanceof UserError) return [error.say.zh, error.say.en];
    throw error;
  }
  return [];
};
const GIVEN = { representation: '本人', channel: '臨櫃', case: '其他' };
const told = (more: object = {}) => ({ given: { ...GIVEN, ...more }, restNo: true });

test.each<[Partial<CaseAsked>, string, string]>([
  [{}, '還要知道 --agent，可選：', '--agent is needed; choose "'],
  [
    { given: { representation: '本人' } },
    '還要知道 --channel，可選：「臨櫃」「郵寄」。',
    '--channel is needed; choose "臨櫃", "郵寄".',
  ],
  [
    { given: { representation: '本人', channel: '臨櫃' } },
    '還要知道 --case，可選：「急件」',
    '--case is needed; choose "急件", ',
  ],
  [
    { given: GIVEN },
    '還要知道是不是「遺失」：是的話加 --if "遺失"，不是就加 --not "遺失"；其餘都不是時加 --rest-no。',
    'Does "遺失" hold? Add --if "遺失", or --not "遺失"; --rest-no where nothing else holds.',
  ],
  [
    { given: { ...GIVEN, not: ['遺失'] } },
    '還要知道「影印」多少頁：例如 --quantity "影印=1"，沒有就寫 0',
    'How many of "影印"? Add --quantity "影印=1", 0 for none; --rest-no where nothing else is.',
  ],
  [
    { ...told(), missing: [{ name: '護照', reason: '' }] },
    '這個情形不需要「護照」，可寫的證件：「申請書」「身分證」。',
    '"護照" is not asked for in this case; documents: "申請書", "身分證".',
  ],
  [
    {
      ...told(),
      missing: [
        { name: '身分證', reason: '' },
        { name: ' 身分證 ', reason: '過期' },
      ],
    },
    '「身分證」寫了兩次，留下一個。',
    '"身分證" is named twice; keep one.',
  ],
  [
    { ...told(), missing: [{ name: '身分證', reason: '過'.repeat(LONGEST_REASON + 1) }] },
    `「身分證」的原因有 ${LONGEST_REASON + 1} 個字，最多 ${LONGEST_REASON} 個字。`,
    `The reason for "身分證" has ${LONGEST_REASON + 1} characters; ${LONGEST_REASON} at most.`,
  ],
])('%j is refused', (more, zh, en) => {
  const [inChinese, inEnglish] = refused(more);
  expect(inChinese).toContain(zh);
  expect(inEnglish).toContain(en);
});

test('what is whole says who it is for, what is missing and by when', () => {
  const { handed, selected } = made({
    ...told({ quantities: [{ name: '影印', number: '3' }] }),
    missing: [{ name: '身分證', reason: '過'.repeat(LONGEST_REASON) }],
  });
  expect(handed?.who).toEqual([
    { text: '臨櫃' },
    { text: '其他' },
    { text: '影印', count: { number: '3', unit: '頁' } },
  ]);
  expect(handed?.day).toBe('2026-11-23');
  expect(handed?.totals).toEqual([{ amount: '26', currency: '新臺幣' }]);
  expect(
    [...(handed?.found ?? [])].map(([at, each]) => [at.source.text.slice(at.start, at.end), each.missing?.length]),
  ).toEqual([['身分證', LONGEST_REASON]]);
  // Something is missing: nobody can say when it will be done.
  expect(handed).not.toHaveProperty('done');
  expect(handed).toMatchObject({ bring: '2026-11-30' });
  expect(selected.map(({ id }) => id)).toEqual(['one']);
  const whole = made(told()).handed;
  expect(whole).toMatchObject({ done: '2026-11-26' });
  expect(whole?.who).toEqual([{ text: '臨櫃' }, { text: '其他' }]);
});

test('a service at fault is not printed, one beside it is', () => {
  if (!service) throw new Error('no service');
  const fault = (path: string, severity: 'error' | 'warn') => ({
    diagnostics: [
      {
        rule: 'dead-end',
        severity,
        span: { source: { path, text: '' }, start: 0, end: 0 },
        message: { zh: '走不下去', en: 'it ends' },
      },
    ],
  });
  const { path } = service.source;
  expect(() => refuseFaulty(fault(path, 'error'), service)).toThrow(UserError);
  expect(() => refuseFaulty(fault(path, 'warn'), service)).not.toThrow();
  expect(() => refuseFaulty(fault('content/services/two.yaml', 'error'), service)).not.toThrow();
});

test('the day is that of the machine, with its zeros', () => {
  expect(dayOn(new Date(2026, 0, 5, 0, 30))).toBe('2026-01-05');
  expect(dayOn(new Date(2026, 10, 23, 23, 30))).toBe('2026-11-23');
});
