// handbook.html in a browser: nothing for axe to find, found by a few letters, read at 360 px and by keyboard, and no request.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../src/build/api.js';
import { outputsNamed, sheetsOf } from '../src/build/compile.js';
import type { Language } from '../src/core/language.js';
import { openBrowser } from '../src/print/browser.js';
import type { Running } from '../src/print/running-browser.js';

let running: Running;
let folder: string;
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const outputs = await outputsNamed(['handbook'], {});

/** The shipped book on a screen, as a file. */
async function written(lang: Language): Promise<string> {
  const asked = { outputs, languages: { lang }, mono: false, sheets: false };
  const job = await compile(join(import.meta.dirname, '../content'));
  const sheet = (await sheetsOf(job, asked, async () => [])).find(({ file }) => file === 'handbook.html');
  if (sheet?.kind !== 'text') throw new Error('no handbook.html');
  const file = join(folder, `${lang}.html`);
  await writeFile(file, sheet.text);
  return pathToFileURL(file).href;
}

let books: Record<'zh' | 'en', string>;
let page: Page;
const requests: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'page-'));
  running = await openBrowser({ env: process.env, root: process.getuid?.() === 0 });
  books = { zh: await written('zh'), en: await written('en') };
  page = await running.newPage();
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => requests.push(String(error)));
}, 60_000);
afterAll(async () => {
  await running.close();
  await rm(folder, { recursive: true });
});

async function shown(book: 'zh' | 'en', width: number, scheme: 'light' | 'dark' = 'light', place = ''): Promise<void> {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.setViewport({ width, height: 800 });
  // A place alone would not load it anew.
  await page.goto('about:blank');
  await page.goto(`${books[book]}${place}`);
}

describe('axe-core finds nothing', () => {
  test.each([
    ['zh', 360, 'light'],
    ['zh', 768, 'light'],
    ['zh', 1280, 'light'],
    ['zh', 360, 'dark'],
    ['en', 360, 'light'],
    ['en', 1280, 'dark'],
  ] as const)('in the shipped book (%s) at %i px, %s', async (book, width, scheme) => {
    await shown(book, width, scheme);
    // One service of each kind stands for those made alike: they are nine tenths of what axe would look at.
    await page.evaluate(() => {
      for (const article of document.querySelectorAll('article.service'))
        if (!/^s-(objection|case-file-access|auction-bidding)$/.test(article.querySelector('.service-title')?.id ?? ''))
          article.remove();
      for (const box of document.querySelectorAll<HTMLDetailsElement>('details.mine')) box.open = true;
    });
    await page.waitForSelector('.mine .list');
    await page.evaluate(axe);
    const { violations, passes } = (await page.evaluate('axe.run(document)')) as AxeResults;
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(passes.length).toBeGreaterThan(20);
  });
});

