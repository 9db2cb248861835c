// The readers of values, each by itself: what is read, what is refused and where, and what is 待確認.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prose } from '../src/content/schema/prose.js';
import { list, named, record } from '../src/content/schema/record.js';
import {
  count,
  countOf,
  date,
  dates,
  day,
  fileId,
  flag,
  isoDate,
  shorthand,
  text,
  verbatim,
  wholeNumber,
} from '../src/content/schema/scalars.js';
import { doc, FAULT, type Reading, type Shape, type Translator, Unreadable } from '../src/content/schema/schema.js';
import { isPlaceholder, lastBracket, pieces, placeIn, quote } from '../src/content/schema/tree.js';
import { yamlTree } from '../src/content/syntax/yaml.js';
import { nearest } from '../src/core/nearest.js';
import type { Say, Span } from '../src/core/source.js';

/** What a shape makes of a value written in YAML, and all that it tells on the way. Places are shown by their text. */
function read<T>(shape: Shape<T>, written: string, shorthands: Reading['shorthands'] = {}) {
  const source = { path: 'content/a.yaml', text: `v: ${written}\n` };
  const at = ({ start, end }: Span): string => source.text.slice(start, end).trim();
  const told: {
    faults: string[];
    said: Say[];
    open: string[];
    proses: string[];
    translated: string[];
    fixes: string[];
  } = {
    faults: [],
    said: [],
    open: [],
    proses: [],
    translated: [],
    fixes: [],
  };
  const report: Reading['report'] = (rule, span, message, hint, fix) => {
    told.faults.push(`${rule} 「${at(span)}」`);
    told.said.push(message, ...(hint ? [hint] : []));
    if (fix) told.fixes.push(`${at(fix.span)} → ${fix.text}`);
  };
  const tree = yamlTree(source, report);
  if (tree?.kind !== 'map' || !tree.entries[0]) throw new Error('no tree');
  const value = shape.read(tree.entries[0].value, {
    report,
    unconfirmed: (span) => told.open.push(at(span)),
    prose: ({ markdown }) => told.proses.push(markdown),
    translated: (zh, language, words) => told.translated.push(`${zh} ${language} ${words}`),
    shorthands,
  });
  return { value: value === FAULT ? 'fault' : value, ...told };
}
/** Only what is read, or the faults. */
const short = <T>(shape: Shape<T>, written: string) => {
  const { value, faults } = read(shape, written);
  return faults.length > 0 ? faults : value;
};

describe('a text', () => {
  test('is itself without blanks around it, or nothing', () => {
    expect(short(text(), '" 甲 "')).toBe('甲');
    for (const nothing of ['""', '"  "', 'todo', '"-"', '…', '同上', '[]', '{}'])
      expect(short(text(), nothing), nothing).toBeUndefined();
  });
  test('is no list and no group', () => {
    expect(read(text(), '[甲]')).toMatchObject({
      value: 'fault',
      faults: ['wrong-type 「[甲]」'],
      said: [
        { zh: '這裡寫的是一份清單（- 開頭的各項），應為一段文字。', en: 'This is a list; expected text.' },
        {
          zh: '寫成一行文字，不用括號與「- 」，例如「3 樓服務台」；有好幾行時寫在「|」之後。',
          en: 'Write it as text, without brackets and "- ", such as 3 樓服務台; several lines go behind "|".',
        },
      ],
    });
    expect(read(text(), '{甲: 乙}').said).toEqual([
      { zh: '這裡寫的是一組「名稱: 內容」，應為一段文字。', en: 'This is a group of keys; expected text.' },
      {
        zh: '寫成一行文字，不用括號與「- 」，例如「3 樓服務台」；有好幾行時寫在「|」之後。',
        en: 'Write it as text, without brackets and "- ", such as 3 樓服務台; several lines go behind "|".',
      },
    ]);
  });
  test('has its length', () => {
    expect(short(text(), '甲'.repeat(2000))).toHaveLength(2000);
    expect(short(text(), '甲'.repeat(2001))).toEqual([`out-of-bounds 「${'甲'.repeat(2001)}」`]);
    expect(short(verbatim(5), '12345')).toBe('12345');
    expect(short(verbatim(5), '123456')).toEqual(['out-of-bounds 「123456」']);
  });
  test('may be open, and that is told where it stands', () => {
    expect(read(text(), '待確認（電話）')).toMatchObject({ value: '待確認（電話）', open: ['待確認（電話）'] });
    expect(read(text(), '甲').open).toEqual([]);
    expect(read(text(), '不待確認').open).toEqual([]);
  });
});

