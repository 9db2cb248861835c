// What is said of a build and of sheets that were asked about: whole, in both languages, for people and for programs.
import { describe, expect, test } from 'vitest';
import { progressOf, timesOf } from '../src/build/progress.js';
import { refusalOf, reportOf, shownFolder, summaryOf, wrongIn } from '../src/build/report.js';
import type { BuildResult, BuiltFile, LeftOut } from '../src/build/result.js';
import { type Answer, exitCodeOf } from '../src/build/stale.js';
import { asJson, asText } from '../src/build/stale-report.js';
import type { RenderContext } from '../src/document/context.js';
import { type Change, changeText, type Verdict } from '../src/document/staleness.js';
import { toldFindings } from '../src/lint/told-findings.js';

const FILE: BuiltFile = { file: 'notices/a.pdf', output: 'notices', size: 1025, digest: 'd', pages: 1 };
const POSTER: BuiltFile = {
  file: 'posters/a.pdf',
  output: 'posters',
  size: 1_500_000,
  digest: 'd',
  pages: 2,
  sheets: 2,
};
const CHART: BuiltFile = { file: 'flowcharts/a.svg', output: 'flowcharts', size: 1024, digest: 'd' };
const LOST: LeftOut = {
  output: 'notices',
  file: 'notices/b.pdf',
  service: 'b',
  why: 'findings',
  because: { zh: '內容有錯', en: 'its content is wrong' },
  older: [],
};
const NOTHING: BuildResult = {
  out: 'out',
  files: [],
  leftOut: [],
  skipped: [],
  diagnostics: [],
  faults: [],
  missing: [],
  draft: false,
  unconfirmed: 0,
  remarks: [],
  exitCode: 0,
};
const both = (built: Partial<BuildResult>) => {
  const whole = { ...NOTHING, ...built };
  return { zh: summaryOf(whole, 'out', 'zh'), en: summaryOf(whole, 'out', 'en') };
};

