// Where the handbook's pages change: at the width of a running head, at the size of a chart, at the twelfth thumb tab.
import { describe, expect, test } from 'vitest';
import { html } from '../../src/core/html.js';
import type { Chart } from '../../src/document/context.js';
import { svgElement } from '../../src/document/drawing.js';
import { chartFit, yieldOf } from '../../src/outputs/handbook/chart-pages.js';
import { type BookContext, bookContextOf, numeral, type Run } from '../../src/outputs/handbook/context.js';
import { lawsPart } from '../../src/outputs/handbook/laws.js';
import { pageRules } from '../../src/outputs/handbook/page-styles.js';
import { doubtsIn, formsIn } from '../../src/outputs/handbook/record.js';
import { inLine } from '../../src/outputs/handbook/tables.js';
import { BOOK, SERVICE } from '../office.js';
import { kitFor, type Options, plain } from './kit.js';

const book = (services: Record<string, string> = {}, options?: Options): BookContext =>
  bookContextOf(kitFor({ 'services/archives.yaml': SERVICE, ...services }, options), 'paper');
const rulesOf = (leaf: Partial<Run>): string =>
  String(pageRules(book(), [{ name: 'p', left: '壹、甲', head: '', ends: [], body: html``, ...leaf }]));

describe('a running head', () => {
  // A4 leaves 168 mm: half of it less 7 mm, for characters of 2.83 mm.
  test.each([
    [26, '一'.repeat(26)],
    [27, '一'.repeat(27)],
    [28, `${'一'.repeat(26)}…`],
  ])('of %i characters is as long as there is room', (length, head) => {
    expect(rulesOf({ head: '一'.repeat(length) })).toContain(`@top-right { content: "${head}" }`);
  });
  test('is text, whatever is in it', () => {
    expect(rulesOf({ head: '"}</style>' })).toContain('content: "\\22 }\\3c /style\\3e "');
  });
});

