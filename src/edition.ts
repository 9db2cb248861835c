// Content and what is asked for become an edition, and an edition its sheets: the line from read to render, whole.
import { chartsOf } from './charts.js';
import { check, type Rule } from './check.js';
import type { Handbook, Service } from './model.js';
import { bound, excerptsOf } from './parse.js';
import { type Content, loadFolder } from './read.js';
import {
  type Chart,
  type Diagram,
  type Drawing,
  inBookOrder,
  type KitOptions,
  kitOf,
  type Output,
  type Sheet,
} from './render.js';
import { nearest } from './shape.js';
import { type Diagnostic, type Lang, UserError } from './source.js';
import { type BuildTemplates, readTemplates, withFaults } from './templates.js';

/** What is to be made of a content. */
export type Asked = {
  outputs: ReadonlyMap<string, Output>;
  /** Ids of the services that are given posters, notices and charts; all when left out. */
  services?: readonly string[];
  /** For the outputs that can be printed on it. */
  paper?: string;
  /** For the outputs that hang on the wall: the long side lies, and from how many metres they are read. */
  landscape?: boolean;
  distance?: number;
  lang: Lang;
  mono: boolean;
  sheets: boolean;
  /** Of each notice; two when left out. */
  copies?: 1 | 2;
};

/** A content that has been read and checked, with the templates it is to be printed with. */
export type Edition = {
  handbook: Handbook;
  selected: readonly Service[];
  /** Everything lint says, in order. */
  diagnostics: readonly Diagnostic[];
  templates: BuildTemplates;
  /** 待確認 or errors: every page is marked 草案. */
  draft: boolean;
};

export type Draw = (diagrams: readonly Diagram[]) => Promise<Drawing[]>;

/** Parse and check. Throws UserError for what is asked and is not there, never for what the content says. */
export async function editionOf(content: Content, asked: Pick<Asked, 'services' | 'mono'>): Promise<Edition> {
  const { parseMarkdown } = await import('./prose.js');
  const templates = await readTemplates(asked.mono, content.templates);
  const excerpts = excerptsOf(withFaults(content, templates), parseMarkdown);
  const handbook = bound(excerpts);
  const selected = servicesNamed(handbook, asked.services);
  const diagnostics = check(excerpts, await loadFolder<Rule>(new URL('./rules/', import.meta.url)));
  const draft = handbook.unconfirmed.length > 0 || diagnostics.some(({ severity }) => severity === 'error');
  return { handbook, selected, diagnostics, templates, draft };
}

/** Draw and render: every sheet of the outputs, in their order. */
export async function sheetsOf(edition: Edition, asked: Asked, draw: Draw): Promise<Sheet[]> {
  const { proseHtml } = await import('./prose.js');
  const charts = await chartsAsked(edition, asked, draw);
  const sheets = [...asked.outputs.values()].flatMap((output) =>
    render(output, { ...edition, charts, prose: proseHtml }, asked),
  );
  const needs = [...asked.outputs].flatMap(([name, output]) => (output.needs ? [{ name, ...output.needs }] : []));
  if (sheets.length === 0 && needs.length > 0)
    throw new UserError(
      {
        zh: needs.map(({ name, zh }) => `${name} 沒有可印的內容：請寫 ${zh}。`).join('\n'),
        en: needs.map(({ name, en }) => `${name} has nothing to print: write ${en}.`).join('\n'),
      },
      1,
    );
  return sheets;
}

/** The charts of an edition, wide where they are to hang on a landscape sheet. */
export function chartsAsked(
  { handbook, templates }: Pick<Edition, 'handbook' | 'templates'>,
  { outputs, lang, landscape }: Asked,
  draw: Draw,
): Promise<Map<string, Chart>> {
  const wide = landscape === true && [...outputs.values()].some((output) => output.wall);
  return chartsOf(handbook, templates, { lang, wide }, draw);
}

/** The sheets of one output, on the paper that is asked for where it can be printed on it. */
export function render(
  output: Output,
  edition: Pick<KitOptions, 'handbook' | 'selected' | 'draft' | 'charts' | 'prose' | 'onScreen'> & {
    templates: BuildTemplates;
  },
  { lang, paper, landscape, distance, sheets, copies }: Asked,
): Sheet[] {
  const { handbook, selected, draft, charts, prose, onScreen, templates } = edition;
  return output.render(
    kitOf({
      handbook,
      selected,
      charts,
      templates,
      draft,
      lang,
      sheets,
      prose,
      ...(onScreen ? { onScreen } : {}),
      ...(copies ? { copies } : {}),
      ...(paper && output.papers.includes(paper) ? { paper } : {}),
      ...(output.wall ? { landscape: landscape === true, ...(distance === undefined ? {} : { distance }) } : {}),
    }),
  );
}

/** The outputs of these names, all when there are none; at least one of them can be printed as it is asked. */
export async function outputsNamed(
  names: readonly string[],
  { paper, landscape, distance }: Pick<Asked, 'paper' | 'landscape' | 'distance'>,
): Promise<ReadonlyMap<string, Output>> {
  const all = await loadFolder<Output>(new URL('./outputs/', import.meta.url));
  for (const name of names)
    if (!all.has(name)) {
      const near = nearest(name, [...all.keys()]);
      throw new UserError({
        zh: `沒有「${name}」這個編印項目。${near ? `是不是要寫「${near}」？` : ''}可用：${[...all.keys()].join('、')}。`,
        en: `There is no output "${name}". ${near ? `Did you mean "${near}"? ` : ''}Outputs: ${[...all.keys()].join(', ')}.`,
      });
    }
  const chosen = new Map([...all].filter(([name]) => names.length === 0 || names.includes(name)));
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
  ] as const)
    if (given !== undefined && ![...chosen.values()].some((output) => output.wall))
      throw new UserError({
        zh: `${option} 只用於張貼的項目：${wall.join('、')}。`,
        en: `${option} is for what hangs on the wall: ${wall.join(', ')}.`,
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

function servicesNamed(handbook: Handbook, ids: readonly string[] | undefined): Service[] {
  const all = inBookOrder(handbook);
  if (!ids) return all;
  const known = all.map((service) => service.id);
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

/** What is printed is Chinese unless English is asked for; the terminal's language has no say in it. */
export function printLangOf(lang: string | undefined): Lang {
  if (lang === undefined || lang.startsWith('zh')) return 'zh';
  if (lang.startsWith('en')) return 'en';
  throw new UserError({
    zh: `沒有「${lang}」這種語言，可用：zh、en。`,
    en: `There is no language "${lang}"; use zh or en.`,
  });
}
