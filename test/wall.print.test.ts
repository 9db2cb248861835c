// What hangs on the wall: colours that everyone tells apart, type that is read from where people stand, nothing cut.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Content, read } from '../src/content/read.js';
import { UserError } from '../src/core/terminal.js';
import { openBrowser } from '../src/print/browser.js';
import { inPage } from '../src/print/page.js';
import { openPrinter, type Printer } from '../src/print/printer.js';
import { contrast, contrastOf, differenceOf, SEEN_BY } from './colours.js';
import { bookOf, partedIn } from './generated-services.js';
import { asked, edition, faultsOf, LEAST, measured, type PageSheet, sheetsFor, wordsOf } from './wall-sheets.js';

const ROOT = join(import.meta.dirname, '..');
const template = (path: string): string => readFileSync(join(ROOT, 'templates', path), 'utf8');

// ---------------------------------------------------------------- colours

const TOKENS = new Map(
  [...template('base.css').matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]),
);

describe('the colours', () => {
  const hex = (name: string): string => TOKENS.get(name) ?? '';

  test.each(['ink', 'accent', 'doubt', 'chart-ink'])('text in %s is 7:1 against every ground', (text) => {
    for (const ground of ['tint', 'chart-box', 'chart-end', 'chart-ask'])
      expect(contrast(hex(text), hex(ground)), ground).toBeGreaterThanOrEqual(7);
  });
  test('that carry meaning are told apart by everyone, whatever cones they have', () => {
    for (const who of Object.keys(SEEN_BY))
      for (const [one, other] of [
        ['ink', 'doubt'],
        ['accent', 'doubt'],
        ['ink', 'accent'],
      ] as const)
        expect(differenceOf(hex(one), hex(other), who), `${one} and ${other} for ${who}`).toBeGreaterThan(15);
  });
  test('of the wall are tokens, and white on the accent', () => {
    for (const file of [
      'posters/sheet',
      'posters/poster',
      'hall/hall',
      'standards/standards',
      'courtesy/courtesy',
      'overall/overall',
      'duties/duties',
    ])
      for (const [rule] of template(`${file}.css`).matchAll(/\{[^{}]*\}/g)) {
        const white = /[{\s]color: #ffffff/.test(rule);
        // In what is white on colour, a frame may be white too, and a mark may have a white ground.
        if (white) expect(rule, file).toContain('background: var(--accent)');
        expect(rule.replace(/(?:color|background|solid):? #ffffff/, ''), file).not.toMatch(/#[0-9a-f]{3}|rgb|opacity/i);
      }
  });
});

// ---------------------------------------------------------------- printed sheets

let printer: Printer;
let page: Page;
let close: () => Promise<void>;
const content = read('content', ROOT);

beforeAll(async () => {
  const { chart } = (await edition(content, await asked('hall'))).templates;
  const options = { env: process.env, root: process.getuid?.() === 0 };
  printer = await openPrinter({ ...options, chart: chart.theme });
  const running = await openBrowser(options);
  page = await running.newPage();
  close = async () => {
    await printer.close();
    await running.close();
  };
});
afterAll(() => close());

describe('every poster of the shipped office', () => {
  test.each([
    ['A3', false],
    ['A3', true],
    ['A1', true],
  ] as const)(
    'on %s, lying %s, is read from its distance, and nothing is cut or overprinted',
    async (paper, landscape) => {
      const services = ['objection'];
      const sheets = await sheetsFor(printer, content, 'posters hall standards courtesy overall duties', {
        paper,
        landscape,
        services,
      });
      for (const sheet of sheets) {
        const pages = await measured((await printer.print(sheet)).bytes);
        const distance = sheet.file.includes('hall') ? 3 : (LEAST[paper] ?? 0);
        expect(pages, sheet.file).toHaveLength(1);
        expect(faultsOf(pages, distance), sheet.file).toEqual([]);
        // The title and what matters most are read from afar.
        const large = pages[0]?.runs.filter(({ size }) => size >= ((distance * 1000) / 200) * 0.985) ?? [];
        expect(large.length, sheet.file).toBeGreaterThan(sheet.file.includes('overall') ? 0 : 4);
        // The names on the board of the hall.
        if (sheet.file.includes('hall'))
          expect(large.map(({ text }) => text).join(''), sheet.file).toMatch(
            /分期繳納申請[\s\S]*聲明異議[\s\S]*首長與民有約/,
          );
      }
    },
  );

  test('has text of 7:1 against what is under it, as it is rendered', async () => {
    const services = ['objection'];
    for (const landscape of [false, true])
      for (const sheet of await sheetsFor(printer, content, 'posters hall standards courtesy overall duties', {
        landscape,
        services,
      })) {
        const { 0: width = 0, 1: height = 0 } = [/--width: ([\d.]+)/, /--height: ([\d.]+)/].map((of) =>
          Math.ceil((Number(of.exec(sheet.html.toString())?.[1]) / 25.4) * 96),
        );
        await page.setViewport({ width, height });
        await page.setContent(sheet.html.toString());
        await inPage(page, 'fitBoxes', sheet.fit ?? { least: 1, most: 1 });
        const pairs = await page.evaluate(coloursOfText);
        expect(pairs.length, sheet.file).toBeGreaterThan(10);
        for (const { text, ink, ground } of pairs)
          expect(contrastOf(ink, ground), `${sheet.file} ${text} ${ink} on ${ground}`).toBeGreaterThanOrEqual(7);
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
const BOOK = '書名: 手冊\n版次: 初版\n日期: 115年11月23日\n';
const EXTREME = {
  'office.yaml': OFFICE,
  'handbook.yaml': BOOK,
  'services/short-free.yaml': service(4, 2, 0),
  'services/long-table.yaml': service(40, 2, 14),
  'services/forty-free.yaml': service(4, 40, 0),
  'services/forty-table.yaml': service(40, 40, 14),
};
const EXTREMES = contentOf(EXTREME);
/** What a book says that wants each poster on one sheet. */
const ONE_SHEET = '續頁: 否\n';
const FIXED = contentOf({ ...EXTREME, 'handbook.yaml': `${BOOK}${ONE_SHEET}` });
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
    'on %s, lying %s, fits, or goes on to more sheets, or is refused in a sentence where it may not',
    async (paper, landscape) => {
      const distance = LEAST[paper] ?? 0;
      const flowing = new Map(
        (await sheetsFor(printer, EXTREMES, 'posters', { paper, landscape })).map((sheet) => [sheet.file, sheet]),
      );
      for (const sheet of await sheetsFor(printer, FIXED, 'posters', { paper, landscape })) {
        const name = sheet.file.slice('posters/'.length, -'.pdf'.length);
        const printed = await printer.print(sheet).catch((error: unknown) => error);
        if (printed instanceof UserError) {
          expect(name).toMatch(/^forty/);
          expect(printed.say.zh).toMatch(
            /^posters\/.*：「.*」放不進 A\d [橫直]式，縮到最小字級仍多出約 \d+ 行。最長的是(?=.*「應備證件」約 \d+ 行).*可以：.*（--paper A[23]）.*（刪去 handbook.yaml 的「續頁: 否」/,
          );
        } else expect(printed).not.toBeInstanceOf(Error);
        const file = printed instanceof UserError ? await printer.print(flowing.get(sheet.file) as PageSheet) : printed;
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

describe('the posters of the shipped office, on A3', () => {
  // More would drop conditions from what they hold for.
  test('have half of their characters so large that they are read from two metres', async () => {
    let [large, all] = [0, 0];
    for (const sheet of await sheetsFor(printer, content, 'posters', { paper: 'A3' })) {
      const { bytes } = await printer.print(sheet);
      for (const { runs } of await measured(bytes))
        for (const { text, size } of runs) {
          const count = text.replace(/\s/g, '').length;
          all += count;
          if (size >= 10 * 0.995) large += count;
        }
    }
    expect(all).toBeGreaterThan(4000);
    expect(large / all).toBeGreaterThan(0.5);
  });
});

describe('a poster of the shortest service, and of one that is too long for a sheet', () => {
  test.each([
    ['A4', false],
    ['A3', false],
    ['A0', true],
  ] as const)('on %s, lying %s, is printed whole, each piece below its heading', async (paper, landscape) => {
    const lengths = new Map<number, number>();
    for (const sheet of await sheetsFor(printer, bookOf([0, 1, 40, 110]), 'posters', { paper, landscape })) {
      const documents = Number(/d(\d+)\.pdf$/.exec(sheet.file)?.[1]);
      const { bytes, faults } = await printer.print(sheet);
      const pages = await measured(bytes);
      expect([...(faults ?? []), ...faultsOf(pages, LEAST[paper] ?? 0), ...partedIn(pages, documents)]).toEqual([]);
      lengths.set(documents, pages.length);
      const largest = Math.max(...pages.flatMap(({ runs }) => runs.map(({ size }) => size)));
      // Three times what is read from afar: a poster of few words is no small one.
      if (documents < 2) expect(largest, sheet.file).toBeGreaterThan(((LEAST[paper] ?? 0) * 1000 * 3) / 200);
    }
    expect([0, 1, 40].map((count) => lengths.get(count))).toEqual([1, 1, 1]);
    expect(lengths.get(110)).toBe(2);
  });
});

describe('a hall overview that goes on to further sheets', () => {
  test.each([false, true])(
    'lying %s, names the category above its services on each, and no promise without its value',
    async (landscape) => {
      const lengths = Array.from({ length: 80 }, (_, i) => i);
      const kinds = ['甲類', '乙類', '丙類'].map((kind, k) => ({
        kind,
        of: lengths.filter((i) => Math.floor(i / 27) === k),
      }));
      const said = kinds
        .map(({ kind, of }) => `  - {名稱: ${kind}, 服務: [${of.map((i) => `d${i}`).join(', ')}]}`)
        .join('\n');
      const book = bookOf(lengths, `服務類別:\n${said}\n`);
      // Few words each, and a name that tells of which category it is.
      const few = book.services.map(({ path }, i) => ({
        path,
        text: `名稱: ${kinds[Math.floor(i / 27)]?.kind}第${i}號\n應備證件: 申請書\n規費: 免費\n辦理時限: 3 日\n審核權責: 分署長\n`,
      }));
      const [sheet] = await sheetsFor(printer, { ...book, services: few }, 'hall', { landscape });
      const { bytes, faults } = await printer.print(sheet as PageSheet);
      expect(faults).toEqual([]);
      const pages = await measured(bytes);
      expect(pages.length).toBeGreaterThan(1);
      const seen = new Set<string>();
      for (const { runs } of pages) {
        /** What stands beside each other, from the left, within a millimetre. */
        const lines: { text: string; top: number }[] = [];
        for (const { text, top } of [...runs].sort(
          (a, b) => Math.round(a.top) - Math.round(b.top) || a.left - b.left,
        )) {
          const last = lines.at(-1);
          const said = text.replace(/\s/g, '');
          if (last && Math.round(last.top) === Math.round(top)) last.text += said;
          else lines.push({ text: said, top });
        }
        const NAME = /[^、]類第\d+號/g;
        const headings = lines.flatMap(({ text, top }) => {
          const kind = /[甲乙丙]類/.exec(text.replace(NAME, ''))?.[0];
          return kind === undefined ? [] : [{ kind, top: top - 3 }];
        });
        for (const { text, top } of lines)
          for (const [name] of text.matchAll(NAME)) {
            seen.add(name);
            expect(headings.findLast((heading) => heading.top < top)?.kind).toBe(name.slice(0, 2));
          }
        const words = runs.map(({ text }) => text.replace(/\s/g, ''));
        expect(words.includes('30')).toBe(words.some((text) => text.includes('辦理到完成')));
      }
      expect(seen.size).toBeGreaterThan(50);
      for (const i of lengths) expect(wordsOf(pages)).toContain(`${kinds[Math.floor(i / 27)]?.kind}第${i}號`);
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
    for (const words of [4, 24])
      for (const landscape of [false, true]) {
        const of = (book: string): Content => contentOf({ 'office.yaml': office(words), 'handbook.yaml': book });
        const [flowing, fixed] = [
          await sheetsFor(printer, of(BOOK), 'standards courtesy', { paper: 'A4', landscape }),
          await sheetsFor(printer, of(`${BOOK}${ONE_SHEET}`), 'standards courtesy', { paper: 'A4', landscape }),
        ];
        for (const [i, sheet] of fixed.entries()) {
          const printed = await printer.print(sheet).catch((error: unknown) => error);
          if (printed instanceof UserError) {
            expect(words).toBe(24);
            expect(printed.say.zh).toMatch(/放不進 A4 [橫直]式.*最長的是「.*」約 \d+ 行.*「續頁: 否」/);
          } else expect(printed).not.toBeInstanceOf(Error);
          const file = printed instanceof UserError ? await printer.print(flowing[i] as PageSheet) : printed;
          const pages = await measured((file as { bytes: Uint8Array }).bytes);
          expect(faultsOf(pages, 1.4), `${sheet.file} ${landscape}`).toEqual([]);
          if (sheet.file.includes('courtesy')) expect(wordsOf(pages)).toContain(`第${words}種誠懇虛心的態度`);
        }
      }
  });
});
