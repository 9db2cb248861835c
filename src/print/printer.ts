// The one Chromium: what it may reach, how Mermaid text becomes SVG and a page becomes PDF.
//
// DOM names are used only inside functions handed to `page.evaluate`, which run in the browser.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Mermaid, MermaidConfig } from 'mermaid';
import type { Browser, HTTPRequest, Page } from 'puppeteer';
import { escapeText } from '../core/html.js';
import { mermaidScript } from '../core/program-files.js';
import { type Say, UserError } from '../core/source.js';
import { drawingDeclaring, pngDeclaring } from '../document/declaration-in-file.js';
import { type Diagram, type Drawing, type File, isLong, type LaidOver, type Sheet } from '../document/sheet.js';
import { finishPdf, pagesWithEmptyBox } from '../pdf/finish.js';
import type { PreflightFault } from '../pdf/preflight.js';
import type { ChartTheme } from '../theme/chart-theme.js';
import { FAMILIES, type Face, faceAt, facesCss } from '../theme/fonts.js';
import {
  besides,
  type Change,
  changeFaults,
  changesIn,
  FORM_FOOT,
  legibleOf,
  type Seen,
  seenIn,
  unprintable,
} from '../theme/hidden-facts.js';
import {
  barsOf,
  coloursOf,
  groundsOf,
  headsOf,
  isOverForms,
  type LaidText,
  setLayout,
  textsOf,
} from '../theme/laid-out.js';
import { type BrowserOptions, openBrowser } from './browser.js';
import { temporaryFault } from './browser-faults.js';
import { type Fit, fitBoxes, isTypeRound, type Overflow, roundType, tooLong } from './fit.js';
import { bound, clear, clearHeap, type Paper, printBook, printPdf, type Settlements, seenOf } from './pagination.js';
import type { Running } from './running-browser.js';

/** `pages`: how many are laid out at once, at most. `patience`: how long a browser may be silent, in ms. */
export type PressOptions = BrowserOptions & {
  chart: ChartTheme;
  known?: Settlements;
  pages?: number;
  patience?: number;
};

/** Diagrams the author wrote as Mermaid text that Mermaid does not understand; one entry a diagram. */
export class DiagramError extends UserError {
  constructor(readonly diagrams: readonly { id: string; say: Say }[]) {
    super(
      { zh: diagrams.map((each) => each.say.zh).join('\n'), en: diagrams.map((each) => each.say.en).join('\n') },
      1,
    );
  }
}

/**
 * A printed file. `missing`: characters of it that no font of this machine has; they show as empty boxes. `faults`: what
 * the preflight finds in it, these among them.
 */
export type Printed = File & { missing?: readonly string[]; faults?: readonly PreflightFault[] };

type PageSheet = Extract<Sheet, { kind: 'page' }>;
type PictureSheet = Extract<Sheet, { kind: 'picture' }>;

/** A time limit exists only against what never ends: a diagram made to hang. In ms. */
const DIAGRAM_LIMIT = 60_000;

/** So many diagrams leave hundreds of megabytes behind; the page they were drawn on is not kept. */
const MANY = 100;
/** Of a page for the web, on which nothing is printed that could be measured. */
async function legibleOn(page: Page, texts: LaidText[]): Promise<LaidText[]> {
  const grounds = await page.evaluate(groundsOf);
  const colours = [...new Set([...texts, ...grounds].map(({ colour }) => colour))];
  return legibleOf(texts, grounds, new Map(await page.evaluate(coloursOf, colours)));
}

/** How a sheet is looked at: on its paper; a page for the web on a screen, on a telephone and as somebody prints it. */
const VIEWS: Readonly<Record<'page' | 'text', readonly { medium?: 'print' | 'screen'; width?: number }[]>> = {
  page: [{}],
  text: [{ medium: 'screen', width: 1200 }, { width: 360 }, { medium: 'print', width: 800 }],
};

/** What is laid out with it is nothing. */
const UNSEEN = '<style data-unseen>html { display: none !important }</style>';
/** After how many sheets a page is rid of what they have left behind. */
const CLEARED = 20;

/** How long a browser may be silent unless SERVICEBOOK_BROWSER_LIMIT says otherwise, in s. */
const PATIENCE = 60;
/** A browser is looked after so often before it has been silent for too long. */
const BEATS = 4;

export async function openPress(options: PressOptions): Promise<Press> {
  const patience = options.patience ?? patienceOf(options.env);
  return new Press({ ...options, patience }, await openPrinter({ ...options, patience }));
}

/** The limit that the environment sets, in ms. */
function patienceOf({ SERVICEBOOK_BROWSER_LIMIT: asked }: BrowserOptions['env']): number {
  if (asked === undefined || asked === '') return PATIENCE * 1000;
  if (/^\d{1,5}$/.test(asked) && Number(asked) > 0) return Number(asked) * 1000;
  throw new UserError({
    zh: `環境變數 SERVICEBOOK_BROWSER_LIMIT 是「${asked}」，應為瀏覽器最多可以幾秒沒有回應，例如 ${PATIENCE}。`,
    en: `The environment variable SERVICEBOOK_BROWSER_LIMIT is "${asked}"; expected how many seconds a browser may be silent, such as ${PATIENCE}.`,
  });
}

/**
 * What prints sheets. A browser that ends in the middle of its work, or is silent for too long, is replaced once, and what
 * it was doing is done again; the second time it is told.
 */
export class Press {
  #printer: Promise<Printer>;
  #closed: Promise<void> | undefined;
  /** Why the first browser was replaced. */
  #lost: Lost | undefined;

  /** Use `openPress`. */
  constructor(
    private readonly options: PressOptions & { patience: number },
    printer: Printer,
  ) {
    this.#printer = Promise.resolve(printer);
    this.path = printer.path;
  }

  /** The browser that prints. */
  readonly path: string;

  /** Draws every diagram, in order. Throws DiagramError for all that Mermaid refuses; same input, same bytes. */
  draw(diagrams: readonly Diagram[]): Promise<Drawing[]> {
    const what = { zh: '繪製流程圖', en: 'drawing the charts' };
    return this.#surely((printer) => printer.draw(diagrams), what);
  }

  /** One sheet becomes one file. Sheets may be printed side by side. */
  print(sheet: Sheet): Promise<Printed> {
    const what = { zh: `編印 ${sheet.file}`, en: `printing ${sheet.file}` };
    return this.#surely((printer) => printer.print(sheet), what);
  }

