// Signs of Markdown that would be printed as they stand, and rows that do not fit their table.

import { KEYS } from '../../content/keys.js';
import { documented } from '../../content/schema/model.js';
import type { Source, Span } from '../../core/source.js';
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';
import { readingOf } from '../wording/zones.js';

const chapter = (text: string): string => `---\n標題: 服務台\n---\n\n${text}\n`;

/** Fields whose text is Markdown; in all others ** is printed as it stands. */
const MARKDOWN = new Set(
  [...Object.values(documented), documented.office.standards?.shape.fields ?? {}]
    .flatMap((fields) => Object.entries(fields))
    .flatMap(([key, { shape }]) => (shape.markdown ? [key, ...(KEYS[key] ?? [])] : [])),
);

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '沒有成對的「**」會照樣印出星號；表格的列多一格，多出的內容會不見。',
    en: 'A ** without its partner is printed as asterisks; a cell too many in a table row is lost.',
  },
  good: [
    {
      file: 'chapters/a.md',
      text: chapter('**先取號。**再洽辦，**「證件」**要帶，`**`不是粗體。\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |'),
    },
    { text: `${RECORD}注意事項: 請先**取號**。\n` },
  ],
  bad: [
    { file: 'chapters/a.md', text: chapter('**先取號。再洽辦。'), at: '**先' },
    { file: 'chapters/a.md', text: chapter('** 先取號** 再洽辦。'), at: '** 先' },
    { file: 'chapters/a.md', text: chapter('| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 | 3 |'), at: '| 1' },
    { text: `${RECORD}摘要: 請先**取號**。\n`, at: '**取' },
  ],
  check(handbook, report) {
    for (const source of handbook.sources) {
      const { text } = source;
      const bold = text.includes('**');
      const table = text.includes('|') && /^[ \t]*\|/m.test(text);
      if (!bold && !table) continue;
      const markdown = /\.md$/i.test(source.path);
      const reading = readingOf(source, handbook);
      const printed = (place: number): boolean => reading.isText(place);
      if (bold)
        for (const { start, plain } of literal(
          text,
          printed,
          (place) => markdown || MARKDOWN.has(reading.keyAt(place) ?? ''),
        ))
          report({
            span: { source, start, end: start + 2 },
            message: plain
              ? {
                  zh: '這個項目不是 Markdown，「**」會照樣印出來。',
                  en: 'This field is no Markdown; "**" is printed as it stands.',
                }
              : {
                  zh: '這個「**」沒有成對，會照樣印出來；粗體應寫成 **文字**。',
                  en: 'This "**" has no partner and is printed as it stands; bold text is written **text**.',
                },
            hint: plain
              ? {
                  zh: '刪去星號；要強調的內容請寫在「注意事項」。',
                  en: 'Delete the asterisks; stress belongs in the notes.',
                }
              : { zh: '前後各兩個星號，緊貼文字，不留空格。', en: 'Two asterisks on each side, close to the text.' },
          });
      if (table) for (const row of brokenRows(source, printed)) report(row);
    }
  },
} satisfies Rule;

/** Pairs of asterisks that no reader of Markdown takes for bold type. */
function literal(
  text: string,
  printed: (place: number) => boolean,
  isMarkdown: (place: number) => boolean,
): { start: number; plain: boolean }[] {
  const found: { start: number; plain: boolean }[] = [];
  let told = false; // one finding for each paragraph or item
  let open = -1;
  const tell = (start: number, plain = false): void => {
    if (!told) found.push({ start, plain });
    told = true;
  };
  for (const { 0: sign, index } of text.matchAll(/(?<![*\\])\*\*(?!\*)|\n[ \t]*(?=\r?\n|[-+*|>#] |\d+[.)] )/g)) {
    if (sign !== '**') {
      if (open !== -1) tell(open);
      open = -1;
      told = false;
    } else if (printed(index)) {
      if (!isMarkdown(index)) {
        if (text.lastIndexOf('\n', index) > (found.at(-1)?.start ?? -1)) told = false;
        tell(index, true);
      } else if (open !== -1 && text.charAt(index - 1).trim() !== '') open = -1;
      else if (open === -1 && text.charAt(index + 2).trim() !== '') open = index;
      else tell(index);
    }
  }
  if (open !== -1) tell(open);
  return found;
}

/** Rows of a table with more or fewer cells than its head. */
function brokenRows(
  source: Source,
  printed: (place: number) => boolean,
): { span: Span; message: { zh: string; en: string }; hint: { zh: string; en: string } }[] {
  const found: ReturnType<typeof brokenRows> = [];
  const { text } = source;
  let head = 0; // cells of the head of the table that is being read; 0 outside of tables
  let line = 0; // of the table
  for (const match of text.matchAll(/^([ \t]*)(\|.*\|?)[ \t]*\r?$|^.*$/gm)) {
    const [whole, indent = '', row] = match;
    if (row === undefined || (line === 0 && !printed(match.index + indent.length + 1))) {
      if (whole.trim() !== '' || line > 0) line = 0;
      continue;
    }
    const cells = row
      .trim()
      .replace(/^\||(?<!\\)\|$/g, '')
      .split(/(?<!\\)\|/).length;
    line += 1;
    if (line === 1) head = cells;
    else if (cells !== head) {
      const start = match.index + indent.length;
      found.push({
        span: { source, start, end: start + row.trimEnd().length },
        message: {
          zh: `這一列有 ${cells} 格，表頭有 ${head} 格，應該相同。`,
          en: `This row has ${cells} cells and the head of the table ${head}; they should be the same.`,
        },
        hint: {
          zh: '每格以「|」隔開；格內要印「|」請寫「\\|」。',
          en: 'Cells are parted by "|"; write "\\|" for a bar inside a cell.',
        },
      });
      if (line === 2) line = 0;
    }
  }
  return found;
}
