// Charts in lanes: what must hold of each is asked of the shipped book and of flows made up by chance.
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arranged, arrangedIn } from '../src/charts/lanes/arrange.js';
import { drawingsOf, laidOut } from '../src/charts/lanes/lanes.js';
import { openMeasure } from '../src/charts/lanes/measure.js';
import { type Asked, planOf } from '../src/charts/lanes/plan.js';
import { tracksOf } from '../src/charts/lanes/tracks.js';
import { officeChart } from '../src/charts/layers/layers.js';
import { parse } from '../src/content/parse.js';
import { type Flow, type Procedure, proceduresOf } from '../src/content/procedure.js';
import { read } from '../src/content/read.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { pairOf } from '../src/core/language.js';
import { svgOf, svgText } from '../src/document/drawing.js';
import { shippedAdvances } from '../src/theme/font-widths.js';
import { readTemplates } from '../src/theme/templates.js';
import { crossingsIn, faultsIn, flows, WORDS } from './lane-charts.js';
import { contentOf, SERVICE } from './office.js';

const { look } = (await readTemplates(false)).chart;
const measure = openMeasure();
/** As wide as a page of A4 and of A5 with type of 9.5 pt, in px of a drawing with type of 16 px. */
const A4 = { width: 811, height: 1130 };
const A5 = { width: 563, height: 770 };
const ENDLESS = { width: 4000, height: 1e6 };
const asked = (flow: Flow): Asked => ({ written: flow, clients: [], formsOf: () => '' });
const chartOf = (flow: Flow, room: { width: number; height: number }, more: Partial<Asked> = {}) =>
  laidOut(flow, WORDS, measure, { ...asked(flow), ...room, ...more });
const shipped = proceduresOf(parse(read('content', join(import.meta.dirname, '..')), parseMarkdown)).filter(
  ({ service }) => service !== undefined,
);
const flowOf = (steps: string): Flow => {
  const [procedure] = proceduresOf(parse(contentOf({ 'services/a.yaml': `${SERVICE}申請程序:\n${steps}` })));
  return (procedure as Procedure).flow;
};
/** Who acts in the office of the tests. */
const UNITS = ['執行一科', '秘書室', '服務台', '書記官', '分署長', '義務人', '申請人'];
const allOrders = (lanes: readonly number[]): number[][] =>
  lanes.length === 0
    ? [[]]
    : lanes.flatMap((lane, i) => allOrders(lanes.toSpliced(i, 1)).map((rest) => [lane, ...rest]));

