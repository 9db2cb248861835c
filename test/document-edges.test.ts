// What papers say and declare, value by value: words in another language, large words, what a sheet is told to have
// changed, what a paper owes.
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../src/content/schema/schema.js';
import { html } from '../src/core/html.js';
import { loadFolder } from '../src/core/program-files.js';
import { layoutOf } from '../src/document/counter-sheet.js';
import {
  codeOf,
  declaration,
  isSameId,
  printedCode,
  readCode,
  readDeclaration,
  type Stamp,
} from '../src/document/declaration.js';
import {
  declaredInFile,
  drawingDeclaring,
  mermaidDeclaring,
  pngDeclaring,
} from '../src/document/declaration-in-file.js';
import { svgElement } from '../src/document/drawing.js';
import { citationsIn, listOf, written } from '../src/document/facet.js';
import { deadlineHeadline, documentsHeadline, feeHeadline, namesAlways, yourTerms } from '../src/document/headlines.js';
import type { Output } from '../src/document/output.js';
import { forCitizens, knowsNoFact, openLine } from '../src/document/quiet.js';
import { isFacet, sectionsShown } from '../src/document/shown-facts.js';
import { verdictOn, verdictOnCode } from '../src/document/staleness.js';
import { FACT_KINDS, owedBy, telling, toldFacts } from '../src/document/told-facts.js';
import { marked, paragraph, phrased, saysMore, widthOf } from '../src/document/wall-sheet.js';
import { chineseNumber, dayIn, formalNumber } from '../src/document/words.js';
import { BOOK, OFFICE, SERVICE } from './office.js';
import { kitFor, type Options } from './outputs/kit.js';
import { CONTENT } from './outputs/sheets.js';
import { stampFrom } from './outputs/stamps.js';

/** A service from what an author would write; what is left out is plain. */
function read(written: string, options?: Options, others: Record<string, string> = {}) {
  const fields: Record<string, string> = { 應備證件: '無', 規費: '免費', 辦理時限: '3 日', 審核權責: '分署長' };
  const rest = Object.entries(fields)
    .filter(([key]) => !new RegExp(`^${key}:`, 'm').test(written))
    .map(([key, value]) => `${key}: ${value}`);
  const kit = kitFor({ 'services/x.yaml': ['名稱: 聲明異議', written, ...rest].join('\n'), ...others }, options);
  const service = kit.handbook.services.find(({ id }) => id === 'x');
  if (!service) throw new Error('no service');
  return { kit, service };
}

describe('numbers in Chinese', () => {
  test.each([
    [0, '零', '零'],
    [1, '一', '壹'],
    [2, '二', '貳'],
    [3, '三', '參'],
    [4, '四', '肆'],
    [5, '五', '伍'],
    [6, '六', '陸'],
    [7, '七', '柒'],
    [8, '八', '捌'],
    [9, '九', '玖'],
    [10, '十', '拾'],
    [12, '十二', '拾貳'],
    [20, '二十', '貳拾'],
    [103, '一百零三', '壹佰零參'],
    [116, '一百十六', '壹佰拾陸'],
    [1000, '一千', '壹仟'],
    [2010, '二千零十', '貳仟零拾'],
    [9999, '九千九百九十九', '玖仟玖佰玖拾玖'],
  ])('%i', (n, plain, formal) => expect([chineseNumber(n), formalNumber(n)]).toEqual([plain, formal]));
  test.each([-1, 1.5, 10_000, Number.NaN])('%d has none', (n) => expect(() => chineseNumber(n)).toThrow(RangeError));
});
test('a day in each language', () => {
  expect([dayIn('zh', '2026-11-03'), dayIn('en', '2026-11-03')]).toEqual(['民國115年11月3日', '3 November 2026']);
});

/** Without the signs around what was left in Chinese. */
const unsigned = (text: unknown): string => String(text ?? '').replace(/[\uFDD0-\uFDEF]/g, '');

