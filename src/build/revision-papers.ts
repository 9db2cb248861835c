// The papers of a revision as files: 修正總說明 and 修正對照表, the bulletin for the public, and the list of what is to be printed anew.
import type { Content } from '../content/read.js';
import type { Book } from '../content/schema/book.js';
import type { Handbook } from '../content/schema/model.js';
import { saysUnconfirmed } from '../content/schema/tree.js';
import type { Terminal } from '../core/terminal.js';
import { dayIn, wordIn } from '../document/words.js';
import type { Block, Paragraph } from '../office-files/document.js';
import { bulletinOf } from '../revision/bulletin.js';
import type { Revision } from '../revision/compare.js';
import { papersOf, type Wording } from '../revision/paper.js';
import type { BuildTemplates } from '../theme/templates.js';
import { approvedIn } from './approved.js';
import { lookOf, type PaperFormat, paperFile } from './paper-file.js';
import type { PaperChange } from './reprint.js';

/** The same revision makes the same bytes. `book`: that of the new edition. */
export async function revisionFile(
  format: PaperFormat,
  revision: Revision,
  book: Book,
  terminal: Pick<Terminal, 'env' | 'root' | 'signal'>,
): Promise<string | Uint8Array> {
  const { templates, wording } = await wordingIn('zh');
  const { word } = wording;
  const { widths } = lookOf(templates);
  const { general, table } = papersOf(revision, book, wording, widths);
  const paper = {
    title: word('table-title', revision.after.title),
    blocks: [...general, { pageBreak: true } as const, ...table],
    foot: [word('footer-before'), word('footer-after')],
    date: revision.after.date,
  } as const;
  return paperFile(format, paper, templates, terminal);
}

async function wordingIn(lang: 'zh' | 'en'): Promise<{ templates: BuildTemplates; wording: Wording }> {
  const { readTemplates } = await import('../theme/templates.js');
  const templates = await readTemplates(false);
  const told = wordIn(templates.words, { lang });
  const word = (key: string, ...values: (string | number)[]): string => told(`revision.${key}`, ...values.map(String));
  return { templates, wording: { word, day: (iso) => dayIn(lang, iso) } };
}

/** What changes for people, and from when. `after`: the new content, whose approval says whether it holds. */
export async function bulletinFile(
  format: PaperFormat,
  revision: Revision,
  after: Content,
  handbook: Pick<Handbook, 'office'>,
  terminal: Pick<Terminal, 'env' | 'root' | 'signal'>,
): Promise<string | Uint8Array> {
  const { templates, wording } = await wordingIn('zh');
  const approved = await approvedIn(after);
  const { office } = handbook;
  const isKnown = (text: string | undefined): text is string => text !== undefined && !saysUnconfirmed(text);
  const { title, blocks } = bulletinOf(
    revision,
    {
      office: office.name ?? '',
      draft: !approved || approved.differences.length > 0,
      effective: revision.after.effective ?? (approved?.differences.length === 0 ? approved.last.effective : undefined),
      whom: [office.telephone, office.url].filter(isKnown),
    },
    wording,
  );
  const { word } = wording;
  const foot = [word('footer-before'), word('footer-after')] as const;
  return paperFile(format, { title, blocks, foot, date: revision.after.date }, templates, terminal);
}

/** What is to be printed anew, what is new, and what on the wall is outdated, each with its check codes. */
export async function reprintFile(
  format: PaperFormat,
  papers: readonly PaperChange[],
  title: string,
  terminal: Pick<Terminal, 'env' | 'root' | 'signal'>,
): Promise<string | Uint8Array> {
  const { templates, wording } = await wordingIn('zh');
  const { word } = wording;
  const line = (style: Paragraph['style'], text: string): Paragraph => ({ style, runs: [{ text }] });
  const blocks: Block[] = [
    { paragraph: line('title', word('reprint-title', title)) },
    { paragraph: line('text', papers.length === 0 ? word('reprint-nothing') : word('reprint-note')) },
    ...(['outdated', 'new', 'gone'] as const).flatMap((state): Block[] => {
      const own = papers.filter((paper) => paper.state === state);
      if (own.length === 0) return [];
      const rows = own.map(({ name, file, before = '', after = '' }) =>
        [name, file, before, after].map((text) => [line('text', text)]),
      );
      const head = ['paper', 'file', 'old-code', 'new-code'].map((key) => word(`reprint-${key}`));
      return [
        { paragraph: line('heading', word(`reprint-${state}`, own.length)) },
        { table: { widths: [30, 36, 17, 17], head, rows } },
      ];
    }),
  ];
  const foot = [word('footer-before'), word('footer-after')] as const;
  return paperFile(format, { title: word('reprint-title', title), blocks, foot }, templates, terminal);
}