describe('a text in several languages', () => {
  test('is the Chinese, and the others beside it', () => {
    expect(read(text(), '{中文: 規費, 英文: Fee, 越南文: Lệ phí}')).toMatchObject({
      value: '規費',
      faults: [],
      translated: ['規費 en Fee', '規費 vi Lệ phí'],
    });
    expect(read(text(), '{zh: 規費, en: Fee}').value).toBe('規費');
  });
  test('what is open in a translation is open in the Chinese, or not at all', () => {
    expect(read(text(), '{中文: 待確認, 英文: 待確認}').open).toEqual(['待確認']);
    expect(read(text(), '{中文: 規費, 英文: 待確認}').open).toEqual([]);
  });
  test('needs the Chinese, each once, and languages there are', () => {
    expect(read(text(), '{英文: Fee}')).toMatchObject({ value: 'fault', faults: ['missing-key 「{英文: Fee}」'] });
    expect(read(text(), '{中文: 規費, 英文: Fee, en: Charge}')).toMatchObject({
      value: '規費',
      faults: ['duplicate-key 「en」'],
      translated: ['規費 en Fee'],
    });
    expect(read(text(), '{中文: 規費, 英交: Fee}')).toMatchObject({
      faults: ['unknown-key 「英交」'],
      fixes: ['英交 → 英文'],
      said: [{ zh: '不認得「英交」這種語言。' }, { zh: '是不是要寫「英文」？', en: 'Did you mean "英文"?' }],
    });
    const { said, fixes } = read(text(), '{中文: 規費, 火星語言: Fee}');
    expect(said[1]?.en).toMatch(/^Languages: zh, en, /);
    expect(fixes).toEqual([]);
  });
  test('an empty translation says nothing', () => {
    expect(read(text(), '{中文: 規費, 英文: ""}').translated).toEqual([]);
    expect(read(text(), '{中文: "", 英文: Fee}')).toMatchObject({ value: undefined, translated: [] });
  });
});

describe('a text of Markdown', () => {
  const markdown = (written: string) => {
    const { value, faults } = read(prose(), written);
    return faults.length > 0 ? faults : (value as { markdown: string } | undefined)?.markdown;
  };
  test('is a paragraph, or the items of a list', () => {
    expect(markdown('甲')).toBe('甲');
    expect(markdown('[甲, 乙]')).toBe('- 甲\n- 乙');
    expect(markdown('""')).toBeUndefined();
    expect(markdown('[]')).toBeUndefined();
    expect(read(prose(), '甲').proses).toEqual(['甲']);
    expect(read(prose(), '[甲, 待確認]').open).toEqual(['待確認']);
  });
  test('is nothing else', () => {
    expect(markdown('{甲: 乙}')).toEqual(['wrong-type 「{甲: 乙}」']);
    expect(markdown('[甲, [乙]]')).toEqual(['wrong-type 「[甲, [乙]]」']);
    expect(read(prose(), '[甲, [乙]]').said[0]?.en).toBe('This is a list; expected text or a list of texts.');
  });
  test('may be said in several languages', () => {
    expect(read(prose(), '{中文: 甲, 英文: [A, B]}')).toMatchObject({ translated: ['甲 en - A\n- B'] });
  });
});

describe('yes or no', () => {
  test.each(['是', '有', '可', 'true', 'TRUE', 'yes', 'Yes'])('%s', (word) =>
    expect(short(flag(), `"${word}"`)).toBe(true),
  );
  test.each(['否', '無', '不可', 'false', 'False', 'no', 'NO'])('%s', (word) =>
    expect(short(flag(), `"${word}"`)).toBe(false),
  );
  test.each(['好', '不', '是否', 'y'])('%s is neither', (word) =>
    expect(read(flag(), word).said[0]?.en).toBe(`This is "${word}"; expected "yes" or "no".`),
  );
});

