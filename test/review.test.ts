// The yearly review: what is due on a day, and what services ask of people, on contents small enough to count by hand.
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { parse } from '../src/content/parse.js';
import type { Handbook } from '../src/content/schema/model.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { burdenOf } from '../src/review/burden.js';
import { dueOn } from '../src/review/due.js';
import { deadLinks, isInner, linksIn } from '../src/review/links.js';
import { contentOf } from './revision/books.js';

const OFFICE = {
  名稱: '範例分署',
  簡稱: '本分署',
  地址: '範例路1號',
  單位: ['秘書室'],
  職稱: ['書記官', '分署長'],
  當事人: ['申請人'],
  相關機關: [{ 名稱: '移送機關' }],
};
const BOOK = { 書名: '手冊', 版次: '初版', 日期: '115年11月23日', 複查週期: '1 年' };
const SERVICE = {
  名稱: '閱覽',
  承辦單位: '秘書室',
  申請人: '申請人',
  應備證件: '無',
  規費: '免費',
  辦理時限: '5 日',
  審核權責: '分署長',
};

function handbook(services: Readonly<Record<string, object>>, book: object = {}): Handbook {
  const read = parse(
    contentOf({
      office: stringify(OFFICE),
      book: stringify({ ...BOOK, ...book }),
      services: Object.fromEntries(
        Object.entries(services).map(([id, service]) => [`${id}.yaml`, stringify({ ...SERVICE, ...service })]),
      ),
      chapters: {},
    }),
    parseMarkdown,
  );
  expect(read.faults).toEqual([]);
  return read;
}

describe('what is due', () => {
  const cited = (day?: string) => ({
    法令依據: [{ 法規: '檔案法', 條次: '第17條', ...(day === undefined ? {} : { 查核日: day }) }],
  });
  test('a source is due from the day after its time, and not before', () => {
    const book = handbook({ a: cited('2025-11-28') });
    expect(dueOn(book, '2026-11-28').sources).toEqual([]);
    expect(dueOn(book, '2026-11-29').sources).toMatchObject([
      { name: '檔案法', checked: '2025-11-28', until: '2026-11-28', cited: 1 },
    ]);
  });
  test('the last look at a law counts, under its short name and in the list of laws too', () => {
    const laws = { 法規清單: [{ 名稱: '檔案法', 查核日: '2026-06-01' }] };
    expect(dueOn(handbook({ a: cited('2020-01-01') }, laws), '2026-11-28').sources).toEqual([]);
    expect(dueOn(handbook({ a: cited() }), '2026-11-28').sources).toMatchObject([{ name: '檔案法', cited: 1 }]);
    expect(dueOn(handbook({ a: cited() }), '2026-11-28').sources[0]).not.toHaveProperty('until');
  });
  test('a service is due when its confirmation is too old, has no day, or is not there; a pause when it is over', () => {
    const found = dueOn(
      handbook({
        fresh: { 承辦確認: '秘書室（115年11月1日）' },
        old: { 承辦確認: '秘書室（113年11月1日）' },
        undated: { 承辦確認: '秘書室' },
        paused: { 承辦確認: '秘書室（115年11月1日）', 狀態: { 狀態: '暫停', 迄日: '115年10月31日' } },
        none: {},
      }),
      '2026-11-28',
    ).services.map(({ service, why }) => [service.id, why]);
    expect(found).toEqual([
      ['none', 'unconfirmed'],
      ['old', 'overdue'],
      ['paused', 'pause-ended'],
      ['undated', 'undated'],
    ]);
  });
  test('a document has a basis of its own, or of its list; what the office looks up needs none', () => {
    const found = dueOn(
      handbook({
        a: {
          應備證件: [
            { 名稱: '申請書', 依據: '檔案法第17條' },
            { 名稱: '委任書', 來源: '檔案法第18條' },
            { 名稱: '戶籍謄本', 免附: '由本分署查詢' },
            '收據',
          ],
        },
        b: { 應備證件: { 值: ['申請書'], 來源: '檔案法第17條' } },
      }),
      '2026-11-28',
    ).documents.map(({ service, name }) => [service.id, name]);
    expect(found).toEqual([['a', '收據']]);
  });
  test('a limit of a channel that is not offered is never reached; one longer than all its steps could be shorter', () => {
    const steps = (...times: string[]) => ({
      申請程序: [
        '提出申請書（申請人）',
        `審核（書記官，${times[0]}）`,
        `核定（分署長，${times[1]}）`,
        { 結束: '通知申請人' },
      ],
    });
    const limits = (service: object) => dueOn(handbook({ a: service }), '2026-11-28').limits;
    expect(limits(steps('2 日', '1 日'))).toMatchObject([{ why: 'shorter', limit: '5 日', steps: '3 日' }]);
    expect(limits(steps('2 日', '3 日'))).toEqual([]);
    expect(limits({ 申請方式: ['臨櫃', '郵寄'], 辦理時限: { 臨櫃: '1 日', 網路: '3 日' } })).toMatchObject([
      { why: 'never', kind: 'limit', name: '網路' },
    ]);
  });
});

