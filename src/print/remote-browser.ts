// A browser that runs elsewhere, which others may use too: reached, looked over, and left as it was.
import type { Browser, BrowserContext } from 'puppeteer';
import type { Say } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { shippedFaces } from '../theme/fonts.js';
import { shippedMajor } from './packed-browser.js';
import { inPage } from './page.js';
import { END_LIMIT, LAUNCH_LIMIT, type Running } from './running-browser.js';

/** Hears what is to be known of such a browser. */
type Tell = (say: Say) => void;

/**
 * Prints on a browser that others may use too: in a context of our own, which is all that is closed in the end. Its pages are
 * given our fonts.
 */
export async function connect(
  endpoint: string,
  { patience = LAUNCH_LIMIT, tell }: { patience?: number; tell?: Tell },
): Promise<Running> {
  // What follows the host may be a password of the pool.
  const host = /^((?:ws|http)s?:\/\/[^/?#@\s]+)([/?#]\S*)?$/.exec(endpoint)?.[1];
  if (!host)
    throw new UserError({
      zh: '--browser-endpoint 應為 ws://主機:埠/…、wss://主機/… 或 http://主機:埠。',
      en: '--browser-endpoint takes ws://host:port/…, wss://host/… or http://host:port.',
    });
  const silent = new UserError({
    zh: `瀏覽器 ${host} 接受了連線，但 ${patience / 1000} 秒內沒有回應。請確認它沒有停住，而且那裡真的是瀏覽器的遠端除錯埠。`,
    en: `The browser at ${host} took the connection but does not answer within ${patience / 1000} s. See that it is not stopped, and that a browser's remote debugging port is really there.`,
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silent), patience);
  });
  late.catch(() => undefined);
  const { connect } = await import('puppeteer');
  const reaching = (async () => {
    const address = endpoint.startsWith('http') ? await addressOf(endpoint, patience) : endpoint;
    return connect({ browserWSEndpoint: address, protocolTimeout: 0 });
  })();
  let browser: Browser | undefined;
  try {
    browser = await Promise.race([reaching, late]).catch((error: unknown) => {
      // One that answers after all is not kept.
      reaching.then((opened) => opened.disconnect()).catch(() => undefined);
      if (error === silent || (error as Error).name === 'TimeoutError') throw silent;
      const { message = '', cause } = error as Error;
      const why = [message, cause instanceof Error ? cause.message : ''].filter(Boolean).join(': ') || '-';
      throw new UserError({
        zh: `無法連線到瀏覽器 ${host}：${why.replaceAll(endpoint, host)}。請確認它已啟動，且這台機器可以連到它。`,
        en: `The browser at ${host} cannot be reached: ${why.replaceAll(endpoint, host)}. See that it runs and can be reached from here.`,
      });
    });
    const opened = browser;
    const gone = new Promise<never>((_, reject) => {
      opened.once('disconnected', () =>
        reject(
          new UserError({
            zh: `瀏覽器 ${host} 在開啟時斷線。請確認它還在執行。`,
            en: `The browser at ${host} broke the connection while it was opened. See that it still runs.`,
          }),
        ),
      );
    });
    gone.catch(() => undefined);
    const context = await Promise.race([lookOver(opened, host, tell), late, gone]);
    return {
      browser: opened,
      path: host,
      // What is installed there may lack a weight or be of another version.
      faces: shippedFaces(),
      newPage: () => context.newPage(),
      async close() {
        // One that does not answer is left as it is.
        const closing = context.close().catch(() => undefined);
        await Promise.race([closing, new Promise<void>((done) => setTimeout(done, END_LIMIT).unref())]);
        await opened.disconnect().catch(() => undefined);
      },
    };
  } catch (error) {
    await browser?.disconnect().catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** A browser tells at `/json/version` where it is to be spoken to. */
async function addressOf(endpoint: string, patience: number): Promise<string> {
  const base = new URL(endpoint);
  const asked = new URL(`/json/version${base.search}`, base);
  const answer = await fetch(asked, { signal: AbortSignal.timeout(patience), redirect: 'error' });
  const said = answer.ok ? ((await answer.json().catch(() => ({}))) as { webSocketDebuggerUrl?: unknown }) : {};
  if (typeof said.webSocketDebuggerUrl !== 'string' || !URL.canParse(said.webSocketDebuggerUrl))
    throw new Error(`/json/version ${answer.status}`);
  // It knows itself by another name than the one it is reached by, and nobody is to be led elsewhere.
  const address = new URL(said.webSocketDebuggerUrl);
  address.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
  address.host = base.host;
  return address.href;
}

/** A context of our own in a browser that can print what ours prints; `tell` hears where it is of another version. */
async function lookOver(browser: Browser, host: string, tell: Tell | undefined): Promise<BrowserContext> {
  const theirs = await browser.version();
  const major = Number(/\/(\d+)/.exec(theirs)?.[1]);
  if (!(major >= OLDEST))
    throw new UserError({
      zh: `瀏覽器 ${host} 是 ${theirs}，印不出這些文件；請更新到 Chromium ${OLDEST} 以後的版本。`,
      en: `The browser at ${host} is ${theirs}, which cannot print these documents; take Chromium ${OLDEST} or later.`,
    });
  const own = shippedMajor();
  if (own !== undefined && major !== own)
    tell?.({
      zh: `瀏覽器 ${host} 是 ${theirs}，隨附的是 Chromium ${own}：換行、換頁可能與別處印的不同。`,
      en: `The browser at ${host} is ${theirs}, the one that comes with this program Chromium ${own}: lines and pages may break otherwise than elsewhere.`,
    });
  const context = await browser.createBrowserContext();
  if (await isWithoutFonts(context))
    throw new UserError({
      zh: `瀏覽器 ${host} 所在的機器（或容器）一套字型也沒有，瀏覽器因此什麼字都不排。請在那裡安裝任何一套字型，例如 Debian、Ubuntu：apt install fonts-dejavu-core。`,
      en: `The machine (or container) of the browser at ${host} has no font at all, without which a browser sets no text. Install any font there, as in Debian and Ubuntu: apt install fonts-dejavu-core.`,
    });
  return context;
}

/** Chromium on Linux takes no font that it is handed unless it has one of its own to fall back on. */
async function isWithoutFonts(context: BrowserContext): Promise<boolean> {
  const page = await context.newPage();
  await page.setContent('<!doctype html><span>A</span>', { timeout: 0 });
  const is = await inPage(page, 'isBlank');
  await page.close();
  return is;
}

/** Before it Chromium has no `text-autospace`, and no boxes in the margins of a page. */
const OLDEST = 140;