describe('thumb tabs', () => {
  test.each([
    [0, '一', 0],
    [1, '二', 17],
    [11, '十二', 187],
    [12, '十三', 0],
  ])('of category %i stands below those before it, twelve to an edge', (tab, label, top) => {
    const rules = rulesOf({ tab });
    // The colour and the sign of a category, where there is one.
    expect(rules).not.toContain('background-color');
    const marked = rulesOf({ tab, mark: { name: '', colour: '#1b575a', sign: html``, path: 'M1 2' } });
    expect(marked).toMatch(/background-color: #1b575a; background-image: url\("data:image\/svg\+xml,[^"]*M1%202/);
    expect(rules).toContain(`@page p:right { @right-top { content: "${label}"; margin-top: ${top}mm; } }`);
    expect(rules).toContain(`@page p:left { @left-top { content: "${label}"; margin-top: ${top}mm; } }`);
  });
  test('are on another paper of the leaf only where that has the edge of the book', () => {
    const size = { width: 100, height: 100, margins: { top: 1, outer: 10, bottom: 1, inner: 1 } };
    const turned = [
      { name: 'edge', size, tabbed: true },
      { name: 'none', size, tabbed: false },
    ];
    const rules = rulesOf({ tab: 0, turned });
    expect(rules).toContain('@page edge:right { @right-top { content');
    expect(rules).not.toContain('@page none:right { @right-top { content');
    expect(rules).toContain('@page none { size: 100mm 100mm;');
  });
});

describe('a chart on A4', () => {
  const context = book();
  const fitOf = (width: number, height: number) => {
    const drawing = { id: 'a', tree: svgElement('svg', {}), width, height };
    const chart: Chart = {
      id: 'a',
      title: '甲',
      drawing,
      diagram: { id: 'a', title: '甲', mermaid: '', given: false },
    };
    return { chart, fit: chartFit(context, chart, 's-a') };
  };
  // 168 mm wide and 241 mm high below its heading; text of 16 px is 12 pt at its natural size.
  test.each([
    [846, 400, 9, undefined],
    [848, 400, 8.99, undefined],
    [952, 400, 8, undefined],
    [953, 400, 8.25, 's-a-full'],
    [400, 1214, 9, undefined],
    [400, 1216, 8.99, undefined],
    [400, 1366, 8, undefined],
    [400, 1367, 8.34, 's-a-full'],
  ])('of %i by %i px has text of %d pt on page %s', (width, height, size, page) => {
    const { fit } = fitOf(width, height);
    expect(Number(((fit?.scale ?? 0) * 12).toFixed(2))).toBe(size);
    expect(fit?.turned?.name).toBe(page);
    expect(fit?.pieces).toHaveLength(1);
  });
  test('may be set smaller only where it is whole on a page of the book', () => {
    const own = fitOf(806, 400);
    expect(yieldOf(context, own.chart, own.fit, 'e-a')).toEqual({
      after: 'e-a',
      tall: 79.375,
      least: 0.889,
      room: 259,
    });
    const full = fitOf(953, 400);
    expect(yieldOf(context, full.chart, full.fit, 'e-a')).toBeUndefined();
    expect(yieldOf(context, own.chart, undefined, 'e-a')).toBeUndefined();
  });
  test('has no place on a screen', () => {
    const { chart } = fitOf(806, 400);
    expect(chartFit({ ...context, medium: 'screen' }, chart, 's-a')).toBeUndefined();
  });
});

test('an outline is numbered as offices do, in English by figures', () => {
  const numbers = (context: BookContext) => ([1, 2, 3, 4] as const).map((level) => numeral(context, level, 11));
  expect(numbers(book())).toEqual(['拾壹、', '十一、', '（十一）', '11. ']);
  expect(numbers(book({}, { lang: 'en' }))).toEqual(['11. ', '11. ', '(11) ', '11. ']);
});

describe('a written record', () => {
  test('names every 待確認 by the fields that lead to it', () => {
    const context = book();
    const record = {
      fee: {
        lines: [
          { item: '影印', amount: { unconfirmed: '待確認' } },
          { item: '光碟', note: '待確認（向秘書室查）' },
        ],
      },
      notes: { markdown: '甲\n- 待確認：乙' },
      at: { unconfirmed: '待確認' },
    };
    expect(doubtsIn(context, record)).toEqual([
      { within: '規費 › 影印', field: '金額', text: '待確認' },
      { within: '規費 › 光碟', field: '說明', text: '待確認（向秘書室查）' },
      { within: '', field: '注意事項', text: '待確認：乙' },
    ]);
  });
  test('uses forms wherever they are named, but not where it was written', () => {
    const record = { forms: ['a'], documents: { items: [{ form: 'b', oneOf: [{ form: 'c' }] }] }, at: { form: 'd' } };
    expect([...formsIn(record)]).toEqual(['a', 'b', 'c']);
  });
});

test('the provisions of a law stand once each in the order of the law, under its whole name', () => {
  const context = book({
    'handbook.yaml': `${BOOK}法規清單: [{名稱: 行政執行法, 簡稱: 本法}]\n`,
    'services/a.yaml': '名稱: 甲\n法令依據: [行政執行法第31條, 本法第9條第1項, 行政執行法第9條第1項]\n',
  });
  const rows = String(lawsPart(context)?.body).split('<tr>').map(plain);
  expect(rows.filter((row) => row.startsWith('行政執行法'))).toHaveLength(1);
  expect(rows.find((row) => row.startsWith('行政執行法'))).toContain('第9條第1項、第31條');
});

describe('what stands in one line', () => {
  test('has its comma with it, and the blank behind that where the line may end', () => {
    const parts = [html`a`, html`b`, html`c`];
    expect(inLine(parts, '；').toString()).toBe(
      '<span class="item">a；</span><span class="item">b；</span><span class="item">c</span>',
    );
    expect(inLine(parts, '; ').toString()).toBe(
      '<span class="item">a;</span> <span class="item">b;</span> <span class="item">c</span>',
    );
  });
});
