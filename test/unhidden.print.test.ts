// An office's own templates may change how a fact looks, and not whether it is seen.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../src/build/api.js';
import { outputsNamed, render } from '../src/build/compile.js';
import { trusted } from '../src/core/html.js';
import type { Sheet } from '../src/document/sheet.js';
import { openPrinter, type Printer } from '../src/print/printer.js';
import { changesIn, factsOf, type Seen } from '../src/theme/hidden-facts.js';
import { readTemplates } from '../src/theme/templates.js';
import { contentOf, SERVICE } from './office.js';

let printer: Printer;
beforeAll(async () => {
  printer = await openPrinter({
    env: process.env,
    root: process.getuid?.() === 0,
    chart: (await readTemplates(false)).chart.theme,
  });
}, 60_000);
afterAll(() => printer.close());

const FACTS = factsOf([{ name: '檔案應用', fee: { printed: '每份 200 元' }, deadline: '3 工作日' }, '草案']);
const page = (css: string): string => `<!doctype html><html lang="zh-Hant"><head><title>甲</title><style>
@page{size:A5;margin:15mm}body{font:12pt 'Noto Sans TC';color:#111}${css}</style></head><body class="fit">
<p class="draft">草案</p><h1>檔案應用</h1><p class="office">範例分署</p><p class="fee">規費：<b>每份 200 元</b></p><p class="deadline">3 工作日</p></body></html>`;
const sheet = (css: string): Sheet => ({
  kind: 'page',
  file: 'posters/a.pdf',
  html: trusted(page(css)),
  date: '2026-11-23',
  declares: '',
  numbered: false,
  laid: { plain: trusted(page('')), by: ['content/templates/posters/poster.css'], facts: FACTS },
});
const rules = async (css: string) => ((await printer.print(sheet(css))).faults ?? []).map(({ rule }) => rule);

describe('a fact of a sheet with an office’s own style', () => {
  test.each([
    ['.fee b { display: none }'],
    ['.fee b { visibility: hidden }'],
    ['.fee b { opacity: 0 }'],
    ['.fee { content-visibility: hidden }'],
    ['.fee b { font-size: 0 }'],
    ['.fee b { color: transparent }'],
    ['.fee b { color: rgb(0 0 0 / 0) }'],
    ['.fee { text-indent: -9999px; white-space: nowrap }'],
    ['.fee { position: absolute; left: -9999px }'],
    ['.draft { display: none }'],
    ['.flows .fee b { display: none }'],
  ])('is not hidden by %s', async (css) => {
    const { faults = [] } = await printer.print(sheet(css));
    const [first] = faults;
    expect(first?.rule).toBe('override-hides');
    expect(first?.text).toBe(css.startsWith('.draft') ? '草案' : first?.text);
    expect(first?.message.zh).toContain('content/templates/posters/poster.css');
    expect(first?.message.en).toContain('content/templates/posters/poster.css');
  });
  test.each([
    ['.fee b { position: relative; top: 3cm }', 'override-moves'],
    ['body { display: flex; flex-direction: column } .fee { order: 9 }', 'override-moves'],
    ['.fee b { display: block; height: 0.7em; border-bottom: 1mm solid }', 'override-hides'],
    ['.deadline { border-top: 1mm solid; margin-top: -2em }', 'override-hides'],
  ])('does not stand elsewhere, and is not struck out, by %s', async (css, rule) => {
    const [found] = ((await printer.print(sheet(css))).faults ?? []).filter((fault) =>
      fault.rule.startsWith('override'),
    );
    expect(found?.rule).toBe(rule);
    expect(found?.message.zh).toContain('content/templates/posters/poster.css');
  });
  test('with which nothing can be printed at all is told, and is no fault of the program', async () => {
    const nothing = sheet('');
    const { faults = [], bytes } = await printer.print({
      ...nothing,
      html: trusted('<!doctype html><html><body></body></html>'),
    } as Sheet);
    expect(bytes).toHaveLength(0);
    expect(faults[0]?.rule).toBe('override-hides');
    const empty = trusted('<!doctype html><html><head><title>甲</title></head><body></body></html>');
    const broken = { ...nothing, html: empty, laid: { ...nothing.laid, plain: empty } } as Sheet;
    await expect(printer.print(broken)).rejects.toThrow('the page has no lang');
  });
  test('that is cut off on paper names the style as well', async () => {
    const { faults = [] } = await printer.print(sheet('.fee { height: 2mm; overflow: hidden }'));
    expect(faults.length).toBeGreaterThan(0);
    for (const { message } of faults) expect(message.zh).toContain('content/templates/posters/poster.css');
  });
  test('may look otherwise, and what is no fact may be hidden', async () => {
    expect(await rules('.fee { color: #700; font-size: 20pt } .office { display: none } h1 { order: 2 }')).toEqual([]);
  });
});

