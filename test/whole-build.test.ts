// A build from folder to folder, with a printer that opens no browser: what is printed, what is left out and why, and what
// is said of it.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CachedPrinter, CachedPrinterOptions } from '../src/build/cached-printer.js';
import type { BuildOptions } from '../src/build/result.js';
import { build } from '../src/build/run.js';
import { UserError } from '../src/core/terminal.js';
import { svgElement } from '../src/document/drawing.js';
import type { Sheet } from '../src/document/sheet.js';
import { AROUND } from '../src/lint/rule-docs.js';

const SERVICE = AROUND['services/other.yaml'] ?? '';
const CONTENT: Record<string, string> = {
  'office.yaml': AROUND['office.yaml'] ?? '',
  'handbook.yaml': AROUND['handbook.yaml'] ?? '',
  'services/a.yaml': SERVICE.replace('檔案應用', '閱覽卷宗'),
  'services/b.yaml': SERVICE,
};
const BROKEN = SERVICE.replace('3 工作日', '三天左右');

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'servicebook-build-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, 'content', path)), { recursive: true });
    writeFileSync(join(root, 'content', path), text);
  }
};

type Asked = Partial<BuildOptions> & {
  /** What a sheet becomes, or what befalls the printer; by the name of its file. */
  make?: Record<string, () => never>;
  draw?: () => never;
};

/** Builds; every sheet becomes a file of its name that says so. */
async function built({ make = {}, draw, ...more }: Asked = {}) {
  const sheets: Sheet[] = [];
  const told: string[] = [];
  let opened: CachedPrinterOptions | undefined;
  const charts: string[] = [];
  const printer: CachedPrinter = {
    draw: async (diagrams) => {
      charts.push(...diagrams.map(({ id }) => id));
      draw?.();
      return diagrams.map(({ id }) => ({ id, tree: svgElement('svg', {}), width: 10, height: 10 }));
    },
    make: async (sheet) => {
      sheets.push(sheet);
      make[sheet.file]?.();
      return [{ file: sheet.file, bytes: Buffer.from(`this is ${sheet.file}`), pages: 1 }];
    },
    prepare: () => undefined,
    close: async () => void told.push('closed'),
  };
  const result = await build(
    {
      cwd: root,
      content: 'content',
      out: 'out',
      env: { XDG_CACHE_HOME: join(root, 'cache') },
      root: false,
      outputs: ['notices'],
      progress: (at) => told.push(at.step === 'print' ? `${at.n}/${at.of} ${at.file}` : at.step),
      ...more,
    },
    (options) => {
      opened = options;
      return printer;
    },
  ).catch((error: unknown) => {
    told.push('refused');
    throw Object.assign(error as object, { told });
  });
  return { ...result, sheets, told, opened, charts };
}
const filesOf = ({ files }: { files: readonly { file: string }[] }) => files.map(({ file }) => file);
const there = (folder = 'out'): string[] =>
  existsSync(join(root, folder))
    ? (
        readdirSync(join(root, folder), { recursive: true, withFileTypes: true }) as {
          name: string;
          isFile(): boolean;
        }[]
      )
        .filter((each) => each.isFile())
        .map(({ name }) => name)
        .sort()
    : [];

test('what is in order is printed, whole, and said to be', async () => {
  write(CONTENT);
  const result = await built();
  expect(filesOf(result)).toEqual(['notices/a.pdf', 'notices/b.pdf']);
  expect(readFileSync(join(root, 'out/notices/a.pdf'), 'utf8')).toBe('this is notices/a.pdf');
  expect(there()).toEqual(['a.pdf', 'b.pdf']);
  expect(result).toMatchObject({
    out: 'out',
    leftOut: [],
    skipped: [],
    faults: [],
    missing: [],
    draft: false,
    unconfirmed: 0,
    remarks: [],
    exitCode: 0,
  });
  expect(result.files[0]).toEqual({
    file: 'notices/a.pdf',
    output: 'notices',
    size: 'this is notices/a.pdf'.length,
    digest: expect.any(String),
    pages: 1,
  });
  expect(result.told).toEqual(['read', '1/2 notices/a.pdf', '2/2 notices/b.pdf', 'closed']);
});

