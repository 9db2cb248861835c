// The parts of a build that touch no browser: what is printed is kept or left out, what an earlier build left, where the
// output folder may lie, and what is asked for.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readBaseline, writeBaseline } from '../src/build/baseline-file.js';
import type { CachedPrinter } from '../src/build/cached-printer.js';
import { languagesNamed, outputsNamed, partNamed, withStandIns } from '../src/build/compile.js';
import { leftIn } from '../src/build/left-out.js';
import type { Stage } from '../src/build/output-folder.js';
import { refusePlace } from '../src/build/output-place.js';
import type { Wanted } from '../src/build/plan.js';
import { printAll } from '../src/build/printing.js';
import { codeOf, explain } from '../src/build/write-faults.js';
import type { Content } from '../src/content/read.js';
import type { Handbook } from '../src/content/schema/model.js';
import { digestOf } from '../src/core/cache.js';
import { TEMPLATES } from '../src/core/program-files.js';
import { UserError } from '../src/core/terminal.js';
import type { Sheet } from '../src/document/sheet.js';
import { baselineOf, notIn, shrunk } from '../src/lint/baseline.js';
import posters from '../src/outputs/posters/posters.js';
import { finishPdf } from '../src/pdf/finish.js';
import type { Printed } from '../src/print/print-sheet.js';
import { SERVICE } from './office.js';
import { kitFor } from './outputs/kit.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'servicebook-parts-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const saidBy = (work: () => unknown): { zh: string; en: string } | undefined => {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error.say;
    throw error;
  }
  return undefined;
};

