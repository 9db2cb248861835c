// Reads `templates/`: what is printed beside the content, as data.
import { join } from 'node:path';
import type { MermaidConfig } from 'mermaid';
import type { ColumnLook } from './columns.js';
import type { ChartStyle } from './flow.js';
import { plainYaml } from './notation.js';
import { readTexts } from './read.js';
import type { Templates } from './render.js';
import type { Lang } from './source.js';

/** `chart.yaml`: how charts look. `variables` and `flowchart` are Mermaid's names. */
export type ChartTheme = {
  font: string;
  variables: Record<string, string>;
  flowchart: NonNullable<MermaidConfig['flowchart']>;
  css: string;
};

export type BuildTemplates = Templates & {
  chart: { theme: ChartTheme; style: Omit<ChartStyle, 'numbered' | 'columns'>; columns: ColumnLook };
};

/**
 * `templates/`: HTML and CSS by path; every `words.yaml`, those of an output under its name; papers and chart theme.
 * `mono`: every colour is black or white.
 */
export async function readTemplates(mono: boolean): Promise<BuildTemplates> {
  const given = await readTexts(join(import.meta.dirname, '../templates'));
  const files = mono ? new Map([...given].map(([path, text]) => [path, inBlackAndWhite(text)])) : given;
  const words: Record<Lang, Record<string, string>> = { zh: {}, en: {} };
  for (const [path, text] of files) {
    const output = /^(?:([a-z-]+)\/)?words\.yaml$/.exec(path);
    if (!output) continue;
    for (const [key, said] of Object.entries(plainYaml(text) as Record<string, Partial<Record<Lang, string>>>))
      for (const lang of ['zh', 'en'] as const) {
        const word = said[lang];
        if (word === undefined) throw new Error(`templates/${path}: "${key}" has no ${lang}`);
        words[lang][output[1] ? `${output[1]}.${key}` : key] = word;
      }
  }
  const yaml = (path: string): unknown => plainYaml(files.get(path) ?? '');
  const { style, columns, ...theme } = yaml('chart.yaml') as ChartTheme &
    Pick<BuildTemplates['chart'], 'style' | 'columns'>;
  return { files, words, papers: yaml('papers.yaml') as Templates['papers'], chart: { theme, style, columns } };
}

/**
 * A laser printer rasters every tint and grey line: what is light becomes white, anything else black. The border lies
 * above the hair lines of tables and below the ground of heads (relative luminance, WCAG 2).
 */
const inBlackAndWhite = (text: string): string =>
  text.replace(/#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\b/gi, (_, ...parts: string[]) => {
    const [r = 0, g = 0, b = 0] = parts.slice(0, 3).map((part) => (Number.parseInt(part, 16) / 255) ** 2.2);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.7 ? '#ffffff' : '#000000';
  });
