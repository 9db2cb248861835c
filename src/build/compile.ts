// A compilation and what is asked for become sheets.

import { chartsOf } from '../charts/charts.js';
import { OWN_WORDS } from '../content/answer/person.js';
import { standIn } from '../content/parse.js';
import { flowOf } from '../content/procedure.js';
import type { Content } from '../content/read.js';
import type { Handbook } from '../content/schema/model.js';
import type { Translator } from '../content/schema/schema.js';
import { known } from '../content/schema/schema.js';
import type { Service } from '../content/schema/service.js';
import { serviceOfSub, subServicesOf, withSubService } from '../content/sub-services.js';
import { keyOf } from '../core/cache.js';
import { stemOf } from '../core/deceptive-characters.js';
import { type Html, html, trusted } from '../core/html.js';
import { LANGUAGES, lacking, languageName, languageNamed } from '../core/language.js';
import { nearest } from '../core/nearest.js';
import { loadFolder } from '../core/program-files.js';
import { UserError } from '../core/terminal.js';
import {
  type Chart,
  contextOf,
  type Handed,
  inBookOrder,
  type RenderContext,
  type RenderOptions,
} from '../document/context.js';
import type { Output } from '../document/output.js';
import type { Diagram, Drawing, Further, Part, Sheet } from '../document/sheet.js';
import { flowInLanguages, inLanguages, translatorOf } from '../document/translate.js';
import { type Languages, type Word, wordIn } from '../document/words.js';
import { factsOf } from '../theme/hidden-facts.js';
import type { BuildTemplates } from '../theme/templates.js';
import { owing } from './owed.js';
import type { Compilation } from './project.js';

/** What is to be made of a content. */
export type BuildRequest = {
  outputs: ReadonlyMap<string, Output>;
  /** Ids of the services, or `service/sub`, that are given posters, notices and charts; all when left out. */
  services?: readonly string[];
  /** For the outputs that can be printed on it. */
  paper?: string;
  /** For the outputs that hang on the wall: the long side lies, and from how many metres they are read. */
  landscape?: boolean;
  distance?: number;
  languages: Languages;
  mono: boolean;
  sheets: boolean;
  /** Of each notice; two when left out. */
  copies?: 1 | 2;
  workingCopy?: boolean;
  /** Besides the handbook, on A5 unless a paper is asked for, its pages in the order in which they are folded. */
  booklet?: boolean;
  /** Besides what hangs on the wall, its parts on this paper. */
  tile?: string;
  /** Besides what hangs on the wall, the same with bleed and marks. */
  printShop?: boolean;
  /** Besides the handbook, the pages of these chapters; those of `services` as well. By file, name or title. */
  chapters?: readonly string[];
};

/** A compilation, and what of it is to be printed. */
export type PrintJob = Compilation & {
  /** For one person: the whole handbook, and what is said of him. */
  declared?: Handbook;
  handed?: Handed;
  selected: readonly Service[];
  /** The PDF forms that go behind the handbook, by file name; none when left out. */
  forms?: ReadonlyMap<string, Uint8Array>;
};

export type Draw = (diagrams: readonly Diagram[]) => Promise<Drawing[]>;

/** In the place of a service that cannot be read stands its name alone, so that its papers can be named. */
export function withStandIns(content: Content, handbook: Handbook): Handbook {
  const { services, faults } = content;
  const sources = [...services, ...faults.map(({ span }) => span.source)];
  const standIns = handbook.unread.flatMap((id): Service[] => {
    const source = sources.find(({ path }) => /\.(ya?ml|md)$/i.test(path) && stemOf(path) === id);
    if (!source || handbook.services.some((service) => service.id === id)) return [];
    return [standIn(id, id, source)];
  });
  return { ...handbook, services: [...handbook.services, ...standIns] };
}

/** An output and its sheets, or why it has none; of which services it tells nothing. */
export type Rendered = { output: string; sheets: readonly Sheet[]; refused?: UserError; unknown?: Unknown };
export type Unknown = ReturnType<NonNullable<Output['unknown']>>;

