import { expect, test } from 'vitest';
import { piecesOf } from '../src/charts/split.js';

/** Steps of 100 × 40 px, one below the other every 80 px, with a line from each to the next. */
const drawing = (steps: number, more = '') => {
  const height = steps * 80;
  const nodes = Array.from(
    { length: steps },
    (_, i) =>
      `<g class="node" id="chart-a-flowchart-n${i}-0" transform="translate(60, ${i * 80 + 30})"><rect x="-50" y="-20" width="100" height="40"/><g><text y="-5">步驟${i}。</text></g></g>`,
  ).join('');
  const lines = `<path class="flowchart-link" d="M60,50L60,${height - 40}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" id="chart-a" width="120" height="${height}" viewBox="0 0 120 ${height}" role="img"><title>圖</title><style>#chart-a .node{}</style>${more}<g><g>${lines}</g><g>${nodes}</g></g></svg>`;
  return { id: 'a', svg, width: 120, height };
};
const stepsOf = (svg: string): string[] => [...svg.matchAll(/步驟\d+。/g)].map(([step]) => step);

test('a chart is cut between its steps, each of which is in one piece', () => {
  const pieces = piecesOf(drawing(10), 300) ?? [];
  expect(pieces.map(({ svg }) => stepsOf(svg).length)).toSatisfy(
    (counts: number[]) => counts.length === 4 && Math.max(...counts) - Math.min(...counts) === 1,
  );
  expect(pieces.flatMap(({ svg }) => stepsOf(svg))).toEqual(stepsOf(drawing(10).svg));
  for (const { height, svg } of pieces) {
    expect(height).toBeLessThanOrEqual(300);
    expect(svg).toContain(`height="${height}"`);
    // Lines run through every piece.
    expect(svg).toContain('M60,50L60,760');
  }
});
test('every piece has ids and a title of its own', () => {
  const pieces = piecesOf(drawing(10), 300) ?? [];
  const ids = pieces.flatMap(({ svg }) => [...svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
  expect(new Set(ids).size).toBe(ids.length);
  expect(pieces[1]?.svg).toContain('<title>圖 2/4</title>');
  expect(pieces[1]?.svg).toContain('#chart-a-2 .node');
});
test('the head of the columns stands on every piece', () => {
  const headed = drawing(6, '<g class="head" data-height="30"><text y="20">權責單位</text></g>');
  const pieces = piecesOf(headed, 300) ?? [];
  expect(pieces.length).toBe(2);
  for (const { svg } of pieces) expect(svg.match(/權責單位/g)).toHaveLength(1);
});
test('steps taller than a sheet cannot be cut', () => {
  expect(piecesOf(drawing(3), 30)).toBeUndefined();
  expect(piecesOf({ id: 'a', svg: '<svg role="img"><title>a</title></svg>', width: 1, height: 1 }, 10)).toBeUndefined();
});
