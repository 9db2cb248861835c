// The shipped content, built once as a newcomer builds it; what is asserted is read from the files on disk.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from '../src/content/parse.js';
import { proceduresOf } from '../src/content/procedure.js';
import { read } from '../src/content/read.js';
import type { Handbook } from '../src/content/schema/model.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { inBookOrder } from '../src/document/context.js';
import { type Line, linesOf, type Seen, see } from './pdf.js';
import { runIn } from './program.js';

const ROOT = join(import.meta.dirname, '..');
let out: string;
let handbook: Handbook;
let book: Seen;
let said = '';

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'servicebook-build-'));
  const ran = await runIn(ROOT, 'build', '--out', out);
  said = ran.err + ran.out;
  expect(ran.code, said).toBe(0);
  handbook = parse(read('content', ROOT), parseMarkdown);
  book = await see(await readFile(join(out, 'handbook.pdf')));
}, 300_000);
afterAll(() => rm(out, { recursive: true, force: true }));

const squeezed = (text: string): string => text.replace(/\s/g, '');
const services = () => inBookOrder(handbook);
const files = async (folder: string) => (await readdir(join(out, folder))).sort();
const seen = async (file: string) => see(await readFile(join(out, file)));

const isPrintable = ({ texts, fonts, tagged, lang, title }: Seen): void => {
  // What is searched for must be found: no radical in the place of a character.
  expect(texts.join('').match(/[\u2E80-\u2FDF\uF900-\uFAFF]/gu)).toBeNull();
  expect(
    fonts.filter(({ kind, embedded, unicode }) => kind !== '/Type0/CIDFontType2' || !embedded || !unicode),
  ).toEqual([]);
  expect(fonts.length).toBeGreaterThan(0);
  expect(tagged).toBe(true);
  expect(lang).toBe('zh-Hant');
  expect(title).toBeTruthy();
};

describe('handbook.pdf', () => {
  test('is A4 throughout, tagged, titled, in Chinese, in TrueType', () => {
    isPrintable(book);
    for (const size of book.sizes) expect(size.toSorted((a, b) => a - b)).toEqual([210, 297]);
  });
  test('every number in the contents is the page its entry leads to', () => {
    const numbered = book.links.filter(({ words, from }) => from < 8 && /\d+$/.test(words));
    expect(numbered.length).toBeGreaterThan(services().length);
    for (const { words, to } of numbered) expect(words).toMatch(new RegExp(`(^|\\D)${to}$`));
  });
  test('each service lands on the page the contents name', () => {
    for (const { name } of services()) {
      const entry = book.links.find(({ from, words }) => from < 8 && words.includes(squeezed(name)));
      expect(entry, name).toBeDefined();
      expect(book.texts[(entry?.to ?? 0) - 1]).toContain(squeezed(name));
    }
  });
  test('has a bookmark for each service and chapter', () => {
    const marks = book.bookmarks.map(squeezed).join('\n');
    for (const { name } of services()) expect(marks).toContain(squeezed(name));
    for (const { title } of handbook.chapters) expect(marks).toContain(squeezed(title));
  });
  test('says every step of every procedure', () => {
    const all = book.texts.join('');
    for (const { flow } of proceduresOf(handbook))
      for (const { text } of flow.nodes) expect(all).toContain(squeezed(text));
  });
  const isBlank = (text: string): boolean => text === '（本頁空白）';
  test('is marked as a draft on every page that says something, while a value is 待確認', () => {
    expect(handbook.unconfirmed.length).toBeGreaterThan(0);
    for (const [i, text] of book.texts.entries()) if (!isBlank(text)) expect(text, `page ${i + 1}`).toContain('草案');
  });
  test('numbers its pages x／y, but for the cover', () => {
    const last = book.texts.length;
    for (const [i, text] of book.texts.entries()) {
      const number = new RegExp(`頁(\\d+)／${last}`).exec(text)?.[1];
      if (i === 0) expect(number, `page ${i + 1}`).toBeUndefined();
      else expect(Number(number), `page ${i + 1}`).toBe(i + 1);
    }
  });
  const placeOf = (name: string): number =>
    book.links.find(({ from, words }) => from < 5 && words.includes(squeezed(name)))?.to ?? 0;
  test('has the approval behind the cover, then the contents; chapters follow one another, with no blank leaf', () => {
    expect(book.texts[1]).toContain('核定文號');
    expect(book.texts[2]).toContain('目次');
    expect(book.texts.filter(isBlank)).toEqual([]);
    expect(book.texts.length).toBeLessThanOrEqual(56);
    const begins = book.links.filter(({ from, words }) => from < 5 && /^[壹貳參肆伍陸柒捌玖拾]+、/.test(words));
    expect(begins.length).toBeGreaterThan(10);
    expect(new Set(begins.map(({ to }) => to)).size).toBeLessThan(begins.length);
  });
  test('a service takes whole spreads: its facts begin on a left page, and the next one does', () => {
    const begins = services().map(({ name }) => placeOf(name));
    for (const [i, page] of begins.entries()) expect([services()[i]?.name, page % 2]).toEqual([services()[i]?.name, 0]);
    // Half of them and more take one.
    const lengths = begins.slice(1).map((page, i) => page - (begins[i] ?? 0));
    expect(lengths.filter((pages) => pages === 2).length).toBeGreaterThan(lengths.length / 2);
  });
});