describe('in English', () => {
  const english = (written: string) => read(written, { lang: 'en' }).service;
  const fee = (written: string): unknown => {
    const { fee: found } = english(`規費: ${written}`);
    const [line] = (found as { lines?: { amount?: { printed: string }; per?: string }[] }).lines ?? [];
    return [unsigned(line?.amount?.printed), unsigned(line?.per)];
  };
  test.each([
    ['每份 100 元', 'per copy NT$100', 'per copy'],
    ['每張新臺幣 1,000 元整', 'per sheet NT$1,000', 'per sheet'],
    ['每頁 5 角', 'per page NT$0.5', 'per page'],
    ['每 2 小時 20 元', 'per 2 hours NT$20', 'per 2 hours'],
    ['每件 20–30 元', 'per item NT$20–30', 'per item'],
    ['每次 30 元起', 'each time from NT$30', 'each time'],
    ['每人 5 美元', 'per person 5 美元', 'per person'],
    ['NT$1000', 'NT$1,000', ''],
    ['1000臺幣', 'NT$1,000', ''],
    ['新臺幣 1000 元以上', 'from NT$1,000', ''],
  ])('%s', (written, sum, per) => expect(fee(written)).toEqual([sum, per]));
  test.each([
    ['每年 3 月 1 日前', 'before 1 March each year'],
    ['每年 3 月 1 日起', 'from 1 March each year'],
    ['每年 3 月 1 日至 5 月 31 日', 'from 1 March to 31 May each year'],
    ['隨時', '隨時'],
  ])('the window %s', (written, said) => expect(unsigned(english(`申請期間: ${written}`).window)).toBe(said));
  test.each([
    ['3 日', '3 days'],
    ['3 工作日', '3 working days'],
    ['半日', 'half a day'],
    ['3–5 日', '3–5 days'],
    ['當日', 'the same day'],
    ['1 小時 30 分', '90 minutes'],
    ['2 個月', '2 months'],
  ])('the limit %s', (written, said) =>
    expect((english(`辦理時限: ${written}`).deadline as { limit?: { printed: string } }).limit?.printed).toBe(said),
  );
});

describe('large words', () => {
  test.each([
    ['無', '無', []],
    ['[申請書, 身分證]', '2 項', ['申請書', '身分證']],
    ['[申請書, 委託他人時：委任書]', '1 項，另視情形 1 項', ['申請書']],
    ['[委託他人時：委任書]', '視情形 1 項', []],
    // A name that says too little is not told: a choice, what some need not bring, what stands beside documents.
    ['[申請書, {擇一: [身分證, 護照]}]', '2 項', undefined],
    ['[{名稱: 申請書, 免附: 已建檔者}]', '1 項', undefined],
    ['[申請書, {名稱: 待確認}]', '1 項，其餘請洽承辦單位', undefined],
    ['{清單: [申請書], 另須: [本人親自到場]}', '1 項', undefined],
    ['待確認', '請洽承辦單位', undefined],
  ])('documents %s', (written, text, names) => {
    const { kit, service } = read(`應備證件: ${written}`);
    const asked = text === '請洽承辦單位';
    expect(documentsHeadline(kit, service)).toEqual({ text, asked });
    expect(namesAlways(service)?.names).toEqual(names);
  });
  test('documents of parts: from the least to the most', () => {
    const { kit, service } = read(
      '子項目: [{名稱: 甲, 應備證件: [申請書]}, {名稱: 乙, 應備證件: [申請書, 身分證, 委託他人時：委任書]}]',
    );
    expect(namesAlways(service)).toBeUndefined();
    expect(documentsHeadline(kit, service).text).toBe('0–2 項，另視情形 0–1 項');
  });
  test.each([
    ['免費', '免費'],
    ['每份 100 元', '每份 100 元'],
    ['18–370 元', '18–370 元'],
    ['30 元起', '30 元起'],
    ['[{項目: 甲, 金額: 2 元}, {項目: 乙, 金額: 20–30 元}]', '2–30 元，2 項'],
    ['[{項目: 甲, 金額: 20–30 元}, {項目: 乙, 金額: 2 元}]', '2–30 元，2 項'],
    ['[{項目: 甲, 金額: 2 元}, {項目: 乙, 金額: 5 元起}]', '2–5 元起，2 項'],
    ['待確認', '請洽承辦單位'],
  ])('the fee %s', (written, text) => {
    const { kit, service } = read(`規費: ${written}`);
    expect(feeHeadline(kit, service)).toEqual({ text, asked: text === '請洽承辦單位' });
  });
  test('whose limit a statutory one is', () => {
    const limit = (written: string) => {
      const { kit, service } = read(written);
      return [deadlineHeadline(kit, service).text, yourTerms(kit, service)];
    };
    expect(limit('申請人: 義務人\n辦理時限: {法定期限: {期限: 10 日, 起算: 義務人收受執行命令後}}')[0]).toBe(
      '請洽承辦單位',
    );
    expect(limit('申請人: 義務人\n辦理時限: {法定期限: {期限: 10 日, 起算: 分署收受聲明後}}')[0]).toBe('法定 10 日');
    expect(limit('申請人: 義務人\n辦理時限: {法定期限: {期限: 10 日, 起算: 義務人聲明後}}')[0]).toBe('法定 10 日');
    expect(limit('辦理時限: {法定期限: 10 日}\n申請期間: 收到後 10 日內')[0]).toBe('請洽承辦單位');
    expect(limit('辦理時限: {法定期限: 10 日}\n申請期間: 收到後 20 日內')[0]).toBe('法定 10 日');
  });
});

