// What an error keeps from being printed, field by field and file by file.
import { beforeAll, expect, test } from 'vitest';
import { compile } from '../src/build/api.js';
import { allOutputs, languagesNamed } from '../src/build/compile.js';
import type { Content } from '../src/content/read.js';
import type { Diagnostic } from '../src/core/diagnostic.js';
import type { Source } from '../src/core/source.js';
import { holdsOf } from '../src/document/held-back.js';
import type { Output } from '../src/document/output.js';
import type { About } from '../src/document/sheet.js';

const source = (path: string, text: string): Source => ({ path: `content/${path}`, text });
const office = source(
  'office.yaml',
  '名稱: 分署\n電話: 02-1234\n標誌: logo.svg\n職務代理人:\n  - {職稱: 書記官, 代理人: 執行員}\n電話禮貌:\n  - {情形: 接聽, 用語: 您好}\n',
);
const book = source(
  'handbook.yaml',
  '書名: 手冊\n版次: 初版\n編印日期: 2026-11-23\n服務類別:\n  - {名稱: 甲類, 服務: [a]}\n修訂沿革:\n  - {版次: 初版, 修訂內容: 訂定}\n"流程圖總覽":\n  - 編號: overall\n    名稱: 總流程\n',
);
const service = (id: string) =>
  source(`services/${id}.yaml`, '名稱: 甲\n應備證件: 無\n規費: 免費\n辦理時限: 3 日\n審核權責: 主任\n');
const content: Content = {
  office,
  book,
  services: [service('a'), service('b')],
  chapters: [],
  formFiles: [],
  translations: [],
  faults: [],
};

let outputs: ReadonlyMap<string, Output>;
let handbook: Awaited<ReturnType<typeof compile>>['handbook'];
beforeAll(async () => {
  outputs = await allOutputs();
  ({ handbook } = await compile(content));
});

/** An error at `quote` in a file. */
const errorAt = (file: Source, quote: string, rule = 'wrong-type'): Diagnostic => {
  const start = file.text.indexOf(quote);
  if (start === -1) throw new Error(`no ${quote}`);
  const of = [office, book, ...content.services].find(({ path }) => path === file.path) ?? file;
  return {
    rule,
    severity: 'error',
    span: { source: of, start, end: start + quote.length },
    message: { zh: '錯', en: 'wrong' },
  };
};
/** The outputs whose sheets that speak of all, or as `about` says, are held back. */
const held = (error: Diagnostic, about?: About, lang = 'zh'): string[] => {
  const holds = holdsOf([error], handbook, { root: 'content', outputs, languages: languagesNamed(lang) });
  return [...outputs.keys()].filter((name) => holds.of(name, about).length > 0);
};
const everything = () => [...outputs.keys()];

test('an error in a service holds back what speaks of it or of all', () => {
  const error = errorAt(service('a'), '規費');
  expect(held(error)).toEqual(everything());
  expect(held(error, { service: 'a' })).toEqual(everything());
  expect(held(error, { of: ['b', 'a'] })).toEqual(everything());
  expect(held(error, { service: 'b' })).toEqual([]);
  expect(held(error, { of: [] })).toEqual([]);
});

test('a file among the services that cannot be read speaks for the service of its name', () => {
  const error = errorAt(source('services/c.yaml', 'x'), 'x', 'encoding');
  expect([held(error, { service: 'c' }).length, held(error, { service: 'a' })]).toEqual([outputs.size, []]);
});

test.each([
  ['office.yaml', '02-1234', 'everything'],
  ['office.yaml', '書記官', ['deputies', 'handbook']],
  ['office.yaml', '接聽', ['audit', 'telephone']],
  ['handbook.yaml', '手冊', 'everything'],
  ['handbook.yaml', '訂定', ['handbook']],
  ['handbook.yaml', '甲類', ['cards', 'hall', 'handbook', 'leaflets', 'posters', 'practices']],
  ['handbook.yaml', '總流程', ['flowcharts', 'handbook', 'overall']],
] as const)('an error in %s at %s holds back %s', (file, quote, names) => {
  const error = errorAt(file === 'office.yaml' ? office : book, quote);
  expect(held(error)).toEqual(names === 'everything' ? everything() : [...names]);
});

test('an unknown service in a category leaves the posters of those that stand in one', () => {
  const error = errorAt(book, '[a]', 'unknown-reference');
  const all = ['cards', 'hall', 'handbook', 'leaflets', 'posters', 'practices'];
  expect([held(error), held(error, { of: ['a'] })]).toEqual([all, all]);
  expect(held(error, { service: 'a' })).toEqual([]);
  expect(held(error, { service: 'b' })).toEqual(all);
});

test('a chart of the book touches no flowchart of a service', () => {
  expect(held(errorAt(book, '總流程'), { service: 'a' })).not.toContain('flowcharts');
  expect(held(errorAt(book, '總流程'), { of: ['overall'] })).toContain('flowcharts');
});

test.each([
  ['chapters/welcome.md', ['handbook']],
  ['templates/notices/notice.css', ['notices']],
  ['templates/posters/sheet.css', ['courtesy', 'duties', 'hall', 'overall', 'posters', 'standards']],
  ['templates/desk/desk.css', 'everything'],
  ['templates/樣式.yaml', 'everything'],
  ['images/logo.svg', 'everything'],
  ['images/other.svg', []],
  ['office.yml', 'everything'],
] as const)('an error in %s holds back %s', (path, names) => {
  const of = source(path, 'x');
  const error: Diagnostic = {
    rule: 'wrong-type',
    severity: 'error',
    span: { source: of, start: 0, end: 1 },
    message: { zh: '錯', en: 'wrong' },
  };
  expect(held(error)).toEqual(names === 'everything' ? everything() : [...names]);
});

test('a translation holds back its language', () => {
  const error = errorAt(source('translations/vi.yaml', 'x'), 'x');
  expect(held(error)).toEqual([]);
  expect(held(error, undefined, 'zh,vi')).toEqual(everything());
  expect(held(error, undefined, 'en')).toEqual([]);
});
