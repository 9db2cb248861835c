// What an output is given in tests: parsed content, every word of templates/, and drawings of a known size.
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { proceduresOf } from '../../src/flow.js';
import { plainYaml } from '../../src/notation.js';
import { parse } from '../../src/parse.js';
import { parseMarkdown, proseHtml } from '../../src/prose.js';
import { readTexts } from '../../src/read.js';
import { type Chart, inBookOrder, type Kit, kitOf, type Templates } from '../../src/render.js';
import type { Lang } from '../../src/source.js';
import { contentOf } from '../office.js';

const files = await readTexts(join(import.meta.dirname, '../../templates'));
const words: Record<Lang, Record<string, string>> = { zh: {}, en: {} };
for (const [path, text] of files) {
  if (!path.endsWith('words.yaml')) continue;
  const prefix = path === 'words.yaml' ? '' : `${dirname(path)}.`;
  for (const [key, said] of Object.entries(plainYaml(text) as Record<string, Record<Lang, string>>))
    for (const lang of ['zh', 'en'] as const) words[lang][prefix + key] = said[lang];
}

const papers = plainYaml(files.get('papers.yaml') ?? '') as Templates['papers'];

export type Options = {
  draft?: boolean;
  lang?: Lang;
  size?: { width: number; height: number };
  paper?: string;
  landscape?: boolean;
  distance?: number;
  sheets?: boolean;
  copies?: 1 | 2;
};

export function kitFor(
  content: Record<string, string>,
  { draft = false, lang = 'zh', size, paper, landscape = false, distance, sheets = false, copies = 2 }: Options = {},
): Kit {
  const book = parse(contentOf(content), parseMarkdown);
  expect(book.faults).toEqual([]);
  const charts = new Map<string, Chart>(
    proceduresOf(book).map(({ id, name, flow }) => {
      const { width, height } = size ?? { width: 300, height: 400 };
      const drawing = { id, svg: `<svg role="img"><title>${id}</title></svg>`, width, height };
      return [id, { id, title: name, flow, drawing, diagram: { id, title: name, mermaid: '', given: false } }];
    }),
  );
  return kitOf({
    handbook: book,
    selected: inBookOrder(book),
    charts,
    templates: { files, words, papers },
    draft,
    lang,
    prose: proseHtml,
    sheets,
    copies,
    landscape,
    ...(paper ? { paper } : {}),
    ...(distance ? { distance } : {}),
  });
}
/** The words of a page, without its style sheet. */
export const plain = (page: string): string => page.replace(/<style>[\s\S]*?<\/style>/g, '').replace(/<[^>]*>/g, '');