describe('a whole number', () => {
  test.each([
    ['0', 0],
    ['007', 7],
    ['1,234', 1234],
    ['12,345,678', 12_345_678],
    ['零', 0],
    ['九', 9],
    ['兩', 2],
    ['十', 10],
    ['十一', 11],
    ['二十', 20],
    ['九十九', 99],
    ['一百', 100],
    ['兩百', 200],
    ['一百零五', 105],
    ['二百五十', 250],
  ])('%s is %i', (written, n) => expect(wholeNumber(written)).toBe(n));
  test.each([
    '',
    '1.5',
    '-1',
    '1,23',
    ',123',
    '1,2345',
    '十十',
    '一二',
    '一百二',
    '甲一百',
    '一百零',
    '一百五十甲',
    '一千',
    '零十',
    '甲',
  ])('%j is none', (written) => expect(wholeNumber(written)).toBeNaN());
  test('any up to 999 in Chinese', () => {
    const digits = '零一二三四五六七八九';
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), (n) => {
        const [hundreds, tens, ones] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10];
        const head = hundreds === 0 ? '' : `${digits[hundreds]}百${tens === 0 && ones > 0 ? '零' : ''}`;
        const ten = tens === 0 ? '' : `${tens === 1 && hundreds === 0 ? '' : digits[tens]}十`;
        expect(wholeNumber(`${head}${ten}${ones === 0 ? '' : digits[ones]}`)).toBe(n);
      }),
    );
  });
  test('with its counter, and none that nobody has so many of', () => {
    for (const counter of '份張件頁冊種項次秒聲日年樓人個') expect(short(count(), `2 ${counter}`), counter).toBe(2);
    expect(short(count(), '兩公分')).toBe(2);
    expect(short(count(), '30分鐘')).toBe(30);
    for (const more of ['一式 2 份', '1 式 2 份', '1式2份', '最多 2 份', '至多2份', '各 2 份', '２份'])
      expect(short(count(), more), more).toBe(2);
    expect(short(count(), '一式')).toBe(1);
    expect(short(count(), '不各 2 份')).toEqual(['wrong-type 「不各 2 份」']);
    expect(short(count(), '份 2')).toEqual(['wrong-type 「份 2」']);
    expect(countOf('9999')).toBe(9999);
    expect(read(count(), '10000')).toMatchObject({
      value: 'fault',
      faults: ['out-of-bounds 「10000」'],
      said: [
        { zh: '「10000」太多，數目最多 9,999。', en: '"10000" is too many; a number may be 9,999.' },
        { zh: '例如「2」或「2 份」。', en: 'For example 2, or 2 份.' },
      ],
    });
  });
});