/** A text of many lines, a number in a long line, a chart and a numbered list. */
const reading = (css: string): string => `<!doctype html><html lang="zh-Hant"><head><title>甲</title><style>
@page{size:A5;margin:15mm}body{font:12pt/1.5 'Noto Sans TC';color:#111}svg{width:60mm}${css}</style></head><body>
<h1>檔案應用</h1><dl><div><dt>規費</dt><dd>每份 <b>200</b> 元，由申請人於領件時以現金、匯票或行動支付繳納；經核准減免者依核准函所載金額繳納，逾期未繳納者視為撤回申請，須於三十日內重新提出申請。</dd></div>
<div><dt>辦理時限</dt><dd><b class="a">3</b> <span class="b">工作日</span>，罰鍰 1,500 元</dd></div></dl><ol><li>提出</li><li>審查</li></ol>
<svg viewBox="0 0 100 40"><title>流程</title><rect x="5" y="5" width="40" height="20" fill="#f4f7fa" stroke="#2f4156" stroke-width="1"/><path d="M45 15h40" stroke="#2f4156" fill="none"/><text x="10" y="20" font-size="12">審查</text></svg></body></html>`;
const read = (css: string): Sheet =>
  ({
    ...sheet(css),
    html: trusted(reading(css)),
    laid: { plain: trusted(reading('')), by: ['content/templates/posters/poster.css'], facts: FACTS },
  }) as Sheet;
const told = async (css: string): Promise<string[]> =>
  ((await printer.print(read(css))).faults ?? []).map(({ rule, message }) =>
    rule.startsWith('override') ? (/疊在一起|緊旁邊|斷成|看不到/.exec(message.zh)?.[0] ?? rule) : rule,
  );

describe('a text is read as what it says', () => {
  test.each([
    ['dd { line-height: .5 }'],
    ['dd { line-height: 70% }'],
    ['dd { font: 12pt/6pt "Noto Sans TC" }'],
    ['dl { display: grid; grid-auto-rows: 5mm }'],
    ['dl > div { height: 9mm } dt, dd { margin: 0 }'],
    ['dd { letter-spacing: -0.5em }'],
    ['dd { word-spacing: -2em }'],
    ['dd b { margin-right: -0.6em }'],
    ['dd b { position: relative; left: 1em }'],
    ['dd b { display: inline-block; width: 0 }'],
    ['dd b { display: inline-block; text-indent: 1em; width: 1em; white-space: nowrap }'],
    ['dd b { transform: scale(3); display: inline-block }'],
    ['dd b { font-size: 40pt; line-height: 0 }'],
    ['dd b { vertical-align: -1.2em; line-height: 0 }'],
    [
      'body { columns: 3; column-gap: -2em; width: 20mm }  dt { white-space: nowrap } dd { margin: 0 0 0 1em; margin-top: -1.2em }',
    ],
    ['dt { float: left; width: 4mm; white-space: nowrap } dd { margin: 0 }'],
  ])('and not set over itself by %s', async (css) => expect(await told(css)).toContain('疊在一起'));

  test.each([
    ['dd b { border-left: 1.2pt solid }'],
    ['dd b { border-right: 2pt dotted }'],
    ['dd b { border-left: 1pt dashed #999; padding-left: 1pt }'],
    ['dd b { outline: 1pt solid }'],
    ['dd b { border: 1pt solid; border-radius: 9pt }'],
    [
      'dd b { background: #111; padding-left: 1.5pt } dd b { background: #111 content-box, #fff; box-shadow: inset 0 0 0 9pt #fff, -2pt 0 #111 }',
    ],
    ['.b { border-left: 1.5pt solid; margin-left: -3pt }'],
    ['dd { columns: 3; column-rule: 1pt solid; column-gap: 3pt }'],
    ['.a::before { content: ""; display: inline-block; width: 4pt; border-top: 1.2pt solid; vertical-align: middle }'],
    ['.a::before { content: ""; display: inline-block; width: 2pt; height: 2pt; background: #111 }'],
    [
      'h1 { background: #111; color: #fff; border-left: 3pt solid #111; outline: 0 } h1::before { content: ""; border-left: 1.5pt solid #fff }',
    ],
  ])('and has nothing drawn hard beside it by %s', async (css) => expect(await told(css)).toContain('緊旁邊'));

  test.each([
    ['dd { word-break: break-all; width: 36mm; margin: 0 }'],
    ['dd b { display: inline-block; width: 1em; overflow-wrap: anywhere }'],
    ['dd b { float: left; width: 0; line-break: anywhere }'],
  ])('and its numbers are not broken by %s', async (css) => expect(await told(css)).toContain('斷成'));

  test.each([
    ['svg path { stroke: #fff }'],
    ['svg path { stroke: none }'],
    ['svg path { visibility: hidden }'],
    ['svg rect { stroke-width: 0; fill: none }'],
    ['svg path { stroke-width: 30px }'],
    ['svg text { stroke: #111; stroke-width: 6px }'],
    ['ol { list-style: none }'],
    ['li { display: block }'],
  ])('and its charts and numbers of lists are seen with %s', async (css) =>
    expect(await told(css)).toContain('看不到'),
  );

  test.each([
    ['dd { line-height: 1.15; letter-spacing: -0.02em }'],
    ['dd b { border: 0.5pt solid #700; padding: 0 0.3em; margin: 0 0.2em }'],
    ['dt { border-left: 2mm solid #700; padding-left: 0.4em; background: #eee }'],
    ['h1 { background: #0f4a52; color: #fff }'],
    ['dd b { color: #700; background: #eef; font-size: 16pt; text-decoration: underline }'],
    ['dl > div { display: grid; grid-template-columns: 5em 1fr; border-bottom: 0.5pt solid #999 }'],
    [
      'svg rect { fill: #eef; stroke: #700 } h1 { border-bottom: 2pt solid; text-align: center; letter-spacing: 0.3em }',
    ],
    ['sup { line-height: 0 } dd { text-align: justify; text-indent: 2em }'],
  ])('and may look otherwise: %s', async (css) => expect(await told(css)).toEqual([]));
});