test('only what is asked for: services, outputs, a part of the files', async () => {
  write(CONTENT);
  expect(filesOf(await built({ services: ['b'] }))).toEqual(['notices/b.pdf']);
  const parts = await Promise.all(
    ['1/2', '2/2'].map((shard, i) => built({ shard, out: `part-${i}`, outputs: ['notices', 'posters'] })),
  );
  expect(parts.flatMap(filesOf).sort()).toEqual(['notices/a.pdf', 'notices/b.pdf', 'posters/a.pdf', 'posters/b.pdf']);
  await expect(built({ services: ['c'] })).rejects.toMatchObject({
    say: { zh: '沒有編號為「c」的服務。可用：a、b。', en: 'There is no service "c". Services: a, b.' },
  });
});

describe('an error in a service', () => {
  test('holds back its own papers, and takes away those of an earlier build', async () => {
    write(CONTENT);
    await built();
    write({ 'services/b.yaml': BROKEN });
    const result = await built();
    expect(filesOf(result)).toEqual(['notices/a.pdf']);
    expect(result.leftOut).toEqual([
      {
        output: 'notices',
        file: 'notices/b.pdf',
        service: 'b',
        why: 'findings',
        because: { zh: 'content/services/b.yaml 有 1 個錯誤', en: '1 error in content/services/b.yaml' },
        older: [{ file: 'notices/b.pdf', state: 'removed' }],
      },
    ]);
    expect([result.exitCode, result.draft]).toEqual([1, false]);
    expect(there()).toEqual(['a.pdf']);
  });
  test('is printed as a draft where that is asked for', async () => {
    write({ ...CONTENT, 'services/b.yaml': BROKEN });
    const result = await built({ force: true });
    expect(filesOf(result)).toEqual(['notices/a.pdf', 'notices/b.pdf']);
    expect(result).toMatchObject({ draft: true, unconfirmed: 0, exitCode: 0 });
  });
  test('that cannot be read at all is named by its file', async () => {
    write({ ...CONTENT, 'services/b.yaml': '名稱: [甲\n' });
    const { leftOut } = await built();
    expect(leftOut).toMatchObject([{ file: 'notices/b.pdf', service: 'b', why: 'findings' }]);
  });
});

test('a value that is not confirmed makes a draft, and holds nothing back', async () => {
  write({ ...CONTENT, 'services/b.yaml': SERVICE.replace('規費: 免費', '規費: 待確認') });
  expect(await built()).toMatchObject({ draft: true, unconfirmed: 1, exitCode: 0, leftOut: [] });
});

test('of what nobody knows yet nothing is printed for citizens, and that is as it should be', async () => {
  const open = '名稱: 檔案應用\n應備證件: 待確認\n規費: 待確認\n辦理時限: 待確認\n審核權責: 待確認\n';
  write({ ...CONTENT, 'services/b.yaml': open });
  const result = await built({ outputs: ['posters', 'cards'] });
  expect(filesOf(result)).toContain('posters/a.pdf');
  expect(result.leftOut).toMatchObject([{ file: 'posters/b.pdf', service: 'b', why: 'unknown' }]);
  expect(result.exitCode).toBe(0);
  expect(result.remarks).toEqual([
    {
      zh: 'cards 沒有印 檔案應用：內容全部待確認；--working-copy 印出工作本。',
      en: 'cards leaves out 檔案應用: nothing of them is known yet; --working-copy prints them for staff.',
    },
  ]);
  const copy = await built({ outputs: ['posters', 'cards'], workingCopy: true });
  expect([copy.leftOut, copy.remarks]).toEqual([[], []]);
  expect(filesOf(copy)).toContain('posters/b.pdf');
});