describe('what is drawn on the wall', () => {
  test('a number stays with its unit', () => {
    expect(marked('每份 100 元起，3 日').toString()).toBe(
      '每份 <span class="kept">100 元起</span>，<span class="kept">3 日</span>',
    );
    expect(marked('待確認（電話）').toString()).toBe('<span class="unconfirmed">待確認（電話）</span>');
    expect(phrased('待確認').toString()).toBe(marked('待確認').toString());
    expect(phrased('3 日').toString()).toContain('<span class="kept">3 日</span>');
    expect(phrased('申請書').toString()).toMatch(/<wbr>$/);
    expect(phrased('申請（').toString()).not.toMatch(/<wbr>$/);
  });
  test('width is counted in full-width characters', () => {
    expect(widthOf('')).toBe(0);
    expect(widthOf('甲乙')).toBe(2);
    expect(widthOf('ab')).toBeCloseTo(1.16);
    expect(widthOf('\u2e7f')).toBeCloseTo(0.58);
    expect(widthOf('\u2e80')).toBe(1);
  });
  test('an empty paragraph is none', () => {
    expect([paragraph('a', undefined), paragraph('a', '')]).toEqual([false, false]);
    expect(String(paragraph('a', '甲'))).toBe('<p class="a">甲</p>');
    expect([saysMore('待確認'), saysMore('待確認（電話）')]).toEqual([false, true]);
  });
});

