// The papers of a revision as one file: 修正總說明 and 修正對照表.
import type { Book } from '../content/schema/book.js';
import type { Terminal } from '../core/terminal.js';
import { dayIn, wordIn } from '../document/words.js';
import type { Revision } from '../revision/compare.js';
import { papersOf } from '../revision/paper.js';
import { lookOf, type PaperFormat, paperFile } from './paper-file.js';

/** The same revision makes the same bytes. `book`: that of the new edition. */
export async function revisionFile(
  format: PaperFormat,
  revision: Revision,
  book: Book,
  terminal: Pick<Terminal, 'env' | 'root' | 'signal'>,
): Promise<string | Uint8Array> {
  const { readTemplates } = await import('../theme/templates.js');
  const templates = await readTemplates(false);
  const told = wordIn(templates.words, { lang: 'zh' });
  const word = (key: string, ...values: (string | number)[]): string => told(`revision.${key}`, ...values.map(String));
  const { widths } = lookOf(templates);
  const { general, table } = papersOf(revision, book, { word, day: (iso) => dayIn('zh', iso) }, widths);
  const paper = {
    title: word('table-title', revision.after.title),
    blocks: [...general, { pageBreak: true } as const, ...table],
    foot: [word('footer-before'), word('footer-after')],
    date: revision.after.date,
  } as const;
  return paperFile(format, paper, templates, terminal);
}
