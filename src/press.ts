// The one Chromium: what it may reach, how Mermaid text becomes SVG and a page becomes PDF.
//
// DOM names are used only inside functions handed to `page.evaluate`, which run in the browser.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Mermaid, MermaidConfig } from 'mermaid';
import type { Browser, HTTPRequest, Page } from 'puppeteer';
import { type BrowserOptions, openBrowser, type Running } from './browser.js';
import { keyOf } from './cache.js';
import { type Fit, fitBoxes, tooLong } from './fit.js';
import { escapeText } from './html.js';
import { finishPdf, loadPdf, type PDFDocument, type Place, pagesWithEmptyBox, placesOf } from './pdf.js';
import type { PreflightFault } from './preflight.js';
import type { Diagram, Drawing, File, Sheet } from './render.js';
import { type Say, UserError } from './source.js';
import type { ChartTheme } from './templates.js';

export type PressOptions = BrowserOptions & { chart: ChartTheme; known?: Settlements };

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

const require = createRequire(import.meta.url);

/** A time limit exists only against what never ends: a diagram made to hang. In ms. */
const DIAGRAM_LIMIT = 60_000;

export async function openPress(options: PressOptions): Promise<Press> {
  return new Press(await openBrowser(options), options.chart, options.known);
}

/** Nothing but the data inside the page is let through. The page stays where it is: `aborted` loads no error page. */
const refuse = (request: HTTPRequest): void => {
  if (request.url().startsWith('data:')) void request.continue({}, 0);
  else void request.abort('aborted', 10);
};

/** What the warm page holds. */
type Studio = { mermaid: Mermaid; trimSvg: typeof trimSvg };

export class Press {
  #studio: Promise<Page> | undefined;
  #mermaidLoaded: Promise<unknown> | undefined;
  #closed: Promise<void> | undefined;
  /** Pages for sheets that nothing is being printed on. */
  readonly #idle: Record<'print' | 'screen', Page[]> = { print: [], screen: [] };
  /** Rejects when the browser ends. Calls to a browser that is gone may wait for ever, so all work races with this. */
  readonly #gone: Promise<never>;

