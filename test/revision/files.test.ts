// A revision as a file: the same paper as Markdown, as HTML, as ODT and as DOCX.
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { revisionFile } from '../../src/build/revision-papers.js';
import { compare } from '../../src/revision/compare.js';
import { bookWith, editionOf } from './books.js';

const service = (fields: object) => ({ services: { a: { 名稱: '閱覽 *卷宗*', ...fields } } });
const revision = compare(
  editionOf(service({ 應備證件: ['申請書', '委任書'], 規費: [{ 項目: '影印', 金額: '2 元' }] })),
  editionOf(service({ 應備證件: ['申請書'], 規費: [{ 項目: '影印', 金額: '3 元' }] })),
);
const book = bookWith({ 版次: '初版', 日期: '115年11月23日', 修訂內容: '訂定' });
type PaperFormat = Parameters<typeof revisionFile>[0];
const file = async (format: PaperFormat) =>
  revisionFile(format, revision, book, { env: {}, root: false, signal: new AbortController().signal });
const text = async (format: PaperFormat) => String(await file(format));

describe('a revision', () => {
  test('as Markdown has its titles, its table, and no sign that Markdown would take for its own', async () => {
    const written = await text('markdown');
    const blocks = written.trimEnd().split('\n\n');
    expect(blocks[0]).toMatch(/^# .*修正總說明/);
    // What begins a page on paper is nothing here.
    expect(blocks.every((block) => block.trim() !== '')).toBe(true);
    expect(written).not.toMatch(/Stryker|undefined/);
    const table = blocks.find((block) => block.startsWith('|'))?.split('\n') ?? [];
    expect(table[0]).toBe('| 修正規定 | 現行規定 | 說明 |');
    expect(table[1]).toBe('| --- | --- | --- |');
    expect(table.length).toBeGreaterThan(3);
    expect(table.join()).toContain('閱覽 \\*卷宗\\*');
    expect(table.join()).toContain('<u>3</u>');
  });
  test('as HTML says the same, with widths that add up, and the table on a page of its own', async () => {
    const page = await text('html');
    expect(page).toContain('<th scope="col">修正規定</th><th scope="col">現行規定</th><th scope="col">說明</th>');
    const widths = [...page.matchAll(/<col style="width: ([\d.]+)%">/g)].map(([, width]) => Number(width));
    expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(100, 0);
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page.match(/<h1 class="new">/g)).toHaveLength(1);
    expect(page).toContain('<u>3</u>');
    expect(page.match(/<table>/g)).toHaveLength(1);
  });
  test.each([
    ['odt', 'content.xml'],
    ['docx', 'word/document.xml'],
  ] as const)('as %s holds the words of the other two, and is the same each time', async (format, part) => {
    const made = await file(format);
    if (typeof made === 'string') throw new Error('no archive');
    const inside = unzipSync(made)[part];
    const words = strFromU8(inside ?? new Uint8Array()).replace(/<[^>]*>/g, '');
    expect(words).toContain('閱覽 *卷宗*');
    expect(words).toContain('修正規定');
    expect(Buffer.compare(Buffer.from(made), Buffer.from((await file(format)) as Uint8Array))).toBe(0);
  });
});
