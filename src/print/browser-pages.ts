// One browser and its pages, from its start to its end: who may use which, and whether it still answers.
import type { HTTPRequest, Page } from 'puppeteer';
import { type Face, faceAt, facesCss, fontOf } from '../theme/fonts.js';
import { clear, inPage } from './page.js';
import type { Running } from './running-browser.js';

/** What is laid out with it is nothing. */
const UNSEEN = '<style data-unseen>html { display: none !important }</style>';
/** After how many sheets a page is rid of what they have left behind. */
const CLEARED = 20;

/** A browser is looked after so often before it has been silent for too long. */
const BEATS = 4;

/** The browser ended or no longer answers: whatever it was doing is undone. */
export class Lost extends Error {
  constructor(readonly why: 'ended' | 'silent') {
    super(`the browser is ${why}`);
  }
}

/** Whether a call failed because what it was sent to is no more. */
export const isLoss = (error: unknown): boolean =>
  error instanceof Error &&
  (/^(TargetCloseError|ConnectionClosedError)$/.test(error.name) ||
    /Target (crashed|closed)|Session closed|Connection closed|Page crashed|detached Frame/.test(error.message));

/** Gives a page the fonts of these rules, whatever is put on it. */
function dress(page: Page, css: string): Page {
  if (css === '') return page;
  const bare = page.setContent.bind(page);
  page.setContent = (html, options) =>
    bare(
      html.replace(/<head>|(?=<title>)|(?=<body>)/, (at) => `${at}<style>${css}</style>`),
      options,
    );
  return page;
}

/** Use `close` in the end. */
export class BrowserPages {
  #closed: Promise<void> | undefined;
  /** Pages for sheets that nothing is being printed on, and how many have been. */
  readonly #idle: Record<'print' | 'screen', { page: Page; sheets: number }[]> = { print: [], screen: [] };
  /** Pages on which type was set whose sizes could not be rounded: what is set there next may depend on it. */
  readonly #uneven = new WeakSet<Page>();
  /** Pages that are being laid out, and who waits until one is not. */
  #busy = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #most: number;
  /** Rejects when the browser is lost. Calls to a browser that is gone may wait for ever, so all work races with this. */
  readonly #gone: Promise<never>;
  /** What pages are given because the browser does not find it by itself. */
  readonly faces: readonly Face[];
  readonly #facesCss: string;
  readonly #fontFiles = new Map<string, Promise<Uint8Array>>();
  #lose: (why: Lost['why']) => void = () => undefined;
  readonly #heart: NodeJS.Timeout;
  /** Work in progress, and for how many beats more it may be. */
  readonly #works = new Set<{ left: number }>();