describe('no line runs through a step, shares a part with one it does not join, or strikes a word', () => {
  test.each(shipped.map((each) => [each.id, each] as const))('in %s', (_, { flow }) => {
    for (const room of [A4, A5, { width: 1180, height: 560 }])
      for (const columns of [false, true]) {
        const sheets = chartOf(flow, room, { columns }) ?? [];
        expect(sheets.flatMap((sheet) => faultsIn(sheet, measure))).toEqual([]);
        expect(sheets.filter(({ placed }) => placed.width > room.width || placed.height > room.height)).toEqual([]);
        if (columns) expect(sheets.length).toBeGreaterThan(0);
      }
  });
  test('in flows of up to 50 steps and 8 lanes with loops and parallel parts', () => {
    fc.assert(
      fc.property(flows(50, 8), (flow) => {
        const sheets = chartOf(flow, ENDLESS) ?? [];
        expect(sheets).toHaveLength(1);
        expect(sheets.flatMap((sheet) => faultsIn(sheet, measure))).toEqual([]);
      }),
      { numRuns: 100, seed: 7 },
    );
  });
  test('in flows that go on to further sheets', () => {
    fc.assert(
      fc.property(flows(24, 5), fc.boolean(), (flow, columns) => {
        const sheets = chartOf(flow, { width: 1180, height: 620 }, { columns }) ?? [];
        expect(sheets.flatMap((sheet) => faultsIn(sheet, measure))).toEqual([]);
        expect(sheets.every(({ placed }) => placed.height <= 620)).toBe(true);
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});

describe('lanes', () => {
  test('stand in the order in which lines cross least, of all orders up to six lanes', () => {
    for (const { flow, id } of shipped) {
      const plan = planOf(flow, WORDS, asked(flow));
      if (plan.lanes.length > 6) continue;
      const none = plan.steps.map(() => false);
      const rest = plan.lanes.map((_lane, i) => i).filter((lane) => lane !== plan.first);
      const crossings = allOrders(rest).map((order) => arrangedIn(plan, [plan.first, ...order], none).routed.crossings);
      expect([id, arranged(plan, plan.lanes.length).routed.crossings]).toEqual([id, Math.min(...crossings)]);
    }
  });
  test('have few crossings in the shipped book', () => {
    const all = shipped.flatMap(({ flow }) => chartOf(flow, { ...A4, height: 1e6 }) ?? []);
    expect(all.reduce((sum, sheet) => sum + crossingsIn(sheet), 0)).toBeLessThanOrEqual(3);
  });
  const STEPS = `  - {步驟: 收件, 權責: 書記官}
  - {步驟: 補件, 權責: 申請人}
  - {結束: 核定, 權責: [分署長, 書記官]}
`;
  test('begin with the one of who applies', () => {
    const [sheet] = chartOf(flowOf(STEPS), A4, { clients: ['申請人'] }) ?? [];
    expect(sheet?.placed.lanes.map(({ lines }) => lines.join(''))).toEqual(['申請人', '書記官', '分署長']);
  });
  test('hold a step of several in the lane of the first, and all are named in its box', () => {
    const [sheet] = chartOf(flowOf(STEPS), A4) ?? [];
    expect(sheet?.plan.steps.at(-1)).toMatchObject({ text: '核定〔分署長、書記官〕' });
  });
  test('of a procedure that names nobody are one', () => {
    const [sheet] = chartOf(flowOf('  - 步驟: 收件\n  - 結束: 核定\n'), A4) ?? [];
    expect(sheet?.placed.lanes.map(({ lines }) => lines)).toEqual([['作業流程']]);
  });
  test('more than six need a sheet that lies; the columns do not', () => {
    const flow = flowOf(UNITS.map((unit) => `  - {步驟: 收件, 權責: ${unit}}\n`).join(''));
    expect(chartOf(flow, A4)).toBeUndefined();
    expect(chartOf(flow, { width: 1180, height: 600 })).toBeDefined();
    const [sheet] = chartOf(flow, A4, { columns: true }) ?? [];
    expect(sheet?.placed.cells.map(({ lines }) => lines.join(''))).toEqual(
      expect.arrayContaining(['執行一科', '申請人']),
    );
  });
});

describe('out of a decision', () => {
  const leaving = (branches: string): string[] => {
    const flow = flowOf(`  - 開始: 申請\n  - 判斷: 准許？\n    分支:\n${branches}  - 結束: 完\n`);
    const [sheet] = chartOf(flow, A4) ?? [];
    const { lines = [] } = sheet?.placed ?? {};
    return lines.flatMap(({ label, points: [one, other] }) =>
      label ? [`${label.lines.join('')} ${one?.[0] === other?.[0] ? 'below' : 'beside'}`] : [],
    );
  };
  const way = (label: string): string => `      ${label}: [步驟: ${label}之後]\n`;
  test.each([
    ['是 first', way('是') + way('否'), ['是 below', '否 beside']],
    ['否 first', way('否') + way('是'), ['否 beside', '是 below']],
    ['無理由', way('無理由') + way('有理由'), ['無理由 beside', '有理由 below']],
    [
      'one of three says yes',
      way('全部拒絕') + way('可補正') + way('合法'),
      ['全部拒絕 beside', '可補正 beside', '合法 below'],
    ],
    ['none says no: the first', way('超商') + way('匯票'), ['超商 below', '匯票 beside']],
  ])('yes goes on and no goes aside: %s', (_, branches, expected) => {
    expect(leaving(branches)).toEqual(expected);
  });
});

describe('a chart that goes on to another sheet', () => {
  const steps = Array.from({ length: 12 }, (_, i) => `  - {步驟: 第${i + 1}步, 權責: ${UNITS[i % 3]}}\n`).join('');
  const flow = flowOf(`${steps}  - {結束: 完, 權責: 分署長}\n`);
  const sheets = chartOf(flow, { width: 811, height: 420 }) ?? [];
  test('is parted between rows; every step is on one sheet, and the lanes stand alike on each', () => {
    expect(sheets.length).toBeGreaterThan(1);
    const numbers = sheets.flatMap(({ plan }) => plan.steps.flatMap(({ number }) => number ?? []));
    expect(numbers).toEqual(flow.nodes.map(({ number }) => number));
    const lanes = sheets.map(({ placed }) => placed.lanes.map(({ x, width, lines }) => ({ x, width, lines })));
    expect(new Set(lanes.map((each) => JSON.stringify(each))).size).toBe(1);
  });
  test('has a mark with the same letter on either side, and the numbers of the steps', () => {
    const marks = sheets.map(({ plan }) =>
      plan.steps.flatMap(({ kind, text }) => (/from|to/.test(kind) ? [text] : [])),
    );
    const [out] = marks[0] ?? [];
    const next = Number(out?.match(/步驟 (\d+)/)?.[1]);
    expect(out).toBe(`Ⓐ 至步驟 ${next}`);
    expect(marks[1]?.[0]).toBe(`Ⓐ 自步驟 ${next - 1}`);
  });
});

test('several ways to one step are one line with all their words', () => {
  const flow = flowOf('  - 判斷: 何種？\n    分支:\n      甲: 完\n      乙: 完\n  - {結束: 核定, 編號: 完}\n');
  const [sheet] = chartOf(flow, A4) ?? [];
  expect(sheet?.plan.lines).toMatchObject([{ label: '甲、乙' }]);
});

test('the same flow gives the same bytes', () => {
  const once = (): string[] =>
    shipped.flatMap(({ flow, id }) =>
      drawingsOf(laidOut(flow, WORDS, openMeasure(), { ...asked(flow), ...A4 }) ?? [], look, {
        id,
        title: id,
        says: '',
      }).map(({ tree }) => svgOf(tree)),
    );
  expect(once()).toEqual(once());
});

test('fifty charts take a moment', () => {
  const all = Array.from({ length: 4 }, () => shipped)
    .flat()
    .slice(0, 50);
  const before = process.cpuUsage().user;
  for (const { flow } of all) chartOf(flow, A4);
  // Five times what was measured, in microseconds of this process: others may be at work too.
  expect(process.cpuUsage().user - before).toBeLessThan(5 * 500_000);
});

describe('a text', () => {
  test('is as wide as the fonts say, rounded up, with room for other letters', () => {
    expect(measure.width('分期繳納', 16)).toBe(64);
    const letters = [...'Review'].reduce((sum, sign) => sum + (shippedAdvances()[sign.charCodeAt(0)] ?? 0), 0);
    expect(measure.width('Review', 16)).toBe(Math.ceil((Math.ceil(letters * 1.06) / 1000) * 16));
  });
  test('in two languages says both, each in lines of its own', () => {
    const pair = pairOf('審查申請', 'Examine the application', 'en');
    const lines = measure.lines(pair, 120, 16);
    expect(lines[0]).toBe('審查申請');
    expect(lines.slice(1).join(' ')).toBe('Examine the application');
    expect(measure.width(pair, 16)).toBe(measure.width('Examine the application', 16));
  });
  test('keeps its words whole where they are written in letters', () => {
    const flow = flowOf('  - {步驟: Acknowledgement, 權責: 書記官}\n  - {結束: 完, 權責: 分署長}\n');
    const [sheet] = chartOf(flow, A5) ?? [];
    expect(sheet?.placed.steps[0]?.lines).toEqual(['Acknowledgement']);
  });
});

test('lines that run side by side cross no more than they must', () => {
  // The first leaves to the right within the second: on the track to its left it would cross it.
  const runs = [
    { lo: 0, hi: 4, stubs: [{ at: 4, side: 1 as const }] },
    { lo: 2, hi: 8, stubs: [{ at: 8, side: -1 as const }] },
  ];
  expect(tracksOf(runs)).toEqual({ tracks: [1, 0], count: 2 });
});

describe('the chart of an office', () => {
  const book = proceduresOf(parse(read('content', join(import.meta.dirname, '..')), parseMarkdown)).find(
    ({ id }) => id === 'overall',
  ) as Procedure;
  const drawn = (lies: boolean) =>
    officeChart(
      book.flow,
      WORDS,
      measure,
      { written: book.flow, namesOf: (unit) => (unit === '移送機關' ? [unit, '移案機關'] : [unit]) },
      look,
      { lies, box: 8, label: 6 },
      { id: 'overall', title: '總圖', says: '1 傳繳' },
    );
  test('is higher than wide or wider than high, as it is asked', () => {
    expect(drawn(true).width).toBeGreaterThan(3 * drawn(true).height);
    expect(drawn(false).width).toBeLessThan(A4.width);
  });
  test('says every step and every word of its lines, and names no unit twice in one box', () => {
    const text = svgText(drawn(false).tree);
    for (const word of [
      '傳繳義務人',
      '服務台',
      '引導',
      '無疑義、引導',
      '執行人員說明',
      '無理由',
      '有理由',
      '結案〔承辦股〕',
    ])
      expect(text).toContain(word);
    for (const twice of ['〔服務台〕', '〔移送機關〕', '〔代收銀行〕']) expect(text).not.toContain(twice);
  });
});
