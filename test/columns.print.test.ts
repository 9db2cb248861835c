// 權責單位｜作業流程｜作業期限, as the printer draws it: every text at the height of its step, nothing over anything else.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { columned } from '../src/charts/columns.js';
import { mermaidOf } from '../src/charts/mermaid.js';
import { parse } from '../src/content/parse.js';
import { type Flow, proceduresOf } from '../src/content/procedure.js';
import { svgOf } from '../src/document/drawing.js';
import type { Drawing } from '../src/document/sheet.js';
import { openPrinter, type Printer } from '../src/print/printer.js';
import { readTemplates } from '../src/theme/templates.js';
import { contentOf, SERVICE } from './office.js';

const chart = (await readTemplates(false)).chart.theme;
const WORDS = { actor: '權責單位', flow: '作業流程', limit: '作業期限', unconfirmed: '待確認', comma: '、' };
const LOOK = { head: '#eee', rule: '#999', text: '#111' };
const STYLE = { direction: 'TB', numbered: true, columns: true, boxWidth: 13, diamondWidth: 8, edgeWidth: 8 } as const;
let printer: Printer;
beforeAll(async () => {
  printer = await openPrinter({ env: process.env, root: process.getuid?.() === 0, chart });
}, 60_000);
afterAll(() => printer.close());

const flowOf = (steps: string): Flow => {
  const [procedure] = proceduresOf(parse(contentOf({ 'services/a.yaml': `${SERVICE}申請程序:\n${steps}` })));
  if (!procedure) throw new Error('no procedure');
  return procedure.flow;
};
async function draw(steps: string): Promise<{ flow: Flow; plain: Drawing; drawing: Drawing }> {
  const flow = flowOf(steps);
  const mermaid = mermaidOf(flow, STYLE, { unconfirmed: '待確認', between: '・' });
  const [plain] = await printer.draw([{ id: 'a', title: '甲', mermaid, given: false }]);
  if (!plain) throw new Error('not drawn');
  return { flow, plain, drawing: columned(plain, flow, WORDS, LOOK) };
}
/** The texts at the edges with their places; the drawing itself lies in the group that was moved. */
const textsAt = ({ tree }: Drawing) =>
  [
    ...svgOf(tree)
      .replace(/<g transform="translate\(.*/s, '')
      .matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)<\/text>/g),
  ].map(([, x, y, text]) => ({ x: Number(x), y: Number(y), text }));

const STEPS = `  - 開始: 提出申請（申請人）
  - 審查（書記官，3 日）
  - 判斷: 准許？
    權責: 分署長
    時限: 待確認
    分支:
      是: {步驟: [發給文件（書記官，1 日）], 接: 完}
      否: {步驟: [通知補正（執行一科，2 日）], 接: 完}
  - {結束: 歸檔, 編號: 完}
`;

test('who and how long stand beside the chart and not in its boxes', async () => {
  const { plain, drawing } = await draw(STEPS);
  expect(svgOf(plain.tree)).not.toContain('書記官');
  const texts = textsAt(drawing).map(({ text }) => text);
  expect(texts).toEqual([
    '權責單位',
    '作業流程',
    '作業期限',
    '申請人',
    '書記官',
    '分署長',
    '4.\u2002書記官',
    '5.\u2002執行一科',
    '3 日',
    '待確認',
    '4.\u20021 日',
    '5.\u20022 日',
  ]);
});

test('each text is at the height of its step, inside the sheet and beside the drawing', async () => {
  const { plain, drawing } = await draw(STEPS);
  const texts = textsAt(drawing).slice(3);
  const [, down = 0] = (/<g transform="translate\(([-\d.]+), ([-\d.]+)\)/.exec(svgOf(drawing.tree)) ?? [])
    .slice(1)
    .map(Number);
  const middles = [...svgOf(plain.tree).matchAll(/<g class="node[^>]*translate\([-\d.]+, ([-\d.]+)\)/g)].map(
    ([, y]) => Number(y) + down,
  );
  for (const { y, text } of texts)
    expect([text, middles.some((middle) => Math.abs(y - 5.5 - middle) < 25)]).toEqual([text, true]);
  for (const { x, y } of texts) {
    expect(x > 0 && x < drawing.width && y > 40 && y < drawing.height).toBe(true);
    const [across = 0] = (/<g transform="translate\(([-\d.]+)/.exec(svgOf(drawing.tree)) ?? []).slice(1).map(Number);
    expect(x < across || x > across + plain.width).toBe(true);
  }
});

test('rows of long texts do not run into one another', async () => {
  const long = '承辦股書記官會同執行員及移送機關代理人與鑑定人';
  const { drawing } = await draw(
    `${[1, 2, 3, 4, 5].map((n) => `  - {步驟: 第${n}步, 權責: [書記官, 分署長, 執行一科, 秘書室, 服務台], 時限: 3 日}`).join('\n')}\n  - 結束: ${long}\n`,
  );
  const left = textsAt(drawing)
    .slice(3)
    .filter(({ x }) => x < 200);
  expect(left.length).toBeGreaterThan(9);
  for (const [i, { y }] of left.entries()) if (i > 0) expect(y - (left[i - 1]?.y ?? 0)).toBeGreaterThanOrEqual(19.9);
});

test('what the author or an office writes stays text', async () => {
  const { drawing } = await draw('  - {步驟: 審查, 權責: 書記官, 時限: 待確認 <b>}\n  - 結束: 完\n');
  expect(svgOf(drawing.tree)).not.toContain('<b>');
});