describe('a day', () => {
  test.each([
    ['2026-11-23', '2026-11-23'],
    ['2026/1/2', '2026-01-02'],
    ['2026.1.2', '2026-01-02'],
    ['115年11月23日', '2026-11-23'],
    ['中華民國115年1月2日', '2026-01-02'],
    ['民國 115 年 1 月 2 日', '2026-01-02'],
    ['115.1.2', '2026-01-02'],
    ['99-1-2', '2010-01-02'],
    ['1151123', '2026-11-23'],
    ['20261123', '2026-11-23'],
    ['2024-02-29', '2024-02-29'],
    ['1912-01-01', '1912-01-01'],
    ['民國 289年12月31日', '2200-12-31'],
  ])('%s', (written, iso) => expect(isoDate(written)).toBe(iso));
  test.each([
    '2026-13-01',
    '2026-00-01',
    '2026-02-29',
    '2026-04-31',
    '2026-1-0',
    '1911-12-31',
    '2201-01-01',
    '115年11月',
    '9年1月2日',
    '115 11 23',
    '2026-11-23x',
    'x2026-11-23',
    '11511230',
  ])('%s is none', (written) => expect(isoDate(written)).toBeUndefined());
  test('any that there is', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1912-01-01'), max: new Date('2200-12-31'), noInvalidDate: true }),
        (time) => {
          const iso = time.toISOString().slice(0, 10);
          const [year = 0, month, of] = iso.split('-').map(Number);
          expect(isoDate(iso)).toBe(iso);
          if (year - 1911 > 9) expect(isoDate(`${year - 1911}年${month}月${of}日`)).toBe(iso);
        },
      ),
    );
  });
  test('that is read is told in the language of print', () => {
    expect(short(date(), '115.11.23')).toBe('2026-11-23');
    expect(short(date(), '明天')).toEqual(['wrong-type 「明天」']);
    const translator = { values: { day: (iso: string) => `on ${iso}` } } as unknown as Translator;
    expect(day().translate?.('2026-11-23', translator, {} as Span)).toBe('on 2026-11-23');
  });
  test.each(['每年 1 月 31 日前', '2月29日', '115 年 12 月 31 日', '隨時', '4月30日至6月30日'])(
    '%s holds days there are',
    (written) => expect(short(dates(), written)).toBe(written),
  );
  test.each([
    ['每年 2 月 30 日前', '2 月 30 日'],
    ['3 月 1 日至 4 月 31 日', '4 月 31 日'],
    ['1月0日', '1月0日'],
    ['13月1日', '13月1日'],
    ['0月1日', '0月1日'],
    ['1月32日', '1月32日'],
  ])('%s holds one there is not', (written, at) => {
    expect(read(dates(), written)).toMatchObject({
      value: 'fault',
      faults: [`wrong-type 「${at}」`],
      said: [{ zh: `沒有「${at}」這一天。`, en: `There is no such day: "${at}".` }, {}],
    });
  });
});

describe('an id', () => {
  test('names files, or is told what it is instead', () => {
    expect(short(fileId(), 'a-1')).toBe('a-1');
    expect(short(fileId(), 'todo')).toBeUndefined();
    expect(short(fileId(), '""')).toBeUndefined();
    expect(short(fileId(), '[a]')).toEqual(['wrong-type 「[a]」']);
    expect(read(fileId(), '甲').said[0]?.zh).toMatch(/^這裡寫的是「甲」。/);
    expect(read(fileId(), '甲').said[0]?.en).toMatch(/^This is "甲"\. /);
    expect(short(fileId(), '".."')).not.toBeUndefined();
  });
});

describe('a list', () => {
  test('of one may be written as one', () => {
    expect(short(list(text()), '甲')).toEqual(['甲']);
    expect(short(list(text()), '[甲, "", 乙]')).toEqual(['甲', '乙']);
    expect(short(list(text()), '[]')).toBeUndefined();
    expect(short(list(text()), '[""]')).toBeUndefined();
  });
  test('is as good as what is right in it', () => {
    expect(read(list(count()), '[1, 甲, 2]')).toMatchObject({ value: [1, 2], faults: ['wrong-type 「甲」'] });
    expect(read(list(count()), '[甲]')).toMatchObject({ value: 'fault' });
  });
  test('in one line is cut at its marks, not within brackets or quotes, and not where it is open', () => {
    const several = list(text(), { split: true });
    expect(short(several, '書記官、執行員（甲、乙）')).toEqual(['書記官', '執行員（甲、乙）']);
    expect(short(several, '「夫、妻之一方」、子女')).toEqual(['夫、妻之一方', '子女']);
    expect(short(several, '「甲」、乙')).toEqual(['「甲」', '乙']);
    expect(short(several, '「甲、乙」們')).toEqual(['「甲、乙」們']);
    expect(short(several, '待確認（甲、乙）、丙')).toEqual(['待確認（甲、乙）、丙']);
    expect(short(list(text()), '書記官、執行員')).toEqual(['書記官、執行員']);
    expect(short(several, '[甲、乙, 丙]')).toEqual(['甲', '乙', '丙']);
  });
  test('goes as far as a list may go', () => {
    const of = (n: number): string => Array.from({ length: n }, (_, i) => `\n  - a${i}`).join('');
    expect(short(list(text()), of(1000))).toHaveLength(1000);
    expect(read(list(text()), of(1001)).faults).toEqual(['out-of-bounds 「a1000」']);
    expect(read(list(text()), of(1002)).value).toHaveLength(1000);
  });
  test('is translated piece by piece', () => {
    const translator = { text: (zh: string) => `${zh}!`, values: {} } as unknown as Translator;
    expect(list(text()).translate?.(['甲', '乙'], translator, {} as Span)).toEqual(['甲!', '乙!']);
    expect(list(count()).translate?.([1], translator, {} as Span)).toEqual([1]);
  });
});

