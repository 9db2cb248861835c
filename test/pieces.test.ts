import { expect, test } from 'vitest';
import { piecesOf } from '../src/charts/split.js';
import { type SvgElement, svgElement, svgOf } from '../src/document/drawing.js';
import type { Drawing } from '../src/document/sheet.js';

/** Steps of 100 × 40 px, one below the other every 80 px, with a line from each to the next. */
const drawing = (steps: number, ...more: SvgElement[]) => {
  const height = steps * 80;
  const nodes = Array.from({ length: steps }, (_, i) =>
    svgElement(
      'g',
      { class: 'node', id: `chart-a-flowchart-n${i}-0`, transform: `translate(60, ${i * 80 + 30})` },
      svgElement('rect', { x: -50, y: -20, width: 100, height: 40 }),
      svgElement('g', {}, svgElement('text', { y: -5 }, `步驟${i}。`)),
    ),
  );
  const line = svgElement('path', { class: 'flowchart-link', d: `M60,50L60,${height - 40}` });
  const tree = svgElement(
    'svg',
    { id: 'chart-a', width: 120, height, viewBox: `0 0 120 ${height}`, role: 'img' },
    svgElement('title', {}, '圖'),
    svgElement('style', {}, '#chart-a .node{}'),
    ...more,
    svgElement('g', {}, svgElement('g', {}, line), svgElement('g', {}, ...nodes)),
  );
  return { id: 'a', tree, width: 120, height };
};
const textsOf = (drawing: Drawing, height: number) =>
  (piecesOf(drawing, height) ?? []).map(({ tree, height }) => ({ svg: svgOf(tree), height }));
const stepsOf = (svg: string): string[] => [...svg.matchAll(/步驟\d+。/g)].map(([step]) => step);

test('a chart is cut between its steps, each of which is in one piece', () => {
  const pieces = textsOf(drawing(10), 300);
  expect(pieces.map(({ svg }) => stepsOf(svg).length)).toSatisfy(
    (counts: number[]) => counts.length === 4 && Math.max(...counts) - Math.min(...counts) === 1,
  );
  expect(pieces.flatMap(({ svg }) => stepsOf(svg))).toEqual(stepsOf(svgOf(drawing(10).tree)));
  for (const { height, svg } of pieces) {
    expect(height).toBeLessThanOrEqual(300);
    expect(svg).toContain(`height="${height}"`);
    // Lines run through every piece.
    expect(svg).toContain('M60,50L60,760');
  }
});
test('every piece has ids and a title of its own', () => {
  const pieces = textsOf(drawing(10), 300);
  const ids = pieces.flatMap(({ svg }) => [...svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
  expect(new Set(ids).size).toBe(ids.length);
  expect(pieces[1]?.svg).toContain('<title>圖 2/4</title>');
  expect(pieces[1]?.svg).toContain('#chart-a-2 .node');
});
test('the head of the columns stands on every piece', () => {
  const headed = drawing(
    6,
    svgElement('g', { class: 'head', 'data-height': 30 }, svgElement('text', { y: 20 }, '權責單位')),
  );
  const pieces = textsOf(headed, 300);
  expect(pieces.length).toBe(2);
  for (const { svg } of pieces) expect(svg.match(/權責單位/g)).toHaveLength(1);
});
test('steps taller than a sheet cannot be cut', () => {
  expect(piecesOf(drawing(3), 30)).toBeUndefined();
  const tree = svgElement('svg', { role: 'img' }, svgElement('title', {}, 'a'));
  expect(piecesOf({ id: 'a', tree, width: 1, height: 1 }, 10)).toBeUndefined();
});