describe('the summary', () => {
  test('names each file with its pages and size, and how many there are', () => {
    expect(both({ files: [FILE, POSTER, CHART] })).toEqual({
      zh: '  out/notices/a.pdf  1 頁  2 kB\n  out/posters/a.pdf  2 頁  1.4 MB  一張放不下，接成 2 張\n  out/flowcharts/a.svg  1 kB\n已編印 3 個檔案，共 3 頁，1.4 MB。\n',
      en: '  out/notices/a.pdf  1 page  2 kB\n  out/posters/a.pdf  2 pages  1.4 MB  too long for one sheet: on 2\n  out/flowcharts/a.svg  1 kB\n3 files, 3 pages, 1.4 MB.\n',
    });
  });
  test('one file is a file; a megabyte is one', () => {
    expect(both({ files: [{ ...FILE, size: 1024 * 1024 }] }).en).toBe(
      '  out/notices/a.pdf  1 page  1.0 MB\n1 file, 1 page, 1.0 MB.\n',
    );
    expect(both({ files: [{ ...FILE, size: 1024 * 1024 - 1 }] }).en).toContain('1024 kB');
    expect(both({})).toEqual({ zh: '已編印 0 個檔案，共 0 頁，0 kB。\n', en: '0 files, 0 pages, 0 kB.\n' });
  });
  test.each([
    [0, '內容有錯誤，各頁印有「草案」。', ' The content has errors: every page is marked as a draft.'],
    [1, '內容有 1 處待確認，各頁印有「草案」。', ' 1 value is still 待確認: every page is marked as a draft.'],
    [2, '內容有 2 處待確認，各頁印有「草案」。', ' 2 values are still 待確認: every page is marked as a draft.'],
  ])('a draft with %i values open says why', (unconfirmed, zh, en) => {
    const { zh: said, en: inEnglish } = both({ files: [CHART], draft: true, unconfirmed });
    expect(said).toBe(`  out/flowcharts/a.svg  1 kB\n已編印 1 個檔案，共 0 頁，1 kB。${zh}\n`);
    expect(inEnglish).toBe(`  out/flowcharts/a.svg  1 kB\n1 file, 0 pages, 1 kB.${en}\n`);
    expect(both({ draft: true, unconfirmed }).en).toBe('0 files, 0 pages, 0 kB.\n');
    expect(both({ files: [CHART], unconfirmed }).zh).not.toContain('草案');
  });
  test('outputs that are not made, and what else is to be known', () => {
    expect(
      both({
        skipped: [{ output: 'audit', because: { zh: '一次印一種語言', en: 'is printed in one language' } }],
        remarks: [{ zh: '話', en: 'words' }],
      }),
    ).toEqual({
      zh: '沒有編印 audit：一次印一種語言。\n話\n已編印 0 個檔案，共 0 頁，0 kB。\n',
      en: 'Not made: audit is printed in one language.\nwords\n0 files, 0 pages, 0 kB.\n',
    });
  });
  test('what is missing stands below its reason, with what is left of an earlier build', () => {
    const older: LeftOut['older'] = [
      { file: 'notices/c.pdf', state: 'removed' },
      { file: 'notices/c-booklet.pdf', state: 'stays' },
    ];
    const leftOut: LeftOut[] = [
      LOST,
      { ...LOST, file: 'notices/c.pdf', older },
      {
        ...LOST,
        output: 'hall',
        file: undefined,
        why: 'too-long',
        because: { zh: '太長', en: 'too long' },
        older: [{ file: 'hall.pdf', state: 'stays' }],
      },
    ];
    expect(both({ files: [CHART], leftOut })).toEqual({
      zh: '  out/flowcharts/a.svg  1 kB\n\n沒有編印 3 份：\n內容有錯\n  out/notices/b.pdf\n  out/notices/c.pdf  先前編印的已移除  留著的是先前編印的舊檔（out/notices/c-booklet.pdf）\n太長\n  hall  留著的是先前編印的舊檔（out/hall.pdf）\n\n已編印 1 個檔案，共 0 頁，1 kB。\n另有 3 份沒有編印，原因如上。改正後再編印，或用 --force 印出草案。\n',
      en: '  out/flowcharts/a.svg  1 kB\n\nNot made, 3:\nits content is wrong\n  out/notices/b.pdf\n  out/notices/c.pdf  the file of an earlier build was removed  what is there is older, of an earlier build (out/notices/c-booklet.pdf)\ntoo long\n  hall  what is there is older, of an earlier build (out/hall.pdf)\n\n1 file, 0 pages, 1 kB.\n3 papers are missing, for the reasons above. Fix the content and build again, or print a draft with --force.\n',
    });
  });
  test.each<[LeftOut['why'], string, string]>([
    [
      'findings',
      '改正後再編印，或用 --force 印出草案。',
      'Fix the content and build again, or print a draft with --force.',
    ],
    [
      'faults',
      '改正後再編印，或用 --force 照樣寫出。',
      'Fix it and build again, or write it all the same with --force.',
    ],
    ['too-long', '改正後再編印。', 'Fix it and build again.'],
  ])('what helps against %s, with and without other files', (why, zh, en) => {
    const leftOut = [{ ...LOST, why }];
    expect(both({ leftOut })).toEqual({
      zh: `\n沒有編印 1 份：\n內容有錯\n  out/notices/b.pdf\n\n沒有編印任何檔案。${zh}\n`,
      en: `\nNot made, 1:\nits content is wrong\n  out/notices/b.pdf\n\nNothing was printed. ${en}\n`,
    });
    expect(both({ files: [CHART], leftOut }).en).toContain(`\n1 paper is missing, for the reasons above. ${en}\n`);
  });
});

