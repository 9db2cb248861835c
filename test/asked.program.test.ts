// 待確認 as sheets to be answered, and the answers put back: all of the shipped book, every kind of file, and what must be refused.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from '../src/content/parse.js';
import { read } from '../src/content/read.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { sheetsIn } from '../src/office-files/spreadsheet.js';
import { withAnswers } from '../src/review/answers.js';
import { type OpenPlace, openPlaces } from '../src/review/open-places.js';
import { runIn } from './program.js';

const root = mkdtempSync(join(tmpdir(), 'servicebook-asked-'));
afterAll(() => rmSync(root, { recursive: true }));

/** Something that may stand in a field of this name. */
const ANSWERS: Readonly<Record<string, string>> = {
  份數: '2 份',
  形式: '正本',
  金額: '1,000 元',
  規費: '每份 100 元',
  辦理時限: '7 日',
  審核權責: '分署長',
  日期: '116年3月1日',
  生效日: '116年4月1日',
  申請人: '義務人',
  承辦單位: '秘書室',
  應備證件: '申請書（正本）',
  申請程序: '提出申請（申請人）→核定（分署長）→結束',
  網址: 'https://example.org/a?b=c#d',
  電話: '02-1234-5678',
  傳真: '02-1234-5679',
  代理人: '主任行政執行官',
  檔案: 'form.pdf',
};
const answerFor = ({ leaf }: OpenPlace, i: number): string =>
  ANSWERS[leaf.keys.filter((key) => key !== '值').at(-1) ?? ''] ?? `第 ${i + 1} 個答案：甲、乙 # "丙"`;