describe('what is printed', () => {
  const sheet = (file: string, service?: string): Wanted => ({
    output: 'notices',
    wall: false,
    sheet: { kind: 'text', file, text: '', ...(service ? { about: { service } } : {}) } as Sheet,
  });
  const bytes = Buffer.from('abc');
  /** Prints `sheets`; what a file becomes is said by name. */
  async function print(
    sheets: readonly Wanted[],
    made: Record<string, () => Printed[]> = {},
    how: Parameters<typeof printAll>[3] = {},
  ) {
    const added: string[] = [];
    const printer = {
      make: async ({ file }: Sheet) => made[file]?.() ?? [{ file, bytes }],
    } as unknown as CachedPrinter;
    const stage = { add: async ({ file }: { file: string }) => void added.push(file) } as unknown as Stage;
    return { ...(await printAll(sheets, printer, stage, how)), added };
  }
  const throws = (error: unknown) => () => {
    throw error;
  };
  const fault = (rule: string, more: object = {}) => ({ rule, message: { zh: '錯', en: 'wrong' }, ...more }) as never;
  const left = { output: 'notices', file: 'a.pdf', service: 'a' };
  test('is staged and told, with its pages where it has any', async () => {
    const made = {
      'b.pdf': () =>
        [
          { file: 'b.pdf', bytes, pages: 2 },
          { file: 'b-tiles.pdf', bytes, pages: 4 },
        ] as Printed[],
    };
    const { files, added, leftOut } = await print([sheet('a.txt', 'a'), { ...sheet('b.pdf'), wall: true }], made);
    const of = { output: 'notices', size: 3, digest: digestOf(bytes) };
    expect(files).toEqual([
      { file: 'a.txt', ...of, about: { service: 'a' } },
      { file: 'b.pdf', ...of, pages: 2, sheets: 2 },
      { file: 'b-tiles.pdf', ...of, pages: 4 },
    ]);
    expect(added.sort()).toEqual(['a.txt', 'b-tiles.pdf', 'b.pdf']);
    expect(leftOut).toEqual([]);
  });
  test('on the wall, one sheet of one page is one', async () => {
    const made = { 'b.pdf': () => [{ file: 'b.pdf', bytes, pages: 1 }] as Printed[] };
    expect((await print([{ ...sheet('b.pdf'), wall: true }], made)).files[0]).not.toHaveProperty('sheets');
    expect(
      (await print([sheet('b.pdf')], { 'b.pdf': () => [{ file: 'b.pdf', bytes, pages: 2 }] as Printed[] })).files[0],
    ).not.toHaveProperty('sheets');
  });
  test('with faults is left out unless it is asked for all the same; advice holds nothing back', async () => {
    const made = (...faults: never[]) => ({
      'a.pdf': () => [{ file: 'a.pdf', bytes, faults, missing: ['𠮷', '𠮷'] }] as Printed[],
    });
    const one = await print([sheet('a.pdf', 'a')], made(fault('title')));
    expect(one).toMatchObject({ files: [], added: [], missing: ['𠮷'], faults: [{ file: 'a.pdf', rule: 'title' }] });
    expect(one.leftOut).toEqual([
      {
        ...left,
        why: 'faults',
        because: { zh: '印好的檔案有 1 個問題（title）', en: 'the printed file has 1 fault (title)' },
      },
    ]);
    const two = await print(
      [sheet('a.pdf', 'a')],
      made(fault('title'), fault('title'), fault('file-size', { advice: true })),
    );
    expect(two.leftOut[0]?.because).toEqual({
      zh: '印好的檔案有 2 個問題（title）',
      en: 'the printed file has 2 faults (title)',
    });
    expect((await print([sheet('a.pdf')], made(fault('file-size', { advice: true })))).added).toEqual(['a.pdf']);
    expect((await print([sheet('a.pdf')], made(fault('title')), { force: true })).added).toEqual(['a.pdf']);
  });
  test('what templates show otherwise is never printed', async () => {
    const made = {
      'a.pdf': () => [{ file: 'a.pdf', bytes, faults: [fault('override-hides'), fault('title')] }] as Printed[],
    };
    expect((await print([sheet('a.pdf', 'a')], made, { force: true })).leftOut).toMatchObject([
      { ...left, why: 'template' },
    ]);
  });
  test('of two files that a disk takes for one, one is', async () => {
    const { added, leftOut } = await print([sheet('a.pdf'), sheet('A.pdf', 'a')]);
    expect(added).toEqual(['a.pdf']);
    expect(leftOut).toMatchObject([{ file: 'A.pdf', service: 'a', why: 'same-name' }]);
  });
  test('a sheet that fits no paper is left out, without its name before the reason', async () => {
    const say = { zh: 'a.pdf：放不下', en: 'a.pdf: does not fit' };
    expect(
      (await print([sheet('a.pdf', 'a'), sheet('b.txt')], { 'a.pdf': throws(new UserError(say, 1)) })).leftOut,
    ).toEqual([{ ...left, why: 'too-long', because: { zh: '放不下', en: 'does not fit' } }]);
  });
  test('our own fault holds back its sheet, and all where nothing else came out', async () => {
    const made = { 'a.pdf': throws(new Error('no such thing\n at')) };
    expect((await print([sheet('a.pdf', 'a'), sheet('b.txt')], made)).leftOut).toEqual([
      {
        ...left,
        why: 'program',
        because: {
          zh: expect.stringMatching(/^程式本身發生錯誤（這是我們的問題，請回報）：.*no such thing$/),
          en: expect.stringMatching(/^a fault of the program itself; please report it: .*no such thing$/),
        },
      },
    ]);
    await expect(print([sheet('a.pdf', 'a')], made)).rejects.toThrow('no such thing');
  });
  test.each([
    ['a full disk', Object.assign(new Error('disk'), { code: 'ENOSPC' })],
    ['a browser that is gone', new Error('Target closed')],
    ['a wrong option', new UserError({ zh: '', en: 'option' }, 2)],
  ])('%s stops all', async (_, error) => {
    await expect(print([sheet('a.pdf'), sheet('b.txt')], { 'a.pdf': throws(error) })).rejects.toBe(error);
  });
  test('who interrupts is obeyed, and progress is told', async () => {
    await expect(print([sheet('a.pdf')], {}, { signal: AbortSignal.abort() })).rejects.toThrow('interrupted');
    const at: object[] = [];
    await print([sheet('a.pdf'), sheet('b.pdf')], {}, { progress: (each) => at.push(each) });
    expect(at).toEqual([
      { step: 'print', n: 1, of: 2, file: 'a.pdf' },
      { step: 'print', n: 2, of: 2, file: 'b.pdf' },
    ]);
  });
});

