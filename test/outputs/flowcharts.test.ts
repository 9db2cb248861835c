import { expect, test } from 'vitest';
import flowcharts from '../../src/outputs/flowcharts.js';
import { kitFor } from './kit.js';
import { CONTENT } from './sheets.js';

const names = (kit: ReturnType<typeof kitFor>): string[] => flowcharts.render(kit).map(({ file }) => file);
const four = (id: string): string[] => ['svg', 'png', 'pdf', 'mmd'].map((kind) => `flowcharts/${id}.${kind}`);

test('every chart as SVG, PNG, PDF and Mermaid text; the book’s own too', () => {
  expect(names(kitFor(CONTENT)).sort()).toEqual([...four('overall'), ...four('instalments')].sort());
});
test('of the services that are asked for alone', () => {
  const kit = kitFor(CONTENT);
  const [instalments] = kit.services.filter(({ id }) => id === 'instalments');
  if (!instalments) throw new Error('no service');
  expect(names({ ...kit, selected: [instalments] })).toEqual(four('instalments'));
});
test('a picture is the drawing itself, named', () => {
  const [svg] = flowcharts.render(kitFor(CONTENT)).filter(({ file }) => file === 'flowcharts/overall.svg');
  expect(svg).toMatchObject({ kind: 'picture', format: 'svg', title: '總流程', date: '2026-11-23' });
});
test('nothing where no service has a procedure', () => {
  expect(flowcharts.render(kitFor({}))).toEqual([]);
});
