// Two editions beside one another: what counts as a change, and that nothing depends on how a content is written.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { read } from '../../src/content/read.js';
import { changesIn, compare, type Revision } from '../../src/revision/compare.js';
import type { Edition } from '../../src/revision/meaning.js';
import { randomService } from '../random-service.js';
import {
  asMarkdown,
  BOOK,
  changed,
  contentOf,
  editionOf,
  editionOfContent,
  FULL,
  numbersFrom,
  OFFICE,
  rewritten,
} from './books.js';

/** What changed, a line each: `應備證件 − 委任書`. */
const linesOf = (revision: Revision): string[] => [
  ...revision.subjects.flatMap(({ mark, renamed, moved, before, after }) => [
    ...(mark === 'added' ? [`+ ${after?.id}`] : mark === 'removed' ? [`- ${before?.id}`] : []),
    ...(renamed ? [`${before?.id} = ${after?.id}`] : []),
    ...(moved ? [`~ ${after?.id}`] : []),
  ]),
  ...changesIn(revision).flatMap(({ subject, field, mark, before, after }) =>
    subject.mark === 'changed'
      ? [
          `${field.label || subject.after?.name} ${SIGN[mark]} ${[before?.text, after?.text].filter(Boolean).join(' > ')}`,
        ]
      : [],
  ),
];
const SIGN = { added: '+', removed: '-', changed: '=', moved: '~', same: '' };

const oneService = (before: object, after: object): string[] =>
  linesOf(
    compare(
      editionOf({ services: { a: { 名稱: '甲', ...before } } }),
      editionOf({ services: { a: { 名稱: '甲', ...after } } }),
    ),
  );

describe('what changed', () => {
  test('a document that came, went, was said otherwise or stands elsewhere', () => {
    expect(oneService({ 應備證件: ['申請書', '委任書'] }, { 應備證件: ['申請書'] })).toEqual(['應備證件 - 委任書']);
    expect(oneService({ 應備證件: ['申請書'] }, { 應備證件: ['申請書', '委任書'] })).toEqual(['應備證件 + 委任書']);
    expect(oneService({ 應備證件: ['國民身分證'] }, { 應備證件: ['國民身分證影本'] })).toEqual([
      '應備證件 = 國民身分證 > 國民身分證影本',
    ]);
    expect(oneService({ 應備證件: ['甲', '乙', '丙'] }, { 應備證件: ['丙', '甲', '乙'] })).toEqual([
      '應備證件 ~ 丙 > 丙',
    ]);
  });
  test('a charge, a limit, who decides', () => {
    expect(oneService({ 規費: [{ 項目: '影印', 金額: '2 元' }] }, { 規費: [{ 項目: '影印', 金額: '3 元' }] })).toEqual([
      '規費 = 影印（2 元） > 影印（3 元）',
    ]);
    expect(oneService({ 辦理時限: '3 日' }, { 辦理時限: '5 日' })).toEqual(['辦理時限 = 期限：3 日 > 期限：5 日']);
    expect(oneService({ 審核權責: '分署長' }, { 審核權責: '書記官' })).toEqual([
      '審核權責 = 核定：分署長 > 核定：書記官',
    ]);
  });
  test('a step and where it leads', () => {
    const steps = (...more: object[]) => ({
      申請程序: [{ 開始: '申請' }, { 步驟: '審查', 權責: '書記官' }, ...more, { 結束: '發給' }],
    });
    expect(oneService(steps(), steps({ 步驟: '核定', 權責: '分署長' }))).toEqual(['申請程序 + 核定（權責：分署長）']);
    const asked = (no: string) => ({
      申請程序: [
        { 開始: '申請' },
        { 判斷: '齊備？', 分支: { 是: '發給', 否: no } },
        { 步驟: '補正' },
        { 結束: '發給' },
      ],
    });
    expect(oneService(asked('補正'), asked('申請'))).toEqual([
      '申請程序 = 齊備？　是 → 發給；否 → 補正 > 齊備？　是 → 發給；否 → 申請',
    ]);
  });
  test('a service that came, went, was renamed or moved', () => {
    const [a, b] = [
      { 名稱: '甲', 應備證件: ['申請書', '委任書'], 規費: '免費' },
      { 名稱: '乙', 規費: '100 元', 注意事項: '準時' },
    ];
    expect(linesOf(compare(editionOf({ services: { a } }), editionOf({ services: { a, b } })))).toEqual(['+ b']);
    expect(linesOf(compare(editionOf({ services: { a, b } }), editionOf({ services: { b } })))).toEqual(['- a']);
    expect(linesOf(compare(editionOf({ services: { a, b } }), editionOf({ services: { c: a, b } })))).toEqual([
      'a = c',
      '~ c',
    ]);
    expect(
      linesOf(compare(editionOf({ services: { a } }), editionOf({ services: { a: { ...a, 名稱: '丙' } } }))),
    ).toEqual(['a = a', '名稱 = 甲 > 丙']);
  });
  test('a paragraph of a chapter', () => {
    const chapter = (text: string) => ({ chapters: { '10-a.md': `# 服務台\n\n第一段。\n\n${text}\n` } });
    expect(linesOf(compare(editionOf(chapter('應於6日內回復。')), editionOf(chapter('應於10日內回復。'))))).toEqual([
      '服務台 = 應於6日內回復。 > 應於10日內回復。',
    ]);
  });
  test('a unit by another name', () => {
    const after = { ...OFFICE, 單位: ['執行一科', '秘書科', '服務台', '承辦股'] };
    expect(linesOf(compare(editionOf({}), editionOf({ office: after })))).toEqual(['單位 = 秘書室 > 秘書科']);
  });
});