describe('a page for the web', () => {
  const told = async (css: string) => {
    const web = {
      kind: 'text',
      file: 'handbook.html',
      text: page(`p,h1{margin:0}${css}`),
      laid: sheet('').laid,
    } as Sheet;
    return ((await printer.print(web)).faults ?? []).map(({ rule }) => rule);
  };
  test.each([
    ['.fee b { color: #fff }'],
    ['.fee b { color: oklch(0.99 0 0) }'],
    ['.fee { background: #111 }'],
    ['h1 { background: #ff0 } h1, .fee b { color: #ff0 }'],
    ['.deadline { display: inline-block; width: 100%; background: #fff; margin-top: -22px; padding-top: 40px }'],
    ['@media print { .fee { display: none } }'],
    ['@media (max-width: 400px) { .fee { display: none } }'],
    ['@media (max-width: 400px) { .fee { width: 6em; line-height: .6 } }'],
    ['@media (max-width: 900px) and (min-width: 500px) { .fee { display: none } }'],
    ['@media screen and (prefers-color-scheme: dark) { .fee { display: none } }'],
    ['@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark } body { background: none } }'],
    ['.fee b { border-left: 2px solid }'],
  ])('shows what it says to everyone: %s', async (css) => expect(await told(css)).toEqual(['override-hides']));
  test('may have grounds and colours', async () => {
    expect(await told('.fee { background: #eee; color: #700; padding: 1em } body { background: #fffef8 }')).toEqual([]);
    expect(await told('h1 { background: #700; color: #fff }')).toEqual([]);
  });
});

describe('what is stamped on a form', () => {
  const stamp = async (css: string) => {
    const form = (await readTemplates(false)).files.get('handbook/form.html') ?? '';
    const html = form
      .replace('{{style}}', `p{margin:0}${css}`)
      .replace(/\{\{(\w+)\}\}/g, (_, slot) => (slot === 'lang' ? 'zh-Hant' : slot));
    const appendix = {
      forms: [{ title: '申請書', file: 'a.pdf', bytes: new Uint8Array() }],
      bookmark: '書表',
      stamp: trusted(html),
    };
    const { faults = [] } = await printer.print({ ...sheet(''), appendix } as Sheet);
    return faults.map(({ rule, text }) => `${rule} ${text}`);
  };
  test.each([
    ['', []],
    ['.form-foot { color: #700; font-size: 9pt; border-top: 1pt solid #700 }', []],
    ['html { background: #fffef8 }', ['override-hides 申請書']],
    ['html { background: #ff0 }', ['override-hides 申請書']],
    ['.form-page { background: #fff !important }', ['override-hides 申請書']],
    ['.form-page { border: 1pt solid #000 }', ['override-hides 申請書']],
    ['.form-foot { inset: 5mm 12mm auto !important }', ['override-hides 申請書']],
    ['.form-foot { background: #fff; padding-top: 100mm !important }', ['override-hides 申請書']],
  ])('stays in its foot: %s', async (css, told) => expect(await stamp(css)).toEqual(told));
});

/** Texts one below the other. */
const seen = (...texts: (string | [string, Partial<Seen>])[]): Seen[] =>
  texts.map((each, i) => {
    const [text, more] = typeof each === 'string' ? [each, {}] : each;
    const all = { left: 0, top: 20 * i, right: 100, bottom: 20 * i + 16, ...more.all };
    return { text, first: all, last: all, label: false, held: false, ...more, all };
  });

