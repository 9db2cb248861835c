// The counter as a clerk uses it: the program in a process of its own, a real Chromium before it, and keys alone.
import { type ChildProcess, spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, openReader } from './local-page.js';
import { ownCache } from './own-cache.js';
import { see } from './pdf.js';

const PROGRAM = join(import.meta.dirname, '../bin/servicebook.js');
/** Nothing takes so long; what fails, fails here and not for ever. */
const LONG = 30_000;
/** Stands in no file but where an answer is written down. */
const SECRET = '塗改處未蓋章qzx';

let folder: string;
let browser: Browser;
let child: ChildProcess;
let url: string;
let page: Page;
let said = '';
const addresses: string[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'servicebook-counter-'));
  await cp(join(import.meta.dirname, '../content'), join(folder, 'content'), { recursive: true });
  const service = join(folder, 'content/services/instalments.yaml');
  await writeFile(service, `${await readFile(service, 'utf8')}俗稱: [慢慢繳]\n`);
  await mkdir(join(folder, 'tmp'));
  [browser, url] = await Promise.all([openReader(), start()]);
  page = await browser.newPage();
  page.setDefaultTimeout(LONG);
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('request', (request) => addresses.push(request.url()));
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(url);
  await page.waitForSelector('#services li');
}, 120_000);
afterAll(async () => {
  await browser?.close();
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function start(): Promise<string> {
  child = spawn(process.execPath, [PROGRAM, 'counter', '--no-open', '--port', '0', '--copies', '1'], {
    cwd: folder,
    env: {
      ...process.env,
      LC_ALL: 'zh_TW.UTF-8',
      TMPDIR: join(folder, 'tmp'),
      XDG_CACHE_HOME: ownCache(join(folder, 'cache')),
    },
  });
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (text) => {
        said += text;
        const found = /http:\S+/.exec(said);
        if (found) resolve(found[0]);
      });
    child.on('close', (code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
}

const text = (selector: string): Promise<string> => page.$eval(selector, (element) => element.textContent ?? '');
const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key as 'Enter');
};
/** Waits until the page asks this. */
const asks = (question: string): Promise<unknown> =>
  page.waitForFunction((wanted) => document.querySelector('#asked')?.textContent?.includes(wanted), {}, question);
const isDone = (): Promise<unknown> => page.waitForSelector('#ask.done #print-notice');
/** What axe-core finds, a line each. */
async function faults(): Promise<string[]> {
  // A script of the test's own, which the policy of the page would not run.
  await page.setBypassCSP(true);
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}
const overflow = (): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
/** The notice that was printed: its words, without blanks. */
async function notice(): Promise<string> {
  await page.waitForSelector('#notice a');
  const address = await page.$eval('#notice a', (link) => (link as HTMLAnchorElement).href);
  const { status, headers, body } = await ask(address);
  expect(status).toBe(200);
  expect(headers['cache-control']).toBe('no-store');
  return (await see(body)).texts.join('').replace(/\s+/g, '');
}

test('a service is found by what people call it, its questions are answered, documents ticked, and the notice printed, by keys alone', async () => {
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('search');
  expect(await faults()).toEqual([]);
  await page.keyboard.type('慢慢繳');
  await page.waitForFunction(() => document.querySelectorAll('#services li').length === 1);
  await press('Enter');
  await asks('公司');
  expect(await text('#service')).toContain('分期');
  expect(await faults()).toEqual([]);
  // None of the rest, and back: the last answer is taken away.
  await press('0');
  await isDone();
  expect(await text('#to-bring ~ ol')).not.toContain('公司登記資料');
  await press('Backspace');
  await asks('公司');
  await press('1');
  for (;;) {
    const state = await page.waitForFunction(() =>
      document.querySelector('#ask.done') ? 'done' : document.querySelectorAll('#taken li').length > 0 && 'open',
    );
    if ((await state.jsonValue()) === 'done') break;
    await press('0');
    await isDone();
  }
  const documents = await page.$$eval('#answer ol > li', (rows) => rows.map((row) => row.textContent ?? ''));
  const company = documents.findIndex((each) => each.includes('公司登記資料'));
  expect(company).toBeGreaterThan(-1);
  await press('a', String(company + 1));
  await page.waitForSelector(`[data-n="${company}"] .reason input`);
  await page.keyboard.type(SECRET);
  await press('Enter');
  expect(await faults()).toEqual([]);
  await press('p');
  const printed = await notice();
  expect(printed).toContain('公司登記資料');
  expect(printed).toContain(SECRET);
  expect(printed).toContain('公司申請時');
}, 60_000);

test('what was answered stands in no address, no log, no cache and no temporary file', async () => {
  const beside = [said, ...addresses, ...complaints, page.url()].join('\n');
  for (const word of [SECRET, '公司申請時']) {
    expect(beside).not.toContain(word);
    expect(beside).not.toContain(encodeURIComponent(word));
  }
  expect(addresses.some((address) => address.endsWith('/told'))).toBe(true);
  // While the browser that printed is still there, with all its files.
  const needles = [Buffer.from(SECRET), Buffer.from(SECRET, 'utf16le'), Buffer.from(JSON.stringify(SECRET))];
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    // The browser itself was unpacked before.
    .filter((file) => !/\/chromium-[^/]+\//.test(file));
  expect(files.some((file) => file.startsWith(join(folder, 'tmp')))).toBe(true);
  for (const file of files) expect(await holds(file, needles), file).toBe(false);
});

test('the next person finds nothing of the last', async () => {
  const address = await page.$eval('#notice a', (link) => (link as HTMLAnchorElement).href);
  await press('n');
  await page.waitForFunction(() => document.activeElement?.id === 'search');
  expect(await page.evaluate(() => document.body.textContent)).not.toContain('公司申請時');
  expect(await page.$eval('#search', (field) => (field as HTMLInputElement).value)).toBe('');
  await expect.poll(async () => (await ask(address)).status).toBe(404);
});

test('a number is asked for as one; what is none is told', async () => {
  await page.keyboard.type('archives');
  await press('Enter');
  await asks('誰申請');
  await press('1');
  await asks('本人辦');
  await press('1');
  while (!(await page.$('#number'))) {
    const before = await text('#asked');
    await press('2');
    await page.waitForFunction((was) => document.querySelector('#asked')?.textContent !== was, {}, before);
  }
  const label = await text('#asked');
  await page.keyboard.type('很多');
  await press('Enter');
  await page.waitForSelector('#number-hint.refused');
  expect(await text('#number-hint')).toContain('很多');
  await page.keyboard.type('2');
  await press('Enter');
  await page.waitForFunction((was) => document.querySelector('#asked')?.textContent !== was, {}, label);
  await press('r');
  await isDone();
  expect(await text('.facts .total')).toMatch(/\d+ 元/);
});

test('in the language of the citizen it says the same, and fits a screen of 360 px', async () => {
  await page.select('#language', 'en');
  await page.waitForFunction(() => document.querySelector('#to-bring')?.textContent?.includes('What to bring'));
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  expect(await text('.facts .total')).toMatch(/NT\$\d+/);
  await page.setViewport({ width: 360, height: 740 });
  expect(await overflow()).toBe(0);
  expect(await faults()).toEqual([]);
  await press('n');
  await page.waitForSelector('#find:not([hidden])');
  expect(await overflow()).toBe(0);
  expect(await faults()).toEqual([]);
});

describe('who may ask', () => {
  const json = { 'Content-Type': 'application/json' };
  const post = (headers: Record<string, string>, body = '{}', path = 'told') =>
    ask(url + path, headers, 'POST', undefined, body);
  test('only the page itself, in a body that is JSON and short', async () => {
    const { port } = new URL(url);
    const body = '{"service":"objection"}';
    expect((await post(json, body)).status).toBe(200);
    expect((await post({}, body)).status).toBe(415);
    expect((await post({ 'Content-Type': 'text/plain' }, body)).status).toBe(415);
    expect((await post({ ...json, Origin: 'https://evil.example' }, body)).status).toBe(403);
    expect((await post({ ...json, Host: `evil.example:${port}` }, body)).status).toBe(403);
    expect((await post({ ...json, 'Sec-Fetch-Site': 'cross-site' }, body)).status).toBe(403);
    expect((await ask(`http://127.0.0.1:${port}/stranger/told`, json, 'POST', undefined, body)).status).toBe(403);
    expect((await ask(`${url}told`)).status).toBe(404);
    expect((await ask(`${url}told?service=objection`, json, 'PUT')).status).toBe(405);
    expect((await post(json, '{')).status).toBe(400);
    expect((await post(json, `"${'甲'.repeat(40_000)}"`)).status).toBe(413);
  });
  test('what is no case is refused with a sentence', async () => {
    for (const body of ['{}', '[]', 'null', '7', '{"service":"../x"}', '{"service":{"id":1},"replies":"x"}'])
      expect((await post(json, body)).status, body).toBe(422);
    const strange =
      '{"service":"objection","replies":[7,null,{"key":"channel","value":"飛鴿"},{"key":"no such","value":1}]}';
    const { status, body } = await post(json, strange);
    expect(status).toBe(200);
    expect(JSON.parse(body.toString()).question.key).toBe('channel');
    // Nothing is printed as long as something is open.
    expect((await post(json, strange, 'print')).status).toBe(422);
  });
});

test('ends at once with Ctrl-C, leaves nothing, and says so on the page', async () => {
  const ended = new Promise((resolve) => child.on('close', resolve));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  await page.keyboard.type('o');
  await press('Enter');
  await page.waitForFunction(() => document.querySelector('#fault')?.textContent !== '');
  expect(complaints.filter((each) => !/ERR_|Failed to load/.test(each))).toEqual([]);
});

/** Whether one of these is in the file; sockets and what is gone by now hold nothing. */
async function holds(file: string, needles: readonly Buffer[]): Promise<boolean> {
  let rest = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      rest = Buffer.concat([rest, chunk]);
      if (needles.some((needle) => rest.includes(needle))) return true;
      rest = rest.subarray(-200);
    }
  } catch {
    return false;
  }
  return false;
}
