import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import handbook from '../src/outputs/handbook/handbook.js';
import { finishPdf, loadPdf } from '../src/pdf/finish.js';
import { preflight } from '../src/pdf/preflight/preflight.js';
import { readPages } from '../src/pdf/read-pages.js';
import { readStructure } from '../src/pdf/structure.js';
import { openBrowser } from '../src/print/browser.js';
import { bound, printBook } from '../src/print/pagination.js';
import type { Running } from '../src/print/running-browser.js';
import { SERVICE } from './office.js';
import { kitFor } from './outputs/kit.js';
import { see } from './pdf.js';

let running: Running;
beforeAll(async () => {
  running = await openBrowser({ env: process.env, root: process.getuid?.() === 0 });
}, 60_000);
afterAll(() => running.close());

const services = Object.fromEntries(
  Array.from({ length: 7 }, (_, i) => [
    `services/s${i}.yaml`,
    SERVICE.replace(/^名稱: .*$/m, `名稱: 第${i + 1}號申請`) +
      // Services of one page and of two, so that quires begin on either side.
      `注意事項: |\n${'  應於期限內提出，逾期不受理。\n\n'.repeat(i % 2 === 0 ? 4 : 30)}`,
  ]),
);
const [sheet] = handbook.render(
  kitFor({ ...services, 'chapters/a.md': '# 附則\n\n## 甲\n\n文字。\n\n### 乙\n\n文字。\n' }),
);
if (sheet?.kind !== 'page') throw new Error('expected a page');
const { file, html, date } = sheet;

async function printed(leaves: number) {
  const page = await running.newPage();
  await page.setJavaScriptEnabled(false);
  const unbound = await printBook(page, { file, html: html.toString(), forms: [] }, { leaves });
  await page.close();
  const { pdf, shown } = await bound(unbound);
  // How often the program could hear, meanwhile, that it is to end.
  let heard = 0;
  const hear = (): void => {
    heard += 1;
    hearing = setImmediate(hear);
  };
  let hearing = setImmediate(hear);
  const { bytes, faults } = await finishPdf(pdf, { file, date, source: html.toString(), expected: { shown } });
  clearImmediate(hearing);
  expect(heard).toBeGreaterThan(pdf.getPageCount());
  const again = await loadPdf(bytes);
  const outline = await (await getDocument({ data: bytes.slice(), verbosity: 0 }).promise).getOutline();
  const { fonts: _, ...seen } = await see(bytes);
  return {
    ...seen,
    faults,
    preflight: await preflight(bytes, { shown }),
    outline: JSON.stringify(outline, ['title', 'items']),
    // What groups and says nothing is there once for each quire.
    tags: readStructure(again, readPages(again)).flatMap(({ role, words, spoken, page }) =>
      role === 'NonStruct' && words === '' ? [] : [`${role} ${words} ${spoken} ${page}`],
    ),
    text: shown.join('\n'),
    objects: bytes.length,
  };
}

test('a book in sections is the book printed at once: pages, numbers, links, bookmarks, tags', async () => {
  const { objects: atOnce, ...whole } = await printed(1000);
  const { objects: bound, ...quires } = await printed(2);
  expect(quires).toEqual(whole);
  expect(whole.faults).toEqual([]);
  expect(whole.sizes.length).toBeGreaterThan(15);
  // Every quire brings its own fonts.
  expect(bound).toBeGreaterThan(atOnce);
  // Links lead from the contents into each quire, and back from the index.
  const targets = new Set(whole.links.map(({ to }) => to));
  expect(targets.size).toBeGreaterThan(8);
});