  /** `faces`: those of the office. `patience`: how long the browser may be silent, in ms. `most`: pages laid out at once. */
  constructor(
    private readonly running: Running,
    {
      faces = [],
      patience,
      most = 4,
    }: { faces?: readonly Face[] | undefined; patience: number; most?: number | undefined },
  ) {
    const { browser } = running;
    this.#most = most;
    this.faces = [...faces, ...running.faces];
    this.#facesCss = facesCss(this.faces);
    this.#gone = new Promise((_, reject) => {
      this.#lose = (why) => reject(new Lost(why));
    });
    this.#gone.catch(() => undefined);
    browser.once('disconnected', () => this.#lose('ended'));
    // Beats are counted, not time: a machine that slept, or a program that was busy, has heard nothing either.
    let silent = 0;
    this.#heart = setInterval(() => {
      if (silent === 0)
        browser.version().then(
          () => {
            silent = 0;
          },
          () => undefined,
        );
      silent += 1;
      for (const work of this.#works) work.left -= 1;
      if (silent > BEATS || [...this.#works].some(({ left }) => left < 0)) this.#lose('silent');
    }, patience / BEATS);
    this.#heart.unref();
  }

  /**
   * The work, unless the browser is lost meanwhile. `much`: characters that are laid out; a page that works for ever
   * keeps no browser from answering, so what is laid out has its time too, far more than it ever takes.
   */
  async watched<T>(much: number, work: () => Promise<T>): Promise<T> {
    const mine = { left: BEATS * (3 + much / 200_000) };
    this.#works.add(mine);
    try {
      return await Promise.race([work(), this.#gone]);
    } catch (error) {
      // A call to a page whose process has ended fails before it is known that it has.
      if (isLoss(error)) this.#lose('ended');
      throw isLoss(error) ? new Lost('ended') : error;
    } finally {
      this.#works.delete(mine);
    }
  }

  /** The browser that prints. */
  get path(): string {
    return this.running.path;
  }

  get isClosed(): boolean {
    return this.#closed !== undefined;
  }

  /** The work, unless the browser is lost meanwhile; how long it takes is watched where it has its pages from. */
  whileThere<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#gone]);
  }

  /** Ends the browser whatever it is doing. May be called twice, and while sheets are being printed. */
  close(): Promise<void> {
    clearInterval(this.#heart);
    this.#closed ??= this.running.close();
    return this.#closed;
  }

  /**
   * Nothing but the data inside the page and our own fonts is let through. The page stays where it is: `aborted` loads no
   * error page.
   */
  readonly answer = async (request: HTTPRequest): Promise<void> => {
    const url = request.url();
    const face = faceAt(this.faces, url);
    if (url.startsWith('data:')) void request.continue({}, 0);
    // Waited for: puppeteer acts on what stands when this is done.
    else if (face) await this.#giveFont(request, face);
    else void request.abort('aborted', 10);
  };

  async #giveFont(request: HTTPRequest, face: Face): Promise<void> {
    const reading = this.#fontFiles.get(face.digest) ?? fontOf(face);
    this.#fontFiles.set(face.digest, reading);
    try {
      const body = await reading;
      // The page is of no origin, so every origin it is.
      const headers = { 'access-control-allow-origin': '*', 'cache-control': 'max-age=86400' };
      await request.respond({ status: 200, contentType: 'font/ttf', headers, body }, 10);
    } catch {
      // The file went away, or the page did. Of the first the page tells by what it is set in.
      await request.abort('failed', 10).catch(() => undefined);
    }
  }

  /** A page with script, which is given our fonts and nothing else. */
  async openScripted(): Promise<Page> {
    const page = await this.openBare();
    page.once('error', () => this.#lose('ended'));
    await page.setRequestInterception(true);
    page.on('request', this.answer);
    return page;
  }

  /** A page with our fonts, on which the caller answers requests. */
  async openBare(): Promise<Page> {
    return dress(await this.running.newPage(), this.#facesCss);
  }

  /**
   * Does the work on a page without script and without reach. Pages are used again: opening one costs as much as three
   * sheets. What counts up in a page, the tags' ids, `finishPdf` gives anew; its type is told apart by `roundType`. A page
   * that failed is not used again, nor is one that a long sheet has made large, nor one whose type could not be rounded.
   */
  onPage<T>(medium: 'print' | 'screen', much: number, work: (page: Page) => Promise<T>, long = false): Promise<T> {
    return this.inTurn(much, () => this.#onOwnPage(medium, work, long));
  }

  async #onOwnPage<T>(medium: 'print' | 'screen', work: (page: Page) => Promise<T>, fresh: boolean): Promise<T> {
    const { page, sheets } = (fresh ? undefined : this.#idle[medium].pop()) ?? {
      page: await this.openSheet(medium),
      sheets: 0,
    };
    let again = false;
    try {
      const done = await work(page);
      again = !fresh && !this.#uneven.has(page);
      if (again && sheets % CLEARED === CLEARED - 1) await clear(page);
      if (again || sheets === 0) return done;
    } catch (error) {
      again = false;
      if (sheets === 0 || !this.#uneven.has(page)) throw error;
    } finally {
      if (again) this.#idle[medium].push({ page, sheets: sheets + 1 });
      else await page.close().catch(() => undefined);
    }
    // What was set here before may have had a part in it.
    return this.#onOwnPage(medium, work, true);
  }

  /** Puts a document on a page; no type is set before its sizes are round. */
  async show(page: Page, html: string): Promise<void> {
    await page.setContent(html.replace('</head>', `${UNSEEN}</head>`), { timeout: 0 });
    if (!(await inPage(page, 'roundType'))) this.#uneven.add(page);
    await inPage(page, 'reveal');
    if (!(await inPage(page, 'isTypeRound'))) this.#uneven.add(page);
  }

  /** No work may wait in here for other work. */
  async inTurn<T>(much: number, work: () => Promise<T>): Promise<T> {
    while (this.#busy >= this.#most) await new Promise<void>((free) => this.#waiting.push(free));
    this.#busy += 1;
    try {
      return await this.watched(much, work);
    } finally {
      this.#busy -= 1;
      this.#waiting.shift()?.();
    }
  }

  async openSheet(medium?: 'print' | 'screen'): Promise<Page> {
    const page = await this.openScripted();
    await page.setJavaScriptEnabled(false);
    if (medium) await page.emulateMediaType(medium);
    return page;
  }
}