describe('a chart', () => {
  const MERMAID = `${SERVICE}流程圖: |\n  flowchart TB\n  甲 --> 乙\n`;
  test('is drawn, and what cannot be drawn holds back its own papers', async () => {
    write({ ...CONTENT, 'services/b.yaml': MERMAID });
    const drawn = await built({ outputs: ['flowcharts'] });
    expect(drawn.charts).toEqual(['b']);
    expect(drawn.told.slice(0, 2)).toEqual(['read', 'draw']);
    const draw = () => {
      throw new Error('no such shape\n  at line 2');
    };
    const result = await built({ outputs: ['flowcharts', 'notices'], draw });
    expect(filesOf(result)).toEqual(['notices/a.pdf']);
    expect(result.leftOut.map(({ file, why, because }) => [file, why, because.en])).toContainEqual([
      'flowcharts/b.svg',
      'chart',
      'The chart "檔案應用" (b) cannot be drawn: no such shape',
    ]);
  });
  test('of a service that is held back is not even tried', async () => {
    write({ ...CONTENT, 'services/b.yaml': MERMAID.replace('3 工作日', '三天左右') });
    const { charts, told } = await built();
    expect(charts).toEqual([]);
    expect(told).not.toContain('draw');
  });
});

test('a fault of ours in one sheet is told, and the others are printed', async () => {
  write(CONTENT);
  const make = {
    'notices/b.pdf': () => {
      throw new Error('oh');
    },
  };
  const result = await built({ make });
  expect(filesOf(result)).toEqual(['notices/a.pdf']);
  expect(result).toMatchObject({ exitCode: 70, leftOut: [{ file: 'notices/b.pdf', why: 'program' }] });
});

test('what is not made in two languages is said, unless it was asked for', async () => {
  write(CONTENT);
  const { skipped, exitCode } = await built({ outputs: [], lang: 'zh,en', shard: '1/9999' });
  expect(skipped).toContainEqual({
    output: 'audit',
    because: {
      zh: '一次印一種語言，請用 --lang zh 或 --lang en 另外編印',
      en: 'is printed in one language at a time; build it with --lang zh or --lang en',
    },
  });
  expect(skipped.map(({ output }) => output)).not.toContain('notices');
  expect(exitCode).toBe(0);
  expect((await built({ lang: 'zh,en' })).skipped).toEqual([]);
  expect((await built({ outputs: [], lang: 'en', shard: '1/9999' })).skipped).toEqual([]);
  await expect(built({ outputs: ['audit'], lang: 'zh,en' })).rejects.toMatchObject({
    say: { en: 'audit is printed in one language at a time: --lang zh or --lang en.' },
  });
});

test('where an output has nothing to print, it is said what it needs', async () => {
  write(CONTENT);
  await expect(built({ outputs: ['overall'] })).rejects.toMatchObject({
    exitCode: 1,
    say: {
      zh: 'overall 沒有可印的內容：請寫 handbook.yaml 的「流程圖總覽」。',
      en: 'overall has nothing to print: write 流程圖總覽 in handbook.yaml.',
    },
  });
  expect(there()).toEqual([]);
  expect(filesOf(await built({ outputs: ['overall', 'notices'] }))).toHaveLength(2);
});

test('whoever interrupts finds nothing changed, and the printer closed', async () => {
  write(CONTENT);
  const stop = new AbortController();
  const make = {
    'notices/b.pdf': () => {
      stop.abort();
      throw new Error('closed');
    },
  };
  const refused: { told: string[] } = await built({ make, signal: stop.signal }).then(
    () => ({ told: ['done'] }),
    (error) => error,
  );
  expect(refused.told).toEqual(expect.arrayContaining(['closed', 'refused']));
  expect(there()).toEqual([]);
});

test('whoever interrupts while it reads has no folder begun', async () => {
  write(CONTENT);
  const stop = new AbortController();
  const steps: string[] = [];
  const progress = ({ step }: { step: string }): void => {
    steps.push(step);
    stop.abort();
  };
  await expect(built({ signal: stop.signal, progress })).rejects.toThrow('interrupted');
  expect(steps).toEqual(['read']);
  expect(existsSync(join(root, 'out'))).toBe(false);
});

test('what is to be undone when the program ends is forgotten once it is done', async () => {
  write(CONTENT);
  const leaving = new Set<() => void>();
  const seen: number[] = [];
  await built({ leaving, progress: () => seen.push(leaving.size) });
  expect(seen).toEqual([0, 1, 1]);
  expect(leaving.size).toBe(0);
});

