// The book as it is being written: read anew with every save, and only what changed. What cannot be read is told, and
// its last good version stands in for it.

import { isDeepStrictEqual } from 'node:util';
import { type Approved, isUnapproved } from '../build/approved.js';
import { type BuildRequest, chartsAsked, type Draw, render } from '../build/compile.js';
import type { Compilation, Project } from '../build/project.js';
import { chinese } from '../content/keys.js';
import type { Content } from '../content/read.js';
import type { Handbook } from '../content/schema/model.js';
import { known } from '../content/schema/schema.js';
import type { Service } from '../content/schema/service.js';
import { proseHtml } from '../content/syntax/markdown.js';
import { keyOf } from '../core/cache.js';
import { type Diagnostic, inOrder } from '../core/diagnostic.js';
import type { Html } from '../core/html.js';
import { type Lang, placeOf, type Say, type Source } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { type Chart, inBookOrder } from '../document/context.js';
import { svgOf } from '../document/drawing.js';
import type { Output } from '../document/output.js';
import type { Diagram, Drawing, Sheet } from '../document/sheet.js';
import { DiagramError } from '../print/diagrams.js';
import type { ChartTheme } from '../theme/chart-theme.js';
import type { BuildTemplates } from '../theme/templates.js';
import { belonging, bodyOf, headOf, pictureHtml, placeInList, stemOf, titleOf, undrawn } from './shown-sheet.js';
import type { Finding, Listed, Shown, State } from './state.js';

export type PreviewOptions = {
  project: Project;
  asked: BuildRequest;
  /** Draws in the colours and fonts of the theme. */
  draw: (diagrams: readonly Diagram[], theme: ChartTheme) => ReturnType<Draw>;
  /** Language of findings and faults. */
  lang: Lang;
  /** A fault of the program itself: it is told and the preview goes on. */
  failed: (error: unknown) => void;
};

/** ms without a save after which the list of sheets is made anew, and after which the sheets of the whole book are compared. */
const IDLE = 500;
const LONG_IDLE = 3000;
/** ms after which a file that is gone is believed to be: editors delete a file to write it anew. */
const AWAY = 100;
/** ms between two outputs, for whoever asks meanwhile. */
const BREATH = 20;

export async function openPreview(options: PreviewOptions): Promise<Preview> {
  const preview = new Preview(options);
  await preview.refresh();
  // The page is there at once; its list follows.
  void preview.list().catch(options.failed);
  return preview;
}

/** Use `openPreview`; after a save, `refresh`. */
export class Preview {
  #edition = 0;
  /** Of the content and its charts; an edition may also be but another list. */
  #version = 0;
  readonly #listeners = new Set<(edition: number) => void>();

  #content: Content | undefined;
  /** The program's, with what the office lays over them. */
  #templates: BuildTemplates | undefined;
  #fault: Say | undefined;
  /** The last version that could be read, by path; of office and book by `office` and `book`. */
  readonly #good = new Map<string, Source>();
  #handbook: Handbook | undefined;
  #approval: Approved | undefined;
  #diagnostics: readonly Diagnostic[] = [];
  #stale: string[] = [];

  #drawings = new Map<string, Drawing>();
  readonly #refused = new Map<string, Say>();
  #charts: ReadonlyMap<string, Chart> = new Map();
  #drawing = false;
  /** Every chart is drawn. */
  #complete = false;

  #groups: State['groups'] = [];
  /** What the list was made from, and the sheets of each output. */
  #listed:
    | (Pick<Handbook, 'office' | 'book'> & {
        around: string;
        services: ReadonlyMap<string, readonly [Service, Drawing | undefined]>;
        sheets: ReadonlyMap<string, readonly Omit<Listed, 'changed'>[]>;
      })
    | undefined;
  readonly #marks = new Map<string, { mark: string; changed: number }>();
  /** The outputs that were looked at with all their charts: what is another since then was changed by a save. */
  readonly #compared = new Set<string>();
  #shown = new Map<string, Shown>();
  #proses = new Map<string, Html>();
  #refreshing: Promise<void> | undefined;
  #again = false;
  #idle: NodeJS.Timeout | undefined;