describe('the burden', () => {
  const papers = {
    應備證件: [
      { 名稱: '申請書', 份數: 2 },
      { 名稱: '戶籍謄本', 依據: '檔案法第17條' },
      { 名稱: '委任書', 條件: '委託他人時' },
      { 名稱: '納稅證明', 免附: '由本分署查詢' },
    ],
    申請程序: [
      '到場提出申請書（申請人）',
      '審查（書記官）',
      '核轉（分署長）',
      { 步驟: '查復', 權責: '移送機關' },
      '到場領取（申請人）',
      { 結束: '歸檔', 權責: '書記官' },
    ],
  };
  const { services, proposals, shared, overlaps } = burdenOf(
    handbook({
      a: { ...papers, 相關服務: ['b'] },
      b: { ...papers, 名稱: '抄錄', 相關服務: ['a'] },
      c: { 名稱: '查詢', 應備證件: ['申請書'] },
    }),
  );
  test('counts papers, copies, visits, steps and hands of the case with the most', () => {
    expect(services[0]).toMatchObject({
      documents: { least: 2, most: 3 },
      copies: { most: 4, open: false },
      waived: 1,
      visits: { times: 2, declared: false },
      steps: { all: 6, own: 2, within: ['審查', '核轉', '歸檔'], hands: 2 },
    });
  });
  test('names what is in a register, and proposes it to who made the rule', () => {
    expect(services[0]?.lookups).toMatchObject([{ name: '戶籍謄本', from: { holder: 'household' } }]);
    expect(proposals.filter(({ service }) => service.id === 'a')).toMatchObject([
      { kind: 'lookup', name: '戶籍謄本', basis: ['檔案法第17條'] },
      { kind: 'step', step: '查復', office: '移送機關' },
    ]);
  });
  test('tells once what two services that go together ask for, and that they are much the same', () => {
    expect(services.map(({ twice }) => twice.map(({ name, where }) => [name, ...where]))).toEqual([
      [
        ['申請書', '抄錄'],
        ['戶籍謄本', '抄錄'],
      ],
      [],
      [],
    ]);
    expect(shared).toMatchObject([{ name: '申請書', services: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }]);
    expect(overlaps).toMatchObject([{ one: { id: 'a' }, other: { id: 'b' } }]);
  });
});

describe('links', () => {
  test('are those of the web, each once; those that do not answer are told in order', async () => {
    const links = linksIn(
      handbook({
        a: {
          申請方式: [{ 名稱: '網路', 網址: 'https://example.org/a' }],
          法令依據: ['檔案法第17條 https://example.org/b'],
        },
        b: { 注意事項: '見[網頁](https://example.org/a)及[信箱](mailto:a@example.org)。' },
      }),
    );
    expect(links.map(({ url }) => url)).toEqual(['https://example.org/a', 'https://example.org/b']);
    const found = await deadLinks(links, async (url) =>
      url.endsWith('b') ? { why: 'status', status: 404 } : undefined,
    );
    expect(found).toMatchObject([{ url: 'https://example.org/b', status: 404 }]);
  });
  test('no address of an inner network is asked', () => {
    for (const inner of [
      '127.0.0.1',
      '10.1.2.3',
      '192.168.0.1',
      '169.254.169.254',
      '::1',
      'fd00::1',
      '::ffff:10.0.0.1',
      '0.0.0.0',
    ])
      expect([inner, isInner(inner)]).toEqual([inner, true]);
    for (const outer of ['8.8.8.8', '172.32.0.1', '2606:4700::1111'])
      expect([outer, isInner(outer)]).toEqual([outer, false]);
  });
});
