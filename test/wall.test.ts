// What hangs on the wall: colours that everyone tells apart, type that is read from where people stand, nothing cut.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../src/browser.js';
import { type Asked, type Edition, editionOf, outputsNamed, sheetsOf } from '../src/edition.js';
import { fitBoxes } from '../src/fit.js';
import { Press } from '../src/press.js';
import { type Content, read } from '../src/read.js';
import type { Drawing, Sheet } from '../src/render.js';
import { UserError } from '../src/source.js';

const ROOT = join(import.meta.dirname, '..');
const template = (path: string): string => readFileSync(join(ROOT, 'templates', path), 'utf8');

// ---------------------------------------------------------------- colours

type Rgb = [number, number, number];
const TOKENS = new Map(
  [...template('base.css').matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]),
);
const channels = (hex: string): Rgb => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)) as Rgb;
const linear = (rgb: Rgb): Rgb =>
  rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)) as Rgb;
/** WCAG 2. */
function contrast(one: Rgb, other: Rgb): number {
  const light = (rgb: Rgb): number => {
    const [r, g, b] = linear(rgb);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark = 0, bright = 0] = [light(one), light(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}
/** Machado, Oliveira, Fernandes 2009, severity 1, over linear light. */
const SEEN_BY: Record<string, number[][]> = {
  everyone: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopes: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopes: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopes: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
function lab(hex: string, matrix: number[][]): number[] {
  const light = linear(channels(hex));
  const [r = 0, g = 0, b = 0] = matrix.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, share, i) => sum + share * (light[i] ?? 0), 0),
      ),
    ),
  );
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const [x, y, z] = [
    f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047),
    f(0.2126729 * r + 0.7151522 * g + 0.072175 * b),
    f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883),
  ] as [number, number, number];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