describe('what a file declares', () => {
  const PNG = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    Buffer.from([0, 0, 0, 13]),
    Buffer.from('IHDR'),
    Buffer.alloc(17),
    Buffer.from([0, 0, 0, 0]),
    Buffer.from('IEND'),
    Buffer.from([0xae, 0x42, 0x60, 0x82]),
  ]);
  test('is read back from every kind of file, whatever it says', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\n\r\0]/g, '')),
        (text) => {
          expect(declaredInFile(Buffer.from(mermaidDeclaring('flowchart TB', text)))).toBe(text);
          expect(declaredInFile(Buffer.from(pngDeclaring(PNG, text)))).toBe(text);
        },
      ),
      { numRuns: 50 },
    );
    for (const text of ['{"a":"<b>&\\""}', '甲', "it's"]) {
      expect(declaredInFile(Buffer.from(drawingDeclaring(svgElement('svg', {}), text)))).toBe(text);
      const page = `<!doctype html><meta name="servicebook" content="${html`${text}`}">`;
      expect(declaredInFile(Buffer.from(page))).toBe(text);
    }
  });
  test('stands behind the head of a picture, with its check', () => {
    const bytes = pngDeclaring(PNG, '甲');
    const length = bytes.readUInt32BE(33);
    expect(bytes.toString('latin1', 37, 41)).toBe('iTXt');
    expect(bytes.toString('latin1', 41, 52)).toBe('servicebook');
    expect(bytes.readUInt32BE(41 + length)).toBe(crc32(bytes.subarray(37, 41 + length)));
    expect(bytes.subarray(45 + length)).toEqual(PNG.subarray(33));
  });
  test('is nothing where it is not ours, in another place or broken', () => {
    expect(declaredInFile(PNG)).toBeUndefined();
    const bytes = pngDeclaring(PNG, '甲');
    const other = Buffer.from(bytes);
    other.write('sirvicebook', 41, 'latin1');
    expect(declaredInFile(other)).toBeUndefined();
    const broken = Buffer.from(bytes);
    broken.fill(0, 57, 62);
    expect(declaredInFile(broken)).toBeUndefined();
    expect(declaredInFile(bytes.subarray(0, 40))).toBeUndefined();
    for (const text of [
      'a %% servicebook x',
      '<svg><metadata class="servicebook">x</metadata><g/></svg>',
      '<p><meta name="servicebook" content="x">',
      '',
    ])
      expect(declaredInFile(Buffer.from(text)), text).toBeUndefined();
    expect(declaredInFile(Buffer.from('%% servicebook x'))).toBe('x');
    expect(declaredInFile(Buffer.from('甲\n\n%% servicebook x\n'))).toBe('x');
    expect(mermaidDeclaring('甲\n\n\n', 'x')).toBe('甲\n%% servicebook x\n');
  });
});

describe('a code', () => {
  const stamp = stampFrom('instalments', CONTENT);
  test('of a sheet tells its date, of the first day none', () => {
    expect(readCode(codeOf(stamp))).toMatchObject({ date: stamp.date, draft: false });
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-02'), max: new Date('2060-01-01'), noInvalidDate: true }),
        fc.boolean(),
        (time, draft) => {
          const date = time.toISOString().slice(0, 10);
          const typed = readCode(codeOf({ ...stamp, date, draft } as Stamp));
          expect(typed).toMatchObject({ draft });
          expect(typed?.date === undefined || typed.date === date).toBe(true);
        },
      ),
    );
  });
  test('tells no date where there is none to be told', () => {
    expect(readCode(codeOf({ ...stamp, date: '1990-01-01' } as Stamp))).not.toHaveProperty('date');
  });
  test('any one sign of it that is another makes it none', () => {
    const code = codeOf(stamp);
    const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    for (let i = 0; i < 8; i += 1)
      for (const sign of signs)
        if (sign !== code[i])
          expect(readCode(code.slice(0, i) + sign + code.slice(i + 1)), `${i} ${sign}`).toBeUndefined();
  });
  test('may be read with letters that look alike, and with the id before it', () => {
    const printed = printedCode(stamp);
    expect(readCode(`instalments ${printed}`)).toMatchObject({ id: 'instalments' });
    expect(readCode(printed)).not.toHaveProperty('id');
    expect(readCode(printed.replaceAll('0', 'O').replaceAll('1', 'l'))?.code).toBe(codeOf(stamp));
    expect([isSameId('fee-1O', 'FEE-l0'), isSameId('fee', 'fees'), isSameId('tv', 'tu')]).toEqual([true, false, true]);
    expect(readCode('')).toBeUndefined();
    expect(readCode(`${printed}0`)).toBeUndefined();
  });
  test('what is declared is read back, and what is no declaration is none', () => {
    expect(readDeclaration(declaration(stamp))).toEqual(stamp);
    const text = declaration(stamp);
    for (const broken of [
      '',
      '{',
      'null',
      '[]',
      text.replace(/"date":"[^"]*"/, '"date":"2026"'),
      text.replace(/"draft":\w+/, '"draft":1'),
      text.replace(/"id":"/, '"id":1,"x":"'),
      text.replace(/"servicebook":2/, '"servicebook":0'),
      text.replace(/"sections":\[/, '"sections":{},"x":['),
    ])
      expect(readDeclaration(broken), broken.slice(0, 60)).toBeUndefined();
    expect(readDeclaration(text.replace(/"servicebook":2/, '"servicebook":3'))).toBe('newer');
  });
});