  /** Use `openPress`. */
  constructor(
    private readonly running: Running,
    private readonly chart: ChartTheme,
    private readonly known?: Settlements,
  ) {
    const { browser } = running;
    this.#gone = new Promise((_, reject) => {
      browser.once('disconnected', () =>
        reject(
          this.#closed
            ? new Error('the press is closed')
            : new UserError({
                zh: '瀏覽器中途結束，可能是記憶體不足。請關閉其他程式後再試，或一次製作較少的文件。',
                en: 'The browser ended in the middle of its work, perhaps for lack of memory. Close other programs and try again, or make fewer documents at a time.',
              }),
        ),
      );
    });
    this.#gone.catch(() => undefined);
  }

  /** The browser that prints. */
  get path(): string {
    return this.running.path;
  }

  /** Draws every diagram, in order. Throws DiagramError for all that Mermaid refuses; same input, same bytes. */
  draw(diagrams: readonly Diagram[]): Promise<Drawing[]> {
    return Promise.race([this.#drawAll(diagrams), this.#gone]);
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
    if (faults.length > 0) throw new DiagramError(faults);
    return diagrams.map(({ id }) => {
      const drawing = drawings.get(id);
      if (!drawing) throw new Error(`diagram ${id} was not drawn`);
      return drawing;
    });
  }

  /** One sheet becomes one file. Sheets may be printed side by side. */
  async print(sheet: Sheet): Promise<Printed> {
    switch (sheet.kind) {
      case 'text':
        return { file: sheet.file, bytes: new TextEncoder().encode(sheet.text) };
      case 'page':
        return Promise.race([this.#printPage(sheet), this.#gone]);
      case 'picture':
        return Promise.race([this.#printPicture(sheet), this.#gone]);
    }
  }

  /** Ends the browser whatever it is doing. May be called twice, and while sheets are being printed. */
  close(): Promise<void> {
    this.#closed ??= this.running.close();
    return this.#closed;
  }

  /** The warm page that draws our charts and trims every SVG. */
  #openStudio(): Promise<Page> {
    this.#studio ??= (async () => {
      const page = await this.running.newPage();
      await page.setRequestInterception(true);
      page.on('request', refuse);
      await page.setContent('<!doctype html><html lang="zh-Hant"><body></body></html>');
      // Once: a function handed over with each call would be compiled anew each time.
      await page.evaluate(`globalThis.trimSvg = ${trimSvg}`);
      return page;
    })();
    return this.#studio;
  }

  async #drawOurs(diagrams: readonly Diagram[], config: MermaidConfig): Promise<Drawing[]> {
    if (diagrams.length === 0) return [];
    const page = await this.#openStudio();
    // The bundle is 3.5 MB and takes 0.5 s, once.
    this.#mermaidLoaded ??= page
      .addScriptTag({ path: require.resolve('mermaid/dist/mermaid.min.js') })
      .then(() => page.evaluate(startMermaid, config));
    await this.#mermaidLoaded;
    const asked = diagrams.map(({ id, title, mermaid }) => ({ id, svgId: svgIdOf(id), title, mermaid }));
    return page.evaluate(async (list) => {
      const { mermaid, trimSvg } = globalThis as unknown as Studio;
      const drawn: Drawing[] = [];
      for (const each of list) {
        const { svg } = await mermaid.render(each.svgId, each.mermaid).catch((error: Error) => {
          throw new Error(`diagram ${each.id}: ${error.message}`);
        });
        drawn.push({ id: each.id, ...trimSvg(svg, each.svgId, each.title) });
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
        const page = await this.running.newPage();
        opened.push(page);
        page.setDefaultTimeout(0);
        page.on('request', (request) => {
          if (!/^(data:|https:\/\/mermaid-cli-intercept\.invalid\/)/.test(request.url()))
            void request.abort('aborted', 10);
        });
        page.goto = async (url) => {
          // mermaid-cli listens here to repeat the page's console on our stderr.
          page.removeAllListeners('console');
          await page.setContent(await readFile(fileURLToPath(url), 'utf8'));
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
      const drawing = renderMermaid(guarded, text, 'svg', { mermaidConfig: config, svgId: svgIdOf(id) });
      const { data } = await Promise.race([drawing, hangs]);
      const page = await this.#openStudio();
      const trimmed = await page.evaluate(
        (...drawn) => (globalThis as unknown as Studio).trimSvg(...drawn),
        new TextDecoder().decode(data),
        svgIdOf(id),
        title,
      );
      return { id, ...trimmed };
    } catch (error) {
      if (this.#closed) throw error;
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
   * sheets. What counts up in a page, the tags' ids, `finishPdf` gives anew. A page that failed is not used again.
   */
  async #onPage<T>(medium: 'print' | 'screen', work: (page: Page) => Promise<T>): Promise<T> {
    const page = this.#idle[medium].pop() ?? (await this.#openSheet(medium));
    try {
      const done = await work(page);
      this.#idle[medium].push(page);
      return done;
    } catch (error) {
      await page.close().catch(() => undefined);
      throw error;
    }
  }

  async #openSheet(medium: 'print' | 'screen'): Promise<Page> {
    const page = await this.running.newPage();
    await page.setJavaScriptEnabled(false);
    await page.setRequestInterception(true);
    page.on('request', refuse);
    await page.emulateMediaType(medium);
    return page;
  }

  #printPage(sheet: PageSheet): Promise<Printed> {
    return this.#onPage('print', async (page) => {
      await page.setContent(sheet.html.toString(), { timeout: 0 });
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      const most = sheet.fit ? await fitPage(page, sheet.file, sheet.fit) : Number.POSITIVE_INFINITY;
      const { pdf, own } = sheet.numbered
        ? await this.#printBook(page, sheet)
        : { pdf: await printPdf(page), own: Number.POSITIVE_INFINITY };
      if (pdf.getPageCount() > most)
        throw new Error(`${sheet.file}: fits its boxes, but they take more than a page each`);
      return this.#finish(page, pdf, sheet, `${sheet.html}${sheet.appendix?.stamp ?? ''}`, own);
    });
  }

  /** A book of `own` pages, and behind it the forms, whose pages are numbered on. */
  async #printBook(page: Page, sheet: PageSheet): Promise<{ pdf: PDFDocument; own: number }> {
    const { file, appendix } = sheet;
    const html = sheet.html.toString();
    if (!appendix || appendix.forms.length === 0) {
      const pdf = await printSettled(page, { file, html, forms: [] }, this.known);
      return { pdf, own: pdf.getPageCount() };
    }
    const { appendForms, pagesOfForms } = await import('./assemble.js');
    const sizes = await pagesOfForms(appendix.forms);
    const counts = await Promise.all(appendix.forms.map(async (form) => (await pagesOfForms([form])).length));
    const pdf = await printSettled(page, { file, html, forms: counts }, this.known);
    const own = pdf.getPageCount();
    const stamp = await this.#onPage('print', async (blank) => {
      await blank.setContent(appendix.stamp.toString());
      await blank.evaluate(() => document.fonts.ready.then(() => undefined));
      await blank.evaluate(stampPages, sizes, own);
      return loadPdf(await blank.pdf({ preferCSSPageSize: true, printBackground: true, tagged: false, timeout: 0 }));
    });
    await appendForms(pdf, appendix.forms, { bookmark: appendix.bookmark, stamp });
    return { pdf, own };
  }

  /**
   * Everything that is seen of the page on a screen must be seen on paper, besides what the sheet itself expects. What
   * stands behind the first `own` pages is other people's, and stays as it is.
   */
  async #finish(
    page: Page,
    pdf: PDFDocument,
    sheet: PageSheet | PictureSheet,
    source: string,
    own = Number.POSITIVE_INFINITY,
  ): Promise<Printed> {
    const { file, date, expects = [] } = sheet;
    const shown = await page.evaluate(textsOf);
    const declares = sheet.kind === 'page' ? sheet.declares : undefined;
    const expected = { texts: expects, shown };
    const { bytes, faults: found } = await finishPdf(pdf, { file, date, source, declares, expected });
    const faults = found.filter((fault) => (fault.page ?? 0) <= own);
    const printed = { file, bytes, pages: pdf.getPageCount(), faults };
    if (!faults.some(({ rule }) => rule === 'missing-glyph')) return printed;
    return { ...printed, missing: await this.#missing(page) };
  }

  /**
   * A character no font has prints as an empty box and nobody is told; in a name that is a fault. The PDF tells that
   * there is one, but not which: Chromium, having met it, stops looking for fonts for its neighbours too. So each
   * character of the page is then tried alone, on a page of its own.
   */
  async #missing(page: Page): Promise<string[]> {
    const { text, font } = await page.evaluate(() => ({
      text: document.body.textContent ?? '',
      font: getComputedStyle(document.body).fontFamily,
    }));
    const characters = [...new Set(text)].filter((each) => !/[\s\p{Cc}\p{Cf}]/u.test(each)).sort();
    const trial = await this.#onPage('print', async (page) => {
      await page.setContent(`<!doctype html><html lang="zh-Hant"><title>-</title><style>
@page{size:30mm 30mm;margin:5mm}body{margin:0;font-family:${escapeText(font).replaceAll('&quot;', "'")}}p{margin:0;break-after:page}
</style>${characters.map((each) => `<p>${escapeText(each)}</p>`).join('')}`);
      return printPdf(page);
    });
    const empty = pagesWithEmptyBox(trial);
    return characters.filter((_, index) => empty[index]);
  }

  #printPicture(sheet: PictureSheet): Promise<Printed> | Printed {
    const { file, svg, title } = sheet;
    if (sheet.format === 'svg') return { file, bytes: new TextEncoder().encode(`${svg}\n`) };
    // px of white on each side, and per px of the drawing.
    const margin = 16;
    const density = 3;
    const size = sizeOf(svg);
    const width = size.width + 2 * margin;
    const height = size.height + 2 * margin;
    const source = `<!doctype html><html lang="zh-Hant"><head><title>${escapeText(title)}</title><style>
@page{size:${width}px ${height}px;margin:0}
html,body{margin:0;background:#fff}
body{box-sizing:border-box;width:${width}px;height:${height}px;padding:${margin}px;overflow:hidden}
svg{display:block}
</style></head><body>${svg}</body></html>`;
    return this.#onPage(sheet.format === 'png' ? 'screen' : 'print', async (page) => {
      if (sheet.format === 'png') await page.setViewport({ width, height, deviceScaleFactor: density });
      await page.setContent(source);
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      // A clip beyond the viewport makes Chromium lay out anew for the shot. Without it, the pixels of curves depend on
      // how much had been painted by then.
      if (sheet.format === 'png')
        return {
          file,
          bytes: await page.screenshot({ clip: { x: 0, y: 0, width, height }, captureBeyondViewport: true }),
        };
      const pdf = await printPdf(page);
      return this.#finish(page, pdf, sheet, source);
    });
  }
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
    flowchart: { ...flowchart, htmlLabels: false, useMaxWidth: false },
    secure: [
      ...['secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'maxEdges', 'suppressErrorRendering'],
      ...['deterministicIds', 'deterministicIDSeed', 'handDrawnSeed', 'look', 'htmlLabels', 'themeCSS', 'fontFamily'],
    ],
  };
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
function trimSvg(source: string, svgId: string, title: string): { svg: string; width: number; height: number } {
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
  kept.push(`#${svgId} text,#${svgId} tspan{stroke:none!important}`);

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

/** Runs in the browser. Every text that is laid out. */
function textsOf(): string[] {
  const texts: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let parent: Element | null = null;
  let visible = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement !== parent) {
      parent = node.parentElement;
      visible =
        parent?.checkVisibility({ visibilityProperty: true }) === true && !parent.closest('title,desc,style,defs');
    }
    const text = node.nodeValue?.trim();
    if (visible && text) texts.push(text);
  }
  return texts;
}