/** Draw and render: the sheets of each output, in their order. What one output refuses stops no other. */
export async function rendered(job: PrintJob, asked: BuildRequest, draw: Draw): Promise<Rendered[]> {
  const { proseHtml, proseTexts } = await import('../content/syntax/markdown.js');
  const charts = await chartsAsked(job, asked, draw);
  return [...asked.outputs].map(([name, output]) => {
    try {
      const whole = { ...job, charts, prose: proseHtml, proseTexts };
      const unknown = output.unknown?.(contextFor(output, whole, asked)(job.templates.files)) ?? [];
      return { output: name, sheets: render(output, whole, asked), ...(unknown.length > 0 ? { unknown } : {}) };
    } catch (error) {
      if (error instanceof UserError && error.exitCode === 1) return { output: name, sheets: [], refused: error };
      throw error;
    }
  });
}

/** Draw and render: every sheet of the outputs. Throws UserError for the first that is refused, or when there is none. */
export async function sheetsOf(job: PrintJob, asked: BuildRequest, draw: Draw): Promise<Sheet[]> {
  const all = await rendered(job, asked, draw);
  for (const { refused } of all) if (refused) throw refused;
  const sheets = all.flatMap((each) => each.sheets);
  if (sheets.length === 0) refuseNothing(asked);
  return sheets;
}

/** Says what the outputs need that is not there, where they need something. */
export function refuseNothing(asked: Pick<BuildRequest, 'outputs'>): void {
  const needs = [...asked.outputs].flatMap(([name, output]) => (output.needs ? [{ name, ...output.needs }] : []));
  if (needs.length > 0)
    throw new UserError(
      {
        zh: needs.map(({ name, zh }) => `${name} 沒有可印的內容：請寫 ${zh}。`).join('\n'),
        en: needs.map(({ name, en }) => `${name} has nothing to print: write ${en}.`).join('\n'),
      },
      1,
    );
}

/** The charts of a print job in the languages asked for. */
export function chartsAsked(
  { handbook, templates }: Pick<PrintJob, 'handbook' | 'templates'>,
  { languages }: BuildRequest,
  draw: Draw,
): Promise<Map<string, Chart>> {
  const translator = translatorAsked(handbook, templates, languages);
  return chartsOf(handbook, templates, { languages, translator }, draw);
}

/** In Chinese alone everything is said as it was written. */
const translatorAsked = (
  handbook: Handbook,
  { words }: BuildTemplates,
  languages: Languages,
): Translator | undefined =>
  languages.lang === 'zh' && languages.second === undefined ? undefined : translatorOf(handbook, words, languages);

type Whole = Pick<
  RenderOptions,
  'handbook' | 'selected' | 'draft' | 'charts' | 'prose' | 'onScreen' | 'forms' | 'handed'
> & {
  /** What its sheets declare, where they show but the part of it that one person needs. */
  declared?: Handbook;
  templates: BuildTemplates;
  /** What is read in Markdown; without it nothing is proved, as in a preview. */
  proseTexts?: (markdown: string) => string[];
  /** The sub-service that stands in the place of its service: `service/sub`. */
  sub?: string;
};