describe('what has changed since a sheet was printed', async () => {
  const outputs = new Map(
    [...(await loadFolder<Output>('outputs'))].map(
      ([id, { summary, declares }]) => [id, { name: summary.zh.replace(/[：（].*$/, ''), declares }] as const,
    ),
  );
  const FILES = {
    'office.yaml': OFFICE,
    'handbook.yaml': BOOK,
    'services/x.yaml':
      '名稱: 聲明異議\n應備證件: [申請書, 身分證]\n規費: 每份 100 元\n辦理時限: 3 日\n審核權責: 分署長\n申請程序: [{開始: 提出}, 審核（書記官）, {結束: 通知}]\n',
  };
  const now = (change: (text: string) => string) =>
    kitFor({ ...FILES, 'services/x.yaml': change(FILES['services/x.yaml']) });
  const then = stampFrom('x', FILES);
  const changes = (change: (text: string) => string) =>
    verdictOn(now(change), then, outputs, (key) => key).changes.map(({ topic, kind, name, before, after }) =>
      [topic, kind, name, before, after].filter(Boolean).join(' '),
    );
  const swap = (from: string, to: string) => (text: string) => text.replace(from, to);
  test.each<[string, string, string, string[]]>([
    ['a price', '100 元', '120 元', ['fee changed fee 每份 100 元 每份 120 元']],
    ['a document more', '身分證]', '身分證, 戶籍謄本]', ['documents added 戶籍謄本']],
    ['a document less', '[申請書, 身分證]', '[申請書]', ['documents removed 身分證']],
    ['another document', '身分證', '護照', ['documents changed 身分證 護照']],
    ['documents in another order', '[申請書, 身分證]', '[身分證, 申請書]', ['documents moved 申請書']],
    ['a limit', '3 日', '5 日', ['deadline changed deadline 3 日 5 日']],
    ['who decides', '審核權責: 分署長', '審核權責: 書記官', ['authority changed decide 分署長 decide 書記官']],
    ['free', '每份 100 元', '免費', ['fee changed fee 每份 100 元 free']],
  ])('%s', (_, from, to, told) => expect(changes(swap(from, to))).toEqual(told));
  test('nothing, and it is current', () => {
    const verdict = verdictOn(
      now((text) => text),
      then,
      outputs,
      (key) => key,
    );
    expect(verdict).toMatchObject({ state: 'current', name: '聲明異議', changes: [] });
  });
  test('the service itself', () => {
    const gone = kitFor({ 'office.yaml': OFFICE, 'handbook.yaml': BOOK, 'services/y.yaml': FILES['services/x.yaml'] });
    expect(verdictOn(gone, then, outputs, (key) => key)).toMatchObject({
      state: 'removed',
      changes: [],
      name: '聲明異議',
    });
    const elsewhere = kitFor({ ...FILES, 'office.yaml': OFFICE.replace('範例分署', '別處分署') });
    expect(verdictOn(elsewhere, then, outputs, (key) => key)).toMatchObject({ state: 'elsewhere', office: '範例分署' });
  });
  const typed = (code: string) => {
    const read = readCode(code);
    if (!read) throw new Error('no code');
    return read;
  };
  test('by its code alone', () => {
    const code = printedCode(then);
    const same = now((text) => text);
    const other = now(swap('100 元', '120 元'));
    expect(verdictOnCode(same, typed(code), outputs)).toMatchObject({
      state: 'current',
      name: '聲明異議',
      id: 'x',
      changes: [],
    });
    // Which sheet a code alone was of nobody can tell once it is of none of today.
    const lost = verdictOnCode(other, typed(code), outputs);
    expect(lost).toMatchObject({ state: 'outdated', id: '' });
    expect(lost).not.toHaveProperty('name');
    expect(verdictOnCode(other, typed(`x ${code}`), outputs)).toMatchObject({
      state: 'outdated',
      id: 'x',
      name: '聲明異議',
    });
    expect(verdictOnCode(other, typed(`zz ${code}`), outputs)).toMatchObject({ state: 'removed', id: 'zz' });
    expect(verdictOnCode(other, typed(`hall ${code}`), outputs)).toMatchObject({
      state: 'outdated',
      id: 'hall',
      name: outputs.get('hall')?.name,
    });
  });
  test('every sheet of today is known by its code', () => {
    const kit = kitFor(CONTENT);
    for (const id of kit.services.map((each) => each.id))
      expect(verdictOnCode(kit, typed(printedCode(stampFrom(id, CONTENT))), outputs)).toMatchObject({
        state: 'current',
        id,
      });
  });
});