describe('a group with free names', () => {
  const group = named(text());
  test('is name and value in order, with their places', () => {
    const { value, faults } = read(group, '{是: 甲, 否: 乙}');
    expect(faults).toEqual([]);
    expect((value as readonly { label: string; value: string }[]).map(({ label, value: of }) => [label, of])).toEqual([
      ['是', '甲'],
      ['否', '乙'],
    ]);
    expect(value).toMatchObject([{ at: { self: { start: 7, end: 8 }, label: { start: 4, end: 5 } } }, {}]);
  });
  test('is nothing where nothing stands, and nothing else', () => {
    expect(short(group, '{}')).toBeUndefined();
    expect(short(group, '""')).toBeUndefined();
    expect(read(group, '[甲]').said[0]?.en).toBe('This is a list; expected a group of keys.');
    expect(short(group, '{是: "", 否: 乙}')).toHaveLength(1);
    expect(read(group, `{${'名'.repeat(2001)}: 甲}`).faults).toHaveLength(1);
  });
  test('may be open as a whole', () => {
    const whole = record({ ways: { shape: group, doc: doc('', '') } }, { expected: { zh: '', en: '' } });
    expect(read(whole, '{ways: 待確認}')).toMatchObject({ value: { ways: { unconfirmed: '待確認' } }, faults: [] });
    // A list of texts is as open as its texts.
    const texts = record({ names: { shape: list(text()), doc: doc('', '') } }, { expected: { zh: '', en: '' } });
    expect(read(texts, '{names: 待確認}')).toMatchObject({ value: { names: ['待確認'] }, open: ['待確認'] });
  });
  test('is translated, names and all', () => {
    const translator = { text: (zh: string) => `${zh}!`, values: {} } as unknown as Translator;
    const span = {} as Span;
    expect(
      group.translate?.([{ label: '是', at: { self: span, label: span }, value: '甲' }], translator, span),
    ).toEqual([{ label: '是!', at: { self: span, label: span }, value: '甲!' }]);
    expect(
      named(count()).translate?.([{ label: '是', at: { self: span, label: span }, value: 1 }], translator, span),
    ).toMatchObject([{ label: '是!', value: 1 }]);
  });
});