describe('the page', () => {
  test('is no wider than the screen, and hides no column', async () => {
    for (const width of [360, 768, 1280]) {
      await shown('zh', width);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const hidden = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.grid td')]
          .filter(({ textContent, offsetWidth, offsetLeft }) => {
            const { scrollWidth } = document.documentElement;
            return textContent !== '' && (offsetWidth < 12 || offsetLeft + offsetWidth > scrollWidth);
          })
          .map(({ textContent }) => textContent),
      );
      expect(hidden).toEqual([]);
      // No name of a fact stands one letter a line.
      const torn = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.facts th')]
          .filter((name) => name.offsetWidth < 4 * Number.parseFloat(getComputedStyle(name).fontSize))
          .map(({ textContent }) => textContent),
      );
      expect(torn).toEqual([]);
    }
  });

  test('every part in another language than the page says so', async () => {
    await shown('en', 1280);
    const unsaid = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      while (walker.nextNode()) {
        const { textContent, parentElement } = walker.currentNode;
        // Data of the page's own script is read by nobody.
        if (parentElement?.closest('script')) continue;
        const language = parentElement?.closest('[lang]')?.getAttribute('lang') ?? '';
        if (/\p{Script=Han}/u.test(textContent ?? '') && !language.startsWith('zh')) found.push(textContent ?? '');
      }
      return found;
    });
    expect(unsaid).toEqual([]);
  });

  test('finds a service by a few letters, by keyboard alone', async () => {
    await shown('zh', 360);
    await page.keyboard.press('/');
    await page.keyboard.type('限制出境');
    expect(await page.$eval('#found', ({ textContent }) => textContent)).toContain('解除限制出境');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => location.hash)).toBe('#s-exit-restriction');
    const { top, bar } = await page.evaluate(() => ({
      top: document.querySelector('#s-exit-restriction')?.getBoundingClientRect().top ?? 0,
      bar: document.querySelector('.bar')?.getBoundingClientRect().bottom ?? 0,
    }));
    expect(top).toBeGreaterThanOrEqual(bar);
    expect(top).toBeLessThan(300);
    expect(await page.$eval('#found', (box) => (box as HTMLElement).hidden)).toBe(true);
  });

  test('opens its contents from the bar of a telephone, and closes them again', async () => {
    await shown('zh', 360);
    const isOpen = () => page.$eval('nav.contents', (nav) => (nav as HTMLElement).offsetHeight > 0);
    expect(await isOpen()).toBe(false);
    await page.click('.to-contents');
    expect(await isOpen()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await isOpen()).toBe(false);
    await page.click('.to-contents');
    await page.click('nav.contents a[href="#s-objection"]');
    expect(await isOpen()).toBe(false);
    expect(await page.evaluate(() => location.hash)).toBe('#s-objection');
  });

  test('says where a chart can be moved, which the keyboard can, too', async () => {
    await shown('zh', 360, 'light', '#f-objection');
    const chart = '#f-objection';
    expect(await page.$eval(`${chart} .sign`, (sign) => (sign as HTMLElement).hidden)).toBe(false);
    expect(await page.$eval(`${chart} .moved`, (box) => (box as HTMLElement).tabIndex)).toBe(0);
    await page.setViewport({ width: 1900, height: 900 });
    await page.waitForFunction(() => document.querySelector<HTMLElement>('#f-archives .sign')?.hidden);
  });

  test('makes the list of one person by keyboard alone, at 360 px, and keeps nothing of it', async () => {
    await shown('zh', 360, 'light', '#s-objection');
    const list = 'details.mine[data-of="s-objection"]';
    await page.focus(`${list} summary`);
    await page.keyboard.press('Enter');
    await page.waitForSelector(`${list} .list`);
    const told = () => page.$eval(`${list} .list`, ({ textContent }) => textContent ?? '');
    expect(await told()).toContain('身分證明文件及附件');
    expect(await told()).not.toContain('聲明異議書');
    expect(await page.$(`${list} .list button`)).toBeNull();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await told()).toContain('聲明異議書');
    expect(await told()).toContain('10 日（自聲明異議起算）');
    // By mouth no paper is asked for.
    await page.keyboard.press('ArrowDown');
    expect(await told()).not.toContain('聲明異議書');
    expect(await page.$$(`${list} .ticks input`)).toHaveLength(1);
    expect(await page.$(`${list} .list button`)).not.toBeNull();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(await page.evaluate(() => [location.search, document.cookie])).toEqual(['', '']);
    // Printed, it stands alone.
    await page.evaluate(() => document.documentElement.classList.add('lists-alone'));
    await page.emulateMediaType('print');
    const seen = await page.evaluate(() => document.body.innerText);
    await page.emulateMediaType('screen');
    expect(seen).toContain('我的清單：聲明異議');
    expect(seen).not.toMatch(/不服之救濟|機關簡介|列印清單/);
  });

  test('is read whole without its script', async () => {
    await page.setJavaScriptEnabled(false);
    await shown('zh', 360);
    const nav = await page.$('nav.contents');
    expect((await nav?.boundingBox())?.height).toBeGreaterThan(1000);
    await page.setJavaScriptEnabled(true);
  });

  test('asked for nothing but itself', async () => {
    await shown('zh', 360);
    expect(requests.filter((url) => !url.startsWith('file:') && url !== 'about:blank')).toEqual([]);
    expect(requests.length).toBeGreaterThan(0);
  });
});