async function printPdf(page: Page): Promise<PDFDocument> {
  const bytes = await page.pdf({
    preferCSSPageSize: true,
    printBackground: true,
    tagged: true,
    outline: true,
    timeout: 0,
  });
  return loadPdf(bytes);
}

/** Sets type to the size of its boxes. Says how many pages there may then be: one a box, or any where something flows on. */
async function fitPage(page: Page, file: string, fit: Fit): Promise<number> {
  const { boxes, flowing, long } = await page.evaluate(fitBoxes, fit);
  if (boxes === 0) throw new Error(`${file}: nothing has the class "fit"`);
  if (long.length > 0) throw new UserError(tooLong(file, long, fit), 1);
  return flowing ? Number.POSITIVE_INFINITY : boxes;
}

/** The upper part of a page, in points, that is too little for a page of its own: the head margin and a fifth of the text. */
const NEARLY_EMPTY = 210;

/** A part of a book as it was settled: its text by its digest, points down the page where it began, and how it was set. */
type SettledPart = { text: string; top: number; closer: boolean; yields: Record<string, string> };

/** How a book was settled: its parts by the ids of their ends, and what `arrange` wrote and showed. */
export type Settled = {
  parts: Record<string, SettledPart>;
  pages: Record<string, string>;
  blanks: string[];
  totals: string[];
};

