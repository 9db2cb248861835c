// What prints: a browser that is replaced once where it ends or is silent, and what is told of it.
import type { Say } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import type { Diagram, Drawing, Sheet } from '../document/sheet.js';
import type { ChartTheme } from '../theme/chart-theme.js';
import { type BrowserOptions, openBrowser } from './browser.js';
import { temporaryFault } from './browser-faults.js';
import { BrowserPages, Lost } from './browser-pages.js';
import { Diagrams } from './diagrams.js';
import type { Settlements } from './pagination.js';
import { type Printed, printSheet } from './print-sheet.js';
import { tryFonts } from './try-fonts.js';

/**
 * `chart`: may still be read while the browser starts. `pages`: how many are laid out at once, at most. `patience`: how long
 * a browser may be silent, in ms.
 */
export type PrinterOptions = BrowserOptions & {
  chart: ChartTheme | Promise<ChartTheme>;
  known?: Settlements;
  pages?: number;
  patience?: number;
};

/** How long a browser may be silent unless SERVICEBOOK_BROWSER_LIMIT says otherwise, in s. */
const PATIENCE = 60;

export async function openPrinter(options: PrinterOptions): Promise<Printer> {
  const patience = options.patience ?? patienceOf(options.env);
  return new Printer({ ...options, patience }, await openSession({ ...options, patience }));
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

/** A browser that is at work. */
type Session = { pages: BrowserPages; diagrams: Diagrams };

/**
 * What prints sheets. A browser that ends in the middle of its work, or is silent for too long, is replaced once, and what
 * it was doing is done again; the second time it is told.
 */
export class Printer {
  #session: Promise<Session>;
  #closed: Promise<void> | undefined;
  /** Why the first browser was replaced. */
  #lost: Lost | undefined;

  /** Use `openPrinter`. */
  constructor(
    private readonly options: PrinterOptions & { patience: number },
    session: Session,
  ) {
    this.#session = Promise.resolve(session);
    this.path = session.pages.path;
  }

  /** The browser that prints. */
  readonly path: string;

  /** Draws every diagram, in order. Throws DiagramError for all that Mermaid refuses; same input, same bytes. */
  draw(diagrams: readonly Diagram[]): Promise<Drawing[]> {
    const what = { zh: '繪製流程圖', en: 'drawing the charts' };
    return this.#surely(({ diagrams: drawing }) => drawing.draw(diagrams), what);
  }

  /** One sheet becomes one file. Sheets may be printed side by side. */
  print(sheet: Sheet): Promise<Printed> {
    const what = { zh: `編印 ${sheet.file}`, en: `printing ${sheet.file}` };
    return this.#surely(({ pages }) => printSheet(pages, sheet, this.options.known), what);
  }

  /** Ends the browser whatever it is doing. May be called twice, and while sheets are being printed. */
  close(): Promise<void> {
    this.#closed ??= this.#session.then(
      ({ pages }) => pages.close(),
      () => undefined,
    );
    return this.#closed;
  }

  async #surely<T>(work: (session: Session) => Promise<T>, what: Say): Promise<T> {
    const mine = this.#session;
    try {
      return await work(await mine);
    } catch (error) {
      if (!(error instanceof Lost)) throw this.#explained(error);
      if (this.#closed) throw new Error('the printer is closed');
      // Whoever notices first opens the next one for all.
      if (this.#session === mine) {
        if (this.#lost) throw this.#told(error, what);
        this.#lost = error;
        this.#session = mine
          .then(({ pages }) => pages.close())
          .then(() => openSession(this.options))
          .catch(() => {
            throw this.#told(error, what);
          });
        this.#session.catch(() => undefined);
      }
    }
    const next = await this.#session;
    try {
      return await work(next);
    } catch (error) {
      if (!(error instanceof Lost)) throw this.#explained(error);
      if (this.#closed) throw new Error('the printer is closed');
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

async function openSession(options: PrinterOptions & { patience: number }): Promise<Session> {
  const { pages: most, patience } = options;
  const running = await openBrowser(options);
  const chart = await Promise.resolve(options.chart).catch(async (error: unknown) => {
    await running.close();
    throw error;
  });
  const pages = new BrowserPages(running, { faces: chart.faces, patience, most });
  try {
    await tryFonts(pages, chart);
    return { pages, diagrams: new Diagrams(pages, chart) };
  } catch (error) {
    await pages.close();
    if (!(error instanceof Lost)) throw error;
    throw new UserError({
      zh: `瀏覽器 ${pages.path} 開啟後${error.why === 'ended' ? '隨即結束' : `${patience / 1000} 秒內沒有回應`}。請確認它能正常執行，再試一次。`,
      en: `The browser ${pages.path} ${error.why === 'ended' ? 'ended as soon as it was opened' : `was opened and does not answer within ${patience / 1000} s`}. See that it runs as it should, and try again.`,
    });
  }
}
