// Calls what runs in the browser: the script that `in-page/` is compiled to.
import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Page } from 'puppeteer';
import { pageScript } from '../core/program-files.js';
import { loadPdf, type PDFDocument } from '../pdf/finish.js';
import type { InPage } from './in-page/in-page.js';

type Name = keyof InPage;
type Answer<N extends Name> = Awaited<ReturnType<InPage[N]>>;

/** Has the page do one of these things. A page that has not got the script, or has lost it, is given it. */
export async function inPage<N extends Name>(page: Page, name: N, ...args: Parameters<InPage[N]>): Promise<Answer<N>> {
  const first = await page.evaluate(call, name, ...args);
  if (first) return first.answer as Answer<N>;
  await page.evaluate(await readFile(pageScript('print/in-page'), 'utf8'));
  const second = await page.evaluate(call, name, ...args);
  if (!second) throw new Error('the page does not keep its script');
  return second.answer as Answer<N>;
}

/** Runs in the browser. Nothing where the page has not got the script. */
async function call(name: Name, ...args: unknown[]): Promise<{ answer: unknown } | undefined> {
  const { servicebook } = globalThis as unknown as {
    servicebook?: Readonly<Record<Name, (...args: unknown[]) => unknown>>;
  };
  return servicebook && { answer: await servicebook[name](...args) };
}

/** Prints the page as a PDF; without tags it takes half the time, and every place is the same. */
export const printPdf = async (page: Page, { tagged = true } = {}): Promise<PDFDocument> =>
  loadPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged, outline: tagged, timeout: 0 }));

/** What a page has left behind is else thrown away when it is many times as much as the page. */
export async function clear(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
}

/** The same of this program: a long book leaves hundreds of megabytes that nobody asks for. */
export function clearHeap(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