describe('the shipped book', () => {
  const content = read('content', join(import.meta.dirname, '..'));
  const handbook = parse(content, parseMarkdown);
  const places = openPlaces(content, handbook, parseMarkdown);
  test('every 待確認 is asked once, under a code of its own', () => {
    expect(places.length).toBe(handbook.unconfirmed.length);
    expect(new Set(places.map(({ code }) => code)).size).toBe(places.length);
    expect(places.length).toBeGreaterThan(100);
  });
  test('answered as a whole, exactly those places change, and nothing is 待確認 any more', () => {
    const answers = places.map((place, i) => ({ at: `A${i}`, code: place.code, text: answerFor(place, i) }));
    const { texts, done, refused } = withAnswers(content, handbook, answers, parseMarkdown);
    expect(refused).toEqual([]);
    expect(done).toBe(places.length);
    for (const [path, text] of texts) {
      const own = places.filter(({ source }) => source.path === path).sort((a, b) => a.from - b.from);
      const before = own[0]?.source.text ?? '';
      // What stands between the places, in one file and in the other: comments, blanks and quotes too.
      let rest = text;
      let at = 0;
      for (const { from, to } of own) {
        const between = before.slice(at, from);
        expect(rest.includes(between)).toBe(true);
        if (at === 0) expect(rest.startsWith(between)).toBe(true);
        rest = rest.slice(rest.indexOf(between) + between.length);
        at = to;
      }
      expect(rest.endsWith(before.slice(at))).toBe(true);
    }
    const answered = parse(
      {
        ...content,
        ...(content.office ? { office: { ...content.office, text: texts.get(content.office.path) ?? '' } } : {}),
        ...(content.book ? { book: { ...content.book, text: texts.get(content.book.path) ?? '' } } : {}),
        services: content.services.map((each) => ({ ...each, text: texts.get(each.path) ?? each.text })),
      },
      parseMarkdown,
    );
    expect(answered.unconfirmed).toEqual([]);
  });
  test('a file that was put in another order meanwhile still takes its answers', () => {
    const office = content.office ?? { path: '', text: '' };
    const [first, second] = [/^ {2}- \{名稱: 出納.*\n/m, /^ {2}- \{名稱: 統計室.*\n/m].map(
      (line) => line.exec(office.text)?.[0] ?? '',
    );
    const moved = {
      path: office.path,
      text: office.text.replace(first ?? '', '\n').replace(second ?? '', `${second}${first}`),
    };
    const there = { ...content, office: moved };
    const [asked] = places.filter(({ leaf }) => leaf.names.join('/') === '單位/出納/電話');
    const { texts, refused } = withAnswers(
      there,
      parse(there, parseMarkdown),
      [{ at: 'H2', code: asked?.code ?? '', text: '02-9999-0000' }],
      parseMarkdown,
    );
    expect(refused).toEqual([]);
    expect(texts.get(office.path)).toContain('{名稱: 出納, 樓層: 待確認, 電話: 02-9999-0000,');
  });
});

describe('as it is called', () => {
  const files = {
    'office.yaml':
      '# 機關\n名稱: 範例分署\n地址: 範例路1號\n電話:   待確認   # 總機\n單位: [{名稱: 秘書室, 電話: 待確認}]\n職稱: [分署長]\n當事人: [申請人]\n',
    'handbook.yaml': '書名: 手冊\n版次: 初版\n日期: 115年11月23日\n',
    'services/a.yaml':
      "名稱: 閱覽\n承辦單位: 秘書室\n應備證件:\n  - {名稱: 申請書, 份數: '待確認', 來源: 檔案法第17條}\n規費: 待確認（=SUM(A1)）\n注意事項: |\n  待確認\n# 完\n",
    'services/b.md': '# 抄錄\n\n## 承辦單位\n\n秘書室\n\n## 規費\n\n待確認\n\n<!-- 留著 -->\n',
  };
  const contentIn = (name: string): string => {
    const folder = join(root, name);
    mkdirSync(join(folder, 'content/services'), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, 'content', file), text);
    return folder;
  };
  const answersOf = (rows: readonly (readonly [string, unknown])[]) => {
    const sheet = utils.aoa_to_sheet([['編號（請勿更動）', '答案'], ...rows.map((row) => [...row])]);
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, '秘書室');
    return { sheet, bytes: () => write(book, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array };
  };
  let folder = '';
  let codes: Record<string, string> = {};
  beforeAll(async () => {
    folder = contentIn('asked');
    const asked = await runIn(folder, 'review', '--ask', '--out', '待確認.xlsx');
    expect(asked.err).toBe('');
    expect(asked).toMatchObject({ code: 0, out: '6 處待確認：待確認.xlsx\n' });
    const all = sheetsIn(readFileSync(join(folder, '待確認.xlsx')), '待確認.xlsx');
    expect(all.map(({ name, rows }) => [name, rows.length - 1])).toEqual([
      ['秘書室', 5],
      ['未分單位', 1],
    ]);
    codes = Object.fromEntries(
      all.flatMap(({ rows }) => rows.slice(1).map((row) => [`${row[2]?.text} ${row[3]?.text}`, row[0]?.text ?? ''])),
    );
    const [copies] = (all[0]?.rows ?? []).filter((row) => row[3]?.text.endsWith('份數'));
    // The place, the source and what may be written stand beside the empty answer.
    expect(copies?.map(({ text }) => text).slice(1)).toEqual([
      '秘書室',
      '閱覽',
      '應備證件 › 申請書 › 份數',
      '待確認',
      '一個數目（例如 2 或 2 份）',
      '檔案法第17條',
      'content/services/a.yaml:4',
      '',
    ]);
  });
  test('ODS and CSV say the same; a folder holds a file for each unit; no cell commands', async () => {
    expect((await runIn(folder, 'review', '--ask', '--out', 'a.ods')).code).toBe(0);
    expect((await runIn(folder, 'review', '--ask', '--out', 'a.csv')).code).toBe(0);
    const [ods, xlsx] = ['a.ods', '待確認.xlsx'].map((name) => sheetsIn(readFileSync(join(folder, name)), name));
    expect(ods).toEqual(xlsx);
    const csv = readFileSync(join(folder, 'a.csv'), 'utf8');
    expect(csv.startsWith('\ufeff"編號')).toBe(true);
    expect(
      sheetsIn(Buffer.from(csv), 'a.csv')[0]
        ?.rows.map((row) => row.map(({ text }) => text))
        .slice(1),
    ).toEqual(xlsx?.flatMap(({ rows }) => rows.slice(1).map((row) => row.map(({ text }) => text))));
    expect((await runIn(folder, 'review', '--ask', '--out', 'units', '--format', 'csv')).code).toBe(0);
    expect(readdirSync(join(folder, 'units')).sort()).toEqual(['未分單位.csv', '秘書室.csv'].sort());
  });
  test('answers are written into YAML and Markdown, and nothing else of a file changes', async () => {
    const here = contentIn('answered');
    const { bytes } = answersOf([
      [codes['閱覽 應備證件 › 申請書 › 份數'] ?? '', '2 份'],
      [codes['閱覽 規費'] ?? '', '每份 100 元'],
      [codes['抄錄 規費'] ?? '', '免費'],
      [codes['閱覽 注意事項'] ?? '', '請先預約："電話"、網路 #1'],
      [codes['office.yaml 電話'] ?? '', '02-1234-5678'],
      [codes['office.yaml 單位 › 秘書室 › 電話'] ?? '', ''],
    ]);
    writeFileSync(join(here, 'back.xlsx'), bytes());
    expect(await runIn(here, 'review', '--answers', 'back.xlsx')).toMatchObject({
      code: 0,
      err: '',
      out: '寫入 5 個答案（3 個檔案）。\n',
    });
    const now = (file: string): string => readFileSync(join(here, 'content', file), 'utf8');
    expect(now('office.yaml')).toBe(files['office.yaml'].replace('待確認   #', '02-1234-5678   #'));
    expect(now('services/a.yaml')).toBe(
      files['services/a.yaml']
        .replace("'待確認'", '2 份')
        .replace('待確認（=SUM(A1)）', '每份 100 元')
        .replace('  待確認\n', '  請先預約："電話"、網路 #1\n'),
    );
    expect(now('services/b.md')).toBe(files['services/b.md'].replace('待確認', '免費'));
    // The same sheet a second time changes nothing and is no fault.
    expect(await runIn(here, 'review', '--answers', 'back.xlsx')).toMatchObject({
      code: 0,
      out: '寫入 0 個答案（0 個檔案），5 個本來就是這樣。\n',
    });
  });
  test('Big5, as Excel saves it, is read', async () => {
    const here = contentIn('big5');
    // 編號,答案 and 免費 in Big5.
    const bytes = Buffer.concat([
      Buffer.from('bd73b8b92cb5aaaed70d0a', 'hex'),
      Buffer.from(`${codes['抄錄 規費']},`),
      Buffer.from('a74bb64f0d0a', 'hex'),
    ]);
    writeFileSync(join(here, 'back.csv'), bytes);
    expect((await runIn(here, 'review', '--answers', 'back.csv')).out).toBe('寫入 1 個答案（1 個檔案）。\n');
    expect(readFileSync(join(here, 'content/services/b.md'), 'utf8')).toContain('免費');
  });
  test('what is stale, in conflict, a formula, a number where a zero counts, or cannot stand there is refused by its cell', async () => {
    const here = contentIn('refused');
    writeFileSync(join(here, 'content/services/b.md'), files['services/b.md'].replace('待確認', '每份 5 元'));
    const { sheet, bytes } = answersOf([
      [codes['抄錄 規費'] ?? '', '免費'],
      [codes['閱覽 應備證件 › 申請書 › 份數'] ?? '', '兩三份'],
      [codes['閱覽 規費'] ?? '', '免費'],
      [codes['閱覽 規費'] ?? '', '每份 10 元'],
      [codes['office.yaml 電話'] ?? '', 21234567],
      [codes['office.yaml 單位 › 秘書室 › 電話'] ?? '', ''],
      ['0000000000-000000', '甲'],
    ]);
    sheet.B7 = { t: 'n', v: 2, f: '1+1' };
    writeFileSync(join(here, 'back.xlsx'), bytes());
    const { code, err, out } = await runIn(here, 'review', '--answers', 'back.xlsx');
    expect([code, out]).toEqual([1, '寫入 0 個答案（0 個檔案），退回 7 個。\n']);
    for (const said of [
      '秘書室!B2：這一處已經改成「每份 5 元」',
      '秘書室!B3：「兩三份」不能寫在這裡：',
      '秘書室!B4：同一處有兩個答案：這裡是「免費」，秘書室!B5 是「每份 10 元」',
      '秘書室!B5：同一處有兩個答案',
      '秘書室!B6：試算表把「21234567」存成數字',
      '秘書室!B7：這一格是公式',
      '秘書室!B8：內容裡已經沒有編號「0000000000-000000」的這一處',
    ])
      expect(err).toContain(said);
    for (const [file, text] of Object.entries(files))
      if (file !== 'services/b.md') expect(readFileSync(join(here, 'content', file), 'utf8')).toBe(text);
  });
  test('what cannot be done is a sentence', async () => {
    const here = contentIn('sentences');
    writeFileSync(join(here, 'x.csv'), 'a,b\n');
    writeFileSync(join(here, 'x.xlsx'), 'PK\u0003\u0004broken');
    cpSync(join(here, 'content/office.yaml'), join(here, 'x.ods'));
    for (const [args, said] of [
      [['--ask'], '--ask 要寫到檔案裡'],
      [['--ask', '--out', 'folder'], '看不出「folder」是什麼格式'],
      [['--ask', '--answers', 'x.csv'], '一次只能用一個'],
      [['--answers', 'none.ods'], '找不到檔案「none.ods」'],
      [['--answers', 'x.csv'], 'x.csv：沒有「答案」這一欄'],
      [['--answers', 'x.xlsx'], 'x.xlsx：檔案讀不出來'],
      [['--answers', 'x.ods'], 'x.ods：不是 ODS、XLSX 或 CSV 檔'],
      [['--format', 'ods'], '要和 --ask 一起用'],
    ] as const)
      expect(await runIn(here, 'review', ...args)).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining(said),
      });
  });
});