describe('handbook.pdf, by the rules of Chinese setting (W3C clreq)', () => {
  let lines: Line[];
  beforeAll(async () => {
    lines = await linesOf(await readFile(join(out, 'handbook.pdf')));
  }, 60_000);
  test('no line begins with what may not begin one, or ends with an opening bracket', () => {
    expect(lines.length).toBeGreaterThan(2000);
    expect(lines.filter(({ text }) => /^\s*[、，。．；：？！）」』》〉】〕…]/u.test(text))).toEqual([]);
    expect(lines.filter(({ text }) => /[（「『《〈【〔]\s*$/u.test(text))).toEqual([]);
  });
  test('a number stays with what it counts', () => {
    const apart = lines.filter(({ text, y }, i) => {
      const next = lines[i + 1];
      return (
        /\d\s*$/.test(text) && next && next.y > y + 3 && /^(元|日|條|項|頁|份|張|件|小時|分鐘|個月)/.test(next.text)
      );
    });
    expect(apart).toEqual([]);
  });
  test('no heading has a character alone on its last line, and none stands at the foot of a page', () => {
    const headings = lines.filter(({ size, page }) => size > 12.3 && page > 3);
    // The signs of the categories are one character by nature.
    expect(headings.filter(({ text }) => [...text.trim()].length === 1 && !/[一二三四五六]/.test(text))).toEqual([]);
    const pages = new Set(headings.map(({ page }) => page));
    for (const page of pages) {
      // Above the running foot; a page of nothing but large numerals is that of the service standards.
      const body = lines.filter((line) => line.page === page && line.y < 780).sort((a, b) => a.y - b.y);
      const lowest = body.at(-1);
      const standards = body.some(({ text }) => text.includes('服務標準'));
      expect([page, standards || (lowest?.size ?? 0) < 12.3]).toEqual([page, true]);
    }
  });
  test('nothing is smaller than 8 pt, and nothing stands outside the page', () => {
    expect(lines.filter(({ size }) => size < 7.95)).toEqual([]);
    expect(lines.filter(({ x, right, y }) => x < 0 || right > 596 || y < 0 || y > 842)).toEqual([]);
  });
});