/** What an output is rendered with, on the paper that is asked for where it can be printed on it; with these templates. */
function contextFor(
  output: Output,
  {
    handbook: asWritten,
    declared,
    handed,
    selected: chosen,
    draft,
    charts: drawn,
    prose,
    onScreen,
    forms,
    templates,
    sub,
  }: Whole,
  { languages, landscape, distance, sheets, copies, workingCopy, paper }: BuildRequest,
): (files: ReadonlyMap<string, string>) => RenderContext {
  const translator = translatorAsked(asWritten, templates, languages);
  const translated = translator ? inLanguages(asWritten, translator) : asWritten;
  const word = wordIn(templates.words, languages);
  const inPlace = (book: Handbook, called: (service: string, of: string) => string): Handbook =>
    (sub === undefined ? undefined : withSubService(book, sub, called)) ?? book;
  const written = inPlace(asWritten, (service, of) => `${service}（${of}）`);
  const handbook = inPlace(translated, (service, of) => word('sub-service-of', service, of));
  const ids = sub === undefined ? chosen.map(({ id }) => id) : [sub];
  const selected = sub === undefined ? chosen : written.services.filter(({ id }) => id === sub);
  const charts = sub === undefined ? drawn : chartsWith(drawn, sub, written, translator);
  return (files) =>
    contextOf({
      handbook,
      written: declared ?? written,
      ...(handed ? { handed: translator ? handedIn(handed, asWritten, translator, word) : handed } : {}),
      selected: translator ? inBookOrder(handbook).filter(({ id }) => ids.includes(id)) : selected,
      charts,
      templates: { ...templates, files },
      draft,
      ...languages,
      sheets,
      prose,
      ...(onScreen ? { onScreen } : {}),
      ...(forms ? { forms } : {}),
      ...(copies ? { copies } : {}),
      ...(workingCopy ? { workingCopy } : {}),
      ...(paper && output.papers.includes(paper) ? { paper } : {}),
      ...(output.wall ? { landscape: landscape === true, ...(distance === undefined ? {} : { distance }) } : {}),
    });
}

/** The case in the languages of the sheet. */
const handedIn = (handed: Handed, { office }: Handbook, translator: Translator, word: Word): Handed => ({
  ...handed,
  who: handed.who.map(({ text, count }) => {
    const said = (zh: string): string => {
      const given = translator.text(zh, office.at.self);
      const own = OWN_WORDS[zh];
      return own !== undefined && given.includes(lacking(zh)) ? word(`counter.${own}`) : given;
    };
    return { text: said(text), ...(count ? { count: { ...count, unit: said(count.unit) } } : {}) };
  }),
});

/** What a case is told with, one paper of it at hand; and what it says in the languages asked for, undefined in Chinese. */
export function contextAsked(
  job: Omit<Whole, 'prose' | 'charts'>,
  asked: BuildRequest,
): { context: RenderContext; translator: Translator | undefined } {
  const [output] = asked.outputs.values();
  if (!output) throw new Error('no output');
  // Neither charts nor prose are told of a case.
  const whole = { ...job, charts: new Map<string, Chart>(), prose: (text: string) => html`${text}` };
  return {
    context: contextFor(output, whole, asked)(job.templates.files),
    translator: translatorAsked(job.handbook, job.templates, asked.languages),
  };
}

/** The charts, and as that of a sub-service its service's, with the way that it declares itself. */
function chartsWith(
  charts: ReadonlyMap<string, Chart>,
  sub: string,
  { services }: Handbook,
  translator: Translator | undefined,
): ReadonlyMap<string, Chart> {
  const chart = charts.get(serviceOfSub(sub));
  const steps = known(services.find(({ id }) => id === sub)?.procedure);
  if (!chart || steps === undefined) return charts;
  const flow = flowOf(steps);
  return new Map([
    ...charts,
    [sub, { ...chart, id: sub, flow: translator ? flowInLanguages(flow, translator) : flow }],
  ]);
}

/** The sub-services that have a sheet of their own: those asked for by name, and of others those with other documents. */
export function subServicesAsked(
  { handbook, selected }: Pick<Whole, 'handbook' | 'selected'>,
  services?: readonly string[],
): string[] {
  return inBookOrder(handbook).flatMap((service) =>
    subServicesOf(service).flatMap(({ id, apart }) =>
      services?.includes(id) || (apart && selected.some((each) => each.id === service.id)) ? [id] : [],
    ),
  );
}