  constructor(private readonly options: PreviewOptions) {}

  get edition(): number {
    return this.#edition;
  }

  /** Calls `listener` with the number of each new edition. Returns what ends that. */
  follow(listener: (edition: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reads the folder; what was asked while it was being read is done once, afterwards. Never rejects. */
  refresh(): Promise<void> {
    if (this.#refreshing) {
      this.#again = true;
      return this.#refreshing;
    }
    this.#refreshing = (async () => {
      do {
        this.#again = false;
        try {
          let found = await this.#read(true);
          if (found === 'fewer') {
            await new Promise((resolve) => setTimeout(resolve, AWAY));
            found = await this.#read(false);
          }
          if (found === 'other') await this.#settle();
        } catch (error) {
          this.options.failed(error);
        }
      } while (this.#again);
      this.#refreshing = undefined;
    })();
    return this.#refreshing;
  }

  close(): void {
    this.#version += 1;
    clearTimeout(this.#idle);
    this.#listeners.clear();
  }

  // -------------------------------------------------------------- reading

  /** `other`: something is to be shown anew. `fewer`: files are gone, which is not believed at once (`doubting`). */
  async #read(doubting: boolean): Promise<'same' | 'other' | 'fewer'> {
    const { project } = this.options;
    let actual: Compilation;
    try {
      actual = await project.refresh();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (this.#fault) return 'same';
      this.#fault = error.say;
      this.#content = undefined;
      return 'other';
    }
    const before = this.#content;
    if (before === actual.content) return 'same';
    if (doubting && before && countIn(actual.content) < countIn(before)) return 'fewer';
    const { theme } = actual.templates.chart;
    // What was drawn was drawn in other colours.
    if (!isDeepStrictEqual(theme, this.#templates?.chart.theme)) this.#drawings = new Map();
    this.#templates = actual.templates;
    this.#content = actual.content;
    this.#fault = undefined;
    this.#diagnostics = actual.diagnostics;
    this.#approval = actual.approval;
    const lastGood = this.#lastGood(actual);
    this.#stale = [...lastGood.keys()].map((path) => stemOf(path));
    this.#handbook = lastGood.size === 0 ? actual.handbook : (await project.read(lastGood)).handbook;
    return 'other';
  }

  /** The last good version of every file that is broken now, by path. */
  #lastGood({ content, handbook }: Compilation): Map<string, string> {
    const { office, book, services, chapters } = handbook;
    const read = new Set([...services, ...chapters].map(({ source }) => source));
    const stale = new Map<string, string>();
    const look = (key: string, source: Source | undefined, isRead: boolean): void => {
      if (source && isRead) this.#good.set(key, source);
      const good = isRead ? undefined : this.#good.get(key);
      if (good) stale.set(source?.path ?? good.path, good.text);
    };
    look('office', content.office, office.at.self.source.path !== '');
    look('book', content.book, book.at.self.source.path !== '');
    const there = new Set(['office', 'book']);
    for (const [folder, sources] of [
      ['services', content.services],
      ['chapters', content.chapters],
    ] as const) {
      // What is no text at all now is missing among the sources, but it is still there.
      const unreadable = content.faults
        .map(({ span }) => span.source)
        .filter(({ path }) => path.includes(`/${folder}/`) && !sources.some((each) => each.path === path));
      for (const source of [...sources, ...unreadable]) {
        there.add(source.path);
        look(source.path, source, read.has(source));
      }
    }
    for (const key of this.#good.keys()) if (!there.has(key)) this.#good.delete(key);
    return stale;
  }

  // -------------------------------------------------------------- drawing

  /** Charts that are drawn already are shown at once; what is to be drawn anew follows when it is drawn. */
  async #settle(): Promise<void> {
    const { asked } = this.options;
    const templates = this.#templates;
    const missing: Diagram[] = [];
    if (this.#handbook && templates) {
      const before = new Map([...this.#drawings.values()].map((each) => [each.id, each]));
      const used = new Map<string, Drawing>();
      this.#charts = await chartsAsked({ handbook: this.#handbook, templates }, asked, async (diagrams) =>
        diagrams.map((diagram) => {
          const key = JSON.stringify(diagram);
          const drawn = this.#drawings.get(key);
          if (drawn) used.set(key, drawn);
          else if (!this.#refused.has(key)) missing.push(diagram);
          return drawn ?? before.get(diagram.id) ?? undrawn(diagram);
        }),
      );
      // A chart that is being drawn anew is shown as it was until then.
      if (missing.length === 0) this.#drawings = used;
      this.#complete = missing.length === 0;
    }
    this.#publish();
    if (missing.length > 0 && !this.#drawing) void this.#draw(missing);
  }

  /** Never rejects. Each diagram alone, so that one that is refused stops no other. */
  async #draw(diagrams: readonly Diagram[]): Promise<void> {
    const theme = this.#templates?.chart.theme;
    if (!theme) return;
    this.#drawing = true;
    for (const diagram of diagrams)
      try {
        const [drawing] = await this.options.draw([diagram], theme);
        if (drawing) this.#drawings.set(JSON.stringify(diagram), drawing);
      } catch (error) {
        if (!(error instanceof DiagramError)) {
          this.options.failed(error);
          // A printer that is gone draws nothing more; the rest of the preview goes on.
          this.#drawing = false;
          return;
        }
        for (const { say } of error.diagrams) this.#refused.set(JSON.stringify(diagram), say);
      }
    this.#drawing = false;
    await this.#settle().catch((error: unknown) => this.options.failed(error));
  }

  // -------------------------------------------------------------- showing

  #publish(): void {
    this.#edition += 1;
    this.#version += 1;
    this.#shown = new Map();
    for (const listener of this.#listeners) listener(this.#edition);
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.list().catch((error: unknown) => this.options.failed(error)), IDLE);
  }

  get state(): State {
    const { lang } = this.options;
    const handbook = this.#handbook;
    const diagnostics = [...this.#diagnostics, ...this.#chartFaults()].sort(inOrder);
    return {
      edition: this.#edition,
      version: this.#version,
      title: handbook?.book.title ?? '',
      office: handbook?.office.name ?? '',
      draft: this.#isDraft(),
      groups: this.#groups,
      findings: diagnostics.map((each) => this.#findingOf(each)),
      stale: this.#stale,
      ...(this.#fault ? { fault: this.#fault[lang] } : {}),
    };
  }

  /** The sheet of this file, rendered when somebody looks at it. */
  sheet(file: string): Shown | undefined {
    const before = this.#shown.get(file);
    if (before) return before;
    const shown = this.#render(file);
    if (shown) this.#shown.set(file, shown);
    return shown;
  }

  /** The sheet as the printer would be given it. */
  sheetOf(file: string): Sheet | undefined {
    const handbook = this.#handbook;
    for (const [name, sheets] of this.#listed?.sheets ?? []) {
      const listed = sheets.find((each) => each.file === file);
      const output = this.options.asked.outputs.get(name);
      if (!handbook || !listed || !output) continue;
      const services = inBookOrder(handbook);
      // One service's sheet is the same whether or not the others are made with it.
      for (const selected of [services.filter(({ id }) => id === listed.service), services]) {
        const found = this.#sheetsOf(output, selected).find((sheet) => sheet.file === file);
        if (found) return found;
      }
    }
    return undefined;
  }

  #render(file: string): Shown | undefined {
    const { lang } = this.options;
    try {
      const sheet = this.sheetOf(file);
      if (!sheet) return undefined;
      switch (sheet.kind) {
        case 'page':
          return { kind: 'paper', html: sheet.html.toString(), ...(sheet.fit ? { fit: sheet.fit } : {}) };
        case 'text':
          return { kind: 'screen', html: sheet.text };
        case 'picture':
          return { kind: 'picture', html: pictureHtml(svgOf(sheet.drawing.tree)) };
      }
    } catch (error) {
      if (error instanceof UserError) return { kind: 'fault', message: error.say[lang] };
      this.options.failed(error);
      return { kind: 'fault', message: error instanceof Error ? error.message : String(error) };
    }
  }

  #sheetsOf(output: Output, selected: readonly Service[]): Sheet[] {
    const { asked } = this.options;
    const templates = this.#templates;
    if (!this.#handbook || !templates) return [];
    return render(
      output,
      {
        handbook: this.#handbook,
        selected,
        charts: this.#charts,
        templates,
        draft: this.#isDraft(),
        prose: (markdown, placeOf) => this.#prose(markdown, placeOf),
        onScreen: true,
      },
      asked,
    );
  }

  /** Markdown without links into the book is the same wherever it stands; it is read once. */
  #prose(markdown: string, placeOf?: (id: string) => string | undefined): Html {
    if (/\]\s*[(:]\s*<?#/.test(markdown)) return proseHtml(markdown, placeOf);
    const before = this.#proses.get(markdown);
    if (before) return before;
    if (this.#proses.size > 5000) this.#proses = new Map();
    const made = proseHtml(markdown);
    this.#proses.set(markdown, made);
    return made;
  }

  #isDraft(): boolean {
    const unconfirmed = this.#handbook?.unconfirmed ?? [];
    return (
      isUnapproved(unconfirmed.length > 0, this.#approval) ||
      this.#diagnostics.some(({ severity }) => severity === 'error')
    );
  }

  /**
   * Every sheet there is, with those marked that are not as they were. Output by output, so that a save comes between; of
   * what is one sheet a service only those are made whose services have changed, and what is one for all comes last,
   * unless there may be others now.
   */
  async list(): Promise<void> {
    const { asked, lang } = this.options;
    const handbook = this.#handbook;
    const version = this.#version;
    if (!handbook) return;
    const services = inBookOrder(handbook);
    const names = new Map(services.map(({ id, name }) => [id, name]));
    const { office, book } = handbook;
    const around = JSON.stringify([this.#isDraft(), [...names], handbook.chapters.map(({ file }) => file)]);
    const before = this.#listed;
    const renewed = before?.office !== office || before.book !== book || before.around !== around;
    const now = new Map(
      services.map((service) => [service.id, [service, this.#charts.get(service.id)?.drawing] as const]),
    );
    const fresh = services.filter(({ id }) => now.get(id)?.some((part, i) => part !== before?.services.get(id)?.[i]));
    const sheets = new Map(renewed ? [] : before.sheets);
    const oneEach = (name: string): boolean => sheets.get(name)?.some(({ service }) => service !== undefined) === true;
    const between = this.#templates?.words[asked.languages.lang]?.between ?? '';
    /** False when there was a save meanwhile. */
    const look = async (name: string, output: Output, some: readonly Service[]): Promise<boolean> => {
      await new Promise((resolve) => setTimeout(resolve, BREATH));
      if (this.#version !== version) return false;
      const found: Omit<Listed, 'changed'>[] = [];
      for (const sheet of this.#tried(output, some)) {
        const body = bodyOf(sheet);
        if (body === undefined) continue;
        const mark = keyOf(body);
        const known = this.#marks.get(sheet.file);
        if (known?.mark !== mark)
          this.#marks.set(sheet.file, { mark, changed: known && this.#compared.has(name) ? this.#edition : 0 });
        const stem = stemOf(sheet.file);
        const service = names.get(stem);
        found.push({
          file: sheet.file,
          title: service ?? (stem === name ? headOf(output.summary[lang]) : titleOf(sheet, between)) ?? stem,
          ...(service === undefined ? {} : { service: stem }),
        });
      }
      if (some === services) sheets.set(name, found);
      if (this.#complete) this.#compared.add(name);
      return true;
    };
    const tell = (): void => {
      this.#listed = { office, book, around, services: now, sheets };
      this.#tellList(sheets);
    };
    if (renewed) {
      for (const [name, output] of asked.outputs) if (!(await look(name, output, services))) return;
    } else {
      for (const [name, output] of asked.outputs)
        if (fresh.length > 0 && oneEach(name) && !(await look(name, output, fresh))) return;
      tell();
      // A save, or the end, forgets what waits here.
      await new Promise((resolve) => {
        this.#idle = setTimeout(resolve, LONG_IDLE - IDLE);
      });
      for (const [name, output] of asked.outputs) if (!oneEach(name) && !(await look(name, output, services))) return;
    }
    tell();
  }

  #tellList(sheets: ReadonlyMap<string, readonly Omit<Listed, 'changed'>[]>): void {
    const { asked, lang } = this.options;
    const groups = [...asked.outputs]
      .map(([name, output]) => ({
        title: headOf(output.summary[lang]),
        sheets: (sheets.get(name) ?? []).map((each) => ({
          ...each,
          changed: this.#marks.get(each.file)?.changed ?? 0,
        })),
      }))
      .filter((group) => group.sheets.length > 0)
      .sort((a, b) => placeInList(a) - placeInList(b));
    if (JSON.stringify(groups) === JSON.stringify(this.#groups)) return;
    this.#groups = groups;
    // The sheets are as they were; only the list is new.
    this.#edition += 1;
    for (const listener of this.#listeners) listener(this.#edition);
  }

  #tried(output: Output, services: readonly Service[]): Sheet[] {
    try {
      return this.#sheetsOf(output, services);
    } catch (error) {
      if (!(error instanceof UserError)) this.options.failed(error);
      return [];
    }
  }

  // -------------------------------------------------------------- findings

  /** Diagrams that are refused only when they are drawn, where their authors wrote them. */
  #chartFaults(): Diagnostic[] {
    const handbook = this.#handbook;
    if (!handbook) return [];
    return [...this.#charts.values()].flatMap(({ id, diagram }): Diagnostic[] => {
      const message = this.#refused.get(JSON.stringify(diagram));
      const owner =
        handbook.services.find((service) => service.id === id) ??
        known(handbook.book.charts)?.find((chart) => chart.id === id);
      if (!message || !owner) return [];
      const span = owner.at.mermaid ?? owner.at.self;
      const isTold = this.#diagnostics.some(({ rule, span: { source, start } }) => {
        return rule === 'mermaid' && source === span.source && span.start <= start && start <= span.end;
      });
      return isTold ? [] : [{ rule: 'mermaid', severity: 'error', span, message }];
    });
  }

  #findingOf({ severity, rule, span, message, hint }: Diagnostic): Finding {
    const { lang } = this.options;
    const { source, start, end } = span;
    const { line, column, lineStart, lineEnd } = placeOf(source, start);
    const text = source.text.slice(lineStart, lineEnd).replace(/\r$/, '');
    const quote = source.text.slice(start, end).trim();
    // Of a file that is broken the service is not what is written there now.
    const service = this.#handbook?.services.find((each) => each.source === source);
    return {
      severity,
      rule,
      path: source.path,
      line,
      column,
      message: message[lang],
      ...(hint ? { hint: hint[lang] } : {}),
      ...(text.trim() === ''
        ? {}
        : { code: { text, from: start - lineStart, to: Math.min(Math.max(end, start + 1) - lineStart, text.length) } }),
      ...belonging(source.path, service?.id),
      headings: this.#headings(service ?? this.#handbook?.book, start),
      ...(quote.length > 1 && quote.length < 60 && !quote.includes('\n') ? { quote } : {}),
    };
  }

  /** The field that holds the offset, as sheets call it. */
  #headings(owner: Pick<Service, 'at'> | undefined, offset: number): string[] {
    const { asked } = this.options;
    const words = this.#templates?.words[asked.languages.lang] ?? {};
    const holding = Object.entries(owner?.at ?? {})
      .filter(([field, { start, end }]) => field !== 'self' && start <= offset && offset <= end)
      .sort(([, a], [, b]) => a.end - a.start - (b.end - b.start));
    const names = holding.flatMap(([field]) => [
      words[field],
      ...[...asked.outputs.keys()].map((name) => words[`${name}.${field}`]),
      asked.languages.lang === 'zh' ? chinese(field) : undefined,
    ]);
    return [...new Set(names.filter((name) => name !== undefined))];
  }
}

const countIn = ({ office, book, services, chapters, translations }: Content): number =>
  [office, book, ...services, ...chapters, ...translations].filter((source) => source !== undefined).length;