describe('what an earlier build left', () => {
  const there = new Map<string, Uint8Array>();
  let gone: string[] = [];
  const stage = {
    peek: async (file: string) => there.get(file),
    remove: (file: string) => void gone.push(file),
  } as unknown as Stage;
  const cache = () => ({ path: join(root, 'cache') }) as never;
  beforeEach(() => {
    there.clear();
    gone = [];
    mkdirSync(join(root, 'cache'));
  });
  const own = { output: 'notices', file: 'a.pdf', service: 'a' };
  const never = () => false;
  test('its own paper goes, in all its forms; what others put there stays', async () => {
    const bytes = Buffer.from('printed');
    for (const file of ['a.pdf', 'a-booklet.pdf', 'a-tiles.pdf']) there.set(file, bytes);
    leftIn(cache(), root).note(
      ['a.pdf', 'a-booklet.pdf'].map((file) => ({ file, digest: digestOf(bytes), output: 'notices', service: 'a' })),
      [],
    );
    const older = await leftIn(cache(), root).of(own, stage, never);
    expect(older).toEqual([
      { file: 'a.pdf', state: 'removed' },
      { file: 'a-booklet.pdf', state: 'removed' },
    ]);
    expect(gone).toEqual(['a.pdf', 'a-booklet.pdf']);
  });
  test('what was changed since, or is of many, stays and is told', async () => {
    there.set('a.pdf', Buffer.from('painted'));
    leftIn(cache(), root).note(
      [{ file: 'a.pdf', digest: digestOf(Buffer.from('printed')), output: 'notices', service: 'a' }],
      [],
    );
    expect(await leftIn(cache(), root).of(own, stage, never)).toEqual([{ file: 'a.pdf', state: 'stays' }]);
    expect(await leftIn(cache(), root).of({ output: 'notices', file: 'a.pdf' }, stage, never)).toEqual([
      { file: 'a.pdf', state: 'stays' },
    ]);
    expect(gone).toEqual([]);
  });
  test('nothing of what was made anew, or is not there', async () => {
    expect(await leftIn(undefined, root).of(own, stage, never)).toEqual([]);
    there.set('a.pdf', Buffer.from('printed'));
    expect(await leftIn(undefined, root).of(own, stage, (file) => file === 'a.pdf')).toEqual([]);
  });
  test('of an output as a whole, all that it made', async () => {
    for (const file of ['a.pdf', 'b.pdf', 'c.pdf']) there.set(file, Buffer.from(file));
    leftIn(cache(), root).note(
      [
        { file: 'b.pdf', digest: '', output: 'hall' },
        { file: 'a.pdf', digest: '', output: 'hall' },
        { file: 'c.pdf', digest: '', output: 'other' },
      ],
      [],
    );
    expect(await leftIn(cache(), root).of({ output: 'hall' }, stage, never)).toEqual([
      { file: 'a.pdf', state: 'stays' },
      { file: 'b.pdf', state: 'stays' },
    ]);
  });
  test('is remembered until it goes', () => {
    const first = leftIn(cache(), root);
    first.note(
      [
        { file: 'a.pdf', digest: 'x', output: 'notices', service: 'a' },
        { file: 'hall.pdf', digest: 'y', output: 'hall' },
      ],
      [],
    );
    const then = leftIn(cache(), root);
    expect(then.made(() => true)).toEqual([
      { file: 'a.pdf', digest: 'x', output: 'notices', service: 'a' },
      { file: 'hall.pdf', digest: 'y', output: 'hall' },
    ]);
    expect(then.made(({ service }) => service === 'a')).toHaveLength(1);
    then.note([], ['a.pdf']);
    expect(
      leftIn(cache(), root)
        .made(() => true)
        .map(({ file }) => file),
    ).toEqual(['hall.pdf']);
    expect(leftIn(cache(), join(root, 'elsewhere')).made(() => true)).toEqual([]);
  });
  test('a file says itself whose it is, and of which output', async () => {
    const [sheet] = posters.render(kitFor({ 'services/a.yaml': SERVICE })) as readonly { declares: string }[];
    const says = (text = sheet?.declares ?? '') => Buffer.from(`flowchart TB\n%% servicebook ${text}\n`);
    const asked = { output: 'posters', file: 'a.mmd', service: 'a' };
    there.set('a.mmd', says());
    const of = (more: object = {}) => leftIn(undefined, root).of({ ...asked, ...more }, stage, never);
    expect(await of()).toEqual([{ file: 'a.mmd', state: 'removed' }]);
    expect(await of({ output: 'notices' })).toEqual([{ file: 'a.mmd', state: 'stays' }]);
    expect(await of({ service: 'b' })).toEqual([{ file: 'a.mmd', state: 'stays' }]);
    there.set('a.mmd', says('{'));
    expect(await of()).toEqual([{ file: 'a.mmd', state: 'stays' }]);
  });
  test('so does a PDF', async () => {
    const [sheet] = posters.render(kitFor({ 'services/a.yaml': SERVICE })) as readonly { declares: string }[];
    const pdf = await PDFDocument.create();
    pdf.addPage();
    pdf.setTitle('甲');
    pdf.catalog.set(PDFName.of('Lang'), PDFString.of('zh'));
    const how = { file: 'a.pdf', date: '2026-11-23', source: '' };
    const { bytes } = await finishPdf(pdf, { ...how, declares: sheet?.declares ?? '' });
    const asked = { output: 'posters', file: 'a.pdf', service: 'a' };
    there.set('a.pdf', bytes);
    expect(await leftIn(undefined, root).of(asked, stage, never)).toEqual([{ file: 'a.pdf', state: 'removed' }]);
    there.set('a.pdf', await (await PDFDocument.create()).save());
    expect(await leftIn(undefined, root).of(asked, stage, never)).toEqual([{ file: 'a.pdf', state: 'stays' }]);
    there.set('a.pdf', Buffer.from('%PDF-1.7 cut short'));
    expect(await leftIn(undefined, root).of(asked, stage, never)).toEqual([{ file: 'a.pdf', state: 'stays' }]);
  });
});