/** The sheets of one output, with those of sub-services behind the others. */
export function render(output: Output, job: Whole, asked: BuildRequest): Sheet[] {
  const whole = renderOnce(output, job, asked);
  if (!output.subServices) return whole;
  const own = subServicesAsked(job, asked.services).flatMap((sub) =>
    renderOnce(output, { ...job, sub }, asked).map((sheet) => ({
      ...sheet,
      // A sheet that is called by its output is called by the sub-service too.
      file: sheet.file.includes(sub) ? sheet.file : sheet.file.replace(/(\.\w+)$/, `/${sub}$1`),
      about: { service: serviceOfSub(sub) },
    })),
  );
  return [...whole, ...own];
}

function renderOnce(output: Output, job: Whole, asked: BuildRequest): Sheet[] {
  const { templates, onScreen } = job;
  const paper = asked.paper ?? (asked.booklet && output.folds ? BOOKLET : undefined);
  const context = contextFor(output, job, { ...asked, ...(paper ? { paper } : {}) });
  const used = new Set<string>();
  const first = context(noting(templates.files, used));
  const made = output
    .render(first)
    .map((sheet) => (job.proseTexts ? owing(sheet, output.tells, { ...first, proseTexts: job.proseTexts }) : sheet));
  const beside = furtherOf(output, asked, templates.papers, paper);
  const whole = made.map((sheet) => {
    if (sheet.kind !== 'page') return sheet;
    const { parts = [], ...page } = sheet;
    const further = [...beside, ...excerptsOf(parts, asked)];
    return further.length > 0 ? { ...page, further } : page;
  });
  const by = [...(templates.plain?.laid ?? [])].flatMap(([name, path]) => (used.has(name) ? [path] : []));
  if (!templates.plain || by.length === 0 || onScreen) return whole;
  // The program's own templates show every fact; what an office lays over them must show it as well.
  const plain = new Map(output.render(context(templates.plain.files)).map((sheet) => [sheet.file, sheet]));
  const facts = factsOf([
    first.handbook.services,
    first.handbook.book.charts,
    Object.values(templates.words).map(({ draft }) => draft),
  ]);
  return whole.map((sheet): Sheet => {
    const without = plain.get(sheet.file);
    const markup = without && markupOf(without);
    const stamp = without?.kind === 'page' ? without.appendix?.stamp : undefined;
    return markup ? { ...sheet, laid: { plain: markup, ...(stamp ? { stamp } : {}), by, facts } } : sheet;
  });
}

/** The files, and the names of those that were asked for. */
const noting = (files: ReadonlyMap<string, string>, used: Set<string>): ReadonlyMap<string, string> =>
  new (class extends Map<string, string> {
    override get(name: string): string | undefined {
      used.add(name);
      return super.get(name);
    }
  })(files);

/** Of what is read in a browser. */
const markupOf = (sheet: Sheet): Html | undefined =>
  sheet.kind === 'page'
    ? sheet.html
    : sheet.kind === 'text' && sheet.file.endsWith('.html')
      ? trusted(sheet.text)
      : undefined;

/** What a booklet is folded to when nothing else is asked for. */
const BOOKLET = 'A5';

function furtherOf(
  { folds, wall }: Output,
  { booklet, tile, printShop }: BuildRequest,
  papers: BuildTemplates['papers'],
  paper: string | undefined,
): Further[] {
  const sizeOf = (name: string): { width: number; height: number } => {
    const size = papers[name];
    if (size) return { width: size.width, height: size.height };
    throw new UserError({
      zh: `沒有「${name}」這種紙張，可用：${Object.keys(papers).join('、')}。`,
      en: `There is no paper "${name}"; use one of ${Object.keys(papers).join(', ')}.`,
    });
  };
  const further: Further[] = [];
  if (booklet && folds) {
    // Two pages side by side: A4 for A5, in whole millimetres.
    const page = sizeOf(paper ?? BOOKLET);
    const sheet = Object.values(papers).find(({ width, height }) => width === page.height && height >= 2 * page.width);
    further.push({ kind: 'booklet', width: sheet?.height ?? 2 * page.width, height: page.height });
  }
  if (tile !== undefined && wall) further.push({ kind: 'tiles', ...sizeOf(tile) });
  if (printShop && wall) further.push({ kind: 'print-shop' });
  return further;
}