describe('the report for programs', () => {
  const source = { path: 'content/a.yaml', text: '甲\n乙: 丙\n' };
  const finding = {
    rule: 'a-rule',
    severity: 'error' as const,
    span: { source, start: 5, end: 6 },
    message: { zh: '錯', en: 'wrong' },
  };
  test('holds everything, and null where there is nothing', () => {
    const built: BuildResult = {
      ...NOTHING,
      files: [POSTER, CHART],
      leftOut: [
        { ...LOST, older: [{ file: 'notices/b.pdf', state: 'removed' }] },
        { output: 'hall', why: 'too-long', because: { zh: '太長', en: 'too long' }, older: [] },
      ],
      skipped: [{ output: 'audit', because: { zh: '一種語言', en: 'one language' } }],
      diagnostics: [finding, { ...finding, severity: 'warn', hint: { zh: '改', en: 'fix it' } }],
      faults: [
        { file: 'posters/a.pdf', page: 2, rule: 'text-cut', message: { zh: '切', en: 'cut' } },
        { file: 'posters/a.pdf', rule: 'file-size', advice: true, message: { zh: '大', en: 'large' } },
      ],
      draft: true,
      unconfirmed: 2,
      remarks: [{ zh: '話', en: 'words' }],
      exitCode: 1,
    };
    const of = { of: 'content', file: 'content/a.yaml', line: 2, column: 4, page: null, rule: 'a-rule' };
    const printed = { of: 'print', file: 'out/posters/a.pdf', line: null, column: null, hint: null };
    expect(reportOf(built, 'out', 'en')).toEqual({
      report: 'servicebook build',
      version: 1,
      exitCode: 1,
      upToDate: false,
      out: 'out',
      draft: true,
      unconfirmed: 2,
      total: { files: 2, pages: 2, size: 1_501_024 },
      files: [
        { file: 'out/posters/a.pdf', output: 'posters', size: 1_500_000, pages: 2, sheets: 2 },
        { file: 'out/flowcharts/a.svg', output: 'flowcharts', size: 1024, pages: null, sheets: null },
      ],
      leftOut: [
        {
          file: 'out/notices/b.pdf',
          output: 'notices',
          service: 'b',
          why: 'findings',
          message: 'its content is wrong',
          older: [{ file: 'out/notices/b.pdf', state: 'removed' }],
        },
        { file: null, output: 'hall', service: null, why: 'too-long', message: 'too long', older: [] },
      ],
      skipped: [{ output: 'audit', message: 'one language' }],
      findings: [
        { ...of, severity: 'error', message: 'wrong', hint: null },
        { ...of, severity: 'warn', message: 'wrong', hint: 'fix it' },
        { ...printed, page: 2, rule: 'text-cut', severity: 'error', message: 'cut' },
        { ...printed, page: null, rule: 'file-size', severity: 'warning', message: 'large' },
      ],
      remarks: ['words'],
    });
    expect(reportOf(built, 'out', 'zh')).toMatchObject({
      remarks: ['話'],
      skipped: [{ message: '一種語言' }],
      leftOut: [{ message: '內容有錯' }, {}],
    });
  });
  test('a build that could not be made says why', () => {
    expect(refusalOf({ zh: '不行', en: 'no' }, 2, 'zh')).toEqual({
      report: 'servicebook build',
      version: 1,
      exitCode: 2,
      upToDate: false,
      error: '不行',
      files: [],
      leftOut: [],
      skipped: [],
      findings: [],
      remarks: [],
    });
  });
  test('what is wrong at length: errors alone, characters, faults', async () => {
    const built: BuildResult = {
      ...NOTHING,
      diagnostics: [finding, { ...finding, severity: 'warn' }],
      missing: ['𠮷', '㐀'],
      faults: [{ file: 'a.pdf', rule: 'title', message: { zh: '題', en: 'title' } }],
    };
    expect(await wrongIn(built, 'zh')).toBe(
      `${toldFindings([finding], 'zh')}沒有字型可以印「𠮷㐀」，這些字會是空白方框。請安裝含有這些字的 TrueType 字型（例如全字庫正楷體）。\na.pdf: title：題\n`,
    );
    expect(await wrongIn(built, 'en')).toBe(
      `${toldFindings([finding], 'en')}No font has 𠮷 㐀; they print as empty boxes. Install a TrueType font that has them.\na.pdf: title: title\n`,
    );
    expect(await wrongIn({ ...NOTHING, diagnostics: [{ ...finding, severity: 'warn' }] }, 'en')).toBe('');
  });
  test('the folder is shown as it was named', () => {
    expect(shownFolder('out/', '/a')).toBe('out');
    expect(shownFolder('/b/out', '/a')).toBe('/b/out');
    expect(shownFolder('../out', '/a/b')).toBe('../out');
    expect(shownFolder('.', '/a')).toBe('.');
  });
});