describe('a paper of the counter', () => {
  test.each([
    ['A4', 'pairs'],
    ['A5', 'single'],
  ])('on %s lies as %s', (paper, layout) => {
    expect(layoutOf(kitFor({ 'services/x.yaml': SERVICE }, { paper }))).toBe(layout);
  });
});

describe('a category', () => {
  const BOOK_WITH = `${BOOK}服務類別:\n  - {編號: one, 名稱: 甲類, 服務: [x]}\n  - {名稱: 乙類, 服務: [y]}\n`;
  const kit = kitFor({
    'handbook.yaml': BOOK_WITH,
    'services/x.yaml': SERVICE,
    'services/y.yaml': SERVICE,
    'services/z.yaml': SERVICE,
  });
  test.each<[string, string[]]>([
    ['one', ['x']],
    ['category-2', ['y']],
    ['category-1', []],
    ['others', ['z']],
    ['services', ['z']],
    ['none', []],
  ])('%s holds %j', (category, ids) => {
    const sections = sectionsShown(kit.written, { category }, ['fee'].filter(isFacet));
    expect(sections.map(({ id }) => id).filter((id) => id !== '')).toEqual(ids);
  });
});

describe('facts as they were written', () => {
  test('without their places, in the order of their names', () => {
    const span = { source: { path: '', text: '' }, start: 0, end: 0 };
    expect(
      written({
        b: 1,
        a: { printed: '3 日', most: 3 },
        at: span,
        cited: {},
        unread: [],
        basis: [],
        c: { at: span },
        d: undefined,
        e: {},
      }),
    ).toBe('{"a":"3 日","b":1,"c":{}}');
    expect(written([{ markdown: '甲', span }, null, 'x'])).toBe('["甲",null,"x"]');
    expect(written([])).toBe('[]');
    expect(written({ e: [] })).toBe('{"e":[]}');
  });
  test('every citation, however deep, but not of places', () => {
    const law = { law: '檔案法' };
    expect(
      citationsIn({
        at: { basis: [law] },
        basis: [law],
        x: { cited: { fee: [law], name: [law] } },
        list: [{ basis: law }],
        source: law,
      }),
    ).toEqual([[law], [law], [law], law]);
    expect(citationsIn('x')).toEqual([]);
    expect(citationsIn(null)).toEqual([]);
  });
  test('a list, or that it is open', () => {
    expect(listOf({ unconfirmed: '待確認' }, () => [])).toBe('待確認');
    expect(listOf(undefined, () => [])).toBe('');
  });
});