/** What is to be printed of a book by itself. Throws UserError for a chapter that there is not. */
function excerptsOf(parts: readonly Part[], { services = [], chapters = [] }: BuildRequest): Further[] {
  if (parts.length === 0) return [];
  const chosen = (of: Part['of']): Part[] => parts.filter((part) => part.of === of);
  const named = services.map((id) => id.split('/')[0]);
  const wanted = [
    ...chosen('service').filter(({ name }) => named.includes(name)),
    ...chapters.map((asked) => {
      const written = asked.normalize('NFC').replace(/\.md$/i, '');
      const part = chosen('chapter').find(({ name, called }) => name === written || called.includes(written));
      if (part) return part;
      const names = chosen('chapter').map(({ called }) => called[0]);
      throw new UserError({
        zh: `手冊沒有「${asked}」這一章，可用：${names.join('、')}。`,
        en: `The handbook has no chapter "${asked}"; use one of ${names.join(', ')}.`,
      });
    }),
  ];
  return [...new Set(wanted)].map((part) => ({ kind: 'excerpt', ...part }));
}

/** Every output there is, by name. */
export const allOutputs = (): Promise<ReadonlyMap<string, Output>> => loadFolder<Output>('outputs');

/** The outputs of these names, all when there are none; at least one of them can be printed as it is asked. */
export async function outputsNamed(
  names: readonly string[],
  {
    paper,
    landscape,
    distance,
    booklet,
    tile,
    printShop,
    chapters,
    languages,
  }: Pick<BuildRequest, 'paper' | 'landscape' | 'distance' | 'booklet' | 'tile' | 'printShop' | 'chapters'> & {
    languages?: Languages;
  },
): Promise<ReadonlyMap<string, Output>> {
  const all = await allOutputs();
  for (const name of names)
    if (!all.has(name)) {
      const near = nearest(name, [...all.keys()]);
      throw new UserError({
        zh: `沒有「${name}」這個編印項目。${near ? `是不是要寫「${near}」？` : ''}可用：${[...all.keys()].join('、')}。`,
        en: `There is no output "${name}". ${near ? `Did you mean "${near}"? ` : ''}Outputs: ${[...all.keys()].join(', ')}.`,
      });
    }
  for (const name of names)
    if (languages?.second !== undefined && all.get(name)?.oneLanguage)
      throw new UserError({
        zh: `${name} 一次印一種語言，例如 --lang ${languages.lang} 或 --lang ${languages.second}。`,
        en: `${name} is printed in one language at a time: --lang ${languages.lang} or --lang ${languages.second}.`,
      });
  const chosen = new Map(
    [...all].filter(([name, output]) =>
      names.length === 0 ? !(languages?.second !== undefined && output.oneLanguage) : names.includes(name),
    ),
  );
  if (paper !== undefined && ![...chosen.values()].some((output) => output.papers.includes(paper))) {
    const papers = [...new Set([...chosen.values()].flatMap((output) => output.papers))].sort();
    throw new UserError({
      zh: `這些項目不能印在「${paper}」上，可用的紙張：${papers.join('、')}。`,
      en: `These outputs cannot be printed on "${paper}"; papers: ${papers.join(', ')}.`,
    });
  }
  const wall = [...all].filter(([, output]) => output.wall).map(([name]) => name);
  for (const [option, given] of [
    ['--landscape', landscape],
    ['--distance', distance],
    ['--tile', tile],
    ['--print-shop', printShop],
  ] as const)
    if (given !== undefined && ![...chosen.values()].some((output) => output.wall))
      throw new UserError({
        zh: `${option} 只用於張貼的項目：${wall.join('、')}。`,
        en: `${option} is for what hangs on the wall: ${wall.join(', ')}.`,
      });
  if (chapters && ![...chosen.keys()].includes('handbook'))
    throw new UserError({
      zh: `--chapter 只用於手冊：servicebook build handbook --chapter 章名。`,
      en: `--chapter is for the handbook: servicebook build handbook --chapter TITLE.`,
    });
  if (booklet && ![...chosen.values()].some((output) => output.folds))
    throw new UserError({
      zh: `--booklet 只用於手冊：servicebook build handbook --booklet。`,
      en: `--booklet is for the handbook: servicebook build handbook --booklet.`,
    });
  return chosen;
}

