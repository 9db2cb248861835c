// A revision as a file of its own: HTML and Markdown to be read, ODT and DOCX to go on with, PDF to be printed.
import type { Book } from '../content/schema/book.js';
import { plainYaml } from '../content/syntax/yaml.js';
import { type Html, html, join, trusted } from '../core/html.js';
import type { Terminal } from '../core/terminal.js';
import { dayIn, wordIn } from '../document/words.js';
import type { Block, Look, OfficeDocument, Paragraph, Run } from '../office-files/document.js';
import type { Revision } from '../revision/compare.js';
import { papersOf } from '../revision/paper.js';
import type { BuildTemplates } from '../theme/templates.js';

export const PAPER_FORMATS = ['markdown', 'html', 'odt', 'docx', 'pdf'] as const;
export type PaperFormat = (typeof PAPER_FORMATS)[number];

/** 修正總說明 and 修正對照表 in one file; the same revision makes the same bytes. `book`: that of the new edition. */
export async function revisionFile(
  format: PaperFormat,
  revision: Revision,
  book: Book,
  terminal: Pick<Terminal, 'env' | 'root' | 'signal'>,
): Promise<string | Uint8Array> {
  const { readTemplates } = await import('../theme/templates.js');
  const templates = await readTemplates(false);
  const look = plainYaml(templates.files.get('revision/look.yaml') ?? '') as Look & { widths: readonly number[] };
  const told = wordIn(templates.words, { lang: 'zh' });
  const word = (key: string, ...values: (string | number)[]): string => told(`revision.${key}`, ...values.map(String));
  const { general, table } = papersOf(revision, book, { word, day: (iso) => dayIn('zh', iso) }, look.widths);
  const title = word('table-title', revision.after.title);
  const blocks: Block[] = [...general, { pageBreak: true }, ...table];
  const document: OfficeDocument = { title, blocks, look, foot: [word('footer-before'), word('footer-after')] };
  switch (format) {
    case 'markdown':
      return markdownOf(blocks);
    case 'html':
      return pageOf(document, templates).toString();
    case 'odt':
      return (await import('../office-files/odt.js')).odtOf(document);
    case 'docx':
      return (await import('../office-files/docx.js')).docxOf(document);
    case 'pdf':
      return pdfOf(document, templates, revision.after.date ?? UNDATED, terminal);
  }
}

/** The date in the file of an edition that has none; the same on every day. */
const UNDATED = '1970-01-01';

async function pdfOf(
  document: OfficeDocument,
  templates: BuildTemplates,
  date: string,
  { env, root, signal }: Pick<Terminal, 'env' | 'root' | 'signal'>,
): Promise<Uint8Array> {
  const { openPrinter } = await import('../print/printer.js');
  const printer = await openPrinter({ env, root, chart: templates.chart.theme });
  const close = (): void => void printer.close();
  signal.addEventListener('abort', close);
  try {
    const sheet = {
      kind: 'page',
      file: 'revision.pdf',
      html: pageOf(document, templates),
      date,
      declares: '',
      numbered: false,
    } as const;
    return (await printer.print(sheet)).bytes;
  } finally {
    signal.removeEventListener('abort', close);
    await printer.close();
  }
}

// ---------------------------------------------------------------- as a page

function pageOf({ title, blocks }: OfficeDocument, { files }: BuildTemplates): Html {
  const style = trusted(`${files.get('base.css') ?? ''}\n${files.get('revision/revision.css') ?? ''}`);
  return html`<!doctype html>
<html lang="zh-Hant-TW">
<head>
<meta charset="utf-8">
<title>${title}</title>
<style>
${style}
</style>
</head>
<body>
${join(
  blocks.map((block, i) => blockHtml(block, blocks[i - 1])),
  '\n',
)}
</body>
</html>
`;
}

function blockHtml(block: Block, before: Block | undefined): Html {
  if ('pageBreak' in block) return html``;
  if ('paragraph' in block) return paragraphHtml(block.paragraph, before !== undefined && 'pageBreak' in before);
  const { widths, head, rows } = block.table;
  const all = widths.reduce((sum, each) => sum + each, 0);
  return html`<table><colgroup>${widths.map((width) => html`<col style="width: ${((100 * width) / all).toFixed(1)}%">`)}</colgroup><thead><tr>${head.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead><tbody>${rows.map(
    (cells) => html`<tr>${cells.map((cell) => html`<td>${cell.map((each) => paragraphHtml(each, false))}</td>`)}</tr>`,
  )}</tbody></table>`;
}

function paragraphHtml({ style, runs }: Paragraph, newPage: boolean): Html {
  const inner = runs.map(runHtml);
  if (style === 'title') return newPage ? html`<h1 class="new">${inner}</h1>` : html`<h1>${inner}</h1>`;
  if (style === 'heading') return html`<h2>${inner}</h2>`;
  return style === 'item' ? html`<p class="item">${inner}</p>` : html`<p>${inner}</p>`;
}
const runHtml = ({ text, underlined, bold }: Run): Html => {
  const line = underlined ? html`<u>${text}</u>` : html`${text}`;
  return bold ? html`<b>${line}</b>` : line;
};

// ---------------------------------------------------------------- as Markdown

/** What Markdown would take for a sign of its own. */
const plain = (text: string): string => text.replace(/[\\`*_[\]<>|~#]/g, '\\$&').replace(/\n/g, ' ');
const runMarkdown = ({ text, underlined }: Run): string => (underlined ? `<u>${plain(text)}</u>` : plain(text));

function markdownOf(blocks: readonly Block[]): string {
  const paragraph = ({ runs }: Paragraph): string => runs.map(runMarkdown).join('');
  return `${blocks
    .flatMap((block): string[] => {
      if ('pageBreak' in block) return [];
      if ('paragraph' in block) {
        const { style } = block.paragraph;
        return [`${style === 'title' ? '# ' : style === 'heading' ? '## ' : ''}${paragraph(block.paragraph)}`];
      }
      const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
      const { head, rows } = block.table;
      return [
        [
          row(head.map(plain)),
          row(head.map(() => '---')),
          ...rows.map((cells) => row(cells.map((cell) => cell.map(paragraph).join('<br>')))),
        ].join('\n'),
      ];
    })
    .join('\n\n')}\n`;
}