describe('what a paper owes', () => {
  const owed = (written: string, tells = telling('whole'), options?: Options): string[] => {
    const { kit, service } = read(written, options);
    const context = { ...kit, proseTexts: (text: string) => [text] };
    return owedBy(context, tells, service).map(({ text }) => text);
  };
  test('the whole of what it tells, and its name', () => {
    const texts = owed('規費: 每份 100 元\n承辦單位: 執行一科');
    expect(texts).toContain('聲明異議');
    expect(texts.join('|')).toContain('100 元');
    expect(texts.join('|')).toContain('執行一科');
    expect(new Set(texts).size).toBe(texts.length);
  });
  test('nothing that nobody knows, and no empty text', () => {
    const texts = owed('規費: 待確認\n摘要: 電話待確認，請洽服務台');
    expect(texts.filter((text) => text === '' || text.includes('待確認'))).toEqual([]);
    expect(texts.some((text) => text.includes('請洽服務台'))).toBe(true);
  });
  test('of what is told elsewhere, the number in the handbook', () => {
    const texts = owed('規費: 每份 100 元', telling('handbook'));
    expect(texts.some((text) => text.endsWith('聲明異議') && text !== '聲明異議')).toBe(true);
    expect(texts.join('|')).not.toContain('100 元');
    expect(owed('規費: 每份 100 元').filter((text) => text.endsWith('聲明異議'))).toEqual(['聲明異議']);
  });
  test('each with what kind of fact it is, and where it stands', () => {
    const { kit, service } = read('規費: 待確認\n承辦單位: 執行一科\n摘要: 請洽服務台');
    const told = toldFacts({ ...kit, proseTexts: (text: string) => [text] }, service);
    expect(told.length).toBeGreaterThan(0);
    for (const { kind, text } of told) {
      expect(Object.keys(FACT_KINDS)).toContain(kind);
      expect(text).not.toMatch(/待確認|^$/);
    }
  });
  test('of its parts, those that it tells something of', () => {
    const texts = owed('子項目: [{名稱: 閱覽, 規費: 每份 7 元}, {名稱: 抄錄}]');
    expect(texts).toContain('閱覽');
    expect(texts.join('|')).toContain('7 元');
  });
});

describe('what is open', () => {
  const line = (written: string, options?: Options, others?: Record<string, string>) => {
    const { kit, service } = read(written, options, others);
    return openLine(kit, [service]);
  };
  test('is named by its topics, each once', () => {
    const known = { 'office.yaml': `${OFFICE}地址: 某路1號\n電話: 02-1234\n辦公時間: 上午\n` };
    const topics = (written: string) => line(written, {}, known);
    expect(topics('摘要: 甲')).toBeUndefined();
    expect(topics('規費: 待確認\n審核權責: 待確認')).toBe('待確認：規費、審核權責');
    expect(topics('應備證件: [{名稱: 申請書, 份數: 待確認, 形式: 待確認}]')).toBe('待確認：正本或影本、份數');
    expect(topics('子項目: [{名稱: 甲, 規費: 待確認}, {名稱: 乙, 規費: 待確認}]')).toBe('待確認：規費');
    expect(topics('辦理時限: {期限: 待確認}\n申請人: 待確認')).toBe('待確認：辦理時限、申請人');
    expect(line('摘要: 甲')).toBeUndefined();
  });
  test('is not told on a working copy, which shows it', () => {
    expect(line('規費: 待確認', { workingCopy: true })).toBeUndefined();
  });
  test('all of it, and there is nothing to tell', () => {
    const all = '應備證件: 待確認\n規費: 待確認\n辦理時限: 待確認\n審核權責: 待確認';
    const knows = (written: string): boolean => {
      const { kit } = read(written);
      const context = forCitizens(kit);
      const service = context.services.find(({ id }) => id === 'x');
      if (!service) throw new Error('no service');
      return !knowsNoFact(context, service);
    };
    expect(knows(all)).toBe(false);
    for (const [from, to] of [
      ['應備證件: 待確認', '應備證件: 無'],
      ['規費: 待確認', '規費: 免費'],
      ['辦理時限: 待確認', '辦理時限: 3 日'],
      ['審核權責: 待確認', '審核權責: 分署長'],
    ] as const)
      expect(knows(all.replace(from, to)), to).toBe(true);
  });
  test('of a document at least the name is told', () => {
    const { kit } = read('應備證件: [{名稱: 申請書, 份數: 待確認}]');
    const service = forCitizens(kit).services.find(({ id }) => id === 'x');
    expect(JSON.stringify(service?.documents)).toContain('申請書');
    expect(
      JSON.stringify(known(known(service?.documents)?.items)?.[0], (key, value) => (key === 'at' ? undefined : value)),
    ).not.toContain('待確認');
  });
});
