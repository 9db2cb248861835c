// A local page of the program as its reader sees it, and as a stranger would ask for it.
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { dirname, join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer';
import { openBrowser } from '../src/print/browser.js';

/** The browser of the printer, but one that may reach this machine. */
export async function openReader(): Promise<Browser> {
  const { browser: printer, close } = await openBrowser({ env: process.env, root: process.getuid?.() === 0 });
  const path = printer.process()?.spawnfile ?? '';
  const args = (printer.process()?.spawnargs ?? []).filter((arg) => arg === '--no-sandbox');
  await close();
  const libraries = join(dirname(path), 'lib');
  return puppeteer.launch({
    executablePath: path,
    headless: 'shell',
    args,
    env: { ...process.env, ...(existsSync(libraries) ? { LD_LIBRARY_PATH: libraries } : {}) },
  });
}

/** A request with these headers, as no browser would let a page make it. */
export function ask(
  address: string,
  headers: Record<string, string> = {},
  method = 'GET',
  /** As it is sent, where it is no path of an address. */
  as?: string,
  body?: string,
): Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }> {
  const { hostname, port, pathname, search } = new URL(address);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path: as ?? pathname + search, method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