describe('where the output folder may lie', () => {
  const refused = (named: string, content = 'content') => saidBy(() => refusePlace(named, content, root));
  beforeEach(() => {
    for (const folder of ['content/services', 'content/forms', 'real', '.git', 'home'])
      mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'file'), '');
  });
  test.each(['out', './out', 'a/b/c', 'content/out', 'real', '.gitx/out'])('in %s', (named) => {
    expect(refused(named)).toBeUndefined();
  });
  test('in a folder named whole, and one beside', () => {
    expect(refused(join(root, 'out'))).toBeUndefined();
    expect(refused('../out')).toBeUndefined();
  });
  test.each<[string, string, string]>([
    ['', '輸出資料夾的名稱是空的', 'The output folder has no name'],
    ['  ', '輸出資料夾的名稱是空的', 'The output folder has no name'],
    ['content', '就是內容資料夾', 'is the content folder;'],
    ['.', '裡有內容資料夾「content」', 'holds the content folder "content"'],
    ['content/services', '在內容資料夾的 services/ 裡', 'lies in services/ of the content folder'],
    ['content/forms/out', '在內容資料夾的 forms/ 裡', 'lies in forms/ of the content folder'],
    ['content/images', '在內容資料夾的 images/ 裡', 'lies in images/ of the content folder'],
    ['.git/out', '在 git 的 .git/ 裡', "lies in .git/, which is git's own"],
    ['file', '「file」是檔案，不是資料夾', '"file" is a file, not a folder'],
    [
      'file/out',
      '無法寫入 file/out：路徑中的「file」是檔案',
      'Cannot write file/out: "file" on the way there is a file',
    ],
    [TEMPLATES, '在程式自己的 templates/ 裡', 'lies in templates/ of the program itself'],
    [join(TEMPLATES, '../src/out'), '在程式自己的 src/ 裡', 'lies in src/ of the program itself'],
  ])('not in %j', (named, zh, en) => {
    expect(refused(named)).toEqual({ zh: expect.stringContaining(zh), en: expect.stringContaining(en) });
  });
  test('a link below the working folder leads no way out of it', () => {
    symlinkSync(join(root, 'real'), join(root, 'inside'));
    symlinkSync(tmpdir(), join(root, 'outside'));
    symlinkSync(join(root, '../gone'), join(root, 'dangling'));
    expect(refused('inside')).toBeUndefined();
    for (const named of ['outside', 'outside/out', 'dangling'])
      expect(refused(named)).toEqual({
        zh: expect.stringContaining(`輸出資料夾 ${named} 是連結，通往 `),
        en: expect.stringContaining(`The output folder ${named} is a link that leads to `),
      });
    expect(refused(join(root, 'outside/out'))).toBeUndefined();
  });
});