describe('a group of keys', () => {
  const fields = {
    name: { shape: text(), doc: doc('名稱', 'name'), required: true },
    copies: { shape: count(), doc: doc('份數', 'copies') },
    note: { shape: text(), doc: doc('說明', 'note') },
  };
  const expected = { zh: '一份文件', en: 'a document' };
  const plain = record(fields, { expected });
  /** One word is a name; one with digits is none. */
  const shorthands: Reading['shorthands'] = {
    one: (written) => {
      if (/\d/.test(written)) throw new Unreadable('wrong-type', { zh: '有數字', en: 'has digits' });
      return { name: written };
    },
  };
  const values = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const { at: _, cited: __, unread, ...rest } = value as { at: object; cited: object; unread: string[] };
    return unread.length > 0 ? { ...rest, unread } : rest;
  };
  test('may be named in either language, in the order of its fields', () => {
    const { value, faults } = read(plain, '{note: 丙, 份數: 2, 名稱: 甲}');
    expect(faults).toEqual([]);
    expect(values(value)).toEqual({ name: '甲', copies: 2, note: '丙' });
    expect(Object.keys(value as object).slice(0, 3)).toEqual(['name', 'copies', 'note']);
    expect(Object.keys((value as { at: object }).at)).toEqual(['self', 'name', 'copies', 'note']);
  });
  test('what it needs is told, once', () => {
    expect(read(plain, '{份數: 2}')).toMatchObject({
      faults: ['missing-key 「{份數: 2}」'],
      said: [
        { zh: '缺少「名稱」，應寫一段文字。', en: '"名稱" (name) is missing; expected text.' },
        { zh: '加上一行「名稱: …」。', en: 'Add a line "名稱: …".' },
      ],
    });
    expect(values(read(plain, '{份數: 2}').value)).toEqual({ copies: 2, unread: ['name'] });
    expect(read(plain, '{名稱: [甲]}').faults).toEqual(['wrong-type 「[甲]」']);
    expect(read(plain, '{名稱: "", 份數: 2}').faults).toEqual(['missing-key 「""」']);
  });
  test('a value may be open, with what is to be confirmed', () => {
    const { value, open } = read(plain, '{名稱: 甲, 份數: 待確認}');
    expect(values(value)).toEqual({ name: '甲', copies: { unconfirmed: '待確認' } });
    expect(open).toEqual(['待確認']);
  });
  test('where a fact comes from stands around its value or beside all', () => {
    const around = read(plain, '{名稱: {值: 甲, 來源: 檔案法第5條, 查核日: 2026-11-23}, 份數: 2}');
    expect(around.faults).toEqual([]);
    expect(around.value).toMatchObject({
      name: '甲',
      cited: { name: [{ law: '檔案法', article: '第5條', checked: '2026-11-23' }] },
    });
    expect(Object.keys((around.value as { cited: object }).cited)).toEqual(['name']);
    expect(read(plain, '{名稱: 甲, 來源: [檔案法第5條, 檔案法第6條], 查核日: 2026-11-23}').value).toMatchObject({
      cited: {
        self: [
          { article: '第5條', checked: '2026-11-23' },
          { article: '第6條', checked: '2026-11-23' },
        ],
      },
    });
    expect(
      read(plain, '{名稱: 甲, 來源: {法規: 檔案法, 條次: 第5條, 查核日: 2020-01-01}, 查核日: 2026-11-23}').value,
    ).toMatchObject({
      cited: { self: [{ law: '檔案法', article: '第5條', checked: '2020-01-01' }] },
    });
    expect(read(plain, '{名稱: 甲}').value).toMatchObject({ cited: {} });
  });
  test('a source is a line or a group, and no list within a list', () => {
    expect(read(plain, '{名稱: 甲, 來源: [[檔案法]]}')).toMatchObject({ faults: ['wrong-type 「[檔案法]」'] });
    expect(read(plain, '{名稱: 甲, 來源: ["", 檔案法第5條]}').value).toMatchObject({
      cited: { self: [{ law: '檔案法' }] },
    });
  });
  test('a key that is not known has its right spelling, or all there are', () => {
    expect(read(plain, '{名稱: 甲, 份教: 2}')).toMatchObject({
      faults: ['unknown-key 「份教」'],
      fixes: ['份教 → 份數'],
      said: [{ en: 'Unknown key "份教".' }, { zh: '是不是要寫「份數」？', en: 'Did you mean "份數"?' }],
    });
    const { said, fixes } = read(plain, '{名稱: 甲, 完全不同的東西: 2}');
    expect(fixes).toEqual([]);
    expect(said[1]).toEqual({
      zh: '這裡可用的項目：名稱、份數、說明。',
      en: 'Keys that may stand here: name, copies, note.',
    });
    expect(read(plain, '{名稱: 甲, "份數\u3000": 2}')).toMatchObject({ fixes: ['"份數\u3000" → 份數'] });
  });
  test('twice is once too often', () => {
    expect(read(plain, '{名稱: 甲, name: 乙}')).toMatchObject({
      faults: ['duplicate-key 「name」'],
      value: { name: '甲' },
    });
  });
  test('in one line is what its shorthand says', () => {
    const brief = record(fields, { expected, short: 'one' });
    expect(values(read(brief, '甲', shorthands).value)).toEqual({ name: '甲' });
    expect(read(brief, '甲1', shorthands)).toMatchObject({
      value: 'fault',
      faults: ['wrong-type 「甲1」'],
      said: [{ en: 'has digits' }],
    });
    expect(read(brief, '待確認', shorthands).open).toEqual(['待確認']);
    expect(read(plain, '甲').said[0]?.en).toBe('This is "甲"; expected a document.');
    expect(read(brief, '甲'.repeat(2001), shorthands).faults).toHaveLength(1);
    expect(read(brief, '""', shorthands).value).toBeUndefined();
  });
  test('in one line may be said in several languages', () => {
    const brief = record(fields, { expected, short: 'one' });
    const { value, translated, faults } = read(brief, '{中文: 甲, 英文: A}', shorthands);
    expect([values(value), translated, faults]).toEqual([{ name: '甲' }, ['甲 en A'], []]);
    expect(read(brief, '{中文: 甲1, 英文: A}', shorthands)).toMatchObject({ value: 'fault', translated: [] });
    expect(read(brief, '{英文: A}', shorthands).faults).toContain('unknown-key 「英文」');
  });
  test('a bare list stands for one of its fields', () => {
    const many = record({ items: { shape: list(text()), doc: doc('', '') } }, { expected, listAs: 'items' });
    expect(values(read(many, '[甲, 乙]').value)).toEqual({ items: ['甲', '乙'] });
    expect(read(plain, '[甲]').said[0]?.en).toBe('This is a list; expected a document.');
    const either = record(
      { a: { shape: list(text()), doc: doc('', '') }, b: { shape: list(text()), doc: doc('', '') } },
      { expected, listAs: (items) => (items.length > 1 ? 'b' : 'a') },
    );
    expect([read(either, '[甲]'), read(either, '[甲, 乙]')].map(({ value }) => values(value))).toEqual([
      { a: ['甲'] },
      { b: ['甲', '乙'] },
    ]);
  });
  test('of several fields one must be there', () => {
    const one = record({ copies: fields.copies, note: fields.note }, { expected, either: ['copies', 'note'] });
    expect(read(one, '{說明: 甲}').faults).toEqual([]);
    expect(read(one, '{份數: 2}').faults).toEqual([]);
    // What cannot be read is told once.
    expect(read(one, '{份數: 甲}').faults).toEqual(['wrong-type 「甲」']);
    expect(read(one, '{來源: 檔案法}')).toMatchObject({
      faults: ['missing-key 「{來源: 檔案法}」'],
      said: [
        {
          zh: '缺少「份數」或「說明」，應寫一個數目（例如 2 或 2 份）。',
          en: '"份數" (copies) or "說明" (note) is missing; expected a whole number.',
        },
        { zh: '加上一行「份數: …」。', en: 'Add a line "份數: …".' },
      ],
    });
  });
});