  /** Ends the browser whatever it is doing. May be called twice, and while sheets are being printed. */
  close(): Promise<void> {
    this.#closed ??= this.#printer.then(
      (printer) => printer.close(),
      () => undefined,
    );
    return this.#closed;
  }

  async #surely<T>(work: (printer: Printer) => Promise<T>, what: Say): Promise<T> {
    const mine = this.#printer;
    try {
      return await work(await mine);
    } catch (error) {
      if (!(error instanceof Lost)) throw this.#explained(error);
      if (this.#closed) throw new Error('the press is closed');
      // Whoever notices first opens the next one for all.
      if (this.#printer === mine) {
        if (this.#lost) throw this.#told(error, what);
        this.#lost = error;
        this.#printer = mine
          .then((printer) => printer.close())
          .then(() => openPrinter(this.options))
          .catch(() => {
            throw this.#told(error, what);
          });
        this.#printer.catch(() => undefined);
      }
    }
    const next = await this.#printer;
    try {
      return await work(next);
    } catch (error) {
      if (!(error instanceof Lost)) throw this.#explained(error);
      if (this.#closed) throw new Error('the press is closed');
      throw this.#told(error, what);
    }
  }

  /** What its temporary folder lacks explains a failure of the browser better than what it says itself. */
  #explained(error: unknown): unknown {
    const ours = this.options.endpoint === undefined && !this.#closed && !(error instanceof UserError);
    const fault = ours ? temporaryFault(this.options.env) : undefined;
    return fault ? new UserError(fault) : error;
  }

  #told(lost: Lost, what: Say): UserError {
    const explained = this.#explained(lost);
    if (explained instanceof UserError) return explained;
    const { why } = lost;
    const whose = this.options.endpoint
      ? {
          zh: { name: `瀏覽器 ${this.path}`, mend: '請確認它還在執行、沒有其他程式把它占滿，且網路沒有中斷。' },
          en: {
            name: `The browser at ${this.path}`,
            mend: 'See that it still runs, that no other program keeps it busy, and that the network holds.',
          },
        }
      : {
          zh: { name: '瀏覽器', mend: '可能是記憶體不足。請關閉其他程式後再試，或一次製作較少的文件。' },
          en: {
            name: 'The browser',
            mend: 'Perhaps memory is short. Close other programs and try again, or make fewer documents at a time.',
          },
        };
    const much = this.options.patience / 1000;
    return new UserError(
      why === 'ended'
        ? {
            zh: `${whose.zh.name}在${what.zh}時中途結束，重新開啟後仍然如此。${whose.zh.mend}`,
            en: `${whose.en.name} ended in the middle of ${what.en}; so it did when it was opened anew. ${whose.en.mend}`,
          }
        : {
            zh: `${whose.zh.name}在${what.zh}時沒有回應，重新開啟後仍然如此。${whose.zh.mend}這台機器很慢時，可用環境變數 SERVICEBOOK_BROWSER_LIMIT 設定等幾秒（現在是 ${much}）。`,
            en: `${whose.en.name} does not answer while ${what.en}; nor did it when it was opened anew. ${whose.en.mend} On a very slow machine the environment variable SERVICEBOOK_BROWSER_LIMIT sets how many seconds to wait (now ${much}).`,
          },
    );
  }
}

/** The browser ended or no longer answers: whatever it was doing is undone. */
class Lost extends Error {
  constructor(readonly why: 'ended' | 'silent') {
    super(`the browser is ${why}`);
  }
}

/** Whether a call failed because what it was sent to is no more. */
const isLoss = (error: unknown): boolean =>
  error instanceof Error &&
  (/^(TargetCloseError|ConnectionClosedError)$/.test(error.name) ||
    /Target (crashed|closed)|Session closed|Connection closed|Page crashed|detached Frame/.test(error.message));

async function openPrinter(options: PressOptions & { patience: number }): Promise<Printer> {
  const { chart, known, pages, patience } = options;
  const printer = new Printer(await openBrowser(options), chart, patience, known, pages);
  try {
    await printer.tryFonts();
    return printer;
  } catch (error) {
    await printer.close();
    if (!(error instanceof Lost)) throw error;
    throw new UserError({
      zh: `瀏覽器 ${printer.path} 開啟後${error.why === 'ended' ? '隨即結束' : `${patience / 1000} 秒內沒有回應`}。請確認它能正常執行，再試一次。`,
      en: `The browser ${printer.path} ${error.why === 'ended' ? 'ended as soon as it was opened' : `was opened and does not answer within ${patience / 1000} s`}. See that it runs as it should, and try again.`,
    });
  }
}

/** The family in which the browser sets an element. `document.fonts.check` says yes to any name. */
async function familyOf(page: Page, selector: string): Promise<string | undefined> {
  const session = await page.createCDPSession();
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  return fonts[0]?.familyName;
}

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

/** What the warm page holds. */
type Studio = { mermaid: Mermaid; trimSvg: typeof trimSvg };

/** One browser and its pages, from its start to its end. */
class Printer {
  #studio: Promise<Page> | undefined;
  #mermaidLoaded: Promise<unknown> | undefined;
  #closed: Promise<void> | undefined;
  /** Pages for sheets that nothing is being printed on, and how many have been. */
  readonly #idle: Record<'print' | 'screen', { page: Page; sheets: number }[]> = { print: [], screen: [] };
  /** Pages on which type was set whose sizes could not be rounded: what is set there next may depend on it. */
  readonly #uneven = new WeakSet<Page>();
  /** Pages that are being laid out, and who waits until one is not. */
  #busy = 0;
  readonly #waiting: (() => void)[] = [];
  /** Rejects when the browser is lost. Calls to a browser that is gone may wait for ever, so all work races with this. */
  readonly #gone: Promise<never>;
  /** What pages are given because the browser does not find it by itself, as rules and as files. */
  readonly #faces: readonly Face[];
  readonly #facesCss: string;
  readonly #fontFiles = new Map<string, Promise<Buffer>>();
  #lose: (why: Lost['why']) => void = () => undefined;
  readonly #heart: NodeJS.Timeout;
  /** Work in progress, and for how many beats more it may be. */
  readonly #works = new Set<{ left: number }>();