describe('the colours', () => {
  const hex = (name: string): string => TOKENS.get(name) ?? '';

  test.each(['ink', 'accent', 'doubt', 'chart-ink'])('text in %s is 7:1 against every ground', (text) => {
    for (const ground of ['tint', 'chart-box', 'chart-end', 'chart-ask'])
      expect(contrast(channels(hex(text)), channels(hex(ground))), ground).toBeGreaterThanOrEqual(7);
  });
  test('that carry meaning are told apart by everyone, whatever cones they have', () => {
    for (const [who, matrix] of Object.entries(SEEN_BY))
      for (const [one, other] of [
        ['ink', 'doubt'],
        ['accent', 'doubt'],
        ['ink', 'accent'],
      ] as const)
        expect(
          Math.hypot(...lab(hex(one), matrix).map((value, i) => value - (lab(hex(other), matrix)[i] ?? 0))),
          `${one} and ${other} for ${who}`,
        ).toBeGreaterThan(15);
  });
  test('of the wall are tokens, and white on the accent', () => {
    for (const file of [
      'posters/sheet',
      'posters/poster',
      'hall/hall',
      'standards/standards',
      'courtesy/courtesy',
      'overall/overall',
    ])
      for (const [rule] of template(`${file}.css`).matchAll(/\{[^{}]*\}/g)) {
        const white = /[{\s]color: #ffffff/.test(rule);
        if (white) expect(rule, file).toContain('background: var(--accent)');
        expect(rule.replace(/color: #ffffff/, ''), file).not.toMatch(/#[0-9a-f]{3}|rgb|opacity/i);
      }
  });
});

// ---------------------------------------------------------------- printed sheets

let press: Press;
let page: Page;
let close: () => Promise<void>;
const content = read('content', ROOT);

beforeAll(async () => {
  const { chart } = (await edition(content, await asked('hall'))).templates;
  const running = await openBrowser({ env: process.env, root: process.getuid?.() === 0 });
  press = new Press(running, chart.theme);
  page = await running.browser.newPage();
  close = () => press.close();
});
afterAll(() => close());

type Way = { paper?: string; landscape?: boolean; sheets?: boolean; distance?: number; services?: string[] };
async function asked(outputs: string, { services, sheets = false, ...way }: Way = {}): Promise<Asked> {
  return {
    outputs: await outputsNamed(outputs.split(' '), {}),
    tongues: { lang: 'zh' },
    mono: false,
    sheets,
    ...way,
    ...(services ? { services } : {}),
  };
}
/** Read and judged once. */
const editions = new Map<Content, Map<string, Promise<Edition>>>();
function edition(of: Content, what: Asked): Promise<Edition> {
  const key = (what.services ?? []).join(' ');
  const known = editions.get(of) ?? new Map<string, Promise<Edition>>();
  editions.set(of, known);
  const found = known.get(key) ?? editionOf(of, what);
  known.set(key, found);
  return found;
}
/** Drawn once, whatever the paper. */
const drawn = new Map<string, { mermaid: string; drawing: Drawing }>();
type PageSheet = Extract<Sheet, { kind: 'page' }>;
async function sheetsFor(of: Content, outputs: string, way: Way = {}): Promise<PageSheet[]> {
  const what = await asked(outputs, way);
  const sheets = await sheetsOf(await edition(of, what), what, async (diagrams) => {
    const fresh = diagrams.filter(({ id, mermaid }) => drawn.get(id)?.mermaid !== mermaid);
    for (const [i, drawing] of (await press.draw(fresh)).entries()) {
      const { id = '', mermaid = '' } = fresh[i] ?? {};
      drawn.set(id, { mermaid, drawing });
    }
    return diagrams.map(({ id }) => (drawn.get(id) as { drawing: Drawing }).drawing);
  });
  return sheets.filter((sheet) => sheet.kind === 'page');
}

type Run = { text: string; size: number; left: number; right: number; top: number; bottom: number };
type Printed = { width: number; height: number; runs: Run[] };
/** What stands on each page, in mm, measured in the PDF; `top` and `bottom` are those of the em box. */
async function measured(bytes: Uint8Array): Promise<Printed[]> {
  const mm = (points: number): number => (points / 72) * 25.4;
  const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  const pages: Printed[] = [];
  for (let n = 1; n <= pdf.numPages; n += 1) {
    const each = await pdf.getPage(n);
    const { width, height } = each.getViewport({ scale: 1 });
    const runs = (await each.getTextContent()).items.flatMap((item): Run[] => {
      if (!('str' in item) || item.str.trim() === '') return [];
      const [, , c = 0, d = 0, x = 0, y = 0] = item.transform as number[];
      const size = mm(Math.hypot(c, d));
      const bottom = mm(height - y) + size * 0.12;
      return [{ text: item.str, size, left: mm(x), right: mm(x + item.width), top: bottom - size, bottom }];
    });
    pages.push({ width: mm(width), height: mm(height), runs });
  }
  return pages;
}

const LEAST: Record<string, number> = { A4: 1.4, A3: 2, A2: 2.5, A1: 3, A0: 4 };
/** Faults of printed pages: too small to be read, over the edge, one text over another. */
function faultsOf(pages: readonly Printed[], distance: number): string[] {
  const far = (distance * 1000) / 200;
  const near = far * (3 / 8);
  const seen = (one: Run, other: Run): boolean =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 0.1 * Math.min(one.size, other.size) &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 0.25 * Math.min(one.size, other.size);
  return pages.flatMap(({ width, height, runs }, i) => [
    ...runs
      .filter(({ size }) => size < near * 0.985)
      .map(({ text, size }) => `${i + 1} small ${size.toFixed(2)} ${text}`),
    ...runs
      .filter(({ left, right, top, bottom }) => left < 5 || top < 5 || right > width - 5 || bottom > height - 5)
      .map(({ text }) => `${i + 1} edge ${text}`),
    ...runs.flatMap((one, j) =>
      runs.slice(j + 1).flatMap((other) => (seen(one, other) ? [`${i + 1} over ${one.text} | ${other.text}`] : [])),
    ),
  ]);
}
const wordsOf = (pages: readonly Printed[]): string =>
  pages
    .flatMap(({ runs }) => runs.map(({ text }) => text))
    .join('')
    .replace(/\s/g, '');

describe('every poster of the shipped office', () => {
  test.each([
    ['A3', false],
    ['A3', true],
    ['A1', true],
  ] as const)(
    'on %s, lying %s, is read from its distance, and nothing is cut or overprinted',
    async (paper, landscape) => {
      const services = ['objection'];
      const sheets = await sheetsFor(content, 'posters hall standards courtesy overall', {
        paper,
        landscape,
        services,
      });
      for (const sheet of sheets) {
        const pages = await measured((await press.print(sheet)).bytes);
        const distance = sheet.file.includes('hall') ? 3 : (LEAST[paper] ?? 0);
        expect(pages, sheet.file).toHaveLength(1);
        expect(faultsOf(pages, distance), sheet.file).toEqual([]);
        // The title and what matters most are read from afar.
        const large = pages[0]?.runs.filter(({ size }) => size >= ((distance * 1000) / 200) * 0.985) ?? [];
        expect(large.length, sheet.file).toBeGreaterThan(sheet.file.includes('overall') ? 0 : 4);
      }
    },
  );

  test('has text of 7:1 against what is under it, as it is rendered', async () => {
    const services = ['objection'];
    for (const landscape of [false, true])
      for (const sheet of await sheetsFor(content, 'posters hall standards courtesy overall', {
        landscape,
        services,
      })) {
        const { 0: width = 0, 1: height = 0 } = [/--width: ([\d.]+)/, /--height: ([\d.]+)/].map((of) =>
          Math.ceil((Number(of.exec(sheet.html.toString())?.[1]) / 25.4) * 96),
        );
        await page.setViewport({ width, height });
        await page.setContent(sheet.html.toString());
        await page.evaluate(fitBoxes, sheet.fit ?? { least: 1, most: 1 });
        const pairs = await page.evaluate(coloursOfText);
        expect(pairs.length, sheet.file).toBeGreaterThan(10);
        for (const { text, ink, ground } of pairs)
          expect(contrast(ink, ground), `${sheet.file} ${text} ${ink} on ${ground}`).toBeGreaterThanOrEqual(7);
      }
  });
});

/** Runs in the browser: the colour of every text and of what lies under its middle. */
function coloursOfText(): { text: string; ink: [number, number, number]; ground: [number, number, number] }[] {
  const parsed = (colour: string): [number, number, number] | undefined => {
    const [r = 0, g = 0, b = 0, a = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return colour === 'none' || colour === '' || a === 0 ? undefined : [r, g, b];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: { text: string; ink: [number, number, number]; ground: [number, number, number] }[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? '';
    const element = node.parentElement;
    if (text === '' || !element || element.closest('style,title,desc')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getClientRects()[0];
    if (!box || box.width === 0 || getComputedStyle(element).visibility === 'hidden') continue;
    const drawn = element instanceof SVGElement;
    const ink = parsed(drawn ? getComputedStyle(element).fill : getComputedStyle(element).color) ?? [255, 255, 255];
    // What lies under a text is asked for a little left of its middle too: a middle may be between two letters.
    const under = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const ground = under
      .filter((each) => !each.matches('text,tspan,svg,g,path.flowchart-link') && each !== element.closest('text'))
      .map((each) =>
        parsed(each instanceof SVGElement ? getComputedStyle(each).fill : getComputedStyle(each).backgroundColor),
      )
      .find((colour) => colour !== undefined);
    found.push({ text, ink, ground: ground ?? [255, 255, 255] });
  }
  return found;
}

// ---------------------------------------------------------------- extreme content

const TITLE = { 4: '閱覽卷宗', 40: '申請人不服執行命令而向本分署請求閱覽抄寫複印攝影卷宗並領取權利移轉證書及退還保證' };
const PAPERS = (count: number): string[] =>
  Array.from({ length: count }, (_, i) =>
    i < count * 0.8 ? `第${i + 1}項證明文件或其影本（影本，1 份）` : `委託他人時：委託事項第${i + 1}項證明（正本）`,
  );
const FEES = (count: number): string =>
  count === 0
    ? '免費'
    : `\n${Array.from({ length: count }, (_, i) => `  - {項目: 第${i + 1}種證明書的核發, 金額: ${(i + 1) * 25} 元, 單位: 每份}`).join('\n')}`;

const OFFICE = '名稱: 範例分署\n單位: [執行一科]\n職稱: [書記官, 主任行政執行官, 分署長]\n當事人: [義務人]\n';
const service = (title: 4 | 40, documents: number, fees: number): string => `名稱: ${TITLE[title]}
應備證件:
${PAPERS(documents)
  .map((each) => `  - ${each}`)
  .join('\n')}
規費: ${FEES(fees)}
辦理時限: 3 工作日
審核權責: {擬辦: 書記官, 審核: 主任行政執行官, 核定: 分署長}
申請程序:
  - 開始: 提出申請書（義務人）
  - {判斷: 文件齊備？, 權責: 書記官, 分支: {是: 核定, 否: [通知補正（書記官）, {步驟: 補正文件, 權責: 義務人, 接: 文件齊備？}]}}
  - {步驟: 核定, 權責: 分署長}
  - 結束: 通知申請人（書記官）
`;
const contentOf = (files: Record<string, string>): Content => {
  const source = (path: string) => ({ path: `content/${path}`, text: files[path] ?? '' });
  const services = Object.keys(files).filter((path) => path.startsWith('services/'));
  return {
    office: source('office.yaml'),
    book: source('handbook.yaml'),
    services: services.map(source),
    chapters: [],
    formFiles: [],
    translations: [],
    faults: [],
  };
};
const EXTREMES = contentOf({
  'office.yaml': OFFICE,
  'handbook.yaml': '書名: 手冊\n版次: 初版\n日期: 115年11月23日\n',
  'services/short-free.yaml': service(4, 2, 0),
  'services/long-table.yaml': service(40, 2, 14),
  'services/forty-free.yaml': service(4, 40, 0),
  'services/forty-table.yaml': service(40, 40, 14),
});
const NEEDED: Record<string, string[]> = {
  'short-free': [TITLE[4], '免費', '申請人'],
  'long-table': ['第1種證明書', '第14種證明書', '350元'],
  'forty-free': ['第1項證明', '第40項證明', '免費'],
  'forty-table': ['第40項證明', '第14種證明書', '通知補正'],
};

describe('a service of few words or many', () => {
  test.each([
    ['A4', false],
    ['A4', true],
    ['A3', false],
    ['A3', true],
  ] as const)(
    'on %s, lying %s, fits, or is refused in a sentence, or goes on to more sheets',
    async (paper, landscape) => {
      const distance = LEAST[paper] ?? 0;
      const flowing = new Map(
        (await sheetsFor(EXTREMES, 'posters', { paper, landscape, sheets: true })).map((sheet) => [sheet.file, sheet]),
      );
      for (const sheet of await sheetsFor(EXTREMES, 'posters', { paper, landscape })) {
        const name = sheet.file.slice('posters/'.length, -'.pdf'.length);
        const printed = await press.print(sheet).catch((error: unknown) => error);
        if (printed instanceof UserError) {
          expect(name).toMatch(/^forty/);
          expect(printed.say.zh).toMatch(
            /^posters\/.*：「.*」放不進 A\d [橫直]式，縮到最小字級仍多出約 \d+ 行。最長的是「應備證件」約 \d+ 行、.*可以：.*（--paper A2）.*（--sheets）/,
          );
        } else expect(printed).not.toBeInstanceOf(Error);
        const file = printed instanceof UserError ? await press.print(flowing.get(sheet.file) as PageSheet) : printed;
        const pages = await measured((file as { bytes: Uint8Array }).bytes);
        expect(pages.length > 1, name).toBe(printed instanceof UserError);
        expect(faultsOf(pages, distance), name).toEqual([]);
        for (const word of NEEDED[name] ?? []) expect(wordsOf(pages), name).toContain(word);
        // Each sheet says whose it is, of which edition, and which of how many.
        for (const [i, one] of pages.entries()) {
          expect(wordsOf([one])).toContain(`範例分署`);
          expect(wordsOf([one])).toContain('查驗碼');
          if (pages.length > 1) expect(wordsOf([one])).toContain(`第${i + 1}張，共${pages.length}張`);
        }
      }
    },
  );
});

describe('an office of few words or many', () => {
  test('has its standards and courtesy fit, or is refused in a sentence, or goes on to more sheets', async () => {
    const office = (
      words: number,
    ): string => `${OFFICE}服務標準: {引導時限: 5 分鐘, 注意事項: ${'凡能立刻於服務台辦理的工作，不必再移至其他單位辦理。'.repeat(words / 4)}}
服務要點: [好, ${words > 4 ? TITLE[40] : '快'}]
服務態度: [${Array.from({ length: words }, (_, i) => `第${i + 1}種誠懇虛心的態度`).join(', ')}]
`;
    const book = '書名: 手冊\n版次: 初版\n日期: 115年11月23日\n';
    for (const words of [4, 24])
      for (const landscape of [false, true]) {
        const of = contentOf({ 'office.yaml': office(words), 'handbook.yaml': book });
        const [flowing, fixed] = [
          await sheetsFor(of, 'standards courtesy', { paper: 'A4', landscape, sheets: true }),
          await sheetsFor(of, 'standards courtesy', { paper: 'A4', landscape }),
        ];
        for (const [i, sheet] of fixed.entries()) {
          const printed = await press.print(sheet).catch((error: unknown) => error);
          if (printed instanceof UserError) {
            expect(words).toBe(24);
            expect(printed.say.zh).toMatch(/放不進 A4 [橫直]式.*最長的是「.*」約 \d+ 行.*（--sheets）/);
          } else expect(printed).not.toBeInstanceOf(Error);
          const file = printed instanceof UserError ? await press.print(flowing[i] as PageSheet) : printed;
          const pages = await measured((file as { bytes: Uint8Array }).bytes);
          expect(faultsOf(pages, 1.4), `${sheet.file} ${landscape}`).toEqual([]);
          if (sheet.file.includes('courtesy')) expect(wordsOf(pages)).toContain(`第${words}種誠懇虛心的態度`);
        }
      }
  });
});