describe('a baseline', () => {
  const source = { path: 'content/a.yaml', text: '甲: 身份\n乙: 身份\n丙: 身份 \n' };
  const finding = (start: number, rule = 'official-characters') => ({
    rule,
    severity: 'warn' as const,
    span: { source, start, end: start + 2 },
    message: { zh: '', en: '' },
  });
  const [one, two] = [finding(3), finding(9)];
  const at = (grow = false) => ({ cwd: root, root: 'content', grow });
  test('is written, read, and written over', async () => {
    await writeBaseline('known.json', [one], at());
    expect(await readBaseline('known.json', root)).toEqual(baselineOf([one], 'content'));
    await writeBaseline('known.json', [one, two], at());
    expect(await readBaseline('known.json', root)).toEqual(baselineOf([one], 'content'));
    await writeBaseline('known.json', [one, two], at(true));
    expect(await readBaseline('known.json', root)).toEqual(baselineOf([one, two], 'content'));
    writeFileSync(join(root, 'empty.json'), '');
    await writeBaseline('empty.json', [], at());
    expect(readFileSync(join(root, 'empty.json'), 'utf8')).toBe('{\n  "version": 2,\n  "findings": {}\n}\n');
  });
  test('over nothing else', async () => {
    for (const [file, text] of [
      ['a.yaml', '名稱: 甲'],
      ['b.json', '{"version": 1}'],
      ['c.json', '{"findings": {}}'],
      ['d.json', 'null'],
    ] as const) {
      writeFileSync(join(root, file), text);
      await expect(writeBaseline(file, [one], at())).rejects.toMatchObject({
        say: {
          zh: expect.stringContaining(`「${file}」已經在那裡`),
          en: expect.stringContaining('was not written by --write-baseline; it was not touched'),
        },
      });
      expect(readFileSync(join(root, file), 'utf8')).toBe(text);
    }
    writeFileSync(join(root, 'e.json'), '{"version": 9, "findings": {}}');
    await writeBaseline('e.json', [], at());
  });
  test.each<[string, string, string]>([
    ['名稱: 甲', '不是 --write-baseline 寫出的檔案', 'was not written by --write-baseline'],
    ['{"version": 1, "findings": {}}', '是較舊版本的 servicebook 寫的（格式 1', 'by an earlier version of servicebook'],
    ['{"version": 2, "findings": null}', '不是 --write-baseline 寫出的檔案', 'was not written by --write-baseline'],
    ['{"version": 2, "findings": {"a": 1}}', '不是 --write-baseline 寫出的檔案', 'was not written by --write-baseline'],
    [
      '{"version": 3, "findings": {}}',
      '是較新版本的 servicebook 寫的（格式 3）',
      'written by a later version of servicebook (format 3), and this one knows formats up to 2',
    ],
  ])('%s is none', async (text, zh, en) => {
    writeFileSync(join(root, 'a.json'), text);
    await expect(readBaseline('a.json', root)).rejects.toMatchObject({
      say: { zh: expect.stringContaining(zh), en: expect.stringContaining(en) },
    });
  });
  test('that is not there', async () => {
    await expect(readBaseline('none.json', root)).rejects.toMatchObject({
      say: { zh: '找不到檔案「none.json」。', en: 'There is no file "none.json".' },
    });
    await expect(writeBaseline('none/a.json', [], at())).rejects.toMatchObject({
      say: { en: expect.stringContaining('Cannot write none/a.json') },
    });
  });
  test('knows a finding by its record, rule and field, wherever its line and its file move to, and as often as it stood there', () => {
    const left = (known: Parameters<typeof notIn>[0], ...found: (typeof one)[]) =>
      notIn(known, found, 'content').findings;
    const third = finding(15);
    const known = baselineOf([one, two], 'content');
    expect(known.findings).toEqual({ 'a.yaml': { 'official-characters': { 甲: 1, 乙: 1 } } });
    const moved = { ...source, text: `\n\n${source.text}` };
    const again = { ...one, span: { source: moved, start: 5, end: 7 } };
    expect(left(known, again)).toEqual([]);
    expect(left(known, again, { ...again })).toHaveLength(1);
    expect(left(known, third)).toEqual([third]);
    expect(left(known, { ...one, rule: 'numerals' })).toHaveLength(1);
    const inFile = (path: string, text = source.text) => ({ ...one, span: { ...one.span, source: { path, text } } });
    expect(left(known, inFile('content/b.yaml'))).toHaveLength(1);
    expect(notIn(known, [inFile(`${root}/content/a.yaml`)], `${root}/content`).findings).toEqual([]);
    expect(left(baselineOf([one, { ...one }], 'content'), one, { ...one }, { ...one })).toHaveLength(1);
    expect(left(baselineOf([], 'content'), one)).toEqual([one]);
    // A service is known by its id, a field by its name in English, and what is gone is counted.
    const service = baselineOf([inFile('content/services/x.yaml', '規費: 身份\n')], 'content');
    expect(service.findings).toEqual({ x: { 'official-characters': { fee: 1 } } });
    expect(left(service, inFile('content/services/y.yaml', 'fee: 身份\n編號: x\n'))).toEqual([]);
    expect(notIn(known, [], 'content').gone).toBe(2);
    expect(shrunk(known, baselineOf([two, third], 'content'))).toEqual({
      baseline: baselineOf([two], 'content'),
      gone: 1,
      unknown: 1,
    });
  });
});

