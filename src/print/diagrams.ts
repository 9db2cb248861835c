// Mermaid text becomes drawings: ours on one page that is kept warm, an author's on a page of its own.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { MermaidConfig } from 'mermaid';
import type { Browser, Page } from 'puppeteer';
import { mermaidScript } from '../core/program-files.js';
import type { Say } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import type { Diagram, Drawing } from '../document/sheet.js';
import type { ChartTheme } from '../theme/chart-theme.js';
import { faceAt } from '../theme/fonts.js';
import { type BrowserPages, isLoss } from './browser-pages.js';
import { withoutCodes } from './mermaid-codes.js';
import { inPage } from './page.js';

/** A time limit exists only against what never ends: a diagram made to hang. In ms. */
const DIAGRAM_LIMIT = 60_000;

/** That limit is reached. */
class Endless extends Error {}

/** So many diagrams leave hundreds of megabytes behind; the page they were drawn on is not kept. */
const MANY = 100;

/** Diagrams the author wrote as Mermaid text that Mermaid does not understand; one entry a diagram. */
export class DiagramError extends UserError {
  constructor(readonly diagrams: readonly { id: string; say: Say }[]) {
    super(
      { zh: diagrams.map((each) => each.say.zh).join('\n'), en: diagrams.map((each) => each.say.en).join('\n') },
      1,
    );
  }
}

/** Draws on the pages of one browser, and ends with it. */
export class Diagrams {
  /** The warm page that draws our charts and trims every SVG. */
  #studio: Promise<Page> | undefined;
  #mermaidLoaded: Promise<unknown> | undefined;

  constructor(
    private readonly pages: BrowserPages,
    private readonly chart: ChartTheme,
  ) {}

  /** Draws every diagram, in order. Throws DiagramError for all that Mermaid refuses; same input, same bytes. */
  draw(diagrams: readonly Diagram[]): Promise<Drawing[]> {
    const given = diagrams.filter((each) => each.given).length;
    return this.pages.watched(diagrams.length * 2_000 + given * DIAGRAM_LIMIT * 10, () => this.#drawAll(diagrams));
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
        if ('tree' in drawn) drawings.set(diagram.id, drawn);
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

  /** Text is measured before it is seen, and a font is loaded only when it is seen. */
  async #loadChartFonts(page: Page): Promise<void> {
    if (this.pages.faces.length > 0) await inPage(page, 'loadFonts', this.chart.font);
  }

  /** The warm page that draws our charts and trims every SVG. */
  #openStudio(): Promise<Page> {
    this.#studio ??= (async () => {
      const page = await this.pages.openScripted();
      await page.setContent('<!doctype html><html lang="zh-Hant"><body></body></html>', { timeout: 0 });
      await this.#loadChartFonts(page);
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
      .then(() => inPage(page, 'startMermaid', config));
    await this.#mermaidLoaded;
    const asked = diagrams.map(({ id, title, mermaid }) => ({
      id,
      svgId: svgIdOf(id),
      title,
      ...withoutCodes(mermaid),
    }));
    return inPage(page, 'drawCharts', asked);
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
        const page = await this.pages.openBare();
        opened.push(page);
        page.setDefaultTimeout(0);
        page.on('request', async (request) => {
          if (faceAt(this.pages.faces, request.url())) await this.pages.answer(request);
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
      timer = setTimeout(() => reject(new Endless()), DIAGRAM_LIMIT);
    });
    try {
      const { mermaid, signs } = withoutCodes(text);
      const drawing = renderMermaid(guarded, mermaid, 'svg', { mermaidConfig: config, svgId: svgIdOf(id) });
      const { data } = await Promise.race([drawing, hangs]);
      const page = await this.#openStudio();
      const trimmed = await inPage(page, 'trimSvg', new TextDecoder().decode(data), svgIdOf(id), title, signs);
      return { id, ...trimmed };
    } catch (error) {
      if (this.pages.isClosed || isLoss(error)) throw error;
      if (error instanceof Endless)
        return {
          zh: `圖「${title}」（${id}）畫了 ${DIAGRAM_LIMIT / 1000} 秒還畫不完；請簡化或分成幾個圖。`,
          en: `The diagram "${title}" (${id}) was not drawn within ${DIAGRAM_LIMIT / 1000} s; make it simpler, or several of it.`,
        };
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
}

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