test('what is seen as often as before is not hidden', () => {
  const hidden = (plain: Seen[], own: Seen[]) =>
    changesIn([plain], [own], FACTS).map(({ why, text }) => `${why} ${text}`);
  expect(hidden(seen('甲 乙', '3 工作日', '3 工作日'), seen('3 工作日', '甲乙'))).toEqual(['hidden 3 工作日']);
  expect(hidden(seen('（3 工作日）', '範例分署', '—'), [])).toEqual(['hidden （3 工作日）']);
  expect(hidden(seen(['規費', { held: true }], '範例分署'), [])).toEqual(['hidden 規費']);
});

describe('what stands at another place', () => {
  const box = (left: number, top: number, right = left + 100, bottom = top + 16) => ({
    all: { left, top, right, bottom },
  });
  const fee = (more: Partial<Seen> = {}): [string, Partial<Seen>] => [
    '規費',
    { label: true, held: true, group: 1, ...more },
  ];
  const sum = (more: Partial<Seen> = {}): [string, Partial<Seen>] => ['200 元', { held: true, group: 1, ...more }];
  const limit = (more: Partial<Seen> = {}): [string, Partial<Seen>] => [
    '辦理時限',
    { label: true, held: true, group: 2, ...more },
  ];
  const days = (more: Partial<Seen> = {}): [string, Partial<Seen>] => ['3 工作日', { held: true, group: 2, ...more }];
  const plain = seen(fee(), sum(), limit(), days());
  const told = (own: Seen[]) =>
    changesIn([plain], [own], FACTS).map(({ why, text, beside }) => `${why} ${text} ${beside}`);
  test('is a value before its label', () =>
    expect(told(seen(fee(box(100, 0)), sum(box(0, 0)), limit(), days()))).toContain('order 200 元 規費'));
  test('is a value that stands in the line of another label', () =>
    expect(told(seen(fee(box(0, 0)), sum(box(0, 20)), limit(box(0, 40)), days(box(120, 0))))).toEqual([
      'parted 3 工作日 辦理時限',
      'among 規費 辦理時限',
      'among 200 元 辦理時限',
    ]));
  test('is a cell under another head', () => {
    const cell = (head: string): Seen[] =>
      seen(['規費', { label: true, held: true }], ['200 元', { held: true, head }]);
    expect(changesIn([cell('規費')], [cell('辦理時限')], FACTS)).toEqual([
      { text: '200 元', why: 'head', beside: '辦理時限' },
    ]);
  });
  test('is what an office’s own file says beside a fact', () =>
    expect(
      told(seen(['免費', box(0, 70)], fee(box(0, 0)), sum(box(0, 20)), limit(box(0, 40)), days(box(0, 60)))),
    ).toEqual(['order 規費 免費']));
  test('is not what runs beside, below or in the next column', () => {
    expect(told(seen(fee(box(0, 0)), sum(box(120, 0)), limit(box(0, 20)), days(box(120, 20))))).toEqual([]);
    expect(told(seen(fee(box(0, 0)), sum(box(0, 20)), limit(box(200, 0)), days(box(200, 20))))).toEqual([]);
    // The label is level with the middle of a long value.
    expect(told(seen(fee(box(0, 20)), sum(box(120, 0, 220, 60)), limit(box(0, 80)), days(box(0, 100))))).toEqual([]);
  });
});

test('a sheet knows which files were laid over it, and how it is without them', async () => {
  const own = '/* ours */ .title { display: none }';
  const content = {
    ...contentOf({ 'services/archives.yaml': SERVICE }),
    templates: ['posters/poster.css', 'badges/badges.css'].map((name) => ({
      name,
      source: { path: `content/templates/${name}`, text: own },
    })),
  };
  const edition = await compile(content);
  expect(edition.diagnostics.filter(({ rule }) => rule === 'template-override')).toEqual([]);
  const outputs = await outputsNamed(['posters', 'notices'], {});
  const asked = { outputs, languages: { lang: 'zh' as const }, mono: false, sheets: false };
  const [poster, notice] = [...outputs.values()].map(
    (output) => render(output, { ...edition, charts: new Map(), prose: () => trusted('') }, asked)[0],
  );
  const posters = [poster, notice].find((each) => each?.file.startsWith('posters/'));
  const notices = [poster, notice].find((each) => each?.file.startsWith('notices/'));
  expect(notices?.laid).toBeUndefined();
  expect(posters?.laid?.by).toEqual(['content/templates/posters/poster.css']);
  expect(posters?.kind === 'page' && posters.html.toString()).toContain('/* ours */');
  expect(posters?.laid?.plain.toString()).not.toContain('/* ours */');
  expect(posters?.laid?.facts).toContain(edition.handbook.services[0]?.name);
});