test('handbook.html is one file that reaches nothing', async () => {
  const html = await readFile(join(out, 'handbook.html'), 'utf8');
  for (const { name } of services()) expect(html).toContain(name);
  expect(html).not.toMatch(
    /<script (?!type="(module"|application\/json" id="rules")>)|<link|src="(?!data:)|@import|url\((?!["']?(#|data:))/,
  );
  // What runs, and the rules, which are data.
  expect(html.match(/<script/g)).toHaveLength(2);
  expect(Buffer.byteLength(html)).toBeLessThan(700_000);
  expect(html).toMatch(/<head>\n<meta http-equiv="Content-Security-Policy" content="default-src 'none';/);
});

describe('posters', () => {
  test('one A3 sheet a service, and the A1 overview of the hall', async () => {
    // Of what nobody knows anything yet there is no poster.
    const printed = new Set((await files('posters')).map((file) => file.replace('.pdf', '')));
    const known = services().filter(({ id }) => printed.has(id));
    expect(known.length).toBeGreaterThanOrEqual(services().length - 1);
    expect((await files('posters')).filter((file) => file.endsWith('.pdf'))).toEqual(
      [...known.map(({ id }) => id), 'hall', 'overall', 'standards', 'courtesy', 'duties']
        .map((id) => `${id}.pdf`)
        .sort(),
    );
    for (const { id, name } of known) {
      const poster = await seen(`posters/${id}.pdf`);
      isPrintable(poster);
      expect(poster.sizes, id).toEqual([[297, 420]]);
      expect(poster.texts[0]).toContain(squeezed(name));
    }
    const hall = await seen('posters/hall.pdf');
    isPrintable(hall);
    expect(hall.sizes).toEqual([[594, 841]]);
    for (const { name } of services()) expect(hall.texts[0]).toContain(squeezed(name));
  });
  test('the standards, the courtesy and the overall chart on A3', async () => {
    const told = {
      standards: '10秒內或鈴響3聲內',
      courtesy: '好快週到公平',
      overall: '移案機關製作繳款單',
    };
    for (const [id, words] of Object.entries(told)) {
      const poster = await seen(`posters/${id}.pdf`);
      isPrintable(poster);
      expect(poster.sizes, id).toEqual([[297, 420]]);
      expect(poster.texts[0]).toContain(words);
    }
  });
});

describe('notices', () => {
  test('are A4, take one leaf a copy at most, and name every document of the service', async () => {
    for (const service of services()) {
      const notice = await seen(`notices/${service.id}.pdf`);
      isPrintable(notice);
      // Both copies on one sheet lie side by side.
      for (const size of notice.sizes) expect([...size].sort()).toEqual([210, 297]);
      expect(notice.sizes.length, service.id).toBeLessThanOrEqual(4);
      const all = notice.texts.join('');
      const documents = service.documents && 'items' in service.documents ? service.documents.items : undefined;
      for (const { name } of Array.isArray(documents) ? documents : [])
        if (name) expect(all, service.id).toContain(squeezed(name));
    }
  });
});

describe('flowcharts', () => {
  test('every chart as svg, png, pdf and its Mermaid source, with the text of every step', async () => {
    const charts = proceduresOf(handbook);
    expect(await files('flowcharts')).toEqual(
      charts.flatMap(({ id }) => ['mmd', 'pdf', 'png', 'svg'].map((kind) => `${id}.${kind}`)).sort(),
    );
    for (const { id, flow } of charts) {
      const svg = await readFile(join(out, `flowcharts/${id}.svg`), 'utf8');
      const words = squeezed(
        svg
          .replace(/<title>[^<]*<\/title>/g, '')
          .replace(/<style[\s\S]*?<\/style>/g, '')
          .replace(/<[^>]*>/g, ''),
      );
      const pdf = await seen(`flowcharts/${id}.pdf`);
      isPrintable(pdf);
      for (const { text } of flow.nodes) {
        expect(words, `${id}.svg`).toContain(squeezed(text));
        expect(pdf.texts.join(''), `${id}.pdf`).toContain(squeezed(text));
      }
    }
  });
  test('the overall chart is the branch’s own, arrow by arrow', () => {
    const overall = proceduresOf(handbook).find(({ id }) => id === 'overall');
    const text = (id: string) => overall?.flow.nodes.find((node) => node.id === id)?.text;
    expect(
      overall?.flow.edges.map(({ from, to, label }) => [text(from), label ?? '', text(to)].join('|')).sort(),
    ).toEqual(
      [
        '傳繳義務人||服務台',
        '服務台|引導|承辦股別',
        '承辦股別|無疑義、引導|移案機關製作繳款單',
        '承辦股別|疑義|執行人員說明',
        '移案機關製作繳款單||代收銀行繳款',
        '代收銀行繳款||結案',
        '執行人員說明|無疑義|商議繳納方式（命供擔保）',
        '執行人員說明|無疑義、引導|移案機關製作繳款單',
        '執行人員說明|疑義：執行程序事項|義務人聲明異議',
        '執行人員說明|疑義：實體爭議事項|移案機關說明',
        '義務人聲明異議|無理由|報行政執行署決定',
        '義務人聲明異議|有理由|撤銷執行行為',
      ].sort(),
    );
  });
});

test('the summary names every file with its pages', () => {
  expect(said).toMatch(/handbook\.pdf {2}\d+ 頁/);
  expect(said).toContain('已編印');
});

test('every file of it is current, whatever its kind', async () => {
  const { code, out: told } = await runIn(ROOT, 'stale', out);
  const entries = await readdir(out, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const lines = told.trim().split('\n');
  expect(code, told).toBe(0);
  for (const line of lines) expect(line).toContain('：現行。');
  expect(lines).toHaveLength(names.length);
  expect(new Set(names.map((name) => name.split('.').pop()))).toEqual(new Set(['pdf', 'svg', 'png', 'mmd', 'html']));
});
