// The preview as its reader sees it: the program in a process of its own, and a real Chromium before it.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProject } from '../src/build/project.js';
import { svgElement } from '../src/document/drawing.js';
import { openPreview } from '../src/preview/preview.js';
import { DiagramError } from '../src/print/diagrams.js';
import { ask, openReader } from './local-page.js';
import { runIn } from './program.js';

const PROGRAM = join(import.meta.dirname, '../bin/servicebook.js');
/** Nothing takes so long; what fails, fails here and not for ever. */
const LONG = 30_000;

let folder: string;
let browser: Browser;
let child: ChildProcess;
let url: string;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'servicebook-preview-'));
  await cp(join(import.meta.dirname, '../templates/init'), join(folder, 'content'), { recursive: true });
  [browser, url] = await Promise.all([openReader(), start()]);
  page = await openPage();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** Starts the program; resolves to the address it says. */
function start(): Promise<string> {
  child = spawn(process.execPath, [PROGRAM, 'preview', '--no-open', '--port', '0'], {
    cwd: folder,
    env: { ...process.env, LC_ALL: 'zh_TW.UTF-8' },
  });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (text) => {
      said += text;
      const found = /http:\S+/.exec(said);
      if (found) resolve(found[0]);
    });
    child.stderr?.on('data', (text) => complaints.push(String(text)));
    child.on('close', (code) => reject(new Error(`ended with ${code}: ${said} ${complaints.join('')}`)));
  });
}

async function openPage(at = ''): Promise<Page> {
  const opened = await browser.newPage();
  opened.setDefaultTimeout(LONG);
  opened.on('pageerror', (error) => complaints.push(String(error)));
  opened.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  await opened.setViewport({ width: 1280, height: 800 });
  await opened.goto(url + at);
  await opened.waitForSelector('#list a');
  return opened;
}