/** What is known of books that were settled earlier, by the name of their structure. */
export type Settlements = { get(key: string): Settled | undefined; put(key: string, settled: Settled): void };

/** A book to be settled: `html` is what it is before, `forms` the pages of each form behind it. */
type Book = { file: string; html: string; forms: readonly number[] };

/**
 * Prints until nothing moves: what nearly fits is set closer, blank leaves are put in, page numbers are written. Each of
 * these may move a line and with it a page; a book that does not settle is our fault. A book whose structure was settled
 * before is first set as it was then, and most often one print shows that this still holds.
 */
async function printSettled(page: Page, book: Book, known?: Settlements): Promise<PDFDocument> {
  const before = await page.evaluate(bookOf);
  const texts = new Map(before.parts.map(({ end, text }) => [end, keyOf(text)]));
  const key = keyOf(JSON.stringify([book.file, book.forms, before.structure]));
  const last = known?.get(key);
  let pdf = last && (await printAsBefore(page, book, last, texts));
  if (!pdf) {
    if (last) await page.setContent(book.html, { timeout: 0 });
    pdf = await printFromNothing(page, book);
  }
  if (known) {
    const places = placesOf(pdf);
    const { parts, pages, blanks, totals } = await page.evaluate(bookOf);
    const settled = parts.map(({ begin, end, closer, yields }): [string, SettledPart] => [
      end,
      { text: texts.get(end) ?? '', top: places[begin]?.top ?? -1, closer, yields },
    ]);
    known.put(key, { parts: Object.fromEntries(settled), pages, blanks, totals });
  }
  return pdf;
}