test('a folder of an unknown build is left alone, and told each time', async () => {
  write(CONTENT);
  const name = '.servicebook-00000000-0000-4000-8000-000000000000';
  mkdirSync(join(root, 'out', name), { recursive: true });
  const { remarks } = await built();
  expect(remarks).toEqual([
    {
      zh: expect.stringMatching(`^out/${name} 不是這裡的編印留下的`),
      en: expect.stringMatching(`^out/${name} was not left by a build of yours here`),
    },
  ]);
  expect(existsSync(join(root, 'out', name))).toBe(true);
});

test('the day that SOURCE_DATE_EPOCH names is on all that is made', async () => {
  write(CONTENT);
  const env = (SOURCE_DATE_EPOCH: string) => ({ XDG_CACHE_HOME: join(root, 'cache'), SOURCE_DATE_EPOCH });
  expect((await built({ env: env('86400') })).opened?.made).toBe('1970-01-02');
  expect((await built({ env: env('') })).opened?.made).toBeUndefined();
  for (const wrong of ['-1', '1.5', '123456789012', 'now', '1 '])
    await expect(built({ env: env(wrong) })).rejects.toMatchObject({
      say: {
        zh: `環境變數 SOURCE_DATE_EPOCH 是「${wrong}」，應為 1970 年起的秒數。`,
        en: `The environment variable SOURCE_DATE_EPOCH is "${wrong}"; expected seconds since 1970.`,
      },
    });
  expect((await built({ env: env('99999999999') })).opened?.made).toBe('5138-11-16');
});

test('the browser that was named is handed on, by its whole path', async () => {
  write(CONTENT);
  const { opened } = await built({ browser: 'bin/chrome', root: true });
  expect(opened).toMatchObject({ browser: join(root, 'bin/chrome'), root: true });
  expect(opened).not.toHaveProperty('endpoint');
  expect((await built({ browserEndpoint: 'ws://printer' })).opened).toMatchObject({ endpoint: 'ws://printer' });
});

test('colours are as asked for', async () => {
  write(CONTENT);
  const [colour, mono] = [await built(), await built({ mono: true })];
  expect(mono.opened?.chart).not.toEqual(colour.opened?.chart);
});

describe('what a paper owes its reader', () => {
  const owed = (sheets: readonly Sheet[], file: string): string[] => {
    const sheet = sheets.find((each) => each.file === file);
    return sheet?.kind === 'page' ? (sheet.owes ?? []).map(({ text }) => text) : [];
  };
  const FEE = {
    'services/a.yaml': SERVICE.replace('免費', '每件 7 元'),
    'services/b.yaml': SERVICE.replace('免費', '每件 9 元'),
  };
  const ofFees = (texts: readonly string[]): string[] =>
    ['7 元', '9 元'].filter((fee) => texts.some((text) => text.includes(fee)));
  test('is the facts of its own service', async () => {
    write({ ...CONTENT, ...FEE });
    const { sheets } = await built({ outputs: ['notices', 'posters'] });
    expect(ofFees(owed(sheets, 'notices/a.pdf'))).toEqual(['7 元']);
    expect(ofFees(owed(sheets, 'posters/b.pdf'))).toEqual(['9 元']);
  });
  test('of a paper about all, those of all', async () => {
    write({ ...CONTENT, ...FEE });
    const { sheets } = await built({ outputs: ['handbook'] });
    expect(ofFees(owed(sheets, 'handbook.pdf'))).toEqual(['7 元', '9 元']);
  });
  test('is nothing where it tells of no service', async () => {
    write(CONTENT);
    const { sheets } = await built({ outputs: ['deputies'] });
    expect(sheets).not.toEqual([]);
    for (const sheet of sheets) expect(sheet).not.toHaveProperty('owes');
  });
  test('leaves out what nobody knows', async () => {
    write({ ...CONTENT, 'services/b.yaml': SERVICE.replace('規費: 免費', '規費: 待確認') });
    const { sheets } = await built();
    expect(owed(sheets, 'notices/b.pdf').filter((text) => text.includes('待確認'))).toEqual([]);
  });
});