describe('one line of a domain language', () => {
  const limit = shorthand('limit', { zh: '期限', en: 'a limit' }, ['3 日', '隨到隨辦']);
  const hint = (zh: string) => ({
    limit: () => {
      throw new Unreadable('unreadable-duration', { zh: '讀不懂', en: 'cannot be read' }, { zh, en: zh });
    },
  });
  test('is read by its reader, or refused with examples of the field', () => {
    expect(read(limit, '" 3 日 "', { limit: (written) => `<${String(written)}>` }).value).toBe('<3 日>');
    expect(read(limit, '三', hint('例如「x」。')).said).toEqual([
      { zh: '讀不懂', en: 'cannot be read' },
      { zh: '例如「3 日」「隨到隨辦」。', en: 'For example 3 日 or 隨到隨辦.' },
    ]);
    // What may have been meant is better than any example.
    expect(read(limit, '三', hint('是不是「3 日」？')).said[1]?.zh).toBe('是不是「3 日」？');
    expect(read(shorthand('limit', { zh: '', en: '' }), '三', hint('例如「x」。')).said[1]?.zh).toBe('例如「x」。');
  });
  test('is nothing where nothing stands, and no list', () => {
    expect(read(limit, '""', { limit: () => 1 }).value).toBeUndefined();
    expect(read(limit, '[3 日]', { limit: () => 1 }).said[0]?.en).toBe('This is a list; expected a limit.');
    expect(read(limit, '3 日').said[0]?.en).toBe('This is "3 日"; expected a limit.');
    expect(read(limit, '三'.repeat(2001), { limit: () => 1 }).faults).toHaveLength(1);
  });
  test('an error of ours is no fault of the text', () => {
    expect(() =>
      read(limit, '3 日', {
        limit: () => {
          throw new TypeError('ours');
        },
      }),
    ).toThrow('ours');
  });
});