describe('what is no change', () => {
  test.each([
    ['臺中分署的服務臺', '台中分署的服務台'],
    ['時間：上午', '時間︰上午'],
    ['３ 份（正本）', '3份(正本)'],
    ['申請書 或 委任書', '申請書或委任書'],
    ['「要點」', '“要點”'],
    ['限期 3–5 日', '限期 3-5 日'],
  ])('%s is %s', (one, other) => {
    expect(oneService({ 摘要: one }, { 摘要: other })).toEqual([]);
  });
  test('the day on which a source was looked up, the edition, the date', () => {
    const at = (day: string) => ({ 摘要: { 值: '甲', 來源: '行政執行法第9條', 查核日: day } });
    expect(oneService(at('115年1月1日'), at('115年5月1日'))).toEqual([]);
    expect(
      linesOf(compare(editionOf({}), editionOf({ book: { ...BOOK, 版次: '二版', 日期: '116年1月1日' } }))),
    ).toEqual([]);
  });
  test.each([
    ['規費: 每份 100 元', '規費:\n  明細:\n    - {金額: 100 元, 單位: 每份}'],
    ['規費: 免費', '規費: {免費: 是}'],
    ['辦理時限: 3 工作日', '辦理時限: {期限: 3 工作日}'],
    ['審核權責: 分署長', '審核權責: {核定: [分署長]}'],
    ['應備證件: [委任書（正本，1 份）]', '應備證件:\n  - 名稱: 委任書\n    形式: 正本\n    份數: 1 份'],
    [
      '申請程序: [開始: 申請（申請人）, 審查（書記官，3 日）]',
      '申請程序:\n  - {開始: 申請, 權責: 申請人}\n  - {步驟: 審查, 權責: 書記官, 時限: 3 日}',
    ],
    ['法令依據: 行政執行法第9條', '法令依據: [{法規: 行政執行法, 條次: 第9條}]'],
    ['申請人: 義務人', '申請人: [{對象: 義務人}]'],
    ['注意事項: |\n  * 甲\n  * 乙', '注意事項: |\n  - **甲**\n  - 乙'],
  ])('%s is %s', (short, long) => {
    const edition = (text: string): Edition =>
      editionOfContent(
        contentOf({
          office: stringify(OFFICE),
          book: stringify(BOOK),
          services: { 'a.yaml': `名稱: 甲\n${text}\n` },
          chapters: {},
        }),
      );
    expect(linesOf(compare(edition(short), edition(long)))).toEqual([]);
  });
});

describe('whatever the content', () => {
  const seeds = { numRuns: 40 };
  test('the shipped book beside itself has no change', () => {
    const edition = editionOfContent(read('content', process.cwd()));
    expect(edition.subjects.length).toBeGreaterThan(20);
    expect(linesOf(compare(edition, edition))).toEqual([]);
  });
  test('a service of the whole schema beside itself has no change', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { yaml, units } = randomService(seed, 0.7, 1);
        const edition = editionOfContent(
          contentOf({
            office: stringify({ ...OFFICE, 單位: units }),
            book: stringify(BOOK),
            services: { 'a.yaml': yaml },
            chapters: {},
          }),
        );
        expect(linesOf(compare(edition, edition))).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });
  test('written in another order, with other keys, in long forms or as Markdown it is the same', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const next = numbersFrom(seed);
        const service = changed(FULL, next);
        const before = editionOf({ services: { a: service } });
        const keys = editionOf({ services: { a: rewritten(service, next) } });
        const markdown = editionOf({ services: { a: service } }, (each) => ({ end: 'md', text: asMarkdown(each) }));
        expect(linesOf(compare(before, keys))).toEqual([]);
        expect(linesOf(compare(before, markdown))).toEqual([]);
      }),
      seeds,
    );
  });
  test('the way back is the way there, mirrored', () => {
    const mirror = { added: 'removed', removed: 'added', changed: 'changed', moved: 'moved', same: 'same' };
    const told = (revision: Revision, back: boolean): string[] =>
      revision.subjects
        .flatMap((subject) => [
          JSON.stringify([
            subject.renamed,
            subject.moved,
            back ? mirror[subject.mark] : subject.mark,
            ...(back ? [subject.after?.id, subject.before?.id] : [subject.before?.id, subject.after?.id]),
          ]),
          ...subject.fields.flatMap(({ name, items }) =>
            items.map(({ mark, moved, before, after }) =>
              JSON.stringify([
                subject.kind,
                name,
                back ? mirror[mark] : mark,
                moved,
                ...(back ? [after?.same, before?.same] : [before?.same, after?.same]),
              ]),
            ),
          ),
        ])
        .sort();
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const next = numbersFrom(seed);
        const book = () => ({
          services: Object.fromEntries(
            ['a', 'b', 'c', 'd'].flatMap((id) =>
              next() < 0.2
                ? []
                : [[next() < 0.1 ? `${id}x` : id, changed({ ...FULL, 名稱: `服務${id}`, 摘要: `${id}的摘要` }, next)]],
            ),
          ),
        });
        const [one, other] = [editionOf(book()), editionOf(book())];
        expect(told(compare(other, one), true)).toEqual(told(compare(one, other), false));
      }),
      seeds,
    );
  });
});
