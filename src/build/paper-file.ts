// A paper that an office goes on with, as a file of its own: HTML and Markdown to be read, ODT and DOCX to go on writing, PDF to be printed.
import { plainYaml } from '../content/syntax/yaml.js';
import { type Html, html, join, trusted } from '../core/html.js';
import { type Terminal, visible } from '../core/terminal.js';
import type { Block, Look, OfficeDocument, Paragraph, Run } from '../office-files/document.js';
import type { BuildTemplates } from '../theme/templates.js';

export type PaperFormat = 'text' | 'markdown' | 'html' | 'odt' | 'docx' | 'pdf';

/** `date`: ISO, of what it tells of; `lang`: in which it is written, Chinese if omitted. */
export type Paper = Omit<OfficeDocument, 'look'> & { readonly date?: string | undefined; readonly lang?: 'zh' | 'en' };

/** Paper, margins and type as `templates/` has them; `widths`: of the columns of a comparison table. */
export const lookOf = ({ files }: BuildTemplates): Look & { widths: readonly number[] } =>
  plainYaml(files.get('revision/look.yaml') ?? '') as Look & { widths: readonly number[] };

/** The same paper makes the same bytes. */
export async function paperFile(
  format: PaperFormat,
  { date, lang = 'zh', ...paper }: Paper,
  templates: BuildTemplates,
  terminal: Pick<Terminal, 'env' | 'root' | 'signal'>,
): Promise<string | Uint8Array> {
  const document: OfficeDocument = { ...paper, look: lookOf(templates) };
  switch (format) {
    case 'text':
      return textOf(document.blocks);
    case 'markdown':
      return markdownOf(document.blocks);
    case 'html':
      return pageOf(document, lang, templates).toString();
    case 'odt':
      return (await import('../office-files/odt.js')).odtOf(document);
    case 'docx':
      return (await import('../office-files/docx.js')).docxOf(document);
    case 'pdf':
      return pdfOf(document, lang, templates, date ?? UNDATED, terminal);
  }
}

/** The date in the file of an edition that has none; the same on every day. */
const UNDATED = '1970-01-01';

async function pdfOf(
  document: OfficeDocument,
  lang: 'zh' | 'en',
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
      file: 'paper.pdf',
      html: pageOf(document, lang, templates),
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

function pageOf({ title, blocks }: OfficeDocument, lang: 'zh' | 'en', { files }: BuildTemplates): Html {
  const style = trusted(`${files.get('base.css') ?? ''}\n${files.get('revision/revision.css') ?? ''}`);
  return html`<!doctype html>
<html lang="${lang === 'zh' ? 'zh-Hant-TW' : 'en'}">
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

// ---------------------------------------------------------------- as text

/** Lines for the terminal; a row of a table is one. */
function textOf(blocks: readonly Block[]): string {
  const plain = ({ runs }: Paragraph): string => runs.map(({ text }) => visible(text)).join('');
  const lines = blocks.flatMap((block): string[] => {
    if ('pageBreak' in block) return [''];
    if ('paragraph' in block) {
      const { style } = block.paragraph;
      return [`${style === 'item' ? '  ' : ''}${plain(block.paragraph)}`, ...(style === 'title' ? [''] : [])];
    }
    return block.table.rows.map(
      (cells) =>
        `  ${cells
          .map((cell) => cell.map(plain).join(' '))
          .filter(Boolean)
          .join(' | ')}`,
    );
  });
  return `${lines.join('\n')}\n`;
}

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