describe('pieces of a text', () => {
  const source = { path: 'a', text: 'x: 甲、乙（丙、丁），戊' };
  test('have their places, which are those of the whole where it is written otherwise', () => {
    const whole = source.text.slice(3);
    const span = { source, start: 3, end: source.text.length };
    expect(
      pieces(whole, span).map(({ text: piece, span: { start, end } }) => [piece, source.text.slice(start, end)]),
    ).toEqual([
      ['甲', '甲'],
      ['乙（丙、丁）', '乙（丙、丁）'],
      ['戊', '戊'],
    ]);
    expect(pieces('甲、別', span).map(({ span: at }) => at)).toEqual([span, span]);
    expect(pieces('、 甲 、、', span).map(({ text: piece }) => piece)).toEqual(['甲']);
  });
  test('no mark within 「」 or () cuts', () => {
    const span = { source, start: 0, end: 0 };
    for (const one of ['「甲、乙」', '(甲、乙)', '（甲，乙）']) expect(pieces(one, span)).toHaveLength(1);
  });
  test.each([
    ['委任書（正本）', { before: '委任書', inside: '正本' }],
    ['委任書(正本)', { before: '委任書', inside: '正本' }],
    ['委任書（狀）（正本）', { before: '委任書（狀）', inside: '正本' }],
    ['委任書 （）', { before: '委任書', inside: '' }],
    ['委任書（正本）等', undefined],
    ['（正本）', undefined],
    ['委任書', undefined],
    ['委任書）', undefined],
  ])('the last bracket of %s', (written, expected) => expect(lastBracket(written)).toEqual(expected));
  test('are quoted in short, by their first line', () => {
    expect(quote(` ${'甲'.repeat(24)} `)).toBe('甲'.repeat(24));
    expect(quote('甲'.repeat(25))).toBe(`${'甲'.repeat(24)}…`);
    expect(quote('甲\n乙')).toBe('甲');
  });
  test('what a slip may have meant is near', () => {
    expect(nearest('規費用', ['規費', '辦理時限'])).toBe('規費');
    expect(nearest('abcdef', ['abcxyz', 'abcdxy'])).toBe('abcdxy');
    expect(nearest('abcdef', ['abcxyz'])).toBeUndefined();
    expect(nearest('甲', ['乙'])).toBeUndefined();
    expect(nearest('甲', [])).toBeUndefined();
    expect(nearest('a'.repeat(101), ['a'.repeat(101)])).toBeUndefined();
    expect(nearest('a'.repeat(100), ['a'.repeat(99)])).toBe('a'.repeat(99));
  });
  test.each(['', ' ', 'TODO', 'n/a', 'NA', 'xxx', '——', '？', '待補', '詳附表', '見附件', 'null'])(
    '%j says nothing',
    (word) => expect(isPlaceholder(word)).toBe(true),
  );
  test.each(['無', '免附', 'x', 'todos', '待補正', '見附件一', '略式'])('%j says something', (word) =>
    expect(isPlaceholder(word)).toBe(false),
  );
});

describe('the place of a piece of Markdown', () => {
  const at = (file: string, markdown: string, from: number, to: number) => {
    const source = { path: 'a', text: file };
    const start = file.indexOf(':') + 2;
    const found = placeIn({ markdown, span: { source, start, end: file.length } }, from, to);
    return file.slice(found.start, found.end);
  };
  test('is where it stands, also in an indented block, else the whole', () => {
    expect(at('備註: 甲乙丙', '甲乙丙', 1, 2)).toBe('乙');
    expect(at('備註: |\n  甲\n  乙丙\n', '甲\n乙丙', 2, 3)).toBe('乙丙');
    expect(at('備註: |\n  甲\n  乙丙', '甲\n乙丙', 0, 1)).toBe('甲');
    expect(at('備註: >\n  甲\n  乙\n', '甲 乙', 2, 3)).toBe('>\n  甲\n  乙\n');
    expect(at('備註: "甲\\n乙"', '甲\n乙', 2, 3)).toBe('"甲\\n乙"');
  });
});