/**
 * What was laid out before shapes what is laid out after: a number put in the place of another is written as other runs of
 * text than one put in an empty place. Laid out from nothing, the same book is the same bytes whatever it was before.
 */
async function printLaidAnew(page: Page): Promise<PDFDocument> {
  await page.evaluate(() => {
    document.body.style.setProperty('display', 'none');
    document.body.getBoundingClientRect();
    document.body.style.removeProperty('display');
  });
  return printPdf(page);
}

async function printFromNothing(page: Page, { file, forms }: Book): Promise<PDFDocument> {
  let pdf = await printLaidAnew(page);
  const first = placesOf(pdf);
  const smaller = await page.evaluate(setSmaller, first);
  const closer = await page.evaluate(setCloser, first, NEARLY_EMPTY);
  const set = smaller.length + closer.length > 0;
  for (let round = 1; ; round += 1) {
    const places = placesOf(pdf);
    const undone = set && round === 2 && (await page.evaluate(undoInVain, closer, first, places));
    const moved = await page.evaluate(arrange, places, pdf.getPageCount(), file, forms);
    if (!moved && !undone && !(set && round === 1)) return pdf;
    if (round === 7) throw new Error(`${file}: page numbers do not settle`);
    pdf = await printLaidAnew(page);
  }
}

/**
 * Prints a book as it was settled the last time. A part that says the same and begins as far down its page is set as it
 * was; whatever else wants to be set closer or smaller has to be tried, and then nothing is presumed: `undefined`.
 */
async function printAsBefore(
  page: Page,
  { file, forms }: Book,
  last: Settled,
  texts: ReadonlyMap<string, string>,
): Promise<PDFDocument | undefined> {
  const same = Object.fromEntries(Object.entries(last.parts).filter(([end, { text }]) => texts.get(end) === text));
  const setting = { ...last, parts: same };
  await page.evaluate(setAs, setting);
  for (let round = 1; round <= 3; round += 1) {
    const pdf = await printLaidAnew(page);
    const places = placesOf(pdf);
    const { parts } = await page.evaluate(bookOf);
    for (const { begin, end } of parts)
      if (same[end] && Math.abs((places[begin]?.top ?? -1) - same[end].top) > 0.01) return undefined;
    const of = new Map(parts.flatMap(({ end, inside }) => inside.map((id) => [id, end])));
    const wanted = [
      ...(await page.evaluate(setSmaller, places)).map((id) => of.get(id) ?? ''),
      ...(await page.evaluate(setCloser, places, NEARLY_EMPTY)),
    ];
    if (wanted.some((end) => !same[end])) return undefined;
    // What was tried in vain before is wanted again each time.
    await page.evaluate(setAs, { parts: same });
    if (!(await page.evaluate(arrange, places, pdf.getPageCount(), file, forms))) return pdf;
  }
  return undefined;
}