  /** Use `openPrinter`. */
  constructor(
    private readonly running: Running,
    private readonly chart: ChartTheme,
    patience: number,
    private readonly known?: Settlements,
    private readonly pages = 4,
  ) {
    const { browser } = running;
    this.#faces = [...(chart.faces ?? []), ...running.faces];
    this.#facesCss = facesCss(this.#faces);
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
  async #watched<T>(much: number, work: () => Promise<T>): Promise<T> {
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

  /**
   * Throws UserError for a family that is asked for and not there, and for fonts of the office that the browser does not
   * take: it looks at a font more closely than we do.
   */
  async tryFonts(): Promise<void> {
    const { faces: own = [], kai } = this.chart;
    if (own.length === 0 && kai === undefined) return;
    const style = `font-family: ${kai === undefined ? '' : `${kai},`} '${FAMILIES[0]}'`.replaceAll('"', "'");
    const { refused, set } = await this.#watched(0, async () => {
      const page = await this.#openSheet();
      await page.setContent(`<!doctype html><html><head></head><body><p style="${style}">國</p></body></html>`, {
        timeout: 0,
      });
      const refused = await page.evaluate(
        familiesRefused,
        own.map(({ family }) => family),
      );
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      const set = kai && (await familyOf(page, 'p'));
      await page.close();
      return { refused, set };
    });
    const files = [...new Set(own.flatMap(({ family, file }) => (refused.includes(family) ? basename(file) : [])))];
    if (files.length > 0)
      throw new UserError(
        {
          zh: `瀏覽器無法使用 fonts/ 裡的字型 ${files.join('、')}：字型檔已損壞。請換一份，或移開它。`,
          en: `The browser does not take ${files.join(', ')} in fonts/: the font is broken. Put another copy there, or take it away.`,
        },
        1,
      );
    if (set === FAMILIES[0])
      throw new UserError(
        {
          zh: `樣式選了楷體，但這台機器沒有楷體（${kai}）。請把楷體的字型檔（例如全字庫正楷體 TW-Kai）放進內容資料夾的 fonts/，或在樣式改選明體、黑體。`,
          en: `The look asks for 楷體, and this machine has none of ${kai}. Put its font file (such as TW-Kai) into fonts/ of the content folder, or choose 明體 or 黑體.`,
        },
        1,
      );
  }

  /** Draws every diagram, in order. Throws DiagramError for all that Mermaid refuses; same input, same bytes. */
  draw(diagrams: readonly Diagram[]): Promise<Drawing[]> {
    const given = diagrams.filter((each) => each.given).length;
    return this.#watched(diagrams.length * 2_000 + given * DIAGRAM_LIMIT * 10, () => this.#drawAll(diagrams));
  }

  async #drawAll(diagrams: readonly Diagram[]): Promise<Drawing[]> {
    const config = mermaidConfig(this.chart);
    const faults: { id: string; say: Say }[] = [];
    const drawings = new Map<string, Drawing>();
    const ours = async () => {
      for (const drawing of await this.#drawOurs(
        diagrams.filter((each) => !each.given),
        config,
      ))
        drawings.set(drawing.id, drawing);
    };
    const given = async () => {
      for (const diagram of diagrams) {
        if (!diagram.given) continue;
        const drawn = await this.#drawGiven(diagram, config);
        if ('svg' in drawn) drawings.set(diagram.id, drawn);
        else faults.push({ id: diagram.id, say: drawn });
      }
    };
    await Promise.all([ours(), given()]);
    if (diagrams.length > MANY) await this.#closeStudio();
    if (faults.length > 0) throw new DiagramError(faults);
    return diagrams.map(({ id }) => {
      const drawing = drawings.get(id);
      if (!drawing) throw new Error(`diagram ${id} was not drawn`);
      return drawing;
    });
  }

  /** One sheet becomes one file. Sheets may be printed side by side. */
  async print(sheet: Sheet): Promise<Printed> {
    const { laid } = sheet;
    if (!laid || sheet.kind === 'picture') return this.#print(sheet);
    const changes = changeFaults(await this.#changesOf(sheet, laid), laid.by);
    try {
      const printed = await this.#print(sheet);
      return { ...printed, faults: [...changes, ...(printed.faults ?? []).map((fault) => besides(fault, laid.by))] };
    } catch (error) {
      if (error instanceof UserError || error instanceof Lost || isLoss(error) || sheet.kind !== 'page') throw error;
      // A fault of ours is one without the office's files too.
      const { appendix } = sheet;
      const stamped = appendix && laid.stamp ? { appendix: { ...appendix, stamp: laid.stamp } } : {};
      await this.#print({ ...sheet, html: laid.plain, ...stamped });
      const faults = changes.length > 0 ? changes : [unprintable(laid.by)];
      return { file: sheet.file, bytes: new Uint8Array(), faults };
    }
  }

  /** What is seen otherwise with the office's own files than without them. */
  async #changesOf(sheet: Exclude<Sheet, PictureSheet>, { plain, facts }: LaidOver): Promise<Change[]> {
    const own = sheet.kind === 'page' ? sheet.html.toString() : sheet.text;
    const layouts =
      sheet.kind === 'page' ? ['', 'flows', ...(sheet.fit?.rather ?? []).map(({ named }) => named)] : [''];
    const read = async (page: Page, html: string): Promise<Seen[][]> => {
      await page.setContent(html, { timeout: 0 });
      const seen: Seen[][] = [];
      for (const { medium, width } of VIEWS[sheet.kind]) {
        if (medium) await page.emulateMediaType(medium);
        if (width) await page.setViewport({ width, height: 1000 });
        for (const layout of layouts) {
          await page.evaluate(setLayout, layout, true);
          const texts = await page.evaluate(textsOf);
          const legible = sheet.kind === 'text' ? await legibleOn(page, texts) : texts;
          seen.push(seenIn(legible, await page.evaluate(barsOf), await page.evaluate(headsOf)));
          await page.evaluate(setLayout, layout, false);
        }
      }
      return seen;
    };
    const [before, now] = await Promise.race([
      this.#onPage(
        sheet.kind === 'page' ? 'print' : 'screen',
        own.length,
        async (page) => [await read(page, plain.toString()), await read(page, own)] as const,
        // Its type is not rounded: nothing is printed on this page.
        true,
      ),
      this.#gone,
    ]);
    const changes = changesIn(before, now, facts);
    const appendix = sheet.kind === 'page' && sheet.appendix?.forms.length ? sheet.appendix : undefined;
    if (!appendix) return changes;
    const over = await this.#onPage('print', 1000, async (page) => {
      await page.setContent(appendix.stamp.toString(), { timeout: 0 });
      if (!(await page.$('.form-page'))) return false;
      await page.evaluate(stampPages, [{ width: 595, height: 842 }], 0);
      return page.evaluate(isOverForms, FORM_FOOT);
    });
    return over ? [...changes, { text: appendix.forms[0]?.title ?? '', why: 'form' }] : changes;
  }

  async #print(sheet: Sheet): Promise<Printed> {
    switch (sheet.kind) {
      case 'text':
        return { file: sheet.file, bytes: new TextEncoder().encode(sheet.text) };
      case 'page': {
        const printed = await Promise.race([this.#printPage(sheet), this.#gone]);
        if (isLong(sheet)) clearHeap();
        return printed;
      }
      case 'picture':
        return Promise.race([this.#printPicture(sheet), this.#gone]);
    }
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
  readonly #answer = async (request: HTTPRequest): Promise<void> => {
    const url = request.url();
    const face = faceAt(this.#faces, url);
    if (url.startsWith('data:')) void request.continue({}, 0);
    // Waited for: puppeteer acts on what stands when this is done.
    else if (face) await this.#giveFont(request, face);
    else void request.abort('aborted', 10);
  };

  async #giveFont(request: HTTPRequest, { digest, file }: Face): Promise<void> {
    const reading = this.#fontFiles.get(digest) ?? readFile(file);
    this.#fontFiles.set(digest, reading);
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

  /** Text is measured before it is seen, and a font is loaded only when it is seen. */
  async #loadChartFonts(page: Page): Promise<void> {
    if (this.#faces.length > 0) await page.evaluate(loadFonts, this.chart.font);
  }

  /** The warm page that draws our charts and trims every SVG. */
  #openStudio(): Promise<Page> {
    this.#studio ??= (async () => {
      const page = dress(await this.running.newPage(), this.#facesCss);
      page.once('error', () => this.#lose('ended'));
      await page.setRequestInterception(true);
      page.on('request', this.#answer);
      await page.setContent('<!doctype html><html lang="zh-Hant"><body></body></html>', { timeout: 0 });
      await this.#loadChartFonts(page);
      // Once: a function handed over with each call would be compiled anew each time.
      await page.evaluate(`globalThis.trimSvg = ${trimSvg}`);
      return page;
    })();
    return this.#studio;
  }

  async #closeStudio(): Promise<void> {
    const page = await this.#studio;
    this.#studio = undefined;
    this.#mermaidLoaded = undefined;
    await page?.close();
  }

  async #drawOurs(diagrams: readonly Diagram[], config: MermaidConfig): Promise<Drawing[]> {
    if (diagrams.length === 0) return [];
    const page = await this.#openStudio();
    // The bundle is 3.5 MB and takes 0.5 s, once.
    this.#mermaidLoaded ??= page
      .addScriptTag({ path: mermaidScript() })
      .then(() => page.evaluate(startMermaid, config));
    await this.#mermaidLoaded;
    const asked = diagrams.map(({ id, title, mermaid }) => ({
      id,
      svgId: svgIdOf(id),
      title,
      ...withoutCodes(mermaid),
    }));
    return page.evaluate(async (list) => {
      const { mermaid, trimSvg } = globalThis as unknown as Studio;
      const drawn: Drawing[] = [];
      for (const each of list) {
        const { svg } = await mermaid.render(each.svgId, each.mermaid).catch((error: Error) => {
          throw new Error(`diagram ${each.id}: ${error.message}`);
        });
        drawn.push({ id: each.id, ...trimSvg(svg, each.svgId, each.title, each.signs) });
      }
      return drawn;
    }, asked);
  }

  /**
   * A stranger's text gets mermaid-cli's page, fresh each time, so that nothing of it stays in ours. mermaid-cli would
   * open that page as a local file, and such a page may load other files past our interception; so its text goes into
   * an empty page instead, and all it may request is what mermaid-cli itself serves.
   */
  async #drawGiven({ id, title, mermaid: text }: Diagram, config: MermaidConfig): Promise<Drawing | Say> {
    const { renderMermaid } = await import('@mermaid-js/mermaid-cli');
    const opened: Page[] = [];
    const guarded = {
      newPage: async () => {
        const page = dress(await this.running.newPage(), this.#facesCss);
        opened.push(page);
        page.setDefaultTimeout(0);
        page.on('request', async (request) => {
          if (faceAt(this.#faces, request.url())) await this.#answer(request);
          else if (!/^(data:|https:\/\/mermaid-cli-intercept\.invalid\/)/.test(request.url()))
            void request.abort('aborted', 10);
        });
        page.goto = async (url) => {
          // mermaid-cli listens here to repeat the page's console on our stderr.
          page.removeAllListeners('console');
          await page.setContent(await readFile(fileURLToPath(url), 'utf8'), { timeout: 0 });
          await this.#loadChartFonts(page);
          return null;
        };
        return page;
      },
    } as unknown as Browser;
    let timer: NodeJS.Timeout | undefined;
    const hangs = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no end after ${DIAGRAM_LIMIT / 1000} s`)), DIAGRAM_LIMIT);
    });
    try {
      const { mermaid, signs } = withoutCodes(text);
      const drawing = renderMermaid(guarded, mermaid, 'svg', { mermaidConfig: config, svgId: svgIdOf(id) });
      const { data } = await Promise.race([drawing, hangs]);
      const page = await this.#openStudio();
      const trimmed = await page.evaluate(
        (...drawn) => (globalThis as unknown as Studio).trimSvg(...drawn),
        new TextDecoder().decode(data),
        svgIdOf(id),
        title,
        signs,
      );
      return { id, ...trimmed };
    } catch (error) {
      if (this.#closed || isLoss(error)) throw error;
      if (String(error).includes('EncodingError'))
        return {
          zh: `圖「${title}」（${id}）含有無法載入的圖片；Mermaid 圖只能用文字和圖形，請移除圖片。`,
          en: `The diagram "${title}" (${id}) holds a picture that cannot be loaded; a diagram is made of text and shapes alone, so remove the picture.`,
        };
      const said = oneLine(error);
      return {
        zh: `圖「${title}」（${id}）的 Mermaid 語法無法解讀：${said}`,
        en: `Mermaid cannot read the diagram "${title}" (${id}): ${said}`,
      };
    } finally {
      clearTimeout(timer);
      await Promise.all(opened.map((page) => page.close().catch(() => undefined)));
    }
  }

  /**
   * Does the work on a page without script and without reach. Pages are used again: opening one costs as much as three
   * sheets. What counts up in a page, the tags' ids, `finishPdf` gives anew; its type is told apart by `roundType`. A page
   * that failed is not used again, nor is one that a long sheet has made large, nor one whose type could not be rounded.
   */
  #onPage<T>(medium: 'print' | 'screen', much: number, work: (page: Page) => Promise<T>, long = false): Promise<T> {
    return this.#inTurn(much, () => this.#onOwnPage(medium, work, long));
  }

  async #onOwnPage<T>(medium: 'print' | 'screen', work: (page: Page) => Promise<T>, fresh: boolean): Promise<T> {
    const { page, sheets } = (fresh ? undefined : this.#idle[medium].pop()) ?? {
      page: await this.#openSheet(medium),
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
  async #show(page: Page, html: string): Promise<void> {
    await page.setContent(html.replace('</head>', `${UNSEEN}</head>`), { timeout: 0 });
    if (!(await page.evaluate(roundType))) this.#uneven.add(page);
    await page.evaluate(async () => {
      document.querySelector('[data-unseen]')?.remove();
      // A font is loaded when something is first laid out in it.
      document.documentElement.getBoundingClientRect();
      await document.fonts.ready;
    });
    if (!(await page.evaluate(isTypeRound))) this.#uneven.add(page);
  }

  /** No work may wait in here for other work. */
  async #inTurn<T>(much: number, work: () => Promise<T>): Promise<T> {
    while (this.#busy >= this.pages) await new Promise<void>((free) => this.#waiting.push(free));
    this.#busy += 1;
    try {
      return await this.#watched(much, work);
    } finally {
      this.#busy -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #openSheet(medium?: 'print' | 'screen'): Promise<Page> {
    const page = dress(await this.running.newPage(), this.#facesCss);
    page.once('error', () => this.#lose('ended'));
    await page.setJavaScriptEnabled(false);
    await page.setRequestInterception(true);
    page.on('request', this.#answer);
    if (medium) await page.emulateMediaType(medium);
    return page;
  }

  async #printPage(sheet: PageSheet): Promise<Printed> {
    if (sheet.numbered) return this.#printBook(sheet);
    const html = sheet.html.toString();
    const long = isLong(sheet);
    const paper = await this.#onPage(
      'print',
      html.length,
      async (page) => {
        await this.#show(page, html);
        const most = sheet.fit ? await fitPage(page, sheet.file, sheet.fit) : Number.POSITIVE_INFINITY;
        // Trying sizes leaves much behind, most where each of many boxes has its own.
        if (long || sheet.fit?.apart) await clear(page);
        const pdf = await printPdf(page);
        if (pdf.getPageCount() > most)
          throw new Error(`${sheet.file}: fits its boxes, but they take more than a page each`);
        return { pdf, ...(await page.evaluate(seenOf)) };
      },
      long,
    );
    return this.#finish(sheet, html, paper);
  }

  /** A book, and behind it the forms, whose pages are numbered on. */
  async #printBook(sheet: PageSheet): Promise<Printed> {
    const { file, appendix } = sheet;
    const html = sheet.html.toString();
    const print = async (forms: number[]): Promise<Paper> => {
      const unbound = await this.#inTurn(html.length, async () => {
        const page = await this.#openSheet();
        const printing = printBook(page, { file, html, forms }, { known: this.known });
        return printing.finally(() => page.close().catch(() => undefined));
      });
      return bound(unbound);
    };
    if (!appendix || appendix.forms.length === 0) return this.#finish(sheet, html, await print([]));
    const { appendForms, pagesOfForms } = await import('../pdf/bind.js');
    const pages = await Promise.all(appendix.forms.map((form) => pagesOfForms([form])));
    const sizes = pages.flat();
    const paper = await print(pages.map(({ length }) => length));
    const own = paper.pdf.getPageCount();
    const stamp = await this.#onPage('print', sizes.length * 1000, async (page) => {
      await this.#show(page, appendix.stamp.toString());
      await page.evaluate(stampPages, sizes, own);
      return printPdf(page, { tagged: false });
    });
    await appendForms(paper.pdf, appendix.forms, { bookmark: appendix.bookmark, stamp });
    return this.#finish(sheet, `${html}${appendix.stamp}`, paper, own);
  }

  /**
   * Everything that is seen of the page on a screen must be seen on paper, besides what the sheet itself expects. What
   * stands behind the first `own` pages is other people's, and stays as it is.
   */
  async #finish(
    sheet: PageSheet | PictureSheet,
    source: string,
    { pdf, shown, font }: Paper,
    own = Number.POSITIVE_INFINITY,
  ): Promise<Printed> {
    const { file, date, declares, expects = [] } = sheet;
    const expected = { texts: expects, shown };
    const { bytes, faults: found } = await finishPdf(pdf, { file, date, source, declares, expected });
    const faults = found.filter((fault) => (fault.page ?? 0) <= own);
    const printed = { file, bytes, pages: pdf.getPageCount(), faults };
    if (!faults.some(({ rule }) => rule === 'missing-glyph')) return printed;
    return { ...printed, missing: await this.#missing(shown.join(''), font) };
  }

  /**
   * A character no font has prints as an empty box and nobody is told; in a name that is a fault. The PDF tells that
   * there is one, but not which: Chromium, having met it, stops looking for fonts for its neighbours too. So each
   * character of the text is then tried alone, on a page of its own.
   */
  async #missing(text: string, font: string): Promise<string[]> {
    const characters = [...new Set(text)].filter((each) => !/[\s\p{Cc}\p{Cf}]/u.test(each)).sort();
    const trial = await this.#onPage('print', characters.length * 100, async (page) => {
      const trial = `<!doctype html><html lang="zh-Hant"><head><title>-</title><style>
@page{size:30mm 30mm;margin:5mm}body{margin:0;font-family:${escapeText(font).replaceAll('&quot;', "'")}}p{margin:0;break-after:page}
</style></head><body>${characters.map((each) => `<p>${escapeText(each)}</p>`).join('')}</body></html>`;
      await this.#show(page, trial);
      return printPdf(page);
    });
    const empty = pagesWithEmptyBox(trial);
    return characters.filter((_, index) => empty[index]);
  }

  /** A drawing that is to become a picture sees no font but those inside of it. */
  async #withFonts(svg: string): Promise<string> {
    let css = '';
    for (const face of this.#faces) {
      if (!svg.includes(face.family) || ['600', '900'].includes(face.weight)) continue;
      const bytes = await readFile(face.file);
      css += facesCss([face]).replace(/url\([^)]*\)/, `url(data:font/ttf;base64,${bytes.toString('base64')})`);
    }
    return css === '' ? svg : svg.replace(/<svg[^>]*>/, (at) => `${at}<style>${css}</style>`);
  }

  async #printPicture(sheet: PictureSheet): Promise<Printed> {
    const { file, svg, title } = sheet;
    if (sheet.format === 'svg')
      return { file, bytes: new TextEncoder().encode(`${drawingDeclaring(svg, sheet.declares)}\n`) };
    // px of white on each side.
    const margin = 16;
    const size = sizeOf(svg);
    const width = size.width + 2 * margin;
    const height = size.height + 2 * margin;
    const source = `<!doctype html><html lang="zh-Hant"><head><title>${escapeText(title)}</title><style>
@page{size:${width}px ${height}px;margin:0}
html,body{margin:0;background:#fff}
body{box-sizing:border-box;width:${width}px;height:${height}px;padding:${margin}px;overflow:hidden}
svg{display:block}
</style></head><body>${svg}</body></html>`;
    if (sheet.format === 'png') {
      // Chromium's canvas has no more than 65,535 pixels on a side and a quarter of a milliard in all.
      const density = Math.min(3, 65_535 / Math.max(width, height), Math.sqrt(250_000_000 / (width * height)));
      const drawn = await this.#withFonts(svg);
      const png = await this.#onPage('screen', svg.length, (page) =>
        page.evaluate(pngOf, drawn, size, margin, density),
      );
      return { file, bytes: pngDeclaring(Buffer.from(png, 'base64'), sheet.declares) };
    }
    const paper = await this.#onPage('print', source.length, async (page) => {
      await this.#show(page, source);
      return { pdf: await printPdf(page), ...(await page.evaluate(seenOf)) };
    });
    return this.#finish(sheet, source, paper);
  }
}

/** Runs in the browser. Which of these families it does not take. */
async function familiesRefused(families: readonly string[]): Promise<string[]> {
  const refused: string[] = [];
  for (const face of document.fonts) {
    const family = face.family.replace(/^["']|["']$/g, '');
    if (families.includes(family)) await face.load().catch(() => refused.push(family));
  }
  return refused;
}

/** Runs in the browser. Loads what of these families there is to load, in the weights of charts. */
async function loadFonts(font: string): Promise<void> {
  const named = font.split(',').map((family) => family.trim().replace(/^["']|["']$/g, ''));
  const wanted = [...document.fonts].filter(
    ({ family, weight }) => named.includes(family.replace(/^["']|["']$/g, '')) && !['600', '900'].includes(weight),
  );
  await Promise.all(wanted.map((face) => face.load().catch(() => undefined)));
}

/**
 * Runs in the browser. A drawing on white with a margin (px), `density` pixels a px, as PNG in base64. A shot of a page
 * takes twice the time, and the pixels of its curves depend on how much had been painted by then.
 */
async function pngOf(
  svg: string,
  { width, height }: { width: number; height: number },
  margin: number,
  density: number,
): Promise<string> {
  const drawing = new Image();
  drawing.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await drawing.decode();
  const pixels = (length: number) => Math.floor((length + 2 * margin) * density);
  const canvas = new OffscreenCanvas(pixels(width), pixels(height));
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('there is nothing to draw on');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(drawing, margin * density, margin * density, width * density, height * density);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

/** Width and height of a drawing in CSS px, as its root element says. */
function sizeOf(svg: string): { width: number; height: number } {
  const root = /^<svg[^>]*>/.exec(svg)?.[0] ?? '';
  const measure = (name: string): number => Math.ceil(Number(new RegExp(` ${name}="([\\d.]+)"`).exec(root)?.[1] ?? 0));
  return { width: measure('width'), height: measure('height') };
}

// --------------------------------------------------------------------------------------------------------- charts

/** Prefixed, so that a chart never takes the id of a chapter and always begins with a letter. */
const svgIdOf = (id: string): string => `chart-${id}`;

/**
 * dagre keeps a procedure in reading order; ELK turns every 補正 loop upside down, with the return above the start.
 * `classic`: the newer look casts shadows, and each becomes a bitmap in the PDF. Labels as SVG text: print tools drop
 * foreignObject. `secure` names what the text of a diagram may not set for itself.
 */
function mermaidConfig({ font, variables, flowchart, css }: ChartTheme): MermaidConfig {
  return {
    startOnLoad: false,
    suppressErrorRendering: true,
    securityLevel: 'strict',
    deterministicIds: true,
    deterministicIDSeed: 'chart',
    handDrawnSeed: 1,
    look: 'classic',
    layout: 'dagre',
    htmlLabels: false,
    theme: 'base',
    fontFamily: font,
    themeVariables: { ...variables, fontFamily: font },
    themeCSS: css,
    flowchart: { ...(flowchart as MermaidConfig['flowchart']), htmlLabels: false, useMaxWidth: false },
    secure: [
      ...['secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'maxEdges', 'suppressErrorRendering'],
      ...[
        'deterministicIds',
        'deterministicIDSeed',
        'handDrawnSeed',
        'look',
        'layout',
        'htmlLabels',
        'themeCSS',
        'fontFamily',
      ],
    ],
  };
}

const NAMED: Readonly<Record<string, string>> = { quot: '"', lt: '<', gt: '>', amp: '&' };
/** What a code may stand for: only what is seen. */
const SEEN =
  /^(?:[!-~\u00A1-\u00AC\u00AE-\u00FF\u2010-\u2027\u2030-\u205E\u2070-\u27FF\u3000-\u303F]|\p{Script=Han})$/u;

/**
 * A chart without the codes in its labels, `#quot;` and `#9829;`: Mermaid measures and breaks some as they are written, and
 * leaves them so. In place of a sign that means something to it stands a letter that is not in the text; `signs` says
 * which.
 */
function withoutCodes(mermaid: string): { mermaid: string; signs: Record<string, string> } {
  const signs: Record<string, string> = {};
  const standIns = new Map<string, string>();
  let next = 0x180;
  const standIn = (sign: string): string => {
    const known = standIns.get(sign);
    if (known !== undefined) return known;
    while (mermaid.includes(String.fromCharCode(next))) next += 1;
    const letter = String.fromCharCode(next);
    next += 1;
    standIns.set(sign, letter);
    signs[letter] = sign;
    return letter;
  };
  const text = mermaid.replace(/"[^"\n]*"/g, (label) =>
    label.replace(/#(quot|lt|gt|amp|\d{1,6});/g, (code, name: string) => {
      const sign = NAMED[name] ?? String.fromCodePoint(Number(name));
      if (!SEEN.test(sign)) return code;
      return /[A-Za-z0-9]|[^!-~]/.test(sign) ? sign : standIn(sign);
    }),
  );
  return { mermaid: text, signs };
}

/**
 * Runs in the browser. Mermaid copies its whole configuration hundreds of times a chart; without the defaults of the
 * diagram types we do not draw, a chart takes a quarter less time.
 */
function startMermaid(config: MermaidConfig): void {
  const { mermaid } = globalThis as unknown as Studio;
  const defaults = mermaid.mermaidAPI.defaultConfig as Record<string, unknown>;
  for (const [name, part] of Object.entries(defaults)) {
    if (name === 'flowchart' || name === 'themeVariables' || Array.isArray(part)) continue;
    if (part && typeof part === 'object') for (const key of Object.keys(part)) Reflect.deleteProperty(part, key);
  }
  mermaid.initialize(config);
}

/** Mermaid's own message without the stack puppeteer adds. */
function oneLine(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n');
  const stack = lines.findIndex((line) => /^\s+at /.test(line));
  return lines
    .slice(0, stack === -1 ? undefined : stack)
    .join(' ')
    .replace(/\s+/g, ' ')
    .replace(/^(Evaluation failed: )?(Error: )*/, '')
    .replace(/ \S+ \(https?:.*$/, '')
    .trim()
    .slice(0, 500);
}

/**
 * Runs in the browser. Mermaid's SVG is 100–200 kB, most of it styles, markers and marks for its editor that nothing
 * uses, and its ids may meet those of the next chart in the same page. Keeps what is seen, prefixes every id, and
 * leaves nothing that could run or load.
 */
function trimSvg(
  source: string,
  svgId: string,
  title: string,
  signs: Readonly<Record<string, string>>,
): { svg: string; width: number; height: number } {
  const svg = new DOMParser().parseFromString(source, 'text/html').querySelector('svg');
  if (!svg) throw new Error('Mermaid drew nothing');
  const space = 'http://www.w3.org/2000/svg';
  const round = (text: string) =>
    text.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(2))));

  // Nothing that runs or loads.
  const active = 'script,iframe,object,embed,audio,video,link,meta,base,form,input,animate,set,animateTransform';
  for (const element of svg.querySelectorAll(active)) element.remove();
  for (const element of [svg, ...svg.querySelectorAll('*')]) {
    for (const { name, value } of [...element.attributes]) {
      const reference = /^(xlink:)?(href|src)$/.test(name);
      const local = value.startsWith('#') || (/^(https?|mailto):/i.test(value) && element.localName === 'a');
      const picture = /^data:image\/(png|jpeg|gif|webp);/.test(value);
      const loads = /url\(\s*["']?(?!["']?#)/i.test(value);
      if (/^on/i.test(name) || (reference && !local && !picture) || loads || name === 'srcset')
        element.removeAttribute(name);
      else if (name.startsWith('data-') || value.trim() === '' || value.trim() === ';') element.removeAttribute(name);
    }
  }

  // Every id begins with the drawing's own; what refers to an id follows.
  const renamed = new Map<string, string>();
  for (const element of svg.querySelectorAll('[id]')) {
    if (element.id.startsWith(`${svgId}-`) || element.id.startsWith(`${svgId}_`)) continue;
    const fresh = `${svgId}-${element.id.replace(/[^\w-]/g, '-')}`;
    renamed.set(element.id, fresh);
    element.id = fresh;
  }
  const follow = (text: string) =>
    text.replace(/#([\w-]+)/g, (all, id: string) => (renamed.has(id) ? `#${renamed.get(id)}` : all));
  for (const element of svg.querySelectorAll('*'))
    for (const { name, value } of [...element.attributes])
      if (/url\(#|^#/.test(value)) element.setAttribute(name, follow(value));
      else if (name === 'aria-labelledby' || name === 'aria-describedby') element.removeAttribute(name);

  // What stood in for others; nothing turns the order of what is read.
  const texts = document.createTreeWalker(svg, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode())
    node.nodeValue = (node.nodeValue ?? '')
      .replace(/[\u0180-\u024F]/g, (sign) => signs[sign] ?? sign)
      .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '');

  // Labels without text, marker ends that no line uses, then groups left empty.
  for (const element of svg.querySelectorAll('text,rect'))
    if (element.localName === 'text' ? element.textContent?.trim() === '' : !element.hasAttribute('width'))
      element.remove();
  const text = svg.outerHTML;
  for (const marker of svg.querySelectorAll('marker,filter,linearGradient,clipPath,symbol'))
    if (!text.includes(`#${marker.id})`) && !text.includes(`"#${marker.id}"`)) marker.remove();
  for (let empty = true; empty; ) {
    const groups = [...svg.querySelectorAll('g,defs')].filter((each) => each.childNodes.length === 0);
    for (const group of groups) group.remove();
    empty = groups.length > 0;
  }

  // Rules that match nothing here, or would reach beyond this drawing.
  const kept: string[] = [];
  for (const style of svg.querySelectorAll('style')) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(follow(style.textContent ?? ''));
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSStyleRule) || /url\(\s*["']?(?!["']?#)/i.test(rule.cssText)) continue;
      const scoped = rule.selectorText.split(',').filter((each) => each.trim().startsWith(`#${svgId}`));
      const used = scoped.filter((each) => {
        // A state of the pointer or an element's part has no place on paper.
        const bare = each.trim();
        return !bare.includes(':') && svg.parentElement?.querySelector(bare);
      });
      rule.style.removeProperty('animation');
      if (used.length > 0 && rule.style.length > 0) kept.push(`${used.join(',')}{${rule.style.cssText}}`);
    }
    style.remove();
  }
  // Chromium turns text with a stroke into Type 3 fonts.
  // And sets it in a size of each scale, which may be that of a neighbour (see `roundType`).
  kept.push(`#${svgId} text,#${svgId} tspan{stroke:none!important;text-rendering:geometricPrecision!important}`);

  // Classes that no rule names.
  const rules = kept.join('\n');
  if (!rules.includes('[class'))
    for (const element of svg.querySelectorAll('[class]')) {
      const named = [...element.classList].filter((name) => rules.includes(`.${name}`));
      if (named.length > 0) element.setAttribute('class', named.join(' '));
      else element.removeAttribute('class');
    }

  // Rough.js writes a straight side as two cubic curves on one line; sides alone are a tenth of that.
  const straight = (d: string): string | undefined => {
    const tokens = d.match(/[A-Za-z]|-?\d*\.?\d+(?:e-?\d+)?/g) ?? [];
    if (tokens.length < 60 || tokens.some((token) => /[A-Za-z]/.test(token) && !/[MLC]/.test(token))) return undefined;
    const seen = new Set<string>();
    let out = '';
    let pen = '';
    let at = { x: 0, y: 0 };
    for (let i = 0; i < tokens.length; ) {
      const command = tokens[i] ?? '';
      const take = command === 'C' ? 6 : 2;
      const numbers = tokens.slice(i + 1, i + 1 + take).map(Number);
      if (!/[MLC]/.test(command) || numbers.length < take || numbers.some(Number.isNaN)) return undefined;
      const x = numbers[take - 2] ?? 0;
      const y = numbers[take - 1] ?? 0;
      if (command === 'C') {
        const length = Math.hypot(x - at.x, y - at.y) || 1;
        for (const k of [0, 2]) {
          const off = ((numbers[k] ?? 0) - at.x) * (y - at.y) - ((numbers[k + 1] ?? 0) - at.y) * (x - at.x);
          if (Math.abs(off) / length > 0.05) return undefined;
        }
      }
      const from = `${at.x.toFixed(1)} ${at.y.toFixed(1)}`;
      const to = `${x.toFixed(1)} ${y.toFixed(1)}`;
      if (command !== 'M' && from !== to && !seen.has(`${from} ${to}`)) {
        seen.add(`${from} ${to}`);
        out += pen === from ? `L${to}` : `M${from}L${to}`;
        pen = to;
      }
      at = { x, y };
      i += 1 + take;
    }
    return out.replace(/\.0(?=\D|$)/g, '');
  };
  const measures = [
    'd',
    'points',
    'transform',
    'x',
    'y',
    'x1',
    'y1',
    'x2',
    'y2',
    'cx',
    'cy',
    'r',
    'rx',
    'ry',
    'width',
    'height',
  ];
  for (const element of svg.querySelectorAll('*'))
    for (const name of measures) {
      const value = element.getAttribute(name);
      if (value !== null) element.setAttribute(name, (name === 'd' ? straight(value) : undefined) ?? round(value));
    }

  const [left = 0, top = 0, width = 0, height = 0] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  const size = { width: Math.ceil(width), height: Math.ceil(height) };
  const description = svg.querySelector(':scope > desc')?.textContent;
  for (const each of svg.querySelectorAll(':scope > title, :scope > desc')) each.remove();
  const type = svg.getAttribute('class');
  for (const { name } of [...svg.attributes]) svg.removeAttribute(name);
  const drawing: Record<string, string> = {
    id: svgId,
    width: String(size.width),
    height: String(size.height),
    viewBox: [left, top, width, height].map((each) => Number(each.toFixed(2))).join(' '),
    role: 'img',
  };
  if (type) drawing.class = type;
  for (const [name, value] of Object.entries(drawing)) svg.setAttribute(name, value);
  const head = (name: string, content: string) => {
    const element = document.createElementNS(space, name);
    element.textContent = content;
    return element;
  };
  svg.prepend(head('title', title), ...(description ? [head('desc', description)] : []), head('style', rules));
  return { svg: new XMLSerializer().serializeToString(svg), ...size };
}

// ---------------------------------------------------------------------------------------------------------- paper

/** Boxes that are fitted at a time where each has its own size: trying sizes leaves megabytes behind for each. */
const BATCH = 64;

/** Sets type to the size of its boxes. Says how many pages there may then be: one a box, or any where something flows on. */
async function fitPage(page: Page, file: string, fit: Fit): Promise<number> {
  const boxes = await page.evaluate(() => document.querySelectorAll('.fit').length);
  if (boxes === 0) throw new Error(`${file}: nothing has the class "fit"`);
  // A layout that is tried first is one for all of them.
  const batch = fit.apart && !fit.rather ? BATCH : boxes;
  let most = boxes;
  const tooMuch: Overflow[] = [];
  for (let from = 0; from < boxes; from += batch) {
    if (boxes > batch) {
      await page.evaluate(showBoxes, from, from + batch);
      await clear(page);
    }
    const { flowing, long } = await page.evaluate(fitBoxes, fit, undefined, [from, from + batch] as const);
    if (flowing) most = Number.POSITIVE_INFINITY;
    for (const each of long) tooMuch.push(each);
  }
  if (boxes > batch) await page.evaluate(showBoxes, 0, boxes);
  if (tooMuch.length > 0) throw new UserError(tooLong(file, tooMuch, fit), 1);
  return most;
}

/** Runs in the browser. Lays out these boxes and no others: each change of a size lays out all that is seen. */
function showBoxes(from: number, to: number): void {
  for (const [i, box] of document.querySelectorAll<HTMLElement>('.fit').entries())
    if (i >= from && i < to) box.style.removeProperty('display');
    else box.style.setProperty('display', 'none', 'important');
}

/** Runs in the browser. One `.form-page` for each size (pt), numbered from `before` + 1, each on paper of its size. */
function stampPages(sizes: readonly { width: number; height: number }[], before: number): void {
  const model = document.querySelector<HTMLElement>('.form-page');
  if (!model) throw new Error('the stamp has no .form-page');
  const total = before + sizes.length;
  const rules: string[] = [];
  for (const [i, { width, height }] of sizes.entries()) {
    const page = model.cloneNode(true) as HTMLElement;
    page.style.page = `f${i}`;
    page.classList.add((before + i + 1) % 2 === 1 ? 'right' : 'left');
    // 1 pt less: a page of exactly the height of its paper flows over.
    page.style.height = `${height - 1}pt`;
    for (const each of page.querySelectorAll('[data-number]')) each.textContent = String(before + i + 1);
    for (const each of page.querySelectorAll('[data-total]')) each.textContent = String(total);
    model.before(page);
    rules.push(`@page f${i} { size: ${width}pt ${height}pt; margin: 0; }`);
  }
  model.remove();
  const style = document.createElement('style');
  style.textContent = rules.join('\n');
  document.head.append(style);
}