describe('a template that the office lays over one of ours', () => {
  const laid = (sheets: readonly Sheet[]) =>
    Object.fromEntries(
      sheets.map(({ file, laid }) => [file, laid?.by.map((path) => path.replace(/^.*\/content\//, ''))]),
    );
  test('is proved on what is made with it, and on nothing else', async () => {
    write({ ...CONTENT, 'templates/notices/notice.css': 'h1 { color: #123456; }\n' });
    const { sheets } = await built({ outputs: ['notices', 'posters'] });
    const of = laid(sheets);
    expect(of['notices/a.pdf']).toEqual([expect.stringMatching(/templates\/notices\/notice\.css$/)]);
    expect(of['posters/a.pdf']).toBeUndefined();
    const notice = sheets.find(({ file }) => file === 'notices/a.pdf');
    if (notice?.kind !== 'page') throw new Error('no page');
    // What is proved against is the same sheet as the program alone makes it.
    expect(notice.html.toString()).toContain('#123456');
    expect(notice.laid?.plain.toString()).not.toContain('#123456');
    expect(notice.laid?.plain.toString()).toContain('閱覽卷宗');
    expect(notice.laid?.facts).toContain('閱覽卷宗');
  });
  test('nothing is proved where none lies', async () => {
    write(CONTENT);
    for (const sheet of (await built()).sheets) expect(sheet).not.toHaveProperty('laid');
  });
});

describe('what is made besides', () => {
  const further = async (more: Asked) =>
    Object.fromEntries(
      (await built({ outputs: ['handbook', 'posters', 'notices'], services: ['a'], ...more })).sheets.map((sheet) => [
        sheet.file,
        sheet.kind === 'page' ? sheet.further : undefined,
      ]),
    );
  const A = { kind: 'excerpt', of: 'service', name: 'a', begin: 's-a', end: 'w-a' };
  test('a booklet of the handbook alone, on sheets of twice its page', async () => {
    write(CONTENT);
    expect(await further({ booklet: true })).toMatchObject({
      'handbook.pdf': [{ kind: 'booklet', width: 297, height: 210 }, A],
      'posters/a.pdf': undefined,
      'notices/a.pdf': undefined,
    });
    expect((await further({ booklet: true, paper: 'A4' }))['handbook.pdf']).toMatchObject([
      { kind: 'booklet', width: 420, height: 297 },
      A,
    ]);
  });
  test('parts and the print shop’s of what hangs on the wall alone', async () => {
    write(CONTENT);
    expect(await further({ tile: 'A4', printShop: true })).toMatchObject({
      'handbook.pdf': [A],
      'posters/a.pdf': [{ kind: 'tiles', width: 210, height: 297 }, { kind: 'print-shop' }],
      'notices/a.pdf': undefined,
    });
    expect((await further({}))['posters/a.pdf']).toBeUndefined();
  });
  test('the pages of a service that is asked for, and of chapters by file, name or title, each once', async () => {
    write(CONTENT);
    const parts = async (more: Asked) =>
      ((await further(more))['handbook.pdf'] ?? []).map((each) => (each.kind === 'excerpt' ? each.name : each.kind));
    expect(await parts({ services: undefined })).toEqual([]);
    expect(await parts({ services: ['a', 'a'], chapters: ['fees', '規費一覽'] })).toEqual(['a', 'fees']);
    await expect(parts({ chapters: ['沒有'] })).rejects.toMatchObject({
      say: {
        zh: expect.stringMatching(/^手冊沒有「沒有」這一章，可用：.*規費一覽/),
        en: expect.stringMatching(/^The handbook has no chapter "沒有"; use one of .*規費一覽/),
      },
    });
  });
  test('on no paper that nobody has', async () => {
    write(CONTENT);
    await expect(further({ tile: 'A9' })).rejects.toBeInstanceOf(UserError);
    await expect(further({ tile: 'A9' })).rejects.toMatchObject({
      say: {
        zh: expect.stringMatching(/^沒有「A9」這種紙張，可用：/),
        en: expect.stringMatching(/^There is no paper "A9"; use one of /),
      },
    });
  });
});