type PartNow = {
  begin: string;
  end: string;
  text: string;
  closer: boolean;
  /** `--yield` of what has one, by id. */
  yields: Record<string, string>;
  /** Ids of what may yield. */
  inside: string[];
};

/**
 * Runs in the browser. `structure`: what a book is made of, whatever it says: its style, and the ids of its parts and of
 * the places its numbers name. `parts`: those that may be set closer, and how they are. The rest is what `arrange` did.
 */
function bookOf(): Omit<Settled, 'parts'> & { structure: string[]; parts: PartNow[] } {
  const all = (selector: string, within: ParentNode = document) => [...within.querySelectorAll<HTMLElement>(selector)];
  const named = all('[data-begin][data-end],[data-recto],[data-page-of],[data-pages],[data-yields]').map(
    ({ id, dataset: { begin, end, recto, pageOf, pages, yields } }) =>
      [yields === undefined ? '' : id, begin, end, recto, pageOf, pages].join(' '),
  );
  return {
    structure: [document.head.innerHTML, ...named],
    parts: all('[data-begin][data-end]').map((part) => ({
      begin: part.dataset.begin ?? '',
      end: part.dataset.end ?? '',
      text: part.outerHTML,
      closer: part.classList.contains('closer'),
      yields: Object.fromEntries(
        all('[data-yields]', part).flatMap(({ id, style }) => {
          const factor = style.getPropertyValue('--yield');
          return factor ? [[id, factor]] : [];
        }),
      ),
      inside: all('[data-yields]', part).map(({ id }) => id),
    })),
    pages: Object.fromEntries(all('[data-page-of]').map((each) => [each.dataset.pageOf ?? '', each.textContent ?? ''])),
    blanks: all('[data-recto]').flatMap(({ hidden, dataset }) => (hidden ? [] : (dataset.recto ?? ''))),
    totals: all('[data-pages]').map(({ textContent }) => textContent ?? ''),
  };
}

/** Runs in the browser. Sets these parts as they were and all others as they are made; with `pages` the rest as well. */
function setAs({ parts, pages, blanks, totals }: Pick<Settled, 'parts'> & Partial<Settled>): void {
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
  for (const part of all('[data-begin][data-end]'))
    part.classList.toggle('closer', parts[part.dataset.end ?? '']?.closer === true);
  for (const element of all('[data-yields]')) {
    const part = element.closest<HTMLElement>('[data-begin][data-end]');
    const factor = parts[part?.dataset.end ?? '']?.yields[element.id];
    if (factor === undefined) element.style.removeProperty('--yield');
    else element.style.setProperty('--yield', factor);
  }
  if (!pages) return;
  for (const blank of all('[data-recto]')) blank.hidden = !blanks?.includes(blank.dataset.recto ?? '');
  for (const number of all('[data-page-of]'))
    number.textContent = pages[number.dataset.pageOf ?? ''] ?? number.textContent;
  for (const [i, total] of all('[data-pages]').entries()) total.textContent = totals?.[i] ?? total.textContent;
}

/**
 * Runs in the browser. Each `[data-yields]` that begins the page after the text it follows is set smaller where that
 * brings it below the text: `data-tall` mm and a heading of 22 mm with the room around both, on a page with `data-room`
 * mm between its margins, at least by the factor `data-least`. Says which, by their ids.
 */