test('how far a build is, and how long its parts took', () => {
  expect(progressOf({ step: 'read' }, 'zh')).toBe('讀取並檢查內容');
  expect(progressOf({ step: 'read' }, 'en')).toBe('Reading and checking the content');
  expect([1, 2].map((charts) => progressOf({ step: 'draw', charts }, 'en'))).toEqual([
    'Drawing 1 chart',
    'Drawing 2 charts',
  ]);
  expect(progressOf({ step: 'draw', charts: 2 }, 'zh')).toBe('繪製 2 張流程圖');
  expect(progressOf({ step: 'print', n: 1, of: 2, file: 'a.pdf' }, 'zh')).toBe('編印 1/2　a.pdf');
  expect(progressOf({ step: 'print', n: 1, of: 2, file: 'a.pdf' }, 'en')).toBe('Printing 1/2  a.pdf');
  expect(
    timesOf(
      [
        { step: 'read', at: 1000 },
        { step: 'draw', at: 1500 },
        { step: 'print', at: 4000 },
      ],
      10_000,
    ),
  ).toEqual({
    zh: '用時：讀取與檢查 0.5 s、繪製流程圖 2.5 s、編印與檢查檔案 6.0 s。',
    en: 'Time: reading and checking 0.5 s, drawing charts 2.5 s, printing and checking files 6.0 s.',
  });
});