describe('what is asked for', () => {
  test('a part of the files: each is in one of them', () => {
    const files = ['a.pdf', 'b.pdf', 'posters/c.pdf', 'd.svg', 'e.html'];
    for (const n of [1, 2, 3, 12]) {
      const parts = Array.from({ length: n }, (_, i) => partNamed(`${i + 1}/${n}`));
      for (const file of files) expect(parts.filter((isIn) => isIn(file))).toHaveLength(1);
    }
    expect(files.every(partNamed(undefined))).toBe(true);
    expect(new Set(files.map((file) => [1, 2].find((i) => partNamed(`${i}/2`)(file)))).size).toBe(2);
  });
  test.each(['0/2', '3/2', '1', 'a/2', '1/2/3', '1/', ' 1/2', '10000/10000', ''])('%j is no part', (part) => {
    expect(saidBy(() => partNamed(part))).toEqual({
      zh: `--shard 應寫成「第幾份/共幾份」，例如 1/4，不是「${part}」。`,
      en: `--shard takes I/N, 1/4 for example, not "${part}".`,
    });
  });
  test('one language or two', () => {
    expect(languagesNamed(undefined)).toEqual({ lang: 'zh' });
    expect(languagesNamed('en')).toEqual({ lang: 'en' });
    expect(languagesNamed('zh,en')).toEqual({ lang: 'zh', second: 'en' });
    expect(languagesNamed('en,en')).toEqual({ lang: 'en' });
    expect(saidBy(() => languagesNamed('zh,xx'))?.en).toMatch(/^There is no language "xx"; use zh, en, /);
    expect(saidBy(() => languagesNamed('zh,en,vi'))).toEqual({
      zh: '一張最多印兩種語言，這裡寫了 3 種。',
      en: 'A sheet is printed in two languages at most; here are 3.',
    });
  });
  const say = (names: string[], how: object = {}) =>
    outputsNamed(names, how).then(
      () => undefined,
      (error: UserError) => error.say,
    );
  test('outputs by name, all when there are none', async () => {
    const all = [...(await outputsNamed([], {})).keys()];
    expect(all).toContain('posters');
    expect([...(await outputsNamed(['notices'], {})).keys()]).toEqual(['notices']);
    expect([...(await outputsNamed([], { languages: { lang: 'zh', second: 'en' } })).keys()].length).toBeLessThan(
      all.length,
    );
    expect(await say(['posterz'])).toEqual({
      zh: expect.stringMatching(/^沒有「posterz」這個編印項目。是不是要寫「posters」？可用：/),
      en: expect.stringMatching(/^There is no output "posterz"\. Did you mean "posters"\? Outputs: /),
    });
    expect(await say(['qqqqqqqq'])).toEqual({
      zh: expect.stringMatching(/^沒有「qqqqqqqq」這個編印項目。可用：/),
      en: expect.stringMatching(/^There is no output "qqqqqqqq"\. Outputs: /),
    });
    expect(await say(['notices'], { paper: 'A9' })).toEqual({
      zh: expect.stringMatching(/^這些項目不能印在「A9」上，可用的紙張：.*A4/),
      en: expect.stringMatching(/^These outputs cannot be printed on "A9"; papers: .*A4/),
    });
    expect(await say(['notices'], { paper: 'A4' })).toBeUndefined();
  });
  test('a service that cannot be read stands with the name of its file', () => {
    const source = (path: string) => ({ path, text: '' });
    const content = {
      services: [source('content/services/a.yaml'), source('content/services/b.md')],
      faults: [
        { span: { source: source('content/services/c.yml') } },
        { span: { source: source('content/services/d.docx') } },
      ],
    } as unknown as Content;
    const names = (handbook: object) =>
      withStandIns(content, handbook as Handbook).services.map(({ id, name }) => `${id} ${name}`);
    expect(names({ unread: ['a', 'b', 'c', 'd', 'e'], services: [] })).toEqual(['a a', 'b b', 'c c']);
    expect(names({ unread: ['a'], services: [{ id: 'a', name: '甲' }] })).toEqual(['a 甲']);
  });
});

test('errors of the system have a code, others none', () => {
  expect(codeOf(Object.assign(new Error(''), { code: 'ENOSPC' }))).toBe('ENOSPC');
  expect(codeOf(Object.assign(new Error(''), { code: 5 }))).toBe('');
  expect([codeOf(new Error('')), codeOf('ENOSPC'), codeOf({ code: 'ENOSPC' })]).toEqual(['', '', '']);
  expect((explain(Object.assign(new Error(''), { code: 'ENOSPC' }), 'out/a.pdf') as UserError).say).toEqual({
    zh: '無法寫入 out/a.pdf：磁碟已滿。請騰出空間後再試。',
    en: 'Cannot write out/a.pdf: the disk is full. Free some space and try again.',
  });
  const ours = new Error('ours');
  expect(explain(ours, 'out')).toBe(ours);
});