/** Metres from which a sheet of the wall is read: 「3」, "2.5 m", 「3 公尺」. */
export function distanceOf(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const metres = Number(/^(\d+(?:\.\d+)?)\s*(?:m|公尺)?$/i.exec(written.trim())?.[1]);
  if (metres >= 0.5 && metres <= 20) return metres;
  throw new UserError({
    zh: `看不懂觀看距離「${written}」，請寫公尺數，0.5 到 20，例如 --distance 3。`,
    en: `"${written}" is no viewing distance; give metres from 0.5 to 20, such as --distance 3.`,
  });
}

/** The services of these ids, all when they are left out, in the order of the book; ids of sub-services (`service/sub`) are known. Throws UserError. */
export function servicesNamed(handbook: Handbook, ids: readonly string[] | undefined): Service[] {
  const all = inBookOrder(handbook);
  if (!ids) return all;
  const known = all.flatMap((service) => [service.id, ...subServicesOf(service).map(({ id }) => id)]);
  for (const id of ids)
    if (!known.includes(id)) {
      const near = nearest(id, known);
      throw new UserError({
        zh: `沒有編號為「${id}」的服務。${near ? `是不是要寫「${near}」？` : `可用：${known.join('、')}。`}`,
        en: `There is no service "${id}". ${near ? `Did you mean "${near}"?` : `Services: ${known.join(', ')}.`}`,
      });
    }
  return all.filter((service) => ids.includes(service.id));
}

/** 「en」, 「zh,en」: the language of print and a second one. Chinese where none is asked for, whatever the terminal speaks. */
export function languagesNamed(lang: string | undefined): Languages {
  const names = (lang ?? 'zh').split(/[,，、+]/).map((name) => name.trim());
  const [first, second, ...more] = names.map(
    (name) => languageNamed(name) ?? languageNamed(name.replace(/[-_].*$/, '')),
  );
  const unknown = names.find((_, i) => [first, second, ...more][i] === undefined);
  const all = LANGUAGES.map((language) => `${language}（${languageName(language)}）`).join('、');
  if (unknown !== undefined || first === undefined)
    throw new UserError({
      zh: `沒有「${unknown ?? ''}」這種語言，可用：${all}；兩種語言寫成 zh,en。`,
      en: `There is no language "${unknown ?? ''}"; use ${LANGUAGES.join(', ')}, or two of them as in zh,en.`,
    });
  if (more.length > 0)
    throw new UserError({
      zh: `一張最多印兩種語言，這裡寫了 ${names.length} 種。`,
      en: `A sheet is printed in two languages at most; here are ${names.length}.`,
    });
  return second === undefined || second === first ? { lang: first } : { lang: first, second };
}

/**
 * Tells which files are in part I of N (`"2/4"`); without a part, all are. A file is in the same part whatever else is in
 * the book, so that the parts can be made on different machines, and each finds there what it kept.
 */
export function partNamed(part: string | undefined): (file: string) => boolean {
  if (part === undefined) return () => true;
  const [, i = 0, n = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(part) ?? []).map(Number);
  if (i < 1 || i > n)
    throw new UserError({
      zh: `--shard 應寫成「第幾份/共幾份」，例如 1/4，不是「${part}」。`,
      en: `--shard takes I/N, 1/4 for example, not "${part}".`,
    });
  return (file) => Buffer.from(keyOf(file), 'base64url').readUInt32BE() % n === i - 1;
}