describe('sheets that were asked about', () => {
  const context = {
    handbook: { book: { edition: '第二版' }, office: { name: '甲分署' } },
    date: '2026-11-23',
    draft: false,
  } as unknown as RenderContext;
  const VERDICT: Verdict = {
    state: 'current',
    id: 'objection',
    name: '聲明異議',
    edition: '第二版',
    date: '2026-11-23',
    draft: false,
    final: false,
    changes: [],
    revisions: [],
  };
  const FEE: Change = {
    section: '聲明異議',
    topic: 'fee',
    of: '',
    name: '',
    kind: 'changed',
    before: '免費',
    after: '每份 100 元',
  };
  const answer = (verdict: Partial<Verdict>, more: object = {}): Answer => ({
    input: 'a.pdf',
    verdict: { ...VERDICT, ...verdict },
    ...more,
  });
  const zh = (...answers: Answer[]) => asText(answers, context, 'zh');
  const en = (...answers: Answer[]) => asText(answers, context, 'en');
  test('current, of this edition or an earlier one', () => {
    expect(zh(answer({}))).toBe('a.pdf：現行。聲明異議，第二版，民國115年11月23日\n');
    expect(zh(answer({ date: '2025-01-01', edition: '初版' }))).toBe(
      'a.pdf：現行。聲明異議，初版，民國114年1月1日\n  內容沒有更動；現在的版次是第二版，民國115年11月23日\n',
    );
    expect(en(answer({ edition: '初版', draft: true }))).toMatch(
      /^a\.pdf: current\. 聲明異議, 初版, .*, draft\n {2}Its content is unchanged; the edition of today is 第二版, [^,]+\n$/,
    );
    expect(zh(answer({ date: undefined, edition: undefined }))).toBe('a.pdf：現行。聲明異議\n');
  });
  test('outdated, with what has changed and what was revised since', () => {
    const revisions = [{ edition: '第二版', date: '2026-11-23', change: '修正收費標準' }];
    expect(zh(answer({ state: 'outdated', date: '2025-01-01', edition: '初版', changes: [FEE], revisions }))).toBe(
      'a.pdf：已過期。聲明異議，初版，民國114年1月1日；現在的是第二版，民國115年11月23日\n  規費：原「免費」，現「每份 100 元」\n  修訂沿革：民國115年11月23日，第二版，修正收費標準\n',
    );
    expect(en(answer({ state: 'outdated', changes: [FEE] }))).toMatch(
      /; the edition is the same, its content is another\n {2}Fee: was "免費", now "每份 100 元"\n$/,
    );
    expect(zh(answer({ state: 'outdated', draft: true, changes: [FEE] }))).toContain('；現在的是第二版');
    expect(zh(answer({ revisions }))).not.toContain('修訂沿革');
  });
  test('of several services each change names its own', () => {
    expect(zh(answer({ state: 'outdated', changes: [FEE, { ...FEE, section: '檔案應用' }] }))).toContain(
      '\n  聲明異議：規費：原「免費」，現「每份 100 元」\n  檔案應用：規費：',
    );
    expect(zh(answer({ state: 'outdated', changes: [{ ...FEE, section: '檔案應用' }] }))).toContain(
      '\n  檔案應用：規費：',
    );
    expect(zh(answer({ state: 'outdated', changes: [{ ...FEE, section: '' }, FEE] }))).toContain('\n  規費：原');
  });
  test('a code alone tells less, and a draft that is final now says so', () => {
    expect(zh(answer({ state: 'outdated' }))).toContain(
      '\n  查驗碼只能看出內容已經不同；有當時的 PDF 檔，就能列出改了哪些。\n',
    );
    expect(zh(answer({ state: 'outdated', final: true }))).toMatch(/\n {2}這一張是草案，現在已有定稿\n$/);
    expect(en(answer({ state: 'outdated', final: true }))).toMatch(
      /\n {2}This sheet is a draft; there is a final one now\n$/,
    );
  });
  test('gone, of another office, and of nobody', () => {
    expect(zh(answer({ state: 'removed' }))).toBe(
      'a.pdf：已過期。聲明異議，第二版，民國115年11月23日；現在的內容裡沒有這項服務\n',
    );
    expect(zh(answer({ state: 'elsewhere', office: '乙分署' }))).toBe(
      'a.pdf：這是別的機關「乙分署」的文件，不是「甲分署」的：聲明異議，第二版，民國115年11月23日\n',
    );
    expect(zh(answer({ state: 'outdated', id: '', name: undefined, final: true }))).toBe(
      'a.pdf：不是現行的任何一份文件。第二版，民國115年11月23日；現在的是第二版，民國115年11月23日\n',
    );
    expect(en(answer({ state: 'elsewhere', office: '乙分署' }))).toContain(
      'a sheet of another office, "乙分署", not of "甲分署": 聲明異議',
    );
  });
  test('what is not ours is told, and last where nobody asked', () => {
    const foreign = { zh: '不是本程式印的', en: 'not made by it' };
    const beside = (n: number): Answer[] =>
      Array.from({ length: n }, (_, i) => ({ input: `${i}.txt`, beside: true, foreign }));
    expect(zh({ input: 'b\u202e.pdf', foreign })).toBe(
      'bU+202E.pdf：不是本程式印的\n'.replace('U+202E', zh({ input: '\u202e', foreign }).split('：')[0] ?? ''),
    );
    expect(zh(...beside(1), answer({}))).toBe(
      'a.pdf：現行。聲明異議，第二版，民國115年11月23日\n另有 1 個檔案不是本程式編印的：0.txt\n',
    );
    expect(en(...beside(10))).toBe(
      'Not made by this program: 10 files: 0.txt, 1.txt, 2.txt, 3.txt, 4.txt, 5.txt, 6.txt, 7.txt, 8.txt, 9.txt\n',
    );
    expect(zh(...beside(11))).toBe(
      '另有 11 個檔案不是本程式編印的：0.txt、1.txt、2.txt、3.txt、4.txt、5.txt、6.txt、7.txt、8.txt、9.txt、…\n',
    );
    expect(JSON.parse(asJson([{ input: 'x', foreign }, answer({ changes: [FEE] })], context, 'en'))).toEqual([
      { input: 'x', state: 'foreign', message: 'not made by it' },
      { input: 'a.pdf', ...VERDICT, changes: [{ ...FEE, message: 'Fee: was "免費", now "每份 100 元"' }] },
    ]);
  });
  test.each<[number, Answer[]]>([
    [0, [answer({})]],
    [0, []],
    [1, [answer({}), answer({ state: 'outdated' })]],
    [1, [answer({ state: 'removed' })]],
    [2, [answer({ state: 'elsewhere' }), answer({ state: 'outdated' })]],
    [2, [{ input: 'x', foreign: { zh: '', en: '' } }]],
    [0, [{ input: 'x', beside: true, foreign: { zh: '', en: '' } }]],
    [0, [answer({ state: 'elsewhere' }, { beside: true })]],
    [1, [answer({ state: 'outdated' }, { beside: true })]],
  ])('the exit code %i', (code, answers) => {
    expect(exitCodeOf(answers)).toBe(code);
  });
  const text = (change: Partial<Change>) => {
    const { zh, en } = changeText({ section: '', topic: 'fee', of: '', name: '', kind: 'changed', ...change });
    return [zh, en];
  };
  test.each<[Partial<Change>, string, string]>([
    [{ kind: 'added', after: '甲' }, '規費：增列「甲」', 'Fee: new: "甲"'],
    [{ kind: 'removed', before: '甲' }, '規費：刪去「甲」', 'Fee: gone: "甲"'],
    [{ kind: 'moved', topic: 'steps' }, '申請程序：順序有更動', 'Procedure: the order has changed'],
    [{ before: '', after: '甲' }, '規費：原未載明，現「甲」', 'Fee: was not stated, now "甲"'],
    [{ before: '甲', after: '' }, '規費：原「甲」，現未載明', 'Fee: was "甲", is not stated now'],
    [
      { of: '閱覽', name: '影印', before: '1', after: '2' },
      '閱覽：規費「影印」：原「1」，現「2」',
      '閱覽: Fee "影印": was "1", now "2"',
    ],
    [{ topic: 'service', kind: 'added' }, '新增的服務', 'a new service'],
    [{ topic: 'service', kind: 'removed' }, '這項服務已刪去', 'this service is gone'],
    [{ topic: 'service', before: '甲', after: '乙' }, '服務名稱：原「甲」，現「乙」', 'Name: was "甲", now "乙"'],
    [{ topic: 'chapter', name: '服務台', kind: 'added' }, '章節「服務台」：增列', 'Chapter "服務台" is new'],
    [{ topic: 'chapter', name: '服務台', kind: 'removed' }, '章節「服務台」：刪去', 'Chapter "服務台" is gone'],
    [{ topic: 'translation', name: '英文' }, '譯文「英文」：內容有更動', 'Translation "英文" has changed'],
    [{ topic: 'rest', name: '備註', kind: 'moved' }, '備註：順序有更動', '"備註" has moved'],
    [{ topic: 'rest', kind: 'changed' }, '其他說明：內容有更動', 'Other text has changed'],
  ])('%j', (change, zh, en) => {
    expect(text(change)).toEqual([zh, en]);
  });
});