const content = (name: string): string => join(folder, 'content', name);
/** Changes a file as editors do: written beside it and put in its place. Gives back what it was. */
async function edit(name: string, change: (text: string) => string): Promise<string> {
  const before = await readFile(content(name), 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(content('.new'), after);
  await rename(content('.new'), content(name));
  return before;
}
const show = async (file: string): Promise<void> => {
  await page.evaluate((wanted) => {
    location.hash = wanted;
  }, file);
  await page.waitForFunction(
    (wanted) => document.querySelector(`#list a[aria-current][href="#${wanted}"]`) !== null,
    {},
    file,
  );
};
/** Waits until the sheet says something (or no longer). */
const says = (text: string, there = true): Promise<unknown> =>
  page.waitForFunction(
    (wanted, expected) =>
      (document.querySelector('iframe')?.contentDocument?.body.textContent ?? '').includes(wanted) === expected,
    { polling: 5 },
    text,
    there,
  );
const text = (selector: string): Promise<string> => page.$eval(selector, (element) => element.textContent ?? '');
const focused = (): Promise<string> =>
  page.evaluate(() =>
    `${document.activeElement?.id || document.activeElement?.localName} ${document.activeElement?.getAttribute('href') ?? ''}`.trim(),
  );

describe('what is shown', () => {
  test('every sheet is in the list, the handbook first', async () => {
    const files = await page.$$eval('#list a', (links) => links.map((link) => link.getAttribute('href')));
    expect(files[0]).toBe('#handbook.html');
    for (const kind of ['posters/certificate.pdf', 'notices/certificate.pdf', 'flowcharts/certificate.svg'])
      expect(files).toContain(`#${kind}`);
  });
  test('a poster fills its sheet as it does in print, in the fonts of the printer', async () => {
    await show('posters/certificate.pdf');
    await says('應備證件');
    const { width, height, fit, fonts } = await page.evaluate(() => {
      const frame = document.querySelector('iframe') as HTMLIFrameElement;
      const sheet = frame.contentDocument as Document;
      return {
        width: frame.clientWidth,
        height: frame.clientHeight,
        fit: Number(sheet.documentElement.style.getPropertyValue('--fit')),
        fonts: [...sheet.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family),
      };
    });
    expect([width, height].map((px) => Math.round((px / 96) * 25.4))).toEqual([297, 420]);
    expect(fit).toBeGreaterThan(0.5);
    expect(fonts.join()).toContain('Noto Sans TC');
  });
  test('a chart arrives when it is drawn', async () => {
    await show('flowcharts/certificate.svg');
    await says('核發');
  });
  test('as PDF, a sheet is what build prints', async () => {
    const answer = await ask(`${url}pdf?file=notices%2Fcertificate.pdf`);
    expect(answer.status).toBe(200);
    expect(answer.body.subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('a save', () => {
  test('changes the fact on the sheet and nothing else: scroll and focus stay', async () => {
    await show('posters/certificate.pdf');
    await page.evaluate(() => {
      (document.querySelector('#zoom') as HTMLSelectElement).value = 'full';
      document.querySelector('#zoom')?.dispatchEvent(new Event('change'));
      document.querySelector('#stage')?.scrollTo(0, 333);
      (document.querySelector('#list a[href="#notices/certificate.pdf"]') as HTMLElement).focus();
      const frame = document.querySelector('iframe')?.contentDocument as Document;
      (frame.querySelector('h1') as Element).setAttribute('data-kept', '');
    });
    const times: number[] = [];
    for (const amount of [170, 180, 190]) {
      const since = performance.now();
      await edit('services/certificate.yaml', (was) => was.replace(/每份 \d+ 元，/, `每份 ${amount} 元，`));
      await says(`${amount} 元`);
      times.push(performance.now() - since);
    }
    process.stdout.write(`saved to shown: ${times.map((each) => `${each.toFixed(0)} ms`).join(', ')}\n`);
    expect(await page.$eval('#stage', (stage) => stage.scrollTop)).toBe(333);
    expect(await focused()).toBe('a #notices/certificate.pdf');
    expect(await text('#saved')).toMatch(/這一頁有 \d+ 處改變/);
  });
  test('shows in the list which sheets it changed, until they are looked at', async () => {
    const dot = '#list a[href="#notices/certificate.pdf"] .changed';
    // On a slow machine the charts were not all drawn when that was saved: then the sheets are compared from now on.
    if (!(await page.waitForSelector(dot, { timeout: 5000 }).catch(() => undefined))) {
      await edit('services/certificate.yaml', (was) => was.replace('190 元', '185 元'));
      await page.waitForSelector(dot);
      await edit('services/certificate.yaml', (was) => was.replace('185 元', '190 元'));
    }
    expect(await page.$('#list a[href="#notices/hall-use.pdf"] .changed')).toBeNull();
    await show('notices/certificate.pdf');
    expect(await page.$('#list a[href="#notices/certificate.pdf"] .changed')).toBeNull();
  });
  test('of the handbook changes its part and keeps the place', async () => {
    await show('handbook.html');
    await says('190 元');
    await page.evaluate(() => document.querySelector('#stage')?.scrollTo(0, 1500));
    await edit('services/certificate.yaml', (was) => was.replace('190 元', '195 元'));
    await says('195 元');
    expect(await page.$eval('#stage', (stage) => stage.scrollTop)).toBe(1500);
  });
  test('of a new file brings its sheets, of a deleted one takes them away', async () => {
    await writeFile(
      content('services/address.yaml'),
      '名稱: 變更送達地址\n應備證件: 無\n規費: 免費\n辦理時限: 隨到隨辦\n審核權責: 承辦人\n',
    );
    await page.waitForSelector('#list a[href="#posters/address.pdf"]');
    await rm(content('services/address.yaml'));
    await page.waitForFunction(() => document.querySelector('#list a[href="#posters/address.pdf"]') === null);
  });
});

test("the office's own colour is followed too, on sheets and in charts", async () => {
  await show('flowcharts/certificate.svg');
  await says('核發');
  const colours = () =>
    page.evaluate(() => {
      const sheet = document.querySelector('iframe')?.contentDocument as Document;
      return sheet.querySelector('svg path[stroke]')?.getAttribute('stroke') ?? '';
    });
  const before = await colours();
  await mkdir(content('templates'));
  await writeFile(content('templates/樣式.yaml'), '主色: 棗紅\n');
  await page.waitForFunction(
    (was) => {
      const sheet = document.querySelector('iframe')?.contentDocument;
      const colour = sheet?.querySelector('svg path[stroke]')?.getAttribute('stroke') ?? '';
      return colour !== '' && colour !== was;
    },
    {},
    before,
  );
  await show('posters/hall.pdf');
  const accent = () =>
    page.evaluate(() => {
      const sheet = document.querySelector('iframe')?.contentDocument as Document;
      return getComputedStyle(sheet.documentElement).getPropertyValue('--accent').trim();
    });
  expect(await accent()).toBe('#7a1f2b');
  await rm(content('templates'), { recursive: true });
  await page.waitForFunction(() => {
    const sheet = document.querySelector('iframe')?.contentDocument as Document;
    return getComputedStyle(sheet.documentElement).getPropertyValue('--accent').trim() === '#0f4a52';
  });
});

describe('a fault', () => {
  test('in YAML is shown with file and line over the last good version, and goes when it is mended', async () => {
    await show('posters/certificate.pdf');
    const good = await edit('services/certificate.yaml', (was) => was.replace('名稱:', '名稱: [沒有結束'));
    await page.waitForSelector('.fault');
    expect(await text('.fault')).toMatch(/content\/services\/certificate\.yaml:\d+:\d+.*出錯之前的版本/s);
    expect(await page.$eval('#desk', (desk) => desk.className)).toBe('broken');
    expect(await text('#said')).toContain('content/services/certificate.yaml:');
    await says('195 元');
    // The others are as they were.
    await show('posters/hall-use.pdf');
    expect(await page.$('.fault')).toBeNull();
    await edit('services/certificate.yaml', () => good);
    await page.waitForFunction(() => document.querySelectorAll('#list .number.error').length === 0);
    await show('posters/certificate.pdf');
    expect(await page.$('.fault')).toBeNull();
    expect(await page.$eval('#desk', (desk) => desk.className)).toBe('');
  });
  test('in a fact is marked beside its place, and the list leads there', async () => {
    await show('posters/certificate.pdf');
    await edit('services/certificate.yaml', (was) => was.replace(/辦理時限: .*/, '辦理時限: 待確認'));
    await page.waitForSelector('.mark');
    const { mark, place } = await page.evaluate(() => {
      const sheet = document.querySelector('iframe')?.contentDocument as Document;
      const heads = [...sheet.querySelectorAll('h2')];
      const head = heads.find(({ textContent }) => textContent === '辦理時限') as Element;
      const frame = document.querySelector('iframe') as Element;
      const scale = frame.getBoundingClientRect().width / frame.clientWidth;
      return {
        mark: document.querySelector('.mark')?.getBoundingClientRect().top ?? 0,
        place: frame.getBoundingClientRect().top + head.getBoundingClientRect().top * scale,
      };
    });
    expect(Math.abs(mark - place)).toBeLessThan(90);
    await page.click('.mark');
    await page.waitForSelector('.here');
    expect(await page.$eval('.card[aria-pressed="true"]', (card) => card.textContent)).toContain('待確認');
  });
  test('of the office does not take the book away', async () => {
    const good = await edit('office.yaml', () => '名稱: [');
    await page.waitForSelector('.fault');
    expect(await text('.fault')).toContain('content/office.yaml:1');
    await says('應備證件');
    await edit('office.yaml', () => good);
    await page.waitForFunction(() => document.querySelector('.fault') === null);
  });
  test('of the whole folder is told, and the folder may come back', async () => {
    await rename(join(folder, 'content'), join(folder, 'away'));
    await page.waitForFunction(() => document.querySelector('.fault')?.textContent?.includes('找不到內容資料夾'));
    await rename(join(folder, 'away'), join(folder, 'content'));
    await page.waitForFunction(() => document.querySelector('.fault') === null);
    // And it is watched again.
    await edit('services/certificate.yaml', (was) => was.replace('195 元', '196 元'));
    await says('196 元');
  });
});

test('a chart that Mermaid cannot read is told as lint tells it, and once', async () => {
  const bare = await mkdtemp(join(tmpdir(), 'servicebook-preview-'));
  await cp(join(import.meta.dirname, '../templates/init'), join(bare, 'content'), { recursive: true });
  const file = join(bare, 'content/services/hall-use.yaml');
  const written = (await readFile(file, 'utf8')).replace(/^申請程序:\n(?: .*\n)+/m, '');
  await writeFile(file, `${written}流程圖: |\n  flowchart TD\n    a[提出] --> end\n`);
  const { out } = await runIn(bare, 'lint', '--format', 'json', '--no-cache');
  type Told = { rule: string; line: number; column: number; message: string; hint?: string };
  const told = ({ rule, line, column, message, hint }: Told): Told => ({ rule, line, column, message, hint });
  const lint = (JSON.parse(out).findings as Told[]).filter(({ rule }) => rule === 'mermaid').map(told);
  expect(lint).toMatchObject([{ message: expect.stringContaining('小寫的 end') }]);
  let refused = 0;
  const book = await openPreview({
    project: openProject({ folder: 'content', cwd: bare }),
    asked: { outputs: new Map(), languages: { lang: 'zh' }, mono: false, sheets: false },
    // As the printer does with what Mermaid does not take.
    draw: async (diagrams) => {
      const say = { zh: '畫不出來', en: 'cannot be drawn' };
      const given = diagrams.filter(({ given }) => given);
      refused += given.length;
      if (given.length > 0) throw new DiagramError(given.map(({ id }) => ({ id, say })));
      return diagrams.map(({ id }) => ({ id, tree: svgElement('svg', {}), width: 1, height: 1 }));
    },
    lang: 'zh',
    failed: (error) => complaints.push(String(error)),
  });
  await expect.poll(() => refused).toBe(1);
  expect(book.state.findings.filter(({ rule }) => rule === 'mermaid').map(told)).toEqual(lint);
  book.close();
  await rm(bare, { recursive: true });
});

describe('the keyboard', () => {
  test('leads through list, search, findings and back', async () => {
    await show('handbook.html');
    await page.keyboard.press('/');
    expect(await focused()).toBe('search');
    await page.keyboard.type('certificate');
    await page.keyboard.press('ArrowDown');
    const first = await focused();
    expect(first).toMatch(/^a #\w+\/certificate\./);
    await page.keyboard.press('ArrowDown');
    expect(await focused()).not.toBe(first);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForFunction((file) => `a ${location.hash}` === file, {}, first);
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
    expect(await page.$eval('#search', (search) => (search as HTMLInputElement).value)).toBe('');
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('stage');
    await page.keyboard.press('n');
    await page.waitForSelector('.card[aria-pressed="true"]');
    await page.waitForFunction(() => document.activeElement?.classList.contains('card'));
    const one = await text('.card[aria-pressed="true"]');
    await page.keyboard.press('n');
    await page.keyboard.press('p');
    await page.waitForFunction(
      (said) => document.querySelector('#cards .card[aria-pressed="true"]')?.textContent === said,
      {},
      one,
    );
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelector('.card[aria-pressed="true"]') === null);
  });
  test('shows where it is', async () => {
    await page.keyboard.press('/');
    const outline = await page.$eval('#search', (search) => getComputedStyle(search).outlineStyle);
    expect(outline).toBe('solid');
    await page.keyboard.press('Escape');
  });
});

describe('a screen of 360 px', () => {
  test('has nothing beyond its edge, and the list and the findings in drawers', async () => {
    const narrow = await openPage('#posters/certificate.pdf');
    await narrow.setViewport({ width: 360, height: 740 });
    await narrow.waitForFunction(() => document.documentElement.scrollWidth <= 360);
    for (const file of [
      'handbook.html',
      'notices/certificate.pdf',
      'flowcharts/certificate.svg',
      'posters/certificate.pdf',
    ]) {
      await narrow.evaluate((wanted) => {
        location.hash = wanted;
      }, file);
      await narrow.waitForFunction(
        (wanted) => document.querySelector('[aria-current]')?.getAttribute('href') === `#${wanted}`,
        {},
        file,
      );
      expect(await narrow.$eval('#stage', (stage) => stage.scrollWidth - stage.clientWidth)).toBe(0);
    }
    const visible = (selector: string) =>
      narrow.$eval(selector, (element) => element.checkVisibility({ visibilityProperty: true }));
    expect(await visible('#sheets')).toBe(false);
    await narrow.click('#open-sheets');
    expect(await visible('#sheets')).toBe(true);
    expect(await narrow.evaluate(() => document.querySelector('#sheets')?.contains(document.activeElement))).toBe(true);
    await narrow.keyboard.press('Escape');
    expect(await visible('#sheets')).toBe(false);
    expect(await narrow.evaluate(() => document.activeElement?.id)).toBe('open-sheets');
    await narrow.click('#open-findings');
    await narrow.click('#findings .card');
    expect(await visible('#findings')).toBe(false);
    await narrow.close();
  });
});

describe('who may ask', () => {
  test('no other host, no other site, no other method, nobody without the address', async () => {
    const { port } = new URL(url);
    const state = `${url}state`;
    expect((await ask(state)).status).toBe(200);
    expect((await ask(state, { Host: `evil.example:${port}` })).status).toBe(403);
    expect((await ask(state, { Host: '127.0.0.1' })).status).toBe(403);
    expect((await ask(state, { Host: `localhost:${port}` })).status).toBe(200);
    for (const site of ['cross-site', 'same-site'])
      expect((await ask(state, { 'Sec-Fetch-Site': site })).status).toBe(403);
    expect((await ask(state, { 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
    expect((await ask(state, { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask(state, { Origin: 'null' })).status).toBe(403);
    expect((await ask(state, {}, 'POST')).status).toBe(405);
    expect((await ask(`http://127.0.0.1:${port}/`)).status).toBe(403);
    expect((await ask(`http://127.0.0.1:${port}/state`)).status).toBe(403);
    for (const path of ['//', '///', '//evil.example/', '//:0', 'http://evil.example:x/'])
      expect((await ask(`http://127.0.0.1:${port}/`, {}, 'GET', path)).status, path).toBe(404);
    expect((await ask(state)).status).toBe(200);
    for (const path of [
      '../package.json',
      '..%2f..%2fetc/passwd',
      'fonts/../../../etc/passwd',
      'sheet?file=../office.yaml',
    ])
      expect((await ask(url + path)).status).toBeGreaterThanOrEqual(403);
  });
  test('every answer forbids to be framed, read or guessed at by others', async () => {
    for (const path of ['', 'state', 'frame', 'page.js', 'sheet?file=handbook.html', 'none']) {
      const { headers } = await ask(url + path);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
      });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).toContain('frame-ancestors');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });
  test('only from this machine', async () => {
    const port = Number(new URL(url).port);
    const others = Object.values(networkInterfaces())
      .flatMap((some) => some ?? [])
      .filter(({ address }) => address !== '127.0.0.1');
    for (const { address } of others) expect(await reaches(address, port)).toBe(false);
    expect(await reaches('127.0.0.1', port)).toBe(true);
  });
});

test('no script of the content runs, were it to reach the sheet', async () => {
  await edit(
    'chapters/welcome.md',
    (was) =>
      `${was}\n<script>parent.ran = 1</script>\n\n<img src=x onerror="parent.ran = 2">\n\n[壞](javascript:parent.ran=3) 文末\n`,
  );
  await show('handbook.html');
  await says('文末');
  const ran = await page.evaluate(async () => {
    const sheet = document.querySelector('iframe')?.contentDocument as Document;
    const script = sheet.createElement('script');
    script.textContent = 'parent.ran = 4';
    sheet.body.append(script);
    const holder = sheet.createElement('div');
    holder.innerHTML =
      '<img src="data:image/png;base64,x" onerror="parent.ran = 5"><svg onload="parent.ran = 6"></svg>';
    sheet.body.append(holder);
    await new Promise((resolve) => setTimeout(resolve, 200));
    script.remove();
    holder.remove();
    return (globalThis as { ran?: number }).ran;
  });
  expect(ran).toBeUndefined();
});

test('a browser is opened with a file of this user alone, which leads to the page once and is then gone', async () => {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeFile(
    join(bin, 'xdg-open'),
    `#!/bin/sh\necho "$*" > '${folder}/opened.new'; mv '${folder}/opened.new' '${folder}/opened'\n`,
    {
      mode: 0o755,
    },
  );
  const { CI: _, ...env } = process.env;
  const other = spawn(process.execPath, [PROGRAM, 'preview', '--port', '0'], {
    cwd: folder,
    env: { ...env, LC_ALL: 'zh_TW.UTF-8', DISPLAY: ':0', TMPDIR: folder, PATH: `${bin}:${env.PATH}` },
  });
  let said = '';
  other.stdout?.on('data', (text) => {
    said += text;
  });
  const deadline = Date.now() + LONG;
  while (!existsSync(join(folder, 'opened')) && Date.now() < deadline)
    await new Promise((soon) => setTimeout(soon, 50));
  const opened = (await readFile(join(folder, 'opened'), 'utf8')).trim();
  const address = /http:\S+/.exec(said)?.[0] ?? '';
  // Nothing that leads to the page stands in an argument, of the program or of what it started.
  expect(opened).toMatch(new RegExp(`^${folder}/servicebook-preview-[^/]+/preview\\.html$`));
  expect((await stat(opened)).mode & 0o777).toBe(0o600);
  expect((await stat(dirname(opened))).mode & 0o777).toBe(0o700);
  const reader = await browser.newPage();
  await reader.goto(`file://${opened}`);
  await reader.waitForSelector('#list a', { timeout: LONG });
  expect(reader.url()).toBe(address);
  await reader.close();
  // The key has been used.
  const key = /url=([^"]+)"/.exec(await readFile(opened, 'utf8'))?.[1] ?? '';
  expect((await ask(key)).status).toBe(403);
  const ended = new Promise((resolve) => other.on('close', resolve));
  other.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(existsSync(dirname(opened))).toBe(false);
});

test('ends at once with Ctrl-C, and says so on the page', async () => {
  const ended = new Promise((resolve) => child.on('close', resolve));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  await page.waitForFunction(() => document.querySelector('#saved')?.textContent?.includes('已經結束'));
  // What the test itself did to the frame is refused aloud; nothing else was complained of.
  expect(complaints.filter((each) => !/Blocked script|ERR_|sandbox|沙箱/i.test(each))).toEqual([]);
});

function reaches(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: 2000 });
    const end = (reached: boolean) => {
      socket.destroy();
      resolve(reached);
    };
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
    socket.on('timeout', () => end(false));
  });
}