function setSmaller(places: Record<string, Place>): string[] {
  const smaller: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>('[data-yields]')) {
    const { yields = '', tall, least, room } = element.dataset;
    const [text, own] = [places[yields], places[element.id]];
    if (!text || !own || own.page !== text.page + 1) continue;
    // Chromium tells places from the upper margin, not from the edge of the page.
    const left = Number(room) - (text.top * 25.4) / 72 - 22;
    const factor = left / Number(tall);
    if (factor >= 1 || factor < Number(least)) continue;
    element.style.setProperty('--yield', factor.toFixed(3));
    smaller.push(element.id);
  }
  return smaller;
}

/**
 * Runs in the browser. Sets closer each `[data-begin][data-end]` that ends a few lines down a page with nothing
 * `data-beside` it; says which, by the ids of their ends.
 */
function setCloser(places: Record<string, Place>, nearlyEmpty: number): string[] {
  const closer: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>('[data-begin][data-end]')) {
    const { begin = '', end = '', beside = '' } = element.dataset;
    const [from, to] = [places[begin], places[end]];
    if (!from || !to || to.page === from.page || to.page === places[beside]?.page || to.top > nearlyEmpty) continue;
    element.classList.add('closer');
    closer.push(end);
  }
  return closer;
}

/** Runs in the browser. What takes as many pages set closer as before is set as the rest; true when there is any. */
function undoInVain(closer: string[], before: Record<string, Place>, after: Record<string, Place>): boolean {
  let undone = false;
  for (const element of document.querySelectorAll<HTMLElement>('.closer')) {
    const { begin = '', end = '' } = element.dataset;
    const pages = (places: Record<string, Place>) => (places[end]?.page ?? 0) - (places[begin]?.page ?? 0);
    if (!closer.includes(end) || pages(after) < pages(before)) continue;
    element.classList.remove('closer');
    undone = true;
  }
  return undone;
}

/**
 * Runs in the browser. Shows the blank leaf before each `[data-recto]` that would begin on a left page, and writes the
 * page of its element into each `[data-page-of]` and the number of pages into each `[data-pages]`; `forms`: the pages of
 * each form behind the book. True when anything had to be changed.
 */
function arrange(places: Record<string, Place>, count: number, file: string, forms: readonly number[]): boolean {
  let changed = false;
  // Pages before which a blank leaf is put or taken away, in the numbers of the print that was made.
  const moves: { page: number; by: number }[] = [];
  const moved = (page: number) => page + moves.reduce((sum, each) => sum + (each.page <= page ? each.by : 0), 0);
  for (const blank of document.querySelectorAll<HTMLElement>('[data-recto]')) {
    // The last leaf stands before the forms, which are no elements.
    const id = blank.dataset.recto ?? '';
    const page = id === '' ? count + 1 : places[id]?.page;
    if (page === undefined) continue;
    // A leaf that was shown has been counted already.
    const shown = !blank.hidden;
    if (moved(page) % 2 === 1) continue;
    blank.hidden = shown;
    moves.push({ page, by: shown ? -1 : 1 });
    changed = true;
  }
  const write = (element: Element, text: string) => {
    if (element.textContent === text) return;
    element.textContent = text;
    changed = true;
  };
  for (const element of document.querySelectorAll('[data-page-of]')) {
    const id = element.getAttribute('data-page-of') ?? '';
    const place = places[id];
    if (!place) throw new Error(`${file}: no link leads to #${id}, so its page is not known`);
    write(element, String(moved(place.page)));
  }
  const own = count + moves.reduce((sum, each) => sum + each.by, 0);
  for (const element of document.querySelectorAll('[data-form-page]')) {
    const before = forms.slice(0, Number(element.getAttribute('data-form-page')));
    write(element, String(before.reduce((sum, pages) => sum + pages, own + 1)));
  }
  const total = String(forms.reduce((sum, pages) => sum + pages, own));
  for (const element of document.querySelectorAll('[data-pages]'))
    write(element, (element.getAttribute('data-pages') ?? '').replaceAll('000', total));
  return changed;
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
