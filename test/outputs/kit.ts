// What an output is given in tests: parsed content, every word of templates/, and drawings of a known size.
import { expect } from 'vitest';
import { parse } from '../../src/content/parse.js';
import { proceduresOf } from '../../src/content/procedure.js';
import { parseMarkdown, proseHtml } from '../../src/content/syntax/markdown.js';
import type { Language } from '../../src/core/language.js';
import { type Chart, contextOf, inBookOrder, type RenderContext, type Templates } from '../../src/document/context.js';
import { svgElement } from '../../src/document/drawing.js';
import { flowInLanguages, inLanguages, translatorOf } from '../../src/document/translate.js';
import { readTemplates } from '../../src/theme/templates.js';
import { contentOf } from '../office.js';

const templates = await readTemplates(false);

export type Options = {
  draft?: boolean;
  workingCopy?: boolean;
  lang?: Language;
  second?: Language;
  size?: { width: number; height: number };
  paper?: string;
  landscape?: boolean;
  distance?: number;
  sheets?: boolean;
  copies?: 1 | 2;
  pictures?: NonNullable<Templates['pictures']>;
};

export function kitFor(
  content: Record<string, string>,
  {
    draft = false,
    workingCopy = false,
    lang = 'zh',
    second,
    size,
    paper,
    landscape = false,
    distance,
    sheets = false,
    copies = 2,
    pictures,
  }: Options = {},
): RenderContext {
  const book = parse(contentOf(content), parseMarkdown);
  expect(book.faults).toEqual([]);
  const languages = { lang, second };
  const translator = lang === 'zh' && !second ? undefined : translatorOf(book, templates.words, languages);
  const handbook = translator ? inLanguages(book, translator) : book;
  const charts = new Map<string, Chart>(
    proceduresOf(book).map(({ id, name: title, flow: written }) => {
      const { width, height } = size ?? { width: 300, height: 400 };
      const drawing = { id, tree: svgElement('svg', { role: 'img' }, svgElement('title', {}, id)), width, height };
      const flow = translator ? flowInLanguages(written, translator) : written;
      return [id, { id, title, flow, drawing, diagram: { id, title, mermaid: '', given: false } }];
    }),
  );
  return contextOf({
    handbook,
    written: book,
    selected: inBookOrder(handbook),
    charts,
    templates: { ...templates, ...(pictures ? { pictures } : {}) },
    draft,
    workingCopy,
    ...languages,
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
